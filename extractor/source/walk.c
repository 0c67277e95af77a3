/*
 * Finds the source files below the root, in two steps: folders, depth first, on one thread; then each file that a language
 * reads is looked at on all threads, which have rules of their own because libgit2's must not be shared. Sorted at the end.
 * What is left out and why: folders that the languages skip, what git ignores, the user's excludes, tests, files
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

typedef struct candidate { fl_source_found found; enum { OUT, TOO_LARGE, IN } verdict; } candidate;

typedef struct walk {
    fl_project *project;
    const fl_project_options *options;
    rules *rules;                /* one per thread */
    unsigned threads;
    FL_VEC(candidate) candidates;
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

/* ---- files and folders ---- */

static bool is_skipped_folder(fl_str name)
{
    if (fl_str_eq_c(name, ".git") || fl_str_eq_c(name, ".hg") || fl_str_eq_c(name, ".svn")) return true;
    for (const fl_language *const *language = fl_languages; *language; language++)
        for (const char *const *folder = (*language)->skip_folders; *folder; folder++)
            if (fl_str_eq_c(name, *folder)) return true;
    return false;
}

static void note_config(walk *w, fl_str folder, fl_str name)
{
    struct fl_project_index *index = w->project->index;
    for (const fl_language *const *language = fl_languages; *language; language++)
        for (const char *const *config = (*language)->config_files; *config; config++)
            if (fl_str_eq_c(name, *config)) {
                fl_source_config found = { .name = *config, .folder = folder };
                fl_vec_push(&w->project->arena, &index->configs, found);
                return;
            }
}

static void note_link(walk *w, fl_arena *scratch, fl_str path)
{
    fl_project *project = w->project;
    fl_str real;
    if (fl_fs_real(scratch, fl_source_full_path(project, scratch, path), &real, NULL) != FL_OK) return; /* dangling, or a loop */
    fl_str inner = fl_str_sub(real, project->root.len, real.len);
    if (!fl_str_starts(real, project->root) || inner.len < 2 || inner.ptr[0] != '/') return;
    fl_source_alias alias = { fl_str_copy(&project->arena, path), fl_str_copy(&project->arena, fl_str_sub(inner, 1, inner.len)) };
    fl_vec_push(&project->arena, &project->index->aliases, alias);
}

static bool fill_up(walk *w, const char *code, const char *what, unsigned limit)
{
    if (!w->is_full)
        fl_project_diagnose(w->project, FL_DIAG_WARN, no_span, code, "the project has more than %u %s; the rest is left out", limit, what);
    w->is_full = true;
    return false;
}

static void note_file(walk *w, fl_str folder, const fl_fs_entry *entry, fl_str path)
{
    note_config(w, folder, entry->name);
    const fl_language *language = fl_language_of(entry->name);
    if (!language || (!(w->options && w->options->with_tests) && language->is_test(path))) return;
    candidate c = { .found = { fl_str_copy(&w->project->arena, path), language, 0 } };
    fl_vec_push(&w->project->arena, &w->candidates, c);
}

