/*
 * Expressions. Parentheses vanish. What Python writes in one form and the tree in another: `a < b < c` is two comparisons,
 * arguments by name stand in a dict behind the others, a slice is a call of a member `[:]`, `super()` is `super`.
 * fl_py_expression is the one entry; the rest is one function per construct.
 */
#include "extractor/languages/python_p.h"

static fl_node *lower_expression(fl_py *p, fl_py_at at);

fl_node *fl_py_expression(fl_py *p, fl_py_at at)
{
    if (!fl_py_descend(p)) return fl_py_opaque(p, at, "too deep");
    fl_node *node = lower_expression(p, at);
    p->depth--;
    return node;
}

fl_node *fl_py_inner_expression(fl_py *p, fl_py_at at)
{
    fl_node *found = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (fl_py_is_value(child) && (!found || found->kind == FL_NODE_opaque)) found = fl_py_expression(p, child);
    return found ? found : fl_py_gap(p, at.start);
}

/* ---- names ---- */

/* The name of the first parameter of the method around; functions inside a method see it too. */
static fl_sym self_name(const fl_py *p)
{
    for (const fl_py_scope *s = p->scope; s && s->kind == FL_PY_IN_FUNCTION; s = s->up)
        if (s->self) return s->self;
    return FL_SYM_NONE;
}

fl_node *fl_py_name(fl_py *p, fl_py_at at)
{
    fl_sym sym = fl_py_sym(p, at.start, at.end);
    if (sym && sym == self_name(p)) return fl_py_leaf(p, at, FL_NODE_this_, FL_SYM_NONE);
    return fl_py_leaf(p, at, FL_NODE_name, sym);
}

fl_node *fl_py_copy(fl_py *p, const fl_node *node, uint32_t byte)
{
    fl_node *copy = fl_py_leaf(p, fl_py_point(byte), (fl_node_kind)node->kind, node->sym);
    copy->op = node->op;
    copy->flags = node->flags;
    const fl_node *last = NULL;
    if (!fl_py_descend(p)) return fl_py_opaque(p, fl_py_point(byte), "too deep");
    for (const fl_node *child = node->first; child; child = child->next) fl_py_put(p, copy, &last, fl_py_copy(p, child, byte));
    p->depth--;
    return copy;
}

static fl_node *boolean(fl_py *p, fl_py_at at, bool value)
{
    fl_node *node = fl_py_node(p, FL_NODE_boolean, at);
    if (value) node->flags = FL_FLAG_TRUE;
    return node;
}

/* ---- access and calls ---- */

/* What `super()` gives, whatever its arguments. */
static bool is_super_call(const fl_node *node)
{
    return node->kind == FL_NODE_call && node->first->kind == FL_NODE_name && fl_str_eq_c(fl_sym_str(node->first->sym), "super");
}

static fl_node *attribute(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_member, at), *object = NULL;
    const fl_node *last = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (!object && fl_py_is_value(child)) object = fl_py_expression(p, child);
        else if (child.kind == FL_PY_identifier) node->sym = fl_py_sym(p, child.start, child.end);
    }
    if (!object) object = fl_py_gap(p, at.start);
    if (is_super_call(object)) object = fl_py_leaf(p, (fl_py_at){ .start = object->start_byte, .end = object->end_byte }, FL_NODE_super_, FL_SYM_NONE);
    fl_py_put(p, node, &last, object);
    return node;
}

static fl_node *slice(fl_py *p, fl_py_at at, fl_node *object)
{
    fl_node *call = fl_py_node(p, FL_NODE_call, at), *member = fl_py_node(p, FL_NODE_member, at);
    const fl_node *last = NULL, *last_member = NULL;
    member->sym = fl_sym_of_c("[:]");
    member->end_byte = object->end_byte;
    fl_py_put(p, member, &last_member, object);
    fl_py_put(p, call, &last, member);
    fl_py_at child, part;
    bool is_behind_object = false;
    FL_PY_EACH(p, child) {
        if (child.kind != FL_PY_slice || is_behind_object) continue;
        is_behind_object = true;
        bool is_filled = false;
        FL_PY_EACH(p, part) {
            if (fl_py_is_value(part)) {
                fl_py_put(p, call, &last, fl_py_expression(p, part));
                is_filled = true;
            } else if (part.kind == FL_PY_token_colon) {
                if (!is_filled) fl_py_put(p, call, &last, fl_py_leaf(p, fl_py_point(part.start), FL_NODE_null, FL_SYM_NONE));
                is_filled = false;
            }
        }
    }
    return call;
}

