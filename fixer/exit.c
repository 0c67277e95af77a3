/*
 * How a function is left: where what it returns and what it holds matter, a refusal is written the way the function's own exits
 * are, with the clean-up they do. In order of trust:
 *
 *   its label        ret = send_error(…); goto cleanup;      when its other refusals jump, and all that the label's code reads is set here
 *   its releases     cJSON_Delete(json); return send_error(…);      what is live here, in the words in which other exits release it
 *   the rows         releases: {cJSON_Parse: cJSON_Delete}      when no exit of the function releases what is known to be owned
 *
 * A resource is a local name, or what a paired call took (a lock). It is live when the last thing that surely happened to it before
 * the exit made it so; what happened on some ways only is left alone, unless releasing nothing is harmless.
 * Assumes that text order is execution order, but for loops.
 */
#include <string.h>
#include "fixer/fixer_p.h"

bool fl_exits_matter(const fl_place *place)
{
    return fl_data_get_bool(place->spelling->data, "exits_matter", false);
}

/* ---- small questions ---- */

static const fl_node *plain(const fl_node *node)
{
    while (node && node->kind == FL_NODE_cast) node = fl_node_child(node, 0);
    return node;
}

/** `v` or `&v`; 0 for anything else. */
static fl_sym named(const fl_node *node, bool *is_address)
{
    node = plain(node);
    *is_address = node && node->kind == FL_NODE_unary && node->op == FL_OP_address;
    if (*is_address) node = plain(fl_node_child(node, 0));
    return node && node->kind == FL_NODE_name ? node->sym : FL_SYM_NONE;
}

static bool is_exit(const fl_node *node)
{
    return node->kind == FL_NODE_return_ || node->kind == FL_NODE_goto_ || node->kind == FL_NODE_throw_ || node->kind == FL_NODE_break_ ||
           node->kind == FL_NODE_continue_;
}

static const fl_node *last_of(const fl_node *node)
{
    const fl_node *last = node ? node->first : NULL;
    while (last && last->next) last = last->next;
    return last;
}

/** Does control never come out at the end of this statement? */
static bool leaves(const fl_node *node)
{
    if (!node || fl_node_is_absent(node)) return false;
    if (is_exit(node)) return true;
    if (node->kind == FL_NODE_block) return last_of(node) && leaves(last_of(node));
    if (node->kind == FL_NODE_if_) return leaves(fl_node_child(node, 1)) && leaves(fl_node_child(node, 2));
    return false;
}

static bool has_word(const fl_data *words, fl_str word)
{
    for (const fl_data *w = words ? words->first : NULL; w; w = w->next)
        if (fl_str_eq(w->text, word)) return true;
    return false;
}

static const fl_node *call_of(const fl_node *statement)
{
    const fl_node *inner = statement && statement->kind == FL_NODE_expression ? plain(fl_node_child(statement, 0)) : NULL;
    return inner && inner->kind == FL_NODE_call ? inner : NULL;
}

/** The name whose resource this statement gives back: `cJSON_Delete(json);`. */
static fl_sym released_by(fl_job *job, const fl_place *place, const fl_node *statement)
{
    const fl_node *call = call_of(statement), *argument = call ? fl_node_child(call, 1) : NULL;
    bool is_address;
    if (!argument || argument->next) return FL_SYM_NONE;
    fl_sym name = named(argument, &is_address);
    fl_str words = fl_words(job->arena, fl_sym_str(fl_callee_name(call))), word;
    const fl_data *known = fl_data_get_c(place->spelling->data, "release_words");
    while (name && fl_str_split(&words, ' ', &word))
        if (has_word(known, word)) return name;
    return FL_SYM_NONE;
}

/* ---- what has happened to a name ---- */

typedef enum happening { NOTHING, TAKEN, GONE } happening;
typedef struct history { happening last; bool is_unsure, is_null_before; uint32_t at; } history;

