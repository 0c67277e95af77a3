/*
 * What a modelled call gives: the result that its model states, that it may find nothing, and what is known of it from what it was
 * made of. Nothing here runs code of the project but what looks at elements. Read fl_result_modelled first.
 */
#include "extractor/flow/call_p.h"
#include "base/pattern.h"

/* ---- arguments ---- */

const fl_fact *fl_call_arg(const fl_model_call *c, int arg)
{
    if (arg == FL_ARG_THIS) return c->self;
    return arg >= 0 && (unsigned)arg < c->count ? c->args[arg] : NULL;
}

const fl_node *fl_call_arg_node(const fl_model_call *c, int arg)
{
    if (!c->node || c->node->kind != FL_NODE_call) return c->node;
    if (arg == FL_ARG_THIS) return c->node->first && c->node->first->first ? c->node->first->first : c->node;
    const fl_node *n = fl_node_child(c->node, (unsigned)(arg + 1));
    return n ? n : c->node;
}

/* ---- stated results ---- */

/* An instance of a class of the project that other code made: nothing is known of its fields. */
static const fl_fact *instance_of(fl_exec *x, const fl_fact *cls, unsigned or_types)
{
    if (!cls || !cls->value || cls->value->kind != FL_V_CLASS) {   /* of what a call made: what its model calls an instance */
        fl_fact *one = fl_fact_new(x, FL_T_OTHER | or_types, 0);
        if (cls && cls->value && cls->value->type) one->type = fl_models_type(x->models, fl_sym_of(fl_str_format(x->arena, FL_STR_FMT ".instance", FL_STR_ARG(cls->value->type->model->name))));
        return one;
    }
    fl_value *instance = FL_NEW(x->arena, fl_value);
    *instance = (fl_value){ .kind = FL_V_INSTANCE, .target = cls->value, .module = cls->value->module };
    fl_fact *f = fl_fact_new(x, FL_T_OTHER | or_types, 0);
    f->value = instance;
    return f;
}

const fl_fact *fl_result_of(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_result *r, const fl_fact *answer)
{
    fl_fact *f;
    switch (r->kind) {
    case FL_RESULT_BASIC: return fl_fact_new(x, r->types | r->or_types, r->types & FL_T_NULLISH);
    case FL_RESULT_TYPE:
        f = fl_fact_new(x, FL_T_OTHER | r->or_types, 0);
        f->type = fl_models_type(x->models, r->type);
        if (c->e->parses.is_set) { const fl_fact *text = fl_call_arg(c, c->e->parses.arg); if (text && text->type && text->type->parsed) f->type = fl_models_type(x->models, text->type->parsed); }
        if (f->type && f->type->role == FL_SYM_error_) f->is_error = true;
        return f;
    case FL_RESULT_THIS: return c->self ? c->self : fl_fact_unknown(x);
    case FL_RESULT_ARG: { const fl_fact *arg = fl_call_arg(c, (int)r->arg); return arg ? arg : fl_fact_literal(x, FL_T_UNDEFINED, 0); }
    case FL_RESULT_ELEMENT: return c->self ? fl_exec_element(x, s, c->self, c->node) : fl_fact_unknown(x);
    case FL_RESULT_ELEMENT_OF_ARG: { const fl_fact *arg = fl_call_arg(c, (int)r->arg); return arg ? fl_exec_element(x, s, arg, c->node) : fl_fact_unknown(x); }
    case FL_RESULT_CALLBACK: return answer ? (answer->resolved ? answer->resolved : answer) : fl_fact_unknown(x);
    case FL_RESULT_LIST_OF:
        f = fl_fact_new(x, FL_T_LIST | r->or_types, 0);
        f->element = fl_result_of(x, s, c, r->of, answer);
        if (f->element == answer && answer) f->element = answer;
        return f;
    case FL_RESULT_PROMISE_OF:
        f = fl_fact_new(x, FL_T_OTHER, 0);
        f->resolved = fl_result_of(x, s, c, r->of, answer);
        if (r->type) f->type = fl_models_type(x->models, r->type);
        return f;
    case FL_RESULT_MEMBER: { const fl_fact *held = c->self && c->self->vid ? fl_state_get(s, FL_KEY_FIELD(c->self->vid, r->type)) : NULL; return held ? held : fl_fact_unknown(x); }
    case FL_RESULT_INSTANCE: return instance_of(x, c->self, r->or_types);
    case FL_RESULT_INSTANCE_OF_ARG: return instance_of(x, fl_call_arg(c, (int)r->arg), r->or_types);
    case FL_RESULT_DICT_OF: return fl_fact_new(x, FL_T_DICT, 0);
    case FL_RESULT_ROW:
        f = fl_result_row(x, s, c);
        f->types |= (uint16_t)r->or_types;
        return f;
    case FL_RESULT_UNKNOWN: case FL_RESULT_PLAIN: break;
    }
    return fl_fact_unknown(x);
}

