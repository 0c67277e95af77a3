/*
 * Which memory a request lost. The hook has the run time report everything that nobody can reach any more; what was not there
 * at the look before is new. Leaks are told apart by the application's lines on the way to the allocation.
 */
#include "engine/engine_p.h"

#include <stdlib.h>

enum { LOOK_MS = 5000 };

typedef struct known { fl_str key; uint64_t objects, bytes; } known;
typedef FL_VEC(known) known_list;
struct fl_leak_watch { fl_arena arena; fl_tracer tracer; known_list all; };

fl_leak_watch *fl_leak_watch_new(const fl_api *api, const fl_service *service)
{
    fl_leak_watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        FL_BUG("out of memory");
    fl_arena_init(&watch->arena);
    fl_tracer_init(&watch->tracer, &watch->arena, api->project, fl_service_folder(service));
    return watch;
}

void fl_leak_watch_free(fl_leak_watch *watch)
{
    if (!watch)
        return;
    fl_tracer_release(&watch->tracer);
    fl_arena_release(&watch->arena);
    free(watch);
}

void fl_leak_watch_forget(fl_leak_watch *watch)
{
    watch->all.count = 0;
}

static fl_str key_of(fl_arena *arena, const fl_trace *trace)
{
    fl_str key = {0};
    for (size_t i = 0; i < trace->frames.count; i++)
        if (trace->frames.items[i].is_application)
            key = fl_str_format(arena, FL_STR_FMT FL_STR_FMT ":%u\n", FL_STR_ARG(key), FL_STR_ARG(trace->frames.items[i].file), trace->frames.items[i].line);
    return key;
}

/* Adds to what stands under the key; the sum so far. */
static known add(fl_arena *arena, known_list *list, fl_str key, uint64_t objects, uint64_t bytes)
{
    size_t at = 0;
    while (at < list->count && !fl_str_eq(list->items[at].key, key))
        at++;
    if (at == list->count)
        fl_vec_push(arena, list, (known){.key = key});
    list->items[at].objects += objects;
    list->items[at].bytes += bytes;
    return list->items[at];
}

bool fl_leak_watch_look(fl_leak_watch *watch, fl_service *service, fl_arena *arena, fl_leaks *fresh)
{
    uint64_t from, next;
    (void)fl_service_output(service, UINT64_MAX, &from);
    if (!fl_service_ask(service, "leaks", 0, LOOK_MS))
        return false;
    fl_traces found = {0};
    fl_trace_find(&watch->tracer, fl_service_output(service, from, &next), "output", &found);
    known_list now = {0};
    for (size_t i = 0; i < found.count; i++) {
        fl_trace *trace = &found.items[i];
        fl_str key = key_of(&watch->arena, trace);
        if (trace->report != FL_TRACE_LEAK || key.len == 0)
            continue;
        known sum = add(&watch->arena, &now, key, trace->objects, trace->bytes), before = {0};
        for (size_t k = 0; k < watch->all.count; k++)
            if (fl_str_eq(watch->all.items[k].key, key))
                before = watch->all.items[k];
        if (sum.objects <= before.objects || !fresh)
            continue;
        trace->objects = sum.objects - before.objects;
        trace->bytes = sum.bytes > before.bytes ? sum.bytes - before.bytes : 0;
        trace->message = fl_str_format(arena, "%llu bytes are never released", (unsigned long long)trace->bytes);
        fl_vec_push(arena, fresh, *trace);
    }
    watch->all = now;
    return true;
}
