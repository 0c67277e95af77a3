/*
 * Values found in answers. Read fl_pool_path_value first: it scores every scalar of every answer by how well its name, its
 * place and the path of the request that got it fit a path parameter, and gives the rank-th best.
 * Worked example: {cartId} in /carts/{cartId}/items is best served by `id` of what POST /carts answered, then by
 * `cartId` anywhere.
 */
#include "engine/plan/plan.h"
#include <stdlib.h>

/* ---- names ---- */

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool fl_name_eq(fl_str a, fl_str b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.len && (a.ptr[i] == '_' || a.ptr[i] == '-'))
            i++;
        while (j < b.len && (b.ptr[j] == '_' || b.ptr[j] == '-'))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (folded(a.ptr[i++]) != folded(b.ptr[j++]))
            return false;
    }
}

bool fl_name_contains(fl_str name, const char *part)
{
    fl_str wanted = fl_str_from(part);
    for (size_t from = 0; from < name.len; from++) {
        size_t i = from, j = 0;
        while (i < name.len && j < wanted.len) {
            if (name.ptr[i] == '_' || name.ptr[i] == '-') {
                i++;
                continue;
            }
            if (folded(name.ptr[i]) != wanted.ptr[j])
                break;
            i++;
            j++;
        }
        if (j == wanted.len)
            return true;
    }
    return false;
}

static const char *const id_suffixes[] = {"id", "uuid", "guid", "key", "code", "slug", "sku", "number", "ref", "name", "hash"};

/** The identifier word a name ends with ("reviewKey" → "key", "user_id" → "id", "id" → "id") and what stands before. */
static bool split_identifier(fl_str name, fl_str *stem, fl_str *suffix)
{
    for (size_t i = 0; i < FL_COUNT(id_suffixes); i++) {
        fl_str wanted = fl_str_from(id_suffixes[i]);
        if (name.len < wanted.len)
            continue;
        fl_str end = fl_str_sub(name, name.len - wanted.len, name.len), front = fl_str_sub(name, 0, name.len - wanted.len);
        if (!fl_str_eq_nocase(end, wanted))
            continue;
        /* "valid" and "monkey" are words of their own */
        char last = front.len ? front.ptr[front.len - 1] : '_';
        bool is_word = last == '_' || last == '-' || (end.ptr[0] >= 'A' && end.ptr[0] <= 'Z');
        if (!is_word)
            continue;
        while (front.len != 0 && (front.ptr[front.len - 1] == '_' || front.ptr[front.len - 1] == '-'))
            front.len--;
        *stem = front;
        *suffix = wanted;
        return true;
    }
    return false;
}

bool fl_name_is_identifier(fl_str name)
{
    fl_str stem, suffix;
    return split_identifier(name, &stem, &suffix) && !fl_str_eq_c(suffix, "name") && !fl_str_eq_c(suffix, "number");
}

bool fl_name_is_singular(fl_str one, fl_str many)
{
    if (fl_name_eq(one, many))
        return true;
    if (many.len > 3 && fl_str_ends(many, FL_S("ies")))
        return one.len + 2 == many.len && one.len > 1 && folded(one.ptr[one.len - 1]) == 'y' &&
               fl_name_eq(fl_str_sub(one, 0, one.len - 1), fl_str_sub(many, 0, many.len - 3));
    if (many.len > 2 && fl_str_ends(many, FL_S("es")) && fl_name_eq(one, fl_str_sub(many, 0, many.len - 2)))
        return true;
    return many.len > 1 && fl_str_ends(many, FL_S("s")) && fl_name_eq(one, fl_str_sub(many, 0, many.len - 1));
}

/* ---- paths ---- */

/** The last fixed segment before offset `end_byte` of the path. */
static fl_str collection_before(fl_str path, size_t end_byte)
{
    fl_str best = {NULL, 0}, rest = fl_str_sub(path, 0, end_byte), part;
    while (fl_str_split(&rest, '/', &part))
        if (part.len != 0 && part.ptr[0] != '{')
            best = part;
    return best;
}

static size_t parameter_at(fl_str path, fl_str name)
{
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '{' && i + 1 + name.len < path.len && path.ptr[i + 1 + name.len] == '}' &&
            fl_str_eq(fl_str_sub(path, i + 1, i + 1 + name.len), name))
            return i;
    return path.len;
}

/* ---- candidates ---- */

typedef struct candidate {
    int score;
    size_t order;
    uint32_t entry;
    fl_str pointer;
    const fl_data *value;
} candidate;

