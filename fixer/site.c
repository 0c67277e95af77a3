/*
 * The statement around an expression, and how new statements come before it:
 *
 *   own lines          lines are added above it (and above comments that stand on it)
 *   shared line        the line is broken before it
 *   one-line block     `{ a(); b(); }`: each of its statements gets a line
 *   bare body          `if (x) a(y.z);`: gets a block
 *   expression body    `(req, res) => res.json(find(id).name)`: becomes a block that returns it
 *
 * Only the last two need braces; in a language without them they are declined. There a one-line block is what stands behind the
 * header's colon (`if x: a(); b()`), and `;` parts what shares a line. Existing bytes are kept, but for the white space at which a
 * line is broken.
 */
#include <string.h>
#include "fixer/fixer_p.h"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }
static bool is_space(char c) { return is_blank(c) || c == '\n' || c == '\r'; }

static fl_str text_of(const fl_site *site) { return site->place->file->text; }

static fl_str row(const fl_site *site, const char *name) { return fl_spelling_row(site->place->spelling, name); }

static bool is_listed(const fl_node *node)
{
    const fl_node *parent = node->parent;
    if (!parent) return false;
    if (parent->kind == FL_NODE_block || parent->kind == FL_NODE_module)
        return !(parent->parent && parent->parent->kind == FL_NODE_class_);
    return parent->kind == FL_NODE_case_ && fl_node_child(parent, 0) != node;
}

static bool is_bare(const fl_node *node)
{
    const fl_node *parent = node->parent;
    if (!parent || node->kind == FL_NODE_block) return false;
    switch ((fl_node_kind)parent->kind) {
    case FL_NODE_if_:                                                /* `else if` is a chain, not a body */
        return fl_node_child(parent, 1) == node || (fl_node_child(parent, 2) == node && node->kind != FL_NODE_if_);
    case FL_NODE_loop: return fl_node_child(parent, 3) == node;
    case FL_NODE_foreach: return fl_node_child(parent, 2) == node;
    default: return false;
    }
}

static bool only_blanks(fl_str text, uint32_t from, uint32_t to)
{
    for (; from < to; from++)
        if (!is_blank(text.ptr[from])) return false;
    return true;
}

static bool has_braces(const fl_place *place)
{
    return place->file->language->syntax && place->file->language->syntax->braces;
}

static bool has_newline(fl_str text, uint32_t from, uint32_t to)
{
    return to > from && memchr(text.ptr + from, '\n', to - from) != NULL;
}

/** Comment lines directly above stand on the statement: a guard goes above them. */
static uint32_t above_comments(const fl_site *site, uint32_t line)
{
    fl_str mark = row(site, "line_comment"), text = text_of(site);
    const fl_data *block = fl_data_get_c(site->place->spelling->data, "block_comment");
    while (mark.len && line > 0) {
        uint32_t above = fl_line_start(site->place->file, line - 1);
        if (above >= line) break;
        fl_str words = fl_str_trim(fl_str_sub(text, above, line));
        if (block && block->first && block->first->next && fl_str_ends(words, block->first->next->text)) {
            uint32_t open = above;                                   /* of several lines, perhaps */
            while (open > 0 && !fl_str_starts(words, block->first->text) && fl_str_find(words, block->first->text) < 0 && line - open < 4000) {
                open = fl_line_start(site->place->file, open - 1);
                words = fl_str_trim(fl_str_sub(text, open, fl_line_end(site->place->file, open)));
            }
            if (!fl_str_starts(words, block->first->text)) break;    /* behind code */
            line = open;
            continue;
        }
        if (!fl_str_starts(words, mark)) break;
        line = above;
    }
    return line;
}

static fl_str deeper(fl_job *job, fl_str indent, fl_str unit)
{
    return fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(indent), FL_STR_ARG(unit));
}

/** The step this block really uses: its statement's indentation against that of the line that opens it. */
static fl_str local_unit(const fl_site *site, const fl_node *statement, fl_str indent)
{
    const fl_file *file = site->place->file;
    const fl_node *parent = statement->parent;
    if (parent && parent->kind == FL_NODE_block) {
        fl_str outer = fl_line_indent(file, parent->start_byte);
        if (indent.len > outer.len && fl_str_starts(indent, outer)) return fl_str_sub(indent, outer.len, indent.len);
    }
    if (indent.len && indent.ptr[0] == '\t') return FL_S("\t");
    return site->place->style->unit;
}

