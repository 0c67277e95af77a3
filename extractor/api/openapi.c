/* The API model as an OpenAPI 3.1 document. Read openapi_p.h first. What OpenAPI cannot say is moved, never lost:
 *   - templates that differ only in variable names share a path item (openapi_paths.c);
 *   - a method registered for everything becomes the five common ones, each marked x-faultline-any-method;
 *   - methods OpenAPI does not know, and operations whose place in a path item is taken, go to x-faultline-other-routes;
 *   - headers that OpenAPI reserves (Accept, Content-Type, Authorization) are no parameters where media types and security say them.
 * Everything is in the order of the model, which is sorted; nothing depends on addresses or hashes. */
#include "extractor/api/openapi_p.h"
#include <stdlib.h>

static const char *const methods[] = {"get", "put", "post", "delete", "options", "head", "patch", "trace"};
static const char *const any_method[] = {"get", "put", "post", "delete", "patch"};

typedef struct writer {
    const fl_api *api;
    fl_arena *arena;
    bool with_evidence, with_possible;
    fl_openapi_names names;
    fl_schema_writer schemas;
    fl_map ids;                            /* symbol of an operationId → taken */
    fl_data *others;                       /* x-faultline-other-routes; NULL until needed */
} writer;

fl_data *fl_api_source_data(const fl_api *api, fl_arena *arena, fl_span span)
{
    if (api->project == NULL || span.file >= api->project->file_count)
        return NULL;
    fl_file *file = fl_project_file(api->project, span.file);
    fl_data *source = fl_data_map(arena);
    fl_data_set_c(arena, source, "file", fl_data_string(arena, file->path));
    fl_data_set_c(arena, source, "line", fl_data_int(arena, (int64_t)fl_file_line(file, span.start_byte) + 1));
    return source;
}

static void set_source(writer *w, fl_data *node, fl_span span)
{
    fl_data *source = w->with_evidence ? fl_api_source_data(w->api, w->arena, span) : NULL;
    if (source != NULL)
        fl_data_set_c(w->arena, node, "x-source", source);
}

static void set_text(writer *w, fl_data *node, const char *key, fl_str text)
{
    if (text.len > 0)
        fl_data_set_c(w->arena, node, key, fl_data_string(w->arena, text));
}

/* ---- parts of an operation ---- */

/* A caller who is read but not asked for is no security: then the header that tells of them is the only way to say so. */
static bool is_reserved_header(const fl_operation *op, fl_str name)
{
    return fl_str_eq_nocase(name, FL_S("accept")) || fl_str_eq_nocase(name, FL_S("content-type")) ||
           (fl_str_eq_nocase(name, FL_S("authorization")) && op->security.count != 0);
}

bool fl_operation_leaves_out(const fl_operation *op, const fl_parameter *p)
{
    if (p->in == FL_IN_HEADER && is_reserved_header(op, p->name) && !p->is_said)
        return true;
    for (size_t i = 0; i < op->security.count; i++) {
        const fl_security *s = &op->security.items[i];
        if (!p->is_said && fl_str_eq_c(s->type, "apiKey") && fl_str_eq_c(s->in, fl_location_text(p->in)) && fl_str_eq_nocase(s->name, p->name))
            return true;
    }
    return false;
}

static void add_parameter(writer *w, fl_data *list, const char *in, fl_str name, bool is_required, const fl_parameter *from)
{
    for (const fl_data *other = list->first; other != NULL; other = other->next)
        if (fl_str_eq(fl_data_get_str(other, "name"), name) && fl_str_eq_c(fl_data_get_str(other, "in"), in))
            return;
    fl_data *out = fl_data_push(list, fl_data_map(w->arena));
    set_text(w, out, "name", name);
    set_text(w, out, "in", fl_str_from(in));
    if (from != NULL && from->schema != NULL)
        set_text(w, out, "description", from->schema->description);
    if (is_required)
        fl_data_set_c(w->arena, out, "required", fl_data_bool(w->arena, true));
    if (from != NULL && from->schema != NULL && from->schema->is_deprecated)
        fl_data_set_c(w->arena, out, "deprecated", fl_data_bool(w->arena, true));
    static const fl_schema text = {.types = FL_JSON_STRING};
    const fl_schema *schema = from != NULL && from->schema != NULL ? from->schema : &text;
    fl_data_set_c(w->arena, out, "schema", fl_schema_write(&w->schemas, schema));
    if (from != NULL)
        set_source(w, out, from->source);
}

