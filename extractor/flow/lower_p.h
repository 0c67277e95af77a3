#ifndef FL_EXTRACTOR_FLOW_LOWER_P_H
#define FL_EXTRACTOR_FLOW_LOWER_P_H
#include "extractor/flow/flow.h"

/**
 * The parts of the lowering of one function, in the order to read them:
 *   lower.c            entry: parameters, body, and what a whole function needs
 *   lower_block.c      blocks, instructions, arms of branches
 *   lower_scope.c      which variable a name means; what inner functions capture
 *   lower_expr.c       expressions, calls, optional chains
 *   lower_condition.c  conditions, and the values that depend on them
 *   lower_pattern.c    patterns, assignments, defaults
 *   lower_stmt.c       statements, loops, switch
 *   lower_jump.c       break, continue, return, goto; try and finally
 *   lower_finish.c     unreachable blocks go, the rest is numbered, ordered and copied out
 *
 * Everything is built in `scratch` and copied to the caller's arena at the end. A block is begun once, filled, and
 * ended by its terminator before the next one begins, so the instructions of a block are adjacent. `current` is 0
 * behind a terminator; what is emitted there goes to a new block that nothing reaches and that is dropped at the end.
 */

/** One way out of a condition that nobody has entered yet: the block, and the prune it will begin with. */
typedef struct fl_arm {
    uint32_t block;
    fl_temp temp;                  /**< 0: no prune */
    uint8_t sub;                   /**< fl_prune_kind */
    bool when;
    const fl_node *node;
} fl_arm;
typedef FL_VEC(fl_arm) fl_arms;

typedef struct fl_lower_arg { fl_temp temp; fl_sym sym; bool is_spread; } fl_lower_arg;

/** A name in sight. var 0: it belongs to an inner function that is only being searched. */
typedef struct fl_binding { fl_sym name; fl_var var; uint32_t shadowed; } fl_binding;

typedef struct fl_slot { fl_sym name; uint32_t binding; } fl_slot;

/** What jumps may leave, innermost first. Lives on the C stack of the statement that it stands for. */
typedef struct fl_frame {
    enum { FL_FRAME_LOOP, FL_FRAME_SWITCH, FL_FRAME_LABEL, FL_FRAME_FINALLY } kind;
    struct fl_frame *outer;
    fl_sym label;
    uint32_t break_block, continue_block;
    /* finally: the exits that cross it; each gets its own copy of the body */
    FL_VEC(struct fl_exit { const struct fl_frame *target; bool is_continue; uint32_t copy; const fl_node *node; }) exits;
    uint32_t return_copy;          /**< 0: no return crosses it */
    fl_var return_var;
    const fl_node *return_node;
} fl_frame;

typedef struct fl_lower {
    fl_arena *arena;               /**< of the result */
    fl_arena scratch;
    fl_func *func;
    uint32_t current, handler;     /**< block being filled; handler of blocks begun now */
    FL_VEC(uint32_t) begun;        /**< blocks in the order of their instructions */
    FL_VEC(fl_lower_arg) args;     /**< stack of arguments being evaluated */
    fl_frame *frame;
    FL_VEC(struct fl_goto_label { fl_sym label; uint32_t block; bool is_defined; }) labels;
    bool has_goto;
    /* names: bindings is a stack, slots an open hash from name to its innermost binding */
    FL_VEC(fl_binding) bindings;
    fl_slot *slots;
    uint32_t slot_count, slots_used;
    uint32_t function_mark;        /**< bindings of the function scope begin here */
} fl_lower;

