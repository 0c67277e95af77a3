/* A create that was refused leaves nothing. */
#include "engine/probe.h"

void fl_check_failed_create_leaves(fl_probe *probe);
void fl_check_failed_create_leaves(fl_probe *probe)
{
    const fl_resource *r = probe->resource;
    const fl_case *valid = &probe->engine->run->baselines.items[r->create].request;
    if (r->list < 0 || !valid->has_body || valid->body == NULL || valid->body->kind != FL_DATA_MAP)
        return;
    const fl_case list = probe->engine->run->baselines.items[r->list].request;
    fl_observation seen, listed;
    const fl_data *before = fl_probe_items(fl_probe_send(probe, &list, &listed));
    size_t tried = 0;
    for (const fl_data *field = valid->body->first; field && before != NULL && tried < 8; field = field->next, tried += 2)
        for (int way = 0; way < 2; way++) {
            fl_case request = fl_case_copy(probe->arena, valid);
            (void)fl_sample_freshen(&probe->sampler, &request, 100 + probe->engine->freshness++);
            if (way == 0)
                fl_data_remove(request.body, field->key);
            else
                fl_data_set(probe->arena, request.body, field->key, fl_data_map(probe->arena));
            (void)fl_probe_send(probe, &request, &seen);
            if (!fl_probe_was_refused(&seen))
                return; /* what may be left out is no failure, and the list has grown */
            const fl_data *after = fl_probe_items(fl_probe_send(probe, &list, &listed));
            if (after == NULL || after->count <= before->count)
                continue;
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "refused with %u, and there is one more in the list", seen.response.status));
            return;
        }
}
