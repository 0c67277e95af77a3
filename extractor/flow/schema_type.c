/*
 * Type annotations → schemas. A type node is read in its module with the type parameters that are bound there (env); names lead to
 * declarations (schema_lookup.c), each made once per list of arguments, so that recursive types close. What external code means by a
 * name (Partial, Date, z.infer) is in models, in the same words as validators have. Read fl_claim_of_type, then of_declaration.
 */
#include "extractor/flow/claim_p.h"

typedef fl_type_env env;
typedef struct type_call { fl_claims *c; const env *e; const fl_node *node; } type_call;


/* ---- literals and enumerations ---- */

static const fl_data *literal_data(fl_claims *c, const fl_node *n)
{
    switch (fl_node_is_absent(n) ? FL_NODE_absent : (fl_node_kind)n->kind) {
    case FL_NODE_string: return fl_data_string(c->arena, fl_sym_str(n->sym));
    case FL_NODE_number: return fl_data_number_text(c->arena, fl_sym_str(n->sym));
    case FL_NODE_boolean: return fl_data_bool(c->arena, n->flags & FL_FLAG_TRUE);
    case FL_NODE_null: return fl_data_null(c->arena);
    case FL_NODE_unary:
        if (n->op != FL_OP_neg || n->first->kind != FL_NODE_number) return NULL;
        return fl_data_number_text(c->arena, fl_str_format(c->arena, "-%s", fl_sym_c(n->first->sym)));
    default: return NULL;
    }
}

static fl_claim of_literal(fl_claims *c, const fl_node *node)
{
    fl_claim out = { 0 };
    const fl_node *value = node->first;
    if (value && value->kind == FL_NODE_undefined) { out.is_optional = true; return out; }
    if (value && value->kind == FL_NODE_null) return fl_claim_typed(c, FL_JSON_NULL);
    (void)fl_claim_enumerate(c, &out, literal_data(c, value), NULL);
    return out;
}

static void of_enum(fl_claims *c, const fl_node *node, fl_claim *out, fl_schema **fresh)
{
    fl_data *values = fl_data_list(c->arena);
    for (const fl_node *p = node->first; p; p = p->next) {
        const fl_data *value = p->kind == FL_NODE_pair ? literal_data(c, p->first) : NULL;
        if (!value) return;   /* a computed member: its values are not known */
        fl_data_push(values, fl_data_copy(c->arena, value));
    }
    (void)fl_claim_enumerate(c, out, values, fresh);
}

/* ---- objects ---- */

void fl_claim_member(fl_claims *c, const fl_type_env *e, fl_schema *to, const fl_node *member)
{
    const fl_node *type = fl_node_child(member, 1), *value = fl_node_child(member, 0);
    if (!member->sym || (member->flags & (FL_FLAG_STATIC | FL_FLAG_PRIVATE))) return;
    fl_claim claim = { 0 };
    if (!fl_node_is_absent(type)) claim = fl_claim_of_type(c, e, type);
    else if (!fl_node_is_absent(value)) {   /* `count = 0` */
        fl_claim example = { 0 };
        if (value->kind == FL_NODE_function) return;
        if (fl_claim_enumerate(c, &example, literal_data(c, value), NULL)) claim = fl_claim_typed(c, example.schema->types == FL_JSON_INTEGER ? FL_JSON_NUMBER : example.schema->types);
        if (claim.is_null) claim = (fl_claim){ 0 };
    }
    if (claim.is_function) return;
    if (member->flags & FL_FLAG_OPTIONAL) claim.is_optional = true;
    fl_claim_property(c, to, fl_sym_str(member->sym), claim, member);
}

fl_claim fl_claim_of_property(const fl_claim *of, fl_str name)
{
    fl_property *p = of->schema && !of->is_open ? fl_schema_property(of->schema, name) : NULL;
    return p ? (fl_claim){ .schema = p->schema, .is_optional = !p->is_required, .is_shared = true } : (fl_claim){ 0 };
}

