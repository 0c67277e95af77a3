/* A method that the document does not have for a path is refused. */
#include "engine/probe.h"

void fl_check_unsupported_method(fl_probe *probe);
void fl_check_unsupported_method(fl_probe *probe)
{
    static const char *const methods[] = {"DELETE", "PUT", "PATCH", "POST"};
    const fl_operation *own = &probe->engine->api->operations.items[probe->operation];
    if (probe->engine->contract[probe->operation] == NULL)
        return;
    for (size_t m = 0; m < FL_COUNT(methods); m++) {
        bool is_there = false, is_first = true;
        for (size_t i = 0; i < probe->engine->api->operations.count; i++) {
            const fl_operation *other = &probe->engine->api->operations.items[i];
            if (!fl_str_eq(other->path, own->path))
                continue;
            is_there = is_there || fl_str_eq_c(other->method, methods[m]);
            is_first = is_first && i >= probe->operation;
        }
        if (is_there || !is_first)
            continue;
        fl_case request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[probe->operation].request);
        request.method = fl_str_from(methods[m]);
        fl_observation seen;
        (void)fl_probe_send(probe, &request, &seen);
        if (fl_probe_succeeded(&seen))
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "%s is answered with %u", methods[m], seen.response.status));
        fl_str allow = fl_http_header_get(&seen.response, "allow");
        if (seen.response.status == 405 && fl_str_find(allow, fl_str_from(methods[m])) >= 0)
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "405 to %s, and Allow has it", methods[m]));
    }
}
