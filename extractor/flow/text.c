/*
 * Texts of the request line while a handler runs: what tests of method and url answer on this way, and which other ways there are
 * (text_p.h). Read fl_text_compare first; note_way() notes another way.
 */
#include "extractor/flow/text_p.h"
#include <string.h>

/* ---- other ways ---- */

/* Is the test, or its contrary, what is returned? */
static bool is_part_of_return(const fl_node *node)
{
    for (const fl_node *up = node->parent; up; up = up->parent) {
        if (up->kind == FL_NODE_return_) return true;
        if (up->kind != FL_NODE_unary && up->kind != FL_NODE_binary && up->kind != FL_NODE_logical && up->kind != FL_NODE_cast) return false;
    }
    return false;
}

/* A helper that returns the test is asked by its caller: that line chooses the way. */
static const fl_node *choosing(const fl_activation *a, const fl_node *node)
{
    while (a && a->caller && a->call_node && is_part_of_return(node)) { node = a->call_node; a = a->caller; }
    return node;
}

static fl_template whole(fl_exec *x, const fl_text *t, const fl_template *body)
{
    fl_template front = fl_template_join(x->arena, &t->before, body);
    return fl_template_join(x->arena, &front, &t->after);
}

/* The way on which the text is `body`. `names` of its holes may be NULL. */
static void note_way(fl_exec *x, const fl_activation *a, const fl_text *t, const fl_template *body, const fl_sym *names, const fl_node *node)
{
    fl_dispatch *d = x->dispatch;
    fl_pins p = d->pins;
    p.subjects[t->subject] = whole(x, t, body);
    p.node = choosing(a, node);
    if (t->subject == FL_SUBJECT_URL) {
        memset(p.names, 0, sizeof p.names);
        unsigned first = fl_template_holes(&t->before);
        for (unsigned i = 0; names && first + i < FL_TEMPLATE_HOLES; i++) p.names[first + i] = names[i];
    }
    d->is_open[t->subject] = true;
    if (d->forks.count < FL_LIMIT_DISPATCH_WAYS) fl_vec_push(x->arena, &d->forks, p);
}

static fl_template part_of(fl_exec *x, const fl_template *t, unsigned from, unsigned to)
{
    fl_template out = { 0 };
    for (unsigned i = from; i < to && i < t->count; i++) fl_template_add(x->arena, &out, t->parts[i].hole, t->parts[i].literal);
    return out;
}

/* ---- facts ---- */

const fl_fact *fl_text_fact(fl_exec *x, const fl_text *text, const fl_node *node)
{
    fl_str literal;
    fl_fact *f;
    const fl_template *b = &text->body;
    unsigned hole = fl_template_holes(&text->before);
    if (fl_template_literal(b, &literal)) f = fl_fact_copy(x, fl_fact_literal(x, FL_T_STRING, fl_sym_of(literal)));
    else if (b->count == 1 && text->subject == FL_SUBJECT_URL && hole < FL_TEMPLATE_HOLES) {
        fl_sym name = x->dispatch->pins.names[hole];
        if (!name) name = fl_sym_of(fl_str_format(x->arena, "%u", hole));
        f = fl_fact_copy(x, fl_place_fact(x, fl_place_child(x, fl_place_root(x, FL_IN_PATH), name, node), node));
        fl_request_pointer at = fl_place_pointer(x, f->place);
        f->because = fl_because_add(x, NULL, node, "%s " FL_STR_FMT " comes from the client", fl_location_text(at.in), FL_STR_ARG(at.pointer));
        x->dispatch->is_used[hole] = true;
    } else f = fl_fact_new(x, FL_T_STRING, 0);
    f->text = text;
    return f;
}

const fl_fact *fl_text_of_subject(fl_exec *x, fl_subject subject, const fl_node *node)
{
    fl_text *t = FL_NEW(x->arena, fl_text);
    t->subject = subject;
    t->body = x->dispatch->pins.subjects[subject];
    bool is_bare = t->body.count == 1 && t->body.parts[0].hole != FL_HOLE_NONE;   /* nothing is known of it: no parameter */
    if (!is_bare || subject == FL_SUBJECT_METHOD) return fl_text_fact(x, t, node);
    fl_fact *f = fl_fact_new(x, FL_T_STRING, 0);
    f->text = t;
    return f;
}

