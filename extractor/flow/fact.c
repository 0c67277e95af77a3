/*
 * Facts: construction, joining, conversion to schemas. Narrowing is applied by fl_fact_types / fl_fact_may, never stored in a fact.
 */
#include "extractor/flow/exec_p.h"
#include <stdio.h>

fl_fact *fl_fact_new(fl_exec *x, unsigned types, unsigned may)
{
    fl_fact *f = FL_NEW(x->lasting, fl_fact);
    f->is_lasting = x->lasting != x->arena;
    f->types = (uint16_t)types;
    f->may = (uint16_t)may;
    f->vid = x->next_vid++;
    return f;
}

fl_fact *fl_fact_copy(fl_exec *x, const fl_fact *from)
{
    fl_fact *f = FL_NEW(x->lasting, fl_fact);
    *f = *from;
    f->is_lasting = x->lasting != x->arena;
    return f;
}

fl_fact *fl_fact_edit(fl_exec *x, const fl_fact *f)
{
    fl_fact *own = (fl_fact *)(uintptr_t)f;
    if (!f->is_lasting || !x->prefix) return own;
    fl_fact *before = FL_NEW(&x->prefix->lasting, fl_fact);
    *before = *f;
    fl_vec_push(&x->prefix->lasting, &x->prefix->changes, ((struct fl_fact_change){ own, before }));
    return own;
}

fl_fact *fl_fact_dict(fl_exec *x, const fl_node *node)
{
    fl_fact *f = fl_fact_new(x, FL_T_DICT, 0);
    fl_shape *shape = FL_NEW(x->arena, fl_shape);
    shape->node = node;
    f->shape = shape;
    f->is_local = true;
    return f;
}

fl_fact *fl_fact_tuple(fl_exec *x, const fl_fact *const *items, uint32_t count)
{
    fl_fact *f = fl_fact_new(x, FL_T_LIST, 0);
    fl_tuple *tuple = FL_NEW(x->arena, fl_tuple);
    tuple->items = FL_NEW_ARRAY(x->arena, const fl_fact *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        tuple->items[tuple->count++] = items[i];
        f->element = fl_fact_join(x, f->element, items[i]);
    }
    f->tuple = tuple;
    f->is_local = true;
    return f;
}

const fl_fact *fl_fact_unknown(fl_exec *x) { return fl_fact_new(x, FL_T_ANY, 0); }

const fl_fact *fl_fact_literal(fl_exec *x, unsigned type, fl_sym text)
{
    fl_fact *f = fl_fact_new(x, type, type & FL_T_NULLISH);
    f->literal = text;
    f->literal_type = (uint8_t)(type > 255 ? 0 : type);
    return f;
}

const fl_fact *fl_fact_error(fl_exec *x, fl_str name)
{
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    f->is_error = true;
    f->error_name = fl_sym_of(name);
    return f;
}

const fl_fact *fl_fact_settled_present(fl_exec *x, const fl_fact *f)
{
    fl_fact *present = fl_fact_copy(x, f);
    present->types &= (uint16_t)~FL_T_NULLISH;
    present->may &= (uint16_t)~FL_T_NULLISH;
    return present;
}

const fl_because *fl_because_add(fl_exec *x, const fl_because *next, const fl_node *node, const char *format, ...)
{
    if (!node) return next;
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fl_because *b = FL_NEW(x->results, fl_because);
    *b = (fl_because){ fl_node_span(node), fl_str_copy(x->results, fl_str_from(text)), next };
    return b;
}

/* Elements of a list that start-up code made: the first ones joined, and what handlers add to it. */
static const fl_fact *element_of_value(fl_exec *x, fl_value *value, unsigned depth);

static const fl_fact *of_value(fl_exec *x, fl_value *value, unsigned depth)
{
    unsigned types = fl_value_types(value);
    fl_fact *f = fl_fact_new(x, types ? types : FL_T_ANY, 0);
    f->value = value;
    switch ((fl_value_kind)value->kind) {
    case FL_V_STRING: case FL_V_NUMBER: f->literal = value->text; f->literal_type = (uint8_t)types; break;
    case FL_V_BOOLEAN: f->literal = value->boolean; f->literal_type = FL_T_BOOLEAN; break;
    case FL_V_UNDEFINED: case FL_V_NULL: f->may = f->types; f->literal_type = (uint8_t)types; break;
    case FL_V_LIST: f->element = depth < 4 ? element_of_value(x, value, depth + 1) : NULL; break;
    case FL_V_TYPED: case FL_V_INSTANCE:
        f->type = value->type;
        if (value->kind == FL_V_TYPED && value->items.count && depth < 4) f->element = element_of_value(x, value, depth + 1);
        break;
    default: break;
    }
    return f;
}

