/*
 * Calls of start-up code: project functions and classes are run, modelled external calls have their effect (registration,
 * mounting, listening), anything else runs the functions it was given, since that is where more registrations may stand.
 * Read fl_call, then fl_apply_effect.
 */
#include "extractor/values/value_p.h"

fl_value *fl_make_function(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *fn = fl_value_new(v, FL_V_FUNCTION, node);
    fn->scope = scope;
    fn->module = f->module;
    if (node->flags & FL_FLAG_ARROW) fn->self = scope->self;
    fl_vec_push(&v->arena, &v->functions, fn);
    bool is_early = f->module && f->module->builtins && fl_str_eq_c(fl_data_get_str(f->module->builtins->data, "defaults"), "early");
    for (const fl_node *p = is_early && v->depth < FL_LIMIT_EVAL_DEPTH ? node->first->first : NULL; p; p = p->next) {
        const fl_node *preset = fl_node_child(p, 1);
        if (preset && preset->kind == FL_NODE_call && p->sym) fl_value_set(v, fn, p->sym, fl_eval(v, f, scope, preset), p);
    }
    return fn;
}

void fl_run_decorators(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node, fl_value *decorated)
{
    for (const fl_node *c = node->first; c; c = c->next) {
        if (c->kind != FL_NODE_decorator) continue;
        fl_value_list args = { 0 };
        fl_vec_push(&v->arena, &args, decorated);
        (void)fl_call(v, f, fl_eval(v, f, scope, c->first), NULL, &args, c, false);
    }
}

/* Of several bases a chain: the members of the first hide those of the second. A chain ends at what is no class of the project. */
static fl_value *base_of(fl_values *v, fl_value *base)
{
    if (base->kind != FL_V_LIST) return base;
    fl_value *external = NULL, *chain = NULL;
    for (size_t i = base->items.count; i-- > 0;)
        if (base->items.items[i]->kind != FL_V_CLASS && (!external || fl_value_external_member(base->items.items[i]))) external = base->items.items[i];
    chain = external;
    for (size_t i = base->items.count; i-- > 0;) {
        fl_value *classes[32];
        size_t count = 0;
        for (fl_value *c = base->items.items[i]; c && c->kind == FL_V_CLASS && count < FL_COUNT(classes); c = c->target) classes[count++] = c;
        while (count > 0) {
            fl_value *copy = FL_NEW(&v->arena, fl_value);
            *copy = *classes[--count];
            if (chain || copy->target) copy->target = chain ? chain : copy->target;
            chain = copy;
        }
    }
    return chain;
}

/* What a base does for each class that is derived from it (`special` of the language). */
static void run_subclass_hook(fl_values *v, fl_frame_state *f, fl_value *cls, const fl_node *node)
{
    fl_sym name = f->module->builtins ? f->module->builtins->special.derived : FL_SYM_NONE;
    for (const fl_value *c = cls->target; name && c && c->kind == FL_V_CLASS; c = c->target) {
        fl_value *hook = fl_value_slot(c, name);
        if (!hook || hook->kind != FL_V_FUNCTION) continue;
        fl_value_list none = { 0 };
        (void)fl_invoke(v, f, hook, cls, &none, node);
        return;
    }
}

/* Methods that a decorator makes handlers of: they are called on an instance that the framework makes. */
static void register_methods(fl_values *v, fl_frame_state *f, fl_scope *scope, fl_value *cls)
{
    for (const fl_node *m = fl_node_child(cls->node, 1)->first; m; m = m->next) {
        fl_value *fn = NULL;
        for (const fl_node *d = m->kind == FL_NODE_function ? m->first : NULL; d; d = d->next) {
            if (d->kind != FL_NODE_decorator || d->first->kind != FL_NODE_call) continue;
            fl_value *decorator = fl_eval(v, f, scope, d->first);
            if (decorator->kind != FL_V_TYPED || !decorator->type->call || !decorator->type->call->route.is_set) continue;
            if (!fn) {
                fn = fl_make_function(v, f, cls->scope, m);
                fn->self = fl_value_new(v, FL_V_INSTANCE, m);
                fn->self->target = cls;
                fn->self->module = cls->module;
            }
            fl_value_list args = { 0 };
            fl_vec_push(&v->arena, &args, fn);
            (void)fl_call(v, f, decorator, NULL, &args, d, false);
        }
    }
}

fl_value *fl_make_class(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    fl_value *cls = fl_value_new(v, FL_V_CLASS, node);
    cls->module = f->module;
    cls->target = fl_node_is_absent(node->first) ? NULL : base_of(v, fl_eval(v, f, scope, node->first));
    cls->scope = fl_scope_new(v, scope, scope->module);
    if (node->sym) fl_scope_declare(v, cls->scope, node->sym, cls, node);
    fl_scope *statics = fl_scope_new(v, cls->scope, scope->module);
    statics->self = cls;
    for (const fl_node *m = fl_node_child(node, 1)->first; m; m = m->next) {
        if (!(m->flags & FL_FLAG_STATIC) && m->kind != FL_NODE_block) continue;
        if (m->kind == FL_NODE_function) {
            fl_module *module = cls->module;
            const fl_node *defined = fl_node_is_absent(fl_node_child(m, 2)) ? fl_value_defined_elsewhere(cls, m->sym, &module) : NULL;
            fl_value *fn = fl_make_function(v, f, defined ? module->scope : cls->scope, defined ? defined : m);
            fn->module = module;
            fn->self = cls;
            fl_value_set(v, cls, m->sym, fn, m);
            if (m->flags & FL_FLAG_GETTER) cls->slots.items[cls->slots.count - 1].is_getter = true;
        } else if (m->kind == FL_NODE_field) {
            fl_value *value = fl_value_set(v, cls, m->sym, fl_eval(v, f, statics, m->first), m);
            if (node->flags & FL_FLAG_CALLABLE) fl_scope_declare(v, statics, m->sym, value, m);
        }
        else if (m->kind == FL_NODE_block) (void)fl_run_statement(v, f, statics, m);
    }
    if (node->flags & FL_FLAG_CALLABLE && cls->target) fl_vec_push(&v->arena, &v->classes, cls);
    if (node->flags & FL_FLAG_CALLABLE) register_methods(v, f, statics, cls);
    run_subclass_hook(v, f, cls, node);
    fl_run_decorators(v, f, scope, node, cls);
    return cls;
}

/* The same closure again; a wrapper made for each function it wraps is another one every time. */
static bool is_running(const fl_frame_state *f, const fl_value *function)
{
    unsigned same = 0, most = function->module->file->is_library ? 16 : 2;   /* what stands for a package is known to end */
    for (; f; f = f->caller) if (f->function == function->node && f->scope == function->scope && ++same >= most) return true;
    return false;
}

