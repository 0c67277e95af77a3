/* What gcc's and clang's sanitizers and gdb really print (data/native_reports.txt, one section a row), as traces. */
#include "tests/support/unit.h"
#include "base/fs.h"
#include "engine/trace/trace.h"

#include <signal.h>
#include <stdlib.h>

static fl_str section(fl_str all, const char *name)
{
    fl_arena arena;
    fl_arena_init(&arena);
    ptrdiff_t at = fl_str_find(all, fl_str_format(&arena, "##### %s\n", name));
    fl_arena_release(&arena);
    if (at < 0)
        fail_msg("no section '%s'", name);
    fl_str rest = fl_str_sub(all, (size_t)at + 6, all.len);
    ptrdiff_t end = fl_str_find(rest, FL_S("\n##### "));
    return end < 0 ? rest : fl_str_sub(rest, 0, (size_t)end + 1);
}

static void reads_reports(void **state)
{
    (void)state;
    static const struct {
        const char *row, *type, *message, *file, *function;
        uint32_t line;
        fl_trace_report report;
        int signal;
    } rows[] = {
        {"gcc null", "undefined behaviour", "load of null pointer of type 'char'", "many.cpp", "handle(char const*, int)", 13, FL_TRACE_FAULT, 0},
        {"gcc stack", "stack-buffer-overflow", "write of size 21", "many.cpp", "handle(char const*, int)", 15, FL_TRACE_FAULT, 0},
        {"gcc uaf", "heap-use-after-free", "read of size 4, 12 bytes inside of 40-byte region", "many.cpp", "handle(char const*, int)", 16, FL_TRACE_FAULT, 0},
        {"gcc dealloc", "alloc-dealloc-mismatch", "malloc vs operator delete, 0 bytes inside of 40-byte region", "many.cpp", "handle(char const*, int)", 18, FL_TRACE_FAULT, 0},
        {"gcc div", "undefined behaviour", "division by zero", "many.cpp", "div_by", 9, FL_TRACE_FAULT, 0},
        {"gcc index", "undefined behaviour", "index 12 out of bounds for type 'int [4]'", "many.cpp", "handle(char const*, int)", 20, FL_TRACE_FAULT, 0},
        {"gcc throw", "std::out_of_range", "vector::_M_range_check: __n (which is 12) >= this->size() (which is 2)", "many.cpp",
         "Shop::at(std::vector<int, std::allocator<int> > const&, int) const", 8, FL_TRACE_FAULT, SIGABRT},
        {"gcc assert", "assertion", "n < 5", "many.cpp", "handle(char const*, int)", 22, FL_TRACE_FAULT, SIGABRT},
        {"gcc abort", "SIGABRT", "", "many.cpp", "handle(char const*, int)", 23, FL_TRACE_FAULT, SIGABRT},
        {"gcc leak", "memory leak", "24 bytes are never released", "many.cpp", "handle(char const*, int)", 26, FL_TRACE_LEAK, 0},
        {"gcc segv", "SIGSEGV", "address 0x0, read", "more.c", "len_of", 6, FL_TRACE_FAULT, SIGSEGV},
        {"gcc write", "SIGSEGV", "address 0x4, write", "tls.c", "main", 1, FL_TRACE_FAULT, SIGSEGV},
        {"gcc double", "double-free", "0 bytes inside of 2-byte region", "more.c", "drop", 7, FL_TRACE_FAULT, 0},
        {"gcc heap", "heap-buffer-overflow", "write of size 12, 0 bytes to the right of 10-byte region", "more.c", "main", 13, FL_TRACE_FAULT, 0},
        {"gcc badfree", "bad-free", "1 bytes inside of 10-byte region", "more.c", "drop", 7, FL_TRACE_FAULT, 0},
        {"gcc fpe", "SIGFPE", "", "more.c", "main", 15, FL_TRACE_FAULT, SIGFPE},
        {"gcc object size", "undefined behaviour", "store to address 0x… with insufficient space for an object of type 'char'", "many.cpp", "handle(char const*, int)", 14, FL_TRACE_FAULT, 0},
        {"clang null", "undefined behaviour", "load of null pointer of type 'char'", "many.cpp", "handle(char const*, int)", 13, FL_TRACE_FAULT, 0},
        {"clang stack", "stack-buffer-overflow", "write of size 21", "many.cpp", "handle(char const*, int)", 15, FL_TRACE_FAULT, 0},
        {"clang uaf", "heap-use-after-free", "read of size 4, 12 bytes inside of 40-byte region", "many.cpp", "handle(char const*, int)", 16, FL_TRACE_FAULT, 0},
        {"clang double", "double-free", "0 bytes inside of 40-byte region", "many.cpp", "handle(char const*, int)", 17, FL_TRACE_FAULT, 0},
        {"clang dealloc", "alloc-dealloc-mismatch", "malloc vs operator delete, 0 bytes inside of 40-byte region", "many.cpp", "handle(char const*, int)", 18, FL_TRACE_FAULT, 0},
        {"clang div", "undefined behaviour", "division by zero", "many.cpp", "div_by(int, int)", 9, FL_TRACE_FAULT, 0},
        {"clang index", "undefined behaviour", "index 12 out of bounds for type 'int[4]'", "many.cpp", "handle(char const*, int)", 20, FL_TRACE_FAULT, 0},
        {"clang throw", "std::out_of_range", "vector::_M_range_check: __n (which is 12) >= this->size() (which is 2)", "many.cpp",
         "Shop::at(std::vector<int, std::allocator<int> > const&, int) const", 8, FL_TRACE_FAULT, SIGABRT},
        {"clang heap", "heap-buffer-overflow", "write of size 1, 2 bytes to the right of 10-byte region", "many.cpp", "handle(char const*, int)", 14, FL_TRACE_FAULT, 0},
        {"clang wild", "SIGSEGV", "read", "many.cpp", "handle(char const*, int)", 24, FL_TRACE_FAULT, SIGSEGV},
        {"clang leak", "memory leak", "24 bytes are never released", "many.cpp", "handle(char const*, int)", 26, FL_TRACE_LEAK, 0},
        {"gdb null", "SIGSEGV", "", NULL, "handle", 13, FL_TRACE_FAULT, SIGSEGV},
        {"gdb throw", "std::out_of_range", "vector::_M_range_check: __n (which is 12) >= this->size() (which is 2)", NULL, "Shop::at", 8, FL_TRACE_FAULT, SIGABRT},
        {"gdb assert", "assertion", "n < 5", NULL, "handle", 22, FL_TRACE_FAULT, SIGABRT},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = {0};
    fl_str all, folder;
    fl_row_ok("data", fl_fs_read(&arena, FL_TEST_DATA "/data/native_reports.txt", FL_LIMIT_DATA_BYTES, &all, &err), err);
    /* gdb names files as the compiler was told: they are ours when they are there */
    fl_row_ok("folder", fl_fs_temp_dir(&arena, "faultline-test", &folder, &err), err);
    fl_row_ok("file", fl_fs_write(fl_fs_join(&arena, folder, FL_S("many.cpp")).ptr, FL_S("int x;\n"), &err), err);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_tracer tracer;
        fl_traces found = {0};
        fl_tracer_init(&tracer, &arena, NULL, rows[i].file ? FL_S("/srv/app") : folder);
        fl_trace_find(&tracer, section(all, rows[i].row), "output", &found);
        fl_row_size(rows[i].row, found.count, 1);
        const fl_trace *trace = &found.items[0];
        const fl_frame *frame = fl_trace_application_frame(trace, 0);
        fl_row_str(rows[i].row, trace->type, rows[i].type);
        fl_row_str(rows[i].row, trace->message, rows[i].message);
        fl_row_int(rows[i].row, trace->report, rows[i].report);
        fl_row_int(rows[i].row, trace->signal, rows[i].signal);
        fl_row_true(rows[i].row, frame != NULL);
        fl_row_str(rows[i].row, frame->file, rows[i].file ? rows[i].file : "many.cpp");
        fl_row_str(rows[i].row, frame->function, rows[i].function);
        fl_row_int(rows[i].row, frame->line + 1, rows[i].line);
        fl_row_true(rows[i].row, rows[i].report != FL_TRACE_LEAK || (trace->objects == 1 && trace->bytes == 24));
        fl_tracer_release(&tracer);
    }
    fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
    fl_arena_release(&arena);
}

