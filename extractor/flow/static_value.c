/*
 * Validators made inside functions: `z.object({ name: z.string() }).parse(req.body)` in a handler. Start-up never ran that code, and the
 * interpreter of handlers follows facts, not values; so the expression is read here on its own: literals, calls of modelled code,
 * constants of the function, and what start-up left outside of it. Anything else is NULL: not known. Nothing is run or written.
 */
#include "extractor/flow/claim_p.h"

enum { MAX_DEPTH = 40 };

typedef struct reader {
    fl_arena *arena;
    const fl_models *models;
    const fl_module *module;
    const fl_scope *scope;                 /**< names outside of `boundary` */
    const fl_node *boundary;               /**< the function that is being interpreted */
    unsigned depth;
} reader;

static fl_value *read(reader *r, const fl_node *node);

static fl_value *make(reader *r, fl_value_kind kind, const fl_node *node)
{
    fl_value *v = FL_NEW(r->arena, fl_value);
    v->kind = (uint8_t)kind;
    v->node = node;
    v->module = (fl_module *)(uintptr_t)r->module;
    v->id = UINT32_MAX - 1;                /* of none that start-up made */
    return v;
}

static fl_value *make_text(reader *r, fl_value_kind kind, const fl_node *node)
{
    fl_value *v = make(r, kind, node);
    v->text = node->sym;
    return v;
}

/* ---- names ---- */

static bool declares(const fl_node *pattern, fl_sym name)
{
    if (pattern->kind == FL_NODE_name) return pattern->sym == name;
    for (const fl_node *c = pattern->first; c; c = c->next)
        if (declares(c, name)) return true;
    return false;
}

/* A local declaration of the name around `node`: true ends the search; *init is its value when it is a constant. */
static bool find_local(const reader *r, const fl_node *node, fl_sym name, const fl_node **init)
{
    *init = NULL;
    for (const fl_node *p = node->parent; p && r->boundary; p = p->parent) {
        for (const fl_node *s = p->kind == FL_NODE_block ? p->first : NULL; s; s = s->next) {
            if (s->kind != FL_NODE_let || !declares(s->first, name)) continue;
            if (s->first->kind == FL_NODE_name && s->flags & FL_FLAG_CONST) *init = fl_node_child(s, 1);
            return true;
        }
        for (const fl_node *param = p->kind == FL_NODE_function ? p->first->first : NULL; param; param = param->next)
            if (declares(param->first, name)) return true;
        if (p == r->boundary) return false;
    }
    return false;
}

static fl_value *read_name(reader *r, const fl_node *node)
{
    const fl_node *init;
    if (find_local(r, node, node->sym, &init)) return init && !fl_node_is_absent(init) ? read(r, init) : NULL;
    const fl_cell *cell = r->scope ? fl_scope_find(r->scope, node->sym) : NULL;
    if (cell || !r->module->builtins) return cell ? cell->value : NULL;
    fl_value *global = make(r, FL_V_EXTERNAL, node);
    global->text = node->sym;
    return global;
}

/* ---- literals ---- */

static fl_value *unknown(reader *r, const fl_node *node) { return make(r, FL_V_UNKNOWN, node); }

static fl_value *read_list(reader *r, const fl_node *node)
{
    fl_value *list = make(r, FL_V_LIST, node);
    for (const fl_node *c = node->first; c && list->items.count < FL_LIMIT_CLAIM_PROPERTIES; c = c->next) {
        fl_value *item = read(r, c->kind == FL_NODE_spread ? c->first : c);
        if (c->kind != FL_NODE_spread) { fl_vec_push(r->arena, &list->items, item ? item : unknown(r, c)); continue; }
        if (!item || item->kind != FL_V_LIST) return NULL;
        for (size_t i = 0; i < item->items.count; i++) fl_vec_push(r->arena, &list->items, item->items.items[i]);
    }
    return list;
}

