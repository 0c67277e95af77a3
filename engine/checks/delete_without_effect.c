/* What was removed is not there any more. 202 promises it for later. */
#include "engine/probe.h"

void fl_check_delete_without_effect(fl_probe *probe);
void fl_check_delete_without_effect(fl_probe *probe)
{
    fl_thing thing;
    fl_case remove, read;
    fl_observation removed, seen;
    if (!fl_probe_make(probe, probe->resource, &thing) || !fl_probe_about(probe, probe->resource->remove, &thing, &remove) ||
        !fl_probe_about(probe, probe->resource->read, &thing, &read))
        return;
    (void)fl_probe_send(probe, &remove, &removed);
    if (!fl_probe_succeeded(&removed) || removed.response.status == 202)
        return;
    (void)fl_probe_send(probe, &read, &seen);
    if (fl_probe_succeeded(&seen))
        fl_probe_fail(probe, &remove, fl_str_format(probe->arena, "answered with %u, and read with %u behind it", removed.response.status, seen.response.status));
}
