/* OpenAPI and Swagger documents → API model. What the three versions spell differently ends here; schemas are read by
 * fl_json_schema_read. Read fl_api_read_document first. */
#include <stdlib.h>
#include "extractor/api/document.h"
#include "extractor/flow/claim.h"

enum { REFERENCE_DEPTH = 16 };

typedef struct reader {
    fl_api *api;
    const fl_data *root;
    fl_json_schemas *schemas;
    bool is_swagger;
    fl_str prefix;                         /* of every path, without a slash at its end */
    unsigned unresolved;
} reader;

static const fl_span nowhere = {UINT32_MAX, 0, 0};
static const char *const methods[] = {"get", "put", "post", "delete", "options", "head", "patch", "trace"};

/* The node itself, or what its reference names; NULL when that is not in the document. */
static const fl_data *resolve(reader *r, const fl_data *node)
{
    for (unsigned i = 0; node != NULL && i < REFERENCE_DEPTH; i++) {
        fl_str ref = fl_data_get_str(node, "$ref");
        if (ref.len == 0)
            return node;
        node = fl_str_starts(ref, FL_S("#/")) ? fl_data_pointer(r->root, fl_str_sub(ref, 1, ref.len)) : NULL;
    }
    r->unresolved++;
    return NULL;
}

static fl_schema *schema_at(reader *r, const fl_data *node)
{
    fl_str ref = fl_data_get_str(node, "$ref");
    if (ref.len > 0 && (!fl_str_starts(ref, FL_S("#")) || (ref.len > 1 && fl_data_pointer(r->root, fl_str_sub(ref, 1, ref.len)) == NULL)))
        r->unresolved++;
    return node != NULL ? fl_json_schema_read(r->schemas, node) : NULL;
}

/** The schema with the example that stands beside it: `example`, or the first of `examples`. */
static fl_schema *with_example(reader *r, fl_schema *schema, const fl_data *beside)
{
    const fl_data *example = fl_data_get_c(beside, "example"), *examples = fl_data_get_c(beside, "examples");
    if (example == NULL && examples != NULL && examples->kind == FL_DATA_MAP && examples->first != NULL)
        example = fl_data_get_c(resolve(r, examples->first), "value");
    if (example == NULL)
        return schema;
    schema = schema != NULL ? fl_schema_copy(&r->api->arena, schema) : fl_schema_new(&r->api->arena, FL_JSON_ANY);
    schema->example = example;
    return schema;
}

/* ---- content ---- */

static fl_str media_type(fl_str text)
{
    ptrdiff_t parameters = fl_str_find_char(text, ';');
    return fl_str_trim(parameters < 0 ? text : fl_str_sub(text, 0, (size_t)parameters));
}

static const fl_data *members(const fl_data *map)
{
    return map != NULL && map->kind == FL_DATA_MAP ? map->first : NULL;
}

static const fl_data *elements(const fl_data *list)
{
    return list != NULL && list->kind == FL_DATA_LIST ? list->first : NULL;
}

/* The first of a type counts: `a/b; v=1` and `a/b; v=2` are one. */
static void add_one_media(reader *r, fl_str type, fl_schema *schema, fl_media_list *into)
{
    for (size_t i = 0; i < into->count; i++)
        if (fl_str_eq_nocase(into->items[i].type, type))
            return;
    fl_vec_push(&r->api->arena, into, (fl_media){type, schema});
}

static void read_content(reader *r, const fl_data *content, fl_media_list *into)
{
    for (const fl_data *m = members(content); m != NULL; m = m->next) {
        const fl_data *of_each = fl_data_get_c(m, "itemSchema"); /* of a stream, as OpenAPI 3.2 says it */
        add_one_media(r, media_type(m->key), with_example(r, schema_at(r, of_each != NULL ? of_each : fl_data_get_c(m, "schema")), m), into);
    }
}

/* Swagger: the media types of an operation, else of all of them. */
static const fl_data *media_of(const reader *r, const fl_data *operation, const char *key)
{
    const fl_data *own = fl_data_get_c(operation, key);
    return elements(own != NULL ? own : fl_data_get_c(r->root, key));
}

static void add_media(reader *r, const fl_data *types, fl_schema *schema, fl_media_list *into)
{
    if (types == NULL)
        add_one_media(r, FL_S("application/json"), schema, into);
    for (const fl_data *t = types; t != NULL; t = t->next)
        add_one_media(r, media_type(fl_data_str(t, FL_S(""))), schema, into);
}

/* ---- parameters ---- */

