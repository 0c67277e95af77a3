/*
 * Lists, dicts, comprehensions, strings, and the targets that look like them. A comprehension becomes a function that is called
 * where it stands: its loops are loops, and its names are its own, as in Python.
 */
#include "extractor/languages/python_p.h"

/* ---- strings ---- */

static void text_part(fl_py *p, fl_node *node, const fl_node **last, uint32_t start, uint32_t end, const fl_py_quoted *how)
{
    if (start >= end) return;
    fl_py_put(p, node, last, fl_py_leaf(p, (fl_py_at){ .start = start, .end = end }, FL_NODE_string, fl_py_cooked_sym(p, start, end, how)));
}

/* Appends text and holes of one literal; false when it has no hole, and nothing is appended. */
static bool holes(fl_py *p, fl_py_at at, fl_node *node, const fl_node **last)
{
    fl_py_quoted q = fl_py_unquote(p, at);
    uint32_t reached = q.start;
    bool has_hole = false;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind != FL_PY_interpolation) continue;
        text_part(p, node, last, reached, child.start, &q);
        fl_py_put(p, node, last, fl_py_inner_expression(p, child));
        reached = child.end;
        has_hole = true;
    }
    if (has_hole) text_part(p, node, last, reached, q.end, &q);
    return has_hole;
}

fl_node *fl_py_string(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_template, at);
    const fl_node *last = NULL;
    fl_py_quoted q = fl_py_unquote(p, at);
    if (q.is_format && holes(p, at, node, &last)) return node;
    node->kind = FL_NODE_string;
    node->sym = fl_py_cooked_sym(p, q.start, q.end, &q);
    return node;
}

/* "a" f"{b}" "c" */
fl_node *fl_py_concatenated(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_template, at);
    const fl_node *last = NULL;
    bool has_hole = false;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind != FL_PY_string) continue;
        fl_py_quoted q = fl_py_unquote(p, child);
        if (q.is_format && holes(p, child, node, &last)) has_hole = true;
        else text_part(p, node, &last, q.start, q.end, &q);
    }
    if (has_hole) return node;
    fl_buf_clear(&p->scratch);
    for (const fl_node *part = node->first; part; part = part->next) fl_buf_add(&p->scratch, fl_sym_str(part->sym));
    node->kind = FL_NODE_string;
    node->sym = fl_text_intern(p->names, fl_buf_str(&p->scratch));
    node->first = NULL;
    return node;
}

/* ---- lists and dicts ---- */

fl_node *fl_py_sequence(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_list, at);
    const fl_node *last = NULL;
    if (at.kind == FL_PY_tuple || at.kind == FL_PY_expression_list) node->flags = FL_FLAG_TUPLE;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (fl_py_is_value(child)) fl_py_put(p, node, &last, fl_py_expression(p, child));
    return node;
}

static fl_node *pair(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_pair, at), *key = NULL, *value = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (!fl_py_is_value(child)) continue;
        if (!key) key = fl_py_expression(p, child);
        else if (!value) value = fl_py_expression(p, child);
    }
    if (key && key->kind == FL_NODE_string && key->sym) {
        node->sym = key->sym;
        key = NULL;
    }
    FL_PY_PLACES(p, node, NULL, value ? value : fl_py_gap(p, at.end), key);
    return node;
}

fl_node *fl_py_dict(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_dict, at);
    const fl_node *last = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        fl_node *item = NULL;
        if (child.kind == FL_PY_pair) {
            item = pair(p, child);
        } else if (child.kind == FL_PY_dictionary_splat) {
            item = fl_py_node(p, FL_NODE_spread, child);
            const fl_node *last_item = NULL;
            fl_py_put(p, item, &last_item, fl_py_inner_expression(p, child));
        } else if (child.kind == FL_PY_error) {
            item = fl_py_opaque_with_children(p, child, "syntax error");
        }
        if (item) fl_py_put(p, node, &last, item);
    }
    return node;
}

/* ---- comprehensions ---- */

typedef struct clause { fl_py_at at; fl_node *target, *iterable, *condition; bool is_async; } clause;

