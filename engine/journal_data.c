/* Requests and faults as data and back, for the journal. A text that JSON cannot carry is kept in base64. */
#include "engine/journal.h"

static fl_data *text_data(fl_arena *arena, fl_str text)
{
    if (fl_utf8_valid(text, NULL) && (text.len == 0 || memchr(text.ptr, '\0', text.len) == NULL))
        return fl_data_string(arena, text);
    fl_data *out = fl_data_map(arena);
    fl_data_set_c(arena, out, "base64", fl_data_string(arena, fl_base64(arena, text)));
    return out;
}

static void put(fl_arena *arena, fl_data *map, const char *key, fl_str text)
{
    if (text.ptr != NULL)
        fl_data_set_c(arena, map, key, text_data(arena, text));
}

static void put_number(fl_arena *arena, fl_data *map, const char *key, int64_t number)
{
    if (number != 0)
        fl_data_set_c(arena, map, key, fl_data_int(arena, number));
}

static fl_str get(fl_arena *arena, const fl_data *map, const char *key)
{
    const fl_data *text = fl_data_get_c(map, key);
    fl_str bytes = {0};
    if (text != NULL && text->kind == FL_DATA_MAP)
        return fl_base64_decode(arena, fl_data_get_str(text, "base64"), &bytes) && bytes.ptr == NULL ? FL_S("") : bytes;
    return text == NULL ? bytes : fl_str_copy(arena, fl_data_str(text, FL_S("")));
}

/* ---- values: strings that JSON cannot carry are wrapped, and so is what looks like a wrapping ---- */

static bool has_odd_text(const fl_data *value)
{
    if (value->kind == FL_DATA_STRING && (!fl_utf8_valid(value->text, NULL) || (value->text.len && memchr(value->text.ptr, '\0', value->text.len))))
        return true;
    for (const fl_data *each = value->first; each; each = each->next)
        if (has_odd_text(each))
            return true;
    return false;
}

static fl_data *pack(fl_arena *arena, const fl_data *value)
{
    fl_data *out = fl_data_list(arena); /* [kind, …]: nothing can be taken for something else */
    if (value->kind == FL_DATA_STRING) {
        fl_data_push(out, fl_data_string_c(arena, "s"));
        fl_data_push(out, fl_data_string(arena, fl_base64(arena, value->text)));
    } else if (value->kind == FL_DATA_LIST || value->kind == FL_DATA_MAP) {
        fl_data_push(out, fl_data_string_c(arena, value->kind == FL_DATA_LIST ? "l" : "m"));
        for (const fl_data *each = value->first; each; each = each->next) {
            if (value->kind == FL_DATA_MAP)
                fl_data_push(out, fl_data_string(arena, each->key));
            fl_data_push(out, pack(arena, each));
        }
    } else {
        fl_data_push(out, fl_data_string_c(arena, "v"));
        fl_data_push(out, fl_data_copy(arena, value));
    }
    return out;
}

static fl_data *unpack(fl_arena *arena, const fl_data *from)
{
    fl_str kind = fl_data_str(fl_data_at(from, 0), FL_S(""));
    if (fl_str_eq_c(kind, "s")) {
        fl_str bytes = {0};
        (void)fl_base64_decode(arena, fl_data_str(fl_data_at(from, 1), FL_S("")), &bytes);
        return fl_data_string(arena, bytes);
    }
    if (fl_str_eq_c(kind, "v") && from->count > 1)
        return fl_data_copy(arena, fl_data_at(from, 1));
    bool is_map = fl_str_eq_c(kind, "m");
    fl_data *out = is_map ? fl_data_map(arena) : fl_str_eq_c(kind, "l") ? fl_data_list(arena) : fl_data_null(arena);
    for (const fl_data *each = from && from->first ? from->first->next : NULL; each && out->kind != FL_DATA_NULL; each = each->next) {
        if (!is_map)
            fl_data_push(out, unpack(arena, each));
        else if (each->next == NULL)
            break;
        else {
            fl_data_add(arena, out, fl_str_copy(arena, fl_data_str(each, FL_S(""))), unpack(arena, each->next));
            each = each->next;
        }
    }
    return out;
}

static void put_value(fl_arena *arena, fl_data *map, const char *key, const fl_data *value)
{
    if (value == NULL)
        return;
    fl_data *out = fl_data_map(arena);
    fl_data_set_c(arena, out, has_odd_text(value) ? "packed" : "plain", has_odd_text(value) ? pack(arena, value) : fl_data_copy(arena, value));
    fl_data_set_c(arena, map, key, out);
}

