/* A body that is no JSON although its type says so was taken. */
#include "engine/checks/checks.h"

fl_str fl_check_malformed_accepted(const fl_exchange *exchange);
fl_str fl_check_malformed_accepted(const fl_exchange *exchange)
{
    bool is_malformed = fl_str_eq_c(exchange->violation, "body is no JSON");
    return fl_status_is_success(exchange->response->status) && is_malformed ? exchange->violation : (fl_str){0};
}
