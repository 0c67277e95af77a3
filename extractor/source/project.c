/*
 * A project: opened once, then asked. Opening finds the files (walk.c) and parses them (parse.c); look-ups that read
 * more of the project later are in lookup.c.
 */
#include "extractor/source/project_p.h"
#include "base/fs.h"
#include <stdio.h>
#include <string.h>

const char *fl_source_full_path(const fl_project *project, fl_arena *arena, fl_str path)
{
    return path.len ? fl_fs_join(arena, project->root, path).ptr : project->root.ptr;
}

static void make_files(fl_project *project, const fl_source_list *found, bool skip_lowering)
{
    project->files = FL_NEW_ARRAY(&project->arena, fl_file *, found->count + 1);
    fl_file *files = FL_NEW_ARRAY(&project->arena, fl_file, found->count + 1);
    for (size_t i = 0; i < found->count; i++) {
        const fl_source_found *source = &found->items[i];
        files[i] = (fl_file){ .id = (uint32_t)i, .path = source->path, .language = source->language, .skip_lowering = skip_lowering };
        files[i].text.len = (size_t)source->size_bytes; /* until it is read */
        files[i].full_path = fl_source_full_path(project, &project->arena, fl_source_real_path(project, &project->arena, source->path));
        fl_arena_init(&files[i].arena);
        project->files[i] = &files[i];
        fl_map_put(&project->index->ids, fl_str_hash(source->path), (void *)(uintptr_t)(i + 1));
    }
    project->file_count = (uint32_t)found->count;
}

static void parse_library(void *context, size_t index, unsigned worker)
{
    fl_file *file = (fl_file *)context + index;
    (void)worker;
    if (fl_fs_read(&file->arena, file->full_path, FL_LIMIT_FILE_BYTES, &file->text, NULL) != FL_OK) file->text = FL_S("");
    file->language->parse(file);
    (void)fl_file_line(file, 0);
}

void fl_source_append_library(fl_project *project, const fl_source_list *found, fl_str folder)
{
    uint32_t before = project->file_count + project->library_count;
    fl_file **all = FL_NEW_ARRAY(&project->arena, fl_file *, before + found->count + 1), *files = FL_NEW_ARRAY(&project->arena, fl_file, found->count);
    memcpy(all, project->files, before * sizeof *all);
    for (size_t i = 0; i < found->count; i++) {
        const fl_source_found *source = &found->items[i];
        fl_str inner = fl_str_sub(source->path, strlen(FL_LIBRARY_FOLDER), source->path.len);
        files[i] = (fl_file){ .id = before + (uint32_t)i, .path = source->path, .language = source->language, .is_library = true };
        files[i].full_path = fl_str_format(&project->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(folder), FL_STR_ARG(inner)).ptr;
        fl_arena_init(&files[i].arena);
        all[files[i].id] = &files[i];
        fl_map_put(&project->index->ids, fl_str_hash(source->path), (void *)(uintptr_t)(files[i].id + 1));
    }
    fl_pool_run(0, found->count, parse_library, files);
    project->files = all;
    project->library_count += (uint32_t)found->count;
}

static void prepare_languages(fl_project *project, const fl_project_options *options)
{
    for (const fl_language *const *language = fl_languages; *language; language++) {
        fl_language_setup setup = { .arena = &project->arena, .root = project->root, .build_dir = options ? options->build_dir : NULL };
        if (!(*language)->prepare) continue;
        setup.files = FL_NEW_ARRAY(&project->arena, fl_file *, project->file_count + 1);
        for (uint32_t id = 0; id < project->file_count; id++)
            if (project->files[id]->language == *language) setup.files[setup.file_count++] = project->files[id];
        if (setup.file_count) (*language)->prepare(&setup);
    }
}

fl_status fl_project_open(fl_project *project, const char *path, const fl_project_options *options, fl_err *err)
{
    *project = (fl_project){ 0 };
    fl_arena_init(&project->arena);
    project->index = FL_NEW(&project->arena, struct fl_project_index);
    fl_map_init(&project->index->ids);
    fl_map_init(&project->index->parsed_configs);
    fl_map_init(&project->index->nearest_configs);
    fl_map_init(&project->index->configs_by_text);
    fl_map_init(&project->index->imports);
    fl_map_init(&project->index->known_paths);
    pthread_mutex_init(&project->index->lock, NULL);
    fl_source_list found = { 0 };
    uint64_t start_us = fl_clock_us();
    fl_status status = fl_languages_check(err);
    if (status == FL_OK) status = fl_fs_real(&project->arena, path, &project->root, err);
    if (status == FL_OK && !fl_fs_is_dir(project->root.ptr))
        status = fl_fail(err, FL_E_USAGE, "\"%s\" is not a folder; give the folder that holds the service's source", path);
    if (status == FL_OK) status = fl_source_walk(project, options, &found, err);
    if (status != FL_OK) {
        fl_project_release(project);
        return status;
    }
    make_files(project, &found, options && options->skip_lowering);
    prepare_languages(project, options);
    uint64_t walked_us = fl_clock_us();
    fl_source_parse(project, options ? options->like : NULL);
    if (!options || !options->skip_lowering) fl_source_add_library(project);
    project->walk_us = walked_us - start_us;
    project->parse_us = fl_clock_us() - walked_us;
    return FL_OK;
}

