#ifndef FL_EXTRACTOR_KEEP_H
#define FL_EXTRACTOR_KEEP_H
#include "extractor/flow/exec.h"

/**
 * What an interpretation found, copied out of the memory it was made in: a tenth of that. Schemas that are equal down to their
 * sources become one node, texts are interned, so thousands of operations that answer `{error: string}` cost one schema.
 * Not thread-safe: one per thread. Kept nodes are never changed.
 */
typedef struct fl_keeper {
    fl_arena *arena;                       /**< where what is kept lives; borrowed */
    fl_map schemas;                        /**< hash of a kept node → the node */
    fl_map open;                           /**< node that is being kept → its struct fl_keeping */
} fl_keeper;
void fl_keeper_init(fl_keeper *keeper, fl_arena *arena);
void fl_keeper_release(fl_keeper *keeper); /**< what was kept stays */
void fl_keep_operation(fl_keeper *keeper, fl_operation *operation);
void fl_keep_result(fl_keeper *keeper, fl_route_result *result);
void fl_keep_elements(fl_keeper *keeper, fl_element_store *elements);
#endif
