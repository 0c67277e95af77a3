/*
 * Compiler flags. What a build system says (compile_commands.json in the root, in a folder of the root, or in --build-dir) is
 * taken for the units it names; others are guessed: the folders headers of the project are included from, and what pkg-config
 * says of packages whose headers are not where the compiler looks anyway.
 * Only flags that say how text is read are taken: a repository must not make us load a plug-in or write a file.
 */
#include "extractor/languages/clang_p.h"
#include "base/data.h"
#include "base/fs.h"
#include "base/proc.h"
#include <glob.h>
#include <string.h>

static void add(const fl_cc_project *project, fl_cc_flags *flags, const char *flag) { fl_vec_push(project->arena, flags, flag); }

static void add_format(const fl_cc_project *project, fl_cc_flags *flags, const char *prefix, fl_str path)
{
    add(project, flags, fl_str_format(project->arena, "%s" FL_STR_FMT, prefix, FL_STR_ARG(path)).ptr);
}

static bool has_flag(const fl_cc_flags *flags, const char *flag)
{
    for (size_t i = 0; i < flags->count; i++)
        if (strcmp(flags->items[i], flag) == 0) return true;
    return false;
}

/* ---- compile_commands.json ---- */

/* Flags whose value names a folder or file; `-I dir` and `-Idir`. */
static const char *const path_flags[] = { "-isystem", "-iquote", "-idirafter", "-include", "-imacros", "-I" };
static const char *const plain_flags[] = { "-pthread", "-fexceptions", "-fno-exceptions", "-frtti", "-fno-rtti", "-fshort-enums", "-funsigned-char",
                                           "-fsigned-char", "-nostdinc", "-nostdinc++", "-ansi", "-m32", "-m64", "-fcoroutines", "-fms-extensions", "-fgnu89-inline",
                                           "-fchar8_t", "-fopenmp" };

/* Where the commands were made for: the project itself, or the tree that this one is a copy of. */
typedef struct reader { fl_cc_project *project; fl_str origin; } reader;

static fl_str absolute(const reader *r, fl_str folder, fl_str path)
{
    fl_arena *arena = r->project->arena;
    fl_str full = fl_fs_normalize(arena, fl_fs_join(arena, folder, path));
    bool is_below = r->origin.len && fl_str_starts(full, r->origin) && (full.len == r->origin.len || full.ptr[r->origin.len] == '/');
    return is_below ? fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(r->project->root), FL_STR_ARG(fl_str_sub(full, r->origin.len, full.len))) : full;
}

/* One word of a command, and the next one for flags that have their value apart. Returns how many were used. */
static size_t take_flag(const reader *r, fl_cc_flags *flags, fl_str folder, const fl_str *words, size_t count)
{
    const fl_cc_project *project = r->project;
    fl_str word = words[0];
    for (size_t i = 0; i < FL_COUNT(path_flags); i++) {
        fl_str flag = fl_str_from(path_flags[i]);
        if (!fl_str_starts(word, flag)) continue;
        bool is_apart = word.len == flag.len;
        if (is_apart && count < 2) return 1;
        fl_str path = is_apart ? words[1] : fl_str_sub(word, flag.len, word.len);
        add(project, flags, path_flags[i]);
        add(project, flags, absolute(r, folder, path).ptr);
        return is_apart ? 2 : 1;
    }
    if (fl_str_starts(word, FL_S("-D")) || fl_str_starts(word, FL_S("-U"))) {
        if (word.len == 2 && count < 2) return 1;
        add(project, flags, fl_str_format(project->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(word), FL_STR_ARG(word.len == 2 ? words[1] : FL_S(""))).ptr);
        return word.len == 2 ? 2 : 1;
    }
    if (fl_str_starts(word, FL_S("-std="))) add(project, flags, fl_str_c(project->arena, word));
    for (size_t i = 0; i < FL_COUNT(plain_flags); i++)
        if (fl_str_eq_c(word, plain_flags[i])) add(project, flags, plain_flags[i]);
    return 1;
}

typedef FL_VEC(fl_str) word_list;

