#include "respond.h"

#include <stdlib.h>
#include <string.h>

enum verb { VERB_GET, VERB_POST, VERB_DELETE, VERB_OTHER };

static enum verb verb_of(const char *method)
{
    if (is(method, "get"))
        return VERB_GET;
    if (is(method, "post"))
        return VERB_POST;
    if (strcmp(method, "DELETE") == 0)
        return VERB_DELETE;
    return VERB_OTHER;
}

static int serve_user(struct MHD_Connection *connection, const char *method, const char *rest)
{
    const char *slash = strchr(rest, '/');
    int id = atoi(rest);

    if (slash != NULL && strcmp(slash, "/posts") == 0)
        return is(method, "GET") ? respond(connection, 200, "posts") : respond(connection, 405, "not allowed");
    if (slash != NULL)
        return respond(connection, 404, "nothing here");
    switch (verb_of(method)) {
    case VERB_GET: return respond(connection, 200, id > 0 ? "user" : "first");
    case VERB_DELETE: return respond(connection, 204, "");
    default: return respond(connection, 405, "not allowed");
    }
}

static int handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                  const char *upload_data, size_t *upload_data_size, void **con_cls)
{
    if (strcmp(method, MHD_HTTP_METHOD_GET) == 0 && strcmp(url, "/health") == 0)
        return respond(connection, 200, "ok");
    if (path_is(url, "/users")) {
        if (is(method, "GET")) {
            const char *role = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "role");

            if (role == NULL)
                return respond(connection, 400, "role is missing");
            return respond(connection, 200, role);
        } else if (is(method, "POST")) {
            return respond(connection, 201, "made");
        }
        return respond(connection, 405, "not allowed");
    }
    if (path_begins(url, "/users/"))
        return serve_user(connection, method, url + strlen("/users/"));
    if (is(method, "GET") && path_begins(url, "/files/")) {
        const char *name = strrchr(url, '/') + 1;

        return respond(connection, 200, name);
    }
    return respond(connection, 404, "nothing here");
}

int main(void)
{
    MHD_start_daemon(0, 8080, NULL, NULL, &handle, NULL, MHD_OPTION_END);
    return 0;
}
