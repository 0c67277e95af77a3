#ifndef FL_EXTRACTOR_COMPARE_P_H
#define FL_EXTRACTOR_COMPARE_P_H
#include "extractor/api/compare.h"

/** Private to compare*.c. A named pair of schemas that was compared: what differs in it, and the pairs used inside. */
typedef struct fl_compared {
    const fl_schema *older, *newer;
    bool is_in_answer;
    uint32_t marked;                       /**< 1 + the last operation that was added to its changes */
    fl_changes changes;
    FL_VEC(struct fl_compared *) inner;
} fl_compared;

typedef struct fl_comparison {
    fl_arena *arena;
    fl_changes *out;
    FL_VEC(fl_compared *) compared;
    fl_compared *inside;                   /**< the named pair that is being compared; NULL: the operation itself */
    uint32_t operation;                    /**< number of the pair of operations, from 0 */
    fl_str label;
    bool is_doubtful, is_in_answer;
    unsigned depth;
    struct { const fl_schema *older, *newer; } open[40];   /**< unnamed nodes that are being compared */
} fl_comparison;

fl_change *fl_compare_note(fl_comparison *c, fl_change_kind kind, fl_str where, const char *format, ...) FL_PRINTF(4, 5);
/** Either may be NULL: nothing is known. `where` names the place in messages. */
void fl_compare_schemas(fl_comparison *c, const fl_schema *older, const fl_schema *newer, fl_str where);

#endif
