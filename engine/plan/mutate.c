/*
 * Conditions → changed requests. Read fl_mutate: it lists the ways to make one condition hold (`ways`) and takes the
 * option-th; then fl_aim, which combines the conditions of a weak spot. Worked example: NOT_TYPE string at query /q gives
 * `q=a&q=b`, then `q[x]=1`.
 */
#include "engine/plan/plan.h"
#include <ctype.h>

/* ---- places ---- */

static fl_data **map_of(fl_case *request, fl_location in)
{
    return in == FL_IN_PATH ? &request->path : in == FL_IN_QUERY ? &request->query : in == FL_IN_HEADER ? &request->header
         : in == FL_IN_COOKIE ? &request->cookie : NULL;
}

static bool is_in_body(const fl_request_pointer *at)
{
    return at->in == FL_IN_BODY || at->in == FL_IN_FILE;
}

/** The pointer with "*" as "0" and, for headers, the name as the request already spells it. */
static fl_str concrete(fl_arena *arena, fl_str pointer)
{
    fl_buf buf;
    fl_buf_init(&buf, 0);
    fl_str rest = pointer.len ? fl_str_sub(pointer, 1, pointer.len) : pointer, part;
    while (fl_str_split(&rest, '/', &part)) {
        fl_buf_add_char(&buf, '/');
        fl_buf_add(&buf, fl_str_eq_c(part, "*") ? FL_S("0") : part);
    }
    fl_str text = fl_str_copy(arena, fl_buf_str(&buf));
    fl_buf_release(&buf);
    return text;
}

static fl_str spelled(const fl_data *headers, fl_str name)
{
    for (const fl_data *each = headers ? headers->first : NULL; each; each = each->next)
        if (fl_str_eq_nocase(each->key, name))
            return each->key;
    return name;
}

static fl_data *root_of(const fl_sampler *s, fl_case *request, const fl_request_pointer *at, fl_str *pointer)
{
    *pointer = concrete(s->arena, at->pointer);
    fl_data **map = map_of(request, at->in);
    if (map == NULL)
        return is_in_body(at) && request->has_body ? request->body : NULL;
    if (*map == NULL)
        *map = fl_data_map(s->arena);
    if (at->in == FL_IN_HEADER && pointer->len != 0) {
        fl_str name = spelled(*map, fl_str_sub(*pointer, 1, pointer->len));
        *pointer = fl_str_format(s->arena, "/" FL_STR_FMT, FL_STR_ARG(name));
    }
    return *map;
}

static const fl_data *get(const fl_sampler *s, fl_case *request, const fl_request_pointer *at)
{
    fl_str pointer;
    const fl_data *root = root_of(s, request, at, &pointer);
    return root && request->raw_body.ptr == NULL ? fl_data_pointer(root, pointer) : NULL;
}

/** Where the pointer speaks of elements there is a list: an empty one when there is nothing yet. */
static void make_lists(const fl_sampler *s, fl_data *root, fl_str pointer)
{
    for (size_t i = 1; i < pointer.len; i++) {
        bool is_element = pointer.ptr[i] == '/' && i + 1 < pointer.len && pointer.ptr[i + 1] == '*' && (i + 2 == pointer.len || pointer.ptr[i + 2] == '/');
        if (!is_element)
            continue;
        fl_str parent = concrete(s->arena, fl_str_sub(pointer, 0, i));
        const fl_data *now = fl_data_pointer(root, parent);
        if (now == NULL || (now->kind != FL_DATA_LIST && now->kind != FL_DATA_MAP))
            (void)fl_data_pointer_set(s->arena, root, parent, fl_data_list(s->arena));
    }
}

