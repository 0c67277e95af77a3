/*
 * The common tree: making nodes, walking them, lines and columns of a file.
 * Read tree.def first. Nodes are made by language files only and are immutable afterwards; everything here is a
 * plain walk over `first` and `next`. The text form is in dump.c, the rules are checked in verify.c.
 */
#include "extractor/tree/shape_p.h"
#include <stdio.h>
#include <string.h>

fl_node *fl_tree_node(fl_tree_builder *b, fl_node_kind kind, uint32_t start_byte, uint32_t end_byte)
{
    fl_node *node = FL_NEW(b->arena, fl_node);
    node->kind = (uint8_t)kind;
    node->start_byte = start_byte;
    node->end_byte = end_byte;
    b->node_count++;
    if (kind == FL_NODE_opaque) b->opaque_count++;
    return node;
}

void fl_tree_append(fl_node *parent, const fl_node **last, fl_node *child)
{
    FL_DEBUG_ASSERT(child->parent == NULL && child->next == NULL);
    child->parent = parent;
    if (*last) ((fl_node *)(uintptr_t)*last)->next = child;
    else parent->first = child;
    *last = child;
}

void fl_tree_put(fl_tree_builder *b, fl_node *parent, const fl_node **last, fl_node *child_or_null)
{
    if (!child_or_null) {
        uint32_t byte = *last ? (*last)->end_byte : parent->start_byte;
        child_or_null = fl_tree_node(b, FL_NODE_absent, byte, byte);
    }
    fl_tree_append(parent, last, child_or_null);
}

void fl_tree_chain_push(fl_tree_chain *chain, fl_node *node)
{
    if (chain->last) chain->last->next = node;
    else chain->first = node;
    chain->last = node;
}

void fl_tree_chain_append(fl_tree_chain *chain, fl_node *parent, const fl_node **last)
{
    for (fl_node *node = chain->first, *next; node; node = next) {
        next = (fl_node *)(uintptr_t)node->next;
        node->next = NULL;
        fl_tree_append(parent, last, node);
    }
    *chain = (fl_tree_chain){ 0 };
}

void fl_tree_places(fl_tree_builder *b, fl_node *parent, fl_tree_chain *behind, fl_node *const *parts, size_t count)
{
    const fl_node *last = NULL;
    if (!behind || !behind->first)
        while (count && !parts[count - 1]) count--;
    for (size_t i = 0; i < count; i++) fl_tree_put(b, parent, &last, parts[i]);
    if (behind) fl_tree_chain_append(behind, parent, &last);
}

static void settle_children(fl_node *node)
{
    uint32_t reached = node->start_byte;
    bool is_ordered = fl_shape_is_ordered((fl_node_kind)node->kind);
    for (const fl_node *c = node->first; c; c = c->next) {
        fl_node *child = (fl_node *)(uintptr_t)c;
        if (child->start_byte < reached) child->start_byte = reached;
        if (child->start_byte > node->end_byte) child->start_byte = node->end_byte;
        if (child->end_byte > node->end_byte) child->end_byte = node->end_byte;
        if (child->end_byte < child->start_byte) child->end_byte = child->start_byte;
        if (is_ordered && child->kind != FL_NODE_absent) reached = child->end_byte;
    }
}

void fl_tree_settle(fl_node *root)
{
    for (fl_node *node = root; node;) {
        settle_children(node);
        if (node->first) {
            node = (fl_node *)(uintptr_t)node->first;
            continue;
        }
        while (node && !node->next) node = (fl_node *)(uintptr_t)node->parent;
        if (node) node = (fl_node *)(uintptr_t)node->next;
    }
}

const fl_node *fl_node_child(const fl_node *node, unsigned index)
{
    const fl_node *child = node ? node->first : NULL;
    while (child && index--) child = child->next;
    return child;
}

bool fl_node_is_absent(const fl_node *node) { return !node || node->kind == FL_NODE_absent; }

unsigned fl_node_count(const fl_node *node)
{
    unsigned count = 0;
    for (const fl_node *child = node ? node->first : NULL; child; child = child->next) count++;
    return count;
}

