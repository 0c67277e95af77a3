/* Verdicts on what a service sent. */
#include "tests/support/unit.h"

#include "engine/http/http.h"

#include <stdlib.h>
#include <string.h>

static void judges(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        fl_str body;
        bool is_valid, has_duplicate_keys, has_huge_integers, has_nul;
    } rows[] = {
        {"object", {"{\"a\":1}", 7}, true, false, false, false},
        {"scalar", {"1", 1}, true, false, false, false},
        {"empty", {NULL, 0}, false, false, false, false},
        {"white space", {"  \n", 3}, false, false, false, false},
        {"trailing bytes", {"{} x", 4}, false, false, false, false},
        {"trailing NUL", {"{}\0", 3}, false, false, false, false},
        {"single quotes", {"{'a':1}", 7}, false, false, false, false},
        {"NaN", {"NaN", 3}, false, false, false, false},
        {"duplicate", {"{\"a\":1,\"a\":2}", 13}, true, true, false, false},
        {"same key, other case", {"{\"a\":1,\"A\":2}", 13}, true, false, false, false},
        {"64 bits", {"9223372036854775807", 19}, true, false, false, false},
        {"65 bits", {"9223372036854775808", 19}, true, false, true, false},
        {"beyond double's precision", {"9007199254740993", 16}, true, false, false, false},
        {"real too big", {"1e999", 5}, true, false, false, false},
        {"escaped NUL", {"\"a\\u0000b\"", 10}, true, false, false, true},
        {"raw NUL", {"\"a\0b\"", 5}, false, false, false, false},
        {"NUL in a key", {"{\"a\\u0000b\":1}", 14}, true, false, false, true},
        {"not UTF-8", {"\"\xFF\"", 3}, false, false, false, false},
        {"lone surrogate", {"\"\\ud800\"", 8}, false, false, false, false},
        {"all at once", {"{\"a\":1,\"a\":99999999999999999999,\"b\":\"\\u0000\"}", 45}, true, true, true, true},
        {"syntax behind a duplicate", {"{\"a\":1,\"a\":2,}", 14}, false, true, false, false},
        {"html", {"<html>", 6}, false, false, false, false},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_json_judgement got;
        fl_http_judge_json(rows[i].body, &got);
        fl_row_int(rows[i].row, got.is_valid, rows[i].is_valid);
        fl_row_int(rows[i].row, got.has_duplicate_keys, rows[i].has_duplicate_keys);
        fl_row_int(rows[i].row, got.has_huge_integers, rows[i].has_huge_integers);
        fl_row_int(rows[i].row, got.has_nul, rows[i].has_nul);
        fl_row_int(rows[i].row, got.error[0] != '\0', !rows[i].is_valid);
    }
}

static void bears_much(void **state)
{
    (void)state;
    enum { DEEP = 100000, DIGITS = 400 };
    fl_json_judgement got;
    char *deep = malloc(DEEP);
    memset(deep, '[', DEEP);
    fl_http_judge_json((fl_str){deep, DEEP}, &got);
    fl_row_true("deep", !got.is_valid && got.error[0]);
    memset(deep, '9', DIGITS);
    fl_http_judge_json((fl_str){deep, DIGITS}, &got);
    fl_row_true("400 digits", got.is_valid && got.has_huge_integers);
    free(deep);
}

FL_UNIT(judge_json, cmocka_unit_test(judges), cmocka_unit_test(bears_much))
