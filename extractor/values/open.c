/*
 * Modules whose names are all exported (`module: {names: all}` of a language's model), as Python's: what a module exports are
 * the variables of its top level, imported ones too, and what an import finds no name for may be a module below.
 */
#include "extractor/values/value_p.h"
#include "base/fs.h"

static const fl_data *convention(const fl_module *m) { return m->builtins ? m->builtins->open_module : NULL; }

bool fl_module_is_open(const fl_module *m) { return convention(m) != NULL; }

/* "a" and "b" to "a.b"; "." and "b" to ".b" */
static fl_str below(fl_arena *arena, const fl_data *how, fl_str specifier, fl_sym name)
{
    fl_str mark = fl_data_get_str(how, "below");
    return fl_str_join(arena, specifier, fl_str_ends(specifier, mark) ? FL_S("") : mark, fl_sym_str(name));
}

fl_str fl_module_open_below(fl_arena *arena, const fl_module *m, fl_str specifier, fl_sym name)
{
    const fl_data *how = convention(m);
    return how && name != FL_SYM_star ? below(arena, how, specifier, name) : (fl_str){ 0 };
}

/* What the sources that stand for a package do not have is what the package's model says. */
static fl_value *beside_library(fl_values *v, fl_module *m, const fl_data *how, fl_sym name)
{
    fl_str mark = fl_data_get_str(how, "below"), folder = fl_data_get_str(how, "folder"), rest = m->file->path, part;
    fl_buf b;
    fl_buf_init(&b, FL_LIMIT_PATH_BYTES);
    (void)fl_str_split(&rest, '/', &part);
    while (fl_str_split(&rest, '/', &part)) {
        if (fl_str_eq(part, folder)) break;
        ptrdiff_t dot = fl_str_rfind_char(part, '.');
        fl_buf_add(&b, dot < 0 ? part : fl_str_sub(part, 0, (size_t)dot));
        fl_buf_add(&b, mark);
    }
    fl_buf_add(&b, fl_sym_str(name));
    fl_value *external = fl_module_package(v, m, fl_str_copy(&v->arena, fl_buf_str(&b)));
    fl_buf_release(&b);
    return external;
}

fl_value *fl_module_open_member(fl_values *v, fl_module *m, fl_sym name)
{
    const fl_data *how = convention(m);
    if (!how || !m->scope) return NULL;
    fl_cell *cell = fl_map_get(m->scope->index, name);
    if (cell && (cell->value || cell->import_from)) return fl_cell_value(v, cell);
    if (cell && cell->declared) return NULL;
    bool is_library = m->file->is_library && m->state == FL_MODULE_DONE;
    if (!fl_str_eq(fl_fs_basename(m->file->path), fl_data_get_str(how, "folder"))) return is_library ? beside_library(v, m, how, name) : NULL;
    fl_str specifier = below(&v->arena, how, fl_data_get_str(how, "below"), name);
    fl_import found = is_library ? fl_project_resolve_early(v->project, m->file, specifier) : fl_project_resolve(v->project, m->file, specifier);
    if (found.kind == FL_IMPORT_FILE && found.file != m->file->id) return fl_module_import(v, m, specifier, NULL);
    return is_library ? beside_library(v, m, how, name) : NULL;
}

bool fl_module_open_import(fl_values *v, fl_module *m, fl_str specifier, const fl_node *import, const fl_node *item)
{
    const fl_data *how = convention(m);
    if (!how || item->first->sym == FL_SYM_star) return false;
    fl_str whole = below(&v->arena, how, specifier, item->first->sym);
    if (fl_project_resolve(v->project, m->file, whole).kind != FL_IMPORT_FILE) return false;
    fl_cell *cell = fl_scope_declare(v, m->scope, item->sym, fl_module_import(v, m, whole, import), item);
    cell->is_const = true;
    return true;
}

void fl_module_open_import_all(fl_values *v, fl_module *m, fl_module *other, const fl_node *node)
{
    if (!fl_module_is_open(m) || !other->scope) return;
    for (size_t i = 0; i < other->scope->cells.count; i++) {
        const fl_cell *theirs = other->scope->cells.items[i];
        fl_str name = fl_sym_str(theirs->name);
        if (!name.len || name.ptr[0] == '_' || !theirs->declared) continue;
        fl_cell *cell = fl_scope_declare(v, m->scope, theirs->name, NULL, node);
        cell->value = theirs->value;
        cell->import_from = other;
        cell->import_name = theirs->name;
    }
}

