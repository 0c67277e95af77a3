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

int report(struct request *req, int days, int mode)
{
    int value = 7;

    if (mode > 1)
        value = ⟦F|value / ⟦S|days⟧⟧;
    return send_json(req->connection, value, NULL);
}
