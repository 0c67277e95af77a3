/*
 * What a service prints, and the source maps that lie beside it. The first byte chooses: 'm' a source map (decoded and asked
 * for places), 'r' references in a text, else a text with stacks.
 */
#include "tests/fuzz/fuzz.h"
#include "engine/plan/plan.h"
#include "engine/trace/trace.h"

static void fuzz_map(fl_arena *arena, fl_str input)
{
    fl_source_map map = {0};
    if (fl_source_map_decode(arena, input, FL_S("/srv/app"), &map, NULL) != FL_OK)
        return;
    for (uint32_t line = 0; line < 4; line++)
        for (uint32_t column = 0; column < 40; column += 7) {
            const fl_map_segment *segment = fl_source_map_find(&map, line, column);
            FL_ASSERT(segment == NULL || segment->source < map.sources.count);
        }
}

static void fuzz_references(fl_str input)
{
    size_t from = 0, start = 0, before = 0;
    fl_reference reference;
    while (fl_reference_next(input, &from, &start, &reference)) {
        FL_ASSERT(start >= before && from > start && from <= input.len);
        before = from;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_str input = {(const char *)bytes, size};
    if (size != 0 && bytes[0] == 'm') {
        fuzz_map(&arena, fl_str_sub(input, 1, size));
    } else if (size != 0 && bytes[0] == 'r') {
        fuzz_references(input);
    } else {
        fl_tracer tracer;
        fl_traces found = {0};
        fl_tracer_init(&tracer, &arena, NULL, FL_S("/nonexistent/srv/app"));
        fl_trace_find(&tracer, input, "output", &found);
        for (size_t i = 0; i < found.count; i++)
            (void)fl_trace_application_frame(&found.items[i], 0);
        fl_tracer_release(&tracer);
    }
    fl_arena_release(&arena);
    return 0;
}
