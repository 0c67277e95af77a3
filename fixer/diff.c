/*
 * Unified diffs as git writes them, from two texts. libgit2 knows what CRLF and a missing final newline look like in a
 * diff, so that `git apply` takes them back byte for byte.
 */
#include <git2.h>
#include <stdlib.h>
#include "fixer/fixer_p.h"

static fl_status failed(fl_err *err, fl_str path)
{
    const git_error *e = git_error_last();
    return fl_fail(err, FL_E_FORMAT, "'" FL_STR_FMT "': no diff: %s", FL_STR_ARG(path), e ? e->message : "unknown error");
}

fl_status fl_patch_diff(fl_arena *arena, fl_str path, fl_str before, fl_str after, fl_str *diff, fl_err *err)
{
    *diff = FL_S("");
    git_libgit2_init();
    git_diff_options options;
    if (git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION) != 0) return failed(err, path);
    options.flags = GIT_DIFF_FORCE_TEXT;
    options.context_lines = 3;
    options.id_abbrev = 7;
    const char *name = fl_str_c(arena, path);
    git_patch *patch = NULL;
    git_buf text = { 0 };
    fl_status status = FL_OK;
    if (git_patch_from_buffers(&patch, before.len ? before.ptr : "", before.len, name, after.len ? after.ptr : "", after.len, name, &options) != 0 ||
        git_patch_to_buf(&text, patch) != 0)
        status = failed(err, path);
    else
        *diff = fl_str_copy(arena, (fl_str){ text.ptr, text.size });
    git_buf_dispose(&text);
    git_patch_free(patch);
    git_libgit2_shutdown();
    return status;
}

static int by_path(const void *a, const void *b)
{
    const fl_file *const *x = a, *const *y = b;
    return fl_str_cmp((*x)->path, (*y)->path);
}

fl_status fl_edits_diff(fl_arena *arena, const fl_project *project, const fl_edits *edits, fl_str *diff, fl_err *err)
{
    FL_VEC(fl_file *) files = { 0 };
    fl_buf out;
    fl_status status = FL_OK;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < edits->count; i++)
        if (!i || edits->items[i].file != edits->items[i - 1].file) fl_vec_push(arena, &files, project->files[edits->items[i].file]);
    if (files.count) qsort(files.items, files.count, sizeof *files.items, by_path);
    for (size_t i = 0; status == FL_OK && i < files.count; i++) {
        const fl_file *file = files.items[i];
        fl_str one, after = fl_edits_apply(arena, file->text, file->id, edits);
        status = fl_patch_diff(arena, file->path, file->text, after, &one, err);
        if (status == FL_OK) fl_buf_add(&out, one);
    }
    *diff = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return status;
}
