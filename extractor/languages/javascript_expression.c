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

static fl_node *leaf(fl_js *j, fl_js_at at, fl_node_kind kind, fl_sym sym)
{
    fl_node *node = fl_js_node(j, kind, at);
    node->sym = sym;
    return node;
}

static fl_node *boolean(fl_js *j, fl_js_at at, bool value)
{
    fl_node *node = fl_js_node(j, FL_NODE_boolean, at);
    if (value) node->flags = FL_FLAG_TRUE;
    return node;
}

/* ---- literals ---- */

static fl_node *regex(fl_js *j, fl_js_at at)
{
    uint32_t slash = at.end;
    while (slash > at.start + 1 && j->text[slash - 1] != '/') slash--;
    fl_node *node = leaf(j, at, FL_NODE_regex, slash > at.start + 1 ? fl_js_sym(j, at.start + 1, slash - 1) : FL_SYM_NONE);
    const fl_node *last = NULL;
    fl_js_put(j, node, &last, leaf(j, (fl_js_at){ .start = slash, .end = at.end }, FL_NODE_string, fl_js_sym(j, slash, at.end)));
    return node;
}

static void template_text(fl_js *j, fl_node *node, const fl_node **last, uint32_t start, uint32_t end)
{
    if (start >= end) return;
    fl_js_at at = { .start = start, .end = end };
    fl_js_put(j, node, last, leaf(j, at, FL_NODE_string, fl_js_template_sym(j, start, end)));
}

/* Text between the holes is taken by position: fragments and escapes need no visit. */
static fl_node *template(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_template, at);
    const fl_node *last = NULL;
    uint32_t reached = at.start + 1;
    bool has_hole = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind != FL_JS_template_hole) continue;
        template_text(j, node, &last, reached, child.start);
        fl_js_put(j, node, &last, fl_js_inner_expression(j, child));
        reached = child.end;
        has_hole = true;
    }
    uint32_t end = at.end > at.start + 1 && j->text[at.end - 1] == '`' ? at.end - 1 : at.end;
    if (has_hole) {
        template_text(j, node, &last, reached, end);
    } else {
        node->kind = FL_NODE_string;
        node->sym = end > reached ? fl_js_template_sym(j, reached, end) : FL_SYM_NONE;
    }
    return node;
}

static fl_node *spread(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_spread, at);
    const fl_node *last = NULL;
    fl_js_put(j, node, &last, fl_js_inner_expression(j, at));
    return node;
}

/* Items of arrays and calls; `[a, , b]` keeps its hole. */
static void items(fl_js *j, fl_node *node, const fl_node **last, bool is_pattern)
{
    bool is_open = true; /* a comma now would be a hole */
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_token_comma) {
            if (is_open && node->kind == FL_NODE_list) fl_js_put(j, node, last, NULL);
            is_open = true;
            continue;
        }
        fl_node *item = NULL;
        if (is_pattern && (fl_js_is_target(child) || child.class == FL_JS_ERROR)) item = fl_js_target(j, child);
        else if (child.kind == FL_JS_spread) item = spread(j, child);
        else if (is_value(child)) item = fl_js_expression(j, child);
        if (!item) continue;
        fl_js_put(j, node, last, item);
        is_open = false;
    }
}

static fl_node *array(fl_js *j, fl_js_at at, bool is_pattern)
{
    fl_node *node = fl_js_node(j, FL_NODE_list, at);
    const fl_node *last = NULL;
    if (is_pattern) node->flags = FL_FLAG_PATTERN;
    items(j, node, &last, is_pattern);
    return node;
}

/* key: value, and [key]: value; in patterns the value is a target. */
static fl_node *pair(fl_js *j, fl_js_at at, bool is_pattern)
{
    fl_node *node = fl_js_node(j, FL_NODE_pair, at), *value = NULL, *computed = NULL;
    bool is_behind_colon = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (is_behind_colon) {
            if (value && value->kind != FL_NODE_opaque) continue;
            if (is_pattern && fl_js_is_target(child)) value = fl_js_target(j, child);
            else if (is_value(child)) value = fl_js_expression(j, child);
            continue;
        }
        switch (child.kind) {
        case FL_JS_token_colon: is_behind_colon = true; break;
        case FL_JS_property_name: case FL_JS_private_name: node->sym = fl_js_name_sym(j, child); break;
        case FL_JS_string: node->sym = fl_js_string_sym(j, child); break;
        case FL_JS_number: node->sym = fl_js_number_sym(j, child); break;
        case FL_JS_computed_name: computed = fl_js_inner_expression(j, child); break;
        default: break;
        }
    }
    FL_JS_PLACES(j, node, NULL, value ? value : fl_js_gap(j, at.start), computed);
    return node;
}

/* {a}: the value is the name itself, with the same span. */
static fl_node *shorthand(fl_js *j, fl_js_at at, fl_node *value, fl_sym sym)
{
    fl_node *node = leaf(j, at, FL_NODE_pair, sym);
    node->flags = FL_FLAG_SHORTHAND;
    FL_JS_PLACES(j, node, NULL, value, NULL);
    return node;
}

static fl_node *shorthand_name(fl_js *j, fl_js_at at)
{
    fl_sym sym = fl_js_name_sym(j, at);
    return shorthand(j, at, leaf(j, at, fl_str_eq_c(fl_sym_str(sym), "undefined") ? FL_NODE_undefined : FL_NODE_name, sym), sym);
}

