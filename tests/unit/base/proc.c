/* Child processes: output, ends, limits, and that nothing is left behind. */
#include "tests/support/unit.h"

#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void runs(void **state)
{
    (void)state;
    static const struct {
        const char *row, *command;
        int status, code;
        const char *output;
    } rows[] = {
        {"output", "echo a", FL_OK, 0, "a\n"},
        {"both streams in order", "echo a; echo b >&2; echo c", FL_OK, 0, "a\nb\nc\n"},
        {"code", "exit 3", FL_OK, 3, ""},
        {"builtin with arguments", "test -d / ", FL_OK, 0, ""},
        {"assignment by eval", "eval 'exit 4'", FL_OK, 4, ""},
        {"blanks first", "  exit 5", FL_OK, 5, ""},
        {"signal", "kill -SEGV $$", FL_OK, 128 + SIGSEGV, ""},
        {"not found", "fl-no-such-command 2>/dev/null", FL_OK, 127, ""},
        {"list of commands", "echo a && echo b", FL_OK, 0, "a\nb\n"},
        {"setting before a command", "X=1 sh -c 'echo $X'", FL_OK, 0, "1\n"},
        {"overridden", "echo $FL_SET $FL_NEW", FL_OK, 0, "ours new\n"},
        {"no input", "cat", FL_OK, 0, ""},
        {"folder", "pwd", FL_OK, 0, "/\n"},
        {"too slow", "echo begun; sleep 20", FL_E_LIMIT, 128 + SIGTERM, "begun\n"},
        {"leaves a child behind", "sleep 20 & echo done", FL_OK, 0, "done\n"},
    };
    static const char *const env[] = {"FL_SET=ours", "FL_NEW=new", NULL};
    fl_arena arena;
    fl_arena_init(&arena);
    setenv("FL_SET", "theirs", 1);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str output;
        fl_err err = {0};
        int code = -1;
        uint64_t start_ms = fl_clock_ms();
        fl_status status = fl_proc_run(&arena, &(fl_proc_options){.command = rows[i].command, .folder = "/", .env = env}, 1000, &output, &code, &err);
        fl_row_int(rows[i].row, status, rows[i].status);
        fl_row_int(rows[i].row, code, rows[i].code);
        fl_row_str(rows[i].row, output, rows[i].output);
        fl_row_true(rows[i].row, fl_clock_ms() - start_ms < 5000);
    }
    fl_err err = {0};
    fl_row_int("no folder", fl_proc_run(&arena, &(fl_proc_options){.command = "true", .folder = "/no/such"}, 1000, NULL, NULL, &err), FL_E_ENV);
    fl_row_true(err.text, strstr(err.text, "cannot start in '/no/such': No such file") != NULL);
    fl_arena_release(&arena);
}

static bool is_gone(pid_t pid)
{
    for (int i = 0; i < 200; i++) {
        if (kill(pid, 0) != 0 && errno == ESRCH)
            return true;
        /* An orphan stays a zombie until init collects it, which in a container may be never: dead is what counts. */
        char path[64], stat[256] = "";
        snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t got = fd < 0 ? 0 : read(fd, stat, sizeof stat - 1);
        if (fd >= 0)
            close(fd);
        if (got > 0 && strstr(stat, ") Z "))
            return true;
        fl_clock_sleep_ms(10);
    }
    return false;
}

/* A process that prints the pid of a child of its own, both of which sleep. */
static fl_proc *start_pair(const char *before, pid_t *grandchild)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_proc *proc;
    fl_err err = {0};
    fl_str command = fl_str_format(&arena, "%s sleep 50 & echo $!; wait", before), output = {0};
    fl_row_ok("start", fl_proc_start(&proc, &(fl_proc_options){.command = command.ptr}, &err), err);
    for (int i = 0; i < 400 && !fl_str_ends(output, FL_S("\n")); i++) {
        fl_clock_sleep_ms(5);
        output = fl_proc_output(proc, 0, NULL);
    }
    int64_t pid = 0;
    fl_row_true("pid", fl_str_to_int(fl_str_trim(output), &pid) && pid > 1);
    *grandchild = (pid_t)pid;
    fl_arena_release(&arena);
    return proc;
}

static void stops_the_whole_group(void **state)
{
    (void)state;
    static const struct {
        const char *row, *before;
        int signal_number;
    } rows[] = {{"polite", "", SIGTERM}, {"stubborn", "trap '' TERM;", SIGKILL}};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        pid_t grandchild;
        fl_proc *proc = start_pair(rows[i].before, &grandchild);
        uint64_t start_ms = fl_clock_ms();
        fl_proc_stop(proc, 200);
        fl_row_true(rows[i].row, fl_clock_ms() - start_ms < 2000);
        fl_proc_exit end = fl_proc_poll(proc);
        fl_row_true(rows[i].row, !end.is_running && end.signal == rows[i].signal_number);
        fl_row_true(rows[i].row, is_gone(grandchild));
        fl_proc_stop(proc, 200); /* again is harmless */
        fl_proc_free(proc);
    }
}

