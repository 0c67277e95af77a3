/*
 * What a modelled call does while a handler runs: answers, hands on, throws, finds nothing, tells a type. The order of the parts is the
 * order of fl_effect. Read fl_exec_effect at the end first.
 */
#include "extractor/flow/text_p.h"
#include "base/pattern.h"
#include <string.h>

typedef struct call { const fl_effect *e; const fl_fact *callee, *self, **args; unsigned count; const fl_node *node; } call;

static const fl_fact *arg_of(const call *c, int arg)
{
    if (arg == FL_ARG_THIS) return c->self;
    return arg >= 0 && (unsigned)arg < c->count ? c->args[arg] : NULL;
}

static const fl_node *arg_node(const call *c, int arg)
{
    if (!c->node || c->node->kind != FL_NODE_call) return c->node;
    if (arg == FL_ARG_THIS) return c->node->first && c->node->first->first ? c->node->first->first : c->node;
    const fl_node *n = fl_node_child(c->node, (unsigned)(arg + 1));
    return n ? n : c->node;
}

static void throw_spot(fl_exec *x, fl_activation *a, fl_state *s, fl_pending *spot, const fl_node *node);

/* ---- answers ---- */

static uint16_t pending_status(fl_exec *x, const fl_state *s)
{
    const fl_fact *f = x->response ? fl_state_get(s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_)) : NULL;
    fl_str text;
    int64_t n;
    if (!f) return 200;
    return fl_fact_text(f, s, &text) && fl_str_to_int(text, &n) && n >= 100 && n < 600 ? (uint16_t)n : 0;
}

static void add_answer(fl_exec *x, const call *c, const fl_state *s, uint16_t status, const fl_fact *body)
{
    fl_answer answer = { .status = status, .node = c->node, .is_from_error_handler = x->in_error_handler };
    unsigned types = body ? fl_fact_types(s, body) : 0;
    answer.media = c->e->respond.media;
    const fl_fact *media = arg_of(c, c->e->respond.media_arg);
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
            if (answer.schema) x->answers.items[i].schema = x->answers.items[i].schema ? fl_schema_join(x->results, x->answers.items[i].schema, answer.schema) : answer.schema;
            return;
        }
    fl_vec_push(x->arena, &x->answers, answer);
}

static void respond(fl_exec *x, fl_activation *a, fl_state *s, const call *c)
{
    const fl_effect *e = c->e;
    uint16_t status = e->respond.fixed_status ? e->respond.fixed_status : pending_status(x, s);
    const fl_fact *given = arg_of(c, e->respond.status), *body = arg_of(c, e->respond.body);
    fl_str text;
    int64_t n;
    if (given) status = fl_fact_text(given, s, &text) && fl_str_to_int(text, &n) && n >= 100 && n < 600 ? (uint16_t)n : 0;
    if (e->respond.again.len) throw_spot(x, a, s, fl_spot_second_answer(x, a, s, c->node, e->respond.again), c->node);
    if (s->has_responded) return;
    fl_first_answer *first = FL_NEW(x->arena, fl_first_answer);
    *first = (fl_first_answer){ c->node, a->id, status, s->conditions };
    s->first_answer = first;
    s->has_responded = s->may_have_responded = true;
    fl_spot_settle(x, s, status == 0 || status >= 500);
    if (status >= 400 && status < 500) fl_exec_refuses(x, a, status);
    if (x->is_dry) return;
    if (x->dispatch) fl_dispatch_answers(x, a, c->node);
    add_answer(x, c, s, status, body);
    if (status >= 400 && status < 500 && !x->in_error_handler) fl_note_refusal_answer(x, a, status, body ? fl_fact_schema(x, s, body, 0) : NULL, c->node);
}

static void hand_on(fl_exec *x, fl_activation *a, fl_state *s, const call *c)
{
    const fl_fact *error = arg_of(c, c->e->next.error);
    fl_str text;
    bool is_error = error && (fl_fact_types(s, error) & ~(unsigned)FL_T_NULLISH);
    if (is_error && fl_fact_text(error, s, &text))
        for (const fl_data *d = c->e->next.skip_values ? c->e->next.skip_values->first : NULL; d; d = d->next) is_error &= !fl_str_eq(text, d->text);
    if (!is_error) {
        if (!x->is_dry) x->next_state = fl_state_join(x, x->next_state, s);
        s->has_responded = true;   /* the rest of this function is after the answer */
        return;
    }
    const fl_fact *status = fl_error_status(x, s, error);
    double n = 0;
    bool is_refusal = status && fl_fact_text(status, s, &text) && fl_str_to_double(text, &n) && n >= 400 && n < 500;
    fl_spot_settle(x, s, !is_refusal);
    if (is_refusal) fl_exec_refuses(x, a, (uint16_t)n);
    s->has_responded = true;
    if (x->is_dry) return;
    fl_throw *t = FL_NEW(x->arena, fl_throw);
    *t = (fl_throw){ error, c->node, fl_state_copy(x, s), NULL, c->node, true, x->errors };
    x->errors = t;
    if (is_refusal) fl_note_refusal_throw(x, a, c->node, (uint16_t)n);
}

/* ---- what may go wrong ---- */

static void throw_spot(fl_exec *x, fl_activation *a, fl_state *s, fl_pending *spot, const fl_node *node)
{
    if (!spot) return;
    fl_exec_throw(x, a, fl_fact_error(x, spot->spot.failure), node, s, spot, false);
}

static void check_throws(fl_exec *x, fl_activation *a, fl_state *s, const call *c)
{
    const fl_effect *e = c->e;
    if (e->throws.is_set) {
        const fl_fact *arg = arg_of(c, e->throws.arg);
        if (arg && arg->place) throw_spot(x, a, s, fl_spot_throws(x, a, s, arg, e, c->node, arg_node(c, e->throws.arg)), c->node);
    }
    if (e->range.is_set) {
        const fl_fact *arg = arg_of(c, e->range.arg);
        if (arg && arg->place) throw_spot(x, a, s, fl_spot_range(x, a, s, arg, e, c->node, arg_node(c, e->range.arg)), c->node);
    }
    if (e->throws_when_empty && c->self && (c->self->place || c->self->miss)) throw_spot(x, a, s, fl_spot_range(x, a, s, c->self, e, c->node, arg_node(c, FL_ARG_THIS)), c->node);
}

