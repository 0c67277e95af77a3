#ifndef FL_BASE_H
#define FL_BASE_H

/**
 * What every other file may use: strings, arrays, arenas, errors.
 * Life-cycle words: _init prepares caller's memory, _release gives back what it owns,
 * _clear empties but keeps memory, _free releases and frees a heap object.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdarg.h>
#include <string.h>
#include "base/limits.h"

#if defined(__GNUC__)
#define FL_NODISCARD __attribute__((warn_unused_result))
#define FL_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define FL_NORETURN __attribute__((noreturn))
#else
#define FL_NODISCARD
#define FL_PRINTF(f, a)
#define FL_NORETURN
#endif
#define FL_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- three ways to fail (base/err.c) ---- */

typedef enum fl_status {
    FL_OK = 0,
    FL_E_USAGE,   /**< wrong command line or config: exit code 2 */
    FL_E_ENV,     /**< the environment failed (no such file, service did not start): exit code 3 */
    FL_E_LIMIT,   /**< a bound of limits.h was reached */
    FL_E_FORMAT,  /**< input is not what it should be */
} fl_status;

/** One line: the subject in quotes, what happened, what to do next. */
typedef struct fl_err { fl_status status; char text[512]; } fl_err;

/** Fills *err (may be NULL) and returns status, so that `return fl_fail(err, …)` reads well. */
fl_status fl_fail(fl_err *err, fl_status status, const char *format, ...) FL_PRINTF(3, 4);
/** Our own bug: prints where and aborts. */
#define FL_BUG(...) fl_bug(__FILE__, __LINE__, __VA_ARGS__)
void fl_bug(const char *file, int line, const char *format, ...) FL_PRINTF(3, 4) FL_NORETURN;
/** No memory is left: says so, stops what was started, takes temporary folders away, and ends with the exit code of a failed environment. */
void fl_no_memory(void) FL_NORETURN;
#define FL_ASSERT(cond) do { if (!(cond)) FL_BUG("%s", #cond); } while (0)
#ifdef NDEBUG
#define FL_DEBUG_ASSERT(cond) ((void)0)
#else
#define FL_DEBUG_ASSERT(cond) FL_ASSERT(cond)
#endif

/* ---- arena (base/arena.c) ---- */

/** Bump allocator; everything in it lives until _release. Zeroed memory. Not thread-safe: one per thread.
 *  Built with FL_ARENA_MALLOC (sanitizer presets) each allocation is one malloc. Ends the program (fl_no_memory) when memory is exhausted. */
typedef struct fl_arena { struct fl_arena_chunk *chunk, *spare; struct fl_arena_ahead *ahead; size_t used_bytes; size_t total_bytes; } fl_arena;
void fl_arena_init(fl_arena *arena);
/** For an arena that one thread fills with much while the others wait: where runs have several threads, another one touches the next
 *  large block meanwhile, since the system zeroes memory when it is touched. The arena must stay where it is. */
void fl_arena_work_ahead(fl_arena *arena);
void fl_arena_release(fl_arena *arena);
/** Forgets everything in it and keeps up to 8 MiB of memory: for work that is done many times. */
void fl_arena_clear(fl_arena *arena);
/** Takes over all that `other` holds, which is empty afterwards: for what threads built in arenas of their own. */
void fl_arena_adopt(fl_arena *arena, fl_arena *other);
void *fl_arena_alloc(fl_arena *arena, size_t bytes);
void *fl_arena_grow(fl_arena *arena, void *old, size_t old_bytes, size_t new_bytes);
/** Bytes in use, without what _clear has kept. */
size_t fl_arena_used(const fl_arena *arena);
/** The bytes of an arena as they once were. Memory is the image's own. */
typedef struct fl_arena_image { char *bytes; size_t len, capacity; } fl_arena_image;
void fl_arena_save(const fl_arena *arena, fl_arena_image *image);
/** Puts them back where they were; nothing was allocated in the arena since. */
void fl_arena_restore(fl_arena *arena, const fl_arena_image *image);
void fl_arena_image_release(fl_arena_image *image);
#define FL_NEW(arena, type) ((type *)fl_arena_alloc((arena), sizeof(type)))
#define FL_NEW_ARRAY(arena, type, n) ((type *)fl_arena_alloc((arena), sizeof(type) * (size_t)(n)))

/* ---- growable array in an arena ---- */

