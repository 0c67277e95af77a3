/*
 * Handlers that tell methods and paths apart by themselves. The handler is run on every way that its tests of method and url make
 * possible, beginning with a request line of which nothing is known; a way that ends in an answer of its own is an operation, and
 * is interpreted again like any other with the request line pinned. Read fl_exec_dispatch, then judge; text.c finds the ways.
 */
#include "extractor/flow/text_p.h"
#include <string.h>

typedef struct ways { FL_VEC(fl_pins) items; fl_map seen; fl_arena *arena; } ways;

static fl_template kept(fl_arena *arena, const fl_template *t)
{
    fl_template copy = *t;
    for (unsigned i = 0; i < copy.count; i++) copy.parts[i].literal = fl_str_copy(arena, copy.parts[i].literal);
    return copy;
}

static uint64_t key_of(ways *w, const fl_pins *p)
{
    fl_buf b;
    fl_buf_init(&b, 4 * FL_LIMIT_PATH_BYTES);
    for (int s = 0; s < 2; s++)
        for (unsigned i = 0; i < p->subjects[s].count; i++) {
            if (p->subjects[s].parts[i].hole == FL_HOLE_NONE) fl_buf_add(&b, p->subjects[s].parts[i].literal);
            else fl_buf_format(&b, "\x01%d", (int)p->subjects[s].parts[i].hole);
            if (i + 1 == p->subjects[s].count) fl_buf_add_char(&b, ' ');
        }
    for (size_t i = 0; i < p->picks.count; i++) fl_buf_format(&b, "\x02%u:%u", p->picks.items[i].list->id, p->picks.items[i].index);
    uint64_t key = fl_sym_of(fl_buf_str(&b));
    fl_buf_release(&b);
    (void)w;
    return key;
}

static fl_pins kept_pins(fl_arena *arena, const fl_pins *p)
{
    fl_pins copy = *p;
    for (int s = 0; s < 2; s++) copy.subjects[s] = kept(arena, &p->subjects[s]);
    copy.picks.items = NULL;
    copy.picks.count = copy.picks.capacity = 0;
    for (size_t i = 0; i < p->picks.count; i++) fl_vec_push(arena, &copy.picks, p->picks.items[i]);
    return copy;
}

/* `p` is kept already. */
static void add_way(ways *w, const fl_pins *p)
{
    uint64_t key = key_of(w, p);
    if (fl_map_get(&w->seen, key) || w->items.count >= FL_LIMIT_DISPATCH_WAYS) return;
    fl_map_put(&w->seen, key, w);
    fl_vec_push(w->arena, &w->items, *p);
}

/* ---- tables ---- */

static bool is_route_table(const fl_value *list)
{
    if (!list || list->kind != FL_V_LIST || !list->items.count || list->items.count > 256) return false;
    for (size_t i = 0; i < list->items.count && i < 4; i++) {
        const fl_value *item = list->items.items[i];
        for (size_t k = 0; item->kind == FL_V_DICT && k < item->slots.count; k++) if (item->slots.items[k].value->kind == FL_V_FUNCTION) return true;
    }
    return false;
}

const fl_fact *fl_dispatch_pick(fl_exec *x, const fl_fact *list)
{
    fl_dispatch *d = x->dispatch;
    const fl_value *table = list ? list->value : NULL;
    if (!d || !is_route_table(table)) return NULL;
    for (size_t i = 0; i < d->pins.picks.count; i++)
        if (d->pins.picks.items[i].list == table) return fl_fact_of_value(x, table->items.items[d->pins.picks.items[i].index]);
    for (uint32_t k = 0; k < table->items.count && d->forks.count < FL_LIMIT_DISPATCH_WAYS; k++) {
        fl_pins p = d->pins;
        p.picks.items = NULL;
        p.picks.count = p.picks.capacity = 0;
        for (size_t i = 0; i < d->pins.picks.count; i++) fl_vec_push(x->arena, &p.picks, d->pins.picks.items[i]);
        fl_vec_push(x->arena, &p.picks, (fl_pick){ table, k });
        p.node = table->items.items[k]->node;
        fl_vec_push(x->arena, &d->forks, p);
    }
    d->is_open[FL_SUBJECT_URL] = true;
    return fl_fact_new(x, FL_T_DICT, 0);
}

/* ---- what a way is ---- */

