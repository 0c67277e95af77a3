/* What a list is filtered by holds for each of its items. A filter by a field that the items have, by the value that one of them has. */
#include "engine/probe.h"

void fl_check_filter_ignored(fl_probe *probe);
void fl_check_filter_ignored(fl_probe *probe)
{
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation];
    if (!fl_operation_is_safe(operation))
        return;
    const fl_case *valid = &probe->engine->run->baselines.items[probe->operation].request;
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        if (p->in != FL_IN_QUERY)
            continue;
        fl_case request = fl_case_copy(probe->arena, valid);
        fl_observation seen;
        fl_data_remove(request.query, p->name);
        const fl_data *all = fl_probe_items(fl_probe_send(probe, &request, &seen)), *first = all && all->first ? fl_data_get(all->first, p->name) : NULL;
        bool has_others = false;
        for (const fl_data *item = first ? all->first : NULL; item; item = item->next)
            has_others = has_others || (fl_data_get(item, p->name) != NULL && !fl_data_eq(fl_data_get(item, p->name), first));
        if (!has_others || first->kind == FL_DATA_MAP || first->kind == FL_DATA_LIST || first->kind == FL_DATA_NULL)
            continue;
        fl_data_set(probe->arena, request.query, p->name, fl_data_copy(probe->arena, first));
        const fl_data *some = fl_probe_items(fl_probe_send(probe, &request, &seen));
        for (const fl_data *item = fl_probe_succeeded(&seen) && some ? some->first : NULL; item; item = item->next) {
            const fl_data *value = fl_data_get(item, p->name);
            bool is_within = value && value->kind == FL_DATA_STRING && first->kind == FL_DATA_STRING && fl_str_find(value->text, first->text) >= 0;
            if (value == NULL || fl_data_eq(value, first) || is_within)
                continue;
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "query /" FL_STR_FMT " is " FL_STR_FMT ", an item has " FL_STR_FMT, FL_STR_ARG(p->name),
                          FL_STR_ARG(fl_data_str(first, FL_S("a flag"))), FL_STR_ARG(fl_data_str(value, FL_S("another")))));
            break;
        }
    }
}
