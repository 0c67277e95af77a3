/* Which language a path is, and which files are tests or build configuration. */
#include "tests/support/unit.h"
#include "extractor/languages/language.h"

static void language_by_extension(void **state)
{
    (void)state;
    static const struct { const char *path, *language; } rows[] = {
        { "a.js", "javascript" }, { "a.mjs", "javascript" }, { "a.cjs", "javascript" }, { "a.jsx", "javascript" }, { "b/a.ts", "javascript" },
        { "a.mts", "javascript" }, { "a.cts", "javascript" }, { "a.tsx", "javascript" }, { "a.json", NULL }, { "js", NULL }, { ".js", NULL },
        { "a.js.map", NULL }, { "README", NULL },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        const fl_language *language = fl_language_of(fl_str_from(rows[i].path));
        fl_row_str(rows[i].path, fl_str_from(language ? language->name : ""), rows[i].language ? rows[i].language : "");
    }
    assert_non_null(fl_language_named(FL_S("javascript")));
    assert_null(fl_language_named(FL_S("cobol")));
    fl_err err = { 0 };
    assert_int_equal(fl_languages_check(&err), FL_OK);
}

static void tests_are_known_by_path(void **state)
{
    (void)state;
    static const struct { const char *path; bool is_test; } rows[] = {
        { "src/app.js", false }, { "app.js", false }, { "test.js", false }, { "src/test.js", false }, { "src/contest/a.js", false },
        { "src/latest.spec/a.js", false }, { "src/spectator.js", false }, { "config.js", false }, { "src/db.config.js", false },
        { "src/app.config.ts", false }, { "src/routes/test/index.js", false }, { "src/modules/test/test.controller.ts", false },
        { "migrations/001.js", false }, { "src/migrations/test-table.js", false }, { "knexfile.js", false }, { "webpack/a.js", false },
        { "src/attest.ts", false }, { "src/next.js", false }, { "fixtures/a.js", false }, { "src/testing.js", false },
        { "test/a.js", true }, { "tests/unit/a.js", true }, { "src/__tests__/a.js", true }, { "src/tests/a.ts", true }, { "spec/a.js", true },
        { "packages/a/test/b.js", true }, { "src/a.test.js", true }, { "src/a.spec.ts", true }, { "test/a.e2e-spec.ts", true },
        { "cypress/a.js", true }, { "e2e/a.js", true }, { ".storybook/main.js", true }, { "src/a.stories.tsx", true }, { "src/a.d.ts", true },
        { "types/a.d.mts", true }, { "jest.config.js", true }, { "a/vitest.config.ts", true }, { "webpack.prod.js", true }, { "gulpfile.js", true },
        { ".eslintrc.js", true }, { "jest.setup.ts", true }, { "src/__mocks__/fs.js", true }, { "ecosystem.config.js", true },
    };
    const fl_language *language = fl_language_named(FL_S("javascript"));
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_int(rows[i].path, language->is_test(fl_str_from(rows[i].path)), rows[i].is_test);
}

FL_UNIT(paths, cmocka_unit_test(language_by_extension), cmocka_unit_test(tests_are_known_by_path))