/* A map made from [key, value] pairs. */
static const fl_fact *values_of_pairs(fl_exec *x, const fl_value *pairs, unsigned depth)
{
    const fl_fact *joined = NULL;
    for (size_t i = 0; i < pairs->items.count && i < 24; i++) {
        const fl_value *pair = pairs->items.items[i];
        if (pair->kind != FL_V_LIST || pair->items.count != 2) continue;
        const fl_fact *one = of_value(x, pair->items.items[1], depth);
        joined = joined ? fl_fact_join(x, joined, one) : one;
    }
    return joined;
}

static const fl_fact *element_of_value(fl_exec *x, fl_value *value, unsigned depth)
{
    const fl_fact *joined = NULL;
    bool is_sample = value->kind == FL_V_LIST;
    if (value->kind == FL_V_TYPED && value->effect && value->effect->intrinsic == FL_INTRINSIC_map_new && value->items.count && value->items.items[0]->kind == FL_V_LIST)
        joined = values_of_pairs(x, value->items.items[0], depth);
    for (size_t i = 0; i < value->items.count && i < 24; i++) {
        fl_value *item = value->items.items[i];
        if (!is_sample && item->kind == FL_V_LIST) continue;
        const fl_fact *one = of_value(x, item, depth);
        joined = joined ? fl_fact_join(x, joined, one) : one;
    }
    const fl_schema *gained = fl_map_get(&x->elements->read, value->id + 1u);
    if (gained) {
        const fl_fact *more = fl_fact_of_schema(x, gained, NULL);
        joined = joined ? fl_fact_join(x, joined, more) : more;
    }
    return joined;
}

const fl_fact *fl_fact_of_value(fl_exec *x, fl_value *value)
{
    return value ? of_value(x, value, 0) : fl_fact_unknown(x);
}

const fl_fact *fl_fact_of_schema(fl_exec *x, const fl_schema *schema, const fl_because *because)
{
    unsigned types = 0;
    if (schema->types & FL_JSON_NULL) types |= FL_T_NULL;
    if (schema->types & FL_JSON_BOOLEAN) types |= FL_T_BOOLEAN;
    if (schema->types & (FL_JSON_INTEGER | FL_JSON_NUMBER)) types |= FL_T_NUMBER;
    if (schema->types & FL_JSON_STRING) types |= FL_T_STRING;
    if (schema->types & FL_JSON_ARRAY) types |= FL_T_LIST;
    if (schema->types & FL_JSON_OBJECT) types |= FL_T_DICT;
    const fl_schema *only = NULL;   /* the one alternative beside null */
    for (size_t i = 0; !schema->types && i < schema->any_of.count; i++) {
        const fl_schema *one = schema->any_of.items[i];
        if (one->types != FL_JSON_NULL) only = only ? schema : one;
        unsigned json = one->types ? one->types : one->properties.count ? FL_JSON_OBJECT : FL_JSON_ANY;
        if (!json) { types = 0; only = schema; break; }
        types |= (json & FL_JSON_NULL ? FL_T_NULL : 0) | (json & FL_JSON_BOOLEAN ? FL_T_BOOLEAN : 0) | (json & (FL_JSON_INTEGER | FL_JSON_NUMBER) ? FL_T_NUMBER : 0) | (json & FL_JSON_STRING ? FL_T_STRING : 0) | (json & FL_JSON_ARRAY ? FL_T_LIST : 0) | (json & FL_JSON_OBJECT ? FL_T_DICT : 0);
    }
    if (only) schema = only;
    fl_fact *f = fl_fact_new(x, types ? types : FL_T_ANY, 0);
    f->schema = schema;
    f->because = because;
    if (schema->items && types & FL_T_LIST) f->element = fl_fact_of_schema(x, schema->items, because);
    return f;
}

