/*
 * Statements of start-up code. A condition that is not known runs both arms: registrations of either are wanted.
 * A return inside such an arm does not end the function, because the other way through may register more.
 */
#include "extractor/values/value_p.h"

static void declare_name(fl_values *v, fl_scope *scope, const fl_node *pattern, bool is_const);

static void declare_children(fl_values *v, fl_scope *scope, const fl_node *node, bool is_const)
{
    for (const fl_node *c = node->first; c; c = c->next) declare_name(v, scope, c, is_const);
}

/* Makes cells for every name of a pattern. */
static void declare_name(fl_values *v, fl_scope *scope, const fl_node *p, bool is_const)
{
    switch ((fl_node_kind)p->kind) {
    case FL_NODE_name: fl_scope_declare(v, scope, p->sym, NULL, p)->is_const = is_const; break;
    case FL_NODE_list: case FL_NODE_dict: declare_children(v, scope, p, is_const); break;
    case FL_NODE_pair: case FL_NODE_default_: case FL_NODE_spread: if (p->first) declare_name(v, scope, p->first, is_const); break;
    default: break;
    }
}

/* Hoists `var` out of nested blocks, but not out of functions. */
static void hoist_vars(fl_values *v, fl_scope *scope, const fl_node *node)
{
    for (const fl_node *c = node ? node->first : NULL; c; c = c->next) {
        if (c->kind == FL_NODE_let) { if (c->flags & FL_FLAG_HOISTED) declare_name(v, scope, c->first, false); continue; }
        if (c->kind == FL_NODE_block || c->kind == FL_NODE_if_ || c->kind == FL_NODE_loop || c->kind == FL_NODE_foreach || c->kind == FL_NODE_try_ ||
            c->kind == FL_NODE_switch_ || c->kind == FL_NODE_case_ || c->kind == FL_NODE_label) hoist_vars(v, scope, c);
    }
}

static void hoist_one(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    switch ((fl_node_kind)s->kind) {
    case FL_NODE_function:
        if (!fl_node_is_absent(fl_node_child(s, 2))) fl_scope_declare(v, scope, s->sym, fl_make_function(v, f, scope, s), s)->is_const = true;
        break;
    case FL_NODE_class_: case FL_NODE_enum_: fl_scope_declare(v, scope, s->sym, NULL, s)->is_const = true; break;
    case FL_NODE_let: declare_name(v, scope, s->first, s->flags & FL_FLAG_CONST); break;
    case FL_NODE_export: if (s->first && !fl_node_is_absent(s->first)) hoist_one(v, f, scope, s->first); break;
    case FL_NODE_if_: case FL_NODE_loop: case FL_NODE_foreach: case FL_NODE_try_: case FL_NODE_switch_: case FL_NODE_label: hoist_vars(v, scope, s); break;
    default: break;
    }
}

void fl_hoist(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *first)
{
    for (const fl_node *s = first; s; s = s->next) hoist_one(v, f, scope, s);
}

fl_completion fl_run_block(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *first)
{
    for (const fl_node *s = first; s; s = s->next) {
        fl_completion done = fl_run_statement(v, f, scope, s);
        if (done != FL_DONE_NORMAL) return done;
    }
    return FL_DONE_NORMAL;
}

static fl_completion run_scoped(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *block)
{
    fl_scope *inner = fl_scope_new(v, scope, scope->module);
    for (const fl_node *s = block->first; s; s = s->next) {   /* a variable of the whole function is declared there already */
        bool is_outer = s->kind == FL_NODE_let && s->flags & FL_FLAG_HOISTED && s->first->kind == FL_NODE_name && fl_scope_find(scope, s->first->sym);
        bool is_seen = s->kind == FL_NODE_if_ || s->kind == FL_NODE_loop || s->kind == FL_NODE_foreach || s->kind == FL_NODE_try_ || s->kind == FL_NODE_switch_ || s->kind == FL_NODE_label;
        if (!is_outer && !is_seen) hoist_one(v, f, inner, s);
    }
    return fl_run_block(v, f, inner, block->first);
}

/* Runs an arm that may or may not run: how it ends says nothing about what follows. */
static void run_unsure(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node)
{
    if (fl_node_is_absent(node)) return;
    f->unsure++;
    (void)fl_run_statement(v, f, scope, node);
    f->unsure--;
}

