/*
 * One operation: its handlers in order, what reaches the error handlers, and what all that says of the API. Read fl_exec_route.
 */
#include "base/pattern.h"
#include "extractor/flow/text_p.h"
#include <stdlib.h>

static const fl_model_type *type_with_role(const fl_model *model, fl_sym role)
{
    for (size_t i = 0; model && i < model->type_list.count; i++) if (model->type_list.items[i]->role == role) return model->type_list.items[i];
    return NULL;
}

static const fl_fact *role_fact(fl_exec *x, const char *role)
{
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    f->type = type_with_role(x->framework, fl_sym_of_c(role));
    return f;
}

static const fl_fact *fact_of_role(fl_exec *x, fl_sym role, const fl_fact *error)
{
    if (x->request->type && role == x->request->type->role) return x->request;
    if (x->response->type && role == x->response->type->role) return x->response;
    if (x->next->type && role == x->next->type->role) return x->next;
    bool is_method = fl_str_eq_c(fl_sym_str(role), "method"), is_url = fl_str_eq_c(fl_sym_str(role), "url");
    if (is_method || is_url) return x->dispatch ? fl_text_of_subject(x, is_method ? FL_SUBJECT_METHOD : FL_SUBJECT_URL, x->handler) : fl_fact_new(x, FL_T_STRING, 0);
    if (error) return error;
    const fl_model_type *other = type_with_role(x->framework, role);
    if (!other) return fl_fact_unknown(x);
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    f->type = other;
    return f;
}

const fl_fact *fl_fact_of_role(fl_exec *x, fl_sym role) { return fact_of_role(x, role, NULL); }

/* ---- errors ---- */

/* What is known of an error; 0: it was not looked at yet. */
static uint32_t known_error(const fl_exec *x, uint64_t key)
{
    for (size_t i = 0; i < x->known_errors.count; i++) if (x->known_errors.items[i].key == key) return x->known_errors.items[i].answer;
    return 0;
}

static void know_error(fl_exec *x, uint64_t key, uint32_t answer)
{
    fl_vec_push(x->arena, &x->known_errors, (fl_known_error){ key, answer });
}

/* A member of an instance as the program wrote it in its class. */
static fl_value *class_slot(const fl_value *instance, fl_sym key)
{
    fl_value *slot = NULL;
    for (const fl_value *c = instance->target; c && c->kind == FL_V_CLASS && !slot; c = c->target) slot = fl_value_slot(c, key);
    return slot;
}

static const fl_fact *status_member(fl_exec *x, const fl_state *s, const fl_fact *error)
{
    fl_str text;
    bool is_foreign = x->framework && x->framework->errors_by_class && !(error->type && error->type->role == FL_SYM_error_ && error->type->model != x->builtins);
    for (size_t i = 0; x->framework && !is_foreign && i < x->framework->error_status_members.count; i++) {
        fl_sym member = x->framework->error_status_members.items[i];
        const fl_fact *f = error->vid ? fl_state_get(s, FL_KEY_FIELD(error->vid, member)) : NULL;
        if (!f && error->value) {
            fl_value *slot = fl_value_slot(error->value, member);
            if (!slot && (x->framework->errors_by_class || x->framework->calls_by_name)) slot = class_slot(error->value, member);
            if (slot) f = fl_fact_of_value(x, slot);
        }
        if (f && fl_fact_text(f, s, &text)) return f;
    }
    return NULL;
}

fl_schema *fl_error_schema(fl_exec *x)
{
    const fl_data *said = x->framework ? fl_data_get_c(fl_data_get_c(x->framework->data, "handler"), "error_schema") : NULL;
    fl_schema *schema = said ? fl_schema_of_json(x->results, said) : NULL;
    return schema ? schema : fl_schema_new(x->results, x->framework && x->framework->error_media.len ? FL_JSON_OBJECT : FL_JSON_STRING);
}

/* ---- handlers that say which errors they take ---- */

enum { TAKES_NOTHING = 1000 };

/* How far the class is above the error's own; TAKES_NOTHING: it is not. */
static unsigned distance_to(fl_exec *x, const fl_fact *error, const fl_value *cls)
{
    const fl_value *v = error->value;
    unsigned depth = 0;
    bool is_named = cls->kind == FL_V_EXTERNAL && !cls->package;
    for (const fl_value *c = v && v->kind == FL_V_INSTANCE ? v->target : NULL; c; c = c->target, depth++) {
        if (c->kind == FL_V_CLASS ? cls->kind == FL_V_CLASS && c->node == cls->node : c->kind == FL_V_EXTERNAL && cls->kind == FL_V_EXTERNAL && c->text == cls->text && c->package == cls->package) return depth;
        if (c->kind != FL_V_CLASS) break;
    }
    const fl_member *made = cls->kind == FL_V_EXTERNAL ? fl_value_external_member(cls) : NULL;
    const fl_effect *making = made ? (made->call ? made->call : made->new_) : NULL;
    const fl_model_type *type = making && making->returns.kind == FL_RESULT_TYPE ? fl_models_type(x->models, making->returns.type) : NULL;
    if (type && !is_named && error->type)
        for (const fl_model_type *t = error->type; t; t = t->is, depth++) if (t == type) return depth;
    if (is_named && error->error_name) {
        depth = 0;
        if (fl_str_eq(fl_sym_str(cls->text), fl_sym_str(error->error_name))) return depth;
        const fl_data *above = x->builtins ? fl_data_get(fl_data_get_c(x->builtins->data, "errors"), fl_sym_str(error->error_name)) : NULL;
        for (const fl_data *d = above ? above->first : NULL; d; d = d->next, depth++) if (fl_str_eq(d->text, fl_sym_str(cls->text))) return depth + 1;
    }
    return is_named && fl_error_is_any(x, cls) ? TAKES_NOTHING - 1 : TAKES_NOTHING;
}

