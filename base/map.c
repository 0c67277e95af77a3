/*
 * u64 → pointer: one table of keys and values, at most three quarters full, searched from where the key's hash points. Values are borrowed.
 * Nothing is ever taken out, so a search ends at the first free place.
 */
#include "base/base.h"

#include <stdlib.h>

struct fl_map_entry {
    uint64_t key;
    void *value; /* NULL: a free place */
};

/* Stands for NULL that was put in: the place is taken all the same. */
static char nothing;

void fl_map_init(fl_map *map)
{
    *map = (fl_map){0};
}

void fl_map_release(fl_map *map)
{
    free(map->entries);
    *map = (fl_map){0};
}

/* The place of the key, or the free one where it would go. Keys are often small integers or pointers: one multiplication spreads them. */
static struct fl_map_entry *find(const fl_map *map, uint64_t key)
{
    uint32_t mask = map->capacity - 1, at = (uint32_t)(key * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (map->entries[at].value && map->entries[at].key != key)
        at = (at + 1) & mask;
    return &map->entries[at];
}

void *fl_map_get(const fl_map *map, uint64_t key)
{
    void *value = map->capacity ? find(map, key)->value : NULL;
    return value == &nothing ? NULL : value;
}

static void grow(fl_map *map)
{
    fl_map old = *map;
    if (old.capacity > UINT32_MAX / 2)
        FL_BUG("a map of %u entries", old.count);
    map->capacity = old.capacity ? old.capacity * 2 : 8;
    map->entries = calloc(map->capacity, sizeof *map->entries);
    if (!map->entries)
        fl_no_memory();
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.entries[i].value)
            *find(map, old.entries[i].key) = old.entries[i];
    free(old.entries);
}

void fl_map_put(fl_map *map, uint64_t key, void *value)
{
    if (map->count >= map->capacity / 4 * 3)
        grow(map);
    struct fl_map_entry *entry = find(map, key);
    map->count += !entry->value;
    *entry = (struct fl_map_entry){key, value ? value : &nothing};
}
