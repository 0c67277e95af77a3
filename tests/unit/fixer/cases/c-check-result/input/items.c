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

int first(struct request *req, int id)
{
    struct item *item;

    if (find_item(id, &item) != 0)
        return send_error(req->connection, HTTP_NOT_FOUND, "no such item");
    return item->count;
}

int second(struct request *req, int id)
{
    struct item *found;

    ⟦O|find_item(id + 1, &found)⟧;
    return ⟦F|⟦S|found⟧->count⟧;
}
