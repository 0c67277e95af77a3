/*
 * Expressions of start-up code → values. Read fl_eval; statements are in run.c, calls in call.c, built-in behaviour in
 * intrinsic.c, modules in module.c. Nothing fails: what cannot be known is UNKNOWN with a reason, and evaluation goes on.
 */
#include "extractor/values/value_p.h"
#include <stdio.h>
#include <string.h>

bool fl_eval_step(fl_values *v, fl_frame_state *f)
{
    if (v->idle_until && v->entry_steps >= v->idle_until) return false;
    if (v->is_entering && v->entry_steps++ >= FL_LIMIT_EVAL_ENTRY_STEPS) {
        if (v->entry_steps == FL_LIMIT_EVAL_ENTRY_STEPS + 1) fl_eval_limit(v, f->module->file->root, "the program runs too long; what comes later is not evaluated");
        return false;
    }
    if (v->is_entering) return true;   /* files of a program take turns: they share that bound */
    if (f->module->steps < FL_LIMIT_EVAL_STEPS || (f->module->file->is_library && f->module->steps < FL_LIMIT_EVAL_STEPS * FL_LIMIT_EVAL_LIBRARY_SHARE)) { f->module->steps++; return true; }
    if (f->module->steps++ == FL_LIMIT_EVAL_STEPS) fl_eval_limit(v, f->module->file->root, "start-up code runs too long; the rest of this module is not evaluated");
    return false;
}

void fl_eval_limit(fl_values *v, const fl_node *node, const char *what)
{
    v->limit_count++;
    fl_project_diagnose(v->project, FL_DIAG_NOTE, node ? fl_node_span(node) : (fl_span){ UINT32_MAX, 0, 0 }, "eval-limit", "%s", what);
}

static fl_value *eval_name(fl_values *v, fl_scope *scope, const fl_node *node)
{
    fl_cell *cell = fl_scope_find(scope, node->sym);
    if (cell) return fl_cell_value(v, cell);
    fl_value *global = fl_value_literal(v, FL_V_EXTERNAL, node->sym, node);
    global->model = scope->module->builtins;
    return global;
}

static fl_value *eval_list(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    list->module = f->module;
    for (const fl_node *c = node->first; c; c = c->next) {
        if (list->items.count >= FL_LIMIT_VALUE_ITEMS) { v->limit_count++; break; }
        if (c->kind != FL_NODE_spread) { fl_vec_push(&v->arena, &list->items, fl_eval(v, f, scope, c)); continue; }
        fl_value *more = fl_eval(v, f, scope, c->first);
        for (size_t i = 0; i < more->items.count && more->kind == FL_V_LIST; i++) fl_vec_push(&v->arena, &list->items, more->items.items[i]);
    }
    return list;
}

static fl_sym key_of(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *computed, fl_sym fixed)
{
    if (fl_node_is_absent(computed)) return fixed;
    fl_str text;
    return fl_value_as_text(fl_eval(v, f, scope, computed), &text) ? fl_sym_of(text) : FL_SYM_NONE;
}

static void copy_slots(fl_values *v, fl_value *to, const fl_value *from)
{
    for (size_t i = 0; i < from->slots.count; i++) fl_value_set(v, to, from->slots.items[i].key, from->slots.items[i].value, from->slots.items[i].node);
    to->has_more |= from->has_more || from->kind == FL_V_UNKNOWN || from->kind == FL_V_RESULT || from->kind == FL_V_EXTERNAL || from->kind == FL_V_TYPED;
}

