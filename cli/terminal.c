/* The report as people read it. A fault is told in the order in which one asks: what broke, what was sent, what came back,
 * which line, why, what mends it, how do we know. The left column holds the question, the rest the answer:
 *
 *     ── 3  lookup may find nothing · GET /orders/{id} ─────────────
 *       request   GET /orders/none
 *       answer    500  TypeError: Cannot read properties of undefined (reading 'total')
 *       line      src/orders.js:31 in getOrder
 *                    31 │ res.json({ total: order.total });
 *                       │                   ^^^^^
 *       because   `order` may be undefined: `find()` at orders.js:30
 *       patch     patches/0003-….patch (early-refusal)
 *                 …
 *       proof     ✓ 500 → 404 {"error":"…"}; 26 of 26 baseline requests unchanged
 */
#include <stdio.h>
#include <string.h>
#include "cli/terminal.h"

const char *fl_plural(int64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

void fl_terminal_label(fl_paint *p, const char *text)
{
    fl_paint_to(p, FL_LABEL_COLUMN);
    fl_paint_put(p, FL_DIM, "%s", text);
    fl_paint_to(p, FL_TEXT_COLUMN);
}

static size_t room(const fl_paint *p)
{
    return p->width > p->column + 2 ? p->width - p->column - 1 : 20;
}

static fl_str first_line(fl_str text)
{
    text = fl_str_trim(text);
    ptrdiff_t end = fl_str_find_char(text, '\n');
    return end < 0 ? text : fl_str_sub(text, 0, (size_t)end);
}

/* ---- one cause, many operations ---- */

bool fl_terminal_is_same_cause(const fl_data *a, const fl_data *b)
{
    if (fl_data_get_str(a, "file").len == 0 && !fl_str_eq_c(fl_data_get_str(a, "level"), "note")) /* no line of the source: each operation is a cause */
        return false;
    return fl_str_eq(fl_data_get_str(a, "kind"), fl_data_get_str(b, "kind")) && fl_str_eq(fl_data_get_str(a, "file"), fl_data_get_str(b, "file")) &&
           fl_data_get_int(a, "line", 0) == fl_data_get_int(b, "line", 0) && fl_data_get_int(a, "column", 0) == fl_data_get_int(b, "column", 0) &&
           fl_str_eq(fl_data_get_str(a, "certainty"), fl_data_get_str(b, "certainty"));
}

bool fl_terminal_is_told(const fl_data *list, const fl_data *item)
{
    for (const fl_data *other = list->first; other != NULL && other != item; other = other->next)
        if (fl_terminal_is_same_cause(other, item))
            return true;
    return false;
}

void fl_terminal_also(fl_paint *p, const fl_data *item, fl_loudness loudness)
{
    enum { LISTED = 5 };
    size_t listed = 0, left = 0;
    for (const fl_data *other = item->next; other != NULL; other = other->next) {
        if (!fl_terminal_is_same_cause(other, item))
            continue;
        if (listed == LISTED && loudness != FL_VERBOSE) {
            left++;
            continue;
        }
        if (listed++ == 0)
            fl_terminal_label(p, "also");
        else
            fl_paint_put(p, FL_PLAIN, ", ");
        fl_str operation = fl_data_get_str(other, "operation");
        if (p->column + operation.len + 8 > p->width && p->column > FL_TEXT_COLUMN) {
            fl_paint_line(p);
            fl_paint_to(p, FL_TEXT_COLUMN);
        }
        fl_paint_foreign(p, FL_PLAIN, operation, 0);
        fl_paint_put(p, FL_DIM, " (%lld)", (long long)fl_data_get_int(other, "id", 0));
    }
    if (left > 0)
        fl_paint_put(p, FL_DIM, " and %zu more", left);
    if (listed > 0)
        fl_paint_line(p);
}

/* ---- parts of a fault ---- */

/* "src/orders.js:30", or "line 30" in the file that is being looked at; nothing for the very line that is shown already. */
static void put_link_place(fl_paint *p, size_t indent, const fl_data *link, fl_str own_file, int64_t own_line)
{
    fl_str file = fl_data_get_str(link, "file");
    int64_t line = fl_data_get_int(link, "line", 0);
    bool is_own = fl_str_eq(file, own_file);
    if (file.len == 0 || (is_own && line == own_line))
        return;
    char place[600];
    if (is_own)
        snprintf(place, sizeof place, "(line %lld)", (long long)line);
    else
        snprintf(place, sizeof place, "(" FL_STR_FMT ":%lld)", FL_STR_ARG(file), (long long)line);
    if (p->column + 1 + strlen(place) > p->width) {
        fl_paint_line(p);
        fl_paint_to(p, indent);
    } else {
        fl_paint_put(p, FL_PLAIN, " ");
    }
    fl_paint_foreign(p, FL_DIM, fl_str_from(place), 0);
}

void fl_terminal_because(fl_paint *p, size_t indent, const fl_data *from, fl_loudness loudness)
{
    fl_str own_file = fl_data_get_str(from, "file");
    int64_t own_line = fl_data_get_int(from, "line", 0);
    const fl_data *because = fl_data_get_c(from, "because");
    bool is_first = true;
    for (const fl_data *link = because != NULL ? because->first : NULL; link != NULL; link = link->next) {
        size_t text_at = indent;
        if (!is_first) {
            fl_paint_to(p, indent);
            fl_paint_put(p, FL_DIM, "%s ", fl_paint_signs(p)->because);
            text_at = p->column;
        }
        fl_paint_wrap(p, FL_PLAIN, text_at, fl_data_get_str(link, "text"));
        put_link_place(p, text_at, link, own_file, own_line);
        fl_paint_line(p);
        fl_str source = fl_data_get_str(link, "source");
        bool is_shown = fl_str_eq(fl_data_get_str(link, "file"), own_file) && fl_data_get_int(link, "line", 0) == own_line;
        if (loudness == FL_VERBOSE && source.len > 0 && !is_shown)
            fl_paint_source(p, indent - 5, fl_data_get_int(link, "line", 0), source, fl_data_get_int(link, "column", 0),
                            fl_data_get_int(link, "end_column", 0), FL_BLUE, NULL);
        is_first = false;
    }
}

/* A text with "{{1:/user/id}}" (the value at /user/id of the answer to setup request 1) as people read it: "{id}". */
static void add_readable(fl_buf *out, fl_str text)
{
    for (ptrdiff_t open = fl_str_find(text, FL_S("{{")); open >= 0; open = fl_str_find(text, FL_S("{{"))) {
        fl_str inside = fl_str_sub(text, (size_t)open + 2, text.len);
        ptrdiff_t close = fl_str_find(inside, FL_S("}}"));
        if (close < 0)
            break;
        fl_str pointer = fl_str_sub(inside, 0, (size_t)close);
        ptrdiff_t last = fl_str_rfind_char(pointer, '/'), equals = fl_str_rfind_char(pointer, '=');
        size_t name = (size_t)((last > equals ? last : equals) + 1);
        fl_buf_add(out, fl_str_sub(text, 0, (size_t)open));
        fl_buf_format(out, "{" FL_STR_FMT "}", FL_STR_ARG(fl_str_sub(pointer, name, pointer.len)));
        text = fl_str_sub(inside, (size_t)close + 2, inside.len);
    }
    fl_buf_add(out, text);
}

static void put_readable(fl_paint *p, fl_style style, fl_str text, size_t max_columns)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    add_readable(&out, text);
    fl_paint_foreign(p, style, fl_buf_str(&out), max_columns);
    fl_buf_release(&out);
}

