/*
 * Sending one case and seeing what comes of it. Read fl_engine_send: it has what the case refers to run first (in this
 * life of the service), sends it marked with a number, and collects what was answered, printed and reported by the hook.
 */
#include "engine/engine_p.h"
#include <fnmatch.h>
#include <string.h>

enum { DEPTH_LIMIT = 12, EXIT_WAIT_MS = 400, SETTLE_MS = 25, REPORT_WAIT_MS = 2000, ASK_MS = 2000, WORDS_MS = 200, SILENCES = 10 };

fl_baseline *fl_engine_case(const fl_engine *engine, uint32_t number)
{
    fl_run *run = engine->run;
    if (number < run->baselines.count)
        return &run->baselines.items[number];
    number -= (uint32_t)run->baselines.count;
    return number < run->extras.count ? &run->extras.items[number] : NULL;
}

uint32_t fl_engine_add_extra(fl_engine *engine, const fl_case *request)
{
    fl_baseline extra = {.operation = request->operation, .request = *request};
    fl_vec_push(engine->arena, &engine->run->extras, extra);
    fl_vec_push(engine->arena, &engine->ran_in_life, 0);
    fl_vec_push(engine->arena, &engine->is_stable, false);
    return (uint32_t)(engine->run->baselines.count + engine->run->extras.count - 1);
}

bool fl_engine_may_send(const fl_engine *engine, const fl_operation *operation)
{
    if (!fl_phase_may_go_on(engine))
        return false;
    char name[1024];
    if (operation->method.len + operation->path.len + 2 > sizeof name)
        return false;
    memcpy(name, operation->method.ptr, operation->method.len);
    name[operation->method.len] = ' ';
    memcpy(name + operation->method.len + 1, operation->path.ptr, operation->path.len);
    name[operation->method.len + 1 + operation->path.len] = '\0';
    for (const char *const *glob = engine->options->exclude; glob && *glob; glob++)
        if (fnmatch(*glob, name, 0) == 0 || fnmatch(*glob, name + operation->method.len + 1, 0) == 0)
            return false;
    return true;
}

const fl_data *fl_engine_resolve(void *context, const fl_reference *reference)
{
    const fl_engine *engine = context;
    const fl_baseline *from = fl_engine_case(engine, reference->number);
    if (from == NULL)
        return NULL;
    if (fl_str_starts(reference->pointer, FL_S("cookie=")))
        return fl_data_get(from->cookies, fl_str_sub(reference->pointer, 7, reference->pointer.len));
    return fl_data_pointer(from->answer, reference->pointer);
}

/* ---- the service ---- */

static void read_hello(fl_engine *engine)
{
    uint64_t next;
    fl_str text = fl_service_hook(engine->service, engine->hook_at, &next);
    engine->has_hook = engine->has_hook || fl_str_find(text, FL_S("\"hello\"")) >= 0;
    engine->hook_at = next;
    engine->can_ask = fl_service_can_ask(engine->service);
    engine->knows_leaks = false;
    if (engine->leaks)
        fl_leak_watch_forget(engine->leaks);
    (void)fl_service_output(engine->service, engine->output_at, &engine->output_at);
}

/** Connections kept alive led to the process before. */
static void renew_connections(fl_engine *engine)
{
    fl_http *fresh;
    if (fl_http_new(&fresh, &engine->http_options, NULL) != FL_OK)
        return;
    fl_http_free(engine->http);
    engine->http = fresh;
}

bool fl_engine_restart(fl_engine *engine)
{
    if (engine->broken != FL_OK || !fl_service_is_managed(engine->service))
        return false;
    if (engine->run->restart_count >= FL_LIMIT_RESTARTS) {
        engine->broken = fl_fail(engine->err, FL_E_LIMIT, "service was restarted %u times; the rest was not sent", FL_LIMIT_RESTARTS);
        return false;
    }
    engine->run->restart_count++;
    engine->broken = fl_service_restart(engine->service, engine->err);
    engine->is_stuck = false;
    engine->life++;
    engine->is_dirty = false;
    if (engine->broken != FL_OK)
        return false;
    renew_connections(engine);
    read_hello(engine);
    return true;
}

