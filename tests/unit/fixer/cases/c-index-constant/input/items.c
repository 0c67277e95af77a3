#include <stdlib.h>
#include <string.h>

#include "http.h"

#define LEVELS 4
static const char *const names[LEVELS] = { "a", "b", "c", "d" };

int get_item(struct request *req, int id)
{
    struct item *item = item_by_id(id);

    if (item == NULL)
        ⟦M|return send_error(req->connection, HTTP_NOT_FOUND, "no such item")⟧;
    item_free(item);
    return 0;
}

int level_name(struct request *req, int level)
{
    const char *name = ⟦F|names[⟦S|level⟧]⟧;

    return send_error(req->connection, 200, name);
}