const fl_fact *fl_text_below(fl_exec *x, size_t count, const fl_node *node)
{
    const fl_template *whole = &x->dispatch->pins.subjects[FL_SUBJECT_URL];
    const fl_part *first = whole->count ? &whole->parts[0] : NULL;
    if (count <= 1) return fl_text_of_subject(x, FL_SUBJECT_URL, node);
    if (!first || first->hole != FL_HOLE_NONE || first->literal.len < count) return fl_fact_new(x, FL_T_STRING, 0);   /* mounted below a parameter */
    fl_text *t = FL_NEW(x->arena, fl_text);
    t->subject = FL_SUBJECT_URL;
    fl_template_add(x->arena, &t->before, FL_HOLE_NONE, fl_str_sub(first->literal, 0, count));
    if (first->literal.len > count) fl_template_add(x->arena, &t->body, FL_HOLE_NONE, fl_str_sub(first->literal, count, first->literal.len));
    for (unsigned i = 1; i < whole->count; i++) fl_template_add(x->arena, &t->body, whole->parts[i].hole, whole->parts[i].literal);
    if (!t->body.count) return fl_fact_literal(x, FL_T_STRING, fl_sym_of(FL_S("/")));
    if (t->body.count > 1 || t->body.parts[0].hole == FL_HOLE_NONE) return fl_text_fact(x, t, node);
    fl_fact *f = fl_fact_new(x, FL_T_STRING, 0);   /* nothing is known of it: no parameter */
    f->text = t;
    return f;
}

static const fl_fact *slice(fl_exec *x, const fl_text *of, fl_template before, fl_template body, fl_template after, const fl_node *node)
{
    fl_text *t = FL_NEW(x->arena, fl_text);
    *t = (fl_text){ of->subject, before, body, after, false, false };
    return fl_text_fact(x, t, node);
}

/* body from byte `at` of part `part` on. */
static const fl_fact *slice_from(fl_exec *x, const fl_text *t, unsigned part, size_t at, const fl_node *node)
{
    fl_template before = part_of(x, &t->body, 0, part), body = { 0 };
    before = fl_template_join(x->arena, &t->before, &before);
    if (part < t->body.count && t->body.parts[part].hole == FL_HOLE_NONE) {
        fl_str text = t->body.parts[part].literal;
        fl_template_add(x->arena, &before, FL_HOLE_NONE, fl_str_sub(text, 0, at));
        fl_template_add(x->arena, &body, FL_HOLE_NONE, fl_str_sub(text, at, text.len));
        part++;
    }
    fl_template rest = part_of(x, &t->body, part, t->body.count);
    return slice(x, t, before, fl_template_join(x->arena, &body, &rest), t->after, node);
}

const fl_fact *fl_text_skip(fl_exec *x, const fl_fact *f, int64_t count, const fl_node *node)
{
    const fl_text *t = f->text;
    if (!t || t->is_length || count < 0) return NULL;
    if (!count) return f;
    for (unsigned i = 0; i < t->body.count; i++) {
        const fl_part *p = &t->body.parts[i];
        if (p->hole != FL_HOLE_NONE) return NULL;
        if ((size_t)count < p->literal.len || ((size_t)count == p->literal.len && i + 1 == t->body.count)) return slice_from(x, t, i, (size_t)count, node);
        count -= (int64_t)p->literal.len;
        if (!count) return slice_from(x, t, i + 1, 0, node);
    }
    return NULL;
}

const fl_fact *fl_text_character(fl_exec *x, const fl_fact *f, int64_t at, const fl_node *node)
{
    if (!x->dispatch || !x->builtins || !x->builtins->has_raw_memory) return NULL;
    const fl_fact *from = fl_text_skip(x, f, at, node);
    if (!from || !from->text) return NULL;
    const fl_template *b = &from->text->body;
    if (!b->count || b->parts[0].hole == FL_HOLE_NONE)
        return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%d", b->count ? (unsigned char)b->parts[0].literal.ptr[0] : 0)));
    fl_text *t = FL_NEW(x->arena, fl_text);
    *t = *from->text;
    t->is_char = true;
    fl_fact *c = fl_fact_new(x, FL_T_NUMBER, 0);
    c->text = t;
    return c;
}

/* ---- tests ---- */

