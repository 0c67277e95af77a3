/* Arenas, interned names, maps and the pool: many of everything, from several threads where that is promised. */
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_zero(const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i])
            return false;
    return true;
}

static void arenas_give_zeroed_memory(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 7, 8, 9, 100, 4096, 5000, 100000, 3000000, 1};
    fl_arena arena;
    fl_arena_init(&arena);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < FL_COUNT(sizes); i++) {
            unsigned char *bytes = fl_arena_alloc(&arena, sizes[i]);
            fl_row_true("aligned", ((uintptr_t)bytes & 7) == 0);
            fl_row_true("zero", is_zero(bytes, sizes[i]));
            memset(bytes, 0xAA, sizes[i]);
        }
    }
    fl_arena_release(&arena);
    fl_row_size("released", arena.total_bytes, 0);
}

static void images_put_bytes_back(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 3, 500, 3000};
    fl_arena arena;
    fl_arena_image image = {0};
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(counts); i++) {   /* one image after the other, of larger and larger arenas */
        fl_arena_clear(&arena);
        size_t **parts = FL_NEW_ARRAY(&arena, size_t *, counts[i] + 1);
        for (size_t n = 0; n < counts[i]; n++) {
            parts[n] = FL_NEW_ARRAY(&arena, size_t, n % 50 + 1);
            *parts[n] = n;
        }
        fl_arena_save(&arena, &image);
        for (size_t round = 0; round < 2; round++) {
            for (size_t n = 0; n < counts[i]; n++)
                *parts[n] = 77;
            fl_arena_restore(&arena, &image);
            for (size_t n = 0; n < counts[i]; n++)
                fl_row_size("as it was", *parts[n], n);
        }
        fl_row_size("the next is fresh", *FL_NEW(&arena, size_t), 0);
    }
    fl_arena_image_release(&image);
    fl_arena_release(&arena);
}

static void arrays_grow(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    FL_VEC(size_t) a = {0}, b = {0};
    for (size_t i = 0; i < 100000; i++) {
        fl_vec_push(&arena, &a, i);
        if (i % 3 == 0)
            fl_vec_push(&arena, &b, i * 2); /* in between, so that neither always grows in place */
    }
    for (size_t i = 0; i < a.count; i++)
        fl_row_size("a", a.items[i], i);
    for (size_t i = 0; i < b.count; i++)
        fl_row_size("b", b.items[i], i * 6);
    size_t *grown = FL_NEW_ARRAY(&arena, size_t, 2);
    grown = fl_arena_grow(&arena, grown, 2 * sizeof *grown, 50 * sizeof *grown);
    fl_row_true("grown part is zero", is_zero((unsigned char *)(grown + 2), 48 * sizeof *grown));
    fl_arena_release(&arena);
}

/* ---- interned names ---- */

enum { NAMES = 20000, JOBS = 8 };

struct interning {
    fl_sym syms[JOBS][NAMES];
};

/* All jobs intern the same names, each in its own order. */
static void intern_all(void *context, size_t job, unsigned worker)
{
    struct interning *interning = context;
    (void)worker;
    for (size_t i = 0; i < NAMES; i++) {
        size_t n = (i * 7919 + job * 104729) % NAMES;
        char text[64];
        int len = snprintf(text, sizeof text, n % 2 ? "n%zu" : "a_much_longer_name_for_a_change_%zu", n);
        interning->syms[job][n] = fl_sym_of((fl_str){text, (size_t)len});
        fl_str back = fl_sym_str(interning->syms[job][n]);
        if (back.len != (size_t)len || memcmp(back.ptr, text, back.len) != 0)
            interning->syms[job][n] = FL_SYM_NONE;
    }
}

