#include "respond.h"

#include <string.h>
#include <strings.h>

int respond(struct MHD_Connection *connection, unsigned status, const char *text)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT);
    int result = MHD_queue_response(connection, status, response);

    MHD_destroy_response(response);
    return result;
}

int is(const char *method, const char *wanted) { return strcasecmp(method, wanted) == 0; }

int path_is(const char *url, const char *path)
{
    if (strcmp(url, path) != 0)
        return 0;
    return 1;
}

int path_begins(const char *url, const char *prefix) { return !strncmp(url, prefix, strlen(prefix)); }
