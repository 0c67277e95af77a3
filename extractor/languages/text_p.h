#ifndef FL_EXTRACTOR_LANGUAGES_TEXT_P_H
#define FL_EXTRACTOR_LANGUAGES_TEXT_P_H
#include "extractor/languages/language.h"

/**
 * From source text to values: what the lowerings of several languages do alike.
 */
/** Recently interned names, so that most look-ups do not touch the shared table. One per thread. A name is kept as its length and three
 *  words that cover it (two may overlap), so that a look-up reads one line of the cache. */
enum { FL_TEXT_NAME_SLOTS = 4096, FL_TEXT_NAME_BYTES = 24 };
typedef struct fl_text_names { struct { uint64_t words[3]; uint32_t len; fl_sym sym; } slots[FL_TEXT_NAME_SLOTS]; } fl_text_names;
fl_sym fl_text_intern(fl_text_names *names, fl_str text);

void fl_text_add_utf8(fl_buf *out, uint32_t code);          /**< what is no character becomes U+FFFD */
int fl_text_hex_digit(char c);                              /**< -1: none */
/** The tree's canonical form of a number: shortest digits that read back, exponent only outside 1e-6 … 1e21. */
void fl_text_print_double(fl_buf *out, double value);
fl_sym fl_text_double_sym(double value);

#endif