static bool location_of(fl_str in, fl_location *out)
{
    static const fl_location all[] = {FL_IN_PATH, FL_IN_QUERY, FL_IN_HEADER, FL_IN_COOKIE};
    for (size_t i = 0; i < FL_COUNT(all); i++)
        if (fl_str_eq_c(in, fl_location_text(all[i]))) {
            *out = all[i];
            return true;
        }
    return false;
}

static fl_schema *parameter_schema(reader *r, const fl_data *parameter)
{
    if (r->is_swagger)
        return schema_at(r, parameter);
    const fl_data *schema = fl_data_get_c(parameter, "schema");
    if (schema == NULL)
        schema = fl_data_get_c(members(fl_data_get_c(parameter, "content")), "schema");
    return with_example(r, schema_at(r, schema), parameter);
}

static void read_form_field(reader *r, fl_schema **form, bool *has_file, const fl_data *parameter)
{
    if (*form == NULL)
        *form = fl_schema_new(&r->api->arena, FL_JSON_OBJECT);
    fl_property *p = fl_schema_add_property(&r->api->arena, *form, fl_data_get_str(parameter, "name"));
    p->schema = parameter_schema(r, parameter);
    p->is_required = fl_data_get_bool(parameter, "required", false);
    *has_file |= p->schema != NULL && (p->schema->types & FL_JSON_BINARY) != 0;
}

static bool has_parameter(const fl_operation *op, fl_location in, fl_str name)
{
    for (size_t i = 0; i < op->parameters.count; i++)
        if (op->parameters.items[i].in == in && (in == FL_IN_HEADER ? fl_str_eq_nocase(op->parameters.items[i].name, name) : fl_str_eq(op->parameters.items[i].name, name)))
            return true;
    return false;
}

/* Those of the operation stand before those of its path, and hide them. */
static void read_parameters(reader *r, fl_operation *op, const fl_data *operation, const fl_data *item)
{
    const fl_data *lists[2] = {fl_data_get_c(operation, "parameters"), fl_data_get_c(item, "parameters")};
    fl_schema *form = NULL;
    bool has_file = false;
    for (size_t i = 0; i < FL_COUNT(lists); i++)
        for (const fl_data *p = elements(lists[i]); p != NULL; p = p->next) {
            const fl_data *parameter = resolve(r, p);
            fl_str in = fl_data_get_str(parameter, "in"), name = fl_data_get_str(parameter, "name");
            fl_parameter made = {.name = name, .source = nowhere};
            if (parameter == NULL)
                continue;
            if (r->is_swagger && fl_str_eq_c(in, "body")) {
                op->body_is_required = fl_data_get_bool(parameter, "required", false);
                add_media(r, media_of(r, operation, "consumes"), schema_at(r, fl_data_get_c(parameter, "schema")), &op->body);
            } else if (r->is_swagger && fl_str_eq_c(in, "formData")) {
                read_form_field(r, &form, &has_file, parameter);
            } else if (location_of(in, &made.in) && !has_parameter(op, made.in, name)) {
                made.schema = parameter_schema(r, parameter);
                made.is_required = made.in == FL_IN_PATH || fl_data_get_bool(parameter, "required", false);
                fl_vec_push(&r->api->arena, &op->parameters, made);
            }
        }
    if (form != NULL) {
        fl_str usual = has_file ? FL_S("multipart/form-data") : FL_S("application/x-www-form-urlencoded");
        const fl_data *said = media_of(r, operation, "consumes");
        for (size_t i = 0; i < form->properties.count; i++)
            op->body_is_required |= form->properties.items[i].is_required;
        if (said != NULL)
            add_media(r, said, form, &op->body);
        else
            fl_vec_push(&r->api->arena, &op->body, (fl_media){usual, form});
    }
}

static int by_place(const void *a, const void *b)
{
    const fl_parameter *p = a, *q = b;
    return p->in != q->in ? (p->in < q->in ? -1 : 1) : fl_str_cmp(p->name, q->name);
}

/* ---- operations ---- */

/* False: no status, or one that was there before. */
static bool status_of(const fl_operation *op, fl_str key, uint16_t *out)
{
    int64_t n = 0;
    if (fl_str_eq_c(key, "default"))
        *out = 0;
    else if (key.len == 3 && key.ptr[0] >= '1' && key.ptr[0] <= '5' && fl_str_eq_nocase(fl_str_sub(key, 1, 3), FL_S("xx")))
        *out = (uint16_t)(key.ptr[0] - '0');
    else if (fl_str_to_int(key, &n) && n >= 100 && n <= 599)
        *out = (uint16_t)n;
    else
        return false;
    for (size_t i = 0; i < op->responses.count; i++)
        if (op->responses.items[i].status == *out)
            return false;
    return true;
}

