/* Faults, their requests, and patches as parts of the report tree. */
#include <signal.h>
#include <string.h>
#include "cli/report_p.h"
#include "engine/checks/checks.h"
#include "engine/trace/trace.h"

enum { KEPT_BODY_BYTES = 4096, KEPT_FRAMES = 24 };

/* ---- requests ---- */

/* "/orders/7" of "http://127.0.0.1:4711/orders/7" and of "$BASE/orders/7" */
static fl_str path_of(fl_str url)
{
    ptrdiff_t scheme = fl_str_find(url, FL_S("://"));
    if (fl_str_starts(url, FL_S("$BASE")))
        url = fl_str_sub(url, 5, url.len);
    else if (scheme >= 0) {
        url = fl_str_sub(url, (size_t)scheme + 3, url.len);
        ptrdiff_t slash = fl_str_find_char(url, '/');
        url = slash < 0 ? (fl_str){0} : fl_str_sub(url, (size_t)slash, url.len);
    }
    return url.len > 0 ? url : FL_S("/");
}

static bool is_plain_text(fl_str body)
{
    return fl_utf8_valid(body, NULL) && (body.len == 0 || memchr(body.ptr, '\0', body.len) == NULL);
}

fl_data *fl_report_request(fl_arena *arena, const fl_http_request *request)
{
    fl_data *out = fl_data_map(arena);
    fl_report_text(arena, out, "method", request->method);
    fl_report_text(arena, out, "path", path_of(request->url));
    fl_data *headers = fl_data_set_c(arena, out, "headers", fl_data_list(arena));
    for (size_t i = 0; i < request->headers.count; i++) {
        fl_data *header = fl_data_push(headers, fl_data_map(arena));
        fl_data_set_c(arena, header, "name", fl_data_string(arena, request->headers.items[i].name));
        fl_data_set_c(arena, header, "value", fl_data_string(arena, request->headers.items[i].value));
    }
    if (request->has_body && is_plain_text(request->body))
        fl_data_set_c(arena, out, "body", fl_data_string(arena, request->body));
    else if (request->has_body)
        fl_data_set_c(arena, out, "body_base64", fl_data_string(arena, fl_base64(arena, request->body)));
    return out;
}

void fl_report_read_request(fl_arena *arena, const fl_data *from, fl_http_request *out)
{
    *out = (fl_http_request){.method = fl_data_get_str(from, "method")};
    out->url = fl_str_format(arena, "$BASE" FL_STR_FMT, FL_STR_ARG(fl_data_get_str(from, "path")));
    for (const fl_data *h = fl_data_first(from, "headers"); h != NULL; h = h->next)
        fl_vec_push(arena, &out->headers, (fl_http_header){fl_data_get_str(h, "name"), fl_data_get_str(h, "value")});
    const fl_data *body = fl_data_get_c(from, "body"), *encoded = fl_data_get_c(from, "body_base64");
    if (body != NULL) {
        out->has_body = true;
        out->body = body->text;
    } else if (encoded != NULL) {
        out->has_body = fl_base64_decode(arena, encoded->text, &out->body);
    }
}

fl_str fl_report_request_line(fl_arena *arena, const fl_data *request)
{
    return fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(fl_data_get_str(request, "method")),
                         FL_STR_ARG(fl_data_get_str(request, "path")));
}

/* ---- faults ---- */

static const fl_weak_spot *spot_of(const fl_api *api, uint32_t id)
{
    return id >= 1 && id <= api->weak_spots.count ? &api->weak_spots.items[id - 1] : NULL;
}

static fl_str title_of(const fl_api *api, const fl_fault *fault)
{
    const fl_weak_spot *spot = spot_of(api, fault->weak_spot);
    if (spot != NULL)
        return fl_str_from(fl_weak_spot_infos[spot->kind].title);
    const fl_check *check = fl_check_by_id(fault->kind);
    return check != NULL ? fl_str_from(check->title) : fault->kind;
}

/* Where nothing says where it failed: the statement that answers with that status, when only one does; else where the operation is registered. */
static fl_span place_of_answer(const fl_operation *operation, uint16_t status)
{
    fl_span found = {UINT32_MAX, 0, 0};
    for (size_t i = 0; i < operation->responses.count; i++) {
        const fl_response *response = &operation->responses.items[i];
        if (response->status == status && status != 0 && !response->is_from_error_handler && response->source.end_byte > response->source.start_byte)
            found = response->source;
    }
    return found.file != UINT32_MAX ? found : operation->registration;
}

