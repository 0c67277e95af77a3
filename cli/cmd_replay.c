/* `replay`: one fault's requests again, on a service started as the check started it (or one that runs at --url). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/fs.h"
#include "cli/cli.h"
#include "engine/checks/checks.h"
#include "cli/report.h"

static const fl_data *fault_by_id(const fl_data *report, int64_t id)
{
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next)
        if (fl_data_get_int(fault, "id", 0) == id)
            return fault;
    return NULL;
}

/* The plan of the check; what was secret in it comes from the config again. */
static fl_status plan_of(fl_cli *cli, const fl_data *report, const fl_config *config, const fl_secrets *secrets, fl_service_plan *plan, fl_err *err)
{
    const fl_data *service = fl_data_get_c(report, "service");
    *plan = (fl_service_plan){.start = fl_data_get_str(service, "start"), .build = fl_data_get_str(service, "build"),
                              .url = fl_data_get_str(service, "url"), .port = (uint16_t)fl_data_get_int(service, "port", 0),
                              .port_variable = fl_data_get_str(service, "port_variable"), .ready = fl_data_get_str(service, "ready"),
                              .reset = fl_data_get_str(service, "reset"), .prepare = fl_data_get_str(service, "prepare"), .ready_ms = (uint32_t)fl_data_get_int(service, "ready_ms", 0),
                              .runtime = fl_data_get_str(service, "runtime"), .entry_file = fl_data_get_str(service, "entry_file"),
                              .in_copy = fl_data_get_bool(service, "in_copy", false), .can_sanitize = fl_data_get_bool(service, "can_sanitize", false),
                              .refuses_sanitizers = fl_data_get_bool(service, "refuses_sanitizers", false)};
    for (const fl_data *v = fl_data_first(service, "env"); v != NULL; v = v->next)
        fl_vec_push(cli->arena, &plan->env, fl_secrets_restore(secrets, cli->arena, v->text));
    fl_config_apply(config, plan, cli->arena);
    if (fl_args_has(cli->args, FL_OPT_url)) {
        plan->url = fl_str_from(cli->args->values[FL_OPT_url]);
        plan->start = (fl_str){0};
    }
    fl_str path = fl_data_get_str(fl_data_get_c(report, "project"), "path");
    if (plan->start.len == 0)
        return FL_OK;
    fl_err why = {0};
    const char *named = fl_str_c(cli->arena, path);
    if (fl_fs_exists(named) && !fl_fs_is_dir(named)) /* a document: what was typed was meant here, what its config says beside it */
        path = config->start.len > 0 ? fl_fs_dirname(path) : FL_S(".");
    if (fl_fs_real(cli->arena, fl_str_c(cli->arena, path), &plan->folder, &why) != FL_OK)
        return fl_fail(err, FL_E_ENV, "'" FL_STR_FMT "': the project of the report is not there; run replay where check ran, or use --url", FL_STR_ARG(path));
    return FL_OK;
}

static void restore_request(const fl_secrets *secrets, fl_arena *arena, fl_http_request *request)
{
    request->url = fl_secrets_restore(secrets, arena, request->url);
    request->body = fl_secrets_restore(secrets, arena, request->body);
    for (size_t i = 0; i < request->headers.count; i++)
        request->headers.items[i].value = fl_secrets_restore(secrets, arena, request->headers.items[i].value);
}

static void read_fault(fl_cli *cli, const fl_data *from, const fl_secrets *secrets, fl_fault *fault)
{
    *fault = (fl_fault){.id = (uint32_t)fl_data_get_int(from, "id", 0), .kind = fl_data_get_str(from, "kind"),
                        .failure = fl_data_get_str(from, "failure"),
                        .status = (uint16_t)fl_data_get_int(from, "status", 0),
                        .response_body = fl_data_get_str(fl_data_get_c(from, "response"), "body")};
    fl_report_read_request(cli->arena, fl_data_get_c(from, "request"), &fault->sent);
    restore_request(secrets, cli->arena, &fault->sent);
    for (const fl_data *request = fl_data_first(from, "setup"); request != NULL; request = request->next) {
        fl_http_request read;
        fl_report_read_request(cli->arena, request, &read);
        restore_request(secrets, cli->arena, &read);
        fl_vec_push(cli->arena, &fault->setup, read);
    }
}

/* Found by a check that looks at what is answered, not by a failure. */
static bool is_answer(const fl_fault *fault)
{
    const fl_check *check = fl_check_by_id(fault->failure);
    return check != NULL && check->kind != FL_CHECKS_FAILURE;
}

/* A fault that was answered is mended when the answer is no server error; one that was not (hang, exit) when there is an
 * answer at all: a rejection that reaches the error handler now is a 500 that the application wants. */
static bool still_fails(const fl_fault *fault, const fl_http_response *response, const fl_service_exit *exit)
{
    if (is_answer(fault)) /* whether its values are right by now only a test can tell */
        return response->status == fault->status && fl_engine_same_shape(fault->response_body, response->body);
    if (exit->has_exited || response->outcome == FL_HTTP_CLOSED || response->outcome == FL_HTTP_TIMEOUT ||
        response->outcome == FL_HTTP_MALFORMED || response->outcome == FL_HTTP_REFUSED)
        return true;
    return fault->status >= 500 && response->status >= 500;
}

