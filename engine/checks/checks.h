#ifndef FL_ENGINE_CHECKS_H
#define FL_ENGINE_CHECKS_H
#include "engine/engine.h"

/**
 * What came of one request, and the oracles that judge it. A check is one file here and one line in checks.def. There are three
 * sorts: failures (of the service: the first that fires names the fault, and its trace is looked for), answers (what the
 * document or HTTP itself does not allow; those of load look at answers under load alone), and probes, which send requests of their own and compare.
 */
typedef struct fl_hook_event {
    enum { FL_HOOK_ERROR, FL_HOOK_REJECTION, FL_HOOK_UNCAUGHT, FL_HOOK_ANSWER, FL_HOOK_STREAMING, FL_HOOK_EXIT, FL_HOOK_CUT /* the connection, behind an answer */, FL_HOOK_OTHER } kind;
    uint32_t request;
    fl_str name, message, stack;
    const fl_data *frames;                 /**< [[function, file, line, column], …], lines from 1 */
    int64_t status;                        /**< of an answer; the code of an exit */
} fl_hook_event;

/** A check of answers fired: what differs, in a line. */
typedef struct fl_finding { const char *check; fl_str detail; } fl_finding;

typedef struct fl_observation {
    fl_http_request sent;                  /**< with references resolved, on the real port */
    fl_http_response response;
    fl_str output;                         /**< what the service printed meanwhile */
    FL_VEC(fl_hook_event) events;          /**< of this request */
    const fl_data *lines;                  /**< files of the hook's report on lines; NULL when there is none */
    FL_VEC(fl_trace) reports;              /**< in the output: the run time says that memory is used wrongly */
    fl_leaks leaks;                        /**< memory that this request lost */
    fl_service_exit exit;                  /**< its signal may be what a report says */
    bool was_sent;                         /**< false: a request it needs could not be had */
    const char *failure;                   /**< id of the check that fired; NULL: it held */
    fl_trace trace; bool has_trace;
    FL_VEC(fl_finding) findings;           /**< of an answer that came */
} fl_observation;

/** One answer beside what is known of its operation. */
typedef struct fl_exchange {
    fl_arena *arena;
    const fl_operation *operation;
    bool is_contract;                      /**< the operation is as a document has it that somebody wrote; else as the source does */
    const fl_case *request;                /**< resolved */
    const fl_http_request *sent;
    const fl_http_response *response;
    const fl_response *documented;         /**< what the operation says of this status; NULL */
    fl_str type;                           /**< media type of the body, without parameters, in lower case */
    fl_json_judgement judgement;           /**< of a body whose type says JSON */
    const fl_data *json;                   /**< the body; NULL when it is none */
    fl_str violation;                      /**< what of the request the operation does not allow: "body /status: …"; empty: nothing */
    fl_location violated_in;
    bool is_valid;                         /**< the document allows all of it, surely */
} fl_exchange;

struct fl_probe;
typedef enum fl_check_kind { FL_CHECKS_FAILURE, FL_CHECKS_ANSWER, FL_CHECKS_OPERATION, FL_CHECKS_RESOURCE, FL_CHECKS_LOAD } fl_check_kind;
typedef struct fl_check {
    const char *id;
    fl_check_kind kind;
    fl_phase phase;                        /**< of a probe */
    const char *level;                     /**< "error", "warning", "note" */
    const char *title, *why, *how;         /**< a clause; why it matters; how to mend it */
    bool (*fails)(const fl_observation *seen);
    fl_str (*judges)(const fl_exchange *exchange);   /**< the detail, in the exchange's arena; empty: it holds */
    void (*probes)(struct fl_probe *probe);          /**< of an operation, or of a resource */
} fl_check;
extern const fl_check fl_checks[];         /**< ends with id NULL */
const fl_check *fl_check_by_id(fl_str id);   /**< NULL */
/** The id of the first failure that fires, or NULL. */
const char *fl_check_run(const fl_observation *seen);
/** The body cannot be read as what its type says. */
static inline bool fl_exchange_is_malformed(const fl_exchange *e) { return fl_str_starts(e->violation, FL_S("body is no ")); }
static inline bool fl_status_is_success(uint16_t status) { return status >= 200 && status < 300; }
#endif