/* Is there a parameter of that name, which takes what is given by it? */
static bool is_param(const fl_node *params, fl_sym name)
{
    for (const fl_node *p = params->first; p; p = p->next) if (p->sym == name && !(p->flags & FL_FLAG_REST)) return true;
    return false;
}

static void bind_parameters(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *params, fl_value *self, const fl_value_list *args)
{
    size_t i = 0;
    fl_value_list given = *args;
    fl_value *named = fl_args_named(v, &given);
    args = &given;
    for (const fl_node *p = params->first; p; p = p->next, i++) {
        fl_value *value, *by_name = named && p->sym && !(p->flags & FL_FLAG_REST) ? fl_value_slot(named, p->sym) : NULL;
        if (p->flags & FL_FLAG_NAMED && !by_name) {
            value = fl_value_new(v, p->flags & FL_FLAG_REST ? FL_V_DICT : FL_V_UNDEFINED, p);
            for (size_t k = 0; named && p->flags & FL_FLAG_REST && k < named->slots.count; k++) if (!is_param(params, named->slots.items[k].key)) fl_value_set(v, value, named->slots.items[k].key, named->slots.items[k].value, p);
        } else if (by_name && (i >= args->count || p->flags & FL_FLAG_NAMED)) {
            value = by_name;
        } else if (p->flags & FL_FLAG_REST) {
            value = fl_value_new(v, FL_V_LIST, p);
            for (size_t k = i; k < args->count; k++) fl_vec_push(&v->arena, &value->items, args->items[k]);
        } else value = i < args->count ? args->items[i] : fl_value_new(v, FL_V_UNDEFINED, p);
        const fl_node *fallback = fl_node_child(p, 1);
        if (value->kind == FL_V_UNDEFINED && !fl_node_is_absent(fallback)) value = fl_eval(v, f, scope, fallback);
        fl_bind_pattern(v, f, scope, p->first, value, true);
        if (p->flags & FL_FLAG_PROPERTY && self) fl_value_set(v, self, p->sym, value, p);
    }
}

static bool mentions_arguments(const fl_node *node)
{
    if (node->kind == FL_NODE_name && node->sym == FL_SYM_arguments) return true;
    for (const fl_node *c = node->first; c; c = c->next) if (mentions_arguments(c)) return true;
    return false;
}

/* The list of all arguments, for the functions that ask for it; not where the program gives the name to something of its own. */
static void bind_arguments(fl_values *v, fl_scope *scope, const fl_value *fn, const fl_value_list *args, const fl_node *node)
{
    uint64_t key = (uint64_t)(uintptr_t)fn->node | 1;
    uintptr_t known = (uintptr_t)fl_map_get(&v->called_nodes, key);
    if (!known) fl_map_put(&v->called_nodes, key, (void *)(known = mentions_arguments(fn->node) ? 2 : 1));
    if (known == 1 || fl_scope_find(fn->scope, FL_SYM_arguments)) return;
    fl_value *all = fl_value_new(v, FL_V_LIST, node);
    for (size_t i = 0; i < args->count; i++) fl_vec_push(&v->arena, &all->items, args->items[i]);
    fl_scope_declare(v, scope, FL_SYM_arguments, all, NULL);
}

static fl_value *invoke_in(fl_values *v, fl_frame_state *caller, fl_value *fn, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    if (caller && v->depth >= FL_LIMIT_EVAL_DEPTH) { fl_eval_limit(v, node, "start-up code calls too deep; what this call registers is not seen"); return fl_value_unknown(v, "call too deep", node); }
    if (caller && is_running(caller, fn)) return fl_value_unknown(v, "recursion", node);
    fl_frame_state f = { .module = fn->module, .caller = caller, .function = fn->node, .scope = fn->scope, .call = node };
    fl_scope *scope = fl_scope_new(v, fn->scope, fn->scope->module);
    scope->function = fn->node;
    scope->self = fn->node->flags & FL_FLAG_ARROW ? fn->scope->self : self;
    fl_map_put(&v->called_nodes, (uint64_t)(uintptr_t)fn->node, fn);
    uint32_t *idle = v->is_entering && caller && fn->module->linkage ? fl_reach_idle(v->reach, fn->node) : NULL, began = v->entry_steps, before = v->idle_until;
    if (idle) {
        uint32_t until = began + (*idle < FL_LIMIT_EVAL_IDLE_STEPS ? FL_LIMIT_EVAL_IDLE_STEPS - *idle : 0) + FL_LIMIT_EVAL_IDLE_STEPS / 60;
        if (!before || until < before) v->idle_until = until;
    }
    v->depth++;
    if (!(fn->node->flags & FL_FLAG_ARROW)) bind_arguments(v, scope, fn, args, node);
    bind_parameters(v, &f, scope, fn->node->first, fn->node->sym == FL_SYM_constructor ? self : NULL, args);
    const fl_node *body = fl_node_child(fn->node, 2);
    if (fn->node->flags & FL_FLAG_EXPRESSION_BODY) f.result = fl_eval(v, &f, scope, body);
    else if (!fl_node_is_absent(body)) { fl_hoist(v, &f, scope, body->first); (void)fl_run_block(v, &f, scope, body->first); }
    v->depth--;
    bool is_cut = v->idle_until && v->entry_steps >= v->idle_until;
    if (idle) {
        v->idle_until = before;
        *idle += v->entry_steps - began;
    }
    if (is_cut) return fl_value_unknown(v, "not run to its end", node);
    return f.result ? f.result : f.module->steps > FL_LIMIT_EVAL_STEPS ? fl_value_unknown(v, "too many steps", node) : fl_value_new(v, FL_V_UNDEFINED, node);
}

fl_value *fl_invoke(fl_values *v, fl_frame_state *f, fl_value *fn, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    if (!self || (fn->self && fn->self->kind != FL_V_CLASS && fn->node->flags & FL_FLAG_ARROW)) self = fn->self;
    return invoke_in(v, f, fn, self, args, node);
}

static void init_fields(fl_values *v, fl_frame_state *f, fl_value *cls, fl_value *instance)
{
    fl_scope *scope = fl_scope_new(v, cls->scope, cls->scope->module);
    scope->self = instance;
    for (const fl_node *m = fl_node_child(cls->node, 1)->first; m; m = m->next)
        if (m->kind == FL_NODE_field && !(m->flags & FL_FLAG_STATIC) && m->sym) fl_value_set(v, instance, m->sym, fl_eval(v, f, scope, m->first), m);
}

