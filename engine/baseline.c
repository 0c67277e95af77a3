/*
 * One valid request per operation, producers before consumers. Read fl_baseline_run, then `find_valid`: up to TRIES requests,
 * each filled by another strategy or bent by what the refusal said, with other callers when nobody is known, then `guess_valid`. A passing one
 * feeds the pool. fl_baseline_rehearse sends them all again on a fresh service: what is the same then may be relied on.
 */
#include "engine/engine_p.h"
#include <stdlib.h>
#include <string.h>

enum { TRIES = 8, LESSONS = 4, GUESSES = 8, MORE_LOGINS = 3, NOBODY = -1 };

static const fl_strategy strategies[] = {
    {.all = false}, {.all = true}, {.use_mined = true}, {.all = true, .use_mined = true, .salt = 1}, {.rank = 1, .salt = 1},
    {.all = true, .use_mined = true, .rank = 1, .salt = 2}, {.use_mined = true, .rank = 2, .salt = 3},
};
static const fl_strategy login_strategies[] = {
    {.use_mined = true}, {.all = true, .use_mined = true}, {.all = false}, {.use_mined = true, .rank = 1, .salt = 1},
    {.all = true, .use_mined = true, .rank = 2, .salt = 2},
};

/* ---- order ---- */

typedef struct place { unsigned phase, parameters, method; uint32_t index; } place;

static place place_of(const fl_engine *engine, uint32_t index)
{
    static const char *const methods[] = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH"};
    const fl_operation *operation = &engine->api->operations.items[index];
    place p = {.method = FL_COUNT(methods), .index = index};
    for (size_t i = 0; i < operation->path.len; i++)
        p.parameters += operation->path.ptr[i] == '{';
    for (unsigned i = 0; i < FL_COUNT(methods); i++)
        if (fl_str_eq_c(fl_operation_method(operation), methods[i]))
            p.method = i;
    bool is_sign_up = fl_name_contains(operation->path, "register") || fl_name_contains(operation->path, "signup");
    if (fl_operation_is_destructive(operation)) {
        p.phase = 5;
        p.parameters = 100 - p.parameters; /* the parts before the whole */
    } else if (fl_auth_is_login(engine, index))
        p.phase = is_sign_up ? 0 : 1;
    else
        p.phase = 2;
    return p;
}

static int compare_places(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->phase != y->phase)
        return x->phase < y->phase ? -1 : 1;
    if (x->parameters != y->parameters)
        return x->parameters < y->parameters ? -1 : 1;
    if (x->method != y->method)
        return x->method < y->method ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

void fl_baseline_order(const fl_engine *engine, fl_arena *arena, uint32_t *order)
{
    size_t count = engine->api->operations.count;
    place *places = FL_NEW_ARRAY(arena, place, count + 1);
    for (size_t i = 0; i < count; i++)
        places[i] = place_of(engine, (uint32_t)i);
    if (count != 0)
        qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++)
        order[i] = places[i].index;
}

/* ---- one operation ---- */

static bool has_passed(const fl_observation *seen)
{
    bool is_answered = seen->failure == NULL || fl_str_eq_c(FL_S("leak"), seen->failure); /* memory was lost: the answer is as good */
    return seen->was_sent && is_answered && seen->response.outcome == FL_HTTP_OK && seen->response.status >= 200 &&
           seen->response.status < 400;
}

static bool is_about_caller(const fl_observation *seen)
{
    return seen->response.outcome == FL_HTTP_OK && (seen->response.status == 401 || seen->response.status == 403);
}

/** A refusal as of any other input, but its words are about who asks. */
static bool speaks_of_caller(const fl_operation *operation, const fl_observation *seen)
{
    static const char *const words[] = {"token", "Token", "jwt", "JWT", "uthoriz", "uthentic", "credential"};
    fl_str body = fl_str_sub(seen->response.body, 0, seen->response.body.len < 300 ? seen->response.body.len : 300);
    bool is_refused = seen->response.outcome == FL_HTTP_OK && seen->response.status == 400 && (operation->security.count != 0 || operation->body.count == 0 || seen->response.body.len < 200);
    for (size_t i = 0; i < FL_COUNT(words) && is_refused; i++)
        if (fl_str_find(body, fl_str_from(words[i])) >= 0)
            return true;
    return false;
}

