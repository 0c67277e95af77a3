/* The cursor of grammars/concrete.h goes the way of tree-sitter's own, over every file of the fuzz corpora with every grammar:
 * whatever the core makes of other languages' text, and of damaged text, is a tree too. */
#include "tests/support/unit.h"
#include "base/fs.h"
#include "grammars/concrete.h"
#include "grammars/grammars.h"

static const TSLanguage *(*const grammars[])(void) = {
#define FL_GRAMMAR(name) fl_grammar_##name,
#include "grammars/grammars.def"
#undef FL_GRAMMAR
};

/* Their places and names agree; both stand on the same node. */
static void compare(const char *row, const fl_concrete *own, const TSTreeCursor *theirs)
{
    TSNode node = ts_tree_cursor_current_node(theirs);
    fl_row_int(row, own->start_byte, ts_node_start_byte(node));
    fl_row_int(row, own->end_byte, ts_node_end_byte(node));
    fl_row_int(row, own->symbol, ts_node_symbol(node));
    fl_row_int(row, own->is_missing, ts_node_is_missing(node) && own->start_byte == own->end_byte);
    fl_row_int(row, fl_concrete_field(own), ts_tree_cursor_current_field_id(theirs));
}

static size_t walk(const char *row, const TSTree *tree, fl_concrete *own)
{
    TSTreeCursor theirs = ts_tree_cursor_new(ts_tree_root_node(tree));
    size_t count = 1, depth = 0;
    fl_concrete_init(own, tree);
    compare(row, own, &theirs);
    for (;;) {
        bool enters = ts_tree_cursor_goto_first_child(&theirs);
        fl_row_int(row, fl_concrete_enter(own), enters);
        depth += enters;
        while (!enters && depth) {
            bool goes_on = ts_tree_cursor_goto_next_sibling(&theirs);
            fl_row_int(row, fl_concrete_next(own), goes_on);
            if (goes_on) break;
            ts_tree_cursor_goto_parent(&theirs);
            compare(row, own, &theirs); /* back on the parent */
            depth--;
        }
        if (!depth) break;
        compare(row, own, &theirs);
        count++;
    }
    ts_tree_cursor_delete(&theirs);
    return count;
}

static void goes_the_same_way(void **state)
{
    (void)state;
    fl_arena arena;
    fl_err err;
    fl_fs_entries entries;
    fl_concrete own = {0};
    size_t nodes = 0;
    fl_arena_init(&arena);
    fl_row_ok("corpus", fl_fs_list(&arena, FL_TEST_DATA "/../../fuzz/corpus/language", &entries, &err), err);
    for (size_t i = 0; i < entries.count; i++) {
        const char *row = fl_str_c(&arena, entries.items[i].name);
        fl_str text;
        fl_row_ok(row, fl_fs_read(&arena, fl_str_format(&arena, FL_TEST_DATA "/../../fuzz/corpus/language/%s", row).ptr, 1 << 20, &text, &err), err);
        if (memchr(text.ptr, '\0', text.len)) continue; /* the lexers run in circles there */
        for (size_t g = 0; g < FL_COUNT(grammars); g++) {
            TSParser *parser = ts_parser_new();
            fl_row_true(row, ts_parser_set_language(parser, grammars[g]()));
            TSTree *tree = ts_parser_parse_string(parser, NULL, text.ptr, (uint32_t)text.len);
            nodes += walk(row, tree, &own);
            ts_tree_delete(tree);
            ts_parser_delete(parser);
        }
    }
    fl_row_true("there was something to walk", nodes > 10000);
    fl_concrete_release(&own);
    fl_arena_release(&arena);
}

FL_UNIT(concrete, cmocka_unit_test(goes_the_same_way))