/** Where the parentheses around an expression body end. */
static void widen_body(fl_site *site)
{
    fl_str text = text_of(site), arrow = row(site, "arrow");
    uint32_t start = site->start_byte, end = site->end_byte;
    for (;;) {
        uint32_t before = start, behind = end;
        while (before > 0 && is_space(text.ptr[before - 1])) before--;
        if (before >= arrow.len && fl_str_eq(fl_str_sub(text, before - arrow.len, before), arrow)) break;
        while (behind < text.len && is_space(text.ptr[behind])) behind++;
        if (before == 0 || text.ptr[before - 1] != '(' || behind >= text.len || text.ptr[behind] != ')') return;
        start = before - 1;
        end = behind + 1;
    }
    site->start_byte = start;
    site->end_byte = end;
}

static bool find_shape(fl_site *site, fl_job *job, const fl_node *node)
{
    const fl_file *file = site->place->file;
    fl_str text = file->text;
    site->statement = node;
    site->start_byte = fl_statement_start(file, node);
    site->end_byte = fl_statement_end(file, node, site->place->spelling);
    site->line_ending = fl_line_ending(file, site->start_byte);
    site->indent = fl_line_indent(file, site->start_byte);
    if (!is_listed(node)) return false;
    uint32_t line = fl_line_start(file, site->start_byte);
    /* one statement, many declarators: the whole statement is meant */
    if (node->kind == FL_NODE_let) {
        uint32_t at = site->start_byte;
        while (at > 0 && is_space(text.ptr[at - 1])) at--;
        if (at > 0 && text.ptr[at - 1] == ',') {
            const fl_node *before = NULL;
            for (const fl_node *s = node->parent->first; s && s != node; s = s->next) before = s;
            return before && before->kind == FL_NODE_let && find_shape(site, job, before);
        }
    }
    if (only_blanks(text, line, site->start_byte) ||
        (has_braces(site->place) && site->start_byte > line && text.ptr[site->start_byte - 1] == ';' && only_blanks(text, line, site->start_byte - 1))) {
        site->shape = FL_SITE_OWN_LINES;
        site->unit = local_unit(site, node, site->indent);
        return true;
    }
    const fl_node *parent = node->parent;
    if (!has_braces(site->place)) {                                  /* `if x: a(); b()`, or `a(); b()` */
        const fl_node *first = parent->first;
        uint32_t first_line = first ? fl_line_start(file, first->start_byte) : line;
        bool is_suite = first && !only_blanks(text, first_line, first->start_byte);
        if (is_suite ? parent->kind != FL_NODE_block || !parent->parent : site->start_byte == 0) return false;
        site->unit = site->indent.len && site->indent.ptr[0] == '\t' ? FL_S("\t") : site->place->style->unit;
        site->shape = is_suite ? FL_SITE_ONE_LINE_BLOCK : FL_SITE_SHARED_LINE;
        return true;
    }
    site->unit = site->indent.len && site->indent.ptr[0] == '\t' ? FL_S("\t") : site->place->style->unit;
    if (parent->kind == FL_NODE_block && !has_newline(text, parent->start_byte, parent->end_byte)) {
        site->shape = FL_SITE_ONE_LINE_BLOCK;
        return true;
    }
    site->shape = FL_SITE_SHARED_LINE;
    if (parent->start_byte >= line) site->indent = deeper(job, site->indent, site->unit);    /* behind `{` or `case x:` */
    return true;
}