static void survives_damage(void **state)
{
    (void)state;
    static const struct { const char *row, *text; size_t traces; } rows[] = {
        {"nothing", "", 0},
        {"an ordinary log", "GET /a 200\nerror: runtime\nERROR: Address\n#1 is best\n", 0},
        {"cut behind the head", "==1==ERROR: AddressSanitizer: SEGV on unknown address", 1},
        {"no type", "==1==ERROR: AddressSanitizer: \n", 0},
        {"no stack", "a.c:1:2: runtime error: division by zero\nb.c:3:4: runtime error: shift exponent 99 is too large\n", 2},
        {"no place", ": runtime error: x\n", 0},
        {"frames of nonsense", "==1==ERROR: AddressSanitizer: x\n#0\n #1 in \n #2 0x1 in f\n #3 0x1 in f :1\n", 1},
        {"stopped by us", "Thread 1 \"a\" received signal SIGTERM, Terminated.\n#0  poll () at a.c:1\n", 0},
        {"a head of gdb without end", "Program received signal SIGSEGV", 0},
        {"leak of nothing", "Direct leak of byte(s) in", 1},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_tracer tracer;
        fl_traces found = {0};
        fl_tracer_init(&tracer, &arena, NULL, FL_S("/srv/app"));
        fl_trace_find(&tracer, fl_str_from(rows[i].text), "output", &found);
        fl_row_size(rows[i].row, found.count, rows[i].traces);
        fl_tracer_release(&tracer);
        fl_arena_release(&arena);
    }
}

FL_UNIT(native_reports, cmocka_unit_test(reads_reports), cmocka_unit_test(survives_damage))
