/*
 * Functions, parameters, decorators and classes.
 * A decorated function outside a class is what Python says: `let f = decorator(function)`. The first parameter of a method is
 * `this` and no parameter; functions inside see it too, so they are arrows. In a class the decorators that the language itself
 * knows become flags, the others stay.
 */
#include "extractor/languages/python_p.h"

/* ---- parameters ---- */

/* f(...), f(): what describes a name and gives no default */
bool fl_py_is_default(const fl_node *value)
{
    if (!value) return false;
    if (value->kind == FL_NODE_name) return !fl_str_eq_c(fl_sym_str(value->sym), "Ellipsis");
    if (value->kind != FL_NODE_call) return true;
    const fl_node *first = value->first->next;
    if (first && first->kind == FL_NODE_dict && first->flags & FL_FLAG_NAMED) {
        for (const fl_node *c = first->first; c; c = c->next)
            if (c->kind == FL_NODE_pair && fl_str_starts(fl_sym_str(c->sym), FL_S("default"))) return fl_py_is_default(c->first);
        return false;
    }
    return first && !(first->kind == FL_NODE_name && fl_str_eq_c(fl_sym_str(first->sym), "Ellipsis"));
}


static fl_node *param_parts(fl_py *p, fl_node *param, fl_node *target, fl_node *preset, fl_node *type)
{
    if (!target) target = fl_py_gap(p, param->start_byte);
    if (target->kind == FL_NODE_spread) {
        fl_node *inner = (fl_node *)(uintptr_t)target->first;
        inner->parent = NULL;
        inner->next = NULL;
        param->flags |= FL_FLAG_REST;
        target = inner;
    }
    if (target->kind == FL_NODE_name) param->sym = target->sym;
    if (fl_py_is_default(preset)) param->flags |= FL_FLAG_OPTIONAL;
    FL_PY_PLACES(p, param, NULL, target, preset, type);
    return param;
}

static fl_node *parameter(fl_py *p, fl_py_at at)
{
    fl_node *param = fl_py_node(p, FL_NODE_param, at), *target = NULL, *preset = NULL, *type = NULL;
    if (at.class == FL_PY_TARGET || at.kind == FL_PY_identifier) {
        if (at.kind == FL_PY_dictionary_splat_pattern) param->flags |= FL_FLAG_NAMED;
        return param_parts(p, param, fl_py_target(p, at), NULL, NULL);
    }
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_type) type = fl_py_type(p, child);
        else if (!target && (child.kind == FL_PY_identifier || child.class == FL_PY_TARGET)) {
            if (child.kind == FL_PY_dictionary_splat_pattern) param->flags |= FL_FLAG_NAMED;
            target = fl_py_target(p, child);
        } else if (target && !preset && fl_py_is_value(child)) preset = fl_py_expression(p, child);
    }
    return param_parts(p, param, target, preset, type);
}

static fl_node *parameters(fl_py *p, fl_py_at at, bool drop_first, fl_sym *dropped)
{
    fl_node *params = fl_py_node(p, FL_NODE_params, at);
    const fl_node *last = NULL;
    bool is_named = false, is_first = true;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        bool is_separator = child.kind == FL_PY_keyword_separator;
        is_named |= is_separator || child.kind == FL_PY_list_splat_pattern;
        bool is_param = child.class == FL_PY_TARGET || child.kind == FL_PY_identifier || child.kind == FL_PY_default_parameter ||
                        child.kind == FL_PY_typed_parameter || child.kind == FL_PY_typed_default_parameter;
        if (!is_param) continue;
        fl_node *param = parameter(p, child);
        if (is_first && drop_first && !(param->flags & FL_FLAG_REST)) {
            *dropped = param->sym;
        } else {
            if (param->flags & FL_FLAG_REST) is_named = true;
            else if (is_named) param->flags |= FL_FLAG_NAMED;
            fl_py_put(p, params, &last, param);
        }
        is_first = false;
    }
    return params;
}

/* ---- functions ---- */

static bool is_name(const fl_node *decorator, const char *name)
{
    const fl_node *what = decorator->first;
    return what && what->kind == FL_NODE_name && fl_str_eq_c(fl_sym_str(what->sym), name);
}