static fl_value *eval_dict(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *dict = fl_value_new(v, FL_V_DICT, node);
    dict->module = f->module;
    dict->is_named = node->flags & FL_FLAG_NAMED;
    for (const fl_node *c = node->first; c; c = c->next) {
        if (c->kind == FL_NODE_spread) { copy_slots(v, dict, fl_eval(v, f, scope, c->first)); continue; }
        if (c->kind == FL_NODE_function) {
            fl_value *method = fl_make_function(v, f, scope, c);
            method->self = dict;
            fl_value_set(v, dict, c->sym, method, c);
            if (c->flags & FL_FLAG_GETTER) dict->slots.items[dict->slots.count - 1].is_getter = true;
            continue;
        }
        if (c->kind != FL_NODE_pair) continue;
        fl_sym key = key_of(v, f, scope, fl_node_child(c, 1), c->sym);
        fl_value *value = fl_eval(v, f, scope, c->first);
        if (value->kind == FL_V_FUNCTION && !value->self && value->node == c->first && !(value->node->flags & FL_FLAG_ARROW)) value->self = dict;
        if (key) { fl_value_set(v, dict, key, value, c); continue; }
        dict->has_more = true;
        fl_vec_push(&v->arena, &dict->items, fl_eval(v, f, scope, fl_node_child(c, 1)));   /* {NotFound: handler}: a key that is no text, and its value */
        fl_vec_push(&v->arena, &dict->items, value);
    }
    return dict;
}

static fl_value *eval_template(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *t = fl_value_new(v, FL_V_TEMPLATE, node);
    fl_buf text;
    fl_buf_init(&text, FL_LIMIT_DATA_BYTES);
    bool is_known = true;
    for (const fl_node *c = node->first; c; c = c->next) {
        fl_value *part = fl_eval(v, f, scope, c);
        fl_str s;
        if (fl_value_as_text(part, &s)) fl_buf_add(&text, s); else is_known = false;
        if (part->kind == FL_V_TEMPLATE) for (size_t i = 0; i < part->items.count; i++) fl_vec_push(&v->arena, &t->items, part->items.items[i]);
        else fl_vec_push(&v->arena, &t->items, part);
    }
    if (is_known) t = fl_value_text(v, FL_V_STRING, fl_sym_of(fl_buf_str(&text)), node);
    fl_buf_release(&text);
    return t;
}

/* a + b with strings: a template of both sides, joined when both are known. */
static fl_value *add_values(fl_values *v, fl_value *a, fl_value *b, const fl_node *node)
{
    fl_str x, y;
    bool has_x = fl_value_as_text(a, &x), has_y = fl_value_as_text(b, &y);
    if (has_x && has_y) {
        double m, n;
        if (a->kind == FL_V_NUMBER && b->kind == FL_V_NUMBER && fl_str_to_double(x, &m) && fl_str_to_double(y, &n)) {
            char text[40];
            snprintf(text, sizeof text, "%.15g", m + n);
            return fl_value_text(v, FL_V_NUMBER, fl_sym_of_c(text), node);
        }
        return fl_value_text(v, FL_V_STRING, fl_sym_of(fl_str_format(&v->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(x), FL_STR_ARG(y))), node);
    }
    if (!has_x && !has_y && a->kind != FL_V_TEMPLATE && b->kind != FL_V_TEMPLATE) return fl_value_unknown(v, "sum of unknown values", node);
    fl_value *t = fl_value_new(v, FL_V_TEMPLATE, node);
    fl_value *sides[] = { a, b };
    for (size_t s = 0; s < 2; s++) {
        if (sides[s]->kind != FL_V_TEMPLATE) { fl_vec_push(&v->arena, &t->items, sides[s]); continue; }
        for (size_t i = 0; i < sides[s]->items.count; i++) fl_vec_push(&v->arena, &t->items, sides[s]->items.items[i]);
    }
    return t;
}

