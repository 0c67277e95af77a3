/*
 * Data that is read and built by calls instead of members: `json_object_get(body, "title")`, `json_string_value(title)`. What the text
 * of the body decodes to is a place of the request with a model type; its members are read from it, and the scalar in a member is there
 * only when the client sent that type. The order of the parts is that of fl_data_effect.
 */
#include "extractor/flow/text_p.h"

static const fl_fact *arg_at(const fl_fact *self, const fl_fact **args, unsigned count, int arg)
{
    if (arg == FL_ARG_THIS) return self;
    return arg >= 0 && (unsigned)arg < count ? args[arg] : NULL;
}

static const fl_model_type *type_of_result(const fl_exec *x, const fl_effect *e) { return e->returns.kind == FL_RESULT_TYPE ? fl_models_type(x->models, e->returns.type) : NULL; }

/* ---- reading ---- */

static const fl_fact *measure(fl_exec *x, const fl_effect *e, const fl_fact *of)
{
    fl_str text;
    if (of->literal_type == FL_T_STRING && fl_fact_text(of, NULL, &text)) return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%zu", text.len)));
    const fl_fact *length = of->text ? fl_text_length(x, of->text) : NULL;
    if (length) return length;
    if (of->place && !of->is_coerced && !of->is_derived) fl_place_use(x, of, fl_json_of_types(e->measures.of), false);
    fl_fact *f = fl_fact_new(x, FL_T_NUMBER, 0);
    f->is_length_of = true;
    f->base = of;
    f->refused_by = of->refused_by;
    return f;
}

/* Text that nothing else is known of, given to a parser while a request is handled, is the body's. */
static const fl_fact *decode(fl_exec *x, const fl_effect *e, const fl_fact *text, const fl_node *node)
{
    bool is_raw = x->builtins && x->builtins->has_raw_memory;
    if (!is_raw && (!text->place || text->place->in != FL_IN_BODY || text->place->parent || text->is_coerced)) return NULL;
    bool is_other = text->literal_type || (text->value && text->value->kind != FL_V_UNKNOWN) || text->is_local;
    fl_place *place = text->place ? text->place : fl_place_root(x, FL_IN_BODY);
    if (is_other && !text->place) return NULL;
    fl_fact *f = fl_fact_copy(x, fl_place_fact(x, place, node));
    f->vid = place->vid;
    f->type = type_of_result(x, e);
    f->types = f->may = FL_T_UNDEFINED | FL_T_BOOLEAN | FL_T_NUMBER | FL_T_STRING | FL_T_LIST | FL_T_DICT | FL_T_OTHER;
    if (e->throws.is_set) f->types = f->may &= (uint16_t)~FL_T_UNDEFINED;
    else f->because = fl_because_add(x, NULL, node, "there is nothing when the text is absent or malformed");
    return f;
}

static const fl_fact *element_of(fl_exec *x, const fl_effect *e, fl_state *s, const fl_fact *of, const fl_fact *index, const fl_node *node)
{
    if (!of->place) return of->element;
    fl_place_use(x, of, FL_JSON_ARRAY, false);
    fl_fact *f = fl_fact_copy(x, fl_place_fact(x, fl_place_child(x, of->place, FL_SYM_star, node), node));
    f->type = type_of_result(x, e);
    fl_request_pointer at = fl_place_pointer(x, f->place);
    f->because = fl_because_add(x, NULL, node, "%s " FL_STR_FMT " comes from the client", fl_location_text(at.in), FL_STR_ARG(at.pointer));
    fl_str text;
    int64_t n;
    const fl_refine *r = fl_refine_of(s, of);
    bool is_fixed = index && fl_fact_text(index, s, &text) && fl_str_to_int(text, &n);
    if (!is_fixed || (n == 0 && r && r->is_non_empty)) return f;
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = (fl_miss){ .kind = FL_WS_missing_field, .status = 400, .origin = node, .certainty = FL_CERTAIN };
    fl_condition c = { .at = fl_place_pointer(x, of->place), .kind = FL_COND_LENGTH_AT_MOST, .value = fl_data_int(x->results, n) };
    fl_vec_push(x->results, &miss->triggers, c);
    f->vid = x->next_vid++;
    f->types |= FL_T_UNDEFINED;
    f->may |= FL_T_UNDEFINED;
    f->miss = miss;
    return f;
}

