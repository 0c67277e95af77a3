/* PATCH changes what it names, and nothing else. */
#include "engine/probe.h"

void fl_check_patch_wrong(fl_probe *probe);
void fl_check_patch_wrong(fl_probe *probe)
{
    fl_thing thing;
    fl_case patch;
    fl_observation seen, read;
    if (probe->resource->read < 0 || !fl_probe_make(probe, probe->resource, &thing) || !fl_probe_about(probe, probe->resource->update, &thing, &patch))
        return;
    const fl_data *before = fl_probe_read(probe, &thing, &read);
    const fl_data *full = before ? fl_probe_other_body(probe, probe->resource->update, before) : NULL;
    for (const fl_data *field = full ? full->first : NULL; field; field = field->next) {
        const fl_data *now = fl_data_get(before, field->key);
        if (now == NULL || now->kind != field->kind || fl_data_eq(now, field) || now->kind == FL_DATA_MAP || now->kind == FL_DATA_LIST)
            continue;
        patch.body = fl_data_map(probe->arena);
        fl_data_set(probe->arena, patch.body, field->key, fl_data_copy(probe->arena, field));
        (void)fl_probe_send(probe, &patch, &seen);
        const fl_data *after = fl_probe_succeeded(&seen) && seen.response.status != 202 ? fl_probe_read(probe, &thing, &read) : NULL;
        if (after == NULL)
            return;
        fl_str wrong = fl_probe_difference(probe->arena, patch.body, after);
        wrong = wrong.len ? wrong : fl_probe_change(probe->arena, before, after, patch.body);
        if (wrong.len) {
            fl_probe_fail(probe, &patch, wrong);
            return;
        }
        before = after;
    }
}
