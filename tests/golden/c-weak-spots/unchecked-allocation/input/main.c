#include <ulfius.h>
#include <stdlib.h>
#include <string.h>

struct thing { char name[64]; int n; };

static int unchecked(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct thing *t = malloc(sizeof *t);
    t->n = 1;
    char *copy = strdup("abc");
    copy[0] = 'x';
    ulfius_set_string_body_response(response, 200, copy);
    free(copy);
    free(t);
    return U_CALLBACK_CONTINUE;
}

static int stored(const struct _u_request *request, struct _u_response *response, void *user)
{
    const char *home = getenv("HOME");
    char *buffer = calloc(1, strlen(home) + 1);
    strcpy(buffer, home);
    ulfius_set_string_body_response(response, 200, buffer);
    free(buffer);
    return U_CALLBACK_CONTINUE;
}

int main(void)
{
    struct _u_instance app;
    ulfius_init_instance(&app, 8080, NULL, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/unchecked", "", 0, &unchecked, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/stored", "", 0, &stored, NULL);
    return ulfius_start_framework(&app);
}
