/*
 * What tests tell: operators make predicates, branches apply them. Read fl_exec_binary for
 * the making, fl_exec_prune and fl_narrow for what an arm of a branch knows. The rules that tests add up to are in rules.c.
 */
#include "extractor/flow/call_p.h"

const fl_fact *fl_fact_predicate(fl_exec *x, fl_predicate predicate)
{
    fl_predicate *p = FL_NEW(x->arena, fl_predicate);
    *p = predicate;
    fl_fact *f = fl_fact_new(x, FL_T_BOOLEAN, 0);
    f->predicate = p;
    return f;
}

/* ---- operators ---- */

unsigned fl_types_named(const fl_exec *x, fl_str word)
{
    const fl_data *names = x->builtins ? fl_data_get(fl_data_get_c(x->builtins->data, "type_names"), word) : NULL;
    static const struct { const char *word; unsigned types; } words[] = { { "undefined", FL_T_UNDEFINED }, { "null", FL_T_NULL }, { "boolean", FL_T_BOOLEAN }, { "number", FL_T_NUMBER },
        { "string", FL_T_STRING }, { "list", FL_T_LIST }, { "dict", FL_T_DICT }, { "function", FL_T_FUNCTION }, { "other", FL_T_OTHER } };
    unsigned types = 0;
    for (const fl_data *d = names ? names->first : NULL; d; d = d->next)
        for (size_t i = 0; i < FL_COUNT(words); i++) if (fl_str_eq_c(d->text, words[i].word)) types |= words[i].types;
    return types;
}

/* Languages with one kind of nothing: a member that is not there is what they call null. */
static bool has_one_null(const fl_exec *x) { return x->builtins && (x->builtins->has_raw_memory || x->builtins->missing_key.len); }

static unsigned types_of_word(fl_str word)
{
    return fl_str_eq_c(word, "string") ? FL_T_STRING : fl_str_eq_c(word, "list") ? FL_T_LIST : fl_str_eq_c(word, "dict") ? FL_T_DICT : fl_str_eq_c(word, "number") ? FL_T_NUMBER : fl_str_eq_c(word, "boolean") ? FL_T_BOOLEAN : 0;
}

static bool is_nullish_literal(const fl_fact *f) { return f->literal_type && !(f->literal_type & ~FL_T_NULLISH); }

static const fl_fact *equality(fl_exec *x, fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r)
{
    fl_predicate p = { .is_negated = op == FL_OP_ne || op == FL_OP_not_same };
    bool is_loose = op == FL_OP_eq || op == FL_OP_ne;
    if (l->literal_type || (r->place && !l->place && !r->literal_type)) { const fl_fact *swap = l; l = r; r = swap; }
    p.subject = l;
    p.other = r;
    fl_str text;
    if (l->tags && fl_fact_text(r, s, &text)) {   /* item->type == STRING */
        fl_str word = fl_data_str(fl_data_get(l->tags, text), FL_S(""));
        bool is_truth = fl_str_eq_c(word, "true") || fl_str_eq_c(word, "false"), is_integer = fl_str_eq_c(word, "integer"), is_null = fl_str_eq_c(word, "null");
        p.kind = FL_PRED_TYPE;
        p.subject = l->base;
        p.is_partial = is_truth || is_integer || fl_str_eq_c(word, "real");
        p.types = is_truth ? FL_T_BOOLEAN : is_integer || fl_str_eq_c(word, "real") ? FL_T_NUMBER : is_null ? FL_T_OTHER : types_of_word(word);
        if (is_integer) fl_place_use(x, l->base, FL_JSON_INTEGER, true);
        return fl_fact_predicate(x, p.types ? p : (fl_predicate){ 0 });
    }
    if (l->predicate && l->predicate->kind == FL_PRED_TYPE && !l->predicate->types && fl_fact_text(r, s, &text)) {
        p.kind = FL_PRED_TYPE;   /* typeof x === "string" */
        p.subject = l->predicate->subject;
        p.types = fl_types_named(x, text);
        return fl_fact_predicate(x, p);
    }
    if (is_nullish_literal(r)) p.kind = is_loose || has_one_null(x) ? FL_PRED_NULLISH : r->literal_type == FL_T_NULL ? FL_PRED_NULL : FL_PRED_UNDEFINED;
    else p.kind = FL_PRED_EQUAL;
    if (p.kind == FL_PRED_EQUAL && r->literal_type == FL_T_BOOLEAN && l->predicate) {   /* isValid(x) === false */
        fl_predicate same = *l->predicate;
        same.is_negated ^= p.is_negated ^ !r->literal;
        return fl_fact_predicate(x, same);
    }
    if (p.kind == FL_PRED_EQUAL && l->predicate && (l->types == FL_T_NUMBER || (l->types == FL_T_BOOLEAN && x->builtins && x->builtins->has_raw_memory)) && r->literal_type == FL_T_NUMBER && fl_str_eq_c(fl_sym_str(r->literal), "0")) {   /* strcmp(x, y) == 0 */
        fl_predicate same = *l->predicate;
        same.is_negated ^= !p.is_negated;
        return fl_fact_predicate(x, same);
    }
    fl_place_compare(x, l, r);
    if (l->place && l->is_derived && l->place->in == FL_IN_HEADER && fl_str_eq_c(fl_sym_str(l->place->key), "cookie") && r->literal_type == FL_T_STRING && !x->is_dry)
        fl_place_child(x, fl_place_root(x, FL_IN_COOKIE), r->literal, l->place->first_use)->is_read = true;
    unsigned other = fl_fact_types(s, r);
    if (l->place && !r->literal_type && !r->place && other && !(other & (other - 1))) fl_place_use(x, l, fl_json_of_types(other), false);
    return fl_fact_predicate(x, p);
}