bool fl_engine_is_alive(fl_engine *engine)
{
    if (engine->broken != FL_OK)
        return false;
    return (!engine->is_stuck && !fl_service_poll(engine->service).has_exited) || fl_engine_restart(engine);
}

/* ---- observing ---- */

static void read_event(fl_engine *engine, fl_arena *arena, fl_str line, fl_observation *out)
{
    static const struct { const char *text; int kind; } kinds[] = {
        {"error", FL_HOOK_ERROR}, {"rejection", FL_HOOK_REJECTION}, {"uncaught", FL_HOOK_UNCAUGHT}, {"answer", FL_HOOK_ANSWER},
        {"streaming", FL_HOOK_STREAMING}, {"exit", FL_HOOK_EXIT}, {"cut", FL_HOOK_CUT},
    };
    fl_data *event;
    if (line.len == 0 || fl_json_parse(arena, line, &event, NULL) != FL_OK)
        return;
    fl_str type = fl_data_get_str(event, "type");
    if (fl_str_eq_c(type, "script"))
        fl_source_maps_put(&engine->tracer.maps, fl_data_get_str(event, "file"), fl_data_get_str(event, "text"));
    /* A hook that is asked knows no numbers: what it reports by itself is about the newest request, for they go out one by one. */
    if (fl_data_get_int(event, "request", engine->can_ask ? engine->number : 0) != (int64_t)engine->number)
        return;
    if (fl_str_eq_c(type, "lines")) {
        out->lines = fl_data_get_c(event, "files");
        return;
    }
    fl_hook_event one = {.kind = FL_HOOK_OTHER, .request = engine->number};
    for (size_t i = 0; i < FL_COUNT(kinds); i++)
        if (fl_str_eq_c(type, kinds[i].text))
            one.kind = kinds[i].kind;
    one.name = fl_data_get_str(event, "name");
    one.message = fl_data_get_str(event, "message");
    one.stack = fl_data_get_str(event, "stack");
    one.frames = fl_data_get_c(event, "frames");
    one.status = fl_data_get_int(event, one.kind == FL_HOOK_EXIT ? "code" : "status", 0);
    fl_vec_push(arena, &out->events, one);
}

static void read_reports(fl_engine *engine, fl_arena *arena, fl_observation *out)
{
    uint64_t next;
    fl_str text = fl_str_copy(arena, fl_service_hook(engine->service, engine->hook_at, &next)), line;
    /* A line that is still being written is read again next time. */
    ptrdiff_t end = fl_str_rfind_char(text, '\n');
    engine->hook_at = next - (text.len - (size_t)(end + 1));
    text = fl_str_sub(text, 0, (size_t)(end + 1));
    while (fl_str_split(&text, '\n', &line))
        read_event(engine, arena, line, out);
}

/** Asks the hook for the lines of a request that got no answer. A process that is busy gets more time. */
static void flush_lines(fl_engine *engine, fl_arena *arena)
{
    enum { TRIES = 3 };
    fl_http_request ask = {.method = FL_S("GET")};
    ask.url = fl_str_format(arena, FL_STR_FMT "/", FL_STR_ARG(fl_service_base_url(engine->service)));
    fl_vec_push(arena, &ask.headers, (fl_http_header){fl_service_flush_header(engine->service), fl_str_format(arena, "%u", engine->number)});
    fl_http_response response;
    for (int i = 0; i < TRIES; i++) {
        fl_http_send(engine->http, arena, &ask, &response);
        if (response.outcome != FL_HTTP_TIMEOUT)
            break;
    }
}

