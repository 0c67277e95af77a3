/*
 * What the words of schema_word.def do to a claim. The same words describe calls on validators (arguments are values) and type
 * functions such as Partial (arguments are types): fl_claim_args hides which. Words are applied in the order in which they stand.
 * A word whose argument is not known is left out: less is said then, nothing wrong. Read fl_claim_apply, then apply_word.
 */
#include "extractor/flow/claim_p.h"

typedef struct state {
    fl_claims *c;
    const fl_claim_args *args;
    fl_schema **fresh;
    fl_claim *io;
} state;

typedef struct claim_list { FL_VEC(fl_claim) list; } claim_list;

static fl_schema *edit(state *s) { return fl_claim_edit(s->c, s->io, s->fresh); }

static int arg_of(const fl_data *d)
{
    int64_t n = FL_ARG_NONE;
    if (fl_str_eq_c(fl_data_str(d, FL_S("")), "this")) return FL_ARG_THIS;
    return fl_str_to_int(fl_data_str(d, FL_S("")), &n) ? (int)n : FL_ARG_NONE;
}

static fl_claim schema_arg(state *s, int arg)
{
    if (arg == FL_ARG_THIS) return *s->io;
    return arg >= 0 && (size_t)arg < s->args->count ? s->args->schema(s->args->context, arg) : (fl_claim){ 0 };
}

static const fl_data *constant_arg(state *s, int arg)
{
    return arg >= 0 && (size_t)arg < s->args->count ? s->args->constant(s->args->context, arg) : NULL;
}

/* The constant behind a word: of an argument, of several as a list, or {is: constant}. */
static const fl_data *value_of(state *s, const fl_data *d)
{
    const fl_data *of = d->kind == FL_DATA_MAP ? fl_data_get_c(d, "of") : NULL;
    if (of) {
        const fl_data *from = constant_arg(s, arg_of(of)), *member = fl_data_get_c(d, "member"), *found = NULL;
        for (const fl_data *name = member && member->kind == FL_DATA_LIST ? member->first : member; name && !found; name = member->kind == FL_DATA_LIST ? name->next : NULL) found = fl_data_get(from, name->text);
        return found;
    }
    if (d->kind == FL_DATA_MAP) return fl_data_get_c(d, "is");
    bool is_all = fl_str_eq_c(fl_data_str(d, FL_S("")), "all");
    if (!is_all && d->kind != FL_DATA_LIST) return constant_arg(s, arg_of(d));
    fl_data *list = fl_data_list(s->c->arena);
    const fl_data *at = is_all ? NULL : d->first;
    for (size_t i = 0; is_all ? i < s->args->count : at != NULL; i++) {
        const fl_data *one = constant_arg(s, is_all ? (int)i : arg_of(at));
        if (!one) return NULL;
        if (one->kind != FL_DATA_LIST) fl_data_push(list, fl_data_copy(s->c->arena, one));
        for (const fl_data *e = one->kind == FL_DATA_LIST ? one->first : NULL; e; e = e->next) fl_data_push(list, fl_data_copy(s->c->arena, e));
        if (at) at = at->next;
    }
    return list;
}

/* A JSON Schema of which some words may not be known when the program starts. */
static const fl_data *json_schema_of(state *s, const fl_data *d)
{
    const fl_data *known = value_of(s, d);
    int arg = arg_of(d);
    if (known || !s->args->value || arg < 0 || (size_t)arg >= s->args->count) return known;
    return fl_value_to_json_schema(s->c->arena, s->args->value(s->args->context, arg), false, 0);
}

/* ---- lists of schemas ---- */

static void add_claims(state *s, claim_list *to, int arg)
{
    fl_claim one;
    size_t i = 0;
    if (arg >= 0)
        for (; (size_t)arg < s->args->count && s->args->each(s->args->context, arg, i, &one); i++) fl_vec_push(s->c->arena, &to->list, one);
    if (i == 0) fl_vec_push(s->c->arena, &to->list, schema_arg(s, arg));
}

static void gather(state *s, claim_list *to, const fl_data *d)
{
    if (d->kind == FL_DATA_LIST) { for (const fl_data *i = d->first; i; i = i->next) gather(s, to, i); return; }
    if (!fl_str_eq_c(fl_data_str(d, FL_S("")), "all")) { add_claims(s, to, arg_of(d)); return; }
    for (size_t i = 0; i < s->args->count; i++) add_claims(s, to, (int)i);
}

