/*
 * What takes longer the more is stored, though the answer does not grow: the same object read, or the same few of a list. The quickest of several
 * counts, so that a busy machine is not taken for a slow query.
 */
#include "engine/probe.h"

enum { ROWS = 60, STEPS = 3, TRIES = 7, LEAST_US = 1500 };

/** The quickest answer; 0: there is none. */
static uint64_t quickest(fl_probe *probe, const fl_case *request, size_t *bytes)
{
    uint64_t best = 0;
    for (int i = 0; i < TRIES; i++) {
        fl_observation seen;
        uint32_t steps = probe->steps.count;
        (void)fl_probe_send(probe, request, &seen);
        probe->steps.count = i == 0 ? probe->steps.count : steps;
        if (!fl_probe_succeeded(&seen))
            return 0;
        *bytes = seen.response.body.len;
        best = best == 0 || seen.response.time_us < best ? seen.response.time_us : best;
    }
    return best;
}

/** A list that is asked for one item, where it can be. */
static bool ask_for(fl_probe *probe, int operation, const fl_thing *thing, fl_case *request)
{
    static const char *const names[] = {"limit", "page_size", "pageSize", "per_page", "perPage", "size", "take"};
    if (operation != probe->resource->list)
        return fl_probe_about(probe, operation, thing, request);
    const fl_operation *list = &probe->engine->api->operations.items[operation];
    *request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[operation].request);
    for (size_t i = 0; i < list->parameters.count; i++)
        for (size_t k = 0; k < FL_COUNT(names); k++)
            if (list->parameters.items[i].in == FL_IN_QUERY && fl_str_eq_c(list->parameters.items[i].name, names[k]))
                fl_data_set(probe->arena, request->query, list->parameters.items[i].name, fl_data_int(probe->arena, 1));
    return true;
}

void fl_check_slows_with_rows(fl_probe *probe);
void fl_check_slows_with_rows(fl_probe *probe)
{
    const int operations[] = {probe->resource->read, probe->resource->list};
    uint64_t times[FL_COUNT(operations)][STEPS] = {{0}};
    size_t sizes[FL_COUNT(operations)][STEPS] = {{0}};
    fl_case requests[FL_COUNT(operations)];
    bool is_asked[FL_COUNT(operations)];
    fl_thing first, more;
    if (!fl_probe_make(probe, probe->resource, &first))
        return;
    for (size_t k = 0; k < FL_COUNT(operations); k++)
        is_asked[k] = operations[k] >= 0 && ask_for(probe, operations[k], &first, &requests[k]);
    for (size_t step = 0; step < STEPS; step++) {
        for (size_t k = 0; k < FL_COUNT(operations); k++) {
            times[k][step] = is_asked[k] ? quickest(probe, &requests[k], &sizes[k][step]) : 0;
            is_asked[k] = times[k][step] != 0;
        }
        uint32_t steps = probe->steps.count;
        for (int i = 0; i < ROWS << step && step + 1 < STEPS; i++)
            if (!fl_probe_make(probe, probe->resource, &more))
                return;
        probe->steps.count = steps; /* what shows it is the request; that more is stored stands beside it */
    }
    for (size_t k = 0; k < FL_COUNT(operations); k++) {
        const uint64_t *t = times[k];
        bool grows = is_asked[k] && t[2] >= 3 * t[0] && t[2] >= t[0] + LEAST_US && t[1] > t[0] && t[2] > t[1] + (t[1] - t[0]) / 2;
        fl_observation seen;
        if (!grows || sizes[k][2] > sizes[k][0] * 2)
            continue;
        (void)fl_probe_send(probe, &requests[k], &seen);
        fl_probe_fail(probe, &requests[k], fl_str_format(probe->arena, "behind %d more objects it takes several times as long, and the answer is of the same size", ROWS * 3));
    }
}
