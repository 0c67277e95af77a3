/*
 * Jumps that leave something, and try.
 *
 * A finally body runs on every way out, and what is known differs by way, so it is copied: once behind a normal end, once
 * for a throw, once for all returns (they meet with their value in a variable), once for each target of break and
 * continue. The copies are made where the try statement ends, so that names mean there what they should, and each goes
 * on outwards by the same rules: a return through two finally bodies runs both, inner first.
 */
#include "extractor/flow/lower_p.h"

/* ---- leaving ---- */

static fl_frame *innermost_finally(const fl_lower *l, const fl_frame *until)
{
    for (fl_frame *f = l->frame; f && f != until; f = f->outer)
        if (f->kind == FL_FRAME_FINALLY) return f;
    return NULL;
}

void fl_lower_return(fl_lower *l, fl_temp value, const fl_node *node)
{
    fl_frame *finally = innermost_finally(l, NULL);
    if (!finally) {
        fl_lower_emit(l, FL_I_return_, node)->a = value;
        return;
    }
    if (!finally->return_copy) {
        finally->return_copy = fl_lower_block(l);
        finally->return_var = fl_lower_var(l, FL_SYM_NONE, node);
        finally->return_node = node;
    }
    fl_lower_store(l, finally->return_var, value ? value : fl_lower_undefined(l, node), 0, node);
    fl_lower_jump(l, finally->return_copy);
}

static void leave_to(fl_lower *l, const fl_frame *target, bool is_continue, const fl_node *node)
{
    fl_frame *finally = innermost_finally(l, target);
    if (!finally) {
        fl_lower_jump(l, is_continue ? target->continue_block : target->break_block);
        return;
    }
    for (size_t i = 0; i < finally->exits.count; i++)
        if (finally->exits.items[i].target == target && finally->exits.items[i].is_continue == is_continue) {
            fl_lower_jump(l, finally->exits.items[i].copy);
            return;
        }
    uint32_t copy = fl_lower_block(l);
    fl_vec_push(&l->scratch, &finally->exits, (struct fl_exit){ target, is_continue, copy, node });
    fl_lower_jump(l, copy);
}

void fl_lower_leave(fl_lower *l, const fl_node *node)
{
    bool is_continue = node->kind == FL_NODE_continue_;
    for (const fl_frame *f = l->frame; f; f = f->outer) {
        bool fits = node->sym ? f->kind == FL_FRAME_LABEL && f->label == node->sym && (!is_continue || f->continue_block)
                              : f->kind == FL_FRAME_LOOP || (f->kind == FL_FRAME_SWITCH && !is_continue);
        if (!fits) continue;
        leave_to(l, f, is_continue, node);
        return;
    }
    fl_lower_opaque(l, node, "jump to nowhere");
}

/* ---- labels ---- */

static uint32_t label_block(fl_lower *l, fl_sym name, bool is_definition)
{
    for (size_t i = 0; i < l->labels.count; i++)
        if (l->labels.items[i].label == name) {
            if (is_definition && l->labels.items[i].is_defined) return 0;
            l->labels.items[i].is_defined |= is_definition;
            return l->labels.items[i].block;
        }
    uint32_t block = fl_lower_block(l);
    fl_vec_push(&l->scratch, &l->labels, (struct fl_goto_label){ name, block, is_definition });
    return block;
}

void fl_lower_label(fl_lower *l, const fl_node *node)
{
    uint32_t block = l->has_goto ? label_block(l, node->sym, true) : 0;
    if (block) {
        fl_lower_jump(l, block);
        fl_lower_begin(l, block);
    }
    fl_frame frame = { .kind = FL_FRAME_LABEL, .outer = l->frame, .label = node->sym, .break_block = fl_lower_block(l) };
    l->frame = &frame;
    if (node->first) fl_lower_stmt(l, node->first);
    l->frame = frame.outer;
    fl_lower_jump(l, frame.break_block);
    fl_lower_begin(l, frame.break_block);
}

void fl_lower_goto(fl_lower *l, const fl_node *node) { fl_lower_jump(l, label_block(l, node->sym, false)); }

void fl_lower_end_labels(fl_lower *l)
{
    for (size_t i = 0; i < l->labels.count; i++) {
        if (l->labels.items[i].is_defined) continue;
        fl_lower_begin(l, l->labels.items[i].block);
        fl_lower_opaque(l, l->func->node, "jump to nowhere");
        fl_lower_emit(l, FL_I_return_, NULL);
    }
}

/* ---- try ---- */

/* One copy of the finally body, entered at block. */
static void begin_copy(fl_lower *l, uint32_t block, const fl_node *body)
{
    fl_lower_begin(l, block);
    fl_lower_stmt(l, body);
}

void fl_lower_try(fl_lower *l, const fl_node *node)
{
    const fl_node *body = node->first, *pattern = fl_node_child(node, 1);
    const fl_node *catch_body = fl_node_child(node, 2), *finally_body = fl_node_child(node, 3);
    bool has_catch = !fl_node_is_absent(catch_body), has_finally = !fl_node_is_absent(finally_body);
    uint32_t outer = l->handler, after = fl_lower_block(l), enter = fl_lower_block(l);
    uint32_t catch_block = has_catch ? fl_lower_block(l) : 0, throw_copy = has_finally ? fl_lower_block(l) : 0;
    uint32_t outside = has_finally ? throw_copy : outer; /* what catches a throw of the catch body */
    fl_frame frame = { .kind = FL_FRAME_FINALLY, .outer = l->frame };
    if (has_finally) l->frame = &frame;

    fl_lower_jump(l, enter);
    l->handler = has_catch ? catch_block : outside;
    fl_lower_begin(l, enter);
    fl_lower_stmt(l, body);
    fl_lower_jump(l, after);
    if (has_catch) {
        l->handler = outside;
        fl_lower_begin(l, catch_block);
        fl_temp thrown = fl_lower_emit_dst(l, FL_I_catch_, fl_node_is_absent(pattern) ? catch_body : pattern, 0, 0);
        uint32_t mark = fl_scope_enter(l);
        if (!fl_node_is_absent(pattern)) {
            fl_scope_declare_target(l, pattern, mark);
            fl_lower_bind(l, pattern, thrown, FL_I_DECLARE);
        }
        fl_lower_stmt(l, catch_body);
        fl_scope_leave(l, mark);
        fl_lower_jump(l, after);
    }
    l->frame = frame.outer;
    l->handler = outer;
    if (!has_finally) {
        fl_lower_begin(l, after);
        return;
    }

    uint32_t done = fl_lower_block(l);
    begin_copy(l, after, finally_body);
    fl_lower_jump(l, done);
    for (size_t i = 0; i < frame.exits.count; i++) {
        begin_copy(l, frame.exits.items[i].copy, finally_body);
        if (l->current) leave_to(l, frame.exits.items[i].target, frame.exits.items[i].is_continue, frame.exits.items[i].node);
    }
    if (frame.return_copy) {
        begin_copy(l, frame.return_copy, finally_body);
        if (l->current) fl_lower_return(l, fl_lower_load(l, frame.return_var, frame.return_node), frame.return_node);
    }
    fl_lower_begin(l, throw_copy);
    fl_temp thrown = fl_lower_emit_dst(l, FL_I_catch_, finally_body, 0, 0);
    fl_lower_stmt(l, finally_body);
    if (l->current) fl_lower_emit(l, FL_I_throw_, finally_body)->a = thrown;
    fl_lower_begin(l, done);
}
