/*
 * Types, as names: "char *", "item *", "char[64]", "std.vector" with arguments. What does not change what a value is has no
 * part in it: const and its like, the words struct and enum, references. A name of somebody else's namespace is dotted; the
 * project's own namespaces have no names in the tree (see clang_declaration.c).
 */
#include "extractor/languages/clang_p.h"
#include <stdio.h>
#include <string.h>

bool fl_cc_is_pointer(CXType type)
{
    enum CXTypeKind kind = fl_clang.getCanonicalType(type).kind;
    return kind == CXType_Pointer || kind == CXType_NullPtr;
}

bool fl_cc_is_record(CXType type) { return fl_clang.getCanonicalType(type).kind == CXType_Record; }

/* ---- spelling ---- */

static bool is_noise(fl_str word)
{
    static const char *const words[] = { "const", "volatile", "restrict", "__restrict", "struct", "union", "enum", "class", "typename", "register" };
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (fl_str_eq_c(word, words[i])) return true;
    return false;
}

/* Words that say nothing go, `::` becomes a dot, one blank is left between words and before a star. */
static fl_sym tidy(fl_cc *cc, fl_str text)
{
    fl_buf *out = &cc->worker->scratch;
    fl_buf_clear(out);
    bool wants_blank = false;
    if (fl_str_find(text, FL_S("(unnamed")) >= 0 || fl_str_find(text, FL_S("(anonymous")) >= 0 || fl_str_find(text, FL_S("(lambda")) >= 0)
        return fl_cc_sym(cc, FL_S("unnamed"));                 /* they spell a path */
    for (size_t i = 0; i < text.len;) {
        char c = text.ptr[i];
        size_t end = i;
        while (end < text.len && fl_cc_is_word(text.ptr[end])) end++;
        if (end > i) {
            fl_str word = fl_str_sub(text, i, end);
            i = end;
            if (is_noise(word)) continue;
            if (wants_blank && out->len && fl_cc_is_word(out->ptr[out->len - 1])) fl_buf_add_char(out, ' ');
            fl_buf_add(out, fl_str_eq_c(word, "_Bool") ? FL_S("bool") : word);
            wants_blank = false;
        } else if (c == ':' && i + 1 < text.len && text.ptr[i + 1] == ':') {
            if (out->len) fl_buf_add_char(out, '.');
            i += 2;
        } else {
            if (c == ' ') wants_blank = true;
            else {
                bool is_star = c == '*' || c == '(';
                if (is_star && out->len && out->ptr[out->len - 1] != '*' && out->ptr[out->len - 1] != '(' && out->ptr[out->len - 1] != ' ') fl_buf_add_char(out, ' ');
                if (c != '&') fl_buf_add_char(out, c);
                wants_blank = c == ',';
                if (wants_blank) fl_buf_add_char(out, ' ');
            }
            i++;
        }
    }
    while (out->len && out->ptr[out->len - 1] == ' ') out->len--;
    return fl_cc_sym(cc, fl_buf_str(out));
}

static fl_sym spelled(fl_cc *cc, CXType type)
{
    CXString text = fl_clang.getTypeSpelling(type);
    fl_sym sym = tidy(cc, fl_str_from(fl_clang.getCString(text)));
    fl_clang.disposeString(text);
    return sym;
}

static fl_sym with_suffix(fl_cc *cc, fl_sym name, const char *suffix)
{
    char text[512];
    const char *of = fl_sym_c(name);
    size_t len = strlen(of);
    bool is_joined = *suffix == '[' || (len && of[len - 1] == '*');
    const char *inner = *suffix == '[' ? strchr(of, '[') : NULL;   /* int[2][3]: the outer size comes first */
    int n = inner ? snprintf(text, sizeof text, "%.*s%s%s", (int)(inner - of), of, suffix, inner) : snprintf(text, sizeof text, "%s%s%s", of, is_joined ? "" : " ", suffix);
    return n > 0 && (size_t)n < sizeof text ? fl_cc_sym(cc, (fl_str){ text, (size_t)n }) : name;
}

/* `using std::string; string s`: libclang does not say what the name was brought from, but what it stands for is at home there. */
static fl_sym with_namespace(fl_cc *cc, fl_sym name, CXCursor canonical)
{
    fl_str text = fl_sym_str(name);
    if (fl_clang.getCursorKind(canonical) == CXCursor_NoDeclFound || fl_cc_is_project(cc, canonical)) return name;
    for (size_t i = 0; i < text.len; i++)
        if (!fl_cc_is_word(text.ptr[i])) return name;
    fl_str whole = fl_sym_str(fl_cc_qualified(cc, canonical));
    ptrdiff_t dot = fl_str_rfind_char(whole, '.');
    char joined[512];
    int n = dot < 0 ? -1 : snprintf(joined, sizeof joined, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_str_sub(whole, 0, (size_t)dot + 1)), FL_STR_ARG(text));
    return n > 0 && (size_t)n < sizeof joined ? fl_cc_sym(cc, (fl_str){ joined, (size_t)n }) : name;
}

