/*
 * Handlers that stand in a dict under what they are for: handlers[req.method][path], routes[`${req.method} ${path}`]. Every key is a test
 * of the request line, as a comparison with it would be. The key may be put together from both parts of it: method, text between, url.
 */
#include "extractor/flow/text_p.h"

struct fl_request_line { const fl_fact *method; fl_str between; const fl_fact *url; };

const fl_fact *fl_dispatch_template(fl_exec *x, const fl_activation *a, const fl_state *s, const fl_instr *i)
{
    struct fl_request_line line = { 0 };
    fl_str text;
    if (!x->dispatch) return NULL;
    for (uint32_t k = 0; k < i->arg_count; k++) {
        const fl_fact *part = fl_exec_temp(a, a->func->args.items[i->first_arg + k]);
        if (!part || line.url) { if (part && fl_fact_text(part, s, &text) && !text.len) continue; return NULL; }
        if (part->text && !part->text->is_char && !part->text->is_length) {
            if (part->text->subject == FL_SUBJECT_URL) line.url = part;
            else if (!line.method && !line.between.len) line.method = part;
            else return NULL;
        } else if (part->literal_type == FL_T_STRING && fl_fact_text(part, s, &text)) {
            line.between = fl_str_format(x->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(line.between), FL_STR_ARG(text));
        } else return NULL;
    }
    if (!line.url || (line.method && !line.between.len)) return NULL;
    fl_fact *f = fl_fact_new(x, FL_T_STRING, 0);
    struct fl_request_line *kept = FL_NEW(x->arena, struct fl_request_line);
    *kept = line;
    f->line = kept;
    return f;
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

const fl_fact *fl_dispatch_entry(fl_exec *x, fl_activation *a, const fl_state *s, const fl_fact *object, const fl_fact *key, const fl_node *node)
{
    const fl_value *table = object ? object->value : NULL;
    if (!x->dispatch || !table || table->kind != FL_V_DICT || !key || (!key->text && !key->line)) return NULL;
    for (size_t i = 0; i < table->slots.count && i < FL_LIMIT_DISPATCH_WAYS; i++) {
        int holds = table->slots.items[i].is_getter ? 0 : compare(x, a, s, key, fl_sym_str(table->slots.items[i].key), node);
        if (holds < 0) return NULL;
        if (holds == 1) return fl_fact_of_value(x, table->slots.items[i].value);
    }
    return fl_fact_literal(x, FL_T_UNDEFINED, 0);
}
