/*
 * Modules: imports followed, top-level code run once in order of import, exports collected. Then the second look: functions
 * that register routes on a parameter but that nobody called are run with a stand-in router, and what they register is only possible.
 */
#include "extractor/values/value_p.h"
#include "base/fs.h"
#include <stdio.h>

static fl_value *from_data(fl_values *v, const fl_data *d, unsigned depth)
{
    fl_value *value;
    if (!d || depth > FL_LIMIT_DATA_DEPTH) return fl_value_unknown(v, "data", NULL);
    switch (d->kind) {
    case FL_DATA_NULL: return fl_value_new(v, FL_V_NULL, NULL);
    case FL_DATA_BOOL: return fl_value_bool(v, d->boolean);
    case FL_DATA_NUMBER: return fl_value_text(v, FL_V_NUMBER, fl_sym_of(d->text), NULL);
    case FL_DATA_STRING: return fl_value_text(v, FL_V_STRING, fl_sym_of(d->text), NULL);
    case FL_DATA_LIST:
        value = fl_value_new(v, FL_V_LIST, NULL);
        for (const fl_data *c = d->first; c && value->items.count < FL_LIMIT_VALUE_ITEMS; c = c->next) fl_vec_push(&v->arena, &value->items, from_data(v, c, depth + 1));
        return value;
    case FL_DATA_MAP:
        value = fl_value_new(v, FL_V_DICT, NULL);
        for (const fl_data *c = d->first; c && value->slots.count < 2000; c = c->next) fl_value_set(v, value, fl_sym_of(c->key), from_data(v, c, depth + 1), NULL);
        return value;
    }
    return NULL;
}

static fl_value *import_data(fl_values *v, fl_str path)
{
    fl_str found;
    const fl_data *d = fl_project_config(v->project, fl_fs_dirname(path), fl_str_c(&v->arena, fl_fs_basename(path)), &found);
    return d ? from_data(v, d, 0) : fl_value_unknown(v, "data file", NULL);
}

void fl_module_listens(fl_values *v, fl_value *port, const fl_node *node)
{
    v->listen.port = port;
    v->listen.node = node;
    if (v->started && (!v->listening.count || v->listening.items[v->listening.count - 1] != v->started)) fl_vec_push(&v->arena, &v->listening, v->started);
}

fl_value *fl_module_file_data(fl_values *v, const fl_value *text)
{
    fl_str path;
    if (!text || text->kind != FL_V_UNKNOWN || !text->bound || !fl_value_as_text(text->bound, &path)) return NULL;
    path = fl_fs_normalize(&v->arena, path);
    if (!path.len || path.ptr[0] == '/' || fl_str_starts(path, FL_S("../"))) return NULL;
    fl_value *data = import_data(v, path);
    return data->kind == FL_V_UNKNOWN ? NULL : data;
}

static fl_value *import_package(fl_values *v, fl_module *from, fl_str name, const fl_node *node)
{
    fl_value *external = fl_value_new(v, FL_V_EXTERNAL, node);
    fl_str path;
    fl_module_name_path(v, from, &name, &path);
    external->model = fl_models_import(v->models, fl_str_from(from->file->language->name), name, &external->package);
    if (path.len) external->text = fl_sym_of(path);
    fl_module_add_package(v, from, external->package);
    return external;
}

fl_value *fl_module_package(fl_values *v, fl_module *from, fl_str name)
{
    fl_value *external = import_package(v, from, name, NULL);
    const fl_data *constant = fl_value_external_member(external) && fl_value_external_member(external)->get ? fl_value_external_member(external)->get->value : NULL;
    if (constant && constant->kind == FL_DATA_NUMBER) return fl_value_text(v, FL_V_NUMBER, fl_sym_of(constant->text), NULL);
    return external;
}

static void settle_exports(fl_values *v, fl_module *m);

/* A path put together from the folder of a module is one of the project, not a package. */
static bool find_project_file(const fl_values *v, const fl_module *from, fl_str specifier, uint32_t *id)
{
    if (!specifier.len || specifier.ptr[0] == '.') return false;
    if (fl_project_find(v->project, specifier, id)) return true;
    for (const char *const *e = from->file->language->extensions; *e; e++) {
        char path[FL_LIMIT_PATH_BYTES];
        int n = snprintf(path, sizeof path, FL_STR_FMT "%s", FL_STR_ARG(specifier), *e);
        if (n > 0 && (size_t)n < sizeof path && fl_project_find(v->project, (fl_str){ path, (size_t)n }, id)) return true;
    }
    return false;
}

