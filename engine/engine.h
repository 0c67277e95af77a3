#ifndef FL_ENGINE_H
#define FL_ENGINE_H
#include "extractor/api/api.h"
#include "engine/http/http.h"
#include "engine/http/load.h"
#include "engine/service/service.h"

/** API model → cases → HTTP → verdicts → traces. Results live in `arena`. */
typedef enum fl_verdict { FL_VERDICT_NONE, FL_VERDICT_CONFIRMED, FL_VERDICT_REFUTED, FL_VERDICT_UNREACHED } fl_verdict;
const char *fl_verdict_text(fl_verdict verdict);  /**< "not run", "confirmed", "refuted", "unreached" */

/** One request with the fact it tests and what we predict. */
typedef struct fl_case {
    uint32_t operation;
    uint32_t weak_spot;                    /**< id; 0: baseline */
    fl_data *path, *query, *header, *cookie;   /**< maps name → value; NULL = empty */
    fl_data *body; bool has_body;          /**< JSON value unless raw */
    fl_str raw_body, content_type;
    fl_str method, target;                 /**< instead of the operation's: a method; path and query as they are sent. Empty: the operation's */
    enum { FL_TYPE_AS_SAID, FL_TYPE_NONE } type_header; /**< NONE: the body goes without its media type */
    FL_VEC(uint32_t) before;               /**< numbers of the cases that must run first, beside those it refers to */
    fl_str note;
} fl_case;

/** line from 0; file relative to the project, else absolute; at_byte: where exactly, UINT32_MAX when only the line is sure
 *  (no column, or one that a source map guessed) */
typedef struct fl_frame { fl_span span; uint32_t line, at_byte; fl_str file; fl_str function; bool is_application; } fl_frame;
/** What printed it: a stack, as it comes; a report of wrong memory use; one of memory that nobody releases. */
typedef enum fl_trace_report { FL_TRACE_STACK, FL_TRACE_FAULT, FL_TRACE_LEAK } fl_trace_report;
typedef struct fl_trace {
    fl_str type, message;                  /**< "TypeError", "Cannot read …" */
    FL_VEC(fl_frame) frames;               /**< innermost first */
    fl_trace_report report;
    int signal;                            /**< what the process died of, when it says so */
    uint64_t objects, bytes;               /**< of a leak */
    fl_str source;                         /**< "hook", "output", "body", "exit" */
} fl_trace;

/** The valid request of one operation. References ("{{7:/id}}", engine/plan/plan.h) number baselines, then extras. */
typedef struct fl_baseline {
    uint32_t operation; bool is_ok; fl_case request; fl_http_request sent; uint16_t status; fl_http_outcome outcome;
    fl_str body; fl_str content_type; fl_str reason;
    bool is_repeatable;                    /**< answered the same on a fresh service, in the order of fl_run.order */
    fl_data *answer, *cookies;             /**< the JSON it was answered last, NULL; cookies that were set, name → value */
} fl_baseline;

typedef struct fl_spot_result { uint32_t weak_spot; fl_verdict verdict; fl_str reason; uint32_t fault; /**< id, 0 none */ bool line_ran; unsigned requests; } fl_spot_result;

/** What a run does, in order; the baseline is always there. */
typedef enum fl_phase {
#define FL_PHASE(id, text, is_usual, help) FL_PHASE_##id,
#include "engine/phase.def"
#undef FL_PHASE
    FL_PHASE_COUNT
} fl_phase;
typedef struct fl_phase_info { const char *name, *help; bool is_usual; } fl_phase_info;
extern const fl_phase_info fl_phase_infos[FL_PHASE_COUNT];
static inline unsigned fl_phase_bit(fl_phase phase) { return 1u << phase; }
unsigned fl_phases_usual(void);            /**< bits of those that are run unless others are named */

/** How far a phase may go. 0: as far as the run; FL_LIMIT_PHASE_MS. */
typedef struct fl_phase_limit { unsigned requests; uint64_t time_ms; } fl_phase_limit;
/** What ended it before its end: its own bounds, that of the run, or a service that does not start any more. */
typedef enum fl_bound { FL_BOUND_NONE, FL_BOUND_REQUESTS, FL_BOUND_TIME, FL_BOUND_RUN, FL_BOUND_SERVICE } fl_bound;
const char *fl_bound_text(fl_bound bound);
/** units: operations, weak spots or kinds of objects that were its work; done: those that no bound cut short. */
typedef struct fl_phase_result { fl_bound bound; unsigned units, done, requests; uint64_t time_us; } fl_phase_result;

/** Where results go as they come: JSON, a line each, at `path` (NULL: nowhere). `resumes`: an interrupted run is finished from what stands
 *  there. Texts that must not be stored go through `redact`, and back through `restore`; both may be NULL. */
typedef fl_str fl_journal_text_fn(const void *context, fl_arena *arena, fl_str text);
typedef struct fl_journal_options { const char *path; bool resumes; fl_journal_text_fn *redact, *restore; const void *context; } fl_journal_options;

typedef struct fl_fault {
    uint32_t id;                           /**< from 1 */
    fl_str kind;                           /**< weak-spot id, or "server-error", "hang", "exit", "closed", "late" when nothing predicted it */
    fl_str failure;                        /**< id of the check that fired (engine/checks/checks.def): "server-error", "exit", … */
    uint32_t operation, weak_spot;         /**< weak_spot 0: unpredicted */
    fl_case request;                       /**< smallest that still fails */
    fl_http_request sent; FL_VEC(fl_http_request) setup; /**< requests to send before, in order */
    fl_http_outcome outcome; uint16_t status; int signal; int exit_code; fl_str response_body;
    fl_trace trace;
    fl_span span; bool has_span;           /**< innermost application frame: the whole line when no better is known */
    FL_VEC(fl_str) details;                /**< of a check that is no crash: what differs, each once, the first of its request */
    unsigned seen_count;
    unsigned weight;                       /**< severity × how easily it is reached, from 1 to 12 */
    fl_str curl;
    struct fl_patch *patch;                /**< filled by the fixer; NULL none */
} fl_fault;

