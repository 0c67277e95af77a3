/* Searches through a list that is linked: what they give is null when no element fits. */
#include <ulfius.h>
#include <stdlib.h>
#include <string.h>

struct parcel { int id; int is_sent; const char *label; const char *town; struct parcel *next; };
static struct parcel *parcels;

static struct parcel *find_parcel(int id)
{
    for (struct parcel *p = parcels; p; p = p->next)
        if (p->id == id) return p;
    return NULL;
}
static struct parcel *find_sent(const char *label)
{
    for (struct parcel *p = parcels; p != NULL; p = p->next)
        if (strcmp(p->label, label) == 0 && p->is_sent) return p;
    return NULL;
}
static struct parcel *walk_to(int id)
{
    struct parcel *p = parcels;
    while (p && p->id != id) p = p->next;
    return p;
}
static int lookup(int id, struct parcel **out)
{
    *out = find_parcel(id);
    return *out ? 0 : -1;
}

static int refuse(struct _u_response *response)
{
    ulfius_set_string_body_response(response, 404, "no such parcel");
    return U_CALLBACK_CONTINUE;
}
static int number(const struct _u_request *request)
{
    const char *id = u_map_get(request->map_url, "id");
    return id != NULL ? atoi(id) : 0;
}

static int returned(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct parcel *p = find_parcel(number(request));
    ulfius_set_string_body_response(response, 200, p->town);
    return U_CALLBACK_CONTINUE;
}
static int returned_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct parcel *p = find_parcel(number(request));
    if (!p) return refuse(response);
    ulfius_set_string_body_response(response, 200, p->town);
    return U_CALLBACK_CONTINUE;
}
static int beside(const struct _u_request *request, struct _u_response *response, void *user)
{
    const char *label = u_map_get(request->map_url, "label");
    struct parcel *p = find_sent(label ? label : "");
    ulfius_set_string_body_response(response, 200, p->town);
    return U_CALLBACK_CONTINUE;
}
static int walked(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct parcel *p = walk_to(number(request));
    ulfius_set_string_body_response(response, 200, p->town);
    return U_CALLBACK_CONTINUE;
}
static int walked_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct parcel *p = walk_to(number(request));
    ulfius_set_string_body_response(response, 200, p ? p->town : "nowhere");
    return U_CALLBACK_CONTINUE;
}
static int handed_out(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct parcel *p;
    lookup(number(request), &p);
    ulfius_set_string_body_response(response, 200, p->town);
    return U_CALLBACK_CONTINUE;
}
static int handed_out_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    struct parcel *p;
    if (lookup(number(request), &p) != 0) return refuse(response);
    ulfius_set_string_body_response(response, 200, p->town);
    return U_CALLBACK_CONTINUE;
}
/* An assignment in front of the loop, and a way out of it. */
static int left(const struct _u_request *request, struct _u_response *response, void *user)
{
    int id = number(request);
    struct parcel *p;
    for (p = parcels; p; p = p->next)
        if (p->id == id) break;
    ulfius_set_string_body_response(response, 200, p->town);
    return U_CALLBACK_CONTINUE;
}
static int left_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    int id = number(request);
    struct parcel *p;
    for (p = parcels; p; p = p->next)
        if (p->id == id) break;
    if (p == NULL) return refuse(response);
    ulfius_set_string_body_response(response, 200, p->town);
    return U_CALLBACK_CONTINUE;
}

int main(void)
{
    struct _u_instance app;
    parcels = calloc(1, sizeof *parcels);
    ulfius_init_instance(&app, 8080, NULL, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/returned", NULL, 0, &returned, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/returned/guarded", NULL, 0, &returned_guarded, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/beside", NULL, 0, &beside, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/walked", NULL, 0, &walked, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/walked/guarded", NULL, 0, &walked_guarded, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/handed-out", NULL, 0, &handed_out, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/handed-out/guarded", NULL, 0, &handed_out_guarded, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/left", NULL, 0, &left, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/left/guarded", NULL, 0, &left_guarded, NULL);
    return ulfius_start_framework(&app);
}
