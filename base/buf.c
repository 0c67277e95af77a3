/*
 * Growing bytes with a limit. Past the limit `overflow` sticks and appends do nothing, so that a writer of a thousand
 * appends checks once at its end. An append that does not fit whole is not done in part.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t default_limit_bytes = (size_t)1 << 30;

void fl_buf_init(fl_buf *buf, size_t limit_bytes)
{
    *buf = (fl_buf){.limit = limit_bytes ? limit_bytes : default_limit_bytes};
}

void fl_buf_release(fl_buf *buf)
{
    free(buf->ptr);
    *buf = (fl_buf){.limit = buf->limit};
}

void fl_buf_clear(fl_buf *buf)
{
    buf->len = 0;
    buf->overflow = false;
    if (buf->ptr)
        buf->ptr[0] = '\0';
}

/* Room for `more` bytes and the NUL. A zeroed buffer counts as initialised with the default limit. */
static bool reserve(fl_buf *buf, size_t more)
{
    if (buf->limit == 0)
        buf->limit = default_limit_bytes;
    if (buf->overflow || more > buf->limit - buf->len) {
        buf->overflow = true;
        return false;
    }
    size_t needed = buf->len + more + 1;
    if (needed > buf->capacity) {
        size_t capacity = buf->capacity ? buf->capacity * 2 : 64;
        while (capacity < needed)
            capacity *= 2;
        char *grown = realloc(buf->ptr, capacity);
        if (!grown)
            fl_no_memory();
        buf->ptr = grown;
        buf->capacity = capacity;
    }
    return true;
}

void fl_buf_add(fl_buf *buf, fl_str s)
{
    if (!reserve(buf, s.len))
        return;
    if (s.len)
        memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
    buf->ptr[buf->len] = '\0';
}

void fl_buf_add_c(fl_buf *buf, const char *c_string)
{
    fl_buf_add(buf, fl_str_from(c_string));
}

void fl_buf_add_char(fl_buf *buf, char c)
{
    fl_buf_add(buf, (fl_str){&c, 1});
}

void fl_buf_add_repeat(fl_buf *buf, char c, size_t n)
{
    if (!reserve(buf, n))
        return;
    memset(buf->ptr + buf->len, c, n);
    buf->len += n;
    buf->ptr[buf->len] = '\0';
}

void fl_buf_format(fl_buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = buf->capacity > buf->len ? buf->capacity - buf->len : 0;
    int len = vsnprintf(room ? buf->ptr + buf->len : NULL, room, format, args);
    va_end(args);
    if (len < 0) {
        buf->overflow = true;
    } else if (reserve(buf, (size_t)len)) {
        if ((size_t)len >= room)
            vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
    if (buf->ptr)
        buf->ptr[buf->len] = '\0'; /* what an overflowing print left behind the end */
}

fl_str fl_buf_str(const fl_buf *buf)
{
    return (fl_str){buf->ptr, buf->len};
}
