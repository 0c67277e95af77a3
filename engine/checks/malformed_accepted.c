/* A body that is no JSON, no XML or no form in parts although its type says so was taken. */
#include "engine/checks/checks.h"

fl_str fl_check_malformed_accepted(const fl_exchange *exchange);
fl_str fl_check_malformed_accepted(const fl_exchange *exchange)
{
    return fl_status_is_success(exchange->response->status) && fl_exchange_is_malformed(exchange) ? exchange->violation : (fl_str){0};
}
