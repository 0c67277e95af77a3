/*
 * Declarations: functions, variables, typedefs, namespaces. Classes are in clang_class.c.
 *
 * Names of a program are one space for all its files: what has external linkage, and all that a header declares, is exported;
 * `static` is not. Namespaces of the project have no node, their declarations stand where they are: one header opens a
 * namespace and many files reopen it, so a node per opening would keep apart what belongs together.
 * A definition outside of its class is a function with a dotted name: `void Room::open() {…}` is "Room.open".
 */
#include "extractor/languages/clang_p.h"
#include <stdio.h>

bool fl_cc_is_declaration(enum CXCursorKind kind)
{
    return fl_clang.isDeclaration(kind) && kind != CXCursor_CXXAccessSpecifier;
}

/* ---- functions ---- */

static bool is_behind_equals(const fl_cc *cc, uint32_t byte)
{
    while (byte > 0 && (unsigned char)cc->text[byte - 1] <= ' ') byte--;
    return byte > 0 && cc->text[byte - 1] == '=';
}

/* What stands for a parameter that is left out where an earlier declaration, in a header, says it: constants alone, for nothing else of
 * another file has a place in this one. */
static fl_node *declared_default(fl_cc *cc, CXCursor function, unsigned index, fl_cc_at at)
{
    CXCursor first = fl_clang.getCanonicalCursor(function), param = fl_clang.Cursor_getArgument(first, index);
    if (fl_clang.equalCursors(first, function) || fl_clang.Cursor_isNull(param)) return NULL;
    fl_node *node = NULL;
    fl_cc_list list = fl_cc_open(cc, param);
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        if (!fl_clang.isExpression(fl_clang.getCursorKind(child))) continue;
        CXCursor bare = fl_cc_bare(cc, child);
        for (unsigned depth = 0; depth < 6 && fl_clang.getCursorKind(bare) == CXCursor_CallExpr; depth++) {   /* a text that becomes a string object */
            fl_cc_list inner = fl_cc_open(cc, bare);
            CXCursor first_part = fl_clang.getNullCursor();
            for (size_t k = 0; k < inner.count && fl_clang.Cursor_isNull(first_part); k++)
                if (fl_clang.isExpression(fl_clang.getCursorKind(fl_cc_child(cc, &inner, k)))) first_part = fl_cc_bare(cc, fl_cc_child(cc, &inner, k));
            fl_cc_close(cc, &inner);
            if (fl_clang.Cursor_isNull(first_part)) break;
            bare = first_part;
        }
        switch ((int)fl_clang.getCursorKind(bare)) {
        case CXCursor_CXXNullPtrLiteralExpr: node = fl_cc_node(cc, FL_NODE_null, at); break;
        case CXCursor_StringLiteral: node = fl_cc_string(cc, bare, at); break;
        default: node = fl_cc_evaluated(cc, child, at); break;
        }
        if (node && node->kind == FL_NODE_number && fl_clang.getCanonicalType(fl_clang.getCursorType(param)).kind == CXType_Bool) {
            bool is_true = node->sym != fl_cc_sym(cc, FL_S("0"));
            node = fl_cc_node(cc, FL_NODE_boolean, at);
            if (is_true) node->flags |= FL_FLAG_TRUE;
        }
    }
    fl_cc_close(cc, &list);
    return node;
}

