#ifndef FL_EXTRACTOR_LANGUAGES_PYTHON_P_H
#define FL_EXTRACTOR_LANGUAGES_PYTHON_P_H
#include "extractor/languages/text_p.h"
#include "grammars/concrete.h"

/**
 * The parts of the Python lowering.
 *   python.c             grammar, parsing, the language's table
 *   python_statement.c   modules, statements, assignments
 *   python_try.c         try, with, match: what becomes several statements
 *   python_import.c      imports
 *   python_expression.c  expressions
 *   python_literal.c     lists, dicts, comprehensions, strings with holes, targets
 *   python_function.c    functions, parameters, decorators, classes
 *   python_type.c        annotations
 *   python_text.c        names, numbers, strings: from source text to values
 *   python_resolve.c     imports to files, and which files are tests
 * One cursor walks the concrete tree. A function that lowers a node is called with the cursor standing on it and
 * leaves the cursor there. Children are visited by fl_py_enter/fl_py_next, which skip comments.
 */
enum fl_py_kind {
    FL_PY_other,
    FL_PY_error,
    FL_PY_missing,
#define PY_NODE(id, text, class) FL_PY_##id,
#define PY_TOKEN(id, text) FL_PY_token_##id,
#define PY_OPERATOR(id, text, infix, prefix) FL_PY_op_##id,
#include "extractor/languages/python_syntax.def"
#undef PY_NODE
#undef PY_TOKEN
#undef PY_OPERATOR
    FL_PY_KIND_COUNT
};
_Static_assert(FL_PY_KIND_COUNT <= 256, "kinds are kept in bytes");

enum fl_py_class { FL_PY_NONE, FL_PY_EXTRA, FL_PY_EXPR, FL_PY_STMT, FL_PY_TYPE, FL_PY_TARGET, FL_PY_ERROR };

/** What each kind is; built at compile time from the .def. */
typedef struct fl_py_info { uint8_t class; uint8_t infix, prefix; } fl_py_info;
extern const fl_py_info fl_py_infos[FL_PY_KIND_COUNT];

/** The grammar: its symbols as kinds, and the few fields that position and token do not tell apart. */
typedef struct fl_py_grammar {
    const TSLanguage *language;
    uint8_t *kinds;                  /**< by TSSymbol */
    uint32_t symbol_count;
    TSFieldId left, right, type, body, name, alias, object, value, subject, guard, cause, module_name, return_type, superclasses, alternative, key;
} fl_py_grammar;

typedef fl_tree_chain fl_py_chain;

/** A function, a class body or the module that is being lowered. */
typedef struct fl_py_scope {
    struct fl_py_scope *up;
    enum { FL_PY_IN_MODULE, FL_PY_IN_CLASS, FL_PY_IN_FUNCTION } kind;
    fl_sym self;                     /**< the name of a method's first parameter */
    FL_VEC(fl_sym) outer;            /**< names that `global` and `nonlocal` say are not its own */
    FL_VEC(fl_sym) floating;         /**< names that expressions declare: they get a `let` where the body begins */
} fl_py_scope;

typedef struct fl_py {
    fl_concrete cursor;
    const fl_py_grammar *grammar;
    fl_file *file;
    const char *text;
    fl_tree_builder builder;
    uint32_t depth;                  /**< nesting of lowering calls */
    uint32_t labels;                 /**< labels made so far */
    fl_py_scope *scope;
    fl_sym caught;                   /**< what a bare `raise` throws again */
    fl_sym loop_label;               /**< what `break` leaves, when the loop has an else; 0: the loop itself */
    fl_text_names *names;
    fl_buf scratch;                  /**< cooked text */
} fl_py;

/** Where the cursor stands. */
typedef struct fl_py_at { uint32_t start, end; uint8_t kind, class; } fl_py_at;

