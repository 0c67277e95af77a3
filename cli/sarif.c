/* The report as SARIF 2.1.0: one rule per kind, one result per fault and per weak spot that is not refuted. A weak spot
 * that a fault confirms is that fault's result. Columns are counted in characters (columnKind unicodeCodePoints). */
#include <string.h>
#include "cli/report_p.h"
#include "engine/checks/checks.h"

typedef struct writer { fl_arena *arena; fl_data *rules; fl_data *results; } writer;

static void set(writer *w, fl_data *map, const char *key, fl_str text)
{
    fl_data_set_c(w->arena, map, key, fl_data_string(w->arena, text));
}

static fl_data *message(writer *w, fl_data *map, const char *key, fl_str text)
{
    fl_data *out = fl_data_set_c(w->arena, map, key, fl_data_map(w->arena));
    set(w, out, "text", text);
    return out;
}

/* Index of the rule; made on first use. Kinds that no weak spot has are the engine's own. */
static int64_t rule_of(writer *w, fl_str kind, fl_str title)
{
    int64_t index = 0;
    for (const fl_data *rule = w->rules->first; rule != NULL; rule = rule->next, index++)
        if (fl_str_eq(fl_data_get_str(rule, "id"), kind))
            return index;
    fl_data *rule = fl_data_push(w->rules, fl_data_map(w->arena));
    set(w, rule, "id", kind);
    const fl_weak_spot_info *info = NULL;
    for (size_t i = 0; i < FL_WS_COUNT; i++)
        if (fl_str_eq_c(kind, fl_weak_spot_infos[i].id))
            info = &fl_weak_spot_infos[i];
    message(w, rule, "shortDescription", info != NULL ? fl_str_from(info->title) : title);
    const fl_check *check = fl_check_by_id(kind);
    if (info != NULL)
        message(w, rule, "help", fl_str_from(info->help));
    else if (check != NULL)
        message(w, rule, "help", fl_str_format(w->arena, "%s %s", check->why, check->how));
    fl_data *configuration = fl_data_set_c(w->arena, rule, "defaultConfiguration", fl_data_map(w->arena));
    set(w, configuration, "level", fl_str_from(info != NULL ? info->level : check != NULL ? check->level : "error"));
    return index;
}

/* A URI reference relative to %SRCROOT%. */
static fl_str uri_of(writer *w, fl_str file)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < file.len; i++) {
        unsigned char c = (unsigned char)file.ptr[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c != 0 && strchr("-._~/!$&'()*+,;=@", c) != NULL);
        if (is_plain)
            fl_buf_add_char(&out, (char)c);
        else
            fl_buf_format(&out, "%%%02X", c);
    }
    fl_str uri = fl_str_copy(w->arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return uri;
}

static fl_data *location(writer *w, const fl_data *place)
{
    fl_data *out = fl_data_map(w->arena);
    fl_data *physical = fl_data_set_c(w->arena, out, "physicalLocation", fl_data_map(w->arena));
    fl_data *artifact = fl_data_set_c(w->arena, physical, "artifactLocation", fl_data_map(w->arena));
    set(w, artifact, "uri", uri_of(w, fl_data_get_str(place, "file")));
    set(w, artifact, "uriBaseId", FL_S("%SRCROOT%"));
    fl_data *region = fl_data_set_c(w->arena, physical, "region", fl_data_map(w->arena));
    fl_report_number(w->arena, region, "startLine", fl_data_get_int(place, "line", 1));
    int64_t column = fl_data_get_int(place, "column", 0), end = fl_data_get_int(place, "end_column", 0);
    if (column > 0)
        fl_report_number(w->arena, region, "startColumn", column);
    if (column > 0 && end >= column)
        fl_report_number(w->arena, region, "endColumn", end);
    if (fl_data_get_str(place, "source").len > 0)
        message(w, region, "snippet", fl_data_get_str(place, "source"));
    return out;
}

