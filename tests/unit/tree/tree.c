/* Nodes by hand: walking, lines, the text form, and that the verifier sees each kind of damage. */
#include "tests/support/unit.h"
#include "extractor/tree/tree.h"

/* `f(a)` with its statement and module. */
typedef struct sample { fl_file file; fl_tree_builder builder; fl_node *module, *statement, *call, *callee, *argument; } sample;

static void build(sample *s, const char *text)
{
    *s = (sample){ .file = { .id = 7, .path = FL_S("a.js"), .text = fl_str_from(text) } };
    fl_arena_init(&s->file.arena);
    s->builder.arena = &s->file.arena;
    const fl_node *last = NULL, *last_statement = NULL, *last_call = NULL;
    s->module = fl_tree_node(&s->builder, FL_NODE_module, 0, (uint32_t)s->file.text.len);
    s->statement = fl_tree_node(&s->builder, FL_NODE_expression, 0, 5);
    s->call = fl_tree_node(&s->builder, FL_NODE_call, 0, 4);
    s->callee = fl_tree_node(&s->builder, FL_NODE_name, 0, 1);
    s->argument = fl_tree_node(&s->builder, FL_NODE_string, 2, 3);
    s->module->sym = 7;
    s->callee->sym = fl_sym_of_c("f");
    s->argument->sym = fl_sym_of_c("a\"\\\n");
    fl_tree_append(s->module, &last, s->statement);
    fl_tree_append(s->statement, &last_statement, s->call);
    fl_tree_append(s->call, &last_call, s->callee);
    fl_tree_append(s->call, &last_call, s->argument);
    s->file.root = s->module;
    s->file.node_count = s->builder.node_count;
}

static void walks(void **state)
{
    (void)state;
    sample s;
    build(&s, "f(a);\n");
    assert_ptr_equal(fl_node_child(s.call, 1), s.argument);
    assert_null(fl_node_child(s.call, 2));
    assert_null(fl_node_child(NULL, 0));
    assert_true(fl_node_is_absent(NULL));
    assert_false(fl_node_is_absent(s.call));
    assert_int_equal(fl_node_count(s.call), 2);
    assert_int_equal(fl_node_file(s.argument), 7);
    assert_int_equal(fl_node_span(s.argument).start_byte, 2);
    assert_ptr_equal(fl_node_enclosing(s.argument, FL_NODE_expression), s.statement);
    assert_null(fl_node_enclosing(s.argument, FL_NODE_class_));
    assert_ptr_equal(fl_node_at(s.module, 2, 3), s.argument);
    assert_ptr_equal(fl_node_at(s.module, 0, 3), s.call);
    assert_ptr_equal(fl_node_at(s.module, 4, 5), s.statement);
    assert_null(fl_node_at(s.module, 0, 99));
    fl_arena_release(&s.file.arena);
}

static void finds_lines(void **state)
{
    (void)state;
    static const struct { const char *row, *text; uint32_t byte, line, column; const char *line_text; } rows[] = {
        { "start", "ab\ncd", 0, 0, 0, "ab" },       { "line end", "ab\ncd", 2, 0, 2, "ab" }, { "second", "ab\ncd", 3, 1, 0, "cd" },
        { "end", "ab\ncd", 5, 1, 2, "cd" },         { "carriage return", "ab\r\ncd", 1, 0, 1, "ab" }, { "empty", "", 0, 0, 0, "" },
        { "behind the last", "ab\n", 3, 1, 0, "" }, { "blank lines", "\n\n\nx", 3, 3, 0, "x" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_file file = { .text = fl_str_from(rows[i].text) };
        fl_arena_init(&file.arena);
        fl_row_int(rows[i].row, fl_file_column(&file, rows[i].byte), rows[i].column);
        fl_row_int(rows[i].row, fl_file_line(&file, rows[i].byte), rows[i].line);
        fl_row_str(rows[i].row, fl_file_line_text(&file, rows[i].line), rows[i].line_text);
        fl_row_str(rows[i].row, fl_file_line_text(&file, 99), "");
        fl_arena_release(&file.arena);
    }
}

static void dumps(void **state)
{
    (void)state;
    sample s;
    build(&s, "f(a);\n");
    s.call->flags = FL_FLAG_NEW | FL_FLAG_OPTIONAL;
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_tree_dump(&out, &s.file);
    assert_string_equal(out.ptr, "module 1:1-2:1\n"
                                 "  expression 1:1-1:6\n"
                                 "    call 1:1-1:5 optional new\n"
                                 "      name 1:1-1:2 sym=\"f\"\n"
                                 "      string 1:3-1:4 sym=\"a\\\"\\\\\\n\"\n");
    fl_buf_release(&out);
    fl_arena_release(&s.file.arena);
}

enum damage { NONE, WRONG_FLAG, NO_CALLEE, STATEMENT_IN_CALL, OP_ON_CALL, OUT_OF_SPAN, OVERLAP, BACKWARDS, WRONG_PARENT, PAST_END, COUNT, ROOT };

static void verifies(void **state)
{
    (void)state;
    static const struct { const char *row; enum damage damage; const char *says; } rows[] = {
        { "whole", NONE, NULL }, { "flag", WRONG_FLAG, "flag" }, { "no callee", NO_CALLEE, "shape" },
        { "statement as argument", STATEMENT_IN_CALL, "shape" }, { "operator", OP_ON_CALL, "operator" }, { "span", OUT_OF_SPAN, "out of the span" },
        { "order", OVERLAP, "out of order" }, { "backwards", BACKWARDS, "ends before" }, { "parent", WRONG_PARENT, "parent" },
        { "past the end", PAST_END, "out of the file" }, { "count", COUNT, "counted" }, { "root", ROOT, "root" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        sample s;
        build(&s, "f(a);\n");
        switch (rows[i].damage) {
        case NONE: break;
        case WRONG_FLAG: s.callee->flags = FL_FLAG_ASYNC; break;
        case NO_CALLEE: s.call->first = NULL; break;
        case STATEMENT_IN_CALL: s.argument->kind = FL_NODE_return_; break;
        case OP_ON_CALL: s.call->op = FL_OP_add; break;
        case OUT_OF_SPAN: s.argument->end_byte = 5; break;
        case OVERLAP: s.callee->end_byte = 3; break;
        case BACKWARDS: s.argument->start_byte = 4; break;
        case WRONG_PARENT: s.argument->parent = s.statement; break;
        case PAST_END: s.module->end_byte = 99; break;
        case COUNT: s.file.node_count = 2; break;
        case ROOT: s.file.root = s.statement; break;
        }
        fl_err err = { 0 };
        fl_row_int(rows[i].row, fl_tree_verify(&s.file, &err), rows[i].says == NULL);
        if (rows[i].says) fl_row_true(rows[i].row, strstr(err.text, rows[i].says) != NULL);
        fl_arena_release(&s.file.arena);
    }
    fl_file unread = { 0 };
    assert_true(fl_tree_verify(&unread, NULL));
}

FL_UNIT(tree, cmocka_unit_test(walks), cmocka_unit_test(finds_lines), cmocka_unit_test(dumps), cmocka_unit_test(verifies))
