/* A service that is called and does not answer must not keep the one that calls it from answering. */
#include "engine/probe.h"

void fl_check_upstream_waited_for(fl_probe *probe);
void fl_check_upstream_waited_for(fl_probe *probe)
{
    fl_engine *engine = probe->engine;
    for (size_t i = 0; i < engine->upstreams.count; i++) {
        fl_case request = fl_case_copy(probe->arena, &engine->run->baselines.items[probe->operation].request);
        fl_observation seen;
        fl_upstream *server = engine->upstreams.items[i].server;
        unsigned before = fl_upstream_requests(server);
        (void)fl_probe_send(probe, &request, &seen);
        if (fl_upstream_requests(server) == before || !fl_probe_succeeded(&seen))
            continue;
        fl_upstream_fail(server, FL_UPSTREAM_SLOW);
        (void)fl_probe_send_quietly(probe, &request, &seen);
        fl_upstream_fail(server, FL_UPSTREAM_HEALTHY);
        if (seen.response.outcome == FL_HTTP_TIMEOUT)
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, FL_STR_FMT " answers late, and so long nothing is answered", FL_STR_ARG(engine->upstreams.items[i].name)));
    }
}
