#ifndef FL_EXTRACTOR_CLAIM_H
#define FL_EXTRACTOR_CLAIM_H
#include "extractor/api/schema.h"
#include "extractor/values/value.h"

/** The schema that a validator value (z.object({…}), a joi chain, a plain JSON Schema dict given to a modelled validator) stands for, by its
 *  model's `schema` effects; NULL when it is none. A value held by a named constant gives the schema that name. Thread-safe, reads only. */
fl_schema *fl_schema_of_value(fl_arena *arena, const fl_models *models, const fl_value *value, unsigned depth);
/** The schema of a type annotation as seen from `scope` (interfaces, aliases, classes, enums, unions, literals, arrays, Partial/Pick/Omit/Record,
 *  generics; imported names followed). Named types name their schema. NULL when nothing is known. Thread-safe, reads only. */
fl_schema *fl_schema_of_type(fl_arena *arena, fl_values *values, const fl_module *module, const fl_node *type, unsigned depth);
#endif
