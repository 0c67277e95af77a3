/*
 * What a refusal says: "status must be one of pending, paid", "items must be a non-empty array", "email is required".
 * Read fl_sample_learn: each word that names a field of the request is followed by what it should be.
 */
#include "engine/plan/plan.h"
#include <string.h>

enum { WORD_LIMIT = 80, CHANGE_LIMIT = 6 };

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '$';
}

static bool says(fl_str text, const char *word)
{
    return fl_str_find(text, fl_str_from(word)) >= 0;
}

static bool number_after(fl_str text, const char *word, int64_t *number)
{
    ptrdiff_t at = fl_str_find(text, fl_str_from(word));
    if (at < 0)
        return false;
    size_t from = (size_t)at + strlen(word);
    while (from < text.len && (text.ptr[from] < '0' || text.ptr[from] > '9') && from < (size_t)at + strlen(word) + 12)
        from++;
    size_t end = from;
    while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9')
        end++;
    return end > from && fl_str_to_int(fl_str_sub(text, from, end), number);
}

/** The first item of "one of a, b" in the original text. */
static fl_str first_listed(fl_str text, size_t from)
{
    while (from < text.len && !is_word_char(text.ptr[from]))
        from++;
    size_t end = from;
    while (end < text.len && is_word_char(text.ptr[end]))
        end++;
    while (end > from && text.ptr[end - 1] == '.')
        end--;
    return fl_str_sub(text, from, end);
}

static fl_data *wanted(const fl_sampler *s, fl_str text, fl_str name, const fl_schema *schema, const fl_data *now)
{
    fl_arena *a = s->arena;
    fl_str low = fl_str_lower(a, text);
    int64_t n;
    ptrdiff_t next = fl_str_find(low, FL_S("},"));
    if (next > 0)
        low = fl_str_sub(low, 0, (size_t)next);
    ptrdiff_t list = fl_str_find(low, FL_S("one of"));
    if (list >= 0) {
        fl_str item = first_listed(text, (size_t)list + 6);
        if (item.len != 0)
            return fl_data_string(a, item);
    }
    if (says(low, "number") || says(low, "integer") || says(low, "numeric") || says(low, "between")) {
        if (number_after(low, "between", &n) || number_after(low, "at least", &n) || number_after(low, " from", &n) ||
            number_after(low, ">=", &n))
            return fl_data_int(a, n);
        if (number_after(low, "greater than", &n) || number_after(low, "more than", &n) || number_after(low, "above", &n))
            return fl_data_int(a, n + 1);
        return fl_data_int(a, 1);
    }
    if (says(low, "character") || says(low, "long")) {
        if (number_after(low, "at least", &n) || number_after(low, ">=", &n) || number_after(low, "minimum", &n) || number_after(low, "than", &n)) {
            char text_of[65];
            size_t len = n < 0 ? 0 : n + 1 > 64 ? 64 : (size_t)n + 1;
            for (size_t i = 0; i < len; i++)
                text_of[i] = "Passw0rd!x"[i % 10];
            return fl_data_string(a, (fl_str){text_of, len});
        }
    }
    if (says(low, "array") || says(low, "list")) {
        fl_data *items = fl_data_list(a);
        const fl_strategy all = {.all = true};
        if (schema != NULL && schema->items != NULL)
            fl_data_push(items, fl_sample_value(s, schema->items, (fl_str){NULL, 0}, &all));
        return items;
    }
    if (says(low, "object"))
        return fl_data_map(a);
    if (says(low, "boolean"))
        return fl_data_bool(a, true);
    if (says(low, "email"))
        return fl_data_string(a, FL_S("user@example.com"));
    if (says(low, "uuid"))
        return fl_data_string(a, FL_S("00000000-0000-4000-8000-000000000001"));
    if (says(low, "url") || says(low, "uri"))
        return fl_data_string(a, FL_S("https://example.com/"));
    if (says(low, "date"))
        return fl_data_string(a, FL_S("2025-01-15"));
    if (now == NULL || says(low, "required") || says(low, "string")) {
        const fl_strategy mined = {.all = true, .use_mined = true};
        return fl_sample_value(s, schema, name, &mined);
    }
    return NULL;
}

