/*
 * Conditions, and the values that hang on them.
 *
 * A condition has no value: it ends in arms, those where it holds and those where it does not, and every arm begins with
 * what is known on it. So && || ! ?: and ?. are taken apart here and nowhere else:
 *
 *     if (a && !b) …      branch a; on its yes-arm: branch b; yes = {b falsy}, no = {a falsy, b truthy}
 *     if (a?.b) …         branch a nullish; on its no-arm: branch a.b; yes = {a.b truthy}, no = {a nullish, a.b falsy}
 *
 * A value that depends on a condition goes through a variable without a name, because a temp is written once. The
 * operands are still taken apart (`a && a.b && a.b.c` knows all it can when it reads c).
 */
#include "extractor/flow/lower_p.h"

static bool is_literal(const fl_node *node, bool *truth)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_boolean: *truth = (node->flags & FL_FLAG_TRUE) != 0; return true;
    case FL_NODE_null: case FL_NODE_undefined: *truth = false; return true;
    case FL_NODE_number: *truth = !fl_str_eq(fl_sym_str(node->sym), FL_S("0")); return true;
    default: return false;
    }
}

bool fl_lower_is_true(const fl_node *node)
{
    bool truth;
    return node && is_literal(node, &truth) && truth;
}

/* ---- comparisons of an optional chain ---- */

/* The operand whose chain decides, below typeof and claims of a type; NULL when there is none. */
static const fl_node *chain_inside(const fl_node *operand)
{
    while (operand && ((operand->kind == FL_NODE_unary && operand->op == FL_OP_type_of) ||
                       (operand->kind == FL_NODE_cast && !fl_lower_is_chain(operand))))
        operand = operand->first;
    return operand && fl_lower_is_chain(operand) ? operand : NULL;
}

/* Cheap and without effect: may be evaluated on both ways. */
static bool is_plain(const fl_node *node)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_name: case FL_NODE_this_: case FL_NODE_number: case FL_NODE_string: case FL_NODE_boolean:
    case FL_NODE_null: case FL_NODE_undefined:
        return true;
    case FL_NODE_unary: return node->op == FL_OP_neg && is_plain(node->first);
    default: return false;
    }
}

/* What stands around the chain, applied to its value. */
static fl_temp wrap(fl_lower *l, const fl_node *operand, const fl_node *chain, fl_temp value)
{
    if (operand == chain) return value;
    fl_temp inner = wrap(l, operand->first, chain, value);
    fl_temp dst = fl_lower_emit_dst(l, operand->kind == FL_NODE_cast ? FL_I_cast : FL_I_unary, operand, inner, 0);
    l->func->instrs.items[l->func->instrs.count - 1].sub = operand->op;
    return dst;
}

static void compare(fl_lower *l, const fl_node *node, fl_temp a, fl_temp b, fl_arms *yes, fl_arms *no)
{
    fl_temp dst = fl_lower_emit_dst(l, FL_I_binary, node, a, b);
    l->func->instrs.items[l->func->instrs.count - 1].sub = node->op;
    fl_lower_branch(l, dst, FL_PRUNE_TRUTHY, yes, no, node);
}

/* a?.b === c, compared once on each way, so that the arm where it holds knows of a. */
static bool comparison_of_chain(fl_lower *l, const fl_node *node, fl_arms *yes, fl_arms *no)
{
    const fl_node *left = node->first, *right = fl_node_child(node, 1);
    const fl_node *left_chain = chain_inside(left), *right_chain = chain_inside(right);
    if (left_chain && !is_plain(right)) left_chain = NULL;
    const fl_node *chain = left_chain ? left_chain : right_chain;
    if (!chain) return false;
    fl_arms nulls = {0};
    fl_temp a = left_chain ? 0 : fl_lower_expr(l, left);
    fl_temp value = wrap(l, left_chain ? left : right, chain, fl_lower_chain(l, chain, &nulls));
    fl_temp b = left_chain ? fl_lower_expr(l, right) : value;
    compare(l, node, left_chain ? value : a, b, yes, no);
    fl_lower_enter(l, &nulls);
    value = wrap(l, left_chain ? left : right, chain, fl_lower_undefined(l, chain));
    b = left_chain ? fl_lower_expr(l, right) : value;
    compare(l, node, left_chain ? value : a, b, yes, no);
    return true;
}

