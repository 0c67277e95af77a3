/* 201 says that something was made (RFC 9110, 9.3.4); the object was there already. */
#include "engine/probe.h"

void fl_check_put_says_created(fl_probe *probe);
void fl_check_put_says_created(fl_probe *probe)
{
    fl_thing thing;
    fl_case put;
    fl_observation read, seen;
    if (!fl_probe_make(probe, probe->resource, &thing) || !fl_probe_about(probe, probe->resource->replace, &thing, &put) || fl_probe_read(probe, &thing, &read) == NULL)
        return;
    (void)fl_probe_send(probe, &put, &seen);
    if (seen.response.status == 201)
        fl_probe_fail(probe, &put, FL_S("201 to PUT, of an object that was there"));
}