static void put_request(fl_paint *p, const fl_data *request)
{
    fl_paint_foreign(p, FL_BOLD, fl_data_get_str(request, "method"), 0);
    fl_paint_put(p, FL_PLAIN, " ");
    put_readable(p, FL_PLAIN, fl_data_get_str(request, "path"), room(p));
    const fl_data *body = fl_data_get_c(request, "body"), *headers = fl_data_get_c(request, "headers");
    for (const fl_data *h = headers != NULL ? headers->first : NULL; h != NULL; h = h->next) {
        fl_str name = fl_data_get_str(h, "name");
        if (fl_str_eq_nocase(name, FL_S("content-type")) && fl_str_starts(fl_data_get_str(h, "value"), FL_S("application/json")))
            continue;
        fl_paint_put(p, FL_DIM, "  ");
        if (p->column + name.len + 12 > p->width) {
            fl_paint_line(p);
            fl_paint_to(p, FL_TEXT_COLUMN);
        }
        fl_paint_foreign(p, FL_DIM, name, 40);
        fl_paint_put(p, FL_DIM, ": ");
        put_readable(p, FL_DIM, fl_data_get_str(h, "value"), room(p));
    }
    if (body != NULL && body->text.len > 0) {
        if (p->column + fl_paint_columns(body->text) + 3 > p->width && p->column > FL_TEXT_COLUMN) {
            fl_paint_line(p);
            fl_paint_to(p, FL_TEXT_COLUMN);
        } else {
            fl_paint_put(p, FL_PLAIN, "  ");
        }
        put_readable(p, FL_CYAN, body->text, room(p));
    } else if (fl_data_get_c(request, "body_base64") != NULL) {
        fl_paint_put(p, FL_DIM, "  (a body that is no text)");
    }
    fl_paint_line(p);
}

