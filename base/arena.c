/*
 * Bump allocator. Chunks come from calloc, so memory is zero and large untouched pages cost nothing; they double from
 * 4 KiB to 1 MiB. An arena that needs still more gets blocks of the size of a huge page, where the system has such: then
 * touching fresh memory costs one fault in 2 MiB instead of 512. `chunk` is the one being filled, `used_bytes` how far; older ones hang behind it in a list. What an
 * arena had when it was cleared hangs at `spare`, zeroed: asking the system for the same pages again costs more. A released arena
 * of one small chunk leaves that to the next one of its thread.
 *
 * With FL_ARENA_MALLOC each allocation is a chunk of its own, so that sanitizers see one byte too far and, under
 * AddressSanitizer, also the use of an array that has since moved.
 */
#include "base/base.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

enum {
    FIRST_CHUNK_BYTES = 4 * 1024,
    LAST_CHUNK_BYTES = 1024 * 1024,
    HUGE_BYTES = 2 * 1024 * 1024,
    FROM_BYTES = 4 * 1024 * 1024, /* of an arena, before it gets huge blocks: half of the last one lies idle */
    KEPT_BYTES = 8 * 1024 * 1024, /* at most, by an arena that is cleared */
    ALIGN_BYTES = 8, /* nothing of ours needs 16 */
};

struct fl_arena_chunk {
    struct fl_arena_chunk *older;
    size_t capacity_bytes;
    bool is_mapped; /* else from calloc */
    /* the bytes follow */
};

static char *bytes_of(struct fl_arena_chunk *chunk)
{
    return (char *)(chunk + 1);
}

/* A block that lies like a huge page; NULL when there is none to be had. Its pages are zero. */
static struct fl_arena_chunk *map_huge(void)
{
#ifdef MADV_HUGEPAGE
    char *start = mmap(NULL, 2 * HUGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED)
        return NULL;
    size_t before = (HUGE_BYTES - (uintptr_t)start % HUGE_BYTES) % HUGE_BYTES;
    if (before)
        munmap(start, before);
    munmap(start + before + HUGE_BYTES, HUGE_BYTES - before);
    (void)madvise(start + before, HUGE_BYTES, MADV_HUGEPAGE); /* else its pages are small */
    return (struct fl_arena_chunk *)(void *)(start + before);
#else
    return NULL;
#endif
}

#ifndef FL_ARENA_MALLOC
/* First chunks of arenas that were released, zeroed: scratch for one small task is asked for all the time. A few for each thread. */
enum { STASHED = 4 };
static _Thread_local struct fl_arena_chunk *stash;
static _Thread_local unsigned stashed;
static pthread_key_t stash_key;
static pthread_once_t stash_once = PTHREAD_ONCE_INIT;

