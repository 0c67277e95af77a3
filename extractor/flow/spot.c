/*
 * Weak spots: a value that may be missing, of the wrong type, malformed or out of range meets an operation that cannot bear it.
 * Nothing is reported on a dry run or inside the error handler, and after the answer only what nobody catches. Whether it fires is settled later, when
 * it is known what catches the error.
 */
#include "extractor/flow/exec_p.h"

/* After the answer only what nobody catches shows, and it ends the process: a timer, an event, a promise that nobody waits for. */
static bool is_silent(const fl_exec *x, const fl_state *s)
{
    bool is_after = s->has_responded && (!s->first_answer || (x->builtins && x->builtins->has_raw_memory));
    return x->is_dry || is_after || x->in_error_handler;
}

static fl_span node_span(const fl_node *n) { return n ? fl_node_span(n) : (fl_span){ UINT32_MAX, 0, 0 }; }

static fl_pending *new_spot(fl_exec *x, fl_activation *a, const fl_state *s, fl_weak_spot_kind kind, const fl_node *node, const fl_node *subject)
{
    bool is_moved = false;
    const fl_activation *at = a;
    for (; node && fl_exec_is_library(x, node) && at && at->call_node; at = at->caller) {   /* it shows where the program called what stands for a package */
        node = at->call_node;
        is_moved = true;
    }
    if (is_moved) { subject = node; a = at ? (fl_activation *)(uintptr_t)at : a; }
    bool by_subject = x->builtins && x->builtins->missing_key.len;   /* a["b"]["c"]: that there is no "c", or that a["b"] is null */
    for (size_t i = 0; i < x->spots.count; i++)
        if (x->spots.items[i]->node == node && (!by_subject || x->spots.items[i]->spot.subject.start_byte == node_span(subject ? subject : node).start_byte) && (!by_subject || x->spots.items[i]->spot.subject.end_byte == node_span(subject ? subject : node).end_byte) && (x->spots.items[i]->spot.kind == kind || x->spots.items[i]->spot.kind == FL_WS_late_check)) return x->spots.items[i];
    fl_pending *p = FL_NEW(x->arena, fl_pending);
    p->node = node;
    p->under = s->conditions;
    p->spot.kind = kind;
    p->spot.span = node_span(node);
    p->spot.subject = node_span(subject ? subject : node);
    p->spot.origin = p->spot.subject;
    p->spot.function = node_span(a->func->node);
    p->spot.related = (fl_span){ UINT32_MAX, 0, 0 };
    p->spot.expected_status = 400;
    p->spot.failure = FL_S("TypeError");
    if (x->builtins && x->builtins->has_raw_memory) { p->spot.failure = FL_S(""); p->spot.shows = FL_S("exit"); }
    if (s->may_have_responded) p->spot.shows = FL_S("late");
    p->is_after = s->has_responded;
    p->spot.pointer = (fl_request_pointer){ FL_IN_NOWHERE, FL_S("") };
    fl_vec_push(x->arena, &x->spots, p);
    return p;
}

static void add_trigger(fl_exec *x, fl_pending *p, fl_condition c)
{
    (void)x;
    /* kept apart until the way there is known: the trigger comes last */
    p->spot.pointer = c.at;
    fl_vec_push(x->results, &p->spot.conditions, c);
}

static void from_place(fl_exec *x, fl_pending *p, const fl_place *place, unsigned may)
{
    fl_request_pointer at = fl_place_pointer(x, place);
    if (place->in != FL_IN_BODY && may & FL_T_NULL) may |= FL_T_UNDEFINED;   /* there is no null in a query, say: it is what absence gives */
    fl_condition c = { .at = at, .kind = may & FL_T_UNDEFINED ? FL_COND_ABSENT : FL_COND_NULL };
    bool is_raw = x->builtins && x->builtins->has_raw_memory;
    if (place->in == FL_IN_BODY && !place->parent) { if (may & FL_T_UNDEFINED || is_raw) c.kind = FL_COND_NO_BODY; p->spot.kind = FL_WS_missing_body; }
    if (place->in == FL_IN_HEADER && fl_str_eq_c(at.pointer, "/authorization")) { p->spot.kind = FL_WS_missing_identity; p->spot.expected_status = 401; }
    if (place->in == FL_IN_FILE) p->spot.kind = FL_WS_missing_file;
    if (may & FL_T_UNDEFINED) p->place = (fl_place *)(uintptr_t)place;
    add_trigger(x, p, c);
}

