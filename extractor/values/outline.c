/*
 * What a class of the program says of itself, as data: code that stands for frameworks in which classes are declarations reads it. A dict of
 *     name, base, decorators, params: [type], fields: [{name, isOptional, hasValue, type, decorators}],
 *     methods: [{name, function, decorators, params: [{type, decorators}]}]
 * Decorators are what they evaluate to. A type is a text ("string"), a class, an enumeration, a list of one type, an instance of what a model
 * says of it, or undefined.
 */
#include "extractor/values/value_p.h"

static fl_value *list_of(fl_values *v, const fl_node *node) { return fl_value_new(v, FL_V_LIST, node); }

static void push(fl_values *v, fl_value *list, fl_value *item)
{
    if (list->items.count < FL_LIMIT_VALUE_ITEMS) fl_vec_push(&v->arena, &list->items, item);
}

static void put(fl_values *v, fl_value *dict, const char *key, fl_value *value, const fl_node *node)
{
    fl_value_set(v, dict, fl_sym_of_c(key), value, node);
}

/* An instance of what external code calls by that name. */
static fl_value *instance_of(fl_values *v, const fl_value *external, const fl_node *node)
{
    const fl_annotation *a = external->model && external->text ? fl_model_annotation(external->model, external->text) : NULL;
    const fl_member *m = fl_value_external_member(external);
    const fl_effect *e = m ? (m->new_ ? m->new_ : m->call) : NULL;
    fl_sym name = a && a->type ? a->type : e && e->returns.kind == FL_RESULT_TYPE ? e->returns.type : FL_SYM_NONE;
    const fl_model_type *type = name ? fl_models_type(v->models, name) : NULL;
    if (!type || type->is_router) return fl_value_new(v, FL_V_UNDEFINED, node);
    fl_value *made = fl_value_new(v, FL_V_TYPED, node);
    made->type = type;
    return made;
}

static fl_value *type_value(fl_values *v, fl_module *m, const fl_node *type, unsigned depth)
{
    if (fl_node_is_absent(type) || depth > 8) return fl_value_new(v, FL_V_UNDEFINED, type);
    if (type->kind == FL_NODE_type_list) {
        fl_value *list = list_of(v, type);
        push(v, list, type_value(v, m, type->first, depth + 1));
        return list;
    }
    if (type->kind == FL_NODE_type_union) {   /* string | null */
        fl_value *found = fl_value_new(v, FL_V_UNDEFINED, type);
        for (const fl_node *t = type->first; t && found->kind == FL_V_UNDEFINED; t = t->next) found = type_value(v, m, t, depth + 1);
        return found;
    }
    if (type->kind != FL_NODE_type_name) return fl_value_new(v, FL_V_UNDEFINED, type);
    fl_cell *cell = m->scope ? fl_scope_find(m->scope, type->sym) : NULL;
    if (!cell) return fl_value_text(v, FL_V_STRING, type->sym, type);
    fl_value *value = fl_cell_value(v, cell);
    if (value->kind == FL_V_CLASS || value->kind == FL_V_DICT) return value;
    return value->kind == FL_V_EXTERNAL ? instance_of(v, value, type) : fl_value_new(v, FL_V_UNDEFINED, type);
}

static fl_value *decorators_of(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *list = list_of(v, node);
    for (const fl_node *c = node->first; c; c = c->next)
        if (c->kind == FL_NODE_decorator) push(v, list, fl_eval(v, f, scope, c->first));
    return list;
}

static fl_value *params_of(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *function)
{
    fl_value *list = list_of(v, function);
    for (const fl_node *p = function->first->first; p; p = p->next) {
        fl_value *one = fl_value_new(v, FL_V_DICT, p);
        put(v, one, "type", type_value(v, f->module, fl_node_child(p, 2), 0), p);
        put(v, one, "decorators", decorators_of(v, f, scope, p), p);
        push(v, list, one);
    }
    return list;
}

fl_value *fl_class_outline(fl_values *v, fl_frame_state *caller, fl_value *cls, const fl_node *node)
{
    if (!cls || cls->kind != FL_V_CLASS || !cls->module) return NULL;
    fl_frame_state f = { .module = cls->module, .caller = caller };
    fl_value *out = fl_value_new(v, FL_V_DICT, node), *fields = list_of(v, node), *methods = list_of(v, node);
    put(v, out, "name", fl_value_text(v, FL_V_STRING, cls->node->sym, node), node);
    put(v, out, "base", cls->target ? cls->target : fl_value_new(v, FL_V_UNDEFINED, node), node);
    put(v, out, "decorators", decorators_of(v, &f, cls->scope, cls->node), node);
    put(v, out, "params", list_of(v, node), node);
    for (const fl_node *m = fl_node_child(cls->node, 1)->first; m; m = m->next) {
        if (m->flags & FL_FLAG_STATIC || !m->sym) continue;
        fl_value *one = fl_value_new(v, FL_V_DICT, m);
        put(v, one, "name", fl_value_text(v, FL_V_STRING, m->sym, m), m);
        if (m->kind == FL_NODE_field) {
            put(v, one, "isOptional", fl_value_bool(v, m->flags & FL_FLAG_OPTIONAL), m);
            put(v, one, "hasValue", fl_value_bool(v, !fl_node_is_absent(fl_node_child(m, 0))), m);
            put(v, one, "type", type_value(v, cls->module, fl_node_child(m, 1), 0), m);
            put(v, one, "decorators", decorators_of(v, &f, cls->scope, m), m);
            push(v, fields, one);
        } else if (m->kind == FL_NODE_function && !fl_node_is_absent(fl_node_child(m, 2))) {
            fl_value *params = params_of(v, &f, cls->scope, m);
            if (m->sym == FL_SYM_constructor) { put(v, out, "params", params, m); continue; }
            put(v, one, "params", params, m);
            put(v, one, "decorators", decorators_of(v, &f, cls->scope, m), m);
            push(v, methods, one);
        }
    }
    put(v, out, "fields", fields, node);
    put(v, out, "methods", methods, node);
    return out;
}
