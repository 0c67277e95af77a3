/*
 * Checks a tree against tree.def: number and kinds of children, flags, operators, spans, parents.
 * Runs after each lowering in debug builds and in every test. Walks without recursion.
 */
#include "extractor/tree/shape_p.h"
#include <string.h>

enum { IS_EXPR = 1, IS_STMT = 2, IS_TYPE = 4, IS_TARGET = 8 };

static unsigned classes_of(fl_node_kind kind)
{
    if (kind >= FL_NODE_let && kind <= FL_NODE_export) return kind == FL_NODE_case_ || kind == FL_NODE_import_item ? 0 : IS_STMT;
    if (kind >= FL_NODE_type_name && kind <= FL_NODE_type_at) return IS_TYPE;
    switch (kind) {
    case FL_NODE_block: case FL_NODE_namespace: case FL_NODE_type_alias: case FL_NODE_interface: case FL_NODE_enum_:
        return IS_STMT;
    case FL_NODE_function: case FL_NODE_class_: return IS_STMT | IS_EXPR;
    case FL_NODE_name: case FL_NODE_member: case FL_NODE_index: case FL_NODE_list: case FL_NODE_dict: case FL_NODE_spread:
    case FL_NODE_cast: case FL_NODE_unary:
        return IS_EXPR | IS_TARGET;
    case FL_NODE_default_: return IS_TARGET;
    case FL_NODE_opaque: return IS_EXPR | IS_STMT | IS_TYPE | IS_TARGET;
    case FL_NODE_pair: return 0;
    default: return kind >= FL_NODE_name && kind <= FL_NODE_markup ? IS_EXPR : 0;
    }
}

static bool fits_one(fl_node_kind kind, fl_str word)
{
    unsigned classes = classes_of(kind);
    if (fl_str_eq_c(word, "expr")) return classes & IS_EXPR;
    if (fl_str_eq_c(word, "stmt")) return classes & IS_STMT;
    if (fl_str_eq_c(word, "type")) return classes & IS_TYPE;
    if (fl_str_eq_c(word, "target")) return classes & IS_TARGET;
    if (fl_str_eq_c(word, "any")) return classes != 0;
    return kind == FL_NODE_opaque || fl_str_eq_c(word, fl_node_kind_text(kind));
}

static bool fits(fl_node_kind kind, fl_str alternatives)
{
    fl_str word;
    while (fl_str_split(&alternatives, '|', &word))
        if (fits_one(kind, word)) return true;
    return false;
}

/* Takes '*' or '?' marks off the end of a shape word. */
static bool strip(fl_str *word, char mark)
{
    if (!word->len || word->ptr[word->len - 1] != mark) return false;
    word->len--;
    return true;
}

static bool check_shape(const fl_node *node)
{
    fl_str rest = fl_str_from(fl_shape_of((fl_node_kind)node->kind)), word;
    const fl_node *child = node->first;
    while (fl_shape_word(&rest, &word)) {
        bool is_many = strip(&word, '*'), may_miss = strip(&word, '?');
        if (is_many) {
            while (child && (fits((fl_node_kind)child->kind, word) || (may_miss && child->kind == FL_NODE_absent)))
                child = child->next;
            continue;
        }
        if (!child && may_miss) continue; /* trailing places that are missing are not stored */
        if (!child) return false;
        if (!(may_miss && child->kind == FL_NODE_absent) && !fits((fl_node_kind)child->kind, word)) return false;
        child = child->next;
    }
    return child == NULL;
}

static uint16_t allowed_flags(fl_node_kind kind)
{
    unsigned mask = 0;
    fl_str rest = fl_str_from(fl_shape_flags(kind)), word;
    while (fl_shape_word(&rest, &word)) mask |= fl_shape_flag_bit(word);
    return (uint16_t)mask;
}

static bool has_op(fl_node_kind kind)
{
    return kind == FL_NODE_unary || kind == FL_NODE_binary || kind == FL_NODE_logical || kind == FL_NODE_assign;
}