static void read_responses(reader *r, fl_operation *op, const fl_data *operation)
{
    for (const fl_data *entry = members(fl_data_get_c(operation, "responses")); entry != NULL; entry = entry->next) {
        const fl_data *response = resolve(r, entry);
        uint16_t status;
        if (!status_of(op, entry->key, &status))
            continue;
        fl_response made = {.status = status, .description = fl_data_get_str(response, "description"), .source = nowhere};
        const fl_data *schema = fl_data_get_c(response, "schema");
        if (!r->is_swagger)
            read_content(r, fl_data_get_c(response, "content"), &made.content);
        else if (schema != NULL)
            add_media(r, media_of(r, operation, "produces"), schema_at(r, schema), &made.content);
        for (const fl_data *h = members(fl_data_get_c(response, "headers")); h != NULL; h = h->next) {
            const fl_data *header = resolve(r, h);
            bool is_known = false;
            for (size_t i = 0; i < made.headers.count; i++)
                is_known |= fl_str_eq_nocase(made.headers.items[i].name, h->key);
            if (is_known)
                continue;
            fl_vec_push(&r->api->arena, &made.headers, (fl_parameter){.in = FL_IN_HEADER, .name = h->key, .source = nowhere,
                .schema = header != NULL ? parameter_schema(r, header) : NULL, .is_required = fl_data_get_bool(header, "required", false)});
        }
        fl_vec_push(&r->api->arena, &op->responses, made);
    }
}

/* What only some kinds of schemes have. */
static const fl_data *other_keys(reader *r, const fl_data *scheme, fl_str type)
{
    const char *const key = fl_str_eq_c(type, "oauth2") ? "flows" : fl_str_eq_c(type, "openIdConnect") ? "openIdConnectUrl" : NULL;
    const fl_data *value = key != NULL ? fl_data_get_c(scheme, key) : NULL;
    if (value == NULL)
        return NULL;
    fl_data *out = fl_data_map(&r->api->arena);
    fl_data_set_c(&r->api->arena, out, key, fl_data_copy(&r->api->arena, value));
    return out;
}

static void read_security(reader *r, fl_operation *op, const fl_data *operation)
{
    const fl_data *list = fl_data_get_c(operation, "security"), *schemes = fl_data_get_c(r->root, "securityDefinitions");
    if (!r->is_swagger)
        schemes = fl_data_get_c(fl_data_get_c(r->root, "components"), "securitySchemes");
    list = list != NULL ? list : fl_data_get_c(r->root, "security");
    bool is_optional = false; /* one may do without */
    for (const fl_data *choice = elements(list); choice != NULL; choice = choice->next)
        is_optional = is_optional || (choice->kind == FL_DATA_MAP && choice->count == 0);
    for (const fl_data *s = members(elements(list)); s != NULL; s = s->next) {
        const fl_data *scheme = resolve(r, fl_data_get(schemes, s->key));
        fl_str type = fl_data_get_str(scheme, "type"), format = fl_data_get_str(scheme, "scheme");
        if (fl_str_eq_c(type, "basic")) { /* Swagger */
            type = FL_S("http");
            format = FL_S("basic");
        }
        fl_security one = {.scheme = s->key, .type = type, .in = fl_data_get_str(scheme, "in"), .name = fl_data_get_str(scheme, "name"),
                           .format = format, .more = other_keys(r, scheme, type)};
        if (is_optional)
            fl_vec_push(&r->api->arena, &op->optional_security, one);
        else
            fl_vec_push(&r->api->arena, &op->security, one);
    }
}

static void read_operation(reader *r, const fl_data *item, const fl_data *operation, const char *method)
{
    fl_arena *arena = &r->api->arena;
    fl_operation op = {.method = fl_str_upper(arena, fl_str_from(method)), .id = fl_data_get_str(operation, "operationId"), .summary = fl_data_get_str(operation, "summary"),
        .tag = fl_data_str(elements(fl_data_get_c(operation, "tags")), FL_S("")), .registration = nowhere, .body_source = nowhere};
    op.path = fl_str_format(arena, FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(r->prefix), fl_str_starts(item->key, FL_S("/")) ? "" : "/", FL_STR_ARG(item->key));
    fl_str doubt = fl_data_get_str(operation, "x-faultline-possible");
    op.certainty = doubt.len > 0 ? FL_POSSIBLE : FL_CERTAIN;
    op.doubt = doubt;
    op.is_truncated = fl_data_get_bool(operation, "x-faultline-truncated", false);
    read_parameters(r, &op, operation, item);
    if (op.parameters.count > 1)
        qsort(op.parameters.items, op.parameters.count, sizeof *op.parameters.items, by_place);
    const fl_data *body = fl_data_get_c(operation, "requestBody") != NULL ? resolve(r, fl_data_get_c(operation, "requestBody")) : NULL;
    if (body != NULL) {
        op.body_is_required = fl_data_get_bool(body, "required", false);
        read_content(r, fl_data_get_c(body, "content"), &op.body);
    }
    read_responses(r, &op, operation);
    read_security(r, &op, operation);
    fl_vec_push(arena, &r->api->operations, op);
}

