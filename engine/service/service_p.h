#ifndef FL_ENGINE_SERVICE_P_H
#define FL_ENGINE_SERVICE_P_H
#include "base/proc.h"
#include "engine/service/service.h"

/** Private to engine/service. */

/** Reads and checks models/runtimes/<name>.yaml (unknown keys are errors). */
FL_NODISCARD fl_status fl_runtime_read(fl_arena *arena, fl_str name, const fl_data **out, fl_err *err);

/** One "${name}" → value pair; a list of them ends with an empty name. */
typedef struct fl_runtime_variable { const char *name; fl_str value; } fl_runtime_variable;
/** Replaces ${name} of the given variables; others stay as they are (they may be the shell's). */
fl_str fl_runtime_fill(fl_arena *arena, fl_str text, const fl_runtime_variable *variables);

/** Runs a command that must end well; the error quotes its last words. `what` names it. */
FL_NODISCARD fl_status fl_service_run_step(fl_arena *arena, const char *what, const fl_proc_options *options, uint32_t limit_ms, fl_err *err);
/** The same judgement of a command that somebody else has run. */
FL_NODISCARD fl_status fl_service_check_step(fl_arena *arena, const char *what, const char *command, int code, fl_str output, fl_err *err);

/** Ports on this machine. */
uint16_t fl_port_choose(void);                       /**< a free one; 0 when there is none */
typedef enum fl_port_host { FL_PORT_SILENT, FL_PORT_V4, FL_PORT_V6 } fl_port_host;
fl_port_host fl_port_accepts(uint16_t port);         /**< who accepts: 127.0.0.1, else [::1] */

typedef FL_VEC(const char *) fl_service_env;         /**< "K=V" */

/** Is NAME one of a model's list of names? */
bool fl_runtime_lists(const fl_data *list, fl_str name);

/** What NAME is set to by env so far, else by our own environment. Borrowed. */
fl_str fl_service_env_get(fl_arena *arena, const fl_service_env *env, fl_str name);

/** Folders that a copy of a project shares with the original, as all runtime models have them. */
void fl_runtime_linked(fl_arena *arena, fl_folder_names *out);

/** Where it is built (workspace.c). Zero-initialised: nowhere of its own. */
typedef struct fl_workspace {
    fl_str owned;                                    /**< the folder above our copy, removed with it; empty: none of ours */
    fl_str build;                                    /**< ${build}; empty outside of copies */
    bool is_hooked;                                  /**< what was built has the hook, or takes it as it starts */
    bool is_plain;                                   /**< without sanitizers */
} fl_workspace;
/** Copies the project where plan->in_copy wants it, and turns the plan to the copy. */
FL_NODISCARD fl_status fl_workspace_open(fl_workspace *workspace, fl_arena *arena, fl_service_plan *plan, fl_err *err);
FL_NODISCARD fl_status fl_workspace_build(fl_workspace *workspace, fl_arena *arena, const fl_service_plan *plan, const fl_service_env *env, fl_err *err);
void fl_workspace_close(fl_workspace *workspace);

/** The program that was built of plan->entry_file (program.c); the error names the candidates. */
FL_NODISCARD fl_status fl_program_find(fl_arena *arena, const fl_service_plan *plan, fl_str build, fl_str *out, fl_err *err);
/** A process of the group runs such a program: the build is through, and goes on to run what it built. */
bool fl_program_is_running(fl_arena *arena, const fl_service_plan *plan, fl_str build, int group);
/** A file as old as the first build. */
fl_str fl_program_since_file(fl_arena *arena, const fl_service_plan *plan);

/** The folder of the interpreter that the project wants, by the model's `interpreter` (interpreter.c); empty: the one that PATH finds, or
 *  nothing to choose by. *why says what it has. */
fl_str fl_interpreter_find(fl_arena *arena, const fl_data *model, fl_str folder, const fl_str *packages, size_t package_count, fl_str *why);
/** A package that is not installed, as the output says it, and what to do; empty: it says no such thing. */
fl_str fl_interpreter_missing(fl_arena *arena, const fl_data *model, fl_str folder, fl_str output);

/** Where the hook in the service's run time reports to: a file in a private folder. Zero-initialised: no hook. */
typedef struct fl_hook {
    fl_str folder, report, flush_header, request_header;
    fl_str control;                                  /**< pipe that it reads questions from; empty: it takes none */
    fl_str lines, forget_lines;                      /**< commands: report the lines of FAULTLINE_REQUEST; forget what was counted */
    unsigned asked;                                  /**< questions so far */
    fl_buf shown;                                    /**< what fl_hook_read lent out */
} fl_hook;
/** Prepares the hook of plan->runtime and appends its settings to env; values that are set already stay in front where
 *  the model says so. A hook that is not installed is none. */
FL_NODISCARD fl_status fl_hook_open(fl_hook *hook, fl_arena *arena, const fl_service_plan *plan, fl_str build, fl_service_env *env, fl_err *err);
/** Whole lines since from_byte; borrows until the next read. */
fl_str fl_hook_read(fl_hook *hook, uint64_t from_byte, uint64_t *next);
/** Puts a question into the pipe; its number, 0 when nobody reads there. */
unsigned fl_hook_put(fl_hook *hook, const char *what);
/** The answer to question `ask` since from_byte: 1 done, 0 cannot, -1 not there yet. */
int fl_hook_answer(fl_hook *hook, uint64_t from_byte, unsigned ask);
/** Appends to what it reported. */
void fl_hook_append(fl_hook *hook, fl_str lines);
/** It was loaded into a process of the service since from_byte. */
bool fl_hook_is_loaded(fl_hook *hook, uint64_t from_byte);
/** The ports of "listening" reports since from_byte, at most `capacity`; how many there are. */
size_t fl_hook_listening(fl_hook *hook, uint64_t from_byte, uint16_t *ports, size_t capacity);
void fl_hook_close(fl_hook *hook);
#endif
