/*
 * Faults: one cause, not one request. Read fl_fault_record (what is the same fault), fl_fault_shrink (the smallest request
 * that still fails), fl_faults_finish (proof on a fresh service, order, numbers).
 */
#include "engine/journal.h"
#include <stdlib.h>

enum { SHRINK_SENDS = 40, SHRINK_DEATHS = 6, SHRINK_HANGS = 3, BODY_BYTES = 4096 };

/* ---- what is the same ---- */

static bool is_same_subject(const fl_engine *engine, uint32_t a, uint32_t b)
{
    if (a == 0 || b == 0 || a == b)
        return true;
    fl_span x = engine->api->weak_spots.items[a - 1].subject, y = engine->api->weak_spots.items[b - 1].subject;
    return x.file == y.file && x.start_byte == y.start_byte && x.end_byte == y.end_byte;
}

/* int(None) and int("x"): the same value, and what guards against the one lets the other through. */
static bool is_other_error(const fl_engine *engine, const fl_fault *fault, uint32_t spot, const fl_observation *seen)
{
    if (fault->weak_spot == 0 || spot == 0 || !seen->has_trace || fault->trace.type.len == 0 || seen->trace.type.len == 0)
        return false;
    fl_weak_spot_kind a = engine->api->weak_spots.items[fault->weak_spot - 1].kind, b = engine->api->weak_spots.items[spot - 1].kind;
    return a != b && !fl_str_eq(fault->trace.type, seen->trace.type);
}

static const fl_frame *frame_of(const fl_observation *seen)
{
    return seen->has_trace ? fl_trace_application_frame(&seen->trace, 0) : NULL;
}

bool fl_fault_is_same(const fl_fault *fault, const fl_observation *seen)
{
    const fl_frame *ours = fl_trace_application_frame(&fault->trace, 0), *theirs = frame_of(seen);
    if (seen->failure == NULL || !fl_str_eq_c(fault->failure, seen->failure))
        return false;
    if (ours == NULL || theirs == NULL)
        return ours == theirs && fault->outcome == seen->response.outcome && fault->status == seen->response.status;
    return ours->line == theirs->line && fl_str_eq(ours->file, theirs->file);
}

/** Messages without what stands in quotes and without digits: what depends on the request. */
static bool says_the_same(fl_str a, fl_str b)
{
    size_t i = 0, j = 0;
    for (char quote_a = 0, quote_b = 0;; i++, j++) {
        for (; i < a.len && (quote_a || a.ptr[i] == '\'' || a.ptr[i] == '"' || (a.ptr[i] >= '0' && a.ptr[i] <= '9')); i++)
            if (a.ptr[i] == '\'' || a.ptr[i] == '"')
                quote_a = quote_a == a.ptr[i] ? 0 : quote_a ? quote_a : a.ptr[i];
        for (; j < b.len && (quote_b || b.ptr[j] == '\'' || b.ptr[j] == '"' || (b.ptr[j] >= '0' && b.ptr[j] <= '9')); j++)
            if (b.ptr[j] == '\'' || b.ptr[j] == '"')
                quote_b = quote_b == b.ptr[j] ? 0 : quote_b ? quote_b : b.ptr[j];
        if (i >= a.len || j >= b.len)
            return i >= a.len && j >= b.len;
        if (a.ptr[i] != b.ptr[j])
            return false;
    }
}

/** Of two things that fail on one line, the same one: body.owner.name breaks at `owner`, or at `name`. */
static bool is_same_point(const fl_fault *fault, const fl_observation *seen)
{
    const fl_frame *ours = fl_trace_application_frame(&fault->trace, 0), *theirs = frame_of(seen);
    bool is_exact = ours != NULL && theirs != NULL && ours->at_byte != UINT32_MAX && theirs->at_byte != UINT32_MAX;
    return !is_exact || ours->at_byte == theirs->at_byte;
}

/** Not only the same place: a smaller request must fail for the same reason. */
static bool has_same_reason(const fl_fault *fault, const fl_observation *seen)
{
    return fl_fault_is_same(fault, seen) && is_same_point(fault, seen) && fl_str_eq(fault->trace.type, seen->trace.type) && says_the_same(fault->trace.message, seen->trace.message);
}

