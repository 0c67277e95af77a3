/*
 * References to earlier answers inside texts: "{{7:/user/id}}". Read fl_reference_next first; everything else walks
 * values, cases or rendered requests with it.
 */
#include "engine/plan/plan.h"

fl_str fl_reference_text(fl_arena *arena, uint32_t number, fl_str pointer)
{
    return fl_str_format(arena, "{{%u:" FL_STR_FMT "}}", number, FL_STR_ARG(pointer));
}

bool fl_reference_next(fl_str text, size_t *from_byte, size_t *start_byte, fl_reference *out)
{
    for (size_t at = *from_byte; at + 1 < text.len; at++) {
        if (text.ptr[at] != '{' || text.ptr[at + 1] != '{')
            continue;
        fl_str rest = fl_str_sub(text, at + 2, text.len);
        ptrdiff_t colon = fl_str_find_char(rest, ':'), close = fl_str_find(rest, FL_S("}}"));
        int64_t number;
        if (colon <= 0 || close < colon || !fl_str_to_int(fl_str_sub(rest, 0, (size_t)colon), &number) || number < 0 ||
            number > UINT32_MAX)
            continue;
        *out = (fl_reference){(uint32_t)number, fl_str_sub(rest, (size_t)colon + 1, (size_t)close)};
        *start_byte = at;
        *from_byte = at + 2 + (size_t)close + 2;
        return true;
    }
    return false;
}

fl_str fl_references_rename(fl_arena *arena, fl_str text, fl_reference_name_fn *name, const void *context)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    size_t from = 0, start, done = 0;
    fl_reference reference;
    while (fl_reference_next(text, &from, &start, &reference)) {
        fl_buf_add(&out, fl_str_sub(text, done, start));
        fl_buf_add(&out, name(context, arena, &reference));
        done = from;
    }
    if (done != 0) {
        fl_buf_add(&out, fl_str_sub(text, done, text.len));
        text = fl_str_copy(arena, fl_buf_str(&out));
    }
    fl_buf_release(&out);
    return text;
}

static void collect_text(fl_arena *arena, fl_str text, fl_references *out)
{
    size_t from = 0, start;
    fl_reference reference;
    while (fl_reference_next(text, &from, &start, &reference))
        fl_vec_push(arena, out, reference);
}

void fl_references_of(fl_arena *arena, const fl_data *value, fl_references *out)
{
    if (value == NULL)
        return;
    if (value->kind == FL_DATA_STRING)
        collect_text(arena, value->text, out);
    for (const fl_data *each = value->first; each; each = each->next)
        fl_references_of(arena, each, out);
}

void fl_references_of_case(fl_arena *arena, const fl_case *request, fl_references *out)
{
    const fl_data *const parts[] = {request->path, request->query, request->header, request->cookie,
                                    request->has_body ? request->body : NULL};
    for (size_t i = 0; i < FL_COUNT(parts); i++)
        fl_references_of(arena, parts[i], out);
    if (request->has_body)
        collect_text(arena, request->raw_body, out);
}

/* ---- values ---- */

enum encoding { PLAIN, IN_URL, IN_JSON };

static void add_value(fl_buf *out, const fl_data *value, enum encoding encoding)
{
    fl_buf json;
    fl_buf_init(&json, 0);
    fl_str text = value->text;
    if (value->kind != FL_DATA_STRING && value->kind != FL_DATA_NUMBER) {
        fl_json_write(&json, value, false);
        text = fl_buf_str(&json);
    }
    if (encoding == IN_URL) {
        fl_http_encode(out, text, false);
    } else if (encoding == IN_JSON) {
        fl_buf quoted;
        fl_buf_init(&quoted, 0);
        fl_json_write_string(&quoted, text);
        fl_buf_add(out, fl_str_sub(fl_buf_str(&quoted), 1, quoted.len - 1));
        fl_buf_release(&quoted);
    } else {
        fl_buf_add(out, text);
    }
    fl_buf_release(&json);
}

