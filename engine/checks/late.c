/*
 * The answer came, then the handler failed: it went on behind its answer, and what it threw reached nobody who could still
 * tell the client. The run time's report says so: an error behind the answer, and a connection that was to stay open, closed.
 */
#include "engine/checks/checks.h"

bool fl_check_late(const fl_observation *seen);
bool fl_check_late(const fl_observation *seen)
{
    bool is_answered = false, has_failed = false;
    for (size_t i = 0; i < seen->events.count; i++) {
        int kind = seen->events.items[i].kind;
        if (kind == FL_HOOK_CUT && has_failed)
            return true;
        is_answered = is_answered || kind == FL_HOOK_ANSWER;
        has_failed = has_failed || (is_answered && kind == FL_HOOK_ERROR);
    }
    return false;
}
