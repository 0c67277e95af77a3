/*
 * Places where a value may be checked. The first is the weak spot itself; when the value came in as an argument, each
 * call on the way from the handler is a place too, with the argument in the role of the value:
 *
 *     function quote(request) { return request.items.map(…) }        checked: request.items
 *     api.post('/quotes', (req, res) => { res.json(quote(req.body)) })       checked: req.body.items
 *
 * Calls are followed by name, and only through functions that lead to one of the operation's handlers; when a step is
 * ambiguous the because chain decides. A wrong guess costs a candidate: what is offered has been proven.
 */
#include <stdlib.h>
#include <string.h>
#include "fixer/fixer_p.h"

#define DEPTH_LIMIT 5u

/* ---- calls by name ---- */

typedef struct calls { FL_VEC(const fl_node *) nodes; } calls;
struct fl_call_index { fl_map by_name, functions; };

static void index_calls(fl_workshop *shop, const fl_node *node)
{
    if (node->kind == FL_NODE_call) {
        fl_sym name = fl_callee_name(node);
        if (name) {
            calls *found = fl_map_get(&shop->calls->by_name, name);
            if (!found) {
                found = FL_NEW(shop->arena, calls);
                fl_map_put(&shop->calls->by_name, name, found);
            }
            fl_vec_push(shop->arena, &found->nodes, node);
        }
    }
    if (node->kind == FL_NODE_function && node->sym && !fl_node_is_absent(fl_node_child(node, 2)) && !fl_map_get(&shop->calls->functions, node->sym))
        fl_map_put(&shop->calls->functions, node->sym, (void *)(uintptr_t)node);
    for (const fl_node *child = node->first; child; child = child->next) index_calls(shop, child);
}

static void index_project(fl_workshop *shop)
{
    if (!shop->calls) {
        shop->calls = FL_NEW(shop->arena, struct fl_call_index);
        fl_map_init(&shop->calls->by_name);
        fl_map_init(&shop->calls->functions);
        for (uint32_t i = 0; i < shop->api->project->file_count; i++) {
            const fl_node *root = shop->api->project->files[i]->root;
            if (root) index_calls(shop, root);
        }
    }
}

static const calls *calls_of(fl_workshop *shop, fl_sym name)
{
    index_project(shop);
    return fl_map_get(&shop->calls->by_name, name);
}

const fl_node *fl_workshop_function(fl_workshop *shop, fl_sym name)
{
    index_project(shop);
    return fl_map_get(&shop->calls->functions, name);
}

void fl_workshop_release(fl_workshop *shop)
{
    if (shop->calls) {
        fl_map_release(&shop->calls->by_name);
        fl_map_release(&shop->calls->functions);
    }
    shop->calls = NULL;
}

/* ---- expressions as text ---- */

fl_str fl_text_of(const fl_place *place, const fl_node *node)
{
    return fl_node_text(place->file, node);
}

static bool has_cast(const fl_node *node)
{
    for (; node; node = node->first)
        if (node->kind == FL_NODE_cast) return true;
        else if (node->kind != FL_NODE_member && node->kind != FL_NODE_index) return false;
    return false;
}

/** Text of a chain of members, without type casts; empty when it has calls or is no chain. */
static fl_str chain_text(fl_job *job, const fl_place *place, const fl_node *node)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_name: case FL_NODE_this_: case FL_NODE_super_: return fl_text_of(place, node);
    case FL_NODE_cast: return chain_text(job, place, fl_node_child(node, 0));
    case FL_NODE_member: case FL_NODE_index: {
        const fl_node *object = fl_node_child(node, 0), *index = fl_node_child(node, 1);
        bool is_implied = object->kind == FL_NODE_this_ && object->start_byte == object->end_byte;    /* a field, by its name alone */
        if (is_implied) return fl_text_of(place, node);
        fl_str base = chain_text(job, place, object);
        if (!base.len || (index && fl_has_calls(index))) return FL_S("");
        if (!has_cast(node)) return fl_text_of(place, node);
        if (index) return fl_spell(job->arena, place->spelling, "index", (fl_hole[]){ { "x", base }, { "index", fl_text_of(place, index) }, { 0 } });
        const char *row = node->flags & FL_FLAG_OPTIONAL ? "member_if_present" : "member";
        return fl_spell(job->arena, place->spelling, row, (fl_hole[]){ { "x", base }, { "name", fl_sym_str(node->sym) }, { 0 } });
    }
    case FL_NODE_unary:
        return (node->op == FL_OP_dereference || node->op == FL_OP_address) && chain_text(job, place, fl_node_child(node, 0)).len ? fl_text_of(place, node) : FL_S("");
    case FL_NODE_call: return fl_has_effects(place, node) ? FL_S("") : fl_text_of(place, node);
    default: return FL_S("");
    }
}

