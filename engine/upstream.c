/*
 * A stand-in for services that are called. Read fl_upstream_start, then `serve`: one connection after the other, one request each. It talks
 * to the service under test and to the real one, so every read has a limit and every wait an end.
 */
#include "engine/upstream.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_BYTES = 64 * 1024, BODY_BYTES = 1024 * 1024, WAIT_MS = 2000, PASSED_BYTES = 4 * 1024 * 1024 };

struct fl_upstream {
    const fl_data *said;
    uint32_t slow_ms;
    int listener;
    uint16_t port;
    pthread_t thread;
    atomic_int fault;
    atomic_uint requests;
    atomic_bool is_stopping;
};

const char *fl_upstream_fault_text(fl_upstream_fault fault)
{
    static const char *const texts[FL_UPSTREAM_FAULTS] = {"is well", "answers 500", "answers 503", "answers 429", "answers garbage", "answers another form",
                                                          "closes without an answer", "resets the connection", "answers late"};
    return texts[fault];
}

/* ---- bytes ---- */

/** Waits in small steps, so that stopping is quick. false: nothing came in time. */
static bool wait_for(const fl_upstream *u, int socket, uint32_t limit_ms)
{
    for (uint32_t waited = 0; waited < limit_ms && !atomic_load(&u->is_stopping); waited += 50) {
        struct pollfd one = {.fd = socket, .events = POLLIN};
        if (poll(&one, 1, 50) > 0)
            return true;
    }
    return false;
}

static void send_bytes(int socket, fl_str bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = send(socket, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes = fl_str_sub(bytes, (size_t)sent, bytes.len);
    }
}

static bool read_more(const fl_upstream *u, int socket, fl_buf *into)
{
    char bytes[8192];
    ssize_t count = wait_for(u, socket, WAIT_MS) ? recv(socket, bytes, sizeof bytes, 0) : 0;
    if (count > 0)
        fl_buf_add(into, (fl_str){bytes, (size_t)count});
    return count > 0;
}

/** Head and body of a request; false when it is none. */
static bool read_request(const fl_upstream *u, int socket, fl_buf *into)
{
    ptrdiff_t end = -1;
    while ((end = fl_str_find(fl_buf_str(into), FL_S("\r\n\r\n"))) < 0)
        if (into->len > HEAD_BYTES || !read_more(u, socket, into))
            return false;
    size_t wanted = (size_t)end + 4;
    fl_str head = fl_str_sub(fl_buf_str(into), 0, (size_t)end), line;
    while (fl_str_split(&head, '\n', &line)) {
        fl_str name;
        int64_t length;
        if (fl_str_split(&line, ':', &name) && fl_str_eq_nocase(name, FL_S("content-length")) && fl_str_to_int(fl_str_trim(line), &length) && length > 0 && length < BODY_BYTES)
            wanted += (size_t)length;
    }
    while (into->len < wanted && read_more(u, socket, into))
        continue;
    return true;
}

/* ---- answers ---- */

