/* JSON in and out, and the data tree. */
#include "tests/support/unit.h"

#include "base/data.h"

#include <stdlib.h>

static void accepts(void **state)
{
    (void)state;
    const struct {
        const char *row;
        fl_str in;
        const char *out;
    } rows[] = {
        {"scalars", FL_S("[null,true,false,0,\"\"]"), "[null,true,false,0,\"\"]"},
        {"white space", FL_S(" \t\r\n{ \"a\" : [ ] } \n"), "{\"a\":[]}"},
        {"byte order mark", FL_S("\xEF\xBB\xBF{}"), "{}"},
        {"beyond 2^53", FL_S("9007199254740993"), "9007199254740993"},
        {"beyond 2^64", FL_S("[18446744073709551617,-1]"), "[18446744073709551617,-1]"},
        {"numbers keep their text", FL_S("[1.0,1e5,1E+5,-0,-0.0,0.10,1e400]"), "[1.0,1e5,1E+5,-0,-0.0,0.10,1e400]"},
        {"100 digits", FL_S("[1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111,2]"),
         "[1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111,2]"},
        {"NUL", FL_S("\"a\\u0000b\""), "\"a\\u0000b\""},
        {"NUL in a key, stand-in taken", FL_S("{\"\\u0000\":\"\xEF\xB7\x90\\ufdd1\"}"), "{\"\\u0000\":\"\xEF\xB7\x90\xEF\xB7\x91\"}"},
        {"escapes", FL_S("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\""), "\"\\\"\\\\/\\b\\f\\n\\r\\tAé\""},
        {"surrogate pair", FL_S("\"\\ud83d\\ude00\""), "\"😀\""},
        {"lone surrogates", FL_S("\"\\ud800x\\udc00\\ud800\\ud83d\\ude00\""), "\"\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD😀\""},
        {"same key: the last, at the first's place", FL_S("{\"a\":1,\"b\":2,\"a\":{\"c\":3}}"), "{\"a\":{\"c\":3},\"b\":2}"},
        {"keys of other case are others", FL_S("{\"a\":1,\"A\":2}"), "{\"a\":1,\"A\":2}"},
        {"empty key", FL_S("{\"\":1}"), "{\"\":1}"},
        {"DEL is escaped", FL_S("\"\x7F\""), "\"\\u007f\""},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_data *root;
        fl_err err = {0};
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_row_ok(rows[i].row, fl_json_parse(&arena, rows[i].in, &root, &err), err);
        fl_json_write(&out, root, false);
        fl_row_str(rows[i].row, fl_buf_str(&out), rows[i].out);
        fl_buf_release(&out);
        fl_arena_release(&arena);
    }
}

