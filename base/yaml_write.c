/*
 * YAML out, block style, for people: two spaces a level, list items indented below their key, text as plain as every
 * reader allows. A string is plain only when both a YAML 1.1 and a YAML 1.2 reader take it for that very string:
 * no, 1e3, 0x1, 1_000, 12:30 and 2024-01-01 are quoted. Lines of text become literal blocks.
 * A number such as 1e3 is spelled 1.0e+3, the form that YAML 1.1 knows for a number too.
 */
#include "base/data_p.h"

#include <stdio.h>
#include <string.h>

enum { SIMPLE_KEY_BYTES = 1000 }; /* readers look no further than 1024 characters for the ':' of a key */

/* ---- may it be plain? ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Some reader takes it for null, a boolean, a merge or a default key. */
static bool is_word(fl_str s)
{
    static const struct { const char *text; size_t len; } words[] = {
        {"~", 1}, {"null", 4}, {"true", 4}, {"false", 5}, {"yes", 3}, {"no", 2}, {"on", 2}, {"off", 3}, {"y", 1}, {"n", 1}, {"=", 1}, {"<<", 2},
    };
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (s.len == words[i].len && fl_str_eq_nocase(s, fl_str_from(words[i].text)))
            return true;
    return false;
}

/* Some reader may take it for a number, a base-60 number or a date. Two points without a colon (1.0.0) are none of these. */
static bool looks_like_number(fl_str s)
{
    if (s.len && (s.ptr[0] == '+' || s.ptr[0] == '-'))
        s = fl_str_sub(s, 1, s.len);
    if (fl_str_eq_nocase(s, FL_S(".inf")) || fl_str_eq_nocase(s, FL_S(".nan")))
        return true;
    if (s.len == 0 || !(is_digit(s.ptr[0]) || s.ptr[0] == '.'))
        return false;
    size_t points = 0, colons = 0, digits = 0;
    while (digits < s.len && is_digit(s.ptr[digits]))
        digits++;
    if (digits == 4 && s.len > 5 && s.ptr[4] == '-' && is_digit(s.ptr[5]))
        return true; /* 2024-01-01T00:00:00Z */
    for (size_t i = 0; i < s.len; i++) {
        if (!strchr("0123456789abcdefABCDEFxXoO_.:+-", s.ptr[i]))
            return false;
        points += s.ptr[i] == '.';
        colons += s.ptr[i] == ':';
    }
    return points < 2 || colons;
}

/* Printable in every reader's eyes, on one line. Bytes beyond ASCII are valid UTF-8 here. */
static bool is_printable(fl_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char *at = (const unsigned char *)s.ptr + i;
        size_t left = s.len - i;
        if (at[0] < 0x20 || at[0] == 0x7F)
            return false;
        if (at[0] == 0xC2 && at[1] < 0xA0) /* C1 controls, next line */
            return false;
        if (left >= 3 && at[0] == 0xE2 && at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9)) /* line, paragraph separator */
            return false;
        if (left >= 3 && at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF) /* byte order mark */
            return false;
        if (left >= 3 && at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE) /* noncharacters */
            return false;
    }
    return true;
}

static bool may_be_plain(fl_str s)
{
    if (s.len == 0 || s.ptr[0] == ' ' || s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == ':')
        return false;
    if (strchr(",[]{}#&*!|>'\"%@`", s.ptr[0]))
        return false;
    if (strchr("-?:", s.ptr[0]) && (s.len == 1 || s.ptr[1] == ' '))
        return false;
    if (fl_str_starts(s, FL_S("---")) || fl_str_starts(s, FL_S("...")))
        return false;
    return fl_str_find(s, FL_S(": ")) < 0 && fl_str_find(s, FL_S(" #")) < 0 && !is_word(s) && !looks_like_number(s);
}

/* ---- quoted text ---- */

static void write_single_quoted(fl_buf *out, fl_str s)
{
    fl_buf_add_char(out, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\'')
            fl_buf_add_char(out, '\'');
        fl_buf_add_char(out, s.ptr[i]);
    }
    fl_buf_add_char(out, '\'');
}

