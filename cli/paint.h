#ifndef FL_CLI_PAINT_H
#define FL_CLI_PAINT_H
#include "base/base.h"

/**
 * Text for people: styles, wrapping, and text from outside made harmless (a response body must not move the cursor).
 * Everything goes to a buffer, so the same report can be tested without a terminal.
 */
typedef enum fl_style { FL_PLAIN, FL_BOLD, FL_DIM, FL_RED, FL_GREEN, FL_YELLOW, FL_BLUE, FL_CYAN, FL_MAGENTA, FL_BOLD_RED, FL_STYLE_COUNT } fl_style;

typedef struct fl_paint {
    fl_buf *out;
    bool has_colour;
    bool has_unicode;                      /**< else every sign outside ASCII that we add is spelled in ASCII */
    unsigned width;                        /**< columns; at least 40 */
    size_t column;                         /**< of the next character on the line, from 0 */
} fl_paint;

typedef struct fl_paint_glyphs { const char *rule, *bar, *arrow, *check, *cross, *dot, *under, *ellipsis, *because; } fl_paint_glyphs;
const fl_paint_glyphs *fl_paint_signs(const fl_paint *paint);

/** For standard output: colours by --color ("auto", "always", "never" or NULL), width and character set of the terminal. */
void fl_paint_init(fl_paint *paint, fl_buf *out, const char *colour);
/** Text of our own: no line ends inside. */
void fl_paint_put(fl_paint *paint, fl_style style, const char *format, ...) FL_PRINTF(3, 4);
/** Text from outside on one line: control characters become spaces, tabs two of them, cut at max_columns (0: never). */
void fl_paint_foreign(fl_paint *paint, fl_style style, fl_str text, size_t max_columns);
/** Words wrapped at the width; lines after the first begin at `indent`. */
void fl_paint_wrap(fl_paint *paint, fl_style style, size_t indent, fl_str text);
void fl_paint_line(fl_paint *paint);                           /**< ends the line */
void fl_paint_to(fl_paint *paint, size_t column);              /**< spaces up to the column; at least none */
/** `━━ title ━━━━━…` over the whole width. */
void fl_paint_rule(fl_paint *paint, fl_style style, const char *title);
/** Source line with number, and below it an underline from column to end_column (from 1, in characters; 0: the whole text). */
void fl_paint_source(fl_paint *paint, size_t indent, int64_t line, fl_str text, int64_t column, int64_t end_column, fl_style style, const char *note);
/** Hunks of a unified diff, coloured; file headers are left out when `hunks_only`. */
void fl_paint_diff(fl_paint *paint, size_t indent, fl_str diff, bool hunks_only);
size_t fl_paint_columns(fl_str text);                          /**< characters of a text without control characters */

#endif
