/* Reads faultline.yaml. The keys stand in tables; what is not in one is refused with the nearest key that is. */
#include <string.h>
#include "base/fs.h"
#include "cli/commands.h"
#include "cli/config.h"

typedef struct reader { fl_config *config; fl_arena *arena; const char *name; fl_err *err; size_t phase; } reader;
typedef fl_status (*read_fn)(reader *r, const fl_data *node);
typedef struct key { const char *name; read_fn read; } key;

static const char *kind_text(const fl_data *node)
{
    static const char *const texts[] = {"nothing", "true or false", "a number", "a text", "a list", "a map"};
    return texts[node->kind];
}

static fl_status wants(const reader *r, const fl_data *node, const char *what)
{
    return fl_fail(r->err, FL_E_USAGE, "'%s' line %u: '" FL_STR_FMT "' wants %s, not %s", r->name, node->line + 1,
                   FL_STR_ARG(node->key), what, kind_text(node));
}

static fl_status unknown_key(const reader *r, const fl_data *node, const key *keys, size_t count)
{
    const char *names[16];
    FL_ASSERT(count <= FL_COUNT(names));
    for (size_t i = 0; i < count; i++)
        names[i] = keys[i].name;
    const char *near = fl_nearest(fl_str_c(r->arena, node->key), names, count);
    if (near != NULL)
        return fl_fail(r->err, FL_E_USAGE, "'%s' line %u: unknown key '" FL_STR_FMT "'; did you mean '%s'?", r->name, node->line + 1,
                       FL_STR_ARG(node->key), near);
    fl_buf known;
    fl_buf_init(&known, 0);
    for (size_t i = 0; i < count; i++)
        fl_buf_format(&known, "%s%s", i > 0 ? ", " : "", names[i]);
    fl_status status = fl_fail(r->err, FL_E_USAGE, "'%s' line %u: unknown key '" FL_STR_FMT "'; known: %s", r->name, node->line + 1,
                               FL_STR_ARG(node->key), known.ptr);
    fl_buf_release(&known);
    return status;
}

static fl_status read_keys(reader *r, const fl_data *map, const key *keys, size_t count)
{
    for (const fl_data *node = map->first; node != NULL; node = node->next) {
        size_t i = 0;
        while (i < count && !fl_str_eq_c(node->key, keys[i].name))
            i++;
        if (i == count)
            return unknown_key(r, node, keys, count);
        if (node->kind == FL_DATA_NULL) /* `start:` with nothing behind it says nothing */
            continue;
        fl_status status = keys[i].read(r, node);
        if (status != FL_OK)
            return status;
    }
    return FL_OK;
}

static fl_status read_text(const reader *r, const fl_data *node, fl_str *out)
{
    if (node->kind != FL_DATA_STRING || fl_str_trim(node->text).len == 0)
        return wants(r, node, "a text");
    if (memchr(node->text.ptr, '\0', node->text.len) != NULL)
        return wants(r, node, "a text without NUL");
    *out = node->text;
    return FL_OK;
}

static fl_status read_count(const reader *r, const fl_data *node, int64_t most, unsigned *out)
{
    int64_t number;
    if (node->kind != FL_DATA_NUMBER || !fl_str_to_int(node->text, &number) || number < 1 || number > most)
        return fl_fail(r->err, FL_E_USAGE, "'%s' line %u: '" FL_STR_FMT "' wants a number from 1 to %lld, not '" FL_STR_FMT "'", r->name,
                       node->line + 1, FL_STR_ARG(node->key), (long long)most,
                       FL_STR_ARG(fl_data_str(node, fl_str_from(kind_text(node)))));
    *out = (unsigned)number;
    return FL_OK;
}

static fl_status read_start(reader *r, const fl_data *node) { return read_text(r, node, &r->config->start); }
static fl_status read_build(reader *r, const fl_data *node) { return read_text(r, node, &r->config->build); }
static fl_status read_test(reader *r, const fl_data *node) { return read_text(r, node, &r->config->test); }
static fl_status read_reset(reader *r, const fl_data *node) { return read_text(r, node, &r->config->reset); }

static fl_status read_sanitize(reader *r, const fl_data *node)
{
    if (node->kind != FL_DATA_BOOL)
        return wants(r, node, "true or false");
    r->config->refuses_sanitizers = !node->boolean;
    return FL_OK;
}

static fl_status read_url(reader *r, const fl_data *node)
{
    fl_status status = read_text(r, node, &r->config->url);
    if (status == FL_OK && !fl_str_starts(r->config->url, FL_S("http://")) && !fl_str_starts(r->config->url, FL_S("https://")))
        return wants(r, node, "a URL that begins with http:// or https://");
    return status;
}

