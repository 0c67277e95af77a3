#include <ulfius.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct user { int id; char name[24]; };
static struct user users[32];
static int n_users;
static struct user *user_by_id(int id)
{
	for (int i = 0; i < n_users; i++) if (users[i].id == id) return &users[i];
	return NULL;
}
static int get(const struct _u_request *q, struct _u_response *r, void *d)
{
	char buf[16];
	const char *id = u_map_get(q->map_url, "id");
	snprintf(buf, sizeof buf, "%s", id);
	struct user *u = user_by_id(atoi(buf));
	ulfius_set_string_body_response(r, 200, u->name);
	return U_CALLBACK_CONTINUE;
}
static int code(const struct _u_request *q, struct _u_response *r, void *d)
{
	char out[8];
	const char *text = u_map_get(q->map_url, "code");
	if (!text) { ulfius_set_string_body_response(r, 400, "bad"); return U_CALLBACK_CONTINUE; }
	size_t n = strlen(text);
	memcpy(out, text, n);
	if (n < 8) out[n] = 0;
	ulfius_set_string_body_response(r, 200, "ok");
	return U_CALLBACK_CONTINUE;
}
static int code_ok(const struct _u_request *q, struct _u_response *r, void *d)
{
	char out[8];
	const char *text = u_map_get(q->map_url, "code");
	if (!text) { ulfius_set_string_body_response(r, 400, "bad"); return U_CALLBACK_CONTINUE; }
	size_t n = strlen(text);
	if (n > sizeof out) { ulfius_set_string_body_response(r, 400, "bad"); return U_CALLBACK_CONTINUE; }
	memcpy(out, text, n);
	ulfius_set_string_body_response(r, 200, "ok");
	return U_CALLBACK_CONTINUE;
}
int main(void)
{
	struct _u_instance app;
	ulfius_init_instance(&app, 8080, NULL, NULL);
	ulfius_add_endpoint_by_val(&app, "GET", "/users/:id", "", 0, &get, NULL);
	ulfius_add_endpoint_by_val(&app, "GET", "/code", "", 0, &code, NULL);
	ulfius_add_endpoint_by_val(&app, "GET", "/code-ok", "", 0, &code_ok, NULL);
	return ulfius_start_framework(&app);
}
