/*
 * A whole campaign against service.cjs, with an API model made by hand: verdicts, faults, curl lines, twice the same.
 * Skipped where node is not installed.
 */
#include "tests/support/unit.h"
#include "engine/engine.h"
#include <stdlib.h>
#include <string.h>

typedef struct fixture { fl_arena arena; fl_project project; fl_api api; fl_engine_options options; } fixture;

/** The line behind a MARK comment, without its indentation; fails when it is not there. */
static fl_span marked(const fixture *f, const char *mark)
{
    fl_file *file = fl_project_file(&f->project, 0);
    fl_str wanted = fl_str_from(mark);
    for (uint32_t line = 0; line < 1000; line++) {
        fl_str text = fl_file_line_text(file, line);
        ptrdiff_t at = text.ptr ? fl_str_find(text, FL_S("// MARK ")) : -1;
        if (at < 0 || !fl_str_eq(fl_str_trim(fl_str_sub(text, (size_t)at + 8, text.len)), wanted))
            continue;
        uint32_t start = (uint32_t)(text.ptr - file->text.ptr), indent = 0;
        while (text.ptr[indent] == ' ')
            indent++;
        return (fl_span){0, start + indent, start + (uint32_t)at};
    }
    fail_msg("no MARK %s", mark);
    return (fl_span){UINT32_MAX, 0, 0};
}

static uint32_t add_operation(fixture *f, const char *line, const char *field, fl_schema *schema)
{
    fl_operation operation = {0};
    fl_str rest = fl_str_from(line), part;
    fl_str_split(&rest, ' ', &operation.method);
    operation.path = rest;
    while (fl_str_split(&rest, '/', &part))
        if (part.len > 2 && part.ptr[0] == '{')
            fl_vec_push(&f->arena, &operation.parameters,
                        (fl_parameter){.in = FL_IN_PATH, .name = fl_str_sub(part, 1, part.len - 1), .schema = fl_schema_new(&f->arena, FL_JSON_STRING), .is_required = true});
    if (field != NULL) {
        fl_schema *body = fl_schema_new(&f->arena, FL_JSON_OBJECT);
        fl_property *p = fl_schema_add_property(&f->arena, body, fl_str_from(field));
        p->schema = schema;
        p->is_required = true;
        fl_vec_push(&f->arena, &operation.body, (fl_media){FL_S("application/json"), body});
    }
    fl_vec_push(&f->arena, &f->api.operations, operation);
    return (uint32_t)f->api.operations.count - 1;
}

static void add_spot(fixture *f, fl_weak_spot_kind kind, uint32_t operation, const char *mark, int condition, fl_location in, const char *pointer,
                     const char *value, const char *shows)
{
    const fl_span none = {UINT32_MAX, 0, 0};
    fl_weak_spot spot = {.id = (uint32_t)f->api.weak_spots.count + 1, .kind = kind, .operation = operation, .span = marked(f, mark),
                         .subject = none, .origin = none, .function = none, .related = none, .shows = fl_str_from(shows)};
    fl_condition c = {.at = {in, fl_str_from(pointer)}, .value = value ? fl_data_string_c(&f->arena, value) : NULL};
    c.kind = condition;
    fl_vec_push(&f->arena, &spot.conditions, c);
    fl_vec_push(&f->arena, &f->api.weak_spots, spot);
    fl_vec_push(&f->arena, &f->api.operations.items[operation].weak_spots, spot.id);
}

