/*
 * Classes → object schemas, or enumerations. Which members are data is the language's: fields with a type, of classes whose
 * names are members (`callable`); fields of instances elsewhere. What a class is beside that is said by what it derives from:
 * `class:` of an annotation in a model (its bases' fields, enumerated values, type parameters, settings that close it or rename
 * fields). Defaults that describe a field (`Field(None, max_length=30)`) are values that refine what its type says.
 */
#include "extractor/flow/claim_p.h"

enum { MAX_BASES = 16 };

typedef struct bases { const fl_node *items[MAX_BASES]; size_t count; } bases;

/* Of a class, as types, in the order in which their members count: those of later ones are hidden by those before. */
static void bases_of(fl_claims *c, const fl_node *node, bases *out)
{
    const fl_node *base = node->first;
    out->count = 0;
    if (fl_node_is_absent(base)) return;
    bool is_many = base->kind == FL_NODE_list, is_open = node->flags & FL_FLAG_CALLABLE;
    for (const fl_node *b = is_many ? base->first : base; b && out->count < MAX_BASES; b = is_many ? b->next : NULL) {
        const fl_node *type = fl_type_of_expression(c->arena, b);
        if (type && type->kind == FL_NODE_type_name) out->items[out->count++] = type;
    }
    for (size_t i = 0; is_open && i < out->count / 2; i++) {
        const fl_node *swap = out->items[i];
        out->items[i] = out->items[out->count - 1 - i];
        out->items[out->count - 1 - i] = swap;
    }
}

/* What models say of the classes that derive from what this one derives from: the entry that has `key`. */
static const fl_data *said_of(fl_claims *c, const fl_module *module, const fl_node *node, const char *key, unsigned depth)
{
    bases b;
    fl_type_found found = { 0 };
    if (depth > MAX_BASES) return NULL;
    bases_of(c, node, &b);
    for (size_t i = b.count; i-- > 0;) {
        if (!fl_type_find(c->values, module, node, b.items[i]->sym, &found)) continue;
        const fl_data *said = NULL;
        if (found.annotation) said = found.annotation->class_ && fl_data_get_c(found.annotation->class_, key) ? found.annotation->class_ : NULL;
        else if (found.declaration && found.declaration->kind == FL_NODE_class_ && found.declaration != node) said = said_of(c, found.module, found.declaration, key, depth + 1);
        if (said) return said;
    }
    return NULL;
}

const fl_value *fl_class_value(const fl_module *module, const fl_node *node)
{
    if (!module->scope) return NULL;
    const fl_cell *cell = fl_scope_find(module->scope, node->sym);
    if (cell && cell->value && cell->value->kind == FL_V_CLASS && cell->value->node == node) return cell->value;
    const fl_node *outer = fl_node_enclosing(node->parent, FL_NODE_class_);
    const fl_value *of = outer ? fl_class_value(module, outer) : NULL, *own = of ? fl_value_slot(of, node->sym) : NULL;
    return own && own->kind == FL_V_CLASS && own->node == node ? own : NULL;
}

/* ---- type parameters ---- */

void fl_class_parameters(fl_claims *c, const fl_module *module, const fl_node *node, fl_sym *out, size_t room, size_t *count)
{
    bases b;
    fl_type_found found = { 0 };
    *count = 0;
    bases_of(c, node, &b);
    for (size_t i = 0; i < b.count; i++) {
        if (!fl_type_find(c->values, module, node, b.items[i]->sym, &found) || !found.annotation || !found.annotation->class_) continue;
        if (!fl_data_get_bool(found.annotation->class_, "parameters", false)) continue;
        for (const fl_node *a = b.items[i]->first; a && *count < room; a = a->next) out[(*count)++] = a->sym;
    }
}

/* ---- settings of a class ---- */

static bool is_set_to(fl_claims *c, const fl_value *cls, const fl_data *rules, const char *key)
{
    const fl_data *wanted = fl_data_get_c(rules, key);
    fl_str text;
    for (const fl_data *d = wanted ? wanted->first : NULL; d; d = d->next) {
        const fl_value *value = fl_class_setting(cls, rules, d->key);
        if (!value) continue;
        if (value->kind == FL_V_BOOLEAN && d->kind == FL_DATA_BOOL && value->boolean == d->boolean) return true;
        if (fl_value_as_text(value, &text) && fl_str_eq(text, fl_data_str(d, FL_S("")))) return true;
        if (value->kind == FL_V_EXTERNAL && fl_str_ends(fl_sym_str(value->text), fl_str_format(c->arena, "." FL_STR_FMT, FL_STR_ARG(fl_data_str(d, FL_S("")))))) return true;
    }
    return false;
}

/* ---- fields ---- */

