/*
 * Source text of any language: parsing never fails and never gives a tree that breaks the rules of tree.def.
 * The first line of the input is the file's name, which decides the language; the rest is its text.
 */
#include "tests/fuzz/fuzz.h"
#include "extractor/languages/language.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_str rest = fuzz_str(data, size), path;
    if (!fl_str_split(&rest, '\n', &path) || !fl_language_of(path))
        return 0;
    fl_file file = {.path = path, .language = fl_language_of(path), .text = rest};
    fl_arena_init(&file.arena);
    file.language->parse(&file);
    FL_ASSERT(file.root);
    fl_err err = {0};
    if (!fl_tree_verify(&file, &err))
        FL_BUG("%s", err.text);
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_tree_dump(&text, &file);
    FL_ASSERT(!text.overflow);
    fl_buf_release(&text);
    fl_arena_release(&file.arena);
    return 0;
}
