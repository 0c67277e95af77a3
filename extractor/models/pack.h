#ifndef FL_EXTRACTOR_MODELS_PACK_H
#define FL_EXTRACTOR_MODELS_PACK_H
#include "base/data.h"

/**
 * What YAML says in the models that are shipped, packed when Faultline is built, since reading YAML would take most of a short run.
 * Trees are found by the text that they were made from: a file that was changed since, or that somebody added, has none and is read as YAML.
 */
typedef struct fl_model_pack { fl_arena arena; fl_map trees; } fl_model_pack;

/** Empty when there is no file at `path` or it is not a pack. */
void fl_model_pack_open(fl_model_pack *pack, const char *path);
void fl_model_pack_release(fl_model_pack *pack);
/** The tree of that text, in `arena`; its strings are borrowed from the pack. NULL: it has none. By any thread. */
fl_data *fl_model_pack_get(const fl_model_pack *pack, fl_arena *arena, fl_str text);
/** A pack of the trees of these texts. */
void fl_model_pack_begin(fl_buf *out);
void fl_model_pack_add(fl_buf *out, fl_str text, const fl_data *tree);

#endif
