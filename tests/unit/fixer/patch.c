/* Applying: what does not fit is refused whole, what moved is found, nothing outside the folder is touched. */
#include <stdlib.h>
#include "base/fs.h"
#include "base/proc.h"
#include "fixer/fixer_p.h"
#include "tests/support/unit.h"

#define LINES "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n"

typedef struct folder { fl_arena arena; fl_str path; } folder;

static void open_folder(folder *f)
{
    fl_err err;
    fl_arena_init(&f->arena);
    if (fl_fs_temp_dir(&f->arena, "fl-patch", &f->path, &err) != FL_OK) fail_msg("%s", err.text);
}

static void put(folder *f, const char *name, fl_str text)
{
    fl_err err;
    if (fl_fs_write(fl_str_c(&f->arena, fl_fs_join(&f->arena, f->path, fl_str_from(name))), text, &err) != FL_OK) fail_msg("%s", err.text);
}

static fl_str get(folder *f, const char *name)
{
    fl_err err;
    fl_str text;
    if (fl_fs_read(&f->arena, fl_str_c(&f->arena, fl_fs_join(&f->arena, f->path, fl_str_from(name))), 100000, &text, &err) != FL_OK) fail_msg("%s", err.text);
    return text;
}

static fl_str diff_of(folder *f, const char *name, fl_str before, fl_str after)
{
    fl_err err;
    fl_str diff;
    if (fl_patch_diff(&f->arena, fl_str_from(name), before, after, &diff, &err) != FL_OK) fail_msg("%s", err.text);
    return diff;
}

static void close_folder(folder *f)
{
    fl_err err;
    if (fl_fs_remove_tree(f->path.ptr, &err) != FL_OK) fail_msg("%s", err.text);
    fl_arena_release(&f->arena);
}

static void refuses_what_differs(void **state)
{
    (void)state;
    static const struct { const char *row, *found; bool is_fine; } rows[] = {
        { "the same", LINES, true },
        { "moved down", "zero\nzero\nzero\n" LINES, true },
        { "moved up", "four\nfive\nsix\nseven\neight\nnine\n", true },
        { "changed where it is changed", "one\ntwo\nthree\nfour\n5\nsix\nseven\neight\nnine\n", false },
        { "empty", "", false },
        { "other line ends", "one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\nseven\r\neight\r\nnine\r\n", false },
        { "applied already", "one\ntwo\nthree\nfour\nguard\nfive\nsix\nseven\neight\nnine\n", false },
        { "inserted at the same place already", "one\ntwo\nthree\nfour\nmine\nfive\nsix\nseven\neight\nnine\n", true },
    };
    folder f;
    open_folder(&f);
    fl_str diff = diff_of(&f, "x.js", FL_S(LINES), FL_S("one\ntwo\nthree\nfour\nguard\nfive\nsix\nseven\neight\nnine\n"));
    fl_str change = diff_of(&f, "x.js", FL_S(LINES), FL_S("one\ntwo\nthree\nfour\nFIVE\nsix\nseven\neight\nnine\n"));
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_err err;
        fl_str text = fl_str_from(rows[i].found), patch = i == 3 ? change : diff;
        put(&f, "x.js", text);
        fl_status status = fl_patch_apply(f.path.ptr, patch, true, &err);
        fl_row_int(rows[i].row, status == FL_OK, rows[i].is_fine);
        fl_row_true(rows[i].row, fl_str_eq(get(&f, "x.js"), text));   /* only checked */
        status = fl_patch_apply(f.path.ptr, patch, false, &err);
        fl_row_int(rows[i].row, status == FL_OK, rows[i].is_fine);
        fl_row_int(rows[i].row, fl_str_eq(get(&f, "x.js"), text), !rows[i].is_fine);
    }
    close_folder(&f);
}

static void writes_all_or_nothing(void **state)
{
    (void)state;
    folder f;
    fl_err err;
    open_folder(&f);
    put(&f, "a.js", FL_S("a\n"));
    put(&f, "b.js", FL_S("other\n"));
    fl_str both = fl_str_format(&f.arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(diff_of(&f, "a.js", FL_S("a\n"), FL_S("A\n"))),
                                FL_STR_ARG(diff_of(&f, "b.js", FL_S("b\n"), FL_S("B\n"))));
    assert_int_not_equal(fl_patch_apply(f.path.ptr, both, false, &err), FL_OK);
    assert_true(fl_str_eq_c(get(&f, "a.js"), "a\n"));
    close_folder(&f);
}

static void stays_inside(void **state)
{
    (void)state;
    static const char *const diffs[] = {
        "diff --git a/../x.js b/../x.js\n--- a/../x.js\n+++ b/../x.js\n@@ -1 +1 @@\n-a\n+b\n",
        "diff --git a/x.js b/x.js\nnew file mode 100644\n--- /dev/null\n+++ b/x.js\n@@ -0,0 +1 @@\n+b\n",
        "diff --git a/a.js b/a.js\ndeleted file mode 100644\n--- a/a.js\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
        "no patch at all",
        "diff --git a/a.js b/a.js\n--- a/a.js\n+++ b/a.js\n@@ -1,900000 +1 @@\n-a\n+b\n",
    };
    folder f;
    fl_err err;
    open_folder(&f);
    put(&f, "a.js", FL_S("a\n"));
    for (size_t i = 0; i < FL_COUNT(diffs); i++) {
        if (i != 3) fl_row_true(diffs[i], fl_patch_apply(f.path.ptr, fl_str_from(diffs[i]), false, &err) != FL_OK);
        fl_row_true(diffs[i], fl_str_eq_c(get(&f, "a.js"), "a\n"));
    }
    close_folder(&f);
}

static int run(folder *f, const char *command)
{
    static const char *const env[] = { "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a",
                                       "GIT_COMMITTER_EMAIL=a@example.com", NULL };
    fl_str output;
    fl_err err;
    int code = 0;
    if (fl_proc_run(&f->arena, &(fl_proc_options){ .command = command, .folder = f->path.ptr, .env = env }, 20000, &output, &code, &err) != FL_OK)
        fail_msg("%s", err.text);
    return code;
}

/** Paths are relative to the folder that was given. In a repository's sub-folder git wants to be told: without
 *  --directory it skips the file there, and says nothing. */
static void applies_in_a_repository_and_below_one(void **state)
{
    (void)state;
    folder f;
    open_folder(&f);
    put(&f, "service/src/x.js", FL_S(LINES));
    put(&f, "p.patch", diff_of(&f, "src/x.js", FL_S(LINES), FL_S("zero\n" LINES)));
    assert_int_equal(run(&f, "sh -c 'cd service && GIT_CEILING_DIRECTORIES=$PWD git apply --check ../p.patch'"), 0);
    assert_int_equal(run(&f, "sh -c 'cd service && git init -q . && git apply --check ../p.patch && rm -rf .git'"), 0);
    assert_int_equal(run(&f, "git init -q ."), 0);
    assert_int_equal(run(&f, "git apply --directory=service p.patch"), 0);
    assert_true(fl_str_starts(get(&f, "service/src/x.js"), FL_S("zero\n")));
    close_folder(&f);
}

FL_UNIT(patch, cmocka_unit_test(refuses_what_differs), cmocka_unit_test(writes_all_or_nothing), cmocka_unit_test(stays_inside),
        cmocka_unit_test(applies_in_a_repository_and_below_one))
