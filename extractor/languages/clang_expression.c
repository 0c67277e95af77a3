/*
 * Expressions. Parentheses, implicit conversions and what else the compiler wraps around an expression have no node: they are
 * taken off first (fl_cc_bare). Overloaded operators are what they look like: `a == b`, `j["x"]`, `*opt`.
 */
#include "extractor/languages/clang_p.h"
#include <string.h>

fl_node *fl_cc_missing(fl_cc *cc, uint32_t byte) { return fl_cc_opaque(cc, (fl_cc_at){ byte, byte, true }, "syntax error"); }

/* ---- wrappers ---- */

static bool is_operand(enum CXCursorKind kind) { return fl_clang.isExpression(kind); }

/* The only expression among the children; null when there are none or several, or more than types and names beside it. */
static CXCursor only_child(fl_cc *cc, CXCursor c)
{
    fl_cc_list list = fl_cc_open(cc, c);
    CXCursor found = fl_clang.getNullCursor();
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        if (is_operand(fl_clang.getCursorKind(child))) {
            found = child;
            count++;
        } else if (!fl_clang.isReference(fl_clang.getCursorKind(child))) count = 2;
        else if (fl_clang.getCursorKind(child) == CXCursor_MemberRef) count = 2;    /* a designator */
    }
    fl_cc_close(cc, &list);
    return count == 1 ? found : fl_clang.getNullCursor();
}

CXCursor fl_cc_bare(fl_cc *cc, CXCursor c)
{
    for (unsigned guard = 0; guard < 10000; guard++) {
        enum CXCursorKind kind = fl_clang.getCursorKind(c);
        if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr) return c;
        CXCursor inner = only_child(cc, c);
        if (fl_clang.Cursor_isNull(inner)) return c;
        /* what the compiler made up has the range of what is in it; damaged code is longer */
        if (kind == CXCursor_UnexposedExpr && !fl_clang.equalRanges(fl_clang.getCursorExtent(c), fl_clang.getCursorExtent(inner))) return c;
        c = inner;
    }
    return c;
}

/* ---- names ---- */

/* `std.move` as members of each other; all have the span of the whole. */
fl_node *fl_cc_dotted(fl_cc *cc, fl_cc_at at, fl_sym sym)
{
    fl_str rest = fl_sym_str(sym), part;
    fl_node *node = NULL;
    bool is_operator = fl_str_find(rest, FL_S("operator")) >= 0;
    while (!is_operator && fl_str_split(&rest, '.', &part)) {
        fl_node *next = fl_cc_leaf(cc, node ? FL_NODE_member : FL_NODE_name, at, fl_cc_sym(cc, part));
        if (node) FL_CC_PLACES(cc, next, NULL, node);
        node = next;
    }
    return node ? node : fl_cc_leaf(cc, FL_NODE_name, at, sym);
}

/* Span of a name inside a macro: of the macro's name alone, so that arguments keep theirs. */
static fl_cc_at name_span(const fl_cc *cc, fl_cc_at at)
{
    if (!at.is_macro) return at;
    uint32_t end = at.start;
    while (end < at.end && fl_cc_is_word(cc->text[end])) end++;
    at.end = end;
    return at;
}

/* Of code that depends on a template's arguments libclang does not always tell a name. */
static fl_node *named(fl_cc *cc, fl_cc_at at, fl_sym sym)
{
    return sym ? fl_cc_leaf(cc, FL_NODE_name, at, sym) : fl_cc_opaque(cc, at, "unknown name");
}

static bool is_local(CXCursor declared)
{
    enum CXCursorKind kind = fl_clang.getCursorKind(declared);
    if (kind == CXCursor_ParmDecl || kind == CXCursor_NonTypeTemplateParameter) return true;
    if (kind != CXCursor_VarDecl) return false;
    enum CXCursorKind parent = fl_clang.getCursorKind(fl_clang.getCursorSemanticParent(declared));
    return parent != CXCursor_Namespace && !fl_clang.isTranslationUnit(parent) && parent != CXCursor_ClassDecl && parent != CXCursor_StructDecl && parent != CXCursor_ClassTemplate;
}

static fl_node *name(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    CXCursor declared = fl_clang.getCursorReferenced(c);
    enum CXCursorKind kind = fl_clang.getCursorKind(declared);
    if (kind == CXCursor_EnumConstantDecl) return fl_cc_number(cc, at, fl_clang.getEnumConstantDeclValue(declared));
    at = name_span(cc, at);
    if (cc->is_cpp && fl_clang.isDeclaration(kind) && !is_local(declared)) {
        enum CXCursorKind parent = fl_clang.getCursorKind(fl_clang.getCursorSemanticParent(declared));
        bool is_member = parent == CXCursor_ClassDecl || parent == CXCursor_StructDecl || parent == CXCursor_ClassTemplate;
        if (is_member && fl_cc_is_project(cc, declared)) {      /* Class::function */
            fl_node *member = fl_cc_leaf(cc, FL_NODE_member, at, fl_cc_name(cc, c));
            FL_CC_PLACES(cc, member, NULL, fl_cc_leaf(cc, FL_NODE_name, at, fl_cc_take(cc, fl_clang.getCursorSpelling(fl_clang.getCursorSemanticParent(declared)))));
            return member;
        }
        if (!fl_cc_is_project(cc, declared)) return fl_cc_dotted(cc, at, fl_cc_qualified(cc, declared));
    }
    return named(cc, at, fl_cc_name(cc, c));
}

