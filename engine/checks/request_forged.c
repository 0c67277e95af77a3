/*
 * A request makes the service call where its client says, on this machine: networks that nobody outside reaches, and the service itself, can be
 * asked that way. That it does is seen: a listener of ours is what the request names.
 */
#include "engine/listener.h"
#include "engine/probe.h"
#include <stdatomic.h>

enum { WAIT_MS = 300 };

static bool is_address(fl_str name, const fl_schema *schema)
{
    static const char *const words[] = {"url", "uri", "link", "href", "callback", "webhook", "endpoint", "feed", "avatar", "image", "source", "target"};
    if (schema != NULL && (fl_str_eq_c(schema->format, "uri") || fl_str_eq_c(schema->format, "url")))
        return true;
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (fl_name_contains(name, words[i]))
            return true;
    return false;
}

static void serve(void *context, fl_listener *listener, int socket, fl_str request)
{
    (void)listener, (void)request;
    atomic_fetch_add((atomic_uint *)context, 1);
    fl_listener_answer(socket, FL_S("200 OK"), FL_S("text/plain"), (fl_str){0}, FL_S("faultline"));
}

static void ask(fl_probe *probe, fl_location in, fl_str name)
{
    fl_listener *listener;
    atomic_uint calls = 0;
    if (fl_listener_start(&listener, 0, serve, &calls, NULL) != FL_OK)
        return;
    const fl_request_pointer at = {in, fl_str_format(probe->arena, "/" FL_STR_FMT, FL_STR_ARG(fl_data_pointer_key(probe->arena, name)))};
    fl_case request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[probe->operation].request);
    fl_observation seen = {0};
    bool is_set = fl_case_set(&probe->sampler, &request, &at, fl_data_string(probe->arena, fl_str_format(probe->arena, "http://127.0.0.1:%u/faultline", fl_listener_port(listener))));
    if (is_set)
        (void)fl_probe_send(probe, &request, &seen);
    for (unsigned waited = 0; is_set && atomic_load(&calls) == 0 && waited < WAIT_MS; waited += 10)
        fl_clock_sleep_ms(10);
    fl_listener_stop(listener);
    if (atomic_load(&calls) == 0)
        return;
    fl_case *told = &fl_engine_case(probe->engine, probe->steps.items[probe->steps.count - 1])->request; /* without our port, which is another one each time */
    (void)fl_case_set(&probe->engine->sampler, told, &at, fl_data_string_c(probe->engine->arena, "http://127.0.0.1:1/faultline"));
    fl_probe_fail(probe, &request, fl_str_format(probe->arena, "%s /" FL_STR_FMT ": the service called the address of this machine that it named", fl_location_text(in), FL_STR_ARG(name)));
}

void fl_check_request_forged(fl_probe *probe);
void fl_check_request_forged(fl_probe *probe)
{
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation];
    if (probe->engine->http_options.allow_remote) /* it could not reach us */
        return;
    for (size_t i = 0; i < operation->parameters.count; i++)
        if (operation->parameters.items[i].in == FL_IN_QUERY && is_address(operation->parameters.items[i].name, operation->parameters.items[i].schema))
            ask(probe, FL_IN_QUERY, operation->parameters.items[i].name);
    const fl_schema *body = operation->body.count ? operation->body.items[0].schema : NULL;
    for (size_t i = 0; body != NULL && i < body->properties.count; i++)
        if (is_address(body->properties.items[i].name, body->properties.items[i].schema))
            ask(probe, FL_IN_BODY, body->properties.items[i].name);
}