static fl_value *import_file(fl_values *v, uint32_t id, const fl_node *node)
{
    fl_module *module = &v->modules[id];
    module->is_imported = true;
    fl_module_run(v, module);
    if (module->state == FL_MODULE_RUNNING) settle_exports(v, module);   /* a circle: what it has exported so far */
    return module->exports ? module->exports : fl_value_unknown(v, "module without a tree", node);
}

fl_value *fl_module_import_path(fl_values *v, fl_module *from, fl_str path, const fl_node *node)
{
    uint32_t id;
    return find_project_file(v, from, path, &id) ? import_file(v, id, node) : fl_module_import(v, from, path, node);
}

fl_value *fl_module_import(fl_values *v, fl_module *from, fl_str specifier, const fl_node *node)
{
    fl_import found = fl_project_resolve(v->project, from->file, specifier);
    switch (found.kind) {
    case FL_IMPORT_FILE: return import_file(v, found.file, node);
    case FL_IMPORT_PACKAGE: return import_package(v, from, found.package, node);
    case FL_IMPORT_DATA: return import_data(v, found.package);
    case FL_IMPORT_NONE: break;
    }
    return fl_value_unknown(v, "import not found", node);
}

fl_value *fl_module_export(fl_values *v, fl_module *module, fl_sym name)
{
    fl_frame_state f = { .module = module };
    if (!module->exports || name == FL_SYM_star) return module->exports ? module->exports : fl_value_unknown(v, "module without a tree", NULL);
    fl_value *own = fl_value_slot(module->exports, name);
    if (own) return own;
    if (name == FL_SYM_default_) return module->exports;
    fl_value *open = fl_module_open_member(v, module, name);
    if (open) return open;
    if (module->state == FL_MODULE_RUNNING) {
        fl_cell *cell = module->scope ? fl_scope_find(module->scope, name) : NULL;
        return cell ? cell->value : NULL;
    }
    return fl_get_member(v, &f, module->exports, name, NULL);
}

fl_value *fl_cell_value(fl_values *v, fl_cell *cell)
{
    if (!cell->value && cell->home) fl_module_run(v, cell->home);
    if (cell->value) return cell->value;
    if (cell->import_from && !cell->is_sought) {
        cell->is_sought = true;   /* modules may import a name from each other that neither has */
        fl_value *value = fl_module_export(v, cell->import_from, cell->import_name);
        cell->is_sought = false;
        if (value && cell->import_from->state == FL_MODULE_DONE) cell->value = value;
        if (value) return value;
    }
    return fl_value_unknown(v, "used before it is set", cell->declared);
}

static void import_items(fl_values *v, fl_module *m, const fl_node *import)
{
    if (import->flags & FL_FLAG_TYPE_ONLY) return;
    fl_str specifier = fl_sym_str(import->first->sym);
    const fl_node *first = import->first->next;
    if (first && !first->sym && first->first->sym == FL_SYM_star) {
        fl_module_import_all(v, m, specifier, import);
        return;
    }
    fl_import found = fl_project_resolve(v->project, m->file, specifier);
    fl_value *whole = fl_module_import(v, m, specifier, import);
    fl_frame_state f = { .module = m };
    for (const fl_node *item = import->first->next; item; item = item->next) {
        if (item->flags & FL_FLAG_TYPE_ONLY) continue;
        if ((found.kind != FL_IMPORT_FILE || &v->modules[found.file] == m) && fl_module_open_import(v, m, specifier, import, item)) continue;
        fl_sym name = item->first->sym;
        fl_cell *cell = fl_scope_declare(v, m->scope, item->sym, NULL, item);
        cell->is_const = true;
        if (found.kind == FL_IMPORT_FILE) { cell->import_from = &v->modules[found.file]; cell->import_name = name; }
        else cell->value = name == FL_SYM_star || name == FL_SYM_default_ ? whole : fl_get_member(v, &f, whole, name, item);
    }
}

/* Marks module variables that a function assigns later: their start-up value is only the first one. */
static void mark_reassigned(fl_module *m, const fl_node *node, unsigned functions)
{
    for (const fl_node *c = node->first; c; c = c->next) {
        bool is_write = c->kind == FL_NODE_assign || (c->kind == FL_NODE_unary && (c->op == FL_OP_increment || c->op == FL_OP_decrement || c->op == FL_OP_address));
        if (functions && is_write && c->first->kind == FL_NODE_name) {
            fl_cell *cell = fl_map_get(m->scope->index, c->first->sym);
            if (!cell && m->linkage) cell = fl_linkage_find(m, c->first->sym);
            if (cell) __atomic_store_n(&cell->is_reassigned, true, __ATOMIC_RELAXED);   /* files that share names are looked at by several threads */
        }
        mark_reassigned(m, c, functions + (c->kind == FL_NODE_function));
    }
}

