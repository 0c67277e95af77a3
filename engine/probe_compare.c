/* What probes compare: objects of answers, leaving out what no client decides and spellings of the same. */
#include "engine/probe.h"
#include <ctype.h>
#include <math.h>

const fl_data *fl_probe_object(const fl_data *json)
{
    if (json == NULL || json->kind != FL_DATA_MAP)
        return NULL;
    return json->count == 1 && json->first->kind == FL_DATA_MAP ? json->first : fl_data_get_c(json, "data") && fl_data_get_c(json, "data")->kind == FL_DATA_MAP ? fl_data_get_c(json, "data") : json;
}

const fl_data *fl_probe_items(const fl_data *json)
{
    if (json == NULL || json->kind == FL_DATA_LIST)
        return json;
    for (const fl_data *member = json->kind == FL_DATA_MAP ? json->first : NULL; member; member = member->next)
        if (member->kind == FL_DATA_LIST && (member->first == NULL || member->first->kind == FL_DATA_MAP))
            return member;
    return NULL;
}

const fl_data *fl_probe_identifier(const fl_data *object)
{
    const fl_data *id = fl_data_get_c(object, "id");
    for (const fl_data *member = object && object->kind == FL_DATA_MAP && id == NULL ? object->first : NULL; member && id == NULL; member = member->next)
        if (fl_name_is_identifier(member->key) && (member->kind == FL_DATA_STRING || member->kind == FL_DATA_NUMBER))
            id = member;
    return id;
}

bool fl_probe_lists(const fl_data *items, const fl_data *object)
{
    const fl_data *id = fl_probe_identifier(object);
    for (const fl_data *item = items && id ? items->first : NULL; item; item = item->next)
        if (fl_data_eq(fl_data_get(item, id->key), id))
            return true;
    return false;
}

/** Blanks at the ends, letter case and what stands behind a date are no difference. */
static bool is_same_text(fl_str a, fl_str b)
{
    a = fl_str_trim(a);
    b = fl_str_trim(b);
    bool is_date = a.len >= 10 && b.len >= 10 && isdigit((unsigned char)a.ptr[0]) && a.ptr[4] == '-' && a.ptr[7] == '-';
    return fl_str_eq_nocase(a, b) || (is_date && fl_str_eq(fl_str_sub(a, 0, 10), fl_str_sub(b, 0, 10)));
}

static bool is_same(const fl_data *a, const fl_data *b)
{
    if (a->kind == FL_DATA_NUMBER || b->kind == FL_DATA_NUMBER) {
        double x, y;
        bool are_numbers = fl_str_to_double(fl_data_str(a, FL_S("")), &x) && fl_str_to_double(fl_data_str(b, FL_S("")), &y);
        return are_numbers && fabs(x - y) <= 1e-9 * (1 + fabs(x));
    }
    if (a->kind == FL_DATA_STRING && b->kind == FL_DATA_STRING)
        return is_same_text(a->text, b->text);
    return a->kind == b->kind ? fl_data_eq(a, b) : true; /* another form of it: nobody can tell */
}

static bool is_scalar(const fl_data *value)
{
    return value->kind == FL_DATA_STRING || value->kind == FL_DATA_NUMBER || value->kind == FL_DATA_BOOL;
}

static fl_str words(fl_arena *arena, const fl_data *a, const fl_data *b, const char *form)
{
    fl_buf x, y;
    fl_buf_init(&x, 0);
    fl_buf_init(&y, 0);
    fl_json_write(&x, a, false);
    fl_json_write(&y, b, false);
    fl_str text = fl_str_format(arena, "/" FL_STR_FMT ": %.60s %s %.60s", FL_STR_ARG(a->key), fl_str_c(arena, fl_buf_str(&x)), form, fl_str_c(arena, fl_buf_str(&y)));
    fl_buf_release(&x);
    fl_buf_release(&y);
    return text;
}

fl_str fl_probe_difference(fl_arena *arena, const fl_data *sent, const fl_data *read)
{
    for (const fl_data *field = sent && read && sent->kind == FL_DATA_MAP ? sent->first : NULL; field; field = field->next) {
        const fl_data *now = fl_data_get(read, field->key);
        bool is_secret = fl_name_contains(field->key, "password") || fl_name_contains(field->key, "secret") || fl_name_contains(field->key, "token");
        bool is_reference = field->kind == FL_DATA_STRING && fl_str_find(field->text, FL_S("{{")) >= 0;
        if (now == NULL || is_secret || is_reference || !is_scalar(field) || (!is_scalar(now) && now->kind != FL_DATA_NULL))
            continue;
        if (now->kind == FL_DATA_NULL || !is_same(field, now))
            return words(arena, field, now, "was sent, there is");
    }
    return (fl_str){0};
}

static bool is_volatile(fl_str name)
{
    static const char *const parts[] = {"update", "modif", "version", "revision", "etag", "time", "date", "token", "last", "expire", "age", "nonce", "signature", "view", "hits", "url"};
    for (size_t i = 0; i < FL_COUNT(parts); i++)
        if (fl_name_contains(name, parts[i]))
            return true;
    return fl_str_ends(name, FL_S("At")) || fl_str_ends(name, FL_S("_at"));
}

fl_str fl_probe_change(fl_arena *arena, const fl_data *before, const fl_data *after, const fl_data *except)
{
    for (const fl_data *field = before && after && before->kind == FL_DATA_MAP ? before->first : NULL; field; field = field->next) {
        const fl_data *now = fl_data_get(after, field->key);
        if (now == NULL || is_volatile(field->key) || fl_data_get(except, field->key) != NULL)
            continue;
        if (field->kind != now->kind || !fl_data_eq(field, now))
            return words(arena, field, now, "became");
    }
    return (fl_str){0};
}
