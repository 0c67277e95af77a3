/*
 * Validators that stand in a chain of handlers.
 *
 * Three forms. One checks whole parts of the request (`validate: {segments: 0}` of a middleware: argument 0 is a dict of request member →
 * schema) and refuses by itself: behind it the parts fit. The other only takes notes (`failure: collected`; one middleware per field): its
 * fields fit where a later call that reads the notes said that there are none, see fl_validate_collected. The third is the program's own: a
 * handler made by a factory that was given the schemas, checking them in a way that could not be followed, see fl_validate_factory.
 */
#include "extractor/flow/exec_p.h"

/* Does the validator take a missing value? The newest call that says so decides. */
static bool is_optional(const fl_value *validator)
{
    for (unsigned depth = 0; validator && validator->kind == FL_V_TYPED && validator->effect && depth < 64; validator = validator->self, depth++) {
        const fl_data *said = validator->effect->schema ? fl_data_get_c(validator->effect->schema, "optional") : NULL;
        if (said) return said->boolean;
    }
    return false;
}

/* Does a function of the program have a say? What it accepts is not known, so nothing is held against the value's form. */
static bool has_code(const fl_value *validator)
{
    for (unsigned depth = 0; validator && validator->kind == FL_V_TYPED && depth < 64; validator = validator->self, depth++)
        for (size_t i = 0; i < validator->items.count; i++)
            if (validator->items.items[i]->kind == FL_V_FUNCTION) return true;
    return false;
}

/* The validator of one property, where an object's properties stand in a dict. */
static const fl_value *property_of(const fl_value *validator, fl_sym key)
{
    for (unsigned depth = 0; validator && validator->kind == FL_V_TYPED && validator->effect && depth < 64; validator = validator->self, depth++) {
        int64_t n = validator->effect->schema ? fl_data_get_int(validator->effect->schema, "properties", -1) : -1;
        const fl_value *dict = n >= 0 && (size_t)n < validator->items.count ? validator->items.items[n] : NULL;
        const fl_value *found = dict && dict->kind == FL_V_DICT ? fl_value_slot(dict, key) : NULL;
        if (found) return found;
    }
    return NULL;
}

unsigned fl_validate_types(fl_exec *x, const fl_schema *schema, const fl_value *validator)
{
    unsigned types = fl_fact_of_schema(x, schema, NULL)->types;
    if (types == FL_T_ANY) return FL_T_ANY;
    return types | (is_optional(validator) ? FL_T_UNDEFINED : 0u);
}

/* What holds of a place from here on. */
static void holds(fl_exec *x, fl_state *s, fl_place *place, fl_schema *schema, const fl_value *validator, bool may_be_absent, const fl_node *node)
{
    const fl_fact *f = fl_place_fact(x, place, node);
    unsigned types = fl_fact_of_schema(x, schema, NULL)->types;
    fl_refine *r = fl_refine_edit(x, s, f);
    r->schema = schema;
    r->is_checked_format |= schema->format.len || schema->pattern.len || schema->enumeration.count || has_code(validator);
    if (types != FL_T_ANY) r->types = (uint16_t)(types | (may_be_absent ? FL_T_UNDEFINED : 0u));
    else if (!may_be_absent) r->types &= (uint16_t)~FL_T_UNDEFINED;
    for (fl_place *up = may_be_absent ? NULL : place->parent; up; up = up->parent)
        fl_refine_edit(x, s, &(fl_fact){ .vid = up->vid })->types &= (uint16_t)~FL_T_NULLISH;
    if (x->is_dry) return;
    bool says_something = schema->types || schema->properties.count || schema->any_of.count || schema->enumeration.count;
    if (says_something) place->declared = place->declared ? fl_schema_meet(x->results, place->declared, schema) : schema;
    for (fl_place *p = may_be_absent ? NULL : place; p && p->parent; p = p->parent) p->is_required = true;
}

/* ---- whole parts ---- */

static fl_location location_of_member(const fl_exec *x, fl_sym member)
{
    const fl_model_type *type = x->request->type;
    const fl_member *m = type ? fl_model_type_member(type, member) : NULL;
    for (size_t i = 0; type && !(m && m->get && m->get->request.is_set) && i < type->model->type_list.count; i++) m = fl_model_type_member(type->model->type_list.items[i], member);   /* of the request within a context */
    return m && m->get && m->get->request.is_set ? fl_location_named(fl_sym_str(m->get->request.in)) : FL_IN_NOWHERE;
}

