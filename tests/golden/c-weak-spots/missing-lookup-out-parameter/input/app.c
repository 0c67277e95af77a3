#include <ulfius.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

struct item { int id; char name[24]; };
static struct item items[8];

static int find_item(int id, struct item **out)
{
    *out = NULL;
    for (int i = 0; i < 8; i++)
        if (items[i].id == id)
            *out = &items[i];
    return *out != NULL ? 0 : -1;
}

static int fires(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct item *item = NULL;
    const char *id = u_map_get(request->map_url, "id");
    int code = find_item(id != NULL ? atoi(id) : 0, &item);

    (void)code;
    printf("%s\n", item->name);
    ulfius_set_string_body_response(response, 200, "ok");
    return U_CALLBACK_CONTINUE;
}

static int guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct item *item = NULL;
    const char *id = u_map_get(request->map_url, "id");
    int code = find_item(id != NULL ? atoi(id) : 0, &item);

    (void)code;
    if (code != 0)
    {
        ulfius_set_string_body_response(response, 400, "bad");
        return U_CALLBACK_CONTINUE;
    }
    printf("%s\n", item->name);
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
