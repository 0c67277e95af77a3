/*
 * Python: the grammar, parsing, and what the lowering's parts share.
 * Order to read: python_syntax.def (what is known), this file (tables and parsing), then python_statement.c.
 * Assumes nothing of the input: unknown syntax is opaque, damage is counted, depth and time are bounded.
 */
#include "extractor/languages/python_p.h"
#include "extractor/languages/parse_p.h"
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

static fl_parse_symbol symbols[] = {
#define PY_NODE(id, text, class) { text, true, FL_PY_##id },
#define PY_TOKEN(id, text) { text, false, FL_PY_token_##id },
#define PY_OPERATOR(id, text, infix, prefix) { text, false, FL_PY_op_##id },
#include "extractor/languages/python_syntax.def"
#undef PY_NODE
#undef PY_TOKEN
#undef PY_OPERATOR
};

static fl_py_grammar the_grammar;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

/* The tables live as long as the process. */
static void prepare_grammar(fl_py_grammar *grammar, const TSLanguage *language)
{
    grammar->language = language;
    grammar->symbol_count = ts_language_symbol_count(language);
    grammar->kinds = fl_parse_kinds(language, symbols, FL_COUNT(symbols));
    grammar->left = fl_parse_field(language, "left");
    grammar->right = fl_parse_field(language, "right");
    grammar->type = fl_parse_field(language, "type");
    grammar->body = fl_parse_field(language, "body");
    grammar->name = fl_parse_field(language, "name");
    grammar->alias = fl_parse_field(language, "alias");
    grammar->object = fl_parse_field(language, "object");
    grammar->value = fl_parse_field(language, "value");
    grammar->subject = fl_parse_field(language, "subject");
    grammar->guard = fl_parse_field(language, "guard");
    grammar->cause = fl_parse_field(language, "cause");
    grammar->module_name = fl_parse_field(language, "module_name");
    grammar->return_type = fl_parse_field(language, "return_type");
    grammar->superclasses = fl_parse_field(language, "superclasses");
    grammar->alternative = fl_parse_field(language, "alternative");
    grammar->key = fl_parse_field(language, "key");
}

static void prepare(void)
{
    prepare_grammar(&the_grammar, fl_grammar_python());
}

/* ---- parsing ---- */

static void lower(fl_file *file, fl_parse_worker *w, const void *grammar, const TSTree *tree)
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

/* Steps of a schema's history that run no code of their own: made by tools, many, and nothing in them that requests meet. Those that
 * do have functions often bring the first rows. */
static bool is_schema_step(const fl_file *file)
{
    fl_str text = file->text;
    bool is_step = fl_str_find(file->path, FL_S("/migrations/")) >= 0 || fl_str_starts(file->path, FL_S("migrations/"));
    return is_step && fl_str_find(text, FL_S("\ndef ")) < 0 && text.len > 0;
}

static void parse(fl_file *file)
{
    if (is_schema_step(file)) file->text = FL_S("");
    pthread_once(&prepared, prepare);
    fl_parse_file(file, the_grammar.language, lower, &the_grammar);
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
static const char *const skip_folders[] = { "venv", ".venv", "site-packages", "__pycache__", ".tox", ".eggs", ".mypy_cache", NULL };
static const fl_syntax syntax = { .line_comment = "#", .if_format = "if %s:", .not_equal_null = "is not None" };

const fl_language fl_language_python = {
    .name = "python",
    .extensions = extensions,
    .config_files = config_files,
    .skip_folders = skip_folders,
    .skip_mark = "pyvenv.cfg",
    .parse = parse,
    .resolve = fl_py_resolve,
    .is_test = fl_py_is_test,
    .syntax = &syntax,
    .builtins_model = "python",
    .check = fl_grammars_check,
};
