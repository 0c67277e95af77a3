/*
 * Statements. What a statement lacks in the text is not visited by libclang either, so parts are told apart by their number,
 * and those of `for` by where its semicolons stand.
 */
#include "extractor/languages/clang_p.h"

fl_node *fl_cc_empty_block(fl_cc *cc, uint32_t byte) { return fl_cc_node(cc, FL_NODE_block, (fl_cc_at){ .start = byte, .end = byte }); }

/* ---- parts ---- */

/* Exactly one statement, whatever stands there. */
static fl_node *one(fl_cc *cc, CXCursor c)
{
    fl_cc_at at = fl_cc_at_of(cc, c);
    fl_node holder = { .kind = FL_NODE_block };
    const fl_node *last = NULL;
    if (fl_clang.getCursorKind(c) == CXCursor_CompoundStmt) return fl_cc_block(cc, c);
    fl_cc_statement(cc, c, &holder, &last);
    if (!holder.first) return fl_cc_empty_block(cc, at.start);
    fl_node *first = (fl_node *)(uintptr_t)holder.first;
    if (!first->next) {
        first->parent = NULL;
        return first;
    }
    fl_node *block = fl_cc_node(cc, FL_NODE_block, at);
    const fl_node *last_inner = NULL;
    for (const fl_node *s = first, *next; s; s = next) {
        fl_node *statement = (fl_node *)(uintptr_t)s;
        next = s->next;
        statement->parent = statement->next = NULL;
        fl_tree_append(block, &last_inner, statement);
    }
    return block;
}

static void statements(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last)
{
    fl_cc_list list = fl_cc_open(cc, c);
    for (size_t i = 0; i < list.count; i++) fl_cc_statement(cc, fl_cc_child(cc, &list, i), parent, last);
    fl_cc_close(cc, &list);
}

fl_node *fl_cc_block(fl_cc *cc, CXCursor c)
{
    fl_node *block = fl_cc_node(cc, FL_NODE_block, fl_cc_at_of(cc, c));
    const fl_node *last = NULL;
    if (!fl_cc_descend(cc)) {
        fl_cc_put(cc, block, &last, fl_cc_opaque(cc, fl_cc_at_of(cc, c), "too deep"));
        return block;
    }
    statements(cc, c, block, &last);
    cc->depth--;
    return block;
}

static bool is_declaration(CXCursor c)
{
    enum CXCursorKind kind = fl_clang.getCursorKind(c);
    return kind == CXCursor_DeclStmt || fl_cc_is_declaration(kind);
}

/* `if (T x = f())`, `if (init; condition)`: what is declared in front stands in a block around the statement. */
static fl_node *with_leading(fl_cc *cc, fl_cc_at at, fl_node *statement, fl_node *leading)
{
    if (!leading->first) return statement;
    fl_node *block = fl_cc_node(cc, FL_NODE_block, at);
    const fl_node *last = NULL;
    for (const fl_node *s = leading->first, *next; s; s = next) {
        fl_node *declared = (fl_node *)(uintptr_t)s;
        next = s->next;
        declared->parent = declared->next = NULL;
        fl_tree_append(block, &last, declared);
    }
    fl_tree_append(block, &last, statement);
    return block;
}

/* Takes declarations off the front of a list; returns how many. */
static size_t take_leading(fl_cc *cc, const fl_cc_list *list, size_t wanted, fl_node *leading)
{
    const fl_node *last = NULL;
    size_t i = 0;
    while (i < list->count && is_declaration(fl_cc_child(cc, list, i))) fl_cc_statement(cc, fl_cc_child(cc, list, i++), leading, &last);
    (void)wanted;
    return i;
}

static fl_node *condition_or_last(fl_cc *cc, const fl_cc_list *list, size_t i, const fl_node *leading, uint32_t byte)
{
    if (i < list->count && fl_clang.isExpression(fl_clang.getCursorKind(fl_cc_child(cc, list, i)))) return fl_cc_expression(cc, fl_cc_child(cc, list, i));
    const fl_node *declared = leading->first;
    while (declared && declared->next) declared = declared->next;
    bool is_name = declared && declared->kind == FL_NODE_let && declared->first->kind == FL_NODE_name;
    return is_name ? fl_cc_leaf(cc, FL_NODE_name, (fl_cc_at){ byte, byte, true }, declared->first->sym) : fl_cc_missing(cc, byte);
}