static void answer(int socket, const char *status, const char *type, fl_str body)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_buf_format(&out, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nRetry-After: 1\r\nConnection: close\r\n\r\n", status, type, body.len);
    fl_buf_add(&out, body);
    send_bytes(socket, fl_buf_str(&out));
    fl_buf_release(&out);
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
static void pass_on(const fl_upstream *u, int socket, fl_str request)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_str url = u->said->text, host = url, path = {0}, name, method, target;
    ptrdiff_t scheme = fl_str_find(url, FL_S("://"));
    host = fl_str_sub(url, scheme < 0 ? 0 : (size_t)scheme + 3, url.len);
    ptrdiff_t slash = fl_str_find_char(host, '/');
    if (slash >= 0) {
        path = fl_str_sub(host, (size_t)slash, host.len);
        host = fl_str_sub(host, 0, (size_t)slash);
        while (path.len && path.ptr[path.len - 1] == '/')
            path.len--;
    }
    fl_str port = host;
    bool has_port = fl_str_split(&port, ':', &name) && name.len < host.len;
    int out = connect_to(&arena, name, has_port ? port : FL_S("80"));
    fl_str rest = request, line;
    fl_buf copy;
    fl_buf_init(&copy, 0);
    if (out >= 0 && fl_str_split(&rest, '\n', &line) && fl_str_split(&line, ' ', &method) && fl_str_split(&line, ' ', &target)) {
        fl_buf_format(&copy, FL_STR_FMT " " FL_STR_FMT FL_STR_FMT " HTTP/1.1\r\nHost: " FL_STR_FMT "\r\nConnection: close\r\n", FL_STR_ARG(method), FL_STR_ARG(path),
                      FL_STR_ARG(target), FL_STR_ARG(host));
        while (fl_str_split(&rest, '\n', &line) && fl_str_trim(line).len != 0) {
            fl_str value = line;
            if (fl_str_split(&value, ':', &name) && !fl_str_eq_nocase(name, FL_S("host")) && !fl_str_eq_nocase(name, FL_S("connection")))
                fl_buf_format(&copy, FL_STR_FMT "\n", FL_STR_ARG(line));
        }
        fl_buf_add_c(&copy, "\r\n");
        fl_buf_add(&copy, rest);
        send_bytes(out, fl_buf_str(&copy));
        fl_buf_clear(&copy);
        for (size_t passed = 0; passed < PASSED_BYTES && read_more(u, out, &copy); passed += copy.len, fl_buf_clear(&copy))
            send_bytes(socket, fl_buf_str(&copy));
    } else {
        answer(socket, "502 Bad Gateway", "text/plain", FL_S("the real one cannot be reached"));
    }
    if (out >= 0)
        close(out);
    fl_buf_release(&copy);
    fl_arena_release(&arena);
}

static void answer_well(const fl_upstream *u, int socket, fl_str request)
{
    if (u->said->kind == FL_DATA_STRING) {
        pass_on(u, socket, request);
        return;
    }
    fl_buf body;
    fl_buf_init(&body, 0);
    fl_json_write(&body, u->said, false);
    answer(socket, "200 OK", "application/json", fl_buf_str(&body));
    fl_buf_release(&body);
}

static void serve(fl_upstream *u, int socket)
{
    fl_buf request;
    fl_buf_init(&request, HEAD_BYTES + BODY_BYTES + 16384);
    if (read_request(u, socket, &request)) {
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
            for (uint32_t waited = 0; waited < u->slow_ms && !atomic_load(&u->is_stopping) && atomic_load(&u->fault) == FL_UPSTREAM_SLOW; waited += 20)
                fl_clock_sleep_ms(20);
            answer_well(u, socket, fl_buf_str(&request));
            break;
        case FL_UPSTREAM_HEALTHY:
        case FL_UPSTREAM_FAULTS: answer_well(u, socket, fl_buf_str(&request)); break;
        }
    }
    fl_buf_release(&request);
}

static void *run(void *context)
{
    fl_upstream *u = context;
    while (!atomic_load(&u->is_stopping)) {
        if (!wait_for(u, u->listener, WAIT_MS))
            continue;
        int socket = accept4(u->listener, NULL, NULL, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        serve(u, socket);
        close(socket);
    }
    return NULL;
}

fl_status fl_upstream_start(fl_upstream **out, const fl_data *said, uint32_t slow_ms, fl_err *err)
{
    fl_upstream *u = calloc(1, sizeof *u);
    if (u == NULL)
        FL_BUG("out of memory");
    *u = (fl_upstream){.said = said, .slow_ms = slow_ms, .listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    bool is_ok = u->listener >= 0 && bind(u->listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(u->listener, 64) == 0 &&
                 getsockname(u->listener, (struct sockaddr *)&address, &len) == 0;
    u->port = ntohs(address.sin_port);
    is_ok = is_ok && pthread_create(&u->thread, NULL, run, u) == 0;
    if (is_ok) {
        *out = u;
        return FL_OK;
    }
    if (u->listener >= 0)
        close(u->listener);
    free(u);
    return fl_fail(err, FL_E_ENV, "no stand-in for an upstream can listen: %s", strerror(errno));
}

uint16_t fl_upstream_port(const fl_upstream *u)
{
    return u->port;
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
    atomic_store(&u->is_stopping, true);
    pthread_join(u->thread, NULL);
    close(u->listener);
    free(u);
}
