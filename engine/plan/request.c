/*
 * Cases → HTTP requests → curl lines. Read fl_case_render first.
 * A map with a "filename" in a multipart body is a file: {filename, type, content}.
 */
#include "engine/plan/plan.h"

static const char boundary[] = "faultline-8e1f2c";

fl_str fl_operation_method(const fl_operation *operation)
{
    fl_str method = operation->method;
    bool is_any = method.len == 0 || fl_str_eq_c(method, "ALL") || fl_str_eq_c(method, "ANY") || fl_str_eq_c(method, "*");
    return is_any ? FL_S("GET") : method;
}

bool fl_operation_is_safe(const fl_operation *operation)
{
    fl_str method = fl_operation_method(operation);
    return fl_str_eq_c(method, "GET") || fl_str_eq_c(method, "HEAD") || fl_str_eq_c(method, "OPTIONS");
}

bool fl_operation_is_destructive(const fl_operation *operation)
{
    static const char *const words[] = {"logout", "signout", "revoke", "shutdown", "purge", "clear", "wipe", "truncate"};
    if (fl_str_eq_c(operation->method, "DELETE"))
        return true;
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (fl_name_contains(operation->path, words[i]))
            return true;
    return false;
}

static fl_data *copy_map(fl_arena *arena, const fl_data *map)
{
    return map ? fl_data_copy(arena, map) : fl_data_map(arena);
}

fl_case fl_case_copy(fl_arena *arena, const fl_case *from)
{
    fl_case copy = *from;
    copy.path = copy_map(arena, from->path);
    copy.query = copy_map(arena, from->query);
    copy.header = copy_map(arena, from->header);
    copy.cookie = copy_map(arena, from->cookie);
    copy.body = from->body ? fl_data_copy(arena, from->body) : NULL;
    copy.raw_body = from->raw_body.ptr ? fl_str_copy(arena, from->raw_body) : from->raw_body;
    copy.target = from->target.len ? fl_str_copy(arena, from->target) : from->target;
    copy.before.items = NULL;
    copy.before.count = copy.before.capacity = 0;
    for (size_t i = 0; i < from->before.count; i++)
        fl_vec_push(arena, &copy.before, from->before.items[i]);
    return copy;
}

/* ---- parts ---- */

/** Percent-encodes all but references. */
static void encode(fl_buf *out, fl_str text, bool is_query)
{
    size_t from = 0, start, done = 0;
    fl_reference reference;
    while (fl_reference_next(text, &from, &start, &reference)) {
        fl_http_encode(out, fl_str_sub(text, done, start), is_query);
        fl_buf_add(out, fl_str_sub(text, start, from));
        done = from;
    }
    fl_http_encode(out, fl_str_sub(text, done, text.len), is_query);
}

static void add_scalar(fl_buf *out, const fl_data *value)
{
    switch (value->kind) {
    case FL_DATA_STRING:
    case FL_DATA_NUMBER:
        fl_buf_add(out, value->text);
        break;
    case FL_DATA_BOOL:
        fl_buf_add_c(out, value->boolean ? "true" : "false");
        break;
    default:
        fl_json_write(out, value, false);
    }
}

static fl_str scalar_text(fl_arena *arena, const fl_data *value)
{
    fl_buf buf;
    fl_buf_init(&buf, 0);
    add_scalar(&buf, value);
    fl_str text = fl_str_copy(arena, fl_buf_str(&buf));
    fl_buf_release(&buf);
    return text;
}

static void add_path(fl_arena *arena, fl_buf *url, fl_str path, const fl_data *values)
{
    while (path.len != 0) {
        ptrdiff_t open = fl_str_find_char(path, '{');
        ptrdiff_t close = open < 0 ? -1 : fl_str_find_char(path, '}');
        if (close < open || open < 0) {
            fl_buf_add(url, path);
            return;
        }
        fl_buf_add(url, fl_str_sub(path, 0, (size_t)open));
        fl_str name = fl_str_sub(path, (size_t)open + 1, (size_t)close);
        const fl_data *value = fl_data_get(values, name);
        if (value != NULL)
            encode(url, scalar_text(arena, value), false);
        else
            fl_http_encode(url, name, false);
        path = fl_str_sub(path, (size_t)close + 1, path.len);
    }
}