static fl_status read_ready(reader *r, const fl_data *node)
{
    fl_status status = read_text(r, node, &r->config->ready);
    return status == FL_OK && r->config->ready.ptr[0] != '/' ? wants(r, node, "a path that begins with /") : status;
}

static fl_status read_port(reader *r, const fl_data *node)
{
    unsigned port = 0;
    fl_status status = read_count(r, node, 65535, &port);
    r->config->port = (uint16_t)port;
    return status;
}

static fl_status read_env(reader *r, const fl_data *node)
{
    if (node->kind != FL_DATA_MAP)
        return wants(r, node, "a map of names and values");
    for (const fl_data *v = node->first; v != NULL; v = v->next) {
        if (v->key.len == 0 || fl_str_find_char(v->key, '=') >= 0 || memchr(v->key.ptr, '\0', v->key.len) != NULL)
            return fl_fail(r->err, FL_E_USAGE, "'%s' line %u: '" FL_STR_FMT "' is no name of a variable", r->name, v->line + 1, FL_STR_ARG(v->key));
        fl_str value = v->text;
        if (v->kind == FL_DATA_BOOL)
            value = v->boolean ? FL_S("true") : FL_S("false");
        else if (v->kind == FL_DATA_NULL)
            value = (fl_str){0};
        else if (v->kind != FL_DATA_STRING && v->kind != FL_DATA_NUMBER)
            return wants(r, v, "a text");
        if (value.len > 0 && memchr(value.ptr, '\0', value.len) != NULL)
            return wants(r, v, "a text without NUL");
        fl_vec_push(r->arena, &r->config->env,
                    fl_str_format(r->arena, FL_STR_FMT "=" FL_STR_FMT, FL_STR_ARG(v->key), FL_STR_ARG(value)));
    }
    return FL_OK;
}

/* ---- auth ---- */

static fl_status accept_any(reader *r, const fl_data *node) { (void)r; (void)node; return FL_OK; }

static fl_status accept_text(reader *r, const fl_data *node)
{
    fl_str text;
    return read_text(r, node, &text);
}

static fl_status accept_pointer(reader *r, const fl_data *node)
{
    fl_str text = {0};
    fl_status status = read_text(r, node, &text);
    return status == FL_OK && text.ptr[0] != '/' ? wants(r, node, "a JSON pointer into the answer, such as /token") : status;
}

static fl_status read_auth_header(reader *r, const fl_data *node)
{
    if (node->kind != FL_DATA_MAP)
        return accept_text(r, node);
    for (const fl_data *header = node->first; header != NULL; header = header->next)
        if (header->kind != FL_DATA_STRING)
            return wants(r, header, "a text");
    return FL_OK;
}

static fl_status read_auth(reader *r, const fl_data *node);

static fl_status read_other_auth(reader *r, const fl_data *node)
{
    const fl_data *first = r->config->auth;
    if (fl_data_get_c(node, "other") != NULL)
        return wants(r, node, "one caller: there are two, not three");
    fl_status status = read_auth(r, node);
    r->config->auth = first;
    r->config->other_auth = node;
    return status;
}

static fl_status read_auth(reader *r, const fl_data *node)
{
    static const key keys[] = {{"header", read_auth_header}, {"operation", accept_text}, {"body", accept_any},
                               {"token", accept_pointer}, {"format", accept_text}, {"other", read_other_auth}};
    if (node->kind != FL_DATA_MAP)
        return wants(r, node, "a map: header, or operation, body, token");
    fl_status status = read_keys(r, node, keys, FL_COUNT(keys));
    if (status != FL_OK)
        return status;
    const fl_data *header = fl_data_get_c(node, "header");
    bool has_headers = header != NULL && header->kind == FL_DATA_MAP, has_login = fl_data_get_c(node, "operation") != NULL;
    if (!has_headers && !has_login)
        return fl_fail(r->err, FL_E_USAGE, "'%s' line %u: 'auth' wants 'header' (a map of headers) or 'operation' (a login)", r->name,
                       node->line + 1);
    if (has_login && fl_data_get_c(node, "token") == NULL)
        return fl_fail(r->err, FL_E_USAGE, "'%s' line %u: 'auth' with 'operation' wants 'token': where the answer has it, such as /token",
                       r->name, node->line + 1);
    r->config->auth = node;
    return FL_OK;
}

static fl_status read_upstreams(reader *r, const fl_data *node)
{
    if (node->kind != FL_DATA_MAP)
        return wants(r, node, "a map: the variable that says where a service is, and its URL, or what is answered in its place");
    for (const fl_data *each = node->first; each != NULL; each = each->next)
        if (each->kind == FL_DATA_STRING && !fl_str_starts(each->text, FL_S("http://")))
            return wants(r, each, "a URL that begins with http://, or what is answered in its place");
    r->config->upstreams = node;
    return FL_OK;
}

