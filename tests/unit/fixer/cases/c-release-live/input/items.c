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

int create(struct request *req)
{
    struct json *json = cJSON_Parse(req->body);
    struct json *name, *note;
    struct item *existing, *parent;
    char *copy;

    if (json == NULL)
        return send_error(req->connection, HTTP_BAD_REQUEST, "body must be JSON");
    name = cJSON_GetObjectItem(json, "name");
    if (!cJSON_IsString(name)) {
        cJSON_Delete(json);
        return send_error(req->connection, HTTP_BAD_REQUEST, "name must be a string");
    }
    copy = strdup(name->text);
    existing = item_by_name(copy);
    if (existing != NULL) {
        item_free(existing);
        free(copy);
        cJSON_Delete(json);
        return send_error(req->connection, HTTP_CONFLICT, "name exists already");
    }
    note = cJSON_GetObjectItem(json, "note");
    copy[0] = ⟦F|⟦S|note⟧->text⟧[0];
    free(copy);
    cJSON_Delete(json);
    return send_json(req->connection, 201, NULL);
}
