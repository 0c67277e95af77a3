/*
 * Load: first a closed loop, which finds what the service can do with so many connections, all of which ask the same, one operation after the other; then an open loop below that, which finds how long
 * people wait. Requests are the valid ones that only read, each looked at alone before. Every answer is judged as in the other phases; one that
 * has the very bytes of the last one has its verdict. Read fl_load_run.
 */
#include "engine/engine_p.h"

enum { CONNECTIONS = 50, DURATION_MS = 10000, SHARE_PERCENT = 60, MOST_CONNECTIONS = 10000 };

typedef struct target { uint32_t operation; fl_case request; fl_http_request sent; } target;
typedef struct loading {
    fl_engine *engine;
    FL_VEC(target) targets;
    FL_VEC(fl_http_request) requests;
    fl_load_part *part;
    fl_arena arena;                        /* of one answer */
} loading;

static void find_targets(loading *l)
{
    fl_engine *engine = l->engine;
    for (uint32_t i = 0; i < engine->api->operations.count; i++) {
        const fl_baseline *valid = &engine->run->baselines.items[i];
        target one = {.operation = i};
        if (!valid->is_ok || !fl_operation_is_safe(&engine->api->operations.items[i]) || !fl_engine_is_fresh(engine, i) ||
            !fl_references_resolve_case(engine->arena, &valid->request, fl_engine_resolve, engine, &one.request))
            continue;
        one.request = fl_case_copy(engine->arena, &one.request);
        fl_case_render(engine->arena, engine->api, &one.request, fl_service_base_url(engine->service), &one.sent);
        fl_vec_push(engine->arena, &l->targets, one);
        fl_vec_push(engine->arena, &l->requests, one.sent);
    }
}

static bool is_failure(const fl_http_response *response)
{
    return response->outcome != FL_HTTP_OK || response->status >= 500;
}

static void judge(loading *l, size_t index, const fl_http_response *response)
{
    const target *one = &l->targets.items[index];
    fl_observation seen = {.sent = one->sent, .response = *response, .was_sent = true};
    fl_arena_clear(&l->arena);
    fl_contract_judge_load(l->engine, &l->arena, &one->request, &seen);
    if (l->engine->options->judges_answers && !is_failure(response))
        fl_contract_judge(l->engine, &l->arena, &one->request, &seen);
    for (size_t i = 0; i < seen.findings.count; i++)
        (void)fl_finding_record(l->engine, one->operation, &l->engine->run->baselines.items[one->operation].request, &seen, seen.findings.items[i].check, seen.findings.items[i].detail);
}

static bool done(void *context, size_t index, const fl_http_response *response, bool is_repeat, uint64_t latency_us)
{
    loading *l = context;
    fl_load_times *times = &l->part->operations.items[index];
    bool has_failed = is_failure(response);
    fl_histogram_add(l->part->times, latency_us);
    fl_histogram_add(times->times, latency_us);
    l->part->failed += has_failed;
    times->failed += has_failed;
    if (!is_repeat)
        judge(l, index, response);
    bool is_gone = response->outcome == FL_HTTP_REFUSED && fl_service_is_managed(l->engine->service) && fl_service_poll(l->engine->service).has_exited;
    return !is_gone;
}

static fl_load_part *add_part(loading *l, unsigned connections, unsigned rate)
{
    fl_engine *engine = l->engine;
    fl_vec_push(engine->arena, &engine->run->load, (fl_load_part){.wanted = connections, .rate = rate, .times = FL_NEW(engine->arena, fl_histogram)});
    fl_load_part *part = &engine->run->load.items[engine->run->load.count - 1];
    for (size_t i = 0; i < l->targets.count; i++)
        fl_vec_push(engine->arena, &part->operations, (fl_load_times){.operation = l->targets.items[i].operation, .times = FL_NEW(engine->arena, fl_histogram)});
    return part;
}

static void add_waited(fl_histogram *to, const fl_histogram *from)
{
    for (size_t i = 0; i < FL_HISTOGRAM_BUCKETS; i++)
        to->counts[i] += from->counts[i];
    to->count += from->count;
    to->sum_us += from->sum_us;
    to->max_us = from->max_us > to->max_us ? from->max_us : to->max_us;
}

static void run_loop(loading *l, unsigned connections, unsigned rate, uint32_t duration_ms)
{
    fl_engine *engine = l->engine;
    const fl_phase_limit *limit = &engine->options->limits[FL_PHASE_load];
    uint64_t left_ms = limit->time_ms ? limit->time_ms - (fl_clock_us() - engine->phase_start_us) / 1000 : FL_LIMIT_PHASE_MS;
    unsigned spent = engine->run->request_count - engine->phase_first_request;
    if (!fl_phase_may_go_on(engine))
        return;
    l->part = add_part(l, connections, rate);
    fl_http_load load = {.requests = l->requests.items, .count = l->requests.count, .connections = connections, .rate = rate, .context = l, .done = done,
                         .block = rate ? 1 : connections, .least = rate ? 0 : (uint64_t)connections * l->requests.count,
                         .duration_us = (left_ms < duration_ms ? left_ms : duration_ms) * 1000ull, .most = limit->requests ? limit->requests - spent : 0};
    fl_http_load_result result;
    fl_err err = {0};
    if (fl_http_load_run(&load, &engine->http_options, &result, &err) != FL_OK) {
        fl_log(FL_LOG_WARN, "no load: %s", err.text);
        engine->run->load.count--;
        return;
    }
    l->part->connections = result.connections;
    l->part->open_files = result.open_files;
    l->part->sent = result.sent;
    l->part->late = result.late;
    l->part->unsent = result.unsent;
    l->part->duration_us = result.duration_us > result.opened_us ? result.duration_us - result.opened_us : 1; /* what is asked of the service, not how long connections take */
    add_waited(l->part->times, &result.waited);
    engine->run->request_count += (unsigned)result.sent;
    if (result.open_files != 0)
        fl_log(FL_LOG_WARN, "load: %u connections of %u that were wanted, as %llu files may be open (ulimit -n) and no more were granted", result.connections, connections,
               (unsigned long long)result.open_files);
}

void fl_load_run(fl_engine *engine)
{
    const fl_load_options *said = &engine->options->load;
    loading l = {.engine = engine};
    unsigned connections = said->connections ? said->connections : CONNECTIONS;
    connections = connections > MOST_CONNECTIONS ? MOST_CONNECTIONS : connections;
    uint32_t duration_ms = said->duration_ms ? said->duration_ms : DURATION_MS;
    find_targets(&l);
    if (l.targets.count == 0) {
        fl_log(FL_LOG_WARN, "load: no operation that only reads has a valid request, so there is nothing to send many of");
        return;
    }
    fl_arena_init(&l.arena);
    if (!engine->options->is_quiet)
        fl_progress("load, closed loop", 0, 0);
    run_loop(&l, connections, 0, duration_ms);
    const fl_load_part *closed = engine->run->load.count ? &engine->run->load.items[0] : NULL;
    double per_second = closed && closed->duration_us ? (double)(closed->sent - closed->failed) * 1e6 / (double)closed->duration_us : 0;
    unsigned rate = said->rate ? said->rate : (unsigned)(per_second * SHARE_PERCENT / 100);
    if (!engine->options->is_quiet)
        fl_progress("load, open loop", 0, 0);
    if (rate != 0 && fl_engine_is_alive(engine))
        run_loop(&l, connections, rate, duration_ms);
    engine->is_stuck = fl_service_is_managed(engine->service); /* whatever follows has a fresh one */
    fl_arena_release(&l.arena);
}
