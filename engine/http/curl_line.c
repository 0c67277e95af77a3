/*
 * A request as people send it again: one curl command line for sh. It sends the same bytes as http.c does, apart from the
 * User-Agent. Also percent-encoding, which both need.
 */
#include "engine/http/http.h"

#include <string.h>

void fl_http_encode(fl_buf *out, fl_str raw, bool is_query)
{
    const char *kept = is_query ? "-._~:@/" : "-._~:@";
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char c = (unsigned char)raw.ptr[i];
        bool is_alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (is_alnum || (c && strchr(kept, c)))
            fl_buf_add_char(out, (char)c);
        else
            fl_buf_format(out, "%%%02X", c);
    }
}

/* Text a terminal shows as it is: UTF-8 without control characters, line ends and tabs aside. */
static bool is_text(fl_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            return false;
    }
    return fl_utf8_valid(s, NULL);
}

/* 'it'\''s' */
static void add_quoted(fl_buf *out, fl_str s)
{
    fl_buf_add_char(out, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\'')
            fl_buf_add_c(out, "'\\''");
        else
            fl_buf_add_char(out, s.ptr[i]);
    }
    fl_buf_add_char(out, '\'');
}

/* Any bytes (but NUL, which no argument can hold) as $'…', which bash, zsh and busybox know. */
static void add_argument(fl_buf *out, fl_str s)
{
    if (is_text(s)) {
        add_quoted(out, s);
        return;
    }
    fl_buf_add_c(out, "$'");
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '\'' || c == '\\')
            fl_buf_format(out, "\\%c", c);
        else if (c < 0x20 || c >= 0x7F)
            fl_buf_format(out, "\\%03o", c);
        else
            fl_buf_add_char(out, (char)c);
    }
    fl_buf_add_char(out, '\'');
}

/* Any bytes, NUL too, for a pipe: printf '\000…'. */
static void add_printf(fl_buf *out, fl_str s)
{
    fl_buf_add_c(out, "printf '");
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '%')
            fl_buf_add_c(out, "%%");
        else if (c < 0x20 || c >= 0x7F || c == '\'' || c == '\\')
            fl_buf_format(out, "\\%03o", c);
        else
            fl_buf_add_char(out, (char)c);
    }
    fl_buf_add_c(out, "' | ");
}

static bool contains_any(fl_str s, const char *characters)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] && strchr(characters, s.ptr[i]))
            return true;
    return false;
}

void fl_http_curl(fl_buf *out, const fl_http_request *request)
{
    bool is_piped = request->has_body && !is_text(request->body);
    bool has_type = false;
    if (is_piped)
        add_printf(out, request->body);
    fl_buf_add_c(out, "curl -sS -i");
    if (contains_any(request->url, "[]{}"))
        fl_buf_add_c(out, " -g");
    if (fl_str_find(request->url, FL_S("/.")) >= 0)
        fl_buf_add_c(out, " --path-as-is");
    if (fl_str_eq(request->method, FL_S("HEAD")) && !request->has_body) {
        fl_buf_add_c(out, " -I");
    } else if (!fl_str_eq(request->method, FL_S("GET")) || request->has_body) {
        fl_buf_add_c(out, " -X ");
        if (contains_any(request->method, " \t\n'\"\\$`!*?[]{}()<>|&;#~"))
            add_argument(out, request->method);
        else
            fl_buf_add(out, request->method);
    }
    fl_buf_add_char(out, ' ');
    add_argument(out, request->url);
    for (size_t i = 0; i < request->headers.count; i++) {
        fl_http_header header = request->headers.items[i];
        has_type = has_type || fl_str_eq_nocase(header.name, FL_S("content-type"));
        fl_buf line;
        fl_buf_init(&line, 0);
        fl_buf_add(&line, header.name);
        fl_buf_add_c(&line, header.value.len ? ": " : ";");
        fl_buf_add(&line, header.value);
        fl_buf_add_c(out, " -H ");
        add_argument(out, fl_buf_str(&line));
        fl_buf_release(&line);
    }
    if (fl_http_says_empty(request))
        fl_buf_add_c(out, " -H 'Content-Length: 0'");
    if (!request->has_body)
        return;
    if (!has_type)
        fl_buf_add_c(out, " -H 'Content-Type:'");
    if (is_piped) {
        fl_buf_add_c(out, " --data-binary @-");
        return;
    }
    /* --data-binary takes a leading '@' for a file name */
    fl_buf_add_c(out, fl_str_starts(request->body, FL_S("@")) ? " --data-raw " : " --data-binary ");
    add_quoted(out, request->body);
}
