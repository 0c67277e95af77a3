/*
 * Types, interfaces, type aliases and enums of TypeScript. Names stay names: nothing is resolved here.
 * Three generic names become shapes of their own, because every language has them: Array<T> and ReadonlyArray<T>
 * are lists, Record<K, V> is an index. Conditional, mapped-over-infer and import types are opaque.
 */
#include "extractor/languages/javascript_p.h"
#include <stdlib.h>

static fl_node *lower_type(fl_js *j, fl_js_at at);

fl_node *fl_js_type(fl_js *j, fl_js_at at)
{
    if (!fl_js_descend(j)) return fl_js_opaque(j, at, "too deep");
    fl_node *node = lower_type(j, at);
    j->depth--;
    return node;
}

static bool is_type(fl_js_at at) { return at.class == FL_JS_TYPE || at.class == FL_JS_ERROR || at.class == FL_JS_EXPR; }

void fl_js_types(fl_js *j, fl_node *parent, const fl_node **last)
{
    fl_js_at child;
    FL_JS_EACH(j, child)
        if (is_type(child)) fl_js_put(j, parent, last, fl_js_type(j, child));
}

static fl_node *inner_type(fl_js *j, fl_js_at at)
{
    fl_node *found = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child)
        if (is_type(child) && (!found || found->kind == FL_NODE_opaque)) found = fl_js_type(j, child);
    return found ? found : fl_js_gap(j, at.start);
}

static fl_node *named(fl_js *j, fl_js_at at, fl_sym sym)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_name, at);
    node->sym = sym;
    return node;
}

static fl_node *with_children(fl_js *j, fl_js_at at, fl_node_kind kind)
{
    fl_node *node = fl_js_node(j, kind, at);
    const fl_node *last = NULL;
    fl_js_types(j, node, &last);
    return node;
}

/* A kind that needs exactly `count` types. */
static fl_node *with_exactly(fl_js *j, fl_js_at at, fl_node_kind kind, unsigned count)
{
    fl_node *node = with_children(j, at, kind);
    if (fl_node_count(node) == count) return node;
    node->kind = FL_NODE_opaque;
    node->sym = fl_sym_of_c("syntax error");
    j->builder.opaque_count++;
    return node;
}

/* `A | B | C` nests to the left in the grammar; unions of thousands of names are real, so the left spine is walked
 * without recursion. The cursor stands on the outermost one. */
static fl_node *flat(fl_js *j, fl_js_at at, fl_node_kind kind)
{
    fl_node *node = fl_js_node(j, kind, at);
    const fl_node *last = NULL;
    uint8_t same = at.kind;
    uint32_t levels = 0;
    fl_js_at child = at;
    bool has_child = fl_js_enter(j, &child);
    while (has_child && child.kind == same) {
        fl_js_at first;
        if (!fl_js_enter(j, &first)) break;
        child = first;
        levels++;
    }
    if (!has_child) return node;
    for (;;) {
        if (is_type(child)) fl_js_put(j, node, &last, fl_js_type(j, child));
        while (!fl_js_next(j, &child)) {
            if (levels == 0) return node;
            levels--; /* back on the finished inner one: go on behind it */
        }
    }
}

/* Array<T>, Record<K, V> and the rest. */
static fl_node *generic(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_name, at);
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_type_identifier || child.kind == FL_JS_identifier) node->sym = fl_js_name_sym(j, child);
        else if (child.kind == FL_JS_nested_type || child.kind == FL_JS_nested_identifier) node->sym = fl_js_compact_sym(j, child);
        else if (child.kind == FL_JS_type_arguments) fl_js_types(j, node, &last);
    }
    fl_str name = fl_sym_str(node->sym);
    unsigned count = fl_node_count(node);
    if (count == 1 && (fl_str_eq_c(name, "Array") || fl_str_eq_c(name, "ReadonlyArray"))) node->kind = FL_NODE_type_list;
    else if (count == 2 && fl_str_eq_c(name, "Record")) node->kind = FL_NODE_type_index;
    if (node->kind != FL_NODE_type_name) node->sym = FL_SYM_NONE;
    return node;
}

