#ifndef FL_TESTS_MODEL_H
#define FL_TESTS_MODEL_H
#include "extractor/api/api.h"

/**
 * API models by hand: schemas and operations written as JSON (or YAML read into data). Anything may be left out, anything
 * unknown is ignored, so fuzz targets can use it too.
 *
 *     schema     {"name": "Order", "type": "object|null", "required": ["id"], "properties": {"id": {"type": "integer"}},
 *                 "items": …, "anyOf": […], "enum": […], "minimum": 1, "ref": "Order" (a named schema seen before), …}
 *     operation  {"method": "GET", "path": "/orders/{id}", "id": …, "tag": …, "possible": why, "parameters": [{"in", "name",
 *                 "required", "schema"}], "body": [{"type", "schema"}], "bodyRequired": true,
 *                 "responses": [{"status", "description", "content": [{"type", "schema"}]}], "security": [{"scheme", "type", "name"}]}
 *     api        {"title", "version", "port", "operations": […]}
 */
typedef struct fl_test_schemas { FL_VEC(fl_schema *) named; } fl_test_schemas;
fl_schema *fl_test_schema(fl_arena *arena, fl_test_schemas *seen, const fl_data *from);
/** Aborts the test on malformed JSON. */
fl_schema *fl_test_schema_text(fl_arena *arena, const char *json);
/** Fills api (its arena too); the caller releases it. Spans stand in no file. */
void fl_test_api(fl_api *api, const fl_data *from);

#endif