void fl_dispatch_answers(fl_exec *x, const fl_activation *a, const fl_node *node)
{
    uint64_t place = (uint64_t)(uintptr_t)node;
    for (; a; a = a->caller) place = place * 0x9E3779B97F4A7C15u + (uint64_t)(uintptr_t)a->call_node;
    for (size_t i = 0; i < x->dispatch->answers.count; i++) if (x->dispatch->answers.items[i] == place) return;
    fl_vec_push(x->arena, &x->dispatch->answers, place);
}

typedef struct places { FL_VEC(uint64_t) items; } places;

/* Does it answer nowhere else than a request does that nothing fits? */
static bool is_fall_through(const fl_dispatch *d, const places *known_answers)
{
    for (size_t i = 0; i < d->answers.count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < known_answers->items.count && !is_known; k++) is_known = known_answers->items.items[k] == d->answers.items[i];
        if (!is_known) return false;
    }
    return d->answers.count > 0;
}

static bool is_bare(const fl_template *t) { return t->count == 1 && t->parts[0].hole != FL_HOLE_NONE; }

static bool was_asked_for(const fl_dispatch *d, const char *method)
{
    fl_str text;
    for (size_t i = 0; i < d->forks.count; i++)
        if (fl_template_literal(&d->forks.items[i].subjects[FL_SUBJECT_METHOD], &text) && fl_str_eq_c(text, method)) return true;
    return false;
}

static fl_str method_of(const fl_exec *x)
{
    const fl_dispatch *d = x->dispatch;
    fl_str text;
    if (fl_template_literal(&d->pins.subjects[FL_SUBJECT_METHOD], &text)) return text;
    bool reads_body = x->roots[FL_IN_BODY] && x->roots[FL_IN_BODY]->is_read;
    if (!d->is_open[FL_SUBJECT_METHOD]) return reads_body ? FL_S("POST") : FL_S("GET");   /* it does not ask */
    return was_asked_for(d, "GET") ? FL_S("") : FL_S("GET");
}

/* Does the way end in an answer of its own, rather than in what is left over? */
static bool is_served(const fl_exec *x)
{
    const fl_dispatch *d = x->dispatch;
    bool is_open = d->is_open[FL_SUBJECT_URL] || d->is_open[FL_SUBJECT_METHOD], is_left_over = false;
    for (size_t i = 0; i < x->answers.count; i++) {
        uint16_t status = x->answers.items[i].status;
        if (status < 400 || (status >= 500 && status != 501)) return true;
        is_left_over |= status == 404 || status == 405 || status == 501;
    }
    return !is_open && !is_left_over;
}

static fl_sym learnt_name(const fl_exec *x, unsigned hole)
{
    for (size_t i = 0; i < x->path_names.count; i++) {
        int64_t n;
        if (fl_str_to_int(fl_sym_str(x->path_names.items[i].key), &n) && n == (int64_t)hole) return x->path_names.items[i].name;
    }
    return 0;
}

static void name_holes(const fl_exec *x, fl_pins *p)
{
    const fl_template *t = &p->subjects[FL_SUBJECT_URL];
    unsigned hole = 0;
    for (unsigned i = 0; i < t->count && hole < FL_TEMPLATE_HOLES; i++) {
        if (t->parts[i].hole == FL_HOLE_NONE) continue;
        if (!p->names[hole]) p->names[hole] = learnt_name(x, hole);
        if (!p->names[hole]) p->names[hole] = fl_sym_of_c(t->parts[i].hole == FL_HOLE_REST ? "path" : "id");
        for (unsigned k = 0; k < hole; k++)
            if (p->names[k] == p->names[hole]) { p->names[hole] = fl_sym_of(fl_str_format(x->arena, "%s%u", fl_sym_c(p->names[hole]), hole + 1)); break; }
        hole++;
    }
}

/* ---- what a table says of the parameters behind its paths ---- */