/* 1, 0 or -1 when not known. */
static int values_equal(const fl_value *a, const fl_value *b, bool loose)
{
    if (a->kind == FL_V_UNKNOWN || b->kind == FL_V_UNKNOWN || a->kind == FL_V_RESULT || b->kind == FL_V_RESULT || a->kind == FL_V_TEMPLATE || b->kind == FL_V_TEMPLATE) return -1;
    if (loose && fl_value_is_nullish(a) && fl_value_is_nullish(b)) return 1;
    if (a == b) return 1;
    if (a->kind != b->kind) return loose && (a->kind == FL_V_STRING || a->kind == FL_V_NUMBER) && (b->kind == FL_V_STRING || b->kind == FL_V_NUMBER) ? a->text == b->text : 0;
    switch ((fl_value_kind)a->kind) {
    case FL_V_BOOLEAN: return a->boolean == b->boolean;
    case FL_V_NUMBER: case FL_V_STRING: return a->text == b->text;
    case FL_V_UNDEFINED: case FL_V_NULL: return 1;
    case FL_V_EXTERNAL: return a->text == b->text && a->package == b->package;
    case FL_V_FUNCTION: if (a->node == b->node && a->scope == b->scope) return 1; return 0;   /* a method is made anew each time that it is asked for */
    case FL_V_UNKNOWN: case FL_V_TEMPLATE: case FL_V_REGEX: case FL_V_LIST: case FL_V_DICT: case FL_V_CLASS:
    case FL_V_INSTANCE: case FL_V_METHOD: case FL_V_TYPED: case FL_V_RESULT: return 0;
    }
    return -1;
}

static fl_value *from_truth(fl_values *v, int truth, const fl_node *node)
{
    return truth < 0 ? fl_value_unknown(v, "comparison of unknown values", node) : fl_value_bool(v, truth);
}

/* Whole numbers that a double holds; false: they are none, or the result is none. */
static bool combine_bits(fl_op op, double m, double n, double *r)
{
    const double most = 9007199254740992.0;
    if (!(m >= 0 && m <= most && n >= 0 && n <= most)) return false;
    uint64_t a = (uint64_t)m, b = (uint64_t)n, bits;
    if ((double)a < m || (double)b < n) return false;
    switch (op) {
    case FL_OP_bit_and: bits = a & b; break;
    case FL_OP_bit_or: bits = a | b; break;
    case FL_OP_bit_xor: bits = a ^ b; break;
    case FL_OP_shl: if (b > 31 || a > UINT32_MAX) return false; bits = a << b; break;
    case FL_OP_shr: if (b > 63) return false; bits = a >> b; break;
    default: return false;
    }
    *r = (double)bits;
    return *r <= most;
}

static fl_value *compare_numbers(fl_values *v, fl_op op, const fl_value *a, const fl_value *b, const fl_node *node)
{
    fl_str x, y;
    double m, n;
    if (!fl_value_as_text(a, &x) || !fl_value_as_text(b, &y) || !fl_str_to_double(x, &m) || !fl_str_to_double(y, &n))
        return fl_value_unknown(v, "arithmetic on unknown values", node);
    double r;
    switch (op) {
    case FL_OP_lt: return fl_value_bool(v, m < n);
    case FL_OP_le: return fl_value_bool(v, m <= n);
    case FL_OP_gt: return fl_value_bool(v, m > n);
    case FL_OP_ge: return fl_value_bool(v, m >= n);
    case FL_OP_sub: r = m - n; break;
    case FL_OP_mul: r = m * n; break;
    case FL_OP_div: r = n != 0 ? m / n : 0; break;
    case FL_OP_bit_and: case FL_OP_bit_or: case FL_OP_bit_xor: case FL_OP_shl: case FL_OP_shr:
        if (!combine_bits(op, m, n, &r)) return fl_value_unknown(v, "bits of what is no whole number", node);
        break;
    default: return fl_value_unknown(v, "arithmetic", node);
    }
    char text[40];
    snprintf(text, sizeof text, "%.15g", r);
    return fl_value_text(v, FL_V_NUMBER, fl_sym_of_c(text), node);
}

/* Is it an element of the list, a key of the dict, a part of the text? 1, 0 or -1 when not known. */
static int is_among(const fl_value *a, const fl_value *b)
{
    fl_str x, y;
    bool has_x = fl_value_as_text(a, &x);
    if (has_x && fl_value_as_text(b, &y)) return fl_str_find(y, x) >= 0;
    if (has_x && b->kind == FL_V_DICT && !b->is_named) return fl_value_slot(b, a->text) ? 1 : b->has_more ? -1 : 0;
    if (b->kind != FL_V_LIST) return -1;
    int found = 0;
    for (size_t i = 0; i < b->items.count; i++) {
        int one = values_equal(a, b->items.items[i], false);
        if (one == 1) return 1;
        if (one < 0) found = -1;
    }
    return found;
}

