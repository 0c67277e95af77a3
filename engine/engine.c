/*
 * The campaign: start, valid requests, rehearsal, aimed requests, faults. Read fl_engine_run.
 */
#include "engine/journal.h"
#include "engine/probe.h"

const char *fl_verdict_text(fl_verdict verdict)
{
    switch (verdict) {
    case FL_VERDICT_NONE: break;
    case FL_VERDICT_CONFIRMED: return "confirmed";
    case FL_VERDICT_REFUTED: return "refuted";
    case FL_VERDICT_UNREACHED: return "unreached";
    }
    return "not run";
}

static void prepare(fl_engine *engine, fl_run *run, const fl_api *api, const fl_engine_options *options, fl_err *err)
{
    *engine = (fl_engine){.arena = &run->arena, .run = run, .api = api, .options = options, .life = 1, .err = err};
    for (size_t i = 0; i < api->operations.count; i++) {
        fl_vec_push(&run->arena, &run->baselines, (fl_baseline){.operation = (uint32_t)i});
        fl_vec_push(&run->arena, &engine->ran_in_life, 0);
        fl_vec_push(&run->arena, &engine->is_stable, false);
    }
    for (size_t i = 0; i < api->weak_spots.count; i++)
        fl_vec_push(&run->arena, &run->spots, (fl_spot_result){.weak_spot = api->weak_spots.items[i].id});
    fl_tracer_init(&engine->tracer, engine->arena, api->project, options->plan.folder);
    fl_service_vendored(engine->arena, &engine->tracer.vendored);
    fl_service_errors_elsewhere(engine->arena, &engine->elsewhere);
    fl_mine(engine->arena, api->project, &engine->mined);
    fl_contract_init(engine);
    engine->sampler = (fl_sampler){engine->arena, api, &engine->pool, &engine->mined, fl_engine_resolve, engine};
}

static void notice_hook(fl_engine *engine)
{
    fl_str text = fl_service_hook(engine->service, 0, &engine->hook_at);
    engine->has_hook = fl_str_find(text, FL_S("\"hello\"")) >= 0;
    engine->can_ask = fl_service_can_ask(engine->service);
    if (engine->can_ask)
        engine->leaks = fl_leak_watch_new(engine->arena, engine->api, engine->service);
    /* it may run in a copy of the folder that the plan names */
    fl_tracer_release(&engine->tracer);
    const fl_folder_names vendored = engine->tracer.vendored;
    fl_tracer_init(&engine->tracer, engine->arena, engine->api->project, fl_service_folder(engine->service));
    engine->tracer.vendored = vendored;
    (void)fl_service_output(engine->service, 0, &engine->output_at);
}

static void run_phases(fl_engine *engine)
{
    fl_run *run = engine->run;
    uint64_t start = fl_clock_us();
    notice_hook(engine);
    fl_auth_init(engine);
    fl_phase_begin(engine, FL_PHASE_baseline);
    fl_baseline_run(engine);
    fl_baseline_rehearse(engine);
    fl_phase_end(engine);
    fl_journal_begin(engine);
    uint64_t middle = fl_clock_us();
    run->baseline_us = middle - start;
    if (engine->is_dirty && engine->broken == FL_OK)
        (void)fl_engine_restart(engine); /* deleting was part of the rehearsal */
    if (run->phases & fl_phase_bit(FL_PHASE_aimed)) {
        fl_phase_begin(engine, FL_PHASE_aimed);
        fl_aimed_run(engine);
        fl_phase_end(engine);
    }
    uint64_t further = fl_clock_us();
    run->aimed_us = further - middle;
    engine->is_hasty = true; /* from here on there are many, and nothing says that one of them fails behind its answer */
    for (int phase = FL_PHASE_matrix; phase < FL_PHASE_COUNT; phase++) {
        if (!(run->phases & fl_phase_bit((fl_phase)phase)))
            continue;
        fl_phase_begin(engine, (fl_phase)phase);
        if (phase == FL_PHASE_matrix)
            fl_matrix_run(engine);
        fl_probes_run(engine, (fl_phase)phase);
        if (phase == FL_PHASE_load && fl_phase_unit(engine, 2, 0)) {
            fl_load_run(engine);
            fl_phase_unit_done(engine, 2, 0);
        }
        fl_phase_end(engine);
    }
    engine->is_hasty = false;
    run->further_us = fl_clock_us() - further;
    fl_faults_finish(engine);
    if (!engine->options->is_quiet)
        fl_progress_end();
}

