/*
 * T6: absence is legal already, the expression only fails on its way to the default:
 *
 *     - const city = req.query.city ?? user.city ?? 'Wien';
 *     + const city = req.query.city ?? user?.city ?? 'Wien';
 *
 * Or the project has a default for this very thing elsewhere, and what fails is its only use here:
 *
 *     item->note ? item->note : ""            in another function
 *     - has_note = strlen(item->note) > 0;
 *     + has_note = strlen(item->note ? item->note : "") > 0;
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

/** What tells one column or field from another: its name, or the call with its constant arguments. */
static bool same_thing(const fl_node *a, const fl_node *b)
{
    while (a->kind == FL_NODE_cast) a = fl_node_child(a, 0);
    while (b->kind == FL_NODE_cast) b = fl_node_child(b, 0);
    if (a->kind != b->kind) return false;
    if (a->kind == FL_NODE_member) return a->sym == b->sym;
    if (a->kind != FL_NODE_call || !fl_callee_name(a) || fl_callee_name(a) != fl_callee_name(b)) return false;
    const fl_node *x = fl_node_child(a, 1), *y = fl_node_child(b, 1);
    bool has_constant = false;
    for (; x && y; x = x->next, y = y->next) {
        bool is_constant = x->kind == FL_NODE_number || x->kind == FL_NODE_string;
        if (is_constant && (x->kind != y->kind || x->sym != y->sym)) return false;
        has_constant |= is_constant;
    }
    return !x && !y && has_constant;
}

/** `x ? x : D`, `x != NULL ? x : D` of the same thing, where D is a constant. */
static const fl_node *default_of(const fl_node *node, const fl_node *thing)
{
    if (node->kind == FL_NODE_conditional) {
        const fl_node *test = fl_node_child(node, 0), *then = fl_node_child(node, 1), *otherwise = fl_node_child(node, 2);
        if (test->kind == FL_NODE_binary && (test->op == FL_OP_not_same || test->op == FL_OP_ne) && fl_node_child(test, 1)->kind == FL_NODE_null) test = fl_node_child(test, 0);
        if (same_thing(test, thing) && same_thing(then, thing) && (otherwise->kind == FL_NODE_string || otherwise->kind == FL_NODE_number)) return node;
    }
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = default_of(child, thing);
        if (found) return found;
    }
    return NULL;
}

static unsigned uses(const fl_node *node, const fl_node *thing)
{
    if (same_thing(node, thing)) return 1;
    unsigned count = 0;
    for (const fl_node *child = node->first; child; child = child->next) count += uses(child, thing);
    return count;
}

static void default_like_sibling(fl_job *job)
{
    const fl_place *place = &job->places.items[0];
    const fl_node *thing = place->value, *body = place->function ? fl_node_child(place->function, 2) : NULL;
    fl_str row = fl_spelling_row(place->spelling, "default");
    if (job->spot->kind != FL_WS_null_column || !thing || !body || !row.len || place->path.len) return;
    if ((thing->kind != FL_NODE_member && thing->kind != FL_NODE_call) || !place->checked.len || uses(body, thing) != 1) return;
    bool is_argument = thing->parent && thing->parent->kind == FL_NODE_call && fl_node_child(thing->parent, 0) != thing;
    const fl_project *project = job->shop->api->project;
    for (uint32_t i = 0; is_argument && i < project->file_count; i++) {
        const fl_node *sibling = project->files[i]->root ? default_of(project->files[i]->root, thing) : NULL;
        if (!sibling) continue;
        fl_str text = fl_fill(job->arena, row, (fl_hole[]){ { "x", place->checked }, { "default", fl_node_text(project->files[i], fl_node_child(sibling, 2)) }, { 0 } });
        fl_edits edits = { 0 };
        fl_edit_push(job, &edits, place, thing->start_byte, thing->end_byte, text);
        fl_candidate *candidate = fl_job_add(job, "tolerate-absence", &edits, NULL);
        if (candidate) candidate->is_tolerant = true;
        return;
    }
}

void fl_template_tolerate(fl_job *job)
{
    if (!job->places.count) return;
    default_like_sibling(job);
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
