/*
 * A service from start to stop. Reading order: output, commands, ready, start and restart, the rest.
 *
 * Offsets of output and of hook reports count from the first start and never go back, so that a reader keeps its place
 * over restarts. The output of the process before is kept (its end, at least) until the one after it is gone, too:
 * what a crash said is usually asked for after the restart.
 */
#include "base/fs.h"
#include "base/proc.h"
#include "engine/http/http.h"
#include "engine/service/service_p.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PAST_BYTES = 1024 * 1024,   /* kept of the output of the process before */
    PORTS = 8,                  /* that are looked at when a service has several */
    PROBE_MS = 300,             /* for an answer there */
    FOREIGN_MS = 3000,          /* how long a hook that knows of no listener makes us doubt who accepts */
    OTHER_PORT_MS = 500,        /* how long the service may listen elsewhere before we follow it there */
    ANSWER_MS = 2000,           /* one try of the ready path */
};

struct fl_service {
    fl_arena arena;
    fl_service_plan plan;
    fl_service_env env;
    fl_hook hook;
    fl_workspace workspace;
    bool ended_early;                      /* by itself, before it was ready */
    const fl_data *model;       /* of the run time; NULL: none */
    fl_str data;                /* ${data} */
    fl_str program;             /* ${program}; empty: nobody asked for it */
    fl_str debugger;            /* command around the start command; empty: none */
    bool can_tell_leaks;        /* a process of it did: others need not try first */
    bool restores_files;        /* what it writes in the copy is taken back when it ends */
    bool has_open_input;        /* it may wait for the end of its input to end itself */
    bool is_debugged;           /* the next start is under it */
    fl_proc *proc;              /* NULL: attached, or stopped */
    uint16_t given_port, port;  /* what the service was told; where it is */
    bool ignores_port;          /* it went elsewhere once: no waiting for it where it was told to be */
    fl_str base_url;
    uint64_t launched_ms;
    unsigned restart_count;
    uint64_t proc_byte;         /* absolute offset of the current process's first byte */
    uint64_t hook_start_byte;   /* reports of the current process begin here */
    fl_buf past, shown;         /* past ends at proc_byte */
};

/* ---- always stopped ---- */

static void die(int signal_number)
{
    fl_proc_kill_all();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Handlers somebody else has set stay: whoever handles the signal stops the service in order. */
static void catch_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < FL_COUNT(signals); i++) {
        struct sigaction old, ours = {.sa_handler = die};
        sigemptyset(&ours.sa_mask);
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(signals[i], &ours, NULL);
    }
}

/* ---- output ---- */

fl_str fl_service_output(fl_service *service, uint64_t from_byte, uint64_t *next)
{
    uint64_t proc_next = 0, past_byte = service->proc_byte - service->past.len;
    uint64_t proc_from = from_byte > service->proc_byte ? from_byte - service->proc_byte : 0;
    fl_str current = service->proc ? fl_proc_output(service->proc, proc_from, &proc_next) : (fl_str){0};
    *next = service->proc_byte + proc_next;
    if (from_byte >= service->proc_byte)
        return current;
    size_t skipped = from_byte > past_byte ? (size_t)(from_byte - past_byte) : 0;
    fl_buf_clear(&service->shown);
    fl_buf_add(&service->shown, fl_str_sub(fl_buf_str(&service->past), skipped, service->past.len));
    fl_buf_add(&service->shown, current);
    return fl_buf_str(&service->shown);
}

/* ---- files ---- */

/* Where the files of the copy are kept as they are before a start. It outlives this service: the copy may be the prover's. */
static const char *kept_files(fl_service *service)
{
    return fl_fs_join(&service->arena, service->plan.scratch, FL_S("state")).ptr;
}

static fl_status keep_files(fl_service *service, fl_err *err)
{
    return service->restores_files ? fl_fs_mirror(fl_str_c(&service->arena, service->plan.folder), kept_files(service), err) : FL_OK;
}

