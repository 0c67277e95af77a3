/*
 * Literals and initialiser lists. A literal that stands in the text is read from there; one out of a macro is what the
 * compiler makes of it.
 *
 *     struct route table[] = { { "GET", get_item }, { .path = "/", .method = "POST" } };
 * is a list of two dicts with the fields' names as keys, whichever way they are written.
 */
#include "extractor/languages/clang_p.h"
#include <stdio.h>
#include <math.h>
#include <string.h>

fl_node *fl_cc_number(fl_cc *cc, fl_cc_at at, int64_t value)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%lld", (long long)value);
    return fl_cc_leaf(cc, FL_NODE_number, at, fl_cc_sym(cc, (fl_str){ text, (size_t)n }));
}

static fl_node *unsigned_number(fl_cc *cc, fl_cc_at at, uint64_t value)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return fl_cc_leaf(cc, FL_NODE_number, at, fl_cc_sym(cc, (fl_str){ text, (size_t)n }));
}

fl_node *fl_cc_evaluated(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    CXEvalResult result = fl_clang.Cursor_Evaluate(c);
    fl_node *node = NULL;
    if (!result) return NULL;
    switch (fl_clang.EvalResult_getKind(result)) {
    case CXEval_Int:
        node = fl_clang.EvalResult_isUnsignedInt(result) ? unsigned_number(cc, at, fl_clang.EvalResult_getAsUnsigned(result))
                                                      : fl_cc_number(cc, at, fl_clang.EvalResult_getAsLongLong(result));
        break;
    case CXEval_Float: {
        double value = fl_clang.EvalResult_getAsDouble(result);
        if (isfinite(value)) node = fl_cc_leaf(cc, FL_NODE_number, at, fl_text_double_sym(value));   /* HUGE_VAL, NAN */
        break;
    }
    case CXEval_StrLiteral: case CXEval_ObjCStrLiteral: case CXEval_CFStr: case CXEval_Other: case CXEval_UnExposed: break;
    }
    fl_clang.EvalResult_dispose(result);
    return node;
}

fl_node *fl_cc_integer(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    uint64_t value;
    if (!at.is_macro && fl_cc_cook_integer((fl_str){ cc->text + at.start, at.end - at.start }, &value)) return unsigned_number(cc, at, value);
    fl_node *node = fl_cc_evaluated(cc, c, at);
    return node ? node : fl_cc_opaque(cc, at, "number");
}

fl_node *fl_cc_float(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    double value;
    size_t len = at.end - at.start;
    while (!at.is_macro && len && strchr("fFlL", cc->text[at.start + len - 1])) len--;
    if (!at.is_macro && fl_str_to_double((fl_str){ cc->text + at.start, len }, &value) && isfinite(value)) return fl_cc_leaf(cc, FL_NODE_number, at, fl_text_double_sym(value));
    fl_node *node = fl_cc_evaluated(cc, c, at);
    return node ? node : fl_cc_opaque(cc, at, "number");
}

fl_node *fl_cc_char(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    int64_t value;
    if (!at.is_macro && fl_cc_cook_char(cc, at.start, at.end, &value)) return fl_cc_number(cc, at, value);
    fl_node *node = fl_cc_evaluated(cc, c, at);
    return node ? node : fl_cc_opaque(cc, at, "character");
}

fl_node *fl_cc_string(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_sym sym;
    if (!at.is_macro && fl_cc_cook_strings(cc, at.start, at.end, &sym)) return fl_cc_leaf(cc, FL_NODE_string, at, sym);
    CXString spelled = fl_clang.getCursorSpelling(c);              /* quoted, with escapes */
    fl_str text = fl_str_from(fl_clang.getCString(spelled));
    fl_node *node = fl_cc_leaf(cc, FL_NODE_string, at, fl_cc_cook_quoted(cc, text));
    fl_clang.disposeString(spelled);
    return node;
}

/* ---- initialiser lists ---- */

static fl_node *initializer_list(fl_cc *cc, CXCursor c, CXType type);

