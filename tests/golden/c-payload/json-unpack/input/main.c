#include <ulfius.h>
#include <jansson.h>
#include <string.h>

static int create(const struct _u_request *request, struct _u_response *response, void *user)
{
    json_t *body = ulfius_get_json_body_request(request, NULL);
    const char *name;
    int count, level = 3;
    json_t *tags = NULL;
    if (json_unpack(body, "{s:s, s:i, s?:i, s?:o}", "name", &name, "count", &count, "level", &level, "tags", &tags) != 0) {
        json_decref(body);
        ulfius_set_string_body_response(response, 400, "bad request");
        return U_CALLBACK_CONTINUE;
    }
    ulfius_set_json_body_response(response, 201, json_pack("{s:i, s:i}", "length", (int)strlen(name), "count", count / level));
    json_decref(body);
    return U_CALLBACK_CONTINUE;
}

static int loose(const struct _u_request *request, struct _u_response *response, void *user)
{
    json_t *body = ulfius_get_json_body_request(request, NULL);
    const char *name = NULL, *first = "a";
    json_error_t error;
    json_unpack_ex(body, &error, 0, "{s:{s:s}, s?s}", "owner", "name", &name, "first", &first);
    ulfius_set_json_body_response(response, 200, json_pack("{s:i, s:s}", "length", (int)strlen(name), "first", first));
    json_decref(body);
    return U_CALLBACK_CONTINUE;
}

int main(void)
{
    struct _u_instance app;
    ulfius_init_instance(&app, 8080, NULL, NULL);
    ulfius_add_endpoint_by_val(&app, "POST", "/things", "", 0, &create, NULL);
    ulfius_add_endpoint_by_val(&app, "POST", "/loose", "", 0, &loose, NULL);
    return ulfius_start_framework(&app);
}
