/*
 * A thread per connection, blocking reads and writes: the simplest server that can misbehave in every way we must bear.
 * Stopping shuts all sockets down, which ends every thread.
 */
#include "tests/support/http_server.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 4096, REQUEST_BYTES = 256 * 1024 };

struct connection {
    fl_test_server *server;
    pthread_t thread;
    int fd;
};

struct fl_test_server {
    int fd;
    uint16_t port;
    pthread_t thread;
    struct connection connections[MAX_CONNECTIONS];
    size_t connection_count;
    atomic_uint requests, accepted;
    atomic_bool is_stopping;
};

static bool put(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        len -= (size_t)sent;
    }
    return true;
}

static bool put_c(int fd, const char *text)
{
    return put(fd, text, strlen(text));
}

static bool put_answer(int fd, const char *head, fl_str body)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_buf_format(&out, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n", head, body.len);
    fl_buf_add(&out, body);
    bool is_sent = put(fd, out.ptr, out.len);
    fl_buf_release(&out);
    return is_sent;
}

static void put_for_ever(int fd, const atomic_bool *is_stopping, const char *piece, uint32_t pause_ms)
{
    while (!atomic_load(is_stopping) && put_c(fd, piece))
        if (pause_ms)
            fl_clock_sleep_ms(pause_ms);
}

/* Blocks of fixed codes that repeat one zero byte: 258 of them in 13 bits, which come round after eight. */
static bool put_bomb(int fd)
{
    enum { BLOCKS = 16384 };
    static const char head[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03";
    static char bytes[sizeof head + 2 + BLOCKS * 13];
    size_t at = sizeof head - 1, bit = 0;
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, head, at);
    /* last block, fixed codes (1, then 01 from the low bit on); literal 0 is 00110000; length 258 is 11000101, distance 1 is 00000: each from its high bit on */
    static const char start[] = "110" "00110000", more[] = "11000101" "00000";
    for (size_t i = 0; i < sizeof start - 1; i++, bit++)
        bytes[at + bit / 8] = (char)(bytes[at + bit / 8] | (start[i] - '0') << bit % 8);
    for (size_t k = 0; k < BLOCKS * 8; k++)
        for (size_t i = 0; i < sizeof more - 1; i++, bit++)
            bytes[at + bit / 8] = (char)(bytes[at + bit / 8] | (more[i] - '0') << bit % 8);
    return put_answer(fd, "200 OK\r\nContent-Encoding: gzip", (fl_str){bytes, at + bit / 8 + 1});
}

