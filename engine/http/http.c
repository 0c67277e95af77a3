/*
 * Requests through libcurl's multi interface. Reading order: slot (one request under way), callbacks, prepare, judge, the loop.
 *
 * A verdict hangs on what is sent, so each request goes out once (see fl_http_was_lost) and exactly as written: no redirects, no proxies,
 * no added Content-Type or Expect, no squashing of "..", no HTTP/0.9. libcurl would silently send again when a kept-alive
 * connection dies under a request; a service that a request kills would then look like one that refuses
 * connections. The second sending is stopped (before_request), and connections idle for a second are not used
 * again, so that a server's own idle limit is not taken for a death. Neither are those on which a server failed: some close
 * them behind an answer that does not say so.
 *
 * Where a connection may go is decided on the address it opens (open_socket), after names are resolved.
 */
#include "engine/http/http_p.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DEFAULT_CONCURRENCY = 16, MAX_CONCURRENCY = 256 };

struct slot {
    struct fl_http *http;
    CURL *easy;
    struct curl_slist *header_list;
    fl_arena arena;            /* the request as built, the response's headers; emptied between requests */
    fl_http_request request;
    size_t index;
    fl_buf body;
    fl_http_response response;
    bool is_busy, is_too_large, is_forbidden, is_again;
    unsigned times_sent;
    char detail[CURL_ERROR_SIZE];
};

struct fl_http {
    fl_http_options options;
    CURLM *multi;
    struct slot *slots;
    unsigned distrusted;       /* so many connections that are kept may be closed by now */
};

const char *fl_http_outcome_text(fl_http_outcome outcome)
{
    switch (outcome) {
    case FL_HTTP_OK:
        return "ok";
    case FL_HTTP_REFUSED:
        return "connection refused";
    case FL_HTTP_CLOSED:
        return "connection closed without an answer";
    case FL_HTTP_TIMEOUT:
        return "no answer in time";
    case FL_HTTP_MALFORMED:
        return "malformed answer";
    case FL_HTTP_TOO_LARGE:
        return "answer too large";
    case FL_HTTP_FORBIDDEN_HOST:
        return "not sent: the host is not allowed";
    }
    return "?";
}

fl_str fl_http_header_get(const fl_http_response *response, const char *name)
{
    for (size_t i = 0; i < response->headers.count; i++)
        if (fl_str_eq_nocase(response->headers.items[i].name, fl_str_from(name)))
            return response->headers.items[i].value;
    return (fl_str){0};
}

/* ---- callbacks of one transfer ---- */

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct slot *slot = context;
    (void)purpose;
    if (!slot->http->options.allow_remote && !fl_http_is_loopback(&address->addr)) {
        slot->is_forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int before_request(void *context, char *remote_ip, char *local_ip, int remote_port, int local_port)
{
    struct slot *slot = context;
    (void)remote_ip, (void)local_ip, (void)remote_port, (void)local_port;
    return ++slot->times_sent == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct slot *slot = context;
    size_t len = size * count, room = slot->body.limit - slot->body.len;
    fl_buf_add(&slot->body, (fl_str){bytes, len < room ? len : room});
    if (len <= room)
        return len;
    slot->is_too_large = true;
    return CURL_WRITEFUNC_ERROR;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    struct slot *slot = context;
    fl_str line = fl_str_trim((fl_str){bytes, size * count});
    fl_http_response *response = &slot->response;
    if (fl_str_starts(line, FL_S("HTTP/"))) {
        response->headers.count = 0; /* a 1xx answer went before */
        return size * count;
    }
    ptrdiff_t colon = fl_str_find_char(line, ':');
    if (colon <= 0)
        return size * count;
    unsigned most = slot->http->options.response_headers;
    if (response->headers.count >= (most ? most : FL_LIMIT_RESPONSE_HEADERS)) {
        slot->is_too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    fl_http_header header = {
        .name = fl_str_copy(&slot->arena, fl_str_sub(line, 0, (size_t)colon)),
        .value = fl_str_copy(&slot->arena, fl_str_trim(fl_str_sub(line, (size_t)colon + 1, line.len))),
    };
    fl_vec_push(&slot->arena, &response->headers, header);
    return size * count;
}

/* ---- from our request to curl's ---- */

static void prepare(struct slot *slot)
{
    const fl_http_request *request = &slot->request;
    const fl_http_options *options = &slot->http->options;
    long timeout_ms = options->timeout_ms ? (long)options->timeout_ms : (long)FL_LIMIT_REQUEST_MS;
    /* A new handle each time: before 8.1, one that is used again keeps a pointer to the last header of the previous
     * answer, and an answer that begins with a folded header line follows it (curl issue 11101). */
    curl_easy_cleanup(slot->easy);
    CURL *easy = slot->easy = curl_easy_init();
    if (!easy)
        fl_no_memory();
    slot->header_list = fl_http_header_lines(&slot->arena, request);
    fl_http_easy_request(easy, &slot->arena, request, slot->header_list, options);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 1L);
    if (slot->http->distrusted) {
        slot->http->distrusted--;
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    }
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->detail);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, slot);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, slot);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, slot);
}