static void set_up(fixture *f)
{
    memset(f, 0, sizeof *f);
    fl_arena_init(&f->arena);
    fl_err err = {0};
    static const char *const exclude[] = {"*.c", "odd.cjs", NULL};
    fl_project_options options = {.exclude = exclude, .with_tests = true};
    fl_row_ok("project", fl_project_open(&f->project, FL_TEST_DATA, &options, &err), err);
    fl_row_int("files", f->project.file_count, 1);
    f->api.project = &f->project;
    fl_schema *text = fl_schema_new(&f->arena, FL_JSON_STRING), *owner = fl_schema_new(&f->arena, FL_JSON_OBJECT);
    fl_property *name = fl_schema_add_property(&f->arena, owner, FL_S("name"));
    name->schema = text;
    name->is_required = true;
    uint32_t at;
    (void)add_operation(f, "GET /things", NULL, NULL);
    (void)add_operation(f, "POST /things", "name", text);
    at = add_operation(f, "GET /things/{id}", NULL, NULL);
    add_spot(f, FL_WS_missing_lookup, at, "twin", FL_COND_NOT_FOUND, FL_IN_PATH, "/id", NULL, "500");
    at = add_operation(f, "GET /things/{id}/tags", NULL, NULL);
    add_spot(f, FL_WS_missing_lookup, at, "lookup", FL_COND_NOT_FOUND, FL_IN_PATH, "/id", NULL, "500");
    at = add_operation(f, "PUT /things/{id}/owner", "owner", owner);
    add_spot(f, FL_WS_missing_field, at, "field", FL_COND_ABSENT, FL_IN_BODY, "/owner/name", NULL, "500");
    add_spot(f, FL_WS_wrong_type, at, "field", FL_COND_EQUALS, FL_IN_BODY, "/owner/name", "fine", "500");
    at = add_operation(f, "POST /jobs", "kind", text);
    add_spot(f, FL_WS_unhandled_rejection, at, "exit", FL_COND_EQUALS, FL_IN_BODY, "/kind", "later", "exit");
    at = add_operation(f, "POST /waits", "for", text);
    add_spot(f, FL_WS_unhandled_rejection, at, "hang", FL_COND_ABSENT, FL_IN_BODY, "/for", NULL, "hang");
    at = add_operation(f, "POST /login", "user", text);
    fl_schema *login = f->api.operations.items[at].body.items[0].schema;
    fl_property *password = fl_schema_add_property(&f->arena, login, FL_S("password"));
    password->schema = text;
    password->is_required = true;
    at = add_operation(f, "GET /secret", NULL, NULL);
    fl_vec_push(&f->arena, &f->api.operations.items[at].parameters, (fl_parameter){.in = FL_IN_QUERY, .name = FL_S("q"), .schema = text, .is_required = true});
    add_spot(f, FL_WS_missing_field, at, "secret", FL_COND_ABSENT, FL_IN_QUERY, "/q", NULL, "500");
    (void)add_operation(f, "DELETE /things/{id}", NULL, NULL);
    f->options.plan.folder = f->project.root;
    f->options.plan.start = FL_S("node service.cjs");
    f->options.plan.port_variable = FL_S("PORT");
    f->options.plan.runtime = FL_S("node");
    f->options.http.timeout_ms = 500;
    f->options.is_quiet = true;
}

static void tear_down(fixture *f)
{
    fl_project_release(&f->project);
    fl_arena_release(&f->arena);
}

/** Everything but times, as text. */
static fl_str describe(fl_arena *arena, const fl_run *run)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < run->baselines.count; i++) {
        const fl_baseline *b = &run->baselines.items[i];
        fl_buf_format(&out, "%d %d %u " FL_STR_FMT " " FL_STR_FMT "\n", b->is_ok, b->is_repeatable, b->status, FL_STR_ARG(b->sent.url), FL_STR_ARG(b->sent.body));
    }
    for (size_t i = 0; i < run->spots.count; i++) {
        const fl_spot_result *s = &run->spots.items[i];
        fl_buf_format(&out, "%u %s %u " FL_STR_FMT "\n", s->weak_spot, fl_verdict_text(s->verdict), s->fault, FL_STR_ARG(s->reason));
    }
    for (size_t i = 0; i < run->faults.count; i++) {
        const fl_fault *fault = &run->faults.items[i];
        fl_buf_format(&out, "%u " FL_STR_FMT " %u %d " FL_STR_FMT "\n", fault->id, FL_STR_ARG(fault->kind), fault->status, fault->exit_code, FL_STR_ARG(fault->curl));
    }
    fl_str text = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return text;
}

