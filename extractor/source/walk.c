/*
 * Finds the source files below the root, level by level: all folders of a level are looked at on all threads; then one thread takes in what
 * they found, in order.
 * What is left out and why: folders that the languages skip, what a compiler of the project writes, what git ignores (ignore.c), the user's
 * excludes, tests, files that are too large (their size is looked at, never their bytes).
 * Symbolic links are not descended: inside the root the real folder is walked anyway, so a link becomes an alias for
 * look-ups, which also ends every loop; links out of the root are left alone.
 */
#include "extractor/source/project_p.h"
#include "extractor/source/ignore.h"
#include "base/fs.h"
#include <stdlib.h>
#include <string.h>

/* What one thread found in one folder, in order of names. `is_read` is false when the folder cannot be listed. */
typedef struct folder {
    fl_str path;
    const fl_ignore *ignored;                /* by git: rules of the folders above, from here on of this one too */
    bool is_read;
    fl_str error;
    FL_VEC(fl_str) folders, links;
    FL_VEC(fl_source_found) files;           /* larger ones than the limit too */
    FL_VEC(fl_source_config) configs;
    uint32_t entries;
} folder;
typedef FL_VEC(folder *) level;

typedef struct walk {
    fl_project *project;
    const fl_project_options *options;
    fl_source_list *out;
    fl_arena *arenas;            /* one per thread */
    fl_str prefix;               /* from the repository's top, to which git's rules are relative, to the root: "" or ending in '/' */
    const fl_ignore *excludes;   /* the user's patterns, relative to the root */
    level level;                 /* the folders that are looked at now */
    uint64_t entries;
    bool is_full;                /* a limit of the walk was reached, and said */
} walk;

static const fl_span no_span = { .file = UINT32_MAX };

/* ---- ignore rules ---- */

/* The folder above the root that holds ".git", or the root; empty when there is none. */
static fl_str repository_of(fl_arena *arena, fl_str root)
{
    for (fl_str top = root;; top = fl_fs_dirname(top)) {
        fl_str git = fl_fs_join(arena, top, FL_S(".git"));
        uint64_t size;
        if (fl_fs_exists(fl_fs_join(arena, git, FL_S("HEAD")).ptr) || fl_fs_size(git.ptr, &size)) return top;
        if (top.len <= 1) return FL_S("");
    }
}

/* What one line of a file says behind `mark`: a folder, relative to that of the file. Empty when it does not. */
static fl_str pointed_at(fl_arena *arena, fl_str where, const char *name, fl_str mark)
{
    fl_str text;
    if (fl_fs_read(arena, fl_fs_join(arena, where, fl_str_from(name)).ptr, FL_LIMIT_PATH_BYTES, &text, NULL) != FL_OK || !fl_str_starts(text, mark)) return FL_S("");
    return fl_fs_join(arena, where, fl_str_trim(fl_str_sub(text, mark.len, text.len)));
}

/* A worktree's ".git" is a file that says where the rest is. */
static fl_str git_folder(fl_arena *arena, fl_str top)
{
    fl_str own = pointed_at(arena, top, ".git", FL_S("gitdir: "));
    if (!own.len) return fl_fs_join(arena, top, FL_S(".git"));
    fl_str common = pointed_at(arena, own, "commondir", FL_S(""));
    return common.len ? common : own;
}

static const fl_ignore *add_file(fl_arena *arena, const fl_ignore *above, fl_str where, fl_str file)
{
    fl_str text;
    return fl_fs_read(arena, file.ptr, FL_LIMIT_DATA_BYTES, &text, NULL) == FL_OK ? fl_ignore_add(arena, above, where, text) : above;
}

/* The rules that hold in the root because of what stands above it. Settings of this machine must not decide what is in a project. */
static const fl_ignore *rules_above(walk *w)
{
    fl_arena *arena = &w->arenas[0];
    fl_str root = w->project->root, top = repository_of(arena, root);
    if (!top.len) return NULL;
    fl_str inner = fl_str_sub(root, top.len + (top.len > 1), root.len), path = FL_S(""), part;
    const fl_ignore *rules = add_file(arena, NULL, FL_S(""), fl_fs_join(arena, git_folder(arena, top), FL_S("info/exclude")));
    for (fl_str rest = inner; fl_str_split(&rest, '/', &part);) {
        rules = add_file(arena, rules, path, fl_fs_join(arena, fl_fs_join(arena, top, path), FL_S(".gitignore")));
        path = fl_str_sub(inner, 0, (size_t)(part.ptr + part.len - inner.ptr));
        if (fl_ignore_has(rules, path, true)) return NULL;   /* a scratch folder inside somebody's repository: asked for by name, so its own rules alone hold */
    }
    if (inner.len) w->prefix = fl_str_format(arena, FL_STR_FMT "/", FL_STR_ARG(inner));
    return rules;
}

