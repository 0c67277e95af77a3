/* Instances of schemas, and texts for patterns. */
#include "base/pattern.h"
#include "tests/support/model.h"
#include "tests/support/unit.h"

static void samples(void **state)
{
    (void)state;
    static const struct { const char *row, *schema; bool all; unsigned salt; const char *out; } rows[] = {
        {"nothing known", "{}", false, 0, "\"text\""},
        {"salt", "{\"type\":\"string\"}", false, 2, "\"text-2\""},
        {"short", "{\"type\":\"string\",\"maxLength\":2}", false, 27, "\"bb\""},
        {"long", "{\"type\":\"string\",\"minLength\":8}", false, 0, "\"xxxxtext\""},
        {"empty", "{\"type\":\"string\",\"maxLength\":0}", false, 0, "\"\""},
        {"email", "{\"type\":\"string\",\"format\":\"email\"}", false, 0, "\"user1@example.com\""},
        {"uuid", "{\"type\":\"string\",\"format\":\"uuid\"}", false, 1, "\"3f0c1a52-7d44-4b6e-9a1b-000000000002\""},
        {"date-time", "{\"type\":\"string\",\"format\":\"date-time\"}", false, 0, "\"2024-01-15T10:01:00Z\""},
        {"date", "{\"type\":\"string\",\"format\":\"date\"}", false, 0, "\"2024-01-02\""},
        {"uri", "{\"type\":\"string\",\"format\":\"uri\"}", false, 0, "\"https://example.com/1\""},
        {"ipv4", "{\"type\":\"string\",\"format\":\"ipv4\"}", false, 0, "\"192.0.2.1\""},
        {"integer", "{\"type\":\"integer\"}", false, 0, "1"},
        {"above", "{\"type\":\"integer\",\"minimum\":18}", false, 0, "18"},
        {"strictly above", "{\"type\":\"integer\",\"exclusiveMinimum\":18}", false, 0, "19"},
        {"below", "{\"type\":\"integer\",\"maximum\":-3}", false, 0, "-3"},
        {"round", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":3}", false, 4, "2"},
        {"step", "{\"type\":\"integer\",\"minimum\":11,\"multipleOf\":5}", false, 0, "15"},
        {"cents", "{\"type\":\"number\",\"minimum\":0.25,\"multipleOf\":0.05}", false, 2, "0.35"},
        {"between", "{\"type\":\"number\",\"minimum\":0,\"maximum\":1}", false, 0, "0.5"},
        {"values", "{\"enum\":[\"a\",\"b\"]}", false, 1, "\"b\""},
        {"null last", "{\"type\":\"string|null\",\"enum\":[null,\"b\"]}", false, 0, "\"b\""},
        {"default", "{\"type\":\"integer\",\"default\":20}", false, 0, "20"},
        {"example", "{\"type\":\"string\",\"example\":\"BK-100\"}", false, 0, "\"BK-100\""},
        {"nullable", "{\"type\":\"null|boolean\"}", false, 0, "true"},
        {"required only", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{}},\"required\":[\"a\"]}", false, 0, "{\"a\":1}"},
        {"all", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{}},\"required\":[\"a\"]}", true, 0, "{\"a\":1,\"b\":\"text\"}"},
        {"list", "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":3}", false, 0, "[1,2,3]"},
        {"no items", "{\"type\":\"array\",\"maxItems\":0}", false, 0, "[]"},
        {"alternatives", "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"integer\",\"minimum\":5}]}", false, 0, "5"},
        {"parts", "{\"allOf\":[{\"type\":\"integer\",\"minimum\":5},{\"type\":\"integer\",\"multipleOf\":4}]}", false, 0, "8"},
        {"pattern", "{\"type\":\"string\",\"pattern\":\"^[A-Z]{2}-\\\\d{4}$\"}", false, 0, "\"AA-1111\""},
        {"a pattern that nothing matches", "{\"type\":\"string\",\"pattern\":\"^(?!)$\"}", false, 0, "\"text\""},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_json_write(&out, fl_schema_sample(&arena, fl_test_schema_text(&arena, rows[i].schema), rows[i].all, rows[i].salt), false);
        fl_row_str(rows[i].row, fl_buf_str(&out), rows[i].out);
        fl_buf_release(&out);
        fl_arena_release(&arena);
    }
}

static void texts_for_patterns(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "^(draft|paid|void)$", "^\\S+@\\S+\\.\\S+$", "^[a-z0-9]+(?:-[a-z0-9]+)*$", "^#?([a-f0-9]{6}|[a-f0-9]{3})$", "^\\+?[1-9]\\d{1,14}$",
        "^[0-9a-fA-F]{24}$", "^(?=.*[a-z])(?=.*\\d)[a-z\\d]{2,}$", "^.{3,}$", "[^a-z]", "^\\$\\d+\\.\\d{2}$", "^[\\w.+-]+@[\\w-]+\\.[\\w.]+$",
        "^(?<year>\\d{4})-(0[1-9]|1[0-2])$", "\\bword\\b", "^\\u0041{3}\\x42$", "^[\\]\\\\-]+$", "^a{,3}$", "^(?:\\(\\d{3}\\)|\\d{3})-\\d{4}$",
        "^/[a-z]+/[^/]+$", "^v[0-9]+?$", "^\\s*$", "", "^Bearer (.+)$", "^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[@$!%*?&]).{8,}$",
    };
    for (size_t i = 0; i < FL_COUNT(patterns); i++)
        for (unsigned salt = 0; salt < 3; salt++) {
            fl_arena arena;
            fl_arena_init(&arena);
            fl_schema *schema = fl_schema_new(&arena, FL_JSON_STRING);
            schema->pattern = fl_str_from(patterns[i]);
            fl_data *made = fl_schema_sample(&arena, schema, false, salt);
            fl_pattern *pattern;
            fl_err err;
            fl_row_ok(patterns[i], fl_pattern_new(&pattern, schema->pattern, &err), err);
            fl_row_true(patterns[i], fl_pattern_matches(pattern, made->text));
            fl_pattern_free(pattern);
            fl_arena_release(&arena);
        }
}

static void bounds_of_patterns(void **state)
{
    (void)state;
    static const struct { const char *pattern; int64_t min, max; } rows[] = {
        {"^[a-z]+$", 8, 10}, {"^\\w*$", 0, 3}, {"^[A-Z][a-z]*$", 30, 40}, {"^(ab)*$", 6, 8},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_schema *schema = fl_schema_new(&arena, FL_JSON_STRING);
        schema->pattern = fl_str_from(rows[i].pattern);
        schema->has_min_length = schema->has_max_length = true;
        schema->min_length = rows[i].min;
        schema->max_length = rows[i].max;
        fl_data *made = fl_schema_sample(&arena, schema, false, 0);
        fl_row_true(rows[i].pattern, made->text.len >= (size_t)rows[i].min && made->text.len <= (size_t)rows[i].max);
        fl_pattern *pattern;
        fl_err err;
        fl_row_ok(rows[i].pattern, fl_pattern_new(&pattern, schema->pattern, &err), err);
        fl_row_true(rows[i].pattern, fl_pattern_matches(pattern, made->text));
        fl_pattern_free(pattern);
        fl_arena_release(&arena);
    }
}

FL_UNIT(sample, cmocka_unit_test(samples), cmocka_unit_test(texts_for_patterns), cmocka_unit_test(bounds_of_patterns))
