/*
 * Gives names to the linked grammars and checks that the linked core accepts their ABI.
 * Assumes nothing; grammars.def lists them.
 */
#include "grammars/grammars.h"

#include <tree_sitter/api.h>

#define FL_GRAMMAR(name)                            \
    const TSLanguage *tree_sitter_##name(void);     \
    const TSLanguage *fl_grammar_##name(void) { return tree_sitter_##name(); }
#include "grammars/grammars.def"
#undef FL_GRAMMAR

static const struct {
    const char *name;
    const TSLanguage *(*language)(void);
} grammars[] = {
#define FL_GRAMMAR(name) {#name, fl_grammar_##name},
#include "grammars/grammars.def"
#undef FL_GRAMMAR
};

fl_status fl_grammars_check(fl_err *err)
{
    TSParser *parser = ts_parser_new();
    fl_status status = FL_OK;
    for (size_t i = 0; i < FL_COUNT(grammars) && status == FL_OK; i++) {
        const TSLanguage *language = grammars[i].language();
        if (!ts_parser_set_language(parser, language))
            status = fl_fail(err, FL_E_ENV,
                             "grammar '%s' has ABI %u, the parser takes %u to %u: rebuild with the lockfile's packages",
                             grammars[i].name, (unsigned)ts_language_abi_version(language),
                             (unsigned)TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION,
                             (unsigned)TREE_SITTER_LANGUAGE_VERSION);
    }
    ts_parser_delete(parser);
    return status;
}