/* False: close the connection. */
static bool answer(struct connection *connection, fl_str request, fl_str path, unsigned nth)
{
    int fd = connection->fd;
    const atomic_bool *stop = &connection->server->is_stopping;
    if (fl_str_eq(path, FL_S("/ok")))
        return put_answer(fd, "200 OK\r\nContent-Type: application/json", FL_S("{\"ok\":true}"));
    if (fl_str_eq(path, FL_S("/echo")))
        return put_answer(fd, "200 OK\r\nContent-Type: text/plain", request);
    if (fl_str_starts(path, FL_S("/status/"))) {
        char head[64];
        snprintf(head, sizeof head, "%.3s Said", path.ptr + 8);
        return put_answer(fd, head, (fl_str){0});
    }
    if (fl_str_eq(path, FL_S("/slow"))) {
        fl_clock_sleep_ms(40);
        return put_answer(fd, "200 OK\r\nContent-Type: application/json", FL_S("{\"ok\":true}"));
    }
    if (fl_str_eq(path, FL_S("/bad-gzip")))
        return put_answer(fd, "200 OK\r\nContent-Encoding: gzip", FL_S("no such thing"));
    if (fl_str_eq(path, FL_S("/gzip")))
        return put_answer(fd, "200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json",
                          FL_S("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\x56\xca\xcf\x56\xb2\x2a\x29\x2a\x4d\xad\x05\x00\x90\x5f\xd4\xa7\x0b\x00\x00\x00"));
    if (fl_str_eq(path, FL_S("/bomb")))
        return put_bomb(fd);
    if (fl_str_eq(path, FL_S("/nul")))
        return put_answer(fd, "200 OK", FL_S("a\0b"));
    if (fl_str_eq(path, FL_S("/redirect")))
        return put_answer(fd, "302 Found\r\nLocation: /ok", (fl_str){0});
    if (fl_str_eq(path, FL_S("/continue")))
        return put_c(fd, "HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n") && put_answer(fd, "200 OK\r\nX-Late: 1", FL_S("late"));
    if (fl_str_eq(path, FL_S("/close-again")) && nth == 1)
        return put_answer(fd, "200 OK", FL_S("first"));
    bool is_opened = (fl_str_eq(path, FL_S("/events")) && put_c(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")) ||
                     (fl_str_eq(path, FL_S("/open-chunks")) && put_c(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")) ||
                     (fl_str_eq(path, FL_S("/open-json")) && put_c(fd, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"));
    if (is_opened || fl_str_eq(path, FL_S("/never"))) {
        char byte;
        return recv(fd, &byte, 1, 0) > 0 && false; /* until the other side gives up */
    }
    if (fl_str_eq(path, FL_S("/reset")) && put_c(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")) {
        struct linger at_once = {1, 0};
        fl_clock_sleep_ms(20); /* else the reset may overtake the head */
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        int other = open("/dev/null", O_RDONLY | O_CLOEXEC);
        dup2(other, fd); /* closes it; the number stays ours */
        close(other);
        return false;
    }
    if (fl_str_eq(path, FL_S("/garbage")))
        put_c(fd, "\x16\x03\x01 what is this\r\n\r\n");
    else if (fl_str_eq(path, FL_S("/garbage-status")))
        put_c(fd, "HTTP/1.1 banana\r\n\r\n");
    else if (fl_str_eq(path, FL_S("/short")))
        put_c(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    else if (fl_str_eq(path, FL_S("/bad-chunk")))
        put_c(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
    else if (fl_str_eq(path, FL_S("/infinite")) && put_c(fd, "HTTP/1.1 200 OK\r\n\r\n"))
        put_for_ever(fd, stop, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 0);
    else if (fl_str_eq(path, FL_S("/infinite-chunks")) && put_c(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")) {
        char piece[4200];
        snprintf(piece, sizeof piece, "1000\r\n%04096d\r\n", 0);
        put_for_ever(fd, stop, piece, 0);
    } else if (fl_str_eq(path, FL_S("/drip")) && put_c(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"))
        put_for_ever(fd, stop, ".", 50);
    else if (fl_str_eq(path, FL_S("/headers")) && put_c(fd, "HTTP/1.1 200 OK\r\n"))
        for (int i = 0; i < 100000 && put_c(fd, "X-Many: many\r\n"); i++)
            ;
    else if (fl_str_eq(path, FL_S("/long-header")) && put_c(fd, "HTTP/1.1 200 OK\r\nX-Long: "))
        for (int i = 0; i < 1 << 16 && put_c(fd, "0123456789abcdef"); i++)
            ;
    return false;
}

/* Reads one request into bytes[0..]; its length, 0 at the end. What came behind it stays, *have bytes in all. */
static size_t read_request(int fd, char *bytes, size_t *have)
{
    for (;;) {
        fl_str all = {bytes, *have};
        ptrdiff_t head_end = fl_str_find(all, FL_S("\r\n\r\n"));
        if (head_end >= 0) {
            size_t needed = (size_t)head_end + 4;
            const char *length = strcasestr(bytes, "\r\nContent-Length:");
            if (length && length < bytes + head_end)
                needed += strtoul(length + 17, NULL, 10);
            if (*have >= needed)
                return needed;
        }
        if (*have >= REQUEST_BYTES - 1)
            return 0;
        ssize_t got = recv(fd, bytes + *have, REQUEST_BYTES - 1 - *have, 0);
        if (got <= 0)
            return 0;
        *have += (size_t)got;
        bytes[*have] = '\0';
    }
}

static void *serve(void *argument)
{
    struct connection *connection = argument;
    char *bytes = calloc(1, REQUEST_BYTES);
    size_t have = 0, len;
    bool is_open = bytes != NULL;
    for (unsigned nth = 1; is_open && (len = read_request(connection->fd, bytes, &have)); nth++) {
        atomic_fetch_add(&connection->server->requests, 1);
        fl_str request = {bytes, len}, path = request, method;
        is_open = fl_str_split(&path, ' ', &method);
        path = fl_str_sub(path, 0, (size_t)(fl_str_find_char(path, ' ') < 0 ? 0 : fl_str_find_char(path, ' ')));
        is_open = is_open && answer(connection, request, path, nth);
        memmove(bytes, bytes + len, have - len);
        have -= len;
        bytes[have] = '\0';
    }
    free(bytes);
    shutdown(connection->fd, SHUT_RDWR);
    return NULL;
}

static void *accept_all(void *argument)
{
    fl_test_server *server = argument;
    int fd;
    while ((fd = accept4(server->fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        struct connection *connection = &server->connections[server->connection_count];
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        *connection = (struct connection){.server = server, .fd = fd};
        if (server->connection_count == MAX_CONNECTIONS - 1 || pthread_create(&connection->thread, NULL, serve, connection) != 0) {
            close(fd);
            continue;
        }
        server->connection_count++;
        atomic_fetch_add(&server->accepted, 1);
    }
    return NULL;
}

fl_test_server *fl_test_server_start(void)
{
    fl_test_server *server = calloc(1, sizeof *server);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    FL_ASSERT(server);
    server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    FL_ASSERT(server->fd >= 0 && bind(server->fd, (struct sockaddr *)&address, len) == 0);
    FL_ASSERT(listen(server->fd, 512) == 0 && getsockname(server->fd, (struct sockaddr *)&address, &len) == 0);
    server->port = ntohs(address.sin_port);
    FL_ASSERT(pthread_create(&server->thread, NULL, accept_all, server) == 0);
    return server;
}

uint16_t fl_test_server_port(const fl_test_server *server)
{
    return server->port;
}

unsigned fl_test_server_requests(const fl_test_server *server)
{
    return atomic_load(&server->requests);
}

unsigned fl_test_server_connections(const fl_test_server *server)
{
    return atomic_load(&server->accepted);
}

void fl_test_server_stop(fl_test_server *server)
{
    atomic_store(&server->is_stopping, true);
    shutdown(server->fd, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->fd);
    for (size_t i = 0; i < server->connection_count; i++) {
        shutdown(server->connections[i].fd, SHUT_RDWR);
        pthread_join(server->connections[i].thread, NULL);
        close(server->connections[i].fd);
    }
    free(server);
}