/* Counts are 32 bits: structures are full of short arrays. Whoever pushes more than 2^31 elements is stopped. */
#define FL_VEC(T) struct { T *items; uint32_t count, capacity; }
static inline uint32_t fl_vec_next_capacity(uint32_t capacity)
{
    FL_ASSERT(capacity <= UINT32_MAX / 2);
    return capacity ? capacity * 2 : 4;
}
#define fl_vec_push(arena, vec, ...) \
    do { \
        if ((vec)->count == (vec)->capacity) { \
            uint32_t fl_cap_ = fl_vec_next_capacity((vec)->capacity); \
            (vec)->items = fl_arena_grow((arena), (vec)->items, (size_t)(vec)->capacity * sizeof *(vec)->items, \
                                         (size_t)fl_cap_ * sizeof *(vec)->items); \
            (vec)->capacity = fl_cap_; \
        } \
        (vec)->items[(vec)->count++] = __VA_ARGS__; \
    } while (0)

/* ---- strings (base/str.c) ---- */

/** Borrowed bytes, not NUL-terminated; ptr may be NULL when len is 0. */
typedef struct fl_str { const char *ptr; size_t len; } fl_str;
#define FL_S(literal) ((fl_str){ "" literal, sizeof(literal) - 1 })
#define FL_STR_FMT "%.*s"
#define FL_STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

/** Borrows; NULL gives empty. Like the next ones in the header, so that the length of a literal is a constant. */
static inline fl_str fl_str_from(const char *c_string) { return c_string ? (fl_str){c_string, strlen(c_string)} : (fl_str){0}; }
fl_str fl_str_copy(fl_arena *arena, fl_str s);                  /**< copy, NUL-terminated behind its end */
char *fl_str_c(fl_arena *arena, fl_str s);                      /**< NUL-terminated copy */
fl_str fl_str_join(fl_arena *arena, fl_str a, fl_str b, fl_str c);   /**< the three, one behind the other; NUL-terminated */
fl_str fl_str_format(fl_arena *arena, const char *format, ...) FL_PRINTF(2, 3);
fl_str fl_str_replace(fl_arena *arena, fl_str text, fl_str from, fl_str to); /**< everywhere; borrows text when it has no `from` */
bool fl_str_eq(fl_str a, fl_str b);
static inline bool fl_str_eq_c(fl_str a, const char *c_string) { return fl_str_eq(a, fl_str_from(c_string)); }
bool fl_str_is_one_of(fl_str s, const char *const *words);       /**< of a list that ends with NULL */
bool fl_str_eq_nocase(fl_str a, fl_str b);
int fl_str_cmp(fl_str a, fl_str b);                             /**< bytewise order */
int fl_str_cmp_nocase(fl_str a, fl_str b);                      /**< ASCII letters of both cases are the same */
fl_str fl_str_lower(fl_arena *arena, fl_str s);                 /**< copy; ASCII letters alone change */
fl_str fl_str_upper(fl_arena *arena, fl_str s);
bool fl_str_starts(fl_str s, fl_str prefix);
bool fl_str_ends(fl_str s, fl_str suffix);
ptrdiff_t fl_str_find(fl_str s, fl_str needle);                 /**< offset or -1 */
ptrdiff_t fl_str_find_char(fl_str s, char c);                   /**< offset or -1 */
ptrdiff_t fl_str_rfind_char(fl_str s, char c);
fl_str fl_str_sub(fl_str s, size_t from_byte, size_t to_byte);  /**< clamped */
fl_str fl_str_trim(fl_str s);                                   /**< ASCII white space at both ends */
/** Takes the part before the next separator off the front of *rest; false when *rest is exhausted. */
bool fl_str_split(fl_str *rest, char separator, fl_str *part);
bool fl_str_to_int(fl_str s, int64_t *out);                     /**< whole string, decimal */
bool fl_str_to_double(fl_str s, double *out);                   /**< whole string, C locale */
uint64_t fl_str_hash(fl_str s);                                 /**< of no fixed algorithm, but the same in every run on every machine of one byte order */
size_t fl_str_distance(fl_str a, fl_str b);                     /**< Levenshtein, for "did you mean" */
/** Of "https://me@host:3000/a?b" host:3000, host (without the brackets of IPv6), /a?b, 3000 (0: none is written). Slices of the text; nothing is decoded. */
typedef struct fl_url { fl_str authority, host, path; uint16_t port; bool is_tls; } fl_url;
fl_url fl_url_parts(fl_str url);
fl_str fl_base64(fl_arena *arena, fl_str bytes);
bool fl_base64_decode(fl_arena *arena, fl_str text, fl_str *bytes);  /**< false: not base64 */
/** Valid UTF-8? *bad_byte gets the offset of the first bad byte. */
bool fl_utf8_valid(fl_str s, size_t *bad_byte);