bool fl_shape_is_ordered(fl_node_kind kind)
{
    switch (kind) {
    case FL_NODE_module: case FL_NODE_block: case FL_NODE_params: case FL_NODE_if_: case FL_NODE_switch_: case FL_NODE_case_:
    case FL_NODE_template: case FL_NODE_list: case FL_NODE_dict: case FL_NODE_index: case FL_NODE_call: case FL_NODE_binary:
    case FL_NODE_logical: case FL_NODE_conditional: case FL_NODE_assign: case FL_NODE_sequence: case FL_NODE_markup:
        return true;
    default: return false;
    }
}

static bool overlaps_later(const fl_node *child)
{
    for (const fl_node *other = child->next; other; other = other->next)
        if (other->kind != FL_NODE_absent && other->start_byte < child->end_byte && child->start_byte < other->end_byte) return true;
    return false;
}

static const char *check_node(const fl_node *node, const uint16_t *flag_masks)
{
    fl_node_kind kind = (fl_node_kind)node->kind;
    if (kind >= FL_NODE_KIND_COUNT) return "unknown kind";
    if (node->start_byte > node->end_byte) return "span ends before it starts";
    if (node->flags & ~flag_masks[kind]) return "flag that this kind does not have";
    if (node->op >= FL_OP_COUNT || (node->op != FL_OP_none) != has_op(kind)) return "operator missing or out of place";
    bool is_target = kind != FL_NODE_unary || node->op == FL_OP_dereference || !node->parent || node->parent->kind != FL_NODE_assign || node->parent->first != node;
    if (!is_target) return "no place that could be assigned to";
    if (!check_shape(node)) return "children do not fit the shape";
    /* A condition may stand behind what it decides, `a if c else b`; that of an `if` may share its text with it: a pattern that binds. */
    bool is_ordered = fl_shape_is_ordered(kind) && kind != FL_NODE_if_ && kind != FL_NODE_conditional;
    uint32_t reached = node->start_byte;
    for (const fl_node *child = node->first; child; child = child->next) {
        if (child->parent != node) return "a child has another parent";
        if (child->kind == FL_NODE_absent) continue;
        if (child->start_byte < node->start_byte || child->end_byte > node->end_byte) return "a child reaches out of the span";
        bool is_misplaced = kind == FL_NODE_conditional ? overlaps_later(child) : is_ordered && child->start_byte < reached;
        if (is_misplaced) return "children overlap or are out of order";
        reached = child->end_byte;
    }
    return NULL;
}

bool fl_tree_verify(const fl_file *file, fl_err *err)
{
    uint16_t flag_masks[FL_NODE_KIND_COUNT];
    for (int kind = 0; kind < FL_NODE_KIND_COUNT; kind++) flag_masks[kind] = allowed_flags((fl_node_kind)kind);
    const fl_node *node = file->root;
    if (!node) return true;
    const char *wrong = node->kind != FL_NODE_module || node->parent || node->next ? "the root is not a module alone" : NULL;
    if (node->end_byte > file->text.len) wrong = "the root reaches out of the file";
    uint32_t count = 0;
    while (node && !wrong) {
        count++;
        wrong = check_node(node, flag_masks);
        if (wrong) break;
        if (node->first) {
            node = node->first;
            continue;
        }
        while (node && !node->next) node = node->parent;
        if (node) node = node->next;
    }
    if (!wrong && count > file->node_count) wrong = "more nodes than were counted";
    if (!wrong) return true;
    (void)fl_fail(err, FL_E_FORMAT, "\"" FL_STR_FMT "\": tree: %s: %s at bytes %u-%u", FL_STR_ARG(file->path), wrong,
                  node ? fl_node_kind_text((fl_node_kind)node->kind) : "-", node ? node->start_byte : 0,
                  node ? node->end_byte : 0);
    return false;
}
