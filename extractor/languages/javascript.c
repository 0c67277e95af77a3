/*
 * JavaScript and TypeScript: the grammars, parsing, and what the lowering's parts share.
 * Order to read: javascript_syntax.def (what is known), this file (tables and parsing), then javascript_statement.c.
 * Assumes nothing of the input: unknown syntax is opaque, damage is counted, depth and time are bounded.
 */
#include "extractor/languages/javascript_p.h"
#include "extractor/languages/parse_p.h"
#include "grammars/grammars.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

const fl_js_info fl_js_infos[FL_JS_KIND_COUNT] = {
    [FL_JS_error] = { FL_JS_ERROR, 0, 0 },
    [FL_JS_missing] = { FL_JS_ERROR, 0, 0 },
#define JS_NODE(id, text, class) [FL_JS_##id] = { FL_JS_##class, FL_OP_none, FL_OP_none },
#define JS_TOKEN(id, text) [FL_JS_token_##id] = { FL_JS_NONE, FL_OP_none, FL_OP_none },
#define JS_OPERATOR(id, text, infix, prefix) [FL_JS_op_##id] = { FL_JS_NONE, FL_OP_##infix, FL_OP_##prefix },
#include "extractor/languages/javascript_syntax.def"
#undef JS_NODE
#undef JS_TOKEN
#undef JS_OPERATOR
};

/* ---- grammars: symbol ids to kinds, once per process ---- */

static fl_parse_symbol symbols[] = {
#define JS_NODE(id, text, class) { text, true, FL_JS_##id },
#define JS_TOKEN(id, text) { text, false, FL_JS_token_##id },
#define JS_OPERATOR(id, text, infix, prefix) { text, false, FL_JS_op_##id },
#include "extractor/languages/javascript_syntax.def"
#undef JS_NODE
#undef JS_TOKEN
#undef JS_OPERATOR
};

enum { GRAMMAR_JAVASCRIPT, GRAMMAR_TYPESCRIPT, GRAMMAR_TSX, GRAMMAR_COUNT };
static fl_js_grammar grammars[GRAMMAR_COUNT];
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

/* The tables live as long as the process. */
static void prepare_grammar(fl_js_grammar *grammar, const TSLanguage *language)
{
    grammar->language = language;
    grammar->symbol_count = ts_language_symbol_count(language);
    grammar->kinds = fl_parse_kinds(language, symbols, FL_COUNT(symbols));
    grammar->condition = fl_parse_field(language, "condition");
    grammar->increment = fl_parse_field(language, "increment");
    grammar->initializer = fl_parse_field(language, "initializer");
    grammar->left = fl_parse_field(language, "left");
    grammar->right = fl_parse_field(language, "right");
}

static void prepare(void)
{
    prepare_grammar(&grammars[GRAMMAR_JAVASCRIPT], fl_grammar_javascript());
    prepare_grammar(&grammars[GRAMMAR_TYPESCRIPT], fl_grammar_typescript());
    prepare_grammar(&grammars[GRAMMAR_TSX], fl_grammar_tsx());
}

static const fl_js_grammar *grammar_of(fl_str path, fl_str text)
{
    fl_str extension = fl_str_sub(path, (size_t)(fl_str_rfind_char(path, '.') + 1), path.len);
    if (fl_str_eq_c(extension, "tsx")) return &grammars[GRAMMAR_TSX];
    if (fl_str_eq_c(extension, "ts") || fl_str_eq_c(extension, "mts") || fl_str_eq_c(extension, "cts"))
        return &grammars[GRAMMAR_TYPESCRIPT];
    bool is_flow = fl_str_find(fl_str_sub(text, 0, 1024), FL_S("@flow")) >= 0;
    return &grammars[is_flow ? GRAMMAR_TSX : GRAMMAR_JAVASCRIPT];
}

/* ---- parsing ---- */

