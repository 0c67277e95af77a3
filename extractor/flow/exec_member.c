/*
 * Reading members, elements and modelled properties. The order of look-up: what was written on this path, the request, what start-up
 * code knows, what a model says, what a schema says; else a fresh unknown that stays the same for the next read.
 */
#include "extractor/flow/text_p.h"

static const fl_fact *method_fact(fl_exec *x, const fl_fact *receiver, fl_sym key, const fl_node *node)
{
    fl_fact *f = fl_fact_new(x, FL_T_FUNCTION, 0);
    f->receiver = receiver;
    f->member = key;
    f->at = node;
    return f;
}

fl_location fl_location_named(fl_str word)
{
    for (int l = FL_IN_PATH; l <= FL_IN_NOWHERE; l++) if (fl_str_eq_c(word, fl_location_text((fl_location)l))) return (fl_location)l;
    return FL_IN_NOWHERE;
}

static bool has_word(fl_str text, const char *word) { return fl_str_find(text, fl_str_from(word)) >= 0; }

const fl_fact *fl_exec_provided(fl_exec *x, const fl_data *entry, fl_str name, const fl_node *node)
{
    fl_location in = fl_location_named(fl_data_get_str(entry, "in"));
    fl_str returns = fl_data_get_str(entry, "returns");
    unsigned nullish = (has_word(returns, " or undefined") ? FL_T_UNDEFINED : 0) | (has_word(returns, " or null") ? FL_T_NULL : 0);
    fl_place *root = fl_place_root(x, in);
    fl_place *place = name.len ? fl_place_child(x, root, fl_sym_of(name), node) : root;
    if (name.len) place->is_read = true;
    fl_fact *f = fl_fact_copy(x, fl_place_fact(x, place, node));
    f->types = f->may = (uint16_t)((fl_str_starts(returns, FL_S("list")) ? FL_T_LIST : FL_T_DICT) | nullish);
    if (in == FL_IN_FILE && fl_str_starts(returns, FL_S("dict of"))) return f;
    if (in == FL_IN_FILE) {
        f->is_upload = true;
        f->because = fl_because_add(x, NULL, node, "the upload is undefined when the request has no such part");
    } else if (nullish) {
        fl_miss *miss = FL_NEW(x->arena, fl_miss);
        *miss = (fl_miss){ .kind = FL_WS_missing_identity, .status = 401, .origin = node, .certainty = FL_CERTAIN };
        f->miss = miss;
        f->place = NULL;
        f->because = fl_because_add(x, NULL, node, "it is undefined for an unknown caller");
    } else if (in != FL_IN_COOKIE && in != FL_IN_HEADER && in != FL_IN_QUERY && in != FL_IN_BODY) f->place = NULL;
    return f;
}

/* req.body, req.query …: the root of that part of the request. */
const fl_fact *fl_exec_request_part(fl_exec *x, const fl_effect *e, const fl_node *node)
{
    fl_location in = fl_location_named(fl_sym_str(e->request.in));
    fl_place *root = fl_place_root(x, in);
    if (e->request.types) root->child_types = e->request.types;
    if (e->request.absent_status && !(in == FL_IN_BODY && !e->request.types)) root->absent_status = e->request.absent_status;
    if (e->request.absent_error) root->absent_error = e->request.absent_error;
    root->or_path |= e->request.or_path;
    if (e->request.part) {   /* absent when the client does not send it */
        fl_fact *one = fl_fact_copy(x, fl_place_fact(x, fl_place_child(x, root, e->request.part, node), node));
        one->types = (uint16_t)((e->request.types ? e->request.types : FL_T_ANY) | FL_T_UNDEFINED);
        one->may = FL_T_UNDEFINED;
        if (e->returns.kind == FL_RESULT_TYPE) one->type = fl_models_type(x->models, e->returns.type);
        return one;
    }
    fl_fact *f = fl_fact_copy(x, fl_place_fact(x, root, node));
    bool is_known = false;
    for (size_t i = 0; i < x->parsers.count; i++) is_known |= x->parsers.items[i] == e->request.media;
    if (e->request.media && !is_known) fl_vec_push(x->arena, &x->parsers, e->request.media);
    if (in != FL_IN_BODY || e->request.types) {   /* a form is a dict, whatever the client sends */
        if (in == FL_IN_BODY) root->base_types = FL_T_DICT;
        if (e->returns.kind == FL_RESULT_TYPE) f->type = fl_models_type(x->models, e->returns.type);
        f->types = FL_T_DICT;
        f->may = 0;
        return f;
    }
    bool can_be_absent = x->framework && x->framework->body_absent_unparsed;
    if (e->returns.kind == FL_RESULT_BASIC && e->returns.types == FL_T_STRING) {   /* not parsed yet */
        f->types = (uint16_t)(FL_T_STRING | e->returns.or_types);
        f->may = (uint16_t)e->returns.or_types;
        return f;
    }
    if (e->returns.kind == FL_RESULT_TYPE) {   /* parsed for the asking, as data that calls read */
        f->type = fl_models_type(x->models, e->returns.type);
        f->types = f->may = FL_T_UNDEFINED | FL_T_BOOLEAN | FL_T_NUMBER | FL_T_STRING | FL_T_LIST | FL_T_DICT | FL_T_OTHER;
        f->because = fl_because_add(x, NULL, node, "there is nothing when the body is absent or malformed");
        return f;
    }
    if (e->returns.or_types) {   /* asking for the body parses it: it is null when it is none */
        f->types = f->may = (uint16_t)(FL_T_DICT | FL_T_LIST | e->returns.or_types);
        if (e->returns.types & FL_T_OTHER) f->types = f->may = (uint16_t)(f->types | FL_T_BOOLEAN | FL_T_NUMBER | FL_T_STRING);
        if (e->returns.kind == FL_RESULT_TYPE) {   /* data that calls read, of any type */
            f->type = fl_models_type(x->models, e->returns.type);
            f->types = f->may = FL_T_UNDEFINED | FL_T_BOOLEAN | FL_T_NUMBER | FL_T_STRING | FL_T_LIST | FL_T_DICT | FL_T_OTHER;
        }
        root->base_types = f->types;
        return f;
    }
    if (!x->parses_body && !x->has_unknown_middleware) { f->types = f->may = FL_T_UNDEFINED; }
    else {
        f->types = (uint16_t)(FL_T_DICT | FL_T_LIST | (can_be_absent ? FL_T_UNDEFINED : 0));
        f->may = f->types;
    }
    root->base_types = f->types;
    if (f->may & FL_T_UNDEFINED) f->because = fl_because_add(x, NULL, node, "the body is undefined when no parser ran or its type does not match");
    return f;
}