static fl_data *parameters(writer *w, const fl_operation *op, const fl_openapi_path *path)
{
    fl_data *list = fl_data_list(w->arena);
    /* every variable of the template, in its order, whether the handler reads it or not */
    for (size_t v = 0; v < path->variables.count; v++) {
        const fl_parameter *known = NULL;
        for (size_t i = 0; i < op->parameters.count && known == NULL; i++) {
            const fl_parameter *p = &op->parameters.items[i];
            if (p->in == FL_IN_PATH && fl_str_eq(fl_openapi_variable(path, op->path, p->name), path->variables.items[v]))
                known = p;
        }
        add_parameter(w, list, "path", path->variables.items[v], true, known);
    }
    for (size_t i = 0; i < op->parameters.count; i++) {
        const fl_parameter *p = &op->parameters.items[i];
        if ((p->in == FL_IN_QUERY || p->in == FL_IN_HEADER || p->in == FL_IN_COOKIE) && !fl_operation_leaves_out(op, p) && p->name.len > 0)
            add_parameter(w, list, fl_location_text(p->in), p->name, p->is_required, p);
    }
    return list;
}

static void set_content(writer *w, fl_data *node, const fl_media *items, size_t count)
{
    fl_data *content = fl_data_map(w->arena);
    for (size_t i = 0; i < count; i++) {
        fl_str type = items[i].type.len > 0 ? items[i].type : FL_S("application/json");
        if (fl_data_get(content, type) != NULL)
            continue;
        fl_data *media = fl_data_set(w->arena, content, type, fl_data_map(w->arena));
        if (items[i].schema != NULL)
            fl_data_set_c(w->arena, media, "schema", fl_schema_write(&w->schemas, items[i].schema));
    }
    if (content->count > 0)
        fl_data_set_c(w->arena, node, "content", content);
}

static fl_data *request_body(writer *w, const fl_operation *op)
{
    fl_data *body = fl_data_map(w->arena);
    if (op->body_is_required)
        fl_data_set_c(w->arena, body, "required", fl_data_bool(w->arena, true));
    set_content(w, body, op->body.items, op->body.count);
    set_source(w, body, op->body_source);
    return body;
}

static void set_headers(writer *w, fl_data *node, const fl_response *response)
{
    fl_data *headers = fl_data_map(w->arena);
    for (size_t i = 0; i < response->headers.count; i++) {
        const fl_parameter *h = &response->headers.items[i];
        if (h->name.len == 0 || fl_str_eq_nocase(h->name, FL_S("content-type")))
            continue;
        fl_data *header = fl_data_set(w->arena, headers, h->name, fl_data_map(w->arena));
        static const fl_schema text = {.types = FL_JSON_STRING};
        fl_data_set_c(w->arena, header, "schema", fl_schema_write(&w->schemas, h->schema != NULL ? h->schema : &text));
    }
    if (headers->count > 0)
        fl_data_set_c(w->arena, node, "headers", headers);
}

static fl_data *responses(writer *w, const fl_operation *op)
{
    fl_data *out = fl_data_map(w->arena);
    for (size_t i = 0; i < op->responses.count; i++) {
        const fl_response *response = &op->responses.items[i];
        bool has_status = response->status >= 100 && response->status <= 599;
        bool is_class = response->status >= 1 && response->status <= 5;
        fl_str key = has_status ? fl_str_format(w->arena, "%u", response->status) : is_class ? fl_str_format(w->arena, "%uXX", response->status) : FL_S("default");
        if (fl_data_get(out, key) != NULL)
            continue;
        fl_data *entry = fl_data_set(w->arena, out, key, fl_data_map(w->arena));
        fl_str description = response->description.len > 0 ? response->description
                             : has_status ? fl_str_from(fl_openapi_reason(response->status)) : FL_S("Any other answer");
        set_text(w, entry, "description", description);
        set_headers(w, entry, response);
        bool has_body = !has_status || (response->status >= 200 && response->status != 204 && response->status != 304);
        if (has_body)
            set_content(w, entry, response->content.items, response->content.count);
        set_source(w, entry, response->source);
    }
    if (out->count == 0) {
        fl_data *entry = fl_data_set_c(w->arena, out, "default", fl_data_map(w->arena));
        set_text(w, entry, "description", FL_S("The source does not say what is answered"));
    }
    return out;
}