static bool is_method_name(fl_str s)
{
    for (size_t i = 0; i < s.len; i++) if (!((s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || s.ptr[i] == '-')) return false;
    return s.len >= 2 && s.len <= 16;
}

static fl_str with_case(fl_exec *x, fl_str s, char from, char to)
{
    fl_str copy = fl_str_copy(x->arena, s);
    for (size_t i = 0; i < copy.len; i++)
        if (copy.ptr[i] >= from && copy.ptr[i] <= to) ((char *)(uintptr_t)copy.ptr)[i] = (char)(copy.ptr[i] ^ 32);
    return copy;
}

static int compare_method(fl_exec *x, const fl_activation *a, const fl_text *t, fl_str wanted, bool ignores_case, const fl_node *node)
{
    fl_str own;
    if (fl_template_literal(&t->body, &own)) return ignores_case ? fl_str_eq_nocase(own, wanted) : fl_str_eq(own, wanted);
    if (!is_method_name(wanted)) return 0;
    fl_template body = fl_template_of(with_case(x, wanted, 'a', 'z'));
    note_way(x, a, t, &body, NULL, node);
    return 0;
}

static int compare_prefix(fl_exec *x, const fl_activation *a, const fl_text *t, fl_str wanted, const fl_node *node)
{
    for (unsigned i = 0; i < t->body.count; i++) {
        const fl_part *p = &t->body.parts[i];
        if (!wanted.len) return 1;
        if (p->hole == FL_HOLE_NONE) {
            size_t n = wanted.len < p->literal.len ? wanted.len : p->literal.len;
            if (!fl_str_eq(fl_str_sub(p->literal, 0, n), fl_str_sub(wanted, 0, n))) return 0;
            wanted = fl_str_sub(wanted, n, wanted.len);
            continue;
        }
        if (p->hole != FL_HOLE_REST) return 0;
        fl_template body = part_of(x, &t->body, 0, i), rest = part_of(x, &t->body, i, t->body.count);
        fl_template_add(x->arena, &body, FL_HOLE_NONE, wanted);
        body = fl_template_join(x->arena, &body, &rest);
        note_way(x, a, t, &body, NULL, node);
        return 0;
    }
    return !wanted.len;
}

static int compare_suffix(fl_exec *x, const fl_activation *a, const fl_text *t, fl_str wanted, const fl_node *node)
{
    const fl_part *last = t->body.count ? &t->body.parts[t->body.count - 1] : NULL;
    if (!last) return !wanted.len;
    if (last->hole == FL_HOLE_NONE) return fl_str_ends(last->literal, wanted);
    if (last->hole != FL_HOLE_REST) return 0;
    fl_template body = part_of(x, &t->body, 0, t->body.count - 1);
    if (body.count || t->before.count) fl_template_add(x->arena, &body, FL_HOLE_SEGMENT, FL_S(""));
    fl_template_add(x->arena, &body, FL_HOLE_NONE, wanted);
    note_way(x, a, t, &body, NULL, node);
    return 0;
}

static int compare_contains(fl_exec *x, const fl_activation *a, const fl_text *t, fl_str wanted, const fl_node *node)
{
    for (unsigned i = 0; i < t->body.count; i++)
        if (t->body.parts[i].hole == FL_HOLE_NONE && fl_str_find(t->body.parts[i].literal, wanted) >= 0) return 1;
    return compare_suffix(x, a, t, wanted, node);
}

/* Could a text that is `t`, whose rest is open, be of the form `p`? */
static bool could_become(const fl_template *t, const fl_template *p)
{
    unsigned i = 0, k = 0;
    size_t m = 0, n = 0;
    while (i < t->count && k < p->count) {
        if (t->parts[i].hole == FL_HOLE_REST) return true;
        if (t->parts[i].hole != FL_HOLE_NONE || p->parts[k].hole != FL_HOLE_NONE) {
            if (m || n || t->parts[i].hole == FL_HOLE_NONE || p->parts[k].hole == FL_HOLE_NONE) return false;
            i++;
            k++;
            continue;
        }
        fl_str left = fl_str_sub(t->parts[i].literal, m, t->parts[i].literal.len), right = fl_str_sub(p->parts[k].literal, n, p->parts[k].literal.len);
        size_t both = left.len < right.len ? left.len : right.len;
        if (!fl_str_eq(fl_str_sub(left, 0, both), fl_str_sub(right, 0, both))) return false;
        m += both;
        n += both;
        if (m == t->parts[i].literal.len) { i++; m = 0; }
        if (n == p->parts[k].literal.len) { k++; n = 0; }
    }
    return i < t->count && t->parts[i].hole == FL_HOLE_REST;
}

static bool same_form(fl_exec *x, const fl_template *t, const fl_template *p)
{
    return fl_str_eq(fl_template_text(x->arena, t, NULL, "-"), fl_template_text(x->arena, p, NULL, "-"));
}

static int compare_pattern(fl_exec *x, const fl_activation *a, const fl_text *t, fl_str pattern, const fl_node *node)
{
    fl_sym names[FL_TEMPLATE_HOLES] = { 0 };
    fl_template form = fl_template_of_pattern(x->arena, pattern, names);
    fl_str own;
    if (fl_template_literal(&t->body, &own)) return fl_template_fits(&form, own) != 0;
    if (same_form(x, &t->body, &form)) return 1;
    if (could_become(&t->body, &form)) note_way(x, a, t, &form, names, node);
    return 0;
}

/* A pattern that begins like a path is meant from the beginning; what a last group takes is all that is left. */
static int compare_regex(fl_exec *x, const fl_activation *a, const fl_text *t, fl_str wanted, const fl_node *node)
{
    fl_template form;
    fl_str text, source = fl_str_starts(wanted, FL_S("/")) ? fl_str_format(x->arena, "^" FL_STR_FMT, FL_STR_ARG(wanted)) : wanted;
    if (!fl_template_of_regex(x->arena, source, &form)) return -1;
    if (form.count > 1 && form.parts[form.count - 1].hole == FL_HOLE_REST && form.parts[form.count - 2].hole == FL_HOLE_REST) form.count--;
    if (same_form(x, &t->body, &form)) return 1;
    if (fl_template_literal(&t->body, &text)) return fl_template_fits(&form, text) != 0;
    if (could_become(&t->body, &form)) note_way(x, a, t, &form, NULL, node);
    return 0;
}

static int compare_url(fl_exec *x, const fl_activation *a, const fl_text *t, fl_sym how, fl_str wanted, const fl_node *node)
{
    fl_str word = fl_sym_str(how);
    if (fl_str_eq_c(word, "prefix")) return compare_prefix(x, a, t, wanted, node);
    if (fl_str_eq_c(word, "suffix")) return compare_suffix(x, a, t, wanted, node);
    if (fl_str_eq_c(word, "contains")) return compare_contains(x, a, t, wanted, node);
    if (fl_str_eq_c(word, "pattern")) return compare_pattern(x, a, t, wanted, node);
    if (fl_str_eq_c(word, "regex")) return compare_regex(x, a, t, wanted, node);
    int fits = fl_template_fits(&t->body, wanted);
    if (fits != 1) return fits == 2;
    fl_template body = fl_template_of(wanted);
    note_way(x, a, t, &body, NULL, node);
    return 0;
}

int fl_text_compare(fl_exec *x, fl_activation *a, const fl_state *s, const fl_fact *l, const fl_fact *r, fl_sym how, int64_t length, bool ignores_case, const fl_node *node)
{
    if (!x->dispatch || !l || !r) return -1;
    bool is_symmetric = fl_str_eq_c(fl_sym_str(how), "equal") || fl_str_eq_c(fl_sym_str(how), "prefix");
    if (!l->text && r->text && is_symmetric) { const fl_fact *swap = l; l = r; r = swap; }
    const fl_text *t = l->text;
    fl_str wanted;
    if (!t || t->is_char || t->is_length || (r->text && r->types != FL_T_STRING) || !fl_fact_text(r, s, &wanted)) return -1;
    x->handler_start = x->steps;   /* finding the way is not what the budget is for */
    x->dispatch->is_tested[t->subject] = true;
    if (length >= 0 && (size_t)length <= wanted.len) {
        wanted = fl_str_sub(wanted, 0, (size_t)length);
        if (t->subject == FL_SUBJECT_URL) how = fl_sym_of(FL_S("prefix"));
    }
    bool is_method = t->subject == FL_SUBJECT_METHOD;
    int holds = is_method ? compare_method(x, a, t, wanted, ignores_case, node) : compare_url(x, a, t, how, wanted, node);
    if (holds > 0) x->dispatch->chosen = choosing(a, node);
    return holds;
}

static const fl_fact *truth(fl_exec *x, bool holds) { return fl_fact_literal(x, FL_T_BOOLEAN, holds); }

/* The first character of an open text. */
static int compare_character(fl_exec *x, const fl_activation *a, const fl_text *t, int64_t wanted, const fl_node *node)
{
    const fl_part *first = &t->body.parts[0];
    if (first->hole != FL_HOLE_REST) return wanted == 0 || wanted == '/' ? 0 : -1;
    if (wanted < 0 || wanted > 127) return -1;
    char c = (char)wanted;
    fl_template body = { 0 }, rest = part_of(x, &t->body, wanted ? 0 : 1, t->body.count);
    if (wanted) fl_template_add(x->arena, &body, FL_HOLE_NONE, (fl_str){ &c, 1 });
    if (wanted) body.parts[0].literal = fl_str_copy(x->arena, body.parts[0].literal);
    body = fl_template_join(x->arena, &body, &rest);
    note_way(x, a, t, &body, NULL, node);
    return 0;
}

/* strlen("/items") == strlen(url): is there nothing behind what it begins with? */
static int compare_length(fl_exec *x, const fl_activation *a, const fl_text *t, int64_t wanted, const fl_node *node)
{
    int64_t known = (int64_t)t->body.parts[0].literal.len;
    if (wanted != known) return wanted < known ? 0 : -1;
    fl_template body = part_of(x, &t->body, 0, 1);
    note_way(x, a, t, &body, NULL, node);
    return 0;
}

/* Of a text that begins with known characters, and is open behind them. */
const fl_fact *fl_text_length(fl_exec *x, const fl_text *t)
{
    if (!x->dispatch || t->is_char || t->is_length || t->body.count != 2 || t->body.parts[0].hole != FL_HOLE_NONE || t->body.parts[1].hole != FL_HOLE_REST) return NULL;
    fl_text *length = FL_NEW(x->arena, fl_text);
    *length = *t;
    length->is_length = true;
    fl_fact *f = fl_fact_new(x, FL_T_NUMBER, 0);
    f->text = length;
    return f;
}

static const fl_fact *equality(fl_exec *x, fl_activation *a, const fl_state *s, const fl_fact *l, const fl_fact *r, bool is_negated, const fl_node *node)
{
    fl_str text;
    int64_t n;
    int is_equal = -1;
    if (!l->text) { const fl_fact *swap = l; l = r; r = swap; }
    if (l->text->is_length) {
        if (fl_fact_text(r, s, &text) && r->literal_type == FL_T_NUMBER && fl_str_to_int(text, &n)) is_equal = compare_length(x, a, l->text, n, node);
    } else if (l->text->is_char) {
        if (fl_fact_text(r, s, &text) && fl_str_to_int(text, &n)) is_equal = compare_character(x, a, l->text, n, node);
    } else if (r->literal_type == FL_T_STRING) is_equal = fl_text_compare(x, a, s, l, r, fl_sym_of(FL_S("equal")), -1, false, node);
    return is_equal < 0 ? NULL : truth(x, is_equal != is_negated);
}

/* Does this language walk through texts by pointers? */
static bool has_pointers(const fl_exec *x) { return x->builtins && x->builtins->has_raw_memory; }

const fl_fact *fl_text_operator(fl_exec *x, fl_activation *a, const fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r, const fl_node *node)
{
    fl_str text;
    int64_t n;
    if (!x->dispatch) return NULL;
    switch (op) {
    case FL_OP_eq: case FL_OP_same: return equality(x, a, s, l, r, false, node);
    case FL_OP_ne: case FL_OP_not_same: return equality(x, a, s, l, r, true, node);
    case FL_OP_add: return has_pointers(x) && l->text && fl_fact_text(r, s, &text) && fl_str_to_int(text, &n) ? fl_text_skip(x, l, n, node) : NULL;
    default: return NULL;
    }
}

/* ---- finding, scanning, copying ---- */

static bool needle_text(fl_exec *x, const fl_state *s, const fl_fact *f, fl_str *out)
{
    int64_t n;
    if (!f || !fl_fact_text(f, s, out)) return false;
    if (f->literal_type != FL_T_NUMBER) return out->len > 0;
    if (!fl_str_to_int(*out, &n) || n < 1 || n > 127) return false;
    *out = fl_str_format(x->arena, "%c", (char)n);
    return true;
}

static const fl_fact *find(fl_exec *x, const fl_activation *a, const fl_text *t, fl_str needle, const fl_node *node)
{
    for (unsigned i = 0; i < t->body.count; i++) {
        const fl_part *p = &t->body.parts[i];
        ptrdiff_t at = p->hole == FL_HOLE_NONE ? fl_str_find(p->literal, needle) : -1;
        if (at >= 0) return slice_from(x, t, i, (size_t)at, node);
        if (p->hole != FL_HOLE_REST || needle.ptr[0] != '/') continue;
        bool is_first = i == 0 && !t->before.count;   /* a url begins with a slash */
        fl_template body = part_of(x, &t->body, 0, i);
        if (!is_first) fl_template_add(x->arena, &body, FL_HOLE_SEGMENT, FL_S(""));
        fl_template_add(x->arena, &body, FL_HOLE_NONE, needle);
        if (needle.len == 1) fl_template_add(x->arena, &body, FL_HOLE_REST, FL_S(""));
        if (is_first && needle.len == 1) continue;
        note_way(x, a, t, &body, NULL, node);
    }
    return fl_fact_literal(x, FL_T_NULL, 0);
}

static const fl_fact *find_last(fl_exec *x, const fl_text *t, fl_str needle, const fl_node *node)
{
    for (unsigned i = t->body.count; i-- > 0;) {
        const fl_part *p = &t->body.parts[i];
        if (p->hole != FL_HOLE_NONE || needle.len != 1) continue;
        ptrdiff_t at = fl_str_rfind_char(p->literal, needle.ptr[0]);
        if (at >= 0) return slice_from(x, t, i, (size_t)at, node);
    }
    return t->body.count == 1 && t->body.parts[0].hole == FL_HOLE_REST ? NULL : fl_fact_literal(x, FL_T_NULL, 0);
}

/* What an argument of a call points at: the variable whose address it is, or which holds the characters. */
void fl_exec_write_argument(fl_exec *x, fl_activation *a, fl_state *s, const fl_node *call, unsigned arg, const fl_fact *value)
{
    const fl_node *n = call && call->kind == FL_NODE_call ? fl_node_child(call, arg + 1) : NULL;
    while (n && (n->kind == FL_NODE_cast || (n->kind == FL_NODE_unary && n->op == FL_OP_address))) n = n->first;
    if (!n || n->kind != FL_NODE_name) return;
    fl_var var = fl_flow_find_var(a->func, n->sym);
    if (!var) return;
    fl_text_stored(x, a, value, n->sym);
    fl_state_put(x, s, FL_KEY_VAR(a->id, var), value);
}

typedef struct conversion { size_t end; /**< in the form: parts up to there */ bool is_integer, is_dropped; } conversion;

/* "/items/%d/%15s" → its form, and how much of it each conversion ends. */
static unsigned read_format(fl_exec *x, fl_str format, fl_template *forms, conversion *out, unsigned most)
{
    fl_template form = { 0 };
    unsigned count = 0;
    size_t from = 0;
    for (size_t i = 0; i < format.len; i++) {
        if (format.ptr[i] != '%' || count >= most) continue;
        size_t k = i + 1;
        conversion c = { 0 };
        if (k < format.len && format.ptr[k] == '*') { c.is_dropped = true; k++; }
        while (k < format.len && ((format.ptr[k] >= '0' && format.ptr[k] <= '9') || fl_str_find_char(FL_S("lhzjm"), format.ptr[k]) >= 0)) k++;
        if (k >= format.len || fl_str_find_char(FL_S("diuxs["), format.ptr[k]) < 0) return 0;
        if (format.ptr[k] == '[') while (k < format.len && format.ptr[k] != ']') k++;
        else c.is_integer = format.ptr[k] != 's';
        fl_template_add(x->arena, &form, FL_HOLE_NONE, fl_str_sub(format, from, i));
        fl_template_add(x->arena, &form, c.is_integer ? FL_HOLE_INTEGER : FL_HOLE_SEGMENT, FL_S(""));
        forms[count] = form;
        out[count++] = c;
        i = k;
        from = k + 1;
    }
    if (count && from < format.len) {   /* what stands behind the last one decides no count, but the form of the whole */
        fl_template_add(x->arena, &form, FL_HOLE_NONE, fl_str_sub(format, from, format.len));
        forms[count] = form;
    } else if (count) forms[count].count = 0;
    return count;
}

/* Does the text begin with that form? The texts of its holes, as slices, go to `found`. */
static bool begins_with(fl_exec *x, const fl_text *t, const fl_template *form, const fl_fact **found, const fl_node *node)
{
    unsigned i = 0, holes = 0;
    size_t at = 0;
    for (unsigned k = 0; k < form->count; k++) {
        const fl_part *p = i < t->body.count ? &t->body.parts[i] : NULL;
        if (!p) return false;
        if (form->parts[k].hole == FL_HOLE_NONE) {
            fl_str left = p->hole == FL_HOLE_NONE ? fl_str_sub(p->literal, at, p->literal.len) : FL_S("");
            if (p->hole != FL_HOLE_NONE || !fl_str_starts(left, form->parts[k].literal)) return false;
            at += form->parts[k].literal.len;
            if (at == p->literal.len) { i++; at = 0; }
            continue;
        }
        if (p->hole == FL_HOLE_REST || (p->hole == FL_HOLE_SEGMENT && form->parts[k].hole == FL_HOLE_INTEGER)) return false;
        fl_template before = part_of(x, &t->body, 0, i), body = { 0 }, after;
        if (p->hole == FL_HOLE_NONE) {
            fl_str left = fl_str_sub(p->literal, at, p->literal.len);
            ptrdiff_t slash = fl_str_find_char(left, '/');
            fl_str word = slash >= 0 ? fl_str_sub(left, 0, (size_t)slash) : left;
            bool is_digit = word.len && word.ptr[0] >= '0' && word.ptr[0] <= '9';
            if (!word.len || (form->parts[k].hole == FL_HOLE_INTEGER && !is_digit)) return false;
            fl_template_add(x->arena, &before, FL_HOLE_NONE, fl_str_sub(p->literal, 0, at));
            fl_template_add(x->arena, &body, FL_HOLE_NONE, word);
            at += word.len;
            after = fl_template_of(fl_str_sub(p->literal, at, p->literal.len));
            if (at == p->literal.len) { i++; at = 0; }
        } else {
            fl_template_add(x->arena, &body, p->hole, FL_S(""));
            after = (fl_template){ 0 };
            i++;
        }
        fl_template rest = part_of(x, &t->body, at ? i + 1 : i, t->body.count);
        before = fl_template_join(x->arena, &t->before, &before);
        after = fl_template_join(x->arena, &after, &rest);
        found[holes++] = slice(x, t, before, body, fl_template_join(x->arena, &after, &t->after), node);
    }
    return true;
}

static const fl_fact *scan(fl_exec *x, fl_activation *a, fl_state *s, const fl_text *t, fl_str format, unsigned args, const fl_node *node)
{
    fl_template forms[FL_TEMPLATE_HOLES + 1];
    conversion conversions[FL_TEMPLATE_HOLES];
    const fl_fact *found[FL_TEMPLATE_HOLES];
    unsigned count = read_format(x, format, forms, conversions, FL_TEMPLATE_HOLES);
    if (!count) return NULL;
    x->dispatch->is_tested[t->subject] = true;
    for (unsigned k = count; k > 0; k--) {
        if (!begins_with(x, t, &forms[k - 1], found, node)) continue;
        unsigned written = 0;
        for (unsigned i = 0; i < k; i++) {
            if (conversions[i].is_dropped) continue;
            const fl_fact *value = found[i];
            if (conversions[i].is_integer && value->place) {
                fl_place_use(x, value, FL_JSON_NUMBER, true);
                fl_fact *number = fl_fact_copy(x, value);
                *number = (fl_fact){ .vid = x->next_vid++, .types = FL_T_NUMBER, .place = value->place, .base = value, .is_coerced = true, .because = value->because, .at = node };
                value = number;
            }
            if (2 + written < args) fl_exec_write_argument(x, a, s, node, 2 + written, value);
            written++;
        }
        return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%u", written)));
    }
    for (unsigned k = 0; k <= count; k++)
        if (forms[k].count && could_become(&t->body, &forms[k])) note_way(x, a, t, &forms[k], NULL, node);
    return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(FL_S("0")));
}

