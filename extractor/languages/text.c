/*
 * Names, characters and numbers as the trees of all languages hold them.
 */
#include "extractor/languages/text_p.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t word_at(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t half_at(const char *at)
{
    uint32_t half;
    memcpy(&half, at, sizeof half);
    return half;
}

/* Words that together hold each byte of a short text; with its length they tell it from all others. */
static void take_words(fl_str text, uint64_t words[3])
{
    const char *first = text.ptr, *end = text.ptr + text.len;
    words[0] = words[1] = words[2] = 0;
    if (text.len >= 8) {
        words[0] = word_at(first);
        words[1] = word_at(end - 8);
        if (text.len > 16) words[2] = word_at(first + 8);
    } else if (text.len >= 4) {
        words[0] = half_at(first) | half_at(end - 4) << 32;
    } else {
        words[0] = (uint8_t)first[0] | (uint64_t)(uint8_t)first[text.len / 2] << 8 | (uint64_t)(uint8_t)end[-1] << 16;
    }
}

static size_t slot_of(const uint64_t words[3], size_t len)
{
    uint64_t hash = (words[0] ^ len << 56) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 32 ^ words[1]) * 0xFF51AFD7ED558CCDu;
    hash = (hash ^ hash >> 32 ^ words[2]) * 0xFF51AFD7ED558CCDu;
    return (size_t)(hash >> 40) % FL_TEXT_NAME_SLOTS;
}

fl_sym fl_text_intern(fl_text_names *names, fl_str text)
{
    uint64_t words[3];
    if (text.len == 0) return FL_SYM_NONE;
    if (text.len > FL_TEXT_NAME_BYTES) return fl_sym_of(text);
    take_words(text, words);
    __typeof__(&names->slots[0]) slot = &names->slots[slot_of(words, text.len)];
    if (slot->len == text.len && slot->words[0] == words[0] && slot->words[1] == words[1] && slot->words[2] == words[2]) return slot->sym;
    memcpy(slot->words, words, sizeof slot->words);
    slot->len = (uint32_t)text.len;
    slot->sym = fl_sym_of(text);
    return slot->sym;
}

void fl_text_add_utf8(fl_buf *out, uint32_t code)
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

int fl_text_hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* As ECMAScript prints a number. */
void fl_text_print_double(fl_buf *out, double value)
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

fl_sym fl_text_double_sym(double value)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_text_print_double(&out, value);
    fl_sym sym = fl_sym_of(fl_buf_str(&out));
    fl_buf_release(&out);
    return sym;
}
