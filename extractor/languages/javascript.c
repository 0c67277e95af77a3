/*
 * JavaScript and TypeScript: the grammars, parsing, and what the lowering's parts share.
 * Order to read: javascript_syntax.def (what is known), this file (tables and parsing), then javascript_statement.c.
 * Assumes nothing of the input: unknown syntax is opaque, damage is counted, depth and time are bounded.
 */
#include "extractor/languages/javascript_p.h"
#include "extractor/languages/errors_p.h"
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

typedef struct symbol_name { const char *text; bool is_named; uint8_t kind; } symbol_name;

static symbol_name symbol_names[] = {
#define JS_NODE(id, text, class) { text, true, FL_JS_##id },
#define JS_TOKEN(id, text) { text, false, FL_JS_token_##id },
#define JS_OPERATOR(id, text, infix, prefix) { text, false, FL_JS_op_##id },
#include "extractor/languages/javascript_syntax.def"
#undef JS_NODE
#undef JS_TOKEN
#undef JS_OPERATOR
};

static int compare_names(const void *a, const void *b)
{
    const symbol_name *left = a, *right = b;
    int order = strcmp(left->text, right->text);
    return order ? order : (int)left->is_named - (int)right->is_named;
}

enum { GRAMMAR_JAVASCRIPT, GRAMMAR_TYPESCRIPT, GRAMMAR_TSX, GRAMMAR_COUNT };
static fl_js_grammar grammars[GRAMMAR_COUNT];
static pthread_key_t worker_key;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static TSFieldId field_id(const TSLanguage *language, const char *name)
{
    return ts_language_field_id_for_name(language, name, (uint32_t)strlen(name));
}

/* The tables live as long as the process. */
static void prepare_grammar(fl_js_grammar *grammar, const TSLanguage *language)
{
    grammar->language = language;
    grammar->symbol_count = ts_language_symbol_count(language);
    grammar->kinds = calloc(grammar->symbol_count, 1);
    if (!grammar->kinds) FL_BUG("out of memory");
    for (uint32_t symbol = 0; symbol < grammar->symbol_count; symbol++) {
        TSSymbolType type = ts_language_symbol_type(language, (TSSymbol)symbol);
        if (type != TSSymbolTypeRegular && type != TSSymbolTypeAnonymous) continue;
        symbol_name wanted = { ts_language_symbol_name(language, (TSSymbol)symbol), type == TSSymbolTypeRegular, 0 };
        const symbol_name *found = bsearch(&wanted, symbol_names, FL_COUNT(symbol_names), sizeof wanted, compare_names);
        if (found) grammar->kinds[symbol] = found->kind;
    }
    grammar->condition = field_id(language, "condition");
    grammar->increment = field_id(language, "increment");
    grammar->initializer = field_id(language, "initializer");
    grammar->left = field_id(language, "left");
    grammar->right = field_id(language, "right");
}

/** What a thread keeps between files. */
typedef struct worker { TSParser *parser; fl_concrete cursor; fl_text_names names; fl_buf scratch; } worker;

static void free_worker(void *memory)
{
    worker *w = memory;
    ts_parser_delete(w->parser);
    fl_concrete_release(&w->cursor);
    fl_buf_release(&w->scratch);
    free(w);
}

static void prepare(void)
{
    qsort(symbol_names, FL_COUNT(symbol_names), sizeof symbol_names[0], compare_names);
    prepare_grammar(&grammars[GRAMMAR_JAVASCRIPT], fl_grammar_javascript());
    prepare_grammar(&grammars[GRAMMAR_TYPESCRIPT], fl_grammar_typescript());
    prepare_grammar(&grammars[GRAMMAR_TSX], fl_grammar_tsx());
    if (pthread_key_create(&worker_key, free_worker)) FL_BUG("no thread key");
}

static worker *this_worker(void)
{
    worker *w = pthread_getspecific(worker_key);
    if (w) return w;
    w = calloc(1, sizeof *w);
    if (!w || !(w->parser = ts_parser_new())) FL_BUG("out of memory");
    fl_buf_init(&w->scratch, 0);
    if (pthread_setspecific(worker_key, w)) FL_BUG("out of memory");
    return w;
}