/* One character (or bad byte) of a double-quoted string; returns its bytes. */
static size_t write_escaped(fl_buf *out, fl_str s)
{
    unsigned char c = (unsigned char)s.ptr[0];
    size_t len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (c < 0x80) {
        static const char from[] = "\"\\\n\t\r", to[] = "\"\\ntr";
        const char *at = c ? strchr(from, c) : NULL;
        if (at)
            fl_buf_add(out, (fl_str){(const char[]){'\\', to[at - from]}, 2});
        else if (c < 0x20 || c == 0x7F)
            fl_buf_format(out, "\\x%02X", c);
        else
            fl_buf_add_char(out, (char)c);
        return 1;
    }
    if (len > s.len || !fl_utf8_valid((fl_str){s.ptr, len}, NULL)) {
        fl_buf_add_c(out, "\\uFFFD");
        return 1;
    }
    if (is_printable((fl_str){s.ptr, len}))
        fl_buf_add(out, (fl_str){s.ptr, len});
    else if (len == 2)
        fl_buf_format(out, "\\x%02X", (c & 0x1Fu) << 6 | ((unsigned char)s.ptr[1] & 0x3Fu));
    else
        fl_buf_format(out, "\\u%04X",
                      (c & 0x0Fu) << 12 | ((unsigned char)s.ptr[1] & 0x3Fu) << 6 | ((unsigned char)s.ptr[2] & 0x3Fu));
    return len;
}

static void write_double_quoted(fl_buf *out, fl_str s)
{
    fl_buf_add_char(out, '"');
    while (s.len)
        s = fl_str_sub(s, write_escaped(out, s), s.len);
    fl_buf_add_char(out, '"');
}

/* Most text is names, paths and words that no reader takes for anything else: letters first, then letters, digits and a
 * few signs; longer than any word that means something. */
static bool is_plain_name(fl_str s)
{
    if (s.len < 4 || is_word(s) || !(is_letter(s.ptr[0]) || s.ptr[0] == '/' || s.ptr[0] == '$'))
        return false;
    for (size_t i = 1; i < s.len; i++) {
        char c = s.ptr[i];
        if (!(is_letter(c) || is_digit(c) || c == '/' || c == '_' || c == '-' || c == '.' || c == '{' || c == '}'))
            return false;
    }
    return true;
}

static void write_one_line(fl_buf *out, fl_str s)
{
    if (is_plain_name(s)) {
        fl_buf_add(out, s);
        return;
    }
    if (!fl_utf8_valid(s, NULL) || !is_printable(s))
        write_double_quoted(out, s);
    else if (may_be_plain(s))
        fl_buf_add(out, s);
    else if (fl_str_find_char(s, '\'') >= 0) /* libfyaml 0.8 reads '''' between single quotes as three of them */
        write_double_quoted(out, s);
    else
        write_single_quoted(out, s);
}

/* ---- literal blocks ---- */

/* Several lines, none of which a block could not show: no trailing or lone spaces, first line neither blank nor indented. */
static bool may_be_block(fl_str s)
{
    if (fl_str_find_char(s, '\n') < 0 || s.ptr[0] == ' ' || s.ptr[0] == '\n' || !fl_utf8_valid(s, NULL))
        return false;
    fl_str line;
    while (fl_str_split(&s, '\n', &line))
        if (!is_printable(line) || (line.len && line.ptr[line.len - 1] == ' '))
            return false;
    return true;
}

static void write_block(fl_buf *out, fl_str s, unsigned depth)
{
    bool ends_in_one = fl_str_ends(s, FL_S("\n")), ends_in_more = fl_str_ends(s, FL_S("\n\n"));
    fl_buf_add_c(out, ends_in_more ? "|+" : ends_in_one ? "|" : "|-");
    fl_str line;
    while (fl_str_split(&s, '\n', &line)) {
        fl_buf_add_char(out, '\n');
        if (line.len)
            fl_buf_add_repeat(out, ' ', (size_t)depth * 2);
        fl_buf_add(out, line);
    }
}

/* ---- nodes ---- */

static void write_number(fl_buf *out, fl_str text)
{
    size_t e = 0;
    while (e < text.len && text.ptr[e] != 'e' && text.ptr[e] != 'E')
        e++;
    fl_buf_add(out, fl_str_sub(text, 0, e));
    if (e == text.len)
        return;
    bool has_point = fl_str_find_char(text, '.') >= 0;
    bool has_sign = e + 1 < text.len && (text.ptr[e + 1] == '+' || text.ptr[e + 1] == '-');
    fl_buf_add_c(out, has_point ? "e" : ".0e");
    if (!has_sign)
        fl_buf_add_char(out, '+');
    fl_buf_add(out, fl_str_sub(text, e + 1, text.len));
}

/* One thread's place to write to, and memory for the map that is made late and being written. */
typedef struct writer { fl_buf *out; fl_arena late; } writer;

static void write_below(writer *w, const fl_data *node, unsigned depth);

