/*
 * What an exit leaves behind is released there, in the words in which the function's other exits do it:
 *
 *       if (existing != NULL) {
 *           item_free(existing);
 *     +     free(sku);
 *           return send_error(…, "sku exists already");
 *
 * The weak spot's subject is what made the resource, its related span the exit that forgets it; without one, every exit behind it
 * that forgets it is mended.
 */
#include <string.h>
#include "fixer/fixer_p.h"

/** The name that gets what this expression makes; 0 when none does. */
static fl_sym holder_of(const fl_node *node)
{
    for (const fl_node *below = node, *above = node ? node->parent : NULL; above; below = above, above = above->parent) {
        if (above->kind == FL_NODE_let || above->kind == FL_NODE_assign) {
            const fl_node *target = fl_node_child(above, 0);
            return target != below && target->kind == FL_NODE_name ? target->sym : FL_SYM_NONE;
        }
        if (above->kind == FL_NODE_call && fl_node_child(above, 0) != below) {      /* an out-parameter: f(&x) */
            const fl_node *inner = below->kind == FL_NODE_unary && below->op == FL_OP_address ? fl_node_child(below, 0) : NULL;
            return inner && inner->kind == FL_NODE_name ? inner->sym : FL_SYM_NONE;
        }
        if (above->kind != FL_NODE_cast) return FL_SYM_NONE;
    }
    return FL_SYM_NONE;
}

static bool mentions_name(fl_str text, fl_str name)
{
    for (ptrdiff_t at; (at = fl_str_find(text, name)) >= 0; text = fl_str_sub(text, (size_t)at + name.len, text.len)) {
        char before = at ? text.ptr[at - 1] : ' ', behind = (size_t)at + name.len < text.len ? text.ptr[(size_t)at + name.len] : ' ';
        bool is_inside = before == '_' || (before | 32) >= 'a' || (before >= '0' && before <= '9');
        bool goes_on = behind == '_' || (behind | 32) >= 'a' || (behind >= '0' && behind <= '9');
        if (!is_inside && !goes_on) return true;
    }
    return false;
}

/** A jump to a label whose code releases it forgets nothing; falling out of the function does not count. */
static bool is_exit(const fl_node *node) { return node->kind == FL_NODE_return_; }

static bool is_about(const fl_node *list_first, const fl_node *exit, fl_sym name)
{
    (void)list_first;
    return fl_mentions(exit, name);                                  /* handed to the caller, or to what is called last */
}

/** `if (name == NULL)`, `if (!name)`: behind it there is nothing to release. */
static bool is_known_absent(const fl_node *exit, fl_sym name)
{
    for (const fl_node *below = exit, *above = exit->parent; above && above->kind != FL_NODE_function; below = above, above = above->parent) {
        const fl_node *test = above->kind == FL_NODE_if_ && fl_node_child(above, 1) == below ? fl_node_child(above, 0) : NULL;
        if (!test) continue;
        if (test->kind == FL_NODE_unary && test->op == FL_OP_not && fl_node_child(test, 0)->kind == FL_NODE_name && fl_node_child(test, 0)->sym == name) return true;
        if (test->kind == FL_NODE_binary && (test->op == FL_OP_same || test->op == FL_OP_eq) && fl_mentions(fl_node_child(test, 0), name) &&
            fl_node_child(test, 0)->kind == FL_NODE_name && fl_node_child(test, 1)->kind == FL_NODE_null)
            return true;
    }
    return false;
}

static bool is_inner_block_of(const fl_node *node, const fl_node *function)
{
    return fl_function_of(node) == function;
}

static void mend_exits(fl_job *job, const fl_place *place, const fl_node *node, uint32_t from, fl_sym name, const fl_node *only, fl_edits *edits)
{
    for (const fl_node *child = node->first; child; child = child->next) {
        if (child->kind == FL_NODE_function) continue;
        mend_exits(job, place, child, from, name, only, edits);
        if (!is_exit(child) || child->start_byte < from || (only && child != only) || !is_inner_block_of(child, place->function)) continue;
        if (is_about(NULL, child, name) || is_known_absent(child, name)) continue;
        fl_lines live = { 0 };
        fl_place here = *place;
        here.node = child;
        fl_live_at(job, &here, child, FL_SYM_NONE, &live);
        for (size_t i = 0; i < live.count; i++) {
            fl_site site;
            if (!mentions_name(live.items[i], fl_sym_str(name)) || !fl_site_find(&site, job, &here)) continue;
            site.place = &here;
            fl_site_insert(job, &site, fl_terminated(job, &here, live.items[i]), edits);
            break;
        }
    }
}

void fl_template_release(fl_job *job)
{
    if (!job->places.count || !fl_exits_matter(&job->places.items[0])) return;
    const fl_place *place = &job->places.items[0];
    const fl_weak_spot *spot = job->spot;
    fl_sym name = place->value ? holder_of(place->value) : FL_SYM_NONE;
    if (!name && place->value && place->value->kind == FL_NODE_name) name = place->value->sym;
    if (!name && place->node) name = holder_of(place->node);
    const fl_node *body = place->function ? fl_node_child(place->function, 2) : NULL, *only = NULL;
    if (!name || !body || body->kind != FL_NODE_block) return;
    if (spot->related.file == place->file->id && spot->related.end_byte > spot->related.start_byte && spot->related.end_byte <= place->file->text.len) {
        only = fl_node_at(place->file->root, spot->related.start_byte, spot->related.end_byte);
        while (only && only->kind != FL_NODE_return_ && only->kind != FL_NODE_block) only = only->parent;
        if (only && only->kind != FL_NODE_return_) only = NULL;
    }
    fl_edits edits = { 0 };
    mend_exits(job, place, body, place->node->end_byte, name, only, &edits);
    fl_candidate *candidate = fl_job_add(job, "release-on-exit", &edits, NULL);
    if (candidate) candidate->keeps_answer = true;
}
