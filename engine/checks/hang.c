/* No answer within the time limit. */
#include "engine/checks/checks.h"

bool fl_check_hang(const fl_observation *seen);
bool fl_check_hang(const fl_observation *seen)
{
    return seen->response.outcome == FL_HTTP_TIMEOUT;
}
