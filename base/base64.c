/* base64 (RFC 4648 §4): request bodies that are no text, inline source maps, basic authentication. */
#include <string.h>
#include "base/base.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fl_str fl_base64(fl_arena *arena, fl_str bytes)
{
    size_t len = (bytes.len + 2) / 3 * 4;
    char *out = fl_arena_alloc(arena, len + 1), *at = out;
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t group = (uint32_t)(unsigned char)bytes.ptr[i] << 16 | (left > 1 ? (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8 : 0) |
                         (left > 2 ? (uint32_t)(unsigned char)bytes.ptr[i + 2] : 0);
        *at++ = digits[group >> 18];
        *at++ = digits[group >> 12 & 63];
        *at++ = left > 1 ? digits[group >> 6 & 63] : '=';
        *at++ = left > 2 ? digits[group & 63] : '=';
    }
    return (fl_str){out, len};
}

bool fl_base64_decode(fl_arena *arena, fl_str text, fl_str *bytes)
{
    char *out = fl_arena_alloc(arena, text.len / 4 * 3 + 4);
    size_t len = 0;
    uint32_t group = 0;
    unsigned count = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        const char *digit = text.ptr[i] != '\0' ? strchr(digits, text.ptr[i]) : NULL;
        if (digit == NULL)
            return false;
        group = group << 6 | (uint32_t)(digit - digits);
        if (++count == 4) {
            out[len++] = (char)(group >> 16);
            out[len++] = (char)(group >> 8);
            out[len++] = (char)group;
            group = count = 0;
        }
    }
    if (count >= 2)
        out[len++] = (char)(group >> (count == 2 ? 4 : 10));
    if (count == 3)
        out[len++] = (char)(group >> 2);
    *bytes = (fl_str){out, len};
    return count != 1;
}
