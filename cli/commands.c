/* The command table and the reader of command lines. Everything a user can type stands in the two tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cli/commands.h"
#include "engine/engine.h"

#define OF(command) (1u << FL_CMD_##command)
enum {
    ANALYSES = OF(spec) | OF(scan) | OF(check) | OF(test) | OF(mock) | OF(diff),
    RUNS = OF(check) | OF(test),
    ALL = ANALYSES | OF(fix) | OF(replay) | OF(init),
    EVERY = ALL | OF(explain) | OF(completions) | OF(man) | OF(version) | OF(help),
};

const fl_command fl_commands[FL_CMD_COUNT] = {
    {FL_CMD_spec, "spec", "PATH", 1, 1, FL_VALUE_FOLDER, NULL, false,
     "derive the OpenAPI 3.1 document",
     "Reads the source below PATH and prints the OpenAPI 3.1 document of the API it finds. Nothing is run. Routes that are "
     "only possible (a router that is never mounted) are counted on standard error; --possible adds them, marked."},
    {FL_CMD_scan, "scan", "PATH", 1, 1, FL_VALUE_FOLDER, NULL, false,
     "list the weak spots, from source alone",
     "Reads the source below PATH and lists where handlers will break, and on which input. Nothing is run: `check` says "
     "which of them are real. Ends with 1 when there is a weak spot."},
    {FL_CMD_check, "check", "PATH", 1, 1, FL_VALUE_FOLDER, NULL, false,
     "run the whole loop: derive, start, aim, confirm, trace, patch, prove",
     "Derives the API below PATH, starts the service on the loopback interface, sends one valid request to each operation, "
     "then the requests that the weak spots predict to fail. Each failure is followed to its line and mended in a copy; "
     "a patch is proven by sending the same request again. Your files are not touched. Ends with 1 when there is a fault."},
    {FL_CMD_test, "test", "PATH", 1, 1, FL_VALUE_FILE, NULL, false,
     "send what every tester sends, and say which answers are wrong",
     "PATH is a folder of source or an OpenAPI 3 or Swagger 2 document (YAML or JSON); of a document alone, --url or --start says where "
     "the service is. After the valid and the aimed requests of `check` it sends a matrix of odd values for each place of each request, "
     "makes, changes and removes objects, and asks as somebody else. Failures are followed to their line where there is source; "
     "with a document, answers are held against it. Nothing is mended. The same seed sends the same requests. Ends with 1 when something is wrong."},
    {FL_CMD_mock, "mock", "PATH", 1, 1, FL_VALUE_FILE, NULL, false,
     "answer as an API says, without the service",
     "PATH is a folder of source or an OpenAPI 3 or Swagger 2 document. Listens on the loopback interface until it is interrupted: a request that "
     "the API does not allow is refused with the reason, others get a sample of the answer that is said. It keeps nothing."},
    {FL_CMD_explain, "explain", "[CHECK]", 0, 1, FL_VALUE_TEXT, NULL, false,
     "say what a check looks for, why, and how to mend it",
     "Explains CHECK, the kind that a report names, or lists all checks."},
    {FL_CMD_fix, "fix", "PATH [ID...]", 1, 1000, FL_VALUE_FOLDER, NULL, false,
     "list, show and apply the patches of the last check",
     "Lists the patches that the last check wrote. --show prints them, --apply applies the proven ones to PATH; with IDs "
     "only those. A patch applies whole or not at all, and not when the file has changed since."},
    {FL_CMD_replay, "replay", "ID", 1, 1, FL_VALUE_TEXT, NULL, false,
     "send one fault's request again",
     "Starts the service as the last check did (or uses --url), sends the fault's requests again and says whether it still "
     "fails. Ends with 1 when it still fails, with 0 when it is mended."},
    {FL_CMD_init, "init", "PATH", 1, 1, FL_VALUE_FOLDER, NULL, false,
     "write faultline.yaml from what is inferred",
     "Writes PATH/faultline.yaml: how the service is built, started and reset, commented, from what is inferred. An existing "
     "file stays unless --force is given."},
    {FL_CMD_diff, "diff", "OLD NEW", 2, 2, FL_VALUE_FOLDER, NULL, false,
     "say what breaks clients between two versions of an API",
     "Compares two versions of an API and says what a client of OLD meets when it talks to NEW. Each is a folder of source, an "
     "OpenAPI 3 or Swagger 2 document (YAML or JSON), or a revision of the git repository that the other one, or this "
     "folder, lies in: diff main . | diff v1.0 v1.1 | diff openapi.yaml src. Nothing is run. Ends with 1 when a change breaks clients."},
    {FL_CMD_completions, "completions", "SHELL", 1, 1, FL_VALUE_CHOICE, "bash zsh fish", false,
     "print the completions of a shell",
     "Prints the completions of SHELL (bash, zsh or fish): faultline completions bash > "
     "~/.local/share/bash-completion/completions/faultline"},
    {FL_CMD_man, "man", "", 0, 0, FL_VALUE_NONE, NULL, true, "print the manual page", "Prints the manual page in troff."},
    {FL_CMD_version, "version", "", 0, 0, FL_VALUE_NONE, NULL, false, "print the version", "Prints the version."},
    {FL_CMD_help, "help", "[COMMAND]", 0, 1, FL_VALUE_CHOICE, "spec scan check test mock explain fix replay init diff completions man version help", false,
     "explain a command", "Explains COMMAND, or lists all commands."},
};

const fl_option fl_options[FL_OPT_COUNT] = {
    {FL_OPT_output, "--output", 'o', FL_VALUE_FILE, "FILE", NULL, OF(spec) | OF(scan) | OF(diff), false, false,
     "write to FILE instead of standard output"},
    {FL_OPT_openapi, "--openapi", 0, FL_VALUE_FILE, "FILE", NULL, OF(test), false, false,
     "a document beside the source: answers are held against it, and what only one of the two has is told"},
    {FL_OPT_latency, "--latency", 0, FL_VALUE_COUNT, "MS", NULL, OF(mock), false, false,
     "wait so many milliseconds before each answer"},
    {FL_OPT_fail, "--fail", 0, FL_VALUE_COUNT, "PERCENT", NULL, OF(mock), false, false,
     "answer so many of a hundred requests with 503"},
    {FL_OPT_phases, "--phases", 0, FL_VALUE_PHASES, "LIST", NULL, OF(test), false, false,
     "only these, separated by commas, of "
#define FL_PHASE(id, text, is_usual, help) text " "
#include "engine/phase.def"
#undef FL_PHASE
     "(default: all but load; baseline is always run)"},
    {FL_OPT_seed, "--seed", 0, FL_VALUE_COUNT, "N", NULL, OF(test), false, false,
     "which pairs of odd values are sent (default 1)"},
    {FL_OPT_format_spec, "--format", 0, FL_VALUE_CHOICE, "FORMAT", "yaml json", OF(spec), false, false,
     "yaml (default, unless FILE ends in .json) or json"},
    {FL_OPT_format_scan, "--format", 0, FL_VALUE_CHOICE, "FORMAT", "text json sarif", OF(scan), false, false,
     "text (default), json or sarif"},
    {FL_OPT_format_diff, "--format", 0, FL_VALUE_CHOICE, "FORMAT", "text json markdown", OF(diff), false, false,
     "text (default), json or markdown"},
    {FL_OPT_all, "--all", 0, FL_VALUE_NONE, NULL, NULL, OF(diff), false, false,
     "list compatible changes too"},
    {FL_OPT_stats, "--stats", 0, FL_VALUE_NONE, NULL, NULL, OF(spec) | OF(scan), false, false,
     "print counts and times to standard error"},
    {FL_OPT_evidence, "--evidence", 0, FL_VALUE_NONE, NULL, NULL, OF(spec) | OF(check), false, false,
     "add x-source (file, line) to the document"},
    {FL_OPT_possible, "--possible", 0, FL_VALUE_NONE, NULL, NULL, OF(spec) | OF(check), false, false,
     "add routes that are only possible to the document, marked"},
    {FL_OPT_start, "--start", 0, FL_VALUE_TEXT, "COMMAND", NULL, RUNS, false, false,
     "how the service starts, in PATH"},
    {FL_OPT_build, "--build", 0, FL_VALUE_TEXT, "COMMAND", NULL, RUNS, false, false,
     "what is run once before it starts"},
    {FL_OPT_url, "--url", 0, FL_VALUE_URL, "URL", NULL, RUNS | OF(replay), false, false,
     "use the service that runs at URL and start none; another host than this one is contacted only when named here"},
    {FL_OPT_port, "--port", 0, FL_VALUE_PORT, "PORT", NULL, RUNS | OF(mock), false, false,
     "the port the service listens on, when it cannot be chosen; of mock, where it listens (default: a free one)"},
    {FL_OPT_ready, "--ready", 0, FL_VALUE_URL_PATH, "PATH", NULL, RUNS, false, false,
     "a path that answers when the service is ready"},
    {FL_OPT_test, "--test", 0, FL_VALUE_TEXT, "COMMAND", NULL, OF(check), false, false,
     "the project's own tests; a patch is proven only when they still pass"},
    {FL_OPT_limit, "--limit", 0, FL_VALUE_COUNT, "N", NULL, RUNS, false, false,
     "send at most N requests"},
    {FL_OPT_phase_limit, "--phase-limit", 0, FL_VALUE_COUNT, "N", NULL, RUNS, false, false,
     "send at most N requests in each phase"},
    {FL_OPT_phase_time, "--phase-time", 0, FL_VALUE_COUNT, "SECONDS", NULL, RUNS, false, false,
     "spend at most so many seconds on each phase (default 3600)"},
    {FL_OPT_resume, "--resume", 0, FL_VALUE_NONE, NULL, NULL, RUNS, false, false,
     "finish the run that was interrupted, from what stands in DIR/results.ndjson"},
    {FL_OPT_connections, "--connections", 0, FL_VALUE_COUNT, "N", NULL, OF(test), false, false,
     "of the phase load: so many connections at once, up to 10000 (default 50)"},
    {FL_OPT_rate, "--rate", 0, FL_VALUE_COUNT, "N", NULL, OF(test), false, false,
     "of the phase load: so many requests a second in its open loop (default: 60 % of what the closed loop reached)"},
    {FL_OPT_duration, "--duration", 0, FL_VALUE_COUNT, "SECONDS", NULL, OF(test), false, false,
     "of the phase load: how long each of its loops lasts (default 10)"},
    {FL_OPT_http2, "--http2", 0, FL_VALUE_NONE, NULL, NULL, RUNS | OF(replay), false, false,
     "speak HTTP/2, without TLS from the first byte on"},
    {FL_OPT_no_fix, "--no-fix", 0, FL_VALUE_NONE, NULL, NULL, OF(check), false, false,
     "make no patches"},
    {FL_OPT_out, "--out", 0, FL_VALUE_FOLDER, "DIR", NULL, RUNS | OF(fix) | OF(replay), false, false,
     "where the results of check or test are (default faultline-out)"},
    {FL_OPT_show, "--show", 0, FL_VALUE_NONE, NULL, NULL, OF(fix), false, false,
     "print the patches"},
    {FL_OPT_apply, "--apply", 0, FL_VALUE_NONE, NULL, NULL, OF(fix), false, false,
     "apply the proven patches to PATH"},
    {FL_OPT_unproven, "--unproven", 0, FL_VALUE_NONE, NULL, NULL, OF(fix), false, false,
     "also apply patches whose proof failed"},
    {FL_OPT_force, "--force", 0, FL_VALUE_NONE, NULL, NULL, OF(init), false, false,
     "overwrite an existing faultline.yaml"},
    {FL_OPT_dump_tree, "--dump-tree", 0, FL_VALUE_NONE, NULL, NULL, OF(spec), false, true, "print the common tree of each file"},
    {FL_OPT_dump_values, "--dump-values", 0, FL_VALUE_NONE, NULL, NULL, OF(spec), false, true, "print what start-up code evaluates to"},
    {FL_OPT_dump_flow, "--dump-flow", 0, FL_VALUE_NONE, NULL, NULL, OF(spec), false, true, "print the control flow of each function"},
    {FL_OPT_dump_facts, "--dump-facts", 0, FL_VALUE_NONE, NULL, NULL, OF(spec), false, true,
     "print what is known of each operation: places, answers, weak spots, reasons"},
    {FL_OPT_dump_routes, "--dump-routes", 0, FL_VALUE_NONE, NULL, NULL, OF(spec), false, true, "print one route a line"},
    {FL_OPT_dump_params, "--dump-params", 0, FL_VALUE_NONE, NULL, NULL, OF(spec), false, true, "print one parameter or body field a line"},
    {FL_OPT_dump_findings, "--dump-findings", 0, FL_VALUE_NONE, NULL, NULL, OF(scan), false, true, "print one weak spot a line"},
    {FL_OPT_dump_patches, "--dump-patches", 0, FL_VALUE_NONE, NULL, NULL, OF(scan), false, true, "print the unproven patch of each weak spot"},
    {FL_OPT_config, "--config", 0, FL_VALUE_FILE, "FILE", NULL, ANALYSES | OF(replay), false, false,
     "read FILE instead of PATH/faultline.yaml"},
    {FL_OPT_models, "--models", 0, FL_VALUE_FOLDER, "DIR", NULL, ANALYSES | OF(init), true, false,
     "read more models of frameworks and libraries from DIR; may be repeated"},
    {FL_OPT_with_tests, "--with-tests", 0, FL_VALUE_NONE, NULL, NULL, ANALYSES, false, false,
     "read test files too"},
    {FL_OPT_build_dir, "--build-dir", 0, FL_VALUE_FOLDER, "DIR", NULL, OF(spec) | OF(scan) | RUNS, false, false,
     "C and C++: take compiler flags from DIR/compile_commands.json; when it is not there, ask the project's CMake, Meson or make for them, in DIR"},
    {FL_OPT_threads, "--threads", 0, FL_VALUE_COUNT, "N", NULL, ANALYSES | OF(init), false, false,
     "analyse on N threads (default: one per core, or FAULTLINE_THREADS)"},
    {FL_OPT_color, "--color", 0, FL_VALUE_CHOICE, "WHEN", "auto always never", ALL, false, false,
     "auto (default: on a terminal, unless NO_COLOR is set), always or never"},
    {FL_OPT_quiet, "--quiet", 'q', FL_VALUE_NONE, NULL, NULL, ALL, false, false, "print results only"},
    {FL_OPT_verbose, "--verbose", 'v', FL_VALUE_NONE, NULL, NULL, ALL, false, false, "print more: reasons, evidence, diagnostics"},
    {FL_OPT_help, "--help", 'h', FL_VALUE_NONE, NULL, NULL, EVERY, false, false, "explain the command"},
};

bool fl_option_is_of(const fl_option *option, fl_command_id command)
{
    return (option->commands & (1u << command)) != 0;
}

const char *fl_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *best = NULL;
    size_t best_distance = strlen(word) / 3 + 2;
    for (size_t i = 0; i < count; i++) {
        size_t distance = fl_str_distance(fl_str_from(word), fl_str_from(candidates[i]));
        bool is_start = strlen(word) >= 3 && strncmp(word, candidates[i], strlen(word)) == 0;
        if (is_start)
            distance = 0;
        if (distance < best_distance) {
            best_distance = distance;
            best = candidates[i];
        }
    }
    return best;
}

/* ---- parsing ---- */

