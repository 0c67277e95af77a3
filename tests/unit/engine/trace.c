/* Stacks found in texts, as run times and loggers leave them; source maps. */
#include "tests/support/unit.h"
#include "engine/trace/trace.h"
#include "base/fs.h"

static fl_traces find(fl_tracer *tracer, fl_arena *arena, const char *text)
{
    fl_traces found = {0};
    fl_tracer_init(tracer, arena, NULL, FL_S("/srv/app"));
    fl_vec_push(arena, &tracer->vendored, FL_S("node_modules"));
    fl_vec_push(arena, &tracer->vendored, FL_S("site-packages"));
    fl_trace_find(tracer, fl_str_from(text), "output", &found);
    fl_tracer_release(tracer);
    return found;
}

static void finds_stacks(void **state)
{
    (void)state;
    static const struct { const char *row, *text; size_t traces; const char *type, *message, *file; uint32_t line; const char *function; } rows[] = {
        {"plain", "TypeError: x is not a function\n    at search (/srv/app/src/a.js:10:23)\n    at /srv/app/src/b.js:3:1\n", 1, "TypeError", "x is not a function", "src/a.js", 9, "search"},
        {"async frame", "Error: boom\n    at async Order.create (/srv/app/o.js:4:5)\n", 1, "Error", "boom", "o.js", 3, "Order.create"},
        {"anonymous", "Error: boom\n    at /srv/app/o.js:4:5\n", 1, "Error", "boom", "o.js", 3, ""},
        {"run time's frames are left out", "Error: e\n    at node:internal/process:95:5\n    at f (node:fs:1:2)\n    at g (/srv/app/g.js:7:1)\n", 1, "Error", "e", "g.js", 6, "g"},
        {"packages are not ours", "Error: e\n    at f (/srv/app/node_modules/x/i.js:1:2)\n    at g (/srv/app/g.js:7:1)\n", 1, "Error", "e", "g.js", 6, "g"},
        {"a folder that is called nearly so", "Error: e\n    at f (/srv/app/my_node_modules/i.js:1:2)\n", 1, "Error", "e", "my_node_modules/i.js", 0, "f"},
        {"deep packages are not ours", "Error: e\n    at f (/srv/app/packages/a/node_modules/x/i.js:1:2)\n    at g (/srv/app/g.js:7:1)\n", 1, "Error", "e", "g.js", 6, "g"},
        {"eval", "Error: e\n    at eval (eval at run (/srv/app/e.js:9:3), <anonymous>:1:1)\n", 1, "Error", "e", "e.js", 8, "eval"},
        {"module", "Error: e\n    at file:///srv/app/m.mjs:2:7\n", 1, "Error", "e", "m.mjs", 1, ""},
        {"as", "TypeError: e\n    at Layer.handle [as handle_request] (/srv/app/l.js:5:5)\n", 1, "TypeError", "e", "l.js", 4, "Layer.handle"},
        {"code", "TypeError [ERR_X]: bad\n    at f (/srv/app/l.js:5:5) {\n  code: 'ERR_X'\n}\n", 1, "TypeError", "bad", "l.js", 4, "f"},
        {"uncaught, with source", "/srv/app/l.js:5\n  a.b.c\n      ^\n\nTypeError: no\n    at f (/srv/app/l.js:5:7)\n\nNode.js v20\n", 1, "TypeError", "no", "l.js", 4, "f"},
        {"JSON log", "{\"level\":50,\"err\":{\"type\":\"TypeError\",\"message\":\"no\",\"stack\":\"TypeError: no\\n    at f (/srv/app/l.js:5:7)\\n    at g (/srv/app/k.js:1:1)\"},\"msg\":\"x\"}\n", 1, "TypeError", "no", "l.js", 4, "f"},
        {"HTML page", "<pre>TypeError: it&#39;s no<br> &nbsp; &nbsp;at f (/srv/app/l.js:5:7)<br> &nbsp; &nbsp;at g (/srv/app/k.js:1:1)</pre>", 1, "TypeError", "it's no", "l.js", 4, "f"},
        {"message of two lines", "Error: first\nsecond\n    at f (/srv/app/l.js:5:7)\n", 1, "Error", "first\nsecond", "l.js", 4, "f"},
        {"own class", "ValidationFailed: no\n    at f (/srv/app/l.js:5:7)\n", 1, "ValidationFailed", "no", "l.js", 4, "f"},
        {"prefix of a logger", "2025-01-01 [error] RangeError: no\n    at f (/srv/app/l.js:5:7)\n", 1, "RangeError", "no", "l.js", 4, "f"},
        {"two", "Error: a\n    at f (/srv/app/a.js:1:1)\nError: b\n    at f (/srv/app/b.js:1:1)\n", 2, "Error", "a", "a.js", 0, "f"},
        {"python", "Traceback (most recent call last):\n  File \"/usr/lib/python3/dist-packages/flask/app.py\", line 1823, in full_dispatch_request\n    rv = self.dispatch_request()\n  File \"/srv/app/shop/web.py\", line 12, in show\n    return orders[id][\"total\"]\n           ~~~~~~^^^^\nKeyError: '7'\n", 1, "KeyError", "'7'", "shop/web.py", 11, "show"},
        {"python, error of a package", "ERROR:app:failed\nTraceback (most recent call last):\n  File \"/srv/app/web.py\", line 3, in f\n    q.one()\n  File \"/srv/app/.venv/lib/python3.11/site-packages/sqlalchemy/orm/query.py\", line 2798, in one\n    return self._iter().one()\nsqlalchemy.exc.NoResultFound: No row was found when one was required\n", 1, "NoResultFound", "No row was found when one was required", "web.py", 2, "f"},
        {"python, no message", "Traceback (most recent call last):\n  File \"/srv/app/web.py\", line 3, in f\n    next(it)\nStopIteration\n", 1, "StopIteration", "", "web.py", 2, "f"},
        {"python, a chain", "Traceback (most recent call last):\n  File \"/srv/app/a.py\", line 3, in f\n    d[k]\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"/srv/app/b.py\", line 5, in g\n    f()\nValueError: x: y\n", 2, "KeyError", "1", "a.py", 2, "f"},
        {"python, a group", "  + Exception Group Traceback (most recent call last):\n  |   File \"/srv/lib/x.py\", line 1, in run\n  |     y\n  | ExceptionGroup: unhandled errors (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | Traceback (most recent call last):\n    |   File \"/srv/app/a.py\", line 3, in f\n    |     d[k]\n    | KeyError: 1\n    +------------------------------------\n", 2, NULL, NULL, NULL, 0, NULL},
        {"python, in a page", "<textarea>Traceback (most recent call last):\n  File &quot;/srv/app/a.py&quot;, line 3, in f\n    d[k]\n\nException Type: KeyError at /x\nKeyError: &#x27;k&#x27;\n</textarea>", 1, "KeyError", "'k'", "a.py", 2, "f"},
        {"python, cut", "Traceback (most recent call last):\n  File \"/srv/app/a.py\", line 3, in f\n", 0, NULL, NULL, NULL, 0, NULL},
        {"none", "listening at 3000\nat last\n", 0, NULL, NULL, NULL, 0, NULL},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_tracer tracer;
        fl_traces found = find(&tracer, &arena, rows[i].text);
        fl_row_size(rows[i].row, found.count, rows[i].traces);
        if (rows[i].type != NULL) {
            const fl_frame *frame = fl_trace_application_frame(&found.items[0], 0);
            fl_row_true(rows[i].row, frame != NULL);
            fl_row_str(rows[i].row, found.items[0].type, rows[i].type);
            fl_row_str(rows[i].row, found.items[0].message, rows[i].message);
            fl_row_str(rows[i].row, frame->file, rows[i].file);
            fl_row_str(rows[i].row, frame->function, rows[i].function);
            fl_row_int(rows[i].row, frame->line, rows[i].line);
        }
        fl_arena_release(&arena);
    }
}

