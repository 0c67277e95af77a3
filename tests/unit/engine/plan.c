/* References, rendered requests, values from answers, conditions. Operations are made by hand. */
#include "tests/support/unit.h"
#include "engine/plan/plan.h"

static fl_data *parse(fl_arena *arena, const char *json)
{
    fl_data *data = NULL;
    fl_err err = {0};
    if (json != NULL)
        fl_row_ok(json, fl_json_parse(arena, fl_str_from(json), &data, &err), err);
    return data;
}

/** "GET /a/{b}" with a JSON body schema when `fields` ("name:type required…", types by letter: s i b a o) is given. */
static void add_operation(fl_api *api, fl_arena *arena, const char *line, const char *fields)
{
    fl_operation operation = {0};
    fl_str rest = fl_str_from(line), path, part;
    fl_str_split(&rest, ' ', &operation.method);
    operation.path = rest;
    for (path = rest; fl_str_split(&path, '/', &part);)
        if (part.len > 2 && part.ptr[0] == '{')
            fl_vec_push(arena, &operation.parameters, (fl_parameter){.in = FL_IN_PATH, .name = fl_str_sub(part, 1, part.len - 1), .is_required = true});
    if (fields != NULL) {
        fl_schema *schema = fl_schema_new(arena, FL_JSON_OBJECT);
        for (fl_str all = fl_str_from(fields), one; fl_str_split(&all, ' ', &one);) {
            bool is_required = one.ptr[one.len - 1] != '?';
            fl_property *p = fl_schema_add_property(arena, schema, fl_str_sub(one, 2, is_required ? one.len : one.len - 1));
            p->is_required = is_required;
            unsigned type = one.ptr[0] == 's' ? FL_JSON_STRING : one.ptr[0] == 'i' ? FL_JSON_INTEGER : one.ptr[0] == 'b' ? FL_JSON_BOOLEAN
                          : one.ptr[0] == 'a' ? FL_JSON_ARRAY : FL_JSON_OBJECT;
            p->schema = fl_schema_new(arena, type);
        }
        fl_vec_push(arena, &operation.body, (fl_media){FL_S("application/json"), schema});
    }
    fl_vec_push(arena, &api->operations, operation);
}

typedef struct answers { fl_data *items[8]; } answers;

static const fl_data *resolve(void *context, const fl_reference *reference)
{
    const answers *a = context;
    return reference->number < FL_COUNT(a->items) ? fl_data_pointer(a->items[reference->number], reference->pointer) : NULL;
}

static fl_str json_of(fl_arena *arena, const fl_data *value)
{
    fl_buf buf;
    fl_buf_init(&buf, 0);
    if (value != NULL)
        fl_json_write(&buf, value, false);
    fl_str text = fl_str_copy(arena, fl_buf_str(&buf));
    fl_buf_release(&buf);
    return text;
}

