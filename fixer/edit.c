/*
 * Byte edits: sorted, not overlapping, applied to the original text. Everything outside an edit keeps its bytes, so a
 * file's line ends, BOM and final newline are never touched.
 */
#include <string.h>
#include "fixer/fixer_p.h"

static bool is_before(const fl_edit *a, const fl_edit *b)
{
    if (a->file != b->file) return a->file < b->file;
    if (a->start_byte != b->start_byte) return a->start_byte < b->start_byte;
    return a->end_byte < b->end_byte;
}

bool fl_edits_sort(fl_edits *edits)
{
    /* few edits, and insertions at one place must keep their order: insertion sort is stable */
    for (size_t i = 1; i < edits->count; i++) {
        fl_edit edit = edits->items[i];
        size_t at = i;
        for (; at > 0 && is_before(&edit, &edits->items[at - 1]); at--) edits->items[at] = edits->items[at - 1];
        edits->items[at] = edit;
    }
    for (size_t i = 1; i < edits->count; i++)
        if (edits->items[i].file == edits->items[i - 1].file && edits->items[i].start_byte < edits->items[i - 1].end_byte)
            return false;
    return true;
}

fl_str fl_edits_apply(fl_arena *arena, fl_str text, uint32_t file, const fl_edits *edits)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    size_t at = 0;
    for (size_t i = 0; i < edits->count; i++) {
        const fl_edit *edit = &edits->items[i];
        if (edit->file != file) continue;
        FL_ASSERT(edit->start_byte >= at && edit->start_byte <= edit->end_byte && edit->end_byte <= text.len);
        fl_buf_add(&out, fl_str_sub(text, at, edit->start_byte));
        fl_buf_add(&out, edit->text);
        at = edit->end_byte;
    }
    fl_buf_add(&out, fl_str_sub(text, at, text.len));
    fl_str result = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

fl_str fl_lay_out(fl_arena *arena, fl_str neutral, fl_str indent, fl_str unit, fl_str line_ending)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < neutral.len; i++) {
        char c = neutral.ptr[i];
        if (c == FL_NEWLINE) {
            fl_buf_add(&out, line_ending);
            fl_buf_add(&out, indent);
        } else if (c == FL_INDENT) {
            fl_buf_add(&out, unit);
        } else {
            fl_buf_add_char(&out, c);
        }
    }
    fl_str result = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

void fl_edits_append(fl_job *job, fl_edits *edits, const fl_edits *more)
{
    for (size_t i = 0; i < more->count; i++) fl_vec_push(job->arena, edits, more->items[i]);
}

void fl_edit_push(fl_job *job, fl_edits *edits, const fl_place *place, uint32_t start_byte, uint32_t end_byte, fl_str text)
{
    fl_vec_push(job->arena, edits, (fl_edit){ place->file->id, start_byte, end_byte, text });
}