/* `.a.b = x`, `[3] = x`: the designators, then the value. The pair of the first one; a dict for each that follows. */
static fl_node *designated(fl_cc *cc, CXCursor c, fl_cc_at at, CXType type)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *pair = NULL, *outer = NULL, *key = NULL;
    CXType of = type;
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        bool is_value = i + 1 == list.count;
        if (is_value) {
            fl_node *value = fl_cc_initializer(cc, child, of);
            if (!outer) break;
            FL_CC_PLACES(cc, outer, NULL, value, key);
            break;
        }
        fl_node *next = fl_cc_node(cc, FL_NODE_pair, at), *next_key = NULL;
        if (fl_clang.getCursorKind(child) == CXCursor_MemberRef) {
            next->sym = fl_cc_name(cc, child);
            of = fl_clang.getCursorType(fl_clang.getCursorReferenced(child));
        } else {
            next_key = fl_cc_expression(cc, child);
            of = fl_clang.getArrayElementType(fl_clang.getCanonicalType(of));
        }
        if (outer) {
            fl_node *dict = fl_cc_node(cc, FL_NODE_dict, at);
            const fl_node *last = NULL;
            fl_cc_put(cc, dict, &last, next);
            FL_CC_PLACES(cc, outer, NULL, dict, key);
        } else pair = next;
        outer = next;
        key = next_key;
    }
    fl_cc_close(cc, &list);
    return pair;
}

static bool is_designated(fl_cc *cc, CXCursor c)
{
    if (fl_clang.getCursorKind(c) != CXCursor_UnexposedExpr) return false;
    bool is_macro;
    uint32_t byte = fl_cc_byte(cc, fl_clang.getRangeStart(fl_clang.getCursorExtent(c)), &is_macro);
    if (byte >= cc->text_len || is_macro) return false;
    if (cc->text[byte] == '.') return byte + 1 >= cc->text_len || cc->text[byte + 1] < '0' || cc->text[byte + 1] > '9';
    return cc->text[byte] == '[';
}

/* `{1, 2}` for a struct that begins with a struct: the braces of the inner one are left out. */
static bool leaves_out_braces(CXCursor value, CXType field)
{
    CXType canonical = fl_clang.getCanonicalType(field);
    if (fl_clang.getCursorKind(value) == CXCursor_InitListExpr) return false;
    if (canonical.kind == CXType_Record) return fl_clang.getCanonicalType(fl_clang.getCursorType(value)).kind != CXType_Record;
    return canonical.kind == CXType_ConstantArray && fl_clang.getCanonicalType(fl_clang.getCursorType(value)).kind != CXType_ConstantArray;
}

static fl_node *initializer_list(fl_cc *cc, CXCursor c, CXType type)
{
    fl_cc_at at = fl_cc_at_of(cc, c);
    CXType canonical = fl_clang.getCanonicalType(type);
    bool is_record = canonical.kind == CXType_Record;
    fl_cc_list fields = is_record ? fl_cc_open_fields(cc, canonical) : (fl_cc_list){ cc->cursor_count, 0 };
    CXType element = fl_clang.getArrayElementType(canonical);
    fl_cc_list list = fl_cc_open(cc, c);
    bool has_designators = false, is_flat = false;
    bool is_scalar = (canonical.kind >= CXType_FirstBuiltin && canonical.kind <= CXType_LastBuiltin && canonical.kind != CXType_Dependent) || canonical.kind == CXType_Pointer || canonical.kind == CXType_Enum;
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        has_designators |= is_designated(cc, child);
        is_flat |= is_record && i < fields.count && leaves_out_braces(child, fl_clang.getCursorType(fl_cc_child(cc, &fields, i)));
    }
    if (is_scalar && list.count == 1) {         /* int x = {1} */
        fl_node *value = fl_cc_initializer(cc, fl_cc_child(cc, &list, 0), type);
        fl_cc_close(cc, &list);
        fl_cc_close(cc, &fields);
        return value;
    }
    bool is_dict = has_designators || (is_record && fields.count && !is_flat);
    fl_node *node = fl_cc_node(cc, is_dict ? FL_NODE_dict : FL_NODE_list, at);
    const fl_node *last = NULL;
    size_t position = 0;
    for (size_t i = 0; i < list.count; i++, position++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        fl_cc_at child_at = fl_cc_at_of(cc, child);
        CXType wanted = is_record ? (position < fields.count ? fl_clang.getCursorType(fl_cc_child(cc, &fields, position)) : (CXType){ 0 }) : element;
        if (is_designated(cc, child)) {
            fl_node *pair = designated(cc, child, child_at, type);
            if (pair) fl_cc_put(cc, node, &last, pair);
            for (size_t k = 0; pair && pair->sym && k < fields.count; k++)
                if (fl_cc_name(cc, fl_cc_child(cc, &fields, k)) == pair->sym) position = k;
            continue;
        }
        fl_node *value = fl_cc_initializer(cc, child, is_flat ? (CXType){ 0 } : wanted);
        if (!is_dict) {
            fl_cc_put(cc, node, &last, value);
            continue;
        }
        fl_node *pair = fl_cc_node(cc, FL_NODE_pair, child_at), *key = NULL;
        if (is_record && position < fields.count) pair->sym = fl_cc_name(cc, fl_cc_child(cc, &fields, position));
        else key = fl_cc_number(cc, (fl_cc_at){ child_at.start, child_at.start, true }, (int64_t)position);
        FL_CC_PLACES(cc, pair, NULL, value, key);
        fl_cc_put(cc, node, &last, pair);
    }
    fl_cc_close(cc, &list);
    fl_cc_close(cc, &fields);
    return node;
}

