#include <string.h>
#include <civetweb.h>
static int status(struct mg_connection *c) { mg_send_http_error(c, 200, "ok"); return 200; }
static int other(struct mg_connection *c) { mg_send_http_error(c, 201, "ok"); return 200; }
static struct { const char *uri; int (*func)(struct mg_connection *); } table[] = { { "/api/status", status }, { "/api/other", other } };
static int handler(struct mg_connection *conn, void *ignored)
{
	const struct mg_request_info *ri = mg_get_request_info(conn);
	int ret = 0;
	(void)ignored;
	for (unsigned i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (strcmp(table[i].uri, ri->local_uri) == 0) {
			ret = table[i].func(conn);
			break;
		}
	}
	if (ret == 0) { mg_send_http_error(conn, 404, "none"); return 404; }
	return ret;
}
int main(void)
{
	const char *opts[] = { "listening_ports", "8080", NULL };
	struct mg_context *ctx = mg_start(NULL, NULL, opts);
	mg_set_request_handler(ctx, "/api", handler, NULL);
	for (;;) ;
}
