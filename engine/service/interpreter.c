/*
 * Which interpreter runs the project, and what it lacks. A runtime model says:
 *
 *   interpreter
 *     name        the program's name
 *     managers    those that keep environments out of the project: when one of `exists` is there, the folder that `command` prints, and
 *                 `folder` below it
 *     folders     of the system, looked into last
 *     probe       its arguments; the names of packages come behind them. It prints those that it cannot find
 *   missing       how the output says that a package is not there: its name is what stands between `after` and `until`
 *   install       what helps: the first rule without `exists`, or one of whose files is there, `say`s it
 *
 * Read fl_interpreter_find. Order: the model's `path`, managers, PATH, `folders`; the first that has everything is taken, else the first
 * of those that have most.
 */
#include "base/fs.h"
#include "engine/service/service_p.h"

#include <stdlib.h>

typedef struct candidate {
    fl_str shown, folder;   /* "${folder}/.venv/bin"; absolute */
    bool is_on_path;
} candidate;

struct search {
    fl_arena *arena;
    fl_str project;
    fl_str name;
    FL_VEC(candidate) found;
};

static void add(struct search *search, fl_str shown, bool is_on_path)
{
    const fl_runtime_variable variables[] = {{"folder", search->project}, {NULL, {0}}};
    fl_str folder = fl_runtime_fill(search->arena, shown, variables), real;
    if (folder.len == 0 || !fl_fs_is_executable(fl_fs_join(search->arena, folder, search->name).ptr))
        return;
    if (fl_fs_real(search->arena, folder.ptr, &real, NULL) != FL_OK)
        return;
    for (size_t i = 0; i < search->found.count; i++)
        if (fl_str_eq(search->found.items[i].folder, real))
            return;
    fl_vec_push(search->arena, &search->found, (candidate){shown, real, is_on_path});
}

/* One of the files is there; true when none is asked for. */
static bool fits(fl_arena *arena, fl_str project, const fl_data *exists)
{
    bool is_there = !exists;
    for (const fl_data *each = exists ? exists->first : NULL; each && !is_there; each = each->next)
        is_there = fl_fs_exists(fl_fs_join(arena, project, fl_data_str(each, (fl_str){0})).ptr);
    return is_there;
}

static void ask_managers(struct search *search, const fl_data *managers)
{
    for (const fl_data *each = managers ? managers->first : NULL; each; each = each->next) {
        if (!fits(search->arena, search->project, fl_data_get_c(each, "exists")))
            continue;
        const fl_proc_options options = {.command = fl_str_c(search->arena, fl_data_get_str(each, "command")), .folder = search->project.ptr};
        fl_str output = {0}, line;
        int code = 0;
        if (fl_proc_run(search->arena, &options, FL_LIMIT_PROBE_MS, &output, &code, NULL) != FL_OK || code != 0)
            continue;
        while (fl_str_split(&output, '\n', &line))   /* they warn before they answer */
            if (fl_str_starts(line, FL_S("/")))
                add(search, fl_fs_join(search->arena, fl_str_trim(line), fl_data_get_str(each, "folder")), false);
    }
}

/* How many of the packages it lacks, and which; SIZE_MAX: it does not run. */
static size_t ask(const struct search *search, const candidate *one, fl_str probe, fl_str *lacks)
{
    fl_arena *arena = search->arena;
    fl_str program = fl_fs_join(arena, one->folder, search->name), output = {0}, line, last = {0}, word;
    const fl_proc_options options = {.command = fl_str_format(arena, "\"" FL_STR_FMT "\" " FL_STR_FMT, FL_STR_ARG(program), FL_STR_ARG(probe)).ptr,
                                     .folder = search->project.ptr};
    int code = 0;
    if (fl_proc_run(arena, &options, FL_LIMIT_PROBE_MS, &output, &code, NULL) != FL_OK || code != 0)
        return SIZE_MAX;
    while (fl_str_split(&output, '\n', &line))
        if (fl_str_trim(line).len)
            last = fl_str_trim(line);
    size_t count = 0;
    *lacks = last;
    while (fl_str_split(&last, ' ', &word))
        count += word.len > 0;
    return count;
}

