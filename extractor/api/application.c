/* Where the application objects are: the variable of a module that holds one, or the function of a module that makes one. Servers that
 * are started on an object want its name. */
#include "extractor/api/route.h"

static bool name_of_cell(const fl_module *module, const fl_value *value, fl_str *name)
{
    for (size_t i = 0; module->scope && i < module->scope->cells.count; i++) {
        const fl_cell *cell = module->scope->cells.items[i];
        if (cell->value != value || cell->import_from) continue;
        *name = fl_sym_str(cell->name);
        return true;
    }
    return false;
}

/* The outermost named function around the place where the value was made. */
static bool name_of_maker(const fl_value *value, fl_str *name)
{
    bool found = false;
    for (const fl_node *node = value->node; node; node = node->parent)
        if (node->kind == FL_NODE_function && node->sym) { *name = fl_sym_str(node->sym); found = true; }
    return found;
}

void fl_applications_find(fl_arena *arena, const fl_values *values, struct fl_api *api)
{
    for (size_t i = 0; i < values->routers.count; i++) {
        const fl_value *router = values->routers.items[i];
        if (!router->type->is_root || router->is_mounted || router->target || !router->node) continue;
        fl_application one = { .framework = fl_sym_str(fl_sym_of(router->type->model->name)) };
        const fl_module *home = NULL;
        for (uint32_t m = 0; m < values->project->file_count && !home; m++)
            if (name_of_cell(&values->modules[m], router, &one.name)) home = &values->modules[m];
        if (!home && router->module && name_of_maker(router, &one.name)) { home = router->module; one.is_factory = true; }
        if (!home) continue;
        one.file = home->file->path;
        fl_vec_push(arena, &api->applications, one);
    }
}
