/*
 * Validators as values: what the evaluator does for them beside remembering the calls that made them (call.c, result_of).
 * Schemas of later stages are made from those calls by flow/schema_value.c, which runs no code; so what is code in them is run here,
 * once all modules are done: `lazy(() => Category)`, `Nested("Category")`, and accessors such as `{ get children() { return list(Category); } }`.
 */
#include "extractor/values/value_p.h"

/* The argument that a word of the effect names, or NULL. */
static fl_value *word_argument(const fl_value *validator, const char *word)
{
    const fl_data *d = validator->effect && validator->effect->schema ? fl_data_get_c(validator->effect->schema, word) : NULL;
    int64_t n;
    if (!d || d->kind != FL_DATA_NUMBER || !fl_str_to_int(d->text, &n)) return NULL;
    return n >= 0 && (size_t)n < validator->items.count ? validator->items.items[n] : NULL;
}

static bool has_getter(const fl_value *dict)
{
    for (size_t i = 0; dict && i < dict->slots.count; i++)
        if (dict->slots.items[i].is_getter) return true;
    return false;
}

void fl_validator_note(fl_values *v, fl_value *made)
{
    const fl_value *lazy = word_argument(made, "lazy");
    if ((lazy && (lazy->kind == FL_V_FUNCTION || lazy->kind == FL_V_STRING)) || has_getter(word_argument(made, "properties"))) fl_vec_push(&v->arena, &v->deferred, made);
}

static fl_value *run(fl_values *v, fl_value *fn, fl_value *self)
{
    fl_frame_state f = { .module = fn->module };
    fl_value_list none = { 0 };
    return fl_invoke(v, &f, fn, self, &none, fn->node);
}

/* ---- names that a class gives its fields ---- */

const fl_value *fl_class_setting(const fl_value *cls, const fl_data *rules, fl_str name)
{
    fl_sym key = fl_sym_of(name);
    for (unsigned i = 0; cls && cls->kind == FL_V_CLASS && i < 16; cls = cls->target, i++) {
        const fl_data *holders = fl_data_get_c(rules, "settings");
        for (const fl_data *h = holders ? holders->first : NULL; h; h = h->next) {
            const fl_value *holder = fl_value_slot(cls, fl_sym_of(fl_data_str(h, FL_S("")))), *found = NULL;
            for (unsigned up = 0; holder && holder->kind == FL_V_CLASS && !found && up < 16; holder = holder->target, up++) found = fl_value_slot(holder, key);
            if (holder && holder->items.count && (holder->kind == FL_V_TYPED || holder->kind == FL_V_RESULT)) holder = holder->items.items[holder->items.count - 1];
            if (!found && holder && holder->kind == FL_V_DICT) found = fl_value_slot(holder, key);
            if (found) return found;
        }
    }
    return NULL;
}

/* `alias_generator = to_camel`: run for each field that the class declares. */
static void name_fields(fl_values *v, fl_value *cls)
{
    const fl_value *base = cls;
    for (unsigned i = 0; base && base->kind == FL_V_CLASS && i < 16; i++) base = base->target;
    const fl_annotation *a = base && base->kind == FL_V_EXTERNAL && base->model && base->text ? fl_model_annotation(base->model, base->text) : NULL;
    fl_str key = a && a->class_ ? fl_data_get_str(a->class_, "alias") : FL_S("");
    const fl_value *generator = key.len ? fl_class_setting(cls, a->class_, key) : NULL;
    if (!generator || (generator->kind != FL_V_FUNCTION && generator->kind != FL_V_EXTERNAL && generator->kind != FL_V_METHOD)) return;
    fl_frame_state f = { .module = cls->module };
    fl_value *names = fl_value_new(v, FL_V_DICT, cls->node);
    const fl_value *of = cls;
    for (unsigned i = 0; of && of->kind == FL_V_CLASS && i < 16; of = of->target, i++) for (const fl_node *m = fl_node_child(of->node, 1)->first; m; m = m->next) {   /* those of its bases, too */
        if (m->kind != FL_NODE_field || fl_value_slot(names, m->sym) || !m->sym || fl_node_is_absent(fl_node_child(m, 1))) continue;
        fl_value_list args = { 0 };
        fl_vec_push(&v->arena, &args, fl_value_text(v, FL_V_STRING, m->sym, m));
        fl_value *alias = fl_call(v, &f, (fl_value *)(uintptr_t)generator, NULL, &args, m, false);
        if (alias->kind == FL_V_STRING) fl_value_set(v, names, m->sym, alias, m);
    }
    fl_value_set(v, cls, FL_SYM_aliases_, names, cls->node);
}

/* "OrderSchema", "shop.schemas.OrderSchema": the class of that name, which may stand further below. */
static fl_value *class_named(const fl_values *v, fl_sym name)
{
    fl_str text = fl_sym_str(name);
    ptrdiff_t dot = fl_str_rfind_char(text, '.');
    fl_sym own = dot < 0 ? name : fl_sym_of(fl_str_sub(text, (size_t)dot + 1, text.len));
    for (size_t i = 0; i < v->classes.count; i++)
        if (v->classes.items[i]->node->sym == own && !v->classes.items[i]->module->file->is_library) return v->classes.items[i];
    return NULL;
}

static fl_value *settled(fl_values *v, fl_value *lazy)
{
    if (lazy->kind == FL_V_FUNCTION) return run(v, lazy, NULL);
    fl_value *found = lazy->kind == FL_V_STRING ? class_named(v, lazy->text) : NULL;
    return found ? found : lazy;
}

