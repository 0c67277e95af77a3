/*
 * Claims: schemas on their way from validators and types (claim_p.h), and what can be done with them. A node that belongs to a
 * validator or a declaration is never changed by another that builds on it: fl_claim_edit copies it first.
 * Recursion: the node of a declaration exists before its parts do, so a part that leads back to it refers to that node.
 */
#include "extractor/flow/claim_p.h"

/* ---- bounds and memory ---- */

bool fl_claims_enter(fl_claims *c)
{
    if (c->depth >= FL_LIMIT_CLAIM_DEPTH || c->steps >= FL_LIMIT_CLAIM_STEPS) return false;
    c->depth++;
    c->steps++;
    return true;
}

void fl_claims_leave(fl_claims *c) { c->depth--; }

static bool same_arguments(const fl_claim_memo *m, const fl_claim *arguments, size_t count)
{
    if (m->argument_count != count) return false;
    for (size_t i = 0; i < count && i < FL_COUNT(m->arguments); i++)
        if (m->arguments[i].schema != arguments[i].schema || m->arguments[i].is_optional != arguments[i].is_optional) return false;
    return true;
}

fl_claim_memo *fl_claims_begin(fl_claims *c, const void *key, const fl_claim *arguments, size_t count, bool *is_new)
{
    *is_new = false;
    for (size_t i = c->memo.count; i-- > 0;) {
        fl_claim_memo *m = c->memo.items[i];
        if (m->key == key && m->is_output == c->is_output && same_arguments(m, arguments, count)) return m;
    }
    fl_claim_memo *m = FL_NEW(c->arena, fl_claim_memo);
    *m = (fl_claim_memo){ .key = key, .argument_count = count, .is_output = c->is_output, .is_open = true };
    for (size_t i = 0; i < count && i < FL_COUNT(m->arguments); i++) m->arguments[i] = arguments[i];
    m->fresh = fl_schema_new(c->arena, FL_JSON_ANY);
    fl_vec_push(c->arena, &c->memo, m);
    *is_new = true;
    return m;
}

fl_claim fl_claims_known(fl_claim_memo *m)
{
    if (!m->is_open) return m->made;
    m->was_used = true;
    return (fl_claim){ .schema = m->fresh, .is_shared = true, .is_open = true };
}

fl_claim fl_claims_end(fl_claims *c, fl_claim_memo *m, fl_claim made)
{
    if (made.is_open && made.schema == m->fresh) made = (fl_claim){ 0 };   /* `type Loop = Loop` */
    /* the node was handed out while it was made: it must become what was made */
    if (m->was_used && made.schema && made.schema != m->fresh) {
        fl_schema *copy = fl_schema_copy(c->arena, made.schema);
        *m->fresh = *copy;
        made.schema = m->fresh;
    }
    made.is_shared = true;
    made.is_open = false;
    m->made = made;
    m->is_open = false;
    return made;
}

/* ---- nodes ---- */

static fl_schema *take(fl_claims *c, fl_schema **fresh)
{
    fl_schema *node = fresh && *fresh ? *fresh : fl_schema_new(c->arena, FL_JSON_ANY);
    if (fresh) *fresh = NULL;
    return node;
}

fl_schema *fl_claim_edit(fl_claims *c, fl_claim *claim, fl_schema **fresh)
{
    if (claim->schema && !claim->is_shared && !claim->is_open) return claim->schema;
    fl_schema *old = claim->schema, *node = take(c, fresh);
    if (old && claim->is_open) fl_vec_push(c->arena, &node->all_of, old);
    else if (old) { *node = *fl_schema_copy(c->arena, old); node->name = FL_S(""); }
    claim->schema = node;
    claim->is_shared = claim->is_open = false;
    return node;
}

fl_claim fl_claim_of(fl_schema *schema) { return (fl_claim){ .schema = schema }; }
fl_claim fl_claim_typed(fl_claims *c, unsigned types)
{
    return (fl_claim){ .schema = fl_schema_new(c->arena, types), .is_null = types == FL_JSON_NULL };
}

unsigned fl_json_type_of_word(fl_str word)
{
    for (size_t i = 0; i < FL_JSON_TYPE_COUNT; i++)
        if (fl_str_eq_c(word, fl_json_type_names[i].text)) return fl_json_type_names[i].type;
    return 0;
}