static fl_node *literal(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_literal, at);
    const fl_node *last = NULL;
    fl_js_put(j, node, &last, fl_js_inner_expression(j, at));
    return node;
}

/* (a: T) => R, new (a: T) => R, and signatures inside object types. */
static fl_node *function_type(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_function, at), *params = NULL, *result = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_parameters) params = fl_js_params(j, child);
        else if (params && is_type(child)) result = fl_js_type(j, child);
    }
    if (!params) params = fl_js_node(j, FL_NODE_params, (fl_js_at){ .start = at.start, .end = at.start });
    if (at.kind == FL_JS_constructor_type || at.kind == FL_JS_construct_signature) node->flags = FL_FLAG_NEW;
    FL_JS_PLACES(j, node, NULL, params, result);
    return node;
}

/* name?: T and name(a: T): R inside an object type. */
static fl_node *property(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_field, at), *type = NULL, *computed = NULL;
    bool is_method = at.kind == FL_JS_method_signature; /* but an accessor is read like a field */
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_property_name || child.kind == FL_JS_private_name) node->sym = fl_js_name_sym(j, child);
        else if (child.kind == FL_JS_string && !node->sym) node->sym = fl_js_string_sym(j, child);
        else if (child.kind == FL_JS_number && !node->sym) node->sym = fl_js_number_sym(j, child);
        else if (child.kind == FL_JS_computed_name) computed = fl_js_inner_expression(j, child);
        else if (child.kind == FL_JS_token_question) node->flags |= FL_FLAG_OPTIONAL;
        else if (child.kind == FL_JS_token_get) is_method = false;
        else if (!is_method && child.class == FL_JS_TYPE) type = fl_js_type(j, child);
    }
    if (is_method) type = function_type(j, at);
    FL_JS_PLACES(j, node, NULL, NULL, type, computed);
    return node;
}

/* [key: string]: T, and [K in Keys]?: T. */
static fl_node *index_type(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_index, at), *key = NULL, *value = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_mapped_type) {
            fl_js_at part; /* name, `in`, keys, and an alias after `as` */
            int seen = 0;
            FL_JS_EACH(j, part)
                if (part.class == FL_JS_TYPE && seen++ == 1) key = fl_js_type(j, part);
        } else if (child.kind == FL_JS_type_annotation || child.kind == FL_JS_adding_annotation ||
                   child.kind == FL_JS_omitting_annotation || child.kind == FL_JS_opting_annotation) {
            value = fl_js_type(j, child);
            if (child.kind == FL_JS_opting_annotation) node->flags |= FL_FLAG_OPTIONAL;
        } else if (child.class == FL_JS_TYPE && !key) {
            key = fl_js_type(j, child);
        }
    }
    if (!key) key = named(j, (fl_js_at){ .start = at.start, .end = at.start }, fl_sym_of_c("string"));
    if (!value) value = named(j, (fl_js_at){ .start = at.end, .end = at.end }, fl_sym_of_c("any"));
    FL_JS_PLACES(j, node, NULL, key, value);
    return node;
}

static fl_node *object_type(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_object, at);
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        fl_node *member = NULL;
        switch (child.kind) {
        case FL_JS_property_signature: case FL_JS_method_signature: member = property(j, child); break;
        case FL_JS_index_signature: member = index_type(j, child); break;
        case FL_JS_call_signature: case FL_JS_construct_signature: member = function_type(j, child); break;
        default: break;
        }
        if (member) fl_js_put(j, node, &last, member);
    }
    return node;
}

static fl_node *tuple(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_tuple, at);
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_required_parameter || child.kind == FL_JS_optional_parameter) {
            fl_js_at part; /* a named member: its type alone */
            FL_JS_EACH(j, part)
                if (part.kind == FL_JS_type_annotation) fl_js_put(j, node, &last, fl_js_type(j, part));
        } else if (is_type(child)) {
            fl_js_put(j, node, &last, fl_js_type(j, child));
        }
    }
    return node;
}

