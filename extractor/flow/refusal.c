/*
 * How this project refuses: every 4xx answer or thrown 4xx error that a handler makes is a sample, kept as one statement with holes for
 * status, message and response. The fixer says its refusals in these words. Samples are single statements on one line.
 */
#include "extractor/flow/exec_p.h"
#include <stdio.h>

typedef struct hole { uint32_t start, end; const char *name; } hole;
typedef struct holes { hole items[8]; size_t count; bool has_status; FL_VEC(fl_sym) needs; } holes;

static void add_hole(holes *h, const fl_node *n, const char *name)
{
    if (h->count < FL_COUNT(h->items)) h->items[h->count++] = (hole){ n->start_byte, n->end_byte, name };
}

/* 404, or a constant that has it in its name: HTTP_404_NOT_FOUND. */
static bool is_status(const fl_node *n, uint16_t status)
{
    int64_t value;
    if (n->kind == FL_NODE_number) return fl_str_to_int(fl_sym_str(n->sym), &value) && value == status;
    if (n->kind != FL_NODE_member && n->kind != FL_NODE_name) return false;
    char part[8];
    snprintf(part, sizeof part, "_%u_", status);
    return fl_str_find(fl_sym_str(n->sym), fl_str_from(part)) >= 0;
}

static bool contains_status(const fl_node *n, uint16_t status)
{
    if (is_status(n, status)) return true;
    for (const fl_node *c = n->first; c; c = c->next) if (contains_status(c, status)) return true;
    return false;
}

/* A text that reads like a message: has a space, or stands in the place of one. */
static bool is_message(const fl_node *n) { return n->kind == FL_NODE_string && fl_str_find_char(fl_sym_str(n->sym), ' ') > 0; }

static const fl_node *leftmost_name(const fl_node *n)
{
    while (n && n->kind != FL_NODE_name) n = n->first;
    return n;
}

static bool declares(const fl_node *n, fl_sym name, unsigned depth)
{
    if (n->kind == FL_NODE_let && n->first && n->first->sym == name) return true;
    for (const fl_node *c = n->first; c && depth < FL_LIMIT_TREE_DEPTH; c = c->next) if (declares(c, name, depth + 1)) return true;
    return false;
}

/* errors.join(", "): what was collected, as one text, and no message is a part of it. */
static bool is_collected(const fl_node *n, fl_sym response)
{
    if (n->kind != FL_NODE_call || !n->first || n->first->kind != FL_NODE_member || !n->parent || n->parent->kind == FL_NODE_expression || n->parent->kind == FL_NODE_return_) return false;
    const fl_node *root = leftmost_name(n), *function = fl_node_enclosing(n, FL_NODE_function);
    return root && root->sym != response && function && declares(function, root->sym, 0);
}

static void find_holes(fl_exec *x, const fl_node *n, uint16_t status, fl_sym response, holes *h, bool *has_message)
{
    if (is_collected(n, response)) {
        if (!*has_message) add_hole(h, n, "${message}");
        *has_message = true;
        return;
    }
    if (!h->has_status && is_status(n, status)) { h->has_status = true; add_hole(h, n, "${status}"); return; }
    if (!*has_message && (is_message(n) || n->kind == FL_NODE_template)) { *has_message = true; add_hole(h, n, "${message}"); return; }
    if (n->kind == FL_NODE_name) {
        if (n->sym == response) add_hole(h, n, "${response}");
        else fl_vec_push(x->results, &h->needs, n->sym);
        return;
    }
    for (const fl_node *c = n->first; c; c = c->next) find_holes(x, c, status, response, h, has_message);
}

