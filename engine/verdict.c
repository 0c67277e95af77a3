/*
 * Judging answers, and the aimed requests. Read fl_aimed_run, then fl_verdict_matches (confirmed) and fl_verdict_ran
 * (refuted). fl_judge picks the trace that explains a failure.
 */
#include "engine/engine_p.h"
#include <stdlib.h>
#include <string.h>

enum { OTHERS = 6 };

/* ---- traces ---- */

static fl_str cell(const fl_data *row, size_t index)
{
    return fl_data_str(fl_data_at(row, index), FL_S(""));
}

static void frames_of_hook(fl_engine *engine, const fl_data *frames, fl_trace *out)
{
    for (const fl_data *row = frames ? frames->first : NULL; row; row = row->next) {
        fl_raw_frame raw = {cell(row, 0), cell(row, 1), (uint32_t)fl_data_num(fl_data_at(row, 2), 0), (uint32_t)fl_data_num(fl_data_at(row, 3), 0)};
        if (fl_str_starts(raw.file, FL_S("file://")))
            raw.file = fl_str_sub(raw.file, 7, raw.file.len);
        fl_vec_push(engine->arena, &out->frames, fl_trace_resolve_loaded(&engine->tracer, &raw));
    }
}

static bool trace_of_event(fl_engine *engine, const fl_hook_event *event, fl_trace *out)
{
    fl_traces found = {0};
    fl_trace_find(&engine->tracer, event->stack, "hook", &found);
    *out = (fl_trace){0};
    for (size_t i = 0; i < found.count && out->frames.count == 0; i++)
        if (fl_trace_application_frame(&found.items[i], 0) != NULL)
            *out = found.items[i];
    if (out->frames.count == 0)
        frames_of_hook(engine, event->frames, out);
    if (out->type.len == 0)
        out->type = fl_str_copy(engine->arena, event->name);
    if (out->message.len == 0)
        out->message = fl_str_copy(engine->arena, event->message);
    out->source = FL_S("hook");
    return fl_trace_application_frame(out, 0) != NULL;
}

static bool trace_of_text(fl_engine *engine, fl_str text, const char *source, fl_trace *out)
{
    fl_traces found = {0};
    fl_trace_find(&engine->tracer, text, source, &found);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].report != FL_TRACE_LEAK && fl_trace_application_frame(&found.items[i], 0) != NULL) {
            *out = found.items[i];
            return true;
        }
    return false;
}

/** Beside what it answered, it lost memory; nothing else is wrong. */
static bool is_leak(const fl_observation *seen)
{
    return seen->failure != NULL && fl_str_eq_c(FL_S("leak"), seen->failure);
}

/** What nobody handled explains most; then the newest error that came out of the application's own code. */
static bool choose_trace(fl_engine *engine, const fl_observation *seen, fl_trace *out)
{
    if (is_leak(seen)) {
        *out = seen->leaks.items[0];
        return true;
    }
    for (size_t i = 0; i < seen->reports.count; i++)
        if (fl_trace_application_frame(&seen->reports.items[i], 0) != NULL) {
            *out = seen->reports.items[i];
            return true;
        }
    for (size_t i = 0; i < seen->events.count; i++)
        if ((seen->events.items[i].kind == FL_HOOK_UNCAUGHT || seen->events.items[i].kind == FL_HOOK_REJECTION) &&
            trace_of_event(engine, &seen->events.items[i], out))
            return true;
    fl_trace other;
    bool has_other = false;
    bool is_late = seen->failure != NULL && strcmp(seen->failure, "late") == 0, is_answered = false;
    for (size_t i = 0; is_late && i < seen->events.count; i++) { /* the first that came behind the answer; later ones follow from it */
        is_answered = is_answered || seen->events.items[i].kind == FL_HOOK_ANSWER;
        if (is_answered && seen->events.items[i].kind == FL_HOOK_ERROR && trace_of_event(engine, &seen->events.items[i], out))
            return true;
    }
    for (size_t i = seen->events.count; i-- > 0;) {
        fl_trace trace;
        if (seen->events.items[i].kind != FL_HOOK_ERROR || !trace_of_event(engine, &seen->events.items[i], &trace))
            continue;
        if (trace.frames.items[0].is_application) {
            *out = trace;
            return true;
        }
        if (!has_other)
            other = trace;
        has_other = true;
    }
    if (has_other)
        *out = other;
    return has_other || trace_of_text(engine, seen->output, "output", out) || trace_of_text(engine, seen->response.body, "body", out);
}