/** `a=1&a=2` for lists, `a[b]=1` for maps, `a=` for null. */
static void add_pair(fl_arena *arena, fl_buf *out, fl_str name, const fl_data *value, bool *is_first)
{
    if (value->kind == FL_DATA_LIST && value->count != 0) {
        for (const fl_data *each = value->first; each; each = each->next)
            add_pair(arena, out, name, each, is_first);
        return;
    }
    if (value->kind == FL_DATA_MAP && value->count != 0) {
        for (const fl_data *each = value->first; each; each = each->next)
            add_pair(arena, out, fl_str_format(arena, FL_STR_FMT "[" FL_STR_FMT "]", FL_STR_ARG(name), FL_STR_ARG(each->key)), each, is_first);
        return;
    }
    if (!*is_first)
        fl_buf_add_char(out, '&');
    *is_first = false;
    /* Brackets stay readable; servers take them either way. */
    for (size_t i = 0; i < name.len; i++) {
        fl_str one = fl_str_sub(name, i, i + 1);
        if (name.ptr[i] == '[' || name.ptr[i] == ']')
            fl_buf_add(out, one);
        else
            fl_http_encode(out, one, true);
    }
    fl_buf_add_char(out, '=');
    if (value->kind == FL_DATA_STRING || value->kind == FL_DATA_NUMBER || value->kind == FL_DATA_BOOL)
        encode(out, scalar_text(arena, value), true);
}

static void add_pairs(fl_arena *arena, fl_buf *out, const fl_data *map)
{
    bool is_first = true;
    for (const fl_data *each = map ? map->first : NULL; each; each = each->next)
        add_pair(arena, out, each->key, each, &is_first);
}

static void add_part(fl_arena *arena, fl_buf *out, fl_str name, const fl_data *value)
{
    if (value->kind == FL_DATA_LIST) {
        for (const fl_data *each = value->first; each; each = each->next)
            add_part(arena, out, name, each);
        return;
    }
    fl_buf_format(out, "--%s\r\nContent-Disposition: form-data; name=\"" FL_STR_FMT "\"", boundary, FL_STR_ARG(name));
    if (value->kind == FL_DATA_MAP && fl_data_get_c(value, "filename")) {
        fl_str file = fl_data_get_str(value, "filename"), type = fl_data_get_str(value, "type");
        fl_buf_format(out, "; filename=\"" FL_STR_FMT "\"\r\nContent-Type: " FL_STR_FMT "\r\n\r\n", FL_STR_ARG(file), FL_STR_ARG(type));
        fl_buf_add(out, fl_data_get_str(value, "content"));
    } else {
        fl_buf_add_c(out, "\r\n\r\n");
        add_scalar(out, value);
    }
    fl_buf_add_c(out, "\r\n");
}

static void add_body(fl_arena *arena, fl_buf *out, const fl_operation *operation, const fl_case *request, fl_str type)
{
    const fl_data *body = request->body;
    if (request->raw_body.ptr != NULL) {
        fl_buf_add(out, request->raw_body);
    } else if (body == NULL) {
        return;
    } else if (fl_str_starts(type, FL_S("multipart/"))) {
        for (const fl_data *each = body->kind == FL_DATA_MAP ? body->first : NULL; each; each = each->next)
            add_part(arena, out, each->key, each);
        fl_buf_format(out, "--%s--\r\n", boundary);
    } else if (fl_str_starts(type, FL_S("application/x-www-form-urlencoded")) && body->kind == FL_DATA_MAP) {
        add_pairs(arena, out, body);
    } else if (fl_xml_is(type)) {
        fl_xml_write(out, fl_xml_root(operation), body, NULL);
    } else if (fl_str_starts(type, FL_S("text/"))) {
        add_scalar(out, body);
    } else {
        fl_json_write(out, body, false);
    }
}

