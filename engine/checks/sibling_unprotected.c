/* Of the operations on one path, some want to know who calls; one that writes does not. */
#include "engine/probe.h"

void fl_check_sibling_unprotected(fl_probe *probe);
void fl_check_sibling_unprotected(fl_probe *probe)
{
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation];
    bool has_protected = false;
    for (size_t i = 0; i < probe->engine->api->operations.count; i++) {
        const fl_operation *other = &probe->engine->api->operations.items[i];
        has_protected = has_protected || (fl_str_eq(other->path, operation->path) && other->security.count != 0 && !fl_operation_is_safe(other));
    }
    if (!has_protected || operation->security.count != 0 || fl_operation_is_safe(operation))
        return;
    fl_case request;
    fl_observation seen;
    if (fl_probe_as_nobody(probe, &request, &seen))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "nobody is answered with %u, its siblings want a caller", seen.response.status));
}
