/* --help, the man page: the command table as text for people. */
#include <stdio.h>
#include <string.h>
#include "cli/commands.h"

enum { HELP_WIDTH = 96, HELP_COLUMN = 26 };

/* Words of `text` wrapped at HELP_WIDTH, lines after the first indented. `column` is where the first one begins. */
static void add_wrapped(fl_buf *out, const char *text, size_t column, size_t indent)
{
    fl_str rest = fl_str_from(text), word;
    size_t at = column;
    bool is_first = true;
    while (fl_str_split(&rest, ' ', &word)) {
        if (!is_first && at + 1 + word.len > HELP_WIDTH) {
            fl_buf_add_char(out, '\n');
            fl_buf_add_repeat(out, ' ', indent);
            at = indent;
        } else if (!is_first) {
            fl_buf_add_char(out, ' ');
            at++;
        }
        fl_buf_add(out, word);
        at += word.len;
        is_first = false;
    }
    fl_buf_add_char(out, '\n');
}

static void add_row(fl_buf *out, const char *left, const char *right)
{
    fl_buf_format(out, "  %-*s", HELP_COLUMN - 2, left);
    if (strlen(left) + 3 > HELP_COLUMN) {
        fl_buf_add_char(out, '\n');
        fl_buf_add_repeat(out, ' ', HELP_COLUMN);
    }
    add_wrapped(out, right, HELP_COLUMN, HELP_COLUMN);
}

void fl_help_all(fl_buf *out)
{
    fl_buf_add_c(out, "usage: faultline COMMAND [options]\n\n"
                      "Derives the API of a backend from its source, proves where its handlers break, and mends them.\n\n");
    fl_buf_add_c(out, "commands:\n");
    for (size_t i = 0; i < FL_CMD_COUNT; i++) {
        if (fl_commands[i].is_hidden)
            continue;
        char left[64];
        snprintf(left, sizeof left, "%s %s", fl_commands[i].name, fl_commands[i].arguments);
        add_row(out, left, fl_commands[i].summary);
    }
    fl_buf_add_c(out, "\n'faultline COMMAND --help' explains a command.\n"
                      "Exit codes: 0 nothing found, 1 findings, 2 wrong usage or configuration, 3 the environment failed.\n");
}

static void option_left(char *left, size_t size, const fl_option *option)
{
    char letter[8] = "";
    if (option->letter != 0)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, size, "%s%s%s%s", letter, option->name, option->value ? " " : "", option->value ? option->value : "");
}

static bool add_options(fl_buf *out, fl_command_id command, bool for_developers, const char *heading)
{
    bool has_any = false;
    for (size_t i = 0; i < FL_OPT_COUNT; i++) {
        const fl_option *option = &fl_options[i];
        if (!fl_option_is_of(option, command) || option->is_for_developers != for_developers)
            continue;
        if (!has_any)
            fl_buf_add_c(out, heading);
        has_any = true;
        char left[64];
        option_left(left, sizeof left, option);
        add_row(out, left, option->help);
    }
    return has_any;
}

void fl_help_command(fl_buf *out, const fl_command *command)
{
    fl_buf_format(out, "usage: faultline %s%s%s [options]\n\n", command->name, command->arguments[0] ? " " : "", command->arguments);
    add_wrapped(out, command->text, 0, 0);
    (void)add_options(out, command->id, false, "\noptions:\n");
    (void)add_options(out, command->id, true, "\nfor those who work on Faultline:\n");
}

/* ---- man page ---- */

static void add_troff(fl_buf *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if ((*p == '.' || *p == '\'') && (p == text || p[-1] == '\n'))
            fl_buf_add_c(out, "\\&");
        if (*p == '\\')
            fl_buf_add_c(out, "\\e");
        else if (*p == '-')
            fl_buf_add_c(out, "\\-");
        else
            fl_buf_add_char(out, *p);
    }
}

static void add_line(fl_buf *out, const char *macro, const char *text)
{
    fl_buf_add_c(out, macro);
    add_troff(out, text);
    fl_buf_add_char(out, '\n');
}

static void add_man_option(fl_buf *out, const fl_option *option)
{
    char left[64];
    option_left(left, sizeof left, option);
    fl_buf_add_c(out, ".TP\n.B ");
    add_troff(out, left);
    fl_buf_add_char(out, '\n');
    add_line(out, "", option->help);
}

void fl_man_page(fl_buf *out)
{
    fl_buf_add_c(out, ".TH FAULTLINE 1 \"\" \"faultline " FL_VERSION "\" \"User commands\"\n.SH NAME\nfaultline \\- ");
    add_troff(out, "derives an API's description from its source and proves where it breaks");
    fl_buf_add_c(out, "\n.SH SYNOPSIS\n");
    for (size_t i = 0; i < FL_CMD_COUNT; i++) {
        const fl_command *command = &fl_commands[i];
        if (command->is_hidden)
            continue;
        fl_buf_add_c(out, i == 0 ? "" : ".br\n");
        fl_buf_format(out, ".B faultline %s\n", command->name);
        if (command->arguments[0] != '\0')
            fl_buf_format(out, ".I %s\n", command->arguments);
        fl_buf_add_c(out, "[options]\n");
    }
    fl_buf_add_c(out, ".SH DESCRIPTION\n");
    add_line(out, "", "Faultline reads the source of a backend that has no API description, writes its OpenAPI document, says where the "
                      "handlers will break and on which input, sends exactly those inputs to the running service, follows each "
                      "failure back to its line, and hands over a patch that was proven by sending the same request again.");
    fl_buf_add_c(out, ".SH COMMANDS\n");
    for (size_t i = 0; i < FL_CMD_COUNT; i++) {
        const fl_command *command = &fl_commands[i];
        if (command->is_hidden)
            continue;
        fl_buf_format(out, ".SS faultline %s %s\n", command->name, command->arguments);
        add_line(out, "", command->text);
        for (size_t k = 0; k < FL_OPT_COUNT; k++)
            if (fl_option_is_of(&fl_options[k], command->id) && fl_options[k].id < FL_OPT_config && !fl_options[k].is_for_developers)
                add_man_option(out, &fl_options[k]);
    }
    fl_buf_add_c(out, ".SH COMMON OPTIONS\n");
    for (size_t k = FL_OPT_config; k < FL_OPT_COUNT; k++)
        add_man_option(out, &fl_options[k]);
    fl_buf_add_c(out, ".SH EXIT STATUS\n.TP\n.B 0\nnothing found\n.TP\n.B 1\nfindings\n.TP\n.B 2\nwrong usage or configuration\n"
                      ".TP\n.B 3\nthe environment failed: no such file, the service did not start\n");
    fl_buf_add_c(out, ".SH FILES\n.TP\n.I faultline.yaml\n");
    add_line(out, "", "in PATH: how the service is built, started and reset, and what is never sent. 'faultline init' writes it.");
    fl_buf_add_c(out, ".TP\n.I faultline\\-out/\n");
    add_line(out, "", "openapi.yaml, report.json, report.sarif, report.junit.xml, results.ndjson, patches/NNNN-*.patch, repro/NNNN.sh");
    fl_buf_add_c(out, ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nno colours\n.TP\n.B FAULTLINE_THREADS\nthreads of the analysis\n"
                      ".TP\n.B FAULTLINE_DATA\nwhere the models and hooks lie\n");
}
