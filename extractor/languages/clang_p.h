#ifndef FL_EXTRACTOR_LANGUAGES_CLANG_P_H
#define FL_EXTRACTOR_LANGUAGES_CLANG_P_H
#include "extractor/languages/clang_library.h"
#include "extractor/languages/text_p.h"

/**
 * The parts of the C and C++ lowering, on libclang (14 and newer).
 *   clang.c              units: parsing, which declarations belong to which file, the language's table
 *   clang_project.c      before parsing: the include graph, which header is lowered through which unit, imports
 *   clang_flags.c        compiler flags: compile_commands.json, what a build system would say, guesses
 *   clang_library.c      loads libclang
 *   clang_include.c      `#include` lines of a text
 *   clang_guard.c        what a compiler must not be given
 *   clang_prelude.c      declares what only missing headers know
 *   clang_declaration.c  functions, variables, enums, namespaces
 *   clang_class.c        structs, classes, their members, templates
 *   clang_statement.c    statements
 *   clang_expression.c   expressions
 *   clang_literal.c      numbers, strings, initialiser lists
 *   clang_type.c         types, as names
 *   clang_text.c         spans, and what only the text tells: operators, names, quoted text
 *   clang_errors.c       syntax errors of a text alone, by tree-sitter
 *
 * What the compiler sees is lowered, so a macro is what it expands to; the span of such a node is where the macro was used, or
 * the argument where it was written. Several nodes may share a span then, and fl_tree_settle puts them in order.
 */

/* ---- the project (clang_project.c, clang_flags.c, clang_include.c) ---- */

typedef struct fl_cc_include { fl_str name; uint32_t start_byte, end_byte; bool is_quoted; } fl_cc_include;
typedef FL_VEC(fl_cc_include) fl_cc_includes;
/** Every `#include` of a text in order, conditional ones too; spans are of the directive, names borrow from the text. */
void fl_cc_scan_includes(fl_arena *arena, fl_str text, fl_cc_includes *out);

typedef FL_VEC(const char *) fl_cc_flags;
/** One project, as `prepare` saw it; read by all threads. */
typedef struct fl_cc_project {
    fl_arena *arena;
    fl_str root;
    fl_file **files; uint32_t file_count;
    struct fl_cc_source *sources;        /**< beside files: what is known of each */
    FL_VEC(fl_str) folders;              /**< relative folders from which headers are included: guessed -I */
    FL_VEC(fl_str) missing;              /**< headers that are included and not in the project */
    bool has_c, has_cpp;
    fl_cc_flags guessed;                 /**< for files that no compile command names; the language comes first of all */
} fl_cc_project;
typedef struct fl_cc_source { fl_cc_includes includes; fl_cc_flags flags; bool is_header, is_cpp, is_library, is_included; } fl_cc_source;

void fl_cc_prepare(const fl_language_setup *setup);
fl_import fl_cc_resolve(const fl_resolver *resolver, const fl_file *from, fl_str specifier);
bool fl_cc_is_test(fl_str path);
bool fl_cc_is_header(fl_str path);
bool fl_cc_is_cpp(fl_str path);
bool fl_cc_is_cpp_unit(const fl_file *file);             /**< a header of a C++ project too */
/** The project's file that an include in `from` means; NULL for one of the system. */
fl_file *fl_cc_included(const fl_cc_project *project, const fl_file *from, fl_str name);
bool fl_cc_is_read_by_others(const fl_file *file);
fl_file *fl_cc_file(const fl_cc_project *project, fl_str path);   /**< by its path in the project; NULL */
/** A library of one header that was copied into the project: nobody's own code, and known by its name like one of the system. */
bool fl_cc_is_library(const fl_file *file);
/** Fills the flags of all sources; includes are known. */
void fl_cc_find_flags(fl_cc_project *project, const char *build_dir);
/** Flags for one file: never NULL-terminated, borrowed from `arena` or the project. */
fl_cc_flags fl_cc_flags_of(fl_arena *arena, const fl_file *file);

/** Adds declarations of unknown names, when headers are missing; true when there were new ones. */
bool fl_cc_prelude(CXTranslationUnit unit, bool is_cpp, fl_buf *prelude);

bool fl_cc_is_endless(fl_str text);

/* ---- one unit ---- */

/** A file that is lowered from this unit. */
typedef struct fl_cc_member {
    fl_file *file;
    CXFile handle;                       /**< NULL: the unit does not include it */
    bool is_included;
    fl_tree_builder builder;
    fl_node *module;
    const fl_node *last;
    fl_cc_includes includes;
    size_t next_include;
    bool is_header;
} fl_cc_member;

typedef struct fl_cc_type_name { const void *type; fl_sym sym; } fl_cc_type_name;
enum { FL_CC_TYPE_SLOTS = 1024 };