typedef struct search {
    fl_arena *arena;
    const fl_pool *pool;
    const fl_api *api;
    fl_str name, stem, suffix;             /**< of the parameter */
    fl_str collection, prefix;             /**< "orders", "/api/orders" */
    const fl_data *chosen;
    bool is_path, any_name, wants_own;     /**< wants_own: what we made before what was there */
    unsigned types;
    uint32_t entry;
    int base;                              /**< score of the entry */
    bool is_of_collection;
    FL_VEC(candidate) found;
} search;

static int name_score(const search *s, fl_str field, fl_str parent)
{
    if (!s->is_path)
        return fl_name_eq(field, s->name) ? (s->any_name || fl_name_is_identifier(s->name) ? 40 : 0) : 0;
    bool is_own = s->stem.len == 0 || fl_name_is_singular(s->stem, s->collection);
    if (fl_name_eq(field, s->name))
        return s->stem.len == 0 && !s->is_of_collection ? 8 : 40;
    if (s->suffix.len == 0)
        return 0;
    bool is_suffix = fl_name_eq(field, s->suffix) || (fl_str_eq_c(s->suffix, "id") && fl_name_eq(field, FL_S("_id")));
    if (is_suffix && is_own && s->is_of_collection)
        return 36;
    if (is_suffix && s->stem.len != 0 && fl_name_is_singular(s->stem, parent))
        return 30;
    fl_str stem, suffix;
    if (split_identifier(field, &stem, &suffix) && fl_str_eq(suffix, s->suffix) && stem.len != 0 && fl_name_is_singular(stem, s->collection))
        return 28;
    return is_suffix && s->base >= 10 ? 12 : 0;
}

static bool fits_type(const search *s, const fl_data *value)
{
    if (value->kind != FL_DATA_STRING && value->kind != FL_DATA_NUMBER)
        return false;
    if (value->text.len == 0 || value->text.len > 200)
        return false;
    if (s->types == 0 || s->is_path)
        return true;
    return value->kind == FL_DATA_STRING ? (s->types & FL_JSON_STRING) != 0 : (s->types & (FL_JSON_NUMBER | FL_JSON_INTEGER)) != 0;
}

/** Does the object (or one around it) carry the values chosen for the parameters before? */
static int parent_score(const search *s, const fl_data *object)
{
    for (const fl_data *value = s->chosen ? s->chosen->first : NULL; value; value = value->next)
        for (const fl_data *field = object->kind == FL_DATA_MAP ? object->first : NULL; field; field = field->next)
            if (fl_data_eq(field, value))
                return 15;
    return 0;
}

static void look(search *s, const fl_data *value, fl_str key, fl_str parent, fl_str pointer, unsigned depth, int bonus)
{
    if (depth > 5 || s->found.count > 400)
        return;
    if (value->kind == FL_DATA_LIST) {
        int64_t index = 0;
        for (const fl_data *each = value->first; each && index < 4; each = each->next, index++)
            look(s, each, key, parent, fl_str_format(s->arena, FL_STR_FMT "/%lld", FL_STR_ARG(pointer), (long long)index), depth, bonus);
        return;
    }
    if (value->kind == FL_DATA_MAP) {
        bonus += parent_score(s, value);
        for (const fl_data *each = value->first; each; each = each->next) {
            fl_str escaped = fl_data_pointer_key(s->arena, each->key);
            look(s, each, each->key, key, fl_str_format(s->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(pointer), FL_STR_ARG(escaped)), depth + 1, bonus);
        }
        return;
    }
    int score = fits_type(s, value) && key.len ? name_score(s, key, parent) : 0;
    if (score > 0)
        fl_vec_push(s->arena, &s->found, (candidate){score + s->base + bonus - 2 * (int)depth, s->found.count, s->entry, pointer, value});
}

static void look_in_entries(search *s)
{
    for (size_t i = 0; i < s->pool->entries.count; i++) {
        const fl_pool_entry *entry = &s->pool->entries.items[i];
        fl_str path = s->api->operations.items[entry->operation].path;
        s->entry = (uint32_t)i;
        fl_str last = collection_before(path, path.len);
        s->is_of_collection = s->is_path && fl_name_eq(last, s->collection);
        s->base = 0;
        if (s->is_path && s->prefix.len > 1 && fl_str_starts(path, s->prefix))
            s->base += fl_str_eq(path, s->prefix) ? 20 : 10;
        if (s->is_of_collection)
            s->base += 6;
        if (s->is_path && !s->is_of_collection && fl_str_starts(path, s->prefix) && fl_str_find_char(fl_str_sub(path, s->prefix.len, path.len), '{') < 0)
            s->is_of_collection = true; /* /carts/current answers with a cart */
        if (entry->is_safe != s->wants_own)
            s->base += 3;
        int bonus = 0;
        for (const fl_data *value = s->chosen ? s->chosen->first : NULL; value; value = value->next)
            for (const fl_data *used = entry->path ? entry->path->first : NULL; used; used = used->next)
                if (fl_data_eq(used, value))
                    bonus = 15;
        /* the collection's own name is the parent of what stands at the top */
        look(s, entry->json, last, last, (fl_str){NULL, 0}, 0, bonus);
    }
}