static void kills_all(void **state)
{
    (void)state;
    pid_t grandchildren[2];
    fl_proc *procs[2];
    for (int i = 0; i < 2; i++)
        procs[i] = start_pair("", &grandchildren[i]);
    fl_proc_kill_all();
    for (int i = 0; i < 2; i++) {
        fl_row_true("grandchild", is_gone(grandchildren[i]));
        for (int n = 0; n < 200 && fl_proc_poll(procs[i]).is_running; n++)
            fl_clock_sleep_ms(5);
        fl_row_int("signal", fl_proc_poll(procs[i]).signal, SIGKILL);
        fl_proc_free(procs[i]);
    }
    fl_proc_kill_all(); /* nothing left to kill: must not hit anybody else */
}

static void keeps_the_last_output(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_str output;
    fl_err err = {0};
    fl_proc_options options = {.command = "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done", .output_limit_bytes = 1000};
    fl_row_ok("run", fl_proc_run(&arena, &options, 20000, &output, NULL, &err), err);
    fl_row_size("limit", output.len, 1000);
    fl_row_true("end", fl_str_ends(output, FL_S("line 19998\nline 19999\n")));

    /* one that prints without end is neither blocked nor kept */
    fl_proc *proc;
    uint64_t first, second;
    options = (fl_proc_options){.command = "yes", .output_limit_bytes = 100000};
    fl_row_ok("start", fl_proc_start(&proc, &options, &err), err);
    fl_clock_sleep_ms(100);
    output = fl_proc_output(proc, 0, &first);
    fl_row_true("kept", output.len == 100000 && first > 100000);
    fl_clock_sleep_ms(50);
    output = fl_proc_output(proc, first, &second);
    fl_row_true("goes on", second > first && output.len <= 100000);
    fl_row_str("from the end", fl_proc_output(proc, UINT64_MAX, &second), "");
    fl_proc_free(proc);
    fl_arena_release(&arena);
}

/* Whatever was written before the question is in the answer, though the reader thread may not have had its turn. */
static void misses_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++) {
        int fds[2];
        char byte, command[64];
        fl_proc *proc;
        fl_err err = {0};
        fl_row_int("fifo", pipe(fds), 0);
        /* the child finds our pipe by our own /proc entry, for it inherits nothing */
        snprintf(command, sizeof command, "echo said; echo x > /proc/%d/fd/%d; sleep 9", (int)getpid(), fds[1]);
        fl_row_ok("start", fl_proc_start(&proc, &(fl_proc_options){.command = command}, &err), err);
        fl_row_int("signal", read(fds[0], &byte, 1), 1);
        fl_row_str("output", fl_proc_output(proc, 0, NULL), "said\n");
        fl_proc_stop(proc, 100);
        fl_proc_free(proc);
        close(fds[0]);
        close(fds[1]);
    }
}

static void passes_nothing_on(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    int leaked = dup2(STDERR_FILENO, 77);
    fl_str output;
    fl_err err = {0};
    fl_row_ok("run", fl_proc_run(&arena, &(fl_proc_options){.command = "ls /proc/self/fd"}, 5000, &output, NULL, &err), err);
    fl_row_str("descriptors (3 is ls's own)", output, "0\n1\n2\n3\n");
    close(leaked);
    signal(SIGPIPE, SIG_IGN);
    fl_row_ok("run", fl_proc_run(&arena, &(fl_proc_options){.command = "grep SigIgn /proc/self/status"}, 5000, &output, NULL, &err), err);
    fl_row_str("ignored signals", output, "SigIgn:\t0000000000000000\n");
    signal(SIGPIPE, SIG_DFL);
    fl_arena_release(&arena);
}

/* Many programs wait for a key: at the end of their input they end. */
static void keeps_input_open(void **state)
{
    (void)state;
    static const struct { const char *row; bool is_open; } rows[] = {{"empty", false}, {"open", true}};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_proc *proc;
        fl_err err = {0};
        fl_row_ok(rows[i].row, fl_proc_start(&proc, &(fl_proc_options){.command = "read -r line; exit 5", .has_open_input = rows[i].is_open}, &err), err);
        for (int wait = 0; wait < (rows[i].is_open ? 20 : 400) && fl_proc_poll(proc).is_running; wait++)
            fl_clock_sleep_ms(5);
        fl_row_true(rows[i].row, fl_proc_poll(proc).is_running == rows[i].is_open);
        fl_proc_free(proc);
    }
}

FL_UNIT(proc, cmocka_unit_test(runs), cmocka_unit_test(stops_the_whole_group), cmocka_unit_test(kills_all),
        cmocka_unit_test(keeps_the_last_output), cmocka_unit_test(misses_nothing), cmocka_unit_test(passes_nothing_on),
        cmocka_unit_test(keeps_input_open))