/* ---- what came back ---- */

/* Of the errors that libcurl calls a failed receive, the ones that are about the bytes and not about the connection. */
static bool is_about_bytes(const char *detail)
{
    static const char *const signs[] = {"chunk", "hexadecimal", "Content-Length", "header", "HTTP/0.9", "Header"};
    for (size_t i = 0; i < FL_COUNT(signs); i++)
        if (strstr(detail, signs[i]))
            return true;
    return false;
}

/** The head says that what follows need not end: events, parts that replace each other, chunks of what is no JSON text (which has an
 *  end). Whoever has sent that much has answered. */
static bool is_stream(const fl_http_response *response)
{
    fl_str media = fl_http_header_get(response, "content-type");
    bool is_open = fl_str_starts(media, FL_S("text/event-stream")) || fl_str_starts(media, FL_S("multipart/x-mixed-replace"));
    bool is_chunked = fl_str_eq_nocase(fl_http_header_get(response, "transfer-encoding"), FL_S("chunked"));
    return is_open || (is_chunked && fl_str_find(media, FL_S("json")) < 0);
}

static fl_http_outcome outcome_of(const struct slot *slot, CURLcode code)
{
    if (slot->is_too_large)
        return FL_HTTP_TOO_LARGE;
    if (slot->is_forbidden)
        return FL_HTTP_FORBIDDEN_HOST;
    switch (code) {
    case CURLE_OK:
        return FL_HTTP_OK;
    case CURLE_OPERATION_TIMEDOUT: /* a stream without end is an answer, however slow the machine is to read it */
        return slot->body.len >= FL_LIMIT_STREAM_BYTES || is_stream(&slot->response) ? FL_HTTP_TOO_LARGE : FL_HTTP_TIMEOUT;
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
        return slot->times_sent ? FL_HTTP_CLOSED : FL_HTTP_REFUSED;
    case CURLE_OUT_OF_MEMORY: /* how libcurl says that a header line has more than 100 KB */
        return FL_HTTP_TOO_LARGE;
    case CURLE_URL_MALFORMAT: /* never left the house */
        return FL_HTTP_FORBIDDEN_HOST;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_ABORTED_BY_CALLBACK:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2_STREAM: /* which is what HTTP/2 closes */
        return FL_HTTP_CLOSED;
    case CURLE_RECV_ERROR:
        return is_about_bytes(slot->detail) ? FL_HTTP_MALFORMED : FL_HTTP_CLOSED;
    default:
        return slot->times_sent ? FL_HTTP_MALFORMED : FL_HTTP_REFUSED;
    }
}