/** How near to a 2xx: an aimed request starts from the best there was. */
static int rank_of(const fl_observation *seen)
{
    static const uint16_t order[] = {401, 403, 400, 422, 415, 404, 405, 409};
    if (!seen->was_sent || seen->response.outcome != FL_HTTP_OK)
        return seen->was_sent ? 1 : 0;
    if (seen->response.status < 400)
        return 100;
    if (seen->response.status >= 500)
        return 50;
    for (size_t i = 0; i < FL_COUNT(order); i++)
        if (seen->response.status == order[i])
            return 2 + (int)i;
    return 20;
}

static fl_str message_of(fl_arena *arena, const fl_observation *seen)
{
    fl_str body = fl_str_trim(seen->response.body);
    size_t len = 0;
    while (len < body.len && len < 120 && (unsigned char)body.ptr[len] >= ' ')
        len++;
    if (seen->response.outcome != FL_HTTP_OK)
        return fl_str_from(fl_http_outcome_text(seen->response.outcome));
    if (seen->failure != NULL && seen->response.status < 400) { /* the answer was fine, what followed was not */
        const char *then = seen->exit.has_exited ? "the process ended" : strcmp(seen->failure, "late") == 0 ? "the handler failed" : "a rejected promise reached nobody";
        return fl_str_format(arena, "answered %u, then %s", seen->response.status, then);
    }
    return fl_str_format(arena, "answered %u " FL_STR_FMT, seen->response.status, (int)len, body.ptr ? body.ptr : "");
}

static void fill(fl_engine *engine, fl_baseline *baseline, const fl_case *request, const fl_observation *seen)
{
    fl_arena *arena = engine->arena;
    baseline->request = fl_case_copy(arena, request);
    baseline->is_ok = has_passed(seen);
    baseline->status = seen->response.status;
    baseline->outcome = seen->response.outcome;
    baseline->body = fl_str_copy(arena, seen->response.body);
    baseline->content_type = fl_str_copy(arena, fl_http_header_get(&seen->response, "content-type"));
    baseline->reason = baseline->is_ok ? FL_S("") : fl_str_trim(fl_str_copy(arena, message_of(arena, seen)));
    fl_case_render(arena, engine->api, request, FL_S(FL_BASE_VARIABLE), &baseline->sent);
}

typedef struct search {
    fl_engine *engine;
    fl_arena *arena;                       /**< of this operation's tries */
    uint32_t index;
    int best;
    int caller;                            /**< index of the credential in use, or NOBODY */
    size_t callers_tried;
    unsigned sends;
    FL_VEC(fl_str) sent;
    fl_observation seen;
} search;

static bool was_sent_before(search *s, const fl_case *request)
{
    fl_http_request rendered;
    fl_case_render(s->arena, s->engine->api, request, FL_S(""), &rendered);
    fl_buf key;
    fl_buf_init(&key, 0);
    fl_buf_add(&key, rendered.url);
    for (size_t i = 0; i < rendered.headers.count; i++)
        fl_buf_format(&key, "\n" FL_STR_FMT ":" FL_STR_FMT, FL_STR_ARG(rendered.headers.items[i].name), FL_STR_ARG(rendered.headers.items[i].value));
    fl_buf_add(&key, rendered.body);
    fl_str text = fl_str_copy(s->arena, fl_buf_str(&key));
    fl_buf_release(&key);
    for (size_t i = 0; i < s->sent.count; i++)
        if (fl_str_eq(s->sent.items[i], text))
            return true;
    fl_vec_push(s->arena, &s->sent, text);
    return false;
}

static void send(search *s, const fl_case *request)
{
    s->sends++;
    fl_engine_send(s->engine, s->arena, request, false, &s->seen);
    if (s->seen.failure != NULL)
        (void)fl_fault_record(s->engine, request, &s->seen, 0);
    int rank = rank_of(&s->seen);
    if (rank > s->best) {
        s->best = rank;
        fill(s->engine, &s->engine->run->baselines.items[s->index], request, &s->seen);
    }
}

/** Tries callers that were not tried yet, up to `limit` of them. */
static void change_caller(search *s, fl_case *request, size_t limit)
{
    fl_engine *engine = s->engine;
    for (size_t n = 0; n < limit && s->callers_tried < engine->credentials.count; n++) {
        size_t pick = (engine->good_credential + s->callers_tried++) % engine->credentials.count;
        if ((int)pick == s->caller)
            continue;
        fl_case copy = fl_case_copy(engine->arena, request);
        fl_auth_apply(engine, pick, &copy);
        if (was_sent_before(s, &copy))
            continue;
        send(s, &copy);
        if (!is_about_caller(&s->seen) && !speaks_of_caller(&engine->api->operations.items[s->index], &s->seen)) {
            s->caller = (int)pick;
            engine->good_credential = pick;
            *request = copy;
            return;
        }
    }
}

