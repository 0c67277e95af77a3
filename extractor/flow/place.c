/*
 * Places in the request and what uses reveal about them. A place is made when code first reads it; every use adds what it wants.
 * At the end fl_place_schema turns the tree below a root into the schema of the body or of a parameter.
 */
#include "extractor/flow/exec_p.h"

fl_place *fl_place_root(fl_exec *x, fl_location in)
{
    if (x->roots[in]) return x->roots[in];
    fl_place *p = FL_NEW(x->arena, fl_place);
    p->in = in;
    p->vid = FL_VID_PLACE | x->next_place++;
    p->base_types = in == FL_IN_BODY ? FL_T_DICT | FL_T_LIST : FL_T_DICT;
    fl_vec_push(x->arena, &x->places, p);
    return x->roots[in] = p;
}

fl_place *fl_place_child(fl_exec *x, fl_place *parent, fl_sym key, const fl_node *use)
{
    for (size_t i = 0; i < parent->children.count; i++)
        if (parent->children.items[i]->key == key) return parent->children.items[i];
    fl_place *p = FL_NEW(x->arena, fl_place);
    p->in = parent->in;
    p->key = key;
    p->parent = parent;
    p->vid = FL_VID_PLACE | x->next_place++ | (key == FL_SYM_star ? FL_VID_ELEMENT : parent->vid & FL_VID_ELEMENT);
    p->first_use = use;
    fl_vec_push(x->arena, &x->places, p);
    switch (p->in) {
    case FL_IN_PATH: p->base_types = FL_T_STRING; break;
    case FL_IN_QUERY: p->base_types = FL_T_UNDEFINED | (parent->child_types ? parent->child_types : FL_T_STRING); break;
    case FL_IN_HEADER: case FL_IN_COOKIE: p->base_types = FL_T_UNDEFINED | FL_T_STRING; break;
    case FL_IN_FILE: p->base_types = FL_T_UNDEFINED | (parent->child_types ? parent->child_types : FL_T_DICT); break;
    case FL_IN_IDENTITY: case FL_IN_NOWHERE: p->base_types = FL_T_ANY; break;
    case FL_IN_BODY:
        if (parent->child_types) { p->base_types = FL_T_UNDEFINED | parent->child_types; break; }
        /* where memory is raw, a null that the client sent is an object, and an absent member is no pointer */
        p->base_types = FL_T_ANY & ~(unsigned)(FL_T_FUNCTION | (x->builtins && x->builtins->has_raw_memory ? FL_T_NULL : FL_T_OTHER));
        break;
    }
    if (key == FL_SYM_star && p->in == FL_IN_BODY) p->base_types &= ~(unsigned)FL_T_UNDEFINED;
    fl_vec_push(x->arena, &parent->children, p);
    return p;
}

static void add_pointer(fl_exec *x, fl_buf *out, const fl_place *p)
{
    if (!p->parent) return;
    add_pointer(x, out, p->parent);
    fl_buf_add_char(out, '/');
    fl_buf_add(out, fl_data_pointer_key(x->arena, fl_sym_str(p->key)));
}

fl_request_pointer fl_place_pointer(fl_exec *x, const fl_place *place)
{
    if (!place) return (fl_request_pointer){ FL_IN_NOWHERE, FL_S("") };
    fl_buf text;
    fl_buf_init(&text, FL_LIMIT_PATH_BYTES);
    add_pointer(x, &text, place);
    fl_request_pointer p = { place->in, fl_str_copy(x->results, fl_buf_str(&text)) };
    fl_buf_release(&text);
    return p;
}

const fl_fact *fl_place_fact(fl_exec *x, fl_place *place, const fl_node *use)
{
    if (!x->is_dry) place->is_read = true;
    if (!place->first_use) place->first_use = use;
    fl_fact *f = fl_fact_new(x, place->base_types, place->base_types);
    f->vid = place->vid;
    f->place = place;
    if (place->declared) f->schema = place->declared;
    return f;
}

unsigned fl_json_of_types(unsigned types)
{
    unsigned json = 0;
    if (types & FL_T_NULL) json |= FL_JSON_NULL;
    if (types & FL_T_BOOLEAN) json |= FL_JSON_BOOLEAN;
    if (types & FL_T_NUMBER) json |= FL_JSON_NUMBER;
    if (types & FL_T_STRING) json |= FL_JSON_STRING;
    if (types & FL_T_LIST) json |= FL_JSON_ARRAY;
    if (types & FL_T_DICT) json |= FL_JSON_OBJECT;
    return json;
}