fl_str fl_checked_text(fl_job *job, const fl_place *place, const fl_node *node)
{
    return chain_text(job, place, node);
}

bool fl_has_effects(const fl_place *place, const fl_node *node)
{
    if (!node || node->kind == FL_NODE_name) return false;
    if (node->kind != FL_NODE_call || !fl_is_lookup(place, node)) {
        if (node->kind == FL_NODE_call || !node->first) return fl_has_calls(node);
        if (node->kind != FL_NODE_member && node->kind != FL_NODE_index && node->kind != FL_NODE_cast && node->kind != FL_NODE_binary && node->kind != FL_NODE_unary)
            return fl_has_calls(node);
        if (node->kind == FL_NODE_unary && (node->op == FL_OP_increment || node->op == FL_OP_decrement)) return true;
    }
    for (const fl_node *child = node->first; child; child = child->next)
        if (fl_has_effects(place, child)) return true;
    return false;
}

#define ARROW_MARK '\x03'

static fl_str member_path(fl_job *job, const fl_place *place, fl_str path, fl_str key)
{
    bool is_arrow = key.len > 0 && key.ptr[0] == ARROW_MARK;         /* set by param_of: the member of a pointer */
    if (is_arrow) return fl_spell(job->arena, place->spelling, "member_arrow", (fl_hole[]){ { "x", path }, { "name", fl_str_sub(key, 1, key.len) }, { 0 } });
    bool plain = key.len > 0 && !(key.ptr[0] >= '0' && key.ptr[0] <= '9');
    for (size_t i = 0; i < key.len; i++)
        if (!(key.ptr[i] == '_' || key.ptr[i] == '$' || (key.ptr[i] >= '0' && key.ptr[i] <= '9') || (key.ptr[i] | 32) >= 'a')) plain = false;
    if (plain) return fl_spell(job->arena, place->spelling, "member", (fl_hole[]){ { "x", path }, { "name", key }, { 0 } });
    return fl_spell(job->arena, place->spelling, "index",
                    (fl_hole[]){ { "x", path }, { "index", fl_quote(job->arena, place->style->quote, key) }, { 0 } });
}

bool fl_has_own_keys(const fl_place *place)
{
    return fl_spelling_row(place->spelling, "index_if_present").len > 0;
}

/** A pattern's place in the value that it takes apart: `data: { id }` of `const { data: { id } } = body` is body.data. */
static bool from_pattern(fl_job *job, fl_place *place, const fl_node *node)
{
    fl_str keys[FL_LIMIT_FACT_DEPTH];
    bool by_index[FL_LIMIT_FACT_DEPTH];
    size_t depth = 0;
    const fl_node *below = node, *holder = node;
    if (node->kind == FL_NODE_default_ || (node->parent && node->parent->kind == FL_NODE_default_ && fl_node_child(node->parent, 0) == node))
        place->only_null = true;
    for (; holder && (holder->kind == FL_NODE_dict || holder->kind == FL_NODE_list || holder->kind == FL_NODE_pair ||
                      holder->kind == FL_NODE_default_ || holder->kind == FL_NODE_name);
         below = holder, holder = holder->parent) {
        if (depth == FL_LIMIT_FACT_DEPTH) return false;
        if (holder->kind == FL_NODE_pair) {
            if (!holder->sym) return false;                          /* computed */
            by_index[depth] = false;
            keys[depth++] = fl_sym_str(holder->sym);
        } else if (holder->kind == FL_NODE_list && holder != node) {
            unsigned index = 0;
            for (const fl_node *item = holder->first; item && item != below; item = item->next) index++;
            by_index[depth] = true;
            keys[depth++] = fl_str_format(job->arena, "%u", index);
        }
    }
    if (!holder || (holder->kind != FL_NODE_let && holder->kind != FL_NODE_assign) || fl_node_child(holder, 0) != below) return false;
    const fl_node *value = fl_node_child(holder, 1);
    if (fl_node_is_absent(value)) return false;
    place->value = value;
    while (depth-- > 0)
        place->path = by_index[depth]
            ? fl_spell(job->arena, place->spelling, "index", (fl_hole[]){ { "x", place->path }, { "index", keys[depth] }, { 0 } })
            : member_path(job, place, place->path, keys[depth]);
    return true;
}

