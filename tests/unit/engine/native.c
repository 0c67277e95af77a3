/*
 * A campaign against a service in C (tests/support/native_service.c) that Faultline builds itself: deaths by wrong addresses,
 * restarts, lines that ran, leaks; then the same without sanitizers, where only a debugger knows the line. With an API model made
 * by hand. Skipped where there is no compiler or no make.
 */
#include "tests/support/unit.h"
#include "base/fs.h"
#include "engine/trace/trace.h"

#include <signal.h>
#include <stdlib.h>

typedef struct fixture { fl_arena arena; fl_str folder; fl_project project; fl_file file; fl_file *files[1]; uint32_t id; fl_api api; fl_engine_options options; } fixture;

/** The line before a MARK comment, without its indentation. */
static fl_span marked(fixture *f, const char *mark)
{
    fl_file *file = fl_project_file(&f->project, f->id);
    for (uint32_t line = 0; line < 1000; line++) {
        fl_str text = fl_file_line_text(file, line);
        ptrdiff_t at = text.ptr ? fl_str_find(text, FL_S("// MARK ")) : -1;
        if (at < 0 || !fl_str_eq_c(fl_str_trim(fl_str_sub(text, (size_t)at + 8, text.len)), mark))
            continue;
        uint32_t start = (uint32_t)(text.ptr - file->text.ptr), indent = 0;
        while (text.ptr[indent] == ' ')
            indent++;
        return (fl_span){f->id, start + indent, start + (uint32_t)at};
    }
    fail_msg("no MARK %s", mark);
    return (fl_span){UINT32_MAX, 0, 0};
}

static uint32_t add_operation(fixture *f, const char *line, const char *field)
{
    fl_operation operation = {0};
    fl_str rest = fl_str_from(line);
    fl_str_split(&rest, ' ', &operation.method);
    operation.path = rest;
    if (fl_str_find_char(rest, '{') >= 0)
        fl_vec_push(&f->arena, &operation.parameters,
                    (fl_parameter){.in = FL_IN_PATH, .name = FL_S("id"), .schema = fl_schema_new(&f->arena, FL_JSON_STRING), .is_required = true});
    if (field) {
        fl_schema *body = fl_schema_new(&f->arena, FL_JSON_OBJECT);
        fl_property *property = fl_schema_add_property(&f->arena, body, fl_str_from(field));
        property->schema = fl_schema_new(&f->arena, FL_JSON_STRING);
        property->is_required = true;
        fl_vec_push(&f->arena, &operation.body, (fl_media){FL_S("application/json"), body});
    }
    fl_vec_push(&f->arena, &f->api.operations, operation);
    return (uint32_t)f->api.operations.count - 1;
}

static void add_spot(fixture *f, fl_weak_spot_kind kind, uint32_t operation, const char *mark, int condition, fl_location in, const char *pointer, const char *value,
                     const char *shows)
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

