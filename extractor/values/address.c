/*
 * Where a program's services are that it calls over HTTP: a variable of the environment says it, and the code has an address for when it
 * is not set (`process.env.RATES_URL ?? "http://rates:8080"`, `os.environ.get("RATES_URL", "http://rates:8080")`), or the code has it and asks nobody. Handlers
 * say it as often as start-up code, so each such text is looked at where it stands: what it is a part of is evaluated in its module.
 */
#include "extractor/values/value_p.h"
#include <ctype.h>

static bool is_address(fl_str text) { return fl_str_starts(text, FL_S("http://")) || fl_str_starts(text, FL_S("https://")); }

/* Does the call read the environment? Other calls are not made again. */
static bool reads_environment(fl_values *v, fl_module *m, const fl_node *call)
{
    fl_frame_state f = { .module = m };
    const fl_value *callee = fl_eval(v, &f, m->scope, call->first);
    const fl_member *member = callee->kind == FL_V_METHOD ? callee->member : callee->kind == FL_V_EXTERNAL ? fl_value_external_member(callee) : NULL;
    return member && member->call && member->call->reads_environment;
}

static bool is_known(const fl_address_list *all, fl_str name)
{
    bool found = false;
    for (size_t i = 0; i < all->count && !found; i++) found = fl_str_eq(all->items[i].name, name);
    return found;
}

/* A choice or a call that has the text for when the environment says nothing; false: it is none. */
static bool is_default(fl_values *v, fl_module *m, const fl_node *text, fl_address_list *out)
{
    const fl_node *whole = text->parent;
    bool is_choice = whole && (whole->kind == FL_NODE_logical || whole->kind == FL_NODE_conditional) && whole->first != text;
    if (!is_choice && !(whole && whole->kind == FL_NODE_call && whole->first != text && whole->first->kind == FL_NODE_member)) return false;
    if (is_choice && whole->first->kind != FL_NODE_member && whole->first->kind != FL_NODE_index && whole->first->kind != FL_NODE_call && whole->first->kind != FL_NODE_binary) return false;
    if (!is_choice && !reads_environment(v, m, whole)) return false;
    if (is_choice && whole->first->kind == FL_NODE_call && !reads_environment(v, m, whole->first)) return false;
    fl_frame_state f = { .module = m };
    const fl_value *value = fl_eval(v, &f, m->scope, whole);
    if (!value->is_environment || value->kind != FL_V_STRING || value->text != text->sym || !value->package) return false;
    fl_str name = fl_sym_str(value->package);
    if (!is_known(out, name) && out->count < FL_LIMIT_ADDRESSES) fl_vec_push(&v->arena, out, (fl_address){ name, fl_sym_str(text->sym), fl_node_span(text) });
    return true;
}

/* An address that the code has, as somebody's argument, value, or beginning of a longer text: what it is called by its scheme, host and port. */
static void look_at(fl_values *v, fl_module *m, const fl_node *text, fl_address_list *out, unsigned *written)
{
    const fl_node *whole = text->parent && text->parent->kind == FL_NODE_template && text->parent->first == text ? text->parent : text;
    const fl_node *user = whole->parent;
    if (is_default(v, m, text, out) || !user) return;
    bool is_used = (user->kind == FL_NODE_call && user->first != whole) || user->kind == FL_NODE_let || user->kind == FL_NODE_pair || user->kind == FL_NODE_assign || user->kind == FL_NODE_binary
                   || user->kind == FL_NODE_return_ || user->kind == FL_NODE_field;
    fl_str said = fl_sym_str(text->sym), rest = fl_str_sub(said, (size_t)fl_str_find(said, FL_S("://")) + 3, said.len);
    ptrdiff_t slash = fl_str_find_char(rest, '/');
    if (slash < 0 && (whole != text || user->kind == FL_NODE_binary)) return; /* the host goes on in what follows */
    fl_str host = slash < 0 ? rest : fl_str_sub(rest, 0, (size_t)slash);
    bool is_host = host.len > 3 && host.ptr[0] != '.';
    for (size_t i = 0; i < host.len; i++) is_host = is_host && (isalnum((unsigned char)host.ptr[i]) || host.ptr[i] == '.' || host.ptr[i] == '-' || host.ptr[i] == ':');
    fl_str name = fl_str_sub(said, 0, (size_t)(host.ptr - said.ptr) + host.len);
    if (!is_used || !is_host || is_known(out, name) || *written >= FL_LIMIT_WRITTEN_ADDRESSES) return;
    fl_vec_push(&v->arena, out, (fl_address){ name, name, fl_node_span(text) });
    ++*written;
}

/* `process.env.JWT_SECRET`, `os.environ["SECRET_KEY"]`, `os.getenv("SECRET_KEY")`: evaluated, it notes the name. */
static void note_variable(fl_values *v, fl_module *m, const fl_node *n)
{
    const fl_node *said = n->kind == FL_NODE_member ? n : (n->kind == FL_NODE_index || n->kind == FL_NODE_call) && n->first ? n->first->next : NULL;
    if (!said || !said->sym || (said != n && said->kind != FL_NODE_string)) return;
    fl_str name = fl_sym_str(said->sym);
    for (size_t i = 0; i < name.len; i++)
        if (!isupper((unsigned char)name.ptr[i]) && !isdigit((unsigned char)name.ptr[i]) && name.ptr[i] != '_') return;
    fl_frame_state f = { .module = m };
    if (n->kind != FL_NODE_call || (n->first->kind == FL_NODE_member && reads_environment(v, m, n))) (void)fl_eval(v, &f, m->scope, n);
}

fl_address_list fl_values_addresses(fl_values *v)
{
    fl_address_list out = { 0 };
    unsigned written = 0;
    for (uint32_t i = 0; i < v->project->file_count; i++) {
        fl_module *m = &v->modules[i];
        m->steps = 0;
        for (const fl_node *n = m->scope ? m->file->root : NULL; n;) {
            if (n->kind == FL_NODE_string && n->sym && is_address(fl_sym_str(n->sym))) look_at(v, m, n, &out, &written);
            note_variable(v, m, n);
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
