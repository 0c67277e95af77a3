/*
 * JSON Schema (2020-12, draft 7, and what OpenAPI 3.0 says otherwise) as data → schema. References inside the document are followed;
 * what the model of schemas does not have is left out. A document that looks like none gives nothing.
 */
#include "extractor/flow/claim_p.h"

typedef struct document { fl_claims *c; const fl_data *root; } document;
struct fl_json_schemas { fl_claims claims; document document; };

static fl_claim convert(document *doc, const fl_data *d);

static bool looks_like_schema(const fl_data *d)
{
    static const char *const words[] = { "type", "properties", "$ref", "anyOf", "oneOf", "allOf", "enum", "const", "items", "$schema" };
    for (size_t i = 0; d && d->kind == FL_DATA_MAP && i < FL_COUNT(words); i++) {
        const fl_data *word = fl_data_get_c(d, words[i]);
        if (word && (i > 0 || word->kind == FL_DATA_LIST || fl_json_type_of_word(fl_data_str(word, FL_S(""))))) return true;
    }
    return false;
}

static unsigned types_of(const fl_data *d)
{
    unsigned types = d && d->kind == FL_DATA_STRING ? fl_json_type_of_word(d->text) : 0;
    for (const fl_data *i = d && d->kind == FL_DATA_LIST ? d->first : NULL; i; i = i->next) types |= fl_json_type_of_word(fl_data_str(i, FL_S("")));
    return types;
}

static void read_limits(fl_schema *s, const fl_data *d)
{
    const struct { const char *key; bool *has; double *value; } limits[] = { { "minimum", &s->has_minimum, &s->minimum }, { "maximum", &s->has_maximum, &s->maximum } };
    for (size_t i = 0; i < FL_COUNT(limits); i++) {
        const fl_data *v = fl_data_get_c(d, limits[i].key);
        if (v && v->kind == FL_DATA_NUMBER) { *limits[i].has = true; *limits[i].value = fl_data_num(v, 0); }
    }
    const struct { const char *key; bool *has; double *value; bool *exclusive; } exclusives[] = {
        { "exclusiveMinimum", &s->has_minimum, &s->minimum, &s->minimum_is_exclusive }, { "exclusiveMaximum", &s->has_maximum, &s->maximum, &s->maximum_is_exclusive } };
    for (size_t i = 0; i < FL_COUNT(exclusives); i++) {
        const fl_data *v = fl_data_get_c(d, exclusives[i].key);
        if (!v) continue;
        if (v->kind == FL_DATA_BOOL) { *exclusives[i].exclusive = v->boolean && *exclusives[i].has; continue; }   /* draft 4, OpenAPI 3.0 */
        *exclusives[i].has = *exclusives[i].exclusive = true;
        *exclusives[i].value = fl_data_num(v, 0);
    }
    const struct { const char *key; bool *has; int64_t *value; } counts[] = {
        { "minLength", &s->has_min_length, &s->min_length }, { "maxLength", &s->has_max_length, &s->max_length },
        { "minItems", &s->has_min_items, &s->min_items }, { "maxItems", &s->has_max_items, &s->max_items } };
    for (size_t i = 0; i < FL_COUNT(counts); i++) {
        *counts[i].value = fl_data_get_int(d, counts[i].key, -1);
        *counts[i].has = *counts[i].value >= 0;
        if (!*counts[i].has) *counts[i].value = 0;
    }
    double multiple = fl_data_num(fl_data_get_c(d, "multipleOf"), 0);
    if (multiple > 0) s->multiple_of = multiple;
    s->has_unique_items = fl_data_get_bool(d, "uniqueItems", false);
}

static void read_properties(document *doc, fl_schema *s, const fl_data *d)
{
    const fl_data *properties = fl_data_get_c(d, "properties"), *required = fl_data_get_c(d, "required"), *other = fl_data_get_c(d, "additionalProperties");
    for (const fl_data *p = properties && properties->kind == FL_DATA_MAP ? properties->first : NULL; p; p = p->next) {
        fl_claim claim = convert(doc, p);
        claim.is_optional = true;
        fl_claim_property(doc->c, s, p->key, claim, NULL);
    }
    for (const fl_data *r = required && required->kind == FL_DATA_LIST ? required->first : NULL; r; r = r->next) {
        fl_str name = fl_data_str(r, FL_S(""));
        if (!fl_schema_property(s, name)) fl_claim_property(doc->c, s, name, (fl_claim){ 0 }, NULL);
        fl_property *p = fl_schema_property(s, name);
        if (p) p->is_required = true;
    }
    if (other && other->kind == FL_DATA_BOOL) s->is_closed = !other->boolean;
    else if (other) s->additional = convert(doc, other).schema;
}

static void read_items(document *doc, fl_schema *s, const fl_data *d)
{
    const fl_data *items = fl_data_get_c(d, "prefixItems");
    if (!items) items = fl_data_get_c(d, "items");
    if (items && items->kind == FL_DATA_MAP) s->items = convert(doc, items).schema;
    if (!items || items->kind != FL_DATA_LIST) return;
    FL_VEC(fl_claim) parts = { 0 };
    for (const fl_data *i = items->first; i; i = i->next) fl_vec_push(doc->c->arena, &parts, convert(doc, i));
    if (parts.count) s->items = fl_claim_union(doc->c, parts.items, parts.count, NULL).schema;
}

