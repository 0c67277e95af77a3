/*
 * What a modelled call does while a handler runs: answers, hands on, throws, calls back, validates, touches memory. The order of the
 * parts is the order of fl_effect. What it gives is in exec_result.c. Read fl_exec_effect at the end first.
 */
#include "extractor/flow/call_p.h"
#include <string.h>

/* ---- answers ---- */

static uint16_t pending_status(fl_exec *x, const fl_state *s)
{
    const fl_fact *f = x->response ? fl_state_get(s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_)) : NULL;
    fl_str text;
    int64_t n;
    if (!f) return 200;
    return fl_fact_text(f, s, &text) && fl_str_to_int(text, &n) && n >= 100 && n < 600 ? (uint16_t)n : 0;
}

static void add_answer(fl_exec *x, const fl_model_call *c, const fl_state *s, uint16_t status, const fl_fact *body)
{
    fl_answer answer = { .status = status, .use_count = 1, .node = c->node, .is_from_error_handler = x->in_error_handler };
    unsigned types = body ? fl_fact_types(s, body) : 0;
    answer.media = c->e->respond.media;
    const fl_fact *media = fl_call_arg(c, c->e->respond.media_arg);
    fl_str type;
    if (media && fl_fact_text(media, s, &type)) {
        ptrdiff_t end = fl_str_find_char(type, ';');
        answer.media = fl_str_copy(x->results, end < 0 ? type : fl_str_sub(type, 0, (size_t)end));
    }
    if (c->e->respond.body_by_type) answer.media = types == FL_T_STRING ? FL_S("text/html") : FL_S("application/json");
    if (body && types != FL_T_UNDEFINED) answer.schema = fl_fact_schema(x, s, body, 0);
    else if (c->e->respond.body != FL_ARG_NONE) answer.media = FL_S("");
    if (fl_str_eq_c(answer.media, "text/html") || fl_str_eq_c(answer.media, "text/plain")) { if (!answer.schema) answer.schema = fl_schema_new(x->results, FL_JSON_STRING); answer.schema->types = FL_JSON_STRING; }
    if (answer.schema && x->in_error_handler && answer.schema->types == FL_JSON_OBJECT && !answer.schema->name.len) answer.schema->name = FL_S("Error");
    for (size_t i = 0; i < x->answers.count; i++)
        if (x->answers.items[i].node == c->node && x->answers.items[i].status == status) {
            x->answers.items[i].use_count++;
            if (answer.schema) x->answers.items[i].schema = x->answers.items[i].schema ? fl_schema_join(x->results, x->answers.items[i].schema, answer.schema) : answer.schema;
            return;
        }
    fl_vec_push(x->arena, &x->answers, answer);
}

static void throw_spot(fl_exec *x, fl_activation *a, fl_state *s, fl_pending *spot, const fl_node *node);

/* res.status(result.code).json(result.body): each of the values that may stand there is an answer. */
static bool respond_split(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c, const fl_fact *given, const fl_fact *body)
{
    const fl_fact *set = given || !x->response ? given : fl_state_get(s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_));
    const fl_split *split = set ? set->split : NULL;
    uint16_t statuses[FL_COUNT(split->items)];
    fl_str text;
    int64_t n;
    if (!split || split->member) return false;
    for (uint32_t i = 0; i < split->count; i++) {
        if (!fl_fact_text(split->items[i].fact, NULL, &text) || !fl_str_to_int(text, &n) || n < 100 || n >= 600) return false;
        statuses[i] = (uint16_t)n;
    }
    s->has_responded = s->may_have_responded = true;
    bool fails = false;
    for (uint32_t i = 0; i < split->count; i++) {
        fl_spot_settle(x, split->items[i].state, statuses[i] >= 500);
        fails |= statuses[i] >= 500;
    }
    fl_spot_settle(x, s, fails);
    fl_split_guards(split, statuses, s->conditions);
    if (x->is_dry) return true;
    if (x->dispatch) fl_dispatch_answers(x, a, c->node);
    for (uint32_t i = 0; i < split->count; i++) {
        const fl_split *of = body ? body->split : NULL;
        bool has_own = of && of->count == split->count && of->id == split->id;
        add_answer(x, c, has_own ? of->items[i].state : s, statuses[i], has_own ? of->items[i].fact : body);
    }
    return true;
}

static void hand_error(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *error, const fl_node *node);

static bool is_error(const fl_exec *x, const fl_fact *f)
{
    return f && (f->is_error || (x->in_error_handler && x->handled && (f == x->handled || f->vid == x->handled->vid)) || (f->type && f->type->role == FL_SYM_error_));
}

/* An error that an error handler answers with: as the framework itself would. */
static void answer_error(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_fact *error)
{
    uint16_t status = pending_status(x, s);
    const fl_fact *own = fl_error_status(x, s, error);
    fl_str text;
    int64_t n;
    if (status < 400) status = own && fl_fact_text(own, s, &text) && fl_str_to_int(text, &n) && n >= 400 && n < 600 ? (uint16_t)n : x->framework->default_error_status;
    s->has_responded = s->may_have_responded = true;
    fl_spot_settle(x, s, status >= 500);
    if (x->is_dry) return;
    fl_vec_push(x->arena, &x->answers, ((fl_answer){ .status = status, .media = x->framework->error_media, .schema = fl_error_schema(x), .node = c->node, .is_from_error_handler = true }));
}

/* More of the body of the answer that was begun: its head is written by one call, the rest by others. */
static void go_on(fl_exec *x, const fl_state *s, const fl_fact *body)
{
    const fl_first_answer *first = s->first_answer;
    fl_schema *schema = first && body && !x->is_dry ? fl_fact_schema(x, s, body, 0) : NULL;
    if (!schema || !schema->types) return;
    bool is_data = !(schema->types & ~(unsigned)(FL_JSON_OBJECT | FL_JSON_ARRAY));
    for (size_t i = 0; i < x->answers.count; i++) {
        fl_answer *answer = &x->answers.items[i];
        if (answer->node != first->node || answer->status != first->status) continue;
        if (!answer->media.len && is_data) answer->media = FL_S("application/json");
        if (answer->media.len && (is_data || !fl_str_eq_c(answer->media, "application/json"))) answer->schema = answer->schema ? fl_schema_join(x->results, answer->schema, schema) : schema;
    }
}