bool fl_case_set(const fl_sampler *s, fl_case *request, const fl_request_pointer *at, fl_data *value)
{
    if (is_in_body(at)) {
        const fl_operation *operation = &s->api->operations.items[request->operation];
        if (!request->has_body || request->body == NULL) {
            request->has_body = true;
            request->content_type = operation->body.count ? operation->body.items[0].type : FL_S("application/json");
            request->body = fl_data_map(s->arena);
        }
        request->raw_body = (fl_str){NULL, 0};
        if (at->pointer.len == 0) {
            request->body = value;
            return true;
        }
    }
    fl_str pointer;
    fl_data *root = root_of(s, request, at, &pointer);
    if (root == NULL)
        return false;
    make_lists(s, root, at->pointer);
    if (fl_data_pointer_set(s->arena, root, pointer, value))
        return true;
    /* A scalar stands in the way: replace it from the top. */
    for (size_t i = 1; i < pointer.len; i++)
        if (pointer.ptr[i] == '/') {
            const fl_data *parent = fl_data_pointer(root, fl_str_sub(pointer, 0, i));
            if (parent != NULL && parent->kind != FL_DATA_MAP && parent->kind != FL_DATA_LIST)
                (void)fl_data_pointer_set(s->arena, root, fl_str_sub(pointer, 0, i), fl_data_map(s->arena));
        }
    return fl_data_pointer_set(s->arena, root, pointer, value);
}

static void remove_identity(const fl_sampler *s, fl_case *request)
{
    static const char *const names[] = {"authorization", "x-api-key", "api-key", "x-access-token", "x-auth-token", "token", "cookie"};
    const fl_operation *operation = &s->api->operations.items[request->operation];
    for (size_t i = 0; i < FL_COUNT(names); i++)
        fl_data_remove(request->header, spelled(request->header, fl_str_from(names[i])));
    for (size_t i = 0; i < operation->security.count; i++) {
        fl_str name = operation->security.items[i].name;
        if (name.len == 0)
            continue;
        fl_data_remove(request->header, spelled(request->header, name));
        fl_data_remove(request->query, name);
    }
    request->cookie = fl_data_map(s->arena);
}

bool fl_case_drop(const fl_sampler *s, fl_case *request, const fl_request_pointer *at)
{
    if (at->in == FL_IN_IDENTITY) {
        remove_identity(s, request);
        return true;
    }
    if (is_in_body(at) && at->pointer.len == 0) {
        request->has_body = false;
        request->body = NULL;
        request->raw_body = (fl_str){NULL, 0};
        return true;
    }
    fl_str pointer;
    fl_data *root = root_of(s, request, at, &pointer);
    if (root != NULL)
        fl_data_pointer_remove(root, pointer);
    if (is_in_body(at) && root != NULL && root->count == 0 && fl_str_starts(request->content_type, FL_S("multipart/"))) {
        request->has_body = false; /* a form without parts is no form */
        request->body = NULL;
    }
    return true;
}

/* ---- ways to make a condition hold ---- */

typedef struct way { enum { WAY_KEEP, WAY_SET, WAY_DROP, WAY_RAW, WAY_NO_BODY, WAY_OTHER_PART } kind; fl_data *value; fl_str raw, type; } way;
typedef struct ways { fl_arena *arena; FL_VEC(way) list; } ways;

static void add(ways *w, fl_data *value)
{
    fl_vec_push(w->arena, &w->list, (way){.kind = WAY_SET, .value = value});
}

static void add_text(ways *w, const char *text)
{
    add(w, fl_data_string_c(w->arena, text));
}

static void add_kind(ways *w, int kind)
{
    way one = {.value = NULL};
    one.kind = kind;
    fl_vec_push(w->arena, &w->list, one);
}

static bool is_truthy(const fl_data *value)
{
    if (value == NULL || value->kind == FL_DATA_NULL)
        return false;
    if (value->kind == FL_DATA_BOOL)
        return value->boolean;
    if (value->kind == FL_DATA_STRING)
        return value->text.len != 0;
    return value->kind != FL_DATA_NUMBER || fl_data_num(value, 0) != 0;
}

unsigned fl_plan_type_of(const fl_data *value)
{
    switch (value->kind) {
    case FL_DATA_NULL: return FL_JSON_NULL;
    case FL_DATA_BOOL: return FL_JSON_BOOLEAN;
    case FL_DATA_NUMBER: return fl_str_find_char(value->text, '.') < 0 ? FL_JSON_NUMBER | FL_JSON_INTEGER : FL_JSON_NUMBER;
    case FL_DATA_STRING: return FL_JSON_STRING;
    case FL_DATA_LIST: return FL_JSON_ARRAY;
    case FL_DATA_MAP: break;
    }
    return FL_JSON_OBJECT;
}

