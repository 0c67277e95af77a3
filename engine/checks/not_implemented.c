/* The document has the operation, the service has not. */
#include "engine/checks/checks.h"

fl_str fl_check_not_implemented(const fl_exchange *exchange);
fl_str fl_check_not_implemented(const fl_exchange *exchange)
{
    bool is_missing = exchange->is_contract && exchange->response->status == 501;
    return is_missing ? FL_S("501 to an operation of the document") : (fl_str){0};
}
