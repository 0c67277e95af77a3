/*
 * What a result tells of the way a callee took: each way out is kept with what it returns and has written, and a test of the result
 * leaves those that can have given it.
 *
 *     if (parse_int(text, &days) != 0) return refuse();     behind it `days` is the number in the text: of the two ways out of
 *                                                           parse_int only one returns 0 (fl_outcomes_apply)
 */
#include "extractor/flow/exec_p.h"

enum { MOST_OUTCOMES = 12, MOST_CHANGES = 96 };

void fl_outcomes_add(fl_exec *x, fl_outcome **list, const fl_fact *value, const fl_state *s)
{
    unsigned count = 0;
    for (const fl_outcome *o = *list; o; o = o->next) count++;
    if (count > MOST_OUTCOMES) return;
    fl_outcome *o = FL_NEW(x->arena, fl_outcome);
    *o = (fl_outcome){ .value = value, .conditions = s->conditions, .state = fl_state_copy(x, s), .next = *list };
    *list = o;
}

static void add_change(fl_exec *x, fl_outcome *o, uint64_t key, const void *own, const void *now, uint32_t first_frame)
{
    if (now == own || !own || (key >> 63 && key >= FL_KEY_VAR(first_frame, 0)) || o->changes.count >= MOST_CHANGES) return;
    fl_vec_push(x->arena, &o->changes, (fl_change){ key, now, own });
}

/* What the state of one way out holds that the joined one does not: what was written last, then what the tables differ in. */
static void add_changes(fl_exec *x, fl_outcome *o, const fl_state *joined, uint32_t first_frame)
{
    for (uint32_t i = 0; i < o->state->count; i++) add_change(x, o, o->state->delta[i].key, o->state->delta[i].value, fl_state_get(joined, o->state->delta[i].key), first_frame);
    const fl_table *own = o->state->base, *base = joined->base;
    if (!own || own == base) return;
    for (uint32_t i = 0, at = 0, end = base ? base->count : 0; i < own->count; i++) {
        const fl_entry *e = &own->entries[i];
        while (at < end && base->entries[at].key < e->key) at++;
        const fl_entry *later = fl_state_written(joined, e->key);
        const void *now = later ? later->value : at < end && base->entries[at].key == e->key ? base->entries[at].value : NULL;
        if (now != e->value && !fl_state_written(o->state, e->key)) add_change(x, o, e->key, e->value, now, first_frame);
    }
}

/* Can the result be so that the test holds? 1 yes, 0 no, -1 not known. */
static int can_be(const fl_exec *x, const fl_outcome *o, const fl_predicate *p)
{
    const fl_fact *v = o->value;
    double own = 0, other = 0;
    fl_str text;
    bool is_number = v->literal_type == FL_T_BOOLEAN || (fl_fact_text(v, o->state, &text) && fl_str_to_double(text, &own));
    if (v->literal_type == FL_T_BOOLEAN) own = v->literal != 0;
    bool is_null = v->types && !(v->types & ~FL_T_NULLISH);
    unsigned types = fl_fact_types(o->state, v), empty_is_false = x->builtins && x->builtins->has_raw_memory ? 0u : x->builtins && x->builtins->missing_key.len ? (unsigned)(FL_T_STRING | FL_T_LIST | FL_T_DICT) : (unsigned)FL_T_STRING;
    switch (p->kind) {
    case FL_PRED_TRUTHY:
        if (is_number) return own != 0;
        if (is_null) return 0;
        if (fl_refine_of(o->state, v) && fl_refine_of(o->state, v)->is_non_empty) return 1;   /* something was added to it */
        return types & (FL_T_NULLISH | FL_T_NUMBER | FL_T_BOOLEAN | empty_is_false) ? -1 : 1;
    case FL_PRED_NULLISH: case FL_PRED_NULL: case FL_PRED_UNDEFINED:
        if (is_null) return 1;
        return types & FL_T_NULLISH ? -1 : 0;
    case FL_PRED_EQUAL: case FL_PRED_LESS: case FL_PRED_AT_MOST: case FL_PRED_GREATER: case FL_PRED_AT_LEAST: break;
    default: return -1;
    }
    if (!is_number || !p->other) return -1;
    if (p->other->literal_type == FL_T_BOOLEAN) other = p->other->literal != 0;
    else if (!fl_fact_text(p->other, NULL, &text) || !fl_str_to_double(text, &other)) return -1;
    switch (p->kind) {
    case FL_PRED_EQUAL: return own == other;
    case FL_PRED_LESS: return own < other;
    case FL_PRED_AT_MOST: return own <= other;
    case FL_PRED_GREATER: return own > other;
    default: return own >= other;
    }
}

/* Elsewhere than in languages with raw memory a predicate says the same of one way out, and ways that nothing tells apart are not kept. */
static bool tells_nothing(fl_exec *x, const fl_outcome *list)
{
    if (x->builtins && x->builtins->has_raw_memory) return false;
    const fl_predicate truth = { .kind = FL_PRED_TRUTHY }, null = { .kind = FL_PRED_NULLISH };
    bool is_truth = true, is_null = true;
    for (const fl_outcome *o = list; o->next; o = o->next) {
        is_truth &= can_be(x, o, &truth) == can_be(x, o->next, &truth);
        is_null &= can_be(x, o, &null) == can_be(x, o->next, &null);
    }
    return is_truth && is_null;
}

