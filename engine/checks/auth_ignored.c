/* An operation that says it wants to know who calls does. */
#include "engine/probe.h"

void fl_check_auth_ignored(fl_probe *probe);
void fl_check_auth_ignored(fl_probe *probe)
{
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation], *contract = probe->engine->contract[probe->operation];
    if (operation->security.count == 0 && (contract == NULL || contract->security.count == 0))
        return;
    fl_case request;
    fl_observation seen;
    if (fl_probe_as_nobody(probe, &request, &seen)) {
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "nobody is answered with %u", seen.response.status));
        return;
    }
    const fl_credential garbage = {.in = FL_IN_IDENTITY, .value = FL_S("faultline-garbage")};
    fl_auth_apply_one(probe->engine, &garbage, &request);
    (void)fl_probe_send(probe, &request, &seen);
    if (fl_probe_succeeded(&seen))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "a made-up token is answered with %u", seen.response.status));
}
