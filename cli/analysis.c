/* From the command line to an analysed project: config, options, project, API model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "base/fs.h"
#include "cli/cli.h"
#include "extractor/api/document.h"

const char *fl_cli_path(const fl_cli *cli)
{
    return cli->args->arguments.items[0];
}

static void progress(const fl_cli *cli, const char *stage)
{
    if (cli->loudness != FL_QUIET)
        fl_progress(stage, 0, 0);
}

static fl_status open_project(fl_analysis *a, fl_cli *cli, const char *path, bool wants_api, fl_err *err)
{
    if (fl_args_has(cli->args, FL_OPT_threads))
        fl_pool_set_threads(fl_args_count(cli->args, FL_OPT_threads, 1));
    a->project_options = (fl_project_options){.exclude = a->config.exclude_files.items,
                                              .with_tests = fl_args_has(cli->args, FL_OPT_with_tests),
                                              .build_dir = cli->args->values[FL_OPT_build_dir]};
    fl_status status = fl_project_open(&a->project, path, &a->project_options, err);
    if (status != FL_OK || !wants_api)
        return status;
    const char **dirs = FL_NEW_ARRAY(cli->arena, const char *, cli->args->models.count + 1);
    for (size_t i = 0; i < cli->args->models.count; i++)
        dirs[i] = cli->args->models.items[i];
    a->extract_options = (fl_extract_options){.model_dirs = dirs, .keeps_values = fl_args_has(cli->args, FL_OPT_dump_values),
                                              .finds_called = cli->args->command->id == FL_CMD_test || cli->args->command->id == FL_CMD_init || cli->args->command->id == FL_CMD_check};
    status = fl_api_extract(&a->api, &a->project, &a->extract_options, err);
    a->has_api = status == FL_OK;
    if (status != FL_OK) {
        fl_api_release(&a->api);
        fl_project_release(&a->project);
    }
    return status;
}

fl_status fl_analysis_open_at(fl_analysis *a, fl_cli *cli, const char *path, bool wants_api, fl_err *err)
{
    *a = (fl_analysis){.start_us = fl_clock_us()};
    bool is_init = cli->args->command->id == FL_CMD_init; /* what an old file says must not be taken for inferred */
    fl_status status = is_init ? fl_config_parse(&a->config, cli->arena, (fl_str){0}, "faultline.yaml", err)
                               : fl_config_load(&a->config, cli->arena, path, cli->args->values[FL_OPT_config], err);
    if (status != FL_OK)
        return status;
    bool is_dump = cli->args->command->id == FL_CMD_spec || cli->args->command->id == FL_CMD_scan;
    if (!is_dump || cli->loudness == FL_VERBOSE)
        progress(cli, "reading the source");
    status = open_project(a, cli, path, wants_api, err);
    fl_progress_end();
    return status;
}

fl_status fl_analysis_open(fl_analysis *a, fl_cli *cli, bool wants_api, fl_err *err)
{
    return fl_analysis_open_at(a, cli, fl_cli_path(cli), wants_api, err);
}

fl_status fl_cli_read_document(fl_cli *cli, fl_api *api, const char *path, fl_err *err)
{
    fl_data *root = NULL;
    unsigned unresolved = 0;
    fl_status status = fl_data_read_file(cli->arena, path, &root, err);
    if (status == FL_OK)
        status = fl_api_read_document(api, root, path, &unresolved, err);
    if (unresolved > 0)
        fl_log(FL_LOG_WARN, "'%s': %u %s out of the document and %s not followed; bundle it first", path, unresolved,
               unresolved == 1 ? "reference leads" : "references lead", unresolved == 1 ? "is" : "are");
    return status;
}

static fl_status open_document(fl_analysis *a, fl_cli *cli, const char *path, fl_err *err)
{
    *a = (fl_analysis){.start_us = fl_clock_us(), .is_document = true};
    fl_str folder = fl_fs_dirname(fl_str_from(path));
    fl_status status = fl_config_load(&a->config, cli->arena, fl_str_c(cli->arena, folder), cli->args->values[FL_OPT_config], err);
    if (status == FL_OK)
        status = fl_cli_read_document(cli, &a->api, path, err);
    if (status != FL_OK)
        return status;
    a->has_api = true;
    a->api.project = &a->project; /* without files */
    status = fl_fs_real(cli->arena, fl_str_c(cli->arena, folder), &a->project.root, err);
    if (status != FL_OK)
        fl_api_release(&a->api);
    return status;
}