static void read_alternatives(document *doc, fl_claim *claim, const fl_data *d)
{
    static const char *const words[] = { "anyOf", "oneOf", "allOf" };
    for (size_t w = 0; w < FL_COUNT(words); w++) {
        const fl_data *list = fl_data_get_c(d, words[w]);
        FL_VEC(fl_claim) parts = { 0 };
        for (const fl_data *i = list && list->kind == FL_DATA_LIST ? list->first : NULL; i; i = i->next) fl_vec_push(doc->c->arena, &parts, convert(doc, i));
        if (!parts.count) continue;
        fl_claim made = w < 2 ? fl_claim_union(doc->c, parts.items, parts.count, NULL) : fl_claim_all(doc->c, parts.items, parts.count);
        fl_schema blank = { 0 };
        if (!claim->schema || fl_schema_eq(claim->schema, &blank)) { *claim = made; continue; }
        fl_claim both[2] = { *claim, made };
        *claim = fl_claim_all(doc->c, both, 2);
    }
}

static fl_str text_after(fl_str text, char c)
{
    ptrdiff_t at = fl_str_rfind_char(text, c);
    return at < 0 ? text : fl_str_sub(text, (size_t)at + 1, text.len);
}

static fl_claim follow(document *doc, fl_str ref)
{
    const fl_data *to = fl_str_eq_c(ref, "#") ? doc->root : fl_str_starts(ref, FL_S("#/")) ? fl_data_pointer(doc->root, fl_str_sub(ref, 1, ref.len)) : NULL;
    if (!to) return (fl_claim){ 0 };
    bool is_new;
    fl_claim_memo *memo = fl_claims_begin(doc->c, to, NULL, 0, &is_new);
    if (!is_new) return fl_claims_known(memo);
    fl_claim made = convert(doc, to);
    if (made.schema && !made.is_shared && !made.schema->name.len && to != doc->root && fl_claim_deserves_name(made.schema))
        made.schema->name = fl_str_copy(doc->c->arena, text_after(ref, '/'));
    return fl_claims_end(doc->c, memo, made);
}

static fl_claim convert_map(document *doc, const fl_data *d)
{
    fl_str ref = fl_data_get_str(d, "$ref");
    if (ref.len) return follow(doc, ref);
    fl_claim claim = fl_claim_typed(doc->c, types_of(fl_data_get_c(d, "type")));
    fl_schema *s = claim.schema;
    read_limits(s, d);
    s->format = fl_data_get_str(d, "format");
    s->pattern = fl_data_get_str(d, "pattern");
    s->description = fl_data_get_str(d, "description");
    s->default_value = fl_data_get_c(d, "default");
    s->is_deprecated = fl_data_get_bool(d, "deprecated", false);
    const fl_data *examples = fl_data_get_c(d, "examples");
    s->example = fl_data_get_c(d, "example");
    if (!s->example && examples && examples->kind == FL_DATA_LIST) s->example = examples->first;
    s->is_read_only = fl_data_get_bool(d, "readOnly", false);
    s->is_write_only = fl_data_get_bool(d, "writeOnly", false);
    const fl_data *values = fl_data_get_c(d, "enum");
    if (!values) values = fl_data_get_c(d, "const");
    if (values) (void)fl_claim_enumerate(doc->c, &claim, values, NULL);
    read_properties(doc, s, d);
    if (!s->types && s->properties.count) s->types = FL_JSON_OBJECT;
    read_items(doc, s, d);
    if (fl_data_get_bool(d, "nullable", false)) fl_claim_nullable(doc->c, &claim, NULL);
    read_alternatives(doc, &claim, d);
    fl_str title = fl_data_get_str(d, "title");
    if (title.len && claim.schema && !claim.is_shared && !claim.schema->name.len && fl_str_find_char(title, ' ') < 0 && fl_claim_deserves_name(claim.schema)) claim.schema->name = title;
    return claim;
}

static fl_claim convert(document *doc, const fl_data *d)
{
    fl_claim out = { 0 };
    if (!d || d->kind != FL_DATA_MAP || !fl_claims_enter(doc->c)) return out;
    out = convert_map(doc, d);
    fl_claims_leave(doc->c);
    return out;
}

fl_schema *fl_schema_of_json(fl_arena *arena, const fl_data *root)
{
    fl_claims c = { .arena = arena };
    return fl_claim_of_json(&c, root).schema;
}

fl_claim fl_claim_of_json(fl_claims *c, const fl_data *root)
{
    document doc = { c, root };
    return looks_like_schema(root) ? convert(&doc, root) : (fl_claim){ 0 };
}

fl_json_schemas *fl_json_schemas_new(fl_arena *arena, const fl_data *root)
{
    fl_json_schemas *schemas = FL_NEW(arena, fl_json_schemas);
    schemas->claims.arena = arena;
    schemas->document = (document){ &schemas->claims, root };
    return schemas;
}

fl_schema *fl_json_schema_read(fl_json_schemas *schemas, const fl_data *node)
{
    schemas->claims.steps = 0;
    return convert(&schemas->document, node).schema;
}
