/*
 * Where a program's services are that it calls over HTTP: a variable of the environment says it, and the code has an address for when it
 * is not set (`process.env.RATES_URL ?? "http://rates:8080"`, `os.environ.get("RATES_URL", "http://rates:8080")`). Handlers say it as often as
 * start-up code, so each such text is looked at where it stands: what it is a part of is evaluated in its module.
 */
#include "extractor/values/value_p.h"

static bool is_address(fl_str text) { return fl_str_starts(text, FL_S("http://")) || fl_str_starts(text, FL_S("https://")); }

/* Does the call read the environment? Other calls are not made again. */
static bool reads_environment(fl_values *v, fl_module *m, const fl_node *call)
{
    fl_frame_state f = { .module = m };
    const fl_value *callee = fl_eval(v, &f, m->scope, call->first);
    const fl_member *member = callee->kind == FL_V_METHOD ? callee->member : callee->kind == FL_V_EXTERNAL ? fl_value_external_member(callee) : NULL;
    return member && member->call && member->call->reads_environment;
}

static void look_at(fl_values *v, fl_module *m, const fl_node *text, fl_address_list *out)
{
    const fl_node *whole = text->parent;
    bool is_choice = whole && (whole->kind == FL_NODE_logical || whole->kind == FL_NODE_conditional) && whole->first != text;
    if (!is_choice && !(whole && whole->kind == FL_NODE_call && whole->first != text && whole->first->kind == FL_NODE_member)) return;
    if (is_choice && whole->first->kind != FL_NODE_member && whole->first->kind != FL_NODE_index && whole->first->kind != FL_NODE_call && whole->first->kind != FL_NODE_binary) return;
    if (!is_choice && !reads_environment(v, m, whole)) return;
    if (is_choice && whole->first->kind == FL_NODE_call && !reads_environment(v, m, whole->first)) return;
    fl_frame_state f = { .module = m };
    const fl_value *value = fl_eval(v, &f, m->scope, whole);
    if (!value->is_environment || value->kind != FL_V_STRING || value->text != text->sym || !value->package) return;
    for (size_t i = 0; i < out->count; i++) if (fl_str_eq(out->items[i].variable, fl_sym_str(value->package))) return;
    if (out->count < FL_LIMIT_ADDRESSES) fl_vec_push(&v->arena, out, (fl_address){ fl_sym_str(value->package), fl_sym_str(text->sym), fl_node_span(text) });
}

fl_address_list fl_values_addresses(fl_values *v)
{
    fl_address_list out = { 0 };
    for (uint32_t i = 0; i < v->project->file_count; i++) {
        fl_module *m = &v->modules[i];
        m->steps = 0;
        for (const fl_node *n = m->scope ? m->file->root : NULL; n;) {
            if (n->kind == FL_NODE_string && n->sym && is_address(fl_sym_str(n->sym))) look_at(v, m, n, &out);
            const fl_node *next = n->first;
            while (!next && n) {
                next = n->next;
                if (!next) n = n->parent;
            }
            n = next;
        }
    }
    return out;
}