static bool is_unset(const fl_node *value)
{
    return !value || fl_node_is_absent(value) || value->kind == FL_NODE_null || value->kind == FL_NODE_opaque || value->kind == FL_NODE_dict ||
           value->kind == FL_NODE_number;
}

typedef struct watch { fl_job *job; const fl_place *place; fl_sym name; history h; } watch;

static void note(watch *w, happening what, uint32_t at, bool is_sure)
{
    if (!is_sure) {
        w->h.is_unsure |= what != w->h.last;
        if (what == TAKEN && w->h.last == NOTHING) w->h.at = at;
        return;
    }
    w->h.last = what;
    w->h.is_unsure = false;
    w->h.at = at;
}

/** Everything in an expression or a plain statement. */
static void watch_expression(watch *w, const fl_node *node, bool is_sure)
{
    bool is_address;
    if (!node || node->kind == FL_NODE_function) return;
    for (const fl_node *child = node->first; child; child = child->next) {
        bool is_side = (node->kind == FL_NODE_logical && child != node->first) || (node->kind == FL_NODE_conditional && child != node->first);
        watch_expression(w, child, is_sure && !is_side);
    }
    if (node->kind == FL_NODE_let && fl_declares(node, w->name)) {
        const fl_node *value = fl_node_child(node, 1);
        w->h.is_null_before = value && value->kind == FL_NODE_null;
        note(w, is_unset(plain(value)) ? NOTHING : TAKEN, node->start_byte, is_sure);
    } else if (node->kind == FL_NODE_assign && named(fl_node_child(node, 0), &is_address) == w->name && !is_address) {
        note(w, is_unset(plain(fl_node_child(node, 1))) ? GONE : TAKEN, node->start_byte, is_sure);
    } else if (node->kind == FL_NODE_call) {
        for (const fl_node *argument = fl_node_child(node, 1); argument; argument = argument->next)
            if (named(argument, &is_address) == w->name && is_address && !released_by(w->job, w->place, node->parent)) note(w, TAKEN, node->start_byte, is_sure);
        const fl_node *first = fl_node_child(node, 1);
        if (first && node->parent && named(first, &is_address) == w->name && released_by(w->job, w->place, node->parent) == w->name) note(w, GONE, node->start_byte, is_sure);
    }
}

static void watch_statement(watch *w, const fl_node *node, bool is_sure);

/** `v != NULL`, `v`: when that leaves, there is nothing behind it. */
static bool is_presence(const fl_node *test, fl_sym name)
{
    if (test->kind == FL_NODE_binary && (test->op == FL_OP_not_same || test->op == FL_OP_ne) && fl_node_child(test, 1)->kind == FL_NODE_null) test = fl_node_child(test, 0);
    return test->kind == FL_NODE_name && test->sym == name;
}

static void watch_list(watch *w, const fl_node *first, const fl_node *end, bool is_sure)
{
    for (const fl_node *s = first; s && s != end; s = s->next) {
        if (s->kind == FL_NODE_label && w->h.last == TAKEN && fl_is_jumped_to(s)) w->h.is_unsure = true;    /* or not yet, when it was jumped to */
        watch_statement(w, s, is_sure);
    }
    if (end && end->kind == FL_NODE_label && w->h.last == TAKEN && fl_is_jumped_to(end)) w->h.is_unsure = true;
}

static void watch_statement(watch *w, const fl_node *node, bool is_sure)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_if_:
        watch_expression(w, fl_node_child(node, 0), is_sure);
        if (leaves(fl_node_child(node, 1)) && is_presence(fl_node_child(node, 0), w->name)) note(w, NOTHING, node->start_byte, is_sure);
        for (const fl_node *arm = fl_node_child(node, 1); arm; arm = arm->next)
            if (!leaves(arm)) watch_statement(w, arm, false);
        break;
    case FL_NODE_block: watch_list(w, node->first, NULL, is_sure); break;
    case FL_NODE_loop: case FL_NODE_foreach: case FL_NODE_switch_: case FL_NODE_case_: case FL_NODE_try_:
        for (const fl_node *child = node->first; child; child = child->next) watch_statement(w, child, false);
        break;
    default: watch_expression(w, node, is_sure); break;
    }
}

