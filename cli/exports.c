/* The requests of faults for other programs: HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) and a Postman collection
 * (https://schema.getpostman.com/json/collection/v2.1.0/collection.json). Both read the report tree alone. */
#include <stdio.h>
#include "cli/report.h"
#include "engine/plan/plan.h"

static void set(fl_arena *arena, fl_data *map, const char *key, fl_str text)
{
    fl_data_set_c(arena, map, key, fl_data_string(arena, text));
}

static void set_int(fl_arena *arena, fl_data *map, const char *key, int64_t number)
{
    fl_data_set_c(arena, map, key, fl_data_int(arena, number));
}

static fl_data *child(fl_arena *arena, fl_data *map, const char *key)
{
    return fl_data_set_c(arena, map, key, fl_data_map(arena));
}

static fl_data *children(fl_arena *arena, fl_data *map, const char *key)
{
    return fl_data_set_c(arena, map, key, fl_data_list(arena));
}

static fl_str header_of(const fl_data *request, const char *name, const char *otherwise)
{
    for (const fl_data *h = fl_data_first(request, "headers"); h != NULL; h = h->next)
        if (fl_str_eq_nocase(fl_data_get_str(h, "name"), fl_str_from(name)))
            return fl_data_get_str(h, "value");
    return fl_str_from(otherwise);
}

/* {name, value} of each header, under the key that the format has for the name. */
static void copy_headers(fl_arena *arena, fl_data *list, const fl_data *request, const char *name_key)
{
    for (const fl_data *h = fl_data_first(request, "headers"); h != NULL; h = h->next) {
        fl_data *header = fl_data_push(list, fl_data_map(arena));
        set(arena, header, name_key, fl_data_get_str(h, "name"));
        set(arena, header, "value", fl_data_get_str(h, "value"));
    }
}

/* ---- HAR ---- */

static void har_query(fl_arena *arena, fl_data *list, fl_str path)
{
    ptrdiff_t mark = fl_str_find_char(path, '?');
    fl_str query = mark < 0 ? (fl_str){0} : fl_str_sub(path, (size_t)mark + 1, path.len);
    while (query.len > 0) {
        ptrdiff_t end = fl_str_find_char(query, '&');
        fl_str pair = end < 0 ? query : fl_str_sub(query, 0, (size_t)end);
        ptrdiff_t equals = fl_str_find_char(pair, '=');
        fl_data *entry = fl_data_push(list, fl_data_map(arena));
        set(arena, entry, "name", equals < 0 ? pair : fl_str_sub(pair, 0, (size_t)equals));
        set(arena, entry, "value", equals < 0 ? (fl_str){0} : fl_str_sub(pair, (size_t)equals + 1, pair.len));
        query = end < 0 ? (fl_str){0} : fl_str_sub(query, (size_t)end + 1, query.len);
    }
}

static void har_request(fl_arena *arena, fl_data *entry, const fl_data *from, fl_str base)
{
    fl_data *request = child(arena, entry, "request");
    fl_str path = fl_data_get_str(from, "path");
    set(arena, request, "method", fl_data_get_str(from, "method"));
    set(arena, request, "url", fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(base), FL_STR_ARG(path)));
    set(arena, request, "httpVersion", FL_S("HTTP/1.1"));
    children(arena, request, "cookies");
    copy_headers(arena, children(arena, request, "headers"), from, "name");
    har_query(arena, children(arena, request, "queryString"), path);
    const fl_data *body = fl_data_get_c(from, "body"), *encoded = fl_data_get_c(from, "body_base64");
    if (body != NULL || encoded != NULL) {
        fl_data *post = child(arena, request, "postData");
        set(arena, post, "mimeType", header_of(from, "content-type", "application/octet-stream"));
        children(arena, post, "params");
        set(arena, post, "text", body != NULL ? body->text : encoded->text);
        if (body == NULL)
            set(arena, post, "comment", FL_S("base64"));
    }
    set_int(arena, request, "headersSize", -1);
    set_int(arena, request, "bodySize", body != NULL ? (int64_t)body->text.len : encoded != NULL ? -1 : 0);
}

