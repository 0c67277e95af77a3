#ifndef FL_ENGINE_SERVICE_H
#define FL_ENGINE_SERVICE_H
#include "base/data.h"

/** The service under test: inferred or configured, started in its own process group, watched, restarted, always stopped. */
typedef struct fl_service_plan {
    fl_str folder;                         /**< absolute */
    fl_str original;                       /**< what folder is a copy of; empty: nothing */
    fl_str build;                          /**< command or empty */
    fl_str start;                          /**< command; empty when only a URL is known. ${port} and ${folder} are filled in at start */
    fl_str otherwise;                      /**< command for a start that ends before it is ready; empty: none */
    fl_str url;                            /**< given by the user: attach, start nothing (unless start is set too) */
    uint16_t port;                         /**< where it will listen: 0 = choose a free one and pass it in port_variable */
    fl_str port_variable;                  /**< "PORT"; empty when the port is fixed */
    fl_str ready;                          /**< path that must answer (any status) before we begin; empty: accepting is enough */
    fl_str reset;                          /**< command run before each (re)start; empty: restarting is the reset */
    fl_str prepare;                        /**< command run once in the copy before the first start: it makes tables; empty: none */
    fl_str account, password;              /**< who `prepare` made known to the service; empty: nobody */
    FL_VEC(fl_str) env;                    /**< "K=V"; ${port} and ${folder} are filled in at start */
    fl_str runtime;                        /**< name of the runtime model whose hook is preloaded; empty: none */
    fl_str rebuild;                        /**< like build, where that was run before; empty: build again */
    bool in_copy;                          /**< built and started in a copy of folder, which is left alone */
    bool can_sanitize;                     /**< its build can look for wrong memory use */
    fl_str scratch;                        /**< set when folder is a copy already: the folder above it, where the build goes */
    bool refuses_sanitizers;               /**< the user does not want them */
    fl_str entry_file;                     /**< where the source listens: the program made of it is ${program}; empty: not known */
    uint32_t ready_ms;                     /**< 0: FL_LIMIT_READY_MS */
    bool uses_http2;                       /**< spoken to ask whether it is ready */
    FL_VEC(fl_str) because;                /**< one line per inferred value: `start: "npm start" (package.json scripts.start)` */
} fl_service_plan;

/** What the extractor knows that helps (port variable, port, environment names). */
typedef struct fl_service_hints { fl_str port_variable; uint16_t port; const fl_str *environment; size_t environment_count; fl_str language; fl_str entry_file;
    const fl_str *starts; size_t start_count;   /**< all files that listen when they are run; entry_file is the last */
    struct { fl_str framework, file, name, root; bool is_factory; } application;   /**< the object that routes are registered at, and where its imports begin; empty: not known */
    const fl_str *packages; size_t package_count;   /**< of other people that the sources import, by their names in the language */
    unsigned port_argument;                /**< place of the port among the arguments, from 1; 0: it is none of them */
} fl_service_hints;

/** Infers a plan from the project's files by the runtime models (models/runtimes/<name>.yaml). FL_E_ENV when nothing fits; the message says what to write in faultline.yaml.
 *  What was found besides the start command (environment, hook) is in the plan even then. hints may be NULL. */
FL_NODISCARD fl_status fl_service_infer(fl_service_plan *plan, fl_arena *arena, const char *folder, const fl_service_hints *hints, fl_err *err);

/** Names of folders in which package managers put other people's code, as all runtime models have them; those that cannot
 *  be read say nothing. */
typedef FL_VEC(fl_str) fl_folder_names;
void fl_service_vendored(fl_arena *arena, fl_folder_names *out);
/** Likewise classes of errors by which run times say that a service which the project asks is not there. */
void fl_service_errors_elsewhere(fl_arena *arena, fl_folder_names *out);
/** Copies a project (without version control and our results) into a new folder *parent. Folders of installed packages are links to
 *  the originals, also those that lie beside a folder above the project. *parent is set when there is something to remove. */
FL_NODISCARD fl_status fl_scratch_copy(fl_arena *arena, fl_str folder, fl_str *parent, fl_str *copy, fl_err *err);

/** Runs a command of the project where the plan's service was built, in the environment of that build: its tests. As fl_proc_run. */
FL_NODISCARD fl_status fl_service_run_beside(fl_arena *arena, const fl_service_plan *plan, const char *command, uint32_t limit_ms, fl_str *output,
                                             int *code, fl_err *err);

typedef struct fl_service fl_service;
typedef struct fl_service_exit { bool has_exited; int code; int signal; } fl_service_exit;
/** Runs build, reset and start, and waits until ready. The error quotes the last lines of the output. */
FL_NODISCARD fl_status fl_service_start(fl_service **out, const fl_service_plan *plan, fl_err *err);
FL_NODISCARD fl_status fl_service_restart(fl_service *service, fl_err *err);   /**< also the reset of its state */
/** A text of the service as it would be had it run in the project: its copy, which has another name each time, is not named. May borrow. */
fl_str fl_service_in_place(const fl_service *service, fl_arena *arena, fl_str text);
fl_str fl_service_base_url(const fl_service *service);                         /**< http://127.0.0.1:PORT */
fl_service_exit fl_service_poll(fl_service *service);
bool fl_service_is_managed(const fl_service *service);                         /**< we started it: may be restarted */
/** Output since offset; borrows until the next call on this service. */
fl_str fl_service_output(fl_service *service, uint64_t from_byte, uint64_t *next);
/** Reports of our hook in the run time (JSON lines: {"type":"error"|"rejection"|"lines"|"exit", …}) since offset; empty when no hook fits. */
fl_str fl_service_hook(fl_service *service, uint64_t from_byte, uint64_t *next);
/** Headers that the hook wants of us: on a request, whose number it then reports; on one that asks it for lines. Empty: none. */
fl_str fl_service_request_header(const fl_service *service);
fl_str fl_service_flush_header(const fl_service *service);
/** The hook takes questions beside the requests: "begin", "lines", "leaks". */
bool fl_service_can_ask(fl_service *service);
/** Asks and waits for the answer; lines are reported for `request`. false: not within the limit, or it cannot. */
bool fl_service_ask(fl_service *service, const char *what, uint32_t request, uint32_t limit_ms);
/** The next start is under the run time's debugger (or no longer). false when there is none, or reports are good without. */
bool fl_service_debug(fl_service *service, bool wants_debugger);
/** Where it runs: the plan's folder, or the copy of it. */
fl_str fl_service_folder(const fl_service *service);
void fl_service_free(fl_service *service);                                     /**< stops it */
#endif
