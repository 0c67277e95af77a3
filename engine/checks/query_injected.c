/* Text of a request is part of a query: a condition in it changes what is found. */
#include "engine/probe.h"

void fl_check_query_injected(fl_probe *probe);
void fl_check_query_injected(fl_probe *probe)
{
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation];
    if (!fl_operation_is_safe(operation))
        return;
    static const char *const values[] = {"faultline-none", "faultline-none' AND '1'='2", "faultline-none' OR '1'='1"};
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        if (p->in != FL_IN_QUERY || (p->schema && p->schema->types && !(p->schema->types & FL_JSON_STRING)))
            continue;
        fl_case request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[probe->operation].request);
        fl_observation seen = {0};
        uint32_t counts[3] = {0};
        bool is_answered = true;
        for (size_t v = 0; v < FL_COUNT(values) && is_answered; v++) {
            fl_data_set(probe->arena, request.query, p->name, fl_data_string_c(probe->arena, values[v]));
            const fl_data *items = fl_probe_items(fl_probe_send(probe, &request, &seen));
            is_answered = fl_probe_succeeded(&seen) && items != NULL;
            counts[v] = items ? items->count : 0;
        }
        if (is_answered && counts[0] == counts[1] && counts[2] > counts[0])
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "query /" FL_STR_FMT ": %u items, and %u with a condition that holds always", FL_STR_ARG(p->name), counts[0], counts[2]));
    }
}
