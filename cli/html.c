/* report.html: the report for a browser, in one file that loads nothing. Everything stands in the page as it is written; its
 * script only filters. What a service sent is text there, whatever it looks like. */
#include <string.h>
#include "cli/page.h"
#include "cli/report.h"

/* ---- text ---- */

static void element(fl_buf *out, const char *open, fl_str text, const char *close)
{
    fl_buf_add_c(out, open);
    fl_markup_add(out, text);
    fl_buf_add_c(out, close);
}

static void place(fl_buf *out, const fl_data *from)
{
    if (fl_data_get_str(from, "file").len == 0)
        return;
    element(out, "<code>", fl_data_get_str(from, "file"), "");
    fl_buf_format(out, ":%lld</code>", (long long)fl_data_get_int(from, "line", 0));
}

/* ---- a fault ---- */

static void request(fl_buf *out, const fl_data *sent)
{
    element(out, "<pre>", fl_data_get_str(sent, "method"), " ");
    fl_markup_add(out, fl_data_get_str(sent, "path"));
    for (const fl_data *h = fl_data_first(sent, "headers"); h != NULL; h = h->next) {
        element(out, "\n", fl_data_get_str(h, "name"), ": ");
        fl_markup_add(out, fl_data_get_str(h, "value"));
    }
    if (fl_data_get_c(sent, "body") != NULL)
        element(out, "\n\n", fl_data_get_str(sent, "body"), "");
    else if (fl_data_get_c(sent, "body_base64") != NULL)
        element(out, "\n\n(base64) ", fl_data_get_str(sent, "body_base64"), "");
    fl_buf_add_c(out, "</pre>\n");
}

static void answer(fl_buf *out, const fl_data *fault)
{
    const fl_data *response = fl_data_get_c(fault, "response"), *trace = fl_data_get_c(fault, "trace");
    int64_t status = fl_data_get_int(fault, "status", 0);
    fl_buf_add_c(out, "<h3>answer</h3>\n<pre>");
    if (status != 0)
        fl_buf_format(out, "%lld", (long long)status);
    else
        fl_markup_add(out, fl_data_get_str(response, "outcome"));
    if (fl_data_get_str(fault, "signal").len > 0)
        element(out, ", the process died: ", fl_data_get_str(fault, "signal"), "");
    else if (fl_data_get_c(fault, "exit_code") != NULL && fl_data_get_c(fault, "exit_code")->kind == FL_DATA_NUMBER)
        fl_buf_format(out, ", the process ended with %lld", (long long)fl_data_get_int(fault, "exit_code", 0));
    if (fl_data_get_str(response, "body").len > 0)
        element(out, "\n\n", fl_data_get_str(response, "body"), fl_data_get_bool(response, "is_cut", false) ? "…" : "");
    else if (fl_data_get_str(response, "body_base64").len > 0)
        element(out, "\n\n(base64) ", fl_data_get_str(response, "body_base64"), "");
    fl_buf_add_c(out, "</pre>\n");
    if (fl_data_get_str(trace, "type").len == 0 && fl_data_get_str(trace, "message").len == 0 && fl_data_first(trace, "frames") == NULL)
        return;
    element(out, "<h3>trace</h3>\n<pre>", fl_data_get_str(trace, "type"), "");
    element(out, fl_data_get_str(trace, "type").len > 0 && fl_data_get_str(trace, "message").len > 0 ? ": " : "", fl_data_get_str(trace, "message"), "");
    for (const fl_data *frame = fl_data_first(trace, "frames"); frame != NULL; frame = frame->next) {
        element(out, "\n  at ", fl_data_get_str(frame, "file"), "");
        fl_buf_format(out, ":%lld", (long long)fl_data_get_int(frame, "line", 0));
        if (fl_data_get_str(frame, "function").len > 0)
            element(out, " in ", fl_data_get_str(frame, "function"), "");
    }
    fl_buf_add_c(out, "</pre>\n");
}

