/* `check`: the whole loop. `test`: more requests, other checks, no patches; a document will do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/fs.h"
#include "cli/cli.h"
#include "cli/diff.h"
#include "cli/report.h"

static const char *out_folder(const fl_cli *cli)
{
    return fl_args_has(cli->args, FL_OPT_out) ? cli->args->values[FL_OPT_out] : "faultline-out";
}

static bool is_test(const fl_cli *cli)
{
    return cli->args->command->id == FL_CMD_test;
}

static void say_what_starts(const fl_service_plan *plan, const fl_cli *cli)
{
    if (cli->loudness == FL_QUIET || plan->start.len == 0)
        return;
    if (plan->build.len > 0)
        fl_log(FL_LOG_INFO, "build: " FL_STR_FMT, FL_STR_ARG(plan->build));
    fl_log(FL_LOG_INFO, "start: " FL_STR_FMT, FL_STR_ARG(plan->start));
    for (size_t i = 0; cli->loudness == FL_VERBOSE && i < plan->because.count; i++)
        fl_log(FL_LOG_INFO, "inferred " FL_STR_FMT, FL_STR_ARG(plan->because.items[i]));
}

static int print_report(const fl_cli *cli, const fl_data *report, const char *folder)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_paint paint;
    fl_paint_init(&paint, &out, cli->args->values[FL_OPT_color]);
    fl_terminal_check(&paint, report, folder, cli->loudness);
    const char *is_in_job = getenv("GITHUB_ACTIONS");
    if (is_in_job != NULL && strcmp(is_in_job, "true") == 0)
        fl_github_write(&out, report, cli->arena);
    int code = fl_cli_write(cli, fl_buf_str(&out));
    fl_buf_release(&out);
    return code;
}

/* Everything behind the run: patches, report, files, terminal. */
static int conclude(fl_cli *cli, fl_analysis *a, fl_run *run, const fl_fixer_options *fixer)
{
    fl_err err;
    uint64_t fix_start = fl_clock_us();
    if (!fl_args_has(cli->args, FL_OPT_no_fix) && !is_test(cli) && run->faults.count > 0) {
        if (cli->loudness != FL_QUIET)
            fl_progress("making and proving patches", 0, 0);
        fl_status status = fl_fixer_run(run, fixer, &err);
        fl_progress_end();
        if (status != FL_OK) /* the faults stand without their patches */
            fl_log(FL_LOG_ERROR, "no patches: %s", err.text);
    }
    fl_secrets secrets;
    fl_secrets_init(&secrets, cli->arena, &a->config);
    fl_report_input input = {.api = &a->api, .run = run, .path = fl_str_from(fl_cli_path(cli)), .plan = &fixer->engine->plan, .secrets = &secrets,
                             .is_patched = !fl_args_has(cli->args, FL_OPT_no_fix) && !is_test(cli), .fix_us = fl_clock_us() - fix_start, .total_us = fl_clock_us() - a->start_us};
    fl_data *report = fl_report_build(cli->arena, &input);
    fl_openapi_options options = {.with_evidence = fl_args_has(cli->args, FL_OPT_evidence), .with_possible = fl_analysis_shows_possible(a, cli)};
    const char *folder = out_folder(cli);
    if (fl_outputs_write(folder, report, fl_api_to_openapi(&a->api, cli->arena, &options), &err) != FL_OK)
        return fl_cli_fail(&err);
    int code = print_report(cli, report, folder);
    return code == FL_EXIT_CLEAN && fl_report_counts(report) ? FL_EXIT_FINDINGS : code;
}

/* What only one of the two has: the document that was given, and the source. */
static int tell_drift(fl_cli *cli, const fl_api *document, const fl_api *source)
{
    fl_changes changes = {0};
    fl_api_compare(cli->arena, document, source, &changes);
    const fl_data *report = fl_diff_report(cli->arena, &changes, cli->args->values[FL_OPT_openapi], document, fl_cli_path(cli), source);
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_paint paint;
    fl_paint_init(&paint, &out, cli->args->values[FL_OPT_color]);
    fl_diff_terminal(&paint, report, false, cli->loudness);
    int code = fl_cli_write(cli, fl_buf_str(&out));
    fl_buf_release(&out);
    return code;
}

static fl_str redact(const void *context, fl_arena *arena, fl_str text) { return fl_secrets_redact(context, arena, text); }
static fl_str restore(const void *context, fl_arena *arena, fl_str text) { return fl_secrets_restore(context, arena, text); }

