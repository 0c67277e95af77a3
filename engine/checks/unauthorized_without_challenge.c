/* 401 must say how to get in (RFC 9110, 11.6.1). */
#include "engine/checks/checks.h"

fl_str fl_check_unauthorized_without_challenge(const fl_exchange *exchange);
fl_str fl_check_unauthorized_without_challenge(const fl_exchange *exchange)
{
    bool is_bare = exchange->response->status == 401 && fl_http_header_get(exchange->response, "www-authenticate").ptr == NULL;
    return is_bare ? FL_S("401 without WWW-Authenticate") : (fl_str){0};
}