/* Is it `{ [K in Keys]: T[K] }`? The tree does not keep K: a name that leads nowhere, or any name when Keys is `keyof T`. */
static bool is_mapped(fl_claims *c, const env *e, const fl_node *node)
{
    const fl_node *value = fl_node_child(node, 1), *index = value->kind == FL_NODE_type_at ? fl_node_child(value, 1) : NULL;
    fl_type_found found;
    if (!index || index->kind != FL_NODE_type_name || index->first) return false;
    if (node->first->kind == FL_NODE_type_keys && node->first->first->kind == FL_NODE_type_name && node->first->first->sym == value->first->sym) return true;
    return !fl_type_find(c->values, e->module, value, index->sym, &found);
}

/* [key: K]: V. A mapped type's `T[key]` means the property of that name. */
static void add_index(fl_claims *c, const env *e, fl_schema *to, const fl_node *node)
{
    const fl_node *value = fl_node_child(node, 1);
    fl_claim keys = fl_claim_of_type(c, e, node->first), whole = { 0 };
    bool maps = is_mapped(c, e, node);
    if (maps) whole = fl_claim_of_type(c, e, value->first);
    fl_claim each = maps ? (fl_claim){ 0 } : fl_claim_of_type(c, e, value);
    if (each.is_function) return;
    each.is_shared = true;
    if (!keys.schema || keys.is_open || !keys.schema->enumeration.count) {
        to->additional = each.schema ? each.schema : fl_schema_new(c->arena, FL_JSON_ANY);
        return;
    }
    for (size_t i = 0; i < keys.schema->enumeration.count; i++) {
        fl_str name = fl_data_str(keys.schema->enumeration.items[i], FL_S(""));
        fl_claim one = maps ? fl_claim_of_property(&whole, name) : each;
        one.is_optional |= (node->flags & FL_FLAG_OPTIONAL) != 0;
        fl_claim_property(c, to, name, one, node);
    }
}

static void add_members(fl_claims *c, const env *e, fl_schema *to, const fl_node *object)
{
    for (const fl_node *m = object->first; m; m = m->next) {
        if (m->kind == FL_NODE_field) fl_claim_member(c, e, to, m);
        else if (m->kind == FL_NODE_type_index) add_index(c, e, to, m);
    }
}

static void add_base(fl_claims *c, fl_schema *to, fl_claim base)
{
    if (base.schema && !base.is_open) fl_claim_merge(c, to, base.schema);
}

static void of_interface(fl_claims *c, const env *e, const fl_node *node, fl_schema *to)
{
    const fl_node *members = fl_node_child(node, 1);
    to->types = FL_JSON_OBJECT;
    for (const fl_node *base = members ? members->next : NULL; base; base = base->next) add_base(c, to, fl_claim_of_type(c, e, base));
    if (members) add_members(c, e, to, members);
}

/* ---- declarations ---- */

static const fl_node *params_of(const fl_node *declaration)
{
    bool has = declaration->kind == FL_NODE_interface || declaration->kind == FL_NODE_type_alias;
    return has && !fl_node_is_absent(declaration->first) ? declaration->first : NULL;
}

void fl_type_bind(fl_claims *c, fl_type_env *e, const fl_node *declaration, const fl_claim *arguments, size_t count)
{
    const fl_node *params = params_of(declaration);
    size_t i = 0;
    if (declaration->kind == FL_NODE_class_) {
        fl_sym names[4];
        size_t named;
        fl_class_parameters(c, e->module, declaration, names, FL_COUNT(names), &named);
        for (; i < named; i++) {
            fl_claim claim = i < count ? arguments[i] : (fl_claim){ 0 };
            claim.is_shared = true;
            fl_vec_push(c->arena, &e->names, names[i]);
            fl_vec_push(c->arena, &e->claims, claim);
        }
        return;
    }
    for (const fl_node *p = params ? params->first : NULL; p; p = p->next, i++) {
        fl_claim claim = i < count ? arguments[i] : fl_claim_of_type(c, e, fl_node_child(p, 1));
        claim.is_shared = true;
        fl_vec_push(c->arena, &e->names, p->sym);
        fl_vec_push(c->arena, &e->claims, claim);
    }
}

