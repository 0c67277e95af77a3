/*
 * Imports, exports and namespaces. ESM and TypeScript's own forms; `require` and `module.exports` are ordinary
 * expressions, and what TypeScript writes for them (`import x = require()`, `export =`) becomes those.
 */
#include "extractor/languages/javascript_p.h"

/* import A = B.C, import x = require("y"): a constant. */
fl_node *fl_js_alias(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_let, at), *target = NULL, *value = NULL;
    node->flags = FL_FLAG_CONST;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_string && at.kind == FL_JS_import_require) {
            value = fl_js_node(j, FL_NODE_call, child);
            fl_node *callee = fl_js_node(j, FL_NODE_name, (fl_js_at){ .start = child.start, .end = child.start });
            callee->sym = fl_sym_of_c("require");
            FL_JS_PLACES(j, value, NULL, callee, fl_js_expression(j, child));
        } else if (child.class == FL_JS_EXPR) {
            if (!target) target = fl_js_target(j, child);
            else value = fl_js_expression(j, child);
        }
    }
    FL_JS_PLACES(j, node, NULL, target ? target : fl_js_gap(j, at.start), value, NULL);
    return node;
}

/* namespace A.B { … } */
fl_node *fl_js_namespace(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_namespace, at), *body = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_identifier || child.kind == FL_JS_nested_identifier) node->sym = fl_js_compact_sym(j, child);
        else if (child.kind == FL_JS_string) node->sym = fl_js_string_sym(j, child);
        else if (child.kind == FL_JS_block) body = fl_js_block(j, child);
    }
    fl_js_put(j, node, &last, body ? body : fl_js_no_block(j, at.end));
    return node;
}

/* ---- imports ---- */

static fl_node *string_node(fl_js *j, fl_js_at at, fl_sym sym)
{
    fl_node *node = fl_js_node(j, FL_NODE_string, at);
    node->sym = sym;
    return node;
}

static fl_node *import_item(fl_js *j, fl_js_at at, fl_sym imported, fl_sym local)
{
    fl_node *node = fl_js_node(j, FL_NODE_import_item, at);
    const fl_node *last = NULL;
    node->sym = local;
    fl_js_put(j, node, &last, string_node(j, at, imported));
    return node;
}

/* The names of `a as b`: the first, and the last (the same when there is one). Also `default` and quoted names. */
static bool two_names(fl_js *j, fl_sym *first, fl_sym *second, bool *is_type)
{
    unsigned count = 0;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        fl_sym sym;
        if (child.kind == FL_JS_string) sym = fl_js_string_sym(j, child);
        else if (child.kind == FL_JS_identifier || child.kind == FL_JS_token_default) sym = fl_js_name_sym(j, child);
        else {
            if (child.kind == FL_JS_token_type) *is_type = true;
            continue;
        }
        if (count++ == 0) *first = sym;
        *second = sym;
    }
    return count > 0;
}

static void import_clause(fl_js *j, fl_js_chain *items)
{
    fl_js_at child, specifier;
    FL_JS_EACH(j, child) {
        fl_sym imported = FL_SYM_NONE, local = FL_SYM_NONE;
        bool is_type = false;
        if (child.kind == FL_JS_identifier) {
            fl_js_chain_push(items, import_item(j, child, fl_sym_of_c("default"), fl_js_name_sym(j, child)));
        } else if (child.kind == FL_JS_namespace_import) {
            if (two_names(j, &imported, &local, &is_type)) fl_js_chain_push(items, import_item(j, child, fl_sym_of_c("*"), local));
        } else if (child.kind == FL_JS_named_imports) {
            FL_JS_EACH(j, specifier) {
                is_type = false;
                if (specifier.kind != FL_JS_import_specifier || !two_names(j, &imported, &local, &is_type)) continue;
                fl_node *item = import_item(j, specifier, imported, local);
                if (is_type) item->flags = FL_FLAG_TYPE_ONLY;
                fl_js_chain_push(items, item);
            }
        }
    }
}

fl_node *fl_js_import(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_import, at), *source = NULL, *constant = NULL;
    fl_js_chain items = { 0 };
    fl_js_at child;
    FL_JS_EACH(j, child) {
        switch (child.kind) {
        case FL_JS_token_type: case FL_JS_op_typeof_word: node->flags = FL_FLAG_TYPE_ONLY; break;
        case FL_JS_import_clause: import_clause(j, &items); break;
        case FL_JS_string: source = string_node(j, child, fl_js_string_sym(j, child)); break;
        case FL_JS_import_require: constant = fl_js_alias(j, child); break;
        default: break;
        }
    }
    if (constant) return constant;
    FL_JS_PLACES(j, node, &items, source ? source : fl_js_gap(j, at.start));
    return node;
}

/* ---- exports ---- */

static fl_node *export_node(fl_js *j, fl_js_at at, fl_node *declared, uint16_t flags)
{
    fl_node *node = fl_js_node(j, FL_NODE_export, at);
    node->flags = flags;
    FL_JS_PLACES(j, node, NULL, declared, NULL);
    return node;
}

static fl_node *export_item(fl_js *j, fl_js_at at, fl_sym exported, fl_sym inner)
{
    fl_node *node = fl_js_node(j, FL_NODE_export_item, at);
    const fl_node *last = NULL;
    node->sym = inner;
    fl_js_put(j, node, &last, string_node(j, at, exported));
    return node;
}