static bool has_variables(const fl_module *m)
{
    for (size_t i = 0; i < m->scope->cells.count; i++) {
        const fl_cell *cell = m->scope->cells.items[i];
        if (!cell->is_const && cell->declared) return true;
    }
    return false;
}

static void declare_module_names(fl_values *v, fl_module *m)
{
    const fl_data *convention = m->builtins ? fl_data_get_c(m->builtins->data, "module") : NULL;
    const fl_data *name = convention ? fl_data_get_c(convention, "name") : NULL;
    if (name) fl_scope_declare(v, m->scope, fl_sym_of(name->text), fl_value_unknown(v, "name of the module", m->file->root), NULL);
    if (!convention || !fl_data_get_c(convention, "object")) return;
    fl_value *object = fl_value_new(v, FL_V_DICT, m->file->root);
    fl_value_set(v, object, fl_sym_of(fl_data_get_str(convention, "object_member")), m->exports, m->file->root);
    fl_scope_declare(v, m->scope, fl_sym_of(fl_data_get_str(convention, "object")), object, NULL)->is_const = true;
    fl_scope_declare(v, m->scope, fl_sym_of(fl_data_get_str(convention, "exports")), m->exports, NULL)->is_const = true;
    const fl_data *folder = fl_data_get_c(convention, "folder"), *file = fl_data_get_c(convention, "file");
    if (folder) fl_scope_declare(v, m->scope, fl_sym_of(folder->text), fl_value_text(v, FL_V_STRING, fl_sym_of(fl_fs_dirname(m->file->path)), NULL), NULL);
    if (file) fl_scope_declare(v, m->scope, fl_sym_of(file->text), fl_value_text(v, FL_V_STRING, fl_sym_of(m->file->path), NULL), NULL);
}

static void settle_exports(fl_values *v, fl_module *m)
{
    (void)v;
    const fl_data *convention = m->builtins ? fl_data_get_c(m->builtins->data, "module") : NULL;
    if (!convention || !fl_data_get_c(convention, "object")) return;   /* exports are what `export` says */
    fl_cell *cell = fl_map_get(m->scope->index, fl_sym_of(fl_data_get_str(convention, "object")));
    fl_value *object = cell ? cell->value : NULL;
    fl_value *exports = object ? fl_value_slot(object, fl_sym_of(fl_data_get_str(convention, "object_member"))) : NULL;
    if (!exports || exports == m->exports) return;
    /* names exported before the whole was replaced stay reachable only when nothing replaced them */
    m->exports = exports;
}

/* Scope and functions; nothing runs. */
static void open_module(fl_values *v, fl_module *m)
{
    if (m->scope) return;
    m->builtins = fl_models_builtins(v->models, fl_str_from(m->file->language->name));
    m->scope = fl_scope_new(v, m->file->is_library ? NULL : v->ambient, m);
    m->scope->index = FL_NEW(&v->arena, fl_map);
    fl_map_init(m->scope->index);
    m->exports = fl_value_new(v, FL_V_DICT, m->file->root);
    m->exports->module = m;
    declare_module_names(v, m);
}

void fl_module_run(fl_values *v, fl_module *m)
{
    if (m->state != FL_MODULE_NEW || !m->file->root) return;
    m->state = FL_MODULE_RUNNING;
    open_module(v, m);
    fl_frame_state f = { .module = m, .function = m->file->root };
    bool is_behind_code = false;
    for (const fl_node *s = m->file->root->first; s; s = s->next) {
        if (fl_module_is_open(m)) break;   /* they are statements like others */
        if (s->kind != FL_NODE_import) is_behind_code = true;
        else if (!is_behind_code || s->first->next) import_items(v, m, s);
    }
    if (m->linkage) fl_module_declare_external(v, m);
    else fl_hoist(v, &f, m->scope, m->file->root->first);
    for (const fl_node *s = m->file->root->first; s; s = s->next) {
        if (s->kind == FL_NODE_return_) break;
        if (s->kind == FL_NODE_import && (!s->first->next || fl_module_is_open(m))) import_items(v, m, s);   /* `import "./routes"` below `app = …` is meant to run there */
        fl_completion done = fl_run_statement(v, &f, m->scope, s);
        (void)done;   /* a throw at the top may depend on what we do not know: go on */
    }
    settle_exports(v, m);
    m->state = FL_MODULE_DONE;
}

