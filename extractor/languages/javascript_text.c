/*
 * From source text to values: names, numbers in canonical decimal, strings with their escapes resolved.
 * Nothing here moves the cursor. Names go through a small cache per thread, since the table of names is shared.
 */
#include "extractor/languages/javascript_p.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static fl_sym intern(fl_js *j, fl_str text) { return fl_text_intern(j->names, text); }

static fl_str span_text(const fl_js *j, uint32_t start, uint32_t end)
{
    return (fl_str){ j->text + start, end - start };
}

fl_sym fl_js_sym(fl_js *j, uint32_t start, uint32_t end) { return intern(j, span_text(j, start, end)); }

fl_sym fl_js_compact_sym(fl_js *j, fl_js_at at)
{
    fl_buf_clear(&j->scratch);
    for (uint32_t i = at.start; i < at.end; i++)
        if ((unsigned char)j->text[i] > ' ') fl_buf_add_char(&j->scratch, j->text[i]);
    return intern(j, fl_buf_str(&j->scratch));
}

/* ---- strings ---- */

/* Reads `count` hex digits at *p, or those in braces when count is 0; false leaves *p. */
static bool read_hex(const char **p, const char *end, int count, uint32_t *code)
{
    const char *at = *p;
    uint32_t value = 0;
    if (count == 0) {
        if (at == end || *at++ != '{') return false;
        while (at < end && *at != '}') {
            int digit = fl_text_hex_digit(*at++);
            if (digit < 0) return false;
            value = value > 0x10FFFF ? value : value * 16 + (uint32_t)digit;
        }
        if (at == end) return false;
        at++;
    }
    for (int i = 0; i < count; i++) {
        int digit = at < end ? fl_text_hex_digit(*at++) : -1;
        if (digit < 0) return false;
        value = value * 16 + (uint32_t)digit;
    }
    *p = at;
    *code = value;
    return true;
}

/* \uXXXX, \u{X…}; a pair of surrogates makes one character. *p stands behind the u. */
static bool read_unicode(const char **p, const char *end, uint32_t *code)
{
    if (!read_hex(p, end, *p < end && **p == '{' ? 0 : 4, code)) return false;
    const char *second = *p;
    uint32_t low;
    if (*code >= 0xD800 && *code < 0xDC00 && end - second >= 6 && second[0] == '\\' && second[1] == 'u') {
        second += 2;
        if (read_hex(&second, end, 4, &low) && low >= 0xDC00 && low < 0xE000) {
            *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
            *p = second;
        }
    }
    return true;
}

/* One escape; p stands behind the backslash, before end. Returns the place behind it. */
static const char *cook_escape(fl_buf *out, const char *p, const char *end)
{
    static const char from[] = "nrtbfv", to[] = "\n\r\t\b\f\v";
    char c = *p++;
    const char *simple = memchr(from, c, sizeof from - 1);
    uint32_t code;
    if (simple) {
        fl_buf_add_char(out, to[simple - from]);
    } else if (c == 'x' && read_hex(&p, end, 2, &code)) {
        fl_text_add_utf8(out, code);
    } else if (c == 'u' && read_unicode(&p, end, &code)) {
        fl_text_add_utf8(out, code);
    } else if (c >= '0' && c <= '7') {
        code = (uint32_t)(c - '0');
        for (int i = 0; i < 2 && p < end && *p >= '0' && *p <= '7' && code * 8 + (uint32_t)(*p - '0') < 256; i++)
            code = code * 8 + (uint32_t)(*p++ - '0');
        fl_text_add_utf8(out, code);
    } else if (c == '\r') {
        if (p < end && *p == '\n') p++;
    } else if (c == '\xE2' && end - p >= 2 && p[0] == '\x80' && (p[1] == '\xA8' || p[1] == '\xA9')) {
        p += 2; /* line continued by a Unicode line separator */
    } else if (c != '\n') {
        fl_buf_add_char(out, c);
    }
    return p;
}

