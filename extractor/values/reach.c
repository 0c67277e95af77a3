/*
 * Which functions of a program may register something, or call one that does. A program does much before it serves: what cannot
 * register is run for the values it leaves behind, but only so far (fl_reach_enter). Functions are told apart by name alone: a
 * name that is mentioned may be called, by whoever gets it.
 */
#include "extractor/values/value_p.h"

typedef struct reacher { FL_VEC(struct reacher *) mentioned_in; bool may_register; uint32_t spent; } reacher;
struct fl_reach { fl_map by_name, packages, words; /* words: what registers by itself */ fl_arena *arena; };
typedef FL_VEC(reacher *) reachers;

static reacher *named(struct fl_reach *r, fl_sym name, bool make)
{
    reacher *one = fl_map_get(&r->by_name, name);
    if (one || !make) return one;
    one = FL_NEW(r->arena, reacher);
    fl_map_put(&r->by_name, name, one);
    return one;
}

static bool has_body(const fl_node *n) { return n->kind == FL_NODE_function && n->sym && !fl_node_is_absent(fl_node_child(n, 2)); }

static bool effect_registers(const fl_effect *e)
{
    for (; e; e = e->otherwise)
        if (e->route.is_set || e->mount.is_set || e->listen.is_set || e->serve.is_set || e->bind.is_set || e->param_hook.is_set) return true;
    return false;
}

static bool type_is_router(const fl_values *v, const fl_effect *e)
{
    for (; e; e = e->otherwise) {
        const fl_model_type *type = e->returns.kind == FL_RESULT_TYPE ? fl_models_type(v->models, e->returns.type) : NULL;
        if (type && type->is_router) return true;
    }
    return false;
}

/* Is it the name of something of a framework that registers? What is declared with a router's type is found by the call that makes it. */
static bool is_registering(const fl_values *v, const fl_module *m, fl_sym name)
{
    const fl_cell *cell = m->scope->index ? fl_map_get(m->scope->index, name) : NULL;
    const fl_member *member = cell && cell->value && cell->value->kind == FL_V_EXTERNAL ? fl_value_external_member(cell->value) : NULL;
    if (!member) return false;
    return effect_registers(member->call) || effect_registers(member->new_) || type_is_router(v, member->call) || type_is_router(v, member->new_);
}

static bool is_imported(const fl_map *packages, const fl_model *model)
{
    for (size_t i = 0; i < model->packages.count; i++)
        if (fl_map_get(packages, model->packages.items[i])) return true;
    return false;
}

/* A method is a member of a router by any model of a package that some file includes: `svr.Get(…)`. */
static bool is_method_that_registers(const fl_values *v, const struct fl_reach *r, const fl_module *m, fl_sym name)
{
    for (size_t i = 0; i < v->models->all.count; i++) {
        const fl_model *model = v->models->all.items[i];
        if (m->builtins && !fl_str_eq(model->language, m->builtins->language)) continue;
        if (!is_imported(&r->packages, model)) continue;
        for (size_t t = 0; t < model->type_list.count; t++) {
            if (!model->type_list.items[t]->is_router) continue;
            const fl_member *member = fl_model_type_member(model->type_list.items[t], name);
            if (member && effect_registers(member->call)) return true;
        }
    }
    return false;
}

/* `s` of `void copy(char *s)` is no function of that name; those that hold one are known by where they got it. */
static bool declares(const fl_node *node)
{
    return (node->kind == FL_NODE_param || node->kind == FL_NODE_let) && node->first && node->first->kind == FL_NODE_name && node->first->sym;
}

