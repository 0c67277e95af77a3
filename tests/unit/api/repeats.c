/*
 * Start-up code that builds its application several times registers the same routes again (drop_repeats in extractor/api/route.c): one of
 * them is left. Routes that only look alike, because other handlers come in as arguments, all stay.
 */
#include "tests/support/unit.h"
#include "base/fs.h"
#include "extractor/api/api.h"
#include "extractor/api/route.h"

typedef struct row { const char *name, *program; size_t routes; } row;
static const row rows[] = {
    {"once", "function build(text) { const app = express(); app.get('/a', (req, res) => res.json(text)); app.post('/b', check, (req, res) => res.end()); return app; }\n"
             "build('x').listen(1);\n", 2},
    {"three times", "function build(text) { const app = express(); app.get('/a', (req, res) => res.json(text)); app.post('/b', check, (req, res) => res.end()); return app; }\n"
                    "build('x').listen(1); build('y').listen(2); build('z').listen(3);\n", 2},
    {"another handler", "function build(handler) { const app = express(); app.get('/a', handler); return app; }\n"
                        "build((req, res) => res.end()).listen(1); build((req, res) => res.json(1)).listen(2);\n", 2},
    {"another handler before", "function build(before) { const app = express(); app.use(before); app.get('/a', (req, res) => res.end()); return app; }\n"
                               "build(check).listen(1); build((req, res, next) => next()).listen(2);\n", 2},
    {"another handler of errors", "function build(taker) { const app = express(); app.get('/a', (req, res) => res.end()); app.use(taker); return app; }\n"
                                  "build((e, req, res, next) => res.status(409).end()).listen(1); build((e, req, res, next) => res.status(410).end()).listen(2);\n", 2},
    {"another path", "function build(path) { const app = express(); app.get(path, check); return app; }\nbuild('/a').listen(1); build('/b').listen(2);\n", 2},
    {"wrapped", "const wrap = require('somewhere');\nfunction build(one) { const app = express(); app.get('/a', wrap(one)); return app; }\n"
                "build((req, res) => res.end()).listen(1); build((req, res) => res.json(1)).listen(2);\n", 2},
    {"wrapped again", "const wrap = require('somewhere');\nfunction build(one) { const app = express(); app.get('/a', wrap((req, res) => res.json(one))); return app; }\n"
                      "build(1).listen(1); build(2).listen(2);\n", 1},
};

static size_t routes_of(fl_arena *arena, const row *r)
{
    fl_str root;
    fl_err err;
    fl_project project;
    fl_api api;
    fl_routes routes = {0};
    fl_str text = fl_str_format(arena, "const express = require('express');\nfunction check(req, res, next) { next(); }\n%s", r->program);
    fl_row_ok(r->name, fl_fs_temp_dir(arena, "fl-repeats-", &root, &err), err);
    fl_row_ok(r->name, fl_fs_write(fl_fs_join(arena, root, FL_S("app.js")).ptr, text, &err), err);
    fl_row_ok(r->name, fl_project_open(&project, root.ptr, NULL, &err), err);
    fl_row_ok(r->name, fl_api_extract(&api, &project, &(fl_extract_options){.keeps_values = true}, &err), err);
    fl_routes_collect(arena, &api.stages->values, &routes);
    fl_api_release(&api);
    fl_project_release(&project);
    fl_row_ok(r->name, fl_fs_remove_tree(root.ptr, &err), err);
    size_t count = 0;
    for (size_t i = 0; i < routes.items.count; i++) count += !routes.items.items[i]->is_mount;   /* a mounted function becomes one when it answers */
    return count;
}

static void one_is_left(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_size(rows[i].name, routes_of(&arena, &rows[i]), rows[i].routes);
    fl_arena_release(&arena);
}

FL_UNIT(repeats, cmocka_unit_test(one_is_left))
