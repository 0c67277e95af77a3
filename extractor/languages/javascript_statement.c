/*
 * Modules and statements.
 * One statement of the source may be none here (`;`, `declare …`, `debugger`), one, or several (`let a, b` is one let for
 * each name): fl_js_statement appends. Where exactly one is wanted, several stand in a block (var only: no scope is made).
 */
#include "extractor/languages/javascript_p.h"

static bool is_value(fl_js_at at) { return at.class == FL_JS_EXPR || at.class == FL_JS_ERROR; }

static bool is_statement(fl_js_at at) { return at.class == FL_JS_STMT || at.class == FL_JS_ERROR; }

void fl_js_statements(fl_js *j, fl_node *parent, const fl_node **last)
{
    fl_js_at child;
    FL_JS_EACH(j, child)
        if (is_statement(child)) fl_js_statement(j, child, parent, last);
}

void fl_js_module(fl_js *j)
{
    fl_js_at at = { .start = 0, .end = (uint32_t)j->file->text.len };
    fl_node *module = fl_js_node(j, FL_NODE_module, at);
    const fl_node *last = NULL;
    module->sym = j->file->id;
    j->file->root = module;
    fl_js_at root = fl_js_here(j);
    if (root.kind == FL_JS_error) /* nothing of the file parsed as a program */
        fl_js_put(j, module, &last, fl_js_opaque_with_children(j, root, "syntax error"));
    else
        fl_js_statements(j, module, &last);
}

fl_node *fl_js_block(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_block, at);
    const fl_node *last = NULL;
    fl_js_statements(j, node, &last);
    return node;
}

static fl_node *single(fl_js *j, fl_js_at at);

/* Kinds that may give none or several statements. */
static bool is_plural(uint8_t kind)
{
    switch (kind) {
    case FL_JS_empty: case FL_JS_debugger: case FL_JS_ambient: case FL_JS_export: case FL_JS_variable_declaration:
    case FL_JS_lexical_declaration: case FL_JS_using_declaration:
        return true;
    default: return false;
    }
}

/* Exactly one statement, for branches and bodies. */
static fl_node *one_statement(fl_js *j, fl_js_at at)
{
    if (!is_plural(at.kind)) {
        if (!fl_js_descend(j)) return fl_js_opaque(j, at, "too deep");
        fl_node *node = single(j, at);
        j->depth--;
        return node;
    }
    fl_node *block = fl_js_node(j, FL_NODE_block, at);
    const fl_node *last = NULL;
    fl_js_statement(j, at, block, &last);
    fl_node *only = (fl_node *)(uintptr_t)block->first;
    if (!only || only->next) return block;
    only->parent = NULL;
    return only;
}

/* ---- declarations ---- */

static fl_node *declarator(fl_js *j, fl_js_at at, uint16_t flags)
{
    fl_node *node = fl_js_node(j, FL_NODE_let, at), *target = NULL, *value = NULL, *type = NULL;
    node->flags = flags;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (!target && fl_js_is_target(child)) target = fl_js_target(j, child);
        else if (child.kind == FL_JS_type_annotation) type = fl_js_type(j, child);
        else if (target && (!value || value->kind == FL_NODE_opaque) && is_value(child)) value = fl_js_expression(j, child);
    }
    FL_JS_PLACES(j, node, NULL, target ? target : fl_js_gap(j, at.start), value, type);
    return node;
}

static uint16_t declaration_flags(uint8_t kind)
{
    switch (kind) {
    case FL_JS_token_const: case FL_JS_token_using: return FL_FLAG_CONST;
    case FL_JS_token_var: return FL_FLAG_HOISTED;
    default: return 0;
    }
}

static void declaration(fl_js *j, fl_node *parent, const fl_node **last)
{
    uint16_t flags = 0;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        flags |= declaration_flags(child.kind);
        if (child.kind == FL_JS_variable_declarator) fl_js_put(j, parent, last, declarator(j, child, flags));
    }
}

/* ---- control flow ---- */

static fl_node *if_statement(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_if_, at), *condition = NULL, *then = NULL, *otherwise = NULL;
    fl_js_at child, inner;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_else_clause) {
            FL_JS_EACH(j, inner)
                if (inner.class == FL_JS_STMT && !otherwise) otherwise = one_statement(j, inner);
        } else if (child.class == FL_JS_STMT && !then) {
            then = one_statement(j, child);
        } else if (child.class == FL_JS_EXPR && !condition) {
            condition = fl_js_expression(j, child);
        }
    }
    FL_JS_PLACES(j, node, NULL, condition ? condition : fl_js_gap(j, at.start), then ? then : fl_js_no_block(j, at.end), otherwise);
    return node;
}

static fl_node *finish_loop(fl_js *j, fl_js_at at, fl_node *node, fl_node *const parts[4])
{
    const fl_node *last = NULL;
    for (int i = 0; i < 3; i++) fl_js_put(j, node, &last, parts[i]);
    fl_js_put(j, node, &last, parts[3] ? parts[3] : fl_js_no_block(j, at.end));
    return node;
}