static void add_sample(fl_exec *x, const fl_node *node, const fl_node *statement, uint16_t status, fl_sym response, int how, fl_str lead, const fl_schema *body)
{
    fl_file *file = fl_project_file(x->values->project, fl_node_file(node));
    fl_str text = fl_node_text(file, node);
    holes h = { 0 };
    bool has_message = false;
    if (text.len > 240 || fl_str_find_char(text, '\n') >= 0) return;
    find_holes(x, node, status, response, &h, &has_message);
    fl_buf out;
    fl_buf_init(&out, 4096);
    fl_buf_add(&out, lead);
    uint32_t at = node->start_byte;
    for (size_t i = 0; i < h.count; i++) {
        fl_buf_add(&out, fl_str_sub(file->text, at, h.items[i].start));
        fl_buf_add_c(&out, h.items[i].name);
        at = h.items[i].end;
    }
    fl_buf_add(&out, fl_str_sub(file->text, at, node->end_byte));
    fl_str sample = fl_str_copy(x->results, fl_buf_str(&out));
    fl_buf_release(&out);
    fl_refusal r = { .status = h.has_status ? 0 : status, .text = sample, .file = file->id, .seen_count = 1, .sample = fl_node_span(statement) };
    r.how = how;
    for (size_t i = 0; i < h.needs.count; i++) fl_vec_push(x->results, &r.needs, h.needs.items[i]);
    if (body) {
        r.shape = fl_data_map(x->results);
        for (size_t i = 0; i < body->properties.count; i++) fl_data_set(x->results, r.shape, body->properties.items[i].name, fl_data_string_c(x->results, "any"));
    }
    for (size_t i = 0; i < x->refusals->items.count; i++)
        if (x->refusals->items.items[i].sample.start_byte == r.sample.start_byte && x->refusals->items.items[i].file == r.file) return;
    fl_vec_push(x->results, &x->refusals->items, r);
}

/* From the call that answers up to the handler's own statement that names the status. */
static const fl_node *naming_call(const fl_activation *a, const fl_node *call, uint16_t status)
{
    const fl_activation *at = a;
    while (call && !contains_status(call, status) && at && at->call_node && at->caller) { call = at->call_node; at = at->caller; }
    return call && contains_status(call, status) ? call : NULL;
}

void fl_note_refusal_answer(fl_exec *x, const fl_activation *a, uint16_t status, const fl_schema *body, const fl_node *call, bool ends)
{
    if (x->is_dry || !call || fl_exec_is_library(x, call)) return;
    const fl_node *own = naming_call(a, call, status);
    if (!own) return;
    if (ends && own->kind == FL_NODE_call) { add_sample(x, own, own, status, 0, FL_REFUSE_THROW, FL_S(""), body); return; }   /* abort(404) */
    const fl_node *statement = own;
    while (statement->parent && statement->kind != FL_NODE_expression && statement->kind != FL_NODE_return_ && statement->kind != FL_NODE_block && statement->kind != FL_NODE_function) statement = statement->parent;
    const fl_node *root = leftmost_name(own);
    fl_sym response = 0;
    const fl_node *function = fl_node_enclosing(own, FL_NODE_function);
    /* the response is the parameter that the chain hangs on, or that is handed to the helper */
    for (const fl_node *p = function && function->first ? function->first->first : NULL; p; p = p->next) {
        if (root && p->sym && p->sym == root->sym) response = p->sym;
        for (const fl_node *arg = own->kind == FL_NODE_call ? own->first->next : NULL; arg && !response; arg = arg->next)
            if (arg->kind == FL_NODE_name && arg->sym == p->sym && p != function->first->first) response = p->sym;
    }
    add_sample(x, own, statement, status, response, FL_REFUSE_RESPOND, own->kind == FL_NODE_return_ ? FL_S("") : FL_S("return "), body);
}

void fl_note_refusal_throw(fl_exec *x, const fl_activation *a, const fl_node *node, uint16_t status)
{
    (void)a;
    if (x->is_dry || !node || !node->first || fl_exec_is_library(x, node)) return;
    if (node->kind == FL_NODE_throw_) {   /* with the word of the language before it */
        if (node->first->kind != FL_NODE_call || node->first->start_byte <= node->start_byte) return;
        fl_str word = fl_str_sub(fl_project_file(x->values->project, fl_node_file(node))->text, node->start_byte, node->first->start_byte);
        size_t len = 0;
        while (len < word.len && word.ptr[len] >= 'a' && word.ptr[len] <= 'z') len++;
        add_sample(x, node->first, node, status, 0, FL_REFUSE_THROW, fl_str_format(x->results, FL_STR_FMT " ", FL_STR_ARG(fl_str_sub(word, 0, len))), NULL);
        return;
    }
    bool is_told = node->kind == FL_NODE_call && node->first->next && is_status(node->first->next, status);
    if (is_told && node->first->kind == FL_NODE_member) { add_sample(x, node, node, status, 0, FL_REFUSE_THROW, FL_S(""), NULL); return; }   /* ctx.throw(404, "no such tool") */
    if (node->kind == FL_NODE_call && node->first->next && node->first->next->kind == FL_NODE_call) add_sample(x, node, node, status, 0, FL_REFUSE_NEXT, FL_S("return "), NULL);
}