/* "request value or fallback": the place stays, the fallback is its default. */
static const fl_fact *join_default(fl_exec *x, const fl_fact *from, const fl_fact *fallback)
{
    bool is_empty_list = fallback->is_local && fallback->types == FL_T_LIST && !fallback->miss;
    bool is_empty_dict = is_empty_list || (fallback->is_local && fallback->shape && !fallback->shape->spreads.count && !fallback->value);
    bool is_literal = fallback->literal_type && !(fallback->literal_type & FL_T_NULLISH);
    if (!from->place || fallback->place || (!is_empty_dict && !is_literal)) return NULL;
    fl_fact *f = fl_fact_copy(x, from);
    f->types |= fallback->types;
    f->may &= f->types;
    f->predicate = NULL;
    f->literal_type = 0;
    if (!x->is_dry && !from->is_coerced && !from->is_derived && from->place->parent) fl_place_use(x, from, fl_json_of_types(is_empty_list ? FL_T_LIST : is_empty_dict ? FL_T_DICT : fallback->literal_type), false);
    if (is_literal) {
        f->vid = x->next_vid++;
        f->base = from;
        if (!x->is_dry && !from->place->default_value && !from->is_derived && !from->is_coerced && from->place->parent) from->place->default_value = fl_literal_data(x, fallback);
    }
    return f;
}

static bool is_function(const fl_fact *f) { return f->types == FL_T_FUNCTION && (f->closure || (f->value && f->value->kind == FL_V_FUNCTION)); }

/* A table of functions: whichever it is, each may run. At most eight are kept. */
static const fl_fact *join_functions(fl_exec *x, const fl_fact *a, const fl_fact *b)
{
    unsigned count = 0;
    for (const fl_fact *f = b; f; f = f->other, count++) if (f->closure == a->closure && f->value == a->value) return b;
    for (const fl_fact *f = a; f; f = f->other, count++) if (f->closure == b->closure && f->value == b->value && !b->other) return a;
    if (count > 8) return a;
    fl_fact *f = fl_fact_copy(x, a);
    f->other = a->other ? join_functions(x, a->other, b) : b;
    return f;
}

/* A pointer that a test found to be null, of which nothing else is known. */
static bool is_false(const fl_fact *f) { return f->types & FL_T_NULLISH && !f->place && !f->literal_type && !(f->types & ~(unsigned)(FL_T_NULLISH | FL_T_BOOLEAN | FL_T_NUMBER)); }

const fl_fact *fl_fact_join(fl_exec *x, const fl_fact *a, const fl_fact *b)
{
    if (a == b || !b) return a;
    if (!a) return b;
    if (is_function(a) && is_function(b) && (a->value != b->value || a->closure != b->closure)) return join_functions(x, a, b);
    const fl_fact *with_default = join_default(x, a, b);
    if (!with_default) with_default = join_default(x, b, a);
    if (with_default) return with_default;
    fl_fact *f = fl_fact_new(x, a->types | b->types, a->may | b->may);
    if (a->vid == b->vid && a->types == b->types && a->may == b->may) f->vid = a->vid;
    if (a->literal_type == b->literal_type && a->literal == b->literal) { f->literal = a->literal; f->literal_type = a->literal_type; }
    f->is_coerced = a->is_coerced && b->is_coerced;
    f->is_local = a->is_local && b->is_local;
    f->is_error = a->is_error && b->is_error;
    f->error_name = a->error_name == b->error_name ? a->error_name : 0;
    f->is_derived = a->is_derived || b->is_derived;
    f->place = a->place == b->place ? a->place : NULL;
    f->text = a->text == b->text ? a->text : NULL;
    f->value = a->value == b->value ? a->value : NULL;
    f->type = a->type == b->type ? a->type : NULL;
    /* "x or null": the part that is there keeps its shape */
    const fl_fact *solid = !(a->types & ~FL_T_NULLISH) ? b : !(b->types & ~FL_T_NULLISH) ? a : a->is_found && is_false(b) ? a : b->is_found && is_false(a) ? b : NULL;
    if (solid) {
        const fl_fact *gap = solid == a ? b : a;
        if (gap->literal_type && solid->vid) f->vid = solid->vid;   /* a?.b: knowing that it is there narrows b itself */
        f->value = solid->value;
        f->type = solid->type;
        f->shape = solid->shape;
        f->schema = solid->schema;
        f->closure = solid->closure;
        f->other = solid->other;
        if (solid->place) { f->place = solid->place; f->is_coerced = solid->is_coerced; }
    } else {
        f->shape = a->shape == b->shape ? a->shape : NULL;
        f->closure = a->closure == b->closure ? a->closure : NULL;
        if (a->schema == b->schema) f->schema = a->schema;
        else if (a->types != FL_T_ANY && b->types != FL_T_ANY && !a->place && !b->place) {
            fl_state empty = { 0 };
            f->schema = fl_schema_join(x->results, fl_fact_schema(x, &empty, a, 4), fl_fact_schema(x, &empty, b, 4));
        }
    }
    f->element = fl_fact_join(x, a->element, b->element);
    f->resolved = fl_fact_join(x, a->resolved, b->resolved);
    f->rejects = a->rejects ? a->rejects : b->rejects;
    f->miss = a->miss ? a->miss : b->miss;
    f->unboxed = a->unboxed == b->unboxed ? a->unboxed : solid ? solid->unboxed : 0;
    f->allocated_at = a->allocated_at == b->allocated_at ? a->allocated_at : solid ? solid->allocated_at : NULL;
    if (a->points == b->points) f->points = a->points;
    if (solid && solid->unboxed) f->base = solid->base;
    const fl_fact *hole = solid == a ? b : a;
    if (solid && !f->miss && solid->is_found && (hole->literal_type || is_false(hole))) {   /* found = NULL until a search hits */
        f->may |= f->types & FL_T_NULLISH;
        fl_miss *miss = FL_NEW(x->arena, fl_miss);
        *miss = (fl_miss){ .kind = FL_WS_missing_lookup, .status = solid->needle->place->in == FL_IN_HEADER ? 401 : 404, .origin = solid->at, .certainty = FL_CERTAIN };
        fl_condition c = { .at = fl_place_pointer(x, solid->needle->place), .kind = FL_COND_NOT_FOUND };
        fl_vec_push(x->results, &miss->triggers, c);
        f->miss = miss;
    }
    f->is_found = (a->is_found || b->is_found) && solid;
    f->because = a->may & FL_T_NULLISH ? a->because : b->because ? b->because : a->because;
    f->needle = a->needle ? a->needle : b->needle;
    if (a->predicate == b->predicate) f->predicate = a->predicate;
    f->refused_by = a->refused_by;
    for (const fl_refusals *r = b->refused_by; r && r != a->refused_by; r = r->next) {
        fl_refusals *copy = FL_NEW(x->arena, fl_refusals);
        *copy = *r;
        copy->next = f->refused_by;
        f->refused_by = copy;
    }
    return f;
}