static bool find_valid(search *s)
{
    fl_engine *engine = s->engine;
    const fl_operation *operation = &engine->api->operations.items[s->index];
    bool is_login = fl_auth_is_login(engine, s->index);
    const fl_strategy *list = is_login ? login_strategies : strategies;
    size_t count = is_login ? FL_COUNT(login_strategies) : FL_COUNT(strategies);
    s->caller = operation->security.count != 0 && engine->credentials.count != 0 ? (int)fl_auth_first(engine, operation) : NOBODY;
    for (size_t i = 0; i < count && s->sends < TRIES + engine->credentials.count; i++) {
        fl_case request;
        fl_strategy strategy = list[i];
        strategy.is_fresh = s->seen.response.status == 409 && !is_login;
        strategy.salt += strategy.is_fresh;
        fl_sample_case(&engine->sampler, s->index, &strategy, &request);
        for (unsigned lesson = 0; lesson <= LESSONS && fl_engine_may_send(engine, operation); lesson++) {
            if (s->caller != NOBODY)
                fl_auth_apply(engine, (size_t)s->caller, &request);
            if (was_sent_before(s, &request))
                break;
            send(s, &request);
            bool is_lonely = s->caller == NOBODY && s->seen.failure != NULL;
            if (!is_login && (is_about_caller(&s->seen) || speaks_of_caller(operation, &s->seen) || is_lonely))
                change_caller(s, &request, is_lonely ? 1 : engine->credentials.count);
            if (has_passed(&s->seen))
                return true;
            if (s->seen.response.outcome == FL_HTTP_TIMEOUT)
                return false; /* the next one would wait as long */
            uint16_t status = s->seen.response.status;
            if (status == 409 && s->seen.failure == NULL && fl_sample_freshen(&engine->sampler, &request, s->sends))
                continue;
            if (s->seen.failure != NULL)
                break;
            if ((status == 400 || status == 422 || status == 415) && fl_sample_learn(&engine->sampler, &request, s->seen.response.body))
                continue;
            bool may_be_elsewhere = status == 404 || status == 400 || status == 410;
            if (!may_be_elsewhere || i != 0 || !fl_sample_path(&engine->sampler, lesson + 1, &request))
                break;
        }
        if (!is_login && is_about_caller(&s->seen) && s->callers_tried >= engine->credentials.count)
            break; /* nobody we know may do this */
    }
    return false;
}

/** What no single value shows: from the request that came nearest, or, as refused ones all look the same, the fullest. */
static bool guess_valid(search *s)
{
    fl_engine *engine = s->engine;
    const fl_baseline *nearest = &engine->run->baselines.items[s->index];
    if (s->best < 0 || nearest->request.path == NULL)
        return false;
    fl_case from = fl_case_copy(engine->arena, &nearest->request);
    uint16_t status = nearest->status;
    if (status == 400 || status == 422) {
        const fl_strategy full = {.all = true};
        fl_sample_case(&engine->sampler, s->index, &full, &from);
        if (s->caller != NOBODY)
            fl_auth_apply(engine, (size_t)s->caller, &from);
    }
    for (unsigned rank = 0; rank < GUESSES && fl_engine_may_send(engine, &engine->api->operations.items[s->index]); rank++) {
        fl_case request = fl_case_copy(engine->arena, &from);
        if (!fl_sample_guess(&engine->sampler, status, rank, &request))
            return false;
        if (was_sent_before(s, &request))
            continue;
        send(s, &request);
        if (has_passed(&s->seen))
            return true;
        if (s->seen.response.outcome == FL_HTTP_TIMEOUT)
            return false;
    }
    return false;
}

/* ---- what a passing request gives ---- */

static void add_to_pool(fl_engine *engine, uint32_t number, const fl_case *request)
{
    const fl_baseline *from = fl_engine_case(engine, number);
    if (from->answer == NULL)
        return;
    fl_case resolved;
    if (!fl_references_resolve_case(engine->arena, request, fl_engine_resolve, engine, &resolved))
        return;
    fl_pool_entry entry = {.operation = request->operation, .number = number, .json = from->answer, .path = resolved.path};
    entry.sent = resolved.has_body && resolved.body && resolved.body->kind == FL_DATA_MAP ? resolved.body : NULL;
    entry.is_safe = fl_operation_is_safe(&engine->api->operations.items[request->operation]);
    fl_vec_push(engine->arena, &engine->pool.entries, entry);
}