/* T? in a tuple, ?T of Flow: a union with the value that is missing. */
static fl_node *maybe(fl_js *j, fl_js_at at, fl_node_kind missing)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_union, at);
    fl_js_at end = { .start = at.end, .end = at.end };
    fl_node *absence = fl_js_node(j, FL_NODE_type_literal, end);
    const fl_node *last = NULL, *last_inner = NULL;
    fl_js_put(j, node, &last, inner_type(j, at));
    fl_js_put(j, absence, &last_inner, fl_js_node(j, missing, end));
    fl_js_put(j, node, &last, absence);
    return node;
}

static fl_node *type_query(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_of, at);
    const fl_node *last = NULL;
    fl_js_put(j, node, &last, fl_js_inner_expression(j, at));
    return node;
}

static fl_node *lower_type(fl_js *j, fl_js_at at)
{
    switch (at.kind) {
    case FL_JS_type_identifier: case FL_JS_predefined_type: case FL_JS_this_type: case FL_JS_identifier:
        return named(j, at, fl_js_name_sym(j, at));
    case FL_JS_nested_type: case FL_JS_nested_identifier: return named(j, at, fl_js_compact_sym(j, at));
    case FL_JS_existential_type: return named(j, at, fl_sym_of_c("any"));
    case FL_JS_template_type: return named(j, at, fl_sym_of_c("string"));
    case FL_JS_type_predicate: return named(j, at, fl_sym_of_c("boolean"));
    case FL_JS_asserts: case FL_JS_asserts_annotation: return named(j, at, fl_sym_of_c("void"));
    case FL_JS_generic_type: return generic(j, at);
    case FL_JS_literal_type: return literal(j, at);
    case FL_JS_union_type: return flat(j, at, FL_NODE_type_union);
    case FL_JS_intersection_type: return flat(j, at, FL_NODE_type_all);
    case FL_JS_array_type: return with_exactly(j, at, FL_NODE_type_list, 1);
    case FL_JS_index_type_query: return with_exactly(j, at, FL_NODE_type_keys, 1);
    case FL_JS_lookup_type: return with_exactly(j, at, FL_NODE_type_at, 2);
    case FL_JS_tuple_type: return tuple(j, at);
    case FL_JS_object_type: case FL_JS_interface_body: return object_type(j, at);
    case FL_JS_parenthesized_type: case FL_JS_readonly_type: case FL_JS_rest_type: case FL_JS_type_annotation:
    case FL_JS_type_predicate_annotation: case FL_JS_adding_annotation: case FL_JS_omitting_annotation:
    case FL_JS_opting_annotation: case FL_JS_constraint: case FL_JS_default_type:
        return inner_type(j, at);
    case FL_JS_optional_type: return maybe(j, at, FL_NODE_undefined);
    case FL_JS_maybe_type: return maybe(j, at, FL_NODE_null);
    case FL_JS_function_type: case FL_JS_constructor_type: return function_type(j, at);
    case FL_JS_type_query: return type_query(j, at);
    case FL_JS_conditional_type: return fl_js_opaque(j, at, "conditional type");
    case FL_JS_infer_type: return fl_js_opaque(j, at, "infer type");
    case FL_JS_call: case FL_JS_member: return fl_js_opaque(j, at, "import type");
    case FL_JS_error: case FL_JS_missing: return fl_js_opaque(j, at, "syntax error");
    default: return fl_js_opaque(j, at, "unknown type");
    }
}

/* ---- declarations ---- */

static fl_node *type_params(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_params, at);
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind != FL_JS_type_parameter) continue;
        fl_node *param = fl_js_node(j, FL_NODE_type_param, child), *constraint = NULL, *preset = NULL;
        fl_js_at part;
        FL_JS_EACH(j, part) {
            if (part.kind == FL_JS_type_identifier) param->sym = fl_js_name_sym(j, part);
            else if (part.kind == FL_JS_constraint) constraint = fl_js_type(j, part);
            else if (part.kind == FL_JS_default_type) preset = fl_js_type(j, part);
        }
        FL_JS_PLACES(j, param, NULL, constraint, preset);
        fl_js_put(j, node, &last, param);
    }
    return node;
}

