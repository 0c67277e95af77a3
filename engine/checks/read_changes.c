/* Reading changes nothing that clients write. */
#include "engine/probe.h"

void fl_check_read_changes(fl_probe *probe);
void fl_check_read_changes(fl_probe *probe)
{
    fl_thing thing;
    fl_observation seen;
    if (!fl_probe_make(probe, probe->resource, &thing) || thing.sent == NULL)
        return;
    const fl_data *first = fl_probe_read(probe, &thing, &seen), *second = first ? fl_probe_read(probe, &thing, &seen) : NULL;
    fl_case read;
    for (const fl_data *field = second ? thing.sent->first : NULL; field; field = field->next) {
        const fl_data *before = fl_data_get(first, field->key), *after = fl_data_get(second, field->key);
        if (before == NULL || after == NULL || fl_data_eq(before, after) || !fl_probe_about(probe, probe->resource->read, &thing, &read))
            continue;
        fl_probe_fail(probe, &read, fl_str_format(probe->arena, "/" FL_STR_FMT " is another one when it is read again", FL_STR_ARG(field->key)));
        return;
    }
}
