/* Edits: order, overlap, and the property that all else rests on: what a patch does can be taken back byte for byte. */
#include <stdio.h>
#include <stdlib.h>
#include "base/fs.h"
#include "fixer/fixer_p.h"
#include "tests/support/unit.h"

static void sorts_and_refuses_overlap(void **state)
{
    (void)state;
    const struct { const char *row; fl_edit edits[3]; size_t count; bool is_fine; const char *result; } rows[] = {
        { "none", { { 0 } }, 0, true, "abcdef" },
        { "insertions keep their order", { { 0, 2, 2, FL_S("1") }, { 0, 2, 2, FL_S("2") }, { 0, 0, 0, FL_S("0") } }, 3, true, "0ab12cdef" },
        { "insertion before a replacement", { { 0, 2, 4, FL_S("X") }, { 0, 2, 2, FL_S("+") } }, 2, true, "ab+Xef" },
        { "neighbours", { { 0, 2, 4, FL_S("X") }, { 0, 4, 6, FL_S("Y") } }, 2, true, "abXY" },
        { "overlap", { { 0, 2, 4, FL_S("X") }, { 0, 3, 5, FL_S("Y") } }, 2, false, "" },
        { "insertion inside", { { 0, 2, 4, FL_S("X") }, { 0, 3, 3, FL_S("Y") } }, 2, false, "" },
        { "other files", { { 1, 0, 6, FL_S("no") }, { 0, 5, 6, FL_S("!") } }, 2, true, "abcde!" },
        { "all", { { 0, 0, 6, FL_S("") } }, 1, true, "" },
    };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_edits edits = { 0 };
        for (size_t e = 0; e < rows[i].count; e++) fl_vec_push(&arena, &edits, rows[i].edits[e]);
        fl_row_int(rows[i].row, fl_edits_sort(&edits), rows[i].is_fine);
        if (rows[i].is_fine) fl_row_str(rows[i].row, fl_edits_apply(&arena, FL_S("abcdef"), 0, &edits), rows[i].result);
    }
    fl_arena_release(&arena);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/** Lines of all kinds of ends, with and without a last one. */
static fl_str random_text(fl_arena *arena, uint32_t *seed)
{
    static const char *const pieces[] = { "a\n", "bb\r\n", "\n", "\r\n", "  c", "\td\n", "\\ No newline", "--- x\n", "+++ y\n", "@@ -1 +1 @@\n", "\xC3\xA4\n", "e" };
    fl_buf out;
    fl_buf_init(&out, 0);
    for (uint32_t n = next_random(seed) % 24; n > 0; n--) fl_buf_add_c(&out, pieces[next_random(seed) % FL_COUNT(pieces)]);
    fl_str text = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return text;
}

static void takes_back_what_it_does(void **state)
{
    (void)state;
    fl_arena arena;
    fl_err err;
    uint32_t seed = 20261121;
    for (unsigned round = 0; round < 400; round++) {
        fl_arena_init(&arena);
        char row[32];
        snprintf(row, sizeof row, "round %u", round);
        fl_str before = random_text(&arena, &seed), folder, diff, bytes;
        fl_edits edits = { 0 };
        for (uint32_t n = 1 + next_random(&seed) % 3; n > 0; n--) {
            uint32_t start = before.len ? next_random(&seed) % (uint32_t)before.len : 0, end = start + next_random(&seed) % 6;
            if (end > before.len) end = (uint32_t)before.len;
            fl_vec_push(&arena, &edits, (fl_edit){ 0, start, end, random_text(&arena, &seed) });
        }
        if (fl_edits_sort(&edits)) {
            fl_str after = fl_edits_apply(&arena, before, 0, &edits);
            fl_row_ok(row, fl_fs_temp_dir(&arena, "fl-edit", &folder, &err), err);
            fl_str file = fl_fs_join(&arena, folder, FL_S("src/x.js"));
            for (unsigned way = 0; way < 2; way++) {                 /* there, and back */
                fl_str from = way ? after : before, to = way ? before : after;
                fl_row_ok(row, fl_patch_diff(&arena, FL_S("src/x.js"), from, to, &diff, &err), err);
                fl_row_ok(row, fl_fs_write(file.ptr, from, &err), err);
                if (fl_str_eq(from, to)) fl_row_size(row, diff.len, 0);
                else fl_row_ok(row, fl_patch_apply(folder.ptr, diff, false, &err), err);
                fl_row_ok(row, fl_fs_read(&arena, file.ptr, FL_LIMIT_FILE_BYTES, &bytes, &err), err);
                fl_row_true(row, fl_str_eq(bytes, to));
            }
            fl_row_ok(row, fl_fs_remove_tree(folder.ptr, &err), err);
        }
        fl_arena_release(&arena);
    }
}

FL_UNIT(edit, cmocka_unit_test(sorts_and_refuses_overlap), cmocka_unit_test(takes_back_what_it_does))
