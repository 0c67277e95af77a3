/*
 * Names across files. Where a language says `linkage: program`, what modules export is one space of names for all of them: a
 * name that a module does not have itself is looked up there, so that a prototype leads to its definition in another file.
 * Several programs may live in one repository: of several definitions the one in the nearest folder is meant.
 * Includes bring packages, not names: what a model says an external header has is declared in the module before it runs.
 */
#include "extractor/values/value_p.h"
#include "base/fs.h"

struct fl_linkage { fl_map names; fl_arena *arena; };
typedef struct linked { FL_VEC(fl_cell *) cells; } linked;

static size_t common_folders(fl_str a, fl_str b)
{
    size_t folder = 0;
    for (size_t i = 0; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
        if (a.ptr[i] == '/') folder = i + 1;
    return folder;
}

/* `enum method` beside `enum method method(void)`: in C they have a space of names of their own. */
static bool is_tag(const fl_cell *cell) { return cell->declared && cell->declared->kind == FL_NODE_enum_; }

fl_cell *fl_linkage_find(const fl_module *from, fl_sym name)
{
    const linked *found = from->linkage ? fl_map_get(&from->linkage->names, name) : NULL;
    fl_cell *best = NULL;
    size_t best_common = 0;
    for (size_t i = 0; found && i < found->cells.count; i++) {
        fl_cell *cell = found->cells.items[i];
        size_t common = common_folders(from->file->path, cell->home->file->path);
        bool is_better = best && is_tag(best) != is_tag(cell) ? is_tag(best) : !best || common > best_common;
        if (!is_better) continue;
        best = cell;
        best_common = common;
    }
    return best;
}

void fl_linkage_add(fl_module *module, fl_cell *cell)
{
    struct fl_linkage *linkage = module->linkage;
    linked *names = fl_map_get(&linkage->names, cell->name);
    if (!names) {
        names = FL_NEW(linkage->arena, linked);
        fl_map_put(&linkage->names, cell->name, names);
    }
    cell->home = module;
    fl_vec_push(linkage->arena, &names->cells, cell);
}

struct fl_linkage *fl_linkage_new(fl_arena *arena)
{
    struct fl_linkage *linkage = FL_NEW(arena, struct fl_linkage);
    linkage->arena = arena;
    fl_map_init(&linkage->names);
    return linkage;
}

void fl_linkage_release(struct fl_linkage *linkage)
{
    if (linkage) fl_map_release(&linkage->names);
}

/* Names that the module exports at its top; its cells are there already. */
void fl_linkage_collect(fl_module *m)
{
    for (const fl_node *s = m->file->root->first; s; s = s->next) {
        const fl_node *what = s->kind == FL_NODE_export ? s->first : NULL;
        if (!what || (what->kind == FL_NODE_function && fl_node_is_absent(fl_node_child(what, 2)))) continue;
        fl_sym name = what->kind == FL_NODE_let ? (what->first->kind == FL_NODE_name ? what->first->sym : FL_SYM_NONE) : what->sym;
        fl_cell *cell = name ? fl_map_get(m->scope->index, name) : NULL;
        if (cell && !cell->home) fl_linkage_add(m, cell);
    }
}

/* ---- packages ---- */

void fl_module_add_package(fl_values *v, fl_module *m, fl_sym package)
{
    for (size_t i = 0; i < m->packages.count; i++)
        if (m->packages.items[i] == package) return;
    fl_vec_push(&v->arena, &m->packages, package);
    const fl_model *model = fl_models_package(v->models, package);
    const fl_data *more = model ? fl_data_get_c(model->data, "includes") : NULL;
    for (const fl_data *d = more ? more->first : NULL; d; d = d->next) fl_module_add_package(v, m, fl_sym_of(fl_data_str(d, FL_S(""))));
}

static bool is_known(const fl_values *v, fl_str name) { return fl_models_package(v->models, fl_sym_of(name)) != NULL; }

/* All names of a module or package. A copy of a modelled package inside the project is that package. */
void fl_module_import_all(fl_values *v, fl_module *m, fl_str specifier, const fl_node *node)
{
    fl_import found = fl_project_resolve(v->project, m->file, specifier);
    if (found.kind == FL_IMPORT_PACKAGE) fl_module_add_package(v, m, fl_sym_of(found.package));
    if (found.kind != FL_IMPORT_FILE) return;
    fl_module *other = &v->modules[found.file];
    if (is_known(v, specifier)) fl_module_add_package(v, m, fl_sym_of(specifier));
    else if (is_known(v, fl_fs_basename(specifier))) fl_module_add_package(v, m, fl_sym_of(fl_fs_basename(specifier)));
    (void)fl_module_import(v, m, specifier, node);
    for (size_t i = 0; i < other->packages.count; i++) fl_module_add_package(v, m, other->packages.items[i]);
    if (m->linkage) return;
    fl_module_open_import_all(v, m, other, node);
    for (size_t i = 0; other->exports && i < other->exports->slots.count; i++) {
        fl_cell *cell = fl_scope_declare(v, m->scope, other->exports->slots.items[i].key, NULL, node);
        if (cell->value || cell->import_from) continue;
        cell->import_from = other;
        cell->import_name = cell->name;
    }
}

static const fl_model *model_with(const fl_values *v, const fl_module *m, fl_sym name)
{
    for (size_t i = 0; i < m->packages.count; i++) {
        const fl_model *model = fl_models_package(v->models, m->packages.items[i]);
        if (model && fl_map_get(&model->roots, name)) return model;
    }
    return NULL;
}

/* In a copy of a package inside the project, names may have lost the namespace that they have in the model. */
static const fl_model *model_with_last(const fl_values *v, const fl_module *m, fl_sym name, fl_sym *whole)
{
    const fl_cell *own = fl_linkage_find(m, name);
    for (size_t i = 0; i < m->packages.count; i++) {
        const fl_model *model = fl_models_package(v->models, m->packages.items[i]);
        if (!model || (own && own->home && !is_known(v, fl_fs_basename(own->home->file->path)))) continue;
        const fl_data *exports = fl_data_get_c(model->data, "exports");
        for (const fl_data *d = exports ? exports->first : NULL; d; d = d->next) {
            fl_str rest = d->key, one;
            while (fl_str_split(&rest, ',', &one)) {
                one = fl_str_trim(one);
                ptrdiff_t dot = fl_str_rfind_char(one, '.');
                if (dot < 0 || !fl_str_eq(fl_str_sub(one, (size_t)dot + 1, one.len), fl_sym_str(name))) continue;
                *whole = fl_sym_of(one);
                return model;
            }
        }
    }
    return NULL;
}

/* Every name used in the file that a package has and the file itself does not declare. */
void fl_module_declare_external(fl_values *v, fl_module *m)
{
    bool has_models = false;
    for (size_t i = 0; i < m->packages.count; i++) has_models |= fl_models_package(v->models, m->packages.items[i]) != NULL;
    if (!has_models) return;
    fl_map seen;
    fl_map_init(&seen);
    for (const fl_node *node = m->file->root; node;) {
        if (node->kind == FL_NODE_name && node->sym && !fl_map_get(&seen, node->sym)) {
            fl_map_put(&seen, node->sym, m);
            fl_sym whole = node->sym;
            bool is_own = fl_map_get(m->scope->index, node->sym) != NULL;
            const fl_model *model = is_own ? NULL : model_with(v, m, node->sym);
            if (!model && !is_own && m->linkage) model = model_with_last(v, m, node->sym, &whole);
            if (model) {
                fl_value *external = fl_value_text(v, FL_V_EXTERNAL, whole, node);
                external->model = model;
                external->package = model->packages.items[0];
                for (size_t i = 0; i < m->packages.count; i++)
                    if (fl_models_package(v->models, m->packages.items[i]) == model) { external->package = m->packages.items[i]; break; }
                fl_scope_declare(v, m->scope, node->sym, external, NULL)->is_const = true;
            }
        }
        if (node->first) {
            node = node->first;
            continue;
        }
        while (node && !node->next) node = node->parent;
        if (node) node = node->next;
    }
    fl_map_release(&seen);
}

/* ---- where a program begins ---- */

/* What other stages see of a module are its variables as start-up left them. */
static void refresh_exports(fl_module *m)
{
    for (size_t i = 0; m->linkage && m->exports && i < m->exports->slots.count; i++) {
        fl_slot *slot = &m->exports->slots.items[i];
        const fl_cell *cell = fl_map_get(m->scope->index, slot->key);
        if (cell && cell->value) slot->value = cell->value;
    }
}

void fl_modules_enter(fl_values *v)
{
    for (uint32_t i = 0; i < v->project->file_count; i++) {
        fl_module *m = &v->modules[i];
        const fl_data *names = m->builtins && m->scope ? fl_data_get_c(m->builtins->data, "entry") : NULL;
        for (const fl_data *d = names ? names->first : NULL; d; d = d->next) {
            const fl_cell *cell = fl_map_get(m->scope->index, fl_sym_of(fl_data_str(d, FL_S(""))));
            if (!cell || !cell->value || cell->value->kind != FL_V_FUNCTION) continue;
            fl_frame_state f = { .module = m };
            fl_value_list args = { 0 };
            for (unsigned n = fl_node_count(cell->value->node->first); n > 0; n--) fl_vec_push(&v->arena, &args, fl_value_unknown(v, "argument of the program", cell->value->node));
            if (!v->reach) v->reach = fl_reach_new(v, &v->arena);
            m->steps = v->entry_steps = 0;
            v->is_entering = true;
            (void)fl_invoke(v, &f, cell->value, NULL, &args, cell->value->node);
            v->is_entering = false;
        }
    }
    for (uint32_t i = 0; i < v->project->file_count; i++) refresh_exports(&v->modules[i]);
}
