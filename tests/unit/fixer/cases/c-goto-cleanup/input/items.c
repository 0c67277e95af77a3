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

int add_movement(struct request *req, int id)
{
    struct item *item = NULL;
    struct json *json = NULL;
    char *reason = NULL;
    size_t length;
    int ret;

    item = item_by_id(id);
    if (item == NULL) {
        ret = send_error(req->connection, HTTP_NOT_FOUND, "no such item");
        goto cleanup;
    }
    json = cJSON_Parse(req->body);
    if (json == NULL) {
        ret = send_error(req->connection, HTTP_BAD_REQUEST, "body must be JSON");
        goto cleanup;
    }
    length = strlen(⟦F|⟦S|cJSON_GetObjectItem(json, "reason")⟧->text⟧);
    if (length == 0 || length > 200) {
        ret = send_error(req->connection, HTTP_BAD_REQUEST, "reason must have 1 to 200 characters");
        goto cleanup;
    }
    reason = strdup(cJSON_GetObjectItem(json, "reason")->text);
    ret = save(item);

cleanup:
    free(reason);
    cJSON_Delete(json);
    item_free(item);
    return ret;
}
