/* Joining and meeting schemas, writing them as data. Rows are JSON in, JSON out. */
#include "tests/support/model.h"
#include "tests/support/unit.h"

static fl_str text_of(fl_arena *arena, const fl_schema *schema, bool refs)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_json_write(&out, fl_schema_to_data(arena, schema, refs, NULL), false);
    fl_str text = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return text;
}

static void joins(void **state)
{
    (void)state;
    static const struct { const char *row, *a, *b, *out; } rows[] = {
        {"same", "{\"type\":\"string\"}", "{\"type\":\"string\"}", "{\"type\":\"string\"}"},
        {"nothing known", "{}", "{\"type\":\"string\"}", "{\"type\":\"string\"}"},
        {"types unite", "{\"type\":\"string\"}", "{\"type\":\"boolean\"}", "{\"type\":[\"string\",\"boolean\"]}"},
        {"number takes integer", "{\"type\":\"integer\"}", "{\"type\":\"number\"}", "{\"type\":\"number\"}"},
        {"a property of one side is optional",
         "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},\"note\":{\"type\":\"string\"}},\"required\":[\"id\",\"note\"]}",
         "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}},\"required\":[\"id\"]}",
         "{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\"},\"note\":{\"type\":\"string\"}}}"},
        {"null does not make properties optional",
         "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}},\"required\":[\"id\"]}", "{\"type\":\"null\"}",
         "{\"type\":[\"object\",\"null\"],\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\"}}}"},
        {"values unite", "{\"enum\":[\"draft\"]}", "{\"enum\":[\"paid\",\"draft\"]}", "{\"enum\":[\"draft\",\"paid\"]}"},
        {"a free side frees values", "{\"type\":\"string\",\"enum\":[\"draft\"]}", "{\"type\":\"string\",\"minLength\":1}", "{\"type\":\"string\"}"},
        {"null joins values", "{\"type\":\"string\",\"enum\":[\"a\"]}", "{\"type\":\"null\"}", "{\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null]}"},
        {"limits widen", "{\"type\":\"integer\",\"minimum\":3,\"maximum\":9}", "{\"type\":\"integer\",\"minimum\":1}", "{\"type\":\"integer\",\"minimum\":1}"},
        {"limits of other types stay", "{\"type\":\"integer\",\"minimum\":3}", "{\"type\":\"string\",\"maxLength\":5}",
         "{\"type\":[\"string\",\"integer\"],\"minimum\":3,\"maxLength\":5}"},
        {"names stay apart", "{\"name\":\"A\",\"type\":\"object\"}", "{\"name\":\"B\",\"type\":\"object\"}",
         "{\"anyOf\":[{\"$ref\":\"#/components/schemas/A\"},{\"$ref\":\"#/components/schemas/B\"}]}"},
        {"a name and null", "{\"name\":\"A\",\"type\":\"object\"}", "{\"type\":\"null\"}",
         "{\"anyOf\":[{\"$ref\":\"#/components/schemas/A\"},{\"type\":\"null\"}]}"},
        {"items join", "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
         "{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"integer\"]}}"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_schema *joined = fl_schema_join(&arena, fl_test_schema_text(&arena, rows[i].a), fl_test_schema_text(&arena, rows[i].b));
        fl_row_str(rows[i].row, text_of(&arena, joined, true), rows[i].out);
        fl_arena_release(&arena);
    }
}

static void meets(void **state)
{
    (void)state;
    static const struct { const char *row, *a, *b, *out; } rows[] = {
        {"types intersect", "{\"type\":\"string|null\"}", "{\"type\":\"string|integer\"}", "{\"type\":\"string\"}"},
        {"integers of numbers", "{\"type\":\"number\",\"maximum\":10}", "{\"type\":\"integer\",\"minimum\":1}",
         "{\"type\":\"integer\",\"minimum\":1,\"maximum\":10}"},
        {"a contradiction keeps the first", "{\"type\":\"string\"}", "{\"type\":\"integer\"}", "{\"type\":\"string\"}"},
        {"required and typed", "{\"type\":\"object\",\"properties\":{\"name\":{}},\"required\":[\"name\"]}",
         "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}",
         "{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{\"name\":{\"type\":\"string\"}}}"},
        {"limits tighten", "{\"type\":\"string\",\"minLength\":1,\"maxLength\":10}", "{\"type\":\"string\",\"minLength\":3,\"maxLength\":20}",
         "{\"type\":\"string\",\"minLength\":3,\"maxLength\":10}"},
        {"values intersect", "{\"enum\":[1,2,3]}", "{\"enum\":[3,2]}", "{\"enum\":[2,3]}"},
        {"two patterns", "{\"type\":\"string\",\"pattern\":\"^a\"}", "{\"type\":\"string\",\"pattern\":\"b$\"}",
         "{\"type\":\"string\",\"pattern\":\"^a\",\"allOf\":[{\"pattern\":\"b$\"}]}"},
        {"closed refuses others", "{\"type\":\"object\",\"closed\":true,\"properties\":{\"a\":{}}}", "{\"type\":\"object\",\"properties\":{\"b\":{}}}",
         "{\"type\":\"object\",\"properties\":{\"a\":{}},\"additionalProperties\":false}"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_schema *a = fl_test_schema_text(&arena, rows[i].a), *b = fl_test_schema_text(&arena, rows[i].b);
        fl_str before = text_of(&arena, a, true);
        fl_row_str(rows[i].row, text_of(&arena, fl_schema_meet(&arena, a, b), true), rows[i].out);
        fl_row_str(rows[i].row, text_of(&arena, a, true), fl_str_c(&arena, before)); /* arguments stay as they were */
        fl_arena_release(&arena);
    }
}

static const char node_json[] = "{\"name\":\"Node\",\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"integer\"},"
                                "\"next\":{\"ref\":\"Node\"}},\"required\":[\"value\"]}";

static void follows_cycles_once(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_schema *a = fl_test_schema_text(&arena, node_json), *b = fl_test_schema_text(&arena, node_json);
    assert_true(fl_schema_eq(a, b));
    fl_schema_add_property(&arena, b, FL_S("label"));
    assert_false(fl_schema_eq(a, b));
    fl_schema *joined = fl_schema_join(&arena, a, b);
    assert_non_null(fl_schema_property(joined, FL_S("label")));
    assert_ptr_equal(fl_schema_property(joined, FL_S("next"))->schema, joined);
    assert_non_null(fl_schema_meet(&arena, a, b));
    fl_row_str("inline", text_of(&arena, a, false),
               "{\"type\":\"object\",\"required\":[\"value\"],\"properties\":{\"value\":{\"type\":\"integer\"},\"next\":{}}}");
    assert_non_null(fl_schema_sample(&arena, a, true, 0));
    fl_arena_release(&arena);
}

FL_UNIT(schema, cmocka_unit_test(joins), cmocka_unit_test(meets), cmocka_unit_test(follows_cycles_once))
