/*
 * `#include` lines of a text, without a preprocessor: those that a condition leaves out too, since what they name may be
 * what the program is built with elsewhere. Comments and quoted text are skipped.
 */
#include "extractor/languages/clang_p.h"
#include <string.h>

static const char *skip_comment(const char *p, const char *end)
{
    if (p[1] == '/') {
        while (p < end && *p != '\n') p += *p == '\\' && p + 1 < end ? 2 : 1;
        return p < end ? p : end;
    }
    for (p += 2; p < end; p++)
        if (*p == '*' && p + 1 < end && p[1] == '/') return p + 2;
    return end;
}

static const char *skip_quoted(const char *p, const char *end)
{
    char quote = *p++;
    while (p < end && *p != quote && *p != '\n') p += *p == '\\' ? 2 : 1;
    return p < end ? p + (*p == quote) : end;
}

static const char *skip_space(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t')) p++;
    return p;
}

/* p stands behind the '#'. */
static void directive(fl_arena *arena, fl_str text, const char *hash, const char *p, fl_cc_includes *out)
{
    const char *end = text.ptr + text.len;
    p = skip_space(p, end);
    size_t len = 0;
    while (p + len < end && p[len] >= 'a' && p[len] <= 'z') len++;
    fl_str word = { p, len };
    if (!fl_str_eq_c(word, "include") && !fl_str_eq_c(word, "import")) return;
    p = skip_space(p + len, end);
    if (p + 1 >= end || (*p != '"' && *p != '<')) return;
    char close = *p == '"' ? '"' : '>';
    const char *from = p + 1, *to = from;
    while (to < end && *to != close && *to != '\n') to++;
    if (to >= end || *to != close || to == from || to - from > 1024) return;
    fl_cc_include include = { .name = { from, (size_t)(to - from) }, .start_byte = (uint32_t)(hash - text.ptr),
                              .end_byte = (uint32_t)(to + 1 - text.ptr), .is_quoted = close == '"' };
    fl_vec_push(arena, out, include);
}

void fl_cc_scan_includes(fl_arena *arena, fl_str text, fl_cc_includes *out)
{
    if (!text.len) return;
    const char *p = text.ptr, *end = p + text.len;
    bool is_line_start = true;
    if (fl_str_starts(text, FL_S("\xEF\xBB\xBF"))) p += 3;
    while (p < end) {
        char c = *p;
        if (c == '\n') {
            is_line_start = true;
            p++;
        } else if (c == '#' && is_line_start) {
            directive(arena, text, p, p + 1, out);
            is_line_start = false;
            const char *line = memchr(p, '\n', (size_t)(end - p));
            const char *comment = p;
            while ((comment = memchr(comment, '/', (size_t)((line ? line : end) - comment))) && comment + 1 < end && comment[1] != '*') comment++;
            p = comment && comment + 1 < end ? comment : line ? line : end;
        } else if (c == '/' && p + 1 < end && (p[1] == '/' || p[1] == '*')) {
            p = skip_comment(p, end);
        } else if (c == '"' || (c == '\'' && !is_line_start && !(p > text.ptr && p[-1] >= '0' && p[-1] <= '9'))) {
            p = skip_quoted(p, end);
            is_line_start = false;
        } else {
            if (c != ' ' && c != '\t' && c != '\r') is_line_start = false;
            p++;
        }
        if (p > end) p = end;
    }
}
