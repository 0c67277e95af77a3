/*
 * From tests to rules. A test whose arm always refuses says what the API requires: fl_guards_apply turns each into facts of its place
 * (required, type, limits, enum). A test that does not refuse is a condition on the way: fl_conditions_of collects those for a weak spot.
 */
#include "extractor/flow/exec_p.h"

static fl_place *mutable_place(const fl_place *p) { return (fl_place *)(uintptr_t)p; }

static fl_schema *limits_of(fl_exec *x, fl_place *p)
{
    if (!p->limits) p->limits = fl_schema_new(x->results, 0);
    return p->limits;
}

/* Asks whether something is there that always is: a path parameter. */
static bool is_idle(const fl_cond *c)
{
    bool asks_null = c->predicate->kind == FL_PRED_NULLISH || c->predicate->kind == FL_PRED_NULL || c->predicate->kind == FL_PRED_UNDEFINED;
    return asks_null && c->place && c->place->in == FL_IN_PATH;
}

static bool is_survivor(const fl_cond *c) { return (c->branch && c->branch->refuses[!c->arm]) || is_idle(c); }

static bool is_above(const fl_place *up, const fl_place *p)
{
    for (; p; p = p->parent) if (p == up) return true;
    return false;
}

/* Is the rule unconditional: was everything before it either a rule itself, or about the same place (or one above it)? */
static bool is_unconditional(const fl_cond *c)
{
    for (const fl_cond *up = c->next; up; up = up->next)
        if (!is_survivor(up) && !(up->place && is_above(up->place, c->place)) && up->place) return false;
    return true;
}

static bool refuses_fallback(const fl_cond *c);

static void require(fl_exec *x, const fl_cond *c)
{
    bool has_fallback = c->predicate->subject && c->predicate->subject->fallback;
    if (!(has_fallback ? refuses_fallback(c) : c->types_before & FL_T_UNDEFINED) || !is_unconditional(c)) return;
    mutable_place(c->place)->is_required = true;
    const fl_value *choices = c->predicate->subject ? c->predicate->subject->choices : NULL;
    for (size_t i = 0; choices && c->place->parent && i < choices->items.count; i++)
        if (choices->items.items[i]->kind == FL_V_STRING) fl_place_child(x, c->place->parent, choices->items.items[i]->text, NULL)->is_required = true;
}

void fl_exec_demand(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, uint16_t status, const fl_node *node)
{
    fl_predicate *p = FL_NEW(x->arena, fl_predicate);
    *p = (fl_predicate){ .kind = FL_PRED_UNDEFINED, .subject = f };
    fl_branch *branch = FL_NEW(x->arena, fl_branch);
    branch->node = node;
    branch->refuses[true] = true;
    branch->status[true] = status;
    fl_cond *c = FL_NEW(x->arena, fl_cond);
    *c = (fl_cond){ .predicate = p, .holds = true, .types_before = fl_fact_types(s, f) | FL_T_UNDEFINED, .place = f->place, .branch = branch, .arm = true, .next = s->conditions };
    if (!x->is_dry) fl_vec_push(x->arena, &x->guards, ((fl_guard){ c, branch, true }));
    fl_fact *error = fl_fact_copy(x, fl_fact_error(x, FL_S("")));
    error->type = x->framework && x->framework->own_error ? fl_models_type(x->models, x->framework->own_error) : NULL;
    fl_state *at = fl_state_copy(x, s);
    at->conditions = c;
    const fl_fact *code = fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", status)));
    for (size_t i = 0; x->framework && i < x->framework->error_status_members.count; i++) fl_state_put(x, at, FL_KEY_FIELD(error->vid, x->framework->error_status_members.items[i]), code);
    fl_exec_throw(x, a, error, node, at, NULL, true);
    fl_refine_edit(x, s, f)->types &= (uint16_t)~FL_T_UNDEFINED;
}