static unsigned nullish_of(const fl_result *r)
{
    return r->or_types ? r->or_types : r->of ? nullish_of(r->of) : 0;
}

const fl_fact *fl_result_promise(fl_exec *x, const fl_fact *resolved, const fl_throw *rejects)
{
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    f->resolved = resolved ? (resolved->resolved ? resolved->resolved : resolved) : fl_fact_unknown(x);
    f->rejects = rejects ? rejects : resolved ? resolved->rejects : NULL;
    return f;
}

const fl_fact *fl_result_constant(fl_exec *x, const fl_data *value)
{
    switch (value->kind) {
    case FL_DATA_NULL: return fl_fact_literal(x, FL_T_NULL, 0);
    case FL_DATA_BOOL: return fl_fact_literal(x, FL_T_BOOLEAN, value->boolean);
    case FL_DATA_NUMBER: return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(value->text));
    case FL_DATA_STRING: return fl_fact_literal(x, FL_T_STRING, fl_sym_of(value->text));
    case FL_DATA_LIST: case FL_DATA_MAP: break;
    }
    return fl_fact_unknown(x);
}

/* An error that carries its status, as a library makes it. */
const fl_fact *fl_result_error(fl_exec *x, fl_state *s, const fl_model_call *c)
{
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    f->is_error = true;
    fl_str kind = fl_data_get_str(fl_data_get_c(c->e->data, "error"), "type");
    if (kind.len) f->type = fl_models_type(x->models, fl_sym_of(kind));
    else if (c->e->returns.kind == FL_RESULT_TYPE) f->type = fl_models_type(x->models, c->e->returns.type);
    const fl_fact *status = fl_call_arg(c, c->e->error.status);
    if (!status && c->e->error.fixed_status) status = fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", c->e->error.fixed_status)));
    if (status) for (size_t i = 0; x->framework && i < x->framework->error_status_members.count; i++) fl_state_put(x, s, FL_KEY_FIELD(f->vid, x->framework->error_status_members.items[i]), status);
    return f;
}

/* ---- finding nothing ---- */

/* The request place that decides whether a look-up finds something. */
static const fl_fact *needle_of(const fl_fact *answer)
{
    const fl_predicate *p = answer ? answer->predicate : NULL;
    if (!p || p->kind != FL_PRED_EQUAL) return NULL;
    if (p->other && p->other->place) return p->other;
    if (p->subject && p->subject->place) return p->subject;
    return NULL;
}

static fl_sym member_of(const fl_node *node, fl_sym object)
{
    if (node->kind == FL_NODE_member && fl_node_child(node, 0)->kind == FL_NODE_name && fl_node_child(node, 0)->sym == object) return node->sym;
    fl_sym found = FL_SYM_NONE;
    for (const fl_node *child = node->first; child && !found; child = child->next) found = member_of(child, object);
    return found;
}

/* zones.find((zone) => zone.name === name), where the zones are known: the name of the first. */
static const fl_data *sought_member(fl_exec *x, const fl_model_call *c)
{
    const fl_value *list = c->self->value;
    const fl_node *function = fl_node_child(c->node, 1), *param = function && function->kind == FL_NODE_function ? fl_node_child(fl_node_child(function, 0), 0) : NULL;
    if (!list || list->kind != FL_V_LIST || !list->items.count || list->items.items[0]->kind != FL_V_DICT || !param || param->kind != FL_NODE_param || !param->sym) return NULL;
    fl_sym name = member_of(fl_node_child(function, 2), param->sym);
    const fl_value *item = name ? fl_value_slot(list->items.items[0], name) : NULL;
    return item && (item->kind == FL_V_STRING || item->kind == FL_V_NUMBER) ? fl_literal_data(x, fl_fact_literal(x, fl_value_types(item), item->text)) : NULL;
}

/* What a query is made of: the argument itself, or the first request place inside a literal dict or list. */
static const fl_fact *place_within(const fl_state *s, const fl_fact *arg, unsigned depth)
{
    if (!arg || depth > 4) return NULL;
    if (arg->place) return arg;
    if (arg->resolved && arg->resolved->needle && arg->resolved->needle->place) return arg->resolved->needle;   /* a statement that asks for it */
    const fl_predicate *p = arg->predicate && arg->predicate->kind == FL_PRED_EQUAL ? arg->predicate : NULL;   /* Book.isbn == isbn */
    if (p && p->subject && p->subject->place) return p->subject;
    if (p && p->other && p->other->place) return p->other;
    const fl_fact *found = NULL;
    for (size_t i = 0; arg->is_local && arg->shape && i < arg->shape->keys.count && !found; i++) {
        const fl_fact *value = fl_state_get(s, FL_KEY_FIELD(arg->vid, arg->shape->keys.items[i]));
        found = place_within(s, value, depth + 1);
        for (const fl_fact *f = value; f; f = f->base)   /* a part of a text is looked up under that name */
            if (f->place && f->part && f->part <= f->place->parts.count && !f->place->parts.items[f->part - 1]) f->place->parts.items[f->part - 1] = arg->shape->keys.items[i];
    }
    return found || !arg->is_local ? found : place_within(s, arg->element, depth + 1);
}