/* The name of a type argument: its own, or that of a plain type. */
static fl_str argument_name(const fl_schema *s)
{
    static const struct { unsigned types; const char *name; } rows[] = {
        { FL_JSON_STRING, "String" }, { FL_JSON_NUMBER, "Number" }, { FL_JSON_INTEGER, "Integer" }, { FL_JSON_BOOLEAN, "Boolean" } };
    if (!s || s->name.len) return s ? s->name : FL_S("");
    for (size_t i = 0; i < FL_COUNT(rows) && !s->enumeration.count; i++)
        if (s->types == rows[i].types) return fl_str_from(rows[i].name);
    return FL_S("");
}

/* Note; Page<Note> → PageNote; Page<string> → PageString; Page<Note[]> has none. */
static fl_str name_of(fl_claims *c, const fl_node *declaration, const fl_claim *arguments, size_t count)
{
    fl_str name = fl_sym_str(declaration->sym);
    for (size_t i = 0; i < count; i++) {
        fl_str one = argument_name(arguments[i].schema);
        if (!one.len) return FL_S("");
        name = fl_str_format(c->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(name), FL_STR_ARG(one));
    }
    return name;
}

static fl_claim make_declaration(fl_claims *c, const env *e, const fl_node *d, fl_schema *fresh)
{
    fl_claim out = { 0 };
    switch ((fl_node_kind)d->kind) {
    case FL_NODE_interface: of_interface(c, e, d, fresh); return fl_claim_of(fresh);
    case FL_NODE_class_: return fl_claim_of_class(c, e, d, fresh);
    case FL_NODE_let: return fl_claim_of_type(c, e, fl_type_of_expression(c->arena, fl_node_child(d, 1)));
    case FL_NODE_enum_: of_enum(c, d, &out, &fresh); return out;
    case FL_NODE_type_alias: return fl_claim_of_type(c, e, fl_node_child(d, 1));
    case FL_NODE_pair: (void)fl_claim_enumerate(c, &out, literal_data(c, d->first), NULL); return out;
    default: return out;
    }
}

enum { MAX_INSTANCES = 4 };   /* of one declaration inside one another, as in `interface Grow<T> { more: Grow<T[]> }` */

static unsigned open_instances(const fl_claims *c, const fl_node *declaration)
{
    unsigned open = 0;
    for (size_t i = 0; i < c->memo.count; i++) open += c->memo.items[i]->key == declaration && c->memo.items[i]->is_open;
    return open;
}

static fl_claim of_declaration(fl_claims *c, const fl_type_found *found, const fl_claim *arguments, size_t count)
{
    bool is_new, is_growing = count > 0 && open_instances(c, found->declaration) >= MAX_INSTANCES;
    fl_claim_memo *memo = fl_claims_begin(c, found->declaration, arguments, count, &is_new);
    if (!is_new) return fl_claims_known(memo);
    if (is_growing || !fl_claims_enter(c)) return fl_claims_end(c, memo, (fl_claim){ 0 });
    env e = { .module = found->module };
    fl_type_bind(c, &e, found->declaration, arguments, count);
    fl_claim made = make_declaration(c, &e, found->declaration, memo->fresh);
    if (made.schema && !made.is_shared && !made.is_open && !made.schema->name.len && fl_claim_deserves_name(made.schema) && found->declaration->kind != FL_NODE_pair && found->declaration->kind != FL_NODE_let)
        made.schema->name = name_of(c, found->declaration, arguments, count);
    fl_claims_leave(c);
    return fl_claims_end(c, memo, made);
}

/* ---- names ---- */

static fl_claim arg_schema(void *context, int arg)
{
    const type_call *at = context;
    return arg < 0 ? (fl_claim){ 0 } : fl_claim_of_type(at->c, at->e, fl_node_child(at->node, (unsigned)arg));
}