static fl_status walk_folder(walk *w, fl_str folder, unsigned depth, fl_err *err)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_fs_entries entries;
    fl_status status = fl_fs_list(&scratch, fl_source_full_path(w->project, &scratch, folder), &entries, err);
    if (status != FL_OK && depth > 0) {
        fl_project_diagnose(w->project, FL_DIAG_WARN, no_span, "unreadable", "the folder \"" FL_STR_FMT "\" cannot be listed; it is left out",
                            FL_STR_ARG(folder));
        status = FL_OK;
    } else {
        for (size_t i = 0; i < entries.count && status == FL_OK && !w->is_full; i++) {
            const fl_fs_entry *entry = &entries.items[i];
            if (++w->entries > FL_LIMIT_WALK_ENTRIES && !fill_up(w, "too-many-entries", "folder entries", FL_LIMIT_WALK_ENTRIES)) break;
            fl_str path = fl_fs_join(&scratch, folder, entry->name);
            if (path.len > FL_LIMIT_PATH_BYTES) continue;
            if (entry->is_link) {
                note_link(w, &scratch, path);
            } else if (entry->is_file) {
                note_file(w, folder, entry, path);
            } else if (entry->is_dir && !is_skipped_folder(entry->name)) {
                fl_str query = fl_str_format(&scratch, FL_STR_FMT "/", FL_STR_ARG(path));
                if (is_ignored(&w->rules[0], &scratch, query.ptr)) continue;
                if (depth + 1 > FL_LIMIT_WALK_DEPTH)
                    fl_project_diagnose(w->project, FL_DIAG_WARN, no_span, "too-deep", "the folder \"" FL_STR_FMT "\" is nested too deep; it is left out",
                                        FL_STR_ARG(path));
                else
                    status = walk_folder(w, fl_str_copy(&w->project->arena, path), depth + 1, err);
            }
        }
    }
    fl_arena_release(&scratch);
    return status;
}

static void judge(void *context, size_t index, unsigned worker)
{
    walk *w = context;
    candidate *c = &w->candidates.items[index];
    rules *r = &w->rules[worker];
    if (!r->is_open) open_rules(r, w->project->root, w->options ? w->options->exclude : NULL);
    fl_arena scratch;
    fl_arena_init(&scratch);
    if (!is_ignored(r, &scratch, c->found.path.ptr) && fl_fs_size(fl_source_full_path(w->project, &scratch, c->found.path), &c->found.size_bytes))
        c->verdict = c->found.size_bytes > FL_LIMIT_FILE_BYTES ? TOO_LARGE : IN;
    fl_arena_release(&scratch);
}

static void keep_good_ones(walk *w, fl_source_list *out)
{
    fl_project *project = w->project;
    out->items = FL_NEW_ARRAY(&project->arena, fl_source_found, w->candidates.count + 1);
    for (size_t i = 0; i < w->candidates.count; i++) {
        const candidate *c = &w->candidates.items[i];
        if (c->verdict == TOO_LARGE)
            fl_project_diagnose(project, FL_DIAG_WARN, no_span, "too-large", "\"" FL_STR_FMT "\" has %llu bytes, the limit is %u; it is left out",
                                FL_STR_ARG(c->found.path), (unsigned long long)c->found.size_bytes, FL_LIMIT_FILE_BYTES);
        if (c->verdict != IN) continue;
        if (out->count == FL_LIMIT_FILES) {
            (void)fill_up(w, "too-many-files", "source files", FL_LIMIT_FILES);
            break;
        }
        out->items[out->count++] = c->found;
    }
}

static int by_path(const void *a, const void *b)
{
    return fl_str_cmp(((const fl_source_found *)a)->path, ((const fl_source_found *)b)->path);
}

static int by_folder(const void *a, const void *b)
{
    return fl_str_cmp(((const fl_source_config *)a)->folder, ((const fl_source_config *)b)->folder);
}

fl_status fl_source_walk(fl_project *project, const fl_project_options *options, fl_source_list *out, fl_err *err)
{
    walk w = { .project = project, .options = options, .threads = fl_pool_threads() };
    w.rules = FL_NEW_ARRAY(&project->arena, rules, w.threads);
    start_git();
    open_rules(&w.rules[0], project->root, options ? options->exclude : NULL);
    fl_status status = walk_folder(&w, FL_S(""), 0, err);
    if (status == FL_OK) fl_pool_run(w.threads, w.candidates.count, judge, &w);
    for (unsigned i = 0; i < w.threads; i++) close_rules(&w.rules[i]);
    git_libgit2_shutdown();
    keep_good_ones(&w, out);
    if (out->count > 1) qsort(out->items, out->count, sizeof out->items[0], by_path);
    struct fl_project_index *index = project->index;
    if (index->configs.count > 1) qsort(index->configs.items, index->configs.count, sizeof index->configs.items[0], by_folder);
    return status;
}
