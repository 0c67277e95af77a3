#include "http.h"

int get_item(struct request *req, int id)
{
    struct item *item = item_by_id(id);

    if (item == NULL) {
        ⟦M|return send_error(req->connection, 404, "no such item")⟧;
    }
    return item->count;
}

static struct item *parent_of(int id)
{
    return item_by_id(id / 10);
}

int get_name(struct request *req, int id)
{
    return ⟦F|⟦S|parent_of(id)⟧->count⟧;
}
