/*
 * From a project's files to a plan, by the runtime models. A model (models/runtimes/<name>.yaml) says:
 *
 *   languages            which languages it is for; a hint that names another language rules it out
 *   start, build         rules, the first that fits counts. A rule has `command` and one of
 *       file, key        a JSON or YAML file and a pointer to a non-empty text in it: ${value}; `unless`: pointer that must not be there;
 *                        `is_file`: that text names a file that is there
 *       exists           the first of these files that is there: ${file}
 *       entry            endings of the file in which the extractor saw the service listen: ${entry}
 *       application      frameworks, when the extractor saw an application object of one of them: ${application} is its name or that of
 *                        the function that makes it, ${module} its file in the words of `modules`, ${module_root} where those begin;
 *                        ${factory} is the rule's `factory` when it is such a function
 *     `account`            (start only) `name` and `password` of the caller that `prepare` makes: ${account}, ${password}
 *     `when_imported`      packages, one of which the sources must import
 *     `prepare` (start only): command that is run once before it, in the copy; where there is no copy there is no such start
 *     `when_start_names` (build only): parts, one of which the start command must contain
 *     `again` (build only): the command where it was built before
 *     `otherwise` (start only): the command when that one ends before the service is ready
 *     In commands ${arguments} is the port, where the source takes it from its arguments; ${build}, ${program} and ${port} are
 *     known when the service starts.
 *   interpreter, missing, install   see interpreter.c
 *   restores_files       whatever it writes in the copy is taken back before it is started again
 *   in_copy              it is built and started in a copy of the project
 *   linked_folders       those that the copy shares with the original
 *   open_input           its standard input does not end: many wait for a key to be pressed
 *   not_programs         file names of programs that are not the service
 *   compile              see workspace.c
 *   debugger             `needs` a program, `command` around ${command} that prints a back trace when it dies
 *   modules              how a file becomes a module's name: `roots`, folders that are left out, `endings`, which are cut off, and
 *                        `separator` instead of slashes
 *   rewrite              beginnings of a start command, behind its settings, that are replaced (watchers); without a space at
 *                        the end it is the whole command
 *   watchers             programs that start the service again whenever a file changes; what they start is run instead.
 *       programs         their names, alone or behind one of `launchers`
 *       run              what they start a file with; `run_by_ending` says it for some endings
 *       exec             options whose value is a command, started instead of `run`
 *       with_value       options that take a value; they and `flags` are left out, all others are passed on
 *       alone            the command when no file is named
 *   launchers            words that may stand before a watcher (with settings behind them or not)
 *   path                 folders of the project put before PATH
 *   port_variable        what tells the service its port when the source does not say
 *   environment_files    examples whose settings are taken, the first that is there; not those that are set already, or
 *                        stand in the file `environment_in_use`
 *   secrets              settings that get a `value` when nothing gives them one: those whose names have one of `endings`
 *   passes_environment   what stands in `environment_in_use` is set, too: not every project reads it by itself
 *   errors_elsewhere     classes of errors that say that another service is not there: no faults, when nothing foresaw them
 *   vendored             names of folders that hold other people's code
 *   needs                paths that must be there when `key` of `file` is; else `say` is part of the explanation
 *   hook                 see hook.c
 *
 * Nothing here knows a language. Every inferred value leaves a line in plan->because.
 */
#include "base/fs.h"
#include "engine/service/service_p.h"

#include <stdlib.h>

/* ---- models ---- */

static fl_str folder_of_models(fl_arena *arena)
{
    return fl_fs_join(arena, fl_fs_data_dir(arena), FL_S("models/runtimes"));
}

static const char *const top_keys[] = {"model", "kind", "languages", "start", "rewrite", "watchers", "launchers", "build", "path",
                                       "port_variable", "environment_files", "environment_in_use", "secrets", "vendored", "needs", "hook", "in_copy", "linked_folders",
                                       "open_input", "not_programs", "compile", "debugger", "modules", "interpreter", "missing", "install", "runs", "prepare",
                                       "restores_files", "passes_environment", "errors_elsewhere", NULL};
static const char *const account_keys[] = {"name", "password", NULL};
static const char *const rule_keys[] = {"file", "key", "unless", "is_file", "exists", "entry", "application", "factory", "command", "when_start_names", "again", "otherwise", "prepare",
                                        "when_imported", "account", "listens", NULL};
static const char *const module_keys[] = {"roots", "endings", "separator", NULL};
static const char *const interpreter_keys[] = {"name", "managers", "folders", "probe", NULL};
static const char *const manager_keys[] = {"exists", "command", "folder", NULL};
static const char *const missing_keys[] = {"after", "until", NULL};
static const char *const install_keys[] = {"exists", "say", NULL};
static const char *const rewrite_keys[] = {"from", "to", NULL};
static const char *const watcher_keys[] = {"programs", "run", "run_by_ending", "exec", "with_value", "flags", "alone", NULL};
static const char *const need_keys[] = {"path", "file", "key", "say", NULL};
static const char *const hook_keys[] = {"file", "env", "append", "prepend", "report_variable", "flush_header", "request_header",
                                        "control_variable", "lines", "forget_lines", NULL};
static const char *const compile_keys[] = {"path", "variants", NULL};
static const char *const variant_keys[] = {"name", "sanitizes", "hook", "prepare", "env", "append", NULL};
static const char *const debugger_keys[] = {"needs", "command", NULL};

