/*
 * How native services are built: in a copy, by each build system, with what the model's compilers add; which of several programs
 * is the service; what is said when there is none; building again. Real builds of a tiny service, skipped where the tool is not
 * installed.
 */
#include "tests/support/unit.h"

#include "base/fs.h"
#include "base/proc.h"
#include "engine/http/http.h"
#include "engine/service/service.h"

#include <stdlib.h>

/* A service of one answer, ${ANSWER}, which may take its port from its first argument. */
static const char service[] =
    "#include \"answer.h\"\n#include <netinet/in.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/socket.h>\n#include <unistd.h>\n"
    "int serve(const char *port)\n{\n"
    "    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};\n"
    "    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;\n    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);\n"
    "    if (bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 9))\n        return 1;\n"
    "    for (;;) {\n        char request[999];\n        int client = accept(fd, NULL, NULL);\n"
    "        if (read(client, request, sizeof request) > 0)\n            dprintf(client, \"HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: %zu\\r\\n\\r\\n%s\", strlen(ANSWER), ANSWER);\n"
    "        close(client);\n    }\n}\n";
static const char program[] = "#include <stdlib.h>\nint serve(const char *port);\nint main(int c, char **v) { return serve(c > 1 ? v[1] : getenv(\"PORT\")); }\n";
static const char other[] = "int main(void) { return 0; }\n";
static const char *const cmake = "cmake_minimum_required(VERSION 3.13)\nproject(p C)\nadd_library(core STATIC src/serve.c)\nadd_executable(shop src/main.c)\n"
                                 "target_link_libraries(shop core)\nadd_executable(tool src/tool.c)\n";
static const char *const meson = "project('p', 'c')\ncore = static_library('core', 'src/serve.c')\nexecutable('shop', 'src/main.c', link_with: core)\n"
                                 "executable('tool', 'src/tool.c')\n";
static const char *const makefile = "CFLAGS = -O2\nall: bin/shop bin/tool bin/test_shop\nbin/%: src/%.o src/serve.o\n\t@mkdir -p bin\n\t$(CC) -o $@ $^\n"
                                    "bin/shop: src/main.o src/serve.o\n\t@mkdir -p bin\n\t$(CC) -o $@ $^\nbin/tool: src/tool.o\n\t@mkdir -p bin\n\t$(CC) -o $@ $^\n"
                                    "bin/test_shop: src/main.o src/serve.o\n\t@mkdir -p bin\n\t$(CC) -o $@ $^\n";

static void write_file(fl_arena *arena, fl_str folder, const char *path, const char *text)
{
    fl_err err = {0};
    fl_row_ok(path, fl_fs_write(fl_fs_join(arena, folder, fl_str_from(path)).ptr, fl_str_from(text), &err), err);
}

static fl_str make_project(fl_arena *arena, const char *build_file, const char *build_text)
{
    fl_str folder = {0};
    fl_err err = {0};
    fl_row_ok("folder", fl_fs_temp_dir(arena, "faultline-test", &folder, &err), err);
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/../../..", 1);
    write_file(arena, folder, build_file, build_text);
    write_file(arena, folder, "src/answer.h", "#define ANSWER \"first\"\n");
    write_file(arena, folder, "src/serve.c", service);
    write_file(arena, folder, "src/main.c", program);
    write_file(arena, folder, "src/tool.c", other);
    write_file(arena, folder, "faultline-out/report.json", "{}");
    return folder;
}

/* What the user has built is copied with the rest, and is not what we have built, however alike. */
static void build_by_hand(fl_arena *arena, fl_str folder)
{
    int code = -1;
    fl_str output;
    fl_err err = {0};
    const fl_proc_options options = {.command = "mkdir old && cc -g -w -o old/shop src/main.c src/serve.c", .folder = folder.ptr};
    fl_row_ok("by hand", fl_proc_run(arena, &options, 60000, &output, &code, &err), err);
    fl_row_int(output.ptr, code, 0);
}

static void ask(const char *row, fl_service *running, const char *wanted)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_http *http;
    fl_err err = {0};
    fl_row_ok("client", fl_http_new(&http, &(fl_http_options){.timeout_ms = 1000}, &err), err);
    fl_http_request request = {.method = FL_S("GET"), .url = fl_str_format(&arena, FL_STR_FMT "/", FL_STR_ARG(fl_service_base_url(running)))};
    fl_http_response response;
    fl_http_send(http, &arena, &request, &response);
    fl_row_str(row, response.body, wanted);
    fl_http_free(http);
    fl_arena_release(&arena);
}