static bool is_in_method(const fl_py *p)
{
    for (const fl_py_scope *s = p->scope; s && s->kind == FL_PY_IN_FUNCTION; s = s->up)
        if (s->self) return true;
    return false;
}

/* Takes what the language knows out of the decorators of a method. */
static uint16_t method_flags(fl_py_chain *decorators, bool *has_no_self)
{
    uint16_t flags = FL_FLAG_METHOD;
    fl_py_chain rest = { 0 };
    for (fl_node *d = decorators->first, *next; d; d = next) {
        next = (fl_node *)(uintptr_t)d->next;
        d->next = NULL;
        fl_str last = d->first && d->first->kind == FL_NODE_member ? fl_sym_str(d->first->sym) : (fl_str){ 0 };
        if (is_name(d, "staticmethod")) {
            flags |= FL_FLAG_STATIC;
            *has_no_self = true;
        } else if (is_name(d, "classmethod")) {
            flags |= FL_FLAG_STATIC;
        } else if (is_name(d, "property") || is_name(d, "cached_property") || fl_str_eq_c(last, "cached_property")) {
            flags |= FL_FLAG_GETTER;
        } else if (fl_str_eq_c(last, "setter") || fl_str_eq_c(last, "deleter")) {
            flags |= FL_FLAG_SETTER;
        } else {
            fl_tree_chain_push(&rest, d);
        }
    }
    *decorators = rest;
    return flags;
}

static bool holds_yield(const fl_node *node)
{
    for (const fl_node *c = node ? node->first : NULL; c; c = c->next)
        if (c->kind == FL_NODE_yield || (c->kind != FL_NODE_function && c->kind != FL_NODE_class_ && holds_yield(c))) return true;
    return false;
}

fl_node *fl_py_function(fl_py *p, fl_py_at at, fl_py_chain *decorators)
{
    bool is_method = p->scope->kind == FL_PY_IN_CLASS, has_no_self = false;
    fl_node *node = fl_py_node(p, FL_NODE_function, at), *params = NULL, *result = NULL, *body = NULL;
    if (is_method) node->flags = method_flags(decorators, &has_no_self);
    else if (is_in_method(p)) node->flags = FL_FLAG_ARROW;
    if (is_method && decorators->first && decorators->first->start_byte < node->start_byte) node->start_byte = decorators->first->start_byte;
    fl_py_scope scope = { .up = p->scope, .kind = FL_PY_IN_FUNCTION };
    fl_sym caught = p->caught, loop_label = p->loop_label;
    p->caught = p->loop_label = FL_SYM_NONE;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_token_async) node->flags |= FL_FLAG_ASYNC;
        else if (child.kind == FL_PY_parameters) params = parameters(p, child, is_method && !has_no_self, &scope.self);
        else if (child.kind == FL_PY_type && !body) result = fl_py_type(p, child);
        else if (child.kind == FL_PY_identifier && !params) node->sym = fl_py_sym(p, child.start, child.end);
        else if (child.kind == FL_PY_block) {
            p->scope = &scope;
            body = fl_py_block(p, child);
            fl_py_float_names(p, body);
            p->scope = scope.up;
        }
    }
    p->caught = caught;
    p->loop_label = loop_label;
    if (is_method && fl_str_eq_c(fl_sym_str(node->sym), "__init__")) node->sym = fl_sym_of_c("constructor");
    if (is_method && fl_str_eq_c(fl_sym_str(node->sym), "__new__")) node->flags |= FL_FLAG_STATIC;
    if (body && holds_yield(body)) node->flags |= FL_FLAG_GENERATOR;
    if (!params) params = fl_py_node(p, FL_NODE_params, fl_py_point(at.end));
    FL_PY_PLACES(p, node, is_method ? decorators : NULL, params, result, body ? body : fl_py_no_block(p, at.end));
    return node;
}

fl_node *fl_py_lambda(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_function, at), *params = NULL, *body = NULL;
    node->flags = FL_FLAG_ARROW | FL_FLAG_EXPRESSION_BODY;
    fl_py_scope scope = { .up = p->scope, .kind = FL_PY_IN_FUNCTION };
    fl_sym dropped;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_lambda_parameters) {
            params = parameters(p, child, false, &dropped);
        } else if (fl_py_is_value(child) && !body) {
            p->scope = &scope;
            body = fl_py_expression(p, child);
            p->scope = scope.up;
        }
    }
    if (!params) params = fl_py_node(p, FL_NODE_params, fl_py_point(at.start));
    FL_PY_PLACES(p, node, NULL, params, NULL, body ? body : fl_py_gap(p, at.end));
    return node;
}

