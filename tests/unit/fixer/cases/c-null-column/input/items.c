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

int contact(struct request *req, int id)
{
    struct item *item = item_by_id(id);
    const char *at;

    if (item == NULL)
        return send_error(req->connection, HTTP_NOT_FOUND, "no such item");
    at = ⟦F|strchr(⟦S|item->note⟧, '@')⟧;
    save(item);
    item_free(item);
    return send_json(req->connection, at != NULL ? 200 : 204, NULL);
}
