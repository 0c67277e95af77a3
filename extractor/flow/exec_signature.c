/*
 * Handlers whose signature says what they get (`reads_signature`): each parameter's name, type and default tell where in the request it
 * comes from and what is valid there; the framework refuses anything else. A parameter may also be what another function returns, which is
 * called in the same way before (`runs` of a model: a dependency). Read fl_named_handler_args, then part_of, depend.
 */
#include "extractor/flow/exec_p.h"
#include "extractor/flow/claim_p.h"

enum { MAX_DEPENDENCIES = 64, MAX_WRAPPED = 32 };

/* ---- what a parameter says ---- */

typedef struct part {
    const fl_node *param, *type;           /* type: behind its aliases; may be absent */
    const fl_module *module;
    const fl_value *marker;                /* Query(…), Depends(…); NULL */
    const fl_value *preset;                /* a default that is a constant; NULL */
    fl_schema *schema;                     /* NULL: nothing is known */
    fl_location in;
    fl_str name;
    bool is_optional, is_object, is_known;
} part;

static const fl_value *describing(fl_exec *x, const fl_value *handler, const fl_module *module, const fl_node *expr)
{
    const fl_scope *scope = module == handler->module ? handler->scope : module->scope;
    return expr->kind == FL_NODE_call ? fl_validator_of_call(x->arena, x->models, module, scope, NULL, expr) : NULL;
}

static bool is_marker(const fl_value *v) { return v && v->effect && (v->effect->parameter || v->effect->runs.is_set); }

/* A value that goes into a query, a header or a path: no object, no list. */
static bool is_scalar(const fl_schema *s, unsigned depth)
{
    if (depth > 8) return true;
    for (size_t i = 0; i < s->any_of.count; i++) if (!is_scalar(s->any_of.items[i], depth + 1)) return false;
    return !(s->types & (FL_JSON_OBJECT | FL_JSON_ARRAY | FL_JSON_BINARY)) && !s->properties.count && !s->all_of.count;
}

static bool is_file(const fl_schema *s) { return s && (s->types & FL_JSON_BINARY || (s->types & FL_JSON_ARRAY && s->items && s->items->types & FL_JSON_BINARY)); }

static bool is_path_name(fl_exec *x, fl_str name)
{
    x->asks_route = true;
    for (size_t i = 0; i < x->route->path_names.count; i++) if (fl_str_eq(name, x->route->path_names.items[i])) return true;
    return false;
}

static void read_type(fl_exec *x, const fl_value *handler, part *p)
{
    const fl_node *preset = fl_node_child(p->param, 1);
    bool is_annotated = fl_type_is_refined(x->values, p->module, p->type);
    for (const fl_node *m = is_annotated ? p->type->first->next : NULL; m; m = m->next) {
        const fl_value *v = m->kind == FL_NODE_type_of ? describing(x, handler, p->module, m->first) : NULL;
        if (is_marker(v)) p->marker = v;
    }
    if (is_annotated && p->marker && p->marker->effect->runs.is_set) p->type = p->type->first;
    if (fl_node_is_absent(preset)) return;
    const fl_value *made = fl_value_slot(handler, p->param->sym), *v = is_marker(made) ? made : describing(x, handler, handler->module, preset);
    if (is_marker(v)) { p->marker = v; return; }
    p->preset = fl_value_of_expression(x->arena, x->models, handler->module, handler->scope, preset);
    p->is_optional = p->param->flags & FL_FLAG_OPTIONAL;
}

