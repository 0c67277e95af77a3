/*
 * Where a type name leads: to a declaration around its place or at the top of its module, through imports and re-exports (type-only
 * ones too) into other modules, or to external code that a model describes. Reads trees and finished values only.
 */
#include "extractor/flow/claim_p.h"
#include <stdio.h>

enum { MAX_HOPS = 16 };   /* modules that re-export from one another */

static bool find_in(fl_values *values, const fl_module *module, fl_str name, fl_type_found *out, unsigned hops);

static const fl_model *builtins_of(const fl_values *values, const fl_module *module)
{
    return module->builtins ? module->builtins : fl_models_builtins(values->models, fl_str_from(module->file->language->name));
}

/* Does the language export every name of a module? Then types are values, too. */
static bool names_are_values(const fl_model *builtins) { return builtins && builtins->open_module; }

static bool find_export(fl_values *values, const fl_module *module, fl_str name, fl_type_found *out, unsigned hops);

/* "a.b.c" → "a", rest "b.c" */
static fl_str head_of(fl_str name, fl_str *rest)
{
    ptrdiff_t dot = fl_str_find_char(name, '.');
    *rest = dot < 0 ? FL_S("") : fl_str_sub(name, (size_t)dot + 1, name.len);
    return dot < 0 ? name : fl_str_sub(name, 0, (size_t)dot);
}

/* The name behind `prefix.`, or false. */
static bool behind(fl_str name, fl_str prefix, fl_str *rest)
{
    if (!prefix.len || name.len <= prefix.len + 1 || !fl_str_starts(name, prefix) || name.ptr[prefix.len] != '.') return false;
    *rest = fl_str_sub(name, prefix.len + 1, name.len);
    return true;
}

static const fl_node *declared_by(const fl_node *s, fl_sym sym, fl_str name);

/* `sym` is the name: most statements are told apart by that alone. */
static const fl_node *declared_in(const fl_node *container, fl_sym sym, fl_str name)
{
    for (const fl_node *s = container->first; s; s = s->next) {
        const fl_node *found = declared_by(s, sym, name);
        if (found) return found;
    }
    return NULL;
}

static const fl_node *declared_by(const fl_node *s, fl_sym sym, fl_str name)
{
    fl_str rest;
    switch ((fl_node_kind)s->kind) {
    case FL_NODE_export: return fl_node_is_absent(s->first) ? NULL : declared_by(s->first, sym, name);
    case FL_NODE_interface: case FL_NODE_type_alias: case FL_NODE_class_: return s->sym == sym ? s : NULL;
    case FL_NODE_namespace: return behind(name, fl_sym_str(s->sym), &rest) ? declared_in(s->first, fl_sym_of(rest), rest) : NULL;
    case FL_NODE_enum_:
        if (s->sym == sym) return s;
        for (const fl_node *p = behind(name, fl_sym_str(s->sym), &rest) ? s->first : NULL; p; p = p->next)
            if (p->kind == FL_NODE_pair && fl_str_eq(fl_sym_str(p->sym), rest)) return p;
        return NULL;
    default: return NULL;
    }
}

/* What a module of the package has, "networks.EmailStr", which most packages have by its own name, too. */
static bool below_package(fl_values *values, const fl_module *module, fl_str language, fl_str specifier, fl_str imported, fl_type_found *out)
{
    fl_str package = specifier, path;
    char text[256];
    fl_module_name_path(values, module, &package, &path);
    const fl_model *model = path.len && path.len + imported.len + 1 < sizeof text ? fl_models_import(values->models, language, package, NULL) : NULL;
    if (!model) return false;
    int n = snprintf(text, sizeof text, FL_STR_FMT "." FL_STR_FMT, FL_STR_ARG(path), FL_STR_ARG(imported));
    out->annotation = fl_model_annotation(model, fl_sym_of((fl_str){ text, n > 0 ? (size_t)n : 0 }));
    if (!out->annotation) out->annotation = fl_model_annotation(model, fl_sym_of(imported));
    return out->annotation != NULL;
}

