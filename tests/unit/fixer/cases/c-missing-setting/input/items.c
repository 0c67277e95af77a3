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

int link_of(struct request *req, int id)
{
    struct item *item = item_by_id(id);
    size_t size;

    if (item == NULL)
        return send_error(req->connection, HTTP_NOT_FOUND, "no such item");
    size = ⟦F|strlen(⟦S|getenv("PUBLIC_URL")⟧)⟧ + 1;
    item_free(item);
    return (int)size;
}
