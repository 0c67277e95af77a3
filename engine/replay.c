/*
 * Sending what was found again: one fault for `replay` and for the proof of a patch, and every valid request to see that
 * nothing else changed. Works on any service, with its own answers for what requests refer to.
 */
#include "engine/engine_p.h"

/* ---- faults ---- */

typedef struct answers { fl_arena *arena; fl_data **json, **cookies; size_t count; uint32_t first; } answers;

static const fl_data *resolve(void *context, const fl_reference *reference)
{
    const answers *a = context;
    if (reference->number < a->first || reference->number - a->first >= a->count)
        return NULL;
    uint32_t at = reference->number - a->first;
    if (fl_str_starts(reference->pointer, FL_S("cookie=")))
        return fl_data_get(a->cookies[at], fl_str_sub(reference->pointer, 7, reference->pointer.len));
    return fl_data_pointer(a->json[at], reference->pointer);
}

static void keep(answers *a, size_t at, const fl_http_response *response)
{
    if (fl_json_parse(a->arena, response->body, &a->json[at], NULL) != FL_OK)
        a->json[at] = NULL;
    a->cookies[at] = fl_data_map(a->arena);
    for (size_t i = 0; i < response->headers.count; i++) {
        fl_str rest = response->headers.items[i].value, pair, name;
        if (fl_str_eq_nocase(response->headers.items[i].name, FL_S("set-cookie")) && fl_str_split(&rest, ';', &pair) && fl_str_split(&pair, '=', &name))
            fl_data_set(a->arena, a->cookies[at], fl_str_trim(name), fl_data_string(a->arena, fl_str_trim(pair)));
    }
}

/** The request with its scheme, host and port (or "$BASE") replaced by the service's. */
static void rebase(fl_arena *arena, fl_service *service, fl_http_request *request)
{
    fl_str url = request->url, path = {NULL, 0};
    if (fl_str_starts(url, FL_S(FL_BASE_VARIABLE))) {
        path = fl_str_sub(url, sizeof FL_BASE_VARIABLE - 1, url.len);
    } else {
        path = fl_url_parts(url).path;
    }
    request->url = fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_service_base_url(service)), FL_STR_ARG(path));
}

void fl_engine_replay(const fl_fault *fault, fl_service *service, fl_http *http, fl_arena *arena, fl_http_response *response)
{
    size_t count = fault->setup.count;
    answers a = {arena, FL_NEW_ARRAY(arena, fl_data *, count + 1), FL_NEW_ARRAY(arena, fl_data *, count + 1), count, 1};
    for (size_t i = 0; i <= count; i++) {
        const fl_http_request *from = i < count ? &fault->setup.items[i] : &fault->sent;
        fl_http_request request;
        if (!fl_references_resolve_request(arena, from, resolve, &a, &request))
            request = *from; /* its producer answered otherwise: sent as it stands, it cannot succeed by accident */
        rebase(arena, service, &request);
        fl_http_request marked = request;
        if (i == count && fl_str_eq_c(fault->failure, "late") && fl_service_request_header(service).len) { /* only the hook sees this one */
            marked.headers.items = NULL;
            marked.headers.count = marked.headers.capacity = 0;
            for (size_t h = 0; h < request.headers.count; h++)
                fl_vec_push(arena, &marked.headers, request.headers.items[h]);
            fl_vec_push(arena, &marked.headers, (fl_http_header){fl_service_request_header(service), FL_S("1")});
        }
        fl_http_send(http, arena, &marked, response);
        response->body = fl_service_in_place(service, arena, response->body);
        if (i < count)
            keep(&a, i, response);
    }
}

bool fl_engine_failed_late(fl_service *service)
{
    enum { WAIT_MS = 200 };
    uint64_t next;
    bool is_cut = false;
    for (unsigned waited = 0; waited < WAIT_MS && !is_cut; waited += 10) {
        is_cut = fl_str_find(fl_service_hook(service, 0, &next), FL_S("\"cut\"")) >= 0;
        if (!is_cut)
            fl_clock_sleep_ms(10);
    }
    return is_cut;
}

/* ---- valid requests ---- */

static const fl_baseline *case_of(const fl_run *run, uint32_t number)
{
    return number < run->baselines.count ? &run->baselines.items[number] : &run->extras.items[number - run->baselines.count];
}

void fl_engine_replay_baselines(const fl_run *run, fl_service *service, fl_http *http, unsigned *sent, unsigned *changed,
                                fl_arena *arena, fl_str *first_change)
{
    size_t count = run->baselines.count + run->extras.count;
    answers a = {arena, FL_NEW_ARRAY(arena, fl_data *, count + 1), FL_NEW_ARRAY(arena, fl_data *, count + 1), count, 0};
    *sent = *changed = 0;
    *first_change = (fl_str){NULL, 0};
    for (size_t i = 0; i < run->order.count; i++) {
        uint32_t number = run->order.items[i];
        const fl_baseline *baseline = case_of(run, number);
        const fl_operation *operation = &run->api->operations.items[baseline->operation];
        fl_case resolved;
        fl_http_request request;
        fl_http_response response = {0};
        bool is_sent = fl_references_resolve_case(arena, &baseline->request, resolve, &a, &resolved);
        if (is_sent) {
            fl_case_render(arena, run->api, &resolved, fl_service_base_url(service), &request);
            fl_http_send(http, arena, &request, &response);
            keep(&a, number, &response);
        }
        if (number >= run->baselines.count || !baseline->is_repeatable)
            continue;
        ++*sent;
        bool is_same = is_sent && response.outcome == baseline->outcome && response.status == baseline->status &&
                       fl_engine_same_shape(response.body, baseline->body);
        if (is_same)
            continue;
        if (++*changed == 1)
            *first_change = fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT ": %u before, %u now%s", FL_STR_ARG(operation->method),
                                          FL_STR_ARG(operation->path), baseline->status, response.status,
                                          response.status == baseline->status ? ", the answer has another shape" : "");
    }
}