/* A default that is null itself makes nothing of what is absent: body.value("from", json()). */
static bool is_null_like(const fl_state *s, const fl_fact *fallback)
{
    return fallback && !fallback->place && !(fl_fact_types(s, fallback) & ~(unsigned)FL_T_NULLISH);
}

static const fl_fact *child(fl_exec *x, fl_activation *a, const fl_effect *e, fl_state *s, const fl_fact *of, const fl_fact *key, const fl_fact *fallback, const fl_node *node)
{
    fl_str name;
    if (e->child.key == FL_ARG_NONE) return element_of(x, e, s, of, NULL, node);
    if (key && fl_fact_types(s, key) == FL_T_NUMBER && !fl_fact_text(key, s, &name)) return element_of(x, e, s, of, NULL, node);
    if (!key || !fl_fact_text(key, s, &name)) return of->place ? fl_fact_unknown(x) : NULL;
    int64_t n;
    if (fl_fact_types(s, key) == FL_T_NUMBER && fl_str_to_int(name, &n)) return element_of(x, e, s, of, key, node);
    if (of->shape) return fl_exec_member(x, a, s, of, fl_sym_of(name), node);
    if (!of->place) return NULL;
    fl_fact *f = fl_fact_copy(x, fl_exec_place_child(x, s, of, fl_sym_of(name), node));
    f->type = type_of_result(x, e);
    if (e->child.otherwise == FL_CHILD_ASKS) return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_NULLISH, .is_negated = true, .subject = f });
    if (e->child.otherwise == FL_CHILD_DEFAULT && !is_null_like(s, fallback)) { f->types &= (uint16_t)~FL_T_UNDEFINED; f->may &= (uint16_t)~FL_T_UNDEFINED; return f; }
    if (e->child.otherwise != FL_CHILD_THROWS || !(fl_fact_may(s, f) & FL_T_UNDEFINED)) return f;
    fl_pending *spot = fl_spot_missing(x, a, s, f, node, node);
    if (spot) {
        spot->spot.shows = FL_S("");   /* something may catch it */
        fl_exec_throw(x, a, NULL, node, s, spot, false);
    }
    fl_refine_edit(x, s, f)->types &= (uint16_t)~FL_T_NULLISH;
    return f;
}

/* It throws for what is of another type. */
static const fl_fact *read_or_throw(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *node)
{
    if (!(fl_fact_may(s, f) & FL_T_UNDEFINED)) return f;
    fl_pending *spot = fl_spot_missing(x, a, s, f, node, node);
    if (spot) {
        spot->spot.shows = FL_S("");
        fl_exec_throw(x, a, NULL, node, s, spot, false);
    }
    fl_refine_edit(x, s, f)->types &= (uint16_t)~FL_T_NULLISH;
    return f;
}

