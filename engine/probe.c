/*
 * Probes: checks that send requests of their own. Read fl_probes_run, then fl_probe_make and fl_probe_about, which every one of them
 * is made of. Comparisons are in probe_compare.c.
 */
#include "engine/probe.h"

enum { MAKES = 3 };

/* ---- resources ---- */

static bool is_method(const fl_operation *operation, const char *method)
{
    return fl_str_eq_c(operation->method, method);
}

/** "/orders/{id}" of "/orders": one more part, a variable. */
static bool is_item_of(fl_str path, fl_str collection)
{
    fl_str rest = fl_str_sub(path, collection.len, path.len);
    return fl_str_starts(path, collection) && fl_str_starts(rest, FL_S("/{")) && fl_str_find_char(rest, '}') == (ptrdiff_t)rest.len - 1;
}

static bool is_ok(const fl_engine *engine, size_t index)
{
    return engine->run->baselines.items[index].is_ok && fl_status_is_success(engine->run->baselines.items[index].status);
}

static void find_resources(fl_engine *engine, fl_arena *arena, fl_resources *out)
{
    const fl_api *api = engine->api;
    for (size_t i = 0; i < api->operations.count; i++) {
        const fl_operation *create = &api->operations.items[i];
        if (!is_method(create, "POST") || !is_ok(engine, i))
            continue;
        fl_resource r = {(int)i, FL_NO_OPERATION, FL_NO_OPERATION, FL_NO_OPERATION, FL_NO_OPERATION, FL_NO_OPERATION};
        for (size_t k = 0; k < api->operations.count; k++) {
            const fl_operation *one = &api->operations.items[k];
            bool is_item_read = is_method(one, "GET") && is_item_of(one->path, create->path);
            if (!is_ok(engine, k) && !is_item_read) /* what is never found is what one check looks for */
                continue;
            if (is_method(one, "GET") && fl_str_eq(one->path, create->path))
                r.list = (int)k;
            if (!is_item_of(one->path, create->path))
                continue;
            if (is_method(one, "GET"))
                r.read = (int)k;
            else if (is_method(one, "PUT"))
                r.replace = (int)k;
            else if (is_method(one, "PATCH"))
                r.update = (int)k;
            else if (is_method(one, "DELETE"))
                r.remove = (int)k;
        }
        bool has_item = r.read >= 0 || r.replace >= 0 || r.update >= 0 || r.remove >= 0;
        if (has_item || r.list >= 0)
            fl_vec_push(arena, out, r);
    }
}

/* ---- the loop ---- */

static void run_probe(fl_engine *engine, const fl_check *check, uint32_t operation, const fl_resource *resource, const fl_resources *all)
{
    if (!fl_engine_may_send(engine, &engine->api->operations.items[operation]))
        return;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_probe probe = {.engine = engine, .check = check, .arena = &arena, .sampler = engine->sampler, .operation = operation, .resource = resource, .resources = all};
    probe.sampler.arena = &arena;
    check->probes(&probe);
    fl_arena_release(&arena);
}

static bool has_checks(fl_phase phase, bool is_resource)
{
    for (const fl_check *check = fl_checks; check->id; check++)
        if (check->phase == phase && check->kind == (is_resource ? FL_CHECKS_RESOURCE : FL_CHECKS_OPERATION))
            return true;
    return false;
}

void fl_probes_run(fl_engine *engine, fl_phase phase)
{
    fl_resources resources = {0};
    find_resources(engine, engine->arena, &resources);
    size_t total = engine->api->operations.count + resources.count;
    for (size_t i = 0; i < total; i++) {
        bool is_resource = i >= engine->api->operations.count;
        const fl_resource *resource = is_resource ? &resources.items[i - engine->api->operations.count] : NULL;
        uint32_t operation = is_resource ? (uint32_t)resource->create : (uint32_t)i;
        bool is_checked = false; /* that its valid request still passes */
        if (!has_checks(phase, is_resource) || !fl_phase_unit(engine, 1, i))
            continue;
        if (!engine->options->is_quiet)
            fl_progress(fl_phase_infos[phase].name, i, total);
        for (const fl_check *check = fl_checks; check->id; check++) {
            if (check->phase != phase || check->kind != (is_resource ? FL_CHECKS_RESOURCE : FL_CHECKS_OPERATION))
                continue;
            bool is_last = !is_resource && fl_operation_is_destructive(&engine->api->operations.items[i]);
            if (!is_resource && !is_checked && (!is_ok(engine, i) || (!is_last && !fl_engine_is_fresh(engine, (uint32_t)i))))
                break;
            if (is_last) /* its valid request is good for once: what it is about is made again */
                engine->life++;
            is_checked = true;
            run_probe(engine, check, operation, resource, &resources);
        }
        fl_phase_unit_done(engine, 1, i);
    }
}

/* ---- requests ---- */

const fl_data *fl_probe_send(fl_probe *p, const fl_case *request, fl_observation *seen)
{
    const fl_data *answer = fl_probe_send_quietly(p, request, seen);
    if (seen->failure != NULL)
        (void)fl_fault_record(p->engine, &fl_engine_case(p->engine, p->steps.items[p->steps.count - 1])->request, seen, 0);
    return answer;
}