static void threads_intern_alike(void **state)
{
    (void)state;
    struct interning *interning = calloc(1, sizeof *interning);
    fl_pool_run(4, JOBS, intern_all, interning);
    for (size_t job = 0; job < JOBS; job++)
        for (size_t n = 0; n < NAMES; n++)
            fl_row_true("same id everywhere", interning->syms[job][n] != FL_SYM_NONE && interning->syms[job][n] == interning->syms[0][n]);
    free(interning);
}

static void names_are_names(void **state)
{
    (void)state;
    fl_row_int("empty", fl_sym_of((fl_str){0}), FL_SYM_NONE);
    fl_row_str("empty", fl_sym_str(FL_SYM_NONE), "");
    fl_row_int("well known", fl_sym_of_c("default"), FL_SYM_default_);
    fl_row_str("well known", fl_sym_str(FL_SYM_length), "length");
    fl_row_true("NUL inside", fl_sym_of(FL_S("a\0b")) != fl_sym_of(FL_S("a\0c")) && fl_sym_str(fl_sym_of(FL_S("a\0b"))).len == 3);
    fl_row_true("trailing NUL", fl_sym_of(FL_S("z")) != fl_sym_of(FL_S("z\0")));
    char *big = malloc(1 << 20);
    memset(big, 'x', 1 << 20);
    fl_sym sym = fl_sym_of((fl_str){big, 1 << 20});
    fl_row_true("a name of 1 MiB", sym == fl_sym_of((fl_str){big, 1 << 20}) && fl_sym_str(sym).len == 1 << 20 && fl_sym_c(sym)[1 << 20] == '\0');
    free(big);
}

static void maps_hold_many(void **state)
{
    (void)state;
    static char values[2];
    fl_map map;
    fl_map_init(&map);
    fl_row_true("empty", fl_map_get(&map, 0) == NULL);
    for (uint64_t i = 0; i < 50000; i++)
        fl_map_put(&map, i << 32 | (i & 1), &values[i & 1]);
    for (uint64_t i = 0; i < 50000; i++) {
        fl_row_true("there", fl_map_get(&map, i << 32 | (i & 1)) == &values[i & 1]);
        fl_row_true("not there", fl_map_get(&map, i << 32 | 2) == NULL);
    }
    fl_map_put(&map, 0, &values[1]);
    fl_row_true("replaced", fl_map_get(&map, 0) == &values[1]);
    fl_map_put(&map, 0, NULL);
    fl_row_true("NULL", fl_map_get(&map, 0) == NULL);
    fl_row_true("the others stay", fl_map_get(&map, 7ull << 32 | 1) == &values[1]);
    fl_map_release(&map);
    fl_row_true("released", fl_map_get(&map, 1) == NULL);
}

/* ---- pool ---- */

struct counting {
    unsigned char done[1000];
    unsigned limit;
    bool is_worker_too_high;
};

static void count(void *context, size_t index, unsigned worker)
{
    struct counting *counting = context;
    counting->done[index]++;
    if (worker >= counting->limit)
        counting->is_worker_too_high = true;
}

static void pools_do_each_once(void **state)
{
    (void)state;
    static const struct {
        unsigned threads;
        size_t count;
    } rows[] = {{1, 1000}, {4, 1000}, {64, 3}, {0, 1000}, {4, 0}, {100000, 1000}};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        struct counting counting = {.limit = rows[i].threads ? rows[i].threads : fl_pool_threads()};
        fl_pool_run(rows[i].threads, rows[i].count, count, &counting);
        for (size_t n = 0; n < FL_COUNT(counting.done); n++)
            fl_row_int("once", counting.done[n], n < rows[i].count);
        fl_row_true("worker below threads", !counting.is_worker_too_high);
    }
}

FL_UNIT(memory, cmocka_unit_test(arenas_give_zeroed_memory), cmocka_unit_test(images_put_bytes_back), cmocka_unit_test(arrays_grow), cmocka_unit_test(threads_intern_alike),
        cmocka_unit_test(names_are_names), cmocka_unit_test(maps_hold_many), cmocka_unit_test(pools_do_each_once))
