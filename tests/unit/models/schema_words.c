/* What stands below `schema:` and `annotations:` is checked when a model is loaded: each row is one line of a model and the complaint. */
#include "tests/support/unit.h"
#include "extractor/models/model.h"

/* `before` what `behind` is a model. */
static void complains(const char *before, const char *what, const char *behind, const char *complaint)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = { 0 };
    fl_str text = fl_str_format(&arena, "model: a\nkind: library\nlanguage: x\n%s%s%s\n", before, what, behind);
    fl_status status = fl_model_check(&arena, text, "a.yaml", &err);
    if (complaint && (status == FL_OK || !strstr(err.text, complaint))) fail_msg("row '%s': said '%s', not '%s'", what, err.text, complaint);
    if (!complaint) fl_row_ok(what, status, err);
    fl_arena_release(&arena);
}

static void schemas_are_checked(void **state)
{
    (void)state;
    static const struct { const char *schema, *complaint; } rows[] = {
        { "{type: string}", NULL }, { "{type: [string, \"null\"]}", NULL }, { "{type: null}", NULL }, { "{}", NULL },
        { "{minLength: {is: 1}, pattern: 0, closed: output, partial: true, omit: [0, 1]}", NULL },
        { "{all_of: [this, all], enum: all, items: this}", NULL },
        { "{by_type: {string: {format: email}}, output: {type: any}}", NULL },
        { "{tpye: string}", "unknown key \"tpye\", did you mean \"type\"?" },
        { "{type: text}", "a JSON type" }, { "{type: [string, 5]}", "a JSON type" },
        { "{properties: dict}", "an argument" }, { "{properties: -1}", "an argument" }, { "{properties: [0]}", "an argument" },
        { "{any_of: []}", "arguments" }, { "{any_of: {is: 1}}", "arguments" },
        { "{minimum: {are: 1}}", "unknown key \"are\"" }, { "{minimum: low}", "{is: constant}" },
        { "{optional: 0}", "true or false" }, { "{optional: \"yes\"}", "true or false" },
        { "{closed: input}", "\"output\"" }, { "{partial: some}", "an argument or true" }, { "{format: 0}", "a text" },
        { "{by_type: {text: {}}}", "unknown key \"text\"" }, { "{by_type: {string: {tpye: string}}}", "unknown key \"tpye\"" },
        { "{output: {of: {is: 1}}}", "an argument" }, { "{output: string}", "a map is wanted" }, { "string", "a map is wanted" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        complains("exports:\n  f: {call: {schema: ", rows[i].schema, "}}", rows[i].complaint);
}

static void annotations_are_checked(void **state)
{
    (void)state;
    static const struct { const char *annotation, *complaint; } rows[] = {
        { "{Partial: {schema: {of: 0, partial: true}}}", NULL }, { "{\"A, B\": {type: t, arguments: {0: path, 1: {Body: body}}}}", NULL },
        { "[a]", "annotations must be a map" }, { "{A: {shema: {}}}", "unknown key \"shema\"" }, { "{A: {schema: {of: first}}}", "an argument" },
        { "{A: {arguments: [body]}}", "arguments must be a map" }, { "{A: {arguments: {first: body}}}", "no number of a type argument" },
        { "{A: {arguments: {0: bdy}}}", "no place of a request" }, { "{A: {arguments: {0: {Body: 5}}}}", "no place of a request" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        complains("annotations: ", rows[i].annotation, "", rows[i].complaint);
}

static void refusals_patches_and_wants_are_checked(void **state)
{
    (void)state;
    static const struct { const char *line, *complaint; } rows[] = {
        { "refusals: [{text: \"return ${status}\", how: respond}]", NULL }, { "refusals: {text: x}", "a list is wanted" },
        { "refusals: [{text: x, hwo: throw}]", "did you mean \"how\"?" }, { "refusals: [{text: x, how: shout}]", "respond, throw or next" },
        { "refusals: [{how: next}]", "wants \"text\"" },
        { "patches: {b: {async_errors: handler}}", NULL }, { "patches: [b]", "a map of models" },
        { "patches: {b: {async_error: handler}}", "did you mean \"async_errors\"?" }, { "patches: {b: {async_errors: nobody}}", "only be patched to handler" },
        { "exports: {f: {call: {wants: [{arg: this, types: [string, null]}]}}}", NULL },
        { "exports: {f: {call: {wants: [{arg: that, types: string}]}}}", "is no argument" },
        { "exports: {f: {call: {wants: [{arg: 0, types: text}]}}}", "names no type" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        complains("", rows[i].line, "", rows[i].complaint);
}

static void versions_and_names(void **state)
{
    (void)state;
    fl_models models;
    fl_err err = { 0 };
    fl_sym package = FL_SYM_NONE;
    fl_row_ok("load", fl_models_load(&models, NULL, &err), err);
    const fl_model *zod = fl_models_package(&models, fl_sym_of_c("zod"));
    fl_row_true("zod", zod && fl_models_import(&models, FL_S("javascript"), FL_S("zod/v4/mini"), &package) == zod && package == fl_sym_of_c("zod"));
    fl_row_true("zod", fl_model_is_itself(zod, fl_sym_of_c("z")) && !fl_model_is_itself(zod, fl_sym_of_c("string")));
    fl_row_true("zod", fl_model_annotation(zod, fl_sym_of_c("infer")) && !fl_model_annotation(zod, fl_sym_of_c("string")));
    fl_row_true("scope", !fl_models_import(&models, FL_S("javascript"), FL_S("@nobody/nothing/sub/path"), &package) && package == fl_sym_of_c("@nobody/nothing"));
    fl_row_true("words", fl_schema_word_of(FL_S("exclusiveMinimum")) == FL_SCHEMA_WORD_exclusive_minimum);
    fl_row_true("words", fl_schema_word_of(FL_S("no such word")) == FL_SCHEMA_WORD_COUNT);
    fl_models_release(&models);
}

FL_UNIT(schema_words, cmocka_unit_test(schemas_are_checked), cmocka_unit_test(annotations_are_checked), cmocka_unit_test(refusals_patches_and_wants_are_checked), cmocka_unit_test(versions_and_names))
