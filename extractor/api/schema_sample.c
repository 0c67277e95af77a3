/* Instances of schemas: small, valid, always the same for the same salt. What a schema shows (example, default,
 * enumeration) is taken before anything is made up. Of alternatives the first that is not null is taken. */
#include <math.h>
#include <string.h>
#include "extractor/api/schema_p.h"

typedef struct sampler { fl_arena *arena; bool all; unsigned salt; unsigned depth; unsigned nodes_left; } sampler;

enum { MAX_ITEMS = 1000, MAX_LENGTH = 100000, MAX_NODES = 20000 /* a list of at least three of its own kind */ };

static fl_data *sample(sampler *s, const fl_schema *schema);

/* ---- text ---- */

static size_t text_length(fl_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return n;
}

static bool sample_format(fl_arena *arena, fl_str format, unsigned salt, fl_str *out)
{
    unsigned n = salt + 1;
    if (fl_str_eq_c(format, "email") || fl_str_eq_c(format, "idn-email"))
        *out = fl_str_format(arena, "user%u@example.com", n);
    else if (fl_str_eq_c(format, "uuid"))
        *out = fl_str_format(arena, "3f0c1a52-7d44-4b6e-9a1b-%012x", n);
    else if (fl_str_eq_c(format, "date-time"))
        *out = fl_str_format(arena, "2024-01-%02uT10:%02u:00Z", 15 + n / 60 % 10, n % 60);
    else if (fl_str_eq_c(format, "date"))
        *out = fl_str_format(arena, "2024-%02u-%02u", 1 + n / 28 % 12, 1 + n % 28);
    else if (fl_str_eq_c(format, "time"))
        *out = fl_str_format(arena, "10:%02u:00Z", n % 60);
    else if (fl_str_eq_c(format, "duration"))
        *out = fl_str_format(arena, "PT%uM", n);
    else if (fl_str_eq_c(format, "uri") || fl_str_eq_c(format, "url") || fl_str_eq_c(format, "iri"))
        *out = fl_str_format(arena, "https://example.com/%u", n);
    else if (fl_str_eq_c(format, "uri-reference"))
        *out = fl_str_format(arena, "/example/%u", n);
    else if (fl_str_eq_c(format, "hostname") || fl_str_eq_c(format, "idn-hostname"))
        *out = fl_str_format(arena, "host%u.example.com", n);
    else if (fl_str_eq_c(format, "ipv4") || fl_str_eq_c(format, "ip"))
        *out = fl_str_format(arena, "192.0.2.%u", 1 + salt % 254);
    else if (fl_str_eq_c(format, "ipv6"))
        *out = fl_str_format(arena, "2001:db8::%x", n % 65536);
    else if (fl_str_eq_c(format, "byte") || fl_str_eq_c(format, "base64"))
        *out = fl_str_format(arena, "%c%cV4dA==", 'a' + (char)(salt % 26), "AEIMQUYcgkosw048"[salt / 26 % 16]);
    else if (fl_str_eq_c(format, "objectid") || fl_str_eq_c(format, "object-id"))
        *out = fl_str_format(arena, "65a000000000000000%06x", n & 0xffffff);
    else if (fl_str_eq_c(format, "json"))
        *out = fl_str_format(arena, "{\"n\":%u}", n);
    else if (fl_str_eq_c(format, "regex"))
        *out = fl_str_format(arena, "a{%u}", n % 100);
    else if (fl_str_eq_c(format, "integer") || fl_str_eq_c(format, "int32") || fl_str_eq_c(format, "int64") ||
             fl_str_eq_c(format, "number") || fl_str_eq_c(format, "numeric"))
        *out = fl_str_format(arena, "%u", n);
    else if (fl_str_eq_c(format, "boolean"))
        *out = salt % 2 == 0 ? FL_S("true") : FL_S("false");
    else
        return false;
    return true;
}