/* JSON.parse(request.body): a body that a parser left as text is what stands in the text. NULL: it is no such body. */
const fl_fact *fl_exec_parsed_body(fl_exec *x, const fl_fact *text, const fl_node *node)
{
    fl_place *root = text->place;
    if (!root || root->parent || root->in != FL_IN_BODY || text->is_derived || !x->parsers.count) return NULL;
    if (!x->has_parsed_text) {
        x->has_parsed_text = true;
        fl_data *media = fl_data_list(x->arena);
        fl_data_push(media, fl_data_string(x->arena, FL_S("application/json")));
        fl_vec_push(x->arena, &x->parsers, media);
    }
    root->used_types = 0;   /* that of the text */
    root->base_types = FL_T_DICT | FL_T_LIST;
    fl_fact *f = fl_fact_new(x, FL_T_DICT | FL_T_LIST, 0);
    f->place = root;
    f->at = node;
    return f;
}

const fl_fact *fl_exec_place_child(fl_exec *x, fl_state *s, const fl_fact *object, fl_sym key, const fl_node *node)
{
    fl_place *p = object->place;
    fl_sym written = key;
    for (size_t i = 0; p->or_path && i < x->route->path_names.count; i++)   /* one map of both */
        if (fl_str_eq(fl_sym_str(key), x->route->path_names.items[i])) p = fl_place_root(x, FL_IN_PATH);
    for (size_t i = 0; p->in == FL_IN_PATH && i < x->route->aliases.count; i++)
        if (x->route->aliases.items[i].from == key) key = x->route->aliases.items[i].to;
    if (p->in == FL_IN_HEADER) key = fl_sym_of(fl_str_lower(x->arena, fl_sym_str(key)));
    const fl_refine *r = fl_refine_of(s, object);
    const fl_schema *valid = r && r->schema ? r->schema : object->schema;
    const fl_property *property = valid ? fl_schema_property(valid, fl_sym_str(key)) : NULL;
    for (size_t i = 0; valid && !property && i < valid->properties.count; i++)   /* the code's own name for it */
        if (valid->properties.items[i].code == key) { property = &valid->properties.items[i]; key = fl_sym_of(property->name); }
    if (valid && !property && valid->is_closed && !valid->additional && !valid->any_of.count && !valid->all_of.count)
        return fl_fact_literal(x, FL_T_UNDEFINED, 0);   /* the validator hands on no such member */
    fl_place *child = fl_place_child(x, p, key, node);
    if (!child->written) child->written = written;
    fl_fact *f = fl_fact_copy(x, fl_place_fact(x, child, node));
    f->is_upload |= p->in == FL_IN_FILE && p->child_types & FL_T_OTHER;
    if (property) {
        const fl_fact *typed = fl_fact_of_schema(x, property->schema, NULL);
        f->types = typed->types;
        bool has_preset = property->schema->default_value || (x->framework && x->framework->reads_signature && !(f->types & FL_T_NULL));   /* the object that is handed on has every field */
        if (!property->is_required && !has_preset) f->types |= FL_T_UNDEFINED;
        f->may = f->types == FL_T_ANY ? 0 : f->types;
        f->schema = typed->schema;
    }   /* an open schema lets other members pass unchecked */
    f->at = node;
    fl_request_pointer at = fl_place_pointer(x, child);
    f->because = fl_because_add(x, NULL, node, "%s " FL_STR_FMT " comes from the client", fl_location_text(at.in), FL_STR_ARG(at.pointer));
    return f;
}

static const fl_fact *external_member(fl_exec *x, const fl_fact *object, fl_sym key, const fl_node *node)
{
    fl_value *from = object->value;
    const fl_member *whole = fl_value_external_member(from);
    fl_value *v = FL_NEW(x->arena, fl_value);
    *v = *from;
    v->node = node;
    if (from->text) v->text = fl_sym_of(fl_str_format(x->arena, "%s.%s", fl_sym_c(from->text), fl_sym_c(key)));
    const fl_member *own = from->text ? fl_value_external_member(v) : NULL;
    if (whole && whole->get && whole->get->reads_environment && !(own && own->call)) {
        fl_fact *env = fl_fact_new(x, FL_T_UNDEFINED | FL_T_STRING, 0);
        if (!x->builtins || !x->builtins->missing_key.len) return env;
        fl_miss *miss = FL_NEW(x->arena, fl_miss);   /* environ["NAME"] throws */
        *miss = (fl_miss){ .kind = FL_WS_missing_setting, .status = 500, .origin = node, .certainty = FL_CERTAIN };
        env->may = FL_T_UNDEFINED;
        env->miss = miss;
        env->vid = FL_VID_ENVIRONMENT;
        env->because = fl_because_add(x, NULL, node, "it is missing when the variable is not set");
        return env;
    }
    if (key != FL_SYM_default_) v->text = from->text ? fl_sym_of(fl_str_format(x->arena, "%s.%s", fl_sym_c(from->text), fl_sym_c(key))) : key;
    fl_fact *f = fl_fact_new(x, FL_T_ANY, 0);
    f->value = v;
    f->receiver = object;
    f->member = key;
    return f;
}

