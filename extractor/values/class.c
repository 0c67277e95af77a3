/*
 * Functions and classes of start-up code: how they are made, decorated, invoked and instantiated, and what a member of a value is.
 * Read fl_invoke, then fl_get_member.
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
void fl_construct(fl_values *v, fl_frame_state *f, fl_value *cls, fl_value *instance, const fl_value_list *args, const fl_node *node, unsigned depth)
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
    if (!constructor && cls->target) fl_construct(v, f, cls->target, instance, args, node, depth + 1);
    else if (is_implicit) fl_construct(v, f, cls->target, instance, &(fl_value_list){ 0 }, node, depth + 1);
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

fl_value *fl_instantiate(fl_values *v, fl_frame_state *f, fl_value *cls, const fl_value_list *args, const fl_node *node)
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
    fl_construct(v, f, cls, instance, args, node, 0);
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

fl_value *fl_class_method(fl_values *v, fl_frame_state *f, fl_value *instance, fl_sym key, const fl_node *node)
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
    return fl_class_method(v, f, any, key, node);
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

fl_value *fl_environment_default(fl_values *v, const fl_value *variable, const fl_value *preset, const fl_node *node)
{
    fl_value *named = fl_value_text(v, (fl_value_kind)preset->kind, preset->text, node);
    named->is_environment = true;
    named->package = variable->text;
    return named;
}

fl_value *fl_environment_value(fl_values *v, fl_sym key, const fl_node *node)
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
    if (is_environment && !(own && own->call)) return fl_environment_value(v, key, node);   /* environ.get is a call of its own */
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
        found = fl_class_method(v, f, object, key, node);
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
    case FL_V_REGEX:
        if (key == fl_sym_of_c("source")) return fl_value_text(v, FL_V_STRING, object->text, node);
        if (key == fl_sym_of_c("ignoreCase")) return fl_value_bool(v, fl_regex_has_flag(v, object, 'i'));
        break;
    case FL_V_UNKNOWN: case FL_V_RESULT: return fl_value_unknown(v, "member of unknown", node);
    case FL_V_UNDEFINED: case FL_V_NULL: case FL_V_BOOLEAN: case FL_V_NUMBER: case FL_V_TEMPLATE:
    case FL_V_DICT: case FL_V_METHOD: case FL_V_TYPED: break;
    }
    if (object->module && object == object->module->exports && (found = fl_module_open_member(v, object->module, key))) return found;
    found = modelled_member(v, f, object, fl_value_type(object, f->module->builtins), key, node);
    if (found) return found;
    return object->kind == FL_V_TYPED ? fl_value_unknown(v, "member without a model", node) : fl_value_new(v, FL_V_UNDEFINED, node);
}
