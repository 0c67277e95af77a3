/*
 * Functions, parameters, decorators and classes.
 * Decorators stand before what they decorate, sometimes as its siblings (before `export`, between class members). Then
 * the sibling's caller leaves them in j->decorators just before the call; the class or member takes them first of all,
 * so that nothing nested can, and starts where they start.
 */
#include "extractor/languages/javascript_p.h"

void fl_js_decorator(fl_js *j, fl_js_at at, fl_js_chain *chain)
{
    fl_node *node = fl_js_node(j, FL_NODE_decorator, at);
    const fl_node *last = NULL;
    fl_js_put(j, node, &last, fl_js_inner_expression(j, at));
    fl_js_chain_push(chain, node);
}

/* Takes the waiting decorators; *at grows to hold them. */
static fl_js_chain take_decorators(fl_js *j, fl_js_at *at)
{
    fl_js_chain taken = j->decorators;
    j->decorators = (fl_js_chain){ 0 };
    if (taken.first && taken.first->start_byte < at->start) at->start = taken.first->start_byte;
    return taken;
}

/* ---- parameters ---- */

static bool is_annotation(fl_js_at at)
{
    return at.kind == FL_JS_type_annotation || at.kind == FL_JS_asserts_annotation || at.kind == FL_JS_type_predicate_annotation;
}

/* A target that stands alone in the list, as in JavaScript: a, {a}, a = 1, ...a. */
static void split_target(fl_js *j, fl_js_at at, fl_node *param, fl_node **target, fl_node **preset)
{
    fl_node *node = fl_js_target(j, at);
    if (node->kind == FL_NODE_default_ || node->kind == FL_NODE_spread) {
        if (node->kind == FL_NODE_spread) param->flags |= FL_FLAG_REST;
        fl_node *inner = (fl_node *)(uintptr_t)node->first, *value = (fl_node *)(uintptr_t)inner->next;
        inner->parent = NULL;
        inner->next = NULL;
        if (value) value->parent = NULL;
        *target = inner;
        if (value) *preset = value;
        return;
    }
    *target = node;
}

static fl_node *finish_param(fl_js *j, fl_node *param, fl_node *target, fl_node *preset, fl_node *type, fl_js_chain *decorators)
{
    if (target->kind == FL_NODE_name) param->sym = target->sym;
    FL_JS_PLACES(j, param, decorators, target, preset, type);
    return param;
}

static fl_node *plain_param(fl_js *j, fl_js_at at)
{
    fl_node *param = fl_js_node(j, FL_NODE_param, at), *target = NULL, *preset = NULL;
    fl_js_chain none = { 0 };
    split_target(j, at, param, &target, &preset);
    return finish_param(j, param, target, preset, NULL, &none);
}

/* A parameter of TypeScript; NULL for `this: T`, which is no parameter. */
static fl_node *typed_param(fl_js *j, fl_js_at at)
{
    fl_node *param = fl_js_node(j, FL_NODE_param, at), *target = NULL, *preset = NULL, *type = NULL;
    fl_js_chain decorators = { 0 };
    bool is_this = false;
    if (at.kind == FL_JS_optional_parameter) param->flags |= FL_FLAG_OPTIONAL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        switch (child.kind) {
        case FL_JS_decorator: fl_js_decorator(j, child, &decorators); continue;
        case FL_JS_accessibility: case FL_JS_token_readonly: case FL_JS_override: param->flags |= FL_FLAG_PROPERTY; continue;
        case FL_JS_this_:
            if (!target) is_this = true;
            if (!target) continue;
            break;
        default: break;
        }
        if (is_annotation(child)) type = fl_js_type(j, child);
        else if (!target && !is_this && fl_js_is_target(child)) split_target(j, child, param, &target, &preset);
        else if (target && child.class == FL_JS_EXPR) preset = fl_js_expression(j, child);
    }
    if (is_this) return NULL;
    if (!target) target = fl_js_gap(j, at.start);
    return finish_param(j, param, target, preset, type, &decorators);
}

fl_node *fl_js_params(fl_js *j, fl_js_at at)
{
    fl_node *params = fl_js_node(j, FL_NODE_params, at);
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        fl_node *param = NULL;
        if (child.kind == FL_JS_required_parameter || child.kind == FL_JS_optional_parameter) param = typed_param(j, child);
        else if (fl_js_is_target(child)) param = plain_param(j, child);
        if (param) fl_js_put(j, params, &last, param);
    }
    return params;
}