/* Runs what is called by reading a member: what it does to the state and what it throws are the reader's. */
static const fl_fact *run_read(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *function, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node)
{
    fl_exit exit = fl_exec_function(x, function, self, args, count, s, a, node);
    for (const fl_throw *t = exit.throws; t; t = t->next) {
        fl_exec_throw(x, a, t->error, t->node, t->state, t->spot, t->is_explicit);
        const fl_throw *mine = a->handler ? a->caught[a->handler] : a->throws;
        ((fl_throw *)(uintptr_t)mine)->site = node;
    }
    if (exit.returns && exit.state && exit.state != s) *s = *fl_state_copy(x, exit.state);
    return exit.value ? exit.value : fl_fact_unknown(x);
}

/* A method of a class, of the object that it is asked of. */
static const fl_fact *bound_method(fl_exec *x, fl_activation *a, fl_state *s, const fl_value *cls, const fl_fact *object, fl_sym key, const fl_node *node)
{
    const fl_value *owner = NULL;
    fl_module *module = NULL;
    const fl_node *method = fl_value_class_member(cls, key, &owner, &module);
    if (!method) return NULL;
    fl_value *fn = FL_NEW(x->arena, fl_value);
    *fn = (fl_value){ .kind = FL_V_FUNCTION, .node = method, .scope = module == owner->module ? owner->scope : module->scope, .module = module, .self = object->value };
    fl_fact *f = fl_fact_new(x, FL_T_FUNCTION, 0);
    f->value = fn;
    f->receiver = object;
    if (method->flags & FL_FLAG_GETTER) return run_read(x, a, s, f, object, NULL, 0, node);
    return f;
}

/* An attribute of the class as its instances have it: an object may decide that itself (`special` of the language). */
static const fl_fact *described(fl_exec *x, fl_activation *a, fl_state *s, fl_value *attribute, const fl_fact *object, const fl_node *node)
{
    fl_sym name = x->builtins ? x->builtins->special.attribute : FL_SYM_NONE;
    const fl_fact *f = fl_fact_of_value(x, attribute);
    if (!name || attribute->kind != FL_V_INSTANCE || !attribute->target || attribute->target->kind != FL_V_CLASS) return f;
    const fl_fact *get = bound_method(x, a, s, attribute->target, f, name, node);
    if (!get) return f;
    const fl_fact *args[] = { object };
    return run_read(x, a, s, get, f, args, 1, node);
}

const fl_fact *fl_exec_iterated(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_node *node)
{
    fl_sym name = x->builtins ? x->builtins->special.elements : FL_SYM_NONE;
    const fl_fact *own = name && object->value->target ? bound_method(x, a, s, object->value->target, object, name, node) : NULL;
    return own ? run_read(x, a, s, own, object, NULL, 0, node) : NULL;
}

const fl_fact *fl_exec_super_member(fl_exec *x, fl_activation *a, fl_state *s, fl_sym key, const fl_node *node)
{
    const fl_node *here = fl_node_enclosing(node, FL_NODE_class_);
    const fl_fact *self = a->self;
    const fl_value *cls = self && self->value ? (self->value->kind == FL_V_CLASS ? self->value : self->value->target) : NULL;
    while (cls && cls->kind == FL_V_CLASS && cls->node != here) cls = cls->target;
    cls = cls && cls->kind == FL_V_CLASS ? cls->target : NULL;
    if (!cls || cls->kind != FL_V_CLASS) return NULL;
    return bound_method(x, a, s, cls, self, key, node);
}

static const fl_fact *modelled(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_model_type *type, fl_sym key, const fl_node *node);

/* An attribute or function of a class: functions are those of the class that they are asked of. */
static const fl_fact *of_class(fl_exec *x, fl_activation *a, fl_state *s, const fl_slot *own, const fl_fact *object, const fl_node *node)
{
    if (own->value->kind != FL_V_FUNCTION || !own->value->self || own->value->self->kind != FL_V_CLASS) return fl_fact_of_value(x, own->value);
    fl_value *fn = FL_NEW(x->arena, fl_value);
    *fn = *own->value;
    fn->self = object->value;
    fl_fact *f = fl_fact_new(x, FL_T_FUNCTION, 0);
    f->value = fn;
    f->receiver = object;
    return own->is_getter ? run_read(x, a, s, f, object, NULL, 0, node) : f;
}

/* What the call says of a column, or its type: nick: Mapped[str | None] = mapped_column() */
static const fl_schema *column_schema(fl_exec *x, const fl_value *cls, fl_sym key, const fl_value *made)
{
    const fl_slot *own = fl_value_own_slot(cls, key);
    const fl_node *type = own && own->node && own->node->kind == FL_NODE_field ? fl_node_child(own->node, 1) : NULL;
    fl_str alias = { 0 };
    bool is_optional = false;
    const fl_schema *typed = type && !fl_node_is_absent(type) && cls->module ? fl_schema_refined(x->results, x->values, cls->module, type, made, &alias, &is_optional) : NULL;
    return typed ? typed : fl_schema_of_value(x->results, x->models, made, 0);
}

