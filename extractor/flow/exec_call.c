/*
 * Calls: project functions are followed, modelled external calls have their effect (exec_effect.c), functions handed to unknown code are
 * run once with unknown arguments, because answers and errors stand in them.
 */
#include "extractor/flow/call_p.h"

static void rethrow(fl_exec *x, fl_activation *a, const fl_throw *throws, const fl_node *node)
{
    for (const fl_throw *t = throws; t; t = t->next) {
        fl_exec_throw(x, a, t->error, t->node, t->state, t->spot, t->is_explicit);
        const fl_throw *mine = a->handler ? a->caught[a->handler] : a->throws;
        ((fl_throw *)(uintptr_t)mine)->site = node;
    }
}

/* Does the argument carry anything of the request, or a function that may? */
static bool is_interesting(const fl_exec *x, const fl_state *s, const fl_fact *f, unsigned depth)
{
    if (!f || depth > 2) return false;
    if (f->place || f->text || f->miss || f->closure || f->predicate || f == x->request || f == x->response || f == x->next || f->is_error) return true;
    if (f->value && f->value->kind == FL_V_FUNCTION) return true;
    for (size_t i = 0; f->shape && i < f->shape->keys.count; i++)
        if (is_interesting(x, s, fl_state_get(s, FL_KEY_FIELD(f->vid, f->shape->keys.items[i])), depth + 1)) return true;
    return is_interesting(x, s, f->element, depth + 1) || is_interesting(x, s, f->resolved, depth + 1);
}

/* What a function does by calls that name nothing of the request: such a one is followed whatever it is given. What it reads may go
 * into a struct; what it makes, or writes as text, is what will be answered. */
enum { DOES_NOTHING, ANSWERS = 1, READS = 2, MAKES = 4, DOES_ALL = ANSWERS | READS | MAKES, IS_KNOWN = 8 };

static unsigned what_it_does(fl_exec *x, const fl_scope *scope, const fl_node *node, unsigned depth)
{
    unsigned does = DOES_NOTHING;
    if (node->kind == FL_NODE_call && node->first->kind == FL_NODE_name) {
        const fl_cell *cell = fl_scope_find(scope, node->first->sym);
        const fl_value *v = cell ? cell->value : NULL;
        const fl_member *m = v && v->kind == FL_V_EXTERNAL ? fl_value_external_member(v) : NULL;
        if (m && m->call) does = (m->call->respond.is_set ? ANSWERS : 0) | (m->call->request.is_set ? READS : 0) | (m->call->puts.is_set || m->call->intrinsic == FL_INTRINSIC_identity ? MAKES : 0);
        if (v && v->kind == FL_V_FUNCTION && v->node && v->scope && depth < 64) {
            uint64_t key = (uint64_t)(uintptr_t)v->node | 1;   /* beside the lowered function */
            uintptr_t known = (uintptr_t)fl_map_get(&x->funcs->map, key);
            if (!known) {
                fl_map_put(&x->funcs->map, key, (void *)IS_KNOWN);   /* for a function that calls itself: each is looked at once */
                known = IS_KNOWN | what_it_does(x, v->scope, v->node, depth + 1);
                fl_map_put(&x->funcs->map, key, (void *)known);
            }
            does |= (unsigned)known & DOES_ALL;
        }
    }
    for (const fl_node *c = node->first; c && does != DOES_ALL; c = c->next) does |= what_it_does(x, scope, c, depth);
    return does;
}

static bool is_search(const fl_exec *x) { return x->step_limit < FL_LIMIT_FLOW_STEPS; }   /* for tests of the request line: failures do not matter */

