/*
 * From an import to a file, as Node and TypeScript find it, and which files are only tests or build configuration.
 * Order: relative paths; "#name" through package.json imports; tsconfig paths and baseUrl (with extends); packages that
 * are folders of this project; files below src and the like, when nobody declares such a package; else an external package. Paths are relative to the project root, "" is the root.
 * Reads nothing itself: the resolver answers what exists.
 */
#include "extractor/languages/javascript_p.h"
#include "base/data.h"
#include "base/fs.h"

typedef struct seek {
    const fl_resolver *resolver;
    fl_arena *scratch;           /* freed when the import is resolved */
    bool prefers_typescript;     /* the importing file is TypeScript */
} seek;

static const fl_import nothing = { .kind = FL_IMPORT_NONE };

static fl_str folder_of(fl_str path)
{
    ptrdiff_t slash = fl_str_rfind_char(path, '/');
    return slash < 0 ? FL_S("") : fl_str_sub(path, 0, (size_t)slash);
}

/* Joined and normalised; *is_outside when it leaves the project. */
static fl_str join(const seek *s, fl_str folder, fl_str path, bool *is_outside)
{
    fl_str joined = fl_fs_normalize(s->scratch, folder.len ? fl_fs_join(s->scratch, folder, path) : path);
    *is_outside = fl_str_eq_c(joined, "..") || fl_str_starts(joined, FL_S("../")) || fl_str_starts(joined, FL_S("/"));
    return fl_str_eq_c(joined, ".") ? FL_S("") : joined;
}

static bool is_json(fl_str path) { return fl_str_ends(path, FL_S(".json")); }

static bool take(const seek *s, fl_str path, fl_import *out)
{
    uint32_t file;
    if (s->resolver->find(s->resolver->context, path, &file)) {
        *out = (fl_import){ .kind = FL_IMPORT_FILE, .file = file };
        return true;
    }
    if (!is_json(path) || !s->resolver->exists(s->resolver->context, path)) return false;
    *out = (fl_import){ .kind = FL_IMPORT_DATA, .package = fl_str_copy(s->resolver->arena, path) };
    return true;
}

static bool take_with(const seek *s, fl_str stem, const char *suffix, fl_import *out)
{
    return take(s, fl_str_join(s->scratch, stem, fl_str_from(suffix), FL_S("")), out);
}