static fl_node *subscript(fl_py *p, fl_py_at at)
{
    fl_node *object = NULL, *index = NULL, *list = NULL;
    const fl_node *last = NULL, *last_item = NULL;
    bool is_slice = false;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (!object && fl_py_is_value(child)) object = fl_py_expression(p, child);
        else if (child.kind == FL_PY_slice && !index) is_slice = true;
        else if (fl_py_is_value(child)) {
            fl_node *item = fl_py_expression(p, child);
            if (!index) { index = item; continue; }
            if (!list) {
                list = fl_py_node(p, FL_NODE_list, (fl_py_at){ .start = index->start_byte, .end = child.end });
                fl_py_put(p, list, &last_item, index);
            }
            fl_py_put(p, list, &last_item, item);
            list->end_byte = child.end;
        }
    }
    if (!object) object = fl_py_gap(p, at.start);
    if (is_slice && !index) return slice(p, at, object);
    fl_node *node = fl_py_node(p, FL_NODE_index, at);
    fl_py_put(p, node, &last, object);
    fl_py_put(p, node, &last, list ? list : index ? index : fl_py_gap(p, at.end));
    return node;
}

fl_node *fl_py_keyword(fl_py *p, fl_py_at at)
{
    fl_node *pair = fl_py_node(p, FL_NODE_pair, at), *value = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (fl_py_is(p, p->grammar->name)) pair->sym = fl_py_sym(p, child.start, child.end);
        else if (fl_py_is_value(child) && !value) value = fl_py_expression(p, child);
    }
    FL_PY_PLACES(p, pair, NULL, value ? value : fl_py_gap(p, at.end), NULL);
    return pair;
}

static fl_node *spread(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_spread, at);
    const fl_node *last = NULL;
    fl_py_put(p, node, &last, fl_py_inner_expression(p, at));
    return node;
}

void fl_py_arguments(fl_py *p, fl_node *node, const fl_node **last)
{
    fl_node *named = NULL;
    const fl_node *last_named = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_keyword_argument || child.kind == FL_PY_dictionary_splat) {
            if (!named) {
                named = fl_py_node(p, FL_NODE_dict, child);
                named->flags = FL_FLAG_NAMED;
            }
            fl_py_put(p, named, &last_named, child.kind == FL_PY_keyword_argument ? fl_py_keyword(p, child) : spread(p, child));
            named->end_byte = child.end;
        } else if (fl_py_is_value(child)) {
            fl_node *item = fl_py_expression(p, child);
            if (!named) fl_py_put(p, node, last, item); /* f(a=1, *b): what b gives is not known anyway */
        }
    }
    if (named) fl_py_put(p, node, last, named);
}

static fl_node *call(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_call, at);
    const fl_node *last = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_argument_list) {
            if (!last) fl_py_put(p, node, &last, fl_py_gap(p, at.start));
            fl_py_arguments(p, node, &last);
        } else if (fl_py_is_value(child)) {
            fl_node *part = fl_py_expression(p, child);
            bool is_constructor = !last && part->kind == FL_NODE_member && part->first->kind == FL_NODE_super_ && part->sym == fl_sym_of_c("__init__");
            if (is_constructor) part = fl_py_leaf(p, child, FL_NODE_super_, FL_SYM_NONE);
            fl_py_put(p, node, &last, part);
        }
    }
    if (!last) fl_py_put(p, node, &last, fl_py_gap(p, at.start));
    return node;
}

/* ---- operators ---- */

fl_node *fl_py_unary(fl_py *p, fl_py_at at, fl_op op, fl_node *operand)
{
    fl_node *node = fl_py_node(p, FL_NODE_unary, at);
    const fl_node *last = NULL;
    node->op = (uint8_t)op;
    fl_py_put(p, node, &last, operand);
    return node;
}

fl_node *fl_py_binary(fl_py *p, fl_py_at at, fl_op op, fl_node *a, fl_node *b)
{
    fl_node *node = fl_py_node(p, op == FL_OP_and || op == FL_OP_or ? FL_NODE_logical : FL_NODE_binary, at);
    const fl_node *last = NULL;
    node->op = (uint8_t)op;
    fl_py_put(p, node, &last, a);
    fl_py_put(p, node, &last, b);
    return node;
}

static fl_node *unary(fl_py *p, fl_py_at at)
{
    fl_node *operand = NULL;
    uint8_t op = FL_OP_none;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (fl_py_infos[child.kind].prefix != FL_OP_none && op == FL_OP_none) op = fl_py_infos[child.kind].prefix;
        else if (fl_py_is_value(child) && !operand) operand = fl_py_expression(p, child);
    }
    if (!operand || op == FL_OP_none) return operand ? operand : fl_py_gap(p, at.start);
    return fl_py_unary(p, at, (fl_op)op, operand);
}

