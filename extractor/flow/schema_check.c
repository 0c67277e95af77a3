/*
 * What the checks that a class of data runs on its own fields (`checks` of a decorator's model) say of these: a test of the value under which
 * they throw at once bounds it. Only what stands plainly there is read: comparisons of the value or of its length with a constant, membership
 * in a constant list, emptiness. The flow stage runs the same methods for what else they do, see exec_checks.c.
 */
#include "extractor/flow/claim_p.h"

typedef struct check { fl_claims *c; const fl_module *module; const fl_scope *scope; fl_sym value; fl_schema *schema; } check;

static const fl_models *models_of(const fl_claims *c) { return c->models ? c->models : c->values->models; }

static bool ends_in_throw(const fl_node *block)
{
    const fl_node *last = NULL;
    for (const fl_node *s = block ? block->first : NULL; s; s = s->next) last = s;
    return last && last->kind == FL_NODE_throw_;
}

static bool is_value(const check *k, const fl_node *node) { return node && node->kind == FL_NODE_name && node->sym == k->value; }

/* len(v), by the model of what is called */
static bool is_length(const check *k, const fl_node *node)
{
    if (!node || node->kind != FL_NODE_call || node->first->kind != FL_NODE_name || !is_value(k, node->first->next)) return false;
    const fl_cell *cell = fl_scope_find(k->scope, node->first->sym);
    const fl_model *builtins = k->module->builtins;
    const fl_member *m = builtins && !(cell && cell->value) ? fl_map_get(&builtins->globals, node->first->sym) : NULL;
    return m && m->call && m->call->measures.is_set;
}

static const fl_data *constant(const check *k, const fl_node *node)
{
    const fl_value *v = node ? fl_value_of_expression(k->c->arena, models_of(k->c), k->module, k->scope, node) : NULL;
    return v ? fl_value_to_data(k->c->arena, v, 0) : NULL;
}

static void bound(check *k, bool is_length_of, bool is_lower, bool is_exclusive, double n)
{
    fl_schema *s = k->schema;
    bool is_text = s->types & FL_JSON_STRING, is_list = s->types & FL_JSON_ARRAY;
    if (is_length_of) {
        int64_t size = (int64_t)n + (is_exclusive ? (is_lower ? 1 : -1) : 0);
        if ((!is_text && !is_list) || !(n >= 0 && n < 1e9) || size < 0) return;
        bool *has = is_text ? (is_lower ? &s->has_min_length : &s->has_max_length) : is_lower ? &s->has_min_items : &s->has_max_items;
        int64_t *limit = is_text ? (is_lower ? &s->min_length : &s->max_length) : is_lower ? &s->min_items : &s->max_items;
        if (*has && (is_lower ? *limit >= size : *limit <= size)) return;
        *has = true;
        *limit = size;
    } else if (s->types & (FL_JSON_INTEGER | FL_JSON_NUMBER)) {
        if (is_lower && s->has_minimum && s->minimum >= n) return;
        if (!is_lower && s->has_maximum && s->maximum <= n) return;
        if (is_lower) { s->has_minimum = true; s->minimum = n; s->minimum_is_exclusive = is_exclusive; }
        else { s->has_maximum = true; s->maximum = n; s->maximum_is_exclusive = is_exclusive; }
    }
}

/* A comparison that is refused where it `holds`. */
static void compare(check *k, fl_op op, const fl_node *left, const fl_node *right, bool holds)
{
    bool is_length_of = is_length(k, left), is_turned = !is_value(k, left) && !is_length_of;
    const fl_node *other = is_turned ? left : right;
    if (is_turned) {
        is_length_of = is_length(k, right);
        if (!is_length_of && !is_value(k, right)) return;
        op = op == FL_OP_lt ? FL_OP_gt : op == FL_OP_le ? FL_OP_ge : op == FL_OP_gt ? FL_OP_lt : FL_OP_le;
    }
    const fl_data *n = constant(k, other);
    if (!n || n->kind != FL_DATA_NUMBER) return;
    bool is_less = op == FL_OP_lt || op == FL_OP_le, is_strict = op == FL_OP_lt || op == FL_OP_gt;
    /* refused where v < 3: at least 3; refused where not v < 3: less than 3 */
    bound(k, is_length_of, is_less == holds, holds ? !is_strict : is_strict, fl_data_num(n, 0));
}