static void add_result(writer *w, const fl_data *from, const char *level, fl_str text, fl_data *properties)
{
    fl_str kind = fl_data_get_str(from, "kind");
    fl_data *result = fl_data_push(w->results, fl_data_map(w->arena));
    set(w, result, "ruleId", kind);
    fl_report_number(w->arena, result, "ruleIndex", rule_of(w, kind, fl_data_get_str(from, "title")));
    set(w, result, "level", fl_str_from(level));
    message(w, result, "message", text);
    fl_data *locations = fl_data_set_c(w->arena, result, "locations", fl_data_list(w->arena));
    if (fl_data_get_str(from, "file").len > 0)
        fl_data_push(locations, location(w, from));
    fl_data *related = fl_data_list(w->arena);
    for (const fl_data *link = fl_data_first(from, "because"); link != NULL; link = link->next) {
        if (fl_data_get_str(link, "file").len == 0)
            continue;
        fl_data *entry = fl_data_push(related, location(w, link));
        fl_report_number(w->arena, entry, "id", (int64_t)related->count);
        message(w, entry, "message", fl_data_get_str(link, "text"));
    }
    if (related->count > 0)
        fl_data_set_c(w->arena, result, "relatedLocations", related);
    fl_data *prints = fl_data_set_c(w->arena, result, "partialFingerprints", fl_data_map(w->arena));
    set(w, prints, "faultline/v1", fl_report_fingerprint(w->arena, from));
    fl_data_set_c(w->arena, result, "properties", properties);
}

static void copy_property(writer *w, fl_data *properties, const char *key, const fl_data *from)
{
    const fl_data *value = fl_data_get_c(from, key);
    if (value != NULL && value->kind != FL_DATA_NULL)
        fl_data_set_c(w->arena, properties, key, fl_data_copy(w->arena, value));
}

static void add_fault(writer *w, const fl_data *fault)
{
    fl_data *properties = fl_data_map(w->arena);
    static const char *const keys[] = {"id", "operation", "status", "signal", "weak_spot", "patch", "curl"};
    for (size_t i = 0; i < FL_COUNT(keys); i++)
        copy_property(w, properties, keys[i], fault);
    add_result(w, fault, fl_str_c(w->arena, fl_data_get_str(fault, "level")), fl_report_sentence(w->arena, fault), properties);
}

static void add_weak_spot(writer *w, const fl_data *spot)
{
    fl_str verdict = fl_data_get_str(spot, "verdict");
    bool is_settled = fl_str_eq_c(verdict, "refuted") || fl_data_get_int(spot, "fault", 0) != 0;
    if (is_settled)
        return;
    bool is_certain = fl_str_eq_c(fl_data_get_str(spot, "certainty"), "known");
    fl_data *properties = fl_data_map(w->arena);
    static const char *const keys[] = {"id", "operation", "pointer", "certainty", "verdict", "reason"};
    for (size_t i = 0; i < FL_COUNT(keys); i++)
        copy_property(w, properties, keys[i], spot);
    fl_str pointer = fl_data_get_str(spot, "pointer"), level = fl_data_get_str(spot, "level");
    add_result(w, spot, !is_certain ? "note" : fl_str_eq_c(level, "error") ? "error" : fl_str_eq_c(level, "note") ? "note" : "warning",
               fl_str_format(w->arena, FL_STR_FMT " in " FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(fl_data_get_str(spot, "title")),
                             FL_STR_ARG(fl_data_get_str(spot, "operation")), pointer.len > 0 ? ", " : "", FL_STR_ARG(pointer)),
               properties);
}

fl_data *fl_sarif_build(fl_arena *arena, const fl_data *report)
{
    writer w = {arena, fl_data_list(arena), fl_data_list(arena)};
    const fl_data *faults = fl_data_get_c(report, "faults"), *spots = fl_data_get_c(report, "weak_spots");
    for (const fl_data *fault = faults != NULL ? faults->first : NULL; fault != NULL; fault = fault->next)
        add_fault(&w, fault);
    for (const fl_data *spot = spots != NULL ? spots->first : NULL; spot != NULL; spot = spot->next)
        add_weak_spot(&w, spot);

    fl_data *out = fl_data_map(arena);
    set(&w, out, "version", FL_S("2.1.0"));
    fl_data *run = fl_data_push(fl_data_set_c(arena, out, "runs", fl_data_list(arena)), fl_data_map(arena));
    fl_data *driver = fl_data_set_c(arena, fl_data_set_c(arena, run, "tool", fl_data_map(arena)), "driver", fl_data_map(arena));
    set(&w, driver, "name", FL_S("faultline"));
    set(&w, driver, "version", fl_data_get_str(fl_data_get_c(report, "tool"), "version"));
    fl_data_set_c(arena, driver, "rules", w.rules);
    set(&w, run, "columnKind", FL_S("unicodeCodePoints"));
    fl_data_set_c(arena, run, "results", w.results);
    return out;
}