static const fl_fact *project_member(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, fl_sym key, const fl_node *node)
{
    fl_value *v = object->value;
    const fl_slot *getter = v->kind == FL_V_CLASS ? fl_value_own_slot(v, key) : NULL;
    fl_value *slot = getter && getter->is_getter ? NULL : fl_value_slot(v, key);
    if (slot) {
        const fl_fact *f = fl_fact_of_value(x, slot);
        bool is_plain = f->types != FL_T_ANY && f->types & (FL_T_NULLISH | FL_T_BOOLEAN | FL_T_NUMBER | FL_T_STRING);
        const fl_slot *written = fl_value_own_slot(v, key);
        bool is_fixed = (v->target && v->target->kind == FL_V_CLASS && v->target->node && fl_exec_is_library(x, v->target->node)) || (written->node && fl_exec_is_library(x, written->node));   /* nobody writes it while requests are handled */
        if (is_plain && v->kind == FL_V_INSTANCE && !is_fixed) f = f->types & FL_T_NULLISH ? fl_fact_unknown(x) : fl_fact_new(x, f->types, 0);
        return f;
    }
    if (v->kind == FL_V_INSTANCE && v->target) {
        const fl_fact *method = bound_method(x, a, s, v->target, object, key, node);
        if (method) return method;
        for (const fl_value *c = v->target; c && c->kind == FL_V_CLASS && c->node->flags & FL_FLAG_CALLABLE; c = c->target) {   /* what the body of the class holds */
            slot = fl_value_slot(c, key);
            if (!slot) continue;
            if (slot->kind == FL_V_FUNCTION && slot->self && slot->self->kind == FL_V_CLASS) {   /* of the class itself */
                fl_fact *cls = fl_fact_copy(x, fl_fact_of_value(x, v->target));
                return of_class(x, a, s, fl_value_own_slot(c, key), cls, node);
            }
            bool is_made_there = slot->node && fl_exec_is_library(x, slot->node);   /* by what stands for a package: then it is what it is */
            bool is_column = !is_made_there && slot->kind == FL_V_TYPED && slot->effect && slot->effect->schema;   /* the class describes what instances have */
            const fl_schema *schema = is_column ? column_schema(x, c, key, slot) : NULL;
            if (schema) return fl_exec_column(x, fl_fact_of_schema(x, schema, NULL), schema, node);
            if (slot->kind == FL_V_RESULT) return fl_fact_unknown(x);
            return described(x, a, s, slot, object, node);
        }
    }
    if (v->kind == FL_V_CLASS && v->node->flags & FL_FLAG_CALLABLE)
        for (const fl_value *c = v; c && c->kind == FL_V_CLASS; c = c->target) {
            const fl_slot *own = fl_value_own_slot(c, key);
            if (own) return of_class(x, a, s, own, object, node);
        }
    if (v->kind == FL_V_CLASS && v->target) {
        fl_fact *up = FL_NEW(x->arena, fl_fact);   /* what is found keeps it as its receiver */
        *up = *object;
        up->value = v->target;
        up->base = object;
        if (v->target->kind == FL_V_EXTERNAL) return external_member(x, up, key, node);
        if (v->target->kind == FL_V_TYPED) return modelled(x, a, s, object, v->target->type, key, node);
        return project_member(x, a, s, up, key, node);
    }
    return NULL;
}

static const fl_fact *modelled(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_model_type *type, fl_sym key, const fl_node *node)
{
    const fl_member *m = type ? fl_model_type_member(type, key) : NULL;
    if (!m) return NULL;
    if (m->get && m->get->request.is_set) return fl_exec_request_part(x, m->get, node);
    if (m->get && !m->call) return fl_exec_effect(x, a, &s, m->get, NULL, object, NULL, 0, node);
    return method_fact(x, object, key, node);
}

/* Does any basic type have that method? Then the read is the first half of a call. */
static bool is_basic_method(const fl_exec *x, fl_sym key)
{
    static const unsigned kinds[] = { FL_T_STRING, FL_T_LIST, FL_T_NUMBER, FL_T_DICT };
    for (size_t i = 0; i < FL_COUNT(kinds); i++) {
        const fl_model_type *t = fl_model_basic(x->builtins, kinds[i]);
        const fl_member *m = t ? fl_model_type_member(t, key) : NULL;
        if (m && m->call) return true;
    }
    return false;
}

/* Is the member read only to be called? A field may be called like a method: req.query.sort. */
static bool is_called(const fl_node *node) { return node && node->parent && node->parent->kind == FL_NODE_call && node->parent->first == node; }

static const fl_fact *length_fact(fl_exec *x, const fl_fact *of)
{
    fl_fact *f = fl_fact_new(x, FL_T_NUMBER, 0);
    f->is_length_of = true;
    f->base = of;
    f->refused_by = of->refused_by;
    return f;
}

static const fl_fact *undefined_member(fl_exec *x, const fl_node *node)
{
    fl_fact *f = fl_fact_new(x, FL_T_UNDEFINED, FL_T_UNDEFINED);
    f->literal_type = FL_T_UNDEFINED;
    f->because = fl_because_add(x, NULL, node, "nothing in the chain of handlers sets it");
    return f;
}

