/* Lowering: what golden cases cannot show (bounds, trees that no language of today writes, what the verifier catches). */
#include "tests/support/unit.h"
#include "extractor/flow/flow.h"
#include "extractor/languages/language.h"

static fl_func *lower_source(fl_file *file, fl_str source)
{
    *file = (fl_file){ .path = FL_S("a.js"), .text = source };
    file->language = fl_language_of(file->path);
    fl_arena_init(&file->arena);
    file->language->parse(file);
    const fl_node *node = file->root->first;
    return fl_flow_lower(&file->arena, node && node->kind == FL_NODE_function ? node : file->root);
}

static void fill(fl_buf *out, const char *head, const char *before, const char *inner, const char *after, unsigned count)
{
    fl_buf_add_c(out, head);
    for (unsigned i = 0; i < count; i++) fl_buf_add_c(out, before);
    fl_buf_add_c(out, inner);
    for (unsigned i = 0; i < count; i++) fl_buf_add_c(out, after);
}

static void stays_bounded(void **state)
{
    (void)state;
    static const struct { const char *row, *head, *before, *inner, *after, *end; unsigned count; bool is_truncated; } rows[] = {
        { "many conditions", "function f(a) {", "if (a.b) c();", "", "", "}", 5000, true },
        { "few conditions", "function f(a) {", "if (a.b) c();", "", "", "}", 500, false },
        { "one long condition", "function f(a) { if (", "a && ", "a", "", ") b(); }", 300, false },
        { "nested conditions", "function f(a) {", "if (a) {", "b();", "}", "}", 380, false },
        { "chained else", "function f(a) {", "if (a) b(); else ", "c();", "", "}", 380, false },
        { "finally in finally", "function f(a) { while (a) {", "try { if (a) continue; if (b) break; if (c) return; } finally {", "b();", "}", "} }", 12, true },
        { "try in try", "function f(a) { while (a) {", "try {", "if (a) continue; if (b) break; return c();", "} finally { d(); }", "} }", 60, false },
        { "optional links", "function f(a) { return a", "?.b", "", "", "; }", 300, false },
        { "nested closures", "function f(a) { return ", "() => ", "a", "", "; }", 300, false },
        { "many names", "function f(a) {", "{ let a = 1, b = a; }", "", "", "}", 1500, false },
        { "switch", "function f(a) { switch (a) {", "case 1: b();", "", "", "} }", 900, false },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_buf source;
        fl_buf_init(&source, 0);
        fill(&source, rows[i].head, rows[i].before, rows[i].inner, rows[i].after, rows[i].count);
        fl_buf_add_c(&source, rows[i].end);
        fl_file file;
        fl_err err = { 0 };
        const fl_func *func = lower_source(&file, fl_buf_str(&source));
        fl_row_int(rows[i].row, func->is_truncated, rows[i].is_truncated);
        fl_row_true(rows[i].row, func->blocks.count < FL_LIMIT_FLOW_BLOCKS + 2000);
        if (!fl_flow_verify(func, &err)) fail_msg("row '%s': %s", rows[i].row, err.text);
        fl_arena_release(&file.arena);
        fl_buf_release(&source);
    }
}

/* ---- trees by hand: f() { again: step(); if (c) goto again; goto nowhere; } ---- */

typedef struct hand { fl_arena arena; fl_tree_builder builder; } hand;

static fl_node *make(hand *h, fl_node_kind kind, const char *sym, fl_node *const *children, size_t count)
{
    fl_node *node = fl_tree_node(&h->builder, kind, 0, 0);
    node->sym = sym ? fl_sym_of_c(sym) : FL_SYM_NONE;
    const fl_node *last = NULL;
    for (size_t i = 0; i < count; i++) fl_tree_append(node, &last, children[i]);
    return node;
}
#define MAKE(h, kind, sym, ...) \
    make((h), (kind), (sym), (fl_node *[]){ __VA_ARGS__ }, sizeof((fl_node *[]){ __VA_ARGS__ }) / sizeof(fl_node *))

static fl_node *leaf(hand *h, fl_node_kind kind, const char *sym) { return make(h, kind, sym, NULL, 0); }

static fl_node *function_of(hand *h, fl_node *body)
{
    fl_node *function = MAKE(h, FL_NODE_function, "f", leaf(h, FL_NODE_params, NULL), leaf(h, FL_NODE_absent, NULL), body);
    fl_node *module = MAKE(h, FL_NODE_module, NULL, function);
    (void)module;
    return function;
}

static size_t count_of(const fl_func *func, fl_instr_op op)
{
    size_t count = 0;
    for (size_t i = 0; i < func->instrs.count; i++) count += func->instrs.items[i].op == op;
    return count;
}

static void follows_goto(void **state)
{
    (void)state;
    hand h = { .builder = { 0 } };
    fl_arena_init(&h.arena);
    h.builder.arena = &h.arena;
    fl_node *step = MAKE(&h, FL_NODE_expression, NULL, MAKE(&h, FL_NODE_call, NULL, leaf(&h, FL_NODE_name, "step")));
    fl_node *body = MAKE(&h, FL_NODE_block, NULL, MAKE(&h, FL_NODE_label, "again", step),
                         MAKE(&h, FL_NODE_if_, NULL, leaf(&h, FL_NODE_name, "c"), leaf(&h, FL_NODE_goto_, "again")),
                         leaf(&h, FL_NODE_goto_, "nowhere"));
    const fl_func *func = fl_flow_lower(&h.arena, function_of(&h, body));
    fl_err err = { 0 };
    if (!fl_flow_verify(func, &err)) fail_msg("%s", err.text);
    size_t heads = 0;
    for (size_t i = 1; i < func->blocks.count; i++) heads += func->blocks.items[i].is_loop_head;
    assert_int_equal(heads, 1);
    assert_int_equal(count_of(func, FL_I_opaque), 1); /* nowhere */
    assert_int_equal(count_of(func, FL_I_return_), 1);
    fl_arena_release(&h.arena);
}

