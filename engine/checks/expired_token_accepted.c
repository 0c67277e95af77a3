/*
 * A token that has expired is no token. One that is rightly signed can be written where the secret is known: from the environment that the service is
 * given, from its sources, or because it is one that everybody knows, which is told, too.
 */
#include "engine/probe.h"

static bool is_common(fl_str secret)
{
    static const char *const common[] = {"secret", "changeme", "password", "your-256-bit-secret", "your-secret-key", "supersecret", "jwt_secret", "mysecret", "test", "key", NULL};
    return fl_str_is_one_of(secret, common);
}

/** The secret that the token is signed with; empty: nobody knows it. */
static fl_str secret_of(fl_probe *probe, fl_str token)
{
    static const char *const common[] = {"secret", "changeme", "password", "your-256-bit-secret", "your-secret-key", "supersecret", "jwt_secret", "mysecret", "test", "key"};
    const fl_service_plan *plan = &probe->engine->options->plan;
    for (size_t i = 0; i < FL_COUNT(common); i++)
        if (fl_jwt_is_signed_with(probe->arena, token, fl_str_from(common[i])))
            return fl_str_from(common[i]);
    for (size_t i = 0; i < plan->env.count; i++) {
        fl_str value = plan->env.items[i], name;
        if (fl_str_split(&value, '=', &name) && fl_jwt_is_signed_with(probe->arena, token, value))
            return value;
    }
    for (size_t i = 0; i < probe->engine->mined.tokens.count; i++)
        if (fl_jwt_is_signed_with(probe->arena, token, probe->engine->mined.tokens.items[i]))
            return probe->engine->mined.tokens.items[i];
    return (fl_str){0};
}

void fl_check_expired_token_accepted(fl_probe *probe);
void fl_check_expired_token_accepted(fl_probe *probe)
{
    fl_case valid, nobody;
    fl_observation seen;
    if (!fl_references_resolve_case(probe->arena, &probe->engine->run->baselines.items[probe->operation].request, fl_engine_resolve, probe->engine, &valid))
        return;
    for (const fl_data *header = valid.header ? valid.header->first : NULL; header; header = header->next) {
        fl_str token = fl_data_str(header, FL_S("")), scheme = {0}, expired;
        ptrdiff_t space = fl_str_rfind_char(token, ' ');
        if (space >= 0) {
            scheme = fl_str_sub(token, 0, (size_t)space + 1);
            token = fl_str_sub(token, (size_t)space + 1, token.len);
        }
        fl_str secret = secret_of(probe, token);
        if (secret.len == 0 || !fl_jwt_expired(probe->arena, token, secret, &expired) || fl_probe_as_nobody(probe, &nobody, &seen))
            continue; /* answered to nobody, too: another check says so */
        fl_case request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[probe->operation].request);
        fl_data_set(probe->arena, request.header, header->key, fl_data_string(probe->arena, fl_str_format(probe->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(scheme), FL_STR_ARG(expired))));
        (void)fl_probe_send(probe, &request, &seen);
        if (fl_probe_succeeded(&seen))
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "a token that expired in 2001 is answered with %u%s", seen.response.status, is_common(secret) ? "; its secret is one that everybody knows" : ""));
    }
}
