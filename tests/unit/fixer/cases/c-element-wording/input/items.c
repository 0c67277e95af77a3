#include <stdlib.h>
#include <string.h>

#include "http.h"

int get_item(struct request *req, int id)
{
    struct item *item = item_by_id(id);

    if (item == NULL)
        ⟦M|return send_error(req->connection, HTTP_NOT_FOUND, "no such item")⟧;
    item_free(item);
    return 0;
}

int tags(struct request *req)
{
    struct json *json = cJSON_Parse(req->body);
    size_t length;

    if (json == NULL)
        return send_error(req->connection, HTTP_BAD_REQUEST, "body must be JSON");
    length = strlen(⟦F|⟦S|cJSON_GetObjectItem(json, "first")⟧->text⟧);
    cJSON_Delete(json);
    return (int)length;
}
