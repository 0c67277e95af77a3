#include "http.h"

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

    if (id > 5)
        return 5;
    else if (⟦F|⟦S|item⟧->count⟧ > 2)
        return 2;
    return 0;
}