static fl_status check_keys(fl_str path, const fl_data *map, const char *const *known, fl_err *err)
{
    if (map && map->kind != FL_DATA_MAP)
        return fl_fail(err, FL_E_USAGE, "'%s' line %u: expected a map", path.ptr, map->line + 1);
    for (const fl_data *child = map ? map->first : NULL; child; child = child->next) {
        const char *nearest = known[0];
        size_t best = SIZE_MAX;
        for (const char *const *key = known; *key && best; key++) {
            size_t distance = fl_str_distance(child->key, fl_str_from(*key));
            if (distance < best)
                best = distance, nearest = *key;
        }
        if (best)
            return fl_fail(err, FL_E_USAGE, "'%s' line %u: unknown key '" FL_STR_FMT "'; did you mean '%s'?", path.ptr,
                           child->line + 1, FL_STR_ARG(child->key), nearest);
    }
    return FL_OK;
}

static fl_status check_model(fl_str path, const fl_data *model, fl_err *err)
{
    static const struct {
        const char *list;
        const char *const *keys;
    } lists[] = {{"start", rule_keys}, {"build", rule_keys}, {"rewrite", rewrite_keys}, {"prepare", rule_keys}, {"watchers", watcher_keys}, {"needs", need_keys},
                 {"missing", missing_keys}, {"install", install_keys}};
    fl_status status = check_keys(path, model, top_keys, err);
    if (!status)
        status = check_keys(path, fl_data_get_c(model, "hook"), hook_keys, err);
    if (!status)
        status = check_keys(path, fl_data_get_c(model, "modules"), module_keys, err);
    const fl_data *interpreter = fl_data_get_c(model, "interpreter"), *managers = fl_data_get_c(interpreter, "managers");
    if (!status)
        status = check_keys(path, interpreter, interpreter_keys, err);
    for (const fl_data *manager = managers ? managers->first : NULL; manager && !status; manager = manager->next)
        status = check_keys(path, manager, manager_keys, err);
    const fl_data *compile = fl_data_get_c(model, "compile"), *variants = fl_data_get_c(compile, "variants");
    if (!status)
        status = check_keys(path, compile, compile_keys, err);
    for (const fl_data *variant = variants ? variants->first : NULL; variant && !status; variant = variant->next)
        status = check_keys(path, variant, variant_keys, err);
    if (!status)
        status = check_keys(path, fl_data_get_c(model, "debugger"), debugger_keys, err);
    for (size_t i = 0; i < FL_COUNT(lists) && !status; i++) {
        const fl_data *list = fl_data_get_c(model, lists[i].list);
        for (const fl_data *item = list ? list->first : NULL; item && !status; item = item->next) {
            status = check_keys(path, item, lists[i].keys, err);
            if (!status && lists[i].keys == rule_keys)
                status = check_keys(path, fl_data_get_c(item, "account"), account_keys, err);
            if (!status && lists[i].keys == rule_keys && fl_data_get_str(item, "command").len == 0)
                status = fl_fail(err, FL_E_USAGE, "'%s' line %u: a rule needs a 'command'", path.ptr, item->line + 1);
        }
    }
    return status;
}

static fl_status read_model(fl_arena *arena, fl_str path, const fl_data **out, fl_err *err)
{
    fl_data *model;
    fl_status status = fl_data_read_file(arena, path.ptr, &model, err);
    if (!status)
        status = check_model(path, model, err);
    *out = status ? NULL : model;
    return status;
}

fl_status fl_runtime_read(fl_arena *arena, fl_str name, const fl_data **out, fl_err *err)
{
    fl_str file = fl_str_format(arena, FL_STR_FMT ".yaml", FL_STR_ARG(name));
    return read_model(arena, fl_fs_join(arena, folder_of_models(arena), file), out, err);
}

fl_str fl_runtime_fill(fl_arena *arena, fl_str text, const fl_runtime_variable *variables)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < text.len;) {
        fl_str rest = fl_str_sub(text, i, text.len);
        const fl_runtime_variable *found = NULL;
        size_t len = 0;
        for (const fl_runtime_variable *each = variables; each->name && !found && rest.ptr[0] == '$'; each++) {
            fl_str spelled = fl_str_format(arena, "${%s}", each->name);
            if (fl_str_starts(rest, spelled))
                found = each, len = spelled.len;
        }
        if (found)
            fl_buf_add(&out, found->value);
        else
            fl_buf_add_char(&out, text.ptr[i]);
        i += found ? len : 1;
    }
    fl_str filled = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return filled;
}

/* ---- rules ---- */

struct inference {
    fl_arena *arena;
    fl_service_plan *plan;
    const fl_service_hints *hints;
    const fl_data *model;
};

static fl_str path_in(const struct inference *inference, fl_str name)
{
    return fl_fs_join(inference->arena, inference->plan->folder, name);
}

static bool is_there(const struct inference *inference, fl_str name)
{
    return fl_fs_exists(path_in(inference, name).ptr);
}

/* Files that cannot be read say nothing; that is not this command's business. */
static const fl_data *look_up(const struct inference *inference, fl_str file, fl_str pointer)
{
    fl_data *root;
    if (!is_there(inference, file) || fl_data_read_file(inference->arena, path_in(inference, file).ptr, &root, NULL))
        return NULL;
    return fl_data_pointer(root, pointer);
}

static void because(const struct inference *inference, const char *what, fl_str value, fl_str source)
{
    fl_str line = fl_str_format(inference->arena, "%s: " FL_STR_FMT " (" FL_STR_FMT ")", what, FL_STR_ARG(value), FL_STR_ARG(source));
    fl_vec_push(inference->arena, &inference->plan->because, line);
}

