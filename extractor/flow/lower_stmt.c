/*
 * Statements, loops and switch. Jumps out of them, and try, are in lower_jump.c.
 * A list of statements is a scope: its names are declared, then its functions are stored, then it runs in order.
 */
#include "extractor/flow/lower_p.h"

/* ---- scopes ---- */

static const fl_node *function_declared_by(const fl_node *stmt)
{
    if (stmt->kind == FL_NODE_export) stmt = stmt->first;
    bool has_name_and_body = stmt && stmt->kind == FL_NODE_function && stmt->sym && !fl_node_is_absent(fl_node_child(stmt, 2));
    return has_name_and_body ? stmt : NULL;
}

static void store_declared(fl_lower *l, const fl_node *node, fl_temp value)
{
    fl_var var = fl_lower_scope_find(l, node->sym);
    if (var) fl_lower_store(l, var, value, FL_I_DECLARE, node);
}

static void begin_scope(fl_lower *l, const fl_node *first, uint32_t mark)
{
    fl_scope_declare_block(l, first, mark);
    for (const fl_node *stmt = first; stmt; stmt = stmt->next) {
        const fl_node *function = function_declared_by(stmt);
        if (function) store_declared(l, function, fl_lower_closure(l, function));
    }
}

void fl_lower_stmts(fl_lower *l, const fl_node *first)
{
    uint32_t mark = fl_scope_enter(l);
    begin_scope(l, first, mark);
    for (; first; first = first->next) fl_lower_stmt(l, first);
    fl_scope_leave(l, mark);
}

/* ---- loops ---- */

static void loop_body(fl_lower *l, const fl_node *body, fl_frame *frame)
{
    for (fl_frame *f = frame->outer; f && f->kind == FL_FRAME_LABEL; f = f->outer) f->continue_block = frame->continue_block;
    l->frame = frame;
    fl_lower_stmt(l, body);
    l->frame = frame->outer;
}

static void loop(fl_lower *l, const fl_node *node)
{
    const fl_node *init = node->first, *test = fl_node_child(node, 1), *step = fl_node_child(node, 2), *body = fl_node_child(node, 3);
    uint32_t mark = fl_scope_enter(l);
    if (init->kind == FL_NODE_let) {
        fl_scope_declare_target(l, init->flags & FL_FLAG_HOISTED ? NULL : init->first, mark);
        fl_lower_stmt(l, init);
    } else if (init->kind == FL_NODE_sequence) {
        fl_scope_declare_block(l, init->first, mark);
        for (const fl_node *part = init->first; part; part = part->next)
            if (part->kind == FL_NODE_let) fl_lower_stmt(l, part);
            else fl_lower_effect(l, part);
    } else if (!fl_node_is_absent(init)) {
        fl_lower_effect(l, init);
    }
    uint32_t head = fl_lower_block(l), done = fl_lower_block(l), next = fl_lower_block(l);
    fl_frame frame = { .kind = FL_FRAME_LOOP, .outer = l->frame, .break_block = done, .continue_block = next };
    fl_arms yes = {0}, no = {0};
    fl_lower_jump(l, head);
    fl_lower_begin(l, head);
    if (node->flags & FL_FLAG_POST_TEST) {
        loop_body(l, body, &frame);
        fl_lower_jump(l, next);
        fl_lower_begin(l, next);
        fl_lower_condition(l, test, &yes, &no);
        fl_lower_flow(l, &yes, head);
    } else {
        if (!fl_node_is_absent(test)) fl_lower_condition(l, test, &yes, &no);
        else fl_lower_push_current(l, &yes);
        fl_lower_enter(l, &yes);
        loop_body(l, body, &frame);
        fl_lower_jump(l, next);
        fl_lower_begin(l, next);
        if (!fl_node_is_absent(step)) fl_lower_effect(l, step);
        fl_lower_jump(l, head);
    }
    fl_lower_flow(l, &no, done);
    fl_lower_begin(l, done);
    fl_scope_leave(l, mark);
}

/* The iterable is taken from before it is known whether there is a next element: that is where null fails. */
static void foreach(fl_lower *l, const fl_node *node)
{
    const fl_node *target = node->first, *iterable = fl_node_child(node, 1), *body = fl_node_child(node, 2);
    fl_temp value = fl_lower_expr(l, iterable);
    uint32_t mark = fl_scope_enter(l);
    uint32_t head = fl_lower_block(l), done = fl_lower_block(l);
    fl_frame frame = { .kind = FL_FRAME_LOOP, .outer = l->frame, .break_block = done, .continue_block = head };
    unsigned flags = node->flags & FL_FLAG_KEYS ? FL_I_KEYS : 0u;
    if (node->flags & FL_FLAG_AWAIT) flags |= FL_I_AWAIT;
    fl_lower_jump(l, head);
    fl_lower_begin(l, head);
    fl_temp item = fl_lower_emit_dst(l, FL_I_iterate, iterable, value, 0);
    l->func->instrs.items[l->func->instrs.count - 1].flags = (uint16_t)flags;
    fl_arms yes = {0}, no = {0};
    fl_lower_branch(l, 0, FL_PRUNE_TRUTHY, &yes, &no, node);
    fl_lower_enter(l, &yes);
    bool is_let = target->kind == FL_NODE_let;
    if (is_let && !(target->flags & FL_FLAG_HOISTED)) fl_scope_declare_target(l, target->first, mark);
    fl_lower_bind(l, is_let ? target->first : target, item, is_let ? FL_I_DECLARE : 0);
    loop_body(l, body, &frame);
    fl_lower_jump(l, head);
    fl_lower_flow(l, &no, done);
    fl_lower_begin(l, done);
    fl_scope_leave(l, mark);
}

