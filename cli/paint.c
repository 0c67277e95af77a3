/* Styled text for terminals; see paint.h. Signs are chosen once by the character set, colours once by the caller. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "cli/paint.h"

enum { USUAL_WIDTH = 100, LEAST_WIDTH = 40, MOST_WIDTH = 120 };

static const char *const codes[FL_STYLE_COUNT] = {
    [FL_PLAIN] = "", [FL_BOLD] = "\033[1m", [FL_DIM] = "\033[2m", [FL_RED] = "\033[31m", [FL_GREEN] = "\033[32m",
    [FL_YELLOW] = "\033[33m", [FL_BLUE] = "\033[34m", [FL_CYAN] = "\033[36m", [FL_MAGENTA] = "\033[35m", [FL_BOLD_RED] = "\033[1;31m",
};

const fl_paint_glyphs *fl_paint_signs(const fl_paint *paint)
{
    static const fl_paint_glyphs unicode = {"─", "│", "→", "✓", "✗", "·", "─", "…", "╰"};
    static const fl_paint_glyphs ascii = {"-", "|", "->", "ok", "!!", "-", "^", "...", "`-"};
    return paint->has_unicode ? &unicode : &ascii;
}

static unsigned terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    int64_t number;
    struct winsize size;
    unsigned width = USUAL_WIDTH;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    else if (columns != NULL && fl_str_to_int(fl_str_from(columns), &number) && number > 0 && number < 1000)
        width = (unsigned)number;
    return width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
}

void fl_paint_init(fl_paint *paint, fl_buf *out, const char *colour)
{
    *paint = (fl_paint){.out = out, .width = terminal_width()};
    if (colour != NULL && strcmp(colour, "always") == 0)
        paint->has_colour = true;
    else if (colour == NULL || strcmp(colour, "auto") == 0)
        paint->has_colour = fl_colour_wanted(STDOUT_FILENO);
    setlocale(LC_CTYPE, "");
    paint->has_unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

size_t fl_paint_columns(fl_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return n;
}

static void put(fl_paint *paint, fl_style style, fl_str text)
{
    if (text.len == 0)
        return;
    bool is_styled = paint->has_colour && style != FL_PLAIN;
    if (is_styled)
        fl_buf_add_c(paint->out, codes[style]);
    fl_buf_add(paint->out, text);
    if (is_styled)
        fl_buf_add_c(paint->out, "\033[0m");
    paint->column += fl_paint_columns(text);
}

void fl_paint_put(fl_paint *paint, fl_style style, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len > 0)
        put(paint, style, (fl_str){text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1});
}

void fl_paint_foreign(fl_paint *paint, fl_style style, fl_str text, size_t max_columns)
{
    fl_buf clean;
    fl_buf_init(&clean, 0);
    size_t columns = 0, bad = 0;
    bool is_valid = fl_utf8_valid(text, &bad), is_cut = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool is_first = (c & 0xC0) != 0x80;
        /* U+0080…U+009F are control characters too: C2 80 … C2 9F */
        bool is_c1 = c == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xA0;
        if (max_columns > 0 && is_first && columns + (c == '\t' ? 2 : 1) > max_columns) {
            is_cut = true;
            break;
        }
        if (c == '\t') {
            fl_buf_add_c(&clean, "  ");
            columns += 2;
        } else if (c < 0x20 || c == 0x7F || is_c1 || (!is_valid && c >= 0x80)) {
            fl_buf_add_char(&clean, c == '\n' || c == '\r' ? ' ' : '?');
            columns++;
            i += is_c1 ? 1 : 0;
        } else {
            fl_buf_add_char(&clean, (char)c);
            columns += is_first;
        }
    }
    put(paint, style, fl_buf_str(&clean));
    fl_buf_release(&clean);
    if (is_cut)
        put(paint, FL_DIM, fl_str_from(fl_paint_signs(paint)->ellipsis));
}

void fl_paint_line(fl_paint *paint)
{
    while (paint->out->len > 0 && paint->out->ptr[paint->out->len - 1] == ' ')
        paint->out->ptr[--paint->out->len] = '\0';
    fl_buf_add_char(paint->out, '\n');
    paint->column = 0;
}

void fl_paint_to(fl_paint *paint, size_t column)
{
    if (column > paint->column) {
        fl_buf_add_repeat(paint->out, ' ', column - paint->column);
        paint->column = column;
    }
}

void fl_paint_wrap(fl_paint *paint, fl_style style, size_t indent, fl_str text)
{
    fl_str word;
    bool is_first = true;
    while (fl_str_split(&text, ' ', &word)) {
        if (!is_first && paint->column + 1 + fl_paint_columns(word) > paint->width && paint->column > indent) {
            fl_paint_line(paint);
            fl_paint_to(paint, indent);
        } else if (!is_first) {
            put(paint, FL_PLAIN, FL_S(" "));
        }
        fl_paint_foreign(paint, style, word, 0);
        is_first = false;
    }
}

