/*
 * Runs one function over its control flow with facts. Read fl_exec_function, then run_instr; calls are in exec_call.c,
 * member reads in exec_member.c, narrowing in narrow.c, weak spots in spot.c. A function with loops is run twice: first dry, to learn
 * what the back edges carry, then for the record.
 */
#include "extractor/flow/call_p.h"

const fl_func *fl_exec_func(fl_exec *x, const fl_node *node)
{
    fl_func *func = fl_map_get(&x->funcs->map, (uint64_t)(uintptr_t)node);
    if (func) return func;
    func = fl_flow_lower_in(x->funcs->arena, &x->funcs->scratch, node);
#ifndef NDEBUG
    fl_err err;
    if (!fl_flow_verify(func, &err)) FL_BUG("%s", err.text);
#endif
    fl_map_put(&x->funcs->map, (uint64_t)(uintptr_t)node, func);
    return func;
}

const fl_fact *fl_exec_temp(const fl_activation *a, fl_temp t) { return t ? a->temps[t] : NULL; }

static const fl_fact *temp(fl_exec *x, fl_activation *a, fl_temp t)
{
    const fl_fact *f = fl_exec_temp(a, t);
    return f ? f : fl_fact_unknown(x);
}

void fl_exec_throw(fl_exec *x, fl_activation *a, const fl_fact *error, const fl_node *node, const fl_state *s, fl_pending *spot, bool is_explicit)
{
    fl_throw *t = FL_NEW(x->arena, fl_throw);
    fl_state *at = fl_state_copy(x, s);
    *t = (fl_throw){ error ? error : fl_fact_unknown(x), node, at, spot, node, is_explicit, NULL };
    if (!a->handler) { t->next = a->throws; a->throws = t; return; }
    t->next = a->caught[a->handler];
    a->caught[a->handler] = t;
    a->in[a->handler] = fl_state_join(x, a->in[a->handler], at);
}

/* return f(); return await f(); */
static bool is_returned(const fl_node *call)
{
    const fl_node *up = call->parent;
    if (up && up->kind == FL_NODE_await) up = up->parent;
    return up && up->kind == FL_NODE_return_;
}

bool fl_exec_answers(const fl_exec *x, const fl_activation *a)
{
    for (; a->caller; a = a->caller)
        if (!a->call_node || !is_returned(a->call_node) || !fl_exec_is_library(x, a->call_node)) return false;
    return true;
}

void fl_exec_refuses(fl_exec *x, fl_activation *a, uint16_t status)
{
    for (fl_activation *up = a; up; up = NULL)   /* only the block of this very function: its caller sees it by the missing return */
        if (x->block_of_answer && !up->refusing[x->block_of_answer]) { up->refusing[x->block_of_answer] = true; up->refusing_status[x->block_of_answer] = status; }
}

const fl_fact *fl_exec_outer(fl_exec *x, fl_activation *a, fl_state *s, fl_sym name, const fl_node *node)
{
    if (name == FL_SYM_this_) return a->self ? a->self : fl_fact_unknown(x);
    for (const fl_activation *up = a->outer; up; up = up->outer) {
        fl_var var = fl_flow_find_var(up->func, name);
        if (!var) continue;
        const fl_fact *f = fl_state_get(s, FL_KEY_VAR(up->id, var));
        return f ? f : fl_fact_unknown(x);
    }
    fl_cell *cell = a->scope ? fl_scope_find(a->scope, name) : NULL;
    if (!cell) {
        fl_value *global = FL_NEW(x->arena, fl_value);
        *global = (fl_value){ .kind = FL_V_EXTERNAL, .text = name, .model = x->builtins, .node = node };
        fl_fact *f = fl_fact_new(x, FL_T_ANY, 0);
        f->value = global;
        return f;
    }
    /* one fact per cell and path, so that narrowing it holds for the next read */
    uint64_t key = FL_KEY_FIELD(0x40000000u | (uint32_t)((uintptr_t)cell >> 4 & 0x3FFFFFFFu), name);
    const fl_fact *known = fl_state_get(s, key);
    if (known) return known;
    const fl_fact *f;
    if (!cell->value) f = fl_fact_unknown(x);
    else {
        const fl_member *shared = cell->value->kind == FL_V_EXTERNAL ? fl_value_external_member(cell->value) : NULL;
        if (shared && shared->get && !shared->call && shared->get->returns.kind == FL_RESULT_TYPE) {   /* the request of this call, as a global name */
            const fl_model_type *type = fl_models_type(x->models, shared->get->returns.type);
            if (type && x->request->type == type) return x->request;
        }
        f = fl_fact_of_value(x, cell->value);
        bool is_plain = f->types & (FL_T_NULLISH | FL_T_BOOLEAN | FL_T_NUMBER | FL_T_STRING) && f->types != FL_T_ANY;
        if (cell->is_reassigned && is_plain) f = f->types & FL_T_NULLISH ? fl_fact_unknown(x) : fl_fact_new(x, f->types, 0);
    }
    bool has_identity = !cell->value || (f->types != FL_T_FUNCTION && cell->value->kind != FL_V_EXTERNAL && cell->value->kind != FL_V_DICT);
    if (has_identity) fl_state_put(x, s, key, f);
    return f;
}

static void store_outer(fl_exec *x, fl_activation *a, fl_state *s, fl_sym name, const fl_fact *f)
{
    for (const fl_activation *up = a->outer; up; up = up->outer) {
        fl_var var = fl_flow_find_var(up->func, name);
        if (!var) continue;
        fl_state_put(x, s, FL_KEY_VAR(up->id, var), f);
        return;
    }
    fl_cell *cell = a->scope ? fl_scope_find(a->scope, name) : NULL;
    if (cell) fl_state_put(x, s, FL_KEY_FIELD(0x40000000u | (uint32_t)((uintptr_t)cell >> 4 & 0x3FFFFFFFu), name), f);
}

/* A value that must be there: reports the weak spot, throws, and goes on as if it were there. */
void fl_exec_present(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *node, const fl_node *subject)
{
    if (!(fl_fact_types(s, f) & FL_T_NULLISH)) return;
    fl_pending *spot = NULL;
    if (fl_fact_may(s, f) & FL_T_NULLISH) {
        spot = fl_spot_missing(x, a, s, f, node, subject);
        if (spot) {
            fl_exec_throw(x, a, fl_fact_error(x, spot->spot.failure), node, s, spot, false);
        }
    }
    if (!(fl_fact_may(s, f) & FL_T_NULLISH)) fl_spot_sibling(x, a, s, f, node, subject);
    fl_refine *r = fl_refine_edit(x, s, f);
    r->types &= (uint16_t)~FL_T_NULLISH;
    if (f->unboxed && f->base) fl_refine_edit(x, s, f->base)->types &= (uint16_t)f->unboxed;
    if (!r->used_at) { r->used_at = node; r->used_spot = spot; }
}

