/* Schemas as data: JSON Schema 2020-12 in the words and the order OpenAPI 3.1 readers expect. A node that is being
 * written is not written again inside itself: it becomes the empty schema, which is true of everything; nodes with a
 * components name are $refs and so never nest. */
#include "extractor/api/schema_p.h"

static void write_types(fl_arena *arena, fl_data *out, unsigned types)
{
    if (types & FL_JSON_BINARY) /* a file is a text with a media type */
        types = (types & ~(unsigned)FL_JSON_BINARY) | FL_JSON_STRING;
    if (types & FL_JSON_NUMBER)
        types &= ~(unsigned)FL_JSON_INTEGER;
    fl_data *list = fl_data_list(arena);
    for (size_t i = 0; i < FL_JSON_TYPE_COUNT; i++)
        if (types & fl_json_type_names[i].type)
            fl_data_push(list, fl_data_string_c(arena, fl_json_type_names[i].text));
    if (list->count == 1)
        fl_data_set_c(arena, out, "type", fl_data_string(arena, list->first->text));
    else if (list->count > 1)
        fl_data_set_c(arena, out, "type", list);
}

/* 3 and not 3.0: readers take limits of integers as integers. */
static fl_data *number(fl_arena *arena, double d)
{
    if (d >= -9007199254740992.0 && d <= 9007199254740992.0 && !(d < (double)(int64_t)d || d > (double)(int64_t)d))
        return fl_data_int(arena, (int64_t)d);
    return fl_data_double(arena, d);
}

static void write_text(fl_arena *arena, fl_data *out, const char *key, fl_str text)
{
    if (text.len > 0)
        fl_data_set_c(arena, out, key, fl_data_string(arena, text));
}

static void write_limits(fl_arena *arena, fl_data *out, const fl_schema *s)
{
    if (s->has_minimum)
        fl_data_set_c(arena, out, s->minimum_is_exclusive ? "exclusiveMinimum" : "minimum", number(arena, s->minimum));
    if (s->has_maximum)
        fl_data_set_c(arena, out, s->maximum_is_exclusive ? "exclusiveMaximum" : "maximum", number(arena, s->maximum));
    if (s->multiple_of > 0)
        fl_data_set_c(arena, out, "multipleOf", number(arena, s->multiple_of));
    const struct { bool has; const char *key; int64_t value; } counts[] = {
        {s->has_min_length, "minLength", s->min_length}, {s->has_max_length, "maxLength", s->max_length},
        {s->has_min_items, "minItems", s->min_items}, {s->has_max_items, "maxItems", s->max_items},
    };
    for (size_t i = 0; i < FL_COUNT(counts); i++)
        if (counts[i].has && counts[i].value >= 0)
            fl_data_set_c(arena, out, counts[i].key, fl_data_int(arena, counts[i].value));
    if (s->has_unique_items)
        fl_data_set_c(arena, out, "uniqueItems", fl_data_bool(arena, true));
}

static void write_values(fl_arena *arena, fl_data *out, const fl_schema *s)
{
    if (s->enumeration.count > 0) {
        fl_data *list = fl_data_set_c(arena, out, "enum", fl_data_list(arena));
        bool has_null = false;
        for (size_t i = 0; i < s->enumeration.count; i++) {
            has_null = has_null || s->enumeration.items[i]->kind == FL_DATA_NULL;
            fl_data_push(list, fl_data_copy(arena, s->enumeration.items[i]));
        }
        if (s->types & FL_JSON_NULL && !has_null)
            fl_data_push(list, fl_data_null(arena));
    }
    if (s->default_value != NULL)
        fl_data_set_c(arena, out, "default", fl_data_copy(arena, s->default_value));
    if (s->example != NULL)
        fl_data_push(fl_data_set_c(arena, out, "examples", fl_data_list(arena)), fl_data_copy(arena, s->example));
}

