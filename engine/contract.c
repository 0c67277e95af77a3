/*
 * Answers beside what is said of them: by the document that somebody wrote, else by the source, and by HTTP itself. Read
 * fl_contract_judge; the checks of answers do the rest.
 */
#include "engine/engine_p.h"

/** Equal but for what the variables are called. */
static bool is_same_path(fl_str a, fl_str b)
{
    fl_str x, y;
    for (;;) {
        bool has_x = fl_str_split(&a, '/', &x), has_y = fl_str_split(&b, '/', &y);
        if (!has_x || !has_y)
            return has_x == has_y;
        bool is_hole = x.len && y.len && x.ptr[0] == '{' && y.ptr[0] == '{';
        if (!is_hole && !fl_str_eq(x, y))
            return false;
    }
}

void fl_contract_init(fl_engine *engine)
{
    const fl_api *contract = engine->options->contract;
    engine->contract = FL_NEW_ARRAY(engine->arena, const fl_operation *, engine->api->operations.count + 1);
    for (size_t i = 0; i < engine->api->operations.count; i++) {
        const fl_operation *own = &engine->api->operations.items[i];
        engine->contract[i] = NULL;
        for (size_t k = 0; contract != NULL && k < contract->operations.count && engine->contract[i] == NULL; k++)
            if (fl_str_eq(contract->operations.items[k].method, own->method) && is_same_path(contract->operations.items[k].path, own->path))
                engine->contract[i] = &contract->operations.items[k];
    }
}

/** The status itself, its hundred, or the default. */
static const fl_response *documented(const fl_operation *operation, uint16_t status)
{
    const fl_response *best = NULL;
    for (size_t i = 0; i < operation->responses.count; i++) {
        const fl_response *one = &operation->responses.items[i];
        if (one->status == status)
            return one;
        if (one->status == status / 100 || (one->status == 0 && best == NULL))
            best = one;
    }
    return best;
}

static fl_str media_type(fl_arena *arena, const fl_http_response *response)
{
    fl_str type = fl_http_header_get(response, "content-type");
    ptrdiff_t end = fl_str_find_char(type, ';');
    return fl_str_lower(arena, fl_str_trim(end < 0 ? type : fl_str_sub(type, 0, (size_t)end)));
}

void fl_contract_judge_load(fl_engine *engine, fl_arena *arena, const fl_case *request, fl_observation *seen)
{
    fl_exchange e = {.arena = arena, .request = request, .sent = &seen->sent, .response = &seen->response, .operation = &engine->api->operations.items[request->operation]};
    for (const fl_check *check = fl_checks; check->id; check++) {
        fl_str detail = check->kind == FL_CHECKS_LOAD ? check->judges(&e) : (fl_str){0};
        if (detail.len)
            fl_vec_push(arena, &seen->findings, (fl_finding){check->id, detail});
    }
}

void fl_contract_judge(fl_engine *engine, fl_arena *arena, const fl_case *request, fl_observation *seen)
{
    if (seen->response.outcome != FL_HTTP_OK && !seen->response.is_endless)
        return;
    const fl_operation *contract = engine->contract[request->operation];
    bool is_own = request->method.len == 0 && request->target.len == 0; /* else it is none of the operation's requests */
    fl_exchange e = {.arena = arena, .request = request, .sent = &seen->sent, .response = &seen->response,
                     .is_contract = contract != NULL && is_own, .type = media_type(arena, &seen->response)};
    e.operation = contract != NULL ? contract : &engine->api->operations.items[request->operation];
    if (is_own)
        e.documented = documented(e.operation, seen->response.status);
    if (fl_str_find(e.type, FL_S("json")) >= 0 && seen->response.body.len > 0 && !seen->response.body_is_cut) {
        fl_data *json = NULL;
        fl_http_judge_json(seen->response.body, &e.judgement);
        if (e.judgement.is_valid && fl_json_parse(arena, seen->response.body, &json, NULL) == FL_OK)
            e.json = json;
    }
    if (e.is_contract)
        e.violation = fl_request_violation(arena, contract, request, &e.violated_in, &e.is_valid);
    e.is_valid = e.is_valid && e.violation.len == 0;
    for (const fl_check *check = fl_checks; check->id; check++) {
        fl_str detail = check->kind == FL_CHECKS_ANSWER ? check->judges(&e) : (fl_str){0};
        if (detail.len)
            fl_vec_push(arena, &seen->findings, (fl_finding){check->id, detail});
    }
}
