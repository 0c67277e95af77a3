/*
 * Structs, unions, classes and enums. In C a struct is an interface: fields and their types. In C++ it is a class, whose
 * fields have values. Fields without a name lend their own fields to the struct around them.
 */
#include "extractor/languages/clang_p.h"
#include <string.h>

bool fl_cc_is_unnamed(fl_cc *cc, CXCursor record)
{
    enum CXCursorKind kind = fl_clang.getCursorKind(record);
    if (kind != CXCursor_StructDecl && kind != CXCursor_UnionDecl && kind != CXCursor_ClassDecl && kind != CXCursor_EnumDecl) return false;
    CXString spelled = fl_clang.getCursorSpelling(record);
    const char *text = fl_clang.getCString(spelled);
    bool is_unnamed = !text || !*text || strchr(text, '(');
    fl_clang.disposeString(spelled);
    if (is_unnamed) return true;
    bool is_macro;                                              /* the compiler lends it the name of its typedef */
    uint32_t byte = fl_cc_byte(cc, fl_clang.getCursorLocation(record), &is_macro);
    if (byte == UINT32_MAX || is_macro) return false;
    return fl_cc_text_is(cc, byte, "struct") || fl_cc_text_is(cc, byte, "union") || fl_cc_text_is(cc, byte, "enum") || fl_cc_text_is(cc, byte, "class") ||
           (byte < cc->text_len && cc->text[byte] == '{');
}

bool fl_cc_is_typedef_of(fl_cc *cc, CXCursor c)
{
    fl_cc_at at = fl_cc_at_of(cc, c);
    uint32_t i = at.start;
    while (i > 0 && (unsigned char)cc->text[i - 1] <= ' ') i--;
    return i >= 7 && fl_cc_text_is(cc, i - 7, "typedef");
}

/* ---- enums ---- */

fl_node *fl_cc_enum(fl_cc *cc, CXCursor c, fl_sym name, fl_cc_at at)
{
    fl_node *node = fl_cc_leaf(cc, FL_NODE_enum_, at, name);
    const fl_node *last = NULL;
    fl_cc_list list = fl_cc_open(cc, c);
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        if (fl_clang.getCursorKind(child) != CXCursor_EnumConstantDecl) continue;
        fl_cc_at where = fl_cc_at_of(cc, child);
        fl_node *pair = fl_cc_leaf(cc, FL_NODE_pair, where, fl_cc_take(cc, fl_clang.getCursorSpelling(child)));
        FL_CC_PLACES(cc, pair, NULL, fl_cc_number(cc, (fl_cc_at){ where.end, where.end, true }, fl_clang.getEnumConstantDeclValue(child)));
        fl_cc_put(cc, node, &last, pair);
    }
    fl_cc_close(cc, &list);
    return node;
}

/* ---- fields ---- */

static void fields_of(fl_cc *cc, CXCursor record, fl_node *parent, const fl_node **last);

static bool is_unnamed_record(fl_cc *cc, CXCursor declared)
{
    enum CXCursorKind kind = fl_clang.getCursorKind(declared);
    return (kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl || kind == CXCursor_ClassDecl) && fl_cc_is_unnamed(cc, declared) && fl_cc_is_project(cc, declared);
}

static fl_node *field_type(fl_cc *cc, CXType type, fl_cc_at at, uint32_t byte)
{
    CXCursor declared = fl_cc_declaration_of(type);
    if (!is_unnamed_record(cc, declared) || !fl_cc_descend(cc)) return fl_cc_type_before(cc, type, at.start, byte);
    fl_node *object = fl_cc_node(cc, FL_NODE_type_object, fl_cc_at_of(cc, declared));
    const fl_node *last = NULL;
    fields_of(cc, declared, object, &last);
    cc->depth--;
    return object;
}

static fl_node *field(fl_cc *cc, CXCursor c, bool has_value)
{
    fl_cc_at at = fl_cc_at_of(cc, c);
    bool is_macro;
    uint32_t byte = fl_cc_byte(cc, fl_clang.getCursorLocation(c), &is_macro);
    if (byte == UINT32_MAX) byte = at.start;
    CXType type = fl_clang.getCursorType(c);
    fl_node *node = fl_cc_leaf(cc, FL_NODE_field, at, fl_cc_take(cc, fl_clang.getCursorSpelling(c))), *value = NULL;
    if (has_value) {
        fl_cc_list list = fl_cc_open(cc, c);
        for (size_t i = 0; i < list.count; i++) {               /* the last expression behind the name; before it are sizes */
            CXCursor child = fl_cc_child(cc, &list, i);
            bool is_last = i + 1 == list.count && fl_clang.isExpression(fl_clang.getCursorKind(child));
            if (is_last && !fl_clang.Cursor_isBitField(c) && fl_clang.getCanonicalType(type).kind != CXType_ConstantArray) value = fl_cc_initializer(cc, child, type);
        }
        fl_cc_close(cc, &list);
        if (!value) value = fl_cc_no_initializer(cc, type, false, at.end);
    }
    FL_CC_PLACES(cc, node, NULL, value, field_type(cc, type, at, byte));
    return node;
}