/* The name of a file as a module; *root is the folder that its name does not have. */
static fl_str module_of(const struct inference *inference, fl_str file, fl_str imports_begin, fl_str *root)
{
    const fl_data *words = fl_data_get_c(inference->model, "modules"), *list = fl_data_get_c(words, "roots");
    *root = FL_S(".");
    if (imports_begin.len && fl_str_starts(file, imports_begin) && file.len > imports_begin.len && file.ptr[imports_begin.len] == '/') {
        *root = imports_begin;
        file = fl_str_sub(file, imports_begin.len + 1, file.len);
        list = NULL;
    }
    for (const fl_data *each = list ? list->first : NULL; each; each = each->next) {
        fl_str folder = fl_data_str(each, (fl_str){0});
        if (!fl_str_starts(file, folder) || file.len <= folder.len || file.ptr[folder.len] != '/')
            continue;
        *root = folder;
        file = fl_str_sub(file, folder.len + 1, file.len);
        break;
    }
    list = fl_data_get_c(words, "endings");
    for (const fl_data *each = list ? list->first : NULL; each; each = each->next)
        if (fl_str_ends(file, fl_data_str(each, (fl_str){0})))
            file = fl_str_sub(file, 0, file.len - fl_data_str(each, (fl_str){0}).len);
    return fl_str_replace(inference->arena, file, FL_S("/"), fl_data_get_str(words, "separator"));
}

static bool is_in(const fl_data *list, fl_str word)
{
    for (const fl_data *each = list ? list->first : NULL; each; each = each->next)
        if (fl_str_eq(fl_data_str(each, (fl_str){0}), word))
            return true;
    return false;
}

/* "dist/server.js" is below "dist/", and "./dist" is that folder itself. */
static bool names_folder(fl_str command, fl_str part)
{
    if (fl_str_find(command, part) >= 0)
        return true;
    if (part.len < 2 || part.ptr[part.len - 1] != '/')
        return false;
    fl_str folder = fl_str_sub(part, 0, part.len - 1), word;
    while (fl_str_split(&command, ' ', &word)) {
        while (word.len && (word.ptr[0] == '"' || word.ptr[0] == '\''))
            word = fl_str_sub(word, 1, word.len);
        while (word.len && (word.ptr[word.len - 1] == '"' || word.ptr[word.len - 1] == '\''))
            word.len--;
        if (fl_str_starts(word, FL_S("./")))
            word = fl_str_sub(word, 2, word.len);
        if (fl_str_eq(word, folder))
            return true;
    }
    return false;
}

/* The sources import one of the packages, as far as is known; true when none is asked for. */
static bool is_imported(const struct inference *inference, const fl_data *packages)
{
    const fl_service_hints *hints = inference->hints;
    for (size_t i = 0; packages && hints && i < hints->package_count; i++)
        if (is_in(packages, hints->packages[i]))
            return true;
    return !packages || !hints || hints->package_count == 0;
}

/* The first of the names that is there; empty: none. */
static fl_str any_there(const struct inference *inference, const fl_data *names)
{
    for (const fl_data *name = names->first; name; name = name->next)
        if (is_there(inference, fl_data_str(name, (fl_str){0})))
            return fl_data_str(name, (fl_str){0});
    return (fl_str){0};
}

/* Has the file one of the keys, of one or a list? */
static bool has_any(const struct inference *inference, fl_str file, const fl_data *keys)
{
    bool is_list = keys && keys->kind == FL_DATA_LIST;
    for (const fl_data *key = is_list ? keys->first : keys; key; key = is_list ? key->next : NULL)
        if (look_up(inference, file, fl_data_str(key, (fl_str){0})))
            return true;
    return false;
}

/* Does the program of that file listen? "app" and "./app.js" are app.js. */
static bool listens(const struct inference *inference, fl_str file)
{
    const fl_service_hints *hints = inference->hints;
    if (fl_str_starts(file, FL_S("./")))
        file = fl_str_sub(file, 2, file.len);
    for (size_t i = 0; hints && i < hints->start_count; i++) {
        fl_str one = hints->starts[i], ending = fl_fs_extension(one);
        if (fl_str_eq(one, file) || (ending.len && fl_str_eq(fl_str_sub(one, 0, one.len - ending.len), file)))
            return true;
    }
    return false;
}

