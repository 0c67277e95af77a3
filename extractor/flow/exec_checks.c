/*
 * Methods of a class of data that look at its fields before a handler gets an instance (`checks` of a decorator's model: validators), and
 * what the program adds to an operation's answers where it registers it. A check that throws one of the errors that it may throw is a
 * refusal by the framework, so its tests are rules of the API; any other error of it is a failure like one of the handler.
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
    fl_value fn = { .kind = FL_V_FUNCTION, .node = method, .scope = owner->scope, .module = owner->module };
    const fl_fact *args[3] = { value, fl_fact_unknown(x), fl_fact_unknown(x) };
    fl_fact *callee = fl_fact_new(x, FL_T_FUNCTION, 0);
    fl_value *kept = FL_NEW(x->arena, fl_value);
    *kept = fn;
    callee->value = kept;
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
                if (d->kind != FL_NODE_decorator || !d->first || d->first->kind != FL_NODE_call) continue;
                const fl_value *v = fl_validator_of_call(x->arena, x->models, cls->module, cls->scope, NULL, d->first);
                fl_str mode;
                if (!v || !v->effect || !v->effect->checks) continue;
                int64_t n = fl_data_get_int(v->effect->checks, "mode", -1);
                const fl_value *said = n >= 0 && (size_t)n < v->items.count ? v->items.items[n] : NULL;
                bool is_before = said && ((fl_value_as_text(said, &mode) && !fl_str_eq_c(mode, "after")) || (said->kind == FL_V_BOOLEAN && said->boolean));
                if (is_before) continue;   /* it gets what was sent, in whatever form */
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

/* ---- answers that the registration declares ---- */

/* Its shape: of the class below `answer_model`, or what the schema itself says. */
static fl_schema *declared_schema(fl_exec *x, const fl_value *said)
{
    if (!x->framework->answer_model) return fl_schema_of_output(x->results, x->models, said);
    const fl_value *model = said->kind == FL_V_DICT ? fl_value_slot(said, x->framework->answer_model) : NULL;
    return model ? fl_schema_of_class(x, model) : NULL;
}

/* One of them. What the code answers is known better, but for schemas that what is sent is made to fit. */
static void declare_answer(fl_exec *x, fl_operation *op, fl_str status, const fl_value *said)
{
    bool is_range = status.len == 3 && (status.ptr[1] == 'x' || status.ptr[1] == 'X') && status.ptr[0] >= '1' && status.ptr[0] <= '5', is_known = false;
    int64_t n = 0;
    if (!is_range && (!fl_str_to_int(status, &n) || n < 100 || n > 599)) return;
    fl_schema *schema = declared_schema(x, said);
    const fl_media media = { FL_S("application/json"), schema };
    for (size_t i = 0; i < op->responses.count; i++) {
        fl_response *r = &op->responses.items[i];
        if (is_range ? r->status / 100 != status.ptr[0] - '0' : r->status != n) continue;
        is_known = true;
        if (!schema || x->framework->answer_model || r->status == 204 || r->status == 304) continue;
        r->content.items = NULL;
        r->content.count = r->content.capacity = 0;
        fl_vec_push(x->results, &r->content, media);
    }
    if (is_known || is_range) return;
    fl_response r = { .status = (uint16_t)n, .source = op->registration };
    const fl_value *text = said->kind == FL_V_DICT ? fl_value_slot(said, fl_sym_of_c("description")) : NULL;
    if (text) (void)fl_value_as_text(text, &r.description);
    if (schema && n != 204 && n != 304) fl_vec_push(x->results, &r.content, media);
    fl_vec_push(x->results, &op->responses, r);
}

void fl_declared_answers(fl_exec *x, fl_operation *op)
{
    for (size_t i = 0; i < x->route->answers.count; i++) {
        const fl_value *dict = x->route->answers.items[i];
        for (size_t k = 0; dict->kind == FL_V_DICT && k < dict->slots.count; k++) declare_answer(x, op, fl_sym_str(dict->slots.items[k].key), dict->slots.items[k].value);
    }
}