static void restore_files(fl_service *service)
{
    fl_err err;
    if (service->restores_files && fl_fs_mirror(kept_files(service), fl_str_c(&service->arena, service->plan.folder), &err))
        fl_log(FL_LOG_WARN, "what the service wrote may be there still: %s", err.text);
}

/* What the process said becomes the past; the process is gone. */
static void end_process(fl_service *service, uint32_t grace_ms)
{
    if (!service->proc)
        return;
    fl_proc_stop(service->proc, grace_ms);
    uint64_t end;
    fl_str output = fl_proc_output(service->proc, 0, &end);
    fl_buf_clear(&service->past);
    fl_buf_add(&service->past, fl_str_sub(output, output.len > PAST_BYTES ? output.len - PAST_BYTES : 0, output.len));
    service->proc_byte += end;
    fl_proc_free(service->proc);
    service->proc = NULL;
    restore_files(service);
}

/* Without terminal colours and control characters, trimmed. */
static fl_str plain_line(fl_arena *arena, fl_str line)
{
    char *plain = fl_arena_alloc(arena, line.len);
    size_t len = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '\033' && i + 1 < line.len && line.ptr[i + 1] == '[') {
            for (i += 2; i < line.len && (unsigned char)line.ptr[i] < 0x40; i++)
                ;
            continue;
        }
        plain[len++] = (unsigned char)line.ptr[i] < 0x20 ? ' ' : line.ptr[i];
    }
    return fl_str_trim((fl_str){plain, len});
}

/* The end of an output, fit for one line of an error: the last line that speaks of an error, else the last three. */
static fl_str last_words(fl_arena *arena, fl_str output)
{
    enum { LOOKED_AT_BYTES = 8192, LINES = 3, LINE_BYTES = 160 };
    fl_str rest = fl_str_sub(output, output.len > LOOKED_AT_BYTES ? output.len - LOOKED_AT_BYTES : 0, output.len), line;
    fl_str last[LINES] = {{0}}, telling = {0};
    size_t count = 0;
    while (fl_str_split(&rest, '\n', &line)) {
        line = plain_line(arena, line);
        if (line.len == 0)
            continue;
        line = fl_str_sub(line, 0, LINE_BYTES);
        if (fl_str_find(line, FL_S("Error")) >= 0 || fl_str_find(line, FL_S("error:")) >= 0)
            telling = line;
        last[count++ % LINES] = line;
    }
    if (count == 0)
        return FL_S("(none)");
    if (telling.len)
        return telling;
    fl_str words = {0};
    for (size_t i = count > LINES ? count - LINES : 0; i < count; i++) {
        fl_str each = last[i % LINES];
        words = words.len ? fl_str_format(arena, FL_STR_FMT " | " FL_STR_FMT, FL_STR_ARG(words), FL_STR_ARG(each)) : each;
    }
    return words;
}

/* Of a build: its first error, since the others follow from it. */
static fl_str first_words(fl_arena *arena, fl_str output)
{
    enum { LINE_BYTES = 200 };
    fl_str rest = output, line;
    while (fl_str_split(&rest, '\n', &line))
        if (fl_str_find(line, FL_S(" error: ")) >= 0 || fl_str_starts(line, FL_S("error: ")))
            return fl_str_sub(plain_line(arena, line), 0, LINE_BYTES);
    return last_words(arena, output);
}

/* ---- commands ---- */

static fl_str filled(fl_service *service, fl_str text)
{
    fl_str port = fl_str_format(&service->arena, "%u", service->given_port);
    const fl_runtime_variable variables[] = {{"port", port}, {"folder", service->plan.folder}, {"build", service->workspace.build},
                                             {"program", service->program}, {"data", service->data}, {NULL, {0}}};
    return fl_runtime_fill(&service->arena, text, variables);
}

