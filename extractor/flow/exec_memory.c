/*
 * Memory that programs look after themselves: pointers to variables and members, what callees write through them, and allocations
 * that a way out forgets. Languages whose model says `memory: raw` only.
 */
#include "extractor/flow/exec_p.h"

/* ---- pointers ---- */

static uint64_t key_of_outer(fl_exec *x, fl_activation *a, fl_sym name)
{
    (void)x;
    for (const fl_activation *up = a->outer; up; up = up->outer) {
        fl_var var = fl_flow_find_var(up->func, name);
        if (var) return FL_KEY_VAR(up->id, var);
    }
    const fl_cell *cell = a->scope ? fl_scope_find(a->scope, name) : NULL;
    return cell ? FL_KEY_FIELD(0x40000000u | (uint32_t)((uintptr_t)cell >> 4 & 0x3FFFFFFFu), name) : 0;
}

const fl_fact *fl_exec_address(fl_exec *x, fl_activation *a, fl_state *s, const fl_instr *i)
{
    fl_fact *f = fl_fact_new(x, FL_T_OTHER, 0);
    if (i->a) {
        const fl_fact *object = fl_exec_temp(a, i->a);
        if (!object) return f;
        fl_exec_present(x, a, s, object, i->node->first, i->node->first->first);
        object = fl_exec_object(s, object);
        f->points = object->vid ? FL_KEY_FIELD(object->vid, i->sym) : 0;
        return f;
    }
    if (i->flags & FL_I_OUTER) {
        const fl_fact *now = fl_exec_outer(x, a, s, i->sym, i->node);
        if (now->types == FL_T_FUNCTION || (now->value && now->value->kind != FL_V_UNKNOWN)) return now;   /* &handler, &table */
        f->points = key_of_outer(x, a, i->sym);
        return f;
    }
    f->points = FL_KEY_VAR(a->id, i->var);
    if (!fl_state_get(s, f->points)) fl_state_put(x, s, f->points, fl_fact_unknown(x));
    return f;
}

const fl_fact *fl_exec_object(const fl_state *s, const fl_fact *f)
{
    const fl_fact *pointee = f->points ? fl_state_get(s, f->points) : NULL;
    return pointee ? pointee : f;
}

/* A pointer of unknown origin points to something of its own. */
static uint64_t key_of_pointee(const fl_fact *pointer)
{
    return pointer->points ? pointer->points : pointer->vid ? FL_KEY_FIELD(pointer->vid, FL_SYM_star) : 0;
}

const fl_fact *fl_exec_dereference(fl_exec *x, fl_state *s, const fl_fact *pointer)
{
    unsigned types = fl_fact_types(s, pointer) & ~(unsigned)FL_T_NULLISH;
    uint64_t key = key_of_pointee(pointer);
    const fl_fact *known = key ? fl_state_get(s, key) : NULL;
    if (known) return known;
    if (types == FL_T_STRING) return fl_fact_new(x, FL_T_NUMBER, 0);   /* one character */
    if (pointer->place || pointer->type || pointer->shape || pointer->value || pointer->miss) return pointer;      /* the object that a pointer stands for */
    const fl_fact *fresh = fl_fact_unknown(x);
    if (key) fl_state_put(x, s, key, fresh);
    return fresh;
}

void fl_exec_set_pointer(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *pointer, const fl_fact *value)
{
    (void)a;
    uint64_t key = key_of_pointee(pointer);
    bool is_text = (fl_fact_types(s, pointer) | FL_T_NULLISH) == (FL_T_STRING | FL_T_NULLISH) && !pointer->points;
    if (!key || is_text) return;
    const fl_fact *old = fl_state_get(s, key);
    if (!pointer->points) fl_memory_give(x, s, value);
    fl_state_put(x, s, key, fl_exec_found(x, s, old, fl_fact_settled(x, s, value)));
}

void fl_exec_scrub(fl_exec *x, fl_state *s, const fl_fact **args, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const fl_fact *now = args[i]->points ? fl_state_get(s, args[i]->points) : NULL;
        if (now && now->types != FL_T_FUNCTION && !now->shape) fl_state_put(x, s, args[i]->points, fl_fact_unknown(x));
    }
}

/* What the test compares with: the place of the request that a search is made by; NULL: none. */
static const fl_fact *searched_by(const fl_cond *c)
{
    const fl_predicate *p = c->predicate;
    if (p->kind != FL_PRED_EQUAL || (p->is_negated ? c->holds : !c->holds)) return NULL;
    if ((p->other && p->other->literal_type) || (p->subject && p->subject->literal_type)) return NULL;
    return p->subject && p->subject->place ? p->subject : p->other && p->other->place ? p->other : NULL;
}

enum { MOST_TESTS = 3 };   /* if (item->id == id && item->is_listed): those beside the one that compares */

/* found = NULL; for (…) if (items[i].id == id) found = &items[i]: the test that it passed is what it was searched by. The same of
 * `return &items[i]`, where another way returns NULL. */
