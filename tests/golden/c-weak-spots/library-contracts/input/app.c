/* What libraries give: who releases it, and when it is null. */
#include <ulfius.h>
#include <jansson.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tokens(const struct _u_request *request, struct _u_response *response, void *user)
{
    const char *tags = u_map_get(request->map_url, "tags");
    char copy[64], *save = NULL;
    snprintf(copy, sizeof copy, "%s", tags ? tags : "");
    char *text = strdup(tags ? tags : "");
    char *first = strtok_r(text, ",", &save);
    printf("%zu\n", strlen(first));
    free(text);
    ulfius_set_string_body_response(response, 200, copy);
    return U_CALLBACK_CONTINUE;
}
static int tokens_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    const char *tags = u_map_get(request->map_url, "tags");
    char *text = strdup(tags ? tags : ""), *save = NULL;
    char *first = strtok_r(text, ",", &save);
    printf("%zu\n", first ? strlen(first) : 0);
    free(text);
    ulfius_set_string_body_response(response, 200, "ok");
    return U_CALLBACK_CONTINUE;
}
static int file(const struct _u_request *request, struct _u_response *response, void *user)
{
    char line[80] = "";
    const char *name = u_map_get(request->map_url, "name");
    FILE *f = fopen(name ? name : "readme", "r");
    fgets(line, sizeof line, f);
    fclose(f);
    ulfius_set_string_body_response(response, 200, line);
    return U_CALLBACK_CONTINUE;
}
static int file_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    char line[80] = "";
    const char *name = u_map_get(request->map_url, "name");
    FILE *f = fopen(name ? name : "readme", "r");
    if (!f) {
        ulfius_set_string_body_response(response, 404, "no such file");
        return U_CALLBACK_CONTINUE;
    }
    fgets(line, sizeof line, f);
    fclose(f);
    ulfius_set_string_body_response(response, 200, line);
    return U_CALLBACK_CONTINUE;
}
static int packed(const struct _u_request *request, struct _u_response *response, void *user)
{
    ulfius_set_json_body_response(response, 200, json_pack("{s:i}", "count", 3));
    return U_CALLBACK_CONTINUE;
}
static int packed_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    json_t *inner = json_object(), *list = json_array();
    json_object_set_new(inner, "count", json_integer(3));
    json_array_append_new(list, inner);
    json_t *body = json_pack("{s:o}", "items", list);
    ulfius_set_json_body_response(response, 200, body);
    json_decref(body);
    return U_CALLBACK_CONTINUE;
}
static int printed(const struct _u_request *request, struct _u_response *response, void *user)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "count", 3);
    char *text = cJSON_PrintUnformatted(body);
    ulfius_set_string_body_response(response, 200, text);
    cJSON_Delete(body);
    return U_CALLBACK_CONTINUE;
}
static int printed_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    cJSON *body = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(body, "items");
    cJSON_AddItemToArray(list, cJSON_CreateObject());
    char *text = cJSON_PrintUnformatted(body);
    ulfius_set_string_body_response(response, 200, text);
    free(text);
    cJSON_Delete(body);
    return U_CALLBACK_CONTINUE;
}

/* What could not be parsed is no object that somebody has to release; the mean of nothing is not. */
static int mean(const struct _u_request *request, struct _u_response *response, void *user)
{
    const char *text = u_map_get(request->map_post_body, "cells");
    cJSON *cells = cJSON_Parse(text ? text : "");
    if (!cells) {
        ulfius_set_string_body_response(response, 400, "cells are missing");
        return U_CALLBACK_CONTINUE;
    }
    int n = cJSON_GetArraySize(cells), sum = 0;
    for (int i = 0; i < n; i++) sum += cJSON_GetArrayItem(cells, i)->valueint;
    printf("%d\n", sum / n);
    cJSON_Delete(cells);
    ulfius_set_string_body_response(response, 200, "ok");
    return U_CALLBACK_CONTINUE;
}
static int mean_guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    json_t *cells = ulfius_get_json_body_request(request, NULL);
    size_t n = json_array_size(cells);
    if (n == 0) {
        json_decref(cells);
        ulfius_set_string_body_response(response, 400, "cells are missing");
        return U_CALLBACK_CONTINUE;
    }
    printf("%zu\n", 100 / n);
    json_decref(cells);
    ulfius_set_string_body_response(response, 200, "ok");
    return U_CALLBACK_CONTINUE;
}
static int share(const struct _u_request *request, struct _u_response *response, void *user)
{
    json_t *cells = ulfius_get_json_body_request(request, NULL);
    printf("%zu\n", 100 / json_array_size(cells));
    json_decref(cells);
    ulfius_set_string_body_response(response, 200, "ok");
    return U_CALLBACK_CONTINUE;
}

int main(void)
{
    struct _u_instance app;
    ulfius_init_instance(&app, 8080, NULL, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/tokens", NULL, 0, &tokens, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/tokens/guarded", NULL, 0, &tokens_guarded, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/file", NULL, 0, &file, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/file/guarded", NULL, 0, &file_guarded, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/packed", NULL, 0, &packed, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/packed/guarded", NULL, 0, &packed_guarded, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/printed", NULL, 0, &printed, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/printed/guarded", NULL, 0, &printed_guarded, NULL);
    ulfius_add_endpoint_by_val(&app, "POST", "/mean", NULL, 0, &mean, NULL);
    ulfius_add_endpoint_by_val(&app, "POST", "/mean/guarded", NULL, 0, &mean_guarded, NULL);
    ulfius_add_endpoint_by_val(&app, "POST", "/share", NULL, 0, &share, NULL);
    return ulfius_start_framework(&app);
}