static bool calls_super(const fl_node *node)
{
    for (const fl_node *c = node->first; c; c = c->next)
        if (c->kind == FL_NODE_super_ || calls_super(c)) return true;
    return false;
}

/* Runs the constructors of a class on an instance, bases first when the class has none of its own. */
static void construct(fl_values *v, fl_frame_state *f, fl_value *cls, fl_value *instance, const fl_value_list *args, const fl_node *node, unsigned depth)
{
    if (depth > 16) return;
    if (cls->kind == FL_V_FUNCTION) { (void)invoke_in(v, f, cls, instance, args, node); return; }
    if (cls->kind != FL_V_CLASS) return;
    const fl_node *constructor = NULL;
    fl_module *module = cls->module;
    for (const fl_node *m = fl_node_child(cls->node, 1)->first; m; m = m->next)
        if (m->kind == FL_NODE_function && m->sym == FL_SYM_constructor && !fl_node_is_absent(fl_node_child(m, 2))) constructor = m;
    if (!constructor && cls->module && cls->module->linkage) {
        const fl_value *owner = NULL;
        constructor = fl_value_class_member(cls, FL_SYM_constructor, &owner, &module);
        if (owner != cls) constructor = NULL;
    }
    bool is_implicit = constructor && cls->target && !calls_super(constructor);   /* the base's is run without being named */
    if (!constructor && cls->target) construct(v, f, cls->target, instance, args, node, depth + 1);
    else if (is_implicit) construct(v, f, cls->target, instance, &(fl_value_list){ 0 }, node, depth + 1);
    init_fields(v, f, cls, instance);
    if (!constructor) return;
    fl_value *fn = fl_make_function(v, f, module == cls->module ? cls->scope : module->scope, constructor);
    fn->module = module ? module : fn->module;
    (void)invoke_in(v, f, fn, instance, args, node);
}

/* What the bases of a class end in. */
static fl_value *base_value(fl_value *cls)
{
    while (cls->target && cls->kind == FL_V_CLASS) cls = cls->target;
    return cls;
}

const fl_node *fl_call_site(const fl_values *v, const fl_frame_state *f, const fl_node *node)
{
    for (; f && f->call && node && fl_node_file(node) >= v->project->file_count; f = f->caller) node = f->call;
    return node;
}

static fl_value *instantiate(fl_values *v, fl_frame_state *f, fl_value *cls, const fl_value_list *args, const fl_node *node)
{
    fl_value *instance = fl_value_new(v, FL_V_INSTANCE, fl_call_site(v, f, node));
    instance->target = cls;
    instance->module = f->module;
    /* a class that extends a modelled one is an instance of that type too */
    const fl_value *base = cls;
    for (unsigned i = 0; base && base->kind == FL_V_CLASS && i < 16; i++) base = base->target;
    if (base && base->kind == FL_V_EXTERNAL) {
        const fl_member *m = fl_value_external_member(base);
        const fl_effect *e = m ? (m->new_ ? m->new_ : m->call) : NULL;
        if (e && e->returns.kind == FL_RESULT_TYPE) instance->type = fl_models_type(v->models, e->returns.type);
        if (instance->type && instance->type->is_router && cls->kind == FL_V_CLASS && cls->node->flags & FL_FLAG_CALLABLE) return fl_apply_effect(v, f, e, base_value(cls), args, node);   /* a router of one's own */
    }
    const fl_effect *fields = fl_class_effect(cls);
    if (fields) {   /* a validator whose fields stand in the class */
        fl_value_list given = { 0 };
        fl_vec_push(&v->arena, &given, fl_class_fields(&v->arena, cls, node));
        for (size_t i = 0; i < args->count; i++) fl_vec_push(&v->arena, &given, args->items[i]);
        return fl_apply_effect(v, f, fields, cls, &given, node);
    }
    construct(v, f, cls, instance, args, node, 0);
    return instance;
}

void fl_run_callbacks(fl_values *v, fl_frame_state *f, const fl_value_list *args, const fl_node *node)
{
    for (size_t i = 0; i < args->count; i++) {
        fl_value *fn = args->items[i];
        if (fn->kind != FL_V_FUNCTION || fl_map_get(&v->called_nodes, (uint64_t)(uintptr_t)fn->node)) continue;
        fl_value_list unknowns = { 0 };
        for (unsigned p = fl_node_count(fn->node->first); p > 0; p--) fl_vec_push(&v->arena, &unknowns, fl_value_unknown(v, "argument of a callback", node));
        (void)fl_invoke(v, f, fn, NULL, &unknowns, node);
    }
}

/* ---- members ---- */

static fl_value *class_method(fl_values *v, fl_frame_state *f, fl_value *instance, fl_sym key, const fl_node *node)
{
    const fl_value *owner = NULL;
    fl_module *module = NULL;
    const fl_node *method = instance->target && instance->target->kind == FL_V_CLASS ? fl_value_class_member(instance->target, key, &owner, &module) : NULL;
    if (!method) return NULL;
    fl_value *fn = fl_make_function(v, f, module == owner->module ? owner->scope : module->scope, method);
    fn->module = module;
    fn->self = instance;
    if (!(method->flags & FL_FLAG_GETTER)) return fn;
    fl_value_list none = { 0 };
    return fl_invoke(v, f, fn, instance, &none, node);
}

fl_value *fl_method_of_class(fl_values *v, fl_frame_state *f, fl_value *cls, fl_sym key, const fl_node *node)
{
    fl_value *any = fl_value_new(v, FL_V_INSTANCE, node);
    any->target = cls;
    return class_method(v, f, any, key, node);
}

static bool is_getter_slot(const fl_value *value, fl_sym key)
{
    for (size_t i = 0; i < value->slots.count; i++) if (value->slots.items[i].key == key) return value->slots.items[i].is_getter;
    return false;
}

/* What a class says of all its instances: of its own or of a base. A function of the class is the one that it is asked of. */
static fl_value *class_attribute(fl_values *v, fl_frame_state *f, fl_value *cls, fl_sym key, const fl_node *node)
{
    for (const fl_value *c = cls; c && c->kind == FL_V_CLASS && c->node->flags & FL_FLAG_CALLABLE; c = c->target) {
        fl_value *found = fl_value_slot(c, key);
        if (found && found->kind == FL_V_FUNCTION && is_getter_slot(c, key)) {
            fl_value_list none = { 0 };
            return fl_invoke(v, f, found, cls, &none, node);
        }
        if (!found || found->kind != FL_V_FUNCTION || !found->self || found->self->kind != FL_V_CLASS || found->self == cls) { if (found) return found; continue; }
        fl_value *own = fl_value_new(v, FL_V_FUNCTION, found->node ? found->node : node);
        own->scope = found->scope;
        own->module = found->module;
        own->self = cls;
        return own;
    }
    return NULL;
}