/* A command line as the shell would split it, without what else a shell does. */
static void split_command(fl_arena *arena, fl_str command, word_list *out)
{
    fl_buf word;
    fl_buf_init(&word, 1u << 16);
    bool has_word = false;
    char quote = 0;
    for (size_t i = 0; i <= command.len; i++) {
        char c = i < command.len ? command.ptr[i] : ' ';
        if (i == command.len) quote = 0;
        if (!quote && (c == ' ' || c == '\t' || c == '\n')) {
            if (has_word) fl_vec_push(arena, out, fl_str_copy(arena, fl_buf_str(&word)));
            fl_buf_clear(&word);
            has_word = false;
            continue;
        }
        has_word = true;
        if (c == quote) quote = 0;
        else if (!quote && (c == '"' || c == '\'')) quote = c;
        else if (c == '\\' && quote != '\'' && i + 1 < command.len) fl_buf_add_char(&word, command.ptr[++i]);
        else fl_buf_add_char(&word, c);
    }
    fl_buf_release(&word);
}

static fl_cc_source *source_named(fl_cc_project *project, fl_str relative)
{
    for (uint32_t low = 0, high = project->file_count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        int order = fl_str_cmp(project->files[middle]->path, relative);
        if (order == 0) return &project->sources[middle];
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

/* Commands for another root: what its paths have in front of ours is that root. */
static fl_cc_source *source_at(reader *r, fl_str path)
{
    fl_cc_project *project = r->project;
    if (fl_str_starts(path, project->root) && path.len > project->root.len && path.ptr[project->root.len] == '/')
        return source_named(project, fl_str_sub(path, project->root.len + 1, path.len));
    for (size_t i = 1; i < path.len && !r->origin.len; i++) {
        if (path.ptr[i - 1] != '/') continue;
        fl_cc_source *source = source_named(project, fl_str_sub(path, i, path.len));
        if (source && fl_str_find_char(fl_str_sub(path, i, path.len), '/') >= 0) r->origin = fl_str_sub(path, 0, i - 1);
        if (source) return source;
    }
    return NULL;
}

static void take_command(reader *r, const fl_data *entry)
{
    fl_cc_project *project = r->project;
    fl_str folder = fl_data_get_str(entry, "directory");
    fl_cc_source *source = source_at(r, absolute(r, folder, fl_data_get_str(entry, "file")));
    if (!source || source->flags.count) return;
    word_list words = { 0 };
    const fl_data *list = fl_data_get_c(entry, "arguments");
    for (const fl_data *d = list ? list->first : NULL; d; d = d->next) fl_vec_push(project->arena, &words, fl_data_str(d, FL_S("")));
    if (!list) split_command(project->arena, fl_data_get_str(entry, "command"), &words);
    add(project, &source->flags, source->is_cpp ? "-xc++" : "-xc");
    for (size_t i = 1; i < words.count;) i += take_flag(r, &source->flags, folder, &words.items[i], words.count - i);
}

/* True when the folder has the file. */
static bool read_commands(fl_cc_project *project, fl_str folder)
{
    fl_str text;
    fl_data *data = NULL;
    fl_err err = { 0 };
    const char *path = fl_fs_join(project->arena, folder, FL_S("compile_commands.json")).ptr;
    if (!fl_fs_exists(path)) return false;
    fl_status status = fl_fs_read(project->arena, path, 4 * FL_LIMIT_DATA_BYTES, &text, &err);
    if (status == FL_OK) status = fl_json_parse(project->arena, text, &data, &err);
    if (status == FL_OK && data->kind != FL_DATA_LIST) status = fl_fail(&err, FL_E_FORMAT, "\"%s\" is not a list of commands", path);
    if (status != FL_OK) {
        fl_file_diagnose(project->files[0], FL_DIAG_WARN, 0, 0, "bad-compile-commands", "%s", err.text);
        return true;
    }
    reader r = { .project = project };
    for (const fl_data *d = data->first; d; d = d->next) take_command(&r, d);
    return true;
}

static void find_commands(fl_cc_project *project)
{
    fl_fs_entries entries = { 0 };
    if (read_commands(project, project->root)) return;
    if (read_commands(project, fl_fs_join(project->arena, project->root, FL_S("build")))) return;
    if (fl_fs_list(project->arena, project->root.ptr, &entries, NULL) != FL_OK) return;
    for (size_t i = 0; i < entries.count; i++)
        if (entries.items[i].is_dir && read_commands(project, fl_fs_join(project->arena, project->root, entries.items[i].name))) return;
}

/* ---- asking the build system, in --build-dir ---- */

static bool root_has(const fl_cc_project *project, const char *name)
{
    return fl_fs_exists(fl_fs_join(project->arena, project->root, fl_str_from(name)).ptr);
}

/* Single quotes around, for the shell. */
static fl_str quoted(fl_arena *arena, fl_str text)
{
    fl_buf out;
    fl_buf_init(&out, 1u << 16);
    fl_buf_add_char(&out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'') fl_buf_add_c(&out, "'\\''");
        else fl_buf_add_char(&out, text.ptr[i]);
    }
    fl_buf_add_char(&out, '\'');
    fl_str copy = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return copy;
}

static bool run(const fl_cc_project *project, const char *folder, fl_str command, fl_str *output)
{
    int code = 1;
    fl_err err = { 0 };
    fl_str ignored;
    fl_proc_options options = { .command = command.ptr, .folder = folder };
    fl_status status = fl_proc_run(project->arena, &options, FL_LIMIT_BUILD_MS, output ? output : &ignored, &code, &err);
    if (status == FL_OK && code == 0) return true;
    fl_file_diagnose(project->files[0], FL_DIAG_WARN, 0, 0, "no-compile-commands", "the build system gave no compile commands (%s); flags are guessed",
                     status != FL_OK ? err.text : command.ptr);
    return false;
}

/* `make -n` prints what would be run: lines that compile a file of ours. */
static void read_dry_run(fl_cc_project *project, fl_str folder, fl_str output)
{
    fl_str line;
    reader r = { .project = project };
    while (fl_str_split(&output, '\n', &line)) {
        word_list words = { 0 };
        split_command(project->arena, line, &words);
        for (size_t i = 0; i + 1 < words.count; i++)            /* make[1]: Entering directory '…' */
            if (fl_str_eq_c(words.items[i], "Entering") && i + 2 < words.count) folder = words.items[i + 2];
        for (size_t i = 1; i < words.count; i++) {
            fl_cc_source *source = fl_language_of(words.items[i]) ? source_at(&r, absolute(&r, folder, words.items[i])) : NULL;
            if (!source || source->is_header || source->flags.count) continue;
            add(project, &source->flags, source->is_cpp ? "-xc++" : "-xc");
            for (size_t k = 0; k < words.count;) k += take_flag(&r, &source->flags, folder, &words.items[k], words.count - k);
        }
    }
}

/* Build systems write where they please, so they get a copy of the sources: DIR/source. */
static bool copy_sources(const fl_cc_project *project, fl_str folder, fl_str *sources)
{
    static const char *const skip[] = { ".git", NULL }, *const link[] = { NULL };
    fl_err err = { 0 };
    bool is_inside = fl_str_starts(folder, project->root) && (folder.len == project->root.len || folder.ptr[project->root.len] == '/');
    *sources = fl_fs_join(project->arena, folder, FL_S("source"));
    if (is_inside) (void)fl_fail(&err, FL_E_USAGE, "\"" FL_STR_FMT "\" lies inside the project; give a folder outside of it", FL_STR_ARG(folder));
    else if (fl_fs_remove_tree(sources->ptr, &err) == FL_OK && fl_fs_copy_tree(project->root.ptr, sources->ptr, skip, link, &err) == FL_OK) return true;
    fl_file_diagnose(project->files[0], FL_DIAG_WARN, 0, 0, "no-compile-commands", "%s; flags are guessed", err.text);
    return false;
}

static void ask_build_system(fl_cc_project *project, const char *build_dir)
{
    fl_arena *arena = project->arena;
    fl_str folder, sources, output = FL_S("");
    if (fl_fs_mkdirs(build_dir, NULL) != FL_OK || fl_fs_real(arena, build_dir, &folder, NULL) != FL_OK) {
        fl_file_diagnose(project->files[0], FL_DIAG_WARN, 0, 0, "no-compile-commands", "\"%s\" cannot be made; flags are guessed", build_dir);
        return;
    }
    if (read_commands(project, folder)) return;
    bool has_cmake = root_has(project, "CMakeLists.txt"), has_meson = root_has(project, "meson.build");
    bool has_make = root_has(project, "Makefile") || root_has(project, "GNUmakefile");
    if ((!has_cmake && !has_meson && !has_make) || !copy_sources(project, folder, &sources)) return;
    fl_str from = quoted(arena, sources);
    if (has_cmake) (void)run(project, folder.ptr, fl_str_format(arena, "cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -S " FL_STR_FMT " -B .", FL_STR_ARG(from)), NULL);
    else if (has_meson) (void)run(project, folder.ptr, fl_str_format(arena, "meson setup . " FL_STR_FMT, FL_STR_ARG(from)), NULL);
    else {
        (void)run(project, folder.ptr, fl_str_format(arena, "make -n -k -w -C " FL_STR_FMT, FL_STR_ARG(from)), &output);
        read_dry_run(project, sources, output);
    }
    (void)read_commands(project, folder);
}

/* ---- guesses ---- */

/* Does the compiler find the header without being told? */
static bool is_installed(fl_str header)
{
    static const char *const folders[] = { "/usr/include", "/usr/local/include", "/usr/include/*-linux-gnu", "/usr/include/c++/*", FL_CLANG_RESOURCES "/include" };
    fl_arena scratch;
    fl_arena_init(&scratch);
    bool is_found = header.ptr[0] == '/';
    for (size_t i = 0; i < FL_COUNT(folders) && !is_found; i++) {
        glob_t found = { 0 };
        is_found = glob(fl_str_format(&scratch, "%s/" FL_STR_FMT, folders[i], FL_STR_ARG(header)).ptr, 0, NULL, &found) == 0 && found.gl_pathc > 0;
        globfree(&found);
    }
    fl_arena_release(&scratch);
    return is_found;
}

/* The name of the first package file that speaks of `/NAME`; empty: none does. */
static fl_str package_of(fl_arena *scratch, fl_str folder)
{
    static const char *const patterns[] = { "/usr/lib/*/pkgconfig/*.pc", "/usr/share/pkgconfig/*.pc" };
    fl_str wanted = fl_str_format(scratch, "/" FL_STR_FMT, FL_STR_ARG(folder)), name = FL_S(""), text;
    for (size_t i = 0; i < FL_COUNT(patterns) && !name.len; i++) {
        glob_t found = { 0 };
        size_t count = glob(patterns[i], 0, NULL, &found) == 0 ? found.gl_pathc : 0;
        for (size_t k = 0; k < count && !name.len; k++) {
            fl_arena file;
            fl_arena_init(&file);
            if (fl_fs_read(&file, found.gl_pathv[k], FL_LIMIT_DATA_BYTES, &text, NULL) == FL_OK && fl_str_find(text, wanted) >= 0) {
                fl_str base = fl_fs_basename(fl_str_from(found.gl_pathv[k]));
                name = fl_str_copy(scratch, fl_str_sub(base, 0, base.len - 3));
            }
            fl_arena_release(&file);
        }
        globfree(&found);
    }
    return name;
}

/* `/usr/include/NAME/` holds the header: the package file that speaks of NAME knows the flags. */
static void ask_pkg_config(fl_cc_project *project, fl_str header)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    glob_t found = { 0 };
    fl_str pattern = fl_str_format(&scratch, "/usr/include/*/" FL_STR_FMT, FL_STR_ARG(header));
    if (glob(pattern.ptr, 0, NULL, &found) == 0 && found.gl_pathc > 0) {
        fl_str path = fl_str_from(found.gl_pathv[0]);
        fl_str folder = fl_str_copy(project->arena, fl_str_sub(path, 0, path.len - header.len - 1));
        fl_str include = fl_str_format(project->arena, "-idirafter" FL_STR_FMT, FL_STR_ARG(folder)), output;
        int code = 0;
        if (!has_flag(&project->guessed, include.ptr)) {
            add(project, &project->guessed, include.ptr);
            fl_str package = package_of(&scratch, fl_fs_basename(folder));
            fl_proc_options options = { .command = fl_str_format(&scratch, "pkg-config --cflags " FL_STR_FMT, FL_STR_ARG(quoted(&scratch, package))).ptr, .folder = "/" };
            if (package.len && fl_proc_run(&scratch, &options, 5000, &output, &code, NULL) == FL_OK && code == 0) {
                word_list words = { 0 };
                split_command(&scratch, output, &words);
                for (size_t i = 0; i < words.count; i++)
                    if (fl_str_starts(words.items[i], FL_S("-I")) || fl_str_starts(words.items[i], FL_S("-D"))) {
                        const char *flag = fl_str_c(project->arena, words.items[i]);
                        if (!has_flag(&project->guessed, flag)) add(project, &project->guessed, flag);
                    }
            }
        }
    }
    globfree(&found);
    fl_arena_release(&scratch);
}

