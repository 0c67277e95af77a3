#ifndef FL_EXTRACTOR_PATH_H
#define FL_EXTRACTOR_PATH_H
#include "extractor/api/schema.h"

/** One concrete path of a pattern: OpenAPI form, its parameter names in order, and what the pattern says of each. */
typedef struct fl_path {
    fl_str text;
    FL_VEC(fl_str) names;
    FL_VEC(fl_schema *) schemas;           /**< NULL: nothing said */
    bool ends_in_slash;                    /**< and that makes it another path */
    bool is_wildcard_end;                  /**< ends in a wildcard */
    bool is_wildcard_only;                 /**< matches everything: middleware in effect */
} fl_path;
typedef FL_VEC(fl_path) fl_path_list;

/** Expands a framework's pattern (`/items/:id(\\d+)`, `/a{/:b}`, `/files/…rest` with a star) into its concrete paths; optional parts give two each.
 *  syntax: "colon", "colon_at", "braces", "angle", and with "_slash" behind the last two `/a/` is another path than `/a`. */
void fl_path_expand(fl_arena *arena, fl_str pattern, fl_sym syntax, fl_path_list *out);
/** a + b with one slash between, parameters renamed when both use a name. */
fl_path fl_path_join(fl_arena *arena, const fl_path *a, const fl_path *b);
#endif