/* The member of a table's entries that names what follows the path: "" or "/{id}/{kind}" in all of them. */
static fl_sym parameter_column(fl_arena *arena, const fl_value *table)
{
    const fl_value *entry = table->items.items[0];
    for (size_t k = 0; entry->kind == FL_V_DICT && k < entry->slots.count; k++) {
        fl_sym key = entry->slots.items[k].key;
        bool has_some = false, has_none = false, fits = true;
        for (size_t i = 0; i < table->items.count && fits; i++) {
            const fl_value *v = fl_value_slot(table->items.items[i], key);
            if (!v && table->items.items[i]->slots.count == 0) continue;
            fl_str text = v && v->kind == FL_V_STRING ? fl_sym_str(v->text) : FL_S("");
            fl_sym names[FL_TEMPLATE_HOLES] = { 0 };
            fl_template t = fl_template_of_pattern(arena, text, names);
            bool has_names = fl_template_holes(&t) > 0 && names[0] && text.ptr[0] == '/';
            if (!v || (v->kind != FL_V_STRING && v->kind != FL_V_NULL) || (text.len && !has_names)) fits = false;
            has_some |= has_names;
            has_none |= !text.len;
        }
        if (fits && has_some && has_none) return key;
    }
    return 0;
}

/* The way of a table's entry with the parameters that it names; false: it has none, and the way is one below it. */
static bool with_named_parameters(fl_arena *arena, fl_pins *p)
{
    fl_template *url = &p->subjects[FL_SUBJECT_URL];
    const fl_pick *pick = p->picks.count ? &p->picks.items[p->picks.count - 1] : NULL;
    fl_sym column = pick ? parameter_column(arena, pick->list) : 0, names[FL_TEMPLATE_HOLES] = { 0 };
    if (!column) return true;
    const fl_value *text = fl_value_slot(pick->list->items.items[pick->index], column);
    fl_template named = fl_template_of_pattern(arena, text && text->kind == FL_V_STRING ? fl_sym_str(text->text) : FL_S(""), names);
    const fl_part *last = url->count ? &url->parts[url->count - 1] : NULL;
    bool ends_open = last && last->hole != FL_HOLE_NONE;
    if (!named.count || !ends_open) return !named.count == !ends_open;
    fl_template front = *url;
    front.count--;
    unsigned holes = fl_template_holes(&front);
    fl_part *before = front.count ? &front.parts[front.count - 1] : NULL;
    if (last->hole != FL_HOLE_REST || !before || before->hole != FL_HOLE_NONE || !fl_str_ends(before->literal, FL_S("/"))) return false;
    before->literal.len--;
    if (!before->literal.len) front.count--;
    *url = fl_template_join(arena, &front, &named);
    for (unsigned i = 0; i < FL_TEMPLATE_HOLES && holes + i < FL_TEMPLATE_HOLES; i++) p->names[holes + i] = names[i];
    return true;
}

/** What one way is as an operation: `route` NULL, it is none. `is_prefix`: any path that begins so. */
typedef struct verdict { fl_route *route; unsigned holes; bool is_prefix; } verdict;

/* Middleware: it answers, and that is no refusal. */
static bool is_answered(const fl_exec *x)
{
    for (size_t i = 0; i < x->answers.count; i++) if (x->answers.items[i].status < 400) return true;
    return false;
}

