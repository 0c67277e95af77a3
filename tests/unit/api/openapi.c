/* The OpenAPI document of models made by hand. Rows look at single places of it by JSON pointer. */
#include "tests/support/model.h"
#include "tests/support/unit.h"

static const char model[] =
    "{\"title\":\"Shop\",\"version\":\"2.0.0\",\"port\":3000,\"operations\":["
    "{\"method\":\"ALL\",\"path\":\"/ping\",\"id\":\"ping\"},"
    "{\"method\":\"GET\",\"path\":\"/ping\",\"id\":\"getPing\",\"responses\":[{\"status\":204}]},"
    "{\"method\":\"PROPFIND\",\"path\":\"/dav\",\"id\":\"dav\"},"
    "{\"method\":\"GET\",\"path\":\"/orders/{id}\",\"id\":\"getOrder\",\"tag\":\"orders\",\"summary\":\"One order\","
    " \"parameters\":[{\"in\":\"path\",\"name\":\"id\",\"required\":true,\"schema\":{\"type\":\"integer\"}},"
    "   {\"in\":\"query\",\"name\":\"expand\",\"schema\":{\"type\":\"string\",\"enum\":[\"items\"]}},"
    "   {\"in\":\"header\",\"name\":\"Authorization\",\"schema\":{\"type\":\"string\"}}],"
    " \"security\":[{\"scheme\":\"bearer\",\"type\":\"http\",\"name\":\"bearer\"}],"
    " \"responses\":[{\"status\":200,\"content\":[{\"type\":\"application/json\",\"schema\":{\"name\":\"Order\",\"type\":\"object\","
    "   \"properties\":{\"id\":{\"type\":\"integer\"},\"parent\":{\"ref\":\"Order\"}},\"required\":[\"id\"]}}]},{\"status\":404},{\"status\":0}]},"
    "{\"method\":\"DELETE\",\"path\":\"/orders/{orderId}\",\"id\":\"getOrder\","
    " \"parameters\":[{\"in\":\"path\",\"name\":\"orderId\",\"required\":true,\"schema\":{\"type\":\"integer\"}}]},"
    "{\"method\":\"GET\",\"path\":\"/orders/{other}\",\"id\":\"shadowed\"},"
    "{\"method\":\"POST\",\"path\":\"/shops/{id}/orders/{id}\",\"id\":\"create\",\"bodyRequired\":true,"
    " \"body\":[{\"type\":\"application/json\",\"schema\":{\"name\":\"Order\",\"type\":\"object\",\"properties\":{\"total\":{\"type\":\"number\"}}}}],"
    " \"responses\":[{\"status\":201,\"content\":[{\"type\":\"application/json\",\"schema\":{\"name\":\"Order\",\"type\":\"object\","
    "   \"properties\":{\"total\":{\"type\":\"number\"}}}}]}]},"
    "{\"method\":\"GET\",\"path\":\"/unmounted\",\"id\":\"maybe\",\"possible\":\"router is never mounted\"}]}";

static fl_data *document_of(fl_arena *arena, fl_api *api, const char *json, bool with_possible)
{
    fl_data *from;
    fl_err err;
    if (fl_json_parse(arena, fl_str_from(json), &from, &err) != FL_OK)
        fail_msg("%s", err.text);
    fl_test_api(api, from);
    fl_openapi_options options = {.with_possible = with_possible};
    return fl_data_copy(arena, fl_api_to_openapi(api, arena, &options));
}

static fl_str compact(fl_arena *arena, const fl_data *node)
{
    if (node == NULL)
        return FL_S("absent");
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_json_write(&out, node, false);
    fl_str text = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return text;
}

static void says(void **state)
{
    (void)state;
    static const struct { const char *pointer, *out; } rows[] = {
        {"/openapi", "\"3.1.0\""},
        {"/info", "{\"title\":\"Shop\",\"version\":\"2.0.0\"}"},
        {"/servers", "[{\"url\":\"http://localhost:3000\"}]"},
        {"/tags", "[{\"name\":\"orders\"}]"},
        {"/paths/~1ping/get/operationId", "\"getPing\""},
        {"/paths/~1ping/get/responses", "{\"204\":{\"description\":\"No Content\"}}"},
        {"/paths/~1ping/post/operationId", "\"ping_post\""},
        {"/paths/~1ping/post/x-faultline-any-method", "true"},
        {"/paths/~1ping/trace", "absent"},
        {"/paths/~1orders~1{id}/get/parameters",
         "[{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"integer\"}},"
         "{\"name\":\"expand\",\"in\":\"query\",\"schema\":{\"type\":\"string\",\"enum\":[\"items\"]}}]"},
        {"/paths/~1orders~1{id}/get/security", "[{\"bearer\":[]}]"},
        {"/paths/~1orders~1{id}/get/responses/200/content/application~1json/schema", "{\"$ref\":\"#/components/schemas/Order\"}"},
        {"/paths/~1orders~1{id}/get/responses/404", "{\"description\":\"Not Found\"}"},
        {"/paths/~1orders~1{id}/get/responses/default", "{\"description\":\"Any other answer\"}"},
        {"/paths/~1orders~1{id}/delete/operationId", "\"getOrder2\""},
        {"/paths/~1orders~1{id}/delete/parameters",
         "[{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"integer\"}}]"},
        {"/paths/~1orders~1{orderId}", "absent"},
        {"/paths/~1shops~1{id}~1orders~1{id2}/post/parameters/1/name", "\"id2\""},
        {"/paths/~1shops~1{id}~1orders~1{id2}/post/requestBody",
         "{\"required\":true,\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Order2\"}}}}"},
        {"/paths/~1shops~1{id}~1orders~1{id2}/post/responses/201/content/application~1json/schema", "{\"$ref\":\"#/components/schemas/Order2\"}"},
        {"/components/schemas/Order/properties/parent", "{\"$ref\":\"#/components/schemas/Order\"}"},
        {"/components/schemas/Order2/properties", "{\"total\":{\"type\":\"number\"}}"},
        {"/components/schemas/Order3", "absent"},
        {"/components/securitySchemes", "{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}}"},
        {"/paths/~1unmounted", "absent"},
        {"/x-faultline-other-routes",
         "[{\"method\":\"PROPFIND\",\"path\":\"/dav\",\"why\":\"OpenAPI has no such method\"},"
         "{\"method\":\"GET\",\"path\":\"/orders/{other}\",\"why\":\"another route has this method and path\"}]"},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    fl_api api;
    fl_data *document = document_of(&arena, &api, model, false);
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_str(rows[i].pointer, compact(&arena, fl_data_pointer(document, fl_str_from(rows[i].pointer))), rows[i].out);
    fl_api_release(&api);
    fl_arena_release(&arena);
}

static void marks_possible_routes(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_api api;
    fl_data *document = document_of(&arena, &api, model, true);
    fl_row_str("possible", compact(&arena, fl_data_pointer(document, FL_S("/paths/~1unmounted/get/x-faultline-possible"))),
               "\"router is never mounted\"");
    fl_api_release(&api);
    fl_arena_release(&arena);
}

static void is_a_document_without_routes(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_api api;
    fl_row_str("empty", compact(&arena, document_of(&arena, &api, "{}", false)),
               "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"API\",\"version\":\"0.0.0\"},\"paths\":{}}");
    fl_api_release(&api);
    fl_arena_release(&arena);
}

FL_UNIT(openapi, cmocka_unit_test(says), cmocka_unit_test(marks_possible_routes), cmocka_unit_test(is_a_document_without_routes))
