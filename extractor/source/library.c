/*
 * What frameworks do, written in the language of those who use them: models/sources holds a folder for each package that says more than
 * a model file can, such as base classes whose methods run. Its files are read as if the project had them, behind all others and only where
 * the project mentions the package; a module that the project itself has goes first. Nothing is reported of them.
 */
#include "extractor/source/project_p.h"
#include "base/fs.h"
#include <string.h>

static bool mentions(const fl_project *project, const fl_language *language, fl_str word)
{
    for (uint32_t id = 0; id < project->file_count + project->library_count; id++) {
        const fl_file *file = project->files[id];
        if (file->language == language && file->text.len >= word.len && memmem(file->text.ptr, file->text.len, word.ptr, word.len)) return true;
    }
    return false;
}

static void find_files(fl_project *project, fl_str real, fl_str path, fl_source_list *out, unsigned depth)
{
    fl_fs_entries entries;
    if (depth > 8 || fl_fs_list(&project->arena, fl_str_c(&project->arena, real), &entries, NULL) != FL_OK) return;
    for (size_t i = 0; i < entries.count; i++) {
        fl_str below = fl_fs_join(&project->arena, path, entries.items[i].name), full = fl_fs_join(&project->arena, real, entries.items[i].name);
        if (entries.items[i].is_dir) { find_files(project, full, below, out, depth + 1); continue; }
        fl_source_found found = { below, fl_language_of(below), 0 };
        if (found.language && fl_fs_size(fl_str_c(&project->arena, full), &found.size_bytes)) fl_vec_push(&project->arena, out, found);
    }
}

/* Of one package; false: nothing in the project mentions it. */
static bool take_package(fl_project *project, fl_str folder, fl_str name, fl_source_list *out)
{
    fl_source_list found = { 0 };
    find_files(project, fl_fs_join(&project->arena, folder, name), fl_fs_join(&project->arena, FL_S(FL_LIBRARY_FOLDER), name), &found, 0);
    if (!found.count || !mentions(project, found.items[0].language, name)) return false;
    for (size_t i = 0; i < found.count; i++) fl_vec_push(&project->arena, out, found.items[i]);
    return true;
}

void fl_source_add_library(fl_project *project)
{
    fl_str folder = fl_fs_join(&project->arena, fl_fs_data_dir(&project->arena), FL_S("models/sources"));
    fl_fs_entries entries;
    if (!fl_fs_is_dir(folder.ptr) || fl_fs_list(&project->arena, folder.ptr, &entries, NULL) != FL_OK || !entries.count) return;
    bool *is_taken = FL_NEW_ARRAY(&project->arena, bool, entries.count);
    bool grew = true;
    while (grew && project->file_count) {   /* one package's files may mention another */
        fl_source_list found = { 0 };
        for (size_t i = 0; i < entries.count; i++)
            if (!is_taken[i] && entries.items[i].is_dir) is_taken[i] = take_package(project, folder, entries.items[i].name, &found);
        grew = found.count != 0;
        if (grew) fl_source_append_library(project, &found, folder);
    }
}
