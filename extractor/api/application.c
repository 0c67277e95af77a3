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

/*
 * The folder from which a file of the project is imported by its whole name, as an import of this file, or of those that it imports, shows:
 *     backend/app/main.py: from app.api import router    found in backend/app/api.py: backend
 */
static fl_str root_of(fl_arena *arena, const fl_values *values, const fl_file *file, unsigned depth)
{
    fl_project *project = values->project;
    for (unsigned pass = 0; pass < 2; pass++)
        for (const fl_node *s = file->root ? file->root->first : NULL; s; s = s->next) {
            fl_str name = s->kind == FL_NODE_import && s->first ? fl_sym_str(s->first->sym) : (fl_str){0};
            fl_import found = name.len ? fl_project_resolve(project, file, name) : (fl_import){ .kind = FL_IMPORT_NONE };
            if (found.kind == FL_IMPORT_PACKAGE && s->first->next) {   /* from folder import module */
                name = fl_str_format(arena, FL_STR_FMT ".%s", FL_STR_ARG(name), fl_sym_c(s->first->next->first->sym));
                found = fl_project_resolve(project, file, name);
            }
            if (found.kind != FL_IMPORT_FILE || fl_project_file(project, found.file)->is_library) continue;
            const fl_file *to = fl_project_file(project, found.file);
            if (pass == 1) {
                fl_str below = depth < 3 && to != file ? root_of(arena, values, to, depth + 1) : (fl_str){0};
                if (below.len) return below;
                continue;
            }
            fl_str path = fl_str_replace(arena, name, FL_S("."), FL_S("/"));
            ptrdiff_t at = name.ptr[0] == '.' ? -1 : fl_str_find(to->path, path);
            if (at == 0) return FL_S(".");
            if (at > 0 && to->path.ptr[at - 1] == '/') return fl_str_sub(to->path, 0, (size_t)at - 1);
        }
    return (fl_str){0};
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
        one.root = root_of(arena, values, home->file, 0);
        fl_vec_push(arena, &api->applications, one);
    }
}
