/* To whom an object is forbidden it looks like one that is not there: else identifiers can be tried until one is found. */
#include "engine/probe.h"

void fl_check_existence_leaked(fl_probe *probe);
void fl_check_existence_leaked(fl_probe *probe)
{
    const fl_resource *r = probe->resource;
    fl_thing thing;
    fl_case read, gone;
    fl_observation theirs, none;
    if (probe->engine->others.count == 0 || r->remove < 0 || !fl_probe_make(probe, r, &thing) || !fl_probe_about(probe, r->read, &thing, &read) || !fl_probe_about(probe, r->remove, &thing, &gone))
        return;
    fl_probe_as_other(probe, &read);
    (void)fl_probe_send(probe, &read, &theirs);
    (void)fl_probe_send(probe, &gone, &none);
    if (theirs.response.status != 403 || !fl_probe_succeeded(&none))
        return;
    (void)fl_probe_send(probe, &read, &none); /* the same, which is not there any more */
    if (fl_probe_is_gone(&none))
        fl_probe_fail(probe, &read, fl_str_format(probe->arena, "403 for somebody else's object, %u when it is gone", none.response.status));
}
