#ifndef FL_ENGINE_CHECKS_H
#define FL_ENGINE_CHECKS_H
#include "engine/engine.h"

/**
 * What came of one request, and the oracles that judge it. A check is one file here and one line in checks.def;
 * the first that fires names the failure.
 */
typedef struct fl_hook_event {
    enum { FL_HOOK_ERROR, FL_HOOK_REJECTION, FL_HOOK_UNCAUGHT, FL_HOOK_ANSWER, FL_HOOK_STREAMING, FL_HOOK_EXIT, FL_HOOK_CUT /* the connection, behind an answer */, FL_HOOK_OTHER } kind;
    uint32_t request;
    fl_str name, message, stack;
    const fl_data *frames;                 /**< [[function, file, line, column], …], lines from 1 */
    int64_t status;                        /**< of an answer; the code of an exit */
} fl_hook_event;

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
} fl_observation;

typedef struct fl_check { const char *id; bool (*fails)(const fl_observation *seen); } fl_check;
extern const fl_check fl_checks[];         /**< ends with id NULL */
/** The id of the first check that fires, or NULL. */
const char *fl_check_run(const fl_observation *seen);
#endif