/* ---- buffers (base/buf.c) ---- */

/** Growing heap bytes with a limit; past it the overflow flag sticks and later appends do nothing.
 *  Check `overflow` once at the end. Owns ptr. Always NUL-terminated behind len. */
typedef struct fl_buf { char *ptr; size_t len, capacity, limit; bool overflow; } fl_buf;
void fl_buf_init(fl_buf *buf, size_t limit_bytes);              /**< 0: a generous default limit (1 GiB) */
void fl_buf_release(fl_buf *buf);
void fl_buf_clear(fl_buf *buf);
void fl_buf_add(fl_buf *buf, fl_str s);
void fl_buf_add_c(fl_buf *buf, const char *c_string);
void fl_buf_add_char(fl_buf *buf, char c);
void fl_buf_add_repeat(fl_buf *buf, char c, size_t n);
void fl_buf_format(fl_buf *buf, const char *format, ...) FL_PRINTF(2, 3);
fl_str fl_buf_str(const fl_buf *buf);                           /**< borrows until the next append */

/* ---- interned names (base/intern.c) ---- */

/** A name compared as an integer. 0 is the empty name. Ids depend on arrival order: never sort output by them.
 *  Thread-safe; one process-wide table that lives until exit. */
typedef uint32_t fl_sym;
#define FL_SYM_NONE 0u
fl_sym fl_sym_of(fl_str s);
fl_sym fl_sym_of_c(const char *c_string);
fl_str fl_sym_str(fl_sym sym);                                  /**< borrows for ever */
const char *fl_sym_c(fl_sym sym);                               /**< NUL-terminated, for printf */
/** Well-known names, pre-interned from base/sym.def: FL_SYM_length, … */
enum fl_well_known_sym {
    FL_SYM_EMPTY_ = 0,
#define FL_SYM(id, text) FL_SYM_##id,
#include "base/sym.def"
#undef FL_SYM
    FL_SYM_WELL_KNOWN_COUNT
};

/* ---- maps (base/map.c) ---- */

/** u64 → pointer. Keys are often a fl_sym or a pointer cast. Never iterated into output: keep a vec beside it. */
typedef struct fl_map { struct fl_map_entry *entries; uint32_t count, capacity; } fl_map;
void fl_map_init(fl_map *map);
void fl_map_release(fl_map *map);
void *fl_map_get(const fl_map *map, uint64_t key);              /**< NULL when absent */
void fl_map_put(fl_map *map, uint64_t key, void *value);        /**< replaces */
/** Text keys: hash by interning first, `fl_map_get(m, fl_sym_of(s))`. */

/* ---- diagnostics and log (base/log.c) ---- */

typedef enum fl_log_level { FL_LOG_ERROR, FL_LOG_WARN, FL_LOG_INFO, FL_LOG_VERBOSE } fl_log_level;
void fl_log_set_level(fl_log_level level);                      /**< default INFO */
/** One line to stderr, thread-safe; the level's prefix ("error: ", "warning: ") is added. */
void fl_log(fl_log_level level, const char *format, ...) FL_PRINTF(2, 3);
/** Progress of long work: a rewritten line when stderr is a terminal, else a plain line per change of `stage`. */
void fl_progress(const char *stage, size_t done, size_t total);
void fl_progress_end(void);
bool fl_colour_wanted(int fd);                                  /**< a terminal, NO_COLOR unset, TERM not dumb */

/* ---- clock (base/clock.c) ---- */
uint64_t fl_clock_ms(void);                                     /**< monotonic */
uint64_t fl_clock_us(void);
void fl_clock_sleep_ms(uint32_t ms);

/* ---- thread pool (base/pool.c) ---- */

/** Calls fn(context, index, worker) for each index in [0,count) on up to `threads` threads; worker < threads.
 *  0 threads: the number of cores. Returns when all are done. fn must write only to its own index's slot. */
void fl_pool_run(unsigned threads, size_t count, void (*fn)(void *context, size_t index, unsigned worker), void *context);
unsigned fl_pool_threads(void);                                 /**< cores, or FAULTLINE_THREADS, or fl_pool_set_threads */
void fl_pool_set_threads(unsigned threads);

#endif