static bool is_doing(fl_exec *x, const fl_fact *callee)
{
    const fl_value *v = callee ? callee->value : NULL;
    if (!v || v->kind != FL_V_FUNCTION || !v->node || !v->scope) return false;
    uint64_t key = (uint64_t)(uintptr_t)v->node | 2;   /* for this function as a beginning: what is known of those behind it may be cut by a circle */
    uintptr_t known = (uintptr_t)fl_map_get(&x->funcs->map, key);
    if (!known) fl_map_put(&x->funcs->map, key, (void *)(known = IS_KNOWN | what_it_does(x, v->scope, v->node, 0)));
    return known & (is_search(x) ? ANSWERS : DOES_ALL);
}

/* The budget of a handler goes to what the request reaches first. */
static bool is_worth_following(const fl_exec *x, const fl_state *s, const fl_fact *self, const fl_fact **args, unsigned count)
{
    uint32_t used = (x->steps - x->handler_start) * (x->is_last_handler ? 1 : FL_LIMIT_FLOW_BEFORE_SHARE);
    if (x->builtins && x->builtins->has_raw_memory && !is_search(x)) used /= FL_LIMIT_FLOW_RAW_SHARE;
    if (used < FL_LIMIT_FLOW_DEEP_STEPS) return true;
    if (used >= FL_LIMIT_FLOW_NEAR_STEPS) return false;
    bool found = is_interesting(x, s, self, 1);
    for (unsigned i = 0; i < count && !found; i++) found = is_interesting(x, s, args[i], 0);
    return found;
}

/* A function that stands in the handler, or one that is given the word for handing on: whether the handler comes to its end shows there, so
 * no budget leaves it out. */
static bool is_part_of_handler(const fl_exec *x, const fl_node *body, const fl_fact **args, unsigned count)
{
    for (unsigned i = 0; i < count && x->next; i++) if (args[i] == x->next) return true;
    for (; body && x->handler; body = body->parent) if (body == x->handler) return true;
    return false;
}

/* table[i].handler(&request): what searched the table is not the handler's own work. */
static void begin_handler(fl_exec *x, const fl_node *call)
{
    bool is_chosen = x->dispatch && !x->has_begun && !is_search(x) && call && call->kind == FL_NODE_call && call->first && (call->first->kind == FL_NODE_member || call->first->kind == FL_NODE_index);
    if (!is_chosen || !x->builtins || !x->builtins->has_raw_memory) return;
    x->has_begun = true;
    x->handler_start = x->steps;
    x->step_limit += x->steps;
}

/* Runs a project function for its effect on the state. */
static const fl_fact *follow(fl_exec *x, fl_activation *a, fl_state **s, const fl_fact *callee, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node)
{
    const fl_node *body = callee->closure ? callee->closure->node : callee->value ? callee->value->node : NULL;
    bool is_library = body && fl_exec_is_library(x, body);
    begin_handler(x, node);
    if (!is_library && !is_worth_following(x, *s, self, args, count) && !is_part_of_handler(x, body, args, count) && !is_doing(x, callee)) {
        for (unsigned i = 0; i < count; i++) fl_memory_give(x, *s, args[i]);
        fl_exec_scrub(x, *s, args, count);
        return fl_fact_unknown(x);
    }
    fl_exit exit = fl_exec_function(x, callee, self, args, count, *s, a, node);
    rethrow(x, a, exit.throws, node);
    *s = exit.returns ? exit.state : NULL;
    return exit.value ? exit.value : fl_fact_literal(x, FL_T_UNDEFINED, 0);
}

static bool is_function(const fl_fact *f)
{
    return f && ((f->closure && f->closure->node->kind == FL_NODE_function) || (f->value && f->value->kind == FL_V_FUNCTION));
}

