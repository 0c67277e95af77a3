/*
 * A copy of the project that may be changed and run. Installed packages are shared by links; what the project builds is
 * copied, because building in the copy must not write into the original. One copy serves all proofs: changes are
 * reverted between them.
 */
#include "base/fs.h"
#include "fixer/fixer_p.h"

fl_status fl_scratch_init(fl_scratch *scratch, fl_arena *arena, const fl_workshop *shop, fl_err *err)
{
    const fl_project *project = shop->api->project;
    *scratch = (fl_scratch){ .arena = arena, .project = project };
    fl_str parent = {0}, copy = {0}, real;
    fl_status status = fl_scratch_copy(arena, project->root, &parent, &copy, err);
    scratch->parent = parent;
    scratch->folder = copy;
    if (status == FL_OK) status = fl_fs_real(arena, copy.ptr, &real, err);   /* what is built there speaks of real paths */
    if (status == FL_OK) scratch->folder = real;
    if (status != FL_OK) fl_scratch_release(scratch);
    return status;
}

fl_status fl_scratch_change(fl_scratch *scratch, fl_str path, fl_str bytes, fl_err *err)
{
    fl_vec_push(scratch->arena, &scratch->changed, path);
    return fl_fs_write(fl_str_c(scratch->arena, fl_fs_join(scratch->arena, scratch->folder, path)), bytes, err);
}

fl_status fl_scratch_revert(fl_scratch *scratch, fl_err *err)
{
    fl_status status = FL_OK;
    for (size_t i = 0; i < scratch->changed.count && status == FL_OK; i++) {
        uint32_t file;
        fl_str path = scratch->changed.items[i];
        if (!fl_project_find(scratch->project, path, &file)) continue;
        status = fl_fs_write(fl_str_c(scratch->arena, fl_fs_join(scratch->arena, scratch->folder, path)),
                             scratch->project->files[file]->text, err);
    }
    scratch->changed.count = 0;
    return status;
}

void fl_scratch_release(fl_scratch *scratch)
{
    fl_err err;
    if (scratch->parent.len && fl_fs_remove_tree(scratch->parent.ptr, &err) != FL_OK) fl_log(FL_LOG_WARN, "%s", err.text);
    scratch->parent = FL_S("");
}
