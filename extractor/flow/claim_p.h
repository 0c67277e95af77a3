#ifndef FL_EXTRACTOR_CLAIM_P_H
#define FL_EXTRACTOR_CLAIM_P_H
#include "extractor/flow/claim.h"

/** Private to extractor/flow/schema_*.c. */

/** What is stated of one place. */
typedef struct fl_claim {
    fl_schema *schema;                     /**< NULL: nothing is known */
    bool is_optional;                      /**< the place may be missing */
    bool is_null;                          /**< nothing but null or a missing value */
    bool is_shared;                        /**< the node belongs to something else: copied before it is changed */
    bool is_open;                          /**< the node is being made further up: it can only be referred to */
    bool is_function;                      /**< code, no data */
    bool has_more;                         /**< properties that are not known: never closed */
    fl_str alias;                          /**< the property's name, where that is not the code's */
} fl_claim;

/** One validator or declared type on its way to a schema; found again by key and arguments, so that recursion closes. */
typedef struct fl_claim_memo {
    const void *key;
    fl_claim arguments[4];
    size_t argument_count;
    bool is_output, is_open, was_used;
    fl_schema *fresh;                      /**< the node that it will have, unless it is another's */
    fl_claim made;
} fl_claim_memo;

typedef struct fl_claims {
    fl_arena *arena;
    const fl_models *models;
    fl_values *values;                     /**< NULL where only validators are looked at */
    bool is_output;
    unsigned depth, steps;
    FL_VEC(fl_claim_memo *) memo;
} fl_claims;

/** Enters one level; false when a bound is reached: nothing is known then. fl_claims_leave only after true. */
bool fl_claims_enter(fl_claims *c);
void fl_claims_leave(fl_claims *c);
/** The memo of key and arguments. *is_new: the caller makes it and ends with fl_claims_end; else its claim is final or open. */
fl_claim_memo *fl_claims_begin(fl_claims *c, const void *key, const fl_claim *arguments, size_t argument_count, bool *is_new);
fl_claim fl_claims_end(fl_claims *c, fl_claim_memo *memo, fl_claim made);
fl_claim fl_claims_known(fl_claim_memo *memo);

/* algebra (schema_claim.c) */
/* `fresh` (may be NULL, or point to NULL): the node to use when one is made; set to NULL once it is used. */
/** The node to change: made, copied without its name, or as it is. */
fl_schema *fl_claim_edit(fl_claims *c, fl_claim *claim, fl_schema **fresh);
fl_claim fl_claim_of(fl_schema *schema);
fl_claim fl_claim_typed(fl_claims *c, unsigned types);
void fl_claim_nullable(fl_claims *c, fl_claim *claim, fl_schema **fresh);
void fl_claim_not_null(fl_claims *c, fl_claim *claim, fl_schema **fresh);
/** Enumerates the constants (a scalar, a list of them, the values of a map); types follow. False when there is none. */
bool fl_claim_enumerate(fl_claims *c, fl_claim *claim, const fl_data *values, fl_schema **fresh);
fl_claim fl_claim_union(fl_claims *c, const fl_claim *parts, size_t count, fl_schema **fresh);
fl_claim fl_claim_all(fl_claims *c, const fl_claim *parts, size_t count);
/** A list of fixed length; optional parts may be missing at its end. */
fl_claim fl_claim_tuple(fl_claims *c, const fl_claim *parts, size_t count, fl_schema **fresh);
void fl_claim_property(fl_claims *c, fl_schema *to, fl_str name, fl_claim claim, const fl_node *source);
void fl_claim_merge(fl_claims *c, fl_schema *to, const fl_schema *from);
/** Is it worth a name of its own? */
bool fl_claim_deserves_name(const fl_schema *schema);
unsigned fl_json_type_of_word(fl_str word);   /**< 0: none, or "any" */

