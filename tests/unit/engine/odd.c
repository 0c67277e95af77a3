/* Services that hang, stream, die or answer garbage: the campaign ends soon and says what it saw. */
#include "tests/support/unit.h"
#include "engine/engine.h"
#include <stdlib.h>

static void survives(void **state)
{
    (void)state;
    if (system("node --version >/dev/null 2>&1") != 0)
        skip();
    static const struct { const char *mode, *failure; size_t faults; } rows[] = {
        {"hang", "hang", 2}, {"stream", "", 0}, {"garbage", "", 0}, {"close", "closed", 2}, {"dies", "exit", 2}, {"huge", "closed", 2}, {"deep", "", 0},
        {"stack", "server-error", 2},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_err err = {0};
        fl_project project;
        static const char *const exclude[] = {"*.c", NULL};
        const fl_project_options options = {.exclude = exclude, .with_tests = true};
        fl_row_ok(rows[i].mode, fl_project_open(&project, FL_TEST_DATA, &options, &err), err);
        fl_api api = {.project = &project};
        fl_operation get = {.method = FL_S("GET"), .path = FL_S("/a")}, post = {.method = FL_S("POST"), .path = FL_S("/b")};
        fl_vec_push(&arena, &post.body, (fl_media){FL_S("application/json"), fl_schema_new(&arena, FL_JSON_OBJECT)});
        fl_vec_push(&arena, &api.operations, get);
        fl_vec_push(&arena, &api.operations, post);
        fl_weak_spot spot = {.id = 1, .kind = FL_WS_missing_field, .operation = 1, .span = {0, 0, 10}, .subject = {UINT32_MAX, 0, 0},
                             .function = {UINT32_MAX, 0, 0}, .related = {UINT32_MAX, 0, 0}};
        fl_vec_push(&arena, &spot.conditions, (fl_condition){.at = {FL_IN_BODY, FL_S("/x")}, .kind = FL_COND_ABSENT});
        fl_vec_push(&arena, &api.weak_spots, spot);
        fl_engine_options engine = {.http = {.timeout_ms = 200}, .is_quiet = true};
        engine.plan.folder = project.root;
        engine.plan.start = fl_str_format(&arena, "node odd.cjs %s", rows[i].mode);
        engine.plan.port_variable = FL_S("PORT");
        fl_run run;
        uint64_t start_ms = fl_clock_ms();
        fl_row_ok(rows[i].mode, fl_engine_run(&run, &api, &engine, &err), err);
        fl_row_true(rows[i].mode, fl_clock_ms() - start_ms < 30000);
        fl_row_true(rows[i].mode, run.spots.items[0].verdict == FL_VERDICT_UNREACHED && run.spots.items[0].reason.len != 0);
        fl_row_size(rows[i].mode, run.faults.count, rows[i].faults);
        for (size_t j = 0; j < run.faults.count; j++)
            fl_row_str(rows[i].mode, run.faults.items[j].failure, rows[i].failure);
        fl_run_release(&run);
        fl_project_release(&project);
        fl_arena_release(&arena);
    }
}

FL_UNIT(odd, cmocka_unit_test(survives))
