/* API models by hand; see model.h. */
#include <string.h>
#include "tests/support/model.h"

static unsigned types_of(fl_str text)
{
    static const struct { const char *text; unsigned type; } rows[] = {
        {"null", FL_JSON_NULL}, {"boolean", FL_JSON_BOOLEAN}, {"integer", FL_JSON_INTEGER}, {"number", FL_JSON_NUMBER},
        {"string", FL_JSON_STRING}, {"array", FL_JSON_ARRAY}, {"object", FL_JSON_OBJECT}, {"file", FL_JSON_BINARY},
    };
    unsigned types = 0;
    fl_str part;
    while (fl_str_split(&text, '|', &part))
        for (size_t i = 0; i < FL_COUNT(rows); i++)
            if (fl_str_eq_c(part, rows[i].text))
                types |= rows[i].type;
    return types;
}

static bool limit(const fl_data *from, const char *key, double *out)
{
    const fl_data *value = fl_data_get_c(from, key);
    if (value == NULL || value->kind != FL_DATA_NUMBER)
        return false;
    *out = fl_data_num(value, 0);
    return true;
}

static bool count(const fl_data *from, const char *key, int64_t *out)
{
    *out = fl_data_get_int(from, key, -1);
    return *out >= 0;
}

static void read_keywords(fl_schema *s, const fl_data *from)
{
    s->format = fl_data_get_str(from, "format");
    s->pattern = fl_data_get_str(from, "pattern");
    s->description = fl_data_get_str(from, "description");
    s->has_minimum = limit(from, "minimum", &s->minimum);
    if (limit(from, "exclusiveMinimum", &s->minimum))
        s->has_minimum = s->minimum_is_exclusive = true;
    s->has_maximum = limit(from, "maximum", &s->maximum);
    if (limit(from, "exclusiveMaximum", &s->maximum))
        s->has_maximum = s->maximum_is_exclusive = true;
    (void)limit(from, "multipleOf", &s->multiple_of);
    s->has_min_length = count(from, "minLength", &s->min_length);
    s->has_max_length = count(from, "maxLength", &s->max_length);
    s->has_min_items = count(from, "minItems", &s->min_items);
    s->has_max_items = count(from, "maxItems", &s->max_items);
    s->has_unique_items = fl_data_get_bool(from, "uniqueItems", false);
    s->is_closed = fl_data_get_bool(from, "closed", false);
    s->is_read_only = fl_data_get_bool(from, "readOnly", false);
    s->default_value = fl_data_get_c(from, "default");
    s->example = fl_data_get_c(from, "example");
}

fl_schema *fl_test_schema(fl_arena *arena, fl_test_schemas *seen, const fl_data *from)
{
    fl_str ref = fl_data_get_str(from, "ref");
    for (size_t i = 0; ref.len > 0 && i < seen->named.count; i++)
        if (fl_str_eq(seen->named.items[i]->name, ref))
            return seen->named.items[i];
    fl_schema *s = fl_schema_new(arena, types_of(fl_data_get_str(from, "type")));
    s->name = fl_data_get_str(from, "name");
    if (s->name.len > 0)
        fl_vec_push(arena, &seen->named, s);
    read_keywords(s, from);
    const fl_data *properties = fl_data_get_c(from, "properties"), *required = fl_data_get_c(from, "required");
    for (const fl_data *p = properties != NULL ? properties->first : NULL; p != NULL; p = p->next) {
        fl_schema *made = fl_test_schema(arena, seen, p);
        fl_schema_add_property(arena, s, p->key)->schema = made;
    }
    for (const fl_data *r = required != NULL ? required->first : NULL; r != NULL; r = r->next) {
        fl_property *property = fl_schema_property(s, r->text);
        if (property != NULL)
            property->is_required = true;
    }
    if (fl_data_get_c(from, "items") != NULL)
        s->items = fl_test_schema(arena, seen, fl_data_get_c(from, "items"));
    if (fl_data_get_c(from, "additional") != NULL)
        s->additional = fl_test_schema(arena, seen, fl_data_get_c(from, "additional"));
    const fl_data *arms = fl_data_get_c(from, "anyOf");
    for (const fl_data *arm = arms != NULL ? arms->first : NULL; arm != NULL; arm = arm->next)
        fl_vec_push(arena, &s->any_of, fl_test_schema(arena, seen, arm));
    arms = fl_data_get_c(from, "allOf");
    for (const fl_data *arm = arms != NULL ? arms->first : NULL; arm != NULL; arm = arm->next)
        fl_vec_push(arena, &s->all_of, fl_test_schema(arena, seen, arm));
    const fl_data *values = fl_data_get_c(from, "enum");
    for (const fl_data *v = values != NULL ? values->first : NULL; v != NULL; v = v->next)
        fl_vec_push(arena, &s->enumeration, v);
    return s;
}

