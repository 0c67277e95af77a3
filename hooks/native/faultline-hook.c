/*
 * Faultline's eyes inside a native process: compiled and linked into the program while Faultline builds it in a copy, silent
 * unless FAULTLINE_REPORT names a file. It changes nothing that the application can rely on. It appends JSON lines:
 *
 *   {"type":"hello","pid":1,"runtime":"native"}     once a process
 *   {"type":"listening","port":3000}                a socket listens
 *   {"type":"error","name":"std::out_of_range","message":"…","frames":[["f","/srv/app/a.cpp",12,5],…]}
 *                                                   thrown, caught or not; with FAULTLINE_THROWS, in C++
 *   {"type":"done","ask":3,"ok":true}               the answer to what stands in the pipe FAULTLINE_CONTROL, a line each:
 *
 *     begin 1          counters of lines start from nothing
 *     lines 2          counters are written, where `lines` (beside this file) reads them
 *     leaks 3          what nobody can reach any more is reported by the leak sanitizer, on standard error; tried first in a child
 *     leaks-again 4    the same where a process like this has done it before
 *
 * How: a thread of its own, which takes no signal and allocates nothing, waits at the pipe. So neither a signal nor a request of
 * the application's is used up, and leaks are looked for while it runs: most services end by a signal, where no exit handler
 * runs. Of several processes the first has the pipe.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Of the compiler's run times. Without the leak sanitizer there is none; the counters are there when this file is. */
int __lsan_do_recoverable_leak_check(void) __attribute__((weak));
void __gcov_reset(void);
void __gcov_dump(void);

enum { HIGH_FD = 700, LINE_BYTES = 256 };

static int report_fd = -1;

/* Where the application's own descriptors do not notice it. */
static int moved(int fd)
{
    int high = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
    if (high < 0)
        return fd;
    close(fd);
    return high;
}

static void report(const char *line, int len)
{
    int before = errno;
    if (report_fd >= 0 && len > 0 && write(report_fd, line, (size_t)len) < 0)
        report_fd = -1;
    errno = before;
}

/* ---- what listens ---- */

/* Weak: an application with a function of this name keeps it. */
__attribute__((weak)) int listen(int fd, int backlog)
{
    int result = (int)syscall(SYS_listen, fd, backlog);
    if (result != 0 || report_fd < 0)
        return result;
    int before = errno;
    union { struct sockaddr any; struct sockaddr_in v4; struct sockaddr_in6 v6; struct sockaddr_storage most; } address;
    socklen_t len = sizeof address;
    char line[LINE_BYTES];
    if (getsockname(fd, &address.any, &len) == 0 && (address.any.sa_family == AF_INET || address.any.sa_family == AF_INET6)) {
        unsigned port = ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
        report(line, snprintf(line, sizeof line, "{\"type\":\"listening\",\"port\":%u}\n", port));
    }
    errno = before;
    return result;
}

/* ---- what is called ---- */

/* FAULTLINE_UPSTREAMS="rates.example.com:80=40001 …": that host and port lead to that port of this machine. What is behind TLS stays where it is. */
static const char *led_to(const char *host, const char *port, char *out, size_t size)
{
    const char *list = getenv("FAULTLINE_UPSTREAMS");
    char name[LINE_BYTES];
    int len = snprintf(name, sizeof name, "%s:%s=", host ? host : "", port && strcmp(port, "http") == 0 ? "80" : port ? port : "");
    for (const char *at = list; at && len > 0 && len < LINE_BYTES; at = strchr(at, ' '), at = at ? at + 1 : NULL)
        if (strncasecmp(at, name, (size_t)len) == 0) {
            size_t digits = strspn(at + len, "0123456789");
            snprintf(out, size, "%.*s", (int)digits, at + len);
            return out;
        }
    return NULL;
}

