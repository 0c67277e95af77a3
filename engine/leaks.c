/*
 * Which memory a request lost. The hook has the run time report everything that nobody can reach any more; what was not there
 * at the look before is new. Leaks are told apart by the application's lines on the way to the allocation.
 */
#include "engine/engine_p.h"

enum { LOOK_MS = 5000 };

typedef struct known { fl_str key; uint64_t objects, bytes; } known;
typedef FL_VEC(known) known_list;
/* `arena` has what the last look saw. */
struct fl_leak_watch { fl_arena arena; fl_project *project; fl_str folder; known_list all; };

fl_leak_watch *fl_leak_watch_new(fl_arena *arena, const fl_api *api, const fl_service *service)
{
    fl_leak_watch *watch = FL_NEW(arena, fl_leak_watch);
    *watch = (fl_leak_watch){.project = api->project, .folder = fl_str_copy(arena, fl_service_folder(service))};
    fl_arena_init(&watch->arena);
    return watch;
}

void fl_leak_watch_release(fl_leak_watch *watch)
{
    fl_leak_watch_forget(watch);
    fl_arena_release(&watch->arena);
}

void fl_leak_watch_forget(fl_leak_watch *watch)
{
    watch->all = (known_list){0};
}

static fl_str key_of(fl_arena *arena, const fl_trace *trace)
{
    fl_str key = {0};
    for (size_t i = 0; i < trace->frames.count; i++)
        if (trace->frames.items[i].is_application)
            key = fl_str_format(arena, FL_STR_FMT FL_STR_FMT ":%u\n", FL_STR_ARG(key), FL_STR_ARG(trace->frames.items[i].file), trace->frames.items[i].line);
    return key;
}

static known find(const known_list *list, fl_str key)
{
    for (size_t i = 0; i < list->count; i++)
        if (fl_str_eq(list->items[i].key, key))
            return list->items[i];
    return (known){.key = key};
}

/* Adds to what stands under the key; the sum so far. */
static known add(fl_arena *arena, known_list *list, fl_str key, const fl_trace *trace)
{
    size_t at = 0;
    while (at < list->count && !fl_str_eq(list->items[at].key, key))
        at++;
    if (at == list->count)
        fl_vec_push(arena, list, (known){.key = key});
    list->items[at].objects += trace->objects;
    list->items[at].bytes += trace->bytes;
    return list->items[at];
}

static fl_trace copy_of(fl_arena *arena, const fl_trace *from, known more)
{
    fl_trace copy = {.report = from->report, .objects = more.objects, .bytes = more.bytes, .source = from->source};
    copy.type = fl_str_copy(arena, from->type);
    copy.message = fl_str_format(arena, "%llu bytes are never released", (unsigned long long)more.bytes);
    for (size_t i = 0; i < from->frames.count; i++) {
        fl_frame frame = from->frames.items[i];
        frame.file = fl_str_copy(arena, frame.file);
        frame.function = fl_str_copy(arena, frame.function);
        fl_vec_push(arena, &copy.frames, frame);
    }
    return copy;
}

bool fl_leak_watch_look(fl_leak_watch *watch, fl_service *service, fl_arena *arena, fl_leaks *fresh)
{
    uint64_t from, next;
    (void)fl_service_output(service, UINT64_MAX, &from);
    if (!fl_service_ask(service, "leaks", 0, LOOK_MS))
        return false;
    fl_arena ours; /* every look reports all that is lost: only the last is kept */
    fl_tracer tracer;
    fl_traces found = {0};
    known_list now = {0};
    fl_arena_init(&ours);
    fl_tracer_init(&tracer, &ours, watch->project, watch->folder);
    fl_trace_find(&tracer, fl_service_output(service, from, &next), "output", &found);
    for (size_t i = 0; i < found.count; i++) {
        const fl_trace *trace = &found.items[i];
        fl_str key = key_of(&ours, trace);
        if (trace->report != FL_TRACE_LEAK || key.len == 0)
            continue;
        known sum = add(&ours, &now, key, trace), before = find(&watch->all, key);
        if (!fresh || sum.objects <= before.objects)
            continue;
        sum.objects -= before.objects;
        sum.bytes -= sum.bytes > before.bytes ? before.bytes : 0;
        fl_vec_push(arena, fresh, copy_of(arena, trace, sum));
    }
    fl_tracer_release(&tracer);
    fl_arena_release(&watch->arena);
    watch->arena = ours;
    watch->all = now;
    return true;
}
