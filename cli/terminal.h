#ifndef FL_CLI_TERMINAL_H
#define FL_CLI_TERMINAL_H
#include "base/data.h"
#include "cli/paint.h"

/** The report as people read it; everything from the report tree. */

typedef enum fl_loudness { FL_QUIET, FL_NORMAL, FL_VERBOSE } fl_loudness;
/** `check`: a block per fault, what was not reached, the summary. folder: where the outputs are. */
void fl_terminal_check(fl_paint *paint, const fl_data *report, const char *folder, fl_loudness loudness);
/** `scan`: a block per weak spot, and a line that counts them. */
void fl_terminal_scan(fl_paint *paint, const fl_data *report, fl_loudness loudness);
/** `fix`: a line per patch; with_diffs: and its diff. ids: NULL-terminated texts to choose by, or NULL for all. */
void fl_terminal_patches(fl_paint *paint, const fl_data *report, bool with_diffs, const char *const *ids);
/** One fault, from the request to the proof. */
void fl_terminal_fault(fl_paint *paint, const fl_data *report, const fl_data *fault, fl_loudness loudness);
/** The because chain of a fault or weak spot, newest link first; --verbose shows the source of each link. */
void fl_terminal_because(fl_paint *paint, size_t indent, const fl_data *from, fl_loudness loudness);
/** "`500 TypeError` → `404`; 26 of 26 baseline requests unchanged", in one line or more. */
void fl_terminal_proof(fl_paint *paint, size_t indent, const fl_data *proof, fl_loudness loudness);
/** `  request   ` in front of an answer: the left column of a block. */
enum { FL_LABEL_COLUMN = 2, FL_TEXT_COLUMN = 12 };
void fl_terminal_label(fl_paint *paint, const char *text);
/** Same kind at the same place: one cause, whatever operations get there. */
bool fl_terminal_is_same_cause(const fl_data *a, const fl_data *b);
/** Is there one before `item` in its list with the same cause? Then it is told there. */
bool fl_terminal_is_told(const fl_data *list, const fl_data *item);
/** `GET /b (3), PUT /c (4) and 7 more`: the later ones in the list with the cause of `item`; nothing when there are none. */
void fl_terminal_also(fl_paint *paint, const fl_data *item, fl_loudness loudness);
/** "1 fault", "2 faults" */
const char *fl_plural(int64_t count, const char *one, const char *many);

#endif