static fl_node *parameter(fl_cc *cc, CXCursor c, CXCursor function, unsigned index)
{
    fl_cc_at at = fl_cc_at_of(cc, c);
    fl_node *node = fl_cc_node(cc, FL_NODE_param, at), *fallback = NULL;
    bool is_macro;
    uint32_t byte = fl_cc_byte(cc, fl_clang.getCursorLocation(c), &is_macro);
    CXString spelled = fl_clang.getCursorSpelling(c);
    fl_str text = fl_str_from(fl_clang.getCString(spelled));
    node->sym = fl_cc_sym(cc, text);
    fl_cc_at where = { at.end, at.end, true };
    if (byte != UINT32_MAX && !is_macro && text.len) where = (fl_cc_at){ byte, byte + (uint32_t)text.len, false };
    fl_clang.disposeString(spelled);
    if (cc->is_cpp) {
        fl_cc_list list = fl_cc_open(cc, c);
        for (size_t i = 0; i < list.count; i++)
            if (fl_clang.isExpression(fl_clang.getCursorKind(fl_cc_child(cc, &list, i))) && is_behind_equals(cc, fl_cc_at_of(cc, fl_cc_child(cc, &list, i)).start))
                fallback = fl_cc_expression(cc, fl_cc_child(cc, &list, i));
        fl_cc_close(cc, &list);
        if (!fallback) fallback = declared_default(cc, function, index, (fl_cc_at){ where.end, where.end, true });
    }
    FL_CC_PLACES(cc, node, NULL, fl_cc_leaf(cc, FL_NODE_name, where, node->sym), fallback, fl_cc_type_before(cc, fl_clang.getCursorType(c), at.start, where.start));
    return node;
}

static fl_node *this_member(fl_cc *cc, fl_cc_at at, fl_sym sym)
{
    fl_node *node = fl_cc_leaf(cc, FL_NODE_member, at, sym);
    node->flags = FL_FLAG_ARROW;
    FL_CC_PLACES(cc, node, NULL, fl_cc_node(cc, FL_NODE_this_, (fl_cc_at){ at.start, at.start, true }));
    return node;
}

/* `Room(int n) : size(n), Base(n) {}`: assignments, and a call of the base's constructor, in front of the body. */
static fl_node *initialized_field(fl_cc *cc, CXCursor field, CXCursor value)
{
    fl_cc_at at = fl_cc_at_of(cc, field);
    fl_cc_at whole = { at.start, fl_cc_at_of(cc, value).end, true };
    if (whole.end < at.end) whole.end = at.end;
    fl_node *statement = fl_cc_node(cc, FL_NODE_expression, whole), *assign;
    if (fl_clang.getCursorKind(field) == CXCursor_MemberRef) {
        assign = fl_cc_node(cc, FL_NODE_assign, whole);
        assign->op = FL_OP_assign;
        FL_CC_PLACES(cc, assign, NULL, this_member(cc, at, fl_cc_name(cc, field)), fl_cc_initializer(cc, value, (CXType){ 0 }));
    } else {
        const fl_node *last = NULL;
        assign = fl_cc_node(cc, FL_NODE_call, whole);
        fl_cc_put(cc, assign, &last, fl_cc_node(cc, FL_NODE_super_, at));
        fl_cc_list list = fl_cc_open(cc, value);
        for (size_t i = 0; i < list.count; i++)
            if (fl_clang.isExpression(fl_clang.getCursorKind(fl_cc_child(cc, &list, i))) && !fl_cc_is_default(cc, fl_cc_child(cc, &list, i), whole))
                fl_cc_put(cc, assign, &last, fl_cc_expression(cc, fl_cc_child(cc, &list, i)));
        fl_cc_close(cc, &list);
    }
    FL_CC_PLACES(cc, statement, NULL, assign);
    return statement;
}

