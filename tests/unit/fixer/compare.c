/* The shape of an answer against the shape of the project's refusals. */
#include "fixer/fixer_p.h"
#include "tests/support/unit.h"

static void fits_shapes(void **state)
{
    (void)state;
    static const struct { const char *shape, *body; bool fits; } rows[] = {
        { "{\"error\":\"string\"}", "{\"error\":\"x\"}", true },
        { "{\"error\":\"string\"}", "{\"error\":5}", false },
        { "{\"error\":\"string\"}", "{\"message\":\"x\"}", false },
        { "{\"error\":\"string\"}", "{\"error\":\"x\",\"details\":[]}", true },
        { "{\"error\":{\"status\":\"integer\",\"message\":\"string\"}}", "{\"error\":{\"status\":404,\"message\":\"x\"}}", true },
        { "{\"error\":{\"status\":\"integer\"}}", "{\"error\":\"x\"}", false },
        { "{\"error\":\"string\"}", "<html>", false },
        { "{}", "<html>", true },
        { "\"string\"", "Not Found", true },
        { "{\"error\":\"any\"}", "{\"error\":null}", true },
        { "{\"n\":\"integer\"}", "{\"n\":1.5}", false },
    };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_data *shape;
        fl_err err;
        fl_row_ok(rows[i].shape, fl_json_parse(&arena, fl_str_from(rows[i].shape), &shape, &err), err);
        fl_row_int(rows[i].body, fl_fits_shape(&arena, shape, fl_str_from(rows[i].body)), rows[i].fits);
    }
    assert_true(fl_fits_shape(&arena, NULL, FL_S("anything")));
    fl_arena_release(&arena);
}

FL_UNIT(compare, cmocka_unit_test(fits_shapes))
