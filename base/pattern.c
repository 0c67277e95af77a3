/* Patterns by pcre2, set up to read ECMAScript's syntax: \uXXXX and \u{X}, [] and [^], $ only at the very end, and
 * references to groups that did not match count as empty. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include "base/pattern.h"

enum { MATCH_STEPS = 200000, MATCH_DEPTH = 5000, PATTERN_BYTES = 4096 };

struct fl_pattern {
    pcre2_code *code;
    pcre2_match_context *context;
};

fl_status fl_pattern_new(fl_pattern **out, fl_str ecma, fl_err *err)
{
    *out = NULL;
    if (ecma.len > PATTERN_BYTES)
        return fl_fail(err, FL_E_LIMIT, "'%.40s…': a pattern of %zu bytes is not compiled", ecma.ptr, ecma.len);
    pcre2_compile_context *compile = pcre2_compile_context_create(NULL);
    if (compile == NULL)
        fl_no_memory();
    pcre2_set_compile_extra_options(compile, PCRE2_EXTRA_ALT_BSUX);
    uint32_t options = PCRE2_UTF | PCRE2_ALT_BSUX | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_DOLLAR_ENDONLY |
                       PCRE2_MATCH_UNSET_BACKREF;
    int code = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)(ecma.ptr ? ecma.ptr : ""), ecma.len, options, &code, &offset, compile);
    pcre2_compile_context_free(compile);
    if (compiled == NULL) {
        PCRE2_UCHAR reason[160];
        pcre2_get_error_message(code, reason, sizeof reason);
        return fl_fail(err, FL_E_FORMAT, "'" FL_STR_FMT "': not a pattern: %s at offset %zu", FL_STR_ARG(ecma),
                       (const char *)reason, (size_t)offset);
    }
    fl_pattern *pattern = calloc(1, sizeof *pattern);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    if (pattern == NULL || context == NULL)
        fl_no_memory();
    pcre2_set_match_limit(context, MATCH_STEPS);
    pcre2_set_depth_limit(context, MATCH_DEPTH);
    pattern->code = compiled;
    pattern->context = context;
    *out = pattern;
    return FL_OK;
}

bool fl_pattern_matches(const fl_pattern *pattern, fl_str text)
{
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    if (match == NULL)
        fl_no_memory();
    int code = pcre2_match(pattern->code, (PCRE2_SPTR)(text.ptr ? text.ptr : ""), text.len, 0, 0, match, pattern->context);
    pcre2_match_data_free(match);
    return code >= 0;
}

bool fl_pattern_find(const fl_pattern *pattern, fl_str text, size_t from, size_t *start, size_t *end)
{
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    if (match == NULL)
        fl_no_memory();
    int code = pcre2_match(pattern->code, (PCRE2_SPTR)(text.ptr ? text.ptr : ""), text.len, from, 0, match, pattern->context);
    if (code >= 0) {
        *start = pcre2_get_ovector_pointer(match)[0];
        *end = pcre2_get_ovector_pointer(match)[1];
    }
    pcre2_match_data_free(match);
    return code >= 0;
}

void fl_pattern_free(fl_pattern *pattern)
{
    if (pattern == NULL)
        return;
    pcre2_match_context_free(pattern->context);
    pcre2_code_free(pattern->code);
    free(pattern);
}
