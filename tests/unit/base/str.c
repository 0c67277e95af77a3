/* Strings, buffers, errors: the awkward ends. */
#include "tests/support/unit.h"

#include <math.h>

static void splits(void **state)
{
    (void)state;
    static const struct {
        const char *row, *in;
        size_t count;
        const char *parts[4];
    } rows[] = {
        {"empty", "", 0, {0}}, {"one", "a", 1, {"a"}}, {"two", "a,b", 2, {"a", "b"}}, {"trailing", "a,", 1, {"a"}},
        {"leading", ",a", 2, {"", "a"}}, {"hole", "a,,b", 3, {"a", "", "b"}}, {"only separators", ",,", 2, {"", ""}},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str rest = fl_str_from(rows[i].in), part;
        size_t n = 0;
        for (; fl_str_split(&rest, ',', &part); n++)
            if (n < rows[i].count)
                fl_row_str(rows[i].row, part, rows[i].parts[n]);
        fl_row_size(rows[i].row, n, rows[i].count);
    }
}

static void reads_integers(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        bool is_int;
        int64_t value;
    } rows[] = {
        {"0", true, 0}, {"-1", true, -1}, {"007", true, 7}, {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN}, {"9223372036854775808", false, 0}, {"-9223372036854775809", false, 0},
        {"", false, 0}, {"-", false, 0}, {"+1", false, 0}, {" 1", false, 0}, {"1 ", false, 0}, {"1.0", false, 0}, {"0x1", false, 0},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        int64_t value = 0;
        fl_row_int(rows[i].in, fl_str_to_int(fl_str_from(rows[i].in), &value), rows[i].is_int);
        fl_row_int(rows[i].in, value, rows[i].value);
    }
}

static void reads_doubles(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        bool is_double;
        double value;
    } rows[] = {
        {"0", true, 0}, {"1.5", true, 1.5}, {"-1e3", true, -1000}, {"1e400", true, INFINITY}, {".5", true, 0.5}, {"", false, 0},
        {"nan", false, 0}, {"inf", false, 0}, {"0x10", false, 0}, {" 1", false, 0}, {"1 ", false, 0}, {"1,5", false, 0}, {"e", false, 0},
        {"1.00000000000000000000000000000000000000000000000000000000000000000000000000", true, 1},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        double value = 0;
        fl_row_int(rows[i].in, fl_str_to_double(fl_str_from(rows[i].in), &value), rows[i].is_double);
        fl_row_true(rows[i].in, value >= rows[i].value && value <= rows[i].value);
    }
    double value;
    fl_row_true("NUL inside", !fl_str_to_double(FL_S("1\0002"), &value));
}

static void checks_utf8(void **state)
{
    (void)state;
    const struct {
        const char *row;
        fl_str in;
        bool is_valid;
        size_t bad_byte;
    } rows[] = {
        {"empty", FL_S(""), true, 0},           {"ascii", FL_S("plain text of more than eight bytes"), true, 0},
        {"two, three, four bytes", FL_S("é€😀"), true, 0}, {"NUL", FL_S("a\0b"), true, 0},
        {"last code point", FL_S("\xF4\x8F\xBF\xBF"), true, 0}, {"beyond it", FL_S("\xF4\x90\x80\x80"), false, 0},
        {"surrogate", FL_S("a\xED\xA0\x80"), false, 1},  {"overlong slash", FL_S("\xC0\xAF"), false, 0},
        {"overlong, three", FL_S("\xE0\x80\xAF"), false, 0}, {"overlong, four", FL_S("\xF0\x80\x80\xAF"), false, 0},
        {"continuation alone", FL_S("ab\x80"), false, 2}, {"cut short", FL_S("12345678\xE2\x82"), false, 8},
        {"latin-1", FL_S("caf\xE9"), false, 3}, {"0xFF", FL_S("\xFF"), false, 0}, {"bad behind eight", FL_S("12345678901\xFF"), false, 11},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        size_t bad_byte = 0;
        fl_row_int(rows[i].row, fl_utf8_valid(rows[i].in, &bad_byte), rows[i].is_valid);
        fl_row_size(rows[i].row, bad_byte, rows[i].bad_byte);
    }
}

static void measures_distance(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        size_t distance;
    } rows[] = {{"", "", 0}, {"", "abc", 3}, {"start", "strat", 2}, {"kitten", "sitting", 3}, {"same", "same", 0}, {"port", "prot", 2}};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_row_size(rows[i].a, fl_str_distance(fl_str_from(rows[i].a), fl_str_from(rows[i].b)), rows[i].distance);
        fl_row_size(rows[i].b, fl_str_distance(fl_str_from(rows[i].b), fl_str_from(rows[i].a)), rows[i].distance);
    }
}