/* "text", "text-1"…; bounds by padding in front of the number, or by counting in letters when the room is small. */
static fl_str plain_text(fl_arena *arena, int64_t min, int64_t max, unsigned salt)
{
    fl_str text = salt == 0 ? FL_S("text") : fl_str_format(arena, "text-%u", salt);
    if (max >= 0 && (size_t)max < text.len) {
        char *small = fl_arena_alloc(arena, (size_t)max + 1);
        unsigned rest = salt;
        for (size_t i = (size_t)max; i-- > 0; rest /= 26)
            small[i] = (char)('a' + rest % 26);
        return (fl_str){small, (size_t)max};
    }
    if (min > MAX_LENGTH)
        min = MAX_LENGTH;
    if (min > 0 && text.len < (size_t)min) {
        char *padded = fl_arena_alloc(arena, (size_t)min + 1);
        size_t pad = (size_t)min - text.len;
        memset(padded, 'x', pad);
        memcpy(padded + pad, text.ptr, text.len);
        return (fl_str){padded, (size_t)min};
    }
    return text;
}

static fl_data *sample_text(sampler *s, const fl_schema *schema)
{
    int64_t min = schema->has_min_length ? schema->min_length : 0;
    int64_t max = schema->has_max_length && schema->max_length >= 0 ? schema->max_length : -1;
    fl_str text = {0};
    bool has_format = schema->format.len > 0 && sample_format(s->arena, schema->format, s->salt, &text);
    if (has_format && schema->pattern.len == 0) {
        size_t length = text_length(text);
        if (length >= (size_t)(min > 0 ? min : 0) && (max < 0 || length <= (size_t)max))
            return fl_data_string(s->arena, text);
        if (fl_str_eq_c(schema->format, "email") && length < (size_t)min && min <= MAX_LENGTH) { /* the part before @ takes any length */
            fl_str pad = plain_text(s->arena, min - (int64_t)length, -1, 0);
            return fl_data_string(s->arena, fl_str_format(s->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(pad), FL_STR_ARG(text)));
        }
    }
    if (schema->pattern.len > 0 && fl_pattern_sample(s->arena, schema->pattern, min, max, s->salt, &text))
        return fl_data_string(s->arena, text);
    return fl_data_string(s->arena, has_format ? text : plain_text(s->arena, min, max, s->salt));
}

/* ---- numbers ---- */

static fl_data *sample_number(sampler *s, const fl_schema *schema, bool is_integer)
{
    double step = schema->multiple_of > 0 ? schema->multiple_of : 1;
    double low = schema->has_minimum ? schema->minimum : -INFINITY, high = schema->has_maximum ? schema->maximum : INFINITY;
    bool is_narrow = !is_integer && !(schema->multiple_of > 0) && high - low <= 2;
    if (is_narrow) /* between two neighbours: halves, quarters… would do; the middle always does */
        return fl_data_double(s->arena, schema->minimum_is_exclusive || schema->maximum_is_exclusive || high > low
                                            ? low + (high - low) / (double)(2 + s->salt % 7) : low);
    double first = ceil(low / step), last = floor(high / step);
    if (schema->minimum_is_exclusive && schema->has_minimum && !(first * step > low))
        first++;
    if (schema->maximum_is_exclusive && schema->has_maximum && !(last * step < high))
        last--;
    double start = first > 1 ? first : last < 1 ? last : 1;
    double k = start + s->salt;
    if (k > last) /* round and round inside the bounds */
        k = first <= last && !isinf(first) ? first + fmod((double)s->salt, last - first + 1) : last - s->salt;
    if (isinf(k) || isnan(k) || fabs(k * step) > 9007199254740991.0)
        k = 1 / step;
    double value = k * step;
    if (fabs(value - nearbyint(value)) < 1e-9)
        return fl_data_int(s->arena, (int64_t)nearbyint(value));
    int digits = 0; /* 3 × 0.1 is to read 0.3 */
    for (double unit = step; digits < 12 && fabs(unit - nearbyint(unit)) > 1e-9; unit *= 10)
        digits++;
    return fl_data_number_text(s->arena, fl_str_format(s->arena, "%.*f", digits, value));
}

/* ---- containers ---- */

static fl_data *sample_list(sampler *s, const fl_schema *schema)
{
    fl_data *list = fl_data_list(s->arena);
    int64_t count = schema->has_min_items ? schema->min_items : 1;
    if (schema->has_max_items && count > schema->max_items)
        count = schema->max_items;
    if (s->depth >= FL_LIMIT_FACT_DEPTH && !schema->has_min_items)
        count = 0;
    unsigned salt = s->salt;
    for (int64_t i = 0; i < count && i < MAX_ITEMS; i++) {
        if (i > 0)
            s->salt = salt + (unsigned)i;
        static const fl_schema text = {.types = FL_JSON_STRING};
        fl_data_push(list, sample(s, schema->items != NULL ? schema->items : &text));
    }
    s->salt = salt;
    return list;
}