/** "rates.example.com:443", as the hooks look for it. */
static fl_str place_of(fl_arena *arena, fl_str origin)
{
    fl_url url = fl_url_parts(origin);
    return fl_str_lower(arena, fl_str_format(arena, FL_STR_FMT ":%u", FL_STR_ARG(url.host), url.port ? url.port : url.is_tls ? 443 : 80));
}

/** Ours in place of the services that are called: the variables that say where they are name ours; for addresses of the code, the hooks lead there. */
static fl_status start_upstreams(fl_engine *engine, fl_service_plan *plan, fl_err *err)
{
    const fl_data *said = engine->options->upstreams;
    bool is_wanted = said != NULL && said->kind == FL_DATA_MAP && (engine->run->phases & fl_phase_bit(FL_PHASE_upstream));
    if (!is_wanted)
        return FL_OK;
    const fl_str *given = plan->env.items;
    size_t count = plan->env.count;
    plan->env.items = NULL;
    plan->env.count = plan->env.capacity = 0;
    for (size_t i = 0; i < count; i++)
        fl_vec_push(engine->arena, &plan->env, given[i]);
    fl_str led = FL_S("FAULTLINE_UPSTREAMS=");
    for (const fl_data *each = said->first; each; each = each->next) {
        fl_upstream *server;
        fl_status status = fl_upstream_start(&server, each, engine->http_options.timeout_ms + 500, err);
        if (status != FL_OK)
            return status;
        fl_vec_push(engine->arena, &engine->upstreams, (fl_called){each->key, server});
        if (fl_str_find(each->key, FL_S("://")) >= 0)
            led = fl_str_format(engine->arena, FL_STR_FMT FL_STR_FMT "=%u ", FL_STR_ARG(led), FL_STR_ARG(place_of(engine->arena, each->key)), fl_upstream_port(server));
        else
            fl_vec_push(engine->arena, &plan->env, fl_str_format(engine->arena, FL_STR_FMT "=http://127.0.0.1:%u", FL_STR_ARG(each->key), fl_upstream_port(server)));
    }
    fl_vec_push(engine->arena, &plan->env, led);
    return FL_OK;
}

fl_status fl_engine_run(fl_run *run, const fl_api *api, const fl_engine_options *options, fl_err *err)
{
    *run = (fl_run){.api = api, .plan = options->plan, .phases = options->phases ? options->phases : fl_phase_bit(FL_PHASE_aimed)};
    run->phases |= fl_phase_bit(FL_PHASE_baseline);
    fl_arena_init(&run->arena);
    fl_engine engine;
    fl_err later = {0};
    prepare(&engine, run, api, options, &later);
    engine.http_options = options->http;
    if (engine.http_options.timeout_ms == 0)
        engine.http_options.timeout_ms = FL_LIMIT_REQUEST_MS;
    fl_status status = fl_journal_open(&engine, err);
    if (status == FL_OK)
        status = fl_http_new(&engine.http, &engine.http_options, err);
    fl_service_plan plan = options->plan;
    if (status == FL_OK)
        status = start_upstreams(&engine, &plan, err);
    if (status == FL_OK)
        status = fl_service_start(&engine.service, &plan, err);
    if (status == FL_OK)
        run_phases(&engine);
    if (engine.broken != FL_OK)
        fl_log(FL_LOG_WARN, "%s", later.text);
    fl_journal_close(&engine);
    if (engine.service != NULL)
        fl_service_free(engine.service);
    if (engine.http != NULL)
        fl_http_free(engine.http);
    for (size_t i = 0; i < engine.upstreams.count; i++)
        fl_upstream_stop(engine.upstreams.items[i].server);
    if (engine.leaks != NULL)
        fl_leak_watch_release(engine.leaks);
    fl_tracer_release(&engine.tracer);
    return status;
}

void fl_run_release(fl_run *run)
{
    fl_arena_release(&run->arena);
}