/** The weak spot of this operation that foresaw it: id, or 0. */
static uint32_t foreseen(fl_engine *engine, uint32_t operation, const fl_observation *seen)
{
    const fl_operation *o = &engine->api->operations.items[operation];
    for (size_t i = 0; i < o->weak_spots.count; i++) {
        uint32_t id = o->weak_spots.items[i];
        if (id != 0 && id <= engine->api->weak_spots.count && fl_verdict_matches(engine, &engine->api->weak_spots.items[id - 1], seen))
            return id;
    }
    return 0;
}

static void name_kind(fl_engine *engine, fl_fault *fault)
{
    fault->kind = fault->weak_spot == 0 ? fault->failure
                                        : fl_str_from(fl_weak_spot_infos[engine->api->weak_spots.items[fault->weak_spot - 1].kind].id);
}

static void link_spot(fl_engine *engine, fl_fault *fault, uint32_t spot)
{
    if (spot == 0 || fault->weak_spot != 0)
        return;
    fault->weak_spot = spot;
    name_kind(engine, fault);
    fl_spot_result *result = &engine->run->spots.items[spot - 1];
    if (result->verdict != FL_VERDICT_CONFIRMED) {
        const fl_frame *frame = fl_trace_application_frame(&fault->trace, 0);
        result->verdict = FL_VERDICT_CONFIRMED;
        result->line_ran = true;
        result->requests += result->requests == 0;
        if (frame != NULL)
            result->reason = fl_str_format(engine->arena, "failed at " FL_STR_FMT ":%u", FL_STR_ARG(frame->file), frame->line + 1);
    }
}

static void fill(fl_engine *engine, fl_fault *fault, const fl_case *request, const fl_observation *seen)
{
    fault->request = fl_case_copy(engine->arena, request);
    fault->failure = fl_str_from(seen->failure);
    fault->outcome = seen->response.outcome;
    fault->status = seen->response.status;
    fault->signal = seen->exit.has_exited ? seen->exit.signal : 0;
    fault->exit_code = seen->exit.has_exited ? seen->exit.code : 0;
    fault->response_body = fl_str_copy(engine->arena, fl_str_sub(seen->response.body, 0, BODY_BYTES));
    fault->trace = seen->has_trace ? seen->trace : (fl_trace){0};
    fault->trace.message = fl_service_in_place(engine->service, engine->arena, fault->trace.message);
    const fl_frame *frame = frame_of(seen);
    fault->has_span = frame != NULL && frame->span.file != UINT32_MAX;
    fault->span = fault->has_span ? frame->span : (fl_span){UINT32_MAX, 0, 0};
}

/** Another service that is not there, says the error: nothing that the request, or this one, did wrong. */
static bool is_of_elsewhere(const fl_engine *engine, const fl_observation *seen)
{
    fl_str type = seen->has_trace ? seen->trace.type : (fl_str){NULL, 0};
    ptrdiff_t dot = fl_str_rfind_char(type, '.');
    type = fl_str_sub(type, (size_t)(dot + 1), type.len);
    for (size_t i = 0; type.len != 0 && i < engine->elsewhere.count; i++)
        if (fl_str_eq(engine->elsewhere.items[i], type))
            return true;
    return false;
}

static bool stands_in(const fl_operation *operation, fl_span span)
{
    for (size_t i = 0; i < operation->handlers.count; i++) {
        fl_span own = operation->handlers.items[i].span;
        if (own.file == span.file && own.start_byte <= span.start_byte && span.end_byte <= own.end_byte)
            return true;
    }
    return false;
}

/** What an earlier request left behind (a timer, a promise) ends the process while another one waits: it broke in a handler that this one never enters. */
static bool is_of_another(const fl_engine *engine, uint32_t operation, const fl_observation *seen)
{
    const fl_frame *frame = frame_of(seen);
    bool is_late = seen->failure != NULL && (strcmp(seen->failure, "exit") == 0 || strcmp(seen->failure, "late") == 0);
    if (!is_late || frame == NULL || frame->span.file == UINT32_MAX || stands_in(&engine->api->operations.items[operation], frame->span))
        return false;
    for (size_t i = 0; i < engine->api->operations.count; i++)
        if (i != operation && stands_in(&engine->api->operations.items[i], frame->span))
            return true;
    return false;
}

