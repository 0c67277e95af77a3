#ifndef FL_GRAMMARS_CONCRETE_H
#define FL_GRAMMARS_CONCRETE_H

/**
 * A cursor over a concrete tree: the same nodes in the same order as tree-sitter's own TSTreeCursor, bytes only, in a third
 * of its time (lowering does little else than step). It reads the core's private headers, which the lockfile pins; a
 * unit test walks every corpus file with both.
 *
 * After _init the cursor stands on the root; start_byte … is_missing describe where it stands.
 */

#include "base/base.h"
#include <tree_sitter/api.h>

struct fl_concrete_frame;
typedef struct fl_concrete {
    uint32_t start_byte, end_byte;
    TSSymbol symbol;                       /**< as ts_node_symbol */
    bool is_missing;
    /* private */
    const TSLanguage *language;
    struct fl_concrete_frame *frames;      /* the list of children in which the cursor stands is the last */
    uint32_t frame_count, frame_capacity;
} fl_concrete;

/** Borrows the tree. Memory of an earlier use is kept: zeroed at first. */
void fl_concrete_init(fl_concrete *cursor, const TSTree *tree);
void fl_concrete_release(fl_concrete *cursor);
/** To the first child; false, and unmoved, when there is none. */
bool fl_concrete_enter(fl_concrete *cursor);
/** To the next sibling; at the end back to the parent, and false. */
bool fl_concrete_next(fl_concrete *cursor);
/** Field of the node the cursor stands on; 0 when it has none. */
TSFieldId fl_concrete_field(const fl_concrete *cursor);

#endif
