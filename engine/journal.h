#ifndef FL_ENGINE_JOURNAL_H
#define FL_ENGINE_JOURNAL_H
#include "engine/engine_p.h"

/**
 * Results as they come, a line of JSON each, so that a run that was interrupted, or crashed, can be finished: what is found at once ("found"),
 * and behind each unit all that it changed ("fault", "spot", then "unit"). Whoever goes on sends the valid requests again, takes over what
 * the last whole unit left, and leaves out the units that are done. Private to engine/.
 */
typedef struct fl_journal fl_journal;
/** Opens it; when an earlier run is to be finished, reads that. FL_E_USAGE: there is none, or it was another run. */
FL_NODISCARD fl_status fl_journal_open(fl_engine *engine, fl_err *err);
/** The valid requests are known: begins, or takes over what the earlier run found. */
void fl_journal_begin(fl_engine *engine);
void fl_journal_found(fl_engine *engine, const fl_fault *fault);
void fl_journal_unit(fl_engine *engine, unsigned part, size_t index);
/** Was this unit of the present phase done before the interrupt? *is_whole: no bound cut it short. */
bool fl_journal_has(const fl_engine *engine, unsigned part, size_t index, bool *is_whole);
void fl_journal_close(fl_engine *engine);

/* journal_data.c: what a line holds, and back. Everything read lives in `arena`. */
fl_data *fl_journal_case(fl_arena *arena, const fl_case *request);
bool fl_journal_read_case(fl_arena *arena, const fl_data *from, fl_case *out);
fl_data *fl_journal_fault(fl_arena *arena, const fl_fault *fault);
bool fl_journal_read_fault(fl_arena *arena, const fl_data *from, fl_fault *out);
#endif