/* The command of a rule that fits and where it comes from; empty when it does not fit. */
static fl_str apply_rule(const struct inference *inference, const fl_data *rule, fl_str *source, fl_str *otherwise, fl_str *prepare)
{
    fl_arena *arena = inference->arena;
    fl_str file = fl_data_get_str(rule, "file"), key = fl_data_get_str(rule, "key");
    fl_str value = {0}, found = {0}, entry = {0};
    if (!is_imported(inference, fl_data_get_c(rule, "when_imported")))
        return (fl_str){0};
    const fl_data *exists = fl_data_get_c(rule, "exists"), *endings = fl_data_get_c(rule, "entry");
    if (file.len) {
        const fl_data *node = look_up(inference, file, key);
        value = fl_str_trim(fl_data_str(node, (fl_str){0}));
        if (value.len == 0 || has_any(inference, file, fl_data_get_c(rule, "unless")))
            return (fl_str){0};
        if (fl_data_get_bool(rule, "is_file", false) && !is_there(inference, value))
            return (fl_str){0};
        if (fl_data_get_bool(rule, "listens", false) && !listens(inference, value))
            return (fl_str){0};
        if (exists && !any_there(inference, exists).len)
            return (fl_str){0};
        fl_str steps = fl_str_sub(key, 1, key.len);
        char *dotted = fl_str_c(arena, steps);
        for (char *c = dotted; *c; c++)
            if (*c == '/')
                *c = '.';
        *source = fl_str_format(arena, FL_STR_FMT " %s", FL_STR_ARG(file), dotted);
    } else if (exists) {
        found = any_there(inference, exists);
        if (found.len == 0)
            return (fl_str){0};
        *source = fl_str_format(arena, FL_STR_FMT " is there", FL_STR_ARG(found));
    }
    if (endings) {
        entry = inference->hints ? inference->hints->entry_file : (fl_str){0};
        bool is_one = false;
        for (const fl_data *ending = endings->first; ending && !is_one; ending = ending->next)
            is_one = entry.len && fl_str_ends(entry, fl_data_str(ending, (fl_str){0}));
        if (!is_one)
            return (fl_str){0};
        if (!file.len)
            *source = fl_str_format(arena, "the service listens in " FL_STR_FMT, FL_STR_ARG(entry));
    }
    const fl_data *frameworks = fl_data_get_c(rule, "application");
    fl_str application = {0}, module = {0}, module_root = {0}, factory = {0};
    if (frameworks) {
        if (!inference->hints || !is_in(frameworks, inference->hints->application.framework))
            return (fl_str){0};
        application = inference->hints->application.name;
        module = module_of(inference, inference->hints->application.file, inference->hints->application.root, &module_root);
        factory = inference->hints->application.is_factory ? fl_data_get_str(rule, "factory") : (fl_str){0};
        *source = fl_str_format(arena, FL_STR_FMT " in " FL_STR_FMT, FL_STR_ARG(application), FL_STR_ARG(inference->hints->application.file));
    }
    const fl_data *names = fl_data_get_c(rule, "when_start_names");
    bool is_named = !names;
    for (const fl_data *name = names ? names->first : NULL; name && !is_named; name = name->next)
        is_named = names_folder(inference->plan->start, fl_data_str(name, (fl_str){0}));
    if (!is_named)
        return (fl_str){0};
    const fl_data *account = fl_data_get_c(rule, "account");
    bool has_argument = inference->hints && inference->hints->port_argument == 1;
    const fl_runtime_variable variables[] = {{"value", value}, {"file", found}, {"entry", entry}, {"arguments", has_argument ? FL_S("${port}") : FL_S("")},
                                             {"application", application}, {"module", module}, {"module_root", module_root}, {"factory", factory},
                                             {"account", fl_data_get_str(account, "name")}, {"password", fl_data_get_str(account, "password")}, {NULL, {0}}};
    *otherwise = fl_str_trim(fl_runtime_fill(arena, fl_data_get_str(rule, "otherwise"), variables));
    *prepare = fl_str_trim(fl_runtime_fill(arena, fl_data_get_str(rule, "prepare"), variables));
    return fl_str_trim(fl_runtime_fill(arena, fl_data_get_str(rule, "command"), variables));
}

/* *rule is the one that fits, and before that the one behind which to look; NULL: at the first. */
static fl_str first_command(const struct inference *inference, const char *list, fl_str *source, fl_str *otherwise, fl_str *prepare, const fl_data **rule)
{
    const fl_data *rules = fl_data_get_c(inference->model, list);
    fl_str command = {0};
    for (const fl_data *each = *rule ? (*rule)->next : rules ? rules->first : NULL; each && command.len == 0; each = each->next) {
        command = apply_rule(inference, each, source, otherwise, prepare);
        *rule = each;
    }
    return command;
}

/* "A=1 B=2 node app.js": where the command begins behind its settings. */
static size_t behind_settings(fl_str command)
{
    size_t at = 0;
    for (fl_str rest = command, word; fl_str_split(&rest, ' ', &word) && fl_str_find_char(word, '=') > 0 && word.ptr[0] != '-';)
        at += word.len + 1;
    return at < command.len ? at : 0;
}

static fl_str rewritten(const struct inference *inference, fl_str command)
{
    const fl_data *rewrites = fl_data_get_c(inference->model, "rewrite");
    size_t at = behind_settings(command);
    fl_str settings = fl_str_sub(command, 0, at), program = fl_str_sub(command, at, command.len);
    for (const fl_data *each = rewrites ? rewrites->first : NULL; each; each = each->next) {
        fl_str from = fl_data_get_str(each, "from");
        bool is_whole = from.len && from.ptr[from.len - 1] != ' ';
        if (from.len && (is_whole ? fl_str_eq(program, from) : fl_str_starts(program, from)))
            return fl_str_format(inference->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(settings), FL_STR_ARG(fl_data_get_str(each, "to")),
                                 FL_STR_ARG(fl_str_sub(program, from.len, program.len)));
    }
    return command;
}

/* ---- watchers ---- */

typedef FL_VEC(fl_str) words;

/* Words of a command line, quotes kept. false: it says more than one command. */
static bool split_words(fl_arena *arena, fl_str command, words *out)
{
    char quote = 0;
    size_t start = 0;
    for (size_t i = 0; i <= command.len; i++) {
        char c = i < command.len ? command.ptr[i] : ' ';
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '&' || c == '|' || c == ';') {
            return false;
        } else if (c == ' ' || c == '\t') {
            if (i > start)
                fl_vec_push(arena, out, fl_str_sub(command, start, i));
            start = i + 1;
        }
    }
    return quote == 0;
}

static fl_str unquoted(fl_str word)
{
    bool is_quoted = word.len > 1 && (word.ptr[0] == '"' || word.ptr[0] == '\'') && word.ptr[word.len - 1] == word.ptr[0];
    return is_quoted ? fl_str_sub(word, 1, word.len - 1) : word;
}

