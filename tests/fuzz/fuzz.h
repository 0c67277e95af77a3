#ifndef FL_TESTS_FUZZ_H
#define FL_TESTS_FUZZ_H

/** What every fuzz target includes. A target returns 0, leaks nothing, and says what it found by FL_ASSERT or FL_BUG. */

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** The input as text; borrows. */
static inline fl_str fuzz_str(const uint8_t *data, size_t size)
{
    return (fl_str){(const char *)data, size};
}

#endif