/* ---- conditions ---- */

static void constant(fl_lower *l, bool truth, fl_arms *yes, fl_arms *no)
{
    fl_lower_push_current(l, truth ? yes : no);
}

static void leaf(fl_lower *l, const fl_node *node, fl_arms *yes, fl_arms *no)
{
    fl_lower_branch(l, fl_lower_expr(l, node), FL_PRUNE_TRUTHY, yes, no, node);
}

void fl_lower_condition(fl_lower *l, const fl_node *node, fl_arms *yes, fl_arms *no)
{
    fl_arms go_on = {0};
    bool truth;
    if (!l->current) fl_lower_begin(l, fl_lower_block(l));
    if (l->func->is_truncated) {
        leaf(l, node, yes, no);
        return;
    }
    if (is_literal(node, &truth)) {
        constant(l, truth, yes, no);
        return;
    }
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_unary:
        if (node->op != FL_OP_not) break;
        fl_lower_condition(l, node->first, no, yes);
        return;
    case FL_NODE_logical:
        if (node->op == FL_OP_coalesce) break;
        if (node->op == FL_OP_and) fl_lower_condition(l, node->first, &go_on, no);
        else fl_lower_condition(l, node->first, yes, &go_on);
        fl_lower_enter(l, &go_on);
        if (l->current) fl_lower_condition(l, fl_node_child(node, 1), yes, no);
        return;
    case FL_NODE_conditional: {
        fl_arms other = {0};
        fl_lower_condition(l, node->first, &go_on, &other);
        fl_lower_enter(l, &go_on);
        if (l->current) fl_lower_condition(l, fl_node_child(node, 1), yes, no);
        fl_lower_enter(l, &other);
        if (l->current) fl_lower_condition(l, fl_node_child(node, 2), yes, no);
        return;
    }
    case FL_NODE_sequence: {
        const fl_node *item = node->first;
        for (; item && item->next; item = item->next) fl_lower_effect(l, item);
        if (!item) break;
        fl_lower_condition(l, item, yes, no);
        return;
    }
    case FL_NODE_binary:
        if (comparison_of_chain(l, node, yes, no)) return;
        break;
    case FL_NODE_member: case FL_NODE_index: case FL_NODE_call: case FL_NODE_cast:
        if (fl_lower_is_chain(node)) { /* cut short, the chain is undefined: falsy */
            fl_temp value = fl_lower_chain(l, node, no);
            fl_lower_branch(l, value, FL_PRUNE_TRUTHY, yes, no, node);
            return;
        }
        if (node->kind != FL_NODE_cast) break;
        fl_lower_condition(l, node->first, yes, no);
        return;
    default: break;
    }
    leaf(l, node, yes, no);
}

/* ---- values ---- */

static void value_into(fl_lower *l, const fl_node *node, fl_var var);

static void truth_into(fl_lower *l, const fl_node *at, bool truth, fl_var var, fl_arms *from, fl_arms *to)
{
    fl_lower_enter(l, from);
    if (!l->current) return;
    fl_lower_store(l, var, fl_lower_boolean(l, at, truth), 0, at);
    fl_lower_push_current(l, to);
}