static fl_value *prototype_member(fl_values *v, fl_value *instance, fl_sym key)
{
    fl_value *maker = instance->target;
    fl_value *prototype = maker && maker->kind == FL_V_FUNCTION ? fl_value_slot(maker, FL_SYM_prototype) : NULL;
    fl_value *found = prototype ? fl_value_slot(prototype, key) : NULL;
    if (!found || found->kind != FL_V_FUNCTION) return found;
    fl_value *bound = fl_value_new(v, FL_V_FUNCTION, found->node);
    bound->scope = found->scope;
    bound->module = found->module;
    bound->self = instance;
    return bound;
}

static fl_value *modelled_member(fl_values *v, fl_frame_state *f, fl_value *object, const fl_model_type *type, fl_sym key, const fl_node *node)
{
    const fl_member *m = type ? fl_model_type_member(type, key) : NULL;
    if (!m) return NULL;
    if (m->get && !m->call) { fl_value_list none = { 0 }; return fl_apply_effect(v, f, m->get, object, &none, node); }
    fl_value *method = fl_value_new(v, FL_V_METHOD, node);
    method->self = object;
    method->member = m;
    return method;
}

static fl_value *environment_value(fl_values *v, fl_sym key, const fl_node *node)
{
    fl_value *env = fl_value_text(v, FL_V_UNKNOWN, key, node);
    v->unknown_count++;
    env->is_environment = true;
    bool is_new = true;
    for (size_t i = 0; i < v->environment.count; i++) is_new &= v->environment.items[i] != key;
    if (is_new) fl_vec_push(&v->arena, &v->environment, key);
    return env;
}

static fl_value *external_member(fl_values *v, fl_value *object, fl_sym key, const fl_node *node)
{
    const fl_member *whole = fl_value_external_member(object);
    fl_sym path = object->text ? fl_sym_of(fl_str_format(&v->arena, "%s.%s", fl_sym_c(object->text), fl_sym_c(key))) : key;
    bool is_environment = whole && whole->get && whole->get->reads_environment;
    if (key == FL_SYM_default_ && object->package) return object;
    if (!object->text && object->package && object->model && fl_model_is_itself(object->model, key)) return object;
    fl_value *member = fl_value_new(v, FL_V_EXTERNAL, node);
    member->package = object->package;
    member->model = object->model;
    member->text = path;
    const fl_member *own = fl_value_external_member(member);
    if (is_environment && !(own && own->call)) return environment_value(v, key, node);   /* environ.get is a call of its own */
    const fl_data *constant = own && own->get ? own->get->value : NULL;
    if (constant && constant->kind == FL_DATA_NUMBER) return fl_value_text(v, FL_V_NUMBER, fl_sym_of(constant->text), node);
    if (constant && constant->kind == FL_DATA_STRING) return fl_value_text(v, FL_V_STRING, fl_sym_of(constant->text), node);
    return member;
}

/* `fn.constructor`, of which wrappers read the name: the language says which class a function of that kind has. */
static fl_value *class_of_function(fl_values *v, const fl_value *fn, const fl_node *node)
{
    const fl_data *classes = fn->module && fn->module->builtins && fn->node ? fl_data_get_c(fn->module->builtins->data, "function_classes") : NULL;
    unsigned flags = fn->node ? fn->node->flags : 0;
    if (!classes || (flags & FL_FLAG_ASYNC && flags & FL_FLAG_GENERATOR)) return NULL;
    fl_str name = fl_data_get_str(classes, flags & FL_FLAG_ASYNC ? "async" : flags & FL_FLAG_GENERATOR ? "generator" : "plain");
    fl_value *made = fl_value_new(v, FL_V_DICT, node);
    made->has_more = true;
    fl_value_set(v, made, fl_sym_of_c("name"), fl_value_text(v, FL_V_STRING, fl_sym_of(name), node), node);
    return made;
}

/* d.get where d["get"] is something else. */
static bool is_no_key(const fl_frame_state *f, const fl_value *object, const fl_node *node)
{
    return object->kind == FL_V_DICT && node && node->kind == FL_NODE_member && f->module->builtins && f->module->builtins->missing_key.len &&
           !(object->module && object == object->module->exports);
}

fl_value *fl_get_member(fl_values *v, fl_frame_state *f, fl_value *object, fl_sym key, const fl_node *node)
{
    for (size_t i = is_no_key(f, object, node) ? 0 : object->slots.count; i-- > 0;) {
        fl_slot *slot = &object->slots.items[i];
        if (slot->key != key) continue;
        if (!slot->is_getter) return slot->value;
        fl_value_list none = { 0 };
        return fl_call(v, f, slot->value, object, &none, node, false);
    }
    fl_value *found = NULL;
    switch ((fl_value_kind)object->kind) {
    case FL_V_EXTERNAL: return external_member(v, object, key, node);
    case FL_V_INSTANCE:
        found = class_method(v, f, object, key, node);
        if (!found && object->target) found = class_attribute(v, f, object->target, key, node);
        if (!found) found = prototype_member(v, object, key);
        if (!found) found = modelled_member(v, f, object, object->type, key, node);
        return found ? found : fl_value_unknown(v, "field set later", node);
    case FL_V_CLASS:
        if (key == FL_SYM_prototype) {
            fl_value *prototype = fl_value_new(v, FL_V_INSTANCE, node);
            prototype->target = object;
            return fl_value_set(v, object, key, prototype, node);
        }
        if (key == FL_SYM_name_ && object->node->flags & FL_FLAG_CALLABLE) return fl_value_text(v, FL_V_STRING, object->node->sym, node);
        if ((found = class_attribute(v, f, object, key, node))) return found;
        return object->target ? fl_get_member(v, f, object->target, key, node) : fl_value_new(v, FL_V_UNDEFINED, node);
    case FL_V_FUNCTION:
        if (key == FL_SYM_prototype) return fl_value_set(v, object, key, fl_value_new(v, FL_V_DICT, node), node);
        if (key == FL_SYM_constructor && (found = class_of_function(v, object, node))) return found;
        break;
    case FL_V_LIST:
        if (key == FL_SYM_length) return fl_value_text(v, FL_V_NUMBER, fl_sym_of(fl_str_format(&v->arena, "%u", object->items.count)), node);
        break;
    case FL_V_STRING:
        if (key == FL_SYM_length) return fl_value_text(v, FL_V_NUMBER, fl_sym_of(fl_str_format(&v->arena, "%zu", fl_sym_str(object->text).len)), node);
        break;
    case FL_V_UNKNOWN: case FL_V_RESULT: return fl_value_unknown(v, "member of unknown", node);
    case FL_V_UNDEFINED: case FL_V_NULL: case FL_V_BOOLEAN: case FL_V_NUMBER: case FL_V_TEMPLATE: case FL_V_REGEX:
    case FL_V_DICT: case FL_V_METHOD: case FL_V_TYPED: break;
    }
    if (object->module && object == object->module->exports && (found = fl_module_open_member(v, object->module, key))) return found;
    found = modelled_member(v, f, object, fl_value_type(object, f->module->builtins), key, node);
    if (found) return found;
    return object->kind == FL_V_TYPED ? fl_value_unknown(v, "member without a model", node) : fl_value_new(v, FL_V_UNDEFINED, node);
}

