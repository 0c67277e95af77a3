/* The body is no JSON although it says so, or does not fit the schema of its status. */
#include "engine/checks/checks.h"
#include "engine/plan/plan.h"

fl_str fl_check_response_schema(const fl_exchange *exchange);
fl_str fl_check_response_schema(const fl_exchange *exchange)
{
    const fl_response *said = exchange->documented;
    if (fl_str_find(exchange->type, FL_S("json")) < 0 || exchange->response->body.len == 0 || exchange->response->body_is_cut)
        return (fl_str){0};
    if (!exchange->judgement.is_valid)
        return fl_str_format(exchange->arena, "%u has a body that is no JSON: %s", exchange->response->status, exchange->judgement.error);
    bool is_consequence = exchange->violation.len != 0 && fl_status_is_success(exchange->response->status); /* what was accepted comes back */
    for (size_t i = 0; exchange->is_contract && !is_consequence && said != NULL && i < said->content.count; i++) {
        if (fl_str_find(said->content.items[i].type, FL_S("json")) < 0)
            continue;
        fl_str found = fl_schema_violation(exchange->arena, said->content.items[i].schema, exchange->json, false);
        return found.len ? fl_str_format(exchange->arena, "%u " FL_STR_FMT, exchange->response->status, FL_STR_ARG(found)) : found;
    }
    return (fl_str){0};
}
