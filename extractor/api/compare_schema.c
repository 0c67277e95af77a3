/* Two schemas of one place. What a request may hold may grow, what an answer may hold may shrink: the level of each kind of change says so
 * for both directions (change.def). allOf is met into one first, a null alternative is a type. Read fl_compare_schemas last. */
#include "extractor/api/compare_p.h"
#include "extractor/api/schema_p.h"

/* What there is to compare of a schema. */
typedef struct view {
    const fl_schema *node;
    unsigned types;                        /* without null; FL_JSON_ANY: any */
    bool has_null;
    FL_VEC(const fl_schema *) forms;       /* alternatives but null; empty when there is one form */
} view;

enum { ANY_TYPE = FL_JSON_BOOLEAN | FL_JSON_INTEGER | FL_JSON_NUMBER | FL_JSON_STRING | FL_JSON_ARRAY | FL_JSON_OBJECT };

static const fl_schema blank;

static bool is_only_null(const fl_schema *s)
{
    return s != NULL && s->types == FL_JSON_NULL && s->any_of.count == 0 && s->all_of.count == 0;
}

static void look(fl_comparison *c, const fl_schema *s, view *v)
{
    *v = (view){.node = s};
    for (unsigned i = 0; i < 8; i++) { /* a single alternative stands for the whole */
        const fl_schema *form = NULL;
        size_t forms = 0;
        if (v->node->all_of.count > 0) {
            fl_schema *all = fl_schema_copy(c->arena, v->node);
            all->all_of.count = 0;
            for (size_t k = 0; k < v->node->all_of.count; k++)
                all = fl_schema_meet(c->arena, all, v->node->all_of.items[k]);
            v->node = all;
        }
        for (size_t k = 0; k < v->node->any_of.count; k++) {
            if (is_only_null(v->node->any_of.items[k])) {
                v->has_null = true;
                continue;
            }
            form = v->node->any_of.items[k];
            forms++;
        }
        if (forms != 1)
            break;
        v->node = form;
    }
    for (size_t k = 0; k < v->node->any_of.count; k++)
        if (!is_only_null(v->node->any_of.items[k]))
            fl_vec_push(c->arena, &v->forms, v->node->any_of.items[k]);
    unsigned types = v->node->types;
    v->has_null |= (types & FL_JSON_NULL) != 0;
    for (size_t k = 0; k < v->node->enumeration.count; k++)
        v->has_null |= v->node->enumeration.items[k]->kind == FL_DATA_NULL;
    types &= ~(unsigned)FL_JSON_NULL;
    if (types & FL_JSON_BINARY)
        types = (types & ~(unsigned)FL_JSON_BINARY) | FL_JSON_STRING;
    if (types & FL_JSON_NUMBER)
        types |= FL_JSON_INTEGER;
    if (types == FL_JSON_ANY && v->node->properties.count > 0)
        types = FL_JSON_OBJECT;
    v->types = types;
}

static const char *types_text(fl_comparison *c, unsigned types)
{
    fl_buf b;
    fl_buf_init(&b, 0);
    fl_schema_add_types(&b, types & FL_JSON_NUMBER ? types & ~(unsigned)FL_JSON_INTEGER : types);
    const char *text = fl_str_c(c->arena, fl_buf_str(&b));
    fl_buf_release(&b);
    return text;
}

/* False: nothing is left to compare inside. */
static bool compare_types(fl_comparison *c, const view *was, const view *is, fl_str where)
{
    if (was->has_null != is->has_null && was->types != FL_JSON_ANY && is->types != FL_JSON_ANY)
        fl_compare_note(c, is->has_null ? FL_CHANGE_null_added : FL_CHANGE_null_removed, where, is->has_null ? "may be null now" : "is never null now");
    if (was->types == is->types)
        return true;
    if (is->types == FL_JSON_ANY || was->types == FL_JSON_ANY) {
        if (was->forms.count == 0 && is->forms.count == 0)
            fl_compare_note(c, is->types == FL_JSON_ANY ? FL_CHANGE_type_unknown : FL_CHANGE_type_known, where, "%s, was %s", types_text(c, is->types), types_text(c, was->types));
        return true;
    }
    unsigned gone = was->types & ~is->types, come = is->types & ~was->types;
    fl_change_kind kind = gone != 0 && come != 0 ? FL_CHANGE_type_changed : gone != 0 ? FL_CHANGE_type_narrowed : FL_CHANGE_type_widened;
    fl_compare_note(c, kind, where, "%s, was %s", types_text(c, is->types), types_text(c, was->types));
    return kind != FL_CHANGE_type_changed;
}

