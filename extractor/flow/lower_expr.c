/*
 * Expressions: each leaves its value in a temp. Whatever chooses between values (logical, conditional, ?.) is in
 * lower_condition.c; here is the straight part, and the links of access chains.
 *
 * A chain is a run of accesses and calls, each on the one before. One link with ?. makes all that follow depend on it:
 * a?.b.c(d) reads c, and evaluates d, only when a is not nullish. Parentheses end a chain; they are not in the tree, but
 * (a?.b).c begins before its object does.
 */
#include "extractor/flow/lower_p.h"

fl_temp fl_lower_opaque(fl_lower *l, const fl_node *node, const char *reason)
{
    fl_instr *instr = fl_lower_emit(l, FL_I_opaque, node);
    instr->sym = fl_sym_of_c(reason);
    return instr->dst = l->func->temp_count++;
}

fl_temp fl_lower_closure(fl_lower *l, const fl_node *node)
{
    if (node->kind == FL_NODE_class_) {
        /* Superclass, decorators and computed keys are evaluated where the class stands. */
        const fl_node *base = node->first, *body = fl_node_child(node, 1);
        if (!fl_node_is_absent(base)) fl_lower_expr(l, base);
        for (const fl_node *d = body ? body->next : NULL; d; d = d->next)
            if (d->kind == FL_NODE_decorator && d->first) fl_lower_expr(l, d->first);
        for (const fl_node *member = body ? body->first : NULL; member; member = member->next) {
            const fl_node *key = member->kind == FL_NODE_field ? fl_node_child(member, 2) : NULL;
            if (!fl_node_is_absent(key)) fl_lower_expr(l, key);
        }
    }
    fl_scope_capture(l, node);
    return fl_lower_emit_dst(l, FL_I_closure, node, 0, 0);
}

static fl_temp name(fl_lower *l, const fl_node *node)
{
    fl_var var = fl_lower_scope_find(l, node->sym);
    if (var) return fl_lower_load(l, var, node);
    fl_instr *instr = fl_lower_emit(l, FL_I_load, node);
    instr->sym = node->sym;
    instr->flags = FL_I_OUTER;
    return instr->dst = l->func->temp_count++;
}

static fl_temp outer(fl_lower *l, const fl_node *node, fl_sym sym)
{
    fl_instr *instr = fl_lower_emit(l, FL_I_load, node);
    instr->sym = sym;
    instr->flags = FL_I_OUTER;
    return instr->dst = l->func->temp_count++;
}

/* What a spread takes from: iterated here, so that the failure has the place of the spread thing. */
static void push_item(fl_lower *l, const fl_node *node)
{
    if (node->kind == FL_NODE_spread && node->first) {
        fl_temp value = fl_lower_expr(l, node->first);
        fl_lower_emit_dst(l, FL_I_iterate, node->first, value, 0);
        fl_lower_push_arg(l, value, FL_SYM_NONE, true);
    } else {
        fl_lower_push_arg(l, fl_lower_expr(l, node), FL_SYM_NONE, false);
    }
}

static fl_temp gather(fl_lower *l, fl_instr_op op, const fl_node *node, const fl_node *first)
{
    uint32_t mark = l->args.count;
    for (; first; first = first->next) push_item(l, first);
    fl_instr *instr = fl_lower_emit(l, op, node);
    fl_lower_take_args(l, mark, instr);
    return instr->dst = l->func->temp_count++;
}

static fl_temp dict(fl_lower *l, const fl_node *node)
{
    uint32_t mark = l->args.count;
    for (const fl_node *item = node->first; item; item = item->next) {
        if (item->kind == FL_NODE_spread && item->first) {
            fl_lower_push_arg(l, fl_lower_expr(l, item->first), FL_SYM_NONE, true);
        } else if (item->kind == FL_NODE_pair) {
            const fl_node *key = fl_node_child(item, 1);
            bool is_computed = !fl_node_is_absent(key);
            if (is_computed) fl_lower_expr(l, key);
            fl_temp value = fl_node_is_absent(item->first) ? fl_lower_undefined(l, item) : fl_lower_expr(l, item->first);
            fl_lower_push_arg(l, value, is_computed ? FL_SYM_star : item->sym, false);
        } else {
            fl_temp value = fl_lower_expr(l, item);
            fl_lower_push_arg(l, value, item->sym ? item->sym : FL_SYM_star, false);
        }
    }
    fl_instr *instr = fl_lower_emit(l, FL_I_dict, node);
    fl_lower_take_args(l, mark, instr);
    return instr->dst = l->func->temp_count++;
}