/* The fault's line; with columns of the weak spot when that is the same line, since a trace seldom has good ones. */
static void set_place(fl_arena *arena, const fl_api *api, fl_data *out, const fl_fault *fault)
{
    const fl_weak_spot *spot = spot_of(api, fault->weak_spot);
    fl_span span = fault->span;
    const fl_frame *frame = fl_trace_application_frame(&fault->trace, 0);
    if (!fault->has_span && spot == NULL && frame != NULL) { /* in a file that was not read: compiled, or made by a tool */
        fl_report_text(arena, out, "file", frame->file);
        fl_report_number(arena, out, "line", (int64_t)frame->line + 1);
        return;
    }
    if (!fault->has_span)
        span = spot != NULL ? spot->span : fault->operation < api->operations.count ? place_of_answer(&api->operations.items[fault->operation], fault->status)
                                                                                    : (fl_span){UINT32_MAX, 0, 0};
    if (!fl_report_place(arena, api, out, span) || spot == NULL || spot->span.file != span.file)
        return;
    fl_file *file = fl_project_file(api->project, span.file);
    fl_span finer = spot->subject.file == span.file && spot->subject.end_byte > spot->subject.start_byte ? spot->subject : spot->span;
    if (fl_file_line(file, finer.start_byte) == fl_file_line(file, span.start_byte))
        (void)fl_report_place(arena, api, out, finer);
}

static fl_data *trace_data(fl_arena *arena, const fl_trace *trace)
{
    fl_data *out = fl_data_map(arena);
    fl_report_text(arena, out, "type", trace->type);
    fl_report_text(arena, out, "message", trace->message);
    fl_report_text(arena, out, "source", trace->source);
    fl_data *frames = fl_data_set_c(arena, out, "frames", fl_data_list(arena));
    for (size_t i = 0; i < trace->frames.count && i < KEPT_FRAMES; i++) {
        const fl_frame *frame = &trace->frames.items[i];
        if (!frame->is_application) /* paths outside the project are this machine's */
            continue;
        fl_data *entry = fl_data_push(frames, fl_data_map(arena));
        fl_report_text(arena, entry, "file", frame->file);
        fl_report_number(arena, entry, "line", (int64_t)frame->line + 1);
        fl_report_text(arena, entry, "function", frame->function);
    }
    return out;
}

static fl_data *response_data(fl_arena *arena, const fl_fault *fault)
{
    fl_data *out = fl_data_map(arena);
    fl_report_text(arena, out, "outcome", fl_str_from(fl_http_outcome_text(fault->outcome)));
    fl_str body = fl_str_sub(fault->response_body, 0, KEPT_BODY_BYTES);
    while (body.len > 0 && body.len < fault->response_body.len && ((unsigned char)fault->response_body.ptr[body.len] & 0xC0) == 0x80)
        body.len--;
    if (is_plain_text(body))
        fl_report_text(arena, out, "body", body);
    else
        fl_data_set_c(arena, out, "body_base64", fl_data_string(arena, fl_base64(arena, body)));
    fl_data_set_c(arena, out, "is_cut", fl_data_bool(arena, body.len < fault->response_body.len));
    return out;
}

static fl_data *proof_data(fl_arena *arena, const fl_proof *proof)
{
    static const char *const steps[FL_PROOF_COUNT] = {
        [FL_PROOF_SYNTAX] = "syntax", [FL_PROOF_EXTRACTION] = "extraction", [FL_PROOF_TYPES] = "types", [FL_PROOF_STARTS] = "starts",
        [FL_PROOF_REPLAY] = "replay", [FL_PROOF_SHAPE] = "shape", [FL_PROOF_BASELINE] = "baseline", [FL_PROOF_TESTS] = "tests",
    };
    static const char *const results[] = {"not run", "passed", "failed"};
    fl_data *out = fl_data_map(arena);
    fl_data_set_c(arena, out, "is_proven", fl_data_bool(arena, proof->is_proven));
    fl_data *map = fl_data_set_c(arena, out, "steps", fl_data_map(arena));
    for (size_t i = 0; i < FL_COUNT(steps); i++)
        fl_report_text(arena, map, steps[i], fl_str_from(results[proof->steps[i]]));
    fl_data_set_c(arena, out, "status_before", proof->status_before != 0 ? fl_data_int(arena, proof->status_before) : fl_data_null(arena));
    fl_data_set_c(arena, out, "status_after", proof->status_after != 0 ? fl_data_int(arena, proof->status_after) : fl_data_null(arena));
    fl_report_text(arena, out, "before", proof->before);
    fl_report_text(arena, out, "after", proof->after);
    fl_report_number(arena, out, "baselines_same", proof->baselines_same);
    fl_report_number(arena, out, "baselines_sent", proof->baselines_sent);
    fl_report_text(arena, out, "failure", proof->failure);
    return out;
}