static fl_str source_of(fl_exec *x, const fl_node *n)
{
    if (!n || fl_exec_is_library(x, n)) return FL_S("the value");
    fl_file *file = fl_project_file(x->values->project, fl_node_file(n));
    fl_str text = fl_node_text(file, n);
    ptrdiff_t line = fl_str_find_char(text, '\n');
    return line >= 0 || text.len > 60 ? FL_S("the value") : text;
}

fl_pending *fl_spot_memory(fl_exec *x, fl_activation *a, const fl_state *s, fl_weak_spot_kind kind, const fl_place *place, fl_condition trigger, const fl_node *node, const fl_node *subject)
{
    if (x->is_dry || x->in_error_handler || (s->has_responded && kind != FL_WS_leak)) return NULL;
    fl_pending *p = new_spot(x, a, s, kind, node, subject);
    if (p->spot.because || !place) return p;
    p->spot.expected_status = place->in == FL_IN_PATH && kind == FL_WS_out_of_bounds_index ? 404 : 400;
    if (place->first_use) p->spot.origin = node_span(place->first_use);
    add_trigger(x, p, trigger);
    return p;
}

fl_pending *fl_spot_missing(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *node, const fl_node *subject)
{
    if (is_silent(x, s)) return NULL;
    unsigned may = fl_fact_may(s, f) & FL_T_NULLISH;
    if (!f->miss && !f->place) return NULL;   /* missing for reasons of the program alone: no request shows it */
    fl_pending *p = new_spot(x, a, s, f->miss ? f->miss->kind : FL_WS_missing_field, node, subject);
    if (p->spot.because) return p;
    p->spot.hint = FL_HINT_CHECK_PRESENT;
    if (f->miss) {
        p->spot.expected_status = f->miss->status;
        p->spot.certainty = f->miss->certainty;
        p->spot.origin = node_span(f->miss->origin);
        for (size_t i = 0; i < f->miss->triggers.count; i++) add_trigger(x, p, f->miss->triggers.items[i]);
        if (f->miss->kind == FL_WS_missing_field && f->place) p->place = f->place;
        if (f->miss->kind == FL_WS_wrong_type && f->base) { p->spot.hint = FL_HINT_CHECK_TYPE; p->spot.expected_types = fl_json_of_types(f->types); }
        if (f->miss->kind == FL_WS_missing_identity && !f->miss->triggers.count) p->spot.pointer.in = FL_IN_IDENTITY;
    } else {
        from_place(x, p, f->place, may);
        p->spot.origin = node_span(f->place->first_use);
    }
    fl_str text = source_of(x, subject);
    p->spot.gives_null = f->fallback && f->fallback->literal_type == FL_T_NULL;
    p->spot.because = fl_because_add(x, f->because, subject ? subject : node, "`" FL_STR_FMT "` may be %s", FL_STR_ARG(text), may & FL_T_UNDEFINED && !p->spot.gives_null && !(x->builtins && x->builtins->has_raw_memory) ? "undefined" : "null");
    return p;
}

static fl_str type_words(fl_exec *x, unsigned types)
{
    static const struct { unsigned type; const char *word; } words[] = { { FL_T_STRING, "a string" }, { FL_T_NUMBER, "a number" }, { FL_T_LIST, "a list" }, { FL_T_BOOLEAN, "a boolean" }, { FL_T_DICT, "an object" }, { FL_T_FUNCTION, "a function" } };
    fl_str out = FL_S("");
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (types & words[i].type) out = out.len ? fl_str_format(x->results, FL_STR_FMT " or %s", FL_STR_ARG(out), words[i].word) : fl_str_from(words[i].word);
    return out;
}

fl_pending *fl_spot_type(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, unsigned wanted, const fl_node *node, const fl_node *subject)
{
    if (is_silent(x, s) || !f->place) return NULL;
    fl_pending *p = new_spot(x, a, s, FL_WS_wrong_type, node, subject);
    if (p->spot.because) return p;
    p->spot.hint = FL_HINT_CHECK_TYPE;
    p->spot.expected_types = fl_json_of_types(wanted);
    fl_condition c = { .at = fl_place_pointer(x, f->place), .kind = FL_COND_NOT_TYPE, .types = p->spot.expected_types };
    add_trigger(x, p, c);
    p->spot.origin = node_span(f->place->first_use);
    p->spot.because = fl_because_add(x, f->because, subject ? subject : node, "`" FL_STR_FMT "` need not be " FL_STR_FMT, FL_STR_ARG(source_of(x, subject)), FL_STR_ARG(type_words(x, wanted)));
    return p;
}