static fl_value *join_lists(fl_values *v, const fl_value *a, const fl_value *b, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    list->module = a->module;
    const fl_value *both[] = { a, b };
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < both[s]->items.count && both[s]->kind == FL_V_LIST && list->items.count < FL_LIMIT_VALUE_ITEMS; i++) fl_vec_push(&v->arena, &list->items, both[s]->items.items[i]);
    return list;
}

/* An object, or a class, that decides itself what an operator does: `operators` of the language's model names the method. */
static fl_value *eval_own_operator(fl_values *v, fl_frame_state *f, fl_op op, fl_value *a, fl_value *b, const fl_node *node)
{
    if (a->kind != FL_V_INSTANCE && a->kind != FL_V_CLASS) return NULL;
    const fl_data *names = f->module->builtins ? fl_data_get_c(f->module->builtins->data, "operators") : NULL;
    const fl_data *name = names ? fl_data_get_c(names, fl_op_text(op)) : NULL;
    fl_value *method = name ? fl_get_member(v, f, a, fl_sym_of(name->text), node) : NULL;
    if (!method || method->kind != FL_V_FUNCTION) return NULL;
    fl_value_list args = { 0 };
    if (b) fl_vec_push(&v->arena, &args, b);
    return fl_call(v, f, method, a, &args, node, false);
}

static fl_value *eval_binary(fl_values *v, fl_frame_state *f, fl_op op, fl_value *a, fl_value *b, const fl_node *node)
{
    int truth;
    fl_value *own = eval_own_operator(v, f, op, a, b, node);
    if (own) return own;
    switch (op) {
    case FL_OP_add:
        if (a->kind == FL_V_LIST || (b->kind == FL_V_LIST && a->kind != FL_V_STRING)) return join_lists(v, a, b, node);
        return add_values(v, a, b, node);
    case FL_OP_in: return from_truth(v, is_among(a, b), node);
    case FL_OP_not_in:
        truth = is_among(a, b);
        return from_truth(v, truth < 0 ? truth : !truth, node);
    case FL_OP_eq: case FL_OP_same: return from_truth(v, values_equal(a, b, op == FL_OP_eq), node);
    case FL_OP_ne: case FL_OP_not_same:
        truth = values_equal(a, b, op == FL_OP_ne);
        return from_truth(v, truth < 0 ? truth : !truth, node);
    default: return compare_numbers(v, op, a, b, node);
    }
}

/* The better known of two values that code chooses between. A default keeps the name of the variable it stands in for. */
static fl_value *prefer(fl_values *v, fl_value *a, fl_value *b)
{
    if (!fl_value_is_open(a) || a->kind == FL_V_RESULT) return a;
    if (a->is_environment && b->kind == FL_V_UNKNOWN && !b->is_environment) return a;
    if (!a->is_environment || (b->kind != FL_V_STRING && b->kind != FL_V_NUMBER)) return b;
    return fl_environment_default(v, a, b, b->node);
}

static fl_value *eval_logical(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *left = fl_eval(v, f, scope, node->first);
    int truth = node->op == FL_OP_coalesce ? (fl_value_is_open(left) ? -1 : !fl_value_is_nullish(left)) : fl_value_truth(left);
    bool stops_when_true = node->op != FL_OP_and;
    if (truth >= 0 && (truth == 1) == stops_when_true) return left;
    if (truth < 0) f->unsure++;
    fl_value *right = fl_eval(v, f, scope, fl_node_child(node, 1));
    if (truth >= 0) return right;
    f->unsure--;
    return node->op == FL_OP_and ? right : prefer(v, left, right);   /* an unset variable falls back to its default */
}

static fl_value *eval_conditional(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    int truth = fl_value_truth(fl_eval(v, f, scope, node->first));
    if (truth >= 0) return fl_eval(v, f, scope, fl_node_child(node, truth ? 1 : 2));
    f->unsure++;
    fl_value *a = fl_eval(v, f, scope, fl_node_child(node, 1)), *b = fl_eval(v, f, scope, fl_node_child(node, 2));
    f->unsure--;
    if (fl_value_is_nullish(a)) return b;
    bool is_default_first = b->is_environment && b->kind == FL_V_UNKNOWN && (a->kind == FL_V_STRING || a->kind == FL_V_NUMBER);
    return is_default_first ? prefer(v, b, a) : prefer(v, a, b);   /* text == NULL ? "80" : text */
}