/* The name at the end: all there is where the type of the object is not known yet. */
static fl_sym last_word(fl_cc *cc, fl_cc_at at)
{
    uint32_t start = at.end;
    while (start > at.start && fl_cc_is_word(cc->text[start - 1])) start--;
    return fl_cc_sym(cc, (fl_str){ cc->text + start, at.end - start });
}

static fl_node *member(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    CXCursor object = only_child(cc, c);
    bool is_dependent = cc->is_cpp && !at.is_macro && !fl_clang.Cursor_isNull(object) && fl_clang.Cursor_isNull(fl_clang.getCursorReferenced(c));
    fl_sym sym = is_dependent ? last_word(cc, at) : fl_cc_name(cc, c);
    if (!sym && !fl_clang.Cursor_isNull(object)) return fl_cc_expression(cc, object);      /* through a field without a name */
    fl_node *node = fl_cc_leaf(cc, FL_NODE_member, at, sym), *of;
    if (fl_clang.Cursor_isNull(object)) {
        of = fl_cc_node(cc, FL_NODE_this_, (fl_cc_at){ at.start, at.start, true });
        node->flags = FL_FLAG_ARROW;
    } else {
        uint32_t length = (uint32_t)fl_sym_str(sym).len;
        bool is_arrow = is_dependent && at.end >= at.start + length + 2 && memcmp(cc->text + at.end - length - 2, "->", 2) == 0;
        if (is_arrow || fl_cc_is_pointer(fl_clang.getCursorType(object))) node->flags = FL_FLAG_ARROW;
        CXCursor bare = fl_cc_bare(cc, object);                 /* opt->x: what operator-> is called on */
        fl_sym called = cc->is_cpp && fl_clang.getCursorKind(bare) == CXCursor_CallExpr ? fl_cc_take(cc, fl_clang.getCursorSpelling(bare)) : FL_SYM_NONE;
        if (called && strcmp(fl_sym_c(called), "operator->") == 0) {
            fl_cc_list list = fl_cc_open(cc, bare);
            of = list.count ? fl_cc_expression(cc, fl_cc_child(cc, &list, 0)) : fl_cc_missing(cc, at.start);
            fl_cc_close(cc, &list);
        } else of = fl_cc_expression(cc, object);
    }
    FL_CC_PLACES(cc, node, NULL, of);
    return node;
}

/* ---- operators ---- */

static void add_to_sequence(fl_cc *cc, fl_node *sequence, const fl_node **last, fl_node *part)
{
    if (part->kind != FL_NODE_sequence) {
        fl_cc_put(cc, sequence, last, part);
        return;
    }
    for (const fl_node *item = part->first, *next; item; item = next) {
        fl_node *one = (fl_node *)(uintptr_t)item;
        next = item->next;
        one->parent = one->next = NULL;
        fl_tree_append(sequence, last, one);
    }
}

static bool is_target_kind(const fl_node *node)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_name: case FL_NODE_member: case FL_NODE_index: case FL_NODE_cast: case FL_NODE_opaque: return true;
    case FL_NODE_unary: return node->op == FL_OP_dereference;
    default: return false;
    }
}

static fl_node *as_target(fl_cc *cc, fl_node *node)
{
    if (is_target_kind(node)) return node;
    fl_node *opaque = fl_cc_opaque(cc, (fl_cc_at){ node->start_byte, node->end_byte, true }, "assignment to a value");
    const fl_node *last = NULL;
    fl_cc_put(cc, opaque, &last, node);
    return opaque;
}

fl_node *fl_cc_target(fl_cc *cc, CXCursor c) { return as_target(cc, fl_cc_expression(cc, c)); }

static bool is_integer(CXCursor c)
{
    CXType type = fl_clang.getCanonicalType(fl_clang.getCursorType(c));
    return type.kind >= CXType_Bool && type.kind <= CXType_Int128;
}

static fl_node *infix(fl_cc *cc, fl_cc_at at, fl_op op, bool is_assignment, CXCursor left, CXCursor right)
{
    bool is_logical = op == FL_OP_and || op == FL_OP_or;
    fl_node *node = fl_cc_node(cc, is_assignment ? FL_NODE_assign : is_logical ? FL_NODE_logical : FL_NODE_binary, at);
    node->op = (uint8_t)op;
    if (is_logical && !is_assignment) node->flags = FL_FLAG_TRUTH;
    if (op == FL_OP_div || op == FL_OP_mod) node->flags = is_integer(left) && is_integer(right) ? FL_FLAG_WHOLE : 0;
    if (is_assignment) FL_CC_PLACES(cc, node, NULL, fl_cc_target(cc, left), fl_cc_initializer(cc, right, fl_clang.getCursorType(left)));
    else FL_CC_PLACES(cc, node, NULL, fl_cc_expression(cc, left), fl_cc_expression(cc, right));
    return node;
}

