/*
 * Names that only a missing header knows. The compiler drops the whole expression in which an unknown name stands, so a unit
 * whose headers are not all installed is read again with a text in front that declares those names: as what they look like
 * where they are used, a type or a variable. A round may bring up new ones: those of types and functions are worth another, but a
 * variable that is unknown only then comes of a declaration that did not hold.
 */
#include "extractor/languages/clang_p.h"
#include <string.h>

typedef enum looks { LOOKS_NOTHING, LOOKS_TYPE, LOOKS_VARIABLE, LOOKS_FUNCTION } looks;

static bool is_word_start(char c) { return fl_cc_is_word(c) && !(c >= '0' && c <= '9'); }

static size_t skip_space(const char *text, size_t i, size_t size)
{
    while (i < size && (unsigned char)text[i] <= ' ') i++;
    return i;
}

/* `X *name;` at the start of a statement, `(X *)`, `X name`: a type. */
static looks looks_like(const char *text, size_t size, size_t byte, size_t len, bool is_cpp)
{
    size_t before = byte, behind = skip_space(text, byte + len, size);
    if (behind >= size) return LOOKS_VARIABLE;
    while (before > 0 && (unsigned char)text[before - 1] <= ' ') before--;
    char in_front = before ? text[before - 1] : ';';
    if (text[behind] == ':' && behind + 1 < size && text[behind + 1] == ':') return LOOKS_NOTHING;
    if (text[behind] == '(') return is_cpp ? LOOKS_FUNCTION : LOOKS_NOTHING;   /* C declares what is called */
    if (text[behind] == '<' && is_cpp) return LOOKS_NOTHING;
    if (is_word_start(text[behind])) return LOOKS_TYPE;
    if (text[behind] != '*') return LOOKS_VARIABLE;
    size_t i = behind;
    while (i < size && (text[i] == '*' || (unsigned char)text[i] <= ' ')) i++;
    if (i < size && text[i] == ')' && in_front == '(') return LOOKS_TYPE;
    bool starts_statement = strchr(";{})", in_front) || fl_cc_is_word(in_front);
    return i < size && is_word_start(text[i]) && starts_statement ? LOOKS_TYPE : LOOKS_VARIABLE;
}

/* The name between quotes. */
static fl_str quoted(fl_str text)
{
    ptrdiff_t open = fl_str_find_char(text, '\'');
    if (open < 0) return FL_S("");
    fl_str rest = fl_str_sub(text, (size_t)open + 1, text.len);
    ptrdiff_t close = fl_str_find_char(rest, '\'');
    fl_str name = close < 0 ? FL_S("") : fl_str_sub(rest, 0, (size_t)close);
    for (size_t i = 0; i < name.len; i++)
        if (!fl_cc_is_word(name.ptr[i])) return FL_S("");
    return name.len < 200 ? name : FL_S("");
}

static bool is_declared(fl_str prelude, fl_str name)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_str line = fl_str_format(&scratch, "/*" FL_STR_FMT "*/", FL_STR_ARG(name));
    bool is_found = fl_str_find(prelude, line) >= 0;
    fl_arena_release(&scratch);
    return is_found;
}

static void declare(fl_buf *out, fl_str name, looks what)
{
    fl_buf_format(out, "/*" FL_STR_FMT "*/ ", FL_STR_ARG(name));
    if (what == LOOKS_TYPE) fl_buf_format(out, "typedef struct " FL_STR_FMT " { int fl_unknown; } " FL_STR_FMT ";\n", FL_STR_ARG(name), FL_STR_ARG(name));
    else if (what == LOOKS_FUNCTION) fl_buf_format(out, "template<class... A> int " FL_STR_FMT "(A&&...);\n", FL_STR_ARG(name));
    else fl_buf_format(out, "extern int " FL_STR_FMT ";\n", FL_STR_ARG(name));
}

static bool take(CXTranslationUnit unit, CXDiagnostic diagnostic, bool is_cpp, fl_buf *out)
{
    CXString spelled = fl_clang.getDiagnosticSpelling(diagnostic);
    fl_str text = fl_str_from(fl_clang.getCString(spelled)), name = quoted(text);
    looks what = LOOKS_NOTHING;
    if (name.len && fl_str_starts(text, FL_S("unknown type name"))) what = LOOKS_TYPE;
    else if (name.len && fl_str_starts(text, FL_S("use of undeclared identifier"))) {
        CXFile file;
        unsigned byte;
        size_t size = 0;
        fl_clang.getFileLocation(fl_clang.getDiagnosticLocation(diagnostic), &file, NULL, NULL, &byte);
        const char *source = file ? fl_clang.getFileContents(unit, file, &size) : NULL;
        bool is_there = source && byte + name.len <= size && memcmp(source + byte, name.ptr, name.len) == 0;
        what = is_there ? looks_like(source, size, byte, name.len, is_cpp) : LOOKS_VARIABLE;
    }
    bool is_new = what != LOOKS_NOTHING && !is_declared(fl_buf_str(out), name);
    if (is_new) declare(out, name, what);
    fl_clang.disposeString(spelled);
    return is_new && what != LOOKS_VARIABLE;
}

bool fl_cc_prelude(CXTranslationUnit unit, bool is_cpp, fl_buf *prelude)
{
    size_t before = prelude->len;
    bool has_missing = before > 0, is_more_than_variables = before == 0;
    unsigned count = fl_clang.getNumDiagnostics(unit);
    for (unsigned i = 0; i < count && !has_missing; i++) {
        CXDiagnostic diagnostic = fl_clang.getDiagnostic(unit, i);
        CXString text = fl_clang.getDiagnosticSpelling(diagnostic);
        has_missing = fl_clang.getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error && strstr(fl_clang.getCString(text), "file not found");
        fl_clang.disposeString(text);
        fl_clang.disposeDiagnostic(diagnostic);
    }
    for (unsigned i = 0; i < count && has_missing; i++) {
        CXDiagnostic diagnostic = fl_clang.getDiagnostic(unit, i);
        if (fl_clang.getDiagnosticSeverity(diagnostic) == CXDiagnostic_Error) is_more_than_variables |= take(unit, diagnostic, is_cpp, prelude);
        fl_clang.disposeDiagnostic(diagnostic);
    }
    return prelude->len > before && is_more_than_variables && !prelude->overflow;
}
