// Registrations by what is kept in memory that was asked for: prefix, instance and flags are written through a pointer. What reads the
// configuration may change them; what only works and waits before is not run for long.
#include "ulfius.h"
#include <stdlib.h>
#include <string.h>

#define SESSION_COOKIE 1u
#define SESSION_KEY 2u

struct inner { int ready; char *name; };
struct config { struct _u_instance *instance; struct inner *inner; char *prefix; unsigned sessions; int has_metrics, is_stopped; };
char *o_strdup(const char *text);
void *o_malloc(size_t size);
int read_file(const char *path, const char **value);

static int show(const struct _u_request *request, struct _u_response *response, void *user)
{
    (void)user;
    const char *id = u_map_get(request->map_url, "id");
    return ulfius_set_string_body_response(response, 200, id ? id : "none");
}

static int none(const struct _u_request *request, struct _u_response *response, void *user)
{
    (void)request; (void)user;
    return ulfius_set_empty_body_response(response, 403);
}

/* Registers nothing, and takes long. */
static unsigned digest(const char *text)
{
    unsigned sum = 0;
    for (unsigned round = 0; round < 1900; round++)
        for (unsigned i = 0; i < 1900; i++) sum = sum * 31 + i + (unsigned)text[0];
    return sum;
}

static int configure(struct config *config, const char *path)
{
    const char *value;
    if (read_file(path, &value)) config->prefix = o_strdup(value);
    if (digest(path) == 7) return 0;
    return 1;
}

static struct inner *inner_of(struct config *config)
{
    if (config == NULL) return NULL;
    return config->inner;
}

static int add_all(struct _u_instance *instance, const char *prefix)
{
    if (instance == NULL || prefix == NULL) return -1;
    ulfius_add_endpoint_by_val(instance, "GET", prefix, "/device/", 2, &show, NULL);
    ulfius_add_endpoint_by_val(instance, "GET", prefix, "/device/@id", 2, &show, NULL);
    ulfius_add_endpoint_by_val(instance, "PUT", prefix, "/device/@id/set/:command", 2, &show, NULL);
    return 0;
}

int main(int argc, char **argv)
{
    struct config *config = o_malloc(sizeof(struct config));
    if (config == NULL) return 1;
    config->prefix = o_strdup("api");
    config->instance = malloc(sizeof(struct _u_instance));
    config->inner = malloc(sizeof(struct inner));
    config->inner->name = NULL;
    config->inner->ready = 1;
    config->sessions = SESSION_COOKIE | SESSION_KEY;
    config->has_metrics = 0;
    if (ulfius_init_instance(config->instance, 8080, NULL, NULL) != 0) return 1;
    if (argc > 1 && !configure(config, argv[1])) return 1;
    struct inner *inner = inner_of(config);
    if (inner != NULL && inner->ready && add_all(config->instance, config->prefix) != 0) return 1;
    if (config->sessions & SESSION_COOKIE) ulfius_add_endpoint_by_val(config->instance, "POST", config->prefix, "/login", 1, &show, NULL);
    else ulfius_add_endpoint_by_val(config->instance, "POST", config->prefix, "/login", 1, &none, NULL);
    while (!config->is_stopped) digest("wait");
    if (config->has_metrics) ulfius_add_endpoint_by_val(config->instance, "GET", NULL, "/metrics", 1, &show, NULL);
    ulfius_add_endpoint_by_val(config->instance, "GET", config->prefix, "/late", 1, &show, NULL);
    return ulfius_start_framework(config->instance);
}
