/*
 * JSON Web Tokens signed with HS256 (RFC 7515, 7518): is the secret one that we know? Then we can write tokens that are rightly signed and must be
 * refused nevertheless. SHA-256 is that of FIPS 180-4, HMAC that of RFC 2104.
 */
#include "engine/plan/plan.h"

enum { BLOCK = 64, DIGEST = 32 };

static uint32_t turn(uint32_t x, unsigned n) { return x >> n | x << (32 - n); }

static void add_block(uint32_t state[8], const unsigned char *block)
{
    static const uint32_t k[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
        0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d,
        0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
        0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
        0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
    uint32_t w[64], v[8];
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 64; i++)
        w[i] = w[i - 16] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 7] + (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(v, state, sizeof v);
    for (size_t i = 0; i < 64; i++) {
        uint32_t a = v[7] + (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
        uint32_t b = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += a;
        v[0] = a + b;
    }
    for (size_t i = 0; i < 8; i++)
        state[i] += v[i];
}

static void sha256(fl_str bytes, unsigned char out[DIGEST])
{
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    unsigned char tail[2 * BLOCK] = {0};
    size_t whole = bytes.len / BLOCK * BLOCK, rest = bytes.len - whole, end = rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    for (size_t i = 0; i < whole; i += BLOCK)
        add_block(state, (const unsigned char *)bytes.ptr + i);
    if (rest)
        memcpy(tail, bytes.ptr + whole, rest);
    tail[rest] = 0x80;
    for (size_t i = 0; i < 8; i++)
        tail[end - 1 - i] = (unsigned char)((uint64_t)bytes.len * 8 >> 8 * i);
    for (size_t i = 0; i < end; i += BLOCK)
        add_block(state, tail + i);
    for (size_t i = 0; i < DIGEST; i++)
        out[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

static void hmac(fl_str key, fl_str text, unsigned char out[DIGEST])
{
    unsigned char pad[BLOCK] = {0}, inner[DIGEST];
    if (key.len > BLOCK)
        sha256(key, pad);
    else if (key.len)
        memcpy(pad, key.ptr, key.len);
    fl_buf bytes;
    fl_buf_init(&bytes, 0);
    for (int side = 0; side < 2; side++) {
        fl_buf_clear(&bytes);
        for (size_t i = 0; i < BLOCK; i++)
            fl_buf_add_char(&bytes, (char)(pad[i] ^ (side == 0 ? 0x36 : 0x5c)));
        fl_buf_add(&bytes, side == 0 ? text : (fl_str){(const char *)inner, DIGEST});
        sha256(fl_buf_str(&bytes), side == 0 ? inner : out);
    }
    fl_buf_release(&bytes);
}

/** base64url, without padding. */
static fl_str encode(fl_arena *arena, fl_str bytes)
{
    fl_str text = fl_base64(arena, bytes);
    char *out = fl_str_c(arena, text);
    size_t len = text.len;
    while (len && out[len - 1] == '=')
        len--;
    for (size_t i = 0; i < len; i++)
        out[i] = out[i] == '+' ? '-' : out[i] == '/' ? '_' : out[i];
    return (fl_str){out, len};
}

bool fl_jwt_decode(fl_arena *arena, fl_str text, fl_str *out)
{
    char *plain = fl_str_c(arena, text);
    for (size_t i = 0; i < text.len; i++)
        plain[i] = plain[i] == '-' ? '+' : plain[i] == '_' ? '/' : plain[i];
    return fl_base64_decode(arena, (fl_str){plain, text.len}, out);
}

static fl_str signature(fl_arena *arena, fl_str secret, fl_str text)
{
    unsigned char digest[DIGEST];
    hmac(secret, text, digest);
    return encode(arena, (fl_str){(const char *)digest, DIGEST});
}

bool fl_jwt_parts(fl_str token, fl_str *head, fl_str *body, fl_str *sign)
{
    *sign = token;
    return fl_str_starts(token, FL_S("eyJ")) && fl_str_split(sign, '.', head) && fl_str_split(sign, '.', body) && sign->len >= 8;
}

bool fl_jwt_is_signed_with(fl_arena *arena, fl_str token, fl_str secret)
{
    fl_str head, body, sign;
    return secret.len != 0 && fl_jwt_parts(token, &head, &body, &sign) && fl_str_eq(signature(arena, secret, fl_str_sub(token, 0, head.len + 1 + body.len)), sign);
}

bool fl_jwt_expired(fl_arena *arena, fl_str token, fl_str secret, fl_str *out)
{
    enum { LONG_AGO = 1000000000 }; /* 2001 */
    fl_str head, body, sign, claims;
    fl_data *payload = NULL;
    if (!fl_jwt_parts(token, &head, &body, &sign) || !fl_jwt_decode(arena, body, &claims) || fl_json_parse(arena, claims, &payload, NULL) != FL_OK || payload->kind != FL_DATA_MAP)
        return false;
    fl_data_set_c(arena, payload, "exp", fl_data_int(arena, LONG_AGO));
    if (fl_data_get_c(payload, "iat") != NULL)
        fl_data_set_c(arena, payload, "iat", fl_data_int(arena, LONG_AGO - 3600));
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_json_write(&text, payload, false);
    fl_str signed_part = fl_str_format(arena, FL_STR_FMT "." FL_STR_FMT, FL_STR_ARG(head), FL_STR_ARG(encode(arena, fl_buf_str(&text))));
    fl_buf_release(&text);
    *out = fl_str_format(arena, FL_STR_FMT "." FL_STR_FMT, FL_STR_ARG(signed_part), FL_STR_ARG(signature(arena, secret, signed_part)));
    return true;
}

static fl_data *head_of(fl_arena *arena, fl_str token, fl_str *body)
{
    fl_str head, sign, text;
    fl_data *out = NULL;
    bool is_token = fl_jwt_parts(token, &head, body, &sign) && fl_jwt_decode(arena, head, &text) && fl_json_parse(arena, text, &out, NULL) == FL_OK;
    return is_token && out->kind == FL_DATA_MAP ? out : NULL;
}

fl_str fl_jwt_algorithm(fl_arena *arena, fl_str token, bool *has_kid)
{
    fl_str body;
    const fl_data *head = head_of(arena, token, &body);
    *has_kid = head != NULL && fl_data_get_c(head, "kid") != NULL;
    return head != NULL ? fl_data_get_str(head, "alg") : (fl_str){0};
}

bool fl_jwt_forged(fl_arena *arena, fl_str token, const char *alg, const char *kid, fl_str secret, bool is_bare, fl_str *out)
{
    fl_str body;
    fl_data *head = head_of(arena, token, &body);
    if (head == NULL)
        return false;
    fl_data_set_c(arena, head, "alg", fl_data_string_c(arena, alg));
    if (kid != NULL)
        fl_data_set_c(arena, head, "kid", fl_data_string_c(arena, kid));
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_json_write(&text, head, false);
    fl_str signed_part = fl_str_format(arena, FL_STR_FMT "." FL_STR_FMT, FL_STR_ARG(encode(arena, fl_buf_str(&text))), FL_STR_ARG(body));
    fl_buf_release(&text);
    fl_str sign = is_bare ? (fl_str){0} : signature(arena, secret, signed_part);
    *out = fl_str_format(arena, FL_STR_FMT "." FL_STR_FMT, FL_STR_ARG(signed_part), FL_STR_ARG(sign));
    return true;
}
