/* What the journal keeps of requests and faults comes back as it was, also what JSON cannot carry. */
#include "tests/support/unit.h"
#include "engine/journal.h"

static fl_data *parse(fl_arena *arena, const char *text)
{
    fl_data *data = NULL;
    fl_err err = {0};
    fl_row_ok(text, fl_json_parse(arena, fl_str_from(text), &data, &err), err);
    return data;
}

/** As a line, and back. */
static fl_data *through_text(fl_arena *arena, const fl_data *data)
{
    fl_buf text;
    fl_data *back = NULL;
    fl_err err = {0};
    fl_buf_init(&text, 0);
    fl_json_write(&text, data, false);
    fl_row_true("one line", fl_str_find_char(fl_buf_str(&text), '\n') < 0);
    fl_row_ok("line", fl_json_parse(arena, fl_str_copy(arena, fl_buf_str(&text)), &back, &err), err);
    fl_buf_release(&text);
    return back;
}

static void keeps_requests(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    static const fl_str odd[] = {{"a\0b", 3}, {"\xff\xfe", 2}, {"", 0}, {"plain", 5}};
    for (size_t i = 0; i < FL_COUNT(odd); i++) {
        fl_case request = {.operation = 7, .weak_spot = 2, .has_body = true, .content_type = FL_S("application/json"), .type_header = FL_TYPE_NONE};
        request.query = parse(&arena, "{\"a\": [1, 1.50], \"b\": null, \"plain\": {\"x\": 9007199254740993}}");
        request.body = fl_data_map(&arena);
        fl_data_set_c(&arena, request.body, "odd", fl_data_string(&arena, odd[i]));
        fl_data_set_c(&arena, request.body, "base64", fl_data_push(fl_data_list(&arena), fl_data_bool(&arena, true)));
        request.raw_body = odd[i];
        fl_vec_push(&arena, &request.before, 12);
        fl_case back;
        fl_row_true("read", fl_journal_read_case(&arena, through_text(&arena, fl_journal_case(&arena, &request)), &back));
        fl_row_true("query", fl_data_eq(back.query, request.query));
        fl_row_true("number", fl_str_eq_c(fl_data_pointer(back.query, FL_S("/plain/x"))->text, "9007199254740993"));
        fl_row_true("body", fl_data_eq(back.body, request.body));
        fl_row_true("raw", back.raw_body.ptr != NULL && fl_str_eq(back.raw_body, odd[i]));
        fl_row_true("no path", back.path == NULL && back.method.ptr == NULL && back.target.len == 0);
        fl_row_int("operation", back.operation, 7);
        fl_row_int("spot", back.weak_spot, 2);
        fl_row_int("type header", back.type_header, FL_TYPE_NONE);
        fl_row_int("before", back.before.count == 1 ? back.before.items[0] : 0, 12);
    }
    fl_arena_release(&arena);
}

static void keeps_faults(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_fault fault = {.kind = FL_S("missing-lookup"), .failure = FL_S("server-error"), .operation = 3, .weak_spot = 4, .status = 500, .signal = 11, .seen_count = 9,
                      .response_body = {"\xff", 1}, .has_span = true, .span = {1, 20, 30}, .outcome = FL_HTTP_CLOSED};
    fault.trace = (fl_trace){.type = FL_S("TypeError"), .message = FL_S("no 'x'"), .source = FL_S("hook"), .report = FL_TRACE_LEAK, .bytes = 5};
    fl_vec_push(&arena, &fault.trace.frames, (fl_frame){.span = {1, 20, 30}, .line = 2, .at_byte = UINT32_MAX, .file = FL_S("a.js"), .is_application = true});
    fl_vec_push(&arena, &fault.details, FL_S("/a differs"));
    fl_fault back;
    fl_row_true("read", fl_journal_read_fault(&arena, through_text(&arena, fl_journal_fault(&arena, &fault)), &back));
    fl_row_str("kind", back.kind, "missing-lookup");
    fl_row_str("failure", back.failure, "server-error");
    fl_row_true("body", fl_str_eq(back.response_body, fault.response_body));
    fl_row_int("numbers", back.status + back.signal + (int)back.seen_count + (int)back.weak_spot, 500 + 11 + 9 + 4);
    fl_row_int("outcome", back.outcome, FL_HTTP_CLOSED);
    fl_row_true("span", back.has_span && back.span.file == 1 && back.span.end_byte == 30);
    fl_row_size("frames", back.trace.frames.count, 1);
    fl_row_str("file", back.trace.frames.items[0].file, "a.js");
    fl_row_true("frame", back.trace.frames.items[0].is_application && back.trace.frames.items[0].at_byte == UINT32_MAX && back.trace.frames.items[0].line == 2);
    fl_row_int("report", back.trace.report, FL_TRACE_LEAK);
    fl_row_str("detail", back.details.count ? back.details.items[0] : (fl_str){0}, "/a differs");
    fl_arena_release(&arena);
}

FL_UNIT(journal, cmocka_unit_test(keeps_requests), cmocka_unit_test(keeps_faults))
