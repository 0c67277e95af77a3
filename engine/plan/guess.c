/*
 * When nothing that the code, the sources and the refusals say gives a 2xx: what a request may be lacking that no single
 * value shows. Read fl_sample_guess. Worked examples:
 *   {from: 1, to: 1}          numbers that must ascend (or descend): {from: 1, to: 2}
 *   {from: "a", to: "a"}      texts that name stored things: what lists answered with as `sku`, each another one
 *   {credentials: "text"}     RFC 7617's user-pass: a name, a colon and a secret of the sources
 */
#include "engine/plan/plan.h"

enum { PLACE_LIMIT = 8, ORDERS = 2, DEPTH = 5 };

/* ---- places of the request ---- */

typedef struct place { fl_data *map; fl_str key; const fl_schema *schema; } place;
typedef struct places { place items[PLACE_LIMIT]; size_t count; } places;

static const fl_schema *schema_of(const fl_operation *operation, fl_location in, fl_str key)
{
    char text[128];
    if (key.len + 1 >= sizeof text)
        return NULL;
    text[0] = '/';
    for (size_t i = 0; i < key.len; i++)
        text[i + 1] = key.ptr[i];
    const fl_request_pointer at = {in, {text, key.len + 1}};
    return fl_schema_at(operation, &at);
}

static void find_in(places *out, const fl_operation *operation, fl_location in, fl_data *map, fl_data_kind kind)
{
    for (const fl_data *each = map && map->kind == FL_DATA_MAP ? map->first : NULL; each && out->count < PLACE_LIMIT; each = each->next) {
        const fl_schema *schema = schema_of(operation, in, each->key);
        bool is_number = each->kind == FL_DATA_NUMBER;
        int64_t number;
        if (in == FL_IN_QUERY && schema && schema->types & (FL_JSON_NUMBER | FL_JSON_INTEGER) && each->kind == FL_DATA_STRING)
            is_number = fl_str_to_int(each->text, &number);
        bool is_free = schema == NULL || (schema->enumeration.count == 0 && schema->format.len == 0 && schema->pattern.len == 0);
        if (is_free && is_number == (kind == FL_DATA_NUMBER) && (is_number || each->kind == kind))
            out->items[out->count++] = (place){map, each->key, schema};
    }
}

static places find_places(const fl_api *api, fl_case *request, fl_data_kind kind)
{
    places out = {.count = 0};
    const fl_operation *operation = &api->operations.items[request->operation];
    if (request->has_body)
        find_in(&out, operation, FL_IN_BODY, request->body, kind);
    find_in(&out, operation, FL_IN_QUERY, request->query, kind);
    return out;
}

/* ---- numbers in order ---- */

static bool put_in_order(const fl_sampler *s, fl_case *request, bool is_descending)
{
    places numbers = find_places(s->api, request, FL_DATA_NUMBER);
    int64_t least = 1;
    if (numbers.count < 2)
        return false;
    for (size_t i = 0; i < numbers.count; i++) {
        const fl_schema *schema = numbers.items[i].schema;
        bool is_bounded = schema && schema->has_minimum && schema->minimum > (double)least && schema->minimum < 1e9;
        least = is_bounded ? (int64_t)schema->minimum : least;
    }
    for (size_t i = 0; i < numbers.count; i++) {
        int64_t step = (int64_t)(is_descending ? numbers.count - 1 - i : i);
        fl_data_set(s->arena, numbers.items[i].map, numbers.items[i].key, fl_data_int(s->arena, least + step));
    }
    return true;
}

/* ---- what is stored ---- */

/** Looks for the skip-th field that identifies the elements of a list. */
typedef struct columns { const fl_sampler *s; uint32_t number; size_t skip; fl_data *found; } columns;

