/* Two schemas of one place made into one. join: either may hold (two exits, two callers); meet: both hold (a validator
 * and a use). Arguments are never changed, a result may share nodes with them. Cyclic schemas are followed once: a pair
 * met again inside itself stands for the node being made.
 *
 * Worked examples:
 *   join {id: integer, note: string} {id: integer}          → {id: integer, note?: string}
 *   join "draft" "paid"  (enumerations)                      → enum [draft, paid]
 *   join string null                                         → string or null
 *   join Order null                                          → anyOf [Order, null]: the name stays true
 *   meet {name: any, required} {name: string}                → {name: string, required}
 *   meet number(≤ 10) integer(≥ 1)                           → integer 1…10
 */
#include <string.h>
#include "extractor/api/schema_p.h"

typedef struct pair { const fl_schema *a, *b; fl_schema *made; const struct pair *outer; unsigned depth; } pair;

static fl_schema *made_for(const pair *outer, const fl_schema *a, const fl_schema *b)
{
    for (const pair *p = outer; p != NULL; p = p->outer)
        if (p->a == a && p->b == b)
            return p->made;
    return NULL;
}

fl_schema *fl_schema_copy(fl_arena *arena, const fl_schema *from)
{
    fl_schema *copy = FL_NEW(arena, fl_schema);
    *copy = *from;
    /* own arrays, since pushing to a shared one would write into the other's memory */
    memset(&copy->properties, 0, sizeof copy->properties);
    memset(&copy->any_of, 0, sizeof copy->any_of);
    memset(&copy->all_of, 0, sizeof copy->all_of);
    memset(&copy->enumeration, 0, sizeof copy->enumeration);
    for (size_t i = 0; i < from->properties.count; i++)
        fl_vec_push(arena, &copy->properties, from->properties.items[i]);
    for (size_t i = 0; i < from->any_of.count; i++)
        fl_vec_push(arena, &copy->any_of, from->any_of.items[i]);
    for (size_t i = 0; i < from->all_of.count; i++)
        fl_vec_push(arena, &copy->all_of, from->all_of.items[i]);
    for (size_t i = 0; i < from->enumeration.count; i++)
        fl_vec_push(arena, &copy->enumeration, from->enumeration.items[i]);
    return copy;
}

static bool is_only_null(const fl_schema *s)
{
    return s->types == FL_JSON_NULL && s->any_of.count == 0 && s->all_of.count == 0;
}

/* ---- join ---- */

static fl_schema *join_in(fl_arena *arena, fl_schema *a, fl_schema *b, const pair *outer);

static void add_alternative(fl_arena *arena, fl_schema *to, fl_schema *arm)
{
    for (size_t i = 0; i < to->any_of.count; i++)
        if (fl_schema_eq(to->any_of.items[i], arm))
            return;
    fl_vec_push(arena, &to->any_of, arm);
}

/* Only a bare wrapper of alternatives can take more of them. */
static bool is_alternatives(const fl_schema *s)
{
    return s->any_of.count > 0 && s->types == FL_JSON_ANY && s->name.len == 0 && s->properties.count == 0 &&
           s->all_of.count == 0 && s->enumeration.count == 0;
}

static void add_alternatives(fl_arena *arena, fl_schema *to, fl_schema *from)
{
    if (!is_alternatives(from)) {
        add_alternative(arena, to, from);
        return;
    }
    for (size_t i = 0; i < from->any_of.count; i++)
        add_alternative(arena, to, from->any_of.items[i]);
}

static fl_schema *alternatives(fl_arena *arena, fl_schema *a, fl_schema *b)
{
    fl_schema *out = fl_schema_new(arena, FL_JSON_ANY);
    add_alternatives(arena, out, a);
    add_alternatives(arena, out, b);
    return out->any_of.count == 1 ? out->any_of.items[0] : out;
}

/* Does s say anything of values of these types? Only then do its limits weaken the other's. */
static bool speaks_of(const fl_schema *s, unsigned types)
{
    return s->types == FL_JSON_ANY || (s->types & types) != 0;
}

