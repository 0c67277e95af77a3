/*
 * Handlers that stand in a dict under what they are for: handlers[req.method][path], routes[`${req.method} ${path}`]. Every key is a test
 * of the request line, as a comparison with it would be. The key may be put together from both parts of it: method, text between, url.
 */
#include "extractor/flow/text_p.h"

struct fl_request_line { const fl_fact *method; fl_str between; const fl_fact *url; };

/* Takes `part` into the text so far; false when it is no request line any more. */
static bool add_part(fl_exec *x, const fl_state *s, struct fl_request_line *line, const fl_fact *part)
{
    fl_str text;
    if (!part) return false;
    if (part->line && !line->method && !line->between.len && !line->url) { *line = *part->line; return true; }
    if (line->url) return fl_fact_text(part, s, &text) && !text.len;
    if (part->text && !part->text->is_char && !part->text->is_length) {
        if (part->text->subject == FL_SUBJECT_URL) line->url = part;
        else if (!line->method && !line->between.len) line->method = part;
        else return false;
        return true;
    }
    if (part->literal_type != FL_T_STRING || !fl_fact_text(part, s, &text)) return false;
    line->between = fl_str_format(x->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(line->between), FL_STR_ARG(text));
    return true;
}

static const fl_fact *fact_of_line(fl_exec *x, const struct fl_request_line *line)
{
    fl_fact *f = fl_fact_new(x, FL_T_STRING, 0);
    struct fl_request_line *kept = FL_NEW(x->arena, struct fl_request_line);
    *kept = *line;
    f->line = kept;
    return f;
}

const fl_fact *fl_dispatch_template(fl_exec *x, const fl_activation *a, const fl_state *s, const fl_instr *i)
{
    struct fl_request_line line = { 0 };
    if (!x->dispatch) return NULL;
    for (uint32_t k = 0; k < i->arg_count; k++)
        if (!add_part(x, s, &line, fl_exec_temp(a, a->func->args.items[i->first_arg + k]))) return NULL;
    return line.url && (!line.method || line.between.len) ? fact_of_line(x, &line) : NULL;
}

const fl_fact *fl_dispatch_binary(fl_exec *x, fl_activation *a, const fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r, const fl_node *node)
{
    if (!x->dispatch || !(l->text || l->line || (op == FL_OP_add && r->text))) return NULL;
    if (op == FL_OP_in || op == FL_OP_not_in) {
        const fl_fact *entry = fl_dispatch_entry(x, a, s, r, l, node);
        return entry ? fl_fact_literal(x, FL_T_BOOLEAN, (entry->types != FL_T_UNDEFINED) == (op == FL_OP_in)) : NULL;
    }
    struct fl_request_line line = { 0 };
    bool is_line = op == FL_OP_add && add_part(x, s, &line, l) && add_part(x, s, &line, r) && (line.method || line.url) && (!line.method || line.between.len);
    return is_line ? fact_of_line(x, &line) : NULL;
}

static int compare(fl_exec *x, fl_activation *a, const fl_state *s, const fl_fact *f, fl_str key, const fl_node *node)
{
    fl_sym how = fl_sym_of(FL_S("equal"));
    if (!f->line) return fl_text_compare(x, a, s, f, fl_fact_literal(x, FL_T_STRING, fl_sym_of(key)), how, -1, false, node);
    ptrdiff_t at = f->line->method ? fl_str_find(key, f->line->between) : fl_str_starts(key, f->line->between) ? 0 : -1;
    if (at < 0) return 0;
    if (f->line->method) {
        int holds = fl_text_compare(x, a, s, f->line->method, fl_fact_literal(x, FL_T_STRING, fl_sym_of(fl_str_sub(key, 0, (size_t)at))), how, -1, false, node);
        if (holds != 1) return holds;
    }
    fl_str rest = fl_str_sub(key, (size_t)at + f->line->between.len, key.len);
    return fl_text_compare(x, a, s, f->line->url, fl_fact_literal(x, FL_T_STRING, fl_sym_of(rest)), how, -1, false, node);
}

/* An entry of a dict, or of a map: what it was given since it was made, else the pairs that it was made of. */
static bool entry_at(const fl_value *table, size_t i, fl_str *key, fl_value **value)
{
    const fl_value *dict = table->kind == FL_V_DICT ? table : table->target;
    if (dict) {
        if (i >= dict->slots.count) return false;
        *key = fl_sym_str(dict->slots.items[i].key);
        *value = dict->slots.items[i].is_getter ? NULL : dict->slots.items[i].value;
        return true;
    }
    const fl_value *pairs = table->items.count && table->items.items[0]->kind == FL_V_LIST ? table->items.items[0] : NULL;
    if (!pairs || i >= pairs->items.count) return false;
    const fl_value *pair = pairs->items.items[i];
    bool is_pair = pair->kind == FL_V_LIST && pair->items.count == 2 && pair->items.items[0]->kind == FL_V_STRING;
    *key = is_pair ? fl_sym_str(pair->items.items[0]->text) : FL_S("");
    *value = is_pair ? pair->items.items[1] : NULL;
    return true;
}

static bool is_map(const fl_value *v) { return v->kind == FL_V_TYPED && v->effect && v->effect->intrinsic == FL_INTRINSIC_map_new; }

const fl_fact *fl_dispatch_entry(fl_exec *x, fl_activation *a, const fl_state *s, const fl_fact *object, const fl_fact *key, const fl_node *node)
{
    const fl_value *table = object ? object->value : NULL;
    fl_value *value;
    fl_str text;
    if (!x->dispatch || !table || (table->kind != FL_V_DICT && !is_map(table)) || !key || (!key->text && !(key->line && key->line->url))) return NULL;
    for (size_t i = 0; i < FL_LIMIT_DISPATCH_WAYS && entry_at(table, i, &text, &value); i++) {
        int holds = value ? compare(x, a, s, key, text, node) : 0;
        if (holds < 0) return NULL;
        if (holds == 1) return fl_fact_of_value(x, value);
    }
    return fl_fact_literal(x, FL_T_UNDEFINED, 0);
}
