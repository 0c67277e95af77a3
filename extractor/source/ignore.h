#ifndef FL_EXTRACTOR_SOURCE_IGNORE_H
#define FL_EXTRACTOR_SOURCE_IGNORE_H
#include "base/base.h"

/**
 * What git ignores, as gitignore(5) has it. Rules never change once they are made, so that threads share them: those of a folder
 * stand before the ones above it. All paths are relative to one top, without '/' at either end.
 */
typedef struct fl_ignore fl_ignore;

/** The rules of a text such as a .gitignore in `folder` ("" is the top), and behind them those of `above` (may be NULL). Borrows
 *  both texts; in `arena`. `above` itself when the text says nothing. */
const fl_ignore *fl_ignore_add(fl_arena *arena, const fl_ignore *above, fl_str folder, fl_str text);
/** Of a path whose folders are not ignored, and which lies in the folders that the rules are of. */
bool fl_ignore_has(const fl_ignore *rules, fl_str path, bool is_folder);

#endif