/* Alternatives and intersections take the place of the receiver; that it may be missing stays. */
static void replace(state *s, fl_claim made)
{
    made.is_optional |= s->io->is_optional;
    *s->io = made;
}

static void apply_items(state *s, const fl_data *d)
{
    fl_schema *items = schema_arg(s, arg_of(d)).schema;
    if (arg_of(d) == FL_ARG_THIS) { *s->io = (fl_claim){ 0 }; edit(s)->types = FL_JSON_ARRAY; }
    edit(s)->items = items;
}

static void apply_tuple(state *s, const fl_data *d)
{
    claim_list parts = { 0 };
    fl_claim one;
    int arg = arg_of(d);
    if (fl_str_eq_c(fl_data_str(d, FL_S("")), "all")) {   /* tuple[int, str]; tuple[int, ...] is a list */
        for (size_t i = 0; i < s->args->count; i++) fl_vec_push(s->c->arena, &parts.list, schema_arg(s, (int)i));
        bool is_list = parts.list.count < 2 || (parts.list.count == 2 && !parts.list.items[1].schema);
        if (!is_list) { replace(s, fl_claim_tuple(s->c, parts.list.items, parts.list.count, s->fresh)); return; }
        edit(s)->types = FL_JSON_ARRAY;
        if (parts.list.count) edit(s)->items = parts.list.items[0].schema;
        return;
    }
    if (arg < 0 || (size_t)arg >= s->args->count) return;
    for (size_t i = 0; s->args->each(s->args->context, arg, i, &one); i++) fl_vec_push(s->c->arena, &parts.list, one);
    if (parts.list.count) replace(s, fl_claim_tuple(s->c, parts.list.items, parts.list.count, s->fresh));
    else edit(s)->types = FL_JSON_ARRAY;
}

/* ---- properties ---- */

static void apply_properties(state *s, const fl_data *d)
{
    int arg = arg_of(d);
    fl_schema *node = edit(s);
    if (arg < 0 || (size_t)arg >= s->args->count) return;
    bool has_more = false;
    if (!s->args->properties(s->args->context, arg, node, &has_more)) {
        fl_claim other = schema_arg(s, arg);
        if (other.schema && !other.is_open) fl_claim_merge(s->c, node, other.schema);
        has_more = !other.schema || other.is_open || other.has_more;
    }
    s->io->has_more |= has_more;
    if (s->io->has_more) node->is_closed = false;
}

static void apply_additional(state *s, const fl_data *d)
{
    int arg = arg_of(d);
    if (arg < 0 || (size_t)arg >= s->args->count) return;
    fl_claim other = schema_arg(s, arg);
    fl_schema *node = edit(s), *schema = other.schema ? other.schema : fl_schema_new(s->c->arena, FL_JSON_ANY);
    if (node->types != FL_JSON_ARRAY) { node->additional = schema; node->is_closed = false; return; }
    fl_claim both[2] = { { .schema = node->items, .is_shared = true }, other };
    node->items = fl_claim_union(s->c, node->items ? both : both + 1, node->items ? 2 : 1, NULL).schema;
    node->has_max_items = false;
}

static void apply_keys(state *s, const fl_data *d)
{
    fl_claim keys = schema_arg(s, arg_of(d));
    if (!keys.schema || keys.is_open || !keys.schema->enumeration.count) return;
    fl_schema *node = edit(s);
    fl_claim each = { .schema = node->additional, .is_shared = true };
    node->additional = NULL;
    for (size_t i = 0; i < keys.schema->enumeration.count; i++)
        fl_claim_property(s->c, node, fl_data_str(keys.schema->enumeration.items[i], FL_S("")), each, NULL);
}

/* Is `name` among the names that a dict (its keys, unless false), a list or a text gives? */
static bool is_named(const fl_data *names, fl_str name)
{
    if (names->kind == FL_DATA_MAP) {
        const fl_data *d = fl_data_get(names, name);
        return d && !(d->kind == FL_DATA_BOOL && !d->boolean) && d->kind != FL_DATA_NULL;
    }
    if (names->kind != FL_DATA_LIST) return fl_str_eq(fl_data_str(names, FL_S("")), name);
    for (const fl_data *d = names->first; d; d = d->next)
        if (fl_str_eq(fl_data_str(d, FL_S("")), name)) return true;
    return false;
}