static const fl_data *arg_constant(void *context, int arg)
{
    const type_call *at = context;
    fl_claim claim = arg_schema(context, arg);
    if (!claim.schema || claim.is_open || !claim.schema->enumeration.count) return NULL;
    fl_data *list = fl_data_list(at->c->arena);
    for (size_t i = 0; i < claim.schema->enumeration.count; i++) fl_data_push(list, fl_data_copy(at->c->arena, claim.schema->enumeration.items[i]));
    return list;
}

static bool no_properties(void *context, int arg, fl_schema *into, bool *has_more) { (void)context; (void)arg; (void)into; (void)has_more; return false; }
static bool no_elements(void *context, int arg, size_t index, fl_claim *out) { (void)context; (void)arg; (void)index; (void)out; return false; }

/* What stands behind the type in `Annotated[str, Field(max_length=3)]`. */
static const fl_value *arg_refinement(void *context, int arg)
{
    const type_call *at = context;
    const fl_node *n = fl_node_child(at->node, (unsigned)arg);
    return n && n->kind == FL_NODE_type_of && n->first->kind == FL_NODE_call ? fl_validator_of_call(at->c->arena, at->c->models, at->e->module, at->e->module->scope, NULL, n->first) : NULL;
}
static fl_str no_pattern(void *context, int arg) { (void)context; (void)arg; return FL_S(""); }

static fl_claim of_name(fl_claims *c, const env *e, const fl_node *node)
{
    for (size_t i = e->names.count; i-- > 0;)
        if (e->names.items[i] == node->sym) return e->claims.items[i];
    fl_type_found found = { 0 };
    if (!fl_type_find(c->values, e->module, node, node->sym, &found)) return (fl_claim){ 0 };
    if (!found.declaration) {
        if (!found.annotation->schema) return (fl_claim){ 0 };
        type_call at = { c, e, node };
        fl_claim_args args = { &at, fl_node_count(node), arg_schema, arg_constant, no_properties, no_elements, no_pattern, NULL, arg_refinement, NULL };
        return fl_claim_apply(c, &args, found.annotation->schema, NULL);
    }
    fl_claim arguments[4];
    size_t count = 0;
    bool takes = params_of(found.declaration) || found.declaration->kind == FL_NODE_class_;
    for (const fl_node *a = takes ? node->first : NULL; a && count < FL_COUNT(arguments); a = a->next) {
        arguments[count] = fl_claim_of_type(c, e, a);
        arguments[count++].is_shared = true;
    }
    return of_declaration(c, &found, arguments, count);
}

/* ---- keys, members, values ---- */

/* `typeof x` with its value, when the node is one. */
static const fl_value *value_of(fl_claims *c, const env *e, const fl_node *node)
{
    return node->kind == FL_NODE_type_of ? fl_type_value(c->values, e->module, node->first) : NULL;
}

static fl_claim of_value(fl_claims *c, const fl_value *value)
{
    fl_claim claim = fl_claim_of_value(c, value);   /* a validator: what it takes */
    return claim.schema || !value ? claim : fl_claim_of_example(c, value);
}

static fl_claim of_keys(fl_claims *c, const env *e, const fl_node *node)
{
    fl_claim whole = fl_claim_of_type(c, e, node->first), out = { 0 };
    fl_data *names = fl_data_list(c->arena);
    for (size_t i = 0; whole.schema && !whole.is_open && i < whole.schema->properties.count; i++)
        fl_data_push(names, fl_data_string(c->arena, whole.schema->properties.items[i].name));
    return fl_claim_enumerate(c, &out, names, NULL) ? out : fl_claim_typed(c, FL_JSON_STRING);
}

