#ifndef FL_EXTRACTOR_OPENAPI_P_H
#define FL_EXTRACTOR_OPENAPI_P_H
#include "extractor/api/schema_p.h"

/** Private to the OpenAPI writer: names of schemas (openapi_names.c) and of paths (openapi_paths.c). */

/** Schemas with a name, each with the name it has in components. */
typedef struct fl_openapi_names {
    fl_arena *arena;
    FL_VEC(struct fl_openapi_named { const fl_schema *schema; struct fl_openapi_name *entry; }) nodes;  /**< by address, for look-up only */
    FL_VEC(struct fl_openapi_name *) entries;  /**< in order of first use; one for all equal schemas of a name */
} fl_openapi_names;
typedef struct fl_openapi_name { fl_str base, name; const fl_schema *schema; } fl_openapi_name;

/** Walks everything the shown operations mention. */
void fl_openapi_names_init(fl_openapi_names *names, fl_arena *arena, const fl_api *api, bool with_possible);
fl_str fl_openapi_name_of(const void *names, const fl_schema *schema);   /**< empty: has none */

/** One path item: operations whose templates differ at most in the names of their variables. */
typedef struct fl_openapi_path {
    fl_str path;                           /**< the first operation's template, variables made unique, fit for a key */
    FL_VEC(fl_str) variables;
    FL_VEC(uint32_t) operations;           /**< indices, in order */
} fl_openapi_path;
typedef FL_VEC(fl_openapi_path) fl_openapi_paths;
void fl_openapi_paths_of(fl_openapi_paths *out, fl_arena *arena, const fl_api *api, bool with_possible);
/** The name that variable `name` of an operation's own template has in its path item; the index-th of that name. */
fl_str fl_openapi_variable(const fl_openapi_path *path, fl_str own_template, fl_str name);
/** "Not Found"; "Response" for what HTTP does not name. */
const char *fl_openapi_reason(unsigned status);

#endif
