/* What a request brought was computed: text of clients is a template here. */
#include "engine/checks/checks.h"
#include "engine/plan/payload.h"

fl_str fl_check_template_evaluated(const fl_exchange *exchange);
fl_str fl_check_template_evaluated(const fl_exchange *exchange)
{
    bool is_computed = fl_str_find(exchange->response->body, FL_S(FL_PAYLOAD_TEMPLATE_RESULT)) >= 0;
    return is_computed ? FL_S("the product of two numbers of the request is in the answer") : (fl_str){0};
}