static void join_properties(fl_arena *arena, fl_schema *out, const fl_schema *a, const fl_schema *b, const pair *here)
{
    bool a_object = speaks_of(a, FL_JSON_OBJECT) && !fl_schema_is_empty(a);
    bool b_object = speaks_of(b, FL_JSON_OBJECT) && !fl_schema_is_empty(b);
    for (size_t i = 0; i < a->properties.count; i++) {
        fl_property property = a->properties.items[i];
        const fl_property *other = fl_schema_property(b, property.name);
        if (other != NULL) {
            property.schema = join_in(arena, property.schema, other->schema, here);
            property.is_required = property.is_required && other->is_required;
            if (!property.has_source && other->has_source) {
                property.has_source = true;
                property.source = other->source;
            }
        } else if (b_object) {
            property.is_required = false;
        }
        fl_vec_push(arena, &out->properties, property);
    }
    for (size_t i = 0; i < b->properties.count; i++) {
        fl_property property = b->properties.items[i];
        if (fl_schema_property(a, property.name) != NULL)
            continue;
        if (a_object)
            property.is_required = false;
        fl_vec_push(arena, &out->properties, property);
    }
    out->is_closed = (a->is_closed || !a_object) && (b->is_closed || !b_object) && (a->is_closed || b->is_closed);
    if (a->additional != NULL && b->additional != NULL)
        out->additional = join_in(arena, a->additional, b->additional, here);
    else
        out->additional = a->additional != NULL ? a->additional : b->additional;
}

/* What both say of numbers, texts and lists stays as far as both allow it; a side that has no such values has no say. */
static void join_limits(fl_schema *out, const fl_schema *a, const fl_schema *b)
{
    bool an = speaks_of(a, FL_SCHEMA_NUMERIC), bn = speaks_of(b, FL_SCHEMA_NUMERIC);
    out->has_minimum = (a->has_minimum || !an) && (b->has_minimum || !bn) && (a->has_minimum || b->has_minimum);
    if (out->has_minimum) {
        const fl_schema *lower = !a->has_minimum ? b : !b->has_minimum ? a : a->minimum < b->minimum ? a : b;
        out->minimum = lower->minimum;
        out->minimum_is_exclusive = lower->minimum_is_exclusive;
    }
    out->has_maximum = (a->has_maximum || !an) && (b->has_maximum || !bn) && (a->has_maximum || b->has_maximum);
    if (out->has_maximum) {
        const fl_schema *upper = !a->has_maximum ? b : !b->has_maximum ? a : a->maximum > b->maximum ? a : b;
        out->maximum = upper->maximum;
        out->maximum_is_exclusive = upper->maximum_is_exclusive;
    }
    bool same_step = !(a->multiple_of < b->multiple_of || a->multiple_of > b->multiple_of);
    out->multiple_of = same_step || !bn ? a->multiple_of : !an ? b->multiple_of : 0;

    bool at = speaks_of(a, FL_SCHEMA_TEXT), bt = speaks_of(b, FL_SCHEMA_TEXT);
    out->has_min_length = (a->has_min_length || !at) && (b->has_min_length || !bt) && (a->has_min_length || b->has_min_length);
    if (out->has_min_length)
        out->min_length = !a->has_min_length || (b->has_min_length && b->min_length < a->min_length) ? b->min_length : a->min_length;
    out->has_max_length = (a->has_max_length || !at) && (b->has_max_length || !bt) && (a->has_max_length || b->has_max_length);
    if (out->has_max_length)
        out->max_length = !a->has_max_length || (b->has_max_length && b->max_length > a->max_length) ? b->max_length : a->max_length;
    out->format = fl_str_eq(a->format, b->format) || !bt ? a->format : !at ? b->format : (fl_str){0};
    out->pattern = fl_str_eq(a->pattern, b->pattern) || !bt ? a->pattern : !at ? b->pattern : (fl_str){0};

    bool al = speaks_of(a, FL_JSON_ARRAY), bl = speaks_of(b, FL_JSON_ARRAY);
    out->has_min_items = (a->has_min_items || !al) && (b->has_min_items || !bl) && (a->has_min_items || b->has_min_items);
    if (out->has_min_items)
        out->min_items = !a->has_min_items || (b->has_min_items && b->min_items < a->min_items) ? b->min_items : a->min_items;
    out->has_max_items = (a->has_max_items || !al) && (b->has_max_items || !bl) && (a->has_max_items || b->has_max_items);
    if (out->has_max_items)
        out->max_items = !a->has_max_items || (b->has_max_items && b->max_items > a->max_items) ? b->max_items : a->max_items;
    out->has_unique_items = (a->has_unique_items || !al) && (b->has_unique_items || !bl) &&
                            (a->has_unique_items || b->has_unique_items);
}

