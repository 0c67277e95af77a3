/* Imports, config files and listings of one project that has every kind of them. */
#include "tests/support/unit.h"
#include "extractor/source/source.h"
#include "base/fs.h"

static const struct { const char *path, *text; } files[] = {
    { "package.json", "{\"name\": \"root\", \"imports\": {\"#db/*\": \"./src/db/*.js\", \"#http\": \"undici\"}, \"workspaces\": [\"packages/*\"]}" },
    { "tsconfig.base.json", "{ // shared\n \"compilerOptions\": { \"baseUrl\": \".\", \"paths\": { \"@app/*\": [\"src/*\"], \"@app/core\": [\"src/core/main\"], }, } }" },
    { "tsconfig.json", "{ \"extends\": \"./tsconfig.base\" }" },
    { "src/index.js", "" }, { "src/app.ts", "" }, { "src/view.tsx", "" }, { "src/both.js", "" }, { "src/both.ts", "" },
    { "src/util/index.js", "" }, { "src/util.mjs", "" }, { "src/db/client.js", "" }, { "src/core/main.ts", "" }, { "src/data.json", "{}" },
    { "src/style.css", "" }, { "src/a.test.js", "" }, { "src/dotted.service.ts", "" }, { "src/esm.mts", "" }, { "src/types.d.ts", "" },
    { "src/folder/package.json", "{\"main\": \"lib/start\"}" }, { "src/folder/lib/start.js", "" }, { "src/only/index.ts", "" },
    { "packages/shared/package.json", "{\"name\": \"@org/shared\", \"main\": \"dist/index.js\"}" },
    { "packages/shared/src/index.ts", "" }, { "packages/shared/src/deep/thing.ts", "" },
    { "packages/exp/package.json", "{\"name\": \"exp\", \"exports\": {\".\": {\"types\": \"./dist/main.d.ts\", \"import\": \"./dist/main.js\"}, \"./x/*\": \"./dist/x/*.js\"}}" },
    { "packages/exp/src/main.ts", "" }, { "packages/exp/src/x/y.ts", "" },
    { "packages/own/tsconfig.json", "{\"compilerOptions\": {\"baseUrl\": \"./src\"}}" }, { "packages/own/src/lib/a.ts", "" },
    { "packages/own/src/b.ts", "" }, { "packages/broken/tsconfig.json", "{\"compilerOptions\": }" }, { "packages/broken/c.ts", "" },
};

typedef struct fixture { fl_arena arena; fl_str root; fl_project project; fl_err err; } fixture;

static void start(fixture *f)
{
    *f = (fixture){ 0 };
    fl_arena_init(&f->arena);
    fl_status status = fl_fs_temp_dir(&f->arena, "fl-resolve-", &f->root, &f->err);
    fl_row_ok("temp", status, f->err);
    for (size_t i = 0; i < FL_COUNT(files); i++) {
        status = fl_fs_write(fl_fs_join(&f->arena, f->root, fl_str_from(files[i].path)).ptr, fl_str_from(files[i].text), &f->err);
        fl_row_ok(files[i].path, status, f->err);
    }
    status = fl_project_open(&f->project, f->root.ptr, NULL, &f->err);
    fl_row_ok("open", status, f->err);
}

static void end(fixture *f)
{
    fl_project_release(&f->project);
    fl_status status = fl_fs_remove_tree(f->root.ptr, &f->err);
    fl_row_ok("remove", status, f->err);
    fl_arena_release(&f->arena);
}

static fl_str show(fixture *f, fl_import import)
{
    switch (import.kind) {
    case FL_IMPORT_FILE: return fl_project_file(&f->project, import.file)->path;
    case FL_IMPORT_PACKAGE: return fl_str_format(&f->arena, "package " FL_STR_FMT, FL_STR_ARG(import.package));
    case FL_IMPORT_DATA: return fl_str_format(&f->arena, "data " FL_STR_FMT, FL_STR_ARG(import.package));
    case FL_IMPORT_NONE: break;
    }
    return FL_S("none");
}

static size_t count_code(const fl_project *project, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < project->diagnostics.count; i++) count += strcmp(project->diagnostics.items[i].code, code) == 0;
    return count;
}