static void set_slot(reader *r, fl_value *dict, fl_slot slot)
{
    for (size_t i = 0; i < dict->slots.count; i++)
        if (dict->slots.items[i].key == slot.key) { dict->slots.items[i] = slot; return; }
    if (dict->slots.count < FL_LIMIT_CLAIM_PROPERTIES) fl_vec_push(r->arena, &dict->slots, slot);
}

static fl_value *read_dict(reader *r, const fl_node *node)
{
    fl_value *dict = make(r, FL_V_DICT, node);
    for (const fl_node *c = node->first; c; c = c->next) {
        fl_value *value = read(r, c->first);
        if (c->kind == FL_NODE_spread) {
            dict->has_more |= !value || value->kind != FL_V_DICT || value->has_more;
            for (size_t i = 0; value && value->kind == FL_V_DICT && i < value->slots.count; i++) set_slot(r, dict, value->slots.items[i]);
        } else if (c->kind == FL_NODE_pair && c->sym) set_slot(r, dict, (fl_slot){ .key = c->sym, .value = value ? value : unknown(r, c), .node = c });
        else if (c->kind == FL_NODE_pair) {
            fl_value *key = read(r, fl_node_child(c, 1));
            if (key && key->kind == FL_V_STRING) set_slot(r, dict, (fl_slot){ .key = key->text, .value = value ? value : unknown(r, c), .node = c });
            else dict->has_more = true;
        }
    }
    return dict;
}

/* ---- members and calls ---- */

/* Those by name where `params` says. */
static void place_named(reader *r, fl_value *made, const fl_effect *e, const fl_value *named)
{
    size_t at = 0;
    for (const fl_data *p = e->params ? e->params->first : NULL; p; p = p->next, at++) {
        fl_value *value = fl_value_slot(named, fl_sym_of(fl_data_str(p, FL_S(""))));
        if (!value || at < made->items.count) continue;
        while (made->items.count < at) fl_vec_push(r->arena, &made->items, make(r, FL_V_UNDEFINED, named->node));
        fl_vec_push(r->arena, &made->items, value);
    }
}

static fl_value *apply(reader *r, const fl_effect *effect, fl_value *self, const fl_node *node, const fl_node *arguments)
{
    const fl_effect *e = fl_effect_for(effect, arguments ? fl_node_count(node) - 1 : 0);
    const fl_model_type *type = e && (e->schema || e->parameter || e->runs.is_set || e->credential || e->checks) && e->returns.kind == FL_RESULT_TYPE ? fl_models_type(r->models, e->returns.type) : NULL;
    if (!type) return NULL;
    fl_value *made = make(r, FL_V_TYPED, node);
    made->type = type;
    made->effect = e;
    made->self = self;
    if (e->class_fields && self && self->kind == FL_V_CLASS) fl_vec_push(r->arena, &made->items, fl_class_fields(r->arena, self, node));
    for (const fl_node *a = arguments; a; a = a->next) {
        fl_value *value = a->kind == FL_NODE_spread ? NULL : read(r, a);
        if (value && a->kind == FL_NODE_dict && a->flags & FL_FLAG_NAMED && !a->next) { place_named(r, made, e, value); continue; }
        fl_vec_push(r->arena, &made->items, value ? value : unknown(r, a));
    }
    return made;
}

static fl_value *read_member(reader *r, const fl_node *node)
{
    fl_value *object = read(r, node->first);
    if (!object) return NULL;
    fl_value *slot = fl_value_slot(object, node->sym);
    if (slot) return slot;
    if (object->kind == FL_V_EXTERNAL) {
        bool is_itself = object->package && (node->sym == FL_SYM_default_ || (!object->text && object->model && fl_model_is_itself(object->model, node->sym)));
        if (is_itself) return object;
        fl_value *member = make(r, FL_V_EXTERNAL, node);
        member->package = object->package;
        member->model = object->model;
        member->text = object->text ? fl_sym_of(fl_str_format(r->arena, "%s.%s", fl_sym_c(object->text), fl_sym_c(node->sym))) : node->sym;
        return member;
    }
    const fl_member *m = object->kind == FL_V_TYPED ? fl_model_type_member(object->type, node->sym) : NULL;
    if (!m) return NULL;
    if (m->get && !m->call) return apply(r, m->get, object, node, NULL);
    fl_value *method = make(r, FL_V_METHOD, node);
    method->self = object;
    method->member = m;
    return method;
}

