/*
 * Back traces of gdb: "Program received signal SIGSEGV, Segmentation fault.", then lines `#1  0x… in function (arguments) at
 * file:line`. Read fl_trace_gdb first.
 */
#include "engine/trace/trace.h"

#include <signal.h>

/* Between frames: an argument with a line end in it. */
enum { LINES_BEFORE_FRAMES = 12, LINES_BETWEEN = 2 };

/* "Thread 2 "worker" received signal SIGSEGV, Segmentation fault." Signals that ask it to stop are no trouble of its own. */
static bool read_head(fl_str line, fl_raw_trace *out)
{
    const fl_str mark = FL_S(" received signal SIG");
    ptrdiff_t at = fl_str_find(line, mark);
    if (at < 0)
        return false;
    fl_str name = fl_str_sub(line, (size_t)at + mark.len - 3, line.len);
    ptrdiff_t comma = fl_str_find_char(name, ',');
    int number = comma < 0 ? 0 : fl_trace_signal(fl_str_sub(name, 3, (size_t)comma));
    if (number == 0)
        return false;
    const fl_raw_trace words = *out;
    *out = (fl_raw_trace){.report = FL_TRACE_FAULT, .signal = number};
    out->type = fl_str_sub(name, 0, (size_t)comma);
    if (number == SIGABRT && words.type.len) {
        out->type = words.type;
        out->message = words.message;
    }
    return true;
}

/* False: no frame. Arguments hold whatever they like, so the place is looked for from the end. */
static bool read_frame(fl_str line, fl_raw_frame *out, bool *has_place)
{
    *out = (fl_raw_frame){0};
    *has_place = false;
    if (line.len < 3 || line.ptr[0] != '#' || line.ptr[1] < '0' || line.ptr[1] > '9')
        return false;
    ptrdiff_t place = -1, colon = fl_str_rfind_char(line, ':');
    for (size_t i = line.len; i-- > 0 && place < 0;)
        if (fl_str_starts(fl_str_sub(line, i, line.len), FL_S(") at ")))
            place = (ptrdiff_t)i + 5;
    int64_t number;
    if (place < 0 || colon < place || !fl_str_to_int(fl_str_sub(line, (size_t)colon + 1, line.len), &number) || number <= 0 || number > UINT32_MAX)
        return true;
    ptrdiff_t in = fl_str_find(line, FL_S(" in ")), open = fl_str_find(line, FL_S(" ("));
    fl_str function = fl_str_sub(line, 0, open < 0 ? 0 : (size_t)open);
    ptrdiff_t space = fl_str_rfind_char(function, ' ');
    size_t from = in >= 0 && in < open ? (size_t)in + 4 : (size_t)(space + 1);
    out->function = fl_str_trim(fl_str_sub(function, from, function.len));
    out->file = fl_str_sub(line, (size_t)place, (size_t)colon);
    out->line = (uint32_t)number;
    *has_place = true;
    return true;
}

bool fl_trace_gdb(fl_arena *arena, fl_str *rest, fl_raw_trace *out);
bool fl_trace_gdb(fl_arena *arena, fl_str *rest, fl_raw_trace *out)
{
    *out = (fl_raw_trace){0};
    fl_str line;
    while (fl_str_split(rest, '\n', &line) && !read_head(line, out))
        (void)fl_trace_last_words(line, out);
    if (out->signal == 0)
        return false;
    unsigned skipped = 0, limit = LINES_BEFORE_FRAMES;
    for (fl_str before = *rest; fl_str_split(rest, '\n', &line);) {
        fl_raw_frame frame;
        bool has_place;
        bool is_next = limit == LINES_BETWEEN && fl_str_starts(line, FL_S("#0 "));
        if (!is_next && read_frame(line, &frame, &has_place)) {
            skipped = 0;
            limit = LINES_BETWEEN;
            before = *rest;
            if (has_place)
                fl_vec_push(arena, &out->frames, frame);
        } else if (is_next || ++skipped > limit) {
            *rest = before;
            break;
        }
    }
    return true;
}