/** What a thread keeps between units. */
typedef struct fl_cc_worker {
    fl_text_names names;
    fl_buf scratch;
    CXCursor *cursors; size_t cursor_capacity;
} fl_cc_worker;

typedef struct fl_cc {
    CXTranslationUnit unit;
    fl_cc_worker *worker;
    fl_cc_member *members; size_t member_count;
    fl_cc_member *member;                /**< which is being lowered */
    const char *text; uint32_t text_len; /**< of that file */
    CXFile other;                        /**< last file seen that is no member */
    struct { CXFile file; bool is_project; } known_files[64];
    size_t cursor_count;                 /**< used of worker->cursors: children of all open cursors */
    uint32_t depth;
    bool is_cpp;
    fl_cc_type_name types[FL_CC_TYPE_SLOTS];
} fl_cc;

/** Where a cursor stands in the file that is lowered. */
typedef struct fl_cc_at { uint32_t start, end; bool is_macro; /**< begins inside a macro's body: the text is the macro's name */ } fl_cc_at;

/** Children of a cursor: fl_cc_child(cc, &list, i) until fl_cc_close. Lists close in the reverse order of opening. */
typedef struct fl_cc_list { size_t first, count; } fl_cc_list;

/* clang.c */
fl_cc_list fl_cc_open(fl_cc *cc, CXCursor parent);
fl_cc_list fl_cc_open_fields(fl_cc *cc, CXType record);      /**< the fields of a canonical record type, in order */
static inline CXCursor fl_cc_child(const fl_cc *cc, const fl_cc_list *list, size_t i) { return cc->worker->cursors[list->first + i]; }
static inline void fl_cc_close(fl_cc *cc, const fl_cc_list *list) { cc->cursor_count = list->first; }
/** A declaration of a file's top level, or of a namespace there, into the file that it stands in; others are left out. */
void fl_cc_top_level(fl_cc *cc, CXCursor c);
fl_node *fl_cc_node(fl_cc *cc, fl_node_kind kind, fl_cc_at at);
fl_node *fl_cc_leaf(fl_cc *cc, fl_node_kind kind, fl_cc_at at, fl_sym sym);
fl_node *fl_cc_opaque(fl_cc *cc, fl_cc_at at, const char *reason);
/** With the expressions and statements inside. */
fl_node *fl_cc_opaque_children(fl_cc *cc, CXCursor c, fl_cc_at at, const char *reason);
void fl_cc_put(fl_cc *cc, fl_node *parent, const fl_node **last, fl_node *child_or_null);
#define FL_CC_PLACES(cc, parent, behind, ...) \
    fl_tree_places(&(cc)->member->builder, (parent), (behind), (fl_node *const[]){ __VA_ARGS__ }, sizeof((fl_node *const[]){ __VA_ARGS__ }) / sizeof(fl_node *))
static inline bool fl_cc_descend(fl_cc *cc)
{
    if (cc->depth >= FL_LIMIT_TREE_DEPTH) return false;
    cc->depth++;
    return true;
}

/* clang_text.c */
fl_cc_at fl_cc_at_of(fl_cc *cc, CXCursor c);
fl_cc_at fl_cc_range(fl_cc *cc, CXSourceRange range);
/** Byte of a location in the file being lowered; UINT32_MAX when it is in another one. */
uint32_t fl_cc_byte(const fl_cc *cc, CXSourceLocation location, bool *is_macro);
fl_sym fl_cc_sym(fl_cc *cc, fl_str text);
fl_sym fl_cc_take(fl_cc *cc, CXString string);               /**< interned; disposes */
/** Name of the declaration or reference at its own location: from the text when it stands there, else as the compiler spells it. */
fl_sym fl_cc_name(fl_cc *cc, CXCursor c);
/** Is the declaration in the project? Cached by file. */
bool fl_cc_is_project(fl_cc *cc, CXCursor declared);
/** Name of a declaration from anywhere: dotted with its namespaces and classes when it is not of the project. */
fl_sym fl_cc_qualified(fl_cc *cc, CXCursor declared);
bool fl_cc_is_word(char c);
bool fl_cc_text_is(const fl_cc *cc, uint32_t byte, const char *word);   /**< a whole word? */
fl_op fl_cc_binary_op(fl_cc *cc, CXCursor c, fl_cc_at left, fl_cc_at right);
fl_op fl_cc_unary_op(fl_cc *cc, CXCursor c, fl_cc_at at, fl_cc_at operand, bool *is_postfix, bool *is_transparent);   /**< transparent: __extension__ */
fl_op fl_cc_op_at(const fl_cc *cc, uint32_t byte, uint32_t end, bool is_unary);  /**< the longest that stands there */
fl_op fl_cc_op_of(fl_str text, bool is_unary);               /**< FL_OP_none: not one of the tree's; "," too */
/** The cooked value of adjacent string literals in the text; false when something else stands there. */
bool fl_cc_cook_strings(fl_cc *cc, uint32_t start, uint32_t end, fl_sym *out);
fl_sym fl_cc_cook_quoted(fl_cc *cc, fl_str text);            /**< as the compiler prints a literal */
bool fl_cc_cook_char(fl_cc *cc, uint32_t start, uint32_t end, int64_t *out);
bool fl_cc_cook_integer(fl_str text, uint64_t *out);
/** Offsets of the two semicolons of a `for (;;)` that begins there. */
bool fl_cc_for_parts(const fl_cc *cc, uint32_t start, uint32_t end, uint32_t *first, uint32_t *second);

