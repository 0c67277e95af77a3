/*
 * Python: the grammar, parsing, and what the lowering's parts share.
 * Order to read: python_syntax.def (what is known), this file (tables and parsing), then python_statement.c.
 * Assumes nothing of the input: unknown syntax is opaque, damage is counted, depth and time are bounded.
 */
#include "extractor/languages/python_p.h"
#include "extractor/languages/errors_p.h"
#include "grammars/grammars.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

const fl_py_info fl_py_infos[FL_PY_KIND_COUNT] = {
    [FL_PY_error] = { FL_PY_ERROR, 0, 0 },
    [FL_PY_missing] = { FL_PY_ERROR, 0, 0 },
#define PY_NODE(id, text, class) [FL_PY_##id] = { FL_PY_##class, FL_OP_none, FL_OP_none },
#define PY_TOKEN(id, text) [FL_PY_token_##id] = { FL_PY_NONE, FL_OP_none, FL_OP_none },
#define PY_OPERATOR(id, text, infix, prefix) [FL_PY_op_##id] = { FL_PY_NONE, FL_OP_##infix, FL_OP_##prefix },
#include "extractor/languages/python_syntax.def"
#undef PY_NODE
#undef PY_TOKEN
#undef PY_OPERATOR
};

/* ---- grammars: symbol ids to kinds, once per process ---- */

typedef struct symbol_name { const char *text; bool is_named; uint8_t kind; } symbol_name;

static symbol_name symbol_names[] = {
#define PY_NODE(id, text, class) { text, true, FL_PY_##id },
#define PY_TOKEN(id, text) { text, false, FL_PY_token_##id },
#define PY_OPERATOR(id, text, infix, prefix) { text, false, FL_PY_op_##id },
#include "extractor/languages/python_syntax.def"
#undef PY_NODE
#undef PY_TOKEN
#undef PY_OPERATOR
};

static int compare_names(const void *a, const void *b)
{
    const symbol_name *left = a, *right = b;
    int order = strcmp(left->text, right->text);
    return order ? order : (int)left->is_named - (int)right->is_named;
}

static fl_py_grammar the_grammar;
static pthread_key_t worker_key;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static TSFieldId field_id(const TSLanguage *language, const char *name)
{
    return ts_language_field_id_for_name(language, name, (uint32_t)strlen(name));
}

/* The tables live as long as the process. */
static void prepare_grammar(fl_py_grammar *grammar, const TSLanguage *language)
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
    grammar->left = field_id(language, "left");
    grammar->right = field_id(language, "right");
    grammar->type = field_id(language, "type");
    grammar->body = field_id(language, "body");
    grammar->name = field_id(language, "name");
    grammar->alias = field_id(language, "alias");
    grammar->object = field_id(language, "object");
    grammar->value = field_id(language, "value");
    grammar->subject = field_id(language, "subject");
    grammar->guard = field_id(language, "guard");
    grammar->cause = field_id(language, "cause");
    grammar->module_name = field_id(language, "module_name");
    grammar->return_type = field_id(language, "return_type");
    grammar->superclasses = field_id(language, "superclasses");
    grammar->alternative = field_id(language, "alternative");
    grammar->key = field_id(language, "key");
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
    prepare_grammar(&the_grammar, fl_grammar_python());
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

static void lower(fl_file *file, worker *w, const fl_py_grammar *grammar, const TSTree *tree)
{
    fl_py p = { .cursor = w->cursor, .grammar = grammar, .file = file, .text = file->text.ptr,
                .builder = { .arena = &file->arena }, .names = &w->names, .scratch = w->scratch };
    fl_concrete_init(&p.cursor, tree);
    fl_py_module(&p);
    file->node_count = p.builder.node_count;
    file->opaque_count = p.builder.opaque_count;
    w->scratch = p.scratch;
    w->cursor = p.cursor;
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
    const fl_py_grammar *grammar = &the_grammar;
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

fl_node *fl_py_node(fl_py *p, fl_node_kind kind, fl_py_at at) { return fl_tree_node(&p->builder, kind, at.start, at.end); }

fl_node *fl_py_leaf(fl_py *p, fl_py_at at, fl_node_kind kind, fl_sym sym)
{
    fl_node *node = fl_py_node(p, kind, at);
    node->sym = sym;
    return node;
}

fl_node *fl_py_opaque(fl_py *p, fl_py_at at, const char *reason) { return fl_py_leaf(p, at, FL_NODE_opaque, fl_sym_of_c(reason)); }

static void opaque_parts(fl_py *p, fl_node *node, const fl_node **last)
{
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.class == FL_PY_EXPR) {
            fl_py_put(p, node, last, fl_py_expression(p, child));
        } else if (child.class == FL_PY_STMT) {
            fl_py_statement(p, child, node, last);
        } else if (child.kind != FL_PY_missing && child.class != FL_PY_TYPE && fl_py_descend(p)) {
            opaque_parts(p, node, last); /* arguments, clauses and the like: only what is in them */
            p->depth--;
        }
    }
}

fl_node *fl_py_opaque_with_children(fl_py *p, fl_py_at at, const char *reason)
{
    fl_node *node = fl_py_opaque(p, at, reason);
    const fl_node *last = NULL;
    if (fl_py_descend(p)) {
        opaque_parts(p, node, &last);
        p->depth--;
    }
    return node;
}

void fl_py_put(fl_py *p, fl_node *parent, const fl_node **last, fl_node *child_or_null)
{
    fl_tree_put(&p->builder, parent, last, child_or_null);
}

fl_node *fl_py_gap(fl_py *p, uint32_t byte) { return fl_py_opaque(p, fl_py_point(byte), "syntax error"); }

fl_node *fl_py_no_block(fl_py *p, uint32_t byte) { return fl_py_node(p, FL_NODE_block, fl_py_point(byte)); }

static const char *const extensions[] = { ".py", NULL };
static const char *const config_files[] = { NULL }; /* none is JSON */
static const char *const skip_folders[] = { "venv", ".venv", "env", "site-packages", "__pycache__", ".tox", ".eggs", ".mypy_cache", NULL };
static const fl_syntax syntax = { .line_comment = "#", .if_format = "if %s:", .not_equal_null = "is not None" };

const fl_language fl_language_python = {
    .name = "python",
    .extensions = extensions,
    .config_files = config_files,
    .skip_folders = skip_folders,
    .parse = parse,
    .resolve = fl_py_resolve,
    .is_test = fl_py_is_test,
    .syntax = &syntax,
    .builtins_model = "python",
    .check = fl_grammars_check,
};