static void guess(fl_cc_project *project)
{
    for (size_t i = 0; i < project->folders.count; i++) {
        fl_str folder = project->folders.items[i];
        add_format(project, &project->guessed, "-I", folder.len ? fl_fs_join(project->arena, project->root, folder) : project->root);
    }
    for (size_t i = 0; i < project->missing.count; i++) {
        fl_str header = project->missing.items[i];
        bool is_plain = !strpbrk(header.ptr, "*?[]'\\");
        if (is_plain && fl_cc_is_header(header) && !is_installed(header)) ask_pkg_config(project, header);
    }
}

void fl_cc_find_flags(fl_cc_project *project, const char *build_dir)
{
    if (build_dir) ask_build_system(project, build_dir);
    find_commands(project);
    guess(project);
}

/* ---- one file ---- */

/* The compiler's own headers lie beside the library it was built with, or beside that of another version. */
static const char *resources(fl_arena *arena)
{
    static const char *const patterns[] = { "/usr/lib/llvm-*/lib/clang/*", "/usr/lib/clang/*", "/usr/local/lib/clang/*" };
    const char *found = NULL;
    if (fl_fs_exists(FL_CLANG_RESOURCES "/include/stddef.h")) return FL_CLANG_RESOURCES;
    for (size_t i = 0; i < FL_COUNT(patterns) && !found; i++) {
        glob_t paths = { 0 };
        if (glob(patterns[i], 0, NULL, &paths) == 0 && paths.gl_pathc) found = fl_str_c(arena, fl_str_from(paths.gl_pathv[paths.gl_pathc - 1]));
        globfree(&paths);
    }
    return found;
}