const fl_fact *fl_exec_bind(fl_exec *x, fl_intrinsic how, const fl_fact *self, const fl_fact **args, unsigned count)
{
    bool is_bind = how == FL_INTRINSIC_bind, is_partial = how == FL_INTRINSIC_partial, is_wrap = how == FL_INTRINSIC_wrap;
    if ((!is_bind && !is_partial && !is_wrap) || (!is_bind && count < 2) || (is_bind && count < 2)) return NULL;
    const fl_fact *fn = is_bind ? self : args[is_wrap ? 1 : 0];
    if (!is_function(fn) || fn->tuple || fn->other) return NULL;
    fl_tuple *first = FL_NEW(x->arena, fl_tuple);
    *first = (fl_tuple){ fl_arena_alloc(x->arena, count * sizeof *first->items), is_wrap ? 1 : count - 1 };
    for (unsigned i = 0; i < first->count; i++) first->items[i] = args[is_wrap ? i : i + 1];
    fl_fact *made = fl_fact_copy(x, fn);
    made->tuple = first;
    return made;
}

/* What is bound stands before what a call gives. */
static unsigned bound_args(const fl_fact *fn, const fl_fact **args, unsigned count, const fl_fact **all, unsigned size)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < fn->tuple->count && n < size; i++) all[n++] = fn->tuple->items[i];
    for (unsigned i = 0; i < count && n < size; i++) all[n++] = args[i];
    return n;
}

/* A function that unknown code may or may not call. */
static void maybe_run(fl_exec *x, fl_activation *a, fl_state **s, const fl_fact *fn, const fl_node *node)
{
    const fl_fact *unknowns[4];
    for (size_t i = 0; i < FL_COUNT(unknowns); i++) unknowns[i] = fl_fact_unknown(x);
    for (size_t i = 0; fn->tuple && i < fn->tuple->count && i < FL_COUNT(unknowns); i++) unknowns[i] = fn->tuple->items[i];
    fl_state *inner = fl_state_copy(x, *s);
    inner->is_doubtful = true;
    fl_exit exit = fl_exec_function(x, fn, NULL, unknowns, FL_COUNT(unknowns), inner, a, node);
    if (exit.returns && exit.state) {
        bool responded = (*s)->has_responded || exit.state->has_responded;
        *s = fl_state_join(x, *s, exit.state);
        (*s)->has_responded = responded;
    }
}

/* Class fields with a literal value: status = 400. */
static void init_fields(fl_exec *x, fl_state *s, const fl_fact *instance, const fl_node *body)
{
    for (const fl_node *m = body->first; m; m = m->next) {
        const fl_node *value = m->kind == FL_NODE_field && !(m->flags & FL_FLAG_STATIC) && m->sym ? m->first : NULL;
        if (!value || fl_state_get(s, FL_KEY_FIELD(instance->vid, m->sym))) continue;
        unsigned type = value->kind == FL_NODE_number ? FL_T_NUMBER : value->kind == FL_NODE_string ? FL_T_STRING : value->kind == FL_NODE_boolean ? FL_T_BOOLEAN : 0;
        if (type) fl_state_put(x, s, FL_KEY_FIELD(instance->vid, m->sym), fl_fact_literal(x, type, type == FL_T_BOOLEAN ? (value->flags & FL_FLAG_TRUE ? 1 : 0) : value->sym));
    }
}

/* An error class of external code as the base of one of the project: it keeps the status that it is made with. */
static void make_error(fl_exec *x, fl_state *s, const fl_value *base, const fl_fact *self, const fl_fact **args, unsigned count)
{
    const fl_member *m = base && base->kind == FL_V_EXTERNAL ? fl_value_external_member(base) : NULL;
    const fl_effect *made = m ? (m->new_ ? m->new_ : m->call) : NULL, *e = made ? fl_effect_for(made, count) : NULL;
    if (!e || !e->error.is_set || !self || !self->vid || !x->framework) return;
    const fl_fact *status = e->error.status >= 0 && (unsigned)e->error.status < count ? args[e->error.status] : NULL;
    if (!status && e->error.fixed_status) status = fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", e->error.fixed_status)));
    for (size_t i = 0; status && i < x->framework->error_status_members.count; i++) fl_state_put(x, s, FL_KEY_FIELD(self->vid, x->framework->error_status_members.items[i]), status);
}