static fl_proc_options options_of(fl_service *service, fl_str command)
{
    return (fl_proc_options){.command = fl_str_c(&service->arena, filled(service, command)),
                             .folder = fl_str_c(&service->arena, service->plan.folder),
                             .env = service->env.items};
}

fl_status fl_service_check_step(fl_arena *arena, const char *what, const char *command, int code, fl_str output, fl_err *err)
{
    if (code == 0)
        return FL_OK;
    return fl_fail(err, FL_E_ENV, "%s '%s' failed with code %d; its last output: " FL_STR_FMT, what, command, code, FL_STR_ARG(first_words(arena, output)));
}

fl_status fl_service_run_step(fl_arena *arena, const char *what, const fl_proc_options *options, uint32_t limit_ms, fl_err *err)
{
    fl_str output = {0};
    int code = 0;
    fl_status status = fl_proc_run(arena, options, limit_ms, &output, &code, err);
    if (status == FL_E_LIMIT)
        return fl_fail(err, FL_E_ENV, "%s '%s' did not end within %u s", what, options->command, limit_ms / 1000);
    return status ? status : fl_service_check_step(arena, what, options->command, code, output, err);
}

/* What is run before each start. */
static fl_status run_step(fl_service *service, const char *what, fl_str command, fl_err *err)
{
    if (command.len == 0)
        return FL_OK;
    const fl_proc_options options = options_of(service, command);
    return fl_service_run_step(&service->arena, what, &options, FL_LIMIT_RESET_MS, err);
}

/* Tables and the like, in the copy: elsewhere they would be the user's. */
static fl_status prepare_data(fl_service *service, fl_err *err)
{
    if (service->plan.prepare.len == 0 || service->plan.scratch.len == 0)
        return FL_OK;
    fl_arena *arena = &service->arena;
    const fl_proc_options options = options_of(service, service->plan.prepare);
    fl_str output = {0}, mark = fl_fs_join(arena, service->plan.scratch, FL_S("prepared"));
    int code = 0;
    if (service->restores_files && fl_fs_read(arena, mark.ptr, FL_LIMIT_DATA_BYTES, &output, NULL) == FL_OK && fl_str_eq(output, service->plan.prepare))
        return FL_OK; /* another service of this copy did it, and left it so */
    fl_status status = fl_proc_run(arena, &options, FL_LIMIT_PREPARE_MS, &output, &code, err);
    if (status == FL_E_LIMIT)
        return fl_fail(err, FL_E_ENV, "'%s' did not end within %u s", options.command, FL_LIMIT_PREPARE_MS / 1000);
    fl_str missing = status || code == 0 ? (fl_str){0} : fl_interpreter_missing(arena, service->model, service->plan.folder, output);
    if (missing.len)
        return fl_fail(err, FL_E_ENV, "'%s' failed: " FL_STR_FMT, options.command, FL_STR_ARG(missing));
    if (!status)
        status = fl_service_check_step(arena, "preparing with", options.command, code, output, err);
    return status ? status : fl_fs_write(mark.ptr, service->plan.prepare, err);
}

/* ---- ready ---- */

static void set_address(fl_service *service, uint16_t port, fl_port_host host)
{
    service->port = port;
    if (service->plan.url.len == 0)
        service->base_url = fl_str_format(&service->arena, "http://%s:%u", host == FL_PORT_V6 ? "[::1]" : "127.0.0.1", port);
}

static bool answers_from(const fl_service *service, fl_str path, fl_http_header header, uint32_t limit_ms, bool may_be_remote)
{
    fl_http *http;
    if (fl_http_new(&http, &(fl_http_options){.allow_remote = may_be_remote, .timeout_ms = limit_ms, .concurrency = 1, .uses_http2 = service->plan.uses_http2}, NULL))
        return false;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_http_request request = {.method = FL_S("GET")};
    request.url = fl_str_format(&arena, FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(service->base_url),
                                fl_str_starts(path, FL_S("/")) ? "" : "/", FL_STR_ARG(path));
    if (header.name.len)
        fl_vec_push(&arena, &request.headers, header);
    fl_http_response response;
    fl_http_send(http, &arena, &request, &response);
    bool is_answered = response.outcome == FL_HTTP_OK;
    fl_arena_release(&arena);
    fl_http_free(http);
    return is_answered;
}