/* An exact file, a compiled name whose source is here, or a name without its extension. */
static bool try_file(const seek *s, fl_str path, fl_import *out)
{
    static const struct { const char *compiled, *source[2]; } sources[] = {
        { ".js", { ".ts", ".tsx" } }, { ".jsx", { ".tsx", ".ts" } }, { ".mjs", { ".mts", ".ts" } }, { ".cjs", { ".cts", ".ts" } },
    };
    static const char *const typescript_first[] = { ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json" };
    static const char *const javascript_first[] = { ".js", ".json", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".mts", ".cts" };
    if (path.len == 0) return false;
    if (take(s, path, out)) return true;
    for (size_t i = 0; i < FL_COUNT(sources); i++) {
        fl_str compiled = fl_str_from(sources[i].compiled);
        if (!fl_str_ends(path, compiled)) continue;
        fl_str stem = fl_str_sub(path, 0, path.len - compiled.len);
        if (take_with(s, stem, sources[i].source[0], out) || take_with(s, stem, sources[i].source[1], out)) return true;
    }
    for (size_t i = 0; i < FL_COUNT(typescript_first); i++)
        if (take_with(s, path, s->prefers_typescript ? typescript_first[i] : javascript_first[i], out)) return true;
    return false;
}

static const fl_data *own_config(const seek *s, fl_str folder, const char *name)
{
    fl_str found_in;
    const fl_data *config = s->resolver->config(s->resolver->context, folder, name, &found_in);
    return config && fl_str_eq(found_in, folder) ? config : NULL;
}

static bool try_index(const seek *s, fl_str folder, fl_import *out)
{
    bool is_outside;
    fl_str index = join(s, folder, FL_S("index"), &is_outside);
    return try_file(s, index, out);
}

/* The first file that an "exports" or "imports" entry names, conditions in the order that suits reading sources. */
static fl_str export_target(const fl_data *entry, unsigned depth)
{
    static const char *const conditions[] = { "source", "import", "require", "node", "default", "types" };
    if (!entry || depth > 8) return (fl_str){ 0 };
    if (entry->kind == FL_DATA_STRING) return entry->text;
    if (entry->kind == FL_DATA_LIST) return export_target(entry->first, depth + 1);
    for (size_t i = 0; i < FL_COUNT(conditions); i++) {
        fl_str target = export_target(fl_data_get_c(entry, conditions[i]), depth + 1);
        if (target.len) return target;
    }
    return (fl_str){ 0 };
}

/* Matches a pattern with at most one star; *middle gets what the star stands for. */
static bool matches(fl_str pattern, fl_str text, fl_str *middle)
{
    ptrdiff_t star = fl_str_find_char(pattern, '*');
    *middle = FL_S("");
    if (star < 0) return fl_str_eq(pattern, text);
    fl_str before = fl_str_sub(pattern, 0, (size_t)star), after = fl_str_sub(pattern, (size_t)star + 1, pattern.len);
    if (text.len < before.len + after.len || !fl_str_starts(text, before) || !fl_str_ends(text, after)) return false;
    *middle = fl_str_sub(text, before.len, text.len - after.len);
    return true;
}

static fl_str fill_star(const seek *s, fl_str target, fl_str middle)
{
    ptrdiff_t star = fl_str_find_char(target, '*');
    if (star < 0) return target;
    fl_str before = fl_str_sub(target, 0, (size_t)star), after = fl_str_sub(target, (size_t)star + 1, target.len);
    return fl_str_join(s->scratch, before, middle, after);
}

/* The entry of a map of patterns that fits best: exact, else the longest text before its star. */
static const fl_data *best_entry(const fl_data *map, fl_str text, fl_str *middle)
{
    const fl_data *best = NULL;
    ptrdiff_t best_len = -1;
    for (const fl_data *entry = map ? map->first : NULL; entry; entry = entry->next) {
        fl_str found;
        if (!matches(entry->key, text, &found)) continue;
        ptrdiff_t star = fl_str_find_char(entry->key, '*'), len = star < 0 ? PTRDIFF_MAX : star;
        if (len <= best_len) continue;
        best = entry;
        best_len = len;
        *middle = found;
    }
    return best;
}

/* A path that a package file names: as it stands, or, since build output is not in the project, its likely source. */
static bool try_packaged(const seek *s, fl_str folder, fl_str target, fl_import *out)
{
    static const char *const built[] = { "dist/", "build/", "lib/", "out/", "esm/", "cjs/" };
    bool is_outside;
    fl_str path = join(s, folder, target, &is_outside);
    if (target.len == 0 || is_outside) return false;
    if (try_file(s, path, out) || try_index(s, path, out)) return true;
    fl_str inner = fl_str_starts(target, FL_S("./")) ? fl_str_sub(target, 2, target.len) : target;
    for (size_t i = 0; i < FL_COUNT(built); i++) {
        if (!fl_str_starts(inner, fl_str_from(built[i]))) continue;
        fl_str rest = fl_str_sub(inner, fl_str_from(built[i]).len, inner.len);
        fl_str source = fl_str_format(s->scratch, "src/" FL_STR_FMT, FL_STR_ARG(rest));
        path = join(s, folder, source, &is_outside);
        if (!is_outside && try_file(s, path, out)) return true;
        if (fl_str_starts(rest, FL_S("src/")) && try_file(s, join(s, folder, rest, &is_outside), out)) return true;
    }
    return false;
}

static bool try_folder(const seek *s, fl_str folder, fl_import *out)
{
    const fl_data *package = own_config(s, folder, "package.json");
    if (package) {
        if (try_packaged(s, folder, fl_data_get_str(package, "main"), out)) return true;
        if (try_packaged(s, folder, fl_data_get_str(package, "module"), out)) return true;
    }
    return try_index(s, folder, out);
}

static bool try_path(const seek *s, fl_str path, bool wants_folder, fl_import *out)
{
    return (!wants_folder && try_file(s, path, out)) || try_folder(s, path, out);
}

/* ---- tsconfig ---- */

/* paths of this config, else of those it extends; *base: the folder its targets are relative to. */
static const fl_data *path_map(const seek *s, fl_str folder, const char *name, unsigned depth, fl_str *base, fl_str *base_url, bool *has_base_url)
{
    const fl_data *config = own_config(s, folder, name), *found = NULL;
    if (!config || depth > 8) return NULL;
    const fl_data *options = fl_data_get_c(config, "compilerOptions");
    fl_str url = fl_data_get_str(options, "baseUrl");
    bool is_outside = false;
    if (url.len && !*has_base_url) {
        fl_str resolved = join(s, folder, url, &is_outside);
        if (!is_outside) {
            *base_url = resolved;
            *has_base_url = true;
        }
    }
    found = fl_data_get_c(options, "paths");
    if (found) {
        *base = folder;
        return found;
    }
    const fl_data *extends = fl_data_get_c(config, "extends");
    const fl_data *parent = extends && extends->kind == FL_DATA_LIST ? extends->first : extends;
    for (; parent && !found; parent = extends->kind == FL_DATA_LIST ? parent->next : NULL) {
        fl_str path = fl_data_str(parent, FL_S(""));
        if (!fl_str_starts(path, FL_S("."))) continue; /* a package's config */
        fl_str full = join(s, folder, path, &is_outside);
        if (is_outside) continue;
        if (!is_json(full)) full = fl_str_format(s->scratch, FL_STR_FMT ".json", FL_STR_ARG(full));
        ptrdiff_t slash = fl_str_rfind_char(full, '/');
        const char *parent_name = fl_str_c(s->scratch, fl_str_sub(full, (size_t)(slash + 1), full.len));
        found = path_map(s, folder_of(full), parent_name, depth + 1, base, base_url, has_base_url);
    }
    return found;
}

static bool try_tsconfig(const seek *s, fl_str from_folder, fl_str specifier, const char *name, fl_import *out)
{
    fl_str folder, base = FL_S(""), base_url = FL_S(""), middle;
    if (!s->resolver->config(s->resolver->context, from_folder, name, &folder)) return false;
    bool has_base_url = false, is_outside;
    const fl_data *map = path_map(s, folder, name, 0, &base, &base_url, &has_base_url);
    const fl_data *entry = best_entry(map, specifier, &middle);
    for (const fl_data *target = entry ? entry->first : NULL; target; target = target->next) {
        fl_str filled = fill_star(s, fl_data_str(target, FL_S("")), middle);
        fl_str path = join(s, has_base_url ? base_url : base, filled, &is_outside);
        if (!is_outside && try_path(s, path, false, out)) return true;
    }
    if (!has_base_url) return false;
    fl_str path = join(s, base_url, specifier, &is_outside);
    return !is_outside && try_path(s, path, false, out);
}

/* ---- packages of this project ---- */

/* "@scope/name/sub/path" to name and "./sub/path" ("." when there is none). */
static void split_package(const seek *s, fl_str specifier, fl_str *name, fl_str *sub_path)
{
    ptrdiff_t slash = fl_str_find_char(specifier, '/');
    if (slash >= 0 && specifier.ptr[0] == '@') {
        ptrdiff_t second = fl_str_find_char(fl_str_sub(specifier, (size_t)slash + 1, specifier.len), '/');
        slash = second < 0 ? -1 : slash + 1 + second;
    }
    *name = slash < 0 ? specifier : fl_str_sub(specifier, 0, (size_t)slash);
    *sub_path = slash < 0 ? FL_S(".")
                          : fl_str_format(s->scratch, "." FL_STR_FMT, FL_STR_ARG(fl_str_sub(specifier, (size_t)slash, specifier.len)));
}

static bool enter_package(const seek *s, fl_str folder, const fl_data *package, fl_str sub_path, fl_import *out)
{
    fl_str middle;
    bool is_outside, is_root = fl_str_eq_c(sub_path, ".");
    const fl_data *exports = fl_data_get_c(package, "exports");
    bool has_paths = exports && exports->kind == FL_DATA_MAP && exports->first && fl_str_starts(exports->first->key, FL_S("."));
    const fl_data *entry = has_paths ? best_entry(exports, sub_path, &middle) : is_root ? exports : NULL;
    fl_str target = export_target(entry, 0);
    if (target.len && try_packaged(s, folder, has_paths ? fill_star(s, target, middle) : target, out)) return true;
    if (is_root) {
        static const char *const fields[] = { "source", "module", "main", "types" };
        for (size_t i = 0; i < FL_COUNT(fields); i++)
            if (try_packaged(s, folder, fl_data_get_str(package, fields[i]), out)) return true;
        fl_str source = join(s, folder, FL_S("src"), &is_outside);
        return try_index(s, source, out) || try_index(s, folder, out);
    }
    if (try_packaged(s, folder, sub_path, out)) return true;
    fl_str source = join(s, join(s, folder, FL_S("src"), &is_outside), sub_path, &is_outside);
    return !is_outside && try_path(s, source, false, out);
}

static bool try_project_package(const seek *s, fl_str specifier, fl_import *out)
{
    fl_str name, sub_path, folder;
    split_package(s, specifier, &name, &sub_path);
    const fl_data *package = s->resolver->config_with(s->resolver->context, "package.json", "name", name, &folder);
    return package && enter_package(s, folder, package, sub_path, out);
}

/* "#db/client" through the nearest package.json; its target may be an external package. */
static fl_import resolve_private(const seek *s, fl_str from_folder, fl_str specifier)
{
    fl_import out = nothing;
    fl_str folder, middle;
    const fl_data *package = s->resolver->config(s->resolver->context, from_folder, "package.json", &folder);
    if (!package) return nothing;
    const fl_data *entry = best_entry(fl_data_get_c(package, "imports"), specifier, &middle);
    fl_str target = export_target(entry, 0);
    if (!target.len) return nothing;
    target = fill_star(s, target, middle);
    if (!fl_str_starts(target, FL_S("./")))
        return (fl_import){ .kind = FL_IMPORT_PACKAGE, .package = fl_str_copy(s->resolver->arena, target) };
    return try_packaged(s, folder, target, &out) ? out : nothing;
}

/* What bundlers and loaders are told to look below ("src") when it is no package that anybody declares: Babel's module resolver, NODE_PATH. */
static bool try_root(const seek *s, fl_str from_folder, fl_str specifier, fl_import *out)
{
    static const char *const groups[] = { "dependencies", "devDependencies", "peerDependencies", "optionalDependencies" };
    static const char *const roots[] = { "src", "", "app", "server" };
    fl_str folder, rest = specifier, first;
    const fl_data *package = s->resolver->config(s->resolver->context, from_folder, "package.json", &folder);
    (void)fl_str_split(&rest, '/', &first);
    if (!package || !rest.len || first.ptr[0] == '@') return false;
    for (size_t i = 0; i < FL_COUNT(groups); i++)
        if (fl_data_get(fl_data_get_c(package, groups[i]), first)) return false;
    bool is_outside, found = false;
    for (size_t i = 0; i < FL_COUNT(roots) && !found; i++)
        found = try_path(s, join(s, roots[i][0] ? join(s, folder, fl_str_from(roots[i]), &is_outside) : folder, specifier, &is_outside), false, out);
    return found;
}

static fl_import resolve(const seek *s, const fl_file *from, fl_str specifier)
{
    fl_import out = nothing;
    fl_str folder = folder_of(from->path);
    if (specifier.len == 0 || specifier.len > FL_LIMIT_PATH_BYTES) return nothing;
    ptrdiff_t query = fl_str_find_char(specifier, '?'); /* bundlers: "./x.js?raw" */
    if (query > 0) specifier = fl_str_sub(specifier, 0, (size_t)query);
    bool is_relative = fl_str_eq_c(specifier, ".") || fl_str_eq_c(specifier, "..") || fl_str_starts(specifier, FL_S("./")) ||
                       fl_str_starts(specifier, FL_S("../"));
    if (is_relative) {
        bool is_outside, wants_folder = fl_str_ends(specifier, FL_S("/")) || fl_str_ends(specifier, FL_S("."));
        fl_str path = join(s, folder, specifier, &is_outside);
        return !is_outside && try_path(s, path, wants_folder, &out) ? out : nothing;
    }
    if (fl_str_starts(specifier, FL_S("/"))) return nothing;
    if (fl_str_starts(specifier, FL_S("node:"))) specifier = fl_str_sub(specifier, 5, specifier.len);
    else if (fl_str_find(specifier, FL_S("://")) >= 0) return (fl_import){ .kind = FL_IMPORT_PACKAGE, .package = fl_str_copy(s->resolver->arena, specifier) };
    else if (specifier.ptr[0] == '#' && (out = resolve_private(s, folder, specifier)).kind != FL_IMPORT_NONE) return out;
    else if (try_tsconfig(s, folder, specifier, "tsconfig.json", &out) || try_tsconfig(s, folder, specifier, "jsconfig.json", &out)) return out;
    else if (try_project_package(s, specifier, &out)) return out;
    bool is_outside;
    if (try_path(s, join(s, FL_S(FL_LIBRARY_FOLDER), specifier, &is_outside), false, &out)) return out;   /* code that stands for the package */
    if (try_root(s, folder, specifier, &out)) return out;
    return (fl_import){ .kind = FL_IMPORT_PACKAGE, .package = fl_str_copy(s->resolver->arena, specifier) };
}

fl_import fl_js_resolve(const fl_resolver *resolver, const fl_file *from, fl_str specifier)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_str extension = fl_fs_extension(from->path);
    seek s = { .resolver = resolver, .scratch = &scratch,
               .prefers_typescript = extension.len > 1 && (extension.ptr[1] == 't' || fl_str_ends(extension, FL_S("ts"))) };
    fl_import found = resolve(&s, from, specifier);
    fl_arena_release(&scratch);
    return found;
}