void fl_validators_settle(fl_values *v)
{
    for (size_t i = 0; i < v->classes.count && i < FL_LIMIT_VALUE_ITEMS; i++) name_fields(v, v->classes.items[i]);
    /* what is run may make more of them: the list grows while it is walked */
    for (size_t i = 0; i < v->deferred.count && i < FL_LIMIT_VALUE_ITEMS; i++) {
        fl_value *made = v->deferred.items[i], *lazy = word_argument(made, "lazy"), *dict = word_argument(made, "properties");
        for (size_t k = 0; k < made->items.count; k++)
            if (lazy && made->items.items[k] == lazy) made->items.items[k] = settled(v, lazy);
        for (size_t k = 0; dict && k < dict->slots.count; k++) {
            if (!dict->slots.items[k].is_getter) continue;
            fl_value *value = run(v, dict->slots.items[k].value, dict);   /* may grow the slots */
            dict->slots.items[k].value = value;
            dict->slots.items[k].is_getter = false;
        }
    }
}

static void add_slots(fl_values *v, fl_value *to, const fl_value *from)
{
    for (size_t i = 0; from && i < from->slots.count; i++) {
        const fl_slot *slot = &from->slots.items[i];
        fl_value_set(v, to, slot->key, slot->value, slot->node);
        for (size_t k = 0; k < to->slots.count && slot->is_getter; k++)
            if (to->slots.items[k].key == slot->key) to->slots.items[k].is_getter = true;
    }
}

static bool is_chosen(const fl_value *keys, fl_sym key)
{
    const fl_value *chosen = fl_value_slot(keys, key);
    return chosen && fl_value_truth(chosen) != 0;
}

/* The properties of an object validator as a dict of validators; false when a call on the way changes them in another way. */
static bool add_properties(fl_values *v, fl_value *to, const fl_value *validator, unsigned depth)
{
    if (!validator || validator->kind != FL_V_TYPED || !validator->effect || !validator->effect->schema || depth > 64) return false;
    const fl_data *words = validator->effect->schema;
    fl_value *own = word_argument(validator, "properties"), *pick = word_argument(validator, "pick"), *omit = word_argument(validator, "omit");
    if (fl_data_get_c(words, "type")) { add_slots(v, to, own); return true; }
    if (fl_data_get_c(words, "partial") || fl_data_get_c(words, "required") || fl_data_get_c(words, "deep_partial") || fl_data_get_c(words, "of")) return false;
    fl_value *base = fl_value_new(v, FL_V_DICT, validator->node);
    if (!add_properties(v, base, validator->self, depth + 1)) return false;
    for (size_t i = 0; i < base->slots.count; i++) {
        const fl_slot *slot = &base->slots.items[i];
        if ((pick && !is_chosen(pick, slot->key)) || (omit && is_chosen(omit, slot->key))) continue;
        fl_value_set(v, to, slot->key, slot->value, slot->node);
    }
    if (own && own->kind == FL_V_TYPED) return add_properties(v, to, own, depth + 1);
    add_slots(v, to, own);
    return true;
}

fl_value *fl_validator_properties(fl_values *v, const fl_value *validator, const fl_node *node)
{
    fl_value *dict = fl_value_new(v, FL_V_DICT, node);
    return add_properties(v, dict, validator, 0) ? dict : NULL;
}

fl_value *fl_validator_values(const fl_value *validator)
{
    for (unsigned i = 0; validator && validator->kind == FL_V_TYPED && i < 64; i++, validator = validator->self) {
        fl_value *values = word_argument(validator, "enum");
        if (values) return values;
        if (!validator->effect->schema || fl_data_get_c(validator->effect->schema, "pick") || fl_data_get_c(validator->effect->schema, "omit")) return NULL;
    }
    return NULL;
}

/* ---- classes whose fields make one ---- */

const fl_effect *fl_class_effect(const fl_value *cls)
{
    const fl_value *base = cls && cls->kind == FL_V_CLASS ? cls : NULL;
    for (unsigned i = 0; base && base->kind == FL_V_CLASS && i < 16; i++) base = base->target;
    const fl_member *m = base && base->kind == FL_V_EXTERNAL ? fl_value_external_member(base) : NULL;
    const fl_effect *e = m ? (m->new_ ? m->new_ : m->call) : base && base->kind == FL_V_TYPED && base->type ? base->type->call : NULL;
    return e && e->class_fields ? e : NULL;
}

static void add_class(fl_arena *arena, fl_value *to, const fl_value *cls, unsigned depth)
{
    if (!cls || cls->kind != FL_V_CLASS || depth > 16) return;
    add_class(arena, to, cls->target, depth + 1);
    for (size_t i = 0; i < cls->slots.count; i++) {
        const fl_slot *slot = &cls->slots.items[i];
        to->has_more |= slot->value->kind == FL_V_CLASS;   /* settings */
        bool is_field = slot->value->kind == FL_V_TYPED && slot->value->effect && slot->value->effect->schema;
        size_t at = 0;
        while (at < to->slots.count && to->slots.items[at].key != slot->key) at++;
        if (is_field && at < to->slots.count) to->slots.items[at] = *slot;
        else if (is_field && to->slots.count < FL_LIMIT_VALUE_ITEMS) fl_vec_push(arena, &to->slots, *slot);
    }
}

fl_value *fl_class_fields(fl_arena *arena, const fl_value *cls, const fl_node *node)
{
    fl_value *dict = FL_NEW(arena, fl_value);
    *dict = (fl_value){ .kind = FL_V_DICT, .node = node, .module = cls->module, .id = UINT32_MAX - 1 };
    add_class(arena, dict, cls, 0);
    return dict;
}
