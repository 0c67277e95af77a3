#ifndef FL_ENGINE_HTTP_P_H
#define FL_ENGINE_HTTP_P_H
#include "engine/http/http.h"
#include <curl/curl.h>

/** Private to this folder: what one request at a time (http.c) and load (load.c) share. */
void fl_http_start_curl(void);                /**< once, before anything of libcurl */
bool fl_http_is_loopback(const struct sockaddr *address);
/** In curl's notation. Release with curl_slist_free_all. */
struct curl_slist *fl_http_header_lines(fl_arena *arena, const fl_http_request *request);
/** All that the request decides. Texts live in `arena`, which must outlive the transfer; the body is borrowed. */
void fl_http_easy_request(CURL *easy, fl_arena *arena, const fl_http_request *request, struct curl_slist *lines, const fl_http_options *options);
/** Into the multi handle; both errors that are possible end the run. */
void fl_http_add(CURLM *multi, CURL *easy);
/** libcurl ends a connection with HTTP/2 now and then when it is used again (seen with 7.88), before anything of the answer is there: that says nothing
 *  of the service. What only reads may be sent once more, for which `easy` is told to take a new connection. */
bool fl_http_was_lost(CURL *easy, CURLcode code);
#endif
