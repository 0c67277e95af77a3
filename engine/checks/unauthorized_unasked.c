/* 401 where the document asks for no caller. Not of requests with a body, as what logs in answers so, too. */
#include "engine/checks/checks.h"

fl_str fl_check_unauthorized_unasked(const fl_exchange *exchange);
fl_str fl_check_unauthorized_unasked(const fl_exchange *exchange)
{
    const fl_operation *operation = exchange->operation;
    bool is_asked = operation->security.count != 0 || operation->optional_security.count != 0 || operation->body.count != 0 || exchange->sent->has_body;
    return exchange->response->status == 401 && exchange->is_contract && !is_asked ? FL_S("401, and the document has no security for it") : (fl_str){0};
}
