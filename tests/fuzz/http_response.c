/*
 * What a service may send: the input is the whole answer to one request, up to the closing of the connection. Whatever
 * it is, it becomes an outcome. A thread of this process is the service; the connection is loopback.
 */
#include "tests/fuzz/fuzz.h"
#include "engine/http/http.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct {
    int listener;
    uint16_t port;
    pthread_mutex_t lock; /* of bytes and size: the client may go away while an answer is still being sent */
    const uint8_t *bytes;
    size_t size;
    fl_http *http;
} service = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void answer(int connection)
{
    char request[4096];
    ssize_t got = recv(connection, request, sizeof request, 0);
    pthread_mutex_lock(&service.lock);
    size_t size = service.size, sent = 0;
    uint8_t *bytes = malloc(size + 1);
    FL_ASSERT(bytes);
    if (size)
        memcpy(bytes, service.bytes, size);
    pthread_mutex_unlock(&service.lock);
    while (got > 0 && sent < size) {
        ssize_t n = send(connection, bytes + sent, size - sent, MSG_NOSIGNAL);
        if (n <= 0)
            break;
        sent += (size_t)n;
    }
    free(bytes);
    shutdown(connection, SHUT_WR);
    close(connection);
}

/* From here on connections are answered with these bytes; borrows until the next call. */
static void answer_with(const uint8_t *bytes, size_t size)
{
    pthread_mutex_lock(&service.lock);
    service.bytes = bytes;
    service.size = size;
    pthread_mutex_unlock(&service.lock);
}

static void *serve(void *context)
{
    (void)context;
    for (;;) {
        int connection = accept(service.listener, NULL, NULL);
        if (connection >= 0)
            answer(connection);
    }
    return NULL;
}

static void start(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    pthread_t thread;
    fl_err err = {0};
    service.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    FL_ASSERT(service.listener >= 0);
    FL_ASSERT(bind(service.listener, (struct sockaddr *)&address, sizeof address) == 0);
    FL_ASSERT(listen(service.listener, 16) == 0);
    FL_ASSERT(getsockname(service.listener, (struct sockaddr *)&address, &length) == 0);
    service.port = ntohs(address.sin_port);
    FL_ASSERT(pthread_create(&thread, NULL, serve, NULL) == 0);
    pthread_detach(thread);
    if (fl_http_new(&service.http, &(fl_http_options){.timeout_ms = 2000, .concurrency = 1}, &err) != FL_OK)
        FL_BUG("%s", err.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!service.port)
        start();
    answer_with(data, size);
    fl_arena arena;
    fl_arena_init(&arena);
    fl_http_request request = {.method = size % 4 == 3 ? FL_S("HEAD") : FL_S("GET"),
                               .url = fl_str_format(&arena, "http://127.0.0.1:%u/", (unsigned)service.port)};
    fl_http_response response = {0};
    fl_http_send(service.http, &arena, &request, &response);
    FL_ASSERT(fl_http_outcome_text(response.outcome));
    FL_ASSERT(response.outcome != FL_HTTP_OK || response.status >= 100);
    fl_json_judgement judgement;
    fl_http_judge_json(response.body, &judgement);
    answer_with(NULL, 0);
    fl_arena_release(&arena);
    return 0;
}
