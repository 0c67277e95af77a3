/* The answer or the document says how many requests are allowed; more than that are answered as if nobody had. */
#include "engine/probe.h"

static const char *const limits[] = {"ratelimit-limit", "x-ratelimit-limit", "x-rate-limit-limit"};

static int64_t number_of(fl_str text)
{
    int64_t number;
    return fl_str_to_int(fl_str_trim(text), &number) && number > 0 ? number : 0;
}

/** `RateLimit-Policy: 100;w=60`, `"default";q=100;w=60`, `RateLimit: limit=100, remaining=99` (draft-ietf-httpapi-ratelimit-headers, as libraries send it). */
static int64_t limit_of_policy(fl_str text)
{
    int64_t found = 0;
    fl_str part, name;
    for (fl_str rest = text; found == 0 && fl_str_split(&rest, ',', &part);)
        while (found == 0 && fl_str_split(&part, ';', &name)) {
            name = fl_str_trim(name);
            bool is_said = fl_str_starts(name, FL_S("q=")) || fl_str_starts(name, FL_S("limit="));
            found = number_of(is_said ? fl_str_sub(name, (size_t)fl_str_find_char(name, '=') + 1, name.len) : name);
        }
    return found;
}

/** What the document says of the header, where it says one value. */
static int64_t documented_limit(const fl_operation *operation)
{
    int64_t found = 0;
    for (size_t i = 0; i < operation->responses.count; i++)
        for (size_t k = 0; k < operation->responses.items[i].headers.count; k++) {
            const fl_parameter *header = &operation->responses.items[i].headers.items[k];
            const fl_schema *schema = header->schema;
            bool is_limit = false;
            for (size_t n = 0; n < FL_COUNT(limits); n++)
                is_limit = is_limit || fl_str_eq_nocase(header->name, fl_str_from(limits[n]));
            if (!is_limit || schema == NULL || found != 0)
                continue;
            const fl_data *said = schema->enumeration.count == 1 ? schema->enumeration.items[0] : schema->example;
            found = said != NULL ? number_of(said->text) : schema->has_maximum && schema->maximum < INT32_MAX ? (int64_t)schema->maximum : 0;
        }
    return found;
}

static int64_t limit_of(const fl_operation *operation, const fl_http_response *response)
{
    int64_t found = 0;
    for (size_t i = 0; i < FL_COUNT(limits) && found == 0; i++)
        found = number_of(fl_http_header_get(response, limits[i]));
    found = found != 0 ? found : limit_of_policy(fl_http_header_get(response, "ratelimit-policy"));
    found = found != 0 ? found : limit_of_policy(fl_http_header_get(response, "ratelimit"));
    return found != 0 ? found : documented_limit(operation);
}

void fl_check_rate_limit_ignored(fl_probe *probe);
void fl_check_rate_limit_ignored(fl_probe *probe)
{
    enum { MOST = 300, MORE = 5 };
    fl_engine *engine = probe->engine;
    if (!fl_operation_is_safe(&engine->api->operations.items[probe->operation]))
        return;
    fl_case request = fl_case_copy(probe->arena, &engine->run->baselines.items[probe->operation].request);
    fl_observation seen;
    (void)fl_probe_send(probe, &request, &seen);
    int64_t limit = limit_of(&engine->api->operations.items[probe->operation], &seen.response);
    if (!fl_probe_succeeded(&seen) || limit <= 0 || limit > MOST)
        return;
    unsigned count = (unsigned)limit + MORE, successes = fl_probe_burst(probe, &request, count);
    (void)fl_probe_send(probe, &request, &seen);
    if (successes == count && fl_probe_succeeded(&seen))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "%lld are allowed, %u at once are answered with 2xx", (long long)limit, count));
}
