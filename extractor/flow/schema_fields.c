/*
 * Dicts that describe fields, as object mappers take them (`fields` of schema_word.def):
 *     { name: { type: String, required: true, maxlength: 40 }, tags: [String], size: Number, at: { lat: Number, lon: Number } }
 * A field is a type, a list of one, a dict that has its type in a member (`type`), or a dict of fields. What its other members
 * say are words whose argument 0 is that dict; whether it has to be there says one of them.
 */
#include "extractor/flow/claim_p.h"

typedef struct field { fl_claims *c; const fl_data *said; const fl_claim *base; const fl_data *members; } field;

static fl_claim field_schema(void *context, int arg)
{
    const field *f = context;
    return arg == FL_ARG_THIS && f->base ? *f->base : (fl_claim){ 0 };
}

static const fl_data *field_constant(void *context, int arg) { return arg == 0 ? ((const field *)context)->members : NULL; }
static bool no_properties(void *context, int arg, fl_schema *into, bool *has_more) { (void)context; (void)arg; (void)into; (void)has_more; return false; }
static bool no_element(void *context, int arg, size_t index, fl_claim *out) { (void)context; (void)arg; (void)index; (void)out; return false; }
static fl_str no_pattern(void *context, int arg) { (void)context; (void)arg; return FL_S(""); }

/* [8, "too short"] is 8, { values: […], message } those values, a pattern its text. */
static const fl_data *constant_of(fl_arena *arena, const fl_value *value)
{
    if (value->kind == FL_V_REGEX) return fl_data_string(arena, fl_sym_str(value->text));
    if (value->kind == FL_V_LIST && value->items.count == 2 && value->items.items[1]->kind == FL_V_STRING && value->items.items[0]->kind != FL_V_STRING) return constant_of(arena, value->items.items[0]);
    const fl_value *values = value->kind == FL_V_DICT ? fl_value_slot(value, fl_sym_of_c("values")) : NULL;
    return fl_value_to_data(arena, values && values->kind == FL_V_LIST ? values : value, 0);
}

static const fl_data *members_of(fl_arena *arena, const fl_value *dict)
{
    fl_data *out = fl_data_map(arena);
    for (size_t i = 0; i < dict->slots.count; i++) {
        const fl_data *one = dict->slots.items[i].is_getter ? NULL : constant_of(arena, dict->slots.items[i].value);
        if (one) fl_data_set(arena, out, fl_sym_str(dict->slots.items[i].key), fl_data_copy(arena, one));
    }
    return out;
}

static bool is_true(const fl_data *d) { return d && (d->kind == FL_DATA_BOOL ? d->boolean : d->kind != FL_DATA_NULL); }

/* `required: {member: required}`, or `{member: allowNull, is: false}`; not where something fills it: `unless: [default]`. */
static bool is_required(const field *f, const fl_value *dict)
{
    const fl_data *rule = fl_data_get_c(f->said, "required"), *is = fl_data_get_c(rule, "is"), *unless = fl_data_get_c(rule, "unless");
    const fl_data *member = fl_data_get(f->members, fl_data_get_str(rule, "member"));
    if (!rule || (is ? !member || !fl_data_eq(member, is) : !is_true(member))) return false;
    for (const fl_data *d = unless ? unless->first : NULL; d; d = d->next)
        if (fl_value_slot(dict, fl_sym_of(d->text))) return false;
    return true;
}

static fl_claim of_description(field *f, const fl_value *value, unsigned depth);

/* A type by its name, "String" or "boolean". */
static fl_claim of_name(field *f, const fl_value *name)
{
    fl_str text;
    unsigned type = fl_value_as_text(name, &text) ? fl_json_type_of_word(fl_str_lower(f->c->arena, text)) : 0;
    return type ? fl_claim_typed(f->c, type) : (fl_claim){ 0 };
}

static fl_claim of_dict(field *f, const fl_value *dict, unsigned depth)
{
    fl_sym type_key = fl_sym_of(fl_data_get_str(f->said, "type"));
    const fl_value *type = fl_value_slot(dict, type_key);
    bool is_field = type && !(type->kind == FL_V_DICT && fl_value_slot(type, type_key));   /* a field called "type" */
    if (!is_field) {
        fl_claim out = fl_claim_typed(f->c, FL_JSON_OBJECT);
        fl_claim_fields(f->c, dict, f->said, out.schema, depth + 1);
        out.is_optional = true;
        for (size_t i = 0; i < out.schema->properties.count; i++) out.is_optional &= !out.schema->properties.items[i].is_required;
        return out;
    }
    fl_claim base = of_description(f, type, depth + 1);
    field one = { f->c, f->said, &base, members_of(f->c->arena, dict) };
    fl_claim_args args = { &one, 1, field_schema, field_constant, no_properties, no_element, no_pattern, NULL, NULL, NULL };
    const fl_data *words = fl_data_get_c(f->said, "words");
    fl_claim made = words ? fl_claim_apply(f->c, &args, words, NULL) : base;
    made.is_optional = !is_required(&one, dict);
    return made;
}

static fl_claim of_description(field *f, const fl_value *value, unsigned depth)
{
    fl_claim out = { 0 };
    if (!value || depth > 8 || !fl_claims_enter(f->c)) return out;
    if (value->kind == FL_V_LIST) {
        out = fl_claim_typed(f->c, FL_JSON_ARRAY);
        if (value->items.count) out.schema->items = of_description(f, value->items.items[0], depth + 1).schema;
    } else if (value->kind == FL_V_DICT) out = of_dict(f, value, depth);
    else if (value->kind == FL_V_STRING) out = of_name(f, value);
    else out = fl_claim_of_value(f->c, value);
    if (value->kind != FL_V_DICT) out.is_optional = true;
    fl_claims_leave(f->c);
    return out;
}

void fl_claim_fields(fl_claims *c, const fl_value *dict, const fl_data *said, fl_schema *into, unsigned depth)
{
    field f = { c, said, NULL, NULL };
    for (size_t i = 0; dict && dict->kind == FL_V_DICT && i < dict->slots.count; i++) {
        const fl_slot *slot = &dict->slots.items[i];
        bool is_left_out = slot->is_getter;
        const fl_data *own = slot->value->kind == FL_V_DICT ? members_of(c->arena, slot->value) : NULL, *skipped = fl_data_get_c(said, "skip");
        for (const fl_data *d = skipped ? skipped->first : NULL; d; d = d->next) is_left_out |= own && is_true(fl_data_get(own, d->text));   /* made by the database */
        if (is_left_out) continue;
        fl_claim claim = of_description(&f, slot->value, depth);
        if (!claim.schema) { claim = fl_claim_typed(c, FL_JSON_ANY); claim.is_optional = true; }
        fl_claim_property(c, into, fl_sym_str(slot->key), claim, slot->node);
    }
}
