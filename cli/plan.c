/* How the service under test is reached: what the project says, then faultline.yaml, then the command line. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "cli/cli.h"

static fl_service_hints hints_of(const fl_api *api)
{
    fl_service_hints hints = {.port_variable = api->listen.port_variable, .port = api->listen.port,
                              .environment = api->environment.items, .environment_count = api->environment.count,
                              .packages = api->packages.items, .package_count = api->packages.count};
    uint32_t id = api->listen.span.file;
    bool has_listen = (api->listen.port != 0 || api->listen.port_variable.len > 0 || api->listen.span.end_byte > 0) &&
                      id < api->project->file_count;
    if (api->applications.count > 0) {
        const fl_application *first = &api->applications.items[0];
        hints.application.framework = first->framework;
        hints.application.file = first->file;
        hints.application.name = first->name;
        hints.application.root = first->root;
        hints.application.is_factory = first->is_factory;
    }
    if (!has_listen && api->operations.count > 0)
        id = api->operations.items[0].registration.file;
    if (id < api->project->file_count) {
        const fl_file *file = fl_project_file(api->project, id);
        hints.language = file->language != NULL ? fl_str_from(file->language->name) : (fl_str){0};
        hints.entry_file = api->starts.count > 0 ? api->starts.items[api->starts.count - 1] : has_listen ? file->path : (fl_str){0};
        hints.starts = api->starts.items;
        hints.start_count = api->starts.count;
    }
    return hints;
}

static fl_str option_text(const fl_cli *cli, fl_option_id id)
{
    return fl_str_from(cli->args->values[id]);
}

fl_status fl_plan_of(fl_service_plan *plan, const fl_analysis *a, const fl_cli *cli, fl_err *err)
{
    *plan = (fl_service_plan){0};
    fl_config said = a->config; /* options go before the file */
    if (fl_args_has(cli->args, FL_OPT_start))
        said.start = option_text(cli, FL_OPT_start);
    if (fl_args_has(cli->args, FL_OPT_build))
        said.build = option_text(cli, FL_OPT_build);
    if (fl_args_has(cli->args, FL_OPT_ready))
        said.ready = option_text(cli, FL_OPT_ready);
    if (fl_args_has(cli->args, FL_OPT_url))
        said.url = option_text(cli, FL_OPT_url);
    if (fl_args_has(cli->args, FL_OPT_port))
        said.port = (uint16_t)fl_args_count(cli->args, FL_OPT_port, 0);
    fl_status status = fl_fs_real(cli->arena, a->project.root.ptr, &plan->folder, err);
    if (status != FL_OK)
        return status;
    bool is_attached = said.url.len > 0 && said.start.len == 0;
    if (a->is_document) {
        if (!is_attached && said.start.len == 0)
            return fl_fail(err, FL_E_USAGE, "'%s' is a document and says nothing of how the service starts; --url URL names one that runs, "
                           "--start COMMAND starts one (${port} stands for the port it is to listen on, as PORT does in its environment)", fl_cli_path(cli));
        plan->port_variable = FL_S("PORT");
        if (fl_args_has(cli->args, FL_OPT_start) && fl_fs_real(cli->arena, ".", &plan->folder, err) != FL_OK)
            return err->status; /* what is typed is meant where it is typed */
    } else if (!is_attached) {
        fl_service_hints hints = hints_of(&a->api);
        fl_err why = {0};
        fl_service_plan inferred = {0};
        if (fl_service_infer(&inferred, cli->arena, plan->folder.ptr, &hints, &why) == FL_OK)
            *plan = inferred;
        else if (said.start.len == 0)
            return fl_fail(err, why.status, "%s", why.text);
        else
            plan->port_variable = hints.port_variable;
    }
    fl_config_apply(&said, plan, cli->arena);
    if (!is_attached && said.start.len > 0 && said.url.len == 0 && said.build.len == 0 && a->config.start.len == 0)
        plan->build = (fl_str){0}; /* a command given by hand needs what its giver says, no more */
    return FL_OK;
}

/* Only what cannot be another machine: names are not resolved here. */
static bool is_loopback(fl_str host)
{
    if (fl_str_eq_nocase(host, FL_S("localhost")) || fl_str_eq_c(host, "::1"))
        return true;
    if (!fl_str_starts(host, FL_S("127.")))
        return false;
    for (size_t i = 0; i < host.len; i++)
        if (host.ptr[i] != '.' && (host.ptr[i] < '0' || host.ptr[i] > '9'))
            return false;
    return true;
}

bool fl_cli_is_here(fl_str url)
{
    return is_loopback(fl_url_parts(url).host);
}

fl_status fl_http_options_of(fl_http_options *http, const fl_service_plan *plan, const fl_config *config, const fl_cli *cli, fl_err *err)
{
    *http = (fl_http_options){.timeout_ms = config->request_ms, .uses_http2 = config->uses_http2 || fl_args_has(cli->args, FL_OPT_http2),
                              .response_bytes = config->response_bytes, .response_headers = config->response_headers};
    if (plan->url.len == 0)
        return FL_OK;
    fl_str host = fl_url_parts(plan->url).host;
    if (!is_loopback(host)) {
        if (!fl_args_has(cli->args, FL_OPT_url))
            return fl_fail(err, FL_E_USAGE, "'" FL_STR_FMT "' is another host; Faultline sends requests that are meant to break it, so name it "
                           "on the command line: --url " FL_STR_FMT, FL_STR_ARG(plan->url), FL_STR_ARG(plan->url));
        http->allow_remote = true;
        fl_log(FL_LOG_WARN, "requests go to '" FL_STR_FMT "', which is not this machine, since --url names it", FL_STR_ARG(host));
    } else if (cli->loudness != FL_QUIET) {
        fl_log(FL_LOG_INFO, "requests go to " FL_STR_FMT, FL_STR_ARG(plan->url));
    }
    return FL_OK;
}

static char resumable[FL_LIMIT_PATH_BYTES]; /* results of this run, when there are any */

static void on_signal(int number)
{
    fl_proc_kill_all();
    fl_fs_temp_remove_all();
    fl_proc_kill_all(); /* what was started while rm ran */
    static const char hint[] = "\ninterrupted; the same command with --resume goes on\n";
    if (resumable[0] != '\0' && access(resumable, F_OK) == 0)
        (void)!write(STDERR_FILENO, hint, sizeof hint - 1);
    signal(number, SIG_DFL);
    raise(number);
}

void fl_cli_may_resume(const char *results)
{
    snprintf(resumable, sizeof resumable, "%s", results);
}

void fl_cli_catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < FL_COUNT(numbers); i++) {
        struct sigaction action = {.sa_handler = on_signal};
        sigemptyset(&action.sa_mask);
        sigaction(numbers[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
}