static fl_node *binary(fl_cc *cc, CXCursor c, fl_cc_at at, bool is_compound)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = NULL;
    if (list.count == 2) {
        CXCursor left = fl_cc_child(cc, &list, 0), right = fl_cc_child(cc, &list, 1);
        fl_op op = fl_cc_binary_op(cc, c, fl_cc_at_of(cc, left), fl_cc_at_of(cc, right));
        if (op != FL_OP_none) node = infix(cc, at, op, is_compound || op == FL_OP_assign, left, right);
#if FL_CLANG_HAS_OPERATORS
        bool is_comma = fl_clang.getCursorBinaryOperatorKind(c) == CXBinaryOperator_Comma;
#else
        uint32_t between = fl_cc_at_of(cc, left).end;
        while (between < cc->text_len && (cc->text[between] == ' ' || cc->text[between] == ')')) between++;
        bool is_comma = op == FL_OP_none && !at.is_macro && between < cc->text_len && cc->text[between] == ',';
#endif
        if (!node && is_comma) {
            const fl_node *last = NULL;
            node = fl_cc_node(cc, FL_NODE_sequence, at);
            add_to_sequence(cc, node, &last, fl_cc_expression(cc, left));
            add_to_sequence(cc, node, &last, fl_cc_expression(cc, right));
        }
    }
    fl_cc_close(cc, &list);
    return node ? node : fl_cc_opaque_children(cc, c, at, "unknown operator");
}

static fl_node *prefix(fl_cc *cc, fl_cc_at at, fl_op op, bool is_postfix, CXCursor operand)
{
    fl_node *node = fl_cc_node(cc, FL_NODE_unary, at);
    node->op = (uint8_t)op;
    if (is_postfix) node->flags = FL_FLAG_POSTFIX;
    FL_CC_PLACES(cc, node, NULL, fl_cc_expression(cc, operand));
    return node;
}

static fl_node *unary(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = NULL;
    if (list.count == 1) {
        CXCursor operand = fl_cc_child(cc, &list, 0);
        bool is_postfix = false, is_transparent = false;
        fl_op op = fl_cc_unary_op(cc, c, at, fl_cc_at_of(cc, operand), &is_postfix, &is_transparent);
        if (op != FL_OP_none) node = prefix(cc, at, op, is_postfix, operand);
        else if (is_transparent) node = fl_cc_expression(cc, operand);
    }
    fl_cc_close(cc, &list);
    return node ? node : fl_cc_opaque_children(cc, c, at, "unknown operator");
}

static fl_node *conditional(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = NULL;
    if (list.count == 3) {
        node = fl_cc_node(cc, FL_NODE_conditional, at);
        FL_CC_PLACES(cc, node, NULL, fl_cc_expression(cc, fl_cc_child(cc, &list, 0)), fl_cc_expression(cc, fl_cc_child(cc, &list, 1)),
                     fl_cc_expression(cc, fl_cc_child(cc, &list, 2)));
    }
    fl_cc_close(cc, &list);
    return node ? node : fl_cc_opaque_children(cc, c, at, "conditional");
}

/* ---- casts, sizes ---- */

static bool is_null(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    if (!fl_cc_is_pointer(fl_clang.getCursorType(c))) return false;
    if (at.is_macro && fl_cc_text_is(cc, at.start, "NULL")) return true;
    CXCursor inner = fl_cc_bare(cc, only_child(cc, c));
    uint64_t value;
    if (fl_clang.getCursorKind(inner) != CXCursor_IntegerLiteral) return false;
    fl_cc_at where = fl_cc_at_of(cc, inner);
    return !where.is_macro && fl_cc_cook_integer((fl_str){ cc->text + where.start, where.end - where.start }, &value) && value == 0;
}

static fl_node *cast(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    if (is_null(cc, c, at)) return fl_cc_node(cc, FL_NODE_null, at);
    fl_cc_list list = fl_cc_open(cc, c);
    CXCursor value = list.count ? fl_cc_child(cc, &list, list.count - 1) : fl_clang.getNullCursor();
    fl_node *node = NULL;
    if (is_operand(fl_clang.getCursorKind(value))) {
        bool is_functional = fl_clang.getCursorKind(c) == CXCursor_CXXFunctionalCastExpr;
        CXCursor bare = fl_cc_bare(cc, value);
        if (is_functional && fl_clang.getCursorKind(bare) == CXCursor_CallExpr && fl_clang.getCursorKind(fl_clang.getCursorReferenced(bare)) == CXCursor_Constructor) {
            node = fl_cc_construct(cc, bare, at, fl_clang.getCursorType(c), true);
        } else {
            uint32_t from = fl_cc_at_of(cc, value).start;
            node = fl_cc_node(cc, FL_NODE_cast, at);
            node->flags = FL_FLAG_UNCHECKED;
            FL_CC_PLACES(cc, node, NULL, fl_cc_initializer(cc, value, fl_clang.getCursorType(c)), fl_cc_type(cc, fl_clang.getCursorType(c), at.start, from < at.start ? at.start : from));
        }
    }
    fl_cc_close(cc, &list);
    return node ? node : fl_cc_opaque_children(cc, c, at, "cast");
}

/* sizeof and its like are numbers; what is inside is not evaluated. */
static fl_node *size_of(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_node *node = fl_cc_evaluated(cc, c, at);
    return node ? node : fl_cc_opaque(cc, at, "size of an unknown type");
}

/* ({ … }): a function called on the spot, whose last expression is what it gives. What jumps out of it would not do that. */
static bool jumps_out(const fl_node *node)
{
    for (const fl_node *c = node->first; c; c = c->next) {
        if (c->kind == FL_NODE_function || c->kind == FL_NODE_class_) continue;
        if (c->kind == FL_NODE_return_ || c->kind == FL_NODE_goto_ || c->kind == FL_NODE_break_ || c->kind == FL_NODE_continue_ || jumps_out(c)) return true;
    }
    return false;
}