const fl_fact *fl_fact_equality(fl_exec *x, fl_state *s, const fl_fact *l, const fl_fact *r) { return equality(x, s, FL_OP_eq, l, r); }

static const fl_fact *ordering(fl_exec *x, fl_op op, const fl_fact *l, const fl_fact *r)
{
    static const int kinds[2][4] = { { FL_PRED_LESS, FL_PRED_AT_MOST, FL_PRED_GREATER, FL_PRED_AT_LEAST }, { FL_PRED_GREATER, FL_PRED_AT_LEAST, FL_PRED_LESS, FL_PRED_AT_MOST } };
    bool is_flipped = l->literal_type && !r->literal_type;
    fl_predicate p = { .kind = kinds[is_flipped][op - FL_OP_lt], .subject = is_flipped ? r : l, .other = is_flipped ? l : r };
    bool is_asked = p.kind == FL_PRED_GREATER && p.subject->predicate && p.subject->types == FL_T_BOOLEAN && p.other->literal_type == FL_T_NUMBER;
    if (is_asked && fl_str_eq_c(fl_sym_str(p.other->literal), "0")) return fl_fact_predicate(x, *p.subject->predicate);   /* map.count(key) > 0 */
    if (p.other->types == FL_T_NUMBER && p.subject->place) fl_place_use(x, p.subject, FL_JSON_NUMBER, false);
    if (p.subject->types == FL_T_NUMBER && p.other->place) fl_place_use(x, p.other, FL_JSON_NUMBER, false);
    return fl_fact_predicate(x, p);
}

/* Of two constants: masks by which tables of routes and flags are kept, sizeof list / sizeof list[0]; NULL: not known exactly. */
static const fl_fact *combine_constants(fl_exec *x, const fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r, const fl_node *node)
{
    const int64_t exact = (int64_t)1 << 53;   /* of any language's numbers */
    fl_str a, b;
    int64_t m, n, result;
    bool is_mask = op == FL_OP_bit_and || op == FL_OP_bit_or || op == FL_OP_bit_xor;
    if (!is_mask && (l->literal_type != FL_T_NUMBER || r->literal_type != FL_T_NUMBER)) return NULL;
    if (!fl_fact_text(l, s, &a) || !fl_fact_text(r, s, &b) || !fl_str_to_int(a, &m) || !fl_str_to_int(b, &n)) return NULL;
    if ((is_mask && (m < 0 || n < 0)) || m > exact || m < -exact || n > exact || n < -exact) return NULL;
    switch (op) {
    case FL_OP_bit_and: result = m & n; break;
    case FL_OP_bit_or: result = m | n; break;
    case FL_OP_bit_xor: result = m ^ n; break;
    case FL_OP_add: result = m + n; break;
    case FL_OP_sub: result = m - n; break;
    case FL_OP_mul: if (__builtin_mul_overflow(m, n, &result)) return NULL; break;
    case FL_OP_div:
        if (n == 0 || (m % n != 0 && !(node && node->flags & FL_FLAG_WHOLE && m > 0 && n > 0))) return NULL;
        result = m / n;
        break;
    default: return NULL;
    }
    if (result > exact || result < -exact) return NULL;
    return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%lld", (long long)result)));
}

/* Is a constant text one of a constant list's? 1, 0 or -1 when either is not known. */
static int is_constant_among(const fl_fact *l, const fl_fact *r, const fl_node *list)
{
    if (l->literal_type == FL_T_STRING && !l->place && list && list->kind == FL_NODE_list) {   /* written right here */
        int among = 0;
        for (const fl_node *item = list->first; item; item = item->next) {
            if (item->kind != FL_NODE_string) return -1;
            if (item->sym == l->literal) among = 1;
        }
        return among;
    }
    if (l->literal_type != FL_T_STRING || l->place || !r->value || r->value->kind != FL_V_LIST || r->place) return -1;
    for (size_t i = 0; i < r->value->items.count; i++) {
        if (r->value->items.items[i]->kind != FL_V_STRING) return -1;
        if (r->value->items.items[i]->text == l->literal) return 1;
    }
    return 0;
}

