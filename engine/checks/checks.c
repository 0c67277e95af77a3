/* The list of oracles. */
#include "engine/checks/checks.h"

#define FL_CHECK(name, id) bool fl_check_##name(const fl_observation *seen);
#include "engine/checks/checks.def"
#undef FL_CHECK
const fl_check fl_checks[] = {
#define FL_CHECK(name, id) {id, fl_check_##name},
#include "engine/checks/checks.def"
#undef FL_CHECK
    {NULL, NULL},
};

const char *fl_check_run(const fl_observation *seen)
{
    for (const fl_check *check = fl_checks; check->id; check++)
        if (check->fails(seen))
            return check->id;
    return NULL;
}