/** What has happened before `node` runs. */
static history history_of(fl_job *job, const fl_place *place, const fl_node *node, fl_sym name)
{
    watch w = { .job = job, .place = place, .name = name };
    const fl_node *path[FL_LIMIT_TREE_DEPTH];
    size_t depth = 0;
    for (const fl_node *n = node; n && n != place->function && depth < FL_LIMIT_TREE_DEPTH; n = n->parent) path[depth++] = n;
    while (depth-- > 0) {
        const fl_node *below = path[depth], *above = below->parent;
        if (!above) continue;
        if (above->kind == FL_NODE_block || above->kind == FL_NODE_case_ || above->kind == FL_NODE_module) watch_list(&w, above->first, below, true);
        else if (above->kind == FL_NODE_if_ && fl_node_child(above, 0) != below) watch_expression(&w, fl_node_child(above, 0), true);
        else if (above->kind == FL_NODE_loop && fl_node_child(above, 3) == below) watch_expression(&w, fl_node_child(above, 0), true);
    }
    return w.h;
}

/* ---- what is live ---- */

typedef struct release { fl_sym name; const fl_node *statement; } release;
typedef FL_VEC(release) releases;

static void find_releases(fl_job *job, const fl_place *place, const fl_node *node, releases *out)
{
    fl_sym name = released_by(job, place, node);
    if (name) fl_vec_push(job->arena, out, (release){ name, node });
    for (const fl_node *child = node->first; child; child = child->next)
        if (child->kind != FL_NODE_function) find_releases(job, place, child, out);
}

/** A function of the project that begins by asking about its argument, or one of the rows' `null_tolerant`. */
static bool bears_null(fl_job *job, const fl_place *place, fl_sym callee)
{
    if (has_word(fl_data_get_c(place->spelling->data, "null_tolerant"), fl_sym_str(callee))) return true;
    const fl_node *function = fl_workshop_function(job->shop, callee), *body = function ? fl_node_child(function, 2) : NULL;
    const fl_node *first = body && body->kind == FL_NODE_block ? body->first : NULL;
    fl_sym param = function ? fl_param_name(function, 0) : FL_SYM_NONE;
    return first && param && first->kind == FL_NODE_if_ && fl_mentions(fl_node_child(first, 0), param);
}

static bool is_local(const fl_place *place, const fl_node *at, fl_sym name)
{
    const fl_node *declaration = fl_declaration_of(at, name);
    return declaration && declaration->kind == FL_NODE_let && fl_function_of(declaration) == place->function;
}

static bool mentions_in_list(const fl_node *from, const fl_node *to, fl_sym name)
{
    for (const fl_node *s = from; s; s = s->next) {
        if (fl_mentions(s, name)) return true;
        if (s == to) break;
    }
    return false;
}

static void add_text(fl_job *job, fl_lines *out, fl_str text)
{
    for (size_t i = 0; i < out->count; i++)
        if (fl_str_eq(out->items[i], text)) return;
    fl_vec_push(job->arena, out, text);
}

/** The rows know what gives back what this call made; empty when they do not. */
static fl_str giver_of(const fl_place *place, const fl_node *value)
{
    const fl_node *call = plain(value);
    const fl_data *rows = fl_data_get_c(place->spelling->data, "releases");
    if (!rows || !call || call->kind != FL_NODE_call) return FL_S("");
    return fl_data_str(fl_data_get(rows, fl_sym_str(fl_callee_name(call))), FL_S(""));
}

