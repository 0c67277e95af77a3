/*
 * Stacks as Python writes them, innermost last:
 *
 *     Traceback (most recent call last):
 *       File "/srv/app.py", line 12, in show
 *         return orders[id]["total"]
 *                ~~~~~~^^^^
 *     KeyError: '7'
 *
 * Each part of a chain ("During handling of the above exception…") is a stack of its own. Groups of exceptions indent theirs and put
 * bars before the lines. Frames of the frozen import machinery are left out.
 */
#include "engine/trace/trace.h"

/* A line without what groups, loggers and HTML put before it. */
static fl_str bare(fl_str line)
{
    size_t at = 0;
    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '|' || line.ptr[at] == '+' || line.ptr[at] == '\t'))
        at++;
    return fl_str_trim(fl_str_sub(line, at, line.len));
}

/* `File "/srv/app.py", line 12, in show` */
static bool read_frame(fl_str line, fl_raw_frame *out)
{
    static const char middle[] = "\", line ";
    int64_t number;
    *out = (fl_raw_frame){0};
    if (!fl_str_starts(line, FL_S("File \"")))
        return false;
    ptrdiff_t at = fl_str_find(line, fl_str_from(middle));
    if (at < 6)
        return false;
    out->file = fl_str_sub(line, 6, (size_t)at);
    fl_str rest = fl_str_sub(line, (size_t)at + sizeof middle - 1, line.len);
    ptrdiff_t comma = fl_str_find_char(rest, ',');
    fl_str digits = comma < 0 ? rest : fl_str_sub(rest, 0, (size_t)comma);
    if (!fl_str_to_int(digits, &number) || number < 0 || number > UINT32_MAX)
        return false;
    out->line = (uint32_t)number;
    rest = comma < 0 ? (fl_str){0} : fl_str_trim(fl_str_sub(rest, (size_t)comma + 1, rest.len));
    if (fl_str_starts(rest, FL_S("in ")))
        out->function = fl_str_trim(fl_str_sub(rest, 3, rest.len));
    return true;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* `shop.errors.OutOfStock: no bolts left`; the last part of the name counts, as programs catch it. */
static bool read_error(fl_str line, fl_raw_trace *out)
{
    size_t end = 0;
    while (end < line.len && is_name_char(line.ptr[end]))
        end++;
    if (end == 0 || (end < line.len && line.ptr[end] != ':'))
        return false;
    fl_str name = fl_str_sub(line, 0, end);
    out->type = fl_str_sub(name, (size_t)(fl_str_rfind_char(name, '.') + 1), name.len);
    out->message = end < line.len ? fl_str_trim(fl_str_sub(line, end + 1, line.len)) : (fl_str){0};
    return out->type.len != 0;
}

static void turn_around(fl_raw_trace *trace)
{
    for (size_t i = 0, k = trace->frames.count; i + 1 < k; i++) {
        fl_raw_frame frame = trace->frames.items[--k];
        trace->frames.items[k] = trace->frames.items[i];
        trace->frames.items[i] = frame;
    }
}

bool fl_trace_python(fl_arena *arena, fl_str *rest, fl_raw_trace *out);
bool fl_trace_python(fl_arena *arena, fl_str *rest, fl_raw_trace *out)
{
    enum { SOURCE_LINES = 4 }; /* of a frame: its text, the marks below it, "[Previous line repeated 3 more times]" */
    *out = (fl_raw_trace){0};
    bool is_inside = false;
    unsigned others = 0;
    size_t frame_column = 0; /* what belongs to a frame stands further in, the error does not */
    for (fl_str line; fl_str_split(rest, '\n', &line);) {
        if (fl_str_find(line, FL_S("Traceback (most recent call last):")) >= 0) {
            *out = (fl_raw_trace){0};
            is_inside = true;
            others = 0;
            continue;
        }
        if (!is_inside)
            continue;
        fl_raw_frame frame;
        fl_str text = bare(line);
        if (read_frame(text, &frame)) {
            others = 0;
            frame_column = (size_t)(text.ptr - line.ptr);
            if (!fl_str_starts(frame.file, FL_S("<frozen")))
                fl_vec_push(arena, &out->frames, frame);
            continue;
        }
        if (out->frames.count != 0 && text.len != 0 && (size_t)(text.ptr - line.ptr) < frame_column && read_error(text, out)) {
            turn_around(out);
            return true;
        }
        if (++others > SOURCE_LINES)
            is_inside = false; /* not a stack after all */
    }
    return false;
}
