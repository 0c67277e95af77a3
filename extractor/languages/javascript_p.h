#ifndef FL_EXTRACTOR_LANGUAGES_JAVASCRIPT_P_H
#define FL_EXTRACTOR_LANGUAGES_JAVASCRIPT_P_H
#include "extractor/languages/text_p.h"
#include "grammars/concrete.h"

/**
 * The parts of the JavaScript and TypeScript lowering.
 *   javascript.c             grammars, parsing, the language's table
 *   javascript_statement.c   modules, statements
 *   javascript_module.c      imports, exports, namespaces
 *   javascript_expression.c  expressions
 *   javascript_literal.c     lists, dicts, templates, and patterns
 *   javascript_function.c    functions, parameters, classes
 *   javascript_type.c        types, interfaces, enums
 *   javascript_text.c        names, numbers, strings: from source text to values
 *   javascript_resolve.c     imports to files, and which files are tests
 * One cursor walks the concrete tree. A function that lowers a node is called with the cursor standing on it and
 * leaves the cursor there. Children are visited by fl_js_enter/fl_js_next, which skip comments.
 */
enum fl_js_kind {
    FL_JS_other,
    FL_JS_error,
    FL_JS_missing,
#define JS_NODE(id, text, class) FL_JS_##id,
#define JS_TOKEN(id, text) FL_JS_token_##id,
#define JS_OPERATOR(id, text, infix, prefix) FL_JS_op_##id,
#include "extractor/languages/javascript_syntax.def"
#undef JS_NODE
#undef JS_TOKEN
#undef JS_OPERATOR
    FL_JS_KIND_COUNT
};
_Static_assert(FL_JS_KIND_COUNT <= 256, "kinds are kept in bytes");

enum fl_js_class { FL_JS_NONE, FL_JS_EXTRA, FL_JS_EXPR, FL_JS_STMT, FL_JS_TYPE, FL_JS_TARGET, FL_JS_ERROR };

/** What each kind is; built at compile time from the .def. */
typedef struct fl_js_info { uint8_t class; uint8_t infix, prefix; } fl_js_info;
extern const fl_js_info fl_js_infos[FL_JS_KIND_COUNT];

/** One grammar: its symbols as kinds, and the few fields that position and token do not tell apart. */
typedef struct fl_js_grammar {
    const TSLanguage *language;
    uint8_t *kinds;                  /**< by TSSymbol */
    uint32_t symbol_count;
    TSFieldId condition, increment, initializer, left, right;
} fl_js_grammar;

/** Nodes that wait for their parent: decorators in front of a class, implemented types. */
typedef fl_tree_chain fl_js_chain;

typedef struct fl_js {
    fl_concrete cursor;
    const fl_js_grammar *grammar;
    fl_file *file;
    const char *text;
    fl_tree_builder builder;
    uint32_t depth;                  /**< nesting of lowering calls */
    fl_js_chain decorators;          /**< for the class or member that is lowered next */
    fl_text_names *names;
    fl_buf scratch;                  /**< cooked text */
} fl_js;

/** Where the cursor stands. */
typedef struct fl_js_at { uint32_t start, end; uint8_t kind, class; } fl_js_at;

static inline fl_js_at fl_js_here(const fl_js *j)
{
    const fl_concrete *c = &j->cursor;
    fl_js_at at = { .start = c->start_byte, .end = c->end_byte };
    at.kind = c->is_missing ? FL_JS_missing : c->symbol < j->grammar->symbol_count ? j->grammar->kinds[c->symbol] : FL_JS_error;
    at.class = fl_js_infos[at.kind].class;
    return at;
}

/** To the next sibling that is no comment; at the end back to the parent, and false. */
static inline bool fl_js_next(fl_js *j, fl_js_at *at)
{
    while (fl_concrete_next(&j->cursor)) {
        *at = fl_js_here(j);
        if (at->class != FL_JS_EXTRA) return true;
    }
    return false;
}

/** To the first child that is no comment; false, and unmoved, when there is none. */
static inline bool fl_js_enter(fl_js *j, fl_js_at *at)
{
    if (!fl_concrete_enter(&j->cursor)) return false;
    *at = fl_js_here(j);
    return at->class != FL_JS_EXTRA || fl_js_next(j, at);
}

/** for each child: `fl_js_at child; FL_JS_EACH(j, child) { … }` — never `break` or `return` out of it. */
#define FL_JS_EACH(j, at) FL_JS_EACH_(j, at, FL_JS_GLUE_(fl_more_, __LINE__))
#define FL_JS_EACH_(j, at, more) for (bool more = fl_js_enter((j), &(at)); more; more = fl_js_next((j), &(at)))
#define FL_JS_GLUE_(a, b) FL_JS_GLUE__(a, b)
#define FL_JS_GLUE__(a, b) a##b

