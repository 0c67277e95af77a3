/* What the client makes of good and bad servers, and what it sends. */
#include "tests/support/unit.h"
#include "tests/support/http_server.h"

#include "engine/http/http.h"

#include <stdio.h>
#include <stdlib.h>

struct fixture {
    fl_test_server *server;
    fl_http *http;
    fl_arena arena;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    fl_err err;
    fixture.server = fl_test_server_start();
    fl_arena_init(&fixture.arena);
    *state = &fixture;
    return fl_http_new(&fixture.http, &(fl_http_options){.timeout_ms = 400, .response_bytes = 512 * 1024}, &err);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    fl_http_free(fixture->http);
    fl_test_server_stop(fixture->server);
    fl_arena_release(&fixture->arena);
    return 0;
}

static fl_str url_of(struct fixture *fixture, const char *path)
{
    return fl_str_format(&fixture->arena, "http://127.0.0.1:%u%s", fl_test_server_port(fixture->server), path);
}

static fl_http_response get(struct fixture *fixture, const char *path)
{
    fl_http_request request = {.method = FL_S("GET"), .url = url_of(fixture, path)};
    fl_http_response response;
    fl_http_send(fixture->http, &fixture->arena, &request, &response);
    return response;
}

static void names_every_outcome(void **state)
{
    static const struct {
        const char *path;
        fl_http_outcome outcome;
        int status;
    } rows[] = {
        {"/ok", FL_HTTP_OK, 200},
        {"/status/204", FL_HTTP_OK, 204},
        {"/status/500", FL_HTTP_OK, 500},
        {"/redirect", FL_HTTP_OK, 302},
        {"/continue", FL_HTTP_OK, 200},
        {"/close", FL_HTTP_CLOSED, 0},
        {"/short", FL_HTTP_CLOSED, 0},
        {"/reset", FL_HTTP_CLOSED, 0},
        {"/gzip", FL_HTTP_OK, 200},
        {"/bomb", FL_HTTP_TOO_LARGE, 200},
        {"/bad-gzip", FL_HTTP_MALFORMED, 0},
        {"/garbage", FL_HTTP_MALFORMED, 0},
        {"/garbage-status", FL_HTTP_MALFORMED, 0},
        {"/bad-chunk", FL_HTTP_MALFORMED, 0},
        {"/infinite", FL_HTTP_TOO_LARGE, 200},
        {"/infinite-chunks", FL_HTTP_TOO_LARGE, 200},
        {"/headers", FL_HTTP_TOO_LARGE, 200},
        {"/long-header", FL_HTTP_TOO_LARGE, 200},
        {"/events", FL_HTTP_TOO_LARGE, 200},
        {"/open-chunks", FL_HTTP_TOO_LARGE, 200},
        {"/open-json", FL_HTTP_TIMEOUT, 0},
        {"/drip", FL_HTTP_TIMEOUT, 0},
        {"/never", FL_HTTP_TIMEOUT, 0},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_http_response response = get(*state, rows[i].path);
        fl_row_str(rows[i].path, fl_str_from(fl_http_outcome_text(response.outcome)), fl_http_outcome_text(rows[i].outcome));
        fl_row_int(rows[i].path, response.status, rows[i].status);
        fl_row_true(rows[i].path, response.body.len <= FL_LIMIT_RESPONSE_BYTES);
        fl_row_int(rows[i].path, response.body_is_cut, rows[i].outcome == FL_HTTP_TOO_LARGE);
        fl_row_int(rows[i].path, response.is_endless, fl_str_eq_c(FL_S("/events"), rows[i].path) || fl_str_eq_c(FL_S("/open-chunks"), rows[i].path));
    }
}

/** What the user allows of one answer, in place of what we do. */
static void keeps_limits(void **state)
{
    static const struct { const char *row, *path; size_t bytes; unsigned headers; fl_http_outcome outcome; } rows[] = {
        {"within", "/ok", 11, 3, FL_HTTP_OK},
        {"bytes", "/ok", 10, 0, FL_HTTP_TOO_LARGE},
        {"bytes once they are unpacked", "/gzip", 10, 0, FL_HTTP_TOO_LARGE},
        {"headers", "/ok", 0, 1, FL_HTTP_TOO_LARGE},
        {"more bytes", "/bomb", 64u << 20, 0, FL_HTTP_OK},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_http *http;
        fl_err err = {0};
        fl_http_options options = {.timeout_ms = 4000, .response_bytes = rows[i].bytes, .response_headers = rows[i].headers};
        fl_row_ok(rows[i].row, fl_http_new(&http, &options, &err), err);
        fl_http_request request = {.method = FL_S("GET"), .url = url_of(fixture, rows[i].path)};
        fl_http_response response;
        fl_http_send(http, &fixture->arena, &request, &response);
        fl_row_str(rows[i].row, fl_str_from(fl_http_outcome_text(response.outcome)), fl_http_outcome_text(rows[i].outcome));
        fl_http_free(http);
    }
}