/* ---- functions ---- */

/* x => …: the parameter without its parentheses. */
static fl_node *single_param(fl_js *j, fl_js_at at)
{
    fl_node *params = fl_js_node(j, FL_NODE_params, at);
    const fl_node *last = NULL;
    fl_js_put(j, params, &last, plain_param(j, at));
    return params;
}

typedef struct parts { fl_node *params, *result, *body, *computed; fl_js_chain decorators; } parts;

/* What stands before the body, and is not name nor parameters. */
static bool take_word(fl_node *node, uint8_t kind)
{
    switch (kind) {
    case FL_JS_token_async: node->flags |= FL_FLAG_ASYNC; return true;
    case FL_JS_op_star: node->flags |= FL_FLAG_GENERATOR; return true;
    case FL_JS_token_static: node->flags |= FL_FLAG_STATIC; return true;
    case FL_JS_token_get: node->flags |= FL_FLAG_GETTER; return true;
    case FL_JS_token_set: node->flags |= FL_FLAG_SETTER; return true;
    default: return false;
    }
}

static void take_name(fl_js *j, fl_node *node, fl_js_at at, parts *found)
{
    switch (at.kind) {
    case FL_JS_identifier: case FL_JS_property_name: case FL_JS_private_name: node->sym = fl_js_name_sym(j, at); break;
    case FL_JS_string: node->sym = fl_js_string_sym(j, at); break;
    case FL_JS_number: node->sym = fl_js_number_sym(j, at); break;
    case FL_JS_computed_name: found->computed = fl_js_inner_expression(j, at); break;
    default: break;
    }
}

static void walk_function(fl_js *j, fl_js_at at, fl_node *node, parts *found)
{
    bool is_arrow = at.kind == FL_JS_arrow_function, is_behind_arrow = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (is_behind_arrow) {
            if (found->body || (child.class != FL_JS_EXPR && child.class != FL_JS_STMT && child.class != FL_JS_ERROR)) continue;
            if (child.kind == FL_JS_block) {
                found->body = fl_js_block(j, child);
            } else {
                found->body = fl_js_expression(j, child);
                node->flags |= FL_FLAG_EXPRESSION_BODY;
            }
            continue;
        }
        if (take_word(node, child.kind)) continue;
        switch (child.kind) {
        case FL_JS_token_fat_arrow: is_behind_arrow = true; break;
        case FL_JS_parameters: found->params = fl_js_params(j, child); break;
        case FL_JS_block: found->body = fl_js_block(j, child); break;
        case FL_JS_decorator: fl_js_decorator(j, child, &found->decorators); break;
        default:
            if (is_annotation(child)) found->result = fl_js_type(j, child);
            else if (is_arrow && child.kind == FL_JS_identifier && !found->params) found->params = single_param(j, child);
            else if (!is_arrow && !found->params) take_name(j, node, child, found);
            break;
        }
    }
}

fl_node *fl_js_function(fl_js *j, fl_js_at at, fl_node **computed_key)
{
    bool is_member = at.kind == FL_JS_method_definition || at.kind == FL_JS_method_signature || at.kind == FL_JS_abstract_method;
    parts found = { 0 };
    if (is_member) found.decorators = take_decorators(j, &at);
    fl_node *node = fl_js_node(j, FL_NODE_function, at);
    if (is_member) node->flags |= FL_FLAG_METHOD;
    if (at.kind == FL_JS_arrow_function) node->flags |= FL_FLAG_ARROW;
    walk_function(j, at, node, &found);
    if (!found.params) found.params = fl_js_node(j, FL_NODE_params, (fl_js_at){ .start = at.end, .end = at.end });
    FL_JS_PLACES(j, node, &found.decorators, found.params, found.result, found.body);
    if (computed_key) *computed_key = found.computed;
    return node;
}

/* ---- classes ---- */