static void refuses_with_a_place(void **state)
{
    (void)state;
    const struct {
        const char *row;
        fl_str in;
        const char *says;
    } rows[] = {
        {"empty", FL_S(""), "line 1, column 1: the JSON text ends too early"},
        {"trailing bytes", FL_S("{}\n x"), "line 2, column 2: more text behind"},
        {"trailing NUL", FL_S("{}\0"), "line 1, column 3: more text behind"},
        {"two values", FL_S("1 2"), "line 1, column 3"},
        {"columns are characters", FL_S("\"é😀\" x"), "line 1, column 6"},
        {"trailing comma", FL_S("[1,]"), "line 1, column 4: expected a JSON value"},
        {"trailing comma in a map", FL_S("{\"a\":1,}"), "line 1, column 8: expected a key in double quotes"},
        {"no colon", FL_S("{\"a\" 1}"), "line 1, column 6: expected ':'"},
        {"no comma", FL_S("[1 2]"), "line 1, column 4: expected ',' or ']'"},
        {"single quotes", FL_S("{'a':1}"), "line 1, column 2: expected a key"},
        {"comment", FL_S("// x\n1"), "line 1, column 1: expected a JSON value"},
        {"leading zero", FL_S("01"), "line 1, column 1: this is not a JSON number"},
        {"plus", FL_S("+1"), "line 1, column 1"},
        {"point without digits", FL_S("[1.]"), "line 1, column 2: this is not a JSON number"},
        {"exponent without digits", FL_S("1e"), "not a JSON number"},
        {"minus alone", FL_S("-"), "not a JSON number"},
        {"NaN", FL_S("NaN"), "line 1, column 1: expected a JSON value"},
        {"half a word", FL_S("tru"), "line 1, column 1"},
        {"raw line end in a string", FL_S("\"a\nb\""), "line 1, column 3: control characters"},
        {"raw NUL in a string", FL_S("\"a\0\""), "line 1, column 3: control characters"},
        {"no such escape", FL_S("\"\\x\""), "line 1, column 3: no such escape"},
        {"short \\u", FL_S("\"\\u12\""), "\\u wants four"},
        {"not closed", FL_S("[\"a"), "line 1, column 4: the JSON text ends too early"},
        {"not UTF-8", FL_S("\"ab\xFF\""), "line 1, column 4: not UTF-8"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_data *root;
        fl_err err = {0};
        fl_row_int(rows[i].row, fl_json_parse(&arena, rows[i].in, &root, &err), FL_E_FORMAT);
        fl_row_true(rows[i].row, root == NULL);
        if (!strstr(err.text, rows[i].says))
            fail_msg("row '%s': '%s' does not say '%s'", rows[i].row, err.text, rows[i].says);
        fl_arena_release(&arena);
    }
}

/* n times `open`, then `middle`, then n times `close`. */
static fl_str nested(fl_buf *buf, size_t n, const char *open, const char *middle, const char *close)
{
    fl_buf_clear(buf);
    for (size_t i = 0; i < n; i++)
        fl_buf_add_c(buf, open);
    fl_buf_add_c(buf, middle);
    for (size_t i = 0; i < n; i++)
        fl_buf_add_c(buf, close);
    return fl_buf_str(buf);
}

static void is_bounded(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *root;
    fl_err err = {0};
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_row_ok("deep", fl_json_parse(&arena, nested(&text, FL_LIMIT_DATA_DEPTH, "[", "1", "]"), &root, &err), err);
    fl_row_int("too deep", fl_json_parse(&arena, nested(&text, FL_LIMIT_DATA_DEPTH + 1, "{\"a\":", "1", "}"), &root, &err), FL_E_LIMIT);
    fl_row_int("100,000 brackets", fl_json_parse(&arena, nested(&text, 100000, "[", "", ""), &root, &err), FL_E_LIMIT);
    fl_buf_clear(&text);
    fl_buf_add_repeat(&text, ' ', FL_LIMIT_DATA_BYTES + 1);
    fl_row_int("too long", fl_json_parse(&arena, fl_buf_str(&text), &root, &err), FL_E_LIMIT);
    fl_buf_clear(&text);
    fl_buf_add_char(&text, '[');
    for (unsigned i = 0; i < FL_LIMIT_DATA_NODES; i++)
        fl_buf_add_c(&text, "1,");
    fl_buf_add_c(&text, "1]");
    fl_row_int("too many values", fl_json_parse(&arena, fl_buf_str(&text), &root, &err), FL_E_LIMIT);
    /* many keys, all twice: linear time */
    fl_buf_clear(&text);
    fl_buf_add_char(&text, '{');
    for (unsigned i = 0; i < 200000; i++)
        fl_buf_format(&text, "%s\"key%u\":%u", i ? "," : "", i % 100000, i);
    fl_buf_add_char(&text, '}');
    uint64_t start_ms = fl_clock_ms();
    fl_row_ok("100,000 keys", fl_json_parse(&arena, fl_buf_str(&text), &root, &err), err);
    fl_row_size("100,000 keys", root->count, 100000);
    fl_row_str("the last counts", root->first->text, "100000");
    fl_row_true("in time", fl_clock_ms() - start_ms < 5000);
    fl_buf_release(&text);
    fl_arena_release(&arena);
}

static void writes(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *map = fl_data_map(&arena), *list = fl_data_list(&arena);
    fl_data_push(list, fl_data_int(&arena, INT64_MIN));
    fl_data_push(list, fl_data_double(&arena, 0.1));
    fl_data_push(list, fl_data_double(&arena, 1.0 / 3));
    fl_data_push(list, fl_data_double(&arena, strtod("nan", NULL)));
    fl_data_push(list, fl_data_string(&arena, FL_S("a\xFF\xC3(\"")));
    fl_data_set_c(&arena, map, "list", list);
    fl_data_set_c(&arena, map, "none", fl_data_map(&arena));
    fl_data_set_c(&arena, map, "empty", fl_data_list(&arena));
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_json_write(&out, map, true);
    fl_row_str("pretty", fl_buf_str(&out),
               "{\n  \"list\": [\n    -9223372036854775808,\n    0.1,\n    0.3333333333333333,\n    null,\n    \"a\\ufffd\\ufffd(\\\"\"\n  ],\n"
               "  \"none\": {},\n  \"empty\": []\n}");
    fl_buf_release(&out);
    fl_arena_release(&arena);
}

/* ---- the tree ---- */

static const fl_data *parse(fl_arena *arena, const char *text)
{
    fl_data *root;
    fl_err err = {0};
    fl_row_ok(text, fl_json_parse(arena, fl_str_from(text), &root, &err), err);
    return root;
}

static void compares(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool is_equal;
    } rows[] = {
        {"{\"a\":1,\"b\":[2]}", "{\"b\":[2],\"a\":1}", true}, {"{\"a\":1}", "{\"b\":1}", false}, {"[1,2]", "[2,1]", false},
        {"1", "1.0", true}, {"100", "1e2", true}, {"0", "-0", true}, {"9007199254740993", "9007199254740992", false}, {"1", "\"1\"", false},
        {"null", "false", false}, {"{}", "[]", false}, {"{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", false}, {"true", "true", true},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        const fl_data *a = parse(&arena, rows[i].a), *b = parse(&arena, rows[i].b);
        fl_row_int(rows[i].a, fl_data_eq(a, b), rows[i].is_equal);
        fl_row_int(rows[i].b, fl_data_eq(b, a), rows[i].is_equal);
        fl_row_true("copy", fl_data_eq(a, fl_data_copy(&arena, a)));
        fl_arena_release(&arena);
    }
}