static void write_properties(fl_schema_writer *w, fl_data *out, const fl_schema *s)
{
    if (s->properties.count > 0) {
        fl_data *map = fl_data_map(w->arena), *required = fl_data_list(w->arena);
        for (size_t i = 0; i < s->properties.count; i++) {
            const fl_property *p = &s->properties.items[i];
            fl_data *schema = fl_schema_write(w, p->schema);
            fl_data *source = w->evidence != NULL && p->has_source ? fl_api_source_data(w->evidence, w->arena, p->source) : NULL;
            if (source != NULL)
                fl_data_set_c(w->arena, schema, "x-source", source);
            fl_data_set(w->arena, map, p->name, schema);
            if (p->is_required)
                fl_data_push(required, fl_data_string(w->arena, p->name));
        }
        if (required->count > 0)
            fl_data_set_c(w->arena, out, "required", required);
        fl_data_set_c(w->arena, out, "properties", map);
    }
    if (s->is_closed)
        fl_data_set_c(w->arena, out, "additionalProperties", fl_data_bool(w->arena, false));
    else if (s->additional != NULL)
        fl_data_set_c(w->arena, out, "additionalProperties", fl_schema_write(w, s->additional));
}

static void write_list(fl_schema_writer *w, fl_data *out, const char *key, fl_schema *const *items, size_t count)
{
    if (count == 0)
        return;
    fl_data *list = fl_data_set_c(w->arena, out, key, fl_data_list(w->arena));
    for (size_t i = 0; i < count; i++)
        fl_data_push(list, fl_schema_write(w, items[i]));
}

fl_data *fl_schema_write_body(fl_schema_writer *w, const fl_schema *s)
{
    fl_data *out = fl_data_map(w->arena);
    for (unsigned i = 0; i < w->depth; i++)
        if (w->open[i] == s)
            return out;
    if (w->depth == FL_SCHEMA_DEPTH)
        return out;
    w->open[w->depth++] = s;
    write_types(w->arena, out, s->types);
    write_text(w->arena, out, "format", s->format);
    if (s->types & FL_JSON_BINARY)
        fl_data_set_c(w->arena, out, "contentMediaType", fl_data_string_c(w->arena, "application/octet-stream"));
    write_text(w->arena, out, "description", s->description);
    write_text(w->arena, out, "pattern", s->pattern);
    write_limits(w->arena, out, s);
    write_values(w->arena, out, s);
    write_properties(w, out, s);
    if (s->items != NULL)
        fl_data_set_c(w->arena, out, "items", fl_schema_write(w, s->items));
    write_list(w, out, "anyOf", s->any_of.items, s->any_of.count);
    write_list(w, out, "allOf", s->all_of.items, s->all_of.count);
    if (s->is_deprecated)
        fl_data_set_c(w->arena, out, "deprecated", fl_data_bool(w->arena, true));
    if (s->is_read_only)
        fl_data_set_c(w->arena, out, "readOnly", fl_data_bool(w->arena, true));
    if (s->is_write_only)
        fl_data_set_c(w->arena, out, "writeOnly", fl_data_bool(w->arena, true));
    w->depth--;
    return out;
}

fl_data *fl_schema_write(fl_schema_writer *w, const fl_schema *schema)
{
    if (schema == NULL)
        return fl_data_map(w->arena);
    fl_str name = w->name_of != NULL ? w->name_of(w->context, schema) : (fl_str){0};
    if (name.len == 0)
        return fl_schema_write_body(w, schema);
    fl_data *out = fl_data_map(w->arena);
    fl_data_set_c(w->arena, out, "$ref",
                  fl_data_string(w->arena, fl_str_format(w->arena, "#/components/schemas/" FL_STR_FMT, FL_STR_ARG(name))));
    return out;
}

static fl_str own_name(const void *context, const fl_schema *schema)
{
    (void)context;
    return schema->name;
}

fl_data *fl_schema_to_data(fl_arena *arena, const fl_schema *schema, bool refs, const struct fl_api *evidence)
{
    fl_schema_writer writer = {.arena = arena, .name_of = refs ? own_name : NULL, .evidence = evidence};
    return fl_schema_write(&writer, schema);
}