/** What else must have happened to the thing that the request speaks of: a cart needs items before one can be changed. */
static void find_needed(fl_engine *engine, fl_baseline *baseline)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_references ours = {0};
    fl_references_of_case(&arena, &baseline->request, &ours);
    fl_str path = engine->api->operations.items[baseline->operation].path;
    for (size_t i = 0; i < engine->run->order.count; i++) {
        uint32_t number = engine->run->order.items[i];
        const fl_baseline *other = fl_engine_case(engine, number);
        const fl_operation *operation = &engine->api->operations.items[other->operation];
        if (fl_operation_is_safe(operation) || fl_operation_is_destructive(operation))
            continue;
        fl_references theirs = {0};
        fl_references_of_case(&arena, &other->request, &theirs);
        size_t common = 0;
        while (common < path.len && common < operation->path.len && path.ptr[common] == operation->path.ptr[common])
            common++;
        if (fl_str_find_char(fl_str_sub(path, 0, common), '}') < 0)
            continue;
        bool is_shared = false;
        for (size_t a = 0; a < ours.count; a++)
            for (size_t b = 0; b < theirs.count; b++)
                is_shared = is_shared || (ours.items[a].number == theirs.items[b].number && fl_str_eq(ours.items[a].pointer, theirs.items[b].pointer) &&
                                          !fl_operation_is_safe(&engine->api->operations.items[fl_engine_case(engine, ours.items[a].number)->operation]));
        if (is_shared)
            fl_vec_push(engine->arena, &baseline->request.before, number);
    }
    fl_arena_release(&arena);
}

/** Who logs in was made known by a request with the same name and password, where one passed before. */
static void find_account(fl_engine *engine, fl_baseline *baseline)
{
    const fl_data *own = baseline->request.body;
    for (size_t i = 0; own != NULL && own->kind == FL_DATA_MAP && i < engine->run->order.count; i++) {
        const fl_baseline *other = fl_engine_case(engine, engine->run->order.items[i]);
        unsigned same = 0;
        for (const fl_data *each = own->first; each != NULL; each = each->next) {
            const fl_data *theirs = fl_data_get(other->request.body, each->key);
            same += each->kind == FL_DATA_STRING && theirs != NULL && fl_data_eq(each, theirs);
        }
        if (same >= 2 && other->operation != baseline->operation && fl_auth_is_login(engine, other->operation)) {
            fl_vec_push(engine->arena, &baseline->request.before, engine->run->order.items[i]);
            return;
        }
    }
}

/** The same login with other rows of the sources: another caller may be allowed more. */
static void log_in_again(fl_engine *engine, uint32_t index)
{
    const fl_operation *operation = &engine->api->operations.items[index];
    for (unsigned rank = 0; rank < MORE_LOGINS && fl_engine_may_send(engine, operation); rank++) {
        const fl_strategy strategy = {.use_mined = true, .rank = rank};
        fl_case request;
        fl_sample_case(&engine->sampler, index, &strategy, &request);
        if (!request.has_body || request.body == NULL || fl_data_eq(request.body, engine->run->baselines.items[index].request.body))
            continue;
        fl_arena arena;
        fl_arena_init(&arena);
        fl_observation seen;
        uint32_t number = fl_engine_add_extra(engine, &request);
        fl_engine_send_case(engine, &arena, number, &seen);
        fl_baseline *extra = fl_engine_case(engine, number);
        if (has_passed(&seen)) {
            fill(engine, extra, &request, &seen);
            fl_auth_harvest(engine, number);
            fl_vec_push(engine->arena, &engine->run->order, number);
        }
        fl_arena_release(&arena);
    }
}