static void apply_choice(state *s, const fl_data *d, bool keeps_named)
{
    const fl_data *names = value_of(s, d);
    if (!s->io->schema || s->io->is_open) return;
    fl_schema *node = edit(s);
    uint32_t to = 0;
    if (!names) {   /* not known which: each may be there or not */
        for (size_t i = 0; i < node->properties.count; i++) node->properties.items[i].is_required = false;
        return;
    }
    for (size_t i = 0; i < node->properties.count; i++)
        if (is_named(names, node->properties.items[i].name) == keeps_named) node->properties.items[to++] = node->properties.items[i];
    node->properties.count = to;
    to = 0;
    for (size_t i = 0; i < node->enumeration.count; i++)
        if (is_named(names, fl_data_str(node->enumeration.items[i], FL_S(""))) == keeps_named) node->enumeration.items[to++] = node->enumeration.items[i];
    node->enumeration.count = to;
}

static void apply_presence(state *s, const fl_data *d, bool is_required)
{
    if (!s->io->schema || s->io->is_open || (d->kind == FL_DATA_BOOL && !d->boolean)) return;
    int arg = d->kind == FL_DATA_BOOL ? FL_ARG_NONE : arg_of(d);
    bool is_given = arg >= 0 && (size_t)arg < s->args->count;
    const fl_data *names = is_given ? constant_arg(s, arg) : NULL;
    if (is_given && !names) return;
    fl_schema *node = edit(s);
    for (size_t i = 0; i < node->properties.count; i++)
        if (!names || is_named(names, node->properties.items[i].name)) node->properties.items[i].is_required = is_required;
}

static fl_schema *deep_partial(state *s, fl_schema *from, unsigned depth)
{
    if (!from || depth > 12 || (!from->properties.count && !from->items)) return from;
    fl_schema *copy = fl_schema_copy(s->c->arena, from);
    copy->name = FL_S("");
    copy->items = deep_partial(s, copy->items, depth + 1);
    for (size_t i = 0; i < copy->properties.count; i++) {
        copy->properties.items[i].is_required = false;
        copy->properties.items[i].schema = deep_partial(s, copy->properties.items[i].schema, depth + 1);
    }
    return copy;
}

static void apply_keyof(state *s)
{
    const fl_schema *from = s->io->schema;
    fl_claim out = { 0 };
    fl_data *names = fl_data_list(s->c->arena);
    for (size_t i = 0; from && !s->io->is_open && i < from->properties.count; i++)
        fl_data_push(names, fl_data_string(s->c->arena, from->properties.items[i].name));
    if (!fl_claim_enumerate(s->c, &out, names, s->fresh)) out = fl_claim_typed(s->c, FL_JSON_STRING);
    *s->io = out;
}

/* ---- keywords ---- */

static void apply_types(state *s, const fl_data *d)
{
    unsigned types = 0;
    if (d->kind == FL_DATA_STRING && fl_str_eq_c(d->text, "any")) { *s->io = (fl_claim){ .is_optional = s->io->is_optional }; return; }
    if (d->kind == FL_DATA_NULL) types = FL_JSON_NULL;
    else if (d->kind != FL_DATA_LIST) types = fl_json_type_of_word(d->text);
    for (const fl_data *i = d->kind == FL_DATA_LIST ? d->first : NULL; i; i = i->next)
        types |= i->kind == FL_DATA_NULL ? FL_JSON_NULL : fl_json_type_of_word(i->text);
    fl_schema *node = edit(s);
    node->types = types | (node->types & FL_JSON_NULL);
    s->io->is_null = node->types == FL_JSON_NULL;
}

/* Of two bounds the tighter one holds, since both are checked. */
static void apply_bound(state *s, const fl_data *d, bool is_lower, bool is_exclusive)
{
    const fl_data *value = value_of(s, d);
    if (!value || value->kind != FL_DATA_NUMBER) return;
    fl_schema *node = edit(s);
    double n = fl_data_num(value, 0);
    if (is_lower) {
        if (node->has_minimum && (node->minimum > n || (node->minimum >= n && node->minimum_is_exclusive))) return;
        node->has_minimum = true;
        node->minimum = n;
        node->minimum_is_exclusive = is_exclusive;
    } else {
        if (node->has_maximum && (node->maximum < n || (node->maximum <= n && node->maximum_is_exclusive))) return;
        node->has_maximum = true;
        node->maximum = n;
        node->maximum_is_exclusive = is_exclusive;
    }
}