static fl_data *get_value(fl_arena *arena, const fl_data *map, const char *key)
{
    const fl_data *from = fl_data_get_c(map, key), *plain = fl_data_get_c(from, "plain"), *packed = fl_data_get_c(from, "packed");
    return plain != NULL ? fl_data_copy(arena, plain) : packed != NULL ? unpack(arena, packed) : NULL;
}

/* ---- requests ---- */

fl_data *fl_journal_case(fl_arena *arena, const fl_case *request)
{
    fl_data *out = fl_data_map(arena);
    fl_data_set_c(arena, out, "operation", fl_data_int(arena, request->operation));
    put_number(arena, out, "spot", request->weak_spot);
    put_value(arena, out, "path", request->path);
    put_value(arena, out, "query", request->query);
    put_value(arena, out, "header", request->header);
    put_value(arena, out, "cookie", request->cookie);
    put_value(arena, out, "body", request->body);
    put_number(arena, out, "has_body", request->has_body);
    put(arena, out, "raw", request->raw_body);
    put(arena, out, "type", request->content_type);
    put(arena, out, "method", request->method);
    put(arena, out, "target", request->target);
    put_number(arena, out, "type_header", (int64_t)request->type_header);
    put(arena, out, "note", request->note);
    fl_data *before = request->before.count ? fl_data_set_c(arena, out, "before", fl_data_list(arena)) : NULL;
    for (size_t i = 0; i < request->before.count; i++)
        fl_data_push(before, fl_data_int(arena, request->before.items[i]));
    return out;
}

bool fl_journal_read_case(fl_arena *arena, const fl_data *from, fl_case *out)
{
    *out = (fl_case){.operation = (uint32_t)fl_data_get_int(from, "operation", UINT32_MAX), .weak_spot = (uint32_t)fl_data_get_int(from, "spot", 0)};
    out->path = get_value(arena, from, "path");
    out->query = get_value(arena, from, "query");
    out->header = get_value(arena, from, "header");
    out->cookie = get_value(arena, from, "cookie");
    out->body = get_value(arena, from, "body");
    out->has_body = fl_data_get_int(from, "has_body", 0) != 0;
    out->raw_body = get(arena, from, "raw");
    out->content_type = get(arena, from, "type");
    out->method = get(arena, from, "method");
    out->target = get(arena, from, "target");
    out->type_header = fl_data_get_int(from, "type_header", 0) != 0 ? FL_TYPE_NONE : FL_TYPE_AS_SAID;
    out->note = get(arena, from, "note");
    const fl_data *before = fl_data_get_c(from, "before");
    for (const fl_data *each = before ? before->first : NULL; each; each = each->next)
        fl_vec_push(arena, &out->before, (uint32_t)fl_data_num(each, 0));
    return from != NULL && from->kind == FL_DATA_MAP && out->operation != UINT32_MAX;
}

/* ---- faults ---- */

static fl_data *span_data(fl_arena *arena, fl_span span)
{
    fl_data *out = fl_data_list(arena);
    fl_data_push(out, fl_data_int(arena, span.file));
    fl_data_push(out, fl_data_int(arena, span.start_byte));
    fl_data_push(out, fl_data_int(arena, span.end_byte));
    return out;
}

static fl_span read_span(const fl_data *from)
{
    return (fl_span){(uint32_t)fl_data_num(fl_data_at(from, 0), UINT32_MAX), (uint32_t)fl_data_num(fl_data_at(from, 1), 0), (uint32_t)fl_data_num(fl_data_at(from, 2), 0)};
}

static fl_data *trace_data(fl_arena *arena, const fl_trace *trace)
{
    fl_data *out = fl_data_map(arena);
    put(arena, out, "type", trace->type);
    put(arena, out, "message", trace->message);
    put(arena, out, "source", trace->source);
    put_number(arena, out, "report", (int64_t)trace->report);
    put_number(arena, out, "signal", trace->signal);
    put_number(arena, out, "objects", (int64_t)trace->objects);
    put_number(arena, out, "bytes", (int64_t)trace->bytes);
    fl_data *frames = fl_data_set_c(arena, out, "frames", fl_data_list(arena));
    for (size_t i = 0; i < trace->frames.count; i++) {
        const fl_frame *frame = &trace->frames.items[i];
        fl_data *one = fl_data_push(frames, fl_data_map(arena));
        fl_data_set_c(arena, one, "span", span_data(arena, frame->span));
        fl_data_set_c(arena, one, "line", fl_data_int(arena, frame->line));
        fl_data_set_c(arena, one, "at_byte", fl_data_int(arena, frame->at_byte));
        put(arena, one, "file", frame->file);
        put(arena, one, "function", frame->function);
        put_number(arena, one, "is_application", frame->is_application);
    }
    return out;
}