fl_status fl_analysis_open_either(fl_analysis *a, fl_cli *cli, fl_err *err)
{
    const char *path = fl_cli_path(cli);
    bool is_file = fl_fs_exists(path) && !fl_fs_is_dir(path);
    return is_file ? open_document(a, cli, path, err) : fl_analysis_open(a, cli, true, err);
}

void fl_analysis_release(fl_analysis *a)
{
    if (a->has_api)
        fl_api_release(&a->api);
    if (!a->is_document)
        fl_project_release(&a->project);
}

bool fl_analysis_shows_possible(const fl_analysis *a, const fl_cli *cli)
{
    bool is_wanted = fl_args_has(cli->args, FL_OPT_possible);
    size_t certain = 0;
    for (size_t i = 0; i < a->api.operations.count; i++)
        certain += a->api.operations.items[i].certainty == FL_CERTAIN;
    size_t possible = a->api.operations.count - certain;
    if (possible > 0 && !is_wanted && cli->loudness != FL_QUIET) {
        const char *what = certain == 0 ? "shown, since there are no others" : "--possible shows them";
        fl_log(FL_LOG_INFO, "%zu %s only possible (%s)", possible, possible == 1 ? "route is" : "routes are", what);
    }
    return is_wanted || certain == 0;
}

static void print_row(const char *name, unsigned long long value)
{
    fprintf(stderr, "%-22s %llu\n", name, value);
}

void fl_analysis_print_stats(const fl_analysis *a)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    print_row("files", a->project.file_count);
    print_row("source_bytes", a->project.source_bytes);
    for (size_t l = 0; fl_languages[l] != NULL; l++) {
        unsigned long long files = 0, nodes = 0, opaque = 0, errors = 0;
        for (uint32_t i = 0; i < a->project.file_count; i++) {
            const fl_file *file = a->project.files[i];
            if (file->language != fl_languages[l])
                continue;
            files++;
            nodes += file->node_count;
            opaque += file->opaque_count;
            errors += file->error_count;
        }
        if (files > 0)
            fprintf(stderr, "%-22s %llu files, %llu nodes, %llu opaque, %llu syntax errors\n", fl_languages[l]->name, files, nodes, opaque, errors);
    }
    if (a->has_api) {
        size_t possible = 0, parameters = 0, truncated = 0;
        for (size_t i = 0; i < a->api.operations.count; i++) {
            possible += a->api.operations.items[i].certainty == FL_POSSIBLE;
            parameters += a->api.operations.items[i].parameters.count;
            truncated += a->api.operations.items[i].is_truncated;
        }
        print_row("operations", a->api.operations.count - possible);
        print_row("operations_possible", possible);
        print_row("operations_truncated", truncated);
        print_row("parameters", parameters);
        print_row("weak_spots", a->api.weak_spots.count);
    }
    print_row("diagnostics", a->project.diagnostics.count);
    print_row("walk_us", a->project.walk_us);
    print_row("parse_us", a->project.parse_us);
    print_row("values_us", a->api.values_us);
    print_row("flow_us", a->api.flow_us);
    print_row("total_us", fl_clock_us() - a->start_us);
    print_row("peak_bytes", (unsigned long long)usage.ru_maxrss * 1024);
}

void fl_analysis_print_diagnostics(const fl_analysis *a, const fl_cli *cli)
{
    size_t count = a->project.diagnostics.count;
    if (cli->loudness != FL_VERBOSE) {
        if (count > 0) /* --quiet silences the log below errors */
            fl_log(FL_LOG_INFO, "%zu %s about the source (--verbose shows %s)", count, count == 1 ? "note" : "notes", count == 1 ? "it" : "them");
        return;
    }
    for (size_t i = 0; i < a->project.diagnostics.count; i++) {
        const fl_diagnostic *d = &a->project.diagnostics.items[i];
        const char *level = d->level == FL_DIAG_WARN ? "warning" : "note";
        if (d->span.file < a->project.file_count) {
            fl_file *file = fl_project_file(&a->project, d->span.file);
            fprintf(stderr, FL_STR_FMT ":%u: %s: " FL_STR_FMT " [%s]\n", FL_STR_ARG(file->path), fl_file_line(file, d->span.start_byte) + 1,
                    level, FL_STR_ARG(d->text), d->code);
        } else {
            fprintf(stderr, "%s: " FL_STR_FMT " [%s]\n", level, FL_STR_ARG(d->text), d->code);
        }
    }
}