/* Has its class a base that is not all there: of a package, or what stands for one? */
static bool is_partly_known(const fl_exec *x, const fl_value *v)
{
    for (const fl_value *c = v && v->kind == FL_V_INSTANCE ? v->target : NULL; c; c = c->target)
        if (c->kind != FL_V_CLASS || (c->node && fl_exec_is_library(x, c->node))) return true;
    return false;
}

/* A method, or another attribute of the class, of an object that was made of the body: no part of the request. */
static bool is_no_field(const fl_exec *x, const fl_fact *object, fl_sym key)
{
    const fl_schema *of = object->schema;
    if (!x->framework || !x->framework->reads_signature || object->place->in != FL_IN_BODY || !of || !of->properties.count || of->additional || of->any_of.count || of->all_of.count) return false;
    if (fl_schema_property(of, fl_sym_str(key))) return false;
    for (size_t i = 0; i < of->properties.count; i++) if (of->properties.items[i].code == key) return false;
    return true;
}

static const fl_fact *lookup_member(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, fl_sym key, const fl_node *node)
{
    const fl_model_type *type = object->type;
    const fl_fact *found = NULL;
    if (object->place && type && !type->role && fl_model_type_member(type, key) && (found = modelled(x, a, s, object, type, key, node))) return found;
    if (object->resolved) return method_fact(x, object, key, node);
    if (object->value && object->value->kind == FL_V_INSTANCE && (found = project_member(x, a, s, object, key, node))) return found;
    if (type && type->role) {
        found = modelled(x, a, s, object, type, key, node);
        if (found) return found;
        /* a property that only the application's own handlers can set */
        bool is_handed_over = x->framework && x->framework->handler_params.count;   /* where it is a name for all, it is the framework's alone */
        if (object == x->request && is_handed_over && !x->has_unknown_middleware && !x->in_error_handler) {
            fl_fact *f = fl_fact_copy(x, undefined_member(x, node));
            fl_miss *miss = FL_NEW(x->arena, fl_miss);
            *miss = (fl_miss){ .kind = FL_WS_missing_identity, .status = 401, .origin = node, .certainty = FL_CERTAIN };
            f->miss = miss;
            return f;
        }
        if (type->role != FL_SYM_error_) return NULL;
    }
    unsigned types = fl_fact_types(s, object);
    bool is_text = types == FL_T_STRING || types == FL_T_LIST;
    if (key == FL_SYM_length && object->place && !object->is_coerced && !x->is_dry) fl_place_child(x, object->place, key, node)->is_read = true;   /* or a field of that name: the other uses decide */
    if (key == FL_SYM_length && (is_text || object->place || object->element)) return length_fact(x, object);
    if (object->is_upload) return fl_fact_new(x, is_called(node) ? FL_T_FUNCTION : FL_T_NUMBER | FL_T_STRING, 0);   /* what the parser says of the part */
    if (object->place && !object->is_coerced) {
        if (is_called(node) && is_basic_method(x, key)) return method_fact(x, object, key, node);
        if (is_no_field(x, object, key)) return NULL;
        return fl_exec_place_child(x, s, object, key, node);
    }
    if (object->value && object->value->kind == FL_V_EXTERNAL) {
        const fl_fact *member = external_member(x, object, key, node);
        const fl_member *m = member->value ? fl_value_external_member(member->value) : NULL;
        bool is_read = m && m->get && !m->call && !m->get->reads_environment;
        return is_read ? fl_exec_effect(x, a, &s, m->get, NULL, object, NULL, 0, node) : member;
    }
    if (object->value && (found = project_member(x, a, s, object, key, node))) return found;
    if (!type) type = fl_fact_model_type(x, s, object);
    if (type && (found = modelled(x, a, s, object, type, key, node))) return found;
    if (object->is_error && object->error_name && fl_str_eq_c(fl_sym_str(key), "name")) return fl_fact_literal(x, FL_T_STRING, object->error_name);
    if (object->is_error) return fl_fact_literal(x, FL_T_UNDEFINED, 0);
    if (object->schema) {
        const fl_property *p = fl_schema_property(object->schema, fl_sym_str(key));
        if (p && p->schema) {
            fl_fact *f = fl_fact_copy(x, fl_fact_of_schema(x, p->schema, NULL));
            if (!p->is_required) f->types |= FL_T_UNDEFINED;
            return f;
        }
    }
    if (object->shape && object->shape->spreads.count)
        for (size_t i = object->shape->spreads.count; i-- > 0;) {
            const fl_fact *from = object->shape->spreads.items[i];
            const fl_refine *checked = from->place ? fl_refine_of(s, from) : NULL;
            if (i && checked && checked->schema && checked->schema->properties.count && !fl_schema_property(checked->schema, fl_sym_str(key))) continue;   /* another one has it */
            if (from->types & FL_T_DICT) return fl_exec_member(x, a, s, from, key, node);
        }
    if (object->shape && object->is_local && !is_called(node) && !is_partly_known(x, object->value)) return fl_fact_literal(x, FL_T_UNDEFINED, 0);
    return NULL;
}

const fl_fact *fl_exec_member(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, fl_sym key, const fl_node *node)
{
    uint64_t slot = FL_KEY_FIELD(object->vid, key);
    const fl_fact *f = object->vid ? fl_state_get(s, slot) : NULL;
    if (f) return f;
    if (x->dispatch && key != FL_SYM_length && !is_called(node)) {   /* a pointer to the entries of a table */
        const fl_fact *entry = fl_dispatch_pick(x, object);
        if (entry) return fl_exec_member(x, a, s, entry, key, node);
    }
    f = lookup_member(x, a, s, object, key, node);
    if (!f) {
        fl_fact *fresh = fl_fact_new(x, FL_T_ANY, 0);
        fresh->receiver = object;
        fresh->member = key;
        fresh->at = node;
        f = fresh;
    }
    if (object->vid && !f->place && !f->receiver) fl_state_put(x, s, slot, f);
    return f;
}