static fl_miss *make_miss(fl_exec *x, const fl_model_call *c, const fl_fact *needle, fl_weak_spot_kind kind)
{
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = (fl_miss){ .kind = kind, .origin = c->node, .certainty = needle ? FL_CERTAIN : FL_POSSIBLE, .status = 404 };
    if (!needle) return miss;
    if (needle->place->in != FL_IN_PATH) miss->status = needle->place->in == FL_IN_HEADER || needle->place->in == FL_IN_COOKIE ? 401 : 404;
    fl_condition cond = { .at = fl_place_pointer(x, needle->place), .kind = FL_COND_NOT_FOUND };
    if (kind == FL_WS_missing_match) { cond.kind = FL_COND_EQUALS; cond.value = fl_data_string(x->results, FL_S("~")); miss->status = needle->place->in == FL_IN_HEADER ? 401 : 400; }
    fl_vec_push(x->results, &miss->triggers, cond);
    return miss;
}

static const fl_fact *missing(fl_exec *x, const fl_fact *found, unsigned nullish, fl_miss *miss, const fl_model_call *c, const char *why)
{
    fl_fact *f = fl_fact_copy(x, found);
    f->vid = x->next_vid++;
    f->types |= (uint16_t)nullish;
    f->may |= (uint16_t)nullish;
    f->miss = miss;
    fl_sym name = c->callee && c->callee->member ? c->callee->member : 0;
    f->because = fl_because_add(x, found->because, c->node, "%s() %s", name ? fl_sym_c(name) : "the call", why);
    return f;
}

/* The text of the pattern that the call matches with; empty: not known. */
static fl_str pattern_text(const fl_model_call *c)
{
    const fl_fact *pattern = c->self && c->self->value && c->self->value->kind == FL_V_REGEX ? c->self : c->count && c->args[0]->value && c->args[0]->value->kind == FL_V_REGEX ? c->args[0] : NULL;
    if (pattern) return fl_sym_str(pattern->value->text);
    const fl_value *made = c->self && c->self->value && c->self->value->kind == FL_V_TYPED ? c->self->value : NULL;   /* re.compile("…") */
    const fl_value *text = made && made->items.count && made->effect && made->effect->throws.is_set ? made->items.items[0] : NULL;
    if (text && text->kind == FL_V_STRING) return fl_sym_str(text->text);
    bool is_given = c->e->throws.is_set && c->e->throws.arg == 0 && c->count > 1 && c->args[0]->literal_type == FL_T_STRING;   /* re.match("…", text) */
    return is_given ? fl_sym_str(c->args[0]->literal) : FL_S("");
}

/* A pattern without an end that also matches the empty text finds something in every text. */
static bool always_matches(const fl_model_call *c)
{
    fl_str source = pattern_text(c);
    if (!source.len) return false;
    bool has_end = source.ptr[source.len - 1] == '$';
    if (has_end && !fl_str_eq_c(source, "^(.*)$") && !fl_str_eq_c(source, "^.*$")) return false;
    fl_pattern *compiled = NULL;
    if (fl_pattern_new(&compiled, source, NULL) != FL_OK) return false;
    bool matches = fl_pattern_matches(compiled, FL_S(""));
    fl_pattern_free(compiled);
    return matches;
}

static bool is_text_checked(const fl_state *s, const fl_fact *text)
{
    for (const fl_fact *f = text; f; f = f->base) {
        const fl_refine *r = fl_refine_of(s, f);
        if (r && r->is_checked_format) return true;
    }
    return false;
}

