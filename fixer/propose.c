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

/** Does anything differ? A row that a language does not have spells nothing. */
static bool changes(fl_job *job, const fl_edits *edits)
{
    for (size_t i = 0; i < edits->count; i++) {
        const fl_edit *e = &edits->items[i];
        fl_str old = fl_str_sub(job->shop->api->project->files[e->file]->text, e->start_byte, e->end_byte);
        if (!fl_str_eq(old, e->text)) return true;
    }
    return false;
}

/** What a tool writes is overwritten by it: no place for a patch. The marks stand at the head or at the end. */
static bool is_generated(fl_job *job, const fl_edits *edits)
{
    for (size_t i = 0; i < edits->count; i++) {
        const fl_file *file = job->shop->api->project->files[edits->items[i].file];
        const fl_spelling *spelling = fl_workshop_spelling(job->shop, file);
        const fl_data *marks = spelling ? fl_data_get_c(spelling->data, "generated_marks") : NULL;
        fl_str text = file->text, head = fl_str_sub(text, 0, 1000), tail = fl_str_sub(text, text.len > 1000 ? text.len - 1000 : 0, text.len);
        for (const fl_data *mark = marks ? marks->first : NULL; mark; mark = mark->next)
            if (fl_str_find(head, mark->text) >= 0 || fl_str_find(tail, mark->text) >= 0) return true;
    }
    return false;
}

fl_candidate *fl_job_add(fl_job *job, const char *template_id, fl_edits *edits, const fl_refusal *refusal)
{
    if (!edits->count || job->candidates.count >= CANDIDATE_LIMIT || !fl_edits_sort(edits)) return NULL;
    for (size_t i = 0; i < job->candidates.count; i++)
        if (same_edits(&job->candidates.items[i].edits, edits)) return NULL;
    if (!changes(job, edits) || is_generated(job, edits) || !keeps_syntax(job, edits)) return NULL;
    fl_vec_push(job->arena, &job->candidates, (fl_candidate){ .template_id = template_id, .edits = *edits, .refusal = refusal });
    return &job->candidates.items[job->candidates.count - 1];
}

static bool same_span(fl_span a, fl_span b)
{
    return a.file == b.file && a.start_byte == b.start_byte && a.end_byte == b.end_byte;
}

/** What is iterated must be a list. */
static bool is_iterated(const fl_workshop *shop, const fl_weak_spot *spot)
{
    const fl_project *project = shop->api->project;
    if (spot->subject.file >= project->file_count || !project->files[spot->subject.file]->root) return false;
    const fl_node *subject = fl_node_at(project->files[spot->subject.file]->root, spot->subject.start_byte, spot->subject.end_byte);
    const fl_node *parent = subject ? subject->parent : NULL;
    if (!parent) return false;
    if (parent->kind == FL_NODE_foreach) return fl_node_child(parent, 1) == subject && !(parent->flags & FL_FLAG_KEYS);
    return parent->kind == FL_NODE_spread && parent->parent && (parent->parent->kind == FL_NODE_list || parent->parent->kind == FL_NODE_call);
}

/** The same subject may be absent and of the wrong type: the check of its type serves both. */
static const fl_weak_spot *with_type(fl_workshop *shop, const fl_weak_spot *spot)
{
    if (spot->kind != FL_WS_missing_field || spot->hint != FL_HINT_CHECK_PRESENT || spot->expected_types) return spot;
    for (size_t i = 0; i < shop->api->weak_spots.count; i++) {
        const fl_weak_spot *other = &shop->api->weak_spots.items[i];
        if (other->kind != FL_WS_wrong_type || other->operation != spot->operation || !same_span(other->subject, spot->subject)) continue;
        fl_weak_spot *both = FL_NEW(shop->arena, fl_weak_spot);
        *both = *spot;
        both->expected_types = other->expected_types;
        both->hint = FL_HINT_CHECK_TYPE;
        return both;
    }
    if (!is_iterated(shop, spot)) return spot;
    fl_weak_spot *listed = FL_NEW(shop->arena, fl_weak_spot);
    *listed = *spot;
    listed->expected_types = FL_JSON_ARRAY;
    listed->hint = FL_HINT_CHECK_TYPE;
    return listed;
}

void fl_propose(fl_job *job, fl_workshop *shop, const fl_weak_spot *spot)
{
    const fl_api *api = shop->api;
    bool is_thrown = spot->kind == FL_WS_parse_throws && spot->hint == FL_HINT_CHECK_PRESENT;
    if (is_thrown || (spot->hint == FL_HINT_NONE && (spot->kind == FL_WS_bad_id || spot->kind == FL_WS_parse_throws))) {
        fl_weak_spot *caught = FL_NEW(shop->arena, fl_weak_spot);    /* what throws by itself can only be caught */
        *caught = *spot;
        caught->hint = FL_HINT_CATCH;
        spot = caught;
    }
    spot = with_type(shop, spot);
    *job = (fl_job){ .shop = shop, .arena = shop->arena, .spot = spot };
    if (spot->operation < api->operations.count) job->operation = &api->operations.items[spot->operation];
    fl_places_find(job);
    if (spot->kind == FL_WS_second_answer) {
        fl_template_end_after_answer(job);
        return;
    }
    if (spot->kind == FL_WS_leak) {
        fl_template_release(job);
        return;
    }
    fl_template_move_below_check(job);
    if (spot->hint == FL_HINT_FORWARD_ERROR || (spot->kind == FL_WS_unhandled_rejection && spot->hint == FL_HINT_NONE)) {
        fl_template_forward_error(job);
        return;
    }
    if (fl_str_eq_c(spot->shows, "late") || fl_str_eq_c(spot->shows, "exit")) fl_template_end_after_answer(job);
    fl_template_tolerate(job);
    for (fl_round round = FL_ROUND_PROJECT; round < FL_ROUND_COUNT; round++) {
        if (round == FL_ROUND_FRAMEWORK) fl_template_swap(job, round);   /* what the framework has for it is better than its plain refusal */
        fl_template_transfer_check(job, round);
        fl_template_check_result(job, round);
        if (spot->kind == FL_WS_buffer_overflow) fl_template_bound(job, round);
        fl_template_early_refusal(job, round);                       /* what is only caught has no condition, but for the rows of a library */
        bool fails_as_call = job->places.count > 1 && job->places.items[1].is_call;
        if (spot->hint == FL_HINT_CATCH || fails_as_call || fl_throws_by_itself(job)) fl_template_catch(job, round);
        if (round != FL_ROUND_FRAMEWORK) fl_template_swap(job, round);
    }
}
