/*
 * No answer within the time limit. A stream that has begun is an answer, only one without end; and one that came after the
 * limit, while we asked again, came.
 */
#include "engine/checks/checks.h"

bool fl_check_hang(const fl_observation *seen);
bool fl_check_hang(const fl_observation *seen)
{
    for (size_t i = 0; i < seen->events.count; i++)
        if (seen->events.items[i].kind == FL_HOOK_STREAMING || seen->events.items[i].kind == FL_HOOK_ANSWER)
            return false;
    return seen->response.outcome == FL_HTTP_TIMEOUT;
}