static void read_column(columns *c, const fl_data *list, fl_str key, fl_str pointer)
{
    if (c->skip-- != 0)
        return;
    c->found = fl_data_list(c->s->arena);
    fl_str escaped = fl_data_pointer_key(c->s->arena, key);
    size_t index = 0;
    for (const fl_data *row = list->first; row && index < PLACE_LIMIT; row = row->next, index++) {
        const fl_data *value = row->kind == FL_DATA_MAP ? fl_data_get(row, key) : NULL;
        if (value == NULL || value->kind != FL_DATA_STRING || value->text.len == 0)
            continue;
        fl_str at = fl_str_format(c->s->arena, FL_STR_FMT "/%zu/" FL_STR_FMT, FL_STR_ARG(pointer), index, FL_STR_ARG(escaped));
        fl_data_push(c->found, fl_data_string(c->s->arena, fl_reference_text(c->s->arena, c->number, at)));
    }
}

static void find_column(columns *c, const fl_data *value, fl_str pointer, unsigned depth)
{
    const fl_data *first = value->first;
    if (depth > DEPTH || c->found != NULL || first == NULL)
        return;
    if (value->kind == FL_DATA_LIST && first->kind == FL_DATA_MAP) {
        for (const fl_data *field = first->first; field && c->found == NULL; field = field->next)
            if (field->kind == FL_DATA_STRING && fl_name_is_identifier(field->key))
                read_column(c, value, field->key, pointer);
    } else if (value->kind == FL_DATA_MAP) {
        for (const fl_data *each = first; each; each = each->next)
            find_column(c, each, fl_str_format(c->s->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(pointer),
                                               FL_STR_ARG(fl_data_pointer_key(c->s->arena, each->key))), depth + 1);
    }
}

fl_data *fl_pool_column(const fl_sampler *s, size_t rank)
{
    columns c = {.s = s, .skip = rank};
    for (size_t i = 0; i < s->pool->entries.count && c.found == NULL; i++) {
        const fl_pool_entry *entry = &s->pool->entries.items[i];
        c.number = entry->number;
        if (entry->is_safe)
            find_column(&c, entry->json, (fl_str){NULL, 0}, 0);
    }
    return c.found;
}

static bool name_stored(const fl_sampler *s, fl_case *request, size_t rank)
{
    places texts = find_places(s->api, request, FL_DATA_STRING);
    const fl_data *column = texts.count ? fl_pool_column(s, rank) : NULL;
    if (column == NULL)
        return false;
    for (size_t i = 0; i < texts.count && column->count != 0; i++)
        fl_data_set(s->arena, texts.items[i].map, texts.items[i].key, fl_data_copy(s->arena, fl_data_at(column, i % column->count)));
    return true;
}

/* ---- user-pass ---- */

static bool name_secret(const fl_sampler *s, fl_case *request, size_t rank)
{
    if (rank >= s->mined->tokens.count)
        return false;
    places texts = find_places(s->api, request, FL_DATA_STRING);
    bool has_changed = false;
    for (size_t i = 0; i < texts.count; i++) {
        if (!fl_name_contains(texts.items[i].key, "credentials") && !fl_name_contains(texts.items[i].key, "userpass"))
            continue;
        fl_str pair = fl_str_format(s->arena, "user:" FL_STR_FMT, FL_STR_ARG(s->mined->tokens.items[rank]));
        fl_data_set(s->arena, texts.items[i].map, texts.items[i].key, fl_data_string(s->arena, pair));
        has_changed = true;
    }
    return has_changed;
}

bool fl_sample_guess(const fl_sampler *s, uint16_t status, unsigned rank, fl_case *request)
{
    if (name_secret(s, request, rank))
        return true;
    bool is_malformed = status == 400 || status == 422;
    if (is_malformed && rank < ORDERS && put_in_order(s, request, rank == 1))
        return true;
    bool may_be_unknown = status == 404 || is_malformed;
    return may_be_unknown && name_stored(s, request, is_malformed && rank >= ORDERS ? rank - ORDERS : rank);
}
