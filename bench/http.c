/*
 * bench_http FAST_SERVICE [ROUTES]: requests a second of the aimed phase, with verdicts on, against a service that does next to
 * nothing. A generated service of one file is analysed, then the engine runs as in `check`: every request is built from its case, sent
 * on its own, the hook's report of the lines that ran is read and parsed, and a verdict given. Beside it the fastest that this machine can
 * do one request after the other: a bare socket that writes and reads. Exit code 1 below 5,000 a second.
 */
#include "base/fs.h"
#include "engine/engine.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DEFAULT_ROUTES = 1500, MAX_ROUTES = 20000, ROUNDS = 3 };
static const double bound_per_s = 5000;

typedef struct pair { double engine_per_s, bare_per_s, our_cpu_us; unsigned requests; size_t refuted, spots; } pair;

static fl_status write_service(fl_arena *arena, fl_str folder, unsigned routes, fl_err *err)
{
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_buf_add_c(&text, "const express = require('express');\nconst app = express();\nconst things = [];\n");
    for (unsigned i = 0; i < routes; i++)
        fl_buf_format(&text, "app.get('/shelf%u/:id', (req, res) => {\n  const thing = things.find((t) => t.id === req.params.id);\n"
                             "  res.json({ name: thing.name });\n});\n", i);
    fl_buf_add_c(&text, "app.listen(process.env.PORT);\n");
    fl_status status = fl_fs_write(fl_fs_join(arena, folder, FL_S("app.js")).ptr, fl_buf_str(&text), err);
    fl_buf_release(&text);
    if (status == FL_OK)
        status = fl_fs_write(fl_fs_join(arena, folder, FL_S("package.json")).ptr, FL_S("{\"name\":\"trivial\",\"dependencies\":{\"express\":\"^5.1.0\"}}\n"), err);
    return status;
}

/* ---- the yardstick ---- */

