/*
 * Child processes. Reading order: registry (what a signal handler kills), ring (kept output), start, poll, stop, run.
 *
 * Each child leads a process group of its own, so that `npm start` and the node below it die together. The group is
 * killed before its leader is reaped: until then its number cannot be given to anyone else.
 *
 * A thread per child reads its output all the time: a service that prints without end neither blocks nor fills memory.
 *
 * If we are killed ourselves (SIGKILL, crash), a guard kills the group: /bin/sh, waiting for the end of a pipe that only
 * we hold open. PR_SET_PDEATHSIG would be simpler but reaches only the child itself, not what it started, and fires when
 * the *thread* that forked ends.
 */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_LIVE = 64, LAST_OUTPUT_MS = 300 };

/* ---- registry of live groups ---- */

static _Atomic pid_t live[MAX_LIVE];

static int register_group(void)
{
    for (int i = 0; i < MAX_LIVE; i++) {
        pid_t none = 0;
        if (atomic_compare_exchange_strong(&live[i], &none, -1)) /* -1: taken, number not known yet */
            return i;
    }
    return -1;
}

void fl_proc_kill_all(void)
{
    int kept = errno;
    for (int i = 0; i < MAX_LIVE; i++) {
        pid_t group = atomic_load(&live[i]);
        if (group > 1)
            kill(-group, SIGKILL);
    }
    errno = kept;
}

/* ---- kept output: the last `limit` bytes ---- */

struct ring {
    pthread_mutex_t lock;
    char *bytes;              /* up to twice the limit; when full, the last `limit` bytes move to its front */
    size_t len, capacity, limit;
    uint64_t dropped_byte;    /* absolute offset of bytes[0] */
};

/* With the lock held. */
static void ring_add(struct ring *ring, const char *bytes, size_t len)
{
    if (len > ring->limit) {
        ring->dropped_byte += ring->len + (len - ring->limit);
        ring->len = 0;
        bytes += len - ring->limit;
        len = ring->limit;
    }
    if (ring->len + len > ring->capacity && ring->capacity < 2 * ring->limit) {
        size_t capacity = ring->capacity ? ring->capacity : 4096;
        while (capacity < ring->len + len)
            capacity *= 2;
        if (capacity > 2 * ring->limit)
            capacity = 2 * ring->limit;
        char *grown = realloc(ring->bytes, capacity);
        if (!grown)
            fl_no_memory();
        ring->bytes = grown;
        ring->capacity = capacity;
    }
    if (ring->len + len > ring->capacity) {
        size_t drop = ring->len + len - ring->limit;
        memmove(ring->bytes, ring->bytes + drop, ring->len - drop);
        ring->len -= drop;
        ring->dropped_byte += drop;
    }
    memcpy(ring->bytes + ring->len, bytes, len);
    ring->len += len;
}

/* Takes what stands in the pipe, at most a pipe full, so that a writer without end does not keep us. False when there
 * will be no more. Reading and adding are one step under the lock: two threads do both, and bytes must stay in order. */
static bool drain(struct ring *ring, int fd)
{
    enum { PIECE_BYTES = 16 * 1024, PIECES = 8 };
    char piece[PIECE_BYTES];
    bool goes_on = true;
    pthread_mutex_lock(&ring->lock);
    for (int i = 0; i < PIECES; i++) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got > 0) {
            ring_add(ring, piece, (size_t)got);
            continue;
        }
        goes_on = got < 0 && (errno == EAGAIN || errno == EINTR);
        break;
    }
    pthread_mutex_unlock(&ring->lock);
    return goes_on;
}

/* ---- a process ---- */

struct fl_proc {
    pid_t pid, guard;
    int slot;
    int output_fd, guard_fd;  /* read end of the output; write end the guard waits on */
    int input_fd;             /* write end of an input that stays open, -1: none */
    int wake_fds[2];          /* closing [1] tells the reader to end */
    pthread_t reader;
    bool has_reader;
    struct ring ring;
    fl_buf shown;             /* what fl_proc_output lent out */
    fl_proc_exit exit;
};

static void *read_output(void *argument)
{
    fl_proc *proc = argument;
    struct pollfd fds[2] = {{.fd = proc->output_fd, .events = POLLIN}, {.fd = proc->wake_fds[0], .events = POLLIN}};
    while (!fds[1].revents) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            break;
        if (!drain(&proc->ring, proc->output_fd))
            break; /* every writer is gone */
    }
    return NULL;
}