/* Behind the settings and launchers (`cross-env A=1 npx …`): where the program's name stands. */
static size_t program_at(const struct inference *inference, const words *command)
{
    const fl_data *launchers = fl_data_get_c(inference->model, "launchers");
    size_t at = 0;
    while (at < command->count && (is_in(launchers, command->items[at]) ||
                                   (command->items[at].ptr[0] != '-' && fl_str_find_char(command->items[at], '=') > 0)))
        at++;
    return at;
}

static const fl_data *watcher_named(const struct inference *inference, fl_str program)
{
    const fl_data *watchers = fl_data_get_c(inference->model, "watchers");
    ptrdiff_t slash = fl_str_rfind_char(program, '/');
    program = fl_str_sub(program, (size_t)(slash + 1), program.len);
    for (const fl_data *each = watchers ? watchers->first : NULL; each; each = each->next)
        if (is_in(fl_data_get_c(each, "programs"), program))
            return each;
    return NULL;
}

static void add_word(fl_buf *out, fl_str word)
{
    if (out->len)
        fl_buf_add_char(out, ' ');
    fl_buf_add(out, word);
}

/* What starts that file: `run`, or what its ending asks for. */
static fl_str runner_of(const fl_data *watcher, fl_str file)
{
    const fl_data *by_ending = fl_data_get_c(watcher, "run_by_ending");
    for (const fl_data *each = by_ending ? by_ending->first : NULL; each; each = each->next)
        if (fl_str_ends(unquoted(file), each->key))
            return fl_data_str(each, (fl_str){0});
    return fl_data_get_str(watcher, "run");
}

/* The command without its watcher; empty when there is none in it. */
static fl_str unwatched(const struct inference *inference, fl_str command)
{
    fl_arena *arena = inference->arena;
    words all = {0};
    if (!split_words(arena, command, &all))
        return (fl_str){0};
    size_t at = program_at(inference, &all);
    const fl_data *watcher = at < all.count ? watcher_named(inference, all.items[at]) : NULL;
    if (!watcher)
        return (fl_str){0};
    fl_str exec = {0}, file = {0};
    fl_buf rest, out;
    fl_buf_init(&rest, 0);
    fl_buf_init(&out, 0);
    for (size_t i = at + 1; i < all.count; i++) {
        fl_str word = all.items[i], name = word;
        ptrdiff_t equals = fl_str_find_char(word, '=');
        bool is_option = word.ptr[0] == '-' && file.len == 0, has_value = is_option && equals > 0;
        if (has_value)
            name = fl_str_sub(word, 0, (size_t)equals);
        bool is_exec = is_option && is_in(fl_data_get_c(watcher, "exec"), name);
        if (is_exec || (is_option && is_in(fl_data_get_c(watcher, "with_value"), name))) {
            fl_str value = has_value ? fl_str_sub(word, (size_t)equals + 1, word.len) : ++i < all.count ? all.items[i] : (fl_str){0};
            exec = is_exec ? unquoted(value) : exec;
            continue;
        }
        if (is_option && is_in(fl_data_get_c(watcher, "flags"), name))
            continue;
        if (!is_option && file.len == 0)
            file = word;
        add_word(&rest, word);
    }
    for (size_t i = 0; i < at; i++) /* settings stay; a launcher of settings (cross-env) too */
        if (fl_str_find_char(all.items[i], '=') > 0 || (i + 1 < at && fl_str_find_char(all.items[i + 1], '=') > 0))
            add_word(&out, all.items[i]);
    if (exec.len || file.len) {
        add_word(&out, exec.len ? exec : runner_of(watcher, file));
        if (rest.len)
            add_word(&out, fl_buf_str(&rest));
    } else {
        add_word(&out, fl_data_get_str(watcher, "alone"));
    }
    fl_str found = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&rest);
    fl_buf_release(&out);
    return found;
}

/* Does it run a file that is not there, and that no build makes either? ("nodemon server" since the template said so.) */
static bool runs_nothing(const struct inference *inference, fl_str command)
{
    const fl_data *runs = fl_data_get_c(inference->model, "runs"), *programs = fl_data_get_c(runs, "programs");
    const fl_data *build = fl_data_get_c(inference->model, "build");
    words all = {0};
    if (!programs || !split_words(inference->arena, command, &all))
        return false;
    size_t at = program_at(inference, &all);
    if (at >= all.count || !is_in(programs, all.items[at]))
        return false;
    for (at++; at < all.count && all.items[at].ptr[0] == '-'; at++)
        if (is_in(fl_data_get_c(runs, "with_value"), all.items[at]))
            at++;
    fl_str file = at < all.count ? unquoted(all.items[at]) : (fl_str){0};
    if (file.len == 0 || file.ptr[0] == '/' || fl_str_find_char(file, '$') >= 0 || is_there(inference, file))
        return false;
    for (const fl_data *rule = build ? build->first : NULL; rule; rule = rule->next) {
        const fl_data *names = fl_data_get_c(rule, "when_start_names");
        for (const fl_data *name = names ? names->first : NULL; name; name = name->next)
            if (names_folder(command, fl_data_str(name, (fl_str){0})))
                return false;
    }
    const fl_data *endings = fl_data_get_c(runs, "endings");
    for (const fl_data *ending = endings ? endings->first : NULL; ending; ending = ending->next)
        if (is_there(inference, fl_str_format(inference->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(file), FL_STR_ARG(fl_data_str(ending, (fl_str){0})))))
            return false;
    return true;
}