const fl_data *fl_probe_send_quietly(fl_probe *p, const fl_case *request, fl_observation *seen)
{
    fl_engine *engine = p->engine;
    *seen = (fl_observation){0};
    if (!fl_engine_may_send(engine, &engine->api->operations.items[request->operation]))
        return NULL;
    fl_case kept = fl_case_copy(engine->arena, request);
    uint32_t number = fl_engine_add_extra(engine, &kept);
    fl_vec_push(p->arena, &p->steps, number);
    fl_engine_send_case(engine, p->arena, number, seen);
    p->last = *seen;
    return fl_engine_case(engine, number)->answer;
}

bool fl_probe_as_nobody(fl_probe *p, fl_case *request, fl_observation *seen)
{
    const fl_request_pointer identity = {FL_IN_IDENTITY, {NULL, 0}};
    *request = fl_case_copy(p->arena, &p->engine->run->baselines.items[p->operation].request);
    (void)fl_case_drop(&p->sampler, request, &identity);
    (void)fl_probe_send(p, request, seen);
    return fl_probe_succeeded(seen);
}

void fl_probe_as_other(fl_probe *p, fl_case *request)
{
    const fl_request_pointer identity = {FL_IN_IDENTITY, {NULL, 0}};
    (void)fl_case_drop(&p->sampler, request, &identity);
    for (size_t i = 0; i < p->engine->others.count; i++)
        fl_auth_apply_one(p->engine, &p->engine->others.items[i], request);
}

bool fl_probe_make(fl_probe *p, const fl_resource *resource, fl_thing *thing)
{
    const fl_baseline *valid = &p->engine->run->baselines.items[resource->create];
    for (unsigned tries = 0; tries < MAKES; tries++) {
        *thing = (fl_thing){.request = fl_case_copy(p->arena, &valid->request)};
        bool is_other = fl_sample_freshen(&p->sampler, &thing->request, 100 + p->engine->freshness++);
        const fl_data *answer = fl_probe_send(p, &thing->request, &thing->seen);
        if (!fl_probe_succeeded(&thing->seen)) {
            if (p->steps.count)
                p->steps.count--; /* it made nothing */
            if (!is_other)
                return false;
            continue;
        }
        thing->number = p->steps.items[p->steps.count - 1];
        thing->request = fl_engine_case(p->engine, thing->number)->request;
        thing->answer = answer;
        thing->sent = thing->request.has_body && thing->request.body && thing->request.body->kind == FL_DATA_MAP ? thing->request.body : NULL;
        return true;
    }
    return false;
}

/** The identifier in the path of the Location that it was answered with. */
static fl_data *from_location(fl_probe *p, const fl_thing *thing)
{
    fl_str location = fl_http_header_get(&thing->seen.response, "location");
    ptrdiff_t end = fl_str_find_char(location, '?');
    location = end < 0 ? location : fl_str_sub(location, 0, (size_t)end);
    ptrdiff_t slash = fl_str_rfind_char(location, '/');
    fl_str last = slash < 0 ? (fl_str){0} : fl_str_sub(location, (size_t)slash + 1, location.len);
    return last.len ? fl_data_string(p->arena, last) : NULL;
}

bool fl_probe_about(fl_probe *p, int operation, const fl_thing *thing, fl_case *out)
{
    if (operation < 0 || p->engine->run->baselines.items[operation].request.path == NULL)
        return false;
    const fl_operation *about = &p->engine->api->operations.items[operation];
    *out = fl_case_copy(p->arena, &p->engine->run->baselines.items[operation].request);
    out->before.count = 0;
    fl_pool pool = {0};
    fl_case resolved;
    if (!fl_references_resolve_case(p->arena, &thing->request, fl_engine_resolve, p->engine, &resolved))
        return false;
    if (thing->answer != NULL)
        fl_vec_push(p->arena, &pool.entries, (fl_pool_entry){.operation = thing->request.operation, .number = thing->number, .json = thing->answer, .path = resolved.path});
    bool has_own = false;
    for (size_t i = 0; i < about->parameters.count; i++) {
        const fl_parameter *parameter = &about->parameters.items[i];
        if (parameter->in != FL_IN_PATH)
            continue;
        const fl_data *parent = fl_data_get(thing->request.path, parameter->name);
        fl_data *value = parent != NULL ? fl_data_copy(p->arena, parent)
                                        : fl_pool_path_value(p->arena, &pool, p->engine->api, about, parameter->name, resolved.path, 0);
        if (parent == NULL && value == NULL)
            value = from_location(p, thing);
        if (value == NULL)
            return false;
        has_own = has_own || parent == NULL;
        fl_data_set(p->arena, out->path, parameter->name, value);
    }
    return has_own;
}

const fl_data *fl_probe_read(fl_probe *p, const fl_thing *thing, fl_observation *seen)
{
    fl_case request;
    *seen = (fl_observation){0};
    if (p->resource == NULL || !fl_probe_about(p, p->resource->read, thing, &request))
        return NULL;
    const fl_data *answer = fl_probe_send(p, &request, seen);
    return fl_probe_succeeded(seen) ? fl_probe_object(answer) : NULL;
}

