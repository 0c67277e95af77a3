/*
 * Annotations. Names stay names: what `Optional`, `List` or `Annotated` mean is said by models. Values inside a type (the
 * metadata of Annotated) become `type_of` nodes that hold the expression.
 */
#include "extractor/languages/python_p.h"

static fl_node *lower_type(fl_py *p, fl_py_at at);

static fl_node *descend(fl_py *p, fl_py_at at)
{
    if (!fl_py_descend(p)) return fl_py_opaque(p, at, "too deep");
    fl_node *node = lower_type(p, at);
    p->depth--;
    return node;
}

static bool is_part(fl_py_at at) { return fl_py_is_value(at) || at.class == FL_PY_TYPE; }

static fl_node *inner_type(fl_py *p, fl_py_at at)
{
    fl_node *found = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (!found && is_part(child)) found = descend(p, child);
    return found ? found : fl_py_gap(p, at.start);
}

static fl_node *literal(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_type_literal, at);
    const fl_node *last = NULL;
    fl_py_put(p, node, &last, fl_py_expression(p, at));
    return node;
}

static fl_node *value_in_type(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_type_of, at);
    const fl_node *last = NULL;
    fl_py_put(p, node, &last, fl_py_expression(p, at));
    return node;
}

static fl_str trimmed(const fl_py *p, fl_py_quoted q)
{
    return fl_str_trim((fl_str){ p->text + q.start, q.end - q.start });
}

static bool is_dotted(fl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || (unsigned char)c >= 0x80)) return false;
    }
    return text.len > 0;
}

/* A type that is written as text since it comes later: a name, with or without arguments that are names. */
static fl_node *quoted_type(fl_py *p, fl_py_at at, fl_str text)
{
    ptrdiff_t bar = fl_str_find_char(text, '|'), bracket = fl_str_find_char(text, '[');
    const fl_node *last = NULL;
    if (!fl_py_descend(p)) return fl_py_opaque(p, at, "too deep");
    fl_node *node;
    if (bar > 0 && (bracket < 0 || bar < bracket)) {
        node = fl_py_node(p, FL_NODE_type_union, at);
        fl_str part;
        while (fl_str_split(&text, '|', &part)) fl_py_put(p, node, &last, quoted_type(p, at, fl_str_trim(part)));
    } else if (bracket > 0 && text.ptr[text.len - 1] == ']' && is_dotted(fl_str_sub(text, 0, (size_t)bracket))) {
        node = fl_py_leaf(p, at, FL_NODE_type_name, fl_sym_of(fl_str_sub(text, 0, (size_t)bracket)));
        fl_str inside = fl_str_sub(text, (size_t)bracket + 1, text.len - 1);
        size_t start = 0;
        int nested = 0;
        for (size_t i = 0; i <= inside.len; i++) {
            char c = i < inside.len ? inside.ptr[i] : ',';
            nested += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c != ',' || nested > 0) continue;
            fl_str part = fl_str_trim(fl_str_sub(inside, start, i));
            if (part.len) fl_py_put(p, node, &last, quoted_type(p, at, part));
            start = i + 1;
        }
    } else if (fl_str_eq_c(text, "None")) {
        node = fl_py_node(p, FL_NODE_type_literal, at);
        fl_py_put(p, node, &last, fl_py_leaf(p, at, FL_NODE_null, FL_SYM_NONE));
    } else if (is_dotted(text)) {
        node = fl_py_leaf(p, at, FL_NODE_type_name, fl_sym_of(text));
    } else {
        node = fl_py_opaque(p, at, "quoted type");
    }
    p->depth--;
    return node;
}