static const fl_fact *make_closure(fl_exec *x, fl_activation *a, const fl_node *node)
{
    fl_fact *f = fl_fact_new(x, FL_T_FUNCTION, 0);
    fl_closure *c = FL_NEW(x->arena, fl_closure);
    *c = (fl_closure){ node, a, node->flags & FL_FLAG_ARROW ? a->self : NULL };
    f->closure = c;
    return f;
}

/* Person[key], where the class has a function for that. */
static const fl_fact *class_item(fl_exec *x, fl_activation *a, fl_state **s, const fl_fact *cls, const fl_fact *key, const fl_node *node)
{
    fl_sym name = x->builtins ? x->builtins->special.subscript : FL_SYM_NONE;
    const fl_value *own = name ? fl_value_slot(cls->value, name) : NULL;
    for (const fl_value *c = cls->value; name && !own && c && c->kind == FL_V_CLASS; c = c->target) own = fl_value_slot(c, name);
    if (!own || own->kind != FL_V_FUNCTION) return NULL;
    const fl_fact *function = fl_exec_member(x, a, *s, cls, name, node);
    return function ? fl_exec_call_fact(x, a, s, function, cls, &key, 1, node, false) : NULL;
}

static const fl_fact *make_list(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i)
{
    fl_fact *f = fl_fact_new(x, FL_T_LIST, 0);
    f->is_local = true;
    for (uint32_t k = 0; k < i->arg_count; k++) {
        const fl_fact *item = temp(x, a, a->func->args.items[i->first_arg + k]);
        if ((i->flags & FL_I_SPREAD) && a->func->spreads.items[i->first_arg + k]) {
            if (item->place) fl_place_use(x, item, FL_JSON_ARRAY, false);
            item = fl_exec_element(x, s, item, i->node);
        }
        f->element = fl_fact_join(x, f->element, item);
    }
    if (i->arg_count && i->arg_count <= 64 && !(i->flags & FL_I_SPREAD)) {
        const fl_fact *items[64];
        for (uint32_t k = 0; k < i->arg_count; k++) items[k] = temp(x, a, a->func->args.items[i->first_arg + k]);
        f->choices = fl_names_written(x, items, i->arg_count);
    }
    if (i->node && i->node->kind == FL_NODE_list && i->node->flags & FL_FLAG_TUPLE && !(i->flags & FL_I_SPREAD)) {
        fl_tuple *tuple = FL_NEW(x->arena, fl_tuple);
        tuple->items = FL_NEW_ARRAY(x->arena, const fl_fact *, i->arg_count + 1);
        for (uint32_t k = 0; k < i->arg_count; k++) tuple->items[tuple->count++] = temp(x, a, a->func->args.items[i->first_arg + k]);
        f->tuple = tuple;
    }
    return f;
}

static const fl_fact *make_dict(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i)
{
    fl_fact *f = fl_fact_new(x, FL_T_DICT, 0);
    fl_shape *shape = FL_NEW(x->arena, fl_shape);
    shape->node = i->node;
    f->shape = shape;
    f->is_local = true;
    for (uint32_t k = 0; k < i->arg_count; k++) {
        const fl_fact *value = temp(x, a, a->func->args.items[i->first_arg + k]);
        fl_sym key = a->func->syms.items[i->first_arg + k];
        if (key == FL_SYM_NONE) {
            fl_vec_push(x->arena, &shape->spreads, value);
            if (value->place) fl_place_use(x, value, FL_JSON_OBJECT, false);
            if (value->shape)
                for (size_t n = 0; n < value->shape->keys.count; n++) {
                    const fl_fact *field = fl_state_get(s, FL_KEY_FIELD(value->vid, value->shape->keys.items[n]));
                    if (!field) continue;
                    fl_vec_push(x->arena, &shape->keys, value->shape->keys.items[n]);
                    fl_state_put(x, s, FL_KEY_FIELD(f->vid, value->shape->keys.items[n]), field);
                }
            continue;
        }
        if (key == FL_SYM_star) continue;
        bool is_new = true;
        for (size_t n = 0; n < shape->keys.count; n++) is_new &= shape->keys.items[n] != key;
        if (is_new) fl_vec_push(x->arena, &shape->keys, key);
        fl_state_put(x, s, FL_KEY_FIELD(f->vid, key), value);
    }
    fl_exec_store_spread(x, s, f, i->node);
    return f;
}

static const fl_fact *await_fact(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *node)
{
    for (const fl_throw *t = f->rejects; t; t = t->next) {
        fl_exec_throw(x, a, t->error, t->node, t->state ? t->state : s, t->spot, t->is_explicit);
        const fl_throw *mine = a->handler ? a->caught[a->handler] : a->throws;
        ((fl_throw *)(uintptr_t)mine)->site = node;
    }
    return f->resolved ? f->resolved : f;
}

static const fl_fact *iterate(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i)
{
    const fl_fact *f = temp(x, a, i->a);
    const fl_node *subject = i->node;
    if (i->flags & FL_I_KEYS) return fl_names_key(x, f);
    bool is_missing = fl_fact_may(s, f) & FL_T_NULLISH;   /* then one finding is enough: the same check mends both */
    fl_exec_present(x, a, s, f, subject, subject);
    unsigned may = fl_fact_may(s, f), loops = FL_T_LIST | FL_T_STRING | FL_T_OTHER;
    if (f->place && !f->is_coerced) {
        fl_place_use(x, f, FL_JSON_ARRAY, false);
        if (!f->type && may & ~loops & ~(unsigned)FL_T_NULLISH && !is_missing) {
            fl_pending *spot = fl_spot_type(x, a, s, f, loops, subject, subject);
            if (spot) fl_exec_throw(x, a, NULL, i->node, s, spot, false);
            fl_refine_edit(x, s, f)->types &= (uint16_t)loops;
        }
    }
    const fl_fact *own = f->value && f->value->kind == FL_V_INSTANCE && !f->element ? fl_exec_iterated(x, a, s, f, i->node) : NULL;
    const fl_fact *element = fl_exec_element(x, s, own ? own : f, i->node);
    if (f->needle && f->is_local && !element->needle && !element->place) {   /* of what a search found */
        fl_fact *of = fl_fact_copy(x, element);
        of->needle = f->needle;
        element = of;
    }
    return fl_names_element(x, f, element);
}