/* ---- environment ---- */

static void add_setting(const struct inference *inference, fl_str name, fl_str value)
{
    fl_str entry = fl_str_format(inference->arena, FL_STR_FMT "=" FL_STR_FMT, FL_STR_ARG(name), FL_STR_ARG(value));
    fl_vec_push(inference->arena, &inference->plan->env, entry);
}

/* "export NAME='value'  # comment" to name and value; false for comments, blank lines and what is no setting. */
static bool read_setting(fl_str line, fl_str *name, fl_str *value)
{
    line = fl_str_trim(line);
    if (fl_str_starts(line, FL_S("export ")))
        line = fl_str_trim(fl_str_sub(line, 7, line.len));
    ptrdiff_t equals = fl_str_find_char(line, '=');
    if (equals <= 0 || line.ptr[0] == '#')
        return false;
    *name = fl_str_trim(fl_str_sub(line, 0, (size_t)equals));
    *value = fl_str_trim(fl_str_sub(line, (size_t)equals + 1, line.len));
    for (size_t i = 0; i < name->len; i++) {
        char c = name->ptr[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9')))
            return false;
    }
    char quote = value->len ? value->ptr[0] : '\0';
    if (quote == '"' || quote == '\'') {
        fl_str inner = fl_str_sub(*value, 1, value->len);
        ptrdiff_t end = fl_str_find_char(inner, quote);
        *value = fl_str_sub(inner, 0, end < 0 ? inner.len : (size_t)end);
    } else {
        ptrdiff_t comment = fl_str_find(*value, FL_S(" #"));
        if (comment >= 0)
            *value = fl_str_trim(fl_str_sub(*value, 0, (size_t)comment));
        if (value->len && value->ptr[0] == '#')
            *value = (fl_str){0};
    }
    return true;
}

static bool has_setting(fl_str text, fl_str wanted)
{
    fl_str line, name, value;
    while (fl_str_split(&text, '\n', &line))
        if (read_setting(line, &name, &value) && fl_str_eq(name, wanted))
            return true;
    return false;
}

/* A command that names the file of settings (--env-file=.env) gets the example instead when only that is there. */
static void name_example(const struct inference *inference, fl_str used, fl_str example)
{
    fl_service_plan *plan = inference->plan;
    fl_str named = fl_str_format(inference->arena, "=" FL_STR_FMT, FL_STR_ARG(used));
    ptrdiff_t at = used.len && !is_there(inference, used) ? fl_str_find(plan->start, named) : -1;
    size_t end = (size_t)at + named.len;
    if (at < 0 || (end < plan->start.len && plan->start.ptr[end] != ' '))
        return;
    plan->start = fl_str_format(inference->arena, FL_STR_FMT "=" FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_str_sub(plan->start, 0, (size_t)at)),
                                FL_STR_ARG(example), FL_STR_ARG(fl_str_sub(plan->start, end, plan->start.len)));
    because(inference, "start", plan->start, fl_str_format(inference->arena, "there is no " FL_STR_FMT, FL_STR_ARG(used)));
}

/* "dialect://user:password@host:port/database": an address to fill in. */
static bool is_placeholder(fl_str value)
{
    ptrdiff_t begin = fl_str_find(value, FL_S("://"));
    if (begin < 0)
        return fl_str_starts(value, FL_S("<")) && fl_str_ends(value, FL_S(">"));
    fl_str host = fl_str_sub(value, (size_t)begin + 3, value.len);
    ptrdiff_t slash = fl_str_find_char(host, '/');
    if (slash >= 0)
        host = fl_str_sub(host, 0, (size_t)slash);
    ptrdiff_t at = fl_str_rfind_char(host, '@'), colon = fl_str_rfind_char(host, ':');
    if (colon <= at || (size_t)colon + 1 >= host.len)
        return false;
    char first = host.ptr[colon + 1];
    return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '<';
}

/* Settings of the example file that nothing else gives; an empty one means "may stay unset". Names the port is told by
 * are ours to set. *names_port becomes true when the example has the model's port variable. */
static void take_example(const struct inference *inference, fl_str port_variable, bool *names_port)
{
    fl_arena *arena = inference->arena;
    const fl_data *files = fl_data_get_c(inference->model, "environment_files");
    fl_str used_name = fl_data_get_str(inference->model, "environment_in_use"), used = {0}, text = {0}, file = {0};
    for (const fl_data *each = files ? files->first : NULL; each && file.len == 0; each = each->next)
        if (is_there(inference, fl_data_str(each, (fl_str){0})))
            file = fl_data_str(each, (fl_str){0});
    if (file.len == 0 || fl_fs_read(arena, path_in(inference, file).ptr, FL_LIMIT_DATA_BYTES, &text, NULL))
        return;
    name_example(inference, used_name, file);
    if (used_name.len && is_there(inference, used_name) &&
        fl_fs_read(arena, path_in(inference, used_name).ptr, FL_LIMIT_DATA_BYTES, &used, NULL))
        used = (fl_str){0};
    fl_str line, name, value;
    while (fl_str_split(&text, '\n', &line)) {
        if (!read_setting(line, &name, &value))
            continue;
        if (fl_str_eq(name, port_variable)) {
            *names_port = true;
            continue;
        }
        if (value.len == 0 || getenv(fl_str_c(arena, name)) || has_setting(used, name) || is_placeholder(value))
            continue;
        add_setting(inference, name, value);
        because(inference, "env", inference->plan->env.items[inference->plan->env.count - 1], file);
    }
}

