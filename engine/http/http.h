#ifndef FL_ENGINE_HTTP_H
#define FL_ENGINE_HTTP_H
#include "base/data.h"

/** HTTP requests and what came back; libcurl multi underneath, seen only in this folder. */
typedef struct fl_http_header { fl_str name, value; } fl_http_header;
typedef struct fl_http_request {
    fl_str method, url;                    /**< absolute URL, already percent-encoded */
    FL_VEC(fl_http_header) headers;
    fl_str body; bool has_body;
} fl_http_request;

typedef enum fl_http_outcome { FL_HTTP_OK, FL_HTTP_REFUSED, FL_HTTP_CLOSED, FL_HTTP_TIMEOUT, FL_HTTP_MALFORMED, FL_HTTP_TOO_LARGE, FL_HTTP_FORBIDDEN_HOST } fl_http_outcome;
const char *fl_http_outcome_text(fl_http_outcome outcome); /**< "ok", "connection refused", "connection closed without an answer", … */

typedef struct fl_http_response {
    fl_http_outcome outcome;
    uint16_t status;                       /**< 0 unless OK (or TOO_LARGE after a header) */
    FL_VEC(fl_http_header) headers;
    fl_str body; bool body_is_cut;
    bool is_endless;                       /**< TOO_LARGE: a stream that was still open when the time was over */
    uint64_t time_us;
} fl_http_response;
fl_str fl_http_header_get(const fl_http_response *response, const char *name);  /**< case-insensitive; empty when absent */

typedef struct fl_http fl_http;
typedef struct fl_http_options {
    bool allow_remote;                     /**< the user named another host: any address goes; else loopback only */
    uint32_t timeout_ms;                   /**< 0: FL_LIMIT_REQUEST_MS */
    unsigned concurrency;                  /**< 0: 16 */
    bool uses_http2;                       /**< without TLS from the first byte (no upgrade) */
    /* of one answer; 0: FL_LIMIT_RESPONSE_BYTES, FL_LIMIT_RESPONSE_HEADERS. Bytes are counted as they are once compression is undone. */
    size_t response_bytes; unsigned response_headers;
} fl_http_options;
FL_NODISCARD fl_status fl_http_new(fl_http **out, const fl_http_options *options, fl_err *err);
void fl_http_free(fl_http *http);

/** Sends one request and waits. Never fails: whatever happens is an outcome. Response memory in `arena`. */
void fl_http_send(fl_http *http, fl_arena *arena, const fl_http_request *request, fl_http_response *response);
/** Sends many, up to `concurrency` at once; `done` is called on this thread in completion order with the index; the response
 *  lives only during the call. Requests are asked for by index, built into a per-slot arena. done returning false stops early. */
typedef struct fl_http_batch {
    size_t count; void *context;
    void (*build)(void *context, size_t index, fl_arena *arena, fl_http_request *request);
    bool (*done)(void *context, size_t index, const fl_http_request *request, const fl_http_response *response);
} fl_http_batch;
void fl_http_send_all(fl_http *http, const fl_http_batch *batch);

/** `curl -sS -i -X POST 'http://…' -H '…' --data-binary '…'`, quoted for sh; bytes that sh cannot carry go through $'…'. */
void fl_http_curl(fl_buf *out, const fl_http_request *request);
/** Sent without a body, by a method that may have one: then `Content-Length: 0` goes with it. */
bool fl_http_says_empty(const fl_http_request *request);
/** Percent-encodes a path segment or query value. */
void fl_http_encode(fl_buf *out, fl_str raw, bool is_query);

/** Judges JSON bytes exactly (jansson): valid? duplicate keys? integers beyond 64 bits? */
typedef struct fl_json_judgement { bool is_valid, has_duplicate_keys, has_huge_integers, has_nul; char error[160]; } fl_json_judgement;
void fl_http_judge_json(fl_str body, fl_json_judgement *out);
#endif
