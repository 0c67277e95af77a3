/*
 * Valid requests. Read fl_sample_case, then fl_sample_value. Order of trust for one value: what the code itself says is
 * valid, identifiers from earlier answers, values of the sources, a made-up instance of the schema.
 */
#include "engine/plan/plan.h"

enum { DEPTH_LIMIT = 8 };

static fl_data *sample(const fl_sampler *s, const fl_schema *schema, fl_str name, const fl_strategy *strategy,
                       const fl_data *group, unsigned depth);

/* ---- does a found value fit? ---- */

static bool fits(const fl_schema *schema, const fl_data *value)
{
    if (value == NULL)
        return false;
    unsigned types = schema ? schema->types & ~(unsigned)FL_JSON_NULL : 0;
    bool is_string = value->kind == FL_DATA_STRING;
    if (value->kind != FL_DATA_STRING && value->kind != FL_DATA_NUMBER)
        return false;
    if (schema == NULL)
        return true;
    if (types != 0 && !(types & (unsigned)(is_string ? FL_JSON_STRING : FL_JSON_NUMBER | FL_JSON_INTEGER)))
        return false;
    for (size_t i = 0; i < schema->enumeration.count; i++)
        if (fl_data_eq(schema->enumeration.items[i], value))
            return true;
    if (schema->enumeration.count != 0)
        return false;
    if (is_string) {
        int64_t len = (int64_t)value->text.len;
        if ((schema->has_min_length && len < schema->min_length) || (schema->has_max_length && len > schema->max_length))
            return false;
        if (fl_str_eq_c(schema->format, "email") && fl_str_find_char(value->text, '@') < 0)
            return false;
        return schema->pattern.len == 0 && (schema->format.len == 0 || fl_str_eq_c(schema->format, "email"));
    }
    double number = fl_data_num(value, 0);
    if ((schema->has_minimum && number < schema->minimum) || (schema->has_maximum && number > schema->maximum))
        return false;
    return (types & FL_JSON_NUMBER) || types == 0 || number == (double)(int64_t)number;
}

/* ---- groups of values that stand together ---- */

static size_t coverage(const fl_schema *schema, const fl_data *group)
{
    size_t count = 0;
    for (size_t i = 0; i < schema->properties.count; i++)
        for (const fl_data *each = group->first; each; each = each->next)
            if (fl_name_eq(each->key, schema->properties.items[i].name) && fits(schema->properties.items[i].schema, each)) {
                count++;
                break;
            }
    return count;
}

typedef struct choice { const fl_schema *schema; size_t best, rank; const fl_data *group; bool is_counting; } choice;

/** The map itself and those inside it: { user: { email, password } } holds two. */
static void consider(choice *c, const fl_data *map, unsigned depth)
{
    if (map == NULL || map->kind != FL_DATA_MAP || depth > 3 || c->group != NULL)
        return;
    size_t covers = coverage(c->schema, map);
    if (c->is_counting && covers > c->best)
        c->best = covers;
    else if (!c->is_counting && covers >= c->best && c->rank-- == 0)
        c->group = map;
    for (const fl_data *each = map->first; each; each = each->next)
        consider(c, each, depth + 1);
}

/** The rank-th of the groups that cover most properties (two at least): bodies that were accepted, then rows of the sources. */
static const fl_data *choose_group(const fl_sampler *s, const fl_schema *schema, size_t rank)
{
    choice c = {schema, 2, rank, NULL, true};
    for (int pass = 0; pass < 2; pass++, c.is_counting = false) {
        for (size_t i = 0; i < s->pool->entries.count; i++)
            consider(&c, s->pool->entries.items[i].sent, 0);
        for (size_t i = 0; i < s->mined->groups.count; i++)
            consider(&c, s->mined->groups.items[i], 0);
    }
    return c.group;
}

static const fl_data *from_group(const fl_data *group, const fl_schema *schema, fl_str name)
{
    for (const fl_data *each = group ? group->first : NULL; each; each = each->next)
        if (fl_name_eq(each->key, name) && fits(schema, each))
            return each;
    return NULL;
}

/* ---- scalars ---- */

static const struct { const char *part, *value; } by_name[] = {
    {"email", "user@example.com"}, {"password", "Passw0rd!x"}, {"url", "https://example.com/"}, {"uri", "https://example.com/"},
    {"website", "https://example.com/"}, {"phone", "+15550100"}, {"country", "US"}, {"currency", "EUR"}, {"date", "2025-01-15"},
    {"time", "2025-01-15T10:00:00Z"}, {"color", "#336699"}, {"latitude", "48.2"}, {"longitude", "16.4"}, {"locale", "en"},
};