/* Name[A, B]: of `Literal` the arguments are values. */
static fl_node *generic(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_type_name, at);
    const fl_node *last = NULL;
    bool has_name = false, is_literal = false;
    fl_py_at child, part;
    FL_PY_EACH(p, child) {
        if (!has_name && is_part(child)) {
            node->sym = fl_py_compact_sym(p, child);
            has_name = true;
            is_literal = fl_str_ends(fl_sym_str(node->sym), FL_S("Literal"));
        } else if (child.kind == FL_PY_other) { /* type_parameter: its own list */
            FL_PY_EACH(p, part)
                if (is_part(part)) fl_py_put(p, node, &last, is_literal && part.kind == FL_PY_string ? literal(p, part) : descend(p, part));
        } else if (child.kind == FL_PY_type_parameter) {
            FL_PY_EACH(p, part)
                if (is_part(part)) fl_py_put(p, node, &last, descend(p, part));
        } else if (is_part(child)) {
            fl_py_put(p, node, &last, is_literal && child.kind == FL_PY_string ? literal(p, child) : descend(p, child));
        }
    }
    if (is_literal) /* strings below `type` nodes came as quoted types */
        for (fl_node *c = (fl_node *)(uintptr_t)node->first; c; c = (fl_node *)(uintptr_t)c->next) {
            if (c->kind != FL_NODE_type_name && c->kind != FL_NODE_opaque && c->kind != FL_NODE_type_union) continue;
            if (c->end_byte <= c->start_byte || (p->text[c->start_byte] != '"' && p->text[c->start_byte] != '\'')) continue;
            fl_py_at span = { .start = c->start_byte, .end = c->end_byte };
            fl_py_quoted q = fl_py_unquote(p, span);
            const fl_node *last_part = NULL;
            c->kind = FL_NODE_type_literal;
            c->sym = FL_SYM_NONE;
            c->first = NULL;
            fl_py_put(p, c, &last_part, fl_py_leaf(p, span, FL_NODE_string, fl_py_cooked_sym(p, q.start, q.end, &q)));
        }
    return node;
}

/* A | B, in any grouping */
static void union_parts(fl_py *p, fl_node *node, const fl_node **last)
{
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (!is_part(child)) continue;
        bool is_more = (child.kind == FL_PY_binary || child.kind == FL_PY_union_type) && fl_py_descend(p);
        if (!is_more) {
            fl_py_put(p, node, last, descend(p, child));
            continue;
        }
        union_parts(p, node, last);
        p->depth--;
    }
}

static fl_node *lower_type(fl_py *p, fl_py_at at)
{
    const fl_node *last = NULL;
    fl_node *node;
    fl_py_at child;
    switch (at.kind) {
    case FL_PY_type: case FL_PY_parenthesized: case FL_PY_constrained_type: case FL_PY_splat_type: return inner_type(p, at);
    case FL_PY_identifier: case FL_PY_attribute: case FL_PY_member_type: return fl_py_leaf(p, at, FL_NODE_type_name, fl_py_compact_sym(p, at));
    case FL_PY_generic_type: case FL_PY_subscript: return generic(p, at);
    case FL_PY_union_type: case FL_PY_binary:
        node = fl_py_node(p, FL_NODE_type_union, at);
        union_parts(p, node, &last);
        return node;
    case FL_PY_none: case FL_PY_integer: case FL_PY_true_: case FL_PY_false_: case FL_PY_float_: return literal(p, at);
    case FL_PY_string: return quoted_type(p, at, trimmed(p, fl_py_unquote(p, at)));
    case FL_PY_list: case FL_PY_tuple:
        node = fl_py_node(p, FL_NODE_type_tuple, at);
        FL_PY_EACH(p, child)
            if (is_part(child)) fl_py_put(p, node, &last, descend(p, child));
        return node;
    case FL_PY_ellipsis: return fl_py_leaf(p, at, FL_NODE_type_name, fl_sym_of_c("Ellipsis"));
    case FL_PY_missing: return fl_py_gap(p, at.start);
    case FL_PY_error: return fl_py_opaque_with_children(p, at, "syntax error");
    default: return fl_py_is_value(at) ? value_in_type(p, at) : fl_py_opaque_with_children(p, at, "unknown type");
    }
}

fl_node *fl_py_type(fl_py *p, fl_py_at at) { return descend(p, at); }

/* type A = B */
fl_node *fl_py_type_alias(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_type_alias, at), *type = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind != FL_PY_type) continue;
        if (!node->sym) node->sym = fl_py_compact_sym(p, child);
        else if (!type) type = fl_py_type(p, child);
    }
    FL_PY_PLACES(p, node, NULL, NULL, type ? type : fl_py_gap(p, at.end));
    return node;
}