/* Does the source say that something here may fail behind the answer? */
static bool may_fail_late(const fl_engine *engine, uint32_t operation)
{
    const fl_operation *op = &engine->api->operations.items[operation];
    for (size_t i = 0; i < op->weak_spots.count; i++) {
        const fl_weak_spot *spot = &engine->api->weak_spots.items[op->weak_spots.items[i] - 1];
        if (spot->kind == FL_WS_unhandled_rejection || fl_str_eq_c(spot->shows, "exit") || fl_str_eq_c(spot->shows, "late")) return true;
    }
    return false;
}

static void wait_for_exit(fl_engine *engine, fl_observation *out, unsigned limit_ms)
{
    for (unsigned waited = 0; !out->exit.has_exited && waited < limit_ms; waited += 10) {
        fl_clock_sleep_ms(10);
        out->exit = fl_service_poll(engine->service);
    }
}

static void find_reports(fl_engine *engine, fl_arena *arena, fl_observation *out)
{
    uint64_t next;
    fl_traces found = {0};
    out->reports.count = 0;
    fl_str text = fl_service_output(engine->service, engine->output_at, &next);
    if (text.len)
        fl_trace_find(&engine->tracer, fl_str_copy(arena, text), "output", &found);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].report == FL_TRACE_FAULT)
            fl_vec_push(arena, &out->reports, found.items[i]);
}

/** A run time that reports wrong memory use ends the process behind its report, which takes a moment. What it says is what the
 *  process died of: that it prints a report first must not hide the signal. */
static void observe_death(fl_engine *engine, fl_arena *arena, bool is_odd, fl_observation *out)
{
    if (!engine->can_ask && !is_odd && !out->exit.has_exited)
        return;
    find_reports(engine, arena, out);
    if (out->reports.count && !out->exit.has_exited && fl_service_is_managed(engine->service)) {
        wait_for_exit(engine, out, REPORT_WAIT_MS);
        find_reports(engine, arena, out);
    }
    for (size_t i = 0; i < out->reports.count && out->exit.has_exited && !out->exit.signal; i++)
        out->exit.signal = out->reports.items[i].signal;
}

/** Before a request whose lines and leaks are wanted: nothing that others did may count. */
static void ask_before(fl_engine *engine)
{
    if (!engine->knows_leaks && !engine->cannot_tell_leaks) {
        engine->knows_leaks = fl_leak_watch_look(engine->leaks, engine->service, engine->arena, NULL);
        engine->cannot_tell_leaks = !engine->knows_leaks && !fl_service_poll(engine->service).has_exited;
        if (engine->cannot_tell_leaks)
            fl_log(FL_LOG_VERBOSE, "lost memory stays unseen: there is no leak sanitizer, or processes may not be looked into here");
    }
    (void)fl_service_ask(engine->service, "begin", engine->number, ASK_MS);
}

/** Memory that an earlier request lost may show only now, when no register has it any more: the line must have run. */
static void ask_behind(fl_engine *engine, fl_arena *arena, fl_observation *out)
{
    (void)fl_service_ask(engine->service, "lines", engine->number, ASK_MS);
    read_reports(engine, arena, out);
    fl_leaks fresh = {0};
    if (!engine->knows_leaks || !fl_leak_watch_look(engine->leaks, engine->service, engine->arena, &fresh))
        return;
    for (size_t i = 0; i < fresh.count; i++) {
        const fl_frame *frame = fl_trace_application_frame(&fresh.items[i], 0);
        if (out->lines == NULL || fl_trace_line_ran(&engine->tracer, out->lines, frame->file, frame->line))
            fl_vec_push(arena, &out->leaks, fresh.items[i]);
    }
}

