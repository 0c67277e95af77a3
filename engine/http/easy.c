/* From our request to libcurl's: what every request has in common, whoever waits for its answer. */
#include "engine/http/http_p.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

bool fl_http_is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        bool is_mapped = IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr) && v6.sin6_addr.s6_addr[12] == 127;
        return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) || is_mapped;
    }
    return false;
}

static bool has_header(const fl_http_request *request, const char *name)
{
    for (size_t i = 0; i < request->headers.count; i++)
        if (fl_str_eq_nocase(request->headers.items[i].name, fl_str_from(name)))
            return true;
    return false;
}

static void add_line(struct curl_slist **lines, const char *line)
{
    struct curl_slist *grown = curl_slist_append(*lines, line);
    if (!grown)
        fl_no_memory();
    *lines = grown;
}

/* RFC 9110, 8.6: servers may wait for a body, or its end, where methods that have one come without a length. */
bool fl_http_says_empty(const fl_http_request *request)
{
    static const char *const methods[] = {"POST", "PUT", "PATCH"};
    for (size_t i = 0; i < FL_COUNT(methods); i++)
        if (fl_str_eq_c(request->method, methods[i]))
            return !request->has_body && !has_header(request, "content-length") && !has_header(request, "transfer-encoding");
    return false;
}

/* curl's notation: "Name: value", "Name;" for an empty value, "Name:" for none of its own. A line end in a value would
 * start another header: it becomes a space. */
struct curl_slist *fl_http_header_lines(fl_arena *arena, const fl_http_request *request)
{
    struct curl_slist *lines = NULL;
    for (size_t i = 0; i < request->headers.count; i++) {
        fl_http_header header = request->headers.items[i];
        fl_str line = header.value.len ? fl_str_format(arena, FL_STR_FMT ": " FL_STR_FMT, FL_STR_ARG(header.name),
                                                       FL_STR_ARG(header.value))
                                       : fl_str_format(arena, FL_STR_FMT ";", FL_STR_ARG(header.name));
        char *text = fl_str_c(arena, line);
        for (char *c = text; *c; c++)
            if (*c == '\r' || *c == '\n')
                *c = ' ';
        add_line(&lines, text);
    }
    if (request->has_body && !has_header(request, "content-type"))
        add_line(&lines, "Content-Type:");
    if (fl_http_says_empty(request))
        add_line(&lines, "Content-Length: 0");
    if (!has_header(request, "accept-encoding")) /* not asked for, but undone where it comes: what is judged is what was meant */
        add_line(&lines, "Accept-Encoding:");
    if (!has_header(request, "expect"))
        add_line(&lines, "Expect:");
    return lines;
}

/* Without memory libcurl would leave an option out, and another request would go out than the one that is judged. */
#define SET(option, value) \
    do { \
        if (curl_easy_setopt(easy, option, value) == CURLE_OUT_OF_MEMORY) \
            fl_no_memory(); \
    } while (0)

void fl_http_easy_request(CURL *easy, fl_arena *arena, const fl_http_request *request, struct curl_slist *lines, const fl_http_options *options)
{
    bool is_tls = fl_str_eq_nocase(fl_str_sub(request->url, 0, 8), FL_S("https://"));
    long version = !options->uses_http2 ? CURL_HTTP_VERSION_1_1 : is_tls ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    SET(CURLOPT_URL, fl_str_c(arena, request->url));
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NOPROXY, "*"); /* else the environment is asked each time */
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_HTTP_VERSION, version);
    if (version == CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE && curl_version_info(CURLVERSION_NOW)->version_num < 0x080100) {
        /* older ones fail on the second request of such a connection (seen with 7.88) */
        SET(CURLOPT_FRESH_CONNECT, 1L);
        SET(CURLOPT_FORBID_REUSE, 1L);
    }
    SET(CURLOPT_HTTP09_ALLOWED, 0L);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_USERAGENT, "faultline");
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_TCP_NODELAY, 1L);
    if (!options->allow_remote) {
        SET(CURLOPT_CAINFO, NULL); /* else all certificates of the system are read for each connection: a tenth of a second */
        SET(CURLOPT_CAPATH, NULL);
        SET(CURLOPT_SSL_VERIFYPEER, 0L); /* certificates of a service under test are its own */
        SET(CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (request->has_body) {
        SET(CURLOPT_POSTFIELDS, request->body.ptr ? request->body.ptr : "");
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
    } else if (fl_str_eq(request->method, FL_S("HEAD"))) {
        SET(CURLOPT_NOBODY, 1L);
    }
    SET(CURLOPT_CUSTOMREQUEST, fl_str_c(arena, request->method));
    SET(CURLOPT_HTTPHEADER, lines);
}

void fl_http_add(CURLM *multi, CURL *easy)
{
    CURLMcode added = curl_multi_add_handle(multi, easy);
    if (added == CURLM_OUT_OF_MEMORY)
        fl_no_memory();
    if (added != CURLM_OK)
        FL_BUG("libcurl: cannot add a request: %s", curl_multi_strerror(added));
}

bool fl_http_was_lost(CURL *easy, CURLcode code)
{
    long connects = 1;
    if (code != CURLE_HTTP2 || curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects) != CURLE_OK || connects)
        return false;
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    return true;
}
