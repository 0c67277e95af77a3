/*
 * Before parsing: which files include which, and through which unit a header is lowered: the first one, by path, that leads
 * to it. A header's text means nothing alone, and read once with its unit it costs nothing more. Headers that no unit leads
 * to are read on their own. Imports are answered from the same knowledge.
 */
#include "extractor/languages/clang_p.h"
#include "base/fs.h"
#include <string.h>

bool fl_cc_is_header(fl_str path)
{
    return fl_str_ends(path, FL_S(".h")) || fl_str_ends(path, FL_S(".hpp")) || fl_str_ends(path, FL_S(".hh"));
}

bool fl_cc_is_cpp(fl_str path) { return !fl_str_ends(path, FL_S(".c")) && !fl_str_ends(path, FL_S(".h")); }

bool fl_cc_is_cpp_unit(const fl_file *file)
{
    const fl_cc_project *project = file->project;
    if (fl_cc_is_cpp(file->path)) return true;
    return fl_str_ends(file->path, FL_S(".h")) && project && project->has_cpp && !project->has_c;
}

static fl_str folder_of(fl_str path)
{
    ptrdiff_t slash = fl_str_rfind_char(path, '/');
    return slash < 0 ? FL_S("") : fl_str_sub(path, 0, (size_t)slash);
}

/* ---- which file an include means ---- */

fl_file *fl_cc_file(const fl_cc_project *project, fl_str path)
{
    uint32_t low = 0, high = project->file_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = fl_str_cmp(project->files[middle]->path, path);
        if (order == 0) return project->files[middle];
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static size_t common_prefix(fl_str a, fl_str b)
{
    size_t i = 0, folder = 0;
    for (; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
        if (a.ptr[i] == '/') folder = i + 1;
    return folder;
}

/* A file whose path ends so: the one nearest to `from`, then the first. */
static fl_file *find_by_end(const fl_cc_project *project, fl_str from, fl_str name)
{
    fl_file *best = NULL;
    size_t best_prefix = 0;
    if (!fl_cc_is_header(name)) return NULL;
    for (uint32_t i = 0; i < project->file_count; i++) {
        fl_str path = project->files[i]->path;
        bool ends_so = fl_str_ends(path, name) && (path.len == name.len || path.ptr[path.len - name.len - 1] == '/');
        size_t prefix = ends_so ? common_prefix(path, from) : 0;
        if (!ends_so || (best && prefix <= best_prefix)) continue;
        best = project->files[i];
        best_prefix = prefix;
    }
    return best;
}

fl_file *fl_cc_included(const fl_cc_project *project, const fl_file *from, fl_str name)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_str folder = folder_of(from->path);
    fl_file *found = name.len && name.ptr[0] != '/' ? fl_cc_file(project, fl_fs_normalize(&scratch, folder.len ? fl_fs_join(&scratch, folder, name) : name)) : NULL;
    while (!found && fl_str_starts(name, FL_S("../"))) name = fl_str_sub(name, 3, name.len);
    if (!found) found = find_by_end(project, from->path, name);
    fl_arena_release(&scratch);
    return found;
}

fl_import fl_cc_resolve(const fl_resolver *resolver, const fl_file *from, fl_str specifier)
{
    const fl_cc_project *project = from->project;
    uint32_t id;
    fl_file *file = project ? fl_cc_included(project, from, specifier) : NULL;
    if (file && fl_cc_is_library(file)) return (fl_import){ .kind = FL_IMPORT_PACKAGE, .package = fl_str_copy(resolver->arena, fl_fs_basename(file->path)) };
    if (file) return (fl_import){ .kind = FL_IMPORT_FILE, .file = file->id };
    if (resolver->find(resolver->context, specifier, &id)) return (fl_import){ .kind = FL_IMPORT_FILE, .file = id };
    return (fl_import){ .kind = FL_IMPORT_PACKAGE, .package = fl_str_copy(resolver->arena, specifier) };
}

/* ---- tests ---- */

static bool is_test_folder(fl_str part)
{
    static const char *const names[] = { "test", "tests", "testing", "unittest", "unittests", "unit_tests", "fuzz", "fuzzing", "benchmark", "benchmarks", "bench" };
    for (size_t i = 0; i < FL_COUNT(names); i++)
        if (fl_str_eq_nocase(part, fl_str_from(names[i]))) return true;
    return false;
}

bool fl_cc_is_test(fl_str path)
{
    fl_str rest = folder_of(path), part;
    while (fl_str_split(&rest, '/', &part))
        if (is_test_folder(part)) return true;
    fl_str base = fl_fs_basename(path);
    fl_str stem = fl_str_sub(base, 0, base.len - fl_fs_extension(base).len);
    return fl_str_starts(stem, FL_S("test_")) || fl_str_ends(stem, FL_S("_test")) || fl_str_ends(stem, FL_S("_tests")) || fl_str_eq_c(stem, "test") ||
           fl_str_ends(stem, FL_S("_unittest"));
}

/* ---- the include graph ---- */

static void note_folder(fl_cc_project *project, const fl_file *from, const fl_file *header, fl_str name)
{
    while (fl_str_starts(name, FL_S("../"))) name = fl_str_sub(name, 3, name.len);
    if (header->path.len < name.len) return;
    fl_str folder = fl_str_sub(header->path, 0, header->path.len - name.len);
    if (folder.len) folder.len--;
    if (fl_str_eq(folder, folder_of(from->path))) return;
    for (size_t i = 0; i < project->folders.count; i++)
        if (fl_str_eq(project->folders.items[i], folder)) return;
    fl_vec_push(project->arena, &project->folders, folder);
}

static void note_missing(fl_cc_project *project, fl_str name)
{
    for (size_t i = 0; i < project->missing.count; i++)
        if (fl_str_eq(project->missing.items[i], name)) return;
    if (project->missing.count < 2000) fl_vec_push(project->arena, &project->missing, name);
}

static void read_includes(fl_cc_project *project)
{
    for (uint32_t i = 0; i < project->file_count; i++) {
        fl_arena scratch;
        fl_arena_init(&scratch);
        fl_cc_source *source = &project->sources[i];
        fl_str text = { 0 };
        fl_cc_includes found = { 0 };
        if (fl_fs_read(&scratch, project->files[i]->full_path, FL_LIMIT_FILE_BYTES, &text, NULL) == FL_OK) fl_cc_scan_includes(&scratch, text, &found);
        source->is_library = source->is_header && text.len >= FL_LIMIT_OWN_HEADER_BYTES && fl_str_find(text, FL_S("\nnamespace ")) >= 0;
        for (size_t k = 0; k < found.count; k++) {
            found.items[k].name = fl_str_copy(project->arena, found.items[k].name);
            fl_vec_push(project->arena, &source->includes, found.items[k]);
        }
        fl_arena_release(&scratch);
    }
}

static uint32_t index_of(const fl_cc_project *project, const fl_file *file)
{
    uint32_t low = 0, high = project->file_count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (project->files[middle]->id <= file->id) low = middle;
        else high = middle;
    }
    return low;
}