static void drop_stash(void *first)
{
    (void)first;
    for (struct fl_arena_chunk *chunk = stash, *older; chunk; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    stash = NULL;
    stashed = 0;
}

static void make_stash_key(void)
{
    if (pthread_key_create(&stash_key, drop_stash))
        FL_BUG("no thread key");
}

static bool put_aside(struct fl_arena_chunk *chunk, size_t dirty_bytes)
{
    if (chunk->capacity_bytes != FIRST_CHUNK_BYTES || stashed == STASHED)
        return false;
    pthread_once(&stash_once, make_stash_key);
    if (!stash && pthread_setspecific(stash_key, chunk))
        return false;
    memset(bytes_of(chunk), 0, dirty_bytes);
    chunk->older = stash;
    stash = chunk;
    stashed++;
    return true;
}

static struct fl_arena_chunk *take_stashed(size_t capacity_bytes)
{
    struct fl_arena_chunk *chunk = capacity_bytes == FIRST_CHUNK_BYTES ? stash : NULL;
    if (!chunk)
        return NULL;
    stash = chunk->older;
    stashed--;
    chunk->older = NULL;
    return chunk;
}
#endif

static void free_chunk(struct fl_arena_chunk *chunk)
{
    if (chunk->is_mapped)
        munmap(chunk, HUGE_BYTES);
    else
        free(chunk);
}

/* ---- the next large block, made by another thread ---- */

struct fl_arena_ahead {
    pthread_t thread;
    bool is_running;
    struct fl_arena_chunk *chunk; /* made by the thread; NULL: there was none to be had */
};

static void *make_ahead(void *argument)
{
    struct fl_arena_ahead *ahead = argument;
    ahead->chunk = map_huge();
    for (size_t at = 0; ahead->chunk && at < HUGE_BYTES; at += 4096)
        ((volatile char *)ahead->chunk)[at] = 0;
    return NULL;
}

static void start_ahead(struct fl_arena_ahead *ahead)
{
    ahead->is_running = pthread_create(&ahead->thread, NULL, make_ahead, ahead) == 0;
}

static struct fl_arena_chunk *take_ahead(struct fl_arena_ahead *ahead)
{
    if (ahead->is_running)
        pthread_join(ahead->thread, NULL);
    struct fl_arena_chunk *chunk = ahead->chunk;
    *ahead = (struct fl_arena_ahead){0};
    return chunk;
}

static void end_ahead(fl_arena *arena)
{
    struct fl_arena_chunk *chunk = arena->ahead ? take_ahead(arena->ahead) : NULL;
    if (chunk)
        munmap(chunk, HUGE_BYTES);
    free(arena->ahead);
    arena->ahead = NULL;
}

void fl_arena_work_ahead(fl_arena *arena)
{
#ifdef FL_ARENA_MALLOC
    (void)arena;
#else
    if (fl_pool_threads() > 1 && !arena->ahead && !(arena->ahead = calloc(1, sizeof *arena->ahead)))
        fl_no_memory();
#endif
}

static struct fl_arena_chunk *new_huge(fl_arena *arena)
{
    struct fl_arena_chunk *chunk = arena->ahead ? take_ahead(arena->ahead) : NULL;
    if (arena->ahead)
        start_ahead(arena->ahead);
    return chunk ? chunk : map_huge();
}

static struct fl_arena_chunk *new_chunk(fl_arena *arena, size_t capacity_bytes)
{
    struct fl_arena_chunk *chunk = NULL;
#ifndef FL_ARENA_MALLOC
    if ((chunk = take_stashed(capacity_bytes))) {
        arena->total_bytes += sizeof *chunk + capacity_bytes;
        return chunk;
    }
#endif
    if (capacity_bytes == HUGE_BYTES - sizeof *chunk && (chunk = new_huge(arena)))
        chunk->is_mapped = true;
    else if (capacity_bytes <= SIZE_MAX / 2)
        chunk = calloc(1, sizeof *chunk + capacity_bytes);
    if (!chunk)
        fl_no_memory();
    chunk->capacity_bytes = capacity_bytes;
    arena->total_bytes += sizeof *chunk + capacity_bytes;
    return chunk;
}

void fl_arena_init(fl_arena *arena)
{
    *arena = (fl_arena){0};
}

static void free_chunks(struct fl_arena_chunk *chunk)
{
    for (struct fl_arena_chunk *older; chunk; chunk = older) {
        older = chunk->older;
        free_chunk(chunk);
    }
}

void fl_arena_release(fl_arena *arena)
{
#ifndef FL_ARENA_MALLOC
    if (arena->chunk && !arena->chunk->older && put_aside(arena->chunk, arena->used_bytes))
        arena->chunk = NULL;
#endif
    end_ahead(arena);
    free_chunks(arena->chunk);
    free_chunks(arena->spare);
    *arena = (fl_arena){0};
}

/* Behind the chunk that is being filled, which stays so. */
static void link_behind(fl_arena *arena, struct fl_arena_chunk *chunks)
{
    struct fl_arena_chunk *oldest = chunks;
    while (oldest->older)
        oldest = oldest->older;
    oldest->older = arena->chunk->older;
    arena->chunk->older = chunks;
}

void fl_arena_adopt(fl_arena *arena, fl_arena *other)
{
    if (!other->chunk) {
        fl_arena_release(other);
        return;
    }
    if (arena->chunk) {
        link_behind(arena, other->chunk);
    } else {
        arena->chunk = other->chunk;
        arena->used_bytes = other->used_bytes;
    }
    arena->total_bytes += other->total_bytes;
    end_ahead(other);
    free_chunks(other->spare);
    *other = (fl_arena){0};
}

/* ---- images ---- */

static size_t used_of(const fl_arena *arena, const struct fl_arena_chunk *chunk)
{
#ifdef FL_ARENA_MALLOC
    (void)arena;
    return chunk->capacity_bytes;
#else
    return chunk == arena->chunk ? arena->used_bytes : chunk->capacity_bytes;
#endif
}

/* Not memcpy where sanitizers look: arrays that have moved are out of bounds there. */
#ifdef __SANITIZE_ADDRESS__
__attribute__((no_sanitize_address)) static void copy(char *to, const char *from, size_t len)
{
    for (volatile size_t i = 0; i < len; i++)
        to[i] = from[i];
}
#else
static void copy(char *to, const char *from, size_t len)
{
    memcpy(to, from, len);
}
#endif

size_t fl_arena_used(const fl_arena *arena)
{
    size_t bytes = 0;
    for (const struct fl_arena_chunk *chunk = arena->chunk; chunk; chunk = chunk->older)
        bytes += used_of(arena, chunk);
    return bytes;
}

void fl_arena_save(const fl_arena *arena, fl_arena_image *image)
{
    image->len = fl_arena_used(arena);
    if (image->len > image->capacity) {
        free(image->bytes);
        image->capacity = image->len + image->len / 4;
        image->bytes = malloc(image->capacity);
        if (!image->bytes)
            fl_no_memory();
    }
    char *to = image->bytes;
    for (struct fl_arena_chunk *chunk = arena->chunk; chunk; chunk = chunk->older) {
        copy(to, bytes_of(chunk), used_of(arena, chunk));
        to += used_of(arena, chunk);
    }
}

void fl_arena_restore(fl_arena *arena, const fl_arena_image *image)
{
    const char *from = image->bytes;
    for (struct fl_arena_chunk *chunk = arena->chunk; chunk; chunk = chunk->older) {
#ifdef __SANITIZE_ADDRESS__
        ASAN_UNPOISON_MEMORY_REGION(bytes_of(chunk), used_of(arena, chunk)); /* arrays that moved since are in their old places again */
#endif
        copy(bytes_of(chunk), from, used_of(arena, chunk));
        from += used_of(arena, chunk);
    }
    FL_ASSERT(from == image->bytes + image->len);
}

void fl_arena_image_release(fl_arena_image *image)
{
    free(image->bytes);
    *image = (fl_arena_image){0};
}

#ifdef FL_ARENA_MALLOC

void fl_arena_clear(fl_arena *arena)
{
    fl_arena_release(arena); /* so that a use of what was cleared is seen */
}

void *fl_arena_alloc(fl_arena *arena, size_t bytes)
{
    struct fl_arena_chunk *chunk = new_chunk(arena, bytes);
    chunk->older = arena->chunk;
    arena->chunk = chunk;
    arena->used_bytes += bytes;
    return bytes_of(chunk);
}

void *fl_arena_grow(fl_arena *arena, void *old, size_t old_bytes, size_t new_bytes)
{
    FL_DEBUG_ASSERT(new_bytes >= old_bytes);
    void *grown = fl_arena_alloc(arena, new_bytes);
    if (old_bytes)
        memcpy(grown, old, old_bytes);
#ifdef __SANITIZE_ADDRESS__
    if (old_bytes)
        ASAN_POISON_MEMORY_REGION(old, old_bytes);
#endif
    return grown;
}

#else

static bool keep(fl_arena *kept, struct fl_arena_chunk *chunk)
{
    size_t bytes = sizeof *chunk + chunk->capacity_bytes;
    if (kept->total_bytes + bytes > KEPT_BYTES) {
        free_chunk(chunk);
        return false;
    }
    chunk->older = kept->spare;
    kept->spare = chunk;
    kept->total_bytes += bytes;
    return true;
}

void fl_arena_clear(fl_arena *arena)
{
    fl_arena kept = {.ahead = arena->ahead};
    size_t dirty_bytes = arena->used_bytes; /* of the newest chunk; the others are full, or one big request */
    for (struct fl_arena_chunk *chunk = arena->chunk, *older; chunk; chunk = older) {
        older = chunk->older;
        if (keep(&kept, chunk))
            memset(bytes_of(chunk), 0, chunk == arena->chunk ? dirty_bytes : chunk->capacity_bytes);
    }
    for (struct fl_arena_chunk *chunk = arena->spare, *older; chunk; chunk = older) {
        older = chunk->older;
        (void)keep(&kept, chunk);
    }
    *arena = kept;
}

/* The first spare chunk that is large enough, or a new one. */
static struct fl_arena_chunk *take_chunk(fl_arena *arena, size_t bytes, size_t wanted_bytes)
{
    for (struct fl_arena_chunk **at = &arena->spare; *at; at = &(*at)->older)
        if ((*at)->capacity_bytes >= bytes) {
            struct fl_arena_chunk *chunk = *at;
            *at = chunk->older;
            return chunk;
        }
    return new_chunk(arena, wanted_bytes);
}

/* A fresh chunk for `bytes`. Big requests get a chunk of their own behind the current one, which stays in use. */
static void *alloc_slow(fl_arena *arena, size_t bytes)
{
    struct fl_arena_chunk *current = arena->chunk;
    size_t next_bytes = FIRST_CHUNK_BYTES;
    if (current && current->capacity_bytes < LAST_CHUNK_BYTES)
        next_bytes = current->capacity_bytes * 2 < LAST_CHUNK_BYTES ? current->capacity_bytes * 2 : LAST_CHUNK_BYTES;
    else if (current)
        next_bytes = arena->total_bytes < (arena->ahead ? LAST_CHUNK_BYTES : FROM_BYTES) ? LAST_CHUNK_BYTES : HUGE_BYTES - sizeof *current;

    if (bytes > next_bytes / 4 && current) {
        struct fl_arena_chunk *own = take_chunk(arena, bytes, bytes);
        own->older = current->older;
        current->older = own;
        return bytes_of(own);
    }
    struct fl_arena_chunk *chunk = take_chunk(arena, bytes, bytes > next_bytes ? bytes : next_bytes);
    chunk->older = current;
    arena->chunk = chunk;
    arena->used_bytes = bytes;
    return bytes_of(chunk);
}

void *fl_arena_alloc(fl_arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        new_chunk(arena, bytes); /* says so and aborts */
    bytes = bytes ? (bytes + ALIGN_BYTES - 1) & ~(size_t)(ALIGN_BYTES - 1) : ALIGN_BYTES;
    struct fl_arena_chunk *chunk = arena->chunk;
    if (chunk && bytes <= chunk->capacity_bytes - arena->used_bytes) {
        void *fresh = bytes_of(chunk) + arena->used_bytes;
        arena->used_bytes += bytes;
        return fresh;
    }
    return alloc_slow(arena, bytes);
}

void *fl_arena_grow(fl_arena *arena, void *old, size_t old_bytes, size_t new_bytes)
{
    FL_DEBUG_ASSERT(new_bytes >= old_bytes);
    struct fl_arena_chunk *chunk = arena->chunk;
    /* The newest allocation grows in place: most arrays are filled while nothing else is allocated. */
    if (old_bytes && chunk) {
        size_t rounded = (old_bytes + ALIGN_BYTES - 1) & ~(size_t)(ALIGN_BYTES - 1);
        size_t start = arena->used_bytes - rounded;
        if (arena->used_bytes >= rounded && bytes_of(chunk) + start == (char *)old &&
            new_bytes <= chunk->capacity_bytes - start) {
            size_t end = start + ((new_bytes + ALIGN_BYTES - 1) & ~(size_t)(ALIGN_BYTES - 1));
            if (end <= chunk->capacity_bytes) {
                arena->used_bytes = end;
                return old;
            }
        }
    }
    void *grown = fl_arena_alloc(arena, new_bytes);
    if (old_bytes)
        memcpy(grown, old, old_bytes);
    return grown;
}

#endif