/* Parameters, what initialises fields, body. */
static void parts(fl_cc *cc, CXCursor c, fl_node *params, fl_node **body)
{
    fl_cc_list list = fl_cc_open(cc, c);
    const fl_node *last = NULL, *last_first = NULL;
    fl_node first = { .kind = FL_NODE_block };
    CXCursor field = fl_clang.getNullCursor();
    unsigned param_count = 0;
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        enum CXCursorKind kind = fl_clang.getCursorKind(child);
        if (kind == CXCursor_ParmDecl) {
            fl_node *param = parameter(cc, child, c, param_count++);
            if (!params->first) params->start_byte = param->start_byte;
            params->end_byte = param->end_byte;
            fl_cc_put(cc, params, &last, param);
        } else if (kind == CXCursor_CompoundStmt) *body = fl_cc_block(cc, child);
        else if (kind == CXCursor_CXXTryStmt) {
            fl_node *statement = NULL;
            fl_node holder = { .kind = FL_NODE_block };
            const fl_node *last_try = NULL;
            fl_cc_statement(cc, child, &holder, &last_try);
            statement = (fl_node *)(uintptr_t)holder.first;
            *body = fl_cc_node(cc, FL_NODE_block, fl_cc_at_of(cc, child));
            if (statement) {
                const fl_node *last_body = NULL;
                statement->parent = NULL;
                fl_tree_append(*body, &last_body, statement);
            }
        } else if (kind == CXCursor_MemberRef || kind == CXCursor_TypeRef) field = child;
        else if (fl_clang.isExpression(kind) && !fl_clang.Cursor_isNull(field) && fl_clang.getCursorKind(c) == CXCursor_Constructor) {
            fl_cc_put(cc, &first, &last_first, initialized_field(cc, field, child));
            field = fl_clang.getNullCursor();
        }
    }
    fl_cc_close(cc, &list);
    if (!*body || !first.first) return;
    fl_node *rest = (fl_node *)(uintptr_t)(*body)->first;
    const fl_node *last_body = NULL;
    (*body)->first = NULL;
    if (first.first->start_byte < (*body)->start_byte) (*body)->start_byte = first.first->start_byte;
    for (int pass = 0; pass < 2; pass++)
        for (fl_node *s = pass ? rest : (fl_node *)(uintptr_t)first.first, *next; s; s = next) {
            next = (fl_node *)(uintptr_t)s->next;
            s->parent = s->next = NULL;
            fl_tree_append(*body, &last_body, s);
        }
}

static fl_sym function_name(fl_cc *cc, CXCursor c, enum CXCursorKind kind)
{
    fl_sym name = kind == CXCursor_Constructor ? FL_SYM_constructor : fl_cc_take(cc, fl_clang.getCursorSpelling(c));
    if (!cc->is_cpp) return name;
    fl_str text = fl_sym_str(name);                             /* "get<int>" */
    ptrdiff_t angle = fl_str_find_char(text, '<');
    if (angle > 0 && !fl_str_starts(text, FL_S("operator"))) name = fl_cc_sym(cc, fl_str_sub(text, 0, (size_t)angle));
    CXCursor owner = fl_clang.getCursorSemanticParent(c);
    enum CXCursorKind owner_kind = fl_clang.getCursorKind(owner);
    bool is_member = owner_kind == CXCursor_ClassDecl || owner_kind == CXCursor_StructDecl || owner_kind == CXCursor_ClassTemplate;
    if (!is_member || fl_clang.equalCursors(owner, fl_clang.getCursorLexicalParent(c))) return name;
    char dotted[1024];
    CXString class_name = fl_clang.getCursorSpelling(owner);
    int n = snprintf(dotted, sizeof dotted, "%s.%s", fl_clang.getCString(class_name), fl_sym_c(name));
    fl_clang.disposeString(class_name);
    return n > 0 && (size_t)n < sizeof dotted ? fl_cc_sym(cc, (fl_str){ dotted, (size_t)n }) : name;
}

fl_node *fl_cc_function(fl_cc *cc, CXCursor c)
{
    fl_cc_at at = fl_cc_at_of(cc, c);
    enum CXCursorKind kind = fl_clang.getCursorKind(c);
    fl_node *node = fl_cc_leaf(cc, FL_NODE_function, at, function_name(cc, c, kind)), *body = NULL;
    bool is_macro;
    uint32_t byte = fl_cc_byte(cc, fl_clang.getCursorLocation(c), &is_macro);
    if (byte == UINT32_MAX) byte = at.start;
    fl_node *params = fl_cc_node(cc, FL_NODE_params, (fl_cc_at){ byte, byte, true });
    if (kind == CXCursor_CXXMethod || kind == CXCursor_Constructor || kind == CXCursor_Destructor || kind == CXCursor_ConversionFunction) {
        node->flags = FL_FLAG_METHOD;
        if (kind == CXCursor_CXXMethod && fl_clang.CXXMethod_isStatic(c)) node->flags |= FL_FLAG_STATIC;
    }
    parts(cc, c, params, &body);
    fl_node *type = kind == CXCursor_Constructor || kind == CXCursor_Destructor ? NULL : fl_cc_type_before(cc, fl_clang.getCursorResultType(c), at.start, byte);
    FL_CC_PLACES(cc, node, NULL, params, type, body);
    return node;
}

