/*
 * The ways to fail that are in C code: an operation that failed (fl_fail), our own bug (fl_bug), and no memory (fl_no_memory).
 * Oddities of the analysed program are neither; they are diagnostics of the extractor.
 */
#include "base/fs.h"
#include "base/proc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An error is one line, whatever was quoted into it: control characters become spaces, a cut end becomes "...". */
static void make_one_line(char *text, size_t size, size_t wanted_len)
{
    if (wanted_len >= size) {
        size_t cut = size - 4;
        while (cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80)
            cut--; /* not inside a UTF-8 sequence */
        memcpy(text + cut, "...", 4);
    }
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
}

fl_status fl_fail(fl_err *err, fl_status status, const char *format, ...)
{
    if (!err)
        return status;
    /* The old text may be an argument ("…: %s", err->text), so it is not overwritten while it is read. */
    char text[sizeof err->text];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0)
        text[0] = '\0';
    make_one_line(text, sizeof text, len < 0 ? 0 : (size_t)len);
    err->status = status;
    memcpy(err->text, text, sizeof text);
    return status;
}

void fl_no_memory(void)
{
    static const char text[] = "error: no memory is left\n";
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    fl_proc_kill_all();
    fl_fs_temp_remove_all();
    _exit(3);
}

void fl_bug(const char *file, int line, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "faultline: bug at %s:%d: ", file, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\n");
    abort();
}
