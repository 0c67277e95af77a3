/* `check` for people: the faults (terminal.c), what was not reached, the summary. */
#include "cli/terminal.h"

/* ---- what was not reached ---- */

static void put_unanswered(fl_paint *p, const fl_data *report)
{
    bool has_any = false;
    for (const fl_data *op = fl_data_first(report, "operations"); op != NULL; op = op->next) {
        const fl_data *baseline = fl_data_get_c(op, "baseline");
        if (baseline == NULL || fl_data_get_bool(baseline, "is_ok", false))
            continue;
        if (!has_any)
            fl_paint_rule(p, FL_BOLD, "operations without a 2xx answer");
        has_any = true;
        fl_paint_to(p, FL_LABEL_COLUMN);
        fl_paint_foreign(p, FL_PLAIN, fl_data_get_str(op, "operation"), 0);
        fl_paint_put(p, FL_PLAIN, "  ");
        fl_paint_wrap(p, FL_DIM, FL_LABEL_COLUMN + 2, fl_data_get_str(baseline, "reason"));
        fl_paint_line(p);
    }
    if (has_any)
        fl_paint_line(p);
}

static void put_verdicts(fl_paint *p, const fl_data *report, const char *verdict, const char *title)
{
    bool has_any = false;
    for (const fl_data *spot = fl_data_first(report, "weak_spots"); spot != NULL; spot = spot->next) {
        if (!fl_str_eq_c(fl_data_get_str(spot, "verdict"), verdict))
            continue;
        if (!has_any)
            fl_paint_rule(p, FL_BOLD, title);
        has_any = true;
        fl_paint_to(p, FL_LABEL_COLUMN);
        fl_paint_foreign(p, FL_PLAIN, fl_data_get_str(spot, "file"), 0);
        fl_paint_put(p, FL_PLAIN, ":%lld  ", (long long)fl_data_get_int(spot, "line", 0));
        fl_paint_wrap(p, FL_PLAIN, FL_LABEL_COLUMN + 2, fl_data_get_str(spot, "title"));
        fl_paint_put(p, FL_DIM, " %s ", fl_paint_signs(p)->dot);
        fl_paint_wrap(p, FL_DIM, FL_LABEL_COLUMN + 2, fl_data_get_str(spot, "operation"));
        fl_paint_line(p);
        fl_str reason = fl_data_get_str(spot, "reason");
        if (reason.len > 0) {
            fl_paint_to(p, FL_LABEL_COLUMN + 2);
            fl_paint_wrap(p, FL_DIM, FL_LABEL_COLUMN + 2, reason);
            fl_paint_line(p);
        }
    }
    if (has_any)
        fl_paint_line(p);
}

/* ---- summary ---- */

static void put_spot_counts(fl_paint *p, const fl_data *s, fl_loudness loudness)
{
    int64_t spots = fl_data_get_int(s, "weak_spots", 0), confirmed = fl_data_get_int(s, "confirmed", 0);
    int64_t unreached = fl_data_get_int(s, "unreached", 0), refuted = fl_data_get_int(s, "refuted", 0);
    fl_terminal_label(p, "spots");
    if (spots == 0) {
        fl_paint_put(p, FL_GREEN, "no weak spots");
    } else {
        fl_paint_put(p, FL_PLAIN, "%lld weak %s: ", (long long)spots, fl_plural(spots, "spot", "spots"));
        fl_paint_put(p, confirmed > 0 ? FL_RED : FL_PLAIN, "%lld confirmed", (long long)confirmed);
        fl_paint_put(p, FL_PLAIN, ", %lld refuted, %lld not reached", (long long)refuted, (long long)unreached);
        if (unreached > 0 && loudness != FL_VERBOSE)
            fl_paint_put(p, FL_DIM, " (--verbose says why)");
    }
    fl_paint_line(p);
}