static void join_values(fl_arena *arena, fl_schema *out, const fl_schema *a, const fl_schema *b)
{
    /* null beside an enumeration does not open it: {enum: [a, b]} ∪ null = {enum: [a, b, null]} */
    const fl_schema *sides[] = {a, b};
    bool is_closed = (a->enumeration.count > 0 || is_only_null(a)) && (b->enumeration.count > 0 || is_only_null(b));
    for (size_t i = 0; is_closed && i < FL_COUNT(sides); i++) {
        for (size_t k = 0; k < sides[i]->enumeration.count; k++)
            fl_schema_add_value(arena, out, sides[i]->enumeration.items[k]);
        if (is_only_null(sides[i]))
            fl_schema_add_value(arena, out, fl_data_null(arena));
    }
    out->default_value = a->default_value != NULL ? a->default_value : b->default_value;
    out->example = a->example != NULL ? a->example : b->example;
    out->composed = a->composed.len ? a->composed : b->composed;
    out->description = a->description.len > 0 ? a->description : b->description;
    out->is_deprecated = a->is_deprecated && b->is_deprecated;
    out->is_read_only = a->is_read_only && b->is_read_only;
    out->is_write_only = a->is_write_only && b->is_write_only;
}

/* What a join and a meet have in common: one says nothing, both are the same, or their pair is being made already. */
static bool is_settled(fl_schema *a, fl_schema *b, const pair *outer, unsigned depth, fl_schema **result)
{
    if (a == b || b == NULL || fl_schema_is_empty(b))
        return *result = a, true;
    if (a == NULL || fl_schema_is_empty(a))
        return *result = b, true;
    *result = made_for(outer, a, b);
    if (*result == NULL && (depth >= FL_SCHEMA_DEPTH || fl_schema_eq(a, b)))
        *result = a;
    return *result != NULL;
}

static fl_schema *join_in(fl_arena *arena, fl_schema *a, fl_schema *b, const pair *outer)
{
    fl_schema *made;
    unsigned depth = outer != NULL ? outer->depth + 1 : 0;
    if (is_settled(a, b, outer, depth, &made))
        return made;
    bool names_differ = !fl_str_eq(a->name, b->name) && (a->name.len > 0 || b->name.len > 0);
    bool both_named = a->name.len > 0 && b->name.len > 0;
    if ((names_differ && (both_named || is_only_null(a) || is_only_null(b))) || a->any_of.count > 0 || b->any_of.count > 0 ||
        a->all_of.count > 0 || b->all_of.count > 0)
        return alternatives(arena, a, b);

    made = fl_schema_new(arena, FL_JSON_ANY);
    pair here = {a, b, made, outer, depth};
    if (!names_differ)
        made->name = a->name;
    if (a->types != FL_JSON_ANY && b->types != FL_JSON_ANY) {
        made->types = a->types | b->types;
        if (made->types & FL_JSON_NUMBER)
            made->types &= ~(unsigned)FL_JSON_INTEGER;
    } else {
        made->types = a->types | b->types;
    }
    join_properties(arena, made, a, b, &here);
    if (a->items != NULL && b->items != NULL)
        made->items = join_in(arena, a->items, b->items, &here);
    else
        made->items = a->items != NULL ? a->items : b->items;
    join_limits(made, a, b);
    join_values(arena, made, a, b);
    return made;
}

fl_schema *fl_schema_join(fl_arena *arena, fl_schema *a, fl_schema *b)
{
    return join_in(arena, a, b, NULL);
}

/* ---- meet ---- */

static fl_schema *meet_in(fl_arena *arena, fl_schema *a, fl_schema *b, const pair *outer);

/* Types that both allow; when there are none, the first argument is believed: a validator runs before a use. */
static unsigned meet_types(unsigned a, unsigned b)
{
    if (a == FL_JSON_ANY || b == FL_JSON_ANY)
        return a | b;
    unsigned both = a & b;
    if ((a & FL_JSON_INTEGER && b & FL_JSON_NUMBER) || (b & FL_JSON_INTEGER && a & FL_JSON_NUMBER))
        both |= FL_JSON_INTEGER;
    if (both & FL_JSON_NUMBER)
        both &= ~(unsigned)FL_JSON_INTEGER;
    return both != 0 ? both : a;
}

static void meet_properties(fl_arena *arena, fl_schema *out, const fl_schema *b, const pair *here)
{
    for (size_t i = 0; i < b->properties.count; i++) {
        const fl_property *theirs = &b->properties.items[i];
        fl_property *ours = fl_schema_property(out, theirs->name);
        if (ours == NULL) {
            if (!out->is_closed) /* a closed validator strips or refuses what it does not know */
                fl_vec_push(arena, &out->properties, *theirs);
            continue;
        }
        fl_schema *both = meet_in(arena, ours->schema, theirs->schema, here);
        ours->schema = both;
        ours->is_required = ours->is_required || theirs->is_required;
        if (!ours->has_source && theirs->has_source) {
            ours->has_source = true;
            ours->source = theirs->source;
        }
    }
    out->is_closed = out->is_closed || b->is_closed;
}

