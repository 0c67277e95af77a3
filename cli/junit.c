/* The report as JUnit XML: a testcase per operation (its valid request) and per weak spot. A confirmed weak spot and a
 * fault that nothing predicted are failures; what could not be tried is skipped, with the reason. */
#include "cli/report.h"

static void add_attribute(fl_buf *out, const char *name, fl_str value)
{
    fl_buf_format(out, " %s=\"", name);
    fl_markup_add(out, value);
    fl_buf_add_char(out, '"');
}

static const fl_data *fault_by_id(const fl_data *report, int64_t id)
{
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next)
        if (fl_data_get_int(fault, "id", 0) == id)
            return fault;
    return NULL;
}

static void add_failure(fl_buf *out, const fl_data *fault)
{
    fl_buf_add_c(out, "      <failure");
    add_attribute(out, "type", fl_data_get_str(fault, "kind"));
    fl_buf_add_c(out, " message=\"");
    fl_markup_add(out, fl_data_get_str(fault, "title"));
    for (const fl_data *detail = fl_data_first(fault, "details"); detail != NULL; detail = detail->next) {
        fl_buf_add_c(out, ", ");
        fl_markup_add(out, detail->text);
    }
    if (fl_data_get_str(fault, "file").len > 0) {
        fl_buf_add_c(out, ", ");
        fl_markup_add(out, fl_data_get_str(fault, "file"));
        fl_buf_format(out, ":%lld", (long long)fl_data_get_int(fault, "line", 0));
    }
    fl_buf_add_c(out, "\">");
    fl_markup_add(out, fl_data_get_str(fl_data_get_c(fault, "trace"), "type"));
    fl_buf_add_char(out, ' ');
    fl_markup_add(out, fl_data_get_str(fl_data_get_c(fault, "trace"), "message"));
    fl_buf_add_c(out, "&#10;");
    fl_markup_add(out, fl_data_get_str(fault, "curl"));
    fl_buf_add_c(out, "</failure>\n");
}

static void add_skipped(fl_buf *out, fl_str reason)
{
    fl_buf_add_c(out, "      <skipped");
    add_attribute(out, "message", reason);
    fl_buf_add_c(out, "/>\n");
}

typedef struct counts { unsigned tests, failures, skipped; } counts;

static void operations(fl_buf *out, const fl_data *report, counts *n)
{
    const fl_data *list = fl_data_get_c(report, "operations"), *faults = fl_data_get_c(report, "faults");
    for (const fl_data *op = list != NULL ? list->first : NULL; op != NULL; op = op->next) {
        const fl_data *baseline = fl_data_get_c(op, "baseline");
        fl_str name = fl_data_get_str(op, "operation");
        fl_buf_add_c(out, "    <testcase classname=\"operations\"");
        add_attribute(out, "name", name);
        fl_buf_add_c(out, ">\n");
        n->tests++;
        bool has_failed = false;
        for (const fl_data *fault = faults != NULL ? faults->first : NULL; fault != NULL; fault = fault->next) {
            bool is_predicted = fl_data_get_int(fault, "weak_spot", 0) != 0;
            bool is_note = fl_str_eq_c(fl_data_get_str(fault, "level"), "note");
            if (is_predicted || is_note || !fl_str_eq(fl_data_get_str(fault, "operation"), name))
                continue;
            add_failure(out, fault);
            has_failed = true;
        }
        if (has_failed)
            n->failures++;
        else if (!fl_data_get_bool(baseline, "is_ok", false)) {
            fl_str reason = fl_data_get_str(baseline, "reason");
            add_skipped(out, reason.len > 0 ? reason : FL_S("no valid request was answered with 2xx"));
            n->skipped++;
        }
        fl_buf_add_c(out, "    </testcase>\n");
    }
}

static void weak_spots(fl_buf *out, const fl_data *report, counts *n)
{
    for (const fl_data *spot = fl_data_first(report, "weak_spots"); spot != NULL; spot = spot->next) {
        fl_str verdict = fl_data_get_str(spot, "verdict");
        fl_buf_add_c(out, "    <testcase classname=\"weak spots\" name=\"");
        fl_markup_add(out, fl_data_get_str(spot, "file"));
        fl_buf_format(out, ":%lld ", (long long)fl_data_get_int(spot, "line", 0));
        fl_markup_add(out, fl_data_get_str(spot, "title"));
        fl_buf_add_c(out, ", ");
        fl_markup_add(out, fl_data_get_str(spot, "operation"));
        fl_buf_format(out, " (%lld)\">\n", (long long)fl_data_get_int(spot, "id", 0));
        n->tests++;
        const fl_data *fault = fault_by_id(report, fl_data_get_int(spot, "fault", 0));
        if (fl_str_eq_c(verdict, "confirmed")) {
            if (fault != NULL)
                add_failure(out, fault);
            else
                fl_buf_add_c(out, "      <failure message=\"confirmed\"/>\n");
            n->failures++;
        } else if (!fl_str_eq_c(verdict, "refuted")) {
            fl_str reason = fl_data_get_str(spot, "reason");
            add_skipped(out, reason.len > 0 ? reason : verdict);
            n->skipped++;
        }
        fl_buf_add_c(out, "    </testcase>\n");
    }
}

static void suite(fl_buf *out, const char *name, void (*add)(fl_buf *, const fl_data *, counts *), const fl_data *report, counts *all)
{
    fl_buf cases;
    fl_buf_init(&cases, 0);
    counts n = {0};
    add(&cases, report, &n);
    fl_buf_format(out, "  <testsuite name=\"%s\" tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"%u\">\n", name, n.tests, n.failures, n.skipped);
    fl_buf_add(out, fl_buf_str(&cases));
    fl_buf_add_c(out, "  </testsuite>\n");
    fl_buf_release(&cases);
    all->tests += n.tests;
    all->failures += n.failures;
    all->skipped += n.skipped;
}

void fl_junit_write(fl_buf *out, const fl_data *report)
{
    fl_buf suites;
    fl_buf_init(&suites, 0);
    counts all = {0};
    suite(&suites, "operations", operations, report, &all);
    suite(&suites, "weak spots", weak_spots, report, &all);
    fl_buf_format(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"faultline\" tests=\"%u\" failures=\"%u\" errors=\"0\">\n",
                  all.tests, all.failures);
    fl_buf_add(out, fl_buf_str(&suites));
    fl_buf_add_c(out, "</testsuites>\n");
    fl_buf_release(&suites);
}
