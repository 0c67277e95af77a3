/* 304 answers a conditional read. */
#include "engine/checks/checks.h"

fl_str fl_check_not_modified_by_writing(const fl_exchange *exchange);
fl_str fl_check_not_modified_by_writing(const fl_exchange *exchange)
{
    bool is_read = fl_str_eq_c(exchange->sent->method, "GET") || fl_str_eq_c(exchange->sent->method, "HEAD");
    return exchange->response->status == 304 && !is_read ? fl_str_format(exchange->arena, "304 to " FL_STR_FMT, FL_STR_ARG(exchange->sent->method)) : (fl_str){0};
}