static inline fl_py_at fl_py_here(const fl_py *p)
{
    const fl_concrete *c = &p->cursor;
    fl_py_at at = { .start = c->start_byte, .end = c->end_byte };
    at.kind = c->is_missing ? FL_PY_missing : c->symbol < p->grammar->symbol_count ? p->grammar->kinds[c->symbol] : FL_PY_error;
    at.class = fl_py_infos[at.kind].class;
    return at;
}

/** To the next sibling that is no comment; at the end back to the parent, and false. */
static inline bool fl_py_next(fl_py *p, fl_py_at *at)
{
    while (fl_concrete_next(&p->cursor)) {
        *at = fl_py_here(p);
        if (at->class != FL_PY_EXTRA) return true;
    }
    return false;
}

/** To the first child that is no comment; false, and unmoved, when there is none. */
static inline bool fl_py_enter(fl_py *p, fl_py_at *at)
{
    if (!fl_concrete_enter(&p->cursor)) return false;
    *at = fl_py_here(p);
    return at->class != FL_PY_EXTRA || fl_py_next(p, at);
}

static inline bool fl_py_is(const fl_py *p, TSFieldId field) { return fl_concrete_field(&p->cursor) == field; }

/** for each child: `fl_py_at child; FL_PY_EACH(p, child) { … }` — never `break` or `return` out of it. */
#define FL_PY_EACH(p, at) FL_PY_EACH_(p, at, FL_PY_GLUE_(fl_more_, __LINE__))
#define FL_PY_EACH_(p, at, more) for (bool more = fl_py_enter((p), &(at)); more; more = fl_py_next((p), &(at)))
#define FL_PY_GLUE_(a, b) FL_PY_GLUE__(a, b)
#define FL_PY_GLUE__(a, b) a##b

static inline bool fl_py_is_value(fl_py_at at) { return at.class == FL_PY_EXPR || at.class == FL_PY_ERROR; }

/* python.c */
fl_node *fl_py_node(fl_py *p, fl_node_kind kind, fl_py_at at);
fl_node *fl_py_leaf(fl_py *p, fl_py_at at, fl_node_kind kind, fl_sym sym);
fl_node *fl_py_opaque(fl_py *p, fl_py_at at, const char *reason);          /**< a leaf; children are not looked at */
fl_node *fl_py_opaque_with_children(fl_py *p, fl_py_at at, const char *reason); /**< with the expressions and statements inside */
void fl_py_put(fl_py *p, fl_node *parent, const fl_node **last, fl_node *child_or_null); /**< NULL: absent */
/** Fills a node's fixed places, in order, then appends the chain `behind` (may be NULL). */
#define FL_PY_PLACES(p, parent, behind, ...) \
    fl_tree_places(&(p)->builder, (parent), (behind), (fl_node *const[]){ __VA_ARGS__ }, sizeof((fl_node *const[]){ __VA_ARGS__ }) / sizeof(fl_node *))
fl_node *fl_py_gap(fl_py *p, uint32_t byte);                               /**< stands for what damaged source lacks */
fl_node *fl_py_keyword(fl_py *p, fl_py_at at);                             /**< name=value, as a pair */
fl_node *fl_py_no_block(fl_py *p, uint32_t byte);                          /**< an empty block */
static inline fl_py_at fl_py_point(uint32_t byte) { return (fl_py_at){ .start = byte, .end = byte }; }
/** Counts one more level; false when it is one too many. Then the caller emits opaque and calls nothing else. */
static inline bool fl_py_descend(fl_py *p)
{
    if (p->depth >= FL_LIMIT_TREE_DEPTH) return false;
    p->depth++;
    return true;
}