static void reasons(fl_buf *out, const fl_data *fault)
{
    const fl_data *because = fl_data_first(fault, "because"), *detail = fl_data_first(fault, "details");
    if (because == NULL && detail == NULL)
        return;
    const fl_data *shown = fault; /* whose line is the last that the reader saw */
    fl_buf_add_c(out, "<h3>because</h3>\n<ol class=\"because\">\n");
    for (; because != NULL; because = because->next) {
        element(out, "<li>", fl_data_get_str(because, "text"), " ");
        bool is_shown = fl_str_eq(fl_data_get_str(because, "file"), fl_data_get_str(shown, "file")) &&
                        fl_data_get_int(because, "line", 0) == fl_data_get_int(shown, "line", 0);
        if (!is_shown)
            place(out, because);
        if (!is_shown && fl_data_get_str(because, "source").len > 0)
            element(out, "<pre>", fl_str_trim(fl_data_get_str(because, "source")), "</pre>");
        shown = because;
        fl_buf_add_c(out, "</li>\n");
    }
    for (; detail != NULL; detail = detail->next)
        element(out, "<li>", detail->text, "</li>\n");
    fl_buf_add_c(out, "</ol>\n");
}

static void diff(fl_buf *out, fl_str text)
{
    fl_buf_add_c(out, "<pre class=\"diff\">");
    while (text.len > 0) {
        ptrdiff_t end = fl_str_find_char(text, '\n');
        fl_str line = end < 0 ? text : fl_str_sub(text, 0, (size_t)end);
        bool is_header = fl_str_starts(line, FL_S("+++")) || fl_str_starts(line, FL_S("---")) || fl_str_starts(line, FL_S("@@")) || fl_str_starts(line, FL_S("diff "));
        const char *sort = is_header ? "at" : fl_str_starts(line, FL_S("+")) ? "add" : fl_str_starts(line, FL_S("-")) ? "del" : NULL;
        if (sort != NULL)
            fl_buf_format(out, "<span class=\"%s\">", sort);
        fl_markup_add(out, line);
        fl_buf_add_c(out, sort != NULL ? "</span>" : "\n");
        text = end < 0 ? (fl_str){0} : fl_str_sub(text, (size_t)end + 1, text.len);
    }
    fl_buf_add_c(out, "</pre>\n");
}

static void patch(fl_buf *out, const fl_data *report, const fl_data *fault)
{
    const fl_data *found = fl_data_first(report, "patches");
    while (found != NULL && !fl_str_eq(fl_data_get_str(found, "file"), fl_data_get_str(fault, "patch")))
        found = found->next;
    if (found == NULL)
        return;
    const fl_data *proof = fl_data_get_c(fault, "proof");
    bool is_proven = fl_data_get_bool(proof, "is_proven", false);
    element(out, "<h3>patch</h3>\n<div><code>", fl_data_get_str(found, "file"), "</code>");
    fl_buf_format(out, " <span class=\"%s\">%s</span>", is_proven ? "proven" : "unproven", is_proven ? "✓ proven" : "✗ not proven");
    if (fl_data_get_str(proof, "before").len > 0 && fl_data_get_str(proof, "after").len > 0) {
        element(out, ": <code>", fl_data_get_str(proof, "before"), "</code> → ");
        element(out, "<code>", fl_data_get_str(proof, "after"), "</code>");
    }
    if (fl_data_get_int(proof, "baselines_sent", 0) > 0)
        fl_buf_format(out, "; %lld of %lld baseline requests unchanged", (long long)fl_data_get_int(proof, "baselines_same", 0),
                      (long long)fl_data_get_int(proof, "baselines_sent", 0));
    fl_buf_add_c(out, "</div>\n");
    if (fl_data_get_str(found, "note").len > 0)
        element(out, "<div class=\"unproven\">", fl_data_get_str(found, "note"), "</div>\n");
    if (fl_data_get_str(proof, "failure").len > 0)
        element(out, "<div class=\"unproven\">", fl_data_get_str(proof, "failure"), "</div>\n");
    diff(out, fl_data_get_str(found, "diff"));
}

