#include <stdlib.h>
#include <string.h>

#include "http.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int get_item(struct request *req, int id)
{
    struct item *item = item_by_id(id);

    if (item == NULL)
        ⟦M|return send_error(req->connection, HTTP_NOT_FOUND, "no such item")⟧;
    item_free(item);
    return 0;
}

int count(struct request *req, int id)
{
    struct item *item;
    int n;

    pthread_mutex_lock(&lock);
    item = item_by_id(id);
    n = ⟦F|⟦S|item⟧->count⟧;
    pthread_mutex_unlock(&lock);
    return n;
}