static void put_counts(fl_paint *p, const fl_data *report, fl_loudness loudness)
{
    const fl_data *s = fl_data_get_c(report, "stats");
    int64_t operations = fl_data_get_int(s, "operations", 0), ok = fl_data_get_int(s, "baselines_ok", 0), redirected = fl_data_get_int(s, "baselines_redirected", 0);
    int64_t possible = fl_data_get_int(s, "operations_possible", 0);
    int64_t faults = fl_data_get_int(s, "faults", 0), patches = fl_data_get_int(s, "patches", 0), proven = fl_data_get_int(s, "patches_proven", 0);
    fl_terminal_label(p, "routes");
    fl_paint_put(p, FL_PLAIN, "%lld %s", (long long)operations, fl_plural(operations, "operation", "operations"));
    if (possible > 0)
        fl_paint_put(p, FL_DIM, " and %lld possible", (long long)possible);
    fl_paint_put(p, FL_PLAIN, ", %lld answered a valid request with 2xx", (long long)ok);
    if (redirected > 0)
        fl_paint_put(p, FL_PLAIN, ", %lld with a redirect", (long long)redirected);
    if (operations + possible > ok + redirected)
        fl_paint_put(p, FL_DIM, ", %lld did not%s", (long long)(operations + possible - ok - redirected), loudness == FL_VERBOSE ? "" : " (--verbose says why)");
    fl_paint_line(p);
    put_spot_counts(p, s, loudness);
    fl_terminal_label(p, "faults");
    if (faults == 0)
        fl_paint_put(p, FL_GREEN, "0 faults");
    else
        fl_paint_put(p, FL_BOLD_RED, "%lld %s", (long long)faults, fl_plural(faults, "fault", "faults"));
    int64_t places = 0;
    const fl_data *list = fl_data_get_c(report, "faults");
    for (const fl_data *fault = list->first; fault != NULL; fault = fault->next)
        places += !fl_terminal_is_told(list, fault);
    if (places < faults)
        fl_paint_put(p, FL_PLAIN, " at %lld %s", (long long)places, fl_plural(places, "place", "places"));
    if (patches > 0) {
        fl_paint_put(p, FL_PLAIN, ", %lld %s", (long long)patches, fl_plural(patches, "patch", "patches"));
        fl_paint_put(p, proven > 0 ? FL_GREEN : FL_YELLOW, ", %lld proven", (long long)proven);
    }
    fl_paint_line(p);
    const fl_data *times = fl_data_get_c(s, "times_ms");
    fl_terminal_label(p, "time");
    fl_paint_put(p, FL_PLAIN, "%.1f s", (double)fl_data_get_int(times, "total", 0) / 1000);
    fl_paint_put(p, FL_DIM, ", %lld %s, %lld %s of the service", (long long)fl_data_get_int(s, "requests", 0),
                 fl_plural(fl_data_get_int(s, "requests", 0), "request", "requests"), (long long)fl_data_get_int(s, "restarts", 0),
                 fl_plural(fl_data_get_int(s, "restarts", 0), "restart", "restarts"));
    fl_paint_line(p);
}

/* A phase that stopped early must not look like one that found nothing. */
static void put_bounds(fl_paint *p, const fl_data *report)
{
    static const struct { const char *bound, *words; } reasons[] = {
        {"requests", "its limit of requests"}, {"time", "its limit of time"}, {"all requests", "the limit of requests of the run"}, {"the service", "a service that does not start any more"}};
    const fl_data *bounds = fl_data_get_c(report, "bounds");
    for (const fl_data *one = bounds != NULL ? bounds->first : NULL; one != NULL; one = one->next) {
        const char *why = "a bound";
        for (size_t i = 0; i < FL_COUNT(reasons); i++)
            why = fl_str_eq_c(fl_data_get_str(one, "bound"), reasons[i].bound) ? reasons[i].words : why;
        fl_terminal_label(p, "bound");
        fl_paint_put(p, FL_YELLOW, FL_STR_FMT " ended at %s", FL_STR_ARG(fl_data_get_str(one, "phase")), why);
        fl_paint_put(p, FL_DIM, ", after %lld requests; %lld of %lld parts are whole", (long long)fl_data_get_int(one, "requests", 0),
                     (long long)fl_data_get_int(one, "done", 0), (long long)fl_data_get_int(one, "units", 0));
        fl_paint_line(p);
    }
}

