/*
 * dump_schemas PATH: the schemas that a project states: every validator a module's names hold, every type declared at the top of a
 * module, and every request type of a function's first parameter. For people, and for the tables of tests/unit/flow/schema_*.
 */
#include "tests/support/schemas.h"
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 2) { fprintf(stderr, "usage: dump_schemas PATH\n"); return 2; }
    fl_test_program program;
    fl_err err = { 0 };
    if (fl_test_program_open(&program, argv[1], &err) != FL_OK) { fprintf(stderr, "%s\n", err.text); return 3; }
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_test_program_dump(&out, &program);
    fwrite(out.ptr, 1, out.len, stdout);
    fl_buf_release(&out);
    fl_test_program_release(&program);
    return 0;
}