static void read_trace(fl_arena *arena, const fl_data *from, fl_trace *out)
{
    *out = (fl_trace){.type = get(arena, from, "type"), .message = get(arena, from, "message"), .source = get(arena, from, "source"),
                      .report = (fl_trace_report)fl_data_get_int(from, "report", 0), .signal = (int)fl_data_get_int(from, "signal", 0),
                      .objects = (uint64_t)fl_data_get_int(from, "objects", 0), .bytes = (uint64_t)fl_data_get_int(from, "bytes", 0)};
    const fl_data *frames = fl_data_get_c(from, "frames");
    for (const fl_data *one = frames ? frames->first : NULL; one; one = one->next) {
        fl_frame frame = {.span = read_span(fl_data_get_c(one, "span")), .line = (uint32_t)fl_data_get_int(one, "line", 0),
                          .at_byte = (uint32_t)fl_data_get_int(one, "at_byte", UINT32_MAX), .file = get(arena, one, "file"),
                          .function = get(arena, one, "function"), .is_application = fl_data_get_int(one, "is_application", 0) != 0};
        fl_vec_push(arena, &out->frames, frame);
    }
}

fl_data *fl_journal_fault(fl_arena *arena, const fl_fault *fault)
{
    fl_data *out = fl_data_map(arena);
    put(arena, out, "kind", fault->kind);
    put(arena, out, "failure", fault->failure);
    fl_data_set_c(arena, out, "operation", fl_data_int(arena, fault->operation));
    put_number(arena, out, "spot", fault->weak_spot);
    fl_data_set_c(arena, out, "request", fl_journal_case(arena, &fault->request));
    put_number(arena, out, "outcome", (int64_t)fault->outcome);
    put_number(arena, out, "status", fault->status);
    put_number(arena, out, "signal", fault->signal);
    put_number(arena, out, "exit_code", fault->exit_code);
    put(arena, out, "body", fault->response_body);
    fl_data_set_c(arena, out, "trace", trace_data(arena, &fault->trace));
    if (fault->has_span)
        fl_data_set_c(arena, out, "span", span_data(arena, fault->span));
    fl_data *details = fl_data_set_c(arena, out, "details", fl_data_list(arena));
    for (size_t i = 0; i < fault->details.count; i++)
        fl_data_push(details, text_data(arena, fault->details.items[i]));
    put_number(arena, out, "seen", fault->seen_count);
    return out;
}

bool fl_journal_read_fault(fl_arena *arena, const fl_data *from, fl_fault *out)
{
    *out = (fl_fault){.kind = get(arena, from, "kind"), .failure = get(arena, from, "failure"), .operation = (uint32_t)fl_data_get_int(from, "operation", 0),
                      .weak_spot = (uint32_t)fl_data_get_int(from, "spot", 0), .outcome = (fl_http_outcome)fl_data_get_int(from, "outcome", 0),
                      .status = (uint16_t)fl_data_get_int(from, "status", 0), .signal = (int)fl_data_get_int(from, "signal", 0),
                      .exit_code = (int)fl_data_get_int(from, "exit_code", 0), .response_body = get(arena, from, "body"),
                      .has_span = fl_data_get_c(from, "span") != NULL, .seen_count = (unsigned)fl_data_get_int(from, "seen", 0)};
    out->span = read_span(fl_data_get_c(from, "span"));
    read_trace(arena, fl_data_get_c(from, "trace"), &out->trace);
    const fl_data *details = fl_data_get_c(from, "details");
    for (const fl_data *each = details ? details->first : NULL; each; each = each->next) {
        fl_data *holder = fl_data_map(arena);
        fl_data_set_c(arena, holder, "x", fl_data_copy(arena, each));
        fl_vec_push(arena, &out->details, get(arena, holder, "x"));
    }
    return fl_journal_read_case(arena, fl_data_get_c(from, "request"), &out->request);
}