void fl_place_use(fl_exec *x, const fl_fact *f, unsigned json_types, bool is_integer)
{
    if (!f->place || x->is_dry || f->is_derived || (f->is_coerced && json_types != FL_JSON_NUMBER)) return;
    f->place->used_types |= json_types;
    f->place->is_integer |= is_integer;
}

void fl_place_compare(fl_exec *x, const fl_fact *f, const fl_fact *literal)
{
    if (!f->place || x->is_dry || f->is_derived || !literal->literal_type) return;
    if (literal->literal_type == FL_T_NUMBER || literal->literal_type == FL_T_BOOLEAN) {
        f->place->used_types |= fl_json_of_types(literal->literal_type);
        return;
    }
    if (literal->literal_type != FL_T_STRING) return;
    const fl_data *value = fl_literal_data(x, literal);
    for (size_t i = 0; i < f->place->enumeration.count; i++) if (fl_data_eq(f->place->enumeration.items[i], value)) return;
    if (literal->literal) fl_vec_push(x->arena, &f->place->enumeration, value);
    if (!f->is_coerced) f->place->used_types |= FL_JSON_STRING;
}

void fl_place_show(fl_exec *x, const fl_fact *f, const fl_data *value)
{
    fl_place *p = f->place;
    if (!value || x->is_dry || !p || !p->parent || p->example || (f->is_derived && p->in != FL_IN_HEADER) || f->is_coerced || p->in == FL_IN_PATH || p->in == FL_IN_IDENTITY || p->in == FL_IN_FILE) return;
    p->example = value;
}

/* A key that a map of start-up code has. */
const fl_data *fl_place_first_key(fl_exec *x, const fl_value *map)
{
    if (map->kind == FL_V_DICT && map->slots.count) return fl_data_string(x->results, fl_sym_str(map->slots.items[0].key));
    const fl_value *first = (map->kind == FL_V_LIST || map->kind == FL_V_TYPED) && map->items.count ? map->items.items[0] : NULL;
    for (int i = 0; i < 2 && first && first->kind == FL_V_LIST; i++) first = first->items.count ? first->items.items[0] : NULL;   /* new Map([[key, value]]) */
    if (!first || (first->kind != FL_V_STRING && first->kind != FL_V_NUMBER)) return NULL;
    return fl_literal_data(x, fl_fact_literal(x, fl_value_types(first), first->text));
}

/* Only parsers of forms: every field is text. */
static bool is_form(const fl_exec *x)
{
    for (size_t i = 0; i < x->parsers.count; i++)
        for (const fl_data *d = x->parsers.items[i]->first; d; d = d->next) if (fl_str_find(d->text, FL_S("form")) < 0) return false;
    return x->parsers.count > 0;
}

static fl_schema *leaf_schema(fl_exec *x, const fl_place *p)
{
    unsigned types = p->used_types;
    if (p->in == FL_IN_QUERY && types & FL_JSON_ARRAY) {
        fl_schema *list = fl_schema_new(x->results, FL_JSON_ARRAY);
        list->items = fl_schema_new(x->results, FL_JSON_STRING);
        return list;
    }
    if (!types && (p->in != FL_IN_BODY || is_form(x)) && !p->children.count) types = FL_JSON_STRING;
    if (types & FL_JSON_NUMBER && types & FL_JSON_STRING && p->in == FL_IN_BODY) types = types & ~(unsigned)FL_JSON_STRING;
    if (types & FL_JSON_NUMBER && p->in != FL_IN_BODY) types = FL_JSON_NUMBER;
    if (p->is_integer && types & FL_JSON_NUMBER) types = (types & ~(unsigned)FL_JSON_NUMBER) | FL_JSON_INTEGER;
    fl_schema *s = fl_schema_new(x->results, types);
    if (p->enum_is_closed)
        for (size_t i = 0; i < p->enumeration.count; i++) fl_vec_push(x->results, &s->enumeration, p->enumeration.items[i]);
    s->default_value = p->default_value;
    return s;
}

/* Are other members read besides the length? Then it is an object with a field of that name, not a list or a text. */
static bool has_other_fields(const fl_place *p)
{
    if (p->used_types & (FL_JSON_STRING | FL_JSON_ARRAY)) return false;
    for (size_t i = 0; i < p->children.count; i++)
        if (p->children.items[i]->key != FL_SYM_length && p->children.items[i]->key != FL_SYM_star && p->children.items[i]->is_read) return true;
    return false;
}

