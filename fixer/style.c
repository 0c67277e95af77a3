/*
 * The habits of a file, counted: indentation unit, quotes, terminators, the form of its short guards. A habit is what
 * most lines do; where a file shows none, the language's row decides. Line ends and indentation of one place are not
 * habits: they are read off the neighbouring line.
 */
#include <string.h>
#include "fixer/fixer_p.h"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/** Behind a byte order mark, which belongs to the file and not to its first line. */
static uint32_t text_start(const fl_file *file)
{
    return fl_str_starts(file->text, FL_S("\xEF\xBB\xBF")) ? 3 : 0;
}

uint32_t fl_line_start(const fl_file *file, uint32_t byte)
{
    uint32_t first = text_start(file);
    while (byte > first && file->text.ptr[byte - 1] != '\n') byte--;
    return byte < first ? first : byte;
}

uint32_t fl_line_end(const fl_file *file, uint32_t byte)
{
    while (byte < file->text.len && file->text.ptr[byte] != '\n') byte++;
    if (byte > 0 && byte <= file->text.len && file->text.ptr[byte - 1] == '\r' && byte < file->text.len) byte--;
    return byte;
}

fl_str fl_line_indent(const fl_file *file, uint32_t byte)
{
    uint32_t start = fl_line_start(file, byte), end = start;
    while (end < file->text.len && is_blank(file->text.ptr[end])) end++;
    return fl_str_sub(file->text, start, end);
}

fl_str fl_line_ending(const fl_file *file, uint32_t byte)
{
    uint32_t end = fl_line_end(file, byte);
    if (end < file->text.len) return file->text.ptr[end] == '\r' ? FL_S("\r\n") : FL_S("\n");
    uint32_t start = fl_line_start(file, byte);                      /* the last line: as the one above it */
    if (start >= 2 && file->text.ptr[start - 2] == '\r') return FL_S("\r\n");
    return FL_S("\n");
}

fl_str fl_quote(fl_arena *arena, char quote, fl_str text)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_buf_add_char(&out, quote);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == quote || text.ptr[i] == '\\') fl_buf_add_char(&out, '\\');
        if (text.ptr[i] == '\n') fl_buf_add_c(&out, "\\n");
        else fl_buf_add_char(&out, text.ptr[i]);
    }
    fl_buf_add_char(&out, quote);
    fl_str result = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

uint32_t fl_statement_end(const fl_file *file, const fl_node *statement, const fl_spelling *spelling)
{
    uint32_t end = statement->end_byte, at = end;
    fl_str terminator = fl_spelling_row(spelling, "terminator");
    if (!terminator.len || (end >= terminator.len && fl_str_eq(fl_str_sub(file->text, end - terminator.len, end), terminator)))
        return end;
    while (at < file->text.len && is_blank(file->text.ptr[at])) at++;
    return fl_str_starts(fl_str_sub(file->text, at, file->text.len), terminator) ? at + (uint32_t)terminator.len : end;
}

/** A statement's node may begin behind its keyword (`const x = 1`: one node per declarator): the words before it on
 *  its line belong to it. */
uint32_t fl_statement_start(const fl_file *file, const fl_node *statement)
{
    uint32_t line = fl_line_start(file, statement->start_byte), start = statement->start_byte;
    if (statement->kind != FL_NODE_let) return start;
    for (uint32_t at = start; at > line;) {
        while (at > line && is_blank(file->text.ptr[at - 1])) at--;
        uint32_t word = at;
        while (word > line && ((file->text.ptr[word - 1] >= 'a' && file->text.ptr[word - 1] <= 'z'))) word--;
        if (word == at || at == start) break;
        at = start = word;
    }
    return start;
}

/* ---- counting ---- */

typedef struct habits {
    const fl_file *file;
    const fl_spelling *spelling;
    unsigned quotes[256];
    unsigned terminated, open_ended;
    unsigned block, line, block_line, block_below, line_below;
    unsigned long_block, long_below;       /* with more than one statement */
    unsigned negated, compared;
    unsigned compared_anywhere, negated_anywhere;   /* outside guards too: asked when no guard tells */
} habits;

static bool is_exit(const habits *h, const fl_node *node)
{
    (void)h;
    return node && (node->kind == FL_NODE_return_ || node->kind == FL_NODE_throw_ || node->kind == FL_NODE_goto_);
}

static bool is_one_line(const fl_file *file, const fl_node *node)
{
    return !memchr(file->text.ptr + node->start_byte, '\n', node->end_byte - node->start_byte);
}