void fl_exec_assert(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_fact *error, const fl_node *node)
{
    fl_predicate *p = FL_NEW(x->arena, fl_predicate);
    *p = (fl_predicate){ .kind = FL_PRED_TRUTHY, .subject = f };
    if (f->predicate && !(f->predicate->kind == FL_PRED_TYPE && !f->predicate->types)) *p = *f->predicate;
    const fl_fact *status = fl_error_status(x, s, error);
    fl_str text;
    int64_t n = 0;
    if (!status || !fl_fact_text(status, s, &text) || !fl_str_to_int(text, &n)) n = 0;
    fl_branch *branch = FL_NEW(x->arena, fl_branch);
    branch->node = node;
    branch->refuses[false] = n >= 400 && n < 500;
    branch->status[false] = (uint16_t)n;
    fl_cond *c = FL_NEW(x->arena, fl_cond);
    *c = (fl_cond){ .predicate = p, .holds = false, .types_before = p->subject ? fl_fact_types(s, p->subject) : 0, .place = p->subject ? p->subject->place : NULL, .branch = branch, .arm = false, .next = s->conditions };
    fl_state *at = fl_state_copy(x, s);
    if (fl_narrow(x, at, p, false)) {
        at->conditions = c;
        fl_exec_throw(x, a, error, node, at, NULL, true);
    }
    (void)fl_narrow(x, s, p, true);
    if (c->place && !x->is_dry) fl_vec_push(x->arena, &x->guards, ((fl_guard){ c, branch, false }));
}

/* Would the test refuse what the value is when the place is absent? */
static bool refuses_fallback(const fl_cond *c)
{
    const fl_predicate *p = c->predicate;
    const fl_fact *f = p->subject ? p->subject->fallback : NULL;
    fl_str text;
    double n, m;
    if (!f) return false;
    bool must_hold = p->is_negated ? c->holds : !c->holds, is_empty = f->literal_type == FL_T_STRING && !f->literal;
    switch (p->kind) {
    case FL_PRED_TRUTHY: return must_hold && (is_empty || (f->literal_type & FL_T_NULLISH));
    case FL_PRED_EQUAL: return must_hold && (p->other && p->other->literal_type ? f->literal_type && !(f->literal_type == p->other->literal_type && f->literal == p->other->literal) : is_empty);
    case FL_PRED_TYPE: return must_hold && f->types && !(f->types & p->types);
    case FL_PRED_LESS: case FL_PRED_AT_MOST: case FL_PRED_GREATER: case FL_PRED_AT_LEAST: {
        if (f->literal_type != FL_T_NUMBER || !p->other || !fl_fact_text(f, NULL, &text) || !fl_str_to_double(text, &n) || !fl_fact_text(p->other, NULL, &text) || !fl_str_to_double(text, &m)) return false;
        bool is_so = p->kind == FL_PRED_LESS ? n < m : p->kind == FL_PRED_AT_MOST ? n <= m : p->kind == FL_PRED_GREATER ? n > m : n >= m;
        return is_so != must_hold;
    }
    default: return false;
    }
}

static void add_enum(fl_exec *x, fl_place *p, const fl_fact *set)
{
    const fl_value *v = set->value;
    if (v && (v->kind == FL_V_LIST || v->kind == FL_V_TYPED))
        for (size_t i = 0; i < v->items.count; i++) {
            const fl_value *item = v->items.items[i];
            for (size_t k = 0; item->kind == FL_V_LIST && k < item->items.count; k++) {
                const fl_value *one = item->items.items[k];
                if (one->kind == FL_V_LIST && one->items.count) one = one->items.items[0];   /* the key of an entry */
                if (one->kind == FL_V_STRING) fl_place_compare(x, &(fl_fact){ .place = p }, fl_fact_literal(x, FL_T_STRING, one->text));
            }
            if (item->kind == FL_V_LIST) continue;
            if (item->kind == FL_V_STRING || item->kind == FL_V_NUMBER) fl_place_compare(x, &(fl_fact){ .place = p }, fl_fact_literal(x, fl_value_types(item), item->text));
        }
    else if (v && v->kind == FL_V_DICT)
        for (size_t i = 0; i < v->slots.count; i++) fl_place_compare(x, &(fl_fact){ .place = p }, fl_fact_literal(x, FL_T_STRING, v->slots.items[i].key));
    else return;
    p->enum_is_closed = p->enumeration.count > 0;
}