static bool resolve_text(fl_arena *arena, fl_str text, fl_resolve_fn *resolve, void *context, enum encoding encoding, fl_str *out)
{
    size_t from = 0, start, done = 0;
    fl_reference reference;
    *out = text;
    if (!fl_reference_next(text, &from, &start, &reference))
        return true;
    fl_buf buf;
    fl_buf_init(&buf, 0);
    bool is_ok = true;
    do {
        const fl_data *value = resolve(context, &reference);
        is_ok = value != NULL;
        if (!is_ok)
            break;
        bool is_whole = encoding == IN_JSON && start > 0 && text.ptr[start - 1] == '"' && from < text.len &&
                        text.ptr[from] == '"' && value->kind != FL_DATA_STRING;
        fl_buf_add(&buf, fl_str_sub(text, done, is_whole ? start - 1 : start));
        if (is_whole)
            fl_json_write(&buf, value, false);
        else
            add_value(&buf, value, encoding);
        done = is_whole ? from + 1 : from;
    } while (fl_reference_next(text, &from, &start, &reference));
    fl_buf_add(&buf, fl_str_sub(text, done, text.len));
    *out = fl_str_copy(arena, fl_buf_str(&buf));
    fl_buf_release(&buf);
    return is_ok;
}

bool fl_references_resolve_text(fl_arena *arena, fl_str text, fl_resolve_fn *resolve, void *context, fl_str *out)
{
    return resolve_text(arena, text, resolve, context, PLAIN, out);
}

bool fl_references_resolve(fl_arena *arena, const fl_data *value, fl_resolve_fn *resolve, void *context, fl_data **out)
{
    *out = NULL;
    if (value == NULL)
        return true;
    if (value->kind == FL_DATA_STRING) {
        size_t from = 0, start;
        fl_reference reference;
        if (fl_reference_next(value->text, &from, &start, &reference) && start == 0 && from == value->text.len) {
            const fl_data *found = resolve(context, &reference);
            if (found == NULL)
                return false;
            *out = fl_data_copy(arena, found);
            (*out)->key = (fl_str){NULL, 0};
            return true;
        }
        fl_str text;
        if (!resolve_text(arena, value->text, resolve, context, PLAIN, &text))
            return false;
        *out = fl_data_string(arena, text);
        return true;
    }
    if (value->kind != FL_DATA_LIST && value->kind != FL_DATA_MAP) {
        *out = fl_data_copy(arena, value);
        return true;
    }
    *out = value->kind == FL_DATA_LIST ? fl_data_list(arena) : fl_data_map(arena);
    for (const fl_data *each = value->first; each; each = each->next) {
        fl_data *item;
        if (!fl_references_resolve(arena, each, resolve, context, &item))
            return false;
        if (value->kind == FL_DATA_LIST)
            fl_data_push(*out, item);
        else
            fl_data_set(arena, *out, each->key, item);
    }
    return true;
}

bool fl_references_resolve_case(fl_arena *arena, const fl_case *request, fl_resolve_fn *resolve, void *context, fl_case *out)
{
    *out = *request;
    return fl_references_resolve(arena, request->path, resolve, context, &out->path) &&
           fl_references_resolve(arena, request->query, resolve, context, &out->query) &&
           fl_references_resolve(arena, request->header, resolve, context, &out->header) &&
           fl_references_resolve(arena, request->cookie, resolve, context, &out->cookie) &&
           fl_references_resolve(arena, request->body, resolve, context, &out->body) &&
           fl_references_resolve_text(arena, request->raw_body, resolve, context, &out->raw_body);
}

bool fl_references_resolve_request(fl_arena *arena, const fl_http_request *request, fl_resolve_fn *resolve, void *context,
                                   fl_http_request *out)
{
    *out = *request;
    out->headers.items = NULL;
    out->headers.count = out->headers.capacity = 0;
    bool is_ok = resolve_text(arena, request->url, resolve, context, IN_URL, &out->url);
    bool is_json = false;
    for (size_t i = 0; i < request->headers.count && is_ok; i++) {
        fl_http_header header = request->headers.items[i];
        if (fl_str_eq_nocase(header.name, FL_S("content-type")) && fl_str_find(header.value, FL_S("json")) >= 0)
            is_json = true;
        is_ok = resolve_text(arena, header.value, resolve, context, PLAIN, &header.value);
        fl_vec_push(arena, &out->headers, header);
    }
    return is_ok && resolve_text(arena, request->body, resolve, context, is_json ? IN_JSON : PLAIN, &out->body);
}
