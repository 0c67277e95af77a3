/* HS256: the example of RFC 7515, A.1, and tokens that are written again. */
#include "tests/support/unit.h"
#include "engine/plan/plan.h"

static void knows_signatures(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    static const struct { const char *token, *secret; bool is_signed; } rows[] = {
        {"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSJ9.CCEkmmWiV6MYRx_A5AvYoXi3jxE9ksaSzc8M7NZo40Y", "fixture-secret-1", true},
        {"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c", "your-256-bit-secret", true},
        {"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSJ9.CCEkmmWiV6MYRx_A5AvYoXi3jxE9ksaSzc8M7NZo40Y", "fixture-secret-2", false},
        {"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSJ9.CCEkmmWiV6MYRx_A5AvYoXi3jxE9ksaSzc8M7NZo40Y", "", false},
        {"no.token.at.all", "x", false}, {"eyJ", "x", false}, {"", "x", false}, {"eyJ..", "x", false},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_int(rows[i].token, fl_jwt_is_signed_with(&arena, fl_str_from(rows[i].token), fl_str_from(rows[i].secret)), rows[i].is_signed);
    for (size_t len = 40; len < 140; len += 9) { /* around the borders of blocks, keys and texts */
        char secret[160];
        memset(secret, 'k', len);
        secret[len] = '\0';
        fl_str out, again;
        fl_row_true("written", fl_jwt_expired(&arena, fl_str_from(rows[1].token), fl_str_from(secret), &out));
        fl_row_true("signed", fl_jwt_is_signed_with(&arena, out, fl_str_from(secret)));
        fl_row_true("otherwise", !fl_jwt_is_signed_with(&arena, out, FL_S("kk")) && !fl_str_eq_c(out, rows[1].token));
        fl_row_true("twice", fl_jwt_expired(&arena, out, fl_str_from(secret), &again) && fl_str_eq(out, again));
    }
    fl_str out;
    fl_row_true("no claims", !fl_jwt_expired(&arena, FL_S("eyJhbGciOiJIUzI1NiJ9.bm8.12345678"), FL_S("x"), &out));
    fl_arena_release(&arena);
}

static void forges(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    const fl_str token = FL_S("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Im1haW4ifQ.eyJzdWIiOiJhbGljZSJ9.FTp_wT_nmr30I1gtFn2FR3aNVXZRCnQESsnMkvZLlzE");
    fl_str out, text;
    bool has_kid;
    fl_row_str("algorithm", fl_jwt_algorithm(&arena, token, &has_kid), "HS256");
    fl_row_true("kid", has_kid);
    fl_row_true("none", fl_jwt_forged(&arena, token, "none", NULL, (fl_str){0}, true, &out) && fl_str_ends(out, FL_S(".")));
    fl_row_true("its head", fl_jwt_decode(&arena, fl_str_sub(out, 0, (size_t)fl_str_find_char(out, '.')), &text));
    fl_row_str("says so", text, "{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"main\"}");
    fl_row_true("signed", fl_jwt_forged(&arena, token, "HS256", "x", FL_S("key"), false, &out) && fl_jwt_is_signed_with(&arena, out, FL_S("key")));
    fl_row_true("no token", !fl_jwt_forged(&arena, FL_S("eyJx.y.12345678"), "none", NULL, (fl_str){0}, true, &out));
    static const struct { const char *row, *key, *pem; } rows[] = {
        {"RSA", "{\"kty\":\"RSA\",\"n\":\"34d5r843kiUDRYIxFJ5bDUaGbknVq8FOR9-cw1-PpCbi2gNSy_MfrMiaWsmmnjtbjNcO65pdAMxqmJIGczCjqHou6fvqlkyr5osqV9BSnFOaRNigRNuKXdfW8K2b5Fwqi2-u2OmCsNVYdp8LTaHp0oWzYWm4FWbMK0x10WSWAj-eAnRI3Qw8gaMLzLjNDD57SutP-DakAIaX5rpkN2A_qYcAbe_likwtE0SCMKkeZPrwRBMMpOhivKJMX7syCLZNTjqKePUalNh7T3zKd9Bn367UsHmO-k-uWxyTT0ZG-B3BSzbBq8IOHO_taqJoUQitU-jJUJ79WLGT93YUXnwy4Q\",\"e\":\"AQAB\"}",
         "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA34d5r843kiUDRYIxFJ5b\nDUaGbknVq8FOR9+cw1+PpCbi2gNSy/MfrMiaWsmmnjtbjNcO65pdAMxqmJIGczCj\nqHou6fvqlkyr5osqV9BSnFOaRNigRNuKXdfW8K2b5Fwqi2+u2OmCsNVYdp8LTaHp\n0oWzYWm4FWbMK0x10WSWAj+eAnRI3Qw8gaMLzLjNDD57SutP+DakAIaX5rpkN2A/\nqYcAbe/likwtE0SCMKkeZPrwRBMMpOhivKJMX7syCLZNTjqKePUalNh7T3zKd9Bn\n367UsHmO+k+uWxyTT0ZG+B3BSzbBq8IOHO/taqJoUQitU+jJUJ79WLGT93YUXnwy\n4QIDAQAB\n-----END PUBLIC KEY-----\n"},
        {"P-256", "{\"kty\":\"EC\",\"x\":\"lwyX8XLQFjT_XRsePrxdnXwHefnuiamiH5HM-jKW8fQ\",\"y\":\"xZ-2VfD4rfxImy0aM-NhD3mRZiN5G2tIgUemmDnyUoI\",\"crv\":\"P-256\"}",
         "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElwyX8XLQFjT/XRsePrxdnXwHefnu\niamiH5HM+jKW8fTFn7ZV8Pit/EibLRoz42EPeZFmI3kba0iBR6aYOfJSgg==\n-----END PUBLIC KEY-----\n"},
        {"a secret", "{\"kty\":\"oct\",\"k\":\"AAAA\"}", NULL}, {"another curve", "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AA\",\"y\":\"AA\"}", NULL},
        {"no numbers", "{\"kty\":\"RSA\",\"n\":5,\"e\":\"\"}", NULL}, {"no base64", "{\"kty\":\"RSA\",\"n\":\"*\",\"e\":\"AQAB\"}", NULL}, {"no key", "[]", NULL},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_data *key = NULL;
        fl_str pem = {0};
        fl_row_true(rows[i].row, fl_json_parse(&arena, fl_str_from(rows[i].key), &key, NULL) == FL_OK);
        fl_row_int(rows[i].row, fl_jwk_pem(&arena, key, &pem), rows[i].pem != NULL);
        if (rows[i].pem != NULL)
            fl_row_str(rows[i].row, pem, rows[i].pem);
    }
    fl_arena_release(&arena);
}

FL_UNIT(jwt, cmocka_unit_test(knows_signatures), cmocka_unit_test(forges))