bool fl_cc_is_library(const fl_file *file)
{
    const fl_cc_project *project = file->project;
    return project && project->file_count && project->sources[index_of(project, file)].is_library;
}

bool fl_cc_is_read_by_others(const fl_file *file)
{
    const fl_cc_project *project = file->project;
    if (!project || !project->file_count) return true;
    const fl_cc_source *source = &project->sources[index_of(project, file)];
    return source->is_header || source->is_included;
}

typedef FL_VEC(uint32_t) index_list;

/* Everything that `unit` leads to and that no unit before it did. */
static void lead(fl_cc_project *project, fl_arena *scratch, uint32_t **targets, uint32_t unit, uint32_t *seen)
{
    index_list queue = { 0 }, led = { 0 };
    fl_vec_push(scratch, &queue, unit);
    seen[unit] = unit + 1;
    for (size_t at = 0; at < queue.count; at++) {
        uint32_t from = queue.items[at];
        for (size_t k = 0; k < project->sources[from].includes.count; k++) {
            uint32_t to = targets[from][k];
            if (to == UINT32_MAX || seen[to] == unit + 1) continue;
            seen[to] = unit + 1;
            fl_vec_push(scratch, &queue, to);
            if (!project->sources[to].is_header || project->files[to]->leader) continue;
            project->files[to]->leader = project->files[unit];
            fl_vec_push(scratch, &led, to);
        }
    }
    if (!led.count) return;
    fl_file *file = project->files[unit];
    file->with = FL_NEW_ARRAY(project->arena, fl_file *, led.count);
    for (size_t i = 0; i < led.count; i++) file->with[file->with_count++] = project->files[led.items[i]];
}

static void build_graph(fl_cc_project *project)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    uint32_t **targets = FL_NEW_ARRAY(&scratch, uint32_t *, project->file_count + 1);
    for (uint32_t i = 0; i < project->file_count; i++) {
        const fl_cc_source *source = &project->sources[i];
        targets[i] = FL_NEW_ARRAY(&scratch, uint32_t, source->includes.count + 1);
        for (size_t k = 0; k < source->includes.count; k++) {
            fl_file *header = fl_cc_included(project, project->files[i], source->includes.items[k].name);
            targets[i][k] = header ? index_of(project, header) : UINT32_MAX;
            if (header) project->sources[targets[i][k]].is_included = true;
            if (header) note_folder(project, project->files[i], header, source->includes.items[k].name);
            else note_missing(project, source->includes.items[k].name);
        }
    }
    uint32_t *seen = FL_NEW_ARRAY(&scratch, uint32_t, project->file_count + 1);
    for (uint32_t i = 0; i < project->file_count; i++)
        if (!project->sources[i].is_header) lead(project, &scratch, targets, i, seen);
    fl_arena_release(&scratch);
}

void fl_cc_prepare(const fl_language_setup *setup)
{
    fl_cc_project *project = FL_NEW(setup->arena, fl_cc_project);
    project->arena = setup->arena;
    project->root = setup->root;
    project->files = setup->files;
    project->file_count = setup->file_count;
    project->sources = FL_NEW_ARRAY(setup->arena, fl_cc_source, setup->file_count + 1);
    for (uint32_t i = 0; i < setup->file_count; i++) {
        fl_cc_source *source = &project->sources[i];
        source->is_header = fl_cc_is_header(setup->files[i]->path);
        source->is_cpp = fl_cc_is_cpp(setup->files[i]->path);
        project->has_cpp |= source->is_cpp;
        project->has_c |= !source->is_cpp && !source->is_header;
        setup->files[i]->project = project;
    }
    if (!fl_clang_load())
        fl_file_diagnose(setup->files[0], FL_DIAG_WARN, 0, 0, "no-libclang", "no C or C++ is read: %s cannot be loaded; install libclang, or build with the version that is installed", FL_CLANG_SONAME);
    read_includes(project);
    build_graph(project);
    fl_cc_find_flags(project, setup->build_dir);
}