static void for_clause(fl_py *p, clause *c)
{
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_token_async) c->is_async = true;
        else if (fl_py_is(p, p->grammar->left) && (fl_py_is_value(child) || child.class == FL_PY_TARGET)) c->target = fl_py_target(p, child);
        else if (fl_py_is(p, p->grammar->right) && fl_py_is_value(child)) {
            fl_node *item = fl_py_expression(p, child);
            if (!c->iterable) c->iterable = item;
        }
    }
    if (!c->target) c->target = fl_py_gap(p, c->at.start);
    if (!c->iterable) c->iterable = fl_py_gap(p, c->at.end);
}

static fl_node *one_in_block(fl_py *p, fl_py_at at, fl_node *statement)
{
    fl_node *block = fl_py_node(p, FL_NODE_block, at);
    const fl_node *last = NULL;
    fl_py_put(p, block, &last, statement);
    return block;
}

/* made.append(element), made[key] = element */
static fl_node *collect(fl_py *p, fl_py_at at, fl_node *key, fl_node *element)
{
    fl_py_at start = fl_py_point(at.start);
    fl_node *made = fl_py_leaf(p, start, FL_NODE_name, fl_sym_of_c("[]")), *node;
    const fl_node *last = NULL, *last_part = NULL;
    if (key) {
        fl_node *index = fl_py_node(p, FL_NODE_index, (fl_py_at){ .start = at.start, .end = key->end_byte });
        node = fl_py_node(p, FL_NODE_assign, at);
        node->op = FL_OP_assign;
        fl_py_put(p, index, &last_part, made);
        fl_py_put(p, index, &last_part, key);
        fl_py_put(p, node, &last, index);
    } else {
        fl_node *member = fl_py_leaf(p, start, FL_NODE_member, fl_sym_of_c("append"));
        node = fl_py_node(p, FL_NODE_call, at);
        fl_py_put(p, member, &last_part, made);
        fl_py_put(p, node, &last, member);
    }
    fl_py_put(p, node, &last, element);
    return fl_py_as_statement(p, node);
}

fl_node *fl_py_comprehension(fl_py *p, fl_py_at at)
{
    bool is_dict = at.kind == FL_PY_dictionary_comprehension;
    FL_VEC(clause) clauses = { 0 };
    fl_node *key = NULL, *element = NULL;
    fl_py_at child, part, body_at = at;
    FL_PY_EACH(p, child) {
        clause c = { .at = child };
        if (child.kind == FL_PY_for_in_clause) {
            for_clause(p, &c);
            fl_vec_push(p->builder.arena, &clauses, c);
        } else if (child.kind == FL_PY_if_clause) {
            c.condition = fl_py_inner_expression(p, child);
            fl_vec_push(p->builder.arena, &clauses, c);
        } else if (child.kind == FL_PY_pair && !element) {
            body_at = child;
            FL_PY_EACH(p, part) {
                if (!fl_py_is_value(part)) continue;
                if (!key) key = fl_py_expression(p, part);
                else if (!element) element = fl_py_expression(p, part);
            }
        } else if (fl_py_is_value(child) && !element) {
            body_at = child;
            element = fl_py_expression(p, child);
        }
    }
    if (!element) element = fl_py_gap(p, body_at.end);
    if (is_dict && !key) key = fl_py_gap(p, body_at.start);
    fl_node *statement = collect(p, body_at, key, element);
    fl_py_at inside = { .start = at.start, .end = at.end };
    for (size_t i = clauses.count; i-- > 0;) {
        clause *c = &clauses.items[i];
        fl_node *outer;
        if (c->condition) {
            outer = fl_py_node(p, FL_NODE_if_, inside);
            FL_PY_PLACES(p, outer, NULL, c->condition, one_in_block(p, inside, statement), NULL);
        } else {
            fl_node *let = fl_py_node(p, FL_NODE_let, (fl_py_at){ .start = c->target->start_byte, .end = c->target->end_byte });
            FL_PY_PLACES(p, let, NULL, c->target, NULL, NULL);
            outer = fl_py_node(p, FL_NODE_foreach, inside);
            if (c->is_async) outer->flags = FL_FLAG_AWAIT;
            FL_PY_PLACES(p, outer, NULL, let, c->iterable, one_in_block(p, inside, statement));
        }
        statement = outer;
    }
    fl_py_at start = fl_py_point(at.start), end = fl_py_point(at.end);
    fl_node *block = fl_py_node(p, FL_NODE_block, inside), *let = fl_py_node(p, FL_NODE_let, start), *result = fl_py_node(p, FL_NODE_return_, end);
    const fl_node *last = NULL, *last_part = NULL;
    FL_PY_PLACES(p, let, NULL, fl_py_leaf(p, start, FL_NODE_name, fl_sym_of_c("[]")), fl_py_node(p, is_dict ? FL_NODE_dict : FL_NODE_list, start), NULL);
    fl_py_put(p, result, &last_part, fl_py_leaf(p, end, FL_NODE_name, fl_sym_of_c("[]")));
    fl_py_put(p, block, &last, let);
    fl_py_put(p, block, &last, statement);
    fl_py_put(p, block, &last, result);
    fl_node *function = fl_py_node(p, FL_NODE_function, inside), *call = fl_py_node(p, FL_NODE_call, inside);
    function->flags = FL_FLAG_ARROW;
    FL_PY_PLACES(p, function, NULL, fl_py_node(p, FL_NODE_params, start), NULL, block);
    last = NULL;
    fl_py_put(p, call, &last, function);
    return call;
}

