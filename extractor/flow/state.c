/*
 * The state at a point of an interpreted function: variables, fields of objects, narrowings, under u64 keys. Keys of variables have the
 * top bit and the frame's number in front.
 * A state is a table that never changes and a short list of what was written since, so copies are cheap and paths that meet
 * compare only what they wrote.
 */
#include "extractor/flow/exec_p.h"
#include <string.h>

#define FL_STATE_DELTA 24u   /* entries written before a table is made anew */

fl_state *fl_state_new(fl_exec *x) { return FL_NEW(x->arena, fl_state); }

fl_state *fl_state_copy(fl_exec *x, const fl_state *from)
{
    fl_state *s = FL_NEW(x->arena, fl_state);
    ((fl_state *)(uintptr_t)from)->is_shared = true;
    *s = *from;
    return s;
}

/* First position of the table whose key is not below `key`. The busiest loop of all: written so that it compiles without jumps. */
static uint32_t position(const fl_table *t, uint64_t key)
{
    if (!t || !t->count) return 0;
    const fl_entry *first = t->entries;
    for (uint32_t left = t->count; left > 1;) {
        uint32_t half = left / 2;
        first = first[half - 1].key < key ? first + half : first;
        left -= half;
    }
    return (uint32_t)(first - t->entries) + (first->key < key);
}

static uint64_t spread(uint64_t key) { return key * 0x9E3779B97F4A7C15u; }
static uint64_t bit_of(uint64_t hash) { return (uint64_t)1 << (hash >> 58); }

static void add_entry(fl_table *t, fl_entry e)
{
    uint64_t hash = spread(e.key);
    t->seen[hash >> 54 & 15] |= bit_of(hash);
    t->entries[t->count++] = e;
}

const fl_entry *fl_state_written(const fl_state *s, uint64_t key)
{
    if (!(s->seen & bit_of(spread(key)))) return NULL;
    for (uint32_t i = s->count; i-- > 0;) if (s->delta[i].key == key) return &s->delta[i];
    return NULL;
}

static const void *find_base(const fl_table *t, uint64_t key)
{
    uint64_t hash = spread(key);
    if (!t || !(t->seen[hash >> 54 & 15] & bit_of(hash))) return NULL;
    uint32_t at = position(t, key);
    return at < t->count && t->entries[at].key == key ? t->entries[at].value : NULL;
}

const void *fl_state_get(const fl_state *s, uint64_t key)
{
    const fl_entry *e = fl_state_written(s, key);
    return e ? e->value : find_base(s->base, key);
}

/* What was written since the table was made, in the order of keys. */
static void sort_delta(const fl_state *s, fl_entry *sorted)
{
    for (uint32_t i = 0; i < s->count; i++) {   /* by insertion: they are few and written nearly in order */
        uint32_t at = i;
        for (; at > 0 && sorted[at - 1].key > s->delta[i].key; at--) sorted[at] = sorted[at - 1];
        sorted[at] = s->delta[i];
    }
}

static void add_range(fl_table *t, const fl_table *from, uint32_t first, uint32_t end)
{
    if (first < end) memcpy(t->entries + t->count, from->entries + first, (end - first) * sizeof *t->entries);
    t->count += end - first;
}

/* Base and delta as one sorted table. What stands between two written keys is copied as it is; `seen` may say too much, never too little. */
static const fl_table *flattened(fl_exec *x, const fl_state *s)
{
    if (!s->count) return s->base;
    fl_entry sorted[FL_STATE_DELTA];
    sort_delta(s, sorted);
    uint32_t old = s->base ? s->base->count : 0, at = 0;
    fl_table *t = fl_arena_alloc(x->lasting, sizeof *t + (old + s->count) * sizeof *t->entries);
    if (s->base) memcpy(t->seen, s->base->seen, sizeof t->seen);
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t to = position(s->base, sorted[i].key);
        add_range(t, s->base, at, to);
        at = to + (to < old && s->base->entries[to].key == sorted[i].key);
        if (sorted[i].value) add_entry(t, sorted[i]);
    }
    add_range(t, s->base, at, old);
    return t;
}

static void flatten(fl_exec *x, fl_state *s)
{
    s->base = flattened(x, s);
    s->delta = NULL;
    s->count = s->capacity = 0;
    s->seen = 0;
    s->is_shared = false;
}