static void set_security(writer *w, fl_data *node, const fl_operation *op)
{
    if (op->security.count + op->optional_security.count == 0)
        return;
    fl_data *all = fl_data_map(w->arena), *choices = fl_data_set_c(w->arena, node, "security", fl_data_list(w->arena));
    for (size_t i = 0; i < op->security.count; i++)
        fl_data_set(w->arena, all, op->security.items[i].scheme, fl_data_list(w->arena));
    for (size_t i = 0; i < op->optional_security.count && op->security.count == 0; i++)
        fl_data_set(w->arena, all, op->optional_security.items[i].scheme, fl_data_list(w->arena));
    fl_data_push(choices, all);
    if (op->security.count == 0)
        fl_data_push(choices, fl_data_map(w->arena)); /* nothing will do, too */
}

static fl_str unique_id(writer *w, const fl_operation *op, const char *method)
{
    if (op->id.len == 0)
        return op->id;
    fl_str base = method != NULL ? fl_str_format(w->arena, FL_STR_FMT "_%s", FL_STR_ARG(op->id), method) : op->id;
    fl_str id = base;
    for (unsigned n = 2; fl_map_get(&w->ids, fl_sym_of(id)) != NULL; n++)
        id = fl_str_format(w->arena, FL_STR_FMT "%u", FL_STR_ARG(base), n);
    fl_map_put(&w->ids, fl_sym_of(id), w);
    return id;
}

/* any: the method when it stands for a route that takes every one, else NULL */
static fl_data *operation(writer *w, const fl_operation *op, const fl_openapi_path *path, const char *any, fl_str id)
{
    fl_data *out = fl_data_map(w->arena);
    set_text(w, out, "operationId", id);
    set_text(w, out, "summary", op->summary);
    if (op->tag.len > 0)
        fl_data_push(fl_data_set_c(w->arena, out, "tags", fl_data_list(w->arena)), fl_data_string(w->arena, op->tag));
    fl_data *list = parameters(w, op, path);
    if (list->count > 0)
        fl_data_set_c(w->arena, out, "parameters", list);
    bool takes_body = any == NULL || (!fl_str_eq(fl_str_from(any), FL_S("get")) && !fl_str_eq(fl_str_from(any), FL_S("delete")));
    if (op->body.count > 0 && takes_body)
        fl_data_set_c(w->arena, out, "requestBody", request_body(w, op));
    fl_data_set_c(w->arena, out, "responses", responses(w, op));
    set_security(w, out, op);
    if (any != NULL)
        fl_data_set_c(w->arena, out, "x-faultline-any-method", fl_data_bool(w->arena, true));
    if (op->certainty == FL_POSSIBLE)
        set_text(w, out, "x-faultline-possible", op->doubt.len > 0 ? op->doubt : FL_S("possible"));
    if (op->is_truncated)
        fl_data_set_c(w->arena, out, "x-faultline-truncated", fl_data_bool(w->arena, true));
    set_source(w, out, op->registration);
    return out;
}

/* ---- path items ---- */

static void add_other_route(writer *w, const fl_operation *op, const char *why)
{
    if (w->others == NULL)
        w->others = fl_data_list(w->arena);
    fl_data *entry = fl_data_push(w->others, fl_data_map(w->arena));
    set_text(w, entry, "method", op->method);
    set_text(w, entry, "path", op->path);
    set_text(w, entry, "why", fl_str_from(why));
    set_source(w, entry, op->registration);
}

/* What stands in a path item: decided in order; made when it is written. */
typedef struct item {
    const fl_openapi_path *path;
    struct { const fl_operation *operation; const char *any; /* its method, when it takes every one */ fl_str id; } at[FL_COUNT(methods)];
} item;
typedef struct items { const writer *writer; item *all; } items;

static bool is_any_method(const char *method)
{
    for (size_t i = 0; i < FL_COUNT(any_method); i++)
        if (fl_str_eq(fl_str_from(method), fl_str_from(any_method[i])))
            return true;
    return false;
}

