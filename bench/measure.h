#ifndef FL_BENCH_MEASURE_H
#define FL_BENCH_MEASURE_H
#include "base/base.h"

/** One measured piece of work, in a process of its own: nothing is warm, and its peak memory is its own. */
typedef struct fl_measure { double wall_s, cpu_s; uint64_t peak_bytes; bool is_ok; } fl_measure;

/** Runs work(context) in a fork. The time is that of the call, not of the fork. */
fl_measure fl_measure_fork(bool (*work)(void *context), void *context);
/** Runs a program (argv, NULL-terminated; output thrown away), from start to exit. */
fl_measure fl_measure_program(const char *const *argv);
/** Medians, each number by itself; the largest peak. is_ok when all were. */
fl_measure fl_measure_median(const fl_measure *rounds, size_t count);

#endif
