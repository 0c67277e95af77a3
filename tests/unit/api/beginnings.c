/*
 * Routes that begin with the same handlers are run with what those left (extractor/flow/prefix.c): each says what it says alone. A row
 * is one registration; the program has all of them, or all but one blank, so that lines stay the same.
 */
#include "tests/support/unit.h"
#include "base/fs.h"
#include "extractor/api/api.h"

static const char program[] =
    "const express = require('express');\n"
    "const app = express();\n"
    "const found = [];\n"
    "app.use(express.json());\n"
    "function read(req, res, next) { req.kind = req.query.kind; next(); }\n"
    "function member(req, res, next) {\n"
    "  if (!req.headers['x-member']) return res.status(401).json({ error: 'who?' });\n"
    "  if (req.body && req.body.from === 'afar') return res.status(403).json({ error: 'no', from: req.body.from });\n"
    "  req.user = found.find((one) => one.name === req.headers['x-member']);\n"
    "  next();\n"
    "}\n"
    "function strict(req, res, next) { if (typeof req.body.note !== 'string') throw new Error('note'); next(); }\n"
    "app.use((req, res, next) => { if (req.query.limit > 5) return next(new Error('limit')); next(); });\n";
static const char *const routes[] = {
    "app.post('/a', read, member, (req, res) => res.json({ text: req.body.text.trim(), user: req.user.name }));\n",
    "app.post('/b', read, member, strict, (req, res) => res.json({ note: req.body.note.length, kind: req.kind.x }));\n",
    "app.post('/c/:id', read, member, strict, (req, res) => { if (!req.body.text) return res.status(400).end(); res.json(req.params.id); });\n",
    "app.post('/d', read, member, strict, (req, res) => res.json({ sum: req.body.text * 2, user: req.user }));\n",
    "app.post('/e', read, strict, (req, res) => { found.push({ name: req.body.note }); res.sendStatus(204); });\n",
    "app.post('/f', read, (req, res) => res.json({ text: req.body.text.deep.er }));\n",
    "app.get('/g', read, member, (req, res) => res.json(found));\n",
    "app.get('/h', read, member, (req, res) => res.json(req.user.name.first));\n",
    "app.post('/i', member, read, (req, res) => res.json({ from: req.body.from.town, kind: req.kind.toFixed(2) }));\n",
};
static const char rest[] = "app.use((error, req, res, next) => { res.status(error.code || 418).json({ message: error.message }); });\napp.listen(3000);\n";

/* What is said of one route, or of all for FL_COUNT(routes). */
static fl_str facts_with(fl_arena *arena, size_t only)
{
    fl_str root;
    fl_err err;
    fl_project project;
    fl_api api;
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_buf_add_c(&text, program);
    for (size_t i = 0; i < FL_COUNT(routes); i++)
        fl_buf_add_c(&text, only == FL_COUNT(routes) || i == only ? routes[i] : "\n");
    fl_buf_add_c(&text, rest);
    fl_row_ok("folder", fl_fs_temp_dir(arena, "fl-beginnings-", &root, &err), err);
    fl_row_ok("file", fl_fs_write(fl_fs_join(arena, root, FL_S("app.js")).ptr, fl_buf_str(&text), &err), err);
    fl_row_ok("project", fl_project_open(&project, root.ptr, NULL, &err), err);
    fl_row_ok("api", fl_api_extract(&api, &project, NULL, &err), err);
    fl_buf_clear(&text);
    fl_api_dump_facts(&api, &text);
    fl_str facts = fl_str_copy(arena, fl_buf_str(&text));
    fl_api_release(&api);
    fl_project_release(&project);
    fl_buf_release(&text);
    fl_row_ok("gone", fl_fs_remove_tree(root.ptr, &err), err);
    return facts;
}

/* The line that begins with `head` and the indented ones below it. */
static fl_str part_of(fl_str facts, fl_str head)
{
    ptrdiff_t start = fl_str_find(facts, head);
    if (start < 0)
        return FL_S("");
    size_t end = (size_t)start;
    do
        while (end < facts.len && facts.ptr[end++] != '\n') continue;
    while (end < facts.len && facts.ptr[end] == ' ');
    return fl_str_sub(facts, (size_t)start, end);
}

/* How often a refusal was seen is counted over all routes. */
static fl_str without_counts(fl_arena *arena, fl_str part)
{
    fl_buf out;
    fl_str line;
    fl_buf_init(&out, 0);
    while (fl_str_split(&part, '\n', &line))
        if (fl_str_find(line, FL_S(", seen ")) < 0) {
            fl_buf_add(&out, line);
            fl_buf_add_c(&out, "\n");
        }
    fl_str kept = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return kept;
}

static void say_what_they_say_alone(void **state)
{
    (void)state;
    static const char *const heads[] = {"POST /a ", "POST /b ", "POST /c/", "POST /d ", "POST /e ", "POST /f ", "GET /g ", "GET /h ", "POST /i "};
    fl_arena arena;
    fl_arena_init(&arena);
    for (unsigned threads = 1; threads <= 2; threads++) {
        fl_pool_set_threads(threads);
        fl_str all = facts_with(&arena, FL_COUNT(routes));
        for (size_t i = 0; i < FL_COUNT(routes); i++) {
            if (i == 6)
                continue; /* its answer is what /e adds */
            fl_str together = part_of(all, fl_str_from(heads[i])), alone = part_of(facts_with(&arena, i), fl_str_from(heads[i]));
            fl_row_true(heads[i], alone.len > 100);
            fl_row_str(heads[i], without_counts(&arena, together), without_counts(&arena, alone).ptr);
        }
    }
    fl_pool_set_threads(0);
    fl_arena_release(&arena);
}

FL_UNIT(beginnings, cmocka_unit_test(say_what_they_say_alone))