static void add_bound(fl_exec *x, const fl_cond *c, const fl_predicate *p, bool must_hold)
{
    double n;
    fl_str text;
    if (!p->other || !fl_fact_text(p->other, NULL, &text) || !fl_str_to_double(text, &n)) return;
    /* what must hold of the value: `< n` must not hold means `>= n` */
    bool is_upper = (p->kind == FL_PRED_LESS || p->kind == FL_PRED_AT_MOST) == must_hold;
    bool is_open = (p->kind == FL_PRED_LESS || p->kind == FL_PRED_GREATER) == must_hold;
    fl_schema *s = limits_of(x, mutable_place(c->place));
    if (c->is_length) {
        bool is_list = c->place->used_types & FL_JSON_ARRAY;
        int64_t whole = (int64_t)n + (is_open ? (is_upper ? -1 : 1) : 0);
        if (is_upper) { if (is_list) { s->has_max_items = true; s->max_items = whole; } else { s->has_max_length = true; s->max_length = whole; } }
        else if (is_list) { s->has_min_items = true; s->min_items = whole; }
        else { s->has_min_length = true; s->min_length = whole; }
        return;
    }
    if (is_upper) { s->has_maximum = true; s->maximum = n; s->maximum_is_exclusive = is_open; }
    else { s->has_minimum = true; s->minimum = n; s->minimum_is_exclusive = is_open; }
}

/* if len(text.split("/")) != 2: refused */
static void must_have_parts(fl_exec *x, const fl_cond *c, fl_place *place, const fl_predicate *p, bool must_hold)
{
    double n;
    fl_str text, mark = fl_sym_str(p->subject->base->separator);
    if (p->kind != FL_PRED_EQUAL || !must_hold || !p->other || !fl_fact_text(p->other, NULL, &text) || !fl_str_to_double(text, &n) || n < 1 || n > 8) return;
    const char *quoted = fl_str_find_char(FL_S("\\^$.|?*+()[]{}"), mark.ptr[0]) >= 0 ? "\\" : "";
    limits_of(x, place)->pattern = fl_str_format(x->results, "^[^%s%c]*(?:%s%c[^%s%c]*){%u}$", quoted, mark.ptr[0], quoted, mark.ptr[0], quoted, mark.ptr[0], (unsigned)n - 1);
    place->separator = p->subject->base->separator;
    (void)c;
}

/* Does the guard see whatever is there? Nothing stands before it but whether it is there at all. */
static bool sees_all(const fl_cond *c)
{
    for (const fl_cond *up = c->next; up; up = up->next)
        if (!is_survivor(up) && !(up->place == c->place && (up->predicate->kind == FL_PRED_NULLISH || up->predicate->kind == FL_PRED_UNDEFINED || up->predicate->kind == FL_PRED_NULL))) return false;
    return true;
}

