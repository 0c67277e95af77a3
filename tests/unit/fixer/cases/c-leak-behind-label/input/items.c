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
    struct item *item = item_by_id(id);
    char *name = NULL;
    int ret;

    if (item == NULL) {
        ret = send_error(req->connection, HTTP_NOT_FOUND, "no such item");
        goto done;
    }
    name = ⟦F|⟦S|strdup(req->body)⟧⟧;
    ret = save(item);

done:
    item_free(item);
    return ret;
}
