/* The part of CivetWeb's header that this case uses. */
#include <stddef.h>
struct mg_context;
struct mg_connection;
struct mg_callbacks;
struct mg_request_info { const char *request_method, *request_uri, *local_uri_raw, *local_uri, *query_string; };
typedef int (*mg_request_handler)(struct mg_connection *conn, void *cbdata);
struct mg_context *mg_start(const struct mg_callbacks *callbacks, void *user_data, const char **options);
void mg_set_request_handler(struct mg_context *ctx, const char *uri, mg_request_handler handler, void *cbdata);
const struct mg_request_info *mg_get_request_info(const struct mg_connection *conn);
const char *mg_get_header(const struct mg_connection *conn, const char *name);
int mg_get_var(const char *data, size_t data_len, const char *var_name, char *dst, size_t dst_len);
int mg_send_http_error(struct mg_connection *conn, int status, const char *fmt, ...);
int mg_send_http_ok(struct mg_connection *conn, const char *mime_type, long long length);
