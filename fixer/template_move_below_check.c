/*
 * T5: the check is there, only too late. The statement that uses the value moves below it; where the check needs what
 * that statement declares, the check moves up instead. The template of most trust: nothing new is written.
 *
 *     - const before = line.quantity;
 *       if (!line) { throw … }
 *     + const before = line.quantity;
 */
#include <string.h>
#include "fixer/fixer_p.h"

static const fl_node *statement_in(const fl_node *node, const fl_node *list)
{
    while (node && node->parent != list) node = node->parent;
    return node;
}

/** Does `user` mention a name that `statement` declares? */
static bool depends_on(const fl_node *user, const fl_node *statement, const fl_node *tree)
{
    if (tree->kind == FL_NODE_name && fl_declares(statement, tree->sym) && fl_mentions(user, tree->sym)) return true;
    if (tree->kind == FL_NODE_function) return false;
    for (const fl_node *child = tree->first; child; child = child->next)
        if (depends_on(user, statement, child)) return true;
    return false;
}

static bool is_whole_lines(const fl_place *place, uint32_t start, uint32_t end)
{
    const fl_file *file = place->file;
    fl_str behind = fl_str_trim(fl_str_sub(file->text, end, fl_line_end(file, end)));
    for (uint32_t at = fl_line_start(file, start); at < start; at++)
        if (file->text.ptr[at] != ' ' && file->text.ptr[at] != '\t') return false;
    return !behind.len || fl_str_starts(behind, fl_spelling_row(place->spelling, "line_comment"));   /* a comment goes with its line */
}

/** Start of the line behind this one, or the end of the text. */
static uint32_t next_line(const fl_file *file, uint32_t byte)
{
    while (byte < file->text.len && file->text.ptr[byte] != '\n') byte++;
    return byte < file->text.len ? byte + 1 : byte;
}

static void move(fl_job *job, const fl_place *place, uint32_t from, uint32_t from_end, uint32_t to)
{
    fl_file *file = place->file;
    fl_str text = fl_str_sub(file->text, from, from_end);
    fl_edits edits = { 0 };
    if (to == file->text.len && text.len && file->text.ptr[to - 1] != '\n') return;   /* no line to stand on */
    fl_edit_push(job, &edits, place, from, from_end, FL_S(""));
    fl_edit_push(job, &edits, place, to, to, text);
    fl_job_add(job, "move-below-check", &edits, NULL);
}

void fl_template_move_below_check(fl_job *job)
{
    const fl_weak_spot *spot = job->spot;
    if (!job->places.count || spot->related.file != spot->span.file || spot->related.end_byte <= spot->related.start_byte) return;
    const fl_place *place = &job->places.items[0];
    fl_file *file = place->file;
    fl_site site;
    if (spot->related.end_byte > file->text.len || !fl_site_find(&site, job, place) || site.shape != FL_SITE_OWN_LINES) return;
    const fl_node *use = site.statement;
    const fl_node *check = statement_in(fl_node_at(file->root, spot->related.start_byte, spot->related.end_byte), use->parent);
    if (!check || check->kind != FL_NODE_if_ || check->start_byte <= use->start_byte) return;
    uint32_t check_start = fl_statement_start(file, check), check_end = fl_statement_end(file, check, place->spelling);
    if (!is_whole_lines(place, site.start_byte, site.end_byte) || !is_whole_lines(place, check_start, check_end)) return;
    bool is_needed = depends_on(check, use, use);
    for (const fl_node *s = use->next; s && s != check; s = s->next)
        if (depends_on(s, use, use)) is_needed = true;
    uint32_t use_line = fl_line_start(file, site.start_byte), check_line = fl_line_start(file, check_start);
    if (!is_needed) {
        move(job, place, use_line, next_line(file, site.end_byte), next_line(file, check_end));
        return;
    }
    if (depends_on(check, use, use)) return;
    for (const fl_node *s = use->next; s && s != check; s = s->next)
        if (depends_on(check, s, s)) return;
    fl_edits edits = { 0 };
    uint32_t behind = next_line(file, check_end);
    fl_edit_push(job, &edits, place, use_line, use_line, fl_str_sub(file->text, check_line, behind));
    fl_edit_push(job, &edits, place, check_line, behind, FL_S(""));
    fl_job_add(job, "move-check-up", &edits, NULL);
}