/* ---- classes ---- */

static fl_node *field(fl_py *p, fl_py_at at, fl_sym name, fl_node *value, fl_node *type)
{
    fl_node *node = fl_py_leaf(p, at, FL_NODE_field, name);
    if (value) node->flags = FL_FLAG_STATIC;
    if (type && fl_py_is_default(value)) node->flags |= FL_FLAG_OPTIONAL;
    FL_PY_PLACES(p, node, NULL, value, type, NULL);
    return node;
}

/* name = value, name: type = value, name: type; NULL when it is something else. */
static fl_node *class_field(fl_py *p, fl_py_at at)
{
    fl_node *value = NULL, *type = NULL, *inner = NULL;
    fl_sym name = FL_SYM_NONE;
    fl_py_at child, part;
    FL_PY_EACH(p, child) {
        if (child.kind != FL_PY_assignment || inner) continue;
        FL_PY_EACH(p, part) {
            if (fl_py_is(p, p->grammar->left) && part.kind == FL_PY_identifier) name = fl_py_sym(p, part.start, part.end);
            else if (part.kind == FL_PY_type) type = fl_py_type(p, part);
            else if (fl_py_is(p, p->grammar->right) && fl_py_is_value(part) && part.kind != FL_PY_assignment) value = fl_py_expression(p, part);
        }
        if (name && (value || type)) inner = field(p, at, name, value, type);
    }
    return inner;
}

static bool is_docstring(fl_py *p)
{
    bool found = false;
    fl_py_at child;
    FL_PY_EACH(p, child) found |= child.kind == FL_PY_string || child.kind == FL_PY_ellipsis;
    return found;
}

static fl_node *class_member(fl_py *p, fl_py_at at)
{
    fl_py_chain none = { 0 };
    fl_node *member = NULL;
    switch (at.kind) {
    case FL_PY_function_definition: return fl_py_function(p, at, &none);
    case FL_PY_decorated_definition: member = fl_py_decorated(p, at); break;
    case FL_PY_class_definition: member = fl_py_class(p, at, &none); break;
    case FL_PY_pass_: return NULL;
    case FL_PY_expression_statement:
        if (is_docstring(p)) return NULL;
        member = class_field(p, at);
        break;
    default: break;
    }
    if (member && member->kind == FL_NODE_class_) return field(p, (fl_py_at){ .start = member->start_byte, .end = at.end }, member->sym, member, NULL);
    if (member) return member;
    fl_node *block = fl_py_node(p, FL_NODE_block, at);
    const fl_node *last = NULL;
    block->flags = FL_FLAG_STATIC;
    fl_py_scope inside = { .up = p->scope->up, .kind = FL_PY_IN_FUNCTION };
    fl_py_scope *outer = p->scope;
    p->scope = &inside;
    fl_py_statement(p, at, block, &last);
    p->scope = outer;
    return block;
}

static fl_node *class_body(fl_py *p, fl_py_at at)
{
    fl_node *body = fl_py_node(p, FL_NODE_block, at);
    const fl_node *last = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.class != FL_PY_STMT && child.class != FL_PY_ERROR) continue;
        fl_node *member = child.class == FL_PY_ERROR ? fl_py_opaque_with_children(p, child, "syntax error") : class_member(p, child);
        if (member) fl_py_put(p, body, &last, member);
    }
    return body;
}

/* class Options(TypedDict, total=False): what is given by name is a member of its own, for those who ask what the class is set to. */
static fl_node *keywords(fl_py *p, fl_py_at at)
{
    fl_py_chain pairs = { 0 };
    fl_py_at child;
    FL_PY_EACH(p, child) {
        fl_node *pair = child.kind == FL_PY_keyword_argument ? fl_py_keyword(p, child) : NULL;
        if (pair && !fl_str_eq_c(fl_sym_str(pair->sym), "metaclass")) fl_tree_chain_push(&pairs, pair);
    }
    if (!pairs.first) return NULL;
    at.start = pairs.first->start_byte;
    at.end = pairs.last->end_byte;
    fl_node *dict = fl_py_node(p, FL_NODE_dict, at);
    dict->flags = FL_FLAG_NAMED;
    const fl_node *last = NULL;
    fl_tree_chain_append(&pairs, dict, &last);
    return field(p, at, fl_sym_of_c("__keywords__"), dict, NULL);
}