static void judge(struct slot *slot, CURLcode code)
{
    fl_http_response *response = &slot->response;
    long status = 0;
    curl_off_t time_us = 0;
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(slot->easy, CURLINFO_TOTAL_TIME_T, &time_us);
    response->outcome = outcome_of(slot, code);
    response->is_endless = code == CURLE_OPERATION_TIMEDOUT && response->outcome == FL_HTTP_TOO_LARGE;
    if (response->outcome == FL_HTTP_OK && (status < 100 || status > 999)) /* libcurl takes "HTTP/2 20" for a status */
        response->outcome = FL_HTTP_MALFORMED;
    bool has_status = response->outcome == FL_HTTP_OK || response->outcome == FL_HTTP_TOO_LARGE;
    response->status = has_status && status > 0 && status <= UINT16_MAX ? (uint16_t)status : 0;
    response->time_us = time_us > 0 ? (uint64_t)time_us : 0;
    response->body = fl_buf_str(&slot->body);
    response->body_is_cut = response->outcome == FL_HTTP_TOO_LARGE;
}

/* ---- the loop ---- */

static void empty_slot(struct slot *slot)
{
    curl_slist_free_all(slot->header_list);
    slot->header_list = NULL;
    fl_arena_release(&slot->arena);
    fl_buf_clear(&slot->body);
    slot->request = (fl_http_request){0};
    slot->response = (fl_http_response){0};
    slot->is_busy = slot->is_too_large = slot->is_forbidden = slot->is_again = false;
    slot->times_sent = 0;
    slot->detail[0] = '\0';
}

static bool is_web_url(fl_str url)
{
    return fl_str_eq_nocase(fl_str_sub(url, 0, 7), FL_S("http://")) || fl_str_eq_nocase(fl_str_sub(url, 0, 8), FL_S("https://"));
}

/* True when the request is under way; false when it is answered already (a URL that is none). */
static bool begin(struct slot *slot, const fl_http_batch *batch, size_t index)
{
    empty_slot(slot);
    slot->index = index;
    batch->build(batch->context, index, &slot->arena, &slot->request);
    if (!is_web_url(slot->request.url)) {
        slot->response.outcome = FL_HTTP_FORBIDDEN_HOST;
        return false;
    }
    prepare(slot);
    fl_http_add(slot->http->multi, slot->easy);
    slot->is_busy = true;
    return true;
}

static bool tries_again(struct slot *slot, CURLcode code)
{
    bool only_reads = fl_str_eq_c(slot->request.method, "GET") || fl_str_eq_c(slot->request.method, "HEAD");
    if (slot->is_again || !only_reads || slot->response.headers.count || !fl_http_was_lost(slot->easy, code))
        return false;
    curl_multi_remove_handle(slot->http->multi, slot->easy);
    slot->is_again = true;
    slot->times_sent = 0;
    fl_http_add(slot->http->multi, slot->easy);
    return true;
}

static bool finish(struct slot *slot, const fl_http_batch *batch, CURLcode code)
{
    judge(slot, code);
    if (slot->response.outcome == FL_HTTP_OK && slot->response.status >= 500)
        slot->http->distrusted = slot->http->options.concurrency;
    bool goes_on = batch->done(batch->context, slot->index, &slot->request, &slot->response);
    curl_multi_remove_handle(slot->http->multi, slot->easy);
    slot->is_busy = false;
    return goes_on;
}

void fl_http_send_all(fl_http *http, const fl_http_batch *batch)
{
    size_t next = 0;
    unsigned busy = 0;
    bool goes_on = true;
    while (goes_on && (busy || next < batch->count)) {
        for (unsigned i = 0; i < http->options.concurrency && next < batch->count && goes_on; i++) {
            struct slot *slot = &http->slots[i];
            while (!slot->is_busy && next < batch->count && goes_on) {
                if (begin(slot, batch, next++))
                    busy++;
                else
                    goes_on = batch->done(batch->context, slot->index, &slot->request, &slot->response);
            }
        }
        int running;
        curl_multi_perform(http->multi, &running);
        int left;
        bool is_any_done = false;
        for (CURLMsg *message; goes_on && (message = curl_multi_info_read(http->multi, &left));) {
            if (message->msg != CURLMSG_DONE)
                continue;
            struct slot *slot;
            CURLcode code = message->data.result;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &slot);
            is_any_done = true;
            if (tries_again(slot, code))
                continue;
            goes_on = finish(slot, batch, code);
            busy--;
        }
        if (goes_on && busy && !is_any_done)
            curl_multi_poll(http->multi, NULL, 0, 1000, NULL);
    }
    for (unsigned i = 0; i < http->options.concurrency; i++) {
        if (http->slots[i].is_busy)
            curl_multi_remove_handle(http->multi, http->slots[i].easy);
        empty_slot(&http->slots[i]);
    }
}

