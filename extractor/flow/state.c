/*
 * The state at a point of an interpreted function: variables, fields of objects, narrowings, in one sorted table of u64 keys.
 * Tables are shared until written. Keys of variables have the top bit and the frame's number in front, so leaving a function
 * cuts the tail off.
 */
#include "extractor/flow/exec_p.h"
#include <string.h>

fl_state *fl_state_new(fl_exec *x) { return FL_NEW(x->arena, fl_state); }

fl_state *fl_state_copy(fl_exec *x, const fl_state *from)
{
    fl_state *s = FL_NEW(x->arena, fl_state);
    ((fl_state *)(uintptr_t)from)->is_shared = true;
    *s = *from;
    return s;
}

/* First position whose key is not below `key`. */
static uint32_t position(const fl_state *s, uint64_t key)
{
    uint32_t low = 0, high = s->count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (s->entries[mid].key < key) low = mid + 1; else high = mid;
    }
    return low;
}

const void *fl_state_get(const fl_state *s, uint64_t key)
{
    uint32_t at = position(s, key);
    return at < s->count && s->entries[at].key == key ? s->entries[at].value : NULL;
}

static void make_own(fl_exec *x, fl_state *s, uint32_t room)
{
    if (!s->is_shared && s->count + room <= s->capacity) return;
    uint32_t capacity = (s->count + room) * 3 / 2 + 8;
    fl_entry *entries = fl_arena_alloc(x->arena, capacity * sizeof *entries);
    if (s->count) memcpy(entries, s->entries, s->count * sizeof *entries);
    s->entries = entries;
    s->capacity = capacity;
    s->is_shared = false;
}

void fl_state_put(fl_exec *x, fl_state *s, uint64_t key, const void *value)
{
    uint32_t at = position(s, key);
    if (at < s->count && s->entries[at].key == key) {
        if (s->entries[at].value == value) return;
        make_own(x, s, 0);
        s->entries[at].value = value;
        return;
    }
    make_own(x, s, 1);
    memmove(s->entries + at + 1, s->entries + at, (s->count - at) * sizeof *s->entries);
    s->entries[at] = (fl_entry){ key, value };
    s->count++;
}

void fl_state_drop_from(fl_state *s, uint64_t key) { s->count = position(s, key); }

/* ---- joining ---- */

static const fl_refine *join_refine(fl_exec *x, const fl_refine *a, const fl_refine *b)
{
    if (a == b) return a;
    fl_refine *r = FL_NEW(x->arena, fl_refine);
    r->types = a->types | b->types;
    r->is_truthy = a->is_truthy && b->is_truthy;
    r->is_falsy = a->is_falsy && b->is_falsy;
    if (a->equals_type == b->equals_type && a->equals == b->equals) { r->equals = a->equals; r->equals_type = a->equals_type; }
    r->schema = a->schema == b->schema ? a->schema : NULL;
    r->is_finite = a->is_finite && b->is_finite;
    r->is_checked = a->is_checked || b->is_checked;
    r->is_checked_format = a->is_checked_format && b->is_checked_format;
    r->is_non_empty = a->is_non_empty && b->is_non_empty;
    r->proved = a->proved == b->proved ? a->proved : NULL;
    r->used_at = a->used_at == b->used_at ? a->used_at : NULL;
    r->used_spot = a->used_spot == b->used_spot ? a->used_spot : NULL;
    r->is_bounded_low = a->is_bounded_low && b->is_bounded_low;
    r->is_bounded_high = a->is_bounded_high && b->is_bounded_high;
    r->low = a->low < b->low ? a->low : b->low;
    r->high = a->high > b->high ? a->high : b->high;
    return r;
}

static bool is_refine(uint64_t key) { return !(key >> 63) && (uint32_t)key == 0xFFFFFFFFu; }

/* Each side's value as narrowed on its own path: what a test told there is not lost where the paths meet. */
static const void *join_value(fl_exec *x, uint64_t key, const fl_state *s, const void *a, const fl_state *t, const void *b)
{
    if (a == b) return a;
    if (is_refine(key)) return join_refine(x, a, b);
    return fl_fact_join(x, fl_fact_settled(x, s, a), fl_fact_settled(x, t, b));
}

/* A key that only one side has: a variable keeps its value; a field may be as it was before, which is not known here. */
static const void *half_value(fl_exec *x, uint64_t key, const void *value)
{
    if (key >> 63) return value;
    if (is_refine(key)) {
        const fl_refine *r = value;
        if (!r->is_checked) return NULL;
        fl_refine *open = FL_NEW(x->arena, fl_refine);
        *open = (fl_refine){ .types = FL_T_ANY, .is_checked = true };
        return open;
    }
    fl_fact *f = fl_fact_copy(x, value);
    f->types |= FL_T_UNDEFINED;   /* not claimed: `may` stays */
    return f;
}

static const fl_cond *common_conditions(const fl_cond *a, const fl_cond *b)
{
    size_t n = 0, m = 0;
    for (const fl_cond *c = a; c; c = c->next) n++;
    for (const fl_cond *c = b; c; c = c->next) m++;
    for (; n > m; n--) a = a->next;
    for (; m > n; m--) b = b->next;
    while (a != b) { a = a->next; b = b->next; }
    return a;
}