/** One value of each type that the place can carry; those in `types` when wanted, else those outside. */
static void add_typed(ways *w, const fl_request_pointer *at, unsigned types, bool wanted)
{
    static const unsigned body_order[] = {FL_JSON_NUMBER | FL_JSON_INTEGER, FL_JSON_OBJECT, FL_JSON_ARRAY, FL_JSON_BOOLEAN, FL_JSON_STRING, FL_JSON_NULL};
    static const unsigned query_order[] = {FL_JSON_ARRAY, FL_JSON_OBJECT, FL_JSON_STRING};
    bool is_body = is_in_body(at);
    size_t count = is_body ? FL_COUNT(body_order) : at->in == FL_IN_QUERY ? FL_COUNT(query_order) : 0;
    for (size_t i = 0; i < count; i++) {
        unsigned type = is_body ? body_order[i] : query_order[i];
        if (((types & type) != 0) != wanted)
            continue;
        fl_data *value;
        if (type & FL_JSON_INTEGER)
            value = fl_data_int(w->arena, 5);
        else if (type == FL_JSON_OBJECT) {
            value = fl_data_map(w->arena);
            if (!is_body)
                fl_data_set_c(w->arena, value, "x", fl_data_string_c(w->arena, "1"));
        } else if (type == FL_JSON_ARRAY) {
            value = fl_data_list(w->arena);
            fl_data_push(value, fl_data_string_c(w->arena, "a"));
            fl_data_push(value, fl_data_string_c(w->arena, "b"));
        } else if (type == FL_JSON_BOOLEAN)
            value = fl_data_bool(w->arena, true);
        else if (type == FL_JSON_STRING)
            value = fl_data_string_c(w->arena, "sample");
        else
            value = fl_data_null(w->arena);
        add(w, value);
    }
    if (count == 0 && (types & FL_JSON_STRING) && wanted)
        add_text(w, "sample");
}

static void add_number(ways *w, double number)
{
    if (number == (double)(int64_t)number)
        add(w, fl_data_int(w->arena, (int64_t)number));
    else
        add(w, fl_data_double(w->arena, number));
}

static const struct { const char *parser, *texts[5]; } malformed[] = {
    {"json", {"{", "[1,", "undefined", "'", NULL}},
    {"uri", {"%E0%A4%A", "%", "%zz", NULL}},
    {"url", {"not a url", "http://", "//", NULL}},
    {"regex", {"(", "[", "*", "\\", NULL}},
    {"integer", {"x", "1.5", "1n", NULL}},
    {"number", {"x", "1,5", NULL}},
    {"digits", {"99999999999999999999", NULL}},
    {"date", {"not-a-date", "9999-99-99", NULL}},
    {"id", {"!!", "not-an-id", "0", "latest", NULL}},
    {"uuid", {"not-a-uuid", NULL}},
    {"base64", {"!!", NULL}},
    {"jwt", {"not.a.token", "x", NULL}},
};

static void add_malformed(ways *w, const fl_request_pointer *at, fl_str parser)
{
    for (size_t i = 0; i < FL_COUNT(malformed); i++) {
        if (!fl_str_eq_c(parser, malformed[i].parser))
            continue;
        for (const char *const *text = malformed[i].texts; *text; text++) {
            if (is_in_body(at) && at->pointer.len == 0)
                fl_vec_push(w->arena, &w->list, (way){.kind = WAY_RAW, .raw = fl_str_from(*text)});
            else
                add_text(w, *text);
        }
        return;
    }
    add_text(w, "!!");
}