/* Any answer at `path` below the base URL. On this machine first, where certificates are the service's own. */
static bool answers(const fl_service *service, fl_str path, fl_http_header header, uint32_t limit_ms)
{
    bool is_named_by_user = service->plan.url.len != 0;
    return answers_from(service, path, header, limit_ms, false) || (is_named_by_user && answers_from(service, path, header, limit_ms, true));
}

/* The port that the service says; of several, such as one for TLS, the first where HTTP is spoken. */
static uint16_t said_port(fl_service *service)
{
    uint16_t ports[PORTS] = {0};
    size_t count = fl_hook_listening(&service->hook, service->hook_start_byte, ports, PORTS);
    uint16_t before = service->port, found = ports[0];
    fl_str base_url = service->base_url;
    for (size_t i = 0; i < count && count > 1 && service->plan.url.len == 0; i++) {
        fl_port_host host = fl_port_accepts(ports[i]);
        if (host == FL_PORT_SILENT)
            continue;
        set_address(service, ports[i], host);
        if (!answers(service, FL_S("/"), (fl_http_header){{0}, {0}}, PROBE_MS))
            continue;
        found = ports[i];
        break;
    }
    service->port = before;
    service->base_url = base_url;
    return found;
}

/* Somebody accepts, where we told the service to be or where its hook says that it is. */
static bool is_listening(fl_service *service, uint64_t now_ms, uint64_t *elsewhere_since_ms)
{
    uint16_t any;
    fl_port_host host = service->port ? fl_port_accepts(service->port) : FL_PORT_SILENT;
    if (host != FL_PORT_SILENT && fl_hook_is_loaded(&service->hook, service->hook_start_byte) &&
        fl_hook_listening(&service->hook, service->hook_start_byte, &any, 1) == 0 && now_ms - service->launched_ms < FOREIGN_MS)
        return false; /* somebody else has taken the port */
    if (host != FL_PORT_SILENT) {
        set_address(service, service->port, host);
        return true;
    }
    uint16_t said = said_port(service);
    if (said == 0 || said == service->port)
        return false;
    if (*elsewhere_since_ms == 0)
        *elsewhere_since_ms = now_ms;
    if (service->port && !service->ignores_port && now_ms - *elsewhere_since_ms < OTHER_PORT_MS)
        return false;
    host = fl_port_accepts(said);
    if (host != FL_PORT_SILENT) {
        set_address(service, said, host);
        service->ignores_port = true;
    }
    return host != FL_PORT_SILENT;
}

static fl_status fail_start(fl_service *service, fl_proc_exit end, uint32_t limit_ms, bool has_listened, fl_err *err)
{
    uint64_t next;
    fl_arena *arena = &service->arena;
    service->ended_early = !end.is_running;
    fl_str output = fl_proc_output(service->proc, 0, &next), words = last_words(arena, output);
    fl_str missing = end.is_running ? (fl_str){0} : fl_interpreter_missing(arena, service->model, service->plan.folder, output);
    fl_str command = fl_str_trim(filled(service, service->plan.start)), how;
    if (!end.is_running && end.signal)
        how = fl_str_format(arena, "died of signal %d before it was ready", end.signal);
    else if (!end.is_running)
        how = fl_str_format(arena, "ended with code %d before it was ready", end.code);
    else if (has_listened)
        how = fl_str_format(arena, "accepts connections but did not answer '" FL_STR_FMT "' within %u ms", FL_STR_ARG(service->plan.ready), limit_ms);
    else if (service->port)
        how = fl_str_format(arena, "did not accept connections on port %u within %u ms", service->port, limit_ms);
    else
        how = fl_str_format(arena, "said no port within %u ms; write 'port:' in faultline.yaml", limit_ms);
    if (missing.len)
        return fl_fail(err, FL_E_ENV, "'" FL_STR_FMT "' " FL_STR_FMT ": " FL_STR_FMT, FL_STR_ARG(command), FL_STR_ARG(how), FL_STR_ARG(missing));
    return fl_fail(err, FL_E_ENV, "'" FL_STR_FMT "' " FL_STR_FMT "; its last output: " FL_STR_FMT, FL_STR_ARG(command),
                   FL_STR_ARG(how), FL_STR_ARG(words));
}

