#ifndef FL_CLI_DIFF_H
#define FL_CLI_DIFF_H
#include "cli/terminal.h"
#include "extractor/api/compare.h"

/**
 * The report of `diff`: {old, new, operations: {old, new}, counts: {breaking, may-break, compatible}, changes: [{kind, level, direction,
 * operations, schema, where, text, why, old_source, new_source}]}. Terminal and Markdown read only that.
 */
fl_data *fl_diff_report(fl_arena *arena, const fl_changes *changes, const char *old_name, const fl_api *older, const char *new_name, const fl_api *newer);
/** Compatible changes are listed when `with_all`, else counted. */
void fl_diff_terminal(fl_paint *paint, const fl_data *report, bool with_all, fl_loudness loudness);
void fl_diff_markdown(fl_buf *out, const fl_data *report, bool with_all);

#endif