static bool external(fl_values *values, const fl_module *module, fl_str specifier, fl_str imported, fl_str rest, fl_type_found *out)
{
    fl_str language = fl_str_from(module->file->language->name);
    const fl_model *model = fl_models_import(values->models, language, specifier, NULL);
    if (!model) return !rest.len && below_package(values, module, language, specifier, imported, out);
    bool is_whole = fl_str_eq_c(imported, "*") || fl_str_eq_c(imported, "default") || fl_model_is_itself(model, fl_sym_of(imported));
    char text[256];
    fl_str path = is_whole ? rest : imported;
    if (!is_whole && rest.len && imported.len + rest.len + 1 < sizeof text) {
        int n = snprintf(text, sizeof text, FL_STR_FMT "." FL_STR_FMT, FL_STR_ARG(imported), FL_STR_ARG(rest));
        path = (fl_str){ text, n > 0 ? (size_t)n : 0 };
    }
    fl_str inner, head = head_of(path, &inner);   /* import * as ns; ns.z.infer */
    if (inner.len && fl_model_is_itself(model, fl_sym_of(head))) path = inner;
    out->annotation = fl_model_annotation(model, fl_sym_of(path));
    return out->annotation != NULL;
}

static bool follow_file(fl_values *values, const fl_module *module, fl_import found, fl_str specifier, fl_str imported, fl_str rest, fl_type_found *out, unsigned hops)
{
    const fl_module *to = &values->modules[found.file];
    if (to->file->is_library && external(values, module, specifier, imported, rest, out)) return true;   /* what the package's model says */
    char below[256];   /* from package import module */
    bool is_open = rest.len && names_are_values(builtins_of(values, module));
    int length = is_open ? snprintf(below, sizeof below, FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(specifier), fl_str_ends(specifier, FL_S(".")) ? "" : ".", FL_STR_ARG(imported)) : 0;
    if (length > 0 && (size_t)length < sizeof below && !fl_str_eq_c(imported, "*")) {
        fl_import inner = fl_project_resolve(values->project, module->file, (fl_str){ below, (size_t)length });
        if (inner.kind == FL_IMPORT_FILE) return find_export(values, &values->modules[inner.file], rest, out, hops + 1);
    }
    if (fl_str_eq_c(imported, "*")) return rest.len && find_export(values, to, rest, out, hops + 1);
    if (!rest.len) return find_export(values, to, imported, out, hops + 1);
    char text[256];   /* a namespace or an enumeration, and what is in it */
    int n = snprintf(text, sizeof text, FL_STR_FMT "." FL_STR_FMT, FL_STR_ARG(imported), FL_STR_ARG(rest));
    return n > 0 && (size_t)n < sizeof text && find_export(values, to, (fl_str){ text, (size_t)n }, out, hops + 1);
}

static bool follow(fl_values *values, const fl_module *module, fl_str specifier, fl_str imported, fl_str rest, fl_type_found *out, unsigned hops)
{
    fl_import found = fl_project_resolve(values->project, module->file, specifier);
    bool is_file = found.kind == FL_IMPORT_FILE;
    if (is_file && follow_file(values, module, found, specifier, imported, rest, out, hops)) return true;
    bool is_package = found.kind == FL_IMPORT_PACKAGE || (is_file && values->modules[found.file].file && values->modules[found.file].file->is_library);   /* what stands for a package has not all of it */
    return is_package && external(values, module, specifier, imported, rest, out);
}

static bool find_export(fl_values *values, const fl_module *module, fl_str name, fl_type_found *out, unsigned hops)
{
    if (hops > MAX_HOPS || !module->file || !module->file->root) return false;
    const fl_node *root = module->file->root;
    fl_str rest, head = head_of(name, &rest);
    fl_sym first = fl_sym_of(head);
    for (const fl_node *s = root->first; s; s = s->next) {
        if (s->kind != FL_NODE_export) continue;
        const fl_node *what = fl_node_child(s, 0), *source = fl_node_child(s, 1);
        if (s->flags & FL_FLAG_DEFAULT && fl_str_eq_c(name, "default") && !fl_node_is_absent(what)) {
            if (what->kind == FL_NODE_name) return find_in(values, module, fl_sym_str(what->sym), out, hops + 1);
            *out = (fl_type_found){ .declaration = what, .module = module };
            return what->kind == FL_NODE_interface || what->kind == FL_NODE_class_ || what->kind == FL_NODE_type_alias;
        }
        bool has_source = !fl_node_is_absent(source);
        for (const fl_node *item = source ? source->next : NULL; item; item = item->next) {
            bool is_all = item->first->sym == FL_SYM_star && item->sym == FL_SYM_star;
            if (is_all && has_source && follow(values, module, fl_sym_str(source->sym), name, FL_S(""), out, hops)) return true;
            if (is_all || item->first->sym != first) continue;
            const fl_node *local = fl_node_child(item, 1);
            if (has_source) return follow(values, module, fl_sym_str(source->sym), fl_sym_str(item->sym), rest, out, hops);
            if (!local || local->kind != FL_NODE_name) continue;
            if (!rest.len) return find_in(values, module, fl_sym_str(local->sym), out, hops + 1);
        }
    }
    const fl_node *declared = declared_in(root, fl_sym_of(name), name);
    *out = (fl_type_found){ .declaration = declared, .module = module };
    return declared || (names_are_values(builtins_of(values, module)) && find_in(values, module, name, out, hops + 1));
}

