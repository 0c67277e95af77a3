/*
 * What only the text tells: where cursors stand, names, operators, quoted text. Spans are asked of libclang; the top bit of a
 * location's number says that it points into a macro (so since libclang exists; tests/unit/languages/clang.c would tell).
 */
#include "extractor/languages/clang_p.h"
#include <string.h>

/* ---- spans ---- */

static bool points_into_macro(unsigned raw) { return raw >> 31; }

uint32_t fl_cc_byte(const fl_cc *cc, CXSourceLocation location, bool *is_macro)
{
    CXFile file;
    unsigned byte, expansion;
    fl_clang.getFileLocation(location, &file, NULL, NULL, &byte);
    if (is_macro) *is_macro = false;
    if (file != cc->member->handle && !(file && fl_clang.File_isEqual(file, cc->member->handle))) return UINT32_MAX;
    if (is_macro && points_into_macro(location.int_data)) {   /* an argument stands elsewhere than its macro */
        fl_clang.getExpansionLocation(location, NULL, NULL, NULL, &expansion);
        *is_macro = expansion == byte;
    }
    return byte < cc->text_len ? byte : cc->text_len;
}

fl_cc_at fl_cc_range(fl_cc *cc, CXSourceRange range)
{
    fl_cc_at at = { 0 };
    at.start = fl_cc_byte(cc, fl_clang.getRangeStart(range), &at.is_macro);
    at.end = fl_cc_byte(cc, fl_clang.getRangeEnd(range), NULL);
    if (at.start == UINT32_MAX) at = (fl_cc_at){ at.end == UINT32_MAX ? 0 : at.end, at.end == UINT32_MAX ? 0 : at.end, true };
    if (at.end == UINT32_MAX || at.end < at.start) at.end = at.start;
    return at;
}

fl_cc_at fl_cc_at_of(fl_cc *cc, CXCursor c) { return fl_cc_range(cc, fl_clang.getCursorExtent(c)); }

/* ---- names ---- */

bool fl_cc_is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || (c & 0x80); }

static uint32_t word_end(const fl_cc *cc, uint32_t byte)
{
    while (byte < cc->text_len && fl_cc_is_word(cc->text[byte])) byte++;
    return byte;
}

bool fl_cc_text_is(const fl_cc *cc, uint32_t byte, const char *word)
{
    size_t len = strlen(word);
    return byte + len <= cc->text_len && memcmp(cc->text + byte, word, len) == 0 && word_end(cc, byte) == byte + len;
}

fl_sym fl_cc_sym(fl_cc *cc, fl_str text) { return fl_text_intern(&cc->worker->names, text); }

fl_sym fl_cc_take(fl_cc *cc, CXString string)
{
    fl_sym sym = fl_cc_sym(cc, fl_str_from(fl_clang.getCString(string)));
    fl_clang.disposeString(string);
    return sym;
}

fl_sym fl_cc_name(fl_cc *cc, CXCursor c)
{
    bool is_macro;
    uint32_t byte = fl_cc_byte(cc, fl_clang.getCursorLocation(c), &is_macro);
    uint32_t end = byte == UINT32_MAX || is_macro ? 0 : word_end(cc, byte);
    bool is_special = end <= byte || end == UINT32_MAX || fl_cc_text_is(cc, byte, "operator") || (cc->text[byte] >= '0' && cc->text[byte] <= '9');
    /* a name pasted together or continued over lines is spelled by the compiler */
    if (byte == UINT32_MAX || is_macro || is_special || (end < cc->text_len && cc->text[end] == '\\')) return fl_cc_take(cc, fl_clang.getCursorSpelling(c));
    return fl_cc_sym(cc, (fl_str){ cc->text + byte, end - byte });
}

bool fl_cc_is_project(fl_cc *cc, CXCursor declared)
{
    CXFile file;
    fl_clang.getFileLocation(fl_clang.getCursorLocation(declared), &file, NULL, NULL, NULL);
    if (!file) return false;
    if (file == cc->member->handle) return true;
    __typeof__(&cc->known_files[0]) slot = &cc->known_files[((uintptr_t)file >> 4) % FL_COUNT(cc->known_files)];
    if (slot->file == file) return slot->is_project;
    const fl_cc_project *project = cc->member->file->project;
    CXString name = fl_clang.getFileName(file);
    fl_str path = fl_str_from(fl_clang.getCString(name));
    slot->file = file;
    slot->is_project = project && fl_str_starts(path, project->root) && path.len > project->root.len && path.ptr[project->root.len] == '/';
    for (size_t i = 0; i < cc->member_count; i++)
        if (cc->members[i].handle == file) slot->is_project = !fl_cc_is_library(cc->members[i].file);
    if (slot->is_project && project) {   /* lowered with another unit */
        fl_file *own = fl_cc_file(project, fl_str_sub(path, project->root.len + 1, path.len));
        slot->is_project = !own || !fl_cc_is_library(own);
    }
    fl_clang.disposeString(name);
    return slot->is_project;
}

