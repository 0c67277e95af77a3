/*
 * What start-up code does with texts that are known: loaders cut names of files apart, routers put paths together. What a text may be is not
 * asked: where the receiver or an argument is not known, nothing is.
 */
#include "extractor/values/value_p.h"
#include "base/pattern.h"

static fl_value *text_value(fl_values *v, fl_str text, const fl_node *node) { return fl_value_text(v, FL_V_STRING, fl_sym_of(text), node); }
static fl_value *number_value(fl_values *v, ptrdiff_t number, const fl_node *node) { return fl_value_text(v, FL_V_NUMBER, fl_sym_of(fl_str_format(&v->arena, "%td", number)), node); }
static bool text_at(const fl_value_list *args, size_t i, fl_str *out) { return i < args->count && args->items[i]->kind == FL_V_STRING && fl_value_as_text(args->items[i], out); }

static ptrdiff_t find_last(fl_str s, fl_str needle)
{
    for (size_t i = s.len + 1; i-- > 0;)
        if (needle.len <= s.len - i && fl_str_starts(fl_str_sub(s, i, s.len), needle)) return (ptrdiff_t)i;
    return -1;
}

static fl_value *slice(fl_values *v, fl_str s, const fl_value_list *args, const fl_node *node)
{
    fl_str a;
    double from = 0, to = (double)s.len;
    if (args->count > 0 && (!fl_value_as_text(args->items[0], &a) || !fl_str_to_double(a, &from))) return NULL;
    if (args->count > 1 && (!fl_value_as_text(args->items[1], &a) || !fl_str_to_double(a, &to))) return NULL;
    if (from < 0) from += (double)s.len;
    if (to < 0) to += (double)s.len;
    if (from < 0) from = 0;
    if (from > (double)s.len) from = (double)s.len;
    if (to > (double)s.len) to = (double)s.len;
    if (to < from) to = from;
    return text_value(v, fl_str_sub(s, (size_t)from, (size_t)to), node);
}

bool fl_regex_has_flag(const fl_values *v, const fl_value *regex, char flag)
{
    const fl_file *file = regex->node ? fl_project_file(v->project, fl_node_file(regex->node)) : NULL;
    fl_str source = file && regex->node->kind == FL_NODE_regex ? fl_str_sub(file->text, regex->node->start_byte, regex->node->end_byte) : FL_S("");
    ptrdiff_t slash = fl_str_rfind_char(source, '/');
    return slash >= 0 && fl_str_find_char(fl_str_sub(source, (size_t)slash, source.len), flag) >= 0;
}

static fl_pattern *pattern_of(fl_values *v, const fl_value *regex)
{
    fl_pattern *pattern;
    fl_str source = fl_sym_str(regex->text);
    if (fl_regex_has_flag(v, regex, 'i')) source = fl_str_format(&v->arena, "(?i)" FL_STR_FMT, FL_STR_ARG(source));
    return fl_pattern_new(&pattern, source, NULL) == FL_OK ? pattern : NULL;
}

/* Where the pattern, or the text, in an argument is found from `from` on; false: what it is is not known. */
typedef struct sought { fl_str text; fl_pattern *pattern; } sought;

static bool seek(fl_values *v, const fl_value_list *args, sought *out)
{
    *out = (sought){ 0 };
    if (text_at(args, 0, &out->text)) return true;
    return args->count && args->items[0]->kind == FL_V_REGEX && (out->pattern = pattern_of(v, args->items[0]));
}

static bool found(const sought *what, fl_str s, size_t from, size_t *start, size_t *end)
{
    if (what->pattern) return fl_pattern_find(what->pattern, s, from, start, end);
    ptrdiff_t at = fl_str_find(fl_str_sub(s, from, s.len), what->text);
    if (at < 0) return false;
    *start = from + (size_t)at;
    *end = *start + what->text.len;
    return true;
}

