/* Schemas: making them, looking into them, comparing them. Joining is in schema_join.c, writing in schema_data.c,
 * instances in schema_sample.c. Schemas may be cyclic through properties, items and alternatives: a walk that compares
 * keeps the pairs it is inside of and takes a pair met again as equal. */
#include "extractor/api/schema_p.h"

const fl_json_type_name fl_json_type_names[FL_JSON_TYPE_COUNT] = {
    {FL_JSON_OBJECT, "object"}, {FL_JSON_ARRAY, "array"}, {FL_JSON_STRING, "string"}, {FL_JSON_NUMBER, "number"},
    {FL_JSON_INTEGER, "integer"}, {FL_JSON_BOOLEAN, "boolean"}, {FL_JSON_NULL, "null"}, {FL_JSON_BINARY, "file"},
};

void fl_schema_add_types(fl_buf *out, unsigned types)
{
    size_t before = out->len;
    for (size_t i = 0; i < FL_JSON_TYPE_COUNT; i++)
        if (types & fl_json_type_names[i].type)
            fl_buf_format(out, "%s%s", out->len > before ? "|" : "", fl_json_type_names[i].text);
    if (out->len == before)
        fl_buf_add_c(out, "any");
}

fl_schema *fl_schema_new(fl_arena *arena, unsigned types)
{
    fl_schema *schema = FL_NEW(arena, fl_schema);
    schema->types = types;
    return schema;
}

fl_property *fl_schema_property(const fl_schema *schema, fl_str name)
{
    for (size_t i = 0; i < schema->properties.count; i++)
        if (fl_str_eq(schema->properties.items[i].name, name))
            return &schema->properties.items[i];
    return NULL;
}

fl_property *fl_schema_add_property(fl_arena *arena, fl_schema *schema, fl_str name)
{
    fl_property *found = fl_schema_property(schema, name);
    if (found != NULL)
        return found;
    fl_property property = {.name = fl_str_copy(arena, name), .schema = fl_schema_new(arena, FL_JSON_ANY)};
    fl_vec_push(arena, &schema->properties, property);
    return &schema->properties.items[schema->properties.count - 1];
}

bool fl_schema_is_empty(const fl_schema *s)
{
    return s->types == FL_JSON_ANY && s->name.len == 0 && s->properties.count == 0 && s->items == NULL &&
           s->additional == NULL && !s->is_closed && s->any_of.count == 0 && s->all_of.count == 0 &&
           s->enumeration.count == 0 && s->default_value == NULL && s->example == NULL && s->format.len == 0 &&
           s->pattern.len == 0 && s->description.len == 0 && !s->has_minimum && !s->has_maximum && !s->has_min_length &&
           !s->has_max_length && !s->has_min_items && !s->has_max_items && !s->has_unique_items && !(s->multiple_of > 0);
}

void fl_schema_add_value(fl_arena *arena, fl_schema *schema, const fl_data *value)
{
    for (size_t i = 0; i < schema->enumeration.count; i++)
        if (fl_data_eq(schema->enumeration.items[i], value))
            return;
    fl_vec_push(arena, &schema->enumeration, value);
}

/* ---- equality ---- */

typedef struct pair { const fl_schema *a, *b; const struct pair *outer; unsigned depth; bool ignores_examples; } pair;

static bool eq_in(const fl_schema *a, const fl_schema *b, const pair *outer);

static bool eq_data(const fl_data *a, const fl_data *b)
{
    return a == b || (a != NULL && b != NULL && fl_data_eq(a, b));
}

static bool eq_limit(bool has_a, bool has_b, double a, double b)
{
    return has_a == has_b && (!has_a || !(a < b || a > b));
}

static bool eq_count(bool has_a, bool has_b, int64_t a, int64_t b)
{
    return has_a == has_b && (!has_a || a == b);
}

static bool eq_scalars(const fl_schema *a, const fl_schema *b)
{
    return a->types == b->types && a->is_closed == b->is_closed && fl_str_eq(a->name, b->name) &&
           fl_str_eq(a->format, b->format) && fl_str_eq(a->pattern, b->pattern) &&
           fl_str_eq(a->description, b->description) && fl_str_eq(a->composed, b->composed) && a->has_unique_items == b->has_unique_items &&
           a->minimum_is_exclusive == b->minimum_is_exclusive && a->maximum_is_exclusive == b->maximum_is_exclusive &&
           eq_limit(a->has_minimum, b->has_minimum, a->minimum, b->minimum) &&
           eq_limit(a->has_maximum, b->has_maximum, a->maximum, b->maximum) &&
           eq_count(a->has_min_length, b->has_min_length, a->min_length, b->min_length) &&
           eq_count(a->has_max_length, b->has_max_length, a->max_length, b->max_length) &&
           eq_count(a->has_min_items, b->has_min_items, a->min_items, b->min_items) &&
           eq_count(a->has_max_items, b->has_max_items, a->max_items, b->max_items) &&
           eq_limit(true, true, a->multiple_of, b->multiple_of) && a->is_deprecated == b->is_deprecated &&
           a->is_read_only == b->is_read_only && a->is_write_only == b->is_write_only &&
           eq_data(a->default_value, b->default_value);
}

static bool eq_node(const fl_schema *a, const fl_schema *b, const pair *here)
{
    if (!eq_scalars(a, b) || (!here->ignores_examples && !eq_data(a->example, b->example)) || a->properties.count != b->properties.count || a->any_of.count != b->any_of.count ||
        a->all_of.count != b->all_of.count || a->enumeration.count != b->enumeration.count)
        return false;
    for (size_t i = 0; i < a->enumeration.count; i++)
        if (!fl_data_eq(a->enumeration.items[i], b->enumeration.items[i]))
            return false;
    for (size_t i = 0; i < a->properties.count; i++) {
        const fl_property *p = &a->properties.items[i], *q = fl_schema_property(b, p->name);
        if (q == NULL || p->is_required != q->is_required || !eq_in(p->schema, q->schema, here))
            return false;
    }
    for (size_t i = 0; i < a->any_of.count; i++)
        if (!eq_in(a->any_of.items[i], b->any_of.items[i], here))
            return false;
    for (size_t i = 0; i < a->all_of.count; i++)
        if (!eq_in(a->all_of.items[i], b->all_of.items[i], here))
            return false;
    return eq_in(a->items, b->items, here) && eq_in(a->additional, b->additional, here);
}

static bool eq_in(const fl_schema *a, const fl_schema *b, const pair *outer)
{
    if (a == b)
        return true;
    if (a == NULL || b == NULL)
        return false;
    for (const pair *p = outer; p != NULL; p = p->outer)
        if (p->a == a && p->b == b)
            return true;
    pair here = {a, b, outer, outer->depth + 1, outer->ignores_examples};
    return here.depth < FL_SCHEMA_DEPTH && eq_node(a, b, &here);
}

/* Order of properties does not matter, order of alternatives does; where a property was read does not matter. */
bool fl_schema_eq(const fl_schema *a, const fl_schema *b)
{
    const pair top = {0};
    return eq_in(a, b, &top);
}

bool fl_schema_says_same(const fl_schema *a, const fl_schema *b)
{
    const pair top = {.ignores_examples = true};
    return eq_in(a, b, &top);
}