/* The handler that takes the error: one for its status, else the one of the nearest class; SIZE_MAX: none does. */
static size_t taker_of(fl_exec *x, const fl_fact *error, const fl_state *at)
{
    size_t best = SIZE_MAX;
    unsigned nearest = TAKES_NOTHING;
    fl_str status = FL_S(""), text;
    const fl_fact *member = status_member(x, at, error);
    if (member) (void)fl_fact_text(member, at, &status);
    for (size_t i = 0; i < x->route->error_classes.count; i++) {
        const fl_value *taken = x->route->error_classes.items[i];
        if (!taken) continue;
        if (fl_value_as_text(taken, &text)) {
            bool is_internal = !member && fl_str_eq_c(text, "500");
            if (!(status.len && fl_str_eq(text, status)) && !(is_internal && nearest == TAKES_NOTHING)) continue;
            if (!is_internal) return i;
            best = i;
            continue;
        }
        unsigned distance = distance_to(x, error, taken);
        if (distance < nearest) { nearest = distance; best = i; }
    }
    return best;
}

static void run_error_handlers(fl_exec *x, const fl_fact *error, const fl_state *at, size_t from)
{
    x->handler_start = x->steps;
    x->is_last_handler = false;
    size_t only = x->framework->errors_by_class ? taker_of(x, error, at) : 0;
    for (size_t i = from; i < x->route->error_handlers.count; i++) {
        if (x->framework->errors_by_class && i != only) continue;
        const fl_fact *handler = fl_fact_of_value(x, x->route->error_handlers.items[i]);
        const fl_fact *args[8];
        unsigned count = 0;
        for (size_t p = 0; p < x->framework->error_params.count && count < FL_COUNT(args); p++) args[count++] = fact_of_role(x, x->framework->error_params.items[p], error);
        fl_state *s = fl_state_copy(x, at);
        s->has_responded = s->may_have_responded = false;
        s->first_answer = NULL;
        s->pending = NULL;
        fl_state_put(x, s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_), fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(FL_S("200"))));
        size_t before = x->answers.count, errors = 0;
        const fl_throw *old = x->errors;
        x->errors = NULL;
        (void)fl_exec_function(x, handler, NULL, args, count, s, NULL, x->framework->errors_by_class ? x->handler : NULL);
        for (const fl_throw *t = x->errors; t; t = t->next) errors++;
        x->errors = old;
        if (x->answers.count > before && !errors) return;
    }
}

/* Runs the error handlers with one error; its answers are documented. */
static void handle_error(fl_exec *x, const fl_fact *error, const fl_state *at)
{
    bool was = x->in_error_handler, was_last = x->is_last_handler;
    x->in_error_handler = true;
    x->is_last_handler = false;   /* it is run for each error: what it does far away is left to itself */
    size_t before = x->answers.count;
    const fl_fact *outer = x->handled;
    fl_str text;
    int64_t n;
    x->handled = error;
    run_error_handlers(x, error, at, 0);
    x->handled = outer;
    if (x->answers.count == before && (!x->route->error_handlers.count || x->framework->errors_by_class || x->framework->calls_by_name)) {
        const fl_fact *status = status_member(x, at, error);
        uint16_t code = status && fl_fact_text(status, at, &text) && fl_str_to_int(text, &n) ? (uint16_t)n : x->framework ? x->framework->default_error_status : 500;
        const fl_fact *sent = x->framework && x->framework->returns_answer && error->type && error->type->role == x->response_role ? error->resolved : NULL;
        if (sent) {   /* throw new Response("…", { status: 404 }) */
            const fl_fact *set = fl_state_get(at, FL_KEY_FIELD(x->response->vid, FL_SYM_status_));
            code = set && fl_fact_text(set, at, &text) && fl_str_to_int(text, &n) ? (uint16_t)n : 200;
            bool is_empty = !(fl_fact_types(at, sent) & ~(unsigned)FL_T_NULLISH);
            fl_vec_push(x->arena, &x->answers, ((fl_answer){ .status = code, .media = is_empty ? FL_S("") : fl_data_get_str(error->type->data, "media"), .schema = is_empty ? NULL : fl_fact_schema(x, at, sent, 0), .node = x->handler, .is_from_error_handler = true }));
            x->in_error_handler = was;
            x->is_last_handler = was_last;
            return;
        }
        bool has_media = x->framework && x->framework->error_media.len;
        fl_answer answer = { .status = code, .media = has_media ? x->framework->error_media : FL_S("text/html"), .schema = fl_error_schema(x), .node = x->handler, .is_from_error_handler = true };
        bool is_new = true;
        for (size_t i = 0; i < x->answers.count; i++) is_new &= x->answers.items[i].status != code;
        if (is_new) fl_vec_push(x->arena, &x->answers, answer);
    }
    x->in_error_handler = was;
    x->is_last_handler = was_last;
}

/* Does the program answer what the framework refuses by itself, errors of that type? Then it is run. */
bool fl_chain_refuse(fl_exec *x, const fl_model_type *type)
{
    fl_fact *error = fl_fact_new(x, FL_T_OTHER, 0);
    error->type = type;
    error->is_error = true;
    error->vid = x->next_vid++;
    fl_state *s = fl_state_new(x);
    size_t taker = taker_of(x, error, s), before = x->answers.count;
    const fl_value *taken = taker == SIZE_MAX ? NULL : x->route->error_classes.items[taker];
    if (!taken || taken->kind != FL_V_EXTERNAL || fl_error_is_any(x, taken)) return false;
    handle_error(x, error, s);
    return x->answers.count > before;
}

/* Errors of one class with the same constants are answered alike. */
static uint64_t key_of_error(const fl_exec *x, const fl_state *s, const fl_fact *error)
{
    const fl_value *v = error->value;
    uint64_t key = (uint64_t)(uintptr_t)v->target;
    if (!(x->framework->errors_by_class || x->framework->calls_by_name) || !error->shape) return key;
    key = (uint64_t)(uintptr_t)v->target->node;
    for (size_t i = 0; i < error->shape->keys.count; i++) {
        const fl_fact *field = fl_state_get(s, FL_KEY_FIELD(error->vid, error->shape->keys.items[i]));
        if (field && field->literal_type == FL_T_NUMBER) key = (key * 31 + error->shape->keys.items[i]) * 31 + field->literal;
    }
    return key | 1ull << 62;
}

