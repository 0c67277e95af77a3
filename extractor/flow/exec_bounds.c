/*
 * Sizes: an index that the request chooses into an array whose length is known, a divisor that may be zero, text of any length
 * copied into an array. What a test bounded is silent (narrow.c keeps the bounds).
 */
#include "extractor/flow/exec_p.h"

/* ---- declared types ---- */

static const fl_node *field_of(const fl_exec *x, fl_str record, fl_sym name)
{
    for (uint32_t m = 0; m < x->values->project->file_count; m++) {
        const fl_file *file = x->values->modules[m].file;
        for (const fl_node *n = file && file->root ? file->root->first : NULL; n; n = n->next) {
            const fl_node *declared = n->kind == FL_NODE_export ? n->first : n;
            if (!declared || declared->kind != FL_NODE_interface || !fl_str_eq(fl_sym_str(declared->sym), record)) continue;
            const fl_node *body = fl_node_child(declared, 1);
            for (const fl_node *f = body ? body->first : NULL; f; f = f->next) if (f->kind == FL_NODE_field && f->sym == name) return fl_node_child(f, 1);
        }
    }
    return NULL;
}

static fl_str name_of_type(const fl_node *type) { return type && type->kind == FL_NODE_type_name ? fl_sym_str(type->sym) : FL_S(""); }

static fl_str type_of_declared(const fl_node *declared)
{
    for (const fl_node *n = declared; n; n = n->parent) {
        if (n->kind == FL_NODE_let || n->kind == FL_NODE_param) return name_of_type(fl_node_child(n, 2));
        if (n != declared && n->kind != FL_NODE_export) break;
    }
    return FL_S("");
}

/* char[8][24] → char[24], note * → note */
static fl_str element_type(fl_exec *x, fl_str type)
{
    ptrdiff_t open = fl_str_find_char(type, '['), close = fl_str_find_char(type, ']');
    if (open >= 0 && close > open)
        return fl_str_format(x->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_str_sub(type, 0, (size_t)open)), FL_STR_ARG(fl_str_sub(type, (size_t)close + 1, type.len)));
    while (type.len && (type.ptr[type.len - 1] == '*' || type.ptr[type.len - 1] == ' ')) type.len--;
    return type;
}

static fl_str declared_type(fl_exec *x, const fl_activation *a, const fl_node *n, unsigned depth)
{
    if (!n || depth > 6) return FL_S("");
    switch ((fl_node_kind)n->kind) {
    case FL_NODE_name: {
        for (const fl_activation *up = a; up; up = up->outer) {
            fl_var var = fl_flow_find_var(up->func, n->sym);
            if (var) return type_of_declared(up->func->vars.items[var].declared);
        }
        const fl_cell *cell = a->scope ? fl_scope_find(a->scope, n->sym) : NULL;
        return cell ? type_of_declared(cell->declared) : FL_S("");
    }
    case FL_NODE_member: {
        fl_str record = declared_type(x, a, n->first, depth + 1);
        if (n->flags & FL_FLAG_ARROW) record = element_type(x, record);
        return record.len ? name_of_type(field_of(x, record, n->sym)) : record;
    }
    case FL_NODE_index: return element_type(x, declared_type(x, a, n->first, depth + 1));
    default: return FL_S("");
    }
}

/* The first dimension of an array, 0 when it is none or of unknown length. */
static int64_t extent_of(fl_str type)
{
    ptrdiff_t open = fl_str_find_char(type, '['), close = fl_str_find_char(type, ']');
    int64_t n = 0;
    return open >= 0 && close > open && fl_str_to_int(fl_str_sub(type, (size_t)open + 1, (size_t)close), &n) ? n : 0;
}

static bool is_unsigned(fl_str type) { return fl_str_starts(type, FL_S("unsigned")) || fl_str_starts(type, FL_S("size_t")) || fl_str_starts(type, FL_S("uint")); }

/* ---- bounds ---- */

/* The tightest that the tests on the way say of the value, or of what it was made from. */
static void bounds_of(const fl_state *s, const fl_fact *f, double *low, double *high, bool *is_not_zero)
{
    *low = -1e308;
    *high = 1e308;
    for (unsigned depth = 0; f && depth < 4; f = f->is_coerced ? f->base : NULL, depth++) {
        const fl_refine *r = fl_refine_of(s, f);
        if (!r) continue;
        if (r->is_bounded_low && r->low + (r->is_open_low ? 1 : 0) > *low) *low = r->low + (r->is_open_low ? 1 : 0);
        if (r->is_bounded_high && r->high - (r->is_open_high ? 1 : 0) < *high) *high = r->high - (r->is_open_high ? 1 : 0);
        *is_not_zero |= r->is_not_zero || (r->equals_type && r->equals_type != FL_T_NUMBER);
        double n;
        if (r->equals_type == FL_T_NUMBER && fl_str_to_double(fl_sym_str(r->equals), &n)) *low = *high = n;
    }
}