/* A copy of so many characters as the code has counted: up to the end of the first hole. */
static const fl_fact *copied(fl_exec *x, const fl_fact *from, bool is_counted, const fl_node *node)
{
    const fl_text *t = from->text;
    if (!is_counted || t->body.count < 2 || t->body.parts[0].hole == FL_HOLE_NONE) return from;
    fl_template rest = part_of(x, &t->body, 1, t->body.count);
    return slice(x, t, t->before, part_of(x, &t->body, 0, 1), fl_template_join(x->arena, &rest, &t->after), node);
}

/* url.match(/^\/items\/(\d+)$/): a list of the texts of its groups. */
static const fl_fact *match(fl_exec *x, const fl_activation *a, const fl_text *t, const fl_fact *pattern, const fl_node *node)
{
    fl_template form;
    const fl_value *v = pattern->value;
    if (!v || v->kind != FL_V_REGEX || !fl_template_of_regex(x->arena, fl_sym_str(v->text), &form)) return NULL;
    x->dispatch->is_tested[t->subject] = true;
    if (same_form(x, &t->body, &form)) {
        fl_fact *found = fl_fact_new(x, FL_T_LIST, 0);
        found->text = t;
        x->dispatch->chosen = choosing(a, node);
        return found;
    }
    if (could_become(&t->body, &form)) note_way(x, a, t, &form, NULL, node);
    return fl_fact_literal(x, FL_T_NULL, 0);
}