/** Where a field of that name (dotted for nested ones) stands in the schema of the body: its pointer, or empty. */
static fl_str find_field(fl_arena *arena, const fl_schema *schema, fl_str name, fl_str pointer, unsigned depth)
{
    if (schema == NULL || depth > 4)
        return (fl_str){NULL, 0};
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        fl_str at = fl_str_format(arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(pointer), FL_STR_ARG(p->name));
        if (fl_str_eq(p->name, name))
            return at;
        if (name.len > p->name.len && fl_str_starts(name, p->name) && name.ptr[p->name.len] == '.')
            return fl_str_format(arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(at), FL_STR_ARG(fl_str_sub(name, p->name.len + 1, name.len)));
        fl_str inner = find_field(arena, p->schema, name, at, depth + 1);
        if (inner.len != 0)
            return inner;
    }
    return (fl_str){NULL, 0};
}

static bool learn_parameter(const fl_sampler *s, fl_case *request, const fl_operation *operation, fl_str word, fl_str rest)
{
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        fl_data *map = p->in == FL_IN_QUERY ? request->query : p->in == FL_IN_HEADER ? request->header : p->in == FL_IN_COOKIE ? request->cookie : NULL;
        if (map == NULL || !fl_str_eq_nocase(p->name, word))
            continue;
        const fl_data *now = fl_data_get(map, p->name);
        fl_data *value = wanted(s, rest, p->name, p->schema, now);
        if (value == NULL || (now != NULL && fl_data_eq(now, value)))
            return false;
        fl_data_set(s->arena, map, p->name, value);
        return true;
    }
    return false;
}

/** "name" or "contact.email" as a text of its own, or a word at once followed by what is asked of it. */
static bool is_field_name(fl_str answer, size_t start, size_t end)
{
    static const char *const claims[] = {" is required", " must be", " is missing", " should be", " cannot be", " can't be"};
    bool is_quoted = start > 0 && (answer.ptr[start - 1] == '"' || answer.ptr[start - 1] == '\'' || answer.ptr[start - 1] == '`');
    char after = end < answer.len ? answer.ptr[end] : ' ';
    bool is_key = after == '"' && end + 1 < answer.len && answer.ptr[end + 1] == ':';
    if (is_quoted && !is_key && (after == '"' || after == '\'' || after == '`' || after == '\\'))
        return true;
    for (size_t i = 0; i < FL_COUNT(claims); i++)
        if (fl_str_starts(fl_str_sub(answer, end, answer.len), fl_str_from(claims[i])))
            return true;
    return false;
}

/** "contact.email" → "/contact/email". */
static fl_str pointer_of(fl_arena *arena, fl_str name)
{
    char *text = fl_arena_alloc(arena, name.len + 2);
    text[0] = '/';
    for (size_t i = 0; i < name.len; i++)
        text[i + 1] = name.ptr[i] == '.' ? '/' : name.ptr[i];
    return (fl_str){text, name.len + 1};
}

static bool learn_field(const fl_sampler *s, fl_case *request, const fl_operation *operation, fl_str word, fl_str rest, bool is_name)
{
    if (!request->has_body || request->body == NULL || request->body->kind != FL_DATA_MAP)
        return false;
    fl_request_pointer at = {FL_IN_BODY, {NULL, 0}};
    const fl_schema *schema = operation->body.count ? operation->body.items[0].schema : NULL;
    at.pointer = find_field(s->arena, schema, word, (fl_str){NULL, 0}, 0);
    if (at.pointer.len == 0) {
        static const char *const claims[] = {"required", "must", "missing", "expected", "invalid", "should", "empty"};
        fl_str low = fl_str_lower(s->arena, fl_str_sub(rest, 0, 80));
        bool is_claim = false;
        for (size_t i = 0; i < FL_COUNT(claims); i++)
            is_claim = is_claim || says(low, claims[i]);
        if (!is_name || !is_claim || word.len < 2)
            return false;
        at.pointer = pointer_of(s->arena, word);
    }
    const fl_data *now = fl_data_pointer(request->body, at.pointer);
    fl_str name = fl_str_sub(at.pointer, (size_t)fl_str_rfind_char(at.pointer, '/') + 1, at.pointer.len);
    fl_data *value = wanted(s, rest, name, fl_schema_at(operation, &at), now);
    if (value == NULL || (now != NULL && fl_data_eq(now, value)))
        return false;
    return fl_data_pointer_set(s->arena, request->body, at.pointer, value);
}

