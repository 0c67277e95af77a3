/*
 * Finds the source files below the root, level by level: all folders of a level are looked at on all threads, each with ignore
 * rules of its own because libgit2's must not be shared; then one thread takes in what they found, in order.
 * What is left out and why: folders that the languages skip, what a compiler of the project writes, what git ignores, the user's excludes, tests, files
 * that are too large (their size is looked at, never their bytes).
 * Symbolic links are not descended: inside the root the real folder is walked anyway, so a link becomes an alias for
 * look-ups, which also ends every loop; links out of the root are left alone.
 */
#include "extractor/source/project_p.h"
#include "base/fs.h"
#include <git2.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is ignored, for one thread. */
typedef struct rules {
    git_repository *repository;  /* ignore rules; NULL when libgit2 cannot help */
    git_repository *excludes;    /* the user's patterns, relative to the root; NULL when there are none */
    fl_str prefix;               /* from the repository's top to the root, "" or ending in '/' */
    fl_arena arena;
    bool is_open;
} rules;

/* What one thread found in one folder, in order of names. `is_read` is false when the folder cannot be listed. */
typedef struct folder {
    fl_str path;
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
    rules *rules;                /* one per thread */
    level level;                 /* the folders that are looked at now */
    uint64_t entries;
    bool is_full;                /* a limit of the walk was reached, and said */
} walk;

static const fl_span no_span = { .file = UINT32_MAX };

/* ---- ignore rules ---- */

/* Settings of this machine must not decide what is in a project. */
static void start_git(void)
{
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    static const int levels[] = { GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL };
    for (size_t i = 0; i < FL_COUNT(levels); i++) git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
}

/* A repository in memory, whose only use is to hold rules. */
static git_repository *rules_at(const char *root)
{
    git_repository *repository = NULL;
    if (git_repository_new(&repository) != 0) return NULL;
    if (git_repository_set_workdir(repository, root, 0) == 0) return repository;
    git_repository_free(repository);
    return NULL;
}

static void open_rules(rules *r, fl_str root_path, const char *const *exclude)
{
    const char *root = root_path.ptr;
    int is_ignored = 0;
    fl_arena_init(&r->arena);
    r->is_open = true;
    if (git_repository_open_ext(&r->repository, root, 0, NULL) == 0) {
        const char *top = git_repository_workdir(r->repository); /* ends in '/' */
        fl_str real = { 0 }, top_str = top ? fl_str_from(top) : FL_S("");
        if (top && fl_fs_real(&r->arena, top, &real, NULL) == FL_OK) top_str = real;
        while (top_str.len > 1 && top_str.ptr[top_str.len - 1] == '/') top_str.len--;
        fl_str inner = fl_str_sub(root_path, top_str.len, root_path.len);
        bool is_below = top && fl_str_starts(root_path, top_str) && (inner.len == 0 || inner.ptr[0] == '/');
        if (is_below && inner.len > 1) {
            r->prefix = fl_str_format(&r->arena, FL_STR_FMT "/", FL_STR_ARG(fl_str_sub(inner, 1, inner.len)));
            if (git_ignore_path_is_ignored(&is_ignored, r->repository, r->prefix.ptr) != 0) is_ignored = 0;
        }
        /* A scratch folder inside somebody's repository: asked for by name, so its own rules alone hold. */
        if (!is_below || is_ignored) {
            git_repository_free(r->repository);
            r->repository = NULL;
            r->prefix = FL_S("");
        }
    }
    if (!r->repository) r->repository = rules_at(root);
    if (exclude && exclude[0] && (r->excludes = rules_at(root)))
        for (const char *const *pattern = exclude; *pattern; pattern++) {
            fl_str line = fl_str_format(&r->arena, "%s\n", *pattern);
            (void)git_ignore_add_rule(r->excludes, line.ptr);
        }
}

static void close_rules(rules *r)
{
    git_repository_free(r->repository);
    git_repository_free(r->excludes);
    if (r->is_open) fl_arena_release(&r->arena);
}