/* Status 0: what was answered to it is not in the report. */
static void har_response(fl_arena *arena, fl_data *entry, int64_t status, const fl_data *answer)
{
    fl_data *response = child(arena, entry, "response");
    set_int(arena, response, "status", status);
    set(arena, response, "statusText", status == 0 ? fl_data_get_str(answer, "outcome") : (fl_str){0});
    set(arena, response, "httpVersion", FL_S("HTTP/1.1"));
    children(arena, response, "cookies");
    children(arena, response, "headers");
    fl_data *content = child(arena, response, "content");
    const fl_data *body = fl_data_get_c(answer, "body"), *encoded = fl_data_get_c(answer, "body_base64");
    const fl_data *kept = body != NULL && body->kind == FL_DATA_STRING ? body : encoded;
    set_int(arena, content, "size", kept != NULL ? (int64_t)kept->text.len : 0);
    set(arena, content, "mimeType", FL_S("x-unknown"));
    if (kept != NULL)
        set(arena, content, "text", kept->text);
    if (kept != NULL && kept == encoded)
        set(arena, content, "encoding", FL_S("base64"));
    set(arena, response, "redirectURL", (fl_str){0});
    set_int(arena, response, "headersSize", -1);
    set_int(arena, response, "bodySize", -1);
}

typedef struct har_log { fl_arena *arena; fl_data *entries; fl_str base; } har_log;

static void har_entry(const har_log *har, const fl_data *request, int64_t status, const fl_data *answer, fl_str comment)
{
    fl_arena *arena = har->arena;
    uint32_t at = har->entries->count;
    fl_data *entry = fl_data_push(har->entries, fl_data_map(arena));
    /* when something was sent is in no report, so that two reports are the same: the order alone */
    set(arena, entry, "startedDateTime", fl_str_format(arena, "1970-01-01T%02u:%02u:%02u.000Z", at / 3600 % 24, at / 60 % 60, at % 60));
    set_int(arena, entry, "time", 0);
    har_request(arena, entry, request, har->base);
    har_response(arena, entry, status, answer);
    child(arena, entry, "cache");
    fl_data *timings = child(arena, entry, "timings");
    set_int(arena, timings, "send", 0);
    set_int(arena, timings, "wait", 0);
    set_int(arena, timings, "receive", 0);
    set(arena, entry, "comment", comment);
}

static fl_str name_of(fl_arena *arena, const fl_data *fault)
{
    return fl_str_format(arena, "fault %lld: " FL_STR_FMT ", " FL_STR_FMT, (long long)fl_data_get_int(fault, "id", 0),
                         FL_STR_ARG(fl_data_get_str(fault, "title")), FL_STR_ARG(fl_data_get_str(fault, "operation")));
}

fl_data *fl_har_build(fl_arena *arena, const fl_data *report)
{
    fl_data *root = fl_data_map(arena), *log = child(arena, root, "log");
    set(arena, log, "version", FL_S("1.2"));
    fl_data *creator = child(arena, log, "creator");
    set(arena, creator, "name", FL_S("faultline"));
    set(arena, creator, "version", fl_data_get_str(fl_data_get_c(report, "tool"), "version"));
    har_log har = {arena, children(arena, log, "entries"), fl_report_base(arena, report)};
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next) {
        fl_str name = name_of(arena, fault);
        for (const fl_data *sent = fl_data_first(fault, "setup"); sent != NULL; sent = sent->next)
            har_entry(&har, sent, 0, NULL, fl_str_format(arena, FL_STR_FMT ", sent before", FL_STR_ARG(name)));
        har_entry(&har, fl_data_get_c(fault, "request"), fl_data_get_int(fault, "status", 0), fl_data_get_c(fault, "response"), name);
    }
    return root;
}

/* ---- Postman ---- */

/* A reference to an earlier answer becomes a variable of the collection, named "f3-1/user/id" after fault, request and pointer,
 * which the test of that request sets. */
static fl_str variable(const void *fault, fl_arena *arena, const fl_reference *reference)
{
    return fl_str_format(arena, "{{f%lld-%u" FL_STR_FMT "}}", (long long)*(const int64_t *)fault, reference->number, FL_STR_ARG(reference->pointer));
}

static fl_str with_variables(fl_arena *arena, fl_str text, int64_t fault)
{
    return fl_references_rename(arena, text, variable, &fault);
}

static void script(fl_arena *arena, fl_data *item, const fl_buf *lines)
{
    fl_data *event = fl_data_push(children(arena, item, "event"), fl_data_map(arena));
    set(arena, event, "listen", FL_S("test"));
    fl_data *code = child(arena, event, "script");
    set(arena, code, "type", FL_S("text/javascript"));
    fl_data *exec = children(arena, code, "exec");
    for (fl_str text = fl_buf_str(lines); text.len > 0;) {
        ptrdiff_t end = fl_str_find_char(text, '\n');
        fl_data_push(exec, fl_data_string(arena, end < 0 ? text : fl_str_sub(text, 0, (size_t)end)));
        text = end < 0 ? (fl_str){0} : fl_str_sub(text, (size_t)end + 1, text.len);
    }
}