static fl_status read_phases(const char *value, unsigned *phases, fl_err *err)
{
    fl_str rest = fl_str_from(value), name;
    const char *names[FL_PHASE_COUNT];
    *phases = 0;
    for (size_t i = 0; i < FL_PHASE_COUNT; i++)
        names[i] = fl_phase_infos[i].name;
    while (fl_str_split(&rest, ',', &name)) {
        size_t phase = 0;
        name = fl_str_trim(name);
        while (phase < FL_PHASE_COUNT && !fl_str_eq_c(name, names[phase]))
            phase++;
        if (phase < FL_PHASE_COUNT) {
            *phases |= 1u << phase;
            continue;
        }
        char typed[64];
        snprintf(typed, sizeof typed, FL_STR_FMT, FL_STR_ARG(name));
        const char *near = fl_nearest(typed, names, FL_PHASE_COUNT);
        return fl_fail(err, FL_E_USAGE, "'%s' is no phase; %s%s%s", typed, near ? "did you mean '" : "'faultline test --help' lists them",
                           near ? near : "", near ? "'?" : "");
    }
    return FL_OK;
}

unsigned fl_args_phases(const fl_args *args)
{
    unsigned phases = 0;
    fl_err err;
    if (args->values[FL_OPT_phases] == NULL || read_phases(args->values[FL_OPT_phases], &phases, &err) != FL_OK)
        return fl_phases_usual();
    return phases;
}

