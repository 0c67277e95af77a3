/*
 * Lines to stderr. A progress line, where there is one, is wiped before a log line and drawn again by the next
 * fl_progress, so that the two never mix.
 */
#include "base/base.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static fl_log_level max_level = FL_LOG_INFO;
static bool line_is_drawn;
static char last_stage[128];
static uint64_t last_drawn_ms;

enum { REDRAW_MS = 80 };

void fl_log_set_level(fl_log_level level)
{
    pthread_mutex_lock(&lock);
    max_level = level;
    pthread_mutex_unlock(&lock);
}

static void wipe_line(void)
{
    if (line_is_drawn)
        fputs("\r\033[K", stderr);
    line_is_drawn = false;
}

void fl_log(fl_log_level level, const char *format, ...)
{
    static const char *const prefixes[] = {"error: ", "warning: ", "", ""};
    pthread_mutex_lock(&lock);
    if (level <= max_level) {
        va_list args;
        wipe_line();
        fputs(prefixes[level], stderr);
        va_start(args, format);
        vfprintf(stderr, format, args);
        va_end(args);
        fputc('\n', stderr);
        fflush(stderr);
    }
    pthread_mutex_unlock(&lock);
}

void fl_progress(const char *stage, size_t done, size_t total)
{
    pthread_mutex_lock(&lock);
    if (max_level >= FL_LOG_INFO) {
        bool is_new = strncmp(stage, last_stage, sizeof last_stage - 1) != 0;
        if (is_new)
            snprintf(last_stage, sizeof last_stage, "%s", stage);
        if (isatty(STDERR_FILENO)) {
            uint64_t now_ms = fl_clock_ms();
            if (is_new || done == total || now_ms - last_drawn_ms >= REDRAW_MS) {
                fprintf(stderr, total ? "\r%s %zu/%zu\033[K" : "\r%s\033[K", stage, done, total);
                fflush(stderr);
                line_is_drawn = true;
                last_drawn_ms = now_ms;
            }
        } else if (is_new) {
            fprintf(stderr, "%s\n", stage);
        }
    }
    pthread_mutex_unlock(&lock);
}

void fl_progress_end(void)
{
    pthread_mutex_lock(&lock);
    wipe_line();
    fflush(stderr);
    last_stage[0] = '\0';
    pthread_mutex_unlock(&lock);
}

bool fl_colour_wanted(int fd)
{
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(no_colour && *no_colour) && !(term && strcmp(term, "dumb") == 0) && isatty(fd);
}
