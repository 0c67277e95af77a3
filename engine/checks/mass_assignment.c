/* Fields that the document does not let clients write are not written by them. */
#include "engine/probe.h"

void fl_check_mass_assignment(fl_probe *probe);
void fl_check_mass_assignment(fl_probe *probe)
{
    const fl_case *valid = &probe->engine->run->baselines.items[probe->resource->create].request;
    const fl_operation *operation = &probe->engine->api->operations.items[probe->resource->create];
    fl_thing thing;
    fl_observation seen, read;
    const fl_data *usual = fl_probe_make(probe, probe->resource, &thing) ? fl_probe_read(probe, &thing, &seen) : NULL;
    const fl_schema *schema = operation->body.count ? operation->body.items[0].schema : NULL;
    if (usual == NULL || schema == NULL || thing.sent == NULL || fl_str_find(valid->content_type, FL_S("json")) < 0)
        return;
    for (const fl_data *field = usual->first; field; field = field->next) {
        const fl_property *p = fl_schema_property(schema, field->key);
        bool is_theirs = p != NULL && !(p->schema && p->schema->is_read_only);
        if (is_theirs || fl_name_is_identifier(field->key) || fl_data_get(thing.sent, field->key) != NULL)
            continue;
        fl_data *value = field->kind == FL_DATA_BOOL ? fl_data_bool(probe->arena, !field->boolean)
                         : field->kind == FL_DATA_NUMBER ? fl_data_int(probe->arena, (int64_t)fl_data_num(field, 0) + 4711)
                         : field->kind == FL_DATA_STRING ? fl_data_string_c(probe->arena, "faultline-was-here") : NULL;
        if (value == NULL)
            continue;
        fl_case request = fl_case_copy(probe->arena, valid);
        (void)fl_sample_freshen(&probe->sampler, &request, 100 + probe->engine->freshness++);
        fl_data_set(probe->arena, request.body, field->key, value);
        fl_thing made = {.request = request};
        made.answer = fl_probe_send(probe, &request, &made.seen);
        made.number = probe->steps.count ? probe->steps.items[probe->steps.count - 1] : 0;
        made.request = fl_engine_case(probe->engine, made.number)->request;
        const fl_data *now = fl_probe_succeeded(&made.seen) ? fl_probe_read(probe, &made, &read) : NULL;
        if (now != NULL && fl_data_eq(fl_data_get(now, field->key), value))
            fl_probe_fail(probe, &made.request, fl_str_format(probe->arena, "/" FL_STR_FMT " is what the client said", FL_STR_ARG(field->key)));
    }
}