fl_node *fl_cc_lambda(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_node *node = fl_cc_node(cc, FL_NODE_function, at), *body = NULL;
    fl_node *params = fl_cc_node(cc, FL_NODE_params, (fl_cc_at){ at.start, at.start, true });
    node->flags = FL_FLAG_ARROW;
    parts(cc, c, params, &body);
    FL_CC_PLACES(cc, node, NULL, params, NULL, body);
    return node;
}

/* ---- variables ---- */

static bool is_constant(CXType type)
{
    if (fl_clang.isConstQualifiedType(type)) return true;
    CXType element = fl_clang.getArrayElementType(fl_clang.getCanonicalType(type));
    return element.kind != CXType_Invalid && fl_clang.isConstQualifiedType(element);
}

/* Is the constructor called with brackets of its own: `Room r(4)`, `Room r{4}`? */
static bool is_direct(const fl_cc *cc, uint32_t byte, fl_sym name)
{
    uint32_t i = byte + (uint32_t)fl_sym_str(name).len;
    while (i < cc->text_len && (unsigned char)cc->text[i] <= ' ') i++;
    return i < cc->text_len && (cc->text[i] == '(' || cc->text[i] == '{');
}

fl_node *fl_cc_variable(fl_cc *cc, CXCursor c)
{
    fl_cc_at at = fl_cc_at_of(cc, c);
    bool is_macro;
    uint32_t byte = fl_cc_byte(cc, fl_clang.getCursorLocation(c), &is_macro);
    if (byte == UINT32_MAX) byte = at.start;
    CXType type = fl_clang.getCursorType(c);
    CXCursor init = fl_clang.Cursor_getVarDeclInitializer(c);
    fl_node *node = fl_cc_node(cc, FL_NODE_let, at), *value;
    fl_sym sym = fl_cc_take(cc, fl_clang.getCursorSpelling(c));
    uint32_t end = is_macro ? byte : byte + (uint32_t)fl_sym_str(sym).len;
    if (is_constant(type)) node->flags = FL_FLAG_CONST;
    fl_node *target = fl_cc_leaf(cc, FL_NODE_name, (fl_cc_at){ byte, end, is_macro }, sym);
    bool is_kept = fl_clang.Cursor_getStorageClass(c) == CX_SC_Static && !fl_clang.isTranslationUnit(fl_clang.getCursorKind(fl_clang.getCursorSemanticParent(c)));
    if (fl_clang.Cursor_isNull(init)) value = fl_cc_no_initializer(cc, type, fl_clang.Cursor_hasVarDeclGlobalStorage(c) == 1 && !is_kept, at.end);
    else {
        CXCursor bare = cc->is_cpp ? fl_cc_bare(cc, init) : init;
        bool is_made = cc->is_cpp && fl_clang.getCursorKind(bare) == CXCursor_CallExpr && fl_clang.getCursorKind(fl_clang.getCursorReferenced(bare)) == CXCursor_Constructor;
        value = is_made ? fl_cc_construct(cc, bare, fl_cc_at_of(cc, bare), type, is_direct(cc, byte, sym)) : fl_cc_initializer(cc, init, type);
        /* a local that lives on holds its first value only once; tables are never written in practice */
        if (is_kept && !(node->flags & FL_FLAG_CONST) && value->kind != FL_NODE_list && value->kind != FL_NODE_dict && fl_clang.getCursorKind(fl_clang.getCursorSemanticParent(c)) != CXCursor_Namespace) {
            fl_node *kept = fl_cc_opaque(cc, (fl_cc_at){ value->start_byte, value->end_byte, true }, "kept between calls");
            const fl_node *last = NULL;
            fl_cc_put(cc, kept, &last, value);
            value = kept;
        }
    }
    FL_CC_PLACES(cc, node, NULL, target, value, fl_cc_type_before(cc, type, at.start, byte));
    return node;
}

