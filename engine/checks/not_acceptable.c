/* 406 says that no type that is offered would do; the request takes any. */
#include "engine/checks/checks.h"

fl_str fl_check_not_acceptable(const fl_exchange *exchange);
fl_str fl_check_not_acceptable(const fl_exchange *exchange)
{
    fl_str accept = {0};
    for (size_t i = 0; i < exchange->sent->headers.count; i++)
        if (fl_str_eq_nocase(exchange->sent->headers.items[i].name, FL_S("accept")))
            accept = exchange->sent->headers.items[i].value;
    bool takes_any = accept.len == 0 || fl_str_find(accept, FL_S("*/*")) >= 0;
    return exchange->response->status == 406 && takes_any ? FL_S("406, and any type would do") : (fl_str){0};
}
