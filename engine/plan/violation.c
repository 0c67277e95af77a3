/*
 * Does a value fit its schema, a request its operation? Read fl_schema_violation, then fl_request_violation. What nobody can tell
 * (a form that was not said, a parameter that was sent twice) fits.
 */
#include "engine/plan/plan.h"
#include "base/pattern.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

enum { DEPTH_LIMIT = 24, SHOWN_BYTES = 40 };

typedef struct judge { fl_arena *arena; bool is_request; bool *is_sure; } judge;

static fl_str violation(const judge *j, const fl_schema *schema, const fl_data *value, fl_str at, unsigned depth);

/* ---- words ---- */

static fl_str shown(fl_arena *arena, const fl_data *value)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_json_write(&out, value, false);
    fl_str text = fl_buf_str(&out);
    size_t len = text.len < SHOWN_BYTES ? text.len : SHOWN_BYTES;
    while (len > 0 && len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len--;
    text = fl_str_format(arena, FL_STR_FMT "%s", (int)len, text.ptr, len < text.len ? "…" : "");
    fl_buf_release(&out);
    return text;
}

static fl_str says(const judge *j, fl_str at, const fl_data *value, const char *what)
{
    return fl_str_format(j->arena, FL_STR_FMT "%s" FL_STR_FMT " %s", FL_STR_ARG(at), at.len ? ": " : "", FL_STR_ARG(shown(j->arena, value)), what);
}

static const char *type_words(fl_arena *arena, unsigned types)
{
    fl_str words = {0};
    for (size_t i = 0; i < FL_JSON_TYPE_COUNT; i++)
        if (types & fl_json_type_names[i].type)
            words = words.len ? fl_str_format(arena, FL_STR_FMT " or %s", FL_STR_ARG(words), fl_json_type_names[i].text) : fl_str_from(fl_json_type_names[i].text);
    return fl_str_c(arena, words);
}

/* ---- types and limits ---- */

static unsigned type_of(const fl_data *value)
{
    switch (value->kind) {
    case FL_DATA_NULL: return FL_JSON_NULL;
    case FL_DATA_BOOL: return FL_JSON_BOOLEAN;
    case FL_DATA_STRING: return FL_JSON_STRING | FL_JSON_BINARY;
    case FL_DATA_LIST: return FL_JSON_ARRAY;
    case FL_DATA_MAP: return FL_JSON_OBJECT;
    case FL_DATA_NUMBER: break;
    }
    double number = fl_data_num(value, 0);
    return isfinite(number) && number != floor(number) ? FL_JSON_NUMBER : FL_JSON_NUMBER | FL_JSON_INTEGER;
}

static bool is_digits(fl_str text, const char *form)
{
    for (size_t i = 0; form[i]; i++) {
        if (i >= text.len)
            return false;
        bool fits = form[i] == '0' ? isdigit((unsigned char)text.ptr[i]) : form[i] == 'T' ? strchr("Tt ", text.ptr[i]) != NULL && text.ptr[i] : text.ptr[i] == form[i];
        if (!fits)
            return false;
    }
    return true;
}

static bool is_date(fl_str text)
{
    int64_t month = 0, day = 0;
    return is_digits(text, "0000-00-00") && fl_str_to_int(fl_str_sub(text, 5, 7), &month) && fl_str_to_int(fl_str_sub(text, 8, 10), &day) &&
           month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool is_uuid(fl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash ? text.ptr[i] != '-' : !isxdigit((unsigned char)text.ptr[i]))
            return false;
    }
    return text.len == 36;
}

/** Only forms of which there are no two opinions. */
static bool has_format(fl_str text, fl_str format)
{
    if (fl_str_eq_c(format, "date"))
        return text.len == 10 && is_date(text);
    if (fl_str_eq_c(format, "date-time"))
        return is_date(text) && is_digits(text, "0000-00-00T00:00");
    if (fl_str_eq_c(format, "uuid"))
        return is_uuid(text);
    if (fl_str_eq_c(format, "email"))
        return fl_str_find_char(text, '@') > 0 && text.ptr[text.len - 1] != '@' && fl_str_find_char(text, ' ') < 0;
    return true;
}