static void count_guard(habits *h, const fl_node *node)
{
    const fl_node *condition = fl_node_child(node, 0), *then = fl_node_child(node, 1);
    if (!fl_node_is_absent(fl_node_child(node, 2))) return;
    bool is_below = then->start_byte >= condition->end_byte &&
                    memchr(h->file->text.ptr + condition->end_byte, '\n', then->start_byte - condition->end_byte);
    const fl_node *last = then->kind == FL_NODE_block ? then->first : NULL;
    while (last && last->next) last = last->next;
    if (is_exit(h, then)) {
        if (is_one_line(h->file, node)) h->line++; else if (is_below) h->line_below++; else return;
    } else if (is_exit(h, last) && last != then->first) {
        if (is_below) h->long_below++; else h->long_block++;
    } else if (then->kind == FL_NODE_block && then->first && !then->first->next && is_exit(h, then->first)) {
        if (is_one_line(h->file, node)) h->block_line++;
        else if (is_below) h->block_below++;
        else h->block++;
    } else return;
    if (condition->kind == FL_NODE_unary && condition->op == FL_OP_not) h->negated++;
    else if (condition->kind == FL_NODE_binary || condition->kind == FL_NODE_logical) {
        const fl_node *right = fl_node_child(condition, 1);
        if (right->kind == FL_NODE_null || right->kind == FL_NODE_undefined) h->compared++;
    }
}

static void count_node(habits *h, const fl_node *node)
{
    fl_str text = h->file->text;
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_string:
        if (node->end_byte > node->start_byte) h->quotes[(unsigned char)text.ptr[node->start_byte]]++;
        break;
    case FL_NODE_if_: count_guard(h, node); break;
    case FL_NODE_binary: if (fl_node_child(node, 1)->kind == FL_NODE_null) h->compared_anywhere++; break;
    case FL_NODE_unary: if (node->op == FL_OP_not && fl_node_child(node, 0)->kind == FL_NODE_name) h->negated_anywhere++; break;
    case FL_NODE_expression: case FL_NODE_return_: case FL_NODE_throw_: case FL_NODE_let: {
        fl_str terminator = fl_spelling_row(h->spelling, "terminator");
        uint32_t end = fl_statement_end(h->file, node, h->spelling);
        if (!terminator.len) break;
        if (end >= terminator.len && fl_str_eq(fl_str_sub(text, end - terminator.len, end), terminator)) h->terminated++;
        else if (end >= text.len || text.ptr[end] == '\n' || text.ptr[end] == '\r') h->open_ended++;
        break;
    }
    default: break;
    }
    for (const fl_node *child = node->first; child; child = child->next) count_node(h, child);
}

/** The usual step between the indentations of neighbouring lines. */
static fl_str count_unit(const fl_file *file)
{
    unsigned tabs = 0, steps[17] = { 0 };
    size_t above = 0;
    fl_str rest = fl_str_sub(file->text, text_start(file), file->text.len), line;
    while (fl_str_split(&rest, '\n', &line)) {
        size_t blanks = 0;
        while (blanks < line.len && line.ptr[blanks] == ' ') blanks++;
        if (line.len && line.ptr[0] == '\t') { tabs++; above = 0; continue; }
        if (blanks == line.len || line.ptr[blanks] == '\r' || line.ptr[blanks] == '*') continue;
        if (blanks > above && blanks - above <= 16) steps[blanks - above]++;
        above = blanks;
    }
    size_t best = 2;
    unsigned spaces = 0;
    for (size_t i = 2; i <= 16; i++) {
        spaces += steps[i];
        if (steps[i] > steps[best]) best = i;
    }
    if (tabs > spaces) return FL_S("\t");
    return fl_str_sub(FL_S("                "), 0, best);
}

void fl_style_of(fl_style *style, const fl_file *file, const fl_spelling *spelling)
{
    habits h = { .file = file, .spelling = spelling };
    count_node(&h, file->root);
    fl_str quotes = fl_spelling_row(spelling, "quotes");
    *style = (fl_style){ .unit = count_unit(file), .quote = quotes.len ? quotes.ptr[0] : '"', .guard = FL_GUARD_BLOCK };
    for (size_t i = 1; i < quotes.len; i++)
        if (h.quotes[(unsigned char)quotes.ptr[i]] > h.quotes[(unsigned char)style->quote]) style->quote = quotes.ptr[i];
    style->has_terminators = h.terminated >= h.open_ended && fl_spelling_row(spelling, "terminator").len;
    if (h.line > h.block && h.line >= h.block_line) style->guard = FL_GUARD_LINE;
    else if (h.line_below > h.block + h.block_below && h.line_below >= h.block_line && fl_spelling_row(spelling, "guard_line_below").len) style->guard = FL_GUARD_LINE_BELOW;
    else if (h.block_below > h.block && h.block_below >= h.block_line) style->guard = FL_GUARD_BLOCK_BELOW;
    else if (h.block_line > h.block) style->guard = FL_GUARD_BLOCK_LINE;
    bool is_below = h.long_below != h.long_block ? h.long_below > h.long_block : h.block_below > h.block;
    style->long_guard = is_below ? FL_GUARD_BLOCK_BELOW : FL_GUARD_BLOCK;
    style->absent_exactly = h.compared > h.negated;
    if (!h.compared && !h.negated && fl_data_get_bool(spelling->data, "exits_matter", false)) style->absent_exactly = h.compared_anywhere > h.negated_anywhere;
    if (h.compared >= h.negated && fl_data_get_bool(spelling->data, "compared_by_default", false)) style->absent_exactly = true;
    style->line_limit = 100;
}
