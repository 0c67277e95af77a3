/*
 * T8: a rejection that nobody hears gets a listener, the way the project does it elsewhere:
 *
 *   a promise dropped as a statement     `.catch(next)` when it is the answer; awaited when the answer comes behind it, in a
 *                                        handler that becomes async where it is not, and whose errors are handed on as
 *                                        below; logged, and said so, only where the answer is out or nobody waits by design
 *   an async handler                     registered through the project's own wrapper, where siblings are;
 *                                        else its body goes into try … catch, with a sibling's catch if there is one
 *
 * Handing on needs the framework's `next`: a handler that stops one parameter short of it gains it.
 */
#include <string.h>
#include "fixer/fixer_p.h"

static const fl_node *handler_around(const fl_job *job, const fl_node *node)
{
    const fl_node *f = node && node->kind == FL_NODE_function ? node : fl_function_of(node);
    while (f && !fl_is_handler(job, f)) f = fl_function_of(f);
    return f;
}

/* ---- next ---- */

static unsigned param_count(const fl_node *function)
{
    return fl_node_count(fl_node_child(function, 0));
}

/** A parameter at that position, as it is written in this file (with its type) or named elsewhere in the project. */
static const fl_node *param_sample(const fl_node *node, unsigned index, bool wants_type)
{
    if (node->kind == FL_NODE_function && param_count(node) == index + 1) {
        const fl_node *param = fl_node_child(fl_node_child(node, 0), index);
        if (param->kind == FL_NODE_param && param->sym && !fl_node_is_absent(fl_node_child(param, 2)) == wants_type) {
            fl_str name = fl_sym_str(param->sym);
            if (name.len && name.ptr[0] != '_') return param;
        }
    }
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = param_sample(child, index, wants_type);
        if (found) return found;
    }
    return NULL;
}

/** The name of the handler's `next`, adding the parameter when only that one is missing. Empty: cannot be had. */
static fl_str take_next(fl_job *job, const fl_place *place, const fl_node *handler, fl_edits *edits)
{
    int role = fl_workshop_role(job->shop, job->operation, "next");
    if (role < 0 || !handler) return FL_S("");
    fl_sym name = fl_param_name(handler, (unsigned)role);
    if (name) {
        const fl_node *param = fl_node_child(fl_node_child(handler, 0), (unsigned)role);
        if (!(fl_sym_str(name).ptr[0] == '_')) return fl_sym_str(name);
        fl_edit_push(job, edits, place, param->start_byte, param->start_byte + 1, FL_S(""));   /* it is used now */
        return fl_str_sub(fl_sym_str(name), 1, fl_sym_str(name).len);
    }
    if (param_count(handler) != (unsigned)role || role == 0) return FL_S("");
    const fl_node *last = fl_node_child(fl_node_child(handler, 0), (unsigned)role - 1);
    bool is_typed = !fl_node_is_absent(fl_node_child(last, 2));
    const fl_node *sample = param_sample(place->file->root, (unsigned)role, is_typed);
    fl_str text = FL_S("next"), its_name = text;
    if (sample) {
        text = fl_text_of(place, sample);
        its_name = fl_sym_str(sample->sym);
    } else if (is_typed) {
        return FL_S("");                                             /* its type would have to be imported */
    }
    if (fl_is_visible(handler, fl_sym_of(its_name)) || fl_mentions(handler, fl_sym_of(its_name))) return FL_S("");
    fl_edit_push(job, edits, place, last->end_byte, last->end_byte, fl_str_format(job->arena, ", " FL_STR_FMT, FL_STR_ARG(text)));
    return its_name;
}

/* ---- a promise dropped as a statement ---- */

/** Was the answer sent by a statement before this one? */
static bool is_behind_answer(const fl_node *call, const fl_node *handler, fl_sym response)
{
    for (const fl_node *at = call; response && at && at != handler; at = at->parent)
        for (const fl_node *s = at->parent ? at->parent->first : NULL; s && s != at; s = s->next) {
            const fl_node *root = s->kind == FL_NODE_expression ? fl_chain_root(fl_node_child(s, 0)) : NULL;
            if (root && root != fl_node_child(s, 0) && root->kind == FL_NODE_name && root->sym == response) return true;
        }
    return false;
}

