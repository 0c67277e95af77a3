/*
 * Arguments that are given by name, and handlers whose returned value is the answer. Read in this order.
 */
#include "extractor/flow/exec_p.h"
#include "extractor/flow/claim.h"

/* ---- arguments by name ---- */

static const fl_fact *named_of(const fl_fact **args, unsigned count)
{
    const fl_fact *last = count ? args[count - 1] : NULL;
    bool is_named = last && last->shape && last->shape->node && last->shape->node->kind == FL_NODE_dict && last->shape->node->flags & FL_FLAG_NAMED;
    return is_named ? last : NULL;
}

unsigned fl_named_place(const fl_exec *x, const fl_state *s, const fl_effect *e, const fl_fact **args, unsigned count, const fl_fact **placed, unsigned room)
{
    const fl_fact *named = named_of(args, count);
    unsigned n = 0, at = 0;
    for (; n < count && n < room; n++) placed[n] = args[n];
    if (!named || !e->params || !s) return n;
    n--;
    for (const fl_data *p = e->params->first; p && at < room; p = p->next, at++) {
        const fl_fact *value = fl_state_get(s, FL_KEY_FIELD(named->vid, fl_sym_of(fl_data_str(p, FL_S("")))));
        if (!value || at < n) continue;
        while (n < at) placed[n++] = fl_fact_literal((fl_exec *)(uintptr_t)x, FL_T_UNDEFINED, 0);
        placed[n++] = value;
    }
    return n;
}

static void add_field(fl_exec *x, fl_state *s, const fl_fact *dict, fl_sym key, const fl_fact *value)
{
    fl_vec_push(x->arena, &((fl_shape *)(uintptr_t)dict->shape)->keys, key);
    fl_state_put(x, s, FL_KEY_FIELD(dict->vid, key), value);
}

bool fl_named_bind(fl_exec *x, fl_state *s, const fl_node *params, const fl_fact **args, unsigned count, const fl_fact **placed, unsigned room)
{
    const fl_fact *named = named_of(args, count);
    bool wants = named != NULL;
    for (const fl_node *p = params ? params->first : NULL; p; p = p->next) wants |= (p->flags & FL_FLAG_NAMED) != 0;
    if (!wants) return false;
    if (named) count--;
    unsigned at = 0, n = 0;
    for (const fl_node *p = params ? params->first : NULL; p && n < room; p = p->next, n++) {
        const fl_fact *by_name = named && p->sym ? fl_state_get(s, FL_KEY_FIELD(named->vid, p->sym)) : NULL;
        placed[n] = NULL;
        if (p->flags & FL_FLAG_REST && p->flags & FL_FLAG_NAMED) {
            fl_fact *rest = fl_fact_dict(x, p);
            for (size_t k = 0; named && k < named->shape->keys.count; k++) {
                const fl_fact *value = fl_state_get(s, FL_KEY_FIELD(named->vid, named->shape->keys.items[k]));
                if (value) add_field(x, s, rest, named->shape->keys.items[k], value);
            }
            placed[n] = rest;
        } else if (p->flags & FL_FLAG_REST) {
            placed[n] = fl_fact_tuple(x, args + at, count > at ? count - at : 0);
            at = count;
        } else if (!(p->flags & FL_FLAG_NAMED) && at < count) {
            placed[n] = args[at++];
        } else if (by_name) {
            placed[n] = by_name;
        } else if (named && named->shape->spreads.count && fl_node_is_absent(fl_node_child(p, 1))) {
            placed[n] = fl_fact_unknown(x);
        }
    }
    return true;
}

/* ---- members asked for ---- */

static bool is_given(const fl_fact *f) { return f && f->literal_type != FL_T_UNDEFINED; }

/* `type=int`: what cannot be converted is as good as absent. */
static const fl_fact *converted(fl_exec *x, const fl_fact *found, const fl_fact *convert)
{
    const fl_member *m = convert->value && convert->value->kind == FL_V_EXTERNAL ? fl_value_external_member(convert->value) : NULL;
    const fl_effect *e = m ? m->call : NULL;
    fl_fact *f = fl_fact_copy(x, found);
    f->vid = x->next_vid++;
    f->base = found;
    if (!e || !e->coerces.is_set || e->coerces.to == FL_T_STRING) { f->types = FL_T_ANY; if (e && e->coerces.is_set) f->types = FL_T_STRING; else f->place = NULL; }
    else {
        if (e->coerces.to == FL_T_NUMBER) fl_place_use(x, found, FL_JSON_NUMBER, e->coerces.is_integer);
        f->types = (uint16_t)e->coerces.to;
        f->is_coerced = true;
    }
    f->types |= FL_T_UNDEFINED;
    f->may = f->types & FL_T_UNDEFINED & found->may;
    return f;
}