/* ---- accesses and calls ---- */

static bool is_link(const fl_node *node)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_member: case FL_NODE_index: return true;
    case FL_NODE_call: return !(node->flags & FL_FLAG_NEW);
    case FL_NODE_cast: return (node->flags & FL_FLAG_NON_NULL) != 0;
    default: return false;
    }
}

/* The link that this one hangs on, NULL when the chain begins here. */
static const fl_node *link_before(const fl_node *node)
{
    const fl_node *object = node->first;
    return object && is_link(object) && object->start_byte == node->start_byte ? object : NULL;
}

static bool is_optional(const fl_node *link)
{
    return link->kind != FL_NODE_cast && (link->flags & FL_FLAG_OPTIONAL);
}

bool fl_lower_is_chain(const fl_node *node)
{
    if (!is_link(node)) return false;
    for (; node; node = link_before(node))
        if (is_optional(node)) return true;
    return false;
}

static fl_temp link(fl_lower *l, const fl_node *node, fl_arms *nulls, fl_temp *receiver);

static fl_temp link_object(fl_lower *l, const fl_node *node, fl_arms *nulls, fl_temp *receiver)
{
    if (link_before(node)) return link(l, node->first, nulls, receiver);
    const fl_node *object = node->first;
    if (receiver && object->kind == FL_NODE_super_) *receiver = outer(l, object, FL_SYM_this_);
    /* a new chain, as in (a.b)(), keeps its receiver unless it has choices of its own */
    if (receiver && is_link(object) && !fl_lower_is_chain(object)) return link(l, object, NULL, receiver);
    return fl_lower_expr(l, object);
}

/* From here on the value is not nullish; the other way waits in nulls. */
static unsigned guard(fl_lower *l, const fl_node *node, fl_temp value, fl_arms *nulls)
{
    if (!nulls || !is_optional(node)) return 0;
    fl_arms go_on = {0};
    fl_lower_branch(l, value, FL_PRUNE_NULLISH, nulls, &go_on, node);
    fl_lower_enter(l, &go_on);
    return FL_I_OPTIONAL;
}

/* *receiver: what a call of the result would have as `this`. */
static fl_temp link(fl_lower *l, const fl_node *node, fl_arms *nulls, fl_temp *receiver)
{
    if (node->kind == FL_NODE_cast) {
        fl_temp value = link_object(l, node, nulls, receiver);
        return fl_lower_emit_dst(l, FL_I_cast, node, value, 0);
    }
    if (node->kind == FL_NODE_call) {
        fl_temp this_ = 0;
        fl_temp callee = link_object(l, node, nulls, &this_);
        unsigned flags = guard(l, node, callee, nulls);
        uint32_t mark = l->args.count;
        for (const fl_node *arg = node->first->next; arg; arg = arg->next) push_item(l, arg);
        fl_instr *instr = fl_lower_emit(l, FL_I_call, node);
        instr->a = callee;
        instr->b = this_;
        instr->flags = (uint16_t)flags;
        fl_lower_take_args(l, mark, instr);
        if (receiver) *receiver = 0;
        return instr->dst = l->func->temp_count++;
    }
    fl_temp object = link_object(l, node, nulls, NULL);
    unsigned flags = guard(l, node, object, nulls);
    fl_temp index = node->kind == FL_NODE_index ? fl_lower_expr(l, fl_node_child(node, 1)) : 0;
    if (receiver) *receiver = node->first->kind == FL_NODE_super_ ? outer(l, node->first, FL_SYM_this_) : object;
    fl_instr *instr = fl_lower_emit(l, node->kind == FL_NODE_index ? FL_I_index : FL_I_member, node);
    instr->a = object;
    instr->b = index;
    instr->sym = node->kind == FL_NODE_member ? node->sym : FL_SYM_NONE;
    instr->flags = (uint16_t)flags;
    return instr->dst = l->func->temp_count++;
}