static const fl_fact *instantiate(fl_exec *x, fl_activation *a, fl_state **s, const fl_value *cls, const fl_fact **args, unsigned count, const fl_node *node)
{
    if (node && node->kind == FL_NODE_call && fl_class_effect(cls)) {   /* a validator whose fields stand in the class */
        const fl_activation *outer = a;
        while (outer->outer) outer = outer->outer;
        fl_value *made = fl_validator_of_call(x->arena, x->models, outer->module, outer->scope, outer->func->node, node);
        if (made) return fl_fact_of_value(x, made);
    }
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    fl_value *instance = FL_NEW(x->arena, fl_value);
    *instance = (fl_value){ .kind = FL_V_INSTANCE, .target = (fl_value *)(uintptr_t)cls, .node = node, .module = cls->module };
    f->value = instance;
    f->is_local = true;
    fl_shape *shape = FL_NEW(x->arena, fl_shape);
    shape->node = node;
    shape->name = cls->node ? cls->node->sym : 0;
    f->shape = shape;
    const fl_value *outer = cls;   /* a class that extends a modelled one is of that type too */
    for (unsigned i = 0; outer && outer->kind == FL_V_CLASS && i < 8; i++) outer = outer->target;
    const fl_member *made = outer && outer->kind == FL_V_EXTERNAL ? fl_value_external_member(outer) : NULL;
    const fl_effect *making = made ? (made->new_ ? made->new_ : made->call) : NULL;
    if (making && making->stores.is_set) fl_exec_store(x, *s, &(fl_model_call){ .e = making, .self = fl_fact_of_value(x, (fl_value *)(uintptr_t)cls), .args = args, .count = count, .node = node });
    if (making && making->returns.kind == FL_RESULT_TYPE) f->type = fl_models_type(x->models, making->returns.type);
    const fl_fact *data = making && making->validate.is_set ? fl_exec_spread_alone(args, count) : NULL, *made_of = data ? fl_exec_construct(x, a, s, cls, data, making, true, node) : NULL;
    if (made_of) return made_of;
    unsigned guard = 0;
    for (const fl_value *c = cls; c && guard < 8; c = c->target, guard++) {
        if (c->kind != FL_V_CLASS) { make_error(x, *s, c, f, args, count); break; }
        const fl_node *body = fl_node_child(c->node, 1), *constructor = NULL;
        for (const fl_node *m = body->first; m; m = m->next)
            if (m->kind == FL_NODE_function && m->sym == FL_SYM_constructor && !fl_node_is_absent(fl_node_child(m, 2))) constructor = m;
        init_fields(x, *s, f, body);
        if (!constructor) continue;
        fl_value *fn = FL_NEW(x->arena, fl_value);
        *fn = (fl_value){ .kind = FL_V_FUNCTION, .node = constructor, .scope = c->scope, .module = c->module };
        fl_fact *callee = fl_fact_new(x, FL_T_FUNCTION, 0);
        callee->value = fn;
        fl_exit exit = fl_exec_function(x, callee, f, args, count, *s, a, node);
        if (exit.state) *s = exit.state;
        break;
    }
    return f;
}

/* super(…): the base class's constructor on the same object. */
static const fl_fact *call_super(fl_exec *x, fl_activation *a, fl_state **s, const fl_fact **args, unsigned count, const fl_node *node)
{
    const fl_node *cls = fl_node_enclosing(node, FL_NODE_class_);
    const fl_value *c = a->self && a->self->value ? a->self->value->target : NULL;
    while (c && c->node != cls) c = c->target;
    const fl_value *base = c ? c->target : NULL;
    for (; base && base->kind == FL_V_CLASS; base = base->target)
        for (const fl_node *m = fl_node_child(base->node, 1)->first; m; m = m->next) {
            if (m->kind != FL_NODE_function || m->sym != FL_SYM_constructor || fl_node_is_absent(fl_node_child(m, 2))) continue;
            fl_value *fn = FL_NEW(x->arena, fl_value);
            *fn = (fl_value){ .kind = FL_V_FUNCTION, .node = m, .scope = base->scope, .module = base->module };
            fl_fact *callee = fl_fact_new(x, FL_T_FUNCTION, 0);
            callee->value = fn;
            return follow(x, a, s, callee, a->self, args, count, node);
        }
    if (*s) make_error(x, *s, base, a->self, args, count);
    return fl_fact_unknown(x);
}