static fl_status unknown_command(const char *word, fl_err *err)
{
    const char *names[FL_CMD_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < FL_CMD_COUNT; i++)
        if (!fl_commands[i].is_hidden)
            names[count++] = fl_commands[i].name;
    const char *near = fl_nearest(word, names, count);
    if (near != NULL)
        return fl_fail(err, FL_E_USAGE, "'%s' is no command; did you mean '%s'?", word, near);
    return fl_fail(err, FL_E_USAGE, "'%s' is no command; 'faultline --help' lists them", word);
}

static fl_status unknown_option(const fl_command *command, const char *word, size_t len, fl_err *err)
{
    char typed[128];
    size_t kept = len < sizeof typed ? len : sizeof typed - 1;
    memcpy(typed, word, kept);
    typed[kept] = '\0';
    const char *names[FL_OPT_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < FL_OPT_COUNT; i++) {
        if (fl_option_is_of(&fl_options[i], command->id))
            names[count++] = fl_options[i].name;
        else if (strcmp(typed, fl_options[i].name) == 0) {
            for (size_t c = 0; c < FL_CMD_COUNT; c++)
                if (fl_option_is_of(&fl_options[i], (fl_command_id)c))
                    return fl_fail(err, FL_E_USAGE, "'%s' is no option of '%s', only of '%s'", typed, command->name, fl_commands[c].name);
        }
    }
    const char *near = fl_nearest(typed, names, count);
    if (near != NULL)
        return fl_fail(err, FL_E_USAGE, "'%s' is no option of '%s'; did you mean '%s'?", typed, command->name, near);
    return fl_fail(err, FL_E_USAGE, "'%s' is no option of '%s'; 'faultline %s --help' lists them", typed, command->name, command->name);
}

