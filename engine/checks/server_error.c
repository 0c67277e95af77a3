/*
 * A status of 5xx. Two exceptions: 501 says that there is nothing here, and 502 to 504 speak of somebody else unless
 * the application threw.
 */
#include "engine/checks/checks.h"

bool fl_check_server_error(const fl_observation *seen);
bool fl_check_server_error(const fl_observation *seen)
{
    uint16_t status = seen->response.status;
    if (seen->response.outcome != FL_HTTP_OK || status < 500 || status == 501)
        return false;
    if (status < 502 || status > 504)
        return true;
    for (size_t i = 0; i < seen->events.count; i++)
        if (seen->events.items[i].kind <= FL_HOOK_UNCAUGHT)
            return true;
    return false;
}