fl_schema *fl_test_schema_text(fl_arena *arena, const char *json)
{
    fl_data *from;
    fl_err err;
    if (fl_json_parse(arena, fl_str_from(json), &from, &err) != FL_OK)
        FL_BUG("%s: %s", err.text, json);
    fl_test_schemas seen = {0};
    return fl_test_schema(arena, &seen, from);
}

#define EACH(item, list) for (const fl_data *item = (list) != NULL ? (list)->first : NULL; item != NULL; item = item->next)

static fl_location location_of(fl_str text)
{
    for (int in = FL_IN_PATH; in <= FL_IN_COOKIE; in++)
        if (fl_str_eq_c(text, fl_location_text((fl_location)in)))
            return (fl_location)in;
    return FL_IN_QUERY;
}

static fl_media media_of(fl_arena *arena, fl_test_schemas *seen, const fl_data *from)
{
    fl_media media = {.type = fl_data_get_str(from, "type")};
    if (fl_data_get_c(from, "schema") != NULL)
        media.schema = fl_test_schema(arena, seen, fl_data_get_c(from, "schema"));
    return media;
}

static fl_operation operation_of(fl_arena *arena, fl_test_schemas *seen, const fl_data *from)
{
    static const fl_span nowhere = {UINT32_MAX, 0, 0};
    fl_operation op = {.method = fl_data_get_str(from, "method"), .path = fl_data_get_str(from, "path"),
                       .id = fl_data_get_str(from, "id"), .tag = fl_data_get_str(from, "tag"),
                       .summary = fl_data_get_str(from, "summary"), .doubt = fl_data_get_str(from, "possible"),
                       .registration = nowhere, .body_source = nowhere};
    op.certainty = op.doubt.len > 0 ? FL_POSSIBLE : FL_CERTAIN;
    op.body_is_required = fl_data_get_bool(from, "bodyRequired", false);
    EACH(p, fl_data_get_c(from, "parameters")) {
        fl_parameter parameter = {.in = location_of(fl_data_get_str(p, "in")), .name = fl_data_get_str(p, "name"),
                                  .is_required = fl_data_get_bool(p, "required", false), .source = nowhere,
                                  .schema = fl_test_schema(arena, seen, fl_data_get_c(p, "schema"))};
        fl_vec_push(arena, &op.parameters, parameter);
    }
    EACH(m, fl_data_get_c(from, "body"))
        fl_vec_push(arena, &op.body, media_of(arena, seen, m));
    EACH(r, fl_data_get_c(from, "responses")) {
        fl_response response = {.status = (uint16_t)fl_data_get_int(r, "status", 0),
                                .description = fl_data_get_str(r, "description"), .source = nowhere};
        EACH(m, fl_data_get_c(r, "content"))
            fl_vec_push(arena, &response.content, media_of(arena, seen, m));
        fl_vec_push(arena, &op.responses, response);
    }
    EACH(s, fl_data_get_c(from, "security")) {
        fl_security security = {fl_data_get_str(s, "scheme"), fl_data_get_str(s, "type"), fl_data_get_str(s, "in"),
                                fl_data_get_str(s, "name"), fl_data_get_str(s, "format"), NULL, NULL};
        if (security.scheme.len > 0)
            fl_vec_push(arena, &op.security, security);
    }
    return op;
}

void fl_test_api(fl_api *api, const fl_data *from)
{
    memset(api, 0, sizeof *api);
    fl_arena_init(&api->arena);
    api->title = fl_data_get_str(from, "title");
    api->version = fl_data_get_str(from, "version");
    api->listen.port = (uint16_t)fl_data_get_int(from, "port", 0);
    api->listen.span.file = UINT32_MAX;
    fl_test_schemas seen = {0};
    EACH(o, fl_data_get_c(from, "operations"))
        fl_vec_push(&api->arena, &api->operations, operation_of(&api->arena, &seen, o));
}