/** Is it handed on between its making and here, other than as the first thing a call works on? */
static bool is_handed_on(const fl_node *node, fl_sym name, uint32_t from, uint32_t to)
{
    bool is_address;
    if (node->start_byte >= to || node->end_byte <= from) return false;
    if (node->start_byte > from && node->kind == FL_NODE_call) {
        const fl_node *first = fl_node_child(node, 1);
        for (const fl_node *argument = first ? first->next : NULL; argument; argument = argument->next)
            if (named(argument, &is_address) == name) return true;
    }
    if (node->start_byte > from && node->kind == FL_NODE_assign && named(fl_node_child(node, 1), &is_address) == name) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (is_handed_on(child, name, from, to)) return true;
    return false;
}

static const fl_node *last_value(const fl_node *node, fl_sym name, uint32_t before)
{
    const fl_node *found = NULL;
    bool is_address;
    if (node->start_byte >= before) return NULL;
    if (node->kind == FL_NODE_let && fl_declares(node, name)) found = fl_node_child(node, 1);
    if (node->kind == FL_NODE_assign && node->end_byte <= before && named(fl_node_child(node, 0), &is_address) == name && !is_address) found = fl_node_child(node, 1);
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *later = last_value(child, name, before);
        if (later) found = later;
    }
    return found;
}

const fl_node *fl_value_before(const fl_node *function, const fl_node *at, fl_sym name)
{
    const fl_node *body = function ? fl_node_child(function, 2) : NULL;
    return body ? last_value(body, name, at->start_byte) : NULL;
}

static void owned_by_rows(fl_job *job, const fl_place *place, const fl_node *node, const fl_node *at, const releases *known, fl_sym skipped, fl_lines *out)
{
    for (const fl_node *child = node->first; child && child->start_byte < at->start_byte; child = child->next) {
        if (child->kind == FL_NODE_function) continue;
        owned_by_rows(job, place, child, at, known, skipped, out);
        if (child->kind != FL_NODE_let || fl_node_child(child, 0)->kind != FL_NODE_name) continue;
        fl_sym name = fl_node_child(child, 0)->sym;
        if (name == skipped || !is_local(place, at, name)) continue;
        bool is_released = false;
        for (size_t i = 0; i < known->count; i++) is_released |= known->items[i].name == name;
        history h = history_of(job, place, at, name);
        fl_str giver = giver_of(place, fl_value_before(place->function, at, name));
        bool is_harmless = h.is_null_before && giver.len && bears_null(job, place, fl_sym_of(giver));
        if (!giver.len || is_released || h.last != TAKEN || (h.is_unsure && !is_harmless)) continue;
        if (is_handed_on(fl_node_child(place->function, 2), name, h.at, at->start_byte)) continue;
        add_text(job, out, fl_spell(job->arena, place->spelling, "call", (fl_hole[]){ { "x", giver }, { "argument", fl_sym_str(name) }, { 0 } }));
    }
}

/* ---- what paired calls took ---- */

static fl_str arguments_of(const fl_place *place, const fl_node *call)
{
    const fl_node *first = fl_node_child(call, 1), *last = first;
    while (last && last->next) last = last->next;
    return first ? fl_str_sub(place->file->text, first->start_byte, last->end_byte) : FL_S("");
}

/** Locks that were taken before `at` in the lists around it, and not given back there. */
static void held_at(fl_job *job, const fl_place *place, const fl_node *at, fl_lines *out)
{
    const fl_data *pairs = fl_data_get_c(place->spelling->data, "pairs");
    fl_lines taken = { 0 };
    const fl_node *path[FL_LIMIT_TREE_DEPTH];
    size_t depth = 0;
    for (const fl_node *n = at; pairs && n && n != place->function && depth < FL_LIMIT_TREE_DEPTH; n = n->parent) path[depth++] = n;
    while (depth-- > 0) {
        const fl_node *list = path[depth]->parent;
        if (!list || (list->kind != FL_NODE_block && list->kind != FL_NODE_case_)) continue;
        for (const fl_node *s = list->first; s && s != path[depth]; s = s->next) {
            const fl_node *call = call_of(s);
            if (!call || !fl_callee_name(call)) continue;
            fl_str text = fl_text_of(place, call), giver = fl_data_str(fl_data_get(pairs, fl_sym_str(fl_callee_name(call))), FL_S(""));
            if (giver.len)
                fl_vec_push(job->arena, &taken, fl_spell(job->arena, place->spelling, "call", (fl_hole[]){ { "x", giver }, { "argument", arguments_of(place, call) }, { 0 } }));
            for (size_t i = 0; !giver.len && i < taken.count; i++)
                if (fl_str_eq(taken.items[i], text)) taken.items[i] = FL_S("");
        }
    }
    for (size_t i = taken.count; i-- > 0;)
        if (taken.items[i].len) add_text(job, out, taken.items[i]);
}