/* The scalar in a place, the same fact for every read, so that a test of one holds for the next. */
static const fl_fact *read_scalar(fl_exec *x, const fl_effect *e, fl_state *s, const fl_fact *node_fact, const fl_node *node)
{
    unsigned as = e->reads.as, now = fl_fact_types(s, node_fact), may = fl_fact_may(s, node_fact);
    if (!node_fact->place) return NULL;
    fl_place_use(x, node_fact, e->reads.is_integer ? FL_JSON_INTEGER : fl_json_of_types(as), e->reads.is_integer);
    uint64_t key = FL_KEY_FIELD(node_fact->vid, fl_sym_of(fl_str_format(x->arena, " as %u", as)));
    const fl_fact *known = fl_state_get(s, key);
    bool is_safe = !(now & ~as);
    /* one that was read where it was known to be there says nothing of the next round of a loop */
    bool is_of_here = known && (is_safe ? !(known->types & FL_T_NULLISH) : known->types & FL_T_NULLISH && (!(may & ~as) || known->may & FL_T_NULLISH));
    if (known && (!e->reads.or_null || is_of_here)) return known;
    fl_fact *f = fl_fact_copy(x, known ? known : fl_fact_new(x, as, 0));
    f->place = node_fact->place;
    f->base = node_fact;
    f->because = node_fact->because;
    f->at = node;
    f->types = (uint16_t)as;
    f->may = 0;
    if (!e->reads.or_null) { f->is_coerced = true; f->unboxed = 0; }
    else {
        f->unboxed = (uint16_t)(as);
        if (!is_safe) {
            bool can_be_absent = now & FL_T_UNDEFINED;
            fl_miss *miss = FL_NEW(x->arena, fl_miss);
            *miss = (fl_miss){ .kind = can_be_absent ? FL_WS_missing_field : FL_WS_wrong_type, .status = 400, .origin = node, .certainty = FL_CERTAIN };
            fl_condition c = { .at = fl_place_pointer(x, node_fact->place), .kind = can_be_absent ? FL_COND_ABSENT : FL_COND_NOT_TYPE, .types = can_be_absent ? 0 : fl_json_of_types(as) };
            if (node_fact->place->key == FL_SYM_star) {   /* there has to be an element */
                fl_condition filled = { .at = fl_place_pointer(x, node_fact->place->parent), .kind = FL_COND_LENGTH_AT_LEAST, .value = fl_data_int(x->results, 1) };
                fl_vec_push(x->results, &miss->triggers, filled);
            }
            fl_vec_push(x->results, &miss->triggers, c);
            f->types |= FL_T_UNDEFINED;
            if (may & ~as) f->may = FL_T_UNDEFINED;
            f->miss = miss;
        }
    }
    fl_state_put(x, s, key, f);
    return f;
}

/* ---- building ---- */

static const fl_fact *as_types(fl_exec *x, const fl_state *s, const fl_fact *value, unsigned as)
{
    return as && fl_fact_types(s, value) != as && !value->place ? fl_fact_new(x, as, 0) : value;
}

static void add_member(fl_exec *x, fl_state *s, const fl_fact *into, fl_sym key, const fl_fact *value)
{
    fl_state_put(x, s, FL_KEY_FIELD(into->vid, key), fl_fact_settled(x, s, value));
    fl_shape *shape = (fl_shape *)(uintptr_t)into->shape;
    for (size_t n = 0; n < shape->keys.count; n++) if (shape->keys.items[n] == key) return;
    fl_vec_push(x->arena, &shape->keys, key);
}

/* What each round of a loop makes by the same call is one object: members are kept by an object's id, and a join of two has none. */
static bool is_made_alike(const fl_fact *a, const fl_fact *b)
{
    return a && b->shape && a->shape && a->shape->node && a->shape->node == b->shape->node && a->is_local == b->is_local && a->vid;
}

static void add_element(fl_exec *x, fl_state *s, const fl_fact *into, const fl_fact *value)
{
        if (!into->is_local || !(into->types & FL_T_LIST)) return;
    if (!is_made_alike(into->element, value)) { fl_fact_edit(x, into)->element = fl_fact_join(x, into->element, value); return; }
    for (size_t i = 0; i < value->shape->keys.count && value->vid != into->element->vid; i++) {
        fl_sym key = value->shape->keys.items[i];
        const fl_fact *own = fl_state_get(s, FL_KEY_FIELD(into->element->vid, key)), *other = fl_state_get(s, FL_KEY_FIELD(value->vid, key));
        if (other) add_member(x, s, into->element, key, own ? fl_fact_join(x, own, other) : other);
    }
}

static fl_fact *fresh_list(fl_exec *x)
{
    fl_fact *f = fl_fact_new(x, FL_T_LIST, 0);
    f->is_local = true;
    return f;
}

typedef struct packer { fl_exec *x; fl_state *s; const fl_fact **args; unsigned count, next; fl_str format; size_t at; unsigned depth; const fl_node *node; } packer;

static char next_char(packer *p)
{
    while (p->at < p->format.len && (p->format.ptr[p->at] == ' ' || p->format.ptr[p->at] == ',' || p->format.ptr[p->at] == ':' || p->format.ptr[p->at] == '\t')) p->at++;
    return p->at < p->format.len ? p->format.ptr[p->at++] : 0;
}

static const fl_fact *next_arg(packer *p) { return p->next < p->count ? p->args[p->next++] : fl_fact_unknown(p->x); }

static const fl_fact *pack_value(packer *p, char c);

