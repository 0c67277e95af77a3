/* Two API models, operation by operation: routes, parameters, bodies, answers, security. Schemas are compare_schema.c.
 * Operations are paired by method and path, whatever the variables of the path are called. */
#include <stdio.h>
#include "extractor/api/compare_p.h"

const fl_change_info fl_change_infos[FL_CHANGE_COUNT] = {
#define FL_CHANGE(id, text, request, response, why) {text, FL_CHANGE_##request, FL_CHANGE_##response, why},
#include "extractor/api/change.def"
#undef FL_CHANGE
};

const char *fl_change_level_text(fl_change_level level)
{
    static const char *const texts[FL_CHANGE_LEVELS] = {"breaking", "may-break", "compatible"};
    return texts[level];
}

static const fl_span nowhere = {UINT32_MAX, 0, 0};

fl_change *fl_compare_note(fl_comparison *c, fl_change_kind kind, fl_str where, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fl_change *change = FL_NEW(c->arena, fl_change);
    fl_change_level level = c->is_in_answer ? fl_change_infos[kind].response : fl_change_infos[kind].request;
    *change = (fl_change){.kind = kind, .is_in_answer = c->is_in_answer, .where = where, .old_source = nowhere, .new_source = nowhere};
    change->level = c->is_doubtful && level == FL_CHANGE_BREAKS ? FL_CHANGE_MAY : level;
    change->schema = c->inside != NULL ? c->inside->newer->name : (fl_str){0};
    change->text = fl_str_copy(c->arena, (fl_str){text, length < 0 ? 0 : (size_t)length < sizeof text ? (size_t)length : sizeof text - 1});
    fl_vec_push(c->arena, &change->operations, c->label);
    if (c->inside != NULL)
        fl_vec_push(c->arena, &c->inside->changes, change);
    fl_vec_push(c->arena, c->out, change);
    return change;
}

/* ---- parameters and headers ---- */

static const fl_schema text_schema = {.types = FL_JSON_STRING};

static const fl_parameter *find_parameter(const fl_parameter *list, size_t count, fl_location in, fl_str name)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].in == in && (in == FL_IN_HEADER ? fl_str_eq_nocase(list[i].name, name) : fl_str_eq(list[i].name, name)))
            return &list[i];
    return NULL;
}

static fl_str place_of(fl_comparison *c, const fl_parameter *p)
{
    return fl_str_format(c->arena, "%s " FL_STR_FMT, fl_location_text(p->in), FL_STR_ARG(p->name));
}

static void compare_parameter(fl_comparison *c, const fl_parameter *was, const fl_parameter *is)
{
    fl_str where = place_of(c, is);
    if (was->is_required != is->is_required) {
        fl_change *change = is->is_required ? fl_compare_note(c, FL_CHANGE_parameter_required, where, "required now")
                                            : fl_compare_note(c, FL_CHANGE_parameter_optional, where, "may be left out now");
        change->old_source = was->source;
        change->new_source = is->source;
    }
    fl_compare_schemas(c, was->schema, is->schema, where);
}

static void compare_parameters(fl_comparison *c, const fl_operation *was, const fl_operation *is)
{
    for (size_t i = 0; i < was->parameters.count; i++) {
        const fl_parameter *p = &was->parameters.items[i];
        const fl_parameter *q = find_parameter(is->parameters.items, is->parameters.count, p->in, p->name);
        if (p->in == FL_IN_PATH || fl_operation_leaves_out(was, p))
            continue;
        if (q != NULL)
            compare_parameter(c, p, q);
        else
            fl_compare_note(c, FL_CHANGE_parameter_removed, place_of(c, p), "no longer read")->old_source = p->source;
    }
    for (size_t i = 0; i < is->parameters.count; i++) {
        const fl_parameter *q = &is->parameters.items[i];
        if (q->in == FL_IN_PATH || fl_operation_leaves_out(is, q) || find_parameter(was->parameters.items, was->parameters.count, q->in, q->name) != NULL)
            continue;
        fl_change *change = q->is_required ? fl_compare_note(c, FL_CHANGE_parameter_required, place_of(c, q), "new and required")
                                           : fl_compare_note(c, FL_CHANGE_parameter_added, place_of(c, q), "new, may be left out");
        change->new_source = q->source;
    }
}