/* ---- branches ---- */

static fl_node *if_statement(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node leading = { .kind = FL_NODE_block };
    size_t i = take_leading(cc, &list, 2, &leading);
    fl_node *node = fl_cc_node(cc, FL_NODE_if_, at), *other = NULL;
    bool has_condition = i < list.count && fl_clang.isExpression(fl_clang.getCursorKind(fl_cc_child(cc, &list, i))) && (list.count - i > 1 || !leading.first);
    fl_node *condition = condition_or_last(cc, &list, has_condition ? i : list.count, &leading, leading.first ? leading.first->end_byte : at.start);
    i += has_condition;
    fl_node *then = i < list.count ? one(cc, fl_cc_child(cc, &list, i)) : fl_cc_empty_block(cc, at.end);
    if (i + 1 < list.count) other = one(cc, fl_cc_child(cc, &list, i + 1));
    FL_CC_PLACES(cc, node, NULL, condition, then, other);
    fl_cc_close(cc, &list);
    return with_leading(cc, at, node, &leading);
}

/* `case 1: case 2: statement` is nested in the syntax: each gets its own arm, the last one the statement. */
static fl_node *arms(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last, const fl_node **last_inner)
{
    fl_node *arm = NULL;
    for (;;) {
        enum CXCursorKind kind = fl_clang.getCursorKind(c);
        if (kind != CXCursor_CaseStmt && kind != CXCursor_DefaultStmt) break;
        fl_cc_at at = fl_cc_at_of(cc, c);
        fl_cc_list list = fl_cc_open(cc, c);
        fl_node *test = NULL;
        size_t values = list.count ? list.count - 1 : 0;
        arm = fl_cc_node(cc, FL_NODE_case_, at);
        *last_inner = NULL;
        if (kind == CXCursor_CaseStmt && values == 1) test = fl_cc_expression(cc, fl_cc_child(cc, &list, 0));
        else if (kind == CXCursor_CaseStmt) {
            fl_cc_at range = list.count ? fl_cc_at_of(cc, fl_cc_child(cc, &list, 0)) : at;
            if (values > 1) range.end = fl_cc_at_of(cc, fl_cc_child(cc, &list, 1)).end;
            test = fl_cc_opaque(cc, range, "range of values");
        }
        fl_cc_put(cc, arm, last_inner, test);
        fl_cc_put(cc, parent, last, arm);
        CXCursor inner = list.count ? fl_cc_child(cc, &list, list.count - 1) : fl_clang.getNullCursor();
        fl_cc_close(cc, &list);
        if (fl_clang.Cursor_isNull(inner)) break;
        enum CXCursorKind inner_kind = fl_clang.getCursorKind(inner);
        if (inner_kind == CXCursor_CaseStmt || inner_kind == CXCursor_DefaultStmt) {
            arm->end_byte = fl_cc_at_of(cc, inner).start;
            c = inner;
            continue;
        }
        fl_cc_statement(cc, inner, arm, last_inner);
        break;
    }
    return arm;
}