void fl_judge(fl_engine *engine, fl_observation *seen)
{
    seen->failure = fl_check_run(seen);
    if (seen->failure != NULL)
        seen->has_trace = choose_trace(engine, seen, &seen->trace);
}

/* ---- weak spots ---- */

static bool is_on_lines(const fl_engine *engine, const fl_frame *frame, fl_span span)
{
    if (frame == NULL || span.file >= engine->api->project->file_count)
        return false;
    fl_file *file = fl_project_file(engine->api->project, span.file);
    return fl_str_eq(frame->file, file->path) && frame->line >= fl_file_line(file, span.start_byte) &&
           frame->line <= fl_file_line(file, span.end_byte);
}

static bool holds(fl_span span, uint32_t file, uint32_t byte)
{
    return span.file == file && span.start_byte <= byte && byte < span.end_byte;
}

static bool is_thrown_at(const fl_file *file, uint32_t at)
{
    const fl_node *node = file->root != NULL ? fl_node_at(file->root, at, at + 1) : NULL;
    for (; node != NULL && node->kind != FL_NODE_block && node->kind != FL_NODE_function; node = node->parent)
        if (node->kind == FL_NODE_throw_)
            return true;
    return false;
}

/** It failed elsewhere on the line: where another weak spot stands, or where the program itself throws. */
static bool is_of_another(const fl_engine *engine, const fl_weak_spot *spot, const fl_frame *frame)
{
    uint32_t file = frame->span.file, at = frame->at_byte;
    if (at == UINT32_MAX || holds(spot->span, file, at) || holds(spot->subject, file, at))
        return false;
    if (file < engine->api->project->file_count && is_thrown_at(fl_project_file(engine->api->project, file), at))
        return true;
    const fl_operation *operation = &engine->api->operations.items[spot->operation];
    for (size_t i = 0; i < operation->weak_spots.count; i++) {
        const fl_weak_spot *other = &engine->api->weak_spots.items[operation->weak_spots.items[i] - 1];
        if (other != spot && (holds(other->span, file, at) || holds(other->subject, file, at)))
            return true;
    }
    return false;
}

static bool is_error(fl_str seen, fl_str foreseen)
{
    ptrdiff_t dot = fl_str_rfind_char(seen, '.');
    return foreseen.len && fl_str_eq(fl_str_sub(seen, (size_t)(dot + 1), seen.len), foreseen);
}

/** What was thrown is what another weak spot of the same expression throws: nothing found, not a malformed key. */
static bool throws_for_another(const fl_engine *engine, const fl_weak_spot *spot, const fl_trace *trace)
{
    const fl_operation *operation = &engine->api->operations.items[spot->operation];
    if (is_error(trace->type, spot->failure))
        return false;
    for (size_t i = 0; i < operation->weak_spots.count; i++) {
        const fl_weak_spot *other = &engine->api->weak_spots.items[operation->weak_spots.items[i] - 1];
        bool is_here = other->span.file == spot->span.file && other->span.start_byte == spot->span.start_byte && other->span.end_byte == spot->span.end_byte;
        if (other != spot && is_here && other->kind != spot->kind && is_error(trace->type, other->failure))
            return true;
    }
    return false;
}

/** A few lines: an expression, not a body. */
static bool is_short(const fl_engine *engine, fl_span span)
{
    if (span.file >= engine->api->project->file_count)
        return false;
    fl_file *file = fl_project_file(engine->api->project, span.file);
    return fl_file_line(file, span.end_byte) - fl_file_line(file, span.start_byte) < 3;
}

/** It hangs or ends, as foreseen, and for nothing that somebody handled. */
static bool is_predicted_silence(const fl_weak_spot *spot, const fl_observation *seen)
{
    if (!fl_str_eq_c(spot->shows, seen->failure) || (!fl_str_eq_c(spot->shows, "hang") && !fl_str_eq_c(spot->shows, "exit")))
        return false;
    for (size_t i = 0; i < seen->events.count; i++)
        if (seen->events.items[i].kind == FL_HOOK_REJECTION || seen->events.items[i].kind == FL_HOOK_UNCAUGHT)
            return true;
    return !seen->has_trace;
}