static bool is_plain(fl_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'))
            return false;
    }
    return name.len > 0;
}

fl_str fl_interpreter_find(fl_arena *arena, const fl_data *model, fl_str folder, const fl_str *packages, size_t package_count, fl_str *why)
{
    const fl_data *wanted = fl_data_get_c(model, "interpreter"), *paths = fl_data_get_c(model, "path"), *others = fl_data_get_c(wanted, "folders");
    *why = (fl_str){0};
    if (!wanted || package_count == 0)
        return (fl_str){0};
    struct search search = {.arena = arena, .project = fl_str_copy(arena, folder), .name = fl_data_get_str(wanted, "name")};
    for (const fl_data *each = paths ? paths->first : NULL; each; each = each->next)
        add(&search, fl_str_format(arena, "${folder}/" FL_STR_FMT, FL_STR_ARG(fl_data_str(each, (fl_str){0}))), false);
    ask_managers(&search, fl_data_get_c(wanted, "managers"));
    fl_str rest = fl_str_from(getenv("PATH")), path;
    while (fl_str_split(&rest, ':', &path))
        if (fl_str_starts(path, FL_S("/")))
            add(&search, path, true);
    for (const fl_data *each = others ? others->first : NULL; each; each = each->next)
        add(&search, fl_data_str(each, (fl_str){0}), false);
    fl_str probe = fl_data_get_str(wanted, "probe"), lacks = {0};
    size_t asked = 0;
    for (size_t i = 0; i < package_count && asked < FL_LIMIT_PROBE_PACKAGES; i++) {
        if (!is_plain(packages[i]))
            continue;
        probe = fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(probe), FL_STR_ARG(packages[i]));
        asked++;
    }
    const candidate *best = NULL, *first = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < search.found.count && least > 0; i++) {
        fl_str missing = {0};
        size_t count = ask(&search, &search.found.items[i], probe, &missing);
        first = first ? first : &search.found.items[i];
        if (count < least)
            best = &search.found.items[i], least = count, lacks = missing;
    }
    if (!best || (best == first && best->is_on_path))
        return (fl_str){0};
    *why = least ? fl_str_format(arena, "it has most of what is imported; without " FL_STR_FMT, FL_STR_ARG(lacks))
                 : FL_S("the first that has all that is imported");
    return best->shown;
}

fl_str fl_interpreter_missing(fl_arena *arena, const fl_data *model, fl_str folder, fl_str output)
{
    const fl_data *words = fl_data_get_c(model, "missing"), *helps = fl_data_get_c(model, "install");
    fl_str package = {0}, help = {0};
    for (const fl_data *each = words ? words->first : NULL; each && package.len == 0; each = each->next) {
        fl_str after = fl_data_get_str(each, "after"), until = fl_data_get_str(each, "until");
        ptrdiff_t at = fl_str_find(output, after);
        fl_str rest = fl_str_sub(output, at < 0 ? output.len : (size_t)at + after.len, output.len);
        ptrdiff_t end = fl_str_find(rest, until);
        if (end > 0 && is_plain(fl_str_trim(fl_str_sub(rest, 0, (size_t)end))))
            package = fl_str_trim(fl_str_sub(rest, 0, (size_t)end));
    }
    for (const fl_data *each = helps ? helps->first : NULL; each && help.len == 0 && package.len; each = each->next)
        if (fits(arena, folder, fl_data_get_c(each, "exists")))
            help = fl_data_get_str(each, "say");
    if (package.len == 0)
        return (fl_str){0};
    return fl_str_format(arena, "the package '" FL_STR_FMT "' is not installed; " FL_STR_FMT, FL_STR_ARG(package), FL_STR_ARG(help));
}