static void lower(fl_file *file, fl_parse_worker *w, const void *grammar, const TSTree *tree)
{
    fl_js j = { .cursor = w->cursor, .grammar = grammar, .file = file, .text = file->text.ptr,
                .builder = { .arena = &file->arena }, .names = &w->names, .scratch = w->scratch };
    fl_concrete_init(&j.cursor, tree);
    fl_js_module(&j);
    file->node_count = j.builder.node_count;
    file->opaque_count = j.builder.opaque_count;
    w->scratch = j.scratch;
    w->cursor = j.cursor;
}

static void parse(fl_file *file)
{
    pthread_once(&prepared, prepare);
    const fl_js_grammar *grammar = grammar_of(file->path, file->text);
    fl_parse_file(file, grammar->language, lower, grammar);
}

/* ---- what the parts of the lowering share ---- */

fl_node *fl_js_node(fl_js *j, fl_node_kind kind, fl_js_at at) { return fl_tree_node(&j->builder, kind, at.start, at.end); }

fl_node *fl_js_opaque(fl_js *j, fl_js_at at, const char *reason)
{
    fl_node *node = fl_js_node(j, FL_NODE_opaque, at);
    node->sym = fl_sym_of_c(reason);
    return node;
}

static void opaque_parts(fl_js *j, fl_node *node, const fl_node **last)
{
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.class == FL_JS_EXPR) {
            fl_js_put(j, node, last, fl_js_expression(j, child));
        } else if (child.class == FL_JS_STMT) {
            fl_js_statement(j, child, node, last);
        } else if (child.kind != FL_JS_missing && child.class != FL_JS_TYPE && fl_js_descend(j)) {
            opaque_parts(j, node, last); /* arguments, clauses and the like: only what is in them */
            j->depth--;
        }
    }
}

fl_node *fl_js_opaque_with_children(fl_js *j, fl_js_at at, const char *reason)
{
    fl_node *node = fl_js_opaque(j, at, reason);
    const fl_node *last = NULL;
    if (fl_js_descend(j)) {
        opaque_parts(j, node, &last);
        j->depth--;
    }
    return node;
}

void fl_js_put(fl_js *j, fl_node *parent, const fl_node **last, fl_node *child_or_null)
{
    fl_tree_put(&j->builder, parent, last, child_or_null);
}

void fl_js_chain_push(fl_js_chain *chain, fl_node *node) { fl_tree_chain_push(chain, node); }

void fl_js_chain_append(fl_js_chain *chain, fl_node *parent, const fl_node **last) { fl_tree_chain_append(chain, parent, last); }

void fl_js_places(fl_js *j, fl_node *parent, fl_js_chain *behind, fl_node *const *parts, size_t count)
{
    fl_tree_places(&j->builder, parent, behind, parts, count);
}

fl_node *fl_js_gap(fl_js *j, uint32_t byte) { return fl_js_opaque(j, (fl_js_at){ .start = byte, .end = byte }, "syntax error"); }

fl_node *fl_js_no_block(fl_js *j, uint32_t byte)
{
    return fl_js_node(j, FL_NODE_block, (fl_js_at){ .start = byte, .end = byte });
}

static const char *const extensions[] = { ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", NULL };
static const char *const config_files[] = { "package.json", "tsconfig.json", NULL };
static const char *const dependency_keys[] = { "dependencies", "devDependencies", "peerDependencies", NULL };
static const char *const skip_folders[] = { "node_modules", "bower_components", "jspm_packages", ".next", ".nuxt", ".yarn", NULL };
static const char *const compiled[] = { ".ts", ".tsx", ".mts", ".cts", NULL };
static const fl_syntax syntax = { .line_comment = "//", .braces = true, .semicolons = true, .if_format = "if (%s)",
                                  .not_equal_null = "!= null" };

const fl_language fl_language_javascript = {
    .name = "javascript",
    .extensions = extensions,
    .config_files = config_files,
    .dependency_keys = dependency_keys,
    .skip_folders = skip_folders,
    .output_config = "tsconfig.json",
    .output_key = "/compilerOptions/outDir",
    .output_from = compiled,
    .parse = parse,
    .resolve = fl_js_resolve,
    .is_test = fl_js_is_test,
    .syntax = &syntax,
    .builtins_model = "javascript",
    .check = fl_grammars_check,
};