const fl_fact *fl_exec_binary(fl_exec *x, fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r, const fl_node *node)
{
    const fl_fact *constant = l->place || r->place ? NULL : combine_constants(x, s, op, l, r, node);
    if (constant) return constant;
    switch (op) {
    case FL_OP_eq: case FL_OP_ne: case FL_OP_same: case FL_OP_not_same: return equality(x, s, op, l, r);
    case FL_OP_lt: case FL_OP_le: case FL_OP_gt: case FL_OP_ge: return ordering(x, op, l, r);
    case FL_OP_in: case FL_OP_not_in: {
        int among = is_constant_among(l, r, node && node->kind == FL_NODE_binary ? fl_node_child(node, 1) : NULL);
        if (among >= 0) return fl_fact_literal(x, FL_T_BOOLEAN, (among == 1) == (op == FL_OP_in));
        fl_str key;
        if (r->place && !r->is_coerced && fl_fact_types(s, r) & FL_T_DICT && l->literal_type == FL_T_STRING && fl_fact_text(l, s, &key) && x->builtins && x->builtins->missing_key.len)
            return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_UNDEFINED, .subject = fl_exec_place_child(x, s, r, fl_sym_of(key), node), .is_negated = op == FL_OP_in });
        fl_predicate p = { .kind = FL_PRED_IN, .subject = l, .other = r, .is_negated = op == FL_OP_not_in };
        return fl_fact_predicate(x, p);
    }
    case FL_OP_is_instance: {
        fl_predicate p = { .kind = FL_PRED_INSTANCE, .subject = l, .other = r };
        return fl_fact_predicate(x, p);
    }
    case FL_OP_add: {
        unsigned a = fl_fact_types(s, l), b = fl_fact_types(s, r);
        if (a == FL_T_NUMBER && r->place && b != FL_T_STRING) fl_place_use(x, r, FL_JSON_NUMBER, false);
        if (b == FL_T_NUMBER && l->place && a != FL_T_STRING) fl_place_use(x, l, FL_JSON_NUMBER, false);
        return fl_fact_new(x, a == FL_T_STRING || b == FL_T_STRING ? FL_T_STRING : a == FL_T_NUMBER && b == FL_T_NUMBER ? FL_T_NUMBER : FL_T_NUMBER | FL_T_STRING, 0);
    }
    case FL_OP_shr_unsigned:
        if (l->miss && r->literal_type == FL_T_NUMBER) {   /* -1 >>> 0: what was not found is now far behind the end */
            fl_fact *f = fl_fact_copy(x, l);
            f->vid = x->next_vid++;
            f->is_derived = true;
            return f;
        }
        __attribute__((fallthrough));
    default:
        if (x->builtins && x->builtins->has_raw_memory && (fl_fact_types(s, l) & FL_T_STRING || fl_fact_types(s, r) & FL_T_STRING)) return fl_fact_new(x, FL_T_NUMBER, 0);   /* distance of two pointers */
        if (l->place) fl_place_use(x, l, FL_JSON_NUMBER, false);
        if (r->place) fl_place_use(x, r, FL_JSON_NUMBER, false);
        return fl_fact_new(x, FL_T_NUMBER, 0);
    }
}

const fl_fact *fl_exec_unary(fl_exec *x, fl_state *s, fl_op op, const fl_fact *a, const fl_node *node)
{
    (void)s; (void)node;
    switch (op) {
    case FL_OP_not: {
        fl_predicate p = { .kind = FL_PRED_TRUTHY, .subject = a, .is_negated = true };
        if (a->predicate && a->predicate->kind != FL_PRED_NONE && !(a->predicate->kind == FL_PRED_TYPE && !a->predicate->types)) { p = *a->predicate; p.is_negated = !p.is_negated; }
        return fl_fact_predicate(x, p);
    }
    case FL_OP_type_of: {
        fl_predicate *p = FL_NEW(x->arena, fl_predicate);
        *p = (fl_predicate){ .kind = FL_PRED_TYPE, .subject = a };
        fl_fact *f = fl_fact_new(x, FL_T_STRING, 0);
        f->predicate = p;
        return f;
    }
    case FL_OP_dereference: case FL_OP_increment: {
        const fl_fact *f = !a->text ? NULL : op == FL_OP_increment ? fl_text_skip(x, a, 1, node) : fl_text_character(x, a, 0, node);
        return f ? f : fl_fact_new(x, FL_T_NUMBER, 0);
    }
    case FL_OP_plus: case FL_OP_neg: {
        if (a->place) fl_place_use(x, a, FL_JSON_NUMBER, false);
        fl_fact *f = fl_fact_copy(x, a);
        f->vid = x->next_vid++;
        f->types = FL_T_NUMBER;
        f->may = 0;
        f->base = a;
        f->is_coerced = true;
        if (op == FL_OP_neg && a->literal_type == FL_T_NUMBER) f->literal = fl_sym_of(fl_str_format(x->arena, "-%s", fl_sym_c(a->literal)));
        else if (op == FL_OP_neg || a->literal_type != FL_T_NUMBER) f->literal_type = 0;
        return f;
    }
    case FL_OP_bit_not:
        if (a->miss) return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_AT_LEAST, .subject = a, .other = fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(FL_S("0"))) });
        return fl_fact_new(x, FL_T_NUMBER, 0);
    case FL_OP_is_void: return fl_fact_literal(x, FL_T_UNDEFINED, 0);
    case FL_OP_remove: return fl_fact_new(x, FL_T_BOOLEAN, 0);
    default: return fl_fact_new(x, FL_T_NUMBER, 0);
    }
}

/* ---- narrowing ---- */

static bool number_of(const fl_fact *f, const fl_state *s, double *n)
{
    fl_str text;
    return f && fl_fact_text(f, s, &text) && fl_str_to_double(text, n);
}

/* Two numbers that are known decide a comparison. */
static bool is_possible(const fl_predicate *p, const fl_state *s, bool holds)
{
    double a, b;
    if (p->subject->literal_type != FL_T_NUMBER || !p->other || p->other->literal_type != FL_T_NUMBER || !number_of(p->subject, s, &a) || !number_of(p->other, s, &b)) return true;
    bool is_so = p->kind == FL_PRED_LESS ? a < b : p->kind == FL_PRED_AT_MOST ? a <= b : p->kind == FL_PRED_GREATER ? a > b : a >= b;
    return is_so == holds;
}

static bool value_is(const fl_value *instance, const fl_value *cls)
{
    for (const fl_value *c = instance->target; c; c = c->target)
        if (c == cls || (c->kind == FL_V_CLASS && cls->kind == FL_V_CLASS && c->node == cls->node) || (c->kind == FL_V_EXTERNAL && cls->kind == FL_V_EXTERNAL && c->text == cls->text)) return true;
    return false;
}