fl_temp fl_lower_chain(fl_lower *l, const fl_node *node, fl_arms *nulls) { return link(l, node, nulls, NULL); }

static fl_temp construct(fl_lower *l, const fl_node *node)
{
    uint32_t mark = l->args.count;
    fl_temp callee = fl_lower_expr(l, node->first);
    for (const fl_node *arg = node->first->next; arg; arg = arg->next) push_item(l, arg);
    fl_instr *instr = fl_lower_emit(l, FL_I_call, node);
    instr->a = callee;
    instr->flags = FL_I_NEW;
    fl_lower_take_args(l, mark, instr);
    return instr->dst = l->func->temp_count++;
}

/* ---- the rest ---- */

static bool is_statement(const fl_node *node)
{
    return (node->kind >= FL_NODE_let && node->kind <= FL_NODE_export_item) || node->kind == FL_NODE_block ||
           node->kind == FL_NODE_namespace;
}

static bool is_type(const fl_node *node)
{
    return node->kind >= FL_NODE_type_alias && node->kind <= FL_NODE_type_at && node->kind != FL_NODE_enum_;
}

/* What was found inside something unknown still runs, or may run: in order, its values as arguments. What a spread means
 * there is not known, so nothing is iterated. */
static fl_temp unknown(fl_lower *l, const fl_node *node, fl_sym reason)
{
    uint32_t mark = l->args.count;
    for (const fl_node *child = node->first; child; child = child->next) {
        if (is_statement(child)) fl_lower_stmt(l, child);
        else if (!is_type(child) && child->kind != FL_NODE_absent)
            fl_lower_push_arg(l, fl_lower_expr(l, child), FL_SYM_NONE, false);
    }
    fl_instr *instr = fl_lower_emit(l, FL_I_opaque, node);
    instr->sym = reason;
    fl_lower_take_args(l, mark, instr);
    return instr->dst = l->func->temp_count++;
}

/* &name and &object.member: where they are, not what they hold. Of anything else: that it is somewhere. */
static fl_temp address(fl_lower *l, const fl_node *node)
{
    const fl_node *of = node->first;
    fl_temp object = of->kind == FL_NODE_member ? fl_lower_expr(l, of->first) : 0;
    fl_instr *instr = fl_lower_emit(l, FL_I_address, node);
    instr->a = object;
    if (object) instr->sym = of->sym;
    else instr->var = fl_lower_scope_find(l, of->sym);
    if (!object && !instr->var) {
        instr->sym = of->sym;
        instr->flags = FL_I_OUTER;
    }
    return instr->dst = l->func->temp_count++;
}

static fl_temp unary(fl_lower *l, const fl_node *node)
{
    if (node->op == FL_OP_address && (node->first->kind == FL_NODE_name || (node->first->kind == FL_NODE_member && node->first->sym))) return address(l, node);
    if (node->op == FL_OP_increment || node->op == FL_OP_decrement) return fl_lower_step(l, node);
    fl_temp a = fl_lower_expr(l, node->first);
    fl_temp dst = fl_lower_emit_dst(l, FL_I_unary, node, a, 0);
    l->func->instrs.items[l->func->instrs.count - 1].sub = node->op;
    return dst;
}

static fl_temp binary(fl_lower *l, const fl_node *node)
{
    fl_temp a = fl_lower_expr(l, node->first);
    fl_temp b = fl_lower_expr(l, fl_node_child(node, 1));
    fl_temp dst = fl_lower_emit_dst(l, FL_I_binary, node, a, b);
    l->func->instrs.items[l->func->instrs.count - 1].sub = node->op;
    return dst;
}

static fl_temp yield(fl_lower *l, const fl_node *node)
{
    fl_temp value = fl_node_is_absent(node->first) ? fl_lower_undefined(l, node) : fl_lower_expr(l, node->first);
    if (node->flags & FL_FLAG_DELEGATE) value = fl_lower_emit_dst(l, FL_I_iterate, node->first, value, 0);
    return fl_lower_emit_dst(l, FL_I_yield, node, value, 0);
}