void fl_paint_rule(fl_paint *paint, fl_style style, const char *title)
{
    const char *sign = fl_paint_signs(paint)->rule;
    put(paint, FL_DIM, fl_str_from(sign));
    put(paint, FL_DIM, fl_str_from(sign));
    put(paint, FL_PLAIN, FL_S(" "));
    fl_paint_foreign(paint, style, fl_str_from(title), paint->width > 8 ? paint->width - 8 : 0);
    put(paint, FL_PLAIN, FL_S(" "));
    fl_buf line;
    fl_buf_init(&line, 0);
    for (size_t i = paint->column; i < paint->width; i++)
        fl_buf_add_c(&line, sign);
    put(paint, FL_DIM, fl_buf_str(&line));
    fl_buf_release(&line);
    fl_paint_line(paint);
}

/* ---- source ---- */

/* Columns of the text's first n characters on the screen: tabs are two wide. */
static size_t screen_columns(fl_str text, int64_t n)
{
    size_t columns = 0;
    int64_t seen = 0;
    for (size_t i = 0; i < text.len && seen < n; i++) {
        if (((unsigned char)text.ptr[i] & 0xC0) == 0x80)
            continue;
        columns += text.ptr[i] == '\t' ? 2 : 1;
        seen++;
    }
    return columns;
}

void fl_paint_source(fl_paint *paint, size_t indent, int64_t line, fl_str text, int64_t column, int64_t end_column, fl_style style, const char *note)
{
    enum { NUMBER = 5 };
    size_t blank = 0; /* what all lines of a block have in front is of no use here */
    while (blank < text.len && (text.ptr[blank] == ' ' || text.ptr[blank] == '\t'))
        blank++;
    const char *bar = fl_paint_signs(paint)->bar;
    fl_paint_to(paint, indent);
    fl_paint_put(paint, FL_DIM, "%*lld %s ", NUMBER, (long long)line, bar);
    fl_str shown = fl_str_sub(text, blank, text.len);
    size_t room = paint->width > paint->column + 1 ? paint->width - paint->column - 1 : 1;
    int64_t first = column - 1 - (int64_t)blank, last = end_column - 1 - (int64_t)blank;
    size_t from = screen_columns(shown, first < 0 ? 0 : first), to = screen_columns(shown, last < 0 ? 0 : last);
    if (to <= from)
        to = from + 1;
    if (column > 0 && to > room) { /* a window of a long line, around what is underlined */
        size_t skip = to - room + 2 < from ? to - room + 2 : from;
        while (skip > 0 && screen_columns(shown, 1) <= skip) {
            size_t width = screen_columns(shown, 1), bytes = 1;
            while (bytes < shown.len && ((unsigned char)shown.ptr[bytes] & 0xC0) == 0x80)
                bytes++;
            shown = fl_str_sub(shown, bytes, shown.len);
            skip -= width;
            from -= width;
            to -= width;
        }
        put(paint, FL_DIM, fl_str_from(fl_paint_signs(paint)->ellipsis));
        size_t sign = fl_paint_columns(fl_str_from(fl_paint_signs(paint)->ellipsis));
        from += sign;
        to += sign;
        room -= sign;
    }
    fl_paint_foreign(paint, FL_PLAIN, shown, room);
    fl_paint_line(paint);
    if (column <= 0 || from >= paint->width)
        return;
    if (to > room + 3)
        to = room + 3;
    fl_paint_to(paint, indent);
    fl_paint_put(paint, FL_DIM, "%*s %s ", NUMBER, "", bar);
    fl_paint_to(paint, paint->column + from);
    fl_buf marks;
    fl_buf_init(&marks, 0);
    fl_buf_add_repeat(&marks, '^', to > from ? to - from : 1);
    put(paint, style, fl_buf_str(&marks));
    fl_buf_release(&marks);
    if (note != NULL && note[0] != '\0') {
        put(paint, FL_PLAIN, FL_S(" "));
        fl_paint_foreign(paint, style, fl_str_from(note), paint->width > paint->column ? paint->width - paint->column : 1);
    }
    fl_paint_line(paint);
}

/* ---- diffs ---- */

void fl_paint_diff(fl_paint *paint, size_t indent, fl_str diff, bool hunks_only)
{
    fl_str line;
    bool is_in_hunk = false;
    while (fl_str_split(&diff, '\n', &line)) {
        if (diff.len == 0 && line.len == 0)
            break;
        bool is_header = fl_str_starts(line, FL_S("diff ")) || (!is_in_hunk && !fl_str_starts(line, FL_S("@@")));
        if (fl_str_starts(line, FL_S("diff ")))
            is_in_hunk = false;
        if (fl_str_starts(line, FL_S("@@")))
            is_in_hunk = true;
        if (is_header && hunks_only && !fl_str_starts(line, FL_S("+++ ")))
            continue;
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        fl_style style = FL_PLAIN;
        if (is_header)
            style = FL_DIM;
        else if (line.len > 0 && line.ptr[0] == '@')
            style = FL_CYAN;
        else if (line.len > 0 && line.ptr[0] == '+')
            style = FL_GREEN;
        else if (line.len > 0 && line.ptr[0] == '-')
            style = FL_RED;
        fl_paint_to(paint, indent);
        fl_paint_foreign(paint, style, line, 0);
        fl_paint_line(paint);
    }
}
