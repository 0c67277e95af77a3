/* Bodies as XML: a map is elements by its keys, a list the same element again, anything else text. What schemas say of attributes and namespaces is not read. */
#include "engine/plan/plan.h"
#include <expat.h>
#include <limits.h>

enum { DEPTH = 40 };

/** What may stand in a name does; the rest is '_'. */
static void add_name(fl_buf *out, fl_str name)
{
    if (name.len == 0 || !((name.ptr[0] | 0x20) >= 'a' && (name.ptr[0] | 0x20) <= 'z'))
        fl_buf_add_char(out, '_');
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i], low = (char)(c | 0x20);
        bool is_plain = (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
        fl_buf_add_char(out, is_plain ? c : '_');
    }
}

static void add_text(fl_buf *out, fl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '<' || c == '&' || c == '>')
            fl_buf_add_c(out, c == '<' ? "&lt;" : c == '&' ? "&amp;" : "&gt;");
        else
            fl_buf_add_char(out, c);
    }
}

static void add_element(fl_buf *out, fl_str name, const fl_data *value, const char *leaf, unsigned depth)
{
    if (value->kind == FL_DATA_LIST) {
        for (const fl_data *each = value->first; each; each = each->next)
            add_element(out, name, each, leaf, depth + 1);
        return;
    }
    fl_buf_add_char(out, '<');
    add_name(out, name);
    fl_buf_add_char(out, '>');
    if (value->kind == FL_DATA_MAP) {
        for (const fl_data *each = value->first; each && depth < DEPTH; each = each->next)
            add_element(out, each->key, each, leaf, depth + 1);
    } else if (leaf != NULL && value->kind == FL_DATA_STRING) {
        fl_buf_add_c(out, leaf);
    } else if (value->kind == FL_DATA_BOOL) {
        fl_buf_add_c(out, value->boolean ? "true" : "false");
    } else if (value->kind != FL_DATA_NULL) {
        add_text(out, value->text);
    }
    fl_buf_add_c(out, "</");
    add_name(out, name);
    fl_buf_add_char(out, '>');
}

bool fl_xml_is(fl_str media_type)
{
    ptrdiff_t end = fl_str_find_char(media_type, ';');
    fl_str type = fl_str_trim(end < 0 ? media_type : fl_str_sub(media_type, 0, (size_t)end));
    return fl_str_ends(type, FL_S("/xml")) || fl_str_ends(type, FL_S("+xml"));
}

fl_str fl_xml_root(const fl_operation *operation)
{
    const fl_schema *schema = operation->body.count != 0 ? operation->body.items[0].schema : NULL;
    return schema != NULL && schema->name.len != 0 ? schema->name : FL_S("root");
}

void fl_xml_write(fl_buf *out, fl_str root, const fl_data *body, const char *leaf)
{
    if (body->kind == FL_DATA_LIST) { /* one element must hold all */
        fl_buf_add_char(out, '<');
        add_name(out, root);
        fl_buf_add_char(out, '>');
        add_element(out, FL_S("item"), body, leaf, 0);
        fl_buf_add_c(out, "</");
        add_name(out, root);
        fl_buf_add_char(out, '>');
    } else {
        add_element(out, root, body, leaf, 0);
    }
}

const char *fl_xml_error(fl_str text)
{
    XML_Parser parser = XML_ParserCreate(NULL);
    if (parser == NULL)
        fl_no_memory();
    bool is_whole = text.len < INT_MAX && XML_Parse(parser, text.ptr, (int)text.len, XML_TRUE) == XML_STATUS_OK;
    const char *error = is_whole ? NULL : text.len < INT_MAX ? XML_ErrorString(XML_GetErrorCode(parser)) : "too long";
    XML_ParserFree(parser);
    return error;
}
