#ifndef FL_EXTRACTOR_EXEC_P_H
#define FL_EXTRACTOR_EXEC_P_H
#include "extractor/flow/exec.h"
#include "extractor/flow/claim.h"
#include "extractor/flow/fact.h"

/* ---- state ---- */

/** One test passed on the way: the predicate that holds (or not), and the branch whose arm was taken. */
typedef struct fl_cond {
    const fl_predicate *predicate; bool holds;
    unsigned types_before;                 /**< what the subject could be at the test */
    const fl_place *place;                 /**< of the subject, or of what it was made from; NULL: nothing of the request */
    bool is_split;                         /**< place: a text, and the number of its parts is tested */
    bool is_coerced, is_length, is_look_up; /**< look_up: asks whether something was found */
    const struct fl_branch *branch; bool arm;
    const struct fl_cond *next;
} fl_cond;
typedef struct fl_entry { uint64_t key; const void *value; } fl_entry;
/** Sorted by key, never changed once made. `seen` has a bit for each key that may be there: most look-ups are for keys that are not. */
typedef struct fl_table { uint64_t seen[16]; uint32_t count; fl_entry entries[]; } fl_table;
typedef struct fl_state {
    const fl_table *base;                  /**< NULL: empty */
    fl_entry *delta;                       /**< written since; not sorted; a NULL value hides the base's */
    uint64_t seen;                         /**< of delta, like a table's */
    uint8_t count, capacity;               /**< of delta, FL_STATE_DELTA at most */
    bool is_shared;                        /**< delta: copy before writing */
    bool has_responded;
    bool may_have_responded;               /**< on some way here: an answer was sent and the handler went on */
    bool is_doubtful;                      /**< reached under a condition that nothing in the request decides */
    const struct fl_first_answer *first_answer; /**< the newest that may have been sent on the way here */
    const fl_cond *conditions;             /**< newest first */
    const struct fl_pending_list *pending; /**< weak spots whose error was caught on this path */
} fl_state;

/** An answer, the frame that sent it, and the tests on the way there. */
typedef struct fl_first_answer { const fl_node *node; uint32_t frame; uint16_t status; const fl_cond *conditions; } fl_first_answer;

struct fl_pending;
typedef struct fl_pending fl_pending;
/** Narrowing of one value. */
typedef struct fl_refine {
    uint16_t types;
    uint8_t equals_type;
    bool is_truthy : 1, is_falsy : 1, is_finite : 1, is_bounded_low : 1, is_bounded_high : 1, is_open_low : 1, is_open_high : 1, is_not_zero : 1;
    bool has_max_length : 1, is_checked : 1, is_checked_format : 1, is_non_empty : 1;
    bool admits_words : 1, admits_digits : 1;   /**< beside is_checked_format: the check lets "x" pass; any number of digits */
    fl_sym equals;
    fl_sym begins_with;                    /**< a text that it begins with; 0 */
    const fl_schema *schema;
    double low, high, max_length, min_length;
    const fl_value *proved;                /**< the pattern it matches, the container it is a key of */
    const fl_node *used_at;
    fl_pending *used_spot;
} fl_refine;

/** One branch on a predicate, for the question "does that arm always refuse?" */
typedef struct fl_branch {
    const fl_node *node;
    bool refuses[2];                       /**< [1]: when the predicate holds */
    uint16_t status[2];
} fl_branch;

/** A weak spot found, possibly waiting for what its error handler does. */
struct fl_pending {
    fl_weak_spot spot;
    const fl_node *node;
    bool is_after;                         /**< after the answer: what catches the error has nothing to say */
    bool fires, is_silenced, is_refused;   /**< refused: its error is answered with less than 500, as the program means it */
    const fl_cond *under;
    const fl_model_type *error_type;       /**< of the error, when a library makes it; NULL */
    fl_place *place;                       /**< must be there: a valid request has it */
    fl_place *parsed;                      /**< what a parser refused there; NULL */
};
typedef struct fl_pending_list { fl_pending *spot; const struct fl_pending_list *next; } fl_pending_list;

/** A test whose arm may refuse: looked at when it is known which arms do. */
typedef struct fl_guard { const fl_cond *cond; const fl_branch *branch; bool arm; } fl_guard;

typedef struct fl_answer { uint16_t status; unsigned use_count; /**< how often it was made */ fl_str media; fl_schema *schema; const fl_node *node; bool is_from_error_handler; bool is_success; fl_data *refusal_shape; } fl_answer;

