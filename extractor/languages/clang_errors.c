/*
 * Syntax errors of a text that stands alone, for the fixer, which compares before and after: tree-sitter needs no headers.
 */
#include "extractor/languages/clang_p.h"
#include "extractor/languages/errors_p.h"
#include "grammars/grammars.h"
#include <string.h>

static bool is_overdue(TSParseState *state)
{
    return fl_clock_us() > *(const uint64_t *)state->payload;
}

typedef struct input { uint64_t deadline_us; fl_str text; } input;

static const char *read_input(void *payload, uint32_t byte, TSPoint position, uint32_t *bytes_read)
{
    const input *in = payload;
    (void)position;
    *bytes_read = byte < in->text.len ? (uint32_t)(in->text.len - byte) : 0;
    return *bytes_read ? in->text.ptr + byte : "";
}

/* Text that cannot be judged counts as one error. */
uint32_t fl_cc_count_errors(fl_str path, fl_str text)
{
    if (text.len && memchr(text.ptr, '\0', text.len)) return 1;
    bool is_cpp = fl_cc_is_cpp(path);
    TSParser *parser = ts_parser_new();
    input in = { .deadline_us = fl_clock_us() + FL_LIMIT_PARSE_MS * 1000u, .text = text };
    uint32_t found = 1;
    if (ts_parser_set_language(parser, is_cpp ? fl_grammar_cpp() : fl_grammar_c())) {
        TSTree *tree = ts_parser_parse_with_options(parser, NULL, (TSInput){ .payload = &in, .read = read_input, .encoding = TSInputEncodingUTF8 },
                                                    (TSParseOptions){ .payload = &in, .progress_callback = is_overdue });
        if (tree) found = fl_errors_below(ts_tree_root_node(tree));
        ts_tree_delete(tree);
    }
    ts_parser_delete(parser);
    return found;
}
