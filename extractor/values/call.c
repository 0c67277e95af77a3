/*
 * Calls of start-up code: project functions and classes are run, modelled external calls have their effect (registration,
 * mounting, listening), anything else runs the functions it was given, since that is where more registrations may stand.
 * Read fl_call, then fl_apply_effect.
 */
#include "extractor/values/value_p.h"

static fl_value *result_of(fl_values *v, const fl_result *result, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node, fl_module *module)
{
    switch (result->kind) {
    case FL_RESULT_THIS: return self ? self : fl_value_unknown(v, "receiver", node);
    case FL_RESULT_ARG: { fl_value *a = fl_effect_arg(self, args, (int)result->arg); return a ? a : fl_value_new(v, FL_V_UNDEFINED, node); }
    case FL_RESULT_PROMISE_OF: return result_of(v, result->of, e, self, args, node, module);   /* start-up code waits for everything */
    case FL_RESULT_TYPE: {
        const fl_model_type *type = fl_models_type(v->models, result->type);
        if (!type) break;
        fl_value *typed = fl_value_new(v, FL_V_TYPED, node);
        typed->type = type;
        typed->effect = e;
        typed->self = self;
        typed->module = module;
        for (size_t i = 0; i < args->count; i++) fl_vec_push(&v->arena, &typed->items, args->items[i]);
        if (e->schema) fl_validator_note(v, typed);
        if (type->is_router) fl_vec_push(&v->arena, &v->routers, typed);
        return typed;
    }
    case FL_RESULT_LIST_OF: return fl_value_unknown(v, "list of external code", node);
    case FL_RESULT_UNKNOWN: case FL_RESULT_BASIC: case FL_RESULT_ELEMENT: case FL_RESULT_INSTANCE: case FL_RESULT_INSTANCE_OF_ARG: case FL_RESULT_MEMBER: case FL_RESULT_CALLBACK: case FL_RESULT_DICT_OF: case FL_RESULT_PLAIN: case FL_RESULT_ROW:
    case FL_RESULT_ELEMENT_OF_ARG: break;
    }
    return fl_value_unknown(v, "result of external code", node);
}

/* Array.isArray(names): what only the type decides; NULL: not known. */
static fl_value *asked(fl_values *v, const fl_effect *e, const fl_value *of)
{
    unsigned types = of ? fl_value_types(of) : 0;
    bool is_plain = e->predicate.types && !e->predicate.format && !e->predicate.is_integer && !e->predicate.is_finite && !fl_data_get_c(fl_data_get_c(e->data, "predicate"), "matches");
    if (!is_plain || !types || (types & e->predicate.types && types & ~e->predicate.types)) return NULL;
    return fl_value_bool(v, ((types & e->predicate.types) != 0) != e->predicate.is_negated);
}

fl_value *fl_apply_effect(fl_values *v, fl_frame_state *f, const fl_effect *effect, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_value_list placed = *args;
    fl_args_place(v, effect, &placed, node);
    args = &placed;
    const fl_effect *e = fl_effect_for(effect, args->count);
    if (!e) return fl_value_unknown(v, "wrong number of arguments", node);
    if (e->stands_in) {
        fl_str name = fl_sym_str(e->stands_in);
        ptrdiff_t dot = fl_str_rfind_char(name, '.');
        fl_value *in = dot > 0 ? fl_module_import(v, f->module, fl_str_sub(name, 0, (size_t)dot), node) : NULL;
        fl_value *fn = in ? fl_get_member(v, f, in, fl_sym_of(fl_str_sub(name, (size_t)dot + 1, name.len)), NULL) : NULL;
        if (fn && fn->kind == FL_V_FUNCTION) return fl_call(v, f, fn, NULL, args, node, false);
    }
    if (e->reads_environment && args->count != 0 && args->items[0]->kind == FL_V_STRING) {
        fl_value *env = fl_environment_value(v, args->items[0]->text, node), *preset = args->count > 1 ? args->items[1] : NULL;
        if (!preset || (preset->kind != FL_V_STRING && preset->kind != FL_V_NUMBER)) return env;
        return fl_environment_default(v, env, preset, node);
    }
    if ((e->route.is_set || e->mount.is_set) && !e->is_listed) fl_register(v, f, e, self, args, node);
    if (e->handles.is_set && self) fl_register_error_handler(v, e, self, args, node);
    if (e->param_hook.is_set && self) fl_register_param_hook(v, e, self, args, node);
    if (e->listen.is_set) {
        fl_module_listens(v, fl_effect_arg(self, args, e->listen.port), fl_call_site(v, f, node));
        if (self) self->is_served = true;
        if (!e->ignores_callbacks && !e->route.is_set) fl_run_callbacks(v, f, args, node);
    }
    if (e->serve.is_set) {
        fl_value *served = fl_effect_arg(self, args, e->serve.handler);
        if (served) served->is_served = true;
    }
    if (e->adds_element.is_set && self && self->kind == FL_V_TYPED) {
        fl_value *item = fl_effect_arg(self, args, e->adds_element.arg);
        if (item && self->items.count < FL_LIMIT_VALUE_ITEMS) fl_vec_push(&v->arena, &self->items, item);
    }
    fl_value *result = NULL;
    if (e->intrinsic) result = fl_apply_intrinsic(v, f, e, self, args, node);
    else if (!e->route.is_set && !e->mount.is_set && !e->handles.is_set && !e->ignores_callbacks && !e->listen.is_set && e->returns.kind != FL_RESULT_TYPE) fl_run_callbacks(v, f, args, node);
    if (!result && e->predicate.is_set) result = asked(v, e, fl_effect_arg(self, args, e->predicate.arg));
    if (result) return result;
    result = result_of(v, &e->returns, e, self, args, node, f->module);
    if (e->bind.is_set && result->kind == FL_V_TYPED) {
        result->target = self;
        result->bound = e->bind.takes_all ? fl_paths_among(v, args, e->bind.path, node) : fl_effect_arg(self, args, e->bind.path);
    }
    if (e->describes && self && self->kind == FL_V_CLASS && result->kind == FL_V_TYPED) fl_value_set(v, self, FL_SYM_described, result, node);
    if (e->joins.is_set) fl_register_joined(v, e, self, result, args, node);
    if (e->returns.kind == FL_RESULT_TYPE && result->kind == FL_V_TYPED) { fl_register_table(v, f, result); fl_register_catches(v, result, node); }
    return result;
}