fl_fault *fl_fault_record(fl_engine *engine, const fl_case *request, const fl_observation *seen, uint32_t spot)
{
    fl_run *run = engine->run;
    if (spot == 0)
        spot = foreseen(engine, request->operation, seen);
    if (spot == 0 && (is_of_elsewhere(engine, seen) || is_of_another(engine, request->operation, seen)))
        return NULL;
    for (size_t i = 0; i < run->faults.count; i++) {
        fl_fault *fault = &run->faults.items[i];
        if (fault->operation != request->operation || !fl_fault_is_same(fault, seen) || !is_same_subject(engine, fault->weak_spot, spot) ||
            is_other_error(engine, fault, spot, seen))
            continue; /* two weak spots on one line that look at different values, or fail otherwise, are two causes */
        fault->seen_count++;
        if (fault->weak_spot == 0 && spot != 0) { /* an aimed request says more than one that failed by chance */
            fill(engine, fault, request, seen);
            link_spot(engine, fault, spot);
            fl_fault_shrink(engine, fault);
        } else {
            link_spot(engine, fault, spot);
        }
        if (spot != 0)
            run->spots.items[spot - 1].fault = (uint32_t)i + 1;
        return fault;
    }
    fl_fault fresh = {.operation = request->operation, .seen_count = 1};
    fill(engine, &fresh, request, seen);
    name_kind(engine, &fresh);
    link_spot(engine, &fresh, spot);
    fl_vec_push(engine->arena, &run->faults, fresh);
    if (spot != 0)
        run->spots.items[spot - 1].fault = (uint32_t)run->faults.count;
    fl_fault *fault = &run->faults.items[run->faults.count - 1];
    fl_fault_shrink(engine, fault);
    fl_journal_found(engine, fault);
    return fault;
}

/* ---- checks that are no crash ---- */

enum { DETAILS = 12 };

static void add_detail(fl_engine *engine, fl_fault *fault, fl_str detail)
{
    for (size_t i = 0; i < fault->details.count; i++)
        if (fl_str_eq(fault->details.items[i], detail))
            return;
    if (fault->details.count < DETAILS)
        fl_vec_push(engine->arena, &fault->details, fl_str_copy(engine->arena, detail));
}

fl_fault *fl_finding_record(fl_engine *engine, uint32_t operation, const fl_case *request, const fl_observation *seen, const char *check, fl_str detail)
{
    fl_run *run = engine->run;
    for (size_t i = 0; i < run->faults.count; i++) {
        fl_fault *fault = &run->faults.items[i];
        if (fault->operation != operation || !fl_str_eq_c(fault->failure, check))
            continue;
        fault->seen_count++;
        add_detail(engine, fault, detail);
        return fault;
    }
    fl_fault fresh = {.operation = operation, .seen_count = 1};
    fl_observation named = *seen;
    named.failure = check;
    named.has_trace = false;
    fill(engine, &fresh, request, &named);
    fresh.kind = fresh.failure;
    add_detail(engine, &fresh, detail);
    fl_vec_push(engine->arena, &run->faults, fresh);
    fl_journal_found(engine, &run->faults.items[run->faults.count - 1]);
    return &run->faults.items[run->faults.count - 1];
}

/** The sort of the check that found it. */
static fl_check_kind kind_of(const fl_fault *fault)
{
    const fl_check *check = fl_check_by_id(fault->failure);
    return check != NULL ? check->kind : FL_CHECKS_FAILURE;
}

static bool has_finding(const fl_fault *fault, const fl_observation *seen)
{
    for (size_t i = 0; i < seen->findings.count; i++)
        if (fl_str_eq_c(fault->failure, seen->findings.items[i].check) && seen->response.status == fault->status)
            return true;
    return false;
}

/* ---- shrinking ---- */

/** Seen only when it is asked for. */
static bool is_leak(const fl_fault *fault)
{
    return fl_str_eq_c(fault->failure, "leak");
}

typedef struct shrinker { fl_engine *engine; fl_fault *fault; unsigned left; } shrinker;