/* clang_type.c */
fl_node *fl_cc_type(fl_cc *cc, CXType type, uint32_t start, uint32_t end);
fl_sym fl_cc_type_sym(fl_cc *cc, CXType type);
CXCursor fl_cc_declaration_of(CXType type);                  /**< through `using` */
bool fl_cc_is_pointer(CXType type);
bool fl_cc_is_record(CXType type);
/** A place before the name at `name_byte` in which the type stands: from `start` on, without blanks at the end. */
fl_node *fl_cc_type_before(fl_cc *cc, CXType type, uint32_t start, uint32_t name_byte);

/* clang_literal.c */
fl_node *fl_cc_integer(fl_cc *cc, CXCursor c, fl_cc_at at);
fl_node *fl_cc_float(fl_cc *cc, CXCursor c, fl_cc_at at);
fl_node *fl_cc_char(fl_cc *cc, CXCursor c, fl_cc_at at);
fl_node *fl_cc_string(fl_cc *cc, CXCursor c, fl_cc_at at);
fl_node *fl_cc_number(fl_cc *cc, fl_cc_at at, int64_t value);
fl_node *fl_cc_evaluated(fl_cc *cc, CXCursor c, fl_cc_at at);        /**< what the compiler makes of it; NULL */
/** An initialiser for something of that type: dict for structs, list for arrays, else an expression. */
fl_node *fl_cc_initializer(fl_cc *cc, CXCursor c, CXType type);
fl_node *fl_cc_keyed(fl_cc *cc, fl_node *list, CXType type);          /**< the dict that a list of entries makes of a map; `list` when `type` is another */
/** What a variable without initialiser holds. */
fl_node *fl_cc_no_initializer(fl_cc *cc, CXType type, bool is_zero, uint32_t byte);

/* clang_expression.c */
fl_node *fl_cc_expression(fl_cc *cc, CXCursor c);
fl_node *fl_cc_target(fl_cc *cc, CXCursor c);
fl_node *fl_cc_dotted(fl_cc *cc, fl_cc_at at, fl_sym sym);           /**< "a.b" as a member of a name */
/** A constructor's call; a conversion that nobody wrote is what it converts. */
fl_node *fl_cc_construct(fl_cc *cc, CXCursor c, fl_cc_at at, CXType type, bool is_written);
bool fl_cc_is_default(fl_cc *cc, CXCursor c, fl_cc_at call);         /**< an argument that nobody wrote */
CXCursor fl_cc_bare(fl_cc *cc, CXCursor c);                          /**< without parentheses and implicit conversions */
fl_node *fl_cc_missing(fl_cc *cc, uint32_t byte);                    /**< stands for what damaged source lacks */

/* clang_statement.c */
void fl_cc_statement(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last);  /**< appends none, one or several */
fl_node *fl_cc_block(fl_cc *cc, CXCursor c);
fl_node *fl_cc_empty_block(fl_cc *cc, uint32_t byte);

/* clang_declaration.c */
/** Appends none, one or several; is_top: of the file, so that what other files may use is exported. */
void fl_cc_declaration(fl_cc *cc, CXCursor c, fl_node *parent, const fl_node **last, bool is_top);
fl_node *fl_cc_variable(fl_cc *cc, CXCursor c);
fl_node *fl_cc_function(fl_cc *cc, CXCursor c);
fl_node *fl_cc_lambda(fl_cc *cc, CXCursor c, fl_cc_at at);
bool fl_cc_is_declaration(enum CXCursorKind kind);

/* clang_class.c */
fl_node *fl_cc_record(fl_cc *cc, CXCursor c, fl_sym name, fl_cc_at at);   /**< interface or class */
fl_node *fl_cc_enum(fl_cc *cc, CXCursor c, fl_sym name, fl_cc_at at);
bool fl_cc_is_unnamed(fl_cc *cc, CXCursor record);       /**< also one that has only its typedef's name */
bool fl_cc_is_typedef_of(fl_cc *cc, CXCursor c);         /**< does `typedef` stand before it? */

/* clang_errors.c */
uint32_t fl_cc_count_errors(fl_str path, fl_str text);

#endif
