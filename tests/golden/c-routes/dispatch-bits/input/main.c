// A table of {uri, function, flags, methods}: the handler walks it, asks for the method by its bit and for the path by a helper.
#include "civetweb.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum method { M_UNKNOWN = 0, M_GET = 1 << 0, M_POST = 1 << 1, M_PUT = 1 << 2, M_DELETE = 1 << 3, M_OPTIONS = 1 << 5 };
enum flags { F_NONE = 0, F_PUBLIC = 1 << 0, F_BATCH = 1 << 1 };

struct call {
    struct mg_connection *conn;
    const struct mg_request_info *request;
    enum method method;
    const char *item;
    char *action;
    struct { enum flags flags; int id; } opts;
};

static int answer(struct call *c, int status, const char *text)
{
    mg_send_http_error(c->conn, status, "%s", text);
    return status;
}

static int list(struct call *c)
{
    if (c->method == M_GET) return answer(c, 200, "all");
    if (c->method == M_POST) return answer(c, 201, "made");
    if (c->method == M_PUT) return answer(c, 202, "changed");
    return answer(c, 204, "");
}

static int stats(struct call *c)
{
    char from[20];
    if (c->request->query_string && mg_get_var(c->request->query_string, strlen(c->request->query_string), "from", from, sizeof from) > 0)
        return answer(c, 200, from);
    return answer(c, 200, "stats");
}

static int session(struct call *c)
{
    if (!c->item[0]) return answer(c, 400, "which?");
    return answer(c, 204, c->item);
}

static struct {
    const char *uri;
    const char *parameters;
    int (*func)(struct call *c);
    struct { enum flags flags; int id; } opts;
    bool needs_login;
    enum method methods;
} table[] = {
    { "/api/sessions/all", "", list, { F_NONE, 0 }, true, M_GET },
    { "/api/session", "/{id}", session, { F_NONE, 0 }, true, M_DELETE },
    { "/api/groups", "/{name}", list, { F_NONE, 0 }, true, M_GET | M_PUT | M_DELETE },
    { "/api/groups", "", list, { F_NONE, 0 }, true, M_POST },
    { "/api/groups:delete", "", list, { F_BATCH, 0 }, true, M_POST },
    { "/api/stats", "", stats, { F_PUBLIC, 0 }, false, M_GET },
};

static enum method method_of(struct mg_connection *conn)
{
    const struct mg_request_info *request = mg_get_request_info(conn);
    if (strcmp(request->request_method, "GET") == 0) return M_GET;
    else if (strcmp(request->request_method, "DELETE") == 0) return M_DELETE;
    else if (strcmp(request->request_method, "PUT") == 0) return M_PUT;
    else if (strcmp(request->request_method, "POST") == 0) return M_POST;
    else if (strcmp(request->request_method, "OPTIONS") == 0) return M_OPTIONS;
    else return M_UNKNOWN;
}

/* The rest of the path behind that of the table, "" when there is none, NULL when it is another path. */
static const char *behind(const char *path, struct call *c)
{
    if (strncmp(path, c->request->local_uri_raw, strlen(path)) == 0)
        if (c->request->local_uri_raw[strlen(path)] == '/') {
            if (c->action != NULL) free(c->action);
            c->action = strdup(c->request->local_uri_raw);
            c->action[strlen(path)] = '\0';
            return c->request->local_uri_raw + strlen(path) + 1u;
        } else if (strlen(path) == strlen(c->request->local_uri_raw)) {
            if (c->action != NULL) free(c->action);
            c->action = strdup(c->request->local_uri_raw);
            return "";
        } else
            return NULL;
    else
        return NULL;
}

static int api(struct mg_connection *conn, void *ignored)
{
    (void)ignored;
    struct call c = { conn, mg_get_request_info(conn), method_of(conn), NULL, NULL, { F_NONE, 0 } };
    int ret = 0;
    bool unauthorized = false;
    enum method allowed = 0;
    for (unsigned int i = 0; i < COUNT(table); i++) {
        if (!(table[i].methods & c.method) && c.method != M_OPTIONS) continue;
        if ((c.item = behind(table[i].uri, &c)) != NULL) {
            memcpy(&c.opts, &table[i].opts, sizeof(c.opts));
            if (c.method == M_OPTIONS) { allowed |= table[i].methods; continue; }
            if (table[i].needs_login && mg_get_header(conn, "X-Session") == NULL) { unauthorized = true; break; }
            ret = table[i].func(&c);
            break;
        }
    }
    if (c.action != NULL) free(c.action);
    if (unauthorized) return answer(&c, 401, "who?");
    if (c.method == M_OPTIONS) { mg_send_http_ok(conn, "text/plain", (int)allowed); return 204; }
    if (ret == 0) return answer(&c, 404, "not found");
    return ret;
}

int main(void)
{
    struct mg_context *ctx = mg_start(NULL, NULL, NULL);
    mg_set_request_handler(ctx, "/api", api, NULL);
    return 0;
}
