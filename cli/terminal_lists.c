/* Lists for people: the weak spots of `scan`, the patches of `fix`. */
#include <stdio.h>
#include <string.h>
#include "cli/terminal.h"

/* ---- scan ---- */

static void add_value(fl_buf *out, const fl_data *condition)
{
    const fl_data *value = fl_data_get_c(condition, "value");
    if (value != NULL)
        fl_json_write(out, value, false);
}

static void add_types(fl_buf *out, const fl_data *condition)
{
    const fl_data *types = fl_data_get_c(condition, "types");
    for (const fl_data *t = types != NULL ? types->first : NULL; t != NULL; t = t->next)
        fl_buf_format(out, "%s" FL_STR_FMT, t == types->first ? "" : " or ", FL_STR_ARG(t->text));
}

/* A condition as one says it: "path /id names nothing that is there". %v: its value, %t: its types. */
static void put_condition(fl_paint *p, const fl_data *condition)
{
    static const struct { const char *is, *text; } rows[] = {
        {"present", "is there"}, {"absent", "is left out"}, {"null", "is null"}, {"equals", "is %v"}, {"differs", "is not %v"},
        {"truthy", "is not empty"}, {"falsy", "is empty"}, {"type", "is of type %t"}, {"not-type", "is not of type %t"},
        {"less", "is below %v"}, {"at-most", "is at most %v"}, {"greater", "is above %v"}, {"at-least", "is at least %v"},
        {"matches", "matches %v"}, {"not-found", "names nothing that is there"}, {"length-at-least", "is at least %v long"},
        {"length-at-most", "is at most %v long"}, {"malformed", "is malformed (%v)"}, {"no-body", "is not there at all"},
    };
    fl_str is = fl_data_get_str(condition, "is");
    const char *text = "";
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        if (fl_str_eq_c(is, rows[i].is))
            text = rows[i].text;
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_buf_add(&out, fl_data_get_str(condition, "at"));
    fl_buf_add_char(&out, ' ');
    for (const char *c = text; *c != '\0'; c++) {
        if (c[0] == '%' && c[1] == 'v')
            add_value(&out, condition), c++;
        else if (c[0] == '%' && c[1] == 't')
            add_types(&out, condition), c++;
        else
            fl_buf_add_char(&out, *c);
    }
    fl_paint_wrap(p, FL_PLAIN, FL_TEXT_COLUMN, fl_buf_str(&out));
    fl_buf_release(&out);
}

static void put_spot(fl_paint *p, const fl_data *spot, fl_loudness loudness)
{
    bool is_known = fl_str_eq_c(fl_data_get_str(spot, "certainty"), "known");
    fl_paint_foreign(p, FL_BOLD, fl_data_get_str(spot, "file"), 0);
    fl_paint_put(p, FL_BOLD, ":%lld", (long long)fl_data_get_int(spot, "line", 0));
    fl_paint_put(p, FL_PLAIN, "  ");
    fl_paint_foreign(p, is_known ? FL_RED : FL_YELLOW, fl_data_get_str(spot, "title"), 0);
    fl_paint_put(p, FL_DIM, " %s ", fl_paint_signs(p)->dot);
    fl_paint_foreign(p, FL_PLAIN, fl_data_get_str(spot, "operation"), 0);
    fl_paint_put(p, FL_DIM, "%s", is_known ? "" : "  possible");
    fl_paint_line(p);
    fl_str source = fl_data_get_str(spot, "source");
    if (source.len > 0)
        fl_paint_source(p, 0, fl_data_get_int(spot, "line", 0), source, fl_data_get_int(spot, "column", 0),
                        fl_data_get_int(spot, "end_column", 0), is_known ? FL_RED : FL_YELLOW, NULL);
    fl_terminal_also(p, spot, loudness);
    if (loudness == FL_QUIET) {
        fl_paint_line(p);
        return;
    }
    const fl_data *because = fl_data_get_c(spot, "because"), *conditions = fl_data_get_c(spot, "conditions");
    if (because != NULL && because->count > 0) {
        fl_terminal_label(p, "because");
        fl_terminal_because(p, FL_TEXT_COLUMN, spot, loudness);
    }
    if (conditions != NULL && conditions->count > 0) {
        fl_terminal_label(p, "when");
        for (const fl_data *condition = conditions->first; condition != NULL; condition = condition->next) {
            put_condition(p, condition);
            fl_paint_put(p, FL_DIM, "%s", condition->next != NULL ? ", " : "");
        }
        fl_paint_line(p);
    }
    fl_paint_line(p);
}

