/*
 * Checks what a model says below `schema:` against schema_word.def: known words, and behind each the right kind of thing.
 * What the words do is in extractor/flow/schema_apply.c.
 */
#include "extractor/models/model_p.h"

enum shape { SHAPE_arg, SHAPE_args, SHAPE_value, SHAPE_arg_flag, SHAPE_flag, SHAPE_closed, SHAPE_types, SHAPE_text, SHAPE_words, SHAPE_by_type, SHAPE_cases, SHAPE_fields };

static const char *const words[] = {
#define FL_SCHEMA_WORD(id, text, shape, prose) text,
#include "extractor/models/schema_word.def"
#undef FL_SCHEMA_WORD
    NULL };
static const uint8_t lengths[] = {
#define FL_SCHEMA_WORD(id, text, shape, prose) sizeof text - 1,
#include "extractor/models/schema_word.def"
#undef FL_SCHEMA_WORD
};
static const enum shape shapes[] = {
#define FL_SCHEMA_WORD(id, text, shape, prose) SHAPE_##shape,
#include "extractor/models/schema_word.def"
#undef FL_SCHEMA_WORD
};
static const char *const types[] = { "string", "number", "integer", "boolean", "null", "array", "object", "file", "any", NULL };

fl_schema_word fl_schema_word_of(fl_str text)
{
    for (int i = 0; words[i]; i++)
        if (lengths[i] == text.len && memcmp(words[i], text.ptr, text.len) == 0) return (fl_schema_word)i;
    return FL_SCHEMA_WORD_COUNT;
}

static bool fail(fl_model_compiler *c, const fl_data *d, const char *wanted)
{
    (void)fl_model_fail(c, d, "\"" FL_STR_FMT "\" in a schema wants %s", FL_STR_ARG(d->key), wanted);
    return false;
}

static bool is_arg(const fl_data *d)
{
    int64_t n;
    fl_str text = fl_data_str(d, FL_S(""));
    return d->kind != FL_DATA_LIST && d->kind != FL_DATA_MAP &&
           (fl_str_eq_c(text, "this") || (d->kind == FL_DATA_NUMBER && fl_str_to_int(text, &n) && n >= 0 && n < 20));
}

static bool is_args(const fl_data *d)
{
    if (d->kind != FL_DATA_LIST) return is_arg(d) || fl_str_eq_c(fl_data_str(d, FL_S("")), "all");
    for (const fl_data *i = d->first; i; i = i->next)
        if (!is_arg(i) && !fl_str_eq_c(fl_data_str(i, FL_S("")), "all")) return false;
    return d->first != NULL;
}

static bool check_type(fl_model_compiler *c, const fl_data *at, const fl_data *d)
{
    for (int i = 0; types[i]; i++)
        if (d->kind == FL_DATA_STRING && fl_str_eq_c(d->text, types[i])) return true;
        else if (d->kind == FL_DATA_NULL && fl_str_eq_c(FL_S("null"), types[i])) return true;   /* null without quotes */
    return fail(c, at, "a JSON type, \"file\" or \"any\"");
}

static bool check_types(fl_model_compiler *c, const fl_data *d)
{
    if (d->kind != FL_DATA_LIST) return check_type(c, d, d);
    for (const fl_data *i = d->first; i; i = i->next)
        if (!check_type(c, d, i)) return false;
    return true;
}

static bool check_by_type(fl_model_compiler *c, const fl_data *d)
{
    if (!fl_model_keys(c, d, types)) return false;
    for (const fl_data *i = d->first; i; i = i->next)
        if (!fl_schema_words_check(c, i)) return false;
    return true;
}

static bool check_cases(fl_model_compiler *c, const fl_data *d)
{
    int64_t n;
    for (const fl_data *i = d->kind == FL_DATA_MAP ? d->first : NULL; i; i = i->next) {
        if (!fl_str_to_int(i->key, &n) || n < 0 || n >= 20) return fail(c, d, "numbers of arguments with words behind them");
        if (!fl_schema_words_check(c, i)) return false;
    }
    return d->kind == FL_DATA_MAP || fail(c, d, "numbers of arguments with words behind them");
}

static bool check_fields(fl_model_compiler *c, const fl_data *d)
{
    static const char *const keys[] = { "of", "type", "words", "required", "skip", NULL }, *const required_keys[] = { "member", "is", "unless", NULL };
    if (d->kind != FL_DATA_MAP || !fl_data_get_c(d, "of") || !is_arg(fl_data_get_c(d, "of"))) return fail(c, d, "{of: argument, type: …}");
    const fl_data *words_of = fl_data_get_c(d, "words"), *required = fl_data_get_c(d, "required");
    return fl_model_keys(c, d, keys) && (!words_of || fl_schema_words_check(c, words_of)) && (!required || fl_model_keys(c, required, required_keys));
}

static bool check_word(fl_model_compiler *c, const fl_data *d, enum shape shape)
{
    static const char *const is_key[] = { "is", "of", "member", NULL };
    switch (shape) {
    case SHAPE_arg: return is_arg(d) || fail(c, d, "an argument: its number from 0, or \"this\"");
    case SHAPE_args: return is_args(d) || fail(c, d, "arguments: a number from 0, \"this\", a list of them, or \"all\"");
    case SHAPE_value: return d->kind == FL_DATA_MAP ? fl_model_keys(c, d, is_key) : is_args(d) || fail(c, d, "an argument, {is: constant}, or {of: argument, member: name}");
    case SHAPE_arg_flag: return is_arg(d) || d->kind == FL_DATA_BOOL || fail(c, d, "an argument or true");
    case SHAPE_flag: return d->kind == FL_DATA_BOOL || fail(c, d, "true or false");
    case SHAPE_closed: return d->kind == FL_DATA_BOOL || fl_str_eq_c(fl_data_str(d, FL_S("")), "output") || fail(c, d, "true, false or \"output\"");
    case SHAPE_text: return d->kind == FL_DATA_STRING || fail(c, d, "a text");
    case SHAPE_types: return check_types(c, d);
    case SHAPE_words: return fl_schema_words_check(c, d);
    case SHAPE_by_type: return check_by_type(c, d);
    case SHAPE_cases: return check_cases(c, d);
    case SHAPE_fields: return check_fields(c, d);
    }
    return false;
}

bool fl_schema_words_check(fl_model_compiler *c, const fl_data *map)
{
    if (!fl_model_keys(c, map, words)) return false;
    for (const fl_data *d = map->first; d; d = d->next)
        if (!check_word(c, d, shapes[fl_schema_word_of(d->key)])) return false;
    return true;
}