/* ---- tests and build configuration ---- */

/* `test` below one of these is more likely a resource of that name (an exam) than a folder of tests. */
static bool is_domain_folder(fl_str name)
{
    static const char *const words[] = { "routes", "controllers", "modules", "api", "pages", "handlers", "services", "features",
                                         "models", "views", "domain", NULL };
    return fl_str_is_one_of(name, words);
}

static bool is_test_folder(fl_str name, fl_str above)
{
    static const char *const always[] = { "__tests__", "__test__", "__mocks__", "__snapshots__", "__fixtures__", "cypress",
                                          "e2e", ".storybook", "storybook", "playwright", "test-utils", "test-helpers", NULL };
    static const char *const usually[] = { "test", "tests", "spec", "specs", NULL };
    return fl_str_is_one_of(name, always) || (fl_str_is_one_of(name, usually) && !is_domain_folder(above));
}

static bool is_test_name(fl_str name)
{
    static const char *const marks[] = { ".test.", ".tests.", ".spec.", ".e2e-spec.", ".e2e.", ".cy.", ".stories.", "_test.", ".d.ts",
                                         ".d.mts", ".d.cts", NULL };
    for (const char *const *mark = marks; *mark; mark++)
        if (fl_str_find(name, fl_str_from(*mark)) > 0) return true;
    return false;
}

