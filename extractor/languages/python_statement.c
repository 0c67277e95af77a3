/*
 * Modules and statements.
 * Assignment declares: a name that is assigned is a `let` with function scope, unless `global` or `nonlocal` say whose it is.
 * Names that expressions declare (`:=`, chains of assignments) get a `let` without value where their function begins.
 */
#include "extractor/languages/python_p.h"
#include <stdio.h>

static bool is_statement(fl_py_at at) { return at.class == FL_PY_STMT || at.class == FL_PY_ERROR; }

bool fl_py_is_outer(const fl_py *p, fl_sym name)
{
    if (!p->scope) return false;
    for (size_t i = 0; i < p->scope->outer.count; i++)
        if (p->scope->outer.items[i] == name) return true;
    return false;
}

fl_sym fl_py_new_label(fl_py *p)
{
    char text[24];
    snprintf(text, sizeof text, "else %u", p->labels++);
    return fl_sym_of_c(text);
}

void fl_py_float_names(fl_py *p, fl_node *body)
{
    for (size_t i = p->scope->floating.count; i-- > 0;) {
        fl_py_at start = fl_py_point(body->start_byte);
        fl_node *let = fl_py_let(p, start, fl_py_leaf(p, start, FL_NODE_name, p->scope->floating.items[i]), NULL, NULL);
        let->parent = body;
        let->next = body->first;
        body->first = let;
    }
    p->scope->floating.count = 0;
}

static void statements(fl_py *p, fl_node *parent, const fl_node **last)
{
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (is_statement(child)) fl_py_statement(p, child, parent, last);
}

void fl_py_module(fl_py *p)
{
    fl_py_at at = { .start = 0, .end = (uint32_t)p->file->text.len };
    fl_node *module = fl_py_node(p, FL_NODE_module, at);
    const fl_node *last = NULL;
    fl_py_scope scope = { .kind = FL_PY_IN_MODULE };
    p->scope = &scope;
    module->sym = p->file->id;
    p->file->root = module;
    fl_py_at root = fl_py_here(p);
    if (root.kind == FL_PY_error) fl_py_put(p, module, &last, fl_py_opaque_with_children(p, root, "syntax error"));
    else statements(p, module, &last);
    fl_py_float_names(p, module);
    p->scope = NULL;
}

fl_node *fl_py_block(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_block, at);
    const fl_node *last = NULL;
    statements(p, node, &last);
    return node;
}

/* ---- assignments ---- */

fl_node *fl_py_as_statement(fl_py *p, fl_node *expression)
{
    fl_node *node = fl_py_node(p, FL_NODE_expression, (fl_py_at){ .start = expression->start_byte, .end = expression->end_byte });
    const fl_node *last = NULL;
    fl_py_put(p, node, &last, expression);
    return node;
}

fl_node *fl_py_let(fl_py *p, fl_py_at at, fl_node *target, fl_node *value, fl_node *type)
{
    fl_node *node = fl_py_node(p, FL_NODE_let, at);
    node->flags = FL_FLAG_HOISTED;
    FL_PY_PLACES(p, node, NULL, target, value, type);
    return node;
}

/* Does the target hold a name that belongs to this scope? */
static bool declares(const fl_py *p, const fl_node *target)
{
    if (target->kind == FL_NODE_name) return !fl_py_is_outer(p, target->sym);
    if (target->kind != FL_NODE_list && target->kind != FL_NODE_spread) return false;
    for (const fl_node *c = target->first; c; c = c->next)
        if (declares(p, c)) return true;
    return false;
}

static void float_target(fl_py *p, const fl_node *target)
{
    if (target->kind == FL_NODE_name && !fl_py_is_outer(p, target->sym)) fl_vec_push(p->builder.arena, &p->scope->floating, target->sym);
    if (target->kind == FL_NODE_list || target->kind == FL_NODE_spread)
        for (const fl_node *c = target->first; c; c = c->next) float_target(p, c);
}

static fl_node *assign_node(fl_py *p, fl_py_at at, fl_op op, fl_node *target, fl_node *value)
{
    fl_node *node = fl_py_node(p, FL_NODE_assign, at);
    node->op = (uint8_t)op;
    FL_PY_PLACES(p, node, NULL, target, value);
    return node;
}

/* The value of a = b = c is an assignment itself. */
static fl_node *chained(fl_py *p, fl_py_at at)
{
    fl_node *target = NULL, *value = NULL;
    fl_py_at child;
    if (!fl_py_descend(p)) return fl_py_opaque(p, at, "too deep");
    FL_PY_EACH(p, child) {
        if (fl_py_is(p, p->grammar->left) && !target) target = fl_py_target(p, child);
        else if (fl_py_is(p, p->grammar->right)) value = child.kind == FL_PY_assignment ? chained(p, child) : fl_py_expression(p, child);
    }
    p->depth--;
    if (!target) target = fl_py_gap(p, at.start);
    float_target(p, target);
    return assign_node(p, at, FL_OP_assign, target, value ? value : fl_py_gap(p, at.end));
}