/* {a = 1} in a pattern. */
static fl_node *shorthand_default(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_default_, at), *target = NULL, *value = NULL;
    fl_sym sym = FL_SYM_NONE;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_shorthand_target && !target) {
            sym = fl_js_name_sym(j, child);
            target = leaf(j, child, FL_NODE_name, sym);
        } else if (fl_js_is_target(child) && !target) {
            target = fl_js_target(j, child);
        } else if (is_value(child)) {
            value = fl_js_expression(j, child);
        }
    }
    FL_JS_PLACES(j, node, NULL, target ? target : fl_js_gap(j, at.start), value ? value : fl_js_gap(j, at.end));
    return shorthand(j, at, node, sym);
}

static fl_node *method(fl_js *j, fl_js_at at)
{
    fl_node *computed = NULL, *function = fl_js_function(j, at, &computed);
    if (!computed) return function;
    fl_node *node = fl_js_node(j, FL_NODE_pair, at);
    FL_JS_PLACES(j, node, NULL, function, computed);
    return node;
}

static fl_node *object(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_dict, at);
    const fl_node *last = NULL;
    if (at.kind == FL_JS_object_pattern) node->flags = FL_FLAG_PATTERN;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        fl_node *item = NULL;
        switch (child.kind) {
        case FL_JS_pair: item = pair(j, child, false); break;
        case FL_JS_pair_pattern: item = pair(j, child, true); break;
        case FL_JS_shorthand_name: item = shorthand_name(j, child); break;
        case FL_JS_shorthand_target: {
            fl_sym sym = fl_js_name_sym(j, child);
            item = shorthand(j, child, leaf(j, child, FL_NODE_name, sym), sym);
            break;
        }
        case FL_JS_object_assignment_pattern: item = shorthand_default(j, child); break;
        case FL_JS_rest_pattern: item = fl_js_target(j, child); break;
        case FL_JS_spread: item = spread(j, child); break;
        case FL_JS_method_definition: item = method(j, child); break;
        case FL_JS_error: item = fl_js_opaque_with_children(j, child, "syntax error"); break;
        default: break;
        }
        if (item) fl_js_put(j, node, &last, item);
    }
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
            items(j, node, &last, false);
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
    fl_js_put(j, node, &last, leaf(j, word, FL_NODE_name, fl_sym_of_c(is_import ? "import" : "new")));
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
            fl_js_put(j, node, &last, leaf(j, child, FL_NODE_string, fl_js_name_sym(j, child)));
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
        if (child.kind == FL_JS_spread) fl_js_put(j, node, last, spread(j, child));
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
    case FL_JS_identifier: return leaf(j, at, FL_NODE_name, fl_js_name_sym(j, at));
    case FL_JS_import_word: return leaf(j, at, FL_NODE_name, fl_js_sym(j, at.start, at.end));
    case FL_JS_undefined: return leaf(j, at, FL_NODE_undefined, FL_SYM_NONE);
    case FL_JS_null_: return leaf(j, at, FL_NODE_null, FL_SYM_NONE);
    case FL_JS_this_: return leaf(j, at, FL_NODE_this_, FL_SYM_NONE);
    case FL_JS_super_: return leaf(j, at, FL_NODE_super_, FL_SYM_NONE);
    case FL_JS_true_: return boolean(j, at, true);
    case FL_JS_false_: return boolean(j, at, false);
    case FL_JS_number: return leaf(j, at, FL_NODE_number, fl_js_number_sym(j, at));
    case FL_JS_string: return leaf(j, at, FL_NODE_string, fl_js_string_sym(j, at));
    case FL_JS_regex: return regex(j, at);
    case FL_JS_template_string: return template(j, at);
    case FL_JS_array: return array(j, at, false);
    case FL_JS_object: return object(j, at);
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
        items(j, node, &last, false);
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

/* ---- patterns ---- */

bool fl_js_is_target(fl_js_at at) { return at.class == FL_JS_TARGET || at.class == FL_JS_EXPR; }

static fl_node *default_pattern(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_default_, at), *target = NULL, *value = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (!target && fl_js_is_target(child)) target = fl_js_target(j, child);
        else if (!value && is_value(child)) value = fl_js_expression(j, child);
    }
    FL_JS_PLACES(j, node, NULL, target ? target : fl_js_gap(j, at.start), value ? value : fl_js_gap(j, at.end));
    return node;
}

static fl_node *rest_pattern(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_spread, at), *target = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child)
        if (!target && fl_js_is_target(child)) target = fl_js_target(j, child);
    fl_js_put(j, node, &last, target ? target : fl_js_gap(j, at.start));
    return node;
}

static fl_node *lower_target(fl_js *j, fl_js_at at)
{
    switch (at.kind) {
    case FL_JS_undefined: case FL_JS_shorthand_target: return leaf(j, at, FL_NODE_name, fl_js_name_sym(j, at));
    case FL_JS_object_pattern: return object(j, at);
    case FL_JS_array_pattern: return array(j, at, true);
    case FL_JS_assignment_pattern: return default_pattern(j, at);
    case FL_JS_rest_pattern: return rest_pattern(j, at);
    case FL_JS_parenthesized: case FL_JS_identifier: case FL_JS_member: case FL_JS_subscript: case FL_JS_non_null:
    case FL_JS_as_expression: case FL_JS_satisfies_expression: case FL_JS_type_assertion: {
        fl_node *node = lower_expression(j, at);
        switch (node->kind) {
        case FL_NODE_name: case FL_NODE_member: case FL_NODE_index: case FL_NODE_cast: case FL_NODE_opaque:
        case FL_NODE_list: case FL_NODE_dict:
            return node;
        default: break; /* (f()) = 1: refused by every engine */
        }
        break;
    }
    default: break;
    }
    return fl_js_opaque_with_children(j, at, "unknown target");
}

fl_node *fl_js_target(fl_js *j, fl_js_at at)
{
    if (!fl_js_descend(j)) return fl_js_opaque(j, at, "too deep");
    fl_node *node = lower_target(j, at);
    j->depth--;
    return node;
}