/* An argument of a type that the call refuses. */
static void check_wanted(fl_exec *x, fl_activation *a, fl_state *s, const call *c)
{
    for (size_t i = 0; i < c->e->wants.count; i++) {
        const fl_wanted *wanted = &c->e->wants.items[i];
        const fl_fact *f = arg_of(c, wanted->arg);
        if (!f || !f->place || f->is_coerced) continue;
        bool wants_any = (wanted->types | FL_T_NULLISH) == FL_T_ANY;   /* it only has to be there */
        bool is_converted = c->e->coerces.is_set && c->e->coerces.arg == wanted->arg;   /* then that says what it is for */
        if (!wants_any && !is_converted) fl_place_use(x, f, fl_json_of_types(wanted->types), false);
        if (!(fl_fact_may(s, f) & ~wanted->types)) continue;
        bool has_one_null = x->builtins && x->builtins->missing_key.len;
        if (has_one_null && fl_fact_may(s, f) & FL_T_NULLISH & ~wanted->types) {   /* int(None) */
            fl_pending *gone = fl_spot_missing(x, a, s, f, c->node, arg_node(c, wanted->arg));
            if (gone && wanted->error) gone->spot.failure = fl_sym_str(wanted->error);
            throw_spot(x, a, s, gone, c->node);
            fl_refine_edit(x, s, f)->types &= (uint16_t)~FL_T_NULLISH;
            if (!(fl_fact_may(s, f) & ~wanted->types)) continue;
        }
        fl_pending *spot = wants_any ? fl_spot_missing(x, a, s, f, c->node, arg_node(c, wanted->arg)) : fl_spot_type(x, a, s, f, wanted->types, c->node, arg_node(c, wanted->arg));
        if (spot && wanted->error) spot->spot.failure = fl_sym_str(wanted->error);
        throw_spot(x, a, s, spot, c->node);
        fl_refine_edit(x, s, f)->types &= (uint16_t)wanted->types;
    }
}

static const fl_fact *constant_of(fl_exec *x, const fl_data *value)
{
    switch (value->kind) {
    case FL_DATA_NULL: return fl_fact_literal(x, FL_T_NULL, 0);
    case FL_DATA_BOOL: return fl_fact_literal(x, FL_T_BOOLEAN, value->boolean);
    case FL_DATA_NUMBER: return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(value->text));
    case FL_DATA_STRING: return fl_fact_literal(x, FL_T_STRING, fl_sym_of(value->text));
    case FL_DATA_LIST: case FL_DATA_MAP: break;
    }
    return fl_fact_unknown(x);
}

/* An error that carries its status, as a library makes it. */
static const fl_fact *error_of(fl_exec *x, fl_state *s, const call *c)
{
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    f->is_error = true;
    fl_str kind = fl_data_get_str(fl_data_get_c(c->e->data, "error"), "type");
    if (kind.len) f->type = fl_models_type(x->models, fl_sym_of(kind));
    else if (c->e->returns.kind == FL_RESULT_TYPE) f->type = fl_models_type(x->models, c->e->returns.type);
    const fl_fact *status = arg_of(c, c->e->error.status);
    if (!status && c->e->error.fixed_status) status = fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", c->e->error.fixed_status)));
    if (status) for (size_t i = 0; x->framework && i < x->framework->error_status_members.count; i++) fl_state_put(x, s, FL_KEY_FIELD(f->vid, x->framework->error_status_members.items[i]), status);
    return f;
}

/* ---- callbacks ---- */

static const fl_fact *modelled_result(fl_exec *x, fl_state *s, const call *c, const fl_fact *answer);

static const fl_fact *callback_param(fl_exec *x, fl_state *s, const call *c, fl_str word)
{
    int64_t n;
    if (fl_str_eq_c(word, "element")) return fl_exec_element(x, s, c->self, c->node);
    if (fl_str_eq_c(word, "this")) return c->self;
    if (fl_str_eq_c(word, "result")) { const fl_fact *r = modelled_result(x, s, c, NULL); return r->resolved ? r->resolved : r; }
    if (fl_str_eq_c(word, "number")) return fl_fact_new(x, FL_T_NUMBER, 0);
    if (fl_str_eq_c(word, "string")) return fl_fact_new(x, FL_T_STRING, 0);
    if (fl_str_starts(word, FL_S("element of arg ")) && fl_str_to_int(fl_str_sub(word, strlen("element of arg "), word.len), &n) && arg_of(c, (int)n))
        return fl_exec_element(x, s, arg_of(c, (int)n), c->node);
    if (fl_str_starts(word, FL_S("arg ")) && fl_str_to_int(fl_str_sub(word, 4, word.len), &n) && arg_of(c, (int)n)) return arg_of(c, (int)n);
    return fl_fact_unknown(x);
}