const fl_fact *fl_exec_element(fl_exec *x, fl_state *s, const fl_fact *list, const fl_node *node)
{
    const fl_fact *picked = x->dispatch ? fl_dispatch_pick(x, list) : NULL;
    if (picked) return picked;
    if (list->element) return list->element;
    if (list->resolved && list->type) return list->resolved->types == FL_T_LIST && list->resolved->element ? list->resolved->element : list->resolved;   /* a query of them */
    if (list->place && !list->is_coerced && fl_fact_types(s, list) & FL_T_LIST) {
        fl_fact *f = fl_fact_copy(x, fl_place_fact(x, fl_place_child(x, list->place, FL_SYM_star, node), node));
        f->type = list->type;   /* of data that calls read, the elements are too */
        const fl_refine *r = fl_refine_of(s, list);
        const fl_schema *valid = r && r->schema ? r->schema : list->schema;
        if (valid && valid->items) {
            const fl_fact *typed = fl_fact_of_schema(x, valid->items, NULL);
            f->types = f->may = typed->types;
            f->schema = valid->items;
        }
        fl_request_pointer at = fl_place_pointer(x, f->place);
        f->because = fl_because_add(x, NULL, node, "%s " FL_STR_FMT " comes from the client", fl_location_text(at.in), FL_STR_ARG(at.pointer));
        return f;
    }
    if (list->schema && list->schema->items) return fl_fact_of_schema(x, list->schema->items, NULL);
    if (fl_fact_types(s, list) == FL_T_STRING) return fl_fact_new(x, FL_T_STRING, 0);
    return fl_fact_unknown(x);
}

static const fl_fact *with_miss(fl_exec *x, const fl_fact *element, fl_miss *miss, const fl_because *because)
{
    fl_fact *f = fl_fact_copy(x, element);
    f->vid = x->next_vid++;
    f->types |= FL_T_UNDEFINED;
    f->may |= FL_T_UNDEFINED;
    f->literal_type = 0;                   /* of one entry that is known, or of none */
    f->miss = miss;
    f->because = because;
    return f;
}

/* A list made here, filled with what a search lets through. */
static fl_miss *empty_list(fl_exec *x, const fl_fact *list, const fl_node *node)
{
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = (fl_miss){ .kind = FL_WS_out_of_bounds_index, .status = 404, .origin = node, .certainty = FL_CERTAIN };
    fl_condition c = { .at = fl_place_pointer(x, list->needle->place), .kind = FL_COND_NOT_FOUND };
    fl_vec_push(x->results, &miss->triggers, c);
    return miss;
}

const fl_fact *fl_exec_first(fl_exec *x, fl_state *s, const fl_fact *list, const fl_node *node)
{
    const fl_fact *element = fl_exec_element(x, s, list, node);
    const fl_refine *known = fl_refine_of(s, list);
    if ((known && known->is_non_empty) || !list->needle || !list->needle->place) return element;
    fl_miss *miss = empty_list(x, list, node);
    miss->kind = FL_WS_missing_lookup;
    return with_miss(x, element, miss, fl_because_add(x, list->because, node, "there is nothing when nothing fits"));
}

uint64_t fl_exec_index_key(const fl_fact *object, const fl_fact *index)
{
    uint32_t owner = object->value ? 0x40000000u | (object->value->id & 0x3FFFFFFFu) : object->vid;
    uint32_t key = index->place && !index->is_derived ? index->place->vid | (index->is_coerced ? 0x10000000u : 0) : index->vid;
    return owner && key && !object->place ? FL_KEY_FIELD(owner, 0x80000000u | key) : 0;   /* no name has such a number */
}

/* list[i] where the client chooses i, or where i is what a search found: NULL when it is neither, or was checked. */
static const fl_fact *element_at(fl_exec *x, fl_state *s, const fl_fact *list, const fl_fact *index, const fl_node *node)
{
    const fl_refine *known = fl_refine_of(s, index);
    bool is_searched = index->miss && fl_fact_types(s, index) == FL_T_NUMBER;   /* only lists are searched for an index */
    bool is_list = is_searched || list->element || fl_fact_types(s, list) == FL_T_LIST || (list->value && list->value->kind == FL_V_LIST);
    if (!is_list || list->place || (known && (known->is_checked_format || known->equals_type))) return NULL;
    const fl_fact *element = fl_exec_element(x, s, list, node);
    if (is_searched) {
        if (known && known->is_checked) return NULL;
        return with_miss(x, element, (fl_miss *)(uintptr_t)index->miss, fl_because_add(x, index->because, node, "there is no element at that index"));
    }
    if (!index->place) return NULL;
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = (fl_miss){ .kind = FL_WS_missing_lookup, .status = index->place->in == FL_IN_PATH ? 404 : 400, .origin = node, .certainty = FL_CERTAIN };
    fl_condition c = { .at = fl_place_pointer(x, index->place), .kind = FL_COND_NOT_FOUND };
    fl_vec_push(x->results, &miss->triggers, c);
    return with_miss(x, element, miss, fl_because_add(x, index->because, node, "the list may be shorter"));
}

static const fl_fact *index_by_value(fl_exec *x, fl_state *s, const fl_fact *object, const fl_fact *index, const fl_node *node);