void fl_terminal_scan(fl_paint *p, const fl_data *report, fl_loudness loudness)
{
    const fl_data *spots = fl_data_get_c(report, "weak_spots");
    int64_t known = 0, possible = 0, places = 0;
    for (const fl_data *spot = spots->first; spot != NULL; spot = spot->next) {
        bool is_known = fl_str_eq_c(fl_data_get_str(spot, "certainty"), "known");
        known += is_known;
        possible += !is_known;
        if (fl_terminal_is_told(spots, spot))
            continue;
        places++;
        put_spot(p, spot, loudness);
    }
    if (loudness == FL_QUIET)
        return;
    int64_t operations = fl_data_get_int(fl_data_get_c(report, "stats"), "operations", 0), all = known + possible;
    fl_paint_put(p, FL_BOLD, "%lld weak %s", (long long)all, fl_plural(all, "spot", "spots"));
    if (places < all)
        fl_paint_put(p, FL_PLAIN, " at %lld %s", (long long)places, fl_plural(places, "place", "places"));
    if (possible > 0)
        fl_paint_put(p, FL_PLAIN, " (%lld known, %lld possible)", (long long)known, (long long)possible);
    fl_paint_put(p, FL_PLAIN, " in %lld %s", (long long)operations, fl_plural(operations, "operation", "operations"));
    fl_paint_line(p);
    if (all > 0) {
        fl_paint_put(p, FL_DIM, "'faultline check " FL_STR_FMT "' says which of them are real",
                     FL_STR_ARG(fl_data_get_str(fl_data_get_c(report, "project"), "path")));
        fl_paint_line(p);
    }
}

/* ---- fix ---- */

static bool is_chosen(const char *const *ids, int64_t id)
{
    bool is_any = ids == NULL || ids[0] == NULL;
    for (size_t i = 0; !is_any && ids[i] != NULL; i++) {
        int64_t wanted;
        is_any = fl_str_to_int(fl_str_from(ids[i]), &wanted) && wanted == id;
        if (is_any)
            return true;
    }
    return is_any;
}

static fl_str first_place(const fl_data *report, const fl_data *patch, int64_t *line, fl_str *operation)
{
    const fl_data *first = fl_data_get_c(patch, "faults")->first;
    for (const fl_data *fault = fl_data_get_c(report, "faults")->first; fault != NULL; fault = fault->next)
        if (first != NULL && fl_data_get_int(fault, "id", 0) == (int64_t)fl_data_num(first, 0)) {
            *line = fl_data_get_int(fault, "line", 0);
            *operation = fl_data_get_str(fault, "operation");
            return fl_data_get_str(fault, "file");
        }
    return (fl_str){0};
}

/* The operations of the other faults that it mends, each once. */
static void put_other_operations(fl_paint *p, const fl_data *report, const fl_data *patch, fl_str first)
{
    fl_str last = first;
    for (const fl_data *id = fl_data_get_c(patch, "faults")->first; id != NULL; id = id->next)
        for (const fl_data *fault = fl_data_get_c(report, "faults")->first; fault != NULL; fault = fault->next) {
            fl_str operation = fl_data_get_str(fault, "operation");
            if (fl_data_get_int(fault, "id", 0) != (int64_t)fl_data_num(id, 0) || fl_str_eq(operation, first) || fl_str_eq(operation, last))
                continue;
            fl_paint_put(p, FL_DIM, ", ");
            if (p->column + operation.len > p->width) {
                fl_paint_line(p);
                fl_paint_to(p, 9);
            }
            fl_paint_foreign(p, FL_DIM, operation, 0);
            last = operation;
        }
}

void fl_terminal_patches(fl_paint *p, const fl_data *report, bool with_diffs, const char *const *ids)
{
    const fl_paint_glyphs *signs = fl_paint_signs(p);
    for (const fl_data *patch = fl_data_get_c(report, "patches")->first; patch != NULL; patch = patch->next) {
        int64_t id = fl_data_get_int(patch, "id", 0), line = 0;
        if (!is_chosen(ids, id))
            continue;
        const fl_data *proof = fl_data_get_c(patch, "proof");
        bool is_proven = fl_data_get_bool(proof, "is_proven", false);
        fl_str operation = {0}, file = first_place(report, patch, &line, &operation);
        fl_paint_put(p, FL_BOLD, "%4lld  ", (long long)id);
        fl_paint_put(p, is_proven ? FL_GREEN : FL_YELLOW, "%s", is_proven ? signs->check : signs->cross);
        fl_paint_to(p, 9);
        fl_paint_foreign(p, FL_PLAIN, file, 0);
        fl_paint_put(p, FL_PLAIN, ":%lld  ", (long long)line);
        fl_paint_foreign(p, FL_PLAIN, fl_data_get_str(patch, "title"), 0);
        fl_paint_put(p, FL_DIM, " %s ", signs->dot);
        fl_paint_foreign(p, FL_DIM, operation, 0);
        put_other_operations(p, report, patch, operation);
        fl_paint_line(p);
        if (!with_diffs)
            continue;
        fl_paint_line(p);
        fl_paint_diff(p, 6, fl_data_get_str(patch, "diff"), false);
        fl_paint_to(p, 6);
        fl_terminal_proof(p, 6, proof, FL_VERBOSE);
        fl_paint_line(p);
    }
}
