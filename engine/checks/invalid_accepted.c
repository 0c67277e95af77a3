/* A request that the document forbids was answered with success. What is wrong is in a place that has a check of its own: a header that is missing, a body that cannot be read. */
#include "engine/checks/checks.h"

fl_str fl_check_invalid_accepted(const fl_exchange *exchange);
fl_str fl_check_invalid_accepted(const fl_exchange *exchange)
{
    bool is_own = exchange->violated_in == FL_IN_HEADER || fl_exchange_is_malformed(exchange);
    return fl_status_is_success(exchange->response->status) && !is_own ? exchange->violation : (fl_str){0};
}