static void meet_limits(fl_schema *out, const fl_schema *b)
{
    if (b->has_minimum && (!out->has_minimum || b->minimum > out->minimum)) {
        out->has_minimum = true;
        out->minimum = b->minimum;
        out->minimum_is_exclusive = b->minimum_is_exclusive;
    }
    if (b->has_maximum && (!out->has_maximum || b->maximum < out->maximum)) {
        out->has_maximum = true;
        out->maximum = b->maximum;
        out->maximum_is_exclusive = b->maximum_is_exclusive;
    }
    if (b->has_min_length && (!out->has_min_length || b->min_length > out->min_length)) {
        out->has_min_length = true;
        out->min_length = b->min_length;
    }
    if (b->has_max_length && (!out->has_max_length || b->max_length < out->max_length)) {
        out->has_max_length = true;
        out->max_length = b->max_length;
    }
    if (b->has_min_items && (!out->has_min_items || b->min_items > out->min_items)) {
        out->has_min_items = true;
        out->min_items = b->min_items;
    }
    if (b->has_max_items && (!out->has_max_items || b->max_items < out->max_items)) {
        out->has_max_items = true;
        out->max_items = b->max_items;
    }
    out->has_unique_items = out->has_unique_items || b->has_unique_items;
    if (!(out->multiple_of > 0))
        out->multiple_of = b->multiple_of;
}

/* Keywords of which a schema holds one go to an extra part when both have one. */
static void meet_texts(fl_arena *arena, fl_schema *out, const fl_schema *b)
{
    if (out->format.len == 0)
        out->format = b->format;
    if (out->pattern.len == 0) {
        out->pattern = b->pattern;
    } else if (b->pattern.len > 0 && !fl_str_eq(out->pattern, b->pattern)) {
        fl_schema *part = fl_schema_new(arena, FL_JSON_ANY);
        part->pattern = b->pattern;
        fl_vec_push(arena, &out->all_of, part);
    }
    if (out->description.len == 0)
        out->description = b->description;
    if (out->default_value == NULL)
        out->default_value = b->default_value;
    if (out->example == NULL)
        out->example = b->example;
    if (out->name.len == 0)
        out->name = b->name;
    out->is_deprecated = out->is_deprecated || b->is_deprecated;
    out->is_read_only = out->is_read_only || b->is_read_only;
    out->is_write_only = out->is_write_only || b->is_write_only;
}

static void meet_values(fl_arena *arena, fl_schema *out, const fl_schema *a, const fl_schema *b)
{
    if (b->enumeration.count == 0)
        return;
    if (a->enumeration.count == 0) {
        for (size_t i = 0; i < b->enumeration.count; i++)
            fl_vec_push(arena, &out->enumeration, b->enumeration.items[i]);
        return;
    }
    fl_schema both = {0};
    for (size_t i = 0; i < a->enumeration.count; i++)
        for (size_t k = 0; k < b->enumeration.count; k++)
            if (fl_data_eq(a->enumeration.items[i], b->enumeration.items[k]))
                fl_vec_push(arena, &both.enumeration, a->enumeration.items[i]);
    if (both.enumeration.count == 0)
        return;
    out->enumeration.count = 0;
    for (size_t i = 0; i < both.enumeration.count; i++)
        fl_vec_push(arena, &out->enumeration, both.enumeration.items[i]);
}

static fl_schema *meet_in(fl_arena *arena, fl_schema *a, fl_schema *b, const pair *outer)
{
    fl_schema *made;
    unsigned depth = outer != NULL ? outer->depth + 1 : 0;
    if (is_settled(a, b, outer, depth, &made))
        return made;
    made = fl_schema_copy(arena, a);
    pair here = {a, b, made, outer, depth};
    made->types = meet_types(a->types, b->types);
    meet_properties(arena, made, b, &here);
    made->items = meet_in(arena, a->items, b->items, &here);
    made->additional = meet_in(arena, a->additional, b->additional, &here);
    meet_limits(made, b);
    meet_texts(arena, made, b);
    meet_values(arena, made, a, b);
    if (a->any_of.count == 0) {
        for (size_t i = 0; i < b->any_of.count; i++)
            fl_vec_push(arena, &made->any_of, b->any_of.items[i]);
    } else if (b->any_of.count > 0) {
        fl_schema *part = fl_schema_new(arena, FL_JSON_ANY);
        for (size_t i = 0; i < b->any_of.count; i++)
            fl_vec_push(arena, &part->any_of, b->any_of.items[i]);
        fl_vec_push(arena, &made->all_of, part);
    }
    for (size_t i = 0; i < b->all_of.count; i++)
        fl_vec_push(arena, &made->all_of, b->all_of.items[i]);
    return made;
}

fl_schema *fl_schema_meet(fl_arena *arena, fl_schema *a, fl_schema *b)
{
    return meet_in(arena, a, b, NULL);
}
