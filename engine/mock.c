/*
 * A service made of an API model alone. Read `serve`: the operation that the request line names, the request as a case, what the operation
 * does not allow of it (plan/violation.c), and a sample of what is said of the first success.
 */
#include "engine/mock.h"
#include "engine/plan/plan.h"
#include <ctype.h>
#include <stdlib.h>

struct fl_mock { const fl_api *api; fl_mock_options options; fl_listener *listener; unsigned count; };

/* ---- the request ---- */

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : isxdigit((unsigned char)c) ? (c | 32) - 'a' + 10 : -1;
}

static fl_str decoded(fl_arena *arena, fl_str text, bool is_query)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < text.len; i++) {
        bool is_escape = text.ptr[i] == '%' && i + 2 < text.len && hex(text.ptr[i + 1]) >= 0 && hex(text.ptr[i + 2]) >= 0;
        fl_buf_add_char(&out, is_escape ? (char)(hex(text.ptr[i + 1]) * 16 + hex(text.ptr[i + 2])) : is_query && text.ptr[i] == '+' ? ' ' : text.ptr[i]);
        i += is_escape ? 2 : 0;
    }
    fl_str copy = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return copy;
}

/** Values of the path's variables; false when it is another path. Fixed parts count: more of them is nearer. */
static bool matches(fl_arena *arena, fl_str template, fl_str path, fl_data *values, unsigned *fixed)
{
    fl_str want, got;
    *fixed = 0;
    for (;;) {
        bool has_want = fl_str_split(&template, '/', &want), has_got = fl_str_split(&path, '/', &got);
        if (!has_want || !has_got)
            return has_want == has_got;
        ptrdiff_t open = fl_str_find_char(want, '{'), close = fl_str_find_char(want, '}');
        if (open < 0 || close < open) {
            if (!fl_str_eq(want, got))
                return false;
            *fixed += want.len != 0;
            continue;
        }
        fl_str before = fl_str_sub(want, 0, (size_t)open), behind = fl_str_sub(want, (size_t)close + 1, want.len);
        if (got.len <= before.len + behind.len || !fl_str_starts(got, before) || !fl_str_ends(got, behind))
            return false;
        fl_data_set(arena, values, fl_str_sub(want, (size_t)open + 1, (size_t)close), fl_data_string(arena, decoded(arena, fl_str_sub(got, before.len, got.len - behind.len), false)));
    }
}

static void read_query(fl_arena *arena, fl_str query, fl_data *out)
{
    fl_str pair, name;
    while (fl_str_split(&query, '&', &pair)) {
        if (!fl_str_split(&pair, '=', &name) || name.len == 0)
            continue;
        fl_str key = decoded(arena, name, true);
        fl_data *value = fl_data_string(arena, decoded(arena, pair, true)), *list = fl_data_list(arena);
        const fl_data *before = fl_data_get(out, key);
        if (before != NULL) { /* again: a list */
            for (const fl_data *each = before->kind == FL_DATA_LIST ? before->first : NULL; each; each = each->next)
                fl_data_push(list, fl_data_copy(arena, each));
            if (before->kind != FL_DATA_LIST)
                fl_data_push(list, fl_data_copy(arena, before));
            fl_data_push(list, value);
            value = list;
        }
        fl_data_set(arena, out, key, value);
    }
}

static void read_head(fl_arena *arena, fl_str *rest, fl_case *request)
{
    fl_str line, name;
    while (fl_str_split(rest, '\n', &line) && fl_str_trim(line).len != 0) {
        if (!fl_str_split(&line, ':', &name))
            continue;
        fl_str value = fl_str_trim(line);
        fl_data_set(arena, request->header, fl_str_lower(arena, name), fl_data_string(arena, value));
        if (fl_str_eq_nocase(name, FL_S("content-type"))) {
            ptrdiff_t end = fl_str_find_char(value, ';');
            request->content_type = fl_str_lower(arena, fl_str_trim(end < 0 ? value : fl_str_sub(value, 0, (size_t)end)));
        }
    }
}

/* ---- the answer ---- */

static void refuse(fl_arena *arena, int socket, const char *status, fl_str text)
{
    fl_buf body;
    fl_buf_init(&body, 0);
    fl_data *map = fl_data_map(arena);
    fl_data_set_c(arena, map, "error", fl_data_string(arena, text));
    fl_json_write(&body, map, false);
    fl_listener_answer(socket, fl_str_from(status), FL_S("application/json"), FL_S("X-Faultline-Mock: refused\r\n"), fl_buf_str(&body));
    fl_buf_release(&body);
}

