/* Memory was allocated for this request that nobody can reach any more. */
#include "engine/checks/checks.h"

bool fl_check_leak(const fl_observation *seen);
bool fl_check_leak(const fl_observation *seen)
{
    return seen->leaks.count != 0;
}