static part part_of(fl_exec *x, const fl_value *handler, const fl_node *param)
{
    part p = { .param = param, .module = handler->module, .name = fl_sym_str(param->sym), .in = FL_IN_QUERY };
    p.type = fl_type_behind(x->arena, x->values, &p.module, fl_node_child(param, 2));
    read_type(x, handler, &p);
    if (p.marker && p.marker->effect->runs.is_set) { p.in = FL_IN_NOWHERE; return p; }
    fl_str alias = FL_S("");
    p.schema = fl_schema_refined(x->results, x->values, p.module, p.type, p.marker ? p.marker : p.preset, &alias, &p.is_optional);
    p.is_known = p.schema && (p.schema->types || p.schema->any_of.count || p.schema->all_of.count);
    p.is_object = p.is_known && !is_scalar(p.schema, 0);
    if (p.marker) p.in = fl_location_named(fl_sym_str(p.marker->effect->parameter));
    else if (is_path_name(x, p.name)) p.in = FL_IN_PATH;
    else if (p.is_known && is_file(p.schema)) p.in = FL_IN_FILE;
    else if (p.is_object) p.in = FL_IN_BODY;
    if (p.in != FL_IN_BODY && p.schema) p.schema = fl_schema_present(x->results, p.schema);
    if (alias.len) p.name = alias;
    else if (p.in == FL_IN_HEADER) p.name = fl_str_replace(x->results, p.name, FL_S("_"), FL_S("-"));
    return p;
}

/* ---- facts ---- */

static bool is_null_preset(const part *p)
{
    const fl_value *given = p->preset ? p->preset : p->marker && p->marker->items.count ? p->marker->items.items[0] : NULL;
    return given && given->kind == FL_V_NULL;
}

static fl_fact *placed_fact(fl_exec *x, const part *p, fl_place *place)
{
    place->is_read = true;
    if (!place->first_use) place->first_use = p->param;
    place->is_required = !p->is_optional || p->in == FL_IN_PATH;
    place->is_said = true;
    if (p->is_known) place->declared = p->schema;
    fl_fact *f = fl_fact_copy(x, fl_place_fact(x, place, p->param));
    if (!p->is_known) return f;
    const fl_fact *typed = fl_fact_of_schema(x, p->schema, NULL);
    bool can_be_null = (p->schema->types & FL_JSON_NULL && p->in == FL_IN_BODY) || (p->is_optional && is_null_preset(p));
    f->types = (uint16_t)(typed->types & ~(unsigned)FL_T_NULLISH);
    if (can_be_null) f->types |= FL_T_NULL;
    f->may = f->types == FL_T_ANY ? 0 : f->types & FL_T_NULLISH;
    f->schema = p->schema;
    if (p->in != FL_IN_BODY && p->in != FL_IN_FILE && !(p->schema->types & FL_JSON_STRING)) f->is_coerced = true;
    fl_request_pointer at = fl_place_pointer(x, place);
    if (can_be_null) f->because = fl_because_add(x, NULL, p->param, "%s " FL_STR_FMT " is null when the request has none", fl_location_text(at.in), FL_STR_ARG(at.pointer));
    return f;
}

static const fl_fact *path_fact(fl_exec *x, const part *p)
{
    fl_fact *f = placed_fact(x, p, fl_place_child(x, fl_place_root(x, FL_IN_PATH), fl_sym_of(p->name), p->param));
    if (!p->is_known) f->types = FL_T_STRING;
    f->types &= (uint16_t)~FL_T_NULLISH;
    f->may = 0;
    if (p->is_known) x->is_validated = true;
    return f;
}

/* Types of the framework's own: the request, the answer to come. */
static const fl_fact *modelled_part(fl_exec *x, const part *p)
{
    const fl_model_type *type = fl_node_is_absent(p->type) ? NULL : fl_type_model(x->values, p->module, p->type);
    if (!type) return NULL;
    if (x->request->type && type->role == x->request->type->role) return x->request;
    if (x->response->type && type->role == x->response->type->role) return x->response;
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    f->type = type;
    return f;
}

static bool is_embedded(const part *p, unsigned bodies)
{
    const fl_effect *e = p->marker ? p->marker->effect : NULL;
    bool asks = e && e->embeds.is_set && (e->embeds.arg < 0 || ((size_t)e->embeds.arg < p->marker->items.count && p->marker->items.items[e->embeds.arg]->kind == FL_V_BOOLEAN && p->marker->items.items[e->embeds.arg]->boolean));
    bool is_form = p->marker && p->marker->type && p->marker->type->body_parser && p->is_object && p->schema->properties.count;   /* a form is its fields */
    return bodies > 1 || (asks && !is_form);
}

