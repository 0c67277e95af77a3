/*
 * T7: somewhere below, the project checks the value itself and throws what nobody maps to a refusal. The same check is
 * asked for in the handler, through the module that the handler calls already:
 *
 *     function slot(key) { if (!isKey(key)) throw new TypeError(…) … }     reviews.js, which exports isKey
 *     + if (!reviews.isKey(req.params.key)) { throw new HttpError(404, …) }
 *       const review = reviews.find(req.params.key);
 */
#include <string.h>
#include "fixer/fixer_p.h"

/** The condition of the `if` whose then-branch this is: a predicate of the project, called with one name. */
static const fl_node *predicate_call(const fl_node *failing, bool *is_negated)
{
    const fl_node *statement = failing;
    while (statement && statement->parent && statement->parent->kind != FL_NODE_if_) {
        if (statement->kind == FL_NODE_function) return NULL;
        statement = statement->parent;
    }
    if (!statement || !statement->parent || fl_node_child(statement->parent, 1) != statement) return NULL;
    const fl_node *condition = fl_node_child(statement->parent, 0);
    *is_negated = condition->kind == FL_NODE_unary && condition->op == FL_OP_not;
    if (*is_negated) condition = fl_node_child(condition, 0);
    if (condition->kind != FL_NODE_call || fl_node_count(condition) != 2) return NULL;
    return fl_node_child(condition, 0)->kind == FL_NODE_name && fl_node_child(condition, 1)->kind == FL_NODE_name ? condition : NULL;
}

/** Is it used as a member of something, or named in what the module exports? */
static bool is_exported(const fl_node *node, fl_sym name)
{
    if (node->kind == FL_NODE_function && node->parent && node->parent->kind != FL_NODE_export) return false;
    if ((node->kind == FL_NODE_pair || node->kind == FL_NODE_member || node->kind == FL_NODE_export_item) && node->sym == name) return true;
    if (node->kind == FL_NODE_export && fl_declares(node, name)) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (is_exported(child, name)) return true;
    return false;
}

void fl_template_transfer_check(fl_job *job, fl_round round)
{
    if (!job->places.count) return;
    const fl_place *first = &job->places.items[0];
    bool is_negated = false;
    const fl_node *call = predicate_call(first->node, &is_negated);
    if (!call) return;
    const fl_node *subject = fl_node_child(call, 1);
    fl_sym predicate = fl_callee_name(call);
    if (!is_exported(first->file->root, predicate)) return;
    /* the same way up, for the value that the predicate is asked about */
    fl_weak_spot spot = *job->spot;
    spot.hint = FL_HINT_CHECK_PRESENT;
    spot.subject = fl_node_span(subject);
    fl_job by_value = { .shop = job->shop, .arena = job->arena, .spot = &spot, .operation = job->operation };
    fl_places_find(&by_value);
    for (size_t i = 1; i < by_value.places.count; i++) {
        const fl_place *place = &by_value.places.items[i];
        fl_site site;
        fl_str reach;
        if (!place->checked.len || place->element.len || !fl_site_find(&site, job, place)) continue;
        if (!fl_site_reach(job, &site, place->node, &reach) || reach.len) continue;
        const fl_node *callee = fl_node_child(place->node, 0);
        fl_str asked = fl_sym_str(predicate);
        if (place->file != first->file) {
            if (callee->kind != FL_NODE_member || fl_has_calls(callee)) continue;
            asked = fl_spell(job->arena, place->spelling, "member",
                             (fl_hole[]){ { "x", fl_text_of(place, fl_node_child(callee, 0)) }, { "name", asked }, { 0 } });
        }
        fl_str condition = fl_spell(job->arena, place->spelling, "call", (fl_hole[]){ { "x", asked }, { "argument", place->checked }, { 0 } });
        if (is_negated) condition = fl_spell(job->arena, place->spelling, "not", (fl_hole[]){ { "x", condition }, { 0 } });
        fl_place named = *place;
        named.value = place->node;                                   /* what is looked for names the message */
        named.name_hint = FL_S("");
        fl_refusings refusals = { 0 };
        fl_refusals_at(job, &named, round, &refusals);
        if (!refusals.count) continue;
        fl_edits edits = { 0 };
        fl_edits_append(job, &edits, &refusals.items[0].imports);
        fl_site_insert(job, &site, fl_guard_text(job, place, condition, refusals.items[0].statement), &edits);
        fl_job_add(job, "transfer-check", &edits, refusals.items[0].refusal);
    }
}
