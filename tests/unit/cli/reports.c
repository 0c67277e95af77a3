/* What is written from a report: the terminal, SARIF, JUnit; from a report made by hand, reports.json. */
#include <stdlib.h>
#include "base/fs.h"
#include "cli/report.h"
#include "cli/terminal.h"
#include "tests/support/unit.h"

static fl_data *read_report(fl_arena *arena)
{
    fl_data *report;
    fl_err err = {0};
    fl_row_ok("reports.json", fl_data_read_file(arena, FL_TEST_DATA "/reports.json", &report, &err), err);
    return report;
}

/* Compares with a file beside this one; FL_UPDATE=1 rewrites it. */
static void compare(const char *name, fl_str got)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_str want, path = fl_str_format(&arena, "%s/%s", FL_TEST_DATA, name);
    if (getenv("FL_UPDATE") != NULL)
        fl_row_ok(name, fl_fs_write(path.ptr, got, &err), err);
    fl_row_ok(name, fl_fs_read(&arena, path.ptr, 1u << 20, &want, &err), err);
    fl_row_str(name, got, want.ptr);
    fl_arena_release(&arena);
}

static void terminal(void **state)
{
    (void)state;
    static const struct { const char *name; fl_loudness loudness; unsigned width; bool has_unicode; } rows[] = {
        {"reports.normal.txt", FL_NORMAL, 100, true}, {"reports.verbose.txt", FL_VERBOSE, 100, true},
        {"reports.narrow.txt", FL_NORMAL, 50, false}, {"reports.quiet.txt", FL_QUIET, 100, true},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *report = read_report(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_paint paint = {.out = &out, .width = rows[i].width, .has_unicode = rows[i].has_unicode};
        fl_terminal_check(&paint, report, "out", rows[i].loudness);
        compare(rows[i].name, fl_buf_str(&out));
        fl_buf_release(&out);
    }
    fl_arena_release(&arena);
}

static void lists(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *report = read_report(&arena);
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_paint paint = {.out = &out, .width = 100, .has_unicode = true};
    fl_terminal_scan(&paint, report, FL_NORMAL);
    compare("reports.scan.txt", fl_buf_str(&out));
    fl_buf_clear(&out);
    fl_terminal_patches(&paint, report, true, NULL);
    compare("reports.fix.txt", fl_buf_str(&out));
    fl_buf_release(&out);
    fl_arena_release(&arena);
}

static void sarif_and_junit(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *report = read_report(&arena);
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_json_write(&out, fl_sarif_build(&arena, report), true);
    compare("reports.sarif", fl_buf_str(&out));
    fl_buf_clear(&out);
    fl_junit_write(&out, report);
    compare("reports.junit.xml", fl_buf_str(&out));
    fl_buf_release(&out);
    fl_arena_release(&arena);
}

/* Nothing that a service answers can move the cursor or change a colour. */
static void is_harmless(void **state)
{
    (void)state;
    static const struct { const char *row; fl_str in; const char *out; } rows[] = {
        {"escape", {"a\033[31mb", 7}, "a?[31mb"}, {"line end", {"a\r\nb", 4}, "a  b"}, {"tab", {"a\tb", 3}, "a  b"},
        {"c1", {"a\xC2\x9B" "31m", 6}, "a?31m"}, {"bad utf-8", {"a\xFFz", 3}, "a?z"}, {"nul", {"a\0b", 3}, "a?b"},
        {"umlaut", {"\xC3\xA4", 2}, "\xC3\xA4"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_paint paint = {.out = &out, .width = 80, .has_unicode = true};
        fl_paint_foreign(&paint, FL_PLAIN, rows[i].in, 0);
        fl_row_str(rows[i].row, fl_buf_str(&out), rows[i].out);
        fl_buf_release(&out);
    }
}

static void keeps_requests(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    static const struct { const char *row; fl_str url, body; const char *path; } rows[] = {
        {"base", {"$BASE/a?x=1", 11}, {"{\"a\":1}", 7}, "/a?x=1"},
        {"address", {"http://127.0.0.1:99/a/b", 23}, {"", 0}, "/a/b"},
        {"no path", {"http://h", 8}, {"\xFF\0\x01", 3}, "/"},
        {"nul", {"$BASE/", 6}, {"a\0b", 3}, "/"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_http_request request = {.method = FL_S("POST"), .url = rows[i].url, .body = rows[i].body, .has_body = true}, again;
        fl_vec_push(&arena, &request.headers, (fl_http_header){FL_S("x-a"), FL_S("1")});
        fl_data *data = fl_report_request(&arena, &request);
        fl_report_read_request(&arena, data, &again);
        fl_row_str(rows[i].row, fl_data_get_str(data, "path"), rows[i].path);
        fl_row_true(rows[i].row, again.has_body && fl_str_eq(again.body, rows[i].body));
        fl_row_size(rows[i].row, again.headers.count, 1);
    }
    fl_arena_release(&arena);
}

/* A signal is the error itself: it is named once, with the address. */
static void names_a_signal_once(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *report = read_report(&arena), *trace = fl_data_map(&arena);
    fl_data_set_c(&arena, trace, "type", fl_data_string_c(&arena, "SIGSEGV"));
    fl_data_set_c(&arena, trace, "message", fl_data_string_c(&arena, "address 0x0, read"));
    fl_row_true("signal", fl_data_pointer_set(&arena, report, FL_S("/faults/1/signal"), fl_data_string_c(&arena, "SIGSEGV")));
    fl_row_true("trace", fl_data_pointer_set(&arena, report, FL_S("/faults/1/trace"), trace));
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_paint paint;
    fl_paint_init(&paint, &out, "never");
    fl_terminal_check(&paint, report, "out", FL_NORMAL);
    fl_row_true(out.ptr, fl_str_find(fl_buf_str(&out), FL_S(", the process died: SIGSEGV (address 0x0, read)\n")) > 0);
    fl_buf_release(&out);
    fl_arena_release(&arena);
}

FL_UNIT(reports, cmocka_unit_test(terminal), cmocka_unit_test(names_a_signal_once), cmocka_unit_test(lists), cmocka_unit_test(sarif_and_junit), cmocka_unit_test(is_harmless),
        cmocka_unit_test(keeps_requests))
