/* What differs between two documents, and whether it breaks clients. The three versions of OpenAPI say the same. */
#include "extractor/api/compare.h"
#include "extractor/api/document.h"
#include "tests/support/unit.h"

static void read_document(fl_arena *arena, const char *text, fl_api *api)
{
    fl_err err;
    fl_data *root = NULL;
    assert_int_equal(fl_json_parse(arena, fl_str_from(text), &root, &err), FL_OK);
    assert_int_equal(fl_api_read_document(api, root, "test", NULL, &err), FL_OK);
}

/* `breaking parameter-required query limit: required now (GET /a)`, one a line. */
static const char *changes_text(fl_arena *arena, const char *older_text, const char *newer_text)
{
    fl_api older, newer;
    fl_changes changes = {0};
    read_document(arena, older_text, &older);
    read_document(arena, newer_text, &newer);
    fl_api_compare(arena, &older, &newer, &changes);
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < changes.count; i++) {
        const fl_change *c = changes.items[i];
        fl_buf_format(&out, "%s %s %s" FL_STR_FMT "%s" FL_STR_FMT ": " FL_STR_FMT " (", fl_change_level_text(c->level), fl_change_infos[c->kind].id,
                      c->is_in_answer ? "<- " : "-> ", FL_STR_ARG(c->schema), c->schema.len > 0 ? " " : "", FL_STR_ARG(c->where), FL_STR_ARG(c->text));
        for (size_t k = 0; k < c->operations.count; k++)
            fl_buf_format(&out, "%s" FL_STR_FMT, k > 0 ? ", " : "", FL_STR_ARG(c->operations.items[k]));
        fl_buf_add_c(&out, ")\n");
    }
    const char *text = fl_str_c(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    fl_api_release(&older);
    fl_api_release(&newer);
    return text;
}

#define DOCUMENT(paths) "{\"openapi\":\"3.1.0\",\"info\":{},\"paths\":{" paths "}}"
#define OK "\"responses\":{\"200\":{\"description\":\"\"}}"
/* One operation that takes the schema, and one that answers with it. */
#define SENT(schema) DOCUMENT("\"/a\":{\"post\":{\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":" schema "}}}," OK "}}")
#define ANSWERED(schema) DOCUMENT("\"/a\":{\"get\":{\"responses\":{\"200\":{\"description\":\"\",\"content\":{\"application/json\":{\"schema\":" schema "}}}}}}")

