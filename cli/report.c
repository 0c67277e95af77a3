/* The API model and the run as the report tree: fl_report_build at the end of the file is the table of contents.
 * Faults and patches are in report_faults.c. What differs from run to run stands in stats.times_ms alone, so ports and
 * temporary folders must not get in here: requests are kept without scheme and host. */
#include <string.h>
#include "base/fs.h"
#include "cli/report_p.h"

void fl_report_text(fl_arena *arena, fl_data *map, const char *key, fl_str text)
{
    fl_data_set_c(arena, map, key, text.len > 0 ? fl_data_string(arena, text) : fl_data_null(arena));
}

void fl_report_number(fl_arena *arena, fl_data *map, const char *key, int64_t number)
{
    fl_data_set_c(arena, map, key, fl_data_int(arena, number));
}

/* Columns are counted in characters, as people and SARIF's unicodeCodePoints do. */
static int64_t column_of(fl_str line, uint32_t byte_column)
{
    int64_t column = 1;
    for (size_t i = 0; i < line.len && i < byte_column; i++)
        column += ((unsigned char)line.ptr[i] & 0xC0) != 0x80;
    return column;
}

bool fl_report_place(fl_arena *arena, const fl_api *api, fl_data *map, fl_span span)
{
    fl_file *file = span.file < api->project->file_count ? fl_project_file(api->project, span.file) : NULL;
    fl_report_text(arena, map, "file", file != NULL ? file->path : (fl_str){0});
    if (file == NULL) {
        fl_data_set_c(arena, map, "line", fl_data_null(arena));
        return false;
    }
    uint32_t line = fl_file_line(file, span.start_byte), end_line = fl_file_line(file, span.end_byte);
    fl_str text = fl_file_line_text(file, line);
    fl_report_number(arena, map, "line", (int64_t)line + 1);
    fl_report_number(arena, map, "column", column_of(text, fl_file_column(file, span.start_byte)));
    int64_t end = end_line == line ? column_of(text, fl_file_column(file, span.end_byte)) : column_of(text, (uint32_t)text.len);
    fl_report_number(arena, map, "end_column", end);
    if (fl_utf8_valid(text, NULL) && text.len <= 400)
        fl_report_text(arena, map, "source", text);
    else
        fl_data_set_c(arena, map, "source", fl_data_null(arena));
    return true;
}

fl_str fl_report_operation(fl_arena *arena, const fl_api *api, uint32_t index)
{
    if (index >= api->operations.count)
        return (fl_str){0};
    const fl_operation *op = &api->operations.items[index];
    return fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(op->method), FL_STR_ARG(op->path));
}

static fl_str pointer_text(fl_arena *arena, fl_request_pointer at)
{
    if (at.in == FL_IN_NOWHERE)
        return (fl_str){0};
    if (at.pointer.len == 0)
        return fl_str_from(fl_location_text(at.in));
    return fl_str_format(arena, "%s " FL_STR_FMT, fl_location_text(at.in), FL_STR_ARG(at.pointer));
}

static const char *certainty_text(fl_certainty certainty)
{
    return certainty == FL_CERTAIN ? "known" : "possible";
}

/* ---- operations ---- */

static fl_data *baseline_data(fl_arena *arena, const fl_baseline *baseline)
{
    fl_data *out = fl_data_map(arena);
    fl_data_set_c(arena, out, "is_ok", fl_data_bool(arena, baseline->is_ok));
    fl_data_set_c(arena, out, "status", baseline->status != 0 ? fl_data_int(arena, baseline->status) : fl_data_null(arena));
    fl_report_text(arena, out, "reason", baseline->is_ok ? (fl_str){0} : baseline->reason);
    fl_data *request = baseline->sent.url.len > 0 ? fl_report_request(arena, &baseline->sent) : NULL;
    fl_report_text(arena, out, "request", request != NULL ? fl_report_request_line(arena, request) : (fl_str){0});
    return out;
}