/* What the file in use says, where the model wants it: nothing that is set already, and no value that is made of others. */
static void take_used(const struct inference *inference)
{
    fl_arena *arena = inference->arena;
    fl_str file = fl_data_get_str(inference->model, "environment_in_use"), text = {0}, line, name, value;
    fl_str port_variable = fl_data_get_str(inference->model, "port_variable");
    if (!fl_data_get_bool(inference->model, "passes_environment", false) || file.len == 0 || !is_there(inference, file) ||
        fl_fs_read(arena, path_in(inference, file).ptr, FL_LIMIT_DATA_BYTES, &text, NULL))
        return;
    while (fl_str_split(&text, '\n', &line))
        if (read_setting(line, &name, &value) && !fl_str_eq(name, port_variable) && fl_str_find_char(value, '$') < 0 && !getenv(fl_str_c(arena, name)))
            add_setting(inference, name, value);
}

/* Names that the sources read and that are secrets of the service's own: any value does. */
static void make_secrets(const struct inference *inference)
{
    fl_arena *arena = inference->arena;
    const fl_data *said = fl_data_get_c(inference->model, "secrets"), *endings = fl_data_get_c(said, "endings");
    const fl_service_hints *hints = inference->hints;
    for (size_t i = 0; endings && hints && i < hints->environment_count; i++) {
        fl_str name = hints->environment[i], start = fl_str_format(arena, FL_STR_FMT "=", FL_STR_ARG(name));
        bool is_secret = false, is_set = getenv(fl_str_c(arena, name)) != NULL;
        for (const fl_data *each = endings->first; each && !is_secret; each = each->next)
            is_secret = fl_str_ends(name, fl_data_str(each, (fl_str){0}));
        for (size_t k = 0; k < inference->plan->env.count && !is_set; k++)
            is_set = fl_str_starts(inference->plan->env.items[k], start);
        if (!is_secret || is_set)
            continue;
        add_setting(inference, name, fl_data_get_str(said, "value"));
        because(inference, "env", inference->plan->env.items[inference->plan->env.count - 1], FL_S("a secret of its own"));
    }
}

static void put_before_path(const struct inference *inference)
{
    const fl_data *folders = fl_data_get_c(inference->model, "path");
    const char *ours = getenv("PATH");
    fl_buf path;
    fl_buf_init(&path, 0);
    const fl_service_hints *hints = inference->hints;
    fl_str why, chosen = fl_interpreter_find(inference->arena, inference->model, inference->plan->folder, hints ? hints->packages : NULL,
                                             hints ? hints->package_count : 0, &why);
    if (chosen.len) {
        fl_buf_format(&path, FL_STR_FMT ":", FL_STR_ARG(chosen));
        because(inference, "interpreter", chosen, why);
    }
    for (const fl_data *each = folders ? folders->first : NULL; each; each = each->next)
        if (is_there(inference, fl_data_str(each, (fl_str){0})))
            fl_buf_format(&path, "${folder}/" FL_STR_FMT ":", FL_STR_ARG(fl_data_str(each, (fl_str){0})));
    if (path.len) {
        fl_buf_add_c(&path, ours ? ours : "/usr/local/bin:/usr/bin:/bin");
        add_setting(inference, FL_S("PATH"), fl_buf_str(&path));
    }
    fl_buf_release(&path);
}

static void explain_needs(const struct inference *inference)
{
    const fl_data *needs = fl_data_get_c(inference->model, "needs");
    for (const fl_data *need = needs ? needs->first : NULL; need; need = need->next) {
        fl_str path = fl_data_get_str(need, "path");
        if (!is_there(inference, path) && look_up(inference, fl_data_get_str(need, "file"), fl_data_get_str(need, "key")))
            because(inference, "missing", path, fl_data_get_str(need, "say"));
    }
}

/* ---- the plan ---- */

static bool is_for_language(const fl_data *model, fl_str language)
{
    const fl_data *languages = fl_data_get_c(model, "languages");
    for (const fl_data *each = languages ? languages->first : NULL; each; each = each->next)
        if (fl_str_eq(fl_data_str(each, (fl_str){0}), language))
            return true;
    return language.len == 0;
}

/* The source's own word on the port goes before the example file's, and that before the model's habit. */
static void infer_port(const struct inference *inference, bool example_names_port)
{
    fl_service_plan *plan = inference->plan;
    const fl_service_hints *hints = inference->hints;
    fl_str usual = fl_data_get_str(inference->model, "port_variable");
    bool is_read = false; /* by code that the evaluator could not follow to where it listens */
    for (size_t i = 0; hints && usual.len && i < hints->environment_count; i++)
        is_read = is_read || fl_str_eq(hints->environment[i], usual);
    if (hints && hints->port_variable.len) {
        plan->port_variable = fl_str_copy(inference->arena, hints->port_variable);
        because(inference, "port", plan->port_variable, FL_S("read where the service listens"));
    } else if (is_read) {
        plan->port_variable = usual;
        because(inference, "port", usual, FL_S("read when the service starts"));
    } else if (hints && hints->port) {
        plan->port = hints->port;
        because(inference, "port", fl_str_format(inference->arena, "%u", hints->port), FL_S("where the service listens"));
    } else if (usual.len) {
        plan->port_variable = usual;
        because(inference, "port", usual, example_names_port ? FL_S("the example environment") : FL_S("usual for this run time"));
    }
}

/* Is one of the ways in which it is built for sanitizers? */
static bool can_sanitize(const fl_data *model)
{
    const fl_data *variants = fl_data_get_c(fl_data_get_c(model, "compile"), "variants");
    for (const fl_data *variant = variants ? variants->first : NULL; variant; variant = variant->next)
        if (fl_data_get_bool(variant, "sanitizes", false))
            return true;
    return false;
}

