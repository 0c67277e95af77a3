/* `spec` and `scan`: what is known from source alone. */
#include "base/fs.h"
#include "cli/cli.h"
#include "extractor/flow/flow.h"
#include "cli/report.h"

/* ---- spec ---- */

/* Stages before the API model, file by file. */
static void dump_files(const fl_analysis *a, fl_option_id what, fl_buf *out)
{
    for (uint32_t i = 0; i < a->project.file_count; i++) {
        fl_file *file = fl_project_file(&a->project, i);
        if (what == FL_OPT_dump_tree) {
            fl_buf_format(out, "# " FL_STR_FMT "\n", FL_STR_ARG(file->path));
            fl_tree_dump(out, file);
        } else if (file->root != NULL) {
            fl_flow_dump_file(out, file);
        }
    }
}

static void write_document(const fl_analysis *a, const fl_cli *cli, fl_buf *out)
{
    const char *format = cli->args->values[FL_OPT_format_spec];
    fl_openapi_options options = {.with_evidence = fl_args_has(cli->args, FL_OPT_evidence),
                                  .with_possible = fl_analysis_shows_possible(a, cli)};
    const fl_data *document = fl_api_to_openapi(&a->api, cli->arena, &options);
    const char *file = cli->args->values[FL_OPT_output];
    bool is_json_file = format == NULL && file != NULL && fl_str_ends(fl_str_from(file), FL_S(".json"));
    if (is_json_file || (format != NULL && fl_str_eq_c(FL_S("json"), format))) {
        fl_json_write(out, document, true);
        if (out->len > 0 && out->ptr[out->len - 1] != '\n')
            fl_buf_add_char(out, '\n');
    } else {
        fl_yaml_write(out, document);
    }
}

int fl_command_spec(fl_cli *cli)
{
    static const fl_option_id dumps[] = {FL_OPT_dump_tree, FL_OPT_dump_flow, FL_OPT_dump_values, FL_OPT_dump_facts,
                                           FL_OPT_dump_routes, FL_OPT_dump_params};
    fl_option_id wanted = FL_OPT_COUNT;
    for (size_t i = 0; i < FL_COUNT(dumps); i++)
        if (fl_args_has(cli->args, dumps[i])) {
            fl_err err;
            if (wanted != FL_OPT_COUNT)
                return fl_fail(&err, FL_E_USAGE, "%s and %s exclude each other", fl_options[wanted].name, fl_options[dumps[i]].name), fl_cli_fail(&err);
            wanted = dumps[i];
        }
    bool wants_api = wanted != FL_OPT_dump_tree && wanted != FL_OPT_dump_flow;
    fl_analysis a;
    fl_err err;
    if (fl_analysis_open(&a, cli, wants_api, &err) != FL_OK)
        return fl_cli_fail(&err);
    fl_buf out;
    fl_buf_init(&out, 0);
    switch ((int)wanted) {
    case FL_OPT_dump_tree: case FL_OPT_dump_flow: dump_files(&a, wanted, &out); break;
    case FL_OPT_dump_values: fl_api_dump_values(&a.api, &out); break;
    case FL_OPT_dump_facts: fl_api_dump_facts(&a.api, &out); break;
    case FL_OPT_dump_routes: fl_api_dump_routes(&a.api, fl_analysis_shows_possible(&a, cli), &out); break;
    case FL_OPT_dump_params: fl_api_dump_params(&a.api, &out); break;
    default: write_document(&a, cli, &out);
    }
    int code = fl_cli_write(cli, fl_buf_str(&out));
    fl_analysis_print_diagnostics(&a, cli);
    if (fl_args_has(cli->args, FL_OPT_stats))
        fl_analysis_print_stats(&a);
    fl_buf_release(&out);
    fl_analysis_release(&a);
    return code;
}

/* ---- scan ---- */

static void write_report(const fl_analysis *a, const fl_cli *cli, fl_buf *out)
{
    const char *format = cli->args->values[FL_OPT_format_scan];
    fl_str wanted = fl_str_from(format != NULL ? format : "text");
    fl_secrets secrets;
    fl_secrets_init(&secrets, cli->arena, &a->config);
    fl_report_input input = {.api = &a->api, .path = fl_str_from(fl_cli_path(cli)), .secrets = &secrets, .total_us = fl_clock_us() - a->start_us};
    fl_data *report = fl_report_build(cli->arena, &input);
    if (fl_str_eq_c(wanted, "text")) {
        fl_paint paint;
        fl_paint_init(&paint, out, cli->args->values[FL_OPT_color]);
        fl_terminal_scan(&paint, report, cli->loudness);
        return;
    }
    fl_json_write(out, fl_str_eq_c(wanted, "sarif") ? fl_sarif_build(cli->arena, report) : report, true);
    if (out->len > 0 && out->ptr[out->len - 1] != '\n')
        fl_buf_add_char(out, '\n');
}

int fl_command_scan(fl_cli *cli)
{
    fl_analysis a;
    fl_err err;
    if (fl_analysis_open(&a, cli, true, &err) != FL_OK)
        return fl_cli_fail(&err);
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_status status = FL_OK;
    if (fl_args_has(cli->args, FL_OPT_dump_findings))
        fl_api_dump_findings(&a.api, &out);
    else if (fl_args_has(cli->args, FL_OPT_dump_patches))
        status = fl_fixer_dump_patches(&a.api, &out, &err);
    else
        write_report(&a, cli, &out);
    int code = status == FL_OK ? fl_cli_write(cli, fl_buf_str(&out)) : fl_cli_fail(&err);
    fl_analysis_print_diagnostics(&a, cli);
    if (fl_args_has(cli->args, FL_OPT_stats))
        fl_analysis_print_stats(&a);
    if (code == FL_EXIT_CLEAN && a.api.weak_spots.count > 0)
        code = FL_EXIT_FINDINGS;
    fl_buf_release(&out);
    fl_analysis_release(&a);
    return code;
}
