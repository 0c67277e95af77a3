/* Any JSON as an OpenAPI document: it is read or refused, differs in nothing from itself, and what is written from it is read again. */
#include "extractor/api/compare.h"
#include "extractor/api/document.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_data *from = NULL;
    fl_api api, again;
    if (fl_json_parse(&arena, fuzz_str(data, size), &from, &err) == FL_OK && fl_api_read_document(&api, from, "input", NULL, &err) == FL_OK) {
        fl_changes changes = {0};
        fl_api_compare(&arena, &api, &api, &changes);
        FL_ASSERT(changes.count == 0);
        const fl_data *written = fl_data_copy(&arena, fl_api_to_openapi(&api, &arena, &(fl_openapi_options){.with_possible = true}));
        if (fl_api_read_document(&again, written, "written", NULL, &err) != FL_OK)
            FL_BUG("the written document is refused: %s", err.text);
        fl_api_compare(&arena, &api, &again, &changes);
        fl_api_release(&again);
        fl_api_release(&api);
    }
    fl_arena_release(&arena);
    return 0;
}