static int compare(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/** What a safe request shows may have been made by one of ours: then that one must run first. */
static fl_data *reference_to(const search *s, const candidate *c)
{
    const fl_pool_entry *entry = &s->pool->entries.items[c->entry];
    return fl_data_string(s->arena, fl_reference_text(s->arena, entry->number, c->pointer));
}

/** Small numbers identify things of many kinds: equal values alone say nothing. */
static bool is_of_same_collection(const search *s, const candidate *a, const candidate *b)
{
    fl_str x = s->api->operations.items[s->pool->entries.items[a->entry].operation].path, y = s->api->operations.items[s->pool->entries.items[b->entry].operation].path;
    return fl_name_eq(collection_before(x, x.len), collection_before(y, y.len));
}

static fl_data *best(search *s, size_t rank)
{
    if (s->found.count == 0)
        return NULL;
    qsort(s->found.items, s->found.count, sizeof *s->found.items, compare);
    for (size_t i = 0; i < s->found.count; i++) {
        bool is_new = true;
        for (size_t j = 0; j < i && is_new; j++)
            is_new = !fl_data_eq(s->found.items[i].value, s->found.items[j].value);
        if (!is_new || rank-- != 0)
            continue;
        const candidate *pick = &s->found.items[i];
        for (size_t j = 0; j < s->found.count && s->pool->entries.items[pick->entry].is_safe; j++) { /* the request that made it, when one of ours did */
            const candidate *other = &s->found.items[j];
            if (is_of_same_collection(s, pick, other) && !s->pool->entries.items[other->entry].is_safe && fl_data_eq(other->value, pick->value) &&
                s->pool->entries.items[other->entry].number < s->pool->entries.items[pick->entry].number) {
                pick = other;
                break;
            }
        }
        return reference_to(s, pick);
    }
    return NULL;
}

fl_data *fl_pool_path_value(fl_arena *arena, const fl_pool *pool, const fl_api *api, const fl_operation *operation, fl_str name,
                            const fl_data *chosen, size_t rank)
{
    size_t at = parameter_at(operation->path, name);
    search s = {.arena = arena, .pool = pool, .api = api, .name = name, .chosen = chosen, .is_path = true};
    if (!split_identifier(name, &s.stem, &s.suffix)) {
        s.stem = name;
        s.suffix = fl_name_is_singular(name, collection_before(operation->path, at)) ? FL_S("id") : (fl_str){NULL, 0};
    }
    s.collection = collection_before(operation->path, at);
    s.prefix = fl_str_sub(operation->path, 0, at ? at - 1 : 0);
    s.wants_own = fl_operation_is_destructive(operation);
    look_in_entries(&s);
    return best(&s, rank);
}

fl_data *fl_pool_value(fl_arena *arena, const fl_pool *pool, const fl_api *api, fl_str name, unsigned types, bool any_name, size_t rank)
{
    search s = {.arena = arena, .pool = pool, .api = api, .name = name, .any_name = any_name, .types = types};
    look_in_entries(&s);
    fl_data *found = best(&s, rank);
    if (found != NULL)
        return found;
    /* customerId: `id` of what /customers answers */
    if (!split_identifier(name, &s.stem, &s.suffix) || s.stem.len == 0)
        return NULL;
    for (size_t i = 0; i < pool->entries.count; i++) {
        fl_str last = collection_before(api->operations.items[pool->entries.items[i].operation].path, SIZE_MAX);
        if (!fl_name_is_singular(s.stem, last))
            continue;
        s.is_path = true;
        s.collection = last;
        s.prefix = (fl_str){NULL, 0};
        s.found.count = 0;
        look_in_entries(&s);
        /* is_path skips the check of types */
        uint32_t kept = 0;
        s.is_path = false;
        for (size_t j = 0; j < s.found.count; j++)
            if (fits_type(&s, s.found.items[j].value))
                s.found.items[kept++] = s.found.items[j];
        s.found.count = kept;
        return best(&s, rank);
    }
    return NULL;
}