static void fault_entry(fl_buf *out, const fl_data *report, const fl_data *fault)
{
    fl_str level = fl_data_get_str(fault, "level");
    int64_t id = fl_data_get_int(fault, "id", 0), seen = fl_data_get_int(fault, "seen", 0);
    fl_buf_format(out, "<details class=\"fault " FL_STR_FMT "\" id=\"fault-%lld\" data-level=\"" FL_STR_FMT "\">\n<summary>", FL_STR_ARG(level),
                  (long long)id, FL_STR_ARG(level));
    element(out, "<span class=\"level\">", level, "</span> ");
    fl_buf_format(out, "<b>%lld ", (long long)id);
    element(out, "", fl_data_get_str(fault, "title"), "</b> ");
    element(out, "<code>", fl_data_get_str(fault, "operation"), "</code> ");
    place(out, fault);
    fl_buf_format(out, " <span class=\"quiet\">seen %lld %s</span></summary>\n<div>\n", (long long)seen, seen == 1 ? "time" : "times");
    if (fl_data_get_str(fault, "source").len > 0)
        element(out, "<pre>", fl_data_get_str(fault, "source"), "</pre>\n");
    reasons(out, fault);
    if (fl_data_first(fault, "setup") != NULL)
        fl_buf_add_c(out, "<h3>sent before</h3>\n");
    for (const fl_data *sent = fl_data_first(fault, "setup"); sent != NULL; sent = sent->next)
        request(out, sent);
    fl_buf_add_c(out, "<h3>request</h3>\n");
    request(out, fl_data_get_c(fault, "request"));
    answer(out, fault);
    patch(out, report, fault);
    element(out, "<h3>again</h3>\n<pre>", fl_data_get_str(fault, "curl"), "</pre><button type=\"button\" data-copy>copy</button>\n");
    fl_buf_format(out, "<p class=\"quiet\"><code>faultline replay %lld</code>", (long long)id);
    element(out, ", <code>faultline explain ", fl_data_get_str(fault, "kind"), "</code></p>\n</div>\n</details>\n");
}

/* ---- tables ---- */

static void operations(fl_buf *out, const fl_data *report)
{
    fl_buf_add_c(out, "<h2>Operations</h2>\n<div class=\"scroll\"><table>\n<tr><th>operation</th><th>registered</th><th>valid request</th><th>answer</th></tr>\n");
    for (const fl_data *op = fl_data_first(report, "operations"); op != NULL; op = op->next) {
        const fl_data *baseline = fl_data_get_c(op, "baseline");
        bool is_ok = fl_data_get_bool(baseline, "is_ok", false);
        int64_t status = fl_data_get_int(baseline, "status", 0);
        fl_buf_format(out, "<tr data-answer=\"%s\">", is_ok ? "ok" : "none");
        element(out, "<td><code>", fl_data_get_str(op, "operation"), "</code></td><td>");
        place(out, op);
        element(out, "</td><td><code>", fl_data_get_str(baseline, "request"), "</code></td>");
        fl_buf_format(out, "<td class=\"%s\">", is_ok ? "proven" : "unproven");
        if (status != 0)
            fl_buf_format(out, "%lld ", (long long)status);
        if (!is_ok)
            fl_markup_add(out, fl_data_get_str(baseline, "reason"));
        fl_buf_add_c(out, "</td></tr>\n");
    }
    fl_buf_add_c(out, "</table></div>\n");
}

static void weak_spots(fl_buf *out, const fl_data *report)
{
    if (fl_data_first(report, "weak_spots") == NULL)
        return;
    fl_buf_add_c(out, "<h2>Weak spots</h2>\n<div class=\"scroll\"><table>\n<tr><th>weak spot</th><th>operation</th><th>line</th><th>verdict</th></tr>\n");
    for (const fl_data *spot = fl_data_first(report, "weak_spots"); spot != NULL; spot = spot->next) {
        fl_str verdict = fl_data_get_str(spot, "verdict");
        int64_t fault = fl_data_get_int(spot, "fault", 0);
        fl_buf_format(out, "<tr data-verdict=\"" FL_STR_FMT "\">", FL_STR_ARG(verdict));
        element(out, "<td>", fl_data_get_str(spot, "title"), "</td>");
        element(out, "<td><code>", fl_data_get_str(spot, "operation"), "</code></td><td>");
        place(out, spot);
        element(out, "</td><td>", verdict, "");
        if (fault != 0)
            fl_buf_format(out, " <a href=\"#fault-%lld\">fault %lld</a>", (long long)fault, (long long)fault);
        if (fl_data_get_str(spot, "reason").len > 0)
            element(out, " <span class=\"quiet\">", fl_data_get_str(spot, "reason"), "</span>");
        fl_buf_add_c(out, "</td></tr>\n");
    }
    fl_buf_add_c(out, "</table></div>\n");
}

/* ---- latency ---- */

static const struct { const char *key, *text; } percentiles[] = {
    {"p50", "50 %"}, {"p75", "75 %"}, {"p90", "90 %"}, {"p99", "99 %"}, {"p999", "99.9 %"}, {"max", "all"}};
enum { STEP_PX = 90, LEFT_PX = 70, TOP_PX = 12, DECADE_PX = 70 };

static unsigned decades(double us)
{
    unsigned n = 0;
    for (; us >= 10; us /= 10)
        n++;
    return n;
}

