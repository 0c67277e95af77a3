/*
 * Expressions and patterns. Parentheses vanish; every link of an optional chain keeps its own flag; what the grammar
 * gives that has no place here becomes opaque with the expressions inside.
 * fl_js_expression is the one entry; the rest is one function per construct, in the order of the grammar.
 */
#include "extractor/languages/javascript_p.h"

static fl_node *lower_expression(fl_js *j, fl_js_at at);

fl_node *fl_js_expression(fl_js *j, fl_js_at at)
{
    if (!fl_js_descend(j)) return fl_js_opaque(j, at, "too deep");
    fl_node *node = lower_expression(j, at);
    j->depth--;
    return node;
}

static bool is_value(fl_js_at at) { return at.class == FL_JS_EXPR || at.class == FL_JS_ERROR; }

static bool is_optional_mark(fl_js_at at) { return at.kind == FL_JS_optional_chain || at.kind == FL_JS_token_question_dot; }

/* An error beside the real expression is damage that was counted; the expression is what is wanted. */
fl_node *fl_js_inner_expression(fl_js *j, fl_js_at at)
{
    fl_node *found = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.class == FL_JS_EXPR && (!found || found->kind == FL_NODE_opaque)) found = fl_js_expression(j, child);
        else if (child.class == FL_JS_ERROR && !found) found = fl_js_expression(j, child);
    }
    return found ? found : fl_js_gap(j, at.start);
}

/* Lowers the expressions among the children, at most `wanted` of them, and fills up what the source lacks. */
static void operands(fl_js *j, fl_js_at at, fl_node *node, const fl_node **last, unsigned wanted)
{
    unsigned count = 0;
    fl_js_at child;
    FL_JS_EACH(j, child)
        if (child.class == FL_JS_EXPR && count < wanted) {
            fl_js_put(j, node, last, fl_js_expression(j, child));
            count++;
        }
    for (; count < wanted; count++)
        fl_js_put(j, node, last, fl_js_gap(j, at.end));
}

static fl_node *with_operands(fl_js *j, fl_js_at at, fl_node_kind kind, unsigned count)
{
    fl_node *node = fl_js_node(j, kind, at);
    const fl_node *last = NULL;
    operands(j, at, node, &last, count);
    return node;
}

static fl_node *boolean(fl_js *j, fl_js_at at, bool value)
{
    fl_node *node = fl_js_node(j, FL_NODE_boolean, at);
    if (value) node->flags = FL_FLAG_TRUE;
    return node;
}

/* ---- access and calls ---- */

static fl_node *member(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_member, at), *object_node = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (is_optional_mark(child)) {
            node->flags |= FL_FLAG_OPTIONAL;
        } else if (child.kind == FL_JS_property_name) {
            node->sym = fl_js_name_sym(j, child);
        } else if (child.kind == FL_JS_private_name) {
            node->sym = fl_js_name_sym(j, child);
            node->flags |= FL_FLAG_PRIVATE;
        } else if (child.class == FL_JS_EXPR && !object_node) {
            object_node = fl_js_expression(j, child);
        } else if (child.kind == FL_JS_identifier) {
            node->sym = fl_js_name_sym(j, child); /* a.b in a qualified name */
        }
    }
    fl_js_put(j, node, &last, object_node ? object_node : fl_js_gap(j, at.start));
    return node;
}

static fl_node *subscript(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_index, at);
    const fl_node *last = NULL;
    unsigned count = 0;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (is_optional_mark(child)) {
            node->flags |= FL_FLAG_OPTIONAL;
        } else if (child.class == FL_JS_EXPR && count < 2) {
            fl_js_put(j, node, &last, fl_js_expression(j, child));
            count++;
        }
    }
    for (; count < 2; count++)
        fl_js_put(j, node, &last, fl_js_gap(j, at.end));
    return node;
}

static fl_node *call(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_call, at);
    const fl_node *last = NULL;
    if (at.kind == FL_JS_new_expression) node->flags = FL_FLAG_NEW;
    bool has_callee = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (is_optional_mark(child)) {
            node->flags |= FL_FLAG_OPTIONAL;
        } else if (child.kind == FL_JS_arguments) {
            if (!has_callee) fl_js_put(j, node, &last, fl_js_gap(j, at.start));
            has_callee = true;
            fl_js_items(j, node, &last, false);
        } else if (is_value(child)) {
            if (has_callee && child.kind == FL_JS_template_string) node->flags |= FL_FLAG_TAGGED;
            fl_js_put(j, node, &last, fl_js_expression(j, child));
            has_callee = true;
        }
    }
    if (!has_callee) fl_js_put(j, node, &last, fl_js_gap(j, at.start));
    return node;
}