static bool is_keyed(fl_cc *cc, CXType type)
{
    static const char *const names[] = { "std.map", "std.unordered_map", "std.multimap", "std.unordered_multimap" };
    fl_str name = cc->is_cpp && fl_clang.getCanonicalType(type).kind == CXType_Record ? fl_sym_str(fl_cc_type_sym(cc, type)) : FL_S("");
    for (size_t i = 0; i < FL_COUNT(names); i++) if (fl_str_eq_c(name, names[i])) return true;
    return false;
}

/* {{"ann", 1}, {"bob", 2}} of a map, lowered as a list of lists or of pairs with the members first and second: a dict. An entry whose key is
 * not known is some entry. */
fl_node *fl_cc_keyed(fl_cc *cc, fl_node *list, CXType type)
{
    if (list->kind != FL_NODE_list || !is_keyed(cc, type)) return list;
    fl_node *dict = fl_cc_node(cc, FL_NODE_dict, (fl_cc_at){ list->start_byte, list->end_byte, false });
    const fl_node *last = NULL;
    for (fl_node *entry = (fl_node *)(uintptr_t)list->first, *next; entry; entry = next) {
        next = (fl_node *)(uintptr_t)entry->next;
        bool is_pairs = entry->kind == FL_NODE_dict;
        fl_node *key = (fl_node *)(uintptr_t)entry->first, *value = key ? (fl_node *)(uintptr_t)key->next : NULL;
        if (is_pairs && key && value) { key = (fl_node *)(uintptr_t)key->first; value = (fl_node *)(uintptr_t)value->first; }
        bool is_known = (is_pairs || entry->kind == FL_NODE_list) && key && value && (key->kind == FL_NODE_string || key->kind == FL_NODE_number);
        fl_cc_at at = { entry->start_byte, entry->end_byte, false };
        fl_node *made = fl_cc_node(cc, is_known ? FL_NODE_pair : FL_NODE_spread, at);
        if (is_known) {
            made->sym = key->sym;
            value->next = value->parent = NULL;
            FL_CC_PLACES(cc, made, NULL, value);
        } else {
            const fl_node *last_spread = NULL;
            fl_cc_put(cc, made, &last_spread, fl_cc_opaque(cc, at, "entry"));
        }
        fl_cc_put(cc, dict, &last, made);
    }
    return dict;
}

fl_node *fl_cc_initializer(fl_cc *cc, CXCursor c, CXType type)
{
    CXCursor bare = fl_cc_bare(cc, c);
    if (fl_clang.getCursorKind(bare) != CXCursor_InitListExpr) return fl_cc_expression(cc, c);
    if (!fl_cc_descend(cc)) return fl_cc_opaque(cc, fl_cc_at_of(cc, c), "too deep");
    if (type.kind == CXType_Invalid) type = fl_clang.getCursorType(bare);
    fl_node *node = initializer_list(cc, bare, type);
    node = fl_cc_keyed(cc, node, type);
    cc->depth--;
    return node;
}

/* Static storage begins as zero; other variables hold anything, and a struct is there all the same. */
fl_node *fl_cc_no_initializer(fl_cc *cc, CXType type, bool is_zero, uint32_t byte)
{
    fl_cc_at at = { .start = byte, .end = byte };
    CXType canonical = fl_clang.getCanonicalType(type);
    if (is_zero && canonical.kind == CXType_Pointer) return fl_cc_node(cc, FL_NODE_null, at);
    if (is_zero && canonical.kind == CXType_Bool) return fl_cc_node(cc, FL_NODE_boolean, at);
    if (is_zero && canonical.kind >= CXType_Char_U && canonical.kind <= CXType_LongDouble) return fl_cc_number(cc, at, 0);
    fl_node *unknown = fl_cc_opaque(cc, at, "not initialised");
    cc->member->builder.opaque_count--;                         /* nothing of the source stayed unknown */
    if (canonical.kind != CXType_Record) return unknown;
    fl_node *dict = fl_cc_node(cc, FL_NODE_dict, at), *spread = fl_cc_node(cc, FL_NODE_spread, at);
    const fl_node *last = NULL, *last_spread = NULL;
    fl_cc_put(cc, spread, &last_spread, unknown);
    fl_cc_put(cc, dict, &last, spread);
    return dict;
}