static fl_node *statement_expression(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *block = list.count ? fl_cc_block(cc, fl_cc_child(cc, &list, 0)) : fl_cc_empty_block(cc, at.start);
    fl_cc_close(cc, &list);
    const fl_node *last = block->first;
    while (last && last->next) last = last->next;
    if (jumps_out(block)) {
        fl_node *opaque = fl_cc_opaque(cc, at, "statement expression that jumps");
        const fl_node *last_child = NULL;
        fl_cc_put(cc, opaque, &last_child, block);
        return opaque;
    }
    if (last && last->kind == FL_NODE_expression) ((fl_node *)(uintptr_t)last)->kind = FL_NODE_return_;
    fl_node *call = fl_cc_node(cc, FL_NODE_call, at), *function = fl_cc_node(cc, FL_NODE_function, at);
    function->flags = FL_FLAG_ARROW;
    FL_CC_PLACES(cc, function, NULL, fl_cc_node(cc, FL_NODE_params, (fl_cc_at){ at.start, at.start, true }), NULL, block);
    FL_CC_PLACES(cc, call, NULL, function);
    return call;
}

/* ---- calls ---- */

static fl_node *type_callee(fl_cc *cc, fl_cc_at at, CXType type)
{
    CXCursor declared = fl_cc_declaration_of(type);
    uint32_t end = at.start;
    while (end < at.end && cc->text[end] != '(' && cc->text[end] != '{') end++;
    fl_cc_at span = { at.start, at.is_macro ? at.start : end, true };
    if (fl_clang.getCursorKind(declared) == CXCursor_NoDeclFound) return fl_cc_dotted(cc, span, fl_cc_type_sym(cc, type));
    return fl_cc_dotted(cc, span, fl_cc_qualified(cc, declared));
}

static void arguments(fl_cc *cc, const fl_cc_list *list, size_t from, fl_node *call, const fl_node **last)
{
    for (size_t i = from; i < list->count; i++) {
        CXCursor child = fl_cc_child(cc, list, i);
        if (!is_operand(fl_clang.getCursorKind(child))) continue;
        if (cc->is_cpp && fl_cc_is_default(cc, child, (fl_cc_at){ call->start_byte, call->end_byte, false })) continue;
        fl_cc_put(cc, call, last, fl_cc_initializer(cc, child, (CXType){ 0 }));
    }
}

/* A default argument stands where the function is declared, or nowhere. */
bool fl_cc_is_default(fl_cc *cc, CXCursor c, fl_cc_at call)
{
    if (fl_clang.getCursorKind(c) != CXCursor_UnexposedExpr) return false;
    uint32_t byte = fl_cc_byte(cc, fl_clang.getRangeStart(fl_clang.getCursorExtent(c)), NULL);
    return byte == UINT32_MAX || byte < call.start || byte > call.end || fl_clang.Range_isNull(fl_clang.getCursorExtent(c));
}

fl_node *fl_cc_construct(fl_cc *cc, CXCursor c, fl_cc_at at, CXType type, bool is_written)
{
    fl_cc_list list = fl_cc_open(cc, c);
    size_t count = 0, only = 0;
    for (size_t i = 0; i < list.count; i++) {
        enum CXCursorKind kind = fl_clang.getCursorKind(fl_cc_child(cc, &list, i));
        if (kind == CXCursor_TypeRef || kind == CXCursor_TemplateRef) is_written |= fl_clang.getCursorKind(c) == CXCursor_CallExpr && kind == CXCursor_TypeRef;
        if (!is_operand(kind) || fl_cc_is_default(cc, fl_cc_child(cc, &list, i), at)) continue;
        count++;
        only = i;
    }
    fl_node *node;
    const char *made = fl_sym_c(fl_cc_take(cc, fl_clang.getCursorSpelling(c)));
    /* a copy, a conversion that nobody wrote, or text that becomes a string object: the value itself */
    if (count == 1 && (!is_written || strcmp(made, "basic_string") == 0)) node = fl_cc_keyed(cc, fl_cc_initializer(cc, fl_cc_child(cc, &list, only), (CXType){ 0 }), type);
    else {
        const fl_node *last = NULL;
        node = fl_cc_node(cc, FL_NODE_call, at);
        node->flags = FL_FLAG_NEW;
        fl_cc_put(cc, node, &last, type_callee(cc, at, type));
        arguments(cc, &list, 0, node, &last);
    }
    fl_cc_close(cc, &list);
    return node;
}

/* What stands beside the operator's own name. */
static size_t operands(fl_cc *cc, fl_cc_at at, const fl_cc_list *list, CXCursor *out, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        CXCursor child = fl_cc_child(cc, list, i);
        if (!is_operand(fl_clang.getCursorKind(child)) || fl_cc_is_default(cc, child, at)) continue;
        CXCursor bare = fl_cc_bare(cc, child);
        bool is_operator = false;
        if (fl_clang.getCursorKind(bare) == CXCursor_DeclRefExpr || fl_clang.getCursorKind(bare) == CXCursor_OverloadedDeclRef || fl_clang.getCursorKind(bare) == CXCursor_UnexposedExpr) {
            fl_sym sym = fl_cc_take(cc, fl_clang.getCursorSpelling(bare));
            is_operator = strncmp(fl_sym_c(sym), "operator", 8) == 0;
        }
        if (is_operator) continue;
        if (count == max) return max + 1;
        out[count++] = child;
    }
    return count;
}