static void observe(fl_engine *engine, fl_arena *arena, uint32_t operation, bool wants_lines, fl_observation *out)
{
    fl_http_outcome outcome = out->response.outcome;
    bool is_odd = outcome != FL_HTTP_OK && outcome != FL_HTTP_TOO_LARGE;
    out->exit = fl_service_poll(engine->service);
    if (outcome == FL_HTTP_CLOSED || outcome == FL_HTTP_REFUSED)
        wait_for_exit(engine, out, EXIT_WAIT_MS);
    bool is_asked = engine->can_ask && wants_lines; /* which takes long enough */
    bool is_read = fl_str_eq_c(out->sent.method, "GET") || fl_str_eq_c(out->sent.method, "HEAD");
    bool is_baseline_write = !is_read && !wants_lines && !engine->is_hasty;
    if (engine->has_hook && !is_asked && (is_baseline_write || may_fail_late(engine, operation)) && outcome == FL_HTTP_OK) /* work that nobody waits for fails behind the answer */
        for (unsigned waited = 0; !out->exit.has_exited && waited < SETTLE_MS; waited += 5) {
            fl_clock_sleep_ms(5);
            out->exit = fl_service_poll(engine->service);
        }
    observe_death(engine, arena, is_odd, out);
    if (is_asked && !out->exit.has_exited && outcome != FL_HTTP_TIMEOUT) {
        ask_behind(engine, arena, out);
        out->exit = fl_service_poll(engine->service);
        observe_death(engine, arena, is_odd, out); /* what is cleaned up behind the answer may fail, too */
    } else {
        engine->knows_leaks = false;
    }
    if (engine->has_hook && fl_service_flush_header(engine->service).len && is_odd && (wants_lines || outcome == FL_HTTP_TIMEOUT) && !out->exit.has_exited)
        flush_lines(engine, arena);
    read_reports(engine, arena, out);
    for (size_t i = 0; i < out->events.count && !out->exit.has_exited; i++) { /* it is about to end */
        if (out->events.items[i].kind != FL_HOOK_REJECTION && out->events.items[i].kind != FL_HOOK_UNCAUGHT)
            continue;
        wait_for_exit(engine, out, 100);
        break;
    }
    uint64_t next;
    out->output = fl_str_copy(arena, fl_service_output(engine->service, engine->output_at, &next));
    engine->output_at = next;
}

/* ---- sending ---- */

/** A service that often does not answer gets less time each time: else a few hundred requests last for hours. */
static void lose_patience(fl_engine *engine)
{
    static const struct { unsigned count; uint32_t timeout_ms; } steps[] = {{12, 1500}, {40, 600}};
    engine->timeout_count++;
    for (size_t i = 0; i < FL_COUNT(steps); i++)
        if (engine->timeout_count == steps[i].count && engine->http_options.timeout_ms > steps[i].timeout_ms) {
            engine->http_options.timeout_ms = steps[i].timeout_ms;
            renew_connections(engine);
        }
}

static void send_once(fl_engine *engine, fl_arena *arena, uint32_t operation, bool wants_lines, fl_observation *out)
{
    bool is_safe = fl_operation_is_safe(&engine->api->operations.items[operation]);
    fl_http_request marked = out->sent;
    marked.headers.items = NULL;
    marked.headers.count = marked.headers.capacity = 0;
    for (size_t i = 0; i < out->sent.headers.count; i++)
        fl_vec_push(arena, &marked.headers, out->sent.headers.items[i]);
    engine->number++;
    if (engine->can_ask && wants_lines)
        ask_before(engine);
    fl_str mark = fl_service_request_header(engine->service);
    if (engine->has_hook && mark.len)
        fl_vec_push(arena, &marked.headers,
                    (fl_http_header){mark, fl_str_format(arena, wants_lines ? "%u;lines" : "%u", engine->number)});
    fl_http_send(engine->http, arena, &marked, &out->response);
    out->response.body = fl_service_in_place(engine->service, arena, out->response.body);
    engine->run->request_count++;
    out->was_sent = true;
    engine->is_dirty = engine->is_dirty || !is_safe;
    observe(engine, arena, operation, wants_lines, out);
    bool is_late = out->response.outcome == FL_HTTP_TIMEOUT;
    if (is_late)
        lose_patience(engine);
    if (is_late || out->response.is_endless)
        engine->is_stuck = engine->can_ask; /* a thread that never comes back may be the only one */
}

