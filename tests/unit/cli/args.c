/* Command lines: what is understood, and what is said of what is not. */
#include "cli/commands.h"
#include "tests/support/unit.h"

enum { MOST = 8 };

static int count(const char *const *words)
{
    int n = 0;
    while (words[n] != NULL)
        n++;
    return n;
}

static void refuses(void **state)
{
    (void)state;
    static const struct { const char *words[MOST], *message; } rows[] = {
        {{"faultline"}, "usage: faultline COMMAND …; 'faultline --help' lists the commands"},
        {{"faultline", "scna", "."}, "'scna' is no command; did you mean 'scan'?"},
        {{"faultline", "xyzzy"}, "'xyzzy' is no command; 'faultline --help' lists them"},
        {{"faultline", "--quiet", "scan"}, "'--quiet' before a command; usage: faultline COMMAND [options]"},
        {{"faultline", "scan"}, "'scan' needs PATH; usage: faultline scan PATH"},
        {{"faultline", "scan", "a", "b"}, "'b' is one argument too many; usage: faultline scan PATH"},
        {{"faultline", "scan", ".", "--fromat", "json"}, "'--fromat' is no option of 'scan'; did you mean '--format'?"},
        {{"faultline", "scan", ".", "--format", "yaml"}, "'yaml' is no value of --format; one of: text json sarif"},
        {{"faultline", "scan", ".", "--format"}, "--format needs a value: --format FORMAT"},
        {{"faultline", "scan", ".", "--format", "--stats"}, "--format needs a value: --format FORMAT"},
        {{"faultline", "scan", ".", "--stats=1"}, "'--stats=1': --stats takes no value"},
        {{"faultline", "scan", ".", "--stats", "--stats"}, "--stats is given twice"},
        {{"faultline", "scan", ".", "--start", "x"}, "'--start' is no option of 'scan', only of 'check'"},
        {{"faultline", "scan", ".", "-z"}, "'-z' is no option of 'scan'; 'faultline scan --help' lists them"},
        {{"faultline", "check", ".", "--port", "70000"}, "'70000' is no value of --port: a number from 1 to 65535 is wanted"},
        {{"faultline", "check", ".", "--port", "8o"}, "'8o' is no value of --port: a number from 1 to 65535 is wanted"},
        {{"faultline", "check", ".", "--url", "localhost:1"}, "'localhost:1' is no value of --url: it begins with http:// or https://"},
        {{"faultline", "check", ".", "--url", "http://"}, "'http://' is no value of --url: it begins with http:// or https://"},
        {{"faultline", "check", ".", "--ready", "health"}, "'health' is no value of --ready: it begins with /"},
        {{"faultline", "check", ".", "--start", ""}, "--start needs a COMMAND, not nothing"},
        {{"faultline", "check", ".", "--threads", "0"}, "'0' is no value of --threads: a number from 1 on is wanted"},
        {{"faultline", "check", ".", "-q", "-v"}, "--quiet and --verbose exclude each other"},
        {{"faultline", "fix", ".", "--unproven"}, "--unproven goes with --apply"},
        {{"faultline", "completions", "tcsh"}, "'tcsh' is no SHELL; one of: bash zsh fish"},
        {{"faultline", "help", "scann"}, "'scann' is no command; did you mean 'scan'?"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_args args;
        fl_err err = {0};
        char *words[MOST];
        memcpy(words, rows[i].words, sizeof words);
        fl_row_int(rows[i].message, fl_args_parse(&args, &arena, count(rows[i].words), words, &err), FL_E_USAGE);
        fl_row_str(rows[i].message, fl_str_from(err.text), rows[i].message);
        fl_arena_release(&arena);
    }
}

static void understands(void **state)
{
    (void)state;
    static const struct { const char *words[MOST]; fl_option_id id; const char *value; size_t arguments; } rows[] = {
        {{"faultline", "spec", ".", "-o", "x.yaml"}, FL_OPT_output, "x.yaml", 1},
        {{"faultline", "spec", "-ox.yaml", "."}, FL_OPT_output, "x.yaml", 1},
        {{"faultline", "spec", "--output=a=b", "."}, FL_OPT_output, "a=b", 1},
        {{"faultline", "check", ".", "--start", "-x"}, FL_OPT_start, "-x", 1},
        {{"faultline", "scan", "--", "--odd"}, FL_OPT_COUNT, NULL, 1},
        {{"faultline", "fix", ".", "1", "2", "--apply"}, FL_OPT_apply, "", 3},
        {{"faultline", "scan", "--help"}, FL_OPT_help, "", 0},
        {{"faultline", "-h"}, FL_OPT_COUNT, NULL, 0},
        {{"faultline", "--version"}, FL_OPT_COUNT, NULL, 0},
        {{"faultline", "spec", ".", "--models", "a", "--models", "b"}, FL_OPT_models, "b", 1},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_args args;
        fl_err err = {0};
        char *words[MOST];
        memcpy(words, rows[i].words, sizeof words);
        fl_row_ok(rows[i].words[1], fl_args_parse(&args, &arena, count(rows[i].words), words, &err), err);
        if (rows[i].value != NULL)
            fl_row_str(rows[i].words[1], fl_str_from(args.values[rows[i].id]), rows[i].value);
        fl_row_size(rows[i].words[1], args.arguments.count, rows[i].arguments);
        fl_arena_release(&arena);
    }
}

/* Every option belongs to a command, stands at its own place in the table, and is found by its name alone. */
static void has_a_sound_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < FL_OPT_COUNT; i++) {
        const fl_option *option = &fl_options[i];
        fl_row_true(option->name, option->id == (fl_option_id)i);
        fl_row_true(option->name, option->commands != 0 && option->help != NULL);
        fl_row_true(option->name, (option->kind == FL_VALUE_NONE) == (option->value == NULL));
        fl_row_true(option->name, (option->kind == FL_VALUE_CHOICE) == (option->choices != NULL));
        for (size_t k = 0; k < i; k++)
            fl_row_true(option->name, strcmp(option->name, fl_options[k].name) != 0 || (option->commands & fl_options[k].commands) == 0);
    }
    for (size_t i = 0; i < FL_CMD_COUNT; i++)
        fl_row_true(fl_commands[i].name, fl_commands[i].id == (fl_command_id)i);
}

FL_UNIT(args, cmocka_unit_test(refuses), cmocka_unit_test(understands), cmocka_unit_test(has_a_sound_table))
