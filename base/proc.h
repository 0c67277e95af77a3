#ifndef FL_BASE_PROC_H
#define FL_BASE_PROC_H
#include "base/base.h"

/** Child processes, each in its own process group, always reaped; used by the engine (service) and the fixer (tsc, project tests). */
typedef struct fl_proc fl_proc;
typedef struct fl_proc_options {
    const char *command;          /**< run by /bin/sh -c "exec …" */
    const char *folder;           /**< working directory */
    const char *const *env;       /**< "K=V", NULL-terminated, added to (and overriding) our own environment */
    bool has_open_input;          /**< its standard input never ends, as at a terminal; else it is empty */
    size_t output_limit_bytes;    /**< kept output, oldest dropped (0: FL_LIMIT_LOG_BYTES) */
} fl_proc_options;
typedef struct fl_proc_exit { bool is_running; int code; int signal; } fl_proc_exit;

FL_NODISCARD fl_status fl_proc_start(fl_proc **out, const fl_proc_options *options, fl_err *err);
fl_proc_exit fl_proc_poll(fl_proc *proc);                 /**< drains output too; does not block */
/** Output so far (stdout and stderr together, in arrival order) from absolute offset `from_byte`; borrows until the next call of this. Has all that was written before the call. *next gets the offset behind it. */
fl_str fl_proc_output(fl_proc *proc, uint64_t from_byte, uint64_t *next);
int fl_proc_pid(const fl_proc *proc);
/** SIGTERM to the group, then SIGKILL after grace_ms; waits. */
void fl_proc_stop(fl_proc *proc, uint32_t grace_ms);
void fl_proc_free(fl_proc *proc);                         /**< stops first */
/** Runs to the end with a time limit; FL_E_ENV when it cannot start, FL_E_LIMIT on timeout (then it is killed). Output copied to the arena. */
FL_NODISCARD fl_status fl_proc_run(fl_arena *arena, const fl_proc_options *options, uint32_t limit_ms, fl_str *output, int *code, fl_err *err);
/** Kills every live group; async-signal-safe, for SIGINT/SIGTERM handlers. */
void fl_proc_kill_all(void);
#endif