void fl_lower_value_and_truth(fl_lower *l, const fl_node *node, fl_var var, fl_arms *yes, fl_arms *no)
{
    fl_arms go_on = {0}, other = {0};
    if (node->kind == FL_NODE_logical && node->op != FL_OP_coalesce) {
        if (node->op == FL_OP_and) fl_lower_value_and_truth(l, node->first, var, &go_on, no);
        else fl_lower_value_and_truth(l, node->first, var, yes, &go_on);
        fl_lower_enter(l, &go_on);
        if (l->current) fl_lower_value_and_truth(l, fl_node_child(node, 1), var, yes, no);
    } else if (node->kind == FL_NODE_unary && node->op == FL_OP_not) {
        fl_lower_condition(l, node->first, &other, &go_on);
        truth_into(l, node, true, var, &go_on, yes);
        truth_into(l, node, false, var, &other, no);
    } else if (node->kind == FL_NODE_binary && (chain_inside(node->first) || chain_inside(fl_node_child(node, 1)))) {
        fl_lower_condition(l, node, &go_on, &other);
        truth_into(l, node, true, var, &go_on, yes);
        truth_into(l, node, false, var, &other, no);
    } else if (fl_lower_is_chain(node)) {
        fl_temp value = fl_lower_chain(l, node, &go_on);
        fl_lower_store(l, var, value, 0, node);
        fl_lower_branch(l, value, FL_PRUNE_TRUTHY, yes, no, node);
        fl_lower_enter(l, &go_on);
        fl_lower_store(l, var, fl_lower_undefined(l, node), 0, node);
        fl_lower_push_current(l, no);
    } else {
        fl_temp value = fl_lower_expr(l, node);
        fl_lower_store(l, var, value, 0, node);
        fl_lower_branch(l, value, FL_PRUNE_TRUTHY, yes, no, node);
    }
}

/* The value goes to var where it is not nullish; where it is, var is not yet written. */
static void value_unless_nullish(fl_lower *l, const fl_node *node, fl_var var, fl_arms *nullish, fl_arms *rest)
{
    if (node->kind == FL_NODE_logical && node->op == FL_OP_coalesce) {
        fl_arms go_on = {0};
        value_unless_nullish(l, node->first, var, &go_on, rest);
        fl_lower_enter(l, &go_on);
        if (l->current) value_unless_nullish(l, fl_node_child(node, 1), var, nullish, rest);
        return;
    }
    fl_arms stored = {0};
    fl_temp value = fl_lower_is_chain(node) ? fl_lower_chain(l, node, nullish) : fl_lower_expr(l, node);
    fl_lower_branch(l, value, FL_PRUNE_NULLISH, nullish, &stored, node);
    fl_lower_enter(l, &stored);
    fl_lower_store(l, var, value, 0, node);
    fl_lower_push_current(l, rest);
}

static void value_into(fl_lower *l, const fl_node *node, fl_var var)
{
    fl_arms yes = {0}, no = {0};
    uint32_t join;
    if (l->func->is_truncated) {
        fl_lower_store(l, var, fl_lower_opaque(l, node, "too many blocks"), 0, node);
        return;
    }
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_logical: {
        const fl_node *right = fl_node_child(node, 1);
        if (node->op == FL_OP_coalesce) value_unless_nullish(l, node->first, var, &yes, &no);
        else fl_lower_value_and_truth(l, node->first, var, &yes, &no);
        fl_arms *go_on = node->op == FL_OP_or ? &no : &yes, *done = node->op == FL_OP_or ? &yes : &no;
        join = fl_lower_block(l);
        fl_lower_enter(l, go_on);
        if (l->current) value_into(l, right, var);
        fl_lower_jump(l, join);
        fl_lower_flow(l, done, join);
        fl_lower_begin(l, join);
        return;
    }
    case FL_NODE_conditional:
        fl_lower_condition(l, node->first, &yes, &no);
        join = fl_lower_block(l);
        fl_lower_enter(l, &yes);
        if (l->current) value_into(l, fl_node_child(node, 1), var);
        fl_lower_jump(l, join);
        fl_lower_enter(l, &no);
        if (l->current) value_into(l, fl_node_child(node, 2), var);
        fl_lower_jump(l, join);
        fl_lower_begin(l, join);
        return;
    default:
        if (fl_lower_is_chain(node)) {
            fl_lower_store(l, var, fl_lower_chain(l, node, &no), 0, node);
            join = fl_lower_block(l);
            fl_lower_jump(l, join);
            fl_lower_enter(l, &no);
            fl_lower_store(l, var, fl_lower_undefined(l, node), 0, node);
            fl_lower_jump(l, join);
            fl_lower_begin(l, join);
            return;
        }
        fl_lower_store(l, var, fl_lower_expr(l, node), 0, node);
    }
}

fl_temp fl_lower_choice(fl_lower *l, const fl_node *node)
{
    fl_var var = fl_lower_var(l, FL_SYM_NONE, node);
    value_into(l, node, var);
    return fl_lower_load(l, var, node);
}