/* ---- targets ---- */

static fl_node *pattern_items(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_list, at);
    const fl_node *last = NULL;
    node->flags = FL_FLAG_PATTERN;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (fl_py_is_value(child) || child.class == FL_PY_TARGET) fl_py_put(p, node, &last, fl_py_target(p, child));
    return node;
}

static fl_node *lower_target(fl_py *p, fl_py_at at)
{
    fl_node *node = NULL, *inner = NULL;
    const fl_node *last = NULL;
    fl_py_at child;
    switch (at.kind) {
    case FL_PY_pattern_list: case FL_PY_tuple_pattern: case FL_PY_list_pattern: case FL_PY_list: case FL_PY_tuple: case FL_PY_expression_list:
        return pattern_items(p, at);
    case FL_PY_list_splat_pattern: case FL_PY_list_splat: case FL_PY_dictionary_splat_pattern:
        node = fl_py_node(p, FL_NODE_spread, at);
        FL_PY_EACH(p, child)
            if (!inner && (fl_py_is_value(child) || child.class == FL_PY_TARGET)) inner = fl_py_target(p, child);
        fl_py_put(p, node, &last, inner ? inner : fl_py_gap(p, at.end));
        return node;
    case FL_PY_as_pattern_target: case FL_PY_parenthesized:
        FL_PY_EACH(p, child)
            if (!inner && (fl_py_is_value(child) || child.class == FL_PY_TARGET)) inner = fl_py_target(p, child);
        return inner ? inner : fl_py_gap(p, at.start);
    case FL_PY_identifier: return fl_py_leaf(p, at, FL_NODE_name, fl_py_sym(p, at.start, at.end));
    case FL_PY_attribute: case FL_PY_subscript:
        node = fl_py_expression(p, at);
        if (node->kind == FL_NODE_member || node->kind == FL_NODE_index || node->kind == FL_NODE_opaque) return node;
        if (node->kind == FL_NODE_call) { /* a[1:2] = … writes elements */
            fl_node *opaque = fl_py_opaque(p, at, "assignment to a slice");
            fl_py_put(p, opaque, &last, node);
            return opaque;
        }
        break;
    default: break;
    }
    return fl_py_opaque_with_children(p, at, "unknown target");
}

fl_node *fl_py_target(fl_py *p, fl_py_at at)
{
    if (!fl_py_descend(p)) return fl_py_opaque(p, at, "too deep");
    fl_node *node = lower_target(p, at);
    p->depth--;
    return node;
}
