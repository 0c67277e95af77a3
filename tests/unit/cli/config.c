/* faultline.yaml: what it may say, and what is said of mistakes. */
#include "cli/config.h"
#include "tests/support/unit.h"

static void refuses(void **state)
{
    (void)state;
    static const struct { const char *text, *message; } rows[] = {
        {"strat: node x.js\n", "'f.yaml' line 1: unknown key 'strat'; did you mean 'start'?"},
        {"# how\nstart: x\nportt: 1\n", "'f.yaml' line 3: unknown key 'portt'; did you mean 'port'?"},
        {"limits: {phases: {matrx: {ms: 1}}}\n", "'f.yaml' line 1: unknown key 'matrx'; did you mean 'matrix'?"},
        {"load: {connections: 20000}\n", "'f.yaml' line 1: 'connections' wants a number from 1 to 10000, not '20000'"},
        {"colour: red\n", "'f.yaml' line 1: unknown key 'colour'; known: start, build, test, port, url, ready, reset, sanitize, env, upstreams, auth, exclude, limits, load, http2"},
        {"port: 70000\n", "'f.yaml' line 1: 'port' wants a number from 1 to 65535, not '70000'"},
        {"port: a\n", "'f.yaml' line 1: 'port' wants a number from 1 to 65535, not 'a'"},
        {"port: [1]\n", "'f.yaml' line 1: 'port' wants a number from 1 to 65535, not 'a list'"},
        {"start: [a, b]\n", "'f.yaml' line 1: 'start' wants a text, not a list"},
        {"start: 5\n", "'f.yaml' line 1: 'start' wants a text, not a number"},
        {"url: localhost:3000\n", "'f.yaml' line 1: 'url' wants a URL that begins with http:// or https://, not a text"},
        {"ready: health\n", "'f.yaml' line 1: 'ready' wants a path that begins with /, not a text"},
        {"sanitise: false\n", "'f.yaml' line 1: unknown key 'sanitise'; did you mean 'sanitize'?"},
        {"sanitize: leaks\n", "'f.yaml' line 1: 'sanitize' wants true or false, not a text"},
        {"env: [A=1]\n", "'f.yaml' line 1: 'env' wants a map of names and values, not a list"},
        {"env:\n  A: {b: 1}\n", "'f.yaml' line 2: 'A' wants a text, not a map"},
        {"auth: token\n", "'f.yaml' line 1: 'auth' wants a map: header, or operation, body, token, not a text"},
        {"auth:\n  heder: {a: b}\n", "'f.yaml' line 2: unknown key 'heder'; did you mean 'header'?"},
        {"auth:\n  operation: POST /login\n", "'f.yaml' line 2: 'auth' with 'operation' wants 'token': where the answer has it, such as /token"},
        {"auth:\n  operation: POST /login\n  token: token\n", "'f.yaml' line 3: 'token' wants a JSON pointer into the answer, such as /token, not a text"},
        {"auth:\n  header: {a: b}\n  other: {header: {a: c}, other: {header: {a: d}}}\n", "'f.yaml' line 3: 'other' wants one caller: there are two, not three, not a map"},
        {"upstreams: http://x\n", "'f.yaml' line 1: 'upstreams' wants a map: the variable that says where a service is, and its URL, or what is answered in its place, not a text"},
        {"upstreams:\n  A: https://x\n", "'f.yaml' line 2: 'A' wants a URL that begins with http://, or what is answered in its place, not a text"},
        {"exclude: [/shutdown]\n", "'f.yaml' line 1: '/shutdown' is no request; write METHOD /path, * stands for any text"},
        {"exclude:\n  request: []\n", "'f.yaml' line 2: unknown key 'request'; did you mean 'requests'?"},
        {"limits:\n  requests: -1\n", "'f.yaml' line 2: 'requests' wants a number from 1 to 1000000000, not '-1'"},
        {"limits:\n  reqests: 1\n", "'f.yaml' line 2: unknown key 'reqests'; did you mean 'requests'?"},
        {"- a\n", "'f.yaml': a map of keys is wanted, not a list"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_config config;
        fl_err err = {0};
        fl_row_int(rows[i].text, fl_config_parse(&config, &arena, fl_str_from(rows[i].text), "f.yaml", &err), FL_E_USAGE);
        fl_row_str(rows[i].text, fl_str_from(err.text), rows[i].message);
        fl_arena_release(&arena);
    }
}

static const char whole[] =
    "start: node server.js\nbuild: npm run build\ntest: npm test\nport: 3000\nready: /health\nreset: npm run seed\nsanitize: false\n"
    "env:\n  NODE_ENV: test\n  DEBUG: true\n  N: 5\n  API_SECRET: very-hidden\n  EMPTY:\n"
    "auth:\n  header: {authorization: Bearer abcdef123}\n  other:\n    header: {authorization: Bearer somebody-else}\nupstreams: {RATES_URL: {rate: 2}}\n"
    "exclude:\n  requests: ['POST /shutdown', '* /admin/*']\n  files: [legacy/]\n"
    "limits: {requests: 50, request_ms: 100, ready_ms: 200}\n";

static void understands(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_config config;
    fl_err err = {0};
    fl_row_ok("whole", fl_config_parse(&config, &arena, fl_str_from(whole), "f.yaml", &err), err);
    fl_row_str("start", config.start, "node server.js");
    fl_row_str("caller", fl_data_get_str(fl_data_get_c(config.auth, "header"), "authorization"), "Bearer abcdef123");
    fl_row_str("other caller", fl_data_get_str(fl_data_get_c(config.other_auth, "header"), "authorization"), "Bearer somebody-else");
    fl_row_int("upstreams", config.upstreams->count, 1);
    fl_row_str("env", config.env.items[1], "DEBUG=true");
    fl_row_str("env", config.env.items[2], "N=5");
    fl_row_str("env", config.env.items[4], "EMPTY=");
    fl_row_size("requests", config.exclude_requests.count, 2);
    assert_null(config.exclude_requests.items[2]);
    fl_row_size("files", config.exclude_files.count, 1);
    fl_row_int("limits", config.limit_requests + config.request_ms + config.ready_ms, 350);

    fl_service_plan plan = {.start = FL_S("npm start"), .port_variable = FL_S("PORT"), .build = FL_S("make -B"), .rebuild = FL_S("make")};
    fl_vec_push(&arena, &plan.env, FL_S("NODE_ENV=production"));
    fl_config_apply(&config, &plan, &arena);
    fl_row_str("applied", plan.start, "node server.js");
    fl_row_int("applied", plan.port, 3000);
    fl_row_true("refused", plan.refuses_sanitizers);
    fl_row_size("the inferred build's", plan.rebuild.len, 0);
    fl_row_str("replaced", plan.env.items[0], "NODE_ENV=test");
    fl_row_size("added", plan.env.count, 5);

    fl_row_ok("empty", fl_config_parse(&config, &arena, FL_S("# nothing\n"), "f.yaml", &err), err);
    fl_row_ok("null", fl_config_parse(&config, &arena, FL_S("start:\n"), "f.yaml", &err), err);
    fl_row_size("null", config.start.len, 0);
    fl_arena_release(&arena);
}

/* What init writes is understood, and says what the plan says. */
static void writes_what_it_reads(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_service_plan plan = {.start = FL_S("node \"a b.js\" # x"), .build = FL_S("yes"), .port = 81, .port_variable = FL_S("PORT"),
                            .ready = FL_S("/health")};
    fl_vec_push(&arena, &plan.env, FL_S("A=1: [x]"));
    fl_vec_push(&arena, &plan.env, FL_S("B="));
    fl_vec_push(&arena, &plan.because, FL_S("start: \"x\" (package.json)"));
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_config_write(&text, &plan, (fl_str){0});
    fl_config config;
    fl_err err = {0};
    fl_row_ok(text.ptr, fl_config_parse(&config, &arena, fl_buf_str(&text), "f.yaml", &err), err);
    fl_row_str("start", config.start, "node \"a b.js\" # x");
    fl_row_str("build", config.build, "yes");
    fl_row_int("port", config.port, 81);
    fl_row_str("env", config.env.items[0], "A=1: [x]");
    fl_row_true("reason", fl_str_find(fl_buf_str(&text), FL_S("# inferred start: \"x\" (package.json)")) >= 0);
    fl_row_true("no sanitizers to refuse", fl_str_find(fl_buf_str(&text), FL_S("sanitize")) < 0);
    fl_buf_clear(&text);
    plan.in_copy = plan.can_sanitize = true;
    plan.rebuild = FL_S("again");
    fl_config_write(&text, &plan, (fl_str){0});
    fl_row_true("refusing them", fl_str_find(fl_buf_str(&text), FL_S("# sanitize: true\n")) >= 0);
    fl_row_ok("as inferred", fl_config_parse(&config, &arena, fl_buf_str(&text), "f.yaml", &err), err);
    fl_config_apply(&config, &plan, &arena);
    fl_row_str("the same build", plan.rebuild, "again");
    fl_buf_clear(&text);
    fl_config_write(&text, &(fl_service_plan){0}, FL_S("no package.json"));
    fl_row_ok("nothing inferred", fl_config_parse(&config, &arena, fl_buf_str(&text), "f.yaml", &err), err);
    fl_row_size("nothing inferred", config.start.len, 0);
    fl_buf_release(&text);
    fl_arena_release(&arena);
}

static void hides_secrets(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_config config;
    fl_err err = {0};
    fl_row_ok("whole", fl_config_parse(&config, &arena, fl_str_from(whole), "f.yaml", &err), err);
    fl_secrets secrets;
    fl_secrets_init(&secrets, &arena, &config);
    static const struct { const char *text, *redacted; } rows[] = {
        {"authorization: Bearer abcdef123", "authorization: ***authorization***"},
        {"token abcdef123!", "token ***authorization_word***!"},
        {"K=very-hidden very-hidden", "K=***API_SECRET*** ***API_SECRET***"},
        {"NODE_ENV=test 5 true", "NODE_ENV=test 5 true"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str redacted = fl_secrets_redact(&secrets, &arena, fl_str_from(rows[i].text));
        fl_row_str(rows[i].text, redacted, rows[i].redacted);
        fl_row_str(rows[i].text, fl_secrets_restore(&secrets, &arena, redacted), rows[i].text);
    }
    fl_row_str("shell", fl_secrets_redact_shell(&secrets, &arena, FL_S("curl -H 'authorization: Bearer abcdef123'")),
               "curl -H 'authorization: '\"$AUTHORIZATION\"''");
    fl_arena_release(&arena);
}

FL_UNIT(config, cmocka_unit_test(refuses), cmocka_unit_test(understands), cmocka_unit_test(writes_what_it_reads), cmocka_unit_test(hides_secrets))