static const fl_fact *tell_by_items(fl_exec *x, const fl_fact *value, const fl_outcome *list, const fl_state *joined, uint32_t first_frame);

const fl_fact *fl_outcomes_end(fl_exec *x, const fl_fact *value, fl_outcome *list, const fl_state *joined, uint32_t first_frame)
{
    if (!list || !list->next || !value || !joined) return value;
    if (list->value->tuple) return tell_by_items(x, value, list, joined, first_frame);
    if (tells_nothing(x, list)) return value;
    unsigned count = 0;
    for (fl_outcome *o = list; o; o = o->next) {
        if (++count > MOST_OUTCOMES) return value;   /* some were not kept: nothing can be excluded */
        add_changes(x, o, joined, first_frame);
    }
    fl_fact *f = fl_fact_copy(x, value);
    if (!f->place && !f->shape) f->vid = x->next_vid++;   /* an object stays what it is: its members are kept by its id */
    f->outcomes = list;
    return f;
}

static const fl_fact *item_of(const fl_fact *tuple, uint32_t at, uint32_t count)
{
    return tuple->tuple && tuple->tuple->count == count && !tuple->place ? tuple->tuple->items[at] : NULL;
}

/* return False, "no name"  …  return True, None: each item tells of the ways out. */
static const fl_fact *tell_by_items(fl_exec *x, const fl_fact *value, const fl_outcome *list, const fl_state *joined, uint32_t first_frame)
{
    uint32_t count = list->value->tuple ? list->value->tuple->count : 0;
    for (const fl_outcome *o = list; o; o = o->next) if (!count || !item_of(o->value, 0, count)) return value;
    fl_tuple *made = FL_NEW(x->arena, fl_tuple);
    *made = (fl_tuple){ .items = FL_NEW_ARRAY(x->arena, const fl_fact *, count), .count = count };
    for (uint32_t k = 0; k < count; k++) {
        fl_outcome *own = NULL;
        const fl_fact *item = NULL;
        for (const fl_outcome *o = list; o; o = o->next) {
            fl_outcome *copy = FL_NEW(x->arena, fl_outcome);
            *copy = (fl_outcome){ .value = item_of(o->value, k, count), .conditions = o->conditions, .state = o->state, .next = own };
            own = copy;
            item = fl_fact_join(x, item, copy->value);
        }
        made->items[k] = fl_outcomes_end(x, item, own, joined, first_frame);
    }
    fl_fact *f = fl_fact_copy(x, value);
    f->tuple = made;
    return f;
}

static bool is_in_chain(const fl_cond *chain, const fl_cond *c)
{
    for (; chain; chain = chain->next) if (chain == c) return true;
    return false;
}

static const void *own_value(const fl_outcome *o, uint64_t key)
{
    for (size_t i = 0; i < o->changes.count; i++) if (o->changes.items[i].key == key) return o->changes.items[i].own;
    return NULL;
}

/* The tests that only the ways that are left have passed: here they are this branch's. */
static void take_conditions(fl_exec *x, fl_state *s, const fl_outcome *o, const fl_cond *common, const fl_branch *branch, bool arm)
{
    unsigned count = 0;
    for (const fl_cond *c = o->conditions; c && !is_in_chain(common, c) && count < 16; c = c->next, count++) {
        fl_cond *copy = FL_NEW(x->arena, fl_cond);
        *copy = *c;
        copy->branch = branch;
        copy->arm = arm;
        copy->next = s->conditions;
        s->conditions = copy;
    }
}

bool fl_outcomes_apply(fl_exec *x, fl_state *s, const fl_predicate *p, bool holds, const fl_branch *branch, bool arm)
{
    const fl_outcome *list = p->subject ? p->subject->outcomes : NULL, *only = NULL;
    if (!list) return true;
    if (p->is_negated) holds = !holds;
    unsigned left = 0, all = 0;
    for (const fl_outcome *o = list; o; o = o->next, all++) {
        int can = can_be(x, o, p);
        if (can == (holds ? 0 : 1)) continue;
        only = o;
        left++;
    }
    if (!left) return false;
    if (left == all) return true;
    const fl_cond *others = NULL;
    for (const fl_outcome *o = list; o; o = o->next)
        if (can_be(x, o, p) == (holds ? 0 : 1)) others = o->conditions;
    for (size_t i = 0; i < only->changes.count; i++) {
        const fl_change *c = &only->changes.items[i];
        const void *own = fl_state_get(s, c->key) == c->joined ? c->own : NULL;
        for (const fl_outcome *o = list; o && own; o = o->next) if (can_be(x, o, p) != (holds ? 0 : 1)) own = fl_state_join_narrowed(x, c->key, own, own_value(o, c->key));
        if (own) fl_state_put(x, s, c->key, own);
    }
    for (const fl_outcome *o = list; o && !x->is_dry; o = o->next) {
        bool is_excluded = can_be(x, o, p) == (holds ? 0 : 1);
        if (!is_excluded && o->conditions && o->conditions->place && !is_in_chain(others, o->conditions)) fl_vec_push(x->arena, &x->guards, (fl_guard){ o->conditions, branch, arm });
    }
    if (left == 1) take_conditions(x, s, only, others, branch, arm);
    return true;
}
