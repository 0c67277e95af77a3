/* A request that the document allows was refused as malformed. Other refusals (who calls, what is there, conflicts) are no word on its form. */
#include "engine/checks/checks.h"

fl_str fl_check_valid_refused(const fl_exchange *exchange);
fl_str fl_check_valid_refused(const fl_exchange *exchange)
{
    static const char *const of_state[] = {"not found", "unknown", "no such", "not a known", "exist", "already", "conflict", "duplicate", "credentials", "not enough", NULL};
    uint16_t status = exchange->response->status;
    if (!exchange->is_contract || !exchange->is_valid || (status != 400 && status != 415 && status != 422))
        return (fl_str){0};
    fl_str body = fl_str_lower(exchange->arena, fl_str_sub(fl_str_trim(exchange->response->body), 0, 400));
    for (const char *const *word = of_state; *word; word++)
        if (fl_str_find(body, fl_str_from(*word)) >= 0)
            return (fl_str){0};
    return fl_str_format(exchange->arena, "%u " FL_STR_FMT, status, FL_STR_ARG(fl_str_sub(fl_str_trim(exchange->response->body), 0, 80)));
}