static fl_data *salted(const fl_sampler *s, fl_str text, unsigned salt)
{
    if (salt == 0)
        return fl_data_string(s->arena, text);
    ptrdiff_t at = fl_str_find_char(text, '@');
    if (at > 0)
        return fl_data_string(s->arena, fl_str_format(s->arena, FL_STR_FMT "%u" FL_STR_FMT, (int)at, text.ptr, salt,
                                                      FL_STR_ARG(fl_str_sub(text, (size_t)at, text.len))));
    return fl_data_string(s->arena, text);
}

static fl_data *file_sample(const fl_sampler *s, const fl_strategy *strategy)
{
    static const struct { const char *name, *type, *content; } files[] = {
        {"sample.png", "image/png", "\x89PNG\r\n\x1a\n"}, {"sample.txt", "text/plain", "sample\n"},
        {"sample.csv", "text/csv", "id,name\n1,sample\n"}, {"sample.pdf", "application/pdf", "%PDF-1.4\n"},
        {"sample.json", "application/json", "{}"},
    };
    size_t i = strategy->salt % FL_COUNT(files);
    fl_data *map = fl_data_map(s->arena);
    fl_data_set_c(s->arena, map, "filename", fl_data_string_c(s->arena, files[i].name));
    fl_data_set_c(s->arena, map, "type", fl_data_string_c(s->arena, files[i].type));
    fl_data_set_c(s->arena, map, "content", fl_data_string_c(s->arena, files[i].content));
    return map;
}

static fl_data *scalar(const fl_sampler *s, const fl_schema *schema, fl_str name, unsigned types, const fl_strategy *strategy,
                       const fl_data *group)
{
    bool is_text = types & FL_JSON_STRING, is_number = types & (FL_JSON_NUMBER | FL_JSON_INTEGER);
    if (name.len != 0 && (is_text || is_number) && !strategy->is_fresh) {
        const fl_data *found = from_group(group, schema, name);
        if (found != NULL)
            return fl_data_copy(s->arena, found);
        for (size_t rank = 0, skipped = 0; (found = fl_mined_value(s->mined, name, strategy->path, true, rank)) != NULL; rank++)
            if (fits(schema, found) && skipped++ >= strategy->rank)
                return fl_data_copy(s->arena, found);
        if (fl_name_is_identifier(name) || strategy->use_mined) {
            fl_data *reference = fl_pool_value(s->arena, s->pool, s->api, name, types, strategy->use_mined, strategy->rank);
            fl_data *resolved;
            if (reference != NULL && fl_references_resolve(s->arena, reference, s->resolve, s->resolve_context, &resolved) &&
                fits(schema, resolved))
                return reference;
        }
        if (strategy->use_mined || fl_name_is_identifier(name)) {
            for (size_t rank = 0, skipped = 0; (found = fl_mined_value(s->mined, name, strategy->path, false, rank)) != NULL; rank++)
                if (fits(schema, found) && skipped++ >= strategy->rank)
                    return fl_data_copy(s->arena, found);
        }
    }
    if (is_text && (schema == NULL || (schema->format.len == 0 && schema->pattern.len == 0)))
        for (size_t i = 0; i < FL_COUNT(by_name); i++) {
            fl_data *value = salted(s, fl_str_from(by_name[i].value), strategy->salt);
            if (fl_name_contains(name, by_name[i].part) && fits(schema, value))
                return value;
        }
    if (schema != NULL && schema->types != 0) {
        fl_schema one = *schema;
        one.types = types;
        return fl_schema_sample(s->arena, &one, false, strategy->salt);
    }
    if (is_number)
        return fl_data_int(s->arena, 1 + (int64_t)strategy->salt);
    return fl_data_string(s->arena, strategy->salt ? fl_str_format(s->arena, "sample%u", strategy->salt) : FL_S("sample"));
}

/** "{isbn}/{card}": each from what answers and sources have under that name. */
static fl_data *composed(const fl_sampler *s, fl_str form, const fl_strategy *strategy)
{
    fl_strategy each = *strategy;
    each.use_mined = true;
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < form.len; i++) {
        size_t end = i + 1;
        while (form.ptr[i] == '{' && end < form.len && form.ptr[end] != '}')
            end++;
        if (form.ptr[i] != '{' || end == form.len) {
            fl_buf_add_char(&out, form.ptr[i]);
            continue;
        }
        fl_data *value = scalar(s, NULL, fl_str_sub(form, i + 1, end), FL_JSON_STRING, &each, NULL);
        fl_buf_add(&out, fl_data_str(value, FL_S("")));
        i = end;
    }
    fl_data *text = fl_data_string(s->arena, fl_str_copy(s->arena, fl_buf_str(&out)));
    fl_buf_release(&out);
    return text;
}