/* What a rest pattern takes: the same shape with some keys gone. */
static const fl_fact *take_rest(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i)
{
    const fl_fact *from = temp(x, a, i->a);
    if (from->types == FL_T_LIST || from->element) return from;
    fl_fact *f = fl_fact_new(x, FL_T_DICT, 0);
    if (!from->shape && !from->place && !from->value && !from->schema) return f;
    if (from->place) { f->place = from->place; f->vid = from->vid; f->types = from->types; f->may = from->may; return f; }
    if (!from->shape) { f->value = from->value; f->schema = from->schema; return f; }
    fl_shape *shape = FL_NEW(x->arena, fl_shape);
    shape->node = i->node;
    f->shape = shape;
    for (size_t n = 0; n < from->shape->keys.count; n++) {
        fl_sym key = from->shape->keys.items[n];
        bool is_taken = false;
        for (uint32_t k = 0; k < i->arg_count; k++) is_taken |= a->func->syms.items[i->first_arg + k] == key;
        const fl_fact *field = fl_state_get(s, FL_KEY_FIELD(from->vid, key));
        if (is_taken || !field) continue;
        fl_vec_push(x->arena, &shape->keys, key);
        fl_state_put(x, s, FL_KEY_FIELD(f->vid, key), field);
    }
    return f;
}

static const fl_fact *constant(fl_exec *x, const fl_node *n)
{
    if (!n) return fl_fact_literal(x, FL_T_UNDEFINED, 0);
    switch ((fl_node_kind)n->kind) {
    case FL_NODE_string: return fl_fact_literal(x, FL_T_STRING, n->sym);
    case FL_NODE_number: return fl_fact_literal(x, FL_T_NUMBER, n->sym);
    case FL_NODE_boolean: return fl_fact_literal(x, FL_T_BOOLEAN, n->flags & FL_FLAG_TRUE ? 1 : 0);
    case FL_NODE_null: return fl_fact_literal(x, x->builtins && x->builtins->has_raw_memory ? FL_T_NULLISH : FL_T_NULL, 0);
    case FL_NODE_regex: {
        fl_value *regex = FL_NEW(x->arena, fl_value);
        *regex = (fl_value){ .kind = FL_V_REGEX, .text = n->sym, .node = n };
        return fl_fact_of_value(x, regex);
    }
    default: return fl_fact_literal(x, FL_T_UNDEFINED, 0);
    }
}

/* The caught value, and the weak spots whose errors arrive here. */
static const fl_fact *catch_error(fl_exec *x, fl_activation *a, uint32_t block)
{
    const fl_fact *joined = NULL;
    for (const fl_throw *t = a->caught[block]; t; t = t->next) joined = joined ? fl_fact_join(x, joined, t->error) : t->error;
    if (!joined) return fl_fact_unknown(x);
    fl_fact *caught = fl_fact_copy(x, joined);
    caught->is_caught = true;
    return caught;
}

/* The weak spots whose errors arrive in a handler block wait for what it does. */
static void collect_pending(fl_exec *x, fl_activation *a, fl_state *s, uint32_t block)
{
    for (const fl_throw *t = a->caught[block]; t; t = t->next) {
        if (!t->spot) continue;
        fl_pending_list *p = FL_NEW(x->arena, fl_pending_list);
        *p = (fl_pending_list){ t->spot, s->pending };
        s->pending = p;
    }
}

/* What a handler puts on the request and may be missing there is the caller's identity as far as a request can tell. */
static const fl_fact *as_identity(fl_exec *x, const fl_fact *value, const fl_node *node)
{
    if (!(value->may & FL_T_NULLISH) || !value->miss || value->miss->kind != FL_WS_missing_lookup) return value;
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = (fl_miss){ .kind = FL_WS_missing_identity, .status = 401, .origin = node, .certainty = FL_CERTAIN };
    fl_fact *f = fl_fact_copy(x, value);
    f->miss = miss;
    return f;
}

static void write_field(fl_exec *x, fl_state *s, const fl_fact *object, fl_sym key, const fl_fact *value)
{
    if (!object->vid || !key) return;
    value = fl_fact_settled(x, s, value);
    if (object == x->request) value = as_identity(x, value, value->at);
    fl_state_put(x, s, FL_KEY_FIELD(object->vid, key), value);
    if (!object->shape) return;
    fl_shape *shape = (fl_shape *)(uintptr_t)object->shape;
    for (size_t n = 0; n < shape->keys.count; n++) if (shape->keys.items[n] == key) return;
    fl_vec_push(x->arena, &shape->keys, key);
}

/* `const data: CreateUser = req.body`: what the annotation of a declared name or pattern claims. */
static void claim_declared(fl_exec *x, fl_activation *a, const fl_fact *f, const fl_node *node)
{
    const fl_node *let = node && node->kind != FL_NODE_let && node->parent && node->parent->first == node ? node->parent : node;
    const fl_node *claim = let && let->kind == FL_NODE_let ? fl_node_child(let, 2) : NULL;
    if (claim && !fl_node_is_absent(claim)) fl_claim_type(x, a, f, claim);
}

/* The object of `object.member = …`; NULL for what is no member (a parameter that becomes a field). */
static const fl_node *written_object(const fl_node *target)
{
    return target && (target->kind == FL_NODE_member || target->kind == FL_NODE_index) ? target->first : NULL;
}

/* Where memory is raw, a.b is part of a itself; only a->b goes where it points. */
static bool follows(const fl_exec *x, const fl_node *access)
{
    return !x->builtins || !x->builtins->has_raw_memory || !access || access->kind != FL_NODE_member || access->flags & FL_FLAG_ARROW;
}

/* d["k"] where that throws when there is none. */
void fl_exec_must_have(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *found, bool is_list, const fl_fact *index, const fl_node *node)
{
    if (found->fallback || !(fl_fact_may(s, found) & FL_T_UNDEFINED) || (!found->place && !found->miss)) return;
    if (found->place && !found->miss && found->place->parent && found->place->parent->absent_status) {
        fl_exec_demand(x, a, s, found, found->place->parent->absent_status, node);
        return;
    }
    if (found->place && !found->miss && (found->place->in == FL_IN_PATH || found->place->in == FL_IN_IDENTITY || found->place->in == FL_IN_NOWHERE)) return;
    fl_pending *spot = fl_spot_missing(x, a, s, found, node, node);
    if (spot) {
        bool is_index = fl_fact_types(s, index) == FL_T_NUMBER && x->builtins->missing_index.len && !(!is_list && found->miss && found->miss->kind == FL_WS_missing_lookup && !index->literal_type);
        bool is_part = node && node->parent && node->parent->kind == FL_NODE_list && node->parent->flags & FL_FLAG_PATTERN && x->builtins->missing_part.len;   /* a, b = … of fewer */
        if (is_part && spot->spot.kind == FL_WS_missing_match) spot->spot.kind = FL_WS_parse_throws;
        spot->spot.failure = is_part ? x->builtins->missing_part : is_index ? x->builtins->missing_index : x->builtins->missing_key;
        if (found->place && !found->miss && found->place->parent && found->place->parent->absent_error) spot->spot.failure = fl_sym_str(found->place->parent->absent_error);
        fl_exec_throw(x, a, fl_fact_error(x, spot->spot.failure), node, s, spot, false);
    }
    fl_refine_edit(x, s, found)->types &= (uint16_t)~FL_T_UNDEFINED;
}

