/* C projects: compiler flags from where they may stand, headers lowered with their units, includes. */
#include "tests/support/unit.h"
#include "extractor/source/source.h"
#include "base/fs.h"

typedef struct fixture { fl_arena arena; fl_str root; fl_project project; fl_err err; } fixture;
typedef struct source { const char *path, *text; } source;

static void start(fixture *f, const source *files, size_t count)
{
    *f = (fixture){ 0 };
    fl_arena_init(&f->arena);
    fl_status status = fl_fs_temp_dir(&f->arena, "fl-compile-", &f->root, &f->err);
    fl_row_ok("temp", status, f->err);
    for (size_t i = 0; i < count; i++) {
        fl_str text = fl_str_from(files[i].text), out = FL_S("");
        for (ptrdiff_t at; (at = fl_str_find(text, FL_S("ROOT"))) >= 0; text = fl_str_sub(text, (size_t)at + 4, text.len))
            out = fl_str_format(&f->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(out), FL_STR_ARG(fl_str_sub(text, 0, (size_t)at)), FL_STR_ARG(f->root));
        out = fl_str_format(&f->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(out), FL_STR_ARG(text));
        status = fl_fs_write(fl_fs_join(&f->arena, f->root, fl_str_from(files[i].path)).ptr, out, &f->err);
        fl_row_ok(files[i].path, status, f->err);
    }
}

static void open_project(fixture *f, const char *folder, const char *build_dir)
{
    fl_project_options options = { .build_dir = build_dir };
    const char *path = folder ? fl_fs_join(&f->arena, f->root, fl_str_from(folder)).ptr : f->root.ptr;
    fl_status status = fl_project_open(&f->project, path, &options, &f->err);
    fl_row_ok("open", status, f->err);
}

static void end(fixture *f)
{
    fl_project_release(&f->project);
    fl_status status = fl_fs_remove_tree(f->root.ptr, &f->err);
    fl_row_ok("remove", status, f->err);
    fl_arena_release(&f->arena);
}

/* The value of the first number in a file: what VALUE was defined as. */
static const char *number_in(const fixture *f, const char *path)
{
    uint32_t id;
    if (!fl_project_find(&f->project, fl_str_from(path), &id)) return "no file";
    for (const fl_node *node = fl_project_file(&f->project, id)->root; node;) {
        if (node->kind == FL_NODE_number) return fl_sym_c(node->sym);
        if (node->first) {
            node = node->first;
            continue;
        }
        while (node && !node->next) node = node->parent;
        if (node) node = node->next;
    }
    return "none";
}

static bool is_diagnosed(const fixture *f, const char *code)
{
    for (size_t i = 0; i < f->project.diagnostics.count; i++)
        if (strcmp(f->project.diagnostics.items[i].code, code) == 0) return true;
    return false;
}

#define USES_VALUE "#ifndef VALUE\n#define VALUE 0\n#endif\nint v = VALUE;\n"