/* Fills the plan by one model; true when it knows how to start the project. */
static bool infer_by(struct inference *inference)
{
    fl_service_plan *plan = inference->plan;
    fl_str source = {0}, none;
    const fl_data *rule = NULL;
    struct { fl_str start, source; const fl_data *rule; } nowhere = {0};
    for (;;) { /* a command whose file is not there is the last choice */
        plan->start = rewritten(inference, first_command(inference, "start", &source, &plan->otherwise, &plan->prepare, &rule));
        fl_str without = unwatched(inference, plan->start);
        if (without.len)
            plan->start = without;
        bool is_nothing = plan->start.len && runs_nothing(inference, plan->start);
        if (is_nothing && !nowhere.start.len)
            nowhere.start = plan->start, nowhere.source = source, nowhere.rule = rule;
        if (!is_nothing)
            break;
    }
    if (!plan->start.len && nowhere.start.len)
        plan->start = nowhere.start, source = nowhere.source, rule = nowhere.rule;
    if (plan->start.len) {
        plan->account = fl_data_get_str(fl_data_get_c(rule, "account"), "name");
        plan->password = fl_data_get_str(fl_data_get_c(rule, "account"), "password");
    }
    if (plan->start.len)
        because(inference, "start", plan->start, source);
    rule = NULL;
    if (plan->start.len && plan->prepare.len == 0)
        plan->prepare = first_command(inference, "prepare", &source, &none, &none, &rule);
    if (plan->prepare.len)
        because(inference, "prepare", plan->prepare, source);
    rule = NULL;
    plan->build = first_command(inference, "build", &source, &none, &none, &rule);
    if (plan->build.len)
        because(inference, "build", plan->build, source);
    if (plan->build.len)
        plan->rebuild = fl_data_get_str(rule, "again");
    plan->in_copy = fl_data_get_bool(inference->model, "in_copy", fl_data_get_str(inference->model, "in_copy").len != 0);
    plan->can_sanitize = can_sanitize(inference->model);
    if (inference->hints)
        plan->entry_file = fl_str_copy(inference->arena, inference->hints->entry_file);
    bool names_port = false;
    fl_str port_variable = inference->hints ? inference->hints->port_variable : (fl_str){0};
    if (port_variable.len == 0)
        port_variable = fl_data_get_str(inference->model, "port_variable");
    take_example(inference, port_variable, &names_port);
    take_used(inference);
    make_secrets(inference);
    put_before_path(inference);
    infer_port(inference, names_port);
    explain_needs(inference);
    if (fl_data_get_c(inference->model, "hook"))
        plan->runtime = fl_data_get_str(inference->model, "model");
    return plan->start.len != 0;
}

static void collect(fl_arena *arena, const char *key, fl_folder_names *out)
{
    fl_str models = folder_of_models(arena);
    fl_fs_entries entries;
    if (fl_fs_list(arena, models.ptr, &entries, NULL) != FL_OK)
        return;
    for (size_t i = 0; i < entries.count; i++) {
        const fl_data *model;
        if (!entries.items[i].is_file || !fl_str_ends(entries.items[i].name, FL_S(".yaml")) ||
            read_model(arena, fl_fs_join(arena, models, entries.items[i].name), &model, NULL) != FL_OK)
            continue;
        const fl_data *names = fl_data_get_c(model, key);
        for (const fl_data *each = names ? names->first : NULL; each; each = each->next)
            fl_vec_push(arena, out, fl_data_str(each, (fl_str){0}));
    }
}

void fl_service_vendored(fl_arena *arena, fl_folder_names *out)
{
    collect(arena, "vendored", out);
}

void fl_service_errors_elsewhere(fl_arena *arena, fl_folder_names *out)
{
    collect(arena, "errors_elsewhere", out);
}

void fl_runtime_linked(fl_arena *arena, fl_folder_names *out)
{
    collect(arena, "linked_folders", out);
}

fl_status fl_service_infer(fl_service_plan *plan, fl_arena *arena, const char *folder, const fl_service_hints *hints, fl_err *err)
{
    *plan = (fl_service_plan){0};
    fl_str real, models = folder_of_models(arena);
    fl_fs_entries entries;
    fl_status status = fl_fs_real(arena, folder, &real, err);
    if (!status)
        status = fl_fs_list(arena, models.ptr, &entries, err);
    if (status)
        return status;
    fl_service_plan best = {.folder = real}; /* without a start command; worth something only when the language is known */
    bool is_known = false;
    for (size_t i = 0; i < entries.count && !is_known; i++) {
        struct inference inference = {.arena = arena, .plan = plan, .hints = hints};
        if (!entries.items[i].is_file || !fl_str_ends(entries.items[i].name, FL_S(".yaml")))
            continue;
        status = read_model(arena, fl_fs_join(arena, models, entries.items[i].name), &inference.model, err);
        if (status)
            return status;
        if (!is_for_language(inference.model, hints ? hints->language : (fl_str){0}))
            continue;
        *plan = (fl_service_plan){.folder = real};
        is_known = infer_by(&inference);
        if (!is_known && best.because.count == 0 && hints && hints->language.len)
            best = *plan;
    }
    if (is_known)
        return FL_OK;
    *plan = best;
    return fl_fail(err, FL_E_ENV, "'%s': nothing says how to start the service; write 'start: COMMAND' in faultline.yaml or pass --start",
                   folder);
}
