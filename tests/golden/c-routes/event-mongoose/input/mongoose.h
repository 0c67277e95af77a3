/* The part of Mongoose's header that this case uses. */
#include <stdbool.h>
#include <stddef.h>
struct mg_str { char *buf; size_t len; };
struct mg_http_message { struct mg_str method, uri, query, proto, body, head, message; };
struct mg_mgr { void *conns; };
struct mg_connection { void *fn_data; };
enum { MG_EV_ERROR, MG_EV_HTTP_MSG = 11 };
typedef void (*mg_event_handler_t)(struct mg_connection *c, int ev, void *ev_data);
struct mg_connection *mg_http_listen(struct mg_mgr *mgr, const char *url, mg_event_handler_t fn, void *fn_data);
struct mg_str mg_str(const char *s);
bool mg_match(struct mg_str str, struct mg_str pattern, struct mg_str *caps);
int mg_strcmp(const struct mg_str a, const struct mg_str b);
void mg_http_reply(struct mg_connection *c, int status, const char *headers, const char *fmt, ...);
int mg_http_get_var(const struct mg_str *buf, const char *name, char *to, size_t size);
bool mg_json_get_num(struct mg_str json, const char *path, double *v);
void mg_http_serve_dir(struct mg_connection *c, struct mg_http_message *hm, const void *opts);