/* lower_block.c */
uint32_t fl_lower_block(fl_lower *l);                           /**< a new block, not begun */
void fl_lower_begin(fl_lower *l, uint32_t block);
/** The pointer holds until the next emit. */
fl_instr *fl_lower_emit(fl_lower *l, fl_instr_op op, const fl_node *node);
fl_temp fl_lower_emit_dst(fl_lower *l, fl_instr_op op, const fl_node *node, fl_temp a, fl_temp b);
void fl_lower_jump(fl_lower *l, uint32_t block);                /**< nothing when the code is unreachable */
void fl_lower_branch(fl_lower *l, fl_temp a, fl_prune_kind sub, fl_arms *yes, fl_arms *no, const fl_node *node);
void fl_lower_enter(fl_lower *l, fl_arms *arms);                /**< goes on where all of them meet; empties arms */
void fl_lower_flow(fl_lower *l, fl_arms *arms, uint32_t block); /**< all of them jump to block; empties arms */
void fl_lower_push_current(fl_lower *l, fl_arms *arms);         /**< the present end becomes one more arm */
void fl_lower_push_arg(fl_lower *l, fl_temp temp, fl_sym sym, bool is_spread);
void fl_lower_take_args(fl_lower *l, uint32_t mark, fl_instr *instr); /**< pops the arguments above mark into instr */
fl_var fl_lower_var(fl_lower *l, fl_sym name, const fl_node *declared);
fl_temp fl_lower_load(fl_lower *l, fl_var var, const fl_node *node);
void fl_lower_store(fl_lower *l, fl_var var, fl_temp value, unsigned flags, const fl_node *node);
fl_temp fl_lower_undefined(fl_lower *l, const fl_node *at);     /**< literals that the source does not spell out */
fl_temp fl_lower_boolean(fl_lower *l, const fl_node *at, bool value);
fl_temp fl_lower_position(fl_lower *l, const fl_node *at, unsigned position);

/* lower_scope.c */
uint32_t fl_scope_enter(fl_lower *l);
void fl_scope_leave(fl_lower *l, uint32_t mark);
fl_var fl_lower_scope_find(const fl_lower *l, fl_sym name);
void fl_scope_bind(fl_lower *l, fl_sym name, fl_var var);
void fl_scope_declare_target(fl_lower *l, const fl_node *target, uint32_t mark);
/** Declares what the statements from `first` on declare in their own scope. */
void fl_scope_declare_block(fl_lower *l, const fl_node *first, uint32_t mark);
void fl_scope_declare_hoisted(fl_lower *l, const fl_node *body);
void fl_scope_capture(fl_lower *l, const fl_node *inner);       /**< marks the variables that an inner function uses */

/* lower_expr.c */
fl_temp fl_lower_expr(fl_lower *l, const fl_node *node);
void fl_lower_effect(fl_lower *l, const fl_node *node);         /**< the value is not wanted */
fl_temp fl_lower_closure(fl_lower *l, const fl_node *node);
fl_temp fl_lower_opaque(fl_lower *l, const fl_node *node, const char *reason);
bool fl_lower_is_chain(const fl_node *node);                    /**< an access or call with ?. somewhere in it */
fl_temp fl_lower_chain(fl_lower *l, const fl_node *node, fl_arms *nulls); /**< value of the way without nullish links */

/* lower_condition.c */
void fl_lower_condition(fl_lower *l, const fl_node *node, fl_arms *yes, fl_arms *no);
void fl_lower_value_and_truth(fl_lower *l, const fl_node *node, fl_var var, fl_arms *yes, fl_arms *no); /**< the value goes to var, and the ways part by its truth */
fl_temp fl_lower_choice(fl_lower *l, const fl_node *node);      /**< value of logical, conditional, optional chain */
bool fl_lower_is_true(const fl_node *node);

/* lower_pattern.c */
void fl_lower_bind(fl_lower *l, const fl_node *target, fl_temp value, unsigned flags);
void fl_lower_default(fl_lower *l, fl_var var, const fl_node *value, unsigned flags, const fl_node *node);
fl_temp fl_lower_assign(fl_lower *l, const fl_node *node);
fl_temp fl_lower_step(fl_lower *l, const fl_node *node);        /**< ++ and -- */

/* lower_stmt.c */
void fl_lower_stmt(fl_lower *l, const fl_node *node);
void fl_lower_stmts(fl_lower *l, const fl_node *first);         /**< a list of statements and its scope */

/* lower_jump.c */
void fl_lower_try(fl_lower *l, const fl_node *node);
void fl_lower_return(fl_lower *l, fl_temp value, const fl_node *node);
void fl_lower_leave(fl_lower *l, const fl_node *node);          /**< break, continue */
void fl_lower_label(fl_lower *l, const fl_node *node);
void fl_lower_goto(fl_lower *l, const fl_node *node);
void fl_lower_end_labels(fl_lower *l);                          /**< targets that nobody defined */

/* lower_finish.c */
fl_func *fl_lower_finish(fl_lower *l);

#endif