/* ---- structures ---- */

static void add_properties(const fl_sampler *s, const fl_schema *schema, const fl_strategy *strategy, fl_data *out, unsigned depth)
{
    const fl_data *group = strategy->use_mined ? choose_group(s, schema, strategy->rank) : NULL;
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        if (!p->is_required && !strategy->all)
            continue;
        if (p->schema != NULL && p->schema->is_read_only)
            continue;
        fl_data_set(s->arena, out, p->name, sample(s, p->schema, p->name, strategy, group, depth + 1));
    }
    for (size_t i = 0; i < schema->all_of.count; i++)
        add_properties(s, schema->all_of.items[i], strategy, out, depth);
}

static unsigned preferred_type(const fl_schema *schema)
{
    static const unsigned order[] = {FL_JSON_OBJECT, FL_JSON_BINARY, FL_JSON_STRING, FL_JSON_INTEGER, FL_JSON_NUMBER,
                                     FL_JSON_ARRAY, FL_JSON_BOOLEAN, FL_JSON_NULL};
    if (schema == NULL)
        return FL_JSON_STRING;
    if (schema->properties.count != 0 || schema->all_of.count != 0)
        return FL_JSON_OBJECT;
    if (schema->items != NULL)
        return FL_JSON_ARRAY;
    for (size_t i = 0; i < FL_COUNT(order); i++)
        if (schema->types & order[i])
            return order[i];
    return FL_JSON_STRING;
}

static fl_data *sample(const fl_sampler *s, const fl_schema *schema, fl_str name, const fl_strategy *strategy,
                       const fl_data *group, unsigned depth)
{
    if (depth > DEPTH_LIMIT)
        return fl_data_null(s->arena);
    if (schema != NULL && schema->enumeration.count != 0) {
        const fl_data *found = from_group(group, schema, name);
        return fl_data_copy(s->arena, found ? found : schema->enumeration.items[strategy->salt % schema->enumeration.count]);
    }
    if (schema != NULL && schema->any_of.count != 0 && schema->properties.count == 0) {
        size_t pick = strategy->salt % schema->any_of.count;
        if (schema->any_of.items[pick]->types == FL_JSON_NULL)
            pick = (pick + 1) % schema->any_of.count;
        return sample(s, schema->any_of.items[pick], name, strategy, group, depth + 1);
    }
    if (schema != NULL && schema->example != NULL && strategy->salt == 0)
        return fl_data_copy(s->arena, schema->example);
    unsigned type = preferred_type(schema);
    if (type == FL_JSON_OBJECT) {
        fl_data *map = fl_data_map(s->arena);
        add_properties(s, schema, strategy, map, depth);
        return map;
    }
    if (type == FL_JSON_ARRAY) {
        fl_data *list = fl_data_list(s->arena);
        int64_t count = schema->has_min_items && schema->min_items > 1 ? schema->min_items : 1;
        if (schema->has_max_items && count > schema->max_items)
            count = schema->max_items;
        for (int64_t i = 0; i < count && i < 20 && (schema->items != NULL || i < schema->min_items); i++) {
            fl_strategy each = *strategy;
            each.salt += schema->has_unique_items ? (unsigned)i : 0;
            fl_data_push(list, sample(s, schema->items, name, &each, NULL, depth + 1));
        }
        return list;
    }
    if (type == FL_JSON_BINARY)
        return file_sample(s, strategy);
    if (type == FL_JSON_BOOLEAN)
        return fl_data_bool(s->arena, strategy->salt % 2 == 0);
    if (type == FL_JSON_NULL)
        return fl_data_null(s->arena);
    if (schema != NULL && schema->composed.len != 0)
        return composed(s, schema->composed, strategy);
    if (schema != NULL && schema->default_value != NULL && strategy->salt == 0)
        return fl_data_copy(s->arena, schema->default_value);
    return scalar(s, schema, name, type, strategy, group);
}

fl_data *fl_sample_value(const fl_sampler *s, const fl_schema *schema, fl_str name, const fl_strategy *strategy)
{
    return sample(s, schema, name, strategy, NULL, 0);
}

