/* Answers that a program says an operation gives where it registers it: beside those that its code gives, or as the form of these. */
#include "extractor/flow/exec_p.h"
#include "extractor/flow/claim.h"

/* Its shape: of the class below `answer_model`, or what the schema itself says. */
static fl_schema *declared_schema(fl_exec *x, const fl_value *said)
{
    if (!x->framework->answer_model) return fl_schema_of_output(x->results, x->models, said);
    const fl_value *model = said->kind == FL_V_DICT ? fl_value_slot(said, x->framework->answer_model) : NULL;
    return model ? fl_schema_of_class(x, model) : NULL;
}

static bool says_something(const fl_response *r)
{
    for (size_t i = 0; i < r->content.count; i++) if (r->content.items[i].schema && (r->content.items[i].schema->types || r->content.items[i].schema->any_of.count || r->content.items[i].schema->all_of.count)) return true;
    return false;
}

/* One of them. What the code answers is known better, but for schemas that what is sent is made to fit. Where that is only said, the code tells
 * how an operation succeeds, and what is said fills in what it leaves open. */
static void declare_answer(fl_exec *x, fl_operation *op, fl_str status, const fl_value *said)
{
    bool is_range = status.len == 3 && (status.ptr[1] == 'x' || status.ptr[1] == 'X') && status.ptr[0] >= '1' && status.ptr[0] <= '5', is_known = false;
    int64_t n = 0;
    if (!is_range && (!fl_str_to_int(status, &n) || n < 100 || n > 599)) return;
    fl_schema *schema = declared_schema(x, said);
    const fl_media media = { FL_S("application/json"), schema };
    for (size_t i = 0; i < op->responses.count; i++) {
        fl_response *r = &op->responses.items[i];
        if (is_range ? r->status / 100 != status.ptr[0] - '0' : r->status != n) continue;
        is_known = true;
        if (x->framework->answers_are_said && says_something(r)) continue;
        if (!schema || x->framework->answer_model || r->status == 204 || r->status == 304) continue;
        r->content.items = NULL;
        r->content.count = r->content.capacity = 0;
        fl_vec_push(x->results, &r->content, media);
    }
    if (is_known || is_range || (x->framework->answers_are_said && n < 400)) return;
    fl_response r = { .status = (uint16_t)n, .source = op->registration };
    const fl_value *text = said->kind == FL_V_DICT ? fl_value_slot(said, fl_sym_of_c("description")) : NULL;
    if (text) (void)fl_value_as_text(text, &r.description);
    if (schema && n != 204 && n != 304) fl_vec_push(x->results, &r.content, media);
    fl_vec_push(x->results, &op->responses, r);
}

void fl_declared_answers(fl_exec *x, fl_operation *op)
{
    for (size_t i = 0; i < x->route->answers.count; i++) {
        const fl_value *dict = x->route->answers.items[i];
        for (size_t k = 0; dict->kind == FL_V_DICT && k < dict->slots.count; k++) declare_answer(x, op, fl_sym_str(dict->slots.items[k].key), dict->slots.items[k].value);
    }
}