fl_str fl_report_patch_path(fl_arena *arena, const fl_patch *patch)
{
    return fl_str_format(arena, "patches/" FL_STR_FMT, FL_STR_ARG(patch->file_name));
}

/* What a service sent may be anything. */
static fl_str plain(fl_arena *arena, fl_str text)
{
    char *copy = fl_str_c(arena, text);
    bool is_text = fl_utf8_valid(text, NULL);
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)copy[i] < 0x20 || (!is_text && (unsigned char)copy[i] >= 0x80))
            copy[i] = '?';
    return (fl_str){copy, text.len};
}

static fl_data *fault_data(fl_arena *arena, const fl_report_input *in, const fl_fault *fault)
{
    fl_data *out = fl_data_map(arena);
    fl_report_number(arena, out, "id", fault->id);
    fl_report_text(arena, out, "kind", fault->kind);
    fl_report_text(arena, out, "title", title_of(in->api, fault));
    fl_report_text(arena, out, "failure", fault->failure);
    const fl_check *check = fl_check_by_id(fault->failure);
    fl_report_text(arena, out, "level", fl_str_from(check != NULL ? check->level : "error"));
    fl_data *details = fl_data_set_c(arena, out, "details", fl_data_list(arena));
    for (size_t i = 0; i < fault->details.count; i++)
        fl_data_push(details, fl_data_string(arena, plain(arena, fault->details.items[i])));
    fl_report_text(arena, out, "operation", fl_report_operation(arena, in->api, fault->operation));
    set_place(arena, in->api, out, fault);
    fl_data_set_c(arena, out, "status", fault->status != 0 ? fl_data_int(arena, fault->status) : fl_data_null(arena));
    const char *name = fault->signal != 0 ? sigabbrev_np(fault->signal) : NULL;
    fl_report_text(arena, out, "signal", name != NULL ? fl_str_format(arena, "SIG%s", name) : (fl_str){0});
    bool has_exited = fl_str_eq_c(fault->kind, "exit") || fault->exit_code != 0;
    fl_data_set_c(arena, out, "exit_code", has_exited && fault->signal == 0 ? fl_data_int(arena, fault->exit_code) : fl_data_null(arena));
    fl_data_set_c(arena, out, "weak_spot", fault->weak_spot != 0 ? fl_data_int(arena, fault->weak_spot) : fl_data_null(arena));
    fl_data *confirmed = fl_data_set_c(arena, out, "weak_spots", fl_data_list(arena));
    for (size_t i = 0; i < in->run->spots.count; i++)
        if (in->run->spots.items[i].fault == fault->id)
            fl_data_push(confirmed, fl_data_int(arena, in->run->spots.items[i].weak_spot));
    const fl_weak_spot *spot = spot_of(in->api, fault->weak_spot);
    fl_data_set_c(arena, out, "because", fl_report_because(arena, in->api, spot != NULL ? spot->because : NULL));
    fl_data_set_c(arena, out, "request", fl_report_request(arena, &fault->sent));
    fl_data *setup = fl_data_set_c(arena, out, "setup", fl_data_list(arena));
    for (size_t i = 0; i < fault->setup.count; i++)
        fl_data_push(setup, fl_report_request(arena, &fault->setup.items[i]));
    fl_report_text(arena, out, "curl", fl_secrets_redact_shell(in->secrets, arena, fault->curl));
    fl_data_set_c(arena, out, "response", response_data(arena, fault));
    fl_data_set_c(arena, out, "trace", trace_data(arena, &fault->trace));
    fl_report_number(arena, out, "seen", fault->seen_count);
    fl_report_text(arena, out, "patch", fault->patch != NULL ? fl_report_patch_path(arena, fault->patch) : (fl_str){0});
    fl_data_set_c(arena, out, "proof", fault->patch != NULL ? proof_data(arena, &fault->patch->proof) : fl_data_null(arena));
    return out;
}

fl_data *fl_report_faults(fl_arena *arena, const fl_report_input *in)
{
    fl_data *list = fl_data_list(arena);
    for (size_t i = 0; i < in->run->faults.count; i++)
        fl_data_push(list, fault_data(arena, in, &in->run->faults.items[i]));
    return list;
}