/** One running function. */
typedef struct fl_activation {
    const fl_func *func;
    uint32_t id;
    const fl_fact **temps;
    const fl_fact *self;
    const fl_scope *scope;                 /**< where outer names are found: of the closure value */
    const struct fl_activation *outer;     /**< the frame that made this closure, when it was made while running */
    const fl_module *module;
    const struct fl_activation *caller;
    const fl_node *call_node;
    bool is_library;                       /**< code that stands for a package: what a handler may cost is not its */
    /* while a block runs */
    uint32_t handler;                      /**< block that catches; 0: the caller does */
    fl_state **in, **back;                 /**< by block */
    const fl_throw **caught;               /**< by handler block */
    const fl_throw *throws;                /**< what leaves this function by an error */
    const fl_branch **branches;            /**< by block: the branch whose arm it is; arm in arms */
    bool *arms;
    bool *improbable;                      /**< by block: reached only when memory runs out and the like */
    bool *refusing; uint16_t *refusing_status;
    bool *is_unlikely;                     /**< by block: reached when a call gave null that always gives something, but for want of memory */
} fl_activation;

typedef struct fl_exit { const fl_fact *value; fl_state *state; const fl_throw *throws; bool returns; fl_outcome *outcomes; } fl_exit;

/** A field that a validator in the chain took notes of. */
typedef struct fl_collected { fl_place *place; fl_schema *schema; const fl_value *validator; bool is_optional; } fl_collected;

/** Memory that a call allocated, and the frame whose code has to release it. */
typedef struct fl_owned { const fl_node *node; uint32_t frame; } fl_owned;
/** What a path parameter without a name of its own is called, after what it is stored into. */
typedef struct fl_path_name { fl_sym key, name; unsigned rank; } fl_path_name;
/** An error by its class, name, or class and status, and what the error handlers do with it. */
typedef struct fl_known_error { uint64_t key; uint32_t answer; } fl_known_error;
typedef struct fl_pins fl_pins;
typedef struct fl_text fl_text;
typedef struct fl_dispatch fl_dispatch;

/** A test of what was found by a place of the request. */
typedef struct fl_identity { const fl_place *place; const fl_branch *branch; bool arm; } fl_identity;
/** The handler that runs, where `next` runs the rest and comes back (onion.c). thrown: by the rest so far; again: what the rest throws this
 *  time, instead of being run; reached: links behind which the rest ran, one bit each. */
typedef struct fl_onion { size_t link, runs, before_last; uint64_t reached; bool has_rest, has_written; /**< something stands behind; status or body of the answer to come were written in the block that runs */ const fl_throw *thrown, *again; } fl_onion;
/** A function that ran before the handler, and what it gave; NULL: it is running. */
typedef struct fl_dependency { const void *key; const fl_fact *value; } fl_dependency;

struct fl_exec {
    fl_arena *arena;                       /**< scratch of this operation */
    fl_arena *results;                     /**< what outlives it: schemas, texts, conditions */
    fl_arena *lasting;                     /**< scratch for what never changes once it is made: facts, narrowings, tables of states */
    fl_prefix *prefix;                     /**< what this route began with; NULL: nothing that others begin with, too */
    fl_values *values;
    const fl_models *models;
    const fl_model *framework;
    const fl_model *builtins;              /**< of the module running */
    struct fl_func_cache *funcs;
    uint32_t next_vid, next_place, next_frame, steps, step_limit, depth;
    fl_onion onion;
    bool has_parsed_text;                  /**< the body came as text, and the program parsed it as JSON */
    bool is_last_handler, handler_returns; /**< returns: on some way the handler that runs came to its end without an answer */
    bool asks_route;                       /**< what ran looked at the names of the path's parameters */
    bool asks_method;                      /**< and at the route's method */
    const fl_fact *handled;                /**< the error that the error handlers run with */
    bool has_begun;                        /**< a handler that a table names was reached */
    uint32_t handler_start;                /**< steps when the handler that runs began */
    bool is_dry, is_truncated, at_loop_head;
    FL_VEC(fl_place *) places;             /**< all of them; the low bits of a vid are the index */
    bool is_loop_join;                     /**< the states that are being joined meet at the head of a loop */
    FL_VEC(fl_owned) owned;                /**< memory that was allocated */
    fl_place *roots[8];                    /**< by fl_location */
    FL_VEC(fl_pending *) spots;
    FL_VEC(fl_sibling) siblings;
    FL_VEC(fl_guard) guards;
    FL_VEC(fl_identity) identities;
    FL_VEC(fl_answer) answers;
    FL_VEC(fl_media) body_media;
    FL_VEC(fl_sym) security_headers;
    /* the handler that runs */
    fl_state *next_state;                  /**< joined states of next() */
    const fl_throw *errors;                /**< what reaches the error handler */
    const fl_node *handler;
    fl_sym response_role;                  /**< of answers that are made before they are returned */
    uint32_t block_of_answer;
    bool in_dependency;                    /**< what runs gives a handler a parameter: nothing it returns is an answer */
    const fl_fact *yielded;                /**< by the dependency that runs */
    FL_VEC(fl_dependency) dependencies;    /**< that have run */
    FL_VEC(fl_security) credentials;       /**< asked for by what the framework calls before the handler */
    const fl_data *checks;                 /**< of the check that runs: errors by which it refuses; NULL */
    bool is_validated;                     /**< the framework checks what the handler gets */
    bool parses_body, has_unknown_middleware, has_unknown_validation, in_error_handler, handler_is_async, rejection_is_lost;
    const fl_fact *request, *response, *next;
    const fl_route *route;
    FL_VEC(fl_known_error) known_errors;   /**< what the error handlers were asked before; few */
    FL_VEC(const fl_data *) parsers;
    FL_VEC(fl_collected) collected;        /**< fields that fit once nobody found a problem */
    fl_file_refusals *refusals;
    struct fl_element_store *elements;     /**< what lists and maps of the start-up state gain */
    fl_dispatch *dispatch;                 /**< the handler tells methods and paths apart by itself; NULL */
    FL_VEC(fl_path_name) path_names;
};

