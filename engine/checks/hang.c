/* No answer within the time limit. A stream that has begun is an answer, only one without end. */
#include "engine/checks/checks.h"

bool fl_check_hang(const fl_observation *seen);
bool fl_check_hang(const fl_observation *seen)
{
    for (size_t i = 0; i < seen->events.count; i++)
        if (seen->events.items[i].kind == FL_HOOK_STREAMING)
            return false;
    return seen->response.outcome == FL_HTTP_TIMEOUT;
}
