/* YAML text from outside: reading never fails badly, and what was read is written so that it reads back the same. */
#include "tests/fuzz/fuzz.h"
#include "base/data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_data *first = NULL, *second = NULL;
    if (fl_yaml_parse(&arena, fuzz_str(data, size), "fuzz", &first, &err) == FL_OK) {
        fl_buf text;
        fl_buf_init(&text, 0);
        fl_yaml_write(&text, first);
        if (fl_yaml_parse(&arena, fl_buf_str(&text), "fuzz", &second, &err) != FL_OK)
            FL_BUG("written text is refused: %s", err.text);
        FL_ASSERT(fuzz_is_same(first, second));
        fl_buf_release(&text);
    }
    fl_arena_release(&arena);
    return 0;
}
