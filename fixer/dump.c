/*
 * The first candidate of every certain weak spot, merged into one diff a file: what golden cases compare, and what a
 * reader sees without running anything. Weak spots of the same subject share one repair.
 */
#include "fixer/fixer_p.h"

/** Adds edits that touch nothing of what is there; false when they do (then nothing is added). Two different guards may
 *  stand at the same place, one behind the other. */
static bool merge(fl_arena *arena, fl_edits *all, const fl_edits *more)
{
    for (size_t i = 0; i < more->count; i++) {
        for (size_t j = 0; j < all->count; j++) {
            const fl_edit *a = &all->items[j], *b = &more->items[i];
            if (a->file != b->file) continue;
            bool is_same_point = a->start_byte == b->start_byte, are_insertions = a->end_byte == a->start_byte && b->end_byte == b->start_byte;
            if (is_same_point && are_insertions && !fl_str_eq(a->text, b->text)) continue;
            if (is_same_point || (a->start_byte < b->end_byte && b->start_byte < a->end_byte)) return false;
        }
    }
    for (size_t i = 0; i < more->count; i++) fl_vec_push(arena, all, more->items[i]);
    return true;
}

fl_status fl_fixer_dump_patches(const fl_api *api, fl_buf *out, fl_err *err)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_workshop shop;
    fl_edits all = { 0 };
    fl_status status = fl_workshop_init(&shop, &arena, api, err);
    for (size_t i = 0; status == FL_OK && i < api->weak_spots.count; i++) {
        const fl_weak_spot *spot = &api->weak_spots.items[i];
        fl_job job;
        if (spot->certainty != FL_CERTAIN) continue;
        fl_propose(&job, &shop, spot);
        if (job.candidates.count) merge(&arena, &all, &job.candidates.items[0].edits);
    }
    if (status == FL_OK && !fl_edits_sort(&all)) FL_BUG("merged edits overlap");
    fl_str diff = FL_S("");
    if (status == FL_OK) status = fl_edits_diff(&arena, api->project, &all, &diff, err);
    fl_buf_add(out, diff);
    fl_workshop_release(&shop);
    fl_arena_release(&arena);
    return status;
}
