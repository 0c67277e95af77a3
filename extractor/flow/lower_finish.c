/*
 * The end of lowering: blocks that nothing reaches or that only jump go, a block that only continues the one before it is joined to it,
 * the rest is numbered in the order of its instructions, and everything is copied into the caller's arena at its exact size.
 *
 * A handler is reached from every block of its region that can throw. Such edges count for reachability and for the
 * order of blocks, but stand in `handler`, not in `preds`.
 */
#include "extractor/flow/lower_p.h"
#include <string.h>

typedef struct fl_finish {
    fl_lower *l;
    fl_func *func;
    uint32_t *preds;               /* number of jumps and branches to a block */
    uint32_t *number;              /* final number of a block; 0: dropped */
    bool *can_throw, *is_handler;
} fl_finish;

static bool instr_can_throw(fl_instr_op op)
{
    switch (op) {
    case FL_I_constant: case FL_I_load: case FL_I_store: case FL_I_closure: case FL_I_list: case FL_I_dict: case FL_I_rest:
    case FL_I_cast: case FL_I_address: case FL_I_catch_: case FL_I_prune: case FL_I_return_: case FL_I_jump: case FL_I_branch:
        return false;
    default: return true;
    }
}

static const fl_instr *terminator(const fl_func *func, const fl_block *block)
{
    return &func->instrs.items[block->first_instr + block->instr_count - 1];
}

/* The n-th block that may run after this one; 0 when there is none. The last one comes first in reverse post-order. */
static uint32_t successor(const fl_func *func, const fl_block *block, unsigned n)
{
    const fl_instr *last = terminator(func, block);
    if (n == 0) return block->handler;
    if (n == 1) return last->op == FL_I_branch ? last->other : 0;
    return last->op == FL_I_branch || last->op == FL_I_jump ? last->target : 0;
}

/* Depth first from the entry, without recursion. order gets the blocks in post-order; heads of loops are marked. */
static uint32_t post_order(fl_arena *scratch, fl_func *func, uint32_t *order)
{
    enum { NEW, OPEN, DONE };
    size_t count = func->blocks.count;
    uint8_t *state = FL_NEW_ARRAY(scratch, uint8_t, count), *next = FL_NEW_ARRAY(scratch, uint8_t, count);
    uint32_t *stack = FL_NEW_ARRAY(scratch, uint32_t, count), depth = 1, done = 0;
    stack[0] = 1;
    state[1] = OPEN;
    while (depth) {
        uint32_t block = stack[depth - 1];
        if (next[block] == 3) {
            state[block] = DONE;
            order[done++] = block;
            depth--;
            continue;
        }
        uint32_t to = successor(func, &func->blocks.items[block], next[block]++);
        if (!to) continue;
        if (state[to] == OPEN) func->blocks.items[to].is_loop_head = true;
        if (state[to] != NEW) continue;
        state[to] = OPEN;
        stack[depth++] = to;
    }
    return done;
}

static bool is_only_jump(const fl_func *func, const fl_block *block)
{
    return block->instr_count == 1 && func->instrs.items[block->first_instr].op == FL_I_jump;
}

/* Jumps to a block that only jumps on go where it goes. Arms with a prune are not concerned: they hold more than a jump. */
static void thread_jumps(fl_finish *f)
{
    fl_func *func = f->func;
    for (size_t i = 0; i < func->instrs.count; i++) {
        fl_instr *instr = &func->instrs.items[i];
        uint32_t *targets[2] = { &instr->target, &instr->other };
        for (int n = 0; n < 2; n++)
            for (int hops = 0; hops < 8 && *targets[n] && is_only_jump(func, &func->blocks.items[*targets[n]]); hops++)
                *targets[n] = func->instrs.items[func->blocks.items[*targets[n]].first_instr].target;
    }
}

static void find_throwing(fl_finish *f)
{
    for (size_t i = 0; i < f->l->begun.count; i++) {
        fl_block *block = &f->func->blocks.items[f->l->begun.items[i]];
        bool can_throw = false;
        for (uint32_t n = 0; n < block->instr_count && !can_throw; n++)
            can_throw = instr_can_throw((fl_instr_op)f->func->instrs.items[block->first_instr + n].op);
        f->can_throw[f->l->begun.items[i]] = can_throw;
        if (!can_throw) block->handler = 0;
    }
}