static const fl_fact *index_now(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_fact *index, const fl_node *node)
{
    fl_str text;
    int64_t n;
    if (object->text && fl_fact_text(index, s, &text) && fl_str_to_int(text, &n) && object->types == FL_T_LIST) {
        const fl_fact *group = fl_text_group(x, object, n, node);
        if (group) return group;
    } else if (object->text && fl_fact_text(index, s, &text) && fl_str_to_int(text, &n)) {
        const fl_fact *character = fl_text_character(x, object, n, node);
        if (character) return character;
    }
    if (object->place && object->place->in == FL_IN_PATH && !object->place->parent && fl_fact_text(index, s, &text)) return fl_exec_member(x, a, s, object, fl_sym_of(text), node);
    if (x->dispatch) {
        const fl_fact *entry = fl_dispatch_pick(x, object);
        if (entry) return entry;
    }
    if (x->builtins && x->builtins->has_raw_memory) {
        fl_bounds_index(x, a, s, object, index, node);
        if ((fl_fact_types(s, object) & ~(unsigned)FL_T_NULLISH) == FL_T_STRING) return fl_fact_new(x, FL_T_NUMBER, 0);   /* one character */
        if (object->type && object->place && fl_fact_text(index, s, &text) && fl_fact_types(s, index) == FL_T_STRING) {   /* data["name"] */
            fl_fact *child = fl_fact_copy(x, fl_exec_place_child(x, s, object, fl_sym_of(text), node));
            child->type = object->type;
            return child;
        }
        if (!(object->type && fl_fact_text(index, s, &text))) {
            uint64_t slot = fl_exec_index_key(object, index);
            const fl_fact *seen = slot ? fl_state_get(s, slot) : NULL;
            if (seen || object->place) return seen ? seen : fl_fact_unknown(x);
            const fl_fact *fresh = object->element ? object->element : fl_fact_unknown(x);
            if (slot && !object->element) fl_state_put(x, s, slot, fresh);
            return fresh;
        }
    }
    bool has_keys = x->builtins && x->builtins->missing_key.len;   /* then d["k"] and d.k are not the same */
    if (has_keys && object->place && !object->is_coerced && !object->is_derived && fl_fact_types(s, object) & FL_T_DICT && fl_fact_text(index, s, &text) && !(fl_fact_types(s, index) & FL_T_NUMBER)) {
        const fl_fact *written = object->vid ? fl_state_get(s, FL_KEY_FIELD(object->vid, fl_sym_of(text))) : NULL;
        return written ? written : fl_exec_place_child(x, s, object, fl_sym_of(text), node);
    }
    if (fl_fact_text(index, s, &text) && !(fl_str_to_int(text, &n) && (fl_fact_types(s, object) == FL_T_LIST || object->element || object->place)))
        return fl_exec_member(x, a, s, object, fl_sym_of(text), node);
    if (index->choices && object->place && !object->is_coerced) {   /* body[name] in a loop over names: each of them */
        const fl_fact *first = NULL;
        for (size_t i = index->choices->items.count; i-- > 0;)
            if (index->choices->items.items[i]->kind == FL_V_STRING) first = fl_exec_place_child(x, s, object, index->choices->items.items[i]->text, node);
        if (!first) return fl_fact_unknown(x);
        fl_fact *any = fl_fact_copy(x, first);
        any->choices = index->choices;
        return any;
    }
    /* an element by number: there may be none */
    bool is_number = fl_fact_text(index, s, &text) && fl_str_to_int(text, &n);
    const fl_refine *list_known = fl_refine_of(s, object);
    if (is_number && object->place && !object->is_coerced && (object->place->in == FL_IN_FILE || (n == 0 && list_known && list_known->is_non_empty) || (list_known && (double)n < list_known->min_length))) {
        fl_fact *part = fl_fact_copy(x, fl_exec_element(x, s, object, node));
        part->is_upload = object->place->in == FL_IN_FILE;
        part->vid = x->next_vid++;
        part->may &= (uint16_t)~FL_T_UNDEFINED;
        if (part->is_upload) { part->types = FL_T_DICT; part->may = 0; }
        return part;
    }
    const fl_schema *shape = list_known && list_known->schema ? list_known->schema : object->schema;
    if (is_number && object->place && !object->is_coerced && shape && shape->has_min_items && n >= 0 && n < shape->min_items) return fl_fact_settled_present(x, fl_exec_element(x, s, object, node));
    if (is_number && object->place && !object->is_coerced) {
        const fl_fact *element = fl_exec_element(x, s, object, node);
        fl_miss *miss = FL_NEW(x->arena, fl_miss);
        *miss = (fl_miss){ .kind = FL_WS_missing_field, .status = 400, .origin = node, .certainty = FL_CERTAIN };
        fl_condition c = { .at = fl_place_pointer(x, object->place), .kind = FL_COND_LENGTH_AT_MOST, .value = fl_data_int(x->results, n) };
        fl_vec_push(x->results, &miss->triggers, c);
        return with_miss(x, element, miss, fl_because_add(x, element->because, node, "the list may be shorter"));
    }
    if (is_number && object->value && object->value->kind == FL_V_LIST && n >= 0 && fl_exec_is_library(x, node))
        return (size_t)n < object->value->items.count ? fl_fact_of_value(x, object->value->items.items[n]) : fl_fact_literal(x, FL_T_NULL, 0);   /* nobody changes what code that stands for a package made */
    if (is_number && (object->element || fl_fact_types(s, object) == FL_T_LIST)) {
        const fl_fact *element = fl_exec_element(x, s, object, node);
        if (object->separator && element->place && n >= 0 && n < 8) {
            fl_fact *part = fl_fact_copy(x, element);
            part->vid = x->next_vid++;
            part->part = (uint32_t)n + 1;
            while (part->place->parts.count <= (uint32_t)n) fl_vec_push(x->arena, &part->place->parts, FL_SYM_NONE);
            element = part;
        }
        bool is_searched = !object->miss && object->is_local && object->needle && x->builtins && x->builtins->missing_index.len && !(list_known && list_known->is_non_empty);
        if (is_searched) return with_miss(x, element, empty_list(x, object, node), fl_because_add(x, object->because, node, "the list is empty when nothing fits"));
        if (!object->miss || ((n == 0 || n == -1) && list_known && list_known->is_non_empty) || (list_known && (double)n < list_known->min_length)) return element;
        if (object->miss->kind == FL_WS_missing_match && (n == 0 || n == -1)) return element;   /* the first part of a split text is always there */
        return with_miss(x, element, (fl_miss *)(uintptr_t)object->miss, fl_because_add(x, object->because, node, "the list may be shorter"));
    }
    uint64_t slot = fl_exec_index_key(object, index);
    const fl_fact *seen = slot ? fl_state_get(s, slot) : NULL;
    if (seen) return seen;
    const fl_fact *found = index_by_value(x, s, object, index, node);
    if (slot && found->miss) fl_state_put(x, s, slot, found);
    return found;
}

