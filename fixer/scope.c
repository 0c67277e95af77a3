/*
 * Names and scopes on the common tree, as far as a repair needs them: is this name visible there, would that name
 * collide, which parameter is this. Nothing is resolved across files; place.c does that by calls.
 */
#include <string.h>
#include "fixer/fixer_p.h"

bool fl_node_within(const fl_node *node, const fl_node *outer)
{
    for (; node; node = node->parent)
        if (node == outer) return true;
    return false;
}

const fl_node *fl_function_of(const fl_node *node)
{
    return node ? fl_node_enclosing(node, FL_NODE_function) : NULL;
}

bool fl_is_comprehension(const fl_node *function)
{
    const fl_node *params = function && function->kind == FL_NODE_function ? fl_node_child(function, 0) : NULL, *body = params ? fl_node_child(function, 2) : NULL;
    return body && (function->flags & FL_FLAG_ARROW) && body->kind == FL_NODE_block && !params->first && body->start_byte == function->start_byte;
}

const fl_node *fl_body_of(const fl_node *node)
{
    const fl_node *function = fl_function_of(node);
    while (fl_is_comprehension(function)) function = fl_function_of(function);
    return function;
}

fl_sym fl_function_name(const fl_node *function)
{
    if (!function) return FL_SYM_NONE;
    if (function->sym) {                                             /* Class.method is called by its last name */
        fl_str name = fl_sym_str(function->sym);
        ptrdiff_t dot = fl_str_rfind_char(name, '.');
        return dot < 0 ? function->sym : fl_sym_of(fl_str_sub(name, (size_t)dot + 1, name.len));
    }
    const fl_node *holder = function->parent;
    while (holder && (holder->kind == FL_NODE_cast || holder->kind == FL_NODE_call)) holder = holder->parent;   /* wrappers */
    if (!holder) return FL_SYM_NONE;
    const fl_node *target = fl_node_child(holder, 0);
    switch ((fl_node_kind)holder->kind) {
    case FL_NODE_let: case FL_NODE_assign:
        return target->kind == FL_NODE_name || target->kind == FL_NODE_member ? target->sym : FL_SYM_NONE;
    case FL_NODE_pair: case FL_NODE_field: return holder->sym;
    default: return FL_SYM_NONE;
    }
}

/** Does this pattern (or plain name) bind it? */
static bool binds(const fl_node *pattern, fl_sym name)
{
    if (!pattern) return false;
    switch ((fl_node_kind)pattern->kind) {
    case FL_NODE_name: return pattern->sym == name;
    case FL_NODE_default_: case FL_NODE_spread: case FL_NODE_pair: case FL_NODE_cast: case FL_NODE_param:
        if (pattern->kind == FL_NODE_param && pattern->sym == name) return true;
        return binds(fl_node_child(pattern, 0), name);
    case FL_NODE_list: case FL_NODE_dict: case FL_NODE_params:
        for (const fl_node *item = pattern->first; item; item = item->next)
            if (binds(item, name)) return true;
        return false;
    default: return false;
    }
}

bool fl_declares(const fl_node *node, fl_sym name)
{
    if (!node) return false;
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_let: return binds(fl_node_child(node, 0), name);
    case FL_NODE_function: case FL_NODE_class_: case FL_NODE_enum_: case FL_NODE_namespace: return node->sym == name;
    case FL_NODE_import:
        for (const fl_node *item = node->first; item; item = item->next)
            if (item->kind == FL_NODE_import_item && item->sym == name) return true;
        return false;
    case FL_NODE_export: return fl_declares(fl_node_child(node, 0), name);
    default: return binds(node, name);
    }
}

/** A `var` of this function, wherever it stands in it. */
static const fl_node *hoisted(const fl_node *node, fl_sym name)
{
    for (const fl_node *child = node->first; child; child = child->next) {
        if (child->kind == FL_NODE_function) continue;
        if (child->kind == FL_NODE_let && (child->flags & FL_FLAG_HOISTED) && binds(fl_node_child(child, 0), name)) return child;
        const fl_node *found = hoisted(child, name);
        if (found) return found;
    }
    return NULL;
}

static bool has_goto(const fl_node *node, fl_sym label)
{
    if (node->kind == FL_NODE_goto_ && node->sym == label) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (has_goto(child, label)) return true;
    return false;
}

bool fl_is_jumped_to(const fl_node *label)
{
    const fl_node *function = fl_function_of(label);
    return function && has_goto(function, label->sym);
}

static const fl_node *declared_among(const fl_node *first, const fl_node *at, const fl_node *below, fl_sym name)
{
    for (const fl_node *s = first; s; s = s->next) {
        const fl_node *what = s->kind == FL_NODE_export ? fl_node_child(s, 0) : s;
        if (what->kind == FL_NODE_let || s->kind == FL_NODE_import || what->kind == FL_NODE_function ||
            what->kind == FL_NODE_class_ || what->kind == FL_NODE_enum_ || what->kind == FL_NODE_namespace) {
            if (!fl_declares(what, name)) continue;
            /* a later `let` is not there yet, unless we run later: inside a function of this scope */
            if (what->kind == FL_NODE_let && what->start_byte > at->start_byte && !fl_function_of(below)) continue;
            if (what->kind == FL_NODE_let && what->start_byte > at->start_byte && fl_function_of(below) == fl_function_of(s)) continue;
            return what;
        }
    }
    return NULL;
}