static fl_node *switch_statement(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node leading = { .kind = FL_NODE_block };
    size_t i = take_leading(cc, &list, 2, &leading);
    fl_node *node = fl_cc_node(cc, FL_NODE_switch_, at), *arm = NULL;
    const fl_node *last = NULL, *last_inner = NULL;
    bool has_condition = i < list.count && fl_clang.isExpression(fl_clang.getCursorKind(fl_cc_child(cc, &list, i)));
    fl_cc_put(cc, node, &last, condition_or_last(cc, &list, has_condition ? i : list.count, &leading, at.start));
    i += has_condition;
    CXCursor body = i < list.count ? fl_cc_child(cc, &list, i) : fl_clang.getNullCursor();
    enum CXCursorKind kind = fl_clang.getCursorKind(body);
    if (kind == CXCursor_CaseStmt || kind == CXCursor_DefaultStmt) {
        (void)arms(cc, body, node, &last, &last_inner);
    } else if (!fl_clang.Cursor_isNull(body)) {
        fl_cc_list inside = kind == CXCursor_CompoundStmt ? fl_cc_open(cc, body) : (fl_cc_list){ i + list.first, 1 };
        for (size_t k = 0; k < inside.count; k++) {
            CXCursor statement = fl_cc_child(cc, &inside, k);
            enum CXCursorKind inner = fl_clang.getCursorKind(statement);
            fl_cc_at here = fl_cc_at_of(cc, statement);
            if (inner == CXCursor_CaseStmt || inner == CXCursor_DefaultStmt) {
                arm = arms(cc, statement, node, &last, &last_inner);
                continue;
            }
            if (!arm) {                                         /* only declarations can be of use there */
                arm = fl_cc_node(cc, FL_NODE_case_, here);
                last_inner = NULL;
                fl_cc_put(cc, arm, &last_inner, fl_cc_opaque(cc, (fl_cc_at){ here.start, here.start, true }, "before the first case"));
                fl_cc_put(cc, node, &last, arm);
            }
            fl_cc_statement(cc, statement, arm, &last_inner);
            if (arm->end_byte < here.end) arm->end_byte = here.end;
        }
        if (kind == CXCursor_CompoundStmt) fl_cc_close(cc, &inside);
    }
    fl_cc_close(cc, &list);
    return with_leading(cc, at, node, &leading);
}

/* ---- loops ---- */

static fl_node *while_statement(fl_cc *cc, CXCursor c, fl_cc_at at, bool is_do)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node leading = { .kind = FL_NODE_block };
    fl_node *node = fl_cc_node(cc, FL_NODE_loop, at), *condition = NULL, *body = NULL, *init = NULL;
    if (is_do) {
        node->flags = FL_FLAG_POST_TEST;
        if (list.count) body = one(cc, fl_cc_child(cc, &list, 0));
        if (list.count > 1) condition = fl_cc_expression(cc, fl_cc_child(cc, &list, 1));
    } else {
        size_t i = take_leading(cc, &list, 1, &leading);        /* while (T x = next()): declared once is near enough */
        bool has_condition = i < list.count && fl_clang.isExpression(fl_clang.getCursorKind(fl_cc_child(cc, &list, i))) && (list.count - i > 1 || !leading.first);
        condition = condition_or_last(cc, &list, has_condition ? i : list.count, &leading, leading.first ? leading.first->end_byte : at.start);
        i += has_condition;
        if (i < list.count) body = one(cc, fl_cc_child(cc, &list, i));
    }
    FL_CC_PLACES(cc, node, NULL, init, condition, NULL, body ? body : fl_cc_empty_block(cc, at.end));
    fl_cc_close(cc, &list);
    return with_leading(cc, at, node, &leading);
}

/* A let, a sequence of lets, or an expression. */
static fl_node *loop_init(fl_cc *cc, CXCursor c)
{
    if (!is_declaration(c)) return fl_cc_expression(cc, c);
    fl_node holder = { .kind = FL_NODE_block };
    const fl_node *last = NULL;
    fl_cc_statement(cc, c, &holder, &last);
    if (!holder.first) return NULL;
    fl_node *first = (fl_node *)(uintptr_t)holder.first;
    bool is_plain = true;
    for (const fl_node *s = first; s; s = s->next) is_plain &= s->kind == FL_NODE_let;
    if (!first->next && is_plain) {
        first->parent = NULL;
        return first;
    }
    fl_node *sequence = fl_cc_node(cc, FL_NODE_sequence, fl_cc_at_of(cc, c));
    const fl_node *last_item = NULL;
    for (const fl_node *s = first, *next; s; s = next) {
        fl_node *item = (fl_node *)(uintptr_t)s;
        next = s->next;
        item->parent = item->next = NULL;
        if (item->kind == FL_NODE_let) fl_tree_append(sequence, &last_item, item);
    }
    return sequence;
}

