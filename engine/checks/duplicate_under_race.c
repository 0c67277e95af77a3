/* What may be there once is made once, also when two ask at the same time. */
#include "engine/probe.h"

void fl_check_duplicate_under_race(fl_probe *probe);
void fl_check_duplicate_under_race(fl_probe *probe)
{
    enum { AT_ONCE = 6 };
    fl_thing thing;
    fl_observation seen;
    if (!fl_probe_make(probe, probe->resource, &thing) || thing.sent == NULL)
        return;
    (void)fl_probe_send(probe, &thing.request, &seen);
    if (seen.response.status != 409 && seen.response.status != 400 && seen.response.status != 422)
        return; /* there may be several */
    fl_case request = fl_case_copy(probe->arena, &thing.request);
    if (!fl_sample_freshen(&probe->sampler, &request, 100 + probe->engine->freshness++))
        return;
    unsigned successes = fl_probe_burst(probe, &request, AT_ONCE);
    if (successes > 1)
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "one behind the other the second is refused; at once %u are made", successes));
}
