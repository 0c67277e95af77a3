/* Where results and errors of commands go. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/fs.h"
#include "cli/cli.h"

int fl_cli_fail(const fl_err *err)
{
    fl_progress_end();
    fl_log(FL_LOG_ERROR, "%s", err->text);
    return err->status == FL_E_USAGE ? FL_EXIT_USAGE : FL_EXIT_ENVIRONMENT;
}

int fl_cli_write(const fl_cli *cli, fl_str text)
{
    fl_err err = {0};
    const char *file = cli->args != NULL ? cli->args->values[FL_OPT_output] : NULL;
    if (file != NULL && strcmp(file, "-") != 0) {
        if (fl_fs_write(file, text, &err) != FL_OK)
            return fl_cli_fail(&err);
        return FL_EXIT_CLEAN;
    }
    if (fwrite(text.ptr != NULL ? text.ptr : "", 1, text.len, stdout) != text.len || fflush(stdout) != 0) {
        if (errno == EPIPE) /* `faultline spec | head`: the reader has what it wants */
            return FL_EXIT_CLEAN;
        fl_fail(&err, FL_E_ENV, "standard output cannot be written: %s", strerror(errno));
        return fl_cli_fail(&err);
    }
    return FL_EXIT_CLEAN;
}