static void finds_what_is_there(void **state)
{
    (void)state;
    if (system("node --version >/dev/null 2>&1") != 0)
        skip();
    fixture f;
    set_up(&f);
    fl_str texts[2];
    for (int round = 0; round < 2; round++) {
        fl_run run;
        fl_err err = {0};
        fl_row_ok("run", fl_engine_run(&run, &f.api, &f.options, &err), err);
        texts[round] = describe(&f.arena, &run);
        static const struct { const char *row; fl_verdict verdict; } spots[] = {
            {"twin", FL_VERDICT_UNREACHED}, {"lookup", FL_VERDICT_CONFIRMED}, {"field", FL_VERDICT_CONFIRMED},
            {"field, harmless", FL_VERDICT_REFUTED}, {"exit", FL_VERDICT_CONFIRMED}, {"hang", FL_VERDICT_CONFIRMED}, {"secret", FL_VERDICT_CONFIRMED},
        };
        fl_row_size("spots", run.spots.count, FL_COUNT(spots));
        for (size_t i = 0; i < FL_COUNT(spots); i++)
            if (run.spots.items[i].verdict != spots[i].verdict)
                fail_msg("row '%s': %s (" FL_STR_FMT ")\n" FL_STR_FMT, spots[i].row, fl_verdict_text(run.spots.items[i].verdict),
                         FL_STR_ARG(run.spots.items[i].reason), FL_STR_ARG(texts[round]));
        static const struct { const char *kind, *curl; uint16_t status; int exit_code; } faults[] = {
            {"unhandled-rejection", "curl -sS -i -X POST \"$BASE/jobs\" -H 'content-type: application/json' --data-binary '{\"kind\":\"later\"}'", 0, 1},
            {"unhandled-rejection", "curl -sS -i -X POST \"$BASE/waits\" -H 'Content-Length: 0'", 0, 0},
            {"missing-lookup", "curl -sS -i \"$BASE/things/t9/tags\"", 500, 0},
            {"missing-field", "curl -sS -i -X PUT \"$BASE/things/t1/owner\" -H 'content-type: application/json' --data-binary '{\"owner\":{}}'", 500, 0},
            {"missing-field", "answer1=$(curl -sS -X POST \"$BASE/login\" -H 'content-type: application/json' --data-binary '{\"user\":\"kim\",\"password\":\"hunter22\"}')\n"
             "curl -sS -i \"$BASE/secret\" -H 'authorization: Bearer '\"$(printf %s \"$answer1\" | jq -r '.[\"token\"]')\"''", 500, 0},
        };
        fl_row_size("faults", run.faults.count, FL_COUNT(faults));
        for (size_t i = 0; i < FL_COUNT(faults); i++) {
            fl_row_str("kind", run.faults.items[i].kind, faults[i].kind);
            fl_row_str("curl", run.faults.items[i].curl, faults[i].curl);
            fl_row_int("status", run.faults.items[i].status, faults[i].status);
            fl_row_int("exit", run.faults.items[i].exit_code, faults[i].exit_code);
        }
        for (size_t i = 0; i < run.baselines.count; i++)
            fl_row_true("baseline", run.baselines.items[i].is_ok && run.baselines.items[i].is_repeatable);
        fl_run_release(&run);
    }
    fl_row_true("twice the same", fl_str_eq(texts[0], texts[1]));
    tear_down(&f);
}

static void replays(void **state)
{
    (void)state;
    if (system("node --version >/dev/null 2>&1") != 0)
        skip();
    fixture f;
    set_up(&f);
    fl_run run;
    fl_err err = {0};
    fl_row_ok("run", fl_engine_run(&run, &f.api, &f.options, &err), err);
    fl_service *service;
    fl_http *http;
    fl_row_ok("service", fl_service_start(&service, &f.options.plan, &err), err);
    fl_row_ok("http", fl_http_new(&http, &f.options.http, &err), err);
    fl_http_response response;
    fl_engine_replay(&run.faults.items[2], service, http, &f.arena, &response);
    fl_row_int("fault", response.status, 500);
    fl_engine_replay(&run.faults.items[run.faults.count - 1], service, http, &f.arena, &response);
    fl_row_int("fault behind a login", response.status, 500);
    unsigned sent, changed;
    fl_str first;
    fl_engine_replay_baselines(&run, service, http, &sent, &changed, &f.arena, &first);
    fl_row_int("sent", sent, run.baselines.count);
    if (changed != 0)
        fail_msg("changed: " FL_STR_FMT, FL_STR_ARG(first));
    /* The thing is gone now: on this service the requests behind it answer otherwise. */
    run.baselines.items[0].body = FL_S("{}");
    fl_row_ok("restart", fl_service_restart(service, &err), err);
    fl_engine_replay_baselines(&run, service, http, &sent, &changed, &f.arena, &first);
    fl_row_int("changed", changed, 1);
    fl_row_str("first", first, "GET /things: 200 before, 200 now, the answer has another shape");
    fl_http_free(http);
    fl_service_free(service);
    fl_run_release(&run);
    tear_down(&f);
}

static void reports_what_cannot_start(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    fl_run run;
    fl_err err = {0};
    f.options.plan.start = FL_S("sh -c 'exit 3'");
    fl_row_int("exits", fl_engine_run(&run, &f.api, &f.options, &err), FL_E_ENV);
    fl_row_true("says so", fl_str_find(fl_str_from(err.text), FL_S("code 3")) >= 0);
    fl_run_release(&run);
    tear_down(&f);
}

FL_UNIT(campaign, cmocka_unit_test(finds_what_is_there), cmocka_unit_test(replays), cmocka_unit_test(reports_what_cannot_start))
