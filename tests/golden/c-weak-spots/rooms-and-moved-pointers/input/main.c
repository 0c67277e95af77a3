#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ulfius.h>
#include <yder.h>

static char names[16][64];
static int count;

static int reply(struct _u_response *response, unsigned int status, const char *text)
{
    ulfius_set_string_body_response(response, status, text);
    return U_CALLBACK_CONTINUE;
}

/* sprintf into memory of 64 bytes; the twin allocates what it needs */
static int post_command(const struct _u_request *request, struct _u_response *response, void *data)
{
    const char *user = u_map_get(request->map_post_body, "user");
    if (!user) return reply(response, 400, "no user");
    char *command = malloc(64);
    sprintf(command, "useradd %s -m", user);
    reply(response, 200, command);
    free(command);
    return U_CALLBACK_CONTINUE;
}

static int post_command_safe(const struct _u_request *request, struct _u_response *response, void *data)
{
    const char *user = u_map_get(request->map_post_body, "user");
    if (!user) return reply(response, 400, "no user");
    char *command = malloc(strlen(user) + 64);
    sprintf(command, "useradd %s -m", user);
    reply(response, 200, command);
    free(command);
    return U_CALLBACK_CONTINUE;
}

/* strncpy as long as what it copies from; the twin as long as what it copies to */
static int get_greeting(const struct _u_request *request, struct _u_response *response, void *data)
{
    char text[16];
    const char *name = u_map_get(request->map_url, "name");
    if (!name) return reply(response, 400, "no name");
    strncpy(text, name, strlen(name) + 1);
    return reply(response, 200, text);
}

static int get_greeting_safe(const struct _u_request *request, struct _u_response *response, void *data)
{
    char text[16] = "";
    const char *name = u_map_get(request->map_url, "name");
    if (!name) return reply(response, 400, "no name");
    strncpy(text, name, sizeof text - 1);
    return reply(response, 200, text);
}

/* one behind what was not found; the twin asks */
static int get_me(const struct _u_request *request, struct _u_response *response, void *data)
{
    const char *header = u_map_get(request->map_header, "Authorization");
    if (!header) return reply(response, 401, "no token");
    const char *token = strchr(header, ' ') + 1;
    return reply(response, strlen(token) < 3 ? 401 : 200, "you");
}

static int get_me_safe(const struct _u_request *request, struct _u_response *response, void *data)
{
    const char *header = u_map_get(request->map_header, "Authorization"), *space = header ? strchr(header, ' ') : NULL;
    if (!space) return reply(response, 401, "no token");
    return reply(response, strlen(space + 1) < 3 ? 401 : 200, "you");
}

/* an index that is less than how many there are: silent */
static int get_name(const struct _u_request *request, struct _u_response *response, void *data)
{
    const char *text = u_map_get(request->map_url, "n");
    int n = text ? atoi(text) : 0;
    if (n < 0 || n >= count) return reply(response, 404, "no such name");
    return reply(response, 200, names[n]);
}

/* read again at the end of a round, where it is known to be there: it need not be in the next round */
static int post_names(const struct _u_request *request, struct _u_response *response, void *data)
{
    json_t *body = ulfius_get_json_body_request(request, NULL), *value;
    size_t index;
    json_array_foreach(json_object_get(body, "names"), index, value) {
        json_t *name = json_object_get(value, "name");
        if (count < 16) snprintf(names[count++], sizeof names[0], "%zu", strlen(json_string_value(name)));
        y_log_message(Y_LOG_LEVEL_DEBUG, "%s", json_string_value(name));
    }
    json_decref(body);
    return reply(response, 200, "done");
}

int main(void)
{
    struct _u_instance instance;
    if (ulfius_init_instance(&instance, 8080, NULL, NULL) != U_OK) return 1;
    ulfius_add_endpoint_by_val(&instance, "POST", "/command", NULL, 0, &post_command, NULL);
    ulfius_add_endpoint_by_val(&instance, "POST", "/command-safe", NULL, 0, &post_command_safe, NULL);
    ulfius_add_endpoint_by_val(&instance, "GET", "/greeting", NULL, 0, &get_greeting, NULL);
    ulfius_add_endpoint_by_val(&instance, "GET", "/greeting-safe", NULL, 0, &get_greeting_safe, NULL);
    ulfius_add_endpoint_by_val(&instance, "GET", "/me", NULL, 0, &get_me, NULL);
    ulfius_add_endpoint_by_val(&instance, "GET", "/me-safe", NULL, 0, &get_me_safe, NULL);
    ulfius_add_endpoint_by_val(&instance, "GET", "/name", NULL, 0, &get_name, NULL);
    ulfius_add_endpoint_by_val(&instance, "POST", "/names", NULL, 0, &post_names, NULL);
    if (ulfius_start_framework(&instance) == U_OK) getchar();
    ulfius_stop_framework(&instance);
    ulfius_clean_instance(&instance);
    return 0;
}
