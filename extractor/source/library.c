/*
 * What frameworks do, written in the language of those who use them: models/sources holds a folder for each package that says more than
 * a model file can, such as base classes whose methods run. Its files are read as if the project had them, behind all others and only where
 * the project mentions the package; a module that the project itself has goes first. Nothing is reported of them. A package with a module
 * `files` makes routes of files that need not name it: it is read where a manifest of the project says that it depends on it.
 */
#include "extractor/source/project_p.h"
#include "base/fs.h"
#include <stdatomic.h>
#include <string.h>

typedef struct package package;
struct package { package *next; /* that begins alike */ package *of; /* whose name that is as it is sought; NULL: its own */ fl_str name; const fl_language *language; fl_source_list files; bool is_taken; atomic_bool is_mentioned; };

/* The packages of one language by the three bytes that their names begin with: all names are sought in one pass. */
enum { STARTS = 1 << 12 };
typedef struct names { const fl_language *language; package *starts[STARTS]; } names;
typedef struct search { fl_project *project; FL_VEC(names *) languages; uint32_t first; } search;

static size_t start_of(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;
    return (bytes[0] | (unsigned)bytes[1] << 4 | (unsigned)bytes[2] << 8) % STARTS;
}

static void seek_names(const names *all, fl_str text)
{
    for (size_t i = 0; i + 3 <= text.len; i++)
        for (package *p = all->starts[start_of(text.ptr + i)]; p; p = p->next)
            if (p->name.len <= text.len - i && memcmp(p->name.ptr, text.ptr + i, p->name.len) == 0) atomic_store_explicit(&(p->of ? p->of : p)->is_mentioned, true, memory_order_relaxed);
}

static void search_file(void *context, size_t index, unsigned worker)
{
    const search *s = context;
    const fl_file *file = s->project->files[s->first + index];
    (void)worker;
    for (size_t i = 0; file->root && i < s->languages.count; i++)
        if (s->languages.items[i]->language == file->language) seek_names(s->languages.items[i], file->text);
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

static void add_name(search *s, package *p)
{
    fl_arena *arena = &s->project->arena;
    names *all = NULL;
    for (size_t i = 0; i < s->languages.count; i++)
        if (s->languages.items[i]->language == p->language) all = s->languages.items[i];
    if (!all) {
        all = FL_NEW(arena, names);
        all->language = p->language;
        fl_vec_push(arena, &s->languages, all);
    }
    package **place = &all->starts[start_of(p->name.ptr)];
    p->next = *place;
    *place = p;
}

bool fl_source_is_files(fl_str path)
{
    fl_str name = fl_fs_basename(path);
    return fl_str_starts(path, FL_S(FL_LIBRARY_FOLDER)) && fl_str_starts(name, FL_S("files.")) && fl_str_find_char(fl_str_sub(name, 6, name.len), '.') < 0;
}

/* A name of two letters is in every text: it is sought as the end of a text of its own. */
static void add_short_name(search *s, package *p)
{
    static const char *const quotes[] = { "\"", "'" };
    for (size_t i = 0; i < FL_COUNT(quotes); i++) {
        package *sought = FL_NEW(&s->project->arena, package);
        sought->of = p;
        sought->name = fl_str_format(&s->project->arena, FL_STR_FMT "%s", FL_STR_ARG(p->name), quotes[i]);
        sought->language = p->language;
        add_name(s, sought);
    }
}

/* Does a manifest say that the project depends on that package? */
static bool depends(fl_project *project, const fl_language *language, fl_str wanted)
{
    for (size_t i = 0; i < project->index->configs.count; i++) {
        fl_err err = { 0 };
        const fl_source_config *config = &project->index->configs.items[i];
        bool is_manifest = false;
        for (const char *const *name = language->config_files; *name && language->dependency_keys; name++) is_manifest |= strcmp(*name, config->name) == 0;
        const fl_data *data = is_manifest ? fl_source_config_at(project, config->folder, config->name, &err) : NULL;
        if (err.status != FL_OK) fl_project_diagnose(project, FL_DIAG_WARN, (fl_span){ .file = UINT32_MAX }, "bad-config", "%s", err.text);
        for (const char *const *key = language->dependency_keys; data && *key; key++)
            if (fl_data_get(fl_data_get_c(data, *key), wanted)) return true;
    }
    return false;
}

/* Those of p's files that make routes of files, by the package of which they are. */
static bool has_files(fl_project *project, package *p)
{
    bool has = false;
    size_t start = sizeof FL_LIBRARY_FOLDER;   /* and the slash */
    for (size_t i = 0; i < p->files.count; i++) {
        fl_str path = p->files.items[i].path;
        if (!fl_source_is_files(path)) continue;
        has = true;
        if (depends(project, p->language, fl_str_sub(fl_fs_dirname(path), start, path.len))) atomic_store(&p->is_mentioned, true);
    }
    return has;
}

void fl_source_add_library(fl_project *project)
{
    fl_str folder = fl_fs_join(&project->arena, fl_fs_data_dir(&project->arena), FL_S("models/sources"));
    fl_fs_entries entries;
    if (!project->file_count || !fl_fs_is_dir(folder.ptr) || fl_fs_list(&project->arena, folder.ptr, &entries, NULL) != FL_OK) return;
    package *packages = FL_NEW_ARRAY(&project->arena, package, entries.count + 1);
    search s = { .project = project };
    for (size_t i = 0; i < entries.count; i++) {
        package *p = &packages[i];
        if (!entries.items[i].is_dir || entries.items[i].name.len < 2) continue;
        p->name = entries.items[i].name;
        find_files(project, fl_fs_join(&project->arena, folder, p->name), fl_fs_join(&project->arena, FL_S(FL_LIBRARY_FOLDER), p->name), &p->files, 0);
        if (!p->files.count) continue;
        p->language = p->files.items[0].language;
        if (has_files(project, p)) continue;
        if (p->name.len < 3) add_short_name(&s, p); else add_name(&s, p);
    }
    for (bool grew = true; grew;) {   /* one package's files may mention another */
        uint32_t end = project->file_count + project->library_count;
        fl_source_list found = { 0 };
        fl_pool_run(0, end - s.first, search_file, &s);
        s.first = end;
        for (size_t i = 0; i < entries.count; i++) {
            if (packages[i].is_taken || !atomic_load(&packages[i].is_mentioned)) continue;
            packages[i].is_taken = true;
            for (size_t k = 0; k < packages[i].files.count; k++) fl_vec_push(&project->arena, &found, packages[i].files.items[k]);
        }
        grew = found.count != 0;
        if (grew) fl_source_append_library(project, &found, folder);
    }
}
