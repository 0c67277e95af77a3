/*
 * Validator values → schemas. A validator is a TYPED value that remembers the call that made it: the model's effect, the receiver, the
 * arguments. The receiver's schema is made first, then the effect's words are applied to it (schema_apply.c):
 *     z.object({ name: z.string().min(1) }).strict()
 *     → effect of strict, self → effect of object, items[0] = dict { name → effect of min, self → effect of string }
 */
#include "extractor/flow/claim_p.h"

typedef struct call { fl_claims *c; const fl_value *value; const fl_claim *receiver; } call;

/* ---- constants ---- */

const fl_data *fl_value_to_data(fl_arena *arena, const fl_value *value, unsigned depth)
{
    if (!value || depth > 16) return NULL;
    fl_data *out;
    double number;
    switch ((fl_value_kind)value->kind) {
    case FL_V_NULL: return fl_data_null(arena);
    case FL_V_BOOLEAN: return fl_data_bool(arena, value->boolean);
    case FL_V_STRING: return fl_data_string(arena, fl_sym_str(value->text));
    case FL_V_NUMBER: return fl_str_to_double(fl_sym_str(value->text), &number) ? fl_data_number_text(arena, fl_sym_str(value->text)) : NULL;
    case FL_V_LIST:
        out = fl_data_list(arena);
        for (size_t i = 0; i < value->items.count; i++) {
            fl_data *item = (fl_data *)(uintptr_t)fl_value_to_data(arena, value->items.items[i], depth + 1);
            if (!item) return NULL;
            fl_data_push(out, item);
        }
        return out;
    case FL_V_DICT:
        out = fl_data_map(arena);
        for (size_t i = 0; i < value->slots.count; i++) {
            fl_data *item = (fl_data *)(uintptr_t)fl_value_to_data(arena, value->slots.items[i].value, depth + 1);
            if (!item || value->slots.items[i].is_getter) return NULL;
            fl_data_set(arena, out, fl_sym_str(value->slots.items[i].key), item);
        }
        return out;
    case FL_V_UNKNOWN: case FL_V_UNDEFINED: case FL_V_TEMPLATE: case FL_V_REGEX: case FL_V_FUNCTION: case FL_V_CLASS: case FL_V_INSTANCE:
    case FL_V_METHOD: case FL_V_EXTERNAL: case FL_V_TYPED: case FL_V_RESULT: return NULL;
    }
    return NULL;
}

const fl_data *fl_value_to_json_schema(fl_arena *arena, const fl_value *value, bool is_properties, unsigned depth)
{
    const fl_data *known = fl_value_to_data(arena, value, depth);
    if (known || !value || value->kind != FL_V_DICT || depth > 16) return known;
    fl_data *out = fl_data_map(arena);
    for (size_t i = 0; i < value->slots.count; i++) {
        const fl_slot *slot = &value->slots.items[i];
        fl_str key = fl_sym_str(slot->key);
        fl_data *item = slot->is_getter ? NULL : (fl_data *)(uintptr_t)fl_value_to_json_schema(arena, slot->value, !is_properties && fl_str_eq_c(key, "properties"), depth + 1);
        if (!item && is_properties) item = fl_data_map(arena);   /* it is there, with any value */
        if (item) fl_data_set(arena, out, key, item);
    }
    return out;
}