/* map.has(key) was true on this path: map.get(key) finds it. */
static bool is_known_key(const fl_state *s, const fl_fact *container, const fl_fact *key)
{
    const fl_refine *r = fl_refine_of(s, key);
    if (r && r->proved && r->proved == container->value) return true;
    for (const fl_cond *k = s->conditions; k; k = k->next) {
        const fl_predicate *p = k->predicate;
        const fl_fact *found = p->subject;   /* it != map.end() */
        bool is_found = found && found->miss && found->needle && found->receiver && (p->kind == FL_PRED_NULLISH ? k->holds == p->is_negated : p->kind == FL_PRED_TRUTHY && k->holds != p->is_negated);
        bool is_same = is_found && (found->receiver == container || found->receiver->vid == container->vid || (found->receiver->value && found->receiver->value == container->value));
        if (is_same && (found->needle->vid == key->vid || (found->needle->place && found->needle->place == key->place))) return true;
        if (p->kind != FL_PRED_IN || (p->is_negated ? k->holds : !k->holds) || !p->other || !p->subject) continue;
        bool same_container = p->other == container || p->other->vid == container->vid || (p->other->value && p->other->value == container->value);
        if (same_container && (p->subject->vid == key->vid || (p->subject->place && p->subject->place == key->place))) return true;
    }
    return false;
}

const fl_fact *fl_exec_column(fl_exec *x, const fl_fact *value, const fl_schema *schema, const fl_node *node)
{
    if (!(schema->types & FL_JSON_NULL) || schema->types == FL_JSON_ANY) return value;
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = (fl_miss){ .kind = FL_WS_null_column, .status = 404, .origin = node, .certainty = FL_POSSIBLE };
    fl_fact *f = fl_fact_copy(x, value);
    f->types |= FL_T_NULL;
    f->may |= FL_T_NULL;
    f->miss = miss;
    f->because = fl_because_add(x, NULL, node, "it is null for a row without a value");
    return f;
}

static const fl_fact *apply_miss(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_fact *answer, const fl_fact *result, unsigned nullish)
{
    bool is_token = fl_str_eq_c(fl_sym_str(c->e->miss.by), "token");
    const fl_sym by = is_token ? FL_SYM_match_ : c->e->miss.by;
    const fl_fact *arg = fl_call_arg(c, c->e->miss.arg);
    if (arg && c->self && by == FL_SYM_key_ && is_known_key(s, c->self, arg)) return result;
    if (fl_str_eq_c(fl_sym_str(by), "setting") || fl_str_eq_c(fl_sym_str(by), "column")) {   /* for reasons that no place of the request decides */
        bool is_setting = fl_str_eq_c(fl_sym_str(by), "setting");
        fl_miss *miss = make_miss(x, c, NULL, is_setting ? FL_WS_missing_setting : FL_WS_null_column);
        miss->certainty = is_setting ? FL_CERTAIN : FL_POSSIBLE;
        miss->status = is_setting ? 500 : 404;
        fl_str name;
        uint64_t key = is_setting && arg && fl_fact_text(arg, s, &name) ? FL_KEY_FIELD(FL_VID_ENVIRONMENT, fl_sym_of(name)) : 0;   /* it is the same whenever it is asked for */
        const fl_fact *known = key ? fl_state_get(s, key) : NULL;
        if (known) return known;
        const fl_fact *f = missing(x, result, nullish, miss, c, is_setting ? "is null when the variable is not set" : "is null for a column without a value");
        if (key) fl_state_put(x, s, key, f);
        return f;
    }
    if (by == FL_SYM_callback_) {
        const fl_fact *needle = needle_of(answer);
        fl_miss *miss = make_miss(x, c, needle, FL_WS_missing_lookup);
        fl_fact *f = fl_fact_copy(x, missing(x, result, nullish, miss, c, nullish ? "finds nothing when no element fits" : "is negative when no element fits"));
        f->needle = needle;
        if (needle && c->self) fl_place_show(x, needle, sought_member(x, c));
        return f;
    }
    if (by == FL_SYM_index_) {   /* what stands from that index on: nothing, when it lies behind the end */
        const fl_refine *r = arg ? fl_refine_of(s, arg) : NULL;
        bool is_beyond = arg && (arg->place || (arg->miss && arg->is_derived)) && !(r && (r->is_checked || r->is_checked_format));
        const fl_fact *needle = !is_beyond ? NULL : arg->place ? arg : arg->needle;
        if (!needle) return result;
        fl_fact *list = fl_fact_copy(x, result);
        list->miss = make_miss(x, c, needle, FL_WS_missing_lookup);
        list->because = fl_because_add(x, arg->because, c->node, "it is empty when the index lies behind the end");
        return list;
    }
    if (by == FL_SYM_match_ && (always_matches(c) || (arg && is_text_checked(s, arg)))) return fl_fact_settled_present(x, result);
    if (by == FL_SYM_match_ && arg && arg->place && arg->place->parent && !x->is_dry && !arg->place->example_pattern && pattern_text(c).len) arg->place->example_pattern = fl_sym_of(pattern_text(c));
    if (by == FL_SYM_match_) {
        fl_miss *miss = make_miss(x, c, arg && arg->place ? arg : NULL, FL_WS_missing_match);
        fl_str between;
        bool is_cut = is_token && miss->triggers.count && c->count > 1 && fl_fact_text(c->args[1], s, &between) && between.len;
        if (is_cut) miss->triggers.items[miss->triggers.count - 1].value = fl_data_string(x->results, fl_str_copy(x->results, fl_str_sub(between, 0, 1)));
        fl_fact *f = fl_fact_copy(x, missing(x, result, nullish, miss, c, is_token ? "is null when there is no token" : "is null when the text does not match"));
        if (arg && arg->place && !arg->is_derived) f->needle = arg;
        return f;
    }
    const fl_fact *inside = arg && by != FL_SYM_empty_ ? place_within(s, arg, 0) : NULL;
    const fl_fact *asked = arg && by == FL_SYM_empty_ ? arg : !c->self || c->self->needle || !c->self->resolved ? c->self : c->self->resolved; /* a query so far: what it would give */
    if (by == FL_SYM_empty_ && asked && !asked->miss && asked->needle) {
        fl_fact *list = fl_fact_copy(x, result);
        list->miss = make_miss(x, c, asked->needle, FL_WS_missing_lookup);
        list->because = fl_because_add(x, NULL, c->node, "the query may find nothing");
        if (nullish) { list->types |= (uint16_t)nullish; list->may |= (uint16_t)nullish; list->vid = x->next_vid++; }
        return list;
    }
    if (by == FL_SYM_empty_) return asked && asked->miss ? missing(x, result, nullish, (fl_miss *)(uintptr_t)asked->miss, c, asked == c->self ? "finds nothing in an empty list" : "finds nothing when no row fits") : result;
    if (!nullish) {   /* a result that holds rows: they may be none */
        fl_fact *f = fl_fact_copy(x, result);
        f->needle = inside;
        if (inside && f->types == FL_T_LIST) {
            f->miss = make_miss(x, c, inside, FL_WS_missing_lookup);
            f->because = fl_because_add(x, result->because, c->node, "the query may find nothing");
        }
        return f;
    }
    if (by == FL_SYM_key_ && c->self && c->self->value && arg) fl_place_show(x, arg, fl_place_first_key(x, c->self->value));
    const fl_fact *found = missing(x, result, nullish, make_miss(x, c, inside, FL_WS_missing_lookup), c, "finds nothing for an unknown key");
    if (!arg || by != FL_SYM_key_ || !c->self || !x->builtins || !x->builtins->has_raw_memory) return found;
    fl_fact *told = fl_fact_copy(x, found);   /* an iterator: whether it is the end tells whether that container has the key */
    told->needle = arg;
    told->receiver = c->self;
    return told;
}