/* python_statement.c */
void fl_py_module(fl_py *p);                                               /**< cursor on the root */
void fl_py_statement(fl_py *p, fl_py_at at, fl_node *parent, const fl_node **last); /**< appends none, one or several */
fl_node *fl_py_block(fl_py *p, fl_py_at at);
void fl_py_float_names(fl_py *p, fl_node *body);                           /**< declares what the scope's expressions do */
fl_node *fl_py_let(fl_py *p, fl_py_at at, fl_node *target, fl_node *value, fl_node *type);
fl_node *fl_py_as_statement(fl_py *p, fl_node *expression);
fl_sym fl_py_new_label(fl_py *p);
bool fl_py_is_outer(const fl_py *p, fl_sym name);                          /**< said by `global` or `nonlocal` */

/* python_try.c */
fl_node *fl_py_try(fl_py *p, fl_py_at at);
fl_node *fl_py_with(fl_py *p, fl_py_at at);
fl_node *fl_py_match(fl_py *p, fl_py_at at);

/* python_import.c */
void fl_py_import(fl_py *p, fl_py_at at, fl_node *parent, const fl_node **last, bool is_type_only);

/* python_expression.c */
fl_node *fl_py_expression(fl_py *p, fl_py_at at);
fl_node *fl_py_inner_expression(fl_py *p, fl_py_at at);                    /**< the first expression among the children */
void fl_py_arguments(fl_py *p, fl_node *node, const fl_node **last);       /**< cursor on an argument list */
fl_node *fl_py_name(fl_py *p, fl_py_at at);
fl_node *fl_py_copy(fl_py *p, const fl_node *node, uint32_t byte);         /**< once more, without a place of its own */
fl_node *fl_py_unary(fl_py *p, fl_py_at at, fl_op op, fl_node *operand);
fl_node *fl_py_binary(fl_py *p, fl_py_at at, fl_op op, fl_node *a, fl_node *b); /**< also logical */

/* python_literal.c */
fl_node *fl_py_string(fl_py *p, fl_py_at at);
fl_node *fl_py_concatenated(fl_py *p, fl_py_at at);
fl_node *fl_py_sequence(fl_py *p, fl_py_at at);                            /**< list, tuple, set */
fl_node *fl_py_dict(fl_py *p, fl_py_at at);
fl_node *fl_py_comprehension(fl_py *p, fl_py_at at);
fl_node *fl_py_target(fl_py *p, fl_py_at at);

/* python_function.c */
fl_node *fl_py_function(fl_py *p, fl_py_at at, fl_py_chain *decorators);   /**< a method where the scope is a class */
fl_node *fl_py_lambda(fl_py *p, fl_py_at at);
fl_node *fl_py_class(fl_py *p, fl_py_at at, fl_py_chain *decorators);
fl_node *fl_py_decorated(fl_py *p, fl_py_at at);                           /**< a statement, or a member of a class */

/** Does a value behind `=` leave the name optional? `Field(...)`, `Query()` do not. */
bool fl_py_is_default(const fl_node *value);

/* python_type.c */
fl_node *fl_py_type(fl_py *p, fl_py_at at);
fl_node *fl_py_type_alias(fl_py *p, fl_py_at at);

/* python_text.c */
fl_sym fl_py_sym(fl_py *p, uint32_t start, uint32_t end);                  /**< the text as it stands */
fl_sym fl_py_compact_sym(fl_py *p, fl_py_at at);                           /**< without white space: dotted names */
/** Where the text of a literal stands, without prefix and quotes. */
typedef struct fl_py_quoted { uint32_t start, end; bool is_raw, is_format, is_bytes; } fl_py_quoted;
fl_py_quoted fl_py_unquote(const fl_py *p, fl_py_at at);
void fl_py_cook(fl_py *p, fl_buf *out, uint32_t start, uint32_t end, const fl_py_quoted *how);
fl_sym fl_py_cooked_sym(fl_py *p, uint32_t start, uint32_t end, const fl_py_quoted *how);
fl_sym fl_py_number_sym(fl_py *p, fl_py_at at);

/* python_resolve.c */
fl_import fl_py_resolve(const fl_resolver *resolver, const fl_file *from, fl_str specifier);
bool fl_py_is_test(fl_str path);

#endif
