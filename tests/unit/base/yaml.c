/* YAML in and out. Written text must come back as it was, through our own reader. */
#include "tests/support/unit.h"

#include "base/data.h"

static void reads(void **state)
{
    (void)state;
    static const struct {
        const char *row, *in, *json;
    } rows[] = {
        {"empty", "", "null"},
        {"only a comment", "# x\n", "null"},
        {"map", "a: 1\nb: [x, {c: d}]\n", "{\"a\":1,\"b\":[\"x\",{\"c\":\"d\"}]}"},
        {"words of YAML 1.1 are strings", "[yes, No, on, off, y]", "[\"yes\",\"No\",\"on\",\"off\",\"y\"]"},
        {"words of YAML 1.2", "[~, null, Null, true, TRUE, False, ]", "[null,null,null,true,true,false]"},
        {"numbers", "[0, -1, +1, 1.5, .5, 1., 1e3, 0x1F, 0o17, -0.0]", "[0,-1,1,1.5,0.5,1.0,1e3,31,15,-0.0]"},
        {"beyond 2^53", "9007199254740993", "9007199254740993"},
        {"no numbers", "[007, 1_000, 1.2.3, 0x, 12:30, .inf, ., 1e, 2024-01-01]",
         "[\"007\",\"1_000\",\"1.2.3\",\"0x\",\"12:30\",\".inf\",\".\",\"1e\",\"2024-01-01\"]"},
        {"quoted is text", "['1', \"null\", '', !!str 2, ! 3]", "[\"1\",\"null\",\"\",\"2\",\"3\"]"},
        {"keys are text", "200: a\ntrue: b\n'x': c\n", "{\"200\":\"a\",\"true\":\"b\",\"x\":\"c\"}"},
        {"no value", "a:\nb: ~\n", "{\"a\":null,\"b\":null}"},
        {"blocks", "a: |\n  x\n   y\nb: >-\n  p\n  q\n", "{\"a\":\"x\\n y\\n\",\"b\":\"p q\"}"},
        {"alias", "a: &x {b: [1]}\nc: *x\n", "{\"a\":{\"b\":[1]},\"c\":{\"b\":[1]}}"},
        {"newest anchor counts", "[&x 1, &x 2, *x]", "[1,2,2]"},
        {"merge", "a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\n", "{\"a\":{\"p\":1,\"q\":2},\"b\":{\"p\":1,\"q\":3}}"},
        {"merge after", "a: &x {p: 1}\nb: {p: 2, <<: *x}\n", "{\"a\":{\"p\":1},\"b\":{\"p\":2}}"},
        {"merge of a list", "- &x {p: 1}\n- &y {p: 2, q: 3}\n- <<: [*x, *y]\n", "[{\"p\":1},{\"p\":2,\"q\":3},{\"p\":1,\"q\":3}]"},
        {"quoted << is a key", "'<<': 1", "{\"<<\":1}"},
        {"JSON is YAML", "{\"a\":[1,2,\"\\u00e9\"]}", "{\"a\":[1,2,\"é\"]}"},
        {"one document with its marks", "%YAML 1.2\n---\na: 1\n...\n", "{\"a\":1}"},
        {"Windows line ends", "a: 1\r\nb: 2\r\n", "{\"a\":1,\"b\":2}"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_data *root;
        fl_err err = {0};
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_row_ok(rows[i].row, fl_yaml_parse(&arena, fl_str_from(rows[i].in), "t", &root, &err), err);
        fl_json_write(&out, root, false);
        fl_row_str(rows[i].row, fl_buf_str(&out), rows[i].json);
        fl_buf_release(&out);
        fl_arena_release(&arena);
    }
}

static void refuses(void **state)
{
    (void)state;
    const struct {
        const char *row;
        fl_str in;
        const char *says;
    } rows[] = {
        {"same key", FL_S("a: 1\nb: 2\na: 3\n"), "'t' line 3: the key 'a' stands twice (first in line 1)"},
        {"same key among many", FL_S("a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\nh: 1\ni: 1\nj: 1\nk: 1\nl: 1\nm: 1\nn: 1\no: 1\np: 1\nq: 1\nr: 1\nb: 2\n"), "line 19: the key 'b'"},
        {"not closed", FL_S("a: [1\n"), "'t' line "},
        {"unknown alias", FL_S("a: *x\n"), "alias of an anchor that is not there"},
        {"alias of itself", FL_S("a: &x [*x]\n"), "alias of a value that contains the alias"},
        {"key is a list", FL_S("? [a]\n: 1\n"), "a key must be a scalar"},
        {"two documents", FL_S("a\n---\nb\n"), "a second document begins here"},
        {"tab", FL_S("a:\n\tb: 1\n"), "tab"},
        {"merge of a scalar", FL_S("<<: 1\n"), "'<<' merges maps only"},
        {"NUL", FL_S("a: \0"), "NUL byte"},
        {"not UTF-8", FL_S("a: \xFF"), "not UTF-8 (at byte 3)"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_data *root;
        fl_err err = {0};
        fl_row_int(rows[i].row, fl_yaml_parse(&arena, rows[i].in, "t", &root, &err), FL_E_FORMAT);
        if (!strstr(err.text, rows[i].says))
            fail_msg("row '%s': '%s' does not say '%s'", rows[i].row, err.text, rows[i].says);
        fl_arena_release(&arena);
    }
}

static void is_bounded(void **state)
{
    (void)state;
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *root;
    fl_err err = {0};

    /* a billion laughs: each line ten times the one before */
    fl_buf_add_c(&text, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
        fl_buf_format(&text, "a%d: &a%d [", i, i);
        for (int n = 0; n < 10; n++)
            fl_buf_format(&text, "%s*a%d", n ? "," : "", i - 1);
        fl_buf_add_c(&text, "]\n");
    }
    fl_row_int("billion laughs", fl_yaml_parse(&arena, fl_buf_str(&text), "t", &root, &err), FL_E_LIMIT);
    fl_row_true(err.text, strstr(err.text, "aliases expand to more than 200000 values") != NULL);
    fl_row_true("in little memory", arena.total_bytes < (64u << 20));

    /* the same by merges, and a chain that only deepens */
    fl_buf_clear(&text);
    fl_buf_add_c(&text, "- &a0 {k: x}\n");
    for (int i = 1; i < 200; i++)
        fl_buf_format(&text, "- &a%d {<<: *a%d, k%d: *a%d}\n", i, i - 1, i, i - 1);
    fl_row_int("merges", fl_yaml_parse(&arena, fl_buf_str(&text), "t", &root, &err), FL_E_LIMIT);
    fl_buf_clear(&text);
    fl_buf_add_c(&text, "- &a0 x\n");
    for (int i = 1; i < 300; i++)
        fl_buf_format(&text, "- &a%d [*a%d]\n", i, i - 1);
    fl_row_int("chain", fl_yaml_parse(&arena, fl_buf_str(&text), "t", &root, &err), FL_E_LIMIT);

    fl_buf_clear(&text);
    fl_buf_add_repeat(&text, '[', 100000);
    fl_row_true("100,000 brackets", fl_yaml_parse(&arena, fl_buf_str(&text), "t", &root, &err) != FL_OK);
    fl_buf_clear(&text);
    for (unsigned i = 0; i < FL_LIMIT_DATA_DEPTH + 1; i++) {
        fl_buf_add_repeat(&text, ' ', i);
        fl_buf_add_c(&text, "a:\n");
    }
    fl_row_true("deep block", fl_yaml_parse(&arena, fl_buf_str(&text), "t", &root, &err) != FL_OK);
    fl_buf_clear(&text);
    fl_buf_add_repeat(&text, 'a', FL_LIMIT_DATA_BYTES + 1);
    fl_row_int("too long", fl_yaml_parse(&arena, fl_buf_str(&text), "t", &root, &err), FL_E_LIMIT);
    fl_buf_release(&text);
    fl_arena_release(&arena);
}

static void writes_for_people(void **state)
{
    (void)state;
    static const struct {
        const char *row, *json, *yaml;
    } rows[] = {
        {"scalar", "1", "1\n"},
        {"nothing", "{}", "{}\n"},
        {"map", "{\"a\":1,\"b\":{\"c\":null,\"d\":true}}", "a: 1\nb:\n  c: null\n  d: true\n"},
        {"lists below their key", "{\"a\":[1,[2,3],[],{\"b\":1,\"c\":[4]}]}", "a:\n  - 1\n  - - 2\n    - 3\n  - []\n  - b: 1\n    c:\n      - 4\n"},
        {"plain where it may be", "[\"a b\",\"/orders/{id}\",\"it's\",\"3.1.0\",\"127.0.0.1\",\"http://x:80/\",\"a#b\",\"-x\",\"é\",\"😀\"]",
         "- a b\n- /orders/{id}\n- it's\n- 3.1.0\n- 127.0.0.1\n- http://x:80/\n- a#b\n- -x\n- é\n- 😀\n"},
        {"words", "[\"yes\",\"No\",\"null\",\"~\",\"TRUE\",\"y\",\"on\",\"<<\",\"=\"]",
         "- 'yes'\n- 'No'\n- 'null'\n- '~'\n- 'TRUE'\n- 'y'\n- 'on'\n- '<<'\n- '='\n"},
        {"numbers as text", "[\"1\",\"1e3\",\"0x1\",\"1_0\",\"12:30\",\".5\",\"-1\",\".inf\",\"2024-01-01\",\"0o7\",\"0b1\"]",
         "- '1'\n- '1e3'\n- '0x1'\n- '1_0'\n- '12:30'\n- '.5'\n- '-1'\n- '.inf'\n- '2024-01-01'\n- '0o7'\n- '0b1'\n"},
        {"marks", "[\"\",\" a\",\"a \",\"a: b\",\"a #b\",\"a:\",\"- a\",\"? a\",\"*a\",\"@a\",\"{a\",\"---\",\"'\",\"a'b: c\"]",
         "- ''\n- ' a'\n- 'a '\n- 'a: b'\n- 'a #b'\n- 'a:'\n- '- a'\n- '? a'\n- '*a'\n- '@a'\n- '{a'\n- '---'\n- \"'\"\n- \"a'b: c\"\n"},
        {"lines", "{\"a\":\"x\\ny\",\"b\":\"x\\n\\n  y\\n\",\"c\":\"x\\n\\n\"}", "a: |-\n  x\n  y\nb: |\n  x\n\n    y\nc: |+\n  x\n\n"},
        {"lines no block can show", "[\" x\\ny\",\"\\n\",\"x \\ny\",\"a\\tb\\n\",\"x\\r\\ny\"]", "- \" x\\ny\"\n- \"\\n\"\n- \"x \\ny\"\n- \"a\\tb\\n\"\n- \"x\\r\\ny\"\n"},
        {"control characters", "[\"\\u0000\\u001b\\u007f\\u0085\\u2028\\ufeff\"]", "- \"\\x00\\x1B\\x7F\\x85\\u2028\\uFEFF\"\n"},
        {"keys", "{\"200\":1,\"\":2,\"a: b\":3,\"x-y\":4,\"a\\nb\":5}", "'200': 1\n'': 2\n'a: b': 3\nx-y: 4\n\"a\\nb\": 5\n"},
        {"numbers", "[1e3,1.5E-2,-0,12345678901234567890]", "- 1.0e+3\n- 1.5e-2\n- -0\n- 12345678901234567890\n"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_data *root, *back;
        fl_err err = {0};
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_row_ok(rows[i].row, fl_json_parse(&arena, fl_str_from(rows[i].json), &root, &err), err);
        fl_yaml_write(&out, root);
        fl_row_str(rows[i].row, fl_buf_str(&out), rows[i].yaml);
        fl_row_ok(rows[i].row, fl_yaml_parse(&arena, fl_buf_str(&out), "t", &back, &err), err);
        fl_row_true(rows[i].row, fl_data_eq(root, back));
        fl_buf_release(&out);
        fl_arena_release(&arena);
    }
}

/* Every string of up to three of these pieces comes back, as value, as item and as key. */
static void comes_back(void **state)
{
    (void)state;
    static const char *const pieces[] = {"", " ", "\n", ":", "#", "-", "?", "'", "\"", "\\", "a", "1", ".", "e", "0x", "[", "}", "&", "*", "!", "|", ">", "%", "@",
                                         ",", "\t", "\r", "é", "---", "...", "null", "~", "<<", "=", "\x01", "\xC2\x85", "+", "_"};
    enum { N = FL_COUNT(pieces) };
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *list = fl_data_list(&arena), *map = fl_data_map(&arena);
    for (size_t i = 0; i < (size_t)N * N * N; i++) {
        fl_str text = fl_str_format(&arena, "%s%s%s", pieces[i % N], pieces[i / N % N], pieces[i / N / N]);
        fl_data_push(list, fl_data_string(&arena, text));
        if (i % 97 == 0)
            fl_data_set(&arena, map, text, fl_data_string(&arena, text));
    }
    const fl_data *const roots[] = {list, map};
    for (size_t i = 0; i < FL_COUNT(roots); i++) {
        fl_data *back;
        fl_err err = {0};
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_yaml_write(&out, roots[i]);
        fl_row_ok("read", fl_yaml_parse(&arena, fl_buf_str(&out), "t", &back, &err), err);
        fl_row_size("count", back->count, roots[i]->count);
        for (const fl_data *a = roots[i]->first, *b = back->first; a; a = a->next, b = b->next)
            if (!fl_data_eq(a, b) || !fl_str_eq(a->key, b->key))
                fail_msg("'" FL_STR_FMT "' came back as '" FL_STR_FMT "'", FL_STR_ARG(a->text), FL_STR_ARG(b->text));
        fl_buf_release(&out);
    }
    fl_arena_release(&arena);
}

static void knows_lines(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *root;
    fl_err err = {0};
    fl_row_ok("parse", fl_yaml_parse(&arena, FL_S("# c\na: 1\nb:\n  - x\n  - y: 2\n"), "t", &root, &err), err);
    fl_row_int("a", fl_data_get_c(root, "a")->line, 1);
    fl_row_int("x", fl_data_pointer(root, FL_S("/b/0"))->line, 3);
    fl_row_int("y", fl_data_pointer(root, FL_S("/b/1/y"))->line, 4);
    fl_arena_release(&arena);
}

FL_UNIT(yaml, cmocka_unit_test(reads), cmocka_unit_test(refuses), cmocka_unit_test(is_bounded), cmocka_unit_test(writes_for_people),
        cmocka_unit_test(comes_back), cmocka_unit_test(knows_lines))