/* Ends the reader once all output is read; a writer that left the group and lives on is not waited for long. */
static void end_reader(fl_proc *proc)
{
    if (!proc->has_reader)
        return;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += LAST_OUTPUT_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    bool is_done = pthread_timedjoin_np(proc->reader, NULL, &until) == 0;
    close(proc->wake_fds[1]);
    proc->wake_fds[1] = -1;
    if (!is_done)
        pthread_join(proc->reader, NULL);
    proc->has_reader = false;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Kills the group (what an ended leader left behind, too) while its number is still ours, and collects the leader. */
static int reap(fl_proc *proc)
{
    int status = 0;
    kill(-proc->pid, SIGKILL);
    atomic_store(&live[proc->slot], 0);
    while (waitpid(proc->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* ---- starting ---- */

/* Our environment with the given entries over it; one block of pointers, entries borrowed. */
static char **merge_environment(const char *const *extra)
{
    size_t ours = 0, theirs = 0;
    while (environ && environ[ours])
        ours++;
    while (extra && extra[theirs])
        theirs++;
    char **merged = calloc(ours + theirs + 1, sizeof *merged);
    if (!merged)
        fl_no_memory();
    size_t count = 0;
    for (size_t i = 0; i < ours + theirs; i++) {
        char *entry = i < ours ? environ[i] : (char *)(uintptr_t)extra[i - ours]; /* execve wants char *, changes nothing */
        size_t name_len = strcspn(entry, "=");
        size_t at = 0;
        while (at < count && !(strncmp(merged[at], entry, name_len) == 0 && strcspn(merged[at], "=") == name_len))
            at++;
        merged[at] = entry;
        count += at == count;
    }
    return merged;
}

/* "exec" saves a shell between us and the service, but would end a list of commands after the first. */
static bool is_simple_command(fl_str command)
{
    command = fl_str_trim(command);
    for (size_t i = 0; i < command.len; i++)
        if (strchr(";&|<>(){}\n`!", command.ptr[i]))
            return false;
    fl_str word = {0}, rest = command;
    if (!fl_str_split(&rest, ' ', &word) || fl_str_find_char(word, '=') >= 0)
        return false; /* NAME=value command */
    /* What the shell does itself or reads as grammar; exec knows only programs. */
    static const char *const builtins[] = {
        ".", ":", "[", "alias", "bg", "break", "case", "cd", "chdir", "command", "continue", "do", "echo", "eval", "exec", "exit", "export",
        "false", "fg", "for", "getopts", "hash", "if", "jobs", "kill", "local", "printf", "pwd", "read", "readonly", "return", "set",
        "shift", "source", "test", "times", "trap", "true", "type", "ulimit", "umask", "unalias", "unset", "until", "wait", "while",
    };
    for (size_t i = 0; i < FL_COUNT(builtins); i++)
        if (fl_str_eq_c(word, builtins[i]))
            return false;
    return true;
}

struct launch {
    const char *folder;
    char **argv, **env;
    int output_fd, go_fd, failed_fd;
    int input_fd;             /* -1: nothing to read */
};

/* The child between fork and exec: async-signal-safe calls only. */
static FL_NORETURN void become(const struct launch *launch)
{
    static const int defaults[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD, SIGUSR1, SIGUSR2, SIGALRM};
    setpgid(0, 0);
    for (size_t i = 0; i < FL_COUNT(defaults); i++)
        signal(defaults[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    char go;
    ssize_t got;
    do
        got = read(launch->go_fd, &go, 1);
    while (got < 0 && errno == EINTR);
    if (got != 1)
        _exit(127); /* our parent died before the guard stood */

    int nothing = launch->input_fd >= 0 ? launch->input_fd : open("/dev/null", O_RDONLY);
    if (nothing >= 0 && (!launch->folder || chdir(launch->folder) == 0) && dup2(nothing, STDIN_FILENO) >= 0 &&
        dup2(launch->output_fd, STDOUT_FILENO) >= 0 && dup2(launch->output_fd, STDERR_FILENO) >= 0) {
        close_range(3, ~0U, CLOSE_RANGE_CLOEXEC); /* what some library left open */
        execve(launch->argv[0], launch->argv, launch->env);
    }
    int why = errno;
    if (write(launch->failed_fd, &why, sizeof why) < 0)
        why = 0;
    _exit(127);
}

/* Waits on its standard input, a pipe whose other end only we have; then kills the group. */
static bool start_guard(fl_proc *proc)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0)
        return false;
    char group[32];
    snprintf(group, sizeof group, "-%d", (int)proc->pid);
    char sh[] = "/bin/sh", c[] = "-c", name[] = "faultline-guard";
    char script[] = "trap '' INT TERM HUP QUIT; read -r end; kill -s KILL -- \"$1\"";
    char *argv[] = {sh, c, script, name, group, NULL}, *env[] = {NULL};

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fds[0], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP); /* Ctrl-C of the terminal is not for it */
    posix_spawnattr_setpgroup(&attributes, 0);
    bool is_started = posix_spawn(&proc->guard, sh, &actions, &attributes, argv, env) == 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(fds[0]);
    proc->guard_fd = fds[1];
    if (!is_started)
        proc->guard = 0;
    return is_started;
}

static void end_guard(fl_proc *proc)
{
    if (proc->guard > 0) {
        kill(proc->guard, SIGKILL);
        while (waitpid(proc->guard, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    proc->guard = 0;
    close_fd(&proc->guard_fd);
}

static void free_proc(fl_proc *proc)
{
    end_reader(proc);
    end_guard(proc);
    close_fd(&proc->output_fd);
    close_fd(&proc->input_fd);
    close_fd(&proc->wake_fds[0]);
    close_fd(&proc->wake_fds[1]);
    pthread_mutex_destroy(&proc->ring.lock);
    free(proc->ring.bytes);
    fl_buf_release(&proc->shown);
    free(proc);
}

/* Forks, sets the guard, lets the child go and hears whether exec worked. Returns an errno, 0 when all is well. */
static int launch_child(fl_proc *proc, struct launch *launch, bool wants_input)
{
    int go[2] = {-1, -1}, failed[2] = {-1, -1}, output[2] = {-1, -1}, input[2] = {-1, -1}, why = 0;
    if (pipe2(go, O_CLOEXEC) || pipe2(failed, O_CLOEXEC) || pipe2(output, O_CLOEXEC) || pipe2(proc->wake_fds, O_CLOEXEC))
        why = errno;
    if (!why && wants_input && pipe2(input, O_CLOEXEC))
        why = errno;
    if (!why) {
        launch->input_fd = input[0];
        launch->output_fd = output[1];
        launch->go_fd = go[0];
        launch->failed_fd = failed[1];
        proc->pid = fork();
        if (proc->pid < 0)
            why = errno;
        if (proc->pid == 0) {
            close(go[1]); /* or the child would keep its own wait from ending */
            become(launch);
        }
    }
    close_fd(&input[0]);
    close_fd(&failed[1]);
    close_fd(&output[1]);
    close_fd(&go[0]);
    if (!why) {
        setpgid(proc->pid, proc->pid); /* in both, so that neither comes too late */
        atomic_store(&live[proc->slot], proc->pid);
        if (!start_guard(proc) || write(go[1], "g", 1) != 1)
            why = errno ? errno : EAGAIN;
        int child_why = 0;
        ssize_t got = 0;
        close_fd(&go[1]); /* ends a child that was not let go */
        while (!why && (got = read(failed[0], &child_why, sizeof child_why)) < 0 && errno == EINTR)
            ;
        if (got == (ssize_t)sizeof child_why)
            why = child_why;
        if (why)
            reap(proc);
    }
    close_fd(&go[1]);
    close_fd(&failed[0]);
    proc->output_fd = output[0];
    proc->input_fd = input[1];
    return why;
}

fl_status fl_proc_start(fl_proc **out, const fl_proc_options *options, fl_err *err)
{
    *out = NULL;
    FL_ASSERT(options->command);
    fl_proc *proc = calloc(1, sizeof *proc);
    if (!proc)
        fl_no_memory();
    *proc = (fl_proc){.output_fd = -1, .input_fd = -1, .guard_fd = -1, .wake_fds = {-1, -1}, .exit = {.is_running = true}};
    pthread_mutex_init(&proc->ring.lock, NULL);
    proc->ring.limit = options->output_limit_bytes ? options->output_limit_bytes : FL_LIMIT_LOG_BYTES;
    fl_buf_init(&proc->shown, 0);
    proc->slot = register_group();
    if (proc->slot < 0) {
        free_proc(proc);
        return fl_fail(err, FL_E_LIMIT, "'%s': more than %d processes at once", options->command, MAX_LIVE);
    }

    fl_buf command;
    fl_buf_init(&command, 0);
    fl_buf_add_c(&command, is_simple_command(fl_str_from(options->command)) ? "exec " : "");
    fl_buf_add_c(&command, options->command);
    char sh[] = "/bin/sh", c[] = "-c";
    char *argv[] = {sh, c, command.ptr, NULL};
    struct launch launch = {.folder = options->folder, .argv = argv, .env = merge_environment(options->env)};
    int why = launch_child(proc, &launch, options->has_open_input);
    free(launch.env);
    fl_buf_release(&command);

    if (!why) {
        fcntl(proc->output_fd, F_SETFL, O_NONBLOCK);
        proc->has_reader = pthread_create(&proc->reader, NULL, read_output, proc) == 0;
        if (proc->has_reader) {
            *out = proc;
            return FL_OK;
        }
        why = EAGAIN;
        reap(proc);
    }
    atomic_store(&live[proc->slot], 0);
    free_proc(proc);
    const char *folder = options->folder ? options->folder : ".";
    return fl_fail(err, FL_E_ENV, "'%s': cannot start in '%s': %s", options->command, folder, strerror(why));
}

/* ---- watching ---- */

fl_proc_exit fl_proc_poll(fl_proc *proc)
{
    if (!proc->exit.is_running)
        return proc->exit;
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)proc->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0)
        return proc->exit;
    int status = reap(proc);
    proc->exit = (fl_proc_exit){.code = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                                .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0};
    end_guard(proc);
    end_reader(proc);
    return proc->exit;
}

fl_str fl_proc_output(fl_proc *proc, uint64_t from_byte, uint64_t *next)
{
    struct ring *ring = &proc->ring;
    /* What was written before this call is in the answer, whether or not the reader had its turn: a stack trace that
     * stands in the pipe when the response arrives must not be missed. */
    drain(ring, proc->output_fd);
    fl_buf_clear(&proc->shown);
    pthread_mutex_lock(&ring->lock);
    uint64_t end = ring->dropped_byte + ring->len;
    /* The buffer holds up to twice the limit; what is promised is the limit. */
    uint64_t start = end - ring->dropped_byte > ring->limit ? end - ring->limit : ring->dropped_byte;
    if (from_byte > start)
        start = from_byte < end ? from_byte : end;
    fl_buf_add(&proc->shown, (fl_str){ring->bytes ? ring->bytes + (start - ring->dropped_byte) : NULL, (size_t)(end - start)});
    pthread_mutex_unlock(&ring->lock);
    if (next)
        *next = end;
    return fl_buf_str(&proc->shown);
}

int fl_proc_pid(const fl_proc *proc)
{
    return (int)proc->pid;
}

/* ---- stopping ---- */

/* True when it ended within limit_ms. Short sleeps first: most ends come soon. */
static bool wait_for_end(fl_proc *proc, uint32_t limit_ms)
{
    uint64_t until_ms = fl_clock_ms() + limit_ms;
    for (uint32_t pause_ms = 1; fl_proc_poll(proc).is_running; pause_ms = pause_ms < 8 ? pause_ms * 2 : 10) {
        if (fl_clock_ms() >= until_ms)
            return false;
        fl_clock_sleep_ms(pause_ms);
    }
    return true;
}

void fl_proc_stop(fl_proc *proc, uint32_t grace_ms)
{
    if (!fl_proc_poll(proc).is_running)
        return;
    kill(-proc->pid, SIGTERM);
    kill(-proc->pid, SIGCONT); /* a stopped process hears SIGTERM only then */
    if (wait_for_end(proc, grace_ms))
        return;
    kill(-proc->pid, SIGKILL);
    wait_for_end(proc, UINT32_MAX);
}

void fl_proc_free(fl_proc *proc)
{
    if (!proc)
        return;
    fl_proc_stop(proc, FL_LIMIT_STOP_MS);
    free_proc(proc);
}

fl_status fl_proc_run(fl_arena *arena, const fl_proc_options *options, uint32_t limit_ms, fl_str *output, int *code, fl_err *err)
{
    fl_proc *proc;
    fl_status status = fl_proc_start(&proc, options, err);
    if (output)
        *output = (fl_str){0};
    if (status)
        return status;
    if (!wait_for_end(proc, limit_ms)) {
        status = fl_fail(err, FL_E_LIMIT, "'%s' did not end within %u ms", options->command, limit_ms);
        fl_proc_stop(proc, 0);
    }
    if (output)
        *output = fl_str_copy(arena, fl_proc_output(proc, 0, NULL));
    fl_proc_exit end = fl_proc_poll(proc);
    if (code)
        *code = end.signal ? 128 + end.signal : end.code;
    fl_proc_free(proc);
    return status;
}