/** Still the same failure? Then it is the request from now on. */
static bool keep_if_same(shrinker *s, const fl_case *candidate)
{
    if (s->left == 0 || !fl_engine_may_send(s->engine, &s->engine->api->operations.items[candidate->operation]))
        return false;
    s->left--;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_observation seen;
    fl_engine_send(s->engine, &arena, candidate, is_leak(s->fault), &seen);
    bool is_answer = kind_of(s->fault) == FL_CHECKS_ANSWER;
    bool is_same = seen.was_sent && (is_answer ? has_finding(s->fault, &seen) : has_same_reason(s->fault, &seen));
    if (is_same && is_answer)
        seen.failure = fl_str_c(s->engine->arena, s->fault->failure);
    if (is_same)
        fill(s->engine, s->fault, candidate, &seen);
    for (size_t i = 0; is_same && is_answer && i < seen.findings.count; i++)
        if (fl_str_eq_c(s->fault->failure, seen.findings.items[i].check) && s->fault->details.count == 1) /* what is said is said of this request */
            s->fault->details.items[0] = fl_str_copy(s->engine->arena, seen.findings.items[i].detail);
    fl_arena_release(&arena);
    return is_same;
}

static fl_data **map_at(fl_case *request, unsigned which)
{
    fl_data **const maps[] = {&request->query, &request->cookie, &request->header};
    return maps[which];
}

static void shrink_maps(shrinker *s)
{
    for (unsigned which = 0; which < 3; which++) {
        for (size_t index = 0;;) {
            const fl_data *one = fl_data_at(*map_at(&s->fault->request, which), index);
            if (one == NULL)
                break;
            fl_case candidate = fl_case_copy(s->engine->arena, &s->fault->request);
            fl_data_remove(*map_at(&candidate, which), one->key);
            if (!keep_if_same(s, &candidate))
                index++;
        }
    }
}

/** Leaves out each member, whole before its parts; of lists, all but the first item. */
static void shrink_value(shrinker *s, fl_str pointer)
{
    const fl_data *value = fl_data_pointer(s->fault->request.body, pointer);
    if (value == NULL || s->left == 0)
        return;
    if (value->kind == FL_DATA_LIST) {
        while (value != NULL && value->count > 1) {
            fl_case candidate = fl_case_copy(s->engine->arena, &s->fault->request);
            fl_data_pointer_remove(candidate.body, fl_str_format(s->engine->arena, FL_STR_FMT "/%u", FL_STR_ARG(pointer), value->count - 1));
            if (!keep_if_same(s, &candidate))
                break;
            value = fl_data_pointer(s->fault->request.body, pointer);
        }
        shrink_value(s, fl_str_format(s->engine->arena, FL_STR_FMT "/0", FL_STR_ARG(pointer)));
        return;
    }
    if (value->kind != FL_DATA_MAP)
        return;
    for (size_t index = 0;;) {
        value = fl_data_pointer(s->fault->request.body, pointer);
        const fl_data *one = fl_data_at(value, index);
        if (one == NULL)
            return;
        fl_str at = fl_str_format(s->engine->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(pointer), FL_STR_ARG(one->key));
        fl_case candidate = fl_case_copy(s->engine->arena, &s->fault->request);
        if (!fl_data_pointer_remove(candidate.body, at) || !keep_if_same(s, &candidate)) {
            shrink_value(s, at);
            index++;
        }
    }
}

/** Is it about the body as a whole, which has to be null or of another type? Without one it would be another cause. */
static bool needs_body(const fl_engine *engine, const fl_fault *fault)
{
    const fl_weak_spot *spot = fault->weak_spot != 0 ? &engine->api->weak_spots.items[fault->weak_spot - 1] : NULL;
    const fl_condition *trigger = spot != NULL && spot->conditions.count > 0 ? &spot->conditions.items[spot->conditions.count - 1] : NULL;
    return trigger != NULL && trigger->at.in == FL_IN_BODY && trigger->at.pointer.len == 0 && trigger->kind != FL_COND_NO_BODY;
}

