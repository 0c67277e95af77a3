/*
 * The text form of a tree, which golden tests read: one node a line, two spaces a level,
 *     call 3:4-3:20 optional
 *       member 3:4-3:12 sym="json"
 * Lines and columns from 1 (this is output). Walks without recursion, so depth is no concern.
 */
#include "extractor/tree/shape_p.h"

const char *fl_shape_of(fl_node_kind kind)
{
    static const char *const shapes[] = {
#define FL_NODE(id, text, shape, flags, prose) shape,
#include "extractor/tree/tree.def"
#undef FL_NODE
    };
    return shapes[kind];
}

const char *fl_shape_flags(fl_node_kind kind)
{
    static const char *const flag_words[] = {
#define FL_NODE(id, text, shape, flags, prose) flags,
#include "extractor/tree/tree.def"
#undef FL_NODE
    };
    return flag_words[kind];
}

uint16_t fl_shape_flag_bit(fl_str word)
{
    static const struct { const char *word; unsigned bit; } bits[] = {
        { "async", FL_FLAG_ASYNC }, { "generator", FL_FLAG_GENERATOR }, { "arrow", FL_FLAG_ARROW },
        { "static", FL_FLAG_STATIC }, { "getter", FL_FLAG_GETTER }, { "setter", FL_FLAG_SETTER },
        { "method", FL_FLAG_METHOD }, { "expression_body", FL_FLAG_EXPRESSION_BODY }, { "optional", FL_FLAG_OPTIONAL },
        { "rest", FL_FLAG_REST }, { "new", FL_FLAG_NEW }, { "const", FL_FLAG_CONST }, { "true", FL_FLAG_TRUE },
        { "non_null", FL_FLAG_NON_NULL }, { "default", FL_FLAG_DEFAULT }, { "type_only", FL_FLAG_TYPE_ONLY },
        { "pattern", FL_FLAG_PATTERN }, { "shorthand", FL_FLAG_SHORTHAND }, { "keys", FL_FLAG_KEYS },
        { "await", FL_FLAG_AWAIT }, { "post_test", FL_FLAG_POST_TEST }, { "postfix", FL_FLAG_POSTFIX },
        { "tagged", FL_FLAG_TAGGED }, { "delegate", FL_FLAG_DELEGATE }, { "property", FL_FLAG_PROPERTY },
        { "unchecked", FL_FLAG_UNCHECKED }, { "private", FL_FLAG_PRIVATE }, { "hoisted", FL_FLAG_HOISTED },
        { "whole", FL_FLAG_WHOLE }, { "truth", FL_FLAG_TRUTH }, { "named", FL_FLAG_NAMED }, { "tuple", FL_FLAG_TUPLE },
        { "callable", FL_FLAG_CALLABLE },
    };
    for (size_t i = 0; i < FL_COUNT(bits); i++)
        if (fl_str_eq_c(word, bits[i].word)) return (uint16_t)bits[i].bit;
    FL_BUG("tree.def: unknown flag \"" FL_STR_FMT "\"", FL_STR_ARG(word));
}

bool fl_shape_word(fl_str *rest, fl_str *word)
{
    *rest = fl_str_trim(*rest);
    return rest->len > 0 && fl_str_split(rest, ' ', word);
}

static void dump_sym(fl_buf *out, fl_sym sym)
{
    fl_str text = fl_sym_str(sym);
    fl_buf_add_c(out, " sym=\"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') fl_buf_format(out, "\\%c", c);
        else if (c == '\n') fl_buf_add_c(out, "\\n");
        else if (c < 0x20 || c == 0x7f) fl_buf_format(out, "\\x%02x", c);
        else fl_buf_add_char(out, (char)c);
    }
    fl_buf_add_char(out, '"');
}

static void dump_node(fl_buf *out, fl_file *file, const fl_node *node, size_t depth)
{
    fl_node_kind kind = (fl_node_kind)node->kind;
    fl_buf_add_repeat(out, ' ', depth * 2);
    fl_buf_add_c(out, fl_node_kind_text(kind));
    if (kind == FL_NODE_absent) {
        fl_buf_add_char(out, '\n');
        return;
    }
    fl_buf_format(out, " %u:%u-%u:%u", fl_file_line(file, node->start_byte) + 1, fl_file_column(file, node->start_byte) + 1,
                  fl_file_line(file, node->end_byte) + 1, fl_file_column(file, node->end_byte) + 1);
    if (node->op != FL_OP_none) fl_buf_format(out, " op=%s", fl_op_text((fl_op)node->op));
    bool has_text = kind == FL_NODE_string || kind == FL_NODE_regex; /* empty is a value, too */
    if (kind != FL_NODE_module && (node->sym != FL_SYM_NONE || has_text)) dump_sym(out, node->sym);
    fl_str rest = fl_str_from(fl_shape_flags(kind)), word;
    while (node->flags && fl_shape_word(&rest, &word))
        if (node->flags & fl_shape_flag_bit(word)) fl_buf_format(out, " " FL_STR_FMT, FL_STR_ARG(word));
    fl_buf_add_char(out, '\n');
}

void fl_tree_dump(fl_buf *out, fl_file *file)
{
    size_t depth = 0;
    for (const fl_node *node = file->root; node;) {
        dump_node(out, file, node, depth);
        if (node->first) {
            node = node->first;
            depth++;
            continue;
        }
        while (node && !node->next) {
            node = node->parent;
            if (depth) depth--;
        }
        if (node) node = node->next;
    }
}