/* a + b, a < b: null throws, and so do a text and a number. */
static void check_operands(fl_exec *x, fl_activation *a, fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r, const fl_node *node)
{
    const fl_fact *sides[2] = { l, r };
    bool is_order = op == FL_OP_lt || op == FL_OP_le || op == FL_OP_gt || op == FL_OP_ge;
    bool is_arithmetic = op == FL_OP_add || op == FL_OP_sub || op == FL_OP_mul || op == FL_OP_div || op == FL_OP_mod || op == FL_OP_pow;
    if ((!is_order && !is_arithmetic) || (op == FL_OP_mod && !(fl_fact_types(s, l) == FL_T_NUMBER))) return;
    for (unsigned i = 0; i < 2; i++) {
        const fl_node *subject = fl_node_child(node, i);
        const fl_fact *f = sides[i], *other = sides[!i];
        fl_exec_present(x, a, s, f, node, subject);
        unsigned wanted = fl_fact_types(s, other);
        bool is_one = wanted == FL_T_NUMBER || (wanted == FL_T_STRING && op != FL_OP_mul);
        if (!is_one || !f->place || f->is_coerced || f->is_derived) continue;
        unsigned bad = fl_fact_may(s, f) & ~(unsigned)(FL_T_NULLISH | wanted | (wanted == FL_T_NUMBER ? FL_T_BOOLEAN : 0));
        if (op == FL_OP_mul) bad &= ~(unsigned)(FL_T_STRING | FL_T_LIST);
        if (!bad) continue;
        fl_place_use(x, f, fl_json_of_types(wanted), false);
        fl_pending *spot = fl_spot_type(x, a, s, f, wanted, node, subject);
        if (spot) fl_exec_throw(x, a, fl_fact_error(x, spot->spot.failure), node, s, spot, false);
        fl_refine_edit(x, s, f)->types &= (uint16_t)(wanted | FL_T_NULLISH);
    }
}