static bool is_missing(const char *command)
{
    return system(command) != 0;
}

static void builds(void **state)
{
    (void)state;
    static const struct { const char *row, *tool, *file; const char *const *text; unsigned port_argument; const char *says, *program; } rows[] = {
        {"cmake", "cmake --version >/dev/null 2>&1", "CMakeLists.txt", &cmake, 0, "build: cmake", "shop"},
        {"meson", "meson --version >/dev/null 2>&1 && ninja --version >/dev/null", "meson.build", &meson, 0, "build: meson", "shop"},
        {"make", "make --version >/dev/null 2>&1", "Makefile", &makefile, 1, "hooks/native/renew\" && make", "bin/shop"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        if (is_missing(rows[i].tool))
            continue;
        fl_arena arena;
        fl_arena_init(&arena);
        fl_err err = {0};
        fl_str folder = make_project(&arena, rows[i].file, *rows[i].text);
        build_by_hand(&arena, folder);
        fl_service_hints hints = {.language = FL_S("c"), .entry_file = FL_S("src/serve.c"), .port_argument = rows[i].port_argument};
        fl_service_plan plan;
        fl_row_ok(rows[i].row, fl_service_infer(&plan, &arena, folder.ptr, &hints, &err), err);
        fl_row_true(rows[i].row, plan.in_copy && plan.rebuild.len);
        bool has_reason = false;
        for (size_t k = 0; k < plan.because.count; k++)
            has_reason = has_reason || fl_str_find(plan.because.items[k], fl_str_from(rows[i].says)) >= 0;
        fl_row_true(rows[i].row, has_reason);
        fl_service *running;
        fl_row_ok(rows[i].row, fl_service_start(&running, &plan, &err), err);
        ask(rows[i].row, running, "first");
        fl_row_true(rows[i].row, fl_service_can_ask(running));
        fl_row_true(rows[i].row, fl_service_ask(running, "begin", 1, 2000));
        ask(rows[i].row, running, "first");
        fl_row_true(rows[i].row, fl_service_ask(running, "lines", 1, 2000));
        uint64_t next;
        fl_str reports = fl_service_hook(running, 0, &next);
        fl_row_true(rows[i].row, fl_str_find(reports, FL_S("\"lines\"")) > 0 && fl_str_find(reports, FL_S("src/serve.c\"")) > 0);
        fl_row_true(rows[i].row, fl_service_ask(running, "leaks", 1, 5000));
        fl_row_true(rows[i].row, !fl_service_ask(running, "nonsense", 1, 2000));
        fl_str copy = fl_str_copy(&arena, fl_service_folder(running));
        fl_row_true(rows[i].row, !fl_str_eq(copy, plan.folder) && fl_fs_exists(copy.ptr));
        fl_row_true(rows[i].row, !fl_fs_exists(fl_fs_join(&arena, copy, FL_S("faultline-out")).ptr));
        fl_service_free(running);
        fl_row_true(rows[i].row, !fl_fs_exists(copy.ptr));
        fl_row_true(rows[i].row, !fl_fs_exists(fl_fs_join(&arena, folder, FL_S("bin")).ptr) && !fl_fs_exists(fl_fs_join(&arena, folder, FL_S("src/main.o")).ptr));
        fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
        fl_arena_release(&arena);
    }
}

/* In a copy that is somebody else's (a proof's) what was built there before is built on. */
static void builds_again(void **state)
{
    (void)state;
    if (is_missing("make --version >/dev/null 2>&1"))
        skip();
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_str folder = make_project(&arena, "Makefile", makefile), parent, copy;
    fl_row_ok("copy", fl_scratch_copy(&arena, folder, &parent, &copy, &err), err);
    fl_service_plan plan = {.folder = copy, .scratch = parent, .runtime = FL_S("native"), .build = FL_S("make -B && echo first >>builds"),
                            .rebuild = FL_S("make && echo again >>builds"), .start = FL_S("./bin/shop"), .port_variable = FL_S("PORT")};
    static const char *const answers[] = {"first", "second", "third"};
    for (size_t i = 0; i < FL_COUNT(answers); i++) {
        write_file(&arena, copy, "src/answer.h", fl_str_format(&arena, "#define ANSWER \"%s\"\n", answers[i]).ptr);
        write_file(&arena, copy, "src/serve.c", service); /* the Makefile knows no headers */
        fl_service *running;
        fl_row_ok(answers[i], fl_service_start(&running, &plan, &err), err);
        ask(answers[i], running, answers[i]);
        fl_service_free(running);
    }
    fl_str builds_text;
    fl_row_ok("builds", fl_fs_read(&arena, fl_fs_join(&arena, copy, FL_S("builds")).ptr, 1000, &builds_text, &err), err);
    fl_row_str("builds", builds_text, "first\nagain\nagain\n");
    fl_str output;
    int code = -1;
    const char *tests = "touch src/main.c && make bin/test_shop"; /* links what the build compiled: needs its compiler */
    fl_row_ok("tests", fl_service_run_beside(&arena, &plan, tests, 60000, &output, &code, &err), err);
    fl_row_int(output.ptr, code, 0);
    write_file(&arena, copy, "src/serve.c", "int serve(\n");
    fl_service *running;
    fl_row_int("does not compile", fl_service_start(&running, &plan, &err), FL_E_ENV);
    fl_row_true(err.text, strstr(err.text, "build 'make && echo again") && strstr(err.text, "error:"));
    fl_row_ok("remove", fl_fs_remove_tree(parent.ptr, &err), err);
    fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
    fl_arena_release(&arena);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    static const struct { const char *row, *makefile, *entry, *says[3]; } rows[] = {
        {"two programs of it", "all: a b\na b: src/main.c src/serve.c\n\t$(CC) -o $@ $^\n", "src/serve.c",
         {"the build made several programs: ./a, ./b;", "'start: ./a'", "faultline.yaml"}},
        {"nothing is known of the entry", "all: a b\na b: src/main.c src/serve.c\n\t$(CC) -o $@ $^\n", NULL, {"several programs: ./a, ./b", "", ""}},
        {"two that look like tests", "all: test_a b_test\ntest_a b_test: src/main.c src/serve.c\n\t$(CC) -o $@ $^\n", "src/serve.c",
         {"several programs: ./b_test, ./test_a;", "", ""}},
        {"no program", "all:\n\t$(CC) -c src/main.c\n", "src/serve.c", {"the build made no program", "start: COMMAND", "faultline.yaml"}},
        {"a library is no program", "all:\n\t$(CC) -shared -fPIC -o a.so src/main.c src/serve.c\n", "src/serve.c", {"the build made no program", "", ""}},
        {"it never builds", "all:\n\t@echo error: no such machine >&2; exit 1\n", "src/serve.c", {"hooks/native/renew\" && make", "failed with code 2", "error: no such machine"}},
    };
    if (is_missing("make --version >/dev/null 2>&1"))
        skip();
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_err err = {0};
        fl_str folder = make_project(&arena, "Makefile", rows[i].makefile);
        fl_service_hints hints = {.language = FL_S("c"), .entry_file = fl_str_from(rows[i].entry)};
        fl_service_plan plan;
        fl_service *running;
        fl_row_ok(rows[i].row, fl_service_infer(&plan, &arena, folder.ptr, &hints, &err), err);
        fl_row_int(rows[i].row, fl_service_start(&running, &plan, &err), FL_E_ENV);
        for (size_t k = 0; k < FL_COUNT(rows[i].says); k++)
            if (!strstr(err.text, rows[i].says[k]))
                fail_msg("row '%s': '%s' does not say '%s'", rows[i].row, err.text, rows[i].says[k]);
        fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
        fl_arena_release(&arena);
    }
}