const fl_fact *fl_error_status(fl_exec *x, fl_state *s, const fl_fact *error)
{
    const fl_fact *own = status_member(x, s, error);
    if (x->checks && fl_is_check_error(x, error)) return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", fl_refusal_status(x))));
    if (own && !x->framework->errors_by_class) return own;
    const fl_value *v = error->value;
    bool is_made = (v && v->kind == FL_V_INSTANCE) || (x->framework && x->framework->errors_by_class && error->type && error->type->role == FL_SYM_error_);
    if (x->in_error_handler || x->is_dry || !is_made || !x->route->error_handlers.count) return own;
    uint64_t key = v && v->kind == FL_V_INSTANCE ? key_of_error(x, s, error) : 0;
    uint32_t known = key ? known_error(x, key) : 0;   /* status + 1 */
    if (!known) {
        uint32_t count = x->answers.count;
        handle_error(x, error, s);
        known = (x->answers.count > count ? x->answers.items[count].status : 0) + 1u;
        x->answers.count = count;
        if (key) know_error(x, key, known);
    }
    if (known <= 1) return own;
    return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", known - 1)));
}

/* An error without a status that the request decides: the program refuses with 500 where it means 4xx. */
static void note_plain_throw(fl_exec *x, const fl_throw *t)
{
    const fl_cond *c = t->state->conditions;
    while (c && !c->place) c = c->next;
    if (!c || !t->is_explicit || c->place->in != FL_IN_PATH) return;
    bool is_form = c->predicate->kind == FL_PRED_MATCHES || c->predicate->kind == FL_PRED_FORMAT || c->predicate->kind == FL_PRED_FINITE || c->predicate->kind == FL_PRED_INTEGER;
    if (!is_form) return;
    fl_activation at = { .func = fl_exec_func(x, fl_node_enclosing(t->node, FL_NODE_function)) };
    (void)at;
    fl_pending *p = FL_NEW(x->arena, fl_pending);
    p->node = t->node;
    p->fires = true;
    p->spot = (fl_weak_spot){ .kind = FL_WS_bad_id, .span = fl_node_span(t->node), .subject = fl_node_span(t->node), .origin = fl_node_span(t->node), .function = fl_node_span(at.func->node),
                              .related = { UINT32_MAX, 0, 0 }, .expected_status = 400, .hint = FL_HINT_NONE };
    (void)fl_spot_trigger(x, p, t->state->conditions);
    p->spot.because = fl_because_add(x, NULL, t->node, "an identifier of another form is answered with a server error");
    fl_vec_push(x->arena, &x->spots, p);
}

/* Does the error handler answer this error of the run time with less than 500? Then it is no failure. */
static bool is_answered(fl_exec *x, const fl_throw *t)
{
    if (!x->route->error_handlers.count || !t->spot->spot.failure.len) return false;
    uint64_t name = fl_sym_of(t->spot->spot.failure);   /* far below any pointer: the same list serves */
    uint32_t known = known_error(x, name);
    if (known) return known == 2;
    uint32_t count = x->answers.count;
    bool is_typed = t->error && t->error->type && t->error->type->role == FL_SYM_error_;
    handle_error(x, is_typed ? t->error : fl_fact_error(x, t->spot->spot.failure), t->state);
    bool is_low = x->answers.count > count;
    for (size_t i = count; i < x->answers.count; i++) is_low &= x->answers.items[i].status >= 400 && x->answers.items[i].status < 500;
    if (!is_low || !x->framework->errors_by_class) x->answers.count = count;   /* else it is how the program refuses */
    know_error(x, name, is_low ? 2 : 1);
    return is_low;
}

static void settle_throws(fl_exec *x, const fl_throw *throws, bool is_lost)
{
    for (const fl_throw *t = throws; t; t = t->next) {
        if (t->spot) {
            if (!is_lost && t->spot->is_after) continue;   /* the framework catches it, and the answer is out */
            if (!is_lost && is_answered(x, t)) { t->spot->is_silenced = true; t->spot->is_refused = x->framework->errors_by_class; continue; }
            t->spot->fires = true;
            if (is_lost) t->spot->spot.shows = x->framework->async_shows;
            continue;
        }
        if (!t->is_explicit) continue;
        if (is_lost) { (void)fl_spot_rejection(x, t, t->site ? t->site : t->node); continue; }
        fl_throw *copy = FL_NEW(x->arena, fl_throw);
        *copy = *t;
        copy->next = x->errors;
        x->errors = copy;
    }
}

void fl_chain_settle(fl_exec *x, const fl_throw *throws) { settle_throws(x, throws, false); }

/* ---- handlers ---- */

static void claim_parts(fl_exec *x, const fl_module *module, const fl_node *type)
{
    static const fl_location parts[] = { FL_IN_BODY, FL_IN_PATH, FL_IN_QUERY, FL_IN_HEADER };
    for (size_t k = 0; k < FL_COUNT(parts) && !fl_node_is_absent(type); k++) {
        fl_schema *claim = fl_schema_of_request_type(x->results, x->values, module, type, fl_sym_of_c(fl_location_text(parts[k])));
        bool says_something = claim && (claim->properties.count || (parts[k] == FL_IN_BODY && (claim->types || claim->any_of.count || claim->all_of.count)));
        if (says_something) fl_place_root(x, parts[k])->claimed = claim;
    }
}

/* What the type of the handler, or of its request parameter, says of the parts of the request. */
void fl_chain_claim(fl_exec *x, const fl_value *handler)
{
    size_t i = 0;
    const fl_node *holder = handler->node->parent;   /* const create: RequestHandler<…> = (req, res) => … */
    if (holder && handler->module && (holder->kind == FL_NODE_let || holder->kind == FL_NODE_field)) claim_parts(x, handler->module, fl_node_child(holder, holder->kind == FL_NODE_let ? 2 : 1));
    for (const fl_node *p = handler->node->first->first; p && i < x->framework->handler_params.count; p = p->next, i++) {
        const fl_node *type = fl_node_child(p, 2);
        if (x->framework->handler_params.items[i] != fl_sym_of(FL_S("request")) || fl_node_is_absent(type) || !handler->module) continue;
        claim_parts(x, handler->module, type);
    }
}