static const fl_fact *pack_all(packer *p, bool is_dict)
{
    fl_fact *f = is_dict ? fl_fact_dict(p->x, p->node) : fresh_list(p->x);
    char c;
    while ((c = next_char(p)) && c != '}' && c != ']') {
        fl_str key = FL_S("");
        if (is_dict) {
            if (!fl_fact_text(next_arg(p), p->s, &key)) key = FL_S("");
            if (!(c = next_char(p)) || c == '}') break;
        }
        const fl_fact *value = pack_value(p, c);
        if (p->at < p->format.len && (p->format.ptr[p->at] == '?' || p->format.ptr[p->at] == '*')) p->at++;
        if (is_dict && key.len) add_member(p->x, p->s, f, fl_sym_of(key), value);
        else if (!is_dict) add_element(p->x, p->s, f, value);
    }
    return f;
}

static const fl_fact *pack_value(packer *p, char c)
{
    if (p->depth > 8) return fl_fact_unknown(p->x);
    switch (c) {
    case '{': case '[': {
        p->depth++;
        const fl_fact *f = pack_all(p, c == '{');
        p->depth--;
        return f;
    }
    case 's': return as_types(p->x, p->s, next_arg(p), FL_T_STRING);
    case 'i': case 'I': case 'f': {
        fl_fact *f = fl_fact_copy(p->x, as_types(p->x, p->s, next_arg(p), FL_T_NUMBER));
        if (c != 'f' && !f->place && f->types == FL_T_NUMBER) f->schema = fl_schema_new(p->x->results, FL_JSON_INTEGER);
        return f;
    }
    case 'b': (void)next_arg(p); return fl_fact_new(p->x, FL_T_BOOLEAN, 0);
    case 'n': return fl_fact_literal(p->x, FL_T_NULL, 0);
    default: { const fl_fact *value = next_arg(p); fl_memory_give(p->x, p->s, value); return value; }
    }
}

/* ---- unpacking: json_unpack(body, "{s:s, s?:i}", "name", &name, "level", &level) ---- */

static void unpack_into(packer *p, fl_activation *a, unsigned arg, const fl_fact *value)
{
    if (arg >= p->count || !value) return;
    const fl_fact *to = p->args[arg];
    if (to && to->points) fl_exec_set_pointer(p->x, a, p->s, to, value);
    fl_exec_write_argument(p->x, a, p->s, p->node, arg, value);
}

/* What the variable holds behind the call: of an optional member the client's, for what it held before is no null. */
static void unpack_scalar(packer *p, fl_activation *a, const fl_fact *of, unsigned as, bool is_integer, bool is_optional)
{
    unsigned arg = p->next++;
    const fl_fact *to = arg < p->count ? p->args[arg] : NULL, *old = to && to->points ? fl_state_get(p->s, to->points) : NULL;
    const fl_effect reads = { .reads = { .is_set = true, .as = as, .is_integer = is_integer, .or_null = as == FL_T_STRING } };
    const fl_fact *value = of && of->place ? read_scalar(p->x, &reads, p->s, of, p->node) : fl_fact_new(p->x, as, 0);
    bool had_none = !old || (old->types & ~(unsigned)FL_T_NULLISH) == 0;
    if (is_optional && !had_none) value = fl_fact_settled_present(p->x, value);
    unpack_into(p, a, arg, value);
}

static fl_schema *unpack_value(packer *p, fl_activation *a, const fl_fact *of, char c, bool is_optional);

static fl_schema *unpack_members(packer *p, fl_activation *a, const fl_fact *of)
{
    fl_schema *schema = fl_schema_new(p->x->results, FL_JSON_OBJECT);
    char c;
    while ((c = next_char(p)) && c != '}') {
        fl_str key;
        if (c != 's') continue;                                 /* "!" and "*": whether other members are refused */
        bool is_known = fl_fact_text(next_arg(p), p->s, &key) && key.len, is_optional = p->at < p->format.len && p->format.ptr[p->at] == '?';
        if (is_optional) p->at++;
        const fl_fact *member = is_known && of && of->place ? fl_exec_place_child(p->x, p->s, of, fl_sym_of(key), p->node) : NULL;
        if (member && of->type) { fl_fact *typed = fl_fact_copy(p->x, member); typed->vid = member->vid; typed->type = of->type; member = typed; }
        if (!(c = next_char(p)) || c == '}') break;
        fl_schema *value = unpack_value(p, a, member, c, is_optional);
        fl_property *property = is_known ? fl_schema_add_property(p->x->results, schema, key) : NULL;
        if (property) { property->schema = value; property->is_required = !is_optional; }
    }
    return schema;
}