const fl_fact *fl_result_missed(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_fact *answer, const fl_fact *result)
{
    return apply_miss(x, s, c, answer, result, FL_T_UNDEFINED);
}

const fl_fact *fl_result_shaped(fl_exec *x, const fl_model_call *c)
{
    const fl_fact *validator = fl_call_arg(c, c->e->shaped.arg);
    const fl_schema *schema = validator && validator->value ? fl_schema_of_value(x->results, x->models, validator->value, 0) : NULL;
    return schema ? fl_fact_of_schema(x, schema, NULL) : NULL;
}

const fl_fact *fl_result_stand_in(fl_exec *x, fl_state *s, const fl_model_call *c)
{
    const fl_fact *sent = fl_call_arg(c, c->e->stands_for.arg);
    if (!sent || !sent->place) return NULL;
    fl_fact *f = fl_fact_copy(x, fl_result_of(x, s, c, &c->e->returns, NULL));
    f->vid = x->next_vid++;
    f->place = sent->place;
    f->is_coerced = true;
    f->types |= FL_T_UNDEFINED;
    f->may = (uint16_t)(c->e->returns.or_types ? FL_T_UNDEFINED : 0);
    f->because = sent->because;
    return f;
}

/* What the call gives, and that it may find nothing. */
static const fl_fact *of_keeper(fl_exec *x, const fl_model_call *c, const fl_fact *f)
{
    const fl_value *keeper = !c->self ? NULL : c->self->value ? c->self->value : c->self->kept_in;
    if (!keeper || f->value || f->kept_in == keeper || !(f->type || f->resolved)) return f;
    fl_fact *own = fl_fact_copy(x, f);
    if (f->resolved) own->resolved = of_keeper(x, c, f->resolved);
    own->kept_in = keeper;
    return own;
}

const fl_fact *fl_result_modelled(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_fact *answer)
{
    const fl_fact *f = of_keeper(x, c, fl_result_of(x, s, c, &c->e->returns, answer));
    if (!c->e->miss.is_set) return f;
    unsigned nullish = nullish_of(&c->e->returns);
    if (!f->resolved) return apply_miss(x, s, c, answer, f, nullish);
    fl_fact *promise = fl_fact_copy(x, f);
    promise->resolved = apply_miss(x, s, c, answer, f->resolved, nullish);
    return promise;
}