static void put_answer(fl_paint *p, const fl_data *fault)
{
    const fl_data *response = fl_data_get_c(fault, "response"), *trace = fl_data_get_c(fault, "trace");
    int64_t status = fl_data_get_int(fault, "status", 0);
    fl_str outcome = fl_data_get_str(response, "outcome"), signal = fl_data_get_str(fault, "signal");
    fl_terminal_label(p, "answer");
    if (status != 0)
        fl_paint_put(p, FL_BOLD_RED, "%lld", (long long)status);
    else
        fl_paint_foreign(p, FL_BOLD_RED, outcome, 0);
    fl_str type = fl_data_get_str(trace, "type"), message = first_line(fl_data_get_str(trace, "message"));
    if (signal.len > 0)
        fl_paint_put(p, FL_BOLD_RED, ", the process died: " FL_STR_FMT, FL_STR_ARG(signal));
    if (signal.len > 0 && fl_str_eq(signal, type)) { /* the signal is the error, and its message says where */
        if (message.len > 0) {
            fl_paint_put(p, FL_BOLD_RED, " (");
            fl_paint_foreign(p, FL_BOLD_RED, message, 0);
            fl_paint_put(p, FL_BOLD_RED, ")");
        }
        type = message = (fl_str){0};
    }
    if (signal.len == 0 && (fl_str_eq_c(fl_data_get_str(fault, "kind"), "exit") || fl_data_get_c(fault, "exit_code")->kind == FL_DATA_NUMBER))
        fl_paint_put(p, FL_BOLD_RED, ", the process ended with %lld", (long long)fl_data_get_int(fault, "exit_code", 0));
    else if (fl_str_eq_c(fl_data_get_str(fault, "failure"), "late"))
        fl_paint_put(p, FL_BOLD_RED, ", then the handler fails");
    if (type.len > 0 || message.len > 0) {
        fl_paint_put(p, FL_PLAIN, "  ");
        fl_paint_foreign(p, FL_RED, type, 0);
        fl_paint_put(p, FL_PLAIN, "%s", type.len > 0 && message.len > 0 ? ": " : "");
        fl_paint_wrap(p, FL_PLAIN, FL_TEXT_COLUMN, message);
    }
    fl_paint_line(p);
    fl_str body = first_line(fl_data_get_str(response, "body"));
    if (body.len > 0 && (message.len == 0 || fl_str_find(body, message) < 0)) {
        fl_paint_to(p, FL_TEXT_COLUMN);
        fl_paint_foreign(p, FL_DIM, body, room(p));
        fl_paint_line(p);
    }
}