/* The rest of a line that ends with "key:" or "-" (no space yet). Lines below it are indented by depth. */
static void write_value(writer *w, const fl_data *node, unsigned depth, bool after_dash)
{
    fl_buf *out = w->out;
    if (node->first) {
        if (!after_dash) {
            fl_buf_add_char(out, '\n');
            fl_buf_add_repeat(out, ' ', (size_t)depth * 2);
        } else {
            fl_buf_add_char(out, ' ');
        }
        write_below(w, node, depth);
        return;
    }
    if (node->late) {
        write_value(w, fl_data_made(node, &w->late), depth, after_dash);
        fl_arena_clear(&w->late);
        return;
    }
    fl_buf_add_char(out, ' ');
    switch (node->kind) {
    case FL_DATA_NULL:
        fl_buf_add_c(out, "null");
        break;
    case FL_DATA_BOOL:
        fl_buf_add_c(out, node->boolean ? "true" : "false");
        break;
    case FL_DATA_NUMBER:
        write_number(out, node->text);
        break;
    case FL_DATA_STRING:
        if (may_be_block(node->text))
            write_block(out, node->text, depth);
        else
            write_one_line(out, node->text);
        break;
    case FL_DATA_LIST:
        fl_buf_add_c(out, "[]");
        break;
    case FL_DATA_MAP:
        fl_buf_add_c(out, "{}");
        break;
    }
}

static void write_child(writer *w, const fl_data *child, unsigned depth, bool is_item)
{
    fl_buf *out = w->out;
    if (is_item) {
        fl_buf_add_char(out, '-');
        write_value(w, child, depth + 1, true);
        return;
    }
    bool is_long = child->key.len > SIMPLE_KEY_BYTES;
    if (is_long)
        fl_buf_add_c(out, "? ");
    write_one_line(out, child->key);
    if (is_long) {
        fl_buf_add_char(out, '\n');
        fl_buf_add_repeat(out, ' ', (size_t)depth * 2);
    }
    fl_buf_add_char(out, ':');
    write_value(w, child, depth + 1, false);
}

/* The children from `child` on, at most `count` of them; the cursor already stands at depth. */
static const fl_data *write_children(writer *w, const fl_data *child, size_t count, unsigned depth, bool is_item)
{
    for (const fl_data *first = child; child && count; child = child->next, count--) {
        if (child != first) {
            fl_buf_add_char(w->out, '\n');
            fl_buf_add_repeat(w->out, ' ', (size_t)depth * 2);
        }
        write_child(w, child, depth, is_item);
    }
    return child;
}

/* Long lists near the top (the paths of an API) are written in slices by all threads, a few dozen slices at a time. */
enum { SLICED_DEPTH = 1, SLICE_CHILDREN = 32, SLICES = 64 };
typedef struct slices { fl_buf texts[SLICES]; const fl_data *first[SLICES]; unsigned depth; bool is_item; } slices;

static void write_slice(void *context, size_t index, unsigned worker)
{
    slices *all = context;
    writer w = {.out = &all->texts[index]};
    (void)worker;
    (void)write_children(&w, all->first[index], SLICE_CHILDREN, all->depth, all->is_item);
    fl_arena_release(&w.late);
}

static void write_in_slices(fl_buf *out, const fl_data *node, unsigned depth)
{
    slices all = {.depth = depth, .is_item = node->kind == FL_DATA_LIST};
    for (const fl_data *child = node->first; child;) {
        size_t count = 0;
        bool is_first = child == node->first;
        for (; child && count < SLICES; count++) {
            fl_buf_init(&all.texts[count], out->limit);
            all.first[count] = child;
            for (size_t i = 0; i < SLICE_CHILDREN && child; i++)
                child = child->next;
        }
        fl_pool_run(0, count, write_slice, &all);
        for (size_t i = 0; i < count; i++) {
            if (i || !is_first) {
                fl_buf_add_char(out, '\n');
                fl_buf_add_repeat(out, ' ', (size_t)depth * 2);
            }
            fl_buf_add(out, fl_buf_str(&all.texts[i]));
            out->overflow = out->overflow || all.texts[i].overflow;
            fl_buf_release(&all.texts[i]);
        }
    }
}

static void write_below(writer *w, const fl_data *node, unsigned depth)
{
    if (depth <= SLICED_DEPTH && node->count > 2 * SLICE_CHILDREN)
        write_in_slices(w->out, node, depth);
    else
        (void)write_children(w, node->first, SIZE_MAX, depth, node->kind == FL_DATA_LIST);
}

void fl_yaml_write(fl_buf *out, const fl_data *node)
{
    fl_data none = {.kind = FL_DATA_NULL};
    if (!node)
        node = &none;
    writer w = {.out = out};
    if (node->first) {
        write_below(&w, node, 0);
    } else {
        fl_buf scalar;
        fl_buf_init(&scalar, out->limit);
        w.out = &scalar;
        write_value(&w, node, 1, false);
        fl_buf_add(out, fl_str_sub(fl_buf_str(&scalar), 1, scalar.len)); /* without the space behind a key */
        out->overflow = out->overflow || scalar.overflow;
        fl_buf_release(&scalar);
    }
    fl_arena_release(&w.late);
    fl_buf_add_char(out, '\n');
}
