/*
 * Handlers within handlers (`onion` of a framework's model): `next` runs what stands behind in the chain and comes back, so a handler does
 * something before the rest, and something with what the rest left or threw. Read run_from, then fl_onion_rest.
 *
 * What the rest throws is kept apart from how it usually ends: a handler that catches is run once more for each kind of error, with
 * `next` throwing just that, because what it answers depends on the error. Nothing of the rest is run again for it.
 */
#include "extractor/flow/exec_p.h"

enum { MAX_RUNS = 12, MAX_KINDS = 12, MAX_ALIKE = 8 };

/* ---- errors ---- */

static const fl_throw *linked(fl_exec *x, const fl_throw *one, const fl_throw *next)
{
    fl_throw *copy = FL_NEW(x->arena, fl_throw);
    *copy = *one;
    copy->next = next;
    return copy;
}

static const fl_throw *joined(fl_exec *x, const fl_throw *list, const fl_throw *to)
{
    for (; list; list = list->next) to = linked(x, list, to);
    return to;
}

/* Errors of the run time by name; those of the program by class and status. */
static uint64_t kind_of(const fl_exec *x, const fl_throw *t)
{
    if (t->spot) return 1ull << 62 | fl_sym_of(t->spot->spot.failure);
    const fl_value *cls = t->error->value ? t->error->value->target : NULL;
    uint64_t key = (uint64_t)(uintptr_t)(cls ? (const void *)cls->node : (const void *)t->error->type);
    for (size_t i = 0; i < x->framework->error_status_members.count; i++) {
        const fl_fact *status = t->error->vid ? fl_state_get(t->state, FL_KEY_FIELD(t->error->vid, x->framework->error_status_members.items[i])) : NULL;
        if (status && status->literal_type) return key * 31 + status->literal;
    }
    return key;
}

static bool is_known(const fl_throw *list, const fl_throw *t)
{
    for (; list; list = list->next) if (list->node == t->node && list->spot == t->spot) return true;
    return false;
}

/* Does the function catch anything? */
static bool catches(fl_exec *x, const fl_node *function)
{
    const fl_func *f = fl_exec_func(x, function);
    for (size_t b = 1; b < f->blocks.count; b++) if (f->blocks.items[b].handler) return true;
    return false;
}

/* ---- one handler ---- */

static fl_exit run_function(fl_exec *x, fl_value *value, const fl_state *s)
{
    const fl_fact *args[8];
    unsigned count = 0;
    for (size_t p = 0; p < x->framework->handler_params.count && count < FL_COUNT(args); p++) args[count++] = fl_fact_of_role(x, x->framework->handler_params.items[p]);
    fl_chain_claim(x, value);
    x->handler = value->node;
    x->handler_start = x->steps;
    x->handler_returns = false;
    x->parses_body |= x->framework->parses_body;
    fl_exit exit = fl_exec_function(x, fl_fact_of_value(x, value), NULL, args, count, fl_state_copy(x, s), NULL, NULL);
    if (exit.value && exit.value->rejects) exit.throws = joined(x, exit.value->rejects, exit.throws);
    exit.returns = x->handler_returns && exit.state;
    return exit;
}

/* The handler once more, where what stands behind throws. */
static const fl_throw *run_again(fl_exec *x, fl_value *value, const fl_state *s, const fl_throw *with, const fl_throw *known, fl_exit *usual)
{
    const fl_fact *outer = x->handled;
    bool was_in = x->in_error_handler, was_last = x->is_last_handler;
    x->onion.again = with;
    x->in_error_handler = true;
    x->is_last_handler = false;
    x->handled = with->error;
    uint32_t before = x->answers.count;
    fl_exit exit = run_function(x, value, s);
    bool is_low = true;
    for (size_t i = before; i < x->answers.count; i++) is_low &= x->answers.items[i].status >= 400 && x->answers.items[i].status < 500;
    if (with->spot && !is_low) x->answers.count = before;   /* a failure is no answer that anybody meant */
    x->onion.again = NULL;
    x->in_error_handler = was_in;
    x->is_last_handler = was_last;
    x->handled = outer;
    if (exit.returns && !usual->returns) { usual->state = exit.state; usual->returns = true; }
    const fl_throw *left = NULL;
    for (const fl_throw *t = exit.throws; t; t = t->next) if (!is_known(known, t)) left = linked(x, t, left);
    return left;
}

static fl_exit run_from(fl_exec *x, size_t i, fl_state *s);

/* Back to an outer handler, with what holds for all of them. */
static void restore(fl_exec *x, fl_onion outer)
{
    outer.runs = x->onion.runs;
    outer.before_last = x->onion.before_last;
    outer.reached = x->onion.reached;
    x->onion = outer;
}