static int64_t characters(fl_str text)
{
    int64_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

static fl_str violation_of_text(const judge *j, const fl_schema *schema, const fl_data *value, fl_str at)
{
    int64_t len = characters(value->text);
    if (schema->has_min_length && len < schema->min_length)
        return says(j, at, value, "is too short");
    if (schema->has_max_length && len > schema->max_length)
        return says(j, at, value, "is too long");
    if (schema->format.len && !has_format(value->text, schema->format))
        return says(j, at, value, fl_str_c(j->arena, fl_str_format(j->arena, "is no %.*s", FL_STR_ARG(schema->format))));
    fl_pattern *pattern;
    if (schema->pattern.len == 0 || fl_pattern_new(&pattern, schema->pattern, NULL) != FL_OK)
        return (fl_str){0};
    bool is_match = fl_pattern_matches(pattern, value->text);
    fl_pattern_free(pattern);
    return is_match ? (fl_str){0} : says(j, at, value, "does not match the pattern");
}

static fl_str violation_of_number(const judge *j, const fl_schema *schema, const fl_data *value, fl_str at)
{
    double number = fl_data_num(value, 0);
    if (schema->has_minimum && (number < schema->minimum || (schema->minimum_is_exclusive && number <= schema->minimum)))
        return says(j, at, value, "is too small");
    if (schema->has_maximum && (number > schema->maximum || (schema->maximum_is_exclusive && number >= schema->maximum)))
        return says(j, at, value, "is too large");
    double quotient = schema->multiple_of > 0 ? number / schema->multiple_of : 0;
    if (fabs(quotient - round(quotient)) > 1e-9 && fabs(number) < 1e12)
        return says(j, at, value, "is no multiple of what is said");
    return (fl_str){0};
}

/* ---- structures ---- */

static const fl_property *property_of(const fl_schema *schema, fl_str name, unsigned depth)
{
    const fl_property *found = fl_schema_property(schema, name);
    for (size_t i = 0; i < schema->all_of.count && found == NULL && depth < 6; i++)
        found = property_of(schema->all_of.items[i], name, depth + 1);
    return found;
}

static fl_str violation_of_map(const judge *j, const fl_schema *schema, const fl_data *value, fl_str at, unsigned depth)
{
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        bool is_others = p->schema != NULL && (j->is_request ? p->schema->is_read_only : p->schema->is_write_only);
        fl_str here = fl_str_format(j->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(at), FL_STR_ARG(p->name));
        const fl_data *member = fl_data_get(value, p->name);
        if (member == NULL && p->is_required && !is_others)
            return fl_str_format(j->arena, FL_STR_FMT " is missing", FL_STR_ARG(here));
        fl_str inside = member != NULL && p->schema != NULL ? violation(j, p->schema, member, here, depth + 1) : (fl_str){0};
        if (inside.len)
            return inside;
    }
    for (const fl_data *member = value->first; member; member = member->next) {
        if (property_of(schema, member->key, 0) != NULL)
            continue;
        fl_str here = fl_str_format(j->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(at), FL_STR_ARG(member->key));
        if (schema->is_closed && schema->all_of.count == 0 && schema->any_of.count == 0)
            return fl_str_format(j->arena, FL_STR_FMT " is no property of it", FL_STR_ARG(here));
        fl_str inside = schema->additional != NULL ? violation(j, schema->additional, member, here, depth + 1) : (fl_str){0};
        if (inside.len)
            return inside;
    }
    return (fl_str){0};
}

static fl_str violation_of_list(const judge *j, const fl_schema *schema, const fl_data *value, fl_str at, unsigned depth)
{
    if (schema->has_min_items && value->count < schema->min_items)
        return says(j, at, value, "has too few items");
    if (schema->has_max_items && value->count > schema->max_items)
        return says(j, at, value, "has too many items");
    int64_t index = 0;
    for (const fl_data *item = value->first; item; item = item->next, index++) {
        fl_str here = fl_str_format(j->arena, FL_STR_FMT "/%lld", FL_STR_ARG(at), (long long)index);
        fl_str inside = schema->items != NULL ? violation(j, schema->items, item, here, depth + 1) : (fl_str){0};
        if (inside.len)
            return inside;
        for (const fl_data *before = value->first; schema->has_unique_items && before != item && index < 200; before = before->next)
            if (fl_data_eq(before, item))
                return says(j, here, item, "is there twice");
    }
    return (fl_str){0};
}

