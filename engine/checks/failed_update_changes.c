/* A change that was refused changes nothing: not even the fields before the one that is wrong. */
#include "engine/probe.h"

void fl_check_failed_update_changes(fl_probe *probe);
void fl_check_failed_update_changes(fl_probe *probe)
{
    const int operations[] = {probe->resource->replace, probe->resource->update};
    for (size_t i = 0; i < FL_COUNT(operations); i++) {
        fl_thing thing;
        fl_case request;
        fl_observation seen, read;
        if (operations[i] < 0 || probe->resource->read < 0 || !fl_probe_make(probe, probe->resource, &thing) || !fl_probe_about(probe, operations[i], &thing, &request))
            continue;
        const fl_data *before = fl_probe_read(probe, &thing, &read);
        fl_data *body = before ? fl_probe_other_body(probe, operations[i], before) : NULL;
        if (body == NULL || body->count < 2)
            continue;
        fl_data_set(probe->arena, body, body->last->key, fl_data_map(probe->arena));
        request.body = body;
        (void)fl_probe_send(probe, &request, &seen);
        const fl_data *after = fl_probe_was_refused(&seen) ? fl_probe_read(probe, &thing, &read) : NULL;
        fl_str change = after ? fl_probe_change(probe->arena, before, after, NULL) : (fl_str){0};
        if (change.len)
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "refused with %u, but " FL_STR_FMT, seen.response.status, FL_STR_ARG(change)));
    }
}