static const fl_option *find_option(const fl_command *command, const char *word, size_t len)
{
    for (size_t i = 0; i < FL_OPT_COUNT; i++) {
        const fl_option *option = &fl_options[i];
        if (!fl_option_is_of(option, command->id))
            continue;
        bool is_long = len > 2 && strlen(option->name) == len && memcmp(option->name, word, len) == 0;
        bool is_letter = len == 2 && option->letter != 0 && word[1] == option->letter;
        if (is_long || is_letter)
            return option;
    }
    return NULL;
}

static bool is_one_of(const char *value, const char *choices)
{
    fl_str rest = fl_str_from(choices), choice;
    while (fl_str_split(&rest, ' ', &choice))
        if (fl_str_eq_c(choice, value))
            return true;
    return false;
}

static fl_status check_value(const fl_option *option, const char *value, fl_err *err)
{
    int64_t number = 0;
    fl_str text = fl_str_from(value);
    bool is_number = fl_str_to_int(text, &number);
    switch (option->kind) {
    case FL_VALUE_CHOICE:
        if (!is_one_of(value, option->choices))
            return fl_fail(err, FL_E_USAGE, "'%s' is no value of %s; one of: %s", value, option->name, option->choices);
        break;
    case FL_VALUE_COUNT:
        if (!is_number || number < 1 || number > 1000000000)
            return fl_fail(err, FL_E_USAGE, "'%s' is no value of %s: a number from 1 on is wanted", value, option->name);
        break;
    case FL_VALUE_PORT:
        if (!is_number || number < 1 || number > 65535)
            return fl_fail(err, FL_E_USAGE, "'%s' is no value of %s: a number from 1 to 65535 is wanted", value, option->name);
        break;
    case FL_VALUE_URL:
        if (!((fl_str_starts(text, FL_S("http://")) && text.len > 7) || (fl_str_starts(text, FL_S("https://")) && text.len > 8)))
            return fl_fail(err, FL_E_USAGE, "'%s' is no value of %s: it begins with http:// or https://", value, option->name);
        break;
    case FL_VALUE_PHASES: {
        unsigned phases;
        return read_phases(value, &phases, err);
    }
    case FL_VALUE_URL_PATH:
        if (value[0] != '/')
            return fl_fail(err, FL_E_USAGE, "'%s' is no value of %s: it begins with /", value, option->name);
        break;
    default:
        if (value[0] == '\0')
            return fl_fail(err, FL_E_USAGE, "%s needs a %s, not nothing", option->name, option->value);
    }
    return FL_OK;
}

