/* Completions of bash, zsh and fish, from the command table. */
#include <string.h>
#include "cli/commands.h"

static void add_quoted(fl_buf *out, const char *text, const char *special)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (strchr(special, *p) != NULL)
            fl_buf_add_char(out, '\\');
        fl_buf_add_char(out, *p);
    }
}

/* ---- bash ---- */

static void bash_value(fl_buf *out, fl_value_kind kind, const char *choices)
{
    if (kind == FL_VALUE_CHOICE)
        fl_buf_format(out, "COMPREPLY=($(compgen -W '%s' -- \"$cur\"))", choices);
    else if (kind == FL_VALUE_FILE)
        fl_buf_add_c(out, "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))");
    else if (kind == FL_VALUE_FOLDER)
        fl_buf_add_c(out, "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$cur\"))");
    else
        fl_buf_add_c(out, "COMPREPLY=()");
}

static void bash(fl_buf *out)
{
    fl_buf_add_c(out, "# bash completion of faultline\n_faultline() {\n"
                      "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]-}\n"
                      "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W '");
    for (size_t i = 0; i < FL_CMD_COUNT; i++)
        if (!fl_commands[i].is_hidden)
            fl_buf_format(out, "%s ", fl_commands[i].name);
    fl_buf_add_c(out, "--help --version' -- \"$cur\"))\n        return\n    fi\n    case $command:$prev in\n");
    for (size_t c = 0; c < FL_CMD_COUNT; c++)
        for (size_t i = 0; i < FL_OPT_COUNT; i++) {
            const fl_option *option = &fl_options[i];
            if (!fl_option_is_of(option, (fl_command_id)c) || option->kind == FL_VALUE_NONE || fl_commands[c].is_hidden)
                continue;
            fl_buf_format(out, "        %s:%s", fl_commands[c].name, option->name);
            if (option->letter != 0)
                fl_buf_format(out, " | %s:-%c", fl_commands[c].name, option->letter);
            fl_buf_add_c(out, ") ");
            bash_value(out, option->kind, option->choices);
            fl_buf_add_c(out, "; return ;;\n");
        }
    fl_buf_add_c(out, "    esac\n    case $command in\n");
    for (size_t c = 0; c < FL_CMD_COUNT; c++) {
        if (fl_commands[c].is_hidden)
            continue;
        fl_buf_format(out, "        %s)\n            if [[ $cur == -* ]]; then\n                COMPREPLY=($(compgen -W '", fl_commands[c].name);
        const char *separator = "";
        for (size_t i = 0; i < FL_OPT_COUNT; i++)
            if (fl_option_is_of(&fl_options[i], (fl_command_id)c)) {
                fl_buf_format(out, "%s%s", separator, fl_options[i].name);
                separator = " ";
            }
        fl_buf_add_c(out, "' -- \"$cur\"))\n            else\n                ");
        bash_value(out, fl_commands[c].completes, fl_commands[c].choices);
        fl_buf_add_c(out, "\n            fi ;;\n");
    }
    fl_buf_add_c(out, "    esac\n}\ncomplete -F _faultline faultline\n");
}

/* ---- zsh ---- */

static void zsh_value(fl_buf *out, fl_value_kind kind, const char *label, const char *choices)
{
    fl_buf_format(out, ":%s:", label);
    if (kind == FL_VALUE_CHOICE)
        fl_buf_format(out, "(%s)", choices);
    else if (kind == FL_VALUE_FILE)
        fl_buf_add_c(out, "_files");
    else if (kind == FL_VALUE_FOLDER)
        fl_buf_add_c(out, "_files -/");
    else
        fl_buf_add_char(out, ' ');
}

static void zsh_text(fl_buf *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\'')
            fl_buf_add_c(out, "'\\''");
        else if (strchr("[]:\\", *p) != NULL)
            fl_buf_format(out, "\\%c", *p);
        else
            fl_buf_add_char(out, *p);
    }
}