static fl_data *operations(fl_arena *arena, const fl_report_input *in)
{
    fl_data *list = fl_data_list(arena);
    for (size_t i = 0; i < in->api->operations.count; i++) {
        const fl_operation *op = &in->api->operations.items[i];
        fl_data *out = fl_data_push(list, fl_data_map(arena));
        fl_report_text(arena, out, "id", op->id);
        fl_report_text(arena, out, "operation", fl_report_operation(arena, in->api, (uint32_t)i));
        fl_report_text(arena, out, "method", op->method);
        fl_report_text(arena, out, "path", op->path);
        (void)fl_report_place(arena, in->api, out, op->registration);
        fl_report_text(arena, out, "certainty", fl_str_from(certainty_text(op->certainty)));
        fl_report_text(arena, out, "doubt", op->doubt);
        fl_data *spots = fl_data_set_c(arena, out, "weak_spots", fl_data_list(arena));
        for (size_t k = 0; k < op->weak_spots.count; k++)
            fl_data_push(spots, fl_data_int(arena, op->weak_spots.items[k]));
        if (in->run != NULL && i < in->run->baselines.count)
            fl_data_set_c(arena, out, "baseline", baseline_data(arena, &in->run->baselines.items[i]));
    }
    return list;
}

/* ---- weak spots ---- */

static fl_data *condition_data(fl_arena *arena, const fl_condition *condition)
{
    fl_data *out = fl_data_map(arena);
    fl_report_text(arena, out, "at", pointer_text(arena, condition->at));
    fl_report_text(arena, out, "is", fl_str_from(fl_condition_text((int)condition->kind)));
    if (condition->kind == FL_COND_TYPE || condition->kind == FL_COND_NOT_TYPE) {
        fl_data *types = fl_data_set_c(arena, out, "types", fl_data_list(arena));
        for (size_t i = 0; i < FL_JSON_TYPE_COUNT; i++)
            if (condition->types & fl_json_type_names[i].type)
                fl_data_push(types, fl_data_string_c(arena, fl_json_type_names[i].text));
    } else if (condition->value != NULL) {
        fl_data_set_c(arena, out, "value", fl_data_copy(arena, condition->value));
    }
    return out;
}

fl_data *fl_report_because(fl_arena *arena, const fl_api *api, const fl_because *because)
{
    fl_data *list = fl_data_list(arena);
    for (; because != NULL && list->count < 32; because = because->next) {
        fl_data *out = fl_data_push(list, fl_data_map(arena));
        (void)fl_report_place(arena, api, out, because->span);
        fl_report_text(arena, out, "text", because->text);
    }
    return list;
}

static void set_verdict(fl_arena *arena, fl_data *out, const fl_report_input *in, uint32_t id)
{
    const fl_spot_result *result = NULL;
    for (size_t i = 0; in->run != NULL && i < in->run->spots.count && result == NULL; i++)
        if (in->run->spots.items[i].weak_spot == id)
            result = &in->run->spots.items[i];
    fl_report_text(arena, out, "verdict", fl_str_from(in->run != NULL ? fl_verdict_text(result != NULL ? result->verdict : FL_VERDICT_NONE) : "not run"));
    if (in->run == NULL)
        return;
    fl_report_text(arena, out, "reason", result != NULL ? result->reason : (fl_str){0});
    fl_data_set_c(arena, out, "fault", result != NULL && result->fault != 0 ? fl_data_int(arena, result->fault) : fl_data_null(arena));
    fl_data_set_c(arena, out, "line_ran", fl_data_bool(arena, result != NULL && result->line_ran));
    fl_report_number(arena, out, "requests", result != NULL ? result->requests : 0);
}

