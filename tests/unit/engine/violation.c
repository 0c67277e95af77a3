/* What schemas and operations do not allow; what nobody can tell is allowed, but not surely. */
#include "tests/support/unit.h"
#include "engine/plan/plan.h"
#include "extractor/api/document.h"

static const char text[] =
    "{\"openapi\": \"3.1.0\", \"info\": {}, \"paths\": {\"/a/{id}\": {\"post\": {\"parameters\": ["
    "{\"name\": \"id\", \"in\": \"path\", \"schema\": {\"type\": \"integer\"}},"
    "{\"name\": \"limit\", \"in\": \"query\", \"schema\": {\"type\": \"integer\", \"minimum\": 1}},"
    "{\"name\": \"word\", \"in\": \"query\", \"schema\": {\"type\": \"string\"}},"
    "{\"name\": \"on\", \"in\": \"query\", \"schema\": {\"type\": \"boolean\"}},"
    "{\"name\": \"X-Key\", \"in\": \"header\", \"required\": true, \"schema\": {\"type\": \"string\"}}],"
    "\"requestBody\": {\"required\": true, \"content\": {\"application/json\": {\"schema\": {\"type\": \"object\", \"required\": [\"name\"], \"properties\": {"
    "\"name\": {\"type\": \"string\", \"minLength\": 2, \"maxLength\": 3}, \"kind\": {\"enum\": [\"a\", \"b\"]}, \"n\": {\"type\": [\"number\", \"null\"], \"maximum\": 5},"
    "\"at\": {\"type\": \"string\", \"format\": \"date\"}, \"id\": {\"type\": \"integer\", \"readOnly\": true},"
    "\"tags\": {\"type\": \"array\", \"items\": {\"type\": \"string\", \"pattern\": \"^x\"}, \"maxItems\": 2, \"uniqueItems\": true}}}}}}, \"responses\": {}}}}}";

static const struct { const char *path, *query, *header, *body, *violation; bool is_sure; } rows[] = {
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "", true},
    {"{\"id\": \"x\"}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "path /id: \"x\" is no integer", true},
    {"{\"id\": 1}", "{\"limit\": \"0\"}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "query /limit: 0 is too small", true},
    {"{\"id\": 1}", "{\"limit\": \"\"}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "", false},
    {"{\"id\": 1}", "{\"limit\": [\"1\", \"2\"]}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "", false},
    {"{\"id\": 1}", "{\"word\": null}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "", false},
    {"{\"id\": 1}", "{\"word\": 1}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "", true},
    {"{\"id\": 1}", "{\"word\": false, \"on\": 1}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "", true},
    {"{\"id\": 1}", "{\"on\": \"maybe\"}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\"}", "query /on: \"maybe\" is no boolean", true},
    {"{\"id\": 1}", "{}", "{}", "{\"name\": \"ab\"}", "header /X-Key is missing", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \" \"}", "{\"name\": \"ab\"}", "", false},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{}", "body /name is missing", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "[]", "body [] is no object", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"a\"}", "body /name: \"a\" is too short", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"\u00e9\u00e9\u00e9\"}", "", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"abcd\"}", "body /name: \"abcd\" is too long", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\", \"kind\": \"A\"}", "body /kind: \"A\" is none of the values", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\", \"n\": null}", "", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\", \"n\": 5.5}", "body /n: 5.5 is too large", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\", \"at\": \"2025-13-01\"}", "body /at: \"2025-13-01\" is no date", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\", \"tags\": [\"x\", \"y\"]}", "body /tags/1: \"y\" does not match the pattern", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\", \"tags\": [\"x\", \"x\"]}", "body /tags/1: \"x\" is there twice", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", "{\"name\": \"ab\", \"more\": 1}", "", true},
    {"{\"id\": 1}", "{}", "{\"x-key\": \"k\"}", NULL, "body is missing", true},
};

static fl_data *parse(fl_arena *arena, const char *json)
{
    fl_data *data = NULL;
    fl_err err = {0};
    fl_row_ok(json, fl_json_parse(arena, fl_str_from(json), &data, &err), err);
    return data;
}

static void judges_requests(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_api api;
    fl_err err = {0};
    fl_row_ok("document", fl_api_read_document(&api, parse(&arena, text), "text", NULL, &err), err);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_case request = {.path = parse(&arena, rows[i].path), .query = parse(&arena, rows[i].query), .header = parse(&arena, rows[i].header),
                           .has_body = rows[i].body != NULL, .content_type = FL_S("application/json")};
        request.body = rows[i].body ? parse(&arena, rows[i].body) : NULL;
        fl_location in;
        bool is_sure;
        const char *name = rows[i].violation[0] ? rows[i].violation : rows[i].query;
        fl_row_str(name, fl_request_violation(&arena, &api.operations.items[0], &request, &in, &is_sure), rows[i].violation);
        if (rows[i].violation[0] == '\0')
            fl_row_int(name, is_sure, rows[i].is_sure);
    }
    fl_api_release(&api);
    fl_arena_release(&arena);
}

static void judges_answers(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_schema *schema = fl_schema_new(&arena, FL_JSON_OBJECT);
    fl_property *secret = fl_schema_add_property(&arena, schema, FL_S("secret")), *id = fl_schema_add_property(&arena, schema, FL_S("id"));
    secret->schema = fl_schema_new(&arena, FL_JSON_STRING);
    secret->schema->is_write_only = true;
    id->schema = fl_schema_new(&arena, FL_JSON_INTEGER);
    secret->is_required = id->is_required = true;
    fl_row_str("what only clients write", fl_schema_violation(&arena, schema, parse(&arena, "{\"id\": 1.0}"), false), "");
    fl_row_str("what services write", fl_schema_violation(&arena, schema, parse(&arena, "{\"secret\": \"x\"}"), false), "/id is missing");
    fl_arena_release(&arena);
}

FL_UNIT(violation, cmocka_unit_test(judges_requests), cmocka_unit_test(judges_answers))