CXCursor fl_cc_declaration_of(CXType type)
{
    CXCursor declared = fl_clang.getTypeDeclaration(type);
    if (fl_clang.getCursorKind(declared) != CXCursor_UnexposedDecl) return declared;
    CXCursor meant = fl_clang.getCursorDefinition(declared);       /* of a name that `using` brought here */
    return fl_clang.Cursor_isNull(meant) ? declared : meant;
}

static fl_sym compute(fl_cc *cc, CXType type, unsigned depth)
{
    if (depth > 20) return spelled(cc, type);
    switch (type.kind) {
    case CXType_Pointer: {
        CXType to = fl_clang.getPointeeType(type);
        enum CXTypeKind kind = fl_clang.getCanonicalType(to).kind;
        if (kind == CXType_FunctionProto || kind == CXType_FunctionNoProto) return spelled(cc, type);
        return with_suffix(cc, compute(cc, to, depth + 1), "*");
    }
    case CXType_LValueReference: case CXType_RValueReference: return compute(cc, fl_clang.getPointeeType(type), depth + 1);
    case CXType_ConstantArray: {
        char size[32];
        snprintf(size, sizeof size, "[%lld]", fl_clang.getArraySize(type));
        return with_suffix(cc, compute(cc, fl_clang.getArrayElementType(type), depth + 1), size);
    }
    case CXType_IncompleteArray: case CXType_VariableArray: case CXType_DependentSizedArray:
        return with_suffix(cc, compute(cc, fl_clang.getArrayElementType(type), depth + 1), "[]");
    case CXType_Auto: {
        CXType known = fl_clang.getCanonicalType(type);
        return known.kind == CXType_Auto ? fl_cc_sym(cc, FL_S("auto")) : compute(cc, known, depth + 1);
    }
    default: break;
    }
    if (cc->is_cpp) {
        CXCursor declared = fl_cc_declaration_of(type);
        if (fl_clang.getCursorKind(declared) != CXCursor_NoDeclFound) return fl_cc_qualified(cc, declared);
        return with_namespace(cc, spelled(cc, type), fl_clang.getTypeDeclaration(fl_clang.getCanonicalType(type)));
    }
    return spelled(cc, type);
}

fl_sym fl_cc_type_sym(fl_cc *cc, CXType type)
{
    fl_cc_type_name *slot = &cc->types[((uintptr_t)type.data[0] >> 4) % FL_CC_TYPE_SLOTS];
    if (slot->type && slot->type == type.data[0]) return slot->sym;
    fl_sym sym = compute(cc, type, 0);
    *slot = (fl_cc_type_name){ type.data[0], sym };
    return sym;
}

/* ---- nodes ---- */

static CXType without_reference(CXType type)
{
    while (type.kind == CXType_LValueReference || type.kind == CXType_RValueReference) type = fl_clang.getPointeeType(type);
    return type;
}

static fl_node *type_node(fl_cc *cc, CXType type, fl_cc_at at, unsigned depth)
{
    type = without_reference(type);
    fl_node *node = fl_cc_leaf(cc, FL_NODE_type_name, at, fl_cc_type_sym(cc, type));
    int count = cc->is_cpp && depth < 8 ? fl_clang.Type_getNumTemplateArguments(type) : 0;
    const fl_node *last = NULL;
    if (count > 0 && fl_clang.getCursorKind(fl_cc_declaration_of(type)) == CXCursor_TypedefDecl) count = 0;   /* an alias has none of its own */
    for (int i = 0; i < count; i++) {
        CXType argument = fl_clang.Type_getTemplateArgumentAsType(type, (unsigned)i);
        if (argument.kind != CXType_Invalid) fl_cc_put(cc, node, &last, type_node(cc, argument, at, depth + 1));
    }
    return node;
}

fl_node *fl_cc_type(fl_cc *cc, CXType type, uint32_t start, uint32_t end)
{
    if (type.kind == CXType_Invalid) return NULL;
    return type_node(cc, type, (fl_cc_at){ .start = start, .end = end < start ? start : end }, 0);
}

fl_node *fl_cc_type_before(fl_cc *cc, CXType type, uint32_t start, uint32_t name_byte)
{
    if (name_byte < start || name_byte > cc->text_len) name_byte = start;
    while (name_byte > start && (unsigned char)cc->text[name_byte - 1] <= ' ') name_byte--;
    return fl_cc_type(cc, type, start, name_byte);
}