static fl_data *weak_spots(fl_arena *arena, const fl_report_input *in)
{
    fl_data *list = fl_data_list(arena);
    for (size_t i = 0; i < in->api->weak_spots.count; i++) {
        const fl_weak_spot *spot = &in->api->weak_spots.items[i];
        fl_data *out = fl_data_push(list, fl_data_map(arena));
        fl_report_number(arena, out, "id", spot->id);
        fl_report_text(arena, out, "kind", fl_str_from(fl_weak_spot_infos[spot->kind].id));
        fl_report_text(arena, out, "title", fl_str_from(fl_weak_spot_infos[spot->kind].title));
        fl_report_text(arena, out, "level", fl_str_from(fl_weak_spot_infos[spot->kind].level));
        (void)fl_report_place(arena, in->api, out, spot->subject.file == spot->span.file && spot->subject.end_byte > spot->subject.start_byte
                                                       ? spot->subject : spot->span);
        if (spot->span.file < in->api->project->file_count) /* the line that fails, when the subject begins on another */
            fl_report_line_of(arena, in->api, out, spot->span);
        fl_report_text(arena, out, "operation", fl_report_operation(arena, in->api, spot->operation));
        fl_report_text(arena, out, "pointer", pointer_text(arena, spot->pointer));
        fl_report_text(arena, out, "certainty", fl_str_from(certainty_text(spot->certainty)));
        fl_data_set_c(arena, out, "because", fl_report_because(arena, in->api, spot->because));
        fl_data *conditions = fl_data_set_c(arena, out, "conditions", fl_data_list(arena));
        for (size_t k = 0; k < spot->conditions.count; k++)
            fl_data_push(conditions, condition_data(arena, &spot->conditions.items[k]));
        fl_data_set_c(arena, out, "expected_status", spot->expected_status != 0 ? fl_data_int(arena, spot->expected_status) : fl_data_null(arena));
        set_verdict(arena, out, in, spot->id);
    }
    return list;
}

void fl_report_line_of(fl_arena *arena, const fl_api *api, fl_data *map, fl_span span)
{
    fl_file *file = fl_project_file(api->project, span.file);
    int64_t line = (int64_t)fl_file_line(file, span.start_byte) + 1;
    if (line != fl_data_get_int(map, "line", 0))
        (void)fl_report_place(arena, api, map, span);
}

/* ---- the rest ---- */

static fl_data *stats(fl_arena *arena, const fl_report_input *in, const fl_data *report)
{
    const fl_project *project = in->api->project;
    fl_data *out = fl_data_map(arena);
    int64_t possible = 0, ok = 0, redirected = 0, skipped = 0, verdicts[4] = {0};
    for (size_t i = 0; i < in->api->operations.count; i++)
        possible += in->api->operations.items[i].certainty == FL_POSSIBLE;
    fl_report_number(arena, out, "files", project->file_count);
    fl_report_number(arena, out, "source_bytes", (int64_t)project->source_bytes);
    fl_report_number(arena, out, "operations", (int64_t)in->api->operations.count - possible);
    fl_report_number(arena, out, "operations_possible", possible);
    fl_report_number(arena, out, "weak_spots", (int64_t)in->api->weak_spots.count);
    fl_data *times = fl_data_map(arena);
    fl_report_number(arena, times, "walk", (int64_t)(project->walk_us / 1000));
    fl_report_number(arena, times, "parse", (int64_t)(project->parse_us / 1000));
    fl_report_number(arena, times, "values", (int64_t)(in->api->values_us / 1000));
    fl_report_number(arena, times, "flow", (int64_t)(in->api->flow_us / 1000));
    if (in->run != NULL) {
        for (size_t i = 0; i < in->run->baselines.count; i++) {
            bool is_redirect = in->run->baselines.items[i].status >= 300;
            ok += in->run->baselines.items[i].is_ok && !is_redirect;
            redirected += in->run->baselines.items[i].is_ok && is_redirect;
        }
        for (size_t i = 0; i < in->run->spots.count; i++)
            verdicts[in->run->spots.items[i].verdict]++;
        int64_t proven = 0, patches = 0;
        for (const fl_data *p = fl_data_first(report, "patches"); p != NULL; p = p->next, patches++)
            proven += fl_data_get_bool(fl_data_get_c(p, "proof"), "is_proven", false);
        fl_report_number(arena, out, "baselines_ok", ok);
        fl_report_number(arena, out, "baselines_redirected", redirected);
        fl_report_number(arena, out, "confirmed", verdicts[FL_VERDICT_CONFIRMED]);
        fl_report_number(arena, out, "refuted", verdicts[FL_VERDICT_REFUTED]);
        fl_report_number(arena, out, "unreached", verdicts[FL_VERDICT_UNREACHED]);
        fl_report_number(arena, out, "faults", (int64_t)in->run->faults.count);
        fl_report_number(arena, out, "patches", patches);
        fl_report_number(arena, out, "patches_proven", proven);
        fl_report_number(arena, out, "requests", in->run->request_count);
        fl_report_number(arena, out, "restarts", in->run->restart_count);
        for (size_t i = 0; i < in->run->skips.count; i++)
            skipped += in->run->skips.items[i].rows;
        if (in->run->phases & fl_phase_bit(FL_PHASE_matrix))
            fl_report_number(arena, out, "requests_skipped", skipped);
        fl_report_number(arena, times, "baseline", (int64_t)(in->run->baseline_us / 1000));
        fl_report_number(arena, times, "aimed", (int64_t)(in->run->aimed_us / 1000));
        for (size_t i = FL_PHASE_aimed + 1; i < FL_PHASE_COUNT; i++)
            if (in->run->phases & fl_phase_bit((fl_phase)i))
                fl_report_number(arena, times, fl_phase_infos[i].name, (int64_t)(in->run->phase_results[i].time_us / 1000));
        fl_report_number(arena, times, "further", (int64_t)(in->run->further_us / 1000));
        fl_report_number(arena, times, "fix", (int64_t)(in->fix_us / 1000));
    }
    fl_report_number(arena, times, "total", (int64_t)(in->total_us / 1000));
    fl_data_set_c(arena, out, "times_ms", times);
    return out;
}