/** Where the arguments of schema words come from: the values of a call, or type arguments. `arg` may be FL_ARG_THIS. */
typedef struct fl_claim_args {
    void *context;
    size_t count;
    fl_claim (*schema)(void *context, int arg);
    const fl_data *(*constant)(void *context, int arg);                    /**< NULL: not known */
    bool (*properties)(void *context, int arg, fl_schema *into, bool *has_more); /**< a dict of schemas; false when it is none */
    bool (*each)(void *context, int arg, size_t index, fl_claim *out);     /**< elements of a list of schemas; false past the last, or no list */
    fl_str (*pattern)(void *context, int arg);                             /**< empty: none */
    bool (*is_given)(void *context, int arg);                              /**< NULL: those in range are */
    const fl_value *(*refinement)(void *context, int arg);                 /**< a value that refines a schema; NULL: none */
    const fl_value *(*value)(void *context, int arg);                      /**< NULL: arguments are no values */
} fl_claim_args;

/** What the words of a model say, applied to the receiver (words that make: to nothing). */
fl_claim fl_claim_apply(fl_claims *c, const fl_claim_args *args, const fl_data *words, fl_schema **fresh);

/** A default: it takes the place of a missing value. NULL or null: nothing more is said. */
void fl_claim_default(fl_claims *c, fl_claim *claim, const fl_data *value);
bool fl_claim_has_null(const fl_claim *claim);

/* sources */
/** What a value that describes a field (`Field(None, max_length=30)`) adds to what its type says. */
fl_claim fl_claim_refine(fl_claims *c, fl_claim of, const fl_value *value);
fl_claim fl_claim_of_value(fl_claims *c, const fl_value *value);
/** Properties from a dict that describes fields, as `said` of the word `fields` has it. (schema_fields.c) */
void fl_claim_fields(fl_claims *c, const fl_value *dict, const fl_data *said, fl_schema *into, unsigned depth);
/** Constants as data; NULL when a part is not known. */
const fl_data *fl_value_to_data(fl_arena *arena, const fl_value *value, unsigned depth);
/** The same of a JSON Schema, without the words whose values are not known: less is said, nothing wrong. */
const fl_data *fl_value_to_json_schema(fl_arena *arena, const fl_value *value, bool is_properties, unsigned depth);
/** The schema that a constant has as an example: `{ a: 1 }` → {a: number}. */
fl_claim fl_claim_of_example(fl_claims *c, const fl_value *value);
/** A JSON Schema as data; local references are followed. */
fl_claim fl_claim_of_json(fl_claims *c, const fl_data *root);

/** Where a type name leads: a declaration in the project, or a name of external code. */
typedef struct fl_type_found {
    const fl_node *declaration;            /**< interface, type_alias, class, enum; NULL */
    const fl_module *module;
    const fl_annotation *annotation;       /**< external: what a model says; NULL */
} fl_type_found;
/** `from`: a node of the module, at which the name stands. False: unknown. */
bool fl_type_find(fl_values *values, const fl_module *module, const fl_node *from, fl_sym name, fl_type_found *out);
/** Where a type stands, and what the type parameters are there. */
typedef struct fl_type_env {
    const fl_module *module;
    FL_VEC(fl_sym) names;
    FL_VEC(fl_claim) claims;
} fl_type_env;
fl_claim fl_claim_of_type(fl_claims *c, const fl_type_env *e, const fl_node *node);
/** Binds the parameters of a declaration: arguments, then their defaults. */
void fl_type_bind(fl_claims *c, fl_type_env *e, const fl_node *declaration, const fl_claim *arguments, size_t count);
/** The property of that name; nothing when there is none. */
fl_claim fl_claim_of_property(const fl_claim *of, fl_str name);
/** A field that stands in a type or a class of instances' fields. */
void fl_claim_member(fl_claims *c, const fl_type_env *e, fl_schema *to, const fl_node *member);
fl_claim fl_claim_of_class(fl_claims *c, const fl_type_env *e, const fl_node *node, fl_schema *to);
/** Names of a class's type parameters. */
void fl_class_parameters(fl_claims *c, const fl_module *module, const fl_node *node, fl_sym *out, size_t room, size_t *count);
/** The value that a class statement made; NULL. */
/** Bounds the properties by what the class checks itself. (schema_check.c) */
void fl_claim_checks(fl_claims *c, const fl_module *module, const fl_node *node, fl_schema *to);
const fl_value *fl_class_value(const fl_module *module, const fl_node *node);
/** The value that an expression of names (`a.b`) has in a module, without running code; NULL. */
const fl_value *fl_type_value(fl_values *values, const fl_module *module, const fl_node *expr);
#endif
