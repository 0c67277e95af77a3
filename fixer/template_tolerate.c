/*
 * T6: absence is legal already, the expression only fails on its way to the default:
 *
 *     - const city = req.query.city ?? user.city ?? 'Wien';
 *     + const city = req.query.city ?? user?.city ?? 'Wien';
 *
 * Only where the failing member is the left side of a default and its subject is used nowhere else; anything else is a
 * refusal, because a value that is merely missing later is harder to find than one that is refused here.
 */
#include <string.h>
#include "fixer/fixer_p.h"

static unsigned mentions(const fl_node *node, fl_sym name)
{
    unsigned count = node->kind == FL_NODE_name && node->sym == name;
    for (const fl_node *child = node->first; child; child = child->next) count += mentions(child, name);
    return count;
}

void fl_template_tolerate(fl_job *job)
{
    if (!job->places.count) return;
    const fl_place *place = &job->places.items[0];
    const fl_node *subject = place->value, *member = subject ? subject->parent : NULL;
    if (!member || subject->kind != FL_NODE_name || member->kind != FL_NODE_member || fl_node_child(member, 0) != subject) return;
    if (job->spot->kind != FL_WS_missing_lookup || (member->flags & FL_FLAG_OPTIONAL) || !place->function) return;
    const fl_node *whole = member;
    while (whole->parent && whole->parent->kind == FL_NODE_member) whole = whole->parent;
    const fl_node *holder = whole->parent;
    /* in a ?? b ?? c the middle is the right side of the first, whose value is the left side of the second */
    while (holder && holder->kind == FL_NODE_logical && holder->op == FL_OP_coalesce && fl_node_child(holder, 1) == whole) {
        whole = holder;
        holder = holder->parent;
    }
    if (!holder || holder->kind != FL_NODE_logical || holder->op != FL_OP_coalesce || fl_node_child(holder, 0) != whole) return;
    const fl_node *declaration = fl_declaration_of(subject, subject->sym);
    unsigned declared = declaration && declaration->kind == FL_NODE_let ? mentions(fl_node_child(declaration, 0), subject->sym) : 0;
    if (!declared || mentions(place->function, subject->sym) != declared + 1) return;
    fl_str text = fl_spell(job->arena, place->spelling, "member_if_present",
                           (fl_hole[]){ { "x", fl_text_of(place, subject) }, { "name", fl_sym_str(member->sym) }, { 0 } });
    if (!text.len) return;
    fl_edits edits = { 0 };
    fl_edit_push(job, &edits, place, member->start_byte, member->end_byte, text);
    fl_candidate *candidate = fl_job_add(job, "tolerate-absence", &edits, NULL);
    if (candidate) candidate->is_tolerant = true;
}