/* import.meta, new.target: a member of the keyword. */
static fl_node *meta(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_member, at);
    const fl_node *last = NULL;
    bool is_import = j->text[at.start] == 'i';
    node->sym = fl_sym_of_c(is_import ? "meta" : "target");
    fl_js_at word = { .start = at.start, .end = at.start + (is_import ? 6 : 3) };
    if (word.end > at.end) word.end = at.end;
    fl_js_put(j, node, &last, fl_js_leaf(j, word, FL_NODE_name, fl_sym_of_c(is_import ? "import" : "new")));
    return node;
}

/* ---- operators ---- */

static fl_node *unary(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_unary, at), *operand = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (fl_js_infos[child.kind].prefix != FL_OP_none && node->op == FL_OP_none) {
            node->op = fl_js_infos[child.kind].prefix;
            if (operand) node->flags = FL_FLAG_POSTFIX;
        } else if (is_value(child) && !operand) {
            operand = fl_js_expression(j, child);
        }
    }
    if (!operand || node->op == FL_OP_none) return operand ? operand : fl_js_gap(j, at.start);
    if (node->op == FL_OP_is_void && operand->kind == FL_NODE_number) { /* void 0 */
        node->kind = FL_NODE_undefined;
        node->op = FL_OP_none;
        return node;
    }
    fl_js_put(j, node, &last, operand);
    return node;
}

static fl_node *binary(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_binary, at);
    const fl_node *last = NULL;
    unsigned count = 0;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        uint8_t op = fl_js_infos[child.kind].infix;
        if (op != FL_OP_none) {
            node->op = op;
        } else if (child.class == FL_JS_EXPR && count < 2) {
            fl_js_put(j, node, &last, fl_js_expression(j, child));
            count++;
        } else if (child.kind == FL_JS_private_name && count < 2) { /* #x in object */
            fl_js_put(j, node, &last, fl_js_leaf(j, child, FL_NODE_string, fl_js_name_sym(j, child)));
            count++;
        }
    }
    for (; count < 2; count++)
        fl_js_put(j, node, &last, fl_js_gap(j, at.end));
    if (node->op == FL_OP_and || node->op == FL_OP_or || node->op == FL_OP_coalesce) node->kind = FL_NODE_logical;
    else if (node->op == FL_OP_none) node->op = FL_OP_add; /* damaged source: any operator */
    return node;
}

static fl_node *assignment(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_assign, at), *target = NULL, *value = NULL;
    node->op = FL_OP_assign;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (!target && fl_js_is_target(child)) target = fl_js_target(j, child);
        else if (fl_js_infos[child.kind].infix != FL_OP_none) node->op = fl_js_infos[child.kind].infix;
        else if (target && !value && child.class == FL_JS_EXPR) value = fl_js_expression(j, child);
    }
    FL_JS_PLACES(j, node, NULL, target ? target : fl_js_gap(j, at.start), value ? value : fl_js_gap(j, at.end));
    return node;
}

static fl_node *yield(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_yield, at), *value = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_op_star) node->flags = FL_FLAG_DELEGATE;
        else if (is_value(child) && !value) value = fl_js_expression(j, child);
    }
    if (value) fl_js_put(j, node, &last, value);
    return node;
}

/* x as T, x as const, x satisfies T, x!, <T>x */
static fl_node *cast(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_cast, at), *value = NULL, *type = NULL;
    fl_js_at child, inner;
    if (at.kind == FL_JS_non_null) node->flags = FL_FLAG_NON_NULL;
    else if (at.kind != FL_JS_satisfies_expression) node->flags = FL_FLAG_UNCHECKED;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_token_const) {
            node->flags = FL_FLAG_CONST;
        } else if (child.kind == FL_JS_type_arguments) {
            FL_JS_EACH(j, inner) {
                if (inner.kind == FL_JS_token_const) node->flags = FL_FLAG_CONST;
                else if (inner.class == FL_JS_TYPE) type = fl_js_type(j, inner);
            }
        } else if (!value && is_value(child)) {
            value = fl_js_expression(j, child);
        } else if (child.class == FL_JS_TYPE || child.class == FL_JS_EXPR) {
            type = fl_js_type(j, child);
        }
    }
    FL_JS_PLACES(j, node, NULL, value ? value : fl_js_gap(j, at.start), type);
    return node;
}

