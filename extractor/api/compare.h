#ifndef FL_EXTRACTOR_COMPARE_H
#define FL_EXTRACTOR_COMPARE_H
#include "extractor/api/api.h"

/**
 * What a client of `older` meets when it talks to `newer`. Schemas that both call by the same name are compared once in each
 * direction, and what differs in them lists the operations that use them.
 */
typedef enum fl_change_level { FL_CHANGE_BREAKS, FL_CHANGE_MAY, FL_CHANGE_FITS, FL_CHANGE_LEVELS } fl_change_level;
const char *fl_change_level_text(fl_change_level level);   /**< "breaking", "may-break", "compatible" */

typedef enum fl_change_kind {
#define FL_CHANGE(id, text, request, response, why) FL_CHANGE_##id,
#include "extractor/api/change.def"
#undef FL_CHANGE
    FL_CHANGE_COUNT
} fl_change_kind;
typedef struct fl_change_info { const char *id; fl_change_level request, response; const char *why; } fl_change_info;
extern const fl_change_info fl_change_infos[FL_CHANGE_COUNT];

typedef struct fl_change {
    fl_change_kind kind;
    fl_change_level level;                 /**< where one of the operations is only possible, or was cut: at most MAY */
    bool is_in_answer;
    fl_str schema;                         /**< the named schema that it is in; empty: of one operation */
    fl_str where;                          /**< "query limit", "body /items/0/name", "200 body /id", "/id" in a named schema; "" the operation */
    fl_str text;                           /**< what differs: "required now", "integer, was string" */
    FL_VEC(fl_str) operations;             /**< "GET /orders/{id}" as `newer` spells it, in order; at least one */
    fl_span old_source, new_source;        /**< file UINT32_MAX: not known */
} fl_change;
typedef FL_VEC(fl_change *) fl_changes;

/** In order of operation and place. Everything lives in `arena`; texts borrow from both models. */
void fl_api_compare(fl_arena *arena, const fl_api *older, const fl_api *newer, fl_changes *out);

#endif
