/* The executable: reads the command line and calls the command. */
#include <stdio.h>
#include <string.h>
#include "cli/cli.h"

static void write_help(fl_buf *out, const fl_args *args)
{
    const fl_command *command = args->command;
    if (command->id == FL_CMD_help && args->arguments.count == 0) {
        fl_help_all(out);
        return;
    }
    for (size_t i = 0; command->id == FL_CMD_help && i < FL_CMD_COUNT; i++)
        if (strcmp(fl_commands[i].name, args->arguments.items[0]) == 0) {
            command = &fl_commands[i];
            break;
        }
    fl_help_command(out, command);
}

/* Commands that only print. */
static int tell(const fl_args *args)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    if (args->wants_help || args->command->id == FL_CMD_help)
        write_help(&out, args);
    else if (args->command->id == FL_CMD_completions)
        fl_completions(&out, args->arguments.items[0]);
    else if (args->command->id == FL_CMD_man)
        fl_man_page(&out);
    else
        fl_buf_add_c(&out, "faultline " FL_VERSION "\n");
    fl_cli cli = {0};
    int code = fl_cli_write(&cli, fl_buf_str(&out));
    fl_buf_release(&out);
    return code;
}

static int run(const fl_args *args, fl_arena *arena)
{
    fl_cli cli = {.args = args, .arena = arena, .loudness = FL_NORMAL};
    if (fl_args_has(args, FL_OPT_quiet)) {
        cli.loudness = FL_QUIET;
        fl_log_set_level(FL_LOG_ERROR);
    } else if (fl_args_has(args, FL_OPT_verbose)) {
        cli.loudness = FL_VERBOSE;
        fl_log_set_level(FL_LOG_VERBOSE);
    }
    switch (args->command->id) {
    case FL_CMD_spec: return fl_command_spec(&cli);
    case FL_CMD_scan: return fl_command_scan(&cli);
    case FL_CMD_mock: return fl_command_mock(&cli);
    case FL_CMD_explain: return fl_command_explain(&cli);
    case FL_CMD_test:
    case FL_CMD_check: return fl_command_check(&cli);
    case FL_CMD_fix: return fl_command_fix(&cli);
    case FL_CMD_replay: return fl_command_replay(&cli);
    case FL_CMD_init: return fl_command_init(&cli);
    case FL_CMD_diff: return fl_command_diff(&cli);
    case FL_CMD_completions:
    case FL_CMD_man:
    case FL_CMD_version:
    case FL_CMD_help:
    case FL_CMD_COUNT: break;
    }
    return tell(args);
}

int main(int argc, char **argv)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_args args;
    fl_err err;
    int code;
    if (fl_args_parse(&args, &arena, argc, argv, &err) != FL_OK)
        code = fl_cli_fail(&err);
    else
        code = args.wants_help ? tell(&args) : run(&args, &arena);
    fl_arena_release(&arena);
    return code;
}