/* What later requests of this fault take from the answer to request `number`. */
static void keep_answer(fl_arena *arena, fl_data *item, const fl_data *fault, uint32_t number)
{
    fl_references all = {0};
    fl_references_of(arena, fl_data_get_c(fault, "setup"), &all);
    fl_references_of(arena, fl_data_get_c(fault, "request"), &all);
    fl_buf lines;
    fl_buf_init(&lines, 0);
    for (size_t i = 0; i < all.count; i++) {
        bool is_said = all.items[i].number != number;
        for (size_t k = 0; k < i && !is_said; k++)
            is_said = all.items[k].number == number && fl_str_eq(all.items[k].pointer, all.items[i].pointer);
        if (is_said)
            continue;
        fl_str pointer = all.items[i].pointer;
        bool is_cookie = fl_str_starts(pointer, FL_S("cookie="));
        fl_buf_add_c(&lines, "pm.collectionVariables.set(");
        fl_json_write_string(&lines, fl_str_format(arena, "f%lld-%u" FL_STR_FMT, (long long)fl_data_get_int(fault, "id", 0), number, FL_STR_ARG(pointer)));
        fl_buf_add_c(&lines, is_cookie ? ", pm.cookies.get(" : ", ");
        fl_json_write_string(&lines, is_cookie ? fl_str_sub(pointer, 7, pointer.len) : pointer);
        fl_buf_add_c(&lines, is_cookie ? "));\n" : ".split('/').slice(1).reduce((at, key) => at[key.replace(/~1/g, '/').replace(/~0/g, '~')], pm.response.json()));\n");
    }
    if (lines.len > 0)
        script(arena, item, &lines);
    fl_buf_release(&lines);
}

static fl_data *postman_item(fl_arena *arena, fl_data *items, const fl_data *request, int64_t fault)
{
    fl_data *item = fl_data_push(items, fl_data_map(arena));
    fl_str path = with_variables(arena, fl_data_get_str(request, "path"), fault);
    set(arena, item, "name", fl_report_request_line(arena, request));
    fl_data *out = child(arena, item, "request");
    set(arena, out, "method", fl_data_get_str(request, "method"));
    set(arena, out, "url", fl_str_format(arena, "{{base}}" FL_STR_FMT, FL_STR_ARG(path)));
    fl_data *list = children(arena, out, "header");
    copy_headers(arena, list, request, "key");
    for (fl_data *header = list->first; header != NULL; header = header->next)
        set(arena, header, "value", with_variables(arena, fl_data_get_str(header, "value"), fault));
    const fl_data *body = fl_data_get_c(request, "body"), *encoded = fl_data_get_c(request, "body_base64");
    if (body != NULL) {
        fl_data *raw = child(arena, out, "body");
        set(arena, raw, "mode", FL_S("raw"));
        set(arena, raw, "raw", with_variables(arena, body->text, fault));
    } else if (encoded != NULL) {
        set(arena, out, "description", FL_S("The body is no text, which a collection cannot hold: see repro/ for the whole request."));
    }
    return item;
}

fl_data *fl_postman_build(fl_arena *arena, const fl_data *report)
{
    fl_data *root = fl_data_map(arena), *info = child(arena, root, "info");
    fl_str title = fl_data_get_str(fl_data_get_c(report, "project"), "title");
    set(arena, info, "name", fl_str_format(arena, FL_STR_FMT "%sfaults", FL_STR_ARG(title), title.len > 0 ? ": " : ""));
    set(arena, info, "description", FL_S("One folder per fault: what has to be sent before, then the request that fails. Its test passes once the fault is mended."));
    set(arena, info, "schema", FL_S("https://schema.getpostman.com/json/collection/v2.1.0/collection.json"));
    fl_data *folders = children(arena, root, "item");
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next) {
        int64_t id = fl_data_get_int(fault, "id", 0);
        fl_data *folder = fl_data_push(folders, fl_data_map(arena));
        set(arena, folder, "name", name_of(arena, fault));
        fl_data *items = children(arena, folder, "item");
        uint32_t number = 0;
        for (const fl_data *sent = fl_data_first(fault, "setup"); sent != NULL; sent = sent->next)
            keep_answer(arena, postman_item(arena, items, sent, id), fault, ++number);
        fl_data *failing = postman_item(arena, items, fl_data_get_c(fault, "request"), id);
        if (fl_data_get_int(fault, "status", 0) >= 500) {
            fl_buf lines;
            fl_buf_init(&lines, 0);
            fl_buf_add_c(&lines, "pm.test('is no server error', () => pm.expect(pm.response.code).to.be.below(500));\n");
            script(arena, failing, &lines);
            fl_buf_release(&lines);
        }
    }
    fl_data *variable = fl_data_push(children(arena, root, "variable"), fl_data_map(arena));
    set(arena, variable, "key", FL_S("base"));
    set(arena, variable, "value", fl_report_base(arena, report));
    return root;
}
