/*
 * Preloaded into faultline alone (what it starts is left alone): the n-th call of a kind fails.
 *
 *     FAIL_KIND=socket|file|memory FAIL_AT=N LD_PRELOAD=libfl_fail_nth.so faultline …
 *
 * FAIL_COUNT=FILE: nothing fails, and the number of calls is written to FILE at the end. Calls are counted in all threads; children that were
 * forked and did not become another program yet count no more. What fy_parser_set_string asks for is always there: libfyaml 0.7 does not look
 * whether it got it, and none of its callers can.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { NONE, SOCKET, FILES, MEMORY };
static enum kind wanted;
static unsigned long fail_at;
static atomic_ulong calls;
static pid_t own;
static const char *count_file;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static int fails(enum kind kind)
{
    if (kind != wanted || own == 0 || getpid() != own)
        return 0;
    return atomic_fetch_add(&calls, 1) + 1 == fail_at;
}

__attribute__((constructor)) static void begin(void)
{
    char program[4096] = "";
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    const char *kind = getenv("FAIL_KIND"), *at = getenv("FAIL_AT");
    const char *name = len > 0 ? strrchr(program, '/') : NULL;
    if (name == NULL || strcmp(name, "/faultline") != 0 || kind == NULL)
        return;
    fail_at = at != NULL ? strtoul(at, NULL, 10) : 0;
    count_file = getenv("FAIL_COUNT");
    wanted = strcmp(kind, "socket") == 0 ? SOCKET : strcmp(kind, "file") == 0 ? FILES : MEMORY;
    own = getpid();
}

__attribute__((destructor)) static void end(void)
{
    pid_t was = own;
    own = 0;
    FILE *out = count_file != NULL && getpid() == was ? fopen(count_file, "w") : NULL;
    if (out != NULL) {
        fprintf(out, "%lu\n", atomic_load(&calls));
        fclose(out);
    }
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (real == NULL) { \
        void *found = dlsym(RTLD_NEXT, #name); \
        memcpy(&real, &found, sizeof real); \
    }
#define FAIL(kind, error, value) do { if (fails(kind)) { errno = (error); return (value); } } while (0)

static _Thread_local int is_inside;

int fy_parser_set_string(void *parser, const char *text, size_t len);
int fy_parser_set_string(void *parser, const char *text, size_t len)
{
    REAL(fy_parser_set_string)
    is_inside++;
    int result = real(parser, text, len);
    is_inside--;
    return result;
}

#define FAIL_MEMORY() do { if (!is_inside && fails(MEMORY)) { errno = ENOMEM; return NULL; } } while (0)
void *malloc(size_t size) { FAIL_MEMORY(); return __libc_malloc(size); }
void *calloc(size_t count, size_t size) { FAIL_MEMORY(); return __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { FAIL_MEMORY(); return __libc_realloc(old, size); }

int socket(int family, int type, int protocol) { REAL(socket) FAIL(SOCKET, EMFILE, -1); return real(family, type, protocol); }
int connect(int fd, const struct sockaddr *address, socklen_t len) { REAL(connect) FAIL(SOCKET, ECONNREFUSED, -1); return real(fd, address, len); }
ssize_t send(int fd, const void *bytes, size_t len, int flags) { REAL(send) FAIL(SOCKET, ECONNRESET, -1); return real(fd, bytes, len, flags); }
ssize_t recv(int fd, void *bytes, size_t len, int flags) { REAL(recv) FAIL(SOCKET, ECONNRESET, -1); return real(fd, bytes, len, flags); }
int setsockopt(int fd, int level, int name, const void *value, socklen_t len) { REAL(setsockopt) FAIL(SOCKET, EINVAL, -1); return real(fd, level, name, value, len); }
int poll(struct pollfd *fds, nfds_t count, int timeout_ms) { REAL(poll) FAIL(SOCKET, EINTR, -1); return real(fds, count, timeout_ms); }

int open(const char *path, int flags, ...)
{
    REAL(open)
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    FAIL(FILES, EACCES, -1);
    return real(path, flags, mode);
}
FILE *fopen(const char *path, const char *mode) { REAL(fopen) FAIL(FILES, EACCES, NULL); return real(path, mode); }
ssize_t read(int fd, void *bytes, size_t len) { REAL(read) FAIL(FILES, EIO, -1); return real(fd, bytes, len); }
ssize_t write(int fd, const void *bytes, size_t len) { REAL(write) FAIL(FILES, ENOSPC, -1); return real(fd, bytes, len); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir) FAIL(FILES, EACCES, -1); return real(path, mode); }
int rename(const char *from, const char *to) { REAL(rename) FAIL(FILES, EIO, -1); return real(from, to); }
int unlink(const char *path) { REAL(unlink) FAIL(FILES, EACCES, -1); return real(path); }
int chmod(const char *path, mode_t mode) { REAL(chmod) FAIL(FILES, EPERM, -1); return real(path, mode); }
