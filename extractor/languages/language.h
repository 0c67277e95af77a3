#ifndef FL_EXTRACTOR_LANGUAGE_H
#define FL_EXTRACTOR_LANGUAGE_H
#include "extractor/tree/tree.h"

/**
 * A language is one file in this folder and one line in languages.def. It turns text into the common tree
 * and answers the few questions that only a language can answer. No other stage asks "which language is this".
 */
typedef struct fl_language fl_language;
struct fl_resolver;
struct fl_import;
/** Below this folder, which no project has, stand the sources that stand for packages. */
#define FL_LIBRARY_FOLDER "<library>"
/** What `prepare` may look at. Files are those of the language, sorted by path; none is read yet. */
typedef struct fl_language_setup {
    fl_arena *arena;                       /**< lives as long as the project */
    fl_str root;                           /**< absolute */
    const char *build_dir;                 /**< folder for what a build system says of the sources (--build-dir); NULL */
    fl_file **files; uint32_t file_count;
} fl_language_setup;
struct fl_language {
    const char *name;                      /**< "javascript"; as models name it */
    const char *const *extensions;         /**< NULL-terminated, with dot */
    const char *const *config_files;       /**< project files that mean this language: "package.json" */
    const char *const *dependency_keys;    /**< maps inside them from a package to the version wanted, NULL-terminated; may be NULL */
    const char *const *skip_folders;       /**< never descended: "node_modules" */
    const char *output_config, *output_key;/**< config file, and pointer in it to the folder that a compiler writes; NULL */
    const char *const *output_from;        /**< endings of what it compiles: where such files are, the folder is left out */
    const char *skip_mark;                 /**< nor are folders with a file of this name: "pyvenv.cfg"; may be NULL */
    /** Optional. Looks at the whole project once, before its files are parsed in parallel: sets `project`, `leader` and `with`
     *  of its files. Oddities become diagnostics of a file. */
    void (*prepare)(const fl_language_setup *setup);
    /** Parses file->text into file->root with file->arena, and likewise the files in file->with, whose text is there too.
     *  Never fails: unknown syntax is opaque, damage is counted. Thread-safe. */
    void (*parse)(fl_file *file);
    /** Optional. True when the trees of other files depend on this one's text, as they do on a header's. Asked behind `prepare`. */
    bool (*is_read_by_others)(const fl_file *file);
    /** Optional: counts syntax errors of a text that stands alone. Without it `parse` does. */
    uint32_t (*count_errors)(fl_str path, fl_str text);
    /** Resolves an import seen in `from`. Answers a project file, or a package name for external code, or nothing.
     *  `resolver` gives file look-ups; results are cached by the caller. */
    struct fl_import (*resolve)(const struct fl_resolver *resolver, const fl_file *from, fl_str specifier);
    /** True when a file of this path holds tests, type declarations or build configuration: parsed for nothing. */
    bool (*is_test)(fl_str path);
    /** The syntax the fixer needs: see language_syntax. */
    const struct fl_syntax *syntax;
    const char *builtins_model;            /**< library model of the language's own run time: "javascript" */
    /** Start-up check: the grammars fit the parser. */
    fl_status (*check)(fl_err *err);
};

/** What the fixer and the checks of new text need from a language, as data. */
typedef struct fl_syntax {
    const char *line_comment;
    bool braces;                           /**< blocks in braces; else by indentation */
    bool semicolons;
    const char *if_format;                 /**< "if (%s)" , "if %s:" */
    const char *not_equal_null;            /**< documentation only */
} fl_syntax;

typedef struct fl_import { enum { FL_IMPORT_NONE, FL_IMPORT_FILE, FL_IMPORT_PACKAGE, FL_IMPORT_DATA } kind; uint32_t file; fl_str package; /**< package: name with sub-path; data: path of a JSON file */ } fl_import;
typedef struct fl_resolver {
    fl_arena *arena;                                                       /**< for returned names */
    void *context;
    bool (*find)(void *context, fl_str project_path, uint32_t *file);      /**< a source file of the project? */
    bool (*exists)(void *context, fl_str project_path);                    /**< any file, read or not (a test, JSON, an asset) */
    /** Parsed config file (package.json, tsconfig.json…) of that folder or the nearest above, and where it stands; NULL. */
    const struct fl_data *(*config)(void *context, fl_str folder, const char *name, fl_str *found_in);
    /** The first config file of that name, in order of its folder's path, in which the text at `key` is `value`; NULL. Only for
     *  names in the language's config_files. */
    const struct fl_data *(*config_with)(void *context, const char *name, const char *key, fl_str value, fl_str *found_in);
} fl_resolver;

/** All languages, NULL-terminated, in the order of languages.def. */
extern const fl_language *const fl_languages[];
const fl_language *fl_language_of(fl_str path);             /**< by extension, NULL when none */
const fl_language *fl_language_named(fl_str name);
/** New syntax errors in `text` as this language sees it (the fixer compares before and after). */
uint32_t fl_language_count_errors(const fl_language *language, fl_str path, fl_str text);
/** Start-up check of every grammar. */
FL_NODISCARD fl_status fl_languages_check(fl_err *err);

#endif
