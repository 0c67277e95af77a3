#ifndef FL_EXTRACTOR_FLOW_H
#define FL_EXTRACTOR_FLOW_H
#include "extractor/tree/tree.h"

/**
 * Control flow of one function: basic blocks of instructions (flow.def), the same for every language.
 * Nothing that guards is lost: ?. ?? ?: && || !, early exits, switch, loops and exceptions become branches whose arms
 * begin with prunes. Conditions are taken apart, so every prune is about one temp (`!` flips the flag).
 * Literals that the source only implies (undefined of a?.b, positions of a list pattern) are nodes outside the tree, in
 * the arena given, with the span of what implies them.
 * Lowered on demand and cached by the caller; immutable afterwards; memory in the arena given.
 */
typedef enum fl_instr_op {
#define FL_INSTR(id, text, operands) FL_I_##id,
#include "extractor/flow/flow.def"
#undef FL_INSTR
    FL_INSTR_COUNT
} fl_instr_op;

typedef uint32_t fl_temp;                  /**< 0: none */
typedef uint32_t fl_var;                   /**< index into vars; 0: none */
enum fl_instr_flag { FL_I_OUTER = 1, FL_I_NEW = 2, FL_I_SPREAD = 4, FL_I_OPTIONAL = 8 /* its null case was pruned by ?. */, FL_I_WHEN_TRUE = 16,
                     FL_I_WHEN_FALSE = 32, FL_I_KEYS = 64, FL_I_AWAIT = 128, FL_I_DECLARE = 256 /* store that initialises */, FL_I_UNWIND = 512 /* opaque edge */ };
typedef enum fl_prune_kind { FL_PRUNE_TRUTHY, FL_PRUNE_NULLISH, FL_PRUNE_UNDEFINED /* destructuring and parameter defaults */ } fl_prune_kind;

typedef struct fl_instr {
    uint8_t op;                            /**< fl_instr_op */
    uint8_t sub;                           /**< fl_op of unary/binary; fl_prune_kind of prune */
    uint16_t flags;
    fl_temp dst, a, b, c;
    fl_var var;
    fl_sym sym;
    uint32_t first_arg, arg_count;         /**< into func->args (temps), func->syms (dict keys, excluded keys) and func->spreads, which run in parallel */
    uint32_t target, other;                /**< blocks: jump/branch */
    const fl_node *node;
} fl_instr;

typedef struct fl_block {
    uint32_t first_instr, instr_count;
    uint32_t handler;                      /**< block that catches what this one throws; 0: the function's caller */
    FL_VEC(uint32_t) preds;                /**< by jump and branch; a handler has none, it is reached from where `handler` names it */
    uint32_t order;                        /**< reverse post-order number */
    bool is_loop_head;
} fl_block;

typedef struct fl_flow_var { fl_sym name; const fl_node *declared; bool is_param, is_captured /* by an inner function */, is_written_by_inner; } fl_flow_var;

typedef struct fl_func {
    const fl_node *node;                   /**< function node, or module for top-level code */
    FL_VEC(fl_instr) instrs;               /**< block after block */
    FL_VEC(fl_block) blocks;               /**< block 0 is unused; block 1 is the entry */
    FL_VEC(fl_flow_var) vars;              /**< var 0 is unused; parameters first: var i+1 is parameter i (patterns are destructured from it in the entry block) */
    FL_VEC(fl_temp) args; FL_VEC(fl_sym) syms; FL_VEC(bool) spreads;
    FL_VEC(uint32_t) rpo;                  /**< reachable blocks in reverse post-order */
    uint32_t temp_count;                   /**< temps are 1 … temp_count-1 */
    unsigned param_count; bool has_rest;
    bool is_async, is_generator, is_arrow, is_truncated;
} fl_func;

/** node: function, module (top-level code), or an expression (its value is returned: a field's initialiser).
 *  Never fails: what cannot be lowered is opaque. Block scopes are resolved: shadowed names are different vars; names not declared
 *  in the function are OUTER, imported ones too. `this` is loaded as OUTER FL_SYM_this_. Functions inside are closures, not lowered. */
fl_func *fl_flow_lower(fl_arena *arena, const fl_node *function);
/** The same for a caller that lowers many: `scratch` is cleared behind each. */
fl_func *fl_flow_lower_in(fl_arena *arena, fl_arena *scratch, const fl_node *function);
/** Variable that `name` means at `node` inside func, 0 when it is an outer one. */
fl_var fl_flow_find_var(const fl_func *func, fl_sym name);
/** Text form; golden format of --dump-flow: one block header `b2: preds b1 handler b5`, one instruction a line `  t3 = member t2 .name  12:4`. */
void fl_flow_dump(fl_buf *out, fl_file *file, const fl_func *func);
/** The module's top-level code, then every function with a body, in the order of the tree: what --dump-flow prints. */
void fl_flow_dump_file(fl_buf *out, fl_file *file);
FL_NODISCARD bool fl_flow_verify(const fl_func *func, fl_err *err);

#endif