static fl_node *operator_call(fl_cc *cc, fl_cc_at at, const fl_cc_list *list, fl_str op)
{
    CXCursor parts[8];
    size_t count = operands(cc, at, list, parts, FL_COUNT(parts));
    if (count > FL_COUNT(parts) || count == 0) return NULL;
    if (fl_str_eq_c(op, "()")) {
        const fl_node *last = NULL;
        fl_node *node = fl_cc_node(cc, FL_NODE_call, at);
        for (size_t i = 0; i < count; i++) fl_cc_put(cc, node, &last, fl_cc_expression(cc, parts[i]));
        return node;
    }
    if (fl_str_eq_c(op, "[]") && count == 2) {
        fl_node *node = fl_cc_node(cc, FL_NODE_index, at);
        FL_CC_PLACES(cc, node, NULL, fl_cc_expression(cc, parts[0]), fl_cc_expression(cc, parts[1]));
        return node;
    }
    if (fl_str_eq_c(op, "->")) return fl_cc_expression(cc, parts[0]);
    bool is_step = fl_str_eq_c(op, "++") || fl_str_eq_c(op, "--");
    if (count == 1 || is_step) {
        fl_op prefixed = fl_cc_op_of(op, true);
        return prefixed ? prefix(cc, at, prefixed, is_step && count == 2, parts[0]) : NULL;
    }
    fl_op infixed = fl_cc_op_of(op, false);
    bool is_assignment = infixed == FL_OP_assign || (op.len >= 2 && op.ptr[op.len - 1] == '=' && !strchr("=!<>", op.ptr[0])) || op.len == 3;
    if (fl_str_eq_c(op, "<=>")) return NULL;
    return infixed && count == 2 ? infix(cc, at, infixed, is_assignment, parts[0], parts[1]) : NULL;
}

/* x.operator[](1) is a call as any other; x.y[1] begins with a member too. */
static bool names_operator(fl_cc *cc, CXCursor c)
{
    return fl_clang.getCursorKind(c) == CXCursor_MemberRefExpr && strncmp(fl_sym_c(fl_cc_take(cc, fl_clang.getCursorSpelling(c))), "operator", 8) == 0;
}

/* `std::string name = body["name"]`: what a template converts to anything may refuse, so that it is a call of "operator std.string". Other
 * conversions that nobody wrote are the object. */
static fl_node *conversion(fl_cc *cc, CXCursor c, fl_cc_at at, CXCursor object)
{
    CXCursor made_of = fl_clang.getSpecializedCursorTemplate(fl_clang.getCursorReferenced(c));
    bool is_template = fl_clang.getCursorKind(made_of) == CXCursor_FunctionTemplate;
    if (!is_template || fl_cc_is_project(cc, fl_clang.getCursorReferenced(c))) return fl_cc_expression(cc, object);
    const fl_node *last = NULL, *last_of_member = NULL;
    fl_node *node = fl_cc_node(cc, FL_NODE_call, at), *member = fl_cc_node(cc, FL_NODE_member, at);
    fl_cc_put(cc, member, &last_of_member, fl_cc_expression(cc, object));
    fl_str type = fl_sym_str(fl_cc_type_sym(cc, fl_clang.getCursorType(c)));
    if (fl_str_starts(type, FL_S("decltype"))) type = fl_sym_str(fl_cc_type_sym(cc, fl_clang.getCanonicalType(fl_clang.getCursorType(c))));
    ptrdiff_t arguments = fl_str_find_char(type, '<');
    if (arguments > 0) type = fl_str_sub(type, 0, (size_t)arguments);
    fl_buf *name = &cc->worker->scratch;
    fl_buf_clear(name);
    fl_buf_format(name, "operator " FL_STR_FMT, FL_STR_ARG(type));
    member->sym = fl_cc_sym(cc, fl_buf_str(name));
    fl_cc_put(cc, node, &last, member);
    return node;
}

/* value.get<int>() of a library: a conversion that somebody wrote. What it is made of; the null cursor: it is another call. */
static CXCursor written_conversion(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    bool is_typed = !at.is_macro && at.end > at.start + 5 && at.end <= cc->text_len && memcmp(cc->text + at.end - 3, ">()", 3) == 0;
    if (!is_typed || strcmp(fl_sym_c(fl_cc_take(cc, fl_clang.getCursorSpelling(c))), "get") != 0) return fl_clang.getNullCursor();
    fl_cc_list list = fl_cc_open(cc, c);
    CXCursor object = fl_clang.getNullCursor();
    for (size_t i = 0; i < list.count && fl_clang.Cursor_isNull(object); i++) {
        CXCursor callee = fl_cc_bare(cc, fl_cc_child(cc, &list, i));
        if (fl_clang.getCursorKind(callee) != CXCursor_MemberRefExpr) continue;
        fl_cc_list parts = fl_cc_open(cc, callee);   /* the object, and then what stands between < and > */
        if (parts.count) object = fl_cc_child(cc, &parts, 0);
        fl_cc_close(cc, &parts);
        if (!fl_clang.isExpression(fl_clang.getCursorKind(object))) object = fl_clang.getNullCursor();
    }
    fl_cc_close(cc, &list);
    return object;
}

