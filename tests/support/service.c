/*
 * A service for tests, as a process of its own. `fl_test_service MODE`, port in $PORT:
 *   ok          answers 200 with $GREETING         exit    says why and ends with code 3
 *   late        accepts after 300 ms               die     aborts
 *   hang        never accepts                      flood   prints without end, accepts
 *   mortal      ends with code 7 on any request    child   leaves the work to a child, like `npm start`
 *   stubborn    ignores SIGTERM                    v6      listens on [::1] only
 *   elsewhere   takes another port and reports it to $FAULTLINE_REPORT, as a hook would
 *   garbage     accepts, answers no HTTP
 */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int listen_at(int family, unsigned port, unsigned *where)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr *address = family == AF_INET ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6;
    socklen_t len = family == AF_INET ? sizeof v4 : sizeof v6;
    int fd = socket(family, SOCK_STREAM, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, address, len) != 0 || listen(fd, 16) != 0) {
        perror("Error: listen");
        exit(4);
    }
    getsockname(fd, address, &len);
    *where = ntohs(family == AF_INET ? v4.sin_port : v6.sin6_port);
    return fd;
}

static void serve(int fd, const char *mode)
{
    for (;;) {
        int client = accept(fd, NULL, NULL);
        char request[4096], answer[512];
        ssize_t got = client < 0 ? 0 : read(client, request, sizeof request);
        if (got > 0 && strcmp(mode, "mortal") == 0) {
            fprintf(stderr, "Error: that was too much\n");
            exit(7);
        }
        const char *greeting = getenv("GREETING") ? getenv("GREETING") : "";
        int len = strcmp(mode, "garbage") == 0 ? snprintf(answer, sizeof answer, "what?\r\n\r\n")
                                               : snprintf(answer, sizeof answer, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s",
                                                          strlen(greeting), greeting);
        if (got > 0 && write(client, answer, (size_t)len) < 0)
            perror("write");
        if (client >= 0)
            close(client);
    }
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "ok", *port_text = getenv("PORT"), *report = getenv("FAULTLINE_REPORT");
    unsigned port = port_text ? (unsigned)strtoul(port_text, NULL, 10) : 0, where = 0;
    signal(SIGPIPE, SIG_IGN);
    printf("starting %s\n", mode);
    fflush(stdout);
    if (strcmp(mode, "exit") == 0) {
        fprintf(stderr, "\033[31mError: no database\033[0m\n    at start\n");
        return 3;
    }
    if (strcmp(mode, "die") == 0)
        abort();
    if (strcmp(mode, "late") == 0)
        usleep(300 * 1000);
    if (strcmp(mode, "stubborn") == 0)
        signal(SIGTERM, SIG_IGN);
    while (strcmp(mode, "hang") == 0)
        pause();
    if (strcmp(mode, "child") == 0 && fork() != 0) {
        wait(NULL);
        return 0;
    }
    int fd = listen_at(strcmp(mode, "v6") == 0 ? AF_INET6 : AF_INET, strcmp(mode, "elsewhere") == 0 ? 0 : port, &where);
    FILE *file = report ? fopen(report, "a") : NULL;
    if (file) {
        fprintf(file, "{\"type\":\"listening\",\"port\":%u}\n", where);
        fclose(file);
    }
    if (strcmp(mode, "flood") == 0 && fork() == 0)
        for (;;)
            if (write(STDOUT_FILENO, "0123456789abcdef0123456789abcdef\n", 33) < 0)
                return 1;
    serve(fd, mode);
}
