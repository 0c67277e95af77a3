#include "microhttpd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int answer(struct MHD_Connection *connection, unsigned status, const char *text)
{
    return MHD_queue_response(connection, status, MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT));
}

static int handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                  const char *upload_data, size_t *upload_data_size, void **con_cls)
{
    int order, line;
    char part[20];

    if (strcmp(method, "GET") != 0)
        return answer(connection, 405, "not allowed");
    switch (sscanf(url, "/orders/%d/lines/%d", &order, &line)) {
    case 2: return answer(connection, 200, line > 3 ? "line" : "first lines");
    case 1: return answer(connection, 200, order > 3 ? "order" : "first orders");
    }
    if (sscanf(url, "/parts/%19s", part) == 1)
        return answer(connection, 200, part);
    if (strncmp(url, "/shops", 6) == 0) {
        if (url[6] == '\0')
            return answer(connection, 200, "shops");
        if (url[6] == '/') {
            long shop = strtol(url + 7, NULL, 10);

            return answer(connection, 200, shop > 3 ? "shop" : "first shops");
        }
    }
    return answer(connection, 404, "nothing here");
}

int main(void)
{
    MHD_start_daemon(0, 8080, NULL, NULL, &handle, NULL, MHD_OPTION_END);
    return 0;
}