static fl_node *call(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    if (cc->is_cpp) {
        CXCursor converted = written_conversion(cc, c, at);
        bool is_library = !fl_clang.Cursor_isNull(converted) && !fl_clang.Cursor_isNull(fl_clang.getCursorReferenced(c)) && !fl_cc_is_project(cc, fl_clang.getCursorReferenced(c));
        if (is_library && fl_clang.getCursorKind(fl_clang.getSpecializedCursorTemplate(fl_clang.getCursorReferenced(c))) == CXCursor_FunctionTemplate) return conversion(cc, c, at, converted);
        enum CXCursorKind called = fl_clang.getCursorKind(fl_clang.getCursorReferenced(c));
        if (called == CXCursor_Constructor) return fl_cc_construct(cc, c, at, fl_clang.getCursorType(c), false);
        if (called == CXCursor_ConversionFunction) {            /* if (opt): the object */
            CXCursor bare = fl_cc_bare(cc, only_child(cc, c));
            if (fl_clang.getCursorKind(bare) == CXCursor_MemberRefExpr) bare = only_child(cc, bare);
            if (!fl_clang.Cursor_isNull(bare)) return conversion(cc, c, at, bare);
        }
    }
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = NULL;
    if (cc->is_cpp && list.count) {
        fl_str spelled = fl_sym_str(fl_cc_take(cc, fl_clang.getCursorSpelling(c)));
        if (fl_str_starts(spelled, FL_S("operator")) && spelled.len > 8 && strchr("+-*/%=!<>&|^~[(", spelled.ptr[8]))
            node = names_operator(cc, fl_cc_bare(cc, fl_cc_child(cc, &list, 0))) ? NULL : operator_call(cc, at, &list, fl_str_sub(spelled, 8, spelled.len));
    }
    if (!node && list.count) {
        const fl_node *last = NULL;
        node = fl_cc_node(cc, FL_NODE_call, at);
        size_t first = 0;
        while (first < list.count && !is_operand(fl_clang.getCursorKind(fl_cc_child(cc, &list, first)))) first++;
        if (first == list.count) fl_cc_put(cc, node, &last, fl_cc_missing(cc, at.start));
        else fl_cc_put(cc, node, &last, fl_cc_expression(cc, fl_cc_child(cc, &list, first)));
        arguments(cc, &list, first + 1, node, &last);
        /* a hint for the compiler is its first argument */
        if (node->first->kind == FL_NODE_name && strcmp(fl_sym_c(node->first->sym), "__builtin_expect") == 0 && node->first->next) {
            fl_node *value = (fl_node *)(uintptr_t)node->first->next;
            value->parent = value->next = NULL;
            node = value;
        }
    }
    fl_cc_close(cc, &list);
    return node ? node : fl_cc_opaque_children(cc, c, at, "call of nothing");
}

static fl_node *new_object(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    CXType type = fl_clang.getPointeeType(fl_clang.getCursorType(c));
    fl_node *node = fl_cc_node(cc, FL_NODE_call, at);
    const fl_node *last = NULL;
    node->flags = FL_FLAG_NEW;
    fl_cc_put(cc, node, &last, type_callee(cc, (fl_cc_at){ at.start, at.start, true }, type));
    for (size_t i = 0; i < list.count; i++) {
        CXCursor bare = fl_cc_bare(cc, fl_cc_child(cc, &list, i));
        if (!is_operand(fl_clang.getCursorKind(bare))) continue;
        if (fl_clang.getCursorKind(bare) == CXCursor_CallExpr && fl_clang.getCursorKind(fl_clang.getCursorReferenced(bare)) == CXCursor_Constructor) {
            fl_cc_list inner = fl_cc_open(cc, bare);
            arguments(cc, &inner, 0, node, &last);
            fl_cc_close(cc, &inner);
        } else fl_cc_put(cc, node, &last, fl_cc_initializer(cc, fl_cc_child(cc, &list, i), (CXType){ 0 }));
    }
    fl_cc_close(cc, &list);
    return node;
}

static fl_node *wrapped(fl_cc *cc, CXCursor c, fl_cc_at at, fl_node_kind kind, fl_op op)
{
    CXCursor inner = only_child(cc, c);
    if (fl_clang.Cursor_isNull(inner)) return fl_cc_opaque_children(cc, c, at, "unknown expression");
    fl_node *node = fl_cc_node(cc, kind, at);
    node->op = (uint8_t)op;
    FL_CC_PLACES(cc, node, NULL, fl_cc_expression(cc, inner));
    return node;
}

/* ---- what libclang has no kind for ---- */

static bool same_place(fl_cc *cc, CXCursor a, CXCursor b)
{
    (void)cc;
    CXSourceRange x = fl_clang.getCursorExtent(a), y = fl_clang.getCursorExtent(b);
    return fl_clang.equalRanges(x, y) != 0;
}