/* dict.get(key) where the client chooses the key. */
static const fl_fact *search_dict(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *dict, const fl_fact *key, const fl_fact *otherwise, const fl_node *node)
{
    if (dict->place || !dict->value) return fl_fact_unknown(x);
    const fl_fact *found = fl_exec_index(x, a, s, dict, key, node);
    if (!(found->types & FL_T_UNDEFINED)) return found;
    fl_fact *f = fl_fact_copy(x, found);
    f->types = (uint16_t)((found->types & ~(unsigned)FL_T_UNDEFINED) | FL_T_NULL);
    f->may = (uint16_t)((found->may & ~(unsigned)FL_T_UNDEFINED) | FL_T_NULL);
    if (!is_given(otherwise)) return f;
    f->types = (uint16_t)((f->types & ~(unsigned)FL_T_NULLISH) | (otherwise->types & FL_T_ANY));
    f->may = (uint16_t)((f->may & ~(unsigned)FL_T_NULLISH) | (otherwise->types & FL_T_NULL));
    if (f->may & FL_T_NULL) return f;
    f->vid = x->next_vid++;
    f->miss = NULL;
    return f;
}

const fl_fact *fl_named_get(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *dict, const fl_fact *key, const fl_fact *otherwise, const fl_fact *convert, const fl_node *node)
{
    fl_str text;
    if (!fl_fact_text(key, s, &text)) return search_dict(x, a, s, dict, key, otherwise, node);
    const fl_fact *found = dict->place && !dict->is_coerced ? fl_exec_place_child(x, s, dict, fl_sym_of(text), node) : fl_exec_member(x, a, s, dict, fl_sym_of(text), node);
    if (is_given(convert) && found->place) found = converted(x, found, convert);
    if (!is_given(otherwise) || !(found->types & FL_T_UNDEFINED)) return found;
    fl_fact *f = fl_fact_copy(x, found);
    unsigned instead = otherwise->types == FL_T_ANY ? FL_T_ANY & ~(unsigned)FL_T_UNDEFINED : otherwise->types & FL_T_ANY;
    f->vid = x->next_vid++;
    f->types = (uint16_t)((found->types & ~(unsigned)FL_T_UNDEFINED) | instead);
    f->may = (uint16_t)((found->may & ~(unsigned)FL_T_UNDEFINED) | (otherwise->may & FL_T_NULLISH));
    if (otherwise->types == FL_T_ANY) f->may &= (uint16_t)~FL_T_NULLISH;
    f->literal_type = 0;
    f->fallback = otherwise;
    if (!f->base) f->base = found;
    bool is_constant = otherwise->literal_type && !(otherwise->literal_type & FL_T_NULLISH);
    if (is_constant && found->place && found->place->parent && !x->is_dry && !found->place->default_value) {
        found->place->default_value = fl_literal_data(x, otherwise);
        if (!found->is_coerced) fl_place_use(x, found, fl_json_of_types(otherwise->literal_type), false);
    }
    return f;
}

static unsigned types_of_class(const fl_exec *x, const fl_fact *class_)
{
    unsigned types = 0;
    if (!class_->tuple) return class_->value && class_->value->kind == FL_V_EXTERNAL && !class_->value->package ? fl_types_named(x, fl_sym_str(class_->value->text)) : 0;
    for (uint32_t i = 0; i < class_->tuple->count; i++) {
        unsigned one = types_of_class(x, class_->tuple->items[i]);
        if (!one) return 0;
        types |= one;
    }
    return types;
}

const fl_fact *fl_named_is_instance(fl_exec *x, const fl_fact *subject, const fl_fact *class_)
{
    unsigned types = types_of_class(x, class_);
    if (types) return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_TYPE, .subject = subject, .types = types });
    return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_INSTANCE, .subject = subject, .other = class_ });
}

/* ---- what is returned is the answer ---- */

/* An answer that is made before it is returned: its status was given, or is written into it. */
static const fl_fact *status_of_response(fl_exec *x, const fl_state *s, const fl_fact *response)
{
    for (size_t i = 0; response->vid && i < x->framework->status_members.count; i++) {
        const fl_fact *set = fl_state_get(s, FL_KEY_FIELD(response->vid, x->framework->status_members.items[i]));
        if (set) return set;
    }
    return response->vid ? fl_state_get(s, FL_KEY_FIELD(response->vid, FL_SYM_status_)) : NULL;
}

bool fl_named_returns(fl_exec *x, const fl_state *s, const fl_fact *value)
{
    bool has_undefined = x->builtins && !x->builtins->missing_key.len;
    if (has_undefined && value && (value == x->response || value->literal_type == FL_T_UNDEFINED || fl_fact_types(s, value) == FL_T_UNDEFINED)) return false;   /* it answers in another way */
    if (x->in_error_handler && !x->framework->errors_by_class) return value && !(fl_fact_types(s, value) & FL_T_NULLISH);   /* else it leaves the error to others */
    if (x->is_last_handler || x->in_error_handler) return value != NULL;
    if (value && value->resolved) value = value->resolved;
    unsigned types = value ? fl_fact_types(s, value) : FL_T_NULLISH;
    return types && types != FL_T_ANY && !(types & FL_T_NULLISH);
}

