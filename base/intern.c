/*
 * Interned names, process-wide. Reading never locks; a new name locks one of 32 shards.
 *
 *   name ──hash──▶ shard ──slots──▶ record {len, bytes, NUL} ◀──segments── id
 *
 * A slot is a word, the high half of the hash and the id, and the record; the word 0 is free. The word is written once, last, so
 * a reader that sees it (acquire) may read the rest. A full table is copied into one twice as large; readers may
 * still walk the old one, which therefore stays (all old tables together are smaller than the current one). A reader
 * that misses in an old table looks again under the lock.
 *
 * Ids are handed out in arrival order. Segment k holds 1024 << k record pointers, so 23 segments cover all of u32 and no
 * pointer ever moves.
 */
#include "base/base.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHARDS = 32,
    FIRST_SLOTS = 128,
    FIRST_SEGMENT = 1024,
    SEGMENTS = 23,
    FIRST_CHUNK_BYTES = 4 * 1024,
    LAST_CHUNK_BYTES = 256 * 1024,
};

struct record {
    uint32_t len;
    char bytes[]; /* and a NUL */
};

struct slot {
    _Atomic uint64_t word;
    const struct record *record;
};

struct table {
    struct table *older; /* keeps it reachable */
    size_t mask;
    struct slot slots[];
};

struct shard {
    pthread_mutex_t lock;
    struct table *_Atomic table;
    size_t count;
    char *free_bytes; /* rest of the newest chunk of records */
    size_t free_len, chunk_bytes;
    char pad[64]; /* no false sharing between shards */
};

static struct shard shards[SHARDS];
typedef const struct record *_Atomic record_ptr;
static record_ptr *_Atomic segments[SEGMENTS];
static atomic_uint next_id;

static void *take_memory(size_t bytes)
{
    void *memory = calloc(1, bytes);
    if (!memory)
        fl_no_memory();
    return memory;
}

/* ---- id → record ---- */

/* Id i lies in the segment where i + 1024 has its highest bit. */
static record_ptr *place_of(fl_sym sym, unsigned *segment)
{
    uint64_t position = (uint64_t)sym + FIRST_SEGMENT;
    unsigned high_bit = 63u - (unsigned)__builtin_clzll(position);
    *segment = high_bit - 10u;
    record_ptr *base = atomic_load_explicit(&segments[*segment], memory_order_acquire);
    return base ? base + (position - ((uint64_t)1 << high_bit)) : NULL;
}

static void publish(fl_sym sym, const struct record *record)
{
    unsigned segment;
    record_ptr *place = place_of(sym, &segment);
    if (!place) {
        record_ptr *fresh = take_memory(((size_t)FIRST_SEGMENT << segment) * sizeof *fresh), *none = NULL;
        if (!atomic_compare_exchange_strong(&segments[segment], &none, fresh))
            free(fresh); /* another shard was faster */
        place = place_of(sym, &segment);
    }
    atomic_store_explicit(place, record, memory_order_release);
}

static const struct record *record_of(fl_sym sym)
{
    unsigned segment;
    record_ptr *place = place_of(sym, &segment);
    const struct record *record = place ? atomic_load_explicit(place, memory_order_acquire) : NULL;
    if (!record)
        FL_BUG("%u is not an interned name", sym);
    return record;
}

fl_str fl_sym_str(fl_sym sym)
{
    const struct record *record = record_of(sym);
    return (fl_str){record->bytes, record->len};
}

const char *fl_sym_c(fl_sym sym)
{
    return record_of(sym)->bytes;
}

/* ---- name → id ---- */

/* The id of s, or 0; *free_slot is where it would go. */
static fl_sym find(struct table *table, uint64_t hash, fl_str s, size_t *free_slot)
{
    uint32_t tag = (uint32_t)(hash >> 32);
    for (size_t i = hash & table->mask;; i = (i + 1) & table->mask) {
        uint64_t word = atomic_load_explicit(&table->slots[i].word, memory_order_acquire);
        if (word == 0) {
            *free_slot = i;
            return FL_SYM_NONE;
        }
        if ((uint32_t)(word >> 32) == tag) {
            const struct record *record = table->slots[i].record;
            if (record->len == s.len && memcmp(record->bytes, s.ptr, s.len) == 0)
                return (fl_sym)word;
        }
    }
}

