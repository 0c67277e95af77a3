#include "microhttpd.h"

#include <string.h>

typedef int (*run)(struct MHD_Connection *connection);

static int answer(struct MHD_Connection *connection, unsigned status, const char *text)
{
    return MHD_queue_response(connection, status, MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT));
}

static int list(struct MHD_Connection *connection)
{
    const char *page = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "page");

    return answer(connection, 200, page ? page : "1");
}

static int add(struct MHD_Connection *connection) { return answer(connection, 201, "added"); }
static int clear(struct MHD_Connection *connection) { return answer(connection, 204, ""); }

static const struct { const char *method, *path; run handler; } routes[] = {
    { "GET", "/notes", list },
    { "POST", "/notes", add },
    { .method = "DELETE", .path = "/notes", .handler = &clear },
    { NULL, NULL, NULL },
};

static int handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                  const char *upload_data, size_t *upload_data_size, void **con_cls)
{
    for (size_t i = 0; routes[i].method != NULL; i++)
        if (strcmp(routes[i].method, method) == 0 && strcmp(routes[i].path, url) == 0)
            return routes[i].handler(connection);
    return answer(connection, 404, "nothing here");
}

int main(void)
{
    MHD_start_daemon(0, 8080, NULL, NULL, &handle, NULL, MHD_OPTION_END);
    return 0;
}
