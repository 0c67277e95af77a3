/* The answer says how many requests are allowed; more than that are answered as if it had not. */
#include "engine/probe.h"

void fl_check_rate_limit_ignored(fl_probe *probe);
void fl_check_rate_limit_ignored(fl_probe *probe)
{
    enum { MOST = 300, MORE = 5 };
    static const char *const names[] = {"ratelimit-limit", "x-ratelimit-limit", "x-rate-limit-limit"};
    fl_engine *engine = probe->engine;
    if (!fl_operation_is_safe(&engine->api->operations.items[probe->operation]))
        return;
    fl_case request = fl_case_copy(probe->arena, &engine->run->baselines.items[probe->operation].request);
    fl_observation seen;
    (void)fl_probe_send(probe, &request, &seen);
    int64_t limit = 0;
    for (size_t i = 0; i < FL_COUNT(names) && limit == 0; i++)
        if (!fl_str_to_int(fl_str_trim(fl_http_header_get(&seen.response, names[i])), &limit))
            limit = 0;
    if (!fl_probe_succeeded(&seen) || limit <= 0 || limit > MOST)
        return;
    unsigned count = (unsigned)limit + MORE, successes = fl_probe_burst(probe, &request, count);
    (void)fl_probe_send(probe, &request, &seen);
    if (successes == count && fl_probe_succeeded(&seen))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "%lld are allowed, %u at once are answered with 2xx", (long long)limit, count));
}
