/* Packed data comes back as it was, and what is no pack is refused. */
#include "tests/support/unit.h"

#include "base/data.h"

static void comes_back(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "null", "true", "false", "-1.50", "9007199254740993", "''", "text", "[]", "{}", "[1, [2, [3]], {a: {b: null}}]",
        "a: 1\nb: [x, \"two\\0\"]\n'': empty\n\n\nc: {d: [~, true]}\n",
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_data *tree;
        fl_err err = {0};
        fl_status status = fl_yaml_parse(&arena, fl_str_from(rows[i]), rows[i], &tree, &err);
        fl_row_ok(rows[i], status, err);
        fl_buf bytes;
        fl_buf_init(&bytes, 0);
        fl_data_pack(&bytes, tree);
        fl_data *back = fl_data_unpack(&arena, fl_buf_str(&bytes));
        fl_row_true(rows[i], back && fl_data_eq(tree, back) && back->line == tree->line);
        for (size_t len = 0; len < bytes.len; len++)
            fl_row_true(rows[i], !fl_data_unpack(&arena, (fl_str){bytes.ptr, len}));
        fl_buf_add_char(&bytes, 'x');
        fl_row_true(rows[i], !fl_data_unpack(&arena, fl_buf_str(&bytes)));
        fl_buf_release(&bytes);
        fl_arena_release(&arena);
    }
}

static void nothing_is_trusted(void **state)
{
    (void)state;
    const struct { const char *row; fl_str bytes; } rows[] = {
        {"no such kind", FL_S("\x07")},
        {"a list that is too long", FL_S("\x04\x00\xff\xff\xff\xff\xff\xff\xff\x7f")},
        {"a number without an end", FL_S("\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")},
        {"a text that is too long", FL_S("\x03\x00\xff\xff\xff\xff\xff\xff\xff\xff\x7f" "x")},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_true(rows[i].row, !fl_data_unpack(&arena, rows[i].bytes));
    fl_arena_release(&arena);
}

FL_UNIT(pack, cmocka_unit_test(comes_back), cmocka_unit_test(nothing_is_trusted))
