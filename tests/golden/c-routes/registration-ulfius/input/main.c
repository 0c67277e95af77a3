#include "ulfius.h"

#include <stdlib.h>

#define PREFIX "/api"

static int show(const struct _u_request *request, struct _u_response *response, void *user_data)
{
    const char *id = u_map_get(request->map_url, "id"), *format = u_map_get(request->map_url, "format");

    if (format == NULL)
        return ulfius_set_string_body_response(response, 400, "format is missing");
    ulfius_set_string_body_response(response, 200, atoi(id) > 3 ? format : "first");
    return U_CALLBACK_CONTINUE;
}

static int drop(const struct _u_request *request, struct _u_response *response, void *user_data)
{
    response->status = 204;
    return U_CALLBACK_CONTINUE;
}

static int quiet(const struct _u_request *request, struct _u_response *response, void *user_data) { return U_CALLBACK_CONTINUE; }

static const struct _u_endpoint last = { "GET", NULL, "/ping", 0, &quiet, NULL };

static void add_all(struct _u_instance *instance)
{
    static const struct _u_endpoint table[] = {
        { "PUT", PREFIX, "/notes/:id", 0, &show, NULL },
        { .http_method = "DELETE", .url_prefix = PREFIX, .url_format = "/notes/:id", .callback_function = &drop },
        { NULL, NULL, NULL, 0, NULL, NULL },
    };

    for (int i = 0; table[i].http_method != NULL; i++)
        ulfius_add_endpoint(instance, &table[i]);
}

int main(void)
{
    struct _u_instance instance;

    if (ulfius_init_instance(&instance, 8537, NULL, NULL) != 0)
        return 1;
    ulfius_add_endpoint_by_val(&instance, "GET", PREFIX, "/notes/:id", 0, &show, NULL);
    add_all(&instance);
    ulfius_add_endpoint(&instance, &last);
    return ulfius_start_framework(&instance);
}