static double height_of(double us)
{
    unsigned whole = decades(us);
    double rest = us;
    for (unsigned i = 0; i < whole; i++)
        rest /= 10;
    return ((double)whole + (rest < 1 ? 0 : (rest - 1) / 9)) * DECADE_PX; /* straight between powers of ten */
}

/* How long so many of a hundred took at most; each line upwards is ten times as long. */
static void latency_plot(fl_buf *out, const fl_data *times)
{
    static const char *const units[] = {"1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s", "100 s"};
    double low = (double)fl_data_get_int(times, "p50", 0), high = (double)fl_data_get_int(times, "max", 0);
    unsigned first = decades(low), last = decades(high) + 1;
    last = last < FL_COUNT(units) ? last : FL_COUNT(units) - 1;
    first = first < last ? first : last - 1;
    double base = (double)((last - first) * DECADE_PX + TOP_PX), floor_px = (double)first * DECADE_PX;
    unsigned width = LEFT_PX + STEP_PX * (unsigned)FL_COUNT(percentiles);
    fl_buf_format(out, "<svg viewBox=\"0 0 %u %.0f\" width=\"%u\" height=\"%.0f\" role=\"img\" aria-label=\"latency by percentile\">\n", width, base + 24, width, base + 24);
    for (unsigned d = first; d <= last; d++) {
        double y = base - ((double)d * DECADE_PX - floor_px);
        fl_buf_format(out, "<line x1=\"%d\" x2=\"%u\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"var(--edge)\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                      LEFT_PX, width, y, y, LEFT_PX - 6, y + 4, units[d]);
    }
    fl_buf_add_c(out, "<polyline fill=\"none\" stroke=\"var(--accent)\" stroke-width=\"2\" points=\"");
    for (size_t i = 0; i < FL_COUNT(percentiles); i++)
        fl_buf_format(out, "%zu,%.1f ", LEFT_PX + 20 + i * STEP_PX, base - (height_of((double)fl_data_get_int(times, percentiles[i].key, 0)) - floor_px));
    fl_buf_add_c(out, "\"/>\n");
    for (size_t i = 0; i < FL_COUNT(percentiles); i++)
        fl_buf_format(out, "<text x=\"%zu\" y=\"%.0f\" text-anchor=\"middle\">%s</text>\n", LEFT_PX + 20 + i * STEP_PX, base + 18, percentiles[i].text);
    fl_buf_add_c(out, "</svg>\n");
}

static void latency_cells(fl_buf *out, const fl_data *times)
{
    for (size_t i = 0; i < FL_COUNT(percentiles); i++)
        fl_buf_format(out, "<td>%.1f</td>", (double)fl_data_get_int(times, percentiles[i].key, 0) / 1000);
    fl_buf_add_c(out, "</tr>\n");
}

static void load(fl_buf *out, const fl_data *report)
{
    const fl_data *part = fl_data_first(report, "load");
    if (part != NULL)
        fl_buf_add_c(out, "<h2>Load</h2>\n");
    for (; part != NULL; part = part->next) {
        bool is_open = fl_str_eq_c(fl_data_get_str(part, "loop"), "open");
        element(out, "<h3>", fl_data_get_str(part, "loop"), " loop, ");
        if (is_open)
            fl_buf_format(out, "%lld requests a second wanted, ", (long long)fl_data_get_int(part, "rate", 0));
        fl_buf_format(out, "%lld connections: %lld a second, %lld requests, %lld failed</h3>\n", (long long)fl_data_get_int(part, "connections", 0),
                      (long long)fl_data_get_int(part, "per_second", 0), (long long)fl_data_get_int(part, "requests", 0), (long long)fl_data_get_int(part, "failed", 0));
        latency_plot(out, fl_data_get_c(part, "latency_us"));
        fl_buf_add_c(out, "<div class=\"scroll\"><table>\n<tr><th>operation</th><th>requests</th><th>failed</th>");
        for (size_t i = 0; i < FL_COUNT(percentiles); i++)
            fl_buf_format(out, "<th>%s (ms)</th>", percentiles[i].text);
        fl_buf_add_c(out, "</tr>\n");
        for (const fl_data *op = fl_data_first(part, "operations"); op != NULL; op = op->next) {
            element(out, "<tr><td><code>", fl_data_get_str(op, "operation"), "</code></td>");
            fl_buf_format(out, "<td>%lld</td><td>%lld</td>", (long long)fl_data_get_int(op, "requests", 0), (long long)fl_data_get_int(op, "failed", 0));
            latency_cells(out, fl_data_get_c(op, "latency_us"));
        }
        fl_buf_add_c(out, "</table></div>\n");
    }
}

