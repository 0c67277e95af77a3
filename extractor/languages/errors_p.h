#ifndef FL_EXTRACTOR_LANGUAGES_ERRORS_P_H
#define FL_EXTRACTOR_LANGUAGES_ERRORS_P_H
#include <stdint.h>
#include <tree_sitter/api.h>

uint32_t fl_errors_below(TSNode root);

#endif