const fl_fact *fl_text_group(fl_exec *x, const fl_fact *list, int64_t group, const fl_node *node)
{
    const fl_text *t = list->text;
    for (unsigned i = 0, hole = 0; i < t->body.count; i++) {
        if (t->body.parts[i].hole == FL_HOLE_NONE || ++hole != (uint64_t)group) continue;
        fl_template before = part_of(x, &t->body, 0, i), after = part_of(x, &t->body, i + 1, t->body.count);
        return slice(x, t, fl_template_join(x->arena, &t->before, &before), part_of(x, &t->body, i, i + 1), fl_template_join(x->arena, &after, &t->after), node);
    }
    return NULL;
}

/* The text is the receiver. */
static const fl_fact *of_method(fl_exec *x, const fl_activation *a, const fl_state *s, fl_intrinsic what, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node)
{
    fl_str text;
    int64_t n;
    switch (what) {
    case FL_INTRINSIC_text_same: return fl_text_fact(x, self->text, node);
    case FL_INTRINSIC_text_match: return count ? match(x, a, self->text, args[0], node) : NULL;
    case FL_INTRINSIC_str_slice: return count == 1 && fl_fact_text(args[0], s, &text) && fl_str_to_int(text, &n) ? fl_text_skip(x, self, n, node) : NULL;
    case FL_INTRINSIC_str_split: {
        if (!count || !fl_fact_text(args[0], s, &text) || !fl_str_eq_c(text, "?")) return NULL;   /* the query is no part of it */
        fl_fact *list = fl_fact_new(x, FL_T_LIST, 0);
        list->element = self;
        return list;
    }
    default: return NULL;
    }
}