/* The init of a for: several declarators make a sequence of lets. */
static fl_node *loop_init(fl_js *j, fl_js_at at)
{
    if (at.class == FL_JS_EXPR) return fl_js_expression(j, at);
    if (at.kind != FL_JS_lexical_declaration && at.kind != FL_JS_variable_declaration) return NULL;
    fl_node *node = fl_js_node(j, FL_NODE_sequence, at);
    const fl_node *last = NULL;
    declaration(j, node, &last);
    fl_node *only = (fl_node *)(uintptr_t)node->first;
    if (!only || only->next) return node;
    only->parent = NULL;
    return only;
}

static fl_node *for_statement(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_loop, at), *parts[4] = { NULL };
    fl_js_at child;
    FL_JS_EACH(j, child) {
        TSFieldId field = fl_concrete_field(&j->cursor);
        if (field == j->grammar->initializer && !parts[0]) parts[0] = loop_init(j, child);
        else if (field == j->grammar->condition && child.class == FL_JS_EXPR) parts[1] = fl_js_expression(j, child);
        else if (field == j->grammar->increment && child.class == FL_JS_EXPR) parts[2] = fl_js_expression(j, child);
        else if (child.class == FL_JS_STMT && child.kind != FL_JS_empty) parts[3] = one_statement(j, child);
    }
    return finish_loop(j, at, node, parts);
}

/* while (c) s, do s while (c) */
static fl_node *while_statement(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_loop, at), *parts[4] = { NULL };
    if (at.kind == FL_JS_do_) node->flags = FL_FLAG_POST_TEST;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.class == FL_JS_EXPR && !parts[1]) parts[1] = fl_js_expression(j, child);
        else if (child.class == FL_JS_STMT && !parts[3]) parts[3] = one_statement(j, child);
    }
    return finish_loop(j, at, node, parts);
}

static fl_node *for_in(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_foreach, at), *target = NULL, *iterable = NULL, *body = NULL, *let = NULL;
    uint16_t flags = 0;
    bool is_declared = false;
    fl_js_at child, first = at;
    FL_JS_EACH(j, child) {
        TSFieldId field = fl_concrete_field(&j->cursor);
        if (field == j->grammar->left && fl_js_is_target(child)) {
            target = fl_js_target(j, child);
            if (!is_declared) first = child;
            first.end = child.end;
        } else if (field == j->grammar->right && child.class == FL_JS_EXPR) {
            iterable = fl_js_expression(j, child);
        } else if (child.kind == FL_JS_token_const || child.kind == FL_JS_token_let || child.kind == FL_JS_token_var ||
                   child.kind == FL_JS_token_using) {
            is_declared = true;
            first = child;
            flags = declaration_flags(child.kind);
        } else if (child.kind == FL_JS_token_await) {
            node->flags |= FL_FLAG_AWAIT;
        } else if (child.kind == FL_JS_op_in) {
            node->flags |= FL_FLAG_KEYS;
        } else if (child.class == FL_JS_STMT && !body) {
            body = one_statement(j, child);
        }
    }
    if (!target) target = fl_js_gap(j, at.start);
    if (is_declared) {
        let = fl_js_node(j, FL_NODE_let, first);
        let->flags = flags;
        if (let->start_byte > target->start_byte || let->end_byte < target->end_byte) {
            let->start_byte = target->start_byte;
            let->end_byte = target->end_byte;
        }
        FL_JS_PLACES(j, let, NULL, target, NULL, NULL);
    }
    FL_JS_PLACES(j, node, NULL, let ? let : target, iterable ? iterable : fl_js_gap(j, at.end), body ? body : fl_js_no_block(j, at.end));
    return node;
}

static fl_node *case_clause(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_case_, at), *test = NULL;
    const fl_node *last = NULL;
    bool is_behind_colon = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (is_behind_colon) {
            if (is_statement(child)) fl_js_statement(j, child, node, &last);
        } else if (child.kind == FL_JS_token_colon) {
            is_behind_colon = true;
            fl_js_put(j, node, &last, test);
        } else if (child.class == FL_JS_EXPR && !test) {
            test = fl_js_expression(j, child);
        }
    }
    if (!is_behind_colon) fl_js_put(j, node, &last, test);
    return node;
}

static fl_node *switch_statement(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_switch_, at);
    const fl_node *last = NULL;
    fl_js_at child, clause;
    FL_JS_EACH(j, child) {
        if (child.class == FL_JS_EXPR && !last) fl_js_put(j, node, &last, fl_js_expression(j, child));
        if (child.kind != FL_JS_switch_body) continue;
        if (!last) fl_js_put(j, node, &last, fl_js_gap(j, at.start));
        FL_JS_EACH(j, clause)
            if (clause.kind == FL_JS_switch_case || clause.kind == FL_JS_switch_default)
                fl_js_put(j, node, &last, case_clause(j, clause));
    }
    if (!last) fl_js_put(j, node, &last, fl_js_gap(j, at.start));
    return node;
}

