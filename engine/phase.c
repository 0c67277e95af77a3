/*
 * How far a phase goes: so many requests and so much time, said by whoever runs it. Work is cut into units (an operation, a weak spot, a kind
 * of object); a unit is the smallest thing that an interrupted run does again. Read fl_phase_may_go_on, then journal.c.
 */
#include "engine/journal.h"

const fl_phase_info fl_phase_infos[FL_PHASE_COUNT] = {
#define FL_PHASE(id, text, is_usual, help) {text, help, is_usual},
#include "engine/phase.def"
#undef FL_PHASE
};

unsigned fl_phases_usual(void)
{
    unsigned phases = 0;
    for (int i = 0; i < FL_PHASE_COUNT; i++)
        phases |= fl_phase_infos[i].is_usual ? fl_phase_bit((fl_phase)i) : 0;
    return phases;
}

const char *fl_bound_text(fl_bound bound)
{
    static const char *const texts[] = {"none", "requests", "time", "all requests", "the service"};
    return texts[bound];
}

void fl_phase_begin(fl_engine *engine, fl_phase phase)
{
    fl_phase_result *result = &engine->run->phase_results[phase];
    engine->phase = phase;
    engine->is_in_phase = true;
    engine->phase_start_us = fl_clock_us() - result->time_us; /* of before an interrupt */
    engine->phase_first_request = engine->run->request_count - result->requests;
}

static void take_stock(fl_engine *engine)
{
    fl_phase_result *result = &engine->run->phase_results[engine->phase];
    result->time_us = fl_clock_us() - engine->phase_start_us;
    result->requests = engine->run->request_count - engine->phase_first_request;
}

void fl_phase_end(fl_engine *engine)
{
    take_stock(engine);
    engine->is_in_phase = false;
}

bool fl_phase_may_go_on(const fl_engine *engine)
{
    unsigned limit = engine->options->limit_requests ? engine->options->limit_requests : FL_LIMIT_CASES;
    bool is_spent = engine->phase != FL_PHASE_load && engine->run->request_count >= limit; /* load has its own time, and a limit of its phase */
    fl_bound bound = engine->broken != FL_OK ? FL_BOUND_SERVICE : is_spent ? FL_BOUND_RUN : FL_BOUND_NONE;
    if (!engine->is_in_phase)
        return bound == FL_BOUND_NONE;
    const fl_phase_limit *said = &engine->options->limits[engine->phase];
    fl_phase_result *result = &engine->run->phase_results[engine->phase];
    uint64_t limit_ms = said->time_ms ? said->time_ms : FL_LIMIT_PHASE_MS;
    if (result->bound != FL_BOUND_NONE)
        return false;
    if (bound == FL_BOUND_NONE && said->requests && engine->run->request_count - engine->phase_first_request >= said->requests)
        bound = FL_BOUND_REQUESTS;
    if (bound == FL_BOUND_NONE && fl_clock_us() - engine->phase_start_us >= limit_ms * 1000)
        bound = FL_BOUND_TIME;
    result->bound = bound;
    return bound == FL_BOUND_NONE;
}

bool fl_phase_unit(fl_engine *engine, unsigned part, size_t index)
{
    fl_phase_result *result = &engine->run->phase_results[engine->phase];
    bool is_whole = false, is_done = fl_journal_has(engine, part, index, &is_whole);
    result->units++;
    result->done += is_done && is_whole;
    return !is_done;
}

void fl_phase_unit_done(fl_engine *engine, unsigned part, size_t index)
{
    fl_phase_result *result = &engine->run->phase_results[engine->phase];
    (void)fl_phase_may_go_on(engine);
    result->done += result->bound == FL_BOUND_NONE;
    take_stock(engine);
    fl_journal_unit(engine, part, index);
}