const fl_fact *fl_exec_found(fl_exec *x, const fl_state *s, const fl_fact *old, const fl_fact *value)
{
    bool was_null = old && old->literal_type && !(old->literal_type & ~FL_T_NULLISH);
    if (!was_null && !(old && old->may & FL_T_NULLISH && old->needle)) return value;
    if (value->place || value->needle || value->literal_type || !(value->types & (FL_T_OTHER | FL_T_DICT | FL_T_STRING | FL_T_LIST))) return value;
    const fl_cond *c = s->conditions;
    const fl_fact *needle = NULL;
    for (unsigned i = 0; c && i < MOST_TESTS && !(needle = searched_by(c)); i++) c = c->next;
    if (!needle) return value;
    fl_fact *f = fl_fact_copy(x, value);
    f->needle = needle;
    f->is_found = true;
    f->at = c->branch ? c->branch->node : value->at;
    return f;
}

/* while (p && p->id != id) p = p->next: where the loop ends `p` is the one that was searched, or null. */
void fl_exec_searched(fl_exec *x, const fl_activation *a, fl_state *s, const fl_cond *c)
{
    const fl_fact *needle = searched_by(c);
    const fl_fact *found = !needle ? NULL : needle == c->predicate->subject ? c->predicate->other : c->predicate->subject, *object = found ? found->receiver : NULL;
    if (!object || !object->vid || object->place || object->needle || object->value) return;
    if (!(object->types & FL_T_NULLISH) || fl_fact_types(s, object) & FL_T_NULLISH) return;   /* nobody asked whether the list ends */
    for (fl_var v = 1; v < a->func->vars.count; v++) {
        const fl_fact *held = fl_state_get(s, FL_KEY_VAR(a->id, v));
        if (!held || held->vid != object->vid) continue;
        fl_fact *f = fl_fact_copy(x, fl_fact_settled(x, s, held));
        f->needle = needle;
        f->is_found = true;
        f->at = c->branch ? c->branch->node : held->at;
        fl_state_put(x, s, FL_KEY_VAR(a->id, v), f);
    }
}

/* ---- memory to release ---- */

/* Told by the call that allocated, so that a loop in between does not matter. The state holds a marker: OTHER while this path has to release
 * it; joined with a path that does not, it is something else. */
static uint64_t key_of_memory(const fl_node *node) { return FL_KEY_FIELD(FL_VID_MEMORY, (uint32_t)((uintptr_t)node >> 3 & 0x3FFFFFFFu)); }

const fl_fact *fl_memory_allocate(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *node)
{
    fl_fact *own = fl_fact_copy(x, f);
    if (!own->vid) own->vid = x->next_vid++;
    own->allocated_at = node;
    fl_state_put(x, s, key_of_memory(node), fl_fact_new(x, FL_T_OTHER, 0));
    bool is_known = false;
    for (size_t i = 0; i < x->owned.count; i++) if (x->owned.items[i].node == node) { x->owned.items[i].frame = a->id; is_known = true; }
    if (!is_known) fl_vec_push(x->arena, &x->owned, (fl_owned){ node, a->id });
    return own;
}

void fl_memory_give(fl_exec *x, fl_state *s, const fl_fact *f)
{
    for (unsigned depth = 0; f && depth < 4; f = f->base, depth++)
        if (f->allocated_at) fl_state_put(x, s, key_of_memory(f->allocated_at), fl_fact_new(x, FL_T_UNDEFINED, 0));
}

static bool holds_memory(const fl_fact *result, const fl_node *node)
{
    for (unsigned depth = 0; result && depth < 4; result = result->base, depth++) if (result->allocated_at == node) return true;
    return false;
}

/* What this frame allocated and still has when it returns is lost, unless it returns it. */
void fl_memory_return(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *result, const fl_node *node)
{
    for (size_t i = 0; i < x->owned.count; i++) {
        fl_owned *o = &x->owned.items[i];
        const fl_fact *marker = o->frame == a->id ? fl_state_get(s, key_of_memory(o->node)) : NULL;
        if (!marker || marker->types != FL_T_OTHER) continue;
        if (result && holds_memory(result, o->node)) continue;   /* handed on, see fl_memory_hand_on */
        if (x->is_dry || x->in_error_handler) continue;
        if (!s->has_responded) continue;   /* elsewhere memory is kept in ways that are not seen here; an exit that answers is plain */
        fl_pending *p = fl_spot_memory(x, a, s, FL_WS_leak, NULL, (fl_condition){ 0 }, o->node, o->node);
        if (!p || p->spot.because) continue;
        p->fires = true;
        p->under = s->conditions;
        p->spot.shows = FL_S("leak");
        p->spot.related = node ? fl_node_span(node) : p->spot.span;
        p->spot.expected_status = s->first_answer ? s->first_answer->status : 0;
        p->spot.because = fl_because_add(x, fl_because_add(x, NULL, o->node, "it allocates, and this function has to release it"), node, "this exit does not release it");
    }
}

void fl_memory_hand_on(fl_exec *x, const fl_activation *a, const fl_fact *result)
{
    for (size_t i = 0; a->caller && i < x->owned.count; i++)
        if (x->owned.items[i].frame == a->id && holds_memory(result, x->owned.items[i].node)) x->owned.items[i].frame = a->caller->id;
}