uint16_t fl_answer_by_default(fl_exec *x, const fl_state *s)
{
    if (s->has_responded || !x->framework->default_status || !x->is_last_handler) return 0;
    if (x->route->status) {
        if (!x->is_dry) fl_vec_push(x->arena, &x->answers, (fl_answer){ .status = x->route->status, .node = x->handler });
        return x->route->status;
    }
    const fl_fact *set = fl_state_get(s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_));
    fl_str text;
    int64_t n;
    uint16_t status = !set ? x->framework->default_status : fl_fact_text(set, s, &text) && fl_str_to_int(text, &n) && n >= 100 && n < 600 ? (uint16_t)n : 0;
    if ((set && !status) || x->is_dry) return status;
    for (size_t i = 0; i < x->answers.count; i++) if (x->answers.items[i].node == x->handler && x->answers.items[i].status == status) return status;
    fl_vec_push(x->arena, &x->answers, (fl_answer){ .status = status, .node = x->handler });
    return status;
}

/* Has it so many parameters that one is the word for handing on? */
static bool takes_next(const fl_exec *x, unsigned params)
{
    for (size_t i = 0; i < x->framework->handler_params.count && i < params; i++)
        if (x->next->type && x->framework->handler_params.items[i] == x->next->type->role) return true;
    return false;
}

static fl_state *run_handler(fl_exec *x, fl_value *value, fl_state *s, bool forwards)
{
    const fl_node *node = value->node;
    unsigned params = fl_node_count(node->first);
    if (!x->framework->errors_by_registration && !x->framework->errors_by_class && !x->framework->calls_by_name && x->framework->error_params.count && params == x->framework->error_params.count && !value->text) return s;   /* an error handler: not in this chain */
    const fl_fact *args[FL_LIMIT_SIGNATURE];
    unsigned count = 0;
    for (size_t p = 0; p < x->framework->handler_params.count && count < FL_COUNT(args); p++) args[count++] = fact_of_role(x, x->framework->handler_params.items[p], NULL);
    if (value->text && count < FL_COUNT(args)) args[count++] = fl_place_fact(x, fl_place_child(x, fl_place_root(x, FL_IN_PATH), value->text, node), node);   /* a hook of one path parameter */
    const fl_fact *self = NULL;
    if (x->framework->calls_by_name) {
        self = fl_exec_owner(x, &s, value);
        if (s) count = fl_named_handler_args(x, &s, value, args, FL_COUNT(args));
        if (!s) return NULL;   /* something before it refuses everything */
    }
    fl_chain_claim(x, value);
    x->parses_body |= x->framework->parses_body;
    x->handler = node;
    x->handler_start = x->steps;
    x->next_state = NULL;
    x->handler_returns = false;
    x->has_unknown_validation = false;
    fl_exit exit = fl_exec_function(x, fl_fact_of_value(x, value), self, args, count, s, NULL, NULL);
    settle_throws(x, exit.throws, false);
    if (exit.value && exit.value->rejects) settle_throws(x, exit.value->rejects, !forwards && x->framework->async_errors == FL_ASYNC_TO_NOBODY);
    if (x->is_truncated) return NULL;
    fl_state *next = x->next_state;
    if (!x->next->type && !x->is_last_handler && exit.returns) next = exit.state;   /* without a word for it, returning hands on */
    if (x->framework->hands_on_by_returning && !x->is_last_handler && !next && x->handler_returns && !takes_next(x, params)) next = exit.state;
    if (next) { next = fl_state_copy(x, next); next->has_responded = next->may_have_responded = false; next->first_answer = NULL; fl_state_forget(x, next, NULL, x->next->vid + 1, 0, NULL); }
    if (next && x->has_unknown_validation) fl_validate_factory(x, next, value);
    return next;
}

/* A middleware of a library that refuses by itself: it hands an error on, which the program's own handlers answer. */
static void answer_refused(fl_exec *x, const fl_value *value, fl_state *s, uint16_t status)
{
    fl_fact *error = fl_fact_copy(x, fl_fact_error(x, FL_S("Error")));
    fl_state *at = fl_state_copy(x, s);
    const fl_fact *code = fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", status)));
    for (size_t i = 0; x->framework && i < x->framework->error_status_members.count; i++) fl_state_put(x, at, FL_KEY_FIELD(error->vid, x->framework->error_status_members.items[i]), code);
    const fl_node *old = x->handler;
    x->handler = value->node;
    handle_error(x, error, at);
    x->handler = old;
}

/* Middleware of a model that puts something on the request: an upload, a session, a decoded token. */
static fl_state *provide(fl_exec *x, const fl_value *value, fl_state *s)
{
    const fl_effect *e = value->type->middleware;
    for (const fl_data *d = e && e->provides ? e->provides->first : NULL; d; d = d->next) {
        fl_str name = FL_S("");
        int64_t arg = fl_data_get_int(d, "name", -1);
        if (arg >= 0 && (size_t)arg < value->items.count) (void)fl_value_as_text(value->items.items[arg], &name);
        const fl_fact *f = fl_exec_provided(x, d, name, value->node);
        if (f) fl_state_put(x, s, FL_KEY_FIELD(x->request->vid, fl_sym_of(fl_data_get_str(d, "member"))), f);
    }
    if (e && e->credential) fl_exec_credential(x, e->credential, value);
    if (e && e->respond.fixed_status && !x->is_dry) answer_refused(x, value, s, e->respond.fixed_status);
    return s;
}

