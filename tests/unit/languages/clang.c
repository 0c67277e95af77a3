/*
 * C and C++ in one line each: what a construct becomes, what macros become, what damage leaves. Golden cases (c-tree, cpp-tree)
 * show whole files; here are the cases that a version of libclang may see differently.
 */
#include "tests/support/unit.h"
#include "tests/support/lower.h"

static void lowers(void **state)
{
    (void)state;
    /* all stand in `int f(int a, int *p, char *s) { … }`, and what is shown is what is inside of its block */
    static const struct { const char *path, *in, *want; } rows[] = {
        { "a.c", "a = -a + ~a;", "(expression (assign = (name a) (binary + (unary neg (name a)) (unary ~ (name a)))))" },
        { "a.c", "a = !p && *p - -a;", "(expression (assign = (name a) (logical && +truth (unary ! (name p)) (binary - (unary *x (name p)) (unary neg (name a))))))" },
        { "a.c", "a++, --a;", "(expression (sequence (unary ++ +postfix (name a)) (unary -- (name a))))" },
        { "a.c", "a <<= (a) >> (1);", "(expression (assign << (name a) (binary >> (name a) (number 1))))" },
        { "a.c", "a = a ?: 2;", "(expression (assign = (name a) (logical || (name a) (number 2))))" },
        { "a.c", "p = 0;", "(expression (assign = (name p) (null)))" },
        { "a.c", "*p = 'x';", "(expression (assign = (unary *x (name p)) (number 120)))" },
        { "a.c", "p = &p[a];", "(expression (assign = (name p) (unary &x (index (name p) (name a)))))" },
        { "a.c", "s = \"a\" \"\\x41\" \"\\n\";", "(expression (assign = (name s) (string 'aA\n')))" },
        { "a.c", "__extension__ a;", "(expression (name a))" },
        { "a.c", "a = __builtin_expect(a, 1);", "(expression (assign = (name a) (name a)))" },
        { "a.c", "for (;a;) break;", "(loop - (name a) - (break))" },
        { "a.c", "for (a = 0;;a++) ;", "(loop (assign = (name a) (number 0)) - (unary ++ +postfix (name a)) (block))" },
        { "a.c", "goto x; x: ;", "(goto x) (label x (block))" },
        { "a.c", "#define M 7 + a\na = M;", "(expression (assign = (name a) (binary + (number 7) (name a))))" },
        { "a.c", "#define N(x) ((x) == 0)\nif (N(p)) a = 1;", "(if (binary === (name p) (null)) (expression (assign = (name a) (number 1))))" },
        { "a.c", "#define TEXT \"/x\"\ns = TEXT \"y\";", "(expression (assign = (name s) (string '/xy')))" },
        { "a.c", "#define CALL(g) g(a)\nCALL(f);", "(expression (call (name f) (name a)))" },
        { "a.cpp", "p = nullptr;", "(expression (assign = (name p) (null)))" },
        { "a.cpp", "bool b = true;", "(let (name b) (boolean +true) (type_name bool))" },
        { "a.cpp", "if (int x = a) a = x;", "(block (let (name x) (name a) (type_name int)) (if (name x) (expression (assign = (name a) (name x)))))" },
        { "a.cpp", "auto g = [&](int y) { return y; };", "(let (name g) (function +arrow (params (param y (name y) - (type_name int))) - (block (return (name y)))) (type_name unnamed))" },
        { "a.cpp", "delete p;", "(expression (unary delete (name p)))" },
        { "a.cpp", "try { throw a; } catch (int e) { a = e; }", "(try (block (throw (name a))) (name e) (block (expression (assign = (name a) (name e)))))" },
        { "a.c", "unknown(a, s);", "(expression (call (name unknown) (name a) (name s)))" },
        { "a.c", "a = (1 + ;", "" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_buf text, out;
        fl_buf_init(&text, 0);
        fl_buf_init(&out, 0);
        bool has_macro = rows[i].in[0] == '#';
        const char *code = has_macro ? strchr(rows[i].in, '\n') + 1 : rows[i].in;
        if (has_macro) fl_buf_add(&text, (fl_str){ rows[i].in, (size_t)(code - rows[i].in) });
        fl_buf_format(&text, "int f(int a, int *p, char *s) { %s }", code);
        fl_file file;
        fl_test_lower(&file, rows[i].path, fl_buf_str(&text));
        fl_test_print(&out, &file);
        fl_str got = fl_buf_str(&out);
        ptrdiff_t block = fl_str_find(got, FL_S("(block"));
        fl_row_true(rows[i].in, block >= 0 && got.len > (size_t)block + 8);
        size_t from = (size_t)block + 6 + (got.ptr[block + 6] == ' ');
        fl_row_str(rows[i].in, fl_str_sub(got, from, got.len - 3), rows[i].want);
        fl_buf_release(&text);
        fl_buf_release(&out);
        fl_arena_release(&file.arena);
    }
}

/* The compiler recurses; nothing of this may end the process, and all of it must come back. */
static void endures(void **state)
{
    (void)state;
    static const struct { const char *path, *before, *open, *middle, *close; } rows[] = {
        { "a.c", "int f(int x) { return ", "(\n", "x", ")" },    { "a.c", "int f(int x) {", "{\n", "x = 1;", "}" },
        { "a.c", "int f(int x) {", "if (x)\n", "x = 1; }", "" },  { "a.c", "int f(int x) { return ", "!", "x; }", "" },
        { "a.c", "int f(int x) { return ", "(int)", "x; }", "" }, { "a.c", "int f(int x) {", "x=", "x; }", "" },
        { "a.c", "int a[] = ", "{", "1", "}" },                   { "a.c", "int ", "*", "x;", "" },
        { "a.c", "", "struct {", "int x;", "} a;" },             { "a.c", "int f(int x) {", "for(;;)", "x = 1; }", "" },
        { "a.c", "int f(int x) { return ", "f(", "x", ")" },     { "a.c", "", "#if 1\n", "int x;", "\n#endif" },
        { "a.cpp", "auto f = ", "[](){ return ", "1;", "}" },    { "a.cpp", "", "namespace a {", "int x;", "}" },
        { "a.cpp", "template<class T> struct A {}; ", "A<", "int", ">" }, { "a.cpp", "int f() ", "{ try ", "{} catch (...) {}", "}" },
        { "a.c", "", "}", "", "" },                              { "a.c", "", "\xff\x01@", "", "" },
        { "a.c", "", "\"\n", "", "" },                           { "a.c", "", "#include <\n", "", "" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_buf text;
        fl_buf_init(&text, 0);
        fl_buf_add_c(&text, rows[i].before);
        for (int level = 0; level < 8000; level++) fl_buf_add_c(&text, rows[i].open);
        fl_buf_add_c(&text, rows[i].middle);
        for (int level = 0; level < 8000; level++) fl_buf_add_c(&text, rows[i].close);
        fl_file file;
        fl_test_lower(&file, rows[i].path, fl_buf_str(&text));
        fl_row_true(rows[i].open, file.root != NULL);
        fl_arena_release(&file.arena);
        fl_buf_release(&text);
    }
}

/* What would never end is not begun, and says so. */
static void gives_up(void **state)
{
    (void)state;
    fl_buf text, out;
    fl_buf_init(&text, 0);
    fl_buf_init(&out, 0);
    fl_buf_add_c(&text, "#include \"x.h\"\nint x");
    for (int i = 0; i < 40000; i++) fl_buf_add_c(&text, "[1]");
    fl_file file;
    fl_test_lower(&file, "a.c", fl_buf_str(&text));
    fl_test_print(&out, &file);
    fl_file bomb;                                               /* macros that double each other, 40 times */
    fl_buf doubling;
    fl_buf_init(&doubling, 0);
    for (int i = 0; i < 40; i++) fl_buf_format(&doubling, "#define A%d A%d A%d\n", i, i + 1, i + 1);
    fl_buf_add_c(&doubling, "#define A40 1,\nint x[] = { A0 };");
    fl_test_lower(&bomb, "a.c", fl_buf_str(&doubling));
    assert_int_equal(bomb.opaque_count, 1);
    fl_arena_release(&bomb.arena);
    fl_buf_release(&doubling);
    assert_string_equal(out.ptr, "(import (string 'x.h') (import_item (string '*'))) (opaque 'no end of a statement')");
    fl_arena_release(&file.arena);
    fl_buf_release(&text);
    fl_buf_release(&out);
}

static void counts_errors(void **state)
{
    (void)state;
    static const struct { const char *path, *text; bool has_errors; } rows[] = {
        { "a.c", "#include <none.h>\nint f(unknown_t *x) { return x->y; }", false }, { "a.c", "int f(void) { return 1 }", true },
        { "a.cpp", "auto f = [](int x) { return x; };", false }, { "a.cpp", "class A { void f( };", true }, { "a.h", "", false },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str path = fl_str_from(rows[i].path);
        uint32_t count = fl_language_count_errors(fl_language_of(path), path, fl_str_from(rows[i].text));
        fl_row_int(rows[i].text, count > 0, rows[i].has_errors);
    }
}

FL_UNIT(clang, cmocka_unit_test(lowers), cmocka_unit_test(endures), cmocka_unit_test(gives_up), cmocka_unit_test(counts_errors))
