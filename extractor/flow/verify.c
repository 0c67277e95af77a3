/*
 * The rules that every lowered function keeps, whatever its source; run after lowering in debug builds and in every test.
 *   - instructions lie block after block; each block ends in the only terminator it has
 *   - a temp is written once, and before each use on every way (the block that writes it dominates the one that uses it)
 *   - a branch about a temp leads to two different blocks that begin with the matching prune and are reached from it alone;
 *     there are no other prunes
 *   - preds are exactly the jumps and branches; every block is reachable and stands in rpo once
 *   - a handler begins with catch, and nothing else does; nobody jumps to one
 */
#include "extractor/flow/flow.h"
#include <stdio.h>
#include <string.h>

typedef struct verifier {
    const fl_func *func;
    fl_err *err;
    fl_arena arena;
    uint32_t *dominator;           /* immediate, as a position in rpo */
    uint32_t *def_block, *def_at;  /* of each temp */
    bool *is_handler;
} verifier;

#define REQUIRE(v, claim, block, ...)                                                              \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            char what_[200];                                                                       \
            snprintf(what_, sizeof what_, __VA_ARGS__);                                            \
            (void)fl_fail((v)->err, FL_E_FORMAT, "flow of '%s', block b%u: %s",                    \
                          fl_sym_c((v)->func->node->sym), (unsigned)(block), what_);               \
            return false;                                                                          \
        }                                                                                          \
    } while (0)



static bool is_terminator(unsigned op)
{
    return op == FL_I_jump || op == FL_I_branch || op == FL_I_return_ || op == FL_I_throw_;
}

static const fl_instr *last_of(const fl_func *func, uint32_t block)
{
    const fl_block *b = &func->blocks.items[block];
    return &func->instrs.items[b->first_instr + b->instr_count - 1];
}

static bool verify_blocks(verifier *v)
{
    const fl_func *func = v->func;
    uint32_t at = 0, count = (uint32_t)func->blocks.count;
    REQUIRE(v, count >= 2, 0, "no entry block");
    for (uint32_t id = 1; id < count; id++) {
        const fl_block *block = &func->blocks.items[id];
        REQUIRE(v, block->first_instr == at && block->instr_count > 0, id, "its instructions are not where they should be");
        for (uint32_t n = 0; n < block->instr_count; n++) {
            const fl_instr *instr = &func->instrs.items[at + n];
            REQUIRE(v, instr->op < FL_INSTR_COUNT, id, "unknown instruction %u", (unsigned)instr->op);
            REQUIRE(v, is_terminator(instr->op) == (n + 1 == block->instr_count), id, "ends in instruction %u", (unsigned)n);
            REQUIRE(v, instr->target < count && instr->other < count, id, "jumps out of the function");
            REQUIRE(v, instr->var < func->vars.count, id, "variable v%u does not exist", (unsigned)instr->var);
            REQUIRE(v, (size_t)instr->first_arg + instr->arg_count <= func->args.count, id, "arguments out of range");
            REQUIRE(v, instr->node || is_terminator(instr->op), id, "instruction %u has no node", (unsigned)n);
            bool has_var = instr->op == FL_I_load || instr->op == FL_I_store;
            REQUIRE(v, instr->op != FL_I_address || instr->a || instr->sym || instr->var, id, "address of nothing");
            REQUIRE(v, !has_var || (instr->flags & FL_I_OUTER ? instr->sym != 0 : instr->var != 0), id,
                    "load or store of nothing");
        }
        at += block->instr_count;
        REQUIRE(v, block->handler < count, id, "handler does not exist");
        v->is_handler[block->handler] = true;
    }
    REQUIRE(v, at == func->instrs.count, 0, "instructions outside blocks");
    REQUIRE(v, func->syms.count == func->args.count && func->spreads.count == func->args.count, 0,
            "args, syms and spreads differ in length");
    return true;
}

static bool verify_edges(verifier *v)
{
    const fl_func *func = v->func;
    uint32_t count = (uint32_t)func->blocks.count;
    size_t edges = 0, preds = 0;
    for (uint32_t id = 1; id < count; id++) {
        const fl_block *block = &func->blocks.items[id];
        preds += block->preds.count;
        for (size_t p = 0; p < block->preds.count; p++) {
            uint32_t from = block->preds.items[p];
            REQUIRE(v, from && from < count, id, "pred b%u does not exist", (unsigned)from);
            REQUIRE(v, last_of(func, from)->target == id || last_of(func, from)->other == id, id, "b%u does not lead here", (unsigned)from);
        }
        const fl_instr *last = last_of(func, id);
        edges += last->target ? 1u : 0u;
        edges += last->other ? 1u : 0u;
        REQUIRE(v, (last->op == FL_I_jump || last->op == FL_I_branch) == (last->target != 0), id, "no target");
        REQUIRE(v, (last->op == FL_I_branch) == (last->other != 0), id, "a branch with one arm");
        REQUIRE(v, !v->is_handler[last->target] && !v->is_handler[last->other], id, "jumps to a handler");
        const fl_instr *first = &func->instrs.items[block->first_instr];
        REQUIRE(v, v->is_handler[id] == (first->op == FL_I_catch_), id, "a handler that does not catch, or a catch elsewhere");
        for (uint32_t n = 1; n < block->instr_count; n++)
            REQUIRE(v, first[n].op != FL_I_prune && first[n].op != FL_I_catch_, id, "prune or catch inside the block");
        if (first->op == FL_I_prune) {
            REQUIRE(v, block->preds.count == 1 && last_of(func, block->preds.items[0])->op == FL_I_branch, id,
                    "a prune where ways meet");
        }
        if (last->op != FL_I_branch || !last->a) continue;
        REQUIRE(v, last->target != last->other, id, "both arms are one block");
        for (int arm = 0; arm < 2; arm++) {
            uint32_t to = arm ? last->other : last->target;
            const fl_instr *prune = &func->instrs.items[func->blocks.items[to].first_instr];
            REQUIRE(v, prune->op == FL_I_prune && prune->a == last->a && prune->sub == last->sub &&
                    (prune->flags & (FL_I_WHEN_TRUE | FL_I_WHEN_FALSE)) == (arm ? FL_I_WHEN_FALSE : FL_I_WHEN_TRUE),
                    to, "does not begin with the prune of its branch");
        }
    }
    REQUIRE(v, edges == preds, 0, "%zu edges, %zu preds", edges, preds);
    return true;
}

