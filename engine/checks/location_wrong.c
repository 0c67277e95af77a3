/* The Location of what was made leads to it. */
#include "engine/probe.h"

static fl_str beside(const fl_probe *probe, fl_str location)
{
    fl_str path = probe->engine->api->operations.items[probe->resource->create].path;
    ptrdiff_t slash = fl_str_rfind_char(path, '/');
    return fl_str_format(probe->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(fl_str_sub(path, 0, slash < 0 ? 0 : (size_t)slash)), FL_STR_ARG(location));
}

void fl_check_location_wrong(fl_probe *probe);
void fl_check_location_wrong(fl_probe *probe)
{
    fl_thing thing;
    fl_observation seen;
    if (!fl_probe_make(probe, probe->resource, &thing))
        return;
    fl_str location = fl_http_header_get(&thing.seen.response, "location");
    if (thing.seen.response.status != 201 || location.len == 0 || probe->resource->read < 0)
        return;
    if (fl_str_find(location, FL_S("://")) >= 0)
        location = fl_url_parts(location).path.len ? fl_url_parts(location).path : FL_S("/");
    if (location.ptr[0] != '/') /* relative to where it was made */
        location = beside(probe, location);
    fl_case request = fl_case_copy(probe->arena, &probe->engine->run->baselines.items[probe->resource->read].request);
    request.target = location;
    const fl_data *object = fl_probe_object(fl_probe_send(probe, &request, &seen)), *made = fl_probe_object(thing.answer);
    const fl_data *id = fl_probe_identifier(made), *other = id ? fl_data_get(object, id->key) : NULL;
    if (fl_probe_is_gone(&seen) || seen.response.status == 405)
        fl_probe_fail(probe, &thing.request, fl_str_format(probe->arena, "Location " FL_STR_FMT " is answered with %u", FL_STR_ARG(location), seen.response.status));
    else if (fl_probe_succeeded(&seen) && other != NULL && !fl_data_eq(other, id))
        fl_probe_fail(probe, &thing.request, fl_str_format(probe->arena, "Location " FL_STR_FMT " leads to " FL_STR_FMT ", not to " FL_STR_FMT,
                      FL_STR_ARG(location), FL_STR_ARG(fl_data_str(other, FL_S("another"))), FL_STR_ARG(fl_data_str(id, FL_S("it")))));
}
