/* The same request was answered well just before. 503 with Retry-After, and 429, are how a service says that there are too many. */
#include "engine/checks/checks.h"

fl_str fl_check_fails_under_load(const fl_exchange *exchange);
fl_str fl_check_fails_under_load(const fl_exchange *exchange)
{
    const fl_http_response *response = exchange->response;
    if (response->outcome != FL_HTTP_OK)
        return fl_str_format(exchange->arena, "one at a time it is answered, under load: %s", fl_http_outcome_text(response->outcome));
    bool says_when = response->status == 503 && fl_http_header_get(response, "retry-after").len != 0;
    return response->status >= 500 && !says_when ? fl_str_format(exchange->arena, "one at a time it is answered, under load with %u", response->status) : (fl_str){0};
}
