/*
 * The check is there and refuses, but the handler goes on behind its answer: it only has to end there.
 *
 *       if (!film) res.status(404).json({ error: 'no film' });
 *     + if (!film) return res.status(404).json({ error: 'no film' });
 */
#include <string.h>
#include "fixer/fixer_p.h"

/** The last statement of an arm when it answers, as a call on the response. */
static const fl_node *answer_of(const fl_node *arm, fl_sym response)
{
    const fl_node *last = arm;
    if (arm->kind == FL_NODE_block)
        for (last = arm->first; last && last->next;) last = last->next;
    const fl_node *call = last && last->kind == FL_NODE_expression ? fl_node_child(last, 0) : NULL;
    if (!call || call->kind != FL_NODE_call) return NULL;
    const fl_node *root = fl_chain_root(call);
    return root && root->kind == FL_NODE_name && root->sym == response ? last : NULL;
}

/** The statement that is just this call. */
static const fl_node *statement_of(const fl_file *file, fl_span call)
{
    const fl_node *node = file->root && call.end_byte <= file->text.len ? fl_node_at(file->root, call.start_byte, call.end_byte) : NULL;
    while (node && node->kind == FL_NODE_call && node->parent && node->parent->kind != FL_NODE_expression) node = node->parent;
    return node && node->parent && node->parent->kind == FL_NODE_expression ? node->parent : NULL;
}

static void end_here(fl_job *job, const fl_place *place, const fl_node *statement)
{
    fl_edits edits = { 0 };
    uint32_t start = fl_node_child(statement, 0)->start_byte, end = fl_statement_end(place->file, statement, place->spelling);
    if (fl_returns_no_value(place)) {
        if (!statement->parent || statement->parent->kind != FL_NODE_block) return;
        fl_str ending = fl_line_ending(place->file, start), indent = fl_line_indent(place->file, start);
        fl_str back = fl_terminated(job, place, fl_spelling_row(place->spelling, "return"));
        fl_edit_push(job, &edits, place, end, end, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(ending), FL_STR_ARG(indent), FL_STR_ARG(back)));
        fl_job_add(job, "end-after-answer", &edits, NULL);
        return;
    }
    fl_edit_push(job, &edits, place, start, start, fl_spell(job->arena, place->spelling, "return_value", (fl_hole[]){ { "x", FL_S("") }, { 0 } }));
    fl_job_add(job, "end-after-answer", &edits, NULL);
}

void fl_template_end_after_answer(fl_job *job)
{
    if (job->spot->kind == FL_WS_second_answer) {
        const fl_place *place = job->places.count ? &job->places.items[0] : NULL;
        const fl_node *first = place && job->spot->related.file == job->spot->span.file ? statement_of(place->file, job->spot->related) : NULL;
        if (first) end_here(job, place, first);
        return;
    }
    int role = fl_workshop_role(job->shop, job->operation, "response");
    for (size_t p = 0; role >= 0 && p < job->places.count; p++) {
        const fl_place *place = &job->places.items[p];
        const fl_node *subject = place->value ? fl_chain_root(place->value) : NULL;
        if (!place->is_handler || !subject || subject->kind != FL_NODE_name) continue;
        fl_sym response = fl_param_name(place->function, (unsigned)role);
        if (!response) continue;
        for (const fl_node *at = place->node; at && at != place->function; at = at->parent) {
            const fl_node *found = NULL;                             /* the nearest test of the value before this statement */
            for (const fl_node *s = at->parent ? at->parent->first : NULL; s && s != at; s = s->next)
                if (s->kind == FL_NODE_if_ && fl_mentions(fl_node_child(s, 0), subject->sym) && fl_node_is_absent(fl_node_child(s, 2))) found = s;
            const fl_node *answer = found ? answer_of(fl_node_child(found, 1), response) : NULL;
            if (!answer) continue;
            end_here(job, place, answer);
            return;
        }
    }
}
