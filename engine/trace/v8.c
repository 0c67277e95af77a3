/*
 * Stacks as V8 writes them: `Type: message`, then lines `at function (file:line:column)`. Found anywhere in a text, behind
 * whatever a logger put before the type. Read fl_trace_v8 first. Frames without a place (native code, Promise.all) and those
 * of the run time itself (node:…) are left out.
 */
#include "engine/trace/trace.h"

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '.';
}

static bool take_number(fl_str *text, uint32_t *number)
{
    ptrdiff_t colon = fl_str_rfind_char(*text, ':');
    int64_t value;
    if (colon < 0 || !fl_str_to_int(fl_str_sub(*text, (size_t)colon + 1, text->len), &value) || value < 0 || value > UINT32_MAX)
        return false;
    *number = (uint32_t)value;
    *text = fl_str_sub(*text, 0, (size_t)colon);
    return true;
}

/** `/srv/app.js:12:5`, `file:///srv/app.mjs:12:5`, `/srv/app.js:12`. */
static bool read_place(fl_str place, fl_raw_frame *out)
{
    uint32_t last, before;
    if (!take_number(&place, &last))
        return false;
    if (take_number(&place, &before)) {
        out->line = before;
        out->column = last;
    } else {
        out->line = last;
        out->column = 0;
    }
    if (fl_str_starts(place, FL_S("file://")))
        place = fl_str_sub(place, 7, place.len);
    out->file = place;
    return place.len != 0 && out->line != 0 && !fl_str_starts(place, FL_S("node:")) && !fl_str_starts(place, FL_S("internal/"));
}

/** Is this line a frame? *has_place: one that we want. */
static bool read_frame(fl_str line, fl_raw_frame *out, bool *has_place)
{
    line = fl_str_trim(line);
    if (!fl_str_starts(line, FL_S("at ")))
        return false;
    line = fl_str_trim(fl_str_sub(line, 3, line.len));
    if (fl_str_ends(line, FL_S(" {"))) /* properties of the error follow */
        line = fl_str_trim(fl_str_sub(line, 0, line.len - 2));
    while (line.len != 0 && (line.ptr[line.len - 1] == '"' || line.ptr[line.len - 1] == ',' || line.ptr[line.len - 1] == '}'))
        line.len--;
    ptrdiff_t tag = fl_str_find_char(line, '<'); /* …</pre> of an HTML page; `<anonymous>` is not one */
    if (tag >= 0 && (size_t)tag + 1 < line.len && line.ptr[tag + 1] == '/')
        line = fl_str_trim(fl_str_sub(line, 0, (size_t)tag));
    *out = (fl_raw_frame){{NULL, 0}, {NULL, 0}, 0, 0};
    if (fl_str_starts(line, FL_S("async ")))
        line = fl_str_sub(line, 6, line.len);
    if (fl_str_ends(line, FL_S(")"))) {
        ptrdiff_t open = -1;
        for (size_t i = 0; i + 1 < line.len && open < 0; i++)
            if (line.ptr[i] == ' ' && line.ptr[i + 1] == '(')
                open = (ptrdiff_t)i;
        if (open < 0) {
            *has_place = false;
            return line.len < 400;
        }
        out->function = fl_str_sub(line, 0, (size_t)open);
        fl_str place = fl_str_sub(line, (size_t)open + 2, line.len - 1);
        if (fl_str_starts(place, FL_S("eval at "))) { /* `eval at f (file:1:2), <anonymous>:1:1`: where eval was called */
            ptrdiff_t from = fl_str_find_char(place, '('), to = fl_str_find_char(place, ')');
            place = from >= 0 && to > from ? fl_str_sub(place, (size_t)from + 1, (size_t)to) : (fl_str){NULL, 0};
        }
        ptrdiff_t as = fl_str_find(out->function, FL_S(" [as "));
        if (as >= 0)
            out->function = fl_str_sub(out->function, 0, (size_t)as);
        *has_place = read_place(place, out);
    } else {
        *has_place = read_place(line, out);
    }
    return *has_place || line.len < 400;
}

/** Splits `… Type [CODE]: message` at the first word that names an error; only_start: at the start of the line, any name. */
static bool read_head(fl_str line, bool only_start, fl_raw_trace *out)
{
    ptrdiff_t key = fl_str_find(line, FL_S("stack\""));
    size_t from = key >= 0 ? (size_t)key + 6 : 0;
    for (size_t i = from; i < line.len; i++) {
        if (!is_name_char(line.ptr[i]) || (i > 0 && is_name_char(line.ptr[i - 1])))
            continue;
        size_t end = i;
        while (end < line.len && is_name_char(line.ptr[end]))
            end++;
        fl_str word = fl_str_sub(line, i, end);
        fl_str rest = fl_str_sub(line, end, line.len);
        if (fl_str_starts(rest, FL_S(" ["))) {
            ptrdiff_t close = fl_str_find_char(rest, ']');
            rest = close >= 0 ? fl_str_sub(rest, (size_t)close + 1, rest.len) : rest;
        }
        bool is_named = fl_str_ends(word, FL_S("Error")) || fl_str_ends(word, FL_S("Exception"));
        bool has_message = fl_str_starts(rest, FL_S(": "));
        if ((is_named && (has_message || fl_str_trim(rest).len == 0)) || (only_start && has_message && i == from)) {
            out->type = word;
            out->message = fl_str_trim(fl_str_sub(rest, has_message ? 2 : 0, rest.len));
            return true;
        }
        if (only_start)
            return false;
        i = end;
    }
    return false;
}

enum { HEAD_LINES = 8 };

/** `lines` are those before the first frame, nearest last. A message may have several lines. */
static void read_heads(const fl_str *lines, size_t count, fl_raw_trace *out)
{
    for (size_t back = 1; back <= count; back++) {
        fl_str line = fl_str_trim(lines[count - back]);
        if (read_head(line, false, out) || (back == 1 && read_head(line, true, out))) {
            if (back > 1) { /* the message goes on up to the first frame */
                fl_str last = lines[count - 1];
                const char *start = out->message.len != 0 ? out->message.ptr : lines[count - back + 1].ptr;
                if (last.len != 0 && start != NULL)
                    out->message = fl_str_trim((fl_str){start, (size_t)(last.ptr + last.len - start)});
            }
            return;
        }
    }
    if (count != 0)
        out->message = fl_str_trim(lines[count - 1]);
}

bool fl_trace_v8(fl_arena *arena, fl_str *rest, fl_raw_trace *out);
bool fl_trace_v8(fl_arena *arena, fl_str *rest, fl_raw_trace *out)
{
    fl_str heads[HEAD_LINES];
    size_t head_count = 0;
    *out = (fl_raw_trace){0};
    for (fl_str line; fl_str_split(rest, '\n', &line);) {
        fl_raw_frame frame;
        bool has_place;
        if (!read_frame(line, &frame, &has_place) || (!has_place && head_count == 0)) {
            if (fl_str_trim(line).len == 0) {
                head_count = 0; /* a stack's head stands right above it */
                continue;
            }
            if (head_count == HEAD_LINES) {
                for (size_t i = 1; i < HEAD_LINES; i++)
                    heads[i - 1] = heads[i];
                head_count--;
            }
            heads[head_count++] = line;
            continue;
        }
        read_heads(heads, head_count, out);
        for (;;) {
            if (has_place)
                fl_vec_push(arena, &out->frames, frame);
            fl_str before = *rest;
            if (!fl_str_split(rest, '\n', &line))
                return true;
            if (!read_frame(line, &frame, &has_place)) {
                *rest = before;
                return true;
            }
        }
    }
    return false;
}
