/* A header that the document requires was left out, or wrong, and nobody minded. */
#include "engine/checks/checks.h"

fl_str fl_check_missing_header_accepted(const fl_exchange *exchange);
fl_str fl_check_missing_header_accepted(const fl_exchange *exchange)
{
    bool is_header = exchange->violated_in == FL_IN_HEADER;
    return fl_status_is_success(exchange->response->status) && is_header ? exchange->violation : (fl_str){0};
}