static fl_schema *unpack_value(packer *p, fl_activation *a, const fl_fact *of, char c, bool is_optional)
{
    unsigned json = FL_JSON_ANY;
    if (p->depth > 8) return fl_schema_new(p->x->results, json);
    switch (c) {
    case '{': {
        p->depth++;
        fl_schema *schema = unpack_members(p, a, of);
        p->depth--;
        return schema;
    }
    case '[':
        p->depth++;
        while ((c = next_char(p)) && c != ']') if (c != '!' && c != '*') (void)unpack_value(p, a, NULL, c, is_optional);
        p->depth--;
        json = FL_JSON_ARRAY;
        break;
    case 's':
        unpack_scalar(p, a, of, FL_T_STRING, false, is_optional);
        if (p->at < p->format.len && p->format.ptr[p->at] == '%') { p->at++; p->next++; }
        json = FL_JSON_STRING;
        break;
    case 'i': case 'I': unpack_scalar(p, a, of, FL_T_NUMBER, true, is_optional); json = FL_JSON_INTEGER; break;
    case 'f': case 'F': unpack_scalar(p, a, of, FL_T_NUMBER, false, is_optional); json = FL_JSON_NUMBER; break;
    case 'b': unpack_scalar(p, a, of, FL_T_BOOLEAN, false, is_optional); json = FL_JSON_BOOLEAN; break;
    case 'o': case 'O': unpack_into(p, a, p->next++, of); break;
    default: break;                                             /* "n" stores nothing */
    }
    return fl_schema_new(p->x->results, json);
}

/* Behind a test that the data fits, its members and the variables that got them are there. */
void fl_data_fits(fl_exec *x, fl_state *s, const fl_fact *subject, const fl_schema *schema)
{
    static const unsigned scalars[] = { FL_T_STRING, FL_T_NUMBER, FL_T_BOOLEAN };
    for (size_t i = 0; subject->place && i < schema->properties.count; i++) {
        const fl_property *property = &schema->properties.items[i];
        if (!property->is_required || !property->schema) continue;
        const fl_fact *member = fl_exec_place_child(x, s, subject, fl_sym_of(property->name), subject->at);
        if (!member || !member->place) continue;
        fl_refine_edit(x, s, member)->types &= (uint16_t)~FL_T_NULLISH;
        for (size_t k = 0; k < FL_COUNT(scalars); k++) {
            const fl_fact *scalar = fl_state_get(s, FL_KEY_FIELD(member->vid, fl_sym_of(fl_str_format(x->arena, " as %u", scalars[k]))));
            if (scalar) fl_refine_edit(x, s, scalar)->types &= (uint16_t)~FL_T_NULLISH;
        }
        fl_data_fits(x, s, member, property->schema);
    }
}

static const fl_fact *unpack(fl_exec *x, fl_activation *a, fl_state *s, const fl_effect *e, const fl_fact *of, const fl_fact **args, unsigned count, const fl_node *node)
{
    fl_fact *code = fl_fact_new(x, FL_T_NUMBER, 0);
    fl_str format;
    int at = e->unpacks.format;
    if (at < 0 || (unsigned)at >= count || !fl_fact_text(args[at], s, &format)) return code;
    packer p = { x, s, args, count, (unsigned)at + 1, format, 0, 0, node };
    fl_schema *schema = unpack_value(&p, a, of, next_char(&p), false);
    if (!of->place) return code;
    fl_place_use(x, of, schema->types, false);
    code = fl_fact_copy(x, fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_VALID, .subject = of, .schema = schema, .types = FL_T_DICT | FL_T_LIST, .is_negated = true }));
    code->types = FL_T_NUMBER;
    return code;
}

