/*
 * Unified diffs as git writes them, from two texts. libgit2 knows what CRLF and a missing final newline look like in a
 * diff, so that `git apply` takes them back byte for byte.
 */
#include <git2.h>
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