/* ---- effects ---- */

static fl_value *argument(fl_value *self, const fl_value_list *args, int arg)
{
    if (arg == FL_ARG_THIS) return self;
    return arg >= 0 && (size_t)arg < args->count ? args->items[arg] : NULL;
}

static void add_handlers(fl_values *v, fl_registration *r, fl_value *value, unsigned depth)
{
    if (value->kind == FL_V_LIST && depth < 8)
        for (size_t i = 0; i < value->items.count; i++) add_handlers(v, r, value->items.items[i], depth + 1);
    else if (!fl_value_is_nullish(value)) {
        if (value->kind == FL_V_TYPED && value->type->is_router) value->is_mounted = true;
        fl_vec_push(&v->arena, &r->handlers, value);
    }
}

/* The decorators of a method that is a handler, from the inside. */
static fl_value *decorate(fl_values *v, fl_frame_state *f, const fl_value *owner, fl_value *method, const fl_value *cls, const fl_data *members)
{
    fl_value_list with = { 0 };
    fl_value *made = method;
    for (const fl_node *c = method->node->first; c; c = c->next)
        if (c->kind == FL_NODE_decorator) fl_vec_push(&v->arena, &with, fl_eval(v, f, owner->scope, c->first));
    for (size_t i = 0; i < with.count / 2; i++) { fl_value *swap = with.items[i]; with.items[i] = with.items[with.count - 1 - i]; with.items[with.count - 1 - i] = swap; }
    for (const fl_data *m = members ? members->first : NULL; m; m = m->next) {
        const fl_value *list = NULL;
        for (const fl_value *c = cls; c && c->kind == FL_V_CLASS && !list; c = c->target) list = fl_value_slot(c, fl_sym_of(m->text));
        for (size_t i = 0; list && list->kind == FL_V_LIST && i < list->items.count; i++) fl_vec_push(&v->arena, &with, list->items.items[i]);
    }
    for (size_t i = 0; i < with.count; i++) {
        fl_value_list args = { 0 };
        fl_vec_push(&v->arena, &args, made);
        fl_value *next = fl_call(v, f, with.items[i], NULL, &args, method->node, false);
        if (next->kind == FL_V_FUNCTION || next->kind == FL_V_RESULT || next->kind == FL_V_TYPED) made = next;
    }
    return made;
}

static fl_sym upper_case(fl_values *v, fl_str name)
{
    char *text = fl_str_c(&v->arena, name);
    for (char *p = text; *p; p++) if (*p >= 'a' && *p <= 'z') *p = (char)(*p - 32);
    return fl_sym_of_c(text);
}

/* A class as handler stands for its methods: one registration for each. */
static void split_class(fl_values *v, fl_frame_state *f, const fl_registration *r, fl_value *router, fl_value *cls)
{
    fl_value *instance = fl_value_new(v, FL_V_INSTANCE, r->node);
    instance->target = cls;
    instance->module = cls->module;
    for (const fl_data *m = r->effect->route.class_methods->first; m; m = m->next) {
        const fl_value *owner = NULL;
        fl_sym method = upper_case(v, m->text);
        bool is_wanted = !r->methods.count;
        for (size_t i = 0; i < r->methods.count; i++) is_wanted |= r->methods.items[i] == method;
        if (!is_wanted || !fl_value_class_member(cls, fl_sym_of(m->text), &owner, NULL)) continue;
        fl_registration *one = FL_NEW(&v->arena, fl_registration);
        *one = *r;
        one->methods.items = NULL;
        one->methods.count = one->methods.capacity = 0;
        one->handlers.items = NULL;
        one->handlers.count = one->handlers.capacity = 0;
        fl_vec_push(&v->arena, &one->methods, method);
        fl_value *bound = class_method(v, f, instance, fl_sym_of(m->text), r->node);
        if (bound->kind == FL_V_FUNCTION) bound = decorate(v, f, owner, bound, cls, r->effect->route.class_decorators);
        fl_vec_push(&v->arena, &one->handlers, bound);
        fl_vec_push(&v->arena, &router->registrations, one);
        v->registered++;
    }
}

static void add_registration(fl_values *v, fl_frame_state *f, fl_value *router, fl_registration *r, bool has_own_methods)
{
    fl_value *last = r->handlers.count ? r->handlers.items[r->handlers.count - 1] : NULL;
    if (r->effect->route.class_methods && last && last->kind == FL_V_CLASS) {
        if (!has_own_methods) r->methods.count = 0;
        split_class(v, f, r, router, last);
        return;
    }
    fl_vec_push(&v->arena, &router->registrations, r);
    v->registered++;
}

static bool looks_like_path(const fl_value *value)
{
    if (value->kind == FL_V_LIST && value->items.count) value = value->items.items[0];
    return value->kind == FL_V_STRING || value->kind == FL_V_TEMPLATE || value->kind == FL_V_REGEX || (value->kind == FL_V_UNKNOWN && value->is_environment);
}

/* The router that a framework has without saying so: what its calls register on. */
static fl_value *application_of(fl_values *v, const fl_model *model, const fl_node *node)
{
    for (size_t i = 0; i < v->applications.count; i++) if (v->applications.items[i]->type->model == model) return v->applications.items[i];
    const fl_model_type *root = NULL;
    for (size_t i = 0; i < model->type_list.count && !root; i++) if (model->type_list.items[i]->is_root) root = model->type_list.items[i];
    if (!root) return NULL;
    fl_value *application = fl_value_new(v, FL_V_TYPED, node);
    application->type = root;
    fl_vec_push(&v->arena, &v->applications, application);
    fl_vec_push(&v->arena, &v->routers, application);
    return application;
}