void fl_live_at(fl_job *job, const fl_place *place, const fl_node *at, fl_sym skipped, fl_lines *out)
{
    const fl_node *body = place->function ? fl_node_child(place->function, 2) : NULL;
    releases all = { 0 };
    if (!body || body->kind != FL_NODE_block) return;
    find_releases(job, place, body, &all);
    for (size_t i = 0; i < all.count; i++) {
        const release *r = &all.items[i];
        bool is_later_again = false;
        for (size_t k = i + 1; k < all.count; k++) is_later_again |= all.items[k].name == r->name;
        if (is_later_again || r->name == skipped || !is_local(place, at, r->name)) continue;
        history h = history_of(job, place, at, r->name);
        if (r->statement->start_byte < h.at) continue;               /* it gave back an earlier one */
        bool is_harmless = h.is_null_before && bears_null(job, place, fl_callee_name(call_of(r->statement)));
        if (h.is_unsure ? !(is_harmless && h.last != GONE) : h.last != TAKEN) continue;
        add_text(job, out, fl_text_of(place, call_of(r->statement)));
    }
    owned_by_rows(job, place, body, at, &all, skipped, out);
    held_at(job, place, at, out);
}

/* ---- how the other refusals of a function leave ---- */

typedef enum frame_kind { FRAME_NONE, FRAME_RETURN, FRAME_ASSIGN, FRAME_CALL } frame_kind;
typedef struct frame { frame_kind kind; fl_str target, exit; fl_sym target_name; const fl_node *label_name; } frame;

/** The answer and the exit that `statement` (a refusal, or what is followed by its exit) stands for. */
static frame frame_of(const fl_file *file, const fl_node *statement)
{
    frame f = { 0 };
    if (statement->kind == FL_NODE_return_) {
        if (plain(fl_node_child(statement, 0)) && plain(fl_node_child(statement, 0))->kind == FL_NODE_call) f.kind = FRAME_RETURN;
        return f;
    }
    const fl_node *inner = statement->kind == FL_NODE_expression ? fl_node_child(statement, 0) : NULL, *exit = statement->next;
    while (exit && !is_exit(exit) && exit->kind == FL_NODE_expression) exit = exit->next;     /* releases behind the answer */
    if (!inner || !exit || !is_exit(exit)) return f;
    if (inner->kind == FL_NODE_assign && fl_node_child(inner, 0)->kind == FL_NODE_name) {
        f.kind = FRAME_ASSIGN;
        f.target = fl_node_text(file, fl_node_child(inner, 0));
        f.target_name = fl_node_child(inner, 0)->sym;
    } else {
        f.kind = FRAME_CALL;
    }
    f.exit = fl_node_text(file, exit);
    f.label_name = exit->kind == FL_NODE_goto_ ? exit : NULL;
    return f;
}

static fl_sym answering(const fl_node *statement)
{
    const fl_node *inner = plain(fl_node_child(statement, 0));
    if (inner && inner->kind == FL_NODE_assign) inner = plain(fl_node_child(inner, 1));
    return inner && inner->kind == FL_NODE_call ? fl_callee_name(inner) : FL_SYM_NONE;
}