static void insert_row(fl_job *job, const fl_place *place, const char *row, uint32_t at, fl_edits *edits)
{
    fl_edit_push(job, edits, place, at, at, fl_spell(job->arena, place->spelling, row, (fl_hole[]){ { "x", FL_S("") }, { 0 } }));
}

/** Makes the function async, with the result type that goes with it; false when its type says something else. */
static bool make_async(fl_job *job, const fl_place *place, const fl_node *function, fl_edits *edits)
{
    if (function->flags & FL_FLAG_ASYNC) return true;
    if (function->flags & (FL_FLAG_GENERATOR | FL_FLAG_GETTER | FL_FLAG_SETTER)) return false;
    const fl_node *type = fl_node_child(function, 1);
    if (!fl_node_is_absent(type)) {
        fl_str text = fl_text_of(place, type);
        if (!fl_str_eq(text, fl_spelling_row(place->spelling, "void_type"))) return false;
        fl_edit_push(job, edits, place, type->start_byte, type->end_byte, fl_spell(job->arena, place->spelling, "async_type", (fl_hole[]){ { "x", text }, { 0 } }));
    }
    insert_row(job, place, "async", function->start_byte, edits);
    return true;
}

static void forward_by_wrapper(fl_job *job, const char *template_id, const fl_edits *also);
static void forward_by_try(fl_job *job, const fl_place *at, const fl_node *handler, const char *template_id, const fl_edits *also);

/** The work belongs to the answer: it is awaited, and its failure handed on. */
static void await_promise(fl_job *job, const fl_place *place, const fl_node *call, const fl_node *handler)
{
    const fl_node *function = fl_function_of(call);
    fl_edits edits = { 0 };
    if (!make_async(job, place, function, &edits)) return;
    insert_row(job, place, "await", call->start_byte, &edits);
    fl_edits alone = edits;
    alone.items = NULL;
    alone.count = alone.capacity = 0;
    fl_edits_append(job, &alone, &edits);
    fl_job_add(job, "await-promise", &alone, NULL);                  /* enough where the framework hears rejections */
    if (function != handler) return;
    forward_by_wrapper(job, "await-and-wrap", &edits);
    forward_by_try(job, place, handler, "await-and-forward", &edits);
}

static void forward_promise(fl_job *job, const fl_place *place, const fl_node *call)
{
    fl_edits edits = { 0 };
    const fl_node *function = fl_function_of(call), *handler = handler_around(job, call);
    int role = fl_workshop_role(job->shop, job->operation, "response");
    fl_sym response = handler && role >= 0 ? fl_param_name(handler, (unsigned)role) : FL_SYM_NONE;
    fl_str text;
    bool answers = response && fl_mentions(call, response);
    bool is_awaitable = function && (function == handler || (function->flags & FL_FLAG_ASYNC));
    if (!answers && is_awaitable && !is_behind_answer(call, handler, response)) {
        await_promise(job, place, call, handler);
        return;
    }
    if (answers) {
        fl_str next = take_next(job, place, handler, &edits);
        if (!next.len) return;
        text = fl_spell(job->arena, place->spelling, "forward_rejection", (fl_hole[]){ { "next", next }, { 0 } });
    } else {
        fl_str error = fl_name_free(job->arena, place->spelling, call, fl_spelling_row(place->spelling, "error_name"), FL_S("error"));
        text = fl_spell(job->arena, place->spelling, "log_rejection", (fl_hole[]){ { "error", error }, { 0 } });
    }
    /* a chain that has its links on lines of their own goes on like that */
    const fl_node *callee = fl_node_child(call, 0), *object = callee->kind == FL_NODE_member ? fl_node_child(callee, 0) : NULL;
    fl_str gap = object ? fl_str_sub(place->file->text, object->end_byte, callee->end_byte) : FL_S("");
    if (gap.len && memchr(gap.ptr, '\n', gap.len))
        text = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_line_ending(place->file, callee->end_byte)),
                             FL_STR_ARG(fl_line_indent(place->file, callee->end_byte)), FL_STR_ARG(text));
    fl_edit_push(job, &edits, place, call->end_byte, call->end_byte, text);
    fl_candidate *added = fl_job_add(job, answers ? "forward-rejection" : "log-rejection", &edits, NULL);
    if (!added || answers) return;
    added->keeps_answer = true;
    added->note = "nobody waits for this work: its failure is logged now, and the client is still answered as before";
}

