/* Linked into every fuzz target: comparing, and what the leak checker must not hold against us. */
#include "tests/fuzz/fuzz.h"

const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    /* The distribution's libfyaml loses a buffer on some refused documents. */
    return "leak:libfyaml.so\n";
}

bool fuzz_is_same(const fl_data *a, const fl_data *b)
{
    if (a->kind != FL_DATA_NUMBER && !a->first)
        return fl_data_eq(a, b) || (a->kind == FL_DATA_STRING && !fl_utf8_valid(a->text, NULL));
    if (a->kind != b->kind || a->count != b->count)
        return false;
    double x, y;
    if (a->kind == FL_DATA_NUMBER)
        return fl_str_to_double(a->text, &x) && fl_str_to_double(b->text, &y) && x >= y && x <= y;
    for (a = a->first, b = b->first; a; a = a->next, b = b->next)
        if (!fl_str_eq(a->key, b->key) || !fuzz_is_same(a, b))
            return false;
    return true;
}
