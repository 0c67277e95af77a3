/*
 * Reports of the sanitizers of gcc and clang: of wrong addresses, of undefined behaviour, of leaks. Read fl_trace_sanitizer
 * first: it looks for the line that begins a report; read_… does the rest of one. Only the first stack of a report is taken,
 * where it happened; those of where the memory was allocated and freed are left out. Addresses differ from run to run, so none
 * but those next to null are kept.
 */
#include "engine/trace/trace.h"

#include <stdlib.h>

enum { NEAR_NULL = 0x10000 };

/* ---- words ---- */

static fl_str behind(fl_str line, const char *mark)
{
    ptrdiff_t at = fl_str_find(line, fl_str_from(mark));
    return at < 0 ? (fl_str){0} : fl_str_sub(line, (size_t)at + fl_str_from(mark).len, line.len);
}

static fl_str first_word(fl_str text)
{
    fl_str word = {0};
    (void)fl_str_split(&text, ' ', &word);
    return word;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes "N" or ":N" off the end; 0 when there is none. */
static uint32_t take_number(fl_str *text)
{
    size_t from = text->len;
    while (from > 0 && is_digit(text->ptr[from - 1]))
        from--;
    int64_t number;
    if (from == text->len || from == 0 || text->ptr[from - 1] != ':' || !fl_str_to_int(fl_str_sub(*text, from, text->len), &number) ||
        number < 0 || number > UINT32_MAX)
        return 0;
    *text = fl_str_sub(*text, 0, from - 1);
    return (uint32_t)number;
}

/* "file:line" or "file:line:column". */
static bool read_place(fl_str place, fl_raw_frame *out)
{
    uint32_t last = take_number(&place), before = take_number(&place);
    out->file = place;
    out->line = before ? before : last;
    out->column = before ? last : 0;
    return out->line != 0 && place.len != 0;
}

/* "    #1 0x55e1 in function place", or a module in parentheses instead of the place. False: this line is no frame. */
static bool read_frame(fl_str line, fl_raw_frame *out, bool *has_place)
{
    line = fl_str_trim(line);
    *out = (fl_raw_frame){0};
    *has_place = false;
    if (line.len < 2 || line.ptr[0] != '#' || !is_digit(line.ptr[1]))
        return false;
    fl_str rest = behind(line, " in ");
    if (rest.len == 0)
        return fl_str_find(line, FL_S(" 0x")) > 0; /* without symbols */
    ptrdiff_t space = fl_str_find(rest, FL_S(" /"));
    if (space < 0)
        space = fl_str_rfind_char(rest, ' ');
    if (space < 0 || fl_str_ends(rest, FL_S(")")))
        return true;
    out->function = fl_str_sub(rest, 0, (size_t)space);
    *has_place = read_place(fl_str_sub(rest, (size_t)space + 1, rest.len), out);
    return true;
}

/* Frames from *rest, behind lines that are none (at most `skipped`); `each` sees those lines. Ends behind the last frame. */
static void read_frames(fl_arena *arena, fl_str *rest, unsigned skipped, void (*each)(fl_arena *arena, fl_str line, fl_raw_trace *out), fl_raw_trace *out)
{
    bool has_any = false;
    for (fl_str before = *rest, line; fl_str_split(rest, '\n', &line); before = *rest) {
        fl_raw_frame frame;
        bool has_place;
        if (read_frame(line, &frame, &has_place)) {
            has_any = true;
            if (has_place)
                fl_vec_push(arena, &out->frames, frame);
        } else if (has_any || skipped-- == 0) {
            *rest = before;
            return;
        } else if (each) {
            each(arena, line, out);
        }
    }
}

/* ---- wrong addresses ---- */

/* "0x000000000000" next to null as it is written by people; empty when it is somewhere else. */
static fl_str near_null(fl_arena *arena, fl_str text)
{
    if (!fl_str_starts(text, FL_S("0x")))
        return (fl_str){0};
    unsigned long long address = strtoull(fl_str_c(arena, first_word(text)), NULL, 16);
    return address < NEAR_NULL ? fl_str_format(arena, "0x%llx", address) : (fl_str){0};
}

/* Lines between the head and the stack: what was done with the address. */
static void read_access(fl_arena *arena, fl_str line, fl_raw_trace *out)
{
    static const struct { const char *mark, *says; } rows[] = {
        {"caused by a READ", "read"}, {"caused by a WRITE", "write"}, {"READ of size ", "read of size "}, {"WRITE of size ", "write of size "},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        ptrdiff_t at = fl_str_find(line, fl_str_from(rows[i].mark));
        if (at < 0)
            continue;
        fl_str size = i < 2 ? (fl_str){0} : first_word(behind(line, rows[i].mark));
        out->message = fl_str_format(arena, FL_STR_FMT "%s%s" FL_STR_FMT, FL_STR_ARG(out->message), out->message.len ? ", " : "", rows[i].says,
                                     FL_STR_ARG(size));
        return;
    }
}

/* "0x602… is located 2 bytes to the right of 10-byte region [0x…": stands behind the stack, before the next one. */
static void read_region(fl_arena *arena, fl_str rest, fl_raw_trace *out)
{
    fl_str line;
    for (unsigned i = 0; i < 3 && fl_str_split(&rest, '\n', &line); i++) {
        fl_str where = behind(line, " is located ");
        ptrdiff_t end = fl_str_find(where, FL_S(" region"));
        if (end < 0)
            continue;
        out->message = fl_str_format(arena, FL_STR_FMT "%s" FL_STR_FMT " region", FL_STR_ARG(out->message), out->message.len ? ", " : "",
                                     (int)end, where.ptr);
        return;
    }
}

/* "AddressSanitizer: SEGV on unknown address 0x0…", "heap-buffer-overflow on address …", "attempting double-free on …",
 * "alloc-dealloc-mismatch (malloc vs operator delete) on …". */
static void read_bad_address(fl_arena *arena, fl_str head, fl_str *rest, fl_raw_trace *out)
{
    const fl_raw_trace words = *out;
    *out = (fl_raw_trace){.report = FL_TRACE_FAULT};
    if (fl_str_starts(head, FL_S("attempting ")))
        head = fl_str_sub(head, 11, head.len);
    out->type = first_word(head);
    while (out->type.len && out->type.ptr[out->type.len - 1] == ':')
        out->type.len--;
    if (fl_str_eq_c(out->type, "free"))
        out->type = FL_S("bad-free");
    out->signal = fl_trace_signal(out->type);
    fl_str why = fl_str_trim(fl_str_sub(head, first_word(head).len, head.len));
    ptrdiff_t close = fl_str_find_char(why, ')');
    if (out->signal) {
        fl_str address = near_null(arena, behind(head, "unknown address "));
        out->type = fl_str_format(arena, "SIG" FL_STR_FMT, FL_STR_ARG(out->type));
        if (address.len && fl_str_eq(out->type, FL_S("SIGSEGV")))
            out->message = fl_str_format(arena, "address " FL_STR_FMT, FL_STR_ARG(address));
    } else if (fl_str_starts(why, FL_S("(")) && close > 0 && fl_str_find(why, FL_S("0x")) != 1) {
        out->message = fl_str_sub(why, 1, (size_t)close);
    }
    read_frames(arena, rest, 6, read_access, out);
    read_region(arena, *rest, out);
    if (out->signal && words.type.len) { /* it aborted, and said why */
        out->type = words.type;
        out->message = words.message;
    }
}

/* ---- undefined behaviour ---- */

/* "0x60200000001c" → "0x…", but for those next to null. */
static fl_str without_addresses(fl_arena *arena, fl_str text)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < text.len; i++) {
        fl_str rest = fl_str_sub(text, i, text.len);
        fl_buf_add_char(&out, text.ptr[i]);
        if (!fl_str_starts(rest, FL_S("0x")))
            continue;
        size_t end = i + 2;
        while (end < text.len && (is_digit(text.ptr[end]) || (text.ptr[end] >= 'a' && text.ptr[end] <= 'f')))
            end++;
        if (near_null(arena, fl_str_sub(text, i, end)).len)
            continue;
        fl_buf_add_c(&out, "x…");
        i = end - 1;
    }
    fl_str plain = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return plain;
}

