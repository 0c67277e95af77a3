/*
 * Positions in texts, where taking a part from beyond the end throws (`throws` of what slices): what find() gives when there is nothing to
 * be found, and numbers that the program writes.
 *
 *     auto at = cookie.find("token=");             -1, that is the largest number, when it is not there
 *     return cookie.substr(at + 6);                throws then: 5 is more than the length of a shorter text
 */
#include "extractor/flow/call_p.h"

static bool is_text(const fl_state *s, const fl_fact *f) { return f && f->place && !f->is_coerced && fl_fact_types(s, f) & FL_T_STRING; }

/* Where the state says that this text has that one: asked for again, it is found again. */
static uint64_t key_of_known(fl_exec *x, const fl_state *s, const fl_fact *text, const fl_fact *wanted)
{
    fl_str name;
    return wanted && text->place && fl_fact_text(wanted, s, &name) ? FL_KEY_FIELD(text->place->vid, fl_sym_of(fl_str_format(x->arena, " has " FL_STR_FMT, FL_STR_ARG(name)))) : 0;
}

/* cookie.find("token="): the Cookie header read by hand has a cookie of that name. */
static void note_cookie(fl_exec *x, const fl_state *s, const fl_fact *text, const fl_fact *wanted, const fl_node *node)
{
    fl_str name;
    bool is_header = !x->is_dry && text->place->in == FL_IN_HEADER && fl_str_eq_c(fl_sym_str(text->place->key), "cookie");
    if (!is_header || !wanted || !fl_fact_text(wanted, s, &name) || name.len < 2 || name.ptr[name.len - 1] != '=') return;
    fl_place_child(x, fl_place_root(x, FL_IN_COOKIE), fl_sym_of(fl_str_sub(name, 0, name.len - 1)), node)->is_read = true;
}

const fl_fact *fl_position_find(fl_exec *x, const fl_state *s, const fl_fact *text, const fl_fact *wanted, const fl_node *node)
{
    if (!x->builtins || !x->builtins->has_raw_memory || !is_text(s, text)) return NULL;
    note_cookie(x, s, text, wanted, node);
    uint64_t known = key_of_known(x, s, text, wanted);
    if (known && fl_state_get(s, known)) return fl_fact_new(x, FL_T_NUMBER, 0);
    fl_miss *miss = FL_NEW(x->arena, fl_miss);
    *miss = (fl_miss){ .kind = FL_WS_missing_match, .status = text->place->in == FL_IN_HEADER ? 401 : 400, .origin = node, .certainty = FL_CERTAIN };
    fl_fact *f = fl_fact_new(x, FL_T_NUMBER, 0);
    f->vid = x->next_vid++;
    f->is_position = true;
    f->base = text;
    f->needle = wanted;
    f->miss = miss;
    f->at = node;
    f->because = fl_because_add(x, text->because, node, "it is -1 when the text does not have it");
    return f;
}

const fl_fact *fl_position_moved(fl_exec *x, const fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r)
{
    fl_str text;
    int64_t n;
    if (!l->is_position || op != FL_OP_add || !fl_fact_text(r, s, &text) || !fl_str_to_int(text, &n) || n < 0 || n > 100000) return NULL;
    fl_fact *f = fl_fact_copy(x, l);
    f->part += (uint32_t)n;
    return f;
}

void fl_position_known(fl_exec *x, fl_state *s, const fl_fact *position)
{
    fl_refine_edit(x, s, position)->is_checked = true;
    uint64_t key = position->base ? key_of_known(x, s, position->base, position->needle) : 0;
    if (key) fl_state_put(x, s, key, fl_fact_literal(x, FL_T_BOOLEAN, 1));
    for (const fl_fact *f = position->base; f; f = f->is_derived ? f->base : NULL) fl_refine_edit(x, s, f)->is_checked_format = true;
}

void fl_position_slice(fl_exec *x, fl_activation *a, fl_state *s, const fl_model_call *c)
{
    const fl_fact *text = c->self, *from = fl_call_arg(c, 0);
    fl_str error = fl_sym_str(c->e->throws.error_type), number;
    int64_t n = 0;
    if (!from || !is_text(s, text) || !error.len) return;
    const fl_refine *known = fl_refine_of(s, from->is_position ? from : text);
    fl_condition trigger = { .at = fl_place_pointer(x, text->place) };
    if (from->is_position) {
        if ((known && known->is_checked) || from->part == 1 || !is_text(s, from->base)) return;   /* -1 + 1 is the beginning */
        trigger.at = fl_place_pointer(x, from->base->place);
        const fl_place *of = from->base->place;
        const fl_refine *there = fl_refine_of(s, &(fl_fact){ .vid = of->vid });
        bool is_named = of->in == FL_IN_HEADER || of->in == FL_IN_QUERY || of->in == FL_IN_COOKIE;   /* absent, it is read as an empty text */
        if (from->part >= 2 && is_named && (!there || there->types & FL_T_UNDEFINED)) trigger.kind = FL_COND_ABSENT;
        else if (from->part == 2) { trigger.kind = FL_COND_LENGTH_AT_MOST; trigger.value = fl_data_int(x->results, 0); }
        else { trigger.kind = FL_COND_EQUALS; trigger.value = fl_data_string(x->results, FL_S("~")); }
    } else {
        bool is_known = fl_fact_text(from, s, &number) && fl_str_to_int(number, &n) && n > 0;
        if (!is_known || text->is_derived || (known && (known->is_checked_format || known->equals_type || known->min_length >= (double)n))) return;
        trigger.kind = FL_COND_LENGTH_AT_MOST;
        trigger.value = fl_data_int(x->results, n - 1);
    }
    const fl_place *place = from->is_position ? from->base->place : text->place;
    fl_pending *p = fl_spot_memory(x, a, s, FL_WS_range_throws, place, trigger, c->node, fl_call_arg_node(c, 0));
    if (!p || p->spot.because) return;
    p->spot.hint = FL_HINT_CATCH;
    p->spot.failure = error;
    if (!s->may_have_responded) p->spot.shows = FL_S("");
    p->spot.expected_status = place->in == FL_IN_HEADER || place->in == FL_IN_COOKIE ? 401 : 400;
    if (from->is_position) p->spot.because = fl_because_add(x, from->because, c->node, "a part is taken from there");
    else p->spot.because = fl_because_add(x, text->because, c->node, "the text may be shorter than %lld", (long long)n);
    fl_exec_throw(x, a, fl_fact_error(x, error), c->node, s, p, false);
}