void fl_named_answer(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *value, const fl_node *node)
{
    if (s->has_responded || x->in_dependency || !value) return;
    fl_effect answer = { .max_args = -1 };
    const fl_fact *args[2] = { value, NULL };
    unsigned count = 1;
    answer.respond.is_set = true;
    answer.respond.status = answer.respond.media_arg = answer.respond.line = FL_ARG_NONE;
    answer.respond.media = FL_S("auto");
    answer.respond.body_by_type = true;
    answer.respond.fixed_status = x->is_last_handler ? x->route->status : 0;
    if (x->framework->reads_signature) {   /* data, whatever it is; null without a body where the status has none */
        answer.respond.media = FL_S("application/json");
        answer.respond.body_by_type = false;
    } else if (value->tuple && value->tuple->count) {
        args[0] = value->tuple->items[0];
        unsigned second = value->tuple->count > 1 ? fl_fact_types(s, value->tuple->items[1]) : 0;
        if (second & FL_T_NUMBER && !(a->is_library && second == FL_T_ANY)) {   /* code that stands for a package hands on what it found, if anything */
            args[1] = value->tuple->items[1];
            answer.respond.status = 1;
            count = 2;
        }
    }
    bool is_response = args[0]->type && args[0]->type->role == x->response_role && args[0]->resolved;
    if (is_response) {
        if (count < 2 && (args[1] = status_of_response(x, s, args[0]))) { answer.respond.status = 1; count = 2; }
        answer.respond.body_by_type = false;
        answer.respond.media = fl_data_get_str(args[0]->type->data, "media");
        if (!answer.respond.media.len) answer.respond.body_by_type = true;
        args[0] = args[0]->resolved;
    }
    (void)fl_exec_effect(x, a, &s, &answer, NULL, NULL, args, count, node);
    const fl_node *type = x->framework->reads_signature && a->func->node->kind == FL_NODE_function ? fl_node_child(a->func->node, 1) : NULL;
    const fl_module *module = a->module;
    if (x->route->response && x->is_last_handler) {
        type = fl_type_of_expression(x->arena, x->route->response);
        module = x->route->response_module;
    }
    const fl_schema *schema = fl_node_is_absent(type) || !module || x->is_dry ? NULL : fl_schema_of_type(x->results, x->values, module, type, 0);
    bool is_known = schema && (schema->types || schema->any_of.count || schema->all_of.count) && schema->types != FL_JSON_NULL;
    for (size_t i = 0; is_known && i < x->answers.count; i++)   /* what it says it returns is what the framework sends */
        if (x->answers.items[i].node == node) x->answers.items[i].schema = (fl_schema *)(uintptr_t)schema;
}

void fl_pending_answer(fl_exec *x, fl_activation *a, fl_state *s, const fl_node *node)
{
    const fl_fact *body = fl_state_get(s, FL_KEY_FIELD(x->response->vid, FL_SYM_content_)), *set = fl_state_get(s, FL_KEY_FIELD(x->response->vid, FL_SYM_status_));
    if (s->has_responded || (!body && !set)) return;
    unsigned types = body ? fl_fact_types(s, body) : 0;
    fl_effect answer = { .max_args = -1 };
    answer.respond.is_set = answer.respond.is_late = true;
    answer.respond.status = answer.respond.media_arg = answer.respond.line = FL_ARG_NONE;
    answer.respond.body = body ? 0 : FL_ARG_NONE;
    answer.respond.media = types == FL_T_STRING ? FL_S("text/plain") : body ? FL_S("application/json") : FL_S("");
    if (!set && types && !(types & ~(unsigned)FL_T_NULLISH)) answer.respond.fixed_status = 204;   /* the body is null */
    if (answer.respond.fixed_status) answer.respond.body = FL_ARG_NONE;
    (void)fl_exec_effect(x, a, &s, &answer, NULL, NULL, &body, body ? 1 : 0, node);
}

void fl_named_refusals(fl_exec *x)
{
    if (!x->is_validated) return;
    const fl_data *said = fl_data_get_c(fl_data_get_c(x->framework->data, "handler"), "refusal"), *body = fl_data_get_c(said, "schema");
    fl_str error = fl_data_get_str(said, "error");
    const fl_model_type *type = error.len ? fl_models_type(x->models, fl_sym_of(error)) : NULL;
    if (type && fl_chain_refuse(x, type)) return;
    fl_schema *schema = body ? fl_schema_of_json(x->results, body) : NULL;
    fl_vec_push(x->arena, &x->answers, (fl_answer){ .status = (uint16_t)fl_data_get_int(said, "status", 422), .media = FL_S("application/json"), .schema = schema ? schema : fl_schema_new(x->results, FL_JSON_OBJECT), .node = x->handler });
}
