/* Names in components/schemas. Schemas that carry a name in the code become components; ones that say the same share an entry,
 * different ones of one name get a number (Order, Order2). Keys hold only what OpenAPI allows: A-Z a-z 0-9 . - _ */
#include "extractor/api/openapi_p.h"
#include <stdlib.h>

static fl_str fit_for_key(fl_arena *arena, fl_str name)
{
    char *fit = fl_str_c(arena, name);
    for (size_t i = 0; i < name.len; i++) {
        char c = fit[i];
        bool is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        if (!is_fine)
            fit[i] = '_';
    }
    return (fl_str){fit, name.len};
}

static bool is_taken(const fl_openapi_names *names, fl_str name)
{
    for (size_t i = 0; i < names->entries.count; i++)
        if (fl_str_eq(names->entries.items[i]->name, name))
            return true;
    return false;
}

static void add_named(fl_openapi_names *names, const fl_schema *schema)
{
    fl_openapi_name *entry = NULL;
    for (size_t i = 0; i < names->entries.count && entry == NULL; i++)
        if (fl_str_eq(names->entries.items[i]->base, schema->name) && fl_schema_says_same(names->entries.items[i]->schema, schema))
            entry = names->entries.items[i];
    if (entry == NULL) {
        entry = FL_NEW(names->arena, fl_openapi_name);
        entry->base = schema->name;
        entry->schema = schema;
        fl_str key = fit_for_key(names->arena, schema->name);
        entry->name = key;
        for (unsigned n = 2; is_taken(names, entry->name); n++)
            entry->name = fl_str_format(names->arena, FL_STR_FMT "%u", FL_STR_ARG(key), n);
        fl_vec_push(names->arena, &names->entries, entry);
    }
    fl_vec_push(names->arena, &names->nodes, (struct fl_openapi_named){schema, entry});
}

static void visit(fl_openapi_names *names, fl_map *seen, const fl_schema *s, unsigned depth)
{
    if (s == NULL || depth > FL_SCHEMA_DEPTH || fl_map_get(seen, (uint64_t)(uintptr_t)s) != NULL)
        return;
    fl_map_put(seen, (uint64_t)(uintptr_t)s, names);
    if (s->name.len > 0)
        add_named(names, s);
    for (size_t i = 0; i < s->properties.count; i++)
        visit(names, seen, s->properties.items[i].schema, depth + 1);
    visit(names, seen, s->items, depth + 1);
    visit(names, seen, s->additional, depth + 1);
    for (size_t i = 0; i < s->any_of.count; i++)
        visit(names, seen, s->any_of.items[i], depth + 1);
    for (size_t i = 0; i < s->all_of.count; i++)
        visit(names, seen, s->all_of.items[i], depth + 1);
}

static int by_address(const void *a, const void *b)
{
    const struct fl_openapi_named *x = a, *y = b;
    return x->schema == y->schema ? 0 : (uintptr_t)x->schema < (uintptr_t)y->schema ? -1 : 1;
}

void fl_openapi_names_init(fl_openapi_names *names, fl_arena *arena, const fl_api *api, bool with_possible)
{
    *names = (fl_openapi_names){.arena = arena};
    fl_map seen;
    fl_map_init(&seen);
    for (size_t i = 0; i < api->operations.count; i++) {
        const fl_operation *op = &api->operations.items[i];
        if (op->certainty == FL_POSSIBLE && !with_possible)
            continue;
        for (size_t k = 0; k < op->parameters.count; k++)
            visit(names, &seen, op->parameters.items[k].schema, 0);
        for (size_t k = 0; k < op->body.count; k++)
            visit(names, &seen, op->body.items[k].schema, 0);
        for (size_t k = 0; k < op->responses.count; k++) {
            const fl_response *response = &op->responses.items[k];
            for (size_t m = 0; m < response->content.count; m++)
                visit(names, &seen, response->content.items[m].schema, 0);
            for (size_t m = 0; m < response->headers.count; m++)
                visit(names, &seen, response->headers.items[m].schema, 0);
        }
    }
    fl_map_release(&seen);
    if (names->nodes.count > 1)
        qsort(names->nodes.items, names->nodes.count, sizeof *names->nodes.items, by_address);
}

fl_str fl_openapi_name_of(const void *names, const fl_schema *schema)
{
    const fl_openapi_names *all = names;
    const struct fl_openapi_named key = {schema, NULL}, *found = NULL;
    if (schema->name.len > 0 && all->nodes.count > 0)
        found = bsearch(&key, all->nodes.items, all->nodes.count, sizeof key, by_address);
    return found != NULL ? found->entry->name : (fl_str){0};
}