#define SHOP "bin/shop: src/main.o src/serve.o\n\t@mkdir -p bin\n\t$(CC) -o $@ $^\n"

/* What services do that no build file says. */
static void starts_oddly(void **state)
{
    (void)state;
    static const struct { const char *row, *makefile, *program; } rows[] = {
        {"of two ports, the one that speaks HTTP", "all: bin/shop\n" SHOP,
         "#include <netinet/in.h>\n#include <stdio.h>\n#include <sys/socket.h>\n#include <unistd.h>\nint serve(const char *port);\n"
         "int main(void)\n{\n    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, free_at = at;\n"
         "    socklen_t len = sizeof at;\n    char port[16];\n    int silent = socket(AF_INET, SOCK_STREAM, 0), probe = socket(AF_INET, SOCK_STREAM, 0);\n"
         "    if (bind(silent, (struct sockaddr *)&at, sizeof at) || listen(silent, 9))\n        return 1;\n"
         "    if (bind(probe, (struct sockaddr *)&free_at, sizeof free_at) || getsockname(probe, (struct sockaddr *)&free_at, &len))\n        return 1;\n"
         "    close(probe);\n    snprintf(port, sizeof port, \"%d\", ntohs(free_at.sin_port));\n    return serve(port);\n}\n"},
        {"it looks for its files from where it was built", "all: bin/shop\n" SHOP,
         "#include <stdlib.h>\n#include <unistd.h>\nint serve(const char *port);\n"
         "int main(void) { return access(\"../src/main.c\", R_OK) ? 3 : serve(getenv(\"PORT\")); }\n"},
        {"the build runs it", "all: bin/shop\n\tPORT=0 ./bin/shop\n" SHOP,
         "#include <stdlib.h>\nint serve(const char *port);\nint main(void) { return serve(getenv(\"PORT\")); }\n"},
    };
    if (is_missing("make --version >/dev/null 2>&1"))
        skip();
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_err err = {0};
        fl_str folder = make_project(&arena, "Makefile", rows[i].makefile);
        write_file(&arena, folder, "src/main.c", rows[i].program);
        fl_service_hints hints = {.language = FL_S("c"), .entry_file = FL_S("src/serve.c"), .port_variable = FL_S("PORT")};
        fl_service_plan plan;
        fl_service *running;
        fl_row_ok(rows[i].row, fl_service_infer(&plan, &arena, folder.ptr, &hints, &err), err);
        fl_row_ok(rows[i].row, fl_service_start(&running, &plan, &err), err);
        ask(rows[i].row, running, "first");
        fl_service_free(running);
        fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
        fl_arena_release(&arena);
    }
}

