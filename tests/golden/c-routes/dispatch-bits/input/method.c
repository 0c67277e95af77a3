#include "method.h"
#include <stdio.h>
#include <string.h>

static int compared(const char *a, const char *b, const char *file, int line)
{
    if (a == NULL || b == NULL) {
        fprintf(stderr, "nothing to compare in %s:%d", file, line);
        return -1;
    }
    return strcmp(a, b);
}
#define strcmp(a, b) compared(a, b, __FILE__, __LINE__)

enum method method(struct mg_connection *conn)
{
    const struct mg_request_info *request = mg_get_request_info(conn);
    if (strcmp(request->request_method, "GET") == 0) return M_GET;
    else if (strcmp(request->request_method, "DELETE") == 0) return M_DELETE;
    else if (strcmp(request->request_method, "PUT") == 0) return M_PUT;
    else if (strcmp(request->request_method, "POST") == 0) return M_POST;
    else if (strcmp(request->request_method, "OPTIONS") == 0) return M_OPTIONS;
    else return M_UNKNOWN;
}