/* "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n": an answer whose head is written as text; false: it is no head. */
static bool read_head(fl_exec *x, const fl_state *s, const fl_model_call *c, uint16_t *status, fl_str *media)
{
    const fl_fact *line = fl_call_arg(c, c->e->respond.line), *given = fl_call_arg(c, c->e->respond.line + 1);
    fl_str text, number;
    int64_t n = 0;
    if (!line || !fl_fact_text(line, s, &text) || text.len < 12 || !fl_str_starts(text, FL_S("HTTP/")) || text.ptr[8] != ' ') return false;
    number = fl_str_sub(text, 9, 12);
    if (text.ptr[9] == '%') number = given && fl_fact_text(given, s, &number) ? number : FL_S("");
    *status = fl_str_to_int(number, &n) && n >= 100 && n < 600 ? (uint16_t)n : 0;
    ptrdiff_t at = fl_str_find(text, FL_S("Content-Type: "));
    if (at < 0) return true;
    fl_str rest = fl_str_sub(text, (size_t)at + strlen("Content-Type: "), text.len);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != '\r' && rest.ptr[end] != '\n' && rest.ptr[end] != ';' && rest.ptr[end] != '%') end++;
    *media = fl_str_copy(x->results, fl_str_sub(rest, 0, end));
    return true;
}

static void respond(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c)
{
    const fl_effect *e = c->e;
    if (e->respond.goes_on) { go_on(x, s, fl_call_arg(c, e->respond.body)); return; }
    uint16_t head = 0;
    fl_str media = FL_S("");
    if (e->respond.has_line) {
        if (!read_head(x, s, c, &head, &media)) return;
        fl_effect *own = FL_NEW(x->arena, fl_effect);
        *own = *e;
        own->respond.has_line = false;
        own->respond.fixed_status = head;
        own->respond.media = media;
        fl_model_call known = *c;
        known.e = own;
        respond(x, a, s, &known);
        return;
    }
    const fl_fact *sent = x->framework && x->framework->answers_errors ? fl_call_arg(c, e->respond.body) : NULL;
    if (is_error(x, sent) && !s->has_responded) {
        if (x->in_error_handler) answer_error(x, s, c, sent);
        else hand_error(x, a, s, sent, c->node);
        return;
    }
    uint16_t status = e->respond.fixed_status ? e->respond.fixed_status : pending_status(x, s);
    const fl_fact *given = fl_call_arg(c, e->respond.status), *body = fl_call_arg(c, e->respond.body);
    fl_str text;
    int64_t n;
    if (e->respond.number_is_status && body && fl_fact_types(s, body) == FL_T_NUMBER) { given = body; body = NULL; }
    if (given) status = fl_fact_text(given, s, &text) && fl_str_to_int(text, &n) && n >= 100 && n < 600 ? (uint16_t)n : 0;
    if (e->respond.again.len) throw_spot(x, a, s, fl_spot_second_answer(x, a, s, c->node, e->respond.again), c->node);
    if (s->has_responded) return;
    fl_first_answer *first = FL_NEW(x->arena, fl_first_answer);
    *first = (fl_first_answer){ c->node, a->id, status, s->conditions };
    s->first_answer = first;
    if (!status && respond_split(x, a, s, c, given, body)) return;
    s->has_responded = s->may_have_responded = true;
    fl_spot_settle(x, s, status == 0 || status >= 500);
    if (status >= 400 && status < 500) fl_exec_refuses(x, a, status);
    if (x->is_dry) return;
    if (x->dispatch) fl_dispatch_answers(x, a, c->node);
    add_answer(x, c, s, status, body);
    if (status >= 400 && status < 500 && !x->in_error_handler && !e->respond.is_late) fl_note_refusal_answer(x, a, status, body ? fl_fact_schema(x, s, body, 0) : NULL, c->node, e->ends_process);
}

static void hand_on(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c)
{
    const fl_fact *error = fl_call_arg(c, c->e->next.error);
    fl_str text;
    bool is_error = error && (fl_fact_types(s, error) & ~(unsigned)FL_T_NULLISH);
    if (is_error && fl_fact_text(error, s, &text))
        for (const fl_data *d = c->e->next.skip_values ? c->e->next.skip_values->first : NULL; d; d = d->next) is_error &= !fl_str_eq(text, d->text);
    if (!is_error) {
        if (!x->is_dry) x->next_state = fl_state_join(x, x->next_state, s);
        s->has_responded = true;   /* the rest of this function is after the answer */
        return;
    }
    hand_error(x, a, s, error, c->node);
}

static void hand_error(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *error, const fl_node *node)
{
    const fl_fact *status = fl_error_status(x, s, error);
    fl_str text;
    double n = 0;
    bool is_refusal = status && fl_fact_text(status, s, &text) && fl_str_to_double(text, &n) && n >= 400 && n < 500;
    fl_spot_settle(x, s, !is_refusal);
    if (is_refusal) fl_exec_refuses(x, a, (uint16_t)n);
    s->has_responded = true;
    if (x->is_dry) return;
    fl_throw *t = FL_NEW(x->arena, fl_throw);
    *t = (fl_throw){ error, node, fl_state_copy(x, s), NULL, node, true, x->errors };
    x->errors = t;
    if (is_refusal) fl_note_refusal_throw(x, a, node, (uint16_t)n);
}

/* ---- what may go wrong ---- */

static void throw_spot(fl_exec *x, fl_activation *a, fl_state *s, fl_pending *spot, const fl_node *node)
{
    if (!spot) return;
    fl_exec_throw(x, a, fl_fact_error(x, spot->spot.failure), node, s, spot, false);
}

static void check_throws(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c)
{
    const fl_effect *e = c->e;
    if (e->throws.is_set) {
        const fl_fact *arg = fl_call_arg(c, e->throws.arg);
        bool is_json = fl_str_eq_c(fl_sym_str(e->throws.malformed), "json");
        if (arg && arg->place && is_json) fl_place_show(x, arg, fl_data_string_c(x->results, "{}"));
        fl_pending *spot = arg && arg->place ? fl_spot_throws(x, a, s, arg, e, c->node, fl_call_arg_node(c, e->throws.arg)) : NULL;
        if (spot && is_json && arg->place->parent && !arg->is_derived && !arg->fallback && fl_fact_types(s, arg) & FL_T_UNDEFINED) spot->place = arg->place;   /* nothing is no JSON either */
        throw_spot(x, a, s, spot, c->node);
    }
    for (size_t i = 0; i < e->ranges.count; i++) {
        const fl_fact *arg = fl_call_arg(c, e->ranges.items[i].arg);
        if (arg && arg->place) throw_spot(x, a, s, fl_spot_range(x, a, s, arg, &e->ranges.items[i], c->node, fl_call_arg_node(c, e->ranges.items[i].arg)), c->node);
    }
    const fl_fact *list = e->throws_when_empty ? fl_call_arg(c, e->empty) : NULL;
    bool is_list = e->throws_when_empty && (e->empty == FL_ARG_THIS || (list && !fl_call_arg(c, e->empty + 1) && !list->is_coerced));   /* max(a, b) is another question */
    if (is_list && list && (list->place || list->miss)) throw_spot(x, a, s, fl_spot_range(x, a, s, list, NULL, c->node, fl_call_arg_node(c, e->empty)), c->node);
}