/** The nearest refusal of this function that is made by `callee` (0: any that jumps), those before the place first. */
static void nearest_frame(const fl_place *place, const fl_node *node, fl_sym callee, bool refuses, frame *found, uint32_t *distance)
{
    for (const fl_node *child = node->first; child; child = child->next) {
        if (child->kind == FL_NODE_function) continue;
        nearest_frame(place, child, callee, refuses, found, distance);
        if ((child->kind != FL_NODE_return_ && child->kind != FL_NODE_expression) || !child->first) continue;
        fl_sym its = answering(child);
        if (!its || (callee && its != callee)) continue;
        frame f = frame_of(place->file, child);
        if (f.kind == FRAME_NONE || (!callee && !f.label_name) || (refuses && !fl_error_status_in(child))) continue;
        uint32_t at = place->node->start_byte, d = child->start_byte < at ? at - child->start_byte : 0x40000000u + (child->start_byte - at);
        if (d < *distance) {
            *distance = d;
            *found = f;
        }
    }
}

static const fl_node *label_in(const fl_node *node, fl_sym name)
{
    if (node->kind == FL_NODE_label && node->sym == name) return node;
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = child->kind == FL_NODE_function ? NULL : label_in(child, name);
        if (found) return found;
    }
    return NULL;
}

static bool is_pointer(const fl_node *let)
{
    const fl_node *type = fl_node_child(let, 2);
    return !fl_node_is_absent(type) && type->kind == FL_NODE_type_name && fl_str_ends(fl_sym_str(type->sym), FL_S("*"));
}

/** Does the clean-up only hand the name to what bears null, or ask about it first? */
static bool is_null_borne(fl_job *job, const fl_place *place, const fl_node *label, fl_sym name)
{
    const fl_node *s = fl_node_child(label, 0) && !fl_node_is_absent(fl_node_child(label, 0)) ? fl_node_child(label, 0) : label->next;
    for (; s; s = s == fl_node_child(label, 0) ? label->next : s->next) {
        if (!fl_mentions(s, name)) continue;
        if (s->kind == FL_NODE_if_ && fl_mentions(fl_node_child(s, 0), name)) continue;
        if (released_by(job, place, s) == name && bears_null(job, place, fl_callee_name(call_of(s)))) continue;
        return false;
    }
    return true;
}

/** The declaration and whether something surely wrote to it before the place. */
static bool is_set_before(fl_job *job, const fl_place *place, const fl_node *let, fl_sym name)
{
    const fl_node *value = fl_node_child(let, 1);
    if (value && !fl_node_is_absent(value) && value->kind != FL_NODE_opaque) return true;
    history h = history_of(job, place, place->node, name);
    return h.last != NOTHING && !h.is_unsure;
}

/** May control jump from the place to the label? Adds what must be set first. */
static bool can_jump(fl_job *job, const fl_place *place, const fl_node *label, fl_sym result, fl_edits *edits)
{
    const fl_node *list = label->parent, *body = fl_node_child(place->function, 2);
    if (!fl_node_within(place->node, list) || label->start_byte < place->node->start_byte) return false;
    bool over_initialisers = fl_data_get_bool(place->spelling->data, "jumps_over_initialisers", true);
    fl_str null_value = fl_spelling_row(place->spelling, "null_value");
    const fl_node *here = place->node;
    while (here->parent != list) here = here->parent;
    for (const fl_node *s = here->next; s && s != label; s = s->next) {
        if (s->kind != FL_NODE_let || fl_node_child(s, 0)->kind != FL_NODE_name) continue;
        const fl_node *value = fl_node_child(s, 1);
        bool is_set = value && !fl_node_is_absent(value) && value->kind != FL_NODE_opaque;
        if (!over_initialisers && is_set) return false;
        if (mentions_in_list(label, NULL, fl_node_child(s, 0)->sym) && fl_node_child(s, 0)->sym != result) return false;
    }
    if (!over_initialisers && here->kind == FL_NODE_let) return false;
    for (const fl_node *scope = list; scope; scope = scope == body ? NULL : scope->parent) {
        for (const fl_node *s = scope->first; s && s->start_byte < place->node->start_byte; s = s->next) {
            if (s->kind != FL_NODE_let || fl_node_child(s, 0)->kind != FL_NODE_name) continue;
            fl_sym name = fl_node_child(s, 0)->sym;
            if (name == result || !mentions_in_list(label, NULL, name) || is_set_before(job, place, s, name)) continue;
            if (!is_pointer(s) || !null_value.len || !is_null_borne(job, place, label, name)) return false;
            fl_str text = fl_spell(job->arena, place->spelling, "assign", (fl_hole[]){ { "name", FL_S("") }, { "value", null_value }, { 0 } });
            uint32_t end = fl_node_child(s, 0)->end_byte;
            fl_edit_push(job, edits, place, end, end, text);
        }
    }
    return true;
}

