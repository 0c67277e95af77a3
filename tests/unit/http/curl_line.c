/* Command lines for people; each is also run by a real shell with a stand-in for curl that shows its arguments. */
#include "tests/support/unit.h"

#include "base/fs.h"
#include "base/proc.h"
#include "engine/http/http.h"

static void writes(void **state)
{
    (void)state;
    const struct {
        const char *row, *method, *url;
        fl_http_header header;
        bool has_body;
        fl_str body;
        const char *want;
    } rows[] = {
        {"get", "GET", "http://h/a", {{0}, {0}}, false, {0}, "curl -sS -i 'http://h/a'"},
        {"post", "POST", "http://h/a", {FL_S("content-type"), FL_S("application/json")}, true, FL_S("{\"a\":1}"),
         "curl -sS -i -X POST 'http://h/a' -H 'content-type: application/json' --data-binary '{\"a\":1}'"},
        {"quotes", "PUT", "http://h/a?q='", {FL_S("X"), FL_S("it's")}, true, FL_S("a'b\\c$d`e`"),
         "curl -sS -i -X PUT 'http://h/a?q='\\''' -H 'X: it'\\''s' -H 'Content-Type:' --data-binary 'a'\\''b\\c$d`e`'"},
        {"no file", "POST", "http://h/", {{0}, {0}}, true, FL_S("@/etc/passwd"),
         "curl -sS -i -X POST 'http://h/' -H 'Content-Type:' --data-raw '@/etc/passwd'"},
        {"brackets", "GET", "http://h/?a[0]=1", {{0}, {0}}, false, {0}, "curl -sS -i -g 'http://h/?a[0]=1'"},
        {"dots", "GET", "http://h/../a", {{0}, {0}}, false, {0}, "curl -sS -i --path-as-is 'http://h/../a'"},
        {"head", "HEAD", "http://h/", {{0}, {0}}, false, {0}, "curl -sS -i -I 'http://h/'"},
        {"get with body", "GET", "http://h/", {FL_S("content-type"), FL_S("t")}, true, FL_S(""),
         "curl -sS -i -X GET 'http://h/' -H 'content-type: t' --data-binary ''"},
        {"empty header", "GET", "http://h/", {FL_S("X"), {0}}, false, {0}, "curl -sS -i 'http://h/' -H 'X;'"},
        {"binary", "POST", "http://h/", {FL_S("content-type"), FL_S("t")}, true, FL_S("a\0b%'\xFF"),
         "printf 'a\\000b%%\\047\\377' | curl -sS -i -X POST 'http://h/' -H 'content-type: t' --data-binary @-"},
        {"binary header", "GET", "http://h/", {FL_S("X"), FL_S("\x01'\xFF")}, false, {0},
         "curl -sS -i 'http://h/' -H $'X: \\001\\'\\377'"},
        {"method to quote", "A&B", "http://h/", {{0}, {0}}, false, {0}, "curl -sS -i -X 'A&B' 'http://h/'"},
        {"lines", "POST", "http://h/", {FL_S("content-type"), FL_S("t")}, true, FL_S("a\nb"),
         "curl -sS -i -X POST 'http://h/' -H 'content-type: t' --data-binary 'a\nb'"},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_http_request request = {.method = fl_str_from(rows[i].method), .url = fl_str_from(rows[i].url)};
        if (rows[i].header.name.len)
            fl_vec_push(&arena, &request.headers, rows[i].header);
        request.has_body = rows[i].has_body;
        request.body = rows[i].body;
        fl_buf line;
        fl_buf_init(&line, 0);
        fl_http_curl(&line, &request);
        fl_row_str(rows[i].row, fl_buf_str(&line), rows[i].want);
        fl_buf_release(&line);
    }
    fl_arena_release(&arena);
}

/* A shell gets back exactly the bytes that went in. */
static void survives_the_shell(void **state)
{
    (void)state;
    static const char *const bodies[] = {"", "'", "''", "a'b", "\\", "$HOME", "`id`", "\"", "a\nb", "!x", "*", "~", "#", "é😀", "-n", "\t"};
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(bodies); i++) {
        fl_http_request request = {.method = FL_S("POST"), .url = FL_S("u"), .has_body = true, .body = fl_str_from(bodies[i])};
        fl_buf command;
        fl_buf_init(&command, 0);
        fl_buf_add_c(&command, "curl() { for last; do :; done; printf '%s' \"$last\"; }; ");
        fl_http_curl(&command, &request);
        fl_str output;
        fl_err err = {0};
        int code = 0;
        fl_status status = fl_proc_run(&arena, &(fl_proc_options){.command = command.ptr}, 5000, &output, &code, &err);
        fl_row_ok(bodies[i], status, err);
        fl_row_str(bodies[i], output, bodies[i]);
        fl_buf_release(&command);
    }
    fl_arena_release(&arena);
}

static void encodes(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *path, *query;
    } rows[] = {
        {"abc-._~", "abc-._~", "abc-._~"}, {"a b", "a%20b", "a%20b"}, {"a/b", "a%2Fb", "a/b"},   {"a+b", "a%2Bb", "a%2Bb"},
        {"é", "%C3%A9", "%C3%A9"},         {"a&b=c", "a%26b%3Dc", "a%26b%3Dc"}, {"%", "%25", "%25"}, {"a:b@c", "a:b@c", "a:b@c"},
        {"?#[]", "%3F%23%5B%5D", "%3F%23%5B%5D"}, {"\x01\x7F\xFF", "%01%7F%FF", "%01%7F%FF"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_http_encode(&out, fl_str_from(rows[i].raw), false);
        fl_row_str(rows[i].raw, fl_buf_str(&out), rows[i].path);
        fl_buf_clear(&out);
        fl_http_encode(&out, fl_str_from(rows[i].raw), true);
        fl_row_str(rows[i].raw, fl_buf_str(&out), rows[i].query);
        fl_buf_clear(&out);
        fl_http_encode(&out, FL_S("\0"), false);
        fl_row_str("NUL", fl_buf_str(&out), "%00");
        fl_buf_release(&out);
    }
}

FL_UNIT(curl_line, cmocka_unit_test(writes), cmocka_unit_test(survives_the_shell), cmocka_unit_test(encodes))
