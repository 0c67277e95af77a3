/*
 * Any API model becomes a document that is written as YAML and as JSON and reads back the same, and its schemas have
 * samples. Whatever the model says, the document keeps its own rules: references resolve, operationIds are unique, every
 * variable of a path is a required parameter, every operation answers something. The input is a model by hand (tests/support/model.h) as JSON.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/support/model.h"

static const fl_data *root;

static void check_refs(const fl_data *node)
{
    if (fl_str_eq_c(node->key, "$ref") && node->kind == FL_DATA_STRING && fl_str_starts(node->text, FL_S("#/components/schemas/")))
        FL_ASSERT(fl_data_pointer(root, fl_str_sub(node->text, 1, node->text.len)) != NULL);
    /* values of the program may hold anything, also maps with a key "$ref" */
    if (fl_str_eq_c(node->key, "enum") || fl_str_eq_c(node->key, "default") || fl_str_eq_c(node->key, "examples"))
        return;
    for (const fl_data *child = node->first; child != NULL; child = child->next)
        check_refs(child);
}

static bool has_parameter(const fl_data *operation, fl_str name)
{
    const fl_data *list = fl_data_get_c(operation, "parameters");
    for (const fl_data *p = list != NULL ? list->first : NULL; p != NULL; p = p->next)
        if (fl_str_eq(fl_data_get_str(p, "name"), name) && fl_str_eq_c(fl_data_get_str(p, "in"), "path"))
            return fl_data_get_bool(p, "required", false);
    return false;
}

static void check_variables(const fl_data *item)
{
    fl_str path = item->key;
    FL_ASSERT(path.len > 0 && path.ptr[0] == '/');
    for (ptrdiff_t open; (open = fl_str_find_char(path, '{')) >= 0;) {
        path = fl_str_sub(path, (size_t)open + 1, path.len);
        ptrdiff_t close = fl_str_find_char(path, '}');
        FL_ASSERT(close > 0);
        fl_str name = fl_str_sub(path, 0, (size_t)close);
        for (const fl_data *operation = item->first; operation != NULL; operation = operation->next)
            FL_ASSERT(has_parameter(operation, name));
    }
}

static void check_operations(void)
{
    fl_map ids;
    fl_map_init(&ids);
    for (const fl_data *item = fl_data_get_c(root, "paths")->first; item != NULL; item = item->next) {
        check_variables(item);
        for (const fl_data *operation = item->first; operation != NULL; operation = operation->next) {
            FL_ASSERT(fl_data_get_c(operation, "responses")->count > 0);
            fl_str id = fl_data_get_str(operation, "operationId");
            if (id.len == 0)
                continue;
            FL_ASSERT(fl_map_get(&ids, fl_sym_of(id)) == NULL);
            fl_map_put(&ids, fl_sym_of(id), &ids);
        }
    }
    fl_map_release(&ids);
}

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
        fl_data *made_late = fl_api_to_openapi(&api, &arena, &(fl_openapi_options){.with_possible = size % 2 == 0});
        fl_data *document = fl_data_copy(&arena, made_late);
        root = document;
        check_refs(document);
        check_operations();
        fl_buf json, yaml;
        fl_buf_init(&json, 0);
        fl_buf_init(&yaml, 0);
        fl_json_write(&json, made_late, true);
        fl_yaml_write(&yaml, made_late);
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