/* rows.filter(owner_id=text): a column that holds numbers takes no other text. */
static void check_columns(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c)
{
    const fl_fact *given = fl_call_arg(c, c->e->columns.arg), *of = fl_call_arg(c, c->e->columns.of);
    if (!given || !given->shape || !of || !of->value) return;
    for (size_t i = 0; i < given->shape->keys.count; i++) {
        fl_sym key = given->shape->keys.items[i];
        const fl_value *form = fl_value_slot(of->value, key);
        const fl_fact *f = form && form->kind == FL_V_STRING ? fl_state_get(s, FL_KEY_FIELD(given->vid, key)) : NULL;
        if (!f || !f->place || f->is_coerced || !(fl_fact_types(s, f) & FL_T_STRING)) continue;
        fl_effect e = { 0 };
        e.throws.is_set = true;
        e.throws.malformed = form->text;
        e.throws.weak_spot = fl_sym_of(FL_S("bad_id"));
        e.throws.status = f->place->in == FL_IN_PATH ? 404 : 400;
        e.throws.error_type = c->e->columns.error;
        throw_spot(x, a, s, fl_spot_throws(x, a, s, f, &e, c->node, c->node), c->node);
        fl_refine_edit(x, s, f)->is_checked_format = true;
    }
}

/* A search that throws when it finds nothing. */
static const fl_fact *found_or_thrown(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c, const fl_fact *answer)
{
    const fl_fact *result = fl_result_of(x, s, c, &c->e->returns, answer), *f = fl_result_missed(x, s, c, answer, result);
    fl_pending *spot = f->miss && f->miss->triggers.count ? fl_spot_missing(x, a, s, f, c->node, c->node) : NULL;
    if (spot) {
        spot->spot.failure = fl_sym_str(c->e->miss.error);
        throw_spot(x, a, s, spot, c->node);
    } else fl_exec_throw(x, a, fl_fact_error(x, fl_sym_str(c->e->miss.error)), c->node, s, NULL, false);
    return result;
}

/* Does it say what the argument is for? A list of nearly all types says only what it must not be. */
static bool says_type(unsigned wanted)
{
    unsigned count = 0;
    for (unsigned json = fl_json_of_types(wanted & ~(unsigned)FL_T_NULL); json; json &= json - 1) count++;
    return count <= 2;
}

/* An argument of a type that the call refuses. */
static void check_wanted(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c)
{
    for (size_t i = 0; i < c->e->wants.count; i++) {
        const fl_wanted *wanted = &c->e->wants.items[i];
        const fl_fact *f = fl_call_arg(c, wanted->arg);
        if (!f || !f->place || (f->is_coerced && !(fl_fact_may(s, f) & FL_T_NULLISH))) continue;
        unsigned taken = wanted->types | wanted->also;
        bool wants_any = (wanted->types | FL_T_NULLISH) == FL_T_ANY;   /* it only has to be there */
        bool is_converted = c->e->coerces.is_set && c->e->coerces.arg == wanted->arg;   /* then that says what it is for */
        if (!wants_any && !is_converted && says_type(taken)) fl_place_use(x, f, fl_json_of_types(wanted->types), false);
        if (!(fl_fact_may(s, f) & ~taken)) continue;
        bool has_one_null = x->builtins && x->builtins->missing_key.len;
        if (has_one_null && fl_fact_may(s, f) & FL_T_NULLISH & ~taken) {   /* int(None) */
            fl_pending *gone = fl_spot_missing(x, a, s, f, c->node, fl_call_arg_node(c, wanted->arg));
            if (gone && wanted->error) gone->spot.failure = fl_sym_str(wanted->error);
            throw_spot(x, a, s, gone, c->node);
            fl_refine_edit(x, s, f)->types &= (uint16_t)~FL_T_NULLISH;
            if (!(fl_fact_may(s, f) & ~taken)) continue;
        }
        if (f->is_coerced) continue;
        fl_pending *spot = wants_any ? fl_spot_missing(x, a, s, f, c->node, fl_call_arg_node(c, wanted->arg)) : fl_spot_type(x, a, s, f, wanted->types, c->node, fl_call_arg_node(c, wanted->arg));
        if (spot && wanted->error) spot->spot.failure = fl_sym_str(wanted->error);
        throw_spot(x, a, s, spot, c->node);
        fl_refine_edit(x, s, f)->types &= (uint16_t)taken;
    }
}

/* ---- callbacks ---- */

static const fl_fact *callback_param(fl_exec *x, fl_state *s, const fl_model_call *c, fl_str word)
{
    int64_t n;
    if (fl_str_eq_c(word, "element")) return fl_names_element(x, c->self, fl_exec_element(x, s, c->self, c->node));
    if (fl_str_eq_c(word, "this")) return c->self;
    if (fl_str_eq_c(word, "result")) { const fl_fact *r = fl_result_modelled(x, s, c, NULL); return r->resolved ? r->resolved : r; }
    if (fl_str_eq_c(word, "number")) return fl_fact_new(x, FL_T_NUMBER, 0);
    if (fl_str_eq_c(word, "string")) return fl_fact_new(x, FL_T_STRING, 0);
    if (fl_str_starts(word, FL_S("element of arg ")) && fl_str_to_int(fl_str_sub(word, strlen("element of arg "), word.len), &n) && fl_call_arg(c, (int)n))
        return fl_names_element(x, fl_call_arg(c, (int)n), fl_exec_element(x, s, fl_call_arg(c, (int)n), c->node));
    if (fl_str_starts(word, FL_S("arg ")) && fl_str_to_int(fl_str_sub(word, 4, word.len), &n) && fl_call_arg(c, (int)n)) return fl_call_arg(c, (int)n);
    return fl_fact_unknown(x);
}