static fl_state *run_link(fl_exec *x, fl_value *value, fl_state *s)
{
    switch ((fl_value_kind)value->kind) {
    case FL_V_FUNCTION: return run_handler(x, value, s, false);
    case FL_V_TYPED:
        if (value->effect && value->effect->runs.is_set) return fl_exec_dependency(x, s, value);
        if (value->type->body_parser) { x->parses_body = true; fl_vec_push(x->arena, &x->parsers, value->type->body_parser); return provide(x, value, s); }
        if (value->type->is_router) return s;
        fl_validate_chain(x, s, value);
        if (value->type->middleware) return provide(x, value, s);
        break;
    case FL_V_METHOD: case FL_V_EXTERNAL: case FL_V_UNKNOWN: case FL_V_RESULT: break;
    default: return s;
    }
    if (value->effect && value->effect->forwards_rejections.is_set) {
        int arg = value->effect->forwards_rejections.handler;
        if (arg >= 0 && (size_t)arg < value->items.count && value->items.items[arg]->kind == FL_V_FUNCTION) return run_handler(x, value->items.items[arg], s, true);
    }
    /* a wrapper of unknown code around a handler: the handler runs, its rejections are taken care of */
    for (size_t i = 0; i < value->items.count; i++) {
        fl_value *inner = value->items.items[i];
        if (inner->kind == FL_V_FUNCTION && x->framework->calls_by_name) return run_handler(x, inner, s, true);
        if (inner->kind == FL_V_RESULT && x->framework->calls_by_name) return run_link(x, inner, s);
        if (inner->kind == FL_V_FUNCTION && fl_node_count(inner->node->first) >= 2 && fl_node_count(inner->node->first) <= x->framework->handler_params.count) return run_handler(x, inner, s, true);
    }
    x->has_unknown_middleware = true;
    return s;
}

fl_state *fl_chain_link(fl_exec *x, fl_value *value, fl_state *s) { return run_link(x, value, s); }

/* ---- what the analysis says of the operation ---- */

