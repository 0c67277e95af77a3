/*
 * Imports. At the top of a module they are imports of the tree; in functions, and in branches at the top, a variable that
 * gets what the language's import function gives. `import a.b` binds `a`.
 */
#include "extractor/languages/python_p.h"

static fl_node *item_node(fl_py *p, fl_py_at at, const char *imported, fl_sym imported_sym, fl_sym local)
{
    fl_node *node = fl_py_leaf(p, at, FL_NODE_import_item, local);
    const fl_node *last = NULL;
    fl_py_put(p, node, &last, fl_py_leaf(p, at, FL_NODE_string, imported ? fl_sym_of_c(imported) : imported_sym));
    return node;
}

typedef struct named { fl_py_at at, name_at; fl_sym name, local; } named;

/* a.b, a.b as c */
static named take_name(fl_py *p, fl_py_at at)
{
    named found = { .at = at, .name_at = at };
    fl_py_at child;
    if (at.kind == FL_PY_aliased_import) {
        FL_PY_EACH(p, child) {
            if (child.kind == FL_PY_dotted_name) { found.name = fl_py_compact_sym(p, child); found.name_at = child; }
            else if (child.kind == FL_PY_identifier) found.local = fl_py_sym(p, child.start, child.end);
        }
    } else {
        found.name = fl_py_compact_sym(p, at);
    }
    return found;
}

static fl_sym head_of(fl_py *p, fl_sym dotted)
{
    fl_str text = fl_sym_str(dotted);
    ptrdiff_t dot = fl_str_find_char(text, '.');
    return dot < 0 ? dotted : fl_text_intern(p->names, fl_str_sub(text, 0, (size_t)dot));
}

static fl_node *import_node(fl_py *p, fl_py_at at, fl_py_at source_at, fl_sym source, fl_py_chain *items, bool is_type_only)
{
    fl_node *node = fl_py_node(p, FL_NODE_import, at);
    if (is_type_only) node->flags = FL_FLAG_TYPE_ONLY;
    FL_PY_PLACES(p, node, items, fl_py_leaf(p, source_at, FL_NODE_string, source));
    return node;
}

/* __import__("a") */
static fl_node *import_call(fl_py *p, fl_py_at at, fl_sym source)
{
    fl_node *call = fl_py_node(p, FL_NODE_call, at);
    const fl_node *last = NULL;
    fl_py_put(p, call, &last, fl_py_leaf(p, fl_py_point(at.start), FL_NODE_name, fl_sym_of_c("__import__")));
    fl_py_put(p, call, &last, fl_py_leaf(p, at, FL_NODE_string, source));
    return call;
}

static fl_node *bind_import(fl_py *p, fl_py_at at, fl_sym local, fl_node *value)
{
    if (fl_py_is_outer(p, local)) {
        fl_node *assign = fl_py_node(p, FL_NODE_assign, at);
        assign->op = FL_OP_assign;
        FL_PY_PLACES(p, assign, NULL, fl_py_leaf(p, fl_py_point(at.start), FL_NODE_name, local), value);
        return fl_py_as_statement(p, assign);
    }
    return fl_py_let(p, at, fl_py_leaf(p, fl_py_point(at.start), FL_NODE_name, local), value, NULL);
}

static bool is_top(const fl_py *p, const fl_node *parent) { return p->scope->kind == FL_PY_IN_MODULE && parent->kind == FL_NODE_module; }

/* import a.b as c, d */
static void import_modules(fl_py *p, fl_node *parent, const fl_node **last, bool is_type_only)
{
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind != FL_PY_dotted_name && child.kind != FL_PY_aliased_import) continue;
        named n = take_name(p, child);
        fl_sym head = head_of(p, n.name);
        fl_py_at end = fl_py_point(child.end);
        if (is_top(p, parent)) {
            fl_py_chain items = { 0 }, none = { 0 };
            fl_tree_chain_push(&items, item_node(p, n.at, "*", FL_SYM_NONE, n.local ? n.local : head));
            fl_py_put(p, parent, last, import_node(p, n.at, n.name_at, n.local ? n.name : head, &items, is_type_only));
            if (!n.local && head != n.name && !is_type_only) fl_py_put(p, parent, last, import_node(p, end, end, n.name, &none, false));
        } else {
            fl_py_put(p, parent, last, bind_import(p, n.at, n.local ? n.local : head, import_call(p, n.name_at, n.local ? n.name : head)));
            if (!n.local && head != n.name) fl_py_put(p, parent, last, fl_py_as_statement(p, import_call(p, end, n.name)));
        }
    }
}

/* from .a import b as c, d; from a import * */
static void import_names(fl_py *p, fl_py_at at, fl_node *parent, const fl_node **last, bool is_type_only)
{
    fl_sym source = FL_SYM_NONE;
    fl_py_at source_at = fl_py_point(at.start), child;
    FL_VEC(named) names = { 0 };
    bool is_everything = false;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_wildcard_import) is_everything = true;
        else if (fl_py_is(p, p->grammar->module_name) && !source) { source = fl_py_compact_sym(p, child); source_at = child; }
        else if (child.kind == FL_PY_dotted_name || child.kind == FL_PY_aliased_import) fl_vec_push(p->builder.arena, &names, take_name(p, child));
    }
    if (!source) return;
    if (is_top(p, parent)) {
        fl_py_chain items = { 0 };
        if (is_everything) fl_tree_chain_push(&items, item_node(p, fl_py_point(at.end), "*", FL_SYM_NONE, FL_SYM_NONE));
        for (size_t i = 0; i < names.count; i++)
            fl_tree_chain_push(&items, item_node(p, names.items[i].at, NULL, names.items[i].name, names.items[i].local ? names.items[i].local : names.items[i].name));
        fl_py_put(p, parent, last, import_node(p, at, source_at, source, &items, is_type_only));
        return;
    }
    if (is_everything) {
        fl_py_put(p, parent, last, fl_py_opaque(p, at, "star import inside a block"));
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        named *n = &names.items[i];
        fl_node *member = fl_py_leaf(p, n->at, FL_NODE_member, n->name);
        const fl_node *last_part = NULL;
        fl_py_put(p, member, &last_part, import_call(p, fl_py_point(n->at.start), source));
        fl_py_put(p, parent, last, bind_import(p, n->at, n->local ? n->local : n->name, member));
    }
}

void fl_py_import(fl_py *p, fl_py_at at, fl_node *parent, const fl_node **last, bool is_type_only)
{
    if (at.kind == FL_PY_import) import_modules(p, parent, last, is_type_only);
    else if (at.kind == FL_PY_import_from) import_names(p, at, parent, last, is_type_only);
}