bool fl_site_find(fl_site *site, fl_job *job, const fl_place *place)
{
    *site = (fl_site){ .place = place };
    for (const fl_node *node = place->node; node; node = node->parent) {
        const fl_node *parent = node->parent;
        if (!parent) return false;
        if (parent->kind == FL_NODE_label && fl_is_jumped_to(parent)) return false;   /* before the label is not on the way */
        if (parent->kind == FL_NODE_params || parent->kind == FL_NODE_field || parent->kind == FL_NODE_decorator) return false;
        bool braces = has_braces(place);
        if (fl_is_comprehension(fl_function_of(node))) {             /* its statements are no text */
            node = fl_function_of(node);
            continue;
        }
        if (is_listed(node)) return find_shape(site, job, node);
        if (is_bare(node)) {
            if (!braces) return false;
            site->statement = node;
            site->shape = FL_SITE_BARE_BODY;
            site->start_byte = fl_statement_start(place->file, node);
            site->end_byte = fl_statement_end(place->file, node, place->spelling);
            uint32_t header = site->start_byte;
            while (header > 0 && is_space(place->file->text.ptr[header - 1])) header--;
            fl_str mark = row(site, "line_comment");
            if (fl_str_find(fl_str_sub(place->file->text, fl_line_start(place->file, header), header), mark) >= 0) return false;
            site->indent = fl_line_indent(place->file, header);
            site->unit = place->style->unit;
            site->line_ending = fl_line_ending(place->file, header);
            return true;
        }
        if (parent->kind == FL_NODE_function && fl_node_child(parent, 2) == node && node->kind != FL_NODE_block) {
            if (!braces) continue;
            site->statement = node;
            site->shape = FL_SITE_EXPRESSION_BODY;
            site->start_byte = node->start_byte;
            site->end_byte = node->end_byte;
            widen_body(site);
            uint32_t arrow = site->start_byte;
            while (arrow > 0 && is_space(place->file->text.ptr[arrow - 1])) arrow--;
            site->indent = fl_line_indent(place->file, arrow);
            site->unit = place->style->unit;
            site->line_ending = fl_line_ending(place->file, arrow);
            return true;
        }
    }
    return false;
}

fl_str fl_terminated(fl_job *job, const fl_place *place, fl_str statement)
{
    if (!place->style->has_terminators) return statement;
    return fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(statement), FL_STR_ARG(fl_spelling_row(place->spelling, "terminator")));
}

static fl_str lay_out(fl_job *job, const fl_site *site, fl_str neutral, fl_str indent)
{
    return fl_lay_out(job->arena, neutral, indent, site->unit, site->line_ending);
}

/** Breaks a one-line block: every statement of it on its own line, `lines` before the site's. `with` replaces it when given. */
static void expand_block(fl_job *job, const fl_site *site, fl_str lines, fl_str with, fl_edits *edits)
{
    const fl_file *file = site->place->file;
    fl_str inner = deeper(job, site->indent, site->unit);
    fl_str newline = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(site->line_ending), FL_STR_ARG(inner));
    const fl_node *block = site->statement->parent;
    bool braces = has_braces(site->place);
    uint32_t at = block->start_byte + (uint32_t)row(site, "block_open").len;
    if (!braces)
        for (at = block->first->start_byte; at > 0 && is_blank(file->text.ptr[at - 1]); at--)
            ;
    for (const fl_node *s = block->first; s; s = s->next) {
        uint32_t start = fl_statement_start(file, s), end = fl_statement_end(file, s, site->place->spelling);
        if (start < at) continue;                                    /* a further declarator of the same statement */
        fl_str text = newline;
        if (s == site->statement) {
            if (lines.len) text = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(newline), FL_STR_ARG(lay_out(job, site, lines, inner)), FL_STR_ARG(newline));
            if (with.len) {
                text = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(newline), FL_STR_ARG(lay_out(job, site, with, inner)));
                fl_edit_push(job, edits, site->place, at, end, text);
                at = end;
                continue;
            }
        }
        fl_edit_push(job, edits, site->place, at, start, text);
        at = end;
    }
    if (!braces) return;
    uint32_t close = block->end_byte - (uint32_t)row(site, "block_close").len;
    fl_edit_push(job, edits, site->place, at, close, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(site->line_ending), FL_STR_ARG(site->indent)));
}

/** A body without braces gets them; `text` is what stands before its statement or its expression, or instead of it. */
static void open_body(fl_job *job, const fl_site *site, fl_str text, bool instead, fl_edits *edits)
{
    fl_str source = text_of(site), inner = deeper(job, site->indent, site->unit);
    uint32_t head_end = site->start_byte;
    while (head_end > 0 && is_space(source.ptr[head_end - 1])) head_end--;
    fl_str open = lay_out(job, site, row(site, "guard_block_open"), site->indent);
    fl_str close = lay_out(job, site, row(site, "guard_block_close"), site->indent);
    fl_str body = lay_out(job, site, text, inner), back = FL_S(""), end = FL_S("");
    if (instead) {
        fl_edit_push(job, edits, site->place, head_end, site->end_byte,
                     fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(open), FL_STR_ARG(body), FL_STR_ARG(close)));
        return;
    }
    if (site->shape == FL_SITE_EXPRESSION_BODY) { /* what was the value of the function is returned now */
        back = fl_spell(job->arena, site->place->spelling, "return_value", (fl_hole[]){ { "x", FL_S("") }, { 0 } });
        end = fl_terminated(job, site->place, FL_S(""));
    }
    fl_edit_push(job, edits, site->place, head_end, site->start_byte,
                 fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(open), FL_STR_ARG(body),
                               FL_STR_ARG(site->line_ending), FL_STR_ARG(inner), FL_STR_ARG(back)));
    fl_edit_push(job, edits, site->place, site->end_byte, site->end_byte,
                 fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(end), FL_STR_ARG(close)));
}

