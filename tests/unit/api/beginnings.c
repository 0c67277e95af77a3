/*
 * Routes that begin with the same handlers are run with what those left (extractor/flow/prefix.c): each says what it says alone. A row
 * is one registration; the program has all of them, or all but one blank, so that lines stay the same. Once in a language whose handlers get
 * what they ask for by name, too: hooks that look at the path, and at names of parameters, are not shared where that matters.
 */
#include "tests/support/unit.h"
#include "base/fs.h"
#include "extractor/api/api.h"

typedef struct suite { const char *file, *program, *rest; const char *const *routes, *const *heads; size_t count, skipped; /* its answer is what another one adds */ } suite;

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
    "function numbered(req, res, next) { req.number = BigInt(req.params.id); next(); }\n"
    "app.use((req, res, next) => { req.reads = req.method === 'GET'; if (req.query.limit > 5) return next(new Error('limit')); next(); });\n";
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
    "app.post('/j/:id(\\\\d+)', numbered, (req, res) => res.json(BigInt(req.params.id)));\n",
    "app.post('/k/:id', numbered, (req, res) => res.json(BigInt(req.params.id)));\n",
    "app.post('/l/:id(\\\\d+)', numbered, (req, res) => res.json(req.number.x));\n",
    "app.post('/m/:id(\\\\d+)', read, member, strict, (req, res) => res.json(BigInt(req.params.id)));\n",
    "app.get('/n', read, (req, res) => res.json(req.method === 'GET' ? req.query.text.trim() : 1));\n",
    "app.delete('/o', read, (req, res) => res.json(req.method === 'GET' ? req.query.text.trim() : 1));\n",
};
static const char rest[] = "app.use((error, req, res, next) => { res.status(error.code || 418).json({ message: error.message }); });\napp.listen(3000);\n";

static const char *const heads[] = {"POST /a ", "POST /b ", "POST /c/", "POST /d ", "POST /e ", "POST /f ", "GET /g ", "GET /h ", "POST /i ", "POST /j/", "POST /k/", "POST /l/", "POST /m/", "GET /n ", "DELETE /o "};

static const char named_program[] =
    "from flask import Flask, Blueprint, request, jsonify, abort, g\n"
    "app = Flask(__name__)\n"
    "members, found = {}, []\n"
    "class Refused(Exception):\n"
    "    def __init__(self, status):\n"
    "        self.status = status\n"
    "def read():\n"
    "    g.kind = request.args.get('kind')\n"
    "    if request.args.get('mode') == 'off':\n"
    "        return jsonify(error='off'), 503\n"
    "def member():\n"
    "    if 'X-Member' not in request.headers:\n"
    "        abort(401)\n"
    "    if request.args.get('refuse'):\n"
    "        raise Refused(409)\n"
    "    g.member = members.get(request.headers['X-Member'])\n"
    "def near():\n"
    "    if request.view_args.get('number') == '0':\n"
    "        abort(418)\n"
    "app.before_request(read)\n"
    "app.before_request(member)\n"
    "looking = Blueprint('looking', __name__, url_prefix='/looking')\n"
    "looking.before_request(near)\n"
    "@app.errorhandler(Refused)\n"
    "def refused(error):\n"
    "    return jsonify(message='refused'), error.status\n"
    "@app.errorhandler(401)\n"
    "def who(error):\n"
    "    return jsonify(message='who?'), 401\n";
static const char *const named_routes[] = {
    "app.add_url_rule('/a', 'a', lambda: jsonify(text=request.json['text'].strip(), member=g.member.name), methods=['POST'])\n",
    "app.add_url_rule('/b/<int:number>', 'b', lambda number: jsonify(text=request.json['text'], number=found[number]), methods=['POST'])\n",
    "app.add_url_rule('/c/<number>', 'c', lambda number: jsonify(number=int(number), kind=g.kind.upper()), methods=['POST'])\n",
    "app.add_url_rule('/d/<int:id>', 'd', lambda id: jsonify(id=10 / id), methods=['POST'])\n",
    "looking.add_url_rule('/e/<number>', 'e', lambda number: jsonify(number=int(number)), methods=['POST'])\n",
    "looking.add_url_rule('/f/<int:number>', 'f', lambda number: jsonify(kind=g.kind.upper()), methods=['POST'])\n",
    "looking.add_url_rule('/g/<int:number>', 'g', lambda number: jsonify(kind=g.kind.lower()), methods=['POST'])\n",
    "looking.add_url_rule('/h', 'h', lambda: jsonify(member=g.member.name.first), methods=['POST'])\n",
};
static const char named_rest[] = "app.register_blueprint(looking)\n";
static const char *const named_heads[] = {"POST /a ", "POST /b/", "POST /c/", "POST /d/", "POST /looking/e/", "POST /looking/f/", "POST /looking/g/", "POST /looking/h "};