static fl_status wait_ready(fl_service *service, fl_err *err)
{
    uint32_t limit_ms = service->plan.ready_ms ? service->plan.ready_ms : FL_LIMIT_READY_MS;
    uint64_t start_ms = fl_clock_ms(), elsewhere_since_ms = 0;
    bool has_listened = false;
    service->launched_ms = start_ms;
    for (uint32_t pause_ms = 2;; pause_ms = pause_ms < 20 ? pause_ms * 2 : 25) {
        fl_proc_exit end = fl_proc_poll(service->proc);
        uint64_t now_ms = fl_clock_ms();
        if (end.is_running && is_listening(service, now_ms, &elsewhere_since_ms)) {
            has_listened = true;
            if (service->plan.ready.len == 0 || answers(service, service->plan.ready, (fl_http_header){{0}, {0}}, ANSWER_MS))
                return FL_OK;
        }
        if (!end.is_running || now_ms - start_ms >= limit_ms)
            return fail_start(service, end, limit_ms, has_listened, err);
        fl_clock_sleep_ms(pause_ms);
    }
}

/* ---- start and restart ---- */

static fl_status launch(fl_service *service, fl_err *err)
{
    fl_status status = keep_files(service, err);
    if (!status)
        status = run_step(service, "reset", service->plan.reset, err);
    if (!status)
        status = run_step(service, "forgetting lines", service->hook.forget_lines, err);
    if (status)
        return status;
    service->port = service->given_port;
    if (service->port && fl_port_accepts(service->port) != FL_PORT_SILENT)
        return fl_fail(err, FL_E_ENV, "port %u is taken; stop what listens there, or set 'port:' in faultline.yaml", service->port);
    uint64_t seen_byte; /* what processes before reported is not about this one */
    do {
        seen_byte = service->hook_start_byte;
        fl_hook_read(&service->hook, seen_byte, &service->hook_start_byte);
    } while (service->hook_start_byte != seen_byte);
    fl_str start = service->plan.start;
    if (service->is_debugged) {
        const fl_runtime_variable variables[] = {{"command", start}, {NULL, {0}}};
        start = fl_runtime_fill(&service->arena, service->debugger, variables);
    }
    fl_proc_options options = options_of(service, start);
    options.has_open_input = service->has_open_input;
    status = fl_proc_start(&service->proc, &options, err);
    if (!status)
        status = wait_ready(service, err);
    if (!status && service->hook.control.len && service->restart_count == 0 && !fl_hook_is_loaded(&service->hook, service->hook_start_byte))
        fl_log(FL_LOG_WARN, "our hook is not in the program: which lines run, and which memory is lost, stays unknown");
    if (status)
        end_process(service, FL_LIMIT_RESTART_STOP_MS);
    return status;
}

static uint16_t port_of(fl_str url)
{
    fl_url parts = fl_url_parts(url);
    return parts.port ? parts.port : parts.is_tls ? 443 : 80;
}