/** The words of a failure come in pieces and may come behind the answer. Services that say nothing are not waited for long. */
static void wait_for_trace(fl_engine *engine, fl_arena *arena, uint64_t output_at, fl_observation *out)
{
    for (unsigned waited = 0; !out->has_trace && waited < WORDS_MS && engine->silence_count < SILENCES; waited += 10) {
        fl_clock_sleep_ms(10);
        read_reports(engine, arena, out);
        out->output = fl_str_copy(arena, fl_service_output(engine->service, output_at, &engine->output_at));
        fl_judge(engine, out);
    }
    engine->silence_count = out->has_trace ? 0 : engine->silence_count + 1;
}

static void send_now(fl_engine *engine, fl_arena *arena, const fl_case *request, bool wants_lines, fl_observation *out)
{
    fl_case resolved;
    if (!fl_references_resolve_case(arena, request, fl_engine_resolve, engine, &resolved) || !fl_engine_is_alive(engine))
        return;
    fl_case_render(arena, engine->api, &resolved, fl_service_base_url(engine->service), &out->sent);
    uint64_t output_at = engine->output_at;
    send_once(engine, arena, request->operation, wants_lines, out);
    bool is_closed = out->response.outcome == FL_HTTP_CLOSED || out->response.outcome == FL_HTTP_REFUSED;
    if (is_closed && !out->exit.has_exited && out->events.count == 0) {
        /* The connection may have been an old one, closed while we were not looking: only what happens twice counts. */
        const fl_http_request sent = out->sent;
        *out = (fl_observation){.sent = sent};
        renew_connections(engine);
        send_once(engine, arena, request->operation, wants_lines, out);
    }
    fl_judge(engine, out);
    if (engine->is_hasty && out->failure != NULL && out->response.outcome == FL_HTTP_OK)
        wait_for_trace(engine, arena, output_at, out);
    if (engine->options->judges_answers && out->failure == NULL)
        fl_contract_judge(engine, arena, &resolved, out);
}

static bool run_needed(fl_engine *engine, const fl_case *request, unsigned depth);

static bool run_case(fl_engine *engine, uint32_t number, unsigned depth)
{
    fl_baseline *needed = fl_engine_case(engine, number);
    if (needed == NULL || depth > DEPTH_LIMIT)
        return false;
    if (engine->ran_in_life.items[number] == engine->life || engine->is_stable.items[number])
        return true;
    unsigned life = engine->life;
    engine->ran_in_life.items[number] = life; /* also ends circles */
    fl_arena arena;
    fl_arena_init(&arena);
    fl_observation seen = {0};
    bool is_ok = run_needed(engine, &needed->request, depth + 1);
    if (is_ok) {
        send_now(engine, &arena, &needed->request, false, &seen);
        is_ok = seen.was_sent && seen.response.outcome == FL_HTTP_OK && seen.response.status < 400;
        if (is_ok)
            fl_engine_keep(engine, number, &seen);
    }
    fl_arena_release(&arena);
    return is_ok && engine->life == life;
}

static bool run_needed(fl_engine *engine, const fl_case *request, unsigned depth)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_references needed = {0};
    fl_references_of_case(&arena, request, &needed);
    bool is_ok = true;
    for (size_t i = 0; i < needed.count && is_ok; i++)
        is_ok = run_case(engine, needed.items[i].number, depth);
    for (size_t i = 0; i < request->before.count && is_ok; i++)
        is_ok = run_case(engine, request->before.items[i], depth);
    fl_arena_release(&arena);
    return is_ok;
}