static void survives_no_tls(void **state)
{
    struct fixture *fixture = *state;
    fl_http_request request = {.method = FL_S("GET"), .url = fl_str_format(&fixture->arena, "https://127.0.0.1:%u/ok", fl_test_server_port(fixture->server))};
    fl_http_response response;
    fl_http_send(fixture->http, &fixture->arena, &request, &response);
    fl_row_int("no TLS", response.status, 0);
    fl_row_true("no TLS", response.outcome != FL_HTTP_OK);
}

static void keeps_what_came(void **state)
{
    fl_http_response response = get(*state, "/ok");
    fl_row_str("body", response.body, "{\"ok\":true}");
    fl_row_str("header", fl_http_header_get(&response, "CONTENT-type"), "application/json");
    fl_row_true("time", response.time_us > 0);
    response = get(*state, "/gzip");
    fl_row_str("compressed", response.body, "{\"ok\":true}");
    response = get(*state, "/nul");
    fl_row_size("NUL", response.body.len, 3);
    response = get(*state, "/continue");
    fl_row_str("early header", fl_http_header_get(&response, "x-early"), "");
    fl_row_str("late header", fl_http_header_get(&response, "x-late"), "1");
}

static void sends_what_was_written(void **state)
{
    const struct {
        const char *row, *method, *path;
        fl_http_header header;
        const char *body;
        const char *has, *has_not;
    } rows[] = {
        {"get", "GET", "/echo", {{0}, {0}}, NULL, "GET /echo HTTP/1.1\r\n", "Content-"},
        {"get with body", "GET", "/echo", {{0}, {0}}, "x", "GET /echo HTTP/1.1\r\n", "Content-Type"},
        {"delete", "DELETE", "/echo", {{0}, {0}}, NULL, "DELETE /echo HTTP/1.1\r\n", "Content-"},
        {"post without body", "POST", "/echo", {{0}, {0}}, NULL, "Content-Length: 0\r\n", "Content-Type"},
        {"post empty body", "POST", "/echo", {{0}, {0}}, "", "Content-Length: 0\r\n", "Content-Type"},
        {"no type of its own", "POST", "/echo", {{0}, {0}}, "{}", "\r\n\r\n{}", "Content-Type"},
        {"type", "POST", "/echo", {FL_S("content-type"), FL_S("application/json")}, "{}", "content-type: application/json\r\n", "urlencoded"},
        {"no Expect", "POST", "/echo", {{0}, {0}}, "x", "\r\n\r\nx", "Expect"},
        {"empty header", "GET", "/echo", {FL_S("X-Empty"), {0}}, NULL, "\r\nX-Empty:\r\n", NULL},
        {"line end in header", "GET", "/echo", {FL_S("X-Bad"), FL_S("a\r\nX-Evil: 1")}, NULL, "X-Bad: a  X-Evil: 1\r\n", NULL},
        {"odd method", "PROPFIND", "/echo", {{0}, {0}}, NULL, "PROPFIND /echo HTTP/1.1\r\n", NULL},
        {"path as it is", "GET", "/x/../echo", {{0}, {0}}, NULL, NULL, NULL},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_http_request request = {.method = fl_str_from(rows[i].method), .url = url_of(fixture, rows[i].path)};
        fl_http_response response;
        if (rows[i].header.name.len)
            fl_vec_push(&fixture->arena, &request.headers, rows[i].header);
        request.has_body = rows[i].body != NULL;
        request.body = fl_str_from(rows[i].body);
        fl_http_send(fixture->http, &fixture->arena, &request, &response);
        if (!rows[i].has) {
            fl_row_int(rows[i].row, response.outcome, FL_HTTP_CLOSED); /* the server knows no such path */
            continue;
        }
        fl_row_int(rows[i].row, response.outcome, FL_HTTP_OK);
        if (fl_str_find(response.body, fl_str_from(rows[i].has)) < 0)
            fail_msg("row '%s': no '%s' in\n" FL_STR_FMT, rows[i].row, rows[i].has, FL_STR_ARG(response.body));
        if (rows[i].has_not && fl_str_find(response.body, fl_str_from(rows[i].has_not)) >= 0)
            fail_msg("row '%s': '%s' in\n" FL_STR_FMT, rows[i].row, rows[i].has_not, FL_STR_ARG(response.body));
    }
}

static void answers_head(void **state)
{
    struct fixture *fixture = *state;
    fl_http_request request = {.method = FL_S("HEAD"), .url = url_of(fixture, "/status/200")};
    fl_http_response response;
    fl_http_send(fixture->http, &fixture->arena, &request, &response);
    fl_row_int("head", response.outcome, FL_HTTP_OK);
    fl_row_int("head", response.status, 200);
}