static fl_completion run_if(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    int truth = fl_value_truth(fl_eval(v, f, scope, s->first));
    const fl_node *then = fl_node_child(s, 1), *other = fl_node_child(s, 2);
    if (truth >= 0) {
        const fl_node *arm = truth ? then : other;
        return fl_node_is_absent(arm) ? FL_DONE_NORMAL : fl_run_statement(v, f, scope, arm);
    }
    run_unsure(v, f, scope, then);
    run_unsure(v, f, scope, other);
    return FL_DONE_NORMAL;
}

static fl_completion run_loop(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    const fl_node *init = fl_node_child(s, 0), *condition = fl_node_child(s, 1), *step = fl_node_child(s, 2), *body = fl_node_child(s, 3);
    fl_scope *inner = fl_scope_new(v, scope, scope->module);
    if (!fl_node_is_absent(init)) {
        if (init->kind == FL_NODE_let) hoist_one(v, f, inner, init);
        else if (init->kind == FL_NODE_sequence) fl_hoist(v, f, inner, init->first);
        (void)fl_eval(v, f, inner, init);
    }
    bool is_endless = fl_node_is_absent(condition) || condition->kind == FL_NODE_number || condition->kind == FL_NODE_boolean;
    unsigned most = is_endless ? FL_LIMIT_EVAL_ENDLESS : FL_LIMIT_EVAL_LOOP;
    uint32_t registered = v->registered, began = v->entry_steps;
    bool is_idle = v->is_entering && f->module->linkage && !fl_reach_within(v->reach, body);
    uint32_t patience = is_idle ? FL_LIMIT_EVAL_IDLE_STEPS : FL_LIMIT_EVAL_WAIT_STEPS;
    for (unsigned i = 0;; i++) {
        bool is_asked = !fl_node_is_absent(condition) && !(s->flags & FL_FLAG_POST_TEST && i == 0);
        int truth = is_asked ? fl_value_truth(fl_eval(v, f, inner, condition)) : 1;
        if (truth == 0) return FL_DONE_NORMAL;
        if (truth < 0 || i >= most || !fl_eval_step(v, f)) {
            if (truth < 0) run_unsure(v, f, inner, body); else if (!v->idle_until) v->limit_count++;
            return FL_DONE_NORMAL;
        }
        fl_completion done = fl_run_statement(v, f, inner, body);
        if (done == FL_DONE_BREAK) return FL_DONE_NORMAL;
        if (v->registered != registered) { registered = v->registered; began = v->entry_steps; }
        if (v->is_entering && v->entry_steps - began > patience) return FL_DONE_NORMAL;
        if (done == FL_DONE_RETURN || done == FL_DONE_THROW) return done;
        if (!fl_node_is_absent(step)) (void)fl_eval(v, f, inner, step);
    }
}

/* One round of a foreach; false ends the loop with *done. */
static bool run_round(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s, fl_value *item, fl_completion *done)
{
    fl_scope *inner = fl_scope_new(v, scope, scope->module);
    const fl_node *target = s->first;
    bool declares = target->kind == FL_NODE_let;
    if (declares) { hoist_one(v, f, inner, target); target = target->first; }
    fl_bind_pattern(v, f, inner, target, item, declares);
    *done = fl_run_statement(v, f, inner, fl_node_child(s, 2));
    if (*done == FL_DONE_CONTINUE) *done = FL_DONE_NORMAL;
    return *done == FL_DONE_NORMAL;
}

static fl_completion run_foreach(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    fl_value *over = fl_eval(v, f, scope, fl_node_child(s, 1)), *pairs = fl_map_pairs(v, f, over, s);
    if (pairs) over = pairs;
    fl_completion done = FL_DONE_NORMAL;
    if (s->flags & FL_FLAG_KEYS && over->kind == FL_V_DICT) {
        for (size_t i = 0; i < over->slots.count && i < FL_LIMIT_EVAL_LOOP; i++)
            if (!run_round(v, f, scope, s, fl_value_text(v, FL_V_STRING, over->slots.items[i].key, s), &done)) break;
    } else if (over->kind == FL_V_LIST) {
        for (size_t i = 0; i < over->items.count && i < FL_LIMIT_EVAL_LOOP; i++) {
            fl_value *item = over->items.items[i];
            if (s->flags & FL_FLAG_KEYS) item = fl_value_text(v, FL_V_NUMBER, fl_sym_of(fl_str_format(&v->arena, "%zu", i)), s);
            if (!run_round(v, f, scope, s, item, &done)) break;
        }
    } else {
        f->unsure++;
        run_round(v, f, scope, s, fl_value_unknown(v, "element of unknown", s), &done);
        f->unsure--;
        return FL_DONE_NORMAL;
    }
    return done == FL_DONE_BREAK ? FL_DONE_NORMAL : done;
}

