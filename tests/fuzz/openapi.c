/*
 * Any API model becomes a document that is written as YAML and as JSON and reads back the same, and its schemas have
 * samples. The input is a model by hand (tests/support/model.h) as JSON.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/support/model.h"

static void sample(fl_arena *arena, const fl_schema *schema)
{
    if (!schema)
        return;
    const fl_data *smallest = fl_schema_sample(arena, schema, false, 0), *full = fl_schema_sample(arena, schema, true, 1);
    FL_ASSERT(smallest && full);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_data *from = NULL;
    if (fl_json_parse(&arena, fuzz_str(data, size), &from, &err) == FL_OK) {
        fl_api api;
        fl_test_api(&api, from);
        fl_data *document = fl_api_to_openapi(&api, &arena, &(fl_openapi_options){.with_possible = size % 2 == 0});
        fl_buf json, yaml;
        fl_buf_init(&json, 0);
        fl_buf_init(&yaml, 0);
        fl_json_write(&json, document, true);
        fl_yaml_write(&yaml, document);
        fl_data *from_json = NULL, *from_yaml = NULL;
        if (fl_json_parse(&arena, fl_buf_str(&json), &from_json, &err) != FL_OK ||
            fl_yaml_parse(&arena, fl_buf_str(&yaml), "document", &from_yaml, &err) != FL_OK)
            FL_BUG("the document is refused: %s", err.text);
        FL_ASSERT(fl_data_eq(document, from_json));
        FL_ASSERT(fuzz_is_same(document, from_yaml));
        fl_buf_release(&json);
        fl_buf_release(&yaml);
        for (size_t i = 0; i < api.operations.count; i++) {
            const fl_operation *operation = &api.operations.items[i];
            for (size_t k = 0; k < operation->parameters.count; k++)
                sample(&arena, operation->parameters.items[k].schema);
            for (size_t k = 0; k < operation->body.count; k++)
                sample(&arena, operation->body.items[k].schema);
        }
        fl_api_release(&api);
    }
    fl_arena_release(&arena);
    return 0;
}