/** An identifier of the same form that nobody has: digits become 9, letters of a hexadecimal one f. */
static void add_fresh(ways *w, const fl_data *now)
{
    if (now != NULL && now->kind == FL_DATA_NUMBER) {
        add(w, fl_data_int(w->arena, 999999999));
        add(w, fl_data_int(w->arena, 0));
        add_text(w, "no-such-id");
        return;
    }
    fl_str text = now && now->kind == FL_DATA_STRING ? now->text : (fl_str){NULL, 0};
    int64_t number;
    if (fl_str_to_int(text, &number)) {
        add_text(w, "999999999");
    } else if (text.len != 0) {
        size_t digits = 0, hex = 0;
        for (size_t i = 0; i < text.len; i++) {
            digits += isdigit((unsigned char)text.ptr[i]) != 0;
            hex += isxdigit((unsigned char)text.ptr[i]) != 0 || text.ptr[i] == '-';
        }
        if (digits != 0) {
            char *copy = fl_str_c(w->arena, text);
            for (size_t i = 0; i < text.len; i++) {
                if (isdigit((unsigned char)copy[i]))
                    copy[i] = '9';
                else if (hex == text.len && copy[i] != '-')
                    copy[i] = 'f';
            }
            if (fl_str_eq((fl_str){copy, text.len}, text))
                copy[text.len - 1] = '0';
            add(w, fl_data_string(w->arena, (fl_str){copy, text.len}));
        } else {
            add(w, fl_data_string(w->arena, fl_str_format(w->arena, FL_STR_FMT "-none", FL_STR_ARG(text))));
        }
    }
    add_text(w, "no-such-id");
    add_text(w, "999999999");
    add_text(w, "00000000-0000-4000-8000-000000000000");
    add_text(w, "ffffffffffffffffffffffff");
}

enum { FAR_BEYOND = 4096 };

static void add_length(const fl_sampler *s, ways *w, const fl_schema *schema, const fl_data *now, int64_t length)
{
    length = length < 0 ? 0 : length > 70000 ? 70000 : length;
    bool is_list = now != NULL ? now->kind == FL_DATA_LIST : schema != NULL && (schema->items != NULL || schema->types == FL_JSON_ARRAY);
    if (is_list) {
        const fl_strategy all = {.all = true};
        const fl_schema *items = schema ? schema->items : NULL;
        const fl_data *each = now && now->first ? now->first : items ? fl_sample_value(s, items, (fl_str){NULL, 0}, &all) : fl_data_int(w->arena, 1);
        fl_data *list = fl_data_list(w->arena);
        for (int64_t i = 0; i < length && i < 5000; i++)
            fl_data_push(list, fl_data_copy(w->arena, each));
        add(w, list);
        return;
    }
    fl_buf buf;
    fl_buf_init(&buf, 0);
    fl_buf_add_repeat(&buf, 'a', (size_t)length);
    add(w, fl_data_string(w->arena, fl_buf_str(&buf)));
    fl_buf_release(&buf);
}

static void add_different(ways *w, const fl_schema *schema, const fl_data *value)
{
    for (size_t i = 0; schema && i < schema->enumeration.count; i++)
        if (!fl_data_eq(schema->enumeration.items[i], value))
            add(w, fl_data_copy(w->arena, schema->enumeration.items[i]));
    if (value != NULL && value->kind == FL_DATA_BOOL)
        add(w, fl_data_bool(w->arena, !value->boolean));
    else if (value != NULL && value->kind == FL_DATA_NUMBER)
        add_number(w, fl_data_num(value, 0) + 1);
    else
        add_text(w, value == NULL || !fl_str_eq_c(value->text, "other") ? "other" : "another");
}

static void add_present(const fl_sampler *s, ways *w, const fl_schema *schema, const fl_request_pointer *at, bool must_be_truthy)
{
    fl_str name = fl_str_sub(at->pointer, (size_t)(fl_str_rfind_char(at->pointer, '/') + 1), at->pointer.len);
    for (unsigned salt = 0; salt < 2; salt++) {
        const fl_strategy strategy = {.all = true, .use_mined = salt == 0, .salt = salt};
        fl_data *value = fl_sample_value(s, schema, name, &strategy);
        if (!must_be_truthy || is_truthy(value))
            add(w, value);
    }
    if (schema == NULL || !(schema->types & FL_JSON_STRING))
        add(w, fl_data_int(w->arena, 1));
}