fl_claim fl_claim_of_example(fl_claims *c, const fl_value *value)
{
    fl_claim out = { 0 };
    if (!value || !fl_claims_enter(c)) return out;
    switch ((fl_value_kind)value->kind) {
    case FL_V_NULL: out = fl_claim_typed(c, FL_JSON_NULL); break;
    case FL_V_BOOLEAN: out = fl_claim_typed(c, FL_JSON_BOOLEAN); break;
    case FL_V_NUMBER: out = fl_claim_typed(c, FL_JSON_NUMBER); break;
    case FL_V_STRING: case FL_V_TEMPLATE: out = fl_claim_typed(c, FL_JSON_STRING); break;
    case FL_V_UNDEFINED: out.is_optional = true; break;
    case FL_V_FUNCTION: case FL_V_CLASS: case FL_V_METHOD: out.is_function = true; break;
    case FL_V_LIST:
        out = fl_claim_typed(c, FL_JSON_ARRAY);
        for (size_t i = 0; i < value->items.count && i < 200; i++) {
            fl_claim item = fl_claim_of_example(c, value->items.items[i]);
            if (item.schema) out.schema->items = out.schema->items ? fl_schema_join(c->arena, out.schema->items, item.schema) : item.schema;
        }
        break;
    case FL_V_DICT: case FL_V_INSTANCE:
        out = fl_claim_typed(c, FL_JSON_OBJECT);
        for (size_t i = 0; i < value->slots.count; i++) {
            fl_claim part = fl_claim_of_example(c, value->slots.items[i].value);
            if (!part.is_function) fl_claim_property(c, out.schema, fl_sym_str(value->slots.items[i].key), part, value->slots.items[i].node);
        }
        break;
    case FL_V_UNKNOWN: case FL_V_REGEX: case FL_V_EXTERNAL: case FL_V_TYPED: case FL_V_RESULT: break;
    }
    fl_claims_leave(c);
    return out;
}

/* ---- arguments of a call ---- */

static const fl_value *argument(const call *at, int arg)
{
    if (arg == FL_ARG_THIS) return at->value->self;
    return arg >= 0 && (size_t)arg < at->value->items.count ? at->value->items.items[arg] : NULL;
}

static bool is_validator(const fl_value *value) { return value && value->kind == FL_V_TYPED && value->effect && value->effect->schema; }

static fl_claim arg_schema(void *context, int arg)
{
    const call *at = context;
    const fl_value *value = argument(at, arg);
    if (arg == FL_ARG_THIS && at->receiver) return *at->receiver;
    return value && (arg != FL_ARG_THIS || is_validator(value)) ? fl_claim_of_value(at->c, value) : (fl_claim){ 0 };
}

static const fl_data *arg_constant(void *context, int arg)
{
    const call *at = context;
    return fl_value_to_data(at->c->arena, argument(at, arg), 0);
}

static bool add_slots(fl_claims *c, fl_schema *into, const fl_value *dict)
{
    if (!dict || dict->kind != FL_V_DICT) return false;
    for (size_t i = 0; i < dict->slots.count; i++) {
        const fl_slot *slot = &dict->slots.items[i];
        fl_claim claim = slot->is_getter ? (fl_claim){ 0 } : fl_claim_of_value(c, slot->value);
        if (!claim.schema && !is_validator(slot->value)) claim.is_optional = true;   /* something that cannot be followed: not invented as required */
        fl_str name = claim.alias.len ? claim.alias : fl_sym_str(slot->key);
        fl_claim_property(c, into, name, claim, slot->node);
        fl_property *own = claim.alias.len ? fl_schema_property(into, name) : NULL;
        if (own && !fl_str_eq(name, fl_sym_str(slot->key))) own->code = slot->key;
    }
    return true;
}

static bool arg_properties(void *context, int arg, fl_schema *into, bool *has_more)
{
    const call *at = context;
    const fl_value *dict = argument(at, arg);
    *has_more = dict && dict->has_more;
    return add_slots(at->c, into, dict);
}

static bool arg_each(void *context, int arg, size_t index, fl_claim *out)
{
    const call *at = context;
    const fl_value *list = argument(at, arg);
    if (!list || list->kind != FL_V_LIST || index >= list->items.count) return false;
    *out = fl_claim_of_value(at->c, list->items.items[index]);
    return true;
}

static fl_str arg_pattern(void *context, int arg)
{
    const call *at = context;
    const fl_value *value = argument(at, arg);
    /* new RegExp("…"): made from text */
    if (value && value->kind == FL_V_TYPED && !is_validator(value) && value->items.count) value = value->items.items[0];
    return value && (value->kind == FL_V_REGEX || value->kind == FL_V_STRING) ? fl_sym_str(value->text) : FL_S("");
}

/* Given, and not as what says that nothing is: `...` */
static bool arg_is_given(void *context, int arg)
{
    const fl_value *value = argument(context, arg);
    if (!value || value->kind == FL_V_UNDEFINED) return false;
    return !(value->kind == FL_V_EXTERNAL && fl_str_eq_c(fl_sym_str(value->text), "Ellipsis"));
}

