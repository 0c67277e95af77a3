#include "civetweb.h"

#include <string.h>

static int items(struct mg_connection *conn, void *cbdata)
{
    const struct mg_request_info *info = mg_get_request_info(conn);
    char page[8];

    if (strcmp(info->request_method, "GET") == 0) {
        if (mg_get_var(info->query_string, 20, "page", page, sizeof page) < 0)
            page[0] = '\0';
        mg_send_http_ok(conn, "application/json", 2);
        return 200;
    }
    if (strcmp(info->request_method, "POST") == 0) {
        mg_send_http_ok(conn, "application/json", 2);
        return 200;
    }
    mg_send_http_error(conn, 405, "not allowed");
    return 405;
}

static int alive(struct mg_connection *conn, void *cbdata)
{
    mg_send_http_ok(conn, "text/plain", 0);
    return 200;
}

static const struct { const char *uri; mg_request_handler run; } handlers[] = { { "/items", items }, { "/alive", alive } };

void start(struct mg_context *ctx)
{
    for (size_t i = 0; i < sizeof handlers / sizeof handlers[0]; i++)
        mg_set_request_handler(ctx, handlers[i].uri, handlers[i].run, NULL);
}

int main(void)
{
    start(NULL);
    return 0;
}
