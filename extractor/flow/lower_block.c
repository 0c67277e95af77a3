/*
 * Blocks, instructions and the arms of branches: what the other parts of the lowering build with.
 * Assumes the order described in lower_p.h: one block is open at a time.
 */
#include "extractor/flow/lower_p.h"

uint32_t fl_lower_block(fl_lower *l)
{
    fl_func *func = l->func;
    if (func->blocks.count >= FL_LIMIT_FLOW_BLOCKS) func->is_truncated = true;
    fl_vec_push(&l->scratch, &func->blocks, (fl_block){0});
    return (uint32_t)func->blocks.count - 1;
}

void fl_lower_begin(fl_lower *l, uint32_t block)
{
    FL_DEBUG_ASSERT(l->current == 0);
    fl_block *b = &l->func->blocks.items[block];
    b->first_instr = (uint32_t)l->func->instrs.count;
    b->handler = l->handler;
    fl_vec_push(&l->scratch, &l->begun, block);
    l->current = block;
}

fl_instr *fl_lower_emit(fl_lower *l, fl_instr_op op, const fl_node *node)
{
    fl_func *func = l->func;
    if (!l->current) fl_lower_begin(l, fl_lower_block(l));
    fl_vec_push(&l->scratch, &func->instrs, (fl_instr){ .op = (uint8_t)op, .node = node });
    func->blocks.items[l->current].instr_count++;
    if (op == FL_I_jump || op == FL_I_branch || op == FL_I_return_ || op == FL_I_throw_) l->current = 0;
    return &func->instrs.items[func->instrs.count - 1];
}

fl_temp fl_lower_emit_dst(fl_lower *l, fl_instr_op op, const fl_node *node, fl_temp a, fl_temp b)
{
    fl_instr *instr = fl_lower_emit(l, op, node);
    instr->a = a;
    instr->b = b;
    return instr->dst = l->func->temp_count++;
}

void fl_lower_jump(fl_lower *l, uint32_t block)
{
    if (l->current) fl_lower_emit(l, FL_I_jump, NULL)->target = block;
}

void fl_lower_branch(fl_lower *l, fl_temp a, fl_prune_kind sub, fl_arms *yes, fl_arms *no, const fl_node *node)
{
    fl_arm then = { fl_lower_block(l), a, (uint8_t)sub, true, node };
    fl_arm other = { fl_lower_block(l), a, (uint8_t)sub, false, node };
    fl_instr *instr = fl_lower_emit(l, FL_I_branch, node);
    instr->a = a;
    instr->sub = (uint8_t)sub;
    instr->target = then.block;
    instr->other = other.block;
    fl_vec_push(&l->scratch, yes, then);
    fl_vec_push(&l->scratch, no, other);
}

static void begin_arm(fl_lower *l, const fl_arm *arm)
{
    fl_lower_begin(l, arm->block);
    if (!arm->temp) return;
    fl_instr *instr = fl_lower_emit(l, FL_I_prune, arm->node);
    instr->a = arm->temp;
    instr->sub = arm->sub;
    instr->flags = arm->when ? FL_I_WHEN_TRUE : FL_I_WHEN_FALSE;
}

void fl_lower_flow(fl_lower *l, fl_arms *arms, uint32_t block)
{
    FL_DEBUG_ASSERT(l->current == 0);
    for (size_t i = 0; i < arms->count; i++) {
        begin_arm(l, &arms->items[i]);
        fl_lower_jump(l, block);
    }
    arms->count = 0;
}

void fl_lower_enter(fl_lower *l, fl_arms *arms)
{
    FL_DEBUG_ASSERT(l->current == 0);
    if (arms->count == 1) {
        begin_arm(l, &arms->items[0]);
        arms->count = 0;
    } else if (arms->count) {
        uint32_t join = fl_lower_block(l);
        fl_lower_flow(l, arms, join);
        fl_lower_begin(l, join);
    }
}

void fl_lower_push_current(fl_lower *l, fl_arms *arms)
{
    if (!l->current) return;
    fl_arm arm = { .block = fl_lower_block(l) };
    fl_lower_jump(l, arm.block);
    fl_vec_push(&l->scratch, arms, arm);
}

void fl_lower_push_arg(fl_lower *l, fl_temp temp, fl_sym sym, bool is_spread)
{
    fl_vec_push(&l->scratch, &l->args, (fl_lower_arg){ temp, sym, is_spread });
}

void fl_lower_take_args(fl_lower *l, uint32_t mark, fl_instr *instr)
{
    fl_func *func = l->func;
    instr->first_arg = (uint32_t)func->args.count;
    instr->arg_count = (uint32_t)(l->args.count - mark);
    for (size_t i = mark; i < l->args.count; i++) {
        const fl_lower_arg *arg = &l->args.items[i];
        fl_vec_push(&l->scratch, &func->args, arg->temp);
        fl_vec_push(&l->scratch, &func->syms, arg->sym);
        fl_vec_push(&l->scratch, &func->spreads, arg->is_spread);
        if (arg->is_spread) instr->flags |= FL_I_SPREAD;
    }
    l->args.count = mark;
}

fl_var fl_lower_var(fl_lower *l, fl_sym name, const fl_node *declared)
{
    fl_vec_push(&l->scratch, &l->func->vars, (fl_flow_var){ .name = name, .declared = declared });
    return (fl_var)(l->func->vars.count - 1);
}

fl_temp fl_lower_load(fl_lower *l, fl_var var, const fl_node *node)
{
    fl_instr *instr = fl_lower_emit(l, FL_I_load, node);
    instr->var = var;
    return instr->dst = l->func->temp_count++;
}

void fl_lower_store(fl_lower *l, fl_var var, fl_temp value, unsigned flags, const fl_node *node)
{
    fl_instr *instr = fl_lower_emit(l, FL_I_store, node);
    instr->var = var;
    instr->a = value;
    instr->flags = (uint16_t)flags;
}

/* A literal that only the lowering knows of: a node outside the tree, with the place of what implies it. */
static fl_temp implied(fl_lower *l, const fl_node *at, fl_node_kind kind, unsigned flags, fl_sym sym)
{
    fl_node *node = FL_NEW(l->arena, fl_node);
    node->kind = (uint8_t)kind;
    node->flags = (uint16_t)flags;
    node->start_byte = at->start_byte;
    node->end_byte = at->end_byte;
    node->sym = sym;
    node->parent = at->parent ? at->parent : at;
    return fl_lower_emit_dst(l, FL_I_constant, node, 0, 0);
}

fl_temp fl_lower_undefined(fl_lower *l, const fl_node *at)
{
    return implied(l, at, FL_NODE_undefined, 0, FL_SYM_NONE);
}

fl_temp fl_lower_boolean(fl_lower *l, const fl_node *at, bool value)
{
    return implied(l, at, FL_NODE_boolean, value ? FL_FLAG_TRUE : 0u, FL_SYM_NONE);
}

fl_temp fl_lower_position(fl_lower *l, const fl_node *at, unsigned position)
{
    char text[12];
    size_t at_char = sizeof text;
    do text[--at_char] = (char)('0' + position % 10);
    while (position /= 10);
    return implied(l, at, FL_NODE_number, 0, fl_sym_of((fl_str){ text + at_char, sizeof text - at_char }));
}
