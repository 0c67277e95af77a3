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

int has_note(struct item *item)
{
    const char *note = item->note ? item->note : "";

    return note[0] != 0;
}

int note_length(struct request *req, int id)
{
    struct item *other = item_by_id(id);
    size_t length;

    if (other == NULL)
        return send_error(req->connection, HTTP_NOT_FOUND, "no such item");
    length = ⟦F|strlen(⟦S|other->note⟧)⟧;
    item_free(other);
    return (int)length;
}