static fl_node *field(fl_js *j, fl_js_at at)
{
    parts found = { .decorators = take_decorators(j, &at) };
    fl_node *node = fl_js_node(j, FL_NODE_field, at), *value = NULL, *type = NULL;
    bool is_behind_equals = false, has_name = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (is_behind_equals) {
            if (!value && (child.class == FL_JS_EXPR || child.class == FL_JS_ERROR)) value = fl_js_expression(j, child);
            continue;
        }
        switch (child.kind) {
        case FL_JS_token_equals: is_behind_equals = true; break;
        case FL_JS_token_static: node->flags |= FL_FLAG_STATIC; break;
        case FL_JS_token_question: node->flags |= FL_FLAG_OPTIONAL; break;
        case FL_JS_decorator: fl_js_decorator(j, child, &found.decorators); break;
        default:
            if (child.kind == FL_JS_private_name) node->flags |= FL_FLAG_PRIVATE;
            if (is_annotation(child)) type = fl_js_type(j, child);
            else if (!has_name) take_name(j, node, child, &found);
            has_name = has_name || node->sym || found.computed;
            break;
        }
    }
    FL_JS_PLACES(j, node, &found.decorators, value, type, found.computed);
    return node;
}

/* A method with a computed name is the value of a field, since a function has no place for the key. */
static fl_node *class_method(fl_js *j, fl_js_at at)
{
    fl_node *computed = NULL, *function = fl_js_function(j, at, &computed);
    if (!computed) return function;
    at.start = function->start_byte;
    fl_node *node = fl_js_node(j, FL_NODE_field, at);
    node->flags = function->flags & FL_FLAG_STATIC;
    FL_JS_PLACES(j, node, NULL, function, NULL, computed);
    return node;
}

static fl_node *static_block(fl_js *j, fl_js_at at)
{
    fl_node *node = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child)
        if (child.kind == FL_JS_block) node = fl_js_block(j, child);
    if (!node) node = fl_js_node(j, FL_NODE_block, at);
    node->flags = FL_FLAG_STATIC;
    return node;
}

static fl_node *class_body(fl_js *j, fl_js_at at)
{
    fl_node *body = fl_js_node(j, FL_NODE_block, at);
    const fl_node *last = NULL;
    fl_js_chain waiting = { 0 };
    fl_js_at child;
    FL_JS_EACH(j, child) {
        fl_node *member = NULL;
        switch (child.kind) {
        case FL_JS_decorator: fl_js_decorator(j, child, &waiting); break;
        case FL_JS_method_definition: case FL_JS_method_signature: case FL_JS_abstract_method:
        case FL_JS_field_definition: case FL_JS_public_field:
            j->decorators = waiting;
            waiting = (fl_js_chain){ 0 };
            member = child.kind == FL_JS_field_definition || child.kind == FL_JS_public_field ? field(j, child) : class_method(j, child);
            break;
        case FL_JS_static_block: member = static_block(j, child); break;
        case FL_JS_error: member = fl_js_opaque_with_children(j, child, "syntax error"); break;
        default: break;
        }
        if (!member) continue;
        fl_js_put(j, body, &last, member);
        waiting = (fl_js_chain){ 0 }; /* in front of damage: they decorate nothing */
    }
    return body;
}

/* JavaScript: `extends expression`. TypeScript: extends_clause with value and type arguments, implements_clause. */
static void heritage(fl_js *j, fl_node **base, fl_js_chain *implemented)
{
    fl_js_at child, part;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_extends_clause) {
            FL_JS_EACH(j, part)
                if (part.class == FL_JS_EXPR && !*base) *base = fl_js_expression(j, part);
        } else if (child.kind == FL_JS_implements_clause) {
            FL_JS_EACH(j, part)
                if (part.class == FL_JS_TYPE) fl_js_chain_push(implemented, fl_js_type(j, part));
        } else if (child.class == FL_JS_EXPR && !*base) {
            *base = fl_js_expression(j, child);
        }
    }
}

fl_node *fl_js_class(fl_js *j, fl_js_at at)
{
    fl_js_chain decorators = take_decorators(j, &at), implemented = { 0 };
    fl_node *node = fl_js_node(j, FL_NODE_class_, at), *base = NULL, *body = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        switch (child.kind) {
        case FL_JS_decorator: fl_js_decorator(j, child, &decorators); break;
        case FL_JS_identifier: case FL_JS_type_identifier: node->sym = fl_js_name_sym(j, child); break;
        case FL_JS_class_heritage: heritage(j, &base, &implemented); break;
        case FL_JS_class_body: body = class_body(j, child); break;
        default: break;
        }
    }
    if (!body) body = fl_js_no_block(j, at.end);
    fl_js_put(j, node, &last, base);
    fl_js_put(j, node, &last, body);
    fl_js_chain_append(&decorators, node, &last);
    fl_js_chain_append(&implemented, node, &last);
    return node;
}
