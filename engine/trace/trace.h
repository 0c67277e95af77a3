#ifndef FL_ENGINE_TRACE_H
#define FL_ENGINE_TRACE_H
#include "engine/engine.h"
#include "engine/trace/source_map.h"

/**
 * From what a service printed, answered or its hook reported, to places in the sources.
 * A format (how one run time writes its stacks) is one file here and one line in trace.def.
 */

/** A frame as it was written; strings borrow from the searched text. */
typedef struct fl_raw_frame { fl_str function, file; uint32_t line, column; /**< from 1; 0 unknown */ } fl_raw_frame;
typedef struct fl_raw_trace {
    fl_str type, message;
    FL_VEC(fl_raw_frame) frames;           /**< innermost first */
    fl_trace_report report;
    int signal;                            /**< what it says the process dies of; 0 */
    uint64_t objects, bytes;               /**< of a leak: all so far */
} fl_raw_trace;

/** Takes text up to the end of the next trace off the front of *rest; false when there is none left. */
typedef bool fl_trace_next_fn(fl_arena *arena, fl_str *rest, fl_raw_trace *out);
typedef struct fl_trace_format { const char *name; fl_trace_next_fn *next; } fl_trace_format;
extern const fl_trace_format fl_trace_formats[];      /**< ends with name NULL */

/** Resolves frames of one service. Keeps source maps it has read. Everything lives in `arena`. */
typedef struct fl_tracer {
    fl_arena *arena;
    fl_project *project;
    fl_str root;                           /**< absolute folder the service runs in, without '/' at its end */
    fl_folder_names vendored;              /**< folders with other people's code; the owner fills it in (fl_service_vendored) */
    fl_source_maps maps;
} fl_tracer;
/** `root` may be empty: that of the project. Borrows the project. */
void fl_tracer_init(fl_tracer *tracer, fl_arena *arena, fl_project *project, fl_str root);
void fl_tracer_release(fl_tracer *tracer);

typedef FL_VEC(fl_trace) fl_traces;
/** Appends every stack in the text, in order; `source` is what fl_trace.source will say. Text may be JSON- or HTML-escaped. */
void fl_trace_find(fl_tracer *tracer, fl_str text, const char *source, fl_traces *out);
/** Resolves one frame: lines and columns from 1, column 0 when unknown (then the span is the whole line). */
fl_frame fl_trace_resolve(fl_tracer *tracer, const fl_raw_frame *raw);
/** The same for a place in what was loaded (hook), which may have been compiled on the way; stacks are mapped back already. */
fl_frame fl_trace_resolve_loaded(fl_tracer *tracer, const fl_raw_frame *raw);
/** The last words of a process that ends itself, `terminate called after throwing…`, `what():`, `Assertion … failed`: fills type
 *  and message of `out` and returns true when the line is one. Borrows the line. */
bool fl_trace_last_words(fl_str line, fl_raw_trace *out);
/** A signal by the end of its name: "SEGV" → SIGSEGV; 0 when it is none. */
int fl_trace_signal(fl_str name);
/** The n-th application frame from the inside, or NULL. */
const fl_frame *fl_trace_application_frame(const fl_trace *trace, size_t n);
/** Undoes the escapes of JSON strings and of HTML text; borrows `text` when there is nothing to undo. */
fl_str fl_trace_unescape(fl_arena *arena, fl_str text);

/** What the hook said of the lines that ran: did the code at `span` run? `files` is the list of its "lines" event.
 *  Ranges are UTF-16 offsets into the file that the run time loaded, which may be compiled from ours. */
bool fl_trace_span_ran(fl_tracer *tracer, const fl_data *files, fl_span span);

/** The same for one line (from 0) of a file of the project; only where the hook reports lines. */
bool fl_trace_line_ran(fl_tracer *tracer, const fl_data *files, fl_str file, uint32_t line);

/** Byte offset of a UTF-16 column in a line, and of an UTF-16 offset's inverse: units before a byte. */
uint32_t fl_utf16_to_byte(fl_str text, uint32_t units);
uint32_t fl_byte_to_utf16(fl_str text, uint32_t byte);
#endif
