/*
 * Is what a service sent JSON, exactly? jansson says so in one strict pass; only when it says no are the reasons that are
 * not syntax (the same key twice, \u0000, numbers no machine type holds) taken out one by one. What jansson cannot read
 * although it is JSON (a NUL in a key, integers of 400 digits) is settled by base's own strict scan.
 */
#include "engine/http/http.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static bool settle(fl_str body)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *root;
    bool is_json = fl_json_parse(&arena, body, &root, NULL) == FL_OK;
    fl_arena_release(&arena);
    return is_json;
}

void fl_http_judge_json(fl_str body, fl_json_judgement *out)
{
    *out = (fl_json_judgement){0};
    size_t flags = JSON_DECODE_ANY | JSON_REJECT_DUPLICATES;
    const char *bytes = body.ptr ? body.ptr : "";
    for (;;) {
        json_error_t error;
        json_t *root = json_loadb(bytes, body.len, flags, &error);
        if (root) {
            json_decref(root);
            out->is_valid = true;
            return;
        }
        switch (json_error_code(&error)) {
        case json_error_duplicate_key:
            out->has_duplicate_keys = true;
            flags &= ~(size_t)JSON_REJECT_DUPLICATES;
            continue;
        case json_error_null_character:
            out->has_nul = true;
            if (!(flags & JSON_ALLOW_NUL)) {
                flags |= JSON_ALLOW_NUL;
                continue;
            }
            out->is_valid = settle(body);
            break;
        case json_error_null_byte_in_key:
            out->has_nul = true;
            out->is_valid = settle(body);
            break;
        case json_error_numeric_overflow:
            if (strstr(error.text, "integer")) /* else a real such as 1e999 */
                out->has_huge_integers = true;
            if (!(flags & JSON_DECODE_INT_AS_REAL)) {
                flags |= JSON_DECODE_INT_AS_REAL;
                continue;
            }
            out->is_valid = settle(body);
            break;
        default:
            break;
        }
        if (!out->is_valid)
            snprintf(out->error, sizeof out->error, "line %d, column %d: %.120s", error.line, error.column, error.text);
        return;
    }
}
