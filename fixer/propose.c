/*
 * All repairs of one weak spot, most trusted first: move below an existing check, forward an error, the project's own
 * check, an early refusal in the project's words, and only then in the framework's. A candidate that overlaps itself,
 * breaks the syntax or repeats an earlier one is dropped here; the rest is for the proof to judge.
 */
#include <string.h>
#include "fixer/fixer_p.h"

#define CANDIDATE_LIMIT 8u

static bool same_edits(const fl_edits *a, const fl_edits *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++) {
        const fl_edit *x = &a->items[i], *y = &b->items[i];
        if (x->file != y->file || x->start_byte != y->start_byte || x->end_byte != y->end_byte || !fl_str_eq(x->text, y->text)) return false;
    }
    return true;
}

/** No file may have more syntax errors than before. */
static bool keeps_syntax(fl_job *job, const fl_edits *edits)
{
    const fl_project *project = job->shop->api->project;
    for (size_t i = 0; i < edits->count; i++) {
        uint32_t id = edits->items[i].file;
        if (i && edits->items[i - 1].file == id) continue;
        const fl_file *file = project->files[id];
        fl_str after = fl_edits_apply(job->arena, file->text, id, edits);
        if (fl_language_count_errors(file->language, file->path, after) > fl_language_count_errors(file->language, file->path, file->text)) return false;
    }
    return true;
}

void fl_job_add(fl_job *job, const char *template_id, fl_edits *edits, const fl_refusal *refusal)
{
    if (!edits->count || job->candidates.count >= CANDIDATE_LIMIT || !fl_edits_sort(edits)) return;
    for (size_t i = 0; i < job->candidates.count; i++)
        if (same_edits(&job->candidates.items[i].edits, edits)) return;
    if (!keeps_syntax(job, edits)) return;
    fl_vec_push(job->arena, &job->candidates, (fl_candidate){ template_id, *edits, refusal });
}

void fl_propose(fl_job *job, fl_workshop *shop, const fl_weak_spot *spot)
{
    const fl_api *api = shop->api;
    *job = (fl_job){ .shop = shop, .arena = shop->arena, .spot = spot };
    if (spot->operation < api->operations.count) job->operation = &api->operations.items[spot->operation];
    fl_places_find(job);
    fl_template_move_below_check(job);
    if (spot->hint == FL_HINT_FORWARD_ERROR || (spot->kind == FL_WS_unhandled_rejection && spot->hint == FL_HINT_NONE)) {
        fl_template_forward_error(job);
        return;
    }
    for (unsigned round = 0; round < 2; round++) {
        bool of_project = round == 0;
        fl_template_transfer_check(job, of_project);
        if (spot->hint == FL_HINT_CATCH) fl_template_catch(job, of_project);
        else fl_template_early_refusal(job, of_project);
    }
}
