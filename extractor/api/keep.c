/*
 * Copies of what one operation's interpretation found. Strings first (interned, so that equal texts are equal pointers), then data,
 * schemas, conditions, weak spots, and at last the containers. A schema is kept from its leaves up: once all its children are kept, two
 * nodes are equal when their own fields are, and the second is dropped. Schemas may be cyclic: a node that is met again inside
 * itself gets its place early; such a node is not looked up, since what points to it is known before what it holds.
 */
#include "extractor/api/keep.h"
#include "extractor/api/schema_p.h"
#include <string.h>

typedef struct fl_keeping { fl_schema *early; } fl_keeping;

void fl_keeper_init(fl_keeper *k, fl_arena *arena)
{
    *k = (fl_keeper){ .arena = arena };
    fl_map_init(&k->schemas);
    fl_map_init(&k->open);
}

void fl_keeper_release(fl_keeper *k)
{
    fl_map_release(&k->schemas);
    fl_map_release(&k->open);
}

static fl_str keep_text(fl_str text)
{
    return text.len ? fl_sym_str(fl_sym_of(text)) : text;
}

static const fl_data *keep_data(fl_keeper *k, const fl_data *data)
{
    return data ? fl_data_copy(k->arena, data) : NULL;
}

/* A copy of the array, no longer than it must be. */
#define KEEP_ARRAY(k, vec) \
    do { \
        if ((vec)->count) \
            (vec)->items = memcpy(fl_arena_alloc((k)->arena, (vec)->count * sizeof *(vec)->items), (vec)->items, (vec)->count * sizeof *(vec)->items); \
        (vec)->capacity = (vec)->count; \
    } while (0)

/* ---- schemas ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t mix_pointer(uint64_t hash, const void *p) { return mix(hash, (uint64_t)(uintptr_t)p); }
static uint64_t mix_int(uint64_t hash, int64_t n) { return mix(hash, (uint64_t)n); }

static uint64_t mix_double(uint64_t hash, double d)
{
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return mix(hash, bits);
}

static unsigned flags_of(const fl_schema *s)
{
    const bool flags[] = { s->is_closed, s->has_minimum, s->has_maximum, s->minimum_is_exclusive, s->maximum_is_exclusive, s->has_min_length, s->has_max_length,
                           s->has_min_items, s->has_max_items, s->has_unique_items, s->is_deprecated, s->is_read_only, s->is_write_only };
    unsigned set = 0;
    for (size_t i = 0; i < FL_COUNT(flags); i++) set |= (unsigned)flags[i] << i;
    return set;
}

/* Of a node whose strings and children are kept. Never 0. */
static uint64_t hash_of(const fl_schema *s)
{
    uint64_t hash = mix(s->types, flags_of(s));
    const fl_str texts[] = { s->name, s->format, s->pattern, s->description, s->composed };
    for (size_t i = 0; i < FL_COUNT(texts); i++) hash = mix_pointer(hash, texts[i].len ? texts[i].ptr : NULL);
    for (size_t i = 0; i < s->properties.count; i++) {
        const fl_property *p = &s->properties.items[i];
        hash = mix_pointer(mix_pointer(hash, p->name.ptr), p->schema);
        hash = mix(hash, (uint64_t)p->source.file << 32 | p->source.start_byte);
        hash = mix(hash, (uint64_t)p->source.end_byte << 2 | (uint64_t)p->is_required << 1 | p->has_source);
    }
    for (size_t i = 0; i < s->any_of.count; i++) hash = mix_pointer(hash, s->any_of.items[i]);
    for (size_t i = 0; i < s->all_of.count; i++) hash = mix_pointer(hash, s->all_of.items[i]);
    hash = mix_pointer(mix_pointer(hash, s->items), s->additional);
    const int64_t limits[] = { s->min_length, s->max_length, s->min_items, s->max_items, s->enumeration.count, s->default_value != NULL, s->example != NULL };
    for (size_t i = 0; i < FL_COUNT(limits); i++) hash = mix_int(hash, limits[i]);
    hash = mix_double(mix_double(mix_double(hash, s->minimum), s->maximum), s->multiple_of);
    return hash ? hash : 1;
}

static bool same_double(double a, double b) { return !(a < b) && !(a > b); }
static bool same_text(fl_str a, fl_str b) { return a.len == b.len && (!a.len || a.ptr == b.ptr); }
static bool same_data(const fl_data *a, const fl_data *b) { return a && b ? fl_data_eq(a, b) : a == b; }

static bool same_limits(const fl_schema *a, const fl_schema *b)
{
    return same_double(a->minimum, b->minimum) && same_double(a->maximum, b->maximum) && same_double(a->multiple_of, b->multiple_of) &&
           a->min_length == b->min_length && a->max_length == b->max_length && a->min_items == b->min_items && a->max_items == b->max_items;
}