static void resolves(void **state)
{
    (void)state;
    static const struct { const char *from, *specifier, *want; } rows[] = {
        { "src/index.js", "./db/client", "src/db/client.js" },
        { "src/index.js", "./db/client.js", "src/db/client.js" },
        { "src/index.js", "./db/../db//client", "src/db/client.js" },
        { "src/db/client.js", "..", "src/index.js" },
        { "src/db/client.js", "../", "src/index.js" },
        { "src/index.js", ".", "src/index.js" },
        { "src/index.js", "./app", "src/app.ts" },
        { "src/index.js", "./app.js", "src/app.ts" },
        { "src/index.js", "./view.jsx", "src/view.tsx" },
        { "src/index.js", "./esm.mjs", "src/esm.mts" },
        { "src/index.js", "./both", "src/both.js" },
        { "src/app.ts", "./both", "src/both.ts" },
        { "src/app.ts", "./both.js", "src/both.js" },
        { "src/app.ts", "./dotted.service", "src/dotted.service.ts" },
        { "src/index.js", "./util", "src/util.mjs" },
        { "src/index.js", "./util/", "src/util/index.js" },
        { "src/index.js", "./only", "src/only/index.ts" },
        { "src/index.js", "./folder", "src/folder/lib/start.js" },
        { "src/index.js", "./data.json", "data src/data.json" },
        { "src/index.js", "./data", "data src/data.json" },
        { "src/index.js", "./app?raw", "src/app.ts" },
        { "src/index.js", "./none", "none" },
        { "src/index.js", "./style.css", "none" },
        { "src/index.js", "./a.test.js", "none" },
        { "src/index.js", "../../outside", "none" },
        { "src/index.js", "/etc/passwd", "none" },
        { "src/index.js", "", "none" },
        { "src/index.js", "https://example.org/a.js", "package https://example.org/a.js" },
        { "src/index.js", "express", "package express" },
        { "src/index.js", "lodash/get", "package lodash/get" },
        { "src/index.js", "@scope/pkg/sub", "package @scope/pkg/sub" },
        { "src/index.js", "node:fs/promises", "package fs/promises" },
        { "src/index.js", "#db/client", "src/db/client.js" },
        { "src/index.js", "#http", "package undici" },
        { "src/app.ts", "@app/app", "src/app.ts" },
        { "src/app.ts", "@app/core", "src/core/main.ts" },
        { "src/app.ts", "@app/util", "src/util.mjs" },
        { "src/app.ts", "src/db/client", "src/db/client.js" },
        { "packages/own/src/b.ts", "lib/a", "packages/own/src/lib/a.ts" },
        { "packages/own/src/b.ts", "@app/app", "package @app/app" },
        { "src/index.js", "@org/shared", "packages/shared/src/index.ts" },
        { "src/index.js", "@org/shared/deep/thing", "packages/shared/src/deep/thing.ts" },
        { "src/index.js", "@org/shared/src/deep/thing", "packages/shared/src/deep/thing.ts" },
        { "src/index.js", "@org/shared/none", "package @org/shared/none" },
        { "src/index.js", "exp", "packages/exp/src/main.ts" },
        { "src/index.js", "exp/x/y", "packages/exp/src/x/y.ts" },
        { "packages/broken/c.ts", "zod", "package zod" },
    };
    fixture f;
    start(&f);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        uint32_t id = 0;
        fl_row_true(rows[i].from, fl_project_find(&f.project, fl_str_from(rows[i].from), &id));
        for (int again = 0; again < 2; again++) /* the second answer comes from the cache */
            fl_row_str(rows[i].specifier, show(&f, fl_project_resolve(&f.project, fl_project_file(&f.project, id), fl_str_from(rows[i].specifier))),
                       rows[i].want);
    }
    fl_row_size("what is nowhere is said once, what is no source is not", count_code(&f.project, "unresolved-import"), 3);
    fl_row_size("broken tsconfig", count_code(&f.project, "bad-config"), 1);
    end(&f);
}

static void finds_configs(void **state)
{
    (void)state;
    static const struct { const char *folder, *name, *found_in; } rows[] = {
        { "src/db", "package.json", "" }, { "", "package.json", "" }, { "src/folder/lib", "package.json", "src/folder" },
        { "packages/own/src", "tsconfig.json", "packages/own" }, { "src", "none.json", NULL },
    };
    fixture f;
    start(&f);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str found_in = FL_S("?");
        const fl_data *config = fl_project_config(&f.project, fl_str_from(rows[i].folder), rows[i].name, &found_in);
        fl_row_int(rows[i].folder, config != NULL, rows[i].found_in != NULL);
        if (config) fl_row_str(rows[i].folder, found_in, rows[i].found_in);
    }
    end(&f);
}

static void lists_folders(void **state)
{
    (void)state;
    static const struct { const char *folder, *names; } rows[] = {
        { "src/folder", "lib package.json" }, { "packages", "broken exp own shared" }, { "./packages/own/../own", "src tsconfig.json" },
        { "none", NULL }, { "..", NULL }, { "/", NULL },
    };
    fixture f;
    start(&f);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str_list list;
        fl_status status = fl_project_list(&f.project, fl_str_from(rows[i].folder), &f.arena, &list);
        fl_row_int(rows[i].folder, status == FL_OK, rows[i].names != NULL);
        if (status != FL_OK) continue;
        fl_str all = FL_S("");
        for (size_t k = 0; k < list.count; k++)
            all = fl_str_format(&f.arena, FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(all), k ? " " : "", FL_STR_ARG(list.items[k]));
        fl_row_str(rows[i].folder, all, rows[i].names);
    }
    end(&f);
}

FL_UNIT(resolve, cmocka_unit_test(resolves), cmocka_unit_test(finds_configs), cmocka_unit_test(lists_folders))
