/* u64 → pointer, on uthash. Values are borrowed; the map owns only its entries. */
#include "base/base.h"

#include <stdlib.h>

/* Keys are eight bytes, often small integers or pointers: one multiplication spreads them. */
static unsigned hash_key(const void *key)
{
    uint64_t hash = *(const uint64_t *)key * 0x9E3779B97F4A7C15u;
    return (unsigned)(hash >> 32);
}
#define HASH_FUNCTION(key, key_len, hash) ((hash) = hash_key(key))
#define HASH_KEYCMP(a, b, len) (*(const uint64_t *)(a) != *(const uint64_t *)(b))
#define uthash_fatal(message) FL_BUG("map: %s", message)
#include <uthash.h>

struct fl_map_entry {
    uint64_t key;
    void *value;
    UT_hash_handle hh;
};

void fl_map_init(fl_map *map)
{
    map->head = NULL;
}

void fl_map_release(fl_map *map)
{
    struct fl_map_entry *entry = map->head;
    /* HASH_CLEAR frees only the table; the entries stay linked through hh.next until each is freed. */
    HASH_CLEAR(hh, map->head);
    while (entry) {
        struct fl_map_entry *next = entry->hh.next;
        free(entry);
        entry = next;
    }
}

static struct fl_map_entry *find(const fl_map *map, uint64_t key)
{
    struct fl_map_entry *entry;
    HASH_FIND(hh, map->head, &key, sizeof key, entry);
    return entry;
}

void *fl_map_get(const fl_map *map, uint64_t key)
{
    struct fl_map_entry *entry = find(map, key);
    return entry ? entry->value : NULL;
}

void fl_map_put(fl_map *map, uint64_t key, void *value)
{
    struct fl_map_entry *entry = find(map, key);
    if (!entry) {
        entry = calloc(1, sizeof *entry);
        if (!entry)
            FL_BUG("out of memory");
        entry->key = key;
        HASH_ADD(hh, map->head, key, sizeof entry->key, entry);
    }
    entry->value = value;
}
