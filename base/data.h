#ifndef FL_BASE_DATA_H
#define FL_BASE_DATA_H
#include "base/base.h"

/**
 * One tree for JSON and YAML alike: config, models, reports, documents, request bodies.
 * JSON goes through cJSON, YAML through libfyaml; neither header is seen outside base/.
 * Nodes live in an arena; maps keep insertion order; scalars keep their text (so 9007199254740993 survives).
 */
typedef enum fl_data_kind { FL_DATA_NULL, FL_DATA_BOOL, FL_DATA_NUMBER, FL_DATA_STRING, FL_DATA_LIST, FL_DATA_MAP } fl_data_kind;

typedef struct fl_data fl_data;
struct fl_data {
    fl_data_kind kind;
    bool boolean;
    fl_str text;              /**< string value, or a number's literal text */
    fl_str key;               /**< this node's key inside a map */
    uint32_t line;            /**< from 0; known for YAML input only */
    uint32_t count;           /**< children */
    fl_data *first, *last, *next;
    const struct fl_data_late *late;  /**< how this map is made when it is written; else NULL */
};

/** How a late map is made: in `arena`, by any thread, more than once if it is written more than once. */
typedef struct fl_data_late { fl_data *(*make)(const void *context, size_t index, fl_arena *arena); const void *context; size_t index; } fl_data_late;

/* building: children are attached in order; the same node is never attached twice */
fl_data *fl_data_null(fl_arena *a);
fl_data *fl_data_bool(fl_arena *a, bool b);
fl_data *fl_data_int(fl_arena *a, int64_t n);
fl_data *fl_data_double(fl_arena *a, double d);                 /**< shortest text that reads back the same */
fl_data *fl_data_number_text(fl_arena *a, fl_str literal);
fl_data *fl_data_string(fl_arena *a, fl_str s);                 /**< copies */
fl_data *fl_data_string_c(fl_arena *a, const char *s);
fl_data *fl_data_list(fl_arena *a);
fl_data *fl_data_map(fl_arena *a);
/** A map that is made while it is written and given up at once, for documents that are larger than what they say. To
 *  readers it is empty; a copy of it is the map itself. Holds no other late map. */
fl_data *fl_data_late_map(fl_arena *a, fl_data_late how);
fl_data *fl_data_push(fl_data *list, fl_data *item);            /**< returns item */
fl_data *fl_data_set(fl_arena *a, fl_data *map, fl_str key, fl_data *value); /**< replaces same key in place; returns value */
fl_data *fl_data_add(fl_arena *a, fl_data *map, fl_str key, fl_data *value); /**< a key that is known to be absent: no search */
fl_data *fl_data_set_c(fl_arena *a, fl_data *map, const char *key, fl_data *value);
fl_data *fl_data_copy(fl_arena *a, const fl_data *from);
bool fl_data_remove(fl_data *map, fl_str key);
bool fl_data_eq(const fl_data *a, const fl_data *b);            /**< maps compare without order */

/* reading: NULL-tolerant, so chains need no checks */
const fl_data *fl_data_get(const fl_data *map, fl_str key);     /**< case-sensitive; NULL when absent */
static inline const fl_data *fl_data_get_c(const fl_data *map, const char *key) { return fl_data_get(map, fl_str_from(key)); }
/** The first of what stands at the key: `for (x = fl_data_first(m, "items"); x != NULL; x = x->next)`. NULL when there is none. */
static inline const fl_data *fl_data_first(const fl_data *map, const char *key)
{
    const fl_data *list = fl_data_get_c(map, key);
    return list != NULL ? list->first : NULL;
}
const fl_data *fl_data_at(const fl_data *list, size_t index);
fl_str fl_data_str(const fl_data *node, fl_str fallback);       /**< strings and numbers: the text */
fl_str fl_data_get_str(const fl_data *map, const char *key);    /**< empty when absent */
int64_t fl_data_get_int(const fl_data *map, const char *key, int64_t fallback);
bool fl_data_get_bool(const fl_data *map, const char *key, bool fallback);
double fl_data_num(const fl_data *node, double fallback);
/** RFC 6901 pointer. */
const fl_data *fl_data_pointer(const fl_data *root, fl_str pointer);
/** A key as it stands in a pointer: "~0" for "~", "~1" for "/". The key itself when it has neither. */
fl_str fl_data_pointer_key(fl_arena *a, fl_str key);
/** Sets at pointer, creating maps (and list items next in order) on the way; false when the way is barred by a scalar. */
bool fl_data_pointer_set(fl_arena *a, fl_data *root, fl_str pointer, fl_data *value);
bool fl_data_pointer_remove(fl_data *root, fl_str pointer);

/* text */
/** Whole input must be one document; limits of limits.h; errors carry line and column. */
FL_NODISCARD fl_status fl_json_parse(fl_arena *a, fl_str text, fl_data **out, fl_err *err);
FL_NODISCARD fl_status fl_yaml_parse(fl_arena *a, fl_str text, const char *name, fl_data **out, fl_err *err);
FL_NODISCARD fl_status fl_data_read_file(fl_arena *a, const char *path, fl_data **out, fl_err *err); /**< by extension */
void fl_json_write(fl_buf *out, const fl_data *node, bool pretty);  /**< pretty: two spaces */
void fl_yaml_write(fl_buf *out, const fl_data *node);               /**< block style, quotes only where YAML 1.1 or 1.2 needs them */
/** As bytes that a later program reads in no time (data_pack.c); late maps are empty in it. */
void fl_data_pack(fl_buf *out, const fl_data *node);
/** The tree in `a`; its strings are borrowed from `bytes`. NULL: not what was packed. */
fl_data *fl_data_unpack(fl_arena *a, fl_str bytes);
void fl_json_write_string(fl_buf *out, fl_str s);                   /**< quoted and escaped */
#endif