/** What the phase `load` does: 0: as engine/load.c has it. */
typedef struct fl_load_options { unsigned connections, rate; uint32_t duration_ms; } fl_load_options;
/** Answers of one operation under load. */
typedef struct fl_load_times { uint32_t operation; uint64_t failed; fl_histogram *times; } fl_load_times;
/** One loop: closed (rate 0), or open at that rate. */
typedef struct fl_load_part {
    unsigned wanted, connections, rate; uint64_t open_files;   /**< connections: as many of those that were wanted as open files allow */
    uint64_t sent, late, unsent, duration_us, failed;          /**< as fl_http_load_result; times counts what was unsent, too */
    FL_VEC(fl_load_times) operations; fl_histogram *times;
} fl_load_part;

/** Rows of the matrix that were not sent: the code refuses them, as it did one of them that was sent. */
typedef enum fl_skip_rule { FL_SKIP_NULL, FL_SKIP_TYPE, FL_SKIP_VALUE } fl_skip_rule;   /**< "null", "type", "value": what is wrong with them */
typedef struct fl_skip { uint32_t operation; fl_request_pointer at; fl_skip_rule rule; uint16_t status; unsigned rows; } fl_skip;
const char *fl_skip_rule_text(fl_skip_rule rule);

typedef struct fl_run {
    fl_arena arena;
    const fl_api *api;
    FL_VEC(fl_baseline) baselines;         /**< one per operation, same order */
    FL_VEC(fl_baseline) extras;            /**< other requests that baselines need: further logins */
    FL_VEC(uint32_t) order;                /**< of the passing ones, as they were sent; numbers as in references */
    FL_VEC(fl_spot_result) spots;          /**< one per weak spot, same order */
    FL_VEC(fl_fault) faults;               /**< sorted by weight, then file, line, operation */
    fl_service_plan plan;
    unsigned request_count, restart_count;
    FL_VEC(fl_load_part) load;
    FL_VEC(fl_skip) skips;                 /**< in the order of the matrix */
    unsigned phases;                       /**< bits of fl_phase that were run */
    fl_phase_result phase_results[FL_PHASE_COUNT];
    uint64_t baseline_us, aimed_us, further_us;
} fl_run;

typedef struct fl_engine_options {
    fl_service_plan plan;
    fl_http_options http;
    const fl_data *auth;                   /**< config `auth`: {header: value…} sent with every request, or {operation: "POST /login", body: {…}, token: /token, header: "authorization", format: "Bearer ${token}"}; NULL */
    const char *const *exclude;            /**< "METHOD /path" globs never sent; NULL-terminated */
    unsigned limit_requests;
    unsigned phases;                       /**< bits of fl_phase; 0: baseline and aimed */
    bool judges_answers;                   /**< not only failures: what the document and HTTP say of an answer, too */
    const fl_api *contract;                /**< the document that answers are judged by, which may be the API itself; NULL: none was given */
    const fl_data *other_auth;             /**< a second caller, as auth; NULL */
    uint64_t seed;
    fl_phase_limit limits[FL_PHASE_COUNT];
    fl_load_options load;
    fl_journal_options journal;
    const fl_data *upstreams;              /**< variable of the environment, or an address of the code ("https://host"), → URL of the real one, or what is answered; NULL */
    bool is_quiet;
} fl_engine_options;
/** Starts the service, baseline, aims, traces, shrinks, groups. FL_E_ENV when the service cannot be started. */
FL_NODISCARD fl_status fl_engine_run(fl_run *run, const fl_api *api, const fl_engine_options *options, fl_err *err);
/** Sends the same requests again (setup, then the fault's) to a running service; for the proof and for `replay`. */
void fl_engine_replay(const fl_fault *fault, fl_service *service, fl_http *http, fl_arena *arena, fl_http_response *response);
/** Did a handler fail behind its answer? Of the last request that fl_engine_replay sent for a fault that is "late"; needs the hook. */
bool fl_engine_failed_late(fl_service *service);
/** Memory that requests lose, where the run time can tell. Lives in `arena`, but _release gives back more. */
typedef struct fl_leak_watch fl_leak_watch;
typedef FL_VEC(fl_trace) fl_leaks;
fl_leak_watch *fl_leak_watch_new(fl_arena *arena, const fl_api *api, const fl_service *service);
void fl_leak_watch_release(fl_leak_watch *watch);
void fl_leak_watch_forget(fl_leak_watch *watch);   /**< the service was restarted */
/** Appends to *fresh (in `arena`; may be NULL) what is lost now and was not at the look before. false: the run time cannot tell. */
bool fl_leak_watch_look(fl_leak_watch *watch, fl_service *service, fl_arena *arena, fl_leaks *fresh);
/** Replays every passing baseline; *changed counts those whose status or body shape differ. */
void fl_engine_replay_baselines(const fl_run *run, fl_service *service, fl_http *http, unsigned *sent, unsigned *changed, fl_arena *arena, fl_str *first_change);
/** Same keys and JSON types? Values are not compared. */
bool fl_engine_same_shape(fl_str body_a, fl_str body_b);
void fl_run_release(fl_run *run);
#endif