fl_temp fl_lower_expr(fl_lower *l, const fl_node *node)
{
    if (l->func->is_truncated) return fl_lower_opaque(l, node, "too many blocks");
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_name: return name(l, node);
    case FL_NODE_this_: return outer(l, node, FL_SYM_this_);
    case FL_NODE_super_: return outer(l, node, FL_SYM_super_);
    case FL_NODE_number: case FL_NODE_string: case FL_NODE_boolean: case FL_NODE_null: case FL_NODE_undefined:
    case FL_NODE_regex:
        return fl_lower_emit_dst(l, FL_I_constant, node, 0, 0);
    case FL_NODE_absent: return fl_lower_undefined(l, node);
    case FL_NODE_template: return gather(l, FL_I_template_, node, node->first);
    case FL_NODE_list: return gather(l, FL_I_list, node, node->first);
    case FL_NODE_dict: case FL_NODE_enum_: return dict(l, node);
    case FL_NODE_member: case FL_NODE_index: case FL_NODE_call:
        if (node->kind == FL_NODE_call && (node->flags & FL_FLAG_NEW)) return construct(l, node);
        return fl_lower_is_chain(node) ? fl_lower_choice(l, node) : link(l, node, NULL, NULL);
    case FL_NODE_unary: return unary(l, node);
    case FL_NODE_binary: return binary(l, node);
    case FL_NODE_logical: case FL_NODE_conditional: return fl_lower_choice(l, node);
    case FL_NODE_assign: return fl_lower_assign(l, node);
    case FL_NODE_sequence: {
        const fl_node *item = node->first;
        for (; item && item->next; item = item->next) fl_lower_effect(l, item);
        return item ? fl_lower_expr(l, item) : fl_lower_undefined(l, node);
    }
    case FL_NODE_await: return fl_lower_emit_dst(l, FL_I_await, node, fl_lower_expr(l, node->first), 0);
    case FL_NODE_yield: return yield(l, node);
    case FL_NODE_cast:
        if (fl_lower_is_chain(node)) return fl_lower_choice(l, node);
        return fl_lower_emit_dst(l, FL_I_cast, node, fl_lower_expr(l, node->first), 0);
    case FL_NODE_function: case FL_NODE_class_: return fl_lower_closure(l, node);
    case FL_NODE_spread: case FL_NODE_decorator: return fl_lower_expr(l, node->first);
    case FL_NODE_markup: return unknown(l, node, fl_sym_of_c("markup"));
    case FL_NODE_opaque: return unknown(l, node, node->sym);
    default: return fl_lower_opaque(l, node, fl_node_kind_text((fl_node_kind)node->kind));
    }
}

void fl_lower_effect(fl_lower *l, const fl_node *node)
{
    fl_arms yes = {0}, no = {0};
    uint32_t join;
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_logical:
        if (node->op == FL_OP_coalesce) break;
        fl_lower_condition(l, node->first, &yes, &no);
        join = fl_lower_block(l);
        fl_lower_enter(l, node->op == FL_OP_and ? &yes : &no);
        if (l->current) fl_lower_effect(l, fl_node_child(node, 1));
        fl_lower_jump(l, join);
        fl_lower_flow(l, node->op == FL_OP_and ? &no : &yes, join);
        fl_lower_begin(l, join);
        return;
    case FL_NODE_conditional:
        fl_lower_condition(l, node->first, &yes, &no);
        join = fl_lower_block(l);
        fl_lower_enter(l, &yes);
        if (l->current) fl_lower_effect(l, fl_node_child(node, 1));
        fl_lower_jump(l, join);
        fl_lower_enter(l, &no);
        if (l->current) fl_lower_effect(l, fl_node_child(node, 2));
        fl_lower_jump(l, join);
        fl_lower_begin(l, join);
        return;
    case FL_NODE_member: case FL_NODE_index: case FL_NODE_call:
        if (!fl_lower_is_chain(node)) break;
        fl_lower_chain(l, node, &no);
        join = fl_lower_block(l);
        fl_lower_jump(l, join);
        fl_lower_flow(l, &no, join);
        fl_lower_begin(l, join);
        return;
    case FL_NODE_sequence:
        for (const fl_node *item = node->first; item; item = item->next) fl_lower_effect(l, item);
        return;
    case FL_NODE_unary:
        if (node->op != FL_OP_not && node->op != FL_OP_is_void) break;
        fl_lower_effect(l, node->first);
        return;
    case FL_NODE_yield: case FL_NODE_await: default: break;
    }
    fl_lower_expr(l, node);
}