static void member(check *k, const fl_node *list)
{
    const fl_data *values = constant(k, list);
    fl_claim claim = { .schema = k->schema };
    fl_schema *fresh = NULL;
    if (values && values->kind == FL_DATA_LIST && !k->schema->enumeration.count) (void)fl_claim_enumerate(k->c, &claim, values, &fresh);
}

static void refused_when(check *k, const fl_node *test, bool holds, unsigned depth)
{
    if (!test || depth > 16) return;
    if (test->kind == FL_NODE_unary && test->op == FL_OP_not) { refused_when(k, test->first, !holds, depth + 1); return; }
    if (test->kind == FL_NODE_logical && (test->op == FL_OP_or ? holds : test->op == FL_OP_and && !holds)) {
        refused_when(k, test->first, holds, depth + 1);
        refused_when(k, fl_node_child(test, 1), holds, depth + 1);
        return;
    }
    if (is_value(k, test) && !holds) { bound(k, true, true, false, 1); return; }
    if (test->kind != FL_NODE_binary) return;
    const fl_node *left = test->first, *right = fl_node_child(test, 1);
    switch ((fl_op)test->op) {
    case FL_OP_lt: case FL_OP_le: case FL_OP_gt: case FL_OP_ge: compare(k, (fl_op)test->op, left, right, holds); return;
    case FL_OP_not_in: if (holds && is_value(k, left)) member(k, right); return;
    case FL_OP_in: if (!holds && is_value(k, left)) member(k, right); return;
    default: return;
    }
}

static void read_method(check *k, const fl_node *method)
{
    const fl_node *param = method->first->first;
    if (!param || !param->sym) return;
    k->value = param->sym;
    for (const fl_node *s = fl_node_child(method, 2) ? fl_node_child(method, 2)->first : NULL; s; s = s->next) {
        if (s->kind == FL_NODE_if_ && ends_in_throw(fl_node_child(s, 1))) refused_when(k, s->first, true, 0);
        else if (s->kind == FL_NODE_let || s->kind == FL_NODE_expression) continue;
        else if (s->kind != FL_NODE_if_) return;
    }
}

static const fl_value *argument_of(const fl_value *v, const char *key)
{
    int64_t n = fl_data_get_int(v->effect->checks, key, -1);
    return n >= 0 && (size_t)n < v->items.count ? v->items.items[n] : NULL;
}

const fl_value *fl_check_of(fl_arena *arena, const fl_models *models, const fl_value *cls, const fl_node *decorator)
{
    if (decorator->kind != FL_NODE_decorator || !decorator->first || decorator->first->kind != FL_NODE_call) return NULL;
    const fl_value *v = fl_validator_of_call(arena, models, cls->module, cls->scope, NULL, decorator->first);
    if (!v || !v->effect || !v->effect->checks) return NULL;
    const fl_value *mode = argument_of(v, "mode"), *before = argument_of(v, "before");
    fl_str text;
    bool is_early = (mode && fl_value_as_text(mode, &text) && !fl_str_eq_c(text, "after")) || (before && before->kind == FL_V_BOOLEAN && before->boolean);
    return is_early ? NULL : v;
}

void fl_claim_checks(fl_claims *c, const fl_module *module, const fl_node *node, fl_schema *to)
{
    const fl_value *cls = fl_class_value(module, node);
    fl_str name;
    for (const fl_node *m = cls && cls->module ? fl_node_child(node, 1)->first : NULL; m; m = m->next)
        for (const fl_node *d = m->kind == FL_NODE_function ? m->first : NULL; d; d = d->next) {
            const fl_value *v = fl_check_of(c->arena, models_of(c), cls, d);
            if (!v || fl_data_get_bool(v->effect->checks, "whole", false)) continue;
            int64_t mode = fl_data_get_int(v->effect->checks, "mode", -1);
            for (size_t i = 0; i < v->items.count; i++) {
                if ((int64_t)i == mode || v->items.items[i]->kind != FL_V_STRING || !fl_value_as_text(v->items.items[i], &name)) continue;
                for (size_t p = 0; p < to->properties.count; p++) {
                    fl_property *own = &to->properties.items[p];
                    if ((!fl_str_eq(own->name, name) && !(own->code && fl_str_eq(fl_sym_str(own->code), name))) || own->schema->name.len) continue;
                    check k = { c, module, cls->scope, 0, fl_schema_copy(c->arena, own->schema) };
                    read_method(&k, m);
                    own->schema = k.schema;
                }
            }
        }
}