void fl_site_insert(fl_job *job, const fl_site *site, fl_str neutral, fl_edits *edits)
{
    switch (site->shape) {
    case FL_SITE_OWN_LINES: {
        uint32_t line = above_comments(site, fl_line_start(site->place->file, site->start_byte));
        fl_str text = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(site->indent),
                                    FL_STR_ARG(lay_out(job, site, neutral, site->indent)), FL_STR_ARG(site->line_ending));
        fl_edit_push(job, edits, site->place, line, line, text);
        break;
    }
    case FL_SITE_SHARED_LINE: {
        uint32_t before = site->start_byte;
        while (before > 0 && (is_blank(text_of(site).ptr[before - 1]) || (!has_braces(site->place) && text_of(site).ptr[before - 1] == ';'))) before--;
        fl_str newline = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(site->line_ending), FL_STR_ARG(site->indent));
        fl_edit_push(job, edits, site->place, before, site->start_byte,
                     fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(newline),
                                   FL_STR_ARG(lay_out(job, site, neutral, site->indent)), FL_STR_ARG(newline)));
        break;
    }
    case FL_SITE_ONE_LINE_BLOCK: expand_block(job, site, neutral, FL_S(""), edits); break;
    case FL_SITE_BARE_BODY: case FL_SITE_EXPRESSION_BODY: open_body(job, site, neutral, false, edits); break;
    }
}

void fl_site_replace(fl_job *job, const fl_site *site, fl_str neutral, fl_edits *edits)
{
    switch (site->shape) {
    case FL_SITE_OWN_LINES:
        fl_edit_push(job, edits, site->place, site->start_byte, site->end_byte, lay_out(job, site, neutral, site->indent));
        break;
    case FL_SITE_SHARED_LINE: {
        uint32_t before = site->start_byte;
        while (before > 0 && (is_blank(text_of(site).ptr[before - 1]) || (!has_braces(site->place) && text_of(site).ptr[before - 1] == ';'))) before--;
        fl_edit_push(job, edits, site->place, before, site->end_byte,
                     fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(site->line_ending), FL_STR_ARG(site->indent),
                                   FL_STR_ARG(lay_out(job, site, neutral, site->indent))));
        break;
    }
    case FL_SITE_ONE_LINE_BLOCK: expand_block(job, site, FL_S(""), neutral, edits); break;
    case FL_SITE_BARE_BODY: case FL_SITE_EXPRESSION_BODY: open_body(job, site, neutral, true, edits); break;
    }
}

/* ---- what is evaluated when ---- */

/** The statement itself, or a further declarator of it. */
static bool is_top(const fl_site *site, const fl_node *node)
{
    return node == site->statement || node->parent == site->statement->parent;
}

static fl_str condition_text(fl_job *job, const fl_place *place, const fl_node *test, bool when_true)
{
    if (!when_true && test->kind == FL_NODE_unary && test->op == FL_OP_not)
        return condition_text(job, place, fl_node_child(test, 0), true);              /* not not x */
    fl_str text = fl_text_of(place, test);
    bool is_simple = test->kind == FL_NODE_name || test->kind == FL_NODE_member || test->kind == FL_NODE_index || test->kind == FL_NODE_call;
    if ((!when_true && !is_simple) || test->kind == FL_NODE_logical || test->kind == FL_NODE_conditional)
        text = fl_spell(job->arena, place->spelling, "group", (fl_hole[]){ { "x", text }, { 0 } });
    return when_true ? text : fl_spell(job->arena, place->spelling, "not", (fl_hole[]){ { "x", text }, { 0 } });
}