static void make_own(fl_exec *x, fl_state *s, uint32_t room)
{
    if (!s->is_shared && s->count + room <= s->capacity) return;
    uint32_t capacity = s->count + room + 4;
    if (capacity > FL_STATE_DELTA) capacity = FL_STATE_DELTA;
    fl_entry *delta = FL_NEW_ARRAY(x->arena, fl_entry, capacity);
    if (s->count) memcpy(delta, s->delta, s->count * sizeof *delta);
    s->delta = delta;
    s->capacity = (uint8_t)capacity;
    s->is_shared = false;
}

void fl_state_put(fl_exec *x, fl_state *s, uint64_t key, const void *value)
{
    const fl_entry *old = fl_state_written(s, key);
    if (old ? old->value == value : find_base(s->base, key) == value) return;
    if (old) {
        uint32_t at = (uint32_t)(old - s->delta);
        make_own(x, s, 0);
        s->delta[at].value = value;
        return;
    }
    if (s->count == FL_STATE_DELTA) flatten(x, s);
    make_own(x, s, 1);
    s->seen |= bit_of(spread(key));
    s->delta[s->count++] = (fl_entry){ key, value };
}

/* ---- joining ---- */

static const fl_refine *join_refine(fl_exec *x, const fl_refine *a, const fl_refine *b)
{
    if (a == b) return a;
    fl_refine *r = FL_NEW(x->lasting, fl_refine);
    r->types = a->types | b->types;
    r->is_truthy = a->is_truthy && b->is_truthy;
    r->is_falsy = a->is_falsy && b->is_falsy;
    if (a->equals_type == b->equals_type && a->equals == b->equals) { r->equals = a->equals; r->equals_type = a->equals_type; }
    r->begins_with = a->begins_with == b->begins_with ? a->begins_with : 0;
    r->schema = a->schema == b->schema ? a->schema : NULL;
    r->is_finite = a->is_finite && b->is_finite;
    r->is_checked = a->is_checked || b->is_checked;
    r->is_checked_format = a->is_checked_format && b->is_checked_format;
    r->is_non_empty = a->is_non_empty && b->is_non_empty;
    r->admits_words = a->admits_words || b->admits_words;
    r->admits_digits = a->admits_digits || b->admits_digits;
    r->proved = a->proved == b->proved ? a->proved : NULL;
    r->used_at = a->used_at == b->used_at ? a->used_at : NULL;
    r->used_spot = a->used_spot == b->used_spot ? a->used_spot : NULL;
    r->is_bounded_low = a->is_bounded_low && b->is_bounded_low;
    r->is_bounded_high = a->is_bounded_high && b->is_bounded_high;
    r->is_open_low = a->is_open_low && b->is_open_low;
    r->is_open_high = a->is_open_high && b->is_open_high;
    r->is_not_zero = a->is_not_zero && b->is_not_zero;
    r->has_max_length = a->has_max_length && b->has_max_length;
    r->max_length = a->max_length > b->max_length ? a->max_length : b->max_length;
    r->min_length = a->min_length < b->min_length ? a->min_length : b->min_length;
    r->low = a->low < b->low ? a->low : b->low;
    r->high = a->high > b->high ? a->high : b->high;
    return r;
}

const void *fl_state_join_narrowed(fl_exec *x, uint64_t key, const void *a, const void *b)
{
    bool is_narrowing = !(key >> 63) && (uint32_t)key == 0xFFFFFFFFu;
    return a == b ? a : a && b && is_narrowing ? join_refine(x, a, b) : NULL;
}

static bool is_refine(uint64_t key) { return !(key >> 63) && (uint32_t)key == 0xFFFFFFFFu; }

/* Each side's value as narrowed on its own path: what a test told there is not lost where the paths meet. */
static const void *join_value(fl_exec *x, uint64_t key, const fl_state *s, const void *a, const fl_state *t, const void *b)
{
    if (a == b) return a;
    if (is_refine(key)) return join_refine(x, a, b);
    const fl_fact *left = fl_fact_settled(x, s, a), *right = fl_fact_settled(x, t, b);
    return fl_split_join(x, fl_fact_join(x, left, right), s, left, t, right);
}

/* A key that only one side has: a variable keeps its value; a field may be as it was before, which is not known here. */
/* On the other way a place above this one is not there: what is known of the parts of it holds there too. */
static bool is_vacuous(fl_exec *x, uint64_t key, const fl_state *other)
{
    uint32_t vid = (uint32_t)(key >> 32), index = vid & 0x07FFFFFFu;
    if (!(vid & FL_VID_PLACE) || vid & 0x50000000u || index >= x->places.count || x->places.items[index]->vid != vid) return false;
    for (const fl_place *p = x->places.items[index]->parent; p; p = p->parent) {
        const fl_refine *r = fl_refine_of(other, &(fl_fact){ .vid = p->vid });
        if (r && !(r->types & p->base_types & ~(unsigned)FL_T_NULLISH)) return true;
    }
    return false;
}