const fl_fact *fl_fact_settled(fl_exec *x, const fl_state *s, const fl_fact *f)
{
    unsigned types = fl_fact_types(s, f);
    if (types == f->types) return f;
    fl_fact *settled = fl_fact_copy(x, f);
    settled->types = (uint16_t)types;
    settled->may &= (uint16_t)types;
    return settled;
}

unsigned fl_fact_types(const fl_state *s, const fl_fact *f)
{
    const fl_refine *r = fl_refine_of(s, f);
    return r ? f->types & r->types : f->types;
}

unsigned fl_fact_may(const fl_state *s, const fl_fact *f)
{
    const fl_refine *r = fl_refine_of(s, f);
    return r ? f->may & r->types : f->may;
}

bool fl_fact_text(const fl_fact *f, const fl_state *s, fl_str *out)
{
    fl_sym text = f->literal;
    unsigned type = f->literal_type;
    const fl_refine *r = s && !type ? fl_refine_of(s, f) : NULL;
    if (r && r->equals_type) { type = r->equals_type; text = r->equals; }
    if (type != FL_T_STRING && type != FL_T_NUMBER) return false;
    *out = fl_sym_str(text);
    return true;
}

const fl_data *fl_literal_data(fl_exec *x, const fl_fact *f)
{
    switch (f->literal_type) {
    case FL_T_STRING: return fl_data_string(x->results, fl_sym_str(f->literal));
    case FL_T_NUMBER: return fl_data_number_text(x->results, fl_sym_str(f->literal));
    case FL_T_BOOLEAN: return fl_data_bool(x->results, f->literal != 0);
    default: return fl_data_null(x->results);
    }
}

const fl_model_type *fl_fact_model_type(const fl_exec *x, const fl_state *s, const fl_fact *f)
{
    if (f->type) return f->type;
    if (f->resolved) return fl_map_get(&x->builtins->types, fl_sym_of_c("promise"));
    if (f->value) {
        const fl_model_type *t = fl_value_type(f->value, x->builtins);
        if (t) return t;
    }
    unsigned types = fl_fact_types(s, f) & ~(unsigned)FL_T_NULLISH;
    return types && !(types & (types - 1)) ? fl_model_basic(x->builtins, types) : NULL;
}

/* ---- schemas of what a handler answers ---- */