/* `path` is NUL-terminated; folders end in '/', or rules for folders alone would not match. */
static bool is_ignored(const rules *r, fl_arena *arena, const char *path)
{
    int ignored = 0;
    if (r->excludes && git_ignore_path_is_ignored(&ignored, r->excludes, path) == 0 && ignored) return true;
    if (r->prefix.len) path = fl_str_format(arena, FL_STR_FMT "%s", FL_STR_ARG(r->prefix), path).ptr;
    return r->repository && git_ignore_path_is_ignored(&ignored, r->repository, path) == 0 && ignored;
}

/* ---- looking at a folder, on any thread ---- */

static bool is_skipped_folder(fl_str name)
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

static void look_at_file(const walk *w, rules *r, folder *f, fl_str name, fl_str path)
{
    look_at_name(f, &r->arena, name);
    fl_source_found found = { path, fl_language_of(name), 0 };
    bool is_wanted = found.language && ((w->options && w->options->with_tests) || !found.language->is_test(path)) && !is_ignored(r, &r->arena, path.ptr) &&
                     fl_fs_size(fl_source_full_path(w->project, &r->arena, path), &found.size_bytes);
    if (is_wanted) fl_vec_push(&r->arena, &f->files, found);
}

static void look_at_folder(void *context, size_t index, unsigned worker)
{
    const walk *w = context;
    folder *f = w->level.items[index];
    rules *r = &w->rules[worker];
    if (!r->is_open) open_rules(r, w->project->root, w->options ? w->options->exclude : NULL);
    fl_fs_entries entries;
    fl_err err;
    f->is_read = fl_fs_list(&r->arena, fl_source_full_path(w->project, &r->arena, f->path), &entries, &err) == FL_OK;
    if (!f->is_read) {
        f->error = fl_str_copy(&r->arena, fl_str_from(err.text));
        return;
    }
    f->entries = entries.count;
    if (has_skip_mark(&entries)) return;
    for (size_t i = 0; i < entries.count; i++) {
        const fl_fs_entry *entry = &entries.items[i];
        fl_str path = fl_fs_join(&r->arena, f->path, entry->name);
        if (path.len > FL_LIMIT_PATH_BYTES) continue;
        if (entry->is_link) {
            fl_vec_push(&r->arena, &f->links, path);
        } else if (entry->is_file) {
            look_at_file(w, r, f, entry->name, path);
        } else if (entry->is_dir && !is_skipped_folder(entry->name)) {
            fl_str query = fl_str_format(&r->arena, FL_STR_FMT "/", FL_STR_ARG(path));
            if (!is_ignored(r, &r->arena, query.ptr)) fl_vec_push(&r->arena, &f->folders, path);
        }
    }
}

/* ---- taking in what was found ---- */

static void take_link(walk *w, fl_str path)
{
    fl_project *project = w->project;
    fl_arena *scratch = &w->rules[0].arena;
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
        folder *next = FL_NEW(&w->rules[0].arena, folder);
        next->path = f->folders.items[i];
        fl_vec_push(&w->rules[0].arena, below, next);
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
    folder *root = FL_NEW(&w->rules[0].arena, folder);
    fl_vec_push(&w->rules[0].arena, &w->level, root);
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
    walk w = { .project = project, .options = options, .out = out, .rules = FL_NEW_ARRAY(&project->arena, rules, threads) };
    start_git();
    open_rules(&w.rules[0], project->root, options ? options->exclude : NULL);
    fl_status status = walk_levels(&w, threads, err);
    if (status == FL_OK) drop_outputs(project, &w.rules[0].arena, out);
    for (unsigned i = 0; i < threads; i++) close_rules(&w.rules[i]);
    git_libgit2_shutdown();
    if (out->count > 1) qsort(out->items, out->count, sizeof out->items[0], by_path);
    struct fl_project_index *index = project->index;
    if (index->configs.count > 1) qsort(index->configs.items, index->configs.count, sizeof index->configs.items[0], by_folder);
    if (index->aliases.count > 1) qsort(index->aliases.items, index->aliases.count, sizeof index->aliases.items[0], by_link);
    return status;
}