/* state.c */
fl_state *fl_state_new(fl_exec *x);
fl_state *fl_state_copy(fl_exec *x, const fl_state *from);       /**< cheap: shares until written */
const void *fl_state_get(const fl_state *s, uint64_t key);
const fl_entry *fl_state_written(const fl_state *s, uint64_t key);   /**< since the table was made; NULL */
void fl_state_put(fl_exec *x, fl_state *s, uint64_t key, const void *value);
fl_state *fl_state_join(fl_exec *x, const fl_state *a, const fl_state *b); /**< either may be NULL */
/** Forgets the variables of frames from `first_frame` on and objects made since `first_vid` that neither `result` nor anything older can
 *  reach: a callee's scratch. `entry` is the state it began with. */
void fl_state_forget(fl_exec *x, fl_state *s, const fl_state *entry, uint32_t first_vid, uint32_t first_frame, const fl_fact *result);
#define FL_VID_ELEMENT 0x08000000u         /**< of a place: an element of a list, or a part of one */
#define FL_VID_PLACE 0x20000000u           /**< vids of request places have a range of their own: they live for the whole operation */
#define FL_VID_MEMORY 0x7FFFFFFDu          /**< keeps what was allocated where */
#define FL_VID_ENVIRONMENT 0x7FFFFFFEu     /**< its fields are the settings that were read: each is the same whenever it is asked for */
#define FL_KEY_FIELD(vid, sym) ((uint64_t)(vid) << 32 | (sym))
#define FL_KEY_REFINE(vid) ((uint64_t)(vid) << 32 | 0xFFFFFFFFu)
#define FL_KEY_VAR(frame, var) (1ull << 63 | (uint64_t)(frame) << 24 | (var))
const fl_refine *fl_refine_of(const fl_state *s, const fl_fact *f);
fl_refine *fl_refine_edit(fl_exec *x, fl_state *s, const fl_fact *f);