void fl_bounds_index(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *object, const fl_fact *index, const fl_node *node)
{
    if (!index->place || index->types != FL_T_NUMBER || !node || node->kind != FL_NODE_index) return;
    int64_t length = object->value && object->value->kind == FL_V_LIST ? (int64_t)object->value->items.count : 0;
    int64_t declared = extent_of(declared_type(x, a, node->first, 0));
    if (declared) length = declared;
    if (length <= 0) return;
    double low, high;
    bool is_not_zero = false;
    bounds_of(s, index, &low, &high, &is_not_zero);
    bool is_low_safe = low >= 0 || is_unsigned(declared_type(x, a, fl_node_child(node, 1), 0)), is_high_safe = high < (double)length;
    const fl_refine *tested = fl_refine_of(s, index);
    is_high_safe = is_high_safe || (tested && tested->is_checked_format);   /* i < list.size() */
    if (is_low_safe && is_high_safe) return;
    fl_condition c = { .at = fl_place_pointer(x, index->place), .kind = is_high_safe ? FL_COND_LESS : FL_COND_AT_LEAST, .value = fl_data_int(x->results, is_high_safe ? 0 : length) };
    fl_pending *p = fl_spot_memory(x, a, s, FL_WS_out_of_bounds_index, index->place, c, node, fl_node_child(node, 1));
    if (!p || p->spot.because) return;
    p->spot.hint = FL_HINT_CHECK_RANGE;
    p->spot.low = 0;
    p->spot.high = (double)length - 1;
    p->spot.because = fl_because_add(x, index->because, node, "the client chooses the index, and there are %lld elements", (long long)length);
    fl_exec_throw(x, a, NULL, node, s, p, false);
}

void fl_bounds_first(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *list, const fl_node *node)
{
    const fl_refine *r = fl_refine_of(s, list);
    const fl_place *place = list->place ? list->place : list->needle ? list->needle->place : NULL;
    if (!place || (r && r->is_non_empty)) return;
    fl_condition c = { .at = fl_place_pointer(x, place), .kind = list->place ? FL_COND_LENGTH_AT_MOST : FL_COND_NOT_FOUND, .value = list->place ? fl_data_int(x->results, 0) : NULL };
    fl_pending *p = fl_spot_memory(x, a, s, FL_WS_out_of_bounds_index, place, c, node, node->first ? node->first->first : node);
    if (!p || p->spot.because) return;
    p->spot.hint = FL_HINT_CHECK_NOT_EMPTY;
    p->spot.because = fl_because_add(x, list->because, node, "there is no such element when nothing was found");
    fl_exec_throw(x, a, NULL, node, s, p, false);
}

/* sum(xs) / len(xs) */
static void divide_by_length(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *divisor, const fl_node *node)
{
    const fl_fact *list = divisor->base;
    const fl_refine *r = list ? fl_refine_of(s, list) : NULL;
    bool is_safe = !list || !list->place || list->is_derived || (r && (r->is_non_empty || r->min_length > 0)) || (list->schema && list->schema->has_min_items && list->schema->min_items > 0);
    if (is_safe) return;
    fl_condition c = { .at = fl_place_pointer(x, list->place), .kind = FL_COND_LENGTH_AT_MOST, .value = fl_data_int(x->results, 0) };
    fl_pending *p = fl_spot_memory(x, a, s, FL_WS_division_by_zero, list->place, c, node, fl_node_child(node, 1));
    if (!p || p->spot.because) return;
    p->spot.hint = FL_HINT_CHECK_NOT_EMPTY;
    p->spot.failure = x->builtins->zero_divisor;
    p->spot.because = fl_because_add(x, list->because, node, "the client may send an empty list, and its length divides");
    fl_exec_throw(x, a, fl_fact_error(x, p->spot.failure), node, s, p, false);
}