/* ---- markup ---- */

/* `{name}` is a bare identifier inside a jsx_expression, `<Name` one inside an element: only the first is a use. */
static void markup_expression(fl_js *j, fl_node *node, const fl_node **last)
{
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_spread) fl_js_put(j, node, last, fl_js_spread(j, child));
        else if (is_value(child)) fl_js_put(j, node, last, fl_js_expression(j, child));
    }
}

static void markup_element(fl_js *j, fl_node *node, const fl_node **last)
{
    fl_js_at child;
    FL_JS_EACH(j, child)
        switch (child.kind) {
        case FL_JS_jsx_opening: case FL_JS_jsx_attribute: markup_element(j, node, last); break;
        case FL_JS_jsx_expression: markup_expression(j, node, last); break;
        case FL_JS_jsx_element: case FL_JS_jsx_self_closing: case FL_JS_error:
            fl_js_put(j, node, last, fl_js_expression(j, child));
            break;
        default: break;
        }
}

static fl_node *markup(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_markup, at);
    const fl_node *last = NULL;
    markup_element(j, node, &last);
    return node;
}

/* ---- all together ---- */

static fl_node *lower_expression(fl_js *j, fl_js_at at)
{
    switch (at.kind) {
    case FL_JS_identifier: return fl_js_leaf(j, at, FL_NODE_name, fl_js_name_sym(j, at));
    case FL_JS_import_word: return fl_js_leaf(j, at, FL_NODE_name, fl_js_sym(j, at.start, at.end));
    case FL_JS_undefined: return fl_js_leaf(j, at, FL_NODE_undefined, FL_SYM_NONE);
    case FL_JS_null_: return fl_js_leaf(j, at, FL_NODE_null, FL_SYM_NONE);
    case FL_JS_this_: return fl_js_leaf(j, at, FL_NODE_this_, FL_SYM_NONE);
    case FL_JS_super_: return fl_js_leaf(j, at, FL_NODE_super_, FL_SYM_NONE);
    case FL_JS_true_: return boolean(j, at, true);
    case FL_JS_false_: return boolean(j, at, false);
    case FL_JS_number: return fl_js_leaf(j, at, FL_NODE_number, fl_js_number_sym(j, at));
    case FL_JS_string: return fl_js_leaf(j, at, FL_NODE_string, fl_js_string_sym(j, at));
    case FL_JS_regex: return fl_js_regex(j, at);
    case FL_JS_template_string: return fl_js_template(j, at);
    case FL_JS_array: return fl_js_array(j, at, false);
    case FL_JS_object: return fl_js_object(j, at);
    case FL_JS_object_pattern: case FL_JS_array_pattern: case FL_JS_assignment_pattern: case FL_JS_rest_pattern:
        return fl_js_target(j, at);
    case FL_JS_member: case FL_JS_nested_identifier: return member(j, at);
    case FL_JS_subscript: return subscript(j, at);
    case FL_JS_call: case FL_JS_new_expression: return call(j, at);
    case FL_JS_meta_property: return meta(j, at);
    case FL_JS_parenthesized: case FL_JS_instantiation: return fl_js_inner_expression(j, at);
    case FL_JS_unary: case FL_JS_update: return unary(j, at);
    case FL_JS_binary: return binary(j, at);
    case FL_JS_ternary: return with_operands(j, at, FL_NODE_conditional, 3);
    case FL_JS_assignment: case FL_JS_augmented_assignment: return assignment(j, at);
    case FL_JS_sequence: {
        fl_node *node = fl_js_node(j, FL_NODE_sequence, at);
        const fl_node *last = NULL;
        fl_js_items(j, node, &last, false);
        return node;
    }
    case FL_JS_await_expression: return with_operands(j, at, FL_NODE_await, 1);
    case FL_JS_yield_expression: return yield(j, at);
    case FL_JS_arrow_function: case FL_JS_function_expression: case FL_JS_generator_function:
        return fl_js_function(j, at, NULL);
    case FL_JS_class_expression: return fl_js_class(j, at);
    case FL_JS_as_expression: case FL_JS_satisfies_expression: case FL_JS_type_assertion: case FL_JS_non_null:
        return cast(j, at);
    case FL_JS_jsx_element: case FL_JS_jsx_self_closing: return markup(j, at);
    case FL_JS_missing: return fl_js_gap(j, at.start);
    case FL_JS_error: return fl_js_opaque_with_children(j, at, "syntax error");
    default: return fl_js_opaque_with_children(j, at, "unknown expression");
    }
}