/* fact.c */
fl_fact *fl_fact_new(fl_exec *x, unsigned types, unsigned may);
fl_fact *fl_fact_copy(fl_exec *x, const fl_fact *from);
/** The fact itself, to be changed where every copy of the pointer has to see it: a list that gains an element. */
fl_fact *fl_fact_edit(fl_exec *x, const fl_fact *f);
/** What a row has in a column of that schema: perhaps null. */
const fl_fact *fl_exec_column(fl_exec *x, const fl_fact *value, const fl_schema *schema, const fl_node *node);
fl_fact *fl_fact_tuple(fl_exec *x, const fl_fact *const *items, uint32_t count);   /**< these in order, and no more */
fl_fact *fl_fact_dict(fl_exec *x, const fl_node *node);         /**< an empty one that this code made */
const fl_fact *fl_fact_unknown(fl_exec *x);
const fl_fact *fl_fact_literal(fl_exec *x, unsigned type, fl_sym text);
/** An error that the run time makes, by its name. */
const fl_fact *fl_fact_error(fl_exec *x, fl_str name);
/** The same without its nullish types. */
const fl_fact *fl_fact_settled_present(fl_exec *x, const fl_fact *f);
const fl_fact *fl_fact_of_value(fl_exec *x, fl_value *value);
const fl_fact *fl_fact_of_schema(fl_exec *x, const fl_schema *schema, const fl_because *because);
const fl_fact *fl_fact_join(fl_exec *x, const fl_fact *a, const fl_fact *b);
/** The fact as narrowed on this path, for places where paths meet: variables, returns. */
const fl_fact *fl_fact_settled(fl_exec *x, const fl_state *s, const fl_fact *f);
unsigned fl_fact_types(const fl_state *s, const fl_fact *f);     /**< after narrowing */
unsigned fl_fact_may(const fl_state *s, const fl_fact *f);
fl_schema *fl_fact_schema(fl_exec *x, const fl_state *s, const fl_fact *f, unsigned depth);
bool fl_fact_text(const fl_fact *f, const fl_state *s, fl_str *out);
const fl_because *fl_because_add(fl_exec *x, const fl_because *next, const fl_node *node, const char *format, ...) FL_PRINTF(4, 5);
const fl_data *fl_literal_data(fl_exec *x, const fl_fact *f);
const fl_model_type *fl_fact_model_type(const fl_exec *x, const fl_state *s, const fl_fact *f);

/* place.c */
fl_place *fl_place_root(fl_exec *x, fl_location in);
fl_place *fl_place_child(fl_exec *x, fl_place *parent, fl_sym key, const fl_node *use);
fl_request_pointer fl_place_pointer(fl_exec *x, const fl_place *place);
const fl_fact *fl_place_fact(fl_exec *x, fl_place *place, const fl_node *use);
void fl_place_use(fl_exec *x, const fl_fact *f, unsigned json_types, bool is_integer);  /**< a use that wants that type */
void fl_place_compare(fl_exec *x, const fl_fact *f, const fl_fact *literal);
/** A value that does there; the first that is shown counts. value: NULL, or in x->results. */
void fl_place_show(fl_exec *x, const fl_fact *f, const fl_data *value);
const fl_data *fl_place_first_key(fl_exec *x, const fl_value *map);     /**< NULL: none is known */
fl_schema *fl_place_schema(fl_exec *x, const fl_place *place, unsigned depth);
unsigned fl_json_of_types(unsigned types);

