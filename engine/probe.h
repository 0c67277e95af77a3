#ifndef FL_ENGINE_PROBE_H
#define FL_ENGINE_PROBE_H
#include "engine/engine_p.h"

/**
 * What checks need that send requests of their own: objects made for one check, requests about them, and comparisons that leave out what
 * no client decides. Private to engine/. Everything lives until the probe ends.
 */
enum { FL_NO_OPERATION = -1 };

/** The operations about one kind of object; numbers into the API, FL_NO_OPERATION where there is none that passes. */
typedef struct fl_resource { int create, list, read, replace, update, remove; } fl_resource;
typedef FL_VEC(fl_resource) fl_resources;

typedef struct fl_probe {
    fl_engine *engine;
    const fl_check *check;
    fl_arena *arena;
    fl_sampler sampler;                    /**< makes in `arena` */
    uint32_t operation;                    /**< the one that is probed */
    const fl_resource *resource;           /**< of a resource; NULL */
    const fl_resources *resources;         /**< all of them */
    FL_VEC(uint32_t) steps;                /**< numbers of the cases that were sent */
    fl_observation last;                   /**< of the newest */
} fl_probe;

/** An object of a resource. */
typedef struct fl_thing { uint32_t number; fl_case request; const fl_data *sent, *answer; fl_observation seen; } fl_thing;

/** Runs the probes of a phase: each check on each of its operations or resources. */
void fl_probes_run(fl_engine *engine, fl_phase phase);

/** Sends one request; failures and what its answer breaks are recorded. The JSON of the answer, or NULL; *seen is filled. */
const fl_data *fl_probe_send(fl_probe *probe, const fl_case *request, fl_observation *seen);
/** The same, when a failure is what is expected. */
const fl_data *fl_probe_send_quietly(fl_probe *probe, const fl_case *request, fl_observation *seen);
/** Sends the valid request of the operation without what says who calls, into *request: is it answered with 2xx? */
bool fl_probe_as_nobody(fl_probe *probe, fl_case *request, fl_observation *seen);
/** The request as the second caller sends it (`auth.other`). */
void fl_probe_as_other(fl_probe *probe, fl_case *request);
/** Makes a new object: the valid request of `resource->create` with other names. false: it was refused. */
bool fl_probe_make(fl_probe *probe, const fl_resource *resource, fl_thing *thing);
/** The valid request of an operation, about that object. false: it has no such object in its path, or no valid request is known. */
bool fl_probe_about(fl_probe *probe, int operation, const fl_thing *thing, fl_case *out);
/** Both of them in one: reads it again. NULL when it is not answered with an object. */
const fl_data *fl_probe_read(fl_probe *probe, const fl_thing *thing, fl_observation *seen);
/** A body for `operation` in which every field that can be is other than in `now`. NULL: the operation takes no object. */
fl_data *fl_probe_other_body(fl_probe *probe, int operation, const fl_data *now);
/** The same request so many times at once; how many were answered with 2xx. */
unsigned fl_probe_burst(fl_probe *probe, const fl_case *request, unsigned count);
/** The check fires on the operation of `culprit`. What is told is the last request, with all that was sent before it. */
void fl_probe_fail(fl_probe *probe, const fl_case *culprit, fl_str detail);

/** The object that an answer holds: itself, or what it wraps (`{data: {…}}`). */
const fl_data *fl_probe_object(const fl_data *json);
/** The list that an answer holds, likewise; NULL. */
const fl_data *fl_probe_items(const fl_data *json);
/** The first field of `sent` that `read` has otherwise: "/name: \"a\" was sent, \"b\" is there"; empty: none. Fields that are not there
 *  again, and spellings of the same (dates, case, blanks), do not count. */
fl_str fl_probe_difference(fl_arena *arena, const fl_data *sent, const fl_data *read);
/** The first field that both have and that differs, leaving out times, versions, and those that `except` has (may be NULL). */
fl_str fl_probe_change(fl_arena *arena, const fl_data *before, const fl_data *after, const fl_data *except);
/** Is an object with the same identifier in the list? */
bool fl_probe_lists(const fl_data *items, const fl_data *object);
/** The value that identifies an object: its `id`, else its first field whose name says so; NULL. */
const fl_data *fl_probe_identifier(const fl_data *object);
static inline bool fl_probe_succeeded(const fl_observation *seen) { return seen->was_sent && seen->failure == NULL && seen->response.outcome == FL_HTTP_OK && fl_status_is_success(seen->response.status); }
static inline bool fl_probe_is_gone(const fl_observation *seen) { return seen->was_sent && (seen->response.status == 404 || seen->response.status == 410); }
static inline bool fl_probe_was_refused(const fl_observation *seen) { return seen->was_sent && seen->response.status >= 400 && seen->response.status < 500; }
#endif