/* What the code looks its parts up as: "{isbn}/{card}". */
static fl_str composed_of(fl_exec *x, const fl_place *p)
{
    fl_str out = FL_S("");
    for (size_t i = 0; p->separator && i < p->parts.count; i++) {
        if (!p->parts.items[i]) return FL_S("");
        out = fl_str_format(x->results, FL_STR_FMT "%s{%s}", FL_STR_ARG(out), i ? fl_sym_c(p->separator) : "", fl_sym_c(p->parts.items[i]));
    }
    return out;
}

/* A text that matches, for who reads the document and for requests. */
static const fl_data *example_of(fl_exec *x, const fl_place *p)
{
    fl_schema like = { .types = FL_JSON_STRING, .pattern = fl_sym_str(p->example_pattern) };
    return p->example_pattern ? fl_schema_sample(x->results, &like, false, 0) : NULL;
}

static fl_schema *with_example(fl_exec *x, const fl_place *p, fl_schema *s)
{
    bool is_text = p->example && p->example->kind == FL_DATA_STRING;
    if (!p->example || s->example || s->properties.count || s->any_of.count || s->all_of.count || s->enumeration.count || s->pattern.len || s->format.len || s->default_value || (s->types & ~(unsigned)(FL_JSON_NULL | (is_text ? FL_JSON_STRING : FL_JSON_NUMBER | FL_JSON_INTEGER)))) return s;
    s = fl_schema_copy(x->results, s);
    s->example = p->example;
    return s;
}

static fl_schema *schema_of_place(fl_exec *x, const fl_place *p, unsigned depth);

fl_schema *fl_place_schema(fl_exec *x, const fl_place *p, unsigned depth)
{
    return with_example(x, p, schema_of_place(x, p, depth));
}

/* Where a validator says which fields there have to be, a type that leaves out "?" wants no more. */
static fl_schema *without_required(fl_exec *x, const fl_schema *claim)
{
    fl_schema *copy = fl_schema_copy(x->results, claim);
    for (size_t i = 0; i < copy->properties.count; i++) copy->properties.items[i].is_required = false;
    return copy;
}

static fl_schema *schema_of_place(fl_exec *x, const fl_place *p, unsigned depth)
{
    if (p->declared && depth) return p->declared;
    if (p->declared && !p->children.count) return p->declared;
    fl_schema *s = leaf_schema(x, p);
    if (depth >= FL_LIMIT_FACT_DEPTH) return s;
    for (size_t i = 0; i < p->children.count; i++) {
        const fl_place *c = p->children.items[i];
        if (!c->is_read && !c->is_required) continue;
        if (c->key == FL_SYM_length && !has_other_fields(p)) continue;
        if (c->key == FL_SYM_star) {
            s->items = fl_place_schema(x, c, depth + 1);
            s->types = FL_JSON_ARRAY;
            continue;
        }
        if (s->types == FL_JSON_STRING || s->types == FL_JSON_ARRAY) continue;   /* .length and the like */
        s->types = FL_JSON_OBJECT;
        fl_property *property = fl_schema_add_property(x->results, s, fl_sym_str(c->key));
        property->schema = fl_place_schema(x, c, depth + 1);
        property->is_required = c->is_required || c->is_stored;
        if (c->first_use) { property->has_source = true; property->source = fl_node_span(c->first_use); }
    }
    if (s->types == FL_JSON_STRING && !s->enumeration.count) {
        s->composed = composed_of(x, p);
        if (!s->example) s->example = example_of(x, p);
    }
    if (p->claimed) s = fl_schema_meet(x->results, p->declared ? without_required(x, p->claimed) : p->claimed, s);
    if (p->limits) s = fl_schema_meet(x->results, s, p->limits);
    bool has_numbers = !s->types || s->types & (FL_JSON_NUMBER | FL_JSON_INTEGER);
    if (!has_numbers && (s->has_minimum || s->has_maximum)) {   /* how many bytes of the body were read, say */
        s = fl_schema_copy(x->results, s);
        s->has_minimum = s->has_maximum = s->minimum_is_exclusive = s->maximum_is_exclusive = false;
    }
    return p->declared ? fl_schema_meet(x->results, p->declared, s) : s;
}
