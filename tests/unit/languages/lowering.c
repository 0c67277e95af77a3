/* Every row of lowering.txt. The printed form shows a line end inside a string as \n, so that a row stays one line. */
#include "tests/support/unit.h"
#include "tests/support/lower.h"
#include "base/fs.h"

static fl_str printed(fl_arena *arena, const fl_file *file)
{
    fl_buf out, line;
    fl_buf_init(&out, 0);
    fl_buf_init(&line, 0);
    fl_test_print(&out, file);
    for (size_t i = 0; i < out.len; i++) {
        if (out.ptr[i] == '\n') fl_buf_add_c(&line, "\\n");
        else fl_buf_add_char(&line, out.ptr[i]);
    }
    fl_str copy = fl_str_copy(arena, fl_buf_str(&line));
    fl_buf_release(&out);
    fl_buf_release(&line);
    return copy;
}

static size_t check_rows(fl_arena *arena, fl_str rest)
{
    size_t rows = 0;
    fl_str line;
    while (fl_str_split(&rest, '\n', &line)) {
        if (line.len == 0 || line.ptr[0] == '#') continue;
        fl_str head = line, extension;
        fl_str_split(&head, ' ', &extension);
        const char *row = fl_str_c(arena, head);
        fl_buf source;
        fl_buf_init(&source, 0);
        for (bool is_first = true; fl_str_split(&rest, '\n', &line) && fl_str_starts(line, FL_S("> ")); is_first = false) {
            if (!is_first) fl_buf_add_char(&source, '\n');
            fl_buf_add(&source, fl_str_sub(line, 2, line.len));
        }
        fl_file file;
        fl_test_lower(&file, fl_str_format(arena, "a." FL_STR_FMT, FL_STR_ARG(extension)).ptr, fl_buf_str(&source));
        fl_row_str(row, printed(arena, &file), fl_str_c(arena, line));
        fl_arena_release(&file.arena);
        fl_buf_release(&source);
        rows++;
    }
    return rows;
}

static void lowers_each_construct(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = { 0 };
    fl_str text;
    fl_status status = fl_fs_read(&arena, FL_TEST_DATA "/lowering.txt", 1 << 20, &text, &err);
    fl_row_ok("lowering.txt", status, err);
    fl_row_true("lowering.txt", check_rows(&arena, text) > 100);
    fl_arena_release(&arena);
}

FL_UNIT(lowering, cmocka_unit_test(lowers_each_construct))