/* ---- patches ---- */

static fl_data *patch_data(fl_arena *arena, const fl_patch *patch, const fl_fault *first, const fl_report_input *in)
{
    fl_data *out = fl_data_map(arena);
    fl_report_number(arena, out, "id", patch->id);
    fl_report_text(arena, out, "file", fl_report_patch_path(arena, patch));
    fl_report_text(arena, out, "title", title_of(in->api, first));
    fl_report_text(arena, out, "template", patch->template_id);
    fl_report_text(arena, out, "note", patch->note);
    fl_data *faults = fl_data_set_c(arena, out, "faults", fl_data_list(arena));
    for (size_t i = 0; i < patch->faults.count; i++)
        fl_data_push(faults, fl_data_int(arena, patch->faults.items[i]));
    if (patch->faults.count == 0)
        fl_data_push(faults, fl_data_int(arena, first->id));
    fl_report_text(arena, out, "diff", patch->diff);
    fl_data_set_c(arena, out, "proof", proof_data(arena, &patch->proof));
    return out;
}

/* Each patch once, by id: several faults may share one. */
fl_data *fl_report_patches(fl_arena *arena, const fl_report_input *in)
{
    FL_VEC(const fl_fault *) owners = {0};
    for (size_t i = 0; i < in->run->faults.count; i++) {
        const fl_fault *fault = &in->run->faults.items[i];
        if (fault->patch == NULL)
            continue;
        size_t at = 0;
        while (at < owners.count && owners.items[at]->patch->id < fault->patch->id)
            at++;
        if (at < owners.count && owners.items[at]->patch->id == fault->patch->id)
            continue;
        fl_vec_push(arena, &owners, fault);
        for (size_t k = owners.count - 1; k > at; k--)
            owners.items[k] = owners.items[k - 1];
        owners.items[at] = fault;
    }
    fl_data *list = fl_data_list(arena);
    for (size_t i = 0; i < owners.count; i++)
        fl_data_push(list, patch_data(arena, owners.items[i]->patch, owners.items[i], in));
    return list;
}

/* ---- what is made of faults ---- */

/* FNV-1a, since a service that shows results matches them with those that another version of this program wrote. */
static uint64_t fingerprint(fl_str s)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001B3u;
    return hash;
}

/* The same finding in the next run, whatever its line is by then: kind, operation, file and the text of the line. */
fl_str fl_report_fingerprint(fl_arena *arena, const fl_data *finding)
{
    fl_str text = fl_str_format(arena, FL_STR_FMT "|" FL_STR_FMT "|" FL_STR_FMT "|" FL_STR_FMT, FL_STR_ARG(fl_data_get_str(finding, "kind")),
                                FL_STR_ARG(fl_data_get_str(finding, "operation")), FL_STR_ARG(fl_data_get_str(finding, "file")),
                                FL_STR_ARG(fl_str_trim(fl_data_get_str(finding, "source"))));
    return fl_str_format(arena, "%016llx", (unsigned long long)fingerprint(text));
}

fl_str fl_report_sentence(fl_arena *arena, const fl_data *fault)
{
    fl_str request = fl_report_request_line(arena, fl_data_get_c(fault, "request"));
    int64_t status = fl_data_get_int(fault, "status", 0);
    fl_str answer = status != 0 ? fl_str_format(arena, "%lld", (long long)status) : fl_data_get_str(fl_data_get_c(fault, "response"), "outcome");
    fl_str what = fl_data_get_str(fl_data_get_c(fault, "trace"), "message");
    const fl_data *details = fl_data_get_c(fault, "details");
    if (what.len == 0 && details != NULL && details->first != NULL)
        what = details->first->text;
    return fl_str_format(arena, FL_STR_FMT ": " FL_STR_FMT " gets " FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(fl_data_get_str(fault, "title")),
                         FL_STR_ARG(request), FL_STR_ARG(answer), what.len > 0 ? ", " : "", FL_STR_ARG(what));
}

fl_str fl_report_base(fl_arena *arena, const fl_data *report)
{
    const fl_data *service = fl_data_get_c(report, "service");
    fl_str url = fl_data_get_str(service, "url");
    if (url.len > 0)
        return url.ptr[url.len - 1] == '/' ? fl_str_sub(url, 0, url.len - 1) : url;
    int64_t port = fl_data_get_int(service, "port", 0);
    return fl_str_format(arena, "http://127.0.0.1:%lld", (long long)(port > 0 ? port : 3000));
}