/* Is an error of the run time of that class, or of one below it? */
static bool is_error_of(const fl_exec *x, fl_str own, fl_str name)
{
    ptrdiff_t dot = fl_str_rfind_char(name, '.');
    if (dot >= 0) name = fl_str_sub(name, (size_t)dot + 1, name.len);
    ptrdiff_t inner = fl_str_rfind_char(own, '.');
    bool is_above = fl_str_eq_c(name, "Error") || fl_str_eq(name, own) || (inner >= 0 && fl_str_eq(name, fl_str_sub(own, (size_t)inner + 1, own.len)));
    const fl_model *models[] = { x->builtins, x->framework };
    for (size_t i = 0; i < FL_COUNT(models); i++) {
        const fl_data *above = models[i] ? fl_data_get(fl_data_get_c(models[i]->data, "errors"), own) : NULL;
        for (const fl_data *d = above ? above->first : NULL; d; d = d->next) is_above |= fl_str_eq(d->text, name);
    }
    return is_above;
}

bool fl_error_is_a(const fl_exec *x, fl_str failure, fl_str name) { return is_error_of(x, failure, name); }

/* The type of the errors that calling a class of a library makes; NULL. */
static const fl_model_type *type_of_class(const fl_exec *x, const fl_value *cls)
{
    const fl_member *m = cls->kind == FL_V_EXTERNAL ? fl_value_external_member(cls) : NULL;
    const fl_effect *e = m ? (m->call ? m->call : m->new_) : NULL;
    return e && e->returns.kind == FL_RESULT_TYPE ? fl_models_type(x->models, e->returns.type) : NULL;
}

bool fl_error_is_any(const fl_exec *x, const fl_value *cls)
{
    const fl_data *all = !cls->package && x->builtins ? x->builtins->any_error : NULL;
    for (const fl_data *d = all ? all->first : NULL; d; d = d->next) if (fl_str_eq(d->text, fl_sym_str(cls->text))) return true;
    return false;
}

/* Of the weak spots whose errors were caught, those that come through a test of the error's class. */
static void keep_pending(fl_exec *x, fl_state *s, const fl_value *cls, bool holds)
{
    const fl_pending_list *kept = NULL;
    for (const fl_pending_list *p = s->pending; p; p = p->next) {
        const fl_model_type *type = p->spot->error_type ? type_of_class(x, cls) : NULL;
        bool is_its = p->spot->error_type ? fl_error_is_any(x, cls) || (type && fl_model_type_is(p->spot->error_type, type)) : is_error_of(x, p->spot->spot.failure, fl_sym_str(cls->text));
        if (p->spot->spot.failure.len && is_its != holds) continue;
        fl_pending_list *copy = FL_NEW(x->arena, fl_pending_list);
        *copy = (fl_pending_list){ p->spot, kept };
        kept = copy;
    }
    s->pending = kept;
}

static bool narrow_instance(fl_exec *x, fl_state *s, const fl_fact *subject, const fl_fact *cls, bool holds)
{
    const fl_value *v = subject->value, *c = cls ? cls->value : NULL;
    if (v && c && v->kind == FL_V_INSTANCE) return value_is(v, c) == holds;
    bool is_library = x->builtins && x->builtins->missing_key.len && subject->type && subject->type->role == FL_SYM_error_ && c && c->kind == FL_V_EXTERNAL;
    if (subject->is_caught && s->pending && c && c->kind == FL_V_EXTERNAL && x->builtins && x->builtins->missing_key.len) keep_pending(x, s, c, holds);
    if (is_library && subject->error_name && !c->package) return is_error_of(x, fl_sym_str(subject->error_name), fl_sym_str(c->text)) == holds;
    if (is_library) {
        const fl_model_type *type = type_of_class(x, c);
        return (fl_error_is_any(x, c) || (type && fl_model_type_is(subject->type, type))) == holds;
    }
    if (subject->is_error && c && c->kind == FL_V_CLASS) return !holds;   /* an error of the run time is no project class */
    if (subject->is_error && subject->error_name && c && c->kind == FL_V_EXTERNAL)   /* SyntaxError, mongoose.Error.CastError */
        return is_error_of(x, fl_sym_str(subject->error_name), fl_sym_str(c->text)) == holds;
    if (holds) fl_refine_edit(x, s, subject)->types &= FL_T_OTHER | FL_T_LIST | FL_T_DICT | FL_T_FUNCTION;
    return true;
}

static void narrow_bounds(fl_exec *x, fl_state *s, const fl_predicate *p, bool holds)
{
    double n;
    const fl_fact *subject = p->subject;
    bool is_below = (p->kind == FL_PRED_LESS || p->kind == FL_PRED_AT_MOST) == holds;
    if (p->other && p->other->is_length_of && is_below)   /* index < list.length */
        for (const fl_fact *f = subject; f; f = f->base) fl_refine_edit(x, s, f)->is_checked = fl_refine_edit(x, s, f)->is_checked_format = true;
    bool is_own_count = p->other && is_below && x->builtins && x->builtins->has_raw_memory && !p->other->place && !p->other->literal_type && !number_of(p->other, s, &n);
    if (is_own_count)   /* index < count, which the program keeps itself */
        for (const fl_fact *f = subject; f; f = f->is_coerced ? f->base : NULL) fl_refine_edit(x, s, f)->is_checked_format = true;
    if (!number_of(p->other, s, &n)) return;
    bool is_upper = (p->kind == FL_PRED_LESS || p->kind == FL_PRED_AT_MOST) == holds;
    if (subject->is_position && !is_upper && n >= -1) fl_position_known(x, s, subject);
    for (const fl_fact *f = subject; f; f = f->is_coerced ? f->base : NULL) {
        fl_refine *r = fl_refine_edit(x, s, f);
        bool is_open = (p->kind == FL_PRED_LESS || p->kind == FL_PRED_GREATER) == holds;
        if (is_upper && !(r->is_bounded_high && r->high < n)) { r->is_open_high = is_open || (r->is_bounded_high && r->high == n && r->is_open_high); r->is_bounded_high = true; r->high = n; }
        if (!is_upper && !(r->is_bounded_low && r->low > n)) { r->is_open_low = is_open || (r->is_bounded_low && r->low == n && r->is_open_low); r->is_bounded_low = true; r->low = n; }
        if (holds) r->is_finite = true;   /* no comparison with NaN is true */
        r->is_checked = true;
    }
}