static const void *half_value(fl_exec *x, uint64_t key, const void *value, const fl_state *other)
{
    if (key >> 63) return value;
    bool is_of_element = is_refine(key) && (key >> 32 & FL_VID_PLACE) && !(key >> 32 & 0x40000000u) && key >> 32 & FL_VID_ELEMENT;
    if (is_refine(key) && ((const fl_refine *)value)->is_checked && is_vacuous(x, key, other)) return value;
    if (x->is_loop_join && is_of_element && ((const fl_refine *)value)->is_checked) return value;   /* before the first round nothing was read: what each round makes sure of holds for all */
    if (is_refine(key)) {
        const fl_refine *r = value;
        if (!r->is_checked) return NULL;
        fl_refine *open = FL_NEW(x->lasting, fl_refine);
        *open = (fl_refine){ .types = FL_T_ANY, .is_checked = true };
        return open;
    }
    fl_fact *f = fl_fact_copy(x, value);
    f->types |= FL_T_UNDEFINED;   /* not claimed: `may` stays */
    const fl_cond *why = other->conditions;
    bool is_by_credential = why && why->branch && why->place && (why->place->in == FL_IN_HEADER || why->place->in == FL_IN_COOKIE);
    if (x->request && key >> 32 == x->request->vid && is_by_credential && !x->is_loop_join && !f->miss) {   /* if (users[token]) req.user = …: not for other callers */
        fl_miss *miss = FL_NEW(x->arena, fl_miss);
        *miss = (fl_miss){ .kind = FL_WS_missing_identity, .status = 401, .origin = why->branch->node, .certainty = FL_CERTAIN };
        f->miss = miss;
        f->may |= FL_T_UNDEFINED;
        f->vid = x->next_vid++;
        f->because = fl_because_add(x, f->because, why->branch->node, "it is only set for callers who are known");
    }
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
    s->may_have_responded = a->may_have_responded || b->may_have_responded;
    s->first_answer = a->first_answer ? a->first_answer : b->first_answer;
    s->is_doubtful = a->is_doubtful && b->is_doubtful;
    s->conditions = common_conditions(a->conditions, b->conditions);
    s->pending = a->pending == b->pending ? a->pending : NULL;
}

/* Joins one key that a side has written. */
static void join_key(fl_exec *x, fl_state *s, uint64_t key, const fl_state *a, const void *left, const fl_state *b, const void *right)
{
    if (left == right) { fl_state_put(x, s, key, left); return; }
    const void *value = left && right ? join_value(x, key, a, left, b, right) : half_value(x, key, left ? left : right, left ? b : a);
    fl_state_put(x, s, key, value);
}

/* What both sides wrote before they parted stands at the front of both, and is shared. */
static fl_state *join_deltas(fl_exec *x, const fl_state *a, const fl_state *b)
{
    uint32_t same = 0, most = a->count < b->count ? a->count : b->count;
    while (same < most && a->delta[same].key == b->delta[same].key && a->delta[same].value == b->delta[same].value) same++;
    fl_state *s = fl_state_copy(x, a);
    s->count = (uint8_t)same;
    for (uint32_t i = same; i < a->count; i++) join_key(x, s, a->delta[i].key, a, a->delta[i].value, b, fl_state_get(b, a->delta[i].key));
    for (uint32_t i = same; i < b->count; i++)
        if (!fl_state_written(a, b->delta[i].key)) join_key(x, s, b->delta[i].key, a, find_base(a->base, b->delta[i].key), b, b->delta[i].value);
    return s;
}

/* The entries of a state in the order of keys: those of its table and those written since. */
typedef struct walk { const fl_entry *old, *old_end, *written, *written_end; fl_entry sorted[FL_STATE_DELTA]; } walk;

static void walk_init(walk *w, const fl_state *s)
{
    sort_delta(s, w->sorted);
    w->written = w->sorted;
    w->written_end = w->sorted + s->count;
    w->old = s->base ? s->base->entries : NULL;
    w->old_end = s->base ? w->old + s->base->count : NULL;
}