static const fl_ignore *read_excludes(fl_arena *arena, const char *const *patterns)
{
    fl_buf lines;
    fl_buf_init(&lines, 0);
    for (; patterns && *patterns; patterns++) {
        fl_buf_add_c(&lines, *patterns);
        fl_buf_add_char(&lines, '\n');
    }
    const fl_ignore *rules = fl_ignore_add(arena, NULL, FL_S(""), fl_str_copy(arena, fl_buf_str(&lines)));
    fl_buf_release(&lines);
    return rules;
}

static bool is_ignored(const walk *w, const folder *f, fl_arena *arena, fl_str path, bool is_folder)
{
    if (fl_ignore_has(w->excludes, path, is_folder)) return true;
    if (w->prefix.len) path = fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(w->prefix), FL_STR_ARG(path));
    return fl_ignore_has(f->ignored, path, is_folder);
}

/* Git's rules in the folder itself. */
static void add_own_rules(const walk *w, folder *f, fl_arena *arena, const fl_fs_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (!fl_str_eq_c(entries->items[i].name, ".gitignore")) continue;
        fl_str where = fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(w->prefix), FL_STR_ARG(f->path));
        if (fl_str_ends(where, FL_S("/"))) where.len--;
        f->ignored = add_file(arena, f->ignored, where, fl_str_from(fl_source_full_path(w->project, arena, fl_fs_join(arena, f->path, FL_S(".gitignore")))));
    }
}

/* ---- looking at a folder, on any thread ---- */

bool fl_source_is_skipped(fl_str name)
{
    if (fl_str_eq_c(name, ".git") || fl_str_eq_c(name, ".hg") || fl_str_eq_c(name, ".svn")) return true;
    for (const fl_language *const *language = fl_languages; *language; language++)
        for (const char *const *skipped = (*language)->skip_folders; *skipped; skipped++)
            if (fl_str_eq_c(name, *skipped)) return true;
    return false;
}

/* Whatever the folder is called: it holds what was installed. */
static bool has_skip_mark(const fl_fs_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        for (const fl_language *const *language = fl_languages; *language; language++)
            if ((*language)->skip_mark && fl_str_eq_c(entries->items[i].name, (*language)->skip_mark)) return true;
    return false;
}

static void look_at_name(folder *f, fl_arena *arena, fl_str name)
{
    for (const fl_language *const *language = fl_languages; *language; language++)
        for (const char *const *config = (*language)->config_files; *config; config++)
            if (fl_str_eq_c(name, *config)) {
                fl_source_config found = { .name = *config, .folder = f->path };
                fl_vec_push(arena, &f->configs, found);
                return;
            }
}

static void look_at_file(const walk *w, fl_arena *arena, folder *f, fl_str name, fl_str path)
{
    look_at_name(f, arena, name);
    fl_source_found found = { path, fl_language_of(name), 0 };
    bool is_wanted = found.language && ((w->options && w->options->with_tests) || !found.language->is_test(path)) && !is_ignored(w, f, arena, path, false) &&
                     fl_fs_size(fl_source_full_path(w->project, arena, path), &found.size_bytes);
    if (is_wanted) fl_vec_push(arena, &f->files, found);
}

static void look_at_folder(void *context, size_t index, unsigned worker)
{
    const walk *w = context;
    folder *f = w->level.items[index];
    fl_arena *arena = &w->arenas[worker];
    fl_fs_entries entries;
    fl_err err;
    f->is_read = fl_fs_list(arena, fl_source_full_path(w->project, arena, f->path), &entries, &err) == FL_OK;
    if (!f->is_read) {
        f->error = fl_str_copy(arena, fl_str_from(err.text));
        return;
    }
    f->entries = entries.count;
    if (has_skip_mark(&entries)) return;
    add_own_rules(w, f, arena, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        const fl_fs_entry *entry = &entries.items[i];
        fl_str path = fl_fs_join(arena, f->path, entry->name);
        if (path.len > FL_LIMIT_PATH_BYTES) continue;
        if (entry->is_link) {
            fl_vec_push(arena, &f->links, path);
        } else if (entry->is_file) {
            look_at_file(w, arena, f, entry->name, path);
        } else if (entry->is_dir && !fl_source_is_skipped(entry->name) && !is_ignored(w, f, arena, path, true)) {
            fl_vec_push(arena, &f->folders, path);
        }
    }
}