bool fl_site_reach(fl_job *job, const fl_site *site, const fl_node *node, fl_str *condition)
{
    const fl_place *place = site->place;
    *condition = FL_S("");
    for (const fl_node *below = node; !is_top(site, below) && below->parent; below = below->parent) {
        const fl_node *above = below->parent;
        const fl_node *test = NULL;
        bool when_true = true;
        if (fl_is_comprehension(fl_function_of(below))) {            /* what does not change from one element to the next is asked before */
            below = fl_function_of(below);
            continue;
        }
        if (above->kind == FL_NODE_function || above->kind == FL_NODE_class_) return false;
        if (above->kind == FL_NODE_logical && fl_node_child(above, 1) == below) {
            test = fl_node_child(above, 0);
            when_true = above->op == FL_OP_and;
        } else if (above->kind == FL_NODE_conditional && fl_node_child(above, 0) != below) {
            test = fl_node_child(above, 0);
            when_true = fl_node_child(above, 1) == below;
        } else if (above->kind == FL_NODE_if_ && fl_node_child(above, 0) != below) {
            test = fl_node_child(above, 0);
            when_true = fl_node_child(above, 1) == below;
        } else if (above->kind == FL_NODE_loop && above == site->statement && fl_node_child(above, 0) != below &&
                   !fl_node_is_absent(fl_node_child(above, 0))) {
            return false;
        } else if ((above->kind == FL_NODE_loop || above->kind == FL_NODE_foreach || above->kind == FL_NODE_switch_ ||
                    above->kind == FL_NODE_case_ || above->kind == FL_NODE_try_) && above != site->statement) {
            return false;
        }
        if (!test) continue;
        if (fl_has_calls(test)) return false;
        fl_str text = condition_text(job, place, test, when_true);
        *condition = condition->len
            ? fl_spell(job->arena, place->spelling, "and", (fl_hole[]){ { "a", text }, { "b", *condition }, { 0 } })
            : text;
    }
    return true;
}

/** `response.status(201)` of response.status(201).json(NODE): what it does to its object, NODE does not see. */
static bool is_own_receiver(const fl_node *tree, const fl_node *node)
{
    const fl_node *call = tree->parent, *root = tree;
    if (!call || call->kind != FL_NODE_call || fl_node_child(call, 0) != tree || !fl_node_within(node, call)) return false;
    while (root->kind == FL_NODE_member || root->kind == FL_NODE_call || root->kind == FL_NODE_index) {
        if (root->kind == FL_NODE_call)
            for (const fl_node *argument = fl_node_child(root, 1); argument; argument = argument->next)
                if (fl_has_calls(argument)) return false;
        root = fl_node_child(root, 0);
    }
    return root->kind == FL_NODE_name && !fl_mentions(node, root->sym);
}

/** Is there a call that would run before `node` in this statement? */
static bool has_effects_before(const fl_node *tree, const fl_node *node)
{
    if (tree == node || tree->start_byte >= node->start_byte || is_own_receiver(tree, node)) return false;
    if (tree->end_byte <= node->start_byte) return fl_has_calls(tree) && tree->kind != FL_NODE_function;
    for (const fl_node *child = tree->first; child; child = child->next)
        if (has_effects_before(child, node)) return true;
    return false;
}

bool fl_site_can_hoist(const fl_site *site, const fl_node *node)
{
    for (const fl_node *below = node; !is_top(site, below) && below->parent; below = below->parent) {
        const fl_node *above = below->parent;
        if (above->kind == FL_NODE_function || above->kind == FL_NODE_class_) return false;
        if (above->kind == FL_NODE_logical && fl_node_child(above, 1) == below) return false;
        if (above->kind == FL_NODE_conditional && fl_node_child(above, 0) != below) return false;
        if (above->kind == FL_NODE_loop || above->kind == FL_NODE_case_) return false;
    }
    for (const fl_node *s = site->statement; s && s->start_byte <= node->start_byte; s = s->next)
        if (has_effects_before(s, node)) return false;
    return true;
}

void fl_edit_expression(fl_job *job, fl_edits *edits, const fl_place *place, const fl_node *expression, fl_str text)
{
    fl_str source = place->file->text;
    uint32_t start = expression->start_byte, end = expression->end_byte;
    const fl_node *parent = expression->parent;
    bool is_object = parent && (parent->kind == FL_NODE_member || parent->kind == FL_NODE_index || parent->kind == FL_NODE_call) && fl_node_child(parent, 0) == expression;
    if (is_object || (parent && parent->kind == FL_NODE_cast)) {
        while (start > 0 && is_space(source.ptr[start - 1])) start--;
        while (end < source.len && is_space(source.ptr[end])) end++;
        if (start > 0 && source.ptr[start - 1] == '(' && end < source.len && source.ptr[end] == ')' && is_object) {
            start--;
            end++;
        } else {
            start = expression->start_byte;
            end = expression->end_byte;
        }
    }
    fl_edit_push(job, edits, place, start, end, text);
}
