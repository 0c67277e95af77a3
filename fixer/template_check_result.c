/*
 * A call says whether it found anything, and this place does not listen; others of the project do:
 *
 *     - store_find_notebook(id, &notebook);
 *     + if (store_find_notebook(id, &notebook) != 0)
 *     +     return send_error(response, 404, "no such notebook");
 *
 * The condition is the one that most guards of this call have, with the arguments of this one.
 *
 * And what writes without a bound is asked how much it wrote, where a bounded form can tell (rows `bounds`):
 *
 *     - sprintf(path, "/n/%d/%s", id, slug);
 *     + if ((size_t)snprintf(path, sizeof path, "/n/%d/%s", id, slug) >= sizeof path) { … }
 */
#include <string.h>
#include "fixer/fixer_p.h"

static const fl_node *call_in(const fl_node *node, fl_sym callee)
{
    if (node->kind == FL_NODE_call && fl_callee_name(node) == callee) return node;
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = child->kind == FL_NODE_function ? NULL : call_in(child, callee);
        if (found) return found;
    }
    return NULL;
}

/** Does this arm leave, as a refusal does? */
static bool leaves(const fl_node *arm)
{
    if (arm->kind == FL_NODE_block) {
        const fl_node *last = arm->first;
        while (last && last->next) last = last->next;
        return last && leaves(last);
    }
    return arm->kind == FL_NODE_return_ || arm->kind == FL_NODE_goto_ || arm->kind == FL_NODE_throw_;
}

/** A guard of that call: `if (f(a, &b) != 0) return …`; the smallest part of its condition that is a test of the call alone. */
static const fl_node *guard_in(const fl_node *node, fl_sym callee, const fl_node **call)
{
    if (node->kind == FL_NODE_if_ && leaves(fl_node_child(node, 1))) {
        const fl_node *found = call_in(fl_node_child(node, 0), callee);
        const fl_node *test = found ? found->parent : NULL;
        if (test && (test->kind == FL_NODE_binary || (test->kind == FL_NODE_unary && test->op == FL_OP_not))) {
            bool is_alone = test == fl_node_child(node, 0) || (test->parent->kind == FL_NODE_logical && test->parent->op == FL_OP_or);
            const fl_node *other = test->kind == FL_NODE_binary ? fl_node_child(test, fl_node_child(test, 0) == found ? 1 : 0) : NULL;
            if (is_alone && (!other || other->kind == FL_NODE_number || other->kind == FL_NODE_boolean || other->kind == FL_NODE_null || other->kind == FL_NODE_unary)) {
                *call = found;
                return test;
            }
        }
        if (found && found == fl_node_child(node, 0)) {
            *call = found;
            return found;
        }
    }
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *test = guard_in(child, callee, call);
        if (test) return test;
    }
    return NULL;
}

static bool hands_out(const fl_node *call, fl_sym name)
{
    for (const fl_node *argument = fl_node_child(call, 1); argument; argument = argument->next) {
        const fl_node *bare = argument;
        while (bare->kind == FL_NODE_cast) bare = fl_node_child(bare, 0);
        if (bare->kind == FL_NODE_unary && bare->op == FL_OP_address && fl_node_child(bare, 0)->kind == FL_NODE_name && fl_node_child(bare, 0)->sym == name) return true;
    }
    return false;
}

/** The last statement before the place that is nothing but a call which hands the name out. */
static const fl_node *unheard_call(const fl_node *node, fl_sym name, uint32_t before)
{
    const fl_node *found = NULL;
    for (const fl_node *child = node->first; child && child->start_byte < before; child = child->next) {
        if (child->kind == FL_NODE_function) continue;
        const fl_node *call = child->kind == FL_NODE_expression ? fl_node_child(child, 0) : NULL;
        if (call && call->kind == FL_NODE_call && hands_out(call, name)) found = child;
        const fl_node *inner = unheard_call(child, name, before);
        if (inner) found = inner;
    }
    return found;
}

/** The statement becomes the condition of a refusal. */
static void ask(fl_job *job, const fl_place *place, const fl_node *statement, fl_str condition, const char *id, fl_round round)
{
    fl_place here = *place;
    fl_site site;
    here.node = statement;
    if (!fl_site_find(&site, job, &here) || site.statement != statement) return;
    fl_refusings refusals = { 0 };
    fl_refusals_at(job, &here, round, &refusals);
    for (size_t i = 0; i < refusals.count && i < 2; i++) {
        fl_edits edits = { 0 };
        fl_edits_append(job, &edits, &refusals.items[i].imports);
        fl_site_replace(job, &site, fl_guard_text(job, &here, condition, refusals.items[i].statement), &edits);
        fl_job_add(job, id, &edits, refusals.items[i].refusal);
    }
}

void fl_template_check_result(fl_job *job, fl_round round)
{
    if (!job->places.count || !fl_exits_matter(&job->places.items[0])) return;
    const fl_place *place = &job->places.items[0];
    const fl_node *body = place->function ? fl_node_child(place->function, 2) : NULL, *root = place->value;
    while (root && (root->kind == FL_NODE_member || root->kind == FL_NODE_cast)) root = fl_node_child(root, 0);
    if (!body || !root || root->kind != FL_NODE_name) return;
    const fl_node *statement = unheard_call(body, root->sym, place->node->start_byte);
    if (!statement) return;
    const fl_project *project = job->shop->api->project;
    const fl_node *call = fl_node_child(statement, 0), *theirs = NULL;
    fl_sym callee = fl_callee_name(call);
    for (uint32_t i = 0; callee && i < project->file_count; i++) {
        if (!project->files[i]->root) continue;
        const fl_node *test = guard_in(project->files[i]->root, callee, &theirs);
        if (!test) continue;
        fl_str text = project->files[i]->text;
        fl_str condition = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_str_sub(text, test->start_byte, theirs->start_byte)),
                                         FL_STR_ARG(fl_text_of(place, call)), FL_STR_ARG(fl_str_sub(text, theirs->end_byte, test->end_byte)));
        ask(job, place, statement, condition, "check-result", round);
        return;
    }
}

void fl_template_bound(fl_job *job, fl_round round)
{
    if (!job->places.count || !fl_exits_matter(&job->places.items[0])) return;
    const fl_place *place = &job->places.items[0];
    const fl_node *call;
    fl_str too_long;
    const fl_data *row = fl_bound_of(job, place, &call, &too_long);
    if (!row || !fl_data_get_bool(row, "instead", false) || !call->parent || call->parent->kind != FL_NODE_expression) return;
    ask(job, place, call->parent, too_long, "bound-and-refuse", round);
}