void fl_fault_shrink(fl_engine *engine, fl_fault *fault)
{
    bool was_trying = engine->is_trying_again;
    engine->is_trying_again = true;
    bool hangs = fault->outcome == FL_HTTP_TIMEOUT, kills = fl_str_eq_c(fault->failure, "exit") || fault->outcome != FL_HTTP_OK;
    shrinker s = {engine, fault, hangs ? SHRINK_HANGS : kills ? SHRINK_DEATHS : SHRINK_SENDS};
    const fl_case *request = &fault->request;
    if (request->has_body && !needs_body(engine, fault)) { /* all of it at once, when that is enough */
        fl_case candidate = fl_case_copy(engine->arena, request);
        candidate.has_body = false;
        candidate.body = NULL;
        candidate.raw_body = (fl_str){NULL, 0};
        (void)keep_if_same(&s, &candidate);
    }
    shrink_maps(&s);
    if (request->has_body && request->body != NULL && request->raw_body.ptr == NULL)
        shrink_value(&s, (fl_str){NULL, 0});
    engine->is_trying_again = was_trying;
}

/* ---- requests as they are reported ---- */

typedef struct setup { fl_engine *engine; FL_VEC(uint32_t) numbers; } setup;

static size_t position_of(const setup *s, uint32_t number)
{
    for (size_t i = 0; i < s->numbers.count; i++)
        if (s->numbers.items[i] == number)
            return i;
    return SIZE_MAX;
}

/** What a case needs, deepest first, each once. */
static void add_needed(setup *s, const fl_case *request, unsigned depth)
{
    fl_engine *engine = s->engine;
    fl_references used = {0};
    fl_references_of_case(engine->arena, request, &used);
    for (size_t i = 0; i < used.count + request->before.count && depth < 16; i++) {
        uint32_t number = i < used.count ? used.items[i].number : request->before.items[i - used.count];
        const fl_baseline *one = fl_engine_case(engine, number);
        if (one == NULL || engine->is_stable.items[number] || position_of(s, number) != SIZE_MAX)
            continue;
        add_needed(s, &one->request, depth + 1);
        if (position_of(s, number) == SIZE_MAX)
            fl_vec_push(engine->arena, &s->numbers, number);
    }
}

/** References to setup requests by their position; stable ones become plain values. */
static const fl_data *resolve_for_report(void *context, const fl_reference *reference)
{
    setup *s = context;
    size_t at = position_of(s, reference->number);
    if (at == SIZE_MAX)
        return fl_engine_resolve(s->engine, reference);
    return fl_data_string(s->engine->arena, fl_reference_text(s->engine->arena, (uint32_t)at + 1, reference->pointer));
}

static fl_str base_of(const fl_engine *engine)
{
    fl_str url = engine->options->plan.url;
    while (url.len != 0 && url.ptr[url.len - 1] == '/')
        url.len--;
    return url.len != 0 ? url : FL_S(FL_BASE_VARIABLE);
}

/** `"{{1:/id}}"` that stands for a number loses its quotes: then what is sent is a number again. */
static fl_str unquote_numbers(const setup *s, fl_str body)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    size_t from = 0, start, done = 0;
    fl_reference reference;
    while (fl_reference_next(body, &from, &start, &reference)) {
        if (start == 0 || body.ptr[start - 1] != '"' || from >= body.len || body.ptr[from] != '"' || reference.number > s->numbers.count)
            continue;
        const fl_reference ours = {s->numbers.items[reference.number - 1], reference.pointer};
        const fl_data *value = fl_engine_resolve(s->engine, &ours);
        if (value == NULL || value->kind == FL_DATA_STRING)
            continue;
        fl_buf_add(&out, fl_str_sub(body, done, start - 1));
        fl_buf_add(&out, fl_str_sub(body, start, from));
        done = from + 1;
    }
    fl_buf_add(&out, fl_str_sub(body, done, body.len));
    fl_str text = fl_str_copy(s->engine->arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return text;
}

