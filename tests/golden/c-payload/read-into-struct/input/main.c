#include <cjson/cJSON.h>
#include <civetweb.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PAYLOAD = 4096 };
struct call { struct mg_connection *conn; struct { bool avail; char *raw; cJSON *json; const char *error; int size; } payload; };

static int refuse(struct call *call, int status, const char *why)
{
	mg_send_http_error(call->conn, status, "%s", why);
	return status;
}

static void read_payload(struct call *call)
{
	call->payload.size = mg_read(call->conn, call->payload.raw, MAX_PAYLOAD - 1);
	if (call->payload.size < 1)
		return;
	if (call->payload.size >= MAX_PAYLOAD - 1)
		return;
	call->payload.raw[call->payload.size] = '\0';
	call->payload.avail = true;
	call->payload.json = cJSON_ParseWithOpts(call->payload.raw, &call->payload.error, 0);
}

static int check_payload(struct call *call)
{
	if (call->payload.json == NULL)
		return refuse(call, 400, call->payload.avail ? "Invalid request body data (no valid JSON)" : "No request body data");
	return 0;
}

static int set_blocking(struct call *call)
{
	const int ret = check_payload(call);
	if (ret != 0)
		return ret;
	cJSON *blocking = cJSON_GetObjectItemCaseSensitive(call->payload.json, "blocking");
	if (!cJSON_IsBool(blocking))
		return refuse(call, 400, "No \"blocking\" boolean in body data");
	cJSON *timer = cJSON_GetObjectItemCaseSensitive(call->payload.json, "timer");
	double time = cJSON_IsNumber(timer) ? timer->valuedouble : -1;
	mg_send_http_ok(call->conn, "application/json", time > 0 ? 2 : 4);
	return 200;
}

static struct { const char *uri; int (*func)(struct call *); } table[] = { { "/api/blocking", set_blocking } };

static int handler(struct mg_connection *conn, void *data)
{
	struct call call = { conn, { false, NULL, NULL, NULL, 0 } };
	const struct mg_request_info *info = mg_get_request_info(conn);
	int ret = 0;
	(void)data;
	for (unsigned i = 0; i < sizeof table / sizeof *table; i++) {
		if (strcmp(info->request_method, "POST") != 0 || strcmp(table[i].uri, info->local_uri) != 0)
			continue;
		call.payload.raw = calloc(MAX_PAYLOAD, sizeof(char));
		if (!call.payload.raw)
			return refuse(&call, 500, "out of memory");
		read_payload(&call);
		ret = table[i].func(&call);
		break;
	}
	if (call.payload.json != NULL) {
		cJSON_Delete(call.payload.json);
		call.payload.json = NULL;
	}
	if (call.payload.raw != NULL) {
		free(call.payload.raw);
		call.payload.raw = NULL;
	}
	return ret;
}

int main(void)
{
	struct mg_context *ctx = mg_start(NULL, NULL, NULL);
	mg_set_request_handler(ctx, "/api", handler, NULL);
	return 0;
}