static void resolves_references(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    answers a = {{parse(&arena, "{\"id\":7,\"user\":{\"name\":\"a b\"}}")}};
    static const struct { const char *row, *value, *want; } rows[] = {
        {"whole keeps its type", "{\"id\":\"{{0:/id}}\"}", "{\"id\":7}"},
        {"inside a text", "[\"x {{0:/user/name}} {{0:/id}}\"]", "[\"x a b 7\"]"},
        {"nothing there", "[\"{{0:/none}}\"]", NULL},
        {"no such case", "[\"{{5:/id}}\"]", NULL},
        {"braces of others", "[\"{{x}} {{ {{:\"]", "[\"{{x}} {{ {{:\"]"},
        {"none", "[1,null,true,\"s\"]", "[1,null,true,\"s\"]"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_data *out = NULL;
        bool is_ok = fl_references_resolve(&arena, parse(&arena, rows[i].value), resolve, &a, &out);
        fl_row_int(rows[i].row, is_ok, rows[i].want != NULL);
        if (is_ok)
            fl_row_str(rows[i].row, json_of(&arena, out), rows[i].want);
    }
    fl_http_request request = {.url = FL_S("$BASE/u/{{0:/user/name}}"), .body = FL_S("{\"a\":\"{{0:/id}}\",\"b\":\"<{{0:/user/name}}>\"}"), .has_body = true}, out;
    fl_vec_push(&arena, &request.headers, (fl_http_header){FL_S("content-type"), FL_S("application/json")});
    fl_vec_push(&arena, &request.headers, (fl_http_header){FL_S("authorization"), FL_S("Bearer {{0:/user/name}}")});
    fl_row_true("request", fl_references_resolve_request(&arena, &request, resolve, &a, &out));
    fl_row_str("url", out.url, "$BASE/u/a%20b");
    fl_row_str("body", out.body, "{\"a\":7,\"b\":\"<a b>\"}");
    fl_row_str("header", out.headers.items[1].value, "Bearer a b");
    fl_arena_release(&arena);
}

static void renders_requests(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_api api = {0};
    add_operation(&api, &arena, "POST /a/{id}/b", NULL);
    static const struct { const char *row, *path, *query, *type, *body, *url, *sent; } rows[] = {
        {"plain", "{\"id\":1}", NULL, NULL, NULL, "B/a/1/b", NULL},
        {"encoded", "{\"id\":\"a/b ?\"}", "{\"q\":\"x&y=z\"}", NULL, NULL, "B/a/a%2Fb%20%3F/b?q=x%26y%3Dz", NULL},
        {"repeated and nested", "{\"id\":1}", "{\"q\":[\"a\",\"b\"],\"f\":{\"x\":\"1\"}}", NULL, NULL, "B/a/1/b?q=a&q=b&f[x]=1", NULL},
        {"references stay", "{\"id\":\"{{3:/id}}\"}", NULL, "application/json", "{\"a\":\"{{3:/x}}\"}", "B/a/{{3:/id}}/b", "{\"a\":\"{{3:/x}}\"}"},
        {"no value", NULL, NULL, NULL, NULL, "B/a/id/b", NULL},
        {"form", "{\"id\":1}", NULL, "application/x-www-form-urlencoded", "{\"a\":\"1 2\",\"b\":true}", "B/a/1/b", "a=1%202&b=true"},
        {"xml", "{\"id\":1}", NULL, "application/xml; charset=utf-8", "{\"a b\":\"<1&2>\",\"l\":[1,{\"x\":true}],\"n\":null}", "B/a/1/b", "<root><a_b>&lt;1&amp;2&gt;</a_b><l>1</l><l><x>true</x></l><n></n></root>"},
        {"xml of a list", "{\"id\":1}", NULL, "application/vnd.x+xml", "[1,2]", "B/a/1/b", "<root><item>1</item><item>2</item></root>"},
        {"text", "{\"id\":1}", NULL, "text/plain", "\"hi\"", "B/a/1/b", "hi"},
        {"file", "{\"id\":1}", NULL, "multipart/form-data", "{\"f\":{\"filename\":\"a.txt\",\"type\":\"text/plain\",\"content\":\"c\"},\"n\":1}", "B/a/1/b",
         "--faultline-8e1f2c\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nc\r\n"
         "--faultline-8e1f2c\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--faultline-8e1f2c--\r\n"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_case request = {.path = parse(&arena, rows[i].path), .query = parse(&arena, rows[i].query), .body = parse(&arena, rows[i].body)};
        request.has_body = rows[i].body != NULL;
        request.content_type = fl_str_from(rows[i].type);
        fl_http_request out;
        fl_case_render(&arena, &api, &request, FL_S("B"), &out);
        fl_row_str(rows[i].row, out.url, rows[i].url);
        fl_row_int(rows[i].row, out.has_body, rows[i].sent != NULL);
        if (rows[i].sent)
            fl_row_str(rows[i].row, out.body, rows[i].sent);
    }
    fl_arena_release(&arena);
}

static void finds_path_values(void **state)
{
    (void)state;
    static const struct { const char *row, *operation, *name, *chosen; const char *producers[3], *json[3]; const char *want, *second; } rows[] = {
        {"id of its list", "GET /orders/{id}", "id", NULL, {"GET /orders"}, {"[{\"id\":\"o1\"},{\"id\":\"o2\"}]"}, "{{1:/0/id}}", "{{1:/1/id}}"},
        {"wrapped list", "GET /orders/{orderId}", "orderId", NULL, {"GET /orders"}, {"{\"total\":1,\"items\":[{\"id\":5}]}"}, "{{1:/items/0/id}}", NULL},
        {"key", "GET /reviews/{reviewKey}", "reviewKey", NULL, {"GET /p/{id}/reviews"}, {"[{\"key\":\"r1\",\"author\":\"x\"}]"}, "{{1:/0/key}}", NULL},
        {"not another's id", "GET /orders/{id}", "id", NULL, {"GET /users", "GET /orders"}, {"[{\"id\":1}]", "[{\"id\":2}]"}, "{{2:/0/id}}", NULL},
        {"what was made", "GET /carts/{cartId}", "cartId", NULL, {"POST /carts"}, {"{\"id\":\"c9\",\"items\":[]}"}, "{{1:/id}}", NULL},
        {"same name anywhere", "GET /x/{sku}", "sku", NULL, {"GET /products"}, {"[{\"sku\":\"A\"}]"}, "{{1:/0/sku}}", NULL},
        {"inside the chosen parent", "PUT /carts/{cartId}/items/{sku}", "sku", "{\"cartId\":\"c1\"}", {"GET /products", "POST /carts/{cartId}/items"},
         {"[{\"sku\":\"A\"}]", "{\"id\":\"c1\",\"items\":[{\"sku\":\"B\"}]}"}, "{{2:/items/0/sku}}", "{{1:/0/sku}}"},
        {"categories", "GET /categories/{categoryId}", "categoryId", NULL, {"GET /categories"}, {"[{\"id\":3}]"}, "{{1:/0/id}}", NULL},
        {"made by ours, seen in a list", "GET /orders/{id}", "id", NULL, {"POST /orders", "GET /orders"}, {"{\"id\":4}", "[{\"id\":4}]"}, "{{1:/id}}", NULL},
        {"nothing", "GET /orders/{id}", "id", NULL, {"GET /health"}, {"{\"status\":\"ok\"}"}, NULL, NULL},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_api api = {0};
        fl_pool pool = {0};
        add_operation(&api, &arena, rows[i].operation, NULL);
        for (size_t j = 0; j < 3 && rows[i].producers[j]; j++) {
            add_operation(&api, &arena, rows[i].producers[j], NULL);
            fl_pool_entry entry = {.operation = (uint32_t)j + 1, .number = (uint32_t)j + 1, .json = parse(&arena, rows[i].json[j])};
            entry.is_safe = rows[i].producers[j][0] == 'G';
            fl_vec_push(&arena, &pool.entries, entry);
        }
        for (size_t rank = 0; rank < 2; rank++) {
            const char *want = rank ? rows[i].second : rows[i].want;
            fl_data *value = fl_pool_path_value(&arena, &pool, &api, &api.operations.items[0], fl_str_from(rows[i].name), parse(&arena, rows[i].chosen), rank);
            if (want != NULL || rank == 0)
                fl_row_str(rows[i].row, fl_data_str(value, FL_S("")), want ? want : "");
        }
        fl_arena_release(&arena);
    }
}

static void makes_conditions_hold(void **state)
{
    (void)state;
    static const struct { const char *row; int kind; fl_location in; const char *pointer; unsigned types; const char *value; unsigned option; const char *query, *body, *want_query, *want_body; } rows[] = {
        {"absent", FL_COND_ABSENT, FL_IN_BODY, "/a", 0, NULL, 0, "{}", "{\"a\":1,\"b\":2}", "{}", "{\"b\":2}"},
        {"absent, nested", FL_COND_ABSENT, FL_IN_BODY, "/o/x", 0, NULL, 0, "{}", "{\"o\":{\"x\":1,\"y\":2}}", "{}", "{\"o\":{\"y\":2}}"},
        {"absent in items", FL_COND_ABSENT, FL_IN_BODY, "/l/*/x", 0, NULL, 0, "{}", "{\"l\":[{\"x\":1}]}", "{}", "{\"l\":[{}]}"},
        {"null", FL_COND_NULL, FL_IN_BODY, "/a", 0, NULL, 0, "{}", "{\"a\":1}", "{}", "{\"a\":null}"},
        {"equals, made", FL_COND_EQUALS, FL_IN_BODY, "/o/x", 0, "5", 0, "{}", "{}", "{}", "{\"o\":{\"x\":5}}"},
        {"not a text: query", FL_COND_NOT_TYPE, FL_IN_QUERY, "/q", FL_JSON_STRING, NULL, 0, "{\"q\":\"x\"}", NULL, "{\"q\":[\"a\",\"b\"]}", ""},
        {"not a text: query, second", FL_COND_NOT_TYPE, FL_IN_QUERY, "/q", FL_JSON_STRING, NULL, 1, "{}", NULL, "{\"q\":{\"x\":\"1\"}}", ""},
        {"not a text: body", FL_COND_NOT_TYPE, FL_IN_BODY, "/a", FL_JSON_STRING, NULL, 0, "{}", "{\"a\":\"x\"}", "{}", "{\"a\":5}"},
        {"not found, same form", FL_COND_NOT_FOUND, FL_IN_QUERY, "/q", 0, NULL, 0, "{\"q\":\"ord_1001\"}", NULL, "{\"q\":\"ord_9999\"}", ""},
        {"not found, number", FL_COND_NOT_FOUND, FL_IN_BODY, "/a", 0, NULL, 0, "{}", "{\"a\":3}", "{}", "{\"a\":999999999}"},
        {"not found, uuid", FL_COND_NOT_FOUND, FL_IN_QUERY, "/q", 0, NULL, 0, "{\"q\":\"0b1e-4c\"}", NULL, "{\"q\":\"9f9f-9f\"}", ""},
        {"malformed", FL_COND_MALFORMED, FL_IN_QUERY, "/q", 0, "\"uri\"", 0, "{}", NULL, "{\"q\":\"%E0%A4%A\"}", ""},
        {"greater", FL_COND_GREATER, FL_IN_QUERY, "/q", 0, "100", 0, "{}", NULL, "{\"q\":101}", ""},
        {"less", FL_COND_LESS, FL_IN_BODY, "/a", 0, "0", 0, "{}", "{}", "{}", "{\"a\":-1}"},
        {"no body", FL_COND_NO_BODY, FL_IN_BODY, "", 0, NULL, 0, "{}", "{\"a\":1}", "{}", ""},
        {"truthy stays", FL_COND_TRUTHY, FL_IN_BODY, "/a", 0, NULL, 0, "{}", "{\"a\":\"x\"}", "{}", "{\"a\":\"x\"}"},
        {"present", FL_COND_PRESENT, FL_IN_BODY, "/new", 0, NULL, 0, "{}", "{}", "{}", "{\"new\":\"sample\"}"},
        {"falsy, second way", FL_COND_FALSY, FL_IN_BODY, "/a", 0, NULL, 1, "{}", "{\"a\":1}", "{}", "{\"a\":\"\"}"},
        {"differs stays", FL_COND_DIFFERS, FL_IN_BODY, "/a", 0, "\"y\"", 0, "{}", "{\"a\":\"x\"}", "{}", "{\"a\":\"x\"}"},
        {"differs", FL_COND_DIFFERS, FL_IN_BODY, "/a", 0, "\"x\"", 0, "{}", "{\"a\":\"x\"}", "{}", "{\"a\":\"other\"}"},
        {"empty", FL_COND_LENGTH_AT_MOST, FL_IN_BODY, "/a", 0, "0", 0, "{}", "{\"a\":[1,2]}", "{}", "{\"a\":[]}"},
        {"a list that is not there", FL_COND_LENGTH_AT_LEAST, FL_IN_BODY, "/tags", 0, "1", 0, "{}", "{}", "{}", "{\"tags\":[1]}"},
        {"through a scalar", FL_COND_EQUALS, FL_IN_BODY, "/a/b", 0, "1", 0, "{}", "{\"a\":\"x\"}", "{}", "{\"a\":{\"b\":1}}"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_api api = {0};
        fl_pool pool = {0};
        fl_mined mined = {0};
        answers a = {{0}};
        add_operation(&api, &arena, "POST /x", "s:other? a:tags?");
        fl_sampler sampler = {&arena, &api, &pool, &mined, resolve, &a};
        fl_case request = {.query = parse(&arena, rows[i].query), .body = parse(&arena, rows[i].body), .content_type = FL_S("application/json")};
        request.has_body = request.body != NULL;
        fl_condition condition = {.at = {rows[i].in, fl_str_from(rows[i].pointer)}, .types = rows[i].types, .value = parse(&arena, rows[i].value)};
        condition.kind = rows[i].kind;
        fl_row_true(rows[i].row, fl_mutate(&sampler, &request, &condition, rows[i].option));
        fl_row_str(rows[i].row, json_of(&arena, request.query), rows[i].want_query);
        fl_row_str(rows[i].row, json_of(&arena, request.has_body ? request.body : NULL), rows[i].want_body);
        fl_row_true(rows[i].row, !fl_mutate(&sampler, &request, &condition, 99));
        fl_arena_release(&arena);
    }
}

static void learns_from_refusals(void **state)
{
    (void)state;
    static const struct { const char *row, *fields, *body, *answer, *want; } rows[] = {
        {"one of", "s:status", "{\"status\":\"sample\"}", "{\"error\":\"status must be one of pending, paid\"}", "{\"status\":\"pending\"}"},
        {"whole number", "s:customerId", "{\"customerId\":\"x\"}", "{\"message\":\"customerId must be a whole number\"}", "{\"customerId\":1}"},
        {"between", "i:rating", "{\"rating\":0}", "rating must be between 3 and 5", "{\"rating\":3}"},
        {"unknown field, quoted", "s:a?", "{}", "{\"errors\":[{\"field\":\"\\\"name\\\" is required\"}]}", "{\"name\":\"sample\"}"},
        {"required", "s:title?", "{}", "title is required", "{\"title\":\"text\"}"},
        {"length", "s:code", "{\"code\":\"a\"}", "code must be at least 4 characters", "{\"code\":\"Passw\"}"},
        {"a list of issues", "s:a?", "{}",
         "{\"details\":[{\"path\":\"sku\",\"message\":\"Invalid input: expected string, received undefined\"},"
         "{\"path\":\"category\",\"message\":\"Invalid option: expected one of \\\"books\\\"|\\\"games\\\"\"},"
         "{\"path\":\"price\",\"message\":\"Invalid input: expected number, received undefined\"}]}",
         "{\"sku\":\"sample\",\"category\":\"books\",\"price\":1}"},
        {"nested", "s:a?", "{\"contact\":{}}", "[{\"path\":\"contact.email\",\"message\":\"Invalid input: expected string\"}]", "{\"contact\":{\"email\":\"user@example.com\"}}"},
        {"nothing said", "s:a", "{\"a\":\"x\"}", "Bad request", NULL},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_api api = {0};
        fl_pool pool = {0};
        fl_mined mined = {0};
        answers a = {{0}};
        add_operation(&api, &arena, "POST /x", rows[i].fields);
        fl_sampler sampler = {&arena, &api, &pool, &mined, resolve, &a};
        fl_case request = {.body = parse(&arena, rows[i].body), .has_body = true, .content_type = FL_S("application/json")};
        fl_row_int(rows[i].row, fl_sample_learn(&sampler, &request, fl_str_from(rows[i].answer)), rows[i].want != NULL);
        if (rows[i].want)
            fl_row_str(rows[i].row, json_of(&arena, request.body), rows[i].want);
        fl_arena_release(&arena);
    }
}

static void guesses_what_is_lacking(void **state)
{
    (void)state;
    static const struct { const char *row; uint16_t status; unsigned rank; const char *body, *want; } rows[] = {
        {"ascending", 400, 0, "{\"from\":0,\"to\":24}", "{\"from\":1,\"to\":2}"},
        {"descending", 422, 1, "{\"from\":0,\"to\":24}", "{\"from\":2,\"to\":1}"},
        {"one number", 400, 0, "{\"from\":0}", NULL},
        {"numbers of things that are not there", 404, 0, "{\"from\":0,\"to\":24}", NULL},
        {"each another one", 404, 0, "{\"from\":\"a\",\"to\":\"a\",\"n\":1}", "{\"from\":\"{{1:/0/sku}}\",\"to\":\"{{1:/1/sku}}\",\"n\":1}"},
        {"the next list", 404, 1, "{\"from\":\"a\"}", "{\"from\":\"{{2:/all/0/code}}\"}"},
        {"no more lists", 404, 2, "{\"from\":\"a\"}", NULL},
        {"behind the orders", 400, 2, "{\"from\":\"a\"}", "{\"from\":\"{{1:/0/sku}}\"}"},
        {"user and secret", 401, 0, "{\"credentials\":\"text\",\"note\":\"text\"}", "{\"credentials\":\"user:s3cret\",\"note\":\"text\"}"},
        {"not twice", 401, 1, "{\"credentials\":\"text\"}", NULL},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    fl_api api = {0};
    add_operation(&api, &arena, "POST /moves", NULL);
    add_operation(&api, &arena, "GET /items", NULL);
    add_operation(&api, &arena, "GET /suppliers", NULL);
    fl_pool pool = {0};
    fl_vec_push(&arena, &pool.entries, (fl_pool_entry){.operation = 1, .number = 1, .is_safe = true,
                .json = parse(&arena, "[{\"id\":1,\"name\":\"Bolt\",\"sku\":\"B\"},{\"id\":2,\"name\":\"Nut\",\"sku\":\"N\"}]")});
    fl_vec_push(&arena, &pool.entries, (fl_pool_entry){.operation = 0, .number = 3, .json = parse(&arena, "[{\"ref\":\"made\"}]")});
    fl_vec_push(&arena, &pool.entries, (fl_pool_entry){.operation = 2, .number = 2, .is_safe = true, .json = parse(&arena, "{\"all\":[{\"code\":\"C\"}]}")});
    fl_mined mined = {0};
    fl_vec_push(&arena, &mined.tokens, FL_S("s3cret"));
    const fl_sampler sampler = {.arena = &arena, .api = &api, .pool = &pool, .mined = &mined};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_case request = {.operation = 0, .has_body = true, .body = parse(&arena, rows[i].body)};
        bool has_guess = fl_sample_guess(&sampler, rows[i].status, rows[i].rank, &request);
        fl_row_int(rows[i].row, has_guess, rows[i].want != NULL);
        if (has_guess)
            fl_row_str(rows[i].row, json_of(&arena, request.body), rows[i].want);
    }
    fl_arena_release(&arena);
}

static void compares_shapes(void **state)
{
    (void)state;
    static const struct { const char *row, *a, *b; bool is_same; } rows[] = {
        {"values differ", "{\"a\":1}", "{\"a\":2}", true}, {"types differ", "{\"a\":1}", "{\"a\":\"1\"}", false},
        {"order", "{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", true}, {"a key more", "{\"a\":1}", "{\"a\":1,\"b\":2}", false},
        {"items", "[{\"a\":1}]", "[{\"a\":2},{\"a\":3}]", true}, {"items differ", "[{\"a\":1}]", "[{\"b\":1}]", false},
        {"empty list", "[]", "[{\"b\":1}]", true}, {"text", "ok", "pong", true}, {"text and JSON", "ok", "{}", false},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_int(rows[i].row, fl_engine_same_shape(fl_str_from(rows[i].a), fl_str_from(rows[i].b)), rows[i].is_same);
}

FL_UNIT(plan, cmocka_unit_test(resolves_references), cmocka_unit_test(renders_requests), cmocka_unit_test(finds_path_values),
        cmocka_unit_test(makes_conditions_hold), cmocka_unit_test(learns_from_refusals), cmocka_unit_test(guesses_what_is_lacking),
        cmocka_unit_test(compares_shapes))