static fl_value *read_call(reader *r, const fl_node *node)
{
    fl_value *callee = read(r, node->first);
    if (callee && callee->kind == FL_V_CLASS && callee->node->flags & FL_FLAG_CALLABLE && !fl_class_effect(callee)) {
        fl_value *instance = make(r, FL_V_INSTANCE, node);
        instance->target = callee;
        return instance;
    }
    const fl_member *m = !callee ? NULL : callee->kind == FL_V_METHOD ? callee->member : fl_value_external_member(callee);
    const fl_effect *of_class = callee && callee->kind == FL_V_CLASS ? fl_class_effect(callee) : NULL;
    const fl_effect *effect = of_class ? of_class : !m ? NULL : node->flags & FL_FLAG_NEW && m->new_ ? m->new_ : m->call;
    return effect ? apply(r, effect, callee->kind == FL_V_METHOD ? callee->self : callee, node, node->first->next) : NULL;
}

static fl_value *read_negative(reader *r, const fl_node *node)
{
    fl_value *of = node->op == FL_OP_neg ? read(r, node->first) : NULL;
    if (!of || of->kind != FL_V_NUMBER) return NULL;
    fl_value *v = make(r, FL_V_NUMBER, node);
    v->text = fl_sym_of(fl_str_format(r->arena, "-%s", fl_sym_c(of->text)));
    return v;
}

static fl_value *read_node(reader *r, const fl_node *node)
{
    fl_value *v;
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_name: return read_name(r, node);
    case FL_NODE_member: return read_member(r, node);
    case FL_NODE_call: return read_call(r, node);
    case FL_NODE_list: return read_list(r, node);
    case FL_NODE_dict: return read_dict(r, node);
    case FL_NODE_string: return make_text(r, FL_V_STRING, node);
    case FL_NODE_number: return make_text(r, FL_V_NUMBER, node);
    case FL_NODE_regex: return make_text(r, FL_V_REGEX, node);
    case FL_NODE_boolean: v = make(r, FL_V_BOOLEAN, node); v->boolean = node->flags & FL_FLAG_TRUE; return v;
    case FL_NODE_null: return make(r, FL_V_NULL, node);
    case FL_NODE_undefined: return make(r, FL_V_UNDEFINED, node);
    case FL_NODE_unary: return read_negative(r, node);
    case FL_NODE_await: case FL_NODE_cast: return read(r, node->first);
    default: return NULL;
    }
}

static fl_value *read(reader *r, const fl_node *node)
{
    if (fl_node_is_absent(node) || r->depth >= MAX_DEPTH) return NULL;
    r->depth++;
    fl_value *v = read_node(r, node);
    r->depth--;
    return v;
}

fl_value *fl_value_of_expression(fl_arena *arena, const fl_models *models, const fl_module *module, const fl_scope *scope, const fl_node *expr)
{
    reader r = { .arena = arena, .models = models, .module = module, .scope = scope };
    return read(&r, expr);
}

fl_value *fl_validator_of_call(fl_arena *arena, const fl_models *models, const fl_module *module, const fl_scope *scope, const fl_node *function, const fl_node *call)
{
    reader r = { .arena = arena, .models = models, .module = module, .scope = scope, .boundary = function };
    fl_value *v = read(&r, call);
    return v && v->kind == FL_V_TYPED ? v : NULL;
}