static void fields_of(fl_cc *cc, CXCursor record, fl_node *parent, const fl_node **last)
{
    fl_cc_list list = fl_cc_open(cc, record);
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        enum CXCursorKind kind = fl_clang.getCursorKind(child);
        if (kind == CXCursor_FieldDecl) {
            CXString spelled = fl_clang.getCursorSpelling(child);
            const char *text = fl_clang.getCString(spelled);
            bool is_named = text && *text;
            fl_clang.disposeString(spelled);
            if (is_named) fl_cc_put(cc, parent, last, field(cc, child, parent->kind == FL_NODE_block));
        } else if (is_unnamed_record(cc, child) && fl_clang.Cursor_isAnonymousRecordDecl(child) && fl_cc_descend(cc)) {
            fields_of(cc, child, parent, last);
            cc->depth--;
        }
    }
    fl_cc_close(cc, &list);
}

/* ---- classes ---- */

static fl_node *base(fl_cc *cc, CXCursor c)
{
    CXType type = fl_clang.getCursorType(c);
    CXCursor declared = fl_cc_declaration_of(type);
    fl_sym name = fl_clang.getCursorKind(declared) == CXCursor_NoDeclFound ? fl_cc_type_sym(cc, type) : fl_cc_qualified(cc, declared);
    return fl_cc_dotted(cc, fl_cc_at_of(cc, c), name);
}

static fl_node *class_node(fl_cc *cc, CXCursor c, fl_sym name, fl_cc_at at)
{
    fl_node *node = fl_cc_leaf(cc, FL_NODE_class_, at, name), *super = NULL;
    fl_tree_chain types = { 0 };
    fl_cc_list list = fl_cc_open(cc, c);
    uint32_t open = at.start;
    while (open < at.end && cc->text[open] != '{' && !at.is_macro) open++;
    fl_node *body = fl_cc_node(cc, FL_NODE_block, (fl_cc_at){ open < at.end ? open : at.start, at.end, true });
    const fl_node *last = NULL;
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        switch ((int)fl_clang.getCursorKind(child)) {
        case CXCursor_CXXBaseSpecifier:
            if (!super) super = base(cc, child);
            else {
                fl_cc_at where = fl_cc_at_of(cc, child);
                fl_tree_chain_push(&types, fl_cc_type(cc, fl_clang.getCursorType(child), where.start, where.end));
            }
            break;
        case CXCursor_CXXMethod: case CXCursor_Constructor: case CXCursor_Destructor: case CXCursor_ConversionFunction: case CXCursor_FunctionTemplate:
            fl_cc_put(cc, body, &last, fl_cc_function(cc, child));
            break;
        case CXCursor_VarDecl: {
            fl_node *made = field(cc, child, true);
            made->flags = FL_FLAG_STATIC;
            fl_cc_put(cc, body, &last, made);
            break;
        }
        case CXCursor_FieldDecl: fl_cc_put(cc, body, &last, field(cc, child, true)); break;
        case CXCursor_StructDecl: case CXCursor_UnionDecl: case CXCursor_ClassDecl:
            if (is_unnamed_record(cc, child) && fl_clang.Cursor_isAnonymousRecordDecl(child)) fields_of(cc, child, body, &last);
            break;
        default: break;
        }
    }
    fl_cc_close(cc, &list);
    FL_CC_PLACES(cc, node, &types, super, body);
    return node;
}

fl_node *fl_cc_record(fl_cc *cc, CXCursor c, fl_sym name, fl_cc_at at)
{
    if (!fl_cc_descend(cc)) return fl_cc_opaque(cc, at, "too deep");
    fl_node *node;
    if (cc->is_cpp) node = class_node(cc, c, name, at);
    else {
        fl_node *object = fl_cc_node(cc, FL_NODE_type_object, fl_cc_at_of(cc, c));
        const fl_node *last = NULL;
        node = fl_cc_leaf(cc, FL_NODE_interface, at, name);
        fields_of(cc, c, object, &last);
        FL_CC_PLACES(cc, node, NULL, NULL, object);
    }
    cc->depth--;
    return node;
}