static fl_value *router_of(fl_values *v, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_value *named = argument(self, args, e->route.is_set ? e->route.on : FL_ARG_THIS);
    if (named && named->kind == FL_V_TYPED && named->type->is_router) return named;
    if (self->kind == FL_V_EXTERNAL && self->model) return application_of(v, self->model, node);
    return self;
}

/* An argument by its number, or a member of the description of a route by its name. */
static fl_value *route_part(fl_values *v, fl_frame_state *f, const fl_data *part, fl_value *from, const fl_value_list *args, const fl_node *node)
{
    int64_t n;
    if (!part) return NULL;
    if (part->kind == FL_DATA_NUMBER) return fl_str_to_int(part->text, &n) && n >= 0 && (size_t)n < args->count ? args->items[n] : NULL;
    return from ? fl_get_member(v, f, from, fl_sym_of(fl_data_str(part, FL_S(""))), node) : NULL;
}

/* "*" and nothing: any method; "GET,POST" is both. */
static void add_methods(fl_values *v, fl_registration *r, const fl_value *value)
{
    fl_str rest, one;
    if (value && value->kind == FL_V_LIST) {
        for (size_t i = 0; i < value->items.count; i++)
            if (value->items.items[i]->kind == FL_V_STRING) add_methods(v, r, value->items.items[i]);
        return;
    }
    if (!value || !fl_value_as_text(value, &rest)) return;
    while (fl_str_split(&rest, ',', &one)) {
        fl_str name = fl_str_trim(one);
        if (name.len && name.ptr[0] != '*') fl_vec_push(&v->arena, &r->methods, fl_sym_of(name));
    }
}

static fl_value *paths_from(fl_values *v, const fl_value_list *args, int first, const fl_node *node);

/* A route of which each part is an argument of its own, or a member of one description; a list holds many. */
static void register_parts(fl_values *v, fl_frame_state *f, const fl_effect *e, fl_value *router, fl_value *from, const fl_value_list *args, const fl_node *node)
{
    if (from && from->kind == FL_V_LIST) {
        for (size_t i = 0; i < from->items.count; i++) register_parts(v, f, e, router, from->items.items[i], args, from->items.items[i]->node ? from->items.items[i]->node : node);
        return;
    }
    fl_value *handler = route_part(v, f, e->route.handler, from, args, node);
    if (!handler || fl_value_is_nullish(handler)) return;   /* the end of a table */
    if (e->route.dispatches && handler->kind != FL_V_FUNCTION) return;   /* createServer(app): an application of its own */
    fl_registration *r = FL_NEW(&v->arena, fl_registration);
    const fl_value *at = argument(NULL, args, e->route.at);
    r->answers = argument(NULL, args, e->route.answers);
    r->status = argument(NULL, args, e->route.status);
    r->effect = e;
    r->node = at && at->node ? at->node : fl_call_site(v, f, node);
    add_methods(v, r, route_part(v, f, e->route.method, from, args, node));
    bool has_own_methods = r->methods.count > 0;
    for (const fl_data *m = e->route.methods && !r->methods.count ? e->route.methods->first : NULL; m; m = m->next) fl_vec_push(&v->arena, &r->methods, fl_sym_of(m->text));
    const fl_data *first = e->route.paths && e->route.paths->kind == FL_DATA_LIST ? e->route.paths->first : e->route.paths;
    if (first && e->route.paths->kind == FL_DATA_LIST && first->next) {
        r->prefix = route_part(v, f, first, from, args, node);
        first = first->next;
        if (r->prefix && fl_value_is_nullish(r->prefix)) r->prefix = NULL;
    }
    r->path = e->route.takes_all ? paths_from(v, args, e->route.path, node) : first ? route_part(v, f, first, from, args, node) : argument(NULL, args, e->route.path);
    if (r->path && fl_value_is_nullish(r->path)) r->path = NULL;
    fl_str text;
    if (!r->methods.count && e->route.method && r->path && fl_value_as_text(r->path, &text) && fl_str_ends(text, FL_S("*"))) {   /* any method below a path: it stands before others */
        r->is_mount = true;
        r->path = fl_value_text(v, FL_V_STRING, fl_sym_of(fl_str_sub(text, 0, text.len - 1)), node);
    }
    add_handlers(v, r, handler, 0);
    add_registration(v, f, router, r, has_own_methods);
}

/* The argument of a call as it is written, by its number or by the name that the effect's params give it. */
static const fl_node *written_argument(const fl_node *call, const fl_effect *e, int arg)
{
    int64_t at = 0;
    if (arg < 0 || !call || call->kind != FL_NODE_call) return NULL;
    for (const fl_node *a = call->first->next; a; a = a->next, at++) {
        if (a->kind != FL_NODE_dict || !(a->flags & FL_FLAG_NAMED)) { if (at == arg) return a; continue; }
        const fl_data *name = e->params ? e->params->first : NULL;
        for (int64_t n = 0; name && n < arg; n++) name = name->next;
        for (const fl_node *p = name ? a->first : NULL; p; p = p->next)
            if (p->kind == FL_NODE_pair && p->sym == fl_sym_of(fl_data_str(name, FL_S("")))) return p->first;
    }
    return NULL;
}

static void add_before(fl_values *v, fl_registration *r, const fl_value *list)
{
    for (size_t i = 0; list && list->kind == FL_V_LIST && i < list->items.count; i++) fl_vec_push(&v->arena, &r->before, list->items.items[i]);
}

static bool is_false(const fl_value *value) { return value && value->kind == FL_V_BOOLEAN && !value->boolean; }

/* What the call that bound the path said of methods. True: the program says which. */
static bool bound_methods(fl_values *v, fl_registration *r, const fl_value *self)
{
    fl_value_list items = { 0 };
    for (size_t i = 0; i < self->items.count; i++) fl_vec_push(&v->arena, &items, self->items.items[i]);
    r->status = argument(NULL, &items, self->effect->bind.status);
    r->response = written_argument(self->node, self->effect, self->effect->bind.response);
    r->response_module = self->module;
    r->answers = argument(NULL, &items, self->effect->bind.answers);
    r->is_hidden = is_false(argument(NULL, &items, self->effect->bind.shown));
    add_before(v, r, argument(NULL, &items, self->effect->bind.uses));
    fl_value *given = argument(NULL, &items, self->effect->bind.methods);
    if (given && given->kind == FL_V_LIST) {
        add_methods(v, r, given);
        return true;
    }
    for (const fl_data *m = self->effect->bind.usual ? self->effect->bind.usual->first : NULL; m; m = m->next) fl_vec_push(&v->arena, &r->methods, fl_sym_of(m->text));
    return false;
}