/* Of a class whose fields with a type are those of its instances. */
static void add_open_field(fl_claims *c, const fl_type_env *e, fl_schema *to, const fl_node *field, const fl_value *cls, const fl_data *rules, bool is_partial)
{
    const fl_node *type = fl_node_child(field, 1), *preset = fl_node_child(field, 0);
    fl_str name = fl_sym_str(field->sym);
    if (fl_node_is_absent(type) || !name.len || name.ptr[0] == '_') return;
    fl_claim claim = fl_claim_of_type(c, e, type);
    if (claim.is_function) return;
    const fl_value *value = cls ? fl_value_slot(cls, field->sym) : NULL;
    if (value && value->kind == FL_V_TYPED && value->effect && value->effect->schema) claim = fl_claim_refine(c, claim, value);
    else if (!fl_node_is_absent(preset)) {
        claim.is_optional |= (field->flags & FL_FLAG_OPTIONAL) != 0;
        fl_claim_default(c, &claim, value ? fl_value_to_data(c->arena, value, 0) : NULL);
    } else if (fl_data_get_bool(rules, "null_is_default", false) && fl_claim_has_null(&claim)) claim.is_optional = true;
    if (claim.alias.len) name = claim.alias;
    else if (cls) {
        const fl_value *names = fl_value_slot(cls, FL_SYM_aliases_), *alias = names ? fl_value_slot(names, field->sym) : NULL;
        if (alias && alias->kind == FL_V_STRING) name = fl_sym_str(alias->text);
    }
    claim.is_optional |= is_partial && !(type->kind == FL_NODE_type_name && fl_str_eq_c(fl_sym_str(type->sym), "Required"));
    fl_claim_property(c, to, name, claim, field);
    fl_property *own = fl_schema_property(to, name);
    if (own && !fl_str_eq(name, fl_sym_str(field->sym))) own->code = field->sym;
}

static bool add_bases(fl_claims *c, const fl_type_env *e, const fl_node *node, fl_schema *to)
{
    bases b;
    fl_type_found found = { 0 };
    bool is_known = true;
    bases_of(c, node, &b);
    for (size_t i = 0; i < b.count; i++) {
        bool is_found = fl_type_find(c->values, e->module, node, b.items[i]->sym, &found);
        is_known = is_known && is_found;
        if (!is_found || !found.declaration || found.declaration->kind != FL_NODE_class_) continue;
        fl_claim base = fl_claim_of_type(c, e, b.items[i]);
        if (base.schema && !base.is_open) fl_claim_merge(c, to, base.schema);
    }
    return is_known;
}

/* What the class calls the fields of its bases that have no other name yet. */
static void rename_inherited(const fl_value *cls, fl_schema *to)
{
    const fl_value *names = cls ? fl_value_slot(cls, FL_SYM_aliases_) : NULL;
    for (size_t i = 0; names && i < to->properties.count; i++) {
        fl_property *p = &to->properties.items[i];
        const fl_value *alias = p->code ? NULL : fl_value_slot(names, fl_sym_of(p->name));
        if (!alias || alias->kind != FL_V_STRING || fl_sym_of(p->name) == alias->text) continue;
        p->code = fl_sym_of(p->name);
        p->name = fl_sym_str(alias->text);
    }
}

/* The members of an enumeration. */
static fl_claim enumerated(fl_claims *c, const fl_module *module, const fl_node *node, fl_schema **fresh)
{
    fl_claim out = { 0 };
    fl_data *values = fl_data_list(c->arena);
    const fl_value *cls = fl_class_value(module, node);
    for (const fl_node *m = fl_node_child(node, 1)->first; m && cls; m = m->next) {
        if (m->kind != FL_NODE_field || !fl_node_is_absent(fl_node_child(m, 1)) || fl_str_starts(fl_sym_str(m->sym), FL_S("_"))) continue;
        const fl_value *value = fl_value_slot(cls, m->sym);
        const fl_data *one = value ? fl_value_to_data(c->arena, value, 0) : NULL;
        if (!one) { values = fl_data_list(c->arena); break; }   /* not known which: nothing is said */
        fl_data_push(values, fl_data_copy(c->arena, one));
    }
    if (fl_claim_enumerate(c, &out, values, fresh)) return out;
    bases b;
    bases_of(c, node, &b);
    for (size_t i = b.count; i-- > 0;) {   /* class Kind(str, Enum) */
        out = fl_claim_of_type(c, &(fl_type_env){ .module = module }, b.items[i]);
        if (out.schema && out.schema->types) return out;
    }
    return (fl_claim){ 0 };
}

fl_claim fl_claim_of_class(fl_claims *c, const fl_type_env *e, const fl_node *node, fl_schema *to)
{
    const fl_data *rules = said_of(c, e->module, node, "holds", 0);
    bool is_open = node->flags & FL_FLAG_CALLABLE;
    if (rules && fl_str_eq_c(fl_data_get_str(rules, "holds"), "values")) return enumerated(c, e->module, node, &to);
    const fl_value *cls = is_open ? fl_class_value(e->module, node) : NULL;
    to->types = FL_JSON_OBJECT;
    (void)add_bases(c, e, node, to);
    rename_inherited(cls, to);
    const fl_node *body = fl_node_child(node, 1);
    bool is_partial = rules && is_set_to(c, cls, rules, "partial");
    for (const fl_node *m = body ? body->first : NULL; m; m = m->next) {
        if (m->kind == FL_NODE_field && is_open) add_open_field(c, e, to, m, cls, rules, is_partial);
        else if (m->kind == FL_NODE_field) fl_claim_member(c, e, to, m);
        if (m->kind != FL_NODE_function || m->sym != FL_SYM_constructor) continue;
        for (const fl_node *p = m->first->first; p; p = p->next) {
            if (!(p->flags & FL_FLAG_PROPERTY)) continue;
            fl_claim claim = fl_claim_of_type(c, e, fl_node_child(p, 2));
            claim.is_optional |= (p->flags & FL_FLAG_OPTIONAL) != 0;
            if (!claim.is_function) fl_claim_property(c, to, fl_sym_str(p->sym), claim, p);
        }
    }
    if (rules && cls) fl_claim_checks(c, e->module, node, to);
    if (rules && is_set_to(c, cls, rules, "closed")) to->is_closed = true;
    if (is_open && !to->properties.count && !rules) to->types = FL_JSON_ANY;   /* no data that is known */
    return fl_claim_of(to);
}