static void decodes_maps(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_source_map map = {0};
    fl_err err = {0};
    /* line 0: column 0 → a.ts 0:0, column 4 → a.ts 2:8; line 2: column 2 → b.ts 0:1 */
    const char *json = "{\"version\":3,\"sourceRoot\":\"\",\"sources\":[\"../src/a.ts\",\"../src/b.ts\"],\"names\":[],\"mappings\":\"AAAA,IAEQ;;ECFP\"}";
    fl_row_ok("decode", fl_source_map_decode(&arena, fl_str_from(json), FL_S("/srv/app/dist"), &map, &err), err);
    fl_row_size("sources", map.sources.count, 2);
    fl_row_str("first source", map.sources.items[0], "/srv/app/src/a.ts");
    static const struct { const char *row; uint32_t line, column; int source; uint32_t source_line, source_column; } rows[] = {
        {"start", 0, 0, 0, 0, 0}, {"inside", 0, 3, 0, 0, 0}, {"second", 0, 9, 0, 2, 8}, {"no mapping on the line", 1, 0, -1, 0, 0},
        {"before the first of its line", 2, 0, 1, 0, 1}, {"behind the end", 3, 0, -1, 0, 0},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        const fl_map_segment *s = fl_source_map_find(&map, rows[i].line, rows[i].column);
        fl_row_int(rows[i].row, s ? (int)s->source : -1, rows[i].source);
        if (s != NULL) {
            fl_row_int(rows[i].row, s->source_line, rows[i].source_line);
            fl_row_int(rows[i].row, s->source_column, rows[i].source_column);
        }
    }
    static const struct { const char *row, *json; } bad[] = {
        {"not JSON", "{"}, {"version 2", "{\"version\":2,\"sources\":[],\"mappings\":\"\"}"}, {"no mappings", "{\"version\":3,\"sources\":[]}"},
        {"a source that is not there", "{\"version\":3,\"sources\":[],\"mappings\":\"AAAA\"}"},
        {"bad digit", "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"AA!A\"}"}, {"cut", "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"AAAg\"}"},
    };
    for (size_t i = 0; i < FL_COUNT(bad); i++) {
        fl_source_map broken = {0};
        fl_row_true(bad[i].row, fl_source_map_decode(&arena, fl_str_from(bad[i].json), FL_S("/"), &broken, &err) != FL_OK);
    }
    fl_arena_release(&arena);
}

