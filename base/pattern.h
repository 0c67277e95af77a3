#ifndef FL_BASE_PATTERN_H
#define FL_BASE_PATTERN_H
#include "base/base.h"

/**
 * Regular expressions as JSON Schema and ECMAScript write them, by pcre2 (whose header is seen only in base/).
 * Matching has step and depth limits: a pattern that would run for ever counts as not matching.
 */
typedef struct fl_pattern fl_pattern;

/** Compiles; FL_E_FORMAT when pcre2 refuses it, with its reason and the offset. */
FL_NODISCARD fl_status fl_pattern_new(fl_pattern **out, fl_str ecma, fl_err *err);
/** Is there a match anywhere in text (as ECMAScript's `test`)? */
bool fl_pattern_matches(const fl_pattern *pattern, fl_str text);
/** Where the first match from `from` on begins and ends; false: there is none. */
bool fl_pattern_find(const fl_pattern *pattern, fl_str text, size_t from, size_t *start, size_t *end);
void fl_pattern_free(fl_pattern *pattern);
#endif