static fl_sym cook(fl_js *j, uint32_t start, uint32_t end, bool is_template)
{
    const char *p = j->text + start, *stop = j->text + end;
    if (!memchr(p, '\\', (size_t)(stop - p)) && !(is_template && memchr(p, '\r', (size_t)(stop - p))))
        return fl_js_sym(j, start, end);
    fl_buf *out = &j->scratch;
    fl_buf_clear(out);
    while (p < stop) {
        if (*p == '\\' && p + 1 < stop) {
            p = cook_escape(out, p + 1, stop);
        } else if (*p == '\r' && is_template) {
            fl_buf_add_char(out, '\n');
            p += p + 1 < stop && p[1] == '\n' ? 2 : 1;
        } else {
            const char *run = p++;
            while (p < stop && *p != '\\' && *p != '\r') p++;
            fl_buf_add(out, (fl_str){ run, (size_t)(p - run) });
        }
    }
    return intern(j, fl_buf_str(out));
}

fl_sym fl_js_string_sym(fl_js *j, fl_js_at at)
{
    uint32_t start = at.start, end = at.end;
    if (end - start >= 1 && (j->text[start] == '"' || j->text[start] == '\'')) {
        char quote = j->text[start++];
        if (end > start && j->text[end - 1] == quote) end--;
    }
    return cook(j, start, end, false);
}

fl_sym fl_js_template_sym(fl_js *j, uint32_t start, uint32_t end) { return cook(j, start, end, true); }

fl_sym fl_js_name_sym(fl_js *j, fl_js_at at) { return cook(j, at.start, at.end, false); }

/* ---- numbers ---- */

static bool is_plain_integer(fl_str text)
{
    if (text.len == 0 || text.len > 15 || (text.ptr[0] == '0' && text.len > 1)) return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
    return true;
}

/* Digits of another base to decimal text, without a bound on their number (big integers). */
static void print_big(fl_buf *out, const char *p, const char *end, unsigned base)
{
    uint8_t decimal[1300] = { 0 }; /* lowest digit first */
    size_t count = 1;
    for (; p < end && count < sizeof decimal - 2; p++) {
        unsigned carry = (unsigned)fl_text_hex_digit(*p);
        for (size_t i = 0; i < count || carry; i++) {
            unsigned value = decimal[i] * base + carry;
            decimal[i] = (uint8_t)(value % 10);
            carry = value / 10;
            if (i >= count) count = i + 1;
            if (i + 1 == sizeof decimal) break;
        }
    }
    while (count) fl_buf_add_char(out, (char)('0' + decimal[--count]));
}

fl_sym fl_js_number_sym(fl_js *j, fl_js_at at)
{
    fl_str text = span_text(j, at.start, at.end);
    if (is_plain_integer(text)) return intern(j, text);
    char clean[1024];
    size_t len = 0;
    for (size_t i = 0; i < text.len && len < sizeof clean - 1; i++)
        if (text.ptr[i] != '_') clean[len++] = text.ptr[i];
    bool is_big = len > 1 && clean[len - 1] == 'n';
    if (is_big) len--;
    clean[len] = '\0';
    unsigned base = 10;
    const char *digits = clean;
    if (len > 2 && clean[0] == '0') {
        char mark = (char)(clean[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
        if (base != 10) digits += 2;
    }
    if (base == 10 && len > 1 && clean[0] == '0' && strspn(clean, "01234567") == len) {
        base = 8; /* 017, as sloppy scripts may write */
        digits++;
    }
    fl_buf_clear(&j->scratch);
    if (is_big) {
        if (base == 10) fl_buf_add_c(&j->scratch, clean);
        else print_big(&j->scratch, digits, clean + len, base);
        fl_buf_add_char(&j->scratch, 'n');
    } else {
        double value = 0;
        if (base == 10 && !fl_str_to_double((fl_str){ clean, len }, &value)) value = strtod(clean, NULL);
        for (const char *p = digits; base != 10 && *p; p++) value = value * base + fl_text_hex_digit(*p);
        if (isfinite(value)) fl_text_print_double(&j->scratch, value);
        else fl_buf_add_c(&j->scratch, "Infinity");
    }
    return intern(j, fl_buf_str(&j->scratch));
}
