#ifndef FL_BASE_DATA_P_H
#define FL_BASE_DATA_P_H
#include "base/data.h"

/** What the two parsers share with data.c. Private to base/. */

fl_data *fl_data_new(fl_arena *a, fl_data_kind kind);
fl_data *fl_data_made(const fl_data *late, fl_arena *a);  /**< what a late node stands for */
/** Appends without looking for the same key; borrows key. */
void fl_data_attach(fl_data *parent, fl_str key, fl_data *child);

/** Finds a map's children by key while it is being filled: linear while the map is small, hashed when it is not.
 *  Zero-initialised; owns its table. */
typedef struct fl_data_keys { fl_data **slots; size_t mask, count; } fl_data_keys;
fl_data *fl_data_keys_find(const fl_data_keys *keys, const fl_data *map, fl_str key);
/** Call once for each child, after it was attached to map. */
void fl_data_keys_added(fl_data_keys *keys, const fl_data *map, fl_data *child);
void fl_data_keys_release(fl_data_keys *keys);

/** Length of the JSON number that s starts with (RFC 8259), 0 when there is none. */
size_t fl_json_number_len(fl_str s);

/** Strict look at a JSON text before cJSON reads it. `masked` is a copy of the text, byte for byte as long, in which
 *  what cJSON would lose is replaced by what it keeps: each number by 0 and spaces (its text is in `numbers`, in order),
 *  \u0000 by the escape of `nul_stand_in` (a noncharacter that does not occur), a lone surrogate by \ufffd. */
typedef struct fl_json_scan {
    char *masked;
    FL_VEC(fl_str) numbers;      /**< borrow the text */
    bool has_nul;
    char nul_stand_in[4];        /**< UTF-8 */
} fl_json_scan;
FL_NODISCARD fl_status fl_json_scan_text(fl_arena *scratch, fl_str text, fl_json_scan *out, fl_err *err);
#endif
