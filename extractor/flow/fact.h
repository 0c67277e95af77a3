#ifndef FL_EXTRACTOR_FACT_H
#define FL_EXTRACTOR_FACT_H
#include "extractor/flow/flow.h"
#include "extractor/values/value.h"
#include "extractor/api/api.h"

/**
 * What the interpreter knows of one run-time value, and where in the request it came from. Facts are immutable; narrowing is kept
 * beside them in the state, by identity (`vid`), so that every copy of a value is narrowed at once.
 * Everything here lives in the arena of one operation's analysis.
 */
typedef struct fl_fact fl_fact;
typedef struct fl_place fl_place;

/** A place in the request and everything the code reveals about it. Children by key; "*" is any element. */
struct fl_place {
    fl_location in;
    fl_sym key;
    fl_sym written;                        /**< the name as the code writes it, where case does not count; 0: key */
    fl_place *parent;
    FL_VEC(fl_place *) children;
    uint32_t vid;
    unsigned base_types;                   /**< what the client can send there (fl_type_set) */
    uint16_t absent_status;                /**< what the framework answers when a member of it is taken that is not there; 0: it does not */
    fl_sym absent_error;                   /**< the error that taking such a member makes, where it is another than the language's */
    unsigned child_types;                  /**< what a child may be when the framework says so; 0: by location */
    const fl_node *first_use;
    unsigned used_types;                   /**< fl_json_type set that its uses want */
    unsigned checked_types;                /**< a guard refuses what is of none of these types (fl_json_type); 0: none does */
    bool is_stored;                        /**< something that stores it wants it */
    bool is_integer, is_required, is_read, is_non_empty, is_multi;
    bool or_path;                          /**< its members are path parameters when the route has those */
    bool is_said;                          /**< a signature names it: a parameter whatever it is called */
    fl_schema *declared;                   /**< from a validator (holds) */
    fl_schema *claimed;                    /**< from a type annotation (a claim) */
    fl_schema *limits;                     /**< bounds, pattern, format gathered from guards */
    FL_VEC(const fl_data *) enumeration;   /**< literals it is compared with */
    bool enum_is_closed;                   /**< anything else is refused */
    const fl_data *default_value;
    const fl_data *example;                /**< a value that the code looks up with success, or can read; NULL */
    fl_sym example_pattern;                /**< a text that the code matches it with, without minding that it may not match */
    fl_sym separator;                      /**< it is split there into `parts`: what each is looked up as; 0 */
    FL_VEC(fl_sym) parts;
};

/** Why a value may be missing, and the request that makes it so. */
typedef struct fl_miss {
    fl_weak_spot_kind kind;
    FL_VEC(fl_condition) triggers;         /**< the last is the one that does it */
    uint16_t status;
    const fl_node *origin;
    fl_certainty certainty;
} fl_miss;

typedef enum fl_predicate_kind {
    FL_PRED_NONE, FL_PRED_NULLISH, FL_PRED_UNDEFINED, FL_PRED_NULL, FL_PRED_TYPE, FL_PRED_EQUAL, FL_PRED_LESS, FL_PRED_AT_MOST, FL_PRED_GREATER, FL_PRED_AT_LEAST,
           FL_PRED_TRUTHY, FL_PRED_FINITE, FL_PRED_INTEGER, FL_PRED_IN, FL_PRED_MATCHES, FL_PRED_FORMAT, FL_PRED_INSTANCE, FL_PRED_VALID, FL_PRED_ELEMENT_EQUAL
} fl_predicate_kind;
/** What a boolean tells about another value when it is true. */
typedef struct fl_predicate {
    fl_predicate_kind kind;
    bool is_negated, is_partial;           /**< partial: when it does not hold nothing is known */
    const fl_fact *subject, *other;
    unsigned types;
    fl_sym text;                           /**< pattern, format, class */
    fl_schema *schema;                     /**< VALID */
} fl_predicate;

typedef struct fl_throw fl_throw;