static const fl_fact *run_instr(fl_exec *x, fl_activation *a, fl_state **state, const fl_instr *i, uint32_t block)
{
    fl_state *s = *state;
    fl_str text;
    switch ((fl_instr_op)i->op) {
    case FL_I_constant: return constant(x, i->node);
    case FL_I_load:
        if (i->flags & FL_I_OUTER) return fl_exec_outer(x, a, s, i->sym, i->node);
        { const fl_fact *f = fl_state_get(s, FL_KEY_VAR(a->id, i->var)); return f ? f : fl_fact_literal(x, FL_T_UNDEFINED, 0); }
    case FL_I_store:
        if (i->flags & FL_I_OUTER) { fl_memory_give(x, s, temp(x, a, i->a)); store_outer(x, a, s, i->sym, temp(x, a, i->a)); }
        else {
            const fl_fact *f = fl_exec_found(x, s, fl_state_get(s, FL_KEY_VAR(a->id, i->var)), fl_fact_settled(x, s, temp(x, a, i->a)));
            if (f->place) claim_declared(x, a, f, i->node);
            if (f->place) fl_text_stored(x, a, f, a->func->vars.items[i->var].name);
            fl_state_put(x, s, FL_KEY_VAR(a->id, i->var), f);
        }
        return NULL;
    case FL_I_member: {
        const fl_fact *object = temp(x, a, i->a), *above = NULL;
        if (i->node && i->node->kind == FL_NODE_member && i->node->first->kind == FL_NODE_super_ && (above = fl_exec_super_member(x, a, s, i->sym, i->node))) return above;
        if (!(i->flags & FL_I_OPTIONAL) && follows(x, i->node)) fl_exec_present(x, a, s, object, i->node, i->node ? i->node->first : NULL);
        return fl_split_member(x, object, i->sym, fl_exec_member(x, a, s, fl_exec_object(s, object), i->sym, i->node));
    }
    case FL_I_index: {
        const fl_fact *object = temp(x, a, i->a);
        if (!(i->flags & FL_I_OPTIONAL)) fl_exec_present(x, a, s, object, i->node, i->node ? i->node->first : NULL);
        const fl_fact *row = object->value && object->value->kind == FL_V_CLASS ? class_item(x, a, state, object, temp(x, a, i->b), i->node) : NULL;
        if (row) return row;
        const fl_fact *found = fl_exec_index(x, a, s, fl_exec_object(s, object), temp(x, a, i->b), i->node);
        if (x->builtins && x->builtins->missing_key.len && found && !fl_exec_object(s, object)->tuple) fl_exec_must_have(x, a, s, found, fl_exec_object(s, object)->types == FL_T_LIST, temp(x, a, i->b), i->node);
        return found;
    }
    case FL_I_set_member: {
        const fl_fact *object = temp(x, a, i->a);
        fl_exec_present(x, a, s, object, i->node, written_object(i->node));
        const fl_member *written = object->type ? fl_model_type_member(object->type, i->sym) : NULL;
        const fl_fact *value = temp(x, a, i->b);
        fl_memory_give(x, s, value);
        if (written && written->set) (void)fl_exec_effect(x, a, state, written->set, NULL, object, &value, 1, i->node);
        const fl_fact *same = object == x->request && value->needle && !value->place && fl_fact_types(s, value) == FL_T_ANY ? value->needle : NULL;
        if (same && same->place && !same->place->parent && fl_location_named(fl_sym_str(i->sym)) == same->place->in) value = same;   /* request.body = clean(request.body) */
        write_field(x, s, fl_exec_object(s, object), i->sym, value);
        return NULL;
    }
    case FL_I_set_index: {
        const fl_fact *object = temp(x, a, i->a);
        fl_exec_present(x, a, s, object, i->node, written_object(i->node));
        object = fl_exec_object(s, object);
        fl_memory_give(x, s, temp(x, a, i->c));
        if (x->builtins && x->builtins->has_raw_memory) fl_bounds_index(x, a, s, object, temp(x, a, i->b), i->node);
        if (object->types == FL_T_DICT && x->builtins && x->builtins->missing_key.len) fl_exec_filled(x, s, object);
        uint64_t slot = fl_exec_index_key(object, temp(x, a, i->b));
        fl_exec_index_written(x, s, object, temp(x, a, i->b));
        if (fl_fact_text(temp(x, a, i->b), s, &text)) write_field(x, s, object, fl_sym_of(text), temp(x, a, i->c));
        else if (slot) fl_state_put(x, s, slot, fl_fact_settled(x, s, temp(x, a, i->c)));
        return NULL;
    }
    case FL_I_call: return fl_exec_call(x, a, state, i);
    case FL_I_closure: return make_closure(x, a, i->node);
    case FL_I_list: return make_list(x, a, s, i);
    case FL_I_dict: return make_dict(x, a, s, i);
    case FL_I_template_: {
        const fl_fact *line = fl_dispatch_template(x, a, s, i);
        return line ? line : fl_fact_new(x, FL_T_STRING, 0);
    }
    case FL_I_address: return fl_exec_address(x, a, s, i);
    case FL_I_set_pointer:
        fl_exec_present(x, a, s, temp(x, a, i->a), i->node, i->node->first);
        fl_exec_set_pointer(x, a, s, temp(x, a, i->a), temp(x, a, i->b));
        return NULL;
    case FL_I_unary:
        if (i->sub == FL_OP_dereference) {
            fl_exec_present(x, a, s, temp(x, a, i->a), i->node, i->node->first);
            return fl_exec_dereference(x, s, temp(x, a, i->a));
        }
        if (i->sub == FL_OP_address) return fl_fact_settled_present(x, temp(x, a, i->a));
        return fl_exec_unary(x, s, (fl_op)i->sub, temp(x, a, i->a), i->node);
    case FL_I_binary: {
        const fl_fact *l = temp(x, a, i->a), *r = temp(x, a, i->b), *known = l->text || r->text ? fl_text_operator(x, a, s, (fl_op)i->sub, l, r, i->node) : NULL;
        if (x->builtins && x->builtins->wrong_operand.len && !known) check_operands(x, a, s, (fl_op)i->sub, l, r, i->node);
        bool is_format = i->sub == FL_OP_mod && x->builtins && x->builtins->zero_divisor.len && fl_fact_types(s, l) != FL_T_NUMBER;   /* "%d" % n */
        if ((i->sub == FL_OP_div || i->sub == FL_OP_mod) && !is_format) fl_bounds_divide(x, a, s, r, i->node);
        if (!known) known = fl_position_moved(x, s, (fl_op)i->sub, l, r);
        if (!known && x->dispatch) known = fl_dispatch_binary(x, a, s, (fl_op)i->sub, l, r, i->node);
        bool is_moved = !known && i->sub == FL_OP_add && x->builtins && x->builtins->has_raw_memory && l->types & FL_T_STRING && fl_fact_types(s, r) == FL_T_NUMBER;
        if (is_moved) fl_exec_present(x, a, s, l, i->node, i->node ? i->node->first : NULL);   /* strchr(text, ' ') + 1 */
        if (!known) known = fl_bounds_longer(x, (fl_op)i->sub, l, r);
        return known ? known : fl_exec_binary(x, s, (fl_op)i->sub, l, r, i->node);
    }
    case FL_I_cast: {
        const fl_fact *f = temp(x, a, i->a);
        if (f->place && i->node) fl_claim_type(x, a, f, fl_node_child(i->node, 1));
        return f;
    }
    case FL_I_await: return await_fact(x, a, s, temp(x, a, i->a), i->node);
    case FL_I_yield:
        if (x->in_dependency && !a->caller && i->a) x->yielded = fl_fact_join(x, x->yielded, temp(x, a, i->a));
        return fl_fact_unknown(x);
    case FL_I_iterate: return iterate(x, a, s, i);
    case FL_I_rest: return take_rest(x, a, s, i);
    case FL_I_destructure: {   /* const { a } = value: the value is what is missing */
        const fl_fact *taken = temp(x, a, i->a);
        if (taken->place) claim_declared(x, a, taken, i->node);
        const fl_node *let = i->node ? i->node->parent : NULL, *value = let && let->kind == FL_NODE_let ? fl_node_child(let, 1) : NULL;
        fl_exec_present(x, a, s, temp(x, a, i->a), i->node, fl_node_is_absent(value) ? i->node : value);
        return NULL;
    }
    case FL_I_catch_: return catch_error(x, a, block);
    case FL_I_opaque: return fl_fact_unknown(x);
    case FL_I_prune: case FL_I_return_: case FL_I_throw_: case FL_I_jump: case FL_I_branch: case FL_INSTR_COUNT: break;
    }
    return NULL;
}

/* is_last: the block that it leaves has no more use for `s`. */
static void enter(fl_exec *x, fl_activation *a, uint32_t from, uint32_t to, fl_state *s, bool is_last)
{
    if (!to) return;
    bool is_back = a->func->blocks.items[to].order <= a->func->blocks.items[from].order;
    fl_state **slot = is_back ? &a->back[to] : &a->in[to];
    x->is_loop_join = is_back || a->func->blocks.items[to].is_loop_head;
    *slot = *slot || !is_last ? fl_state_join(x, *slot, s) : s;
    x->is_loop_join = false;
}

/* Behind a finally body: what arrived there goes on as it was; when nothing did, there is nothing to go on. */
static void pass_on(fl_exec *x, fl_activation *a, const fl_instr *i, fl_state *s)
{
    for (const fl_pending_list *p = s->pending; p; p = p->next) fl_exec_throw(x, a, fl_exec_temp(a, i->a), i->node, s, p->spot, false);
    for (uint32_t b = 1; b < a->func->blocks.count; b++) {
        const fl_instr *first = &a->func->instrs.items[a->func->blocks.items[b].first_instr];
        if (first->op != FL_I_catch_ || first->dst != i->a) continue;
        for (const fl_throw *t = a->caught[b]; t; t = t->next)
            if (!t->spot) fl_exec_throw(x, a, t->error, t->node, t->state ? t->state : s, NULL, t->is_explicit);
    }
}