/* The next variable of a template, from *at on. */
static bool next_variable(fl_str path, size_t *at, fl_str *name)
{
    fl_str rest = fl_str_sub(path, *at, path.len);
    ptrdiff_t open = fl_str_find_char(rest, '{'), close = fl_str_find_char(rest, '}');
    if (open < 0 || close < open)
        return false;
    *name = fl_str_sub(rest, (size_t)open + 1, (size_t)close);
    *at += (size_t)close + 1;
    return true;
}

/* Variables of the path pair by where they stand; one that no handler reads is text. */
static void compare_variables(fl_comparison *c, const fl_operation *was, const fl_operation *is)
{
    size_t a = 0, b = 0;
    fl_str old_name, new_name;
    while (next_variable(was->path, &a, &old_name) && next_variable(is->path, &b, &new_name)) {
        const fl_parameter *p = find_parameter(was->parameters.items, was->parameters.count, FL_IN_PATH, old_name);
        const fl_parameter *q = find_parameter(is->parameters.items, is->parameters.count, FL_IN_PATH, new_name);
        fl_compare_schemas(c, p != NULL && p->schema != NULL ? p->schema : &text_schema, q != NULL && q->schema != NULL ? q->schema : &text_schema,
                           fl_str_format(c->arena, "path " FL_STR_FMT, FL_STR_ARG(new_name)));
    }
}

/* ---- bodies and answers ---- */

static const fl_media *find_media(const fl_media_list *list, fl_str type)
{
    for (size_t i = 0; i < list->count; i++)
        if (fl_str_eq_nocase(list->items[i].type, type))
            return &list->items[i];
    return NULL;
}

static void compare_content(fl_comparison *c, const fl_media_list *was, const fl_media_list *is, fl_str where)
{
    for (size_t i = 0; i < was->count; i++) {
        const fl_media *m = find_media(is, was->items[i].type);
        if (m == NULL && is->count > 0)
            fl_compare_note(c, FL_CHANGE_media_removed, where, FL_STR_FMT " is gone", FL_STR_ARG(was->items[i].type));
        else if (m != NULL)
            fl_compare_schemas(c, was->items[i].schema, m->schema, where);
    }
    for (size_t i = 0; i < is->count && was->count > 0; i++)
        if (find_media(was, is->items[i].type) == NULL)
            fl_compare_note(c, FL_CHANGE_media_added, where, FL_STR_FMT " is new", FL_STR_ARG(is->items[i].type));
}

static void compare_bodies(fl_comparison *c, const fl_operation *was, const fl_operation *is)
{
    fl_str where = FL_S("body");
    fl_change *change = NULL;
    if (was->body.count > 0 && is->body.count == 0)
        change = fl_compare_note(c, FL_CHANGE_body_removed, where, "no longer read");
    else if (was->body.count == 0 && is->body.count > 0)
        change = is->body_is_required ? fl_compare_note(c, FL_CHANGE_body_required, where, "new and required")
                                      : fl_compare_note(c, FL_CHANGE_body_added, where, "new, may be left out");
    else if (was->body_is_required != is->body_is_required)
        change = is->body_is_required ? fl_compare_note(c, FL_CHANGE_body_required, where, "required now")
                                      : fl_compare_note(c, FL_CHANGE_body_optional, where, "may be left out now");
    if (change != NULL) {
        change->old_source = was->body_source;
        change->new_source = is->body_source;
    }
    compare_content(c, &was->body, &is->body, where);
}

static fl_str status_text(fl_comparison *c, uint16_t status)
{
    if (status == 0)
        return FL_S("default");
    return status < 10 ? fl_str_format(c->arena, "%uXX", status) : fl_str_format(c->arena, "%u", status);
}

static const fl_response *find_response(const fl_operation *op, uint16_t status)
{
    for (size_t i = 0; i < op->responses.count; i++)
        if (op->responses.items[i].status == status)
            return &op->responses.items[i];
    return NULL;
}

/* Is the answer said by a wider entry: 4XX, or default? */
static bool is_covered(const fl_operation *op, uint16_t status)
{
    return status != 0 && (find_response(op, 0) != NULL || (status >= 100 && find_response(op, status / 100) != NULL));
}

static bool is_error(uint16_t status)
{
    return status >= 400 || status == 4 || status == 5 || status == 0;
}