static const fl_fact *run_callback(fl_exec *x, fl_activation *a, fl_state **s, const fl_model_call *c)
{
    const fl_fact *fn = fl_call_arg(c, c->e->calls.callback);
    if (!fn) return NULL;
    const fl_fact *args[4];
    unsigned count = 0;
    for (const fl_data *d = c->e->calls.params ? c->e->calls.params->first : NULL; d && count < 4; d = d->next) args[count++] = callback_param(x, *s, c, d->text);
    fl_state *inner = fl_state_copy(x, *s);
    const fl_throw *before = a->throws;
    uint32_t handler = a->handler;
    if (c->e->calls.runs_later) { a->throws = NULL; a->handler = 0; }
    const fl_fact *result = fl_exec_call_fact(x, a, &inner, fn, NULL, args, count, c->node, false);
    if (c->e->calls.runs_later) {   /* nobody is there any more to catch what it throws */
        for (const fl_throw *t = a->throws; t && !x->is_dry; t = t->next) {
            if (t->spot) { t->spot->fires = true; t->spot->spot.shows = FL_S("exit"); }
            else if (t->is_explicit) (void)fl_spot_rejection(x, t, t->node);
        }
        a->throws = before;
        a->handler = handler;
    }
    if (inner) {
        bool responded = (*s)->has_responded;
        *s = fl_state_join(x, *s, inner);
        (*s)->has_responded = responded || (c->e->calls.runs_later && inner->has_responded);
    }
    return result;
}

/* ---- promises ---- */

static const fl_fact *promise_call(fl_exec *x, fl_activation *a, fl_state **s, const fl_model_call *c)
{
    const fl_fact *first = fl_call_arg(c, 0), *second = fl_call_arg(c, 1);
    switch (c->e->intrinsic) {
    case FL_INTRINSIC_promise_resolve: return first && first->resolved ? first : fl_result_promise(x, first, NULL);
    case FL_INTRINSIC_promise_all: {
        const fl_fact *element = first ? fl_exec_element(x, *s, first, c->node) : NULL;
        fl_fact *list = fl_fact_new(x, FL_T_LIST, 0);
        list->element = element && element->resolved ? element->resolved : element;
        return fl_result_promise(x, list, element ? element->rejects : NULL);
    }
    case FL_INTRINSIC_promise_then: {
        if (!first) return c->self;
        const fl_fact *given = c->self->resolved ? c->self->resolved : fl_fact_unknown(x);
        /* what the callback throws rejects the new promise: keep it apart from this function's own errors */
        const fl_throw *before = a->throws;
        uint32_t handler = a->handler;
        a->throws = NULL;
        a->handler = 0;
        fl_state *inner = fl_state_copy(x, *s);
        const fl_fact *result = fl_exec_call_fact(x, a, &inner, first, NULL, &given, 1, c->node, false);
        const fl_throw *rejects = a->throws;
        a->throws = before;
        a->handler = handler;
        if (inner) *s = inner;
        const fl_fact *next = fl_result_promise(x, result, NULL);
        for (const fl_throw *t = c->self->rejects; t && !second; t = t->next) {
            fl_throw *copy = FL_NEW(x->arena, fl_throw);
            *copy = *t;
            copy->next = rejects;
            rejects = copy;
        }
        fl_fact *f = fl_fact_copy(x, next);
        if (rejects) f->rejects = rejects;
        if (second && *s) (void)fl_exec_call_fact(x, a, s, second, NULL, (const fl_fact *[]){ fl_fact_unknown(x) }, 1, c->node, false);
        return f;
    }
    case FL_INTRINSIC_promise_catch: {
        if (!first) return c->self;
        fl_state *inner = fl_state_copy(x, *s);
        inner->has_responded = false;
        const fl_fact *error = NULL;
        const fl_pending_list *pending = inner->pending;
        for (const fl_throw *t = c->self->rejects; t; t = t->next) {
            if (t->spot) {
                fl_pending_list *p = FL_NEW(x->arena, fl_pending_list);
                *p = (fl_pending_list){ t->spot, pending };
                pending = p;
                if (!error) error = t->error;
                continue;
            }
            fl_state *own = fl_state_copy(x, *s);   /* the program's own errors one by one: each has its status */
            own->has_responded = false;
            (void)fl_exec_call_fact(x, a, &own, first, NULL, (const fl_fact *[]){ t->error }, 1, c->node, false);
        }
        inner->pending = pending;
        if (pending || !c->self->rejects) (void)fl_exec_call_fact(x, a, &inner, first, NULL, (const fl_fact *[]){ error ? error : fl_fact_unknown(x) }, 1, c->node, false);
        fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
        f->resolved = c->self->resolved ? c->self->resolved : fl_fact_unknown(x);
        return f;
    }
    case FL_INTRINSIC_promise_finally: return c->self;
    case FL_INTRINSIC_promise_new: {
        if (first) {
            const fl_fact *args[2] = { fl_fact_unknown(x), fl_fact_unknown(x) };
            (void)fl_exec_call_fact(x, a, s, first, NULL, args, 2, c->node, false);
        }
        return fl_result_promise(x, NULL, NULL);
    }
    case FL_INTRINSIC_promise_reject: {
        fl_throw *t = FL_NEW(x->arena, fl_throw);
        *t = (fl_throw){ first ? first : fl_fact_unknown(x), c->node, fl_state_copy(x, *s), NULL, c->node, true, NULL };
        return fl_result_promise(x, NULL, t);
    }
    default: return NULL;
    }
}

/* ---- validators ---- */