const fl_fact *fl_text_intrinsic(fl_exec *x, fl_activation *a, fl_state *s, fl_intrinsic what, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node)
{
    fl_str text;
    if (what == FL_INTRINSIC_text_length && count && args[0]->literal_type == FL_T_STRING && fl_fact_text(args[0], s, &text))
        return fl_fact_literal(x, FL_T_NUMBER, fl_sym_of(fl_str_format(x->arena, "%zu", text.len)));
    if (!x->dispatch || (!count && !self)) return NULL;
    const fl_text *t = count && args[0]->text ? args[0]->text : NULL;
    if ((t && t->is_length) || (self && self->text && self->text->is_length)) return NULL;
    if (!t && self && self->text) return of_method(x, a, s, what, self, args, count, node);
    switch (what) {
    case FL_INTRINSIC_text_find: return t && count > 1 && needle_text(x, s, args[1], &text) ? find(x, a, t, text, node) : NULL;
    case FL_INTRINSIC_text_find_last: return t && count > 1 && needle_text(x, s, args[1], &text) ? find_last(x, t, text, node) : NULL;
    case FL_INTRINSIC_text_scan: return t && count > 1 && fl_fact_text(args[1], s, &text) ? scan(x, a, s, t, text, count, node) : NULL;
    case FL_INTRINSIC_text_same: return t ? args[0] : NULL;
    case FL_INTRINSIC_text_skip: {
        int64_t n;
        bool is_number = count > 1 && fl_fact_text(args[1], s, &text) && fl_str_to_int(text, &n);
        return t && is_number ? fl_text_skip(x, args[0], n, node) : NULL;
    }
    case FL_INTRINSIC_text_copy:
        if (count > 1 && args[1]->text) fl_exec_write_argument(x, a, s, node, 0, copied(x, args[1], count > 2, node));
        return NULL;
    default: return NULL;
    }
}