/* Which basic types have that method, among those the value can be? */
static unsigned types_with(const fl_exec *x, fl_sym member, unsigned among)
{
    static const unsigned kinds[] = { FL_T_STRING, FL_T_LIST, FL_T_NUMBER, FL_T_BOOLEAN, FL_T_DICT, FL_T_FUNCTION };
    unsigned found = 0;
    for (size_t i = 0; i < FL_COUNT(kinds); i++) {
        const fl_model_type *t = among & kinds[i] ? fl_model_basic(x->builtins, kinds[i]) : NULL;
        const fl_member *m = t ? fl_model_type_member(t, member) : NULL;
        if (m && m->call) found |= kinds[i];
    }
    return found;
}

/* rows.find((row) => row.id === req.params.id) on rows that nothing is known of, as when they were read from a file: a search by a test
 * that compares with the request. Only lists are searched like that, but what is found stays a guess. NULL: it is no such search. */
static const fl_fact *search_of_unknown(fl_exec *x, fl_activation *a, fl_state **s, const fl_fact *callee, const fl_fact **args, unsigned count, const fl_node *node)
{
    const fl_fact *self = callee->receiver;
    const fl_model_type *type = fl_model_basic(x->builtins, FL_T_LIST);
    const fl_member *m = type ? fl_model_type_member(type, callee->member) : NULL;
    if (!m || !m->call || self->place || (self->value && self->value->kind != FL_V_UNKNOWN) || !count || !is_function(args[0])) return NULL;
    if (m->call->miss.by != FL_SYM_callback_ && m->call->intrinsic != FL_INTRINSIC_list_filter) return NULL;
    const fl_fact *found = fl_exec_effect(x, a, s, m->call, callee, self, args, count, node);
    if (!found || !found->miss || !found->miss->triggers.count) return found && m->call->miss.is_set ? fl_fact_unknown(x) : found;
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = *found->miss;
    miss->certainty = FL_POSSIBLE;
    fl_fact *f = fl_fact_copy(x, found);
    f->miss = miss;
    return f;
}

