/*
 * Types that are written as expressions, in languages where a type is a value: bases of a class, `Tags = List[str]`,
 * `response_model=Optional[Page[Item]]`. They become type nodes of their own, whose parent is that of the expression: what leads
 * from a name to its declaration starts there.
 */
#include "extractor/flow/claim_p.h"

enum { MAX_DEPTH = 32 };

static const fl_node *convert(fl_arena *arena, const fl_node *e, unsigned depth);

static fl_node *node_like(fl_arena *arena, const fl_node *e, fl_node_kind kind)
{
    fl_node *n = FL_NEW(arena, fl_node);
    *n = (fl_node){ .kind = (uint8_t)kind, .start_byte = e->start_byte, .end_byte = e->end_byte, .parent = e->parent };
    return n;
}

/* `a.b.c`; none when it is something else. */
static fl_sym dotted(fl_arena *arena, const fl_node *e, unsigned depth)
{
    if (e->kind == FL_NODE_name) return e->sym;
    if (e->kind != FL_NODE_member || depth > MAX_DEPTH) return FL_SYM_NONE;
    fl_sym outer = dotted(arena, e->first, depth + 1);
    return outer ? fl_sym_of(fl_str_format(arena, "%s.%s", fl_sym_c(outer), fl_sym_c(e->sym))) : FL_SYM_NONE;
}

static void append(fl_node *to, const fl_node **last, const fl_node *child)
{
    if (!child) return;
    if (*last) ((fl_node *)(uintptr_t)*last)->next = child; else to->first = child;
    *last = child;
}

/* A value inside a type: a literal, or what describes one. */
static const fl_node *holding(fl_arena *arena, const fl_node *e, fl_node_kind kind)
{
    fl_node *n = node_like(arena, e, kind), *copy = FL_NEW(arena, fl_node);
    *copy = *e;
    copy->next = NULL;
    n->first = copy;
    return n;
}

static bool is_name_text(fl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || (unsigned char)c >= 0x80)) return false;
    }
    return text.len > 0;
}

static const fl_node *convert_index(fl_arena *arena, const fl_node *e, unsigned depth)
{
    fl_node *type = node_like(arena, e, FL_NODE_type_name);
    type->sym = dotted(arena, e->first, 0);
    const fl_node *inside = fl_node_child(e, 1), *last = NULL;
    if (!type->sym || !inside) return NULL;
    bool is_literal = fl_str_ends(fl_sym_str(type->sym), FL_S("Literal")), is_many = inside->kind == FL_NODE_list && inside->flags & FL_FLAG_TUPLE;
    if (inside->kind == FL_NODE_list && !is_many && fl_node_count(inside) > 1) is_many = true;
    for (const fl_node *a = is_many ? inside->first : inside; a; a = is_many ? a->next : NULL)
        append(type, &last, is_literal ? holding(arena, a, FL_NODE_type_literal) : convert(arena, a, depth + 1));
    return type;
}

static const fl_node *convert(fl_arena *arena, const fl_node *e, unsigned depth)
{
    fl_node *type;
    const fl_node *last = NULL;
    if (fl_node_is_absent(e) || depth > MAX_DEPTH) return NULL;
    switch ((fl_node_kind)e->kind) {
    case FL_NODE_name: case FL_NODE_member:
        type = node_like(arena, e, FL_NODE_type_name);
        type->sym = dotted(arena, e, 0);
        return type->sym ? type : holding(arena, e, FL_NODE_type_of);
    case FL_NODE_index: return convert_index(arena, e, depth);
    case FL_NODE_null: return holding(arena, e, FL_NODE_type_literal);
    case FL_NODE_binary:
        if (e->op != FL_OP_bit_or) return NULL;
        type = node_like(arena, e, FL_NODE_type_union);
        append(type, &last, convert(arena, e->first, depth + 1));
        append(type, &last, convert(arena, fl_node_child(e, 1), depth + 1));
        return type;
    case FL_NODE_string:   /* a name of what comes later */
        if (!is_name_text(fl_sym_str(e->sym))) return NULL;
        type = node_like(arena, e, FL_NODE_type_name);
        type->sym = e->sym;
        return type;
    case FL_NODE_list:
        type = node_like(arena, e, FL_NODE_type_tuple);
        for (const fl_node *a = e->first; a; a = a->next) append(type, &last, convert(arena, a, depth + 1));
        return type;
    case FL_NODE_type_name: case FL_NODE_type_union: case FL_NODE_type_literal: case FL_NODE_type_tuple: case FL_NODE_type_of:
    case FL_NODE_type_list: case FL_NODE_type_all: case FL_NODE_type_object: return e;
    default: return holding(arena, e, FL_NODE_type_of);
    }
}

const fl_node *fl_type_of_expression(fl_arena *arena, const fl_node *expr) { return convert(arena, expr, 0); }
