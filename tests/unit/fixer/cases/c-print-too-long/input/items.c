#include <stdlib.h>
#include <string.h>

#include "http.h"

#include <stdio.h>

int get_item(struct request *req, int id)
{
    struct item *item = item_by_id(id);

    if (item == NULL)
        ⟦M|return send_error(req->connection, HTTP_NOT_FOUND, "no such item")⟧;
    item_free(item);
    return 0;
}

int label(struct request *req)
{
    char text[32];
    struct json *json = cJSON_Parse(req->body);
    struct json *name = cJSON_GetObjectItem(json, "name");

    if (!cJSON_IsString(name)) {
        cJSON_Delete(json);
        return send_error(req->connection, HTTP_BAD_REQUEST, "name must be a string");
    }
    ⟦F|sprintf(text, "/n/%d/%s", 3, ⟦S|name->text⟧)⟧;
    cJSON_Delete(json);
    return send_error(req->connection, 200, text);
}