/* ---- taking in what was found ---- */

static void take_link(walk *w, fl_str path)
{
    fl_project *project = w->project;
    fl_arena *scratch = &w->arenas[0];
    fl_str real;
    if (fl_fs_real(scratch, fl_source_full_path(project, scratch, path), &real, NULL) != FL_OK) return; /* dangling, or a loop */
    fl_str inner = fl_str_sub(real, project->root.len, real.len);
    if (!fl_str_starts(real, project->root) || inner.len < 2 || inner.ptr[0] != '/') return;
    fl_source_alias alias = { fl_str_copy(&project->arena, path), fl_str_copy(&project->arena, fl_str_sub(inner, 1, inner.len)) };
    fl_vec_push(&project->arena, &project->index->aliases, alias);
}

static void fill_up(walk *w, const char *code, const char *what, unsigned limit)
{
    if (!w->is_full)
        fl_project_diagnose(w->project, FL_DIAG_WARN, no_span, code, "the project has more than %u %s; the rest is left out", limit, what);
    w->is_full = true;
}

static void take_file(walk *w, const fl_source_found *file)
{
    fl_project *project = w->project;
    if (file->size_bytes > FL_LIMIT_FILE_BYTES) {
        fl_project_diagnose(project, FL_DIAG_WARN, no_span, "too-large", "\"" FL_STR_FMT "\" has %llu bytes, the limit is %u; it is left out",
                            FL_STR_ARG(file->path), (unsigned long long)file->size_bytes, FL_LIMIT_FILE_BYTES);
    } else if (w->out->count >= FL_LIMIT_FILES) {
        fill_up(w, "too-many-files", "source files", FL_LIMIT_FILES);
    } else {
        fl_source_found found = { fl_str_copy(&project->arena, file->path), file->language, file->size_bytes };
        fl_vec_push(&project->arena, w->out, found);
    }
}

static void take_folder(walk *w, const folder *f, unsigned depth, level *below)
{
    fl_project *project = w->project;
    if (!f->is_read) {
        fl_project_diagnose(project, FL_DIAG_WARN, no_span, "unreadable", "the folder \"" FL_STR_FMT "\" cannot be listed; it is left out",
                            FL_STR_ARG(f->path));
        return;
    }
    w->entries += f->entries;
    if (w->entries > FL_LIMIT_WALK_ENTRIES) fill_up(w, "too-many-entries", "folder entries", FL_LIMIT_WALK_ENTRIES);
    for (size_t i = 0; i < f->configs.count; i++) {
        fl_source_config config = { .name = f->configs.items[i].name, .folder = fl_str_copy(&project->arena, f->path) };
        fl_vec_push(&project->arena, &project->index->configs, config);
    }
    for (size_t i = 0; i < f->links.count; i++) take_link(w, f->links.items[i]);
    for (size_t i = 0; i < f->files.count; i++) take_file(w, &f->files.items[i]);
    for (size_t i = 0; i < f->folders.count; i++) {
        if (depth + 1 > FL_LIMIT_WALK_DEPTH) {
            fl_project_diagnose(project, FL_DIAG_WARN, no_span, "too-deep", "the folder \"" FL_STR_FMT "\" is nested too deep; it is left out",
                                FL_STR_ARG(f->folders.items[i]));
            continue;
        }
        folder *next = FL_NEW(&w->arenas[0], folder);
        next->path = f->folders.items[i];
        next->ignored = f->ignored;
        fl_vec_push(&w->arenas[0], below, next);
    }
}

static int by_path(const void *a, const void *b)
{
    return fl_str_cmp(((const fl_source_found *)a)->path, ((const fl_source_found *)b)->path);
}

static int by_link(const void *a, const void *b)
{
    return fl_str_cmp(((const fl_source_alias *)a)->link, ((const fl_source_alias *)b)->link);
}