static void operations(void **state)
{
    (void)state;
    static const struct { const char *row, *older, *newer, *out; } rows[] = {
        {"the same", DOCUMENT("\"/a/{id}\":{\"get\":{" OK "}}"), DOCUMENT("\"/a/{id}\":{\"get\":{" OK "}}"), ""},
        {"another name of a variable", DOCUMENT("\"/a/{id}\":{\"get\":{" OK "}}"), DOCUMENT("\"/a/{key}\":{\"get\":{" OK "}}"), ""},
        {"a method more and one less", DOCUMENT("\"/a\":{\"get\":{" OK "}}"), DOCUMENT("\"/a\":{\"put\":{" OK "}}"),
         "breaking operation-removed -> : gone (GET /a)\ncompatible operation-added -> : new (PUT /a)\n"},
        {"a possible route goes", DOCUMENT("\"/a\":{\"get\":{\"x-faultline-possible\":\"never mounted\"," OK "}}"), DOCUMENT(""),
         "may-break operation-removed -> : gone (GET /a)\n"},
        {"parameters",
         DOCUMENT("\"/a\":{\"get\":{\"parameters\":[{\"in\":\"query\",\"name\":\"a\"},{\"in\":\"query\",\"name\":\"b\"},{\"in\":\"header\",\"name\":\"X-Key\"}]," OK "}}"),
         DOCUMENT("\"/a\":{\"get\":{\"parameters\":[{\"in\":\"query\",\"name\":\"a\",\"required\":true},{\"in\":\"header\",\"name\":\"x-key\"},"
                  "{\"in\":\"query\",\"name\":\"c\"},{\"in\":\"query\",\"name\":\"d\",\"required\":true}]," OK "}}"),
         "breaking parameter-required -> query a: required now (GET /a)\n"
         "may-break parameter-removed -> query b: no longer read (GET /a)\n"
         "compatible parameter-added -> query c: new, may be left out (GET /a)\n"
         "breaking parameter-required -> query d: new and required (GET /a)\n"},
        {"parameters of the path item", DOCUMENT("\"/a\":{\"parameters\":[{\"in\":\"query\",\"name\":\"a\"}],\"get\":{" OK "}}"),
         DOCUMENT("\"/a\":{\"get\":{\"parameters\":[{\"in\":\"query\",\"name\":\"a\"}]," OK "}}"), ""},
        {"statuses",
         DOCUMENT("\"/a\":{\"get\":{\"responses\":{\"200\":{},\"404\":{}}}}"), DOCUMENT("\"/a\":{\"get\":{\"responses\":{\"201\":{},\"403\":{}}}}"),
         "breaking status-removed <- 200: no longer answered (GET /a)\ncompatible error-removed <- 404: no longer answered (GET /a)\n"
         "may-break status-added <- 201: new (GET /a)\ncompatible error-added <- 403: new (GET /a)\n"},
        {"a class of statuses has it", DOCUMENT("\"/a\":{\"get\":{\"responses\":{\"200\":{},\"404\":{}}}}"),
         DOCUMENT("\"/a\":{\"get\":{\"responses\":{\"200\":{},\"4XX\":{}}}}"), "compatible error-added <- 4XX: new (GET /a)\n"},
        {"security by what is sent",
         "{\"openapi\":\"3.0.0\",\"paths\":{\"/a\":{\"get\":{\"security\":[{\"one\":[]}]," OK "},\"put\":{" OK "}}},"
         "\"components\":{\"securitySchemes\":{\"one\":{\"type\":\"http\",\"scheme\":\"bearer\"}}}}",
         "{\"openapi\":\"3.0.0\",\"security\":[{\"two\":[]}],\"paths\":{\"/a\":{\"get\":{" OK "},\"put\":{" OK "}}},"
         "\"components\":{\"securitySchemes\":{\"two\":{\"type\":\"http\",\"scheme\":\"Bearer\"}}}}",
         "breaking security-added -> security: two is asked for now (PUT /a)\n"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_row_str(rows[i].row, fl_str_from(changes_text(&arena, rows[i].older, rows[i].newer)), rows[i].out);
        fl_arena_release(&arena);
    }
}

/* Each row in both directions: what the same change means in requests and in answers. */
static void schemas(void **state)
{
    (void)state;
#define ROW(row, older, newer, sent, answered) {row, SENT(older), SENT(newer), ANSWERED(older), ANSWERED(newer), sent, answered}
    static const struct { const char *row, *sent_older, *sent_newer, *answered_older, *answered_newer, *sent, *answered; } rows[] = {
        ROW("required", "{\"type\":\"object\",\"properties\":{\"a\":{}}}", "{\"type\":\"object\",\"properties\":{\"a\":{}},\"required\":[\"a\"]}",
            "breaking property-required -> body /a: required now (POST /a)\n", "compatible property-required <- 200 body /a: always there now (GET /a)\n"),
        ROW("optional", "{\"type\":\"object\",\"properties\":{\"a\":{}},\"required\":[\"a\"]}", "{\"type\":\"object\",\"properties\":{\"a\":{}}}",
            "compatible property-optional -> body /a: may be left out now (POST /a)\n", "breaking property-optional <- 200 body /a: may be missing now (GET /a)\n"),
        ROW("gone", "{\"type\":\"object\",\"properties\":{\"a\":{}},\"required\":[\"a\"]}", "{\"type\":\"object\"}",
            "may-break property-removed -> body /a: no longer read (POST /a)\n", "breaking property-gone <- 200 body /a: no longer sent (GET /a)\n"),
        ROW("refused", "{\"type\":\"object\",\"properties\":{\"a\":{}},\"additionalProperties\":false}", "{\"type\":\"object\",\"additionalProperties\":false}",
            "breaking property-refused -> body /a: no longer allowed (POST /a)\n", "may-break property-removed <- 200 body /a: no longer sent (GET /a)\n"),
        ROW("inside lists", "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}}",
            "breaking type-changed -> body /*/a: integer, was string (POST /a)\n", "breaking type-changed <- 200 body /*/a: integer, was string (GET /a)\n"),
        ROW("integers of numbers", "{\"type\":\"number\"}", "{\"type\":\"integer\"}",
            "breaking type-narrowed -> body: integer, was number (POST /a)\n", "compatible type-narrowed <- 200 body: integer, was number (GET /a)\n"),
        ROW("null", "{\"type\":\"string\"}", "{\"type\":[\"string\",\"null\"]}",
            "compatible null-added -> body: may be null now (POST /a)\n", "breaking null-added <- 200 body: may be null now (GET /a)\n"),
        ROW("null as an alternative", "{\"type\":[\"string\",\"null\"]}", "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "", ""),
        ROW("allOf is one", "{\"allOf\":[{\"type\":\"object\",\"properties\":{\"a\":{}}},{\"type\":\"object\",\"required\":[\"a\"]}]}",
            "{\"type\":\"object\",\"properties\":{\"a\":{}},\"required\":[\"a\"]}", "", ""),
        ROW("values", "{\"enum\":[\"a\",\"b\"]}", "{\"enum\":[\"b\",\"c\"]}",
            "breaking values-removed -> body: \"a\" gone (POST /a)\ncompatible values-added -> body: \"c\" new (POST /a)\n",
            "compatible values-removed <- 200 body: \"a\" gone (GET /a)\nmay-break values-added <- 200 body: \"c\" new (GET /a)\n"),
        ROW("limits", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":9}", "{\"type\":\"integer\",\"minimum\":2}",
            "breaking limit-tightened -> body: minimum 2, was 1 (POST /a)\ncompatible limit-loosened -> body: maximum 9 is gone (POST /a)\n",
            "compatible limit-tightened <- 200 body: minimum 2, was 1 (GET /a)\nmay-break limit-loosened <- 200 body: maximum 9 is gone (GET /a)\n"),
        ROW("a form more", "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"},{\"type\":\"boolean\"}]}",
            "compatible type-widened -> body: string|integer|boolean, was string|integer (POST /a)\n",
            "breaking type-widened <- 200 body: string|integer|boolean, was string|integer (GET /a)\n"),
    };
#undef ROW
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_row_str(rows[i].row, fl_str_from(changes_text(&arena, rows[i].sent_older, rows[i].sent_newer)), rows[i].sent);
        fl_row_str(rows[i].row, fl_str_from(changes_text(&arena, rows[i].answered_older, rows[i].answered_newer)), rows[i].answered);
        fl_arena_release(&arena);
    }
}

/* A named schema is told once, with everyone who uses it, also through another one, and may hold itself. */
static void named(void **state)
{
    (void)state;
#define TREE(label) \
    "{\"openapi\":\"3.0.3\",\"paths\":{\"/a\":{\"get\":{\"responses\":{\"200\":{\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Node\"}}}}}}}," \
    "\"/b\":{\"get\":{\"responses\":{\"200\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"root\":{\"$ref\":\"#/components/schemas/Node\"}}}}}}}}}}," \
    "\"components\":{\"schemas\":{\"Node\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/components/schemas/Node\"},\"label\":{\"$ref\":\"#/components/schemas/Label\"}}}," \
    "\"Label\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"" label "\"}}}}}}"
    fl_arena arena;
    fl_arena_init(&arena);
    fl_row_str("a schema in a schema", fl_str_from(changes_text(&arena, TREE("string"), TREE("integer"))), "breaking type-changed <- Label /text: integer, was string (GET /a, GET /b)\n");
#undef TREE
    fl_arena_release(&arena);
}

/* The same API in the words of the three versions. */
static void versions(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"swagger\":\"2.0\",\"basePath\":\"/v1/\",\"consumes\":[\"application/json\"],\"paths\":{\"/a/{id}\":{\"put\":{\"parameters\":["
        "{\"in\":\"path\",\"name\":\"id\",\"required\":true,\"type\":\"integer\",\"minimum\":0,\"exclusiveMinimum\":true},"
        "{\"in\":\"body\",\"name\":\"x\",\"required\":true,\"schema\":{\"$ref\":\"#/definitions/A\"}}],"
        "\"responses\":{\"200\":{\"description\":\"\",\"schema\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/definitions/A\"}},\"headers\":{\"X-N\":{\"type\":\"integer\"}}}}}}},"
        "\"definitions\":{\"A\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"string\"}},\"required\":[\"n\"]}}}",
        "{\"openapi\":\"3.0.0\",\"servers\":[{\"url\":\"https://example.com/{version}\",\"variables\":{\"version\":{\"default\":\"v1\"}}}],\"paths\":{\"/a/{id}\":{\"put\":{\"parameters\":["
        "{\"in\":\"path\",\"name\":\"id\",\"required\":true,\"schema\":{\"type\":\"integer\",\"minimum\":0,\"exclusiveMinimum\":true}}],"
        "\"requestBody\":{\"required\":true,\"content\":{\"application/json; charset=utf-8\":{\"schema\":{\"$ref\":\"#/components/schemas/A\"}}}},"
        "\"responses\":{\"200\":{\"$ref\":\"#/components/responses/R\"}}}}},"
        "\"components\":{\"responses\":{\"R\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/A\"}}}},"
        "\"headers\":{\"X-N\":{\"schema\":{\"type\":\"integer\"}}}}},"
        "\"schemas\":{\"A\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"string\"}},\"required\":[\"n\"]}}}}",
        "{\"openapi\":\"3.1.0\",\"servers\":[{\"url\":\"/v1\"}],\"paths\":{\"/a/{id}\":{\"put\":{\"parameters\":["
        "{\"in\":\"path\",\"name\":\"id\",\"required\":true,\"schema\":{\"type\":\"integer\",\"exclusiveMinimum\":0}}],"
        "\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/A\"}}}},"
        "\"responses\":{\"200\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/A\"}}}},"
        "\"headers\":{\"X-N\":{\"schema\":{\"type\":[\"integer\"]}}}}}}}},"
        "\"components\":{\"schemas\":{\"A\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"string\"}},\"required\":[\"n\"]}}}}",
    };
    for (size_t a = 0; a < FL_COUNT(texts); a++)
        for (size_t b = 0; b < FL_COUNT(texts); b++) {
            fl_arena arena;
            fl_arena_init(&arena);
            fl_row_str("versions", fl_str_from(changes_text(&arena, texts[a], texts[b])), "");
            fl_arena_release(&arena);
        }
    fl_arena arena;
    fl_arena_init(&arena);
    fl_api api;
    read_document(&arena, texts[0], &api);
    assert_int_equal(api.operations.count, 1);
    assert_true(fl_str_eq_c(api.operations.items[0].path, "/v1/a/{id}"));
    assert_true(api.operations.items[0].parameters.items[0].schema->minimum_is_exclusive);
    fl_api_release(&api);
    fl_data *none = NULL;
    fl_err err;
    assert_int_equal(fl_json_parse(&arena, FL_S("{\"paths\":{}}"), &none, &err), FL_OK);
    assert_int_equal(fl_api_read_document(&api, none, "x.json", NULL, &err), FL_E_FORMAT);
    assert_non_null(strstr(err.text, "'x.json' is no OpenAPI document"));
    fl_arena_release(&arena);
}

FL_UNIT(compare, cmocka_unit_test(operations), cmocka_unit_test(schemas), cmocka_unit_test(named), cmocka_unit_test(versions))
