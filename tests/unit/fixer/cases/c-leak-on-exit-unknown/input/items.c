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
    struct item *existing;
    char *sku;

    if (json == NULL)
        return send_error(req->connection, HTTP_BAD_REQUEST, "body must be JSON");
    sku = ⟦F|⟦S|strdup(json->text)⟧⟧;
    if (sku == NULL) {
        cJSON_Delete(json);
        return send_error(req->connection, HTTP_ERROR, "out of memory");
    }
    existing = item_by_name(sku);
    if (existing != NULL)
        return send_error(req->connection, HTTP_CONFLICT, "sku exists already");
    free(sku);
    cJSON_Delete(json);
    return send_json(req->connection, 201, NULL);
}
