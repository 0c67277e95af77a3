#ifndef FL_EXTRACTOR_SOURCE_H
#define FL_EXTRACTOR_SOURCE_H
#include "base/data.h"
#include "base/pattern.h"
#include "extractor/languages/language.h"

/**
 * A project: the source files below a path, found and parsed. Ignore rules of git apply (libgit2, also without a
 * repository), plus each language's skip_folders and the user's excludes. Symbolic links are followed only inside the root,
 * each real folder once. Files are sorted by path and their ids are their positions: same repository, same ids.
 */
typedef struct fl_str_list { fl_str *items; size_t count; } fl_str_list;

typedef struct fl_project {
    fl_arena arena;               /**< paths, configs, diagnostics */
    fl_str root;                  /**< real absolute path */
    fl_file **files; uint32_t file_count;
    uint32_t library_count;       /**< files behind them that stand for packages (models/sources); they are no part of the project */
    fl_arena *file_arenas; unsigned arena_count;   /**< text and trees of the files; one per thread that parsed */
    FL_VEC(fl_diagnostic) diagnostics;    /**< in order of file, byte */
    size_t source_bytes;
    uint64_t walk_us, parse_us;   /**< wall time of finding, and of parsing+lowering on all threads */
    struct fl_project_index *index;       /**< private */
} fl_project;

typedef struct fl_project_options {
    const char *const *exclude;   /**< gitignore patterns, NULL-terminated, may be NULL */
    bool with_tests;              /**< parse tests too */
    bool skip_lowering;           /**< parse only: the yardstick of bench/ */
    /** A copy of this one is opened: files that are the same in both, and that read nothing that is not, keep their trees and are
     *  not parsed again. Borrowed until the new project is released; NULL. */
    const struct fl_project *like;
    const char *build_dir;        /**< folder in which languages that need a build system's word may look and work; NULL */
} fl_project_options;

FL_NODISCARD fl_status fl_project_open(fl_project *project, const char *path, const fl_project_options *options, fl_err *err);
void fl_project_release(fl_project *project);
fl_file *fl_project_file(const fl_project *project, uint32_t id);
bool fl_project_find(const fl_project *project, fl_str path, uint32_t *id);   /**< by relative path */
/** Resolves and caches; thread-safe after opening. Errors are diagnostics. */
fl_import fl_project_resolve(fl_project *project, const fl_file *from, fl_str specifier);
/** The same, but what leads nowhere is said only by fl_project_resolve: for threads, which would say it in any order. */
fl_import fl_project_resolve_early(fl_project *project, const fl_file *from, fl_str specifier);
/** Parsed config file `name` in `folder` (relative) or the nearest folder above; NULL when there is none. Cached. */
const fl_data *fl_project_config(fl_project *project, fl_str folder, const char *name, fl_str *found_in);
/** Folder listing for evaluated directory scans (relative path); sorted. */
FL_NODISCARD fl_status fl_project_list(fl_project *project, fl_str folder, fl_arena *arena, struct fl_str_list *out);

/** Files of any kind whose relative path the pattern fits, sorted; what cannot be listed is left out. The text of one of them. */
void fl_project_files_like(const fl_project *project, fl_arena *arena, fl_pattern *pattern, fl_str_list *out);
FL_NODISCARD fl_status fl_project_text(const fl_project *project, fl_arena *arena, fl_str path, fl_str *out);

/** Is that the path of a module of models/sources that makes routes of the project's files (`files.js` of a package)? */
bool fl_source_is_files(fl_str path);
/** Where an import that leads nowhere else begins with `prefix` and a slash (or is that), it means `folder` below the folder of the nearest
 *  manifest. Before anything is resolved; copies. */
void fl_project_alias(fl_project *project, fl_str prefix, fl_str folder);
void fl_project_diagnose(fl_project *project, int level, fl_span span, const char *code, const char *format, ...) FL_PRINTF(5, 6);

#endif