static fl_node *try_statement(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_try_, at), *body = NULL, *caught = NULL, *handler = NULL, *finally = NULL;
    fl_js_at child, inner;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_block) {
            body = fl_js_block(j, child);
        } else if (child.kind == FL_JS_catch_clause) {
            FL_JS_EACH(j, inner) {
                if (inner.kind == FL_JS_block) handler = fl_js_block(j, inner);
                else if (!caught && fl_js_is_target(inner)) caught = fl_js_target(j, inner);
            }
        } else if (child.kind == FL_JS_finally_clause) {
            FL_JS_EACH(j, inner)
                if (inner.kind == FL_JS_block) finally = fl_js_block(j, inner);
        }
    }
    FL_JS_PLACES(j, node, NULL, body ? body : fl_js_no_block(j, at.start), caught, handler, finally);
    return node;
}

/* return x, throw x */
static fl_node *with_value(fl_js *j, fl_js_at at, fl_node_kind kind)
{
    fl_node *node = fl_js_node(j, kind, at), *value = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child)
        if (is_value(child) && (!value || value->kind == FL_NODE_opaque)) value = fl_js_expression(j, child);
    if (value) fl_js_put(j, node, &last, value);
    return node;
}

static fl_node *labelled(fl_js *j, fl_js_at at, fl_node_kind kind)
{
    fl_node *node = fl_js_node(j, kind, at), *body = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_statement_name) node->sym = fl_js_name_sym(j, child);
        else if (kind == FL_NODE_label && child.class == FL_JS_STMT && !body) body = one_statement(j, child);
    }
    if (kind != FL_NODE_label) return node;
    fl_js_put(j, node, &last, body ? body : fl_js_no_block(j, at.end));
    return node;
}

/* ---- all together ---- */

/* `namespace N {}` can be parsed as an expression. */
static fl_node *expression_statement(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_expression, at), *value = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_internal_module) value = fl_js_namespace(j, child);
        else if (is_value(child) && (!value || value->kind == FL_NODE_opaque)) value = fl_js_expression(j, child);
    }
    if (value && value->kind == FL_NODE_namespace) return value;
    fl_js_put(j, node, &last, value ? value : fl_js_gap(j, at.start));
    return node;
}

static fl_node *single(fl_js *j, fl_js_at at)
{
    switch (at.kind) {
    case FL_JS_expression_statement: return expression_statement(j, at);
    case FL_JS_function_declaration: case FL_JS_generator_declaration: case FL_JS_function_signature:
        return fl_js_function(j, at, NULL);
    case FL_JS_class_declaration: case FL_JS_abstract_class: return fl_js_class(j, at);
    case FL_JS_block: return fl_js_block(j, at);
    case FL_JS_if_: return if_statement(j, at);
    case FL_JS_for_: return for_statement(j, at);
    case FL_JS_for_in: return for_in(j, at);
    case FL_JS_while_: case FL_JS_do_: return while_statement(j, at);
    case FL_JS_switch_: return switch_statement(j, at);
    case FL_JS_try_: return try_statement(j, at);
    case FL_JS_return_: return with_value(j, at, FL_NODE_return_);
    case FL_JS_throw_: return with_value(j, at, FL_NODE_throw_);
    case FL_JS_break_: return labelled(j, at, FL_NODE_break_);
    case FL_JS_continue_: return labelled(j, at, FL_NODE_continue_);
    case FL_JS_labeled: return labelled(j, at, FL_NODE_label);
    case FL_JS_import: return fl_js_import(j, at);
    case FL_JS_import_alias: return fl_js_alias(j, at);
    case FL_JS_internal_module: case FL_JS_module: return fl_js_namespace(j, at);
    case FL_JS_enum_: return fl_js_enum(j, at);
    case FL_JS_interface: return fl_js_interface(j, at);
    case FL_JS_type_alias: return fl_js_type_alias(j, at);
    case FL_JS_with: return fl_js_opaque_with_children(j, at, "with");
    case FL_JS_missing: return fl_js_gap(j, at.start);
    case FL_JS_error: return fl_js_opaque_with_children(j, at, "syntax error");
    default: return fl_js_opaque_with_children(j, at, "unknown statement");
    }
}

void fl_js_statement(fl_js *j, fl_js_at at, fl_node *parent, const fl_node **last)
{
    if (!fl_js_descend(j)) {
        fl_js_put(j, parent, last, fl_js_opaque(j, at, "too deep"));
        return;
    }
    switch (at.kind) {
    case FL_JS_empty: case FL_JS_debugger: case FL_JS_ambient: break;
    case FL_JS_variable_declaration: case FL_JS_lexical_declaration: case FL_JS_using_declaration:
        declaration(j, parent, last);
        break;
    case FL_JS_export: fl_js_export(j, at, parent, last); break;
    default: fl_js_put(j, parent, last, single(j, at)); break;
    }
    j->depth--;
}