/** "user@example.com" → "user3@example.com", "AB-1" → "AB-1-3"; enumerated values stay. */
static bool freshen(const fl_sampler *s, const fl_operation *operation, fl_data *value, fl_str pointer, unsigned salt, unsigned depth)
{
    bool has_changed = false;
    for (fl_data *each = depth < 6 ? value->first : NULL; each; each = each->next) {
        fl_str at = fl_str_format(s->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(pointer), FL_STR_ARG(each->key));
        if (each->kind == FL_DATA_MAP) {
            has_changed = freshen(s, operation, each, at, salt, depth + 1) || has_changed;
            continue;
        }
        const fl_request_pointer place = {FL_IN_BODY, at};
        const fl_schema *schema = fl_schema_at(operation, &place);
        bool is_name = fl_name_is_identifier(each->key) || fl_name_contains(each->key, "name") || fl_name_contains(each->key, "title") ||
                       fl_name_contains(each->key, "email") || fl_name_contains(each->key, "login");
        if (each->kind != FL_DATA_STRING || !is_name || each->text.len == 0 || (schema && schema->enumeration.count != 0))
            continue;
        ptrdiff_t mail = fl_str_find_char(each->text, '@');
        fl_str front = mail > 0 ? fl_str_sub(each->text, 0, (size_t)mail) : each->text;
        fl_str back = mail > 0 ? fl_str_sub(each->text, (size_t)mail, each->text.len) : (fl_str){NULL, 0};
        if (fl_str_find(front, FL_S("{{")) >= 0)
            front = FL_S("fresh");
        each->text = fl_str_format(s->arena, FL_STR_FMT "%s%u" FL_STR_FMT, FL_STR_ARG(front), mail > 0 ? "" : "-", salt, FL_STR_ARG(back));
        has_changed = true;
    }
    return has_changed;
}

bool fl_sample_freshen(const fl_sampler *s, fl_case *request, unsigned salt)
{
    return request->has_body && request->body != NULL && request->body->kind == FL_DATA_MAP &&
           freshen(s, &s->api->operations.items[request->operation], request->body, (fl_str){NULL, 0}, salt, 0);
}

bool fl_sample_learn(const fl_sampler *s, fl_case *request, fl_str answer)
{
    const fl_operation *operation = &s->api->operations.items[request->operation];
    unsigned changes = 0, words = 0;
    answer = fl_str_sub(answer, 0, 4000);
    for (size_t i = 0; i < answer.len && words < WORD_LIMIT && changes < CHANGE_LIMIT; i++) {
        if (!is_word_char(answer.ptr[i]) || (i > 0 && is_word_char(answer.ptr[i - 1])))
            continue;
        size_t end = i;
        while (end < answer.len && is_word_char(answer.ptr[end]))
            end++;
        words++;
        bool is_name = is_field_name(answer, i, end);
        fl_str word = fl_str_sub(answer, i, end);
        while (word.len != 0 && word.ptr[word.len - 1] == '.')
            word.len--;
        /* What is said of it: up to the next sentence or field. */
        size_t stop = end;
        while (stop < answer.len && stop < end + 140 && answer.ptr[stop] != ';' && answer.ptr[stop] != '{' && answer.ptr[stop] != '}')
            stop++;
        fl_str rest = fl_str_sub(answer, end, stop);
        if (learn_parameter(s, request, operation, word, rest) || learn_field(s, request, operation, word, rest, is_name))
            changes++;
        i = end;
    }
    return changes != 0;
}