static void follows_pointers(void **state)
{
    (void)state;
    /* the document of RFC 6901, section 5 */
    static const char text[] = "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}";
    static const struct {
        const char *pointer, *found;
    } rows[] = {
        {"/foo/0", "bar"}, {"/", "0"}, {"/a~1b", "1"}, {"/c%d", "2"}, {"/e^f", "3"}, {"/g|h", "4"}, {"/i\\j", "5"}, {"/k\"l", "6"}, {"/ ", "7"},
        {"/m~0n", "8"}, {"/foo/1", "baz"}, {"/foo/2", NULL}, {"/foo/01", NULL}, {"/foo/-", NULL}, {"/foo/-1", NULL}, {"/foo/bar", NULL},
        {"foo", NULL}, {"/m~n", NULL}, {"/m~2n", NULL}, {"/foo/0/x", NULL}, {"/x", NULL},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    const fl_data *root = parse(&arena, text);
    fl_row_true("whole", fl_data_pointer(root, (fl_str){0}) == root);
    fl_row_true("NULL", fl_data_pointer(NULL, FL_S("/a")) == NULL);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        const fl_data *node = fl_data_pointer(root, fl_str_from(rows[i].pointer));
        fl_row_int(rows[i].pointer, node != NULL, rows[i].found != NULL);
        if (node)
            fl_row_str(rows[i].pointer, fl_data_str(node, (fl_str){0}), rows[i].found);
    }
    fl_arena_release(&arena);
}

