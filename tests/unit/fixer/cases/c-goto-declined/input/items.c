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

int rename_item(struct request *req, int id)
{
    struct item *item;
    int kept;
    int ret = -1;

    item = item_by_id(id);
    if (⟦F|⟦S|item⟧->count⟧ > 3) {
        kept = 1;
        ret = send_error(req->connection, HTTP_CONFLICT, "in use");
        goto done;
    }
    kept = save(item);
done:
    if (kept > 2)
        abort();
    return ret;
}