/* ---- an async handler: through the project's wrapper ---- */

static const fl_node *last_argument(const fl_node *call)
{
    unsigned n = call ? fl_node_count(call) : 0;
    return n > 1 ? fl_node_child(call, n - 1) : NULL;
}

/** The name of f in f(handler); 0 for anything else, and for a method of the handler (`show.bind(x)`). */
static fl_sym wrapper_of(const fl_node *argument)
{
    if (!argument || argument->kind != FL_NODE_call || fl_node_count(argument) != 2) return FL_SYM_NONE;
    const fl_node *callee = fl_node_child(argument, 0), *inner = fl_node_child(argument, 1);
    bool is_handler = inner->kind == FL_NODE_function || inner->kind == FL_NODE_member || inner->kind == FL_NODE_name || inner->kind == FL_NODE_call;
    return callee->kind == FL_NODE_name && is_handler ? callee->sym : FL_SYM_NONE;
}

static void forward_by_wrapper(fl_job *job, const char *template_id, const fl_edits *also)
{
    const fl_api *api = job->shop->api;
    const fl_node *call = job->operation ? fl_registration_of(job->shop, job->operation) : NULL;
    const fl_node *argument = last_argument(call);
    if (!argument || argument->kind == FL_NODE_spread || argument->kind == FL_NODE_list) return;
    fl_sym best = FL_SYM_NONE;
    unsigned best_uses = 0;
    for (size_t i = 0; i < api->operations.count; i++) {
        fl_sym wrapper = wrapper_of(last_argument(fl_registration_of(job->shop, &api->operations.items[i])));
        if (!wrapper || wrapper == best || !fl_is_visible(call, wrapper)) continue;
        unsigned uses = 0;
        for (size_t j = 0; j < api->operations.count; j++)
            if (wrapper_of(last_argument(fl_registration_of(job->shop, &api->operations.items[j]))) == wrapper) uses++;
        if (uses > best_uses) {
            best = wrapper;
            best_uses = uses;
        }
    }
    if (!best || wrapper_of(argument) == best) return;
    fl_place place = { .file = fl_project_file(api->project, fl_node_file(call)) };
    place.spelling = fl_workshop_spelling(job->shop, place.file);
    if (!place.spelling) return;
    place.style = fl_workshop_style(job->shop, place.file);
    fl_str whole = fl_spell(job->arena, place.spelling, "call",
                            (fl_hole[]){ { "x", fl_sym_str(best) }, { "argument", FL_S("\n") }, { 0 } });
    ptrdiff_t hole = fl_str_find_char(whole, '\n');
    if (hole < 0) return;
    fl_edits edits = { 0 };
    fl_edit_push(job, &edits, &place, argument->start_byte, argument->start_byte, fl_str_sub(whole, 0, (size_t)hole));
    fl_edit_push(job, &edits, &place, argument->end_byte, argument->end_byte, fl_str_sub(whole, (size_t)hole + 1, whole.len));
    if (also) fl_edits_append(job, &edits, also);
    fl_job_add(job, template_id, &edits, NULL);
}

/* ---- an async handler: try … catch around its body ---- */

static const fl_node *only_try(const fl_node *function)
{
    const fl_node *body = fl_node_child(function, 2);
    if (fl_node_is_absent(body) || body->kind != FL_NODE_block || !body->first || body->first->next) return NULL;
    const fl_node *only = body->first;
    return only->kind == FL_NODE_try_ && !fl_node_is_absent(fl_node_child(only, 2)) ? only : NULL;
}

