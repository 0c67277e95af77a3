/*
 * Type annotations on request data. They are claims, never sanitizers: a weak spot stays one, but the document may believe them.
 */
#include "extractor/flow/exec_p.h"

void fl_claim_type(fl_exec *x, fl_activation *a, const fl_fact *f, const fl_node *type)
{
    if (!f->place || x->is_dry || fl_node_is_absent(type) || !a->module || f->place->claimed) return;
    if (x->builtins && x->builtins->has_raw_memory) return;   /* there it tells how the program holds the value, not what the client sends */
    fl_schema *schema = fl_schema_of_type(x->results, x->values, a->module, type, 0);
    if (schema && (schema->types || schema->properties.count || schema->any_of.count)) f->place->claimed = schema;
}