static const fl_fact *run_callback(fl_exec *x, fl_activation *a, fl_state **s, const call *c)
{
    const fl_fact *fn = arg_of(c, c->e->calls.callback);
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

/* ---- finding nothing ---- */

/* The request place that decides whether a look-up finds something. */
static const fl_fact *needle_of(const fl_fact *answer)
{
    const fl_predicate *p = answer ? answer->predicate : NULL;
    if (!p || p->kind != FL_PRED_EQUAL) return NULL;
    if (p->other && p->other->place) return p->other;
    if (p->subject && p->subject->place) return p->subject;
    return NULL;
}

/* What a query is made of: the argument itself, or the first request place inside a literal dict or list. */
static const fl_fact *place_within(const fl_state *s, const fl_fact *arg, unsigned depth)
{
    if (!arg || depth > 4) return NULL;
    if (arg->place) return arg;
    if (arg->needle && arg->needle->place && arg->resolved) return arg->needle;   /* a statement that asks for it */
    const fl_predicate *p = arg->predicate && arg->predicate->kind == FL_PRED_EQUAL ? arg->predicate : NULL;   /* Book.isbn == isbn */
    if (p && p->subject && p->subject->place) return p->subject;
    if (p && p->other && p->other->place) return p->other;
    const fl_fact *found = NULL;
    for (size_t i = 0; arg->is_local && arg->shape && i < arg->shape->keys.count && !found; i++)
        found = place_within(s, fl_state_get(s, FL_KEY_FIELD(arg->vid, arg->shape->keys.items[i])), depth + 1);
    return found || !arg->is_local ? found : place_within(s, arg->element, depth + 1);
}

static fl_miss *make_miss(fl_exec *x, const call *c, const fl_fact *needle, fl_weak_spot_kind kind)
{
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = (fl_miss){ .kind = kind, .origin = c->node, .certainty = needle ? FL_CERTAIN : FL_POSSIBLE, .status = 404 };
    if (!needle) return miss;
    if (needle->place->in != FL_IN_PATH) miss->status = needle->place->in == FL_IN_HEADER || needle->place->in == FL_IN_COOKIE ? 401 : 404;
    fl_condition cond = { .at = fl_place_pointer(x, needle->place), .kind = FL_COND_NOT_FOUND };
    if (kind == FL_WS_missing_match) { cond.kind = FL_COND_EQUALS; cond.value = fl_data_string(x->results, FL_S("~")); miss->status = needle->place->in == FL_IN_HEADER ? 401 : 400; }
    fl_vec_push(x->results, &miss->triggers, cond);
    return miss;
}

static const fl_fact *missing(fl_exec *x, const fl_fact *found, unsigned nullish, fl_miss *miss, const call *c, const char *why)
{
    fl_fact *f = fl_fact_copy(x, found);
    f->vid = x->next_vid++;
    f->types |= (uint16_t)nullish;
    f->may |= (uint16_t)nullish;
    f->miss = miss;
    fl_sym name = c->callee && c->callee->member ? c->callee->member : 0;
    f->because = fl_because_add(x, found->because, c->node, "%s() %s", name ? fl_sym_c(name) : "the call", why);
    return f;
}

/* A pattern without an end that also matches the empty text finds something in every text. */
static bool always_matches(const call *c)
{
    const fl_fact *pattern = c->self && c->self->value && c->self->value->kind == FL_V_REGEX ? c->self : c->count && c->args[0]->value && c->args[0]->value->kind == FL_V_REGEX ? c->args[0] : NULL;
    const fl_value *made = c->self && c->self->value && c->self->value->kind == FL_V_TYPED ? c->self->value : NULL;   /* re.compile("…") */
    const fl_value *text = made && made->items.count && made->effect && made->effect->throws.is_set && made->items.items[0]->kind == FL_V_STRING ? made->items.items[0] : NULL;
    if (!pattern && !text) return false;
    fl_str source = fl_sym_str(text ? text->text : pattern->value->text);
    bool has_end = source.len && source.ptr[source.len - 1] == '$';
    if (has_end && !fl_str_eq_c(source, "^(.*)$") && !fl_str_eq_c(source, "^.*$")) return false;
    fl_pattern *compiled = NULL;
    if (fl_pattern_new(&compiled, source, NULL) != FL_OK) return false;
    bool matches = fl_pattern_matches(compiled, FL_S(""));
    fl_pattern_free(compiled);
    return matches;
}

static bool is_text_checked(const fl_state *s, const fl_fact *text)
{
    for (const fl_fact *f = text; f; f = f->base) {
        const fl_refine *r = fl_refine_of(s, f);
        if (r && r->is_checked_format) return true;
    }
    return false;
}

/* map.has(key) was true on this path: map.get(key) finds it. */
static bool is_known_key(const fl_state *s, const fl_fact *container, const fl_fact *key)
{
    const fl_refine *r = fl_refine_of(s, key);
    if (r && r->proved && r->proved == container->value) return true;
    for (const fl_cond *k = s->conditions; k; k = k->next) {
        const fl_predicate *p = k->predicate;
        if (p->kind != FL_PRED_IN || (p->is_negated ? k->holds : !k->holds) || !p->other || !p->subject) continue;
        bool same_container = p->other == container || p->other->vid == container->vid || (p->other->value && p->other->value == container->value);
        if (same_container && (p->subject->vid == key->vid || (p->subject->place && p->subject->place == key->place))) return true;
    }
    return false;
}

static const fl_fact *apply_miss(fl_exec *x, fl_state *s, const call *c, const fl_fact *answer, const fl_fact *result, unsigned nullish)
{
    const fl_sym by = c->e->miss.by;
    const fl_fact *arg = arg_of(c, c->e->miss.arg);
    if (arg && c->self && by == FL_SYM_key_ && is_known_key(s, c->self, arg)) return result;
    if (fl_str_eq_c(fl_sym_str(by), "setting") || fl_str_eq_c(fl_sym_str(by), "column")) {   /* for reasons that no place of the request decides */
        bool is_setting = fl_str_eq_c(fl_sym_str(by), "setting");
        fl_miss *miss = make_miss(x, c, NULL, is_setting ? FL_WS_missing_setting : FL_WS_null_column);
        miss->certainty = is_setting ? FL_CERTAIN : FL_POSSIBLE;
        miss->status = is_setting ? 500 : 404;
        fl_str name;
        uint64_t key = is_setting && arg && fl_fact_text(arg, s, &name) ? FL_KEY_FIELD(0x7FFFFFFEu, fl_sym_of(name)) : 0;   /* it is the same whenever it is asked for */
        const fl_fact *known = key ? fl_state_get(s, key) : NULL;
        if (known) return known;
        const fl_fact *f = missing(x, result, nullish, miss, c, is_setting ? "is null when the variable is not set" : "is null for a column without a value");
        if (key) fl_state_put(x, s, key, f);
        return f;
    }
    if (by == FL_SYM_callback_) {
        const fl_fact *needle = needle_of(answer);
        fl_miss *miss = make_miss(x, c, needle, FL_WS_missing_lookup);
        fl_fact *f = fl_fact_copy(x, missing(x, result, nullish, miss, c, nullish ? "finds nothing when no element fits" : "is negative when no element fits"));
        f->needle = needle;
        return f;
    }
    if (by == FL_SYM_index_) {   /* what stands from that index on: nothing, when it lies behind the end */
        const fl_refine *r = arg ? fl_refine_of(s, arg) : NULL;
        bool is_beyond = arg && (arg->place || (arg->miss && arg->is_derived)) && !(r && (r->is_checked || r->is_checked_format));
        const fl_fact *needle = !is_beyond ? NULL : arg->place ? arg : arg->needle;
        if (!needle) return result;
        fl_fact *list = fl_fact_copy(x, result);
        list->miss = make_miss(x, c, needle, FL_WS_missing_lookup);
        list->because = fl_because_add(x, arg->because, c->node, "it is empty when the index lies behind the end");
        return list;
    }
    if (by == FL_SYM_match_ && (always_matches(c) || (arg && is_text_checked(s, arg)))) return fl_fact_settled_present(x, result);
    if (by == FL_SYM_match_) return missing(x, result, nullish, make_miss(x, c, arg && arg->place ? arg : NULL, FL_WS_missing_match), c, "is null when the text does not match");
    const fl_fact *inside = arg ? place_within(s, arg, 0) : NULL;
    const fl_fact *asked = !c->self || c->self->needle || !c->self->resolved ? c->self : c->self->resolved; /* a query so far: what it would give */
    if (by == FL_SYM_empty_ && asked && !asked->miss && asked->needle) {
        fl_fact *list = fl_fact_copy(x, result);
        list->miss = make_miss(x, c, asked->needle, FL_WS_missing_lookup);
        list->because = fl_because_add(x, NULL, c->node, "the query may find nothing");
        if (nullish) { list->types |= (uint16_t)nullish; list->may |= (uint16_t)nullish; list->vid = x->next_vid++; }
        return list;
    }
    if (by == FL_SYM_empty_) return asked && asked->miss ? missing(x, result, nullish, (fl_miss *)(uintptr_t)asked->miss, c, asked == c->self ? "finds nothing in an empty list" : "finds nothing when no row fits") : result;
    if (!nullish) {   /* a result that holds rows: they may be none */
        fl_fact *f = fl_fact_copy(x, result);
        f->needle = inside;
        if (inside && f->types == FL_T_LIST) {
            f->miss = make_miss(x, c, inside, FL_WS_missing_lookup);
            f->because = fl_because_add(x, result->because, c->node, "the query may find nothing");
        }
        return f;
    }
    return missing(x, result, nullish, make_miss(x, c, inside, FL_WS_missing_lookup), c, "finds nothing for an unknown key");
}

/* ---- results ---- */

/* An instance of a class of the project that other code made: nothing is known of its fields. */
static const fl_fact *instance_of(fl_exec *x, const fl_fact *cls, unsigned or_types)
{
    if (!cls || !cls->value || cls->value->kind != FL_V_CLASS) return fl_fact_new(x, FL_T_OTHER | or_types, 0);
    fl_value *instance = FL_NEW(x->arena, fl_value);
    *instance = (fl_value){ .kind = FL_V_INSTANCE, .target = cls->value, .module = cls->value->module };
    fl_fact *f = fl_fact_new(x, FL_T_OTHER | or_types, 0);
    f->value = instance;
    return f;
}

static const fl_fact *result_of(fl_exec *x, fl_state *s, const call *c, const fl_result *r, const fl_fact *answer)
{
    fl_fact *f;
    switch (r->kind) {
    case FL_RESULT_BASIC: return fl_fact_new(x, r->types | r->or_types, r->types & FL_T_NULLISH);
    case FL_RESULT_TYPE:
        f = fl_fact_new(x, FL_T_OTHER | r->or_types, 0);
        f->type = fl_models_type(x->models, r->type);
        if (f->type && f->type->role == FL_SYM_error_) f->is_error = true;
        return f;
    case FL_RESULT_THIS: return c->self ? c->self : fl_fact_unknown(x);
    case FL_RESULT_ARG: { const fl_fact *arg = arg_of(c, (int)r->arg); return arg ? arg : fl_fact_literal(x, FL_T_UNDEFINED, 0); }
    case FL_RESULT_ELEMENT: return c->self ? fl_exec_element(x, s, c->self, c->node) : fl_fact_unknown(x);
    case FL_RESULT_ELEMENT_OF_ARG: { const fl_fact *arg = arg_of(c, (int)r->arg); return arg ? fl_exec_element(x, s, arg, c->node) : fl_fact_unknown(x); }
    case FL_RESULT_CALLBACK: return answer ? (answer->resolved ? answer->resolved : answer) : fl_fact_unknown(x);
    case FL_RESULT_LIST_OF:
        f = fl_fact_new(x, FL_T_LIST | r->or_types, 0);
        f->element = result_of(x, s, c, r->of, answer);
        if (f->element == answer && answer) f->element = answer;
        return f;
    case FL_RESULT_PROMISE_OF:
        f = fl_fact_new(x, FL_T_OTHER, 0);
        f->resolved = result_of(x, s, c, r->of, answer);
        if (r->type) f->type = fl_models_type(x->models, r->type);
        return f;
    case FL_RESULT_INSTANCE: return instance_of(x, c->self, r->or_types);
    case FL_RESULT_INSTANCE_OF_ARG: return instance_of(x, arg_of(c, (int)r->arg), r->or_types);
    case FL_RESULT_DICT_OF: return fl_fact_new(x, FL_T_DICT, 0);
    case FL_RESULT_UNKNOWN: case FL_RESULT_PLAIN: break;
    }
    return fl_fact_unknown(x);
}

static unsigned nullish_of(const fl_result *r)
{
    return r->or_types ? r->or_types : r->of ? nullish_of(r->of) : 0;
}

/* ---- promises ---- */

static const fl_fact *promise_of(fl_exec *x, const fl_fact *resolved, const fl_throw *rejects)
{
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    f->resolved = resolved ? (resolved->resolved ? resolved->resolved : resolved) : fl_fact_unknown(x);
    f->rejects = rejects ? rejects : resolved ? resolved->rejects : NULL;
    return f;
}

static const fl_fact *promise_call(fl_exec *x, fl_activation *a, fl_state **s, const call *c)
{
    const fl_fact *first = arg_of(c, 0), *second = arg_of(c, 1);
    switch (c->e->intrinsic) {
    case FL_INTRINSIC_promise_resolve: return first && first->resolved ? first : promise_of(x, first, NULL);
    case FL_INTRINSIC_promise_all: {
        const fl_fact *element = first ? fl_exec_element(x, *s, first, c->node) : NULL;
        fl_fact *list = fl_fact_new(x, FL_T_LIST, 0);
        list->element = element && element->resolved ? element->resolved : element;
        return promise_of(x, list, element ? element->rejects : NULL);
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
        const fl_fact *next = promise_of(x, result, NULL);
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
        return promise_of(x, NULL, NULL);
    }
    case FL_INTRINSIC_promise_reject: {
        fl_throw *t = FL_NEW(x->arena, fl_throw);
        *t = (fl_throw){ first ? first : fl_fact_unknown(x), c->node, fl_state_copy(x, *s), NULL, c->node, true, NULL };
        return promise_of(x, NULL, t);
    }
    default: return NULL;
    }
}

/* ---- validators ---- */

/* A validator that this function makes itself: as a value, so that its schema is known. */
static const fl_fact *made_validator(fl_exec *x, const fl_activation *a, const call *c)
{
    if (!c->node || c->node->kind != FL_NODE_call) return NULL;
    while (a->outer) a = a->outer;
    fl_value *value = fl_validator_of_call(x->arena, x->models, a->module, a->scope, a->func->node, c->node);
    const fl_schema *schema = value ? fl_schema_of_value(x->arena, x->models, value, 0) : NULL;
    bool says_something = schema && (schema->types || schema->any_of.count || schema->all_of.count || schema->properties.count);
    return says_something ? fl_fact_of_value(x, value) : NULL;   /* made of what is not known: not a validator that takes everything */
}

/* What a validator hands on is not always what came: defaults are there, transformed members are no longer the client's. */
static fl_fact *handed_on(fl_exec *x, fl_state *s, const fl_fact *value, const fl_schema *in, const fl_value *validator)
{
    const fl_schema *out = fl_schema_of_output(x->results, x->models, validator);
    if (!out) out = in;
    fl_fact *data = fl_fact_copy(x, value);
    data->vid = x->next_vid++;
    data->schema = out;
    if (in->types && !out->types && !out->any_of.count && !out->all_of.count) {
        data->place = NULL;
        data->types = FL_T_ANY;
        data->may = 0;
        return data;
    }
    data->types = data->may = (uint16_t)fl_fact_of_schema(x, out, NULL)->types;
    if (data->types == FL_T_ANY) data->may = 0;
    for (size_t i = 0; i < out->properties.count; i++) {
        const fl_property *p = &out->properties.items[i], *came = fl_schema_property(in, p->name);
        if (!came || !came->schema->types || came->schema->types == p->schema->types || p->schema->any_of.count || p->schema->all_of.count) continue;
        fl_fact *field = fl_fact_copy(x, p->schema->types ? fl_fact_of_schema(x, p->schema, NULL) : fl_fact_unknown(x));
        if (!p->is_required) field->types |= FL_T_UNDEFINED;
        fl_state_put(x, s, FL_KEY_FIELD(data->vid, fl_sym_of(p->name)), field);
    }
    return data;
}

static const fl_fact *validate(fl_exec *x, fl_activation *a, fl_state **s, const call *c)
{
    const fl_effect *e = c->e;
    const fl_fact *value = arg_of(c, e->validate.value), *validator = arg_of(c, e->validate.schema);
    if (e->validate.failure == fl_sym_of(FL_S("collected")) && x->collected.count) return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_VALID, .subject = c->self });
    fl_schema *schema = validator && validator->value ? fl_schema_of_value(x->results, x->models, validator->value, 0) : NULL;
    /* something put together from the request: what was checked cannot be told from the value */
    x->has_unknown_validation |= value && e->validate.schema != FL_ARG_NONE && (!schema || !value->place);
    if (!value || !schema) return NULL;
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
            else field = handed_on(x, *s, value, schema, validator->value);
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
    fl_fact *data = handed_on(x, *s, value, schema, validator->value);
    if (e->validate.failure == FL_SYM_rejects_) return promise_of(x, data, NULL);
    return data;
}