/* An instance of a class of data has what external code gives its base. */
static const fl_model_type *object_type(fl_exec *x, const part *p)
{
    const fl_value *c = fl_node_is_absent(p->type) ? NULL : fl_type_class(x->values, p->module, p->type);
    for (unsigned i = 0; c && c->kind == FL_V_CLASS && i < 16; i++) c = c->target;
    const fl_member *made = c && c->kind == FL_V_EXTERNAL ? fl_value_external_member(c) : NULL;
    const fl_effect *e = made ? (made->new_ ? made->new_ : made->call) : NULL;
    return e && e->returns.kind == FL_RESULT_TYPE ? fl_models_type(x->models, e->returns.type) : NULL;
}

static const fl_fact *placed_part(fl_exec *x, const part *p, unsigned bodies)
{
    if (p->in == FL_IN_PATH) return path_fact(x, p);
    if (!p->is_known && !p->marker) return modelled_part(x, p);
    fl_place *root = fl_place_root(x, p->in);
    bool is_whole = p->in == FL_IN_BODY && !is_embedded(p, bodies);
    if (p->in == FL_IN_BODY && p->marker && p->marker->type && p->marker->type->body_parser) {
        bool is_new = true;
        for (size_t i = 0; i < x->parsers.count; i++) is_new &= x->parsers.items[i] != p->marker->type->body_parser;
        if (is_new) fl_vec_push(x->arena, &x->parsers, p->marker->type->body_parser);
    }
    fl_sym key = fl_sym_of(p->name), written = key;
    if (p->in == FL_IN_HEADER) key = fl_sym_of(fl_str_lower(x->arena, p->name));
    fl_place *place = is_whole ? root : fl_place_child(x, root, key, p->param);
    if (!is_whole && !place->written) place->written = written;
    x->is_validated = true;
    fl_fact *f = placed_fact(x, p, place);
    if (p->in == FL_IN_FILE) {
        const fl_model_type *type = fl_node_is_absent(p->type) ? NULL : fl_type_model(x->values, p->module, p->type);
        f->type = type;
        if (type) { f->types = (uint16_t)(FL_T_OTHER | (f->types & FL_T_NULL)); f->place = NULL; }
    }
    if (p->in == FL_IN_BODY && p->is_object) f->type = object_type(x, p);
    return f;
}

/* ---- dependencies ---- */

/* One function, called with what its own parameters say. */
static const fl_fact *run_function(fl_exec *x, fl_state **s, const fl_value *fn, const fl_fact *self)
{
    const fl_fact *args[FL_LIMIT_SIGNATURE];
    unsigned count = fl_named_handler_args(x, s, fn, args, FL_COUNT(args));
    if (!*s) return fl_fact_unknown(x);
    bool was_last = x->is_last_handler, was_in = x->in_dependency;
    const fl_fact *yielded = x->yielded;
    const fl_node *handler = x->handler;
    x->is_last_handler = false;
    x->in_dependency = true;
    x->yielded = NULL;
    x->handler = fn->node;
    x->handler_start = x->steps;
    fl_fact *callee = fl_fact_new(x, FL_T_FUNCTION, 0);
    callee->value = (fl_value *)(uintptr_t)fn;
    fl_exit exit = fl_exec_function(x, callee, self, args, count, *s, NULL, NULL);
    const fl_fact *value = exit.value;
    fl_chain_settle(x, exit.throws);
    if (value && value->rejects) fl_chain_settle(x, value->rejects);
    if (value && value->resolved) value = value->resolved;
    if (fn->node->flags & FL_FLAG_GENERATOR) value = x->yielded;
    x->is_last_handler = was_last;
    x->in_dependency = was_in;
    x->yielded = yielded;
    x->handler = handler;
    *s = exit.returns ? exit.state : NULL;
    return value ? value : fl_fact_literal(x, FL_T_NULL, 0);
}