/* A test of a length that leaves no room for the empty list. */
static void narrow_length(fl_exec *x, fl_state *s, const fl_predicate *p, bool holds)
{
    double n = 0;
    bool has_number = number_of(p->other, s, &n), is_filled = false;
    switch (p->kind) {
    case FL_PRED_TRUTHY: is_filled = holds; break;
    case FL_PRED_EQUAL: is_filled = has_number && (holds ? n > 0 : n <= 0); break;
    case FL_PRED_GREATER: is_filled = has_number && holds && n >= 0; break;
    case FL_PRED_AT_LEAST: is_filled = has_number && holds && n >= 1; break;
    case FL_PRED_LESS: is_filled = has_number && !holds && n >= 1; break;
    case FL_PRED_AT_MOST: is_filled = has_number && !holds && n >= 0; break;
    default: break;
    }
    bool is_less = p->kind == FL_PRED_LESS || p->kind == FL_PRED_AT_MOST, is_more = p->kind == FL_PRED_GREATER || p->kind == FL_PRED_AT_LEAST;
    if (has_number && ((is_less && holds) || (is_more && !holds) || (p->kind == FL_PRED_EQUAL && holds))) {
        double most = (p->kind == FL_PRED_LESS && holds) || (p->kind == FL_PRED_AT_LEAST && !holds) ? n - 1 : n;
        for (const fl_fact *of = p->subject->base; of; of = of->unboxed ? of->base : NULL) {
            fl_refine *r = fl_refine_edit(x, s, of);
            if (!r->has_max_length || most < r->max_length) r->max_length = most;
            r->has_max_length = true;
        }
    }
    double least = 0;
    if (has_number) least = p->kind == FL_PRED_EQUAL ? (holds ? n : 0) : p->kind == FL_PRED_GREATER ? (holds ? n + 1 : 0) : p->kind == FL_PRED_AT_LEAST ? (holds ? n : 0)
                          : p->kind == FL_PRED_LESS ? (holds ? 0 : n) : p->kind == FL_PRED_AT_MOST ? (holds ? 0 : n + 1) : 0;
    if (least > 0) { fl_refine *r = fl_refine_edit(x, s, p->subject->base); if (least > r->min_length) r->min_length = least; }
    if (is_filled) fl_refine_edit(x, s, p->subject->base)->is_non_empty = true;
}

