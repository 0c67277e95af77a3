/*
 * The cursor of concrete.h. The core's tree has nodes that nobody sees (repetitions, hidden rules): their children count as
 * those of the nearest visible node above. So a frame is a list of children, visible or hidden, that is being stepped
 * through; entering a hidden node pushes a hidden frame, which next() leaves by itself.
 */
#include "grammars/concrete.h"
#include <src/language.h>
#include <src/tree.h>
#include <stdlib.h>

struct fl_concrete_frame {
    const Subtree *children;
    uint32_t count, index;                 /* index: of the child behind the current one */
    uint32_t structural;                   /* the same without extras: what aliases and fields count by */
    uint32_t end_byte;                     /* where the current child ends; before the first: where the list begins */
    uint32_t start_byte;                   /* of the current child */
    const TSSymbol *aliases;               /* by structural index; NULL: none */
    uint16_t production;
    TSSymbol symbol;                       /* of the current child, public */
    bool is_hidden;
};

static void push(fl_concrete *c, const Subtree *node, uint32_t start_byte, bool is_hidden)
{
    if (c->frame_count == c->frame_capacity) {
        c->frame_capacity = c->frame_capacity ? c->frame_capacity * 2 : 64;
        c->frames = realloc(c->frames, c->frame_capacity * sizeof *c->frames);
        if (!c->frames) fl_no_memory();
    }
    c->frames[c->frame_count++] = (struct fl_concrete_frame){
        .children = ts_subtree_children(*node), .count = node->ptr->child_count, .production = node->ptr->production_id, .is_hidden = is_hidden,
        .end_byte = start_byte, .start_byte = start_byte, .aliases = ts_language_alias_sequence(c->language, node->ptr->production_id)};
}

static inline const Subtree *current(const struct fl_concrete_frame *f)
{
    return &f->children[f->index - 1];
}

static void show(fl_concrete *c)
{
    const struct fl_concrete_frame *f = &c->frames[c->frame_count - 1];
    c->start_byte = f->start_byte;
    c->end_byte = f->end_byte;
    c->symbol = f->symbol;
    c->is_missing = f->start_byte == f->end_byte && ts_subtree_missing(*current(f));
}

/* The next child of the last frame; true when it is a visible one. */
static bool step(const fl_concrete *c, struct fl_concrete_frame *f)
{
    const Subtree *child = &f->children[f->index];
    uint32_t padding = child->data.is_inline ? child->data.padding_bytes : child->ptr->padding.bytes;
    f->start_byte = f->end_byte + (f->index ? padding : 0); /* the first child's padding is its parent's */
    f->end_byte = f->start_byte + (child->data.is_inline ? child->data.size_bytes : child->ptr->size.bytes);
    f->index++;
    if (f->index < f->count) __builtin_prefetch(f->children[f->index].ptr); /* trees lie scattered; of one that is inline this asks for nothing */
    TSSymbol alias = 0;
    if (!ts_subtree_extra(*child)) {
        if (f->aliases) alias = f->aliases[f->structural];
        f->structural++;
    }
    if (!alias && !ts_subtree_visible(*child)) return false;
    f->symbol = ts_language_public_symbol(c->language, alias ? alias : ts_subtree_symbol(*child));
    return true;
}

/* To the next visible child from where the last frame stands; leaves hidden frames at their end, and stops at that of the first
 * visible one. */
static bool seek(fl_concrete *c)
{
    for (;;) {
        struct fl_concrete_frame *f = &c->frames[c->frame_count - 1];
        if (f->index == f->count) {
            if (!f->is_hidden) return false;
            c->frame_count--;
        } else if (step(c, f)) {
            return true;
        } else if (ts_subtree_visible_child_count(*current(f)) > 0) {
            push(c, current(f), f->start_byte, true);
        }
    }
}

void fl_concrete_init(fl_concrete *cursor, const TSTree *tree)
{
    cursor->language = tree->language;
    cursor->frame_count = 0;
    uint32_t padding = ts_subtree_padding(tree->root).bytes;
    if (!cursor->frames) {
        cursor->frame_capacity = 64;
        cursor->frames = malloc(cursor->frame_capacity * sizeof *cursor->frames);
        if (!cursor->frames) fl_no_memory();
    }
    /* a list whose only child is the root */
    cursor->frames[cursor->frame_count++] = (struct fl_concrete_frame){
        .children = &tree->root, .count = 1, .index = 1, .start_byte = padding, .end_byte = padding + ts_subtree_size(tree->root).bytes,
        .symbol = ts_language_public_symbol(tree->language, ts_subtree_symbol(tree->root))};
    show(cursor);
}

void fl_concrete_release(fl_concrete *cursor)
{
    free(cursor->frames);
    *cursor = (fl_concrete){0};
}

bool fl_concrete_enter(fl_concrete *cursor)
{
    const struct fl_concrete_frame *f = &cursor->frames[cursor->frame_count - 1];
    if (ts_subtree_visible_child_count(*current(f)) == 0) return false;
    uint32_t before = cursor->frame_count;
    push(cursor, current(f), f->start_byte, false);
    if (!seek(cursor)) {
        cursor->frame_count = before;
        return false;
    }
    show(cursor);
    return true;
}

bool fl_concrete_next(fl_concrete *cursor)
{
    bool has_next = seek(cursor);
    if (!has_next) cursor->frame_count--;
    show(cursor);
    return has_next;
}

TSFieldId fl_concrete_field(const fl_concrete *cursor)
{
    for (uint32_t i = cursor->frame_count - 1; i > 0; i--) {
        const struct fl_concrete_frame *f = &cursor->frames[i];
        if (ts_subtree_extra(*current(f))) return 0;
        const TSFieldMapEntry *entry, *end;
        ts_language_field_map(cursor->language, f->production, &entry, &end);
        for (; entry < end; entry++)
            if (!entry->inherited && entry->child_index == f->structural - 1) return entry->field_id;
        if (!f->is_hidden) return 0;
    }
    return 0;
}
