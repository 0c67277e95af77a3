#ifndef FL_EXTRACTOR_SOURCE_PROJECT_P_H
#define FL_EXTRACTOR_SOURCE_PROJECT_P_H
#include "extractor/source/source.h"
#include <pthread.h>

/**
 * The private half of a project.
 *   project.c   opening, files by id and path, diagnostics
 *   walk.c      folders to source files: links, limits
 *   ignore.c    ignore rules
 *   parse.c     reading and parsing, in parallel
 *   library.c   sources that stand for packages
 *   texts.c     other files, for the code of those packages
 *   lookup.c    configs, imports, folder listings: what later stages ask
 * All paths are relative to the root, "" is the root itself.
 */
typedef struct fl_source_found { fl_str path; const fl_language *language; uint64_t size_bytes; } fl_source_found;
typedef struct fl_source_alias { fl_str link, target; } fl_source_alias;
typedef struct fl_source_config { const char *name; fl_str folder; const fl_data *data; } fl_source_config;

struct fl_project_index {
    fl_map ids;                              /**< hash of a path → id + 1 */
    FL_VEC(fl_source_alias) aliases;         /**< symbolic links that stay inside the root, in order of path */
    FL_VEC(fl_source_alias) import_aliases;  /**< prefixes of imports, and the folders that they mean */
    FL_VEC(fl_source_config) configs;        /**< files of a language's config_files, in order of path */
    fl_map parsed_configs;                   /**< hash of a path → struct parsed_config (lookup.c) */
    fl_map nearest_configs;                  /**< hash of a folder and name → struct nearest (lookup.c) */
    fl_map configs_by_text;                  /**< hash of a name, key and text → fl_source_config (lookup.c) */
    fl_map imports;                          /**< hash of folder and specifier → struct cached_import (lookup.c) */
    fl_map known_paths;                      /**< hash of a path → struct known_path (lookup.c): is anything there? */
    pthread_mutex_t lock;                    /**< for everything below opening: arena, caches, diagnostics */
};

typedef FL_VEC(fl_source_found) fl_source_list;

/** Fills the project's index and *out (sorted by path); needs project->root. */
/** Exactly that config file, parsed once; NULL: there is none, or it is malformed. */
const fl_data *fl_source_config_at(fl_project *project, fl_str folder, const char *name, fl_err *err);
bool fl_source_is_skipped(fl_str name);       /**< a folder that the languages leave out, by its name */
FL_NODISCARD fl_status fl_source_walk(fl_project *project, const fl_project_options *options, fl_source_list *out, fl_err *err);
/** Reads and parses project->files on all threads. */
void fl_source_parse(fl_project *project, const fl_project *like);
/** Appends the files of packages that the project mentions (library.c), and parses them. */
void fl_source_add_library(fl_project *project);
/** Appends files below `folder`, whose paths begin with FL_LIBRARY_FOLDER, and parses them. */
void fl_source_append_library(fl_project *project, const fl_source_list *found, fl_str folder);
/** The same path behind symbolic links, or the path itself. Borrows or allocates in `arena`. */
fl_str fl_source_real_path(const fl_project *project, fl_arena *arena, fl_str path);
/** Root and relative path joined, NUL-terminated, in `arena`. */
const char *fl_source_full_path(const fl_project *project, fl_arena *arena, fl_str path);

#endif