static bool verify_order(verifier *v)
{
    const fl_func *func = v->func;
    REQUIRE(v, func->rpo.count == func->blocks.count - 1, 0, "rpo has %u blocks", func->rpo.count);
    REQUIRE(v, func->rpo.items[0] == 1, 0, "rpo does not begin with the entry");
    bool *seen = FL_NEW_ARRAY(&v->arena, bool, func->blocks.count);
    for (uint32_t i = 0; i < func->rpo.count; i++) {
        uint32_t id = func->rpo.items[i];
        REQUIRE(v, id && id < func->blocks.count && !seen[id], id, "twice in rpo");
        seen[id] = true;
        REQUIRE(v, func->blocks.items[id].order == i, id, "order is not its place in rpo");
    }
    return true;
}

/* ---- dominators (Cooper, Harvey, Kennedy: A simple, fast dominance algorithm) ---- */

static uint32_t meet(const uint32_t *dominator, uint32_t a, uint32_t b)
{
    while (a != b) {
        while (a > b) a = dominator[a];
        while (b > a) b = dominator[b];
    }
    return a;
}

static bool flow_into(const fl_func *func, uint32_t *dominator, uint32_t from, uint32_t to)
{
    if (!to) return false;
    uint32_t a = func->blocks.items[to].order, b = func->blocks.items[from].order;
    if (a == 0) return false;
    uint32_t before = dominator[a];
    dominator[a] = before == UINT32_MAX ? b : meet(dominator, before, b);
    return dominator[a] != before;
}

static void find_dominators(verifier *v)
{
    const fl_func *func = v->func;
    v->dominator = FL_NEW_ARRAY(&v->arena, uint32_t, func->rpo.count);
    memset(v->dominator, 0xff, func->rpo.count * sizeof *v->dominator);
    v->dominator[0] = 0;
    for (bool is_changing = true; is_changing;) {
        is_changing = false;
        for (size_t i = 0; i < func->rpo.count; i++) {
            uint32_t id = func->rpo.items[i];
            const fl_instr *last = last_of(func, id);
            is_changing |= flow_into(func, v->dominator, id, last->target);
            is_changing |= flow_into(func, v->dominator, id, last->other);
            is_changing |= flow_into(func, v->dominator, id, func->blocks.items[id].handler);
        }
    }
}

static bool is_defined(const verifier *v, fl_temp temp, uint32_t block, uint32_t at)
{
    if (!temp || temp >= v->func->temp_count || !v->def_block[temp]) return false;
    if (v->def_block[temp] == block) return v->def_at[temp] < at;
    uint32_t wanted = v->func->blocks.items[v->def_block[temp]].order, place = v->func->blocks.items[block].order;
    while (place > wanted) place = v->dominator[place];
    return place == wanted;
}

static bool verify_temps(verifier *v)
{
    const fl_func *func = v->func;
    v->def_block = FL_NEW_ARRAY(&v->arena, uint32_t, func->temp_count);
    v->def_at = FL_NEW_ARRAY(&v->arena, uint32_t, func->temp_count);
    for (uint32_t id = 1; id < func->blocks.count; id++)
        for (uint32_t n = 0; n < func->blocks.items[id].instr_count; n++) {
            uint32_t at = func->blocks.items[id].first_instr + n;
            fl_temp dst = func->instrs.items[at].dst;
            REQUIRE(v, dst < func->temp_count, id, "t%u is out of range", (unsigned)dst);
            REQUIRE(v, !dst || !v->def_block[dst], id, "t%u is written twice", (unsigned)dst);
            v->def_block[dst] = id;
            v->def_at[dst] = at;
        }
    v->def_block[0] = 0;
    for (uint32_t id = 1; id < func->blocks.count; id++)
        for (uint32_t n = 0; n < func->blocks.items[id].instr_count; n++) {
            uint32_t at = func->blocks.items[id].first_instr + n;
            const fl_instr *instr = &func->instrs.items[at];
            const fl_temp operands[3] = { instr->a, instr->b, instr->c };
            for (int i = 0; i < 3; i++)
                REQUIRE(v, !operands[i] || is_defined(v, operands[i], id, at), id, "t%u is used before it is written", (unsigned)operands[i]);
            for (uint32_t i = 0; i < instr->arg_count; i++) {
                fl_temp arg = func->args.items[instr->first_arg + i];
                REQUIRE(v, !arg ? instr->op == FL_I_rest : is_defined(v, arg, id, at), id, "argument t%u is used before it is written", (unsigned)arg);
            }
        }
    return true;
}

bool fl_flow_verify(const fl_func *func, fl_err *err)
{
    verifier v = { .func = func, .err = err };
    fl_arena_init(&v.arena);
    v.is_handler = FL_NEW_ARRAY(&v.arena, bool, func->blocks.count + 1);
    bool is_good = verify_blocks(&v);
    v.is_handler[0] = false;
    is_good = is_good && verify_edges(&v) && verify_order(&v);
    if (is_good) {
        find_dominators(&v);
        is_good = verify_temps(&v);
    }
    fl_arena_release(&v.arena);
    return is_good;
}