static const fl_fact *coerced(fl_exec *x, fl_state *s, const call *c)
{
    const fl_fact *arg = arg_of(c, c->e->coerces.arg);
    if (!arg || (!arg->place && !arg->literal_type && c->e->coerces.to != FL_T_BOOLEAN)) return NULL;
    fl_fact *f = fl_fact_copy(x, arg);
    unsigned to = c->e->coerces.to;
    if (to == FL_T_BOOLEAN) { fl_predicate p = { .kind = FL_PRED_TRUTHY, .subject = arg }; return fl_fact_predicate(x, p); }
    if (to == FL_T_NUMBER) fl_place_use(x, arg, FL_JSON_NUMBER, c->e->coerces.is_integer);
    f->is_coerced = to != FL_T_STRING || fl_fact_types(s, arg) != FL_T_STRING;
    if (to == FL_T_STRING) f->is_derived = true;
    f->vid = x->next_vid++;
    f->base = arg;
    f->types = (uint16_t)to;
    f->may = 0;
    if (arg->literal_type) f->literal_type = (uint8_t)to;
    f->at = c->node;
    if (c->e->returns.kind == FL_RESULT_TYPE) f->type = fl_models_type(x->models, c->e->returns.type);
    return f;
}

/* list.map and friends keep what is known of their elements. */
static const fl_fact *list_result(fl_exec *x, fl_state *s, const call *c, const fl_fact *answer)
{
    fl_fact *f;
    switch (c->e->intrinsic) {
    case FL_INTRINSIC_list_filter:
        f = fl_fact_new(x, FL_T_LIST, 0);
        f->element = fl_exec_element(x, s, c->self, c->node);
        if (answer && answer->predicate) {   /* what stays is what the test lets through */
            fl_state *inside = fl_state_copy(x, s);
            if (fl_narrow(x, inside, answer->predicate, true)) { fl_fact *element = fl_fact_copy(x, fl_fact_settled(x, inside, f->element)); element->vid = x->next_vid++; f->element = element; }
        }
        if (needle_of(answer)) { f->miss = make_miss(x, c, needle_of(answer), FL_WS_missing_lookup); f->because = fl_because_add(x, NULL, c->node, "the list is empty when no element fits"); }
        return f;
    case FL_INTRINSIC_str_split:
        f = fl_fact_new(x, FL_T_LIST, 0);
        f->element = fl_fact_new(x, FL_T_STRING, 0);
        if (c->self && c->self->place) { fl_fact *item = fl_fact_new(x, FL_T_STRING, 0); item->place = c->self->place; item->is_derived = true; item->because = c->self->because; f->element = item; }
        if (c->self && c->self->place) f->miss = make_miss(x, c, c->self, FL_WS_missing_match);
        return f;
    case FL_INTRINSIC_identity: return arg_of(c, 0);
    case FL_INTRINSIC_dict_assign: {
        const fl_fact *to = arg_of(c, 0);
        for (unsigned i = 1; to && i < c->count; i++)
            for (size_t k = 0; c->args[i]->shape && k < c->args[i]->shape->keys.count; k++) {
                const fl_fact *field = fl_state_get(s, FL_KEY_FIELD(c->args[i]->vid, c->args[i]->shape->keys.items[k]));
                if (field) fl_state_put(x, s, FL_KEY_FIELD(to->vid, c->args[i]->shape->keys.items[k]), field);
            }
        return to;
    }
    default: return NULL;
    }
}