static fl_value *eval_unary(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *a = fl_eval(v, f, scope, node->first);
    fl_str s;
    int truth;
    fl_value *own = eval_own_operator(v, f, (fl_op)node->op, a, NULL, node);
    if (own) return own;
    switch ((fl_op)node->op) {
    case FL_OP_not:
        truth = fl_value_truth(a);
        return from_truth(v, truth < 0 ? truth : !truth, node);
    case FL_OP_plus: return a->kind == FL_V_STRING ? fl_value_text(v, FL_V_NUMBER, a->text, node) : a;
    case FL_OP_neg:
        if (!fl_value_as_text(a, &s)) return fl_value_unknown(v, "negation", node);
        return fl_value_text(v, FL_V_NUMBER, fl_sym_of(fl_str_format(&v->arena, "-" FL_STR_FMT, FL_STR_ARG(s))), node);
    case FL_OP_address:
        if (node->first->kind == FL_NODE_member && fl_value_types(a) == FL_T_UNDEFINED) {   /* &Shop::list */
            fl_value *of = fl_eval(v, f, scope, node->first->first), *method = of->kind == FL_V_CLASS ? fl_method_of_class(v, f, of, node->first->sym, node) : NULL;
            if (method) return method;
        }
        return a;
    case FL_OP_dereference: return a;   /* values are what is pointed to: writing through either is seen by both */
    case FL_OP_is_void: return fl_value_new(v, FL_V_UNDEFINED, node);
    case FL_OP_type_of: {
        static const struct { unsigned types; const char *name; } names[] = { { FL_T_UNDEFINED, "undefined" }, { FL_T_BOOLEAN, "boolean" }, { FL_T_NUMBER, "number" },
            { FL_T_STRING, "string" }, { FL_T_FUNCTION, "function" }, { FL_T_LIST | FL_T_DICT | FL_T_NULL | FL_T_OTHER, "object" } };
        unsigned types = fl_value_types(a);
        for (size_t i = 0; types && i < FL_COUNT(names); i++)
            if (types & names[i].types) return fl_value_text(v, FL_V_STRING, fl_sym_of_c(names[i].name), node);
        return fl_value_unknown(v, "type of unknown", node);
    }
    case FL_OP_increment: case FL_OP_decrement: {
        double n;
        if (!fl_value_as_text(a, &s) || !fl_str_to_double(s, &n)) return fl_value_unknown(v, "step of unknown", node);
        char text[40];
        snprintf(text, sizeof text, "%.15g", node->op == FL_OP_increment ? n + 1 : n - 1);
        fl_value *next = fl_value_text(v, FL_V_NUMBER, fl_sym_of_c(text), node);
        fl_bind_pattern(v, f, scope, node->first, next, false);
        return node->flags & FL_FLAG_POSTFIX ? a : next;
    }
    default: return fl_value_unknown(v, "operator", node);
    }
}

/* ModelViewSet[Tag]: what is no name of a member gives a class type arguments, and it is that class; Color["RED"] is a member. */
static bool is_generic(const fl_frame_state *f, const fl_value *object, const fl_value *index)
{
    return object->kind == FL_V_CLASS && f->module->builtins && f->module->builtins->missing_key.len && index->kind != FL_V_STRING;
}

static fl_value *eval_index(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *object = fl_eval(v, f, scope, node->first), *index = fl_eval(v, f, scope, fl_node_child(node, 1));
    fl_str text;
    if (is_generic(f, object, index)) return object;
    if (!fl_value_as_text(index, &text)) return fl_value_unknown(v, "index not known", node);
    int64_t n;
    if (object->kind == FL_V_LIST && fl_str_to_int(text, &n))
        return n >= 0 && (size_t)n < object->items.count ? object->items.items[n] : fl_value_new(v, FL_V_UNDEFINED, node);
    return fl_get_member(v, f, object, fl_sym_of(text), node);
}

