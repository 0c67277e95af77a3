#include <ulfius.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

static int fires(const struct _u_request *request, struct _u_response *response, void *user)
{
    json_t *body = ulfius_get_json_body_request(request, NULL);
    const char *name = json_string_value(json_object_get(body, "name"));
    printf("%zu\n", strlen(name));
    json_decref(body);
    ulfius_set_string_body_response(response, 200, "ok");
    return U_CALLBACK_CONTINUE;
}

static int guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    json_t *body = ulfius_get_json_body_request(request, NULL);
    const char *name = json_string_value(json_object_get(body, "name"));
    if (name == NULL)
    {
        ulfius_set_string_body_response(response, 400, "bad");
        return U_CALLBACK_CONTINUE;
    }
    printf("%zu\n", strlen(name));
    json_decref(body);
    ulfius_set_string_body_response(response, 200, "ok");
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
