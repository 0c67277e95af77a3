#include "store.h"
#include <stdlib.h>
#include <string.h>

static int table[16];

/* fires */
static int from_struct(const struct _u_request *request, struct _u_response *response, void *data)
{
	struct input in = read_input(request);
	ulfius_set_string_body_response(response, strlen(in.name) > 3 ? 200 : 400, "x");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int from_out_parameter(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *tag;
	if (find_tag(request, &tag) != 0) return U_CALLBACK_ERROR;
	ulfius_set_string_body_response(response, 200, tag[0] == 'a' ? "a" : "b");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int from_helper(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *key = u_map_get(request->map_url, "key");
	if (!key) { ulfius_set_string_body_response(response, 400, "key"); return U_CALLBACK_CONTINUE; }
	const char *value = after_colon(key);
	ulfius_set_string_body_response(response, 200, strlen(value) ? "some" : "none");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int index_from_input(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *text = u_map_get(request->map_url, "slot");
	if (!text) { ulfius_set_string_body_response(response, 400, "slot"); return U_CALLBACK_CONTINUE; }
	table[number_of(text)]++;
	ulfius_set_string_body_response(response, 200, "ok");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int divides(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *text = u_map_get(request->map_url, "by");
	int by = text ? number_of(text) : 1;
	ulfius_set_string_body_response(response, 100 / by > 3 ? 200 : 201, "ok");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int copies(const struct _u_request *request, struct _u_response *response, void *data)
{
	char name[16];
	const char *text = u_map_get(request->map_url, "name");
	if (!text) { ulfius_set_string_body_response(response, 400, "name"); return U_CALLBACK_CONTINUE; }
	strcpy(name, text);
	ulfius_set_string_body_response(response, 200, name);
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int leaks(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *text = u_map_get(request->map_url, "name");
	if (!text) { ulfius_set_string_body_response(response, 400, "name"); return U_CALLBACK_CONTINUE; }
	char *copy = strdup(text);
	if (!copy) return U_CALLBACK_ERROR;
	if (strlen(copy) > 10) { ulfius_set_string_body_response(response, 400, "long"); return U_CALLBACK_CONTINUE; }
	ulfius_set_string_body_response(response, 200, copy);
	free(copy);
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int parses(const struct _u_request *request, struct _u_response *response, void *data)
{
	cJSON *json = cJSON_ParseWithLength(request->binary_body, request->binary_body_length);
	cJSON *name = cJSON_GetObjectItem(json, "name");
	ulfius_set_string_body_response(response, strlen(name->valuestring) > 3 ? 200 : 201, "ok");
	cJSON_Delete(json);
	(void)data;
	return U_CALLBACK_CONTINUE;
}

/* silent */
static int struct_checked(const struct _u_request *request, struct _u_response *response, void *data)
{
	struct input in = read_input(request);
	if (in.name == NULL) { ulfius_set_string_body_response(response, 400, "name"); return U_CALLBACK_CONTINUE; }
	ulfius_set_string_body_response(response, strlen(in.name) > 3 ? 200 : 201, in.tag ? in.tag : "none");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int out_parameter_checked(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *tag;
	if (find_tag_checked(request, &tag) != 0) { ulfius_set_string_body_response(response, 400, "tag"); return U_CALLBACK_CONTINUE; }
	ulfius_set_string_body_response(response, 200, tag[0] == 'a' ? "a" : "b");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int helper_checked(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *key = u_map_get(request->map_url, "key");
	const char *value = key ? after_colon(key) : NULL;
	if (!value) { ulfius_set_string_body_response(response, 400, "key"); return U_CALLBACK_CONTINUE; }
	ulfius_set_string_body_response(response, 200, strlen(value) ? "some" : "none");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int index_checked(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *text = u_map_get(request->map_url, "slot");
	int slot = text ? number_of(text) : -1;
	if (slot < 0 || slot >= 16) { ulfius_set_string_body_response(response, 400, "slot"); return U_CALLBACK_CONTINUE; }
	table[slot]++;
	ulfius_set_string_body_response(response, 200, "ok");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int divides_checked(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *text = u_map_get(request->map_url, "by");
	int by = text ? number_of(text) : 1;
	if (by == 0) { ulfius_set_string_body_response(response, 400, "by"); return U_CALLBACK_CONTINUE; }
	ulfius_set_string_body_response(response, 100 / by > 3 ? 200 : 201, "ok");
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int copies_checked(const struct _u_request *request, struct _u_response *response, void *data)
{
	char name[16];
	const char *text = u_map_get(request->map_url, "name");
	if (!text || strlen(text) >= sizeof name) { ulfius_set_string_body_response(response, 400, "name"); return U_CALLBACK_CONTINUE; }
	strcpy(name, text);
	ulfius_set_string_body_response(response, 200, name);
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int releases(const struct _u_request *request, struct _u_response *response, void *data)
{
	const char *text = u_map_get(request->map_url, "name");
	if (!text) { ulfius_set_string_body_response(response, 400, "name"); return U_CALLBACK_CONTINUE; }
	char *copy = strdup(text);
	if (!copy) return U_CALLBACK_ERROR;
	if (strlen(copy) > 10) { free(copy); ulfius_set_string_body_response(response, 400, "long"); return U_CALLBACK_CONTINUE; }
	ulfius_set_string_body_response(response, 200, copy);
	free(copy);
	(void)data;
	return U_CALLBACK_CONTINUE;
}

static int parses_checked(const struct _u_request *request, struct _u_response *response, void *data)
{
	cJSON *json = cJSON_ParseWithLength(request->binary_body, request->binary_body_length);
	cJSON *name = cJSON_GetObjectItem(json, "name");
	if (!cJSON_IsString(name) || !name->valuestring) {
		cJSON_Delete(json);
		ulfius_set_string_body_response(response, 400, "name");
		return U_CALLBACK_CONTINUE;
	}
	ulfius_set_string_body_response(response, strlen(name->valuestring) > 3 ? 200 : 201, "ok");
	cJSON_Delete(json);
	(void)data;
	return U_CALLBACK_CONTINUE;
}

int main(void)
{
	struct _u_instance instance;
	const char *port = getenv("PORT");
	if (ulfius_init_instance(&instance, port ? (unsigned)atoi(port) : 8537, NULL, NULL) != U_OK) return 1;
	ulfius_add_endpoint_by_val(&instance, "GET", "/struct", NULL, 0, &from_struct, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/out", NULL, 0, &from_out_parameter, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/helper", NULL, 0, &from_helper, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/index", NULL, 0, &index_from_input, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/divide", NULL, 0, &divides, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/copy", NULL, 0, &copies, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/leak", NULL, 0, &leaks, NULL);
	ulfius_add_endpoint_by_val(&instance, "POST", "/parse", NULL, 0, &parses, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/safe/struct", NULL, 0, &struct_checked, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/safe/out", NULL, 0, &out_parameter_checked, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/safe/helper", NULL, 0, &helper_checked, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/safe/index", NULL, 0, &index_checked, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/safe/divide", NULL, 0, &divides_checked, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/safe/copy", NULL, 0, &copies_checked, NULL);
	ulfius_add_endpoint_by_val(&instance, "GET", "/safe/leak", NULL, 0, &releases, NULL);
	ulfius_add_endpoint_by_val(&instance, "POST", "/safe/parse", NULL, 0, &parses_checked, NULL);
	if (ulfius_start_framework(&instance) == U_OK) getchar();
	ulfius_stop_framework(&instance);
	ulfius_clean_instance(&instance);
	return 0;
}