static bool is_in_pattern(const fl_node *node)
{
    for (; node && node->parent; node = node->parent) {
        if (node->kind == FL_NODE_dict || node->kind == FL_NODE_list) {
            if (node->flags & FL_FLAG_PATTERN) return true;
        } else if (node->kind != FL_NODE_pair && node->kind != FL_NODE_default_ && node->kind != FL_NODE_name) {
            return false;
        }
    }
    return false;
}

/** A method whose first parameter is the object, which no call passes. */
static bool takes_receiver(const fl_place *place)
{
    const fl_data *names = fl_data_get_c(place->spelling->data, "receivers");
    const fl_node *function = place->function;
    fl_sym first = function ? fl_param_name(function, 0) : FL_SYM_NONE;
    while (function && function->parent && function->parent->kind != FL_NODE_block) function = function->parent;   /* decorators */
    if (!first || !function || !function->parent || !function->parent->parent || function->parent->parent->kind != FL_NODE_class_) return false;
    for (const fl_data *name = names ? names->first : NULL; name; name = name->next)
        if (fl_str_eq(fl_data_str(name, FL_S("")), fl_sym_str(first))) return true;
    return false;
}

/** What a call gives for a parameter: by its place, or by its name; NULL when that cannot be told. */
static const fl_node *argument_for(const fl_node *call, unsigned index, fl_sym name)
{
    const fl_node *argument = fl_node_child(call, 1);
    for (unsigned i = 0; argument; argument = argument->next, i++) {
        if (argument->kind == FL_NODE_spread) return NULL;
        if (argument->kind == FL_NODE_dict && (argument->flags & FL_FLAG_NAMED)) break;
        if (i == index) return argument;
    }
    for (const fl_node *pair = argument ? argument->first : NULL; pair; pair = pair->next)
        if (pair->kind == FL_NODE_pair && pair->sym == name) return fl_node_child(pair, 0);
    return NULL;
}

static void settle_text(fl_job *job, fl_place *place)
{
    const fl_node *value = place->value;
    fl_str arrow = fl_spell(job->arena, place->spelling, "member_arrow", (fl_hole[]){ { "x", FL_S("") }, { "name", FL_S("") }, { 0 } });
    bool is_address = value->kind == FL_NODE_unary && value->op == FL_OP_address;
    if (is_address && arrow.len && fl_str_starts(place->path, arrow)) {              /* f(&x), where f reads x->name: here it is x.name */
        place->value = value = fl_node_child(value, 0);
        fl_str dot = fl_spell(job->arena, place->spelling, "member", (fl_hole[]){ { "x", FL_S("") }, { "name", FL_S("") }, { 0 } });
        place->path = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(dot), FL_STR_ARG(fl_str_sub(place->path, arrow.len, place->path.len)));
    }
    fl_str base = chain_text(job, place, place->value);
    place->checked = base.len ? fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(base), FL_STR_ARG(place->path)) : FL_S("");
}

/* ---- the weak spot itself ---- */

