/* `mock`: what an API says, answered by nobody. Runs until it is interrupted. */
#include <stdio.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/terminal.h"
#include "engine/mock.h"

int fl_command_mock(fl_cli *cli)
{
    fl_analysis a;
    fl_err err;
    if (fl_analysis_open_either(&a, cli, &err) != FL_OK)
        return fl_cli_fail(&err);
    const fl_mock_options options = {.port = (uint16_t)fl_args_count(cli->args, FL_OPT_port, 0), .latency_ms = fl_args_count(cli->args, FL_OPT_latency, 0),
                                     .fail_percent = fl_args_count(cli->args, FL_OPT_fail, 0)};
    fl_mock *mock;
    fl_cli_catch_signals();
    int code = FL_EXIT_CLEAN;
    if (fl_mock_start(&mock, &a.api, &options, &err) != FL_OK) {
        code = fl_cli_fail(&err);
    } else {
        printf("%zu %s at http://127.0.0.1:%u\n", (size_t)a.api.operations.count, fl_plural((int64_t)a.api.operations.count, "operation", "operations"), fl_mock_port(mock));
        fflush(stdout);
        for (;;)
            pause(); /* a signal ends it */
    }
    fl_analysis_release(&a);
    return code;
}
