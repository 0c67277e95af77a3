/* Load: how times are counted, what is sent, and that those who could not even ask count, too. */
#include "tests/support/unit.h"
#include "tests/support/http_server.h"
#include "engine/http/load.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static void counts_times(void **state)
{
    (void)state;
    fl_histogram *h = calloc(1, sizeof *h);
    assert_non_null(h);
    fl_row_int("none", (long long)fl_histogram_percentile(h, 50), 0);
    for (uint64_t i = 1; i <= 100000; i++)
        fl_histogram_add(h, i);
    static const struct { double percent; uint64_t want; } rows[] = {{0.1, 100}, {50, 50000}, {90, 90000}, {99, 99000}, {99.9, 99900}, {100, 100000}};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        uint64_t got = fl_histogram_percentile(h, rows[i].percent);
        char row[32];
        snprintf(row, sizeof row, "%g %%", rows[i].percent);
        fl_row_true(row, got >= rows[i].want && (double)got <= (double)rows[i].want * 1.01 + 1);
    }
    fl_histogram_add(h, UINT64_MAX); /* more than there are buckets */
    fl_row_true("largest", fl_histogram_percentile(h, 100) >= UINT32_MAX / 2);
    free(h);
}

typedef struct seen { uint64_t answers, ok, repeats, latency_us; uint64_t by_request[2]; } seen;

static bool note(void *context, size_t request, const fl_http_response *response, bool is_repeat, uint64_t latency_us)
{
    seen *s = context;
    s->answers++;
    s->ok += response->outcome == FL_HTTP_OK && response->status == 200;
    s->repeats += is_repeat;
    s->by_request[request]++;
    s->latency_us = latency_us > s->latency_us ? latency_us : s->latency_us;
    return s->answers < 5000;
}

static void sends(void **state)
{
    static const struct { const char *row, *path; unsigned connections; double rate; uint64_t duration_us, least, most; uint64_t answers_from, answers_to; bool is_ok; } rows[] = {
        {"so many", "/ok", 4, 0, 5000000, 0, 300, 300, 300, true},
        {"at least", "/ok", 4, 0, 0, 50, 0, 50, 58, true},
        {"by time", "/slow", 8, 0, 200000, 0, 0, 24, 60, true},
        {"at a rate", "/ok", 4, 200, 250000, 0, 0, 45, 50, true},
        {"that fails", "/close", 2, 0, 5000000, 0, 20, 20, 20, false},
        {"that is no HTTP", "/garbage", 2, 0, 5000000, 0, 20, 20, 20, false},
        {"without end", "/infinite", 2, 0, 5000000, 0, 2, 2, 2, false},
        {"until it is enough", "/ok", 8, 0, 60000000, 0, 0, 5000, 5008, true},
        {"by two", "/ok", 17, 0, 5000000, 0, 1000, 1000, 1000, true},
        {"by two until it is enough", "/ok", 16, 0, 60000000, 0, 0, 5000, 5016, true},
    };
    (void)state;
    fl_pool_set_threads(2);
    fl_test_server *server = fl_test_server_start();
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str url = fl_str_format(&arena, "http://127.0.0.1:%u%s", fl_test_server_port(server), rows[i].path);
        const fl_http_request requests[2] = {{.method = FL_S("GET"), .url = url}, {.method = FL_S("POST"), .url = url, .has_body = true, .body = FL_S("{}")}};
        seen s = {0};
        fl_http_load load = {.requests = requests, .count = 2, .connections = rows[i].connections, .rate = rows[i].rate, .duration_us = rows[i].duration_us,
                             .least = rows[i].least, .most = rows[i].most, .context = &s, .done = note};
        fl_http_load_result result;
        fl_err err = {0};
        fl_row_ok(rows[i].row, fl_http_load_run(&load, &(fl_http_options){.timeout_ms = 2000}, &result, &err), err);
        fl_row_true(rows[i].row, s.answers >= rows[i].answers_from && s.answers <= rows[i].answers_to);
        fl_row_int(rows[i].row, result.sent, s.answers);
        fl_row_int(rows[i].row, s.ok, rows[i].is_ok ? s.answers : 0);
        if (rows[i].is_ok)
            fl_row_int(rows[i].row, s.repeats, s.answers - (rows[i].connections < 16 ? 2 : 4)); /* the first of each is new to each thread */
        fl_row_true(rows[i].row, s.by_request[0] > 0 && s.by_request[1] > 0 && result.connections == rows[i].connections);
    }
    fl_pool_set_threads(0);
    fl_arena_release(&arena);
    fl_test_server_stop(server);
}

/** One connection, answers of 40 ms, one hundred a second: most of those who come wait for long, or are never served. */
static void omits_nobody(void **state)
{
    (void)state;
    fl_test_server *server = fl_test_server_start();
    fl_arena arena;
    fl_arena_init(&arena);
    const fl_http_request request = {.method = FL_S("GET"), .url = fl_str_format(&arena, "http://127.0.0.1:%u/slow", fl_test_server_port(server))};
    seen s = {0};
    fl_http_load load = {.requests = &request, .count = 1, .connections = 1, .rate = 100, .duration_us = 400000, .context = &s, .done = note};
    fl_http_load_result result;
    fl_err err = {0};
    fl_row_ok("load", fl_http_load_run(&load, &(fl_http_options){0}, &result, &err), err);
    fl_row_true("few are served", s.answers >= 4 && s.answers <= 11);
    fl_row_int("all are counted", s.answers + result.unsent, 40);
    fl_row_true("from when they came", s.latency_us > 150000);
    fl_row_true("also who was not served", fl_histogram_percentile(&result.waited, 100) > 150000 && result.late > 0);
    fl_arena_release(&arena);
    fl_test_server_stop(server);
}

static void takes_what_it_gets(void **state)
{
    (void)state;
    struct rlimit before, low;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    low = (struct rlimit){100, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
    fl_http_load load = {.connections = 200};
    fl_http_load_result result;
    fl_err err = {0};
    fl_row_ok("load", fl_http_load_run(&load, &(fl_http_options){0}, &result, &err), err);
    fl_row_int("the limit is raised", result.connections, 200);
    fl_row_int("and nothing is said", (long long)result.open_files, 0);
    setrlimit(RLIMIT_NOFILE, &before);
}

FL_UNIT(load, cmocka_unit_test(counts_times), cmocka_unit_test(sends), cmocka_unit_test(omits_nobody), cmocka_unit_test(takes_what_it_gets))
