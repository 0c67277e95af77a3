/* PUT replaces: each field of the body has the value that was sent, behind it. */
#include "engine/probe.h"

void fl_check_put_partial(fl_probe *probe);
void fl_check_put_partial(fl_probe *probe)
{
    fl_thing thing;
    fl_case put;
    fl_observation seen, read;
    if (probe->resource->read < 0 || !fl_probe_make(probe, probe->resource, &thing) || !fl_probe_about(probe, probe->resource->replace, &thing, &put))
        return;
    put.body = fl_probe_other_body(probe, probe->resource->replace, thing.sent);
    if (put.body == NULL)
        return;
    (void)fl_probe_send(probe, &put, &seen);
    const fl_data *now = fl_probe_succeeded(&seen) && seen.response.status != 202 ? fl_probe_read(probe, &thing, &read) : NULL;
    fl_str difference = now != NULL ? fl_probe_difference(probe->arena, put.body, now) : (fl_str){0};
    if (difference.len)
        fl_probe_fail(probe, &put, difference);
}
