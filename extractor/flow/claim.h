#ifndef FL_EXTRACTOR_CLAIM_H
#define FL_EXTRACTOR_CLAIM_H
#include "extractor/api/schema.h"
#include "extractor/values/value.h"

/**
 * Schemas that the program states itself: in validators and in type annotations. All functions are thread-safe and only read what
 * they are given; schemas are new nodes in `arena`, may share nodes among themselves and may be cyclic (recursive types).
 * A validator held by a constant of its module names the schema: the name of the code without "Schema" behind it, first letter
 * upper case (`createOrderSchema` → CreateOrder). A declared type names it as it is called; a generic one with its arguments
 * behind it (`Page<Note>` → PageNote). Only schemas with properties, alternatives or enumerated values get a name.
 */

/** What a validator value (z.object({…}), a joi chain, a dict that is a JSON Schema) accepts, by its model's `schema` effects;
 *  NULL when it is none. `depth`: 0, or how deep the caller is in something larger. */
fl_schema *fl_schema_of_value(fl_arena *arena, const fl_models *models, const fl_value *value, unsigned depth);
/** A JSON Schema as data; NULL when it is none. Texts borrow from `root`. */
fl_schema *fl_schema_of_json(fl_arena *arena, const fl_data *root);
/** The schemas of one document as data: references inside `root` are followed, each target once. Never NULL; lives in `arena`. */
typedef struct fl_json_schemas fl_json_schemas;
fl_json_schemas *fl_json_schemas_new(fl_arena *arena, const fl_data *root);
/** NULL when the node says nothing. Texts borrow from the document. */
fl_schema *fl_json_schema_read(fl_json_schemas *schemas, const fl_data *node);
/** What it hands on when it accepted: members with a default are there, transformed ones may be anything, and properties that
 *  it strips are not (is_closed). Never named. */
/** Of what is stored there: a model made with a schema, a class that was told its fields, or one with typed fields. NULL: not known. */
fl_schema *fl_schema_of_stored(fl_arena *arena, fl_values *values, const fl_value *value);
fl_schema *fl_schema_of_output(fl_arena *arena, const fl_models *models, const fl_value *value);

/** The validator that a call inside a function makes, read without running anything: names of the function are its constants, others come
 *  from `scope`, where `function` was made. NULL when it is none. Lives in `arena` and borrows from the finished start-up state. */
fl_value *fl_validator_of_call(fl_arena *arena, const fl_models *models, const fl_module *module, const fl_scope *scope, const fl_node *function, const fl_node *call);

/** A type that is written as an expression (`List[Item]` as an argument), as a type node in `arena`; type nodes are themselves. NULL: it is none. */
const fl_node *fl_type_of_expression(fl_arena *arena, const fl_node *expr);
/** The check that a decorator of a class of data makes of its method (`checks` of its model); NULL: it makes none, or one that runs before
 *  the fields have their types and gets what was sent, in whatever form. */
const fl_value *fl_check_of(fl_arena *arena, const fl_models *models, const fl_value *cls, const fl_node *decorator);
/** A type behind its names (`SessionDep = Annotated[Session, Depends(open)]`), in *module. */
const fl_node *fl_type_behind(fl_arena *arena, fl_values *values, const fl_module **module, const fl_node *type);
/** A type whose further arguments refine the first (`refine` of an annotation): Annotated[int, Query(gt=0)]. */
bool fl_type_is_refined(fl_values *values, const fl_module *module, const fl_node *type);
/** The class of the project, or the model type, that a type names; NULL. */
const fl_value *fl_type_class(fl_values *values, const fl_module *module, const fl_node *type);
const fl_model_type *fl_type_model(fl_values *values, const fl_module *module, const fl_node *type);
/** A constant, or what modelled code makes of constants, read without running anything; NULL: it is none. As fl_validator_of_call. */
fl_value *fl_value_of_expression(fl_arena *arena, const fl_models *models, const fl_module *module, const fl_scope *scope, const fl_node *expr);
/** Without null, where that cannot be said (a query, a header). */
fl_schema *fl_schema_present(fl_arena *arena, fl_schema *schema);
/** The schema of a parameter: what its type says (NULL: nothing), refined by a value that describes it. *alias: the name it is given
 *  there; *is_optional: it may be missing. */
fl_schema *fl_schema_refined(fl_arena *arena, fl_values *values, const fl_module *module, const fl_node *type, const fl_value *by, fl_str *alias, bool *is_optional);
/** The schema of a type annotation of `module` (interfaces, aliases, classes, enums, unions, literals, arrays, what models say of
 *  Partial, Pick, Record…, generics; imported names followed). NULL when nothing is known. */
fl_schema *fl_schema_of_type(fl_arena *arena, fl_values *values, const fl_module *module, const fl_node *type, unsigned depth);
/** What the type of a handler's request parameter, or of the handler itself, claims of one part of the request, by the `annotations` of
 *  models: `Request<P, unknown, CreateNote>`, an alias of it, an interface that extends it, `Request & { body: CreateNote }`.
 *  `in`: body, query, path, header, … as interned word. NULL when nothing is claimed. */
fl_schema *fl_schema_of_request_type(fl_arena *arena, fl_values *values, const fl_module *module, const fl_node *type, fl_sym in);
#endif
