/* See lower.h. */
#include "tests/support/lower.h"
#include "extractor/tree/shape_p.h"

void fl_test_lower(fl_file *file, const char *path, fl_str text)
{
    *file = (fl_file){ .path = fl_str_from(path), .text = text };
    file->language = fl_language_of(file->path);
    FL_ASSERT(file->language);
    fl_arena_init(&file->arena);
    file->language->parse(file);
    fl_err err = { 0 };
    if (!fl_tree_verify(file, &err)) FL_BUG("%s", err.text);
}

static void print_node(fl_buf *out, const fl_node *node)
{
    fl_node_kind kind = (fl_node_kind)node->kind;
    if (kind == FL_NODE_absent) {
        fl_buf_add_char(out, '-');
        return;
    }
    fl_buf_format(out, "(%s", fl_node_kind_text(kind));
    if (node->op != FL_OP_none) fl_buf_format(out, " %s", fl_op_text((fl_op)node->op));
    bool is_quoted = kind == FL_NODE_string || kind == FL_NODE_regex || kind == FL_NODE_opaque;
    if (node->sym != FL_SYM_NONE || is_quoted) fl_buf_format(out, is_quoted ? " '%s'" : " %s", fl_sym_c(node->sym));
    fl_str rest = fl_str_from(fl_shape_flags(kind)), word;
    while (node->flags && fl_shape_word(&rest, &word))
        if (node->flags & fl_shape_flag_bit(word)) fl_buf_format(out, " +" FL_STR_FMT, FL_STR_ARG(word));
    for (const fl_node *child = node->first; child; child = child->next) {
        fl_buf_add_char(out, ' ');
        print_node(out, child);
    }
    fl_buf_add_char(out, ')');
}

void fl_test_print(fl_buf *out, const fl_file *file)
{
    for (const fl_node *child = file->root->first; child; child = child->next) {
        if (child != file->root->first) fl_buf_add_char(out, ' ');
        print_node(out, child);
    }
}