static void add_scopes(fl_cc *cc, fl_buf *out, CXCursor scope, unsigned depth)
{
    enum CXCursorKind kind = fl_clang.getCursorKind(scope);
    bool is_named = kind == CXCursor_Namespace || kind == CXCursor_ClassDecl || kind == CXCursor_StructDecl || kind == CXCursor_ClassTemplate ||
                    kind == CXCursor_ClassTemplatePartialSpecialization || kind == CXCursor_UnionDecl;
    if (depth > 16 || fl_clang.Cursor_isNull(scope) || fl_clang.isTranslationUnit(kind)) return;
    add_scopes(cc, out, fl_clang.getCursorSemanticParent(scope), depth + 1);
    if (!is_named || fl_clang.Cursor_isInlineNamespace(scope) || fl_clang.Cursor_isAnonymous(scope)) return;
    CXString name = fl_clang.getCursorSpelling(scope);
    fl_buf_add_c(out, fl_clang.getCString(name));
    fl_buf_add_char(out, '.');
    fl_clang.disposeString(name);
}

fl_sym fl_cc_qualified(fl_cc *cc, CXCursor declared)
{
    if (fl_cc_is_project(cc, declared)) {
        fl_sym name = fl_cc_take(cc, fl_clang.getCursorSpelling(declared));
        return fl_cc_is_unnamed(cc, declared) ? fl_cc_sym(cc, FL_S("unnamed")) : name;
    }
    fl_buf text;
    fl_buf_init(&text, 4096);
    add_scopes(cc, &text, fl_clang.getCursorSemanticParent(declared), 0);
    CXString name = fl_clang.getCursorSpelling(declared);
    fl_buf_add_c(&text, fl_clang.getCString(name));
    fl_clang.disposeString(name);
    fl_sym sym = fl_cc_sym(cc, fl_buf_str(&text));
    fl_buf_release(&text);
    return sym;
}

/* ---- skipping what is no token ---- */

static uint32_t skip_blanks(const fl_cc *cc, uint32_t i, uint32_t end)
{
    while (i < end) {
        char c = cc->text[i];
        if (c == ' ' || (c >= '\t' && c <= '\r')) i++;
        else if (c == '\\' && i + 1 < end && (cc->text[i + 1] == '\n' || cc->text[i + 1] == '\r')) i += 2;
        else if (c == '/' && i + 1 < end && cc->text[i + 1] == '/') {
            while (i < end && cc->text[i] != '\n') i++;
        } else if (c == '/' && i + 1 < end && cc->text[i + 1] == '*') {
            for (i += 2; i < end && !(cc->text[i] == '*' && i + 1 < end && cc->text[i + 1] == '/'); i++) {}
            i = i + 2 < end ? i + 2 : end;
        } else break;
    }
    return i;
}

/* Behind a quoted literal that begins at i; a raw string too. */
static uint32_t skip_quoted(const fl_cc *cc, uint32_t i, uint32_t end)
{
    char quote = cc->text[i];
    if (quote == '"' && i > 0 && cc->text[i - 1] == 'R') {
        uint32_t open = i + 1;
        while (open < end && cc->text[open] != '(' && open - i < 18) open++;
        fl_str rest = { cc->text + open, end - open };
        char close[24] = ")";
        uint32_t len = open - i - 1;
        if (open >= end || cc->text[open] != '(') return end;
        memcpy(close + 1, cc->text + i + 1, len);
        close[len + 1] = '"';
        ptrdiff_t at = fl_str_find(rest, (fl_str){ close, len + 2 });
        return at < 0 ? end : open + (uint32_t)at + len + 2;
    }
    for (i++; i < end && cc->text[i] != quote && cc->text[i] != '\n'; i++)
        if (cc->text[i] == '\\') i++;
    return i < end ? i + 1 : end;
}

