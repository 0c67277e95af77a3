#include <json-c/json.h>
#include <string.h>
#include <ulfius.h>

static int fires(const struct _u_request *request, struct _u_response *response, void *data)
{
    struct json_object *body = json_tokener_parse(request->binary_body), *name, *tags;
    (void)data;
    json_object_object_get_ex(body, "name", &name);
    size_t length = strlen(json_object_get_string(name));
    json_object_object_get_ex(body, "tags", &tags);
    size_t count = json_object_array_length(tags);
    json_object_put(body);
    ulfius_set_empty_body_response(response, length > count ? 200 : 201);
    return U_CALLBACK_CONTINUE;
}

static int guarded(const struct _u_request *request, struct _u_response *response, void *data)
{
    struct json_object *body = json_tokener_parse(request->binary_body), *name, *age;
    (void)data;
    if (!json_object_object_get_ex(body, "name", &name) || !json_object_is_type(name, json_type_string) ||
        !json_object_object_get_ex(body, "age", &age) || json_object_get_type(age) != json_type_int) {
        json_object_put(body);
        ulfius_set_string_body_response(response, 400, "name and age are required");
        return U_CALLBACK_CONTINUE;
    }
    size_t length = strlen(json_object_get_string(name)) + (size_t)json_object_get_int(age);
    struct json_object *answer = json_object_new_object();
    json_object_object_add(answer, "length", json_object_new_int((int)length));
    ulfius_set_string_body_response(response, 200, json_object_to_json_string(answer));
    json_object_put(answer);
    json_object_put(body);
    return U_CALLBACK_CONTINUE;
}

int main(void)
{
    struct _u_instance instance;
    ulfius_init_instance(&instance, 8080, NULL, NULL);
    ulfius_add_endpoint_by_val(&instance, "POST", "/fires", NULL, 0, &fires, NULL);
    ulfius_add_endpoint_by_val(&instance, "POST", "/guarded", NULL, 0, &guarded, NULL);
    return ulfius_start_framework(&instance);
}