static int by_folder(const void *a, const void *b)
{
    return fl_str_cmp(((const fl_source_config *)a)->folder, ((const fl_source_config *)b)->folder);
}

static fl_status walk_levels(walk *w, unsigned threads, fl_err *err)
{
    folder *root = FL_NEW(&w->arenas[0], folder);
    root->ignored = rules_above(w);
    fl_vec_push(&w->arenas[0], &w->level, root);
    for (unsigned depth = 0; w->level.count && !w->is_full; depth++) {
        fl_pool_run(threads, w->level.count, look_at_folder, w);
        if (depth == 0 && !root->is_read) return fl_fail(err, FL_E_ENV, FL_STR_FMT, FL_STR_ARG(root->error));
        level below = { 0 };
        for (size_t i = 0; i < w->level.count && !w->is_full; i++) take_folder(w, w->level.items[i], depth, &below);
        w->level = below;
    }
    return FL_OK;
}

/* ---- what a compiler of the project writes ---- */

static bool is_inside(fl_str path, fl_str above)
{
    return !above.len || (fl_str_starts(path, above) && path.len > above.len && path.ptr[above.len] == '/');
}

static bool is_compiled_from(fl_str path, const fl_language *language)
{
    for (const char *const *ending = language->output_from; ending && *ending; ending++)
        if (fl_str_ends(path, fl_str_from(*ending))) return true;
    return false;
}

/* Its sources are there too, and are what people read and mend. */
static void drop_output(fl_source_list *out, fl_str output, fl_str above, const fl_language *language)
{
    bool has_sources = false;
    for (uint32_t i = 0; i < out->count && !has_sources; i++)
        has_sources = is_compiled_from(out->items[i].path, language) && is_inside(out->items[i].path, above) && !is_inside(out->items[i].path, output);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++)
        if (!has_sources || out->items[i].language != language || !is_inside(out->items[i].path, output)) out->items[kept++] = out->items[i];
    out->count = kept;
}

static void drop_outputs(fl_project *project, fl_arena *scratch, fl_source_list *out)
{
    for (size_t i = 0; i < project->index->configs.count; i++) {
        const fl_source_config *config = &project->index->configs.items[i];
        for (const fl_language *const *language = fl_languages; *language; language++) {
            if (!(*language)->output_config || !fl_str_eq_c(fl_str_from(config->name), (*language)->output_config)) continue;
            fl_err err = { 0 };
            const fl_data *data = fl_source_config_at(project, config->folder, config->name, &err);
            if (err.status != FL_OK) fl_project_diagnose(project, FL_DIAG_WARN, no_span, "bad-config", "%s", err.text);
            fl_str said = data ? fl_data_str(fl_data_pointer(data, fl_str_from((*language)->output_key)), FL_S("")) : FL_S("");
            fl_str output = said.len ? fl_fs_normalize(scratch, fl_fs_join(scratch, config->folder, said)) : said;
            bool is_below = output.len > config->folder.len && !fl_str_eq_c(output, ".") && !fl_str_starts(output, FL_S("..")) && is_inside(output, config->folder);
            if (is_below) drop_output(out, output, config->folder, *language);
        }
    }
}

fl_status fl_source_walk(fl_project *project, const fl_project_options *options, fl_source_list *out, fl_err *err)
{
    unsigned threads = fl_pool_threads();
    walk w = { .project = project, .options = options, .out = out, .arenas = FL_NEW_ARRAY(&project->arena, fl_arena, threads) };
    for (unsigned i = 0; i < threads; i++) fl_arena_init(&w.arenas[i]);
    w.excludes = read_excludes(&w.arenas[0], options ? options->exclude : NULL);
    fl_status status = walk_levels(&w, threads, err);
    if (status == FL_OK) drop_outputs(project, &w.arenas[0], out);
    for (unsigned i = 0; i < threads; i++) fl_arena_release(&w.arenas[i]);
    if (out->count > 1) qsort(out->items, out->count, sizeof out->items[0], by_path);
    struct fl_project_index *index = project->index;
    if (index->configs.count > 1) qsort(index->configs.items, index->configs.count, sizeof index->configs.items[0], by_folder);
    if (index->aliases.count > 1) qsort(index->aliases.items, index->aliases.count, sizeof index->aliases.items[0], by_link);
    return status;
}