/* ---- names of holes ---- */

static void name_hole(fl_exec *x, const fl_fact *f, fl_sym name, unsigned rank)
{
    const fl_place *p = f->place;
    int64_t n;
    if (!p || p->in != FL_IN_PATH || !p->parent || f->is_length_of || !name || !fl_str_to_int(fl_sym_str(p->key), &n)) return;
    for (size_t i = 0; i < x->path_names.count; i++) {
        fl_path_name *known = &x->path_names.items[i];
        if (known->key != p->key) continue;
        if (rank >= known->rank) { known->name = name; known->rank = rank; }
        return;
    }
    fl_vec_push(x->arena, &x->path_names, (fl_path_name){ p->key, name, rank });
}

void fl_text_stored(fl_exec *x, const fl_activation *a, const fl_fact *f, fl_sym name)
{
    (void)a;
    name_hole(x, f, name, 200 - x->depth);
}

void fl_text_passed(fl_exec *x, const fl_activation *a, const fl_fact *f, fl_sym name)
{
    (void)a;
    name_hole(x, f, name, 100 - x->depth);
}

const fl_fact *fl_text_first(fl_exec *x, const fl_fact *f, const fl_node *node)
{
    const fl_text *t = f->text;
    const fl_template *b = &t->body;
    bool ends = b->count > 1 && b->parts[0].hole != FL_HOLE_NONE && b->parts[1].hole == FL_HOLE_NONE && b->parts[1].literal.len && !strchr("0123456789", b->parts[1].literal.ptr[0]);
    if (!ends || t->is_char || t->is_length) return NULL;
    fl_text *first = FL_NEW(x->arena, fl_text);
    fl_template rest = part_of(x, b, 1, b->count);
    *first = (fl_text){ .subject = t->subject, .before = t->before, .body = part_of(x, b, 0, 1), .after = fl_template_join(x->arena, &rest, &t->after) };
    return fl_text_fact(x, first, node);
}