static void throw_out(fl_exec *x, fl_activation *a, const fl_instr *i, fl_state *s)
{
    if (i->a && i->node && i->node->kind != FL_NODE_throw_) { pass_on(x, a, i, s); return; }
    const fl_fact *error = i->a ? temp(x, a, i->a) : fl_fact_unknown(x);
    bool is_class = error->value && (error->value->kind == FL_V_EXTERNAL || (error->value->kind == FL_V_CLASS && error->value->node->flags & FL_FLAG_CALLABLE));
    if (is_class && x->builtins && x->builtins->missing_key.len) error = fl_exec_call_fact(x, a, &s, error, NULL, NULL, 0, i->node, true);   /* raise NotFound */
    bool is_left = i->node && i->node->start_byte == i->node->end_byte && error && !error->value && !error->type && !error->is_error;   /* what no clause takes: of that nothing is known */
    for (const fl_pending_list *p = is_left && s ? s->pending : NULL; p; p = p->next) fl_exec_throw(x, a, error, i->node, s, p->spot, false);
    if (s && error && !is_left) fl_exec_raise(x, a, s, error, i->node);
}

void fl_exec_raise(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *error, const fl_node *node)
{
    fl_str text;
    const fl_fact *status = fl_error_status(x, s, error);
    double n = 0;
    bool is_refusal = status && fl_fact_text(status, s, &text) && fl_str_to_double(text, &n) && n >= 400 && n < 500;
    for (const fl_pending_list *p = is_refusal && !x->is_dry ? s->pending : NULL; p; p = p->next) p->spot->is_refused = p->spot->is_silenced = true;
    if (s->pending && !is_refusal) {   /* what was caught goes on */
        for (const fl_pending_list *p = s->pending; p; p = p->next) {
            if (error->is_error && error->error_name) p->spot->spot.failure = fl_sym_str(error->error_name);   /* as another one */
            fl_exec_throw(x, a, error, node, s, p->spot, false);
        }
        return;
    }
    fl_spot_settle(x, s, false);
    fl_exec_throw(x, a, error, node, s, NULL, true);
    if (is_refusal) fl_exec_refuses(x, a, (uint16_t)n);
    if (n >= 400 && n < 500) fl_note_refusal_throw(x, a, node, (uint16_t)n);
}

/* A literal that is returned under a condition tells the caller that the condition held: "errors", "is valid" helpers. */
static const fl_fact *returned(fl_exec *x, const fl_activation *a, const fl_state *s, const fl_instr *i)
{
    const fl_fact *value = i->a ? fl_exec_temp(a, i->a) : NULL;
    if (!value) return fl_fact_literal(x, FL_T_UNDEFINED, 0);
    value = fl_fact_settled(x, s, value);
    bool is_falsy = value->literal_type == FL_T_BOOLEAN && !value->literal;
    bool is_telling = is_falsy || (value->literal_type == FL_T_STRING) || (value->types && !(value->types & (FL_T_NULLISH | FL_T_BOOLEAN | FL_T_NUMBER)));
    if (!(s->conditions || s->pending) || !is_telling) return value;
    fl_fact *f = fl_fact_copy(x, value);
    fl_refusals *r = FL_NEW(x->arena, fl_refusals);
    *r = (fl_refusals){ s->conditions, s->pending, is_falsy, value->refused_by };
    f->refused_by = r;
    return f;
}

/* if (step(query) != ROW) return NULL: it is null because nothing was found, or because what it is made of is. */
static const fl_fact *null_because(fl_exec *x, const fl_state *s, const fl_fact *value)
{
    const fl_cond *c = s->conditions;
    const fl_fact *subject = c ? c->predicate->subject : NULL;
    if (!subject || !value->literal_type || value->literal_type & ~FL_T_NULLISH || value->miss) return value;
    bool is_true = c->predicate->is_negated ? !c->holds : c->holds;
    bool is_null = c->predicate->kind == FL_PRED_NULLISH ? is_true : c->predicate->kind == FL_PRED_TRUTHY && !is_true;
    const fl_miss *miss = is_null && subject->may & FL_T_NULLISH ? subject->miss : NULL;
    if (!miss && subject->is_code && subject->needle && subject->needle->place) {
        fl_miss *made = FL_NEW(x->arena, fl_miss);
        *made = (fl_miss){ .kind = FL_WS_missing_lookup, .status = 404, .origin = subject->at, .certainty = FL_CERTAIN };
        fl_condition not_found = { .at = fl_place_pointer(x, subject->needle->place), .kind = FL_COND_NOT_FOUND };
        fl_vec_push(x->results, &made->triggers, not_found);
        miss = made;
    }
    if (!miss) return value;
    fl_fact *f = fl_fact_copy(x, value);
    f->miss = miss;
    f->because = subject->because ? subject->because : fl_because_add(x, NULL, subject->at, "the query may find nothing");
    return f;
}

static const fl_fact *promise_of(fl_exec *x, const fl_fact *value)
{
    fl_fact *promise = fl_fact_new(x, FL_T_OTHER, 0);
    promise->resolved = value;
    return promise;
}

static void return_from(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i, fl_exit *exit)
{
    const fl_fact *value = returned(x, a, s, i);
    bool is_raw = x->builtins && x->builtins->has_raw_memory;
    if (is_raw) {
        value = fl_exec_found(x, s, fl_fact_literal(x, FL_T_NULL, 0), null_because(x, s, value));
        fl_memory_return(x, a, s, i->a ? value : NULL, i->node);
    }
    if (is_raw || (a->caller && !x->is_dry)) {
        const fl_predicate *p = value->predicate;
        if (!p) fl_outcomes_add(x, &exit->outcomes, value, s);
        for (unsigned holds = 0; p && holds < 2; holds++) {
            fl_state *so = fl_state_copy(x, s);
            if (!is_raw) fl_assume(x, so, p, holds, i->node);
            if (fl_narrow(x, so, p, holds)) fl_outcomes_add(x, &exit->outcomes, fl_fact_literal(x, FL_T_BOOLEAN, holds), so);
        }
    }
    if (a->func->is_async && exit->value && !exit->value->resolved != !value->resolved) {   /* a promise of the other is what comes back */
        if (!value->resolved) value = promise_of(x, value);
        else exit->value = promise_of(x, exit->value);
    }
    exit->value = fl_split_join(x, fl_fact_join(x, exit->value, value), exit->state, exit->value, s, value);
    exit->state = fl_state_join(x, exit->state, s);
}

/* Where a block ends that says nothing of itself. */
static const fl_node *block_node(const fl_activation *a, const fl_block *block)
{
    const fl_node *node = NULL;
    for (uint32_t n = 0; n < block->instr_count; n++)
        if (a->func->instrs.items[block->first_instr + n].node) node = a->func->instrs.items[block->first_instr + n].node;
    return node;
}

