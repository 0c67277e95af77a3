/* Services that behave and that do not, as real processes (tests/support/service.c). */
#include "tests/support/unit.h"

#include "base/fs.h"
#include "base/proc.h"
#include "engine/http/http.h"
#include "engine/service/service.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static fl_service_plan plan_of(fl_arena *arena, const char *mode)
{
    return (fl_service_plan){.folder = FL_S("/"), .start = fl_str_format(arena, "%s %s", FL_TEST_SERVICE, mode),
                             .port_variable = FL_S("PORT"), .ready_ms = 1500};
}

static fl_http_response ask(fl_service *service, fl_arena *arena)
{
    fl_http *http;
    fl_err err = {0};
    fl_row_ok("client", fl_http_new(&http, &(fl_http_options){.timeout_ms = 1000}, &err), err);
    fl_http_request request = {.method = FL_S("GET"),
                               .url = fl_str_format(arena, FL_STR_FMT "/", FL_STR_ARG(fl_service_base_url(service)))};
    fl_http_response response;
    fl_http_send(http, arena, &request, &response);
    fl_http_free(http);
    return response;
}

static void starts_or_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *mode, *ready, *fails_with;
    } rows[] = {
        {"ok", "", NULL},      {"ok", "/health", NULL}, {"late", "", NULL}, {"flood", "", NULL}, {"child", "", NULL}, {"v6", "", NULL},
        {"stubborn", "", NULL}, {"garbage", "", NULL},
        {"exit", "", "ended with code 3 before it was ready; its last output: Error: no database"},
        {"die", "", "died of signal 6 before it was ready; its last output: starting die"},
        {"hang", "", "did not accept connections on port "},
        {"garbage", "/health", "did not answer '/health' within 1500 ms"},
        {"mortal", "/health", "ended with code 7 before it was ready; its last output: Error: that was too much"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_service_plan plan = plan_of(&arena, rows[i].mode);
        plan.ready = fl_str_from(rows[i].ready);
        fl_service *service;
        fl_err err = {0};
        fl_status status = fl_service_start(&service, &plan, &err);
        if (rows[i].fails_with) {
            fl_row_int(rows[i].mode, status, FL_E_ENV);
            if (!strstr(err.text, rows[i].fails_with))
                fail_msg("row '%s': '%s' does not say '%s'", rows[i].mode, err.text, rows[i].fails_with);
            fl_row_true(rows[i].mode, service == NULL);
        } else {
            fl_row_ok(rows[i].mode, status, err);
            fl_row_true(rows[i].mode, !fl_service_poll(service).has_exited);
            if (strcmp(rows[i].mode, "garbage") != 0)
                fl_row_int(rows[i].mode, ask(service, &arena).status, 200);
            fl_service_free(service);
        }
        fl_arena_release(&arena);
    }
}

static void keeps_its_place_over_restarts(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_service_plan plan = plan_of(&arena, "mortal");
    fl_service *service;
    fl_err err = {0};
    fl_row_ok("start", fl_service_start(&service, &plan, &err), err);
    fl_str url = fl_str_copy(&arena, fl_service_base_url(service));
    uint64_t next, place;
    fl_row_str("first", fl_service_output(service, 0, &next), "starting mortal\n");
    place = next;
    fl_row_int("killed by a request", ask(service, &arena).outcome, FL_HTTP_CLOSED);
    for (int i = 0; i < 200 && !fl_service_poll(service).has_exited; i++)
        fl_clock_sleep_ms(5);
    fl_service_exit end = fl_service_poll(service);
    fl_row_true("exit", end.has_exited && end.code == 7 && end.signal == 0);
    fl_row_ok("restart", fl_service_restart(service, &err), err);
    fl_row_true("lives", !fl_service_poll(service).has_exited);
    fl_row_str("same address", url, fl_str_c(&arena, fl_service_base_url(service)));
    fl_row_str("what it said dying, then anew", fl_service_output(service, place, &next), "Error: that was too much\nstarting mortal\n");
    fl_row_str("only the new", fl_service_output(service, next - 16, &next), "starting mortal\n");
    fl_row_str("nothing yet", fl_service_output(service, next, &next), "");
    fl_service_free(service);
    fl_arena_release(&arena);
}

static void fills_in(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_service_plan plan = plan_of(&arena, "ok");
    fl_vec_push(&arena, &plan.env, FL_S("GREETING=${folder} at ${port}, ${other}"));
    fl_service *service;
    fl_err err = {0};
    fl_row_ok("start", fl_service_start(&service, &plan, &err), err);
    fl_str url = fl_service_base_url(service);
    fl_str port = fl_str_sub(url, (size_t)fl_str_rfind_char(url, ':') + 1, url.len);
    fl_str want = fl_str_format(&arena, "/ at " FL_STR_FMT ", ${other}", FL_STR_ARG(port));
    fl_row_str("environment", ask(service, &arena).body, want.ptr);

    /* the port is taken now */
    fl_service_plan second = plan_of(&arena, "ok");
    int64_t number = 0;
    fl_row_true("port", fl_str_to_int(port, &number));
    second.port = (uint16_t)number;
    fl_service *other;
    fl_row_int("taken", fl_service_start(&other, &second, &err), FL_E_ENV);
    fl_row_true(err.text, strstr(err.text, "is taken") != NULL);

    /* and may be attached to */
    fl_service_plan attached = {.url = fl_str_format(&arena, FL_STR_FMT "/", FL_STR_ARG(url))};
    fl_row_ok("attach", fl_service_start(&other, &attached, &err), err);
    fl_row_true("not ours", !fl_service_is_managed(other) && !fl_service_poll(other).has_exited);
    fl_row_int("no restart", fl_service_restart(other, &err), FL_E_ENV);
    fl_service_free(other);
    fl_service_free(service);
    fl_row_int("gone", fl_service_start(&other, &attached, &err), FL_E_ENV);
    fl_arena_release(&arena);
}

