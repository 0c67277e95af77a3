/*
 * The list of languages, and the questions about all of them. Adding one: its file here and its line in languages.def.
 */
#include "extractor/languages/language.h"

#define FL_LANGUAGE(id) extern const fl_language fl_language_##id;
#include "extractor/languages/languages.def"
#undef FL_LANGUAGE

const fl_language *const fl_languages[] = {
#define FL_LANGUAGE(id) &fl_language_##id,
#include "extractor/languages/languages.def"
#undef FL_LANGUAGE
    NULL,
};

const fl_language *fl_language_of(fl_str path)
{
    for (const fl_language *const *language = fl_languages; *language; language++)
        for (const char *const *extension = (*language)->extensions; *extension; extension++) {
            fl_str suffix = fl_str_from(*extension);
            if (path.len > suffix.len && fl_str_ends(path, suffix)) return *language;
        }
    return NULL;
}

const fl_language *fl_language_named(fl_str name)
{
    for (const fl_language *const *language = fl_languages; *language; language++)
        if (fl_str_eq_c(name, (*language)->name)) return *language;
    return NULL;
}

uint32_t fl_language_count_errors(const fl_language *language, fl_str path, fl_str text)
{
    if (language->count_errors) return language->count_errors(path, text);
    fl_file file = { .path = path, .language = language, .text = text, .skip_lowering = true };
    fl_arena_init(&file.arena);
    language->parse(&file);
    uint32_t count = file.error_count;
    fl_arena_release(&file.arena);
    return count;
}

fl_status fl_languages_check(fl_err *err)
{
    for (const fl_language *const *language = fl_languages; *language; language++) {
        fl_status status = (*language)->check(err);
        if (status != FL_OK) return status;
    }
    return FL_OK;
}