static void join_flags(fl_state *s, const fl_state *a, const fl_state *b)
{
    s->has_responded = a->has_responded && b->has_responded;
    s->is_doubtful = a->is_doubtful && b->is_doubtful;
    s->conditions = common_conditions(a->conditions, b->conditions);
    s->pending = a->pending == b->pending ? a->pending : NULL;
}

fl_state *fl_state_join(fl_exec *x, const fl_state *a, const fl_state *b)
{
    if (!a && !b) return NULL;
    if (!a) return fl_state_copy(x, b);
    if (!b) return fl_state_copy(x, a);
    if (a->entries == b->entries && a->count == b->count) {   /* nothing was written on either way */
        fl_state *same = fl_state_copy(x, a);
        ((fl_state *)(uintptr_t)b)->is_shared = true;
        join_flags(same, a, b);
        return same;
    }
    fl_state *s = FL_NEW(x->arena, fl_state);
    s->capacity = a->count + b->count;
    s->entries = fl_arena_alloc(x->arena, (s->capacity ? s->capacity : 1) * sizeof *s->entries);
    uint32_t i = 0, k = 0;
    while (i < a->count || k < b->count) {
        uint64_t left = i < a->count ? a->entries[i].key : UINT64_MAX, right = k < b->count ? b->entries[k].key : UINT64_MAX;
        uint64_t key = left < right ? left : right;
        const void *value = left == right ? join_value(x, key, a, a->entries[i].value, b, b->entries[k].value)
                                          : half_value(x, key, left < right ? a->entries[i].value : b->entries[k].value);
        if (left <= right) i++;
        if (right <= left) k++;
        if (value) s->entries[s->count++] = (fl_entry){ key, value };
    }
    join_flags(s, a, b);
    return s;
}

/* ---- forgetting ---- */

typedef struct keep { fl_exec *x; const fl_state *s; uint32_t first; uint8_t *marks; uint32_t mark_count; } keep;

static void mark_fields(keep *k, uint32_t vid, unsigned depth);

static void mark_fact(keep *k, const fl_fact *f, unsigned depth)
{
    if (!f || depth > 6) return;
    if (f->vid >= k->first && f->vid - k->first < k->mark_count) {
        if (k->marks[f->vid - k->first]) return;
        k->marks[f->vid - k->first] = 1;
        mark_fields(k, f->vid, depth + 1);
    }
    mark_fact(k, f->element, depth + 1);
    mark_fact(k, f->resolved, depth + 1);
    mark_fact(k, f->base, depth + 1);
    if (f->predicate) { mark_fact(k, f->predicate->subject, depth + 1); mark_fact(k, f->predicate->other, depth + 1); }
    for (size_t i = 0; f->shape && i < f->shape->spreads.count; i++) mark_fact(k, f->shape->spreads.items[i], depth + 1);
}

static void mark_fields(keep *k, uint32_t vid, unsigned depth)
{
    for (uint32_t at = position(k->s, FL_KEY_FIELD(vid, 0)); at < k->s->count && k->s->entries[at].key >> 32 == vid; at++)
        if (!is_refine(k->s->entries[at].key)) mark_fact(k, k->s->entries[at].value, depth);
}

void fl_state_forget(fl_exec *x, fl_state *s, uint32_t first_vid, const fl_fact *result)
{
    keep k = { x, s, first_vid, NULL, x->next_vid - first_vid };
    if (!s->count || !k.mark_count) return;
    k.marks = FL_NEW_ARRAY(x->arena, uint8_t, k.mark_count);
    mark_fact(&k, result, 0);
    for (uint32_t i = 0; i < s->count; i++) {   /* what older objects and variables hold stays */
        uint64_t key = s->entries[i].key;
        uint32_t vid = (uint32_t)(key >> 32);
        if (!is_refine(key) && (key >> 63 || vid < first_vid)) mark_fact(&k, s->entries[i].value, 0);
    }
    uint32_t kept = 0;
    make_own(x, s, 0);
    for (uint32_t i = 0; i < s->count; i++) {
        uint64_t key = s->entries[i].key;
        uint32_t vid = (uint32_t)(key >> 32);
        bool is_young = !(key >> 63) && vid >= first_vid && vid - first_vid < k.mark_count;
        if (!is_young || k.marks[vid - first_vid]) s->entries[kept++] = s->entries[i];
    }
    s->count = kept;
}

/* ---- narrowing ---- */

const fl_refine *fl_refine_of(const fl_state *s, const fl_fact *f) { return f->vid ? fl_state_get(s, FL_KEY_REFINE(f->vid)) : NULL; }

fl_refine *fl_refine_edit(fl_exec *x, fl_state *s, const fl_fact *f)
{
    const fl_refine *old = fl_refine_of(s, f);
    fl_refine *r = FL_NEW(x->arena, fl_refine);
    *r = old ? *old : (fl_refine){ .types = FL_T_ANY };
    if (f->vid) fl_state_put(x, s, FL_KEY_REFINE(f->vid), r);
    return r;
}
