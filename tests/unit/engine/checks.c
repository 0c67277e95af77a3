/* Each oracle fires on its row and stays silent on the twin behind it. */
#include "tests/support/unit.h"
#include "engine/checks/checks.h"

static void judges(void **state)
{
    (void)state;
    enum { NOTHING = -1, REPORT = -2, LEAK = -3 };
    static const struct { const char *row; fl_http_outcome outcome; uint16_t status; bool has_exited; int event; const char *output, *failure; } rows[] = {
        {"the process ended", FL_HTTP_CLOSED, 0, true, NOTHING, "", "exit"},
        {"it ended behind a good answer", FL_HTTP_OK, 200, true, NOTHING, "", "exit"},
        {"closed, still alive", FL_HTTP_CLOSED, 0, false, NOTHING, "", "closed"},
        {"no answer", FL_HTTP_TIMEOUT, 0, false, NOTHING, "", "hang"},
        {"no answer, and a rejection", FL_HTTP_TIMEOUT, 0, false, FL_HOOK_REJECTION, "", "hang"},
        {"a stream without end", FL_HTTP_TIMEOUT, 0, false, FL_HOOK_STREAMING, "", NULL},
        {"a late answer", FL_HTTP_TIMEOUT, 0, false, FL_HOOK_ANSWER, "", NULL},
        {"500", FL_HTTP_OK, 500, false, NOTHING, "", "server-error"},
        {"511", FL_HTTP_OK, 511, false, NOTHING, "", "server-error"},
        {"501 says that there is nothing", FL_HTTP_OK, 501, false, NOTHING, "", NULL},
        {"503 of somebody else", FL_HTTP_OK, 503, false, NOTHING, "", NULL},
        {"503 after an error", FL_HTTP_OK, 503, false, FL_HOOK_ERROR, "", "server-error"},
        {"an error that was handled", FL_HTTP_OK, 400, false, FL_HOOK_ERROR, "", NULL},
        {"a rejection behind an answer", FL_HTTP_OK, 200, false, FL_HOOK_REJECTION, "", "rejection"},
        {"the log says so", FL_HTTP_OK, 200, false, NOTHING, "(node:1) UnhandledPromiseRejectionWarning: x", "rejection"},
        {"the log says something else", FL_HTTP_OK, 200, false, NOTHING, "no rejection is unhandled", NULL},
        {"answered, then an error, then cut off", FL_HTTP_OK, 404, false, FL_HOOK_CUT, "", "late"},
        {"an error, then answered and closed", FL_HTTP_OK, 400, false, FL_HOOK_CUT, "", NULL},
        {"wrong memory use that it survives", FL_HTTP_OK, 200, false, REPORT, "", "sanitizer-report"},
        {"and that it does not", FL_HTTP_CLOSED, 0, true, REPORT, "", "exit"},
        {"memory is lost", FL_HTTP_OK, 400, false, LEAK, "", "leak"},
        {"a failure explains more than a leak", FL_HTTP_OK, 500, false, LEAK, "", "server-error"},
        {"fine", FL_HTTP_OK, 200, false, FL_HOOK_ANSWER, "GET / 200", NULL},
        {"refused", FL_HTTP_OK, 404, false, NOTHING, "", NULL},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_observation seen = {.response = {.outcome = rows[i].outcome, .status = rows[i].status}, .output = fl_str_from(rows[i].output)};
        seen.exit.has_exited = rows[i].has_exited;
        if (rows[i].event == FL_HOOK_CUT) { /* what must come before */
            fl_vec_push(&arena, &seen.events, (fl_hook_event){.kind = rows[i].status == 404 ? FL_HOOK_ANSWER : FL_HOOK_ERROR});
            fl_vec_push(&arena, &seen.events, (fl_hook_event){.kind = rows[i].status == 404 ? FL_HOOK_ERROR : FL_HOOK_ANSWER});
        }
        if (rows[i].event >= 0) {
            fl_hook_event event = {.request = 1};
            event.kind = rows[i].event;
            fl_vec_push(&arena, &seen.events, event);
        }
        if (rows[i].event == REPORT)
            fl_vec_push(&arena, &seen.reports, (fl_trace){.report = FL_TRACE_FAULT});
        if (rows[i].event == LEAK)
            fl_vec_push(&arena, &seen.leaks, (fl_trace){.report = FL_TRACE_LEAK});
        const char *failure = fl_check_run(&seen);
        fl_row_str(rows[i].row, fl_str_from(failure), rows[i].failure ? rows[i].failure : "");
        fl_arena_release(&arena);
    }
}

FL_UNIT(checks, cmocka_unit_test(judges))