/** Another value that the schema allows, where there is one. */
static fl_data *other_value(fl_probe *p, const fl_schema *schema, const fl_data *now)
{
    for (unsigned salt = 1; salt < 6; salt++) {
        const fl_strategy strategy = {.all = true, .salt = salt, .is_fresh = true};
        fl_data *value = fl_sample_value(&p->sampler, schema, now->key, &strategy);
        if (value->kind == now->kind && !fl_data_eq(value, now) && fl_schema_violation(p->arena, schema, value, true).len == 0)
            return value;
    }
    bool is_free = schema == NULL || (!schema->enumeration.count && !schema->has_maximum && schema->multiple_of <= 0 && !schema->has_max_length && !schema->pattern.len && !schema->format.len);
    if (now->kind == FL_DATA_NUMBER && (is_free || fl_data_num(now, 0) + 1 <= schema->maximum))
        return fl_data_double(p->arena, fl_data_num(now, 0) + 1);
    if (now->kind == FL_DATA_STRING && is_free && fl_str_find(now->text, FL_S("{{")) < 0)
        return fl_data_string(p->arena, fl_str_format(p->arena, FL_STR_FMT " B", FL_STR_ARG(now->text)));
    return now->kind == FL_DATA_BOOL ? fl_data_bool(p->arena, !now->boolean) : NULL;
}

fl_data *fl_probe_other_body(fl_probe *p, int operation, const fl_data *now)
{
    const fl_case *valid = operation >= 0 ? &p->engine->run->baselines.items[operation].request : NULL;
    if (valid == NULL || !valid->has_body || valid->body == NULL || valid->body->kind != FL_DATA_MAP || fl_str_find(valid->content_type, FL_S("json")) < 0)
        return NULL;
    fl_case full;
    const fl_strategy strategy = {.all = true};
    fl_sample_case(&p->sampler, (uint32_t)operation, &strategy, &full);
    fl_data *body = fl_data_copy(p->arena, valid->body);
    for (const fl_data *each = full.body && full.body->kind == FL_DATA_MAP ? full.body->first : NULL; each; each = each->next)
        if (fl_data_get(body, each->key) == NULL)
            fl_data_set(p->arena, body, each->key, fl_data_copy(p->arena, each));
    const fl_operation *about = &p->engine->api->operations.items[operation];
    for (fl_data *each = body->first; each; each = each->next) {
        const fl_request_pointer at = {FL_IN_BODY, fl_str_format(p->arena, "/" FL_STR_FMT, FL_STR_ARG(fl_data_pointer_key(p->arena, each->key)))};
        const fl_data *current = now ? fl_data_get(now, each->key) : NULL;
        if (current != NULL && current->kind == each->kind && !fl_data_eq(current, each))
            continue;
        fl_data *other = fl_name_is_identifier(each->key) ? NULL : other_value(p, fl_schema_at(about, &at), each);
        if (other != NULL) {
            each->text = other->text;
            each->boolean = other->boolean;
        }
    }
    return body;
}

/* ---- at once ---- */

typedef struct burst { const fl_http_request *request; unsigned successes; } burst;

static void build(void *context, size_t index, fl_arena *arena, fl_http_request *request)
{
    (void)index, (void)arena;
    *request = *((burst *)context)->request;
}

static bool done(void *context, size_t index, const fl_http_request *request, const fl_http_response *response)
{
    (void)index, (void)request;
    ((burst *)context)->successes += response->outcome == FL_HTTP_OK && fl_status_is_success(response->status);
    return true;
}

unsigned fl_probe_burst(fl_probe *p, const fl_case *request, unsigned count)
{
    fl_engine *engine = p->engine;
    fl_case resolved;
    fl_http_request rendered;
    if (!fl_references_resolve_case(p->arena, request, fl_engine_resolve, engine, &resolved) || !fl_engine_is_alive(engine))
        return 0;
    fl_case_render(p->arena, engine->api, &resolved, fl_service_base_url(engine->service), &rendered);
    burst b = {&rendered, 0};
    fl_http_send_all(engine->http, &(fl_http_batch){.count = count, .context = &b, .build = build, .done = done});
    engine->run->request_count += count;
    engine->is_dirty = true;
    return b.successes;
}

/* ---- findings ---- */

void fl_probe_fail(fl_probe *p, const fl_case *culprit, fl_str detail)
{
    fl_engine *engine = p->engine;
    if (p->steps.count == 0)
        return;
    const fl_case *shows = &fl_engine_case(engine, p->steps.items[p->steps.count - 1])->request;
    fl_fault *fault = fl_finding_record(engine, culprit->operation, shows, &p->last, p->check->id, detail);
    if (fault->seen_count != 1)
        return;
    fault->request.before.count = 0;
    for (size_t i = 0; i + 1 < p->steps.count; i++)
        fl_vec_push(engine->arena, &fault->request.before, p->steps.items[i]);
}