static void zsh(fl_buf *out)
{
    fl_buf_add_c(out, "#compdef faultline\n_faultline() {\n    local -a commands\n    commands=(\n");
    for (size_t i = 0; i < FL_CMD_COUNT; i++)
        if (!fl_commands[i].is_hidden) {
            fl_buf_format(out, "        '%s:", fl_commands[i].name);
            zsh_text(out, fl_commands[i].summary);
            fl_buf_add_c(out, "'\n");
        }
    fl_buf_add_c(out, "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
                      "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $command in\n");
    for (size_t c = 0; c < FL_CMD_COUNT; c++) {
        if (fl_commands[c].is_hidden)
            continue;
        fl_buf_format(out, "        %s)\n            _arguments", fl_commands[c].name);
        for (size_t i = 0; i < FL_OPT_COUNT; i++) {
            const fl_option *option = &fl_options[i];
            if (!fl_option_is_of(option, (fl_command_id)c))
                continue;
            fl_buf_format(out, " \\\n                '%s%s[", option->is_repeatable ? "*" : "", option->name);
            zsh_text(out, option->help);
            fl_buf_add_char(out, ']');
            if (option->kind != FL_VALUE_NONE)
                zsh_value(out, option->kind, option->value, option->choices);
            fl_buf_add_char(out, '\'');
        }
        if (fl_commands[c].max_arguments > 0) {
            fl_buf_add_c(out, " \\\n                '1");
            zsh_value(out, fl_commands[c].completes, "argument", fl_commands[c].choices);
            fl_buf_add_char(out, '\'');
        }
        fl_buf_add_c(out, " ;;\n");
    }
    fl_buf_add_c(out, "    esac\n}\nif [ \"$funcstack[1]\" = _faultline ]; then _faultline \"$@\"; else compdef _faultline faultline; fi\n");
}

/* ---- fish ---- */

static void fish(fl_buf *out)
{
    fl_buf_add_c(out, "# fish completion of faultline\ncomplete -c faultline -f\n");
    for (size_t i = 0; i < FL_CMD_COUNT; i++)
        if (!fl_commands[i].is_hidden) {
            fl_buf_format(out, "complete -c faultline -n __fish_use_subcommand -a %s -d '", fl_commands[i].name);
            add_quoted(out, fl_commands[i].summary, "'\\");
            fl_buf_add_c(out, "'\n");
        }
    for (size_t c = 0; c < FL_CMD_COUNT; c++) {
        const fl_command *command = &fl_commands[c];
        if (command->is_hidden)
            continue;
        if (command->completes == FL_VALUE_FOLDER)
            fl_buf_format(out, "complete -c faultline -n '__fish_seen_subcommand_from %s' -a '(__fish_complete_directories)'\n", command->name);
        else if (command->completes == FL_VALUE_CHOICE)
            fl_buf_format(out, "complete -c faultline -n '__fish_seen_subcommand_from %s' -a '%s'\n", command->name, command->choices);
        for (size_t i = 0; i < FL_OPT_COUNT; i++) {
            const fl_option *option = &fl_options[i];
            if (!fl_option_is_of(option, (fl_command_id)c))
                continue;
            fl_buf_format(out, "complete -c faultline -n '__fish_seen_subcommand_from %s' -l %s", command->name, option->name + 2);
            if (option->letter != 0)
                fl_buf_format(out, " -s %c", option->letter);
            if (option->kind == FL_VALUE_CHOICE)
                fl_buf_format(out, " -x -a '%s'", option->choices);
            else if (option->kind == FL_VALUE_FILE)
                fl_buf_add_c(out, " -r -F");
            else if (option->kind == FL_VALUE_FOLDER)
                fl_buf_add_c(out, " -x -a '(__fish_complete_directories)'");
            else if (option->kind != FL_VALUE_NONE)
                fl_buf_add_c(out, " -x");
            fl_buf_add_c(out, " -d '");
            add_quoted(out, option->help, "'\\");
            fl_buf_add_c(out, "'\n");
        }
    }
}

void fl_completions(fl_buf *out, const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        bash(out);
    else if (strcmp(shell, "zsh") == 0)
        zsh(out);
    else
        fish(out);
}