static void mark_module(void *context, size_t index, unsigned worker)
{
    fl_module *m = &((fl_values *)context)->modules[index];
    (void)worker;
    if (m->state == FL_MODULE_DONE && (m->linkage || has_variables(m))) mark_reassigned(m, m->file->root, 0);
}

/* Languages whose files share names: all of them are opened before any runs. */
static void open_linked(fl_values *v)
{
    FL_VEC(const fl_model *) models = { 0 };
    for (uint32_t i = 0; i < v->project->file_count; i++) {
        fl_module *m = &v->modules[i];
        const fl_model *builtins = m->file->root ? fl_models_builtins(v->models, fl_str_from(m->file->language->name)) : NULL;
        if (!builtins || !fl_str_eq_c(fl_data_get_str(builtins->data, "linkage"), "program")) continue;
        size_t k = 0;
        while (k < models.count && models.items[k] != builtins) k++;
        if (k == models.count) {
            fl_vec_push(&v->arena, &models, builtins);
            fl_vec_push(&v->arena, &v->linkages, fl_linkage_new(&v->arena));
        }
        m->linkage = v->linkages.items[k];
        open_module(v, m);
        fl_frame_state f = { .module = m, .function = m->file->root };
        fl_hoist(v, &f, m->scope, m->file->root->first);
        fl_linkage_collect(m);
    }
}

/* Sources that stand for packages have a function that is run when the program's own code has been: it does with what
 * the program left in its modules what the package does when it starts. */
static void library_start(fl_values *v)
{
    for (uint32_t i = v->project->file_count; i < fl_values_module_count(v); i++) {
        fl_module *m = &v->modules[i];
        const fl_cell *cell = m->state == FL_MODULE_DONE && m->scope ? fl_map_get(m->scope->index, fl_sym_of_c("__start__")) : NULL;
        if (!cell || !cell->value || cell->value->kind != FL_V_FUNCTION) continue;
        fl_frame_state f = { .module = m };
        fl_value_list none = { 0 };
        m->steps = 0;
        (void)fl_invoke(v, &f, cell->value, NULL, &none, cell->value->node);
    }
}

/* ---- functions that nobody called ---- */

static bool imports_package(const fl_module *m, fl_sym package)
{
    for (size_t i = 0; i < m->packages.count; i++) if (m->packages.items[i] == package) return true;
    return false;
}

static const fl_model *framework_in(const fl_values *v, const fl_module *m)
{
    for (size_t i = 0; i < v->models->all.count && m->packages.count; i++) {
        const fl_model *model = v->models->all.items[i];
        if (!fl_str_eq_c(model->kind, "framework")) continue;
        for (size_t p = 0; p < model->packages.count; p++)
            if (imports_package(m, model->packages.items[p])) return model;
    }
    return NULL;
}

const fl_model *fl_module_framework(const fl_values *v, const fl_module *m) { return framework_in(v, m); }

/* Which framework each module speaks; those that import none, what the first framework, by name, that some module imports. */
static const fl_model **frameworks_of(fl_values *v)
{
    uint32_t count = fl_values_module_count(v);
    const fl_model **all = FL_NEW_ARRAY(&v->arena, const fl_model *, count + 1), *usual = NULL;
    for (uint32_t k = 0; k < count; k++) {
        all[k] = framework_in(v, &v->modules[k]);
        if (all[k] && (!usual || fl_str_cmp(all[k]->name, usual->name) < 0)) usual = all[k];
    }
    for (uint32_t k = 0; k < count; k++) if (!all[k]) all[k] = usual;
    return all;
}

static const fl_model_type *router_type(const fl_model *model)
{
    const fl_model_type *found = NULL;
    for (size_t i = 0; i < model->type_list.count; i++)
        if (model->type_list.items[i]->is_router && (!found || model->type_list.items[i]->is_root)) found = model->type_list.items[i];
    return found;
}

static bool starts_with_slash(const fl_node *arg)
{
    if (arg && arg->kind == FL_NODE_template) arg = arg->first;
    if (!arg || arg->kind != FL_NODE_string) return false;
    fl_str s = fl_sym_str(arg->sym);
    return s.len && s.ptr[0] == '/';
}

