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

static size_t length_of(⟦B|const struct item *thing⟧)
{
    return ⟦F|strlen(⟦S|thing->note⟧)⟧;
}

⟦H|int note_length(struct request *req, int id)
{
    struct item *item = item_by_id(id);
    size_t length;

    if (item == NULL)
        return send_error(req->connection, HTTP_NOT_FOUND, "no such item");
    length = length_of(item);
    item_free(item);
    return (int)length;
⟧}
