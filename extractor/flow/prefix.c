/*
 * Routes begin alike: in front of most handlers of an application stand the same middlewares, and often that is where most of the code
 * is. What those do is the same for each such route, so it is run once, in an arena of its own, of which a copy is kept. The handlers behind
 * change what is there (places collect uses, branches learn that they refuse), and the next route begins with the copy put back in its place:
 * all addresses stay the same. Most of what they made never changes, facts above all: that stands beside it and is not copied, and the few
 * facts that a route does change are changed back. What a route does is what it would do alone; tests/unit/api/beginnings.c compares the two.
 * What those handlers may ask of the route itself is the names of its path parameters, which is noted (asks_route): then nothing is shared;
 * and its method (asks_method): then routes of one method share.
 * What the path makes sure of is added behind them, so they must not have looked at it where it makes sure of something.
 */
#include "extractor/flow/exec_p.h"

void fl_prefix_init(fl_prefix *prefix)
{
    *prefix = (fl_prefix){ 0 };
    fl_arena_init(&prefix->arena);
    fl_arena_init(&prefix->lasting);
}

void fl_prefix_clear(fl_prefix *prefix)
{
    prefix->links = 0;
    prefix->changes.items = NULL;
    prefix->changes.count = prefix->changes.capacity = 0;
    fl_arena_clear(&prefix->arena);
    fl_arena_clear(&prefix->lasting);
}

void fl_prefix_release(fl_prefix *prefix)
{
    fl_arena_release(&prefix->arena);
    fl_arena_release(&prefix->lasting);
    fl_arena_image_release(&prefix->image);
    *prefix = (fl_prefix){ 0 };
}

/* Method and path are looked at by handlers that tell them apart; where handlers stand around one another none ends before the last. */
static bool is_shareable(const fl_route *route) { return !route->pins && !route->aliases.count && !route->framework->is_onion; }

static bool handles_errors_alike(const fl_route *a, const fl_route *b)
{
    if (a->error_handlers.count != b->error_handlers.count || a->error_classes.count != b->error_classes.count) return false;
    for (size_t i = 0; i < a->error_handlers.count; i++) if (a->error_handlers.items[i] != b->error_handlers.items[i]) return false;
    for (size_t i = 0; i < a->error_classes.count; i++) if (a->error_classes.items[i] != b->error_classes.items[i]) return false;
    return true;
}

/* How many handlers before the last ones are the same. */
static size_t alike(const fl_route *a, const fl_route *b)
{
    if (a->framework != b->framework || !is_shareable(a) || !is_shareable(b) || !handles_errors_alike(a, b)) return 0;
    size_t n = 0;
    while (n + 1 < a->chain.count && n + 1 < b->chain.count && a->chain.items[n] == b->chain.items[n]) n++;
    return n;
}

/* A map of parameters from wherever they came was read: what it gave depends on the names in the path. */
static bool has_read_names(const fl_exec *x)
{
    for (size_t i = 0; i < FL_COUNT(x->roots); i++) if (x->roots[i] && x->roots[i]->or_path) return true;
    return x->asks_route;
}

/* Does what the first handlers did hold for this route? Not where they looked at a path of which the route makes sure of something. */
static bool fits(const fl_exec *x, const fl_route *route) { return !x->roots[FL_IN_PATH] || !fl_route_checks_path(route); }

static bool has_method_of(const fl_prefix *prefix, const fl_route *route) { return !prefix->asks_method || fl_str_eq(prefix->route->method, route->method); }

static fl_exec *begin_again(fl_prefix *prefix, const fl_route *route, fl_element_store *elements, fl_file_refusals *refusals)
{
    fl_arena_restore(&prefix->arena, &prefix->image);
    while (prefix->changes.count) {
        const struct fl_fact_change *last = &prefix->changes.items[--prefix->changes.count];
        *last->fact = *last->before;
    }
    fl_exec *x = prefix->exec;
    x->route = route;
    x->elements = elements;
    elements->gained.items = prefix->elements.gained.items;
    elements->gained.count = prefix->elements.gained.count;
    elements->gained.capacity = prefix->elements.gained.capacity;
    x->refusals = refusals;
    *refusals = prefix->refusals;
    return x;
}

static void remember(fl_prefix *prefix, const fl_route *route, size_t links, fl_exec *x, fl_state *s)
{
    fl_arena_save(&prefix->arena, &prefix->image);
    prefix->route = route;
    prefix->links = links;
    prefix->exec = x;
    prefix->asks_method = x->asks_method;
    prefix->state = s;
    prefix->refusals = *x->refusals;
    prefix->elements = *x->elements;
}

/* Nothing has run yet. */
static fl_exec *begin(const fl_route *route, fl_values *values, fl_func_cache *funcs, fl_element_store *elements, fl_arena *arena, fl_file_refusals *refusals, fl_state **s)
{
    fl_exec *x = fl_exec_begin(route, values, funcs, elements, arena, arena, refusals);
    *s = fl_state_new(x);
    return x;
}

fl_exec *fl_prefix_begin(fl_prefix *prefix, const fl_route *route, const fl_route *next, fl_values *values, fl_func_cache *funcs, fl_element_store *elements,
                         fl_arena *scratch, fl_file_refusals *refusals, fl_state **s, size_t *links)
{
    bool is_known = prefix->links && alike(prefix->route, route) >= prefix->links && has_method_of(prefix, route) && fits(prefix->exec, route);
    size_t wanted = next ? alike(route, next) : 0, none;
    fl_exec *x;
    *links = is_known ? prefix->links : 0;
    if (is_known) {
        x = begin_again(prefix, route, elements, refusals);
        *s = prefix->state;
    } else {
        if (wanted) fl_prefix_clear(prefix);
        x = begin(route, values, funcs, elements, wanted ? &prefix->arena : scratch, refusals, s);
    }
    if (wanted > *links) {
        x->arena = x->results = &prefix->arena;
        x->lasting = &prefix->lasting;
        x->prefix = NULL;
        prefix->links = 0;
        *s = fl_exec_links(x, *s, *links, wanted, &none);
        *links = wanted;
        if (!has_read_names(x)) remember(prefix, route, wanted, x, *s);
    }
    if (*links && !fits(x, route)) {   /* alone, then */
        *refusals = (fl_file_refusals){ 0 };
        *elements = (fl_element_store){ .read = elements->read };
        *links = 0;
        x = begin(route, values, funcs, elements, scratch, refusals, s);
    }
    x->arena = x->results = x->lasting = scratch;
    x->prefix = *links ? prefix : NULL;
    fl_exec_check_path(x, *s);
    return x;
}
