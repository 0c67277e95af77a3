#include "http.h"

#define TWICE(x) ((x) + (x))

int get_item(struct request *req, int id)
{
    struct item *item = item_by_id(id);

    if (item == NULL) {
        ⟦M|return send_error(req->connection, 404, "no such item")⟧;
    }
    return item->count;
}

int get_name(struct request *req, int id)
{
    struct item *item = item_by_id(id);

    return TWICE(⟦F|⟦S|item⟧->count⟧);
}
