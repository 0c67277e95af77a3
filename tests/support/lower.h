#ifndef FL_TESTS_LOWER_H
#define FL_TESTS_LOWER_H

/**
 * Source text to a tree in one line, for tables:
 *     `a?.b(1)` is `(expression (call (member b optional (name a)) (number 1)))`
 * kind, operator, symbol, flags, children; no spans. Strings and regular expressions show their symbol in quotes.
 */
#include "extractor/languages/language.h"

/** Parses and verifies; the caller releases file->arena. Aborts when the tree breaks a rule of tree.def. */
void fl_test_lower(fl_file *file, const char *path, fl_str text);
/** The statements of the module, separated by blanks, without the module around them. */
void fl_test_print(fl_buf *out, const fl_file *file);

#endif
