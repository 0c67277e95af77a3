/* Input that nobody wrote by hand: deep nesting, damage, bytes that are no text. Nothing overflows and the tree holds. */
#include "tests/support/unit.h"
#include "tests/support/lower.h"

static uint32_t count_too_deep(const fl_file *file)
{
    uint32_t count = 0;
    fl_sym too_deep = fl_sym_of_c("too deep");
    for (const fl_node *node = file->root; node;) {
        count += node->kind == FL_NODE_opaque && node->sym == too_deep;
        if (node->first) {
            node = node->first;
            continue;
        }
        while (node && !node->next) node = node->parent;
        if (node) node = node->next;
    }
    return count;
}

static void deep_nesting_is_cut(void **state)
{
    (void)state;
    static const struct { const char *row, *path, *open, *middle, *close; bool is_cut; } rows[] = {
        { "parentheses", "a.js", "(", "1", ")", true },      { "lists", "a.js", "[", "", "]", true },
        { "dicts", "a.js", "({a:", "1", "})", true },        { "blocks", "a.js", "{", "", "}", true },
        { "functions", "a.js", "f(function(){", "", "})", true }, { "templates", "a.js", "`${", "1", "}`", true },
        { "not", "a.js", "!", "1", "", true },               { "arrows", "a.js", "a=>", "1", "", true },
        { "sums", "a.js", "1+", "1", "", true },             { "branches", "a.js", "if(a)b;else ", "c", "", true },
        { "calls", "a.js", "", "a", "()", true },            { "members", "a.js", "", "a", ".b", true },
        { "markup", "a.jsx", "<a>", "", "</a>", true },      { "generics", "a.ts", "type A=B<", "", "", false },
        { "open brackets", "a.js", "[", "", "", false },     { "open braces", "a.js", "{", "", "", false },
    };
    enum { LEVELS = 20000 };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_buf text;
        fl_buf_init(&text, 0);
        for (int level = 0; level < LEVELS; level++) fl_buf_add_c(&text, rows[i].open);
        fl_buf_add_c(&text, rows[i].middle);
        for (int level = 0; level < LEVELS; level++) fl_buf_add_c(&text, rows[i].close);
        fl_file file;
        fl_test_lower(&file, rows[i].path, fl_buf_str(&text));
        if (rows[i].is_cut) fl_row_true(rows[i].row, count_too_deep(&file) > 0);
        fl_row_true(rows[i].row, file.opaque_count > 0);
        fl_arena_release(&file.arena);
        fl_buf_release(&text);
    }
}

static void hundred_thousand_brackets(void **state)
{
    (void)state;
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_buf_add_repeat(&text, '[', 100000);
    fl_buf_add_repeat(&text, ']', 100000);
    fl_file file;
    fl_test_lower(&file, "a.js", fl_buf_str(&text));
    assert_int_equal(count_too_deep(&file), 1);
    assert_int_equal(file.error_count, 0);
    fl_arena_release(&file.arena);
    fl_buf_release(&text);
}

/* A long union is flat, so it is not cut: thousands of names are real. */
static void long_union_is_kept(void **state)
{
    (void)state;
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_buf_add_c(&text, "type A = 'x'");
    for (int i = 0; i < 5000; i++) fl_buf_format(&text, " | 'a%d'", i);
    fl_file file;
    fl_test_lower(&file, "a.ts", fl_buf_str(&text));
    assert_int_equal(fl_node_count(fl_node_child(file.root->first, 1)), 5001);
    assert_int_equal(file.opaque_count, 0);
    fl_arena_release(&file.arena);
    fl_buf_release(&text);
}

static void damage_is_counted(void **state)
{
    (void)state;
    static const struct { const char *row, *path, *text; bool has_errors; } rows[] = {
        { "fine", "a.js", "f(a)", false },
        { "fine types", "a.ts", "let a: B<C> = d as E", false },
        { "types in a script", "a.js", "let a: B = 1", true },
        { "types of Flow", "a.js", "// @flow\nlet a: ?B = 1; type C = {| d: E |};", false },
        { "unclosed", "a.js", "f(a", true },
        { "no text at all", "a.ts", "\x01\x02\xFF\xFE", true },
        { "empty", "a.js", "", false },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_file file;
        fl_test_lower(&file, rows[i].path, fl_str_from(rows[i].text));
        fl_row_int(rows[i].row, file.error_count > 0, rows[i].has_errors);
        uint32_t again = fl_language_count_errors(file.language, file.path, file.text);
        fl_row_int(rows[i].row, again, file.error_count);
        fl_arena_release(&file.arena);
    }
}

FL_UNIT(hostile, cmocka_unit_test(deep_nesting_is_cut), cmocka_unit_test(hundred_thousand_brackets), cmocka_unit_test(long_union_is_kept),
        cmocka_unit_test(damage_is_counted))
