/* Markup that a request brought stands in a page as markup: whoever follows a link runs it. */
#include "engine/checks/checks.h"
#include "engine/plan/payload.h"

fl_str fl_check_markup_echoed(const fl_exchange *exchange);
fl_str fl_check_markup_echoed(const fl_exchange *exchange)
{
    bool is_page = fl_str_find(exchange->type, FL_S("html")) >= 0;
    bool is_echoed = is_page && fl_str_find(exchange->response->body, FL_S(FL_PAYLOAD_MARKUP)) >= 0;
    return is_echoed ? FL_S("a page has the script of the request in it") : (fl_str){0};
}
