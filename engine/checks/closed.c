/* The connection was closed without a status. */
#include "engine/checks/checks.h"

bool fl_check_closed(const fl_observation *seen);
bool fl_check_closed(const fl_observation *seen)
{
    return seen->response.outcome == FL_HTTP_CLOSED;
}