static void copy_plan(fl_service *service, const fl_service_plan *from)
{
    fl_arena *arena = &service->arena;
    fl_service_plan *plan = &service->plan;
    *plan = *from;
    fl_str *const texts[] = {&plan->folder, &plan->original, &plan->build, &plan->start, &plan->otherwise, &plan->url, &plan->port_variable, &plan->ready,
                             &plan->reset, &plan->prepare, &plan->runtime, &plan->rebuild, &plan->scratch, &plan->entry_file,
                             &plan->account, &plan->password};
    for (size_t i = 0; i < FL_COUNT(texts); i++)
        *texts[i] = fl_str_copy(arena, *texts[i]);
    plan->env.items = NULL;
    plan->env.count = plan->env.capacity = 0;
    plan->because.items = NULL;
    plan->because.count = plan->because.capacity = 0;
    for (size_t i = 0; i < from->env.count; i++)
        fl_vec_push(arena, &plan->env, fl_str_copy(arena, from->env.items[i]));
}

static bool is_installed(fl_arena *arena, fl_str program)
{
    fl_str folders = fl_str_from(getenv("PATH")), folder;
    while (fl_str_split(&folders, ':', &folder))
        if (folder.len && fl_fs_is_executable(fl_str_c(arena, fl_fs_join(arena, folder, program))))
            return true;
    return false;
}

/* Builds, finds the program, and arms what looks into it. */
static fl_status build(fl_service *service, fl_err *err)
{
    fl_service_plan *plan = &service->plan;
    fl_arena *arena = &service->arena;
    plan->build = filled(service, plan->build);
    plan->rebuild = filled(service, plan->rebuild);
    fl_status status = fl_workspace_build(&service->workspace, arena, plan, &service->env, err);
    if (!status && fl_str_find(plan->start, FL_S("${program}")) >= 0)
        status = fl_program_find(arena, plan, service->workspace.build, &service->program, err);
    if (!status && service->program.len)
        fl_log(FL_LOG_VERBOSE, "the program is '" FL_STR_FMT "'", FL_STR_ARG(service->program));
    if (!status && service->workspace.is_hooked)
        status = fl_hook_open(&service->hook, arena, plan, service->workspace.build, &service->env, err);
    service->has_open_input = fl_data_get_bool(service->model, "open_input", false);
    service->restores_files = plan->scratch.len && fl_data_get_bool(service->model, "restores_files", false);
    const fl_data *debugger = fl_data_get_c(service->model, "debugger");
    if (debugger && service->workspace.is_plain && is_installed(arena, fl_data_get_str(debugger, "needs")))
        service->debugger = fl_data_get_str(debugger, "command");
    return status;
}

static fl_status prepare(fl_service *service, fl_err *err)
{
    fl_service_plan *plan = &service->plan;
    fl_status status = fl_workspace_open(&service->workspace, &service->arena, plan, err);
    if (!status && plan->runtime.len)
        status = fl_runtime_read(&service->arena, plan->runtime, &service->model, err);
    if (!status && plan->runtime.len)
        status = fl_fs_real(&service->arena, fl_fs_data_dir(&service->arena).ptr, &service->data, err);
    if (status)
        return status;
    service->given_port = plan->port ? plan->port : plan->url.len ? port_of(plan->url) : 0;
    if (service->given_port == 0 && (plan->port_variable.len || fl_str_find(plan->start, FL_S("${port}")) >= 0)) {
        service->given_port = fl_port_choose();
        if (service->given_port == 0)
            return fl_fail(err, FL_E_ENV, "'" FL_STR_FMT "': no free port on this machine", FL_STR_ARG(plan->start));
    }
    for (size_t i = 0; i < plan->env.count; i++)
        fl_vec_push(&service->arena, &service->env, filled(service, plan->env.items[i]).ptr);
    if (plan->port_variable.len) {
        fl_str port = fl_str_format(&service->arena, FL_STR_FMT "=%u", FL_STR_ARG(plan->port_variable), service->given_port);
        fl_vec_push(&service->arena, &service->env, port.ptr);
    }
    status = build(service, err);
    fl_vec_push(&service->arena, &service->env, NULL);
    return status ? status : prepare_data(service, err);
}

