/* What was made is there: 201 and then 404 is a lie. */
#include "engine/probe.h"

void fl_check_created_not_found(fl_probe *probe);
void fl_check_created_not_found(fl_probe *probe)
{
    fl_thing thing;
    fl_case request;
    fl_observation seen;
    if (!fl_probe_make(probe, probe->resource, &thing) || thing.seen.response.status == 202 || !fl_probe_about(probe, probe->resource->read, &thing, &request))
        return;
    (void)fl_probe_send(probe, &request, &seen);
    if (fl_probe_is_gone(&seen))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "made with %u, read with %u", thing.seen.response.status, seen.response.status));
}
