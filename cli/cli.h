#ifndef FL_CLI_CLI_H
#define FL_CLI_CLI_H
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/terminal.h"
#include "fixer/fixer.h"

/** What the commands share. A command returns its exit code: 0 nothing found, 1 findings, 2 usage, 3 environment. */
enum { FL_EXIT_CLEAN = 0, FL_EXIT_FINDINGS = 1, FL_EXIT_USAGE = 2, FL_EXIT_ENVIRONMENT = 3 };

typedef struct fl_cli {
    const fl_args *args;
    fl_arena *arena;                       /**< lives as long as the command */
    fl_loudness loudness;
} fl_cli;

int fl_command_spec(fl_cli *cli);
int fl_command_scan(fl_cli *cli);
int fl_command_check(fl_cli *cli);                   /**< and `test` */
int fl_command_explain(fl_cli *cli);
int fl_command_mock(fl_cli *cli);
int fl_command_fix(fl_cli *cli);
int fl_command_replay(fl_cli *cli);
int fl_command_init(fl_cli *cli);
int fl_command_diff(fl_cli *cli);

/** Prints the error on standard error; the exit code of its status. */
int fl_cli_fail(const fl_err *err);
/** Writes to --output or standard output; exit code 0, or that of the failure. */
int fl_cli_write(const fl_cli *cli, fl_str text);
const char *fl_cli_path(const fl_cli *cli);            /**< the first argument */

/** An opened and analysed project with its config. */
typedef struct fl_analysis {
    fl_config config;
    fl_project_options project_options;
    fl_extract_options extract_options;
    fl_project project;
    fl_api api;
    bool has_api, is_document;
    uint64_t start_us;
} fl_analysis;
/** Reads the config, opens PATH and, when wanted, extracts. On failure there is nothing to release. */
FL_NODISCARD fl_status fl_analysis_open(fl_analysis *analysis, fl_cli *cli, bool wants_api, fl_err *err);
/** The same for another folder than the first argument. */
FL_NODISCARD fl_status fl_analysis_open_at(fl_analysis *analysis, fl_cli *cli, const char *path, bool wants_api, fl_err *err);
/** The same, with the API; a file is a document in place of a project: the API is what it says, and there is no source (is_document).
 *  Config is then read from --config alone, or from the folder that the document lies in. */
FL_NODISCARD fl_status fl_analysis_open_either(fl_analysis *analysis, fl_cli *cli, fl_err *err);
/** Reads an OpenAPI or Swagger document; warns of what leads out of it. Release with fl_api_release. */
FL_NODISCARD fl_status fl_cli_read_document(fl_cli *cli, fl_api *api, const char *path, fl_err *err);
void fl_analysis_release(fl_analysis *analysis);
/** Possible routes only count when asked for, or when there are no others. */
bool fl_analysis_shows_possible(const fl_analysis *analysis, const fl_cli *cli);
void fl_analysis_print_stats(const fl_analysis *analysis);
/** Diagnostics of the analysed program: with --verbose each, else how many of each kind. To standard error. */
void fl_analysis_print_diagnostics(const fl_analysis *analysis, const fl_cli *cli);

/** How the service is started: inferred, then config, then options. FL_E_ENV when nobody says. */
FL_NODISCARD fl_status fl_plan_of(fl_service_plan *plan, const fl_analysis *analysis, const fl_cli *cli, fl_err *err);
/** Options of the HTTP client. Another host than this one only when --url names it; says what will be contacted. */
FL_NODISCARD fl_status fl_http_options_of(fl_http_options *http, const fl_service_plan *plan, const fl_config *config,
                                          const fl_cli *cli, fl_err *err);
/** Does the URL name this machine, and can it be no other? */
bool fl_cli_is_here(fl_str url);
/** The services that it calls, as `upstreams` of a configuration would say them, with reasons added to the plan; NULL: none is known. */
const fl_data *fl_cli_upstreams(const fl_cli *cli, const fl_api *api, fl_service_plan *plan);
/** Stops what we started when the user interrupts. */
void fl_cli_catch_signals(void);
/** From here on whoever interrupts is told how to go on, once there are results. */
void fl_cli_may_resume(const char *results);

#endif