static void put_line(fl_paint *p, const fl_data *fault, const char *note)
{
    fl_str file = fl_data_get_str(fault, "file"), source = fl_data_get_str(fault, "source");
    if (file.len == 0)
        return;
    const fl_data *frames = fl_data_get_c(fl_data_get_c(fault, "trace"), "frames");
    fl_terminal_label(p, "line");
    fl_paint_foreign(p, FL_BOLD, file, 0);
    fl_paint_put(p, FL_BOLD, ":%lld", (long long)fl_data_get_int(fault, "line", 0));
    fl_str function = frames != NULL && frames->first != NULL ? fl_data_get_str(frames->first, "function") : (fl_str){0};
    if (function.len > 0) {
        fl_paint_put(p, FL_DIM, " in ");
        fl_paint_foreign(p, FL_DIM, function, 60);
    }
    fl_paint_line(p);
    if (source.len > 0) {
        bool has_columns = fl_data_get_int(fault, "weak_spot", 0) != 0 || note != NULL;
        fl_paint_source(p, FL_TEXT_COLUMN - 5, fl_data_get_int(fault, "line", 0), source, has_columns ? fl_data_get_int(fault, "column", 0) : 0,
                        fl_data_get_int(fault, "end_column", 0), FL_RED, note);
    }
}

/* "passed: syntax, extraction, starts" */
static void put_steps(fl_paint *p, size_t indent, const fl_data *steps, const char *result, fl_style style)
{
    bool is_first = true;
    for (const fl_data *step = steps != NULL ? steps->first : NULL; step != NULL; step = step->next) {
        if (!fl_str_eq_c(step->text, result))
            continue;
        if (is_first)
            fl_paint_to(p, indent);
        if (is_first)
            fl_paint_put(p, style, "%s: ", result);
        else
            fl_paint_put(p, FL_PLAIN, ", ");
        fl_paint_foreign(p, FL_PLAIN, step->key, 0);
        is_first = false;
    }
    if (!is_first)
        fl_paint_line(p);
}

void fl_terminal_proof(fl_paint *p, size_t indent, const fl_data *proof, fl_loudness loudness)
{
    const fl_paint_glyphs *signs = fl_paint_signs(p);
    bool is_proven = fl_data_get_bool(proof, "is_proven", false);
    fl_paint_put(p, is_proven ? FL_GREEN : FL_YELLOW, "%s %s", is_proven ? signs->check : signs->cross, is_proven ? "proven" : "not proven");
    fl_str before = first_line(fl_data_get_str(proof, "before")), after = first_line(fl_data_get_str(proof, "after"));
    if (before.len > 0 && after.len > 0) {
        size_t columns = fl_paint_columns(before) + fl_paint_columns(after) + 6;
        fl_paint_put(p, FL_PLAIN, ": ");
        bool fits = p->column + columns <= p->width;
        fl_paint_foreign(p, FL_RED, before, room(p));
        if (!fits) {
            fl_paint_line(p);
            fl_paint_to(p, indent);
        }
        fl_paint_put(p, FL_PLAIN, "%s%s ", fits ? " " : "", signs->arrow);
        fl_paint_foreign(p, FL_GREEN, after, room(p));
    }
    fl_paint_line(p);
    int64_t same = fl_data_get_int(proof, "baselines_same", 0), sent = fl_data_get_int(proof, "baselines_sent", 0);
    if (sent > 0) {
        fl_paint_to(p, indent);
        fl_paint_put(p, same == sent ? FL_PLAIN : FL_YELLOW, "%lld of %lld baseline %s unchanged", (long long)same, (long long)sent,
                     fl_plural(sent, "request", "requests"));
        fl_paint_line(p);
    }
    fl_str failure = fl_data_get_str(proof, "failure");
    if (failure.len > 0) {
        fl_paint_to(p, indent);
        fl_paint_wrap(p, FL_YELLOW, indent, failure);
        fl_paint_line(p);
    }
    if (loudness == FL_VERBOSE) {
        put_steps(p, indent, fl_data_get_c(proof, "steps"), "passed", FL_GREEN);
        put_steps(p, indent, fl_data_get_c(proof, "steps"), "failed", FL_YELLOW);
        put_steps(p, indent, fl_data_get_c(proof, "steps"), "not run", FL_DIM);
    }
}