fl_pending *fl_spot_throws(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_effect *e, const fl_node *node, const fl_node *subject)
{
    const fl_refine *r = fl_refine_of(s, f);
    bool has_gap = r && e->throws.overflow && (r->admits_words || r->admits_digits), is_overflow = has_gap && !r->admits_words;
    if (is_silent(x, s) || (r && ((r->is_checked_format && !has_gap) || r->is_finite))) return NULL;
    fl_weak_spot_kind kind = FL_WS_parse_throws;
    for (int k = 0; k < FL_WS_COUNT; k++) {
        fl_str id = fl_str_from(fl_weak_spot_infos[k].id), want = fl_sym_str(e->throws.weak_spot);
        bool is_same = id.len == want.len;
        for (size_t i = 0; is_same && i < id.len; i++) is_same = id.ptr[i] == want.ptr[i] || (id.ptr[i] == '-' && want.ptr[i] == '_');
        if (is_same) kind = (fl_weak_spot_kind)k;
    }
    fl_pending *p = new_spot(x, a, s, kind, node, subject);
    p->parsed = f->is_derived ? NULL : f->place;
    if (p->spot.because) return p;
    p->spot.hint = FL_HINT_CATCH;
    if (!s->may_have_responded) p->spot.shows = FL_S("");
    p->spot.expected_status = e->throws.status;
    p->spot.failure = fl_sym_str(is_overflow ? e->throws.overflow : e->throws.error_type);
    fl_condition c = { .at = fl_place_pointer(x, f->place), .kind = FL_COND_MALFORMED, .value = fl_data_string(x->results, is_overflow ? FL_S("digits") : fl_sym_str(e->throws.malformed)) };
    add_trigger(x, p, c);
    p->spot.origin = node_span(f->place->first_use);
    p->spot.because = fl_because_add(x, f->because, node, "it throws when `" FL_STR_FMT "` %s", FL_STR_ARG(source_of(x, subject)), is_overflow ? "has too many digits" : "is malformed");
    return p;
}

/* A validator that throws what nobody answers. */
fl_pending *fl_spot_invalid(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_schema *schema, const fl_fact *error, const fl_node *node)
{
    if (is_silent(x, s) || !f->place) return NULL;
    fl_pending *p = new_spot(x, a, s, FL_WS_parse_throws, node, node);
    if (p->spot.because) return p;
    fl_str name = error->type ? fl_sym_str(error->type->name) : FL_S("");
    p->spot.hint = FL_HINT_CATCH;
    p->spot.failure = name;
    p->error_type = error->type;
    fl_condition c = { .at = fl_place_pointer(x, f->place), .kind = FL_COND_NOT_TYPE, .types = schema->types };
    add_trigger(x, p, c);
    p->spot.origin = node_span(f->place->first_use);
    p->spot.because = fl_because_add(x, f->because, node, "the validator throws when the value does not fit");
    return p;
}

fl_pending *fl_spot_range(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_range *range, const fl_node *node, const fl_node *subject)
{
    const fl_refine *r = fl_refine_of(s, f);
    if (is_silent(x, s) || (!range && r && r->is_non_empty)) return NULL;
    bool is_low_safe = range && r && r->is_bounded_low && r->low >= range->low, is_high_safe = range && r && r->is_bounded_high && r->high <= range->high;
    if (range && ((is_low_safe && is_high_safe) || (r && r->equals_type))) return NULL;
    fl_pending *p = new_spot(x, a, s, FL_WS_range_throws, node, subject);
    if (p->spot.because) return p;
    p->spot.failure = range ? fl_sym_str(range->error_type) : x->builtins && x->builtins->missing_part.len ? x->builtins->missing_part : FL_S("TypeError");
    if (!range) {
        p->spot.hint = FL_HINT_CHECK_NOT_EMPTY;
        fl_condition empty = { .kind = FL_COND_LENGTH_AT_MOST, .value = fl_data_int(x->results, 0) };
        if (f->miss && !f->place) { for (size_t i = 0; i < f->miss->triggers.count; i++) add_trigger(x, p, f->miss->triggers.items[i]); p->spot.certainty = f->miss->certainty; }
        else { empty.at = fl_place_pointer(x, f->place); add_trigger(x, p, empty); }
        p->spot.because = fl_because_add(x, f->because, node, "it throws when `" FL_STR_FMT "` is empty", FL_STR_ARG(source_of(x, subject)));
        return p;
    }
    p->spot.hint = FL_HINT_CHECK_RANGE;
    p->spot.low = range->low;
    p->spot.high = range->high;
    bool is_over = !is_high_safe;
    fl_condition c = { .at = fl_place_pointer(x, f->place), .kind = is_over ? FL_COND_GREATER : FL_COND_LESS, .value = fl_data_double(x->results, is_over ? range->high : range->low) };
    add_trigger(x, p, c);
    p->spot.origin = node_span(f->place->first_use);
    p->spot.because = fl_because_add(x, f->because, node, "it throws when `" FL_STR_FMT "` is outside %g … %g", FL_STR_ARG(source_of(x, subject)), range->low, range->high);
    return p;
}