static const fl_node *node_at(const fl_file *file, fl_span span)
{
    if (!file || !file->root || span.start_byte >= span.end_byte || span.end_byte > file->text.len) return NULL;
    const fl_node *node = fl_node_at(file->root, span.start_byte, span.end_byte);
    if (node && (node->kind == FL_NODE_block || node->kind == FL_NODE_module || node->kind == FL_NODE_case_))
        for (const fl_node *s = node->first; s; s = s->next)         /* with its keyword and terminator: the statement */
            if (s->start_byte >= span.start_byte && s->end_byte <= span.end_byte && !fl_is_comprehension(fl_function_of(s))) return s;
    for (const fl_node *f = node ? fl_function_of(node) : NULL; fl_is_comprehension(f) && f->start_byte >= span.start_byte && f->end_byte <= span.end_byte; f = fl_function_of(node))
        node = f->parent;                                            /* a comprehension as a whole, not what it is made of */
    return node;
}

const fl_node *fl_registration_of(const fl_workshop *shop, const fl_operation *operation)
{
    const fl_project *project = shop->api->project;
    if (!operation || operation->registration.file >= project->file_count) return NULL;
    const fl_node *node = node_at(project->files[operation->registration.file], operation->registration);
    while (node && node->kind != FL_NODE_call) node = node->parent;
    return node;
}

/** `controller.show.bind(controller)`, `wrap(show)`: is this name among what is registered? Not inside functions there. */
static bool is_named_in(const fl_node *node, fl_sym name)
{
    if (node->kind == FL_NODE_function) return false;
    if ((node->kind == FL_NODE_name || node->kind == FL_NODE_member) && node->sym == name) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (is_named_in(child, name)) return true;
    return false;
}

bool fl_is_handler(const fl_job *job, const fl_node *function)
{
    const fl_operation *operation = job->operation;
    if (!function || !operation) return false;
    for (size_t i = 0; i < operation->handlers.count; i++) {
        fl_span span = operation->handlers.items[i].span;
        if (operation->handlers.items[i].function == function) return true;
        if (fl_node_file(function) == span.file && function->start_byte == span.start_byte && function->end_byte == span.end_byte) return true;
    }
    const fl_node *call = fl_registration_of(job->shop, operation);
    if (!call || fl_node_count(fl_node_child(function, 0)) < 2) return false;
    if (fl_node_within(function, call)) return !fl_node_within(fl_function_of(function), call);
    fl_sym name = fl_function_name(function);
    for (const fl_node *argument = fl_node_child(call, 1); name && argument; argument = argument->next)
        if (is_named_in(argument, name)) return true;
    return false;
}

static bool open_place(fl_job *job, fl_place *place, uint32_t file)
{
    if (file >= job->shop->api->project->file_count) return false;
    place->file = fl_project_file(job->shop->api->project, file);
    place->spelling = fl_workshop_spelling(job->shop, place->file);
    if (!place->spelling) return false;
    place->style = fl_workshop_style(job->shop, place->file);
    return true;
}

static bool first_place(fl_job *job, fl_place *place)
{
    const fl_weak_spot *spot = job->spot;
    if (!open_place(job, place, spot->span.file)) return false;
    const fl_node *failing = node_at(place->file, spot->span);
    const fl_node *subject = spot->subject.file == spot->span.file ? node_at(place->file, spot->subject) : NULL;
    if (!failing) return false;
    if (!subject) subject = failing;
    place->node = failing;
    place->function = fl_body_of(failing);
    if (failing->kind == FL_NODE_function) place->function = failing;
    place->is_handler = fl_is_handler(job, place->function);
    if (is_in_pattern(subject) && fl_node_within(subject, failing->kind == FL_NODE_let ? failing : failing->parent ? failing->parent : failing)) {
        if (!from_pattern(job, place, subject)) place->value = NULL;
    } else if (is_in_pattern(subject) && is_in_pattern(failing)) {
        if (!from_pattern(job, place, subject)) place->value = NULL;
    } else {
        place->value = subject;
    }
    if (place->value) settle_text(job, place);
    return true;
}

/* ---- from a parameter to the argument of a call ---- */