static const fl_value *arg_value(void *context, int arg) { return argument(context, arg); }

/* ---- names ---- */

static fl_str without(fl_str name, fl_str tail) { return fl_str_ends(name, tail) ? fl_str_sub(name, 0, name.len - tail.len) : name; }

/* createOrderSchema → CreateOrder, order_schema → Order, Item → Item; "schema" alone names nothing. */
static fl_str name_of_code(fl_arena *arena, fl_str code)
{
    fl_str name = without(without(code, FL_S("_schema")), FL_S("Schema"));
    if (!name.len || fl_str_eq_c(name, "schema")) return FL_S("");
    char *copy = fl_str_c(arena, name);
    if (copy[0] >= 'a' && copy[0] <= 'z') copy[0] = (char)(copy[0] - 32);
    return fl_str_from(copy);
}

/* The module-level name that holds the value: a variable, else an export. */
static fl_str held_by(fl_arena *arena, const fl_value *value)
{
    const fl_module *m = value->module;
    if (!m || !m->scope) return FL_S("");
    for (size_t i = 0; i < m->scope->cells.count; i++)
        if (m->scope->cells.items[i]->value == value && !m->scope->cells.items[i]->import_from) return name_of_code(arena, fl_sym_str(m->scope->cells.items[i]->name));
    for (size_t i = 0; m->exports && i < m->exports->slots.count; i++) {
        const fl_slot *slot = &m->exports->slots.items[i];
        if (slot->value == value && slot->key != FL_SYM_default_) return name_of_code(arena, fl_sym_str(slot->key));
    }
    return FL_S("");
}

/* ---- values ---- */

static fl_claim of_validator(fl_claims *c, const fl_value *value)
{
    bool is_new;
    fl_claim_memo *memo = fl_claims_begin(c, value, NULL, 0, &is_new);
    if (!is_new) return fl_claims_known(memo);
    call at = { c, value, NULL };
    fl_claim_args args = { &at, value->items.count, arg_schema, arg_constant, arg_properties, arg_each, arg_pattern, arg_is_given, NULL, arg_value };
    fl_schema *fresh = memo->fresh;
    fl_claim made = fl_claim_apply(c, &args, value->effect->schema, &fresh);
    bool is_of_class = value->effect->class_fields && value->self && value->self->kind == FL_V_CLASS;
    if (made.schema && !made.is_open && !c->is_output && !made.schema->name.len && fl_claim_deserves_name(made.schema)) made.schema->name = is_of_class ? name_of_code(c->arena, fl_sym_str(value->self->node->sym)) : held_by(c->arena, value);
    if (is_of_class && made.schema && !made.is_shared && !made.is_open && value->self->module) fl_claim_checks(c, value->self->module, value->self->node, made.schema);
    return fl_claims_end(c, memo, made);
}

fl_claim fl_claim_refine(fl_claims *c, fl_claim of, const fl_value *value)
{
    if (!is_validator(value) || !fl_claims_enter(c)) return of;
    call at = { c, value, &of };
    fl_claim_args args = { &at, value->items.count, arg_schema, arg_constant, arg_properties, arg_each, arg_pattern, arg_is_given, NULL, arg_value };
    fl_claim made = fl_claim_apply(c, &args, value->effect->schema, NULL);
    fl_claims_leave(c);
    return made;
}

/* A class, or a type of external code, as an argument. */
static fl_claim of_type_value(fl_claims *c, const fl_value *value)
{
    if (value->kind == FL_V_CLASS && !c->values) return (fl_claim){ 0 };
    if (value->kind == FL_V_CLASS && value->module && value->node->sym) {
        fl_node name = { .kind = FL_NODE_type_name, .sym = value->node->sym, .start_byte = value->node->start_byte, .end_byte = value->node->end_byte, .parent = value->node->parent };
        return fl_claim_of_type(c, &(fl_type_env){ .module = value->module }, &name);
    }
    const fl_model *model = value->model;
    if (!model && !value->package && value->module) model = value->module->builtins;
    const fl_annotation *a = model && value->text ? fl_model_annotation(model, value->text) : NULL;
    if (!a || !a->schema) return (fl_claim){ 0 };
    call at = { c, value, &(fl_claim){ 0 } };
    fl_claim_args args = { &at, 0, arg_schema, arg_constant, arg_properties, arg_each, arg_pattern, arg_is_given, NULL, arg_value };
    return fl_claim_apply(c, &args, a->schema, NULL);
}

