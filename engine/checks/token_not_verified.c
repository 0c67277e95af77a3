/*
 * A token whose signature is wrong, or that wants none, is no token. Beside these: a signature made with what everybody may know, because the service
 * lets the token say how it is to be checked: the public key taken for a secret (RS256 or ES256 confused with HS256), and a `kid` that names
 * an empty file or brings its own key.
 */
#include "engine/probe.h"

enum { KEYS = 4 };

static void add_key(fl_engine *engine, fl_str pem)
{
    if (engine->public_keys.count < KEYS)
        fl_vec_push(engine->arena, &engine->public_keys, fl_str_copy(engine->arena, pem));
}

/** Those that the service publishes, and those of its environment and sources. */
static void find_public_keys(fl_probe *probe)
{
    fl_engine *engine = probe->engine;
    static const char *const places[] = {"/.well-known/jwks.json", "/jwks.json", "/oauth/jwks"};
    if (engine->knows_public_keys)
        return;
    engine->knows_public_keys = true;
    for (size_t i = 0; i < FL_COUNT(places) && engine->public_keys.count == 0; i++) {
        fl_case request = {.operation = probe->operation, .method = FL_S("GET"), .target = fl_str_from(places[i])};
        fl_observation seen;
        const fl_data *json = fl_probe_send_quietly(probe, &request, &seen), *keys = json ? fl_data_get_c(json, "keys") : NULL;
        fl_str pem;
        for (const fl_data *key = keys && fl_probe_succeeded(&seen) ? keys->first : NULL; key; key = key->next)
            if (fl_jwk_pem(probe->arena, key, &pem))
                add_key(engine, pem);
    }
    for (size_t i = 0; i < engine->mined.tokens.count; i++)
        if (fl_str_find(engine->mined.tokens.items[i], FL_S("PUBLIC KEY-----")) >= 0)
            add_key(engine, engine->mined.tokens.items[i]);
    for (size_t i = 0; i < engine->options->plan.env.count; i++) {
        fl_str value = engine->options->plan.env.items[i], name;
        if (fl_str_split(&value, '=', &name) && fl_str_find(value, FL_S("PUBLIC KEY-----")) >= 0)
            add_key(engine, value);
    }
}

typedef struct attempt { fl_str token; const char *how; } attempt;
typedef FL_VEC(attempt) attempts;

static void add(fl_probe *probe, attempts *list, fl_str token, const char *alg, const char *kid, fl_str secret, bool is_bare, const char *how)
{
    fl_str forged;
    if (fl_jwt_forged(probe->arena, token, alg, kid, secret, is_bare, &forged))
        fl_vec_push(probe->arena, list, (attempt){forged, how});
}

static void list_attempts(fl_probe *probe, fl_str token, attempts *list)
{
    static const char *const none[] = {"none", "None", "NONE", "nOnE"};
    fl_str head, body, sign;
    bool has_kid;
    fl_str alg = fl_jwt_algorithm(probe->arena, token, &has_kid);
    if (!fl_jwt_parts(token, &head, &body, &sign))
        return;
    for (size_t i = 0; i < FL_COUNT(none); i++)
        add(probe, list, token, none[i], NULL, (fl_str){0}, true, "that wants no signature");
    fl_vec_push(probe->arena, list, ((attempt){fl_str_format(probe->arena, FL_STR_FMT "." FL_STR_FMT ".%c" FL_STR_FMT, FL_STR_ARG(head), FL_STR_ARG(body),
                                                              sign.ptr[0] == 'A' ? 'B' : 'A', FL_STR_ARG(fl_str_sub(sign, 1, sign.len))), "with a wrong signature"}));
    if (has_kid) {
        add(probe, list, token, "HS256", "../../../../../../../../dev/null", (fl_str){0}, false, "whose `kid` names an empty file, signed with nothing,");
        add(probe, list, token, "HS256", "x' UNION SELECT 'faultline'-- ", FL_S("faultline"), false, "whose `kid` brings its own key");
    }
    if (fl_str_starts(alg, FL_S("HS")))
        return;
    find_public_keys(probe);
    for (size_t i = 0; i < probe->engine->public_keys.count; i++) {
        fl_str pem = probe->engine->public_keys.items[i];
        add(probe, list, token, "HS256", NULL, pem, false, "signed by HS256 with the public key");
        add(probe, list, token, "HS256", NULL, fl_str_trim(pem), false, "signed by HS256 with the public key");
    }
}

void fl_check_token_not_verified(fl_probe *probe);
void fl_check_token_not_verified(fl_probe *probe)
{
    const fl_operation *operation = &probe->engine->api->operations.items[probe->operation], *contract = probe->engine->contract[probe->operation];
    fl_case valid, nobody;
    fl_observation seen;
    if ((operation->security.count == 0 && (contract == NULL || contract->security.count == 0)) ||
        !fl_references_resolve_case(probe->arena, &probe->engine->run->baselines.items[probe->operation].request, fl_engine_resolve, probe->engine, &valid))
        return;
    if (fl_probe_as_nobody(probe, &nobody, &seen))
        return; /* nobody is asked for one: another check says so */
    for (const fl_data *header = valid.header ? valid.header->first : NULL; header; header = header->next) {
        fl_str token = fl_data_str(header, FL_S("")), scheme = {0};
        ptrdiff_t space = fl_str_rfind_char(token, ' ');
        if (space >= 0) {
            scheme = fl_str_sub(token, 0, (size_t)space + 1);
            token = fl_str_sub(token, (size_t)space + 1, token.len);
        }
        attempts list = {0};
        list_attempts(probe, token, &list);
        for (size_t i = 0; i < list.count; i++) {
            fl_case request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[probe->operation].request);
            fl_data_set(probe->arena, request.header, header->key, fl_data_string(probe->arena, fl_str_format(probe->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(scheme), FL_STR_ARG(list.items[i].token))));
            (void)fl_probe_send(probe, &request, &seen);
            if (fl_probe_succeeded(&seen))
                fl_probe_fail(probe, &request, fl_str_format(probe->arena, "a token %s is answered with %u", list.items[i].how, seen.response.status));
        }
    }
}