/* Enough to start it again in the same way. */
static fl_data *service(fl_arena *arena, const fl_report_input *in)
{
    const fl_service_plan *plan = in->plan;
    fl_data *out = fl_data_map(arena);
    fl_report_text(arena, out, "start", plan->start);
    fl_report_text(arena, out, "build", plan->build);
    fl_report_text(arena, out, "url", plan->url);
    fl_report_number(arena, out, "port", plan->port);
    fl_report_text(arena, out, "port_variable", plan->port_variable);
    fl_report_text(arena, out, "ready", plan->ready);
    fl_report_text(arena, out, "reset", plan->reset);
    fl_report_text(arena, out, "prepare", plan->prepare);
    fl_report_number(arena, out, "ready_ms", plan->ready_ms);
    fl_report_text(arena, out, "runtime", plan->runtime);
    fl_report_text(arena, out, "entry_file", plan->entry_file);
    fl_data_set_c(arena, out, "in_copy", fl_data_bool(arena, plan->in_copy));
    fl_data_set_c(arena, out, "can_sanitize", fl_data_bool(arena, plan->can_sanitize));
    fl_data_set_c(arena, out, "refuses_sanitizers", fl_data_bool(arena, plan->refuses_sanitizers));
    fl_data *env = fl_data_set_c(arena, out, "env", fl_data_list(arena)), *because = fl_data_list(arena);
    for (size_t i = 0; i < plan->env.count; i++)
        fl_data_push(env, fl_data_string(arena, plan->env.items[i]));
    for (size_t i = 0; i < plan->because.count; i++)
        fl_data_push(because, fl_data_string(arena, plan->because.items[i]));
    fl_data_set_c(arena, out, "because", because);
    return out;
}

/* Phases that did not come to their end, and why. */
static fl_data *bounds(fl_arena *arena, const fl_report_input *in)
{
    fl_data *list = fl_data_list(arena);
    for (size_t i = 0; i < FL_PHASE_COUNT; i++) {
        const fl_phase_result *result = &in->run->phase_results[i];
        if (!(in->run->phases & fl_phase_bit((fl_phase)i)) || result->bound == FL_BOUND_NONE)
            continue;
        fl_data *out = fl_data_push(list, fl_data_map(arena));
        fl_report_text(arena, out, "phase", fl_str_from(fl_phase_infos[i].name));
        fl_report_text(arena, out, "bound", fl_str_from(fl_bound_text(result->bound)));
        fl_report_number(arena, out, "requests", result->requests);
        fl_report_number(arena, out, "done", result->done);
        fl_report_number(arena, out, "units", result->units);
    }
    return list;
}