/* Two operands, or many comparisons in a row. */
static fl_node *binary(fl_py *p, fl_py_at at)
{
    fl_node *whole = NULL, *left = NULL;
    uint8_t op = FL_OP_none;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (fl_py_infos[child.kind].infix != FL_OP_none) op = fl_py_infos[child.kind].infix;
        if (!fl_py_is_value(child)) continue;
        fl_node *right = fl_py_expression(p, child);
        if (left && op != FL_OP_none) {
            fl_node *first = whole ? fl_py_copy(p, left, left->end_byte) : left;
            fl_py_at span = { .start = whole ? first->start_byte : at.start, .end = right->end_byte };
            fl_node *link = fl_py_binary(p, span, (fl_op)op, first, right);
            whole = whole ? fl_py_binary(p, (fl_py_at){ .start = at.start, .end = right->end_byte }, FL_OP_and, whole, link) : link;
            op = FL_OP_none;
        }
        left = right;
    }
    if (whole) whole->end_byte = at.end;
    return whole ? whole : left ? left : fl_py_gap(p, at.start);
}

/* x := value */
static fl_node *named_expression(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_assign, at), *target = NULL, *value = NULL;
    node->op = FL_OP_assign;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (!target && child.kind == FL_PY_identifier) target = fl_py_target(p, child);
        else if (target && fl_py_is_value(child)) value = fl_py_expression(p, child);
    }
    if (target && target->kind == FL_NODE_name && p->scope && !fl_py_is_outer(p, target->sym)) fl_vec_push(p->builder.arena, &p->scope->floating, target->sym);
    if (target && target->kind != FL_NODE_name) target = NULL;
    FL_PY_PLACES(p, node, NULL, target ? target : fl_py_gap(p, at.start), value ? value : fl_py_gap(p, at.end));
    return node;
}

/* then if condition else otherwise: in the tree the condition stands first, whose place is in the middle. */
static fl_node *conditional(fl_py *p, fl_py_at at)
{
    fl_node *parts[3] = { NULL };
    unsigned count = 0;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (fl_py_is_value(child) && count < 3) parts[count++] = fl_py_expression(p, child);
    fl_node *node = fl_py_node(p, FL_NODE_conditional, at);
    FL_PY_PLACES(p, node, NULL, parts[1] ? parts[1] : fl_py_gap(p, at.end), parts[0] ? parts[0] : fl_py_gap(p, at.end), parts[2] ? parts[2] : fl_py_gap(p, at.end));
    return node;
}

static fl_node *yield(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_yield, at), *value = NULL;
    const fl_node *last = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_token_from) node->flags = FL_FLAG_DELEGATE;
        else if (fl_py_is_value(child) && !value) value = fl_py_expression(p, child);
    }
    if (value) fl_py_put(p, node, &last, value);
    return node;
}

static fl_node *await(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_await, at);
    const fl_node *last = NULL;
    fl_py_put(p, node, &last, fl_py_inner_expression(p, at));
    return node;
}

/* ---- all together ---- */

static fl_node *lower_expression(fl_py *p, fl_py_at at)
{
    switch (at.kind) {
    case FL_PY_identifier: return fl_py_name(p, at);
    case FL_PY_integer: case FL_PY_float_: return fl_py_leaf(p, at, FL_NODE_number, fl_py_number_sym(p, at));
    case FL_PY_true_: return boolean(p, at, true);
    case FL_PY_false_: return boolean(p, at, false);
    case FL_PY_none: return fl_py_leaf(p, at, FL_NODE_null, FL_SYM_NONE);
    case FL_PY_ellipsis: return fl_py_leaf(p, at, FL_NODE_name, fl_sym_of_c("Ellipsis"));
    case FL_PY_string: return fl_py_string(p, at);
    case FL_PY_concatenated_string: return fl_py_concatenated(p, at);
    case FL_PY_list: case FL_PY_tuple: case FL_PY_set: case FL_PY_expression_list: return fl_py_sequence(p, at);
    case FL_PY_dictionary: return fl_py_dict(p, at);
    case FL_PY_list_comprehension: case FL_PY_set_comprehension: case FL_PY_dictionary_comprehension: case FL_PY_generator_expression:
        return fl_py_comprehension(p, at);
    case FL_PY_parenthesized: case FL_PY_as_pattern: return fl_py_inner_expression(p, at);
    case FL_PY_attribute: return attribute(p, at);
    case FL_PY_subscript: return subscript(p, at);
    case FL_PY_slice: return fl_py_opaque_with_children(p, at, "slice of several dimensions");
    case FL_PY_call: return call(p, at);
    case FL_PY_await: return await(p, at);
    case FL_PY_lambda: return fl_py_lambda(p, at);
    case FL_PY_conditional: return conditional(p, at);
    case FL_PY_named_expression: return named_expression(p, at);
    case FL_PY_unary: case FL_PY_not_operator: return unary(p, at);
    case FL_PY_boolean_operator: case FL_PY_comparison: case FL_PY_binary: return binary(p, at);
    case FL_PY_yield: return yield(p, at);
    case FL_PY_list_splat: case FL_PY_parenthesized_list_splat: return spread(p, at);
    case FL_PY_missing: return fl_py_gap(p, at.start);
    case FL_PY_error: return fl_py_opaque_with_children(p, at, "syntax error");
    default: return fl_py_opaque_with_children(p, at, "unknown expression");
    }
}
