/*
 * Classes of data that look at what they are made of, where the program asks for it itself:
 *     user = User(**request.get_json())          user = User.model_validate(request.get_json())
 * What does not fit throws; behind it the fields are what the class says. Where a framework does it, see exec_signature.c.
 */
#include "extractor/flow/exec_p.h"

/* `**data`, and nothing else; NULL: it is made of single values. */
const fl_fact *fl_exec_spread_alone(const fl_fact **args, unsigned count)
{
    const fl_fact *named = count == 1 ? args[0] : NULL;
    if (!named || !named->is_local || !named->shape || named->shape->keys.count || named->shape->spreads.count != 1) return NULL;
    return named->shape->spreads.items[0];
}

static const fl_fact *field_of(fl_exec *x, const fl_fact *data, const fl_property *p)
{
    fl_fact *f = fl_fact_copy(x, p->schema->types || p->schema->any_of.count || p->schema->all_of.count ? fl_fact_of_schema(x, p->schema, NULL) : fl_fact_unknown(x));
    if (data->is_coerced) return f;
    fl_fact *sent = fl_fact_copy(x, fl_place_fact(x, fl_place_child(x, data->place, fl_sym_of(p->name), NULL), NULL));
    bool is_null = !p->is_required && !p->schema->default_value && f->types != FL_T_ANY && (f->types & FL_T_NULL || !f->types);
    sent->vid = f->vid;
    sent->schema = f->schema;
    sent->element = f->element;
    sent->types = (uint16_t)((f->types & ~(unsigned)FL_T_UNDEFINED) | (is_null ? FL_T_UNDEFINED : 0u));
    sent->may = is_null ? FL_T_UNDEFINED : 0;
    sent->is_coerced = true;
    if (is_null) sent->fallback = fl_fact_literal(x, FL_T_NULL, 0);
    return sent;
}

const fl_fact *fl_exec_construct(fl_exec *x, fl_activation *a, fl_state **s, const fl_value *cls, const fl_fact *data, const fl_effect *e, bool is_spread, const fl_node *node)
{
    if (!data || !*s) return NULL;
    fl_schema *schema = fl_schema_of_class(x, cls);
    const fl_refine *known = fl_refine_of(*s, data);
    if (!schema || !schema->properties.count || !data->place || data->schema || (known && known->schema)) return NULL;   /* only of what a client sent, and nobody looked at */
    if (is_spread) fl_exec_present(x, a, *s, data, node, node);
    if (!x->is_dry) data->place->declared = data->place->declared ? fl_schema_meet(x->results, data->place->declared, schema) : schema;
    fl_fact *error = fl_fact_new(x, FL_T_OTHER, 0);
    error->is_error = true;
    error->type = fl_models_type(x->models, fl_sym_of(fl_data_get_str(fl_data_get_c(e->data, "validate"), "error")));
    fl_pending *spot = fl_spot_invalid(x, a, *s, data, schema, error, node);
    fl_exec_throw(x, a, error, node, *s, spot, !spot);
    fl_refine_edit(x, *s, data)->schema = schema;
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    fl_value *instance = FL_NEW(x->arena, fl_value);
    *instance = (fl_value){ .kind = FL_V_INSTANCE, .target = (fl_value *)(uintptr_t)cls, .node = node, .module = cls->module };
    f->value = instance;
    f->schema = schema;
    if (e->returns.kind == FL_RESULT_TYPE) f->type = fl_models_type(x->models, e->returns.type);
    fl_shape *shape = FL_NEW(x->arena, fl_shape);
    shape->node = node;
    shape->name = cls->node ? cls->node->sym : 0;
    f->shape = shape;
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        fl_sym key = p->code ? p->code : fl_sym_of(p->name);
        fl_vec_push(x->arena, &shape->keys, key);
        fl_state_put(x, *s, FL_KEY_FIELD(f->vid, key), field_of(x, data, p));
    }
    return f;
}
