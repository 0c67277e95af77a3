/* A token whose signature is wrong, or that wants none, is no token. */
#include "engine/probe.h"

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
        fl_str head, body, rest = token;
        if (!fl_str_split(&rest, '.', &head) || !fl_str_split(&rest, '.', &body) || !fl_str_starts(head, FL_S("eyJ")) || rest.len < 8)
            continue;
        /* {"alg":"none","typ":"JWT"}; and the signature with its first letter another one */
        const fl_str forged[] = {fl_str_format(probe->arena, FL_STR_FMT "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." FL_STR_FMT ".", FL_STR_ARG(scheme), FL_STR_ARG(body)),
                                 fl_str_format(probe->arena, FL_STR_FMT FL_STR_FMT "." FL_STR_FMT ".%c" FL_STR_FMT, FL_STR_ARG(scheme), FL_STR_ARG(head), FL_STR_ARG(body),
                                               rest.ptr[0] == 'A' ? 'B' : 'A', FL_STR_ARG(fl_str_sub(rest, 1, rest.len)))};
        static const char *const how[] = {"that wants no signature", "with a wrong signature"};
        for (size_t i = 0; i < FL_COUNT(forged); i++) {
            fl_case request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[probe->operation].request);
            fl_data_set(probe->arena, request.header, header->key, fl_data_string(probe->arena, forged[i]));
            (void)fl_probe_send(probe, &request, &seen);
            if (fl_probe_succeeded(&seen))
                fl_probe_fail(probe, &request, fl_str_format(probe->arena, "a token %s is answered with %u", how[i], seen.response.status));
        }
    }
}
