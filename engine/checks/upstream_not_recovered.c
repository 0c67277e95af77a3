/* When a service that is called is well again, so is the one that calls it. */
#include "engine/probe.h"

void fl_check_upstream_not_recovered(fl_probe *probe);
void fl_check_upstream_not_recovered(fl_probe *probe)
{
    fl_engine *engine = probe->engine;
    for (size_t i = 0; i < engine->upstreams.count; i++) {
        fl_case request = fl_case_copy(probe->arena, &engine->run->baselines.items[probe->operation].request);
        fl_observation first, seen;
        fl_upstream *server = engine->upstreams.items[i].server;
        unsigned before = fl_upstream_requests(server);
        (void)fl_probe_send(probe, &request, &first);
        if (fl_upstream_requests(server) == before || !fl_probe_succeeded(&first))
            continue;
        fl_upstream_fail(server, FL_UPSTREAM_500);
        for (int k = 0; k < 3; k++)
            (void)fl_probe_send_quietly(probe, &request, &seen);
        fl_upstream_fail(server, FL_UPSTREAM_HEALTHY);
        for (int k = 0; k < 3 && !fl_probe_succeeded(&seen); k++)
            (void)fl_probe_send_quietly(probe, &request, &seen);
        if (!fl_probe_succeeded(&seen))
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, FL_STR_FMT " is well again, and the answer is still %u", FL_STR_ARG(engine->upstreams.items[i].name), seen.response.status));
    }
}