static const fl_fact *validate(fl_exec *x, fl_activation *a, fl_state **s, const fl_model_call *c)
{
    const fl_effect *e = c->e;
    const fl_fact *value = fl_call_arg(c, e->validate.value), *validator = fl_call_arg(c, e->validate.schema);
    if (e->validate.failure == fl_sym_of(FL_S("collected")) && x->collected.count) return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_VALID, .subject = c->self });
    fl_schema *schema = validator && validator->value ? fl_schema_of_value(x->results, x->models, validator->value, 0) : NULL;
    /* something put together from the request: what was checked cannot be told from the value */
    bool is_envelope = value && schema && fl_validate_is_shape(*s, value, schema);   /* { body: req.body, params: req.params } */
    x->has_unknown_validation |= value && e->validate.schema != FL_ARG_NONE && (!schema || (!value->place && !is_envelope));
    if (!value || !schema) return NULL;
    if (e->validate.failure == fl_sym_of(FL_S("nothing"))) {   /* it only says so */
        if (value->place && !x->is_dry && !value->place->claimed) value->place->claimed = schema;
        return NULL;
    }
    if (e->validate.failure == fl_sym_of(FL_S("tells"))) {
        const fl_fact *told = fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_VALID, .subject = value, .schema = schema, .types = fl_validate_types(x, schema, validator->value) });
        return e->returns.kind == FL_RESULT_PROMISE_OF ? fl_result_promise(x, told, NULL) : told;
    }
    if (e->validate.failure == FL_SYM_result_) {
        fl_predicate p = { .kind = FL_PRED_VALID, .subject = value, .schema = schema, .types = fl_validate_types(x, schema, validator->value) };
        const fl_data *names = fl_data_get_c(fl_data_get_c(e->data, "validate"), "result");
        fl_fact *f = fl_fact_new(x, FL_T_DICT, 0);
        fl_shape *shape = FL_NEW(x->arena, fl_shape);
        shape->node = c->node;
        f->shape = shape;
        for (const fl_data *d = names ? names->first : NULL; d; d = d->next) {
            fl_sym key = fl_sym_of(d->key);
            const fl_fact *field;
            if (fl_str_eq_c(d->text, "is_valid")) field = fl_fact_predicate(x, p);
            else if (fl_str_eq_c(d->text, "error")) { p.is_negated = true; fl_fact *error = fl_fact_copy(x, fl_fact_predicate(x, p)); error->types = FL_T_OTHER | FL_T_UNDEFINED; error->may = 0; field = error; p.is_negated = false; }
            else field = fl_result_handed_on(x, *s, value, schema, validator->value);
            fl_vec_push(x->arena, &shape->keys, key);
            fl_state_put(x, *s, FL_KEY_FIELD(f->vid, key), field);
        }
        return f;
    }
    /* throws (or rejects): behind it the value fits */
    if (value->place && !x->is_dry) value->place->declared = value->place->declared ? fl_schema_meet(x->results, value->place->declared, schema) : schema;
    fl_fact *error = fl_fact_new(x, FL_T_OTHER, 0);
    error->type = fl_models_type(x->models, fl_sym_of(fl_data_get_str(fl_data_get_c(e->data, "validate"), "error")));
    fl_pending *spot = x->framework && x->framework->errors_by_class && value->place && schema->types ? fl_spot_invalid(x, a, *s, value, schema, error, c->node) : NULL;
    fl_exec_throw(x, a, error, c->node, *s, spot, !spot);
    fl_refine_edit(x, *s, value)->schema = schema;
    unsigned fits = fl_validate_types(x, schema, validator->value);
    if (!(fits & ~(unsigned)(FL_T_DICT | FL_T_LIST))) fl_refine_edit(x, *s, value)->types &= (uint16_t)fits;   /* no scalar that it may have converted */
    fl_validate_shape(x, *s, value, schema, c->node);
    fl_fact *data = fl_result_handed_on(x, *s, value, schema, validator->value);
    if (e->validate.failure == FL_SYM_rejects_) return fl_result_promise(x, data, NULL);
    return data;
}

/* ---- what it leaves ---- */

void fl_exec_filled(fl_exec *x, fl_state *s, const fl_fact *holder)
{
    if (!holder->is_local || x->is_dry) return;
    fl_refine_edit(x, s, holder)->is_non_empty = true;
    if (!s->conditions) return;
    fl_refusals *r = FL_NEW(x->arena, fl_refusals);
    *r = (fl_refusals){ s->conditions, NULL, false, holder->refused_by };
    fl_fact_edit(x, holder)->refused_by = r;
}

static void gain_element(fl_exec *x, fl_state *s, const fl_model_call *c)
{
    const fl_fact *item = fl_call_arg(c, c->e->adds_element.arg);
    if (item && c->self && c->self->is_local && !c->self->needle && s->conditions) {   /* filled by a search */
        const fl_predicate *p = s->conditions->predicate;
        const fl_fact *owner = p->kind != FL_PRED_EQUAL ? NULL : p->subject->receiver && p->subject->receiver->needle ? p->subject->receiver : p->other && p->other->receiver ? p->other->receiver : NULL;   /* row.owner == user.id, of a user that was looked up */
        const fl_fact *needle = p->kind != FL_PRED_EQUAL || (p->is_negated ? s->conditions->holds : !s->conditions->holds) ? NULL : p->subject->place ? p->subject : p->other && p->other->place ? p->other : NULL;
        fl_fact_edit(x, c->self)->needle = needle ? needle : owner && owner->needle && owner->needle->place ? owner->needle : item->needle;
    }
    if (!item || !c->self || x->is_dry) return;
    if (c->self->is_local && c->self->types == FL_T_LIST && x->builtins && x->builtins->missing_index.len) {
        fl_fact *list = fl_fact_edit(x, c->self);
        list->element = list->element ? fl_fact_join(x, list->element, item) : item;
    }
    fl_exec_filled(x, s, c->self);
    if (!c->self->value || !x->elements) return;
    fl_schema *schema = fl_fact_schema(x, s, item, 1);
    if (schema) fl_vec_push(x->results, &x->elements->gained, (struct fl_gained){ c->self->value->id, schema });
}

static void fill(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c, const fl_fact *value)
{
    const fl_fact *to = fl_call_arg(c, c->e->fills.arg);
    if (to && to->points) fl_exec_set_pointer(x, a, s, to, value);
    fl_exec_write_argument(x, a, s, c->node, (unsigned)c->e->fills.arg, value);
}

/* ---- the request ---- */

/* "$.user.name" names a member of a member. */
static const fl_fact *part_named(fl_exec *x, fl_activation *a, fl_state *s, fl_location in, fl_str name, const fl_node *node)
{
    const fl_fact *part = fl_place_fact(x, fl_place_root(x, in), node);
    if (!fl_str_starts(name, FL_S("$."))) return fl_exec_member(x, a, s, part, fl_sym_of(name), node);
    fl_str rest = fl_str_sub(name, 2, name.len), one;
    while (fl_str_split(&rest, '.', &one)) if (one.len && part->place) part = fl_exec_place_child(x, s, part, fl_sym_of(one), node);
    return part;
}

/* The argument that says in which part of the request a name is looked for. */
static fl_location location_by(fl_exec *x, const fl_state *s, const fl_model_call *c)
{
    int64_t arg = fl_data_get_int(c->e->request.by, "arg", 0);
    const fl_fact *kind = fl_call_arg(c, (int)arg);
    fl_str text;
    (void)x;
    return kind && fl_fact_text(kind, s, &text) ? fl_location_named(fl_data_str(fl_data_get(c->e->request.by, text), FL_S(""))) : FL_IN_NOWHERE;
}

