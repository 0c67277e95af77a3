/* A status that no registry has: clients, caches and gateways treat it as they like. */
#include "engine/checks/checks.h"

fl_str fl_check_nonstandard_status(const fl_exchange *exchange);
fl_str fl_check_nonstandard_status(const fl_exchange *exchange)
{
    static const uint16_t last[] = {103, 208, 308, 431, 511};
    uint16_t status = exchange->response->status;
    bool is_other = status == 226 || status == 451;
    bool is_known = is_other || (status >= 100 && status < 600 && status <= last[status / 100 - 1]);
    return is_known ? (fl_str){0} : fl_str_format(exchange->arena, "%u is no status of HTTP", status);
}