static void runs_build_and_reset(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_str folder;
    fl_err err = {0};
    fl_row_ok("folder", fl_fs_temp_dir(&arena, "faultline-test", &folder, &err), err);
    fl_service_plan plan = plan_of(&arena, "ok");
    plan.folder = folder;
    plan.build = FL_S("echo b >> steps");
    plan.reset = FL_S("echo r >> steps");
    fl_service *service;
    fl_row_ok("start", fl_service_start(&service, &plan, &err), err);
    fl_row_ok("restart", fl_service_restart(service, &err), err);
    fl_service_free(service);
    fl_str steps;
    fl_row_ok("steps", fl_fs_read(&arena, fl_fs_join(&arena, folder, FL_S("steps")).ptr, 100, &steps, &err), err);
    fl_row_str("steps", steps, "b\nr\nr\n");
    plan.build = FL_S("echo 'Error: bad types'; exit 2");
    fl_row_int("build fails", fl_service_start(&service, &plan, &err), FL_E_ENV);
    fl_row_true(err.text, strstr(err.text, "failed with code 2; its last output: Error: bad types") != NULL);
    fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
    fl_arena_release(&arena);
}

static void hears_the_hook(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/data", 1);
    fl_service_plan plan = plan_of(&arena, "elsewhere");
    plan.runtime = FL_S("snake");
    fl_vec_push(&arena, &plan.env, FL_S("SNAKE_LOAD=mine"));
    fl_service *service;
    fl_err err = {0};
    fl_row_ok("start", fl_service_start(&service, &plan, &err), err);
    fl_row_int("followed", ask(service, &arena).status, 200);
    uint64_t next, place;
    fl_str report = fl_service_hook(service, 0, &next);
    fl_row_true("report", fl_str_starts(report, FL_S("{\"type\":\"listening\",\"port\":")));
    place = next;
    fl_row_str("read", fl_service_hook(service, place, &next), "");
    fl_row_ok("restart", fl_service_restart(service, &err), err);
    fl_row_int("followed again", ask(service, &arena).status, 200);
    fl_row_true("reports go on", fl_service_hook(service, place, &next).len > 0 && next > place);
    fl_service_free(service);
    fl_arena_release(&arena);
}

/* A process of ours starts a service and is killed in each way; nothing may be left. */
static void leaves_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *row, *mode;
        int signal_number;
    } rows[] = {{"Ctrl-C", "child", SIGINT}, {"terminated", "child", SIGTERM}, {"hung up", "child", SIGHUP},
                {"killed", "child", SIGKILL}, {"stubborn", "stubborn", SIGINT}, {"killed, stubborn", "stubborn", SIGKILL}};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        int fds[2];
        fl_row_int(rows[i].row, pipe(fds), 0);
        pid_t child = fork();
        if (child == 0) {
            char *argv[] = {(char *)(uintptr_t)FL_TEST_STARTER, (char *)(uintptr_t)rows[i].mode, NULL};
            dup2(fds[1], STDOUT_FILENO);
            execv(argv[0], argv);
            _exit(127);
        }
        close(fds[1]);
        char url[128] = "";
        ssize_t got = read(fds[0], url, sizeof url - 1);
        fl_row_true(rows[i].row, got > 0 && strncmp(url, "http://", 7) == 0);
        fl_service_plan attached = {.url = fl_str_trim(fl_str_from(url))};
        fl_service *service;
        fl_err err = {0};
        fl_row_ok(rows[i].row, fl_service_start(&service, &attached, &err), err);
        fl_service_free(service);
        kill(child, rows[i].signal_number);
        int status = 0;
        waitpid(child, &status, 0);
        fl_row_int(rows[i].row, WIFSIGNALED(status) ? WTERMSIG(status) : 0, rows[i].signal_number);
        bool is_gone = false;
        for (int tries = 0; tries < 100 && !is_gone; tries++) {
            fl_clock_sleep_ms(20);
            is_gone = fl_service_start(&service, &attached, &err) != FL_OK;
            if (!is_gone)
                fl_service_free(service);
        }
        fl_row_true(rows[i].row, is_gone);
        close(fds[0]);
        fl_arena_release(&arena);
    }
}

FL_UNIT(lifecycle, cmocka_unit_test(starts_or_says_why), cmocka_unit_test(keeps_its_place_over_restarts), cmocka_unit_test(fills_in),
        cmocka_unit_test(runs_build_and_reset), cmocka_unit_test(hears_the_hook), cmocka_unit_test(leaves_nothing))
