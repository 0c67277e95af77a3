#ifndef FL_EXTRACTOR_TREE_H
#define FL_EXTRACTOR_TREE_H
#include "base/base.h"

/**
 * The common tree: one closed list of kinds (tree.def) for every language. It resolves nothing and decides nothing.
 * Nodes live in their file's arena, are immutable once the language file has returned, and carry byte spans
 * into the original text. A node's file is found at its root, so nodes stay small (40 bytes).
 */
typedef enum fl_node_kind {
#define FL_NODE(id, text, shape, flags, prose) FL_NODE_##id,
#include "extractor/tree/tree.def"
#undef FL_NODE
    FL_NODE_KIND_COUNT
} fl_node_kind;

typedef enum fl_op {
#define FL_OP(id, text) FL_OP_##id,
#include "extractor/tree/ops.def"
#undef FL_OP
    FL_OP_COUNT
} fl_op;

enum fl_node_flag {
    FL_FLAG_ASYNC = 1 << 0, FL_FLAG_GENERATOR = 1 << 1, FL_FLAG_ARROW = 1 << 2, /* function: lexical this; member: -> */
    FL_FLAG_STATIC = 1 << 3, FL_FLAG_GETTER = 1 << 4, FL_FLAG_SETTER = 1 << 5, FL_FLAG_METHOD = 1 << 6,
    FL_FLAG_EXPRESSION_BODY = 1 << 7, FL_FLAG_OPTIONAL = 1 << 8, FL_FLAG_REST = 1 << 9, FL_FLAG_NEW = 1 << 10,
    FL_FLAG_CONST = 1 << 11, FL_FLAG_TRUE = 1 << 12, FL_FLAG_NON_NULL = 1 << 13, FL_FLAG_DEFAULT = 1 << 14,
    FL_FLAG_TYPE_ONLY = 1 << 15,
    /* reused bits, told apart by kind */
    FL_FLAG_PATTERN = 1 << 0, FL_FLAG_SHORTHAND = 1 << 1, FL_FLAG_KEYS = 1 << 2, FL_FLAG_AWAIT = 1 << 0,
    FL_FLAG_POST_TEST = 1 << 3, FL_FLAG_POSTFIX = 1 << 4, FL_FLAG_TAGGED = 1 << 5, FL_FLAG_DELEGATE = 1 << 6,
    FL_FLAG_PROPERTY = 1 << 7, FL_FLAG_UNCHECKED = 1 << 14, FL_FLAG_PRIVATE = 1 << 4,
    FL_FLAG_WHOLE = 1 << 9, /* binary, assign: of integers, in a language where that ends the process when it divides by zero */
    FL_FLAG_TRUTH = 1 << 9, /* logical: its value is its truth, not an operand */
    FL_FLAG_HOISTED = 1 << 12, /* let: declared with function scope (var) */
    FL_FLAG_NAMED = 1 << 10, /* dict: arguments by name; param: only by name, with rest: takes all others that came by name */
    FL_FLAG_TUPLE = 1 << 1, /* list: written as a tuple, in a language that tells it from a list */
    FL_FLAG_CALLABLE = 1 << 6, /* class: calling it makes an instance; names of its body are members, read through instances too */
};

typedef struct fl_node fl_node;
struct fl_node {
    uint8_t kind;            /**< fl_node_kind */
    uint8_t op;              /**< fl_op */
    uint16_t flags;
    uint32_t start_byte, end_byte;
    fl_sym sym;              /**< name, literal text, or reason; for the module root: file id */
    const fl_node *parent;   /**< NULL for the module root */
    const fl_node *first, *next;
};

/** A place in a file. */
typedef struct fl_span { uint32_t file, start_byte, end_byte; } fl_span;

/** An oddity of the analysed program, never a failure of ours. */
typedef struct fl_diagnostic {
    enum { FL_DIAG_NOTE, FL_DIAG_WARN } level;
    fl_span span;                 /**< file == UINT32_MAX when it concerns no file of the project */
    const char *code;             /**< short stable id: "too-large", "invalid-utf8", "unresolved-import", … */
    fl_str text;
} fl_diagnostic;

