#ifndef FL_EXTRACTOR_SCHEMA_H
#define FL_EXTRACTOR_SCHEMA_H
#include "base/data.h"
#include "extractor/tree/tree.h"

/** JSON types as a set; the OpenAPI `type` keyword. 0 = nothing known. */
enum fl_json_type {
    FL_JSON_NULL = 1, FL_JSON_BOOLEAN = 2, FL_JSON_INTEGER = 4, FL_JSON_NUMBER = 8, FL_JSON_STRING = 16,
    FL_JSON_ARRAY = 32, FL_JSON_OBJECT = 64, FL_JSON_BINARY = 128, /* a file: string with contentMediaType */
    FL_JSON_ANY = 0
};

/** Single types and their JSON Schema words, in the order in which sets are printed; "file" for binary. */
typedef struct fl_json_type_name { unsigned type; const char *text; } fl_json_type_name;
enum { FL_JSON_TYPE_COUNT = 8 };
extern const fl_json_type_name fl_json_type_names[FL_JSON_TYPE_COUNT];

struct fl_api;
typedef struct fl_schema fl_schema;
typedef struct fl_property {
    fl_str name;
    fl_schema *schema;
    bool is_required;
    fl_sym code;                          /**< what the code calls it, where that is another name; 0 */
    bool has_source; fl_span source;      /**< where the code reads, declares or writes it */
} fl_property;

/** A JSON Schema 2020-12 subset, as OpenAPI 3.1 uses it. Lives in the API model's arena; shared nodes are never changed
 *  after assembly. `name` non-empty: becomes components/schemas/<name> (made unique at assembly). */
struct fl_schema {
    fl_str name;
    unsigned types;                       /**< set of fl_json_type */
    FL_VEC(fl_property) properties;
    fl_schema *items;
    fl_schema *additional;                /**< schema of other keys; NULL: not said */
    bool is_closed;                       /**< additionalProperties: false */
    FL_VEC(fl_schema *) any_of;
    FL_VEC(fl_schema *) all_of;
    FL_VEC(const fl_data *) enumeration;  /**< order of the source */
    const fl_data *default_value;
    const fl_data *example;
    fl_str format, pattern, description;
    fl_str composed;                      /**< texts of other names that it is made of: "{isbn}/{card}"; for requests, not printed */
    bool has_minimum, has_maximum, minimum_is_exclusive, maximum_is_exclusive;
    double minimum, maximum;
    bool has_min_length, has_max_length, has_min_items, has_max_items, has_unique_items;
    int64_t min_length, max_length, min_items, max_items;
    double multiple_of;                   /**< 0: not said */
    bool is_deprecated, is_read_only, is_write_only;
};

fl_schema *fl_schema_new(fl_arena *arena, unsigned types);
/** Own node and arrays; what they point to is shared. Name and all. */
fl_schema *fl_schema_copy(fl_arena *arena, const fl_schema *from);
fl_property *fl_schema_property(const fl_schema *schema, fl_str name);                      /**< NULL when absent */
fl_property *fl_schema_add_property(fl_arena *arena, fl_schema *schema, fl_str name);      /**< finds or adds */
/** Least upper bound of two observations of the same place (two reads, two exits). May return either argument. */
fl_schema *fl_schema_join(fl_arena *arena, fl_schema *a, fl_schema *b);
/** Both hold (a validator and a use): types intersect, limits tighten. */
fl_schema *fl_schema_meet(fl_arena *arena, fl_schema *a, fl_schema *b);
bool fl_schema_eq(const fl_schema *a, const fl_schema *b);
bool fl_schema_says_same(const fl_schema *a, const fl_schema *b); /**< equal but for examples, which allow nothing and forbid nothing */
/** JSON Schema form; `refs` true: named schemas become $ref. `evidence`: x-source with file, line from `api`. */
fl_data *fl_schema_to_data(fl_arena *arena, const fl_schema *schema, bool refs, const struct fl_api *evidence);
/** The smallest valid instance: required properties only unless all is true; deterministic; `salt` varies strings and numbers. */
fl_data *fl_schema_sample(fl_arena *arena, const fl_schema *schema, bool all, unsigned salt);

#endif