static void reads_commands(void **state)
{
    (void)state;
    static const struct { const char *row, *path, *json, *want; bool is_bad; } rows[] = {
        { "none", "readme", "", "0", false },
        { "root, command", "compile_commands.json", "[{\"directory\": \"ROOT\", \"file\": \"src/a.c\", \"command\": \"cc -DVALUE=1 -c src/a.c\"}]", "1", false },
        { "build, arguments", "build/compile_commands.json", "[{\"directory\": \"ROOT/build\", \"file\": \"ROOT/src/a.c\", \"arguments\": [\"cc\", \"-D\", \"VALUE=2\", \"-c\", \"x\"]}]", "2", false },
        { "any folder", "out/compile_commands.json", "[{\"directory\": \"ROOT/out\", \"file\": \"../src/a.c\", \"command\": \"cc '-DVALUE=3'\"}]", "3", false },
        { "last wins", "compile_commands.json", "[{\"directory\": \"ROOT\", \"file\": \"src/a.c\", \"command\": \"cc -DVALUE=1 -UVALUE -DVALUE=4\"}]", "4", false },
        { "include path", "compile_commands.json", "[{\"directory\": \"ROOT\", \"file\": \"src/a.c\", \"command\": \"cc -Iinc -include value.h\"}]", "0", false },
        { "forced include", "compile_commands.json", "[{\"directory\": \"ROOT\", \"file\": \"src/a.c\", \"command\": \"cc -include inc/value.h\"}]", "9", false },
        { "another root", "compile_commands.json", "[{\"directory\": \"/elsewhere\", \"file\": \"/elsewhere/src/a.c\", \"command\": \"cc -include /elsewhere/inc/value.h\"}]", "9", false },
        { "plug-ins are not loaded", "compile_commands.json", "[{\"directory\": \"ROOT\", \"file\": \"src/a.c\", \"command\": \"cc -fplugin=/none.so -Xclang -load -Xclang /none.so -o x -DVALUE=5\"}]", "5", false },
        { "other file", "compile_commands.json", "[{\"directory\": \"ROOT\", \"file\": \"src/b.c\", \"command\": \"cc -DVALUE=6\"}]", "0", false },
        { "no list", "compile_commands.json", "{}", "0", true },
        { "no JSON", "compile_commands.json", "[{", "0", true },
        { "odd entries", "compile_commands.json", "[1, {}, {\"file\": 3}, {\"directory\": \"ROOT\", \"file\": \"src/a.c\", \"command\": \"cc -I\"}]", "0", false },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fixture f;
        const source files[] = { { "src/a.c", USES_VALUE }, { "inc/value.h", "#define VALUE 9\n" }, { rows[i].path, rows[i].json } };
        start(&f, files, FL_COUNT(files));
        open_project(&f, NULL, NULL);
        const char *got = number_in(&f, "src/a.c");
        fl_row_str(rows[i].row, fl_str_from(got), rows[i].want);
        fl_row_int(rows[i].row, is_diagnosed(&f, "bad-compile-commands"), rows[i].is_bad);
        end(&f);
    }
}

/* A build folder that has the commands already, or a Makefile that tells; nothing is written beside the sources. */
static void asks_build_folder(void **state)
{
    (void)state;
    fixture f;
    const source told[] = { { "p/a.c", USES_VALUE }, { "b/compile_commands.json", "[{\"directory\": \"ROOT/p\", \"file\": \"a.c\", \"command\": \"cc -DVALUE=7\"}]" } };
    start(&f, told, FL_COUNT(told));
    open_project(&f, "p", fl_fs_join(&f.arena, f.root, FL_S("b")).ptr);
    assert_string_equal(number_in(&f, "a.c"), "7");
    end(&f);
    const source made[] = { { "p/a.c", USES_VALUE }, { "p/Makefile", "all: a.o\na.o: a.c\n\tcc -DVALUE=8 -c a.c -o a.o\n-include made.d\nmade.d:\n\ttouch made.d\n" } };
    start(&f, made, FL_COUNT(made));
    open_project(&f, "p", fl_fs_join(&f.arena, f.root, FL_S("b")).ptr);
    assert_string_equal(number_in(&f, "a.c"), "8");
    assert_false(fl_fs_exists(fl_fs_join(&f.arena, f.root, FL_S("p/made.d")).ptr));
    end(&f);
    start(&f, made, FL_COUNT(made));
    open_project(&f, "p", fl_fs_join(&f.arena, f.root, FL_S("p/inside")).ptr);
    assert_string_equal(number_in(&f, "a.c"), "0");
    assert_true(is_diagnosed(&f, "no-compile-commands"));
    end(&f);
}

static const source tree[] = {
    { "src/a.c", "#include \"x.h\"\n#include <none.h>\n#include \"../inc/y.h\"\nint a = X + Y;\n" },
    { "src/b.c", "#include <lib/z.h>\nint b = Z;\n" },
    { "src/x.h", "#define X 1\n" }, { "inc/y.h", "#include \"lib/z.h\"\n#define Y 2\n" }, { "inc/lib/z.h", "#define Z 3\nint in_z(void);\n" },
    { "inc/alone.h", "int alone = 4;\n" }, { "other/x.h", "#define X 5\n" }, { "src/off.c", "#if 0\n#include \"off.h\"\n#endif\n" },
    { "src/off.h", "int off = 6;\n" }, { "src/test_a.c", "int t;" }, { "tests/b.c", "int t;" },
};