/* What a build with sanitizers leaves behind when it fails is not there in the next one; what is thrown has lines without them. */
static void starts_over(void **state)
{
    (void)state;
    if (is_missing("make --version >/dev/null 2>&1") || is_missing("c++ --version >/dev/null 2>&1"))
        skip();
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_str folder = make_project(&arena, "Makefile",
                                 "all: shop\nshop: src/main.cc src/serve.o\n\t$(CXX) -o $@ $^\nsrc/serve.o: src/serve.c\n\ttest ! -e stale\n\ttouch stale\n"
                                 "\tcase \"$$FAULTLINE_FLAGS\" in *address*) exit 1 ;; esac\n\t$(CC) -c -o $@ $<\n");
    write_file(&arena, folder, "src/main.cc", "#include <cstdlib>\n#include <stdexcept>\nextern \"C\" int serve(const char *port);\nint main()\n{\n"
               "    try {\n        throw std::runtime_error(\"odd\");\n    } catch (const std::exception &) {\n    }\n    return serve(getenv(\"PORT\"));\n}\n");
    fl_service_hints hints = {.language = FL_S("cpp"), .entry_file = FL_S("src/serve.c"), .port_variable = FL_S("PORT")};
    fl_service_plan plan;
    fl_service *running;
    fl_row_ok("infer", fl_service_infer(&plan, &arena, folder.ptr, &hints, &err), err);
    fl_row_ok("start", fl_service_start(&running, &plan, &err), err);
    ask("answers", running, "first");
    uint64_t next;
    fl_str reports = fl_service_hook(running, 0, &next);
    if (fl_str_find(reports, FL_S("std::runtime_error\",\"message\":\"odd\"")) < 0 || fl_str_find(reports, FL_S("src/main.cc\",7,")) < 0)
        fail_msg("no line of what was thrown: " FL_STR_FMT, FL_STR_ARG(reports));
    fl_service_free(running);
    fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
    fl_arena_release(&arena);
}

FL_UNIT(native, cmocka_unit_test(builds), cmocka_unit_test(builds_again), cmocka_unit_test(says_what_is_wrong), cmocka_unit_test(starts_oddly), cmocka_unit_test(starts_over))