static bool is_usual_header(fl_str name)
{
    static const char *const usual[] = { "authorization", "content-type", "accept", "content-length", "user-agent", "host", "cookie", "accept-language", "accept-encoding", "origin", "referer", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip" };   /* what every client, or a proxy, sends by itself */
    for (size_t i = 0; i < FL_COUNT(usual); i++) if (fl_str_eq_c(name, usual[i])) return true;
    return false;
}

static const fl_data *known_credential(const fl_place *p)
{
    return p->example ? p->example : p->enum_is_closed && p->enumeration.count ? p->enumeration.items[0] : NULL;
}

static fl_security security_of(const fl_place *p)
{
    fl_str name = fl_sym_str(p->key);
    if (p->in == FL_IN_COOKIE) return (fl_security){ .scheme = FL_S("cookieAuth"), .type = FL_S("apiKey"), .in = FL_S("cookie"), .name = name, .example = known_credential(p) };
    if (fl_str_eq_c(name, "authorization")) return (fl_security){ .scheme = FL_S("bearerAuth"), .type = FL_S("http"), .in = FL_S("header"), .name = FL_S("authorization"), .format = FL_S("bearer"), .example = known_credential(p) };
    return (fl_security){ .scheme = FL_S("apiKeyAuth"), .type = FL_S("apiKey"), .in = FL_S("header"), .name = name, .example = known_credential(p) };
}

static void add_security(fl_exec *x, fl_operation *op, const fl_place *p)
{
    fl_security sec = security_of(p);
    for (size_t i = 0; i < op->security.count; i++) if (fl_str_eq(op->security.items[i].name, sec.name)) return;
    fl_vec_push(x->results, &op->security, sec);
}

static bool is_refused_without(const fl_exec *x, const fl_place *p)
{
    for (size_t i = 0; i < x->guards.count; i++) if (x->guards.items[i].cond->place == p && x->guards.items[i].branch->refuses[x->guards.items[i].arm]) return true;
    return false;
}

/* What headers are called that carry nothing but who asks. */
static bool is_credential_header(fl_str name)
{
    static const char *const words[] = { "authorization", "api-key", "apikey", "api_key", "access-token", "auth-token" };
    for (size_t i = 0; i < FL_COUNT(words); i++) if (fl_str_eq_c(name, words[i]) || (i && fl_str_find(name, fl_str_from(words[i])) >= 0)) return true;
    return false;
}

/* A caller who is looked at, and need not be there. Where one is refused, if with another status than 401, the header is asked for. */
static void find_optional_security(fl_exec *x, fl_operation *op)
{
    const fl_place *root = x->roots[FL_IN_HEADER];
    for (size_t i = 0; root && !op->security.count && i < root->children.count; i++) {
        const fl_place *p = root->children.items[i];
        if (is_credential_header(fl_sym_str(p->key)) && p->is_read && !p->is_required && !p->is_said) {
            if (is_refused_without(x, p)) fl_vec_push(x->results, &op->security, security_of(p));
            else fl_vec_push(x->results, &op->optional_security, security_of(p));
        }
    }
}

/* Headers and cookies whose test answers 401 or 403 are credentials. */
static void find_security(fl_exec *x, fl_operation *op)
{
    for (size_t i = 0; i < x->credentials.count; i++) fl_vec_push(x->results, &op->security, x->credentials.items[i]);
    for (size_t i = 0; i < x->identities.count; i++) {
        const fl_identity *g = &x->identities.items[i];
        if (g->branch->refuses[g->arm] && (g->branch->status[g->arm] == 401 || g->branch->status[g->arm] == 403)) add_security(x, op, g->place);
    }
    for (size_t i = 0; i < x->guards.count; i++) {
        const fl_guard *g = &x->guards.items[i];
        if ((g->cond->place->in != FL_IN_HEADER && g->cond->place->in != FL_IN_COOKIE) || !g->cond->place->parent || !g->branch->refuses[g->arm]) continue;
        if (g->branch->status[g->arm] == 401 || g->branch->status[g->arm] == 403) add_security(x, op, g->cond->place);
    }
}

/* A schema of the whole query (or path) is one of each parameter. */
static void spread_schema(fl_exec *x, fl_location in, const fl_schema *whole, bool holds)
{
    for (size_t i = 0; whole && i < whole->properties.count; i++) {
        const fl_property *p = &whole->properties.items[i];
        if (p->schema && p->schema->is_read_only) continue;          /* only answers have it */
        fl_place *child = fl_place_child(x, fl_place_root(x, in), fl_sym_of(p->name), NULL);
        child->is_read = true;
        if (holds) child->declared = p->schema; else if (!child->claimed) child->claimed = p->schema;
        child->is_required |= p->is_required && holds && !p->schema->default_value;
        if (!holds && in == FL_IN_QUERY && !child->declared) child->is_required |= p->is_required;
    }
}

/* What the code compares a parameter with, which its signature does not tell. */
static void note_compared(fl_exec *x, fl_operation *op, const fl_place *p)
{
    if (!p->is_said || !p->enum_is_closed || !p->enumeration.count || !p->declared || p->declared->enumeration.count) return;
    fl_condition c = { .at = fl_place_pointer(x, p), .kind = FL_COND_EQUALS, .value = p->enumeration.items[0] };
    fl_vec_push(x->results, &op->reach, c);
}

static void add_parameters(fl_exec *x, fl_operation *op, fl_location in)
{
    const fl_place *root = x->roots[in];
    if (root) { spread_schema(x, in, root->declared, true); spread_schema(x, in, root->claimed, false); }
    for (size_t i = 0; root && i < root->children.count; i++) {
        const fl_place *p = root->children.items[i];
        bool is_secret = false;
        if (in == FL_IN_HEADER || in == FL_IN_COOKIE) {
            for (size_t k = 0; k < op->security.count; k++) is_secret |= fl_str_eq(op->security.items[k].in, in == FL_IN_HEADER ? FL_S("header") : FL_S("cookie")) && fl_str_eq(op->security.items[k].name, fl_sym_str(p->key));
            for (size_t k = 0; in == FL_IN_HEADER && k < op->optional_security.count && !op->security.count; k++) is_secret |= fl_str_eq_c(op->optional_security.items[k].type, "apiKey") && fl_str_eq(op->optional_security.items[k].name, fl_sym_str(p->key));
            if ((is_secret && !p->is_said) || (in == FL_IN_HEADER && is_usual_header(fl_sym_str(p->key)) && !p->is_said && !(p->is_required && fl_str_eq_c(fl_sym_str(p->key), "authorization")))) continue;
        }
        if (p->key == FL_SYM_star || (!p->is_read && !p->is_required)) continue;
        fl_parameter param = { .in = in, .is_said = p->is_said, .name = fl_sym_str(in == FL_IN_HEADER && p->written ? p->written : p->key), .schema = fl_place_schema(x, p, 1), .is_required = p->is_required };
        param.source = p->first_use ? fl_node_span(p->first_use) : op->registration;
        note_compared(x, op, p);
        fl_vec_push(x->results, &op->parameters, param);
    }
}

/* Where the code refuses what is not allowed, whoever looks at it. */
static void note_checked(fl_exec *x, fl_operation *op, const fl_place *p)
{
    if (p->declared || p->checked_types) fl_vec_push(x->results, &op->checked, ((fl_checked){ fl_place_pointer(x, p), p->declared ? 0 : p->checked_types }));
    for (size_t i = 0; i < p->children.count; i++) note_checked(x, op, p->children.items[i]);
}

static int by_name(const void *a, const void *b)
{
    const fl_parameter *p = a, *q = b;
    return p->in != q->in ? (int)p->in - (int)q->in : fl_str_cmp(p->name, q->name);
}

static void fill_parameters(fl_exec *x, const fl_route *route, fl_operation *op)
{
    const fl_place *path = x->roots[FL_IN_PATH];
    if (path && path->declared) spread_schema(x, FL_IN_PATH, path->declared, true);
    bool is_converted = route->framework->converts_path;
    for (size_t i = 0; i < route->path_names.count; i++) {
        fl_place *p = fl_place_child(x, fl_place_root(x, FL_IN_PATH), fl_sym_of(route->path_names.items[i]), NULL);
        fl_schema *s = fl_place_schema(x, p, 1);
        if (i < route->path_schemas.count && route->path_schemas.items[i]) s = is_converted && route->path_schemas.items[i]->types & ~(unsigned)FL_JSON_STRING ? route->path_schemas.items[i] : fl_schema_meet(x->results, s, route->path_schemas.items[i]);
        fl_parameter param = { .in = FL_IN_PATH, .name = route->path_names.items[i], .schema = s, .is_required = true, .source = p->first_use ? fl_node_span(p->first_use) : op->registration };
        fl_vec_push(x->results, &op->parameters, param);
    }
    for (size_t i = 0; path && i < path->children.count; i++) note_compared(x, op, path->children.items[i]);
    size_t fixed = op->parameters.count;
    add_parameters(x, op, FL_IN_QUERY);
    add_parameters(x, op, FL_IN_HEADER);
    add_parameters(x, op, FL_IN_COOKIE);
    if (op->parameters.count > fixed) qsort(op->parameters.items + fixed, op->parameters.count - fixed, sizeof *op->parameters.items, by_name);
}

static bool has_required(const fl_schema *s)
{
    for (size_t i = 0; i < s->properties.count; i++) if (s->properties.items[i].is_required) return true;
    return false;
}

static void fill_body(fl_exec *x, fl_operation *op)
{
    fl_place *root = x->roots[FL_IN_BODY], *files = x->roots[FL_IN_FILE];
    if (files) { spread_schema(x, FL_IN_FILE, files->declared, true); spread_schema(x, FL_IN_FILE, files->claimed, false); }
    bool has_files = files && files->children.count;
    if (!root && !has_files) return;
    bool is_used = has_files;
    for (size_t i = 0; root && i < root->children.count; i++) is_used |= root->children.items[i]->is_read;
    if (root && (root->declared || (root->claimed && root->is_read) || root->is_required || root->used_types)) is_used = true;
    if (!is_used && !(root && root->is_read)) return;
    fl_schema *schema = root ? fl_place_schema(x, root, 0) : fl_schema_new(x->results, FL_JSON_OBJECT);
    if (!schema->types && schema->properties.count) schema->types = FL_JSON_OBJECT;
    fl_str media = FL_S("application/json");
    if (has_files) {
        media = FL_S("multipart/form-data");
        for (size_t i = 0; i < files->children.count; i++) {
            fl_property *p = fl_schema_add_property(x->results, schema, fl_sym_str(files->children.items[i]->key));
            const fl_schema *said = files->children.items[i]->declared;
            p->schema = said && said->types & FL_JSON_ARRAY ? files->children.items[i]->declared : fl_schema_new(x->results, FL_JSON_BINARY);
            p->is_required = files->children.items[i]->is_required;
        }
    } else {
        bool has_json = !x->parsers.count;
        fl_str first = FL_S("");
        for (size_t i = 0; i < x->parsers.count; i++)
            for (const fl_data *d = x->parsers.items[i]->first; d; d = d->next) { if (!first.len) first = d->text; has_json |= fl_str_eq_c(d->text, "application/json"); }
        if (!has_json) media = first;
    }
    fl_vec_push(x->results, &op->body, (fl_media){ media, schema });
    op->body_is_required = has_required(schema) || (root && root->is_required);
    op->body_source = root && root->first_use ? fl_node_span(root->first_use) : op->registration;
}

static int by_status(const void *a, const void *b) { return (int)((const fl_response *)a)->status - (int)((const fl_response *)b)->status; }

static void fill_responses(fl_exec *x, fl_operation *op)
{
    for (size_t i = 0; i < x->answers.count; i++) {
        const fl_answer *answer = &x->answers.items[i];
        fl_response *r = NULL;
        for (size_t k = 0; k < op->responses.count; k++) if (op->responses.items[k].status == answer->status) r = &op->responses.items[k];
        if (!r) {
            fl_response fresh = { .status = answer->status, .source = answer->node ? fl_node_span(answer->node) : op->registration, .is_from_error_handler = answer->is_from_error_handler };
            fl_vec_push(x->results, &op->responses, fresh);
            r = &op->responses.items[op->responses.count - 1];
        }
        if (!answer->media.len || !answer->schema || answer->status == 204 || answer->status == 304) continue;
        fl_media *m = NULL;
        for (size_t k = 0; k < r->content.count; k++) if (fl_str_eq(r->content.items[k].type, answer->media)) m = &r->content.items[k];
        if (m) m->schema = fl_schema_join(x->results, m->schema, answer->schema);
        else fl_vec_push(x->results, &r->content, (fl_media){ answer->media, answer->schema });
    }
    fl_declared_answers(x, op);
    if (op->responses.count) qsort(op->responses.items, op->responses.count, sizeof *op->responses.items, by_status);
}

static void fill_spots(fl_exec *x, fl_route_result *out)
{
    for (size_t i = 0; i < x->spots.count; i++) {
        fl_pending *p = x->spots.items[i];
        if (!p->fires || p->spot.span.file >= x->values->project->file_count) continue;
        bool is_doubtful = false;
        fl_weak_spot spot = p->spot;
        spot.conditions.items = NULL;
        spot.conditions.count = spot.conditions.capacity = 0;
        fl_conditions_of(x, p->under, &spot, &is_doubtful);
        for (size_t k = 0; k < p->spot.conditions.count; k++) fl_vec_push(x->results, &spot.conditions, p->spot.conditions.items[k]);
        if (is_doubtful || p->is_silenced) spot.certainty = FL_POSSIBLE;
        if (!spot.shows.len) spot.shows = FL_S("500");
        spot.is_after = p->is_after;
        fl_vec_push(x->results, &out->spots, spot);
    }
}

/* The Cookie header is read by hand: a name it is compared with is a cookie of that name. */
static void read_cookie_header(fl_exec *x, fl_route_result *out)
{
    fl_str header = FL_S("/cookie");
    for (size_t i = 0; i < out->spots.count; i++) {
        fl_weak_spot *w = &out->spots.items[i];
        for (size_t k = 0; k < w->conditions.count; k++) {
            fl_condition *c = &w->conditions.items[k];
            if (c->at.in != FL_IN_HEADER || !fl_str_eq(c->at.pointer, header) || c->kind != FL_COND_EQUALS || !c->value || c->value->kind != FL_DATA_STRING) continue;
            fl_request_pointer cookie = { FL_IN_COOKIE, fl_str_format(x->results, "/" FL_STR_FMT, FL_STR_ARG(c->value->text)) };
            c->kind = FL_COND_PRESENT;
            for (size_t n = 0; n < w->conditions.count; n++) if (w->conditions.items[n].at.in == FL_IN_HEADER && fl_str_eq(w->conditions.items[n].at.pointer, header)) w->conditions.items[n].at = cookie;
            if (w->pointer.in == FL_IN_HEADER && fl_str_eq(w->pointer.pointer, header)) w->pointer = cookie;
        }
    }
}

/* What a handler breaks without is required, as long as nothing else must hold for it. */
static void require_places(fl_exec *x)
{
    for (size_t i = 0; i < x->spots.count; i++) {
        const fl_pending *p = x->spots.items[i];
        if (!p->place || p->is_after || (!p->is_refused && (!p->fires || p->is_silenced))) continue;
        fl_weak_spot way = { 0 };
        bool is_doubtful = false;
        fl_conditions_of(x, p->under, &way, &is_doubtful);
        bool is_free = !is_doubtful;
        for (size_t k = 0; k < way.conditions.count; k++) is_free &= way.conditions.items[k].kind == FL_COND_PRESENT || way.conditions.items[k].kind == FL_COND_TRUTHY || way.conditions.items[k].kind == FL_COND_TYPE;
        if (is_free) p->place->is_required = true;
    }
}

/* Errors of one class with one status are answered alike: one run of the error handlers is enough. */
static bool is_same_error(fl_exec *x, const fl_throw *t, const fl_fact *status)
{
    const fl_value *cls = t->error->value ? t->error->value->target : NULL;
    fl_str text = FL_S("");
    if (status) (void)fl_fact_text(status, t->state, &text);
    uint64_t key = 1ull << 63 | ((uint64_t)(uintptr_t)cls * 31 + fl_sym_of(text) * 2u + 1u);
    if (known_error(x, key)) return true;
    know_error(x, key, 1);
    return false;
}

/* A route of any method that only says "not allowed" or "not found" speaks for the methods that are not there; so does one that only says "not allowed". */
static bool is_left_over(const fl_exec *x, const fl_route *route, size_t first)
{
    bool is_any = fl_str_eq_c(route->method, "ALL");
    if (x->answers.count == first) return false;
    for (size_t i = first; i < x->answers.count; i++) {
        uint16_t status = x->answers.items[i].status;
        if ((status != 404 || !is_any) && status != 405 && (status != 501 || !is_any)) return false;
    }
    return true;
}

static fl_str handler_name(const fl_value *v)
{
    return v->node && v->node->kind == FL_NODE_function ? fl_sym_str(v->node->sym) : FL_S("");
}

fl_exec *fl_exec_begin(const fl_route *route, fl_values *values, fl_func_cache *funcs, fl_element_store *elements, fl_arena *scratch, fl_arena *results, fl_file_refusals *refusals)
{
    fl_exec *x = FL_NEW(scratch, fl_exec);
    x->arena = scratch;
    x->results = results;
    x->lasting = scratch;
    x->values = values;
    x->models = values->models;
    x->framework = route->framework;
    x->funcs = funcs;
    x->elements = elements;
    x->route = route;
    x->refusals = refusals;
    x->next_vid = 1;
    x->builtins = fl_models_builtins(values->models, route->framework->language);
    x->step_limit = FL_LIMIT_FLOW_STEPS * (x->builtins && x->builtins->has_raw_memory ? FL_LIMIT_FLOW_RAW_SHARE : 1);
    x->request = role_fact(x, "request");
    x->response = role_fact(x, "response");
    x->response_role = fl_sym_of_c("response");
    x->next = role_fact(x, "next");
    if (route->pins) {
        x->dispatch = FL_NEW(scratch, fl_dispatch);
        x->dispatch->pins = *route->pins;
    }
    return x;
}

static bool is_checked(const fl_schema *known) { return known && (known->pattern.len || known->format.len || known->types == FL_JSON_INTEGER || known->enumeration.count); }

bool fl_route_checks_path(const fl_route *route)
{
    for (size_t i = 0; i < route->path_schemas.count; i++) if (is_checked(route->path_schemas.items[i])) return true;
    return false;
}

static bool admits(const fl_schema *known, const char *text)
{
    fl_pattern *pattern = NULL;
    fl_err err;
    if (!known->pattern.len || fl_pattern_new(&pattern, known->pattern, &err) != FL_OK) return false;
    bool is_match = fl_pattern_matches(pattern, fl_str_from(text));
    fl_pattern_free(pattern);
    return is_match;
}

/* `\w+` makes sure of no number, `\d+` of none that is small enough. */
static void note_gaps(fl_refine *r, const fl_schema *known)
{
    bool is_plain = known->types == FL_JSON_INTEGER && !known->pattern.len && !known->enumeration.count && !known->has_maximum;
    r->admits_words = admits(known, "x");
    r->admits_digits = is_plain || admits(known, "99999999999999999999");
}

void fl_exec_check_path(fl_exec *x, fl_state *s)
{
    const fl_route *route = x->route;
    for (size_t i = 0; i < route->path_names.count; i++) {
        if (!is_checked(route->path_schemas.items[i])) continue;
        const fl_fact *f = fl_place_fact(x, fl_place_child(x, fl_place_root(x, FL_IN_PATH), fl_sym_of(route->path_names.items[i]), NULL), NULL);
        if (s) fl_refine_edit(x, s, f)->is_checked_format = true;
        if (s && x->builtins && x->builtins->has_raw_memory) note_gaps(fl_refine_edit(x, s, f), route->path_schemas.items[i]);
        for (const fl_throw *t = x->errors; t; t = t->next) fl_refine_edit(x, (fl_state *)(uintptr_t)t->state, f)->is_checked_format = true;
    }
}

fl_state *fl_exec_links(fl_exec *x, fl_state *s, size_t from, size_t to, size_t *before_last)
{
    const fl_route *route = x->route;
    if (route->framework->is_onion) return fl_onion_run(x, s, before_last);
    for (size_t i = from; i < to && s; i++) {
        x->is_last_handler = i + 1 == route->chain.count;
        if (x->is_last_handler) *before_last = x->answers.count;
        s = run_link(x, route->chain.items[i], s);
    }
    return s;
}

fl_state *fl_exec_chain(fl_exec *x, size_t *before_last)
{
    fl_state *s = fl_state_new(x);
    *before_last = 0;
    fl_exec_check_path(x, s);
    return fl_exec_links(x, s, 0, x->route->chain.count, before_last);
}

void fl_exec_route(const fl_route *route, const fl_route *next, fl_values *values, fl_func_cache *funcs, fl_prefix *prefix, fl_element_store *elements, fl_arena *scratch, fl_operation *op, fl_route_result *out)
{
    fl_state *s;
    size_t before_last = 0, links;
    fl_exec *x = fl_prefix_begin(prefix, route, next, values, funcs, elements, scratch, &out->refusals, &s, &links);
    s = fl_exec_links(x, s, links, route->chain.count, &before_last);
    bool is_refusal = is_left_over(x, route, before_last);
    unsigned handled = 0;
    for (const fl_throw *t = x->errors; t && handled < 16; t = t->next) {
        const fl_fact *status = fl_error_status(x, (fl_state *)(uintptr_t)t->state, t->error);
        if (!status) note_plain_throw(x, t);
        if (is_same_error(x, t, status)) continue;
        handle_error(x, t->error, t->state);
        handled++;
    }
    fl_guards_apply(x);
    fl_named_refusals(x);
    require_places(x);
    find_security(x, op);
    find_optional_security(x, op);
    fill_parameters(x, route, op);
    fill_body(x, op);
    for (size_t i = 0; i < FL_COUNT(x->roots); i++) if (x->roots[i]) note_checked(x, op, x->roots[i]);
    fill_responses(x, op);
    for (size_t i = 0; i < x->siblings.count; i++) fl_vec_push(x->results, &out->siblings, x->siblings.items[i]);
    fill_spots(x, out);
    read_cookie_header(x, out);
    for (size_t i = 0; i < route->chain.count; i++) {
        fl_value *v = route->chain.items[i];
        if (v->kind == FL_V_FUNCTION) fl_vec_push(scratch, &op->handlers, (fl_handler){ v->node, handler_name(v), fl_node_span(v->node) });
    }
    out->only_hands_on = is_refusal || (s && !x->answers.count && !x->errors && !x->spots.count && !x->has_unknown_middleware && !x->is_truncated);
    op->is_truncated = x->is_truncated;
    op->is_hidden = route->is_hidden;
}