/* ---- values and limits ---- */

static bool has_value(const fl_schema *s, const fl_data *value)
{
    for (size_t i = 0; i < s->enumeration.count; i++)
        if (fl_data_eq(s->enumeration.items[i], value))
            return true;
    return false;
}

static void note_values(fl_comparison *c, fl_change_kind kind, const fl_schema *from, const fl_schema *in, fl_str where, const char *verb)
{
    fl_buf b;
    fl_buf_init(&b, 300);
    size_t count = 0;
    for (size_t i = 0; i < from->enumeration.count; i++) {
        const fl_data *value = from->enumeration.items[i];
        if (value->kind == FL_DATA_NULL || has_value(in, value))
            continue;
        fl_buf_add_c(&b, count++ > 0 ? ", " : "");
        fl_json_write(&b, value, false);
    }
    if (count > 0)
        fl_compare_note(c, kind, where, FL_STR_FMT "%s %s", FL_STR_ARG(fl_buf_str(&b)), b.overflow ? "…" : "", verb);
    fl_buf_release(&b);
}

static void compare_values(fl_comparison *c, const fl_schema *was, const fl_schema *is, fl_str where)
{
    if (was->enumeration.count == 0 && is->enumeration.count > 0) {
        fl_compare_note(c, FL_CHANGE_values_removed, where, "only %u values are left", is->enumeration.count);
    } else if (was->enumeration.count > 0 && is->enumeration.count == 0) {
        fl_compare_note(c, FL_CHANGE_values_added, where, "any value, were %u", was->enumeration.count);
    } else {
        note_values(c, FL_CHANGE_values_removed, was, is, where, "gone");
        note_values(c, FL_CHANGE_values_added, is, was, where, "new");
    }
}

/* sign 1: a lower bound, -1: an upper one. */
static void compare_bound(fl_comparison *c, const char *name, int sign, bool had, double was, bool has, double is, fl_str where)
{
    if (!had && !has)
        return;
    double moved = had && has ? sign * (is - was) : has ? 1 : -1;
    if (moved > 0 && had)
        fl_compare_note(c, FL_CHANGE_limit_tightened, where, "%s %g, was %g", name, is, was);
    else if (moved > 0)
        fl_compare_note(c, FL_CHANGE_limit_tightened, where, "%s %g is new", name, is);
    else if (moved < 0 && has)
        fl_compare_note(c, FL_CHANGE_limit_loosened, where, "%s %g, was %g", name, is, was);
    else if (moved < 0)
        fl_compare_note(c, FL_CHANGE_limit_loosened, where, "%s %g is gone", name, was);
}

