/* Ports on the loopback interface: finding a free one, knocking at one. */
#include "engine/service/service_p.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { KNOCK_MS = 200 };

static bool is_free(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    bool is_bound = bind(fd, (struct sockaddr *)&address, sizeof address) == 0;
    close(fd);
    return is_bound;
}

/* Below the ephemeral range, where clients and everybody who binds port 0 are; each process begins elsewhere. Somebody may
 * still take it before the service does, which then shows as a start that failed. */
uint16_t fl_port_choose(void)
{
    enum { FIRST = 18000, COUNT = 14000, TRIES = 500 };
    uint64_t start = (uint64_t)getpid() * 7919 + fl_clock_us();
    for (uint64_t i = 0; i < TRIES; i++) {
        uint16_t port = (uint16_t)(FIRST + (start + i) % COUNT);
        if (is_free(port) && fl_port_accepts(port) == FL_PORT_SILENT)
            return port;
    }
    return 0;
}

static bool accepts(int family, const struct sockaddr *address, socklen_t len)
{
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return false;
    bool is_open = connect(fd, address, len) == 0;
    if (!is_open && errno == EINPROGRESS) {
        struct pollfd wait = {.fd = fd, .events = POLLOUT};
        int error = 1;
        socklen_t error_len = sizeof error;
        is_open = poll(&wait, 1, KNOCK_MS) == 1 && getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &error_len) == 0 && error == 0;
    }
    /* A free port of the ephemeral range may connect to itself. */
    struct sockaddr_storage own = {0};
    socklen_t own_len = sizeof own;
    if (is_open && family == AF_INET && getsockname(fd, (struct sockaddr *)&own, &own_len) == 0)
        is_open = ((struct sockaddr_in *)&own)->sin_port != ((const struct sockaddr_in *)(const void *)address)->sin_port;
    if (is_open && family == AF_INET6 && getsockname(fd, (struct sockaddr *)&own, &own_len) == 0)
        is_open = ((struct sockaddr_in6 *)&own)->sin6_port != ((const struct sockaddr_in6 *)(const void *)address)->sin6_port;
    close(fd);
    return is_open;
}

fl_port_host fl_port_accepts(uint16_t port)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    if (accepts(AF_INET, (struct sockaddr *)&v4, sizeof v4))
        return FL_PORT_V4;
    return accepts(AF_INET6, (struct sockaddr *)&v6, sizeof v6) ? FL_PORT_V6 : FL_PORT_SILENT;
}