/** No line ends in a header: they would begin another one. */
static fl_str header_text(fl_arena *arena, const fl_data *value)
{
    fl_str text = scalar_text(arena, value);
    char *copy = fl_str_c(arena, text);
    for (size_t i = 0; i < text.len; i++)
        if (copy[i] == '\r' || copy[i] == '\n' || copy[i] == '\0')
            copy[i] = ' ';
    return (fl_str){copy, text.len};
}

void fl_case_render(fl_arena *arena, const fl_api *api, const fl_case *request, fl_str base_url, fl_http_request *out)
{
    const fl_operation *operation = &api->operations.items[request->operation];
    *out = (fl_http_request){.method = request->method.len ? request->method : fl_operation_method(operation)};
    fl_buf buf;
    fl_buf_init(&buf, 0);
    fl_buf_add(&buf, base_url);
    if (request->target.len)
        fl_buf_add(&buf, request->target);
    else
        add_path(arena, &buf, operation->path, request->path);
    if (request->target.len == 0 && request->query != NULL && request->query->count != 0) {
        fl_buf_add_char(&buf, '?');
        add_pairs(arena, &buf, request->query);
    }
    out->url = fl_str_copy(arena, fl_buf_str(&buf));
    for (const fl_data *each = request->header ? request->header->first : NULL; each; each = each->next)
        fl_vec_push(arena, &out->headers, (fl_http_header){each->key, header_text(arena, each)});
    if (request->cookie != NULL && request->cookie->count != 0) {
        fl_buf_clear(&buf);
        for (const fl_data *each = request->cookie->first; each; each = each->next) {
            fl_str value = header_text(arena, each);
            fl_buf_format(&buf, "%s" FL_STR_FMT "=" FL_STR_FMT, buf.len ? "; " : "", FL_STR_ARG(each->key), FL_STR_ARG(value));
        }
        fl_vec_push(arena, &out->headers, (fl_http_header){FL_S("cookie"), fl_str_copy(arena, fl_buf_str(&buf))});
    }
    if (request->has_body) {
        fl_str type = request->content_type.len ? request->content_type : FL_S("application/json");
        fl_buf_clear(&buf);
        add_body(arena, &buf, operation, request, type);
        out->body = fl_str_copy(arena, fl_buf_str(&buf));
        out->has_body = true;
        if (fl_str_eq_c(type, "multipart/form-data"))
            type = fl_str_format(arena, "multipart/form-data; boundary=%s", boundary);
        if (request->type_header == FL_TYPE_AS_SAID)
            fl_vec_push(arena, &out->headers, (fl_http_header){FL_S("content-type"), type});
    }
    fl_buf_release(&buf);
}

/* ---- curl ---- */

/** Nothing in it means anything between double quotes. */
static bool is_tame(fl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '"' || text.ptr[i] == '$' || text.ptr[i] == '`' || text.ptr[i] == '\\' || text.ptr[i] == '!')
            return false;
    return true;
}

/** '$BASE/orders/1' → "$BASE/orders/1". */
static void unquote_base(fl_buf *out, fl_str line)
{
    ptrdiff_t at = fl_str_find(line, FL_S("'" FL_BASE_VARIABLE));
    fl_str rest = at < 0 ? (fl_str){NULL, 0} : fl_str_sub(line, (size_t)at + 1, line.len);
    ptrdiff_t end = fl_str_find_char(rest, '\'');
    if (end < 0) {
        fl_buf_add(out, line);
        return;
    }
    size_t base = sizeof FL_BASE_VARIABLE - 1;
    fl_str path = fl_str_sub(rest, base, (size_t)end);
    bool is_whole = is_tame(path) && fl_str_find(path, FL_S("{{")) < 0;
    fl_buf_add(out, fl_str_sub(line, 0, (size_t)at));
    fl_buf_format(out, is_whole ? "\"" FL_BASE_VARIABLE FL_STR_FMT "\"" : "\"" FL_BASE_VARIABLE "\"'" FL_STR_FMT "'", FL_STR_ARG(path));
    fl_buf_add(out, fl_str_sub(rest, (size_t)end + 1, rest.len));
}

