/* Which files of a folder become a project's, and what is said about the others. Each row builds a folder of its own. */
#include "tests/support/unit.h"
#include "extractor/source/source.h"
#include "base/fs.h"
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct scratch { fl_arena arena; fl_str root; fl_project project; fl_err err; } scratch;

static void put(scratch *s, const char *path, const char *text)
{
    fl_str full = fl_fs_join(&s->arena, s->root, fl_str_from(path));
    fl_status status = fl_fs_write(full.ptr, fl_str_from(text), &s->err);
    fl_row_ok(path, status, s->err);
}

static void start(scratch *s)
{
    *s = (scratch){ 0 };
    fl_arena_init(&s->arena);
    fl_status status = fl_fs_temp_dir(&s->arena, "fl-walk-", &s->root, &s->err);
    fl_row_ok("temp", status, s->err);
}

static void open_with(scratch *s, const fl_project_options *options)
{
    fl_status status = fl_project_open(&s->project, s->root.ptr, options, &s->err);
    fl_row_ok("open", status, s->err);
}

static void end(scratch *s)
{
    fl_project_release(&s->project);
    fl_status status = fl_fs_remove_tree(s->root.ptr, &s->err);
    fl_row_ok("remove", status, s->err);
    fl_arena_release(&s->arena);
}

/* "a.js b/c.js" */
static fl_str names(scratch *s)
{
    fl_str all = FL_S("");
    for (uint32_t id = 0; id < s->project.file_count; id++) {
        const fl_file *file = fl_project_file(&s->project, id);
        assert_int_equal(file->id, id);
        all = fl_str_format(&s->arena, FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(all), id ? " " : "", FL_STR_ARG(file->path));
    }
    return all;
}

static size_t count_code(const fl_project *project, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < project->diagnostics.count; i++) count += strcmp(project->diagnostics.items[i].code, code) == 0;
    return count;
}