/** One analysed source file. Owned by the project (source.h); text and nodes live in an arena of the project, what comes later in `arena`. */
typedef struct fl_file fl_file;
struct fl_file {
    uint32_t id;
    fl_str path;             /**< relative to the project root, '/' separated; borrowed from the project arena */
    const struct fl_language *language;
    fl_str text;             /**< original bytes (BOM included) */
    const fl_node *root;     /**< FL_NODE_module; NULL when it could not be read */
    fl_arena arena;
    uint32_t *line_starts;   /**< byte offset of each line; built on first use */
    uint32_t line_count;
    uint32_t node_count, opaque_count, error_count;
    bool is_library;         /**< stands for a package (models/sources): nothing is reported of it */
    bool skip_lowering;      /**< parse only (bench): root stays NULL */
    const char *full_path;   /**< absolute; NULL when the text stands in no file (a fuzzer's, a patch's) */
    const void *project;     /**< what the language's `prepare` made of the project; NULL when it has none */
    /** Files that are lowered along with another one, which names them in `with` and is their `leader`: a header is read as
     *  part of a unit. Set by `prepare`, borrowed from the project's arena. */
    fl_file *leader;
    fl_file **with; uint32_t with_count;
    uint64_t parse_us, lower_us;
    FL_VEC(fl_diagnostic) diagnostics;   /**< found while reading and parsing; the project collects them */
};

const fl_node *fl_node_child(const fl_node *node, unsigned index);       /**< NULL past the end */
bool fl_node_is_absent(const fl_node *node);                             /**< NULL or absent */
unsigned fl_node_count(const fl_node *node);
uint32_t fl_node_file(const fl_node *node);                              /**< climbs to the root */
fl_span fl_node_span(const fl_node *node);
const fl_node *fl_node_enclosing(const fl_node *node, fl_node_kind kind);/**< nearest ancestor of that kind, or NULL */
const fl_node *fl_node_at(const fl_node *root, uint32_t start_byte, uint32_t end_byte); /**< smallest node that covers the range */
const char *fl_node_kind_text(fl_node_kind kind);
const char *fl_op_text(fl_op op);

uint32_t fl_file_line(fl_file *file, uint32_t byte);                     /**< from 0; O(log lines) */
uint32_t fl_file_column(fl_file *file, uint32_t byte);                   /**< from 0, in bytes */
fl_str fl_file_line_text(fl_file *file, uint32_t line);                  /**< without line end; borrows */
fl_str fl_node_text(const fl_file *file, const fl_node *node);           /**< source text; borrows */

/** Notes an oddity; text lives in the file's arena. For the thread that parses the file. */
void fl_file_diagnose(fl_file *file, int level, uint32_t start_byte, uint32_t end_byte, const char *code, const char *format, ...)
    FL_PRINTF(6, 7);

/** Text form, one node a line, two spaces a level: `call 3:4-3:20 op=… sym="…" flags`. The golden format of --dump-tree. */
void fl_tree_dump(fl_buf *out, fl_file *file);
/** Checks every rule of tree.def (child counts and places, spans nested and ordered, flags by kind); false fills err. */
FL_NODISCARD bool fl_tree_verify(const fl_file *file, fl_err *err);

/* ---- building, for language files only ---- */

typedef struct fl_tree_builder { fl_arena *arena; uint32_t node_count; uint32_t opaque_count; } fl_tree_builder;
fl_node *fl_tree_node(fl_tree_builder *b, fl_node_kind kind, uint32_t start_byte, uint32_t end_byte);
/** Appends and sets parent; `last` is a cursor that the caller keeps (starts NULL). */
void fl_tree_append(fl_node *parent, const fl_node **last, fl_node *child);
void fl_tree_put(fl_tree_builder *b, fl_node *parent, const fl_node **last, fl_node *child_or_null); /**< NULL: absent */
/** Nodes that wait for their parent. */
typedef struct fl_tree_chain { fl_node *first, *last; } fl_tree_chain;
void fl_tree_chain_push(fl_tree_chain *chain, fl_node *node);
void fl_tree_chain_append(fl_tree_chain *chain, fl_node *parent, const fl_node **last);   /**< and empties it */
/** Fills a node's fixed places, in order, then appends the chain `behind` (may be NULL). Missing parts (NULL) become absent
 *  nodes only where something follows: trailing ones are not stored. */
void fl_tree_places(fl_tree_builder *b, fl_node *parent, fl_tree_chain *behind, fl_node *const *parts, size_t count);
/** Makes every child's span lie in its parent's, and behind its sibling's where children stand in source order: for languages
 *  whose syntax comes out of macros, which share the span of what they were made from. */
void fl_tree_settle(fl_node *root);

#endif