/* Many programs want to be started in the folder where they are built. */
static fl_status launch_somehow(fl_service *service, fl_err *err)
{
    fl_err other = {0};
    fl_status status = launch(service, err);
    if (!status || !service->ended_early || service->plan.otherwise.len == 0)
        return status;
    fl_str first = service->plan.start;
    service->plan.start = service->plan.otherwise;
    if (launch(service, &other)) {
        service->plan.start = first;
        return status;
    }
    service->ended_early = false;
    fl_log(service->workspace.owned.len ? FL_LOG_INFO : FL_LOG_VERBOSE, "start: " FL_STR_FMT ", for elsewhere it ends at once", FL_STR_ARG(service->plan.start));
    return FL_OK;
}

static fl_status start(fl_service **out, const fl_service_plan *plan, bool *ended_early, fl_err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, catch_signals);
    *out = NULL;
    if (plan->start.len == 0 && plan->url.len == 0)
        return fl_fail(err, FL_E_ENV, "'" FL_STR_FMT "': neither a start command nor a URL", FL_STR_ARG(plan->folder));
    fl_service *service = calloc(1, sizeof *service);
    if (!service)
        fl_no_memory();
    fl_arena_init(&service->arena);
    fl_buf_init(&service->past, 0);
    fl_buf_init(&service->shown, 0);
    copy_plan(service, plan);
    fl_str url = service->plan.url;
    while (url.len && url.ptr[url.len - 1] == '/')
        url.len--;
    service->base_url = url;
    fl_status status = FL_OK;
    if (plan->start.len) {
        status = prepare(service, err);
        if (!status)
            status = launch_somehow(service, err);
    } else if (!answers(service, service->plan.ready, (fl_http_header){{0}, {0}}, plan->ready_ms ? plan->ready_ms : FL_LIMIT_READY_MS)) {
        status = fl_fail(err, FL_E_ENV, "'" FL_STR_FMT "' does not answer; start the service, or give a start command", FL_STR_ARG(url));
    }
    *ended_early = service->ended_early;
    if (status) {
        fl_service_free(service);
        return status;
    }
    *out = service;
    return FL_OK;
}

/* Some need what lies around the project: a folder beside it, a socket at a known path. */
fl_status fl_service_start(fl_service **out, const fl_service_plan *plan, fl_err *err)
{
    bool ended_early = false;
    fl_status status = start(out, plan, &ended_early, err);
    if (!status || !ended_early || !plan->in_copy || plan->can_sanitize || plan->prepare.len)
        return status;
    fl_service_plan in_place = *plan;
    fl_err again;
    in_place.in_copy = false;
    if (start(out, &in_place, &ended_early, &again))
        return status;
    fl_log(FL_LOG_WARN, "it starts in the project alone, not in a copy of it (%s): what it writes is written there", err->text);
    return FL_OK;
}

fl_status fl_service_restart(fl_service *service, fl_err *err)
{
    if (!fl_service_is_managed(service))
        return fl_fail(err, FL_E_ENV, "'" FL_STR_FMT "' was not started by us and cannot be restarted", FL_STR_ARG(service->base_url));
    if (++service->restart_count > FL_LIMIT_RESTARTS)
        return fl_fail(err, FL_E_LIMIT, "'" FL_STR_FMT "' was restarted %u times; that is enough", FL_STR_ARG(service->plan.start),
                       FL_LIMIT_RESTARTS);
    end_process(service, FL_LIMIT_RESTART_STOP_MS);
    return launch(service, err);
}

/* ---- the rest ---- */

fl_str fl_service_base_url(const fl_service *service)
{
    return service->base_url;
}

bool fl_service_is_managed(const fl_service *service)
{
    return service->plan.start.len != 0;
}

fl_service_exit fl_service_poll(fl_service *service)
{
    if (!fl_service_is_managed(service))
        return (fl_service_exit){0};
    if (!service->proc)
        return (fl_service_exit){.has_exited = true};
    fl_proc_exit end = fl_proc_poll(service->proc);
    return (fl_service_exit){.has_exited = !end.is_running, .code = end.code, .signal = end.signal};
}