static fl_node *for_statement(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = fl_cc_node(cc, FL_NODE_loop, at), *parts[3] = { NULL, NULL, NULL };
    uint32_t first = 0, second = 0;
    size_t count = list.count ? list.count - 1 : 0;
    bool is_known = !at.is_macro && fl_cc_for_parts(cc, at.start, at.end, &first, &second);
    for (size_t i = 0; i < count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        uint32_t start = fl_cc_at_of(cc, child).start;
        size_t place = count == 3 || !is_known ? i : start < first ? 0 : start < second ? 1 : 2;
        if (count == 2 && !is_known && !is_declaration(child)) place = i + 1;
        if (place < 3 && !parts[place]) parts[place] = place == 0 ? loop_init(cc, child) : is_declaration(child) ? NULL : fl_cc_expression(cc, child);
    }
    fl_node *body = list.count ? one(cc, fl_cc_child(cc, &list, list.count - 1)) : fl_cc_empty_block(cc, at.end);
    FL_CC_PLACES(cc, node, NULL, parts[0], parts[1], parts[2], body);
    fl_cc_close(cc, &list);
    return node;
}

/* for (T x : range) body: the variable, then the range, then the body, among whatever else the compiler makes of it. */
static fl_node *foreach_statement(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = fl_cc_node(cc, FL_NODE_foreach, at), *target = NULL, *range = NULL, *body = NULL;
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        bool is_last = i + 1 == list.count;
        if (is_last) body = one(cc, child);
        else if (is_declaration(child) && !target) {
            fl_node holder = { .kind = FL_NODE_block };
            const fl_node *last = NULL;
            fl_cc_statement(cc, child, &holder, &last);
            target = (fl_node *)(uintptr_t)holder.first;
            if (target) target->parent = target->next = NULL;
            if (target && target->kind == FL_NODE_let && target->first) {    /* what the compiler gives it is no value of the source */
                fl_node *type = (fl_node *)(uintptr_t)fl_node_child(target, 2), *pattern = (fl_node *)(uintptr_t)target->first;
                target->first = NULL;
                pattern->parent = pattern->next = NULL;
                if (type) type->parent = type->next = NULL;
                FL_CC_PLACES(cc, target, NULL, pattern, NULL, type);
            }
        } else if (fl_clang.isExpression(fl_clang.getCursorKind(child)) && !range) range = fl_cc_expression(cc, child);
    }
    if (!target) target = fl_cc_missing(cc, at.start);
    FL_CC_PLACES(cc, node, NULL, target, range ? range : fl_cc_missing(cc, at.start), body ? body : fl_cc_empty_block(cc, at.end));
    fl_cc_close(cc, &list);
    return node;
}

/* ---- jumps, try ---- */

static fl_node *with_value(fl_cc *cc, CXCursor c, fl_cc_at at, fl_node_kind kind)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = fl_cc_node(cc, kind, at), *value = NULL;
    if (list.count) value = fl_cc_initializer(cc, fl_cc_child(cc, &list, list.count - 1), (CXType){ 0 });
    FL_CC_PLACES(cc, node, NULL, value);
    fl_cc_close(cc, &list);
    return node;
}

static fl_node *goto_statement(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = NULL;
    if (list.count == 1 && fl_clang.getCursorKind(fl_cc_child(cc, &list, 0)) == CXCursor_LabelRef)
        node = fl_cc_leaf(cc, FL_NODE_goto_, at, fl_cc_take(cc, fl_clang.getCursorSpelling(fl_cc_child(cc, &list, 0))));
    fl_cc_close(cc, &list);
    return node ? node : fl_cc_opaque_children(cc, c, at, "computed goto");
}

static fl_node *label_statement(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = fl_cc_leaf(cc, FL_NODE_label, at, fl_cc_take(cc, fl_clang.getCursorSpelling(c)));
    fl_node *body = list.count ? one(cc, fl_cc_child(cc, &list, list.count - 1)) : fl_cc_empty_block(cc, at.end);
    FL_CC_PLACES(cc, node, NULL, body);
    fl_cc_close(cc, &list);
    return node;
}