static fl_value *replace(fl_values *v, fl_value *self, fl_str s, const fl_value_list *args, bool is_all, const fl_node *node)
{
    sought what;
    fl_str by;
    size_t start, end, from = 0;
    if (!text_at(args, 1, &by) || fl_str_find_char(by, '$') >= 0 || !seek(v, args, &what)) return NULL;
    fl_buf out;
    fl_buf_init(&out, FL_LIMIT_DATA_BYTES);
    bool is_changed = false;
    while (from <= s.len && (what.pattern || what.text.len) && found(&what, s, from, &start, &end) && end > start) {
        fl_buf_add(&out, fl_str_sub(s, from, start));
        fl_buf_add(&out, by);
        from = end;
        is_changed = true;
        if (!is_all) break;
    }
    fl_buf_add(&out, fl_str_sub(s, from, s.len));
    fl_value *made = is_changed ? text_value(v, fl_buf_str(&out), node) : self;
    fl_buf_release(&out);
    fl_pattern_free(what.pattern);
    return made;
}

static fl_value *split(fl_values *v, fl_str s, const fl_value_list *args, const fl_node *node)
{
    sought what;
    size_t start, end, from = 0;
    if (!seek(v, args, &what)) return NULL;
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    while ((what.pattern || what.text.len) && list->items.count < FL_LIMIT_VALUE_ITEMS && found(&what, s, from, &start, &end) && end > start) {
        fl_vec_push(&v->arena, &list->items, text_value(v, fl_str_sub(s, from, start), node));
        from = end;
    }
    for (; !what.pattern && !what.text.len && from < s.len && list->items.count < FL_LIMIT_VALUE_ITEMS; from++) fl_vec_push(&v->arena, &list->items, text_value(v, fl_str_sub(s, from, from + 1), node));
    if (what.pattern || what.text.len) fl_vec_push(&v->arena, &list->items, text_value(v, fl_str_sub(s, from, s.len), node));
    fl_pattern_free(what.pattern);
    return list;
}

fl_value *fl_apply_text(fl_values *v, fl_intrinsic what, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_str s, a;
    if (!self) return NULL;
    if (what == FL_INTRINSIC_regex_test) {
        fl_pattern *pattern = self->kind == FL_V_REGEX && text_at(args, 0, &a) ? pattern_of(v, self) : NULL;
        if (!pattern) return NULL;
        fl_value *answer = fl_value_bool(v, fl_pattern_matches(pattern, a));
        fl_pattern_free(pattern);
        return answer;
    }
    if (!fl_value_as_text(self, &s)) return NULL;
    switch (what) {
    case FL_INTRINSIC_str_trim: return text_value(v, fl_str_trim(s), node);
    case FL_INTRINSIC_str_starts: return text_at(args, 0, &a) ? fl_value_bool(v, fl_str_starts(s, a)) : NULL;
    case FL_INTRINSIC_str_ends: return text_at(args, 0, &a) ? fl_value_bool(v, fl_str_ends(s, a)) : NULL;
    case FL_INTRINSIC_str_includes: return text_at(args, 0, &a) ? fl_value_bool(v, fl_str_find(s, a) >= 0) : NULL;
    case FL_INTRINSIC_str_index: return text_at(args, 0, &a) && args->count == 1 ? number_value(v, fl_str_find(s, a), node) : NULL;
    case FL_INTRINSIC_str_last_index: return text_at(args, 0, &a) && args->count == 1 ? number_value(v, find_last(s, a), node) : NULL;
    case FL_INTRINSIC_str_slice: return slice(v, s, args, node);
    case FL_INTRINSIC_str_replace: case FL_INTRINSIC_str_replace_all:
        return replace(v, self, s, args, what == FL_INTRINSIC_str_replace_all || (args->count && args->items[0]->kind == FL_V_REGEX && fl_regex_has_flag(v, args->items[0], 'g')), node);
    case FL_INTRINSIC_str_split: return split(v, s, args, node);
    default: break;
    }
    char *copy = fl_str_c(&v->arena, s);
    for (char *p = copy; *p; p++) {
        if (what == FL_INTRINSIC_str_lower && *p >= 'A' && *p <= 'Z') *p = (char)(*p + 32);
        if (what == FL_INTRINSIC_str_upper && *p >= 'a' && *p <= 'z') *p = (char)(*p - 32);
    }
    return fl_value_text(v, FL_V_STRING, fl_sym_of_c(copy), node);
}