/* ---- queries, memory ---- */

/* A query that a value was bound to asks for it; the code of a step of it says whether it found something. */
static fl_sym asked_for(void) { return fl_sym_of(FL_S(" asked for")); }

static void bind_query(fl_exec *x, fl_state *s, const fl_model_call *c)
{
    const fl_fact *to = fl_call_arg(c, c->e->binds.to), *value = fl_call_arg(c, c->e->binds.value);
    if (to && to->vid && value && value->place) fl_state_put(x, s, FL_KEY_FIELD(to->vid, asked_for()), value);
}

static const fl_fact *query_code(fl_exec *x, fl_state *s, const fl_model_call *c)
{
    const fl_fact *query = fl_call_arg(c, c->e->finds.arg);
    fl_fact *f = fl_fact_new(x, FL_T_NUMBER, 0);
    f->needle = query && query->vid ? fl_state_get(s, FL_KEY_FIELD(query->vid, asked_for())) : NULL;
    f->is_code = true;
    f->at = c->node;
    return f;
}

/* snprintf(buffer, sizeof buffer, "%.*s", (int)text.len, text.ptr): what is written is that text. NULL: it is more, or something else. */
static const fl_fact *printed(const fl_state *s, const fl_model_call *c)
{
    const fl_fact *format = c->e->writes.format >= 0 ? fl_call_arg(c, c->e->writes.format) : NULL;
    fl_str text;
    if (!format || !fl_fact_text(format, s, &text)) return NULL;
    bool is_counted = fl_str_eq_c(text, "%.*s");
    const fl_fact *f = is_counted || fl_str_eq_c(text, "%s") ? fl_call_arg(c, c->e->writes.format + 1 + is_counted) : NULL;
    return f && (f->place || f->text) && !f->is_length_of ? f : NULL;
}

/* What the call does to memory: follows pointers, copies, releases, keeps. */
static void touch_memory(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c)
{
    const fl_effect *e = c->e;
    for (size_t i = 0; i < e->needs.count; i++) {
        const fl_fact *f = fl_call_arg(c, e->needs.items[i]);
        if (f && f->place && !f->is_coerced && !f->type && f->place->parent) fl_place_use(x, f, FL_JSON_STRING, false);
        if (f) fl_exec_present(x, a, s, f, c->node, fl_call_arg_node(c, e->needs.items[i]));
    }
    if (e->writes.is_set) {
        const fl_fact *size = fl_call_arg(c, e->writes.size);
        unsigned first = e->writes.format >= 0 ? (unsigned)e->writes.format + 1 : e->writes.from >= 0 ? (unsigned)e->writes.from : c->count;
        unsigned last = e->writes.format >= 0 ? c->count : first + 1;
        bool is_bounded = size && !((size->is_length_of || size->is_longer) && size->base && size->base->place);
        bool is_bare = size && size->is_length_of;   /* memcpy(to, text, strlen(text)): without its end */
        const fl_fact *to = fl_call_arg(c, e->writes.to);
        for (unsigned i = first; i < last && i < c->count && !is_bounded; i++) fl_bounds_write(x, a, s, c->args[i], to, is_bare, fl_call_arg_node(c, e->writes.to), c->node);
    }
    fl_exec_scrub(x, s, c->args, c->count);
    const fl_fact *copy = e->writes.is_set ? printed(s, c) : NULL;
    if (copy) fl_exec_write_argument(x, a, s, c->node, (unsigned)e->writes.to, fl_fact_settled_present(x, copy));
    bool borrows = e->borrows || e->needs.count || e->frees.count || e->child.is_set || e->reads.is_set || e->puts.is_set || e->measures.is_set || e->predicate.is_set || e->coerces.is_set;
    for (unsigned i = 0; i < c->count && !borrows; i++) fl_memory_give(x, s, c->args[i]);
    for (size_t i = 0; i < e->frees.count; i++) fl_memory_give(x, s, fl_call_arg(c, e->frees.items[i]));
    for (size_t i = 0; i < e->keeps.count; i++) fl_memory_give(x, s, fl_call_arg(c, e->keeps.items[i]));
}

/* The status of the answer to come, or a dict that holds it: {status: 201}. Undefined leaves it as it is. */
static void set_status(fl_exec *x, fl_state *s, const fl_fact *status)
{
    const fl_fact *own = status && !status->shape ? status : NULL;
    for (size_t i = 0; status && !own && x->framework && i < x->framework->status_members.count; i++) own = fl_state_get(s, FL_KEY_FIELD(status->vid, x->framework->status_members.items[i]));
    bool is_undefined = own && own->literal_type && fl_fact_types(s, own) & FL_T_UNDEFINED;
    if (own && !is_undefined) fl_state_put(x, s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_), own);
}

/* res.set_content(body); res.status = 404: nothing was sent yet. The answer that was recorded last is this one. */
static void amend_status(fl_exec *x, fl_activation *a, fl_state *s)
{
    const fl_first_answer *first = s->first_answer;
    uint16_t status = pending_status(x, s);
    if (!s->has_responded || !first || !status || status == first->status || first->frame != a->id) return;
    fl_first_answer *amended = FL_NEW(x->arena, fl_first_answer);
    *amended = *first;
    amended->status = status;
    s->first_answer = amended;
    fl_spot_settle(x, s, status >= 500);
    bool is_refusal = status >= 400 && status < 500;
    if (is_refusal) fl_exec_refuses(x, a, status);
    size_t at = x->answers.count;
    while (!x->is_dry && at-- > 0 && !(x->answers.items[at].node == first->node && x->answers.items[at].status == first->status)) continue;
    if (x->is_dry || at >= x->answers.count) return;
    fl_answer answer = x->answers.items[at];
    bool is_alone = --x->answers.items[at].use_count == 0;           /* else others answer there with the status that it had */
    answer.status = status;
    answer.use_count = 1;
    size_t known = 0;
    while (known < x->answers.count && !(x->answers.items[known].node == answer.node && x->answers.items[known].status == status)) known++;
    if (known < x->answers.count) x->answers.items[known].use_count++;
    else if (is_alone) x->answers.items[at] = answer;
    else fl_vec_push(x->arena, &x->answers, answer);
    if (is_refusal && !x->in_error_handler) fl_note_refusal_answer(x, a, status, answer.schema, first->node, false);
}

static const fl_fact *run_effect(fl_exec *x, fl_activation *a, fl_state **s, const fl_model_call *known);

