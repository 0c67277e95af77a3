/* `explain`: what a check looks for, why it matters, how to mend it; from the list of checks and that of weak spots. */
#include <string.h>
#include "cli/cli.h"
#include "engine/checks/checks.h"

static void put_list(fl_buf *out)
{
    for (const fl_check *check = fl_checks; check->id != NULL; check++)
        fl_buf_format(out, "%-32s %-8s %s\n", check->id, check->level, check->title);
    for (size_t i = 0; i < FL_WS_COUNT; i++)
        fl_buf_format(out, "%-32s %-8s %s\n", fl_weak_spot_infos[i].id, fl_weak_spot_infos[i].level, fl_weak_spot_infos[i].title);
}

static bool put_one(fl_buf *out, const char *id)
{
    static const char *const kinds[] = {"a failure of the service", "looks at each answer", "sends requests of its own to an operation",
                                        "sends requests of its own about one kind of object"};
    const fl_check *check = fl_check_by_id(fl_str_from(id));
    if (check != NULL) {
        fl_buf_format(out, "%s (%s): %s\n\n  what   %s", check->id, check->level, check->title, kinds[check->kind]);
        if (check->kind == FL_CHECKS_OPERATION || check->kind == FL_CHECKS_RESOURCE)
            fl_buf_format(out, ", in the phase '%s'", fl_phase_infos[check->phase].name);
        fl_buf_format(out, "\n  why    %s\n  how    %s\n", check->why, check->how);
        return true;
    }
    for (size_t i = 0; i < FL_WS_COUNT; i++)
        if (strcmp(fl_weak_spot_infos[i].id, id) == 0) {
            fl_buf_format(out, "%s (%s): %s\n\n  what   a weak spot of the source\n  how    %s\n", id, fl_weak_spot_infos[i].level,
                          fl_weak_spot_infos[i].title, fl_weak_spot_infos[i].help);
            return true;
        }
    return false;
}

static fl_status unknown(const char *id, fl_err *err)
{
    const char *names[256];
    size_t count = 0;
    for (const fl_check *check = fl_checks; check->id != NULL && count < FL_COUNT(names); check++)
        names[count++] = check->id;
    for (size_t i = 0; i < FL_WS_COUNT && count < FL_COUNT(names); i++)
        names[count++] = fl_weak_spot_infos[i].id;
    const char *near = fl_nearest(id, names, count);
    return near != NULL ? fl_fail(err, FL_E_USAGE, "'%s' is no check; did you mean '%s'?", id, near)
                        : fl_fail(err, FL_E_USAGE, "'%s' is no check; 'faultline explain' lists them", id);
}

int fl_command_explain(fl_cli *cli)
{
    fl_err err;
    fl_buf out;
    fl_buf_init(&out, 0);
    int code = FL_EXIT_CLEAN;
    if (cli->args->arguments.count == 0)
        put_list(&out);
    else if (!put_one(&out, fl_cli_path(cli)))
        code = fl_cli_fail((unknown(fl_cli_path(cli), &err), &err));
    if (code == FL_EXIT_CLEAN)
        code = fl_cli_write(cli, fl_buf_str(&out));
    fl_buf_release(&out);
    return code;
}