const fl_node *fl_declaration_of(const fl_node *at, fl_sym name)
{
    const fl_node *found = NULL;
    for (const fl_node *below = at, *scope = at ? at->parent : NULL; scope && !found; below = scope, scope = scope->parent) {
        switch ((fl_node_kind)scope->kind) {
        case FL_NODE_function: {
            unsigned index;
            found = fl_param_named(scope, name, &index);
            if (!found && scope->sym == name) found = scope;
            if (!found) found = hoisted(scope, name);
            break;
        }
        case FL_NODE_block: case FL_NODE_module: found = declared_among(scope->first, at, at, name); break;
        case FL_NODE_case_: found = declared_among(scope->first, at, at, name); break;
        case FL_NODE_loop: case FL_NODE_foreach: {
            const fl_node *init = fl_node_child(scope, 0);
            if (init->kind == FL_NODE_let && init != below && binds(fl_node_child(init, 0), name)) found = init;
            else if (init->kind == FL_NODE_sequence) found = declared_among(init->first, at, at, name);
            break;
        }
        case FL_NODE_try_:
            if (below == fl_node_child(scope, 2) && binds(fl_node_child(scope, 1), name)) found = fl_node_child(scope, 1);
            break;
        default: break;
        }
    }
    return found;
}

bool fl_is_visible(const fl_node *at, fl_sym name)
{
    return fl_declaration_of(at, name) != NULL;
}

/** The file of the project that an include names: by the end of its path, which is all that is needed here. */
static const fl_file *included_file(const fl_project *project, const fl_file *from, fl_str name)
{
    while (fl_str_starts(name, FL_S("./")) || fl_str_starts(name, FL_S("../"))) name = fl_str_sub(name, fl_str_starts(name, FL_S("./")) ? 2 : 3, name.len);
    for (uint32_t i = 0; i < project->file_count && name.len; i++) {
        fl_str path = project->files[i]->path;
        if (project->files[i] == from || !fl_str_ends(path, name)) continue;
        if (path.len == name.len || path.ptr[path.len - name.len - 1] == '/') return project->files[i];
    }
    return NULL;
}

static bool brings(const fl_project *project, const fl_file *file, fl_sym name, unsigned depth)
{
    if (!file || !file->root || depth > 6) return false;
    for (const fl_node *s = file->root->first; s; s = s->next) {
        if (depth && fl_declares(s, name)) return true;
        const fl_node *item = s->kind == FL_NODE_import ? fl_node_child(s, 1) : NULL;
        if (!item || item->sym || !fl_str_eq_c(fl_sym_str(fl_node_child(item, 0)->sym), "*")) continue;
        if (brings(project, included_file(project, file, fl_sym_str(fl_node_child(s, 0)->sym)), name, depth + 1)) return true;
    }
    return false;
}

bool fl_is_known(fl_job *job, const fl_place *place, fl_sym name)
{
    return fl_is_visible(place->node, name) || brings(job->shop->api->project, place->file, name, 0);
}

bool fl_mentions(const fl_node *node, fl_sym name)
{
    if (!node) return false;
    if ((node->kind == FL_NODE_name || node->kind == FL_NODE_import_item || node->kind == FL_NODE_function ||
         node->kind == FL_NODE_class_ || node->kind == FL_NODE_param) && node->sym == name)
        return true;
    if (node->kind == FL_NODE_pair && (node->flags & FL_FLAG_SHORTHAND) && node->sym == name) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (fl_mentions(child, name)) return true;
    return false;
}

bool fl_has_calls(const fl_node *node)
{
    if (!node) return false;
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_call: case FL_NODE_await: case FL_NODE_yield: case FL_NODE_assign: case FL_NODE_function:
    case FL_NODE_class_: case FL_NODE_opaque: case FL_NODE_markup: return true;
    case FL_NODE_dict: case FL_NODE_list:
        if (!(node->flags & FL_FLAG_PATTERN)) return true;           /* a new object each time */
        break;
    case FL_NODE_unary:
        if (node->op == FL_OP_increment || node->op == FL_OP_decrement || node->op == FL_OP_remove) return true;
        break;
    default: break;
    }
    for (const fl_node *child = node->first; child; child = child->next)
        if (fl_has_calls(child)) return true;
    return false;
}

const fl_node *fl_param_named(const fl_node *function, fl_sym name, unsigned *index)
{
    const fl_node *params = fl_node_child(function, 0);
    *index = 0;
    for (const fl_node *param = params ? params->first : NULL; param; param = param->next, (*index)++)
        if (binds(param, name)) return param;
    return NULL;
}

fl_sym fl_param_name(const fl_node *function, unsigned index)
{
    const fl_node *param = fl_node_child(fl_node_child(function, 0), index);
    return param && param->kind == FL_NODE_param ? param->sym : FL_SYM_NONE;
}

const fl_node *fl_chain_root(const fl_node *node)
{
    while (node && (node->kind == FL_NODE_member || node->kind == FL_NODE_index || node->kind == FL_NODE_call || node->kind == FL_NODE_cast)) node = fl_node_child(node, 0);
    return node;
}

fl_sym fl_callee_name(const fl_node *call)
{
    const fl_node *callee = fl_node_child(call, 0);
    while (callee && callee->kind == FL_NODE_cast) callee = fl_node_child(callee, 0);
    return callee && (callee->kind == FL_NODE_name || callee->kind == FL_NODE_member) ? callee->sym : FL_SYM_NONE;
}

fl_sym fl_key_of(const fl_node *node)
{
    if (node->kind == FL_NODE_member) return node->sym;
    const fl_node *index = node->kind == FL_NODE_index ? fl_node_child(node, 1) : NULL;
    return index && index->kind == FL_NODE_string ? index->sym : FL_SYM_NONE;
}