static void read_undefined(fl_arena *arena, fl_str place, fl_str says, fl_str *rest, fl_raw_trace *out)
{
    *out = (fl_raw_trace){.report = FL_TRACE_FAULT, .type = FL_S("undefined behaviour"), .message = without_addresses(arena, fl_str_trim(says))};
    fl_raw_frame head = {0};
    bool has_head = read_place(place, &head);
    fl_str before = *rest;
    read_frames(arena, rest, 4, NULL, out);
    if (out->frames.count == 0)
        *rest = before; /* reports without a stack: the next one may stand right here */
    if (out->frames.count == 0 && has_head)
        fl_vec_push(arena, &out->frames, head);
    else if (has_head && out->frames.items[0].line == head.line) /* the stack has no columns with some compilers */
        out->frames.items[0].column = head.column;
}

/* ---- leaks ---- */

/* "Direct leak of 24 byte(s) in 1 object(s) allocated from:". Indirect ones hang on a direct one. */
static void read_leak(fl_arena *arena, fl_str head, fl_str *rest, fl_raw_trace *out)
{
    *out = (fl_raw_trace){.report = FL_TRACE_LEAK, .type = FL_S("memory leak")};
    int64_t number;
    if (fl_str_to_int(first_word(head), &number) && number > 0)
        out->bytes = (uint64_t)number;
    if (fl_str_to_int(first_word(behind(head, " in ")), &number) && number > 0)
        out->objects = (uint64_t)number;
    out->message = fl_str_format(arena, "%llu bytes are never released", (unsigned long long)out->bytes);
    read_frames(arena, rest, 0, NULL, out);
}

bool fl_trace_sanitizer(fl_arena *arena, fl_str *rest, fl_raw_trace *out);
bool fl_trace_sanitizer(fl_arena *arena, fl_str *rest, fl_raw_trace *out)
{
    static const char *const heads[] = {"ERROR: AddressSanitizer: ", "ERROR: UndefinedBehaviorSanitizer: ", "ERROR: ThreadSanitizer: ",
                                        "ERROR: MemorySanitizer: "};
    *out = (fl_raw_trace){0};
    for (fl_str line; fl_str_split(rest, '\n', &line);) {
        const fl_str undefined = FL_S(": runtime error: ");
        ptrdiff_t at = fl_str_find(line, undefined);
        if (at > 0) {
            read_undefined(arena, fl_str_sub(line, 0, (size_t)at), fl_str_sub(line, (size_t)at + undefined.len, line.len), rest, out);
            return true;
        }
        fl_str leak = behind(line, "Direct leak of ");
        if (leak.len) {
            read_leak(arena, leak, rest, out);
            return true;
        }
        for (size_t i = 0; i < FL_COUNT(heads); i++) {
            fl_str head = behind(line, heads[i]);
            if (head.len) {
                read_bad_address(arena, head, rest, out);
                return true;
            }
        }
        (void)fl_trace_last_words(line, out);
    }
    return false;
}
