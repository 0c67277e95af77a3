/* Public keys of a set (RFC 7517) as PEM files have them (RFC 5280, 5480, 8017): what a service that confuses algorithms takes for a secret. */
#include "engine/plan/plan.h"

enum { MOST_BYTES = 2048, LINE = 64 };

/** DER: tag, length, content. */
static void add_part(fl_buf *out, unsigned char tag, fl_str content)
{
    fl_buf_add_char(out, (char)tag);
    if (content.len >= 0x100)
        fl_buf_add(out, (fl_str){(const char[]){(char)0x82, (char)(content.len >> 8)}, 2});
    else if (content.len >= 0x80)
        fl_buf_add_char(out, (char)0x81);
    fl_buf_add_char(out, (char)(content.len & 0xff));
    fl_buf_add(out, content);
}

/** A number without a sign. */
static void add_number(fl_buf *out, fl_arena *arena, fl_str bytes)
{
    bool is_high = bytes.len != 0 && ((unsigned char)bytes.ptr[0] & 0x80);
    fl_buf with_zero;
    fl_buf_init(&with_zero, 0);
    if (is_high)
        fl_buf_add_char(&with_zero, 0);
    fl_buf_add(&with_zero, bytes);
    add_part(out, 0x02, fl_str_copy(arena, fl_buf_str(&with_zero)));
    fl_buf_release(&with_zero);
}

static fl_str taken(fl_arena *arena, fl_buf *buf)
{
    fl_str text = fl_str_copy(arena, fl_buf_str(buf));
    fl_buf_clear(buf);
    return text;
}

static bool read_member(fl_arena *arena, const fl_data *key, const char *name, fl_str *out)
{
    return fl_jwt_decode(arena, fl_data_get_str(key, name), out) && out->len != 0 && out->len <= MOST_BYTES;
}

static bool rsa(fl_arena *arena, const fl_data *key, fl_str *der)
{
    static const char algorithm[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, (char)0x86, 0x48, (char)0x86, (char)0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
    fl_str n, e;
    if (!read_member(arena, key, "n", &n) || !read_member(arena, key, "e", &e))
        return false;
    fl_buf buf;
    fl_buf_init(&buf, 0);
    add_number(&buf, arena, n);
    add_number(&buf, arena, e);
    fl_str numbers = taken(arena, &buf);
    fl_buf_add_char(&buf, 0); /* no bits of the last byte are unused */
    add_part(&buf, 0x30, numbers);
    fl_str bits = taken(arena, &buf);
    fl_buf_add(&buf, (fl_str){algorithm, sizeof algorithm});
    add_part(&buf, 0x03, bits);
    fl_str whole = taken(arena, &buf);
    add_part(&buf, 0x30, whole);
    *der = taken(arena, &buf);
    fl_buf_release(&buf);
    return true;
}

static bool p256(fl_arena *arena, const fl_data *key, fl_str *der)
{
    static const char start[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, (char)0x86, 0x48, (char)0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, (char)0x86, 0x48, (char)0xce, 0x3d, 0x03,
                                 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
    fl_str x, y;
    if (!fl_str_eq_c(fl_data_get_str(key, "crv"), "P-256") || !read_member(arena, key, "x", &x) || !read_member(arena, key, "y", &y) || x.len != 32 || y.len != 32)
        return false;
    fl_buf buf;
    fl_buf_init(&buf, 0);
    fl_buf_add(&buf, (fl_str){start, sizeof start});
    fl_buf_add(&buf, x);
    fl_buf_add(&buf, y);
    *der = taken(arena, &buf);
    fl_buf_release(&buf);
    return true;
}

bool fl_jwk_pem(fl_arena *arena, const fl_data *key, fl_str *out)
{
    fl_str kind = fl_data_get_str(key, "kty"), der;
    if (fl_str_eq_c(kind, "RSA") ? !rsa(arena, key, &der) : !fl_str_eq_c(kind, "EC") || !p256(arena, key, &der))
        return false;
    fl_str text = fl_base64(arena, der);
    fl_buf buf;
    fl_buf_init(&buf, 0);
    fl_buf_add_c(&buf, "-----BEGIN PUBLIC KEY-----\n");
    for (size_t at = 0; at < text.len; at += LINE)
        fl_buf_format(&buf, FL_STR_FMT "\n", FL_STR_ARG(fl_str_sub(text, at, at + LINE < text.len ? at + LINE : text.len)));
    fl_buf_add_c(&buf, "-----END PUBLIC KEY-----\n");
    *out = taken(arena, &buf);
    fl_buf_release(&buf);
    return true;
}