bool fl_claim_deserves_name(const fl_schema *s)
{
    return s->properties.count || s->enumeration.count || s->any_of.count > 1 || s->all_of.count > 1;
}

/* No keyword but the types. */
static bool is_bare(const fl_schema *s)
{
    fl_schema blank = { .types = s->types };
    return s->types && fl_schema_eq(s, &blank);
}

/* Nothing but enumerated values. */
static bool is_literal(const fl_schema *s)
{
    return s->enumeration.count && !s->name.len && !s->any_of.count && !s->all_of.count && !s->properties.count && !s->items;
}

static bool is_alternatives(const fl_schema *s) { return s->any_of.count && !s->types && !s->name.len && !s->enumeration.count && !s->all_of.count; }

void fl_claim_nullable(fl_claims *c, fl_claim *claim, fl_schema **fresh)
{
    if (!claim->schema || claim->is_null || (claim->schema->types & FL_JSON_NULL)) return;
    bool is_wrapped = !claim->is_open && is_alternatives(claim->schema);
    if (!claim->is_open && !claim->schema->name.len && claim->schema->types) { fl_claim_edit(c, claim, fresh)->types |= FL_JSON_NULL; return; }
    if (is_wrapped) {
        fl_schema *node = fl_claim_edit(c, claim, fresh);
        fl_vec_push(c->arena, &node->any_of, fl_schema_new(c->arena, FL_JSON_NULL));
        return;
    }
    fl_schema *node = take(c, fresh);
    fl_vec_push(c->arena, &node->any_of, claim->schema);
    fl_vec_push(c->arena, &node->any_of, fl_schema_new(c->arena, FL_JSON_NULL));
    claim->schema = node;
    claim->is_shared = claim->is_open = false;
}

void fl_claim_not_null(fl_claims *c, fl_claim *claim, fl_schema **fresh)
{
    fl_schema *s = claim->schema;
    if (!s || claim->is_open) return;
    if (is_alternatives(s)) {
        fl_claim parts[2] = { { 0 } };
        size_t kept = 0, total = s->any_of.count;
        for (size_t i = 0; i < total; i++)
            if (s->any_of.items[i]->types != FL_JSON_NULL && kept++ == 0) parts[0] = (fl_claim){ .schema = s->any_of.items[i], .is_shared = true };
        if (kept == 1) { parts[0].is_optional = claim->is_optional; *claim = parts[0]; return; }
        if (kept == total) return;
        fl_schema *node = fl_claim_edit(c, claim, fresh);
        uint32_t to = 0;
        for (size_t i = 0; i < total; i++)
            if (node->any_of.items[i]->types != FL_JSON_NULL) node->any_of.items[to++] = node->any_of.items[i];
        node->any_of.count = to;
        return;
    }
    if (s->types & FL_JSON_NULL && s->types != FL_JSON_NULL) fl_claim_edit(c, claim, fresh)->types &= ~(unsigned)FL_JSON_NULL;
}

/* ---- enumerations ---- */

static unsigned type_of_data(const fl_data *d)
{
    double n;
    switch (d->kind) {
    case FL_DATA_NULL: return FL_JSON_NULL;
    case FL_DATA_BOOL: return FL_JSON_BOOLEAN;
    case FL_DATA_STRING: return FL_JSON_STRING;
    case FL_DATA_NUMBER: n = fl_data_num(d, 0.5); return n >= -9e15 && n <= 9e15 && !(n < (double)(int64_t)n || n > (double)(int64_t)n) ? FL_JSON_INTEGER : FL_JSON_NUMBER;
    case FL_DATA_LIST: return FL_JSON_ARRAY;
    case FL_DATA_MAP: return FL_JSON_OBJECT;
    }
    return 0;
}

static void enumerate_one(fl_claims *c, fl_schema *s, const fl_data *value)
{
    for (size_t i = 0; i < s->enumeration.count; i++)
        if (fl_data_eq(s->enumeration.items[i], value)) return;
    if (value->kind != FL_DATA_NULL) fl_vec_push(c->arena, &s->enumeration, value);
}

