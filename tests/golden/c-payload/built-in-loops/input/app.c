#include <civetweb.h>
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
static struct { struct { int b; } pretty; } config;
struct conn { struct mg_connection *conn; const struct mg_request_info *request; char *raw; double now; };
static char *json_formatter(const cJSON *object) { if (config.pretty.b) return cJSON_Print(object); else return cJSON_PrintUnformatted(object); }
static int send_http(struct conn *api, const char *mime, const char *msg)
{
    mg_send_http_ok(api->conn, mime, strlen(msg));
    return mg_write(api->conn, msg, strlen(msg));
}
#define NEW() cJSON_CreateObject()
#define NUM(object, key, num)({ const double number = num; if (cJSON_AddNumberToObject(object, key, number) == NULL) { cJSON_Delete(object); return 500; } })
#define ITEM(object, key, item) ({ if (item == NULL) return 500; cJSON_AddItemToObject(object, key, item); })
#define SEND(object)({ cJSON_AddNumberToObject(object, "took", 1 - api->now); char *json_string = json_formatter(object); if (json_string == NULL) { cJSON_Delete(object); mg_send_http_error(api->conn, 500, "x"); return 500; } send_http(api, "application/json; charset=utf-8", json_string); cJSON_free(json_string); cJSON_Delete(object); return 200; })
static int history(struct conn *api)
{
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < 4; i++) {
        cJSON *item = NEW();
        NUM(item, "timestamp", i);
        cJSON_AddItemToArray(list, item);
    }
    cJSON *json = NEW();
    ITEM(json, "history", list);
    SEND(json);
}
static int rooms(struct mg_connection *c, void *user)
{
    struct conn api = { c, mg_get_request_info(c), NULL, 0 };
    return history(&api);
}
int main(void)
{
    struct mg_context *app = mg_start(NULL, NULL, NULL);
    mg_set_request_handler(app, "/rooms", rooms, NULL);
    return 0;
}
