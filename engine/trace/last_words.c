/* What a process says before it ends itself; the report or back trace that follows says only "aborted". Names of signals. */
#include "engine/trace/trace.h"

#include <signal.h>

bool fl_trace_last_words(fl_str line, fl_raw_trace *out)
{
    const fl_str thrown = FL_S("terminate called after throwing an instance of '"), what = FL_S("what():"), claim = FL_S("Assertion `");
    line = fl_str_trim(line);
    ptrdiff_t at = fl_str_find(line, thrown);
    if (at >= 0) {
        fl_str rest = fl_str_sub(line, (size_t)at + thrown.len, line.len);
        ptrdiff_t end = fl_str_rfind_char(rest, '\'');
        out->type = fl_str_sub(rest, 0, end < 0 ? rest.len : (size_t)end);
        out->message = (fl_str){0};
        return true;
    }
    if (out->type.len && fl_str_starts(line, what)) {
        out->message = fl_str_trim(fl_str_sub(line, what.len, line.len));
        return true;
    }
    at = fl_str_find(line, claim);
    if (at >= 0 && fl_str_ends(line, FL_S("' failed."))) {
        out->type = FL_S("assertion");
        out->message = fl_str_sub(line, (size_t)at + claim.len, line.len - (sizeof "' failed." - 1));
        return true;
    }
    return false;
}

int fl_trace_signal(fl_str name)
{
    static const struct { const char *name; int number; } rows[] = {
        {"SEGV", SIGSEGV}, {"BUS", SIGBUS}, {"FPE", SIGFPE}, {"ILL", SIGILL}, {"ABRT", SIGABRT}, {"TRAP", SIGTRAP}, {"SYS", SIGSYS},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        if (fl_str_eq_c(name, rows[i].name))
            return rows[i].number;
    return 0;
}
