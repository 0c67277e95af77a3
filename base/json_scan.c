/*
 * Strict JSON (RFC 8259), looked at before cJSON reads it: cJSON takes trailing bytes, control characters and 01 for JSON,
 * says nothing about line and column, turns numbers into doubles (cut at 63 characters) and ends strings at \u0000.
 * So this finds every error, with its place, and hands cJSON a copy in which nothing it would lose is left;
 * json.c puts the lost parts back.
 */
#include "base/data_p.h"

#include <string.h>

struct scan {
    fl_arena *scratch;
    fl_str text;
    size_t at;
    size_t nodes;
    fl_json_scan *out;
    uint32_t used_nonchars;       /* bit i: U+FDD0 + i occurs */
    FL_VEC(size_t) nul_offsets;   /* of each \u0000 */
    fl_err *err;
};

/* An error at byte `at`: lines and columns (in characters) are counted only now. */
static fl_status fail_at(struct scan *scan, size_t at, fl_status status, const char *what)
{
    size_t line = 1, column = 1;
    for (size_t i = 0; i < at && i < scan->text.len; i++) {
        unsigned char c = (unsigned char)scan->text.ptr[i];
        if (c == '\n')
            line++, column = 1;
        else if ((c & 0xC0) != 0x80)
            column++;
    }
    return fl_fail(scan->err, status, "line %zu, column %zu: %s", line, column, what);
}

static fl_status fail(struct scan *scan, const char *what)
{
    bool is_end = scan->at >= scan->text.len;
    return fail_at(scan, scan->at, FL_E_FORMAT, is_end ? "the JSON text ends too early" : what);
}

static char peek(const struct scan *scan)
{
    return scan->at < scan->text.len ? scan->text.ptr[scan->at] : '\0';
}

static void skip_space(struct scan *scan)
{
    while (scan->at < scan->text.len && strchr(" \t\n\r", scan->text.ptr[scan->at]) && scan->text.ptr[scan->at])
        scan->at++;
}

/* ---- strings ---- */