/* Rows of the matrix that the code refuses, as it did one that was sent. */
static fl_data *skips(fl_arena *arena, const fl_report_input *in)
{
    fl_data *list = fl_data_list(arena);
    for (size_t i = 0; i < in->run->skips.count; i++) {
        const fl_skip *skip = &in->run->skips.items[i];
        const fl_operation *operation = &in->api->operations.items[skip->operation];
        fl_data *out = fl_data_push(list, fl_data_map(arena));
        fl_report_text(arena, out, "operation", fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(operation->method), FL_STR_ARG(operation->path)));
        fl_report_text(arena, out, "pointer", fl_str_format(arena, "%s " FL_STR_FMT, fl_location_text(skip->at.in), FL_STR_ARG(skip->at.pointer)));
        fl_report_text(arena, out, "rule", fl_str_from(fl_skip_rule_text(skip->rule)));
        fl_report_number(arena, out, "status", skip->status);
        fl_report_number(arena, out, "rows", skip->rows);
    }
    return list;
}

fl_data *fl_report_build(fl_arena *arena, const fl_report_input *in)
{
    fl_data *report = fl_data_map(arena);
    fl_report_number(arena, report, "version", FL_REPORT_VERSION);
    fl_data *tool = fl_data_set_c(arena, report, "tool", fl_data_map(arena));
    fl_report_text(arena, tool, "name", FL_S("faultline"));
    fl_report_text(arena, tool, "version", FL_S(FL_VERSION));
    fl_data *project = fl_data_set_c(arena, report, "project", fl_data_map(arena));
    fl_report_text(arena, project, "path", in->path);
    fl_report_text(arena, project, "title", in->api->title);
    fl_data *frameworks = fl_data_set_c(arena, project, "frameworks", fl_data_list(arena));
    for (size_t i = 0; i < in->api->frameworks.count; i++)
        fl_data_push(frameworks, fl_data_string(arena, in->api->frameworks.items[i]));
    if (in->run != NULL) {
        fl_data_set_c(arena, report, "service", service(arena, in));
        fl_data *phases = fl_data_set_c(arena, report, "phases", fl_data_list(arena));
        for (size_t i = 0; i < FL_PHASE_COUNT; i++)
            if (in->run->phases & fl_phase_bit((fl_phase)i))
                fl_data_push(phases, fl_data_string_c(arena, fl_phase_infos[i].name));
        fl_data_set_c(arena, report, "bounds", bounds(arena, in));
        if (in->run->phases & fl_phase_bit(FL_PHASE_matrix))
            fl_data_set_c(arena, report, "skipped", skips(arena, in));
        if (in->run->load.count > 0)
            fl_data_set_c(arena, report, "load", fl_report_load(arena, in));
        fl_data_set_c(arena, report, "is_patched", fl_data_bool(arena, in->is_patched));
    }
    fl_data_set_c(arena, report, "operations", operations(arena, in));
    fl_data_set_c(arena, report, "weak_spots", weak_spots(arena, in));
    if (in->run != NULL) {
        fl_data_set_c(arena, report, "faults", fl_report_faults(arena, in));
        fl_data_set_c(arena, report, "patches", fl_report_patches(arena, in));
    }
    fl_data_set_c(arena, report, "stats", stats(arena, in, report));
    fl_secrets_redact_data(in->secrets, arena, report);
    return report;
}

bool fl_report_counts(const fl_data *report)
{
    for (const fl_data *fault = fl_data_first(report, "faults"); fault != NULL; fault = fault->next)
        if (!fl_str_eq_c(fl_data_get_str(fault, "level"), "note"))
            return true;
    return false;
}

fl_status fl_report_read(fl_arena *arena, const char *folder, fl_data **out, fl_err *err)
{
    const char *path = fl_str_c(arena, fl_fs_join(arena, fl_str_from(folder), FL_S("report.json")));
    if (!fl_fs_exists(path))
        return fl_fail(err, FL_E_ENV, "'%s': there is no such report; 'faultline check PATH' writes it", path);
    fl_status status = fl_data_read_file(arena, path, out, err);
    if (status != FL_OK)
        return status;
    if (!fl_str_eq_c(fl_data_get_str(fl_data_get_c(*out, "tool"), "name"), "faultline") || fl_data_get_c(*out, "faults") == NULL)
        return fl_fail(err, FL_E_FORMAT, "'%s' is not a report of 'faultline check'", path);
    int64_t version = fl_data_get_int(*out, "version", 0);
    if (version != FL_REPORT_VERSION)
        return fl_fail(err, FL_E_FORMAT, "'%s' is a report of version %lld; this faultline reads version %d: run check again", path,
                       (long long)version, FL_REPORT_VERSION);
    return FL_OK;
}