static void sample_properties(sampler *s, const fl_schema *schema, fl_data *map)
{
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        bool is_wanted = p->is_required || (s->all && s->depth < FL_LIMIT_FACT_DEPTH && !p->schema->is_read_only);
        if (is_wanted)
            fl_data_set(s->arena, map, p->name, sample(s, p->schema));
    }
}

/* ---- choice ---- */

/* The type a value is made of when the schema allows or says nothing of several. */
static unsigned chosen_type(const fl_schema *schema)
{
    static const unsigned order[] = {FL_JSON_OBJECT, FL_JSON_ARRAY, FL_JSON_STRING, FL_JSON_BINARY, FL_JSON_INTEGER,
                                     FL_JSON_NUMBER, FL_JSON_BOOLEAN, FL_JSON_NULL};
    for (size_t i = 0; i < FL_COUNT(order); i++)
        if (schema->types & order[i])
            return order[i];
    if (schema->properties.count > 0 || schema->additional != NULL)
        return FL_JSON_OBJECT;
    if (schema->items != NULL || schema->has_min_items)
        return FL_JSON_ARRAY;
    if (schema->has_minimum || schema->has_maximum || schema->multiple_of > 0)
        return FL_JSON_INTEGER;
    return FL_JSON_STRING;
}

static const fl_data *shown_value(const sampler *s, const fl_schema *schema)
{
    if (schema->example != NULL && s->salt == 0)
        return schema->example;
    if (schema->enumeration.count > 0) {
        const fl_data *value = schema->enumeration.items[s->salt % schema->enumeration.count];
        if (value->kind == FL_DATA_NULL) /* null says least */
            value = schema->enumeration.items[(s->salt + 1) % schema->enumeration.count];
        return value;
    }
    return schema->default_value != NULL && schema->default_value->kind != FL_DATA_NULL && s->salt == 0 ? schema->default_value : NULL;
}

static fl_data *sample_node(sampler *s, const fl_schema *schema)
{
    const fl_data *shown = shown_value(s, schema);
    if (shown != NULL)
        return fl_data_copy(s->arena, shown);
    if (schema->all_of.count > 0) {
        fl_schema whole = *schema;
        memset(&whole.all_of, 0, sizeof whole.all_of);
        fl_schema *met = fl_schema_meet(s->arena, &whole, schema->all_of.items[0]);
        for (size_t i = 1; i < schema->all_of.count; i++)
            met = fl_schema_meet(s->arena, met, schema->all_of.items[i]);
        return sample(s, met);
    }
    if (schema->any_of.count > 0) {
        fl_schema base = *schema;
        memset(&base.any_of, 0, sizeof base.any_of);
        size_t arm = 0;
        while (arm + 1 < schema->any_of.count && schema->any_of.items[arm]->types == FL_JSON_NULL)
            arm++;
        return sample(s, fl_schema_meet(s->arena, schema->any_of.items[arm], &base));
    }
    switch (chosen_type(schema)) {
    case FL_JSON_OBJECT: {
        fl_data *map = fl_data_map(s->arena);
        sample_properties(s, schema, map);
        return map;
    }
    case FL_JSON_ARRAY: return sample_list(s, schema);
    case FL_JSON_INTEGER: return sample_number(s, schema, true);
    case FL_JSON_NUMBER: return sample_number(s, schema, false);
    case FL_JSON_BOOLEAN: return fl_data_bool(s->arena, s->salt % 2 == 0);
    case FL_JSON_NULL: return fl_data_null(s->arena);
    default: return sample_text(s, schema);
    }
}

static fl_data *sample(sampler *s, const fl_schema *schema)
{
    if (schema == NULL || s->depth >= FL_SCHEMA_DEPTH || s->nodes_left == 0) /* a required cycle has no finite instance */
        return fl_data_null(s->arena);
    s->depth++;
    s->nodes_left--;
    fl_data *made = sample_node(s, schema);
    s->depth--;
    return made;
}

fl_data *fl_schema_sample(fl_arena *arena, const fl_schema *schema, bool all, unsigned salt)
{
    sampler s = {arena, all, salt, 0, MAX_NODES};
    return sample(&s, schema);
}
