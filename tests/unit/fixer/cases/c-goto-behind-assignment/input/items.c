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

int transfer(struct request *req)
{
    struct item *source = NULL;
    struct item *target = NULL;
    int ret;

    source = item_by_name(req->body);
    if (source == NULL) {
        ret = send_error(req->connection, HTTP_NOT_FOUND, "no such item");
        goto cleanup;
    }
    target = item_by_name(req->body + 8);
    source->count -= 1;
    ⟦F|⟦S|target⟧->count⟧ += 1;
    ret = save(target);

cleanup:
    item_free(target);
    item_free(source);
    return ret;
}