fl_str fl_service_hook(fl_service *service, uint64_t from_byte, uint64_t *next)
{
    return fl_hook_read(&service->hook, from_byte, next);
}

fl_str fl_service_request_header(const fl_service *service)
{
    return service->hook.request_header;
}

fl_str fl_service_flush_header(const fl_service *service)
{
    return service->hook.flush_header;
}

fl_str fl_service_in_place(const fl_service *service, fl_arena *arena, fl_str text)
{
    fl_str copy = service->plan.folder, original = service->plan.original;
    return original.len ? fl_str_replace(arena, text, copy, original) : text;
}

fl_str fl_service_folder(const fl_service *service)
{
    return service->plan.folder;
}

bool fl_service_debug(fl_service *service, bool wants_debugger)
{
    service->is_debugged = wants_debugger && service->debugger.len != 0;
    return service->is_debugged;
}

bool fl_service_can_ask(fl_service *service)
{
    return service->hook.control.len != 0 && service->proc && fl_hook_is_loaded(&service->hook, service->hook_start_byte);
}

/* The hook has written its counters: what they mean is a command's business. */
static bool report_lines(fl_service *service, uint32_t request)
{
    fl_arena arena;
    fl_arena_init(&arena);
    FL_VEC(const char *) env = {0};
    for (size_t i = 0; i + 1 < service->env.count; i++)
        fl_vec_push(&arena, &env, service->env.items[i]);
    fl_vec_push(&arena, &env, fl_str_format(&arena, "FAULTLINE_REQUEST=%u", request).ptr);
    fl_vec_push(&arena, &env, NULL);
    const fl_proc_options options = {.command = fl_str_c(&arena, service->hook.lines), .folder = fl_str_c(&arena, service->plan.folder), .env = env.items};
    fl_str output = {0};
    int code = 0;
    bool is_reported = fl_proc_run(&arena, &options, FL_LIMIT_RESET_MS, &output, &code, NULL) == FL_OK && code == 0;
    if (is_reported)
        fl_hook_append(&service->hook, output);
    fl_arena_release(&arena);
    return is_reported;
}

bool fl_service_ask(fl_service *service, const char *what, uint32_t request, uint32_t limit_ms)
{
    if (!service->proc)
        return false;
    uint64_t from_byte = service->hook_start_byte, seen_byte;
    do { /* reports before the question are no answer */
        seen_byte = from_byte;
        fl_hook_read(&service->hook, seen_byte, &from_byte);
    } while (from_byte != seen_byte);
    bool is_about_leaks = strcmp(what, "leaks") == 0;
    unsigned ask = fl_hook_put(&service->hook, is_about_leaks && service->can_tell_leaks ? "leaks-again" : what);
    int answer = -1;
    uint64_t until_us = fl_clock_us() + (uint64_t)limit_ms * 1000;
    for (useconds_t pause_us = 50; ask && answer < 0 && fl_clock_us() < until_us; pause_us = pause_us < 2000 ? pause_us * 2 : 2000) {
        usleep(pause_us);
        answer = fl_hook_answer(&service->hook, from_byte, ask);
        if (answer < 0 && !fl_proc_poll(service->proc).is_running)
            return false;
    }
    if (answer <= 0)
        return false;
    service->can_tell_leaks = service->can_tell_leaks || is_about_leaks;
    return strcmp(what, "lines") != 0 || service->hook.lines.len == 0 || report_lines(service, request);
}

void fl_service_free(fl_service *service)
{
    if (!service)
        return;
    end_process(service, FL_LIMIT_STOP_MS);
    fl_hook_close(&service->hook);
    fl_workspace_close(&service->workspace);
    fl_buf_release(&service->past);
    fl_buf_release(&service->shown);
    fl_arena_release(&service->arena);
    free(service);
}