/** It died and nothing says where: the same again under a debugger, once. */
static void trace_death(fl_engine *engine, fl_arena *arena, const fl_case *request, fl_observation *out)
{
    if (engine->is_debugging || !out->exit.has_exited || !out->exit.signal || out->has_trace || !fl_service_debug(engine->service, true))
        return;
    engine->is_debugging = true;
    fl_observation again = {0};
    if (fl_engine_restart(engine) && run_needed(engine, request, 0))
        send_now(engine, arena, request, false, &again);
    if (again.has_trace && again.exit.has_exited) {
        out->trace = again.trace;
        out->has_trace = true;
    }
    (void)fl_service_debug(engine->service, false);
    engine->is_debugging = false;
    engine->is_stuck = true; /* nothing else is sent to it */
}

void fl_engine_send(fl_engine *engine, fl_arena *arena, const fl_case *request, bool wants_lines, fl_observation *out)
{
    *out = (fl_observation){0};
    for (int tries = 0; tries < 2 && fl_engine_is_alive(engine); tries++)
        if (run_needed(engine, request, 0)) {
            send_now(engine, arena, request, wants_lines, out);
            trace_death(engine, arena, request, out);
            for (size_t i = 0; i < out->findings.count && !engine->is_trying_again; i++)
                (void)fl_finding_record(engine, request->operation, request, out, out->findings.items[i].check, out->findings.items[i].detail);
            return;
        }
}

static fl_data *cookies_of(fl_arena *arena, const fl_http_response *response)
{
    fl_data *cookies = fl_data_map(arena);
    for (size_t i = 0; i < response->headers.count; i++) {
        if (!fl_str_eq_nocase(response->headers.items[i].name, FL_S("set-cookie")))
            continue;
        fl_str rest = response->headers.items[i].value, pair, name;
        if (!fl_str_split(&rest, ';', &pair) || !fl_str_split(&pair, '=', &name) || name.len == 0)
            continue;
        fl_data_set(arena, cookies, fl_str_copy(arena, fl_str_trim(name)), fl_data_string(arena, fl_str_trim(pair)));
    }
    return cookies;
}

void fl_engine_keep(fl_engine *engine, uint32_t number, const fl_observation *seen)
{
    fl_baseline *one = fl_engine_case(engine, number);
    fl_data *answer = NULL;
    if (fl_json_parse(engine->arena, fl_str_copy(engine->arena, seen->response.body), &answer, NULL) != FL_OK)
        answer = NULL;
    one->answer = answer;
    one->cookies = cookies_of(engine->arena, &seen->response);
    engine->ran_in_life.items[number] = engine->life;
}

void fl_engine_send_case(fl_engine *engine, fl_arena *arena, uint32_t number, fl_observation *out)
{
    fl_engine_send(engine, arena, &fl_engine_case(engine, number)->request, false, out);
    if (out->was_sent && out->response.outcome == FL_HTTP_OK && out->response.status < 400)
        fl_engine_keep(engine, number, out);
}

static bool passes(fl_engine *engine, const fl_baseline *baseline)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_observation seen;
    fl_engine_send(engine, &arena, &baseline->request, false, &seen);
    bool is_ok = seen.was_sent && seen.response.outcome == FL_HTTP_OK && seen.response.status == baseline->status;
    fl_arena_release(&arena);
    return is_ok;
}

bool fl_engine_is_fresh(fl_engine *engine, uint32_t operation)
{
    const fl_baseline *baseline = &engine->run->baselines.items[operation];
    if (!fl_engine_may_send(engine, &engine->api->operations.items[operation]))
        return false;
    bool was_trying = engine->is_trying_again, is_fresh = false;
    engine->is_trying_again = true;
    for (int tries = 0; tries < 3 && !is_fresh && engine->broken == FL_OK; tries++) {
        if (tries == 1 || (tries == 0 && fl_operation_is_destructive(&engine->api->operations.items[operation])))
            engine->life++; /* what is referred to is made once more */
        if (tries == 2 && !fl_engine_restart(engine))
            break;
        is_fresh = passes(engine, baseline);
    }
    engine->is_trying_again = was_trying;
    return is_fresh;
}
