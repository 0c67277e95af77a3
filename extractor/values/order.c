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

typedef struct marks { fl_values *values; _Atomic bool *is_imported; } marks;

/* `from a import b` asks for the module a.b first: it is sought here, where all threads seek. */
static void seek_items(const marks *k, const fl_module *m, const fl_node *import)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    for (const fl_node *item = import->first->next; item; item = item->next) {
        fl_str whole = item->first ? fl_module_open_below(&scratch, m, fl_sym_str(import->first->sym), item->first->sym) : FL_S("");
        if (whole.len) (void)fl_project_resolve_early(k->values->project, m->file, whole);
    }
    fl_arena_release(&scratch);
}

static void mark(const marks *k, const fl_module *m, const fl_node *source)
{
    if (!source || source->kind != FL_NODE_string) return;
    fl_import found = fl_project_resolve_early(k->values->project, m->file, fl_sym_str(source->sym));
    if (found.kind == FL_IMPORT_FILE && found.file != m->file->id && found.file < k->values->project->file_count) k->is_imported[found.file] = true;
}

/* The next node in preorder that does not stand in a function. */
static const fl_node *next_outside(const fl_node *node)
{
    if (node->first && node->kind != FL_NODE_function && node->kind != FL_NODE_class_) return node->first;
    while (node && !node->next) node = node->parent;
    return node ? node->next : NULL;
}

static void mark_imports(void *context, size_t index, unsigned worker)
{
    const marks *k = context;
    fl_module *m = &k->values->modules[index];
    (void)worker;
    if (m->file->language && !m->builtins) m->builtins = fl_models_builtins(k->values->models, fl_str_from(m->file->language->name));
    for (const fl_node *node = m->file->root; node; node = next_outside(node)) {
        if (node->kind == FL_NODE_import && !(node->flags & FL_FLAG_TYPE_ONLY)) {
            mark(k, m, node->first);
            if (fl_module_is_open(m)) seek_items(k, m, node);
        }
        else if (node->kind == FL_NODE_export && !(node->flags & FL_FLAG_TYPE_ONLY)) mark(k, m, fl_node_child(node, 1));
        else if (node->kind == FL_NODE_call && is_import_call(m, node)) mark(k, m, fl_node_child(node, 1));
    }
}

void fl_modules_in_order(fl_values *v, uint32_t *order)
{
    uint32_t count = v->project->file_count, n = 0;
    marks k = { v, FL_NEW_ARRAY(&v->arena, _Atomic bool, count + 1) };
    fl_pool_run(0, count, mark_imports, &k);   /* on all threads, since this is where most imports are resolved */
    for (int wanted = 0; wanted < 2; wanted++)
        for (uint32_t i = 0; i < count; i++)
            if (k.is_imported[i] == (wanted == 1)) order[n++] = i;
}