/* `Tags = List[str]` at the top of a module, in languages where a type is a value. */
static const fl_node *assigned_in(const fl_node *root, fl_sym name)
{
    const fl_node *found = NULL;
    for (const fl_node *s = root->first; s; s = s->next)
        if (s->kind == FL_NODE_let && s->first->kind == FL_NODE_name && s->first->sym == name && !fl_node_is_absent(fl_node_child(s, 1))) found = s;
    return found;
}

/* A name at the top of a module: declared, imported, or of the language. */
static bool find_in(fl_values *values, const fl_module *module, fl_str name, fl_type_found *out, unsigned hops)
{
    if (hops > MAX_HOPS || !module->file || !module->file->root) return false;
    fl_sym sym = fl_sym_of(name);
    const fl_node *root = module->file->root, *declared = declared_in(root, sym, name);
    *out = (fl_type_found){ .declaration = declared, .module = module };
    if (declared) return true;
    fl_str rest, head = head_of(name, &rest);
    fl_sym first = rest.len ? fl_sym_of(head) : sym;
    for (const fl_node *s = root->first; s; s = s->next) {
        if (s->kind != FL_NODE_import) continue;
        for (const fl_node *item = s->first->next; item; item = item->next)
            if (item->sym == first)
                return follow(values, module, fl_sym_str(s->first->sym), fl_sym_str(item->first->sym), rest, out, hops);
    }
    const fl_model *builtins = builtins_of(values, module);
    if (names_are_values(builtins)) {
        const fl_node *assigned = assigned_in(root, sym);
        *out = (fl_type_found){ .declaration = assigned, .module = module };
        if (assigned) return true;
        for (const fl_node *s = root->first; s; s = s->next)   /* from x import * */
            for (const fl_node *item = s->kind == FL_NODE_import ? s->first->next : NULL; item; item = item->next)
                if (!item->sym && item->first->sym == FL_SYM_star && follow(values, module, fl_sym_str(s->first->sym), name, FL_S(""), out, hops + 1)) return true;
    }
    *out = (fl_type_found){ .module = module };
    out->annotation = builtins ? fl_model_annotation(builtins, sym) : NULL;
    return out->annotation != NULL;
}

typedef struct known { bool is_found; fl_type_found found; } known;

/* The same names are sought for each route: what was found is kept. Trees do not change, so it holds for all threads. */
static bool find_at_top(fl_values *values, const fl_module *module, fl_sym name, fl_type_found *out)
{
    fl_found_names *all = values->types;
    bool is_kept = all && module->file && module == &values->modules[module->file->id];
    if (!is_kept) return find_in(values, module, fl_sym_str(name), out, 0);
    uint64_t key = (uint64_t)module->file->id << 32 | name;
    pthread_mutex_lock(&all->lock);
    const known *old = fl_map_get(&all->by_name, key);
    pthread_mutex_unlock(&all->lock);
    if (old) {
        *out = old->found;
        return old->is_found;
    }
    bool is_found = find_in(values, module, fl_sym_str(name), out, 0);
    pthread_mutex_lock(&all->lock);
    known *one = FL_NEW(&all->arena, known);
    *one = (known){ is_found, *out };
    fl_map_put(&all->by_name, key, one);
    pthread_mutex_unlock(&all->lock);
    return is_found;
}

