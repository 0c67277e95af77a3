#ifndef FL_EXTRACTOR_MODEL_P_H
#define FL_EXTRACTOR_MODEL_P_H
#include "extractor/models/model.h"

/** What compiling one model needs. */
typedef struct fl_model_compiler {
    fl_arena *arena;
    fl_model *model;
    fl_err *err;
} fl_model_compiler;

/** Compiles one effect map (or a list of alternatives); NULL with err filled when it is wrong. `member` is the name it stands under. */
const fl_effect *fl_effect_compile(fl_model_compiler *c, const fl_data *data, fl_str member);
/** "element or undefined" → result; false with err filled. */
bool fl_result_parse(fl_model_compiler *c, fl_str text, const fl_data *at, fl_result *out);
/** "string", "nullish"… → set of fl_type_set; 0 when it is no basic type. */
unsigned fl_types_of_word(fl_str word);
/** Fails with "model:line: …". */
fl_status fl_model_fail(fl_model_compiler *c, const fl_data *at, const char *format, ...) FL_PRINTF(3, 4);
/** Every key of `map` must be in the NULL-terminated list. */
bool fl_model_keys(fl_model_compiler *c, const fl_data *map, const char *const *known);
/** A list of maps, each with such keys. */
bool fl_model_each_has_keys(fl_model_compiler *c, const fl_data *list, const char *const *known);
/** Reads `annotations:` into the model; false with err filled. */
bool fl_annotations_compile(fl_model_compiler *c, const fl_data *map);
/** Every word below `schema:` is known and has the right kind of thing behind it; false with err filled. */
bool fl_schema_words_check(fl_model_compiler *c, const fl_data *map);
fl_sym fl_model_type_name(const fl_model_compiler *c, fl_str word);
#endif