static const fl_fact *put(fl_exec *x, fl_state *s, const fl_effect *e, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node)
{
    const fl_fact *into = arg_at(self, args, count, e->puts.into), *key = arg_at(self, args, count, e->puts.key), *value = arg_at(self, args, count, e->puts.value);
    const fl_fact *result = NULL;
    if (!value) result = value = e->puts.as == FL_T_LIST ? fresh_list(x) : e->puts.as == FL_T_DICT ? fl_fact_dict(x, node) : fl_fact_new(x, e->puts.as ? e->puts.as : FL_T_ANY, 0);
    else value = as_types(x, s, value, e->puts.as);
    fl_str name;
    if (!into) return result;
    if (!e->puts.as) fl_memory_give(x, s, value);
    if (key && into->shape && fl_fact_text(key, s, &name)) add_member(x, s, into, fl_sym_of(name), value);
    else if (e->puts.key == FL_ARG_NONE) add_element(x, s, into, value);
    return result;
}

const fl_fact *fl_data_effect(fl_exec *x, fl_activation *a, fl_state *s, const fl_effect *e, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node)
{
    const fl_fact *arg;
    if (e->puts.is_set && (arg = put(x, s, e, self, args, count, node))) return arg;
    if (e->unpacks.is_set && (arg = arg_at(self, args, count, e->unpacks.of))) return unpack(x, a, s, e, arg, args, count, node);
    if (e->measures.is_set && (arg = arg_at(self, args, count, e->measures.arg))) return measure(x, e, arg);
    if (e->decodes.is_set && (arg = arg_at(self, args, count, e->decodes.arg))) return decode(x, e, arg, node);
    if (e->child.is_set && (arg = arg_at(self, args, count, e->child.of))) {
        const fl_fact *f = child(x, a, e, s, arg, arg_at(self, args, count, e->child.key), arg_at(self, args, count, e->child.fallback), node);
        const fl_fact *to = e->fills.is_set ? arg_at(self, args, count, e->fills.arg) : NULL;
        if (to && f && f->predicate && e->child.otherwise == FL_CHILD_ASKS) {   /* json_object_object_get_ex(body, "name", &name) */
            if (to->points) fl_exec_set_pointer(x, a, s, to, f->predicate->subject);
            fl_exec_write_argument(x, a, s, node, (unsigned)e->fills.arg, f->predicate->subject);
        }
        if (f) return f;
    }
    if (e->reads.is_set && (arg = arg_at(self, args, count, e->reads.arg))) {
        const fl_fact *f = read_scalar(x, e, s, arg, node);
        if (f) return e->reads.throws ? read_or_throw(x, a, s, f, node) : f;
        f = fl_fact_new(x, e->reads.as | (e->reads.or_null ? FL_T_UNDEFINED : 0), 0);
        return f;
    }
    if (e->intrinsic == FL_INTRINSIC_data_is_empty && self) {
        fl_fact *length = fl_fact_new(x, FL_T_NUMBER, 0);
        length->is_length_of = true;
        length->base = self;
        return fl_fact_predicate(x, (fl_predicate){ .kind = FL_PRED_TRUTHY, .is_negated = true, .subject = length });
    }
    if (e->intrinsic == FL_INTRINSIC_data_first && self) {
        fl_bounds_first(x, a, s, self, node);
        return self->element ? self->element : fl_fact_unknown(x);
    }
    if (e->tags.is_set && (arg = arg_at(self, args, count, e->tags.arg))) {
        fl_fact *f = fl_fact_new(x, FL_T_NUMBER, 0);
        f->tags = arg->place ? e->tags.values : NULL;
        f->base = arg;
        const fl_fact *asked = arg_at(self, args, count, e->tags.is);
        return asked ? fl_fact_equality(x, s, f, asked) : f;
    }
    fl_str format;
    if (e->intrinsic == FL_INTRINSIC_data_pack && count && fl_fact_text(args[0], s, &format)) {
        packer p = { x, s, args, count, 1, format, 0, 0, node };
        return pack_value(&p, next_char(&p));
    }
    bool is_built = x->builtins && x->builtins->has_raw_memory && e->returns.kind == FL_RESULT_BASIC && !e->returns.or_types && !e->value && !e->coerces.is_set;
    if (is_built && e->returns.types == FL_T_DICT) return fl_fact_dict(x, node);
    if (is_built && e->returns.types == FL_T_LIST) return fresh_list(x);
    return NULL;
}
