/*
 * What a look-up gives whose receiver says what its rows look like (the result `row`): the receiver's schema, as it is handed on. Properties that
 * are not required are there only when the call asks for them; an argument may choose, leave out or add some:
 * users.find({ select: { id: true, posts: { select: { title: true } } } }).
 */
#include "extractor/flow/call_p.h"

typedef struct choice { fl_sym key; const fl_fact *value; } choice;
typedef FL_VEC(choice) choices;
enum { MAX_DEPTH = 6 };

static void choose(fl_exec *x, choices *out, fl_sym key, const fl_fact *value)
{
    for (size_t i = 0; i < out->count; i++) if (out->items[i].key == key) { out->items[i].value = value; return; }
    fl_vec_push(x->arena, out, ((choice){ key, value }));
}

/* Members of a dict that is known whole; false: it is not. */
static bool read_choices(fl_exec *x, const fl_state *s, const fl_fact *dict, choices *out, unsigned depth)
{
    if (!dict || depth > MAX_DEPTH) return false;
    if (dict->shape) {
        for (size_t i = 0; i < dict->shape->spreads.count; i++) if (!read_choices(x, s, dict->shape->spreads.items[i], out, depth + 1)) return false;
        for (size_t i = 0; i < dict->shape->keys.count; i++) choose(x, out, dict->shape->keys.items[i], fl_state_get(s, FL_KEY_FIELD(dict->vid, dict->shape->keys.items[i])));
        return true;
    }
    const fl_value *value = dict->value && dict->value->kind == FL_V_DICT ? dict->value : NULL;
    for (size_t i = 0; value && i < value->slots.count; i++) choose(x, out, value->slots.items[i].key, fl_fact_of_value(x, value->slots.items[i].value));
    return value != NULL;
}

static const fl_fact *chosen(const choices *from, fl_str name)
{
    for (size_t i = 0; i < from->count; i++) if (fl_str_eq(fl_sym_str(from->items[i].key), name)) return from->items[i].value;
    return NULL;
}

static bool is_off(const fl_fact *f) { return f && ((f->literal_type == FL_T_BOOLEAN && !f->literal) || f->literal_type & FL_T_NULLISH); }

static fl_schema *row_of(fl_exec *x, const fl_state *s, const fl_schema *row, const fl_fact *asked, const fl_data *words, unsigned depth);

/* A property that was asked for by itself: a row, or rows, of which again a part is asked for. */
static fl_schema *part_of(fl_exec *x, const fl_state *s, const fl_schema *schema, const fl_fact *asked, const fl_data *words, unsigned depth)
{
    if (!schema || depth > MAX_DEPTH) return fl_schema_new(x->results, FL_JSON_ANY);
    fl_schema *copy = fl_schema_copy(x->results, schema);
    if (schema->items) { copy->items = part_of(x, s, schema->items, asked, words, depth + 1); return copy; }
    for (size_t i = 0; i < schema->any_of.count; i++) copy->any_of.items[i] = part_of(x, s, schema->any_of.items[i], asked, words, depth + 1);
    if (!schema->properties.count) return copy;
    fl_schema *out = row_of(x, s, schema, asked, words, depth + 1);
    return out ? out : copy;
}

static void add(fl_exec *x, fl_schema *out, fl_str name, fl_schema *schema)
{
    fl_property *p = fl_schema_add_property(x->results, out, name);
    p->schema = schema;
    p->is_required = true;
}

/* NULL: what is asked for is not known. */
static fl_schema *row_of(fl_exec *x, const fl_state *s, const fl_schema *row, const fl_fact *asked, const fl_data *words, unsigned depth)
{
    choices members = { 0 }, only = { 0 }, more = { 0 }, without = { 0 };
    if (asked && !is_off(asked) && asked->literal_type != FL_T_BOOLEAN && !read_choices(x, s, asked, &members, 0)) return NULL;
    const fl_fact *only_fact = chosen(&members, fl_data_get_str(words, "only")), *more_fact = chosen(&members, fl_data_get_str(words, "more")), *without_fact = chosen(&members, fl_data_get_str(words, "without"));
    if ((only_fact && !read_choices(x, s, only_fact, &only, 0)) || (more_fact && !read_choices(x, s, more_fact, &more, 0)) || (without_fact && !read_choices(x, s, without_fact, &without, 0))) return NULL;
    fl_schema *out = fl_schema_copy(x->results, row);
    out->properties.count = 0;
    out->properties.items = NULL;
    out->properties.capacity = 0;
    for (size_t i = 0; !only_fact && i < row->properties.count; i++) {
        const fl_property *p = &row->properties.items[i];
        const fl_fact *left_out = chosen(&without, p->name);
        if (!p->is_required || (left_out && !is_off(left_out))) continue;
        add(x, out, p->name, p->schema);
    }
    const choices *wanted = only_fact ? &only : &more;
    for (size_t i = 0; i < wanted->count; i++) {
        fl_str name = fl_sym_str(wanted->items[i].key);
        const fl_property *p = fl_schema_property(row, name);
        if (!is_off(wanted->items[i].value)) add(x, out, name, part_of(x, s, p ? p->schema : NULL, wanted->items[i].value, words, depth + 1));
    }
    if (only_fact || more.count || without.count) out->name = FL_S("");
    return out;
}

fl_fact *fl_result_row(fl_exec *x, const fl_state *s, const fl_model_call *c)
{
    const fl_value *of = !c->self ? NULL : c->self->value ? c->self->value : c->self->kept_in;
    const fl_schema *row = of && of->effect && of->effect->schema ? fl_schema_of_output(x->results, x->models, of) : NULL;
    const fl_data *words = fl_data_get_c(c->e->data, "row");
    int64_t arg = FL_ARG_NONE;
    if (words) (void)fl_str_to_int(fl_data_get_str(words, "arg"), &arg);
    if (row && row->properties.count) row = row_of(x, s, row, fl_call_arg(c, (int)arg), words, 0);
    return row && row->properties.count ? fl_fact_copy(x, fl_fact_of_schema(x, row, NULL)) : fl_fact_new(x, FL_T_DICT, 0);
}