static void settle_types(fl_schema *s, unsigned found)
{
    if (found & FL_JSON_NUMBER) found &= ~(unsigned)FL_JSON_INTEGER;
    if ((found & ~(unsigned)FL_JSON_NULL) == FL_JSON_BOOLEAN && s->enumeration.count == 2) s->enumeration.count = 0;   /* true or false */
    if (!(s->types & ~(unsigned)FL_JSON_NULL)) s->types |= found;
    else s->types |= found & FL_JSON_NULL;
}

bool fl_claim_enumerate(fl_claims *c, fl_claim *claim, const fl_data *values, fl_schema **fresh)
{
    if (!values) return false;
    bool is_many = values->kind == FL_DATA_LIST || values->kind == FL_DATA_MAP;
    if (is_many && !values->first) return false;
    for (const fl_data *d = is_many ? values->first : NULL; d; d = d->next)
        if (d->kind == FL_DATA_MAP || d->kind == FL_DATA_LIST) return false;
    fl_schema *s = fl_claim_edit(c, claim, fresh);
    unsigned found = 0;
    for (const fl_data *d = is_many ? values->first : values; d; d = is_many ? d->next : NULL) {
        found |= type_of_data(d);
        enumerate_one(c, s, d);
    }
    settle_types(s, found);
    claim->is_null = s->types == FL_JSON_NULL;
    return true;
}

/* ---- alternatives ---- */

typedef struct arms { FL_VEC(fl_schema *) list; bool is_optional, is_null, is_unknown, is_open; } arms;

static void add_arm(fl_claims *c, arms *to, fl_schema *arm)
{
    for (size_t i = 0; i < to->list.count; i++)
        if (to->list.items[i] == arm || fl_schema_eq(to->list.items[i], arm)) return;
    fl_vec_push(c->arena, &to->list, arm);
}

static void collect(fl_claims *c, arms *to, const fl_claim *part)
{
    to->is_optional |= part->is_optional;
    if (part->is_null) { to->is_null = true; return; }
    if (!part->schema || part->is_function) { to->is_unknown |= !(part->is_optional && !part->is_function); return; }
    to->is_open |= part->is_open;
    if (part->is_open || !is_alternatives(part->schema)) { add_arm(c, to, part->schema); return; }
    for (size_t i = 0; i < part->schema->any_of.count; i++) {
        if (part->schema->any_of.items[i]->types == FL_JSON_NULL) to->is_null = true;
        else add_arm(c, to, part->schema->any_of.items[i]);
    }
}

fl_claim fl_claim_union(fl_claims *c, const fl_claim *parts, size_t count, fl_schema **fresh)
{
    arms a = { 0 };
    for (size_t i = 0; i < count; i++) collect(c, &a, &parts[i]);
    fl_claim out = { .is_optional = a.is_optional };
    if (a.is_unknown) return out;
    bool all_literal = true, all_bare = true;
    for (size_t i = 0; i < a.list.count; i++) {
        all_literal = all_literal && !a.is_open && is_literal(a.list.items[i]);
        all_bare = all_bare && !a.is_open && is_bare(a.list.items[i]);
    }
    if (a.list.count == 0) {
        if (!a.is_null) return out;
        out = fl_claim_typed(c, FL_JSON_NULL);
        out.is_optional = a.is_optional;
        return out;
    }
    if (a.list.count == 1) {
        out.schema = a.list.items[0];
        out.is_shared = true;
        out.is_open = a.is_open;
    } else if (all_literal || all_bare) {
        fl_schema *s = fl_claim_edit(c, &out, fresh);
        unsigned types = 0;
        for (size_t i = 0; i < a.list.count; i++) {
            types |= a.list.items[i]->types;
            for (size_t k = 0; k < a.list.items[i]->enumeration.count; k++) enumerate_one(c, s, a.list.items[i]->enumeration.items[k]);
        }
        settle_types(s, types);
    } else {
        fl_schema *s = fl_claim_edit(c, &out, fresh);
        for (size_t i = 0; i < a.list.count; i++) fl_vec_push(c->arena, &s->any_of, a.list.items[i]);
    }
    if (a.is_null) fl_claim_nullable(c, &out, fresh);
    return out;
}

/* ---- intersections ---- */