/** Is it code that stands for a package? Nothing is reported of that. */
static inline bool fl_exec_is_library(const fl_exec *x, const fl_node *node) { return x->values->project->library_count && fl_node_file(node) >= x->values->project->file_count; }
/* exec.c */
/** Runs a block; the state that leaves it goes to its successors. */
void fl_exec_block(fl_exec *x, fl_activation *a, uint32_t block, fl_exit *exit);
/** Runs a block that catches errors of several kinds, and those that only it leads to (marked in done), once for each kind; false: there are not several. */
bool fl_caught_run(fl_exec *x, fl_activation *a, uint32_t block, fl_exit *exit, bool *done);
/** Errors of one class and one status are one kind. */
uint64_t fl_throw_kind(const fl_exec *x, const fl_throw *t);
fl_exit fl_exec_function(fl_exec *x, const fl_fact *function, const fl_fact *self, const fl_fact **args, unsigned arg_count, fl_state *state, const fl_activation *caller, const fl_node *call);
const fl_fact *fl_exec_temp(const fl_activation *a, fl_temp t);
const fl_fact *fl_exec_member(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, fl_sym key, const fl_node *node);
/** What an object's own `__iter__` gives; NULL: it has none. */
const fl_fact *fl_exec_iterated(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_node *node);
/** The member that `super` of the class around `node` has; NULL: none in the project. */
const fl_fact *fl_exec_super_member(fl_exec *x, fl_activation *a, fl_state *s, fl_sym key, const fl_node *node);
const fl_fact *fl_exec_outer(fl_exec *x, fl_activation *a, fl_state *s, fl_sym name, const fl_node *node);
void fl_exec_throw(fl_exec *x, fl_activation *a, const fl_fact *error, const fl_node *node, const fl_state *s, fl_pending *spot, bool is_explicit);
const fl_func *fl_exec_func(fl_exec *x, const fl_node *node);
const fl_fact *fl_exec_index(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_fact *index, const fl_node *node);
/** The function that bind(), partial() and wrap() make of one; NULL: they bind nothing. (exec_call.c) */
const fl_fact *fl_exec_bind(fl_exec *x, fl_intrinsic how, const fl_fact *self, const fl_fact **args, unsigned count);
const fl_fact *fl_exec_parsed_body(fl_exec *x, const fl_fact *text, const fl_node *node);
const fl_fact *fl_exec_place_child(fl_exec *x, fl_state *s, const fl_fact *object, fl_sym key, const fl_node *node);
/** An element is written: what was known of it holds no longer. */
void fl_exec_index_written(fl_exec *x, fl_state *s, const fl_fact *object, const fl_fact *index);
/** Where the state keeps what `object[index]` gave, so that a test of it holds for the next read; 0: nothing to tell it by. */
uint64_t fl_exec_index_key(const fl_fact *object, const fl_fact *index);
const fl_fact *fl_exec_element(fl_exec *x, fl_state *s, const fl_fact *list, const fl_node *node);
/** The first element of a list that a search filled: missing when it found nothing. */
const fl_fact *fl_exec_first(fl_exec *x, fl_state *s, const fl_fact *list, const fl_node *node);
/** req.body, req.query …: the root of that part of the request. */
const fl_fact *fl_exec_request_part(fl_exec *x, const fl_effect *e, const fl_node *node);
/** The framework answers `status` by itself when the value is not there: behind it, it is. */
void fl_exec_demand(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, uint16_t status, const fl_node *node);
/** Is what the function returns the handler's answer? It is the handler, or what code that stands for a package called and returns. */
bool fl_exec_answers(const fl_exec *x, const fl_activation *a);
void fl_exec_refuses(fl_exec *x, fl_activation *a, uint16_t status);  /**< this block answers or throws that status */
/** Throws an error that the program or a library makes: a refusal when its status says so. */
void fl_exec_raise(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *error, const fl_node *node);
/* chain.c */
void fl_chain_settle(fl_exec *x, const fl_throw *throws);         /**< what a function threw that the framework called */
fl_schema *fl_error_schema(fl_exec *x);                            /**< of the framework's own answer to an error */
/** What interpreting a route needs, before its handlers run. */
const fl_fact *fl_fact_of_role(fl_exec *x, fl_sym role);   /**< what a handler gets for a parameter of that role */
fl_exec *fl_exec_begin(const fl_route *route, fl_values *values, fl_func_cache *funcs, fl_element_store *elements, fl_arena *scratch, fl_arena *results, fl_file_refusals *refusals);
/** What the handler answers with that returns here without having said anything. */
uint16_t fl_answer_by_default(fl_exec *x, const fl_state *s);
/** Runs the handlers in order; the state that the last one handed on, or NULL. *before_last: answers before it ran. */
fl_state *fl_exec_chain(fl_exec *x, size_t *before_last);
/** A pattern in the path is checked before the first handler runs: notes it in the state and in those of errors so far. `s` may be NULL. */
void fl_exec_check_path(fl_exec *x, fl_state *s);
bool fl_route_checks_path(const fl_route *route);
/** The same for the handlers from `from` to before `to`, on the state that the one before handed on (NULL: none did). */
fl_state *fl_exec_links(fl_exec *x, fl_state *s, size_t from, size_t to, size_t *before_last);
/* prefix.c */
/** Begins a route with as many of its handlers as it shares with others already run: *links of them, *s is the state behind. */
fl_exec *fl_prefix_begin(fl_prefix *prefix, const fl_route *route, const fl_route *next, fl_values *values, fl_func_cache *funcs, fl_element_store *elements,
                         fl_arena *scratch, fl_file_refusals *refusals, fl_state **s, size_t *links);