static fl_node *assignment(fl_py *p, fl_py_at at)
{
    fl_node *target = NULL, *value = NULL, *type = NULL;
    bool is_chain = false;
    fl_py_at child;
    FL_PY_EACH(p, child) is_chain |= fl_py_is(p, p->grammar->right) && child.kind == FL_PY_assignment;
    if (is_chain) return fl_py_as_statement(p, chained(p, at));
    FL_PY_EACH(p, child) {
        if (fl_py_is(p, p->grammar->left) && !target) target = fl_py_target(p, child);
        else if (child.kind == FL_PY_type) type = fl_py_type(p, child);
        else if (fl_py_is(p, p->grammar->right) && fl_py_is_value(child) && !value) value = fl_py_expression(p, child);
    }
    if (!target) target = fl_py_gap(p, at.start);
    if (declares(p, target)) return fl_py_let(p, at, target, value, type);
    if (!value) return fl_py_as_statement(p, fl_py_opaque(p, at, "declaration without value"));
    return fl_py_as_statement(p, assign_node(p, at, FL_OP_assign, target, value));
}

static fl_node *augmented(fl_py *p, fl_py_at at)
{
    fl_node *target = NULL, *value = NULL;
    uint8_t op = FL_OP_add;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (fl_py_is(p, p->grammar->left) && !target) target = fl_py_target(p, child);
        else if (fl_py_infos[child.kind].infix != FL_OP_none) op = fl_py_infos[child.kind].infix;
        else if (fl_py_is(p, p->grammar->right) && fl_py_is_value(child) && !value) value = fl_py_expression(p, child);
    }
    return fl_py_as_statement(p, assign_node(p, at, (fl_op)op, target ? target : fl_py_gap(p, at.start), value ? value : fl_py_gap(p, at.end)));
}

static void expression_statement(fl_py *p, fl_py_at at, fl_node *parent, const fl_node **last)
{
    fl_node *tuple = NULL, *first = NULL;
    const fl_node *last_item = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        fl_node *made = NULL;
        if (child.kind == FL_PY_assignment) made = assignment(p, child);
        else if (child.kind == FL_PY_augmented_assignment) made = augmented(p, child);
        else if (child.kind == FL_PY_string || child.kind == FL_PY_ellipsis) continue; /* a comment, a stub */
        if (made) {
            fl_py_put(p, parent, last, made);
            continue;
        }
        if (!fl_py_is_value(child)) continue;
        fl_node *value = fl_py_expression(p, child);
        if (!first) {
            first = value;
        } else if (!tuple) {
            tuple = fl_py_node(p, FL_NODE_list, at);
            tuple->flags = FL_FLAG_TUPLE;
            fl_py_put(p, tuple, &last_item, first);
            fl_py_put(p, tuple, &last_item, value);
        } else {
            fl_py_put(p, tuple, &last_item, value);
        }
    }
    if (first) fl_py_put(p, parent, last, fl_py_as_statement(p, tuple ? tuple : first));
}

/* ---- control flow ---- */

static fl_node *else_block(fl_py *p, fl_py_at at)
{
    fl_node *block = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (child.kind == FL_PY_block) block = fl_py_block(p, child);
    return block ? block : fl_py_no_block(p, at.end);
}

static fl_node *if_statement(fl_py *p, fl_py_at at)
{
    fl_node *condition = NULL, *then = NULL, *whole = NULL, *tail = NULL;
    FL_VEC(fl_node *) conditions = { 0 };
    FL_VEC(fl_node *) bodies = { 0 };
    FL_VEC(uint32_t) starts = { 0 };
    fl_py_at child, part;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_block) then = fl_py_block(p, child);
        else if (fl_py_is_value(child) && !condition) condition = fl_py_expression(p, child);
        else if (child.kind == FL_PY_else_clause) tail = else_block(p, child);
        else if (child.kind == FL_PY_elif_clause) {
            fl_node *c = NULL, *b = NULL;
            FL_PY_EACH(p, part) {
                if (part.kind == FL_PY_block) b = fl_py_block(p, part);
                else if (fl_py_is_value(part) && !c) c = fl_py_expression(p, part);
            }
            fl_vec_push(p->builder.arena, &conditions, c ? c : fl_py_gap(p, child.start));
            fl_vec_push(p->builder.arena, &bodies, b ? b : fl_py_no_block(p, child.end));
            fl_vec_push(p->builder.arena, &starts, child.start);
        }
    }
    for (size_t i = conditions.count; i-- > 0;) {
        whole = fl_py_node(p, FL_NODE_if_, (fl_py_at){ .start = starts.items[i], .end = at.end });
        FL_PY_PLACES(p, whole, NULL, conditions.items[i], bodies.items[i], tail);
        tail = whole;
    }
    whole = fl_py_node(p, FL_NODE_if_, at);
    FL_PY_PLACES(p, whole, NULL, condition ? condition : fl_py_gap(p, at.start), then ? then : fl_py_no_block(p, condition ? condition->end_byte : at.start), tail);
    return whole;
}

