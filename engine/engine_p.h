#ifndef FL_ENGINE_P_H
#define FL_ENGINE_P_H
#include "engine/checks/checks.h"
#include "engine/plan/plan.h"
#include "engine/trace/trace.h"
#include "engine/upstream.h"

/** What one run keeps while it works. Private to engine/. */

/** A way to prove who calls: goes into one header, query parameter or cookie. */
typedef struct fl_credential {
    fl_location in; fl_str name;           /**< empty name: where the operation's security says, else `authorization` */
    fl_str value;                          /**< bare token; may hold references */
    bool is_complete;                      /**< value goes as it stands, without "Bearer " */
    bool is_after; uint32_t after;         /**< it holds once the case of that number was answered */
} fl_credential;

/** A service that is called: the variable that says where it is, and ours in its place. */
typedef struct fl_called { fl_str name; fl_upstream *server; } fl_called;

typedef struct fl_engine {
    fl_arena *arena;                       /**< of the run */
    fl_run *run;
    const fl_api *api;
    const fl_engine_options *options;
    fl_service *service;
    fl_http *http; fl_http_options http_options;
    fl_tracer tracer;
    fl_pool pool;
    fl_mined mined;
    fl_folder_names elsewhere;             /**< errors that say that another service is not there */
    fl_sampler sampler;
    FL_VEC(fl_credential) credentials;
    FL_VEC(fl_called) upstreams;
    FL_VEC(fl_credential) others;          /**< of the second caller */
    FL_VEC(fl_str) public_keys; bool knows_public_keys;   /**< PEM, with which tokens are checked */
    size_t good_credential;                /**< the one that worked last */
    bool has_harvested;                    /**< some were handed out by the API */
    FL_VEC(unsigned) ran_in_life;          /**< by number of case: the life of the service it last ran in, 0 never */
    FL_VEC(bool) is_stable;                /**< by number: a fresh service gives the same values again, without asking */
    unsigned life;                         /**< from 1, one more with each restart */
    bool is_dirty;                         /**< something was changed in this life */
    uint64_t output_at, hook_at;
    bool has_hook;
    bool can_ask;                          /**< the hook takes questions: lines and leaks beside the request */
    bool is_stuck;                         /**< to be restarted before the next request */
    bool is_debugging;                     /**< a request is sent again for its back trace */
    fl_leak_watch *leaks; bool knows_leaks; /**< knows: nothing was sent since the last look */
    bool cannot_tell_leaks;                /**< it was asked once and could not */
    uint32_t number;                       /**< of the newest request */
    unsigned timeout_count;
    const fl_operation **contract;         /**< by operation: what the document says of it; NULL: nothing */
    unsigned silence_count;                /**< failures in a row of which the service said nothing */
    bool is_hasty;                         /**< what fails behind an answer is not waited for */
    bool is_trying_again;                  /**< findings of answers are not recorded */
    unsigned freshness;                    /**< grows with each object that a probe makes */
    fl_phase phase; bool is_in_phase;      /**< phase: the newest */
    uint64_t phase_start_us; unsigned phase_first_request;
    struct fl_journal *journal;            /**< NULL: none */
    fl_status broken; fl_err *err;         /**< the service cannot be started any more */
} fl_engine;

/* send.c */
fl_baseline *fl_engine_case(const fl_engine *engine, uint32_t number);
/** The request as it is sent in this life; runs first what it needs. Memory of the answer in `arena`. */
void fl_engine_send(fl_engine *engine, fl_arena *arena, const fl_case *request, bool wants_lines, fl_observation *out);
/** Sends case `number` and keeps its answer for those that refer to it. */
void fl_engine_send_case(fl_engine *engine, fl_arena *arena, uint32_t number, fl_observation *out);
/** Fresh state; false when it cannot be had (not ours, or it does not start any more). */
bool fl_engine_restart(fl_engine *engine);
/** Restarts it if it has died. */
bool fl_engine_is_alive(fl_engine *engine);
const fl_data *fl_engine_resolve(void *engine, const fl_reference *reference);
bool fl_engine_may_send(const fl_engine *engine, const fl_operation *operation);   /**< not excluded, limit not reached */
/** Keeps the answer of a case (in the run's arena). */
void fl_engine_keep(fl_engine *engine, uint32_t number, const fl_observation *seen);
/** Does the valid request of the operation pass still? When not, what it refers to is made again: on a fresh service where it can be had. */
bool fl_engine_is_fresh(fl_engine *engine, uint32_t operation);
uint32_t fl_engine_add_extra(fl_engine *engine, const fl_case *request);