/* Two objects that each hand on what they name hand on both. */
static fl_claim both_of(fl_claims *c, const fl_claim *a, const fl_claim *b)
{
    bool is_closed = c->is_output && a->schema->is_closed && b->schema->is_closed;
    fl_schema *left = a->schema, *right = b->schema;
    if (is_closed) {
        left = fl_schema_copy(c->arena, left);
        right = fl_schema_copy(c->arena, right);
        left->is_closed = right->is_closed = false;
    }
    fl_schema *both = fl_schema_meet(c->arena, left, right);
    if (both == a->schema) return *a;
    if (both == b->schema) return *b;
    both->name = FL_S("");
    both->is_closed = is_closed || both->is_closed;
    /* a part that says nothing of the type may speak of several: `minLength(3)` of texts and of lists */
    if (both->types && !(both->types & FL_JSON_ARRAY)) both->has_min_items = both->has_max_items = false;
    if (both->types && !(both->types & FL_JSON_STRING)) both->has_min_length = both->has_max_length = false;
    return fl_claim_of(both);
}

fl_claim fl_claim_all(fl_claims *c, const fl_claim *parts, size_t count)
{
    fl_claim out = { 0 };
    bool is_optional = count > 0, has_more = false;
    for (size_t i = 0; i < count; i++) {
        is_optional = is_optional && parts[i].is_optional;
        has_more |= !parts[i].schema || parts[i].has_more;
        if (!parts[i].schema || parts[i].is_function) continue;
        if (!out.schema) { out = parts[i]; continue; }
        if (out.is_open || parts[i].is_open) {
            if (!out.is_shared && out.schema->all_of.count && !out.schema->types) { fl_vec_push(c->arena, &out.schema->all_of, parts[i].schema); continue; }
            fl_schema *s = fl_schema_new(c->arena, FL_JSON_ANY);
            fl_vec_push(c->arena, &s->all_of, out.schema);
            fl_vec_push(c->arena, &s->all_of, parts[i].schema);
            out = fl_claim_of(s);
            continue;
        }
        unsigned a = out.schema->types, b = parts[i].schema->types;
        if (a && b && !(a & b)) {   /* `string & { __brand: "Id" }`: the scalar is what is sent */
            if (a == FL_JSON_OBJECT) out = parts[i];
            continue;
        }
        out = both_of(c, &out, &parts[i]);
    }
    out.is_optional = is_optional;
    out.has_more = has_more;
    if (has_more && out.schema && !out.is_open && out.schema->is_closed) fl_claim_edit(c, &out, NULL)->is_closed = false;
    return out;
}

/* ---- parts of lists and objects ---- */

fl_claim fl_claim_tuple(fl_claims *c, const fl_claim *parts, size_t count, fl_schema **fresh)
{
    fl_claim out = { 0 };
    fl_schema *s = fl_claim_edit(c, &out, fresh);
    s->types = FL_JSON_ARRAY;
    s->items = fl_claim_union(c, parts, count, NULL).schema;
    s->has_min_items = s->has_max_items = true;
    s->max_items = s->min_items = (int64_t)count;
    while (s->min_items > 0 && parts[s->min_items - 1].is_optional) s->min_items--;
    return out;
}

void fl_claim_property(fl_claims *c, fl_schema *to, fl_str name, fl_claim claim, const fl_node *source)
{
    if (to->properties.count >= FL_LIMIT_CLAIM_PROPERTIES) return;
    fl_property *p = fl_schema_add_property(c->arena, to, name);
    p->schema = claim.schema ? claim.schema : fl_schema_new(c->arena, FL_JSON_ANY);
    p->is_required = !claim.is_optional;
    p->has_source = source != NULL;
    if (source) p->source = fl_node_span(source);
}

void fl_claim_merge(fl_claims *c, fl_schema *to, const fl_schema *from)
{
    for (size_t i = 0; i < from->properties.count; i++) {
        const fl_property *theirs = &from->properties.items[i];
        fl_property *ours = fl_schema_property(to, theirs->name);
        if (ours) *ours = *theirs;
        else fl_vec_push(c->arena, &to->properties, *theirs);
    }
    if (from->additional) to->additional = from->additional;
    to->is_closed = from->is_closed;
}

fl_schema *fl_schema_present(fl_arena *arena, fl_schema *schema)
{
    fl_claims c = { .arena = arena };
    fl_claim claim = { .schema = schema, .is_shared = true };
    fl_claim_not_null(&c, &claim, NULL);
    return claim.schema;
}