/* Text made from request text by a method of its own (slice, trim, replace): still the client's, but another text. */
static const fl_fact *derived_text(fl_exec *x, const call *c)
{
    const fl_fact *from = c->self;
    if (!from || !from->place || c->e->returns.kind != FL_RESULT_BASIC || (c->e->returns.types != FL_T_STRING && c->e->returns.types != FL_T_NUMBER) || c->e->returns.or_types || from->resolved) return NULL;
    if (!(from->types & FL_T_STRING) && !from->is_coerced) return NULL;
    if (c->e->intrinsic == FL_INTRINSIC_str_replace) return NULL;   /* what a pattern replaced is no longer the client's to choose */
    fl_fact *f = fl_fact_new(x, c->e->returns.types, 0);
    f->place = from->place;
    f->is_derived = true;
    f->is_coerced = c->e->returns.types == FL_T_NUMBER;
    f->because = from->because;
    f->base = from;
    return f;
}

static void gain_element(fl_exec *x, fl_state *s, const call *c)
{
    const fl_fact *item = arg_of(c, c->e->adds_element.arg);
    if (item && c->self && c->self->is_local && !c->self->needle && s->conditions) {   /* filled by a search */
        const fl_predicate *p = s->conditions->predicate;
        const fl_fact *owner = p->kind != FL_PRED_EQUAL ? NULL : p->subject->receiver && p->subject->receiver->needle ? p->subject->receiver : p->other && p->other->receiver ? p->other->receiver : NULL;   /* row.owner == user.id, of a user that was looked up */
        const fl_fact *needle = p->kind != FL_PRED_EQUAL || (p->is_negated ? s->conditions->holds : !s->conditions->holds) ? NULL : p->subject->place ? p->subject : p->other && p->other->place ? p->other : NULL;
        ((fl_fact *)(uintptr_t)c->self)->needle = needle ? needle : owner && owner->needle && owner->needle->place ? owner->needle : item->needle;
    }
    if (!item || !c->self || x->is_dry) return;
    if (c->self->is_local && c->self->types == FL_T_LIST && x->builtins && x->builtins->missing_index.len) {
        fl_fact *list = (fl_fact *)(uintptr_t)c->self;
        list->element = list->element ? fl_fact_join(x, list->element, item) : item;
    }
    /* a list made here, filled under a condition: its being non-empty says that the condition held */
    if (c->self->is_local && s->conditions) {
        fl_refusals *r = FL_NEW(x->arena, fl_refusals);
        *r = (fl_refusals){ s->conditions, false, c->self->refused_by };
        ((fl_fact *)(uintptr_t)c->self)->refused_by = r;
    }
    if (!c->self->value || !x->elements) return;
    fl_schema *schema = fl_fact_schema(x, s, item, 1);
    if (schema) fl_vec_push(x->results, &x->elements->gained, (struct fl_gained){ c->self->value->id, schema });
}

