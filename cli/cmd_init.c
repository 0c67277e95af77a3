/* `init`: faultline.yaml from what is inferred. */
#include <stdio.h>
#include "base/fs.h"
#include "cli/cli.h"

int fl_command_init(fl_cli *cli)
{
    fl_err err, why = {0};
    fl_str file = fl_fs_join(cli->arena, fl_str_from(fl_cli_path(cli)), FL_S("faultline.yaml"));
    if (fl_fs_exists(file.ptr) && !fl_args_has(cli->args, FL_OPT_force)) {
        fl_fail(&err, FL_E_USAGE, "'" FL_STR_FMT "' is there already; --force overwrites it", FL_STR_ARG(file));
        return fl_cli_fail(&err);
    }
    fl_analysis a;
    if (fl_analysis_open(&a, cli, true, &err) != FL_OK)
        return fl_cli_fail(&err);
    fl_service_plan plan;
    bool is_inferred = fl_plan_of(&plan, &a, cli, &why) == FL_OK;
    if (is_inferred)
        (void)fl_cli_upstreams(cli, &a.api, &plan);
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_config_write(&text, &plan, is_inferred ? (fl_str){0} : fl_str_from(why.text));
    int code = FL_EXIT_CLEAN;
    if (fl_fs_write(file.ptr, fl_buf_str(&text), &err) != FL_OK)
        code = fl_cli_fail(&err);
    else if (cli->loudness != FL_QUIET)
        printf("wrote " FL_STR_FMT "%s\n", FL_STR_ARG(file), is_inferred ? "" : ": nothing could be inferred, so fill in 'start'");
    fl_buf_release(&text);
    fl_analysis_release(&a);
    return code;
}
