/* `fix`: the patches of the last check, listed, shown, applied. */
#include <stdio.h>
#include <string.h>
#include "base/fs.h"
#include "cli/cli.h"
#include "cli/report.h"

typedef struct choice { const char *path; FL_VEC(const char *) ids; } choice;

/* The argument that is no number is PATH; the numbers are IDs, in either order. */
static fl_status read_arguments(const fl_cli *cli, choice *out, fl_err *err)
{
    for (size_t i = 0; i < cli->args->arguments.count; i++) {
        const char *word = cli->args->arguments.items[i];
        int64_t number;
        if (fl_str_to_int(fl_str_from(word), &number))
            fl_vec_push(cli->arena, &out->ids, word);
        else if (out->path == NULL)
            out->path = word;
        else
            return fl_fail(err, FL_E_USAGE, "'%s' is no ID of a patch; usage: faultline fix PATH [ID...]", word);
    }
    if (out->path == NULL)
        return fl_fail(err, FL_E_USAGE, "'fix' needs PATH; usage: faultline fix PATH [ID...]");
    fl_vec_push(cli->arena, &out->ids, NULL);
    return FL_OK;
}

static const fl_data *patch_by_id(const fl_data *report, int64_t id)
{
    for (const fl_data *patch = fl_data_first(report, "patches"); patch != NULL; patch = patch->next)
        if (fl_data_get_int(patch, "id", 0) == id)
            return patch;
    return NULL;
}

static fl_status check_ids(const choice *chosen, const fl_data *report, fl_err *err)
{
    for (size_t i = 0; chosen->ids.items[i] != NULL; i++) {
        int64_t id = 0;
        (void)fl_str_to_int(fl_str_from(chosen->ids.items[i]), &id);
        if (patch_by_id(report, id) == NULL)
            return fl_fail(err, FL_E_USAGE, "'%s' is no ID of a patch; 'faultline fix %s' lists them", chosen->ids.items[i], chosen->path);
    }
    return FL_OK;
}

static bool is_chosen(const choice *chosen, int64_t id)
{
    bool is_all = chosen->ids.items[0] == NULL;
    for (size_t i = 0; !is_all && chosen->ids.items[i] != NULL; i++) {
        int64_t wanted = 0;
        if (fl_str_to_int(fl_str_from(chosen->ids.items[i]), &wanted) && wanted == id)
            return true;
    }
    return is_all;
}

/* Is `recorded`, seen from the folder `from`, another folder than `path`? Unknown (it is not there): no. */
static bool names_another(fl_arena *arena, fl_str from, fl_str recorded, const char *path, bool *is_same)
{
    fl_str was = {0}, now = {0};
    if (fl_fs_real(arena, fl_str_c(arena, fl_fs_join(arena, from, recorded)), &was, NULL) != FL_OK || fl_fs_real(arena, path, &now, NULL) != FL_OK)
        return false;
    *is_same = *is_same || fl_str_eq(was, now);
    return !fl_str_eq(was, now);
}

/* The patches are of one project. Its path in the report is as `check` was given it: seen from here, or from where DIR lies. */
static fl_status check_project(const fl_cli *cli, const choice *chosen, const char *folder, const fl_data *report, fl_err *err)
{
    fl_str recorded = fl_data_get_str(fl_data_get_c(report, "project"), "path");
    bool is_same = false;
    bool is_other = names_another(cli->arena, FL_S("."), recorded, chosen->path, &is_same);
    is_other = names_another(cli->arena, fl_fs_dirname(fl_str_from(folder)), recorded, chosen->path, &is_same) || is_other;
    if (!is_other || is_same)
        return FL_OK;
    return fl_fail(err, FL_E_USAGE, "'%s' is not the project of '%s/report.json', which is of '" FL_STR_FMT "'; check '%s' first, or name its results with --out",
                   chosen->path, folder, FL_STR_ARG(recorded), chosen->path);
}

/* The patch as it lies in DIR: the user may have edited it. */
static fl_status read_diff(const fl_cli *cli, const char *folder, const fl_data *patch, fl_str *diff, fl_err *err)
{
    fl_str file = fl_fs_join(cli->arena, fl_str_from(folder), fl_data_get_str(patch, "file"));
    return fl_fs_read(cli->arena, file.ptr, FL_LIMIT_FILE_BYTES, diff, err);
}

/* The files that a diff changes, for the message. */
static void put_files(fl_paint *paint, fl_str diff)
{
    fl_str line;
    bool is_first = true;
    while (fl_str_split(&diff, '\n', &line))
        if (fl_str_starts(line, FL_S("+++ b/"))) {
            fl_paint_put(paint, FL_PLAIN, "%s", is_first ? "" : ", ");
            fl_paint_foreign(paint, FL_PLAIN, fl_str_trim(fl_str_sub(line, 6, line.len)), 0);
            is_first = false;
        }
}

typedef struct counts { unsigned applied, refused, unproven; } counts;

