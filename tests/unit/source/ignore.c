/* What git ignores. Each row is a .gitignore, and whether it has a path; folders end in '/'. */
#include "tests/support/unit.h"
#include "extractor/source/ignore.h"

static void has_what_git_ignores(void **state)
{
    (void)state;
    static const struct { const char *row, *rules, *path; bool has; } rows[] = {
        { "name", "a.js", "x/a.js", true },
        { "another name", "a.js", "a.jsx", false },
        { "star", "*.js", "x/y.js", true },
        { "star stays in its folder", "x/*.js", "x/y/z.js", false },
        { "star in the middle", "a*c*.js", "abcbd.js", true },
        { "star goes back", "*ab", "aab", true },
        { "one character", "a?.js", "ab.js", true },
        { "not none", "a?.js", "a.js", false },
        { "class", "[a-c].js", "b.js", true },
        { "not in the class", "[!a-c].js", "b.js", false },
        { "class with bracket", "[]x].js", "].js", true },
        { "open class", "[ab", "a", false },
        { "escape", "\\*.js", "a.js", false },
        { "escaped star", "\\*.js", "*.js", true },
        { "escaped mark", "\\#a", "#a", true },
        { "comment", "#a", "#a", false },
        { "anchored", "/a.js", "x/a.js", false },
        { "anchored at the top", "/a.js", "a.js", true },
        { "anchored by a slash inside", "x/a.js", "y/x/a.js", false },
        { "folder", "out/", "x/out/", true },
        { "folder spares files", "out/", "x/out", false },
        { "anchored folder", "/x/out/", "x/out/", true },
        { "any folders before", "**/b/a.js", "x/y/b/a.js", true },
        { "no folder before", "**/b/a.js", "b/a.js", true },
        { "any folders between", "a/**/b.js", "a/x/y/b.js", true },
        { "no folder between", "a/**/b.js", "a/b.js", true },
        { "goes back to the last", "**/a/**/b", "a/x/a/y/b", true },
        { "what lies in it", "a/**", "a/x/b.js", true },
        { "not itself", "a/**", "a/", false },
        { "last word", "*.js\n!a.js", "a.js", false },
        { "last word again", "*.js\n!a.js\na.*", "a.js", true },
        { "spaces at the end", "a.js  ", "a.js", true },
        { "escaped space", "a\\ ", "a ", true },
        { "other line ends", "a.js\r\nb.js\r\n", "a.js", true },
        { "mark of the encoding", "\xEF\xBB\xBF" "a.js", "a.js", true },
        { "nothing", "\n\n/\n!\n", "a.js", false },
        { "many stars", "*a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
    };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        const fl_ignore *rules = fl_ignore_add(&arena, NULL, FL_S(""), fl_str_from(rows[i].rules));
        fl_str path = fl_str_from(rows[i].path);
        bool is_folder = fl_str_ends(path, FL_S("/"));
        path.len -= is_folder;
        fl_row_int(rows[i].row, fl_ignore_has(rules, path, is_folder), rows[i].has);
    }
    fl_arena_release(&arena);
}

static void nearer_rules_go_first(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    const fl_ignore *top = fl_ignore_add(&arena, NULL, FL_S(""), FL_S("*.js\nb/c/x.ts")), *below = fl_ignore_add(&arena, top, FL_S("b"), FL_S("!a.js\n/c/y.ts"));
    assert_true(fl_ignore_has(top, FL_S("a.js"), false));
    assert_false(fl_ignore_has(below, FL_S("b/a.js"), false));
    assert_true(fl_ignore_has(below, FL_S("b/d.js"), false));
    assert_true(fl_ignore_has(below, FL_S("b/c/x.ts"), false));
    assert_true(fl_ignore_has(below, FL_S("b/c/y.ts"), false));
    assert_false(fl_ignore_has(below, FL_S("b/y.ts"), false));
    assert_ptr_equal(fl_ignore_add(&arena, top, FL_S("b"), FL_S("# nothing\n")), top);
    fl_arena_release(&arena);
}

FL_UNIT(ignore, cmocka_unit_test(has_what_git_ignores), cmocka_unit_test(nearer_rules_go_first))
