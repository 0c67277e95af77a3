/*
 * A service that does next to nothing, as a yardstick: one thread, keep-alive, {"id":1} for whatever is asked.
 *
 *     fl_fast_service [FILE]     port in $PORT
 *
 * With $FAULTLINE_REPORT it reports as our hook in Node does: that it is there, and for a request marked
 * `x-faultline-request: N;lines` that all of FILE ran, in some ranges. A request must arrive in one read, which on the loopback
 * requests of this size do.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":1}";
static const char created[] = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":1}";

static int listener(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 64) != 0) {
        perror("fl_fast_service");
        exit(1);
    }
    return fd;
}

static void write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t done = write(fd, bytes, len);
        if (done <= 0)
            return;
        bytes += done;
        len -= (size_t)done;
    }
}

static void report(int fd, const char *file, const char *request)
{
    static const char mark[] = "x-faultline-request: ";
    const char *header = fd >= 0 && file ? strcasestr(request, mark) : NULL;
    char *rest;
    if (header == NULL)
        return;
    unsigned long number = strtoul(header + sizeof mark - 1, &rest, 10);
    if (strncmp(rest, ";lines", 6) != 0)
        return;
    /* As many ranges as a handler and its helpers have. */
    char line[8192];
    int len = snprintf(line, sizeof line, "{\"type\":\"lines\",\"request\":%lu,\"files\":[{\"file\":\"%.4096s\",\"ranges\":[0,1000000,1", number, file);
    for (int i = 0; i < 24; i++)
        len += snprintf(line + len, sizeof line - (size_t)len, ",%d,%d,1", 100 * i, 100 * i + 90);
    len += snprintf(line + len, sizeof line - (size_t)len, "]}]}\n");
    write_all(fd, line, (size_t)len);
}

int main(int argc, char **argv)
{
    const char *port = getenv("PORT"), *report_path = getenv("FAULTLINE_REPORT"), *file = argc > 1 ? argv[1] : NULL;
    signal(SIGPIPE, SIG_IGN);
    int server = listener(port ? (unsigned)strtoul(port, NULL, 10) : 3000), poll_fd = epoll_create1(EPOLL_CLOEXEC);
    int report_fd = report_path ? open(report_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (report_fd >= 0)
        write_all(report_fd, "{\"type\":\"hello\"}\n", 17);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = server};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, server, &event);
    for (;;) {
        if (epoll_wait(poll_fd, &event, 1, -1) < 1)
            continue;
        int fd = event.data.fd;
        if (fd == server) {
            int client = accept4(server, NULL, NULL, SOCK_CLOEXEC), on = 1;
            setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            event = (struct epoll_event){.events = EPOLLIN, .data.fd = client};
            epoll_ctl(poll_fd, EPOLL_CTL_ADD, client, &event);
            continue;
        }
        char request[64 * 1024];
        ssize_t got = read(fd, request, sizeof request - 1);
        if (got <= 0) {
            close(fd);
            continue;
        }
        request[got] = '\0';
        report(report_fd, file, request);
        if (strncmp(request, "POST", 4) == 0)
            write_all(fd, created, sizeof created - 1);
        else
            write_all(fd, answer, sizeof answer - 1);
    }
}