bool fl_cc_for_parts(const fl_cc *cc, uint32_t start, uint32_t end, uint32_t *first, uint32_t *second)
{
    unsigned depth = 0, found = 0;
    for (uint32_t i = start; i < end;) {
        uint32_t next = skip_blanks(cc, i, end);
        if (next != i) { i = next; continue; }
        char c = cc->text[i];
        if (c == '"' || (c == '\'' && !(i > start && fl_cc_is_word(cc->text[i - 1])))) { i = skip_quoted(cc, i, end); continue; }
        if (c == '(' || c == '[' || c == '{') depth++;
        else if (c == ')' || c == ']' || c == '}') {
            if (depth-- <= 1) return false;
        } else if (c == ';' && depth == 1) {
            if (found++ == 0) *first = i;
            else {
                *second = i;
                return true;
            }
        }
        i++;
    }
    return false;
}

/* ---- operators ---- */

fl_op fl_cc_op_of(fl_str text, bool is_unary)
{
    static const struct { const char *text; fl_op infix, prefix; } ops[] = {
        { "+", FL_OP_add, FL_OP_plus }, { "-", FL_OP_sub, FL_OP_neg }, { "*", FL_OP_mul, FL_OP_dereference }, { "/", FL_OP_div, 0 },
        { "%", FL_OP_mod, 0 }, { "==", FL_OP_same, 0 }, { "!=", FL_OP_not_same, 0 }, { "<", FL_OP_lt, 0 }, { "<=", FL_OP_le, 0 },
        { ">", FL_OP_gt, 0 }, { ">=", FL_OP_ge, 0 }, { "&&", FL_OP_and, 0 }, { "||", FL_OP_or, 0 }, { "&", FL_OP_bit_and, FL_OP_address },
        { "|", FL_OP_bit_or, 0 }, { "^", FL_OP_bit_xor, 0 }, { "<<", FL_OP_shl, 0 }, { ">>", FL_OP_shr, 0 }, { "=", FL_OP_assign, 0 },
        { "!", 0, FL_OP_not }, { "~", 0, FL_OP_bit_not }, { "++", 0, FL_OP_increment }, { "--", 0, FL_OP_decrement },
        { "and", FL_OP_and, 0 }, { "or", FL_OP_or, 0 }, { "not", 0, FL_OP_not }, { "not_eq", FL_OP_not_same, 0 }, { "bitand", FL_OP_bit_and, FL_OP_address },
        { "bitor", FL_OP_bit_or, 0 }, { "xor", FL_OP_bit_xor, 0 }, { "compl", 0, FL_OP_bit_not },
        { "+=", FL_OP_add, 0 }, { "-=", FL_OP_sub, 0 }, { "*=", FL_OP_mul, 0 }, { "/=", FL_OP_div, 0 }, { "%=", FL_OP_mod, 0 },
        { "&=", FL_OP_bit_and, 0 }, { "|=", FL_OP_bit_or, 0 }, { "^=", FL_OP_bit_xor, 0 }, { "<<=", FL_OP_shl, 0 }, { ">>=", FL_OP_shr, 0 },
    };
    for (size_t i = 0; i < FL_COUNT(ops); i++)
        if (fl_str_eq_c(text, ops[i].text)) return is_unary ? ops[i].prefix : ops[i].infix;
    return FL_OP_none;
}

fl_op fl_cc_op_at(const fl_cc *cc, uint32_t i, uint32_t end, bool is_unary)
{
    uint32_t from = i;
    if (i < end && fl_cc_is_word(cc->text[i])) i = word_end(cc, i);
    else while (i < end && i - from < 3 && strchr("+-*/%=!<>&|^~,", cc->text[i])) i++;
    for (; i > from; i--) {                                     /* the longest that is one: `a&&-b` */
        fl_op op = fl_cc_op_of((fl_str){ cc->text + from, i - from }, is_unary);
        if (op) return op;
    }
    return FL_OP_none;
}