static void finds_and_cuts(void **state)
{
    (void)state;
    fl_str none = {0}, text = FL_S("a\0b,a");
    fl_row_int("find in nothing", fl_str_find(none, FL_S("a")), -1);
    fl_row_int("find nothing", fl_str_find(text, none), 0);
    fl_row_int("find beyond NUL", fl_str_find(text, FL_S("b,")), 2);
    fl_row_int("last", fl_str_rfind_char(text, 'a'), 4);
    fl_row_int("char in nothing", fl_str_find_char(none, 'a'), -1);
    fl_row_true("starts", fl_str_starts(text, none) && fl_str_starts(text, FL_S("a\0")) && !fl_str_starts(none, FL_S("a")));
    fl_row_true("ends", fl_str_ends(text, none) && fl_str_ends(text, FL_S(",a")) && !fl_str_ends(none, FL_S("a")));
    fl_row_size("clamped", fl_str_sub(text, 3, 99).len, 2);
    fl_row_size("reversed", fl_str_sub(text, 4, 2).len, 0);
    fl_row_str("trim", fl_str_trim(FL_S(" \t\r\n x y\v\f ")), "x y");
    fl_row_str("trim all", fl_str_trim(FL_S("  ")), "");
    fl_row_true("order", fl_str_cmp(FL_S("a"), FL_S("ab")) < 0 && fl_str_cmp(FL_S("\xFF"), FL_S("a")) > 0 && fl_str_cmp(none, none) == 0);
    fl_row_true("case", fl_str_eq_nocase(FL_S("Content-TYPE"), FL_S("content-type")) && !fl_str_eq_nocase(FL_S("É"), FL_S("é")));
}

static void buffers_stop_at_their_limit(void **state)
{
    (void)state;
    fl_buf buf;
    fl_buf_init(&buf, 10);
    fl_buf_add_c(&buf, "12345678");
    fl_row_true("fits", !buf.overflow);
    fl_buf_add_c(&buf, "abc");
    fl_row_true("sticks", buf.overflow);
    fl_row_str("not in part", fl_buf_str(&buf), "12345678");
    fl_buf_add_char(&buf, 'x');
    fl_buf_format(&buf, "%d", 1);
    fl_buf_add_repeat(&buf, 'x', 1);
    fl_row_str("and nothing after", fl_buf_str(&buf), "12345678");
    fl_buf_clear(&buf);
    fl_buf_format(&buf, "%s", "0123456789");
    fl_row_true("exactly the limit", !buf.overflow && buf.len == 10 && buf.ptr[10] == '\0');
    fl_buf_release(&buf);
    fl_buf_init(&buf, 0);
    for (int i = 0; i < 1000; i++)
        fl_buf_format(&buf, "%03d,", i);
    fl_row_size("grown", buf.len, 4000);
    fl_row_str("end", fl_str_sub(fl_buf_str(&buf), 3992, 4000), "998,999,");
    fl_buf_release(&buf);
}

static void errors_are_one_line(void **state)
{
    (void)state;
    fl_err err = {0};
    char longer[2000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    fl_row_int("status", fl_fail(&err, FL_E_ENV, "'%s': no", "a\nb\tc"), FL_E_ENV);
    fl_row_str("control characters", fl_str_from(err.text), "'a b c': no");
    fl_row_int("its own text", fl_fail(&err, FL_E_FORMAT, "x: %s", err.text), FL_E_FORMAT);
    fl_row_str("its own text", fl_str_from(err.text), "x: 'a b c': no");
    fl_row_int("long", fl_fail(&err, FL_E_LIMIT, "%s", longer), FL_E_LIMIT);
    fl_row_true("long", strlen(err.text) == sizeof err.text - 1 && fl_str_ends(fl_str_from(err.text), FL_S("x...")));
    fl_row_int("nobody asks", fl_fail(NULL, FL_E_USAGE, "x"), FL_E_USAGE);
}

static void takes_urls_apart(void **state)
{
    (void)state;
    static const struct { const char *url, *authority, *host, *path; unsigned port; bool is_tls; } rows[] = {
        {"http://localhost:3000/a?b", "localhost:3000", "localhost", "/a?b", 3000, false},
        {"HTTPS://example.com", "example.com", "example.com", "", 0, true},
        {"https://me:word@[::1]:8443/", "[::1]:8443", "::1", "/", 8443, true},
        {"http://[::1]", "[::1]", "::1", "", 0, false},
        {"http://example.com?x=@localhost/", "example.com", "example.com", "?x=@localhost/", 0, false},
        {"127.0.0.1:80/x", "127.0.0.1:80", "127.0.0.1", "/x", 80, false},
        {"http://a:99999", "a:99999", "a", "", 0, false},
        {"http://[::1", "[::1", "[::1", "", 1, false},
        {"", "", "", "", 0, false},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_url parts = fl_url_parts(fl_str_from(rows[i].url));
        fl_row_str(rows[i].url, parts.authority, rows[i].authority);
        fl_row_str(rows[i].url, parts.host, rows[i].host);
        fl_row_str(rows[i].url, parts.path, rows[i].path);
        fl_row_int(rows[i].url, parts.port, (int)rows[i].port);
        fl_row_true(rows[i].url, parts.is_tls == rows[i].is_tls);
    }
}

FL_UNIT(str, cmocka_unit_test(takes_urls_apart), cmocka_unit_test(splits), cmocka_unit_test(reads_integers), cmocka_unit_test(reads_doubles), cmocka_unit_test(checks_utf8),
        cmocka_unit_test(measures_distance), cmocka_unit_test(finds_and_cuts), cmocka_unit_test(buffers_stop_at_their_limit),
        cmocka_unit_test(errors_are_one_line))