static fl_value *eval_assign(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    const fl_node *target = node->first;
    fl_value *value;
    if (node->op == FL_OP_assign) value = fl_eval(v, f, scope, fl_node_child(node, 1));
    else {
        fl_value *old = fl_eval(v, f, scope, target);
        fl_op op = (fl_op)node->op;
        if (op == FL_OP_and || op == FL_OP_or || op == FL_OP_coalesce) {
            int truth = op == FL_OP_coalesce ? (old->kind == FL_V_UNKNOWN ? -1 : !fl_value_is_nullish(old)) : fl_value_truth(old);
            if (truth >= 0 && (truth == 1) == (op != FL_OP_and)) return old;
            value = fl_eval(v, f, scope, fl_node_child(node, 1));
        } else value = eval_binary(v, f, op, old, fl_eval(v, f, scope, fl_node_child(node, 1)), node);
    }
    fl_bind_pattern(v, f, scope, target, value, false);
    return value;
}

static fl_value *eval_call(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    const fl_node *callee_node = node->first;
    fl_value *self = NULL, *callee;
    if (callee_node->kind == FL_NODE_member) {
        self = callee_node->first->kind == FL_NODE_super_ ? scope->self : fl_eval(v, f, scope, callee_node->first);
        if (callee_node->first->kind == FL_NODE_super_ && self && self->target && self->target->target) {
            const fl_value *owner = NULL;
            fl_module *module = NULL;
            const fl_node *method = fl_value_class_member(self->target->target, callee_node->sym, &owner, &module);
            callee = method ? fl_make_function(v, f, module == owner->module ? owner->scope : module->scope, method) : fl_value_unknown(v, "method of an external base", node);
        } else callee = self ? fl_get_member(v, f, self, callee_node->sym, callee_node) : fl_value_unknown(v, "super outside a class", node);
    } else if (callee_node->kind == FL_NODE_super_) {
        callee = scope->self && scope->self->target ? scope->self->target->target : NULL;
        /* which class's constructor is running: the scope remembers it through its function's parent class */
        const fl_node *cls = fl_node_enclosing(node, FL_NODE_class_);
        for (fl_value *c = scope->self ? scope->self->target : NULL; c && cls; c = c->target)
            if (c->kind == FL_V_CLASS && c->node == cls) { callee = c->target; break; }
        self = scope->self;
        if (!callee) callee = fl_value_unknown(v, "super", node);
    } else {
        callee = fl_eval(v, f, scope, callee_node);
        if (callee_node->kind == FL_NODE_index) self = fl_eval(v, f, scope, callee_node->first);
    }
    fl_value_list args = { 0 };
    for (const fl_node *c = callee_node->next; c; c = c->next) {
        if (c->kind != FL_NODE_spread) { fl_vec_push(&v->arena, &args, fl_eval(v, f, scope, c)); continue; }
        fl_value *more = fl_eval(v, f, scope, c->first);
        if (more->kind == FL_V_LIST) for (size_t i = 0; i < more->items.count; i++) fl_vec_push(&v->arena, &args, more->items.items[i]);
        else fl_vec_push(&v->arena, &args, more);
    }
    if ((node->flags & FL_FLAG_OPTIONAL || callee_node->flags & FL_FLAG_OPTIONAL) && fl_value_is_nullish(callee)) return callee;
    fl_value *result = fl_call(v, f, callee, self, &args, node, node->flags & FL_FLAG_NEW);
    const fl_member *m = callee->kind == FL_V_EXTERNAL ? fl_value_external_member(callee) : NULL;
    const fl_effect *e = m && m->call ? fl_effect_for(m->call, args.count) : NULL;
    if (e && e->fills.is_set && e->fills.arg >= 0) {
        const fl_node *written = fl_node_child(node, (unsigned)e->fills.arg + 1);
        if (written && written->kind == FL_NODE_unary && written->op == FL_OP_address) written = written->first;
        if (written && written->kind == FL_NODE_name) fl_bind_pattern(v, f, scope, written, fl_value_unknown(v, "written by external code", node), false);
    }
    return result;
}