#if FL_CLANG_HAS_OPERATORS
fl_op fl_cc_binary_op(fl_cc *cc, CXCursor c, fl_cc_at left, fl_cc_at right)
{
    static const uint8_t ops[] = {
        [CXBinaryOperator_Mul] = FL_OP_mul, [CXBinaryOperator_Div] = FL_OP_div, [CXBinaryOperator_Rem] = FL_OP_mod,
        [CXBinaryOperator_Add] = FL_OP_add, [CXBinaryOperator_Sub] = FL_OP_sub, [CXBinaryOperator_Shl] = FL_OP_shl,
        [CXBinaryOperator_Shr] = FL_OP_shr, [CXBinaryOperator_LT] = FL_OP_lt, [CXBinaryOperator_GT] = FL_OP_gt,
        [CXBinaryOperator_LE] = FL_OP_le, [CXBinaryOperator_GE] = FL_OP_ge, [CXBinaryOperator_EQ] = FL_OP_same,
        [CXBinaryOperator_NE] = FL_OP_not_same, [CXBinaryOperator_And] = FL_OP_bit_and, [CXBinaryOperator_Xor] = FL_OP_bit_xor,
        [CXBinaryOperator_Or] = FL_OP_bit_or, [CXBinaryOperator_LAnd] = FL_OP_and, [CXBinaryOperator_LOr] = FL_OP_or,
        [CXBinaryOperator_Assign] = FL_OP_assign, [CXBinaryOperator_MulAssign] = FL_OP_mul, [CXBinaryOperator_DivAssign] = FL_OP_div,
        [CXBinaryOperator_RemAssign] = FL_OP_mod, [CXBinaryOperator_AddAssign] = FL_OP_add, [CXBinaryOperator_SubAssign] = FL_OP_sub,
        [CXBinaryOperator_ShlAssign] = FL_OP_shl, [CXBinaryOperator_ShrAssign] = FL_OP_shr, [CXBinaryOperator_AndAssign] = FL_OP_bit_and,
        [CXBinaryOperator_XorAssign] = FL_OP_bit_xor, [CXBinaryOperator_OrAssign] = FL_OP_bit_or,
    };
    (void)cc; (void)left; (void)right;
    unsigned kind = (unsigned)fl_clang.getCursorBinaryOperatorKind(c);
    return kind < FL_COUNT(ops) ? (fl_op)ops[kind] : FL_OP_none;
}

fl_op fl_cc_unary_op(fl_cc *cc, CXCursor c, fl_cc_at at, fl_cc_at operand, bool *is_postfix, bool *is_transparent)
{
    static const uint8_t ops[] = {
        [CXUnaryOperator_PostInc] = FL_OP_increment, [CXUnaryOperator_PostDec] = FL_OP_decrement, [CXUnaryOperator_PreInc] = FL_OP_increment,
        [CXUnaryOperator_PreDec] = FL_OP_decrement, [CXUnaryOperator_AddrOf] = FL_OP_address, [CXUnaryOperator_Deref] = FL_OP_dereference,
        [CXUnaryOperator_Plus] = FL_OP_plus, [CXUnaryOperator_Minus] = FL_OP_neg, [CXUnaryOperator_Not] = FL_OP_bit_not,
        [CXUnaryOperator_LNot] = FL_OP_not,
    };
    (void)cc; (void)at; (void)operand;
    unsigned kind = (unsigned)fl_clang.getCursorUnaryOperatorKind(c);
    *is_transparent = kind == CXUnaryOperator_Extension;
    *is_postfix = kind == CXUnaryOperator_PostInc || kind == CXUnaryOperator_PostDec;
    return kind < FL_COUNT(ops) ? (fl_op)ops[kind] : FL_OP_none;
}
#else
/* Before 17 libclang does not say: the operator stands between the operands, parentheses aside. Inside a macro nobody knows. */
fl_op fl_cc_binary_op(fl_cc *cc, CXCursor c, fl_cc_at left, fl_cc_at right)
{
    (void)c;
    uint32_t i = skip_blanks(cc, left.end, right.start);
    while (i < right.start && cc->text[i] == ')') i = skip_blanks(cc, i + 1, right.start);
    return fl_cc_op_at(cc, i, right.start, false);
}

fl_op fl_cc_unary_op(fl_cc *cc, CXCursor c, fl_cc_at at, fl_cc_at operand, bool *is_postfix, bool *is_transparent)
{
    (void)c;
    *is_transparent = at.is_macro ? false : fl_cc_text_is(cc, at.start, "__extension__");
    *is_postfix = !at.is_macro && at.end >= 2 && (memcmp(cc->text + at.end - 2, "++", 2) == 0 || memcmp(cc->text + at.end - 2, "--", 2) == 0) && operand.end < at.end;
    if (*is_postfix) return cc->text[at.end - 1] == '+' ? FL_OP_increment : FL_OP_decrement;
    return at.is_macro ? FL_OP_none : fl_cc_op_at(cc, at.start, at.end, true);
}
#endif

/* ---- numbers and quoted text ---- */

