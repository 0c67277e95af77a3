#ifndef FL_CLI_REPORT_P_H
#define FL_CLI_REPORT_P_H
#include "cli/report.h"

/** Private to the makers of the report (report.c, report_faults.c). */

/** Empty text becomes null. */
void fl_report_text(fl_arena *arena, fl_data *map, const char *key, fl_str text);
void fl_report_number(fl_arena *arena, fl_data *map, const char *key, int64_t number);
/** Sets file, line, column, end_column, source; file and line null and false when the span is in no file. */
bool fl_report_place(fl_arena *arena, const fl_api *api, fl_data *map, fl_span span);
/** Moves the place to span when that begins on another line. */
void fl_report_line_of(fl_arena *arena, const fl_api *api, fl_data *map, fl_span span);
fl_str fl_report_operation(fl_arena *arena, const fl_api *api, uint32_t index);    /**< "GET /orders/{id}" */
fl_data *fl_report_because(fl_arena *arena, const fl_api *api, const fl_because *because);
/** Of each loop of the phase `load`. */
fl_data *fl_report_load(fl_arena *arena, const fl_report_input *in);
fl_data *fl_report_faults(fl_arena *arena, const fl_report_input *in);
fl_data *fl_report_patches(fl_arena *arena, const fl_report_input *in);
/** The diff of a patch in patches/: its path below DIR. */
fl_str fl_report_patch_path(fl_arena *arena, const fl_patch *patch);

#endif