static bool same_lists(const fl_schema *a, const fl_schema *b)
{
    if (a->properties.count != b->properties.count || a->any_of.count != b->any_of.count || a->all_of.count != b->all_of.count || a->enumeration.count != b->enumeration.count) return false;
    for (size_t i = 0; i < a->properties.count; i++) {
        const fl_property *x = &a->properties.items[i], *y = &b->properties.items[i];
        if (!same_text(x->name, y->name) || x->schema != y->schema || x->is_required != y->is_required || x->has_source != y->has_source) return false;
        if (x->source.file != y->source.file || x->source.start_byte != y->source.start_byte || x->source.end_byte != y->source.end_byte) return false;
    }
    for (size_t i = 0; i < a->any_of.count; i++) if (a->any_of.items[i] != b->any_of.items[i]) return false;
    for (size_t i = 0; i < a->all_of.count; i++) if (a->all_of.items[i] != b->all_of.items[i]) return false;
    for (size_t i = 0; i < a->enumeration.count; i++) if (!same_data(a->enumeration.items[i], b->enumeration.items[i])) return false;
    return true;
}

static bool is_same(const fl_schema *a, const fl_schema *b)
{
    return a->types == b->types && flags_of(a) == flags_of(b) && a->items == b->items && a->additional == b->additional && same_text(a->name, b->name) &&
           same_text(a->format, b->format) && same_text(a->pattern, b->pattern) && same_text(a->description, b->description) && same_text(a->composed, b->composed) && same_limits(a, b) && same_lists(a, b) &&
           same_data(a->default_value, b->default_value) && same_data(a->example, b->example);
}

static fl_schema *keep_schema(fl_keeper *k, const fl_schema *schema);

/* The children of a node that has some; `s` is a copy of it, its arrays still the original's. */
static void keep_children(fl_keeper *k, fl_schema *s)
{
    KEEP_ARRAY(k, &s->properties);
    KEEP_ARRAY(k, &s->any_of);
    KEEP_ARRAY(k, &s->all_of);
    for (size_t i = 0; i < s->properties.count; i++) {
        s->properties.items[i].name = keep_text(s->properties.items[i].name);
        s->properties.items[i].schema = keep_schema(k, s->properties.items[i].schema);
    }
    for (size_t i = 0; i < s->any_of.count; i++) s->any_of.items[i] = keep_schema(k, s->any_of.items[i]);
    for (size_t i = 0; i < s->all_of.count; i++) s->all_of.items[i] = keep_schema(k, s->all_of.items[i]);
    s->items = keep_schema(k, s->items);
    s->additional = keep_schema(k, s->additional);
}

/* The node that is equal to *s, or a new one; `place` is where it must lie, NULL when that is free. */
static fl_schema *settle(fl_keeper *k, const fl_schema *s, fl_schema *place)
{
    uint64_t hash = place ? 0 : hash_of(s);
    fl_schema *known = hash ? fl_map_get(&k->schemas, hash) : NULL;
    if (known && is_same(known, s)) return known;
    fl_schema *kept = place ? place : FL_NEW(k->arena, fl_schema);
    *kept = *s;
    KEEP_ARRAY(k, &kept->enumeration);
    for (size_t i = 0; i < kept->enumeration.count; i++) kept->enumeration.items[i] = keep_data(k, kept->enumeration.items[i]);
    kept->default_value = keep_data(k, kept->default_value);
    kept->example = keep_data(k, kept->example);
    if (hash && !known) fl_map_put(&k->schemas, hash, kept);
    return kept;
}

static fl_schema *keep_schema(fl_keeper *k, const fl_schema *schema)
{
    if (!schema) return NULL;
    fl_schema s = *schema;
    fl_keeping here = { 0 };
    bool has_children = s.properties.count || s.any_of.count || s.all_of.count || s.items || s.additional;
    s.name = keep_text(s.name);
    s.format = keep_text(s.format);
    s.pattern = keep_text(s.pattern);
    s.description = keep_text(s.description);
    s.composed = keep_text(s.composed);
    if (has_children) {
        fl_keeping *outer = fl_map_get(&k->open, (uint64_t)(uintptr_t)schema);
        if (outer) return outer->early ? outer->early : (outer->early = FL_NEW(k->arena, fl_schema));
        fl_map_put(&k->open, (uint64_t)(uintptr_t)schema, &here);
        keep_children(k, &s);
        fl_map_put(&k->open, (uint64_t)(uintptr_t)schema, NULL);
    }
    return settle(k, &s, here.early);
}

/* ---- weak spots ---- */

static void keep_condition(fl_keeper *k, fl_condition *c)
{
    c->at.pointer = keep_text(c->at.pointer);
    c->value = keep_data(k, c->value);
}

