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

int copy_names(struct request *req, int id)
{
    struct item *item = NULL;
    int ret;

    item = item_by_id(id);
    if (item == NULL) {
        ret = send_error(req->connection, HTTP_NOT_FOUND, "no such item");
        goto cleanup;
    }
    for (int i = 0; i < item->count; i++) {
        char *copy = strdup(item->name);
        struct item *other = item_by_name(copy);

        if (⟦F|⟦S|other⟧->count⟧ > 3)
            copy[0] = 'x';
        free(copy);
    }
    ret = save(item);

cleanup:
    item_free(item);
    return ret;
}