static counts apply(const fl_cli *cli, fl_paint *paint, const choice *chosen, const char *folder, const fl_data *report)
{
    counts n = {0};
    const fl_paint_glyphs *signs = fl_paint_signs(paint);
    for (const fl_data *patch = fl_data_first(report, "patches"); patch != NULL; patch = patch->next) {
        int64_t id = fl_data_get_int(patch, "id", 0);
        bool is_proven = fl_data_get_bool(fl_data_get_c(patch, "proof"), "is_proven", false);
        if (!is_chosen(chosen, id))
            continue;
        if (!is_proven && !fl_args_has(cli->args, FL_OPT_unproven)) {
            n.unproven++;
            bool is_named = chosen->ids.items[0] != NULL;
            if (is_named || cli->loudness == FL_VERBOSE) {
                fl_paint_put(paint, FL_YELLOW, "%4lld  %s", (long long)id, signs->cross);
                fl_paint_put(paint, FL_PLAIN, " not applied: it is not proven (--unproven applies it all the same)");
                fl_paint_line(paint);
            }
            continue;
        }
        fl_str diff = {0};
        fl_err err = {0};
        fl_status status = read_diff(cli, folder, patch, &diff, &err);
        if (status == FL_OK)
            status = fl_patch_apply(chosen->path, diff, false, &err);
        fl_paint_put(paint, status == FL_OK ? FL_GREEN : FL_RED, "%4lld  %s ", (long long)id, status == FL_OK ? signs->check : signs->cross);
        if (status == FL_OK) {
            n.applied++;
            fl_paint_put(paint, FL_PLAIN, "changed ");
            put_files(paint, diff);
        } else {
            n.refused++;
            fl_paint_wrap(paint, FL_PLAIN, 8, fl_str_from(err.text));
        }
        fl_paint_line(paint);
    }
    return n;
}

static int apply_all(const fl_cli *cli, fl_paint *paint, const choice *chosen, const char *folder, const fl_data *report)
{
    counts n = apply(cli, paint, chosen, folder, report);
    if (cli->loudness != FL_QUIET) {
        fl_paint_put(paint, FL_BOLD, "%u %s applied", n.applied, fl_plural(n.applied, "patch", "patches"));
        if (n.refused > 0)
            fl_paint_put(paint, FL_RED, ", %u refused", n.refused);
        if (n.unproven > 0)
            fl_paint_put(paint, FL_YELLOW, ", %u not proven and left out", n.unproven);
        fl_paint_line(paint);
    }
    bool is_left = n.refused > 0 || (n.unproven > 0 && chosen->ids.items[0] != NULL);
    return is_left ? FL_EXIT_ENVIRONMENT : FL_EXIT_CLEAN;
}

static void put_list_end(fl_paint *paint, const choice *chosen, const fl_data *report)
{
    int64_t proven = 0, all = 0;
    for (const fl_data *patch = fl_data_first(report, "patches"); patch != NULL; patch = patch->next, all++)
        proven += fl_data_get_bool(fl_data_get_c(patch, "proof"), "is_proven", false);
    fl_paint_put(paint, FL_BOLD, "%lld %s, %lld proven", (long long)all, fl_plural(all, "patch", "patches"), (long long)proven);
    fl_paint_line(paint);
    if (proven > 0) {
        fl_paint_put(paint, FL_DIM, "faultline fix %s --show prints them, --apply applies the proven ones", chosen->path);
        fl_paint_line(paint);
    }
}

int fl_command_fix(fl_cli *cli)
{
    fl_err err;
    choice chosen = {0};
    fl_data *report = NULL;
    const char *folder = fl_args_has(cli->args, FL_OPT_out) ? cli->args->values[FL_OPT_out] : "faultline-out";
    if (read_arguments(cli, &chosen, &err) != FL_OK)
        return fl_cli_fail(&err);
    if (!fl_fs_is_dir(chosen.path)) {
        fl_fail(&err, FL_E_ENV, "'%s' is no folder", chosen.path);
        return fl_cli_fail(&err);
    }
    if (fl_report_read(cli->arena, folder, &report, &err) != FL_OK ||
        check_project(cli, &chosen, folder, report, &err) != FL_OK || check_ids(&chosen, report, &err) != FL_OK)
        return fl_cli_fail(&err);
    if (fl_data_get_c(report, "patches") == NULL) {
        fl_fail(&err, FL_E_FORMAT, "'%s/report.json' has no patches", folder);
        return fl_cli_fail(&err);
    }
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_paint paint;
    fl_paint_init(&paint, &out, cli->args->values[FL_OPT_color]);
    int code = FL_EXIT_CLEAN;
    if (fl_args_has(cli->args, FL_OPT_apply)) {
        code = apply_all(cli, &paint, &chosen, folder, report);
    } else {
        fl_terminal_patches(&paint, report, fl_args_has(cli->args, FL_OPT_show), chosen.ids.items);
        if (cli->loudness != FL_QUIET && chosen.ids.items[0] == NULL)
            put_list_end(&paint, &chosen, report);
    }
    int written = fl_cli_write(cli, fl_buf_str(&out));
    fl_buf_release(&out);
    return code != FL_EXIT_CLEAN ? code : written;
}