static fl_completion run_switch(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    fl_value *value = fl_eval(v, f, scope, s->first);
    fl_scope *inner = fl_scope_new(v, scope, scope->module);
    fl_str wanted;
    bool is_known = fl_value_as_text(value, &wanted);
    const fl_node *start = NULL, *fallback = NULL;
    for (const fl_node *c = s->first->next; c; c = c->next) {
        fl_hoist(v, f, inner, c->first->next);
        fl_str text;
        if (fl_node_is_absent(c->first)) fallback = c;
        else if (is_known && !start && fl_value_as_text(fl_eval(v, f, inner, c->first), &text) && fl_str_eq(text, wanted)) start = c;
    }
    if (!is_known) {
        f->unsure++;
        for (const fl_node *c = s->first->next; c; c = c->next) (void)fl_run_block(v, f, inner, c->first->next);
        f->unsure--;
        return FL_DONE_NORMAL;
    }
    for (const fl_node *c = start ? start : fallback; c; c = c->next) {
        fl_completion done = fl_run_block(v, f, inner, c->first->next);
        if (done == FL_DONE_BREAK) return FL_DONE_NORMAL;
        if (done != FL_DONE_NORMAL) return done;
    }
    return FL_DONE_NORMAL;
}

static void run_enum(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    fl_value *dict = fl_value_new(v, FL_V_DICT, s);
    for (const fl_node *p = s->first; p; p = p->next)
        if (p->kind == FL_NODE_pair) fl_value_set(v, dict, p->sym, fl_eval(v, f, scope, p->first), p);
    const fl_cell *known = f->module->linkage ? fl_scope_find(scope, s->sym) : NULL;
    if (known && known->value && known->value->kind == FL_V_FUNCTION) return;   /* the name of a type is not that of a value */
    fl_scope_declare(v, scope, s->sym, dict, s);
}

static void export_names(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *p)
{
    switch ((fl_node_kind)p->kind) {
    case FL_NODE_name: {
        fl_cell *cell = fl_scope_find(scope, p->sym);
        if (cell && cell->value) fl_value_set(v, f->module->exports, p->sym, cell->value, p);
        break;
    }
    case FL_NODE_list: case FL_NODE_dict: for (const fl_node *c = p->first; c; c = c->next) export_names(v, f, scope, c); break;
    case FL_NODE_pair: case FL_NODE_default_: case FL_NODE_spread: if (p->first) export_names(v, f, scope, p->first); break;
    default: break;
    }
}

static void run_export(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    const fl_node *what = fl_node_child(s, 0), *source = fl_node_child(s, 1);
    fl_value *exports = f->module->exports;
    if (s->flags & FL_FLAG_TYPE_ONLY) return;
    if (!fl_node_is_absent(source)) {
        fl_value *from = fl_module_import(v, f->module, fl_sym_str(source->sym), s);
        for (const fl_node *item = source->next; item; item = item->next) {
            fl_sym as = item->first->sym;
            if (as == FL_SYM_star && item->sym == FL_SYM_star) {
                for (size_t i = 0; i < from->slots.count; i++)
                    if (from->slots.items[i].key != FL_SYM_default_) fl_value_set(v, exports, from->slots.items[i].key, from->slots.items[i].value, s);
            } else fl_value_set(v, exports, as, item->sym == FL_SYM_star ? from : fl_get_member(v, f, from, item->sym, item), item);
        }
        return;
    }
    for (const fl_node *item = fl_node_child(s, 2); item; item = item->next)
        if (item->kind == FL_NODE_export_item) fl_value_set(v, exports, item->first->sym, fl_eval(v, f, scope, fl_node_child(item, 1)), item);
    if (fl_node_is_absent(what)) return;
    if (s->flags & FL_FLAG_DEFAULT) {
        bool is_named = (what->kind == FL_NODE_function || what->kind == FL_NODE_class_) && what->sym;
        if (is_named) (void)fl_run_statement(v, f, scope, what);
        fl_cell *cell = is_named ? fl_scope_find(scope, what->sym) : NULL;
        fl_value_set(v, exports, FL_SYM_default_, cell && cell->value ? cell->value : fl_eval(v, f, scope, what), s);
        return;
    }
    (void)fl_run_statement(v, f, scope, what);
    if (what->kind == FL_NODE_let) export_names(v, f, scope, what->first);
    else if (what->sym && (what->kind == FL_NODE_function || what->kind == FL_NODE_class_ || what->kind == FL_NODE_enum_)) {
        fl_cell *cell = fl_scope_find(scope, what->sym);
        if (cell && cell->value) fl_value_set(v, exports, what->sym, cell->value, what);
    }
}