/* ---- made of what is known ---- */

const fl_fact *fl_result_coerced(fl_exec *x, fl_state *s, const fl_model_call *c)
{
    const fl_fact *arg = fl_call_arg(c, c->e->coerces.arg);
    const fl_fact *first = arg && arg->text && !arg->place && c->e->coerces.to == FL_T_NUMBER ? fl_text_first(x, arg, c->node) : NULL;
    if (first) arg = first;
    if (!arg || (!arg->place && !arg->literal_type && c->e->coerces.to != FL_T_BOOLEAN)) return NULL;
    fl_fact *f = fl_fact_copy(x, arg);
    unsigned to = c->e->coerces.to;
    if (to == FL_T_BOOLEAN) { fl_predicate p = { .kind = FL_PRED_TRUTHY, .subject = arg }; return fl_fact_predicate(x, p); }
    if (to == FL_T_NUMBER) fl_place_use(x, arg, FL_JSON_NUMBER, c->e->coerces.is_integer);
    f->is_coerced = to != FL_T_STRING || fl_fact_types(s, arg) != FL_T_STRING;
    if (to == FL_T_STRING) f->is_derived = true;
    f->vid = x->next_vid++;
    f->base = arg;
    f->types = (uint16_t)to;
    f->may = 0;
    if (arg->literal_type) f->literal_type = (uint8_t)to;
    f->at = c->node;
    if (c->e->returns.kind == FL_RESULT_TYPE) f->type = fl_models_type(x->models, c->e->returns.type);
    return f;
}

/* list.map and friends keep what is known of their elements. */
const fl_fact *fl_result_list(fl_exec *x, fl_state *s, const fl_model_call *c, const fl_fact *answer)
{
    fl_fact *f;
    switch (c->e->intrinsic) {
    case FL_INTRINSIC_list_filter:
        f = fl_fact_new(x, FL_T_LIST, 0);
        f->element = fl_exec_element(x, s, c->self, c->node);
        if (answer && answer->predicate) {   /* what stays is what the test lets through */
            fl_state *inside = fl_state_copy(x, s);
            if (fl_narrow(x, inside, answer->predicate, true)) { fl_fact *element = fl_fact_copy(x, fl_fact_settled(x, inside, f->element)); element->vid = x->next_vid++; f->element = element; }
        }
        if (needle_of(answer)) { f->miss = make_miss(x, c, needle_of(answer), FL_WS_missing_lookup); f->because = fl_because_add(x, NULL, c->node, "the list is empty when no element fits"); }
        return f;
    case FL_INTRINSIC_str_split:
        f = fl_fact_new(x, FL_T_LIST, 0);
        f->element = fl_fact_new(x, FL_T_STRING, 0);
        if (c->self && c->self->place) { fl_fact *item = fl_fact_new(x, FL_T_STRING, 0); item->place = c->self->place; item->is_derived = true; item->because = c->self->because; f->element = item; }
        if (c->self && c->self->place) f->miss = make_miss(x, c, c->self, FL_WS_missing_match);
        if (c->self && c->self->place && !c->self->is_derived && c->count && c->args[0]->literal_type == FL_T_STRING && fl_sym_str(c->args[0]->literal).len == 1) {
            f->separator = c->args[0]->literal;
            f->base = c->self;
        }
        if (c->self && c->count && c->args[0]->literal_type == FL_T_STRING) {   /* "Bearer …" has two parts */
            const fl_refine *known = fl_refine_of(s, c->self);
            fl_str begins = known && known->begins_with ? fl_sym_str(known->begins_with) : FL_S(""), mark = fl_sym_str(c->args[0]->literal);
            unsigned parts = 1;
            for (ptrdiff_t at; mark.len && (at = fl_str_find(begins, mark)) >= 0; parts++) begins = fl_str_sub(begins, (size_t)at + mark.len, begins.len);
            if (parts > 1) fl_refine_edit(x, s, f)->min_length = parts;
        }
        return f;
    case FL_INTRINSIC_identity: return fl_call_arg(c, 0);
    case FL_INTRINSIC_list_from: { const fl_fact *of = fl_call_arg(c, 0); return of && of->is_local && of->types == FL_T_LIST ? of : NULL; }   /* sorted(rows) */
    case FL_INTRINSIC_dict_assign: {
        const fl_fact *to = fl_call_arg(c, 0);
        for (unsigned i = 1; to && i < c->count; i++)
            for (size_t k = 0; c->args[i]->shape && k < c->args[i]->shape->keys.count; k++) {
                const fl_fact *field = fl_state_get(s, FL_KEY_FIELD(c->args[i]->vid, c->args[i]->shape->keys.items[k]));
                if (field) fl_state_put(x, s, FL_KEY_FIELD(to->vid, c->args[i]->shape->keys.items[k]), field);
            }
        return to;
    }
    default: return NULL;
    }
}