bool fl_type_find(fl_values *values, const fl_module *module, const fl_node *from, fl_sym name, fl_type_found *out)
{
    fl_str text = fl_sym_str(name);
    for (const fl_node *p = from ? from->parent : NULL; p; p = p->parent) {
        if (p->kind != FL_NODE_block) continue;
        const fl_node *declared = declared_in(p, name, text);
        *out = (fl_type_found){ .declaration = declared, .module = module };
        if (declared) return true;
    }
    return find_at_top(values, module, name, out);
}

/* ---- values ---- */

static const fl_value *imported_value(fl_values *values, const fl_module *module, fl_sym name)
{
    for (const fl_node *s = module->file->root ? module->file->root->first : NULL; s; s = s->next) {
        if (s->kind != FL_NODE_import) continue;
        for (const fl_node *item = s->first->next; item; item = item->next) {
            if (item->sym != name) continue;
            fl_import found = fl_project_resolve(values->project, module->file, fl_sym_str(s->first->sym));
            const fl_value *exports = found.kind == FL_IMPORT_FILE ? values->modules[found.file].exports : NULL;
            if (!exports || item->first->sym == FL_SYM_star) return exports;
            const fl_value *own = fl_value_slot(exports, item->first->sym);
            return own || item->first->sym != FL_SYM_default_ ? own : exports;
        }
    }
    return NULL;
}

const fl_value *fl_type_value(fl_values *values, const fl_module *module, const fl_node *expr)
{
    if (fl_node_is_absent(expr) || !module->scope) return NULL;
    if (expr->kind == FL_NODE_member) {
        const fl_value *object = fl_type_value(values, module, expr->first);
        return object ? fl_value_slot(object, expr->sym) : NULL;
    }
    if (expr->kind != FL_NODE_name) return NULL;
    const fl_cell *cell = fl_scope_find(module->scope, expr->sym);
    if (cell && cell->value) return cell->value;
    return imported_value(values, module, expr->sym);
}

/* ---- what a type stands for ---- */

const fl_node *fl_type_behind(fl_arena *arena, fl_values *values, const fl_module **module, const fl_node *type)
{
    for (unsigned hops = 0; hops < MAX_HOPS; hops++) {
        fl_type_found found = { 0 };
        if (fl_node_is_absent(type) || type->kind != FL_NODE_type_name || type->first) return type;
        if (!fl_type_find(values, *module, type, type->sym, &found) || !found.declaration) return type;
        const fl_node *d = found.declaration, *next = NULL;
        if (d->kind == FL_NODE_let) next = fl_type_of_expression(arena, fl_node_child(d, 1));
        else if (d->kind == FL_NODE_type_alias && fl_node_is_absent(d->first)) next = fl_node_child(d, 1);
        if (!next) return type;
        type = next;
        *module = found.module;
    }
    return type;
}

bool fl_type_is_refined(fl_values *values, const fl_module *module, const fl_node *type)
{
    fl_type_found found = { 0 };
    if (fl_node_is_absent(type) || type->kind != FL_NODE_type_name || !type->first || !fl_type_find(values, module, type, type->sym, &found)) return false;
    return found.annotation && fl_data_get_bool(found.annotation->schema, "refine", false);
}

const fl_value *fl_type_class(fl_values *values, const fl_module *module, const fl_node *type)
{
    fl_type_found found = { 0 };
    if (type->kind != FL_NODE_type_name || !fl_type_find(values, module, type, type->sym, &found)) return NULL;
    return found.declaration && found.declaration->kind == FL_NODE_class_ ? fl_class_value(found.module, found.declaration) : NULL;
}

const fl_model_type *fl_type_model(fl_values *values, const fl_module *module, const fl_node *type)
{
    fl_type_found found = { 0 };
    if (type->kind == FL_NODE_type_union && type->first) type = type->first;
    if (type->kind != FL_NODE_type_name || !fl_type_find(values, module, type, type->sym, &found) || !found.annotation) return NULL;
    if (!found.annotation->type && found.annotation->schema && type->first && fl_data_get_c(found.annotation->schema, "of")) return fl_type_model(values, module, type->first);
    return found.annotation->type ? fl_models_type(values->models, found.annotation->type) : NULL;
}