static void compare_headers(fl_comparison *c, const fl_response *was, const fl_response *is, fl_str status)
{
    for (size_t i = 0; i < was->headers.count; i++) {
        const fl_parameter *p = &was->headers.items[i], *q = find_parameter(is->headers.items, is->headers.count, FL_IN_HEADER, p->name);
        fl_str where = fl_str_format(c->arena, FL_STR_FMT " header " FL_STR_FMT, FL_STR_ARG(status), FL_STR_ARG(p->name));
        if (q == NULL)
            fl_compare_note(c, FL_CHANGE_header_removed, where, "no longer sent");
        else
            fl_compare_schemas(c, p->schema, q->schema, where);
    }
    for (size_t i = 0; i < is->headers.count; i++) {
        const fl_parameter *q = &is->headers.items[i];
        if (find_parameter(was->headers.items, was->headers.count, FL_IN_HEADER, q->name) == NULL)
            fl_compare_note(c, FL_CHANGE_header_added, fl_str_format(c->arena, FL_STR_FMT " header " FL_STR_FMT, FL_STR_ARG(status), FL_STR_ARG(q->name)), "new");
    }
}

static void compare_responses(fl_comparison *c, const fl_operation *was, const fl_operation *is)
{
    c->is_in_answer = true;
    for (size_t i = 0; i < was->responses.count; i++) {
        const fl_response *p = &was->responses.items[i], *q = find_response(is, p->status);
        fl_str status = status_text(c, p->status);
        if (q == NULL && is->responses.count > 0 && !is_covered(is, p->status)) {
            fl_compare_note(c, is_error(p->status) ? FL_CHANGE_error_removed : FL_CHANGE_status_removed, status, "no longer answered")->old_source = p->source;
        } else if (q != NULL) {
            compare_content(c, &p->content, &q->content, fl_str_format(c->arena, FL_STR_FMT " body", FL_STR_ARG(status)));
            compare_headers(c, p, q, status);
        }
    }
    for (size_t i = 0; i < is->responses.count; i++) {
        const fl_response *q = &is->responses.items[i];
        if (find_response(was, q->status) == NULL && was->responses.count > 0 && !is_covered(was, q->status))
            fl_compare_note(c, is_error(q->status) ? FL_CHANGE_error_added : FL_CHANGE_status_added, status_text(c, q->status), "new")->new_source = q->source;
    }
    c->is_in_answer = false;
}

/* By what has to be sent, not by what the scheme is called. */
static bool asks_for(const fl_operation *op, const fl_security *s)
{
    for (size_t i = 0; i < op->security.count; i++) {
        const fl_security *other = &op->security.items[i];
        bool is_key = fl_str_eq_c(s->type, "apiKey");
        if (fl_str_eq(other->scheme, s->scheme) || (fl_str_eq(other->type, s->type) && (is_key ? fl_str_eq(other->in, s->in) && fl_str_eq_nocase(other->name, s->name)
                                                                                            : fl_str_eq_nocase(other->format, s->format))))
            return true;
    }
    return false;
}

static void compare_security(fl_comparison *c, const fl_operation *was, const fl_operation *is)
{
    for (size_t i = 0; i < was->security.count; i++)
        if (!asks_for(is, &was->security.items[i]))
            fl_compare_note(c, FL_CHANGE_security_removed, FL_S("security"), FL_STR_FMT " is no longer asked for", FL_STR_ARG(was->security.items[i].scheme));
    for (size_t i = 0; i < is->security.count; i++)
        if (!asks_for(was, &is->security.items[i]))
            fl_compare_note(c, FL_CHANGE_security_added, FL_S("security"), FL_STR_FMT " is asked for now", FL_STR_ARG(is->security.items[i].scheme));
}

/* ---- operations ---- */

/* `GET /a/{}`: the key by which operations pair. */
static fl_sym key_of(fl_arena *arena, const char *method, fl_str path)
{
    fl_buf b;
    fl_buf_init(&b, 0);
    fl_buf_format(&b, "%s ", method);
    bool is_inside = false;
    for (size_t i = 0; i < path.len; i++) {
        is_inside = is_inside && path.ptr[i] != '}';
        if (!is_inside)
            fl_buf_add_char(&b, path.ptr[i]);
        is_inside = is_inside || path.ptr[i] == '{';
    }
    fl_sym key = fl_sym_of(fl_str_copy(arena, fl_buf_str(&b)));
    fl_buf_release(&b);
    return key;
}