void fl_exec_block(fl_exec *x, fl_activation *a, uint32_t b, fl_exit *exit)
{
    const fl_block *block = &a->func->blocks.items[b];
    if (x->onion.has_rest && !x->onion.again && !a->caller && !a->caught[b] && block->instr_count && a->func->instrs.items[block->first_instr].op == FL_I_catch_) return;   /* it catches what the rest throws: that comes later, one by one */
    fl_state *s = fl_state_copy(x, a->in[b]);
    if (!a->caller) x->onion.has_written = false;
    a->handler = block->handler;
    if (a->caught[b]) collect_pending(x, a, s, b);
    if (block->handler && !a->in[block->handler]) a->in[block->handler] = fl_state_copy(x, s);   /* anything may throw */
    for (uint32_t n = 0; n < block->instr_count; n++) {
        const fl_instr *i = &a->func->instrs.items[block->first_instr + n];
        x->handler_start += a->is_library;
        if (++x->steps > x->step_limit) { x->is_truncated = true; return; }
        x->block_of_answer = b;
        switch ((fl_instr_op)i->op) {
        case FL_I_prune: {
            bool is_dead = false;
            fl_exec_prune(x, a, s, i, &is_dead);
            if (is_dead) { a->improbable[b] = true; return; }   /* nobody comes here */
            break;
        }
        case FL_I_return_:
            if (!x->in_dependency && fl_exec_answers(x, a) && x->framework && x->framework->returns_answer && fl_named_returns(x, s, i->a ? fl_exec_temp(a, i->a) : NULL)) {
                fl_named_answer(x, a, s, fl_exec_temp(a, i->a), i->node);
                if (!x->is_last_handler && !x->in_error_handler && !x->framework->is_onion) return;   /* a hook that answers: nothing is handed on */
            }
            if (!a->caller && x->framework && x->framework->hands_on_by_returning && !x->is_last_handler && !x->in_error_handler && s->has_responded) return;   /* it answered: nothing is handed on */
            if (!a->caller && x->framework && x->framework->is_onion) fl_pending_answer(x, a, s, i->node);
            if (!a->caller) x->handler_returns = true;
            if (!a->caller) {   /* res.status = 400; return; */
                uint16_t status = fl_answer_by_default(x, s);
                if (status >= 400 && status < 500) fl_exec_refuses(x, a, status);
            }
            return_from(x, a, s, i, exit);
            exit->returns = true;
            return;
        case FL_I_throw_: throw_out(x, a, i, s); return;
        case FL_I_jump:
            if (!a->caller && x->onion.has_written && fl_state_get(s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_))) fl_pending_answer(x, a, s, i->node ? i->node : block_node(a, block));   /* behind here ways meet, which say other things */
            enter(x, a, b, i->target, s, true);
            return;
        case FL_I_branch:
            enter(x, a, b, i->target, s, false);
            enter(x, a, b, i->other, s, true);
            return;
        default: {
            const fl_fact *f = run_instr(x, a, &s, i, b);
            if (i->dst) a->temps[i->dst] = f ? f : fl_fact_unknown(x);
            if (!s) return;   /* the call never returns */
        }
        }
    }
}

/* Which blocks answer a refusal on every way out? Backwards over the graph. */
static void find_refusals(fl_exec *x, fl_activation *a)
{
    const fl_func *f = a->func;
    for (size_t k = f->rpo.count; k-- > 0;) {
        uint32_t b = f->rpo.items[k];
        const fl_block *block = &f->blocks.items[b];
        if (a->refusing[b] || !block->instr_count) continue;
        const fl_instr *last = &f->instrs.items[block->first_instr + block->instr_count - 1];
        uint32_t next[2] = { 0, 0 };
        if (last->op == FL_I_jump) next[0] = last->target;
        else if (last->op == FL_I_branch) { next[0] = last->target; next[1] = last->other; }
        else continue;
        bool all = true;
        for (int n = 0; n < 2; n++) {
            if (!next[n] || a->is_unlikely[next[n]]) continue;
            bool is_back = f->blocks.items[next[n]].order <= block->order;
            if (a->improbable[next[n]] && next[!n] && !a->improbable[next[!n]]) continue;
            if (is_back || !a->in[next[n]]) { all = all && !is_back; continue; }
            all = all && a->refusing[next[n]];
            if (a->refusing[next[n]]) a->refusing_status[b] = a->refusing_status[next[n]];
        }
        a->refusing[b] = all && a->refusing_status[b];
    }
    for (size_t b = 1; b < f->blocks.count; b++)
        if (a->branches[b] && a->refusing[b]) {
            fl_branch *branch = (fl_branch *)(uintptr_t)a->branches[b];
            branch->refuses[a->arms[b]] = true;
            branch->status[a->arms[b]] = a->refusing_status[b];
        }
    (void)x;
}

static bool has_loops(const fl_func *f)
{
    for (size_t b = 1; b < f->blocks.count; b++) if (f->blocks.items[b].is_loop_head) return true;
    return false;
}

static void run_pass(fl_exec *x, fl_activation *a, const fl_state *entry, fl_exit *exit)
{
    size_t n = a->func->blocks.count;
    *exit = (fl_exit){ 0 };
    a->throws = NULL;
    for (size_t b = 0; b < n; b++) { a->in[b] = a->back[b]; a->caught[b] = NULL; }
    a->in[1] = fl_state_copy(x, entry);
    bool *done = FL_NEW_ARRAY(x->arena, bool, n);   /* by a handler before */
    for (size_t k = 0; k < a->func->rpo.count && !x->is_truncated; k++) {
        uint32_t b = a->func->rpo.items[k];
        if (a->in[b] && !done[b] && !fl_caught_run(x, a, b, exit, done)) fl_exec_block(x, a, b, exit);
    }
}

static bool resolve_function(fl_exec *x, const fl_fact *function, fl_activation *a, const fl_node **node)
{
    if (function->closure) {
        *node = function->closure->node;
        a->outer = function->closure->frame;
        a->scope = a->outer->scope;
        a->module = a->outer->module;
        if (!a->self || function->closure->self) a->self = function->closure->self;
        return (*node)->kind == FL_NODE_function;
    }
    fl_value *v = function->value;
    if (!v || v->kind != FL_V_FUNCTION) return false;
    *node = v->node;
    a->scope = v->scope;
    a->module = v->module;
    if (v->self && !a->self && function->receiver && function->receiver->value == v->self) a->self = function->receiver;   /* the object as it is on this path */
    if (v->self && (!a->self || v->node->flags & FL_FLAG_ARROW)) a->self = fl_fact_of_value(x, v->self);
    return true;
}