/* auto [a, b] = f(): the names are declarations below one that has no name. */
static fl_node *structured_binding(fl_cc *cc, CXCursor c)
{
    fl_cc_at at = fl_cc_at_of(cc, c);
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = fl_cc_node(cc, FL_NODE_let, at), *pattern = NULL, *value = NULL;
    const fl_node *last = NULL;
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        enum CXCursorKind kind = fl_clang.getCursorKind(child);
        if (fl_clang.isDeclaration(kind)) {
            bool is_macro;
            uint32_t byte = fl_cc_byte(cc, fl_clang.getCursorLocation(child), &is_macro);
            fl_sym sym = fl_cc_take(cc, fl_clang.getCursorSpelling(child));
            if (byte == UINT32_MAX || !sym) continue;
            if (!pattern) {
                pattern = fl_cc_node(cc, FL_NODE_list, (fl_cc_at){ byte, byte, true });
                pattern->flags = FL_FLAG_PATTERN;
            }
            pattern->end_byte = byte + (uint32_t)fl_sym_str(sym).len;
            fl_cc_put(cc, pattern, &last, fl_cc_leaf(cc, FL_NODE_name, (fl_cc_at){ byte, pattern->end_byte, false }, sym));
        } else if (fl_clang.isExpression(kind) && !value) value = fl_cc_expression(cc, child);
    }
    fl_cc_close(cc, &list);
    if (!pattern) return NULL;
    FL_CC_PLACES(cc, node, NULL, pattern, value);
    return node;
}

/* ---- types with a name of their own ---- */

static fl_node *alias(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    CXType type = fl_clang.getTypedefDeclUnderlyingType(c);
    if (type.kind == CXType_Invalid) return NULL;
    fl_sym name = fl_cc_take(cc, fl_clang.getCursorSpelling(c));
    CXCursor declared = fl_cc_declaration_of(type);
    enum CXCursorKind kind = fl_clang.getCursorKind(declared);
    if (fl_cc_is_unnamed(cc, declared) && fl_cc_is_project(cc, declared)) {
        if (kind == CXCursor_EnumDecl) return fl_cc_enum(cc, declared, name, at);
        if (kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl || kind == CXCursor_ClassDecl) return fl_cc_record(cc, declared, name, at);
    }
    if (kind != CXCursor_NoDeclFound && fl_cc_type_sym(cc, type) == name) return NULL;   /* typedef struct item item */
    bool is_macro;
    uint32_t byte = fl_cc_byte(cc, fl_clang.getCursorLocation(c), &is_macro);
    fl_node *node = fl_cc_leaf(cc, FL_NODE_type_alias, at, name);
    bool is_first = byte != UINT32_MAX && fl_clang.getCursorKind(c) == CXCursor_TypedefDecl;
    fl_node *of = is_first ? fl_cc_type_before(cc, type, at.start, byte) : fl_cc_type(cc, type, at.end, at.end);
    FL_CC_PLACES(cc, node, NULL, NULL, of ? of : fl_cc_opaque(cc, (fl_cc_at){ at.end, at.end, true }, "unknown type"));
    return node;
}

/* ---- all together ---- */

static void put(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last, fl_node *node, bool is_top)
{
    if (!node) return;
    bool is_type = node->kind == FL_NODE_interface || node->kind == FL_NODE_type_alias || node->kind == FL_NODE_enum_ || node->kind == FL_NODE_class_;
    bool is_exported = cc->member->is_header || (!is_type && fl_clang.getCursorLinkage(c) == CXLinkage_External) || node->kind == FL_NODE_class_;
    if (is_top && is_exported) {
        fl_node *export = fl_cc_node(cc, FL_NODE_export, (fl_cc_at){ node->start_byte, node->end_byte, false });
        FL_CC_PLACES(cc, export, NULL, node, NULL);
        node = export;
    }
    fl_cc_put(cc, parent, last, node);
}