/* false: this arm cannot be. */
bool fl_narrow(fl_exec *x, fl_state *s, const fl_predicate *p, bool holds)
{
    const fl_fact *f = p->subject;
    if (p->is_negated) holds = !holds;
    if (!f) return true;
    if (f->is_length_of && f->base) narrow_length(x, s, p, holds);
    unsigned types = fl_fact_types(s, f), keep = FL_T_ANY;
    fl_refine *r;
    double n = 0;
    switch (p->kind) {
    case FL_PRED_NULLISH: keep = holds ? FL_T_NULLISH : (unsigned)~FL_T_NULLISH; break;
    case FL_PRED_UNDEFINED: keep = holds ? FL_T_UNDEFINED : (unsigned)~FL_T_UNDEFINED; break;
    case FL_PRED_NULL: keep = holds ? FL_T_NULL : (unsigned)~FL_T_NULL; break;
    case FL_PRED_TYPE: keep = holds ? p->types : p->is_partial ? FL_T_ANY : (p->types == FL_T_OTHER && !(x->builtins && x->builtins->has_raw_memory) ? FL_T_ANY : ~p->types); break;
    case FL_PRED_TRUTHY:
        if (f->literal_type == FL_T_BOOLEAN && (f->literal != 0) != holds) return false;
        if (f->literal_type == FL_T_NUMBER && !x->at_loop_head && number_of(f, s, &n) && (n != 0) != holds) return false;
        if (holds && f->types & FL_T_NUMBER) for (const fl_fact *up = f; up; up = up->is_coerced ? up->base : NULL) fl_refine_edit(x, s, up)->is_not_zero = true;
        if (x->builtins && x->builtins->has_raw_memory && !holds) { keep = FL_T_NULLISH | FL_T_BOOLEAN | FL_T_NUMBER; break; }
        if (x->builtins && x->builtins->missing_key.len) {   /* what is empty is false, too */
            keep = holds ? (unsigned)~FL_T_NULLISH : (unsigned)~(FL_T_FUNCTION | FL_T_OTHER);
            if (holds && f->types & (FL_T_LIST | FL_T_STRING | FL_T_DICT)) { r = fl_refine_edit(x, s, f); r->is_non_empty = true; if (r->min_length < 1) r->min_length = 1; }
            if (f->resolved && !holds) return false;
            break;
        }
        keep = holds ? (unsigned)~FL_T_NULLISH : (unsigned)~(FL_T_LIST | FL_T_DICT | FL_T_FUNCTION | FL_T_OTHER);
        if (f->resolved && !holds) return false;
        break;
    case FL_PRED_EQUAL:
        if (p->other && p->other->literal_type) {
            if (f->literal_type && f->literal_type == p->other->literal_type && (f->literal == p->other->literal) != holds) return false;
            const fl_refine *old = fl_refine_of(s, f);
            if (old && old->equals_type && holds && (old->equals != p->other->literal || old->equals_type != p->other->literal_type)) return false;
            double zero;
            if (!holds && number_of(p->other, s, &zero) && zero == 0) for (const fl_fact *up = f; up; up = up->is_coerced ? up->base : NULL) fl_refine_edit(x, s, up)->is_not_zero = true;
            double least;
            if (f->is_position && number_of(p->other, s, &least) && (holds ? least >= 0 : least < 0)) fl_position_known(x, s, f);
            if (!holds) {
                if (f->miss && types == FL_T_NUMBER) fl_refine_edit(x, s, f)->is_checked = true;   /* index !== -1 */
                break;
            }
            keep = p->other->literal_type;
            r = fl_refine_edit(x, s, f);
            r->equals = p->other->literal;
            r->equals_type = p->other->literal_type;
            r->is_checked = r->is_checked_format = true;
        } else if (holds && p->other && !(fl_fact_types(s, p->other) & FL_T_NULLISH)) keep = (unsigned)~FL_T_NULLISH;
        break;
    case FL_PRED_LESS: case FL_PRED_AT_MOST: case FL_PRED_GREATER: case FL_PRED_AT_LEAST:
        if (!x->at_loop_head && !is_possible(p, s, holds)) return false;
        narrow_bounds(x, s, p, holds);
        break;
    case FL_PRED_FINITE: case FL_PRED_INTEGER:
        if (!holds) break;
        if (p->types) keep = p->types;
        for (const fl_fact *up = f; up; up = up->base) { r = fl_refine_edit(x, s, up); r->is_finite = true; r->is_checked = true; }
        break;
    case FL_PRED_IN: case FL_PRED_MATCHES: case FL_PRED_FORMAT: {
        if (p->kind == FL_PRED_MATCHES && !p->other && p->text) {   /* it begins with that text */
            if (!holds) break;
            fl_refine_edit(x, s, f)->begins_with = p->text;
            keep = (unsigned)~FL_T_NULLISH;
            break;
        }
        const fl_refine *old = fl_refine_of(s, f);
        if (!holds) { if (old && old->proved && p->other && old->proved == p->other->value) return false; break; }
        r = fl_refine_edit(x, s, f);
        if (p->other) r->proved = p->other->value;
        r->is_checked = true;
        r->is_checked_format = true;
        if (f->place || p->kind != FL_PRED_IN) keep = (unsigned)~FL_T_NULLISH;
        if (p->kind == FL_PRED_MATCHES && !f->place) keep = FL_T_ANY;
        for (const fl_fact *up = f->base; up; up = up->base) fl_refine_edit(x, s, up)->is_checked = fl_refine_edit(x, s, up)->is_checked_format = true;
        break;
    }
    case FL_PRED_INSTANCE: if (!narrow_instance(x, s, f, p->other, holds)) return false; break;
    case FL_PRED_VALID:
        if (holds && !p->schema) fl_validate_collected(x, s);
        else if (holds) {
            fl_refine_edit(x, s, f)->schema = p->schema;
            if (p->types) keep = p->types;
            if (f->shape) fl_validate_shape(x, s, f, p->schema, f->shape->node);
            if (x->builtins && x->builtins->has_raw_memory) fl_data_fits(x, s, f, p->schema);
        }
        break;
    case FL_PRED_ELEMENT_EQUAL: case FL_PRED_NONE: break;
    }
    if (!(types & keep)) return f->types == 0;
    if (f->place && !f->is_coerced && !(types & keep & FL_T_UNDEFINED))   /* a part that is there: so is what it is part of */
        for (const fl_place *up = f->place->parent; up; up = up->parent) fl_refine_edit(x, s, &(fl_fact){ .vid = up->vid })->types &= (uint16_t)~FL_T_NULLISH;
    if (keep != FL_T_ANY) {
        r = fl_refine_edit(x, s, f);
        r->types &= (uint16_t)keep;
        if (p->kind != FL_PRED_EQUAL) r->is_checked |= (keep & FL_T_NULLISH) == 0;
    }
    bool is_none = !(types & keep & ~(unsigned)FL_T_NULLISH) || (p->kind == FL_PRED_TRUTHY && !holds && x->builtins && x->builtins->has_raw_memory);
    if (f->allocated_at && is_none) fl_memory_give(x, s, f);   /* there is none */
    if (f->unboxed && f->base && !(types & keep & FL_T_NULLISH) && types & FL_T_NULLISH) fl_refine_edit(x, s, f->base)->types &= (uint16_t)f->unboxed;
    /* a value made from another that is there: String(x).trim() truthy says nothing of x; Number(x) in range does */
    return true;
}

/* ---- the path ---- */

static const fl_branch *branch_of(fl_exec *x, fl_activation *a, uint32_t block, const fl_node *node)
{
    const fl_block *b = &a->func->blocks.items[block];
    uint32_t pred = b->preds.count ? b->preds.items[0] : 0;
    if (pred) {
        const fl_block *p = &a->func->blocks.items[pred];
        const fl_instr *last = &a->func->instrs.items[p->first_instr + p->instr_count - 1];
        uint32_t sibling = last->op == FL_I_branch ? (last->target == block ? last->other : last->target) : 0;
        if (sibling && a->branches[sibling] && a->branches[sibling]->node == node) return a->branches[sibling];
    }
    fl_branch *branch = FL_NEW(x->arena, fl_branch);
    branch->node = node;
    return branch;
}

