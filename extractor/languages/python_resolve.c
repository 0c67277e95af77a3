/*
 * From an import to a file, and which files are only tests or build configuration. Specifiers are those of the language:
 * "a.b", ".a", "..". Absolute ones are looked for in every folder above that is no package itself, nearest first, and in `src`
 * below it. A folder without __init__.py is no file: what is imported from it is asked for by its whole name.
 */
#include "extractor/languages/python_p.h"
#include "base/fs.h"
#include <string.h>

typedef struct seek { const fl_resolver *resolver; fl_arena *scratch; } seek;

static const fl_import nothing = { .kind = FL_IMPORT_NONE };

static fl_str folder_of(fl_str path)
{
    ptrdiff_t slash = fl_str_rfind_char(path, '/');
    return slash < 0 ? FL_S("") : fl_str_sub(path, 0, (size_t)slash);
}

static fl_str join(const seek *s, fl_str folder, fl_str path) { return !folder.len ? path : !path.len ? folder : fl_fs_join(s->scratch, folder, path); }

static bool take(const seek *s, fl_str path, fl_str suffix, fl_import *out)
{
    uint32_t file;
    if (!s->resolver->find(s->resolver->context, fl_str_join(s->scratch, path, suffix, FL_S("")), &file)) return false;
    *out = (fl_import){ .kind = FL_IMPORT_FILE, .file = file };
    return true;
}

/* A module or a package at this path. */
static bool try_path(const seek *s, fl_str path, fl_import *out)
{
    if (!path.len) return take(s, FL_S("__init__"), FL_S(".py"), out);
    return take(s, path, FL_S("/__init__.py"), out) || take(s, path, FL_S(".py"), out);
}

static bool is_package(const seek *s, fl_str folder)
{
    return folder.len && s->resolver->exists(s->resolver->context, fl_str_join(s->scratch, folder, FL_S("/__init__.py"), FL_S("")));
}

/* "a.b" to "a/b" */
static fl_str as_path(const seek *s, fl_str dotted)
{
    char *text = fl_arena_alloc(s->scratch, dotted.len + 1);
    if (dotted.len) memcpy(text, dotted.ptr, dotted.len);
    for (size_t i = 0; i < dotted.len; i++)
        if (text[i] == '.') text[i] = '/';
    return (fl_str){ text, dotted.len };
}

static fl_import resolve(const seek *s, fl_str from, fl_str specifier)
{
    fl_import out = nothing;
    fl_str folder = folder_of(from);
    if (!specifier.len || specifier.len > FL_LIMIT_PATH_BYTES || fl_str_find_char(specifier, '/') >= 0) return nothing;
    if (specifier.ptr[0] == '.') {
        size_t dots = 0;
        while (dots < specifier.len && specifier.ptr[dots] == '.') dots++;
        for (size_t i = 1; i < dots; i++) {
            if (!folder.len) return nothing;
            folder = folder_of(folder);
        }
        return try_path(s, join(s, folder, as_path(s, fl_str_sub(specifier, dots, specifier.len))), &out) ? out : nothing;
    }
    fl_str path = as_path(s, specifier);
    for (bool is_last = false; !is_last; folder = folder_of(folder)) {
        is_last = !folder.len;
        if (is_package(s, folder)) continue;
        if (try_path(s, join(s, folder, path), &out) || try_path(s, join(s, join(s, folder, FL_S("src")), path), &out)) return out;
    }
    if (try_path(s, join(s, FL_S(FL_LIBRARY_FOLDER), path), &out)) return out;
    /* A package of which a file is run as a script: what stands beside that is imported by its own name. */
    for (folder = folder_of(from); folder.len && is_package(s, folder); folder = folder_of(folder))
        if (!fl_str_eq(join(s, folder, fl_str_format(s->scratch, FL_STR_FMT ".py", FL_STR_ARG(path))), from) && try_path(s, join(s, folder, path), &out)) return out;
    return (fl_import){ .kind = FL_IMPORT_PACKAGE, .package = fl_str_copy(s->resolver->arena, specifier) };
}

fl_import fl_py_resolve(const fl_resolver *resolver, const fl_file *from, fl_str specifier)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    seek s = { .resolver = resolver, .scratch = &scratch };
    fl_import found = resolve(&s, from->path, specifier);
    fl_arena_release(&scratch);
    return found;
}

/* ---- tests and build configuration ---- */

bool fl_py_is_test(fl_str path)
{
    static const char *const folders[] = { "tests", "test", "testing", "alembic", "docs", "examples", NULL };
    static const char *const names[] = { "conftest.py", "noxfile.py", "fabfile.py", "tests.py", "test.py", "versioneer.py", NULL };
    fl_str rest = path, part, above = FL_S("");
    while (fl_str_split(&rest, '/', &part)) {
        bool is_name = part.ptr + part.len == path.ptr + path.len;
        if (is_name && fl_str_eq_c(part, "setup.py")) return !above.len; /* core/setup.py is a module like others */
        if (is_name) return fl_str_is_one_of(part, names) || fl_str_starts(part, FL_S("test_")) || fl_str_ends(part, FL_S("_test.py"));
        if (fl_str_is_one_of(part, folders) || (fl_str_eq_c(part, "versions") && fl_str_eq_c(above, "migrations"))) return true;
        above = part;
    }
    return false;
}
