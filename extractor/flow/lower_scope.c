/*
 * Which variable a name means. Names in sight are a stack of bindings; a hash leads from a name to its innermost one,
 * and leaving a scope undoes what it hid. A scope's names are all declared when it is entered (a use before the
 * declaration means the inner one already).
 *
 * fl_scope_capture walks an inner function with the same table: its own names are bound to var 0, and what is then
 * found with a var belongs to the function being lowered.
 */
#include "extractor/flow/lower_p.h"

/* ---- the table ---- */

static uint32_t slot_of(const fl_lower *l, fl_sym name)
{
    uint32_t mask = l->slot_count - 1, slot = (name * 2654435761u) & mask;
    while (l->slots[slot].name && l->slots[slot].name != name) slot = (slot + 1) & mask;
    return slot;
}

static void grow(fl_lower *l)
{
    uint32_t old_count = l->slot_count, count = old_count ? old_count * 2 : 64;
    const fl_slot *old = l->slots;
    l->slots = FL_NEW_ARRAY(&l->scratch, fl_slot, count);
    l->slot_count = count;
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i].name) l->slots[slot_of(l, old[i].name)] = old[i];
}

uint32_t fl_scope_enter(fl_lower *l)
{
    if (!l->bindings.count) fl_vec_push(&l->scratch, &l->bindings, (fl_binding){0}); /* index 0: none */
    return (uint32_t)l->bindings.count;
}

void fl_scope_leave(fl_lower *l, uint32_t mark)
{
    while (l->bindings.count > mark) {
        const fl_binding *b = &l->bindings.items[--l->bindings.count];
        l->slots[slot_of(l, b->name)].binding = b->shadowed;
    }
}

void fl_scope_bind(fl_lower *l, fl_sym name, fl_var var)
{
    if (!name) return;
    if (l->slots_used * 2 >= l->slot_count) grow(l);
    uint32_t slot = slot_of(l, name);
    if (!l->slots[slot].name) {
        l->slots[slot].name = name;
        l->slots_used++;
    }
    fl_vec_push(&l->scratch, &l->bindings, (fl_binding){ name, var, l->slots[slot].binding });
    l->slots[slot].binding = (uint32_t)l->bindings.count - 1;
}

static uint32_t find(const fl_lower *l, fl_sym name)
{
    return name && l->slot_count ? l->slots[slot_of(l, name)].binding : 0;
}

fl_var fl_lower_scope_find(const fl_lower *l, fl_sym name)
{
    uint32_t binding = find(l, name);
    return binding ? l->bindings.items[binding].var : 0;
}

/* ---- declarations ---- */

/* While an inner function is searched, `inner` is set and its names get no variable. */
static void declare(fl_lower *l, fl_sym name, const fl_node *node, uint32_t mark, bool inner)
{
    if (!name || find(l, name) >= mark) return; /* declared in this very scope */
    fl_scope_bind(l, name, inner ? 0 : fl_lower_var(l, name, node));
}

static void declare_target(fl_lower *l, const fl_node *target, uint32_t mark, bool inner)
{
    if (!target) return;
    switch ((fl_node_kind)target->kind) {
    case FL_NODE_name: declare(l, target->sym, target, mark, inner); break;
    case FL_NODE_pair: case FL_NODE_default_: case FL_NODE_spread: case FL_NODE_cast:
        declare_target(l, target->first, mark, inner);
        break;
    case FL_NODE_list: case FL_NODE_dict:
        for (const fl_node *item = target->first; item; item = item->next) declare_target(l, item, mark, inner);
        break;
    default: break;
    }
}

static void declare_statement(fl_lower *l, const fl_node *stmt, uint32_t mark, bool inner)
{
    switch ((fl_node_kind)stmt->kind) {
    case FL_NODE_let:
        if (!(stmt->flags & FL_FLAG_HOISTED)) declare_target(l, stmt->first, mark, inner);
        break;
    case FL_NODE_function: /* one without a body only says that it is defined somewhere */
        if (!fl_node_is_absent(fl_node_child(stmt, 2))) declare(l, stmt->sym, stmt, mark, inner);
        break;
    case FL_NODE_class_: case FL_NODE_enum_: case FL_NODE_namespace:
        declare(l, stmt->sym, stmt, mark, inner);
        break;
    case FL_NODE_export:
        if (stmt->first) declare_statement(l, stmt->first, mark, inner);
        break;
    default: break;
    }
}

static void declare_block(fl_lower *l, const fl_node *first, uint32_t mark, bool inner)
{
    for (; first; first = first->next) declare_statement(l, first, mark, inner);
}

/* Variables with function scope, wherever in the body they are declared; expressions cannot hold any. */
static void declare_hoisted(fl_lower *l, const fl_node *node, uint32_t mark, bool inner)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_let:
        if (node->flags & FL_FLAG_HOISTED) declare_target(l, node->first, mark, inner);
        break;
    case FL_NODE_goto_:
        if (!inner) l->has_goto = true;
        break;
    case FL_NODE_module: case FL_NODE_block: case FL_NODE_if_: case FL_NODE_loop: case FL_NODE_foreach:
    case FL_NODE_switch_: case FL_NODE_case_: case FL_NODE_try_: case FL_NODE_label: case FL_NODE_export:
    case FL_NODE_opaque: case FL_NODE_sequence:
        for (const fl_node *child = node->first; child; child = child->next) declare_hoisted(l, child, mark, inner);
        break;
    default: break;
    }
}

