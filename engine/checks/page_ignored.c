/* A limit limits, and the second page is another one than the first. */
#include "engine/probe.h"

void fl_check_page_ignored(fl_probe *probe);
void fl_check_page_ignored(fl_probe *probe)
{
    static const char *const limits[] = {"limit", "pagesize", "perpage", "size", "count", "take", "first"}, *const starts[] = {"offset", "skip", "page"};
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation];
    const fl_parameter *limit = NULL, *start = NULL;
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        bool is_number = p->in == FL_IN_QUERY && p->schema && (p->schema->types & (FL_JSON_INTEGER | FL_JSON_NUMBER));
        for (size_t k = 0; k < FL_COUNT(limits) && is_number; k++)
            limit = limit == NULL && fl_name_eq(p->name, fl_str_from(limits[k])) ? p : limit;
        for (size_t k = 0; k < FL_COUNT(starts) && is_number; k++)
            start = start == NULL && fl_name_eq(p->name, fl_str_from(starts[k])) ? p : start;
    }
    if (limit == NULL || !fl_operation_is_safe(operation))
        return;
    fl_case request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[probe->operation].request);
    fl_observation seen;
    fl_data_remove(request.query, limit->name);
    if (start)
        fl_data_remove(request.query, start->name);
    const fl_data *all = fl_probe_items(fl_probe_send(probe, &request, &seen));
    if (all == NULL || all->count < 3)
        return;
    fl_data_set(probe->arena, request.query, limit->name, fl_data_int(probe->arena, 1));
    const fl_data *page = fl_probe_items(fl_probe_send(probe, &request, &seen));
    if (page != NULL && fl_probe_succeeded(&seen) && page->count > 1)
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "query /" FL_STR_FMT " is 1, there are %u items", FL_STR_ARG(limit->name), page->count));
    if (page == NULL || page->count != 1 || start == NULL)
        return;
    fl_data_set(probe->arena, request.query, start->name, fl_data_int(probe->arena, fl_name_eq(start->name, FL_S("page")) ? 2 : 1));
    const fl_data *next = fl_probe_items(fl_probe_send(probe, &request, &seen));
    if (next != NULL && fl_probe_succeeded(&seen) && next->count == 1 && fl_data_eq(next->first, page->first))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "query /" FL_STR_FMT " makes no difference", FL_STR_ARG(start->name)));
}
