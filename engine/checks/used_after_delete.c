/* What was removed is nowhere any more: not in the list, and it cannot be changed. */
#include "engine/probe.h"

void fl_check_used_after_delete(fl_probe *probe);
void fl_check_used_after_delete(fl_probe *probe)
{
    fl_thing thing;
    fl_case request;
    fl_observation seen;
    const fl_resource *r = probe->resource;
    if (!fl_probe_make(probe, r, &thing) || !fl_probe_about(probe, r->remove, &thing, &request))
        return;
    (void)fl_probe_send(probe, &request, &seen);
    if (!fl_probe_succeeded(&seen) || seen.response.status == 202)
        return;
    if (r->read >= 0 && (fl_probe_read(probe, &thing, &seen) != NULL || !fl_probe_is_gone(&seen)))
        return; /* nothing was removed: another check says so */
    if (r->list >= 0) {
        request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[r->list].request);
        for (const fl_data *each = thing.request.path ? thing.request.path->first : NULL; each; each = each->next)
            fl_data_set(probe->arena, request.path, each->key, fl_data_copy(probe->arena, each));
        const fl_data *items = fl_probe_items(fl_probe_send(probe, &request, &seen));
        if (fl_probe_succeeded(&seen) && fl_probe_lists(items, fl_probe_object(thing.answer)))
            fl_probe_fail(probe, &request, FL_S("what was removed is in the list"));
    }
    if (!fl_probe_about(probe, r->update, &thing, &request))
        return;
    (void)fl_probe_send(probe, &request, &seen);
    if (fl_probe_succeeded(&seen))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "what was removed is changed with %u", seen.response.status));
}