void fl_scope_declare_target(fl_lower *l, const fl_node *target, uint32_t mark) { declare_target(l, target, mark, false); }
void fl_scope_declare_block(fl_lower *l, const fl_node *first, uint32_t mark) { declare_block(l, first, mark, false); }
void fl_scope_declare_hoisted(fl_lower *l, const fl_node *body) { declare_hoisted(l, body, l->function_mark, false); }

/* ---- captures ---- */

static void search(fl_lower *l, const fl_node *node, bool is_write);

static void search_children(fl_lower *l, const fl_node *first, bool is_write)
{
    for (; first; first = first->next) search(l, first, is_write);
}

static void search_function(fl_lower *l, const fl_node *function)
{
    uint32_t mark = fl_scope_enter(l);
    const fl_node *params = function->first, *body = fl_node_child(function, 2);
    for (const fl_node *param = params ? params->first : NULL; param; param = param->next)
        declare_target(l, param->first, mark, true);
    if (!fl_node_is_absent(body)) declare_hoisted(l, body, mark, true);
    for (const fl_node *param = params ? params->first : NULL; param; param = param->next)
        search_children(l, param->first, false);
    if (body) search(l, body, false);
    fl_scope_leave(l, mark);
}

static void search_scope(fl_lower *l, const fl_node *node)
{
    uint32_t mark = fl_scope_enter(l);
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_switch_:
        for (const fl_node *arm = node->first ? node->first->next : NULL; arm; arm = arm->next)
            declare_block(l, arm->first ? arm->first->next : NULL, mark, true);
        break;
    case FL_NODE_loop:
        if (node->first && node->first->kind == FL_NODE_sequence) declare_block(l, node->first->first, mark, true);
        else if (node->first) declare_statement(l, node->first, mark, true);
        break;
    default: declare_block(l, node->first, mark, true); break;
    }
    search_children(l, node->first, false);
    fl_scope_leave(l, mark);
}

static void search_try(fl_lower *l, const fl_node *node)
{
    const fl_node *pattern = fl_node_child(node, 1), *handler = fl_node_child(node, 2);
    if (node->first) search(l, node->first, false);
    uint32_t mark = fl_scope_enter(l);
    declare_target(l, pattern, mark, true);
    if (pattern) search(l, pattern, false);
    if (handler) search(l, handler, false);
    fl_scope_leave(l, mark);
    if (handler && handler->next) search(l, handler->next, false);
}

static void search_name(const fl_lower *l, const fl_node *node, bool is_write)
{
    fl_var var = fl_lower_scope_find(l, node->sym);
    if (!var) return;
    fl_flow_var *v = &l->func->vars.items[var];
    v->is_captured = true;
    if (is_write) v->is_written_by_inner = true;
}

/* is_write: node is (part of) a target of an assignment. */
static void search(fl_lower *l, const fl_node *node, bool is_write)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_name: search_name(l, node, is_write); break;
    case FL_NODE_function: search_function(l, node); break;
    case FL_NODE_class_: {
        uint32_t mark = fl_scope_enter(l);
        declare(l, node->sym, node, mark, true);
        search_children(l, node->first, false);
        fl_scope_leave(l, mark);
        break;
    }
    case FL_NODE_block: case FL_NODE_loop: case FL_NODE_switch_: search_scope(l, node); break;
    case FL_NODE_try_: search_try(l, node); break;
    case FL_NODE_foreach: {
        uint32_t mark = fl_scope_enter(l);
        if (node->first) declare_statement(l, node->first, mark, true);
        if (node->first) search(l, node->first, node->first->kind != FL_NODE_let);
        if (node->first) search_children(l, node->first->next, false);
        fl_scope_leave(l, mark);
        break;
    }
    case FL_NODE_assign:
        search(l, node->first, true);
        search_children(l, node->first->next, false);
        break;
    case FL_NODE_unary:
        search_children(l, node->first, node->op == FL_OP_increment || node->op == FL_OP_decrement ||
                                            node->op == FL_OP_address);
        break;
    case FL_NODE_let: case FL_NODE_default_: case FL_NODE_pair: case FL_NODE_cast:
        /* the first place is the target; a hoisted `let` binds an inner name, so a write is never outside */
        if (node->first) {
            search(l, node->first, is_write);
            search_children(l, node->first->next, false);
        }
        break;
    case FL_NODE_list: case FL_NODE_dict: case FL_NODE_spread: search_children(l, node->first, is_write); break;
    case FL_NODE_type_alias: case FL_NODE_interface: case FL_NODE_type_params: case FL_NODE_type_param:
    case FL_NODE_type_name: case FL_NODE_type_literal: case FL_NODE_type_union: case FL_NODE_type_all:
    case FL_NODE_type_list: case FL_NODE_type_tuple: case FL_NODE_type_object: case FL_NODE_type_index:
    case FL_NODE_type_function: case FL_NODE_type_of: case FL_NODE_type_keys: case FL_NODE_type_at: break;
    default: search_children(l, node->first, false); break;
    }
}

void fl_scope_capture(fl_lower *l, const fl_node *inner)
{
    /* Of a class only the body is an inner scope; the rest is evaluated, and searched, where the class stands. */
    if (inner->kind == FL_NODE_class_) {
        uint32_t mark = fl_scope_enter(l);
        if (inner->parent && inner->parent->kind != FL_NODE_block && inner->parent->kind != FL_NODE_module)
            declare(l, inner->sym, inner, mark, true);
        const fl_node *body = fl_node_child(inner, 1);
        if (body) search(l, body, false);
        fl_scope_leave(l, mark);
    } else {
        search(l, inner, false);
    }
}