static const fl_data *patch_of(const fl_data *report, fl_str file)
{
    for (const fl_data *patch = fl_data_first(report, "patches"); patch != NULL; patch = patch->next)
        if (fl_str_eq(fl_data_get_str(patch, "file"), file))
            return patch;
    return NULL;
}

static void put_patch(fl_paint *p, const fl_data *report, const fl_data *fault, fl_loudness loudness)
{
    const fl_data *patch = patch_of(report, fl_data_get_str(fault, "patch"));
    if (patch == NULL) {
        fl_terminal_label(p, "patch");
        fl_paint_put(p, FL_DIM, "none: no template fits");
        fl_paint_line(p);
        return;
    }
    fl_terminal_label(p, "patch");
    fl_paint_foreign(p, FL_PLAIN, fl_data_get_str(patch, "file"), 0);
    fl_paint_put(p, FL_DIM, " (" FL_STR_FMT ")", FL_STR_ARG(fl_data_get_str(patch, "template")));
    fl_paint_line(p);
    fl_str note = fl_data_get_str(patch, "note");
    if (note.len > 0) {
        fl_paint_to(p, FL_TEXT_COLUMN);
        fl_paint_wrap(p, FL_YELLOW, FL_TEXT_COLUMN, note);
        fl_paint_line(p);
    }
    int64_t id = fl_data_get_int(fault, "id", 0), first = fl_data_get_c(patch, "faults")->first != NULL
                                                              ? (int64_t)fl_data_num(fl_data_get_c(patch, "faults")->first, 0) : id;
    if (first != id && loudness != FL_VERBOSE) { /* its diff stands at the first fault it mends */
        fl_paint_to(p, FL_TEXT_COLUMN);
        fl_paint_put(p, FL_DIM, "the same patch as for fault %lld", (long long)first);
        fl_paint_line(p);
    } else {
        fl_paint_diff(p, FL_TEXT_COLUMN, fl_data_get_str(patch, "diff"), true);
    }
    fl_terminal_label(p, "proof");
    fl_terminal_proof(p, FL_TEXT_COLUMN, fl_data_get_c(fault, "proof"), loudness);
}

/* Other weak spots that the same failure confirms: `q` may be undefined, and need not be a string. */
static void put_other_spots(fl_paint *p, const fl_data *report, const fl_data *fault)
{
    const fl_data *ids = fl_data_get_c(fault, "weak_spots");
    int64_t own = fl_data_get_int(fault, "weak_spot", 0);
    for (const fl_data *id = ids != NULL ? ids->first : NULL; id != NULL; id = id->next)
        for (const fl_data *spot = fl_data_first(report, "weak_spots"); spot != NULL; spot = spot->next) {
            if (fl_data_get_int(spot, "id", 0) != (int64_t)fl_data_num(id, 0) || fl_data_get_int(spot, "id", 0) == own)
                continue;
            const fl_data *because = fl_data_get_c(spot, "because");
            fl_str text = because != NULL && because->first != NULL ? fl_data_get_str(because->first, "text") : fl_data_get_str(spot, "title");
            fl_paint_to(p, FL_TEXT_COLUMN);
            fl_paint_put(p, FL_PLAIN, "and ");
            fl_paint_wrap(p, FL_PLAIN, FL_TEXT_COLUMN, text);
            fl_paint_line(p);
        }
}