static verdict judge(fl_exec *x, const fl_route *route, bool hands_on, const places *left_over, size_t before_last, fl_arena *arena)
{
    static const verdict none = { NULL, 0, false };
    if (route->is_mount && (hands_on || !is_answered(x))) return none;
    fl_dispatch *d = x->dispatch;
    const fl_template *url = &d->pins.subjects[FL_SUBJECT_URL];
    fl_str method = method_of(x);
    unsigned holes = fl_template_holes(url);
    if (!method.len || !is_served(x) || (is_bare(url) && !route->tells_methods)) return none;   /* what answers everywhere is no operation */
    if (route->tells_methods && fl_str_eq_c(method, "OPTIONS") && (!x->is_last_handler || x->answers.count <= before_last)) return none;   /* what stands before all handlers answers it */
    if (route->tells_methods) {
        fl_route *one = FL_NEW(arena, fl_route);
        *one = *route;
        fl_pins *known = FL_NEW(arena, fl_pins);
        *known = d->pins;
        one->pins = known;
        one->dispatches = false;
        one->method = fl_str_copy(arena, method);
        return (verdict){ one, FL_TEMPLATE_HOLES, false };
    }
    if ((d->is_open[FL_SUBJECT_METHOD] || d->is_open[FL_SUBJECT_URL]) && is_fall_through(d, left_over)) return none;
    const fl_part *last = url->count ? &url->parts[url->count - 1] : NULL;
    bool ends_open = last && last->hole == FL_HOLE_REST;
    bool is_unread = ends_open && holes <= FL_TEMPLATE_HOLES && !d->is_used[holes - 1];
    if (is_unread && d->is_open[FL_SUBJECT_URL]) return none;   /* the ways that go on from here are the operations */
    fl_route *r = FL_NEW(arena, fl_route);
    *r = *route;
    fl_pins *pins = FL_NEW(arena, fl_pins);
    *pins = d->pins;
    if (!with_named_parameters(arena, pins)) return none;
    name_holes(x, pins);
    url = &pins->subjects[FL_SUBJECT_URL];
    holes = fl_template_holes(url);
    fl_template shown = *url;
    fl_str before = url->count > 1 ? url->parts[url->count - 2].literal : FL_S("");
    bool is_prefix = is_unread && before.len && before.ptr[before.len - 1] != '/';
    if (is_prefix) { shown.count--; holes--; }
    r->pins = pins;
    r->dispatches = false;
    r->method = fl_str_copy(arena, method);
    r->path = fl_template_text(arena, &shown, pins->names, "id");
    if (!r->path.len || r->path.ptr[0] != '/') r->path = fl_str_format(arena, "/" FL_STR_FMT, FL_STR_ARG(r->path));
    if (r->path.len > 1 && r->path.ptr[r->path.len - 1] == '/') r->path.len--;
    if (d->chosen) r->registration = d->chosen;
    else if (pins->node) r->registration = pins->node;
    r->path_names.items = NULL; r->path_names.count = r->path_names.capacity = 0;
    r->path_schemas.items = NULL; r->path_schemas.count = r->path_schemas.capacity = 0;
    for (unsigned i = 0, hole = 0; i < shown.count && hole < FL_TEMPLATE_HOLES; i++) {
        if (shown.parts[i].hole == FL_HOLE_NONE) continue;
        fl_vec_push(arena, &r->path_names, fl_sym_str(pins->names[hole++]));
        fl_vec_push(arena, &r->path_schemas, shown.parts[i].hole == FL_HOLE_INTEGER ? fl_schema_new(arena, FL_JSON_INTEGER) : NULL);
    }
    return (verdict){ r, holes, is_prefix };
}

static void add_operation(fl_arena *arena, const verdict *v, fl_route_list *out, size_t first)
{
    for (size_t i = first; v->route && i < out->count; i++) {
        if (!fl_str_eq(out->items[i]->path, v->route->path) || !fl_str_eq(out->items[i]->method, v->route->method)) continue;
        if (!v->is_prefix && fl_template_holes(&out->items[i]->pins->subjects[FL_SUBJECT_URL]) > v->holes) out->items[i] = v->route;   /* the exact path knows better */
        return;
    }
    if (v->route) fl_vec_push(arena, out, v->route);
}

static fl_template url_at_first(fl_arena *arena, const fl_route *route)
{
    fl_template t = { 0 };
    fl_sym names[FL_TEMPLATE_HOLES];
    if (route->path.len > 1) t = fl_template_of_pattern(arena, route->path, names);
    else fl_template_add(arena, &t, FL_HOLE_REST, FL_S(""));
    bool is_open = t.count && t.parts[t.count - 1].hole != FL_HOLE_NONE;
    if (route->path.len > 1 && route->has_below && !is_open && !fl_str_ends(route->path, FL_S("$"))) fl_template_add(arena, &t, FL_HOLE_REST, FL_S(""));
    return t;
}

/* What asks which methods a path has is no operation of its own. */
static void leave_out_options(fl_route_list *out, size_t first)
{
    size_t kept_count = first;
    for (size_t i = first; i < out->count; i++) {
        bool has_other = false;
        for (size_t k = first; k < out->count && fl_str_eq_c(out->items[i]->method, "OPTIONS"); k++)
            has_other |= fl_str_eq(out->items[k]->path, out->items[i]->path) && !fl_str_eq_c(out->items[k]->method, "OPTIONS");
        if (!has_other) out->items[kept_count++] = out->items[i];
    }
    out->count = (uint32_t)kept_count;
}

/* ---- the ways, on all threads ---- */

/** What running one way told: the ways that go on from it, where it answered, what it is. */
typedef struct trail { FL_VEC(fl_pins) forks; places answers; verdict verdict; uint32_t steps; bool is_open; } trail;
typedef struct explorer { bool is_ready; fl_arena scratch, results, lowered; fl_func_cache funcs; } explorer;
typedef struct search { const fl_route *route; fl_values *values; const ways *ways; const places *left_over; size_t first; trail *trails; explorer *explorers; } search;

