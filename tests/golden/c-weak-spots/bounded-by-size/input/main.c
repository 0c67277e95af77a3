#include <stdlib.h>
#include <ulfius.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static int counters[16];
static const char *const names[] = { "low", "middle", "high" };

static int number_of(const struct _u_request *request)
{
    const char *text = u_map_get(request->map_url, "slot");
    return text ? atoi(text) : -1;
}

/* silent: the list's own size is the limit */
static int count_guarded(const struct _u_request *request, struct _u_response *response, void *data)
{
    int number = number_of(request);
    if (number < 0 || number >= (int)(sizeof counters / sizeof counters[0])) {
        ulfius_set_string_body_response(response, 400, "no such slot");
        return U_CALLBACK_CONTINUE;
    }
    counters[number]++;
    ulfius_set_string_body_response(response, 200, "counted");
    return U_CALLBACK_CONTINUE;
}

/* silent: by a macro, and one less than the size */
static int name_guarded(const struct _u_request *request, struct _u_response *response, void *data)
{
    int number = number_of(request);
    if (number < 0 || number > (int)COUNT(names) - 1) {
        ulfius_set_string_body_response(response, 400, "no such name");
        return U_CALLBACK_CONTINUE;
    }
    ulfius_set_string_body_response(response, 200, names[number]);
    return U_CALLBACK_CONTINUE;
}

/* fires: one too many */
static int count_one_more(const struct _u_request *request, struct _u_response *response, void *data)
{
    int number = number_of(request);
    if (number < 0 || number > (int)(sizeof counters / sizeof counters[0])) {
        ulfius_set_string_body_response(response, 400, "no such slot");
        return U_CALLBACK_CONTINUE;
    }
    counters[number]++;
    ulfius_set_string_body_response(response, 200, "counted");
    return U_CALLBACK_CONTINUE;
}

/* fires: the size in bytes is not the number of elements */
static int count_bytes(const struct _u_request *request, struct _u_response *response, void *data)
{
    int number = number_of(request);
    if (number < 0 || number >= (int)sizeof counters) {
        ulfius_set_string_body_response(response, 400, "no such slot");
        return U_CALLBACK_CONTINUE;
    }
    counters[number]++;
    ulfius_set_string_body_response(response, 200, "counted");
    return U_CALLBACK_CONTINUE;
}

int main(void)
{
    struct _u_instance instance;
    ulfius_init_instance(&instance, 8537, NULL, NULL);
    ulfius_add_endpoint_by_val(&instance, "POST", "/guarded/:slot", NULL, 0, &count_guarded, NULL);
    ulfius_add_endpoint_by_val(&instance, "GET", "/names/:slot", NULL, 0, &name_guarded, NULL);
    ulfius_add_endpoint_by_val(&instance, "POST", "/one-more/:slot", NULL, 0, &count_one_more, NULL);
    ulfius_add_endpoint_by_val(&instance, "POST", "/bytes/:slot", NULL, 0, &count_bytes, NULL);
    return ulfius_start_framework(&instance);
}