/* A route for every method is one for each of the common ones. */
static size_t methods_of(const fl_operation *op, const char **out, char room[16])
{
    static const char *const common[] = {"GET", "PUT", "POST", "DELETE", "PATCH"};
    if (fl_str_eq_c(op->method, "ALL") || fl_str_eq_c(op->method, "*") || fl_str_eq_c(op->method, "ANY")) {
        for (size_t i = 0; i < FL_COUNT(common); i++)
            out[i] = common[i];
        return FL_COUNT(common);
    }
    snprintf(room, 16, FL_STR_FMT, FL_STR_ARG(op->method));
    out[0] = room;
    return 1;
}

/* One of the methods of a route for all of them: those that read or remove have no body in a document. */
static fl_operation *one_of_all(fl_arena *arena, fl_operation *op, const char *method)
{
    if (op->body.count == 0 || (strcmp(method, "GET") != 0 && strcmp(method, "DELETE") != 0))
        return op;
    fl_operation *one = FL_NEW(arena, fl_operation);
    *one = *op;
    one->body = (fl_media_list){0};
    one->body_is_required = false;
    return one;
}

/* What a program keeps out of its document is no promise to anybody. */
static void index_operations(fl_arena *arena, const fl_api *api, fl_map *index)
{
    const char *methods[8];
    char room[16];
    for (size_t i = 0; i < api->operations.count; i++) {
        fl_operation *op = &api->operations.items[i];
        size_t count = op->is_hidden ? 0 : methods_of(op, methods, room);
        for (size_t m = 0; m < count; m++) {
            fl_sym key = key_of(arena, methods[m], op->path);
            if (fl_map_get(index, key) == NULL || count == 1)
                fl_map_put(index, key, count > 1 ? one_of_all(arena, op, methods[m]) : op);
        }
    }
}

static void begin(fl_comparison *c, const char *method, const fl_operation *named, bool is_doubtful)
{
    c->operation++;
    c->label = fl_str_format(c->arena, "%s " FL_STR_FMT, method, FL_STR_ARG(named->path));
    c->is_doubtful = is_doubtful;
}

static bool is_doubtful(const fl_operation *op)
{
    return op->certainty == FL_POSSIBLE || op->is_truncated;
}

void fl_api_compare(fl_arena *arena, const fl_api *older, const fl_api *newer, fl_changes *out)
{
    fl_comparison *c = FL_NEW(arena, fl_comparison);
    c->arena = arena;
    c->out = out;
    fl_map old_index, new_index;
    fl_map_init(&old_index);
    fl_map_init(&new_index);
    index_operations(arena, older, &old_index);
    index_operations(arena, newer, &new_index);
    const char *methods[8];
    char room[16];
    for (size_t i = 0; i < older->operations.count; i++) {
        const fl_operation *was = &older->operations.items[i];
        size_t count = methods_of(was, methods, room);
        for (size_t m = 0; m < count; m++) {
            fl_sym key = key_of(arena, methods[m], was->path);
            if (fl_map_get(&old_index, key) != was)
                continue;
            const fl_operation *is = fl_map_get(&new_index, key);
            begin(c, methods[m], is != NULL ? is : was, is_doubtful(was) || (is != NULL && is_doubtful(is)));
            if (is == NULL) {
                fl_compare_note(c, FL_CHANGE_operation_removed, (fl_str){0}, "gone")->old_source = was->registration;
                continue;
            }
            compare_security(c, was, is);
            compare_variables(c, was, is);
            compare_parameters(c, was, is);
            compare_bodies(c, was, is);
            compare_responses(c, was, is);
        }
    }
    for (size_t i = 0; i < newer->operations.count; i++) {
        const fl_operation *is = &newer->operations.items[i];
        size_t count = methods_of(is, methods, room);
        for (size_t m = 0; m < count; m++) {
            fl_sym key = key_of(arena, methods[m], is->path);
            if (fl_map_get(&new_index, key) != is || fl_map_get(&old_index, key) != NULL)
                continue;
            begin(c, methods[m], is, is_doubtful(is));
            fl_compare_note(c, FL_CHANGE_operation_added, (fl_str){0}, "new")->new_source = is->registration;
        }
    }
    fl_map_release(&old_index);
    fl_map_release(&new_index);
}
