/*
 * Borrowed strings. All functions take any bytes, NUL included; only fl_str_c and fl_str_copy promise a NUL behind the end.
 * Case means ASCII case: header names, file extensions, host names.
 */
#include "base/base.h"

#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *fl_str_c(fl_arena *arena, fl_str s)
{
    char *copy = fl_arena_alloc(arena, s.len + 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return copy;
}

fl_str fl_str_copy(fl_arena *arena, fl_str s)
{
    return (fl_str){fl_str_c(arena, s), s.len};
}

fl_str fl_str_join(fl_arena *arena, fl_str a, fl_str b, fl_str c)
{
    char *text = fl_arena_alloc(arena, a.len + b.len + c.len + 1), *at = text;
    const fl_str parts[] = {a, b, c};
    for (size_t i = 0; i < FL_COUNT(parts); i++) {
        if (parts[i].len)
            memcpy(at, parts[i].ptr, parts[i].len);
        at += parts[i].len;
    }
    return (fl_str){text, (size_t)(at - text)};
}

fl_str fl_str_format(fl_arena *arena, const char *format, ...)
{
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (len < 0)
        len = 0, small[0] = '\0';
    fl_str result;
    if ((size_t)len < sizeof small) {
        result = fl_str_copy(arena, (fl_str){small, (size_t)len});
    } else {
        char *text = fl_arena_alloc(arena, (size_t)len + 1);
        vsnprintf(text, (size_t)len + 1, format, again);
        result = (fl_str){text, (size_t)len};
    }
    va_end(again);
    return result;
}

/* ---- comparing and finding ---- */

bool fl_str_eq(fl_str a, fl_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool fl_str_is_one_of(fl_str s, const char *const *words)
{
    for (; *words; words++)
        if (fl_str_eq_c(s, *words))
            return true;
    return false;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool fl_str_eq_nocase(fl_str a, fl_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

int fl_str_cmp(fl_str a, fl_str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

int fl_str_cmp_nocase(fl_str a, fl_str b)
{
    for (size_t i = 0; i < a.len && i < b.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return lower(a.ptr[i]) < lower(b.ptr[i]) ? -1 : 1;
    return (a.len > b.len) - (a.len < b.len);
}

fl_str fl_str_lower(fl_arena *arena, fl_str s)
{
    char *copy = fl_str_c(arena, s);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = lower(copy[i]);
    return (fl_str){copy, s.len};
}

fl_str fl_str_upper(fl_arena *arena, fl_str s)
{
    char *copy = fl_str_c(arena, s);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = copy[i] >= 'a' && copy[i] <= 'z' ? (char)(copy[i] - 'a' + 'A') : copy[i];
    return (fl_str){copy, s.len};
}

bool fl_str_starts(fl_str s, fl_str prefix)
{
    return s.len >= prefix.len && fl_str_eq((fl_str){s.ptr, prefix.len}, prefix);
}

bool fl_str_ends(fl_str s, fl_str suffix)
{
    return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

ptrdiff_t fl_str_find(fl_str s, fl_str needle)
{
    if (needle.len == 0)
        return 0;
    if (needle.len > s.len)
        return -1;
    const char *found = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return found ? found - s.ptr : -1;
}

ptrdiff_t fl_str_find_char(fl_str s, char c)
{
    const char *found = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return found ? found - s.ptr : -1;
}

ptrdiff_t fl_str_rfind_char(fl_str s, char c)
{
    const char *found = s.len ? memrchr(s.ptr, c, s.len) : NULL;
    return found ? found - s.ptr : -1;
}

/* ---- parts ---- */

fl_str fl_str_sub(fl_str s, size_t from_byte, size_t to_byte)
{
    if (to_byte > s.len)
        to_byte = s.len;
    if (from_byte >= to_byte)
        return (fl_str){0};
    return (fl_str){s.ptr + from_byte, to_byte - from_byte};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

fl_str fl_str_trim(fl_str s)
{
    while (s.len && is_space(s.ptr[0]))
        s.ptr++, s.len--;
    while (s.len && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

/* Like getline: a separator at the very end does not start another, empty part. */
bool fl_str_split(fl_str *rest, char separator, fl_str *part)
{
    if (rest->len == 0)
        return false;
    ptrdiff_t at = fl_str_find_char(*rest, separator);
    size_t len = at < 0 ? rest->len : (size_t)at;
    *part = (fl_str){rest->ptr, len};
    *rest = fl_str_sub(*rest, len + 1, rest->len);
    return true;
}

/* ---- numbers ---- */

bool fl_str_to_int(fl_str s, int64_t *out)
{
    bool is_negative = s.len && s.ptr[0] == '-';
    size_t i = is_negative ? 1 : 0;
    if (i == s.len)
        return false;
    int64_t value = 0; /* built towards the sign, so that INT64_MIN fits */
    for (; i < s.len; i++) {
        int digit = s.ptr[i] - '0';
        if (digit < 0 || digit > 9)
            return false;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, is_negative ? -digit : digit, &value))
            return false;
    }
    *out = value;
    return true;
}

static locale_t c_locale;

static void make_c_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

bool fl_str_to_double(fl_str s, double *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_c_locale);
    /* strtod would also take white space, hexadecimal, "inf" and "nan". */
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("0123456789+-.eE", s.ptr[i]) || s.ptr[i] == '\0')
            return false;
    char small[64], *text = s.len < sizeof small ? small : malloc(s.len + 1);
    if (s.len == 0 || !text)
        return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    char *end;
    double value = strtod_l(text, &end, c_locale);
    bool is_whole = end == text + s.len;
    if (text != small)
        free(text);
    if (is_whole)
        *out = value;
    return is_whole;
}

/* ---- hash, distance, UTF-8 ---- */

/* Eight bytes a step, multiply and fold: names are short, and this is called once per identifier of the source. */
uint64_t fl_str_hash(fl_str s)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t hash = s.len * odd;
    const char *at = s.ptr;
    size_t left = s.len;
    for (; left >= 8; at += 8, left -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 32;
    }
    uint64_t tail = 0;
    if (left)
        memcpy(&tail, at, left);
    hash = (hash ^ tail) * odd;
    hash ^= hash >> 29;
    hash *= 0xBF58476D1CE4E5B9u;
    return hash ^ hash >> 32;
}

size_t fl_str_distance(fl_str a, fl_str b)
{
    enum { LONGEST = 255 };
    if (a.len > LONGEST || b.len > LONGEST)
        return fl_str_eq(a, b) ? 0 : (a.len > b.len ? a.len : b.len);
    uint8_t row[LONGEST + 1]; /* distances of a's prefix to every prefix of b; all fit, being at most LONGEST */
    for (size_t j = 0; j <= b.len; j++)
        row[j] = (uint8_t)j;
    for (size_t i = 1; i <= a.len; i++) {
        uint8_t diagonal = row[0];
        row[0] = (uint8_t)i;
        for (size_t j = 1; j <= b.len; j++) {
            unsigned best = diagonal + (a.ptr[i - 1] != b.ptr[j - 1] ? 1u : 0u);
            if (row[j] + 1u < best)
                best = row[j] + 1u;
            if (row[j - 1] + 1u < best)
                best = row[j - 1] + 1u;
            diagonal = row[j];
            row[j] = (uint8_t)best;
        }
    }
    return row[b.len];
}

/* Length of the sequence that starts with these bytes (RFC 3629: no overlong forms, no surrogates), 0 when it is bad. */
static size_t sequence_len(const unsigned char *at, size_t left)
{
    unsigned char c = at[0];
    if (c < 0x80)
        return 1;
    size_t len = c >= 0xC2 && c <= 0xDF ? 2 : (c & 0xF0) == 0xE0 ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    if (len == 0 || left < len)
        return 0;
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

bool fl_utf8_valid(fl_str s, size_t *bad_byte)
{
    size_t i = 0;
    while (i < s.len) {
        uint64_t eight;
        if (s.len - i >= sizeof eight) {
            memcpy(&eight, s.ptr + i, sizeof eight);
            if ((eight & 0x8080808080808080u) == 0) {
                i += sizeof eight;
                continue;
            }
        }
        size_t len = sequence_len((const unsigned char *)s.ptr + i, s.len - i);
        if (len == 0) {
            if (bad_byte)
                *bad_byte = i;
            return false;
        }
        i += len;
    }
    return true;
}

fl_str fl_str_replace(fl_arena *arena, fl_str text, fl_str from, fl_str to)
{
    ptrdiff_t at = fl_str_find(text, from);
    if (at < 0)
        return text;
    fl_buf out;
    fl_buf_init(&out, 0);
    for (; at >= 0; at = fl_str_find(text, from)) {
        fl_buf_add(&out, fl_str_sub(text, 0, (size_t)at));
        fl_buf_add(&out, to);
        text = fl_str_sub(text, (size_t)at + from.len, text.len);
    }
    fl_buf_add(&out, text);
    fl_str replaced = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return replaced;
}
