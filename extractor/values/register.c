/*
 * What a call says of routes: registrations and mounts are put on the router they were said of, a class becomes one registration for
 * each of its methods, tables and descriptions are read like calls. Read fl_register.
 */
#include "extractor/values/value_p.h"

fl_value *fl_effect_arg(fl_value *self, const fl_value_list *args, int arg)
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
        fl_value *bound = fl_class_method(v, f, instance, fl_sym_of(m->text), r->node);
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
    fl_value *named = fl_effect_arg(self, args, e->route.is_set ? e->route.on : FL_ARG_THIS);
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
    const fl_value *at = fl_effect_arg(NULL, args, e->route.at);
    r->answers = fl_effect_arg(NULL, args, e->route.answers);
    r->status = fl_effect_arg(NULL, args, e->route.status);
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
    r->path = e->route.takes_all ? fl_paths_among(v, args, e->route.path, node) : first ? route_part(v, f, first, from, args, node) : fl_effect_arg(NULL, args, e->route.path);
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
    r->status = fl_effect_arg(NULL, &items, self->effect->bind.status);
    r->response = written_argument(self->node, self->effect, self->effect->bind.response);
    r->response_module = self->module;
    r->answers = fl_effect_arg(NULL, &items, self->effect->bind.answers);
    r->is_hidden = is_false(fl_effect_arg(NULL, &items, self->effect->bind.shown));
    add_before(v, r, fl_effect_arg(NULL, &items, self->effect->bind.uses));
    fl_value *given = fl_effect_arg(NULL, &items, self->effect->bind.methods);
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

void fl_register(fl_values *v, fl_frame_state *f, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    if (self) self = router_of(v, e, self, args, node);
    if (!self) return;
    if (e->route.handler) { register_parts(v, f, e, self, fl_effect_arg(self, args, e->route.from), args, node); return; }
    fl_registration *r = FL_NEW(&v->arena, fl_registration);
    r->effect = e;
    r->node = node;
    r->is_mount = e->mount.is_set;
    if (r->is_mount && e->mount.only >= 0) {
        fl_value *mounted = fl_effect_arg(self, args, e->mount.only);
        if (!mounted) return;
        r->path = mount_path(v, mounted, fl_effect_arg(self, args, e->mount.path), &r->prefix, node);
        add_before(v, r, fl_effect_arg(self, args, e->mount.uses));
        r->answers = fl_effect_arg(self, args, e->mount.answers);
        r->is_hidden = is_false(fl_effect_arg(self, args, e->mount.shown));
        add_handlers(v, r, mounted, 0);
        fl_vec_push(&v->arena, &self->registrations, r);
        return;
    }
    int path = r->is_mount ? e->mount.path : e->route.path, first = r->is_mount ? e->mount.handlers : e->route.handlers;
    if (path == FL_ARG_BOUND) { r->path = self->bound; }
    else r->path = fl_effect_arg(self, args, path);
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
        fl_register(v, f, entry->effect, router, &given, entry->node ? entry->node : router->node);
    } else if (entry->type->is_router) {
        fl_registration *r = FL_NEW(&v->arena, fl_registration);
        r->node = entry->node;
        r->is_mount = true;
        r->path = mount_path(v, entry, NULL, &r->prefix, entry->node);
        add_handlers(v, r, (fl_value *)(uintptr_t)entry, 0);
        fl_vec_push(&v->arena, &router->registrations, r);
    }
}

void fl_register_table(fl_values *v, fl_frame_state *f, fl_value *router)
{
    const fl_data *table = router->kind == FL_V_TYPED && router->type->is_router ? fl_data_get_c(router->type->data, "table") : NULL;
    int64_t n;
    for (const fl_data *d = table ? table->first : NULL; d; d = d->next)
        if (fl_str_to_int(d->text, &n) && n >= 0 && (size_t)n < router->items.count) register_listed(v, f, router, router->items.items[n], 0);
}

/* A handler for errors of one class, or for one status; for all of them when it says neither. */
void fl_register_error_handler(fl_values *v, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_value *handler = fl_effect_arg(self, args, e->handles.handler), *error = e->handles.error == FL_ARG_BOUND ? self->bound : fl_effect_arg(self, args, e->handles.error);
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
void fl_register_catches(fl_values *v, fl_value *router, const fl_node *node)
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
        fl_register_error_handler(v, member->call, router, &args, node);
    }
    for (size_t i = 0; i + 1 < dict->items.count; i += 2) {
        fl_value_list args = { 0 };
        fl_vec_push(&v->arena, &args, dict->items.items[i]);
        fl_vec_push(&v->arena, &args, dict->items.items[i + 1]);
        fl_register_error_handler(v, member->call, router, &args, node);
    }
}

/* Every argument from that one on that is given by position, as a list. */
fl_value *fl_paths_among(fl_values *v, const fl_value_list *args, int first, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    for (size_t i = first < 0 ? 0 : (size_t)first; i < args->count; i++)
        if (looks_like_path(args->items[i])) fl_vec_push(&v->arena, &list->items, args->items[i]);
    return list;
}

/* Api(blueprint): a router that is part of another. */
void fl_register_joined(fl_values *v, const fl_effect *e, fl_value *self, fl_value *made, const fl_value_list *args, const fl_node *node)
{
    fl_value *outer = fl_effect_arg(self, args, e->joins.router), *inner = made && made->kind == FL_V_TYPED && made->type->is_router ? made : self;
    if (!outer || outer->kind != FL_V_TYPED || !outer->type->is_router || !inner || inner == outer || inner->kind != FL_V_TYPED) return;
    fl_registration *r = FL_NEW(&v->arena, fl_registration);
    r->effect = e;
    r->node = node;
    r->is_mount = true;
    r->path = mount_path(v, inner, fl_effect_arg(self, args, e->joins.path), &r->prefix, node);
    add_handlers(v, r, inner, 0);
    fl_vec_push(&v->arena, &outer->registrations, r);
}

void fl_register_param_hook(fl_values *v, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_value *name = fl_effect_arg(self, args, e->param_hook.name), *handler = fl_effect_arg(self, args, e->param_hook.handler);
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