/** The memory came from a line of the spot, or by a call there. */
static bool matches_leak(const fl_engine *engine, const fl_weak_spot *spot, const fl_trace *trace)
{
    const fl_span spans[] = {spot->span, spot->subject, spot->origin};
    const fl_frame *frame;
    for (size_t i = 0; (frame = fl_trace_application_frame(trace, i)) != NULL; i++)
        for (size_t k = 0; k < FL_COUNT(spans); k++)
            if (is_on_lines(engine, frame, spans[k]) && is_short(engine, spans[k]))
                return true;
    return false;
}

bool fl_verdict_matches(fl_engine *engine, const fl_weak_spot *spot, const fl_observation *seen)
{
    bool shows_leak = fl_str_eq_c(spot->shows, "leak");
    if (seen->failure == NULL || shows_leak != is_leak(seen))
        return false;
    if (shows_leak)
        return matches_leak(engine, spot, &seen->trace);
    if (!seen->has_trace)
        return is_predicted_silence(spot, seen) && (spot->kind == FL_WS_unhandled_rejection || fl_verdict_ran(engine, spot, seen));
    const fl_frame *innermost = fl_trace_application_frame(&seen->trace, 0);
    if (throws_for_another(engine, spot, &seen->trace))
        return false;
    bool is_passed_on = spot->kind == FL_WS_unhandled_rejection || spot->kind == FL_WS_bad_id; /* thrown further in, by whatever */
    if (innermost != NULL && !is_passed_on && is_of_another(engine, spot, innermost))
        return false;
    if (is_on_lines(engine, innermost, spot->span) || (is_short(engine, spot->subject) && is_on_lines(engine, innermost, spot->subject)))
        return true;
    /* Here the spot is where nobody caught what was thrown further in. */
    if (!is_passed_on)
        return false;
    for (size_t i = 1; innermost != NULL; innermost = fl_trace_application_frame(&seen->trace, i++))
        if (is_on_lines(engine, innermost, spot->span))
            return true;
    return spot->kind == FL_WS_unhandled_rejection && is_predicted_silence(spot, seen);
}

/** An error flew past the spot: thrown in its function, before it. Counters of blocks do not tell. */
static bool was_skipped(fl_engine *engine, const fl_weak_spot *spot, const fl_observation *seen)
{
    fl_file *file = fl_project_file(engine->api->project, spot->span.file);
    uint32_t first = spot->function.file == spot->span.file ? fl_file_line(file, spot->function.start_byte) : 0;
    uint32_t line = fl_file_line(file, spot->span.start_byte);
    for (size_t i = 0; i < seen->events.count; i++) {
        fl_trace trace;
        if (seen->events.items[i].kind > FL_HOOK_UNCAUGHT || !trace_of_event(engine, &seen->events.items[i], &trace))
            continue;
        for (size_t j = 0; j < trace.frames.count; j++) {
            const fl_frame *frame = &trace.frames.items[j];
            if (frame->is_application && fl_str_eq(frame->file, file->path) && frame->line >= first && frame->line <= line &&
                !(frame->line == line && frame->span.file == spot->span.file && frame->span.start_byte >= spot->span.start_byte))
                return true;
        }
    }
    return false;
}

bool fl_verdict_ran(fl_engine *engine, const fl_weak_spot *spot, const fl_observation *seen)
{
    if (seen->lines == NULL || spot->span.file >= engine->api->project->file_count)
        return false;
    return fl_trace_span_ran(&engine->tracer, seen->lines, spot->span) && !was_skipped(engine, spot, seen);
}

/* ---- aimed requests ---- */

static fl_str where(fl_engine *engine, const fl_observation *seen)
{
    const fl_frame *frame = seen->has_trace ? fl_trace_application_frame(&seen->trace, 0) : NULL;
    if (frame == NULL)
        return fl_str_from(seen->failure);
    return fl_str_format(engine->arena, "%s at " FL_STR_FMT ":%u", seen->failure, FL_STR_ARG(frame->file), frame->line + 1);
}

