/*
 * In which order modules are run. A program starts at a module that no other imports, and in a circle of imports it matters where one
 * enters: what the entry does last is done when everything else is there. So modules that nobody imports come first, each
 * group in the order of files. Only imports outside functions are looked at; the others run later anyway.
 */
#include "extractor/values/value_p.h"

static bool is_import_call(const fl_module *m, const fl_node *call)
{
    const fl_node *callee = call->first;
    const fl_member *global = callee && callee->kind == FL_NODE_name && m->builtins ? fl_map_get(&m->builtins->globals, callee->sym) : NULL;
    return global && global->call && global->call->intrinsic == FL_INTRINSIC_import;
}

static void mark(fl_values *v, const fl_module *m, const fl_node *source, bool *is_imported)
{
    if (!source || source->kind != FL_NODE_string) return;
    fl_import found = fl_project_resolve(v->project, m->file, fl_sym_str(source->sym));
    if (found.kind == FL_IMPORT_FILE && found.file != m->file->id) is_imported[found.file] = true;
}

/* The next node in preorder that does not stand in a function. */
static const fl_node *next_outside(const fl_node *node)
{
    if (node->first && node->kind != FL_NODE_function && node->kind != FL_NODE_class_) return node->first;
    while (node && !node->next) node = node->parent;
    return node ? node->next : NULL;
}

void fl_modules_in_order(fl_values *v, uint32_t *order)
{
    uint32_t count = v->project->file_count, n = 0;
    bool *is_imported = FL_NEW_ARRAY(&v->arena, bool, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        fl_module *m = &v->modules[i];
        if (m->file->language && !m->builtins) m->builtins = fl_models_builtins(v->models, fl_str_from(m->file->language->name));
        for (const fl_node *node = m->file->root; node; node = next_outside(node)) {
            if (node->kind == FL_NODE_import && !(node->flags & FL_FLAG_TYPE_ONLY)) mark(v, m, node->first, is_imported);
            else if (node->kind == FL_NODE_export && !(node->flags & FL_FLAG_TYPE_ONLY)) mark(v, m, fl_node_child(node, 1), is_imported);
            else if (node->kind == FL_NODE_call && is_import_call(m, node)) mark(v, m, fl_node_child(node, 1), is_imported);
        }
    }
    for (int wanted = 0; wanted < 2; wanted++)
        for (uint32_t i = 0; i < count; i++)
            if (is_imported[i] == (wanted == 1)) order[n++] = i;
}