/* phase.c */
void fl_phase_begin(fl_engine *engine, fl_phase phase);
void fl_phase_end(fl_engine *engine);
/** Neither its own bounds nor those of the run are reached; notes the one that is. */
bool fl_phase_may_go_on(const fl_engine *engine);
/** One unit of work of the phase begins; false: it was done before an interrupt. `part` tells sorts of units apart. */
bool fl_phase_unit(fl_engine *engine, unsigned part, size_t index);
void fl_phase_unit_done(fl_engine *engine, unsigned part, size_t index);

/* auth.c */
void fl_auth_init(fl_engine *engine);
/** Who calls the operation first: who was let in last, or the first who says so where it asks. There must be a credential. */
size_t fl_auth_first(const fl_engine *engine, const fl_operation *operation);
void fl_auth_apply(fl_engine *engine, size_t credential, fl_case *request);
void fl_auth_apply_one(fl_engine *engine, const fl_credential *credential, fl_case *request);
/** Looks for tokens in the answer of a case. */
void fl_auth_harvest(fl_engine *engine, uint32_t number);
/** The operation takes a password: more of its kind may be had with other rows of the sources. */
bool fl_auth_is_login(const fl_engine *engine, uint32_t operation);

/* baseline.c */
void fl_baseline_run(fl_engine *engine);
void fl_baseline_rehearse(fl_engine *engine);
/** Numbers of operations in the order in which they are sent. */
void fl_baseline_order(const fl_engine *engine, fl_arena *arena, uint32_t *order);

/* verdict.c */
/** Judges: fills failure and trace. */
void fl_judge(fl_engine *engine, fl_observation *seen);
/** Does the failure lie on the weak spot? */
bool fl_verdict_matches(fl_engine *engine, const fl_weak_spot *spot, const fl_observation *seen);
/** Did the code of the weak spot run, and go on? Needs lines. */
bool fl_verdict_ran(fl_engine *engine, const fl_weak_spot *spot, const fl_observation *seen);
void fl_aimed_run(fl_engine *engine);

/* matrix.c */
void fl_matrix_run(fl_engine *engine);

/* load.c */
void fl_load_run(fl_engine *engine);

/* contract.c */
/** Finds what the document says of each operation. */
void fl_contract_init(fl_engine *engine);
/** What the checks of answers find in this one: fills seen->findings. `request` is resolved. */
void fl_contract_judge(fl_engine *engine, fl_arena *arena, const fl_case *request, fl_observation *seen);
/** The same by the checks of load, which also look at answers that did not come. */
void fl_contract_judge_load(fl_engine *engine, fl_arena *arena, const fl_case *request, fl_observation *seen);

/* fault.c */
/** A check that is no crash has fired: one row for each operation and check. `request` shows it, which may be of another operation. */
fl_fault *fl_finding_record(fl_engine *engine, uint32_t operation, const fl_case *request, const fl_observation *seen, const char *check, fl_str detail);
/** Records the failure, joined with its like; returns its fault. `spot` 0: not aimed. */
fl_fault *fl_fault_record(fl_engine *engine, const fl_case *request, const fl_observation *seen, uint32_t spot);
/** Same failure: same innermost application frame, or the same kind without any. */
bool fl_fault_is_same(const fl_fault *fault, const fl_observation *seen);
void fl_fault_shrink(fl_engine *engine, fl_fault *fault);
/** Renders sent, setup and curl. */
void fl_fault_render(fl_engine *engine, fl_fault *fault);
/** Sorts, numbers, and links faults with weak spots. */
void fl_faults_finish(fl_engine *engine);
#endif
