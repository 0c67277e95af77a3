#ifndef FL_TESTS_UNIT_H
#define FL_TESTS_UNIT_H

/**
 * What every unit test includes. A unit is one file tests/unit/<folder>/<unit>.c, listed in tests/unit/CMakeLists.txt:
 *
 *     static void splits(void **state)
 *     {
 *         (void)state;
 *         static const struct { const char *row, *in; size_t parts; } rows[] = { {"empty", "", 0}, … };
 *         for (size_t i = 0; i < FL_COUNT(rows); i++)
 *             fl_row_size(rows[i].row, count(rows[i].in), rows[i].parts);
 *     }
 *     FL_UNIT(split, cmocka_unit_test(splits))
 *
 * The fl_row_… checks name the failing row. FL_TEST_DATA is the folder of the test's source, for data files.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/base.h"

#define FL_UNIT(name, ...)                                             \
    int fl_unit_##name(void);                                          \
    int fl_unit_##name(void)                                           \
    {                                                                  \
        const struct CMUnitTest fl_tests_[] = {__VA_ARGS__};           \
        return cmocka_run_group_tests_name(#name, fl_tests_, NULL, NULL); \
    }

/** Fails the test, naming the row and the claim. */
#define fl_row_true(row, claim)                                                \
    do {                                                                       \
        if (!(claim))                                                          \
            fail_msg("row '%s': not true: %s", (row), #claim);                 \
    } while (0)

#define fl_row_int(row, got, want)                                             \
    do {                                                                       \
        long long fl_got_ = (long long)(got), fl_want_ = (long long)(want);    \
        if (fl_got_ != fl_want_)                                               \
            fail_msg("row '%s': %s is %lld, not %lld", (row), #got, fl_got_, fl_want_); \
    } while (0)

#define fl_row_size(row, got, want)                                            \
    do {                                                                       \
        size_t fl_got_ = (got), fl_want_ = (want);                             \
        if (fl_got_ != fl_want_)                                               \
            fail_msg("row '%s': %s is %zu, not %zu", (row), #got, fl_got_, fl_want_); \
    } while (0)

/** got: fl_str; want: C string. */
#define fl_row_str(row, got, want)                                             \
    do {                                                                       \
        fl_str fl_got_ = (got);                                                \
        const char *fl_want_ = (want);                                         \
        if (fl_got_.len != strlen(fl_want_) ||                                 \
            (fl_got_.len != 0 && memcmp(fl_got_.ptr, fl_want_, fl_got_.len) != 0)) \
            fail_msg("row '%s': %s is\n    '" FL_STR_FMT "'\nnot '%s'", (row), #got, FL_STR_ARG(fl_got_), fl_want_); \
    } while (0)

/** The call must succeed; prints its error. `err` is the fl_err the call was given. */
#define fl_row_ok(row, status, err)                                            \
    do {                                                                       \
        if ((status) != FL_OK)                                                 \
            fail_msg("row '%s': %s failed: %s", (row), #status, (err).text);   \
    } while (0)

#endif