/** The parameter that a value starts with, and what follows it; aliases (`const { items } = request`) are followed. */
static bool param_of(fl_job *job, const fl_place *place, const fl_node *value, fl_str path, unsigned *index, fl_str *rest, unsigned depth)
{
    fl_str keys = path;
    const fl_node *root = value;
    for (; root->kind == FL_NODE_member || root->kind == FL_NODE_index || root->kind == FL_NODE_cast; root = fl_node_child(root, 0)) {
        if (root->kind == FL_NODE_cast) continue;
        const fl_node *at = root->kind == FL_NODE_index ? fl_node_child(root, 1) : NULL;
        fl_sym key = fl_key_of(root);
        if (key && root->kind == FL_NODE_index && fl_has_own_keys(place)) {   /* x["name"] is not x.name here */
            fl_str front = fl_spell(job->arena, place->spelling, "index", (fl_hole[]){ { "x", FL_S("") }, { "index", fl_text_of(place, at) }, { 0 } });
            keys = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(front), FL_STR_ARG(keys));
        } else if (key) {
            fl_str name = fl_sym_str(key);
            if ((root->flags & FL_FLAG_ARROW) && root->kind == FL_NODE_member) name = fl_str_format(job->arena, "%c" FL_STR_FMT, ARROW_MARK, FL_STR_ARG(name));
            fl_str front = member_path(job, place, FL_S(""), name);
            keys = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(front), FL_STR_ARG(keys));
        } else if (at && at->kind == FL_NODE_number) {
            fl_str front = fl_spell(job->arena, place->spelling, "index", (fl_hole[]){ { "x", FL_S("") }, { "index", fl_sym_str(at->sym) }, { 0 } });
            keys = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(front), FL_STR_ARG(keys));
        } else {
            return false;
        }
    }
    if (root->kind != FL_NODE_name || depth > 4) return false;
    const fl_node *declaration = fl_declaration_of(root, root->sym);
    if (!declaration) return false;
    if (declaration->kind == FL_NODE_param && declaration->parent && declaration->parent->parent == place->function) {
        fl_param_named(place->function, root->sym, index);
        if (declaration->flags & FL_FLAG_REST) return false;
        const fl_node *pattern = fl_node_child(declaration, 0);
        if (pattern->kind == FL_NODE_dict) {                         /* ({ items }) => … : a member of the argument */
            for (const fl_node *pair = pattern->first; pair; pair = pair->next) {
                if (pair->kind != FL_NODE_pair || !pair->sym || !fl_declares(pair, root->sym)) continue;
                const fl_node *target = fl_node_child(pair, 0);
                if (target->kind != FL_NODE_name && target->kind != FL_NODE_default_) return false;
                *rest = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT,
                                      FL_STR_ARG(member_path(job, place, FL_S(""), fl_sym_str(pair->sym))), FL_STR_ARG(keys));
                return true;
            }
            return false;
        }
        *rest = keys;
        return pattern->kind == FL_NODE_name;
    }
    if (declaration->kind != FL_NODE_let || fl_function_of(declaration) != place->function) return false;
    const fl_node *target = fl_node_child(declaration, 0), *from = fl_node_child(declaration, 1);
    if (fl_node_is_absent(from)) return false;
    if (target->kind == FL_NODE_name) return param_of(job, place, from, keys, index, rest, depth + 1);
    if (target->kind != FL_NODE_dict) return false;
    for (const fl_node *pair = target->first; pair; pair = pair->next) {
        const fl_node *leaf = pair->kind == FL_NODE_pair ? fl_node_child(pair, 0) : NULL;
        if (!leaf || leaf->kind != FL_NODE_name || leaf->sym != root->sym || !pair->sym) continue;
        keys = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(member_path(job, place, FL_S(""), fl_sym_str(pair->sym))), FL_STR_ARG(keys));
        return param_of(job, place, from, keys, index, rest, depth + 1);
    }
    return false;
}

/* ---- callers ---- */

static bool is_because(const fl_job *job, const fl_node *call)
{
    uint32_t file = fl_node_file(call);
    for (const fl_because *b = job->spot->because; b; b = b->next)
        if (b->span.file == file && b->span.start_byte >= call->start_byte && b->span.end_byte <= call->end_byte) return true;
    fl_span origin = job->spot->origin;
    return origin.file == file && origin.start_byte >= call->start_byte && origin.end_byte <= call->end_byte && origin.end_byte > 0;
}