/* ---- requests ---- */

static const fl_data *known(const fl_operation *operation, const char *part, fl_str name)
{
    return fl_data_get(fl_data_get_c(operation->valid_example, part), name);
}

static bool next_value(const fl_data *value, size_t *rank, const fl_data **found)
{
    if (value == NULL)
        return false;
    if ((*rank)-- == 0)
        *found = value;
    return true;
}

/** The rank-th value for a path parameter: from answers, from the sources by its name, then by the names that identify things,
 *  then plain ones. NULL when there are not so many. */
static fl_data *path_value(const fl_sampler *s, const fl_operation *operation, const fl_parameter *p, const fl_data *chosen, size_t rank)
{
    static const char *const names[] = {"id", "_id", "key", "slug", "code", "name", "username"};
    static const char *const plain[] = {"1", "0", "2", "a"};
    const fl_data *found = NULL;
    if (p->schema != NULL && p->schema->enumeration.count != 0)
        return rank < p->schema->enumeration.count ? fl_data_copy(s->arena, p->schema->enumeration.items[rank]) : NULL;
    if (p->schema != NULL && p->schema->example != NULL && rank-- == 0)
        return fl_data_copy(s->arena, p->schema->example);
    for (size_t i = 0; i < 6 && found == NULL; i++)
        if (!next_value(fl_pool_path_value(s->arena, s->pool, s->api, operation, p->name, chosen, i), &rank, &found))
            break;
    for (size_t i = 0; i < 6 && found == NULL; i++)
        if (!next_value(fl_mined_value(s->mined, p->name, operation->path, false, i), &rank, &found))
            break;
    for (size_t n = 0; n < FL_COUNT(names) && found == NULL; n++)
        for (size_t i = 0; i < 2 && found == NULL; i++)
            if (!next_value(fl_mined_value(s->mined, fl_str_from(names[n]), operation->path, true, i), &rank, &found))
                break;
    if (found != NULL)
        return fl_data_copy(s->arena, found);
    if (p->schema != NULL && (p->schema->types & ~(unsigned)FL_JSON_STRING || p->schema->format.len || p->schema->pattern.len) && rank-- == 0) {
        const fl_strategy made_up = {.salt = 0, .is_fresh = true};
        return fl_sample_value(s, p->schema, p->name, &made_up);
    }
    return rank < FL_COUNT(plain) ? fl_data_string_c(s->arena, plain[rank]) : NULL;
}

bool fl_sample_path(const fl_sampler *s, size_t rank, fl_case *out)
{
    const fl_operation *operation = &s->api->operations.items[out->operation];
    fl_data *chosen = fl_data_map(s->arena);
    bool has_more = false;
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        if (p->in != FL_IN_PATH)
            continue;
        fl_data *value = NULL, *resolved = NULL;
        if (rank == 0 && known(operation, "path", p->name))
            value = fl_data_copy(s->arena, known(operation, "path", p->name));
        if (value == NULL)
            value = path_value(s, operation, p, chosen, rank);
        has_more = has_more || value != NULL;
        if (value == NULL)
            value = path_value(s, operation, p, chosen, 0);
        if (value == NULL || value->kind == FL_DATA_MAP || value->kind == FL_DATA_LIST || value->kind == FL_DATA_NULL || (value->kind == FL_DATA_STRING && value->text.len == 0))
            value = fl_data_int(s->arena, 1);
        fl_data_set(s->arena, out->path, p->name, value);
        if (fl_references_resolve(s->arena, value, s->resolve, s->resolve_context, &resolved))
            fl_data_set(s->arena, chosen, p->name, resolved);
    }
    return has_more;
}

bool fl_header_is_transport(fl_str name)
{
    static const char *const names[] = {"host", "content-length", "content-type", "connection", "accept", "accept-encoding",
                                        "transfer-encoding", "authorization", "cookie", "user-agent", "expect", "origin"};
    for (size_t i = 0; i < FL_COUNT(names); i++)
        if (fl_str_eq_nocase(name, fl_str_from(names[i])))
            return true;
    return false;
}

static void sample_parameters(const fl_sampler *s, const fl_operation *operation, const fl_strategy *strategy, fl_case *out)
{
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        fl_data *map = p->in == FL_IN_QUERY ? out->query : p->in == FL_IN_HEADER ? out->header : p->in == FL_IN_COOKIE ? out->cookie : NULL;
        if (map == NULL || (!p->is_required && !strategy->all) || (p->in == FL_IN_HEADER && fl_header_is_transport(p->name)))
            continue;
        fl_data_set(s->arena, map, p->name, fl_sample_value(s, p->schema, p->name, strategy));
    }
}

