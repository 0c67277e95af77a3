/*
 * One that writes does not ask who calls, and its siblings do: those on the same path; of what changes or deletes, those of the same
 * object or its collection, too, or most that change and delete at all. (To make one may be meant so: signing up.)
 */
#include "engine/probe.h"

static bool changes(const fl_operation *o) { return !fl_operation_is_safe(o) && !fl_str_eq_c(o->method, "POST"); }

/** /things for /things/{id} and /things. */
static fl_str collection(fl_str path)
{
    ptrdiff_t last = -1;
    for (size_t i = 0; i + 1 < path.len; i++)
        if (path.ptr[i] == '/')
            last = (ptrdiff_t)i;
    bool is_object = last > 0 && path.ptr[last + 1] == '{' && path.ptr[path.len - 1] == '}';
    return is_object ? fl_str_sub(path, 0, (size_t)last) : path;
}

void fl_check_sibling_unprotected(fl_probe *probe);
void fl_check_sibling_unprotected(fl_probe *probe)
{
    const fl_api *api = probe->engine->api;
    const fl_operation *operation = &api->operations.items[probe->operation];
    const char *who = NULL;
    unsigned protected = 0, open = 0;
    if (operation->security.count != 0 || operation->optional_security.count != 0 || fl_operation_is_safe(operation))
        return;
    for (size_t i = 0; i < api->operations.count && who == NULL; i++) {
        const fl_operation *other = &api->operations.items[i];
        bool is_near = changes(operation) ? fl_str_eq(collection(other->path), collection(operation->path)) : fl_str_eq(other->path, operation->path) && !fl_operation_is_safe(other);
        who = is_near && other->security.count != 0 ? "its siblings want" : NULL;
        protected += changes(other) && other->security.count != 0;
        open += changes(other) && other->security.count == 0;
    }
    if (who == NULL && changes(operation) && protected > 2 * open)
        who = "most that change or delete want";
    fl_case request;
    fl_observation seen;
    if (who != NULL && fl_probe_as_nobody(probe, &request, &seen) && (seen.response.status != 201 || !changes(operation)))
        fl_probe_fail(probe, &request, fl_str_format(probe->arena, "nobody is answered with %u, %s a caller", seen.response.status, who));
}
