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

FL_UNIT(jwt, cmocka_unit_test(knows_signatures))