/* A dict in the place of a schema, as some validators take it: an object with these properties. */
static fl_claim of_dict(fl_claims *c, const fl_value *dict)
{
    bool has_validator = false;
    for (size_t i = 0; i < dict->slots.count; i++) has_validator |= is_validator(dict->slots.items[i].value);
    if (!has_validator) return (fl_claim){ 0 };
    fl_claim out = fl_claim_typed(c, FL_JSON_OBJECT);
    (void)add_slots(c, out.schema, dict);
    return out;
}

fl_claim fl_claim_of_value(fl_claims *c, const fl_value *value)
{
    fl_claim out = { 0 };
    if (!value || !fl_claims_enter(c)) return out;
    const fl_value *cls = value->kind == FL_V_INSTANCE ? value->target : value;
    const fl_effect *of_class = cls && cls->kind == FL_V_CLASS ? fl_class_effect(cls) : NULL;
    if (of_class) {   /* a class of fields stands for what calling it makes */
        fl_value *made = FL_NEW(c->arena, fl_value);
        *made = (fl_value){ .kind = FL_V_TYPED, .node = cls->node, .module = cls->module, .effect = of_class, .self = (fl_value *)(uintptr_t)cls };
        fl_vec_push(c->arena, &made->items, fl_class_fields(c->arena, cls, cls->node));
        value = made;
    }
    if (is_validator(value)) out = of_validator(c, value);
    else if (value->kind == FL_V_DICT) out = of_dict(c, value);
    else if (value->kind == FL_V_CLASS || value->kind == FL_V_EXTERNAL) out = of_type_value(c, value);
    fl_claims_leave(c);
    return out;
}

static fl_schema *convert(fl_arena *arena, const fl_models *models, const fl_value *value, unsigned depth, bool is_output)
{
    if (!value) return NULL;
    fl_claims c = { .arena = arena, .models = models, .depth = depth, .is_output = is_output };
    fl_claim claim = fl_claim_of_value(&c, value);
    if (claim.schema) return claim.schema;
    bool is_class = fl_class_effect(value->kind == FL_V_INSTANCE ? value->target : value) != NULL;
    if (is_validator(value) || is_class) return fl_schema_new(arena, FL_JSON_ANY);   /* it accepts anything */
    const fl_data *data = value->kind == FL_V_DICT ? fl_value_to_data(arena, value, 0) : NULL;
    return data ? fl_claim_of_json(&c, data).schema : NULL;
}

fl_schema *fl_schema_refined(fl_arena *arena, fl_values *values, const fl_module *module, const fl_node *type, const fl_value *by, fl_str *alias, bool *is_optional)
{
    fl_claims c = { .arena = arena, .models = values->models, .values = values };
    fl_claim claim = fl_claim_of_type(&c, &(fl_type_env){ .module = module }, type);
    if (claim.is_function) return NULL;
    if (is_validator(by)) claim = fl_claim_refine(&c, claim, by);
    else if (by) fl_claim_default(&c, &claim, fl_value_to_data(arena, by, 0));
    *alias = claim.alias;
    *is_optional |= claim.is_optional;
    return claim.schema;
}

fl_schema *fl_schema_of_value(fl_arena *arena, const fl_models *models, const fl_value *value, unsigned depth)
{
    return convert(arena, models, value, depth, false);
}

fl_schema *fl_schema_of_stored(fl_arena *arena, fl_values *values, const fl_value *value)
{
    fl_claims c = { .arena = arena, .models = values->models, .values = values };
    const fl_value *own = value && value->kind == FL_V_CLASS ? fl_value_slot(value, FL_SYM_described) : NULL;
    fl_claim claim = fl_claim_of_value(&c, own ? own : value);
    return claim.schema && (claim.schema->types || claim.schema->properties.count) ? claim.schema : NULL;
}

fl_schema *fl_schema_of_output(fl_arena *arena, const fl_models *models, const fl_value *value) { return convert(arena, models, value, 0, true); }