static const fl_node *constructor_of(const fl_value *cls, const fl_value **owner)
{
    for (unsigned i = 0; cls && cls->kind == FL_V_CLASS && i < 16; cls = cls->target, i++)
        for (const fl_node *m = fl_node_child(cls->node, 1)->first; m; m = m->next)
            if (m->kind == FL_NODE_function && m->sym == FL_SYM_constructor && !fl_node_is_absent(fl_node_child(m, 2))) { *owner = cls; return m; }
    return NULL;
}

fl_schema *fl_schema_of_class(fl_exec *x, const fl_value *cls)
{
    if (cls->kind != FL_V_CLASS || !cls->node || !cls->module) return NULL;
    fl_node name = { .kind = FL_NODE_type_name, .sym = cls->node->sym, .start_byte = cls->node->start_byte, .end_byte = cls->node->end_byte, .parent = cls->node->parent };
    return fl_schema_of_type(x->results, x->values, cls->module, &name, 0);
}

/* A class of data: its fields are parameters. */
static const fl_fact *place_fields(fl_exec *x, fl_state *s, fl_schema *schema, fl_location in, const fl_node *node)
{
    fl_fact *f = fl_fact_copy(x, fl_fact_of_schema(x, schema, NULL));
    f->vid = x->next_vid++;
    f->schema = schema;
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *own = &schema->properties.items[i];
        part p = { .param = node, .schema = fl_schema_present(x->results, own->schema), .in = in, .name = own->name, .is_optional = !own->is_required, .is_known = own->schema->types || own->schema->any_of.count || own->schema->all_of.count };
        if (in == FL_IN_HEADER && !own->code) p.name = fl_str_replace(x->results, p.name, FL_S("_"), FL_S("-"));
        fl_place *place = fl_place_child(x, fl_place_root(x, in), fl_sym_of(in == FL_IN_HEADER ? fl_str_lower(x->arena, p.name) : p.name), node);
        if (!place->written) place->written = fl_sym_of(p.name);
        fl_fact *field = placed_fact(x, &p, place);
        if (p.is_optional && own->schema->types & FL_JSON_NULL) field->types |= FL_T_NULL;
        fl_state_put(x, s, FL_KEY_FIELD(f->vid, own->code ? own->code : fl_sym_of(own->name)), field);
    }
    x->is_validated = true;
    return f;
}

static const fl_fact *run_fields(fl_exec *x, fl_state *s, const fl_value *cls)
{
    fl_schema *schema = fl_schema_of_class(x, cls);
    return schema && schema->properties.count ? place_fields(x, s, schema, FL_IN_QUERY, cls->node) : fl_fact_unknown(x);
}

/* `filters: Annotated[Filters, Query()]`: its fields are what is read. */
static bool has_fields(const part *p)
{
    return p->marker && p->is_object && p->schema->properties.count && (p->in == FL_IN_QUERY || p->in == FL_IN_HEADER || p->in == FL_IN_COOKIE);
}

static const fl_fact *run_class(fl_exec *x, fl_state **s, const fl_value *cls)
{
    const fl_value *owner = NULL;
    const fl_node *constructor = constructor_of(cls, &owner);
    if (!constructor) return run_fields(x, *s, cls);
    fl_value fn = { .kind = FL_V_FUNCTION, .node = constructor, .scope = owner->scope, .module = owner->module };
    const fl_fact *args[FL_LIMIT_SIGNATURE];
    unsigned count = fl_named_handler_args(x, s, &fn, args, FL_COUNT(args));
    if (!*s) return fl_fact_unknown(x);
    bool was_in = x->in_dependency, was_last = x->is_last_handler;
    x->in_dependency = true;
    x->is_last_handler = false;
    const fl_fact *made = fl_exec_call_fact(x, NULL, s, fl_fact_of_value(x, (fl_value *)(uintptr_t)cls), NULL, args, count, constructor, true);
    x->in_dependency = was_in;
    x->is_last_handler = was_last;
    return made;
}

