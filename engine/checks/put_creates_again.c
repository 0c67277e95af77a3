/* PUT to an object changes that one; the list has no more behind it. */
#include "engine/probe.h"

void fl_check_put_creates_again(fl_probe *probe);
void fl_check_put_creates_again(fl_probe *probe)
{
    fl_thing thing;
    fl_case put, list;
    fl_observation seen;
    const fl_resource *r = probe->resource;
    if (r->list < 0 || !fl_probe_make(probe, r, &thing) || !fl_probe_about(probe, r->replace, &thing, &put))
        return;
    list = probe->engine->run->baselines.items[r->list].request;
    const fl_data *before = fl_probe_items(fl_probe_send(probe, &list, &seen));
    bool lists = before != NULL && fl_probe_lists(before, fl_probe_object(thing.answer));
    (void)fl_probe_send(probe, &put, &seen);
    if (!lists || !fl_probe_succeeded(&seen))
        return;
    const fl_data *after = fl_probe_items(fl_probe_send(probe, &list, &seen));
    if (after != NULL && after->count > before->count)
        fl_probe_fail(probe, &put, fl_str_format(probe->arena, "%u objects before, %u behind it", before->count, after->count));
}
