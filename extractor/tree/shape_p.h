#ifndef FL_EXTRACTOR_TREE_SHAPE_P_H
#define FL_EXTRACTOR_TREE_SHAPE_P_H
#include "extractor/tree/tree.h"

/**
 * The columns `shape` and `flags` of tree.def, as the dump and the verifier read them.
 */
const char *fl_shape_of(fl_node_kind kind);
const char *fl_shape_flags(fl_node_kind kind);
/** The bit of a flag word of tree.def. Aborts on a word that tree.h does not have. */
uint16_t fl_shape_flag_bit(fl_str word);
/** Takes the next blank-separated word off *rest; false at the end. */
bool fl_shape_word(fl_str *rest, fl_str *word);
/** Do the children of this kind stand in source order, so that their spans must not overlap? */
bool fl_shape_is_ordered(fl_node_kind kind);

#endif