const fl_fact *fl_exec_effect(fl_exec *x, fl_activation *a, fl_state **s, const fl_effect *effect, const fl_fact *callee, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node)
{
    const fl_fact *placed[32];
    count = fl_named_place(x, *s, effect, args, count, placed, FL_COUNT(placed));
    args = placed;
    const fl_effect *e = fl_effect_for(effect, count);
    if (!e) return fl_fact_unknown(x);
    if (e->intrinsic == FL_INTRINSIC_call && self && self->types == FL_T_FUNCTION && (self->receiver || self->closure || self->value))   /* send.call(res, body) */
        return fl_exec_call_fact(x, a, s, self, count ? args[0] : NULL, args + 1, count ? count - 1 : 0, node, false);
    const fl_fact *bound = fl_exec_bind(x, e->intrinsic, self, args, count);
    if (bound) return bound;
    const fl_model_call c = { e, callee, self, args, count, node };
    bool is_raw = x->builtins && x->builtins->has_raw_memory;
    if (is_raw) touch_memory(x, a, *s, &c);
    if (e->binds.is_set) bind_query(x, *s, &c);
    if (e->finds.is_set) return query_code(x, *s, &c);
    if (e->decodes.is_set) check_throws(x, a, *s, &c);
    if (e->measures.is_set) check_wanted(x, a, *s, &c);   /* len(None) */
    const fl_fact *f = fl_data_effect(x, a, *s, e, self, args, count, node);
    if (!f) f = run_effect(x, a, s, &c);
    if (e->allocates && f && *s) {
        f = fl_memory_allocate(x, a, *s, f, node);
    }
    return f;
}