static explorer *explorer_of(search *s, unsigned thread)
{
    explorer *e = &s->explorers[thread];
    if (e->is_ready) return e;
    fl_arena_init(&e->scratch);
    fl_arena_init(&e->results);
    fl_arena_init(&e->lowered);
    fl_arena_init(&e->funcs.scratch);
    e->funcs.arena = &e->lowered;
    fl_map_init(&e->funcs.map);
    e->is_ready = true;
    return e;
}

static void explore(void *context, size_t index, unsigned thread)
{
    search *s = context;
    explorer *e = explorer_of(s, thread);
    trail *t = &s->trails[index];
    fl_route one = *s->route;
    if (one.is_mount) { one.chain.items += one.chain.count - 1; one.chain.count = 1; }   /* what stands before it has no say in which ways there are */
    fl_pins pins = s->ways->items.items[s->first + index];
    fl_element_store none = { 0 };
    fl_file_refusals refusals = { 0 };
    size_t before_last;
    one.pins = &pins;
    fl_map_init(&none.read);
    fl_exec *x = fl_exec_begin(&one, s->values, &e->funcs, &none, &e->scratch, &e->results, &refusals);
    x->step_limit = FL_LIMIT_DISPATCH_WAY_STEPS;
    bool hands_on = fl_exec_chain(x, &before_last) != NULL;
    *t = (trail){ .steps = x->steps, .is_open = (x->dispatch->is_open[FL_SUBJECT_URL] && !s->route->tells_methods) || x->dispatch->is_open[FL_SUBJECT_METHOD] };
    for (size_t k = 0; k < x->dispatch->forks.count; k++) { fl_pins kept_fork = kept_pins(&e->results, &x->dispatch->forks.items[k]); fl_vec_push(&e->results, &t->forks, kept_fork); }
    for (size_t k = 0; k < x->dispatch->answers.count; k++) fl_vec_push(&e->results, &t->answers.items, x->dispatch->answers.items[k]);
    t->verdict = judge(x, s->route, hands_on, s->left_over, before_last, &e->results);
    fl_map_release(&none.read);
    fl_arena_clear(&e->scratch);
}

static bool is_of_method(const fl_pins *p, const char *method)
{
    fl_str text;
    return fl_template_literal(&p->subjects[FL_SUBJECT_METHOD], &text) && fl_str_eq_c(text, method);
}

