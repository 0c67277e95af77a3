/*
 * Where values go: declared names, assigned places, patterns, defaults.
 *
 *     const { a, b: [c = 1], ...rest } = v
 * is: destructure v; a = v.a; t = v.b; destructure t; u = t[0]; c = u, or 1 where u is undefined; rest = v without a, b.
 */
#include "extractor/flow/lower_p.h"
#include <stdio.h>

static void store_name(fl_lower *l, const fl_node *node, fl_temp value, unsigned flags)
{
    fl_var var = fl_lower_scope_find(l, node->sym);
    fl_instr *instr = fl_lower_emit(l, FL_I_store, node);
    instr->var = var;
    instr->a = value;
    instr->flags = (uint16_t)flags;
    if (!var) {
        instr->sym = node->sym;
        instr->flags |= FL_I_OUTER;
    }
}

/* ---- places: the object of a member or index, evaluated once ---- */

typedef struct place { const fl_node *target; fl_temp object, index; } place;

/* Claims about the type of what is assigned to say nothing about where. */
static const fl_node *without_claims(const fl_node *target)
{
    while (target->kind == FL_NODE_cast && target->first) target = target->first;
    return target;
}

static place place_of(fl_lower *l, const fl_node *target)
{
    place p = { .target = without_claims(target) };
    if (p.target->kind == FL_NODE_member || p.target->kind == FL_NODE_index) p.object = fl_lower_expr(l, p.target->first);
    if (p.target->kind == FL_NODE_index) p.index = fl_lower_expr(l, fl_node_child(p.target, 1));
    return p;
}

static fl_temp read_place(fl_lower *l, const place *p)
{
    if (!p->object) return fl_lower_expr(l, p->target);
    bool is_index = p->target->kind == FL_NODE_index;
    fl_instr *instr = fl_lower_emit(l, is_index ? FL_I_index : FL_I_member, p->target);
    instr->a = p->object;
    instr->b = p->index;
    instr->sym = is_index ? FL_SYM_NONE : p->target->sym;
    return instr->dst = l->func->temp_count++;
}

static void write_place(fl_lower *l, const place *p, fl_temp value, unsigned flags)
{
    if (!p->object) {
        fl_lower_bind(l, p->target, value, flags);
        return;
    }
    bool is_index = p->target->kind == FL_NODE_index;
    fl_instr *instr = fl_lower_emit(l, is_index ? FL_I_set_index : FL_I_set_member, p->target);
    instr->a = p->object;
    instr->b = is_index ? p->index : value;
    instr->c = is_index ? value : 0;
    instr->sym = is_index ? FL_SYM_NONE : p->target->sym;
}

/* ---- patterns ---- */

/* An item with a default: its value may come from either of two places, so each arm binds on its own when the target is a
 * plain name, and a nested pattern is bound behind the join. */
static void bind_default(fl_lower *l, const fl_node *node, fl_temp value, unsigned flags)
{
    const fl_node *target = without_claims(node->first), *fallback = fl_node_child(node, 1);
    bool is_name = target->kind == FL_NODE_name;
    fl_var var = is_name ? 0 : fl_lower_var(l, FL_SYM_NONE, node);
    fl_arms is_undefined = {0}, is_there = {0};
    uint32_t join = fl_lower_block(l);
    fl_lower_branch(l, value, FL_PRUNE_UNDEFINED, &is_undefined, &is_there, node);
    fl_lower_enter(l, &is_undefined);
    fl_temp instead = fl_lower_expr(l, fallback);
    if (is_name) store_name(l, target, instead, flags);
    else fl_lower_store(l, var, instead, 0, fallback);
    fl_lower_jump(l, join);
    fl_lower_enter(l, &is_there);
    if (is_name) store_name(l, target, value, flags);
    else fl_lower_store(l, var, value, 0, node);
    fl_lower_jump(l, join);
    fl_lower_begin(l, join);
    if (!is_name) fl_lower_bind(l, target, fl_lower_load(l, var, node), flags);
}

static void bind_list(fl_lower *l, const fl_node *pattern, fl_temp value, unsigned flags)
{
    unsigned position = 0;
    for (const fl_node *item = pattern->first; item; item = item->next, position++) {
        if (item->kind == FL_NODE_absent) continue;
        fl_temp part;
        if (item->kind == FL_NODE_spread) {
            char text[12];
            int n = snprintf(text, sizeof text, "%u", position);
            part = fl_lower_emit_dst(l, FL_I_rest, item, value, 0);
            l->func->instrs.items[l->func->instrs.count - 1].sym = fl_sym_of((fl_str){ text, (size_t)n });
        } else {
            fl_temp at = fl_lower_position(l, item, position);
            part = fl_lower_emit_dst(l, FL_I_index, item, value, at);
        }
        fl_lower_bind(l, item, part, flags);
    }
}

