/* 401 says that nobody knows who calls. The second caller is known where it is answered well, so elsewhere it is forbidden: 403. */
#include "engine/probe.h"

void fl_check_unauthorized_to_known(fl_probe *probe);
void fl_check_unauthorized_to_known(fl_probe *probe)
{
    fl_engine *engine = probe->engine;
    fl_case request;
    fl_observation seen;
    if (engine->others.count == 0 || !fl_operation_is_safe(&engine->api->operations.items[probe->operation]))
        return;
    request = fl_case_copy(probe->arena, &engine->run->baselines.items[probe->operation].request);
    fl_probe_as_other(probe, &request);
    (void)fl_probe_send(probe, &request, &seen);
    if (seen.response.status != 401)
        return;
    const fl_observation refused = seen;
    for (uint32_t i = 0; i < engine->api->operations.count; i++) {
        const fl_baseline *one = &engine->run->baselines.items[i];
        if (!one->is_ok || engine->api->operations.items[i].security.count == 0 || !fl_operation_is_safe(&engine->api->operations.items[i]))
            continue;
        fl_case known = fl_case_copy(probe->arena, &one->request), nobody = known;
        nobody = fl_case_copy(probe->arena, &one->request);
        const fl_request_pointer identity = {FL_IN_IDENTITY, {NULL, 0}};
        (void)fl_case_drop(&probe->sampler, &nobody, &identity);
        fl_probe_as_other(probe, &known);
        (void)fl_probe_send(probe, &known, &seen);
        if (!fl_probe_succeeded(&seen))
            continue;
        (void)fl_probe_send(probe, &nobody, &seen);
        if (seen.response.status != 401)
            continue; /* there everybody is answered */
        (void)fl_probe_send(probe, &request, &seen);
        if (seen.response.status == refused.response.status)
            fl_probe_fail(probe, &request, FL_S("a caller who is known elsewhere is answered with 401"));
        return;
    }
}