/* Text made from request text by a method of its own (slice, trim, replace): still the client's, but another text. */
const fl_fact *fl_result_derived_text(fl_exec *x, const fl_model_call *c)
{
    const fl_fact *from = c->self;
    if (!from || !from->place || c->e->returns.kind != FL_RESULT_BASIC || (c->e->returns.types != FL_T_STRING && c->e->returns.types != FL_T_NUMBER) || c->e->returns.or_types || from->resolved) return NULL;
    if (!(from->types & FL_T_STRING) && !from->is_coerced) return NULL;
    if (c->e->intrinsic == FL_INTRINSIC_str_replace || c->e->intrinsic == FL_INTRINSIC_str_replace_all) return NULL;   /* what a pattern replaced is no longer the client's to choose */
    fl_fact *f = fl_fact_new(x, c->e->returns.types, 0);
    f->place = from->place;
    f->is_derived = true;
    f->is_coerced = c->e->returns.types == FL_T_NUMBER;
    f->because = from->because;
    f->base = from;
    return f;
}

/* ---- tests ---- */

const fl_fact *fl_result_predicate(fl_exec *x, fl_activation *a, const fl_state *s, const fl_model_call *c)
{
    const fl_effect *e = c->e;
    const fl_fact *arg = fl_call_arg(c, e->predicate.arg);
    if (!arg) return fl_fact_new(x, FL_T_BOOLEAN, 0);
    fl_predicate p = { .subject = arg, .is_negated = e->predicate.is_negated, .types = e->predicate.types, .text = e->predicate.format };
    const fl_data *d = fl_data_get_c(e->data, "predicate"), *matches = fl_data_get_c(d, "matches"), *has_key = fl_data_get_c(d, "has_key");
    if (matches || has_key) {   /* regex.test(text), map.has(key) */
        p.kind = matches ? FL_PRED_MATCHES : FL_PRED_IN;
        p.other = has_key && has_key->kind == FL_DATA_NUMBER ? fl_call_arg(c, (int)fl_data_num(has_key, 0)) : c->self;   /* Object.hasOwn(roles, name) */
        const fl_fact *entry = has_key && x->dispatch ? fl_dispatch_entry(x, a, s, p.other, arg, c->node) : NULL;
        if (entry) return fl_fact_literal(x, FL_T_BOOLEAN, entry->types != FL_T_UNDEFINED);
        return p.other ? fl_fact_predicate(x, p) : fl_fact_new(x, FL_T_BOOLEAN, 0);
    }
    p.kind = e->predicate.format ? FL_PRED_FORMAT : e->predicate.is_integer ? FL_PRED_INTEGER : e->predicate.is_finite ? FL_PRED_FINITE : FL_PRED_TYPE;
    return fl_fact_predicate(x, p);
}

/* A comparison of texts: decided when one is of the request line, else a test like `==`. */
const fl_fact *fl_result_compared(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c)
{
    const fl_effect *e = c->e;
    const fl_fact *l = fl_call_arg(c, e->compares.arg), *r = fl_call_arg(c, e->compares.with), *length = fl_call_arg(c, e->compares.length);
    fl_str text;
    int64_t n = -1;
    if (!l || !r) return NULL;
    if (l == x->request && x->dispatch) l = fl_text_of_subject(x, FL_SUBJECT_URL, c->node);   /* "does this request match?" */
    if (length && !(fl_fact_text(length, s, &text) && fl_str_to_int(text, &n))) n = -1;
    bool is_part = length && n < 0, is_equality = fl_str_eq_c(fl_sym_str(e->compares.how), "equal");
    int decided = fl_text_compare(x, a, s, l, r, is_part ? fl_sym_of(FL_S("prefix")) : e->compares.how, n, e->compares.ignores_case, c->node);
    if (decided >= 0) {
        if (e->compares.otherwise) return fl_fact_literal(x, FL_T_NUMBER, decided ? fl_sym_of(FL_S("1")) : e->compares.otherwise);
        bool is_set = decided != e->compares.gives_zero;
        return e->compares.gives_zero ? fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(is_set ? FL_S("1") : FL_S("0"))) : fl_fact_literal(x, FL_T_BOOLEAN, is_set);
    }
    if ((l->literal_type && !r->literal_type) || (r->place && !l->place && !l->literal_type)) { const fl_fact *swap = l; l = r; r = swap; }
    bool is_there = l->place && !l->is_coerced && r->literal_type == FL_T_STRING && !length;
    if (!is_equality && is_there && c->e->compares.arg == FL_ARG_THIS) return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_FORMAT, .subject = l });   /* text.starts_with("Bearer "): it has at least that */
    if (!is_equality || length || (!l->place && !l->literal_type)) return NULL;
    fl_place_compare(x, l, r);
    fl_predicate p = { .kind = FL_PRED_EQUAL, .subject = l, .other = r, .is_negated = e->compares.gives_zero };
    fl_fact *f = fl_fact_copy(x, fl_fact_predicate(x, p));
    if (e->compares.gives_zero) f->types = FL_T_NUMBER;
    return f;
}