/* Code whose types are not known has no kind of its own: a call and a member are told by what stands behind their first part. */
static fl_node *from_text(fl_cc *cc, fl_cc_at at, const fl_cc_list *list)
{
    CXCursor first = fl_cc_child(cc, list, 0);
    uint32_t behind = fl_cc_at_of(cc, first).end;
    while (behind < at.end && ((unsigned char)cc->text[behind] <= ' ' || cc->text[behind] == ')')) behind++;
    if (behind >= at.end) return NULL;
    const fl_node *last = NULL;
    if (cc->text[behind] == '(' && cc->text[at.end - 1] == ')') {
        fl_node *node = fl_cc_node(cc, FL_NODE_call, at);
        fl_cc_put(cc, node, &last, fl_cc_expression(cc, first));
        arguments(cc, list, 1, node, &last);
        return node;
    }
    if (list->count == 2 && is_operand(fl_clang.getCursorKind(fl_cc_child(cc, list, 1)))) {
        fl_op op = fl_cc_op_at(cc, behind, at.end, false);
        bool is_assignment = op == FL_OP_assign || (op && behind + 1 < at.end && cc->text[behind + 1] == '=' && !strchr("=!<>", cc->text[behind]));
        return op ? infix(cc, at, op, is_assignment, first, fl_cc_child(cc, list, 1)) : NULL;
    }
    bool is_arrow = cc->text[behind] == '-' && behind + 2 < at.end && cc->text[behind + 1] == '>';
    if (list->count != 1 || (!is_arrow && cc->text[behind] != '.')) return NULL;
    uint32_t name_start = behind + (is_arrow ? 2 : 1), name_end;
    while (name_start < at.end && (unsigned char)cc->text[name_start] <= ' ') name_start++;
    for (name_end = name_start; name_end < at.end && fl_cc_is_word(cc->text[name_end]); name_end++) {}
    if (name_end == name_start || name_end != at.end) return NULL;
    fl_node *node = fl_cc_leaf(cc, FL_NODE_member, at, fl_cc_sym(cc, (fl_str){ cc->text + name_start, name_end - name_start }));
    if (is_arrow) node->flags = FL_FLAG_ARROW;
    fl_cc_put(cc, node, &last, fl_cc_expression(cc, first));
    return node;
}

static bool is_callable(CXType type)
{
    CXType canonical = fl_clang.getCanonicalType(type);
    if (canonical.kind == CXType_Pointer) canonical = fl_clang.getPointeeType(canonical);
    return canonical.kind == CXType_FunctionProto || canonical.kind == CXType_FunctionNoProto;
}

static fl_node *unexposed(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = NULL;
    /* a ?: b is visited as a, a, a, b */
    if (list.count == 4 && same_place(cc, fl_cc_child(cc, &list, 0), fl_cc_child(cc, &list, 1)) && same_place(cc, fl_cc_child(cc, &list, 0), fl_cc_child(cc, &list, 2)) &&
        !same_place(cc, fl_cc_child(cc, &list, 0), fl_cc_child(cc, &list, 3))) {
        node = infix(cc, at, FL_OP_or, false, fl_cc_child(cc, &list, 0), fl_cc_child(cc, &list, 3));
        node->flags = 0;   /* of this one the value is an operand */
    }
    size_t count = list.count;
    bool has_first = !node && count && is_operand(fl_clang.getCursorKind(fl_cc_child(cc, &list, 0)));
    if (has_first && is_callable(fl_clang.getCursorType(fl_cc_child(cc, &list, 0)))) {     /* with arguments that do not fit */
        const fl_node *last = NULL;
        node = fl_cc_node(cc, FL_NODE_call, at);
        fl_cc_put(cc, node, &last, fl_cc_expression(cc, fl_cc_child(cc, &list, 0)));
        arguments(cc, &list, 1, node, &last);
    } else if (has_first && !at.is_macro) node = from_text(cc, at, &list);
    fl_cc_close(cc, &list);
    if (node) return node;
    if (count == 0 || fl_cc_text_is(cc, at.start, "offsetof") || fl_cc_text_is(cc, at.start, "__builtin_offsetof") || fl_cc_text_is(cc, at.start, "__builtin_types_compatible_p"))
        node = fl_cc_evaluated(cc, c, at);
    if (node) return node;
    if (count == 0) {
        CXString spelled = fl_clang.getCursorSpelling(c);
        fl_sym sym = fl_cc_take(cc, spelled);
        if (sym) return fl_cc_leaf(cc, FL_NODE_name, name_span(cc, at), sym);
    }
    if (fl_cc_text_is(cc, at.start, "va_arg") || fl_cc_text_is(cc, at.start, "__builtin_va_arg")) return fl_cc_opaque_children(cc, c, at, "va_arg");
    return fl_cc_opaque_children(cc, c, at, "unknown expression");
}

/* ---- all together ---- */

/* true and false are macros in C; so may be any number or string, and then it is its value. */
static fl_node *integer(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    if (at.is_macro && (fl_cc_text_is(cc, at.start, "true") || fl_cc_text_is(cc, at.start, "false"))) {
        fl_node *node = fl_cc_node(cc, FL_NODE_boolean, at);
        if (cc->text[at.start] == 't') node->flags = FL_FLAG_TRUE;
        return node;
    }
    return fl_cc_integer(cc, c, at);
}

static fl_node *boolean(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_node *node = fl_cc_node(cc, FL_NODE_boolean, at);
    bool is_true = !at.is_macro && fl_cc_text_is(cc, at.start, "true");
    if (at.is_macro) {
        CXEvalResult result = fl_clang.Cursor_Evaluate(c);
        is_true = result && fl_clang.EvalResult_getAsInt(result) != 0;
        if (result) fl_clang.EvalResult_dispose(result);
    }
    if (is_true) node->flags = FL_FLAG_TRUE;
    return node;
}

