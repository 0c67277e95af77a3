/* The part of Ulfius' header that this case uses. */
#define U_CALLBACK_CONTINUE 0
struct _u_map;
struct _u_request { char *http_verb, *http_url; struct _u_map *map_url, *map_header, *map_cookie, *map_post_body; };
struct _u_response { long status; };
struct _u_instance { unsigned port; };
struct _u_endpoint {
    const char *http_method, *url_prefix, *url_format;
    unsigned priority;
    int (*callback_function)(const struct _u_request *request, struct _u_response *response, void *user_data);
    void *user_data;
};
int ulfius_init_instance(struct _u_instance *instance, unsigned port, void *bind_address, const char *realm);
int ulfius_add_endpoint(struct _u_instance *instance, const struct _u_endpoint *endpoint);
int ulfius_add_endpoint_list(struct _u_instance *instance, const struct _u_endpoint **list);
int ulfius_add_endpoint_by_val(struct _u_instance *instance, const char *method, const char *prefix, const char *format, unsigned priority,
                               int (*callback)(const struct _u_request *request, struct _u_response *response, void *user_data), void *user_data);
int ulfius_start_framework(struct _u_instance *instance);
const char *u_map_get(const struct _u_map *map, const char *key);
int ulfius_set_string_body_response(struct _u_response *response, unsigned status, const char *body);
int ulfius_set_empty_body_response(struct _u_response *response, unsigned status);