static const fl_fact *run_effect(fl_exec *x, fl_activation *a, fl_state **s, const fl_model_call *known)
{
    const fl_model_call c = *known;
    const fl_effect *e = c.e;
    const fl_fact *self = c.self, **args = c.args;
    const fl_node *node = c.node;
    unsigned count = c.count;
    fl_str text;
    if (e->dispatch) return fl_result_request_line(x, &c);
    if (x->dispatch && e->intrinsic == FL_INTRINSIC_map_get && count) {
        const fl_fact *entry = fl_dispatch_entry(x, a, *s, self, args[0], node);
        if (entry) return entry;
    }
    if (e->request.is_set && e->request.name == FL_ARG_NONE && !e->request.by) {
        const fl_fact *part = fl_exec_request_part(x, e, node);
        const fl_fact *lenient = fl_call_arg(&c, e->request.lenient);
        if (part && lenient && lenient->literal_type == FL_T_BOOLEAN && lenient->literal) {
            fl_fact *maybe = fl_fact_copy(x, part);
            maybe->types |= FL_T_UNDEFINED;
            maybe->may |= FL_T_UNDEFINED;
            maybe->place->base_types |= FL_T_UNDEFINED;
            return maybe;
        }
        if (part && part->place && !part->place->parent && part->place->in == FL_IN_BODY && e->request.absent_status && !e->request.types) fl_exec_demand(x, a, *s, part, e->request.absent_status, node);
        if (e->throws.is_set && part && part->place) throw_spot(x, a, *s, fl_spot_throws(x, a, *s, part, e, node, node), node);   /* what is sent is parsed here, and nobody answers */
        if (part && e->returns.kind == FL_RESULT_PROMISE_OF && e->returns.of->kind == FL_RESULT_TYPE) {   /* (await request.formData()).get("name") */
            fl_fact *typed = fl_fact_copy(x, part);
            typed->vid = part->vid;
            typed->type = fl_models_type(x->models, e->returns.of->type);
            part = typed;
        }
        if (part && e->returns.kind == FL_RESULT_PROMISE_OF) return fl_result_promise(x, part, NULL);   /* c.req.json().catch(() => ({})) */
        if (e->returns.kind != FL_RESULT_TYPE || !part) return part;
        fl_fact *typed = fl_fact_copy(x, part);   /* request.query().get("tag") */
        typed->vid = part->vid;
        typed->type = fl_models_type(x->models, e->returns.type);
        return typed;
    }
    if (e->request.is_set) {
        const fl_fact *name = fl_call_arg(&c, e->request.name);
        fl_location in = e->request.by ? location_by(x, *s, &c) : fl_location_named(fl_sym_str(e->request.in));
        if (e->request.by && e->request.name == FL_ARG_NONE) return in == FL_IN_NOWHERE ? fl_fact_unknown(x) : fl_place_fact(x, fl_place_root(x, in), node);
        if (!name || !fl_fact_text(name, *s, &text)) return fl_fact_unknown(x);
        const fl_fact *part = part_named(x, a, *s, in, text, node);
        if (e->request.asks) return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_NULLISH, .is_negated = true, .subject = part });
        if (e->coerces.is_set) { const fl_fact *number[] = { part }; fl_model_call typed = c; fl_effect as = *e; as.coerces.arg = 0; typed.e = &as; typed.args = number; typed.count = 1; part = fl_result_coerced(x, *s, &typed); if (!part) part = number[0]; }
        if (e->fills.is_set && e->fills.arg >= 0) { fill(x, a, *s, &c, fl_fact_settled_present(x, part)); return fl_result_modelled(x, *s, &c, NULL); }
        if (e->coerces.is_set) return part;
        bool is_never_missing = e->returns.kind == FL_RESULT_BASIC && !(e->returns.types & FL_T_NULLISH) && !e->returns.or_types;
        return is_never_missing ? fl_fact_settled_present(x, part) : part;
    }
    x->onion.has_written |= x->framework && x->framework->is_onion && (e->status.is_set || e->content.is_set);
    if (e->status.is_set && x->response) {
        const fl_fact *given = fl_call_arg(&c, e->status.arg);
        if (e->status.usual) fl_state_put(x, *s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_), fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", e->status.usual))));
        set_status(x, *s, given);
    }
    if (e->status.is_set && x->framework && x->framework->status_until_end) amend_status(x, a, *s);
    if (e->respond.is_set) { respond(x, a, *s, &c); if (e->ends_process) { *s = NULL; return NULL; } return fl_result_of(x, *s, &c, &e->returns, NULL); }
    if (e->content.is_set && x->response && fl_call_arg(&c, e->content.arg)) fl_state_put(x, *s, FL_KEY_FIELD(x->response->vid, FL_SYM_content_), fl_fact_settled(x, *s, fl_call_arg(&c, e->content.arg)));
    if (e->next.is_set && x->framework && x->framework->is_onion) return fl_onion_rest(x, a, s, node);
    if (e->next.is_set) { hand_on(x, a, *s, &c); return fl_fact_literal(x, FL_T_UNDEFINED, 0); }
    if (e->ends_process) { *s = NULL; return NULL; }
    check_throws(x, a, *s, &c);
    check_wanted(x, a, *s, &c);
    const fl_fact *parsed = e->intrinsic == FL_INTRINSIC_file_data && count ? fl_exec_parsed_body(x, args[0], node) : NULL;
    if (parsed) return parsed;
    if (e->value) return fl_result_constant(x, e->value);
    if (e->error.is_set && e->raises == FL_RAISES_UNLESS) {
        if (count) fl_exec_assert(x, a, *s, args[0], fl_result_error(x, *s, &c), node);
        return fl_fact_literal(x, FL_T_UNDEFINED, 0);
    }
    if (e->error.is_set && e->raises == FL_RAISES_NOT) return fl_result_error(x, *s, &c);
    if (e->error.is_set) {
        fl_state *at = e->raises == FL_RAISES_ALWAYS ? *s : fl_state_copy(x, *s);
        fl_exec_raise(x, a, at, fl_result_error(x, at, &c), node);
        if (e->raises == FL_RAISES_ALWAYS) { *s = NULL; return NULL; }
    }
    if (e->adds_element.is_set) gain_element(x, *s, &c);
    if (e->intrinsic == FL_INTRINSIC_map_set && count && self && self->value) fl_refine_edit(x, *s, args[0])->proved = self->value;   /* now it has that key */
    if (e->stores.is_set) fl_exec_store(x, *s, &c);
    if (e->validate.is_set) { const fl_fact *f = validate(x, a, s, &c); if (f) return f; }
    const fl_fact *f = promise_call(x, a, s, &c);
    if (f) return f;
    if (e->compares.is_set && (f = fl_result_compared(x, a, *s, &c))) return f;
    if (e->intrinsic == FL_INTRINSIC_str_slice && self) fl_position_slice(x, a, *s, &c);
    if (e->intrinsic == FL_INTRINSIC_str_position && self && (f = fl_position_find(x, *s, self, count ? args[0] : NULL, node))) return f;
    if (e->intrinsic && (f = fl_text_intrinsic(x, a, *s, e->intrinsic, self, args, count, node))) {
        if (e->returns.kind != FL_RESULT_TYPE || !f->text) return f;
        fl_fact *typed = fl_fact_copy(x, fl_result_modelled(x, *s, &c, NULL));   /* new URL(req.url) */
        typed->text = f->text;
        return typed;
    }
    if (e->intrinsic == FL_INTRINSIC_str_starts && self && self->place && !self->is_derived && count == 1 && args[0]->literal_type == FL_T_STRING)
        return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_MATCHES, .subject = self, .text = args[0]->literal });
    const fl_fact *answer = e->calls.is_set && *s ? run_callback(x, a, s, &c) : NULL;
    if (!*s) return NULL;
    if (e->predicate.is_set) return fl_result_predicate(x, a, *s, &c);
    if (answer && answer->predicate && e->returns.kind == FL_RESULT_BASIC && e->returns.types == FL_T_BOOLEAN) return fl_fact_predicate(x, *answer->predicate);   /* some, every: of each element */
    if (e->coerces.is_set && (f = fl_result_coerced(x, *s, &c))) {
        if (!e->fills.is_set || e->fills.arg < 0) return f;
        fill(x, a, *s, &c, f);
        return fl_result_modelled(x, *s, &c, answer);
    }
    if ((f = fl_result_list(x, *s, &c, answer))) return f;
    if ((f = fl_result_derived_text(x, &c))) return f;
    if (e->intrinsic == FL_INTRINSIC_dict_keys && count && args[0]->place && !args[0]->is_coerced) {
        fl_fact *keys = fl_fact_new(x, FL_T_LIST, 0);
        keys->element = fl_names_key(x, args[0]);
        return keys;
    }
    if (e->intrinsic == FL_INTRINSIC_list_includes && args && count) {
        fl_names_compared(x, args[0], self, node);
        const fl_fact *has = *s ? fl_names_has(x, *s, self, args[0]) : NULL;
        if (has) return has;
        fl_predicate p = { .kind = FL_PRED_IN, .subject = args[0], .other = self };
        return fl_fact_predicate(x, p);
    }
    if (e->intrinsic == FL_INTRINSIC_next_element && count && *s) {
        const fl_fact *first = fl_exec_first(x, *s, args[0], node);
        if (count > 1) { fl_fact *either = fl_fact_copy(x, fl_fact_join(x, fl_fact_settled_present(x, first), args[1])); either->vid = x->next_vid++; return either; }
        fl_pending *spot = fl_fact_may(*s, first) & FL_T_UNDEFINED ? fl_spot_missing(x, a, *s, first, node, fl_call_arg_node(&c, 0)) : NULL;
        if (!spot) return first;
        spot->spot.failure = e->throws.is_set ? fl_sym_str(e->throws.error_type) : FL_S("");
        fl_exec_throw(x, a, fl_fact_error(x, spot->spot.failure), node, *s, spot, false);
        return fl_fact_settled_present(x, first);
    }
    if (e->intrinsic == FL_INTRINSIC_is_instance && count > 1) return fl_named_is_instance(x, args[0], args[1]);
    fl_str name;
    if (e->intrinsic == FL_INTRINSIC_member_get && count > 1 && *s && args[0]->value && fl_fact_text(args[1], *s, &name)) return fl_exec_member(x, a, *s, args[0], fl_sym_of(name), node);
    if (e->intrinsic == FL_INTRINSIC_dict_take && self && count && *s) {
        const fl_fact *found = fl_exec_index(x, a, *s, self, args[0], node);
        if (x->builtins && x->builtins->missing_key.len) fl_exec_must_have(x, a, *s, found, false, args[0], node);
        return found;
    }
    if (e->intrinsic == FL_INTRINSIC_dict_get && self && count && *s) return fl_named_get(x, a, *s, self, args[0], count > 1 ? args[1] : NULL, count > 2 ? args[2] : NULL, node);
    if (e->schema && (f = fl_result_validator(x, a, &c))) return f;
    if (e->columns.is_set) check_columns(x, a, *s, &c);
    if (e->miss.error) return found_or_thrown(x, a, *s, &c, answer);
    if (e->shaped.is_set && (f = fl_result_shaped(x, &c))) return f;
    if (e->stands_for.is_set && (f = fl_result_stand_in(x, *s, &c))) return f;
    return fl_result_modelled(x, *s, &c, answer);
}