/* ---- exclude and limits ---- */

static bool is_request_glob(fl_str text)
{
    ptrdiff_t space = fl_str_find_char(text, ' ');
    if (space <= 0 || (size_t)space + 1 >= text.len || text.ptr[space + 1] != '/')
        return false;
    for (ptrdiff_t i = 0; i < space; i++)
        if (!((text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') || text.ptr[i] == '*'))
            return false;
    return true;
}

static fl_status read_requests(reader *r, const fl_data *node)
{
    if (node->kind != FL_DATA_LIST)
        return wants(r, node, "a list");
    for (const fl_data *item = node->first; item != NULL; item = item->next) {
        if (item->kind != FL_DATA_STRING || !is_request_glob(item->text))
            return fl_fail(r->err, FL_E_USAGE, "'%s' line %u: '" FL_STR_FMT "' is no request; write METHOD /path, * stands for any text", r->name,
                           item->line + 1, FL_STR_ARG(fl_data_str(item, fl_str_from(kind_text(item)))));
        fl_vec_push(r->arena, &r->config->exclude_requests, fl_str_c(r->arena, item->text));
    }
    return FL_OK;
}

static fl_status read_files(reader *r, const fl_data *node)
{
    if (node->kind != FL_DATA_LIST)
        return wants(r, node, "a list");
    for (const fl_data *item = node->first; item != NULL; item = item->next) {
        if (item->kind != FL_DATA_STRING)
            return fl_fail(r->err, FL_E_USAGE, "'%s' line %u: a pattern is a text, not %s", r->name, item->line + 1, kind_text(item));
        fl_vec_push(r->arena, &r->config->exclude_files, fl_str_c(r->arena, item->text));
    }
    return FL_OK;
}

static fl_status read_exclude(reader *r, const fl_data *node)
{
    static const key keys[] = {{"requests", read_requests}, {"files", read_files}};
    if (node->kind == FL_DATA_MAP)
        return read_keys(r, node, keys, FL_COUNT(keys));
    return read_requests(r, node);
}

static fl_status read_limit_requests(reader *r, const fl_data *node) { return read_count(r, node, 1000000000, &r->config->limit_requests); }
static fl_status read_request_ms(reader *r, const fl_data *node) { return read_count(r, node, 600000, &r->config->request_ms); }
static fl_status read_ready_ms(reader *r, const fl_data *node) { return read_count(r, node, 600000, &r->config->ready_ms); }

static fl_status read_response_bytes(reader *r, const fl_data *node) { return read_count(r, node, 1000000000, &r->config->response_bytes); }
static fl_status read_response_headers(reader *r, const fl_data *node) { return read_count(r, node, 1000000, &r->config->response_headers); }

static fl_status read_http2(reader *r, const fl_data *node)
{
    if (node->kind != FL_DATA_BOOL)
        return wants(r, node, "true or false");
    r->config->uses_http2 = node->boolean;
    return FL_OK;
}

static fl_status read_connections(reader *r, const fl_data *node) { return read_count(r, node, 10000, &r->config->load.connections); }
static fl_status read_rate(reader *r, const fl_data *node) { return read_count(r, node, 10000000, &r->config->load.rate); }

static fl_status read_seconds(reader *r, const fl_data *node)
{
    unsigned seconds = 0;
    fl_status status = read_count(r, node, 86400, &seconds);
    r->config->load.duration_ms = seconds * 1000;
    return status;
}

static fl_status read_load(reader *r, const fl_data *node)
{
    static const key keys[] = {{"connections", read_connections}, {"rate", read_rate}, {"seconds", read_seconds}};
    return node->kind == FL_DATA_MAP ? read_keys(r, node, keys, FL_COUNT(keys)) : wants(r, node, "a map: connections, rate, seconds");
}

static fl_status read_phase_requests(reader *r, const fl_data *node) { return read_count(r, node, 1000000000, &r->config->phases[r->phase].requests); }

static fl_status read_phase_ms(reader *r, const fl_data *node)
{
    unsigned time_ms = 0;
    fl_status status = read_count(r, node, 1000000000, &time_ms);
    r->config->phases[r->phase].time_ms = time_ms;
    return status;
}

static fl_status read_phase_limit(reader *r, const fl_data *node)
{
    static const key keys[] = {{"requests", read_phase_requests}, {"ms", read_phase_ms}};
    if (node->kind != FL_DATA_MAP)
        return wants(r, node, "a map: requests, ms");
    r->phase = 0;
    while (!fl_str_eq_c(node->key, fl_phase_infos[r->phase].name)) /* one of them: read_keys has looked */
        r->phase++;
    return read_keys(r, node, keys, FL_COUNT(keys));
}

static fl_status read_phases(reader *r, const fl_data *node)
{
    key keys[FL_PHASE_COUNT];
    for (size_t i = 0; i < FL_PHASE_COUNT; i++)
        keys[i] = (key){fl_phase_infos[i].name, read_phase_limit};
    return node->kind == FL_DATA_MAP ? read_keys(r, node, keys, FL_COUNT(keys)) : wants(r, node, "a map: of a phase, its requests and ms");
}

static fl_status read_limits(reader *r, const fl_data *node)
{
    static const key keys[] = {{"requests", read_limit_requests}, {"request_ms", read_request_ms}, {"ready_ms", read_ready_ms}, {"phases", read_phases},
                               {"response_bytes", read_response_bytes}, {"response_headers", read_response_headers}};
    return node->kind == FL_DATA_MAP ? read_keys(r, node, keys, FL_COUNT(keys)) : wants(r, node, "a map");
}

/* ---- the file ---- */

static const key top_keys[] = {
    {"start", read_start}, {"build", read_build}, {"test", read_test}, {"port", read_port}, {"url", read_url}, {"ready", read_ready},
    {"reset", read_reset}, {"sanitize", read_sanitize}, {"env", read_env}, {"upstreams", read_upstreams}, {"auth", read_auth}, {"exclude", read_exclude}, {"limits", read_limits},
    {"load", read_load}, {"http2", read_http2},
};

fl_status fl_config_parse(fl_config *config, fl_arena *arena, fl_str text, const char *name, fl_err *err)
{
    *config = (fl_config){.file = fl_str_copy(arena, fl_str_from(name))};
    reader r = {config, arena, name, err, 0};
    fl_data *root;
    fl_err why = {0};
    if (fl_str_trim(text).len > 0) {
        if (fl_yaml_parse(arena, text, name, &root, &why) != FL_OK)
            return fl_fail(err, FL_E_USAGE, "%s", why.text);
        if (root->kind != FL_DATA_MAP && root->kind != FL_DATA_NULL)
            return fl_fail(err, FL_E_USAGE, "'%s': a map of keys is wanted, not %s", name, kind_text(root));
        fl_status status = root->kind == FL_DATA_MAP ? read_keys(&r, root, top_keys, FL_COUNT(top_keys)) : FL_OK;
        if (status != FL_OK)
            return status;
    }
    fl_vec_push(arena, &config->exclude_requests, NULL);
    config->exclude_requests.count--;
    fl_vec_push(arena, &config->exclude_files, NULL);
    config->exclude_files.count--;
    return FL_OK;
}

fl_status fl_config_load(fl_config *config, fl_arena *arena, const char *path, const char *file, fl_err *err)
{
    fl_str text = {0};
    if (file == NULL) {
        const char *usual = fl_str_c(arena, fl_fs_join(arena, fl_str_from(path), FL_S("faultline.yaml")));
        if (!fl_fs_exists(usual)) {
            fl_status status = fl_config_parse(config, arena, text, "faultline.yaml", err);
            config->file = (fl_str){0};
            return status;
        }
        file = usual;
    }
    fl_err why = {0};
    if (fl_fs_read(arena, file, FL_LIMIT_DATA_BYTES, &text, &why) != FL_OK)
        return fl_fail(err, FL_E_USAGE, "%s", why.text);
    return fl_config_parse(config, arena, text, file, err);
}

static void replace(fl_str *inferred, fl_str said)
{
    if (said.len > 0)
        *inferred = said;
}

void fl_config_apply(const fl_config *config, fl_service_plan *plan, fl_arena *arena)
{
    if (config->build.len > 0 && !fl_str_eq(config->build, plan->build))
        plan->rebuild = (fl_str){0}; /* it belongs to the inferred one */
    if (config->start.len)
        plan->otherwise = (fl_str){0};
    if (config->start.len && !fl_str_eq(config->start, plan->start))
        plan->prepare = (fl_str){0}; /* it belongs to the inferred one, too */
    replace(&plan->start, config->start);
    replace(&plan->build, config->build);
    replace(&plan->url, config->url);
    replace(&plan->ready, config->ready);
    replace(&plan->reset, config->reset);
    plan->refuses_sanitizers = plan->refuses_sanitizers || config->refuses_sanitizers;
    if (config->port != 0)
        plan->port = config->port;
    if (config->ready_ms != 0)
        plan->ready_ms = config->ready_ms;
    for (size_t i = 0; i < config->env.count; i++) {
        fl_str variable = config->env.items[i];
        fl_str name = fl_str_sub(variable, 0, (size_t)fl_str_find_char(variable, '=') + 1);
        size_t at = 0;
        while (at < plan->env.count && !fl_str_starts(plan->env.items[at], name))
            at++;
        if (at < plan->env.count)
            plan->env.items[at] = variable;
        else
            fl_vec_push(arena, &plan->env, variable);
    }
}
