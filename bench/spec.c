/*
 * bench_spec ROUNDS FAULTLINE [--compiled] PATH...: `spec` against only parsing the same files on the same threads, with
 * tree-sitter, or, for the paths behind --compiled, with the compiler that C needs: headers make its units large, so the
 * bound of time is lower there, and what it needs itself is added to that of memory.
 *
 *   parse      wall: reading and parsing the files, which were found before (skip_lowering): the yardstick
 *   spec       finding, all stages, the document as text and giving back the memory, in a process of this program
 *   faultline  the executable, from start to exit
 *
 * Rounds of the three take turns, so that what else the machine does falls on all of them. Medians; peaks are the
 * largest. Exit code 1 when a bound does not hold.
 */
#include "bench/measure.h"
#include "extractor/api/api.h"
#include <stdio.h>
#include <sys/mman.h>

enum { MAX_ROUNDS = 99 };
static double time_bound = 2.0;
static bool is_compiled;
static const double memory_factor = 15, memory_base = 64.0 * 1024 * 1024;

typedef struct subject { const char *path; size_t source_bytes; uint32_t files; uint64_t parse_us; } subject;

static bool open_project(const subject *s, bool skip_lowering, fl_project *project)
{
    fl_err err;
    fl_project_options options = {.skip_lowering = skip_lowering};
    if (fl_project_open(project, s->path, &options, &err) == FL_OK)
        return true;
    fprintf(stderr, "bench_spec: %s\n", err.text);
    return false;
}

/* *context is shared memory: the rounds' process learns the time of parsing without that of finding the files. */
static bool parse(void *context)
{
    subject *s = context;
    fl_project project;
    if (!open_project(s, true, &project))
        return false;
    s->source_bytes = project.source_bytes;
    s->files = project.file_count;
    s->parse_us = project.parse_us;
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

static double mb(double bytes)
{
    return bytes / (1024 * 1024);
}

static void print_row(const char *name, const fl_measure *m, double parse_s)
{
    printf("  %-10s %10.1f %10.1f %8.2f %10.1f\n", name, m->wall_s * 1e3, m->cpu_s * 1e3, m->wall_s / parse_s, mb((double)m->peak_bytes));
}

static bool report(const subject *s, unsigned rounds, const fl_measure *parsed, const fl_measure *whole, const fl_measure *program)
{
    double bound = memory_factor * (double)s->source_bytes + memory_base + (is_compiled ? (double)parsed->peak_bytes : 0);
    double peak = (double)(whole->peak_bytes > program->peak_bytes ? whole->peak_bytes : program->peak_bytes);
    double ratio = whole->wall_s / parsed->wall_s;
    bool is_fast = ratio <= time_bound, is_small = peak <= bound;
    printf("%s\n  %u files, %.2f MB of source, %u threads, medians of %u rounds\n", s->path, s->files, mb((double)s->source_bytes), fl_pool_threads(), rounds);
    printf("  %-10s %10s %10s %8s %10s\n", "", "wall ms", "cpu ms", "ratio", "peak MB");
    print_row("parse", parsed, parsed->wall_s);
    print_row("spec", whole, parsed->wall_s);
    print_row("faultline", program, parsed->wall_s);
    printf("  time    spec / parse %.2f, bound %.1f: %s\n", ratio, time_bound, is_fast ? "holds" : "BROKEN");
    printf("  memory  peak %.1f MB, bound 15 x source + 64 MB%s = %.1f MB: %s\n", mb(peak), is_compiled ? " + parse" : "", mb(bound), is_small ? "holds" : "BROKEN");
    return is_fast && is_small;
}

static bool run_subject(const char *path, unsigned rounds, const char *faultline)
{
    static fl_measure parses[MAX_ROUNDS], specs[MAX_ROUNDS], programs[MAX_ROUNDS];
    subject *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (s == MAP_FAILED)
        return false;
    s->path = path;
    const char *const argv[] = {faultline, "spec", path, "-o", "/dev/null", "--quiet", NULL};
    bool is_ok = true;
    for (unsigned i = 0; i < rounds && is_ok; i++) {
        parses[i] = fl_measure_fork(parse, s);
        parses[i].wall_s = (double)s->parse_us / 1e6;
        specs[i] = fl_measure_fork(spec, s);
        programs[i] = fl_measure_program(argv);
        is_ok = parses[i].is_ok && specs[i].is_ok && programs[i].is_ok && s->source_bytes > 0;
    }
    if (is_ok) {
        fl_measure p = fl_measure_median(parses, rounds), q = fl_measure_median(specs, rounds), w = fl_measure_median(programs, rounds);
        is_ok = report(s, rounds, &p, &q, &w);
    } else {
        fprintf(stderr, s->source_bytes > 0 ? "bench_spec: '%s': a round failed\n" : "bench_spec: '%s' holds no source\n", path);
    }
    munmap(s, sizeof *s);
    return is_ok;
}

int main(int argc, char **argv)
{
    int64_t rounds = 0;
    if (argc < 4 || !fl_str_to_int(fl_str_from(argv[1]), &rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
        fprintf(stderr, "usage: %s ROUNDS FAULTLINE [--compiled] PATH...\n", argv[0]);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    bool is_ok = true;
    for (int i = 3; i < argc; i++) {
        if (fl_str_eq_c(fl_str_from(argv[i]), "--compiled")) {
            is_compiled = true;
            time_bound = 1.3;
        } else
            is_ok = run_subject(argv[i], (unsigned)rounds, argv[2]) && is_ok;
    }
    return is_ok ? 0 : 1;
}