/* Scripts annotated for Flow say so at their top; its types are near enough to TypeScript's. */
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

typedef struct input { fl_str text; uint64_t deadline_us; } input;

static uint64_t limit_ms(fl_str text)
{
    uint64_t limit = FL_LIMIT_PARSE_SMALL_MS + text.len / 410;
    return limit < FL_LIMIT_PARSE_MS ? limit : FL_LIMIT_PARSE_MS;
}

static const char *read_input(void *payload, uint32_t byte, TSPoint position, uint32_t *bytes_read)
{
    const input *in = payload;
    (void)position;
    *bytes_read = byte < in->text.len ? (uint32_t)(in->text.len - byte) : 0;
    return *bytes_read ? in->text.ptr + byte : "";
}

static bool is_overdue(TSParseState *state)
{
    const input *in = state->payload;
    return fl_clock_us() > in->deadline_us;
}

static void lower(fl_file *file, worker *w, const fl_js_grammar *grammar, const TSTree *tree)
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

/* One opaque statement, so that later stages see that something is there. */
static void give_up(fl_file *file, const char *reason)
{
    if (file->skip_lowering) return;
    fl_tree_builder builder = { .arena = &file->arena };
    fl_node *module = fl_tree_node(&builder, FL_NODE_module, 0, (uint32_t)file->text.len);
    fl_node *opaque = fl_tree_node(&builder, FL_NODE_opaque, 0, (uint32_t)file->text.len);
    const fl_node *last = NULL;
    module->sym = file->id;
    opaque->sym = fl_sym_of_c(reason);
    fl_tree_append(module, &last, opaque);
    file->root = module;
    file->node_count = builder.node_count;
    file->opaque_count = builder.opaque_count;
}

static void parse(fl_file *file)
{
    if (file->text.len && memchr(file->text.ptr, '\0', file->text.len)) { /* the end of input to the lexer, which then runs in circles */
        give_up(file, "NUL byte");
        return;
    }
    pthread_once(&prepared, prepare);
    worker *w = this_worker();
    const fl_js_grammar *grammar = grammar_of(file->path, file->text);
    uint64_t start_us = fl_clock_us();
    input in = { .text = file->text, .deadline_us = start_us + limit_ms(file->text) * 1000u };
    if (!ts_parser_set_language(w->parser, grammar->language)) FL_BUG("grammar refused; fl_languages_check was not called");
    TSTree *tree = ts_parser_parse_with_options(w->parser, NULL,
        (TSInput){ .payload = &in, .read = read_input, .encoding = TSInputEncodingUTF8 },
        (TSParseOptions){ .payload = &in, .progress_callback = is_overdue });
    uint64_t parsed_us = fl_clock_us();
    file->parse_us = parsed_us - start_us;
    if (!tree) {
        ts_parser_reset(w->parser);
        fl_file_diagnose(file, FL_DIAG_WARN, 0, 0, "parse-timeout", "parsing took longer than %u ms; the file is left out",
                         (unsigned)limit_ms(file->text));
        give_up(file, "parse timeout");
        return;
    }
    TSNode root = ts_tree_root_node(tree);
    file->error_count = fl_errors_below(root);
    if (!file->skip_lowering) lower(file, w, grammar, tree);
    ts_tree_delete(tree);
    file->lower_us = fl_clock_us() - parsed_us;
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
static const fl_syntax syntax = { .line_comment = "//", .braces = true, .semicolons = true, .if_format = "if (%s)",
                                  .not_equal_null = "!= null" };

const fl_language fl_language_javascript = {
    .name = "javascript",
    .extensions = extensions,
    .config_files = config_files,
    .dependency_keys = dependency_keys,
    .skip_folders = skip_folders,
    .parse = parse,
    .resolve = fl_js_resolve,
    .is_test = fl_js_is_test,
    .syntax = &syntax,
    .builtins_model = "javascript",
    .check = fl_grammars_check,
};
