/* The same PUT twice leaves what it left once. */
#include "engine/probe.h"

void fl_check_put_not_idempotent(fl_probe *probe);
void fl_check_put_not_idempotent(fl_probe *probe)
{
    fl_thing thing;
    fl_case put;
    fl_observation seen, read;
    if (probe->resource->read < 0 || !fl_probe_make(probe, probe->resource, &thing) || !fl_probe_about(probe, probe->resource->replace, &thing, &put))
        return;
    fl_data *body = fl_probe_other_body(probe, probe->resource->replace, thing.sent);
    put.body = body ? body : put.body;
    (void)fl_probe_send(probe, &put, &seen);
    const fl_data *once = fl_probe_succeeded(&seen) ? fl_probe_read(probe, &thing, &read) : NULL;
    const fl_data *again = once ? fl_probe_read(probe, &thing, &read) : NULL;
    if (again == NULL || fl_probe_change(probe->arena, once, again, NULL).len)
        return; /* reading changes it */
    (void)fl_probe_send(probe, &put, &seen);
    const fl_data *twice = fl_probe_succeeded(&seen) ? fl_probe_read(probe, &thing, &read) : NULL;
    fl_str change = twice ? fl_probe_change(probe->arena, again, twice, NULL) : (fl_str){0};
    if (change.len)
        fl_probe_fail(probe, &put, change);
}