/* A condition that the source does not have. */
static fl_node *which(fl_cc *cc, uint32_t byte)
{
    fl_node *node = fl_cc_opaque(cc, (fl_cc_at){ byte, byte, true }, "which catch");
    cc->member->builder.opaque_count--;
    return node;
}

/* Several catch clauses are one: the first that names what it catches, its body, and the bodies of the others behind it. */
static fl_node *try_statement(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_cc_list list = fl_cc_open(cc, c);
    fl_node *node = fl_cc_node(cc, FL_NODE_try_, at), *body = NULL, *pattern = NULL, *handler = NULL;
    fl_node *rest = NULL;
    const fl_node *last_rest = NULL, *last_handler = NULL;
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        if (fl_clang.getCursorKind(child) == CXCursor_CompoundStmt && !body) { body = fl_cc_block(cc, child); continue; }
        if (fl_clang.getCursorKind(child) != CXCursor_CXXCatchStmt) continue;
        fl_cc_list inside = fl_cc_open(cc, child);
        fl_node *block = NULL, *caught = NULL;
        for (size_t k = 0; k < inside.count; k++) {
            CXCursor part = fl_cc_child(cc, &inside, k);
            if (fl_clang.getCursorKind(part) == CXCursor_CompoundStmt) block = fl_cc_block(cc, part);
            else if (fl_clang.getCursorKind(part) == CXCursor_VarDecl) {
                fl_cc_at where = fl_cc_at_of(cc, part);
                fl_sym name = fl_cc_take(cc, fl_clang.getCursorSpelling(part));
                if (name) caught = fl_cc_leaf(cc, FL_NODE_name, where, name);
            }
        }
        fl_cc_close(cc, &inside);
        if (!block) continue;
        if (!handler) {
            handler = block;
            pattern = caught;
            for (last_handler = handler->first; last_handler && last_handler->next; last_handler = last_handler->next) {}
            continue;
        }
        if (!rest) {                                            /* which clause catches is not known: any of them may */
            rest = fl_cc_node(cc, FL_NODE_block, fl_cc_at_of(cc, c));
            fl_node *first = fl_cc_node(cc, FL_NODE_if_, (fl_cc_at){ handler->start_byte, handler->end_byte, true });
            rest->start_byte = handler->start_byte;
            FL_CC_PLACES(cc, first, NULL, which(cc, handler->start_byte), handler);
            fl_tree_append(rest, &last_rest, first);
            handler = rest;
        }
        fl_node *again = fl_cc_node(cc, FL_NODE_if_, (fl_cc_at){ block->start_byte, block->end_byte, true });
        if (caught && pattern && caught->sym != pattern->sym) {
            fl_node *same = fl_cc_node(cc, FL_NODE_let, (fl_cc_at){ block->start_byte, block->start_byte, true });
            fl_node *name = fl_cc_leaf(cc, FL_NODE_name, (fl_cc_at){ block->start_byte, block->start_byte, true }, caught->sym);
            FL_CC_PLACES(cc, same, NULL, name, fl_cc_leaf(cc, FL_NODE_name, (fl_cc_at){ block->start_byte, block->start_byte, true }, pattern->sym));
            same->parent = block;
            same->next = block->first;
            block->first = same;
        }
        FL_CC_PLACES(cc, again, NULL, which(cc, block->start_byte), block);
        fl_tree_append(rest, &last_rest, again);
    }
    FL_CC_PLACES(cc, node, NULL, body ? body : fl_cc_empty_block(cc, at.start), pattern, handler);
    fl_cc_close(cc, &list);
    return node;
}

/* ---- all together ---- */

static fl_node *expression_statement(fl_cc *cc, CXCursor c, fl_cc_at at)
{
    fl_node *node = fl_cc_node(cc, FL_NODE_expression, at);
    const fl_node *last = NULL;
    fl_cc_put(cc, node, &last, fl_cc_expression(cc, c));
    return node;
}