/* extern "C" { #include <math.h> … }: what is inside need not stand in the same file. */
static void children(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last, bool is_top)
{
    if (!fl_cc_descend(cc)) {
        fl_cc_put(cc, parent, last, fl_cc_opaque(cc, fl_cc_at_of(cc, c), "too deep"));
        return;
    }
    fl_cc_list list = fl_cc_open(cc, c);
    for (size_t i = 0; i < list.count; i++) {
        if (is_top) fl_cc_top_level(cc, fl_cc_child(cc, &list, i));
        else fl_cc_declaration(cc, fl_cc_child(cc, &list, i), parent, last, false);
    }
    fl_cc_close(cc, &list);
    cc->depth--;
}

/* Types that are declared inside another one have names of their own; they come behind it. */
static void nested(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last, bool is_top)
{
    if (!fl_cc_descend(cc)) return;
    fl_cc_list list = fl_cc_open(cc, c);
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        enum CXCursorKind kind = fl_clang.getCursorKind(child);
        bool is_type = kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl || kind == CXCursor_ClassDecl || kind == CXCursor_EnumDecl || kind == CXCursor_ClassTemplate;
        if (is_type && fl_clang.isCursorDefinition(child)) fl_cc_declaration(cc, child, parent, last, is_top);
    }
    fl_cc_close(cc, &list);
    cc->depth--;
}

static void record(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last, bool is_top)
{
    if (!fl_clang.isCursorDefinition(c)) return;
    if (!fl_cc_is_unnamed(cc, c)) put(cc, c, parent, last, fl_cc_record(cc, c, fl_cc_take(cc, fl_clang.getCursorSpelling(c)), fl_cc_at_of(cc, c)), is_top);
    nested(cc, c, parent, last, is_top);
}

void fl_cc_declaration(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last, bool is_top)
{
    enum CXCursorKind kind = fl_clang.getCursorKind(c);
    switch (kind) {
    case CXCursor_FunctionDecl: case CXCursor_CXXMethod: case CXCursor_Constructor: case CXCursor_Destructor: case CXCursor_ConversionFunction:
    case CXCursor_FunctionTemplate:
        if (!fl_cc_descend(cc)) break;
        put(cc, c, parent, last, fl_cc_function(cc, c), is_top);
        cc->depth--;
        break;
    case CXCursor_VarDecl: {
        bool is_elsewhere = fl_clang.Cursor_getStorageClass(c) == CX_SC_Extern && fl_clang.Cursor_isNull(fl_clang.Cursor_getVarDeclInitializer(c));
        if (!is_elsewhere) put(cc, c, parent, last, fl_cc_variable(cc, c), is_top);
        break;
    }
    case CXCursor_StructDecl: case CXCursor_UnionDecl: case CXCursor_ClassDecl: case CXCursor_ClassTemplate: case CXCursor_ClassTemplatePartialSpecialization:
        record(cc, c, parent, last, is_top);
        break;
    case CXCursor_EnumDecl:
        if (fl_clang.isCursorDefinition(c) && !(fl_cc_is_unnamed(cc, c) && fl_cc_is_typedef_of(cc, c)))
            put(cc, c, parent, last, fl_cc_enum(cc, c, fl_cc_is_unnamed(cc, c) ? FL_SYM_NONE : fl_cc_take(cc, fl_clang.getCursorSpelling(c)), fl_cc_at_of(cc, c)), is_top);
        break;
    case CXCursor_TypedefDecl: case CXCursor_TypeAliasDecl: put(cc, c, parent, last, alias(cc, c, fl_cc_at_of(cc, c)), is_top); break;
    case CXCursor_TypeAliasTemplateDecl: case CXCursor_Namespace: case CXCursor_LinkageSpec: children(cc, c, parent, last, is_top); break;
    case CXCursor_UnexposedDecl: {
        if (fl_cc_text_is(cc, fl_cc_at_of(cc, c).start, "extern")) {   /* extern "C" { … } before libclang had a kind for it */
            children(cc, c, parent, last, is_top);
            break;
        }
        fl_node *node = cc->is_cpp ? structured_binding(cc, c) : NULL;
        if (node) fl_cc_put(cc, parent, last, node);
        break;
    }
    default: break;                                             /* using, friends, assertions, empty declarations */
    }
}