fl_exit fl_exec_function(fl_exec *x, const fl_fact *function, const fl_fact *self, const fl_fact **args, unsigned arg_count, fl_state *state, const fl_activation *caller, const fl_node *call)
{
    fl_activation *a = FL_NEW(x->arena, fl_activation);
    const fl_node *node = NULL;
    a->self = self;
    fl_exit exit = { .value = fl_fact_unknown(x), .state = state, .returns = true };
    bool is_run = resolve_function(x, function, a, &node) && x->depth < FL_LIMIT_FLOW_DEPTH && !x->is_truncated;
    bool is_library = is_run && fl_exec_is_library(x, node);   /* it is short, and no layer of the program */
    unsigned same = 0;
    for (const fl_activation *up = caller; up && is_run; up = up->caller) same += up->func->node == node;
    is_run = is_run && same < (is_library ? 8u : 1u);   /* recursion; what stands for a package is known to end */
    if (!is_run) {
        for (unsigned i = 0; state && i < arg_count; i++) if (args[i]) fl_memory_give(x, state, args[i]);
        return exit;
    }
    const fl_func *f = a->func = fl_exec_func(x, node);
    size_t n = f->blocks.count;
    if (n < 2) return exit;
    a->id = ++x->next_frame;
    a->caller = caller;
    a->call_node = call;
    a->is_library = is_library;
    a->temps = FL_NEW_ARRAY(x->arena, const fl_fact *, f->temp_count + 1);
    a->in = FL_NEW_ARRAY(x->arena, fl_state *, n);
    a->back = FL_NEW_ARRAY(x->arena, fl_state *, n);
    a->caught = FL_NEW_ARRAY(x->arena, const fl_throw *, n);
    a->branches = FL_NEW_ARRAY(x->arena, const fl_branch *, n);
    a->arms = FL_NEW_ARRAY(x->arena, bool, n);
    a->improbable = FL_NEW_ARRAY(x->arena, bool, n);
    a->refusing = FL_NEW_ARRAY(x->arena, bool, n);
    a->refusing_status = FL_NEW_ARRAY(x->arena, uint16_t, n);
    a->is_unlikely = FL_NEW_ARRAY(x->arena, bool, n);
    const fl_model *outer_builtins = x->builtins;
    uint32_t outer_block = x->block_of_answer;
    if (a->module && a->module->builtins) x->builtins = a->module->builtins;
    fl_state *entry = fl_state_copy(x, state);
    uint32_t first_vid = x->next_vid;
    const fl_fact *placed[32] = { NULL };
    bool is_placed = f->param_count <= FL_COUNT(placed) && (caller || !x->framework || !x->framework->calls_by_name) && fl_named_bind(x, entry, node->first, args, arg_count, placed, FL_COUNT(placed));
    if (!is_placed && !caller && x->framework && x->framework->calls_by_name && f->param_count <= FL_COUNT(placed)) {
        for (unsigned p = 0; p < arg_count && p < FL_COUNT(placed); p++) placed[p] = args[p];
        is_placed = true;
    }
    for (unsigned p = 0; p < f->param_count; p++) {
        const fl_node *declared = node->first ? fl_node_child(node->first, p) : NULL;
        bool has_default = declared && declared->kind == FL_NODE_param && !fl_node_is_absent(fl_node_child(declared, 1));
        bool is_elsewhere = x->builtins && x->builtins->has_raw_memory && !has_default;   /* what is left out has a default, which another declaration says */
        const fl_fact *value = p < arg_count && args[p] ? args[p] : is_elsewhere ? fl_fact_unknown(x) : fl_fact_literal(x, FL_T_UNDEFINED, 0);
        if (is_placed) value = placed[p] ? placed[p] : fl_fact_literal(x, FL_T_UNDEFINED, 0);
        else if (f->has_rest && p + 1 == f->param_count) {
            fl_fact *rest = fl_fact_new(x, FL_T_LIST, 0);
            for (unsigned k = p; k < arg_count; k++) rest->element = fl_fact_join(x, rest->element, args[k]);
            value = rest;
        }
        const fl_node *param = node->first ? fl_node_child(node->first, p) : NULL, *claim = param && param->kind == FL_NODE_param ? fl_node_child(param, 2) : NULL;
        if (value->place && param && caller) fl_text_passed(x, a, value, param->sym);
        bool is_handed = value->place && (value->place->parent || (caller && fl_exec_is_library(x, caller->func->node)));
        if (is_handed && !fl_node_is_absent(claim)) fl_claim_type(x, a, value, claim);
        fl_state_put(x, entry, FL_KEY_VAR(a->id, p + 1), value);
    }
    x->depth += !is_library;
    bool was_dry = x->is_dry;
    if (has_loops(f) && !was_dry) {   /* what is for the record goes as far as this one */
        uint32_t began = x->steps, started = x->handler_start, limit = x->step_limit;
        bool has_begun = x->has_begun;
        x->is_dry = true;
        run_pass(x, a, entry, &exit);
        x->is_dry = was_dry;
        x->handler_start = started + (x->steps - began);
        x->step_limit = x->has_begun != has_begun ? limit : x->step_limit;
        x->has_begun = has_begun;
    }
    run_pass(x, a, entry, &exit);
    find_refusals(x, a);
    x->depth -= !is_library;
    x->builtins = outer_builtins;
    x->block_of_answer = outer_block;
    if (exit.state) { exit.state = fl_state_copy(x, exit.state); fl_state_forget(x, exit.state, state, first_vid, a->id, exit.value); }
    exit.throws = a->throws;
    fl_memory_hand_on(x, a, exit.value);
    if (exit.outcomes) exit.value = fl_outcomes_end(x, exit.value, exit.outcomes, exit.state, a->id);
    /* a callee that refuses on every way out refuses for its caller too */
    if (caller && a->refusing[1] && outer_block) fl_exec_refuses(x, (fl_activation *)(uintptr_t)caller, a->refusing_status[1]);
    if (f->is_async) {
        fl_fact *promise = fl_fact_new(x, FL_T_OTHER, 0);
        promise->resolved = exit.value ? exit.value : fl_fact_literal(x, FL_T_UNDEFINED, 0);
        promise->rejects = exit.throws;
        if (exit.value && exit.value->resolved) {   /* `return promise` in an async function: whoever awaits the one awaits the other */
            promise->resolved = exit.value->resolved;
            for (const fl_throw *t = exit.value->rejects; t; t = t->next) {
                fl_throw *copy = FL_NEW(x->arena, fl_throw);
                *copy = *t;
                copy->next = promise->rejects;
                promise->rejects = copy;
            }
        }
        exit.throws = NULL;
        exit.value = promise;
        if (!exit.state) { exit.state = fl_state_copy(x, state); exit.returns = true; }
    }
    return exit;
}
