/* 204 and 205 have no body: what a client does with one is anybody's guess. */
#include "engine/checks/checks.h"

fl_str fl_check_content_with_204(const fl_exchange *exchange);
fl_str fl_check_content_with_204(const fl_exchange *exchange)
{
    uint16_t status = exchange->response->status;
    fl_str length = fl_http_header_get(exchange->response, "content-length");
    bool has_body = exchange->response->body.len > 0 || (length.len > 0 && !fl_str_eq_c(length, "0"));
    return (status == 204 || status == 205) && has_body ? fl_str_format(exchange->arena, "%u with a body", status) : (fl_str){0};
}