/* Is the test the condition of an `if`, not of `?.`, `&&` in a value or a loop? */
static bool is_if_condition(const fl_node *n)
{
    for (; n && n->parent; n = n->parent) {
        if (n->parent->kind == FL_NODE_if_) return n->parent->first == n;
        if (n->parent->kind != FL_NODE_unary && n->parent->kind != FL_NODE_logical && n->parent->kind != FL_NODE_binary && n->parent->kind != FL_NODE_member) return false;
    }
    return false;
}

/* "checked after use": the value was dereferenced before this test asks whether it is there. */
static void note_late_check(fl_exec *x, fl_state *s, const fl_predicate *p, const fl_node *node)
{
    if (x->is_dry || !p->subject || (p->kind != FL_PRED_NULLISH && p->kind != FL_PRED_TRUTHY && p->kind != FL_PRED_UNDEFINED && p->kind != FL_PRED_NULL)) return;
    const fl_refine *r = fl_refine_of(s, p->subject);
    if (!r || !r->used_at || r->is_checked || !is_if_condition(node)) return;
    fl_spot_late_check(x, r, node);
}

static const fl_place *place_of(const fl_fact *f, bool *is_coerced, bool *is_length)
{
    *is_coerced = f->is_coerced;
    if (f->place) return f->place;
    if (f->is_length_of && f->base && f->base->place) { *is_length = true; *is_coerced = f->base->is_coerced; return f->base->place; }
    return NULL;
}

/* What a text matched, or a helper that tried to parse it says of it, holds of the text itself. */
static void note_checked(fl_exec *x, fl_state *s, const fl_predicate *p, bool is_true)
{
    const fl_fact *subject = p->subject;
    bool is_there = p->kind == FL_PRED_TRUTHY ? is_true : p->kind == FL_PRED_NULLISH || p->kind == FL_PRED_NULL ? !is_true : false;
    if (!is_there || !subject) return;
    if (subject->miss && subject->miss->kind == FL_WS_missing_match && subject->needle && subject->needle->place) fl_refine_edit(x, s, subject->needle)->is_checked_format = true;
    for (const fl_refusals *r = subject->refused_by; r; r = r->next)
        for (const fl_pending_list *k = r->when_falsy ? r->caught : NULL; k; k = k->next)
            if (k->spot->parsed) fl_refine_edit(x, s, &(fl_fact){ .vid = k->spot->parsed->vid })->is_checked_format = true;
}

/* Does the test have one answer, whatever the request? */
static bool is_decided(const fl_predicate *p, unsigned types)
{
    const fl_fact *f = p->subject;
    if (!f || !types || f->predicate || f->miss || f->is_length_of) return false;
    unsigned asked = p->kind == FL_PRED_UNDEFINED ? FL_T_UNDEFINED : p->kind == FL_PRED_NULL || p->kind == FL_PRED_NULLISH ? FL_T_NULLISH : 0;
    if (p->kind == FL_PRED_TRUTHY) return f->literal_type || !(types & ~(unsigned)(FL_T_FUNCTION | FL_T_OTHER));
    return asked && (!(types & asked) || !(types & ~asked));
}

void fl_assume(fl_exec *x, fl_state *s, const fl_predicate *p, bool holds, const fl_node *node)
{
    if (!p->subject) return;
    fl_branch *branch = FL_NEW(x->arena, fl_branch);
    branch->node = node;
    fl_cond *c = FL_NEW(x->arena, fl_cond);
    *c = (fl_cond){ .predicate = p, .holds = holds, .branch = branch, .arm = holds, .next = s->conditions, .types_before = fl_fact_types(s, p->subject) };
    c->place = place_of(p->subject, &c->is_coerced, &c->is_length);
    if (c->place) s->conditions = c;
}

static bool is_zero(const fl_fact *f) { return f && f->literal_type == FL_T_NUMBER && fl_str_eq_c(fl_sym_str(f->literal), "0"); }

/* Did everything in that chain hold on the way here, too? */
static bool holds_here(const fl_state *s, const fl_cond *chain)
{
    for (; chain; chain = chain->next) {
        const fl_cond *c = s->conditions;
        while (c && (c->predicate != chain->predicate || c->holds != chain->holds)) c = c->next;
        if (!c) return false;
    }
    return true;
}

/* A loop that is always left the first time is none: the dry run came back to no head. */
static bool goes_round(const fl_exec *x, const fl_activation *a)
{
    for (size_t b = 1; b < a->func->blocks.count; b++) if (a->back[b]) return true;
    return x->is_dry;
}

