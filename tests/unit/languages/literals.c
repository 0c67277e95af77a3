/* Numbers and strings: from what stands in the source to the value. */
#include "tests/support/unit.h"
#include "tests/support/lower.h"

/* The only expression of a script. */
static const fl_node *lower_one(fl_file *file, const char *source)
{
    fl_test_lower(file, "a.js", fl_str_from(source));
    return file->root->first->first;
}

static void numbers_are_canonical(void **state)
{
    (void)state;
    static const struct { const char *source, *value; } rows[] = {
        { "0", "0" }, { "7", "7" }, { "1000", "1000" }, { "1_000", "1000" }, { "0x10", "16" }, { "0XfF", "255" }, { "0b101", "5" },
        { "0o17", "15" }, { "017", "15" }, { "089", "89" }, { "00", "0" }, { "1e3", "1000" }, { "1E3", "1000" }, { "1.50", "1.5" }, { ".5", "0.5" },
        { "5.", "5" }, { "0.1", "0.1" }, { "1e21", "1e+21" }, { "1e20", "100000000000000000000" }, { "1e-6", "0.000001" }, { "1e-7", "1e-7" },
        { "1.25e-9", "1.25e-9" }, { "123456789012345680000", "123456789012345680000" }, { "9007199254740993", "9007199254740992" },
        { "1e400", "Infinity" }, { "10n", "10n" }, { "0xFFn", "255n" }, { "1_0n", "10n" },
        { "0xFFFFFFFFFFFFFFFFFFFFn", "1208925819614629174706175n" }, { "0.30000000000000004", "0.30000000000000004" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_file file;
        const fl_node *node = lower_one(&file, rows[i].source);
        fl_row_int(rows[i].source, node->kind, FL_NODE_number);
        fl_row_str(rows[i].source, fl_sym_str(node->sym), rows[i].value);
        fl_arena_release(&file.arena);
    }
}

static void strings_are_cooked(void **state)
{
    (void)state;
    static const struct { const char *source, *value; } rows[] = {
        { "'a'", "a" }, { "\"a'b\"", "a'b" }, { "'\\n\\t\\r\\b\\f\\v'", "\n\t\r\b\f\v" }, { "'\\\\\\'\\\"'", "\\'\"" }, { "'\\x41'", "A" },
        { "'\\u0042'", "B" }, { "'\\u{1F600}'", "\xF0\x9F\x98\x80" }, { "'\\uD83D\\uDE00'", "\xF0\x9F\x98\x80" }, { "'\\uD83D'", "\xEF\xBF\xBD" },
        { "'\\u{110000}'", "\xEF\xBF\xBD" }, { "'a\\\nb'", "ab" }, { "'a\\\r\nb'", "ab" }, { "'\\q'", "q" }, { "'\\101'", "A" }, { "'\\8'", "8" },
        { "`a\r\nb`", "a\nb" }, { "`\\``", "`" }, { "'\xC3\xA9'", "\xC3\xA9" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_file file;
        const fl_node *node = lower_one(&file, rows[i].source);
        fl_row_int(rows[i].source, node->kind, FL_NODE_string);
        fl_row_str(rows[i].source, fl_sym_str(node->sym), rows[i].value);
        fl_arena_release(&file.arena);
    }
}

static void names_resolve_escapes(void **state)
{
    (void)state;
    fl_file file;
    fl_row_str("escape", fl_sym_str(lower_one(&file, "\\u0061bc")->sym), "abc");
    fl_arena_release(&file.arena);
}

FL_UNIT(literals, cmocka_unit_test(numbers_are_canonical), cmocka_unit_test(strings_are_cooked), cmocka_unit_test(names_resolve_escapes))