/* One option at argv[*at]; moves *at past its value. */
static fl_status read_option(fl_args *args, int argc, char **argv, int *at, fl_err *err)
{
    const char *word = argv[*at];
    bool is_long = word[1] == '-';
    const char *equals = is_long ? strchr(word, '=') : NULL;
    size_t len = equals != NULL ? (size_t)(equals - word) : is_long ? strlen(word) : 2;
    const fl_option *option = find_option(args->command, word, len);
    if (option == NULL)
        return unknown_option(args->command, word, len, err);
    const char *value = "";
    if (option->kind == FL_VALUE_NONE) {
        if (equals != NULL || (!is_long && word[2] != '\0'))
            return fl_fail(err, FL_E_USAGE, "'%s': %s takes no value", word, option->name);
    } else {
        if (equals != NULL)
            value = equals + 1;
        else if (!is_long && word[2] != '\0')
            value = word + 2;
        else if (*at + 1 < argc && find_option(args->command, argv[*at + 1], strlen(argv[*at + 1])) == NULL)
            value = argv[++*at];
        else
            return fl_fail(err, FL_E_USAGE, "%s needs a value: %s %s", option->name, option->name, option->value);
        fl_status status = check_value(option, value, err);
        if (status != FL_OK)
            return status;
    }
    if (args->values[option->id] != NULL && !option->is_repeatable)
        return fl_fail(err, FL_E_USAGE, "%s is given twice", option->name);
    args->values[option->id] = value;
    if (option->id == FL_OPT_models)
        fl_vec_push(args->arena, &args->models, value);
    return FL_OK;
}

