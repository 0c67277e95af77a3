/*
 * From source text to values: names, numbers in canonical decimal, strings with their escapes resolved.
 * Nothing here moves the cursor.
 */
#include "extractor/languages/python_p.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

fl_sym fl_py_sym(fl_py *p, uint32_t start, uint32_t end)
{
    return fl_text_intern(p->names, (fl_str){ p->text + start, end > start ? end - start : 0 });
}

fl_sym fl_py_compact_sym(fl_py *p, fl_py_at at)
{
    fl_buf_clear(&p->scratch);
    for (uint32_t i = at.start; i < at.end; i++)
        if ((unsigned char)p->text[i] > ' ' && p->text[i] != '\\') fl_buf_add_char(&p->scratch, p->text[i]);
    return fl_text_intern(p->names, fl_buf_str(&p->scratch));
}

/* ---- strings ---- */

fl_py_quoted fl_py_unquote(const fl_py *p, fl_py_at at)
{
    fl_py_quoted q = { .start = at.start, .end = at.end };
    while (q.start < at.end && p->text[q.start] != '"' && p->text[q.start] != '\'') {
        char mark = (char)(p->text[q.start++] | 0x20);
        q.is_raw |= mark == 'r';
        q.is_bytes |= mark == 'b';
        q.is_format |= mark == 'f' || mark == 't';
    }
    if (q.start == at.end) return q;
    char quote = p->text[q.start];
    uint32_t width = at.end - q.start >= 3 && p->text[q.start + 1] == quote && p->text[q.start + 2] == quote ? 3 : 1;
    q.start += width;
    if (q.end >= q.start + width && p->text[q.end - 1] == quote) q.end -= width;
    if (q.end < q.start) q.end = q.start;
    return q;
}

/* Up to `count` digits of a base; false when there is none. */
static bool read_digits(const char **at, const char *end, int count, uint32_t base, uint32_t *code)
{
    *code = 0;
    const char *start = *at;
    while (*at < end && *at - start < count) {
        int digit = fl_text_hex_digit(**at);
        if (digit < 0 || (uint32_t)digit >= base) break;
        *code = *code > 0x10FFFF ? *code : *code * base + (uint32_t)digit;
        (*at)++;
    }
    return *at > start;
}

/* One escape; at stands behind the backslash, before end. Returns the place behind it. What is no escape keeps its backslash. */
static const char *cook_escape(fl_buf *out, const char *at, const char *end, bool is_bytes)
{
    static const char from[] = "nrtabfv\\'\"", to[] = "\n\r\t\a\b\f\v\\'\"";
    char c = *at++;
    const char *simple = memchr(from, c, sizeof from - 1);
    uint32_t code;
    if (simple) {
        fl_buf_add_char(out, to[simple - from]);
    } else if (c == 'x' && read_digits(&at, end, 2, 16, &code)) {
        fl_text_add_utf8(out, code);
    } else if (!is_bytes && c == 'u' && read_digits(&at, end, 4, 16, &code)) {
        fl_text_add_utf8(out, code);
    } else if (!is_bytes && c == 'U' && read_digits(&at, end, 8, 16, &code)) {
        fl_text_add_utf8(out, code);
    } else if (c >= '0' && c <= '7') {
        at--;
        (void)read_digits(&at, end, 3, 8, &code);
        fl_text_add_utf8(out, code);
    } else if (c == '\r') {
        if (at < end && *at == '\n') at++;
    } else if (c != '\n') {
        fl_buf_add_char(out, '\\');
        fl_buf_add_char(out, c);
    }
    return at;
}

void fl_py_cook(fl_py *p, fl_buf *out, uint32_t start, uint32_t end, const fl_py_quoted *how)
{
    const char *at = p->text + start, *stop = p->text + (end > start ? end : start);
    while (at < stop) {
        if (*at == '\\' && !how->is_raw && at + 1 < stop) {
            at = cook_escape(out, at + 1, stop, how->is_bytes);
        } else if (how->is_format && (*at == '{' || *at == '}') && at + 1 < stop && at[1] == *at) {
            fl_buf_add_char(out, *at);
            at += 2;
        } else {
            fl_buf_add_char(out, *at++);
        }
    }
}

fl_sym fl_py_cooked_sym(fl_py *p, uint32_t start, uint32_t end, const fl_py_quoted *how)
{
    const char *text = p->text + start;
    size_t len = end > start ? end - start : 0;
    bool is_plain = !len || ((how->is_raw || !memchr(text, '\\', len)) && !(how->is_format && (memchr(text, '{', len) || memchr(text, '}', len))));
    if (is_plain) return fl_py_sym(p, start, end);
    fl_buf_clear(&p->scratch);
    fl_py_cook(p, &p->scratch, start, end, how);
    return fl_text_intern(p->names, fl_buf_str(&p->scratch));
}

/* ---- numbers ---- */

fl_sym fl_py_number_sym(fl_py *p, fl_py_at at)
{
    char clean[400];
    size_t len = 0;
    bool is_plain = true;
    for (uint32_t i = at.start; i < at.end && len < sizeof clean - 1; i++) {
        char c = p->text[i];
        is_plain &= c >= '0' && c <= '9';
        if (c != '_') clean[len++] = c;
    }
    clean[len] = '\0';
    if (is_plain && len <= 15 && (clean[0] != '0' || len == 1)) return fl_text_intern(p->names, (fl_str){ clean, len });
    char mark = len > 2 && clean[0] == '0' ? (char)(clean[1] | 0x20) : 0;
    unsigned base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
    while (base == 10 && len > 1 && strchr("jJlL", clean[len - 1])) clean[--len] = '\0';
    double value = 0;
    if (base == 10 && !fl_str_to_double((fl_str){ clean, len }, &value)) value = strtod(clean, NULL);
    for (const char *digit = clean + 2; base != 10 && *digit; digit++) value = value * base + fl_text_hex_digit(*digit);
    fl_buf_clear(&p->scratch);
    if (isfinite(value)) fl_text_print_double(&p->scratch, value);
    else fl_buf_add_c(&p->scratch, "Infinity");
    return fl_text_intern(p->names, fl_buf_str(&p->scratch));
}