static void follows_maps(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_str folder;
    fl_row_ok("folder", fl_fs_temp_dir(&arena, "faultline-test", &folder, &err), err);
    /* {"version":3,"sources":["a.ts"],"mappings":"AAAA;AAEA"}: line 1 comes from line 2 */
    const char *inlined = "a;\nb;\n//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbImEudHMiXSwibWFwcGluZ3MiOiJBQUFBO0FBRUEifQ==\n";
    fl_row_ok("write", fl_fs_write(fl_str_c(&arena, fl_fs_join(&arena, folder, FL_S("inline.js"))), fl_str_from(inlined), &err), err);
    fl_row_ok("write", fl_fs_write(fl_str_c(&arena, fl_fs_join(&arena, folder, FL_S("beside.js"))), FL_S("a;\nb;\n//# sourceMappingURL=beside.js.map"), &err), err);
    fl_row_ok("write", fl_fs_write(fl_str_c(&arena, fl_fs_join(&arena, folder, FL_S("beside.js.map"))), FL_S("{\"version\":3,\"sources\":[\"a.ts\"],\"mappings\":\"AAAA;AAEA\"}"), &err), err);
    static const char *const names[] = {"inline.js", "beside.js"};
    for (size_t i = 0; i < FL_COUNT(names); i++) {
        fl_tracer tracer;
        fl_traces found = {0};
        fl_tracer_init(&tracer, &arena, NULL, folder);
        fl_trace_find(&tracer, fl_str_format(&arena, "Error: x\n    at f (" FL_STR_FMT "/%s:2:1)\n", FL_STR_ARG(tracer.root), names[i]), "output", &found);
        fl_row_size(names[i], found.count, 1);
        const fl_frame *frame = fl_trace_application_frame(&found.items[0], 0);
        fl_row_true(names[i], frame != NULL);
        fl_row_str(names[i], frame->file, "a.ts");
        fl_row_int(names[i], frame->line, 2);
        fl_tracer_release(&tracer);
    }
    fl_row_ok("remove", fl_fs_remove_tree(fl_str_c(&arena, folder), &err), err);
    fl_arena_release(&arena);
}

