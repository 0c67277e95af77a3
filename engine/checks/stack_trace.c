/* The answer tells a client how the program is built: a stack trace of it. */
#include "engine/checks/checks.h"

fl_str fl_check_stack_trace(const fl_exchange *exchange);
fl_str fl_check_stack_trace(const fl_exchange *exchange)
{
    static const char *const signs[] = {
        "Traceback (most recent call last)", "\n    at ", "\\n    at ", "<br> &nbsp; &nbsp;at ", "Exception in thread ", "SQLSTATE[",
        "You have an error in your SQL syntax", "panic: runtime error", "goroutine 1 [", "ORA-00933", "SQLITE_ERROR", "java.lang.",
    };
    if (fl_str_find(exchange->type, FL_S("html")) >= 0 && fl_status_is_success(exchange->response->status))
        return (fl_str){0};
    for (size_t i = 0; i < FL_COUNT(signs); i++) {
        bool was_sent = fl_str_find(exchange->sent->body, fl_str_from(signs[i])) >= 0; /* it only says what it was told */
        if (!was_sent && fl_str_find(exchange->response->body, fl_str_from(signs[i])) >= 0)
            return fl_str_format(exchange->arena, "%u shows how the program is built", exchange->response->status);
    }
    return (fl_str){0};
}