/* The request is refused when the predicate has the truth value it has in the arm; so the opposite is what a valid request has. */
static void apply_rule(fl_exec *x, const fl_cond *c)
{
    const fl_predicate *p = c->predicate;
    bool must_hold = p->is_negated ? c->holds : !c->holds;
    fl_place *place = mutable_place(c->place);
    if (c->is_split) { must_have_parts(x, c, place, p, must_hold); return; }
    switch (p->kind) {
    case FL_PRED_NULLISH: case FL_PRED_UNDEFINED: if (!must_hold) require(x, c); break;
    case FL_PRED_TRUTHY:
        if (!must_hold) break;
        require(x, c);
        if (c->is_length) { limits_of(x, place)->has_min_items = (place->used_types & FL_JSON_ARRAY) != 0; if (place->used_types & FL_JSON_ARRAY) place->limits->min_items = 1; }
        else place->is_non_empty = true;
        break;
    case FL_PRED_TYPE:
        if (!must_hold) break;
        if (!c->is_coerced) place->used_types = fl_json_of_types(p->types & ~(unsigned)FL_T_NULLISH);
        if (!c->is_coerced && !c->is_length && !p->is_partial && sees_all(c)) place->checked_types = place->checked_types ? place->checked_types & place->used_types : place->used_types;
        if (!(p->types & FL_T_UNDEFINED)) require(x, c);
        break;
    case FL_PRED_FINITE: case FL_PRED_INTEGER:
        if (!must_hold) break;
        require(x, c);
        if (!(place->used_types & FL_JSON_STRING) || c->is_coerced) place->used_types |= FL_JSON_NUMBER;
        place->is_integer |= p->kind == FL_PRED_INTEGER;
        break;
    case FL_PRED_EQUAL:
        if (!must_hold) break;
        require(x, c);
        if (p->other && p->other->literal_type && !c->is_length) place->enum_is_closed = place->enumeration.count > 0;
        if (c->is_length && p->other) { add_bound(x, c, &(fl_predicate){ .kind = FL_PRED_AT_LEAST, .other = p->other }, true); add_bound(x, c, &(fl_predicate){ .kind = FL_PRED_AT_MOST, .other = p->other }, true); }
        break;
    case FL_PRED_LESS: case FL_PRED_AT_MOST: case FL_PRED_GREATER: case FL_PRED_AT_LEAST:
        add_bound(x, c, p, must_hold);
        if (must_hold) require(x, c);   /* no comparison with a missing value is true */
        break;
    case FL_PRED_IN:
        if (must_hold && p->other && p->subject && p->subject->place) { require(x, c); add_enum(x, place, p->other); }
        break;
    case FL_PRED_MATCHES:
        if (!must_hold) break;
        require(x, c);
        place->used_types |= FL_JSON_STRING;
        if (p->other && p->other->value && p->other->value->kind == FL_V_REGEX) limits_of(x, place)->pattern = fl_sym_str(p->other->value->text);
        break;
    case FL_PRED_FORMAT:
        if (!must_hold) break;
        require(x, c);
        if (p->text) limits_of(x, place)->format = fl_str_eq_c(fl_sym_str(p->text), "url") ? FL_S("uri") : fl_sym_str(p->text);
        break;
    case FL_PRED_VALID:
        if (must_hold && p->schema) { place->declared = place->declared ? fl_schema_meet(x->results, place->declared, p->schema) : p->schema; place->is_read = true; require(x, c); }
        break;
    case FL_PRED_NULL: case FL_PRED_INSTANCE: case FL_PRED_ELEMENT_EQUAL: case FL_PRED_NONE: break;
    }
}

void fl_guards_apply(fl_exec *x)
{
    for (size_t i = 0; i < x->guards.count; i++) {
        const fl_guard *g = &x->guards.items[i];
        if (!g->branch->refuses[g->arm] || g->branch->refuses[!g->arm]) continue;
        if (g->cond->predicate->subject && g->cond->predicate->subject->is_derived && g->cond->predicate->kind != FL_PRED_TRUTHY) continue;
        apply_rule(x, g->cond);
    }
}

/* ---- conditions of a weak spot ---- */