/* libcurl would send again on a new connection; the service that died would look like one that refuses. */
static void sends_once(void **state)
{
    struct fixture *fixture = *state;
    fl_http_response response = get(fixture, "/close-again");
    fl_row_int("first", response.outcome, FL_HTTP_OK);
    unsigned before = fl_test_server_requests(fixture->server);
    response = get(fixture, "/close-again");
    fl_row_int("second", response.outcome, FL_HTTP_CLOSED);
    fl_row_int("requests", fl_test_server_requests(fixture->server) - before, 1);
}

static void stays_at_home(void **state)
{
    static const struct {
        const char *url;
        fl_http_outcome outcome;
    } rows[] = {
        {"http://192.0.2.1/", FL_HTTP_FORBIDDEN_HOST},   {"http://0.0.0.0:1/", FL_HTTP_FORBIDDEN_HOST},
        {"http://[2001:db8::1]/", FL_HTTP_FORBIDDEN_HOST}, {"file:///etc/passwd", FL_HTTP_FORBIDDEN_HOST},
        {"ftp://127.0.0.1/", FL_HTTP_FORBIDDEN_HOST},    {"", FL_HTTP_FORBIDDEN_HOST},
        {"http://", FL_HTTP_FORBIDDEN_HOST},             {"http://127.0.0.1:1/", FL_HTTP_REFUSED},
        {"http://localhost:1/", FL_HTTP_REFUSED},        {"http://[::1]:1/", FL_HTTP_REFUSED},
    };
    struct fixture *fixture = *state;
    setenv("http_proxy", "http://192.0.2.1:3128", 1);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_http_request request = {.method = FL_S("GET"), .url = fl_str_from(rows[i].url)};
        fl_http_response response;
        fl_http_send(fixture->http, &fixture->arena, &request, &response);
        fl_row_str(rows[i].url, fl_str_from(fl_http_outcome_text(response.outcome)), fl_http_outcome_text(rows[i].outcome));
    }
    fl_http_response response = get(fixture, "/ok");
    fl_row_int("proxy of the environment", response.outcome, FL_HTTP_OK);
    unsetenv("http_proxy");
}

/* ---- batches ---- */

struct batch {
    struct fixture *fixture;
    size_t done_count, stop_after;
    uint8_t done[1000];
};

static void build(void *context, size_t index, fl_arena *arena, fl_http_request *request)
{
    const struct batch *batch = context;
    static const char *const paths[] = {"/ok", "/status/404", "/close", "/echo"};
    request->method = FL_S("GET");
    request->url = fl_str_format(arena, "http://127.0.0.1:%u%s", fl_test_server_port(batch->fixture->server), paths[index % 4]);
}

static bool done(void *context, size_t index, const fl_http_request *request, const fl_http_response *response)
{
    struct batch *batch = context;
    (void)request;
    batch->done[index]++;
    batch->done_count++;
    fl_row_int("outcome of the batch", response->outcome, index % 4 == 2 ? FL_HTTP_CLOSED : FL_HTTP_OK);
    return batch->done_count != batch->stop_after;
}

static void sends_many(void **state)
{
    struct batch batch = {.fixture = *state};
    fl_http_send_all(batch.fixture->http, &(fl_http_batch){.count = 1000, .context = &batch, .build = build, .done = done});
    fl_row_size("all", batch.done_count, 1000);
    for (size_t i = 0; i < 1000; i++)
        fl_row_int("each once", batch.done[i], 1);

    struct batch stopped = {.fixture = *state, .stop_after = 10};
    fl_http_send_all(batch.fixture->http, &(fl_http_batch){.count = 1000, .context = &stopped, .build = build, .done = done});
    fl_row_size("stopped", stopped.done_count, 10);
    struct batch none = {.fixture = *state};
    fl_http_send_all(batch.fixture->http, &(fl_http_batch){.count = 0, .context = &none, .build = build, .done = done});
    fl_row_size("none", none.done_count, 0);
}

static void keeps_connections(void **state)
{
    struct fixture *fixture = *state;
    get(fixture, "/ok");
    unsigned before = fl_test_server_connections(fixture->server);
    for (int i = 0; i < 50; i++)
        get(fixture, "/ok");
    fl_row_int("connections", fl_test_server_connections(fixture->server) - before, 0);
    get(fixture, "/status/503");                                     /* some close behind that, and do not say so */
    fl_row_int("on the same", fl_test_server_connections(fixture->server) - before, 0);
    get(fixture, "/ok");
    fl_row_int("on another", fl_test_server_connections(fixture->server) - before, 1);
}

#define IN_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
FL_UNIT(client, IN_FIXTURE(names_every_outcome), IN_FIXTURE(keeps_limits), IN_FIXTURE(survives_no_tls), IN_FIXTURE(keeps_what_came), IN_FIXTURE(sends_what_was_written),
        IN_FIXTURE(answers_head), IN_FIXTURE(sends_once), IN_FIXTURE(stays_at_home), IN_FIXTURE(sends_many),
        IN_FIXTURE(keeps_connections))
