/* `diff`: what a client of OLD meets when it talks to NEW. Either is a document, a folder, or a revision of the repository. */
#include <string.h>
#include "base/fs.h"
#include "cli/cli.h"
#include "cli/diff.h"
#include "extractor/source/revision.h"

/* One of the two. What it was read from lives as long as it. */
typedef struct side {
    const char *name;
    fl_analysis analysis;
    bool has_analysis, has_document;
    fl_api document;
    fl_revision revision;
} side;

static const fl_api *api_of(const side *s)
{
    return s->has_document ? &s->document : &s->analysis.api;
}

static fl_status read_document(side *s, fl_cli *cli, fl_err *err)
{
    fl_status status = fl_cli_read_document(cli, &s->document, s->name, err);
    s->has_document = status == FL_OK;
    return status;
}

static fl_status read_source(side *s, fl_cli *cli, const char *path, fl_err *err)
{
    fl_status status = fl_analysis_open_at(&s->analysis, cli, path, true, err);
    s->has_analysis = status == FL_OK;
    if (status == FL_OK && s->analysis.api.operations.count == 0)
        fl_log(FL_LOG_WARN, "'%s': no routes were found in the source, so everything seems new or gone", s->name);
    return status;
}

/* home: the folder whose repository is meant when the name is a revision. */
static fl_status open_side(side *s, fl_cli *cli, const char *name, const char *home, fl_err *err)
{
    *s = (side){.name = name};
    if (fl_fs_is_dir(name))
        return read_source(s, cli, name, err);
    if (fl_fs_exists(name))
        return read_document(s, cli, err);
    fl_status status = fl_revision_open(&s->revision, cli->arena, home, name, err);
    return status == FL_OK ? read_source(s, cli, s->revision.path.ptr, err) : status;
}

static void close_side(side *s)
{
    if (s->has_analysis)
        fl_analysis_release(&s->analysis);
    if (s->has_document)
        fl_api_release(&s->document);
    fl_revision_release(&s->revision);
}

static int write_changes(fl_cli *cli, const fl_data *report)
{
    const char *format = cli->args->values[FL_OPT_format_diff];
    fl_buf out;
    fl_buf_init(&out, 0);
    if (format != NULL && strcmp(format, "json") == 0) {
        fl_json_write(&out, report, true);
        fl_buf_add_char(&out, '\n');
    } else if (format != NULL && strcmp(format, "markdown") == 0) {
        fl_diff_markdown(&out, report, fl_args_has(cli->args, FL_OPT_all));
    } else {
        fl_paint paint;
        fl_paint_init(&paint, &out, cli->args->values[FL_OPT_color]);
        fl_diff_terminal(&paint, report, fl_args_has(cli->args, FL_OPT_all), cli->loudness);
    }
    int code = fl_cli_write(cli, fl_buf_str(&out));
    fl_buf_release(&out);
    return code;
}

int fl_command_diff(fl_cli *cli)
{
    const char *const *names = cli->args->arguments.items;
    const char *home = fl_fs_is_dir(names[1]) ? names[1] : fl_fs_is_dir(names[0]) ? names[0] : ".";
    side older, newer = {0};
    fl_err err;
    fl_cli_catch_signals();
    fl_status status = open_side(&older, cli, names[0], home, &err);
    if (status == FL_OK)
        status = open_side(&newer, cli, names[1], home, &err);
    int code;
    if (status == FL_OK) {
        fl_changes changes = {0};
        fl_api_compare(cli->arena, api_of(&older), api_of(&newer), &changes);
        const fl_data *report = fl_diff_report(cli->arena, &changes, names[0], api_of(&older), names[1], api_of(&newer));
        code = write_changes(cli, report);
        if (code == FL_EXIT_CLEAN && fl_data_get_int(fl_data_get_c(report, "counts"), fl_change_level_text(FL_CHANGE_BREAKS), 0) > 0)
            code = FL_EXIT_FINDINGS;
    } else {
        code = fl_cli_fail(&err);
    }
    close_side(&newer);
    close_side(&older);
    return code;
}
