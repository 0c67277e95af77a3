/* Plans from files, by the models of this repository and by a run time that exists only as a test file. */
#include "tests/support/unit.h"

#include "base/fs.h"
#include "engine/service/service.h"

#include <stdlib.h>

struct file {
    const char *path, *text;
};

static fl_str make_project(fl_arena *arena, const struct file *files)
{
    fl_str folder = {0};
    fl_err err = {0};
    fl_row_ok("temporary folder", fl_fs_temp_dir(arena, "faultline-test", &folder, &err), err);
    for (; files->path; files++) {
        fl_str path = fl_fs_join(arena, folder, fl_str_from(files->path));
        fl_row_ok(files->path, fl_fs_write(path.ptr, fl_str_from(files->text), &err), err);
    }
    return folder;
}

static bool has_line(const fl_str *items, size_t count, const char *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (fl_str_find(items[i], fl_str_from(wanted)) >= 0)
            return true;
    return false;
}

static void infers(void **state)
{
    (void)state;
    const struct {
        const char *row, *language, *entry, *hint_variable;
        uint16_t hint_port;
        struct file files[5];
        const char *start, *build, *port_variable;
        uint16_t port;
        const char *env, *not_env, *because;
    } rows[] = {
        {"script start", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"node src/a.js\"}}"}},
         "node src/a.js", "", "PORT", 0, NULL, NULL, "start: node src/a.js (package.json scripts.start)"},
        {"with prestart", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"node a\",\"prestart\":\"x\"}}"}},
         "npm start --silent", "", "PORT", 0, NULL, NULL, NULL},
        {"watcher", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"nodemon app.js\"}}"}},
         "node app.js", "", "PORT", 0, NULL, NULL, NULL},
        {"watcher alone", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"nodemon\"}}"}},
         "node .", "", "PORT", 0, NULL, NULL, NULL},
        {"watcher behind settings", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"dev\":\"A=1 nodemon --exec ts-node a.ts\"}}"}},
         "A=1 ts-node a.ts", "", "PORT", 0, NULL, NULL, NULL},
        {"watcher with options", "typescript", NULL, NULL, 0,
         {{"package.json", "{\"scripts\":{\"start\":\"nodemon --watch \\\"src/*\\\" --ext \\\"ts,json\\\" --exec \\\"ts-node src/app.ts\\\"\"}}"}},
         "ts-node src/app.ts", "", "PORT", 0, NULL, NULL, "start: ts-node src/app.ts"},
        {"watcher of a typed file", "typescript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"nodemon -q src/app.ts --flag\"}}"}},
         "ts-node src/app.ts --flag", "", "PORT", 0, NULL, NULL, NULL},
        {"watcher behind a launcher", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"dev\":\"npx nodemon server.js\"}}"}},
         "node server.js", "", "PORT", 0, NULL, NULL, NULL},
        {"settings by a launcher", "typescript", NULL, NULL, 0,
         {{"package.json", "{\"scripts\":{\"start\":\"cross-env NODE_PATH=./src tsnd --respawn src/server.ts\"}}"}},
         "cross-env NODE_PATH=./src ts-node src/server.ts", "", "PORT", 0, NULL, NULL, NULL},
        {"two commands are left alone", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"nodemon a.js & b\"}}"}},
         "nodemon a.js & b", "", "PORT", 0, NULL, NULL, NULL},
        {"start for production", "typescript", NULL, NULL, 0,
         {{"package.json", "{\"main\":\"a.ts\",\"scripts\":{\"start:prod\":\"node dist/a.js\",\"start:dev\":\"x\",\"build\":\"tsc\"}}"}},
         "node dist/a.js", "npm run build --silent", "PORT", 0, NULL, NULL, NULL},
        {"the folder that is built", "typescript", NULL, NULL, 0,
         {{"package.json", "{\"scripts\":{\"start\":\"NODE_ENV=production node -r ./config.js ./dist\",\"build\":\"tsc\"}}"}},
         "NODE_ENV=production node -r ./config.js ./dist", "npm run build --silent", "PORT", 0, NULL, NULL, NULL},
        {"a word like a folder's", "typescript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"node distribution\",\"build\":\"tsc\"}}"}},
         "node distribution", "", "PORT", 0, NULL, NULL, NULL},
        {"main that is not there", "typescript", NULL, NULL, 0, {{"package.json", "{\"main\":\"a.ts\"}"}, {"app.js", ""}},
         "node \"app.js\"", "", "PORT", 0, NULL, NULL, NULL},
        {"settings file named", "javascript", NULL, NULL, 0,
         {{"package.json", "{\"scripts\":{\"start\":\"node --env-file=.env a.js\"}}"}, {".env.sample", "A=1\n"}},
         "node --env-file=.env.sample a.js", "", "PORT", 0, "A=1", NULL, "there is no .env"},
        {"settings file there", "javascript", NULL, NULL, 0,
         {{"package.json", "{\"scripts\":{\"start\":\"node --env-file=.env a.js\"}}"}, {".env.sample", "A=1\n"}, {".env", "A=2\n"}},
         "node --env-file=.env a.js", "", "PORT", 0, NULL, "A=", NULL},
        {"main that listens, among others", "javascript", "other.js", NULL, 0,
         {{"package.json", "{\"main\":\"./src/listens.js\"}"}, {"src/listens.js", ""}}, "node \"./src/listens.js\"", "", "PORT", 0, NULL, NULL, NULL},
        {"main", "javascript", NULL, NULL, 0, {{"package.json", "{\"main\":\"lib/a.js\"}"}, {"lib/a.js", ""}}, "node \"lib/a.js\"", "", "PORT", 0, NULL, NULL, NULL},
        {"a script without its file", "javascript", NULL, NULL, 0,
         {{"package.json", "{\"scripts\":{\"start\":\"nodemon server\"},\"main\":\"index.js\"}"}, {"index.js", ""}}, "node \"index.js\"", "", "PORT", 0, NULL, NULL, NULL},
        {"a script with the stem of its file", "javascript", NULL, NULL, 0,
         {{"package.json", "{\"scripts\":{\"start\":\"nodemon -L server\"},\"main\":\"index.js\"}"}, {"index.js", ""}, {"server.js", ""}}, "node server", "", "PORT", 0, NULL, NULL, NULL},
        {"a script called server", "javascript", "src/app.js", NULL, 0,
         {{"package.json", "{\"scripts\":{\"server\":\"nodemon src/app.js\"},\"main\":\"app.js\"}"}, {"src/app.js", ""}}, "node src/app.js", "", "PORT", 0, NULL, NULL, NULL},
        {"migrations of a database in a file", "javascript", NULL, NULL, 0,
         {{"package.json", "{\"main\":\"a.js\",\"dependencies\":{\"knex\":\"2\",\"sqlite3\":\"5\"}}"}, {"a.js", ""}, {"knexfile.js", ""}}, "node \"a.js\"", "", "PORT", 0, NULL, NULL,
         "prepare: knex migrate:latest"},
        {"empty start script", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"  \"},\"main\":\"m.js\"}"}, {"m.js", ""}},
         "node \"m.js\"", "", "PORT", 0, NULL, NULL, NULL},
        {"entry before main", "javascript", "src/x.js", NULL, 0, {{"package.json", "{\"main\":\"lib/a.js\"}"}}, "node \"src/x.js\"", "", "PORT", 0, NULL, NULL,
         "the service listens in src/x.js"},
        {"entry of another kind", "typescript", "src/x.ts", NULL, 0, {{"app.js", ""}}, "node \"app.js\"", "", "PORT", 0, NULL, NULL, "app.js is there"},
        {"build", "typescript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"node dist/s.js\",\"build\":\"tsc\"}}"}},
         "node dist/s.js", "npm run build --silent", "PORT", 0, NULL, NULL, "build:"},
        {"no build needed", "javascript", NULL, NULL, 0, {{"package.json", "{\"scripts\":{\"start\":\"node s.js\",\"build\":\"webpack\"}}"}},
         "node s.js", "", "PORT", 0, NULL, NULL, NULL},
        {"port of the source", "javascript", NULL, "APP_PORT", 0, {{"app.js", ""}}, "node \"app.js\"", "", "APP_PORT", 0, NULL, NULL, "port: APP_PORT"},
        {"fixed port", "javascript", NULL, NULL, 4000, {{"app.js", ""}}, "node \"app.js\"", "", "", 4000, NULL, NULL, "port: 4000"},
        {"example environment", "javascript", NULL, NULL, 0,
         {{"app.js", ""}, {".env.example", "# c\nPORT=3000\nA=1\nexport B='two words' # x\nC=\nD=\"q\" \nE=v # c\nnot a setting\nHOME=/x\n"}},
         "node \"app.js\"", "", "PORT", 0, "B=two words", "HOME=", "env: A=1 (.env.example)"},
        {"environment in use", "javascript", NULL, NULL, 0, {{"app.js", ""}, {".env.example", "A=1\nB=2\n"}, {".env", "A=9\n"}},
         "node \"app.js\"", "", "PORT", 0, "B=2", "A=", NULL},
        {"dependencies missing", "javascript", NULL, NULL, 0, {{"package.json", "{\"main\":\"a.js\",\"dependencies\":{\"x\":\"1\"}}"}, {"a.js", ""}},
         "node \"a.js\"", "", "PORT", 0, NULL, NULL, "missing: node_modules (run 'npm ci' first)"},
        {"broken package.json", "javascript", NULL, NULL, 0, {{"package.json", "{"}, {"app.js", ""}}, "node \"app.js\"", "", "PORT", 0, NULL, NULL, NULL},
        {"path", "javascript", NULL, NULL, 0, {{"app.js", ""}, {"node_modules/.bin/x", ""}}, "node \"app.js\"", "", "PORT", 0,
         "PATH=${folder}/node_modules/.bin:", NULL, NULL},
        {"CMake", "c", "src/main.c", NULL, 0, {{"CMakeLists.txt", "project(p C)\n"}, {"Makefile", ""}},
         "\"${program}\"", "cmake -S . -B \"${build}\" -DCMAKE_BUILD_TYPE=Debug && cmake --build \"${build}\" -j \"$(nproc)\"", "PORT", 0, NULL, NULL, "CMakeLists.txt is there"},
        {"meson", "cpp", NULL, "SHOP_PORT", 0, {{"meson.build", "project('p', 'cpp')\n"}},
         "\"${program}\"", "meson setup \"${build}\" && meson compile -C \"${build}\"", "SHOP_PORT", 0, NULL, NULL, "build: meson"},
        {"make", "c", NULL, NULL, 8080, {{"GNUmakefile", "all:\n"}}, "\"${program}\"", "\"${data}/hooks/native/renew\" && make -j \"$(nproc)\"", "", 8080, NULL, NULL, "GNUmakefile is there"},
        {"configure", "c", NULL, NULL, 0, {{"configure", "#!/bin/sh\n"}}, "\"${program}\"", "./configure && \"${data}/hooks/native/renew\" && make -j \"$(nproc)\"", "PORT", 0, NULL, NULL, NULL},
        {"sources without a build", "c", "main.c", NULL, 0, {{"main.c", ""}}, NULL, "", "PORT", 0, NULL, NULL, NULL},
        {"a Makefile of another language", "javascript", NULL, NULL, 0, {{"Makefile", ""}, {"app.js", ""}}, "node \"app.js\"", "", "PORT", 0, NULL, NULL, NULL},
        {"no language given", NULL, NULL, NULL, 0, {{"app.js", ""}}, "node \"app.js\"", "", "PORT", 0, NULL, NULL, NULL},
        {"nothing", "javascript", NULL, NULL, 0, {{"README", ""}}, NULL, "", "PORT", 0, NULL, NULL, NULL},
        {"other language", "cobol", NULL, NULL, 0, {{"app.js", ""}}, NULL, "", "", 0, NULL, NULL, NULL},
    };
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/../../..", 1);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_str folder = make_project(&arena, rows[i].files);
        fl_service_hints hints = {.language = fl_str_from(rows[i].language), .entry_file = fl_str_from(rows[i].entry),
                                  .port_variable = fl_str_from(rows[i].hint_variable), .port = rows[i].hint_port};
        const fl_str starts[] = {FL_S("other.js"), FL_S("src/listens.js")};
        hints.starts = starts;
        hints.start_count = FL_COUNT(starts);
        fl_service_plan plan;
        fl_err err = {0};
        fl_status status = fl_service_infer(&plan, &arena, folder.ptr, &hints, &err);
        fl_row_int(rows[i].row, status, rows[i].start ? FL_OK : FL_E_ENV);
        fl_row_str(rows[i].row, plan.start, rows[i].start ? rows[i].start : "");
        fl_row_str(rows[i].row, plan.build, rows[i].build);
        fl_row_str(rows[i].row, plan.port_variable, rows[i].port_variable);
        fl_row_int(rows[i].row, plan.port, rows[i].port);
        if (rows[i].env)
            fl_row_true(rows[i].row, has_line(plan.env.items, plan.env.count, rows[i].env));
        if (rows[i].not_env)
            fl_row_true(rows[i].row, !has_line(plan.env.items, plan.env.count, rows[i].not_env));
        if (rows[i].because)
            fl_row_true(rows[i].row, has_line(plan.because.items, plan.because.count, rows[i].because));
        fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
        fl_arena_release(&arena);
    }
}