static void bind_dict(fl_lower *l, const fl_node *pattern, fl_temp value, unsigned flags)
{
    uint32_t mark = l->args.count;
    for (const fl_node *item = pattern->first; item; item = item->next) {
        if (item->kind == FL_NODE_spread) {
            fl_instr *instr = fl_lower_emit(l, FL_I_rest, item);
            instr->a = value;
            fl_lower_take_args(l, mark, instr);
            fl_temp rest = instr->dst = l->func->temp_count++;
            fl_lower_bind(l, item, rest, flags);
        } else if (item->kind == FL_NODE_pair) {
            const fl_node *key = fl_node_child(item, 1);
            fl_temp part, index = fl_node_is_absent(key) ? 0 : fl_lower_expr(l, key);
            part = fl_lower_emit_dst(l, index ? FL_I_index : FL_I_member, item, value, index);
            l->func->instrs.items[l->func->instrs.count - 1].sym = index ? FL_SYM_NONE : item->sym;
            fl_lower_push_arg(l, index, index ? FL_SYM_star : item->sym, false);
            fl_lower_bind(l, item->first, part, flags);
        } else {
            fl_lower_bind(l, item, value, flags);
        }
    }
    l->args.count = mark;
}

void fl_lower_bind(fl_lower *l, const fl_node *target, fl_temp value, unsigned flags)
{
    if (!target) return;
    switch ((fl_node_kind)target->kind) {
    case FL_NODE_name: store_name(l, target, value, flags); break;
    case FL_NODE_member: case FL_NODE_index: {
        place p = place_of(l, target);
        write_place(l, &p, value, flags);
        break;
    }
    case FL_NODE_list:
        fl_lower_emit(l, FL_I_destructure, target)->a = value;
        bind_list(l, target, value, flags);
        break;
    case FL_NODE_dict:
        fl_lower_emit(l, FL_I_destructure, target)->a = value;
        bind_dict(l, target, value, flags);
        break;
    case FL_NODE_default_: bind_default(l, target, value, flags); break;
    case FL_NODE_spread: case FL_NODE_cast: fl_lower_bind(l, target->first, value, flags); break;
    case FL_NODE_absent: break;
    case FL_NODE_unary: {
        fl_temp pointer = fl_lower_expr(l, target->first);
        fl_instr *instr = fl_lower_emit(l, FL_I_set_pointer, target);
        instr->a = pointer;
        instr->b = value;
        break;
    }
    default: {
        /* an unknown target: the place is evaluated, the value goes somewhere */
        uint32_t mark = l->args.count;
        fl_lower_push_arg(l, value, FL_SYM_NONE, false);
        fl_instr *instr = fl_lower_emit(l, FL_I_opaque, target);
        instr->sym = fl_sym_of_c("unknown target");
        fl_lower_take_args(l, mark, instr);
        instr->dst = l->func->temp_count++;
        break;
    }
    }
}

void fl_lower_default(fl_lower *l, fl_var var, const fl_node *value, unsigned flags, const fl_node *node)
{
    fl_arms is_undefined = {0}, is_there = {0};
    uint32_t join = fl_lower_block(l);
    fl_lower_branch(l, fl_lower_load(l, var, node), FL_PRUNE_UNDEFINED, &is_undefined, &is_there, node);
    fl_lower_enter(l, &is_undefined);
    fl_lower_store(l, var, fl_lower_expr(l, value), flags, node);
    fl_lower_jump(l, join);
    fl_lower_flow(l, &is_there, join);
    fl_lower_begin(l, join);
}

/* ---- assignments ---- */

/* a ||= b and its like: b is evaluated, and a written, on one arm only. */
static fl_temp assign_if(fl_lower *l, const fl_node *node)
{
    place p = place_of(l, node->first);
    fl_var var = fl_lower_var(l, FL_SYM_NONE, node);
    fl_temp old = read_place(l, &p);
    fl_arms yes = {0}, no = {0};
    uint32_t join = fl_lower_block(l);
    fl_lower_branch(l, old, node->op == FL_OP_coalesce ? FL_PRUNE_NULLISH : FL_PRUNE_TRUTHY, &yes, &no, node->first);
    fl_lower_enter(l, node->op == FL_OP_or ? &no : &yes);
    fl_temp value = fl_lower_expr(l, fl_node_child(node, 1));
    write_place(l, &p, value, 0);
    fl_lower_store(l, var, value, 0, node);
    fl_lower_jump(l, join);
    fl_lower_enter(l, node->op == FL_OP_or ? &yes : &no);
    fl_lower_store(l, var, old, 0, node);
    fl_lower_jump(l, join);
    fl_lower_begin(l, join);
    return fl_lower_load(l, var, node);
}

fl_temp fl_lower_assign(fl_lower *l, const fl_node *node)
{
    const fl_node *right = fl_node_child(node, 1);
    if (node->op == FL_OP_and || node->op == FL_OP_or || node->op == FL_OP_coalesce) return assign_if(l, node);
    place p = place_of(l, node->first);
    fl_temp value;
    if (node->op == FL_OP_assign || node->op == FL_OP_none) {
        value = fl_lower_expr(l, right);
    } else {
        fl_temp old = read_place(l, &p), operand = fl_lower_expr(l, right);
        value = fl_lower_emit_dst(l, FL_I_binary, node, old, operand);
        l->func->instrs.items[l->func->instrs.count - 1].sub = node->op;
    }
    write_place(l, &p, value, 0);
    return value;
}

fl_temp fl_lower_step(fl_lower *l, const fl_node *node)
{
    place p = place_of(l, node->first);
    fl_temp old = read_place(l, &p);
    fl_temp value = fl_lower_emit_dst(l, FL_I_unary, node, old, 0);
    l->func->instrs.items[l->func->instrs.count - 1].sub = node->op;
    write_place(l, &p, value, 0);
    return node->flags & FL_FLAG_POSTFIX ? old : value;
}
