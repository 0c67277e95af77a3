/* Of changes that come at once, each counts. A number that grows by the same with each request, and by less than it should with many at once. */
#include "engine/probe.h"

void fl_check_lost_update(fl_probe *probe);
void fl_check_lost_update(fl_probe *probe)
{
    enum { AT_ONCE = 8 };
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation];
    const fl_resource *of = NULL;
    if (fl_operation_is_safe(operation) || fl_operation_is_destructive(operation))
        return;
    for (size_t i = 0; i < probe->resources->count; i++) {
        const fl_resource *r = &probe->resources->items[i];
        if (r->read >= 0 && fl_str_starts(operation->path, probe->engine->api->operations.items[r->read].path))
            of = r;
    }
    fl_thing thing;
    fl_case action;
    fl_observation seen, read;
    if (of == NULL || !fl_probe_make(probe, of, &thing) || !fl_probe_about(probe, (int)probe->operation, &thing, &action))
        return;
    probe->resource = of;
    const fl_data *states[4] = {0};
    for (int i = 0; i < 3; i++) {
        states[i] = fl_probe_read(probe, &thing, &read);
        if (states[i] == NULL)
            return;
        if (i < 2) {
            (void)fl_probe_send(probe, &action, &seen);
            if (!fl_probe_succeeded(&seen))
                return;
        }
    }
    const fl_data *grown = NULL;
    double step = 0;
    for (const fl_data *field = states[0]->first; field && grown == NULL; field = field->next) {
        const fl_data *one = fl_data_get(states[1], field->key), *two = fl_data_get(states[2], field->key);
        bool are_numbers = one && two && field->kind == FL_DATA_NUMBER && one->kind == FL_DATA_NUMBER && two->kind == FL_DATA_NUMBER;
        step = are_numbers ? fl_data_num(one, 0) - fl_data_num(field, 0) : 0;
        if (step != 0 && fl_data_num(two, 0) - fl_data_num(one, 0) == step)
            grown = two;
    }
    const fl_data *again = grown ? fl_probe_read(probe, &thing, &read) : NULL;
    if (again == NULL || !fl_data_eq(fl_data_get(again, grown->key), grown)) /* or reading changes it */
        return;
    unsigned successes = fl_probe_burst(probe, &action, AT_ONCE);
    const fl_data *after = fl_probe_read(probe, &thing, &read), *now = after ? fl_data_get(after, grown->key) : NULL;
    double change = now ? fl_data_num(now, 0) - fl_data_num(grown, 0) : 0;
    if (now != NULL && successes > 1 && change / step < successes)
        fl_probe_fail(probe, &action, fl_str_format(probe->arena, "%u at once are answered with 2xx, and /" FL_STR_FMT " changes by less than that", successes, FL_STR_ARG(grown->key)));
}