static fl_str violation(const judge *j, const fl_schema *schema, const fl_data *value, fl_str at, unsigned depth)
{
    if (schema == NULL || depth > DEPTH_LIMIT)
        return (fl_str){0};
    unsigned type = type_of(value);
    bool is_null_enum = false;
    if (schema->types != 0 && !(schema->types & type))
        return says(j, at, value, fl_str_c(j->arena, fl_str_format(j->arena, "is no %s", type_words(j->arena, schema->types))));
    for (size_t i = 0; i < schema->enumeration.count; i++)
        is_null_enum = is_null_enum || fl_data_eq(schema->enumeration.items[i], value);
    if (schema->enumeration.count != 0 && !is_null_enum && !(value->kind == FL_DATA_NULL && (schema->types & FL_JSON_NULL)))
        return says(j, at, value, "is none of the values");
    fl_str found = {0};
    if (value->kind == FL_DATA_STRING)
        found = violation_of_text(j, schema, value, at);
    else if (value->kind == FL_DATA_NUMBER)
        found = violation_of_number(j, schema, value, at);
    else if (value->kind == FL_DATA_MAP)
        found = violation_of_map(j, schema, value, at, depth);
    else if (value->kind == FL_DATA_LIST)
        found = violation_of_list(j, schema, value, at, depth);
    for (size_t i = 0; i < schema->all_of.count && found.len == 0; i++)
        found = violation(j, schema->all_of.items[i], value, at, depth + 1);
    fl_str of_choices = {0};
    for (size_t i = 0; i < schema->any_of.count && found.len == 0; i++) {
        fl_str one = violation(j, schema->any_of.items[i], value, at, depth + 1);
        if (one.len == 0)
            return (fl_str){0};
        of_choices = i == 0 ? one : of_choices;
    }
    return found.len ? found : of_choices;
}

fl_str fl_schema_violation(fl_arena *arena, const fl_schema *schema, const fl_data *value, bool is_request)
{
    bool is_sure = true;
    const judge j = {arena, is_request, &is_sure};
    return value == NULL ? (fl_str){0} : violation(&j, schema, value, (fl_str){0}, 0);
}

/* ---- requests ---- */

static bool is_flag(fl_str text)
{
    static const char *const words[] = {"true", "false", "1", "0", "yes", "no", "on", "off"};
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (fl_str_eq_nocase(text, fl_str_from(words[i])))
            return true;
    return false;
}

static fl_str unsure(const judge *j)
{
    *j->is_sure = false;
    return (fl_str){0};
}

/** Outside JSON there are only texts: one that can be read as what the schema wants is that. An empty one counts as left out. */
static fl_str violation_of_parameter(const judge *j, const fl_schema *schema, const fl_data *value)
{
    if (schema == NULL || value->kind == FL_DATA_MAP || value->kind == FL_DATA_NULL)
        return unsure(j);
    if (value->kind == FL_DATA_LIST) {
        fl_str found = {0};
        *j->is_sure = *j->is_sure && schema->items != NULL;
        for (const fl_data *item = value->first; item && found.len == 0 && schema->items != NULL; item = item->next)
            found = violation_of_parameter(j, schema->items, item);
        return found;
    }
    fl_str text = value->kind == FL_DATA_BOOL ? fl_str_from(value->boolean ? "true" : "false") : value->text;
    if (text.len == 0 || schema->any_of.count || schema->all_of.count || (schema->types & FL_JSON_ARRAY))
        return unsure(j);
    if (schema->types & FL_JSON_BOOLEAN && is_flag(text))
        return (fl_str){0};
    double number;
    bool is_number = fl_str_to_double(fl_str_trim(text), &number) && isfinite(number);
    fl_data *as_text = fl_data_string(j->arena, text);
    if (is_number && (schema->types & (FL_JSON_NUMBER | FL_JSON_INTEGER)) && fabs(number) >= 9e15 && !schema->has_maximum)
        return unsure(j);
    if (is_number && (schema->types & (FL_JSON_NUMBER | FL_JSON_INTEGER)))
        return violation(j, schema, number == floor(number) && fabs(number) < 9e15 ? fl_data_int(j->arena, (int64_t)number) : fl_data_double(j->arena, number), (fl_str){0}, 0);
    for (size_t i = 0; i < schema->enumeration.count; i++)
        if (fl_str_eq(fl_data_str(schema->enumeration.items[i], FL_S("")), text))
            return (fl_str){0};
    return violation(j, schema, as_text, (fl_str){0}, 0);
}

static const fl_data *given(const fl_case *request, const fl_parameter *p)
{
    const fl_data *map = p->in == FL_IN_PATH ? request->path : p->in == FL_IN_QUERY ? request->query : p->in == FL_IN_COOKIE ? request->cookie : request->header;
    for (const fl_data *each = map ? map->first : NULL; each; each = each->next)
        if (p->in == FL_IN_HEADER ? fl_str_eq_nocase(each->key, p->name) : fl_str_eq(each->key, p->name))
            return each;
    return NULL;
}