static void finds_files(void **state)
{
    (void)state;
    static const struct { const char *row, *files, *found; } rows[] = {
        { "empty", "", "" },
        { "no source", "README.md a.json", "" },
        { "sorted by bytes", "b.js a/z.js a.ts a-b.js B.mjs", "B.mjs a-b.js a.ts a/z.js b.js" },
        { "skipped folders", "a.js node_modules/x/i.js .git/hooks/h.js b/node_modules/i.js", "a.js" },
        { "tests", "a.js a.test.js test/b.js __tests__/c.js a.d.ts jest.config.js", "a.js" },
        { "ignored", ".gitignore=*.gen.js\n/dist/\nbuild\n a.js b.gen.js dist/c.js src/dist/d.js build/e.js src/build/f.js", "a.js src/dist/d.js" },
        { "ignored again", ".gitignore=*.js\n!keep.js\n a.js keep.js b.ts", "b.ts keep.js" },
        { "nested rules", "a/.gitignore=x.js\n a/x.js x.js a/b/x.js", "x.js" },
        { "folder rule spares files", ".gitignore=out/\n src/out.js out/a.js", "src/out.js" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        scratch s;
        start(&s);
        fl_str rest = fl_str_from(rows[i].files), word;
        while (fl_str_split(&rest, ' ', &word)) { /* NAME, or NAME=TEXT */
            ptrdiff_t equals = fl_str_find_char(word, '=');
            if (word.len == 0) continue;
            const char *path = fl_str_c(&s.arena, equals < 0 ? word : fl_str_sub(word, 0, (size_t)equals));
            put(&s, path, equals < 0 ? "f();\n" : fl_str_c(&s.arena, fl_str_sub(word, (size_t)equals + 1, word.len)));
        }
        open_with(&s, NULL);
        fl_row_str(rows[i].row, names(&s), rows[i].found);
        end(&s);
    }
}

static void obeys_options(void **state)
{
    (void)state;
    scratch s;
    start(&s);
    put(&s, "a.js", "f();");
    put(&s, "a.test.js", "g();");
    put(&s, "legacy/b.js", "h();");
    put(&s, "src/c.gen.js", "i();");
    static const char *const exclude[] = { "legacy/", "*.gen.js", NULL };
    open_with(&s, &(fl_project_options){ .exclude = exclude });
    fl_row_str("exclude", names(&s), "a.js");
    fl_project_release(&s.project);
    open_with(&s, &(fl_project_options){ .with_tests = true });
    fl_row_str("with tests", names(&s), "a.js a.test.js legacy/b.js src/c.gen.js");
    fl_project_release(&s.project);
    open_with(&s, &(fl_project_options){ .skip_lowering = true });
    assert_null(fl_project_file(&s.project, 0)->root);
    assert_int_equal(s.project.source_bytes, 12);
    end(&s);
}

/* A folder below somebody's repository that ignores it, or that is named like tests: asked for by name, it is read. */
static void root_is_never_ignored(void **state)
{
    (void)state;
    scratch s;
    start(&s);
    put(&s, ".gitignore", "test/\n");
    put(&s, ".git/HEAD", "ref: refs/heads/main\n");
    put(&s, ".git/config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
    put(&s, ".git/objects/info/packs", "");
    put(&s, ".git/refs/heads/.keep", "");
    put(&s, "test/app/a.js", "f();");
    put(&s, "test/app/.gitignore", "b.js\n");
    put(&s, "test/app/b.js", "g();");
    fl_str outer = s.root;
    s.root = fl_fs_join(&s.arena, outer, FL_S("test/app"));
    open_with(&s, NULL);
    fl_row_str("below", names(&s), "a.js");
    s.root = outer;
    end(&s);
}

static void links_are_aliases(void **state)
{
    (void)state;
    scratch s;
    start(&s);
    put(&s, "shared/a.js", "f();");
    assert_int_equal(symlink(".", fl_fs_join(&s.arena, s.root, FL_S("loop")).ptr), 0);
    assert_int_equal(symlink("shared", fl_fs_join(&s.arena, s.root, FL_S("common")).ptr), 0);
    assert_int_equal(symlink("shared/a.js", fl_fs_join(&s.arena, s.root, FL_S("b.js")).ptr), 0);
    assert_int_equal(symlink("nowhere", fl_fs_join(&s.arena, s.root, FL_S("dangling.js")).ptr), 0);
    assert_int_equal(symlink("/", fl_fs_join(&s.arena, s.root, FL_S("out")).ptr), 0);
    assert_int_equal(symlink("self", fl_fs_join(&s.arena, s.root, FL_S("self")).ptr), 0);
    open_with(&s, NULL);
    fl_row_str("links", names(&s), "shared/a.js");
    static const struct { const char *path; bool is_found; } rows[] = {
        { "shared/a.js", true }, { "common/a.js", true }, { "b.js", true }, { "common/b.js", false }, { "dangling.js", false },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        uint32_t id;
        fl_row_int(rows[i].path, fl_project_find(&s.project, fl_str_from(rows[i].path), &id), rows[i].is_found);
    }
    end(&s);
}

static void odd_files_are_diagnosed(void **state)
{
    (void)state;
    scratch s;
    start(&s);
    put(&s, "good.js", "f();");
    put(&s, "latin.js", "f('\xE9');");
    fl_str nul = fl_fs_join(&s.arena, s.root, FL_S("nul.js")), huge = fl_fs_join(&s.arena, s.root, FL_S("huge.js"));
    fl_status status = fl_fs_write(nul.ptr, (fl_str){ "a\0b", 3 }, &s.err);
    fl_row_ok("nul", status, s.err);
    put(&s, "huge.js", "");
    assert_int_equal(truncate(huge.ptr, (off_t)200 << 20), 0); /* sparse: reading it would show in the time */
    fl_buf line;
    fl_buf_init(&line, 0);
    while (line.len < 20000) fl_buf_add_c(&line, "a(b);");
    put(&s, "min.js", line.ptr);
    fl_buf_release(&line);
    put(&s, "broken.js", "f(");
    put(&s, "locked.js", "f();");
    fl_str locked = fl_fs_join(&s.arena, s.root, FL_S("locked.js"));
    assert_int_equal(chmod(locked.ptr, 0), 0);
    put(&s, "shut/a.js", "f();");
    assert_int_equal(chmod(fl_fs_join(&s.arena, s.root, FL_S("shut")).ptr, 0), 0);
    open_with(&s, NULL);
    static const struct { const char *path; bool has_root; } rows[] = {
        { "good.js", true }, { "latin.js", true }, { "nul.js", false }, { "min.js", false }, { "broken.js", true },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        uint32_t id = 0;
        fl_row_true(rows[i].path, fl_project_find(&s.project, fl_str_from(rows[i].path), &id));
        fl_row_int(rows[i].path, fl_project_file(&s.project, id)->root != NULL, rows[i].has_root);
    }
    uint32_t id;
    const fl_project document = { .files = NULL };   /* has no sources */
    assert_false(fl_project_find(&document, FL_S("huge.js"), &id));
    assert_false(fl_project_find(&s.project, FL_S("huge.js"), &id));
    static const char *const codes[] = { "invalid-utf8", "binary", "too-large", "minified" };
    for (size_t i = 0; i < FL_COUNT(codes); i++) fl_row_size(codes[i], count_code(&s.project, codes[i]), 1);
    if (geteuid() != 0) fl_row_size("unreadable", count_code(&s.project, "unreadable"), 2); /* root reads everything */
    assert_int_equal(chmod(fl_fs_join(&s.arena, s.root, FL_S("shut")).ptr, 0700), 0);
    end(&s);
}

static void order_is_the_same_on_any_threads(void **state)
{
    (void)state;
    scratch s;
    start(&s);
    for (int i = 0; i < 60; i++) {
        char path[32], text[64];
        snprintf(path, sizeof path, "d%d/f%d.js", i % 7, i);
        snprintf(text, sizeof text, "export const v%d = f(%d);\n", i, i);
        put(&s, path, text);
    }
    fl_buf dumps[2];
    for (unsigned run = 0; run < 2; run++) {
        fl_pool_set_threads(run ? 4 : 1);
        open_with(&s, NULL);
        fl_buf_init(&dumps[run], 0);
        for (uint32_t id = 0; id < s.project.file_count; id++) {
            fl_buf_add(&dumps[run], fl_project_file(&s.project, id)->path);
            fl_tree_dump(&dumps[run], fl_project_file(&s.project, id));
        }
        fl_project_release(&s.project);
    }
    fl_pool_set_threads(0);
    assert_true(fl_str_eq(fl_buf_str(&dumps[0]), fl_buf_str(&dumps[1])));
    fl_buf_release(&dumps[0]);
    fl_buf_release(&dumps[1]);
    end(&s);
}

static void refuses_what_is_no_folder(void **state)
{
    (void)state;
    scratch s;
    start(&s);
    put(&s, "a.js", "f();");
    fl_project project;
    assert_int_equal(fl_project_open(&project, fl_fs_join(&s.arena, s.root, FL_S("a.js")).ptr, NULL, &s.err), FL_E_USAGE);
    assert_int_equal(fl_project_open(&project, fl_fs_join(&s.arena, s.root, FL_S("none")).ptr, NULL, &s.err), FL_E_ENV);
    fl_project_release(&project);
    end(&s);
}

FL_UNIT(walk, cmocka_unit_test(finds_files), cmocka_unit_test(obeys_options), cmocka_unit_test(root_is_never_ignored),
        cmocka_unit_test(links_are_aliases), cmocka_unit_test(odd_files_are_diagnosed),
        cmocka_unit_test(order_is_the_same_on_any_threads), cmocka_unit_test(refuses_what_is_no_folder))