const fl_fact *fl_error_status(fl_exec *x, fl_state *s, const fl_fact *error);   /**< what the error says its status is; NULL */
void fl_note_refusal_throw(fl_exec *x, const fl_activation *a, const fl_node *node, uint16_t status);  /**< throw or next(error) */
void fl_note_refusal_answer(fl_exec *x, const fl_activation *a, uint16_t status, const fl_schema *body, const fl_node *call, bool ends);
void fl_claim_type(fl_exec *x, fl_activation *a, const fl_fact *f, const fl_node *type);  /**< claim.c: a type annotation on request data */
/* outcome.c: what a result tells of the way a callee took */
/** Notes one way out; fl_outcomes_end makes them part of what the call gives. */
void fl_outcomes_add(fl_exec *x, fl_outcome **list, const fl_fact *value, const fl_state *s);
const fl_fact *fl_outcomes_end(fl_exec *x, const fl_fact *value, fl_outcome *list, const fl_state *joined, uint32_t first_frame);
/** What a test of the result tells of what the function did; false: it returns no such thing. */
bool fl_outcomes_apply(fl_exec *x, fl_state *s, const fl_predicate *p, bool holds, const fl_branch *branch, bool arm);
/* exec_memory.c: pointers, and memory that programs look after themselves */
const fl_fact *fl_exec_address(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i);
const fl_fact *fl_exec_dereference(fl_exec *x, fl_state *s, const fl_fact *pointer);
/** What `l == r` says. */
const fl_fact *fl_fact_equality(fl_exec *x, fl_state *s, const fl_fact *l, const fl_fact *r);
void fl_exec_set_pointer(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *pointer, const fl_fact *value);
/** The object itself where it is one, what the pointer points to where that is known. */
const fl_fact *fl_exec_object(const fl_state *s, const fl_fact *f);
/** Code that is not known was given a pointer: what it points to may be anything now. */
void fl_exec_scrub(fl_exec *x, fl_state *s, const fl_fact **args, unsigned count);
/** A value that is null until a search finds it: remembers what was searched for. */
const fl_fact *fl_exec_found(fl_exec *x, const fl_state *s, const fl_fact *old, const fl_fact *value);
/** The test `c`, which holds from here on, may be the end of a search through a list. */
void fl_exec_searched(fl_exec *x, const fl_activation *a, fl_state *s, const struct fl_cond *c);
/** What holds of both of two narrowings, which stand at that key; NULL: they are none, and differ. */
const void *fl_state_join_narrowed(fl_exec *x, uint64_t key, const void *a, const void *b);

/** Notes that a test of the request has that answer on the way here, without a branch for it. */
void fl_assume(fl_exec *x, fl_state *s, const fl_predicate *p, bool holds, const fl_node *node);

/** A list or dict made here gains something: that it is not empty says that the tests here held, that it is empty that they did not. */
void fl_exec_filled(fl_exec *x, fl_state *s, const fl_fact *holder);