/* Waiting for an object of a class with `then` calls that. */
static fl_value *settled(fl_values *v, fl_frame_state *f, fl_value *value, const fl_node *node)
{
    const fl_value *owner = NULL;
    fl_value_list none = { 0 };
    if (value->kind != FL_V_INSTANCE || !value->target || value->target->kind != FL_V_CLASS) return value;
    if (!value->target->module->file->is_library || !fl_value_class_member(value->target, FL_SYM_then_, &owner, NULL)) return value;
    (void)fl_call(v, f, fl_get_member(v, f, value, FL_SYM_then_, node), value, &none, node, false);
    return value;
}

fl_value *fl_eval(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    if (fl_node_is_absent(node)) return fl_value_new(v, FL_V_UNDEFINED, node);
    if (!fl_eval_step(v, f)) return fl_value_unknown(v, "too many steps", node);
    fl_value *last = NULL;
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_name: return eval_name(v, scope, node);
    case FL_NODE_this_: return scope->self ? scope->self : fl_value_unknown(v, "this", node);
    case FL_NODE_number: return fl_value_literal(v, FL_V_NUMBER, node->sym, node);
    case FL_NODE_string: return fl_value_literal(v, FL_V_STRING, node->sym, node);
    case FL_NODE_boolean: return fl_value_bool(v, node->flags & FL_FLAG_TRUE);
    case FL_NODE_null: return fl_value_literal(v, FL_V_NULL, 0, node);
    case FL_NODE_undefined: return fl_value_literal(v, FL_V_UNDEFINED, 0, node);
    case FL_NODE_regex: return fl_value_text(v, FL_V_REGEX, node->sym, node);
    case FL_NODE_template: return eval_template(v, f, scope, node);
    case FL_NODE_list: return eval_list(v, f, scope, node);
    case FL_NODE_dict: return eval_dict(v, f, scope, node);
    case FL_NODE_function: return fl_make_function(v, f, scope, node);
    case FL_NODE_class_: return fl_make_class(v, f, scope, node);
    case FL_NODE_member: {
        fl_value *object = fl_eval(v, f, scope, node->first);
        if ((node->flags & FL_FLAG_OPTIONAL) && fl_value_is_nullish(object)) return fl_value_new(v, FL_V_UNDEFINED, node);
        return fl_get_member(v, f, object, node->sym, node);
    }
    case FL_NODE_index: return eval_index(v, f, scope, node);
    case FL_NODE_call: return eval_call(v, f, scope, node);
    case FL_NODE_unary: return eval_unary(v, f, scope, node);
    case FL_NODE_binary: {
        fl_value *a = fl_eval(v, f, scope, node->first);
        return eval_binary(v, f, (fl_op)node->op, a, fl_eval(v, f, scope, fl_node_child(node, 1)), node);
    }
    case FL_NODE_logical: return eval_logical(v, f, scope, node);
    case FL_NODE_conditional: return eval_conditional(v, f, scope, node);
    case FL_NODE_assign: return eval_assign(v, f, scope, node);
    case FL_NODE_sequence:
        for (const fl_node *c = node->first; c; c = c->next) last = fl_eval(v, f, scope, c);
        return last ? last : fl_value_new(v, FL_V_UNDEFINED, node);
    case FL_NODE_await: return settled(v, f, fl_eval(v, f, scope, node->first), node);
    case FL_NODE_cast: return fl_eval(v, f, scope, node->first);
    case FL_NODE_opaque: case FL_NODE_markup:
        for (const fl_node *c = node->first; c; c = c->next) (void)fl_eval(v, f, scope, c);
        return fl_value_unknown(v, "opaque", node);
    case FL_NODE_let:
        (void)fl_run_statement(v, f, scope, node);
        return fl_value_new(v, FL_V_UNDEFINED, node);
    default: return fl_value_unknown(v, fl_node_kind_text((fl_node_kind)node->kind), node);
    }
}