static void follows_includes(void **state)
{
    (void)state;
    static const struct { const char *from, *specifier, *want; } rows[] = {
        { "src/a.c", "x.h", "src/x.h" },            { "src/a.c", "../inc/y.h", "inc/y.h" }, { "src/b.c", "lib/z.h", "inc/lib/z.h" },
        { "src/a.c", "none.h", "package none.h" },  { "src/a.c", "sys/socket.h", "package sys/socket.h" }, { "other/x.h", "x.h", "other/x.h" },
        { "inc/y.h", "alone.h", "inc/alone.h" },
    };
    static const struct { const char *path, *leader; } leaders[] = {
        { "src/x.h", "src/a.c" }, { "inc/y.h", "src/a.c" }, { "inc/lib/z.h", "src/a.c" }, { "inc/alone.h", "" }, { "src/off.h", "src/off.c" }, { "other/x.h", "" },
    };
    fixture f;
    start(&f, tree, FL_COUNT(tree));
    open_project(&f, NULL, NULL);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        uint32_t id = 0;
        fl_row_true(rows[i].from, fl_project_find(&f.project, fl_str_from(rows[i].from), &id));
        fl_import found = fl_project_resolve(&f.project, fl_project_file(&f.project, id), fl_str_from(rows[i].specifier));
        fl_str got = found.kind == FL_IMPORT_FILE ? fl_project_file(&f.project, found.file)->path
                                                  : fl_str_format(&f.arena, "package " FL_STR_FMT, FL_STR_ARG(found.package));
        fl_row_str(rows[i].specifier, got, rows[i].want);
    }
    for (size_t i = 0; i < FL_COUNT(leaders); i++) {
        uint32_t id = 0;
        fl_row_true(leaders[i].path, fl_project_find(&f.project, fl_str_from(leaders[i].path), &id));
        const fl_file *file = fl_project_file(&f.project, id);
        fl_row_str(leaders[i].path, file->leader ? file->leader->path : FL_S(""), leaders[i].leader);
        fl_row_true(leaders[i].path, file->root != NULL);
    }
    assert_string_equal(number_in(&f, "src/a.c"), "1");
    assert_string_equal(number_in(&f, "src/b.c"), "3");
    assert_string_equal(number_in(&f, "inc/alone.h"), "4");
    assert_string_equal(number_in(&f, "src/off.h"), "6");      /* its unit left it out: read on its own */
    assert_string_equal(number_in(&f, "src/test_a.c"), "no file");
    assert_string_equal(number_in(&f, "tests/b.c"), "no file");
    assert_true(is_diagnosed(&f, "missing-header"));
    end(&f);
}

/* A copy keeps the trees of what is the same and reads nothing that is not. */
static void borrows_trees(void **state)
{
    (void)state;
    static const source files[] = {
        { "a.c", "#include \"h.h\"\nint a = 1;\n" }, { "b.c", "int b = 2;\n" }, { "h.h", "int h = 3;\n" }, { "part.c", "int part = 4;\n" },
        { "whole.c", "#include \"part.c\"\n" }, { "x.js", "const x = 5\n" },
    };
    static const struct { const char *changed, *kept; } rows[] = {         /* one letter a file: its tree is the old one */
        { "", "abhpwx" }, { "b.c", "ahpwx" }, { "a.c", "bpwx" }, { "h.h", "x" }, { "part.c", "x" }, { "x.js", "abhpw" }, { "new.c", "" },
    };
    fixture f;
    start(&f, files, FL_COUNT(files));
    open_project(&f, NULL, NULL);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fixture copy;
        start(&copy, files, FL_COUNT(files));
        fl_status status = rows[i].changed[0] ? fl_fs_write(fl_fs_join(&copy.arena, copy.root, fl_str_from(rows[i].changed)).ptr, FL_S("let y = 7\n"), &copy.err) : FL_OK;
        fl_row_ok(rows[i].changed, status, copy.err);
        fl_project_options options = { .like = &f.project };
        status = fl_project_open(&copy.project, copy.root.ptr, &options, &copy.err);
        fl_row_ok(rows[i].changed, status, copy.err);
        char kept[16] = "";
        for (uint32_t id = 0, n = 0; id < f.project.file_count; id++) {
            uint32_t there;
            fl_row_true(rows[i].changed, fl_project_find(&copy.project, f.project.files[id]->path, &there) && copy.project.files[there]->root);
            if (copy.project.files[there]->root == f.project.files[id]->root) kept[n++] = f.project.files[id]->path.ptr[0];
        }
        fl_row_str(rows[i].changed, fl_str_from(kept), rows[i].kept);
        end(&copy);
    }
    end(&f);
}

FL_UNIT(compile, cmocka_unit_test(reads_commands), cmocka_unit_test(asks_build_folder), cmocka_unit_test(follows_includes), cmocka_unit_test(borrows_trees))