/* Servers that are started on an application object. */
static void names_applications(void **state)
{
    (void)state;
    static const struct { const char *row, *framework, *file, *name; bool is_factory; const char *other_file, *start, *package, *root; } rows[] = {
        {"object", "fastapi", "clinic/main.py", "app", false, NULL,
         "PYTHONPATH=\".:$PYTHONPATH\" exec python3 -m uvicorn \"clinic.main:app\"  --host 127.0.0.1 --port ${port}", NULL, ""},
        {"factory", "starlette", "web.py", "create_app", true, NULL,
         "PYTHONPATH=\".:$PYTHONPATH\" exec python3 -m uvicorn \"web:create_app\" --factory --host 127.0.0.1 --port ${port}", NULL, ""},
        {"package below src", "flask", "src/library/__init__.py", "create_app", true, NULL,
         "FLASK_APP=\"library:create_app\" PYTHONPATH=\"src:$PYTHONPATH\" exec python3 -m flask run --no-reload --no-debugger --host 127.0.0.1 --port ${port}", NULL, ""},
        {"a framework that says how", "fastapi", "a.py", "app", false, "manage.py",
         "python3 \"${data}/hooks/python/faultline_django.py\" \"manage.py\" runserver --noreload 127.0.0.1:${port}", "django", ""},
        {"a file that another framework has, too", "flask", "web.py", "app", false, "manage.py",
         "FLASK_APP=\"web:app\" PYTHONPATH=\".:$PYTHONPATH\" exec python3 -m flask run --no-reload --no-debugger --host 127.0.0.1 --port ${port}", "flask", ""},
        {"with tables", "flask", "web.py", "app", false, NULL,
         "FAULTLINE_DATABASES=1 FLASK_APP=\"web:app\" PYTHONPATH=\".:$PYTHONPATH\" exec python3 -m flask run --no-reload --no-debugger --host 127.0.0.1 --port ${port}",
         "sqlalchemy", ""},
        {"another framework", "bottle", "web.py", "app", false, "main.py", "python3 \"main.py\"", NULL, ""},
        {"where its imports begin", "fastapi", "backend/app/main.py", "app", false, NULL,
         "PYTHONPATH=\"backend:$PYTHONPATH\" exec python3 -m uvicorn \"app.main:app\"  --host 127.0.0.1 --port ${port}", NULL, "backend"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        const struct file files[] = {{rows[i].other_file, ""}, {NULL, NULL}};
        fl_str folder = make_project(&arena, files);
        const fl_str uses = fl_str_from(rows[i].package ? rows[i].package : "web");
        fl_service_hints hints = {.language = FL_S("python"), .application = {fl_str_from(rows[i].framework), fl_str_from(rows[i].file),
                                  fl_str_from(rows[i].name), fl_str_from(rows[i].root), rows[i].is_factory}, .packages = &uses, .package_count = 1};
        fl_service_plan plan;
        fl_err err = {0};
        fl_row_ok(rows[i].row, fl_service_infer(&plan, &arena, folder.ptr, &hints, &err), err);
        fl_row_str(rows[i].row, plan.start, rows[i].start);
        fl_row_str(rows[i].row, plan.runtime, "python");
        fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
        fl_arena_release(&arena);
    }
}

static void knows_no_language(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    const struct file files[] = {{"project.yaml", "tool: {run: snake --reload compiled/app, compile: src}\n"}, {"env.example", "SNAKE_PORT=1\nX=2\n"}, {NULL, NULL}};
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/data", 1);
    fl_str folder = make_project(&arena, files);
    fl_service_plan plan;
    fl_err err = {0};
    fl_row_ok("infer", fl_service_infer(&plan, &arena, folder.ptr, &(fl_service_hints){.language = FL_S("snake")}, &err), err);
    fl_row_str("start", plan.start, "snake compiled/app");
    fl_row_str("build", plan.build, "snakec src");
    fl_row_str("port", plan.port_variable, "SNAKE_PORT");
    fl_row_str("runtime", plan.runtime, "snake");
    fl_row_true("env", has_line(plan.env.items, plan.env.count, "X=2"));
    fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
    fl_arena_release(&arena);
}

static void refuses_bad_models(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text, *says;
    } rows[] = {
        {"unknown key", "model: m\nstrat: []\n", "did you mean 'start'"},
        {"unknown key of a rule", "start:\n  - {fiel: a, command: b}\n", "line 2: unknown key 'fiel'; did you mean 'file'"},
        {"no command", "start:\n  - {exists: [a]}\n", "a rule needs a 'command'"},
        {"unknown key of a variant", "compile:\n  variants:\n    - {nane: x}\n", "line 3: unknown key 'nane'; did you mean 'name'"},
        {"unknown key of compile", "compile: {pat: [x]}\n", "unknown key 'pat'; did you mean 'path'"},
        {"unknown key of the interpreter", "interpreter: {names: x}\n", "unknown key 'names'; did you mean 'name'"},
        {"unknown key of what is missing", "missing:\n  - {befor: x}\n", "line 2: unknown key 'befor'"},
        {"unknown key of the hook", "hook: {line: x}\n", "unknown key 'line'; did you mean 'lines'"},
        {"unknown key of the debugger", "debugger: {need: x}\n", "unknown key 'need'; did you mean 'needs'"},
        {"no map", "- a\n", "expected a map"},
        {"not YAML", "a: [", "line "},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        const struct file files[] = {{"models/runtimes/m.yaml", rows[i].text}, {NULL, NULL}};
        fl_str folder = make_project(&arena, files);
        setenv("FAULTLINE_DATA", folder.ptr, 1);
        fl_service_plan plan;
        fl_err err = {0};
        fl_row_true(rows[i].row, fl_service_infer(&plan, &arena, folder.ptr, NULL, &err) != FL_OK);
        if (!strstr(err.text, rows[i].says))
            fail_msg("row '%s': '%s' does not say '%s'", rows[i].row, err.text, rows[i].says);
        fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
        fl_arena_release(&arena);
    }
}

FL_UNIT(infer, cmocka_unit_test(infers), cmocka_unit_test(names_applications), cmocka_unit_test(knows_no_language), cmocka_unit_test(refuses_bad_models))
