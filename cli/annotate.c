/* The report where code is reviewed: workflow commands and a summary for GitHub, a code quality report for GitLab. */
#include <string.h>
#include "cli/report.h"

/* ---- GitHub: https://docs.github.com/actions/reference/workflow-commands-for-github-actions ---- */

static void add_escaped(fl_buf *out, fl_str text, bool is_property)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ',')))
            fl_buf_format(out, "%%%02X", c);
        else
            fl_buf_add_char(out, c < 0x20 ? ' ' : (char)c);
    }
}

void fl_github_write(fl_buf *out, const fl_data *report, fl_arena *arena)
{
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next) {
        fl_str level = fl_data_get_str(fault, "level");
        fl_buf_format(out, "::%s ", fl_str_eq_c(level, "note") ? "notice" : fl_str_eq_c(level, "warning") ? "warning" : "error");
        if (fl_data_get_str(fault, "file").len > 0) {
            fl_buf_add_c(out, "file=");
            add_escaped(out, fl_data_get_str(fault, "file"), true);
            fl_buf_format(out, ",line=%lld,", (long long)fl_data_get_int(fault, "line", 1));
        }
        fl_buf_add_c(out, "title=");
        add_escaped(out, fl_data_get_str(fault, "operation"), true);
        fl_buf_add_c(out, "::");
        add_escaped(out, fl_report_sentence(arena, fault), false);
        fl_buf_add_char(out, '\n');
    }
}

/* A cell of a table: nothing in it ends the cell, the line or begins markup. */
static void add_cell(fl_buf *out, fl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20)
            fl_buf_add_char(out, ' ');
        else if (c == '<' || c == '&')
            fl_buf_add_c(out, c == '<' ? "&lt;" : "&amp;");
        else {
            if (strchr("|\\`*_[]", c) != NULL)
                fl_buf_add_char(out, '\\');
            fl_buf_add_char(out, (char)c);
        }
    }
}

void fl_markdown_write(fl_buf *out, const fl_data *report)
{
    const fl_data *stats = fl_data_get_c(report, "stats");
    fl_buf_format(out, "### faultline: %lld faults, %lld patches proven\n\n%lld operations, %lld answered a valid request with 2xx; %lld weak spots, %lld confirmed.\n",
                  (long long)fl_data_get_int(stats, "faults", 0), (long long)fl_data_get_int(stats, "patches_proven", 0),
                  (long long)fl_data_get_int(stats, "operations", 0), (long long)fl_data_get_int(stats, "baselines_ok", 0),
                  (long long)fl_data_get_int(stats, "weak_spots", 0), (long long)fl_data_get_int(stats, "confirmed", 0));
    if (fl_data_first(report, "faults") == NULL)
        return;
    fl_buf_add_c(out, "\n| | fault | operation | line | seen | patch |\n|---|---|---|---|---|---|\n");
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next) {
        fl_buf_format(out, "| %lld | ", (long long)fl_data_get_int(fault, "id", 0));
        add_cell(out, fl_data_get_str(fault, "title"));
        fl_buf_add_c(out, " | ");
        add_cell(out, fl_data_get_str(fault, "operation"));
        fl_buf_add_c(out, " | ");
        if (fl_data_get_str(fault, "file").len > 0) {
            add_cell(out, fl_data_get_str(fault, "file"));
            fl_buf_format(out, ":%lld", (long long)fl_data_get_int(fault, "line", 0));
        }
        fl_buf_format(out, " | %lld | %s |\n", (long long)fl_data_get_int(fault, "seen", 0),
                      fl_data_get_bool(fl_data_get_c(fault, "proof"), "is_proven", false) ? "proven" : fl_data_get_str(fault, "patch").len > 0 ? "not proven" : "");
    }
}

/* ---- GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format ---- */

fl_data *fl_gitlab_build(fl_arena *arena, const fl_data *report)
{
    fl_data *list = fl_data_list(arena);
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next) {
        if (fl_data_get_str(fault, "file").len == 0)
            continue; /* an entry has a line */
        fl_str level = fl_data_get_str(fault, "level");
        fl_data *entry = fl_data_push(list, fl_data_map(arena));
        fl_data_set_c(arena, entry, "description", fl_data_string(arena, fl_report_sentence(arena, fault)));
        fl_data_set_c(arena, entry, "check_name", fl_data_string(arena, fl_data_get_str(fault, "kind")));
        fl_data_set_c(arena, entry, "fingerprint", fl_data_string(arena, fl_report_fingerprint(arena, fault)));
        fl_data_set_c(arena, entry, "severity", fl_data_string_c(arena, fl_str_eq_c(level, "note") ? "minor" : fl_str_eq_c(level, "warning") ? "major" : "critical"));
        fl_data *location = fl_data_set_c(arena, entry, "location", fl_data_map(arena));
        fl_data_set_c(arena, location, "path", fl_data_string(arena, fl_data_get_str(fault, "file")));
        fl_data *lines = fl_data_set_c(arena, location, "lines", fl_data_map(arena));
        fl_data_set_c(arena, lines, "begin", fl_data_int(arena, fl_data_get_int(fault, "line", 1)));
    }
    return list;
}
