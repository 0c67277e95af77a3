/*
 * From source text to values: names, numbers in canonical decimal, strings with their escapes resolved.
 * Nothing here moves the cursor. Names go through a small cache per thread, since the table of names is shared.
 */
#include "extractor/languages/javascript_p.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t mix(const char *ptr, size_t len)
{
    uint64_t hash = len * 0x9E3779B97F4A7C15u;
    while (len >= 8) {
        uint64_t word;
        memcpy(&word, ptr, 8);
        hash = (hash ^ word) * 0xFF51AFD7ED558CCDu;
        hash ^= hash >> 32;
        ptr += 8;
        len -= 8;
    }
    uint64_t word = 0;
    memcpy(&word, ptr, len);
    hash = (hash ^ word) * 0xFF51AFD7ED558CCDu;
    return hash ^ hash >> 29;
}

static fl_sym intern(fl_js *j, fl_str text)
{
    if (text.len == 0) return FL_SYM_NONE;
    if (text.len > 64) return fl_sym_of(text);
    __typeof__(&j->names->slots[0]) slot = &j->names->slots[mix(text.ptr, text.len) % FL_JS_NAME_SLOTS];
    if (slot->len == text.len && memcmp(slot->ptr, text.ptr, text.len) == 0) return slot->sym;
    slot->sym = fl_sym_of(text);
    slot->ptr = fl_sym_str(slot->sym).ptr; /* lives for ever, unlike the file */
    slot->len = (uint32_t)text.len;
    return slot->sym;
}

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

static void add_utf8(fl_buf *out, uint32_t code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD; /* half of a pair has no UTF-8 */
    if (code < 0x80) {
        fl_buf_add_char(out, (char)code);
    } else if (code < 0x800) {
        fl_buf_add_char(out, (char)(0xC0 | code >> 6));
        fl_buf_add_char(out, (char)(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        fl_buf_add_char(out, (char)(0xE0 | code >> 12));
        fl_buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
        fl_buf_add_char(out, (char)(0x80 | (code & 0x3F)));
    } else {
        fl_buf_add_char(out, (char)(0xF0 | code >> 18));
        fl_buf_add_char(out, (char)(0x80 | (code >> 12 & 0x3F)));
        fl_buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
        fl_buf_add_char(out, (char)(0x80 | (code & 0x3F)));
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Reads `count` hex digits at *p, or those in braces when count is 0; false leaves *p. */
static bool read_hex(const char **p, const char *end, int count, uint32_t *code)
{
    const char *at = *p;
    uint32_t value = 0;
    if (count == 0) {
        if (at == end || *at++ != '{') return false;
        while (at < end && *at != '}') {
            int digit = hex_digit(*at++);
            if (digit < 0) return false;
            value = value > 0x10FFFF ? value : value * 16 + (uint32_t)digit;
        }
        if (at == end) return false;
        at++;
    }
    for (int i = 0; i < count; i++) {
        int digit = at < end ? hex_digit(*at++) : -1;
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
        add_utf8(out, code);
    } else if (c == 'u' && read_unicode(&p, end, &code)) {
        add_utf8(out, code);
    } else if (c >= '0' && c <= '7') {
        code = (uint32_t)(c - '0');
        for (int i = 0; i < 2 && p < end && *p >= '0' && *p <= '7' && code * 8 + (uint32_t)(*p - '0') < 256; i++)
            code = code * 8 + (uint32_t)(*p++ - '0');
        add_utf8(out, code);
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

/* As ECMAScript prints a number: shortest digits that read back, exponent only outside 1e-6 … 1e21. */
static void print_double(fl_buf *out, double value)
{
    char digits[40];
    int precision = 0;
    do snprintf(digits, sizeof digits, "%.*e", precision, value);
    while (precision++ < 17 && strtod(digits, NULL) != value);
    char *mark = strchr(digits, 'e');
    int exponent = atoi(mark + 1);
    char text[32];
    int count = 0;
    for (char *p = digits; p < mark; p++)
        if (*p >= '0' && *p <= '9') text[count++] = *p;
    while (count > 1 && text[count - 1] == '0') count--;
    if (exponent >= 21 || exponent < -6) {
        fl_buf_add_char(out, text[0]);
        if (count > 1) fl_buf_format(out, ".%.*s", count - 1, text + 1);
        fl_buf_format(out, "e%+d", exponent);
    } else if (exponent < 0) {
        fl_buf_add_c(out, "0.");
        fl_buf_add_repeat(out, '0', (size_t)(-exponent - 1));
        fl_buf_add(out, (fl_str){ text, (size_t)count });
    } else {
        for (int i = 0; i <= exponent; i++) fl_buf_add_char(out, i < count ? text[i] : '0');
        if (count > exponent + 1) fl_buf_format(out, ".%.*s", count - exponent - 1, text + exponent + 1);
    }
}

fl_sym fl_js_double_sym(double value)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    print_double(&out, value);
    fl_sym sym = fl_sym_of(fl_buf_str(&out));
    fl_buf_release(&out);
    return sym;
}

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
        unsigned carry = (unsigned)hex_digit(*p);
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
        for (const char *p = digits; base != 10 && *p; p++) value = value * base + hex_digit(*p);
        if (isfinite(value)) print_double(&j->scratch, value);
        else fl_buf_add_c(&j->scratch, "Infinity");
    }
    return intern(j, fl_buf_str(&j->scratch));
}