static void list_ways(const fl_sampler *s, fl_case *request, const fl_condition *c, ways *w)
{
    const fl_request_pointer *at = &c->at;
    const fl_operation *operation = &s->api->operations.items[request->operation];
    const fl_schema *schema = fl_schema_at(operation, at);
    const fl_data *now = get(s, request, at);
    fl_data *resolved = NULL;
    if (now != NULL && fl_references_resolve(s->arena, now, s->resolve, s->resolve_context, &resolved))
        now = resolved;
    double bound = fl_data_num(c->value, 0);
    bool is_body = is_in_body(at);
    if (at->in == FL_IN_NOWHERE) {
        add_kind(w, WAY_KEEP);
        return;
    }
    switch (c->kind) {
    case FL_COND_PRESENT:
    case FL_COND_TRUTHY:
        if (at->in == FL_IN_IDENTITY || (c->kind == FL_COND_PRESENT ? now != NULL && now->kind != FL_DATA_NULL : is_truthy(now)))
            add_kind(w, WAY_KEEP);
        else
            add_present(s, w, schema, at, c->kind == FL_COND_TRUTHY);
        break;
    case FL_COND_ABSENT:
        add_kind(w, WAY_DROP);
        if (is_body && at->pointer.len != 0)
            add_kind(w, fl_str_starts(request->content_type, FL_S("multipart/")) ? WAY_OTHER_PART : WAY_NO_BODY);
        break;
    case FL_COND_NULL:
        if (is_body)
            add(w, fl_data_null(w->arena));
        add_kind(w, WAY_DROP);
        break;
    case FL_COND_FALSY:
        if (!is_body && schema && schema->types & FL_JSON_BOOLEAN)
            add_text(w, "false");
        if (!is_body && schema && schema->types & (FL_JSON_INTEGER | FL_JSON_NUMBER))
            add_text(w, "0");
        add_kind(w, WAY_DROP);
        add_text(w, "");
        if (is_body) {
            add(w, fl_data_int(w->arena, 0));
            add(w, fl_data_bool(w->arena, false));
            add(w, fl_data_null(w->arena));
        }
        break;
    case FL_COND_EQUALS:
        if (c->value != NULL)
            add(w, fl_data_copy(w->arena, c->value));
        break;
    case FL_COND_DIFFERS:
        if (now != NULL && !fl_data_eq(now, c->value))
            add_kind(w, WAY_KEEP);
        add_different(w, schema, c->value);
        break;
    case FL_COND_TYPE:
        if (now != NULL && (fl_plan_type_of(now) & c->types))
            add_kind(w, WAY_KEEP);
        else if (schema != NULL && (schema->types & c->types)) {
            fl_schema one = *schema;
            const fl_strategy strategy = {.all = true};
            one.types &= c->types;
            add(w, fl_sample_value(s, &one, (fl_str){NULL, 0}, &strategy));
        }
        add_typed(w, at, c->types, true);
        break;
    case FL_COND_NOT_TYPE:
        add_typed(w, at, c->types, false);
        break;
    case FL_COND_LESS:
        add_number(w, bound - 1);
        add_number(w, bound - 1000000);
        break;
    case FL_COND_AT_MOST:
        add_number(w, bound);
        add_number(w, bound - 1);
        break;
    case FL_COND_GREATER:
        add_number(w, bound + 1);
        add_number(w, bound + 1000000000);
        break;
    case FL_COND_AT_LEAST:
        add_number(w, bound);
        add_number(w, bound + 1);
        break;
    case FL_COND_MATCHES: {
        fl_schema pattern = {.types = FL_JSON_STRING, .pattern = fl_data_str(c->value, FL_S(""))};
        add(w, fl_schema_sample(s->arena, &pattern, false, 0));
        break;
    }
    case FL_COND_NOT_FOUND:
        add_fresh(w, now);
        break;
    case FL_COND_LENGTH_AT_LEAST:
        add_length(s, w, schema, now, (int64_t)bound);
        if (bound > 1 && !(now && now->kind == FL_DATA_LIST))        /* one too many may harm only a neighbour in the same record */
            add_length(s, w, schema, now, (int64_t)bound + FAR_BEYOND);
        break;
    case FL_COND_LENGTH_AT_MOST:
        add_length(s, w, schema, now, 0);
        add_length(s, w, schema, now, (int64_t)bound);
        break;
    case FL_COND_MALFORMED:
        add_malformed(w, at, fl_data_str(c->value, FL_S("id")));
        break;
    case FL_COND_NO_BODY:
        add_kind(w, WAY_NO_BODY);
        fl_vec_push(w->arena, &w->list, (way){.kind = WAY_RAW, .raw = FL_S("sample"), .type = FL_S("text/plain")});
        break;
    }
}