static fl_status check_arguments(const fl_args *args, fl_err *err)
{
    const fl_command *command = args->command;
    if (args->arguments.count < command->min_arguments)
        return fl_fail(err, FL_E_USAGE, "'%s' needs %s; usage: faultline %s %s", command->name, command->arguments, command->name,
                       command->arguments);
    if (args->arguments.count > command->max_arguments)
        return fl_fail(err, FL_E_USAGE, "'%s' is one argument too many; usage: faultline %s %s",
                       args->arguments.items[command->max_arguments], command->name, command->arguments);
    if (command->choices != NULL && args->arguments.count > 0 && !is_one_of(args->arguments.items[0], command->choices)) {
        if (command->id == FL_CMD_help)
            return unknown_command(args->arguments.items[0], err);
        return fl_fail(err, FL_E_USAGE, "'%s' is no %s; one of: %s", args->arguments.items[0], command->arguments, command->choices);
    }
    if (fl_args_has(args, FL_OPT_quiet) && fl_args_has(args, FL_OPT_verbose))
        return fl_fail(err, FL_E_USAGE, "--quiet and --verbose exclude each other");
    if (fl_args_has(args, FL_OPT_unproven) && !fl_args_has(args, FL_OPT_apply) && !fl_args_has(args, FL_OPT_show))
        return fl_fail(err, FL_E_USAGE, "--unproven goes with --apply");
    return FL_OK;
}

fl_status fl_args_parse(fl_args *args, fl_arena *arena, int argc, char **argv, fl_err *err)
{
    *args = (fl_args){.arena = arena};
    if (argc < 2)
        return fl_fail(err, FL_E_USAGE, "usage: faultline COMMAND …; 'faultline --help' lists the commands");
    const char *first = argv[1];
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
        first = "help";
    else if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0)
        first = "version";
    for (size_t i = 0; i < FL_CMD_COUNT; i++)
        if (strcmp(first, fl_commands[i].name) == 0)
            args->command = &fl_commands[i];
    if (args->command == NULL)
        return first[0] == '-' ? fl_fail(err, FL_E_USAGE, "'%s' before a command; usage: faultline COMMAND [options]", first)
                               : unknown_command(first, err);
    bool is_after_options = false;
    for (int i = 2; i < argc; i++) {
        const char *word = argv[i];
        if (!is_after_options && strcmp(word, "--") == 0) {
            is_after_options = true;
        } else if (!is_after_options && word[0] == '-' && word[1] != '\0') {
            fl_status status = read_option(args, argc, argv, &i, err);
            if (status != FL_OK)
                return status;
        } else {
            fl_vec_push(arena, &args->arguments, word);
        }
    }
    args->wants_help = fl_args_has(args, FL_OPT_help);
    return args->wants_help ? FL_OK : check_arguments(args, err);
}

unsigned fl_args_count(const fl_args *args, fl_option_id id, unsigned fallback)
{
    return args->values[id] != NULL ? (unsigned)strtoul(args->values[id], NULL, 10) : fallback;
}
