/* What the phase `load` saw: percentiles of each loop and operation. These differ from run to run, as times do. */
#include "cli/report_p.h"

static fl_data *latency(fl_arena *arena, const fl_histogram *times)
{
    static const struct { const char *name; double percent; } rows[] = {{"p50", 50}, {"p75", 75}, {"p90", 90}, {"p99", 99}, {"p999", 99.9}};
    fl_data *out = fl_data_map(arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_report_number(arena, out, rows[i].name, (int64_t)fl_histogram_percentile(times, rows[i].percent));
    fl_report_number(arena, out, "max", (int64_t)times->max_us);
    fl_report_number(arena, out, "mean", times->count ? (int64_t)(times->sum_us / times->count) : 0);
    return out;
}

fl_data *fl_report_load(fl_arena *arena, const fl_report_input *in)
{
    fl_data *list = fl_data_list(arena);
    for (size_t i = 0; i < in->run->load.count; i++) {
        const fl_load_part *part = &in->run->load.items[i];
        fl_data *out = fl_data_push(list, fl_data_map(arena));
        fl_report_text(arena, out, "loop", part->rate ? FL_S("open") : FL_S("closed"));
        fl_report_number(arena, out, "connections", part->connections);
        fl_report_number(arena, out, "connections_wanted", part->wanted);
        fl_data_set_c(arena, out, "open_files", part->open_files ? fl_data_int(arena, (int64_t)part->open_files) : fl_data_null(arena));
        fl_data_set_c(arena, out, "rate", part->rate ? fl_data_int(arena, part->rate) : fl_data_null(arena));
        fl_report_number(arena, out, "requests", (int64_t)part->sent);
        fl_report_number(arena, out, "per_second", part->duration_us ? (int64_t)((double)part->sent * 1e6 / (double)part->duration_us) : 0);
        fl_report_number(arena, out, "failed", (int64_t)part->failed);
        fl_report_number(arena, out, "late", (int64_t)part->late);
        fl_report_number(arena, out, "unsent", (int64_t)part->unsent);
        fl_data_set_c(arena, out, "latency_us", latency(arena, part->times));
        fl_data *operations = fl_data_set_c(arena, out, "operations", fl_data_list(arena));
        for (size_t k = 0; k < part->operations.count; k++) {
            const fl_load_times *times = &part->operations.items[k];
            fl_data *one = fl_data_push(operations, fl_data_map(arena));
            fl_report_text(arena, one, "operation", fl_report_operation(arena, in->api, times->operation));
            fl_report_number(arena, one, "requests", (int64_t)times->times->count);
            fl_report_number(arena, one, "failed", (int64_t)times->failed);
            fl_data_set_c(arena, one, "latency_us", latency(arena, times->times));
        }
    }
    return list;
}