static fl_node *index_of(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = NULL;
    if (list.count == 2) {
        node = fl_cc_node(cc, FL_NODE_index, at);
        FL_CC_PLACES(cc, node, NULL, fl_cc_expression(cc, fl_cc_child(cc, &list, 0)), fl_cc_expression(cc, fl_cc_child(cc, &list, 1)));
    }
    fl_cc_close(cc, &list);
    return node ? node : fl_cc_opaque_children(cc, c, at, "unknown expression");
}

static fl_node *compound_literal(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    CXCursor value = list.count ? fl_cc_child(cc, &list, list.count - 1) : fl_clang.getNullCursor();
    fl_node *node = is_operand(fl_clang.getCursorKind(value)) ? fl_cc_initializer(cc, value, fl_clang.getCursorType(c)) : NULL;
    fl_cc_close(cc, &list);
    if (node && node->start_byte > at.start) node->start_byte = at.start;
    return node ? node : fl_cc_opaque_children(cc, c, at, "unknown expression");
}

static fl_node *single(fl_cc *cc, CXCursor c, enum CXCursorKind kind, fl_cc_at at)
{
    switch (kind) {
    case CXCursor_DeclRefExpr: return name(cc, c, at);
    case CXCursor_MemberRefExpr: return member(cc, c, at);
    case CXCursor_CallExpr: return call(cc, c, at);
    case CXCursor_IntegerLiteral: return integer(cc, c, at);
    case CXCursor_FloatingLiteral: return fl_cc_float(cc, c, at);
    case CXCursor_CharacterLiteral: return fl_cc_char(cc, c, at);
    case CXCursor_StringLiteral: return fl_cc_string(cc, c, at);
    case CXCursor_UnaryOperator: return unary(cc, c, at);
    case CXCursor_BinaryOperator: return binary(cc, c, at, false);
    case CXCursor_CompoundAssignOperator: return binary(cc, c, at, true);
    case CXCursor_ConditionalOperator: return conditional(cc, c, at);
    case CXCursor_ArraySubscriptExpr: return index_of(cc, c, at);
    case CXCursor_CStyleCastExpr: case CXCursor_CXXStaticCastExpr: case CXCursor_CXXDynamicCastExpr: case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXConstCastExpr: case CXCursor_CXXFunctionalCastExpr: return cast(cc, c, at);
    case CXCursor_UnaryExpr: case CXCursor_SizeOfPackExpr: return size_of(cc, c, at);
    case CXCursor_StmtExpr: return statement_expression(cc, c, at);
    case CXCursor_InitListExpr: return fl_cc_initializer(cc, c, fl_clang.getCursorType(c));
    case CXCursor_CompoundLiteralExpr: return compound_literal(cc, c, at);
    case CXCursor_GNUNullExpr: case CXCursor_CXXNullPtrLiteralExpr: return fl_cc_node(cc, FL_NODE_null, at);
    case CXCursor_CXXBoolLiteralExpr: return boolean(cc, c, at);
    case CXCursor_CXXThisExpr: return fl_cc_node(cc, FL_NODE_this_, at);
    case CXCursor_CXXNewExpr: return new_object(cc, c, at);
    case CXCursor_CXXDeleteExpr: return wrapped(cc, c, at, FL_NODE_unary, FL_OP_remove);
    case CXCursor_LambdaExpr: return fl_cc_lambda(cc, c, at);
    case CXCursor_PackExpansionExpr: return wrapped(cc, c, at, FL_NODE_spread, FL_OP_none);
    case CXCursor_CXXThrowExpr: return fl_cc_opaque_children(cc, c, at, "throw inside an expression");
    case CXCursor_CXXTypeidExpr: return fl_cc_opaque(cc, at, "typeid");
    case CXCursor_AddrLabelExpr: return fl_cc_opaque(cc, at, "address of a label");
    case CXCursor_GenericSelectionExpr: return fl_cc_opaque_children(cc, c, at, "_Generic");
    case CXCursor_OverloadedDeclRef: return named(cc, name_span(cc, at), fl_cc_name(cc, c));
    case CXCursor_UnexposedExpr: case CXCursor_ParenExpr: return unexposed(cc, c, at);
    default: return fl_cc_opaque_children(cc, c, at, "unknown expression");
    }
}

/* A pointer that is written as 0. */
static bool is_zero(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    uint64_t value;
    if (at.is_macro) {
        CXEvalResult result = fl_clang.Cursor_Evaluate(c);
        bool is_none = result && fl_clang.EvalResult_getKind(result) == CXEval_Int && fl_clang.EvalResult_getAsLongLong(result) == 0;
        if (result) fl_clang.EvalResult_dispose(result);
        return is_none;
    }
    return fl_cc_cook_integer((fl_str){ cc->text + at.start, at.end - at.start }, &value) && value == 0;
}

fl_node *fl_cc_expression(fl_cc *cc, CXCursor c)
{
    CXCursor whole = c;
    c = fl_cc_bare(cc, c);
    fl_cc_at at = fl_cc_at_of(cc, c);
    if (fl_clang.getCursorKind(c) == CXCursor_IntegerLiteral && fl_cc_is_pointer(fl_clang.getCursorType(whole)) && is_zero(cc, c, at)) return fl_cc_node(cc, FL_NODE_null, at);
    if (!fl_cc_descend(cc)) return fl_cc_opaque(cc, at, "too deep");
    fl_node *node = single(cc, c, fl_clang.getCursorKind(c), at);
    cc->depth--;
    return node;
}