const fl_fact *fl_result_request_line(fl_exec *x, const fl_model_call *c)
{
    bool is_method = fl_str_eq_c(fl_sym_str(c->e->dispatch), "method"), is_below = fl_str_eq_c(fl_sym_str(c->e->dispatch), "url_below"), is_said = !x->dispatch && is_method && !fl_str_eq_c(x->route->method, "ALL");   /* a route for each method runs one of them */
    x->asks_method |= is_method;
    bool is_told = x->dispatch && (is_method || !x->route->tells_methods);
    const fl_fact *text = is_said ? fl_fact_literal(x, FL_T_STRING, fl_sym_of(x->route->method)) : !is_told ? fl_fact_new(x, FL_T_STRING, 0)
                        : is_below ? fl_text_below(x, x->route->mount_path.len, c->node) : fl_text_of_subject(x, is_method ? FL_SUBJECT_METHOD : FL_SUBJECT_URL, c->node);
    if (c->e->returns.kind != FL_RESULT_TYPE) return text;
    fl_fact *typed = fl_fact_copy(x, text);
    typed->type = fl_models_type(x->models, c->e->returns.type);
    return typed;
}

/* ---- validators ---- */

/* A validator that this function makes itself: as a value, so that its schema is known. */
const fl_fact *fl_result_validator(fl_exec *x, const fl_activation *a, const fl_model_call *c)
{
    if (!c->node || c->node->kind != FL_NODE_call) return NULL;
    while (a->outer) a = a->outer;
    fl_value *value = fl_validator_of_call(x->arena, x->models, a->module, a->scope, a->func->node, c->node);
    const fl_schema *schema = value ? fl_schema_of_value(x->arena, x->models, value, 0) : NULL;
    bool says_something = schema && (schema->types || schema->any_of.count || schema->all_of.count || schema->properties.count);
    return says_something ? fl_fact_of_value(x, value) : NULL;   /* made of what is not known: not a validator that takes everything */
}

/* What a validator hands on is not always what came: defaults are there, transformed members are no longer the client's. */
fl_fact *fl_result_handed_on(fl_exec *x, fl_state *s, const fl_fact *value, const fl_schema *in, const fl_value *validator)
{
    const fl_schema *out = fl_schema_of_output(x->results, x->models, validator);
    if (!out) out = in;
    fl_fact *data = fl_fact_copy(x, value);
    data->vid = x->next_vid++;
    data->schema = out;
    if (in->types && !out->types && !out->any_of.count && !out->all_of.count) {
        data->place = NULL;
        data->types = FL_T_ANY;
        data->may = 0;
        return data;
    }
    data->types = data->may = (uint16_t)fl_fact_of_schema(x, out, NULL)->types;
    if (data->types == FL_T_ANY) data->may = 0;
    for (size_t i = 0; i < out->properties.count; i++) {
        const fl_property *p = &out->properties.items[i], *came = fl_schema_property(in, p->name);
        if (!came || !came->schema->types || came->schema->types == p->schema->types || p->schema->any_of.count || p->schema->all_of.count) continue;
        fl_fact *field = fl_fact_copy(x, p->schema->types ? fl_fact_of_schema(x, p->schema, NULL) : fl_fact_unknown(x));
        if (!p->is_required) field->types |= FL_T_UNDEFINED;
        if (value->place && !value->is_coerced && p->is_required && !came->is_required && !came->schema->default_value && !(came->schema->types & FL_JSON_NULL) && p->schema->types & FL_JSON_NULL) {   /* left out, it is null */
            fl_fact *sent = fl_fact_copy(x, fl_place_fact(x, fl_place_child(x, value->place, fl_sym_of(p->name), NULL), NULL));
            sent->vid = field->vid;
            sent->types = (uint16_t)((field->types & ~(unsigned)FL_T_NULLISH) | FL_T_UNDEFINED);
            sent->may = FL_T_UNDEFINED;
            sent->is_coerced = true;
            sent->fallback = fl_fact_literal(x, FL_T_NULL, 0);
            field = sent;
        }
        fl_state_put(x, s, FL_KEY_FIELD(data->vid, fl_sym_of(p->name)), field);
    }
    return data;
}