static void collect(const fl_values *v, struct fl_reach *r, fl_map *methods, const fl_module *m, reachers *todo)
{
    reacher *in = NULL;
    const fl_node *outer = NULL;
    fl_map own;                                      /* name → the outermost function that declared it last */
    fl_map_init(&own);
    for (const fl_node *node = m->file->root; node;) {
        if (has_body(node) && !outer) { outer = node; in = named(r, node->sym, true); }
        if (outer && declares(node)) fl_map_put(&own, node->first->sym, (void *)(uintptr_t)outer);
        bool is_name = node->kind == FL_NODE_name && !(outer && fl_map_get(&own, node->sym) == outer), is_member = node->kind == FL_NODE_member;
        if (in && node->sym && (is_name || is_member)) {
            reacher *other = named(r, node->sym, false);
            bool registers = false;
            if (is_name) registers = is_registering(v, m, node->sym);
            else {
                void *known = fl_map_get(methods, node->sym);
                if (!known) { known = is_method_that_registers(v, r, m, node->sym) ? (void *)r : (void *)methods; fl_map_put(methods, node->sym, known); }
                registers = known == (void *)r;
            }
            if (registers) fl_map_put(&r->words, node->sym, r);
            if (registers && !in->may_register) { in->may_register = true; fl_vec_push(r->arena, todo, in); }
            if (other && other != in && !(other->mentioned_in.count && other->mentioned_in.items[other->mentioned_in.count - 1] == in)) fl_vec_push(r->arena, &other->mentioned_in, in);
        }
        if (node->first) { node = node->first; continue; }
        while (node && !node->next) { if (node == outer) { outer = NULL; in = NULL; } node = node->parent; }
        if (node == outer) { outer = NULL; in = NULL; }
        if (node) node = node->next;
    }
    fl_map_release(&own);
}

static void name_functions(struct fl_reach *r, const fl_node *node)
{
    for (const fl_node *c = node->first; c; c = c->next) {
        if (has_body(c)) { (void)named(r, c->sym, true); continue; }
        if (c->kind == FL_NODE_export || c->kind == FL_NODE_class_ || c->kind == FL_NODE_block || c->kind == FL_NODE_namespace) name_functions(r, c);
    }
}

struct fl_reach *fl_reach_new(const fl_values *v, fl_arena *arena)
{
    struct fl_reach *r = FL_NEW(arena, struct fl_reach);
    reachers todo = { 0 };
    fl_map methods;
    r->arena = arena;
    fl_map_init(&r->by_name);
    fl_map_init(&r->packages);
    fl_map_init(&r->words);
    fl_map_init(&methods);
    for (uint32_t i = 0; i < v->project->file_count; i++)
        if (v->modules[i].scope && v->modules[i].linkage) {
            name_functions(r, v->modules[i].file->root);
            for (size_t k = 0; k < v->modules[i].packages.count; k++) fl_map_put(&r->packages, v->modules[i].packages.items[k], r);
        }
    for (uint32_t i = 0; i < v->project->file_count; i++)
        if (v->modules[i].scope && v->modules[i].linkage) collect(v, r, &methods, &v->modules[i], &todo);
    for (size_t i = 0; i < todo.count; i++)
        for (size_t k = 0; k < todo.items[i]->mentioned_in.count; k++) {
            reacher *caller = todo.items[i]->mentioned_in.items[k];
            if (caller->may_register) continue;
            caller->may_register = true;
            fl_vec_push(arena, &todo, caller);
        }
    fl_map_release(&methods);
    return r;
}

void fl_reach_release(struct fl_reach *r)
{
    if (!r) return;
    fl_map_release(&r->by_name);
    fl_map_release(&r->packages);
    fl_map_release(&r->words);
}

uint32_t *fl_reach_idle(const struct fl_reach *r, const fl_node *function)
{
    reacher *one = function->sym ? fl_map_get(&r->by_name, function->sym) : NULL;   /* a lambda: nobody knows its name */
    return !one || one->may_register ? NULL : &one->spent;
}

bool fl_reach_within(const struct fl_reach *r, const fl_node *node)
{
    if (node->sym && (node->kind == FL_NODE_name || node->kind == FL_NODE_member)) {
        const reacher *one = fl_map_get(&r->by_name, node->sym);
        if ((one && one->may_register) || fl_map_get(&r->words, node->sym)) return true;
    }
    for (const fl_node *c = node->first; c; c = c->next)
        if (fl_reach_within(r, c)) return true;
    return false;
}