/* Loops; one with an `else` is a labelled block: loop, then what runs unless the loop was left by `break`. */
static fl_node *loop(fl_py *p, fl_py_at at)
{
    bool is_for = at.kind == FL_PY_for_, has_else = false;
    fl_node *first = NULL, *condition = NULL, *body = NULL, *otherwise = NULL, *node;
    uint16_t flags = 0;
    fl_sym outer_label = p->loop_label;
    fl_py_at child;
    uint32_t end = at.start;
    FL_PY_EACH(p, child) has_else |= child.kind == FL_PY_else_clause;
    fl_sym label = has_else ? fl_py_new_label(p) : FL_SYM_NONE;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_token_async) flags = FL_FLAG_AWAIT;
        else if (is_for && fl_py_is(p, p->grammar->left) && !first) first = fl_py_target(p, child);
        else if (child.kind == FL_PY_block) {
            p->loop_label = label;
            body = fl_py_block(p, child);
            p->loop_label = outer_label;
            end = child.end;
        } else if (child.kind == FL_PY_else_clause) otherwise = else_block(p, child);
        else if (fl_py_is_value(child) && !condition) condition = fl_py_expression(p, child);
    }
    if (!condition) condition = fl_py_gap(p, at.start);
    if (!body) { body = fl_py_no_block(p, condition->end_byte); end = body->end_byte; }
    fl_py_at span = { .start = at.start, .end = has_else ? end : at.end };
    if (is_for) {
        if (!first) first = fl_py_gap(p, at.start);
        if (declares(p, first)) first = fl_py_let(p, (fl_py_at){ .start = first->start_byte, .end = first->end_byte }, first, NULL, NULL);
        node = fl_py_node(p, FL_NODE_foreach, span);
        node->flags = flags;
        FL_PY_PLACES(p, node, NULL, first, condition, body);
    } else {
        node = fl_py_node(p, FL_NODE_loop, span);
        FL_PY_PLACES(p, node, NULL, NULL, condition, NULL, body);
    }
    if (!has_else) return node;
    fl_node *block = fl_py_node(p, FL_NODE_block, at), *whole = fl_py_leaf(p, at, FL_NODE_label, label);
    const fl_node *last = NULL, *last_part = NULL;
    fl_py_put(p, block, &last, node);
    fl_py_put(p, block, &last, otherwise);
    fl_py_put(p, whole, &last_part, block);
    return whole;
}

static fl_node *return_statement(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_return_, at), *value = NULL;
    const fl_node *last = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (fl_py_is_value(child) && (!value || value->kind == FL_NODE_opaque)) value = fl_py_expression(p, child);
    if (value) fl_py_put(p, node, &last, value);
    return node;
}

/* raise X from Y: the cause is only told. */
static fl_node *raise_statement(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_throw_, at), *value = NULL;
    const fl_node *last = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (fl_py_is_value(child) && !value) value = fl_py_expression(p, child);
    if (!value && p->caught) value = fl_py_leaf(p, fl_py_point(at.end), FL_NODE_name, p->caught);
    if (value) fl_py_put(p, node, &last, value);
    return node;
}

/* assert c, text: if not c: raise AssertionError(text) */
static fl_node *assert_statement(fl_py *p, fl_py_at at)
{
    fl_node *condition = NULL, *text = NULL;
    const fl_node *last = NULL, *last_part = NULL, *last_block = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (!fl_py_is_value(child)) continue;
        if (!condition) condition = fl_py_expression(p, child);
        else if (!text) text = fl_py_expression(p, child);
    }
    if (!condition) condition = fl_py_gap(p, at.start);
    fl_py_at span = { .start = condition->start_byte, .end = condition->end_byte }, behind = { .start = condition->end_byte, .end = at.end };
    fl_node *call = fl_py_node(p, FL_NODE_call, behind), *thrown = fl_py_node(p, FL_NODE_throw_, behind), *block = fl_py_node(p, FL_NODE_block, behind);
    fl_py_put(p, call, &last, fl_py_leaf(p, fl_py_point(behind.start), FL_NODE_name, fl_sym_of_c("AssertionError")));
    if (text) fl_py_put(p, call, &last, text);
    fl_py_put(p, thrown, &last_part, call);
    fl_py_put(p, block, &last_block, thrown);
    fl_node *node = fl_py_node(p, FL_NODE_if_, at);
    FL_PY_PLACES(p, node, NULL, fl_py_unary(p, span, FL_OP_not, condition), block, NULL);
    return node;
}

