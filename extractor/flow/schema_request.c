/*
 * What the type of a request parameter claims of the parts of the request. Frameworks state in `annotations:` which type argument
 * is for which part; the program may hide that behind aliases, interfaces that extend it, and intersections.
 *     Request<P, unknown, CreateNote>        interface CreateRequest extends Request { body: CreateNote }
 */
#include "extractor/flow/claim_p.h"

typedef struct request { fl_claims *c; fl_sym in; const fl_model_type *type; unsigned hops; } request;

/* Is `member` of a value of that model type the wanted part of the request? */
static bool gives_part(const request *r, fl_str member)
{
    const fl_member *m = r->type ? fl_model_type_member(r->type, fl_sym_of(member)) : NULL;
    return m && m->get && m->get->request.is_set && m->get->request.in == r->in && fl_str_eq(fl_sym_str(m->name), member);
}

static fl_claim in_members(request *r, const fl_type_env *e, const fl_node *object)
{
    for (const fl_node *m = object->first; m; m = m->next)
        if (m->kind == FL_NODE_field && gives_part(r, fl_sym_str(m->sym))) return fl_claim_of_type(r->c, e, fl_node_child(m, 1));
    return (fl_claim){ 0 };
}

/* Request<Params, Answer, Body>: the argument whose number, or whose member, is for that part. */
static fl_claim in_arguments(request *r, const fl_type_env *e, const fl_node *node, const fl_data *arguments)
{
    for (const fl_data *row = arguments ? arguments->first : NULL; row; row = row->next) {
        int64_t n;
        const fl_node *argument = fl_str_to_int(row->key, &n) ? fl_node_child(node, (unsigned)n) : NULL;
        if (!argument) continue;
        if (row->kind != FL_DATA_MAP && fl_sym_of(row->text) == r->in) return fl_claim_of_type(r->c, e, argument);
        if (row->kind != FL_DATA_MAP) continue;
        fl_claim whole = fl_claim_of_type(r->c, e, argument);
        for (const fl_data *m = row->first; m; m = m->next)
            if (fl_sym_of(m->text) == r->in) { fl_claim part = fl_claim_of_property(&whole, m->key); if (part.schema) return part; }
    }
    return (fl_claim){ 0 };
}

static fl_claim of_request(request *r, const fl_type_env *e, const fl_node *node);

/* Which model type a type name stands for, through aliases, bases and intersections. */
static const fl_model_type *model_type(request *r, const fl_type_env *e, const fl_node *node)
{
    fl_type_found found = { 0 };
    if (fl_node_is_absent(node) || r->hops > 16) return NULL;
    const fl_model_type *type = NULL;
    r->hops++;
    if (node->kind == FL_NODE_type_all || node->kind == FL_NODE_type_union)
        for (const fl_node *t = node->first; t && !type; t = t->next) type = model_type(r, e, t);
    else if (node->kind == FL_NODE_type_name && fl_type_find(r->c->values, e->module, node, node->sym, &found)) {
        fl_type_env inner = { .module = found.module };
        const fl_node *d = found.declaration, *body = d && d->kind == FL_NODE_interface ? fl_node_child(d, 1) : NULL;
        if (!d && found.annotation->type) type = fl_models_type(r->c->models, found.annotation->type);
        else if (!d && found.annotation->schema && fl_data_get_c(found.annotation->schema, "of")) type = model_type(r, e, node->first);
        else if (d && d->kind == FL_NODE_type_alias) type = model_type(r, &inner, fl_node_child(d, 1));
        for (const fl_node *base = body ? body->next : NULL; base && !type; base = base->next) type = model_type(r, &inner, base);
    }
    r->hops--;
    return type;
}

static fl_claim of_request_name(request *r, const fl_type_env *e, const fl_node *node)
{
    fl_type_found found = { 0 };
    fl_claim out = { 0 };
    if (!fl_type_find(r->c->values, e->module, node, node->sym, &found)) return out;
    if (!found.declaration && found.annotation->schema) return of_request(r, e, node->first);   /* Readonly<Request<…>> */
    if (!found.declaration) return in_arguments(r, e, node, found.annotation->arguments);
    fl_claim arguments[4];
    size_t count = 0;
    for (const fl_node *a = node->first; a && count < FL_COUNT(arguments); a = a->next) arguments[count++] = fl_claim_of_type(r->c, e, a);
    fl_type_env inner = { .module = found.module };
    fl_type_bind(r->c, &inner, found.declaration, arguments, count);
    if (found.declaration->kind == FL_NODE_type_alias) return of_request(r, &inner, fl_node_child(found.declaration, 1));
    const fl_node *members = found.declaration->kind == FL_NODE_interface ? fl_node_child(found.declaration, 1) : NULL;
    if (!members) return out;
    out = in_members(r, &inner, members);
    for (const fl_node *base = members->next; base && !out.schema; base = base->next) out = of_request(r, &inner, base);
    return out;
}

static fl_claim of_request(request *r, const fl_type_env *e, const fl_node *node)
{
    fl_claim out = { 0 };
    if (fl_node_is_absent(node) || !fl_claims_enter(r->c)) return out;
    if (node->kind == FL_NODE_type_name) out = of_request_name(r, e, node);
    else if (node->kind == FL_NODE_type_object) out = in_members(r, e, node);
    else if (node->kind == FL_NODE_type_all) {
        FL_VEC(fl_claim) parts = { 0 };
        for (const fl_node *t = node->first; t; t = t->next) fl_vec_push(r->c->arena, &parts, of_request(r, e, t));
        out = fl_claim_all(r->c, parts.items, parts.count);
    }
    fl_claims_leave(r->c);
    return out;
}

fl_schema *fl_schema_of_request_type(fl_arena *arena, fl_values *values, const fl_module *module, const fl_node *type, fl_sym in)
{
    fl_claims c = { .arena = arena, .models = values->models, .values = values };
    fl_type_env e = { .module = module };
    request r = { .c = &c, .in = in };
    r.type = model_type(&r, &e, type);
    fl_claim claim = of_request(&r, &e, type);
    return claim.is_function ? NULL : claim.schema;
}