static const fl_fact *call_method(fl_exec *x, fl_activation *a, fl_state **s, const fl_fact *callee, const fl_fact **args, unsigned count, const fl_node *node, bool *known)
{
    const fl_fact *self = callee->receiver;
    *known = true;
    const fl_model_type *type = self->type || self->resolved || (self->value && self->value->kind != FL_V_EXTERNAL) ? fl_fact_model_type(x, *s, self) : NULL;
    if (!type) {
        unsigned types = fl_fact_types(*s, self), may = fl_fact_may(*s, self), with = types_with(x, callee->member, types);
        const fl_model_type *any = !self->place && (!with || (types | FL_T_NULLISH) == FL_T_ANY) ? fl_map_get(&x->builtins->types, fl_sym_of(FL_S("any"))) : NULL;   /* what the name alone says */
        const fl_member *named = any ? fl_model_type_member(any, callee->member) : NULL;
        if (named && named->call) return fl_exec_effect(x, a, s, named->call, callee, self, args, count, node);
        if (!with) { *known = false; return NULL; }
        bool is_claim = self->place && !self->is_coerced;
        if (is_claim) {
            if (with == FL_T_STRING || with == FL_T_LIST || with == FL_T_NUMBER) fl_place_use(x, self, fl_json_of_types(with), false);
            unsigned wrong = may & ~with & ~(unsigned)FL_T_NULLISH;
            if (wrong) {
                fl_pending *spot = fl_spot_type(x, a, *s, self, with, node, node->first ? node->first->first : NULL);
                if (spot) {
                    fl_exec_throw(x, a, fl_fact_error(x, spot->spot.failure), node, *s, spot, false);
                }
                fl_refine_edit(x, *s, self)->types &= (uint16_t)(with | FL_T_NULLISH);
            }
        } else if (types == FL_T_ANY && !self->element) {
            const fl_fact *found = search_of_unknown(x, a, s, callee, args, count, node);
            *known = found != NULL;   /* an unknown receiver: its method may be anybody's */
            return found;
        }
        unsigned pick = with & FL_T_LIST && (self->element || !(with & FL_T_STRING)) ? FL_T_LIST : with & FL_T_STRING ? FL_T_STRING : with & (unsigned)-(int)with;
        type = fl_model_basic(x->builtins, pick);
    }
    const fl_member *m = type ? fl_model_type_member(type, callee->member) : NULL;
    /* of a receiver that is merely not null nothing is known either: its find() may be anybody's */
    bool is_guess = !self->place && !self->element && !self->type && (fl_fact_types(*s, self) | FL_T_NULLISH) == FL_T_ANY;
    if (m && m->call && is_guess && (m->call->miss.is_set || m->call->intrinsic == FL_INTRINSIC_list_filter)) {
        const fl_fact *found = search_of_unknown(x, a, s, callee, args, count, node);
        *known = found != NULL;
        if (found || m->call->miss.is_set) return found;
        *known = true;
    }
    if (!m || !m->call) { *known = false; return NULL; }
    return fl_exec_effect(x, a, s, m->call, callee, self, args, count, node);
}

const fl_fact *fl_exec_call_fact(fl_exec *x, fl_activation *a, fl_state **s, const fl_fact *callee, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node, bool is_new)
{
    if (callee->other) {   /* each of them, as if on its own path */
        fl_fact *one = fl_fact_copy(x, callee);
        one->other = NULL;
        fl_state *first = fl_state_copy(x, *s), *second = fl_state_copy(x, *s);
        const fl_fact *p = fl_exec_call_fact(x, a, &first, one, self, args, count, node, is_new), *q = fl_exec_call_fact(x, a, &second, callee->other, self, args, count, node, is_new);
        *s = fl_state_join(x, first, second);
        return fl_fact_join(x, p, q);
    }
    if (callee->tuple && is_function(callee)) {
        const fl_fact *all[32];
        fl_fact *one = fl_fact_copy(x, callee);
        one->tuple = NULL;
        count = bound_args(callee, args, count, all, FL_COUNT(all));
        return fl_exec_call_fact(x, a, s, one, self, all, count, node, is_new);
    }
    if (callee->type && callee->type->call) return fl_exec_effect(x, a, s, callee->type->call, callee, callee, args, count, node);
    if (callee->closure && callee->closure->node->kind == FL_NODE_function && !is_new) return follow(x, a, s, callee, self, args, count, node);
    const fl_value *v = callee->value;
    if (v && v->kind == FL_V_CLASS && (is_new || v->node->flags & FL_FLAG_CALLABLE)) return instantiate(x, a, s, v, args, count, node);
    if (v && v->kind == FL_V_FUNCTION && !is_new) return follow(x, a, s, callee, self, args, count, node);
    if (v && v->kind == FL_V_EXTERNAL) {
        const fl_member *m = fl_value_external_member(v);
        const fl_effect *e = m ? (is_new ? (m->new_ ? m->new_ : m->call) : m->call ? m->call : m->new_) : NULL;
        const fl_value *cls = e && e->validate.is_set && callee->receiver && callee->receiver->base ? callee->receiver->base->value : NULL;   /* a function of the class itself */
        const fl_fact *made = cls && cls->kind == FL_V_CLASS && e->validate.value >= 0 && (unsigned)e->validate.value < count ? fl_exec_construct(x, a, s, cls, args[e->validate.value], e, false, node) : NULL;
        if (made) return made;
        bool is_inherited = self && self->value && self->value->kind == FL_V_CLASS;   /* a class of the project that extends it */
        const fl_fact *given = e ? fl_exec_effect(x, a, s, e, callee, is_inherited ? self : callee, args, count, node) : NULL;
        if (given && given->is_error && !v->package && !given->error_name && x->builtins && x->builtins->missing_key.len) {   /* ValueError("…"): which of the run time's it is */
            fl_fact *named = fl_fact_copy(x, given);
            named->error_name = v->text;
            return named;
        }
        if (given) return given;
        if (!*s) return fl_fact_unknown(x);   /* process.exit(): nothing runs behind it */
    }
    if (v && v->kind == FL_V_METHOD && v->member->call) {
        const fl_fact *receiver = fl_fact_of_value(x, v->self);
        return fl_exec_effect(x, a, s, v->member->call, callee, receiver, args, count, node);
    }
    if (callee->receiver) {
        bool known = false;
        const fl_fact *f = call_method(x, a, s, callee, args, count, node, &known);
        if (known) return f;
    }
    for (unsigned i = 0; i < count; i++) fl_memory_give(x, *s, args[i]);
    fl_exec_scrub(x, *s, args, count);
    /* unknown code: the functions it gets may run; a handler's own arguments given away may be answered there */
    bool gives_next = false;
    for (unsigned i = 0; i < count; i++) {
        if (is_function(args[i])) maybe_run(x, a, s, args[i], node);
        gives_next |= x->next && args[i] == x->next;
    }
    if (gives_next) { x->next_state = fl_state_join(x, x->next_state, *s); x->has_unknown_middleware = true; }
    fl_fact *f = fl_fact_new(x, FL_T_ANY, 0);
    f->at = node;
    f->base = callee;
    for (unsigned i = 0; i < count && !f->needle; i++) if (args[i]->place) f->needle = args[i];
    return f;
}

