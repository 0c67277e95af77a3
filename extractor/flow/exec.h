#ifndef FL_EXTRACTOR_EXEC_H
#define FL_EXTRACTOR_EXEC_H
#include "extractor/api/api.h"
#include "extractor/flow/flow.h"
#include "extractor/values/value.h"

/**
 * Abstract interpretation of one operation: its chain of handlers is run over the control flow with facts instead of values.
 * Callees in the project are followed in context (bounded by limits.h), so the body that a handler passes on keeps its request places.
 */
typedef struct fl_exec fl_exec;
typedef struct fl_file_refusals { FL_VEC(fl_refusal) items; } fl_file_refusals;

typedef struct fl_alias { fl_sym from; fl_sym to; } fl_alias;

/** A route as start-up code registered it, ready to be interpreted. */
typedef struct fl_route {
    fl_str method, path;                   /**< OpenAPI form */
    const fl_model *framework;
    const fl_node *registration;
    FL_VEC(fl_value *) chain;              /**< handlers in order, from the application down */
    FL_VEC(fl_value *) error_handlers;     /**< innermost first */
    FL_VEC(fl_value *) error_classes;      /**< beside them where handlers say which errors they take: a class, or a status */
    FL_VEC(fl_str) path_names;
    FL_VEC(fl_schema *) path_schemas;      /**< NULL: nothing known */
    fl_certainty certainty; fl_str doubt;
    const fl_node *response; const fl_module *response_module;   /**< what it usually answers with, a type; NULL: not said */
    FL_VEC(const fl_value *) answers;      /**< further ones, dicts by status: what the routers around it say comes first */
    bool is_hidden;                        /**< in no document of the program's own */
    uint16_t status;                       /**< of its usual answer, said where it is registered; 0 */
    bool dispatches;                       /**< its handler tells methods and paths apart by itself */
    bool tells_methods;            /**< it tells only methods apart */
    bool has_below;                        /**< and gets what stands below its path, too */
    bool is_mount;                         /**< middleware that may answer: what it hands on is none of its operations */
    fl_str mount_path;                     /**< where it stands; what stands below is the url that it sees */
    FL_VEC(fl_alias) aliases;   /**< path parameters without a name of their own, and what they are called */
    const struct fl_pins *pins;            /**< what method and url are on this way through such a handler; NULL */
} fl_route;

/** Lowered functions of one worker. */
typedef struct fl_func_cache { fl_arena *arena; fl_arena scratch; fl_map map; } fl_func_cache;
/** What lists and maps of the start-up state gain while handlers run: value id → schema. Written in one phase, read in the next. */
typedef struct fl_element_store { fl_map read; FL_VEC(struct fl_gained { uint32_t value_id; fl_schema *schema; }) gained; } fl_element_store;

/** One use of what code without a model gave: checked for being there, or not. Handlers that do the same look-up are siblings. */
typedef struct fl_sibling { fl_sym key; fl_span call; bool is_checked; fl_weak_spot spot; } fl_sibling;
typedef struct fl_route_result { FL_VEC(fl_sibling) siblings; FL_VEC(fl_weak_spot) spots; fl_file_refusals refusals; bool only_hands_on; /**< no answer of its own, or only a refusal of every other method: no operation */ } fl_route_result;
typedef FL_VEC(fl_route *) fl_route_list;
/** The operations of a route whose handler tells methods and paths apart by itself, appended to `out`; memory in `results`. */
void fl_exec_dispatch(const fl_route *route, fl_values *values, fl_arena *results, fl_route_list *out);
/** Names for the path parameters of a route that have none of their own, after what the handler stores them into. */
void fl_exec_name_path(fl_route *route, fl_values *values, fl_func_cache *funcs, fl_arena *scratch, fl_arena *results);
/** What a thread remembers of the handlers that routes begin with alike (prefix.c). Cleared when lowered functions are, or `elements` change. */
typedef struct fl_prefix {
    fl_arena arena; fl_arena_image image;  /**< what those handlers made, and how it was before the rest of a route changed it */
    const fl_route *route; bool asks_method; size_t links;   /**< the first `links` of this route's chain; 0: nothing is remembered */
    fl_exec *exec; struct fl_state *state;
    fl_file_refusals refusals; fl_element_store elements;   /**< what they found: refusals, what elements gained */
    fl_arena lasting;                      /**< of what they made, what does not change once it is made: no image of that is needed */
    FL_VEC(struct fl_fact_change { struct fl_fact *fact; const struct fl_fact *before; }) changes;   /**< but for these, which a route changed */
} fl_prefix;
void fl_prefix_init(fl_prefix *prefix);
void fl_prefix_clear(fl_prefix *prefix);
void fl_prefix_release(fl_prefix *prefix);

/** Fills everything of `operation` that its code tells (parameters, body, responses, security, reach), and `out`. All of it lives in
 *  `scratch` and `prefix` until the next route: whoever wants to keep it copies it (extractor/api/keep.h). What the route shares with `next`
 *  (may be NULL) is remembered in `prefix`. */
void fl_exec_route(const fl_route *route, const fl_route *next, fl_values *values, fl_func_cache *funcs, fl_prefix *prefix, fl_element_store *elements, fl_arena *scratch,
                   fl_operation *operation, fl_route_result *out);
#endif
