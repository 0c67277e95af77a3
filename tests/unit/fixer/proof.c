/*
 * The running half of a proof, with a service in C (tests/support/native_service.c) that Faultline builds itself: what a patch must
 * answer, and that neither it nor what it lets through loses memory. Patches and API model are made by hand. Skipped where there is
 * no compiler or no make.
 */
#include <stdlib.h>
#include <string.h>
#include "base/fs.h"
#include "fixer/fixer_p.h"
#include "tests/support/unit.h"

typedef struct bench { fl_arena arena; fl_str folder; fl_project project; uint32_t id; fl_api api; fl_engine_options engine; fl_run run; } bench;

/** Start of the line that has this text. */
static uint32_t line_with(const bench *b, const char *text)
{
    const fl_file *file = b->project.files[b->id];
    ptrdiff_t at = fl_str_find(file->text, fl_str_from(text));
    if (at < 0) fail_msg("no line with %s", text);
    return fl_line_start(file, (uint32_t)at);
}

static void add_operation(bench *b, const char *method, const char *path, const char *field)
{
    fl_operation operation = { .method = fl_str_from(method), .path = fl_str_from(path) };
    if (fl_str_find_char(operation.path, '{') >= 0)
        fl_vec_push(&b->arena, &operation.parameters,
                    (fl_parameter){ .in = FL_IN_PATH, .name = FL_S("id"), .schema = fl_schema_new(&b->arena, FL_JSON_STRING), .is_required = true });
    if (field) {
        fl_schema *body = fl_schema_new(&b->arena, FL_JSON_OBJECT);
        fl_property *property = fl_schema_add_property(&b->arena, body, fl_str_from(field));
        property->schema = fl_schema_new(&b->arena, FL_JSON_STRING);
        property->is_required = true;
        fl_vec_push(&b->arena, &operation.body, (fl_media){ FL_S("application/json"), body });
    }
    fl_vec_push(&b->arena, &b->api.operations, operation);
}

static fl_weak_spot *add_spot(bench *b, fl_weak_spot_kind kind, uint32_t operation, const char *text, int condition, fl_location in, const char *pointer, uint16_t status)
{
    const fl_span none = { UINT32_MAX, 0, 0 };
    uint32_t start = line_with(b, text);
    fl_weak_spot spot = { .id = (uint32_t)b->api.weak_spots.count + 1, .kind = kind, .operation = operation, .subject = none, .origin = none,
                          .function = none, .related = none, .expected_status = status, .shows = kind == FL_WS_leak ? FL_S("leak") : FL_S("exit"),
                          .span = { b->id, start, fl_line_end(b->project.files[b->id], start) } };
    fl_condition c = { .at = { in, fl_str_from(pointer) } };
    c.kind = condition;
    fl_vec_push(&b->arena, &spot.conditions, c);
    fl_vec_push(&b->arena, &b->api.weak_spots, spot);
    fl_vec_push(&b->arena, &b->api.operations.items[operation].weak_spots, spot.id);
    return &b->api.weak_spots.items[b->api.weak_spots.count - 1];
}

static void set_up(bench *b)
{
    memset(b, 0, sizeof *b);
    fl_arena_init(&b->arena);
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/../../..", 1);
    fl_err err = { 0 };
    fl_str source, real;
    fl_row_ok("source", fl_fs_read(&b->arena, FL_TEST_DATA "/../../support/native_service.c", FL_LIMIT_DATA_BYTES, &source, &err), err);
    fl_row_ok("folder", fl_fs_temp_dir(&b->arena, "faultline-test", &b->folder, &err), err);
    fl_row_ok("real", fl_fs_real(&b->arena, b->folder.ptr, &real, &err), err);
    fl_row_ok("main.c", fl_fs_write(fl_fs_join(&b->arena, real, FL_S("src/main.c")).ptr, source, &err), err);
    fl_row_ok("Makefile", fl_fs_write(fl_fs_join(&b->arena, real, FL_S("Makefile")).ptr, FL_S("notes: src/main.c\n\t$(CC) $(CFLAGS) -o $@ $<\n"), &err), err);
    fl_row_ok("project", fl_project_open(&b->project, b->folder.ptr, &(fl_project_options){ 0 }, &err), err);
    assert_true(fl_project_find(&b->project, FL_S("src/main.c"), &b->id));
    b->api.project = &b->project;
    add_operation(b, "GET", "/notes", NULL);
    add_operation(b, "GET", "/notes/{id}", NULL);
    add_operation(b, "POST", "/notes", "text");
    (void)add_spot(b, FL_WS_missing_lookup, 1, "// MARK lookup", FL_COND_NOT_FOUND, FL_IN_PATH, "/id", 404);
    fl_weak_spot *leak = add_spot(b, FL_WS_leak, 2, "// MARK leak", FL_COND_ABSENT, FL_IN_BODY, "/text", 400);
    fl_vec_push(&b->arena, &leak->conditions, (fl_condition){ .at = { FL_IN_BODY, FL_S("/kind") }, .kind = FL_COND_EQUALS, .value = fl_data_string_c(&b->arena, "big") });
    const fl_service_hints hints = { .language = FL_S("c"), .entry_file = FL_S("src/main.c"), .port_variable = FL_S("PORT") };
    fl_row_ok("infer", fl_service_infer(&b->engine.plan, &b->arena, b->folder.ptr, &hints, &err), err);
    b->engine.http.timeout_ms = 2000;
    b->engine.is_quiet = true;
}