static fl_node *single(fl_cc *cc, CXCursor c, enum CXCursorKind kind, fl_cc_at at)
{
    switch (kind) {
    case CXCursor_CompoundStmt: return fl_cc_block(cc, c);
    case CXCursor_IfStmt: return if_statement(cc, c, at);
    case CXCursor_SwitchStmt: return switch_statement(cc, c, at);
    case CXCursor_WhileStmt: return while_statement(cc, c, at, false);
    case CXCursor_DoStmt: return while_statement(cc, c, at, true);
    case CXCursor_ForStmt: return for_statement(cc, c, at);
    case CXCursor_CXXForRangeStmt: return foreach_statement(cc, c, at);
    case CXCursor_ReturnStmt: return with_value(cc, c, at, FL_NODE_return_);
    case CXCursor_BreakStmt: return fl_cc_node(cc, FL_NODE_break_, at);
    case CXCursor_ContinueStmt: return fl_cc_node(cc, FL_NODE_continue_, at);
    case CXCursor_GotoStmt: case CXCursor_IndirectGotoStmt: return goto_statement(cc, c, at);
    case CXCursor_LabelStmt: return label_statement(cc, c, at);
    case CXCursor_CXXTryStmt: return try_statement(cc, c, at);
    case CXCursor_CaseStmt: case CXCursor_DefaultStmt: return fl_cc_opaque_children(cc, c, at, "case inside a statement");
    case CXCursor_GCCAsmStmt: case CXCursor_MSAsmStmt: return fl_cc_opaque_children(cc, c, at, "assembler");
    default: return fl_cc_opaque_children(cc, c, at, "unknown statement");
    }
}

void fl_cc_statement(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last)
{
    enum CXCursorKind kind = fl_clang.getCursorKind(c);
    if (kind == CXCursor_NullStmt || fl_clang.isReference(kind) || fl_clang.isAttribute(kind)) return;
    if (!fl_cc_descend(cc)) {
        fl_cc_put(cc, parent, last, fl_cc_opaque(cc, fl_cc_at_of(cc, c), "too deep"));
        return;
    }
    if (kind == CXCursor_DeclStmt) statements(cc, c, parent, last);
    else if (fl_cc_is_declaration(kind)) fl_cc_declaration(cc, c, parent, last, false);
    else if (kind == CXCursor_CXXThrowExpr) fl_cc_put(cc, parent, last, with_value(cc, c, fl_cc_at_of(cc, c), FL_NODE_throw_));
    else if (fl_clang.isExpression(kind) && kind != CXCursor_CXXThrowExpr) {
        CXCursor bare = fl_cc_bare(cc, c);
        if (fl_clang.getCursorKind(bare) == CXCursor_StmtExpr) {   /* a macro that is a block: nobody wants its value */
            fl_cc_list list = fl_cc_open(cc, bare);
            if (list.count) fl_cc_put(cc, parent, last, fl_cc_block(cc, fl_cc_child(cc, &list, 0)));
            fl_cc_close(cc, &list);
        } else if (fl_clang.getCursorKind(bare) == CXCursor_CXXThrowExpr) fl_cc_put(cc, parent, last, with_value(cc, bare, fl_cc_at_of(cc, c), FL_NODE_throw_));
        else fl_cc_put(cc, parent, last, expression_statement(cc, c, fl_cc_at_of(cc, c)));
    } else if (kind == CXCursor_UnexposedStmt) {                /* attributes in front of a statement */
        fl_cc_list list = fl_cc_open(cc, c);
        size_t statement_count = 0;
        for (size_t i = 0; i < list.count; i++) statement_count += !fl_clang.isAttribute(fl_clang.getCursorKind(fl_cc_child(cc, &list, i)));
        if (statement_count == 0) fl_cc_put(cc, parent, last, fl_cc_opaque(cc, fl_cc_at_of(cc, c), "unknown statement"));
        for (size_t i = 0; i < list.count; i++) fl_cc_statement(cc, fl_cc_child(cc, &list, i), parent, last);
        fl_cc_close(cc, &list);
    } else fl_cc_put(cc, parent, last, single(cc, c, kind, fl_cc_at_of(cc, c)));
    cc->depth--;
}
