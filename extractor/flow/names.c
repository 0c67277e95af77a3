/*
 * Names of fields that stand in lists: `for (const key of ["name", "icon"]) if (body[key])`, and keys of the request that are compared with such
 * names: `Object.keys(body).every((key) => ALLOWED.includes(key))`. Both say which fields there are.
 */
#include "extractor/flow/exec_p.h"

enum { MAX_NAMES = 64 };

/* A constant list of texts, or one that is written where it is used; NULL: it is none, or not known. */
static const fl_value *names_in(const fl_fact *list)
{
    if (!list) return NULL;
    const fl_value *known = list->value && list->value->kind == FL_V_LIST ? list->value : NULL;
    if (known) {
        bool is_text = known->items.count && known->items.count <= MAX_NAMES;
        for (size_t i = 0; is_text && i < known->items.count; i++) is_text = known->items.items[i]->kind == FL_V_STRING;
        return is_text ? known : NULL;
    }
    return list->types == FL_T_LIST ? list->choices : NULL;
}

const fl_value *fl_names_written(fl_exec *x, const fl_fact *const *items, uint32_t count)
{
    if (!count || count > MAX_NAMES) return NULL;
    for (uint32_t i = 0; i < count; i++) if (!items[i] || items[i]->literal_type != FL_T_STRING) return NULL;
    fl_value *made = FL_NEW(x->arena, fl_value);
    *made = (fl_value){ .kind = FL_V_LIST };
    for (uint32_t i = 0; i < count; i++) {
        fl_value *text = FL_NEW(x->arena, fl_value);
        *text = (fl_value){ .kind = FL_V_STRING, .text = items[i]->literal };
        fl_vec_push(x->arena, &made->items, text);
    }
    return made;
}

const fl_fact *fl_names_element(fl_exec *x, const fl_fact *list, const fl_fact *element)
{
    if (!element || element->types != FL_T_STRING || element->literal_type || element->choices || element->place) return element;
    const fl_value *names = names_in(list);
    if (!names) return element;
    fl_fact *chosen = fl_fact_copy(x, element);
    chosen->choices = names;
    return chosen;
}

const fl_fact *fl_names_key(fl_exec *x, const fl_fact *of)
{
    fl_fact *key = fl_fact_new(x, FL_T_STRING, 0);
    if (!of || !of->place || of->is_coerced || of->is_derived) return key;
    key->base = of;
    key->is_key = true;
    return key;
}

void fl_names_compared(fl_exec *x, const fl_fact *key, const fl_fact *list, const fl_node *node)
{
    const fl_value *names = key && key->is_key ? names_in(list) : NULL;
    for (size_t i = 0; names && i < names->items.count; i++) fl_place_child(x, key->base->place, names->items.items[i]->text, node)->is_read = true;
}

const fl_fact *fl_names_has(fl_exec *x, const fl_state *s, const fl_fact *list, const fl_fact *one)
{
    fl_str text;
    const fl_value *names = one && fl_fact_text(one, s, &text) && one->literal_type == FL_T_STRING ? names_in(list) : NULL;
    if (!names || (list->choices && !list->value)) return NULL;   /* what is written here may have grown since */
    bool found = false;
    for (size_t i = 0; i < names->items.count; i++) found |= fl_str_eq(fl_sym_str(names->items.items[i]->text), text);
    return fl_fact_literal(x, FL_T_BOOLEAN, found);
}