static void apply_size(state *s, const fl_data *d, fl_schema_word word)
{
    const fl_data *value = value_of(s, d);
    double n = value && value->kind == FL_DATA_NUMBER ? fl_data_num(value, -1) : -1;
    if (!(n >= 0 && n < 9e15)) return;
    fl_schema *node = edit(s);
    const struct { fl_schema_word word; bool *has; int64_t *limit; bool is_lower; } rows[] = {
        { FL_SCHEMA_WORD_min_length, &node->has_min_length, &node->min_length, true }, { FL_SCHEMA_WORD_max_length, &node->has_max_length, &node->max_length, false },
        { FL_SCHEMA_WORD_min_items, &node->has_min_items, &node->min_items, true }, { FL_SCHEMA_WORD_max_items, &node->has_max_items, &node->max_items, false } };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        if (rows[i].word != word) continue;
        int64_t limit = (int64_t)n;
        if (*rows[i].has && (rows[i].is_lower ? *rows[i].limit > limit : *rows[i].limit < limit)) continue;
        *rows[i].has = true;
        *rows[i].limit = limit;
    }
}

/* A second pattern stands beside the first. */
static void add_pattern(state *s, fl_str pattern)
{
    if (!pattern.len) return;
    fl_schema *node = edit(s);
    if (!node->pattern.len) { node->pattern = pattern; return; }
    if (fl_str_eq(node->pattern, pattern)) return;
    fl_schema *part = fl_schema_new(s->c->arena, FL_JSON_ANY);
    part->pattern = pattern;
    fl_vec_push(s->c->arena, &node->all_of, part);
}

static void apply_pattern(state *s, const fl_data *d)
{
    for (const fl_data *i = d->kind == FL_DATA_LIST ? d->first : NULL; i; i = i->next) apply_pattern(s, i);
    if (d->kind == FL_DATA_LIST) return;
    int arg = d->kind == FL_DATA_MAP ? FL_ARG_NONE : arg_of(d);
    if (d->kind == FL_DATA_MAP && fl_data_get_c(d, "of")) add_pattern(s, fl_data_str(value_of(s, d), FL_S("")));
    else if (d->kind == FL_DATA_MAP) add_pattern(s, fl_data_get_str(d, "is"));
    else if (arg >= 0 && (size_t)arg < s->args->count) add_pattern(s, s->args->pattern(s->args->context, arg));
}

static void apply_text_part(state *s, const fl_data *d, const char *before, const char *behind)
{
    const fl_data *value = value_of(s, d);
    if (!value || value->kind != FL_DATA_STRING || !value->text.len) return;
    fl_buf text;
    fl_buf_init(&text, FL_LIMIT_PATH_BYTES);
    fl_buf_add_c(&text, before);
    for (size_t i = 0; i < value->text.len; i++) {
        if (fl_str_find_char(FL_S("\\^$.|?*+()[]{}/"), value->text.ptr[i]) >= 0) fl_buf_add_char(&text, '\\');
        fl_buf_add_char(&text, value->text.ptr[i]);
    }
    fl_buf_add_c(&text, behind);
    if (!text.overflow) add_pattern(s, fl_str_copy(s->c->arena, fl_buf_str(&text)));
    fl_buf_release(&text);
}

static void apply_words(state *s, const fl_data *words);

bool fl_claim_has_null(const fl_claim *claim)
{
    const fl_schema *s = claim->schema;
    if (!s || claim->is_open) return claim->is_null;
    bool found = s->types & FL_JSON_NULL;
    for (size_t i = 0; i < s->any_of.count && !found; i++) found = s->any_of.items[i]->types == FL_JSON_NULL;
    return found;
}

/* A named object keeps its name: what is said of the place beside it is left out. */
static bool is_named_object(const fl_claim *claim) { return claim->schema && (claim->is_open || (claim->schema->name.len && claim->schema->properties.count)); }

void fl_claim_default(fl_claims *c, fl_claim *claim, const fl_data *value)
{
    if (value && value->kind == FL_DATA_NULL) { fl_claim_nullable(c, claim, NULL); return; }
    if (!value || is_named_object(claim) || !claim->schema) return;
    fl_claim_edit(c, claim, NULL)->default_value = value;
}

static bool is_given(state *s, int arg)
{
    return arg >= 0 && (size_t)arg < s->args->count && (!s->args->is_given || s->args->is_given(s->args->context, arg));
}

