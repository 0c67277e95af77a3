#ifndef FL_EXTRACTOR_LANGUAGES_PARSE_P_H
#define FL_EXTRACTOR_LANGUAGES_PARSE_P_H
#include "extractor/languages/text_p.h"
#include "grammars/concrete.h"
#include <tree_sitter/api.h>

/** Parsing with tree-sitter, as every language whose grammar is one does it: within a time limit, with one parser per thread. */

/** What a thread keeps between files, whatever their language. */
typedef struct fl_parse_worker { TSParser *parser; fl_concrete cursor; fl_text_names names; fl_buf scratch; } fl_parse_worker;
/** Makes file->root of the concrete tree; `grammar` is what fl_parse_file was given. */
typedef void fl_parse_lower(fl_file *file, fl_parse_worker *worker, const void *grammar, const TSTree *tree);
/** Parses and lowers; what cannot be parsed becomes one opaque statement, with a diagnostic. */
void fl_parse_file(fl_file *file, const TSLanguage *language, fl_parse_lower *lower, const void *grammar);

/** A symbol of a grammar by its text, named or a token, and what the language's table calls it. */
typedef struct fl_parse_symbol { const char *text; bool is_named; uint8_t kind; } fl_parse_symbol;
/** Kinds by symbol id, 0 for symbols without a row; lives as long as the process. Sorts the rows. */
uint8_t *fl_parse_kinds(const TSLanguage *language, fl_parse_symbol *rows, size_t count);
TSFieldId fl_parse_field(const TSLanguage *language, const char *name);

#endif
