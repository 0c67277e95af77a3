/*
 * For each confirmed fault: candidates in order of trust, proven one after the other until one holds. A fault that an
 * earlier patch mends too shares it. What could not be proven is kept as the best attempt, labelled.
 */
#include "fixer/fixer_p.h"

#define ATTEMPT_LIMIT 4u

static fl_fault *fault_by_id(fl_run *run, uint32_t id)
{
    for (size_t i = 0; i < run->faults.count; i++)
        if (run->faults.items[i].id == id) return &run->faults.items[i];
    return NULL;
}

/** "0001-missing-lookup-get-orders-id.patch": letters, digits and hyphens only. */
static fl_str file_name(fl_arena *arena, uint32_t id, const fl_fault *fault, const fl_operation *operation)
{
    fl_buf raw, out;
    fl_buf_init(&raw, 0);
    fl_buf_init(&out, 0);
    fl_buf_format(&raw, FL_STR_FMT "-" FL_STR_FMT "-" FL_STR_FMT, FL_STR_ARG(fault->kind), FL_STR_ARG(operation ? operation->method : FL_S("")),
                  FL_STR_ARG(operation ? operation->path : FL_S("")));
    fl_buf_format(&out, "%04u-", id);
    for (size_t i = 0; i < raw.len && out.len < 80; i++) {
        char c = raw.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) fl_buf_add_char(&out, c);
        else if (out.ptr[out.len - 1] != '-') fl_buf_add_char(&out, '-');
    }
    while (out.len && out.ptr[out.len - 1] == '-') out.len--;
    fl_str result = fl_str_format(arena, FL_STR_FMT ".patch", (int)out.len, out.ptr);
    fl_buf_release(&raw);
    fl_buf_release(&out);
    return result;
}

static unsigned steps_passed(const fl_patch *patch)
{
    unsigned passed = 0;
    for (int i = 0; i < FL_PROOF_COUNT; i++) passed += patch->proof.steps[i] == FL_PROOF_PASSED;
    return passed;
}

typedef FL_VEC(fl_patch *) patches;

static fl_patch *with_diff(const patches *made, fl_str diff)
{
    for (size_t i = 0; i < made->count; i++)
        if (fl_str_eq(made->items[i]->diff, diff)) return made->items[i];
    return NULL;
}

/** The best patch for one fault: a new one, or one that was made for another fault and says the very same; NULL when no
 *  template fits. */
static fl_patch *mend(fl_prover *prover, fl_job *job, const fl_fault *fault, uint32_t id, const patches *made)
{
    fl_arena *arena = &prover->run->arena;
    fl_patch *best = NULL;
    fl_err err;
    for (size_t i = 0; i < job->candidates.count && i < ATTEMPT_LIMIT; i++) {
        const fl_candidate *candidate = &job->candidates.items[i];
        fl_patch *patch = FL_NEW(arena, fl_patch);
        patch->id = id;
        patch->template_id = fl_str_from(candidate->template_id);
        for (size_t e = 0; e < candidate->edits.count; e++) fl_vec_push(arena, &patch->edits, candidate->edits.items[e]);
        patch->file_name = file_name(arena, id, fault, job->operation);
        if (fl_edits_diff(arena, prover->run->api->project, &candidate->edits, &patch->diff, &err) != FL_OK) {
            fl_log(FL_LOG_WARN, "%s", err.text);
            continue;
        }
        if (candidate->note) patch->note = fl_str_from(candidate->note);
        fl_prove(prover, patch, fault, candidate);
        fl_patch *same = with_diff(made, patch->diff);
        if (same && patch->proof.is_proven == same->proof.is_proven) {   /* one change, two faults: one patch that names both */
            fl_vec_push(arena, &same->faults, fault->id);
            return same;
        }
        if (same) continue;                                          /* not again under another number, with another word on it */
        if (patch->proof.is_proven) return patch;
        fl_log(FL_LOG_VERBOSE, "%s: %s: " FL_STR_FMT, patch->file_name.ptr, candidate->template_id, FL_STR_ARG(patch->proof.failure));
        if (!best || steps_passed(patch) > steps_passed(best)) best = patch;
    }
    return best;
}

fl_status fl_fixer_run(fl_run *run, const fl_fixer_options *options, fl_err *err)
{
    fl_workshop shop;
    fl_prover prover;
    uint32_t next_id = 1;
    patches made = { 0 };
    bool has_prover = false;
    fl_status status = fl_workshop_init(&shop, &run->arena, run->api, err);
    for (size_t i = 0; status == FL_OK && i < run->faults.count; i++) {
        fl_fault *fault = &run->faults.items[i];
        if (!options->engine->is_quiet) fl_progress("patching", i, run->faults.count);
        if (fault->patch || !fault->weak_spot || fault->weak_spot > run->api->weak_spots.count) continue;
        fl_job job;
        fl_propose(&job, &shop, &run->api->weak_spots.items[fault->weak_spot - 1]);
        if (!job.candidates.count) continue;
        if (!has_prover) {
            status = fl_prover_init(&prover, run, &shop, options, err);
            if (status != FL_OK) break;
            has_prover = true;
        }
        fl_patch *patch = mend(&prover, &job, fault, next_id, &made);
        if (!patch) continue;
        if (patch->id == next_id) {
            fl_vec_push(&run->arena, &made, patch);
            next_id++;
        }
        for (size_t f = 0; f < patch->faults.count; f++) fault_by_id(run, patch->faults.items[f])->patch = patch;
    }
    if (!options->engine->is_quiet && run->faults.count) fl_progress_end();
    if (has_prover) fl_prover_release(&prover);
    fl_workshop_release(&shop);
    return status;
}
