#ifndef FL_TESTS_FUZZ_H
#define FL_TESTS_FUZZ_H

/** What every fuzz target includes. A target returns 0, leaks nothing, and says what it found by FL_ASSERT or FL_BUG. */

#include "base/data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** The input as text; borrows. */
static inline fl_str fuzz_str(const uint8_t *data, size_t size)
{
    return (fl_str){(const char *)data, size};
}

/**
 * Like fl_data_eq, but the YAML writer may spell a number otherwise even where doubles blur: 19E999 becomes 19.0e+999.
 * And libfyaml itself makes bad bytes of some escapes ("\\u2029" folded over lines), which are written as U+FFFD.
 */
bool fuzz_is_same(const fl_data *a, const fl_data *b);

#endif