/* Does the function call `param.<registering member>("/path", something)`? */
static bool registers_on(const fl_node *node, fl_sym param, const fl_model_type *type)
{
    for (const fl_node *c = node->first; c; c = c->next) {
        if (c->kind == FL_NODE_call && c->first->kind == FL_NODE_member && c->first->first->kind == FL_NODE_name && c->first->first->sym == param) {
            const fl_member *m = fl_model_type_member(type, c->first->sym);
            const fl_effect *e = m ? fl_effect_for(m->call, fl_node_count(c) - 1) : NULL;
            if (e && (e->route.is_set || e->mount.is_set) && starts_with_slash(c->first->next) && c->first->next->next) return true;
        }
        if (registers_on(c, param, type)) return true;
    }
    return false;
}

/* The search for functions that register something on a parameter: nothing is written but `at`, so threads share it. */
typedef struct uncalled { fl_values *values; const fl_model **frameworks; size_t *at; /* by function: the parameter, or SIZE_MAX */ } uncalled;

static void look_for_registration(void *context, size_t index, unsigned worker)
{
    const uncalled *u = context;
    const fl_value *fn = u->values->functions.items[index];
    const fl_model *model = u->frameworks[fn->module->file->id];
    const fl_model_type *type = model ? router_type(model) : NULL;
    (void)worker;
    u->at[index] = SIZE_MAX;
    if (!type || fn->module->file->is_library || fl_map_get(&u->values->called_nodes, (uint64_t)(uintptr_t)fn->node)) return;
    size_t i = 0;
    for (const fl_node *p = fn->node->first->first; p; p = p->next, i++)
        if (p->sym && registers_on(fl_node_child(fn->node, 2), p->sym, type)) { u->at[index] = i; return; }
}

static void try_uncalled(fl_values *v, fl_value *fn, const fl_model_type *type, size_t at)
{
    if (fl_map_get(&v->called_nodes, (uint64_t)(uintptr_t)fn->node)) return;   /* by one that was tried before */
    fl_value *router = fl_value_new(v, FL_V_TYPED, fn->node);
    router->type = type;
    router->module = fn->module;
    fl_vec_push(&v->arena, &v->routers, router);
    fl_value_list args = { 0 };
    for (size_t k = 0; k < at; k++) fl_vec_push(&v->arena, &args, fl_value_unknown(v, "argument nobody gives", fn->node));
    fl_vec_push(&v->arena, &args, router);
    fl_frame_state f = { .module = fn->module };
    (void)fl_invoke(v, &f, fn, NULL, &args, fn->node);
    for (size_t k = 0; k < router->registrations.count; k++) router->registrations.items[k]->doubt = "nobody calls the function that registers it";
}

static void try_all_uncalled(fl_values *v)
{
    uint32_t count = v->functions.count;
    uncalled u = { v, frameworks_of(v), FL_NEW_ARRAY(&v->arena, size_t, count + 1) };
    fl_pool_run(0, count, look_for_registration, &u);
    for (uint32_t i = 0; i < count; i++)
        if (u.at[i] != SIZE_MAX) try_uncalled(v, v->functions.items[i], router_type(u.frameworks[v->functions.items[i]->module->file->id]), u.at[i]);
}

/* ---- registering calls that were not reached ---- */

static bool was_made(const fl_values *v, const fl_node *call)
{
    for (size_t i = 0; i < v->routers.count; i++)
        for (size_t k = 0; k < v->routers.items[i]->registrations.count; k++)
            if (v->routers.items[i]->registrations.items[k]->node == call) return true;
    return false;
}

/* The effect of a call by name that registers a route of which each part is an argument. */
static const fl_effect *registering(const fl_module *m, const fl_node *node)
{
    if (node->kind != FL_NODE_call || node->first->kind != FL_NODE_name) return NULL;
    const fl_cell *cell = fl_scope_find(m->scope, node->first->sym);
    const fl_member *member = cell && cell->value && cell->value->kind == FL_V_EXTERNAL ? fl_value_external_member(cell->value) : NULL;
    const fl_effect *e = member && member->call ? fl_effect_for(member->call, fl_node_count(node) - 1) : NULL;
    return e && e->route.is_set && e->route.handler ? e : NULL;
}