static fl_schema *schema_of_value(fl_exec *x, const fl_value *value, unsigned depth)
{
    fl_schema *s = fl_schema_new(x->results, fl_json_of_types(fl_value_types(value)));
    if (depth > 6) return s;
    if (value->kind == FL_V_NUMBER && fl_str_find_char(fl_sym_str(value->text), '.') < 0) s->types = FL_JSON_INTEGER;
    if (value->kind == FL_V_LIST)
        for (size_t i = 0; i < value->items.count && i < 24; i++) {
            fl_schema *one = schema_of_value(x, value->items.items[i], depth + 1);
            s->items = s->items ? fl_schema_join(x->results, s->items, one) : one;
        }
    for (size_t i = 0; value->kind == FL_V_DICT && i < value->slots.count; i++) {
        fl_value *slot = value->slots.items[i].value;
        if (slot->kind == FL_V_FUNCTION) continue;
        fl_property *p = fl_schema_add_property(x->results, s, fl_sym_str(value->slots.items[i].key));
        p->schema = schema_of_value(x, slot, depth + 1);
        p->is_required = true;
        if (value->slots.items[i].node) { p->has_source = true; p->source = fl_node_span(value->slots.items[i].node); }
    }
    return s;
}

static void add_fields(fl_exec *x, const fl_state *s, const fl_fact *f, fl_schema *out, unsigned depth)
{
    const fl_shape *shape = f->shape;
    for (size_t i = 0; i < shape->spreads.count; i++) {
        const fl_schema *more = fl_fact_schema(x, s, shape->spreads.items[i], depth + 1);
        for (size_t k = 0; k < more->properties.count; k++) {
            fl_property *p = fl_schema_add_property(x->results, out, more->properties.items[k].name);
            fl_str name = p->name;
            *p = more->properties.items[k];
            p->name = name;
        }
    }
    for (size_t i = 0; i < shape->keys.count; i++) {
        const fl_fact *field = fl_state_get(s, FL_KEY_FIELD(f->vid, shape->keys.items[i]));
        if (!field || !(fl_fact_types(s, field) & ~(unsigned)FL_T_UNDEFINED)) continue;
        if (field->types == FL_T_FUNCTION) continue;
        fl_property *p = fl_schema_add_property(x->results, out, fl_sym_str(shape->keys.items[i]));
        p->schema = fl_fact_schema(x, s, field, depth + 1);
        p->is_required = !(fl_fact_types(s, field) & FL_T_UNDEFINED) || fl_fact_types(s, field) == FL_T_ANY;
        if (field->at) { p->has_source = true; p->source = fl_node_span(field->at); }
        else if (shape->node) { p->has_source = true; p->source = fl_node_span(shape->node); }
    }
}

fl_schema *fl_fact_schema(fl_exec *x, const fl_state *s, const fl_fact *f, unsigned depth)
{
    if (depth > FL_LIMIT_FACT_DEPTH) return fl_schema_new(x->results, 0);
    if (f->shape) {
        fl_schema *out = fl_schema_new(x->results, FL_JSON_OBJECT);
        out->name = fl_sym_str(f->shape->name);
        add_fields(x, s, f, out, depth);
        return out;
    }
    if (f->resolved) return fl_fact_schema(x, s, f->resolved, depth + 1);
    if (f->schema && !f->element) return (fl_schema *)(uintptr_t)f->schema;
    unsigned types = fl_fact_types(s, f);
    if (f->value && !f->element && (f->value->kind == FL_V_DICT || f->value->kind == FL_V_LIST)) return schema_of_value(x, f->value, depth);
    if (f->place && !f->is_coerced && types == (f->place->base_types & types)) {
        fl_schema *out = fl_place_schema(x, f->place, depth + 1);
        if (out->types || out->properties.count) return out;
    }
    fl_schema *of_type = types == FL_T_OTHER && f->type && f->type->schema ? fl_schema_of_json(x->results, f->type->schema) : NULL;
    if (of_type) return of_type;
    bool is_open = (types | FL_T_NULLISH) == FL_T_ANY;   /* all that is known: that it is there */
    is_open |= (types | FL_T_UNDEFINED | FL_T_FUNCTION | FL_T_OTHER) == FL_T_ANY;   /* anything that JSON has */
    fl_schema *out = fl_schema_new(x->results, is_open ? 0 : fl_json_of_types(types));
    if (types == FL_T_LIST && f->element) out->items = fl_fact_schema(x, s, f->element, depth + 1);
    if (f->literal_type == FL_T_NUMBER && fl_str_find_char(fl_sym_str(f->literal), '.') < 0) out->types = FL_JSON_INTEGER;
    if (f->is_length_of) out->types = FL_JSON_INTEGER;
    return out;
}