static fl_str text_of(fl_exec *x, const fl_data *d, const fl_value *made)
{
    int64_t n;
    fl_str text = FL_S("");
    if (!d) return text;
    if (d->kind != FL_DATA_NUMBER) return fl_data_str(d, text);
    if (fl_str_to_int(d->text, &n) && n >= 0 && (size_t)n < made->items.count) (void)fl_value_as_text(made->items.items[n], &text);
    return fl_str_copy(x->results, text);
}

/* Numbers in it are arguments: the flows of OAuth 2. */
static fl_data *with_arguments(fl_exec *x, const fl_data *said, const fl_value *made)
{
    int64_t n;
    fl_data *out;
    if (said->kind == FL_DATA_NUMBER && fl_str_to_int(said->text, &n)) {
        const fl_data *given = n >= 0 && (size_t)n < made->items.count ? fl_value_to_data(x->results, made->items.items[n], 0) : NULL;
        return given && given->kind != FL_DATA_NULL ? fl_data_copy(x->results, given) : NULL;
    }
    if (said->kind != FL_DATA_MAP) return fl_data_copy(x->results, said);
    out = fl_data_map(x->results);
    for (const fl_data *d = said->first; d; d = d->next) {
        fl_data *value = with_arguments(x, d, made);
        if (!value && fl_str_eq_c(d->key, "scopes")) value = fl_data_map(x->results);   /* which must be there */
        if (value) fl_data_set(x->results, out, d->key, value);
    }
    return out;
}

static const fl_data *more_of_scheme(fl_exec *x, const fl_data *said, const fl_value *made)
{
    static const struct { const char *from, *to; } keys[] = { { "flows", "flows" }, { "url", "openIdConnectUrl" } };
    fl_data *out = NULL;
    for (size_t i = 0; i < FL_COUNT(keys); i++) {
        const fl_data *d = fl_data_get_c(said, keys[i].from);
        fl_data *value = d ? with_arguments(x, d, made) : NULL;
        if (!value) continue;
        if (!out) out = fl_data_map(x->results);
        fl_data_set_c(x->results, out, keys[i].to, value);
    }
    return out;
}

/* What asks for the caller's credentials by itself: `credential` of the effect that made it. */
static fl_security note_credential(fl_exec *x, const fl_data *said, const fl_value *made)
{
    fl_security sec = { .scheme = fl_data_get_str(said, "scheme"), .type = fl_data_get_str(said, "type"), .in = fl_data_get_str(said, "in"), .name = text_of(x, fl_data_get_c(said, "name"), made), .format = fl_data_get_str(said, "format") };
    if (!sec.name.len) sec.name = FL_S("authorization");
    sec.more = more_of_scheme(x, said, made);
    bool is_new = true;
    for (size_t i = 0; i < x->credentials.count; i++) is_new &= !fl_str_eq(x->credentials.items[i].scheme, sec.scheme);
    if (is_new) fl_vec_push(x->arena, &x->credentials, sec);
    return sec;
}

void fl_exec_credential(fl_exec *x, const fl_data *said, const fl_value *made) { (void)note_credential(x, said, made); }

