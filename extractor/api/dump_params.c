/* What each operation takes, as lines of text: the golden format of --dump-params. Parameters in the order of the model,
 * then the fields of the body by pointer; elements of lists are "*". null is not printed: it is about values, not shape. */
#include "extractor/api/schema_p.h"

typedef struct field { fl_str pointer; unsigned types; bool is_required; } field;
typedef struct fields { fl_arena *arena; FL_VEC(field) all; } fields;

/* Keeps the list sorted by pointer; a pointer met twice (two media types) unites. */
static void add_field(fields *to, fl_str pointer, unsigned types, bool is_required)
{
    size_t at = 0;
    while (at < to->all.count && fl_str_cmp(to->all.items[at].pointer, pointer) < 0)
        at++;
    if (at < to->all.count && fl_str_eq(to->all.items[at].pointer, pointer)) {
        to->all.items[at].types |= types;
        to->all.items[at].is_required = to->all.items[at].is_required && is_required;
        return;
    }
    field added = {pointer, types, is_required};
    fl_vec_push(to->arena, &to->all, added);
    for (size_t i = to->all.count - 1; i > at; i--)
        to->all.items[i] = to->all.items[i - 1];
    to->all.items[at] = added;
}

fl_str fl_pointer_to(fl_arena *arena, fl_str parent, fl_str name)
{
    return fl_str_format(arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(parent), FL_STR_ARG(fl_data_pointer_key(arena, name)));
}

static void add_fields(fields *to, const fl_schema *schema, fl_str parent, bool is_sure, unsigned depth)
{
    if (schema == NULL || depth > FL_LIMIT_FACT_DEPTH)
        return;
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        fl_str pointer = fl_pointer_to(to->arena, parent, p->name);
        add_field(to, pointer, p->schema->types, is_sure && p->is_required);
        add_fields(to, p->schema, pointer, true, depth + 1);
    }
    if (schema->items != NULL && !fl_schema_is_empty(schema->items)) {
        fl_str pointer = fl_pointer_to(to->arena, parent, FL_S("*"));
        add_field(to, pointer, schema->items->types, false);
        add_fields(to, schema->items, pointer, true, depth + 1);
    }
    for (size_t i = 0; i < schema->all_of.count; i++)
        add_fields(to, schema->all_of.items[i], parent, is_sure, depth + 1);
    for (size_t i = 0; i < schema->any_of.count; i++)
        add_fields(to, schema->any_of.items[i], parent, is_sure && schema->any_of.count == 1, depth + 1);
}

static void add_line(fl_buf *out, const fl_operation *op, const char *in, fl_str name, unsigned types, bool is_required)
{
    fl_buf_format(out, FL_STR_FMT " " FL_STR_FMT " %s " FL_STR_FMT " ", FL_STR_ARG(op->method), FL_STR_ARG(op->path), in,
                  FL_STR_ARG(name));
    fl_schema_add_types(out, types & ~(unsigned)FL_JSON_NULL);
    fl_buf_add_c(out, is_required ? " required\n" : " optional\n");
}

void fl_api_dump_params(const fl_api *api, fl_buf *out)
{
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < api->operations.count; i++) {
        const fl_operation *op = &api->operations.items[i];
        if (op->certainty == FL_POSSIBLE)
            continue;
        for (size_t k = 0; k < op->parameters.count; k++) {
            const fl_parameter *p = &op->parameters.items[k];
            add_line(out, op, fl_location_text(p->in), p->name, p->schema != NULL ? p->schema->types : 0, p->is_required);
        }
        fields found = {.arena = &arena};
        for (size_t k = 0; k < op->body.count; k++)
            add_fields(&found, op->body.items[k].schema, (fl_str){0}, true, 0);
        for (size_t k = 0; k < found.all.count; k++)
            add_line(out, op, "body", found.all.items[k].pointer, found.all.items[k].types, found.all.items[k].is_required);
    }
    fl_arena_release(&arena);
}
