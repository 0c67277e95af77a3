#ifndef FL_GRAMMARS_H
#define FL_GRAMMARS_H

/**
 * The tree-sitter grammars that are linked in (grammars.def), pinned by grammars/package-lock.json.
 * The languages have static storage: callers borrow them for ever and free nothing.
 */

#include "base/base.h"

/** tree-sitter's own type; only extractor/languages includes tree_sitter/api.h. */
typedef struct TSLanguage TSLanguage;

#define FL_GRAMMAR(name) const TSLanguage *fl_grammar_##name(void);
#include "grammars/grammars.def"
#undef FL_GRAMMAR

/**
 * Asks the linked core to accept every grammar: a core older than a grammar's ABI refuses it silently, and each
 * parse would then give NULL. Call once at start-up. Fails with FL_E_ENV, naming the grammar and both ABIs.
 */
fl_status fl_grammars_check(fl_err *err) FL_NODISCARD;

#endif