static void release_files(void *context, size_t index, unsigned worker)
{
    (void)worker;
    fl_arena_release(&((fl_project *)context)->file_arenas[index]);
}

void fl_project_release(fl_project *project)
{
    if (!project->index) return;
    for (uint32_t id = 0; id < project->file_count + project->library_count; id++) fl_arena_release(&project->files[id]->arena);
    fl_pool_run(0, project->arena_count, release_files, project);
    fl_map_release(&project->index->ids);
    fl_map_release(&project->index->parsed_configs);
    fl_map_release(&project->index->nearest_configs);
    fl_map_release(&project->index->configs_by_text);
    fl_map_release(&project->index->imports);
    fl_map_release(&project->index->known_paths);
    pthread_mutex_destroy(&project->index->lock);
    fl_arena_release(&project->arena);
    *project = (fl_project){ 0 };
}

fl_file *fl_project_file(const fl_project *project, uint32_t id) { return id < project->file_count + project->library_count ? project->files[id] : NULL; }

fl_str fl_source_real_path(const fl_project *project, fl_arena *arena, fl_str path)
{
    const struct fl_project_index *index = project->index;
    for (int hops = 0; hops < 8; hops++) {
        const fl_source_alias *hit = NULL;
        for (size_t i = 0; i < index->aliases.count && !hit; i++) {
            const fl_source_alias *alias = &index->aliases.items[i];
            bool is_below = fl_str_starts(path, alias->link) && (path.len == alias->link.len || path.ptr[alias->link.len] == '/');
            if (is_below) hit = alias;
        }
        if (!hit) break;
        path = fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(hit->target), FL_STR_ARG(fl_str_sub(path, hit->link.len, path.len)));
    }
    return path;
}

static bool find_exactly(const fl_project *project, fl_str path, uint32_t *id)
{
    uintptr_t found = (uintptr_t)fl_map_get(&project->index->ids, fl_str_hash(path));
    if (!found || !fl_str_eq(project->files[found - 1]->path, path)) return false;
    *id = (uint32_t)(found - 1);
    return true;
}

bool fl_project_find(const fl_project *project, fl_str path, uint32_t *id)
{
    if (!project->index) return false;   /* a document has no sources */
    if (find_exactly(project, path, id)) return true;
    if (!project->index->aliases.count) return false;
    fl_arena scratch;
    fl_arena_init(&scratch);
    bool is_found = find_exactly(project, fl_source_real_path(project, &scratch, path), id);
    fl_arena_release(&scratch);
    return is_found;
}

/* ---- diagnostics ---- */

static int compare(const fl_diagnostic *a, const fl_diagnostic *b)
{
    if (a->span.file != b->span.file) return a->span.file < b->span.file ? -1 : 1;
    if (a->span.start_byte != b->span.start_byte) return a->span.start_byte < b->span.start_byte ? -1 : 1;
    int order = strcmp(a->code, b->code);
    return order ? order : fl_str_cmp(a->text, b->text);
}

void fl_project_diagnose(fl_project *project, int level, fl_span span, const char *code, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&project->index->lock);
    fl_diagnostic diagnostic = { .level = level == FL_DIAG_WARN ? FL_DIAG_WARN : FL_DIAG_NOTE, .span = span, .code = code,
                                 .text = fl_str_copy(&project->arena, fl_str_from(text)) };
    fl_vec_push(&project->arena, &project->diagnostics, diagnostic);
    size_t place = project->diagnostics.count - 1;
    fl_diagnostic *items = project->diagnostics.items;
    while (place > 0 && compare(&diagnostic, &items[place - 1]) < 0) place--;
    memmove(&items[place + 1], &items[place], (project->diagnostics.count - 1 - place) * sizeof items[0]);
    items[place] = diagnostic;
    pthread_mutex_unlock(&project->index->lock);
}
