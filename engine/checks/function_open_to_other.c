/*
 * What the second caller may not do on a path with one method it may not do with another. That it may not is what the service itself says: 403
 * where the first caller is answered well.
 */
#include "engine/probe.h"

/** "/users/{id}" and "/users" are of one kind. */
static fl_str kind_of(fl_str path)
{
    ptrdiff_t hole = fl_str_find(path, FL_S("/{"));
    return hole < 0 ? path : fl_str_sub(path, 0, (size_t)hole);
}

void fl_check_function_open_to_other(fl_probe *probe);
void fl_check_function_open_to_other(fl_probe *probe)
{
    fl_engine *engine = probe->engine;
    const fl_operation *own = &engine->api->operations.items[probe->operation];
    fl_case request;
    fl_observation seen;
    if (engine->others.count == 0 || fl_operation_is_safe(own) || fl_probe_as_nobody(probe, &request, &seen))
        return;
    bool is_barred = false;
    for (uint32_t i = 0; i < engine->api->operations.count && !is_barred; i++) {
        const fl_baseline *sibling = &engine->run->baselines.items[i];
        if (i == probe->operation || !sibling->is_ok || !fl_str_eq(kind_of(engine->api->operations.items[i].path), kind_of(own->path)) || fl_operation_is_destructive(&engine->api->operations.items[i]))
            continue;
        request = fl_case_copy(probe->arena, &sibling->request);
        fl_probe_as_other(probe, &request);
        (void)fl_probe_send(probe, &request, &seen);
        is_barred = seen.response.status == 403;
    }
    if (!is_barred)
        return;
    request = fl_case_copy(probe->arena, &engine->run->baselines.items[probe->operation].request);
    fl_probe_as_other(probe, &request);
    (void)fl_probe_send(probe, &request, &seen);
    if (fl_probe_succeeded(&seen))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "another caller, who gets 403 beside it, is answered with %u", seen.response.status));
}