static int connect_to(fl_str base_url)
{
    ptrdiff_t colon = fl_str_rfind_char(base_url, ':');
    int64_t port = 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (!fl_str_to_int(fl_str_sub(base_url, (size_t)(colon + 1), base_url.len), &port))
        return -1;
    address.sin_port = htons((uint16_t)port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd : -1;
}

static fl_status bare_per_s(const fl_service_plan *plan, unsigned count, double *out, fl_err *err)
{
    static const char request[] = "GET /shelf1/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: faultline\r\nAccept: */*\r\nx-faultline-request: 7;lines\r\n\r\n";
    fl_service *service;
    fl_status status = fl_service_start(&service, plan, err);
    if (status != FL_OK)
        return status;
    int fd = connect_to(fl_service_base_url(service));
    uint64_t start_us = fl_clock_us();
    char answer[1024];
    for (unsigned i = 0; i < count && status == FL_OK; i++)
        if (write(fd, request, sizeof request - 1) < 0 || read(fd, answer, sizeof answer) <= 0)
            status = fl_fail(err, FL_E_ENV, "the service does not answer a bare request");
    *out = count / ((double)(fl_clock_us() - start_us) / 1e6);
    close(fd);
    fl_service_free(service);
    return status;
}

/* ---- the engine ---- */

static double cpu_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static fl_status measure(const fl_api *api, const fl_engine_options *options, pair *out, fl_err *err)
{
    fl_run run;
    double start_us = cpu_us();
    fl_status status = fl_engine_run(&run, api, options, err);
    if (status == FL_OK) {
        out->our_cpu_us = (cpu_us() - start_us) / (run.request_count ? run.request_count : 1);
        out->spots = run.spots.count;
        for (size_t i = 0; i < run.spots.count; i++) {
            out->requests += run.spots.items[i].requests;
            out->refuted += run.spots.items[i].verdict == FL_VERDICT_REFUTED;
        }
        out->engine_per_s = out->requests / ((double)(run.aimed_us ? run.aimed_us : 1) / 1e6);
        if (out->requests == 0 || out->refuted != out->spots)
            status = fl_fail(err, FL_E_ENV, "%zu of %zu weak spots have a verdict from lines that ran; all were expected", out->refuted, out->spots);
    }
    fl_run_release(&run);
    return status == FL_OK ? bare_per_s(&options->plan, out->requests, &out->bare_per_s, err) : status;
}

static int compare(const void *a, const void *b)
{
    double x = ((const pair *)a)->engine_per_s, y = ((const pair *)b)->engine_per_s;
    return x < y ? -1 : x > y;
}

static fl_status run_rounds(const fl_api *api, const fl_engine_options *options, fl_err *err)
{
    pair rounds[ROUNDS] = {0};
    printf("  %-8s %10s %12s %12s %8s %18s\n", "round", "requests", "engine /s", "bare /s", "ratio", "our cpu us/request");
    for (unsigned i = 0; i < ROUNDS; i++) {
        fl_status status = measure(api, options, &rounds[i], err);
        if (status != FL_OK)
            return status;
        printf("  %-8u %10u %12.0f %12.0f %8.2f %18.1f\n", i + 1, rounds[i].requests, rounds[i].engine_per_s, rounds[i].bare_per_s,
               rounds[i].engine_per_s / rounds[i].bare_per_s, rounds[i].our_cpu_us);
    }
    qsort(rounds, ROUNDS, sizeof rounds[0], compare);
    double median = rounds[ROUNDS / 2].engine_per_s;
    printf("  aimed phase %.0f requests/s (median; %zu weak spots, all refuted by lines that ran), bound %.0f: %s\n", median, rounds[0].spots, bound_per_s,
           median >= bound_per_s ? "holds" : "BROKEN");
    return median >= bound_per_s ? FL_OK : FL_E_LIMIT;
}

static fl_status run(fl_arena *arena, const char *service, unsigned routes, fl_str folder, fl_err *err)
{
    fl_project project;
    fl_api api;
    fl_status status = write_service(arena, folder, routes, err);
    if (status == FL_OK)
        status = fl_project_open(&project, folder.ptr, &(fl_project_options){0}, err);
    if (status != FL_OK)
        return status;
    status = fl_api_extract(&api, &project, &(fl_extract_options){0}, err);
    if (status == FL_OK) {
        fl_engine_options options = {.is_quiet = true};
        options.plan.folder = project.root;
        options.plan.port_variable = FL_S("PORT");
        options.plan.runtime = FL_S("node"); /* for its hook, which the service plays */
        options.plan.start = fl_str_format(arena, "exec '%s' '" FL_STR_FMT "/app.js'", service, FL_STR_ARG(project.root));
        printf("aimed phase: %u routes, %u weak spots, one request after the other\n", api.operations.count, api.weak_spots.count);
        status = run_rounds(&api, &options, err);
        fl_api_release(&api);
    }
    fl_project_release(&project);
    return status;
}

int main(int argc, char **argv)
{
    int64_t routes = DEFAULT_ROUTES;
    if (argc < 2 || argc > 3 || (argc == 3 && (!fl_str_to_int(fl_str_from(argv[2]), &routes) || routes < 1 || routes > MAX_ROUTES))) {
        fprintf(stderr, "usage: %s FAST_SERVICE [ROUTES]\n", argv[0]);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    fl_err err = {0};
    fl_arena arena;
    fl_arena_init(&arena);
    fl_str folder = {0};
    fl_status status = fl_fs_temp_dir(&arena, "faultline-bench", &folder, &err);
    if (status == FL_OK)
        status = run(&arena, argv[1], (unsigned)routes, folder, &err);
    if (err.status != FL_OK)
        fprintf(stderr, "bench_http: %s\n", err.text);
    if (folder.len > 0 && fl_fs_remove_tree(folder.ptr, NULL) != FL_OK)
        fprintf(stderr, "bench_http: '%s' is left behind\n", folder.ptr);
    fl_arena_release(&arena);
    return status == FL_OK ? 0 : 1;
}
