#include <ulfius.h>
#include <json-c/json.h>

static int fires(const struct _u_request *request, struct _u_response *response, void *user)
{
	json_object *o = json_tokener_parse(request->binary_body), *list;
	if (!o || !json_object_object_get_ex(o, "tags", &list)) { ulfius_set_string_body_response(response, 400, "bad"); return U_CALLBACK_CONTINUE; }
	json_object *first = json_object_array_get_idx(list, 0);
	json_object *out = json_object_new_object();
	json_object_object_add(out, "first", json_object_new_string(json_object_get_string(first)));
	ulfius_set_string_body_response(response, 200, json_object_to_json_string(out));
	json_object_put(out);
	json_object_put(o);
	return U_CALLBACK_CONTINUE;
}

static int guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
	json_object *o = json_tokener_parse(request->binary_body), *list;
	if (!o || !json_object_object_get_ex(o, "tags", &list)) { ulfius_set_string_body_response(response, 400, "bad"); return U_CALLBACK_CONTINUE; }
	json_object *first = json_object_array_get_idx(list, 0);
	if (!json_object_is_type(first, json_type_string)) { json_object_put(o); ulfius_set_string_body_response(response, 400, "bad"); return U_CALLBACK_CONTINUE; }
	json_object *out = json_object_new_object();
	json_object_object_add(out, "first", json_object_new_string(json_object_get_string(first)));
	ulfius_set_string_body_response(response, 200, json_object_to_json_string(out));
	json_object_put(out);
	json_object_put(o);
	return U_CALLBACK_CONTINUE;
}

int main(void)
{
	struct _u_instance app;
	ulfius_init_instance(&app, 8080, NULL, NULL);
	ulfius_add_endpoint_by_val(&app, "POST", "/fires", "", 0, &fires, NULL);
	ulfius_add_endpoint_by_val(&app, "POST", "/guarded", "", 0, &guarded, NULL);
	return ulfius_start_framework(&app);
}