static void mark_written(fl_values *v, fl_module *m, const fl_node *node)
{
    for (const fl_node *c = node->first; c; c = c->next) {
        const fl_node *target = c->kind == FL_NODE_assign ? c->first : NULL;
        if (target && target->kind == FL_NODE_member && target->first->kind == FL_NODE_name) {
            fl_cell *name = fl_scope_find(m->scope, target->first->sym);
            const fl_value *value = name ? fl_cell_value(v, name) : NULL;
            fl_module *of = value && value->module && value == value->module->exports && value->module->scope ? value->module : NULL;
            fl_cell *cell = of ? fl_scope_find(of->scope, target->sym) : NULL;
            if (cell) cell->is_reassigned = true;
        }
        mark_written(v, m, c);
    }
}

void fl_module_open_written(fl_values *v, fl_module *m)
{
    if (fl_module_is_open(m) && m->scope && m->file->root && !m->file->is_library) mark_written(v, m, m->file->root);
}

void fl_module_open_close(fl_values *v, fl_module *m)
{
    if (!fl_module_is_open(m) || !m->scope || !m->exports) return;
    for (size_t i = 0; i < m->scope->cells.count && m->exports->slots.count < FL_LIMIT_VALUE_ITEMS; i++) {
        const fl_cell *cell = m->scope->cells.items[i];
        if (!cell->value || !cell->declared) continue;
        bool is_plain = fl_value_types(cell->value) & (FL_T_NULLISH | FL_T_BOOLEAN | FL_T_NUMBER | FL_T_STRING);
        fl_value *value = cell->is_reassigned && is_plain ? fl_value_unknown(v, "written by functions", cell->declared) : cell->value;
        fl_vec_push(&v->arena, &m->exports->slots, ((fl_slot){ .key = cell->name, .value = value, .node = cell->declared }));
    }
}

void fl_module_name_path(const fl_values *v, const fl_module *m, fl_str *package, fl_str *path)
{
    const fl_data *how = convention(m);
    *path = (fl_str){ 0 };
    if (!how || !fl_data_get_str(how, "below").len) return;
    fl_str whole = *package;
    char mark = fl_data_get_str(how, "below").ptr[0];
    for (fl_str part = whole; part.len;) {
        ptrdiff_t at = fl_str_rfind_char(part, mark);
        if (at <= 0 || fl_models_package(v->models, fl_sym_of(part))) {
            *package = part;
            if (part.len < whole.len) *path = fl_str_sub(whole, part.len + 1, whole.len);
            return;
        }
        part = fl_str_sub(part, 0, (size_t)at);
    }
}

/* ---- arguments by name ---- */

static fl_value *named_of(const fl_value_list *args)
{
    fl_value *last = args->count ? args->items[args->count - 1] : NULL;
    return last && last->kind == FL_V_DICT && last->is_named ? last : NULL;
}

void fl_args_place(fl_values *v, const fl_effect *e, fl_value_list *args, const fl_node *node)
{
    fl_value *named = named_of(args);
    if (!named || !e || !e->params) return;
    fl_value_list placed = { 0 };
    for (size_t i = 0; i + 1 < args->count; i++) fl_vec_push(&v->arena, &placed, args->items[i]);
    size_t at = 0;
    for (const fl_data *p = e->params->first; p; p = p->next, at++) {
        fl_value *value = fl_value_slot(named, fl_sym_of(fl_data_str(p, FL_S(""))));
        if (!value || at < placed.count) continue;
        while (placed.count < at) fl_vec_push(&v->arena, &placed, fl_value_new(v, FL_V_UNDEFINED, node));
        fl_vec_push(&v->arena, &placed, value);
    }
    *args = placed;
}

fl_value *fl_args_named(fl_values *v, fl_value_list *args)
{
    fl_value *named = named_of(args);
    if (!named) return NULL;
    fl_value_list rest = { 0 };
    for (size_t i = 0; i + 1 < args->count; i++) fl_vec_push(&v->arena, &rest, args->items[i]);
    *args = rest;
    return named;
}