static void export_clause(fl_js *j, fl_js_chain *items)
{
    fl_js_at child;
    FL_JS_EACH(j, child) {
        fl_sym inner = FL_SYM_NONE, exported = FL_SYM_NONE;
        bool is_type = false;
        if (child.kind != FL_JS_export_specifier || !two_names(j, &inner, &exported, &is_type)) continue;
        fl_node *item = export_item(j, child, exported, inner);
        if (is_type) item->flags = FL_FLAG_TYPE_ONLY;
        fl_js_chain_push(items, item);
    }
}

/* export {a as b}, export {a as b} from "m", export * from "m", export * as n from "m" */
static fl_node *export_list(fl_js *j, fl_js_at at, fl_node *source, fl_js_chain *items, uint16_t flags)
{
    fl_node *node = fl_js_node(j, FL_NODE_export, at);
    node->flags = flags;
    for (fl_node *item = items->first; item; item = (fl_node *)(uintptr_t)item->next) {
        const fl_node *last_part = item->first;
        fl_node *value = NULL;
        if (!source) {
            value = fl_js_node(j, FL_NODE_name, (fl_js_at){ .start = item->start_byte, .end = item->end_byte });
            value->sym = item->sym;
            item->sym = FL_SYM_NONE;
        }
        if (value) fl_js_put(j, item, &last_part, value);
    }
    FL_JS_PLACES(j, node, items, NULL, source);
    return node;
}

/* export = x: what CommonJS exports. */
static fl_node *export_assignment(fl_js *j, fl_js_at at, fl_node *value)
{
    fl_js_at start = { .start = at.start, .end = at.start };
    fl_node *statement = fl_js_node(j, FL_NODE_expression, at), *assign = fl_js_node(j, FL_NODE_assign, at);
    fl_node *member = fl_js_node(j, FL_NODE_member, start), *module = fl_js_node(j, FL_NODE_name, start);
    const fl_node *last = NULL, *last_assign = NULL, *last_member = NULL;
    module->sym = fl_sym_of_c("module");
    member->sym = fl_sym_of_c("exports");
    assign->op = FL_OP_assign;
    fl_js_put(j, member, &last_member, module);
    fl_js_put(j, assign, &last_assign, member);
    fl_js_put(j, assign, &last_assign, value);
    fl_js_put(j, statement, &last, assign);
    return statement;
}

void fl_js_export(fl_js *j, fl_js_at at, fl_node *parent, const fl_node **last)
{
    enum { PLAIN, EQUALS, AS_NAMESPACE } form = PLAIN;
    uint16_t flags = 0;
    fl_js_chain items = { 0 }, decorators = { 0 };
    fl_node *source = NULL;
    fl_node holder = { .kind = FL_NODE_block }; /* the declarations, or the value, before each gets its export */
    const fl_node *last_declared = NULL;
    bool is_list = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        switch (child.kind) {
        case FL_JS_decorator: fl_js_decorator(j, child, &decorators); continue;
        case FL_JS_token_default: flags |= FL_FLAG_DEFAULT; continue;
        case FL_JS_token_type: flags |= FL_FLAG_TYPE_ONLY; continue;
        case FL_JS_token_equals: form = EQUALS; continue;
        case FL_JS_token_namespace: form = AS_NAMESPACE; continue;
        case FL_JS_export_clause: is_list = true; export_clause(j, &items); continue;
        case FL_JS_op_star:
            is_list = true;
            fl_js_chain_push(&items, export_item(j, child, fl_sym_of_c("*"), fl_sym_of_c("*")));
            continue;
        case FL_JS_namespace_export: {
            fl_sym first = FL_SYM_NONE, name = FL_SYM_NONE;
            bool is_type = false;
            is_list = true;
            if (two_names(j, &first, &name, &is_type)) fl_js_chain_push(&items, export_item(j, child, name, fl_sym_of_c("*")));
            continue;
        }
        default: break;
        }
        bool is_class = child.kind == FL_JS_class_declaration || child.kind == FL_JS_abstract_class || child.kind == FL_JS_class_expression;
        if (is_class) {
            j->decorators = decorators;
            decorators = (fl_js_chain){ 0 };
        }
        if (is_list && child.kind == FL_JS_string) source = string_node(j, child, fl_js_string_sym(j, child));
        else if (child.class == FL_JS_EXPR) fl_js_put(j, &holder, &last_declared, fl_js_expression(j, child));
        else if ((child.class == FL_JS_STMT || child.class == FL_JS_ERROR)) {
            fl_js_statement(j, child, &holder, &last_declared);
            if (form == EQUALS) form = PLAIN; /* damage */
            decorators = (fl_js_chain){ 0 };
        }
    }
    if (is_list) {
        fl_js_put(j, parent, last, export_list(j, at, source, &items, flags));
        return;
    }
    if (form == AS_NAMESPACE) return;
    uint32_t start = at.start;
    for (const fl_node *declared = holder.first, *next; declared; declared = next) {
        fl_node *statement = (fl_node *)(uintptr_t)declared;
        next = declared->next;
        statement->parent = NULL;
        statement->next = NULL;
        uint32_t end = next ? statement->end_byte : at.end; /* the first holds `export`, the last the semicolon */
        fl_js_at span = { .start = start, .end = end };
        fl_js_put(j, parent, last, form == EQUALS ? export_assignment(j, span, statement) : export_node(j, span, statement, flags));
        start = next ? next->start_byte : end;
    }
}