static void apply_preset(state *s, const fl_data *d)
{
    for (const fl_data *at = d->kind == FL_DATA_LIST ? d->first : d; at; at = d->kind == FL_DATA_LIST ? at->next : NULL) {
        int arg = arg_of(at);
        if (!is_given(s, arg)) continue;
        s->io->is_optional = true;
        fl_claim_default(s->c, s->io, constant_arg(s, arg));
        return;
    }
}

static void apply_alias(state *s, const fl_data *d)
{
    for (const fl_data *at = d->kind == FL_DATA_LIST ? d->first : d; at; at = d->kind == FL_DATA_LIST ? at->next : NULL) {
        const fl_data *name = constant_arg(s, arg_of(at));
        if (!name || name->kind != FL_DATA_STRING || !name->text.len) continue;
        s->io->alias = name->text;
        return;
    }
}

static void apply_refinements(state *s)
{
    for (size_t i = 1; s->args->refinement && i < s->args->count; i++) {
        const fl_value *value = s->args->refinement(s->args->context, (int)i);
        if (value) *s->io = fl_claim_refine(s->c, *s->io, value);
    }
}

static void apply_by_type(state *s, const fl_data *d)
{
    unsigned types = s->io->schema ? s->io->schema->types & ~(unsigned)FL_JSON_NULL : 0;
    for (const fl_data *row = d->first; row; row = row->next) {
        unsigned type = fl_json_type_of_word(row->key);
        if (type == FL_JSON_NUMBER) type |= FL_JSON_INTEGER;
        if (types & type) { apply_words(s, row); return; }
    }
}

static void apply_cases(state *s, fl_schema_word word, const fl_data *d)
{
    for (const fl_data *row = d->first; row; row = row->next) {
        int64_t n;
        if (!fl_str_to_int(row->key, &n)) continue;
        const fl_data *value = constant_arg(s, (int)n);
        bool is_true = value && (value->kind == FL_DATA_BOOL ? value->boolean : value->kind != FL_DATA_NULL);
        bool is_given = (size_t)n < s->args->count && (!s->args->is_given || s->args->is_given(s->args->context, (int)n));
        if (word == FL_SCHEMA_WORD_when ? is_true : word == FL_SCHEMA_WORD_when_null ? value && value->kind == FL_DATA_NULL : is_given) apply_words(s, row);
    }
}