/* What was left out, because the code refuses it: named when asked for. */
static void put_skips(fl_paint *p, const fl_data *report, fl_loudness loudness)
{
    int64_t rows = fl_data_get_int(fl_data_get_c(report, "stats"), "requests_skipped", 0);
    const fl_data *skipped = fl_data_get_c(report, "skipped");
    if (rows == 0 || skipped == NULL)
        return;
    fl_terminal_label(p, "skipped");
    fl_paint_put(p, FL_PLAIN, "%lld %s of the matrix", (long long)rows, fl_plural(rows, "row", "rows"));
    fl_paint_put(p, FL_DIM, ", which the code refuses like one that was sent");
    fl_paint_line(p);
    for (const fl_data *one = skipped->first; loudness == FL_VERBOSE && one != NULL; one = one->next) {
        fl_terminal_label(p, "");
        fl_paint_foreign(p, FL_PLAIN, fl_data_get_str(one, "operation"), 0);
        fl_paint_put(p, FL_PLAIN, " ");
        fl_paint_foreign(p, FL_PLAIN, fl_data_get_str(one, "pointer"), 0);
        fl_paint_put(p, FL_DIM, ", %lld of a wrong " FL_STR_FMT ", as %lld", (long long)fl_data_get_int(one, "rows", 0), FL_STR_ARG(fl_data_get_str(one, "rule")),
                     (long long)fl_data_get_int(one, "status", 0));
        fl_paint_line(p);
    }
}

static void put_load(fl_paint *p, const fl_data *report)
{
    const fl_data *load = fl_data_get_c(report, "load");
    for (const fl_data *one = load != NULL ? load->first : NULL; one != NULL; one = one->next) {
        const fl_data *latency = fl_data_get_c(one, "latency_us");
        fl_terminal_label(p, "load");
        fl_paint_put(p, FL_PLAIN, FL_STR_FMT " loop, %lld at once: %lld/s, ", FL_STR_ARG(fl_data_get_str(one, "loop")), (long long)fl_data_get_int(one, "connections", 0),
                     (long long)fl_data_get_int(one, "per_second", 0));
        fl_paint_put(p, fl_data_get_int(one, "failed", 0) > 0 ? FL_RED : FL_PLAIN, "%lld of %lld failed", (long long)fl_data_get_int(one, "failed", 0), (long long)fl_data_get_int(one, "requests", 0));
        fl_paint_put(p, FL_DIM, "; ms: half %.1f, 99 %% %.1f, 99.9 %% %.1f, all %.1f", (double)fl_data_get_int(latency, "p50", 0) / 1000,
                     (double)fl_data_get_int(latency, "p99", 0) / 1000, (double)fl_data_get_int(latency, "p999", 0) / 1000, (double)fl_data_get_int(latency, "max", 0) / 1000);
        fl_paint_line(p);
        if (fl_data_get_int(one, "open_files", 0) > 0) {
            fl_terminal_label(p, "bound");
            fl_paint_put(p, FL_YELLOW, "%lld connections of %lld: %lld files may be open (ulimit -n)", (long long)fl_data_get_int(one, "connections", 0),
                         (long long)fl_data_get_int(one, "connections_wanted", 0), (long long)fl_data_get_int(one, "open_files", 0));
            fl_paint_line(p);
        }
    }
}

void fl_terminal_check(fl_paint *p, const fl_data *report, const char *folder, fl_loudness loudness)
{
    const fl_data *faults = fl_data_get_c(report, "faults");
    for (const fl_data *fault = faults->first; fault != NULL; fault = fault->next)
        if (loudness == FL_VERBOSE || !fl_terminal_is_told(faults, fault))
            fl_terminal_fault(p, report, fault, loudness);
    if (loudness == FL_VERBOSE) {
        put_unanswered(p, report);
        put_verdicts(p, report, "unreached", "weak spots that were not reached");
        put_verdicts(p, report, "refuted", "weak spots that were refuted: the line ran and held");
    }
    if (loudness == FL_QUIET)
        return;
    fl_paint_rule(p, FL_BOLD, "summary");
    put_counts(p, report, loudness);
    put_load(p, report);
    put_skips(p, report, loudness);
    put_bounds(p, report);
    fl_terminal_label(p, "written");
    fl_paint_foreign(p, FL_PLAIN, fl_str_from(folder), 0);
    fl_paint_put(p, FL_DIM, "/ openapi.yaml, report.html, report.json, report.sarif, report.junit.xml, results.ndjson%s",
                 fl_data_get_c(report, "faults")->count > 0 ? ", patches, repro" : "");
    fl_paint_line(p);
    const fl_data *stats = fl_data_get_c(report, "stats");
    if (fl_data_get_int(stats, "patches_proven", 0) > 0) {
        fl_terminal_label(p, "next");
        fl_paint_put(p, FL_PLAIN, "faultline fix " FL_STR_FMT " --apply", FL_STR_ARG(fl_data_get_str(fl_data_get_c(report, "project"), "path")));
        fl_paint_line(p);
    }
}