bool fl_cc_cook_integer(fl_str text, uint64_t *out)
{
    unsigned base = 10;
    size_t i = 0;
    uint64_t value = 0;
    if (text.len > 1 && text.ptr[0] == '0') {
        char mark = (char)(text.ptr[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        i = base == 8 ? 1 : 2;
    }
    size_t digits = base == 8 ? 1 : 0;
    for (; i < text.len; i++) {
        int digit = fl_text_hex_digit(text.ptr[i]);
        if (text.ptr[i] == '\'') continue;
        if (digit < 0 || (unsigned)digit >= base) break;
        if (value > (UINT64_MAX - (unsigned)digit) / base) return false;
        value = value * base + (unsigned)digit;
        digits++;
    }
    for (; i < text.len; i++)
        if (!strchr("uUlLzZ", text.ptr[i])) return false;
    *out = value;
    return digits > 0;
}

/* One escape; p stands behind the backslash, before end. Bytes stay bytes: "\xC3\xA9" is one character in two of them. */
static const char *cook_escape(fl_buf *out, const char *p, const char *end)
{
    static const char from[] = "nrtbfvae\\'\"?", to[] = "\n\r\t\b\f\v\a\033\\'\"?";
    const char *simple = memchr(from, *p, sizeof from - 1);
    uint32_t code = 0;
    int digit;
    if (simple) {
        fl_buf_add_char(out, to[simple - from]);
        return p + 1;
    }
    if (*p >= '0' && *p <= '7') {
        for (int i = 0; i < 3 && p < end && *p >= '0' && *p <= '7'; i++) code = code * 8 + (uint32_t)(*p++ - '0');
        fl_buf_add_char(out, (char)code);
    } else if (*p == 'x') {
        for (p++; p < end && (digit = fl_text_hex_digit(*p)) >= 0; p++) code = code * 16 + (uint32_t)digit;
        fl_buf_add_char(out, (char)code);
    } else if (*p == 'u' || *p == 'U') {
        int count = *p++ == 'u' ? 4 : 8;
        for (; count && p < end && (digit = fl_text_hex_digit(*p)) >= 0; count--, p++) code = code * 16 + (uint32_t)digit;
        fl_text_add_utf8(out, code);
    } else if (*p == '\r') {
        p += p + 1 < end && p[1] == '\n' ? 2 : 1;
    } else if (*p++ != '\n') {
        fl_buf_add_char(out, p[-1]);
    }
    return p;
}

static void cook(fl_buf *out, const char *p, const char *end)
{
    while (p < end) {
        if (*p == '\\' && p + 1 < end) p = cook_escape(out, p + 1, end);
        else fl_buf_add_char(out, *p++);
    }
}

bool fl_cc_cook_strings(fl_cc *cc, uint32_t start, uint32_t end, fl_sym *out)
{
    fl_buf *text = &cc->worker->scratch;
    fl_buf_clear(text);
    uint32_t i = skip_blanks(cc, start, end), first = i;
    while (i < end) {
        bool is_raw = false;
        for (unsigned n = 0; n < 3 && i < end && cc->text[i] != '"'; n++, i++) {
            if (!strchr("LuU8R", cc->text[i])) return false;
            is_raw = cc->text[i] == 'R';
        }
        if (i >= end || cc->text[i] != '"') return false;
        uint32_t close = skip_quoted(cc, i, end);
        if (close < i + 2 || cc->text[close - 1] != '"') return false;
        if (is_raw) {
            uint32_t open = i + 1;
            while (open < close && cc->text[open] != '(') open++;
            uint32_t mark = open - i;                            /* delimiter and one bracket */
            if (open + 1 + mark + 1 > close) return false;
            fl_buf_add(text, (fl_str){ cc->text + open + 1, close - 1 - mark - (open + 1) });
        } else if (i == first && skip_blanks(cc, close, end) == end && !memchr(cc->text + i, '\\', close - i)) {
            *out = fl_cc_sym(cc, (fl_str){ cc->text + i + 1, close - i - 2 });
            return true;
        } else cook(text, cc->text + i + 1, cc->text + close - 1);
        i = skip_blanks(cc, close, end);
    }
    *out = fl_cc_sym(cc, fl_buf_str(text));
    return i > start;
}

fl_sym fl_cc_cook_quoted(fl_cc *cc, fl_str text)
{
    ptrdiff_t open = fl_str_find_char(text, '"');
    fl_buf *out = &cc->worker->scratch;
    fl_buf_clear(out);
    if (open < 0 || text.len < (size_t)open + 2) return FL_SYM_NONE;
    cook(out, text.ptr + open + 1, text.ptr + text.len - 1);
    return fl_cc_sym(cc, fl_buf_str(out));
}

bool fl_cc_cook_char(fl_cc *cc, uint32_t start, uint32_t end, int64_t *out)
{
    fl_buf *text = &cc->worker->scratch;
    fl_buf_clear(text);
    if (end < start + 3 || cc->text[start] != '\'' || cc->text[end - 1] != '\'') return false;
    cook(text, cc->text + start + 1, cc->text + end - 1);
    if (text->len != 1) return false;
    *out = (signed char)text->ptr[0];
    return true;
}
