/*
 * A loop over indices on several threads. Threads live for one run: runs are few and long, and no idle thread is left
 * to mind forks. The caller is worker 0.
 */
#include "base/base.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_THREADS = 256 };
static const size_t stack_bytes = (size_t)16 << 20; /* deep source nests deep; untouched pages cost nothing */

struct run {
    void (*fn)(void *context, size_t index, unsigned worker);
    void *context;
    size_t count;
    atomic_size_t next;
};

struct worker {
    struct run *run;
    unsigned number;
};

static void *work(void *argument)
{
    const struct worker *worker = argument;
    struct run *run = worker->run;
    for (size_t i; (i = atomic_fetch_add(&run->next, 1)) < run->count;)
        run->fn(run->context, i, worker->number);
    return NULL;
}

static atomic_uint wanted_threads;

void fl_pool_set_threads(unsigned threads)
{
    atomic_store(&wanted_threads, threads);
}

unsigned fl_pool_threads(void)
{
    unsigned threads = atomic_load(&wanted_threads);
    int64_t number;
    if (threads == 0 && fl_str_to_int(fl_str_from(getenv("FAULTLINE_THREADS")), &number) && number > 0)
        threads = number < MAX_THREADS ? (unsigned)number : MAX_THREADS;
    if (threads == 0) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        threads = cores > 0 ? (unsigned)cores : 1;
    }
    return threads < MAX_THREADS ? threads : MAX_THREADS;
}

void fl_pool_run(unsigned threads, size_t count, void (*fn)(void *context, size_t index, unsigned worker), void *context)
{
    if (threads == 0)
        threads = fl_pool_threads();
    if (threads > MAX_THREADS)
        threads = MAX_THREADS;
    if (threads > count)
        threads = count ? (unsigned)count : 1;

    struct run run = {.fn = fn, .context = context, .count = count};
    atomic_init(&run.next, 0);
    pthread_t ids[MAX_THREADS];
    struct worker workers[MAX_THREADS];
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    unsigned started = 1;
    workers[0] = (struct worker){&run, 0};
    for (; started < threads; started++) {
        workers[started] = (struct worker){&run, started};
        if (pthread_create(&ids[started], &attributes, work, &workers[started]) != 0)
            break; /* fewer threads do the same work */
    }
    pthread_attr_destroy(&attributes);
    work(&workers[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(ids[i], NULL);
}
