#ifndef FL_CLI_COMMANDS_H
#define FL_CLI_COMMANDS_H
#include "base/base.h"

/**
 * The one command table. Parsing, --help, the man page and the completions are all made from it: adding an option is one
 * row in commands.c and the code that asks for it.
 */
typedef enum fl_option_id {
    FL_OPT_output, FL_OPT_openapi, FL_OPT_latency, FL_OPT_fail, FL_OPT_phases, FL_OPT_seed, FL_OPT_format_spec, FL_OPT_format_scan, FL_OPT_format_diff, FL_OPT_all, FL_OPT_stats, FL_OPT_evidence, FL_OPT_possible,
    FL_OPT_start, FL_OPT_build, FL_OPT_url, FL_OPT_port, FL_OPT_ready, FL_OPT_test, FL_OPT_limit, FL_OPT_phase_limit, FL_OPT_phase_time, FL_OPT_resume, FL_OPT_connections, FL_OPT_rate, FL_OPT_duration, FL_OPT_http2, FL_OPT_no_fix,
    FL_OPT_out, FL_OPT_show, FL_OPT_apply, FL_OPT_unproven, FL_OPT_force,
    FL_OPT_dump_tree, FL_OPT_dump_values, FL_OPT_dump_flow, FL_OPT_dump_facts, FL_OPT_dump_routes, FL_OPT_dump_params,
    FL_OPT_dump_findings, FL_OPT_dump_patches,
    FL_OPT_config, FL_OPT_models, FL_OPT_with_tests, FL_OPT_build_dir, FL_OPT_threads, FL_OPT_color, FL_OPT_quiet, FL_OPT_verbose, FL_OPT_help,
    FL_OPT_COUNT
} fl_option_id;

/** What a value must be; completions offer what fits. */
typedef enum fl_value_kind { FL_VALUE_NONE, FL_VALUE_TEXT, FL_VALUE_FILE, FL_VALUE_FOLDER, FL_VALUE_COUNT, FL_VALUE_PORT,
                             FL_VALUE_URL, FL_VALUE_URL_PATH, FL_VALUE_CHOICE, FL_VALUE_PHASES } fl_value_kind;

typedef enum fl_command_id {
    FL_CMD_spec, FL_CMD_scan, FL_CMD_check, FL_CMD_test, FL_CMD_mock, FL_CMD_explain, FL_CMD_fix, FL_CMD_replay, FL_CMD_init, FL_CMD_diff, FL_CMD_completions, FL_CMD_man,
    FL_CMD_version, FL_CMD_help, FL_CMD_COUNT
} fl_command_id;

typedef struct fl_option {
    fl_option_id id;
    const char *name;          /**< "--format" */
    char letter;               /**< 'o' for -o; 0: none */
    fl_value_kind kind;
    const char *value;         /**< "FILE"; NULL for a flag */
    const char *choices;       /**< "yaml json"; NULL */
    unsigned commands;         /**< bit per fl_command_id */
    bool is_repeatable;
    bool is_for_developers;    /**< listed apart */
    const char *help;
} fl_option;

typedef struct fl_command {
    fl_command_id id;
    const char *name;
    const char *arguments;     /**< "PATH", "PATH [ID...]"; "" none */
    unsigned min_arguments, max_arguments;
    fl_value_kind completes;   /**< what the first argument is */
    const char *choices;       /**< for FL_VALUE_CHOICE */
    bool is_hidden;            /**< left out of lists */
    const char *summary;       /**< half a line, lower case */
    const char *text;          /**< the paragraph of --help and the man page */
} fl_command;

extern const fl_option fl_options[FL_OPT_COUNT];
extern const fl_command fl_commands[FL_CMD_COUNT];
bool fl_option_is_of(const fl_option *option, fl_command_id command);

/** A command line that was understood. Borrows argv. */
typedef struct fl_args {
    fl_arena *arena;
    const fl_command *command;
    FL_VEC(const char *) arguments;
    const char *values[FL_OPT_COUNT];      /**< last value; "" for a flag that is set; NULL when absent */
    FL_VEC(const char *) models;           /**< of the repeatable option */
    bool wants_help;
} fl_args;
/** FL_E_USAGE: the message names the nearest command or option. */
FL_NODISCARD fl_status fl_args_parse(fl_args *args, fl_arena *arena, int argc, char **argv, fl_err *err);
static inline bool fl_args_has(const fl_args *args, fl_option_id id) { return args->values[id] != NULL; }
/** Number of an option of kind COUNT or PORT, checked while parsing. */
/** Bits of the engine's phases: those of --phases, else the usual ones. */
unsigned fl_args_phases(const fl_args *args);
unsigned fl_args_count(const fl_args *args, fl_option_id id, unsigned fallback);

/** The candidate nearest to `word` when it is near enough to be meant, else NULL. */
const char *fl_nearest(const char *word, const char *const *candidates, size_t count);

void fl_help_all(fl_buf *out);
void fl_help_command(fl_buf *out, const fl_command *command);
void fl_man_page(fl_buf *out);
/** shell: "bash", "zsh", "fish" */
void fl_completions(fl_buf *out, const char *shell);

#endif