static void sample_body(const fl_sampler *s, const fl_operation *operation, const fl_strategy *strategy, fl_case *out)
{
    const fl_media *media = operation->body.count ? &operation->body.items[0] : NULL;
    for (size_t i = 0; i < operation->body.count; i++)
        if (fl_str_find(operation->body.items[i].type, FL_S("json")) >= 0) {
            media = &operation->body.items[i];
            break;
        }
    if (media == NULL || (fl_operation_is_safe(operation) && !operation->body_is_required))
        return;
    out->has_body = true;
    out->content_type = media->type;
    const fl_schema *schema = media->schema;
    bool is_known = schema && (schema->types || schema->properties.count || schema->any_of.count || schema->all_of.count || schema->items ||
                               schema->enumeration.count);
    out->body = is_known ? fl_sample_value(s, schema, (fl_str){NULL, 0}, strategy) : fl_data_map(s->arena);
}

static void overlay(const fl_sampler *s, const fl_data *part, fl_data *map)
{
    for (const fl_data *each = part ? part->first : NULL; each; each = each->next)
        fl_data_set(s->arena, map, each->key, fl_data_copy(s->arena, each));
}

void fl_sample_case(const fl_sampler *s, uint32_t index, const fl_strategy *wanted, fl_case *out)
{
    const fl_operation *operation = &s->api->operations.items[index];
    fl_strategy here = *wanted;
    const fl_strategy *strategy = &here;
    here.path = operation->path;
    *out = (fl_case){.operation = index};
    out->path = fl_data_map(s->arena);
    out->query = fl_data_map(s->arena);
    out->header = fl_data_map(s->arena);
    out->cookie = fl_data_map(s->arena);
    (void)fl_sample_path(s, strategy->rank, out);
    sample_parameters(s, operation, strategy, out);
    sample_body(s, operation, strategy, out);
    if (strategy->rank == 0) {
        overlay(s, fl_data_get_c(operation->valid_example, "query"), out->query);
        overlay(s, fl_data_get_c(operation->valid_example, "header"), out->header);
        overlay(s, fl_data_get_c(operation->valid_example, "cookie"), out->cookie);
        const fl_data *body = fl_data_get_c(operation->valid_example, "body");
        if (body != NULL && out->body != NULL && out->body->kind == FL_DATA_MAP && body->kind == FL_DATA_MAP)
            overlay(s, body, out->body);
        else if (body != NULL) {
            out->has_body = true;
            out->body = fl_data_copy(s->arena, body);
        }
    }
    for (size_t i = 0; i < operation->reach.count; i++)
        (void)fl_mutate(s, out, &operation->reach.items[i], strategy->salt);
}

/* ---- schemas by place ---- */

static const fl_schema *below(const fl_schema *schema, fl_str pointer)
{
    fl_str rest = pointer.len ? fl_str_sub(pointer, 1, pointer.len) : pointer, part;
    while (schema != NULL && fl_str_split(&rest, '/', &part)) {
        int64_t index;
        const fl_property *p = fl_schema_property(schema, part);
        for (size_t i = 0; i < schema->all_of.count && p == NULL; i++)
            p = fl_schema_property(schema->all_of.items[i], part);
        if (p != NULL)
            schema = p->schema;
        else if (schema->items != NULL && (fl_str_eq_c(part, "*") || fl_str_to_int(part, &index)))
            schema = schema->items;
        else
            schema = schema->additional;
    }
    return schema;
}

const fl_schema *fl_schema_at(const fl_operation *operation, const fl_request_pointer *at)
{
    if (at->in == FL_IN_BODY || at->in == FL_IN_FILE)
        return operation->body.count ? below(operation->body.items[0].schema, at->pointer) : NULL;
    fl_str rest = at->pointer.len ? fl_str_sub(at->pointer, 1, at->pointer.len) : at->pointer, name;
    if (!fl_str_split(&rest, '/', &name))
        return NULL;
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        bool is_same = at->in == FL_IN_HEADER ? fl_str_eq_nocase(p->name, name) : fl_str_eq(p->name, name);
        if (p->in == at->in && is_same)
            return rest.len ? below(p->schema, fl_str_sub(at->pointer, name.len + 1, at->pointer.len)) : p->schema;
    }
    return NULL;
}