/* ---- switch ---- */

static const fl_node *case_body(const fl_node *arm)
{
    return arm->kind == FL_NODE_case_ && arm->first ? arm->first->next : NULL;
}

/* All tests in order, then all bodies in order; each body is reached from its test and from the body before it. */
static void switch_(fl_lower *l, const fl_node *node)
{
    const fl_node *first = node->first->next, *default_ = NULL;
    bool is_chain_of_conditions = node->first->kind == FL_NODE_boolean && fl_lower_is_true(node->first);
    fl_temp value = is_chain_of_conditions ? 0 : fl_lower_expr(l, node->first);
    uint32_t mark = fl_scope_enter(l), done = fl_lower_block(l);
    for (const fl_node *arm = first; arm; arm = arm->next)
        fl_scope_declare_block(l, case_body(arm), mark);
    for (const fl_node *arm = first; arm; arm = arm->next)
        for (const fl_node *stmt = case_body(arm); stmt; stmt = stmt->next) {
            const fl_node *function = function_declared_by(stmt);
            if (function) store_declared(l, function, fl_lower_closure(l, function));
        }

    unsigned count = fl_node_count(node) - 1, i = 0;
    fl_arms *bodies = FL_NEW_ARRAY(&l->scratch, fl_arms, count + 1), rest = {0};
    for (const fl_node *arm = first; arm; arm = arm->next, i++) {
        const fl_node *test = arm->first;
        if (arm->kind != FL_NODE_case_) continue;
        if (fl_node_is_absent(test)) {
            default_ = arm;
            continue;
        }
        if (!l->current) fl_lower_begin(l, fl_lower_block(l));
        if (is_chain_of_conditions) {
            fl_lower_condition(l, test, &bodies[i], &rest);
        } else {
            fl_temp same = fl_lower_emit_dst(l, FL_I_binary, test, value, fl_lower_expr(l, test));
            l->func->instrs.items[l->func->instrs.count - 1].sub = FL_OP_same;
            fl_lower_branch(l, same, FL_PRUNE_TRUTHY, &bodies[i], &rest, test);
        }
        fl_lower_enter(l, &rest);
    }
    fl_lower_push_current(l, &rest);

    fl_frame frame = { .kind = FL_FRAME_SWITCH, .outer = l->frame, .break_block = done };
    l->frame = &frame;
    i = 0;
    for (const fl_node *arm = first; arm; arm = arm->next, i++) {
        if (arm->kind != FL_NODE_case_) continue;
        fl_arms *entry = arm == default_ ? &rest : &bodies[i];
        fl_lower_push_current(l, entry); /* falls through from the body before */
        fl_lower_enter(l, entry);
        for (const fl_node *stmt = case_body(arm); stmt; stmt = stmt->next) fl_lower_stmt(l, stmt);
    }
    l->frame = frame.outer;
    fl_lower_jump(l, done);
    fl_lower_flow(l, &rest, done); /* empty when there was a default */
    fl_lower_begin(l, done);
    fl_scope_leave(l, mark);
}

/* ---- the others ---- */

static void let(fl_lower *l, const fl_node *node)
{
    const fl_node *value = fl_node_child(node, 1);
    if (!fl_node_is_absent(value)) fl_lower_bind(l, node->first, fl_lower_expr(l, value), FL_I_DECLARE);
    else if (!(node->flags & FL_FLAG_HOISTED)) fl_lower_bind(l, node->first, fl_lower_undefined(l, node), FL_I_DECLARE);
}

static void if_(fl_lower *l, const fl_node *node)
{
    const fl_node *otherwise = fl_node_child(node, 2);
    fl_arms yes = {0}, no = {0};
    fl_lower_condition(l, node->first, &yes, &no);
    uint32_t join = fl_lower_block(l);
    fl_lower_enter(l, &yes);
    if (l->current) fl_lower_stmt(l, fl_node_child(node, 1));
    fl_lower_jump(l, join);
    if (!fl_node_is_absent(otherwise)) {
        fl_lower_enter(l, &no);
        if (l->current) fl_lower_stmt(l, otherwise);
        fl_lower_jump(l, join);
    }
    fl_lower_flow(l, &no, join);
    fl_lower_begin(l, join);
}

