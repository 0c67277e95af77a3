#include <ulfius.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

static int create(const struct _u_request *request, struct _u_response *response, void *user)
{
    json_t *body = ulfius_get_json_body_request(request, NULL);
    json_t *count = json_object_get(body, "count");
    const char *name = json_string_value(json_object_get(body, "name"));
    const char *sort = u_map_get(request->map_url, "sort");

    if (name == NULL || strlen(name) > 40 || !json_is_integer(count) || json_integer_value(count) < 1) {
        json_decref(body);
        ulfius_set_json_body_response(response, 400, json_pack("{s:s}", "error", "bad request"));
        return U_CALLBACK_CONTINUE;
    }
    ulfius_set_json_body_response(response, 201, json_pack("{s:s, s:i, s:[s]}", "name", name, "count", 3, "sorted", sort != NULL ? sort : "name"));
    json_decref(body);
    return U_CALLBACK_CONTINUE;
}

int main(void)
{
    struct _u_instance app;

    ulfius_init_instance(&app, 8080, NULL, NULL);
    ulfius_add_endpoint_by_val(&app, "POST", "/things", "", 0, &create, NULL);
    return ulfius_start_framework(&app);
}