fl_node *fl_js_interface(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_interface, at), *params = NULL, *body = NULL;
    fl_js_chain bases = { 0 };
    fl_js_at child, base;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_type_identifier) node->sym = fl_js_name_sym(j, child);
        else if (child.kind == FL_JS_type_parameters) params = type_params(j, child);
        else if (child.kind == FL_JS_interface_body || child.kind == FL_JS_object_type) body = fl_js_type(j, child);
        else if (child.kind == FL_JS_extends_type_clause)
            FL_JS_EACH(j, base)
                if (is_type(base)) fl_js_chain_push(&bases, fl_js_type(j, base));
    }
    if (!body) body = fl_js_node(j, FL_NODE_type_object, (fl_js_at){ .start = at.end, .end = at.end });
    FL_JS_PLACES(j, node, &bases, params, body);
    return node;
}

fl_node *fl_js_type_alias(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_type_alias, at), *params = NULL, *type = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_type_identifier && !node->sym) node->sym = fl_js_name_sym(j, child);
        else if (child.kind == FL_JS_type_parameters) params = type_params(j, child);
        else if (is_type(child)) type = fl_js_type(j, child);
    }
    FL_JS_PLACES(j, node, NULL, params, type ? type : fl_js_gap(j, at.start));
    return node;
}

/* A member's number when it has no value of its own: one more than the one before, as long as that is known. */
static fl_node *enum_member(fl_js *j, fl_js_at at, double *next, bool *is_known)
{
    fl_node *pair = fl_js_node(j, FL_NODE_pair, at), *value = NULL, *computed = NULL;
    if (at.kind == FL_JS_enum_assignment) {
        fl_js_at child;
        int seen = 0;
        FL_JS_EACH(j, child) {
            if (child.kind == FL_JS_token_equals) seen++;
            else if (seen && child.class == FL_JS_EXPR) value = fl_js_expression(j, child);
            else if (child.kind == FL_JS_property_name) pair->sym = fl_js_name_sym(j, child);
            else if (child.kind == FL_JS_string) pair->sym = fl_js_string_sym(j, child);
            else if (child.kind == FL_JS_computed_name) computed = fl_js_inner_expression(j, child);
        }
        bool is_negative = value && value->kind == FL_NODE_unary && value->op == FL_OP_neg;
        const fl_node *number = is_negative ? value->first : value;
        *is_known = number && number->kind == FL_NODE_number && fl_str_to_double(fl_sym_str(number->sym), next);
        if (is_negative) *next = -*next;
    } else {
        if (at.kind == FL_JS_string) pair->sym = fl_js_string_sym(j, at);
        else if (at.kind == FL_JS_computed_name) computed = fl_js_inner_expression(j, at);
        else pair->sym = fl_js_name_sym(j, at);
        if (*is_known) {
            value = fl_js_node(j, FL_NODE_number, at);
            value->sym = fl_text_double_sym(*next);
        }
    }
    *next += 1;
    FL_JS_PLACES(j, pair, NULL, value, computed);
    return pair;
}

fl_node *fl_js_enum(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_enum_, at);
    const fl_node *last = NULL;
    double next = 0;
    bool is_known = true;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_identifier) node->sym = fl_js_name_sym(j, child);
        else if (child.kind == FL_JS_token_const) node->flags |= FL_FLAG_CONST;
        if (child.kind != FL_JS_enum_body) continue;
        fl_js_at member;
        FL_JS_EACH(j, member)
            switch (member.kind) {
            case FL_JS_enum_assignment: case FL_JS_property_name: case FL_JS_string: case FL_JS_computed_name:
                fl_js_put(j, node, &last, enum_member(j, member, &next, &is_known));
                break;
            default: break;
            }
    }
    return node;
}