static bool same_result(const fl_node *a, const fl_node *b)
{
    const fl_node *x = a ? fl_node_child(a, 1) : NULL, *y = b ? fl_node_child(b, 1) : NULL;
    if (fl_node_is_absent(x) || fl_node_is_absent(y)) return true;   /* inferred */
    return x->kind == y->kind && x->sym == y->sym;
}

bool fl_is_void_function(const fl_node *function)
{
    const fl_node *type = function ? fl_node_child(function, 1) : NULL;
    return !fl_node_is_absent(type) && type->kind == FL_NODE_type_name && fl_str_eq_c(fl_sym_str(type->sym), "void");
}

/** Names of the text's function only: what its exit returns cannot be said elsewhere. */
static bool has_locals(const fl_node *node, const fl_node *function)
{
    if (node->kind == FL_NODE_name) {
        const fl_node *declaration = fl_declaration_of(node, node->sym);
        return declaration && fl_node_within(declaration, function);
    }
    for (const fl_node *child = node->first; child; child = child->next)
        if (has_locals(child, function)) return true;
    return false;
}

static fl_str unterminated(const fl_place *place, fl_str statement)
{
    fl_str terminator = fl_spelling_row(place->spelling, "terminator");
    return terminator.len && fl_str_ends(statement, terminator) ? fl_str_sub(statement, 0, statement.len - terminator.len) : statement;
}

static frame foreign_frame(fl_job *job, const fl_place *place, const fl_node *sample, fl_str answer)
{
    const fl_node *theirs = sample ? fl_function_of(sample) : NULL;
    frame f = { FRAME_NONE, FL_S(""), FL_S(""), 0, NULL };
    fl_str back = fl_spelling_row(place->spelling, "return");
    if (!theirs) {                                                   /* a model's own text: it says itself how it ends */
        f.kind = FRAME_CALL;
        fl_str last = answer;
        for (ptrdiff_t cut; (cut = fl_str_find_char(last, FL_NEWLINE)) >= 0;) last = fl_str_sub(last, (size_t)cut + 1, last.len);
        last = unterminated(place, fl_str_trim(last));
        bool says_how = fl_str_starts(last, back), is_bare = fl_str_eq(last, back);
        if (says_how && !is_bare) return fl_is_void_function(place->function) ? (frame){ 0 } : f;
        if (!says_how) f.exit = back;
        bool gives_nothing = fl_is_void_function(place->function) || fl_node_is_absent(fl_node_child(place->function, 1));
        return gives_nothing ? f : (frame){ 0 };
    }
    const fl_file *file = job->shop->api->project->files[fl_node_file(sample)];
    f = frame_of(file, sample);
    if (f.kind == FRAME_NONE && fl_is_void_function(place->function)) return (frame){ .kind = FRAME_CALL, .exit = back };
    if (!same_result(place->function, theirs)) return (frame){ 0 };
    if (f.kind == FRAME_ASSIGN) {                                    /* what is given to the caller in the end */
        return fl_is_void_function(place->function) ? (frame){ 0 } : (frame){ .kind = FRAME_RETURN };
    }
    if (f.kind == FRAME_CALL && f.label_name) return fl_is_void_function(theirs) ? (frame){ .kind = FRAME_CALL, .exit = back } : (frame){ 0 };
    if (f.kind == FRAME_CALL) {
        const fl_node *exit = sample->next;
        while (exit && !is_exit(exit)) exit = exit->next;
        if (exit && has_locals(exit, theirs)) return (frame){ 0 };
    }
    return f;
}