/* Weak, as above. */
__attribute__((weak)) int getaddrinfo(const char *host, const char *port, const struct addrinfo *hints, struct addrinfo **out)
{
    static int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    char digits[8];
    if (!next)
        *(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
    const char *ours = port && strcmp(port, "443") != 0 ? led_to(host, port, digits, sizeof digits) : NULL;
    return next ? next(ours ? "127.0.0.1" : host, ours ? ours : port, hints, out) : EAI_SYSTEM;
}

/* ---- what is thrown ---- */

#ifdef FAULTLINE_THROWS
/* Of the sanitizer's run time: "%f", function, and so on; a text per function where calls were inlined, an empty one at the end. */
void __sanitizer_symbolize_pc(void *pc, const char *format, char *out, size_t size) __attribute__((weak));
char *__cxa_demangle(const char *mangled, char *out, size_t *size, int *status) __attribute__((weak));
extern const void *const _ZTISt9exception[] __attribute__((weak)); /* typeid(std::exception) */

enum { THROWS_A_SECOND = 30, FRAMES = 40, REPORT_BYTES = 16 * 1024, NAME_BYTES = 200, PATH_BYTES = 1000 };
struct text { char bytes[REPORT_BYTES]; size_t len; };

static void put(struct text *text, const char *bytes)
{
    size_t len = strlen(bytes);
    if (text->len + len >= sizeof text->bytes)
        len = sizeof text->bytes - 1 - text->len;
    memcpy(text->bytes + text->len, bytes, len);
    text->len += len;
}

static void put_string(struct text *text, const char *bytes, int limit)
{
    put(text, "\"");
    for (int i = 0; *bytes && i < limit; bytes++, i++) {
        char piece[8] = {*bytes};
        if (*bytes == '"' || *bytes == '\\')
            snprintf(piece, sizeof piece, "\\%c", *bytes);
        else if ((unsigned char)*bytes < ' ')
            snprintf(piece, sizeof piece, "\\u%04x", (unsigned char)*bytes);
        else if ((unsigned char)*bytes > '~') /* may be cut, may be no UTF-8 */
            piece[0] = '?';
        put(text, piece);
    }
    put(text, "\"");
}

/* what() of what is a std::exception, by the layout that libstdc++ has: the fifth virtual function of a type says whether it
 * catches another and finds the base, the third of an exception is what(). */
static const char *what_of(void *thrown, const void *type)
{
    typedef bool catches(const void *self, const void *type, void **object, unsigned outer);
    typedef const char *what(const void *self);
    Dl_info where;
    if (!_ZTISt9exception || !dladdr(_ZTISt9exception[0], &where) || !where.dli_fname || !strstr(where.dli_fname, "libstdc++"))
        return "";
    void *object = thrown;
    catches *is_caught = ((catches *const *)_ZTISt9exception[0])[4];
    if (!is_caught(_ZTISt9exception, type, &object, 1))
        return "";
    return ((what *const *)*(void **)object)[2](object);
}

static void put_frames(struct text *text)
{
    void *pcs[FRAMES];
    int count = backtrace(pcs, FRAMES);
    const char *separator = "";
    for (int i = 1; i < count && text->len < REPORT_BYTES / 2; i++) {
        char found[4096] = {0};
        __sanitizer_symbolize_pc((char *)pcs[i] - 1, "%f\t%s\t%l\t%c", found, sizeof found - 2);
        for (char *each = found; *each && text->len < REPORT_BYTES / 2; each += strlen(each) + 1) {
            char row[sizeof found], *rest = strcpy(row, each), *field[4] = {NULL, NULL, NULL, NULL};
            for (int k = 0; k < 4; k++)
                field[k] = strsep(&rest, "\t");
            bool is_known = field[3] && field[1][0] && !strchr("<?(", field[1][0]); /* relative: to where it was compiled */
            if (!is_known || strncmp(field[1], "../../", 6) == 0 || strstr(field[1], "/faultline-hook.c"))
                continue;
            put(text, separator);
            put(text, "[");
            put_string(text, field[0], NAME_BYTES);
            put(text, ",");
            put_string(text, field[1], PATH_BYTES);
            char numbers[64];
            snprintf(numbers, sizeof numbers, ",%d,%d]", atoi(field[2]), atoi(field[3]));
            put(text, numbers);
            separator = ",";
        }
    }
}

static void report_throw(void *thrown, const void *type)
{
    static _Atomic long second, count;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (second != now.tv_sec) {
        second = now.tv_sec;
        count = 0;
    }
    if (report_fd < 0 || !__sanitizer_symbolize_pc || ++count > THROWS_A_SECOND)
        return;
    const char *mangled = ((const char *const *)type)[1];
    char *name = __cxa_demangle ? __cxa_demangle(mangled, NULL, NULL, NULL) : NULL;
    struct text text = {.len = 0};
    put(&text, "{\"type\":\"error\",\"name\":");
    put_string(&text, name ? name : mangled, NAME_BYTES);
    put(&text, ",\"message\":");
    put_string(&text, what_of(thrown, type), PATH_BYTES);
    put(&text, ",\"frames\":[");
    put_frames(&text);
    put(&text, "]}\n");
    report(text.bytes, (int)text.len);
    free(name);
}

void __cxa_throw(void *thrown, void *type, void (*destroy)(void *)) __attribute__((noreturn));
void __cxa_throw(void *thrown, void *type, void (*destroy)(void *))
{
    void (*next)(void *, void *, void (*)(void *)) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "__cxa_throw");
    report_throw(thrown, type);
    next(thrown, type, destroy);
    abort();
}
#endif

