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
    char *name;
    int ret = -1;

    item = item_by_id(id);
    if (⟦F|⟦S|item⟧->count⟧ > 3) {
        name = NULL;
        ret = send_error(req->connection, HTTP_CONFLICT, "in use");
        goto done;
    }
    name = strdup(req->body);
    ret = save(item);
done:
    free(name);
    return ret;
}