static int hex4(const struct scan *scan, size_t at)
{
    int value = 0;
    if (at + 4 > scan->text.len)
        return -1;
    for (size_t i = at; i < at + 4; i++) {
        char c = scan->text.ptr[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static void note_nonchar(struct scan *scan, int code)
{
    if (code >= 0xFDD0 && code <= 0xFDEF)
        scan->used_nonchars |= (uint32_t)1 << (code - 0xFDD0);
}

/* scan->at is behind "\u". */
static fl_status scan_unicode_escape(struct scan *scan)
{
    int code = hex4(scan, scan->at);
    if (code < 0)
        return fail_at(scan, scan->at - 2, FL_E_FORMAT, "\\u wants four hexadecimal digits");
    bool is_high = code >= 0xD800 && code <= 0xDBFF, is_low = code >= 0xDC00 && code <= 0xDFFF;
    if (is_high && scan->at + 10 <= scan->text.len && memcmp(scan->text.ptr + scan->at + 4, "\\u", 2) == 0) {
        int second = hex4(scan, scan->at + 6);
        if (second >= 0xDC00 && second <= 0xDFFF) {
            scan->at += 10;
            return FL_OK;
        }
    }
    if (is_high || is_low)
        memcpy(scan->out->masked + scan->at, "fffd", 4);
    note_nonchar(scan, code);
    if (code == 0)
        fl_vec_push(scan->scratch, &scan->nul_offsets, scan->at);
    scan->at += 4;
    return FL_OK;
}

static fl_status scan_string(struct scan *scan)
{
    for (scan->at++; scan->at < scan->text.len;) {
        unsigned char c = (unsigned char)scan->text.ptr[scan->at];
        if (c == '"') {
            scan->at++;
            return FL_OK;
        }
        if (c < 0x20)
            return fail(scan, "control characters in a string must be escaped");
        if (c == 0xEF && scan->at + 3 <= scan->text.len && (unsigned char)scan->text.ptr[scan->at + 1] == 0xB7)
            note_nonchar(scan, 0xFDC0 + ((unsigned char)scan->text.ptr[scan->at + 2] & 0x3F));
        scan->at++;
        if (c != '\\')
            continue;
        char escape = peek(scan);
        if (escape == '\0' || !strchr("\"\\/bfnrtu", escape))
            return fail(scan, "no such escape in JSON");
        scan->at++;
        fl_status status = escape == 'u' ? scan_unicode_escape(scan) : FL_OK;
        if (status)
            return status;
    }
    return fail(scan, "");
}

/* ---- numbers ---- */

static size_t digits_len(fl_str s, size_t from)
{
    size_t i = from;
    while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9')
        i++;
    return i - from;
}

size_t fl_json_number_len(fl_str s)
{
    size_t i = s.len && s.ptr[0] == '-' ? 1 : 0;
    size_t whole = digits_len(s, i);
    if (whole == 0 || (whole > 1 && s.ptr[i] == '0'))
        return 0;
    i += whole;
    if (i < s.len && s.ptr[i] == '.') {
        size_t fraction = digits_len(s, i + 1);
        if (fraction == 0)
            return 0;
        i += 1 + fraction;
    }
    if (i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        size_t sign = i + 1 < s.len && (s.ptr[i + 1] == '+' || s.ptr[i + 1] == '-') ? 1 : 0;
        size_t exponent = digits_len(s, i + 1 + sign);
        if (exponent == 0)
            return 0;
        i += 1 + sign + exponent;
    }
    return i;
}

static fl_status scan_number(struct scan *scan)
{
    fl_str rest = fl_str_sub(scan->text, scan->at, scan->text.len);
    size_t len = fl_json_number_len(rest);
    if (len == 0)
        return fail_at(scan, scan->at, FL_E_FORMAT, "this is not a JSON number");
    fl_vec_push(scan->scratch, &scan->out->numbers, fl_str_sub(rest, 0, len));
    memset(scan->out->masked + scan->at, ' ', len);
    scan->out->masked[scan->at] = '0';
    scan->at += len;
    return FL_OK;
}

/* ---- values ---- */

static fl_status scan_value(struct scan *scan, unsigned depth);

static fl_status scan_word(struct scan *scan, const char *word)
{
    size_t len = strlen(word);
    if (!fl_str_starts(fl_str_sub(scan->text, scan->at, scan->text.len), (fl_str){word, len}))
        return fail_at(scan, scan->at, FL_E_FORMAT, "expected a JSON value");
    scan->at += len;
    return FL_OK;
}

/* A list or a map: items between brackets, commas between items. */
static fl_status scan_items(struct scan *scan, char close, unsigned depth)
{
    bool is_map = close == '}';
    if (depth >= FL_LIMIT_DATA_DEPTH)
        return fail_at(scan, scan->at, FL_E_LIMIT, "JSON nests too deeply");
    scan->at++;
    skip_space(scan);
    if (peek(scan) == close) {
        scan->at++;
        return FL_OK;
    }
    for (;;) {
        if (is_map) {
            if (peek(scan) != '"')
                return fail(scan, "expected a key in double quotes");
            fl_status status = scan_string(scan);
            if (status)
                return status;
            skip_space(scan);
            if (peek(scan) != ':')
                return fail(scan, "expected ':' after a key");
            scan->at++;
            skip_space(scan);
        }
        fl_status status = scan_value(scan, depth + 1);
        if (status)
            return status;
        skip_space(scan);
        char c = peek(scan);
        if (c != ',' && c != close)
            return fail(scan, is_map ? "expected ',' or '}'" : "expected ',' or ']'");
        scan->at++;
        if (c == close)
            return FL_OK;
        skip_space(scan);
    }
}

static fl_status scan_value(struct scan *scan, unsigned depth)
{
    if (++scan->nodes > FL_LIMIT_DATA_NODES)
        return fail_at(scan, scan->at, FL_E_LIMIT, "the JSON text has too many values");
    char c = peek(scan);
    switch (c) {
    case '{':
        return scan_items(scan, '}', depth);
    case '[':
        return scan_items(scan, ']', depth);
    case '"':
        return scan_string(scan);
    case 't':
        return scan_word(scan, "true");
    case 'f':
        return scan_word(scan, "false");
    case 'n':
        return scan_word(scan, "null");
    default:
        if (c == '-' || (c >= '0' && c <= '9'))
            return scan_number(scan);
        return fail(scan, "expected a JSON value");
    }
}

/* U+FDD0 + i is EF B7 (90 + i) in UTF-8; one of 32 is free in any text that is not about them. */
static fl_status mask_nuls(struct scan *scan)
{
    fl_json_scan *out = scan->out;
    if (scan->nul_offsets.count == 0)
        return FL_OK;
    unsigned i = 0;
    while (i < 32 && (scan->used_nonchars >> i & 1u))
        i++;
    if (i == 32)
        return fail_at(scan, scan->nul_offsets.items[0], FL_E_LIMIT, "\\u0000 beside all of U+FDD0 to U+FDEF");
    static const char hex[] = "0123456789abcdef";
    const char escape[4] = {'f', 'd', i < 16 ? 'd' : 'e', hex[i & 15]};
    for (size_t n = 0; n < scan->nul_offsets.count; n++)
        memcpy(out->masked + scan->nul_offsets.items[n], escape, sizeof escape);
    out->has_nul = true;
    const char utf8[4] = {(char)0xEF, (char)0xB7, (char)(0x90 + i), '\0'};
    memcpy(out->nul_stand_in, utf8, sizeof utf8);
    return FL_OK;
}

fl_status fl_json_scan_text(fl_arena *scratch, fl_str text, fl_json_scan *out, fl_err *err)
{
    *out = (fl_json_scan){0};
    struct scan scan = {.scratch = scratch, .text = text, .out = out, .err = err};
    size_t bad_byte;
    if (text.len > FL_LIMIT_DATA_BYTES)
        return fl_fail(err, FL_E_LIMIT, "the JSON text has more than %u bytes", FL_LIMIT_DATA_BYTES);
    if (!fl_utf8_valid(text, &bad_byte))
        return fail_at(&scan, bad_byte, FL_E_FORMAT, "not UTF-8");
    out->masked = fl_str_c(scratch, text);
    if (fl_str_starts(text, FL_S("\xEF\xBB\xBF"))) {
        memset(out->masked, ' ', 3);
        scan.at = 3;
    }
    skip_space(&scan);
    fl_status status = scan_value(&scan, 0);
    if (status)
        return status;
    skip_space(&scan);
    if (scan.at < text.len)
        return fail_at(&scan, scan.at, FL_E_FORMAT, "more text behind the JSON value");
    return mask_nuls(&scan);
}
