/*
 * Every row of schemas.txt: a small project, and the schemas that its validators and types must give. An expected line that the
 * dump does not have is shown beside the line that begins like it. See tests/support/schemas.h for the form of the lines.
 */
#include "tests/support/unit.h"
#include "tests/support/schemas.h"
#include "base/fs.h"

static bool has_line(fl_str dump, fl_str want, fl_str *nearest)
{
    fl_str line;
    ptrdiff_t space = fl_str_find_char(want, '{');
    fl_str head = fl_str_sub(want, 0, space < 0 ? want.len : (size_t)space);
    head = fl_str_sub(head, 0, (size_t)(fl_str_rfind_char(fl_str_trim(head), ' ') + 1));
    *nearest = FL_S("(nothing like it)");
    while (fl_str_split(&dump, '\n', &line)) {
        if (fl_str_eq(line, want)) return true;
        if (fl_str_starts(line, head)) *nearest = line;
    }
    return false;
}

typedef struct row { fl_arena *arena; const char *name; fl_str root; fl_buf file; fl_str path; fl_str dump; bool is_run; } row;

static void end_file(row *r)
{
    fl_err err = { 0 };
    if (r->path.len) {
        fl_str full = fl_fs_join(r->arena, r->root, r->path);
        fl_row_ok(r->name, fl_fs_write(full.ptr, fl_buf_str(&r->file), &err), err);
    }
    fl_buf_clear(&r->file);
    r->path = FL_S("");
}

static void run(row *r)
{
    fl_test_program program;
    fl_err err = { 0 };
    fl_buf out;
    end_file(r);
    fl_buf_init(&out, 0);
    fl_row_ok(r->name, fl_test_program_open(&program, r->root.ptr, &err), err);
    fl_test_program_dump(&out, &program);
    fl_test_program_release(&program);
    r->dump = fl_str_copy(r->arena, fl_buf_str(&out));
    fl_buf_release(&out);
    r->is_run = true;
}

static void end_row(row *r)
{
    fl_err err = { 0 };
    if (!r->root.len) return;
    if (!r->is_run) fail_msg("row '%s' expects nothing", r->name);
    fl_row_ok(r->name, fl_fs_remove_tree(r->root.ptr, &err), err);
    r->root = FL_S("");
}

static void begin_row(row *r, fl_str name)
{
    fl_err err = { 0 };
    end_row(r);
    r->name = fl_str_c(r->arena, name);
    r->is_run = false;
    fl_row_ok(r->name, fl_fs_temp_dir(r->arena, "fl-schemas-", &r->root, &err), err);
}

static size_t check(fl_arena *arena, fl_str rest)
{
    row r = { .arena = arena };
    size_t lines = 0;
    fl_str line, nearest;
    fl_buf_init(&r.file, 0);
    while (fl_str_split(&rest, '\n', &line)) {
        if (fl_str_starts(line, FL_S("# "))) continue;
        if (fl_str_starts(line, FL_S("== "))) begin_row(&r, fl_str_sub(line, 3, line.len));
        else if (fl_str_starts(line, FL_S("--- "))) { end_file(&r); r.path = fl_str_sub(line, 4, line.len); }
        else if (fl_str_starts(line, FL_S("=> "))) {
            if (!r.is_run) run(&r);
            fl_str want = fl_str_sub(line, 3, line.len);
            if (!has_line(r.dump, want, &nearest))
                fail_msg("row '%s': not\n    " FL_STR_FMT "\nbut\n    " FL_STR_FMT, r.name, FL_STR_ARG(want), FL_STR_ARG(nearest));
            lines++;
        } else if (r.path.len) { fl_buf_add(&r.file, line); fl_buf_add_char(&r.file, '\n'); }
    }
    end_row(&r);
    fl_buf_release(&r.file);
    return lines;
}

static void states_each_schema(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = { 0 };
    fl_str text;
    fl_status status = fl_fs_read(&arena, FL_TEST_DATA "/schemas.txt", 1 << 20, &text, &err);
    fl_row_ok("schemas.txt", status, err);
    size_t lines = check(&arena, text);
    fl_row_true("schemas.txt", lines > 100);
    fl_arena_release(&arena);
}

FL_UNIT(schemas, cmocka_unit_test(states_each_schema))