static const fl_fact *predicate_of(fl_exec *x, fl_state *s, const call *c)
{
    const fl_effect *e = c->e;
    const fl_fact *arg = arg_of(c, e->predicate.arg);
    (void)s;
    if (!arg) return fl_fact_new(x, FL_T_BOOLEAN, 0);
    fl_predicate p = { .subject = arg, .is_negated = e->predicate.is_negated, .types = e->predicate.types, .text = e->predicate.format };
    const fl_data *d = fl_data_get_c(e->data, "predicate"), *matches = fl_data_get_c(d, "matches"), *has_key = fl_data_get_c(d, "has_key");
    if (matches || has_key) {   /* regex.test(text), map.has(key) */
        p.kind = matches ? FL_PRED_MATCHES : FL_PRED_IN;
        p.other = c->self;
        return fl_fact_predicate(x, p);
    }
    p.kind = e->predicate.format ? FL_PRED_FORMAT : e->predicate.is_integer ? FL_PRED_INTEGER : e->predicate.is_finite ? FL_PRED_FINITE : FL_PRED_TYPE;
    return fl_fact_predicate(x, p);
}

/* What the call gives, and that it may find nothing. */
static const fl_fact *modelled_result(fl_exec *x, fl_state *s, const call *c, const fl_fact *answer)
{
    const fl_fact *f = result_of(x, s, c, &c->e->returns, answer);
    if (!c->e->miss.is_set) return f;
    unsigned nullish = nullish_of(&c->e->returns);
    if (!f->resolved) return apply_miss(x, s, c, answer, f, nullish);
    fl_fact *promise = fl_fact_copy(x, f);
    promise->resolved = apply_miss(x, s, c, answer, f->resolved, nullish);
    return promise;
}

/* ---- the request line ---- */

static const fl_fact *request_line(fl_exec *x, const call *c)
{
    const fl_fact *text = x->dispatch ? fl_text_of_subject(x, fl_str_eq_c(fl_sym_str(c->e->dispatch), "method") ? FL_SUBJECT_METHOD : FL_SUBJECT_URL, c->node) : fl_fact_new(x, FL_T_STRING, 0);
    if (c->e->returns.kind != FL_RESULT_TYPE) return text;
    fl_fact *typed = fl_fact_copy(x, text);
    typed->type = fl_models_type(x->models, c->e->returns.type);
    return typed;
}

/* "$.user.name" names a member of a member. */
static const fl_fact *part_named(fl_exec *x, fl_activation *a, fl_state *s, fl_location in, fl_str name, const fl_node *node)
{
    const fl_fact *part = fl_place_fact(x, fl_place_root(x, in), node);
    if (!fl_str_starts(name, FL_S("$."))) return fl_exec_member(x, a, s, part, fl_sym_of(name), node);
    fl_str rest = fl_str_sub(name, 2, name.len), one;
    while (fl_str_split(&rest, '.', &one)) if (one.len && part->place) part = fl_exec_place_child(x, s, part, fl_sym_of(one), node);
    return part;
}

static void fill(fl_exec *x, fl_activation *a, fl_state *s, const call *c, const fl_fact *value)
{
    const fl_fact *to = arg_of(c, c->e->fills.arg);
    if (to && to->points) fl_exec_set_pointer(x, a, s, to, value);
    fl_exec_write_argument(x, a, s, c->node, (unsigned)c->e->fills.arg, value);
}

/* The argument that says in which part of the request a name is looked for. */
static fl_location location_by(fl_exec *x, const fl_state *s, const call *c)
{
    int64_t arg = fl_data_get_int(c->e->request.by, "arg", 0);
    const fl_fact *kind = arg_of(c, (int)arg);
    fl_str text;
    (void)x;
    return kind && fl_fact_text(kind, s, &text) ? fl_location_named(fl_data_str(fl_data_get(c->e->request.by, text), FL_S(""))) : FL_IN_NOWHERE;
}