/* Below which path a router is mounted: the one given there, its own, or both. */
static fl_value *mount_path(fl_values *v, const fl_value *mounted, fl_value *given, fl_value **prefix, const fl_node *node)
{
    const fl_data *own = mounted->kind == FL_V_TYPED ? fl_data_get_c(mounted->type->data, "prefix") : NULL;
    int64_t n = fl_data_get_int(own, "arg", -1), name = fl_data_get_int(own, "name", -1);
    fl_value *mine = n >= 0 && (size_t)n < mounted->items.count ? mounted->items.items[n] : NULL;
    fl_str text;
    if (given && fl_value_is_nullish(given)) given = NULL;
    if (mine && fl_value_is_nullish(mine)) mine = NULL;
    if (!mine && !given && name >= 0 && (size_t)name < mounted->items.count && fl_value_as_text(mounted->items.items[name], &text))
        mine = fl_value_text(v, FL_V_STRING, fl_sym_of(fl_str_format(&v->arena, "/" FL_STR_FMT, FL_STR_ARG(text))), node);
    if (given && mine && !fl_data_get_bool(own, "replaced", false)) *prefix = given;
    return given && !*prefix ? given : mine;
}

static void register_on(fl_values *v, fl_frame_state *f, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    if (self) self = router_of(v, e, self, args, node);
    if (!self) return;
    if (e->route.handler) { register_parts(v, f, e, self, argument(self, args, e->route.from), args, node); return; }
    fl_registration *r = FL_NEW(&v->arena, fl_registration);
    r->effect = e;
    r->node = node;
    r->is_mount = e->mount.is_set;
    if (r->is_mount && e->mount.only >= 0) {
        fl_value *mounted = argument(self, args, e->mount.only);
        if (!mounted) return;
        r->path = mount_path(v, mounted, argument(self, args, e->mount.path), &r->prefix, node);
        add_before(v, r, argument(self, args, e->mount.uses));
        r->answers = argument(self, args, e->mount.answers);
        r->is_hidden = is_false(argument(self, args, e->mount.shown));
        add_handlers(v, r, mounted, 0);
        fl_vec_push(&v->arena, &self->registrations, r);
        return;
    }
    int path = r->is_mount ? e->mount.path : e->route.path, first = r->is_mount ? e->mount.handlers : e->route.handlers;
    if (path == FL_ARG_BOUND) { r->path = self->bound; }
    else r->path = argument(self, args, path);
    if (r->is_mount && e->mount.path_is_optional && r->path) {
        if (looks_like_path(r->path) || (r->path->kind == FL_V_UNKNOWN && args->count > 1)) first = first == path ? first + 1 : first;
        else r->path = NULL;
    }
    fl_value *router = path == FL_ARG_BOUND && self->target ? self->target : self;
    for (const fl_data *m = e->route.methods ? e->route.methods->first : NULL; m && !r->is_mount; m = m->next) fl_vec_push(&v->arena, &r->methods, fl_sym_of(m->text));
    bool has_own_methods = path == FL_ARG_BOUND && self->effect && bound_methods(v, r, self);
    for (size_t i = first < 0 ? 0 : (size_t)first; i < args->count; i++) add_handlers(v, r, args->items[i], 0);
    add_registration(v, f, router, r, has_own_methods);
}

/* Route("/", home), Mount("/more", routes=[…]): what a router is made with, as if it had been said of it afterwards. */
static void register_listed(fl_values *v, fl_frame_state *f, fl_value *router, const fl_value *entry, unsigned depth)
{
    if (entry->kind == FL_V_LIST && depth < 4) {
        for (size_t i = 0; i < entry->items.count; i++) register_listed(v, f, router, entry->items.items[i], depth + 1);
        return;
    }
    if (entry->kind != FL_V_TYPED || entry == router) return;
    if (entry->effect && entry->effect->is_listed) {
        fl_value_list given = { 0 };
        for (size_t i = 0; i < entry->items.count; i++) fl_vec_push(&v->arena, &given, entry->items.items[i]);
        register_on(v, f, entry->effect, router, &given, entry->node ? entry->node : router->node);
    } else if (entry->type->is_router) {
        fl_registration *r = FL_NEW(&v->arena, fl_registration);
        r->node = entry->node;
        r->is_mount = true;
        r->path = mount_path(v, entry, NULL, &r->prefix, entry->node);
        add_handlers(v, r, (fl_value *)(uintptr_t)entry, 0);
        fl_vec_push(&v->arena, &router->registrations, r);
    }
}

static void register_table(fl_values *v, fl_frame_state *f, fl_value *router)
{
    const fl_data *table = router->kind == FL_V_TYPED && router->type->is_router ? fl_data_get_c(router->type->data, "table") : NULL;
    int64_t n;
    for (const fl_data *d = table ? table->first : NULL; d; d = d->next)
        if (fl_str_to_int(d->text, &n) && n >= 0 && (size_t)n < router->items.count) register_listed(v, f, router, router->items.items[n], 0);
}

/* A handler for errors of one class, or for one status; for all of them when it says neither. */
static void register_error_handler(fl_values *v, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_value *handler = argument(self, args, e->handles.handler), *error = e->handles.error == FL_ARG_BOUND ? self->bound : argument(self, args, e->handles.error);
    fl_value *router = self->kind == FL_V_TYPED && !self->type->is_router && self->target ? self->target : self;
    if (!handler || !error) return;
    fl_registration *r = FL_NEW(&v->arena, fl_registration);
    r->effect = e;
    r->node = node;
    r->error = error;
    add_handlers(v, r, handler, 0);
    if (r->handlers.count) fl_vec_push(&v->arena, &router->registrations, r);
}

/* App(exception_handlers={NotFound: handler}): what an argument of the call that made the router catches. */
static void register_catches(fl_values *v, fl_value *router, const fl_node *node)
{
    const fl_data *said = router->type->is_router ? fl_data_get_c(router->type->data, "catches") : NULL;
    int64_t n = fl_data_get_int(said, "arg", -1);
    const fl_value *dict = n >= 0 && (size_t)n < router->items.count ? router->items.items[n] : NULL;
    const fl_member *member = dict && dict->kind == FL_V_DICT ? fl_model_type_member(router->type, fl_sym_of(fl_data_get_str(said, "by"))) : NULL;
    if (!member || !member->call) return;
    for (size_t i = 0; i < dict->slots.count; i++) {
        fl_value_list args = { 0 };
        fl_vec_push(&v->arena, &args, fl_value_text(v, FL_V_NUMBER, dict->slots.items[i].key, node));
        fl_vec_push(&v->arena, &args, dict->slots.items[i].value);
        register_error_handler(v, member->call, router, &args, node);
    }
    for (size_t i = 0; i + 1 < dict->items.count; i += 2) {
        fl_value_list args = { 0 };
        fl_vec_push(&v->arena, &args, dict->items.items[i]);
        fl_vec_push(&v->arena, &args, dict->items.items[i + 1]);
        register_error_handler(v, member->call, router, &args, node);
    }
}