static struct table *new_table(size_t slots, struct table *older)
{
    struct table *table = take_memory(sizeof *table + slots * sizeof table->slots[0]);
    table->mask = slots - 1;
    table->older = older;
    return table;
}

static void fill(struct slot *slot, uint64_t word, const struct record *record)
{
    slot->record = record;
    atomic_store_explicit(&slot->word, word, memory_order_release);
}

static struct table *grow(struct shard *shard, struct table *old)
{
    struct table *table = new_table((old->mask + 1) * 2, old);
    for (size_t i = 0; i <= old->mask; i++) {
        uint64_t word = atomic_load_explicit(&old->slots[i].word, memory_order_relaxed);
        const struct record *record = old->slots[i].record;
        if (word == 0)
            continue;
        size_t to = fl_str_hash((fl_str){record->bytes, record->len}) & table->mask;
        while (atomic_load_explicit(&table->slots[to].word, memory_order_relaxed))
            to = (to + 1) & table->mask;
        fill(&table->slots[to], word, record);
    }
    atomic_store_explicit(&shard->table, table, memory_order_release);
    return table;
}

static const struct record *new_record(struct shard *shard, fl_str s)
{
    size_t bytes = (sizeof(struct record) + s.len + 1 + 3) & ~(size_t)3;
    struct record *record;
    if (bytes > LAST_CHUNK_BYTES / 8) {
        record = take_memory(bytes);
    } else {
        if (bytes > shard->free_len) {
            if (shard->chunk_bytes < LAST_CHUNK_BYTES)
                shard->chunk_bytes = shard->chunk_bytes ? shard->chunk_bytes * 2 : FIRST_CHUNK_BYTES;
            while (shard->chunk_bytes < bytes)
                shard->chunk_bytes *= 2;
            shard->free_bytes = take_memory(shard->chunk_bytes);
            shard->free_len = shard->chunk_bytes;
        }
        record = (struct record *)(void *)shard->free_bytes;
        shard->free_bytes += bytes;
        shard->free_len -= bytes;
    }
    record->len = (uint32_t)s.len;
    memcpy(record->bytes, s.ptr, s.len);
    return record;
}

fl_sym fl_sym_of(fl_str s)
{
    if (s.len == 0)
        return FL_SYM_NONE;
    if (s.len >= UINT32_MAX)
        FL_BUG("a name of %zu bytes", s.len);
    uint64_t hash = fl_str_hash(s);
    struct shard *shard = &shards[hash >> 59];
    size_t free_slot;
    struct table *seen = atomic_load_explicit(&shard->table, memory_order_acquire);
    fl_sym sym = find(seen, hash, s, &free_slot);
    if (sym)
        return sym;

    pthread_mutex_lock(&shard->lock);
    struct table *table = atomic_load_explicit(&shard->table, memory_order_relaxed);
    sym = find(table, hash, s, &free_slot);
    if (!sym) {
        if (shard->count * 4 >= table->mask * 3) {
            table = grow(shard, table);
            find(table, hash, s, &free_slot);
        }
        sym = atomic_fetch_add_explicit(&next_id, 1, memory_order_relaxed);
        if (sym == UINT32_MAX)
            FL_BUG("4,294,967,295 different names");
        const struct record *record = new_record(shard, s);
        publish(sym, record);
        fill(&table->slots[free_slot], hash >> 32 << 32 | sym, record);
        shard->count++;
    }
    pthread_mutex_unlock(&shard->lock);
    return sym;
}

fl_sym fl_sym_of_c(const char *c_string)
{
    return fl_sym_of(fl_str_from(c_string));
}

/* ---- well-known names, before main ---- */

__attribute__((constructor)) static void intern_well_known(void)
{
    static const struct {
        fl_sym sym;
        fl_str text;
    } names[] = {
#define FL_SYM(id, text) {FL_SYM_##id, {text, sizeof(text) - 1}},
#include "base/sym.def"
#undef FL_SYM
    };
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_mutex_init(&shards[i].lock, NULL);
        atomic_init(&shards[i].table, new_table(FIRST_SLOTS, NULL));
    }
    atomic_init(&next_id, 1);
    publish(FL_SYM_EMPTY_, take_memory(sizeof(struct record) + 1));
    for (size_t i = 0; i < FL_COUNT(names); i++)
        if (fl_sym_of(names[i].text) != names[i].sym)
            FL_BUG("sym.def: '%s' stands twice", names[i].text.ptr);
}
