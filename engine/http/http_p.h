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
#endif