static const fl_because *keep_because(fl_keeper *k, const fl_because *from)
{
    const fl_because *first = NULL, **at = &first;
    for (; from; from = from->next) {
        fl_because *link = FL_NEW(k->arena, fl_because);
        *link = (fl_because){ from->span, keep_text(from->text), NULL };
        *at = link;
        at = &link->next;
    }
    return first;
}

static void keep_spot(fl_keeper *k, fl_weak_spot *spot)
{
    spot->pointer.pointer = keep_text(spot->pointer.pointer);
    KEEP_ARRAY(k, &spot->conditions);
    for (size_t i = 0; i < spot->conditions.count; i++) keep_condition(k, &spot->conditions.items[i]);
    spot->failure = keep_text(spot->failure);
    spot->shows = keep_text(spot->shows);
    spot->because = keep_because(k, spot->because);
}

/* ---- operations ---- */

static void keep_media(fl_keeper *k, fl_media *media)
{
    media->type = keep_text(media->type);
    media->schema = keep_schema(k, media->schema);
}

static void keep_parameter(fl_keeper *k, fl_parameter *p)
{
    p->name = keep_text(p->name);
    p->schema = keep_schema(k, p->schema);
}

static void keep_response(fl_keeper *k, fl_response *r)
{
    r->description = keep_text(r->description);
    KEEP_ARRAY(k, &r->content);
    KEEP_ARRAY(k, &r->headers);
    for (size_t i = 0; i < r->content.count; i++) keep_media(k, &r->content.items[i]);
    for (size_t i = 0; i < r->headers.count; i++) keep_parameter(k, &r->headers.items[i]);
}

static void keep_security(fl_keeper *k, fl_security *s)
{
    *s = (fl_security){ keep_text(s->scheme), keep_text(s->type), keep_text(s->in), keep_text(s->name), keep_text(s->format), keep_data(k, s->example), keep_data(k, s->more) };
}

void fl_keep_operation(fl_keeper *k, fl_operation *op)
{
    fl_str *texts[] = { &op->method, &op->path, &op->id, &op->summary, &op->tag, &op->doubt, &op->framework };
    for (size_t i = 0; i < FL_COUNT(texts); i++) *texts[i] = keep_text(*texts[i]);
    KEEP_ARRAY(k, &op->handlers);
    KEEP_ARRAY(k, &op->parameters);
    KEEP_ARRAY(k, &op->body);
    KEEP_ARRAY(k, &op->responses);
    KEEP_ARRAY(k, &op->security);
    KEEP_ARRAY(k, &op->optional_security);
    KEEP_ARRAY(k, &op->weak_spots);
    KEEP_ARRAY(k, &op->reach);
    KEEP_ARRAY(k, &op->checked);
    for (size_t i = 0; i < op->handlers.count; i++) op->handlers.items[i].name = keep_text(op->handlers.items[i].name);
    for (size_t i = 0; i < op->parameters.count; i++) keep_parameter(k, &op->parameters.items[i]);
    for (size_t i = 0; i < op->body.count; i++) keep_media(k, &op->body.items[i]);
    for (size_t i = 0; i < op->responses.count; i++) keep_response(k, &op->responses.items[i]);
    for (size_t i = 0; i < op->security.count; i++) keep_security(k, &op->security.items[i]);
    for (size_t i = 0; i < op->optional_security.count; i++) keep_security(k, &op->optional_security.items[i]);
    for (size_t i = 0; i < op->reach.count; i++) keep_condition(k, &op->reach.items[i]);
    for (size_t i = 0; i < op->checked.count; i++) op->checked.items[i].at.pointer = keep_text(op->checked.items[i].at.pointer);
    op->valid_example = keep_data(k, op->valid_example);
}

static void keep_refusal(fl_keeper *k, fl_refusal *r)
{
    r->text = keep_text(r->text);
    KEEP_ARRAY(k, &r->needs);
    if (r->shape) r->shape = fl_data_copy(k->arena, r->shape);
}

void fl_keep_result(fl_keeper *k, fl_route_result *result)
{
    KEEP_ARRAY(k, &result->siblings);
    KEEP_ARRAY(k, &result->spots);
    KEEP_ARRAY(k, &result->refusals.items);
    for (size_t i = 0; i < result->siblings.count; i++) keep_spot(k, &result->siblings.items[i].spot);
    for (size_t i = 0; i < result->spots.count; i++) keep_spot(k, &result->spots.items[i]);
    for (size_t i = 0; i < result->refusals.items.count; i++) keep_refusal(k, &result->refusals.items.items[i]);
}

void fl_keep_elements(fl_keeper *k, fl_element_store *elements)
{
    KEEP_ARRAY(k, &elements->gained);
    for (size_t i = 0; i < elements->gained.count; i++) elements->gained.items[i].schema = keep_schema(k, elements->gained.items[i].schema);
}
