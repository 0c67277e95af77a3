/* The process ended while the request was under way, or at once behind it. */
#include "engine/checks/checks.h"

bool fl_check_exit(const fl_observation *seen);
bool fl_check_exit(const fl_observation *seen)
{
    return seen->exit.has_exited;
}