/* ---- what is asked ---- */

enum { TRIAL_MS = 800, TRIALS = 5 };

/* Tries the leak check in a child: 1 or 0, -1 when the child hangs, since another thread held a lock at its birth. */
static int try_in_child(void)
{
    int status = 1;
    pid_t child = fork(), gone = 0;
    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY);
        if (nothing >= 0)
            dup2(nothing, STDERR_FILENO);
        __lsan_do_recoverable_leak_check();
        _exit(0);
    }
    for (unsigned waited_ms = 0; child > 0 && gone == 0 && waited_ms < TRIAL_MS; waited_ms++) {
        const struct timespec pause = {0, 1000 * 1000};
        gone = waitpid(child, &status, WNOHANG);
        if (gone == 0)
            (void)nanosleep(&pause, NULL);
    }
    if (child > 0 && gone == 0) {
        (void)kill(child, SIGKILL);
        (void)waitpid(child, &status, 0);
        return -1;
    }
    return gone > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Where processes may not be looked into, the leak check ends the process: a child tries it first. */
static int can_check_leaks(void)
{
    static int known = -1;
    for (int i = 0; i < TRIALS && known < 0; i++)
        known = try_in_child();
    return known > 0;
}

static void answer(const char *question)
{
    char word[16], line[LINE_BYTES];
    unsigned ask = 0;
    int is_done = 0;
    if (sscanf(question, "%15s %u", word, &ask) != 2)
        return;
    if (strcmp(word, "begin") == 0) {
        __gcov_reset();
        is_done = 1;
    } else if (strcmp(word, "lines") == 0) {
        __gcov_dump();
        is_done = 1;
    } else if (__lsan_do_recoverable_leak_check && (strcmp(word, "leaks-again") == 0 || (strcmp(word, "leaks") == 0 && can_check_leaks()))) {
        __lsan_do_recoverable_leak_check();
        is_done = 1;
    }
    report(line, snprintf(line, sizeof line, "{\"type\":\"done\",\"ask\":%u,\"ok\":%s}\n", ask, is_done ? "true" : "false"));
}

static void *serve(void *control)
{
    int fd = (int)(long)control;
    char line[LINE_BYTES];
    size_t len = 0;
    for (;;) {
        char byte;
        ssize_t got = read(fd, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return NULL;
        if (byte != '\n') {
            len += len + 1 < sizeof line;
            line[len - 1] = byte;
            continue;
        }
        line[len] = '\0';
        len = 0;
        answer(line);
    }
}

__attribute__((constructor)) static void faultline_begin(void)
{
    const char *file = getenv("FAULTLINE_REPORT"), *control = getenv("FAULTLINE_CONTROL");
    if (!file)
        return;
    report_fd = moved(open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    char line[LINE_BYTES];
    report(line, snprintf(line, sizeof line, "{\"type\":\"hello\",\"pid\":%ld,\"runtime\":\"native\"}\n", (long)getpid()));
    int fd = control ? moved(open(control, O_RDWR | O_CLOEXEC)) : -1;
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0)
        return;
    sigset_t all, before;
    pthread_t thread;
    pthread_attr_t attributes;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    (void)pthread_create(&thread, &attributes, serve, (void *)(long)fd);
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
