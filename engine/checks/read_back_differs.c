/* What was sent is what is stored: fields that are read again have the value that was written. */
#include "engine/probe.h"

void fl_check_read_back_differs(fl_probe *probe);
void fl_check_read_back_differs(fl_probe *probe)
{
    fl_thing thing;
    fl_observation seen;
    const fl_data *read = fl_probe_make(probe, probe->resource, &thing) ? fl_probe_read(probe, &thing, &seen) : NULL;
    fl_str difference = read != NULL ? fl_probe_difference(probe->arena, thing.sent, read) : (fl_str){0};
    if (difference.len)
        fl_probe_fail(probe, &thing.request, difference);
}