static const fl_fact *run_credential(fl_exec *x, const fl_value *made, const fl_node *node)
{
    const fl_data *said = made->effect->credential;
    fl_location in = fl_location_named(fl_data_get_str(said, "in"));
    fl_security sec = note_credential(x, said, made);
    int64_t n = fl_data_get_int(said, "optional", -1);
    const fl_value *strict = n >= 0 && (size_t)n < made->items.count ? made->items.items[n] : NULL;
    bool is_optional = strict && strict->kind == FL_V_BOOLEAN && !strict->boolean;
    fl_place *place = fl_place_child(x, fl_place_root(x, in), fl_sym_of(fl_str_lower(x->arena, sec.name)), node);
    int64_t status = fl_data_get_int(said, "status", 0);
    if (!is_optional && status) {
        place->is_required = true;
        fl_vec_push(x->arena, &x->answers, (fl_answer){ .status = (uint16_t)status, .media = x->framework->error_media, .schema = fl_error_schema(x), .node = node, .is_from_error_handler = true });
    }
    fl_fact *f = fl_fact_copy(x, fl_place_fact(x, place, node));
    f->types = (uint16_t)(FL_T_STRING | (is_optional ? FL_T_NULL : 0));
    f->may = f->types & FL_T_NULL;
    f->is_derived = fl_str_eq_c(sec.type, "http");
    const fl_model_type *gives = fl_data_get_c(said, "gives") ? fl_models_type(x->models, fl_sym_of(fl_data_get_str(said, "gives"))) : NULL;
    if (gives) { f->types = (uint16_t)(FL_T_OTHER | (f->types & FL_T_NULL)); f->type = gives; f->place = NULL; }
    return f;
}

static const fl_fact *run_callable(fl_exec *x, fl_state **s, const fl_value *v, const fl_node *node)
{
    if (v->effect && v->effect->credential) return run_credential(x, v, node);
    const fl_value *said = v->kind == FL_V_FUNCTION ? fl_value_slot(v, FL_SYM_signature_) : NULL;   /* a wrapper that stands for what it wraps */
    if (said && said->items.count && (said->items.items[0]->kind == FL_V_CLASS || said->items.items[0]->kind == FL_V_FUNCTION)) v = said->items.items[0];
    if (v->kind == FL_V_FUNCTION) return run_function(x, s, v, v->self ? fl_fact_of_value(x, v->self) : NULL);
    if (v->kind == FL_V_CLASS) return run_class(x, s, v);
    if (v->kind != FL_V_INSTANCE || !v->target) return fl_fact_unknown(x);
    const fl_value *owner = NULL;
    fl_module *module = NULL;
    const fl_node *method = fl_value_class_member(v->target, FL_SYM_call_, &owner, &module);
    if (!method) return fl_fact_unknown(x);
    fl_value *fn = FL_NEW(x->arena, fl_value);
    *fn = (fl_value){ .kind = FL_V_FUNCTION, .node = method, .scope = module == owner->module ? owner->scope : module->scope, .module = module, .self = (fl_value *)(uintptr_t)v };
    return run_function(x, s, fn, fl_fact_of_value(x, (fl_value *)(uintptr_t)v));
}

/* The same dependency is run once for a request. */
static const fl_fact *depend(fl_exec *x, fl_state **s, const fl_value *callable, const fl_node *node)
{
    bool is_made = callable->node && callable->node->parent && fl_node_enclosing(callable->node->parent, FL_NODE_function);   /* by a function: another one each time */
    const void *key = callable->kind == FL_V_FUNCTION && !callable->self && !is_made ? (const void *)callable->node : callable;
    for (size_t i = 0; i < x->dependencies.count; i++)
        if (x->dependencies.items[i].key == key) return x->dependencies.items[i].value ? x->dependencies.items[i].value : fl_fact_unknown(x);
    if (x->dependencies.count >= MAX_DEPENDENCIES) return fl_fact_unknown(x);
    size_t at = x->dependencies.count;
    fl_vec_push(x->arena, &x->dependencies, ((fl_dependency){ key, NULL }));
    const fl_fact *value = run_callable(x, s, callable, node);
    x->dependencies.items[at].value = value;
    return value;
}

static const fl_value *called_of(const fl_value *marker)
{
    int n = marker->effect->runs.handler;
    const fl_value *v = n >= 0 && (size_t)n < marker->items.count ? marker->items.items[n] : NULL;
    return v && (v->kind == FL_V_UNDEFINED || v->kind == FL_V_NULL) ? NULL : v;
}