static fl_str what_came(fl_engine *engine, const fl_observation *seen)
{
    if (seen->response.outcome != FL_HTTP_OK)
        return fl_str_from(fl_http_outcome_text(seen->response.outcome));
    return fl_str_format(engine->arena, "answered %u", seen->response.status);
}

typedef struct aim { fl_engine *engine; const fl_weak_spot *spot; fl_spot_result *result; const fl_baseline *baseline; bool was_refused; } aim;

/** true: decided. */
static bool judge_shot(aim *a, const fl_case *request, fl_arena *arena)
{
    fl_engine *engine = a->engine;
    fl_spot_result *result = a->result;
    fl_observation seen;
    fl_engine_send(engine, arena, request, true, &seen);
    result->requests++;
    if (!seen.was_sent) {
        result->reason = FL_S("a request that must come first did not pass");
        return false;
    }
    if (seen.failure != NULL) {
        bool is_hit = fl_verdict_matches(engine, a->spot, &seen);
        fl_fault *fault = fl_fault_record(engine, request, &seen, is_hit ? a->spot->id : 0);
        if (is_hit) {
            result->verdict = FL_VERDICT_CONFIRMED;
            result->line_ran = true;
            result->reason = fault && fault->has_span ? where(engine, &seen) : fl_str_from(seen.failure);
            return true;
        }
        if (result->verdict == FL_VERDICT_NONE)
            result->reason = fl_str_format(engine->arena, "failed elsewhere: " FL_STR_FMT, FL_STR_ARG(where(engine, &seen)));
        if (!is_leak(&seen)) /* which hinders nothing */
            return false;
    }
    uint16_t status = seen.response.status;
    a->was_refused = status == 401 || status == 403 || status == 404 || status == 409 || status == 410;
    if (fl_verdict_ran(engine, a->spot, &seen)) {
        result->verdict = FL_VERDICT_REFUTED;
        result->line_ran = true;
        result->reason = fl_str_format(engine->arena, "the line ran and held: " FL_STR_FMT, FL_STR_ARG(what_came(engine, &seen)));
    } else if (result->verdict == FL_VERDICT_NONE && result->reason.len == 0) {
        result->reason = fl_str_format(engine->arena, FL_STR_FMT "; %s", FL_STR_ARG(what_came(engine, &seen)),
                                       seen.lines ? "the line did not run" : "which lines ran is not known");
    }
    return false;
}

/** The valid request does not pass any more: what it needs was used up. */
static bool is_stale(aim *a)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_observation seen;
    fl_engine_send(a->engine, &arena, &a->baseline->request, false, &seen);
    bool is_ok = seen.was_sent && seen.response.status == a->baseline->status;
    fl_arena_release(&arena);
    return !is_ok;
}

static void shoot(aim *a)
{
    fl_engine *engine = a->engine;
    const fl_operation *operation = &engine->api->operations.items[a->spot->operation];
    for (int pass = 0; pass < 2; pass++) {
        a->was_refused = false;
        for (unsigned variant = 0; variant < FL_VARIANTS && fl_engine_may_send(engine, operation); variant++) {
            fl_arena arena;
            fl_arena_init(&arena);
            fl_case request;
            bool is_decided = !fl_aim(&engine->sampler, &a->baseline->request, a->spot, variant, &request) ||
                              judge_shot(a, &request, &arena);
            if (!is_decided && fl_str_eq_c(a->spot->shows, "leak")) /* a stale register may have hidden what was lost: the next one takes its place */
                is_decided = judge_shot(a, &request, &arena);
            fl_arena_release(&arena);
            if (is_decided)
                break;
        }
        /* What it needed may be gone: once more on a fresh service. */
        bool may_be_stale = a->result->verdict == FL_VERDICT_NONE && a->was_refused && a->baseline->is_ok && engine->is_dirty;
        if (pass == 1 || !may_be_stale || !is_stale(a) || !fl_engine_restart(engine))
            break;
    }
}

/** What decides is stored, not sent: a column that is null in some rows, a list that is empty for some. An object that exists is no
 *  miss of a look-up by its own identifier. */