/** Are all names of the tree visible at the handler, or declared in the tree? */
static bool fits(const fl_node *tree, const fl_node *whole, const fl_node *inside, const fl_node *pattern)
{
    if (tree->kind == FL_NODE_name && !fl_declares(pattern, tree->sym)) {
        const fl_node *declaration = fl_declaration_of(tree, tree->sym);
        bool is_own = declaration && fl_node_within(declaration, whole);
        if (declaration && !is_own && !fl_is_visible(inside, tree->sym)) return false;
    }
    for (const fl_node *child = tree->first; child; child = child->next)
        if (!fits(child, whole, inside, pattern)) return false;
    return true;
}

static const fl_node *sibling_try(const fl_node *node, const fl_node *handler)
{
    if (node->kind == FL_NODE_function && node != handler) {
        const fl_node *found = only_try(node), *body = fl_node_child(handler, 2);
        const fl_node *inside = body && body->first ? body->first : body;
        if (found && param_count(node) >= 2 && !fl_node_is_absent(fl_node_child(found, 1)) &&
            fits(fl_node_child(found, 2), fl_node_child(found, 2), inside, fl_node_child(found, 1)))
            return found;
    }
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = sibling_try(child, handler);
        if (found) return found;
    }
    return NULL;
}

/** Bytes of a template literal must not be indented. */
static bool is_inside_text(const fl_node *node, uint32_t byte)
{
    if (byte <= node->start_byte || byte >= node->end_byte) return false;
    if (node->kind == FL_NODE_template || node->kind == FL_NODE_string || node->kind == FL_NODE_regex) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (is_inside_text(child, byte)) return true;
    return false;
}

static void indent_lines(fl_job *job, const fl_place *place, const fl_node *body, uint32_t from, uint32_t to, fl_str unit, fl_edits *edits)
{
    fl_str text = place->file->text;
    for (uint32_t at = from; at < to; at++) {
        if (text.ptr[at] != '\n' || at + 1 >= to) continue;
        uint32_t line = at + 1, word = line;
        while (word < to && (text.ptr[word] == ' ' || text.ptr[word] == '\t')) word++;
        if (word >= to || text.ptr[word] == '\n' || text.ptr[word] == '\r' || is_inside_text(body, line)) continue;
        fl_edit_push(job, edits, place, line, line, unit);
    }
}

/** `catch` of a sibling, its lines moved to our indentation; empty when there is none that fits. */
static fl_str sibling_catch(const fl_place *place, const fl_node *handler, fl_str indent)
{
    const fl_node *found = sibling_try(place->file->root, handler);
    if (!found) return FL_S("");
    const fl_node *block = fl_node_child(found, 0), *end = fl_node_child(found, 2);
    fl_str text = fl_str_sub(place->file->text, block->end_byte - 1, end->end_byte);
    fl_str its = fl_line_indent(place->file, block->end_byte - 1);
    return fl_str_eq(its, indent) ? text : FL_S("");
}