static void plan_item(writer *w, item *plan, const fl_openapi_path *path)
{
    const fl_operation *any = NULL;
    plan->path = path;
    for (size_t i = 0; i < path->operations.count; i++) {
        const fl_operation *op = &w->api->operations.items[path->operations.items[i]];
        if (fl_str_eq_c(op->method, "ALL") || fl_str_eq_c(op->method, "*") || fl_str_eq_c(op->method, "ANY")) {
            if (any == NULL)
                any = op;
            else
                add_other_route(w, op, "another route takes every method of this path");
            continue;
        }
        size_t m = 0;
        while (m < FL_COUNT(methods) && !fl_str_eq_nocase(op->method, fl_str_from(methods[m])))
            m++;
        if (m == FL_COUNT(methods))
            add_other_route(w, op, "OpenAPI has no such method");
        else if (plan->at[m].operation != NULL)
            add_other_route(w, op, "another route has this method and path");
        else
            plan->at[m].operation = op;
    }
    for (size_t m = 0; m < FL_COUNT(methods); m++) {
        if (plan->at[m].operation == NULL && any != NULL && is_any_method(methods[m])) {
            plan->at[m].operation = any;
            plan->at[m].any = methods[m];
        }
        if (plan->at[m].operation != NULL)
            plan->at[m].id = unique_id(w, plan->at[m].operation, plan->at[m].any);
    }
}

static fl_data *make_item(const void *context, size_t index, fl_arena *arena)
{
    const items *list = context;
    const item *plan = &list->all[index];
    writer w = *list->writer;
    w.arena = w.schemas.arena = arena;
    fl_data *out = fl_data_map(arena);
    for (size_t m = 0; m < FL_COUNT(methods); m++)
        if (plan->at[m].operation != NULL)
            fl_data_set_c(arena, out, methods[m], operation(&w, plan->at[m].operation, plan->path, plan->at[m].any, plan->at[m].id));
    return out;
}

static fl_data *path_items(writer *w, const fl_openapi_paths *paths)
{
    items *list = FL_NEW(w->arena, items);
    *list = (items){w, FL_NEW_ARRAY(w->arena, item, paths->count + 1)};
    fl_data *out = fl_data_map(w->arena);
    for (size_t i = 0; i < paths->count; i++) {
        plan_item(w, &list->all[i], &paths->items[i]);
        fl_data_add(w->arena, out, paths->items[i].path, fl_data_late_map(w->arena, (fl_data_late){make_item, list, i}));
    }
    return out;
}

/* ---- the document ---- */

static fl_data *info(writer *w)
{
    fl_data *out = fl_data_map(w->arena);
    set_text(w, out, "title", w->api->title.len > 0 ? w->api->title : FL_S("API"));
    set_text(w, out, "description", w->api->description);
    set_text(w, out, "version", w->api->version.len > 0 ? w->api->version : FL_S("0.0.0"));
    return out;
}

static bool is_shown(const writer *w, const fl_operation *op)
{
    return !op->is_hidden && (op->certainty == FL_CERTAIN || w->with_possible);
}

static int by_name(const void *a, const void *b)
{
    return fl_str_cmp(*(const fl_str *)a, *(const fl_str *)b);
}

static fl_data *tags(writer *w)
{
    fl_data *list = fl_data_list(w->arena);
    FL_VEC(fl_str) names = {0};
    fl_map seen;
    fl_map_init(&seen);
    for (size_t i = 0; i < w->api->operations.count; i++) {
        const fl_operation *op = &w->api->operations.items[i];
        if (op->tag.len == 0 || !is_shown(w, op) || fl_map_get(&seen, fl_sym_of(op->tag)) != NULL)
            continue;
        fl_map_put(&seen, fl_sym_of(op->tag), w);
        fl_vec_push(w->arena, &names, op->tag);
    }
    if (names.count > 1)
        qsort(names.items, names.count, sizeof *names.items, by_name);
    for (size_t i = 0; i < names.count; i++)
        set_text(w, fl_data_push(list, fl_data_map(w->arena)), "name", names.items[i]);
    fl_map_release(&seen);
    return list;
}

static bool is_http_scheme(fl_str word)
{
    return fl_str_eq_nocase(word, FL_S("bearer")) || fl_str_eq_nocase(word, FL_S("basic")) || fl_str_eq_nocase(word, FL_S("digest"));
}