/* list[0] is the same element whenever it is asked for: what a test told of it holds for the next read. */
static uint64_t key_of_element(const fl_state *s, const fl_fact *object, const fl_fact *index)
{
    fl_str text;
    int64_t n;
    bool is_list = object->place ? !object->is_coerced && object->place->in != FL_IN_FILE && object->place->parent : object->element || object->types == FL_T_LIST;
    if (!is_list || !object->vid || object->text || object->tuple || index->place || !fl_fact_text(index, s, &text) || !fl_str_to_int(text, &n) || n < 0 || n > 63) return 0;
    return FL_KEY_FIELD(object->vid, 0xF0000000u | (uint32_t)n);
}

const fl_fact *fl_exec_index(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_fact *index, const fl_node *node)
{
    fl_str at;
    int64_t n;
    const fl_fact *entry = fl_dispatch_entry(x, a, s, object, index, node);
    if (entry) return entry;
    bool is_of_tuple = object->tuple && !object->place && !index->place && fl_fact_text(index, s, &at) && fl_str_to_int(at, &n) && n >= 0 && n < object->tuple->count;
    if (is_of_tuple && object->tuple->items[n]) return object->tuple->items[n];
    const fl_fact *now = index_now(x, a, s, object, index, node);
    uint64_t slot = x->builtins && x->builtins->has_raw_memory ? 0 : key_of_element(s, object, index);
    const fl_fact *seen = slot ? fl_state_get(s, slot) : NULL;
    if (!seen) {
        if (slot && now->vid) fl_state_put(x, s, slot, now);
        return now;
    }
    if (now->may & FL_T_UNDEFINED || !(seen->may & FL_T_UNDEFINED)) return seen;
    fl_fact *present = fl_fact_copy(x, seen);   /* meanwhile the list was found to be long enough */
    present->types &= (uint16_t)~FL_T_UNDEFINED;
    present->may &= (uint16_t)~FL_T_UNDEFINED;
    present->miss = now->miss;
    return present;
}

void fl_exec_index_written(fl_exec *x, fl_state *s, const fl_fact *object, const fl_fact *index)
{
    uint64_t slot = key_of_element(s, object, index);
    if (slot && fl_state_get(s, slot)) fl_state_put(x, s, slot, NULL);
}

/* A look-up by a key that the client chooses, or that a search found. */
static const fl_fact *index_by_value(fl_exec *x, fl_state *s, const fl_fact *object, const fl_fact *index, const fl_node *node)
{
    const fl_fact *element_found = element_at(x, s, object, index, node);
    if (element_found) return element_found;
    const fl_refine *known = fl_refine_of(s, index);
    if (index->place && object->value && object->value->kind == FL_V_DICT && !(known && known->is_checked_format && known->proved != object->value) && (!index->is_coerced || (x->builtins && x->builtins->missing_key.len))) {
        const fl_fact *element = NULL;
        for (size_t i = 0; i < object->value->slots.count && i < 24; i++) element = fl_fact_join(x, element, fl_fact_of_value(x, object->value->slots.items[i].value));
        if (known && known->is_checked_format) return element ? element : fl_fact_unknown(x);   /* it was asked for that key */
        fl_miss *miss = FL_NEW(x->arena, fl_miss);
        *miss = (fl_miss){ .kind = FL_WS_missing_lookup, .status = index->place->in == FL_IN_PATH ? 404 : 400, .origin = node, .certainty = FL_CERTAIN };
        fl_condition c = { .at = fl_place_pointer(x, index->place), .kind = FL_COND_NOT_FOUND };
        fl_vec_push(x->results, &miss->triggers, c);
        if (!element) element = fl_fact_unknown(x);
        fl_fact *entry = fl_fact_copy(x, with_miss(x, element, miss, fl_because_add(x, index->because, node, "no entry has that key")));
        entry->needle = index;
        fl_place_show(x, index, fl_place_first_key(x, object->value));
        return entry;
    }
    if (object->place && index->place) return fl_fact_unknown(x);
    return object->element ? object->element : fl_fact_unknown(x);
}