fl_state *fl_exec_dependency(fl_exec *x, fl_state *s, const fl_value *marker)
{
    const fl_value *callable = called_of(marker);
    if (callable) (void)depend(x, &s, callable, callable->node ? callable->node : marker->node);
    return s;
}

/* ---- handlers ---- */

static const fl_fact *plain_path_part(fl_exec *x, size_t i, const fl_node *node)
{
    fl_place *place = fl_place_child(x, fl_place_root(x, FL_IN_PATH), fl_sym_of(x->route->path_names.items[i]), node);
    fl_fact *f = fl_fact_copy(x, fl_place_fact(x, place, node));
    const fl_schema *schema = i < x->route->path_schemas.count ? x->route->path_schemas.items[i] : NULL;
    place->is_read = true;
    f->types = FL_T_STRING;
    if (schema && schema->types & (FL_JSON_INTEGER | FL_JSON_NUMBER)) { f->types = FL_T_NUMBER; f->is_coerced = true; }
    f->may = 0;
    return f;
}

static const fl_fact *rest_of(fl_exec *x, fl_state *s, const fl_node *p)
{
    fl_fact *rest = fl_fact_dict(x, p);
    x->asks_route = true;
    for (size_t i = 0; i < x->route->path_names.count; i++) {
        fl_sym name = fl_sym_of(x->route->path_names.items[i]);
        fl_vec_push(x->arena, &((fl_shape *)(uintptr_t)rest->shape)->keys, name);
        fl_state_put(x, s, FL_KEY_FIELD(rest->vid, name), plain_path_part(x, i, p));
    }
    return rest;
}

/* The parameter of a signature; NULL: its default holds. */
static const fl_fact *signature_part(fl_exec *x, fl_state **s, const fl_value *handler, const fl_node *param, unsigned bodies)
{
    part p = part_of(x, handler, param);
    if (has_fields(&p)) return place_fields(x, *s, p.schema, p.in, param);
    if (p.in != FL_IN_NOWHERE) {
        const fl_fact *f = placed_part(x, &p, bodies);
        if (p.in == FL_IN_BODY && p.is_object && !fl_node_is_absent(p.type)) fl_exec_checks(x, s, fl_type_class(x->values, p.module, p.type), f, param);
        return f;
    }
    const fl_value *callable = called_of(p.marker);
    if (!callable && !fl_node_is_absent(p.type)) callable = fl_type_class(x->values, p.module, p.type);
    return callable ? depend(x, s, callable, param) : fl_fact_unknown(x);
}

/*
 * A wrapper that says whose signature it has gets what that asks for, by name:
 *     @wraps(f)
 *     async def inner(request, *args, **kwargs): return await f(request, *args, **kwargs)
 */
static unsigned wrapper_args(fl_exec *x, fl_state **s, const fl_value *handler, const fl_value *wrapped, const fl_fact **args, unsigned room)
{
    fl_sym names[MAX_WRAPPED];
    const fl_fact *given[MAX_WRAPPED];
    unsigned count = 0, n = 0, bodies = 0;
    for (const fl_node *p = wrapped->node->first->first; p; p = p->next) if (!(p->flags & FL_FLAG_REST)) bodies += part_of(x, wrapped, p).in == FL_IN_BODY;
    for (const fl_node *p = wrapped->node->first->first; p && count < MAX_WRAPPED && *s; p = p->next) {
        if (p->flags & FL_FLAG_REST) continue;
        names[count] = p->sym;
        given[count] = signature_part(x, s, wrapped, p, bodies);
        count++;
    }
    for (const fl_node *p = handler->node->first->first; p && n < room && *s; p = p->next, n++) {
        args[n] = NULL;
        for (unsigned i = 0; i < count; i++)
            if (names[i] == p->sym && !(p->flags & FL_FLAG_REST)) { args[n] = given[i]; names[i] = FL_SYM_NONE; }
        if (!(p->flags & FL_FLAG_REST)) { if (!args[n] && fl_node_is_absent(fl_node_child(p, 1))) args[n] = fl_fact_unknown(x); continue; }
        fl_fact *rest = p->flags & FL_FLAG_NAMED ? fl_fact_dict(x, p) : fl_fact_tuple(x, NULL, 0);
        for (unsigned i = 0; p->flags & FL_FLAG_NAMED && i < count; i++) {
            if (!names[i] || !given[i]) continue;
            fl_vec_push(x->arena, &((fl_shape *)(uintptr_t)rest->shape)->keys, names[i]);
            fl_state_put(x, *s, FL_KEY_FIELD(rest->vid, names[i]), given[i]);
        }
        args[n] = rest;
    }
    return n;
}

