#ifndef FL_TESTS_SCHEMAS_H
#define FL_TESTS_SCHEMAS_H

/** A project parsed and evaluated, with the models of its own folder models/, and the schemas it states as one line each:
 *      file.js name = Name {"type": "object", …}   a validator; and what it hands on: file.js name → {…}
 *      file.ts type Name = {…}                     a declared type
 *      file.ts function body = {…}                 what the type of its first parameter claims of a part of the request
 */
#include "extractor/flow/claim.h"

typedef struct fl_test_program { fl_arena arena; fl_project project; fl_models models; fl_values values; } fl_test_program;
FL_NODISCARD fl_status fl_test_program_open(fl_test_program *program, const char *path, fl_err *err);
void fl_test_program_release(fl_test_program *program);
void fl_test_program_dump(fl_buf *out, fl_test_program *program);
/** Its name, when it has one, and one line of JSON; named parts are references. */
void fl_test_schema_line(fl_buf *out, fl_arena *arena, const fl_schema *schema);

#endif