/* The next one that has a value; a key beyond all keys: there is none. */
static fl_entry walk_next(walk *w)
{
    for (;;) {
        uint64_t old = w->old < w->old_end ? w->old->key : UINT64_MAX, written = w->written < w->written_end ? w->written->key : UINT64_MAX;
        if (old < written) return *w->old++;
        if (written == UINT64_MAX) return (fl_entry){ UINT64_MAX, NULL };
        if (old == written) w->old++;
        if (w->written->value) return *w->written++;
        w->written++;
    }
}

static uint32_t most_entries(const fl_state *s) { return (s->base ? s->base->count : 0) + s->count; }

static void join_entries(fl_exec *x, fl_table *t, const fl_state *a, const fl_state *b)
{
    walk left, right;
    walk_init(&left, a);
    walk_init(&right, b);
    for (fl_entry p = walk_next(&left), q = walk_next(&right); p.key != UINT64_MAX || q.key != UINT64_MAX;) {
        uint64_t key = p.key < q.key ? p.key : q.key;
        const void *value = p.key == q.key ? join_value(x, key, a, p.value, b, q.value) : half_value(x, key, p.key < q.key ? p.value : q.value, p.key < q.key ? b : a);
        if (value) add_entry(t, (fl_entry){ key, value });
        if (p.key == key) p = walk_next(&left);
        if (q.key == key) q = walk_next(&right);
    }
}

/* Both sides have most keys in common, so a table for all of both would be half empty: it is made on the stack, unless it is large. */
static fl_state *join_tables(fl_exec *x, const fl_state *a, const fl_state *b)
{
    enum { SMALL = 512 };
    union { fl_table table; unsigned char bytes[sizeof(fl_table) + SMALL * sizeof(fl_entry)]; } room;
    uint32_t most = most_entries(a) + most_entries(b);
    fl_state *s = fl_state_new(x);
    if (most > SMALL) {
        fl_table *t = fl_arena_alloc(x->lasting, sizeof *t + most * sizeof *t->entries);
        join_entries(x, t, a, b);
        s->base = t;
        return s;
    }
    memset(&room.table, 0, sizeof room.table);
    join_entries(x, &room.table, a, b);
    size_t bytes = sizeof room.table + room.table.count * sizeof *room.table.entries;
    s->base = memcpy(fl_arena_alloc(x->lasting, bytes), &room, bytes);
    return s;
}

fl_state *fl_state_join(fl_exec *x, const fl_state *a, const fl_state *b)
{
    if (!a && !b) return NULL;
    if (!a) return fl_state_copy(x, b);
    if (!b) return fl_state_copy(x, a);
    fl_state *s;
    if (a->base == b->base && a->delta == b->delta && a->count == b->count) {   /* nothing was written on either way */
        s = fl_state_copy(x, a);
        ((fl_state *)(uintptr_t)b)->is_shared = true;
    } else if (a->base == b->base) {
        s = join_deltas(x, a, b);
    } else s = join_tables(x, a, b);
    join_flags(s, a, b);
    return s;
}

/* ---- forgetting ---- */

enum { KEPT_FRAMES = 16 };
typedef struct keep {
    fl_exec *x; const fl_state *s; uint32_t first; uint8_t *marks; uint32_t mark_count;
    uint32_t frames[KEPT_FRAMES], frame_count;   /* whose variables a function sees that is kept */
} keep;

static bool is_kept_frame(const keep *k, uint32_t id)
{
    for (uint32_t i = 0; i < k->frame_count; i++) if (k->frames[i] == id) return true;
    return false;
}

static void mark_fields(keep *k, uint32_t vid, unsigned depth);

static void mark_fact(keep *k, const fl_fact *f, unsigned depth)
{
    if (!f || depth > 6) return;
    if (f->vid >= k->first && f->vid - k->first < k->mark_count) {
        if (k->marks[f->vid - k->first]) return;
        k->marks[f->vid - k->first] = 1;
        mark_fields(k, f->vid, depth + 1);
    }
    for (const fl_activation *up = f->closure ? f->closure->frame : NULL; up && k->frame_count < KEPT_FRAMES; up = up->outer)
        if (!is_kept_frame(k, up->id)) k->frames[k->frame_count++] = up->id;
    mark_fact(k, f->element, depth + 1);
    mark_fact(k, f->resolved, depth + 1);
    mark_fact(k, f->base, depth + 1);
    mark_fact(k, f->needle, depth + 1);
    if (f->points && !(f->points >> 63)) mark_fact(k, fl_state_get(k->s, f->points), depth + 1);
    if (f->predicate) { mark_fact(k, f->predicate->subject, depth + 1); mark_fact(k, f->predicate->other, depth + 1); }
    for (size_t i = 0; f->shape && i < f->shape->spreads.count; i++) mark_fact(k, f->shape->spreads.items[i], depth + 1);
}