static void put_line(fl_job *job, const fl_place *place, fl_buf *out, fl_str line, bool is_last)
{
    if (out->len) fl_buf_format(out, "%c%c", FL_NEWLINE, FL_INDENT);
    fl_buf_add(out, is_last ? line : fl_terminated(job, place, line));
}

bool fl_leave(fl_job *job, const fl_place *place, const fl_node *sample, fl_str answer, fl_str *statement, fl_edits *edits)
{
    const fl_node *body = place->function ? fl_node_child(place->function, 2) : NULL, *label = NULL;
    if (!body || body->kind != FL_NODE_block) return false;
    bool is_absence = job->spot->hint != FL_HINT_CHECK_RANGE && job->spot->hint != FL_HINT_CHECK_NOT_EMPTY;
    fl_sym subject = place->value && plain(place->value)->kind == FL_NODE_name && !place->path.len && is_absence ? plain(place->value)->sym : FL_SYM_NONE;
    uint32_t distance = UINT32_MAX;
    frame f = { 0 };
    fl_edits needed = { 0 };
    fl_sym callee = sample ? answering(sample) : FL_SYM_NONE;
    if (callee) nearest_frame(place, body, callee, fl_error_status_in(sample) != 0, &f, &distance);
    if (f.kind == FRAME_NONE && callee) nearest_frame(place, body, FL_SYM_NONE, false, &f, &distance);
    if (f.kind != FRAME_NONE && f.label_name) {
        label = label_in(body, f.label_name->sym);
        if (!label || !can_jump(job, place, label, f.target_name, &needed)) {
            needed.count = 0;
            label = NULL;
            f = f.kind == FRAME_ASSIGN && !fl_is_void_function(place->function) ? (frame){ .kind = FRAME_RETURN } : (frame){ 0 };
        }
    }
    if (f.kind == FRAME_NONE) f = foreign_frame(job, place, sample, answer);
    if (f.kind == FRAME_NONE) return false;
    fl_lines live = { 0 };
    fl_live_at(job, place, place->node, subject, &live);
    fl_str done = label ? fl_str_sub(place->file->text, label->start_byte, label->parent->end_byte) : FL_S("");
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < live.count; i++)                          /* behind the label: released there, with what its code bears */
        if (!label || fl_str_find(done, live.items[i]) < 0) put_line(job, place, &out, live.items[i], false);
    fl_str line, rest = answer;
    char separator = FL_NEWLINE;
    while (fl_str_split(&rest, separator, &line)) {                  /* an answer may take more than one statement */
        bool is_last = !rest.len;
        line = unterminated(place, fl_str_trim(line));
        if (is_last && f.kind == FRAME_RETURN)
            line = fl_spell(job->arena, place->spelling, "return_value", (fl_hole[]){ { "x", line }, { 0 } });
        else if (is_last && f.kind == FRAME_ASSIGN)
            line = fl_spell(job->arena, place->spelling, "assign", (fl_hole[]){ { "name", f.target }, { "value", line }, { 0 } });
        put_line(job, place, &out, line, is_last && !f.exit.len);
    }
    fl_str exit = unterminated(place, fl_str_trim(f.exit));
    if (exit.len) put_line(job, place, &out, exit, true);
    *statement = fl_str_copy(job->arena, fl_buf_str(&out));
    fl_buf_release(&out);
    fl_edits_append(job, edits, &needed);
    return true;
}