/* What stands behind the wrappers of a function that say whose signature they have. */
static const fl_value *wrapped_by(const fl_value *handler)
{
    const fl_value *found = NULL;
    for (unsigned i = 0; i < 8; i++) {
        const fl_value *next = fl_value_slot(found ? found : handler, FL_SYM_wrapped_);
        if (!next || next->kind != FL_V_FUNCTION || !next->module) break;
        found = next;
    }
    return found;
}

unsigned fl_named_handler_args(fl_exec *x, fl_state **s, const fl_value *handler, const fl_fact **args, unsigned room)
{
    const fl_node *params = handler->node->first;
    bool reads = x->framework->reads_signature && handler->module;
    const fl_value *wrapped = reads ? wrapped_by(handler) : NULL;
    if (wrapped) return wrapper_args(x, s, handler, wrapped, args, room);
    unsigned n = 0, bodies = 0;
    for (const fl_node *p = params->first; reads && p; p = p->next) if (!(p->flags & FL_FLAG_REST)) bodies += part_of(x, handler, p).in == FL_IN_BODY;
    for (const fl_node *p = params->first; p && n < room && *s; p = p->next, n++) {
        args[n] = NULL;
        if (p->flags & FL_FLAG_REST) {
            args[n] = p->flags & FL_FLAG_NAMED ? rest_of(x, *s, p) : fl_fact_tuple(x, NULL, 0);   /* they are called by names */
            continue;
        }
        if (!reads && n < x->framework->handler_params.count) { args[n] = fl_fact_of_role(x, x->framework->handler_params.items[n]); continue; }
        x->asks_route |= !reads;
        for (size_t i = 0; !reads && i < x->route->path_names.count; i++)
            if (fl_str_eq(fl_sym_str(p->sym), x->route->path_names.items[i])) args[n] = plain_path_part(x, i, p);
        if (reads) args[n] = signature_part(x, s, handler, p, bodies);
        if (!args[n] && fl_node_is_absent(fl_node_child(p, 1))) args[n] = fl_fact_unknown(x);
    }
    return n;
}

const fl_fact *fl_exec_owner(fl_exec *x, fl_state **s, const fl_value *handler)
{
    const fl_value *cls = handler->self && handler->self->kind == FL_V_INSTANCE && x->framework->reads_signature ? handler->self->target : NULL;
    if (!cls) return NULL;
    fl_fact *self = fl_fact_copy(x, fl_fact_of_value(x, handler->self));
    if (!self->vid) self->vid = x->next_vid++;
    for (unsigned i = 0; cls && cls->kind == FL_V_CLASS && i < 16; cls = cls->target, i++)
        for (size_t k = 0; k < cls->slots.count && *s; k++) {
            const fl_value *marker = cls->slots.items[k].value;
            if (!is_marker(marker) || !marker->effect->runs.is_set || fl_state_get(*s, FL_KEY_FIELD(self->vid, cls->slots.items[k].key))) continue;
            const fl_value *callable = called_of(marker);
            const fl_fact *value = callable ? depend(x, s, callable, marker->node) : fl_fact_unknown(x);
            if (*s) fl_state_put(x, *s, FL_KEY_FIELD(self->vid, cls->slots.items[k].key), value);
        }
    return self;
}