/* Parameters are known by the children of their root, the body by its schema. */
static void part_holds(fl_exec *x, fl_state *s, fl_place *root, const fl_value *validator, const fl_node *node)
{
    fl_schema *schema = fl_schema_of_value(x->results, x->models, validator, 0);
    if (schema && (schema->types || schema->properties.count)) {
        bool may_be_absent = root->in == FL_IN_BODY && is_optional(validator) && root->base_types & FL_T_UNDEFINED;
        holds(x, s, root, schema, validator, may_be_absent, node);
        for (size_t i = 0; root->in != FL_IN_BODY && i < schema->properties.count; i++) {
            const fl_property *p = &schema->properties.items[i];
            holds(x, s, fl_place_child(x, root, fl_sym_of(p->name), node), p->schema, property_of(validator, fl_sym_of(p->name)), !p->is_required, node);
        }
    } else if (validator->kind == FL_V_DICT) { /* a plain dict of validators */
        for (size_t i = 0; i < validator->slots.count; i++) {
            const fl_value *own = validator->slots.items[i].value;
            fl_schema *one = fl_schema_of_value(x->results, x->models, own, 0);
            bool is_json = own->kind == FL_V_DICT;   /* which does not say that it has to be there */
            if (one) holds(x, s, fl_place_child(x, root, validator->slots.items[i].key, node), one, own, is_json || is_optional(own), node);
        }
    }
}

/* Can a value of that part be refused at all? Texts are what paths, queries and headers hold anyway. */
static bool can_refuse(const fl_schema *schema, fl_location in)
{
    if (in == FL_IN_BODY || !schema || schema->any_of.count || schema->all_of.count) return true;
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_schema *own = schema->properties.items[i].schema;
        if (schema->properties.items[i].is_required && in != FL_IN_PATH) return true;
        if (own->types != FL_JSON_STRING || own->pattern.len || own->format.len || own->enumeration.count || own->has_min_length || own->has_max_length) return true;
    }
    return false;
}

/* What does not fit is an error that the framework makes: it goes where errors go. */
static void refuse(fl_exec *x, const fl_state *at, const fl_value *parts, const fl_node *node)
{
    int64_t status = fl_data_get_int(fl_data_get_c(fl_data_get_c(x->framework->data, "handler"), "refusal"), "status", 0);
    bool is_possible = false;
    for (size_t i = 0; parts->kind == FL_V_DICT && i < parts->slots.count; i++) {
        fl_location in = location_of_member(x, parts->slots.items[i].key);
        is_possible |= in != FL_IN_NOWHERE && can_refuse(fl_schema_of_value(x->results, x->models, parts->slots.items[i].value, 0), in);
    }
    if (!status || x->is_dry || !is_possible) return;
    if (!x->framework->own_error) {   /* it answers by itself */
        x->is_validated = true;
        return;
    }
    fl_state *s = fl_state_copy(x, at);
    fl_fact *error = fl_fact_new(x, FL_T_OTHER, 0);
    error->is_error = true;
    error->type = fl_models_type(x->models, x->framework->own_error);
    const fl_fact *code = fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", (unsigned)status)));
    for (size_t i = 0; i < x->framework->error_status_members.count; i++) fl_state_put(x, s, FL_KEY_FIELD(error->vid, x->framework->error_status_members.items[i]), code);
    fl_throw *t = FL_NEW(x->arena, fl_throw);
    *t = (fl_throw){ error, node, s, NULL, node, true, x->errors };
    x->errors = t;
}

static void segments(fl_exec *x, fl_state *s, const fl_value *parts, const fl_node *node)
{
    for (size_t i = 0; parts->kind == FL_V_DICT && i < parts->slots.count; i++) {
        fl_location in = location_of_member(x, parts->slots.items[i].key);
        if (in != FL_IN_NOWHERE) part_holds(x, s, fl_place_root(x, in), parts->slots.items[i].value, node);
    }
}

/* ---- a value put together from parts of the request ---- */

static void fits(fl_exec *x, fl_state *s, fl_place *place, const fl_property *p, const fl_node *node)
{
    if (place->parent || place->in == FL_IN_BODY) { holds(x, s, place, p->schema, NULL, !p->is_required, node); return; }
    for (size_t i = 0; i < p->schema->properties.count; i++) {   /* parameters are known by the children of their root */
        const fl_property *one = &p->schema->properties.items[i];
        holds(x, s, fl_place_child(x, place, fl_sym_of(one->name), node), one->schema, NULL, !one->is_required, node);
    }
}

static fl_place *place_of_field(const fl_state *s, const fl_fact *value, size_t i)
{
    const fl_fact *field = fl_state_get(s, FL_KEY_FIELD(value->vid, value->shape->keys.items[i]));
    return field && !field->is_coerced && !field->is_derived ? field->place : NULL;
}