bool fl_condition_from(fl_exec *x, const fl_cond *c, fl_condition *out)
{
    const fl_predicate *p = c->predicate;
    bool is_true = p->is_negated ? !c->holds : c->holds;
    bool is_equal = p->kind == FL_PRED_EQUAL && is_true;
    if (p->subject && p->subject->is_derived && !is_equal) return false;   /* of a text made from it: no simple value of the place itself */
    if (c->is_split) return false;
    *out = (fl_condition){ .at = fl_place_pointer(x, c->place) };
    switch (p->kind) {
    case FL_PRED_NULLISH: case FL_PRED_UNDEFINED: out->kind = is_true ? FL_COND_ABSENT : FL_COND_PRESENT; return true;
    case FL_PRED_NULL: out->kind = is_true ? FL_COND_NULL : FL_COND_PRESENT; return true;
    case FL_PRED_TRUTHY:
        if (c->is_length) { out->kind = is_true ? FL_COND_LENGTH_AT_LEAST : FL_COND_LENGTH_AT_MOST; out->value = fl_data_int(x->results, is_true ? 1 : 0); return true; }
        out->kind = is_true ? FL_COND_TRUTHY : FL_COND_FALSY;
        return true;
    case FL_PRED_TYPE:
        if (p->types == FL_T_UNDEFINED) { out->kind = is_true ? FL_COND_ABSENT : FL_COND_PRESENT; return true; }
        out->kind = is_true ? FL_COND_TYPE : FL_COND_NOT_TYPE;
        out->types = fl_json_of_types(p->types);
        return true;
    case FL_PRED_EQUAL:
        if (!p->other || !p->other->literal_type || c->is_length) return false;
        out->kind = is_true ? FL_COND_EQUALS : FL_COND_DIFFERS;
        out->value = fl_literal_data(x, p->other);
        return true;
    case FL_PRED_LESS: out->kind = is_true ? FL_COND_LESS : FL_COND_AT_LEAST; break;
    case FL_PRED_AT_MOST: out->kind = is_true ? FL_COND_AT_MOST : FL_COND_GREATER; break;
    case FL_PRED_GREATER: out->kind = is_true ? FL_COND_GREATER : FL_COND_AT_MOST; break;
    case FL_PRED_AT_LEAST: out->kind = is_true ? FL_COND_AT_LEAST : FL_COND_LESS; break;
    case FL_PRED_VALID: case FL_PRED_FINITE: case FL_PRED_INTEGER: case FL_PRED_IN: case FL_PRED_MATCHES: case FL_PRED_FORMAT: case FL_PRED_INSTANCE: case FL_PRED_ELEMENT_EQUAL: case FL_PRED_NONE:
        return false;
    }
    if (!p->other || p->other->literal_type != FL_T_NUMBER) return false;
    out->value = fl_literal_data(x, p->other);
    if (!c->is_length) return true;
    bool is_most = out->kind == FL_COND_LESS || out->kind == FL_COND_AT_MOST;
    int64_t number, past = out->kind == FL_COND_GREATER ? 1 : out->kind == FL_COND_LESS ? -1 : 0;   /* lengths are whole: more than 10 is 11 */
    if (past && fl_str_to_int(out->value->text, &number)) out->value = fl_data_int(x->results, number + past);
    out->kind = is_most ? FL_COND_LENGTH_AT_MOST : FL_COND_LENGTH_AT_LEAST;
    return true;
}

/* In the handler that tells the operations apart, every request of one passes the same tests of the connection. */
static bool is_loop_exit(const fl_cond *c)
{
    const fl_node *n = c->branch ? c->branch->node : NULL;
    while (n && n->parent && n->parent->kind == FL_NODE_logical) n = n->parent;
    return n && n->parent && n->parent->kind == FL_NODE_loop && fl_node_child(n->parent, 1) == n && !c->arm;   /* every loop ends */
}

static bool is_of_dispatch(const fl_exec *x, const fl_cond *c)
{
    const fl_node *test = c->branch ? c->branch->node : NULL;
    if (c->predicate->subject && c->predicate->subject->literal_type) return true;   /* decided */
    if (is_loop_exit(c)) return true;
    return x->dispatch && test && x->handler && fl_node_file(test) == fl_node_file(x->handler) && test->start_byte >= x->handler->start_byte && test->end_byte <= x->handler->end_byte;
}

void fl_conditions_of(fl_exec *x, const fl_cond *newest, fl_weak_spot *spot, bool *is_doubtful)
{
    FL_VEC(fl_condition) reversed = { 0 };
    for (const fl_cond *c = newest; c; c = c->next) {
        if (is_survivor(c)) continue;   /* every valid request passes it */
        fl_condition cond;
        if (!c->place) { if (!c->is_look_up && !is_of_dispatch(x, c)) *is_doubtful = true; continue; }
        if (fl_condition_from(x, c, &cond)) fl_vec_push(x->arena, &reversed, cond);
    }
    for (size_t i = reversed.count; i-- > 0;) fl_vec_push(x->results, &spot->conditions, reversed.items[i]);
}