uint32_t fl_node_file(const fl_node *node)
{
    while (node->parent) node = node->parent;
    return node->sym;
}

fl_span fl_node_span(const fl_node *node)
{
    return (fl_span){ .file = fl_node_file(node), .start_byte = node->start_byte, .end_byte = node->end_byte };
}

const fl_node *fl_node_enclosing(const fl_node *node, fl_node_kind kind)
{
    for (node = node ? node->parent : NULL; node; node = node->parent)
        if (node->kind == kind) return node;
    return NULL;
}

/* Children are not always stored in source order, so every child is looked at. Synthetic nodes share their parent's
 * span; the deepest one that covers the range wins. */
const fl_node *fl_node_at(const fl_node *root, uint32_t start_byte, uint32_t end_byte)
{
    if (!root || root->start_byte > start_byte || root->end_byte < end_byte) return NULL;
    const fl_node *found = root;
    for (bool is_deeper = true; is_deeper;) {
        is_deeper = false;
        for (const fl_node *child = found->first; child; child = child->next) {
            if (child->kind == FL_NODE_absent || child->start_byte > start_byte || child->end_byte < end_byte) continue;
            found = child;
            is_deeper = true;
            break;
        }
    }
    return found;
}

const char *fl_node_kind_text(fl_node_kind kind)
{
    static const char *const texts[] = {
#define FL_NODE(id, text, shape, flags, prose) text,
#include "extractor/tree/tree.def"
#undef FL_NODE
    };
    return (unsigned)kind < FL_NODE_KIND_COUNT ? texts[kind] : "?";
}

const char *fl_op_text(fl_op op)
{
    static const char *const texts[] = {
#define FL_OP(id, text) text,
#include "extractor/tree/ops.def"
#undef FL_OP
    };
    return (unsigned)op < FL_OP_COUNT ? texts[op] : "?";
}

/* ---- lines ---- */

static void build_lines(fl_file *file)
{
    const char *text = file->text.len ? file->text.ptr : ""; /* no arithmetic on NULL */
    uint32_t count = 1;
    for (const char *p = text, *end = text + file->text.len; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++) count++;
    uint32_t *starts = FL_NEW_ARRAY(&file->arena, uint32_t, count);
    uint32_t line = 1;
    for (const char *p = text, *end = text + file->text.len; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        starts[line++] = (uint32_t)(p - text) + 1;
    file->line_starts = starts;
    file->line_count = count;
}

uint32_t fl_file_line(fl_file *file, uint32_t byte)
{
    if (!file->line_starts) build_lines(file);
    uint32_t low = 0, high = file->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (file->line_starts[middle] <= byte) low = middle;
        else high = middle;
    }
    return low;
}

uint32_t fl_file_column(fl_file *file, uint32_t byte)
{
    uint32_t line = fl_file_line(file, byte);
    return byte - file->line_starts[line];
}

fl_str fl_file_line_text(fl_file *file, uint32_t line)
{
    if (!file->line_starts) build_lines(file);
    if (line >= file->line_count) return (fl_str){ 0 };
    size_t from = file->line_starts[line];
    size_t to = line + 1 < file->line_count ? file->line_starts[line + 1] - 1 : file->text.len;
    if (to > from && file->text.ptr[to - 1] == '\r') to--;
    return fl_str_sub(file->text, from, to);
}

fl_str fl_node_text(const fl_file *file, const fl_node *node)
{
    return fl_str_sub(file->text, node->start_byte, node->end_byte);
}

void fl_file_diagnose(fl_file *file, int level, uint32_t start_byte, uint32_t end_byte, const char *code, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fl_diagnostic diagnostic = {
        .level = level == FL_DIAG_WARN ? FL_DIAG_WARN : FL_DIAG_NOTE,
        .span = { .file = file->id, .start_byte = start_byte, .end_byte = end_byte },
        .code = code,
        .text = fl_str_copy(&file->arena, fl_str_from(text)),
    };
    fl_vec_push(&file->arena, &file->diagnostics, diagnostic);
}