static fl_completion run_return(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    fl_value *value = fl_eval(v, f, scope, s->first);
    bool is_sure = f->unsure == 0;
    bool may_be_null = f->module->linkage && f->result && !f->result_is_sure && fl_value_is_nullish(f->result) && !fl_value_is_nullish(value);   /* `if (!p) return NULL;` first */
    if (!f->result || may_be_null || (!f->result_is_sure && (is_sure || f->result->kind == FL_V_UNKNOWN || fl_value_is_nullish(f->result)) &&
                       !(fl_value_is_nullish(value) || value->kind == FL_V_UNKNOWN))) f->result = value;
    f->result_is_sure |= is_sure;
    return FL_DONE_RETURN;
}

static bool is_unsure(const fl_frame_state *f)
{
    for (; f; f = f->caller) if (f->unsure) return true;
    return false;
}

/* Programs write into memory of which they only have the address: what is not known keeps what was written into it. */
static void write_memory(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *p, fl_value *object, fl_value *value)
{
    if (object->kind == FL_V_EXTERNAL || fl_value_is_nullish(object)) return;
    const fl_value *old = fl_value_slot(object, p->sym);
    bool says_nothing = value->kind == FL_V_UNKNOWN || value->kind == FL_V_RESULT;
    if (says_nothing && !value->slots.count && old && old->kind != FL_V_UNKNOWN && !fl_value_is_nullish(old) && is_unsure(f)) return;
    if (object->kind == FL_V_UNKNOWN && !object->slots.count && p->first->kind == FL_NODE_member) fl_bind_pattern(v, f, scope, p->first, object, false);
    fl_value_set(v, object, p->sym, value, p);
}

void fl_bind_pattern(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *p, fl_value *value, bool declare)
{
    switch ((fl_node_kind)p->kind) {
    case FL_NODE_name: {
        fl_cell *cell = declare ? fl_scope_declare(v, scope, p->sym, value, p) : fl_scope_find(scope, p->sym);
        if (!cell) break;
        bool says_less = value->kind == FL_V_UNKNOWN || (value->kind == FL_V_TEMPLATE && cell->value && cell->value->kind == FL_V_STRING);
        if (f->unsure && cell->value && says_less) break;   /* an arm that may not run loses nothing */
        cell->value = value;
        break;
    }
    case FL_NODE_member: {
        fl_value *object = fl_eval(v, f, scope, p->first);
        if (f->module->linkage) write_memory(v, f, scope, p, object, value);
        else if (object->kind != FL_V_UNKNOWN && object->kind != FL_V_EXTERNAL) fl_value_set(v, object, p->sym, value, p);
        break;
    }
    case FL_NODE_index: {
        fl_value *object = fl_eval(v, f, scope, p->first), *index = fl_eval(v, f, scope, fl_node_child(p, 1));
        fl_str key;
        bool is_known = object->kind != FL_V_UNKNOWN || (object->node && value->kind != FL_V_UNKNOWN && value->kind != FL_V_RESULT);   /* what came from elsewhere has what is written into it */
        if (fl_value_as_text(index, &key) && is_known) fl_value_set(v, object, fl_sym_of(key), value, p);
        break;
    }
    case FL_NODE_default_:
        if (value->kind == FL_V_UNDEFINED || (value->kind == FL_V_UNKNOWN && value->is_environment)) value = fl_eval(v, f, scope, fl_node_child(p, 1));
        fl_bind_pattern(v, f, scope, p->first, value, declare);
        break;
    case FL_NODE_dict:
        for (const fl_node *c = p->first; c; c = c->next) {
            if (c->kind == FL_NODE_spread) { fl_bind_pattern(v, f, scope, c->first, value, declare); continue; }
            if (c->kind != FL_NODE_pair) continue;
            const fl_node *computed = fl_node_child(c, 1);
            fl_str key;
            fl_value *part = fl_node_is_absent(computed) ? fl_get_member(v, f, value, c->sym, c)
                           : fl_value_as_text(fl_eval(v, f, scope, computed), &key) ? fl_get_member(v, f, value, fl_sym_of(key), c) : fl_value_unknown(v, "computed key", c);
            fl_bind_pattern(v, f, scope, c->first, part, declare);
        }
        break;
    case FL_NODE_list: {
        size_t i = 0;
        for (const fl_node *c = p->first; c; c = c->next, i++) {
            if (c->kind == FL_NODE_absent) continue;
            fl_value *part = value->kind != FL_V_LIST ? fl_value_unknown(v, "item of unknown", c) : i < value->items.count ? value->items.items[i] : fl_value_new(v, FL_V_UNDEFINED, c);
            if (c->kind == FL_NODE_spread) {
                part = fl_value_new(v, FL_V_LIST, c);
                for (size_t k = i; value->kind == FL_V_LIST && k < value->items.count; k++) fl_vec_push(&v->arena, &part->items, value->items.items[k]);
                fl_bind_pattern(v, f, scope, c->first, part, declare);
                break;
            }
            fl_bind_pattern(v, f, scope, c, part, declare);
        }
        break;
    }
    case FL_NODE_spread: case FL_NODE_cast: fl_bind_pattern(v, f, scope, p->first, value, declare); break;
    default: break;
    }
}