static void run_operation(fl_engine *engine, uint32_t index)
{
    fl_baseline *baseline = &engine->run->baselines.items[index];
    const fl_operation *operation = &engine->api->operations.items[index];
    if (!fl_engine_may_send(engine, operation)) {
        if (baseline->reason.len == 0)
            baseline->reason = engine->broken != FL_OK ? FL_S("the service does not run any more") : FL_S("excluded, or the limit of requests was reached");
        return;
    }
    fl_arena arena;
    fl_arena_init(&arena);
    search s = {.engine = engine, .arena = &arena, .index = index, .best = -1};
    if (baseline->request.path != NULL)
        s.best = 0;
    if (find_valid(&s) || guess_valid(&s)) {
        fl_engine_keep(engine, index, &s.seen);
        find_needed(engine, baseline);
        if (fl_auth_is_login(engine, index))
            find_account(engine, baseline);
        fl_vec_push(engine->arena, &engine->run->order, index);
        add_to_pool(engine, index, &baseline->request);
        if (s.seen.response.status < 300) {
            size_t callers = engine->credentials.count;
            fl_auth_harvest(engine, index);
            if (engine->credentials.count > callers && fl_auth_is_login(engine, index))
                log_in_again(engine, index);
        }
    }
    fl_arena_release(&arena);
}

void fl_baseline_run(fl_engine *engine)
{
    size_t count = engine->api->operations.count, done = 0;
    uint32_t *order = FL_NEW_ARRAY(engine->arena, uint32_t, count + 1);
    fl_baseline_order(engine, engine->arena, order);
    size_t kept = 0; /* destructive ones wait until the others had a second chance */
    while (kept < count && !fl_operation_is_destructive(&engine->api->operations.items[order[kept]]))
        kept++;
    for (size_t i = 0; i < kept; i++) {
        if (!engine->options->is_quiet)
            fl_progress("baseline", done++, count);
        run_operation(engine, order[i]);
    }
    for (size_t i = 0; i < kept; i++) /* the pool and the callers are fuller now */
        if (!engine->run->baselines.items[order[i]].is_ok && engine->run->baselines.items[order[i]].outcome != FL_HTTP_TIMEOUT)
            run_operation(engine, order[i]);
    for (size_t i = kept; i < count; i++) {
        if (!engine->options->is_quiet)
            fl_progress("baseline", done++, count);
        run_operation(engine, order[i]);
    }
}

/* ---- rehearsal ---- */

typedef struct loss { uint32_t number; fl_observation seen; } loss;
typedef struct promise { uint32_t number; fl_str pointer; const fl_data *value; } promise;

void fl_baseline_rehearse(fl_engine *engine)
{
    fl_run *run = engine->run;
    fl_arena arena;
    fl_arena_init(&arena);
    FL_VEC(promise) promises = {0}; /* what safe requests gave to others */
    FL_VEC(loss) lost = {0};        /* memory */
    for (size_t i = 0; i < run->order.count; i++) {
        fl_references used = {0};
        fl_references_of_case(&arena, &fl_engine_case(engine, run->order.items[i])->request, &used);
        for (size_t j = 0; j < used.count; j++)
            fl_vec_push(&arena, &promises, (promise){used.items[j].number, used.items[j].pointer, fl_engine_resolve(engine, &used.items[j])});
    }
    if (fl_engine_restart(engine)) {
        for (size_t i = 0; i < run->order.count && engine->broken == FL_OK; i++) {
            uint32_t number = run->order.items[i];
            fl_baseline *baseline = fl_engine_case(engine, number);
            fl_observation seen;
            fl_engine_send(engine, &arena, &baseline->request, engine->can_ask, &seen); /* here each is looked at for leaks */
            if (has_passed(&seen))
                fl_engine_keep(engine, number, &seen);
            if (has_passed(&seen) && seen.failure != NULL)
                fl_vec_push(&arena, &lost, (loss){number, seen});
            baseline->is_repeatable = has_passed(&seen) && seen.response.status == baseline->status &&
                                      fl_engine_same_shape(seen.response.body, baseline->body);
        }
        for (size_t i = 0; i < lost.count; i++) /* now: making requests smaller changes what is stored */
            (void)fl_fault_record(engine, &fl_engine_case(engine, lost.items[i].number)->request, &lost.items[i].seen, 0);
        for (uint32_t number = 0; number < engine->is_stable.count; number++) {
            const fl_baseline *baseline = fl_engine_case(engine, number);
            bool is_stable = baseline->is_repeatable && fl_operation_is_safe(&engine->api->operations.items[baseline->operation]);
            bool is_used = false;
            for (size_t j = 0; j < promises.count && is_stable; j++) {
                if (promises.items[j].number != number)
                    continue;
                is_used = true;
                const fl_data *now = fl_data_pointer(baseline->answer, promises.items[j].pointer);
                is_stable = now != NULL && promises.items[j].value != NULL && fl_data_eq(now, promises.items[j].value);
            }
            engine->is_stable.items[number] = is_stable && is_used;
        }
    }
    fl_arena_release(&arena);
}
