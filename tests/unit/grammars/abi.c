/* The linked tree-sitter core accepts every linked grammar, and each really parses its language. */
#include "tests/support/unit.h"
#include "grammars/grammars.h"

#include <tree_sitter/api.h>

static void accepts_every_grammar(void **state)
{
    (void)state;
    fl_err err = {0};
    fl_status status = fl_grammars_check(&err);
    fl_row_ok("check", status, err);
}

static void parses_without_error(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const TSLanguage *(*language)(void);
        const char *text;
        bool has_error;
    } rows[] = {
        {"javascript", fl_grammar_javascript, "const a = b?.c ?? <p>d</p>;", false},
        {"javascript: broken", fl_grammar_javascript, "const = ;", true},
        {"typescript", fl_grammar_typescript, "const a = <T>b as U; enum E { A }", false},
        {"tsx", fl_grammar_tsx, "const a: T = <p>{b!}</p>;", false},
        {"c", fl_grammar_c, "int f(void) { return a->b; }", false},
        {"cpp", fl_grammar_cpp, "auto f = [&](auto x) { return x.y(); };", false},
        {"python", fl_grammar_python, "def f(a: int = 1):\n    return a\n", false},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        TSParser *parser = ts_parser_new();
        fl_row_true(rows[i].row, ts_parser_set_language(parser, rows[i].language()));
        TSTree *tree = ts_parser_parse_string(parser, NULL, rows[i].text, (uint32_t)strlen(rows[i].text));
        fl_row_true(rows[i].row, tree != NULL);
        fl_row_int(rows[i].row, ts_node_has_error(ts_tree_root_node(tree)), rows[i].has_error);
        ts_tree_delete(tree);
        ts_parser_delete(parser);
    }
}

FL_UNIT(abi, cmocka_unit_test(accepts_every_grammar), cmocka_unit_test(parses_without_error))