/** Rows of the matrix that were left out. */
static void skipped(fl_buf *out, const fl_data *report)
{
    const fl_data *one = fl_data_first(report, "skipped");
    if (one == NULL)
        return;
    fl_buf_add_c(out, "<h2>Left out</h2>\n<p class=\"quiet\">Rows of the matrix that the code refuses like one that was sent.</p>\n<div class=\"scroll\"><table>\n"
                      "<tr><th>operation</th><th>place</th><th>wrong</th><th>rows</th><th>answered</th></tr>\n");
    for (; one != NULL; one = one->next) {
        element(out, "<tr><td>", fl_data_get_str(one, "operation"), "</td>");
        element(out, "<td><code>", fl_data_get_str(one, "pointer"), "</code></td>");
        element(out, "<td>", fl_data_get_str(one, "rule"), "</td>");
        fl_buf_format(out, "<td>%lld</td><td>%lld</td></tr>\n", (long long)fl_data_get_int(one, "rows", 0), (long long)fl_data_get_int(one, "status", 0));
    }
    fl_buf_add_c(out, "</table></div>\n");
}

static void counts(fl_buf *out, const fl_data *report)
{
    static const struct { const char *key, *text; } shown[] = {
        {"operations", "operations"}, {"baselines_ok", "answered with 2xx"}, {"baselines_redirected", "answered with a redirect"}, {"weak_spots", "weak spots"}, {"confirmed", "confirmed"},
        {"refuted", "refuted"}, {"unreached", "not reached"}, {"faults", "faults"}, {"patches", "patches"}, {"patches_proven", "patches proven"},
        {"requests", "requests"}, {"requests_skipped", "requests left out"}, {"restarts", "restarts"},
    };
    const fl_data *stats = fl_data_get_c(report, "stats");
    fl_buf_add_c(out, "<ul class=\"counts\">\n");
    for (size_t i = 0; i < FL_COUNT(shown); i++)
        if (fl_data_get_c(stats, shown[i].key) != NULL)
            fl_buf_format(out, "<li><b>%lld</b> %s</li>\n", (long long)fl_data_get_int(stats, shown[i].key, 0), shown[i].text);
    fl_buf_add_c(out, "</ul>\n");
}

static void filters(fl_buf *out)
{
    fl_buf_add_c(out, "<div class=\"bar\" hidden>\n<input type=\"search\" id=\"find\" placeholder=\"filter: operation, file, kind, text\" aria-label=\"filter\">\n");
    static const char *const levels[] = {"error", "warning", "note"};
    for (size_t i = 0; i < FL_COUNT(levels); i++)
        fl_buf_format(out, "<label><input type=\"checkbox\" data-level=\"%s\" checked> %s</label>\n", levels[i], levels[i]);
    fl_buf_add_c(out, "<label>weak spots <select id=\"verdict\"><option value=\"\">all</option><option>confirmed</option><option>refuted</option>"
                      "<option>unreached</option></select></label>\n<span class=\"quiet\" id=\"shown\"></span>\n"
                      "<button type=\"button\" id=\"all\">open or close all</button>\n<button type=\"button\" id=\"theme\">light or dark</button>\n</div>\n");
}

void fl_html_write(fl_buf *out, const fl_data *report)
{
    const fl_data *project = fl_data_get_c(report, "project");
    fl_str title = fl_data_get_str(project, "title");
    if (title.len == 0)
        title = fl_data_get_str(project, "path");
    element(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
            title, " · faultline</title>\n<style>\n");
    fl_buf_add_c(out, fl_page_css);
    element(out, "</style>\n</head>\n<body>\n<h1>", title, "</h1>\n");
    element(out, "<p class=\"quiet\">faultline ", fl_data_get_str(fl_data_get_c(report, "tool"), "version"), " on <code>");
    element(out, "", fl_data_get_str(project, "path"), "</code></p>\n");
    counts(out, report);
    filters(out);
    fl_buf_add_c(out, "<h2>Faults</h2>\n");
    if (fl_data_first(report, "faults") == NULL)
        fl_buf_add_c(out, "<p class=\"proven\">none</p>\n");
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next)
        fault_entry(out, report, fault);
    load(out, report);
    skipped(out, report);
    weak_spots(out, report);
    operations(out, report);
    fl_buf_add_c(out, "<script>\n");
    fl_buf_add_c(out, fl_page_js);
    fl_buf_add_c(out, "</script>\n</body>\n</html>\n");
}