bool fl_mutate(const fl_sampler *s, fl_case *request, const fl_condition *condition, unsigned option)
{
    ways w = {.arena = s->arena};
    list_ways(s, request, condition, &w);
    if (option >= w.list.count)
        return false;
    const way *one = &w.list.items[option];
    switch (one->kind) {
    case WAY_KEEP:
        return true;
    case WAY_DROP:
        return fl_case_drop(s, request, &condition->at);
    case WAY_SET:
        if (condition->at.in == FL_IN_IDENTITY) {
            fl_data_set(s->arena, request->header, spelled(request->header, FL_S("authorization")), fl_data_string_c(s->arena, "Bearer no-such-token"));
            return true;
        }
        return fl_case_set(s, request, &condition->at, one->value);
    case WAY_RAW:
        request->has_body = true;
        request->raw_body = one->raw;
        if (one->type.len != 0)
            request->content_type = one->type;
        return true;
    case WAY_OTHER_PART:
        request->has_body = true;
        request->body = fl_data_map(s->arena);
        fl_data_set_c(s->arena, request->body, "other", fl_data_string_c(s->arena, "1"));
        return true;
    case WAY_NO_BODY:
        break;
    }
    request->has_body = false;
    request->body = NULL;
    request->raw_body = (fl_str){NULL, 0};
    return true;
}

/* ---- weak spots ---- */

/** Conditions that the trigger may have undone: same place. */
static bool still_holds(const fl_sampler *s, fl_case *request, const fl_condition *c)
{
    if (c->at.in == FL_IN_IDENTITY || c->at.in == FL_IN_NOWHERE)
        return true;
    const fl_data *now = get(s, request, &c->at);
    switch (c->kind) {
    case FL_COND_PRESENT:
        return now != NULL;
    case FL_COND_TRUTHY:
        return is_truthy(now);
    case FL_COND_FALSY:
        return !is_truthy(now);
    case FL_COND_TYPE:
        return now != NULL && (fl_plan_type_of(now) & c->types) != 0;
    case FL_COND_EQUALS:
        return now != NULL && fl_data_eq(now, c->value);
    case FL_COND_DIFFERS:
        return now == NULL || !fl_data_eq(now, c->value);
    default:
        return true;
    }
}

static bool same_place(const fl_request_pointer *a, const fl_request_pointer *b)
{
    return a->in == b->in && fl_str_eq(a->pointer, b->pointer);
}

bool fl_aim(const fl_sampler *s, const fl_case *from, const fl_weak_spot *spot, unsigned variant, fl_case *out)
{
    size_t count = spot->conditions.count;
    if (count == 0) {
        *out = fl_case_copy(s->arena, from);
        return variant == 0;
    }
    const fl_condition *conditions = spot->conditions.items, *trigger = &conditions[count - 1];
    for (unsigned other = 0; other < 4; other++) {
        for (unsigned option = 0; option < FL_VARIANTS; option++) {
            *out = fl_case_copy(s->arena, from);
            bool is_good = true, has_other = other == 0;
            for (size_t i = 0; i + 1 < count && is_good; i++) {
                bool has_option = other != 0 && fl_mutate(s, out, &conditions[i], other);
                has_other = has_other || has_option;
                is_good = has_option || fl_mutate(s, out, &conditions[i], 0);
            }
            if (!has_other)
                return false;
            if (!is_good)
                break; /* with the next ways of the others */
            if (!fl_mutate(s, out, trigger, option))
                break;
            for (size_t i = 0; i + 1 < count && is_good; i++)
                is_good = !same_place(&conditions[i].at, &trigger->at) || still_holds(s, out, &conditions[i]);
            if (is_good && variant-- == 0)
                return true;
        }
    }
    return false;
}