static fl_exit run_link(fl_exec *x, size_t i, fl_value *value, fl_state *s)
{
    fl_onion outer = x->onion;
    x->onion = (fl_onion){ .link = i, .runs = outer.runs, .before_last = outer.before_last, .reached = outer.reached, .has_rest = i + 1 < x->route->chain.count };
    fl_exit exit = run_function(x, value, s);
    const fl_throw *rest = x->onion.thrown, *own = exit.throws;
    bool is_catching = rest && !x->framework->rest_is_quiet && catches(x, value->node);
    if (!is_catching) exit.throws = joined(x, rest, exit.throws);
    uint64_t kinds[MAX_KINDS];
    size_t count = 0;
    for (const fl_throw *t = is_catching ? rest : NULL; t && count < MAX_KINDS && !x->is_truncated; t = t->next) {
        uint64_t kind = kind_of(x, t);
        bool is_new = true;
        for (size_t k = 0; k < count; k++) is_new &= kinds[k] != kind;
        if (!is_new) continue;
        kinds[count++] = kind;
        const fl_throw *alike = NULL;
        unsigned n = 0;
        for (const fl_throw *u = t; u && n < MAX_ALIKE; u = u->next) if (kind_of(x, u) == kind) { alike = linked(x, u, alike); n++; }
        exit.throws = joined(x, run_again(x, value, s, alike, own, &exit), exit.throws);
    }
    restore(x, outer);
    return exit;
}

/* The function in a link: itself, or what a wrapper of unknown code was given. */
static fl_value *function_in(const fl_exec *x, fl_value *value)
{
    if (value->kind == FL_V_FUNCTION) return value;
    for (size_t i = 0; value->kind == FL_V_RESULT && i < value->items.count; i++) {
        fl_value *inner = value->items.items[i];
        unsigned params = inner->kind == FL_V_FUNCTION ? fl_node_count(inner->node->first) : 0;
        if (params >= 1 && params <= x->framework->handler_params.count) return inner;
    }
    return NULL;
}

static fl_exit run_from(fl_exec *x, size_t i, fl_state *s)
{
    const fl_route *route = x->route;
    for (; i < route->chain.count; i++) {
        fl_value *value = route->chain.items[i], *function = function_in(x, value);
        x->is_last_handler = i + 1 == route->chain.count;
        if (x->is_last_handler) x->onion.before_last = x->answers.count;
        if (function) return run_link(x, i, function, s);
        s = fl_chain_link(x, value, s);
        if (!s) return (fl_exit){ 0 };
    }
    return (fl_exit){ .state = s, .returns = true };
}

/* What the handlers that run had in their variables when they called `next`, in the state in which the rest threw. */
static const fl_state *with_frames(fl_exec *x, const fl_activation *a, const fl_state *now, const fl_state *thrown)
{
    fl_state *s = fl_state_copy(x, thrown);
    for (; a; a = a->caller)
        for (uint32_t v = 1; v < a->func->vars.count; v++) {
            const fl_fact *held = fl_state_get(now, FL_KEY_VAR(a->id, v));
            if (held) fl_state_put(x, s, FL_KEY_VAR(a->id, v), held);
        }
    return s;
}

const fl_fact *fl_onion_rest(fl_exec *x, fl_activation *a, fl_state **s, const fl_node *node)
{
    if (x->onion.again) {
        for (const fl_throw *t = x->onion.again; t; t = t->next) {
            fl_exec_throw(x, a, t->error, t->node, with_frames(x, a, *s, t->state), t->spot, t->is_explicit);
            const fl_throw *mine = a->handler ? a->caught[a->handler] : a->throws;
            ((fl_throw *)(uintptr_t)mine)->site = node;
        }
        *s = NULL;
        return NULL;
    }
    fl_fact *promise = fl_fact_new(x, FL_T_OTHER, 0);
    promise->resolved = fl_fact_literal(x, FL_T_UNDEFINED, 0);
    uint64_t link = x->onion.link < 64 ? 1ull << x->onion.link : 0;
    bool is_repeat = x->is_dry || !link || (x->onion.reached & link);
    if (x->onion.runs >= MAX_RUNS && is_repeat) { (*s)->has_responded = true; return promise; }   /* called in many places: it does the same */
    if (!x->is_dry) x->onion.reached |= link;
    uint32_t depth = x->depth, began = x->steps;
    bool was_last = x->is_last_handler, returned = x->handler_returns;
    const fl_node *handler = x->handler;
    uint32_t started = x->handler_start;
    fl_onion own = x->onion;
    x->onion.runs++;
    x->depth = 0;
    fl_exit rest = run_from(x, own.link + 1, fl_state_copy(x, *s));
    restore(x, own);
    x->depth = depth;
    x->is_last_handler = was_last;
    x->handler_returns = returned;
    x->handler = handler;
    x->handler_start = started + (x->steps - began);
    if (!x->is_dry) x->onion.thrown = joined(x, rest.throws, x->onion.thrown);
    *s = rest.returns ? fl_state_copy(x, rest.state) : NULL;
    return *s ? promise : NULL;
}

fl_state *fl_onion_run(fl_exec *x, fl_state *s, size_t *before_last)
{
    fl_exit exit = run_from(x, 0, s);
    *before_last = x->onion.before_last;
    fl_chain_settle(x, exit.throws);
    return exit.returns ? exit.state : NULL;
}