static void answer_sample(fl_arena *arena, int socket, const fl_operation *operation)
{
    const fl_response *said = NULL;
    for (size_t i = 0; i < operation->responses.count && said == NULL; i++)
        if ((operation->responses.items[i].status == 2 || operation->responses.items[i].status / 100 == 2))
            said = &operation->responses.items[i];
    uint16_t status = said == NULL ? 204 : said->status < 100 ? 200 : said->status;
    fl_str head = fl_str_format(arena, "%u OK", status), type = {0}, headers = {0};
    for (size_t i = 0; said != NULL && i < said->headers.count; i++) {
        const fl_data *value = said->headers.items[i].schema ? fl_schema_sample(arena, said->headers.items[i].schema, true, 0) : NULL;
        headers = fl_str_format(arena, FL_STR_FMT FL_STR_FMT ": " FL_STR_FMT "\r\n", FL_STR_ARG(headers), FL_STR_ARG(said->headers.items[i].name), FL_STR_ARG(fl_data_str(value, FL_S("sample"))));
    }
    fl_buf body;
    fl_buf_init(&body, 0);
    if (said != NULL && said->content.count != 0) {
        type = said->content.items[0].type;
        const fl_schema *schema = said->content.items[0].schema;
        const fl_data *sample = schema ? fl_schema_sample(arena, schema, true, 0) : fl_data_map(arena);
        if (fl_str_find(type, FL_S("json")) >= 0)
            fl_json_write(&body, sample, false);
        else
            fl_buf_add(&body, fl_data_str(sample, FL_S("sample")));
    }
    fl_listener_answer(socket, head, type, headers, fl_buf_str(&body));
    fl_buf_release(&body);
}

static const fl_operation *find(fl_arena *arena, const fl_api *api, fl_str method, fl_str path, fl_data **values, fl_str *allow)
{
    const fl_operation *best = NULL;
    unsigned best_fixed = 0;
    for (size_t i = 0; i < api->operations.count; i++) {
        const fl_operation *one = &api->operations.items[i];
        fl_data *found = fl_data_map(arena);
        unsigned fixed;
        if (!matches(arena, one->path, path, found, &fixed))
            continue;
        *allow = allow->len ? fl_str_format(arena, FL_STR_FMT ", " FL_STR_FMT, FL_STR_ARG(*allow), FL_STR_ARG(one->method)) : one->method;
        if (!fl_str_eq(fl_operation_method(one), method) || (best != NULL && fixed <= best_fixed))
            continue;
        best = one;
        best_fixed = fixed;
        *values = found;
    }
    return best;
}

static void serve(void *context, fl_listener *listener, int socket, fl_str text)
{
    fl_mock *mock = context;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_str rest = text, line = {0}, method = {0}, target = {0}, path, allow = {0};
    (void)(fl_str_split(&rest, '\n', &line) && fl_str_split(&line, ' ', &method) && fl_str_split(&line, ' ', &target));
    fl_case request = {.query = fl_data_map(&arena), .header = fl_data_map(&arena), .cookie = fl_data_map(&arena)};
    read_head(&arena, &rest, &request);
    request.has_body = rest.len != 0;
    request.raw_body = request.has_body ? rest : (fl_str){NULL, 0};
    if (!fl_str_split(&target, '?', &path))
        path = target;
    read_query(&arena, target, request.query);
    const fl_operation *operation = find(&arena, mock->api, method, path, &request.path, &allow);
    for (uint32_t waited = 0; waited < mock->options.latency_ms && !fl_listener_is_stopping(listener); waited += 5)
        fl_clock_sleep_ms(5);
    unsigned number = mock->count++, percent = mock->options.fail_percent;
    fl_location in;
    bool is_sure;
    fl_str wrong = operation ? fl_request_violation(&arena, operation, &request, &in, &is_sure) : (fl_str){0};
    if ((number + 1) * percent / 100 != number * percent / 100)
        refuse(&arena, socket, "503 Service Unavailable", FL_S("this one was to fail"));
    else if (operation == NULL && allow.len == 0)
        refuse(&arena, socket, "404 Not Found", FL_S("there is no such path"));
    else if (operation == NULL)
        fl_listener_answer(socket, FL_S("405 Method Not Allowed"), (fl_str){0}, fl_str_format(&arena, "Allow: " FL_STR_FMT "\r\n", FL_STR_ARG(allow)), (fl_str){0});
    else if (wrong.len)
        refuse(&arena, socket, "400 Bad Request", wrong);
    else
        answer_sample(&arena, socket, operation);
    fl_arena_release(&arena);
}

fl_status fl_mock_start(fl_mock **out, const fl_api *api, const fl_mock_options *options, fl_err *err)
{
    fl_mock *mock = calloc(1, sizeof *mock);
    if (mock == NULL)
        fl_no_memory();
    *mock = (fl_mock){.api = api, .options = *options};
    fl_status status = fl_listener_start(&mock->listener, options->port, serve, mock, err);
    if (status == FL_OK)
        *out = mock;
    else
        free(mock);
    return status;
}

uint16_t fl_mock_port(const fl_mock *mock)
{
    return fl_listener_port(mock->listener);
}

void fl_mock_stop(fl_mock *mock)
{
    fl_listener_stop(mock->listener);
    free(mock);
}