static fl_value *call_external(fl_values *v, fl_frame_state *f, fl_value *callee, fl_value *self, const fl_value_list *args, const fl_node *node, bool is_new)
{
    const fl_member *m = fl_value_external_member(callee);
    const fl_effect *e = m ? (is_new && m->new_ ? m->new_ : m->call ? m->call : m->new_) : NULL;
    if (e) return fl_apply_effect(v, f, e, self && self->kind == FL_V_CLASS ? self : callee, args, node);
    fl_value *result = fl_value_new(v, FL_V_RESULT, node);
    result->target = callee;
    result->module = f->module;
    bool wraps = false;
    for (size_t i = 0; i < args->count; i++) {
        fl_vec_push(&v->arena, &result->items, args->items[i]);
        wraps |= args->items[i]->kind == FL_V_FUNCTION && fl_node_count(args->items[i]->node->first) >= 2;
    }
    if (!wraps) fl_run_callbacks(v, f, args, node);   /* a function of two and more parameters is a handler, not start-up code */
    return result;
}

fl_value *fl_call(fl_values *v, fl_frame_state *f, fl_value *callee, fl_value *self, const fl_value_list *args, const fl_node *node, bool is_new)
{
    if (!fl_eval_step(v, f)) return fl_value_unknown(v, "too many steps", node);
    switch ((fl_value_kind)callee->kind) {
    case FL_V_FUNCTION:
        if (is_new) return fl_instantiate(v, f, callee, args, node);
        return fl_invoke(v, f, callee, callee->self ? callee->self : self, args, node);
    case FL_V_CLASS:
        if (is_new || (callee->node->flags & FL_FLAG_CALLABLE && !(node && node->first && node->first->kind == FL_NODE_super_))) return fl_instantiate(v, f, callee, args, node);
        if (self) fl_construct(v, f, callee, self, args, node, 0);   /* super(…) */
        return fl_value_new(v, FL_V_UNDEFINED, node);
    case FL_V_METHOD: {
        const fl_effect *e = is_new && callee->member->new_ ? callee->member->new_ : callee->member->call;
        if (e) return fl_apply_effect(v, f, e, callee->self, args, node);
        break;
    }
    case FL_V_EXTERNAL: return call_external(v, f, callee, self, args, node, is_new);
    case FL_V_TYPED: if (callee->type->call) return fl_apply_effect(v, f, callee->type->call, callee, args, node); break;
    case FL_V_UNKNOWN: case FL_V_RESULT: {
        fl_value *result = fl_value_new(v, FL_V_RESULT, node);
        result->target = callee;
        result->module = f->module;
        for (size_t i = 0; i < args->count; i++) fl_vec_push(&v->arena, &result->items, args->items[i]);
        if (callee->kind == FL_V_UNKNOWN || !args->count) fl_run_callbacks(v, f, args, node);
        return result;
    }
    case FL_V_UNDEFINED: case FL_V_NULL: case FL_V_BOOLEAN: case FL_V_NUMBER: case FL_V_STRING: case FL_V_TEMPLATE: case FL_V_REGEX:
    case FL_V_LIST: case FL_V_DICT: break;
    case FL_V_INSTANCE: {
        fl_value *method = fl_class_method(v, f, callee, FL_SYM_call_, node);
        if (method && method->kind == FL_V_FUNCTION) return fl_invoke(v, f, method, callee, args, node);
        break;
    }
    }
    fl_run_callbacks(v, f, args, node);
    return fl_value_unknown(v, "call of a value that is no function", node);
}
