/*
 * Answers that a function makes as a value and another one sends:
 *     if (!user) return { statusCode: 404, body: null };
 *     return { statusCode: 200, body: user };          …          res.status(result.statusCode).json(result.body);
 * Where such values meet, each is kept beside the joined one with the state in which it was made, so that status and body stay together
 * and the tests that led to a refusal are guards. Read fl_split_join (where values meet), fl_split_member (what is read of them).
 */
#include "extractor/flow/exec_p.h"

static bool is_status(const fl_fact *f)
{
    fl_str text;
    int64_t n;
    return f && f->literal_type == FL_T_NUMBER && fl_fact_text(f, NULL, &text) && fl_str_to_int(text, &n) && n >= 100 && n < 600;
}

/* The member of a dict that is a status, the first; 0: none is. */
static fl_sym status_member(const fl_state *s, const fl_fact *f)
{
    for (size_t i = 0; f->shape && i < f->shape->keys.count; i++)
        if (is_status(fl_state_get(s, FL_KEY_FIELD(f->vid, f->shape->keys.items[i])))) return f->shape->keys.items[i];
    return FL_SYM_NONE;
}

static bool is_split_of(const fl_fact *f, fl_sym member)
{
    return f->split && (member ? f->split->member == member : f->split->member == FL_SYM_NONE);
}

static bool add(fl_split *into, const fl_fact *fact, const fl_state *state)
{
    for (uint32_t i = 0; i < into->count; i++) if (into->items[i].fact == fact && into->items[i].state->conditions == state->conditions) return true;
    if (into->count == FL_COUNT(into->items)) return false;
    into->items[into->count++] = (fl_split_item){ fact, state };
    return true;
}

static bool add_all(fl_exec *x, fl_split *into, const fl_state *s, const fl_fact *f)
{
    if (!f->split) return add(into, f, fl_state_copy(x, s));
    for (uint32_t i = 0; i < f->split->count; i++) if (!add(into, f->split->items[i].fact, f->split->items[i].state)) return false;
    return true;
}

const fl_fact *fl_split_join(fl_exec *x, const fl_fact *joined, const fl_state *s, const fl_fact *a, const fl_state *t, const fl_fact *b)
{
    if (!a || !b || !s || !t || a == b || joined == a || joined == b || x->is_dry) return joined;
    if (a->resolved && b->resolved && joined->resolved) {   /* promises of them */
        const fl_fact *inner = fl_split_join(x, joined->resolved, s, a->resolved, t, b->resolved);
        if (inner == joined->resolved) return joined;
        fl_fact *promise = fl_fact_copy(x, joined);
        promise->resolved = inner;
        return promise;
    }
    fl_sym member = a->split ? a->split->member : status_member(s, a);
    bool is_plain = !member && (is_status(a) || is_split_of(a, FL_SYM_NONE)) && (is_status(b) || is_split_of(b, FL_SYM_NONE));
    bool is_dict = member && (is_split_of(b, member) || (!b->split && status_member(t, b) == member));
    if (a->split && a->split == b->split) return joined;
    if (!is_plain && !is_dict) return joined;
    fl_split *split = FL_NEW(x->arena, fl_split);
    *split = (fl_split){ .id = x->next_vid++, .member = member };
    if (!add_all(x, split, s, a) || !add_all(x, split, t, b)) return joined;
    fl_fact *f = fl_fact_copy(x, joined);
    f->split = split;
    return f;
}

const fl_fact *fl_split_member(fl_exec *x, const fl_fact *object, fl_sym key, const fl_fact *found)
{
    if (!object->split || !object->split->member) return found;
    fl_split *split = FL_NEW(x->arena, fl_split);
    *split = (fl_split){ .id = object->split->id };
    const fl_fact *joined = NULL;
    for (uint32_t i = 0; i < object->split->count; i++) {
        const fl_split_item *item = &object->split->items[i];
        const fl_fact *field = fl_state_get(item->state, FL_KEY_FIELD(item->fact->vid, key));
        if (!field) field = fl_fact_literal(x, FL_T_UNDEFINED, 0);
        joined = fl_fact_join(x, joined, field);
        split->items[split->count++] = (fl_split_item){ field, item->state };
    }
    fl_fact *f = fl_fact_copy(x, found);
    f->split = split;
    return f;
}

static bool stands_in(const fl_cond *list, const fl_branch *branch, bool arm)
{
    for (const fl_cond *c = list; c; c = c->next) if (c->branch == branch && c->arm == arm) return true;
    return false;
}

/* The test that led to a refusal, and to nothing else, refuses. */
static void note_guard(const fl_split *split, uint32_t at, const uint16_t *statuses, const fl_cond *known)
{
    for (const fl_cond *c = split->items[at].state->conditions; c && c != known; c = c->next) {
        if (!c->branch) continue;
        bool is_only = true;
        for (uint32_t i = 0; i < split->count; i++) is_only &= (statuses[i] >= 400 && statuses[i] < 500) || !stands_in(split->items[i].state->conditions, c->branch, c->arm);
        if (!is_only) return;
        fl_branch *branch = (fl_branch *)(uintptr_t)c->branch;
        branch->refuses[c->arm] = true;
        branch->status[c->arm] = statuses[at];
        return;
    }
}

void fl_split_guards(const fl_split *split, const uint16_t *statuses, const fl_cond *known)
{
    for (uint32_t i = 0; i < split->count; i++) if (statuses[i] >= 400 && statuses[i] < 500) note_guard(split, i, statuses, known);
}