/* What asks which methods a path has is no operation beside them. */
static void add_forks(ways *w, const trail *t)
{
    static const char *const usual[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
    bool has_usual = false;
    for (size_t k = 0; k < t->forks.count; k++)
        for (size_t m = 0; m < FL_COUNT(usual); m++) has_usual |= is_of_method(&t->forks.items[k], usual[m]);
    for (size_t k = 0; k < t->forks.count; k++)
        if (!has_usual || !is_of_method(&t->forks.items[k], "OPTIONS")) add_way(w, &t->forks.items[k]);
}

static void release_explorers(search *s, fl_arena *results)
{
    for (unsigned i = 0; i < fl_pool_threads(); i++) {
        explorer *e = &s->explorers[i];
        if (!e->is_ready) continue;
        fl_map_release(&e->funcs.map);
        fl_arena_release(&e->funcs.scratch);
        fl_arena_release(&e->lowered);
        fl_arena_release(&e->scratch);
        fl_arena_adopt(results, &e->results);
    }
}

/* The ways that are known are run side by side, and what they told is taken in their order, so that threads make no difference. */
void fl_exec_dispatch(const fl_route *route, fl_values *values, fl_arena *results, fl_route_list *out)
{
    enum { SIDE_BY_SIDE = 64 };
    ways w = { .arena = results };
    fl_map_init(&w.seen);
    fl_pins first = { 0 };
    fl_template_add(results, &first.subjects[FL_SUBJECT_METHOD], FL_HOLE_SEGMENT, FL_S(""));
    if (!fl_str_eq_c(route->method, "ALL")) first.subjects[FL_SUBJECT_METHOD] = fl_template_of(route->method);
    first.subjects[FL_SUBJECT_URL] = url_at_first(results, route);
    for (size_t i = 0; i < route->path_names.count && i < FL_TEMPLATE_HOLES; i++) first.names[i] = fl_sym_of(route->path_names.items[i]);
    first = kept_pins(results, &first);
    add_way(&w, &first);
    size_t before = out->count;
    places left_over = { 0 };
    trail trails[SIDE_BY_SIDE];
    search s = { route, values, &w, &left_over, 0, trails, FL_NEW_ARRAY(results, explorer, fl_pool_threads()) };
    uint64_t steps = 0;
    while (s.first < w.items.count && steps <= FL_LIMIT_DISPATCH_STEPS) {
        size_t count = s.first == 0 ? 1 : w.items.count - s.first;   /* what the first one answers, others are compared with */
        if (count > SIDE_BY_SIDE) count = SIDE_BY_SIDE;
        fl_pool_run(0, count, explore, &s);
        for (size_t i = 0; i < count && steps <= FL_LIMIT_DISPATCH_STEPS; i++) {
            add_forks(&w, &trails[i]);
            if (s.first == 0 && w.items.count > 1) left_over = trails[i].answers;
            if (s.first == 0 && left_over.items.count && trails[i].is_open && !route->tells_methods) trails[i].verdict.route = NULL;
            add_operation(results, &trails[i].verdict, out, before);
            steps += trails[i].steps;
        }
        s.first += count;
    }
    if (s.first < w.items.count || w.items.count == FL_LIMIT_DISPATCH_WAYS)
        fl_project_diagnose(values->project, FL_DIAG_NOTE, fl_node_span(route->registration), "flow-limit", "this handler tells too many requests apart; not all of its operations are seen");
    bool asks_for_none = true;
    for (size_t i = 1; i < w.items.count; i++) asks_for_none &= is_of_method(&w.items.items[i], "OPTIONS");
    if (route->tells_methods && out->count == before + 1 && asks_for_none && !fl_str_eq_c(out->items[before]->method, "OPTIONS")) w.items.count = 1;
    if (route->tells_methods && (w.items.count == 1 || (out->count == before && !asks_for_none))) {   /* it asks for no method: any will do */
        fl_route *any = FL_NEW(results, fl_route);
        *any = *route;
        any->dispatches = false;
        out->count = (uint32_t)before;
        fl_vec_push(results, out, any);
    }
    leave_out_options(out, before);
    fl_map_release(&w.seen);
    release_explorers(&s, results);
}

/* ---- names of path parameters ---- */

static bool is_number(fl_str s)
{
    int64_t n;
    return s.len && fl_str_to_int(s, &n);
}

static fl_str renamed(fl_arena *arena, fl_str path, fl_str from, fl_str to)
{
    fl_str hole = fl_str_format(arena, "{" FL_STR_FMT "}", FL_STR_ARG(from));
    ptrdiff_t at = fl_str_find(path, hole);
    if (at < 0) return path;
    fl_str front = fl_str_sub(path, 0, (size_t)at), back = fl_str_sub(path, (size_t)at + hole.len, path.len);
    return fl_str_format(arena, FL_STR_FMT "{" FL_STR_FMT "}" FL_STR_FMT, FL_STR_ARG(front), FL_STR_ARG(to), FL_STR_ARG(back));
}

void fl_exec_name_path(fl_route *route, fl_values *values, fl_func_cache *funcs, fl_arena *scratch, fl_arena *results)
{
    bool has_numbers = false;
    for (size_t i = 0; i < route->path_names.count; i++) has_numbers |= is_number(route->path_names.items[i]);
    if (!has_numbers || route->pins) return;
    fl_element_store none = { 0 };
    fl_file_refusals refusals = { 0 };
    size_t before_last;
    fl_map_init(&none.read);
    fl_exec *x = fl_exec_begin(route, values, funcs, &none, scratch, results, &refusals);
    (void)fl_exec_chain(x, &before_last);
    for (size_t i = 0; i < x->path_names.count; i++) {
        const fl_path_name *n = &x->path_names.items[i];
        for (size_t k = 0; k < route->path_names.count; k++) {
            if (!fl_str_eq(route->path_names.items[k], fl_sym_str(n->key))) continue;
            route->path = renamed(results, route->path, route->path_names.items[k], fl_sym_str(n->name));
            route->path_names.items[k] = fl_sym_str(n->name);
            fl_vec_push(results, &route->aliases, (fl_alias){ n->key, n->name });
        }
    }
    fl_map_release(&none.read);
    fl_arena_clear(scratch);
}