/** The program that takes a value out of an earlier answer, for use inside double quotes. */
static void add_extraction(fl_buf *out, const fl_reference *reference)
{
    fl_str pointer = reference->pointer, part;
    if (fl_str_starts(pointer, FL_S("cookie="))) {
        fl_str name = fl_str_sub(pointer, 7, pointer.len);
        fl_buf_format(out, "$(printf %%s \"$answer%u\" | sed -n 's/^[Ss]et-[Cc]ookie: *" FL_STR_FMT "=\\([^;]*\\).*/\\1/p')", reference->number, FL_STR_ARG(name));
        return;
    }
    fl_buf_format(out, "$(printf %%s \"$answer%u\" | jq -r '.", reference->number);
    for (fl_str rest = fl_str_sub(pointer, 1, pointer.len); fl_str_split(&rest, '/', &part);) {
        int64_t index;
        if (fl_str_to_int(part, &index))
            fl_buf_format(out, "[%lld]", (long long)index);
        else
            fl_buf_format(out, "[\"" FL_STR_FMT "\"]", FL_STR_ARG(part));
    }
    fl_buf_add_c(out, "')");
}

/** Leaves the single quotes of the line for each reference: '…'"$(…)"'…'. */
static void add_line(fl_arena *arena, fl_buf *out, const fl_http_request *request, bool with_headers)
{
    fl_buf raw, based;
    fl_buf_init(&raw, 0);
    fl_buf_init(&based, 0);
    fl_http_curl(&raw, request);
    fl_str line = fl_buf_str(&raw);
    ptrdiff_t headers = with_headers ? -1 : fl_str_find(line, FL_S(" -i "));
    if (headers >= 0) {
        fl_str start = fl_str_copy(arena, fl_str_sub(line, 0, (size_t)headers)), rest = fl_str_copy(arena, fl_str_sub(line, (size_t)headers + 3, line.len));
        line = fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(start), FL_STR_ARG(rest));
    }
    unquote_base(&based, line);
    fl_str text = fl_buf_str(&based);
    size_t from = 0, start, done = 0;
    fl_reference reference;
    while (fl_reference_next(text, &from, &start, &reference)) {
        fl_buf_add(out, fl_str_sub(text, done, start));
        fl_buf_add_c(out, "'\"");
        add_extraction(out, &reference);
        fl_buf_add_c(out, "\"'");
        done = from;
    }
    fl_buf_add(out, fl_str_sub(text, done, text.len));
    fl_buf_release(&raw);
    fl_buf_release(&based);
}

static bool refers_to_cookie(const fl_http_request *request)
{
    for (size_t i = 0; i < request->headers.count; i++)
        if (fl_str_find(request->headers.items[i].value, FL_S(":cookie=")) >= 0)
            return true;
    return false;
}

fl_str fl_request_curl(fl_arena *arena, const fl_http_request *setup, size_t setup_count, const fl_http_request *request)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    bool with_headers = refers_to_cookie(request); /* then the answers' headers are wanted, too */
    for (size_t i = 0; i < setup_count; i++)
        with_headers = with_headers || refers_to_cookie(&setup[i]);
    for (size_t i = 0; i < setup_count; i++) {
        fl_buf_format(&out, "answer%zu=$(", i + 1);
        add_line(arena, &out, &setup[i], with_headers);
        fl_buf_add_c(&out, ")\n");
    }
    add_line(arena, &out, request, true);
    fl_str text = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return text;
}