/* A comparison of texts: decided when one is of the request line, else a test like `==`. */
static const fl_fact *compared(fl_exec *x, fl_activation *a, fl_state *s, const call *c)
{
    const fl_effect *e = c->e;
    const fl_fact *l = arg_of(c, e->compares.arg), *r = arg_of(c, e->compares.with), *length = arg_of(c, e->compares.length);
    fl_str text;
    int64_t n = -1;
    if (!l || !r) return NULL;
    if (l == x->request && x->dispatch) l = fl_text_of_subject(x, FL_SUBJECT_URL, c->node);   /* "does this request match?" */
    if (length && !(fl_fact_text(length, s, &text) && fl_str_to_int(text, &n))) n = -1;
    bool is_part = length && n < 0, is_equality = fl_str_eq_c(fl_sym_str(e->compares.how), "equal");
    int decided = fl_text_compare(x, a, s, l, r, is_part ? fl_sym_of(FL_S("prefix")) : e->compares.how, n, e->compares.ignores_case, c->node);
    if (decided >= 0) {
        bool is_set = decided != e->compares.gives_zero;
        return e->compares.gives_zero ? fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(is_set ? FL_S("1") : FL_S("0"))) : fl_fact_literal(x, FL_T_BOOLEAN, is_set);
    }
    if (l->literal_type && !r->literal_type) { const fl_fact *swap = l; l = r; r = swap; }
    if (!is_equality || length || (!l->place && !l->literal_type)) return NULL;
    fl_place_compare(x, l, r);
    fl_predicate p = { .kind = FL_PRED_EQUAL, .subject = l, .other = r, .is_negated = e->compares.gives_zero };
    fl_fact *f = fl_fact_copy(x, fl_fact_predicate(x, p));
    if (e->compares.gives_zero) f->types = FL_T_NUMBER;
    return f;
}

/* A query that a value was bound to asks for it; the code of a step of it says whether it found something. */
static fl_sym asked_for(void) { return fl_sym_of(FL_S(" asked for")); }

static void bind_query(fl_exec *x, fl_state *s, const call *c)
{
    const fl_fact *to = arg_of(c, c->e->binds.to), *value = arg_of(c, c->e->binds.value);
    if (to && to->vid && value && value->place) fl_state_put(x, s, FL_KEY_FIELD(to->vid, asked_for()), value);
}

static const fl_fact *query_code(fl_exec *x, fl_state *s, const call *c)
{
    const fl_fact *query = arg_of(c, c->e->finds.arg);
    fl_fact *f = fl_fact_new(x, FL_T_NUMBER, 0);
    f->needle = query && query->vid ? fl_state_get(s, FL_KEY_FIELD(query->vid, asked_for())) : NULL;
    f->is_code = true;
    f->at = c->node;
    return f;
}

/* What the call does to memory: follows pointers, copies, releases, keeps. */
static void touch_memory(fl_exec *x, fl_activation *a, fl_state *s, const call *c)
{
    const fl_effect *e = c->e;
    for (size_t i = 0; i < e->needs.count; i++) {
        const fl_fact *f = arg_of(c, e->needs.items[i]);
        if (f && f->place && !f->is_coerced && !f->type && f->place->parent) fl_place_use(x, f, FL_JSON_STRING, false);
        if (f) fl_exec_present(x, a, s, f, c->node, arg_node(c, e->needs.items[i]));
    }
    if (e->writes.is_set) {
        const fl_fact *size = arg_of(c, e->writes.size);
        unsigned first = e->writes.format >= 0 ? (unsigned)e->writes.format + 1 : e->writes.from >= 0 ? (unsigned)e->writes.from : c->count;
        unsigned last = e->writes.format >= 0 ? c->count : first + 1;
        bool is_bounded = size && !(size->is_length_of && size->base && size->base->place);
        for (unsigned i = first; i < last && i < c->count && !is_bounded; i++) fl_bounds_write(x, a, s, c->args[i], arg_node(c, e->writes.to), c->node);
    }
    fl_exec_scrub(x, s, c->args, c->count);
    bool borrows = e->borrows || e->needs.count || e->frees.count || e->child.is_set || e->reads.is_set || e->puts.is_set || e->measures.is_set || e->predicate.is_set || e->coerces.is_set;
    for (unsigned i = 0; i < c->count && !borrows; i++) fl_memory_give(x, s, c->args[i]);
    for (size_t i = 0; i < e->frees.count; i++) fl_memory_give(x, s, arg_of(c, e->frees.items[i]));
    for (size_t i = 0; i < e->keeps.count; i++) fl_memory_give(x, s, arg_of(c, e->keeps.items[i]));
}

static const fl_fact *run_effect(fl_exec *x, fl_activation *a, fl_state **s, const call *known);

const fl_fact *fl_exec_effect(fl_exec *x, fl_activation *a, fl_state **s, const fl_effect *effect, const fl_fact *callee, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node)
{
    const fl_fact *placed[32];
    count = fl_named_place(x, *s, effect, args, count, placed, FL_COUNT(placed));
    args = placed;
    const fl_effect *e = fl_effect_for(effect, count);
    if (!e) return fl_fact_unknown(x);
    const call c = { e, callee, self, args, count, node };
    bool is_raw = x->builtins && x->builtins->has_raw_memory;
    if (is_raw) touch_memory(x, a, *s, &c);
    if (e->binds.is_set) bind_query(x, *s, &c);
    if (e->finds.is_set) return query_code(x, *s, &c);
    if (e->decodes.is_set) check_throws(x, a, *s, &c);
    const fl_fact *f = fl_data_effect(x, a, *s, e, self, args, count, node);
    if (!f) f = run_effect(x, a, s, &c);
    if (e->allocates && f && *s) {
        f = fl_memory_allocate(x, a, *s, f, node);
    }
    return f;
}