/* Compiled without a map: the source line that reads the same, or goes on where the compiled one ends. */
static void finds_lines_by_text(void **state)
{
    (void)state;
    static const struct { const char *path, *text; } files[] = {
        {"src/services/users.ts", "import x from 'x';\ninterface A { b: string }\nexport function f(user: A) {\n    if (!user.name || !user.mail) return false;\n    return user.name.trim();\n}\n"},
        {"src/routes/users.ts", "export const r = 1;\n"},
        {"dist/services/users.js", "\"use strict\";\nconst x_1 = require('x');\nfunction f(user) {\n    if (!user.name || !user.mail)\n        return false;\n    return user.name.trim();\n}\n"},
        {".gitignore", "dist\n"},
    };
    static const struct { const char *row; unsigned line; const char *file; uint32_t found; } rows[] = {
        {"broken in two", 4, "src/services/users.ts", 3},
        {"the same", 6, "src/services/users.ts", 4},
        {"a line of the compiler's own", 2, "dist/services/users.js", 1},
        {"a brace says nothing", 7, "dist/services/users.js", 6},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_str folder;
    fl_row_ok("folder", fl_fs_temp_dir(&arena, "faultline-test", &folder, &err), err);
    for (size_t i = 0; i < FL_COUNT(files); i++)
        fl_row_ok(files[i].path, fl_fs_write(fl_str_c(&arena, fl_fs_join(&arena, folder, fl_str_from(files[i].path))), fl_str_from(files[i].text), &err), err);
    fl_project project;
    fl_row_ok("project", fl_project_open(&project, fl_str_c(&arena, folder), NULL, &err), err);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_tracer tracer;
        fl_tracer_init(&tracer, &arena, &project, folder);
        fl_raw_frame raw = {FL_S("f"), fl_str_format(&arena, FL_STR_FMT "/dist/services/users.js", FL_STR_ARG(tracer.root)), rows[i].line, 1};
        fl_frame frame = fl_trace_resolve(&tracer, &raw);
        fl_row_str(rows[i].row, frame.file, rows[i].file);
        fl_row_int(rows[i].row, frame.line, rows[i].found);
        fl_tracer_release(&tracer);
    }
    fl_project_release(&project);
    fl_row_ok("remove", fl_fs_remove_tree(fl_str_c(&arena, folder), &err), err);
    fl_arena_release(&arena);
}

static void converts_columns(void **state)
{
    (void)state;
    static const struct { const char *row, *text; uint32_t units, byte; } rows[] = {
        {"ascii", "abc", 2, 2}, {"two bytes", "\xC3\xA4x", 1, 2}, {"three bytes", "\xE2\x82\xACx", 1, 3}, {"surrogates", "\xF0\x9F\x98\x80x", 2, 4}, {"past the end", "ab", 9, 2},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_row_int(rows[i].row, fl_utf16_to_byte(fl_str_from(rows[i].text), rows[i].units), rows[i].byte);
        if (rows[i].units < 9)
            fl_row_int(rows[i].row, fl_byte_to_utf16(fl_str_from(rows[i].text), rows[i].byte), rows[i].units);
    }
}

FL_UNIT(trace, cmocka_unit_test(finds_stacks), cmocka_unit_test(decodes_maps), cmocka_unit_test(follows_maps), cmocka_unit_test(finds_lines_by_text), cmocka_unit_test(converts_columns))