static void compare_limits(fl_comparison *c, const fl_schema *was, const fl_schema *is, fl_str where)
{
    const struct { const char *name; int sign; bool had, has; double was, is; } rows[] = {
        {"minimum", 1, was->has_minimum, is->has_minimum, was->minimum, is->minimum},
        {"maximum", -1, was->has_maximum, is->has_maximum, was->maximum, is->maximum},
        {"minLength", 1, was->has_min_length && was->min_length > 0, is->has_min_length && is->min_length > 0, (double)was->min_length, (double)is->min_length},
        {"maxLength", -1, was->has_max_length, is->has_max_length, (double)was->max_length, (double)is->max_length},
        {"minItems", 1, was->has_min_items && was->min_items > 0, is->has_min_items && is->min_items > 0, (double)was->min_items, (double)is->min_items},
        {"maxItems", -1, was->has_max_items, is->has_max_items, (double)was->max_items, (double)is->max_items},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        compare_bound(c, rows[i].name, rows[i].sign, rows[i].had, rows[i].was, rows[i].has, rows[i].is, where);
    const struct { const char *name; bool was, is; } exclusive[] = {
        {"exclusiveMinimum", was->has_minimum && was->minimum_is_exclusive, is->has_minimum && is->minimum_is_exclusive},
        {"exclusiveMaximum", was->has_maximum && was->maximum_is_exclusive, is->has_maximum && is->maximum_is_exclusive}};
    for (size_t i = 0; i < FL_COUNT(exclusive); i++)
        if (exclusive[i].was != exclusive[i].is)
            fl_compare_note(c, exclusive[i].is ? FL_CHANGE_limit_tightened : FL_CHANGE_limit_loosened, where, "%s is %s", exclusive[i].name, exclusive[i].is ? "new" : "gone");
    if (!fl_str_eq(was->pattern, is->pattern))
        fl_compare_note(c, FL_CHANGE_text_form, where, "pattern " FL_STR_FMT ", was " FL_STR_FMT, FL_STR_ARG(is->pattern.len ? is->pattern : FL_S("none")), FL_STR_ARG(was->pattern.len ? was->pattern : FL_S("none")));
    if (!fl_str_eq(was->format, is->format))
        fl_compare_note(c, FL_CHANGE_text_form, where, "format " FL_STR_FMT ", was " FL_STR_FMT, FL_STR_ARG(is->format.len ? is->format : FL_S("none")), FL_STR_ARG(was->format.len ? was->format : FL_S("none")));
}

/* ---- parts ---- */

static fl_str below(fl_comparison *c, fl_str where, fl_str name)
{
    ptrdiff_t slash = fl_str_find_char(where, '/');
    return fl_str_format(c->arena, FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(where), slash >= 0 || where.len == 0 ? "/" : " /", FL_STR_ARG(name));
}

static void compare_property(fl_comparison *c, const fl_property *p, const fl_property *q, fl_str where)
{
    if (p->is_required != q->is_required) {
        fl_change *change = q->is_required ? fl_compare_note(c, FL_CHANGE_property_required, where, c->is_in_answer ? "always there now" : "required now")
                                           : fl_compare_note(c, FL_CHANGE_property_optional, where, c->is_in_answer ? "may be missing now" : "may be left out now");
        if (p->has_source)
            change->old_source = p->source;
        if (q->has_source)
            change->new_source = q->source;
    }
    fl_compare_schemas(c, p->schema, q->schema, where);
}

static void note_removed(fl_comparison *c, const fl_property *p, const fl_schema *is, fl_str where)
{
    fl_change *change;
    if (c->is_in_answer)
        change = fl_compare_note(c, p->is_required ? FL_CHANGE_property_gone : FL_CHANGE_property_removed, where, "no longer sent");
    else if (is->is_closed)
        change = fl_compare_note(c, FL_CHANGE_property_refused, where, "no longer allowed");
    else
        change = fl_compare_note(c, FL_CHANGE_property_removed, where, "no longer read");
    if (p->has_source)
        change->old_source = p->source;
}

static void compare_properties(fl_comparison *c, const fl_schema *was, const fl_schema *is, fl_str where)
{
    for (size_t i = 0; i < was->properties.count; i++) {
        const fl_property *p = &was->properties.items[i], *q = fl_schema_property(is, p->name);
        if (q != NULL)
            compare_property(c, p, q, below(c, where, p->name));
        else
            note_removed(c, p, is, below(c, where, p->name));
    }
    for (size_t i = 0; i < is->properties.count; i++) {
        const fl_property *q = &is->properties.items[i];
        if (fl_schema_property(was, q->name) != NULL)
            continue;
        bool is_wanted = q->is_required && !c->is_in_answer;
        fl_change *change = fl_compare_note(c, is_wanted ? FL_CHANGE_property_required : FL_CHANGE_property_added, below(c, where, q->name),
                                            is_wanted ? "new and required" : c->is_in_answer ? "new" : "new, may be left out");
        if (q->has_source)
            change->new_source = q->source;
    }
    if (was->is_closed != is->is_closed)
        fl_compare_note(c, is->is_closed ? FL_CHANGE_closed : FL_CHANGE_opened, where, is->is_closed ? "no properties of other names now" : "properties of other names are allowed now");
    if (was->additional != NULL && is->additional != NULL)
        fl_compare_schemas(c, was->additional, is->additional, below(c, where, FL_S("*")));
}

/* The form of that name, or one that says the same. */
static const fl_schema *find_form(const view *in, const fl_schema *form)
{
    for (size_t i = 0; i < in->forms.count; i++)
        if ((form->name.len > 0 && fl_str_eq(form->name, in->forms.items[i]->name)) || fl_schema_eq(form, in->forms.items[i]))
            return in->forms.items[i];
    return NULL;
}

static void note_form(fl_comparison *c, fl_change_kind kind, const fl_schema *form, fl_str where, const char *verb)
{
    if (form->name.len > 0)
        fl_compare_note(c, kind, where, FL_STR_FMT " is %s", FL_STR_ARG(form->name), verb);
    else
        fl_compare_note(c, kind, where, "a form (%s) is %s", types_text(c, form->types), verb);
}

static void compare_forms(fl_comparison *c, view *was, view *is, fl_str where)
{
    if (was->forms.count == 0)
        fl_vec_push(c->arena, &was->forms, was->node);
    if (is->forms.count == 0)
        fl_vec_push(c->arena, &is->forms, is->node);
    size_t paired = 0;
    for (size_t i = 0; i < was->forms.count; i++)
        paired += find_form(is, was->forms.items[i]) != NULL;
    if (paired == 0) {
        fl_compare_note(c, FL_CHANGE_schema_changed, where, "%u forms, were %u; none is the same", is->forms.count, was->forms.count);
        return;
    }
    for (size_t i = 0; i < was->forms.count; i++) {
        const fl_schema *form = find_form(is, was->forms.items[i]);
        if (form == NULL)
            note_form(c, FL_CHANGE_alternative_removed, was->forms.items[i], where, "gone");
        else
            fl_compare_schemas(c, was->forms.items[i], form, where);
    }
    for (size_t i = 0; i < is->forms.count; i++)
        if (find_form(was, is->forms.items[i]) == NULL)
            note_form(c, FL_CHANGE_alternative_added, is->forms.items[i], where, "new");
}

static void compare_nodes(fl_comparison *c, const fl_schema *older, const fl_schema *newer, fl_str where)
{
    view was, is;
    look(c, older, &was);
    look(c, newer, &is);
    if (!compare_types(c, &was, &is, where))
        return;
    if (was.forms.count > 0 || is.forms.count > 0) {
        compare_forms(c, &was, &is, where);
        return;
    }
    compare_values(c, was.node, is.node, where);
    compare_limits(c, was.node, is.node, where);
    if (was.types == FL_JSON_ANY || is.types == FL_JSON_ANY)
        return;
    if (was.types & is.types & FL_JSON_OBJECT)
        compare_properties(c, was.node, is.node, where);
    if (was.types & is.types & FL_JSON_ARRAY && was.node->items != NULL && is.node->items != NULL)
        fl_compare_schemas(c, was.node->items, is.node->items, below(c, where, FL_S("*")));
}

/* ---- named pairs ---- */

static void mark(fl_comparison *c, fl_compared *pair)
{
    if (pair->marked == c->operation + 1)
        return;
    pair->marked = c->operation + 1;
    for (size_t i = 0; i < pair->changes.count; i++) {
        fl_change *change = pair->changes.items[i];
        const fl_change_info *info = &fl_change_infos[change->kind];
        fl_vec_push(c->arena, &change->operations, c->label);
        if (!c->is_doubtful)
            change->level = change->is_in_answer ? info->response : info->request;
    }
    for (size_t i = 0; i < pair->inner.count; i++)
        mark(c, pair->inner.items[i]);
}

/* The same schema may be another node in each operation. */
static fl_compared *find_compared(const fl_comparison *c, const fl_schema *older, const fl_schema *newer)
{
    for (size_t i = 0; i < c->compared.count; i++) {
        fl_compared *known = c->compared.items[i];
        if (known->is_in_answer == c->is_in_answer && fl_str_eq(known->newer->name, newer->name) && fl_schema_says_same(known->older, older) && fl_schema_says_same(known->newer, newer))
            return known;
    }
    return NULL;
}

static void compare_named(fl_comparison *c, const fl_schema *older, const fl_schema *newer)
{
    fl_compared *pair = find_compared(c, older, newer), *outer = c->inside;
    bool is_new = pair == NULL;
    if (is_new) {
        pair = FL_NEW(c->arena, fl_compared);
        *pair = (fl_compared){.older = older, .newer = newer, .is_in_answer = c->is_in_answer, .marked = c->operation + 1};
        fl_vec_push(c->arena, &c->compared, pair);
    }
    if (outer != NULL)
        fl_vec_push(c->arena, &outer->inner, pair);
    if (!is_new) {
        mark(c, pair);
        return;
    }
    c->inside = pair;
    compare_nodes(c, older, newer, (fl_str){0});
    c->inside = outer;
}

void fl_compare_schemas(fl_comparison *c, const fl_schema *older, const fl_schema *newer, fl_str where)
{
    older = older != NULL ? older : &blank;
    newer = newer != NULL ? newer : &blank;
    if (older == newer || c->depth >= FL_COUNT(c->open))
        return;
    for (unsigned i = 0; i < c->depth; i++)
        if (c->open[i].older == older && c->open[i].newer == newer)
            return;
    c->open[c->depth].older = older;
    c->open[c->depth].newer = newer;
    c->depth++;
    if (older->name.len > 0 && fl_str_eq(older->name, newer->name))
        compare_named(c, older, newer);
    else
        compare_nodes(c, older, newer, where);
    c->depth--;
}