static bool depends_on_stored(const fl_weak_spot *spot)
{
    const fl_condition *trigger = spot->conditions.count ? &spot->conditions.items[spot->conditions.count - 1] : NULL;
    if (spot->kind == FL_WS_missing_lookup && trigger != NULL && trigger->at.in == FL_IN_PATH)
        return false;
    return trigger == NULL || trigger->at.in == FL_IN_NOWHERE || (trigger->kind == FL_COND_NOT_FOUND && trigger->at.in == FL_IN_PATH);
}

/** The same for other objects that exist: with the next best values of the path. */
static void shoot_others(aim *a)
{
    fl_engine *engine = a->engine;
    const fl_operation *operation = &engine->api->operations.items[a->spot->operation];
    fl_weak_spot spot = *a->spot; /* with objects that are found */
    if (spot.conditions.count != 0 && spot.conditions.items[spot.conditions.count - 1].kind == FL_COND_NOT_FOUND)
        spot.conditions.count--;
    bool is_leak_spot = fl_str_eq_c(spot.shows, "leak");
    const fl_spot_result before = *a->result; /* that it holds for objects which exist refutes nothing */
    for (size_t rank = 0; rank < OTHERS && !is_leak_spot && a->baseline->is_ok && fl_engine_may_send(engine, operation); rank++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_case from = fl_case_copy(engine->arena, &a->baseline->request), request;
        bool has_more = fl_sample_path(&engine->sampler, rank, &from);
        bool is_decided = !has_more || !fl_aim(&engine->sampler, &from, &spot, 0, &request) || judge_shot(a, &request, &arena);
        fl_arena_release(&arena);
        if (is_decided)
            break;
    }
    if (a->result->verdict != FL_VERDICT_CONFIRMED) {
        a->result->verdict = before.verdict;
        a->result->line_ran = before.line_ran;
        a->result->reason = before.reason;
    }
}

static void run_spot(fl_engine *engine, uint32_t index)
{
    const fl_weak_spot *spot = &engine->api->weak_spots.items[index];
    fl_spot_result *result = &engine->run->spots.items[index];
    if (result->verdict == FL_VERDICT_CONFIRMED)
        return; /* a valid request was enough */
    aim a = {engine, spot, result, &engine->run->baselines.items[spot->operation], false};
    if (a.baseline->request.path == NULL) {
        result->reason = a.baseline->reason.len ? a.baseline->reason : FL_S("nothing could be sent");
    } else {
        shoot(&a);
        if (result->verdict != FL_VERDICT_CONFIRMED && depends_on_stored(spot))
            shoot_others(&a);
        if (result->verdict == FL_VERDICT_NONE && !a.baseline->is_ok)
            result->reason = fl_str_format(engine->arena, "no valid request is known (" FL_STR_FMT "); " FL_STR_FMT,
                                           FL_STR_ARG(a.baseline->reason), FL_STR_ARG(result->reason));
    }
    if (result->verdict == FL_VERDICT_NONE)
        result->verdict = FL_VERDICT_UNREACHED;
}

typedef struct turn { unsigned phase; uint32_t index; } turn;

static int compare_turns(const void *a, const void *b)
{
    const turn *x = a, *y = b;
    if (x->phase != y->phase)
        return x->phase < y->phase ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

void fl_aimed_run(fl_engine *engine)
{
    size_t count = engine->api->weak_spots.count;
    turn *turns = FL_NEW_ARRAY(engine->arena, turn, count + 1);
    for (size_t i = 0; i < count; i++) {
        const fl_weak_spot *spot = &engine->api->weak_spots.items[i];
        bool is_last = fl_operation_is_destructive(&engine->api->operations.items[spot->operation]);
        turns[i] = (turn){is_last ? 2 : fl_str_eq_c(spot->shows, "500") || spot->shows.len == 0 ? 0 : 1, (uint32_t)i};
    }
    if (count != 0)
        qsort(turns, count, sizeof *turns, compare_turns);
    for (size_t i = 0; i < count; i++) {
        if (!engine->options->is_quiet)
            fl_progress("aimed requests", i, count);
        if (!fl_phase_unit(engine, 0, turns[i].index))
            continue;
        run_spot(engine, turns[i].index);
        fl_phase_unit_done(engine, 0, turns[i].index);
    }
}
