/* A promise was rejected, or a task failed, and nobody took notice: the hook says so, or the log does. */
#include "engine/checks/checks.h"

static const char *const phrases[] = {
    "UnhandledPromiseRejection", "unhandled promise rejection", "Unhandled promise rejection", "unhandled rejection",
    "Unhandled rejection", "Unhandled Rejection", "Task exception was never retrieved",
};

bool fl_check_rejection(const fl_observation *seen);
bool fl_check_rejection(const fl_observation *seen)
{
    for (size_t i = 0; i < seen->events.count; i++)
        if (seen->events.items[i].kind == FL_HOOK_REJECTION || seen->events.items[i].kind == FL_HOOK_UNCAUGHT)
            return true;
    for (size_t i = 0; i < FL_COUNT(phrases); i++)
        if (fl_str_find(seen->output, fl_str_from(phrases[i])) >= 0)
            return true;
    return false;
}
