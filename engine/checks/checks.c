/* The list of oracles. */
#include "engine/checks/checks.h"

#define FL_CHECK_FAILURE(name, ...) bool fl_check_##name(const fl_observation *seen);
#define FL_CHECK_ANSWER(name, ...) fl_str fl_check_##name(const fl_exchange *exchange);
#define FL_CHECK_LOAD(name, ...) fl_str fl_check_##name(const fl_exchange *exchange);
#define FL_CHECK_OPERATION(name, ...) void fl_check_##name(struct fl_probe *probe);
#define FL_CHECK_RESOURCE(name, ...) void fl_check_##name(struct fl_probe *probe);
#include "engine/checks/checks.def"
#undef FL_CHECK_FAILURE
#undef FL_CHECK_ANSWER
#undef FL_CHECK_LOAD
#undef FL_CHECK_OPERATION
#undef FL_CHECK_RESOURCE

const fl_check fl_checks[] = {
#define FL_CHECK_FAILURE(name, id, level, title, why, how) \
    {id, FL_CHECKS_FAILURE, FL_PHASE_baseline, level, title, why, how, fl_check_##name, NULL, NULL},
#define FL_CHECK_ANSWER(name, id, level, title, why, how) \
    {id, FL_CHECKS_ANSWER, FL_PHASE_baseline, level, title, why, how, NULL, fl_check_##name, NULL},
#define FL_CHECK_LOAD(name, id, level, title, why, how) \
    {id, FL_CHECKS_LOAD, FL_PHASE_load, level, title, why, how, NULL, fl_check_##name, NULL},
#define FL_CHECK_OPERATION(name, phase, id, level, title, why, how) \
    {id, FL_CHECKS_OPERATION, FL_PHASE_##phase, level, title, why, how, NULL, NULL, fl_check_##name},
#define FL_CHECK_RESOURCE(name, phase, id, level, title, why, how) \
    {id, FL_CHECKS_RESOURCE, FL_PHASE_##phase, level, title, why, how, NULL, NULL, fl_check_##name},
#include "engine/checks/checks.def"
    {.id = NULL},
};

const fl_check *fl_check_by_id(fl_str id)
{
    for (const fl_check *check = fl_checks; check->id; check++)
        if (fl_str_eq_c(id, check->id))
            return check;
    return NULL;
}

const char *fl_check_run(const fl_observation *seen)
{
    for (const fl_check *check = fl_checks; check->id; check++)
        if (check->kind == FL_CHECKS_FAILURE && check->fails(seen))
            return check->id;
    return NULL;
}
