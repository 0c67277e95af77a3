#ifndef FL_EXTRACTOR_SCHEMA_P_H
#define FL_EXTRACTOR_SCHEMA_P_H
#include "extractor/api/api.h"

/** Private to extractor/api: what schema*.c and openapi*.c share. */

enum { FL_SCHEMA_DEPTH = 40 };   /**< nesting followed by any walk over schemas */

/** Type sets that a keyword speaks of. */
enum {
    FL_SCHEMA_NUMERIC = FL_JSON_INTEGER | FL_JSON_NUMBER,
    FL_SCHEMA_TEXT = FL_JSON_STRING | FL_JSON_BINARY,
};

/** Says nothing at all: `{}`. */
bool fl_schema_is_empty(const fl_schema *schema);
/** Enumerations hold each value once: adds a copy-free reference when it is new. */
void fl_schema_add_value(fl_arena *arena, fl_schema *schema, const fl_data *value);

/** Writes schemas as data. `name_of` NULL: everything inline; else the components name of a node, empty for inline. */
typedef struct fl_schema_writer {
    fl_arena *arena;
    fl_str (*name_of)(const void *context, const fl_schema *schema);
    const void *context;
    const fl_api *evidence;                /**< NULL: no x-source */
    const fl_schema *open[FL_SCHEMA_DEPTH];/**< inline nodes being written, outermost first */
    unsigned depth;
} fl_schema_writer;
fl_data *fl_schema_write(fl_schema_writer *writer, const fl_schema *schema);
/** The node's own keywords even when it has a name: the entry in components. */
fl_data *fl_schema_write_body(fl_schema_writer *writer, const fl_schema *schema);
/** {file, line from 1}; NULL when the span is in no file. */
fl_data *fl_api_source_data(const fl_api *api, fl_arena *arena, fl_span span);

/** A text that `pattern` matches and whose length in characters is within the bounds, checked by matching; false: gave up. */
bool fl_pattern_sample(fl_arena *arena, fl_str pattern, int64_t min_length, int64_t max_length, unsigned salt, fl_str *out);

/* ---- what the dumps share ---- */

/** `app.js:5`, or `-` for a span in no file (dump.c). */
void fl_api_add_place(fl_buf *out, const fl_api *api, fl_span span);
/** `string|null`, `any` for the empty set (schema.c). */
void fl_schema_add_types(fl_buf *out, unsigned types);
/** Parent pointer, '/', the name escaped as RFC 6901 wants it (dump_params.c). */
fl_str fl_pointer_to(fl_arena *arena, fl_str parent, fl_str name);

#endif