fl_completion fl_run_statement(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *s)
{
    if (fl_node_is_absent(s) || !fl_eval_step(v, f)) return FL_DONE_NORMAL;
    switch ((fl_node_kind)s->kind) {
    case FL_NODE_block: return run_scoped(v, f, scope, s);
    case FL_NODE_let: {
        const fl_node *init = fl_node_child(s, 1);
        if (fl_node_is_absent(init) && s->flags & FL_FLAG_HOISTED) return FL_DONE_NORMAL;
        fl_bind_pattern(v, f, scope, s->first, fl_eval(v, f, scope, init), !(s->flags & FL_FLAG_HOISTED));
        return FL_DONE_NORMAL;
    }
    case FL_NODE_expression: (void)fl_eval(v, f, scope, s->first); return FL_DONE_NORMAL;
    case FL_NODE_if_: return run_if(v, f, scope, s);
    case FL_NODE_loop: return run_loop(v, f, scope, s);
    case FL_NODE_foreach: return run_foreach(v, f, scope, s);
    case FL_NODE_switch_: return run_switch(v, f, scope, s);
    case FL_NODE_try_: {
        fl_completion done = fl_run_statement(v, f, scope, s->first);
        const fl_node *last = fl_node_child(s, 3);
        if (!fl_node_is_absent(last)) (void)fl_run_statement(v, f, scope, last);
        return done == FL_DONE_THROW ? FL_DONE_NORMAL : done;
    }
    case FL_NODE_throw_: (void)fl_eval(v, f, scope, s->first); return f->unsure ? FL_DONE_NORMAL : FL_DONE_THROW;
    case FL_NODE_return_: return run_return(v, f, scope, s);
    case FL_NODE_break_: return FL_DONE_BREAK;
    case FL_NODE_continue_: return FL_DONE_CONTINUE;
    case FL_NODE_label: return fl_run_statement(v, f, scope, s->first);
    case FL_NODE_function: return FL_DONE_NORMAL;   /* hoisted */
    case FL_NODE_class_: fl_scope_declare(v, scope, s->sym, fl_make_class(v, f, scope, s), s); return FL_DONE_NORMAL;
    case FL_NODE_enum_: run_enum(v, f, scope, s); return FL_DONE_NORMAL;
    case FL_NODE_export: run_export(v, f, scope, s); return FL_DONE_NORMAL;
    case FL_NODE_namespace: {   /* its exports become members of a dict of its name */
        fl_value *outer = f->module->exports, *members = fl_value_new(v, FL_V_DICT, s);
        f->module->exports = members;
        fl_completion done = run_scoped(v, f, scope, s->first);
        f->module->exports = outer;
        fl_scope_declare(v, scope, s->sym, members, s);
        return done;
    }
    case FL_NODE_import: case FL_NODE_interface: case FL_NODE_type_alias: return FL_DONE_NORMAL;
    default: (void)fl_eval(v, f, scope, s); return FL_DONE_NORMAL;
    }
}