/* Blocks in order of their instructions: number the reachable ones, join what only continues, move instructions down. */
static void compact(fl_finish *f)
{
    fl_func *func = f->func;
    FL_VEC(fl_block) kept = {0};
    fl_vec_push(&f->l->scratch, &kept, (fl_block){0});
    uint32_t last = 0, instr_count = 0; /* last: old number of the block kept last */
    for (size_t i = 0; i < f->l->begun.count; i++) {
        uint32_t id = f->l->begun.items[i];
        const fl_block *block = &func->blocks.items[id];
        if (!f->number[id]) continue;
        fl_block *before = last ? &kept.items[kept.count - 1] : NULL;
        const fl_instr *end = before ? &func->instrs.items[instr_count - 1] : NULL;
        bool joins = before && end->op == FL_I_jump && end->target == id && f->preds[id] == 1 && !f->is_handler[id] &&
                     (before->handler == block->handler || !f->can_throw[last] || !f->can_throw[id]);
        if (joins) {
            instr_count--;
            before->instr_count += block->instr_count - 1;
            if (f->can_throw[id]) before->handler = block->handler;
            f->can_throw[last] |= f->can_throw[id];
        } else {
            fl_block copy = *block;
            copy.first_instr = instr_count;
            fl_vec_push(&f->l->scratch, &kept, copy);
            last = id;
        }
        f->number[id] = (uint32_t)kept.count - 1;
        memmove(&func->instrs.items[instr_count], &func->instrs.items[block->first_instr],
                block->instr_count * sizeof(fl_instr));
        instr_count += block->instr_count;
    }
    func->instrs.count = instr_count;
    func->blocks.items = (void *)kept.items;
    func->blocks.count = func->blocks.capacity = kept.count;
}

static void renumber(fl_finish *f)
{
    fl_func *func = f->func;
    for (size_t i = 0; i < func->instrs.count; i++) {
        fl_instr *instr = &func->instrs.items[i];
        instr->target = f->number[instr->target];
        instr->other = f->number[instr->other];
    }
    for (size_t i = 1; i < func->blocks.count; i++) func->blocks.items[i].handler = f->number[func->blocks.items[i].handler];
}

static void link_preds(fl_finish *f)
{
    fl_func *func = f->func;
    fl_arena *arena = f->l->arena;
    for (uint32_t id = 1; id < func->blocks.count; id++) {
        const fl_instr *end = terminator(func, &func->blocks.items[id]);
        const uint32_t to[2] = { end->target, end->other };
        for (int i = 0; i < 2; i++)
            if (to[i]) fl_vec_push(arena, &func->blocks.items[to[i]].preds, id);
    }
}

#define COPY(arena, vec)                                                                          \
    do {                                                                                          \
        size_t bytes_ = (vec)->count * sizeof *(vec)->items;                                      \
        void *copy_ = bytes_ ? fl_arena_alloc((arena), bytes_) : NULL;                            \
        if (bytes_) memcpy(copy_, (vec)->items, bytes_);                                          \
        (vec)->items = copy_;                                                                     \
        (vec)->capacity = (vec)->count;                                                           \
    } while (0)

fl_func *fl_lower_finish(fl_lower *l)
{
    fl_func *func = l->func;
    size_t count = func->blocks.count;
    fl_finish f = { .l = l, .func = func };
    f.preds = FL_NEW_ARRAY(&l->scratch, uint32_t, count);
    f.number = FL_NEW_ARRAY(&l->scratch, uint32_t, count);
    f.can_throw = FL_NEW_ARRAY(&l->scratch, bool, count);
    f.is_handler = FL_NEW_ARRAY(&l->scratch, bool, count);
    uint32_t *order = FL_NEW_ARRAY(&l->scratch, uint32_t, count);

    thread_jumps(&f);
    find_throwing(&f);
    uint32_t reached = post_order(&l->scratch, func, order);
    for (uint32_t i = 0; i < reached; i++) {
        const fl_block *block = &func->blocks.items[order[i]];
        const fl_instr *end = terminator(func, block);
        f.number[order[i]] = 1; /* reachable; numbers come with compact() */
        f.preds[end->target]++;
        f.preds[end->other]++;
        f.is_handler[block->handler] = true;
    }
    compact(&f);
    renumber(&f);
    link_preds(&f);

    reached = post_order(&l->scratch, func, order);
    for (uint32_t i = reached; i--;) {
        func->blocks.items[order[i]].order = (uint32_t)func->rpo.count;
        fl_vec_push(&l->scratch, &func->rpo, order[i]);
    }
    COPY(l->arena, &func->instrs);
    COPY(l->arena, &func->blocks);
    COPY(l->arena, &func->vars);
    COPY(l->arena, &func->args);
    COPY(l->arena, &func->syms);
    COPY(l->arena, &func->spreads);
    COPY(l->arena, &func->rpo);
    return func;
}
