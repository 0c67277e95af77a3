/* A small HTTP server. Read `run`, then `read_request`. */
#include "engine/listener.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_BYTES = 64 * 1024, BODY_BYTES = 1024 * 1024, WAIT_MS = 2000, STEP_MS = 50, IDLE_CONNECTIONS = 32 };

struct fl_listener {
    fl_listener_fn *serve;
    void *context;
    int socket;
    uint16_t port;
    pthread_t thread;
    atomic_bool is_stopping;
};

/** Waits in small steps, so that stopping is quick. false: nothing came in time. */
static bool wait_for(const fl_listener *l, int socket)
{
    for (uint32_t waited = 0; waited < WAIT_MS && !fl_listener_is_stopping(l); waited += STEP_MS) {
        struct pollfd one = {.fd = socket, .events = POLLIN};
        if (poll(&one, 1, STEP_MS) > 0)
            return true;
    }
    return false;
}

void fl_listener_send(int socket, fl_str bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = send(socket, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes = fl_str_sub(bytes, (size_t)sent, bytes.len);
    }
}

bool fl_listener_read(const fl_listener *l, int socket, fl_buf *into)
{
    char bytes[8192];
    ssize_t count = wait_for(l, socket) ? recv(socket, bytes, sizeof bytes, 0) : 0;
    if (count > 0)
        fl_buf_add(into, (fl_str){bytes, (size_t)count});
    return count > 0;
}

/** Head and body of a request; false when it is none. */
static bool read_request(const fl_listener *l, int socket, fl_buf *into)
{
    ptrdiff_t end = -1;
    while ((end = fl_str_find(fl_buf_str(into), FL_S("\r\n\r\n"))) < 0)
        if (into->len > HEAD_BYTES || !fl_listener_read(l, socket, into))
            return false;
    size_t wanted = (size_t)end + 4;
    fl_str head = fl_str_sub(fl_buf_str(into), 0, (size_t)end), line;
    while (fl_str_split(&head, '\n', &line)) {
        fl_str name;
        int64_t length;
        if (fl_str_split(&line, ':', &name) && fl_str_eq_nocase(name, FL_S("content-length")) && fl_str_to_int(fl_str_trim(line), &length) && length > 0 && length < BODY_BYTES)
            wanted += (size_t)length;
    }
    while (into->len < wanted && fl_listener_read(l, socket, into))
        continue;
    return true;
}

void fl_listener_answer(int socket, fl_str status, fl_str type, fl_str headers, fl_str body)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_buf_format(&out, "HTTP/1.1 " FL_STR_FMT "\r\n", FL_STR_ARG(status));
    if (type.len)
        fl_buf_format(&out, "Content-Type: " FL_STR_FMT "\r\n", FL_STR_ARG(type));
    fl_buf_format(&out, "Content-Length: %zu\r\n" FL_STR_FMT "Connection: close\r\n\r\n", body.len, FL_STR_ARG(headers));
    fl_buf_add(&out, body);
    fl_listener_send(socket, fl_buf_str(&out));
    fl_buf_release(&out);
}

/* Connections on which nothing was sent yet do not keep the others waiting: clients open them in advance. */
static void *run(void *context)
{
    fl_listener *l = context;
    struct pollfd all[1 + IDLE_CONNECTIONS] = {{.fd = l->socket, .events = POLLIN}};
    nfds_t count = 1;
    while (!fl_listener_is_stopping(l)) {
        if (poll(all, count, STEP_MS) <= 0)
            continue;
        for (nfds_t i = count - 1; i >= 1; i--) {
            if (all[i].revents == 0)
                continue;
            int socket = all[i].fd;
            all[i] = all[--count];
            fl_buf request;
            fl_buf_init(&request, HEAD_BYTES + BODY_BYTES + 16384);
            if (read_request(l, socket, &request))
                l->serve(l->context, l, socket, fl_buf_str(&request));
            fl_buf_release(&request);
            close(socket);
        }
        int socket = all[0].revents != 0 ? accept4(l->socket, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (socket < 0)
            continue;
        if (count == FL_COUNT(all)) { /* the one that was idle longest gives way */
            close(all[1].fd);
            memmove(&all[1], &all[2], (--count - 1) * sizeof all[0]);
        }
        all[count++] = (struct pollfd){.fd = socket, .events = POLLIN};
    }
    while (count > 1)
        close(all[--count].fd);
    return NULL;
}

fl_status fl_listener_start(fl_listener **out, uint16_t port, fl_listener_fn *serve, void *context, fl_err *err)
{
    fl_listener *l = calloc(1, sizeof *l);
    if (l == NULL)
        fl_no_memory();
    *l = (fl_listener){.serve = serve, .context = context, .socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    socklen_t len = sizeof address;
    int again = 1;
    bool is_ok = l->socket >= 0 && setsockopt(l->socket, SOL_SOCKET, SO_REUSEADDR, &again, sizeof again) == 0 &&
                 bind(l->socket, (struct sockaddr *)&address, sizeof address) == 0 && listen(l->socket, 64) == 0 &&
                 getsockname(l->socket, (struct sockaddr *)&address, &len) == 0;
    l->port = ntohs(address.sin_port);
    if (is_ok && pthread_create(&l->thread, NULL, run, l) == 0) {
        *out = l;
        return FL_OK;
    }
    int why = errno;
    if (l->socket >= 0)
        close(l->socket);
    free(l);
    return fl_fail(err, FL_E_ENV, "port %u of this machine cannot be listened on: %s", port, strerror(why));
}

uint16_t fl_listener_port(const fl_listener *l)
{
    return l->port;
}

bool fl_listener_is_stopping(const fl_listener *l)
{
    return atomic_load(&l->is_stopping);
}

void fl_listener_stop(fl_listener *l)
{
    atomic_store(&l->is_stopping, true);
    pthread_join(l->thread, NULL);
    close(l->socket);
    free(l);
}