void fl_bounds_divide(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *divisor, const fl_node *node)
{
    bool throws = x->builtins && x->builtins->zero_divisor.len;
    unsigned types = throws ? fl_fact_types(s, divisor) : divisor->types;
    if (divisor->is_length_of && divisor->base && node && (throws || node->flags & FL_FLAG_WHOLE)) { divide_by_length(x, a, s, divisor, node); return; }
    if (!divisor->place || types != FL_T_NUMBER || !node || !(throws || node->flags & FL_FLAG_WHOLE)) return;
    double low, high;
    bool is_not_zero = false;
    bounds_of(s, divisor, &low, &high, &is_not_zero);
    if (is_not_zero || low > 0 || high < 0) return;
    fl_condition c = { .at = fl_place_pointer(x, divisor->place), .kind = FL_COND_EQUALS, .value = fl_data_int(x->results, 0) };
    fl_pending *p = fl_spot_memory(x, a, s, FL_WS_division_by_zero, divisor->place, c, node, fl_node_child(node, 1));
    if (!p || p->spot.because) return;
    p->spot.hint = FL_HINT_CHECK_RANGE;
    p->spot.low = 1;
    p->spot.high = 1e308;
    if (throws) p->spot.failure = x->builtins->zero_divisor;
    p->spot.because = fl_because_add(x, divisor->because, node, throws ? "the client may send 0, and it is divided by it" : "the client may send 0, and a whole number is divided by it");
    fl_exec_throw(x, a, throws ? fl_fact_error(x, p->spot.failure) : NULL, node, s, p, false);
}

/* malloc(64), calloc(1, 64): what the call is given are sizes alone, and all of them are written there. */
static int64_t allocated_bytes(const fl_fact *memory)
{
    const fl_node *call = memory ? memory->allocated_at : NULL;
    int64_t bytes = 1, n = 0;
    if (!call || call->kind != FL_NODE_call || !call->first) return 0;
    for (const fl_node *arg = call->first->next; arg; arg = arg->next) {
        while (arg->kind == FL_NODE_cast && arg->first && !arg->first->next) arg = arg->first;
        if (arg->kind != FL_NODE_number || !fl_str_to_int(fl_sym_str(arg->sym), &n) || n <= 0 || n > 1 << 20) return 0;
        bytes *= n;
        if (bytes > 1 << 20) return 0;
    }
    return call->first->next ? bytes : 0;
}

/* strlen(text) + 1 */
const fl_fact *fl_bounds_longer(fl_exec *x, fl_op op, const fl_fact *l, const fl_fact *r)
{
    bool is_longer = op == FL_OP_add && x->builtins && x->builtins->has_raw_memory && l->is_length_of && r->literal_type == FL_T_NUMBER;
    if (!is_longer) return NULL;
    fl_fact *f = fl_fact_new(x, FL_T_NUMBER, 0);
    f->is_longer = true;
    f->base = l->base;
    return f;
}

void fl_bounds_write(fl_exec *x, fl_activation *a, fl_state *s, const fl_fact *from, const fl_fact *memory, bool is_bare, const fl_node *to, const fl_node *node)
{
    fl_str type = declared_type(x, a, to, 0);
    int64_t room = extent_of(type);
    if (room <= 0) room = allocated_bytes(memory);
    if (!from->place || room <= 0 || !fl_str_starts(type, FL_S("char"))) return;
    const fl_fact *f = from;
    for (unsigned depth = 0; f && depth < 4; f = f->base, depth++) {
        const fl_refine *r = fl_refine_of(s, f);
        if (r && ((r->has_max_length && r->max_length < (double)(room + is_bare)) || r->equals_type)) return;
        const fl_schema *limits = f->schema;
        if (limits && limits->has_max_length && limits->max_length < room + is_bare) return;
    }
    if (!(fl_fact_types(s, from) & FL_T_STRING)) return;
    fl_condition c = { .at = fl_place_pointer(x, from->place), .kind = FL_COND_LENGTH_AT_LEAST, .value = fl_data_int(x->results, room + is_bare) };
    fl_pending *p = fl_spot_memory(x, a, s, FL_WS_buffer_overflow, from->place, c, node, to);
    if (!p || p->spot.because) return;
    p->spot.hint = FL_HINT_CHECK_RANGE;
    p->spot.low = 0;
    p->spot.high = (double)room - 1;
    p->spot.because = fl_because_add(x, from->because, node, "the text may be longer than the %lld characters that there is room for", (long long)room - 1);
    fl_exec_throw(x, a, NULL, node, s, p, false);
}
