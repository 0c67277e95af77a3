#ifndef FL_EXTRACTOR_CALL_P_H
#define FL_EXTRACTOR_CALL_P_H
#include "extractor/flow/text_p.h"

/**
 * One call that a model describes, and what it gives (exec_result.c). What it does besides is exec_effect.c. All of it is borrowed for
 * as long as the call is looked at.
 */
typedef struct fl_model_call { const fl_effect *e; const fl_fact *callee, *self, **args; unsigned count; const fl_node *node; } fl_model_call;

/** The argument with that number, FL_ARG_THIS: the receiver; NULL when it is not given. */
const fl_fact *fl_call_arg(const fl_model_call *c, int arg);
/** Where it is written; the call itself where it is not. */
const fl_node *fl_call_arg_node(const fl_model_call *c, int arg);

/** What the model says that the call gives, and that it may find nothing; answer: of its callback, or NULL. */
const fl_fact *fl_result_modelled(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_fact *answer);
/** The same of one result, without finding nothing. */
const fl_fact *fl_result_of(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_result *r, const fl_fact *answer);
const fl_fact *fl_result_constant(fl_exec *x, const fl_data *value);
const fl_fact *fl_result_promise(fl_exec *x, const fl_fact *resolved, const fl_throw *rejects);
const fl_fact *fl_result_error(fl_exec *x, fl_state *s, const fl_model_call *c);            /**< one that carries its status */
const fl_fact *fl_result_predicate(fl_exec *x, fl_activation *a, const fl_state *s, const fl_model_call *c);
const fl_fact *fl_result_request_line(fl_exec *x, const fl_model_call *c);                  /**< method or url */
fl_fact *fl_result_handed_on(fl_exec *x, fl_state *s, const fl_fact *value, const fl_schema *in, const fl_value *validator);

/** `result` as what a search gives that may find nothing. */
const fl_fact *fl_result_missed(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_fact *answer, const fl_fact *result);

/* NULL: nothing is known of it. */
void fl_exec_store(fl_exec *x, fl_state *s, const fl_model_call *c);                            /**< an argument is kept in something (exec_stored.c) */
void fl_exec_store_spread(fl_exec *x, fl_state *s, const fl_fact *made, const fl_node *node);   /**< a dict made of what is kept and of the request */
/** A row of the receiver, whose schema says what is in it; a dict of which nothing is known where it has none (exec_shape.c). */
fl_fact *fl_result_row(fl_exec *x, const fl_state *s, const fl_model_call *c);
const fl_fact *fl_result_shaped(fl_exec *x, const fl_model_call *c);                        /**< of a validator's schema */
/** The caller that a header tells of: of a type of its own, and missing with the header as far as the program may find out. */
const fl_fact *fl_result_stand_in(fl_exec *x, fl_state *s, const fl_model_call *c);
const fl_fact *fl_result_coerced(fl_exec *x, fl_state *s, const fl_model_call *c);
const fl_fact *fl_result_list(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_fact *answer);
const fl_fact *fl_result_derived_text(fl_exec *x, const fl_model_call *c);
const fl_fact *fl_result_compared(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c);
const fl_fact *fl_result_validator(fl_exec *x, const fl_activation *a, const fl_model_call *c);

/* exec_position.c */
const fl_fact *fl_position_find(fl_exec *x, const fl_state *s, const fl_fact *text, const fl_fact *wanted, const fl_node *node);
/** `position + 6`; NULL: it is none. */
const fl_fact *fl_position_moved(fl_exec *x, const fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r);
/** A test told that it was found. */
void fl_position_known(fl_exec *x, fl_state *s, const fl_fact *position);
/** Reports a part that is taken from beyond the end. */
void fl_position_slice(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c);
#endif