static int by_path(const void *a, const void *b)
{
    const fl_operation *p = a, *q = b;
    int order = fl_str_cmp(p->path, q->path);
    return order != 0 ? order : fl_str_cmp(p->method, q->method);
}

/* ---- the document ---- */

/* `https://host/api/{version}` → `/api/v1`: variables have their default. */
static fl_str server_path(reader *r, const fl_data *server)
{
    fl_str url = fl_data_get_str(server, "url");
    ptrdiff_t scheme = fl_str_find(url, FL_S("://"));
    if (scheme >= 0) {
        url = fl_str_sub(url, (size_t)scheme + 3, url.len);
        ptrdiff_t slash = fl_str_find_char(url, '/');
        url = slash < 0 ? FL_S("") : fl_str_sub(url, (size_t)slash, url.len);
    }
    for (const fl_data *v = members(fl_data_get_c(server, "variables")); v != NULL; v = v->next)
        url = fl_str_replace(&r->api->arena, url, fl_str_format(&r->api->arena, "{" FL_STR_FMT "}", FL_STR_ARG(v->key)), fl_data_get_str(v, "default"));
    return url;
}

static fl_str prefix_of(reader *r)
{
    fl_str path = r->is_swagger ? fl_data_get_str(r->root, "basePath") : server_path(r, elements(fl_data_get_c(r->root, "servers")));
    while (path.len > 0 && path.ptr[path.len - 1] == '/')
        path.len--;
    if (path.len > 0 && path.ptr[0] != '/')
        path = fl_str_format(&r->api->arena, "/" FL_STR_FMT, FL_STR_ARG(path));
    return path;
}

fl_status fl_api_read_document(fl_api *api, const fl_data *root, const char *name, unsigned *unresolved, fl_err *err)
{
    *api = (fl_api){0};
    fl_str openapi = fl_data_get_str(root, "openapi"), swagger = fl_data_get_str(root, "swagger");
    if (!fl_str_starts(openapi, FL_S("3.")) && !fl_str_starts(swagger, FL_S("2")))
        return fl_fail(err, FL_E_FORMAT, "'%s' is no OpenAPI document: \"openapi: 3.x\" or \"swagger: 2.0\" is not said in it", name);
    const fl_data *paths = fl_data_get_c(root, "paths");
    if (paths != NULL && paths->kind != FL_DATA_MAP && paths->kind != FL_DATA_NULL)
        return fl_fail(err, FL_E_FORMAT, "'%s' is no OpenAPI document: its \"paths\" is no map of paths", name);
    fl_arena_init(&api->arena);
    reader r = {.api = api, .root = root, .is_swagger = openapi.len == 0};
    r.schemas = fl_json_schemas_new(&api->arena, root);
    r.prefix = prefix_of(&r);
    const fl_data *info = fl_data_get_c(root, "info");
    api->title = fl_data_get_str(info, "title");
    api->version = fl_data_get_str(info, "version");
    api->description = fl_data_get_str(info, "description");
    for (const fl_data *p = members(paths); p != NULL; p = p->next) {
        const fl_data *item = resolve(&r, p);
        for (size_t m = 0; m < FL_COUNT(methods); m++) {
            const fl_data *operation = fl_data_get_c(item, methods[m]);
            if (operation == NULL || operation->kind != FL_DATA_MAP)
                continue;
            fl_data keyed = *item; /* a shared path item has its own key, the path is that of the reference */
            keyed.key = p->key;
            read_operation(&r, &keyed, operation, methods[m]);
        }
    }
    if (api->operations.count > 1)
        qsort(api->operations.items, api->operations.count, sizeof *api->operations.items, by_path);
    if (unresolved != NULL)
        *unresolved = r.unresolved;
    return FL_OK;
}