void fl_exec_prune(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i, bool *is_dead)
{
    const fl_fact *f = fl_exec_temp(a, i->a);
    if (!f) return;
    bool holds = i->flags & FL_I_WHEN_TRUE;
    fl_predicate *p = FL_NEW(x->arena, fl_predicate);
    *p = (fl_predicate){ .kind = i->sub == FL_PRUNE_NULLISH ? FL_PRED_NULLISH : i->sub == FL_PRUNE_UNDEFINED ? FL_PRED_UNDEFINED : FL_PRED_TRUTHY, .subject = f };
    bool is_test = f->predicate && !(f->predicate->kind == FL_PRED_TYPE && !f->predicate->types);
    if (i->sub == FL_PRUNE_TRUTHY && is_test) *p = *f->predicate;
    uint32_t block = x->block_of_answer;
    fl_branch *branch = (fl_branch *)(uintptr_t)branch_of(x, a, block, i->node);
    if (!a->branches[block]) { a->branches[block] = branch; a->arms[block] = holds; }
    note_late_check(x, s, p, i->node);
    bool asks = p->kind == FL_PRED_NULLISH || p->kind == FL_PRED_TRUTHY || p->kind == FL_PRED_UNDEFINED || p->kind == FL_PRED_NULL;
    if (asks && p->subject) fl_spot_sibling(x, a, s, p->subject, NULL, NULL);
    fl_cond *c = FL_NEW(x->arena, fl_cond);
    *c = (fl_cond){ .predicate = p, .holds = holds, .branch = branch, .arm = holds, .next = s->conditions };
    if (p->subject) {
        c->types_before = fl_fact_types(s, p->subject);
        if (p->subject->is_length_of && p->subject->base) c->types_before = fl_fact_types(s, p->subject->base);
        else if (p->subject->is_coerced && p->subject->base) c->types_before = fl_fact_types(s, p->subject->base);
        c->place = place_of(p->subject, &c->is_coerced, &c->is_length);
        const fl_fact *parts = p->subject->is_length_of ? p->subject->base : NULL;
        if (!c->place && parts && parts->separator && parts->base) { c->place = parts->base->place; c->is_split = true; }
        if (!c->place && p->kind == FL_PRED_EQUAL && p->other && p->other->place) c->place = p->other->place;
        bool is_for_each = p->other && p->other->is_length_of && p->other->base && p->other->base->place;   /* i < length: for each element of it */
        const fl_fact *made = p->subject;   /* memory that ran out, a library that failed: nothing that a request does */
        bool asks_null = p->kind == FL_PRED_NULLISH || p->kind == FL_PRED_TRUTHY;
        bool is_failure = asks_null && !made->place && !made->miss && !(made->may & FL_T_NULLISH) && (made->types & FL_T_NULLISH) && (made->types | FL_T_NULLISH) != FL_T_ANY;
        bool is_there = (p->kind == FL_PRED_NULLISH) == (p->is_negated ? holds : !holds);
        if (is_failure && x->builtins && x->builtins->has_raw_memory && !is_there) a->improbable[block] = true;
        c->is_look_up = is_for_each || is_failure || p->subject->miss || p->subject->may & FL_T_NULLISH || p->subject->refused_by;
    }
    const fl_block *here = &a->func->blocks.items[block];
    x->at_loop_head = here->preds.count && a->func->blocks.items[here->preds.items[0]].is_loop_head && goes_round(x, a);   /* what is known before a loop need not hold in it */
    bool can_be = fl_narrow(x, s, p, holds);
    x->at_loop_head = false;
    if (!can_be) { *is_dead = true; return; }
    bool is_certain = p->kind == FL_PRED_UNDEFINED && p->subject && !holds != p->is_negated && !(c->types_before & FL_T_UNDEFINED);   /* a default is not needed */
    if (!c->place && is_decided(p, c->types_before)) return;   /* it has one answer: no condition */
    if (!is_certain) s->conditions = c;
    if (!fl_outcomes_apply(x, s, p, holds, branch, holds)) { *is_dead = true; return; }
    if (x->builtins && x->builtins->has_raw_memory) fl_exec_searched(x, a, s, c);
    bool asks_null = p->kind == FL_PRED_NULLISH || p->kind == FL_PRED_NULL, is_null = asks_null ? holds != p->is_negated : p->kind == FL_PRED_TRUTHY && holds == p->is_negated;
    const fl_fact *given = p->subject;
    if (is_null && given && has_one_null(x) && given->types & FL_T_NULLISH && !(given->may & FL_T_NULLISH) && given->types != FL_T_ANY && !given->place && !given->miss) a->is_unlikely[block] = true;
    note_checked(x, s, p, p->is_negated ? !holds : holds);
    if (x->is_dry) return;
    if (c->place && c->place->in == FL_IN_QUERY && p->kind == FL_PRED_TYPE && p->types == FL_T_LIST) fl_place_use(x, p->subject, FL_JSON_ARRAY, false);
    bool is_true = p->is_negated ? !holds : holds;
    if (c->place) fl_vec_push(x->arena, &x->guards, (fl_guard){ c, branch, holds });
    const fl_fact *key = !c->place && p->subject && p->subject->miss && p->subject->needle ? p->subject->needle : NULL;   /* found by what a header holds */
    if (key && key->place && key->place->in == FL_IN_HEADER && key->place->parent) fl_vec_push(x->arena, &x->identities, ((fl_identity){ key->place, branch, holds }));
    const fl_fact *holder = p->subject && p->subject->is_length_of ? p->subject->base : p->subject;
    bool says_size = p->kind == FL_PRED_TRUTHY || ((p->kind == FL_PRED_GREATER || p->kind == FL_PRED_EQUAL) && p->subject && p->subject->is_length_of && is_zero(p->other));
    for (const fl_refusals *r = holder ? holder->refused_by : NULL; r; r = r->next) {
        bool is_filled = p->kind == FL_PRED_TRUTHY || p->kind == FL_PRED_GREATER || p->kind == FL_PRED_AT_LEAST ? is_true
                       : p->kind == FL_PRED_NULLISH || p->kind == FL_PRED_NULL || p->kind == FL_PRED_UNDEFINED || p->kind == FL_PRED_EQUAL ? !is_true : false;
        if (is_filled != r->when_falsy && r->conditions && r->conditions->place) fl_vec_push(x->arena, &x->guards, (fl_guard){ r->conditions, branch, holds });
        if (!r->when_falsy && !is_filled && says_size && r->conditions && holds_here(s, r->conditions->next)) {   /* nothing was added: what would have done it does not hold */
            if (!fl_narrow(x, s, r->conditions->predicate, !r->conditions->holds)) { *is_dead = true; return; }
        }
    }
}
