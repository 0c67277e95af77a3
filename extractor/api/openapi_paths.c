/* Paths. OpenAPI takes /orders/{id} and /orders/{orderId} for the same path, so operations are grouped by their template
 * with the variables' names left out; the first operation's names are the item's, the others' parameters are renamed. */
#include "extractor/api/openapi_p.h"

/* Takes the next piece off a template: a variable's name (without braces) or a stretch of text. */
static bool next_piece(fl_str *rest, fl_str *piece, bool *is_variable)
{
    if (rest->len == 0)
        return false;
    size_t end = 1; /* a name has neither braces nor a slash */
    while (end < rest->len && rest->ptr[end] != '}' && rest->ptr[end] != '{' && rest->ptr[end] != '/')
        end++;
    *is_variable = rest->ptr[0] == '{' && end > 1 && end < rest->len && rest->ptr[end] == '}';
    if (*is_variable) {
        *piece = fl_str_sub(*rest, 1, end);
        *rest = fl_str_sub(*rest, end + 1, rest->len);
        return true;
    }
    size_t len = 1;
    while (len < rest->len && rest->ptr[len] != '{')
        len++;
    *piece = fl_str_sub(*rest, 0, len);
    *rest = fl_str_sub(*rest, len, rest->len);
    return true;
}

static fl_str shape_of(fl_arena *arena, fl_str template)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_str piece;
    bool is_variable;
    while (next_piece(&template, &piece, &is_variable))
        fl_buf_add(&out, is_variable ? FL_S("{}") : piece);
    fl_str shape = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return shape;
}

static bool has_variable(const fl_openapi_path *path, fl_str name)
{
    for (size_t i = 0; i < path->variables.count; i++)
        if (fl_str_eq(path->variables.items[i], name))
            return true;
    return false;
}

/* The key: a leading slash, unique variables, nothing that would end the path of a URL. */
static void set_template(fl_openapi_path *path, fl_arena *arena, fl_str template)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    if (!fl_str_starts(template, FL_S("/")))
        fl_buf_add_char(&out, '/');
    fl_str piece;
    bool is_variable;
    while (next_piece(&template, &piece, &is_variable)) {
        if (is_variable) {
            fl_str name = piece;
            for (unsigned n = 2; has_variable(path, name); n++)
                name = fl_str_format(arena, FL_STR_FMT "%u", FL_STR_ARG(piece), n);
            fl_vec_push(arena, &path->variables, name);
            fl_buf_format(&out, "{" FL_STR_FMT "}", FL_STR_ARG(name));
            continue;
        }
        for (size_t i = 0; i < piece.len; i++) {
            unsigned char c = (unsigned char)piece.ptr[i];
            if (c <= ' ' || c == 127 || c == '?' || c == '#' || c == '{' || c == '}')
                fl_buf_format(&out, "%%%02X", c);
            else
                fl_buf_add_char(&out, (char)c);
        }
    }
    path->path = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
}

void fl_openapi_paths_of(fl_openapi_paths *out, fl_arena *arena, const fl_api *api, bool with_possible)
{
    *out = (fl_openapi_paths){0};
    fl_map by_shape; /* symbol of the shape → index + 1 */
    fl_map_init(&by_shape);
    for (size_t i = 0; i < api->operations.count; i++) {
        const fl_operation *op = &api->operations.items[i];
        if (op->is_hidden || (op->certainty == FL_POSSIBLE && !with_possible))
            continue;
        fl_openapi_path path = {0};
        set_template(&path, arena, op->path);
        fl_sym shape = fl_sym_of(shape_of(arena, path.path));
        size_t index = (size_t)(uintptr_t)fl_map_get(&by_shape, shape);
        if (index == 0) {
            fl_vec_push(arena, out, path);
            index = out->count;
            fl_map_put(&by_shape, shape, (void *)(uintptr_t)index);
        }
        fl_vec_push(arena, &out->items[index - 1].operations, (uint32_t)i);
    }
    fl_map_release(&by_shape);
}

fl_str fl_openapi_variable(const fl_openapi_path *path, fl_str own_template, fl_str name)
{
    fl_str piece;
    bool is_variable;
    for (size_t i = 0; next_piece(&own_template, &piece, &is_variable);) {
        if (!is_variable)
            continue;
        if (fl_str_eq(piece, name) && i < path->variables.count)
            return path->variables.items[i];
        i++;
    }
    return (fl_str){0};
}

const char *fl_openapi_reason(unsigned status)
{
    static const struct { uint16_t status; const char *text; } rows[] = {
        {100, "Continue"}, {101, "Switching Protocols"}, {102, "Processing"}, {103, "Early Hints"}, {200, "OK"},
        {201, "Created"}, {202, "Accepted"}, {203, "Non-Authoritative Information"}, {204, "No Content"},
        {205, "Reset Content"}, {206, "Partial Content"}, {207, "Multi-Status"}, {208, "Already Reported"},
        {226, "IM Used"}, {300, "Multiple Choices"}, {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"},
        {304, "Not Modified"}, {305, "Use Proxy"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"},
        {400, "Bad Request"}, {401, "Unauthorized"}, {402, "Payment Required"}, {403, "Forbidden"}, {404, "Not Found"},
        {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {407, "Proxy Authentication Required"},
        {408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"}, {411, "Length Required"},
        {412, "Precondition Failed"}, {413, "Content Too Large"}, {414, "URI Too Long"}, {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"}, {417, "Expectation Failed"}, {418, "I'm a teapot"}, {421, "Misdirected Request"},
        {422, "Unprocessable Content"}, {423, "Locked"}, {424, "Failed Dependency"}, {425, "Too Early"},
        {426, "Upgrade Required"}, {428, "Precondition Required"}, {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"}, {451, "Unavailable For Legal Reasons"}, {500, "Internal Server Error"},
        {501, "Not Implemented"}, {502, "Bad Gateway"}, {503, "Service Unavailable"}, {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"}, {506, "Variant Also Negotiates"}, {507, "Insufficient Storage"},
        {508, "Loop Detected"}, {511, "Network Authentication Required"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        if (rows[i].status == status)
            return rows[i].text;
    return "Response";
}