/* javascript.c */
fl_node *fl_js_node(fl_js *j, fl_node_kind kind, fl_js_at at);
fl_node *fl_js_opaque(fl_js *j, fl_js_at at, const char *reason);          /**< a leaf; children are not looked at */
fl_node *fl_js_opaque_with_children(fl_js *j, fl_js_at at, const char *reason); /**< with the expressions and statements inside */
void fl_js_put(fl_js *j, fl_node *parent, const fl_node **last, fl_node *child_or_null); /**< NULL: absent */
/** Fills a node's fixed places, in order, then appends the chain `behind` (may be NULL). Missing parts (NULL) become absent
 *  nodes only where something follows: trailing ones are not stored. */
void fl_js_places(fl_js *j, fl_node *parent, fl_js_chain *behind, fl_node *const *parts, size_t count);
#define FL_JS_PLACES(j, parent, behind, ...) \
    fl_js_places((j), (parent), (behind), (fl_node *const[]){ __VA_ARGS__ }, sizeof((fl_node *const[]){ __VA_ARGS__ }) / sizeof(fl_node *))
fl_node *fl_js_gap(fl_js *j, uint32_t byte);                               /**< stands for what damaged source lacks */
fl_node *fl_js_no_block(fl_js *j, uint32_t byte);                          /**< an empty block, likewise */
void fl_js_chain_push(fl_js_chain *chain, fl_node *node);
void fl_js_chain_append(fl_js_chain *chain, fl_node *parent, const fl_node **last);
/** Counts one more level; false when it is one too many. Then the caller emits opaque and calls nothing else. */
static inline bool fl_js_descend(fl_js *j)
{
    if (j->depth >= FL_LIMIT_TREE_DEPTH) return false;
    j->depth++;
    return true;
}

/* javascript_statement.c */
void fl_js_module(fl_js *j);                                               /**< cursor on the root */
void fl_js_statements(fl_js *j, fl_node *parent, const fl_node **last);   /**< all statements below the cursor's node */
void fl_js_statement(fl_js *j, fl_js_at at, fl_node *parent, const fl_node **last); /**< appends none, one or several */
fl_node *fl_js_block(fl_js *j, fl_js_at at);

/* javascript_module.c */
fl_node *fl_js_import(fl_js *j, fl_js_at at);
void fl_js_export(fl_js *j, fl_js_at at, fl_node *parent, const fl_node **last); /**< one export per declarator */
fl_node *fl_js_alias(fl_js *j, fl_js_at at);                               /**< import A = B.C, import a = require("b") */
fl_node *fl_js_namespace(fl_js *j, fl_js_at at);

/* javascript_expression.c */
fl_node *fl_js_expression(fl_js *j, fl_js_at at);
fl_node *fl_js_inner_expression(fl_js *j, fl_js_at at);                    /**< the first expression among the children */

/* javascript_literal.c */
fl_node *fl_js_leaf(fl_js *j, fl_js_at at, fl_node_kind kind, fl_sym sym);
fl_node *fl_js_regex(fl_js *j, fl_js_at at);
fl_node *fl_js_template(fl_js *j, fl_js_at at);
fl_node *fl_js_spread(fl_js *j, fl_js_at at);
fl_node *fl_js_array(fl_js *j, fl_js_at at, bool is_pattern);
fl_node *fl_js_object(fl_js *j, fl_js_at at);                              /**< a literal or a pattern */
void fl_js_items(fl_js *j, fl_node *node, const fl_node **last, bool is_pattern); /**< what stands between commas */
fl_node *fl_js_target(fl_js *j, fl_js_at at);
bool fl_js_is_target(fl_js_at at);

/* javascript_function.c */
fl_node *fl_js_function(fl_js *j, fl_js_at at, fl_node **computed_key);    /**< *computed_key: NULL, or an expression; may be NULL for functions without */
fl_node *fl_js_params(fl_js *j, fl_js_at at);
fl_node *fl_js_class(fl_js *j, fl_js_at at);
void fl_js_decorator(fl_js *j, fl_js_at at, fl_js_chain *chain);

/* javascript_type.c */
fl_node *fl_js_type(fl_js *j, fl_js_at at);
void fl_js_types(fl_js *j, fl_node *parent, const fl_node **last);         /**< all types below the cursor's node */
fl_node *fl_js_interface(fl_js *j, fl_js_at at);
fl_node *fl_js_type_alias(fl_js *j, fl_js_at at);
fl_node *fl_js_enum(fl_js *j, fl_js_at at);

/* javascript_text.c */
fl_sym fl_js_sym(fl_js *j, uint32_t start, uint32_t end);                  /**< the text as it stands */
fl_sym fl_js_name_sym(fl_js *j, fl_js_at at);                              /**< an identifier, its escapes resolved */
fl_sym fl_js_string_sym(fl_js *j, fl_js_at at);                            /**< a quoted literal, cooked */
fl_sym fl_js_template_sym(fl_js *j, uint32_t start, uint32_t end);         /**< text of a template, cooked */
fl_sym fl_js_number_sym(fl_js *j, fl_js_at at);
fl_sym fl_js_compact_sym(fl_js *j, fl_js_at at);                           /**< without white space: qualified names */

/* javascript_resolve.c */
fl_import fl_js_resolve(const fl_resolver *resolver, const fl_file *from, fl_str specifier);
bool fl_js_is_test(fl_str path);

#endif