static void sets_and_removes(void **state)
{
    (void)state;
    static const struct {
        const char *row, *in, *pointer, *set, *removed;
    } rows[] = {
        {"new", "{}", "/a", "{\"a\":9}", NULL},
        {"way is made", "{}", "/a/b/c", "{\"a\":{\"b\":{\"c\":9}}}", NULL},
        {"replaced in place", "{\"a\":1,\"b\":2}", "/a", "{\"a\":9,\"b\":2}", "{\"b\":2}"},
        {"last", "{\"a\":1,\"b\":2}", "/b", "{\"a\":1,\"b\":9}", "{\"a\":1}"},
        {"item", "[1,2,3]", "/1", "[1,9,3]", "[1,3]"},
        {"last item", "[1,2,3]", "/2", "[1,2,9]", "[1,2]"},
        {"only item", "[1]", "/0", "[9]", "[]"},
        {"next item", "[1]", "/1", "[1,9]", NULL},
        {"end", "[1]", "/-", "[1,9]", NULL},
        {"hole", "[1]", "/2", NULL, NULL},
        {"barred by a scalar", "{\"a\":1}", "/a/b", NULL, NULL},
        {"escaped", "{}", "/a~1b", "{\"a/b\":9}", NULL},
        {"only child", "{\"a\":{\"b\":1}}", "/a/b", "{\"a\":{\"b\":9}}", "{\"a\":{}}"},
        {"whole", "{}", "", NULL, NULL},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_data *root = fl_data_copy(&arena, parse(&arena, rows[i].in));
        fl_row_int(rows[i].row, fl_data_pointer_set(&arena, root, fl_str_from(rows[i].pointer), fl_data_int(&arena, 9)), rows[i].set != NULL);
        fl_row_true(rows[i].row, fl_data_eq(root, parse(&arena, rows[i].set ? rows[i].set : rows[i].in)));
        root = fl_data_copy(&arena, parse(&arena, rows[i].in));
        fl_row_int(rows[i].row, fl_data_pointer_remove(root, fl_str_from(rows[i].pointer)), rows[i].removed != NULL);
        fl_row_true(rows[i].row, fl_data_eq(root, parse(&arena, rows[i].removed ? rows[i].removed : rows[i].in)));
        fl_data *tail = root->kind == FL_DATA_LIST ? root : NULL; /* what was last may have gone: appending must still work */
        if (tail) {
            fl_data_push(tail, fl_data_int(&arena, 7));
            fl_row_str(rows[i].row, fl_data_str(fl_data_at(tail, tail->count - 1), (fl_str){0}), "7");
        }
        fl_arena_release(&arena);
    }
}

static void reads_leniently(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    const fl_data *map = parse(&arena, "{\"i\":42,\"e\":1e3,\"f\":1.5,\"s\":\"5\",\"b\":true,\"n\":null,\"big\":99999999999999999999,\"Key\":1}");
    fl_row_int("int", fl_data_get_int(map, "i", -1), 42);
    fl_row_int("exponent", fl_data_get_int(map, "e", -1), 1000);
    fl_row_int("fraction", fl_data_get_int(map, "f", -1), -1);
    fl_row_int("text", fl_data_get_int(map, "s", -1), -1);
    fl_row_int("too big", fl_data_get_int(map, "big", -1), -1);
    fl_row_true("case matters", fl_data_get_c(map, "key") == NULL);
    fl_row_true("bool", fl_data_get_bool(map, "b", false) && fl_data_get_bool(map, "n", true));
    fl_row_str("number as text", fl_data_get_str(map, "f"), "1.5");
    fl_row_str("chains of nothing", fl_data_get_str(fl_data_get_c(fl_data_at(NULL, 3), "x"), "y"), "");
    fl_arena_release(&arena);
}

FL_UNIT(json, cmocka_unit_test(accepts), cmocka_unit_test(refuses_with_a_place), cmocka_unit_test(is_bounded), cmocka_unit_test(writes),
        cmocka_unit_test(compares), cmocka_unit_test(follows_pointers), cmocka_unit_test(sets_and_removes), cmocka_unit_test(reads_leniently))