void fl_fault_render(fl_engine *engine, fl_fault *fault)
{
    fl_arena *arena = engine->arena;
    setup s = {.engine = engine};
    add_needed(&s, &fault->request, 0);
    fault->setup.items = NULL;
    fault->setup.count = fault->setup.capacity = 0;
    for (size_t i = 0; i <= s.numbers.count; i++) {
        const fl_case *request = i < s.numbers.count ? &fl_engine_case(engine, s.numbers.items[i])->request : &fault->request;
        fl_case resolved;
        fl_http_request rendered;
        if (!fl_references_resolve_case(arena, request, resolve_for_report, &s, &resolved))
            resolved = *request;
        fl_case_render(arena, engine->api, &resolved, base_of(engine), &rendered);
        if (request->content_type.len == 0 || fl_str_find(request->content_type, FL_S("json")) >= 0)
            rendered.body = unquote_numbers(&s, rendered.body);
        if (i < s.numbers.count)
            fl_vec_push(arena, &fault->setup, rendered);
        else
            fault->sent = rendered;
    }
    fault->curl = fl_request_curl(arena, fault->setup.items, fault->setup.count, &fault->sent);
}

/* ---- the end ---- */

static bool fails_again(fl_engine *engine, fl_fault *fault, const fl_case *request)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_observation seen;
    fl_engine_send(engine, &arena, request, is_leak(fault), &seen);
    bool is_same = seen.was_sent && has_same_reason(fault, &seen);
    fl_arena_release(&arena);
    return is_same;
}

/** On a fresh service, with nothing before it but what it names. Leaves `before` away when that is enough. */
static void prove_setup(fl_engine *engine, fl_fault *fault)
{
    if (fault->request.before.count == 0 || !fl_engine_restart(engine))
        return;
    fl_case bare = fl_case_copy(engine->arena, &fault->request);
    bare.before.count = 0;
    if (fails_again(engine, fault, &bare))
        fault->request = bare;
}

/** What takes the service away from everybody weighs 4, another error 3, a warning 2, a note 1; times 3 for what anybody does with one
 *  request, 2 for what takes requests before it or a caller who is known, 1 for what takes both. */
static unsigned weight_of(const fl_engine *engine, const fl_fault *fault)
{
    const fl_check *check = fl_check_by_id(fault->failure);
    char level = check != NULL ? check->level[0] : 'e';
    bool is_gone = fault->outcome != FL_HTTP_OK || fault->signal != 0 || fl_str_eq_c(fault->failure, "exit");
    unsigned severity = level == 'n' ? 1 : level == 'w' ? 2 : is_gone ? 4 : 3;
    bool is_for_known = fault->operation < engine->api->operations.count && engine->api->operations.items[fault->operation].security.count != 0;
    return severity * (3u - (fault->setup.count != 0) - is_for_known);
}

static int compare_faults(const void *a, const void *b)
{
    const fl_fault *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->has_span != y->has_span)
        return x->has_span ? -1 : 1;
    if (x->has_span && x->span.file != y->span.file)
        return x->span.file < y->span.file ? -1 : 1;
    if (x->has_span && x->span.start_byte != y->span.start_byte)
        return x->span.start_byte < y->span.start_byte ? -1 : 1;
    if (x->operation != y->operation)
        return x->operation < y->operation ? -1 : 1;
    int order = fl_str_cmp(x->kind, y->kind);
    return order ? order : (x->status > y->status) - (x->status < y->status);
}

void fl_faults_finish(fl_engine *engine)
{
    fl_run *run = engine->run;
    engine->is_trying_again = true;
    for (size_t i = 0; i < run->faults.count; i++) {
        run->faults.items[i].id = (uint32_t)i + 1; /* as spots know it so far */
        if (kind_of(&run->faults.items[i]) == FL_CHECKS_ANSWER)
            fl_fault_shrink(engine, &run->faults.items[i]);
        else if (kind_of(&run->faults.items[i]) == FL_CHECKS_FAILURE)
            prove_setup(engine, &run->faults.items[i]);
        fl_fault_render(engine, &run->faults.items[i]);
        run->faults.items[i].weight = weight_of(engine, &run->faults.items[i]);
    }
    if (run->faults.count != 0)
        qsort(run->faults.items, run->faults.count, sizeof *run->faults.items, compare_faults);
    uint32_t *renamed = FL_NEW_ARRAY(engine->arena, uint32_t, run->faults.count + 1);
    for (size_t i = 0; i < run->faults.count; i++) {
        renamed[run->faults.items[i].id] = (uint32_t)i + 1;
        run->faults.items[i].id = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < run->spots.count; i++)
        if (run->spots.items[i].fault != 0)
            run->spots.items[i].fault = renamed[run->spots.items[i].fault];
}