static void apply_word(state *s, fl_schema_word word, const fl_data *d)
{
    claim_list parts = { 0 };
    const fl_data *value;
    switch (word) {
    case FL_SCHEMA_WORD_of: case FL_SCHEMA_WORD_lazy: *s->io = schema_arg(s, arg_of(d)); return;
    case FL_SCHEMA_WORD_type: apply_types(s, d); return;
    case FL_SCHEMA_WORD_properties: apply_properties(s, d); return;
    case FL_SCHEMA_WORD_items: apply_items(s, d); return;
    case FL_SCHEMA_WORD_tuple: apply_tuple(s, d); return;
    case FL_SCHEMA_WORD_additional: apply_additional(s, d); return;
    case FL_SCHEMA_WORD_keys: apply_keys(s, d); return;
    case FL_SCHEMA_WORD_enum_: (void)fl_claim_enumerate(s->c, s->io, value_of(s, d), s->fresh); return;
    case FL_SCHEMA_WORD_any_of: gather(s, &parts, d); replace(s, fl_claim_union(s->c, parts.list.items, parts.list.count, s->fresh)); return;
    case FL_SCHEMA_WORD_all_of: gather(s, &parts, d); replace(s, fl_claim_all(s->c, parts.list.items, parts.list.count)); return;
    case FL_SCHEMA_WORD_json_schema: if ((value = json_schema_of(s, d))) *s->io = fl_claim_of_json(s->c, value); return;
    case FL_SCHEMA_WORD_fields: {
        const fl_value *described = s->args->value ? s->args->value(s->args->context, arg_of(fl_data_get_c(d, "of"))) : NULL;
        if (described) fl_claim_fields(s->c, described, d, edit(s), 0);
        return;
    }
    case FL_SCHEMA_WORD_preset: apply_preset(s, d); return;
    case FL_SCHEMA_WORD_alias: apply_alias(s, d); return;
    case FL_SCHEMA_WORD_refine: if (d->boolean) apply_refinements(s); return;
    case FL_SCHEMA_WORD_nothing: s->io->is_function = d->boolean; return;
    case FL_SCHEMA_WORD_optional: s->io->is_optional = d->boolean; return;
    case FL_SCHEMA_WORD_nullable: if (d->boolean) fl_claim_nullable(s->c, s->io, s->fresh); else fl_claim_not_null(s->c, s->io, s->fresh); return;
    case FL_SCHEMA_WORD_default_: if ((value = value_of(s, d))) edit(s)->default_value = value; return;
    case FL_SCHEMA_WORD_example: if ((value = value_of(s, d)) && !is_named_object(s->io)) edit(s)->example = value; return;
    case FL_SCHEMA_WORD_description: if ((value = value_of(s, d)) && !is_named_object(s->io)) edit(s)->description = fl_data_str(value, FL_S("")); return;
    case FL_SCHEMA_WORD_format: edit(s)->format = d->text; return;
    case FL_SCHEMA_WORD_pattern: apply_pattern(s, d); return;
    case FL_SCHEMA_WORD_starts_with: apply_text_part(s, d, "^", ""); return;
    case FL_SCHEMA_WORD_ends_with: apply_text_part(s, d, "", "$"); return;
    case FL_SCHEMA_WORD_contains: apply_text_part(s, d, "", ""); return;
    case FL_SCHEMA_WORD_minimum: apply_bound(s, d, true, false); return;
    case FL_SCHEMA_WORD_maximum: apply_bound(s, d, false, false); return;
    case FL_SCHEMA_WORD_exclusive_minimum: apply_bound(s, d, true, true); return;
    case FL_SCHEMA_WORD_exclusive_maximum: apply_bound(s, d, false, true); return;
    case FL_SCHEMA_WORD_multiple_of: if ((value = value_of(s, d)) && fl_data_num(value, 0) > 0) edit(s)->multiple_of = fl_data_num(value, 0); return;
    case FL_SCHEMA_WORD_min_length: case FL_SCHEMA_WORD_max_length: case FL_SCHEMA_WORD_min_items: case FL_SCHEMA_WORD_max_items: apply_size(s, d, word); return;
    case FL_SCHEMA_WORD_unique_items: edit(s)->has_unique_items = d->boolean; return;
    case FL_SCHEMA_WORD_closed: edit(s)->is_closed = !s->io->has_more && (d->kind == FL_DATA_BOOL ? d->boolean : s->c->is_output); return;
    case FL_SCHEMA_WORD_pick: apply_choice(s, d, true); return;
    case FL_SCHEMA_WORD_omit: apply_choice(s, d, false); return;
    case FL_SCHEMA_WORD_partial: apply_presence(s, d, false); return;
    case FL_SCHEMA_WORD_required: apply_presence(s, d, true); return;
    case FL_SCHEMA_WORD_deep_partial:
        if (d->boolean && s->io->schema && !s->io->is_open) { fl_schema *node = edit(s); *node = *deep_partial(s, node, 0); }
        return;
    case FL_SCHEMA_WORD_keyof: if (d->boolean) apply_keyof(s); return;
    case FL_SCHEMA_WORD_element: if (d->boolean) *s->io = (fl_claim){ .schema = s->io->schema ? s->io->schema->items : NULL, .is_shared = true }; return;
    case FL_SCHEMA_WORD_deprecated: edit(s)->is_deprecated = d->boolean; return;
    case FL_SCHEMA_WORD_read_only: edit(s)->is_read_only = d->boolean; return;
    case FL_SCHEMA_WORD_write_only: edit(s)->is_write_only = d->boolean; return;
    case FL_SCHEMA_WORD_by_type: apply_by_type(s, d); return;
    case FL_SCHEMA_WORD_when: case FL_SCHEMA_WORD_when_null: case FL_SCHEMA_WORD_when_given: apply_cases(s, word, d); return;
    case FL_SCHEMA_WORD_output: case FL_SCHEMA_WORD_COUNT: return;
    }
}

static void apply_words(state *s, const fl_data *words)
{
    const fl_data *output = s->c->is_output ? fl_data_get_c(words, "output") : NULL;
    for (const fl_data *d = (output ? output : words)->first; d; d = d->next) apply_word(s, fl_schema_word_of(d->key), d);
}

fl_claim fl_claim_apply(fl_claims *c, const fl_claim_args *args, const fl_data *words, fl_schema **fresh)
{
    fl_claim io = args->schema(args->context, FL_ARG_THIS);
    state s = { c, args, fresh, &io };
    apply_words(&s, words);
    return io;
}