static void delete_statement(fl_py *p, fl_node *parent, const fl_node **last)
{
    fl_py_at child, part;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_expression_list) {
            FL_PY_EACH(p, part)
                if (fl_py_is_value(part)) fl_py_put(p, parent, last, fl_py_as_statement(p, fl_py_unary(p, part, FL_OP_remove, fl_py_expression(p, part))));
        } else if (fl_py_is_value(child)) {
            fl_py_put(p, parent, last, fl_py_as_statement(p, fl_py_unary(p, child, FL_OP_remove, fl_py_expression(p, child))));
        }
    }
}

static void outer_names(fl_py *p)
{
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (child.kind == FL_PY_identifier) fl_vec_push(p->builder.arena, &p->scope->outer, fl_py_sym(p, child.start, child.end));
}

/* if TYPE_CHECKING: what is imported there are types. */
static bool is_type_checking(fl_py *p)
{
    bool is_so = false, has_else = false;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        fl_str text = { p->text + child.start, child.end - child.start };
        if (fl_py_is_value(child) && (fl_str_eq_c(text, "TYPE_CHECKING") || fl_str_ends(text, FL_S(".TYPE_CHECKING")))) is_so = true;
        has_else |= child.kind == FL_PY_else_clause || child.kind == FL_PY_elif_clause;
    }
    return is_so && !has_else;
}

static void type_imports(fl_py *p, fl_node *parent, const fl_node **last)
{
    fl_py_at child, statement;
    FL_PY_EACH(p, child) {
        if (child.kind != FL_PY_block) continue;
        FL_PY_EACH(p, statement) {
            if (statement.kind == FL_PY_import || statement.kind == FL_PY_import_from) fl_py_import(p, statement, parent, last, true);
            else if (is_statement(statement)) fl_py_statement(p, statement, parent, last);
        }
    }
}

/* ---- all together ---- */

static fl_node *single(fl_py *p, fl_py_at at)
{
    fl_py_chain none = { 0 };
    fl_node *node;
    switch (at.kind) {
    case FL_PY_function_definition: return fl_py_function(p, at, &none);
    case FL_PY_class_definition: return fl_py_class(p, at, &none);
    case FL_PY_decorated_definition: return fl_py_decorated(p, at);
    case FL_PY_block: return fl_py_block(p, at);
    case FL_PY_if_: return if_statement(p, at);
    case FL_PY_for_: case FL_PY_while_: return loop(p, at);
    case FL_PY_try_: return fl_py_try(p, at);
    case FL_PY_with_: return fl_py_with(p, at);
    case FL_PY_match_: return fl_py_match(p, at);
    case FL_PY_return_: return return_statement(p, at);
    case FL_PY_raise_: return raise_statement(p, at);
    case FL_PY_assert_: return assert_statement(p, at);
    case FL_PY_break_:
        node = fl_py_leaf(p, at, FL_NODE_break_, p->loop_label);
        return node;
    case FL_PY_continue_: return fl_py_node(p, FL_NODE_continue_, at);
    case FL_PY_type_alias: return fl_py_type_alias(p, at);
    case FL_PY_missing: return fl_py_gap(p, at.start);
    case FL_PY_error: return fl_py_opaque_with_children(p, at, "syntax error");
    case FL_PY_print: case FL_PY_exec: return fl_py_opaque_with_children(p, at, "statement of Python 2");
    default: return fl_py_opaque_with_children(p, at, "unknown statement");
    }
}

void fl_py_statement(fl_py *p, fl_py_at at, fl_node *parent, const fl_node **last)
{
    if (!fl_py_descend(p)) {
        fl_py_put(p, parent, last, fl_py_opaque(p, at, "too deep"));
        return;
    }
    switch (at.kind) {
    case FL_PY_pass_: case FL_PY_future_import: break;
    case FL_PY_global_: case FL_PY_nonlocal_: outer_names(p); break;
    case FL_PY_expression_statement: expression_statement(p, at, parent, last); break;
    case FL_PY_delete_: delete_statement(p, parent, last); break;
    case FL_PY_import: case FL_PY_import_from: fl_py_import(p, at, parent, last, false); break;
    case FL_PY_if_:
        if (is_type_checking(p)) type_imports(p, parent, last);
        else fl_py_put(p, parent, last, single(p, at));
        break;
    default: fl_py_put(p, parent, last, single(p, at)); break;
    }
    p->depth--;
}