/** A text that was sent as a body of a type with a grammar of its own. A form in parts ends with its boundary between dashes (RFC 2046, 5.1.1). */
static fl_str violation_of_form(const judge *j, const fl_case *request)
{
    if (fl_xml_is(request->content_type) && fl_xml_error(request->raw_body) != NULL)
        return FL_S("body is no XML");
    ptrdiff_t at = fl_str_starts(request->content_type, FL_S("multipart/")) ? fl_str_find(request->content_type, FL_S("boundary=")) : -1;
    fl_str boundary = at < 0 ? (fl_str){0} : fl_str_sub(request->content_type, (size_t)at + sizeof "boundary=" - 1, request->content_type.len);
    bool is_plain = boundary.len != 0 && fl_str_find_char(boundary, '"') < 0 && fl_str_find_char(boundary, ';') < 0;
    if (is_plain && fl_str_find(request->raw_body, fl_str_format(j->arena, "--" FL_STR_FMT "--", FL_STR_ARG(boundary))) < 0)
        return FL_S("body is no form in parts");
    return unsure(j);
}

static fl_str violation_of_body(const judge *j, const fl_operation *operation, const fl_case *request)
{
    if (operation->body.count == 0)
        return request->has_body ? unsure(j) : (fl_str){0};
    if (!request->has_body)
        return operation->body_is_required ? FL_S("body is missing") : (fl_str){0};
    if (request->type_header == FL_TYPE_NONE)
        return unsure(j);
    const fl_media *media = NULL;
    ptrdiff_t parameters = fl_str_find_char(request->content_type, ';');
    fl_str type = parameters < 0 ? request->content_type : fl_str_trim(fl_str_sub(request->content_type, 0, (size_t)parameters));
    for (size_t i = 0; i < operation->body.count && media == NULL; i++)
        if (fl_str_eq_nocase(operation->body.items[i].type, type) || fl_str_find_char(operation->body.items[i].type, '*') >= 0)
            media = &operation->body.items[i];
    if (media == NULL)
        return fl_str_format(j->arena, "body: " FL_STR_FMT " is no type that is said", FL_STR_ARG(type));
    if (fl_str_find(type, FL_S("json")) < 0)
        return request->raw_body.len != 0 ? violation_of_form(j, request) : unsure(j);
    fl_data *parsed = NULL;
    const fl_data *body = request->body;
    if (request->raw_body.ptr != NULL) {
        fl_json_judgement judgement;
        fl_http_judge_json(request->raw_body, &judgement);
        if (request->raw_body.len == 0)
            return operation->body_is_required ? FL_S("body is missing") : unsure(j);
        *j->is_sure = *j->is_sure && !judgement.has_duplicate_keys;
        if (!judgement.is_valid)
            return FL_S("body is no JSON");
        if (fl_json_parse(j->arena, request->raw_body, &parsed, NULL) != FL_OK)
            return unsure(j); /* nested too deep for us */
        body = parsed;
    }
    fl_str found = body != NULL ? violation(j, media->schema, body, (fl_str){0}, 0) : (fl_str){0};
    return found.len ? fl_str_format(j->arena, "body " FL_STR_FMT, FL_STR_ARG(found)) : found;
}

/** What a header can carry without a doubt. */
static bool is_plain(fl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20 || (unsigned char)text.ptr[i] >= 0x7F)
            return false;
    return fl_str_trim(text).len == text.len && text.len != 0;
}

fl_str fl_request_violation(fl_arena *arena, const fl_operation *operation, const fl_case *request, fl_location *in, bool *is_sure)
{
    const judge j = {arena, true, is_sure};
    *is_sure = true;
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        if (p->in == FL_IN_HEADER && fl_header_is_transport(p->name))
            continue;
        const fl_data *value = given(request, p);
        *in = p->in;
        if (value == NULL && p->is_required && p->in != FL_IN_PATH)
            return fl_str_format(arena, "%s /" FL_STR_FMT " is missing", fl_location_text(p->in), FL_STR_ARG(p->name));
        if (value != NULL && (p->in == FL_IN_HEADER || p->in == FL_IN_COOKIE) && !is_plain(fl_data_str(value, FL_S("-")))) {
            *is_sure = false;
            continue;
        }
        fl_str found = value != NULL ? violation_of_parameter(&j, p->schema, value) : (fl_str){0};
        if (found.len)
            return fl_str_format(arena, "%s /" FL_STR_FMT ": " FL_STR_FMT, fl_location_text(p->in), FL_STR_ARG(p->name), FL_STR_ARG(found));
    }
    *in = FL_IN_BODY;
    return violation_of_body(&j, operation, request);
}
