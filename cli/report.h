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

/** What happened, in one sentence: "lookup may find nothing: GET /orders/none gets 500, Cannot read …" */
fl_str fl_report_sentence(fl_arena *arena, const fl_data *fault);
/** The same for the same fault or weak spot in another run: 16 hex digits. */
fl_str fl_report_fingerprint(fl_arena *arena, const fl_data *finding);
/** Where the service is when nobody says: "http://127.0.0.1:3000". */
fl_str fl_report_base(fl_arena *arena, const fl_data *report);

/** Text between the tags of XML or HTML, or in quotes. A control character, which XML has none of, becomes its picture (U+2400 and on). */
void fl_markup_add(fl_buf *out, fl_str text);
fl_data *fl_sarif_build(fl_arena *arena, const fl_data *report);
void fl_junit_write(fl_buf *out, const fl_data *report);
void fl_html_write(fl_buf *out, const fl_data *report);                        /**< one file that loads nothing */
fl_data *fl_har_build(fl_arena *arena, const fl_data *report);                 /**< the requests of faults, HAR 1.2 */
fl_data *fl_postman_build(fl_arena *arena, const fl_data *report);             /**< the same as a collection, v2.1 */
fl_data *fl_gitlab_build(fl_arena *arena, const fl_data *report);              /**< a code quality report */
void fl_github_write(fl_buf *out, const fl_data *report, fl_arena *arena);     /**< workflow commands, a line each */
void fl_markdown_write(fl_buf *out, const fl_data *report);                    /**< the summary of a job */
/** Makes the folder, before anything runs, so that a long check does not end with nowhere to write to. FL_E_USAGE when a file stands in its
 *  way. *is_new: it was not there before; take it away with rmdir when nothing was written. */
FL_NODISCARD fl_status fl_outputs_prepare(const char *folder, bool *is_new, fl_err *err);
/** Writes everything into folder: openapi.yaml, report.json and what is made of it (docs/report.md), patches/, repro/. Files of an
 *  earlier check there are removed, nothing else is. In a job of GitHub the summary of the job is added to, too. */
FL_NODISCARD fl_status fl_outputs_write(const char *folder, fl_data *report, const fl_data *openapi, fl_err *err);

#endif
