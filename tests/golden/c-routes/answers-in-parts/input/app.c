/* Answers whose head and body are written by different calls. */
#include <civetweb.h>
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static int send_json(struct mg_connection *c, int status, cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);
    mg_response_header_start(c, status);
    mg_response_header_add(c, "Content-Type", "application/json", -1);
    mg_response_header_send(c);
    mg_write(c, text, strlen(text));
    cJSON_free(text);
    cJSON_Delete(json);
    return status;
}
static int rooms(struct mg_connection *c, void *user)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddNumberToObject(json, "count", 3);
    char *text = cJSON_Print(json);
    mg_send_http_ok(c, "application/json; charset=utf-8", (long long)strlen(text));
    mg_write(c, text, strlen(text));
    free(text);
    cJSON_Delete(json);
    return 200;
}
static int room(struct mg_connection *c, void *user)
{
    char id[16] = "";
    const char *query = mg_get_request_info(c)->query_string;
    if (!query || mg_get_var(query, strlen(query), "id", id, sizeof id) < 1) {
        cJSON *error = cJSON_CreateObject();
        cJSON_AddStringToObject(error, "error", "id is missing");
        return send_json(c, 400, error);
    }
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "name", "x");
    return send_json(c, 200, json);
}
static int page(struct mg_connection *c, void *user)
{
    mg_printf(c, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n");
    mg_printf(c, "<p>%d</p>", 3);
    return 200;
}
static int gone(struct mg_connection *c, void *user)
{
    mg_printf(c, "HTTP/1.1 410 Gone\r\n\r\n");
    return 410;
}

int main(void)
{
    const char *options[] = { "listening_ports", "8080", NULL };
    struct mg_context *app = mg_start(NULL, NULL, options);
    mg_set_request_handler(app, "/rooms", rooms, NULL);
    mg_set_request_handler(app, "/room", room, NULL);
    mg_set_request_handler(app, "/page", page, NULL);
    mg_set_request_handler(app, "/gone", gone, NULL);
    return 0;
}
