/*
 * What is handed to something that stores it (`stores` of an effect): Model.create(req.body), new Model({ name: req.body.name, ...rest }).
 * Its schema documents the parts of the request that get there, as type annotations do: nothing is safe for that.
 */
#include "extractor/flow/call_p.h"

typedef struct storing { fl_exec *x; const fl_state *s; const fl_data *inside; bool is_partial; } storing;

static bool is_inside(const storing *st, fl_sym key)
{
    for (const fl_data *d = st->inside ? st->inside->first : NULL; d; d = d->next) if (fl_sym_of(d->text) == key) return true;
    return false;
}

/* Without the properties that the handler sets itself; where only some are changed, none has to be there. */
static fl_schema *rest_of(const storing *st, const fl_schema *schema, const fl_fact *value, const fl_shape *given)
{
    fl_schema *copy = fl_schema_copy(st->x->results, schema);
    uint32_t kept = 0;
    for (size_t i = 0; i < copy->properties.count; i++) {
        fl_property p = copy->properties.items[i];
        fl_sym key = fl_sym_of(p.name);
        const fl_fact *set = value->vid ? fl_state_get(st->s, FL_KEY_FIELD(value->vid, key)) : NULL;
        bool is_given = set && !(set->place && !set->is_coerced && set->place->in == value->place->in);
        for (size_t k = 0; given && k < given->keys.count; k++) is_given |= given->keys.items[k] == key;
        if (is_given) continue;
        if (st->is_partial) p.is_required = false;
        copy->properties.items[kept++] = p;
    }
    bool is_same = kept == schema->properties.count && !st->is_partial;
    copy->properties.count = kept;
    if (!is_same) copy->name = FL_S("");
    return is_same ? (fl_schema *)(uintptr_t)schema : copy;
}

static void store(const storing *st, const fl_fact *value, const fl_schema *schema, const fl_shape *given, unsigned depth)
{
    if (!value || depth > 4) return;
    if (value->place) {
        fl_place *place = value->place;
        if (place->declared || value->is_coerced || value->is_derived || (!place->parent && place->in != FL_IN_BODY)) return;
        if (!place->claimed) place->claimed = rest_of(st, schema, value, given);
        place->is_read = true;
        return;
    }
    for (size_t i = 0; value->shape && i < value->shape->spreads.count; i++) store(st, value->shape->spreads.items[i], schema, value->shape, depth + 1);
    for (size_t i = 0; value->shape && i < value->shape->keys.count; i++) {
        fl_sym key = value->shape->keys.items[i];
        const fl_fact *field = fl_state_get(st->s, FL_KEY_FIELD(value->vid, key));
        if (is_inside(st, key)) { store(st, field, schema, NULL, depth + 1); continue; }
        const fl_property *p = fl_schema_property(schema, fl_sym_str(key));
        if (!p || !p->schema || !field || !field->place || !field->place->parent || field->is_coerced || field->is_derived || field->place->declared) continue;
        if (!field->place->claimed && field->place->in == FL_IN_BODY && (p->schema->types || p->schema->properties.count)) field->place->claimed = p->schema;
        if (p->is_required && !st->is_partial && field->place->in == FL_IN_BODY && field->may & FL_T_UNDEFINED) field->place->is_stored = true;
    }
}

/* What `into` is one of, or is: a model, what a model found, or an object that the program keeps itself; a list has its elements. */
static fl_schema *schema_into(fl_exec *x, fl_state *s, const fl_fact *into, const fl_node *node, bool *is_kept)
{
    const fl_value *kind = into->value && into->value->kind == FL_V_INSTANCE ? into->value->target : into->value;
    fl_schema *schema = kind ? fl_schema_of_stored(x->results, x->values, kind) : NULL;
    if (!schema && into->kept_in) schema = fl_schema_of_stored(x->results, x->values, into->kept_in);
    if (schema || into->place) return schema;
    const fl_fact *one = into->types == FL_T_LIST ? fl_exec_element(x, s, into, node) : into;
    if (!one || one->place || !(one->types & FL_T_DICT) || one->is_local) return NULL;
    schema = fl_fact_schema(x, s, one, 0);
    *is_kept = schema != NULL;
    return schema && schema->properties.count ? schema : NULL;
}

void fl_exec_store(fl_exec *x, fl_state *s, const fl_model_call *c)
{
    const fl_effect *e = c->e;
    const fl_fact *value = fl_call_arg(c, e->stores.value), *into = fl_call_arg(c, e->stores.schema);
    bool is_kept = false;
    if (x->is_dry || !value || !into) return;
    const fl_schema *schema = schema_into(x, s, into, c->node, &is_kept);
    if (!schema) return;
    const fl_data *said = fl_data_get_c(e->data, "stores");
    const storing st = { x, s, fl_data_get_c(said, "inside"), is_kept || fl_data_get_bool(said, "partial", false) };
    const fl_fact *each = schema->items ? NULL : value->element;
    store(&st, each ? each : value, schema, NULL, 0);
}

/* { ...user, ...req.body, id }: what the program keeps, with what the request changes of it. */
void fl_exec_store_spread(fl_exec *x, fl_state *s, const fl_fact *made, const fl_node *node)
{
    const fl_shape *shape = made->shape;
    bool is_kept = false;
    if (x->is_dry || shape->spreads.count < 2) return;
    for (size_t i = 0; i < shape->spreads.count; i++) {
        const fl_schema *schema = shape->spreads.items[i]->place ? NULL : schema_into(x, s, shape->spreads.items[i], node, &is_kept);
        const storing st = { x, s, NULL, true };
        for (size_t k = 0; schema && k < shape->spreads.count; k++) if (shape->spreads.items[k]->place) store(&st, shape->spreads.items[k], schema, shape, 0);
    }
}
