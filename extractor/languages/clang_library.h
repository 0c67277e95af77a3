#ifndef FL_EXTRACTOR_LANGUAGES_CLANG_LIBRARY_H
#define FL_EXTRACTOR_LANGUAGES_CLANG_LIBRARY_H
#include "base/base.h"
#include <clang-c/Index.h>

/**
 * libclang, loaded when the first C or C++ file is met: it brings 100 MB of compiler, which a project in another language
 * should neither wait for nor have to install. Functions are called through the table: fl_clang.getCursorKind(cursor).
 */
struct fl_clang {
#define FL_CLANG(name) __typeof__(clang_##name) *name;
#include "extractor/languages/clang_library.def"
#undef FL_CLANG
};
extern struct fl_clang fl_clang;

/** Loads it once; false when it is not installed, or lacks a function. Thread-safe. */
bool fl_clang_load(void);

#endif