/* A promise that nobody waits for: what it rejects with ends the process. */
static void drop_promise(fl_exec *x, const fl_fact *f, const fl_node *node)
{
    if (!f || !f->rejects || x->is_dry || !node->parent || node->parent->kind != FL_NODE_expression) return;
    for (const fl_throw *t = f->rejects; t; t = t->next) {
        if (t->spot) { t->spot->fires = true; t->spot->spot.shows = FL_S("exit"); }
        else (void)fl_spot_rejection(x, t, node);
    }
}

const fl_fact *fl_exec_call(fl_exec *x, fl_activation *a, fl_state **s, const fl_instr *i)
{
    const fl_fact *callee = i->a ? fl_exec_temp(a, i->a) : NULL, *self = i->b ? fl_exec_temp(a, i->b) : NULL;
    const fl_fact *args[32];
    unsigned count = 0;
    for (uint32_t k = 0; k < i->arg_count && count < FL_COUNT(args); k++) {
        const fl_fact *arg = fl_exec_temp(a, a->func->args.items[i->first_arg + k]);
        if ((i->flags & FL_I_SPREAD) && a->func->spreads.items[i->first_arg + k]) {
            for (uint32_t m = 0; arg && arg->tuple && m < arg->tuple->count && count < FL_COUNT(args); m++) args[count++] = arg->tuple->items[m] ? arg->tuple->items[m] : fl_fact_unknown(x);
            if (arg && arg->tuple) continue;
            if (arg && arg->is_local && arg->element) arg = arg->element;
            else arg = NULL;
        }
        args[count++] = arg ? arg : fl_fact_unknown(x);
    }
    if (i->node && i->node->first && i->node->first->kind == FL_NODE_super_) return call_super(x, a, s, args, count, i->node);
    if (!callee) callee = fl_fact_unknown(x);
    const fl_fact *result = fl_exec_call_fact(x, a, s, callee, self, args, count, i->node, i->flags & FL_I_NEW);
    drop_promise(x, result, i->node);
    return result;
}