static void export(fl_lower *l, const fl_node *node)
{
    const fl_node *what = node->first;
    if (fl_node_is_absent(what)) return;
    bool is_nameless = (what->kind == FL_NODE_function || what->kind == FL_NODE_class_) && !what->sym;
    if (is_nameless) fl_lower_closure(l, what);
    else fl_lower_stmt(l, what);
}

static void return_each(fl_lower *l, const fl_arms *arms, const fl_node *value, bool truth, const fl_node *node)
{
    for (size_t i = 0; i < arms->count; i++) {
        fl_arms one = {0};
        fl_vec_push(&l->scratch, &one, arms->items[i]);
        fl_lower_enter(l, &one);
        if (l->current) fl_lower_return(l, fl_lower_boolean(l, value, truth), node);
    }
}

/* return a ? b : c, return a && b: a return on each way, so that the caller can tell what held from what it gets. */
static void return_value(fl_lower *l, const fl_node *value, const fl_node *node)
{
    fl_arms yes = {0}, no = {0};
    bool is_choice = value->kind == FL_NODE_conditional, is_logical = value->kind == FL_NODE_logical && value->op != FL_OP_coalesce, is_truth = is_logical && value->flags & FL_FLAG_TRUTH;
    if ((!is_choice && !is_logical) || l->func->is_truncated) {
        fl_lower_return(l, fl_lower_expr(l, value), node);
        return;
    }
    if (is_logical && !is_truth) {   /* an operand is what comes back */
        fl_var var = fl_lower_var(l, FL_SYM_NONE, value);
        fl_lower_value_and_truth(l, value->first, var, &yes, &no);
        fl_lower_enter(l, value->op == FL_OP_and ? &no : &yes);
        if (l->current) fl_lower_return(l, fl_lower_load(l, var, value->first), node);
        fl_lower_enter(l, value->op == FL_OP_and ? &yes : &no);
        if (l->current) return_value(l, fl_node_child(value, 1), node);
        return;
    }
    fl_lower_condition(l, is_choice ? value->first : value, &yes, &no);
    if (is_truth) {
        return_each(l, &yes, value, true, node);
        return_each(l, &no, value, false, node);
        return;
    }
    fl_lower_enter(l, &yes);
    if (l->current) return_value(l, fl_node_child(value, 1), node);
    fl_lower_enter(l, &no);
    if (l->current) return_value(l, fl_node_child(value, 2), node);
}

void fl_lower_stmt(fl_lower *l, const fl_node *node)
{
    if (l->func->is_truncated) {
        fl_lower_opaque(l, node, "too many blocks");
        return;
    }
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_absent: break;
    case FL_NODE_block:
        if (!(node->flags & FL_FLAG_STATIC)) fl_lower_stmts(l, node->first);
        break;
    case FL_NODE_function: break; /* stored when its scope began */
    case FL_NODE_class_: store_declared(l, node, fl_lower_closure(l, node)); break;
    case FL_NODE_enum_: store_declared(l, node, fl_lower_expr(l, node)); break;
    case FL_NODE_namespace:
        if (node->first) fl_lower_stmt(l, node->first);
        store_declared(l, node, fl_lower_opaque(l, node, "namespace"));
        break;
    case FL_NODE_let: let(l, node); break;
    case FL_NODE_expression: fl_lower_effect(l, node->first); break;
    case FL_NODE_if_: if_(l, node); break;
    case FL_NODE_loop: loop(l, node); break;
    case FL_NODE_foreach: foreach(l, node); break;
    case FL_NODE_switch_: switch_(l, node); break;
    case FL_NODE_case_: break; /* outside a switch: nothing to stand for */
    case FL_NODE_try_: fl_lower_try(l, node); break;
    case FL_NODE_throw_: {
        fl_temp value = fl_node_is_absent(node->first) ? 0 : fl_lower_expr(l, node->first);
        fl_lower_emit(l, FL_I_throw_, node)->a = value;
        break;
    }
    case FL_NODE_return_:
        if (fl_node_is_absent(node->first)) fl_lower_return(l, 0, node);
        else return_value(l, node->first, node);
        break;
    case FL_NODE_break_: case FL_NODE_continue_: fl_lower_leave(l, node); break;
    case FL_NODE_label: fl_lower_label(l, node); break;
    case FL_NODE_goto_: fl_lower_goto(l, node); break;
    case FL_NODE_import: case FL_NODE_import_item: case FL_NODE_export_item: break; /* names of other modules are outer ones */
    case FL_NODE_export: export(l, node); break;
    case FL_NODE_type_alias: case FL_NODE_interface: break;
    default: fl_lower_effect(l, node); break;
    }
}