/* One base as it stands; of several a list. */
static fl_node *bases(fl_py *p, fl_py_at at)
{
    fl_node *list = fl_py_node(p, FL_NODE_list, at);
    const fl_node *last = NULL;
    list->flags = FL_FLAG_TUPLE;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (fl_py_is_value(child)) fl_py_put(p, list, &last, fl_py_expression(p, child));
    if (!list->first) return NULL;
    if (list->first->next) return list;
    fl_node *only = (fl_node *)(uintptr_t)list->first;
    only->parent = NULL;
    return only;
}

fl_node *fl_py_class(fl_py *p, fl_py_at at, fl_py_chain *decorators)
{
    if (decorators->first && decorators->first->start_byte < at.start) at.start = decorators->first->start_byte;
    fl_node *node = fl_py_node(p, FL_NODE_class_, at), *base = NULL, *body = NULL, *said = NULL;
    node->flags = FL_FLAG_CALLABLE;
    fl_py_scope scope = { .up = p->scope, .kind = FL_PY_IN_CLASS };
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_identifier && !node->sym) node->sym = fl_py_sym(p, child.start, child.end);
        else if (child.kind == FL_PY_argument_list) { base = bases(p, child); said = keywords(p, child); }
        else if (child.kind == FL_PY_block) {
            if (!fl_py_descend(p)) { body = fl_py_node(p, FL_NODE_block, child); continue; }
            p->scope = &scope;
            body = class_body(p, child);
            p->scope = scope.up;
            p->depth--;
        }
    }
    if (!body) body = fl_py_no_block(p, at.end);
    if (said) {
        said->next = body->first;
        said->parent = body;
        body->first = said;
        body->start_byte = said->start_byte;
    }
    FL_PY_PLACES(p, node, decorators, base, body);
    return node;
}

/* ---- decorators ---- */

/* a(b(function)), from the inside */
static fl_node *apply(fl_py *p, fl_py_chain *decorators, fl_node *function)
{
    fl_node *outermost = decorators->first;
    if (!outermost) return function;
    fl_py_chain rest = { .first = (fl_node *)(uintptr_t)outermost->next, .last = decorators->last };
    outermost->next = NULL;
    if (!fl_py_descend(p)) return function;
    fl_node *inner = apply(p, &rest, function), *what = (fl_node *)(uintptr_t)outermost->first;
    p->depth--;
    fl_node *call = fl_py_node(p, FL_NODE_call, (fl_py_at){ .start = outermost->start_byte, .end = inner->end_byte });
    const fl_node *last = NULL;
    what->parent = NULL;
    fl_py_put(p, call, &last, what);
    fl_py_put(p, call, &last, inner);
    return call;
}

fl_node *fl_py_decorated(fl_py *p, fl_py_at at)
{
    fl_py_chain decorators = { 0 };
    fl_node *node = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_decorator) {
            fl_node *decorator = fl_py_node(p, FL_NODE_decorator, child);
            const fl_node *last = NULL;
            fl_py_put(p, decorator, &last, fl_py_inner_expression(p, child));
            fl_tree_chain_push(&decorators, decorator);
        } else if (child.kind == FL_PY_class_definition) {
            node = fl_py_class(p, child, &decorators);
        } else if (child.kind == FL_PY_function_definition) {
            node = fl_py_function(p, child, &decorators);
        }
    }
    if (!node) return fl_py_opaque(p, at, "syntax error");
    if (node->kind == FL_NODE_class_ || p->scope->kind == FL_PY_IN_CLASS || !decorators.first) return node;
    fl_node *target = fl_py_leaf(p, fl_py_point(at.start), FL_NODE_name, node->sym);
    return fl_py_let(p, at, target, apply(p, &decorators, node), NULL);
}
