/* The files of a revision, in a scratch folder. Nothing of the repository is changed: no index, no HEAD, no work tree. */
#include <git2.h>
#include <string.h>
#include "base/fs.h"
#include "extractor/source/revision.h"

static fl_status failed(fl_err *err, const char *folder, const char *revision, fl_status status)
{
    const git_error *e = git_error_last();
    return fl_fail(err, status, "'%s' in '%s': %s", revision, folder, e != NULL ? e->message : "unknown error");
}

/* Where `folder` lies below the top of its repository: "" or "a/b". */
static fl_status path_inside(fl_arena *arena, git_repository *repository, const char *folder, fl_str *out, fl_err *err)
{
    const char *top = git_repository_workdir(repository);
    fl_str real_top, real;
    *out = (fl_str){0};
    if (top == NULL)
        return FL_OK;
    fl_status status = fl_fs_real(arena, top, &real_top, err);
    if (status == FL_OK)
        status = fl_fs_real(arena, folder, &real, err);
    if (status == FL_OK && fl_str_starts(real, real_top) && real.len > real_top.len + 1)
        *out = fl_str_sub(real, real_top.len + 1, real.len);
    return status;
}

static fl_status check_out(fl_arena *arena, git_repository *repository, git_object *tree, const char *folder, const char *revision,
                           fl_revision *out, fl_err *err)
{
    fl_str inside;
    fl_status status = path_inside(arena, repository, folder, &inside, err);
    if (status == FL_OK)
        status = fl_fs_temp_dir(arena, "faultline-revision", &out->scratch, err);
    if (status != FL_OK)
        return status;
    git_checkout_options options;
    git_checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
    options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DONT_UPDATE_INDEX | GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH;
    options.target_directory = fl_str_c(arena, out->scratch);
    if (git_checkout_tree(repository, tree, &options) != 0) {
        fl_revision_release(out);
        return failed(err, folder, revision, FL_E_ENV);
    }
    out->path = fl_fs_join(arena, out->scratch, inside);
    if (!fl_fs_is_dir(fl_str_c(arena, out->path))) {
        fl_revision_release(out);
        return fl_fail(err, FL_E_ENV, "'%s' has no folder '" FL_STR_FMT "'", revision, FL_STR_ARG(inside));
    }
    return FL_OK;
}

fl_status fl_revision_open(fl_revision *out, fl_arena *arena, const char *folder, const char *revision, fl_err *err)
{
    *out = (fl_revision){0};
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    git_repository *repository = NULL;
    git_object *named = NULL, *tree = NULL;
    fl_status status = FL_OK;
    if (git_repository_open_ext(&repository, folder, 0, NULL) != 0)
        status = fl_fail(err, FL_E_ENV, "'%s' is neither a file nor a folder, and '%s' is in no git repository that could have such a revision", revision, folder);
    else if (git_revparse_single(&named, repository, revision) != 0)
        status = fl_fail(err, FL_E_ENV, "'%s' is neither a file nor a folder, nor a revision of the git repository of '%s'", revision, folder);
    else if (git_object_peel(&tree, named, GIT_OBJECT_TREE) != 0)
        status = failed(err, folder, revision, FL_E_ENV);
    if (status == FL_OK)
        status = check_out(arena, repository, tree, folder, revision, out, err);
    git_object_free(tree);
    git_object_free(named);
    git_repository_free(repository);
    git_libgit2_shutdown();
    return status;
}

void fl_revision_release(fl_revision *revision)
{
    fl_err err;
    if (revision->scratch.len > 0 && fl_fs_remove_tree(revision->scratch.ptr, &err) != FL_OK)
        fl_log(FL_LOG_WARN, "%s", err.text);
    *revision = (fl_revision){0};
}