/* The newest test about the request on the way to a throw, or about a look-up that the request decides: what makes it happen. */
static const fl_cond *trigger_of(const fl_cond *c)
{
    while (c && !c->place && !(c->predicate->subject && c->predicate->subject->miss && c->predicate->subject->miss->triggers.count)) c = c->next;
    return c;
}

bool fl_spot_trigger(fl_exec *x, fl_pending *p, const fl_cond *newest)
{
    const fl_cond *trigger = trigger_of(newest);
    fl_condition c;
    if (!trigger) return false;
    p->under = trigger->next;
    if (!trigger->place) {
        const fl_miss *miss = trigger->predicate->subject->miss;
        for (size_t i = 0; i < miss->triggers.count; i++) add_trigger(x, p, miss->triggers.items[i]);
        return true;
    }
    if (!fl_condition_from(x, trigger, &c)) {
        fl_predicate_kind kind = trigger->predicate->kind;
        bool is_form = kind == FL_PRED_MATCHES || kind == FL_PRED_FORMAT || kind == FL_PRED_FINITE || kind == FL_PRED_INTEGER;
        c = (fl_condition){ .at = fl_place_pointer(x, trigger->place), .kind = is_form ? FL_COND_MALFORMED : FL_COND_NOT_FOUND };
        if (is_form) c.value = fl_data_string(x->results, FL_S("id"));
    }
    add_trigger(x, p, c);
    return true;
}

static bool is_in_catch(const fl_node *node)
{
    for (; node && node->parent && node->kind != FL_NODE_function; node = node->parent)
        if (node->parent->kind == FL_NODE_try_ && node == fl_node_child(node->parent, 2)) return true;
    return false;
}

/* if (!film) res.status(404).end(); res.json(film): reached behind the first answer without a further test, in the same function. */
fl_pending *fl_spot_second_answer(fl_exec *x, fl_activation *a, const fl_state *s, const fl_node *node, fl_str error)
{
    const fl_first_answer *first = s->first_answer;
    if (x->is_dry || x->in_error_handler || !first || first->frame != a->id || first->node == node || is_in_catch(node)) return NULL;
    const fl_cond *way = first->conditions;
    while (way && way != s->conditions) way = way->next;
    if (way != s->conditions) return NULL;
    for (size_t i = 0; i < x->spots.count; i++) {   /* what it answers with fails before */
        const fl_node *other = x->spots.items[i]->node;
        if (other != node && fl_node_file(other) == fl_node_file(node) && other->start_byte >= node->start_byte && other->end_byte <= node->end_byte) return NULL;
    }
    fl_pending *p = new_spot(x, a, s, FL_WS_second_answer, node, node);
    if (p->spot.because) return p;
    p->under = first->conditions;
    p->spot.failure = error;
    p->spot.expected_status = first->status ? first->status : 200;
    p->spot.related = node_span(first->node);
    if (!fl_spot_trigger(x, p, first->conditions) && first->conditions) p->spot.certainty = FL_POSSIBLE;
    p->spot.because = fl_because_add(x, fl_because_add(x, NULL, first->node, "the first answer is sent here, and nothing ends the handler"), node, "this answers again");
    return p;
}

/* catch (error) { throw new Error(…) }: what was caught decides, not the tests on the way to the try. */
static bool is_thrown_on(const fl_node *node, const fl_cond *newest)
{
    const fl_cond *trigger = trigger_of(newest);
    const fl_node *test = trigger && trigger->branch ? trigger->branch->node : NULL;
    for (; node && node->parent && node->kind != FL_NODE_function; node = node->parent)
        if (node->parent->kind == FL_NODE_try_ && node == fl_node_child(node->parent, 2))
            return !test || test->start_byte < node->start_byte || test->end_byte > node->end_byte || fl_node_file(test) != fl_node_file(node);
    return false;
}