bool fl_validate_is_shape(const fl_state *s, const fl_fact *value, const fl_schema *schema)
{
    for (size_t i = 0; value->shape && !value->place && i < value->shape->keys.count; i++)
        if (place_of_field(s, value, i) && fl_schema_property(schema, fl_sym_str(value->shape->keys.items[i]))) return true;
    return false;
}

void fl_validate_shape(fl_exec *x, fl_state *s, const fl_fact *value, const fl_schema *schema, const fl_node *node)
{
    if (!fl_validate_is_shape(s, value, schema)) return;
    for (size_t i = 0; i < value->shape->keys.count; i++) {
        fl_place *place = place_of_field(s, value, i);
        const fl_property *p = place ? fl_schema_property(schema, fl_sym_str(value->shape->keys.items[i])) : NULL;
        if (p) fits(x, s, place, p, node);
        /* handed over, and nobody looks at it */
        bool is_idle = place && !p && !place->parent && place->first_use && value->shape->node && fl_node_file(place->first_use) == fl_node_file(value->shape->node) &&
                       place->first_use->start_byte >= value->shape->node->start_byte && place->first_use->end_byte <= value->shape->node->end_byte;
        if (is_idle && !x->is_dry) { place->is_read = false; place->first_use = NULL; }
    }
}

/* ---- fields, one by one ---- */

/* "address.city", "lines.*.sku", "tags[0]" */
static fl_place *place_of_path(fl_exec *x, fl_place *root, fl_str path, const fl_node *node)
{
    fl_place *place = root;
    fl_str part;
    while (fl_str_split(&path, '.', &part)) {
        ptrdiff_t bracket = fl_str_find_char(part, '[');
        fl_str key = bracket >= 0 ? fl_str_sub(part, 0, (size_t)bracket) : part;
        if (key.len) place = fl_place_child(x, place, fl_sym_of(key), node);
        if (bracket >= 0) place = fl_place_child(x, place, FL_SYM_star, node);
    }
    return place;
}

static void note_field(fl_exec *x, const fl_value *validator, fl_place *root, const fl_value *name)
{
    fl_str path;
    fl_schema *schema = fl_value_as_text(name, &path) ? fl_schema_of_value(x->results, x->models, validator, 0) : NULL;
    if (!schema) return;
    fl_collected field = { place_of_path(x, root, path, validator->node), schema, validator, is_optional(validator) };
    if (!x->is_dry) field.place->is_read = true;
    fl_vec_push(x->arena, &x->collected, field);
}

/* The call that made the chain knows the part of the request and the names. */
static void fields(fl_exec *x, const fl_value *validator)
{
    const fl_value *maker = validator;
    for (unsigned depth = 0; maker->self && maker->self->kind == FL_V_TYPED && maker->self->type == validator->type && depth < 64; depth++) maker = maker->self;
    if (!maker->effect || !maker->effect->validate.is_set || !maker->effect->validate.in || !maker->items.count) return;
    fl_place *root = fl_place_root(x, fl_location_named(fl_sym_str(maker->effect->validate.in)));
    const fl_value *names = maker->items.items[0];
    if (names->kind != FL_V_LIST) note_field(x, validator, root, names);
    for (size_t i = 0; names->kind == FL_V_LIST && i < names->items.count; i++) note_field(x, validator, root, names->items.items[i]);
}

void fl_validate_chain(fl_exec *x, fl_state *s, const fl_value *middleware)
{
    const fl_effect *e = middleware->type->middleware;
    if (!e || !e->validate.is_set) return;
    int64_t parts = fl_data_get_int(fl_data_get_c(e->data, "validate"), "segments", -1);
    if (parts >= 0 && (size_t)parts < middleware->items.count && e->validate.failure == fl_sym_of(FL_S("responds"))) refuse(x, s, middleware->items.items[parts], middleware->node);
    if (parts >= 0 && (size_t)parts < middleware->items.count) segments(x, s, middleware->items.items[parts], middleware->node);
    else if (parts < 0) fields(x, middleware);
}

void fl_validate_collected(fl_exec *x, fl_state *s)
{
    for (size_t i = 0; i < x->collected.count; i++) {
        const fl_collected *c = &x->collected.items[i];
        holds(x, s, c->place, c->schema, c->validator, c->is_optional, c->validator->node);
    }
}

void fl_validate_factory(fl_exec *x, fl_state *s, const fl_value *handler)
{
    for (const fl_scope *scope = handler->scope; scope && scope->function; scope = scope->parent)
        for (size_t i = 0; i < scope->cells.count; i++) {
            const fl_value *given = scope->cells.items[i]->value;
            if (given && given->kind == FL_V_DICT) segments(x, s, given, handler->node);
        }
}
