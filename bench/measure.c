/* Time and memory of a piece of work in a child process. CPU time and peak memory come from wait4. */
#include "bench/measure.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static fl_measure collect(pid_t child)
{
    int status = 0;
    struct rusage usage = {0};
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return (fl_measure){0};
    return (fl_measure){.cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime),
                        .peak_bytes = (uint64_t)usage.ru_maxrss * 1024,
                        .is_ok = WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

fl_measure fl_measure_fork(bool (*work)(void *context), void *context)
{
    int pipe_fds[2];
    if (pipe(pipe_fds) != 0)
        return (fl_measure){0};
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        uint64_t start_us = fl_clock_us();
        bool is_ok = work(context);
        uint64_t took_us = fl_clock_us() - start_us;
        is_ok = write(pipe_fds[1], &took_us, sizeof took_us) == (ssize_t)sizeof took_us && is_ok;
        _exit(is_ok ? 0 : 1);
    }
    close(pipe_fds[1]);
    uint64_t took_us = 0;
    bool is_told = read(pipe_fds[0], &took_us, sizeof took_us) == (ssize_t)sizeof took_us;
    close(pipe_fds[0]);
    fl_measure one = collect(child);
    one.wall_s = (double)took_us / 1e6;
    one.is_ok = one.is_ok && is_told;
    return one;
}

fl_measure fl_measure_program(const char *const *argv)
{
    fflush(NULL);
    uint64_t start_us = fl_clock_us();
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        if (nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 || dup2(nowhere, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0)
            _exit(127);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    fl_measure one = collect(child);
    one.wall_s = (double)(fl_clock_us() - start_us) / 1e6;
    return one;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

fl_measure fl_measure_median(const fl_measure *rounds, size_t count)
{
    fl_measure all = {.is_ok = count > 0};
    double *values = calloc(count + 1, sizeof *values);
    if (values == NULL)
        fl_no_memory();
    for (size_t i = 0; i < count; i++)
        values[i] = rounds[i].wall_s;
    all.wall_s = count ? median(values, count) : 0;
    for (size_t i = 0; i < count; i++)
        values[i] = rounds[i].cpu_s;
    all.cpu_s = count ? median(values, count) : 0;
    for (size_t i = 0; i < count; i++) {
        if (rounds[i].peak_bytes > all.peak_bytes)
            all.peak_bytes = rounds[i].peak_bytes;
        all.is_ok = all.is_ok && rounds[i].is_ok;
    }
    free(values);
    return all;
}