static bool is_build_name(fl_str name)
{
    static const char *const exact[] = { "Gruntfile", "gulpfile", "Gulpfile", "wallaby", "setupTests", "jest.setup", "vitest.setup",
                                         ".eslintrc", ".prettierrc", ".babelrc", ".lintstagedrc", ".commitlintrc", ".mocharc",
                                         "karma.conf", "protractor.conf", NULL };
    static const char *const tools[] = { "jest", "vitest", "webpack", "babel", "rollup", "vite", "tailwind", "postcss", "eslint",
                                         "prettier", "playwright", "cypress", "commitlint", "lint-staged", "tsup", "karma", "metro",
                                         "stylelint", "esbuild", "next", "nuxt", "svelte", "astro", "ecosystem", "knip", NULL };
    fl_str stem = fl_str_sub(name, 0, name.len - fl_fs_extension(name).len);
    if (fl_str_is_one_of(stem, exact) || fl_str_starts(name, FL_S("webpack."))) return true;
    ptrdiff_t dot = fl_str_find_char(stem, '.');
    return dot > 0 && fl_str_ends(stem, FL_S(".config")) && fl_str_is_one_of(fl_str_sub(stem, 0, (size_t)dot), tools);
}

bool fl_js_is_test(fl_str path)
{
    fl_str rest = path, part, above = FL_S("");
    while (fl_str_split(&rest, '/', &part)) {
        bool is_name = part.ptr + part.len == path.ptr + path.len;
        if (is_name) return is_test_name(part) || is_build_name(part);
        if (is_test_folder(part, above)) return true;
        above = part;
    }
    return false;
}
