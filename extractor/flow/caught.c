/*
 * Errors that differ, caught in one place: `catch (error) { res.status(error.status ?? 500) }` answers what was thrown. The blocks of the handler,
 * those that nobody comes to but through it, run once for each kind of error, with only that caught; where they meet other code the states are
 * joined as ever. Errors of the run time, and those about which nothing is known, are one kind.
 */
#include "extractor/flow/exec_p.h"

enum { MAX_KINDS = 8 };

uint64_t fl_throw_kind(const fl_exec *x, const fl_throw *t)
{
    const fl_value *cls = t->error->value ? t->error->value->target : NULL;
    uint64_t key = (uint64_t)(uintptr_t)(cls ? (const void *)cls->node : (const void *)t->error->type);
    for (size_t i = 0; x->framework && i < x->framework->error_status_members.count; i++) {
        const fl_fact *status = t->error->vid ? fl_state_get(t->state, FL_KEY_FIELD(t->error->vid, x->framework->error_status_members.items[i])) : NULL;
        if (status && status->literal_type) return key * 31 + status->literal;
    }
    return key;
}

static uint64_t kind_of(const fl_exec *x, const fl_throw *t) { return t->spot ? 0 : fl_throw_kind(x, t); }

/* The kinds in the order in which they were thrown; false: nothing is known of any, or there are too many. */
static bool differ(const fl_exec *x, const fl_throw *all, uint64_t *kinds, size_t *count)
{
    *count = 0;
    for (const fl_throw *t = all; t; t = t->next) {
        uint64_t kind = kind_of(x, t);
        bool is_new = true;
        for (size_t k = 0; k < *count; k++) is_new &= kinds[k] != kind;
        if (!is_new) continue;
        if (*count == MAX_KINDS) return false;
        kinds[(*count)++] = kind;
    }
    return *count > 1 || (*count == 1 && kinds[0] != 0);
}

/* What the thrown object holds: where a handler begins, ways meet that know nothing of it. */
static void keep_fields(fl_exec *x, fl_state *s, const fl_throw *t)
{
    const fl_shape *shape = t->error->vid && t->state ? t->error->shape : NULL;
    for (size_t i = 0; shape && i < shape->keys.count; i++) {
        const fl_fact *held = fl_state_get(t->state, FL_KEY_FIELD(t->error->vid, shape->keys.items[i]));
        if (held) fl_state_put(x, s, FL_KEY_FIELD(t->error->vid, shape->keys.items[i]), held);
    }
}

static void mark(bool *mine, bool *others, uint32_t block, bool is_mine)
{
    if (is_mine) mine[block] = true;
    else others[block] = true;
}

/* Blocks that are only reached through `head`: a block comes before those that it leads to. */
static void find_own(fl_exec *x, const fl_activation *a, uint32_t head, bool *own)
{
    const fl_func *f = a->func;
    bool *mine = FL_NEW_ARRAY(x->arena, bool, f->blocks.count), *others = FL_NEW_ARRAY(x->arena, bool, f->blocks.count);
    for (size_t k = 0; k < f->rpo.count; k++) {
        uint32_t b = f->rpo.items[k];
        const fl_block *block = &f->blocks.items[b];
        if (!block->instr_count) continue;
        own[b] = b == head || (mine[b] && !others[b]);
        const fl_instr *last = &f->instrs.items[block->first_instr + block->instr_count - 1];
        if (last->op == FL_I_jump || last->op == FL_I_branch) mark(mine, others, last->target, own[b]);
        if (last->op == FL_I_branch) mark(mine, others, last->other, own[b]);
        if (block->handler) mark(mine, others, block->handler, own[b]);
    }
}

bool fl_caught_run(fl_exec *x, fl_activation *a, uint32_t head, fl_exit *exit, bool *done)
{
    const fl_throw *all = a->caught[head];
    uint64_t kinds[MAX_KINDS];
    size_t count;
    if (!all || x->onion.has_rest || !differ(x, all, kinds, &count)) return false;
    const fl_func *f = a->func;
    bool *own = FL_NEW_ARRAY(x->arena, bool, f->blocks.count);
    find_own(x, a, head, own);
    for (size_t b = 1; b < f->blocks.count; b++) done[b] |= own[b];
    fl_state *before = a->in[head];
    for (size_t n = 0; n < count && !x->is_truncated; n++) {
        const fl_throw *list = NULL, *first = NULL;
        for (const fl_throw *t = all; t; t = t->next) {
            if (kind_of(x, t) != kinds[n]) continue;
            first = first ? first : t;
            fl_throw *copy = FL_NEW(x->arena, fl_throw);
            *copy = *t;
            if (kinds[n] != 0) copy->error = first->error;   /* one stands for all that are alike */
            copy->next = list;
            list = copy;
        }
        for (size_t b = 1; b < f->blocks.count; b++) if (own[b] && b != head) { a->in[b] = a->back[b]; a->caught[b] = NULL; }
        a->in[head] = fl_state_copy(x, before);
        if (kinds[n] != 0) keep_fields(x, a->in[head], first);
        a->caught[head] = list;
        for (size_t k = 0; k < f->rpo.count && !x->is_truncated; k++) {
            uint32_t b = f->rpo.items[k];
            if (own[b] && a->in[b]) fl_exec_block(x, a, b, exit);
        }
    }
    a->caught[head] = all;
    return true;
}
