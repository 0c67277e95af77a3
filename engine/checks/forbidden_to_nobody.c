/* 403 says that who calls is known and may not; nobody is answered with 401 (RFC 9110, 15.5.2). */
#include "engine/probe.h"

void fl_check_forbidden_to_nobody(fl_probe *probe);
void fl_check_forbidden_to_nobody(fl_probe *probe)
{
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation], *contract = probe->engine->contract[probe->operation];
    fl_case request;
    fl_observation seen;
    if (operation->security.count == 0 && (contract == NULL || contract->security.count == 0))
        return;
    if (!fl_probe_as_nobody(probe, &request, &seen) && seen.response.status == 403)
        fl_probe_fail(probe, &request, FL_S("403 to nobody"));
}