static const fl_fault *fault_of(const fl_run *run, uint32_t weak_spot)
{
    for (size_t i = 0; i < run->faults.count; i++)
        if (run->faults.items[i].weak_spot == weak_spot) return &run->faults.items[i];
    return NULL;
}

static void asks_for_status_and_leaks(void **state)
{
    (void)state;
    static const struct { const char *row; uint32_t spot; const char *before, *text; bool keeps_answer; const char *failure; } rows[] = {
        { "the leak is mended", 2, "            snprintf(out, size, \"{\\\"error\\\":\\\"text is required", "            free(kind);\n", true, "" },
        { "the leak is still there", 2, "            snprintf(out, size, \"{\\\"error\\\":\\\"text is required", "            (void)size;\n", true, "leaks memory" },
        { "a leak's answer must stay", 2, "            snprintf(out, size, \"{\\\"error\\\":\\\"text is required", "            free(kind);\n            if (kind) return 409;\n", true, "the request got 409" },
        { "a refusal that loses nothing", 1, "// MARK lookup", "        if (!note) return 404;\n", false, "" },
        { "a refusal that loses something", 1, "// MARK lookup", "        if (!note) { char *lost = strdup(path); return lost ? 404 : 500; }\n", false, "leaks memory" },
        { "a refusal of another status", 1, "// MARK lookup", "        if (!note) return 400;\n", false, "the request got 400" },
    };
    if (system("make --version >/dev/null 2>&1 && cc --version >/dev/null 2>&1") != 0) skip();
    bench b;
    fl_err err = { 0 };
    fl_workshop shop;
    fl_prover prover;
    fl_log_set_level(FL_LOG_ERROR);
    set_up(&b);
    fl_row_ok("campaign", fl_engine_run(&b.run, &b.api, &b.engine, &err), err);
    fl_fixer_options options = { .engine = &b.engine, .extract = &(fl_extract_options){ 0 }, .project = &(fl_project_options){ 0 } };
    fl_row_ok("workshop", fl_workshop_init(&shop, &b.arena, &b.api, &err), err);
    fl_row_ok("prover", fl_prover_init(&prover, &b.run, &shop, &options, &err), err);
    fl_refusal refusal = { .text = FL_S("return ${status}"), .file = b.id };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        const fl_fault *fault = fault_of(&b.run, rows[i].spot);
        fl_patch patch = { .id = 1 };
        fl_candidate candidate = { .template_id = "by-hand", .keeps_answer = rows[i].keeps_answer, .refusal = rows[i].keeps_answer ? NULL : &refusal };
        uint32_t at = line_with(&b, rows[i].before);
        fl_row_true(rows[i].row, fault != NULL);
        fl_vec_push(&b.arena, &patch.edits, (fl_edit){ b.id, at, at, fl_str_from(rows[i].text) });
        fl_prove_running(&prover, &patch, fault, &candidate);
        if (rows[i].failure[0] ? fl_str_find(patch.proof.failure, fl_str_from(rows[i].failure)) < 0 : patch.proof.failure.len > 0)
            fail_msg("row '%s': '" FL_STR_FMT "', not '%s'", rows[i].row, FL_STR_ARG(patch.proof.failure), rows[i].failure);
        fl_row_int(rows[i].row, patch.proof.steps[FL_PROOF_BASELINE] == FL_PROOF_PASSED, rows[i].failure[0] == '\0');
    }
    fl_prover_release(&prover);
    fl_workshop_release(&shop);
    fl_run_release(&b.run);
    fl_project_release(&b.project);
    fl_row_ok("remove", fl_fs_remove_tree(b.folder.ptr, &err), err);
    fl_arena_release(&b.arena);
    fl_log_set_level(FL_LOG_INFO);
}

FL_UNIT(proof, cmocka_unit_test(asks_for_status_and_leaks))
