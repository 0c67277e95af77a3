/* What belongs to one caller is not for another. That it belongs to somebody the API says itself: the list of the other caller lacks it, or they may not read it. */
#include "engine/probe.h"

void fl_check_other_users_object(fl_probe *probe);
void fl_check_other_users_object(fl_probe *probe)
{
    const fl_resource *r = probe->resource;
    fl_engine *engine = probe->engine;
    fl_thing thing;
    fl_case request;
    fl_observation seen;
    if (engine->others.count == 0 || !fl_probe_make(probe, r, &thing))
        return;
    bool is_owned = false;
    const fl_data *object = fl_probe_object(thing.answer);
    if (r->list >= 0) {
        request = fl_case_copy(probe->arena, &engine->run->baselines.items[r->list].request);
        const fl_data *own = fl_probe_items(fl_probe_send(probe, &request, &seen));
        bool is_listed = fl_probe_succeeded(&seen) && fl_probe_lists(own, object);
        fl_probe_as_other(probe, &request);
        const fl_data *theirs = fl_probe_items(fl_probe_send(probe, &request, &seen));
        is_owned = is_listed && fl_probe_succeeded(&seen) && theirs != NULL && !fl_probe_lists(theirs, object);
    }
    const int operations[] = {r->read, r->update, r->replace, r->remove};
    for (size_t i = 0; i < FL_COUNT(operations); i++) {
        if (!fl_probe_about(probe, operations[i], &thing, &request))
            continue;
        fl_probe_as_other(probe, &request);
        (void)fl_probe_send(probe, &request, &seen);
        if (is_owned && fl_probe_succeeded(&seen))
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "another caller is answered with %u", seen.response.status));
        is_owned = is_owned || (operations[i] == r->read && (seen.response.status == 403 || fl_probe_is_gone(&seen)));
    }
}