static bool is_in_handler(const fl_job *job, const fl_node *node)
{
    for (const fl_node *f = fl_function_of(node); f; f = fl_function_of(f))
        if (fl_is_handler(job, f)) return true;
    return false;
}

/** Can the operation's handlers get to this function by calls? */
static bool leads_to_handler(fl_job *job, const fl_node *function, unsigned depth)
{
    if (!function || depth > DEPTH_LIMIT) return false;
    if (fl_is_handler(job, function) || is_in_handler(job, function)) return true;
    const calls *found = calls_of(job->shop, fl_function_name(function));
    for (size_t i = 0; found && i < found->nodes.count && i < 64; i++) {
        const fl_node *caller = fl_body_of(found->nodes.items[i]);
        if (caller && !fl_node_within(caller, function) && leads_to_handler(job, caller, depth + 1)) return true;
    }
    return false;
}

static const fl_node *best_call(fl_job *job, const fl_node *function)
{
    fl_sym name = fl_function_name(function);
    const calls *found = name ? calls_of(job->shop, name) : NULL;
    const fl_node *best = NULL;
    int best_rank = 0;
    for (size_t i = 0; found && i < found->nodes.count; i++) {
        const fl_node *call = found->nodes.items[i];
        if (fl_node_within(call, function)) continue;
        int rank = (is_because(job, call) ? 4 : 0) + (is_in_handler(job, call) ? 2 : 0);
        if (!rank && leads_to_handler(job, fl_body_of(call), 0)) rank = 1;
        if (rank > best_rank) {
            best_rank = rank;
            best = call;
        }
    }
    return best;
}

/** Does a path end here, or go on with another member or index? Else a longer name begins alike. */
static bool is_path(const fl_place *place, fl_str path)
{
    static const char *const rows[] = { "member", "member_if_present", "index" };
    if (!path.len) return true;
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str row = fl_spelling_row(place->spelling, rows[i]);
        ptrdiff_t hole = fl_str_find(row, FL_S("${x}")), next = hole < 0 ? -1 : fl_str_find(fl_str_sub(row, (size_t)hole + 4, row.len), FL_S("${"));
        if (next > 0 && fl_str_starts(path, fl_str_sub(row, (size_t)hole + 4, (size_t)(hole + 4 + next)))) return true;
    }
    return false;
}

/** f({ term: req.query.q }) with the path ".term": the value is req.query.q itself. */
static void descend_into_literal(fl_job *job, fl_place *place)
{
    while (place->value->kind == FL_NODE_dict && place->path.len) {
        const fl_node *found = NULL;
        size_t end = 0;
        for (const fl_node *pair = place->value->first; pair; pair = pair->next) {
            if (pair->kind == FL_NODE_spread) found = NULL;          /* may bring its own */
            if (pair->kind != FL_NODE_pair || !pair->sym) continue;
            fl_str front = member_path(job, place, FL_S(""), fl_sym_str(pair->sym));
            if (!fl_str_starts(place->path, front) || !is_path(place, fl_str_sub(place->path, front.len, place->path.len))) continue;
            found = fl_node_child(pair, 0);
            end = front.len;
        }
        if (!found) return;
        place->value = found;
        place->path = fl_str_sub(place->path, end, place->path.len);
    }
}

/** A function that a list calls with its elements: the check goes before the call, over the whole list. */
static bool lift_out_of_list(fl_job *job, const fl_place *from, fl_place *to)
{
    const fl_node *call = from->function ? from->function->parent : NULL;
    if (!call || call->kind != FL_NODE_call || fl_node_child(call, 1) != from->function || from->element.len || !from->checked.len) return false;
    const fl_node *callee = fl_node_child(call, 0);
    if (callee->kind != FL_NODE_member) return false;
    const fl_data *names = fl_data_get_c(from->spelling->data, "element_calls");
    bool is_known = false;
    for (const fl_data *name = names ? names->first : NULL; name; name = name->next)
        if (fl_str_eq(fl_data_str(name, FL_S("")), fl_sym_str(callee->sym))) is_known = true;
    const fl_node *root = from->value;
    while (root->kind == FL_NODE_member || root->kind == FL_NODE_index || root->kind == FL_NODE_cast) root = fl_node_child(root, 0);
    fl_sym element = fl_param_name(from->function, 0);
    if (!is_known || !element || root->kind != FL_NODE_name || root->sym != element) return false;
    *to = *from;
    to->node = call;
    to->value = fl_node_child(callee, 0);
    to->path = FL_S("");
    to->element = fl_sym_str(element);
    to->of_element = from->checked;
    settle_text(job, to);
    to->function = fl_function_of(call);
    to->is_handler = fl_is_handler(job, to->function);
    to->depth = from->depth + 1;
    return to->checked.len > 0;
}