/** `f` with the call that allocated it. */
const fl_fact *fl_memory_allocate(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *node);
void fl_memory_give(fl_exec *x, fl_state *s, const fl_fact *f);    /**< released, or somebody else's from here on */
void fl_memory_hand_on(fl_exec *x, const fl_activation *a, const fl_fact *result);   /**< what it returns is the caller's */
void fl_memory_return(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *result, const fl_node *node);
/* exec_bounds.c: sizes, divisors */
void fl_bounds_index(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_fact *index, const fl_node *node);
/** The first or last element of a list that a search filled: nothing, when it found nothing. */
void fl_bounds_first(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *list, const fl_node *node);
void fl_bounds_divide(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *divisor, const fl_node *node);
void fl_bounds_write(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *from, const fl_fact *memory, bool is_bare, const fl_node *to, const fl_node *node);
const fl_fact *fl_bounds_longer(fl_exec *x, fl_op op, const fl_fact *l, const fl_fact *r);      /**< a length and more; NULL: it is none */
/* exec_data.c: data that calls read and build */
const fl_fact *fl_data_effect(fl_exec *x, fl_activation *a, fl_state *s, const fl_effect *e, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node);
/** Behind a test that data fits a schema: its members, and the variables that got them, are there. */
void fl_data_fits(fl_exec *x, fl_state *s, const fl_fact *subject, const fl_schema *schema);
/* call.c */
const fl_fact *fl_exec_call(fl_exec *x, fl_activation *a, fl_state **s, const fl_instr *i);
const fl_fact *fl_exec_call_fact(fl_exec *x, fl_activation *a, fl_state **s, const fl_fact *callee, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node, bool is_new);
const fl_fact *fl_exec_effect(fl_exec *x, fl_activation *a, fl_state **s, const fl_effect *e, const fl_fact *callee, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node);
/** Conditions under which a local list gained an item. */
typedef struct fl_refusals { const fl_cond *conditions; const fl_pending_list *caught; /**< errors that led there */ bool when_falsy; const struct fl_refusals *next; } fl_refusals;
/** What a model's middleware puts on the request (one entry of `provides`). */
const fl_fact *fl_exec_provided(fl_exec *x, const fl_data *entry, fl_str name, const fl_node *node);
fl_location fl_location_named(fl_str word);
/* split.c */
/** The joined fact, with what met there where each side is an answer with a status of its own. */
const fl_fact *fl_split_join(fl_exec *x, const fl_fact *joined, const fl_state *s, const fl_fact *a, const fl_state *t, const fl_fact *b);
/** `found`, read from the joined object, with what each of the values has there. */
const fl_fact *fl_split_member(fl_exec *x, const fl_fact *object, fl_sym key, const fl_fact *found);
/** The tests behind `known` that led to values whose status refuses are guards. */
void fl_split_guards(const fl_split *split, const uint16_t *statuses, const fl_cond *known);
/* validate.c */
/** Does a dict made by the program hold parts of the request that the schema speaks of? */
bool fl_validate_is_shape(const fl_state *s, const fl_fact *value, const fl_schema *schema);
/** What holds of those parts behind a check of the dict. */
void fl_validate_shape(fl_exec *x, fl_state *s, const fl_fact *value, const fl_schema *schema, const fl_node *node);
/** Documents the credential that something in a chain asks for (`credential` of an effect, made by the call `made`). */
void fl_exec_credential(fl_exec *x, const fl_data *said, const fl_value *made);
/** What a validator in the chain of handlers says of the request behind it. */
void fl_validate_chain(fl_exec *x, fl_state *s, const fl_value *middleware);
/** The fields noted so far have no problem. */
void fl_validate_collected(fl_exec *x, fl_state *s);
/** A handler made by a factory checked something that could not be followed: the schemas that the factory was given hold. */
void fl_validate_factory(fl_exec *x, fl_state *s, const fl_value *handler);
/** Types of a value that the validator took; FL_T_ANY when it does not say. */
unsigned fl_validate_types(fl_exec *x, const fl_schema *schema, const fl_value *validator);
/* narrow.c */
void fl_exec_prune(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i, bool *is_dead);
const fl_fact *fl_exec_binary(fl_exec *x, fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r, const fl_node *node);
const fl_fact *fl_exec_unary(fl_exec *x, fl_state *s, fl_op op, const fl_fact *a, const fl_node *node);
/** Narrows the state by a predicate; false: it cannot be so. */
/** A class that every error is of (`any_error` of the language). */
bool fl_error_is_any(const fl_exec *x, const fl_value *cls);
bool fl_narrow(fl_exec *x, fl_state *s, const fl_predicate *p, bool holds);
const fl_fact *fl_fact_predicate(fl_exec *x, fl_predicate predicate);
/* rules.c */
void fl_guards_apply(fl_exec *x);
/** Conditions that a request must meet to get there, oldest first; *is_doubtful when one of them is not about the request. */
void fl_conditions_of(fl_exec *x, const fl_cond *newest, fl_weak_spot *spot, bool *is_doubtful);
/** A weak spot of raw memory: the process ends when the condition holds of `place` (NULL: nothing of the request decides). */
fl_pending *fl_spot_memory(fl_exec *x, fl_activation *a, const fl_state *s, fl_weak_spot_kind kind, const fl_place *place, fl_condition trigger, const fl_node *node, const fl_node *subject);
void fl_exec_present(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *node, const fl_node *subject);   /**< must not be null here */
/** Throws the error unless the value is true; behind it, it is. */
void fl_exec_assert(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_fact *error, const fl_node *node);
bool fl_condition_from(fl_exec *x, const fl_cond *c, fl_condition *out);
/* spot.c */
fl_pending *fl_spot_missing(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *node, const fl_node *subject);
fl_pending *fl_spot_type(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, unsigned wanted, const fl_node *node, const fl_node *subject);
fl_pending *fl_spot_throws(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_effect *e, const fl_node *node, const fl_node *subject);
fl_pending *fl_spot_invalid(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_schema *schema, const fl_fact *error, const fl_node *node);
fl_pending *fl_spot_range(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_range *range, const fl_node *node, const fl_node *subject);
fl_pending *fl_spot_rejection(fl_exec *x, const fl_throw *t, const fl_node *handler);
/** Makes the newest test about the request the trigger of a spot; false when there is none. */
bool fl_spot_trigger(fl_exec *x, fl_pending *p, const fl_cond *newest);
/** Notes that the result of an unknown call was checked, or used without. */
void fl_spot_sibling(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *use, const fl_node *subject);
fl_pending *fl_spot_second_answer(fl_exec *x, fl_activation *a, const fl_state *s, const fl_node *node, fl_str error);
void fl_spot_late_check(fl_exec *x, const fl_refine *used, const fl_node *check);
void fl_spot_settle(fl_exec *x, const fl_state *s, bool failed);   /**< what the catch on this path ended in */
/* names.c */
/** The items of a list that is written here, when all are texts; NULL. */
const fl_value *fl_names_written(fl_exec *x, const fl_fact *const *items, uint32_t count);
/** An element of a list that names fields: which ones it may be. */
const fl_fact *fl_names_element(fl_exec *x, const fl_fact *list, const fl_fact *element);
/** The name of any field of a part of the request. */
const fl_fact *fl_names_key(fl_exec *x, const fl_fact *of);
/** Is a text that is known in a constant list? NULL: not known. */
const fl_fact *fl_names_has(fl_exec *x, const fl_state *s, const fl_fact *list, const fl_fact *one);
/** Such a name is sought in a list: these are fields. */
void fl_names_compared(fl_exec *x, const fl_fact *key, const fl_fact *list, const fl_node *node);
/* onion.c */
/** Runs all handlers, the first of which runs the others. */
fl_state *fl_onion_run(fl_exec *x, fl_state *s, size_t *before_last);
/** What `next` does: runs what stands behind the handler that runs. *s is the state behind it, NULL: it never comes back. */
const fl_fact *fl_onion_rest(fl_exec *x, fl_activation *a, fl_state **s, const fl_node *node);
fl_state *fl_chain_link(fl_exec *x, fl_value *value, fl_state *s);   /**< a link that is no function */
void fl_chain_claim(fl_exec *x, const fl_value *handler);            /**< what its types say of the request */
/* exec_signature.c */
/** What a handler that is called by the names of its parameters gets; what runs before for that changes *s, which is NULL when it never comes back. */
unsigned fl_named_handler_args(fl_exec *x, fl_state **s, const fl_value *handler, const fl_fact **args, unsigned room);
/** A dependency that stands in the chain of handlers; the state behind it, or NULL. */
fl_state *fl_exec_dependency(fl_exec *x, fl_state *s, const fl_value *marker);
/** Runs what the fields of a handler's class are filled with before. */
const fl_fact *fl_exec_owner(fl_exec *x, fl_state **s, const fl_value *handler);
/* exec_named.c */
/** Puts arguments that were given by name where `params` of the effect says; how many there are then. */
unsigned fl_named_place(const fl_exec *x, const fl_state *s, const fl_effect *e, const fl_fact **args, unsigned count, const fl_fact **placed, unsigned room);
/** The same for a function of the project; false when nothing is given or wanted by name. placed: NULL where the default holds. */
bool fl_named_bind(fl_exec *x, fl_state *s, const fl_node *params, const fl_fact **args, unsigned count, const fl_fact **placed, unsigned room);
bool fl_chain_refuse(fl_exec *x, const fl_model_type *type);
/** d["k"], where that throws when there is none: `found` is what it gave. */
void fl_exec_must_have(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *found, bool is_list, const fl_fact *index, const fl_node *node);
unsigned fl_refusal_status(const fl_exec *x);
/** What a class of data checks by itself, on the fields of `object`. (exec_checks.c) */
void fl_exec_checks(fl_exec *x, fl_state **s, const fl_value *cls, const fl_fact *object, const fl_node *node);
bool fl_is_check_error(fl_exec *x, const fl_fact *error);
/** Answers that stand where the route is registered. (declared_answer.c) */
void fl_declared_answers(fl_exec *x, fl_operation *op);
/** Of `**data` alone the data; NULL. */
const fl_fact *fl_exec_spread_alone(const fl_fact **args, unsigned count);
/** An instance of a class of data, made of `data` after a look at it (`validate` of e); NULL: the class says nothing of its fields. */
const fl_fact *fl_exec_construct(fl_exec *x, fl_activation *a, fl_state **s, const fl_value *cls, const fl_fact *data, const fl_effect *e, bool is_spread, const fl_node *node);
fl_schema *fl_schema_of_class(fl_exec *x, const fl_value *cls);   /**< of a class of data; NULL */
/** Is the error of that name one of the class of that name, or of one below it? */
bool fl_error_is_a(const fl_exec *x, fl_str failure, fl_str name);
void fl_named_refusals(fl_exec *x);   /**< what the framework refuses before the handler runs */
/** dict.get(key, otherwise, convert): convert is what makes another type of it; otherwise and convert may be NULL. */
const fl_fact *fl_named_get(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *dict, const fl_fact *key, const fl_fact *otherwise, const fl_fact *convert, const fl_node *node);
unsigned fl_types_named(const fl_exec *x, fl_str word);   /**< by `type_names` of the language */
const fl_fact *fl_named_is_instance(fl_exec *x, const fl_fact *subject, const fl_fact *class_);
/** Is what a handler returns here its answer? Handlers before the last may return nothing, and hand on. */
bool fl_named_returns(fl_exec *x, const fl_state *s, const fl_fact *value);
/** Where the status and the body of the answer to come are written one by one: the answer as it stands, unless there is none yet. */
void fl_pending_answer(fl_exec *x, fl_activation *a, fl_state *s, const fl_node *node);
void fl_named_answer(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *value, const fl_node *node);

#endif