int fl_command_check(fl_cli *cli)
{
    fl_analysis a;
    fl_api document;
    bool has_document = false;
    fl_err err;
    const char *path = fl_cli_path(cli);
    if ((is_test(cli) ? fl_analysis_open_either(&a, cli, &err) : fl_analysis_open(&a, cli, true, &err)) != FL_OK)
        return fl_cli_fail(&err);
    if (fl_args_has(cli->args, FL_OPT_openapi)) {
        if (fl_cli_read_document(cli, &document, cli->args->values[FL_OPT_openapi], &err) != FL_OK) {
            fl_analysis_release(&a);
            return fl_cli_fail(&err);
        }
        has_document = true;
    }
    fl_analysis_print_diagnostics(&a, cli);
    fl_cli_catch_signals();
    fl_engine_options engine = {.auth = a.config.auth, .exclude = a.config.exclude_requests.items, .is_quiet = cli->loudness == FL_QUIET,
                                .limit_requests = fl_args_count(cli->args, FL_OPT_limit, a.config.limit_requests)};
    if (is_test(cli)) {
        engine.phases = fl_args_phases(cli->args);
        engine.limit_requests = fl_args_count(cli->args, FL_OPT_limit, a.config.limit_requests ? a.config.limit_requests : FL_LIMIT_TEST_CASES);
        engine.judges_answers = true;
        engine.contract = has_document ? &document : a.is_document ? &a.api : NULL;
        engine.other_auth = a.config.other_auth;
        engine.upstreams = a.config.upstreams;
        engine.load = a.config.load;
        engine.load.connections = fl_args_count(cli->args, FL_OPT_connections, engine.load.connections);
        engine.load.rate = fl_args_count(cli->args, FL_OPT_rate, engine.load.rate);
        engine.load.duration_ms = fl_args_has(cli->args, FL_OPT_duration) ? fl_args_count(cli->args, FL_OPT_duration, 0) * 1000 : engine.load.duration_ms;
        engine.seed = fl_args_count(cli->args, FL_OPT_seed, 1);
    }
    for (size_t i = 0; i < FL_PHASE_COUNT; i++) {
        engine.limits[i].requests = fl_args_count(cli->args, FL_OPT_phase_limit, a.config.phases[i].requests);
        engine.limits[i].time_ms = fl_args_has(cli->args, FL_OPT_phase_time) ? fl_args_count(cli->args, FL_OPT_phase_time, 0) * 1000ull : a.config.phases[i].time_ms;
    }
    fl_secrets secrets;
    fl_secrets_init(&secrets, cli->arena, &a.config);
    engine.journal = (fl_journal_options){.path = fl_fs_join(cli->arena, fl_str_from(out_folder(cli)), FL_S("results.ndjson")).ptr,
                                          .resumes = fl_args_has(cli->args, FL_OPT_resume), .redact = redact, .restore = restore, .context = &secrets};
    fl_run run = {0};
    bool is_new = false;
    int code;
    const char *test = fl_args_has(cli->args, FL_OPT_test) ? cli->args->values[FL_OPT_test]
                       : a.config.test.len > 0 ? fl_str_c(cli->arena, a.config.test) : NULL;
    fl_fixer_options fixer = {.engine = &engine, .extract = &a.extract_options, .project = &a.project_options, .test_command = test};
    if (a.api.operations.count == 0 && a.is_document) {
        fl_fail(&err, FL_E_ENV, "'%s': the document has no operations, so there is nothing to send", path);
        code = fl_cli_fail(&err);
    } else if (a.api.operations.count == 0) {
        fl_fail(&err, FL_E_ENV, "'%s': no routes were found, so there is nothing to send; 'faultline spec %s --verbose' says what was read",
                fl_cli_path(cli), fl_cli_path(cli));
        code = fl_cli_fail(&err);
    } else if (fl_plan_of(&engine.plan, &a, cli, &err) != FL_OK || fl_http_options_of(&engine.http, &engine.plan, &a.config, cli, &err) != FL_OK ||
               fl_outputs_prepare(out_folder(cli), &is_new, &err) != FL_OK) {
        code = fl_cli_fail(&err);
    } else {
        engine.plan.uses_http2 = engine.http.uses_http2;
        if (engine.upstreams == NULL && (engine.phases & fl_phase_bit(FL_PHASE_upstream)))
            engine.upstreams = fl_cli_upstreams(cli, &a.api, &engine.plan);
        say_what_starts(&engine.plan, cli);
        fl_cli_may_resume(engine.journal.path);
        fl_status status = fl_engine_run(&run, &a.api, &engine, &err);
        fl_progress_end();
        code = status == FL_OK ? conclude(cli, &a, &run, &fixer) : fl_cli_fail(&err);
        if (status == FL_OK && has_document && tell_drift(cli, &document, &a.api) != FL_EXIT_CLEAN)
            code = FL_EXIT_ENVIRONMENT;
        if (status != FL_OK && is_new)
            (void)rmdir(out_folder(cli)); /* only when nothing is in it */
        fl_run_release(&run);
    }
    if (has_document)
        fl_api_release(&document);
    fl_analysis_release(&a);
    return code;
}