/* Evaluation that stops short loses no route that says all of itself in one call: it is made on its own. */
static void make_missed(fl_values *v, fl_module *m, const fl_node *node)
{
    for (const fl_node *c = node->first; c; c = c->next) {
        if (registering(m, c) && !was_made(v, c)) {
            FL_VEC(size_t) before = { 0 };
            for (size_t i = 0; i < v->routers.count; i++) fl_vec_push(&v->arena, &before, v->routers.items[i]->registrations.count);
            fl_frame_state f = { .module = m };
            m->steps = 0;
            (void)fl_eval(v, &f, m->scope, c);
            for (size_t i = 0; i < v->routers.count; i++)
                for (size_t k = i < before.count ? before.items[i] : 0; k < v->routers.items[i]->registrations.count; k++)
                    v->routers.items[i]->registrations.items[k]->doubt = "no start-up code was seen to register it";
        } else make_missed(v, m, c);
    }
}

fl_status fl_values_run(fl_values *v, fl_project *project, const fl_models *models, fl_err *err)
{
    (void)err;
    *v = (fl_values){ 0 };
    fl_arena_init(&v->arena);
    fl_arena_work_ahead(&v->arena);
    fl_map_init(&v->called_nodes);
    v->project = project;
    v->models = models;
    v->types = FL_NEW(&v->arena, fl_found_names);
    pthread_mutex_init(&v->types->lock, NULL);
    fl_map_init(&v->types->by_name);
    fl_arena_init(&v->types->arena);
    v->modules = FL_NEW_ARRAY(&v->arena, fl_module, fl_values_module_count(v) + 1);
    for (uint32_t i = 0; i < fl_values_module_count(v); i++) v->modules[i].file = fl_project_file(project, i);
    for (size_t i = 0; i < models->all.count; i++) {
        const fl_data *aliases = models->all.items[i]->is_depended ? fl_data_get_c(models->all.items[i]->data, "aliases") : NULL;
        for (const fl_data *d = aliases ? aliases->first : NULL; d; d = d->next) fl_project_alias(project, d->key, fl_data_str(d, FL_S("")));
    }
    fl_ambient_open(v);
    uint32_t *order = FL_NEW_ARRAY(&v->arena, uint32_t, project->file_count ? project->file_count : 1);
    open_linked(v);
    if (!v->linkages.count) v->literals = FL_NEW_ARRAY(&v->arena, fl_value *, FL_LITERAL_SLOTS);
    fl_modules_in_order(v, order);
    for (uint32_t i = 0; i < project->file_count; i++) {
        v->started = &v->modules[order[i]];
        fl_module_run(v, v->started);
    }
    v->started = NULL;
    fl_modules_enter(v);
    for (uint32_t i = project->file_count; i < fl_values_module_count(v); i++)   /* what makes routes of files is imported by none */
        if (fl_source_is_files(v->modules[i].file->path)) fl_module_run(v, &v->modules[i]);
    library_start(v);
    if (fl_unreached_run(v)) library_start(v);
    for (uint32_t i = 0; i < project->file_count; i++) fl_module_open_written(v, &v->modules[i]);
    for (uint32_t i = 0; i < fl_values_module_count(v); i++)   /* from here on cells are only read, by many threads */
        for (size_t k = 0; v->modules[i].scope && k < v->modules[i].scope->cells.count; k++) (void)fl_cell_value(v, v->modules[i].scope->cells.items[k]);
    for (size_t k = 0; v->ambient && k < v->ambient->cells.count; k++) (void)fl_cell_value(v, v->ambient->cells.items[k]);
    try_all_uncalled(v);
    fl_pool_run(0, fl_values_module_count(v), mark_module, v);
    for (uint32_t i = 0; i < fl_values_module_count(v); i++) fl_module_open_close(v, &v->modules[i]);
    for (uint32_t i = 0; i < project->file_count; i++) if (v->modules[i].scope && v->modules[i].linkage && framework_in(v, &v->modules[i])) make_missed(v, &v->modules[i], v->modules[i].file->root);
    fl_validators_settle(v);
    return FL_OK;
}

void fl_values_release(fl_values *v)
{
    for (uint32_t i = 0; v->project && i < fl_values_module_count(v); i++)
        if (v->modules[i].scope && v->modules[i].scope->index) fl_map_release(v->modules[i].scope->index);
    for (size_t i = 0; i < v->linkages.count; i++) fl_linkage_release(v->linkages.items[i]);
    if (v->ambient) fl_map_release(v->ambient->index);
    fl_reach_release(v->reach);
    fl_map_release(&v->called_nodes);
    if (v->types) {
        fl_map_release(&v->types->by_name);
        fl_arena_release(&v->types->arena);
        pthread_mutex_destroy(&v->types->lock);
    }
    fl_arena_release(&v->arena);
    *v = (fl_values){ 0 };
}
