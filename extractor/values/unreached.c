/*
 * Applications that are put together while a request is handled, by an initialiser that start-up code waits for, or by whoever
 * serves the program: its start-up made no application that has routes, but its code has a function or class that makes one.
 * These are run when all else has been, on arguments of which nothing is known; the ones that are called by others come last, and
 * only if they were not called by then.
 *     class Tenant { constructor(id) { const app = new Koa(); app.use(mount('/api', initApis())); } }
 *     def create_app(config="dev"): …            flask --app shop, gunicorn "shop:create_app()"
 */
#include "extractor/values/value_p.h"

enum { CANDIDATE_LIMIT = 64 };

typedef struct candidate { fl_module *module; fl_value *value; const fl_node *body; fl_sym name; bool is_inner; } candidate;

/* What a call names: `Koa`, `flask.Flask`. */
static const fl_member *named_member(const fl_value *callee, const fl_node *name)
{
    if (callee->kind != FL_V_EXTERNAL) return NULL;
    if (name->kind == FL_NODE_name) return fl_value_external_member(callee);
    return callee->package && callee->model && !callee->text ? fl_model_export(callee->model, name->sym) : NULL;
}

/* Does this call make an application: of a model, or of sources that stand for a framework? */
static bool makes_application(fl_values *v, const fl_module *m, const fl_node *call)
{
    const fl_node *name = call->first, *begin = name->kind == FL_NODE_member ? name->first : name;
    if (begin->kind != FL_NODE_name) return false;
    fl_cell *cell = fl_scope_find(m->scope, begin->sym);
    const fl_value *callee = cell ? fl_cell_value(v, cell) : NULL;
    if (!callee) return false;
    const fl_member *member = named_member(callee, name);
    if (member) {
        const fl_effect *e = fl_effect_for(member->new_ ? member->new_ : member->call, fl_node_count(call) - 1);
        const fl_model_type *type = e && e->returns.kind == FL_RESULT_TYPE ? fl_models_type(v->models, e->returns.type) : NULL;
        return type && type->is_root;
    }
    bool is_code = name == begin && (callee->kind == FL_V_CLASS || callee->kind == FL_V_FUNCTION);
    return is_code && callee->module && callee->module->file->is_library && fl_module_framework(v, callee->module) != NULL;
}

static bool has_application(fl_values *v, const fl_module *m, const fl_node *node)
{
    if (node->kind == FL_NODE_call && makes_application(v, m, node)) return true;
    for (const fl_node *c = node->first; c; c = c->next) if (has_application(v, m, c)) return true;
    return false;
}

static bool calls(const fl_node *node, fl_sym name)
{
    if (node->kind == FL_NODE_call && node->first->kind == FL_NODE_name && node->first->sym == name) return true;
    for (const fl_node *c = node->first; c; c = c->next) if (calls(c, name)) return true;
    return false;
}

static bool is_called(const fl_values *v, const fl_node *function)
{
    return fl_map_get(&v->called_nodes, (uint64_t)(uintptr_t)function) != NULL;
}

/* What runs when it is called: of a class the constructor. */
static const fl_node *code_of(const fl_value *value)
{
    if (value->kind == FL_V_FUNCTION) return value->node;
    const fl_value *owner = NULL;
    fl_module *module = NULL;
    return value->kind == FL_V_CLASS ? fl_value_class_member(value, FL_SYM_constructor, &owner, &module) : NULL;
}

static bool has_application_with_routes(const fl_values *v)
{
    for (size_t i = 0; i < v->routers.count; i++)
        if (v->routers.items[i]->type->is_root && v->routers.items[i]->registrations.count) return true;
    return false;
}

bool fl_unreached_run(fl_values *v)
{
    candidate found[CANDIDATE_LIMIT];
    size_t count = 0;
    if (has_application_with_routes(v)) return false;
    for (uint32_t i = 0; i < v->project->file_count; i++) {
        fl_module *m = &v->modules[i];
        if (!m->scope || m->linkage) continue;
        for (size_t k = 0; k < m->scope->cells.count && count < CANDIDATE_LIMIT; k++) {
            const fl_cell *cell = m->scope->cells.items[k];
            fl_value *value = cell->value;
            if (!value || cell->import_from || value->module != m) continue;
            const fl_node *code = code_of(value);
            if (!code || fl_node_file(code) != m->file->id || is_called(v, code) || !has_application(v, m, code)) continue;
            found[count++] = (candidate){ m, value, code, cell->name, false };
        }
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) if (k != i && calls(found[k].body, found[i].name)) found[i].is_inner = true;
    for (int inner = 0; inner < 2; inner++)
        for (size_t i = 0; i < count; i++) {
            if (found[i].is_inner != (inner == 1) || is_called(v, found[i].body)) continue;
            fl_frame_state f = { .module = found[i].module };
            fl_value_list args = { 0 };
            for (unsigned p = fl_node_count(found[i].body->first); p > 0; p--) fl_vec_push(&v->arena, &args, fl_value_unknown(v, "argument that start-up code does not give", found[i].body));
            for (uint32_t k = 0; k < fl_values_module_count(v); k++) v->modules[k].steps = 0;
            (void)fl_call(v, &f, found[i].value, NULL, &args, found[i].body, found[i].value->kind == FL_V_CLASS);
        }
    return count > 0;
}