static void forward_by_try(fl_job *job, const fl_place *at, const fl_node *handler, const char *template_id, const fl_edits *also)
{
    const fl_node *body = fl_node_child(handler, 2);
    if (fl_node_is_absent(body) || body->kind != FL_NODE_block || !body->first) return;
    const fl_language *language = at->file->language;
    if (!language->syntax || !language->syntax->braces) return;
    fl_place place = *at;
    uint32_t open = body->start_byte + (uint32_t)fl_spelling_row(place.spelling, "block_open").len;
    uint32_t close = body->end_byte - (uint32_t)fl_spelling_row(place.spelling, "block_close").len;
    fl_str text = place.file->text, ending = fl_line_ending(place.file, open);
    if (!memchr(text.ptr + open, '\n', close - open)) return;
    uint32_t last = close;                                           /* behind the line end of the last statement */
    while (last > open && (text.ptr[last - 1] == ' ' || text.ptr[last - 1] == '\t')) last--;
    if (text.ptr[last - 1] != '\n') return;
    fl_str outer = fl_line_indent(place.file, close), inner = fl_line_indent(place.file, body->first->start_byte);
    if (inner.len <= outer.len) return;
    fl_str unit = fl_str_sub(inner, outer.len, inner.len);
    fl_edits edits = { 0 };
    fl_str end = sibling_catch(&place, handler, inner);
    if (!end.len) {
        fl_str next = take_next(job, &place, handler, &edits);
        if (!next.len) return;
        fl_str error = fl_name_free(job->arena, place.spelling, body->first, fl_spelling_row(place.spelling, "error_name"), FL_S("error"));
        fl_str forward = fl_spell(job->arena, place.spelling, "forward_error", (fl_hole[]){ { "next", next }, { "error", error }, { 0 } });
        end = fl_spell(job->arena, place.spelling, "try_close",
                       (fl_hole[]){ { "error", error }, { "statement", fl_terminated(job, &place, forward) }, { 0 } });
        end = fl_lay_out(job->arena, end, inner, unit, ending);
    }
    fl_str begin = fl_spelling_row(place.spelling, "try_open");
    fl_edit_push(job, &edits, &place, open, open, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(ending), FL_STR_ARG(inner), FL_STR_ARG(begin)));
    indent_lines(job, &place, body, open, last, unit, &edits);
    fl_edit_push(job, &edits, &place, last, last, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(inner), FL_STR_ARG(end), FL_STR_ARG(ending)));
    if (also) fl_edits_append(job, &edits, also);
    fl_job_add(job, template_id, &edits, NULL);
}

/* ---- a throw in a callback that runs when the handler is gone ---- */

static void forward_throw(fl_job *job, const fl_place *place)
{
    const fl_node *throwing = place->node, *handler = handler_around(job, throwing);
    if (throwing->kind != FL_NODE_throw_ || !handler || fl_function_of(throwing) == handler || !throwing->first) return;
    fl_edits edits = { 0 };
    fl_str next = take_next(job, place, handler, &edits);
    if (!next.len) return;
    fl_str forward = fl_spell(job->arena, place->spelling, "forward_error",
                              (fl_hole[]){ { "next", next }, { "error", fl_text_of(place, throwing->first) }, { 0 } });
    forward = fl_spell(job->arena, place->spelling, "return_value", (fl_hole[]){ { "x", forward }, { 0 } });
    fl_edit_push(job, &edits, place, throwing->start_byte, fl_statement_end(place->file, throwing, place->spelling), fl_terminated(job, place, forward));
    fl_job_add(job, "forward-error", &edits, NULL);
}

void fl_template_forward_error(fl_job *job)
{
    if (!job->places.count || !fl_spelling_row(job->places.items[0].spelling, "forward_rejection").len) return;   /* no rejections in this language */
    if (!job->places.count) return;
    const fl_place *place = &job->places.items[0];
    forward_throw(job, place);
    /* the dropped promise, if the weak spot is one or starts its chain */
    const fl_node *node = place->node;
    if (node->kind == FL_NODE_expression) node = fl_node_child(node, 0);
    while (node->parent && (node->parent->kind == FL_NODE_member || node->parent->kind == FL_NODE_call) && fl_node_child(node->parent, 0) == node)
        node = node->parent;
    if (node->kind == FL_NODE_call && node->parent && node->parent->kind == FL_NODE_expression) {
        forward_promise(job, place, node);
        return;
    }
    const fl_node *handler = handler_around(job, place->node);
    if (handler && (handler->flags & FL_FLAG_ASYNC)) {
        forward_by_wrapper(job, "wrap-handler", NULL);
        forward_by_try(job, place, handler, "try-and-forward", NULL);
    } else if (!handler || place->node->kind == FL_NODE_function) {
        forward_by_wrapper(job, "wrap-handler", NULL);
    }
}