fl_pending *fl_spot_rejection(fl_exec *x, const fl_throw *t, const fl_node *site)
{
    fl_activation at = { .func = fl_exec_func(x, fl_node_enclosing(site, FL_NODE_function) ? fl_node_enclosing(site, FL_NODE_function) : x->handler) };
    fl_pending *p = new_spot(x, &at, t->state, FL_WS_unhandled_rejection, site, site);
    if (p->spot.because) return p;
    p->fires = true;
    p->spot.hint = FL_HINT_FORWARD_ERROR;
    p->spot.shows = x->framework && x->framework->async_shows.len ? x->framework->async_shows : FL_S("exit");
    p->spot.origin = node_span(t->node);
    p->spot.failure = FL_S("");
    p->spot.expected_status = 0;
    if (!fl_spot_trigger(x, p, t->state->conditions) || is_thrown_on(t->node, t->state->conditions)) p->spot.certainty = FL_POSSIBLE;
    p->spot.because = fl_because_add(x, fl_because_add(x, NULL, t->node, "it throws here"), site, "nobody handles the rejection");
    return p;
}

void fl_spot_late_check(fl_exec *x, const fl_refine *used, const fl_node *check)
{
    fl_pending *p = used->used_spot;
    if (!p || p->spot.kind == FL_WS_late_check) return;
    p->spot.kind = FL_WS_late_check;
    p->spot.hint = FL_HINT_MOVE_BELOW_CHECK;
    p->spot.related = fl_node_span(check);
    p->spot.because = fl_because_add(x, p->spot.because, check, "it is checked only here");
}

/* What names a look-up: the callee as it is written. */
static fl_sym sibling_key(fl_exec *x, const fl_node *call)
{
    fl_str text = source_of(x, call->first);
    return fl_str_eq_c(text, "the value") ? 0 : fl_sym_of(text);
}

void fl_spot_sibling(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *f, const fl_node *use, const fl_node *subject)
{
    if (x->is_dry || !f->base || !f->at || f->at->kind != FL_NODE_call || f->place || s->has_responded || x->in_error_handler) return;
    fl_span call = fl_node_span(f->at);
    fl_sibling *known = NULL;
    for (size_t i = 0; i < x->siblings.count; i++)
        if (x->siblings.items[i].call.start_byte == call.start_byte && x->siblings.items[i].call.file == call.file) known = &x->siblings.items[i];
    if (!known) {
        fl_sibling fresh = { .key = sibling_key(x, f->at), .call = call, .is_checked = !use };
        if (!fresh.key) return;
        fl_vec_push(x->arena, &x->siblings, fresh);
        known = &x->siblings.items[x->siblings.count - 1];
    }
    if (!use) { known->is_checked = true; return; }
    if (known->spot.because) return;
    fl_weak_spot *w = &known->spot;
    *w = (fl_weak_spot){ .kind = FL_WS_inconsistent_sibling, .certainty = FL_POSSIBLE, .span = node_span(use), .subject = node_span(subject ? subject : use), .origin = call, .function = node_span(a->func->node),
                         .related = { UINT32_MAX, 0, 0 }, .expected_status = 404, .hint = FL_HINT_CHECK_PRESENT, .failure = FL_S("TypeError"), .shows = FL_S("500") };
    w->pointer = (fl_request_pointer){ FL_IN_NOWHERE, FL_S("") };
    if (f->needle && f->needle->place) {
        fl_condition c = { .at = fl_place_pointer(x, f->needle->place), .kind = FL_COND_NOT_FOUND };
        w->pointer = c.at;
        fl_vec_push(x->results, &w->conditions, c);
    }
    w->because = fl_because_add(x, NULL, f->at, "other handlers check what `" FL_STR_FMT "` finds", FL_STR_ARG(fl_sym_str(known->key)));
}

void fl_spot_settle(fl_exec *x, const fl_state *s, bool failed)
{
    if (x->is_dry) return;
    for (const fl_pending_list *p = s->pending; p; p = p->next) {
        if (failed) p->spot->fires |= !p->spot->is_after;
        else p->spot->is_silenced = true;
    }
}