/** The place one call nearer to the handler; false at the handler, or where the value does not come from an argument. */
static bool lift(fl_job *job, const fl_place *from, fl_place *to)
{
    bool by_value = from->value && job->spot->hint != FL_HINT_CATCH;
    unsigned index = 0;
    fl_str rest = FL_S("");
    if (!from->function || from->is_handler) return false;
    if (by_value && !from->is_call && !from->element.len && lift_out_of_list(job, from, to)) return true;
    bool is_call = from->is_call;
    if (by_value && !is_call && !param_of(job, from, from->value, from->path, &index, &rest, 0)) {
        if (job->spot->kind != FL_WS_missing_match) return false;
        is_call = true;                                              /* the text came in, the pattern is from here: the call fails as a whole */
    }
    by_value = by_value && !is_call;
    const fl_node *call = best_call(job, from->function);
    if (!call) return false;
    *to = (fl_place){ .node = call, .depth = from->depth + 1, .is_call = is_call };
    if (!open_place(job, to, fl_node_file(call))) return false;
    to->function = fl_body_of(call);
    to->is_handler = fl_is_handler(job, to->function);
    if (by_value) {
        fl_sym parameter = fl_param_name(from->function, index);
        if (takes_receiver(from) && index == 0) return false;
        const fl_node *argument = argument_for(call, index - takes_receiver(from), parameter);
        if (!argument) return false;
        to->value = argument;
        to->path = rest;
        descend_into_literal(job, to);
        to->element = from->element;
        to->of_element = from->of_element;
        to->only_null = from->only_null;
        to->name_hint = rest.len ? FL_S("") : fl_sym_str(fl_param_name(from->function, index));
        settle_text(job, to);
        if (to->element.len && !to->checked.len) return false;
    } else {
        to->value = call;
    }
    return true;
}

/** Are all names of the value settled before this function is made? */
static bool is_from_outside(const fl_node *value, const fl_node *function)
{
    if (value->kind == FL_NODE_name) {
        const fl_node *declaration = fl_declaration_of(value, value->sym);
        if (!declaration || fl_node_within(declaration, function)) return false;
        return declaration->kind != FL_NODE_let || (declaration->flags & FL_FLAG_CONST);
    }
    for (const fl_node *child = value->first; child; child = child->next)
        if (!is_from_outside(child, function)) return false;
    return true;
}

/** list.forEach((n) => order.log.push(n)): `order` can be checked before the list is walked. */
static bool hoist(fl_job *job, const fl_place *from, fl_place *to)
{
    const fl_node *function = from->function;
    if (!from->value || !from->checked.len || from->is_handler || !function || !function->parent || function->parent->kind != FL_NODE_call) return false;
    if (job->spot->hint == FL_HINT_CATCH || !fl_function_of(function) || !is_from_outside(from->value, function)) return false;
    *to = *from;
    to->node = function;
    to->function = fl_function_of(function);
    to->is_handler = fl_is_handler(job, to->function);
    to->is_hoisted = true;
    return true;
}

void fl_places_find(fl_job *job)
{
    fl_place place = { 0 }, outer;
    if (!first_place(job, &place)) return;
    fl_vec_push(job->arena, &job->places, place);
    for (; hoist(job, &place, &outer); place = outer) fl_vec_push(job->arena, &job->places, outer);
    for (fl_place next; job->places.count <= DEPTH_LIMIT && lift(job, &place, &next); place = next)
        fl_vec_push(job->arena, &job->places, next);
}
