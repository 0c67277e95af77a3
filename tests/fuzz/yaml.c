/* YAML text from outside: reading never fails badly, and what was read is written so that it reads back the same. */
#include "tests/fuzz/fuzz.h"
#include "base/data.h"

/*
 * Like fl_data_eq, but the writer may spell a number otherwise even where doubles blur: 19E999 becomes 19.0e+999.
 * And libfyaml itself makes bad bytes of some escapes ("\\u2029" folded over lines), which are written as U+FFFD.
 */
static bool is_same(const fl_data *a, const fl_data *b)
{
    if (a->kind != FL_DATA_NUMBER && !a->first)
        return fl_data_eq(a, b) || (a->kind == FL_DATA_STRING && !fl_utf8_valid(a->text, NULL));
    if (a->kind != b->kind || a->count != b->count)
        return false;
    double x, y;
    if (a->kind == FL_DATA_NUMBER)
        return fl_str_to_double(a->text, &x) && fl_str_to_double(b->text, &y) && x >= y && x <= y;
    for (a = a->first, b = b->first; a; a = a->next, b = b->next)
        if (!fl_str_eq(a->key, b->key) || !is_same(a, b))
            return false;
    return true;
}

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
        FL_ASSERT(is_same(first, second));
        fl_buf_release(&text);
    }
    fl_arena_release(&arena);
    return 0;
}
