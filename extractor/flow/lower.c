/*
 * From the common tree to control flow: the entry. Start here, then follow the list in lower_p.h.
 * Knows the kinds of tree.def and no language; every kind lowers to something, unknown ones to opaque.
 */
#include "extractor/flow/lower_p.h"

static void param_vars(fl_lower *l, const fl_node *params)
{
    fl_func *func = l->func;
    for (const fl_node *param = params ? params->first : NULL; param; param = param->next) {
        const fl_node *target = param->first;
        bool is_name = target && target->kind == FL_NODE_name;
        fl_var var = fl_lower_var(l, is_name ? target->sym : FL_SYM_NONE, is_name ? target : param);
        func->vars.items[var].is_param = true;
        func->param_count++;
        func->has_rest = param->kind == FL_NODE_param && (param->flags & FL_FLAG_REST);
        if (is_name) fl_scope_bind(l, target->sym, var);
    }
    for (const fl_node *param = params ? params->first : NULL; param; param = param->next)
        if (param->first && param->first->kind != FL_NODE_name)
            fl_scope_declare_target(l, param->first, l->function_mark);
}

/* Defaults and patterns, in order; a parameter that is also a field is stored into it. */
static void param_values(fl_lower *l, const fl_node *params)
{
    fl_var var = 1;
    for (const fl_node *param = params ? params->first : NULL; param; param = param->next, var++) {
        if (param->kind != FL_NODE_param) continue;
        const fl_node *target = param->first, *value = fl_node_child(param, 1);
        if (!fl_node_is_absent(value)) fl_lower_default(l, var, value, 0, param);
        if (target->kind != FL_NODE_name) fl_lower_bind(l, target, fl_lower_load(l, var, target), FL_I_DECLARE);
        if (param->flags & FL_FLAG_PROPERTY) {
            fl_instr *instr = fl_lower_emit(l, FL_I_load, param);
            instr->flags = FL_I_OUTER;
            instr->sym = FL_SYM_this_;
            fl_temp object = instr->dst = l->func->temp_count++;
            fl_temp field = fl_lower_load(l, var, target);
            instr = fl_lower_emit(l, FL_I_set_member, param);
            instr->a = object;
            instr->b = field;
            instr->sym = param->sym;
        }
    }
}

static void body_of(fl_lower *l, const fl_node *node)
{
    if (node->kind == FL_NODE_module) {
        fl_scope_declare_hoisted(l, node);
        fl_lower_stmts(l, node->first);
        return;
    }
    if (node->kind != FL_NODE_function) { /* an expression that is evaluated on its own */
        fl_lower_return(l, fl_lower_expr(l, node), node);
        return;
    }
    const fl_node *params = node->first, *body = fl_node_child(node, 2);
    param_vars(l, params);
    if (!fl_node_is_absent(body)) fl_scope_declare_hoisted(l, body);
    param_values(l, params);
    if (fl_node_is_absent(body)) return;
    if (body->kind == FL_NODE_block) fl_lower_stmts(l, body->first);
    else fl_lower_return(l, fl_lower_expr(l, body), body);
}

fl_func *fl_flow_lower_in(fl_arena *arena, fl_arena *scratch, const fl_node *node)
{
    fl_lower l = { .arena = arena };
    l.scratch = *scratch;
    fl_func *func = l.func = FL_NEW(arena, fl_func);
    func->node = node;
    if (node->kind == FL_NODE_function) {
        func->is_async = (node->flags & FL_FLAG_ASYNC) != 0;
        func->is_generator = (node->flags & FL_FLAG_GENERATOR) != 0;
        func->is_arrow = (node->flags & FL_FLAG_ARROW) != 0;
    }
    func->temp_count = 1;
    fl_vec_push(&l.scratch, &func->vars, (fl_flow_var){0});     /* index 0: none */
    fl_vec_push(&l.scratch, &func->blocks, (fl_block){0});
    l.function_mark = fl_scope_enter(&l);
    fl_lower_begin(&l, fl_lower_block(&l));
    body_of(&l, node);
    if (l.current) fl_lower_emit(&l, FL_I_return_, NULL);
    fl_lower_end_labels(&l);
    func = fl_lower_finish(&l);
    *scratch = l.scratch;
    fl_arena_clear(scratch);
    return func;
}

fl_func *fl_flow_lower(fl_arena *arena, const fl_node *function)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_func *func = fl_flow_lower_in(arena, &scratch, function);
    fl_arena_release(&scratch);
    return func;
}

fl_var fl_flow_find_var(const fl_func *func, fl_sym name)
{
    for (fl_var var = 1; name && var < func->vars.count; var++)
        if (func->vars.items[var].name == name) return var;
    return 0;
}
