/* The body cannot be read as what its type says, or does not fit the schema of its status. */
#include "engine/checks/checks.h"
#include "engine/plan/plan.h"

static bool is_type(fl_str type, const char *word) { return fl_str_find(type, fl_str_from(word)) >= 0; }

static const fl_schema *schema_for(const fl_exchange *e, const char *word)
{
    for (size_t i = 0; e->documented != NULL && i < e->documented->content.count; i++)
        if (is_type(e->documented->content.items[i].type, word))
            return e->documented->content.items[i].schema;
    return NULL;
}

/**
 * An event of a stream: its fields, as the text says them (HTML, 9.2.6). A schema that knows `data` is of the event, any other one of the JSON
 * that is its data. What is no JSON says so itself ("[DONE]").
 */
static fl_str event_violation(const fl_exchange *e, const fl_schema *schema, fl_str event)
{
    fl_data *fields = fl_data_map(e->arena), *data = NULL;
    fl_str line, name;
    while (fl_str_split(&event, '\n', &line)) {
        fl_str value = line;
        if (!fl_str_split(&value, ':', &name) || name.len == 0)
            continue;
        value = fl_str_starts(value, FL_S(" ")) ? fl_str_sub(value, 1, value.len) : value;
        value = fl_str_ends(value, FL_S("\r")) ? fl_str_sub(value, 0, value.len - 1) : value;
        const fl_data *before = fl_str_eq_c(name, "data") ? fl_data_get_c(fields, "data") : NULL;
        fl_data_set(e->arena, fields, name, fl_data_string(e->arena, before != NULL ? fl_str_format(e->arena, FL_STR_FMT "\n" FL_STR_FMT, FL_STR_ARG(before->text), FL_STR_ARG(value)) : value));
    }
    fl_str text = fl_data_get_str(fields, "data");
    bool is_json = text.len != 0 && fl_json_parse(e->arena, text, &data, NULL) == FL_OK, is_of_event = false;
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        const fl_data *field = fl_data_get(fields, p->name);
        fl_data *value = NULL;
        is_of_event = is_of_event || fl_str_eq_c(p->name, "data");
        if (field != NULL && p->schema != NULL && p->schema->types != 0 && !(p->schema->types & FL_JSON_STRING) && fl_json_parse(e->arena, field->text, &value, NULL) == FL_OK)
            fl_data_set(e->arena, fields, p->name, value);
    }
    if (is_of_event)
        return text.len != 0 ? fl_schema_violation(e->arena, schema, fields, false) : (fl_str){0};
    return is_json && data->kind != FL_DATA_LIST ? fl_schema_violation(e->arena, schema, data, false) : (fl_str){0};
}

/** Those that have come whole: each ends with an empty line. */
static fl_str stream_violation(const fl_exchange *e)
{
    const fl_schema *schema = schema_for(e, "event-stream");
    fl_str rest = e->response->body, found = {0};
    if (schema == NULL || !(schema->types & FL_JSON_OBJECT))
        return found;
    for (unsigned number = 1; found.len == 0; number++) {
        ptrdiff_t end = fl_str_find(rest, FL_S("\n\n")), other = fl_str_find(rest, FL_S("\n\r\n"));
        size_t skip = 2;
        if (end < 0 || (other >= 0 && other < end))
            end = other, skip = 3;
        if (end < 0)
            return found;
        fl_str wrong = event_violation(e, schema, fl_str_sub(rest, 0, (size_t)end));
        rest = fl_str_sub(rest, (size_t)end + skip, rest.len);
        found = wrong.len ? fl_str_format(e->arena, "event %u " FL_STR_FMT, number, FL_STR_ARG(wrong)) : wrong;
    }
    return found;
}

fl_str fl_check_response_schema(const fl_exchange *exchange);
fl_str fl_check_response_schema(const fl_exchange *exchange)
{
    fl_str found = {0}, body = exchange->response->body;
    bool is_odd = exchange->violation.len != 0 || exchange->request->raw_body.ptr != NULL, is_consequence = is_odd && fl_status_is_success(exchange->response->status); /* what was accepted comes back */
    bool has_schema = exchange->is_contract && !is_consequence, is_whole = !exchange->response->body_is_cut;
    if (body.len == 0) {
        return found;
    } else if (is_type(exchange->type, "event-stream")) {
        found = has_schema ? stream_violation(exchange) : found;
    } else if (is_whole && fl_xml_is(exchange->type) && fl_xml_error(body) != NULL) {
        return fl_str_format(exchange->arena, "%u has a body that is no XML: %s", exchange->response->status, fl_xml_error(body));
    } else if (is_whole && is_type(exchange->type, "json")) {
        const fl_schema *schema = has_schema ? schema_for(exchange, "json") : NULL;
        if (!exchange->judgement.is_valid)
            return fl_str_format(exchange->arena, "%u has a body that is no JSON: %s", exchange->response->status, exchange->judgement.error);
        found = schema != NULL ? fl_schema_violation(exchange->arena, schema, exchange->json, false) : found;
    }
    return found.len ? fl_str_format(exchange->arena, "%u " FL_STR_FMT, exchange->response->status, FL_STR_ARG(found)) : found;
}
