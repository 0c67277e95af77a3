/*
 * A text becomes a concrete tree and then, by its language, the common one. Assumes nothing of the text: damage is counted, time is
 * bounded.
 */
#include "extractor/languages/parse_p.h"
#include "extractor/languages/errors_p.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- grammars: symbol ids to kinds, once per process ---- */

static int compare_symbols(const void *a, const void *b)
{
    const fl_parse_symbol *left = a, *right = b;
    int order = strcmp(left->text, right->text);
    return order ? order : (int)left->is_named - (int)right->is_named;
}

uint8_t *fl_parse_kinds(const TSLanguage *language, fl_parse_symbol *rows, size_t count)
{
    uint32_t symbol_count = ts_language_symbol_count(language);
    uint8_t *kinds = calloc(symbol_count, 1);
    if (!kinds) fl_no_memory();
    qsort(rows, count, sizeof rows[0], compare_symbols);
    for (uint32_t symbol = 0; symbol < symbol_count; symbol++) {
        TSSymbolType type = ts_language_symbol_type(language, (TSSymbol)symbol);
        if (type != TSSymbolTypeRegular && type != TSSymbolTypeAnonymous) continue;
        fl_parse_symbol wanted = { ts_language_symbol_name(language, (TSSymbol)symbol), type == TSSymbolTypeRegular, 0 };
        const fl_parse_symbol *found = bsearch(&wanted, rows, count, sizeof wanted, compare_symbols);
        if (found) kinds[symbol] = found->kind;
    }
    return kinds;
}

TSFieldId fl_parse_field(const TSLanguage *language, const char *name)
{
    return ts_language_field_id_for_name(language, name, (uint32_t)strlen(name));
}

/* ---- one parser per thread ---- */

static pthread_key_t worker_key;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static void free_worker(void *memory)
{
    fl_parse_worker *w = memory;
    ts_parser_delete(w->parser);
    fl_concrete_release(&w->cursor);
    fl_buf_release(&w->scratch);
    free(w);
}

static void prepare(void)
{
    if (pthread_key_create(&worker_key, free_worker)) FL_BUG("no thread key");
}

static fl_parse_worker *this_worker(void)
{
    pthread_once(&prepared, prepare);
    fl_parse_worker *w = pthread_getspecific(worker_key);
    if (w) return w;
    w = calloc(1, sizeof *w);
    if (!w || !(w->parser = ts_parser_new())) fl_no_memory();
    fl_buf_init(&w->scratch, 0);
    if (pthread_setspecific(worker_key, w)) fl_no_memory();
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

void fl_parse_file(fl_file *file, const TSLanguage *language, fl_parse_lower *lower, const void *grammar)
{
    if (file->text.len && memchr(file->text.ptr, '\0', file->text.len)) { /* the end of input to the lexer, which then runs in circles */
        give_up(file, "NUL byte");
        return;
    }
    fl_parse_worker *w = this_worker();
    uint64_t start_us = fl_clock_us();
    input in = { .text = file->text, .deadline_us = start_us + limit_ms(file->text) * 1000u };
    if (!ts_parser_set_language(w->parser, language)) FL_BUG("grammar refused; fl_languages_check was not called");
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