static int print_result(const fl_cli *cli, const fl_data *fault, const fl_http_response *response, const fl_service_exit *exit, bool fails, bool is_told)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_paint paint;
    fl_paint_init(&paint, &out, cli->args->values[FL_OPT_color]);
    const fl_paint_glyphs *signs = fl_paint_signs(&paint);
    fl_paint_put(&paint, fails ? FL_BOLD_RED : FL_GREEN, "%s fault %lld %s", fails ? signs->cross : signs->check,
                 (long long)fl_data_get_int(fault, "id", 0), is_told ? (fails ? "answers as before" : "answers otherwise") : fails ? "still fails" : "is mended");
    fl_paint_put(&paint, FL_PLAIN, ": ");
    fl_paint_foreign(&paint, FL_PLAIN, fl_report_request_line(cli->arena, fl_data_get_c(fault, "request")), 0);
    fl_paint_put(&paint, FL_PLAIN, " %s ", signs->arrow);
    if (response->outcome == FL_HTTP_OK)
        fl_paint_put(&paint, FL_BOLD, "%u", response->status);
    else
        fl_paint_put(&paint, FL_BOLD, "%s", fl_http_outcome_text(response->outcome));
    if (exit->has_exited)
        fl_paint_put(&paint, FL_BOLD, exit->signal != 0 ? ", the process died of signal %d" : ", the process ended with %d",
                     exit->signal != 0 ? exit->signal : exit->code);
    fl_paint_line(&paint);
    if (response->body.len > 0 && cli->loudness != FL_QUIET) {
        fl_str body = response->body;
        ptrdiff_t end = fl_str_find_char(body, '\n');
        fl_paint_to(&paint, 2);
        fl_paint_foreign(&paint, FL_DIM, end > 0 && cli->loudness != FL_VERBOSE ? fl_str_sub(body, 0, (size_t)end) : body, paint.width - 4);
        fl_paint_line(&paint);
    }
    int code = fl_cli_write(cli, fl_buf_str(&out));
    fl_buf_release(&out);
    return code;
}

static int replay(fl_cli *cli, const fl_data *from, const fl_fault *fault, const fl_service_plan *plan, const fl_http_options *options)
{
    fl_err err;
    fl_service *service = NULL;
    fl_http *http = NULL;
    if (cli->loudness != FL_QUIET && plan->start.len > 0)
        fl_progress("starting the service", 0, 0);
    fl_status status = fl_service_start(&service, plan, &err);
    fl_progress_end();
    if (status != FL_OK)
        return fl_cli_fail(&err);
    if (fl_http_new(&http, options, &err) != FL_OK) {
        fl_service_free(service);
        return fl_cli_fail(&err);
    }
    fl_http_response response = {0};
    fl_engine_replay(fault, service, http, cli->arena, &response);
    bool dies = fl_str_eq_c(fault->kind, "exit") || fl_str_eq_c(fault->kind, "unhandled-rejection");
    for (unsigned waited_ms = 0; fl_service_is_managed(service) && (dies || response.outcome == FL_HTTP_CLOSED) && waited_ms < 500 &&
                                 !fl_service_poll(service).has_exited; waited_ms += 20)
        fl_clock_sleep_ms(20); /* a process takes a moment to die */
    fl_service_exit exit = fl_service_is_managed(service) ? fl_service_poll(service) : (fl_service_exit){0};
    bool fails = still_fails(fault, &response, &exit) || (fl_str_eq_c(fault->failure, "late") && fl_engine_failed_late(service));
    int code = print_result(cli, from, &response, &exit, fails, is_answer(fault));
    fl_http_free(http);
    fl_service_free(service);
    return code != FL_EXIT_CLEAN ? code : fails ? FL_EXIT_FINDINGS : FL_EXIT_CLEAN;
}

int fl_command_replay(fl_cli *cli)
{
    fl_err err;
    fl_data *report = NULL;
    int64_t id = 0;
    const char *folder = fl_args_has(cli->args, FL_OPT_out) ? cli->args->values[FL_OPT_out] : "faultline-out";
    if (!fl_str_to_int(fl_str_from(fl_cli_path(cli)), &id)) {
        fl_fail(&err, FL_E_USAGE, "'%s' is no ID of a fault: a number is wanted; the report counts them from 1", fl_cli_path(cli));
        return fl_cli_fail(&err);
    }
    if (fl_report_read(cli->arena, folder, &report, &err) != FL_OK)
        return fl_cli_fail(&err);
    const fl_data *from = fault_by_id(report, id);
    if (from == NULL) {
        fl_fail(&err, FL_E_USAGE, "'%lld' is no ID of a fault; '%s/report.json' has %u", (long long)id, folder, fl_data_get_c(report, "faults")->count);
        return fl_cli_fail(&err);
    }
    fl_config config;
    const char *path = fl_str_c(cli->arena, fl_data_get_str(fl_data_get_c(report, "project"), "path"));
    if (fl_config_load(&config, cli->arena, path, cli->args->values[FL_OPT_config], &err) != FL_OK)
        return fl_cli_fail(&err);
    fl_secrets secrets;
    fl_secrets_init(&secrets, cli->arena, &config);
    fl_service_plan plan;
    fl_http_options http;
    if (plan_of(cli, report, &config, &secrets, &plan, &err) != FL_OK || fl_http_options_of(&http, &plan, &config, cli, &err) != FL_OK)
        return fl_cli_fail(&err);
    plan.uses_http2 = http.uses_http2;
    fl_fault fault;
    read_fault(cli, from, &secrets, &fault);
    fl_cli_catch_signals();
    return replay(cli, from, &fault, &plan, &http);
}
