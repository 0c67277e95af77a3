/*
 * A stand-in for services that are called. Read `serve`; the server is listener.c.
 */
#include "engine/upstream.h"
#include "engine/listener.h"
#include <netdb.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PASSED_BYTES = 4 * 1024 * 1024 };

struct fl_upstream {
    const fl_data *said;
    uint32_t slow_ms;
    fl_listener *listener;
    atomic_int fault;
    atomic_uint requests;
};

const char *fl_upstream_fault_text(fl_upstream_fault fault)
{
    static const char *const texts[FL_UPSTREAM_FAULTS] = {"is well", "answers 500", "answers 503", "answers 429", "answers garbage", "answers another form",
                                                          "closes without an answer", "resets the connection", "answers late"};
    return texts[fault];
}

static void answer(int socket, const char *status, const char *type, fl_str body)
{
    fl_listener_answer(socket, fl_str_from(status), fl_str_from(type), FL_S("Retry-After: 1\r\n"), body);
}

static int connect_to(fl_arena *arena, fl_str host, fl_str port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    if (getaddrinfo(fl_str_c(arena, host), fl_str_c(arena, port), &hints, &found) != 0)
        return -1;
    int out = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (out >= 0 && connect(out, found->ai_addr, found->ai_addrlen) != 0) {
        close(out);
        out = -1;
    }
    freeaddrinfo(found);
    return out;
}

/** The same request to the real one, below the path of its URL; and its answer back, as it comes. */
static void pass_on(const fl_upstream *u, const fl_listener *listener, int socket, fl_str request)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_url url = fl_url_parts(u->said->text);
    fl_str path = url.path, name, method, target;
    while (path.len && path.ptr[path.len - 1] == '/')
        path.len--;
    int out = connect_to(&arena, url.host, fl_str_format(&arena, "%u", url.port ? url.port : 80));
    fl_str rest = request, line;
    fl_buf copy;
    fl_buf_init(&copy, 0);
    if (out >= 0 && fl_str_split(&rest, '\n', &line) && fl_str_split(&line, ' ', &method) && fl_str_split(&line, ' ', &target)) {
        fl_buf_format(&copy, FL_STR_FMT " " FL_STR_FMT FL_STR_FMT " HTTP/1.1\r\nHost: " FL_STR_FMT "\r\nConnection: close\r\n", FL_STR_ARG(method), FL_STR_ARG(path),
                      FL_STR_ARG(target), FL_STR_ARG(url.authority));
        while (fl_str_split(&rest, '\n', &line) && fl_str_trim(line).len != 0) {
            fl_str value = line;
            if (fl_str_split(&value, ':', &name) && !fl_str_eq_nocase(name, FL_S("host")) && !fl_str_eq_nocase(name, FL_S("connection")))
                fl_buf_format(&copy, FL_STR_FMT "\n", FL_STR_ARG(line));
        }
        fl_buf_add_c(&copy, "\r\n");
        fl_buf_add(&copy, rest);
        fl_listener_send(out, fl_buf_str(&copy));
        fl_buf_clear(&copy);
        for (size_t passed = 0; passed < PASSED_BYTES && fl_listener_read(listener, out, &copy); passed += copy.len, fl_buf_clear(&copy))
            fl_listener_send(socket, fl_buf_str(&copy));
    } else {
        answer(socket, "502 Bad Gateway", "text/plain", FL_S("the real one cannot be reached"));
    }
    if (out >= 0)
        close(out);
    fl_buf_release(&copy);
    fl_arena_release(&arena);
}

static void answer_well(const fl_upstream *u, const fl_listener *listener, int socket, fl_str request)
{
    if (u->said->kind == FL_DATA_STRING) {
        pass_on(u, listener, socket, request);
        return;
    }
    fl_buf body;
    fl_buf_init(&body, 0);
    fl_json_write(&body, u->said, false);
    answer(socket, "200 OK", "application/json", fl_buf_str(&body));
    fl_buf_release(&body);
}

static void serve(void *context, fl_listener *listener, int socket, fl_str request)
{
    fl_upstream *u = context;
    atomic_fetch_add(&u->requests, 1);
    switch ((fl_upstream_fault)atomic_load(&u->fault)) {
    case FL_UPSTREAM_500: answer(socket, "500 Internal Server Error", "application/json", FL_S("{\"error\":\"broken\"}")); break;
    case FL_UPSTREAM_503: answer(socket, "503 Service Unavailable", "text/html", FL_S("<h1>down</h1>")); break;
    case FL_UPSTREAM_429: answer(socket, "429 Too Many Requests", "application/json", FL_S("{\"error\":\"slow down\"}")); break;
    case FL_UPSTREAM_GARBAGE: answer(socket, "200 OK", "application/json", FL_S("\x01{not json")); break;
    case FL_UPSTREAM_WRONG_FORM: answer(socket, "200 OK", "application/json", FL_S("[null]")); break;
    case FL_UPSTREAM_EMPTY: break;
    case FL_UPSTREAM_RESET: {
        struct linger now = {1, 0};
        (void)setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        break;
    }
    case FL_UPSTREAM_SLOW:
        for (uint32_t waited = 0; waited < u->slow_ms && !fl_listener_is_stopping(listener) && atomic_load(&u->fault) == FL_UPSTREAM_SLOW; waited += 20)
            fl_clock_sleep_ms(20);
        answer_well(u, listener, socket, request);
        break;
    case FL_UPSTREAM_HEALTHY:
    case FL_UPSTREAM_FAULTS: answer_well(u, listener, socket, request); break;
    }
}

fl_status fl_upstream_start(fl_upstream **out, const fl_data *said, uint32_t slow_ms, fl_err *err)
{
    fl_upstream *u = calloc(1, sizeof *u);
    if (u == NULL)
        fl_no_memory();
    *u = (fl_upstream){.said = said, .slow_ms = slow_ms};
    fl_status status = fl_listener_start(&u->listener, 0, serve, u, err);
    if (status == FL_OK)
        *out = u;
    else
        free(u);
    return status;
}

uint16_t fl_upstream_port(const fl_upstream *u)
{
    return fl_listener_port(u->listener);
}

void fl_upstream_fail(fl_upstream *u, fl_upstream_fault fault)
{
    atomic_store(&u->fault, (int)fault);
}

unsigned fl_upstream_requests(const fl_upstream *u)
{
    return atomic_load(&u->requests);
}

void fl_upstream_stop(fl_upstream *u)
{
    fl_listener_stop(u->listener);
    free(u);
}