/* The service's source in a folder of its own with a Makefile, and a second program that is not the service. */
static void set_up(fixture *f, const char *flags)
{
    memset(f, 0, sizeof *f);
    fl_arena_init(&f->arena);
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/../../..", 1);
    fl_err err = {0};
    fl_str source, real;
    fl_row_ok("source", fl_fs_read(&f->arena, FL_TEST_DATA "/../../support/native_service.c", FL_LIMIT_DATA_BYTES, &source, &err), err);
    fl_row_ok("folder", fl_fs_temp_dir(&f->arena, "faultline-test", &f->folder, &err), err);
    fl_row_ok("real", fl_fs_real(&f->arena, f->folder.ptr, &real, &err), err);
    const struct { const char *path; fl_str text; } files[] = {
        {"src/main.c", source},
        {"src/admin.c", FL_S("int main(void) { return 0; }\n")},
        {"Makefile", fl_str_format(&f->arena, "CFLAGS = %s\nall: notes admin\nnotes: src/main.c\n\t$(CC) $(CFLAGS) -o $@ $<\n"
                                              "admin: src/admin.c\n\t$(CC) $(CFLAGS) -o $@ $<\n", flags)},
    };
    for (size_t i = 0; i < FL_COUNT(files); i++)
        fl_row_ok(files[i].path, fl_fs_write(fl_fs_join(&f->arena, real, fl_str_from(files[i].path)).ptr, files[i].text, &err), err);
    fl_row_ok("project", fl_project_open(&f->project, f->folder.ptr, &(fl_project_options){.with_tests = true}, &err), err);
    if (!fl_project_find(&f->project, FL_S("src/main.c"), &f->id)) { /* no language file reads it yet */
        f->file = (fl_file){.path = FL_S("src/main.c"), .text = source};
        fl_arena_init(&f->file.arena);
        f->files[0] = &f->file;
        f->project.files = f->files;
        f->project.file_count = 1;
    }
    f->api.project = &f->project;
    (void)add_operation(f, "GET /notes", NULL);
    uint32_t at = add_operation(f, "GET /notes/{id}", NULL);
    add_spot(f, FL_WS_missing_lookup, at, "lookup", FL_COND_NOT_FOUND, FL_IN_PATH, "/id", NULL, "exit");
    at = add_operation(f, "GET /guarded/{id}", NULL);
    add_spot(f, FL_WS_missing_lookup, at, "twin", FL_COND_NOT_FOUND, FL_IN_PATH, "/id", NULL, "exit");
    at = add_operation(f, "POST /notes", "text");
    add_spot(f, FL_WS_wrong_type, at, "held", FL_COND_EQUALS, FL_IN_BODY, "/text", "fine", "exit");
    add_spot(f, FL_WS_missing_field, at, "leak", FL_COND_ABSENT, FL_IN_BODY, "/text", NULL, "leak");
    fl_weak_spot *leak = &f->api.weak_spots.items[f->api.weak_spots.count - 1];
    fl_vec_push(&f->arena, &leak->conditions, (fl_condition){.at = {FL_IN_BODY, FL_S("/kind")}, .kind = FL_COND_EQUALS, .value = fl_data_string_c(&f->arena, "big")});
    at = add_operation(f, "POST /tags", "name");
    add_spot(f, FL_WS_range_throws, at, "overflow", FL_COND_EQUALS, FL_IN_BODY, "/name", "a name that is too long", "exit");
    at = add_operation(f, "POST /jobs", "kind");
    add_spot(f, FL_WS_wrong_type, at, "late", FL_COND_EQUALS, FL_IN_BODY, "/kind", "twice", "exit");
    const fl_service_hints hints = {.language = FL_S("c"), .entry_file = FL_S("src/main.c"), .port_variable = FL_S("PORT")};
    fl_row_ok("infer", fl_service_infer(&f->options.plan, &f->arena, f->folder.ptr, &hints, &err), err);
    f->options.http.timeout_ms = 2000;
    f->options.is_quiet = true;
}

static void tear_down(fixture *f)
{
    fl_err err = {0};
    if (f->project.files == f->files) {
        fl_arena_release(&f->file.arena);
        f->project.files = NULL;
        f->project.file_count = 0;
    }
    fl_project_release(&f->project);
    fl_row_ok("remove", fl_fs_remove_tree(f->folder.ptr, &err), err);
    fl_arena_release(&f->arena);
}

static fl_str describe(fl_arena *arena, const fl_run *run)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < run->spots.count; i++) {
        const fl_spot_result *spot = &run->spots.items[i];
        fl_buf_format(&out, "spot %u %s " FL_STR_FMT "\n", spot->weak_spot, fl_verdict_text(spot->verdict),
                      FL_STR_ARG(spot->verdict == FL_VERDICT_CONFIRMED ? FL_S("") : spot->reason));
    }
    for (size_t i = 0; i < run->faults.count; i++) {
        const fl_fault *fault = &run->faults.items[i];
        const fl_frame *frame = fl_trace_application_frame(&fault->trace, 0);
        fl_buf_format(&out, "fault " FL_STR_FMT " " FL_STR_FMT " " FL_STR_FMT " SIG%s " FL_STR_FMT ": " FL_STR_FMT " " FL_STR_FMT ":%u\n",
                      FL_STR_ARG(run->api->operations.items[fault->operation].path), FL_STR_ARG(fault->kind), FL_STR_ARG(fault->failure),
                      fault->signal ? sigabbrev_np(fault->signal) : "-", FL_STR_ARG(fault->trace.type), FL_STR_ARG(fault->trace.message),
                      FL_STR_ARG(frame ? frame->file : FL_S("-")), frame ? frame->line + 1 : 0);
    }
    fl_str text = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return text;
}

