/* A model file, ours or a user's: it is checked, and whatever is wrong with it is an error of one line. */
#include "tests/fuzz/fuzz.h"
#include "extractor/models/model.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    if (fl_model_check(&arena, fuzz_str(data, size), "fuzz.yaml", &err) != FL_OK)
        FL_ASSERT(err.text[0] && !strchr(err.text, '\n'));
    fl_arena_release(&arena);
    return 0;
}
