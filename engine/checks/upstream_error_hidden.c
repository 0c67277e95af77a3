/* What a service that is called does wrong is not hidden behind a success: the answer is the same as before (it was kept), says that it is not, or is an error. */
#include "engine/probe.h"

static bool says_so(const fl_data *answer)
{
    static const char *const words[] = {"stale", "degraded", "cached", "fallback", "warning", "error", "partial", "unavailable"};
    for (const fl_data *field = answer && answer->kind == FL_DATA_MAP ? answer->first : NULL; field; field = field->next)
        for (size_t i = 0; i < FL_COUNT(words); i++)
            if (fl_name_contains(field->key, words[i]))
                return true;
    return false;
}

void fl_check_upstream_error_hidden(fl_probe *probe);
void fl_check_upstream_error_hidden(fl_probe *probe)
{
    static const fl_upstream_fault faults[] = {FL_UPSTREAM_500, FL_UPSTREAM_503, FL_UPSTREAM_429, FL_UPSTREAM_GARBAGE, FL_UPSTREAM_WRONG_FORM, FL_UPSTREAM_EMPTY, FL_UPSTREAM_RESET};
    fl_engine *engine = probe->engine;
    for (size_t i = 0; i < engine->upstreams.count; i++) {
        fl_case request = fl_case_copy(probe->arena, &engine->run->baselines.items[probe->operation].request);
        fl_observation first, second, seen;
        unsigned before = fl_upstream_requests(engine->upstreams.items[i].server);
        (void)fl_probe_send(probe, &request, &first);
        if (fl_upstream_requests(engine->upstreams.items[i].server) == before || !fl_probe_succeeded(&first))
            continue; /* it does not call that one */
        (void)fl_probe_send(probe, &request, &second);
        bool is_stable = fl_str_eq(first.response.body, second.response.body);
        for (size_t f = 0; f < FL_COUNT(faults); f++) {
            fl_upstream_fail(engine->upstreams.items[i].server, faults[f]);
            const fl_data *answer = fl_probe_send(probe, &request, &seen);
            bool is_hidden = is_stable && fl_probe_succeeded(&seen) && !fl_str_eq(seen.response.body, first.response.body) && !says_so(answer);
            if (is_hidden)
                fl_probe_fail(probe, &request, fl_str_format(probe->arena, FL_STR_FMT " %s, and the answer is %u, but another one than before", FL_STR_ARG(engine->upstreams.items[i].name),
                                                             fl_upstream_fault_text(faults[f]), seen.response.status));
        }
        fl_upstream_fail(engine->upstreams.items[i].server, FL_UPSTREAM_HEALTHY);
    }
}