static bool cannot_build(void)
{
    return system("make --version >/dev/null 2>&1 && cc --version >/dev/null 2>&1") != 0;
}

static uint32_t line_of(fixture *f, const char *mark)
{
    return fl_file_line(fl_project_file(&f->project, f->id), marked(f, mark).start_byte) + 1;
}

/* What a build like this is told by: a fault's line is the application's innermost one, so that of a leak is where memory is taken. */
static void finds_what_kills_it(void **state)
{
    (void)state;
    static const struct { const char *row, *flags; bool refuses, has_sanitizers; const char *lookup; } rows[] = {
        {"sanitizers", "-O2", false, true, "SEGV SIGSEGV: address 0x10, read"},
        {"refused", "-O2", true, false, "SEGV SIGSEGV: "},
        {"they do not build", "-O2 -static", false, false, "SEGV SIGSEGV: "},
    };
    if (cannot_build())
        skip();
    bool has_debugger = system("gdb --version >/dev/null 2>&1") == 0;
    fl_log_set_level(FL_LOG_ERROR);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        if (i > 0 && !has_debugger)
            break;
        fixture f;
        set_up(&f, rows[i].flags);
        f.options.plan.refuses_sanitizers = rows[i].refuses;
        if (!rows[i].has_sanitizers) { /* without them nothing tells what is lost, or what is written too far */
            f.api.weak_spots.count = 3;
            f.api.operations.items[3].weak_spots.count = 1;
            f.api.operations.items[4].weak_spots.count = f.api.operations.items[5].weak_spots.count = 0;
        }
        fl_run run;
        fl_err err = {0};
        fl_row_ok(rows[i].row, fl_engine_run(&run, &f.api, &f.options, &err), err);
        fl_buf wanted;
        fl_buf_init(&wanted, 0);
        fl_buf_add_c(&wanted, "spot 1 confirmed \nspot 2 unreached answered 404; the line did not run\n"
                              "spot 3 refuted the line ran and held: answered 201\n");
        if (rows[i].has_sanitizers)
            fl_buf_add_c(&wanted, "spot 4 confirmed \nspot 5 confirmed \nspot 6 confirmed \n");
        fl_buf_format(&wanted, "fault /notes/{id} missing-lookup exit SIG%s src/main.c:%u\n", rows[i].lookup, line_of(&f, "lookup"));
        if (rows[i].has_sanitizers)
            fl_buf_format(&wanted, "fault /tags range-throws exit SIG- stack-buffer-overflow: write of size 24 src/main.c:%u\n"
                                   "fault /jobs wrong-type exit SIG- double-free: 0 bytes inside of 6-byte region src/main.c:%u\n",
                          line_of(&f, "overflow"), line_of(&f, "late"));
        if (rows[i].has_sanitizers) /* what ends the process stands first */
            fl_buf_format(&wanted, "fault /notes missing-field leak SIG- memory leak: 4 bytes are never released src/main.c:%u\n", line_of(&f, "alloc"));
        fl_row_str(rows[i].row, describe(&f.arena, &run), wanted.ptr);
        fl_row_true(rows[i].row, !fl_fs_exists(fl_fs_join(&f.arena, f.folder, FL_S("notes")).ptr)); /* built elsewhere */
        fl_buf_release(&wanted);
        fl_run_release(&run);
        tear_down(&f);
    }
    fl_log_set_level(FL_LOG_INFO);
}

FL_UNIT(native, cmocka_unit_test(finds_what_kills_it))