/* T["name"], T[number], (typeof LIST)[number], (typeof MAP)[keyof typeof MAP] */
static fl_claim of_member(fl_claims *c, const env *e, const fl_node *node)
{
    const fl_node *index = fl_node_child(node, 1);
    const fl_value *value = value_of(c, e, node->first);
    fl_claim out = { 0 }, keys = fl_claim_of_type(c, e, index);
    if (value && (value->kind == FL_V_LIST || (value->kind == FL_V_DICT && index->kind == FL_NODE_type_keys))) {
        (void)fl_claim_enumerate(c, &out, fl_value_to_data(c->arena, value, 0), NULL);
        return out;
    }
    fl_claim whole = fl_claim_of_type(c, e, node->first);
    if (!whole.schema || whole.is_open || !keys.schema) return out;
    if (!keys.schema->enumeration.count) {
        bool is_number = keys.schema->types & (FL_JSON_NUMBER | FL_JSON_INTEGER);
        return (fl_claim){ .schema = is_number ? whole.schema->items : whole.schema->additional, .is_shared = true };
    }
    FL_VEC(fl_claim) parts = { 0 };
    for (size_t i = 0; i < keys.schema->enumeration.count; i++)
        fl_vec_push(c->arena, &parts, fl_claim_of_property(&whole, fl_data_str(keys.schema->enumeration.items[i], FL_S(""))));
    return fl_claim_union(c, parts.items, parts.count, NULL);
}

/* ---- types ---- */

static fl_claim of_many(fl_claims *c, const env *e, const fl_node *node)
{
    FL_VEC(fl_claim) parts = { 0 };
    for (const fl_node *t = node->first; t; t = t->next) fl_vec_push(c->arena, &parts, fl_claim_of_type(c, e, t));
    if (node->kind == FL_NODE_type_union) return fl_claim_union(c, parts.items, parts.count, NULL);
    if (node->kind == FL_NODE_type_tuple) return fl_claim_tuple(c, parts.items, parts.count, NULL);
    return fl_claim_all(c, parts.items, parts.count);
}

static fl_claim make_type(fl_claims *c, const env *e, const fl_node *node)
{
    fl_claim out = { 0 };
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_type_name: return of_name(c, e, node);
    case FL_NODE_type_literal: return of_literal(c, node);
    case FL_NODE_type_union: case FL_NODE_type_all: case FL_NODE_type_tuple: return of_many(c, e, node);
    case FL_NODE_type_list:
        out = fl_claim_typed(c, FL_JSON_ARRAY);
        out.schema->items = fl_claim_of_type(c, e, node->first).schema;
        return out;
    case FL_NODE_type_object:
        out = fl_claim_typed(c, FL_JSON_OBJECT);
        add_members(c, e, out.schema, node);
        if (!node->first) out.schema = NULL;   /* {}: anything but null */
        return out;
    case FL_NODE_type_index:
        out = fl_claim_typed(c, FL_JSON_OBJECT);
        add_index(c, e, out.schema, node);
        return out;
    case FL_NODE_type_function: out.is_function = true; return out;
    case FL_NODE_type_of:
        if (node->first->kind == FL_NODE_call) return fl_claim_of_value(c, fl_validator_of_call(c->arena, c->models, e->module, e->module->scope, NULL, node->first));   /* constr(max_length=3) */
        return of_value(c, value_of(c, e, node));
    case FL_NODE_type_keys: return of_keys(c, e, node);
    case FL_NODE_type_at: return of_member(c, e, node);
    default: return out;
    }
}

fl_claim fl_claim_of_type(fl_claims *c, const fl_type_env *e, const fl_node *node)
{
    fl_claim out = { 0 };
    if (fl_node_is_absent(node) || !fl_claims_enter(c)) return out;
    out = make_type(c, e, node);
    fl_claims_leave(c);
    return out;
}

fl_schema *fl_schema_of_type(fl_arena *arena, fl_values *values, const fl_module *module, const fl_node *type, unsigned depth)
{
    fl_claims c = { .arena = arena, .models = values->models, .values = values, .depth = depth };
    env e = { .module = module };
    fl_claim claim = fl_claim_of_type(&c, &e, type);
    return claim.is_function ? NULL : claim.schema;
}