static const char signed_program[] =
    "from fastapi import FastAPI, Depends, HTTPException\n"
    "found = {}\n"
    "def shared(number: int, kind: str = 'any'):\n"
    "    if number > 100:\n"
    "        raise HTTPException(status_code=409)\n"
    "    return found.get(number)\n"
    "def plain(limit: int = 10):\n"
    "    return 100 / limit\n"
    "app = FastAPI(dependencies=[Depends(plain), Depends(shared)])\n";
static const char *const signed_routes[] = {
    "@app.post('/a/{number}')\ndef a(number: int, one=Depends(shared)): return one.name\n",
    "@app.post('/b')\ndef b(one=Depends(shared)): return one.name\n",
    "@app.post('/c/{kind}')\ndef c(kind: str): return kind\n",
    "@app.post('/d/{limit}')\ndef d(limit: int): return limit\n",
    "@app.post('/e')\ndef e(half=Depends(plain)): return half\n",
};
static const char *const signed_heads[] = {"POST /a/", "POST /b ", "POST /c/", "POST /d/", "POST /e "};

static const suite suites[] = {
    {"app.js", program, rest, routes, heads, FL_COUNT(routes), 6},
    {"app.py", named_program, named_rest, named_routes, named_heads, FL_COUNT(named_routes), SIZE_MAX},
    {"main.py", signed_program, "", signed_routes, signed_heads, FL_COUNT(signed_routes), SIZE_MAX},
};

/* As many lines as the route has. */
static const char *blank(const char *route)
{
    fl_str text = fl_str_from(route);
    return text.len > 0 && fl_str_find_char(text, '\n') + 1 < (ptrdiff_t)text.len ? "\n\n" : "\n";
}

/* What is said of one route, or of all for t->count. */
static fl_str facts_with(fl_arena *arena, const suite *t, size_t only)
{
    fl_str root;
    fl_err err;
    fl_project project;
    fl_api api;
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_buf_add_c(&text, t->program);
    for (size_t i = 0; i < t->count; i++)
        fl_buf_add_c(&text, only == t->count || i == only ? t->routes[i] : blank(t->routes[i]));
    fl_buf_add_c(&text, t->rest);
    fl_row_ok("folder", fl_fs_temp_dir(arena, "fl-beginnings-", &root, &err), err);
    fl_row_ok("file", fl_fs_write(fl_fs_join(arena, root, fl_str_from(t->file)).ptr, fl_buf_str(&text), &err), err);
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

static void compare_suite(fl_arena *arena, const suite *t)
{
    fl_str all = facts_with(arena, t, t->count);
    for (size_t i = 0; i < t->count; i++) {
        if (i == t->skipped)
            continue;
        fl_str together = part_of(all, fl_str_from(t->heads[i])), alone = part_of(facts_with(arena, t, i), fl_str_from(t->heads[i]));
        fl_row_true(t->heads[i], alone.len > 100);
        fl_row_str(t->heads[i], without_counts(arena, together), without_counts(arena, alone).ptr);
    }
}

static void say_what_they_say_alone(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    for (unsigned threads = 1; threads <= 2; threads++) {
        fl_pool_set_threads(threads);
        for (size_t i = 0; i < FL_COUNT(suites); i++)
            compare_suite(&arena, &suites[i]);
    }
    fl_pool_set_threads(0);
    fl_arena_release(&arena);
}

FL_UNIT(beginnings, cmocka_unit_test(say_what_they_say_alone))
