#include <stdlib.h>
#include <string.h>

#include "http.h"

int get_item(struct request *req, int id)
{
    struct item *item = item_by_id(id);

    if (item == nullptr)
        ⟦M|return send_error(req->connection, HTTP_NOT_FOUND, "no such item")⟧;
    item_free(item);
    return 0;
}

int rename_item(struct request *req, int id)
{
    int ret = -1;
    struct item *item = item_by_id(id);
    if (⟦F|⟦S|item⟧->count⟧ > 3) {
        item->count = 3;
    }
    int saved = save(item);
    if (saved < 0) {
        ret = send_error(req->connection, HTTP_CONFLICT, "in use");
        goto done;
    }
    ret = saved;
done:
    item_free(item);
    return ret;
}