/* Every argument from that one on that is given by position, as a list. */
static fl_value *paths_from(fl_values *v, const fl_value_list *args, int first, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    for (size_t i = first < 0 ? 0 : (size_t)first; i < args->count; i++)
        if (looks_like_path(args->items[i])) fl_vec_push(&v->arena, &list->items, args->items[i]);
    return list;
}

/* Api(blueprint): a router that is part of another. */
static void join_router(fl_values *v, const fl_effect *e, fl_value *self, fl_value *made, const fl_value_list *args, const fl_node *node)
{
    fl_value *outer = argument(self, args, e->joins.router), *inner = made && made->kind == FL_V_TYPED && made->type->is_router ? made : self;
    if (!outer || outer->kind != FL_V_TYPED || !outer->type->is_router || !inner || inner == outer || inner->kind != FL_V_TYPED) return;
    fl_registration *r = FL_NEW(&v->arena, fl_registration);
    r->effect = e;
    r->node = node;
    r->is_mount = true;
    r->path = mount_path(v, inner, argument(self, args, e->joins.path), &r->prefix, node);
    add_handlers(v, r, inner, 0);
    fl_vec_push(&v->arena, &outer->registrations, r);
}

static void hook_param(fl_values *v, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_value *name = argument(self, args, e->param_hook.name), *handler = argument(self, args, e->param_hook.handler);
    if (!name || name->kind != FL_V_STRING || !handler || handler->kind != FL_V_FUNCTION) return;
    fl_registration *r = FL_NEW(&v->arena, fl_registration);
    r->effect = e;
    r->node = node;
    r->is_mount = true;
    r->param = name->text;
    fl_value *hook = fl_value_new(v, FL_V_FUNCTION, handler->node);
    hook->scope = handler->scope;
    hook->module = handler->module;
    hook->self = handler->self;
    hook->text = name->text;
    fl_vec_push(&v->arena, &r->handlers, hook);
    fl_vec_push(&v->arena, &self->registrations, r);
}

static fl_value *result_of(fl_values *v, const fl_result *result, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node, fl_module *module)
{
    switch (result->kind) {
    case FL_RESULT_THIS: return self ? self : fl_value_unknown(v, "receiver", node);
    case FL_RESULT_ARG: { fl_value *a = argument(self, args, (int)result->arg); return a ? a : fl_value_new(v, FL_V_UNDEFINED, node); }
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
    case FL_RESULT_UNKNOWN: case FL_RESULT_BASIC: case FL_RESULT_ELEMENT: case FL_RESULT_INSTANCE: case FL_RESULT_INSTANCE_OF_ARG: case FL_RESULT_CALLBACK: case FL_RESULT_DICT_OF: case FL_RESULT_PLAIN:
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
        fl_value *env = environment_value(v, args->items[0]->text, node), *preset = args->count > 1 ? args->items[1] : NULL;
        if (!preset || (preset->kind != FL_V_STRING && preset->kind != FL_V_NUMBER)) return env;
        fl_value *named = fl_value_text(v, (fl_value_kind)preset->kind, preset->text, node);   /* the default keeps the name of the variable */
        named->is_environment = true;
        named->package = env->text;
        return named;
    }
    if ((e->route.is_set || e->mount.is_set) && !e->is_listed) register_on(v, f, e, self, args, node);
    if (e->handles.is_set && self) register_error_handler(v, e, self, args, node);
    if (e->param_hook.is_set && self) hook_param(v, e, self, args, node);
    if (e->listen.is_set) {
        v->listen.port = argument(self, args, e->listen.port);
        v->listen.node = fl_call_site(v, f, node);
        if (self) self->is_served = true;
        if (!e->ignores_callbacks && !e->route.is_set) fl_run_callbacks(v, f, args, node);
    }
    if (e->serve.is_set) {
        fl_value *served = argument(self, args, e->serve.handler);
        if (served) served->is_served = true;
    }
    if (e->adds_element.is_set && self && self->kind == FL_V_TYPED) {
        fl_value *item = argument(self, args, e->adds_element.arg);
        if (item && self->items.count < FL_LIMIT_VALUE_ITEMS) fl_vec_push(&v->arena, &self->items, item);
    }
    fl_value *result = NULL;
    if (e->intrinsic) result = fl_apply_intrinsic(v, f, e, self, args, node);
    else if (!e->route.is_set && !e->mount.is_set && !e->handles.is_set && !e->ignores_callbacks && !e->listen.is_set && e->returns.kind != FL_RESULT_TYPE) fl_run_callbacks(v, f, args, node);
    if (!result && e->predicate.is_set) result = asked(v, e, argument(self, args, e->predicate.arg));
    if (result) return result;
    result = result_of(v, &e->returns, e, self, args, node, f->module);
    if (e->bind.is_set && result->kind == FL_V_TYPED) {
        result->target = self;
        result->bound = e->bind.takes_all ? paths_from(v, args, e->bind.path, node) : argument(self, args, e->bind.path);
    }
    if (e->describes && self && self->kind == FL_V_CLASS && result->kind == FL_V_TYPED) fl_value_set(v, self, FL_SYM_described, result, node);
    if (e->joins.is_set) join_router(v, e, self, result, args, node);
    if (e->returns.kind == FL_RESULT_TYPE && result->kind == FL_V_TYPED) { register_table(v, f, result); register_catches(v, result, node); }
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
        if (is_new) return instantiate(v, f, callee, args, node);
        return fl_invoke(v, f, callee, callee->self ? callee->self : self, args, node);
    case FL_V_CLASS:
        if (is_new || (callee->node->flags & FL_FLAG_CALLABLE && !(node && node->first && node->first->kind == FL_NODE_super_))) return instantiate(v, f, callee, args, node);
        if (self) construct(v, f, callee, self, args, node, 0);   /* super(…) */
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
        fl_value *method = class_method(v, f, callee, FL_SYM_call_, node);
        if (method && method->kind == FL_V_FUNCTION) return fl_invoke(v, f, method, callee, args, node);
        break;
    }
    }
    fl_run_callbacks(v, f, args, node);
    return fl_value_unknown(v, "call of a value that is no function", node);
}