/* ---- one request ---- */

struct single {
    const fl_http_request *request;
    fl_http_response *response;
    fl_arena *arena;
};

static void build_single(void *context, size_t index, fl_arena *arena, fl_http_request *request)
{
    const struct single *single = context;
    (void)index, (void)arena;
    *request = *single->request;
}

static bool keep_single(void *context, size_t index, const fl_http_request *request, const fl_http_response *response)
{
    const struct single *single = context;
    (void)index, (void)request;
    fl_http_response *kept = single->response;
    *kept = *response;
    kept->headers.items = NULL;
    kept->headers.count = kept->headers.capacity = 0;
    for (size_t i = 0; i < response->headers.count; i++) {
        fl_http_header header = response->headers.items[i];
        header.name = fl_str_copy(single->arena, header.name);
        header.value = fl_str_copy(single->arena, header.value);
        fl_vec_push(single->arena, &kept->headers, header);
    }
    kept->body = fl_str_copy(single->arena, response->body);
    return true;
}

void fl_http_send(fl_http *http, fl_arena *arena, const fl_http_request *request, fl_http_response *response)
{
    struct single single = {request, response, arena};
    fl_http_send_all(http, &(fl_http_batch){.count = 1, .context = &single, .build = build_single, .done = keep_single});
}

/* ---- life ---- */

static void init_curl(void)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        FL_BUG("libcurl does not start");
}

void fl_http_start_curl(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_curl);
}

fl_status fl_http_new(fl_http **out, const fl_http_options *options, fl_err *err)
{
    fl_http_start_curl();
    *out = NULL;
    fl_http *http = calloc(1, sizeof *http);
    if (!http)
        return fl_fail(err, FL_E_ENV, "no memory for an HTTP client");
    http->options = *options;
    unsigned *concurrency = &http->options.concurrency;
    *concurrency = *concurrency == 0 ? DEFAULT_CONCURRENCY : *concurrency > MAX_CONCURRENCY ? MAX_CONCURRENCY : *concurrency;
    http->multi = curl_multi_init();
    http->slots = calloc(*concurrency, sizeof *http->slots);
    bool is_complete = http->multi && http->slots;
    for (unsigned i = 0; is_complete && i < *concurrency; i++) {
        struct slot *slot = &http->slots[i];
        slot->http = http;
        slot->easy = curl_easy_init();
        fl_arena_init(&slot->arena);
        fl_buf_init(&slot->body, options->response_bytes ? options->response_bytes : FL_LIMIT_RESPONSE_BYTES);
        is_complete = slot->easy != NULL;
    }
    if (!is_complete) {
        fl_http_free(http);
        return fl_fail(err, FL_E_ENV, "no memory for an HTTP client");
    }
    curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)*concurrency);
    *out = http;
    return FL_OK;
}

void fl_http_free(fl_http *http)
{
    if (!http)
        return;
    for (unsigned i = 0; http->slots && i < http->options.concurrency; i++) {
        struct slot *slot = &http->slots[i];
        empty_slot(slot);
        fl_buf_release(&slot->body);
        if (slot->easy)
            curl_easy_cleanup(slot->easy);
    }
    if (http->multi)
        curl_multi_cleanup(http->multi);
    free(http->slots);
    free(http);
}
