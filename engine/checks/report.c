/* A sanitizer reported wrong memory use or undefined behaviour, and the process went on. */
#include "engine/checks/checks.h"

bool fl_check_report(const fl_observation *seen);
bool fl_check_report(const fl_observation *seen)
{
    return seen->reports.count != 0;
}
