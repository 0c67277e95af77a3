/* ECMAScript's patterns by pcre2: where the two differ, and patterns that would run for ever. */
#include "base/pattern.h"
#include "tests/support/unit.h"

static void matches_as_ecmascript(void **state)
{
    (void)state;
    static const struct { const char *pattern, *text; bool matches; } rows[] = {
        {"b", "abc", true}, {"^b", "abc", false}, {"", "", true}, {"^$", "\n", false},
        {"c$", "abc\n", false}, /* $ only at the very end */
        {"[]", "a", false}, {"[^]", "\n", true}, /* empty class, and its inverse */
        {"^\\u0041\\x42$", "AB", true}, {"^\\u{1F600}$", "\xF0\x9F\x98\x80", true}, {"\\d", "\xD9\xA3", false},
        {"^(?<a>x)|\\k<a>y$", "y", true}, /* a group that did not match is empty */
        {"^.$", "\xC3\xA4", true}, {"^[\\w.+-]+@[\\w-]+\\.[\\w.]+$", "a@b.c", true},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_pattern *pattern;
        fl_err err = {0};
        fl_row_ok(rows[i].pattern, fl_pattern_new(&pattern, fl_str_from(rows[i].pattern), &err), err);
        fl_row_int(rows[i].pattern, fl_pattern_matches(pattern, fl_str_from(rows[i].text)), rows[i].matches);
        fl_pattern_free(pattern);
    }
}

static void refuses(void **state)
{
    (void)state;
    static const char *const patterns[] = {"(", "[a", "a{2,1}", "(?<n>a)(?<n>b)", "\\", "*"};
    for (size_t i = 0; i < FL_COUNT(patterns); i++) {
        fl_pattern *pattern;
        fl_err err = {0};
        fl_row_int(patterns[i], fl_pattern_new(&pattern, fl_str_from(patterns[i]), &err), FL_E_FORMAT);
        fl_row_true(patterns[i], pattern == NULL && fl_str_starts(fl_str_from(err.text), FL_S("'")));
    }
}

static void ends(void **state)
{
    (void)state;
    static const char *const patterns[] = {"^(a+)+$", "^(a|aa)+$", "(x+x+)+y"};
    char text[4001];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 2] = '!';
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < FL_COUNT(patterns); i++) {
        fl_pattern *pattern;
        fl_err err = {0};
        fl_row_ok(patterns[i], fl_pattern_new(&pattern, fl_str_from(patterns[i]), &err), err);
        uint64_t start = fl_clock_ms();
        fl_row_true(patterns[i], !fl_pattern_matches(pattern, fl_str_from(text)));
        fl_row_true(patterns[i], fl_clock_ms() - start < 5000);
        fl_pattern_free(pattern);
    }
}

FL_UNIT(pattern, cmocka_unit_test(matches_as_ecmascript), cmocka_unit_test(refuses), cmocka_unit_test(ends))
