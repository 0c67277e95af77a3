/* A line end in a request became one in the headers of the answer: whoever follows a link gets headers of somebody else. */
#include "engine/checks/checks.h"
#include "engine/plan/payload.h"

fl_str fl_check_header_injected(const fl_exchange *exchange);
fl_str fl_check_header_injected(const fl_exchange *exchange)
{
    bool is_there = fl_http_header_get(exchange->response, FL_PAYLOAD_HEADER).ptr != NULL;
    return is_there ? FL_S("the answer has a header that the request made up") : (fl_str){0};
}