/* What a check that is no crash found, and where it is explained. */
static void put_details(fl_paint *p, const fl_data *fault, fl_loudness loudness)
{
    enum { SHOWN = 3 };
    size_t shown = 0, left = 0;
    for (const fl_data *detail = fl_data_get_c(fault, "details")->first; detail != NULL; detail = detail->next) {
        if (shown == SHOWN && loudness != FL_VERBOSE) {
            left++;
            continue;
        }
        if (shown++ == 0)
            fl_terminal_label(p, "because");
        else
            fl_paint_to(p, FL_TEXT_COLUMN);
        fl_paint_foreign(p, FL_PLAIN, detail->text, room(p));
        fl_paint_line(p);
    }
    fl_paint_to(p, FL_TEXT_COLUMN);
    if (left > 0)
        fl_paint_put(p, FL_DIM, "and %zu more; ", left);
    fl_paint_put(p, FL_DIM, "seen %lld %s; faultline explain " FL_STR_FMT, (long long)fl_data_get_int(fault, "seen", 0),
                 fl_plural(fl_data_get_int(fault, "seen", 0), "time", "times"), FL_STR_ARG(fl_data_get_str(fault, "failure")));
    fl_paint_line(p);
}

void fl_terminal_fault(fl_paint *p, const fl_data *report, const fl_data *fault, fl_loudness loudness)
{
    char title[600];
    snprintf(title, sizeof title, "%lld  " FL_STR_FMT " %s " FL_STR_FMT, (long long)fl_data_get_int(fault, "id", 0),
             FL_STR_ARG(fl_data_get_str(fault, "title")), fl_paint_signs(p)->dot, FL_STR_ARG(fl_data_get_str(fault, "operation")));
    fl_paint_rule(p, FL_BOLD, title);
    fl_terminal_label(p, "request");
    put_request(p, fl_data_get_c(fault, "request"));
    const fl_data *setup = fl_data_get_c(fault, "setup");
    if (setup != NULL && setup->count > 0) {
        fl_paint_to(p, FL_TEXT_COLUMN);
        fl_paint_put(p, FL_DIM, "after ");
        for (const fl_data *request = setup->first; request != NULL; request = request->next) {
            fl_paint_foreign(p, FL_DIM, fl_data_get_str(request, "method"), 0);
            fl_paint_put(p, FL_DIM, " ");
            put_readable(p, FL_DIM, fl_data_get_str(request, "path"), 60);
            fl_paint_put(p, FL_DIM, "%s", request->next != NULL ? ", " : "");
        }
        fl_paint_line(p);
    }
    put_answer(p, fault);
    put_line(p, fault, NULL);
    fl_terminal_also(p, fault, loudness);
    const fl_data *because = fl_data_get_c(fault, "because");
    if (because != NULL && because->count > 0) {
        fl_terminal_label(p, "because");
        fl_terminal_because(p, FL_TEXT_COLUMN, fault, loudness);
        put_other_spots(p, report, fault);
    } else if (fl_data_get_c(fault, "details") != NULL && fl_data_get_c(fault, "details")->count > 0) {
        put_details(p, fault, loudness);
    } else if (fl_data_get_int(fault, "weak_spot", 0) == 0) {
        fl_terminal_label(p, "because");
        fl_paint_put(p, FL_DIM, "no weak spot predicted it: seen while other requests were sent");
        fl_paint_line(p);
    }
    const fl_data *details = fl_data_get_c(fault, "details");
    if (fl_data_get_bool(report, "is_patched", false) && (details == NULL || details->count == 0))
        put_patch(p, report, fault, loudness);
    if (loudness == FL_VERBOSE) {
        fl_terminal_label(p, "again");
        fl_paint_put(p, FL_DIM, "faultline replay %lld", (long long)fl_data_get_int(fault, "id", 0));
        fl_paint_line(p);
    }
    fl_paint_line(p);
}