static fl_data *security_schemes(writer *w)
{
    fl_data *out = fl_data_map(w->arena);
    for (size_t i = 0; i < w->api->operations.count; i++) {
        const fl_operation *op = &w->api->operations.items[i];
        size_t asked = op->security.count, count = asked != 0 ? asked : op->optional_security.count;
        for (size_t k = 0; k < count && is_shown(w, op); k++) {
            const fl_security *s = asked != 0 ? &op->security.items[k] : &op->optional_security.items[k];
            if (fl_data_get(out, s->scheme) != NULL)
                continue;
            fl_data *entry = fl_data_set(w->arena, out, s->scheme, fl_data_map(w->arena));
            bool is_key = fl_str_eq_c(s->type, "apiKey");
            set_text(w, entry, "type", s->type.len > 0 ? s->type : FL_S("http"));
            if (is_key) {
                set_text(w, entry, "name", s->name.len > 0 ? s->name : FL_S("authorization"));
                set_text(w, entry, "in", s->in.len > 0 ? s->in : FL_S("header"));
            } else if (s->more != NULL) {
                for (const fl_data *d = s->more->first; d != NULL; d = d->next)
                    fl_data_set(w->arena, entry, d->key, fl_data_copy(w->arena, d));
            } else if (is_http_scheme(s->format)) {
                set_text(w, entry, "scheme", s->format);
            } else {
                set_text(w, entry, "scheme", is_http_scheme(s->name) ? s->name : FL_S("bearer"));
                set_text(w, entry, "bearerFormat", s->format);
            }
        }
    }
    return out;
}

static fl_data *component_schemas(writer *w)
{
    FL_VEC(fl_openapi_name *) sorted = {0};
    for (size_t i = 0; i < w->names.entries.count; i++) {
        fl_openapi_name *entry = w->names.entries.items[i];
        fl_vec_push(w->arena, &sorted, entry);
        size_t k = sorted.count - 1;
        for (; k > 0 && fl_str_cmp(sorted.items[k - 1]->name, entry->name) > 0; k--)
            sorted.items[k] = sorted.items[k - 1];
        sorted.items[k] = entry;
    }
    fl_data *out = fl_data_map(w->arena);
    for (size_t i = 0; i < sorted.count; i++)
        fl_data_add(w->arena, out, sorted.items[i]->name, fl_schema_write_body(&w->schemas, sorted.items[i]->schema));
    return out;
}

fl_data *fl_api_to_openapi(const fl_api *api, fl_arena *arena, const fl_openapi_options *options)
{
    writer *w = FL_NEW(arena, writer);
    *w = (writer){.api = api, .arena = arena, .with_evidence = options->with_evidence, .with_possible = options->with_possible};
    fl_openapi_names_init(&w->names, arena, api, options->with_possible);
    fl_map_init(&w->ids);
    w->schemas = (fl_schema_writer){.arena = arena, .name_of = fl_openapi_name_of, .context = &w->names,
                                    .evidence = options->with_evidence ? api : NULL};

    fl_data *document = fl_data_map(arena);
    set_text(w, document, "openapi", FL_S("3.1.0"));
    fl_data_set_c(arena, document, "info", info(w));
    if (api->listen.port != 0) {
        fl_data *server = fl_data_push(fl_data_set_c(arena, document, "servers", fl_data_list(arena)), fl_data_map(arena));
        set_text(w, server, "url", fl_str_format(arena, "http://localhost:%u", api->listen.port));
        set_source(w, server, api->listen.span);
    }
    fl_data *list = tags(w);
    if (list->count > 0)
        fl_data_set_c(arena, document, "tags", list);

    fl_openapi_paths *paths = FL_NEW(arena, fl_openapi_paths);
    fl_openapi_paths_of(paths, arena, api, options->with_possible);
    fl_data_set_c(arena, document, "paths", path_items(w, paths));

    fl_data *components = fl_data_map(arena);
    fl_data *schemas = component_schemas(w), *schemes = security_schemes(w);
    if (schemas->count > 0)
        fl_data_set_c(arena, components, "schemas", schemas);
    if (schemes->count > 0)
        fl_data_set_c(arena, components, "securitySchemes", schemes);
    if (components->count > 0)
        fl_data_set_c(arena, document, "components", components);
    if (w->others != NULL)
        fl_data_set_c(arena, document, "x-faultline-other-routes", w->others);
    fl_map_release(&w->ids);
    return document;
}
