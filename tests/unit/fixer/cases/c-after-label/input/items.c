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

int retry(struct request *req, int id)
{
    struct item *item;

again:
    item = item_by_id(id);
    if (⟦F|⟦S|item⟧->count⟧ < 0)
        goto again;
    return send_error(req->connection, 200, item->name);
}
