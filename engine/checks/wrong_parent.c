/* An object is found below its own parent, and below no other. */
#include "engine/probe.h"

void fl_check_wrong_parent(fl_probe *probe);
void fl_check_wrong_parent(fl_probe *probe)
{
    fl_str path = probe->engine->api->operations.items[probe->resource->create].path;
    const fl_resource *parent = NULL;
    fl_str name = {0};
    for (size_t i = 0; i < probe->resources->count && parent == NULL; i++) {
        fl_str collection = probe->engine->api->operations.items[probe->resources->items[i].create].path, rest;
        if (!fl_str_starts(path, collection) || !fl_str_starts(rest = fl_str_sub(path, collection.len, path.len), FL_S("/{")))
            continue;
        ptrdiff_t end = fl_str_find_char(rest, '}');
        if (end < 0 || fl_str_find_char(fl_str_sub(rest, (size_t)end, rest.len), '{') >= 0)
            continue;
        parent = &probe->resources->items[i];
        name = fl_str_sub(rest, 2, (size_t)end);
    }
    fl_thing child, other;
    fl_case own, wrong;
    fl_observation seen;
    if (parent == NULL || !fl_probe_make(probe, probe->resource, &child) || !fl_probe_about(probe, probe->resource->read, &child, &own))
        return;
    (void)fl_probe_send(probe, &own, &seen);
    if (!fl_probe_succeeded(&seen) || !fl_probe_make(probe, parent, &other))
        return;
    const fl_data *id = fl_probe_identifier(fl_probe_object(other.answer));
    if (id == NULL)
        return;
    wrong = fl_case_copy(probe->arena, &own);
    fl_data_set(probe->arena, wrong.path, name, fl_data_copy(probe->arena, id));
    (void)fl_probe_send(probe, &wrong, &seen);
    if (fl_probe_succeeded(&seen))
        fl_probe_fail(probe, &wrong, FL_S("what belongs to one parent is read below another"));
}
