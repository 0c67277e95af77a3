/* 413 and 415 speak of a body; there was none. */
#include "engine/checks/checks.h"

fl_str fl_check_payload_status_without_payload(const fl_exchange *exchange);
fl_str fl_check_payload_status_without_payload(const fl_exchange *exchange)
{
    uint16_t status = exchange->response->status;
    bool is_odd = (status == 413 || status == 415) && !exchange->sent->has_body;
    return is_odd ? fl_str_format(exchange->arena, "%u to a request without a body", status) : (fl_str){0};
}