static void mark_fields(keep *k, uint32_t vid, unsigned depth)
{
    for (uint32_t i = 0; i < k->s->count; i++)
        if (k->s->delta[i].key >> 32 == vid && !is_refine(k->s->delta[i].key)) mark_fact(k, k->s->delta[i].value, depth);
    const fl_table *t = k->s->base;
    for (uint32_t at = position(t, FL_KEY_FIELD(vid, 0)); t && at < t->count && t->entries[at].key >> 32 == vid; at++)
        if (!is_refine(t->entries[at].key)) mark_fact(k, t->entries[at].value, depth);
}

static bool is_variable_from(uint64_t key, uint32_t first_frame) { return key >> 63 && key >= FL_KEY_VAR(first_frame, 0); }

static bool is_seen_variable(const keep *k, uint64_t key) { return key >> 63 && is_kept_frame(k, (uint32_t)(key >> 24 & 0xFFFFFFFFu)); }

/* What the variables hold that a kept function sees; that may be such a function again. */
static void mark_seen(keep *k)
{
    for (uint32_t before = 0, round = 0; k->frame_count != before && round < 4; round++) {
        before = k->frame_count;
        for (uint32_t i = 0; i < k->s->count; i++) if (k->s->delta[i].value && is_seen_variable(k, k->s->delta[i].key)) mark_fact(k, k->s->delta[i].value, 0);
        for (uint32_t i = 0; k->s->base && i < k->s->base->count; i++) if (is_seen_variable(k, k->s->base->entries[i].key)) mark_fact(k, k->s->base->entries[i].value, 0);
    }
}

static void mark_older(keep *k, const fl_entry *e, uint32_t first_frame)
{
    if (is_refine(e->key) || !e->value || is_variable_from(e->key, first_frame)) return;
    if (e->key >> 63 || (uint32_t)(e->key >> 32) < k->first) mark_fact(k, e->value, 0);
}

static bool is_kept(const keep *k, const fl_entry *e, uint32_t first_frame)
{
    if (e->key >> 63) return !is_variable_from(e->key, first_frame) || is_seen_variable(k, e->key);
    uint32_t vid = (uint32_t)(e->key >> 32);
    return vid < k->first || vid - k->first >= k->mark_count || k->marks[vid - k->first];
}

void fl_state_forget(fl_exec *x, fl_state *s, const fl_state *entry, uint32_t first_vid, uint32_t first_frame, const fl_fact *result)
{
    keep k = { x, s, first_vid, NULL, x->next_vid - first_vid, { 0 }, 0 };
    bool is_base_old = entry && s->base == entry->base;   /* then nothing young stands in it */
    if (!s->count && is_base_old) return;
    k.marks = FL_NEW_ARRAY(x->arena, uint8_t, k.mark_count + 1);
    mark_fact(&k, result, 0);
    for (uint32_t i = 0; i < s->count; i++) mark_older(&k, &s->delta[i], first_frame);   /* what older objects and variables hold stays */
    for (uint32_t i = 0; !is_base_old && s->base && i < s->base->count; i++) mark_older(&k, &s->base->entries[i], first_frame);
    if (k.frame_count) mark_seen(&k);
    uint32_t kept = 0;
    make_own(x, s, 0);
    for (uint32_t i = 0; i < s->count; i++) if (is_kept(&k, &s->delta[i], first_frame)) s->delta[kept++] = s->delta[i];
    s->count = (uint8_t)kept;
    if (is_base_old || !s->base) return;
    fl_table *t = fl_arena_alloc(x->lasting, sizeof *t + s->base->count * sizeof *t->entries);
    for (uint32_t i = 0; i < s->base->count; i++) if (is_kept(&k, &s->base->entries[i], first_frame)) add_entry(t, s->base->entries[i]);
    s->base = t;
}

/* ---- narrowing ---- */

const fl_refine *fl_refine_of(const fl_state *s, const fl_fact *f) { return f->vid ? fl_state_get(s, FL_KEY_REFINE(f->vid)) : NULL; }

fl_refine *fl_refine_edit(fl_exec *x, fl_state *s, const fl_fact *f)
{
    const fl_refine *old = fl_refine_of(s, f);
    fl_refine *r = FL_NEW(x->lasting, fl_refine);
    *r = old ? *old : (fl_refine){ .types = FL_T_ANY };
    if (f->vid) fl_state_put(x, s, FL_KEY_REFINE(f->vid), r);
    return r;
}
