/*
 * Methods of a class of data that look at its fields before a handler gets an instance (`checks` of a decorator's model: validators).
 * A check that throws one of the errors that it may throw is a refusal by the framework, so its tests are rules of the API; any other
 * error of it is a failure like one of the handler. What their tests bound is read without running them, see schema_check.c.
 */
#include "extractor/flow/exec_p.h"
#include "extractor/flow/claim.h"

enum { MAX_CHECK_DEPTH = 3, MAX_BASES = 16 };

unsigned fl_refusal_status(const fl_exec *x)
{
    return (unsigned)fl_data_get_int(fl_data_get_c(fl_data_get_c(x->framework->data, "handler"), "refusal"), "status", 422);
}

bool fl_is_check_error(fl_exec *x, const fl_fact *error)
{
    const fl_value *base = error->value && error->value->kind == FL_V_INSTANCE ? error->value->target : NULL;
    for (unsigned i = 0; base && base->kind == FL_V_CLASS && i < MAX_BASES; i++) base = base->target;
    fl_str name = error->error_name ? fl_sym_str(error->error_name) : base && base->kind == FL_V_EXTERNAL && !base->package ? fl_sym_str(base->text) : FL_S("");
    const fl_data *errors = fl_data_get_c(x->checks, "errors");
    for (const fl_data *d = errors ? errors->first : NULL; d; d = d->next) {
        if (name.len && fl_error_is_a(x, name, d->text)) return true;
        if (error->type && fl_str_eq(fl_sym_str(error->type->name), d->text)) return true;
    }
    return false;
}

/* What the check refuses with is dropped; the rest is the handler's. */
static void settle(fl_exec *x, const fl_throw *throws)
{
    for (const fl_throw *t = throws; t; t = t->next) {
        bool is_refusal = t->spot ? t->spot->spot.failure.len && fl_is_check_error(x, fl_fact_error(x, t->spot->spot.failure)) : t->error && fl_is_check_error(x, t->error);
        if (is_refusal) { if (t->spot) t->spot->is_silenced = t->spot->is_refused = true; continue; }
        fl_throw *one = FL_NEW(x->arena, fl_throw);
        *one = *t;
        one->next = NULL;
        fl_chain_settle(x, one);
    }
}

static void run_check(fl_exec *x, fl_state **s, const fl_value *owner, const fl_node *method, const fl_fact *self, const fl_fact *value)
{
    const fl_fact *args[3] = { value, fl_fact_unknown(x), fl_fact_unknown(x) };
    fl_fact *callee = fl_fact_new(x, FL_T_FUNCTION, 0);
    fl_value *fn = FL_NEW(x->arena, fl_value);
    *fn = (fl_value){ .kind = FL_V_FUNCTION, .node = method, .scope = owner->scope, .module = owner->module };
    callee->value = fn;
    bool was_last = x->is_last_handler, was_in = x->in_dependency;
    const fl_node *handler = x->handler;
    x->is_last_handler = false;
    x->in_dependency = true;
    x->handler = method;
    x->handler_start = x->steps;
    fl_exit exit = fl_exec_function(x, callee, self, args, value ? fl_node_count(method->first) : 0, *s, NULL, NULL);
    settle(x, exit.throws);
    x->is_last_handler = was_last;
    x->in_dependency = was_in;
    x->handler = handler;
    if (exit.returns && exit.state) *s = exit.state;
}

/* The fields that a check names, or all. */
static void run_fields_of(fl_exec *x, fl_state **s, const fl_value *owner, const fl_node *method, const fl_value *decorator, const fl_fact *object, const fl_node *node)
{
    const fl_schema *schema = object->schema;
    fl_str name;
    for (size_t i = 0; i < decorator->items.count; i++) {
        if (!fl_value_as_text(decorator->items.items[i], &name) || decorator->items.items[i]->kind != FL_V_STRING) continue;
        const fl_property *p = NULL;
        for (size_t k = 0; schema && k < schema->properties.count; k++)
            if (fl_str_eq(schema->properties.items[k].name, name) || (schema->properties.items[k].code && fl_str_eq(fl_sym_str(schema->properties.items[k].code), name))) p = &schema->properties.items[k];
        if (!p || !*s) continue;
        const fl_fact *field = fl_exec_member(x, NULL, *s, object, p->code ? p->code : fl_sym_of(p->name), node);
        fl_state *before = p->is_required ? NULL : fl_state_copy(x, *s);
        fl_fact *given = fl_fact_copy(x, field);
        given->types &= (uint16_t)~FL_T_UNDEFINED;
        run_check(x, s, owner, method, NULL, given);
        if (before) *s = fl_state_join(x, before, *s);
    }
}

static void run_class(fl_exec *x, fl_state **s, const fl_value *cls, const fl_fact *object, const fl_node *node, unsigned depth)
{
    const fl_data *outer = x->checks;
    for (unsigned up = 0; cls && cls->kind == FL_V_CLASS && up < MAX_BASES; cls = cls->target, up++)
        for (const fl_node *m = fl_node_child(cls->node, 1)->first; m && cls->module; m = m->next) {
            for (const fl_node *d = m->kind == FL_NODE_function ? m->first : NULL; d; d = d->next) {
                const fl_value *v = fl_check_of(x->arena, x->models, cls, d);
                if (!v) continue;
                x->checks = v->effect->checks;
                if (fl_data_get_bool(v->effect->checks, "whole", false)) run_check(x, s, cls, m, object, NULL);
                else run_fields_of(x, s, cls, m, v, object, node);
                x->checks = outer;
            }
            if (m->kind != FL_NODE_field || depth + 1 >= MAX_CHECK_DEPTH || fl_node_is_absent(fl_node_child(m, 1)) || fl_node_child(m, 1)->kind != FL_NODE_type_name || !*s) continue;
            const fl_value *inner = fl_type_class(x->values, cls->module, fl_node_child(m, 1));
            const fl_fact *field = inner && inner->kind == FL_V_CLASS && inner != cls ? fl_exec_member(x, NULL, *s, object, m->sym, node) : NULL;
            if (field && field->schema && field->place && !(field->types & FL_T_NULLISH)) run_class(x, s, inner, field, node, depth + 1);
        }
}

void fl_exec_checks(fl_exec *x, fl_state **s, const fl_value *cls, const fl_fact *object, const fl_node *node)
{
    if (cls && cls->kind == FL_V_CLASS && object && object->schema && !x->checks) run_class(x, s, cls, object, node, 0);
}
