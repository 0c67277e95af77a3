/* A path that a request brought led to a file of the system. */
#include "engine/checks/checks.h"

fl_str fl_check_file_read(const fl_exchange *exchange);
fl_str fl_check_file_read(const fl_exchange *exchange)
{
    bool is_read = fl_str_find(exchange->response->body, FL_S("root:x:0:0:")) >= 0;
    return is_read ? FL_S("the answer is /etc/passwd") : (fl_str){0};
}
