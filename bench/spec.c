/*
 * bench_spec ROUNDS FAULTLINE PATH...: `spec` against only parsing the same files with tree-sitter on the same threads.
 *
 *   parse   finding, reading and parsing, nothing else (skip_lowering): the yardstick
 *   spec    all stages and the document as text, in a process of this program
 *   faultline   the executable, from start to exit
 *
 * Rounds of the three take turns, so that what else the machine does falls on all of them. Medians; peaks are the
 * largest. Exit code 1 when a bound does not hold.
 */
#include "bench/measure.h"
#include "extractor/api/api.h"
#include <stdio.h>
#include <sys/mman.h>

enum { MAX_ROUNDS = 99 };
static const double time_bound = 2.0;
static const double memory_factor = 15, memory_base = 64.0 * 1024 * 1024;

typedef struct subject { const char *path; size_t source_bytes; uint32_t files; } subject;

static bool open_project(const subject *s, bool skip_lowering, fl_project *project)
{
    fl_err err;
    fl_project_options options = {.skip_lowering = skip_lowering};
    if (fl_project_open(project, s->path, &options, &err) == FL_OK)
        return true;
    fprintf(stderr, "bench_spec: %s\n", err.text);
    return false;
}

static bool parse(void *context)
{
    fl_project project;
    if (!open_project(context, true, &project))
        return false;
    fl_project_release(&project);
    return true;
}

static bool spec(void *context)
{
    fl_project project;
    fl_api api;
    fl_err err;
    if (!open_project(context, false, &project))
        return false;
    if (fl_api_extract(&api, &project, &(fl_extract_options){0}, &err) != FL_OK) {
        fprintf(stderr, "bench_spec: %s\n", err.text);
        return false;
    }
    fl_arena arena;
    fl_arena_init(&arena);
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_yaml_write(&out, fl_api_to_openapi(&api, &arena, &(fl_openapi_options){0}));
    bool is_ok = !out.overflow;
    fl_buf_release(&out);
    fl_arena_release(&arena);
    fl_api_release(&api);
    fl_project_release(&project);
    return is_ok;
}

/* In a process of its own, so that its memory does not count for the rounds; *context is shared. */
static bool describe(void *context)
{
    subject *s = context;
    fl_project project;
    if (!open_project(s, true, &project))
        return false;
    s->source_bytes = project.source_bytes;
    s->files = project.file_count;
    fl_project_release(&project);
    return true;
}

static double mb(double bytes)
{
    return bytes / (1024 * 1024);
}

static bool run_subject(const char *path, unsigned rounds, const char *faultline)
{
    static fl_measure parses[MAX_ROUNDS], specs[MAX_ROUNDS], programs[MAX_ROUNDS];
    subject *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return false;
    shared->path = path;
    if (!fl_measure_fork(describe, shared).is_ok)
        return false;
    subject s = *shared;
    munmap(shared, sizeof *shared);
    const char *const argv[] = {faultline, "spec", path, "-o", "/dev/null", "--quiet", NULL};
    for (unsigned i = 0; i < rounds; i++) {
        parses[i] = fl_measure_fork(parse, &s);
        specs[i] = fl_measure_fork(spec, &s);
        programs[i] = fl_measure_program(argv);
    }
    fl_measure p = fl_measure_median(parses, rounds), q = fl_measure_median(specs, rounds), w = fl_measure_median(programs, rounds);
    if (!p.is_ok || !q.is_ok || !w.is_ok) {
        fprintf(stderr, "bench_spec: '%s': a round failed\n", path);
        return false;
    }
    double bound = memory_factor * (double)s.source_bytes + memory_base;
    double peak = (double)(q.peak_bytes > w.peak_bytes ? q.peak_bytes : w.peak_bytes);
    bool is_fast = q.wall_s <= time_bound * p.wall_s, is_small = peak <= bound;
    printf("%s\n  %u files, %.2f MB of source, %u threads, medians of %u rounds\n", path, s.files, mb((double)s.source_bytes), fl_pool_threads(), rounds);
    printf("  %-10s %10s %10s %8s %8s %10s\n", "", "wall ms", "cpu ms", "wall x", "cpu x", "peak MB");
    printf("  %-10s %10.1f %10.1f %8s %8s %10.1f\n", "parse", p.wall_s * 1e3, p.cpu_s * 1e3, "1.00", "1.00", mb((double)p.peak_bytes));
    printf("  %-10s %10.1f %10.1f %8.2f %8.2f %10.1f\n", "spec", q.wall_s * 1e3, q.cpu_s * 1e3, q.wall_s / p.wall_s, q.cpu_s / p.cpu_s, mb((double)q.peak_bytes));
    printf("  %-10s %10.1f %10.1f %8.2f %8.2f %10.1f\n", "faultline", w.wall_s * 1e3, w.cpu_s * 1e3, w.wall_s / p.wall_s, w.cpu_s / p.cpu_s, mb((double)w.peak_bytes));
    printf("  time   spec / parse %.2f, bound %.1f: %s\n", q.wall_s / p.wall_s, time_bound, is_fast ? "holds" : "BROKEN");
    printf("  memory peak %.1f MB, bound 15 x source + 64 MB = %.1f MB: %s (%.1f x source)\n", mb(peak), mb(bound),
           is_small ? "holds" : "BROKEN", peak / (double)(s.source_bytes ? s.source_bytes : 1));
    return is_fast && is_small;
}

int main(int argc, char **argv)
{
    int64_t rounds = 0;
    if (argc < 4 || !fl_str_to_int(fl_str_from(argv[1]), &rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
        fprintf(stderr, "usage: %s ROUNDS FAULTLINE PATH...\n", argv[0]);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    bool is_ok = true;
    for (int i = 3; i < argc; i++)
        is_ok = run_subject(argv[i], (unsigned)rounds, argv[2]) && is_ok;
    return is_ok ? 0 : 1;
}