fl_cc_flags fl_cc_flags_of(fl_arena *arena, const fl_file *file)
{
    const fl_cc_project *project = file->project;
    const fl_cc_source *source = NULL;
    for (uint32_t low = 0, high = project ? project->file_count : 0; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (project->files[middle]->id == file->id) { source = &project->sources[middle]; break; }
        if (project->files[middle]->id < file->id) low = middle + 1;
        else high = middle;
    }
    bool is_cpp = fl_cc_is_cpp_unit(file), is_told = source && source->flags.count;
    fl_cc_flags flags = { 0 };
    if (!is_told) {
        fl_vec_push(arena, &flags, is_cpp ? "-xc++" : "-xc");
        fl_vec_push(arena, &flags, is_cpp ? "-std=gnu++17" : "-std=gnu11");
    }
    for (size_t i = 0; is_told && i < source->flags.count; i++) fl_vec_push(arena, &flags, source->flags.items[i]);
    for (size_t i = 0; project && i < project->guessed.count; i++) fl_vec_push(arena, &flags, project->guessed.items[i]);
    static const char *const always[] = { "-w", "-ferror-limit=500", "-fno-spell-checking", "-fbracket-depth=1000", "-ftemplate-depth=256", "-fconstexpr-steps=100000",
                                          "-Wno-error=implicit-function-declaration", "-Wno-error=implicit-int", "-Wno-error=int-conversion" };
    for (size_t i = 0; i < FL_COUNT(always); i++) fl_vec_push(arena, &flags, always[i]);
    if (project) fl_vec_push(arena, &flags, fl_str_format(arena, "-fmacro-prefix-map=" FL_STR_FMT "/=", FL_STR_ARG(project->root)).ptr);
    const char *folder = resources(arena);
    if (folder) {
        fl_vec_push(arena, &flags, "-resource-dir");
        fl_vec_push(arena, &flags, folder);
    }
    return flags;
}
