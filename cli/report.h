#ifndef FL_CLI_REPORT_H
#define FL_CLI_REPORT_H
#include "cli/config.h"
#include "fixer/fixer.h"

/**
 * report.json, and what is written from it. The report is one fl_data tree, made once from the API model and the run;
 * the terminal, SARIF, JUnit, `fix` and `replay` read only that tree, so everything they say stands in report.json.
 * Its shape is docs/schema/report.schema.json. Lines and columns count from 1.
 */
typedef struct fl_report_input {
    const fl_api *api;
    const fl_run *run;                     /**< NULL: `scan`, nothing was run */
    fl_str path;                           /**< of the project, as the user wrote it */
    const fl_service_plan *plan;           /**< NULL without a run */
    const fl_secrets *secrets;
    uint64_t fix_us, total_us;
    bool is_patched;                       /**< patches were looked for */
    bool is_remote;
} fl_report_input;
fl_data *fl_report_build(fl_arena *arena, const fl_report_input *input);

/** Is there a fault that counts: one that is no mere note? */
bool fl_report_counts(const fl_data *report);

enum { FL_REPORT_VERSION = 1 };
/** Reads DIR/report.json; FL_E_ENV when there is none, FL_E_FORMAT when it is not ours or of another version. */
FL_NODISCARD fl_status fl_report_read(fl_arena *arena, const char *folder, fl_data **out, fl_err *err);

/** A recorded request and back. Bodies that are no text are kept in base64. */
fl_data *fl_report_request(fl_arena *arena, const fl_http_request *request);
void fl_report_read_request(fl_arena *arena, const fl_data *from, fl_http_request *out);
/** "GET /orders/7?x=1" of a recorded request. */
fl_str fl_report_request_line(fl_arena *arena, const fl_data *request);

fl_data *fl_sarif_build(fl_arena *arena, const fl_data *report);
void fl_junit_write(fl_buf *out, const fl_data *report);
/** Makes the folder, before anything runs, so that a long check does not end with nowhere to write to. FL_E_USAGE when a file stands in its
 *  way. *is_new: it was not there before; take it away with rmdir when nothing was written. */
FL_NODISCARD fl_status fl_outputs_prepare(const char *folder, bool *is_new, fl_err *err);
/** Writes everything into folder: openapi.yaml, report.json, report.sarif, report.junit.xml, patches/, repro/. Files of an
 *  earlier check there are removed, nothing else is. */
FL_NODISCARD fl_status fl_outputs_write(const char *folder, fl_data *report, const fl_data *openapi, fl_err *err);


#endif