static const fl_fact *run_effect(fl_exec *x, fl_activation *a, fl_state **s, const call *known)
{
    const call c = *known;
    const fl_effect *e = c.e;
    const fl_fact *self = c.self, **args = c.args;
    const fl_node *node = c.node;
    unsigned count = c.count;
    fl_str text;
    if (e->dispatch) return request_line(x, &c);
    if (e->request.is_set && e->request.name == FL_ARG_NONE && !e->request.by) {
        const fl_fact *part = fl_exec_request_part(x, e, node);
        const fl_fact *lenient = arg_of(&c, e->request.lenient);
        if (part && lenient && lenient->literal_type == FL_T_BOOLEAN && lenient->literal) {
            fl_fact *maybe = fl_fact_copy(x, part);
            maybe->types |= FL_T_UNDEFINED;
            maybe->may |= FL_T_UNDEFINED;
            maybe->place->base_types |= FL_T_UNDEFINED;
            return maybe;
        }
        if (part && part->place && !part->place->parent && part->place->in == FL_IN_BODY && e->request.absent_status && !e->request.types) fl_exec_demand(x, a, *s, part, e->request.absent_status, node);
        if (e->returns.kind != FL_RESULT_TYPE || !part) return part;
        fl_fact *typed = fl_fact_copy(x, part);   /* request.query().get("tag") */
        typed->vid = part->vid;
        typed->type = fl_models_type(x->models, e->returns.type);
        return typed;
    }
    if (e->request.is_set) {
        const fl_fact *name = arg_of(&c, e->request.name);
        fl_location in = e->request.by ? location_by(x, *s, &c) : fl_location_named(fl_sym_str(e->request.in));
        if (!name || !fl_fact_text(name, *s, &text)) return fl_fact_unknown(x);
        const fl_fact *part = part_named(x, a, *s, in, text, node);
        if (e->request.asks) return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_NULLISH, .is_negated = true, .subject = part });
        if (e->coerces.is_set) { const fl_fact *number[] = { part }; call typed = c; fl_effect as = *e; as.coerces.arg = 0; typed.e = &as; typed.args = number; typed.count = 1; part = coerced(x, *s, &typed); if (!part) part = number[0]; }
        if (e->fills.is_set && e->fills.arg >= 0) { fill(x, a, *s, &c, fl_fact_settled_present(x, part)); return modelled_result(x, *s, &c, NULL); }
        if (e->coerces.is_set) return part;
        bool is_never_missing = e->returns.kind == FL_RESULT_BASIC && !(e->returns.types & FL_T_NULLISH) && !e->returns.or_types;
        return is_never_missing ? fl_fact_settled_present(x, part) : part;
    }
    if (e->status.is_set && x->response) {
        const fl_fact *status = arg_of(&c, e->status.arg);
        if (status) fl_state_put(x, *s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_), status);
    }
    if (e->respond.is_set) { respond(x, a, *s, &c); if (e->ends_process) { *s = NULL; return NULL; } return result_of(x, *s, &c, &e->returns, NULL); }
    if (e->next.is_set) { hand_on(x, a, *s, &c); return fl_fact_literal(x, FL_T_UNDEFINED, 0); }
    if (e->ends_process) { *s = NULL; return NULL; }
    check_throws(x, a, *s, &c);
    check_wanted(x, a, *s, &c);
    if (e->value) return constant_of(x, e->value);
    if (e->error.is_set && e->raises == FL_RAISES_NOT) return error_of(x, *s, &c);
    if (e->error.is_set) {
        fl_state *at = e->raises == FL_RAISES_ALWAYS ? *s : fl_state_copy(x, *s);
        fl_exec_raise(x, a, at, error_of(x, at, &c), node);
        if (e->raises == FL_RAISES_ALWAYS) { *s = NULL; return NULL; }
    }
    if (e->adds_element.is_set) gain_element(x, *s, &c);
    if (e->intrinsic == FL_INTRINSIC_map_set && count && self && self->value) fl_refine_edit(x, *s, args[0])->proved = self->value;   /* now it has that key */
    if (e->validate.is_set) { const fl_fact *f = validate(x, a, s, &c); if (f) return f; }
    const fl_fact *f = promise_call(x, a, s, &c);
    if (f) return f;
    if (e->compares.is_set && (f = compared(x, a, *s, &c))) return f;
    if (e->intrinsic && (f = fl_text_intrinsic(x, a, *s, e->intrinsic, self, args, count, node))) {
        if (e->returns.kind != FL_RESULT_TYPE || !f->text) return f;
        fl_fact *typed = fl_fact_copy(x, modelled_result(x, *s, &c, NULL));   /* new URL(req.url) */
        typed->text = f->text;
        return typed;
    }
    const fl_fact *answer = e->calls.is_set && *s ? run_callback(x, a, s, &c) : NULL;
    if (!*s) return NULL;
    if (e->predicate.is_set) return predicate_of(x, *s, &c);
    if (answer && answer->predicate && e->returns.kind == FL_RESULT_BASIC && e->returns.types == FL_T_BOOLEAN) return fl_fact_predicate(x, *answer->predicate);   /* some, every: of each element */
    if (e->coerces.is_set && (f = coerced(x, *s, &c))) {
        if (!e->fills.is_set || e->fills.arg < 0) return f;
        fill(x, a, *s, &c, f);
        return modelled_result(x, *s, &c, answer);
    }
    if ((f = list_result(x, *s, &c, answer))) return f;
    if ((f = derived_text(x, &c))) return f;
    if (e->intrinsic == FL_INTRINSIC_list_includes && args && count) {
        fl_predicate p = { .kind = FL_PRED_IN, .subject = args[0], .other = self };
        return fl_fact_predicate(x, p);
    }
    if (e->intrinsic == FL_INTRINSIC_next_element && count && *s) {
        const fl_fact *first = fl_exec_first(x, *s, args[0], node);
        if (count > 1) { fl_fact *either = fl_fact_copy(x, fl_fact_join(x, fl_fact_settled_present(x, first), args[1])); either->vid = x->next_vid++; return either; }
        fl_pending *spot = fl_fact_may(*s, first) & FL_T_UNDEFINED ? fl_spot_missing(x, a, *s, first, node, arg_node(&c, 0)) : NULL;
        if (!spot) return first;
        spot->spot.failure = e->throws.is_set ? fl_sym_str(e->throws.error_type) : FL_S("");
        fl_exec_throw(x, a, fl_fact_error(x, spot->spot.failure), node, *s, spot, false);
        return fl_fact_settled_present(x, first);
    }
    if (e->intrinsic == FL_INTRINSIC_is_instance && count > 1) return fl_named_is_instance(x, args[0], args[1]);
    if (e->intrinsic == FL_INTRINSIC_dict_get && self && count && *s) return fl_named_get(x, a, *s, self, args[0], count > 1 ? args[1] : NULL, count > 2 ? args[2] : NULL, node);
    if (e->schema && (f = made_validator(x, a, &c))) return f;
    f = modelled_result(x, *s, &c, answer);
    if (!e->must_find) return f;
    fl_pending *spot = fl_fact_may(*s, f) & FL_T_NULLISH ? fl_spot_missing(x, a, *s, f, node, arg_node(&c, FL_ARG_THIS)) : NULL;
    if (spot) {
        spot->spot.failure = fl_sym_str(e->must_find);
        throw_spot(x, a, *s, spot, node);
    }
    return fl_fact_settled_present(x, f);
}