static void stores_through_pointers(void **state)
{
    (void)state;
    hand h = { .builder = { 0 } };
    fl_arena_init(&h.arena);
    h.builder.arena = &h.arena;
    fl_node *target = MAKE(&h, FL_NODE_unary, NULL, leaf(&h, FL_NODE_name, "p"));
    target->op = FL_OP_dereference;
    fl_node *assign = MAKE(&h, FL_NODE_assign, NULL, target, leaf(&h, FL_NODE_number, "1"));
    assign->op = FL_OP_assign;
    fl_node *body = MAKE(&h, FL_NODE_block, NULL, MAKE(&h, FL_NODE_expression, NULL, assign), leaf(&h, FL_NODE_break_, NULL));
    const fl_func *func = fl_flow_lower(&h.arena, function_of(&h, body));
    fl_err err = { 0 };
    if (!fl_flow_verify(func, &err)) fail_msg("%s", err.text);
    assert_int_equal(count_of(func, FL_I_set_pointer), 1);
    assert_int_equal(count_of(func, FL_I_opaque), 1); /* a break out of nothing */
    fl_arena_release(&h.arena);
}

/* Every kind of the tree lowers to something, wherever it stands and however little of it is there. */
static void takes_every_kind(void **state)
{
    (void)state;
    static const fl_node_kind whole[] = { FL_NODE_block, FL_NODE_name, FL_NODE_string, FL_NODE_list, FL_NODE_dict, FL_NODE_opaque,
                                          FL_NODE_return_, FL_NODE_this_ };
    for (unsigned kind = 0; kind < FL_NODE_KIND_COUNT; kind++)
        for (size_t filler = 0; filler < FL_COUNT(whole); filler++) {
            hand h = { .builder = { 0 } };
            fl_arena_init(&h.arena);
            h.builder.arena = &h.arena;
            fl_node *parts[4];
            for (size_t i = 0; i < FL_COUNT(parts); i++) parts[i] = leaf(&h, whole[filler], "x");
            fl_node *node = make(&h, (fl_node_kind)kind, "x", parts, FL_COUNT(parts));
            const fl_func *func = fl_flow_lower(&h.arena, function_of(&h, MAKE(&h, FL_NODE_block, NULL, node)));
            fl_err err = { 0 };
            if (!fl_flow_verify(func, &err)) fail_msg("'%s' of %u: %s", fl_node_kind_text((fl_node_kind)kind), (unsigned)whole[filler], err.text);
            fl_arena_release(&h.arena);
        }
}

/* ---- the verifier ---- */

static void finds_broken_flow(void **state)
{
    (void)state;
    static const char source[] = "function f(a) { let b = a.x; try { if (a) g(b); } catch (e) { h(e); } return b; }";
    enum { TWICE, BEFORE, PRUNE, PRED, VAR, ORDER, TARGET, HANDLER, NODE };
    static const struct { int what; const char *text; } rows[] = {
        { TWICE, "written twice" }, { BEFORE, "before it is written" }, { PRUNE, "prune of its branch" }, { PRED, "lead here" },
        { VAR, "does not exist" }, { ORDER, "rpo" }, { TARGET, "out of the function" }, { HANDLER, "handler" }, { NODE, "no node" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_file file;
        fl_err err = { 0 };
        fl_func *func = lower_source(&file, fl_str_from(source));
        assert_true(fl_flow_verify(func, &err));
        fl_instr *first = &func->instrs.items[0], *second = &func->instrs.items[1];
        fl_instr *branch = &func->instrs.items[0];
        while (branch->op != FL_I_branch) branch++;
        switch (rows[i].what) {
        case TWICE: second->dst = first->dst; break;
        case BEFORE: first->a = second->dst; break;
        case PRUNE: branch->sub = FL_PRUNE_NULLISH; break;
        case PRED: func->blocks.items[branch->target].preds.items[0] = branch->other; break;
        case VAR: first->var = 99; break;
        case ORDER: func->rpo.items[1] = func->rpo.items[0]; break;
        case TARGET: branch->other = 99; break;
        case HANDLER: func->blocks.items[1].handler = branch->other; break;
        case NODE: first->node = NULL; break;
        default: break;
        }
        fl_row_true(rows[i].text, !fl_flow_verify(func, &err));
        if (!strstr(err.text, rows[i].text)) fail_msg("'%s' is not about '%s'", err.text, rows[i].text);
        fl_arena_release(&file.arena);
    }
}

static void finds_variables(void **state)
{
    (void)state;
    fl_file file;
    const fl_func *func = lower_source(&file, FL_S("function f(a, { b }) { let c; return d; }"));
    static const struct { const char *name; fl_var var; } rows[] = { { "a", 1 }, { "b", 3 }, { "c", 4 }, { "d", 0 }, { "", 0 } };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_int(rows[i].name, fl_flow_find_var(func, fl_sym_of_c(rows[i].name)), rows[i].var);
    assert_int_equal(func->param_count, 2);
    fl_arena_release(&file.arena);
}

FL_UNIT(lower, cmocka_unit_test(stays_bounded), cmocka_unit_test(follows_goto), cmocka_unit_test(stores_through_pointers),
        cmocka_unit_test(takes_every_kind), cmocka_unit_test(finds_broken_flow), cmocka_unit_test(finds_variables))