struct fl_fact {                           /* half of an operation's memory is facts: the small members stand together */
    uint32_t vid;
    uint16_t types;                        /**< fl_type_set that is not excluded */
    uint16_t may;                          /**< those of them that are known to occur: the client can choose them, or a look-up can miss */
    fl_sym literal; uint8_t literal_type;  /**< one fl_type_set bit; 0 none */
    bool is_length_of : 1;                 /**< this number is the length of `base` */
    bool is_coerced : 1;                   /**< same place, other type: Number(x) */
    bool is_tested : 1;                    /**< compared with null somewhere */
    bool is_error : 1;                     /**< an error made by the run time */
    bool is_code : 1;                      /**< says whether a query found something; `needle` is what it was asked for */
    bool is_found : 1;                     /**< stored when a search hit: without, the variable is null (see needle) */
    bool is_local : 1;                     /**< made by this code: a literal list or dict */
    bool is_upload : 1;                    /**< an uploaded part, described by the parser */
    bool is_caught : 1;                    /**< what arrived in a handler of errors */
    bool is_derived : 1;                   /**< text made from the place: a part, another case */
    bool is_longer : 1;                    /**< this number is more than the length of `base` */
    bool is_position : 1;                  /**< where something was found in the text `base`, or `part` behind that; -1 when it was not */
    fl_sym error_name;                     /**< of an error of the run time: TypeError */
    fl_sym member;                         /**< read from `receiver` */
    uint16_t unboxed;                      /**< text of a JSON value (`base`): there when the value is of these types */
    const fl_value *kept_in;               /**< one of what that keeps: a document of this collection, a row of that table */
    const fl_value *choices;               /**< one of these literals: the variable of a loop over a constant list */
    fl_sym separator;                      /**< list of a text's parts: what it was split at; 0 */
    uint32_t part;                         /**< one of them: its number from 1; 0. Of a position: how far behind it */
    fl_place *place;
    fl_value *value;
    const fl_model_type *type;             /**< instance of a model type */
    const fl_schema *schema;               /**< shape known from elsewhere */
    const fl_fact *element;                /**< lists: any element */
    const fl_fact *resolved;               /**< promises: what awaiting gives */
    const fl_throw *rejects;               /**< promises: what they may reject with */
    const fl_fact *receiver; const fl_node *at;  /**< a member read from that receiver: what a method call needs */
    const fl_fact *fallback;               /**< what it is when the place is absent */
    const fl_fact *base;                   /**< length_of, or what this value was derived from */
    const fl_fact *needle;                 /**< element of a look-up: value searched with */
    const struct fl_tuple *tuple;          /**< lists written as a tuple: the items in order; functions: arguments that are bound */
    const struct fl_shape *shape;          /**< literal dicts: keys in order */
    const struct fl_closure *closure;      /**< functions made while a handler runs */
    const fl_fact *other;                  /**< one of several functions: this one, or that */
    const fl_predicate *predicate;
    const fl_miss *miss;
    const fl_because *because;
    const fl_node *allocated_at;           /**< memory that somebody has to release: the call that made it */
    uint64_t points;                       /**< a pointer: key of the state where what it points to is kept; 0: not one */
    const struct fl_split *split;          /**< the values that met here, each with its state, where they differ in a status */
    const struct fl_outcome *outcomes;     /**< what a function did on its ways, by what it returned there */
    const fl_data *tags;                   /**< this number says of what type `base` is: number → type */
    const struct fl_text *text;            /**< a stretch of the request's method or url (text_p.h) */
    const struct fl_request_line *line;    /**< a text that method and url were put into (dispatch_entry.c) */
    const struct fl_refusals *refused_by;  /**< filled when this list/text is not empty: conditions under which something was added */
};

typedef struct fl_tuple { const fl_fact **items; uint32_t count; } fl_tuple;
typedef struct fl_shape { fl_sym name; const fl_node *node; FL_VEC(fl_sym) keys; FL_VEC(const fl_fact *) spreads; } fl_shape;

/** A function expression met while interpreting: its node, and the frame whose variables it sees. */
typedef struct fl_closure { const fl_node *node; const struct fl_activation *frame; const fl_fact *self; } fl_closure;

/** One way out of a function: what it returned, the tests passed there, and what the state then holds instead of the joined one. */
typedef struct fl_change { uint64_t key; const void *joined, *own; } fl_change;
typedef struct fl_outcome {
    const fl_fact *value;
    const struct fl_cond *conditions;
    const struct fl_state *state;
    FL_VEC(fl_change) changes;
    struct fl_outcome *next;
} fl_outcome;

/** Values that met, each as it was made: answers as values (split.c). Facts of their members have the same id. */
typedef struct fl_split_item { const fl_fact *fact; const struct fl_state *state; } fl_split_item;
typedef struct fl_split { uint32_t id, count; fl_sym member; /* that is the status; 0: the values themselves are */ fl_split_item items[8]; } fl_split;

/** Something that leaves a function by an error. */
struct fl_throw {
    const fl_fact *error;
    const fl_node *node;                   /**< throw statement, or the expression that fails */
    const struct fl_state *state;
    struct fl_pending *spot;               /**< a weak spot that would raise it; NULL: the program's own throw */
    const fl_node *site;                   /**< where it enters the function looked at: the call, or node itself */
    bool is_explicit;
    const fl_throw *next;
};

#endif
